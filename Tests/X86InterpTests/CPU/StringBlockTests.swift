import Testing

@testable import X86Interp

/// Blocks of repeated string instructions leave what single iterations leave, at each moment.
///
/// A guest is run one iteration at a time, where nothing can be done at once, and the whole machine is kept behind each;
/// then it is run in pieces of other lengths, in the other tier, with another device, from a snapshot in the middle.
@Suite(.timeLimit(.minutes(30))) struct StringBlockTests {
    private typealias Guest = StringBlockGuest
    private static let limit: UInt64 = 40

    private static func forms(_ operation: Guest.Operation, in mode: Guest.Mode) -> [Guest.Form] {
        var found: [Guest.Form] = []
        let is32 = mode == .flat || mode == .real
        for width in Width.allCases where is32 || width != .dword {
            for isDown in [false, true] {
                for address32 in is32 ? [false, true] : [false] {
                    for untilEqual in operation.compares ? [false, true] : [false] {
                        found.append(
                            Guest.Form(
                                operation: operation, width: width, isDown: isDown, address32: address32,
                                untilEqual: untilEqual))
                    }
                }
            }
        }
        return found
    }

    /// Whether a form meets a trouble at all; less usual forms meet the first ones only.
    private func isSensible(_ form: Guest.Form, _ trouble: Guest.Trouble, _ mode: Guest.Mode) -> Bool {
        let writes = [.movs, .stos, .ins].contains(form.operation)
        let isUsual = form.address32 == (mode == .flat) && !form.untilEqual
        switch trouble {
        case .none: return true
        case .interrupt, .lateInterrupt, .singleStep, .watch: return isUsual
        case .absentSource: return isUsual && mode == .flat && [.movs, .lods, .cmps, .outs].contains(form.operation)
        case .absentTarget: return mode == .flat && ![.lods, .outs].contains(form.operation)
        case .limit: return mode != .real8086 && !form.isDown
        case .breakpoint: return isUsual && (mode == .flat || mode == .real)
        case .ownCode: return isUsual && writes
        case .overlapUp, .overlapDown: return isUsual && form.operation == .movs
        case .wrap: return !form.address32
        }
    }

    /// All moments of a guest that is run one iteration at a time.
    private func moments(of guest: Guest) throws -> [UInt64: Guest.Moment] {
        var moments: [UInt64: Guest.Moment] = [:]
        try guest.rewind()
        var goesOn = true
        while goesOn, guest.machine.state.instructions < Self.limit {
            goesOn = try guest.run(to: guest.machine.state.instructions + 1)
            moments[guest.machine.state.instructions] = guest.moment
        }
        return moments
    }

    private func check(_ guest: Guest, _ moments: [UInt64: Guest.Moment], _ text: String) {
        let time = guest.machine.state.instructions
        guard let moment = moments[time] else {
            Issue.record("\(text): no moment at \(time)")
            return
        }
        let found = guest.differences(from: moment)
        #expect(found.isEmpty, "\(text) at \(time)")
    }

    private func compare(_ form: Guest.Form, _ trouble: Guest.Trouble, _ mode: Guest.Mode) throws {
        func guest(_ tier: Tier, _ probe: ProbePort) throws -> Guest {
            try Guest(form, trouble, mode, tier: tier, probe: probe)
        }
        let reference = try guest(.kernel, ProbePort())
        let moments = try moments(of: reference)
        let end = try #require(moments.keys.max())
        // Whatever gets in the way, the instruction has begun.
        #expect(end > (trouble == .wrap ? 1 : 3), "\(form) \(trouble) \(mode)")
        var guests = [("block", try guest(.kernel, BlockProbePort()))]
        if form.operation == .ins || form.operation == .outs {
            guests.append(("user", try guest(.user, ProbePort())))
            guests.append(("user", try guest(.user, BlockProbePort())))
        }
        for (name, guest) in guests {
            for length in [3, Self.limit] as [UInt64] {
                try guest.rewind()
                var goesOn = true
                while goesOn, guest.machine.state.instructions < end {
                    goesOn = try guest.run(to: min(guest.machine.state.instructions + length, end))
                    check(guest, moments, "\(form) \(trouble) \(mode) \(name) by \(length)")
                }
            }
            guard trouble == .absentTarget || trouble == .limit else { continue }
            // Everything but what is to come is in a snapshot.
            for time in stride(from: UInt64(2), to: end, by: 4) {
                try guest.rewind()
                _ = try guest.run(to: time)
                let snapshot = guest.machine.snapshot()
                _ = try guest.run(to: end)
                try guest.machine.restore(snapshot)
                check(guest, moments, "\(form) \(trouble) \(mode) \(name) snapshot")
                _ = try guest.run(to: end)
                check(guest, moments, "\(form) \(trouble) \(mode) \(name) from \(time)")
            }
        }
    }

    @Test(arguments: StringBlockGuest.Operation.allCases, StringBlockGuest.Mode.allCases)
    func blocksAreTheirSteps(operation: StringBlockGuest.Operation, mode: StringBlockGuest.Mode) throws {
        if mode == .real8086, operation == .ins || operation == .outs { return }
        for form in Self.forms(operation, in: mode) {
            for trouble in Guest.Trouble.allCases where isSensible(form, trouble, mode) {
                try compare(form, trouble, mode)
            }
        }
    }

    /// `stc; repe scasb` into an absent page: what is pushed has the flags of the last comparison, 44 with bit 1 and IF.
    @Test func aFaultBehindABlockPushesTheLastComparison() throws {
        let form = Guest.Form(operation: .scas, width: .byte, isDown: false, address32: true)
        let guest = try Guest(form, .absentTarget, .flat, tier: .kernel, probe: ProbePort())
        try guest.rewind()
        #expect(try !guest.run(to: 100))
        let stack = guest.machine.state.gpr.esp
        let flags = guest.machine.memory.peek(stack + 12, count: 1)
        #expect(flags == [0x46] && guest.machine.state.cr2 == 0x1_7000)
    }
}
