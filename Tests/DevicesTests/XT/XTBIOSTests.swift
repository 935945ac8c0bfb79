import TestSupport
import Testing
import X86Interp

@testable import Devices

/// The built-in BIOS on an XT with a CGA or an MDA: what its services have, and what they lack.
@Suite("XT BIOS") struct XTBIOSTests {
    private static let color = MachineCatalog.xt
    private static let mono = [DeviceOption("mda"), DeviceOption("cga", off: true)]

    private func guest(
        _ program: [UInt8] = [], keys: String = "", drives: [UInt8: Drive] = [:], devices: [DeviceOption] = []
    ) throws -> BIOSGuest {
        try BIOSGuest(
            program, keys: KeyStroke.parse(keys).strokes ?? [], drives: drives, on: Self.color, devices: devices)
    }

    private func display(_ guest: BIOSGuest) throws -> Display6845 {
        try #require(guest.board.devices.compactMap { $0 as? Display6845 }.first)
    }

    // MARK: What there is

    @Test func itIsAnXT() throws {
        let guest = try guest()
        let memory = guest.machine.memory
        #expect(memory.peek(0xFFFFE) == 0xFB && guest.word(0x413) == 640 && guest.word(0x40E) == 0)
        let state = try BIOSGuest.call(0x15, ax: 0xC000, on: guest)
        #expect(!state.carry && state.segments.es.selector == 0xF000)
        let place = 0xF0000 + (state.gpr.ebx & 0xFFFF)
        #expect(memory.peek(place + 2) == 0xFB && memory.peek(place + 5) == 0x10)
        #expect(try BIOSGuest.call(0x12, on: guest).ax == 640)
        // Vectors of the second interrupt controller are nobody's; that of the video parameters is theirs.
        #expect(guest.word(0x70 * 4) == Int(BIOSROM.nobody))
        let table = memory.peek(0xF0000 + UInt32(guest.word(0x1D * 4)), count: 88)
        #expect(table[16] == 0x71 && table[48] == 0x61 && Array(table[80...]) == Display6845.State.modes)
    }

    @Test func equipmentTellsDrivesAndDisplay() throws {
        let floppy = Drive(floppy: MemoryDisk([UInt8](repeating: 0, count: 368_640)))
        #expect(try BIOSGuest.call(0x11, on: guest()).ax == 0x022C)
        #expect(try BIOSGuest.call(0x11, on: guest(drives: [0: floppy, 1: floppy])).ax == 0x026D)
        #expect(try BIOSGuest.call(0x11, on: guest(devices: Self.mono)).ax == 0x023C)
    }

    /// Functions that need chips of an AT fail, and leave the rest alone.
    @Test(
        arguments: [
            (0x1A, 0x0200), (0x1A, 0x0300), (0x1A, 0x0400), (0x1A, 0x0500), (0x1A, 0x0600), (0x1A, 0x0700),
            (0x15, 0x2401), (0x15, 0x2403), (0x15, 0x8300), (0x15, 0x8600), (0x15, 0x8700), (0x15, 0x8800),
            (0x15, 0xC100), (0x15, 0xE801), (0x15, 0xE820), (0x13, 0x4100), (0x13, 0x4800),
        ] as [(UInt8, UInt16)])
    func whatAnATHasIsNotThere(vector: UInt8, ax: UInt16) throws {
        // stc goes by way of the stub's flags: it starts clear.
        #expect(try BIOSGuest.call(vector, ax: ax, bx: 0x55AA, dx: 0x80, on: guest()).carry, "\(vector) \(ax)")
    }

    @Test func ticksAreThereAndStartAtMidnight() throws {
        let guest = try guest()
        var state = try BIOSGuest.call(0x1A, on: guest)
        #expect(state.gpr.ecx & 0xFFFF == 0 && state.gpr.edx & 0xFFFF < 2)
        _ = try BIOSGuest.call(0x1A, ax: 0x0100, cx: 1, dx: 0x2345, on: guest)
        state = try BIOSGuest.call(0x1A, on: guest)
        #expect(state.gpr.ecx & 0xFFFF == 1 && 0x2345...0x2346 ~= state.gpr.edx & 0xFFFF)
    }

    /// Three times HLT with interrupts on: sti; hlt; hlt; hlt; cli; hlt.
    @Test func theTimerTicks() throws {
        let guest = try guest([0xFB, 0xF4, 0xF4, 0xF4, 0xFA, 0xF4])
        try guest.run(fuel: 1_000_000_000)
        #expect(guest.word(0x46C) == 3)
    }

    // MARK: INT 10h

    /// Mode, columns, page size, mode register, colour latch, screen's mode.
    @Test(
        arguments: [
            (0, 40, 0x0800, 0x2C, 0x30, 1), (1, 40, 0x0800, 0x28, 0x30, 1), (2, 80, 0x1000, 0x2D, 0x30, 3),
            (3, 80, 0x1000, 0x29, 0x30, 3), (4, 40, 0x4000, 0x2A, 0x30, 4), (5, 40, 0x4000, 0x2E, 0x30, 4),
            (6, 80, 0x4000, 0x1E, 0x3F, 6),
        ] as [(UInt16, Int, Int, UInt8, UInt8, UInt8)])
    func modesOfACGA(mode: UInt16, columns: Int, page: Int, control: UInt8, colors: UInt8, shown: UInt8) throws {
        let guest = try guest()
        let display = try display(guest)
        display.store([0x41, 0x41], at: 0xB8000)
        _ = try BIOSGuest.call(0x10, ax: mode, on: guest)
        #expect(guest.word(0x449) & 0xFF == Int(mode) && guest.word(0x44A) == columns && guest.word(0x44C) == page)
        #expect(guest.word(0x463) == 0x3D4 && guest.word(0x465) == Int(control) | Int(colors) << 8)
        #expect(display.state.mode == control && display.state.colors == colors)
        #expect(guest.board.screen.mode == shown)
        #expect(display.bytes(at: 0xB8000, count: 2) == (mode < 4 ? [0x20, 0x07] : [0, 0]))
        let state = try BIOSGuest.call(0x10, ax: 0x0F00, on: guest)
        #expect(state.ax == UInt32(columns) << 8 | UInt32(mode))
        #expect(guest.machine.memory.peek(0x487, count: 4) == [0, 0, 0, 0], "no EGA")
    }

    @Test func otherModesAreNotSet() throws {
        let guest = try guest()
        for mode in [7, 0x0D, 0x13, 0x83] as [UInt16] {
            _ = try BIOSGuest.call(0x10, ax: mode, on: guest)
            #expect(guest.word(0x449) & 0xFF == 3, "\(mode)")
        }
        let mono = try self.guest(devices: Self.mono)
        for mode in [3, 7, 0x13] as [UInt16] {
            _ = try BIOSGuest.call(0x10, ax: mode, on: mono)
            #expect(mono.word(0x449) & 0xFF == 7 && mono.word(0x463) == 0x3B4 && mono.word(0x460) == 0x0B0C)
            #expect(mono.board.screen.mode == 7)
        }
    }

    @Test(arguments: [false, true]) func textIsWrittenAndScrolled(isMono: Bool) throws {
        let guest = try guest(devices: isMono ? Self.mono : [])
        for number in 0..<30 {
            for byte in "line \(number)\r\n".utf8 { _ = try BIOSGuest.call(0x10, ax: 0x0E00 | UInt16(byte), on: guest) }
        }
        let screen = guest.board.screen
        #expect(screen.lines.first == "line 6" && screen.lines.last == "line 29" && screen.lines.count == 24)
        #expect(screen.cursor ?? (0, 9) == (24, 0))
        _ = try BIOSGuest.call(0x10, ax: 0x0200, dx: 0x0304, on: guest)
        _ = try BIOSGuest.call(0x10, ax: 0x0941, bx: 0x70, cx: 2, on: guest)
        #expect(try BIOSGuest.call(0x10, ax: 0x0800, on: guest).ax == 0x7041)
        let base: UInt32 = isMono ? 0xB0000 : 0xB8000
        #expect(guest.word(base + (3 * 80 + 5) * 2) == 0x7041, "programs see it in memory")
        #expect(guest.board.screen.cursor ?? (0, 0) == (3, 4))
    }

    @Test func pagesAreFourOf80Columns() throws {
        let guest = try guest()
        _ = try BIOSGuest.call(0x10, ax: 0x0501, on: guest)
        #expect(try display(guest).state.crtc.start == 0x800)
        for byte in "page".utf8 { _ = try BIOSGuest.call(0x10, ax: 0x0E00 | UInt16(byte), on: guest) }
        #expect(guest.board.screen.lines == ["page"] && guest.word(0xB9000) == 0x0770)
    }

    @Test func theCursorHasItsLines() throws {
        let guest = try guest()
        let display = try display(guest)
        #expect(display.state.crtc.registers[0x0A] == 6 && display.state.crtc.registers[0x0B] == 7)
        _ = try BIOSGuest.call(0x10, ax: 0x0100, cx: 0x2000, on: guest)
        #expect(display.state.crtc.cursorLines == nil && guest.word(0x460) == 0x2000)
        _ = try BIOSGuest.call(0x10, ax: 0x0100, cx: 0x0007, on: guest)
        #expect(display.state.crtc.cursorLines == 0...7)
    }

    @Test func pixelsAreDrawnAndReadInTheirBanks() throws {
        for (mode, color, mask) in [(4, 2, 3), (6, 1, 1)] as [(UInt16, UInt16, UInt32)] {
            let guest = try guest()
            _ = try BIOSGuest.call(0x10, ax: mode, on: guest)
            for y in [0, 1, 199] as [UInt16] {
                _ = try BIOSGuest.call(0x10, ax: 0x0C00 | color, cx: 5, dx: y, on: guest)
                #expect(try BIOSGuest.call(0x10, ax: 0x0D00, cx: 5, dx: y, on: guest).ax & 0xFF == UInt32(color) & mask)
                let place = UInt32(y & 1) * 0x2000 + UInt32(y / 2) * 80 + (mode == 4 ? 1 : 0)
                #expect(guest.machine.memory.peek(0xB8000 + place) == (mode == 4 ? 0x20 : 0x04))
            }
            _ = try BIOSGuest.call(0x10, ax: 0x0E48, bx: color, on: guest)
            #expect(try BIOSGuest.call(0x10, ax: 0x0200, on: guest).ax != 0)
            #expect(try BIOSGuest.call(0x10, ax: 0x0800, on: guest).ax & 0xFF == 0x48)
        }
    }

    @Test func coloursAreInTheLatch() throws {
        let guest = try guest()
        let display = try display(guest)
        _ = try BIOSGuest.call(0x10, ax: 4, on: guest)
        _ = try BIOSGuest.call(0x10, ax: 0x0B00, bx: 0x0012, on: guest)
        #expect(display.state.colors == 0x32)
        _ = try BIOSGuest.call(0x10, ax: 0x0B00, bx: 0x0100, on: guest)
        #expect(display.state.colors == 0x12 && guest.word(0x466) & 0xFF == 0x12)
    }

    /// What a VGA has is not there: registers come back as they were.
    @Test(arguments: [0x1000, 0x1015, 0x1130, 0x1210, 0x1A00] as [UInt16]) func thereIsNoVGA(ax: UInt16) throws {
        let state = try BIOSGuest.call(0x10, ax: ax, bx: 0x1234, cx: 0x5678, dx: 0x9ABC, on: guest())
        #expect(state.ax == UInt32(ax) && state.gpr.ebx == 0x1234 && state.gpr.ecx == 0x5678)
    }

    // MARK: INT 16h and INT 09h

    @Test func keysComeByINT16() throws {
        let guest = try guest(keys: "aB{up}{f1}")
        #expect(try (0..<4).map { _ in try BIOSGuest.call(0x16, on: guest).ax } == [0x1E61, 0x3042, 0x4800, 0x3B00])
    }

    /// A program that only looks at the buffer, and takes two keys from it: hlt until there is one.
    ///
    /// sti; again: hlt; mov ax, [41c]; cmp ax, 20; jne again; mov word [41a], 20; again: hlt; mov ax, [41c]; cmp ax, 22;
    /// jne again; cli; hlt
    private static let looking: [UInt8] = [
        0xFB, 0xF4, 0xA1, 0x1C, 0x04, 0x3D, 0x20, 0x00, 0x75, 0xF7, 0xC7, 0x06, 0x1A, 0x04, 0x20, 0x00, 0xF4, 0xA1,
        0x1C, 0x04, 0x3D, 0x22, 0x00, 0x75, 0xF7, 0xFA, 0xF4,
    ]

    /// Keys come by INT 09h, which acknowledges them: without that there would be no second one.
    @Test func keysComeByTheirInterrupt() throws {
        let guest = try guest(Self.looking, keys: "xy")
        try guest.run(fuel: 1_000_000_000)
        #expect(guest.machine.state.halted && guest.word(0x41E) == 0x2D78 && guest.word(0x420) == 0x1579)
        #expect(!guest.machine.state.eflags.contains(.interrupt))
    }

    /// A handler of the guest's own that reads port 60 and acknowledges by bit 7 of port 61.
    @Test func aHandlerOfTheGuestsTakesScanCodes() throws {
        // At 7c00: sti; hlt; jmp to hlt. Handler at 7c10: in al, 60; mov [di], al; inc di; in al, 61; or al, 80;
        // out 61, al; and al, 7f; out 61, al; mov al, 20; out 20, al; cmp di, 604; jne +2; cli; hlt; iret
        let guest = try guest(keys: "ab")
        let main: [UInt8] = [0xBF, 0x00, 0x06, 0xFB, 0xF4, 0xEB, 0xFD]
        let handler: [UInt8] = [
            0xE4, 0x60, 0x88, 0x05, 0x47, 0xE4, 0x61, 0x0C, 0x80, 0xE6, 0x61, 0x24, 0x7F, 0xE6, 0x61, 0xB0, 0x20, 0xE6,
            0x20, 0x81, 0xFF, 0x04, 0x06, 0x75, 0x02, 0xFA, 0xF4, 0xCF,
        ]
        guest.machine.memory.load(main, at: 0x7C00)
        guest.machine.memory.load(handler, at: 0x7C10)
        guest.machine.memory.load([0x10, 0x7C, 0x00, 0x00], at: 9 * 4)
        try guest.run(fuel: 1_000_000_000)
        #expect(guest.machine.memory.peek(0x600, count: 4) == [0x1E, 0x9E, 0x30, 0xB0])
    }

    // MARK: INT 13h

    @Test func disksAreReadAndToldOf() throws {
        let floppy = Drive(floppy: MemoryDisk((0..<368_640).map { UInt8(truncatingIfNeeded: $0 >> 9) }))
        let disk = Drive(hardDisk: MemoryDisk([UInt8](repeating: 0x5A, count: 615 * 4 * 17 * 512)))
        let guest = try guest(drives: [0: floppy, 0x80: disk])
        var state = try BIOSGuest.call(0x13, ax: 0x0201, bx: 0x1000, cx: 0x0102, dx: 0x0000, on: guest)
        #expect(!state.carry && state.ax == 1 && guest.word(0x1000) == 0x1313)
        state = try BIOSGuest.call(0x13, ax: 0x0800, dx: 0x80, on: guest)
        #expect(!state.carry && state.gpr.edx & 0xFF == 1 && guest.word(0x475) & 0xFF == 1)
        state = try BIOSGuest.call(0x13, ax: 0x0201, bx: 0x1000, cx: 1, dx: 0x80, on: guest)
        #expect(!state.carry && guest.word(0x1000) == 0x5A5A)
        // The table that vector 41 points to.
        let table = UInt32(guest.word(0x41 * 4)) + 0xF0000
        #expect(guest.word(table) > 0 && guest.machine.memory.peek(table + 2) ?? 0 > 0)
    }

    /// The same in the user tier, where the host serves the devices.
    @Test func bothTiersDoTheSame() throws {
        let guests = try [Tier.kernel, .user].map { tier in
            let guest = try guest(Self.looking, keys: "xy")
            for device in guest.board.devices { _ = guest.machine.ports.setTier(tier, ofDevice: device.name) }
            try guest.run(fuel: 1_000_000_000)
            return guest
        }
        #expect(guests[0].machine.hash() == guests[1].machine.hash())
        #expect(guests[0].machine.state == guests[1].machine.state)
    }
}
