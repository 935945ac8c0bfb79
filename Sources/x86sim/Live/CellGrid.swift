import Devices

/// A colour of a terminal.
enum TerminalColor: Equatable, Sendable {
    /// What the terminal has where nobody chooses.
    case usual
    /// One of its first 16 colours, red being bit 0.
    case number(UInt8)
    /// By its parts.
    case parts(ScreenColor)
}

/// One cell of a terminal.
struct TerminalCell: Equatable, Sendable {
    /// What stands in it; never a control character.
    var scalar: Unicode.Scalar = " "
    /// The colour of the character.
    var foreground = TerminalColor.usual
    /// The colour behind it.
    var background = TerminalColor.usual
    /// Whether it blinks.
    var blinks = false
}

/// What a terminal shows: cells row by row, and the cursor.
struct CellGrid: Equatable, Sendable {
    /// Cells of a row.
    let columns: Int
    /// Rows.
    let rows: Int
    /// All cells, row by row.
    var cells: [TerminalCell]
    /// Where the cursor is, if it is to be seen.
    var cursor: CellPlace?

    /// Empty cells; at least one.
    init(columns: Int, rows: Int) {
        self.columns = min(max(1, columns), 1000)
        self.rows = min(max(1, rows), 1000)
        cells = [TerminalCell](repeating: TerminalCell(), count: self.columns * self.rows)
    }

    /// The cells of a text screen, as many as there is room for: those around the cursor where not all have room.
    init(_ screen: TextScreen, columns: Int, rows: Int) {
        self.init(columns: columns, rows: rows)
        let top = Self.first(screen.cursor?.row, of: screen.rows, shown: self.rows)
        let left = Self.first(screen.cursor?.column, of: screen.columns, shown: self.columns)
        let colors = Self.colors(screen.palette)
        for row in 0..<min(self.rows, screen.rows) {
            let source = screen.row(top + row).dropFirst(left).prefix(self.columns)
            for (column, cell) in source.enumerated() {
                let background = screen.blinks ? cell.attribute >> 4 & 7 : cell.attribute >> 4
                cells[row * self.columns + column] = TerminalCell(
                    scalar: cell.isBlank ? " " : CodePage437.scalar(cell.character),
                    foreground: colors[Int(cell.attribute & 15)], background: colors[Int(background)],
                    blinks: screen.blinks && cell.attribute & 0x80 != 0 && !cell.isBlank)
            }
        }
        guard let cursor = screen.cursor else { return }
        let place = CellPlace(row: cursor.row - top, column: cursor.column - left)
        if place.row < self.rows, place.column < self.columns { self.cursor = place }
    }

    /// The first row or column that is shown, so that the cursor's is among them.
    private static func first(_ cursor: Int?, of count: Int, shown: Int) -> Int {
        max(0, min((cursor ?? 0) - shown + 1, count - shown))
    }

    /// The 16 colours of text: by number where the palette has the usual one there, else by parts.
    private static func colors(_ palette: [ScreenColor]) -> [TerminalColor] {
        (0..<16).map { number in
            let color = palette.indices.contains(number) ? palette[number] : VGAPalette.standard[number]
            guard let usual = VGAPalette.standard.prefix(16).firstIndex(of: color) else { return .parts(color) }
            // A terminal counts red, green, blue from bit 0 on, a PC from bit 2.
            return .number(UInt8(usual & 0xA | usual << 2 & 4 | usual >> 2 & 1))
        }
    }

    /// Writes a line of the host's over the last row; its characters are of ASCII.
    mutating func setLastRow(_ text: String) {
        let bytes = Array(text.utf8.prefix(columns))
        for column in 0..<columns {
            let byte = column < bytes.count && 0x20...0x7E ~= bytes[column] ? bytes[column] : 0x20
            cells[(rows - 1) * columns + column] = TerminalCell(
                scalar: Unicode.Scalar(byte), foreground: .number(15), background: .number(4))
        }
        cursor = nil
    }
}

/// Where a cell is, counted from 0.
struct CellPlace: Equatable, Sendable {
    /// The row, from the top.
    var row: Int
    /// The column, from the left.
    var column: Int
}
