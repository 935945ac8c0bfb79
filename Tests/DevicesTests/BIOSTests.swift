import TestSupport
import Testing
import X86Interp

@testable import Devices

@Suite("BIOS services") struct BIOSTests {
    @Test func everyStubHasAServiceAndEveryServiceAStub() {
        let stubs = BIOSROM.entries.compactMap(\.vector)
        let services = BIOSService.all.map(\.vector)
        // DOS comes behind the BIOS.
        let parts = [stubs.filter { !(0x20...0x3F).contains($0) }, stubs.filter { (0x20...0x3F).contains($0) }]
        #expect(stubs == parts.flatMap { $0.sorted() } && Set(stubs).count == stubs.count)
        #expect(services == stubs)
    }

    @Test func nothingInTheROMOverlaps() {
        var ranges = BIOSROM.entries.map { entry in
            Int(entry.offset)..<Int(entry.offset) + BIOSROM.code(entry.stub).count
        }
        ranges += [
            0xFF53..<0xFF54, 0xE938..<0xE939, 0xEFC7..<0xEFD2, 0xE6F5..<0xE6FF, 0xC000..<0xD400, 0xFA6E..<0xFE6E,
            0xFFF0..<0xFFFF, 0xE401..<0xE411, 0xE411..<0xE421,
        ]
        ranges += BIOSROM.dosCode.map { Int($0.offset)..<Int($0.offset) + $0.bytes.count }
        let sorted = ranges.sorted { $0.lowerBound < $1.lowerBound }
        for (a, b) in zip(sorted, sorted.dropFirst()) { #expect(a.upperBound <= b.lowerBound, "\(a) and \(b)") }
    }

    @Test func functionsOfAServiceAreDistinct() {
        for service in BIOSService.all {
            let numbers = service.functions.map { Int($0.number) << 9 | ($0.sub.map { Int($0) } ?? 0x100) }
            #expect(Set(numbers).count == numbers.count, "INT \(service.vector)")
        }
    }

    // MARK: INT 10h

    @Test func teletypeWritesMovesScrollsAndEchoes() throws {
        let guest = try BIOSGuest([])
        for byte in Array("Hi\r\n\u{1}".utf8) { _ = try BIOSGuest.call(0x10, ax: 0x0E00 | UInt16(byte), on: guest) }
        #expect(guest.console.text == "Hi\n☺")
        let screen = guest.board.screen
        #expect(screen.lines == ["Hi", "☺"])
        #expect(screen.cursor?.row == 1 && screen.cursor?.column == 1)
        #expect(!guest.bios.showsMore(screen))
        for _ in 0..<24 { _ = try BIOSGuest.call(0x10, ax: 0x0E0A, on: guest) }
        #expect(guest.board.screen.lines == ["☺"])
        guest.show([0x58, 0x1F], at: 0xB8000 + 160)
        #expect(guest.bios.showsMore(guest.board.screen))
    }

    @Test func charactersAreWrittenReadAndScrolled() throws {
        let guest = try BIOSGuest([])
        _ = try BIOSGuest.call(0x10, ax: 0x0200, dx: 0x0203, on: guest)
        _ = try BIOSGuest.call(0x10, ax: 0x0941, bx: 0x001E, cx: 3, on: guest)
        #expect(try BIOSGuest.call(0x10, ax: 0x0800, on: guest).ax == 0x1E41)
        #expect(guest.board.screen.lines == ["", "", "   AAA"])
        _ = try BIOSGuest.call(0x10, ax: 0x0702, bx: 0x4000, dx: 0x184F, on: guest)
        #expect(guest.board.screen.lines == ["", "", "", "", "   AAA"])
        #expect(guest.word(0xB8000) == 0x4020)
        _ = try BIOSGuest.call(0x10, ax: 0x0001, on: guest)
        #expect(try BIOSGuest.call(0x10, ax: 0x0F00, on: guest).ax == 0x2801)
        #expect(guest.board.screen.columns == 40)
    }

    // MARK: INT 13h

    private func floppy() -> [UInt8: Drive] {
        let bytes = (0..<1_474_560).map { UInt8(truncatingIfNeeded: $0 / 512) }
        return [0: Drive(floppy: MemoryDisk(bytes))]
    }

    @Test func sectorsAreReadWrittenAndMissed() throws {
        let guest = try BIOSGuest([], drives: floppy())
        // cylinder 1, head 1, sector 2: number 36 + 18 + 1
        var state = try BIOSGuest.call(0x13, ax: 0x0202, bx: 0x9000, cx: 0x0102, dx: 0x0100, on: guest)
        #expect(state.ax == 2 && !state.carry)
        #expect(guest.machine.memory.peek(0x9000) == 55 && guest.machine.memory.peek(0x9200) == 56)
        guest.machine.memory.load([0xAB], at: 0x9000)
        state = try BIOSGuest.call(0x13, ax: 0x0301, bx: 0x9000, cx: 0x0102, dx: 0x0100, on: guest)
        #expect(!state.carry && guest.board.drives[0]?.read(sector: 55)?.prefix(2) == [0xAB, 55])
        #expect(guest.board.drives[0]?.read(sector: 54)?.first == 54)
        for (cx, dx) in [(0x0013, 0), (0x0000, 0), (0x5001, 0), (0x0001, 0x0200), (0x0001, 0x0001)] {
            state = try BIOSGuest.call(0x13, ax: 0x0201, bx: 0x9000, cx: UInt16(cx), dx: UInt16(dx), on: guest)
            #expect(state.carry && state.ax == 0x0100, "\(cx) \(dx)")
        }
        #expect(try BIOSGuest.call(0x13, ax: 0x0100, on: guest).ax >> 8 == 1)
        _ = try BIOSGuest.call(0x13, ax: 0x0000, on: guest)
        #expect(try BIOSGuest.call(0x13, ax: 0x0100, on: guest).ax >> 8 == 0)
    }

    @Test(arguments: [1, 512, 700, 720 * 512 + 512, 1_474_559])
    func aShortFloppyIsZerosBehindItsEnd(size: Int) throws {
        let guest = try BIOSGuest([], drives: [0: Drive(floppy: MemoryDisk([UInt8](repeating: 7, count: size)))])
        var state = try BIOSGuest.call(0x13, ax: 0x0212, bx: 0x9000, cx: 0x0001, on: guest)
        #expect(!state.carry && state.ax == 0x0012)
        for offset in [0, size - 1, size, 18 * 512 - 1] where offset < 18 * 512 {
            #expect(guest.machine.memory.peek(UInt32(0x9000 + offset)) == (offset < size ? 7 : 0), "\(offset)")
        }
        // The last sector of all: written, verified, read; its track formatted.
        guest.machine.memory.load([UInt8](repeating: 9, count: 512), at: 0x9000)
        state = try BIOSGuest.call(0x13, ax: 0x0301, bx: 0x9000, cx: 0x4F12, dx: 0x0100, on: guest)
        #expect(!state.carry && guest.board.drives[0]?.read(sector: 2879) == [UInt8](repeating: 9, count: 512))
        #expect(try !BIOSGuest.call(0x13, ax: 0x0412, bx: 0x9000, cx: 0x4F01, dx: 0x0100, on: guest).carry)
        #expect(try !BIOSGuest.call(0x13, ax: 0x0512, bx: 0x9000, cx: 0x4F01, dx: 0x0100, on: guest).carry)
        #expect(
            guest.board.drives[0]?.read(sector: 2879)?.first == 0xF6
                && guest.board.drives[0]?.read(sector: 2862)?.first == 0xF6)
        #expect(guest.board.drives[0]?.read(sector: 2861)?.first == (size > 2861 * 512 ? 7 : 0))
        // Behind the geometry there is nothing.
        state = try BIOSGuest.call(0x13, ax: 0x0202, bx: 0x9000, cx: 0x4F12, dx: 0x0100, on: guest)
        #expect(state.carry && state.ax == 0x0401 && guest.board.drives[0]?.read(sector: 2880) == nil)
    }

    @Test func aHardDiskEndsWithItsImage() throws {
        let guest = try BIOSGuest([], drives: [0x80: Drive(hardDisk: MemoryDisk([UInt8](repeating: 7, count: 700)))])
        var state = try BIOSGuest.call(0x13, ax: 0x0203, bx: 0x9000, cx: 0x0001, dx: 0x80, on: guest)
        #expect(state.carry && state.ax == 0x0402)
        #expect(guest.machine.memory.peek(0x9000 + 699, count: 2) == [7, 0])
        for function in [UInt16(0x0201), 0x0301, 0x0401] {
            state = try BIOSGuest.call(0x13, ax: function, bx: 0x9000, cx: 0x0003, dx: 0x80, on: guest)
            #expect(state.carry && state.ax == 0x0400)
        }
        guest.machine.memory.load([16, 0, 1, 0, 0, 0x90, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0], at: 0x600)
        guest.machine.state.gpr.esi = 0x600
        for function in [UInt16(0x4200), 0x4300, 0x4400] {
            #expect(try BIOSGuest.call(0x13, ax: function, dx: 0x80, on: guest).carry)
        }
        #expect(guest.board.drives[0x80]?.state.written.isEmpty == true)
    }

    @Test(arguments: [
        (320, 1, 8, 40), (720, 2, 9, 40), (1440, 2, 9, 80), (2400, 2, 15, 80), (2880, 2, 18, 80), (5760, 2, 36, 80),
    ])
    func floppiesOfUsualSizes(sectors: Int, heads: Int, perTrack: Int, cylinders: Int) throws {
        let image = MemoryDisk([UInt8](repeating: 0, count: sectors * 512))
        let guest = try BIOSGuest([], drives: [0: Drive(floppy: image)])
        let state = try BIOSGuest.call(0x13, ax: 0x0800, on: guest)
        #expect(state.gpr.ecx == UInt32(cylinders - 1) << 8 | UInt32(perTrack))
        #expect(state.gpr.edx == UInt32(heads - 1) << 8 | 1)
    }

    @Test func hardDisksAreReadByNumber() throws {
        let bytes = (0..<4 << 20).map { UInt8(truncatingIfNeeded: $0 / 512) }
        let guest = try BIOSGuest([], drives: [0x80: Drive(hardDisk: MemoryDisk(bytes))])
        let there = try BIOSGuest.call(0x13, ax: 0x4100, bx: 0x55AA, dx: 0x80, on: guest)
        #expect(there.gpr.ebx == 0xAA55 && !there.carry)
        let packet: [UInt8] = [16, 0, 2, 0, 0, 0x90, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0]
        guest.machine.memory.load(packet, at: 0x600)
        guest.machine.state.gpr.esi = 0x600
        #expect(try !BIOSGuest.call(0x13, ax: 0x4200, dx: 0x80, on: guest).carry)
        #expect(guest.machine.memory.peek(0x9000) == 9 && guest.machine.memory.peek(0x9200) == 10)
        guest.machine.memory.load([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], at: 0x608)
        #expect(try BIOSGuest.call(0x13, ax: 0x4200, dx: 0x80, on: guest).carry)
    }

    // MARK: INT 15h, 16h, 1Ah

    @Test func theMemoryMapCoversRAM() throws {
        let guest = try BIOSGuest([])
        #expect(try BIOSGuest.call(0x15, ax: 0x8800, on: guest).ax == 1024)
        #expect(try BIOSGuest.call(0x12, on: guest).ax == 639)
        // mov eax, e820; mov ecx, 20; mov edx, 'SMAP'; int 15; cli; hlt
        let program: [UInt8] = [
            0x66, 0xB8, 0x20, 0xE8, 0, 0, 0x66, 0xB9, 20, 0, 0, 0, 0x66, 0xBA, 0x50, 0x41, 0x4D, 0x53, 0xCD, 0x15, 0xFA,
            0xF4,
        ]
        let other = try BIOSGuest(program)
        other.machine.state.gpr.edi = 0x600
        try other.run()
        #expect(other.machine.memory.peek(0x608, count: 4) == [0x00, 0xFC, 0x09, 0x00])
        #expect(other.machine.state.gpr.eax == 0x534D_4150 && other.machine.state.gpr.ebx == 1)
    }

    @Test func waitingPassesGuestTime() throws {
        let guest = try BIOSGuest([])
        let before = guest.machine.clock.now
        // 100 ms
        let state = try BIOSGuest.call(0x15, ax: 0x8600, cx: 1, dx: 0x86A0, on: guest)
        let passed = guest.machine.clock.now - before
        #expect(!state.carry && (10_000_000..<10_001_000).contains(passed), "\(passed)")
        #expect(guest.word(0x46C) == 1)
    }

    @Test func keysComeInOrderAndThenNoMore() throws {
        let guest = try BIOSGuest([], keys: [KeyStroke(typing: 0x61), KeyStroke(scan: 0x48, character: 0)])
        #expect(try BIOSGuest.call(0x16, ax: 0x0100, on: guest).ax == 0x1E61)
        #expect(try BIOSGuest.call(0x16, on: guest).ax == 0x1E61)
        #expect(try BIOSGuest.call(0x16, ax: 0x0100, on: guest).ax == 0x4800)
        #expect(try BIOSGuest.call(0x16, ax: 0x1000, on: guest).ax == 0x48E0)
        #expect(try BIOSGuest.call(0x16, ax: 0x0100, on: guest).eflags.contains(.zero))
        #expect(!guest.bios.state.isStarved)
        _ = try BIOSGuest.call(0x16, on: guest)
        #expect(guest.bios.state.isStarved && guest.machine.state.halted)
    }

    @Test func timeAndDateAreGuestTime() throws {
        // 29 February 2024, 23:59:58
        let guest = try BIOSGuest([], time: 1_709_251_198)
        let time = try BIOSGuest.call(0x1A, ax: 0x0200, on: guest)
        #expect(time.gpr.ecx == 0x2359 && time.gpr.edx == 0x5800)
        let date = try BIOSGuest.call(0x1A, ax: 0x0400, on: guest)
        #expect(date.gpr.ecx == 0x2024 && date.gpr.edx == 0x0229)
        _ = try BIOSGuest.call(0x1A, ax: 0x0500, cx: 0x1999, dx: 0x1231, on: guest)
        let set = try BIOSGuest.call(0x1A, ax: 0x0400, on: guest)
        #expect(set.gpr.ecx == 0x1999 && set.gpr.edx == 0x1231)
    }

    @Test func aSnapshotHoldsKeysAndDisks() throws {
        let guest = try BIOSGuest([], keys: [KeyStroke(typing: 0x61), KeyStroke(typing: 0x62)], drives: floppy())
        let saved = guest.machine.snapshot()
        _ = try BIOSGuest.call(0x13, ax: 0x0301, bx: 0x9000, cx: 0x0001, on: guest)
        #expect(try BIOSGuest.call(0x16, on: guest).ax == 0x1E61)
        try guest.machine.restore(saved)
        #expect(guest.board.drives[0]?.state.written.isEmpty == true)
        #expect(try BIOSGuest.call(0x16, on: guest).ax == 0x1E61)
    }
}
