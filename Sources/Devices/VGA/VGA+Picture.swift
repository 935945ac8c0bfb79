/// What the registers say about the picture; any values make one.
extension VGA.State {
    // MARK: The beam

    /// Dots in a second.
    var dotFrequency: UInt64 { miscellaneous >> 2 & 3 == 1 ? 28_322_000 : 25_175_000 }

    /// Dots of a character clock as they pass: the sequencer can halve the dot clock.
    private var characterClock: UInt64 { (sequencer[1] & 1 != 0 ? 8 : 9) * (sequencer[1] & 8 != 0 ? 2 : 1) }

    /// A count of lines: ten bits, of which the upper two are in register 7.
    private func lines(_ register: Int, _ bit8: UInt8, _ bit9: UInt8) -> Int {
        Int(crtc[register]) + (crtc[7] & bit8 != 0 ? 0x100 : 0) + (crtc[7] & bit9 != 0 ? 0x200 : 0)
    }

    /// Lines that are drawn, each dot row once or more.
    var drawnLines: Int { lines(0x12, 0x02, 0x40) + 1 }

    /// The line behind which the picture goes on with what memory begins with.
    var lineCompare: Int {
        Int(crtc[0x18]) | (crtc[7] & 0x10 != 0 ? 0x100 : 0) | (crtc[9] & 0x40 != 0 ? 0x200 : 0)
    }

    /// Where in the planes the CRT controller's counter leads to: by bytes, words or doublewords.
    ///
    /// Lines of a row can take the place of bits 13 and 14, as a CGA and a Hercules card have their banks.
    func address(counter: Int, line: Int) -> Int {
        var address = counter
        if crtc[0x14] & 0x40 != 0 {
            address = counter << 2 & 0xFFFC | counter >> 14 & 3
        } else if crtc[0x17] & 0x40 == 0 {
            address = counter << 1 & 0xFFFE | counter >> (crtc[0x17] & 0x20 != 0 ? 15 : 13) & 1
        }
        if crtc[0x17] & 1 == 0 { address = address & ~0x2000 | (line & 1) << 13 }
        if crtc[0x17] & 2 == 0 { address = address & ~0x4000 | (line & 2) << 13 }
        return address
    }

    /// The character (bits 7-0) and its attribute (bits 15-8) that the CRT controller's counter leads to in text modes.
    func textCell(_ counter: Int) -> UInt32 { memory[address(counter: counter & 0xFFFF, line: 0)] }

    /// Where plane 2 has the font of a character: bit 3 of its attribute chooses one of two.
    func font(_ attribute: UInt8) -> Int {
        let maps = Int(sequencer[3])
        let map = attribute & 8 != 0 ? maps >> 2 & 3 | maps >> 3 & 4 : maps & 3 | maps >> 2 & 4
        return (map & 3) << 14 | (map >> 2) << 13
    }

    /// Where the beam is, a number of dots after the first one of the first line.
    func beam(dots: UInt64) -> (isBlank: Bool, isRetrace: Bool) {
        let width = (UInt64(crtc[0]) + 5) * characterClock
        let height = UInt64(lines(0x06, 0x01, 0x20)) + 2
        let line = Int(dots / width % height)
        let isOutside = dots % width >= (UInt64(crtc[1]) + 1) * characterClock || line >= drawnLines
        // It ends at the line whose lowest four bits are those of register 11.
        let start = lines(0x10, 0x04, 0x80)
        let length = (Int(crtc[0x11] & 15) - start) & 15
        let isRetrace = line >= start && line < start + (length == 0 ? 16 : length)
        return (isOutside || isRetrace, isRetrace)
    }

    // MARK: Text

    /// Pixels are drawn, not characters.
    var isGraphics: Bool { graphics[6] & 1 != 0 }

    /// A byte is a pixel, as in mode 13h.
    var hasBytePixels: Bool { isGraphics && graphics[5] & 0x40 != 0 }

    /// Lines of a row of text.
    var characterHeight: Int { Int(crtc[9] & 0x1F) + 1 }

    /// Characters a row.
    var columns: Int { min(Int(crtc[1]) + 1, 132) }

    /// Rows of text.
    var rows: Int { min(max(1, drawnLines / (characterHeight * (crtc[9] & 0x80 != 0 ? 2 : 1))), 100) }

    /// Where the processor sees the memory, and how much.
    var window: (base: UInt32, size: UInt32) {
        switch graphics[6] >> 2 & 3 {
        case 0: (0xA0000, 0x20000)
        case 1: (0xA0000, 0x10000)
        case 2: (0xB0000, 0x8000)
        default: (0xB8000, 0x8000)
        }
    }

    /// A value of 16 bits in two registers, the upper half first.
    private subscript(pair high: Int) -> Int {
        get { Int(crtc[high]) << 8 | Int(crtc[high + 1]) }
        set {
            crtc[high] = UInt8(truncatingIfNeeded: newValue >> 8)
            crtc[high + 1] = UInt8(truncatingIfNeeded: newValue)
        }
    }

    /// The first character or pixel group on the screen.
    var start: Int {
        get { self[pair: 0x0C] }
        set { self[pair: 0x0C] = newValue }
    }

    /// The character that the cursor is on.
    var cursor: Int {
        get { self[pair: 0x0E] }
        set { self[pair: 0x0E] = newValue }
    }

    /// Whether the cursor has any line.
    var isCursorOn: Bool { crtc[0x0A] & 0x20 == 0 && crtc[0x0A] & 0x1F <= crtc[0x0B] & 0x1F }

    /// Characters from one row to the next.
    var pitch: Int { Int(crtc[0x13]) * 2 }

    /// Bit 7 of an attribute blinks; else it makes the background bright.
    var blinks: Bool { attribute[0x10] & 8 != 0 }

    // MARK: Colours

    /// A colour of the DAC with eight bits a part, as a pixel of 256 colours chooses it.
    func color(pixel: UInt8) -> ScreenColor { color(number: pixel & mask) }

    /// All colours of the DAC with eight bits a part.
    var colors: [ScreenColor] { (0...255).map { color(number: $0) } }

    private func color(number: UInt8) -> ScreenColor {
        let color = self[color: number]
        let isWide = vbe.hasWideDAC
        func wide(_ part: UInt8) -> UInt8 { isWide ? part : part << 2 | part >> 4 & 3 }
        return ScreenColor(red: wide(color.red), green: wide(color.green), blue: wide(color.blue))
    }

    /// The DAC's number for one of the 16 colours of text, by way of the attribute controller's palette.
    func pixel(attribute number: UInt8) -> UInt8 {
        let entry = attribute[Int(number & attribute[0x12] & 0x0F)] & 0x3F
        let select = attribute[0x14]
        let low = attribute[0x10] & 0x80 != 0 ? entry & 0x0F | select << 4 & 0x30 : entry
        return (low | select << 4 & 0xC0) & mask
    }

    /// One of the 16 colours of text.
    func color(attribute number: UInt8) -> ScreenColor { color(number: pixel(attribute: number)) }
}
