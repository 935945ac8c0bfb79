import Testing
import X86Interp

@Suite("Memory devices: read-modify-write, stack, control flow", .timeLimit(.minutes(30)))
struct MemoryInstructionTests {
    private func guest(
        _ setting: TierSetting, _ code: [UInt8], likeRAM: Bool = true, _ setUp: (MemoryGuest) throws -> Void = { _ in }
    ) throws -> MemoryGuest {
        try memoryGuest(setting, likeRAM: likeRAM) { guest in
            guest.enterProtectedMode()
            guest.words(0x8000_0001, 0x0000_7C20, 0x10, at: MemoryGuest.base)
            guest.state.gpr.ebx = MemoryGuest.base
            guest.state.gpr.ecx = 3
            guest.code = code
            try setUp(guest)
        }
    }

    /// Whether a log is a read and a write of the same register.
    private func isReadAndWrite(_ guest: MemoryGuest, _ width: Int) -> Bool {
        let log = guest.probe.log
        return log.count == 2 && log[0].hasPrefix("r\(width) +0") && log[1].hasPrefix("w\(width) +0")
    }

    @Test("R1 read-modify-write: one read, one write, of the same width", arguments: TierSetting.all)
    func r1(setting: TierSetting) throws {
        let dwords: [[UInt8]] = [
            [0x01, 0x0B], [0x09, 0x0B], [0x11, 0x0B], [0x19, 0x0B], [0x21, 0x0B], [0x29, 0x0B], [0x31, 0x0B],
            [0xFF, 0x03], [0xFF, 0x0B], [0xF7, 0x13], [0xF7, 0x1B], [0xC1, 0x23, 5], [0xD3, 0x2B], [0xD1, 0x13],
            [0xC1, 0x0B, 3], [0x0F, 0xA4, 0x0B, 4], [0x83, 0x03, 0x7F], [0x0F, 0xC1, 0x0B],
        ]
        for code in dwords { #expect(isReadAndWrite(try guest(setting, code), 4), "\(code)") }
        for code in dwords.prefix(12) {
            let word = try guest(setting, [0x66] + code)
            #expect(isReadAndWrite(word, 2), "\(code)")
            guard code[0] != 0xC1 else { continue }
            let byte = try guest(setting, [code[0] - 1] + code.dropFirst())
            #expect(isReadAndWrite(byte, 1), "\(code)")
        }
    }

    @Test("R2 XCHG and LOCK ADD: the same, and nothing between", arguments: TierSetting.all)
    func r2(setting: TierSetting) throws {
        for code: [UInt8] in [[0x87, 0x0B], [0xF0, 0x01, 0x0B]] {
            let found = try guest(setting, code, likeRAM: false) { guest in
                guest.machine.cpu.faultPolicy = .deliver
                guest.probe.onAccess = { _ in guest.machine.bus.raiseNMI() }
                guest.putDescriptors(at: 0x5_0000)
                guest.putGates(at: 0x5_1000)
            }
            #expect(isReadAndWrite(found, 4) && found.vectorReached == 2)
            #expect(found.probe.state.log.allSatisfy { $0.time == 0 })
        }
    }

    @Test("R3 CMPXCHG and CMPXCHG8B that do not match write the old value back", arguments: TierSetting.all)
    func r3(setting: TierSetting) throws {
        let found = try guest(setting, [0x0F, 0xB1, 0x0B])
        #expect(found.probe.log == ["r4 +0 80000001", "w4 +0 80000001"] && found.gpr.eax == 0x8000_0001)
        let wide = try guest(setting, [0x0F, 0xC7, 0x0B])
        #expect(wide.probe.log == ["r4 +0 80000001", "r4 +4 7c20", "w4 +0 80000001", "w4 +4 7c20"])
    }

    @Test("R4 BT with an offset beyond 31: at the dword it addresses", arguments: TierSetting.all)
    func r4(setting: TierSetting) throws {
        for opcode: UInt8 in [0xA3, 0xAB, 0xB3, 0xBB] {
            let found = try guest(setting, [0x0F, opcode, 0x0B]) { $0.state.gpr.ecx = 0x45 }
            #expect(found.probe.log.first == "r4 +8 10" && found.probe.log.count == (opcode == 0xA3 ? 1 : 2))
            #expect(found.probe.log.allSatisfy { $0.contains("+8") })
        }
    }

    @Test("R5 TEST, CMP and BT only read", arguments: TierSetting.all)
    func r5(setting: TierSetting) throws {
        for code: [UInt8] in [
            [0x85, 0x0B], [0x39, 0x0B], [0x3B, 0x0B], [0x0F, 0xBA, 0x23, 3], [0xF7, 0x03, 1, 0, 0, 0],
        ] {
            #expect(try guest(setting, code).probe.log == ["r4 +0 80000001"], "\(code)")
        }
    }

    @Test("R6 PUSH [dev]: the read, then the push", arguments: TierSetting.all)
    func r6(setting: TierSetting) throws {
        let found = try guest(setting, [0xFF, 0x33]) { $0.state.gpr.esp = 0xD2000 }
        #expect(found.probe.log == ["r4 +0 80000001", "w4 +1ffc 80000001"] && found.gpr.esp == 0xD1FFC)
    }

    @Test("R7 POP [dev] and POP [esp+n]: the stack, then the write, with the new ESP", arguments: TierSetting.all)
    func r7(setting: TierSetting) throws {
        for model in ["p6", "i486", "80386"] {
            let found = try memoryGuest(setting, model: try #require(CPUModel.named(model))) { guest in
                guest.enterProtectedMode()
                guest.state.gpr.esp = 0xD0000
                guest.words(7, at: 0xD0000)
                guest.state.gpr.ebx = 0xD0100
                // pop [ebx]; push eax; pop [esp+40h]
                guest.code = [0x8F, 0x03, 0x50, 0x8F, 0x44, 0x24, 0x40]
            }
            #expect(found.probe.log == ["r4 +0 7", "w4 +100 7", "w4 +0 0", "r4 +0 0", "w4 +44 0"])
        }
    }

    @Test("R8 CALL [dev], JMP [dev] and the far forms", arguments: TierSetting.all)
    func r8(setting: TierSetting) throws {
        func far(_ code: [UInt8]) throws -> MemoryGuest {
            try guest(setting, code) { guest in
                guest.putDescriptors(at: 0x5_0000)
                guest.words(0x7C20, 8, at: MemoryGuest.base)
                guest.load([0xF4], at: 0x7C20)
                guest.state.gpr.esp = 0xD1000
            }
        }
        let near = try guest(setting, [0xFF, 0x53, 4]) { guest in
            guest.load([0xF4], at: 0x7C20)
            guest.state.gpr.esp = 0xD1000
        }
        #expect(near.probe.log == ["r4 +4 7c20", "w4 +ffc 7c03"] && near.state.eip == 0x7C21)
        let call = try far([0xFF, 0x1B])
        #expect(call.probe.log == ["r4 +0 7c20", "r2 +4 8", "w4 +ffc 8", "w4 +ff8 7c02"] && call.state.eip == 0x7C21)
        let jump = try far([0xFF, 0x2B])
        #expect(jump.probe.log == ["r4 +0 7c20", "r2 +4 8"] && jump.state.eip == 0x7C21)
        #expect(try guest(setting, [0xFF, 0x63, 4]) { $0.load([0xF4], at: 0x7C20) }.state.eip == 0x7C21)
    }

    @Test("R9 a stack in a device: each instruction's cycles once, in order", arguments: TierSetting.all)
    func r9(setting: TierSetting) throws {
        // pusha; popa; push 5; enter 8,3; leave; call +0; pop eax; pushf; popf; ret to the end by a pushed address
        let found = try guest(
            setting,
            [
                0x60, 0x61, 0x6A, 5, 0xC8, 8, 0, 3, 0xC9, 0xE8, 0, 0, 0, 0, 0x58, 0x9C, 0x9D, 0x68, 0x17, 0x7C, 0, 0,
                0xC3,
            ]
        ) { guest in
            guest.state.gpr.esp = 0xD1000
            guest.state.gpr.ebp = 0xD1800
        }
        #expect(found.isAtEnd && found.gpr.esp == 0xD0FFC && found.gpr.ebp == 0xD1800)
        let pushes = (1...8).map { "w4 +\(String(0x1000 - 4 * $0, radix: 16))" }
        #expect(found.probe.log.prefix(8).map { $0.split(separator: " ").prefix(2).joined(separator: " ") } == pushes)
        #expect(found.probe.log.count == 8 + 8 + 1 + 6 + 1 + 2 + 2 + 2)
        for model in ["80386", "80186", "80286"] {
            let real = try memoryGuest(setting, model: try #require(CPUModel.named(model))) { guest in
                guest.state.segments.ss = Segment(realMode: 0xD000)
                guest.state.gpr.esp = 0x1000
                guest.state.gpr.ebp = 0x1800
                // pusha; popa; push 5; enter 8,3; leave; pop ax
                guest.code = [0x60, 0x61, 0x6A, 5, 0xC8, 8, 0, 3, 0xC9, 0x58]
            }
            #expect(real.isAtEnd && real.gpr.esp & 0xFFFF == 0x1000)
        }
    }

    @Test("R10 ENTER that copies what it pushes, half in RAM, half in a device", arguments: TierSetting.all)
    func r10(setting: TierSetting) throws {
        for esp in stride(from: UInt32(0xD3FF0), through: 0xD4020, by: 12) {
            for distance in [-12, -8, -4, 0, 4, 8, 12, 20] as [Int32] {
                let found = try guest(setting, [0xC8, 0, 0, 5]) { guest in
                    guest.words(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, at: 0xD3FE0)
                    guest.state.gpr.esp = esp
                    guest.state.gpr.ebp = esp &+ UInt32(bitPattern: distance)
                }
                #expect(found.isAtEnd)
            }
        }
    }

    @Test("R11 PUSHA half in RAM, half in a device", arguments: TierSetting.all)
    func r11(setting: TierSetting) throws {
        for model in ["p6", "80386"] {
            for esp: UInt32 in [0xD0010, 0xD4010, 0xD4012, 0xD0001] {
                let found = try memoryGuest(setting, model: try #require(CPUModel.named(model))) { guest in
                    guest.enterProtectedMode()
                    guest.state.gpr.esp = esp
                    guest.code = [0x60, 0x61]
                }
                #expect(found.isAtEnd && found.gpr.esp == esp)
            }
        }
    }

    @Test("R13 MOVS between RAM and devices, both ways, repeated, overlapping", arguments: TierSetting.all)
    func r13(setting: TierSetting) throws {
        let places: [(UInt32, UInt32)] = [
            (0xD0000, 0x5_0000), (0x5_0000, 0xD0000), (0xD0000, 0xD0100), (0xD0000, 0xD0002), (0xD0002, 0xD0000),
            (0xD3FF8, 0xD3FFA), (0xCFFF8, 0xCFFFC), (0xCFFFD, 0xCFFF9),
        ]
        for (from, to) in places {
            for (code, isDown) in [([0xF3, 0xA5], false), ([0xFD, 0xF3, 0xA5], true), ([0xF3, 0xA4], false)]
                as [([UInt8], Bool)]
            {
                let found = try guest(setting, code) { guest in
                    guest.load((0..<64).map { UInt8($0 + 1) }, at: from &- 32)
                    (guest.state.gpr.esi, guest.state.gpr.edi, guest.state.gpr.ecx) = (from, to, 5)
                }
                #expect(found.isAtEnd && found.gpr.ecx == 0)
                #expect(isDown == (found.gpr.esi < from))
            }
        }
        let once = try guest(setting, [0xF3, 0xA5]) { guest in
            (guest.state.gpr.esi, guest.state.gpr.edi, guest.state.gpr.ecx) = (0xD0000, 0xD0100, 2)
        }
        #expect(once.probe.log == ["r4 +0 80000001", "w4 +100 80000001", "r4 +4 7c20", "w4 +104 7c20"])
        #expect(once.probe.state.log.map(\.time) == [0, 0, 1, 1])
        if setting != .kernel {
            #expect(once.requests.map { [$0.element, $0.remaining] } == [[0, 2], [0, 2], [1, 1], [1, 1]])
        }
    }

    @Test("R13 interrupts come between iterations", arguments: TierSetting.all)
    func r13interrupts(setting: TierSetting) throws {
        let found = try memoryGuest(setting, likeRAM: false) { guest in
            guest.setHandler(2, [0x89, 0xCD, 0xCF])
            guest.state.segments.es = Segment(realMode: 0xD000)
            guest.state.gpr.ecx = 4
            guest.code = [0xF3, 0xAB]
            guest.probe.onAccess = { if $0.offset == 2 { guest.machine.bus.raiseNMI() } }
        }
        #expect(found.isAtEnd && found.gpr.ebp == 2 && found.probe.log.count == 4)
    }

    @Test("R14 CMPS, SCAS, LODS and STOS, repeated, ended by ZF", arguments: TierSetting.all)
    func r14(setting: TierSetting) throws {
        for (code, count) in [
            ([0xF3, 0xA6], 6), ([0xF2, 0xAE], 3), ([0xF3, 0xAC], 5), ([0xF3, 0xAA], 5), ([0xF2, 0xA6], 2),
        ] as [([UInt8], Int)] {
            let found = try guest(setting, code) { guest in
                guest.load([1, 2, 3, 4, 5], at: 0xD0000)
                guest.load([1, 2, 9, 4, 5], at: 0xD0100)
                (guest.state.gpr.esi, guest.state.gpr.edi, guest.state.gpr.ecx) = (0xD0000, 0xD0100, 5)
                guest.state.gpr.eax = 9
            }
            #expect(found.probe.log.count == count, "\(code)")
        }
        let order = try guest(setting, [0xA7]) { ($0.state.gpr.esi, $0.state.gpr.edi) = (0xD0004, 0xD0000) }
        // As chips do, whose fault of ES:EDI comes first.
        #expect(order.probe.log == ["r4 +0 80000001", "r4 +4 7c20"])
    }

    @Test("R15 INS and OUTS with a fault at an iteration lose no port value", arguments: TierSetting.all)
    func r15(setting: TierSetting) throws {
        for opcode: UInt8 in [0x6D, 0x6F] {
            let found = try guest(setting, [0xF3, opcode]) { guest in
                guest.enterPaging()
                guest.words(0, at: 0x4_1000 + 0xD1 * 4)
                guest.state.gpr.ecx = 5
                (guest.state.gpr.esi, guest.state.gpr.edi) = (0xD0FF8, 0xD0FF8)
            }
            #expect(found.gpr.ecx == 3 && found.port.log.count == 2 && found.probe.log.count == 2)
        }
    }

    @Test("R16 XLAT, far pointers, BOUND and system registers: parts in ascending order", arguments: TierSetting.all)
    func r16(setting: TierSetting) throws {
        let cases: [(code: [UInt8], log: [String])] = [
            ([0xD7], ["r1 +3 80"]), ([0xC4, 0x0B], ["r4 +0 20", "r2 +4 10"]),
            ([0x0F, 0xB4, 0x0B], ["r4 +0 20", "r2 +4 10"]),
            ([0x0F, 0x01, 0x13], ["r2 +0 20", "r2 +2 0", "r2 +4 10"]),
            ([0x0F, 0x01, 0x1B], ["r2 +0 20", "r2 +2 0", "r2 +4 10"]),
            ([0x0F, 0x01, 0x33], ["r2 +0 20"]), ([0x0F, 0x01, 0x23], ["w2 +0 31"]), ([0x0F, 0x00, 0x03], ["w2 +0 0"]),
        ]
        for (code, log) in cases {
            let found = try guest(setting, code) { guest in
                guest.putDescriptors(at: 0x5_0000)
                guest.words(0x20, 0x10, at: MemoryGuest.base)
                if code == [0xD7] {
                    guest.words(0x8000_0000, at: MemoryGuest.base)
                    guest.state.gpr.eax = 3
                }
                if code == [0x0F, 0x01, 0x23] { guest.state.cr0 |= 0x30 }
                if code == [0x0F, 0x01, 0x33] { guest.words(0x31, at: MemoryGuest.base) }
            }
            let expected = code == [0x0F, 0x01, 0x33] ? ["r2 +0 31"] : log
            #expect(found.probe.log == expected, "\(code)")
        }
        let stored = try guest(setting, [0x0F, 0x01, 0x03]) {
            $0.state.gdtr = TableRegister(base: 0x1234_5678, limit: 0x9A)
        }
        #expect(stored.probe.log.first == "w2 +0 9a" && stored.bytes(0xD0000, 6) == [0x9A, 0, 0x78, 0x56, 0x34, 0x12])
        let bound = try guest(setting, [0x62, 0x0B]) { $0.words(1, 9, at: MemoryGuest.base) }
        #expect(bound.probe.log == ["r4 +0 1", "r4 +4 9"] && bound.isAtEnd)
    }

    @Test("R17 #DE by DIV [dev]: one read, then the fault; the restart reads again", arguments: TierSetting.all)
    func r17(setting: TierSetting) throws {
        let found = try memoryGuest(setting, likeRAM: false) { guest in
            guest.state.segments.ds = Segment(realMode: 0xD000)
            // The handler does nothing but return: the second read is not 0.
            guest.setHandler(0, [0xCF])
            guest.code = [0xF7, 0x36, 0, 0]
            (guest.state.gpr.eax, guest.state.gpr.edx) = (10, 0)
            guest.probe.answer = { number, _ in number == 0 ? 0 : 3 }
        }
        #expect(found.isAtEnd && found.probe.log == ["r2 +0 0", "r2 +0 3"] && found.gpr.eax == 3)
    }
}
