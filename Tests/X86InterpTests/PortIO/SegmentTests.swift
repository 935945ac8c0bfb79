import Testing
import X86Interp

/// Section 5.3: which segment, which address, and which exception before any port cycle.
@Suite("Port I/O: segments and addresses", .timeLimit(.minutes(30)))
struct PortSegmentTests {
    /// Segments with a base each, so that an address tells which one was taken.
    private static let selectors: [(prefix: UInt8, register: SegmentRegister, selector: UInt16)] = [
        (0x26, .es, 0x2000), (0x2E, .cs, 0), (0x36, .ss, 0x3000), (0x3E, .ds, 0x4000), (0x64, .fs, 0x5000),
        (0x65, .gs, 0x6000),
    ]

    private func spread(_ guest: PortGuest) {
        for (_, register, selector) in Self.selectors {
            guest.state.segments[register] = Segment(realMode: selector)
            // A byte at offset 2000 of each segment names it.
            guest.load([0xA0 + register.rawValue], at: UInt32(selector) << 4 + 0x2000)
        }
    }

    @Test("S1 an override does not move the destination of INS", arguments: TierSetting.all)
    func insIgnoresOverrides(_ setting: TierSetting) throws {
        for (prefix, _, _) in Self.selectors {
            let guest = try portGuest(setting) { guest in
                spread(guest)
                guest.code = [prefix, 0x6C]
                guest.set(\.edi, 0x2100)
            }
            #expect(guest.isAtEnd && guest.bytes(0x22100, 1) == [1] && guest.gpr.edi == 0x2101)
        }
    }

    /// What `prefixes outsb` at SI = 2000 writes.
    private func outs(_ code: [UInt8], _ setting: TierSetting) throws -> [UInt32] {
        let guest = try portGuest(setting) { guest in
            spread(guest)
            guest.code = code
            guest.set(\.esi, 0x2000)
        }
        #expect(guest.isAtEnd)
        return guest.probe.values
    }

    @Test("S2 an override moves the source of OUTS", arguments: TierSetting.all)
    func outsTakesOverrides(_ setting: TierSetting) throws {
        #expect(try outs([0x6E], setting) == [0xA3])
        for (prefix, register, _) in Self.selectors {
            #expect(try outs([prefix, 0x6E], setting) == [0xA0 + UInt32(register.rawValue)])
        }
    }

    @Test("S3 the last of several overrides counts", arguments: TierSetting.all)
    func lastOverride(_ setting: TierSetting) throws {
        #expect(try outs([0x26, 0x36, 0x6E], setting) == [0xA2])
        #expect(try outs([0x36, 0x26, 0x6E], setting) == [0xA0])
        #expect(try outs([0x64, 0xF3, 0x65, 0x3E, 0x90, 0x2E, 0x6E], setting) == [0xA1])
    }

    @Test("S4 an override ends with its instruction", arguments: TierSetting.all)
    func overrideDoesNotLeak(_ setting: TierSetting) throws {
        #expect(try outs([0x26, 0x6E, 0x4E, 0x6E], setting) == [0xA0, 0xA3])
    }

    /// Runs into an exception in real mode: no port cycle, nothing moved, the pushed IP is the instruction's.
    private func faults(
        _ code: [UInt8], vector: UInt8, _ setting: TierSetting, sourceLocation: SourceLocation = #_sourceLocation,
        _ setUp: (PortGuest) -> Void
    ) throws {
        let guest = try portGuest(setting) { guest in
            guest.code = code
            guest.set(\.ecx, 3)
            guest.state.segments.es = Segment(realMode: 0x2000)
            guest.state.segments.ds = Segment(realMode: 0x2000)
            setUp(guest)
        }
        #expect(guest.vectorReached == vector, sourceLocation: sourceLocation)
        #expect(guest.probe.log == [] && guest.requests == [], sourceLocation: sourceLocation)
        #expect(guest.stackWord(0) == 0x7C00 && guest.gpr.ecx == 3, sourceLocation: sourceLocation)
    }

    @Test("S5 insw at DI = FFFF raises #GP before the port is read", arguments: TierSetting.all)
    func wordBehindTheEnd(_ setting: TierSetting) throws {
        for code: [UInt8] in [[0x6D], [0xF3, 0x6D], [0x66, 0x6D]] {
            try faults(code, vector: 13, setting) { $0.set(\.edi, 0xFFFF) }
        }
    }

    @Test("S6 outsw at SI = FFFF raises #GP before the port is written", arguments: TierSetting.all)
    func wordFromBehindTheEnd(_ setting: TierSetting) throws {
        for code: [UInt8] in [[0x6F], [0xF3, 0x6F], [0x26, 0x6F]] {
            try faults(code, vector: 13, setting) { $0.set(\.esi, 0xFFFF) }
        }
    }

    @Test("S7 ss outsw at SI = FFFF raises #SS", arguments: TierSetting.all)
    func wordFromBehindTheStack(_ setting: TierSetting) throws {
        try faults([0x36, 0x6F], vector: 12, setting) { $0.set(\.esi, 0xFFFF) }
    }

    @Test("S8 a 32-bit address above FFFF raises #GP in real mode", arguments: TierSetting.all)
    func addressBehindTheEnd(_ setting: TierSetting) throws {
        try faults([0x67, 0x6C], vector: 13, setting) { $0.set(\.edi, 0x0001_0000) }
        try faults([0x67, 0x6E], vector: 13, setting) { $0.set(\.esi, 0x0001_0000) }
        try faults([0x67, 0x6D], vector: 13, setting) { $0.set(\.edi, 0xFFFF_FFFF) }
    }

    @Test("S9 the same address works in big real mode", arguments: TierSetting.all)
    func bigRealMode(_ setting: TierSetting) throws {
        let guest = try portGuest(setting) { guest in
            guest.code = [0x67, 0x6C]
            guest.state.segments.es.limit = 0xFFFF_FFFF
            guest.set(\.edi, 0x0001_0000)
        }
        #expect(guest.isAtEnd && guest.bytes(0x10000, 1) == [1] && guest.gpr.edi == 0x10001)
    }

    /// Runs into an exception in protected mode, which ends the run there: no port cycle, nothing changed.
    private func stops(
        _ code: [UInt8], _ fault: Fault, _ setting: TierSetting, sourceLocation: SourceLocation = #_sourceLocation,
        _ setUp: (PortGuest) -> Void
    ) throws {
        let guest = try portGuest(setting) { guest in
            guest.enterProtectedMode()
            guest.code = code
            guest.set(\.ecx, 3)
            guest.set(\.edi, 0x2000)
            guest.set(\.esi, 0x2000)
            setUp(guest)
        }
        #expect(guest.exit == .stopped(.fault(fault)), sourceLocation: sourceLocation)
        #expect(guest.probe.log == [] && guest.requests == [], sourceLocation: sourceLocation)
        #expect(guest.state.eip == 0x7C00 && guest.gpr.ecx == 3, sourceLocation: sourceLocation)
        #expect(guest.state.instructions == 0, sourceLocation: sourceLocation)
    }

    @Test("S10 a null ES raises #GP(0) before the port is read", arguments: TierSetting.all)
    func nullSegment(_ setting: TierSetting) throws {
        for code: [UInt8] in [[0x6C], [0xF3, 0x6C]] {
            try stops(code, Fault(.generalProtection), setting) { $0.state.segments.es = .null }
        }
    }

    @Test("S11 INS into read-only data or code raises #GP(0)", arguments: TierSetting.all)
    func readOnlySegment(_ setting: TierSetting) throws {
        let readOnly: SegmentAccess = [.present, .codeOrData, .accessed, .big, .granular]
        let rights: [SegmentAccess] = [readOnly, [readOnly, .code], [readOnly, .code, .writableOrReadable]]
        for access in rights {
            try stops([0x6C], Fault(.generalProtection), setting) { $0.state.segments.es.access = access }
        }
    }

    @Test("S12 OUTS from execute-only code raises #GP(0)", arguments: TierSetting.all)
    func executeOnlySegment(_ setting: TierSetting) throws {
        try stops([0x2E, 0x6E], Fault(.generalProtection), setting) {
            $0.state.segments.cs.access.remove(.writableOrReadable)
        }
    }

    @Test("S13 expand-down segments begin behind their limit", arguments: TierSetting.all)
    func expandDown(_ setting: TierSetting) throws {
        func segment(big: Bool) -> Segment {
            var access: SegmentAccess = [.realMode, .expandDownOrConforming]
            if big { access.insert(.big) }
            return Segment(selector: 0x18, base: 0, limit: 0xFFF, access: access)
        }
        // Offset, size of the cycle, whether it is inside: FFF is the last one outside, the top is FFFF or FFFFFFFF.
        let cases: [(offset: UInt32, code: [UInt8], big: Bool, isInside: Bool)] = [
            (0x0FFF, [0x6C], false, false), (0x1000, [0x6C], false, true), (0x0FFD, [0x6D], true, false),
            (0xFFFC, [0x6D], false, true), (0xFFFD, [0x6D], false, false), (0xFFFD, [0x6D], true, true),
            (0x10000, [0x6C], false, false), (0x10000, [0x6C], true, true), (0xFFFF_FFFD, [0x6D], true, false),
        ]
        for (offset, code, big, isInside) in cases {
            if isInside {
                let guest = try portGuest(setting) { guest in
                    guest.enterProtectedMode()
                    guest.state.segments.es = segment(big: big)
                    guest.code = code
                    guest.set(\.edi, offset)
                }
                #expect(guest.isAtEnd && guest.bytes(offset, 1) == [1])
            } else {
                try stops(code, Fault(.generalProtection), setting) {
                    $0.state.segments.es = segment(big: big)
                    $0.set(\.edi, offset)
                }
            }
        }
    }

    @Test("S14 a dword over the limit writes nothing and reads no port", arguments: TierSetting.all)
    func dwordOverLimit(_ setting: TierSetting) throws {
        for over in 1...3 as ClosedRange<UInt32> {
            try stops([0x6D], Fault(.generalProtection), setting) {
                $0.state.segments.es.limit = 0x2FFF
                $0.set(\.edi, 0x2FFC + over)
            }
        }
        let fits = try portGuest(setting) { guest in
            guest.enterProtectedMode()
            guest.state.segments.es.limit = 0x2FFF
            guest.code = [0x6D]
            guest.set(\.edi, 0x2FFC)
        }
        #expect(fits.isAtEnd && fits.bytes(0x2FFC, 5) == [1, 1, 1, 1, 0])
    }

    @Test("S15 with A20 off memory wraps at 1 MiB and ports do not", arguments: TierSetting.all)
    func gateA20(_ setting: TierSetting) throws {
        for isOn in [true, false] {
            let guest = try portGuest(setting) { guest in
                let high = ProbePort("high")
                try guest.claim(0xFFF0...0xFFFF, high)
                guest.machine.bus.setA20(isOn)
                guest.code = [0xF3, 0x6C]
                guest.state.segments.es = Segment(realMode: 0xFFFF)
                guest.set(\.edx, 0xFFF8)
                guest.set(\.edi, 0x800E)
                guest.set(\.ecx, 4)
            }
            #expect(guest.isAtEnd)
            #expect(guest.bytes(0x107FFE, 4) == (isOn ? [1, 2, 3, 4] : [0, 0, 0, 0]))
            #expect(guest.bytes(0x007FFE, 4) == (isOn ? [0, 0, 0, 0] : [1, 2, 3, 4]))
            #expect(guest.probes[1].log.map(\.offset) == [8, 8, 8, 8])
        }
    }
}
