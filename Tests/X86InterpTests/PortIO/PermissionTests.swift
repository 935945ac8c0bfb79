import Testing
import X86Interp

/// Section 5.5, as far as IOPL alone decides; the rows of the permission bitmap are in `BitmapTests`.
@Suite("Port I/O: permission", .timeLimit(.minutes(30)))
struct PortPermissionTests {
    private static let codes: [[UInt8]] = [[0xEC], [0xEF], [0x6C], [0x6F], [0xF3, 0x6C], [0xF3, 0x6F]]

    /// Runs one transfer in protected mode; an exception ends the run.
    private func run(
        _ code: [UInt8], _ setting: TierSetting, cpl: UInt8, iopl: UInt32, count: UInt32 = 2
    ) throws -> PortGuest {
        try portGuest(setting) { guest in
            guest.enterProtectedMode()
            guest.state.cpl = cpl
            guest.state.eflags = EFLAGS(rawValue: 2 | iopl << 12)
            guest.code = code
            // Up to the HLT, which is not for ring 3.
            guest.fuel = code[0] == 0xF3 ? UInt64(max(count, 1)) : 1
            guest.set(\.ecx, count)
            guest.set(\.edi, 0x600)
            guest.set(\.esi, 0x600)
        }
    }

    @Test("P1 real mode checks nothing", arguments: TierSetting.all)
    func realMode(_ setting: TierSetting) throws {
        for code in Self.codes {
            let guest = try portGuest(setting) { guest in
                guest.code = code
                guest.state.tr.limit = 0
                guest.set(\.ecx, 1)
                guest.set(\.edi, 0x600)
            }
            #expect(guest.isAtEnd && guest.probe.log.count == 1)
        }
    }

    @Test("P2 a ring up to IOPL may, without a TSS", arguments: TierSetting.all)
    func upToIOPL(_ setting: TierSetting) throws {
        for (cpl, iopl) in [(0, 0), (1, 1), (1, 3), (3, 3)] as [(UInt8, UInt32)] {
            for code in Self.codes {
                let guest = try run(code, setting, cpl: cpl, iopl: iopl)
                #expect(guest.exit == .budget && guest.probe.log.count == (code[0] == 0xF3 ? 2 : 1))
            }
        }
    }

    @Test("P12 REP with count 0 needs the permission too", arguments: TierSetting.all)
    func countZero(_ setting: TierSetting) throws {
        for code: [UInt8] in [[0xF3, 0x6C], [0xF3, 0x6F]] {
            let refused = try run(code, setting, cpl: 3, iopl: 2, count: 0)
            #expect(refused.exit == .stopped(.fault(Fault(.generalProtection))) && refused.state.eip == 0x7C00)
            let allowed = try run(code, setting, cpl: 3, iopl: 3, count: 0)
            #expect(allowed.exit == .budget && allowed.state.eip == 0x7C02 && allowed.probe.log == [])
        }
    }

    @Test("P14 the check comes before any cycle and any memory access", arguments: TierSetting.all)
    func beforeAnything(_ setting: TierSetting) throws {
        for code in Self.codes {
            let guest = try run(code, setting, cpl: 3, iopl: 0)
            #expect(guest.exit == .stopped(.fault(Fault(.generalProtection))))
            #expect(guest.probe.log == [] && guest.requests == [] && guest.transactions == [])
            #expect(guest.gpr.ecx == 2 && guest.gpr.edi == 0x600 && guest.gpr.esi == 0x600)
        }
    }

    @Test("P15 no port is open to all rings, E9 neither", arguments: TierSetting.all)
    func debugConsole(_ setting: TierSetting) throws {
        let guest = try portGuest(setting) { guest in
            try guest.claim(0xE9...0xE9, guest.probe)
            guest.enterProtectedMode()
            guest.state.cpl = 3
            guest.code = [0xE6, 0xE9]
        }
        #expect(guest.exit == .stopped(.fault(Fault(.generalProtection))) && guest.probe.log == [])
    }
}
