import TestSupport
import Testing
import X86Interp

@testable import Devices

/// Text memory and pixels by INT 10h, as IBM's and SeaBIOS's VGA BIOS leave them.
@Suite("BIOS text") struct BIOSTextTests {
    private func guest(mode: UInt16 = 3) throws -> BIOSGuest {
        let guest = try BIOSGuest([])
        _ = try BIOSGuest.call(0x10, ax: mode, on: guest)
        return guest
    }

    private func moveCursor(_ row: Int, _ column: Int, page: UInt16 = 0, on guest: BIOSGuest) throws {
        _ = try BIOSGuest.call(0x10, ax: 0x0200, bx: page << 8, dx: UInt16(row << 8 | column), on: guest)
    }

    private func cell(_ row: Int, _ column: Int, page: Int = 0, _ guest: BIOSGuest) -> Int {
        guest.word(UInt32(0xB8000 + page * 0x1000 + row * 160 + column * 2))
    }

    // MARK: Outside of the visible rows

    @Test(arguments: [(25, 0), (29, 3), (0, 80), (24, 79), (102, 0), (3, 255)])
    func charactersAreWrittenAndReadWhereTheCursorIs(row: Int, column: Int) throws {
        let guest = try guest()
        try moveCursor(row, column, on: guest)
        _ = try BIOSGuest.call(0x10, ax: 0x0941, bx: 0x1E, cx: 1, on: guest)
        #expect(cell(row, column, guest) == 0x1E41)
        #expect(try BIOSGuest.call(0x10, ax: 0x0800, on: guest).ax == 0x1E41)
        _ = try BIOSGuest.call(0x10, ax: 0x0A42, bx: 0x2E, cx: 1, on: guest)
        #expect(cell(row, column, guest) == 0x1E42, "function 0A leaves the attribute")
        #expect(guest.word(0x450) == row << 8 | column, "the cursor stays")
    }

    @Test func countsRunBelowTheLastRowAndIntoTheNextPage() throws {
        let guest = try guest()
        try moveCursor(24, 78, on: guest)
        _ = try BIOSGuest.call(0x10, ax: 0x0942, bx: 0x2E, cx: 5, on: guest)
        #expect(cell(24, 79, guest) == 0x2E42 && cell(25, 2, guest) == 0x2E42 && cell(25, 3, guest) == 0x0720)
        _ = try BIOSGuest.call(0x10, ax: 0x0943, bx: 0x3E, cx: 200, on: guest)
        #expect(cell(0, 0, page: 1, guest) == 0x3E43)
        // A count that covers the memory more than once.
        _ = try BIOSGuest.call(0x10, ax: 0x0944, bx: 0x4E, cx: 0xFFFF, on: guest)
        #expect(cell(0, 0, guest) == 0x4E44 && guest.word(0xBFFFE) == 0x4E44)
        #expect(guest.machine.memory.peek(0xC0000, count: 2) != [0x44, 0x4E])
    }

    @Test func pagesHaveCursorsOfTheirOwnAndThereAreEight() throws {
        let guest = try guest()
        try moveCursor(25, 0, page: 1, on: guest)
        _ = try BIOSGuest.call(0x10, ax: 0x0947, bx: 0x015E, cx: 1, on: guest)
        #expect(cell(25, 0, page: 1, guest) == 0x5E47)
        #expect(try BIOSGuest.call(0x10, ax: 0x0800, bx: 0x0100, on: guest).ax == 0x5E47)
        let before = guest.machine.memory.peek(0x449, count: 30)
        try moveCursor(7, 7, page: 9, on: guest)
        #expect(guest.machine.memory.peek(0x449, count: 30) == before)
        #expect(try BIOSGuest.call(0x10, ax: 0x0300, bx: 0x0900, on: guest).gpr.edx & 0xFFFF == 0)
    }

    @Test func whatLiesBehindTheMemoryIsLost() throws {
        let guest = try guest()
        // 205 rows are 32,800 bytes.
        for (row, page) in [(205, UInt16(0)), (60, 6), (255, 7)] {
            try moveCursor(row, 0, page: page, on: guest)
            _ = try BIOSGuest.call(0x10, ax: 0x0941, bx: page << 8 | 0x1E, cx: 40, on: guest)
        }
        let memory = guest.machine.memory.peek(0xB8000, count: 0x8000)
        #expect(!memory.contains(0x41) && !guest.machine.memory.peek(0xC0000, count: 0x2000).contains(0x41))
    }

    @Test func teletypeBelowTheLastRowWritesThereAndScrollsOnce() throws {
        let guest = try guest()
        guest.show([0x31, 0x17, 0x32, 0x17], at: 0xB8000 + 24 * 160)
        try moveCursor(25, 5, on: guest)
        _ = try BIOSGuest.call(0x10, ax: 0x0E45, bx: 7, on: guest)
        #expect(cell(25, 5, guest) == 0x0745 && cell(24, 5, guest) & 0xFF == 0x20)
        #expect(cell(23, 0, guest) == 0x1731 && guest.word(0x450) == 0x1806)
        try moveCursor(29, 5, on: guest)
        _ = try BIOSGuest.call(0x10, ax: 0x0E07, on: guest)
        #expect(guest.word(0x450) == 0x1C05, "any character scrolls there")
        try moveCursor(3, 90, on: guest)
        _ = try BIOSGuest.call(0x10, ax: 0x0E46, on: guest)
        #expect(cell(4, 10, guest) == 0x0746 && guest.word(0x450) == 0x035B)
    }

    @Test func stringsBelowTheLastRowScrollWithEachCharacterOnAnyPage() throws {
        let guest = try guest()
        guest.machine.memory.load(Array("wxyz".utf8), at: 0x600)
        guest.machine.state.gpr.ebp = 0x600
        for page in [0, 1, 2] {
            _ = try BIOSGuest.call(0x10, ax: 0x1301, bx: UInt16(page << 8 | 0x4E), cx: 4, dx: 0x1900, on: guest)
            #expect(cell(25, 0, page: page, guest) == 0x4E77 && cell(25, 3, page: page, guest) == 0x0720)
            #expect(cell(24, 1, page: page, guest) == 0x4E78 && cell(24, 3, page: page, guest) == 0x4E7A)
            #expect(guest.word(0x450 + UInt32(page) * 2) == 0x1804)
        }
    }

    @Test(arguments: [(2, 3, 10, 20), (0, 0, 24, 79), (7, 0, 7, 79), (5, 79, 24, 79)], [1, 2, 9, 25])
    func windowsMoveUpAndDown(_ edges: (top: Int, left: Int, bottom: Int, right: Int), lines: Int) throws {
        for isUp in [true, false] {
            let guest = try guest()
            let before = (0..<0x1000).map { UInt8(truncatingIfNeeded: $0 &* 7 ^ $0 >> 5) }
            guest.show(before, at: 0xB8000)
            let (cx, dx) = (edges.top << 8 | edges.left, edges.bottom << 8 | edges.right)
            _ = try BIOSGuest.call(
                0x10, ax: UInt16((isUp ? 6 : 7) << 8 | lines), bx: 0x7000, cx: UInt16(cx), dx: UInt16(dx), on: guest)
            let distance = isUp ? lines : -lines
            for row in 0..<25 {
                for column in 0..<80 {
                    let isInside = edges.top...edges.bottom ~= row && edges.left...edges.right ~= column
                    let source = isInside ? row + distance : row
                    let place = (source * 80 + column) * 2
                    let isNew = isInside && !(edges.top...edges.bottom ~= source)
                    let expected = isNew ? 0x7020 : Int(before[place]) | Int(before[place + 1]) << 8
                    #expect(Int(cell(row, column, guest)) == expected, "\(isUp), \(row), \(column)")
                }
            }
        }
    }

    @Test func windowsEndAtTheScreensEdges() throws {
        let guest = try guest()
        try moveCursor(25, 0, on: guest)
        _ = try BIOSGuest.call(0x10, ax: 0x0941, bx: 0x1E, cx: 1, on: guest)
        for (cx, dx) in [(0x1900, 0x3080), (0x0050, 0x18FF), (0x0500, 0x044F), (0x0010, 0x180F)] {
            _ = try BIOSGuest.call(0x10, ax: 0x0600, bx: 0x7000, cx: UInt16(cx), dx: UInt16(dx), on: guest)
            #expect(!guest.machine.memory.peek(0xB8000, count: 0x8000).contains(0x70), "\(cx) \(dx)")
        }
        _ = try BIOSGuest.call(0x10, ax: 0x06FF, bx: 0x7000, cx: 0x184E, dx: 0xFFFF, on: guest)
        #expect(cell(24, 79, guest) == 0x7020 && cell(24, 77, guest) == 0x0720)
        #expect(cell(25, 0, guest) == 0x1E41, "below the last row nothing is scrolled")
    }

    // MARK: Pixels

    private func pixel(_ x: Int, _ y: Int, _ guest: BIOSGuest) -> UInt8 {
        guest.machine.memory.peek(UInt32(0xA0000 + y * 320 + x)) ?? 0
    }

    @Test func colorsOfMode13AreAllPlain() throws {
        let guest = try guest(mode: 0x13)
        guest.machine.memory.load([0xDB], at: 0x600)
        guest.machine.state.gpr.ebp = 0x600
        for color in [UInt16(0x80), 0xC5, 0xFF, 0x81] {
            for ax in [UInt16(0x09DB), 0x0ADB, 0x0EDB, 0x1300, 0x0C00 | color] {
                try moveCursor(0, 0, on: guest)
                for _ in 0..<2 {
                    guest.show([0x33], at: 0xA0000)
                    let cx: UInt16 = ax >> 8 == 0x0C ? 0 : 1
                    _ = try BIOSGuest.call(0x10, ax: ax, bx: color, cx: cx, on: guest)
                    #expect(pixel(0, 0, guest) == UInt8(color), "\(ax) \(color)")
                    try moveCursor(0, 0, on: guest)
                }
            }
        }
    }

    @Test func fewerColorsAreMixedByBit7() throws {
        for (mode, full, mixed) in [(UInt16(6), UInt8(0xFF), UInt8(0x00)), (4, 0xFF, 0x55)] {
            let guest = try guest(mode: mode)
            _ = try BIOSGuest.call(0x10, ax: 0x09DB, bx: 3, cx: 1, on: guest)
            #expect(guest.machine.memory.peek(0xB8000) == full && guest.machine.memory.peek(0xBA000) == full)
            _ = try BIOSGuest.call(0x10, ax: 0x09DB, bx: mode == 6 ? 0x81 : 0x82, cx: 1, on: guest)
            #expect(guest.machine.memory.peek(0xB8000) == mixed)
            _ = try BIOSGuest.call(0x10, ax: 0x0C81, cx: 1, dx: 1, on: guest)
            let before = mixed >> (mode == 6 ? 6 : 4) & (mode == 6 ? 1 : 3)
            #expect(try BIOSGuest.call(0x10, ax: 0x0D00, cx: 1, dx: 1, on: guest).ax & 0xFF == UInt32(before ^ 1))
        }
    }

    @Test func pixelsAndTextOutsideOfThePictureGoWhereTheirNumbersLead() throws {
        let guest = try guest(mode: 0x13)
        _ = try BIOSGuest.call(0x10, ax: 0x0C5A, cx: 325, dx: 2, on: guest)
        #expect(pixel(5, 3, guest) == 0x5A)
        _ = try BIOSGuest.call(0x10, ax: 0x0C5B, cx: 0, dx: 203, on: guest)
        #expect(pixel(0, 203, guest) == 0x5B)
        #expect(try BIOSGuest.call(0x10, ax: 0x0D00, cx: 0, dx: 203, on: guest).ax & 0xFF == 0x5B)
        _ = try BIOSGuest.call(0x10, ax: 0x0C5C, cx: 0, dx: 205, on: guest)
        #expect(guest.machine.memory.peek(0xB0080) != 0x5C, "behind the 64 KiB there is nothing")
        try moveCursor(25, 1, on: guest)
        _ = try BIOSGuest.call(0x10, ax: 0x09DB, bx: 7, cx: 1, on: guest)
        #expect(pixel(8, 200, guest) == 7)
        try moveCursor(3, 45, on: guest)
        _ = try BIOSGuest.call(0x10, ax: 0x09DB, bx: 9, cx: 1, on: guest)
        #expect(!guest.machine.memory.peek(0xA0000, count: 64000).contains(9), "behind a row's end nothing is drawn")
        try moveCursor(3, 39, on: guest)
        _ = try BIOSGuest.call(0x10, ax: 0x09DB, bx: 9, cx: 2, on: guest)
        #expect(pixel(319, 31, guest) == 9 && pixel(7, 32, guest) == 9)
    }

    @Test func charactersAreRecognizedByTheirPixels() throws {
        let guest = try guest(mode: 0x13)
        for (column, character) in [UInt16(0x41), 0x67, 0x9C, 0xDB].enumerated() {
            try moveCursor(5, column, on: guest)
            _ = try BIOSGuest.call(0x10, ax: 0x0900 | character, bx: 0x8C, cx: 1, on: guest)
            #expect(try BIOSGuest.call(0x10, ax: 0x0800, on: guest).ax == 0x8C00 | UInt32(character))
        }
        guest.show([1], at: 0xA0000 + 320 * 41)
        try moveCursor(5, 0, on: guest)
        #expect(try BIOSGuest.call(0x10, ax: 0x0800, on: guest).ax == 0)
    }

    @Test func aFontOfTheGuestsOwnIsDrawn() throws {
        let guest = try guest(mode: 0x13)
        guest.machine.memory.load([0xF0, 0, 0, 0, 0, 0, 0, 0x0F], at: 0x600)
        guest.machine.state.gpr.ebp = 0x600
        _ = try BIOSGuest.call(0x10, ax: 0x1120, on: guest)
        _ = try BIOSGuest.call(0x10, ax: 0x0980, bx: 7, cx: 1, on: guest)
        #expect(pixel(0, 0, guest) == 7 && pixel(4, 0, guest) == 0 && pixel(7, 7, guest) == 7)
    }

    // MARK: Palette

    @Test func colorFunctionsUseTheDACAsPortsDo() throws {
        let guest = try guest(mode: 0x13)
        let vga = try #require(guest.board.devices.compactMap { $0 as? VGA }.first)
        // Red and green of colour 5 are given up.
        vga.state.chooseColor(5, reads: false)
        vga.state.writeDAC(0x3F)
        vga.state.writeDAC(0x3F)
        let before = vga.state[color: 5]
        _ = try BIOSGuest.call(0x10, ax: 0x1010, bx: 9, cx: 0x0203, dx: 0x0100, on: guest)
        vga.state.writeDAC(0x11)
        #expect(vga.state[color: 9] == (1, 2, 3) && vga.state[color: 5] == before && vga.state.dacIndex == 10)
        let read = try BIOSGuest.call(0x10, ax: 0x1015, bx: 9, on: guest)
        #expect(read.gpr.edx >> 8 & 0xFF == 1 && read.gpr.ecx & 0xFFFF == 0x0203)
        // 257 colours: the last one is the first again.
        guest.machine.memory.load((0..<771).map { UInt8($0 / 3 & 0x3F) }, at: 0x600)
        guest.machine.memory.load([0x2A, 0x2B, 0x2C], at: 0x600 + 768)
        _ = try BIOSGuest.call(0x10, ax: 0x1012, bx: 0, cx: 257, dx: 0x600, on: guest)
        #expect(vga.state[color: 0] == (0x2A, 0x2B, 0x2C) && vga.state[color: 1] == (1, 1, 1))
        _ = try BIOSGuest.call(0x10, ax: 0x1017, bx: 255, cx: 2, dx: 0x900, on: guest)
        #expect(guest.machine.memory.peek(0x900, count: 6) == [0x3F, 0x3F, 0x3F, 0x2A, 0x2B, 0x2C])
    }
}
