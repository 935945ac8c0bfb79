import Testing
import X86Interp

/// Section 5.9: how the generations differ, and prefixes.
@Suite("Port I/O: generations and prefixes", .timeLimit(.minutes(10)))
struct PortGenerationTests {
    private func model(_ name: String) throws -> CPUModel { try #require(CPUModel.named(name)) }

    /// The models from a generation on.
    private func models(from first: Generation) -> [CPUModel] { CPUModel.all.filter { $0.generation >= first } }

    @Test("G1 on the 8086 6C to 6F are the jumps 7C to 7F", arguments: TierSetting.all)
    func aliasesOfJumps(_ setting: TierSetting) throws {
        // SF = 1, OF = 0: less, so that 6C (JL) and 6E (JLE) jump over the INC BX; 6D and 6F do not.
        for (opcode, bx) in [(0x6C, 0), (0x6D, 1), (0x6E, 0), (0x6F, 1)] as [(UInt8, UInt32)] {
            let guest = try portGuest(setting, model: try model("8086")) { guest in
                guest.code = [opcode, 0x01, 0x43]
                guest.state.eflags = EFLAGS(rawValue: 0xF082)
            }
            #expect(guest.isAtEnd && guest.gpr.ebx == bx && guest.probe.log == [] && guest.requests == [])
        }
    }

    @Test("G2 from the 80186 on INS moves DI and OUTS moves SI", arguments: TierSetting.all)
    func sinceThe80186(_ setting: TierSetting) throws {
        for model in models(from: .i80186) {
            let guest = try portGuest(setting, model: model) { guest in
                guest.code = [0xF3, 0x6D, 0x6E]
                guest.set(\.ecx, 2)
                guest.set(\.edi, 0x600)
                guest.set(\.esi, 0x601)
            }
            #expect(guest.isAtEnd && guest.gpr.edi == 0x604 && guest.gpr.esi == 0x602 && guest.gpr.ecx == 0)
            #expect(guest.bytes(0x600, 5) == [1, 1, 2, 2, 0] && guest.probe.values.last == 1)
        }
    }

    @Test("G2 on the 80186 a word at DI = FFFF wraps within the segment", arguments: TierSetting.all)
    func wrapsOnThe80186(_ setting: TierSetting) throws {
        let guest = try portGuest(setting, model: try model("80186")) { guest in
            guest.code = [0x6D, 0x6F]
            guest.state.segments.es = Segment(realMode: 0x2000)
            guest.state.segments.ds = Segment(realMode: 0x2000)
            guest.probe.answers([0xBBAA])
            guest.set(\.edi, 0xFFFF)
            guest.set(\.esi, 0xFFFF)
        }
        #expect(guest.isAtEnd && guest.bytes(0x2FFFF, 2) == [0xAA, 0] && guest.bytes(0x20000, 1) == [0xBB])
        #expect(guest.probe.log.last == .write(0, .word, 0xBBAA) && guest.gpr.edi == 1 && guest.gpr.esi == 1)
    }

    /// An 80286 that transfers words up to offset FFFF with CX = 5 and `done` elements before that.
    private func at286(_ code: [UInt8], done: UInt32, down: Bool, _ setting: TierSetting) throws -> PortGuest {
        try portGuest(setting, model: try model("80286")) { guest in
            guest.code = code
            if down { guest.state.eflags.insert(.direction) }
            guest.state.segments.es = Segment(realMode: 0x2000)
            guest.state.segments.ds = Segment(realMode: 0x2000)
            guest.set(\.ecx, 5)
            guest.set(\.edi, 0xFFFF &- done * 2)
            guest.set(\.esi, 0xFFFF &- done * 2)
        }
    }

    @Test(
        "G3 on the 80286 INSW at DI = FFFF reads the port, moves DI and CX, then raises 13", arguments: TierSetting.all)
    func lostWord(_ setting: TierSetting) throws {
        for down in [false, true] {
            let single = try at286([0x6D], done: 0, down: down, setting)
            #expect(single.vectorReached == 13 && single.stackWord(0) == 0x7C00 && single.probe.log.count == 1)
            #expect(single.gpr.edi == (down ? 0xFFFD : 1) && single.gpr.ecx == 5)
        }
        for done in 0...2 as ClosedRange<UInt32> {
            let guest = try at286([0xF3, 0x6D], done: done, down: false, setting)
            #expect(guest.vectorReached == 13 && guest.stackWord(0) == 0x7C00)
            #expect(guest.probe.log.count == Int(done) + 1)
            #expect(guest.gpr.edi == 1 && guest.gpr.ecx == 5 - done - 2)
            #expect(guest.bytes(0x20000, 1) == [0] && guest.bytes(0x2FFFF, 1) == [0])
        }
    }

    @Test(
        "G4 on the 80286 OUTSW at SI = FFFF moves SI and CX, writes nothing, then raises 13", arguments: TierSetting.all
    )
    func wordNotWritten(_ setting: TierSetting) throws {
        for done in 0...2 as ClosedRange<UInt32> {
            let guest = try at286([0xF3, 0x6F], done: done, down: false, setting)
            #expect(guest.vectorReached == 13 && guest.stackWord(0) == 0x7C00)
            #expect(guest.probe.log.count == Int(done) && guest.gpr.esi == 1 && guest.gpr.ecx == 5 - done - 1)
        }
        let single = try at286([0x6F], done: 0, down: true, setting)
        #expect(single.vectorReached == 13 && single.gpr.esi == 0xFFFD && single.gpr.ecx == 5 && single.probe.log == [])
    }

    @Test("S16 on the 80286 a word at FFFF neither wraps nor spills", arguments: TierSetting.all)
    func endOfSegmentOn286(_ setting: TierSetting) throws {
        for (di, faults) in [(0xFFFE, false), (0xFFFF, true)] as [(UInt32, Bool)] {
            let guest = try portGuest(setting, model: try model("80286")) { guest in
                guest.code = [0x6D]
                guest.state.segments.es = Segment(realMode: 0x2000)
                guest.set(\.edi, di)
            }
            #expect(faults ? guest.vectorReached == 13 : guest.isAtEnd)
            #expect(guest.bytes(0x2FFFE, 4) == (faults ? [0, 0, 0, 0] : [1, 1, 0, 0]))
            #expect(guest.bytes(0x20000, 2) == [0, 0])
        }
    }

    @Test("G5 the 80286 takes LOCK before IN and its kin", arguments: TierSetting.all)
    func lockOn286(_ setting: TierSetting) throws {
        for opcode: UInt8 in [0xEC, 0xED, 0xEE, 0xEF, 0x6C, 0x6D, 0x6E, 0x6F] {
            let guest = try portGuest(setting, model: try model("80286")) { guest in
                guest.code = [0xF0, opcode]
                guest.set(\.edi, 0x600)
                guest.set(\.esi, 0x600)
            }
            #expect(guest.isAtEnd && guest.probe.log.count == 1)
        }
    }

    @Test("G6 from the 80386 on LOCK before any of them is #UD", arguments: TierSetting.all)
    func lockOn386(_ setting: TierSetting) throws {
        let codes: [[UInt8]] = [
            [0xE4, 0x80], [0xE5, 0x80], [0xE6, 0x80], [0xE7, 0x80], [0xEC], [0xED], [0xEE], [0xEF], [0x6C], [0x6D],
            [0x6E], [0x6F], [0xF3, 0x6C],
        ]
        for model in models(from: .i80386) {
            for code in codes {
                let guest = try portGuest(setting, model: model) { guest in guest.code = [0xF0] + code }
                #expect(guest.vectorReached == 6 && guest.stackWord(0) == 0x7C00 && guest.probe.log == [])
                #expect(guest.transactions == [] && guest.requests == [])
            }
        }
    }

    @Test("G7 66 before the byte forms means nothing", arguments: TierSetting.all)
    func operandSizeOfBytes(_ setting: TierSetting) throws {
        let guest = try portGuest(setting) { guest in
            try guest.claim(0x80...0x83, guest.probe)
            guest.code = [0x66, 0x6C, 0x66, 0x6E, 0x66, 0xE4, 0x80, 0x66, 0xEC, 0x66, 0xEE, 0x66, 0xE6, 0x80]
            guest.set(\.eax, 0xFFFF_FF00)
            guest.set(\.edi, 0x600)
            guest.set(\.esi, 0x600)
        }
        #expect(guest.isAtEnd && guest.probe.log.allSatisfy { $0.width == .byte } && guest.probe.log.count == 6)
        #expect(guest.gpr.eax == 0xFFFF_FF03 && guest.gpr.edi == 0x601 && guest.gpr.esi == 0x601)
    }

    @Test("G8 66 and 67 in any order and number are the same", arguments: TierSetting.all)
    func repeatedSizePrefixes(_ setting: TierSetting) throws {
        for prefixes in [[0x66, 0x67], [0x67, 0x66], [0x66, 0x66, 0x67], [0x67, 0x66, 0x67, 0x66]] as [[UInt8]] {
            let guest = try portGuest(setting) { guest in
                guest.code = prefixes + [0x6D]
                guest.state.segments.es.limit = 0xFFFF_FFFF
                guest.set(\.edi, 0x0002_0000)
            }
            #expect(guest.isAtEnd && guest.bytes(0x20000, 5) == [1, 1, 1, 1, 0] && guest.gpr.edi == 0x0002_0004)
        }
    }

    @Test("G9 an instruction that is too long raises #GP", arguments: TierSetting.all)
    func tooLong(_ setting: TierSetting) throws {
        for model in models(from: .i80286) {
            let limit = try #require(model.maximumInstructionLength)
            let longest = try portGuest(setting, model: model) { guest in
                guest.code = [UInt8](repeating: 0x26, count: limit - 1) + [0xEC]
            }
            #expect(longest.isAtEnd && longest.probe.log.count == 1)
            let tooLong = try portGuest(setting, model: model) { guest in
                guest.code = [UInt8](repeating: 0x26, count: limit) + [0xEC]
            }
            #expect(tooLong.vectorReached == 13 && tooLong.stackWord(0) == 0x7C00 && tooLong.probe.log == [])
        }
    }

    // G11 and G12 name errata of some chips; the models are without them.

    @Test("G11 what follows REP INS neither sees CX at -1 nor has another address size", arguments: TierSetting.all)
    func withoutTheErratumOfRepeats(_ setting: TierSetting) throws {
        // PUSH CX, POP BX; PUSH WORD [BX]; MOV AX, [BX], each directly behind it.
        for (follower, result) in [([0x51, 0x5B], 0), ([0xFF, 0x37, 0x5B], 0x2211), ([0x8B, 0x1F], 0x2211)]
            as [([UInt8], UInt32)]
        {
            for model in models(from: .i80386) {
                let guest = try portGuest(setting, model: model) { guest in
                    guest.code = [0xF3, 0x6C] + follower
                    guest.load([0x11, 0x22], at: 0x900)
                    guest.set(\.ecx, 3)
                    guest.set(\.edi, 0x600)
                    guest.set(\.ebx, 0x900)
                }
                #expect(guest.isAtEnd && guest.gpr.ecx == 0 && guest.gpr.ebx == result && guest.gpr.esp == 0x7000)
            }
        }
    }

    @Test("G12 in protected mode the 80286 points at an INS beyond a limit", arguments: TierSetting.all)
    func pointsAtTheFault(_ setting: TierSetting) throws {
        for repeats in [[], [0xF3]] as [[UInt8]] {
            let guest = try portGuest(setting, model: try model("80286")) { guest in
                guest.enterProtectedMode(code32: false)
                for register in SegmentRegister.allCases where register != .cs {
                    guest.state.segments[register].limit = 0xFFFF
                    guest.state.segments[register].access.subtract([.big, .granular])
                }
                guest.state.segments.es.limit = 0x6FF
                guest.code = repeats + [0x6D]
                guest.set(\.ecx, 2)
                guest.set(\.edi, 0x6FF)
            }
            #expect(guest.exit == .stopped(.fault(Fault(.generalProtection))) && guest.state.eip == guest.origin)
        }
    }
}
