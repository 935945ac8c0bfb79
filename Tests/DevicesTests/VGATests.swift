import TestSupport
import Testing
import X86Interp

@testable import Devices

@Suite("VGA") struct VGATests {
    private let clock = VirtualClock()

    /// Reads and writes by port.
    private func read(_ vga: VGA, _ port: Int) -> UInt32 {
        vga.read(bank: UInt8(port - 0x3B0), offset: 0, width: .byte)
    }

    private func write(_ vga: VGA, _ port: Int, _ values: UInt32...) {
        for value in values { vga.write(bank: UInt8(port - 0x3B0), offset: 0, width: .byte, value: value) }
    }

    @Test func dacCountsUpInReadsAndWrites() {
        let vga = VGA(clock: clock)
        write(vga, 0x3C8, 0xFF)
        write(vga, 0x3C9, 1, 2, 0xFF, 4, 5, 6)
        #expect(vga.state.dacIndex == 1 && read(vga, 0x3C7) == 0)
        write(vga, 0x3C7, 0xFF)
        #expect(read(vga, 0x3C7) == 3)
        #expect((0..<6).map { _ in read(vga, 0x3C9) } == [1, 2, 0x3F, 4, 5, 6])
        // An index starts with red again.
        write(vga, 0x3C8, 7)
        write(vga, 0x3C9, 9)
        write(vga, 0x3C8, 8)
        write(vga, 0x3C9, 10, 11, 12)
        #expect(vga.state[color: 8] == (10, 11, 12))
    }

    @Test func aColorChangesWithItsThirdPart() throws {
        let vga = VGA(clock: clock)
        func colors() -> [UInt32] {
            write(vga, 0x3C7, 5)
            return (0..<6).map { _ in read(vga, 0x3C9) }
        }
        write(vga, 0x3C8, 5)
        write(vga, 0x3C9, 1, 2, 3, 4, 5, 6)
        for parts in [[UInt32(0x11)], [0x11, 0x12]] {
            for index in [(0x3C8, UInt32(5)), (0x3C8, 6), (0x3C7, 5)] {
                write(vga, 0x3C8, 5)
                for part in parts { write(vga, 0x3C9, part) }
                write(vga, index.0, index.1)
                #expect(colors() == [1, 2, 3, 4, 5, 6], "\(parts), given up by \(index)")
            }
        }
        // The third part counts from the last index.
        write(vga, 0x3C8, 5)
        write(vga, 0x3C9, 0x31)
        write(vga, 0x3C8, 5)
        write(vga, 0x3C9, 0x32, 0x33, 0x34)
        #expect(colors() == [0x32, 0x33, 0x34, 4, 5, 6])
        // Half-way reading is given up alike, and what is read is the colour as it was when reading began.
        write(vga, 0x3C7, 5)
        #expect(read(vga, 0x3C9) == 0x32 && read(vga, 0x3C8) == 6)
        vga.state[color: 5] = (7, 8, 9)
        #expect(vga.peek(bank: 0x19, offset: 0, width: .byte) == 0x33 && read(vga, 0x3C9) == 0x33)
        write(vga, 0x3C7, 6)
        #expect(read(vga, 0x3C9) == 4)
        // A snapshot half-way.
        write(vga, 0x3C8, 5)
        write(vga, 0x3C9, 0x21, 0x22)
        let saved = vga.state
        write(vga, 0x3C8, 1)
        vga.state = saved
        write(vga, 0x3C9, 0x23)
        #expect(colors() == [0x21, 0x22, 0x23, 4, 5, 6])
    }

    @Test func attributeControllerTakesIndexAndDataByTurns() {
        let vga = VGA(clock: clock)
        write(vga, 0x3C0, 0x05, 0x2A, 0x06, 0x15)
        #expect(vga.state.attribute[5] == 0x2A && vga.state.attribute[6] == 0x15)
        write(vga, 0x3C0, 0x05)
        _ = read(vga, 0x3DA)
        write(vga, 0x3C0, 0x25)
        #expect(read(vga, 0x3C1) == 0x2A && read(vga, 0x3C0) == 0x25)
        _ = vga.peek(bank: 0x2A, offset: 0, width: .byte)
        write(vga, 0x3C0, 0x01)
        #expect(vga.state.attribute[5] == 0x01, "a look does not start over")
    }

    @Test func registersKeepWhatIsWrittenAndAddressesFollowBit0() {
        let vga = VGA(clock: clock)
        for (index, data, number) in [(0x3C4, 0x3C5, UInt32(2)), (0x3CE, 0x3CF, 8), (0x3D4, 0x3D5, 0x0F)] {
            write(vga, index, number)
            write(vga, data, 0xA5)
            #expect(read(vga, index) == number && read(vga, data) == 0xA5)
        }
        // Registers 0 to 7 are locked.
        write(vga, 0x3D4, 1)
        write(vga, 0x3D5, 0x11)
        #expect(read(vga, 0x3D5) == 0x4F)
        write(vga, 0x3D4, 0x11)
        write(vga, 0x3D5, 0x0E)
        write(vga, 0x3D4, 1)
        write(vga, 0x3D5, 0x11)
        #expect(read(vga, 0x3D5) == 0x11)
        #expect(read(vga, 0x3B5) == 0xFF && read(vga, 0x3CC) == 0x67)
        write(vga, 0x3C2, 0x66)
        #expect(read(vga, 0x3D5) == 0xFF && read(vga, 0x3DA) == 0xFF && read(vga, 0x3B5) == 0x11)
    }

    /// 449 lines of 900 dots at 28.322 MHz: 70.09 frames a second, in each one retrace of two lines.
    @Test(arguments: [UInt8(3), 0x13]) func retraceComesSeventyTimesASecond(mode: UInt8) {
        let vga = VGA(clock: clock)
        vga.state = VGA.State(mode: mode)
        var (edges, last, retrace, drawn) = (0, false, 0, 0)
        let samples = 100_000
        for sample in 0..<samples {
            clock.advance(to: UInt64(sample) * clock.ticksPerSecond / UInt64(samples))
            let status = read(vga, 0x3DA)
            let now = status & 8 != 0
            if now, !last { edges += 1 }
            last = now
            if now { retrace += 1 }
            if status & 1 == 0 { drawn += 1 }
        }
        #expect(edges == 70)
        #expect(abs(Double(retrace) / Double(samples) - 2.0 / 449) < 0.0005)
        let all: Double = mode == 3 ? 900 * 449 : 800 * 449
        let share: Double = (mode == 3 ? 720 * 400 : 640 * 400) / all
        #expect(abs(Double(drawn) / Double(samples) - share) < 0.01)
    }

    // MARK: The picture

    private func memory() throws -> PhysicalMemory { try PhysicalMemory(ramSize: 1 << 20) }

    @Test func startAddressAndCursorAreThoseOfTheRegisters() throws {
        let memory = try memory()
        let vga = VGA(clock: clock)
        vga.store([0x41, 0x07, 0x42, 0x07], at: 0xB8000 + 160 * 3)
        // Row 3, and row 4, column 7.
        let start: [(number: UInt32, value: UInt32)] = [(0x0C, 0x00), (0x0D, 0xF0), (0x0E, 0x01), (0x0F, 0x47)]
        for (number, value) in start {
            write(vga, 0x3D4, number)
            write(vga, 0x3D5, value)
        }
        let screen = TextScreen(memory: memory, display: vga.state)
        #expect(screen.lines == ["AB"] && screen.cursor?.row == 1 && screen.cursor?.column == 7)
        write(vga, 0x3D4, 0x0A)
        write(vga, 0x3D5, 0x20)
        #expect(TextScreen(memory: memory, display: vga.state).cursor == nil)
    }

    @Test func coloursAreThoseOfPaletteAndDAC() throws {
        let memory = try memory()
        let vga = VGA(clock: clock)
        vga.store([0x41, 0x1E], at: 0xB8000)
        let usual = TextScreen(memory: memory, display: vga.state)
        #expect(usual.palette == Array(VGAPalette.standard.prefix(16)))
        #expect(usual.ansi.hasPrefix("\u{1B}[0;93;44mA"))
        // Yellow is register 0E, colour 3E: made a grey of its own; blue becomes green by the palette.
        write(vga, 0x3C8, 0x3E)
        write(vga, 0x3C9, 16, 16, 16)
        write(vga, 0x3C0, 0x01, 0x02)
        let changed = TextScreen(memory: memory, display: vga.state)
        #expect(changed.ansi.hasPrefix("\u{1B}[0;38;2;65;65;65;42mA"))
        #expect(changed != usual && !changed.hasLook(of: usual))
        #expect(changed.png() != usual.png())
        // No blinking: bit 7 is a bright background.
        vga.store([0x41, 0x9E], at: 0xB8000)
        #expect(TextScreen(memory: memory, display: vga.state).ansi.hasPrefix("\u{1B}[0;38;2;65;65;65;42m"))
        write(vga, 0x3C0, 0x30, 0x04)
        #expect(TextScreen(memory: memory, display: vga.state).ansi.hasPrefix("\u{1B}[0;38;2;65;65;65;104m"))
    }

    @Test func modesAreRecognisedByTheirRegisters() throws {
        let memory = try memory()
        let sizes: [(mode: UInt8, columns: Int, rows: Int)] = [(1, 40, 25), (3, 80, 25), (7, 80, 25)]
        for (mode, columns, rows) in sizes {
            let screen = TextScreen(memory: memory, display: VGA.State(mode: mode))
            #expect(screen.mode == mode && screen.columns == columns && screen.rows == rows)
        }
        let vga = VGA(clock: clock)
        vga.state = VGA.State(mode: 0x13)
        vga.store([7, 8], at: 0xA0000)
        let screen = TextScreen(memory: memory, display: vga.state)
        let picture = try #require(screen.graphics)
        #expect(screen.mode == 0x13 && picture.width == 640 && picture.height == 400 && screen.picture() == picture)
        #expect(picture.pixels.prefix(6) == [7, 7, 8, 8, 0, 0] && picture.pixels[640] == 7)
        let planar = TextScreen(memory: memory, display: VGA.State(mode: 0x12))
        #expect(planar.mode == 0x12 && planar.graphics?.pixels.count == 640 * 480)
    }

    @Test func anyRegistersMakeAPictureOfBoundedSize() throws {
        let memory = try memory()
        var random = SeededGenerator(seed: 13)
        for _ in 0..<12 {
            let vga = VGA(clock: clock)
            vga.state.crtc = RegisterFile((0..<25).map { _ in UInt8.random(in: 0...255, using: &random) })
            vga.state.graphics = RegisterFile((0..<9).map { _ in UInt8.random(in: 0...255, using: &random) })
            vga.state.sequencer = RegisterFile((0..<5).map { _ in UInt8.random(in: 0...255, using: &random) })
            let screen = TextScreen(memory: memory, display: vga.state)
            #expect(screen.png().count < 5 << 20)
            _ = screen.ansi
            _ = read(vga, 0x3DA)
        }
    }

    /// Where bits are taken in pairs, planes 2 and 3 have the upper two bits of a colour's number.
    @Test func pairsOfBitsComeFromAllPlanes() {
        var state = VGA.State(mode: 4)
        state.attribute[0x12] = 0x0F
        for number in 0..<16 { state.attribute[number] = UInt8(number) }
        // 0, 1, 2, 3 in plane 0, 3, 2, 1, 0 in plane 2; then 0 and 1 by turns in plane 1, 2 in plane 3.
        state.memory[0] = 0xAAE4_111B
        let picture = VGARaster(state, showsCursor: false).picture()
        #expect((0..<8).map { picture.pixels[$0 * 2] } == [12, 9, 6, 3, 8, 9, 8, 9])
    }
}
