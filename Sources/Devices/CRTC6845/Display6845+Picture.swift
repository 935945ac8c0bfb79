// What a CGA or an MDA shows; any values of the registers make a picture.

extension Display6845.State {
    /// Pixels are drawn, not characters.
    func isGraphics(_ kind: Display6845.Kind) -> Bool { kind == .cga && mode & 2 != 0 }

    /// A pixel is one bit.
    var hasSmallPixels: Bool { mode & 0x10 != 0 }

    /// Bit 7 of an attribute blinks; else it makes the background bright.
    var blinks: Bool { mode & 0x20 != 0 }

    /// A line has 80 characters where it would have 40.
    var isWide: Bool { mode & 1 != 0 }

    /// Characters a row that a monitor shows.
    var shownColumns: Int { min(max(1, crtc.columns), 132) }

    /// Rows of text that a monitor shows.
    var shownRows: Int { min(max(1, crtc.rows), 100) }

    /// Character and attribute at an address of the 6845.
    func cell(_ address: Int, _ kind: Display6845.Kind) -> (character: UInt8, attribute: UInt8) {
        let place = address * 2 & (kind.size - 1)
        return (memory[place], memory[place + 1])
    }

    /// The 16 colours of text; those of an MDA are black, grey and white.
    static func palette(_ kind: Display6845.Kind) -> [ScreenColor] {
        guard kind == .mda else { return Array(VGAPalette.standard.prefix(16)) }
        let usual = VGAPalette.standard
        return (0..<16).map { usual[$0 & 7 == 0 ? 0 : $0 < 8 ? 7 : 15] }
    }

    /// The colours of pixels of two bits, as numbers of the 16.
    var pixelColors: [UInt8] {
        let bright: UInt8 = colors & 0x10 != 0 ? 8 : 0
        // Without the colour burst they are cyan, red and white.
        let others: [UInt8] = mode & 4 != 0 ? [3, 4, 7] : colors & 0x20 != 0 ? [3, 5, 7] : [2, 4, 6]
        return [colors & 15] + others.map { $0 | bright }
    }
}

/// Draws what a CGA's or an MDA's memory holds, as the 6845 counts.
///
/// Dots are those of 640 or 720 a line; lines of a CGA are two high, as a monitor shows them. Characters that blink are
/// drawn as they are when they are to be seen. The border is not drawn.
struct Raster6845 {
    let kind: Display6845.Kind
    let state: Display6845.State
    let showsCursor: Bool

    /// The most lines that a monitor shows.
    private static let mostLines = 400

    /// The colour of a dot of an MDA, from an attribute: which of background and foreground.
    private struct Ink {
        var foreground: UInt8
        var background: UInt8
    }

    private var dots: Int { kind == .mda ? 9 : 8 }
    /// How wide a dot is.
    private var scale: Int { kind == .mda || state.isWide && !state.isGraphics(kind) ? 1 : 2 }
    private var columns: Int { state.shownColumns }
    private var lines: Int { min(max(1, state.crtc.rows * state.crtc.rowHeight), Self.mostLines) }

    /// Draws all lines.
    func picture() -> ScreenPicture {
        let width = columns * dots * scale
        let isVideoOn = state.mode & 8 != 0
        var pixels: [UInt8] = []
        pixels.reserveCapacity(width * lines * 2)
        for line in 0..<lines {
            var row = [UInt8](repeating: 0, count: width)
            if isVideoOn { draw(line, &row) }
            pixels += row
            if kind == .cga { pixels += row }
        }
        return ScreenPicture(
            width: width, height: kind == .cga ? lines * 2 : lines, palette: Display6845.State.palette(kind),
            pixels: pixels)
    }

    private func draw(_ line: Int, _ row: inout [UInt8]) {
        let height = state.crtc.rowHeight
        let first = state.crtc.start + line / height * state.crtc.columns
        for column in 0..<columns {
            let address = (first + column) & CRTC6845.addresses
            let place = column * dots * scale
            if state.isGraphics(kind) {
                drawPixels(address, line % height, &row, place)
            } else {
                drawCharacter(address, line % height, &row, place)
            }
        }
    }

    // MARK: Text

    private func drawCharacter(_ address: Int, _ line: Int, _ row: inout [UInt8], _ place: Int) {
        let (character, attribute) = state.cell(address, kind)
        var bits = Self.font(character, line, kind)
        var ninth = 0xC0...0xDF ~= character ? bits & 1 : 0
        let isUnderlined = kind == .mda && attribute & 7 == 1 && line == 12
        let hasCursor = showsCursor && address == state.crtc.cursor && state.crtc.cursorLines?.contains(line) == true
        if isUnderlined || hasCursor { (bits, ninth) = (0xFF, 1) }
        let ink = ink(attribute)
        for dot in 0..<dots {
            let isSet = dot == 8 ? ninth != 0 : bits & 0x80 >> UInt8(dot) != 0
            for part in 0..<scale { row[place + dot * scale + part] = isSet ? ink.foreground : ink.background }
        }
    }

    /// A line of a character: an MDA's are 14 high, the middle ones of 16.
    private static func font(_ character: UInt8, _ line: Int, _ kind: Display6845.Kind) -> UInt8 {
        if kind == .cga { return Font8x8.rows[Int(character) * 8 + line & 7] }
        return line < 14 ? Font8x16.rows[Int(character) * 16 + line + 1] : 0
    }

    private func ink(_ attribute: UInt8) -> Ink {
        let back = state.blinks ? attribute >> 4 & 7 : attribute >> 4
        guard kind == .mda else { return Ink(foreground: attribute & 15, background: back) }
        // Nothing, black on grey, or grey: there are no other attributes.
        if attribute & 0x77 == 0 { return Ink(foreground: 0, background: 0) }
        if attribute & 0x77 == 0x70 { return Ink(foreground: 0, background: back) }
        return Ink(foreground: attribute & 8 == 0 ? 7 : 15, background: 0)
    }

    // MARK: Pixels

    /// Two bytes of pixels; odd lines are 8 KiB behind the even ones.
    private func drawPixels(_ address: Int, _ line: Int, _ row: inout [UInt8], _ place: Int) {
        let start = address * 2 & 0x1FFE | (line & 1) << 13
        let colors = state.pixelColors
        for number in 0..<2 {
            let byte = state.memory[start + number]
            for dot in 0..<8 {
                let color: UInt8
                if state.hasSmallPixels {
                    color = byte & 0x80 >> UInt8(dot) != 0 ? state.colors & 15 : 0
                } else {
                    color = colors[Int(byte >> UInt8(6 - dot / 2 * 2) & 3)]
                }
                row[place + number * 8 + dot] = color
            }
        }
    }
}
