import Testing
import X86Interp

@Suite("Memory devices: what the processor reads by itself", .timeLimit(.minutes(30)))
struct MemoryProcessorTests {
    private func guest(
        _ setting: TierSetting, _ code: [UInt8] = [], likeRAM: Bool = true,
        _ setUp: (MemoryGuest) throws -> Void = { _ in }
    ) throws -> MemoryGuest {
        try memoryGuest(setting, likeRAM: likeRAM) { guest in
            guest.enterProtectedMode(delivering: true)
            guest.putDescriptors(at: 0x5_0000)
            guest.putGates(at: 0x5_1000)
            guest.code = code
            try setUp(guest)
        }
    }

    @Test("P1 code in a device is read for each instruction, no byte twice and none behind", arguments: TierSetting.all)
    func p1(setting: TierSetting) throws {
        // mov eax,1; inc eax; add [D0100],eax; hlt
        let code: [UInt8] = [0xB8, 1, 0, 0, 0, 0x40, 0x01, 0x05, 0, 1, 0xD, 0]
        let found = try guest(setting, code) { $0.origin = 0xD0000 }
        #expect(found.isAtEnd && found.gpr.eax == 2)
        let reads = (0..<13).map { "r1 +\(String($0, radix: 16)) \(String((code + [0xF4])[$0], radix: 16))" }
        #expect(found.probe.log.filter { !$0.contains("+100") } == reads)
        // What the device changes is seen at once.
        let loop = try guest(setting, [0x40, 0xEB, 0xFD], likeRAM: false) { guest in
            guest.origin = 0xD0000
            guest.probe.answer = { number, access in access.offset == 0 && number > 20 ? 0xF4 : nil }
        }
        #expect(loop.exit == .halted && loop.gpr.eax == 7)
    }

    @Test("P2 an instruction from RAM into a device", arguments: TierSetting.all)
    func p2(setting: TierSetting) throws {
        for cut in 1..<5 as Range<UInt32> {
            let found = try guest(setting, [0xB8, 0x78, 0x56, 0x34, 0x12]) { $0.origin = 0xD0000 - cut }
            #expect(found.isAtEnd && found.gpr.eax == 0x1234_5678)
            #expect(found.probe.log.count == 6 - Int(cut))
        }
    }

    @Test("P3 descriptors, gates, vectors and the bitmap in a device", arguments: TierSetting.all)
    func p3(setting: TierSetting) throws {
        // mov eax,10h; mov ds,eax; int 30h
        let found = try guest(setting, [0xB8, 0x10, 0, 0, 0, 0x8E, 0xD8, 0xCD, 0x30]) { guest in
            guest.putDescriptors(at: 0xD1000, isAccessed: false)
            guest.putGates(at: 0xD2000)
            guest.state.gpr.esp = 0xD4000
        }
        #expect(found.vectorReached == 0x30)
        #expect(
            found.probe.log == [
                "r4 +1010 ffff", "r4 +1014 cf9200", "w1 +1015 93", "r4 +2180 80530", "r4 +2184 8e00", "r4 +1008 ffff",
                "r4 +100c cf9a00", "w1 +100d 9b", "w4 +3ffc 2", "w4 +3ff8 8", "w4 +3ff4 7c09",
            ])
        let refused = try guest(setting, [0xB8, 0x18, 0, 0, 0, 0x8E, 0xD8]) { $0.putDescriptors(at: 0xD1000) }
        #expect(refused.vectorReached == 13)
        let real = try memoryGuest(setting) { guest in
            guest.state.idtr = TableRegister(base: 0xD0000, limit: 0x3FF)
            guest.load([0x30, 5, 0, 0], at: 0xD0000 + 4 * 0x30)
            guest.code = [0xCD, 0x30]
        }
        #expect(real.vectorReached == 0x30 && real.probe.log.count == 1)
        let bitmap = try memoryGuest(setting) { guest in
            guest.enterProtectedMode()
            guest.state.cpl = 3
            for register in SegmentRegister.allCases {
                guest.state.segments[register].access.formUnion(.dpl3)
                guest.state.segments[register].selector |= 3
            }
            guest.state.tr = Segment(selector: 0x28, base: 0xD0000, limit: 0x100, access: SegmentAccess(rawValue: 0x8B))
            guest.load([0x68, 0], at: 0xD0066)
            guest.code = [0xED, 0x6D]
            guest.state.gpr.edi = 0xD1000
            guest.fuel = 2
        }
        #expect(bitmap.port.log.count == 2 && bitmap.probe.log.count == 5 && bitmap.gpr.eax == 0x0101_0101)
    }

    @Test("P4 page tables in a device: A and D only when the access is allowed", arguments: TierSetting.all)
    func p4(setting: TierSetting) throws {
        // mov eax,[60000h]; mov [60004h],eax; mov eax,[61000h]
        let found = try guest(
            setting, [0xA1, 0, 0, 6, 0, 0xA3, 4, 0, 6, 0, 0xA1, 0, 0x10, 6, 0]
        ) { guest in
            // A restored processor walks the tables anew: their device would notice.
            guest.restores = false
            guest.enterPaging(directory: 0xD2000, table: 0xD3000)
            guest.words(0x6_0003, 0, at: 0xD3000 + 0x60 * 4)
        }
        #expect(found.vectorReached == 14 && found.state.cr2 == 0x6_1000)
        #expect(found.word(0xD3000 + 0x60 * 4) == 0x6_0063 && found.word(0xD3000 + 0x61 * 4) == 0)
        let writes = found.probe.log.filter { $0.hasPrefix("w4 +3180") }
        #expect(writes == ["w4 +3180 60023", "w4 +3180 60063"])
    }

    @Test("P5 a delivery whose gate, TSS or stack is in a device; acknowledged once", arguments: TierSetting.all)
    func p5(setting: TierSetting) throws {
        var acknowledged = 0
        let found = try guest(setting, [0x90, 0x90], likeRAM: false) { guest in
            acknowledged = 0
            guest.putDescriptors(at: 0xD1000)
            guest.putGates(at: 0xD2000)
            guest.state.gpr.esp = 0xD4000
            guest.state.eflags.insert(.interrupt)
            guest.machine.bus.acknowledge = {
                acknowledged += 1
                guest.machine.bus.setINTR(false)
                return 0x21
            }
            guest.machine.bus.setINTR(true)
            // Another one comes meanwhile: it waits until the handler's first instruction.
            guest.probe.onAccess = { if $0.offset == 0x3FFC { guest.machine.bus.raiseNMI() } }
        }
        #expect(acknowledged == 1 && found.vectorReached == 2)
        // The NMI's frame has the first handler's address.
        #expect(found.word(0xD4000 - 24) == 0x521)
        for vector in [1, 2] as [UInt8] {
            let other = try guest(setting, [0x90, 0x90]) { guest in
                guest.putGates(at: 0xD2000)
                guest.state.gpr.esp = 0xD4000
                if vector == 1 { guest.state.eflags.insert(.trap) } else { guest.machine.bus.raiseNMI() }
            }
            #expect(other.vectorReached == vector)
        }
    }

    @Test("P5 an instruction that is none, with operands: met again whole", arguments: TierSetting.all)
    func p5Undefined(setting: TierSetting) throws {
        // Gaps in groups, with a displacement, a SIB byte and an immediate; what is no opcode at all; too long.
        let gaps: [[UInt8]] = [
            [0xFE, 0x78, 0x08], [0xFF, 0xBC, 0x9B, 1, 2, 3, 4], [0xC7, 0x48, 0x10, 1, 2, 3, 4],
            [0x0F, 0xBA, 0x40, 0x10, 0x01], [0x0F, 0x0B], [0x0F, 0xFF], [UInt8](repeating: 0x66, count: 16),
        ]
        for code in gaps {
            let found = try guest(setting, code) { $0.state.gpr.esp = 0xD4000 }
            #expect(found.vectorReached == (code.count == 16 ? 13 : 6), "\(code)")
            let eip = found.word(found.state.gpr.esp + (code.count == 16 ? 4 : 0))
            #expect(eip == found.origin, "\(code)")
        }
    }

    @Test("P6 a fault in the middle of a delivery: double fault as with RAM", arguments: TierSetting.all)
    func p6(setting: TierSetting) throws {
        // ud2 with its gate not present: #NP in #UD is delivered; with the gate of #NP bad as well #DF.
        let found = try guest(setting, [0x0F, 0x0B]) { guest in
            guest.putGates(at: 0xD2000)
            guest.state.gpr.esp = 0xD4000
            guest.words(0x8_0506, 0x0E00, at: 0xD2000 + 6 * 8)
            guest.words(0x8_050B, 0x0E00, at: 0xD2000 + 11 * 8)
        }
        #expect(found.vectorReached == 8)
        let triple = try guest(setting, [0x0F, 0x0B]) { guest in
            guest.putGates(at: 0xD2000)
            guest.state.idtr.limit = 0
        }
        guard case .shutdown(let chain) = triple.exit else { return #expect(triple.exit == nil) }
        #expect(chain.map(\.vector) == [.invalidOpcode, .doubleFault, .generalProtection] || chain.count >= 2)
    }

    /// A 32-bit TSS at an address, for selector 18h or 20h.
    private func putTask(_ guest: MemoryGuest, _ number: UInt32, at address: UInt32, eip: UInt32, esp: UInt32) {
        guest.words(
            address << 16 | 0x67, address & 0xFF00_0000 | 0x8900 | address >> 16 & 0xFF,
            at: guest.state.gdtr.base + 0x18 + 8 * number)
        var words = [UInt32](repeating: 0, count: 26)
        (words[8], words[9], words[14]) = (eip, 2, esp)
        for place in 18..<24 { words[place] = place == 19 ? 8 : 0x10 }
        guest.load(PortGuest.little(words), at: address)
    }

    @Test("P7 a task switch with either TSS in a device; errors in the right task", arguments: TierSetting.all)
    func p7(setting: TierSetting) throws {
        for (old, new) in [(0xD0000, 0x6_0000), (0x6_0000, 0xD0000), (0xD0000, 0xD0080), (0xD0000, 0xD3FC0)]
            as [(UInt32, UInt32)]
        {
            for breaks in [false, true] {
                for table: UInt32 in [0x5_0000, 0xD1000] {
                    // call 20h:0; the new task halts at 500h + 20h.
                    let found = try guest(setting, [0x9A, 0, 0, 0, 0, 0x20, 0]) { guest in
                        guest.putDescriptors(at: table)
                        putTask(guest, 0, at: old, eip: 0, esp: 0)
                        putTask(guest, 1, at: new, eip: 0x520, esp: 0xD3000)
                        if breaks { guest.words(0x38, at: new + 0x54) }
                        guest.state.tr = Segment(
                            selector: 0x18, base: old, limit: 0x67, access: SegmentAccess(rawValue: 0x8B))
                        guest.load([0x8B], at: table + 0x18 + 5)
                    }
                    #expect(found.vectorReached == (breaks ? 10 : 0x20), "\(old) \(new) \(breaks)")
                    #expect(found.word(old + 0x20) == 0x7C07 && found.state.tr.selector == 0x20)
                }
            }
        }
    }

    @Test("P8 IRET and RETF with frames in a device, to outer rings and V86: popped once", arguments: TierSetting.all)
    func p8(setting: TierSetting) throws {
        func outer(_ code: [UInt8], _ frame: UInt32...) throws -> MemoryGuest {
            try guest(setting, code) { guest in
                guest.putDescriptors(at: 0xD1000, isAccessed: false)
                guest.words(0xFFFF, 0xCF_FA00, 0xFFFF, 0xCF_F200, at: 0xD1000 + 0x18)
                guest.state.gpr.esp = 0xD0FE0
                guest.load(PortGuest.little(frame), at: 0xD0FE0)
                guest.machine.cpu.faultPolicy = .stop
                guest.load([0x90, 0x90, 0x90], at: 0x7D00)
                guest.fuel = 3
            }
        }
        let iret = try outer([0xCF], 0x7D00, 0x1B, 0x3002, 0x9000, 0x23)
        #expect(iret.state.cpl == 3 && iret.gpr.esp == 0x9000 && iret.state.eip == 0x7D02)
        let retf = try outer([0xCA, 4, 0], 0x7D00, 0x1B, 7, 0x9000, 0x23)
        #expect(retf.state.cpl == 3 && retf.gpr.esp == 0x9004 && retf.state.eip == 0x7D02)
        let virtual = try outer([0xCF], 0x7D00, 0, 0x2_0002, 0x9000, 0x100, 0x200, 0x300, 0x400, 0x500)
        #expect(virtual.state.eflags.contains(.virtual8086) && virtual.state.segments.ss.base == 0x1000)
        #expect(virtual.state.segments.gs.selector == 0x500 && virtual.probe.log.count == 9)
    }

    @Test("R12 a call gate whose parameters the inner stack overlaps, partly in a device", arguments: TierSetting.all)
    func r12(setting: TierSetting) throws {
        for inner in stride(from: UInt32(0xD3FF8), through: 0xD4020, by: 4) {
            let found = try guest(setting, [0x9A, 0, 0, 0, 0, 0x2B, 0]) { guest in
                guest.words(0xFFFF, 0xCF_FB00, 0xFFFF, 0xCF_F300, at: 0x5_0018)
                // Selector 28h: a gate with four parameters to ring 0 at 520h.
                guest.words(0x8_0520, 0xEC04, at: 0x5_0028)
                guest.state.tr = Segment(
                    selector: 0x38, base: 0x6_0000, limit: 0x67, access: SegmentAccess(rawValue: 0x8B))
                guest.words(0, inner, 0x10, at: 0x6_0000)
                guest.state.cpl = 3
                for register in SegmentRegister.allCases {
                    guest.state.segments[register].access.formUnion(.dpl3)
                    guest.state.segments[register].selector = register == .cs ? 0x1B : 0x23
                }
                guest.words(0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, at: 0xD3FF0)
                guest.state.gpr.esp = 0xD3FF4
            }
            #expect(found.vectorReached == 0x20 && found.state.cpl == 0)
        }
    }
}
