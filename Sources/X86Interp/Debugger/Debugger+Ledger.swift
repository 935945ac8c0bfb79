// The ledger of a guest that is busy with ports: not written while it runs, made up for from the past when asked for.
extension Debugger {
    /// The last port transactions.
    ///
    /// A guest that does little but port accesses would be slowed down by it: then it is made up for here, by running
    /// the last part of the past again. The guest stands where it stood afterwards.
    public var ledger: Ledger {
        fillLedger()
        return recorded.ledger
    }

    /// What has been written of the ledger.
    struct Recorded {
        var ledger = Ledger()
        /// Guest times whose transactions were not written; none are kept from before that do not join on.
        var gap: Range<UInt64>?
        /// The guest accesses ports so often that writing them down would be felt.
        private(set) var isBusy = false
        /// Accesses in the present slice, if it is written down, and where it began.
        var heard: UInt64 = 0
        var hearsFrom: UInt64 = 0
        /// Slices to come before a busy guest is listened to again.
        var rest = 0
        private var restLength = 1
        private var quietSamples = 0

        var isWritingDue: Bool { !isBusy || rest <= 0 }

        /// Takes note of how a guest is that was listened to.
        ///
        /// One that stays busy is listened to more and more seldom; a busy one may pause between two accesses.
        mutating func judge(isBusy isNow: Bool) {
            if isNow {
                restLength = isBusy && quietSamples == 0 ? min(restLength * 2, 64) : 1
                quietSamples = 0
                isBusy = true
            } else if isBusy {
                restLength = 1
                quietSamples += 1
                if quietSamples == 8 { (isBusy, quietSamples) = (false, 0) }
            }
            rest = restLength
        }

        /// Forgets transactions from a guest time on: they have not happened yet.
        ///
        /// Those before that had to go for them are made up for.
        mutating func truncate(from time: UInt64) {
            let count = ledger.count
            ledger.truncate(from: time)
            if let gap, gap.upperBound > time { self.gap = gap.lowerBound < time ? gap.lowerBound..<time : nil }
            if ledger.hasDropped, ledger.count < count { gap = 0..<time }
        }

        /// Forgets what cannot be made up for: time has begun anew.
        mutating func close() {
            guard let gap else { return }
            ledger.forget(before: gap.upperBound)
            self.gap = nil
        }
    }

    /// One access in so many instructions is often.
    private static let instructionsPerAccess: UInt64 = 512
    /// Shorter slices are written down in any case.
    private static let shortSlice: UInt64 = 1 << 15
    /// So many accesses are written down before a guest counts as busy, so that a burst does not make it so.
    private static let burst: UInt64 = 128
    /// From time to time a busy guest is listened to for so many instructions.
    private static let sample: UInt64 = 512

    /// Makes the CPU tell of port accesses if a slice is to be written down.
    ///
    /// Returns where the slice ends then, and whether it is written down or need not be.
    func listen(to slice: Range<UInt64>) -> (end: UInt64, isHeard: Bool) {
        recorded.heard = 0
        recorded.hearsFrom = slice.lowerBound
        watcher.noticesBusyGuests = false
        let isKnown = watcher.isLedgerMuted
        var end = slice.upperBound
        var isWritten = !isKnown
        let mayLeaveOut = history != nil && !watcher.watchesPorts
        if isWritten, mayLeaveOut, end - slice.lowerBound >= Self.shortSlice {
            isWritten = recorded.isWritingDue
            if isWritten, recorded.isBusy { end = min(end, slice.lowerBound + Self.sample) }
            watcher.noticesBusyGuests = isWritten && !recorded.isBusy
        }
        let listens = watcher.watchesPorts || watcher.isCollecting || isWritten
        watcher.hearsPorts = listens
        return (end, listens || isKnown)
    }

    /// Within a slice that is written down: whether the guest has turned busy.
    func isTooBusy(at now: UInt64) -> Bool {
        let length = now &- recorded.hearsFrom
        return length >= Self.sample && recorded.heard > max(Self.burst, length / Self.instructionsPerAccess)
    }

    /// Behind a slice: notes that it was not written down, or whether the next ones need be.
    func noteSlice(_ slice: Range<UInt64>, wasHeard: Bool) {
        guard slice.lowerBound < slice.upperBound, !watcher.isLedgerMuted else { return }
        let length = slice.upperBound - slice.lowerBound
        guard wasHeard else {
            let start = min(recorded.gap?.lowerBound ?? slice.lowerBound, slice.lowerBound)
            recorded.ledger.truncate(from: start)
            recorded.gap = start..<slice.upperBound
            recorded.rest -= 1
            return
        }
        if length >= Self.sample { recorded.judge(isBusy: recorded.heard > length / Self.instructionsPerAccess) }
    }

    // MARK: Making up for it

    private func fillLedger() {
        guard let gap = recorded.gap, let history, !machine.cpu.core.pointee.isRunning else { return }
        recorded.gap = nil
        let late = recorded.ledger.transactions.filter { $0.instructions >= gap.upperBound }
        let missing = recorded.ledger.capacity - late.count
        guard missing > 0 else { return recorded.ledger.forget(before: gap.upperBound) }
        let early = recorded.ledger.transactions.filter { $0.instructions < gap.lowerBound }
        let start = max(gap.lowerBound, history.start)
        let found = collect(missing, in: start..<max(start, gap.upperBound))
        guard !isSearchInterrupted else {
            recorded.gap = gap
            return
        }
        let isWhole = start == gap.lowerBound
        var ledger = Ledger(capacity: recorded.ledger.capacity)
        for transaction in (isWhole ? early : []) + found + late { ledger.append(transaction) }
        recorded.ledger = ledger
    }

    /// The last transactions in a part of the past, at least so many if there are.
    private func collect(_ count: Int, in times: Range<UInt64>) -> [PortTransaction] {
        let (attention, marks) = (watcher.attention, watcher.marks)
        var found: [PortTransaction] = []
        _ = searching(isLook: true) { _ -> Bool? in
            var end = times.upperBound
            var window: UInt64 = 1 << 16
            while end > times.lowerBound, found.count < count {
                let start = max(times.lowerBound, end > window ? end - window : 0)
                if case .requested = land(at: start) { return nil }
                watcher.isCollecting = true
                watcher.isLedgerMuted = true
                while position < end {
                    let outcome = advance(to: end)
                    if case .exit(.stopped) = outcome { continue }
                    guard case .reached = outcome else { break }
                }
                watcher.isLedgerMuted = false
                found = watcher.endCollecting().filter { start..<end ~= $0.instructions } + found
                if wantsStop { return nil }
                end = start
                window = window &* 4
            }
            return true
        }
        watcher.attention = attention
        watcher.marks = marks
        return found
    }
}
