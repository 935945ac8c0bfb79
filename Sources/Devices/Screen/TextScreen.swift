import X86Interp

/// What a PC's display shows: text, or pixels, as the registers of the display say.
///
/// Without a display the data area of a BIOS says it; without that, too, it is a screen of 80x25 characters. Taking it
/// changes nothing in the machine.
public struct TextScreen: Equatable, Sendable {
    /// The video mode, as far as the registers tell it: 1, 3, 7, 13 for a byte a pixel, or 12 for any other graphics; of a
    /// CGA 4 or 6 for these.
    public let mode: UInt8
    /// Characters a row.
    public let columns: Int
    /// Rows of text.
    public let rows: Int
    /// Character and attribute of each cell, row by row; empty in graphics modes.
    public let cells: [Cell]
    /// The picture of a graphics mode; nil in text modes.
    public let graphics: ScreenPicture?
    /// Where the cursor is, if it is within the screen and on.
    public let cursor: (row: Int, column: Int)?
    /// Lines of a character: 16, or 8 for the smaller font.
    public let characterHeight: Int
    /// Bit 7 of an attribute blinks; else it makes the background bright.
    public let blinks: Bool
    /// The colours: 16 of text, those of the picture in graphics modes.
    public let palette: [ScreenColor]
    /// What draws text, if it is a display.
    private let display: Display

    /// Registers and memory of a display.
    private enum Display {
        case none
        case vga(VGA.State)
        case crt(Display6845.Kind, Display6845.State)
    }

    /// One character on the screen.
    public struct Cell: Equatable, Sendable {
        /// Its number in code page 437.
        public var character: UInt8
        /// Bits 3-0 foreground, 6-4 background, 7 blinks.
        public var attribute: UInt8

        /// Whether nothing is to be seen of the character.
        public var isBlank: Bool { TextScreen.isBlank(character) }
    }

    /// Whether nothing is to be seen of a character of code page 437.
    static func isBlank(_ character: UInt8) -> Bool { character == 0 || character == 0x20 || character == 0xFF }

    /// The screen as the guest has it now, by the registers of its display if there is one.
    public init(memory: PhysicalMemory, display: VGA.State? = nil) {
        self = display.map { Self(memory, $0) } ?? Self(memory)
    }

    /// The screen as the guest has it now, by the registers of its display if there is one, whatever kind it is.
    public init(memory: PhysicalMemory, adapter: (any DisplayAdapter)?) {
        switch adapter {
        case let vga as VGA: self.init(memory, vga.state)
        case let crt as Display6845: self.init(crt.kind, crt.state)
        default: self.init(memory)
        }
    }

    /// By the registers of a CGA or an MDA.
    private init(_ kind: Display6845.Kind, _ state: Display6845.State) {
        display = .crt(kind, state)
        (columns, rows) = (state.shownColumns, state.shownRows)
        characterHeight = kind == .cga ? 8 : 16
        blinks = state.blinks
        palette = Display6845.State.palette(kind)
        guard !state.isGraphics(kind) else {
            mode = state.hasSmallPixels ? 6 : 4
            cells = []
            cursor = nil
            graphics = Raster6845(kind: kind, state: state, showsCursor: false).picture()
            return
        }
        mode = kind == .mda ? 7 : state.isWide ? 3 : 1
        graphics = nil
        let (start, pitch, width) = (state.crtc.start, state.crtc.columns, columns)
        cells = (0..<rows * columns).map { number in
            let cell = state.cell(start + number / width * pitch + number % width, kind)
            return Cell(character: cell.character, attribute: cell.attribute)
        }
        let distance = (state.crtc.cursor - start) & CRTC6845.addresses
        let place = (row: distance / max(1, pitch), column: distance % max(1, pitch))
        let isShown = state.crtc.cursorLines != nil && place.row < rows && place.column < columns
        cursor = isShown ? place : nil
    }

    /// By the registers of a display.
    private init(_ memory: PhysicalMemory, _ display: VGA.State) {
        self.display = .vga(display)
        columns = display.columns
        rows = display.rows
        characterHeight = display.characterHeight > 8 ? 16 : 8
        blinks = display.blinks
        guard !display.isGraphics else {
            mode = display.hasBytePixels ? 0x13 : 0x12
            cells = []
            cursor = nil
            let picture = display.picture { start, count in
                memory.peek(UInt32(truncatingIfNeeded: Int(VGA.frameBuffer) + start), count: count)
            }
            palette = picture.palette
            graphics = picture
            return
        }
        mode = display.window.base == 0xB0000 ? 7 : columns <= 40 ? 1 : 3
        graphics = nil
        palette = (0..<16).map { display.color(attribute: $0) }
        let (start, pitch, width) = (display.start, display.pitch, columns)
        cells = (0..<rows * columns).map { number in
            let (row, column) = number.quotientAndRemainder(dividingBy: width)
            let word = display.textCell(start + row * pitch + column)
            return Cell(
                character: UInt8(truncatingIfNeeded: word), attribute: UInt8(truncatingIfNeeded: word >> 8))
        }
        let distance = display.cursor - start
        let isBehindStart = pitch > 0 && distance >= 0
        let place = (row: isBehindStart ? distance / pitch : rows, column: isBehindStart ? distance % pitch : 0)
        cursor = display.isCursorOn && place.row < rows && place.column < columns ? place : nil
    }

    /// By the data area of a BIOS.
    private init(_ memory: PhysicalMemory) {
        func byte(_ address: UInt32) -> UInt8 { memory.peek(address) ?? 0 }
        func word(_ address: UInt32) -> Int { Int(byte(address)) | Int(byte(address + 1)) << 8 }
        let known: Set<Int> = [40, 80]
        let hasBIOS = known.contains(word(BDA.columns))
        let mode = hasBIOS ? byte(BDA.videoMode) & 0x7F : 3
        self.mode = mode
        display = .none
        columns = hasBIOS ? word(BDA.columns) : 80
        let last = Int(byte(BDA.lastRow))
        rows = hasBIOS && (1...99).contains(last) ? last + 1 : 25
        characterHeight = hasBIOS && (1...8).contains(byte(BDA.characterHeight)) ? 8 : 16
        blinks = true
        guard mode <= 3 || mode == 7 else {
            cells = []
            let pixels = mode == 0x13 ? memory.peek(0xA0000, count: 64000) : [UInt8](repeating: 0, count: 64000)
            cursor = nil
            palette = VGAPalette.standard
            graphics = ScreenPicture(width: 320, height: 200, palette: palette, pixels: pixels)
            return
        }
        palette = Array(VGAPalette.standard.prefix(16))
        graphics = nil
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
        a.mode == b.mode && a.columns == b.columns && a.rows == b.rows && a.cells == b.cells && a.graphics == b.graphics
            && a.cursor?.row == b.cursor?.row
            && a.cursor?.column == b.cursor?.column && a.hasLook(of: b)
    }

    /// Whether the same cells look the same: fonts, colours.
    public func hasLook(of other: TextScreen) -> Bool {
        characterHeight == other.characterHeight && blinks == other.blinks && palette == other.palette
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

    /// Whether a row shows a text; what nothing is to be seen of is a space.
    public func shows(_ text: String) -> Bool { lines.contains { $0.contains(text) } }

    /// The rows in colour for a terminal, each ended with a line feed.
    public var ansi: String {
        let last = (0..<rows).last { number in row(number).contains { !$0.isBlank || background($0.attribute) != 0 } }
        guard let last else { return "" }
        return (0...last).map { ansi(row($0)) + "\n" }.joined()
    }

    /// Cells in colour for a terminal; colours are back to normal behind them.
    public func ansi(_ cells: ArraySlice<Cell>) -> String {
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

    private func background(_ attribute: UInt8) -> UInt8 { blinks ? attribute >> 4 & 7 : attribute >> 4 }

    private func select(_ attribute: UInt8) -> String {
        "\u{1B}[0;\(select(attribute & 15, 30));\(select(background(attribute), 40))m"
    }

    /// A colour by a terminal's number for it if it is one of the usual 16, else by its parts.
    private func select(_ number: UInt8, _ base: Int) -> String {
        let color = palette.indices.contains(Int(number)) ? palette[Int(number)] : VGAPalette.standard[Int(number)]
        let isUsual = VGAPalette.standard[Int(number)] == color
        let usual = isUsual ? Int(number) : VGAPalette.standard.prefix(16).firstIndex(of: color)
        guard let usual else { return "\(base + 8);2;\(color.red);\(color.green);\(color.blue)" }
        // A terminal counts red, green, blue from bit 0 on, a PC from bit 2.
        let swapped = usual & 2 | usual << 2 & 4 | usual >> 2 & 1
        return String(swapped + base + (usual > 7 ? 60 : 0))
    }

    // MARK: As a picture

    /// The screen as a PNG; see `picture`.
    public func png(showsCursor: Bool = false) -> [UInt8] { PNGWriter.png(picture(showsCursor: showsCursor)) }

    /// The screen dot by dot, as a display draws it, fonts and all; without a display text is drawn in a font of this
    /// library's, eight dots a character, and pixels of mode 13h are as they are.
    ///
    /// The cursor is drawn if asked for.
    public func picture(showsCursor: Bool = false) -> ScreenPicture {
        if let graphics { return graphics }
        switch display {
        case .none: break
        // Text has nothing in the frame buffer.
        case .vga(let state): return state.picture(showsCursor: showsCursor) { _, _ in [] }
        case .crt(let kind, let state):
            return Raster6845(kind: kind, state: state, showsCursor: showsCursor).picture()
        }
        let (width, height) = (columns * 8, characterHeight)
        var picture = [UInt8](repeating: 0, count: width * rows * height)
        let font = height == 16 ? Font8x16.rows : Font8x8.rows
        for (number, cell) in cells.enumerated() {
            let (foreground, background) = (cell.attribute & 0x0F, background(cell.attribute))
            let corner = number / columns * height * width + number % columns * 8
            let hasCursor = showsCursor && cursor?.row == number / columns && cursor?.column == number % columns
            for line in 0..<height {
                let isUnderline = hasCursor && line >= height - 2
                let bits = isUnderline ? 0xFF : font[Int(cell.character) * height + line]
                for x in 0..<8 {
                    picture[corner + line * width + x] = bits & 0x80 >> UInt8(x) != 0 ? foreground : background
                }
            }
        }
        return ScreenPicture(width: width, height: rows * height, palette: palette, pixels: picture)
    }
}
