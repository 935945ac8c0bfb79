import X86Interp

/// What a PC's display shows: text from B8000, or the pixels of mode 13h, as the data area of the BIOS says.
///
/// Without a BIOS's data area it is a screen of 80x25 characters. Taking it changes nothing in the machine.
public struct TextScreen: Equatable, Sendable {
    /// The video mode.
    public let mode: UInt8
    /// Characters a row.
    public let columns: Int
    /// Rows of text.
    public let rows: Int
    /// Character and attribute of each cell, row by row; empty in graphics modes.
    public let cells: [Cell]
    /// Pixels of mode 13h, 320 a row; empty in other modes.
    public let pixels: [UInt8]
    /// Where the cursor is, if it is within the screen and on.
    public let cursor: (row: Int, column: Int)?

    /// One character on the screen.
    public struct Cell: Equatable, Sendable {
        /// Its number in code page 437.
        public var character: UInt8
        /// Bits 3-0 foreground, 6-4 background, 7 blinks.
        public var attribute: UInt8

        /// Whether nothing is to be seen of the character.
        public var isBlank: Bool { character == 0 || character == 0x20 || character == 0xFF }
    }

    /// The screen as the guest has it now.
    public init(memory: PhysicalMemory) {
        func byte(_ address: UInt32) -> UInt8 { memory.peek(address) ?? 0 }
        func word(_ address: UInt32) -> Int { Int(byte(address)) | Int(byte(address + 1)) << 8 }
        let known: Set<Int> = [40, 80]
        let hasBIOS = known.contains(word(BDA.columns))
        let mode = hasBIOS ? byte(BDA.videoMode) & 0x7F : 3
        self.mode = mode
        columns = hasBIOS ? word(BDA.columns) : 80
        let last = Int(byte(BDA.lastRow))
        rows = hasBIOS && (1...99).contains(last) ? last + 1 : 25
        guard mode <= 3 || mode == 7 else {
            cells = []
            pixels = mode == 0x13 ? memory.peek(0xA0000, count: 64000) : []
            cursor = nil
            return
        }
        pixels = []
        let start = hasBIOS ? word(BDA.pageStart) : 0
        let base: UInt32 = mode == 7 ? 0xB0000 : 0xB8000
        cells = (0..<rows * columns).map { number in
            let place = base + UInt32((start + number * 2) & 0x7FFF)
            return Cell(character: byte(place), attribute: byte(place + 1))
        }
        let page = UInt32(byte(BDA.page) & 7)
        let (column, row) = (byte(BDA.cursors + page * 2), byte(BDA.cursors + page * 2 + 1))
        let isOn = hasBIOS && byte(BDA.cursorShape + 1) & 0x20 == 0
        cursor = isOn && Int(row) < rows && Int(column) < columns ? (Int(row), Int(column)) : nil
    }

    /// Equal if the same is to be seen.
    public static func == (a: TextScreen, b: TextScreen) -> Bool {
        a.mode == b.mode && a.columns == b.columns && a.rows == b.rows && a.cells == b.cells && a.pixels == b.pixels
            && a.cursor?.row == b.cursor?.row && a.cursor?.column == b.cursor?.column
    }

    // MARK: As text

    /// The cells of a row; none in graphics modes.
    public func row(_ number: Int) -> ArraySlice<Cell> {
        cells.isEmpty || !(0..<rows).contains(number) ? [] : cells[number * columns..<(number + 1) * columns]
    }

    /// The rows as text without spaces at their ends, and without empty rows at the end.
    public var lines: [String] {
        guard !cells.isEmpty else { return [] }
        var lines = (0..<rows).map { number in
            var row = row(number)
            while let last = row.last, last.isBlank { row.removeLast() }
            return String(String.UnicodeScalarView(row.map { $0.isBlank ? " " : CodePage437.scalar($0.character) }))
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    /// The rows in colour for a terminal, each ended with a line feed.
    public var ansi: String {
        let last = (0..<rows).last { number in row(number).contains { !$0.isBlank || $0.attribute & 0x70 != 0 } }
        guard let last else { return "" }
        return (0...last).map { Self.ansi(row($0)) + "\n" }.joined()
    }

    /// Cells in colour for a terminal; colours are back to normal behind them.
    public static func ansi(_ cells: ArraySlice<Cell>) -> String {
        var text = String.UnicodeScalarView()
        var attribute: UInt8?
        for cell in cells {
            if cell.attribute != attribute {
                text.append(contentsOf: select(cell.attribute).unicodeScalars)
                attribute = cell.attribute
            }
            text.append(cell.isBlank ? " " : CodePage437.scalar(cell.character))
        }
        return String(text) + "\u{1B}[0m"
    }

    private static func select(_ attribute: UInt8) -> String {
        // A terminal counts red, green, blue from bit 0 on, a PC from bit 2.
        func swap(_ color: UInt8) -> Int { Int(color & 2 | color << 2 & 4 | color >> 2 & 1) }
        let foreground = swap(attribute & 7) + (attribute & 8 != 0 ? 90 : 30)
        return "\u{1B}[0;\(foreground);\(40 + swap(attribute >> 4 & 7))m"
    }

    // MARK: As a picture

    /// The screen as a PNG: 8x16 pixels a character, or the pixels of mode 13h; black in other modes.
    ///
    /// The cursor is drawn as an underline if asked for.
    public func png(showsCursor: Bool = false) -> [UInt8] {
        guard !cells.isEmpty else {
            let picture = pixels.isEmpty ? [UInt8](repeating: 0, count: 64000) : pixels
            return PNGWriter.png(width: 320, pixels: picture, palette: VGAPalette.standard)
        }
        let width = columns * 8
        var picture = [UInt8](repeating: 0, count: width * rows * Font8x16.height)
        for (number, cell) in cells.enumerated() {
            let (foreground, background) = (cell.attribute & 0x0F, cell.attribute >> 4 & 7)
            let corner = number / columns * Font8x16.height * width + number % columns * 8
            let hasCursor = showsCursor && cursor?.row == number / columns && cursor?.column == number % columns
            for line in 0..<Font8x16.height {
                let isUnderline = hasCursor && line >= Font8x16.height - 2
                let bits = isUnderline ? 0xFF : Font8x16.rows[Int(cell.character) * Font8x16.height + line]
                for x in 0..<8 {
                    picture[corner + line * width + x] = bits & 0x80 >> UInt8(x) != 0 ? foreground : background
                }
            }
        }
        return PNGWriter.png(width: width, pixels: picture, palette: Array(VGAPalette.standard.prefix(16)))
    }
}
