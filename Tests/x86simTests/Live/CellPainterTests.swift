import Devices
import Testing
import X86Interp

@testable import x86sim

/// Text screens as bytes for a terminal, without a terminal.
@Suite("Cells on a terminal") struct CellPainterTests {
    /// A text screen of 80x25 that begins with these cells.
    static func screen(_ cells: [(UInt8, UInt8)]) throws -> TextScreen {
        let memory = try PhysicalMemory(ramSize: 1 << 20)
        for (number, cell) in cells.enumerated() {
            memory.store(cell.0, at: 0xB8000 + UInt32(number) * 2)
            memory.store(cell.1, at: 0xB8001 + UInt32(number) * 2)
        }
        return TextScreen(memory: memory)
    }

    private func text(_ old: CellGrid?, _ new: CellGrid) -> String {
        String(decoding: CellPainter.bytes(from: old, to: new), as: UTF8.self)
    }

    @Test func aFirstFrameIsDrawnAsAWhole() throws {
        // "Hi" in yellow on blue, then a heart that blinks, in red, and an A.
        let screen = try Self.screen([(0x48, 0x1E), (0x69, 0x1E), (0x03, 0x84), (0x41, 0x07)])
        let grid = CellGrid(screen, columns: 4, rows: 1)
        #expect(
            text(nil, grid)
                == "\u{1B}[?25l\u{1B}[0m\u{1B}[2J\u{1B}[1;1H\u{1B}[0;38;5;11;48;5;4mHi"
                // Where the heart ends is not sure.
                + "\u{1B}[0;5;38;5;1;48;5;0m♥\u{1B}[1;4H\u{1B}[0;38;5;7;48;5;0mA\u{1B}[0m")
    }

    @Test func onlyWhatHasChangedIsDrawn() throws {
        let old = CellGrid(try Self.screen([]), columns: 10, rows: 2)
        #expect(text(old, old).isEmpty)
        var new = old
        let cell = TerminalCell(scalar: "x", foreground: .number(7), background: .number(0))
        new.cells[11] = cell
        // Two cells further: the one between is drawn again.
        new.cells[13] = cell
        let (blank, x) = ("\u{1B}[0;38;5;0;48;5;0m ", "\u{1B}[0;38;5;7;48;5;0mx")
        #expect(text(old, new) == "\u{1B}[?25l\u{1B}[2;2H" + x + blank + x + "\u{1B}[0m")
        var moved = new
        moved.cursor = CellPlace(row: 1, column: 4)
        #expect(text(new, moved) == "\u{1B}[?25l\u{1B}[2;5H\u{1B}[?25h")
        #expect(text(moved, new) == "\u{1B}[?25l")
        #expect(text(moved, moved).isEmpty)
    }

    @Test func anotherSizeIsDrawnAnew() throws {
        let screen = try Self.screen([(0x41, 0x07)])
        let (old, new) = (CellGrid(screen, columns: 3, rows: 1), CellGrid(screen, columns: 2, rows: 1))
        #expect(
            text(old, new) == "\u{1B}[?25l\u{1B}[0m\u{1B}[2J\u{1B}[1;1H\u{1B}[0;38;5;7;48;5;0mA"
                + "\u{1B}[0;38;5;0;48;5;0m \u{1B}[0m")
    }

    @Test func coloursOfTheDACAreTakenByTheirParts() {
        #expect(Self.sequence(.parts(ScreenColor(red: 1, green: 20, blue: 255))).contains(";38;2;1;20;255m"))
        #expect(Self.sequence(.usual) == "\u{1B}[0m")
    }

    private static func sequence(_ color: TerminalColor) -> String {
        let old = CellGrid(columns: 1, rows: 1)
        var new = old
        new.cells[0] = TerminalCell(scalar: "x", foreground: color)
        let text = String(decoding: CellPainter.bytes(from: old, to: new), as: UTF8.self)
        return String(text.dropFirst("\u{1B}[?25l\u{1B}[1;1H".count).prefix { $0 != "x" })
    }

    /// What stands on a guest's screen is shown, not obeyed: no byte of it is a control character.
    @Test func noByteOfAGuestIsAControlCharacter() throws {
        let screen = try Self.screen((0...255).map { (UInt8($0), 0x07) })
        let grid = CellGrid(screen, columns: 80, rows: 4)
        for cell in grid.cells {
            #expect(cell.scalar.value >= 0x20 && !(0x7F...0x9F).contains(cell.scalar.value))
        }
        #expect(grid.cells[0x1B].scalar == "←" && grid.cells[0x9B].scalar == "¢" && grid.cells[0xFF].scalar == " ")
    }

    @Test func aSmallTerminalShowsTheCellsAroundTheCursor() throws {
        let memory = try PhysicalMemory(ramSize: 1 << 20)
        for row in 0..<25 { memory.store(0x41 + UInt8(row), at: 0xB8000 + UInt32(row) * 160) }
        // A BIOS's data area: mode 3, 80 columns, 25 rows, the cursor at the 25th, on.
        for (place, byte) in [(0x449, 3), (0x44A, 80), (0x484, 24), (0x450, 0), (0x451, 24), (0x460, 7), (0x461, 6)] {
            memory.store(UInt8(byte), at: UInt32(place))
        }
        let grid = CellGrid(TextScreen(memory: memory), columns: 20, rows: 10)
        #expect(grid.cells[0].scalar == "P" && grid.cells[180].scalar == "Y")
        #expect(grid.cursor == CellPlace(row: 9, column: 0))
    }

    @Test func theLastRowCanBeTheHosts() throws {
        var grid = CellGrid(try Self.screen([(0x41, 0x07)]), columns: 3, rows: 2)
        grid.setLastRow("ab\u{1B}é")
        #expect(grid.cells[0].scalar == "A")
        #expect(grid.cells[3...].map(\.scalar) == ["a", "b", " "])
    }

    @Test(arguments: [(0, 0), (-5, 3), (1_000_000, 1_000_000)])
    func anySizeIsASize(columns: Int, rows: Int) throws {
        let grid = CellGrid(try Self.screen([]), columns: columns, rows: rows)
        #expect(grid.cells.count == grid.columns * grid.rows && grid.cells.count >= 1)
    }
}
