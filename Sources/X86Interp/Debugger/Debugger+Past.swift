// How the past is reached: restore the checkpoint before, run on.
extension Debugger {
    /// A boundary between two instructions, and how the one behind it changes the depth of calls.
    struct Boundary {
        var position: UInt64
        var depth = 0
    }

    /// What a scan found.
    enum Scan {
        case hit(Watcher.Hit)
        case none
        case requested
    }

    // MARK: Landing

    /// Puts the guest at the first boundary that is not before a guest time, by the shortest way.
    @discardableResult
    func land(at target: UInt64) -> Outcome {
        guard let history else { return .reached }
        history.keepEdit()
        quiet()
        let here = position
        let checkpoint = history.checkpoint(before: target) ?? history.checkpoints.first
        // At the time of a shutdown there is the moment before it too.
        if let checkpoint, target < present || checkpoint.position > here { restore(checkpoint) }
        return run(to: target, from: here)
    }

    /// Runs to a guest time whatever stops on the way but an end that has nothing behind it.
    private func run(to target: UInt64, from here: UInt64) -> Outcome {
        // Transactions before the time that the guest stood at are in the ledger already.
        if position < here { watcher.isLedgerMuted = true }
        defer {
            watcher.isLedgerMuted = false
            recorded.truncate(from: position)
        }
        while true {
            if position >= here { watcher.isLedgerMuted = false }
            let isKnown = history?.isReplaying ?? false
            let outcome = advance(to: position < here ? min(target, here) : target)
            switch outcome {
            case .reached where position >= target: return .reached
            case .exit(.stopped) where isKnown, .reached: continue
            case .exit, .requested, .unanswered: return outcome
            }
        }
    }

    /// No breakpoint is looked at.
    private func quiet() {
        watcher.end()
        watcher.marks = []
    }

    func restore(_ checkpoint: History.Checkpoint) {
        history?.restore(checkpoint)
        watcher.forgetPassed()
    }

    /// Where the guest stands, for what looks back: a shutdown is behind the instruction that led to it.
    var present: UInt64 { position &+ (machine.cpu.isShutDown ? 1 : 0) }

    /// Goes to the last boundary before a guest time, or to the start of the history.
    ///
    /// A wait behind HLT has no boundaries, as `step` has none in it.
    func goToBoundary(before end: UInt64) -> StopEvent.Reason {
        guard let history else { return .noHistory }
        var target = end
        while target > history.start {
            target -= 1
            if case .requested = land(at: target) { return .requested }
            // What is delivered behind an instruction is one step with it.
            if position >= end || machine.cpu.hasDeliveryBehind && !isWaiting { continue }
            guard isWaiting else { return .done }
            // Not the HLT yet, which is before the wait and maybe before the checkpoint in it.
            let base = history.checkpoint(before: target)?.position ?? 0
            target = min(target, position > base ? machine.cpu.idleStart ?? position : base)
        }
        goToStart()
        return .startOfHistory
    }

    func goToStart() {
        if let first = history?.checkpoints.first { restore(first) }
        recorded.truncate(from: position)
    }

    /// The guest is idle, and something may wake it.
    private var isWaiting: Bool {
        machine.cpu.isSleeping || machine.cpu.isIdle && machine.state.eflags.contains(.interrupt)
    }

    /// One instruction of the past, without breakpoints, of a wait what comes before `end`; false if there is none.
    func stepQuietly(before end: UInt64) -> Bool {
        let before = position
        if case .exit(.halted) = advance(to: before &+ 1) { return position > before }
        while machine.cpu.isIdle || machine.cpu.hasDeliveryBehind, position < end {
            guard case .reached = advance(to: min(endOfWait, end)) else { break }
        }
        return position > before
    }

    /// All boundaries from a guest time up to `end`, which is not one of them.
    ///
    /// Nil if the history begins behind it, or if somebody wants to stop.
    func boundaries(from start: UInt64, to end: UInt64, sketching: Bool = false) -> [Boundary]? {
        guard let history, end > history.start else { return nil }
        if case .requested = land(at: max(start, history.start)) { return nil }
        var found: [Boundary] = []
        // Within a wait there is no boundary: it belongs to the HLT, as a delivery does to the instruction before it.
        if isWaiting || machine.cpu.hasDeliveryBehind, !stepQuietly(before: end) { return wantsStop ? nil : [] }
        while position < end {
            var boundary = Boundary(position: position)
            if sketching { boundary.depth = depthOfNext() }
            let before = position
            let goesOn = stepQuietly(before: end)
            if wantsStop { return nil }
            if sketching, boundary.depth == 0, machine.cpu.lastDelivery.map({ $0 > before }) ?? false {
                boundary.depth = -1
            }
            found.append(boundary)
            if !goesOn { break }
        }
        return found
    }

    /// -1 for what calls, 1 for what returns.
    private func depthOfNext() -> Int {
        switch sketch()?.flow {
        case .call: -1
        case .back: 1
        case .repeated, .other, nil: 0
        }
    }

    // MARK: Scanning

    /// The last hit before now of breakpoints, none of which is on guest time; at the earliest at `from`.
    ///
    /// The guest stands somewhere in the past afterwards.
    func scanBack(_ list: [Breakpoint], from: UInt64? = nil) -> Scan {
        guard let history else { return .none }
        history.keepEdit()
        var end = present
        defer { quiet() }
        for checkpoint in history.checkpoints.reversed() where checkpoint.position < end {
            if let from, end <= from { return .none }
            restore(checkpoint)
            watcher.begin(.scanning, list, end: end)
            watcher.isLedgerMuted = true
            defer { watcher.isLedgerMuted = false }
            while position < end {
                let outcome = advance(to: end)
                _ = watcher.collect()
                if case .requested = outcome { return .requested }
                if case .unanswered = outcome { break }
                if case .exit(.halted) = outcome { break }
                if case .exit(.shutdown) = outcome { break }
            }
            if let hit = watcher.lastHit { return from.map { hit.position < $0 } ?? false ? .none : .hit(hit) }
            end = checkpoint.position
        }
        return .none
    }

    // MARK: Coming back

    /// Goes back by `body`; if somebody wants to stop meanwhile the guest stands where it stood.
    func goingBack(_ body: (History) -> StopEvent) -> StopEvent {
        if let refusal { return refusal }
        guard let history else { return stopped(.noHistory) }
        let (bookmark, transactions) = (keepMoment(history), recorded)
        let event = body(history)
        guard event.reason == .requested else { return event }
        putBack(bookmark, history)
        recorded = transactions
        return stopped(.requested)
    }

    /// Looks for something in the past; the guest stands where it stood afterwards.
    ///
    /// - Parameter isLook: also for somebody who is told of a run meanwhile, as an action is.
    func searching<Result>(isLook: Bool = false, _ body: (History) -> Result?) -> Result? {
        guard let history, isLook ? !machine.cpu.core.pointee.isRunning : refusal == nil else { return nil }
        let (bookmark, transactions) = (keepMoment(history), recorded)
        let result = body(history)
        isSearchInterrupted = wantsStop
        wantsStop = false
        putBack(bookmark, history)
        recorded = transactions
        return isSearchInterrupted ? nil : result
    }

    private func keepMoment(_ history: History) -> History.Bookmark {
        history.keepEdit()
        return history.bookmark()
    }

    private func putBack(_ bookmark: History.Bookmark, _ history: History) {
        history.restore(bookmark)
        watcher.forgetPassed()
    }
}

/// The last time that something was written, as `Debugger.lastWrite` and its kin find it.
public struct Provenance: Sendable, Equatable {
    /// Guest time at the start of the instruction.
    public var instructions: UInt64
    /// Where the instruction is: CS.
    public var cs: UInt16
    /// Where the instruction is: its offset in CS.
    public var eip: UInt32
    /// Where the instruction is: its linear address.
    public var code: UInt32
    /// Whether it was 32-bit code.
    public var code32: Bool
    /// The value before.
    public var oldValue: UInt64
    /// The value that was written.
    public var newValue: UInt64
    /// Of a wide register the bits above the 64 of `oldValue`.
    public var oldHigh: UInt64 = 0
    /// Of a wide register the bits above the 64 of `newValue`.
    public var newHigh: UInt64 = 0
}
