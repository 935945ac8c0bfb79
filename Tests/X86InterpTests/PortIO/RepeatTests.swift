import Testing
import X86Interp

/// Section 5.2: repetition, count and index.
@Suite("Port I/O: REP, count, index", .timeLimit(.minutes(30)))
struct PortRepeatTests {
    @Test("R1 REP with count 0 does nothing but advance IP", arguments: TierSetting.all)
    func countZero(_ setting: TierSetting) throws {
        for opcode: UInt8 in [0x6C, 0x6D, 0x6E, 0x6F] {
            let guest = try portGuest(setting) { guest in
                guest.code = [0xF3, opcode]
                guest.set(\.edi, 0x5678_FFFF)
                guest.set(\.esi, 0x5678_FFFF)
                guest.state.segments.es.limit = 0xFF
                guest.state.segments.ds.limit = 0xFF
            }
            #expect(guest.isAtEnd && guest.probe.log == [] && guest.requests == [] && guest.transactions == [])
            #expect(guest.gpr.ecx == 0 && guest.gpr.edi == 0x5678_FFFF && guest.gpr.esi == 0x5678_FFFF)
            #expect(guest.state.instructions == 2)
        }
    }

    @Test("R2 with 16-bit addresses CX counts, not ECX", arguments: TierSetting.all)
    func countIsCX(_ setting: TierSetting) throws {
        let guest = try portGuest(setting) { guest in
            guest.code = [0xF3, 0x6C, 0xF3, 0x6E]
            guest.set(\.ecx, 0x0001_0000)
        }
        #expect(guest.isAtEnd && guest.probe.log == [] && guest.gpr.ecx == 0x0001_0000)
    }

    @Test("R3 with 16-bit addresses the upper halves stay", arguments: TierSetting.all)
    func upperHalvesStay(_ setting: TierSetting) throws {
        let guest = try portGuest(setting) { guest in
            guest.code = [0xF3, 0x6C, 0xB9, 0x02, 0x00, 0xF3, 0x6F]
            guest.set(\.ecx, 0xABCD_0003)
            guest.set(\.edi, 0x1111_0600)
            guest.set(\.esi, 0x2222_0600)
        }
        #expect(guest.isAtEnd && guest.bytes(0x600, 4) == [1, 2, 3, 0])
        #expect(guest.gpr.ecx == 0xABCD_0000 && guest.gpr.edi == 0x1111_0603 && guest.gpr.esi == 0x2222_0604)
        #expect(guest.probe.log.suffix(2) == [.write(0, .word, 0x0201), .write(0, .word, 0x0003)])
    }

    @Test("R4 with 32-bit addresses ECX, EDI and ESI count and index", arguments: TierSetting.all)
    func addressSize32(_ setting: TierSetting) throws {
        let guest = try portGuest(setting) { guest in
            guest.code = [0x67, 0xF3, 0x6C]
            guest.set(\.ecx, 0x0001_0001)
            guest.set(\.edi, 0x0000_0600)
            guest.fuel = 3
        }
        #expect(guest.exit == .budget && guest.gpr.ecx == 0x0000_FFFE && guest.gpr.edi == 0x603)
        let out = try portGuest(setting) { guest in
            guest.code = [0x67, 0xF3, 0x6E]
            guest.state.segments.ds.limit = 0xFFFF_FFFF
            guest.load([0x5A, 0xA5], at: 0x1_FFFF)
            guest.set(\.ecx, 2)
            guest.set(\.esi, 0x0001_FFFF)
        }
        #expect(out.isAtEnd && out.probe.values == [0x5A, 0xA5] && out.gpr.esi == 0x0002_0001 && out.gpr.ecx == 0)
    }

    @Test("R5 without REP the count stays and the index moves once", arguments: TierSetting.all)
    func noRepeat(_ setting: TierSetting) throws {
        let guest = try portGuest(setting) { guest in
            guest.code = [0x6D, 0x6F]
            guest.set(\.ecx, 5)
            guest.set(\.edi, 0x600)
            guest.set(\.esi, 0x600)
        }
        #expect(guest.isAtEnd && guest.gpr.ecx == 5 && guest.gpr.edi == 0x602 && guest.gpr.esi == 0x602)
        #expect(guest.probe.log == [.read(0, .word, 0x0101_0101), .write(0, .word, 0x0101)])
    }

    /// Prefix bytes before `insb` with CX = 3: it must repeat three times.
    private func repeats(_ prefixes: [UInt8], _ setting: TierSetting, flags: UInt32 = 0x02) throws -> Bool {
        let guest = try portGuest(setting) { guest in
            guest.code = prefixes + [0x6C]
            guest.set(\.ecx, 3)
            guest.set(\.edi, 0x600)
            guest.set(\.esi, 0x600)
            guest.state.eflags = EFLAGS(rawValue: flags)
        }
        return guest.isAtEnd && guest.gpr.ecx == 0 && guest.bytes(0x600, 4) == [1, 2, 3, 0]
    }

    @Test("R6 F2 repeats as F3 does", arguments: TierSetting.all)
    func repne(_ setting: TierSetting) throws {
        #expect(try repeats([0xF2], setting))
    }

    @Test("R7 F2 and F3 together repeat plainly", arguments: TierSetting.all)
    func bothPrefixes(_ setting: TierSetting) throws {
        #expect(try repeats([0xF2, 0xF3], setting))
        #expect(try repeats([0xF3, 0xF2], setting))
    }

    @Test("R8 ZF never ends the repetition", arguments: TierSetting.all)
    func zeroFlag(_ setting: TierSetting) throws {
        for prefix: UInt8 in [0xF2, 0xF3] {
            for flags: UInt32 in [0x02, 0x42] { #expect(try repeats([prefix], setting, flags: flags)) }
        }
    }

    @Test("R9 F3 before IN and OUT means nothing", arguments: TierSetting.all)
    func repeatedInOut(_ setting: TierSetting) throws {
        let guest = try portGuest(setting) { guest in
            guest.code = [0xF3, 0xEC, 0xF2, 0xEE, 0xF3, 0xEF]
            guest.set(\.ecx, 5)
        }
        #expect(guest.isAtEnd && guest.gpr.ecx == 5)
        #expect(guest.probe.log == [.read(0, .byte, 0x0101_0101), .write(0, .byte, 1), .write(0, .word, 1)])
    }

    @Test("R10 DF = 1 moves down by the width", arguments: TierSetting.all)
    func directionFlag(_ setting: TierSetting) throws {
        let cases: [(ins: [UInt8], outs: [UInt8], width: UInt32)] = [
            ([0xF3, 0x6C], [0xF3, 0x6E], 1), ([0xF3, 0x6D], [0xF3, 0x6F], 2),
            ([0x66, 0xF3, 0x6D], [0x66, 0xF3, 0x6F], 4),
        ]
        for (ins, outs, width) in cases {
            let guest = try portGuest(setting) { guest in
                guest.code = ins + [0xB9, 0x03, 0x00] + outs
                guest.state.eflags = EFLAGS(rawValue: 0x402)
                guest.set(\.ecx, 3)
                guest.set(\.edi, 0x620)
                guest.set(\.esi, 0x620)
            }
            #expect(guest.isAtEnd && guest.gpr.edi == 0x620 - 3 * width && guest.gpr.esi == 0x620 - 3 * width)
            let run = (1...3).flatMap { [UInt8](repeating: UInt8(4 - $0), count: Int(width)) }
            #expect(guest.bytes(0x620 - 2 * width, Int(3 * width)) == run)
            let mask = width == 4 ? .max : UInt32(1) << (8 * width) - 1
            #expect(guest.probe.values.suffix(3) == [1, 2, 3].map { ($0 &* 0x0101_0101) & mask })
        }
    }

    @Test("R11 DI wraps from FFFF to 0", arguments: TierSetting.all)
    func wrapUp(_ setting: TierSetting) throws {
        let guest = try portGuest(setting) { guest in
            guest.code = [0xF3, 0x6C]
            guest.state.segments.es = Segment(realMode: 0x2000)
            guest.set(\.ecx, 2)
            guest.set(\.edi, 0x7777_FFFF)
        }
        #expect(guest.isAtEnd && guest.gpr.edi == 0x7777_0001)
        #expect(guest.bytes(0x2FFFF, 2) == [1, 0] && guest.bytes(0x20000, 2) == [2, 0])
    }

    @Test("R12 DI wraps from 0 to FFFF", arguments: TierSetting.all)
    func wrapDown(_ setting: TierSetting) throws {
        let guest = try portGuest(setting) { guest in
            guest.code = [0xF3, 0x6C]
            guest.state.eflags = EFLAGS(rawValue: 0x402)
            guest.state.segments.es = Segment(realMode: 0x2000)
            guest.set(\.ecx, 2)
            guest.set(\.edi, 0x7777_0000)
        }
        #expect(guest.isAtEnd && guest.gpr.edi == 0x7777_FFFE)
        #expect(guest.bytes(0x20000, 2) == [1, 0] && guest.bytes(0x2FFFE, 2) == [0, 2])
    }

    @Test("R13 65,535 iterations wrap and are exactly so many", arguments: TierSetting.all)
    func longest(_ setting: TierSetting) throws {
        let guest = try PortGuest(setting, hasLedger: false)
        guest.fuel = 100_000
        guest.code = [0xF3, 0x6E]
        guest.set(\.ecx, 0xFFFF)
        guest.set(\.esi, 0x8000)
        var count = 0
        guest.probe.onAccess = { [unowned guest] _ in
            count += 1
            guest.probe.state.log.removeAll()
        }
        guest.start()
        try guest.run()
        #expect(guest.isAtEnd && count == 65_535 && guest.gpr.ecx == 0 && guest.gpr.esi == 0x7FFF)
        #expect(guest.state.instructions == 65_536)
    }

    @Test("R14 1024 words cross pages into a device window, in order", arguments: TierSetting.all)
    func intoWindow(_ setting: TierSetting) throws {
        for probe in [ProbePort(), BlockProbePort()] {
            let window = ProbeWindow()
            let guest = try PortGuest(setting, probe: probe)
            try guest.machine.memory.claim(MemoryRegion(start: 0xD0000, size: 0x1000), for: window)
            guest.code = [0xF3, 0x6D]
            probe.answer = { UInt32($0) }
            guest.state.segments.es = Segment(realMode: 0xCF00)
            guest.set(\.ecx, 1024)
            guest.set(\.edi, 0xC01)
            guest.start()
            try guest.run()
            #expect(guest.isAtEnd && guest.gpr.edi == 0x1401 && guest.gpr.ecx == 0)
            // Memory to CFFFF, the window from D0000: words at odd addresses are two cycles, as they are at odd ports.
            let expected = (0..<1024).flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
            let isMemoryRight = guest.bytes(0xCFC01, 0x3FF) == Array(expected.prefix(0x3FF))
            let isWindowRight = (0..<0x401).map { window.bytes[$0] ?? 0xEE } == Array(expected.suffix(0x401))
            #expect(isMemoryRight && isWindowRight)
            #expect(window.log.map(\.width) == [Width](repeating: .byte, count: 1025))
        }
    }

    @Test("Without 64-bit mode (R15) count 0 with 32-bit addresses changes no register", arguments: TierSetting.all)
    func countZeroWithWideAddresses(_ setting: TierSetting) throws {
        for opcode: UInt8 in [0x6C, 0x6D, 0x6E, 0x6F] {
            for code32 in [false, true] {
                let guest = try portGuest(setting) { guest in
                    guest.enterProtectedMode(code32: code32)
                    guest.code = (code32 ? [] : [0x67]) + [0xF3, opcode]
                    guest.set(\.edi, 0x8765_4321)
                    guest.set(\.esi, 0x1234_5678)
                }
                #expect(guest.isAtEnd && guest.probe.log == [] && guest.requests == [])
                #expect(guest.gpr.ecx == 0 && guest.gpr.edi == 0x8765_4321 && guest.gpr.esi == 0x1234_5678)
            }
        }
    }
}
