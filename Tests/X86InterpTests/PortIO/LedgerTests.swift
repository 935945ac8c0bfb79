import Testing
import X86Interp

/// The ledger has every cycle, in order, in each tier, and nothing else.
@Suite("Port I/O: ledger", .timeLimit(.minutes(30)))
struct PortLedgerTests {
    @Test("the ledger is complete and differs between tiers in the tier alone", arguments: TierSetting.all)
    func complete(_ setting: TierSetting) throws {
        let guest = try portGuest(setting) { guest in
            // nop; in ax,dx (odd); rep outsb; out 40h,al (nobody)
            guest.code = [0x90, 0xED, 0x26, 0xF3, 0x6E, 0xE6, 0x40]
            guest.load([0xA1, 0xA2], at: 0x600)
            guest.set(\.edx, 0x301)
            guest.set(\.ecx, 2)
            guest.set(\.esi, 0x600)
        }
        let tier = setting.tier
        func row(
            _ instructions: UInt64, _ eip: UInt32, _ operation: Operation, _ port: UInt16, _ value: UInt32,
            _ direction: PortDirection, element: UInt32 = 0, remaining: UInt32 = 1
        ) -> PortTransaction {
            PortTransaction(
                instructions: instructions, cs: 0, eip: eip, operation: operation, element: element,
                remaining: remaining, tier: port == 0x40 ? nil : tier, port: port, width: .byte, direction: direction,
                value: value, device: port == 0x40 ? nil : "probe")
        }
        let expected = [
            row(1, 0x7C01, .in, 0x301, 0x01, .in), row(1, 0x7C01, .in, 0x302, 0x02, .in),
            row(2, 0x7C02, .outs, 0x301, 0xA1, .out, remaining: 2),
            row(3, 0x7C02, .outs, 0x301, 0xA2, .out, element: 1), row(4, 0x7C05, .out, 0x40, 0x01, .out),
        ]
        #expect(guest.isAtEnd && guest.transactions == expected)
    }

    @Test(
        "a value of an answer beyond its width reaches neither guest nor ledger",
        arguments: [TierSetting.user, .delayed])
    func wideAnswer(_ setting: TierSetting) throws {
        let guest = try PortGuest(setting)
        guest.code = [0xEC]
        guest.start()
        guard case .port(let request) = try guest.machine.run(.resume, until: 10) else {
            Issue.record("no request")
            return
        }
        var answer = PortResponse(to: request)
        answer.value = 0xFFFF_FF42
        #expect(try guest.machine.run(.complete(answer), until: 10) == .halted)
        #expect(guest.machine.state.gpr.eax == 0x42 && guest.transactions.map(\.value) == [0x42])
    }
}
