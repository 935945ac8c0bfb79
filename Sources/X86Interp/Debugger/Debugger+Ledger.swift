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
        var isBusy = false

        /// Forgets transactions from a guest time on: they have not happened yet.
        ///
        /// Those before that had to go for them are made up for.
        mutating func truncate(from time: UInt64) {
            let count = ledger.count
            ledger.truncate(from: time)
            if let gap, gap.upperBound > time { self.gap = gap.lowerBound..<max(gap.lowerBound, time) }
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
    private static let shortSlice: UInt64 = 1 << 16

    /// Makes the CPU tell of port accesses if they are to be written down; returns whether it does.
    func listen(to slice: Range<UInt64>) -> Bool {
        let isKnown = watcher.isLedgerMuted
        let isWritten = !isKnown && !(recorded.isBusy && mayLeaveOut(slice))
        let listens = watcher.watchesPorts || watcher.isCollecting || isWritten
        let ledger: (any PortLedger)? = listens ? watcher : nil
        if machine.ledger !== ledger { machine.ledger = ledger }
        return listens || isKnown
    }

    private func mayLeaveOut(_ slice: Range<UInt64>) -> Bool {
        history != nil && transactions == nil && slice.upperBound - slice.lowerBound >= Self.shortSlice
    }

    /// Behind a slice with so many port accesses: notes what was not written, and whether the next need be.
    func noteSlice(_ slice: Range<UInt64>, accesses: UInt64, wasHeard: Bool) {
        guard slice.lowerBound < slice.upperBound, !watcher.isLedgerMuted else { return }
        let length = slice.upperBound - slice.lowerBound
        if length >= Self.shortSlice { recorded.isBusy = accesses > length / Self.instructionsPerAccess }
        guard !wasHeard else { return }
        let start = recorded.gap?.lowerBound ?? slice.lowerBound
        recorded.ledger.truncate(from: start)
        recorded.gap = start..<slice.upperBound
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
        let (attention, marks) = (watcher.attention, machine.cpu.marks)
        var found: [PortTransaction] = []
        _ = searching { _ -> Bool? in
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
        if machine.cpu.marks != marks { machine.cpu.marks = marks }
        return found
    }
}
