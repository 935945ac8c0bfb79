import X86Interp

/// Runs equal machines in the kernel tier, in the user tier, and with delayed answers, and compares them.
///
/// After every transaction, at a port or in a device's memory, the transactions themselves, the processor, guest time and
/// the devices that took part are compared; RAM and all other devices are at every `wholeInterval`-th one and at the end.
/// If something differs there, further runs with shorter intervals, the last with a whole comparison after each
/// transaction, find the first one.
struct TierChecker {
    /// What a check found.
    enum Outcome: Equatable {
        /// Equal after each of so many transactions, and at the end.
        case same(transactions: UInt64, instructions: UInt64, end: Exit?)
        /// Not equal; nothing is compared further on.
        case different(TierDifference)
    }

    /// Why a check could not be finished.
    enum Failure: Error {
        /// A machine could not be made.
        case make(CommandError)
        /// The user tier failed in a setting.
        case userTier(TierSetting, String)
        /// The user has asked to stop, after so many transactions without a difference.
        case interrupted(transactions: UInt64)
    }

    /// Makes a machine, the same each time, before its first instruction; the setting only matters to tests.
    let make: (TierSetting) throws(CommandError) -> Machine
    /// At most so many instructions.
    let fuel: UInt64
    /// RAM and all devices are compared at each such transaction.
    var wholeInterval: UInt64 = 4096
    /// Asked between transactions whether to stop.
    var interrupted: () -> Bool = { false }

    /// Runs all settings side by side to the end or to the first difference.
    func check() throws(Failure) -> Outcome {
        var interval = wholeInterval
        var (found, lastEqual) = try pass(interval: interval, wholeFrom: interval)
        while interval > 1, case .different(let late) = found, lastEqual < late.transaction {
            interval = max(1, interval / 64)
            let (earlier, equal) = try pass(interval: interval, wholeFrom: lastEqual + 1)
            // Devices that depend on more than the guest may behave differently in another run.
            guard case .different = earlier else { break }
            (found, lastEqual) = (earlier, equal)
        }
        return found
    }

    /// One run; also returns the number of the last transaction after which all was compared and equal.
    private func pass(interval: UInt64, wholeFrom: UInt64) throws(Failure) -> (Outcome, lastEqual: UInt64) {
        var lanes: [TierLane] = []
        for setting in TierSetting.allCases { lanes.append(try lane(setting)) }
        let kernel = lanes[0]
        var count: UInt64 = 0
        var lastEqual: UInt64 = 0
        var nextWhole = wholeFrom
        while true {
            for lane in lanes {
                let limit = slice(lane)
                try advance(lane) { lane throws(HostLoop.Failure) in try lane.runToTransaction(until: limit) }
            }
            let target = lanes.map(\.instructions).max() ?? 0
            for lane in lanes { try advance(lane) { lane throws(HostLoop.Failure) in try lane.run(until: target) } }
            let isOver = lanes.allSatisfy { $0.end != nil || $0.instructions >= fuel }
            let after = count + UInt64(kernel.transactions.count)
            let isWhole = isOver || after >= nextWhole
            let names = isWhole ? nil : Set(kernel.transactions.compactMap(\.device))
            for lane in lanes.dropFirst() {
                if let difference = compare(kernel, lane, count, of: names) {
                    return (.different(difference), lastEqual)
                }
            }
            count = after
            if isWhole {
                lastEqual = count
                nextWhole = count + interval
            }
            if isOver { return (.same(transactions: count, instructions: target, end: kernel.end), lastEqual) }
            if interrupted() { throw .interrupted(transactions: count) }
            for lane in lanes { lane.forget() }
        }
    }

    /// So far a lane runs without a look at Ctrl-C.
    private func slice(_ lane: TierLane) -> UInt64 {
        let (sum, overflow) = lane.instructions.addingReportingOverflow(10_000_000)
        return overflow ? fuel : min(fuel, sum)
    }

    private func lane(_ setting: TierSetting) throws(Failure) -> TierLane {
        do { return TierLane(try make(setting), setting) } catch { throw .make(error) }
    }

    private func advance(_ lane: TierLane, _ body: (TierLane) throws(HostLoop.Failure) -> Void) throws(Failure) {
        do { try body(lane) } catch { throw .userTier(lane.setting, error.message) }
    }

    /// The first difference between the kernel tier and another, in devices of these names, or in all and in RAM; `count`
    /// transactions were equal before.
    private func compare(
        _ kernel: TierLane, _ other: TierLane, _ count: UInt64, of names: Set<String>?
    ) -> TierDifference? {
        let (a, b) = (kernel.transactions, other.transactions)
        if let found = TierComparison.transactionDifference(a, b) {
            let place = found.index < a.count ? a[found.index] : found.index < b.count ? b[found.index] : nil
            return difference(kernel, other, count + UInt64(found.index) + 1, place, found.what)
        }
        var what = TierComparison.difference(kernel, other, of: names)
        if what == nil, names == nil { what = TierComparison.memoryDifference(kernel, other) }
        guard let what else { return nil }
        return difference(kernel, other, count + UInt64(a.count), a.last, what)
    }

    private func difference(
        _ kernel: TierLane, _ other: TierLane, _ number: UInt64, _ place: TierTransaction?, _ what: String
    ) -> TierDifference {
        let state = kernel.machine.cpu.state
        return TierDifference(
            transaction: number, instructions: place?.instructions ?? state.instructions,
            cs: place?.cs ?? state.segments.cs.selector, eip: place?.eip ?? state.eip,
            isInMemory: place?.isInMemory ?? false, setting: other.setting, what: what)
    }
}
