/// A place that a run is to come to, such as the instruction behind a call.
struct Goal: Equatable {
    var address: Address
    /// The stack pointer at which it counts at the earliest: deeper calls come to the same place too.
    var minimumStack: UInt32?
}

/// The debugger's ear in the CPU: hears of what is marked, and decides what stops.
final class Watcher: Observer {
    /// What it does with what it hears.
    enum Mode {
        /// Nothing.
        case idle
        /// Stops the guest, counts.
        case stopping
        /// Goes through the past: notes the last hit, neither stops nor counts.
        case scanning
    }

    /// A breakpoint that was hit.
    struct Hit: Equatable {
        var number: Int
        var reason: StopEvent.Reason
        /// Guest time before the instruction or delivery.
        var position: UInt64
    }

    weak var debugger: Debugger?
    private(set) var mode = Mode.idle
    /// Enabled breakpoints, with their addresses as they are to be marked now.
    private(set) var armed: [(breakpoint: Breakpoint, place: Address?)] = []
    private var goal: (goal: Goal, place: Address?)?
    private(set) var isGoalReached = false
    private var hits: [Hit] = []
    /// The last hit of a scan before `scanEnd`.
    private(set) var lastHit: Hit?
    private var scanEnd = UInt64.max
    /// Where it has been decided already whether the instruction stops: user-tier answers come back to it.
    private var decided: UInt64?
    /// Where it has been told that the guest begins anew.
    private var rebooted: UInt64?
    private var delivered: (position: UInt64, vectors: Set<UInt8>)?
    private var accesses: [WatchedAccess] = []
    private var transactions: [PortTransaction] = []
    private var hasModeChanged: UInt64?
    private(set) var watchesPorts = false
    /// Transactions are kept for whoever makes up for the ledger.
    var isCollecting = false
    private var collected: [PortTransaction] = []
    /// The ledger has what is run now already.
    var isLedgerMuted = false
    /// The slice ends early if the guest turns busy with ports.
    var noticesBusyGuests = false
    /// An instruction's accesses beyond these are not looked at: PUSHA has eight, a task switch some fifty.
    private static let maximumAccesses = 128

    // MARK: Arming

    func begin(_ mode: Mode, _ breakpoints: [Breakpoint], goal: Goal? = nil, passing: UInt64? = nil, end: UInt64 = .max)
    {
        self.mode = mode
        scanEnd = end
        armed = breakpoints.filter(\.isEnabled).map { ($0, nil) }
        self.goal = goal.map { ($0, nil) }
        isGoalReached = false
        lastHit = nil
        if decided != passing { decided = passing }
        watchesPorts = armed.contains { $0.breakpoint.isPort }
        forget()
        mark()
    }

    func end() {
        mode = .idle
        watchesPorts = false
        forget()
    }

    /// What was passed is forgotten: the guest was put elsewhere in time.
    func forgetPassed() {
        decided = nil
        delivered = nil
        rebooted = nil
    }

    /// What decides about the instruction at hand.
    struct Attention {
        fileprivate var mode: Mode
        fileprivate var watchesPorts: Bool
        fileprivate var decided: UInt64?
        fileprivate var delivered: (position: UInt64, vectors: Set<UInt8>)?
    }

    /// To be put back where the past was looked at in the middle of a run.
    var attention: Attention {
        get { Attention(mode: mode, watchesPorts: watchesPorts, decided: decided, delivered: delivered) }
        set {
            mode = newValue.mode
            watchesPorts = newValue.watchesPorts
            decided = newValue.decided
            delivered = newValue.delivered
        }
    }

    /// Ends collecting; returns what has been collected.
    func endCollecting() -> [PortTransaction] {
        defer { collected = [] }
        isCollecting = false
        return collected
    }

    private func forget() {
        hits.removeAll(keepingCapacity: true)
        accesses.removeAll(keepingCapacity: true)
        transactions.removeAll(keepingCapacity: true)
        hasModeChanged = nil
    }

    /// What is looked for, ports apart.
    var marks: [Interest] = [] { didSet { if marks != oldValue { setInterests() } } }
    /// Port cycles are told.
    var hearsPorts = false { didSet { if hearsPorts != oldValue { setInterests() } } }

    private func setInterests() {
        guard let debugger else { return }
        debugger.machine.cpu.setInterests(hearsPorts ? marks + [.allPorts] : marks, of: debugger.token)
    }

    /// Looks up the addresses and tells the CPU what to look for.
    private func mark() {
        guard let machine = debugger?.machine else { return }
        var marks: Set<Interest> = []
        let state = armed.isEmpty && goal == nil ? CPUState() : machine.state
        func resolved(_ address: Address) -> Address? {
            guard case .segmented = address else { return address }
            marks.insert(.modes)
            return (try? machine.linear(of: address, in: state)).flatMap { $0 }.map { .linear($0) }
        }
        func markCode(_ address: Address?) {
            switch address {
            case .linear(let linear): marks.insert(.instructions(.linear(linear...linear)))
            case .physical(let physical): marks.insert(.instructions(.physical(physical...physical)))
            case .segmented, nil: break
            }
        }
        for place in armed.indices {
            switch armed[place].breakpoint.kind {
            case .code(let address):
                armed[place].place = resolved(address)
                markCode(armed[place].place)
            case .watch(let address, let length, let access, _):
                armed[place].place = resolved(address)
                switch armed[place].place {
                case .linear(let first): marks.insert(.data(.linear(first...Self.last(first, length)), access))
                case .physical(let first): marks.insert(.data(.physical(first...Self.last(first, length)), access))
                case .segmented, nil: break
                }
            case .interrupt(let vectors): marks.insert(.interrupts(vectors))
            case .exception(let vector):
                marks.insert(vector.map { .interrupts($0.rawValue...$0.rawValue) } ?? .allInterrupts)
            case .modeSwitch: marks.insert(.modes)
            case .port, .device, .instructions: break
            }
        }
        if debugger?.onReboot != nil { marks.insert(.instructions(.physical(ResetCause.vector...ResetCause.vector))) }
        if let address = goal?.goal.address {
            goal?.place = resolved(address)
            markCode(goal?.place)
        }
        let wanted = Array(marks)
        if Set(self.marks) != marks { self.marks = wanted }
    }

    /// The last byte of a range that ends at 4 GiB at the latest.
    private static func last(_ first: UInt32, _ length: UInt32) -> UInt32 {
        let (last, isBeyond) = first.addingReportingOverflow(max(length, 1) &- 1)
        return isBeyond ? .max : last
    }

    // MARK: What it observes

    func willExecute(linear: UInt32, physical: UInt32) -> ObserverVerdict {
        guard mode != .idle, let machine = debugger?.machine else { return .goOn }
        let position = machine.cpu.position
        var stops = false
        // A step to the vector has not told of it yet.
        if mode == .stopping, physical == ResetCause.vector, rebooted != position, !machine.inputs.isReplaying {
            rebooted = position
            if debugger?.onReboot?() ?? false {
                debugger?.wantsStop = true
                stops = true
            }
        }
        guard position != decided, !machine.cpu.isUnderWay else { return stops ? .stop : .goOn }
        decided = position
        func isHere(_ place: Address?) -> Bool { place == .linear(linear) || place == .physical(physical) }
        if let goal, isHere(goal.place), goal.goal.minimumStack.map({ machine.cpu.stackPointer >= $0 }) ?? true {
            isGoalReached = true
            stops = true
        }
        for place in armed.indices where isHere(armed[place].place) {
            guard case .code = armed[place].breakpoint.kind else { continue }
            let number = armed[place].breakpoint.number
            if note(place, .breakpoint(number), position, EventValues()) { stops = true }
        }
        return stops && mode == .stopping ? .stop : .goOn
    }

    func didAccess(linear: UInt32, physical: UInt32, size: Int, isWrite: Bool, value: UInt32) -> ObserverVerdict {
        guard mode != .idle, accesses.count < Self.maximumAccesses, let machine = debugger?.machine else {
            return .goOn
        }
        let isWatched = armed.contains {
            $0.breakpoint.isHit(at: $0.place, linear: linear, physical: physical, size: size, isWrite: isWrite)
        }
        guard isWatched else { return .goOn }
        let (cs, eip) = machine.cpu.runningInstruction
        let segment = machine.cpu.core.pointee.state.segments.cs
        accesses.append(
            WatchedAccess(
                linear: linear, physical: physical, size: size, isWrite: isWrite, oldValue: value,
                newValue: value, instructions: machine.cpu.position, cs: cs, eip: eip, code: segment.base &+ eip,
                code32: segment.access.contains(.big)))
        return .stop
    }

    func willDeliver(_ delivery: ObservedDelivery) -> ObserverVerdict {
        guard mode != .idle, let machine = debugger?.machine else { return .goOn }
        let vector = delivery.vector
        let position = machine.cpu.position
        // An exception on the way to a handler comes at the same time as what is delivered there.
        if delivered?.position != position { delivered = (position, []) }
        guard delivered?.vectors.insert(vector).inserted ?? false else { return .goOn }
        var values = EventValues()
        values.vector = UInt64(vector)
        values.errorCode = UInt64(delivery.errorCode ?? 0)
        var stops = false
        for place in armed.indices {
            let number = armed[place].breakpoint.number
            let reason: StopEvent.Reason
            switch armed[place].breakpoint.kind {
            case .interrupt(let vectors) where vectors.contains(vector):
                reason = .interrupt(number, vector: vector, isSoftware: delivery.source == .software)
            case .exception(let wanted) where delivery.source == .exception && wanted?.rawValue ?? vector == vector:
                reason = .exception(number, vector: vector, errorCode: delivery.errorCode)
            default: continue
            }
            if note(place, reason, position, values) { stops = true }
        }
        return stops && mode == .stopping ? .stop : .goOn
    }

    func didChangeMode() -> ObserverVerdict {
        guard mode != .idle, let machine = debugger?.machine else { return .goOn }
        let position = machine.cpu.position
        // A reset belongs to the instruction before it.
        hasModeChanged = machine.cpu.watch.isResetting && position > 0 ? position - 1 : position
        return .stop
    }

    func didTransfer(_ transaction: PortTransaction) -> ObserverVerdict {
        guard let debugger else { return .goOn }
        if isCollecting { collected.append(transaction) }
        if !isLedgerMuted {
            debugger.recorded.heard &+= 1
            debugger.recorded.ledger.append(transaction)
            if noticesBusyGuests, debugger.isTooBusy(at: transaction.instructions) { debugger.machine.cpu.cutShort() }
        }
        guard watchesPorts, mode != .idle, transactions.count < Self.maximumAccesses,
            armed.contains(where: { $0.breakpoint.isHit(by: transaction) })
        else { return .goOn }
        transactions.append(transaction)
        return .stop
    }

    // MARK: Deciding

    /// Whether a breakpoint's condition holds and its ignore count is used up; true has noted the hit.
    private func note(_ place: Int, _ reason: StopEvent.Reason, _ position: UInt64, _ values: EventValues) -> Bool {
        guard let debugger else { return false }
        var reason = reason
        if let condition = armed[place].breakpoint.condition {
            do throws(EvaluationError) {
                let evaluator = Evaluator(machine: debugger.machine, state: debugger.machine.state, event: values)
                if try evaluator.value(of: condition) == 0 { return false }
            } catch {
                reason = .condition(armed[place].breakpoint.number, error)
            }
        }
        if mode == .stopping {
            armed[place].breakpoint.hits &+= 1
            let isIgnored = armed[place].breakpoint.ignoreCount > 0
            if isIgnored { armed[place].breakpoint.ignoreCount -= 1 }
            debugger.keepCounts(of: armed[place].breakpoint)
            if isIgnored { return false }
        }
        let hit = Hit(number: armed[place].breakpoint.number, reason: reason, position: position)
        if mode == .stopping {
            hits.append(hit)
        } else if position < scanEnd, lastHit.map({ $0.position < position }) ?? true {
            // Of those at one moment the first, as going forward.
            lastHit = hit
        }
        return true
    }

    /// Behind a stop or slice: what the last instruction did, and all hits since the last call.
    func collect() -> [Hit] {
        defer { forget() }
        guard let machine = debugger?.machine else { return [] }
        for access in accesses { judge(access, machine) }
        for transaction in transactions {
            var values = EventValues()
            values.value = UInt64(transaction.value)
            values.address = UInt64(transaction.port)
            values.width = UInt64(transaction.width.bytes)
            for place in armed.indices where armed[place].breakpoint.isHit(by: transaction) {
                let number = armed[place].breakpoint.number
                if isNoted(number) { continue }
                _ = note(place, .port(number, transaction), transaction.instructions, values)
            }
        }
        if let position = hasModeChanged {
            for place in armed.indices where armed[place].breakpoint.kind == .modeSwitch {
                _ = note(place, .modeSwitch(armed[place].breakpoint.number), position, EventValues())
            }
            mark()
        }
        return hits
    }

    /// A breakpoint is hit once by an instruction, however many cycles it makes.
    private func isNoted(_ number: Int) -> Bool { hits.contains { $0.number == number } }

    private func judge(_ access: WatchedAccess, _ machine: Machine) {
        var access = access
        access.newValue = 0
        for offset in (0..<UInt32(access.size)).reversed() {
            access.newValue = access.newValue << 8 | UInt32(machine.memory.peek(access.physical &+ offset) ?? 0xFF)
        }
        var values = EventValues()
        values.value = UInt64(access.newValue)
        values.oldValue = UInt64(access.oldValue)
        values.address = UInt64(access.linear)
        values.width = UInt64(access.size)
        for place in armed.indices {
            let breakpoint = armed[place].breakpoint
            guard case .watch(_, let length, _, let onlyChanges) = breakpoint.kind, !isNoted(breakpoint.number),
                breakpoint.isHit(
                    at: armed[place].place, linear: access.linear, physical: access.physical, size: access.size,
                    isWrite: access.isWrite),
                !(onlyChanges && access.isWrite) || access.changes(armed[place].place, length)
            else { continue }
            _ = note(place, .watchpoint(breakpoint.number, access), access.instructions, values)
        }
    }

    /// Breakpoints on guest times that have come.
    func noteTimes(_ times: [UInt64]) {
        for place in armed.indices {
            guard let time = armed[place].breakpoint.time, times.contains(time) else { continue }
            _ = note(place, .instructions(armed[place].breakpoint.number), time, EventValues())
        }
    }
}

extension WatchedAccess {
    /// Whether a write has changed any of the bytes that are watched.
    func changes(_ place: Address?, _ length: UInt32) -> Bool {
        let (first, start): (UInt32, UInt32)
        switch place {
        case .linear(let place): (first, start) = (place, linear)
        case .physical(let place): (first, start) = (place, physical)
        case .segmented, nil: return false
        }
        return (0..<UInt32(truncatingIfNeeded: size)).contains { offset in
            let isWatched = start &+ offset &- first < max(length, 1)
            return isWatched && (oldValue ^ newValue) >> (8 * offset) & 0xFF != 0
        }
    }
}

extension Breakpoint {
    var isPort: Bool {
        switch kind {
        case .port, .device: true
        case .code, .watch, .interrupt, .exception, .modeSwitch, .instructions: false
        }
    }

    func isHit(by transaction: PortTransaction) -> Bool {
        switch kind {
        case .port(let watch):
            transaction.touches(watch.ports) && watch.direction.map { $0 == transaction.direction } ?? true
                && watch.width.map { $0 == transaction.width } ?? true
        case .device(let name): transaction.device == name
        case .code, .watch, .interrupt, .exception, .modeSwitch, .instructions: false
        }
    }

    /// Whether a data access is what a watchpoint at `place` is about.
    func isHit(at place: Address?, linear: UInt32, physical: UInt32, size: Int, isWrite: Bool) -> Bool {
        guard case .watch(_, let length, let access, _) = kind else { return false }
        switch access {
        case .read where isWrite, .write where !isWrite: return false
        case .read, .write, .access: break
        }
        let (first, accessed): (UInt32, UInt32)
        switch place {
        case .linear(let start): (first, accessed) = (start, linear)
        case .physical(let start): (first, accessed) = (start, physical)
        case .segmented, nil: return false
        }
        return UInt64(accessed) < UInt64(first) + UInt64(max(length, 1))
            && UInt64(first) < UInt64(accessed) + UInt64(size)
    }
}

extension CPU {
    /// The instruction at hand has begun already: it repeats, or its port access has been answered.
    var isUnderWay: Bool {
        let state = core
        return state.pointee.state.portProgress.isRepeating || state.pointee.state.latchedResponse != nil
            || state.pointee.state.portProgress.bytesDone > 0
    }

    /// Where the running instruction is.
    public var runningInstruction: (cs: UInt16, eip: UInt32) {
        (core.pointee.state.segments.cs.selector, core.pointee.isRunning ? instructionEIP : core.pointee.state.eip)
    }
}
