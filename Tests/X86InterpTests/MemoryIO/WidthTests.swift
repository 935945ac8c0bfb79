import Testing
import X86Interp

@Suite("Memory devices: width, alignment, splitting", .timeLimit(.minutes(30)))
struct MemoryWidthTests {
    /// Runs 32-bit code with EBX at an offset of the probe.
    private func guest(
        _ setting: TierSetting, _ code: [UInt8], at offset: UInt32 = 0, widths: WidthSet = .all,
        narrow: NarrowAccess = .lane, likeRAM: Bool = true, _ setUp: (MemoryGuest) throws -> Void = { _ in }
    ) throws -> MemoryGuest {
        try memoryGuest(setting, widths: widths, narrow: narrow, likeRAM: likeRAM) { guest in
            guest.enterProtectedMode()
            guest.words(0x4433_2211, 0x8877_6655, 0xCCBB_AA99, at: MemoryGuest.base)
            guest.state.gpr.ebx = MemoryGuest.base &+ offset
            guest.state.gpr.ecx = 0xA4A3_A2A1
            guest.code = code
            try setUp(guest)
        }
    }

    private let read: [UInt8] = [0x8B, 0x03]
    private let write: [UInt8] = [0x89, 0x0B]

    @Test("W1 a device of bytes: a dword is four cycles, ascending", arguments: TierSetting.all)
    func w1(setting: TierSetting) throws {
        let found = try guest(setting, read, widths: .byte)
        #expect(found.probe.log == ["r1 +0 11", "r1 +1 22", "r1 +2 33", "r1 +3 44"] && found.gpr.eax == 0x4433_2211)
        let written = try guest(setting, write, widths: .byte)
        #expect(written.probe.log == ["w1 +0 a1", "w1 +1 a2", "w1 +2 a3", "w1 +3 a4"])
    }

    @Test("W2 a device of dwords: a byte is a lane, or floats", arguments: TierSetting.all)
    func w2(setting: TierSetting) throws {
        let lane = try guest(setting, [0x8A, 0x03], at: 2, widths: .dword)
        #expect(lane.probe.log == ["r4 +0 44332211"] && lane.gpr.eax & 0xFF == 0x33)
        let written = try guest(setting, [0x88, 0x0B], at: 2, widths: .dword, likeRAM: false)
        #expect(written.probe.log == ["w4 +0 a10000"])
        let floating = try guest(
            setting, [0x8A, 0x03, 0x88, 0x0B], at: 2, widths: .dword, narrow: .floating, likeRAM: false)
        #expect(floating.probe.log == [] && floating.gpr.eax & 0xFF == 0xFF)
    }

    @Test("W3 a dword at offset 1, by the rule of ports", arguments: TierSetting.all)
    func w3(setting: TierSetting) throws {
        let lanes = try guest(setting, read, at: 1, widths: .dword)
        #expect(lanes.probe.log == ["r4 +0 44332211", "r4 +0 44332211", "r4 +0 44332211", "r4 +4 88776655"])
        let all = try guest(setting, read, at: 1)
        #expect(all.probe.log == ["r1 +1 22", "r2 +2 4433", "r1 +4 55"] && all.gpr.eax == 0x5544_3322)
        // The port map cuts the same way.
        let ports = PortMap()
        try ports.claim(0...15, for: ProbePort(), widths: .all)
        var cycles: [Width] = []
        var done = 0
        while done < 4 {
            let cycle = ports.nextCycle(port: 1 + UInt32(done), bytes: 4 - done)
            cycles.append(cycle.width)
            done += cycle.width.bytes
        }
        #expect(cycles == [.byte, .word, .byte])
    }

    @Test("W4 a word over two devices: each gets its byte", arguments: TierSetting.all)
    func w4(setting: TierSetting) throws {
        let found = try guest(setting, [0x66, 0x89, 0x0B, 0x66, 0x8B, 0x03], at: 0x3FFF, likeRAM: false) { guest in
            try guest.add("second", at: 0xD4000)
        }
        #expect(found.probes.map(\.log) == [["w1 +3fff a1", "r1 +3fff a1"], ["w1 +0 a2", "r1 +0 a2"]])
        #expect(found.gpr.eax & 0xFFFF == 0xA2A1)
    }

    @Test("W5 a dword over a device and RAM, and over RAM and a device", arguments: TierSetting.all)
    func w5(setting: TierSetting) throws {
        // add [ebx],ecx, whose RAM part must not be read again.
        let behind = try guest(setting, [0x01, 0x0B], at: 0x3FFE) { $0.load([1, 2, 3, 4], at: 0xD3FFE) }
        #expect(
            behind.bytes(0xD3FFE, 4) == [0xA2, 0xA4, 0xA6, 0xA8]
                && behind.probe.log == ["r2 +3ffe 201", "w2 +3ffe a4a2"])
        let before = try guest(setting, [0x01, 0x0B], at: 0 &- 3) { $0.load([1, 2, 3, 4], at: 0xCFFFD) }
        #expect(before.bytes(0xCFFFD, 4) == [0xA2, 0xA4, 0xA6, 0xA8] && before.probe.log == ["r1 +0 4", "w1 +0 a8"])
        // movsd within RAM whose end is the device, over its own source.
        let moved = try guest(setting, [0xA5]) { guest in
            guest.load([1, 2, 3, 4, 5, 6, 7, 8], at: 0xCFFFA)
            (guest.state.gpr.esi, guest.state.gpr.edi) = (0xCFFFC, 0xCFFFE)
        }
        #expect(moved.bytes(0xCFFFA, 8) == [1, 2, 3, 4, 3, 4, 5, 6])
    }

    @Test("W6 across two pages, the second absent or read-only: #PF before any cycle", arguments: TierSetting.all)
    func w6(setting: TierSetting) throws {
        for (rights, code) in [(0, 2), (5, 3)] as [(UInt32, UInt16)] {
            let found = try guest(setting, write, at: 0x1FFE) { guest in
                guest.enterPaging()
                guest.state.cr0 |= 1 << 16
                guest.words(0xD2000 | rights, at: 0x4_1000 + 0xD2 * 4)
            }
            let fault = Fault(.pageFault, errorCode: code, address: 0xD2000)
            #expect(found.exit == .stopped(.fault(fault)) && found.probe.log == [])
        }
    }

    @Test("W7 two pages that lead to two devices in reverse order", arguments: TierSetting.all)
    func w7(setting: TierSetting) throws {
        let found = try guest(setting, write, likeRAM: false) { guest in
            guest.enterPaging()
            guest.words(0xD3007, 0xD0007, at: 0x4_1000 + 0x200 * 4)
            guest.state.gpr.ebx = 0x20_0FFE
        }
        #expect(found.probe.log == ["w2 +3ffe a2a1", "w2 +0 a4a3"])
    }

    @Test("W8 eight bytes are dwords, ascending", arguments: TierSetting.all)
    func w8(setting: TierSetting) throws {
        let found = try guest(setting, [0x0F, 0xC7, 0x0B]) { guest in
            (guest.state.gpr.eax, guest.state.gpr.edx) = (0x4433_2211, 0x8877_6655)
            guest.state.gpr.ebx = 0xD0000
        }
        #expect(found.probe.log == ["r4 +0 44332211", "r4 +4 88776655", "w4 +0 d0000", "w4 +4 a4a3a2a1"])
        #expect(found.state.eflags.contains(.zero))
    }

    @Test("W8 80-bit and 64-bit operands of x87 and MMX, 128-bit ones", .disabled("there is no x87, MMX or SSE"))
    func w8wide() { Issue.record("this row has no test yet") }

    @Test("W9 A20 off: the device at the wrapped address", arguments: TierSetting.all)
    func w9(setting: TierSetting) throws {
        let found = try guest(setting, read, at: 0x10_0004) { $0.machine.bus.setA20(false) }
        #expect(found.probe.log == ["r4 +4 88776655"] && found.gpr.eax == 0x8877_6655)
    }

    @Test("W10 a region that ends at FFFFFFFF", arguments: TierSetting.all)
    func w10(setting: TierSetting) throws {
        let found = try guest(setting, write, likeRAM: false) { guest in
            try guest.add("top", at: 0xFFFF_F000)
            guest.state.gpr.ebx = 0xFFFF_FFFE
            for register in [SegmentRegister.ds, .ss] {
                guest.state.segments[register].limit = 0xFFFF_FFFF
                guest.state.segments[register].base = 0
            }
        }
        // The access goes over the segment's end, and is refused as anywhere else.
        #expect(found.exit == .stopped(.fault(Fault(.generalProtection))) && found.probes[1].log == [])
        let wrapped = try guest(setting, write, likeRAM: false) { guest in
            try guest.add("top", at: 0xFFFF_F000)
            guest.state.segments.ds.base = 0xFFFF_F000
            guest.state.gpr.ebx = 0xFFE
        }
        #expect(wrapped.probes[1].log == ["w2 +ffe a2a1"] && wrapped.bytes(0, 2) == [0xA3, 0xA4])
    }

    @Test("W11 a region above 4 GiB, by PSE-36 and PAE", arguments: TierSetting.all)
    func w11(setting: TierSetting) throws {
        func check(_ setUp: (MemoryGuest) -> Void) throws {
            let found = try guest(setting, write + read, likeRAM: false) { guest in
                try guest.add("high", at: 0x3_0000_0000)
                guest.enterPaging()
                setUp(guest)
                guest.state.gpr.ebx = 0x40_0010
            }
            #expect(found.probes[1].log == ["w4 +10 a4a3a2a1", "r4 +10 a4a3a2a1"] && found.isAtEnd)
        }
        try check { guest in
            guest.state.cr4 = 0x10
            guest.words(0x83 | 3 << 13, at: 0x4_0004)
        }
        try check { guest in
            guest.state.cr4 = 0x20
            guest.state.pagePointers.entries = [0x4_3001, 0, 0, 0]
            guest.words(0x83, 0, 0, 0, 0x83, 3, at: 0x4_3000)
        }
    }
}
