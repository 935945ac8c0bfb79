import Testing
import X86Interp

/// Section 5.9: how the generations differ, and prefixes.
@Suite("Port I/O: generations and prefixes", .timeLimit(.minutes(30)))
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

    @Test("Without 64-bit mode (G10) 48 is DEC EAX, and INS moves 32 bits behind it", arguments: TierSetting.all)
    func withoutWidePrefix(_ setting: TierSetting) throws {
        for model in models(from: .i80386) {
            let guest = try portGuest(setting, model: model) { guest in
                guest.enterProtectedMode()
                guest.code = [0x48, 0x6D]
                guest.probe.answers([0x4433_2211])
                guest.set(\.eax, 5)
                guest.set(\.edi, 0x600)
            }
            #expect(guest.isAtEnd && guest.gpr.eax == 4 && guest.gpr.edi == 0x604)
            #expect(guest.bytes(0x600, 5) == [0x11, 0x22, 0x33, 0x44, 0])
        }
    }

    // G11 and G12 name errata of some chips: the models are without them unless they are asked for.

    /// PUSH CX, POP BX; PUSH WORD [BX], POP BX; MOV BX, [BX]; LEA BX, [BX]; with 67 PUSH CX, POP BX.
    private static let followers: [(code: [UInt8], result: UInt32, spoilt: UInt32, count: UInt32)] = [
        ([0x51, 0x5B], 0, 0xFFFF, 0xFFFF), ([0xFF, 0x37, 0x5B], 0x2211, 0x2211, 0xFFFF),
        ([0x8B, 0x1F], 0x2211, 0x2211, 0xFFFF), ([0x8D, 0x1F], 0x900, 0x900, 0), ([0x89, 0xCB], 0, 0, 0),
        ([0xA1, 0x00, 0x09], 0x900, 0x900, 0xFFFF), ([0x67, 0x51, 0x5B], 0, 0xFFFF, 0xFFFF_FFFF),
    ]

    private func behindInput(
        _ setting: TierSetting, _ model: CPUModel, _ code: [UInt8], count: UInt32 = 3
    ) throws -> PortGuest {
        try portGuest(setting, model: model) { guest in
            guest.code = code
            guest.load([0x11, 0x22], at: 0x900)
            guest.set(\.ecx, count)
            guest.set(\.edi, 0x600)
            guest.set(\.ebx, 0x900)
        }
    }

    @Test("G11 what follows REP INS neither sees CX at -1 nor has another address size", arguments: TierSetting.all)
    func withoutTheErratumOfRepeats(_ setting: TierSetting) throws {
        for follower in Self.followers {
            for model in models(from: .i80386) {
                let guest = try behindInput(setting, model, [0xF3, 0x6C] + follower.code)
                #expect(
                    guest.isAtEnd && guest.gpr.ecx == 0 && guest.gpr.ebx == follower.result
                        && guest.gpr.esp == 0x7000)
            }
        }
    }

    @Test("G11 with its errata the 80386 leaves CX at -1 before an early start", arguments: TierSetting.all)
    func withTheErratumOfRepeats(_ setting: TierSetting) throws {
        let model = try #require(try model("80386").withErrata())
        for follower in Self.followers {
            let guest = try behindInput(setting, model, [0xF3, 0x6C] + follower.code)
            #expect(
                guest.isAtEnd && guest.gpr.ecx == follower.count && guest.gpr.ebx == follower.spoilt
                    && guest.gpr.edi == 0x603 && guest.bytes(0x600, 4) == [1, 2, 3, 0], "\(follower)")
        }
        // Nothing to repeat, and no repeat.
        let none = try behindInput(setting, model, [0xF3, 0x6C, 0x51, 0x5B], count: 0)
        #expect(none.isAtEnd && none.gpr.ecx == 0 && none.gpr.ebx == 0)
        let single = try behindInput(setting, model, [0x6C, 0x51, 0x5B])
        #expect(single.isAtEnd && single.gpr.ecx == 3 && single.gpr.ebx == 3)
    }

    @Test("G11 the erratum looks at what it can reach of the next instruction only", arguments: TierSetting.all)
    func erratumAtTheLimit(_ setting: TierSetting) throws {
        let model = try #require(try model("80386").withErrata())
        let guest = try portGuest(setting, model: model) { guest in
            guest.origin = 0x11_FFFE
            guest.enterProtectedMode()
            guest.code = [0xF3, 0x6C]
            guest.set(\.ecx, 2)
            guest.set(\.edi, 0x600)
        }
        #expect(guest.gpr.ecx == 0 && guest.gpr.edi == 0x602)
    }

    /// A protected-mode 80286 that reads a word to the last byte of ES.
    private func beyondLimit(_ setting: TierSetting, _ model: CPUModel, _ code: [UInt8]) throws -> PortGuest {
        try portGuest(setting, model: model) { guest in
            guest.enterProtectedMode(code32: false)
            for register in SegmentRegister.allCases where register != .cs {
                guest.state.segments[register].limit = 0xFFFF
                guest.state.segments[register].access.subtract([.big, .granular])
            }
            guest.state.segments.es.limit = 0x6FF
            guest.code = code
            guest.set(\.ecx, 2)
            guest.set(\.edi, 0x6FF)
        }
    }

    @Test("G12 in protected mode the 80286 points at an INS beyond a limit", arguments: TierSetting.all)
    func pointsAtTheFault(_ setting: TierSetting) throws {
        for code in [[0x6D], [0xF3, 0x6D]] as [[UInt8]] {
            let guest = try beyondLimit(setting, try model("80286"), code)
            #expect(guest.exit == .stopped(.fault(Fault(.generalProtection))) && guest.state.eip == guest.origin)
        }
    }

    @Test("G12 with its errata it points behind a single one", arguments: TierSetting.all)
    func pointsBehindTheFault(_ setting: TierSetting) throws {
        let model = try #require(try model("80286").withErrata())
        for (code, behind) in [([0x6D], 1), ([0x26, 0x6D], 2), ([0xF3, 0x6D], 0), ([0xAB], 0)] as [([UInt8], UInt32)] {
            let guest = try beyondLimit(setting, model, code)
            #expect(
                guest.exit == .stopped(.fault(Fault(.generalProtection)))
                    && guest.state.eip == guest.origin + behind, "\(code)")
        }
    }

    @Test("Models without known defects have no errata")
    func knownErrata() {
        #expect(CPUModel.all.filter { $0.withErrata() != nil }.map(\.name) == ["80286", "80386"])
        #expect(CPUModel.all.allSatisfy { $0.errata == [] })
    }
}
