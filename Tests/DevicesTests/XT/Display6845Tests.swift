import TestSupport
import Testing
import X86Interp

@testable import Devices

/// CGA and MDA: the 6845's registers, the latches, memory, and the pictures that they make.
@Suite("Display6845") struct Display6845Tests {
    private let clock = VirtualClock()

    private func register(_ display: Display6845, _ index: UInt32) -> UInt32 {
        display.setByte(index, 4)
        return display.byte(5)
    }

    // MARK: The 6845

    /// Each register: what it keeps of FF, and whether it can be read.
    @Test(
        arguments: [
            (0x00, 0xFF, false), (0x01, 0xFF, false), (0x02, 0xFF, false), (0x03, 0xFF, false), (0x04, 0x7F, false),
            (0x05, 0x1F, false), (0x06, 0x7F, false), (0x07, 0x7F, false), (0x08, 0x03, false), (0x09, 0x1F, false),
            (0x0A, 0x7F, false), (0x0B, 0x1F, false), (0x0C, 0x3F, false), (0x0D, 0xFF, false), (0x0E, 0x3F, true),
            (0x0F, 0xFF, true),
        ] as [(UInt8, UInt8, Bool)])
    func registersKeepTheBitsThatTheyHave(number: UInt8, mask: UInt8, isReadable: Bool) {
        // Index and data are at each even and odd port below 3D8.
        for (index, data) in [(UInt16(0), UInt16(1)), (2, 3), (4, 5), (6, 7)] {
            let display = Display6845(.cga, clock: clock)
            display.setByte(UInt32(number), index)
            display.setByte(0xFF, data)
            #expect(display.state.crtc.registers[Int(number)] == mask)
            #expect(display.byte(data) == (isReadable ? UInt32(mask) : 0))
            #expect(display.byte(index) == 0xFF, "the index cannot be read")
        }
    }

    @Test func whatIsNotThereIsNotWritten() {
        let display = Display6845(.cga, clock: clock)
        let before = display.state.crtc.registers
        for number in UInt32(0x10)..<0x20 {
            display.setByte(number, 4)
            display.setByte(0xFF, 5)
        }
        #expect(display.state.crtc.registers == before)
        display.setByte(0xEE, 4)
        #expect(display.state.crtc.index == 0x0E, "an index has five bits")
    }

    @Test func latchesCannotBeReadAndHaveTheBitsOfTheirAdapter() {
        let color = Display6845(.cga, clock: clock)
        for (register, port) in [(8, UInt16(8)), (9, 9)] {
            color.setByte(0xFF, port)
            #expect(color.byte(port) == 0xFF, "\(register)")
        }
        #expect(color.state.mode == 0x3F && color.state.colors == 0x3F)
        let mono = Display6845(.mda, clock: clock)
        let before = mono.state.colors
        for port in UInt16(8)...0x0B { mono.setByte(0xFF, port) }
        #expect(mono.state.mode == 0x29 && mono.state.colors == before && !mono.state.isPenLatched)
    }

    @Test func theLightPensLatchKeepsThePlaceOfTheBeam() {
        let display = Display6845(.cga, clock: clock)
        #expect(display.byte(0x0A) & 6 == 4)
        // Row 1, column 3 of 114 characters of 8 dots, 8 lines a row.
        let dots = UInt64((8 * 114 + 3) * 8 + 4)
        clock.advance(to: clock.ticks(forPeriods: dots, ofFrequency: 14_318_180))
        display.setByte(0, 0x0C)
        #expect(display.byte(0x0A) & 6 == 6)
        #expect(register(display, 0x10) == 0 && register(display, 0x11) == 83)
        display.setByte(0, 0x0B)
        #expect(display.byte(0x0A) & 6 == 4)
    }

    /// A frame of 262 lines: nothing is drawn behind the 200th and behind a line's 80th character.
    @Test func theBeamGoesByTheRegisters() {
        let display = Display6845(.cga, clock: clock)
        func status(line: UInt64, column: UInt64) -> UInt32 {
            let dots = ((262 * 7 + line) * 114 + column) * 8 + 4
            clock.advance(to: clock.ticks(forPeriods: dots, ofFrequency: 14_318_180))
            return display.byte(0x0A) & 9
        }
        #expect(status(line: 0, column: 0) == 0 && status(line: 0, column: 79) == 0)
        #expect(status(line: 0, column: 80) == 1 && status(line: 0, column: 113) == 1)
        #expect(status(line: 199, column: 79) == 0 && status(line: 200, column: 0) == 1)
        #expect(status(line: 223, column: 0) == 1 && status(line: 224, column: 0) == 9)
        #expect(status(line: 239, column: 5) == 9 && status(line: 240, column: 5) == 1)
    }

    @Test func anMDASaysWhenItDraws() {
        let display = Display6845(.mda, clock: clock)
        func status(line: UInt64, column: UInt64) -> UInt32 {
            let dots = ((370 * 5 + line) * 98 + column) * 9 + 4
            clock.advance(to: clock.ticks(forPeriods: dots, ofFrequency: 16_257_000))
            return display.byte(0x0A)
        }
        #expect(status(line: 0, column: 10) == 0xF8 && status(line: 0, column: 80) == 0xF1)
        #expect(status(line: 349, column: 10) == 0xF8 && status(line: 350, column: 10) == 0xF1)
    }

    // MARK: Memory

    @Test(arguments: [(.cga, 0x4000), (.mda, 0x1000)] as [(Display6845.Kind, UInt32)])
    func memoryAppearsAgainAndAgain(kind: Display6845.Kind, size: UInt32) {
        let display = Display6845(kind, clock: clock)
        display.writeMemory(bank: 0, offset: 0x123, width: .byte, value: 0xA5)
        display.writeMemory(bank: 0, offset: size &* 1 + 0x200, width: .dword, value: 0x0403_0201)
        for start in stride(from: UInt32(0), to: 0x8000, by: Int(size)) {
            #expect(display.readMemory(bank: 0, offset: start + 0x123, width: .byte) == 0xA5)
            #expect(display.readMemory(bank: 0, offset: start + 0x200, width: .dword) == 0x0403_0201)
            #expect(display.peekMemory(bank: 0, offset: start + 0x203) == 4)
        }
        let regions = display.memoryRegions
        #expect(regions.map(\.start) == [kind == .cga ? 0xB8000 : 0xB0000] && regions.map(\.size) == [0x8000])
    }

    // MARK: Pictures

    private func screen(_ display: Display6845) throws -> TextScreen {
        TextScreen(memory: try PhysicalMemory(ramSize: 4096), adapter: display)
    }

    private func show(_ text: String, attribute: UInt8, at place: UInt32, _ display: Display6845) {
        display.store(text.utf8.flatMap { [$0, attribute] }, at: display.kind.base + place)
    }

    @Test func textIsWhatTheControllerPointsAt() throws {
        let display = Display6845(.cga, clock: clock)
        show("Hello", attribute: 0x1E, at: 160, display)
        var screen = try screen(display)
        #expect((screen.mode, screen.columns, screen.rows) == (3, 80, 25) && screen.lines == ["", "Hello"])
        display.setByte(0x0D, 4)
        display.setByte(80, 5)
        screen = try self.screen(display)
        #expect(screen.lines == ["Hello"] && screen.cells[0].attribute == 0x1E)
        // The cursor is at address 0, which is before the picture now.
        #expect(screen.cursor == nil)
        display.cursorPlace = 85
        #expect(try self.screen(display).cursor ?? (9, 9) == (0, 5))
        display.setCursorLines(first: 0x26, last: 7)
        #expect(try self.screen(display).cursor == nil)
        display.setMode(0, keepsPalette: false)
        screen = try self.screen(display)
        #expect((screen.mode, screen.columns, screen.rows) == (1, 40, 25))
    }

    @Test func charactersAreDrawnInTheirColours() throws {
        let display = Display6845(.cga, clock: clock)
        // A full block, then one that blinks on a blue background.
        display.store([0xDB, 0x0E, 0x20, 0x9F], at: 0xB8000)
        var picture = try screen(display).picture()
        #expect((picture.width, picture.height) == (640, 400))
        #expect(picture[0, 0] == VGAPalette.standard[14] && picture[7, 15] == VGAPalette.standard[14])
        #expect(picture[8, 0] == VGAPalette.standard[1], "blinking: three bits of background")
        display.setByte(0x09, 8)
        picture = try screen(display).picture()
        #expect(picture[8, 0] == VGAPalette.standard[9], "four bits")
        // 40 columns: dots of twice the width. Without video nothing.
        display.setByte(0x28, 8)
        display.setByte(0x01, 4)
        display.setByte(40, 5)
        picture = try screen(display).picture()
        #expect(picture.width == 640 && picture[15, 0] == VGAPalette.standard[14])
        #expect(picture[16, 0] == VGAPalette.standard[1])
        display.setByte(0x20, 8)
        #expect(try !screen(display).picture().pixels.contains { $0 != 0 })
    }

    @Test func theCursorIsDrawnIfAskedFor() throws {
        let display = Display6845(.cga, clock: clock)
        display.store([0x20, 0x07], at: 0xB8000)
        let picture = try screen(display).picture(showsCursor: true)
        #expect(picture[0, 11] == VGAPalette.standard[0] && picture[0, 12] == VGAPalette.standard[7])
        #expect(try screen(display).picture()[0, 12] == VGAPalette.standard[0])
    }

    /// Colours 1 to 3 by the colour latch and the burst bit.
    @Test(
        arguments: [
            (0x0A, 0x00, [0, 2, 4, 6]), (0x0A, 0x11, [1, 10, 12, 14]), (0x0A, 0x20, [0, 3, 5, 7]),
            (0x0A, 0x3F, [15, 11, 13, 15]), (0x0E, 0x00, [0, 3, 4, 7]), (0x0E, 0x30, [0, 11, 12, 15]),
        ] as [(UInt32, UInt32, [Int])])
    func fourColoursGoByTheLatch(mode: UInt32, latch: UInt32, colors: [Int]) throws {
        let display = Display6845(.cga, clock: clock)
        display.setMode(4, keepsPalette: false)
        display.setByte(mode, 8)
        display.setByte(latch, 9)
        display.store([0b00_01_10_11], at: 0xB8000)
        display.store([0b11_00_00_00], at: 0xBA000 + 80)
        let screen = try screen(display)
        let picture = screen.picture()
        #expect(screen.mode == 4 && screen.cells.isEmpty && (picture.width, picture.height) == (640, 400))
        for (number, color) in colors.enumerated() {
            #expect(picture[number * 2, 0] == VGAPalette.standard[color])
            #expect(picture[number * 2 + 1, 1] == VGAPalette.standard[color])
        }
        // Line 3 is the second one of the odd lines.
        #expect(picture[1, 6] == VGAPalette.standard[colors[3]] && picture[2, 6] == VGAPalette.standard[colors[0]])
    }

    @Test func smallPixelsHaveOneColour() throws {
        let display = Display6845(.cga, clock: clock)
        display.setMode(6, keepsPalette: false)
        display.setByte(0x0A, 9)
        display.store([0b1000_0001], at: 0xB8000 + 79)
        let screen = try screen(display)
        #expect(screen.mode == 6)
        let picture = screen.picture()
        #expect(picture[632, 0] == VGAPalette.standard[10] && picture[639, 1] == VGAPalette.standard[10])
        #expect(picture[633, 0] == VGAPalette.standard[0])
    }

    /// Attributes of an MDA: what the first, the underline's and the ninth column show.
    @Test(
        arguments: [
            (0x07, 7, 0), (0x0F, 15, 0), (0x00, 0, 0), (0x08, 0, 0), (0x70, 0, 7), (0x78, 0, 7), (0x01, 7, 0),
            (0x09, 15, 0), (0x42, 7, 0), (0x87, 7, 0),
        ] as [(UInt8, Int, Int)])
    func attributesOfAnMDA(attribute: UInt8, foreground: Int, background: Int) throws {
        let display = Display6845(.mda, clock: clock)
        display.store([0xDB, attribute, 0x20, attribute], at: 0xB0000)
        let screen = try screen(display)
        #expect((screen.mode, screen.columns, screen.rows, screen.characterHeight) == (7, 80, 25, 16))
        let picture = screen.picture()
        #expect((picture.width, picture.height) == (720, 350))
        #expect(picture[0, 5] == VGAPalette.standard[foreground])
        #expect(picture[8, 5] == VGAPalette.standard[foreground], "a block goes on in the ninth dot")
        #expect(picture[9, 5] == VGAPalette.standard[background])
        let isUnderlined = attribute & 7 == 1
        #expect(picture[9, 12] == VGAPalette.standard[isUnderlined ? foreground : background])
    }

    /// Whatever is in the registers, there is a picture of a size that makes sense.
    @Test func anyRegistersMakeAPicture() throws {
        var random = SeededGenerator(seed: 6845)
        for number in 0..<LongTests.count(short: 60) {
            let display = Display6845(number % 3 == 0 ? .mda : .cga, clock: clock)
            for register in UInt32(0)..<18 {
                display.setByte(register, 4)
                display.setByte(UInt32.random(in: 0...255, using: &random), 5)
            }
            for port in UInt16(8)...9 { display.setByte(UInt32.random(in: 0...255, using: &random), port) }
            clock.advance(to: clock.now + UInt64.random(in: 0...1_000_000, using: &random))
            _ = display.byte(0x0A)
            let screen = try screen(display)
            let picture = screen.picture(showsCursor: true)
            #expect(picture.pixels.count == picture.width * picture.height)
            #expect(1...2112 ~= picture.width && 1...800 ~= picture.height)
            _ = (screen.lines, screen.ansi)
        }
    }
}
