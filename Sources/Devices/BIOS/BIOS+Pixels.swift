import X86Interp

/// Where a graphics mode has its pixels.
struct PixelLayout {
    /// Where the display's memory begins.
    let base: UInt32
    /// How much there is of it.
    let size: Int
    /// Bits of a pixel.
    let bits: Int
    /// Bytes from one line to the next; with two banks, to the next but one.
    let pitch: Int
    /// Odd lines are 8 KiB behind the even ones.
    let hasBanks: Bool
    /// A pixel has a bit in each plane: addresses are those of planes.
    let isPlanar: Bool

    /// The layout of a mode, of planes from an address on; nil for text.
    init?(mode: UInt8, page: UInt32) {
        isPlanar = 0x0D...0x12 ~= mode
        switch mode {
        case 0x04, 0x05, 0x06:
            (base, size, bits, pitch, hasBanks) = (0xB8000, 0x8000, mode == 6 ? 1 : 2, 80, true)
        case 0x0D...0x12:
            (base, size, bits, pitch, hasBanks) = (page, 0x10000, 4, mode == 0x0D ? 40 : 80, false)
        case 0x13: (base, size, bits, pitch, hasBanks) = (0xA0000, 0x10000, 8, 320, false)
        default: return nil
        }
    }

    /// The address of `count` bytes with the pixels from a column on, which eight divide; nil behind the memory's end.
    func address(x: Int, y: Int, count: Int) -> UInt32? {
        let line = hasBanks ? (y & 1) << 13 + (y >> 1) * pitch : y * pitch
        let offset = line + (isPlanar ? x / 8 : x * bits / 8)
        return offset + count <= size ? base + UInt32(offset) : nil
    }

    /// The value of all bits of a pixel.
    var mask: UInt8 { UInt8(truncatingIfNeeded: 1 << bits - 1) }
}

/// Text and pixels of graphics modes.
///
/// A character is drawn with the font that interrupt vectors 43 and 1F point to, which may be the guest's own. Bit 7 of
/// a colour asks for an exclusive or with what is there where a pixel has fewer than eight bits.
extension BIOSCall {
    /// The layout of a page of the mode that is set, if it is of pixels.
    func pixels(page: UInt8) -> PixelLayout? {
        PixelLayout(mode: videoMode, page: UInt32(page & 7) * UInt32(word(BDA.pageSize)) & 0xFFFF)
    }

    /// Lines of a character.
    var characterHeight: Int { min(max(1, Int(byte(BDA.characterHeight))), 32) }

    /// A character's lines from the top down.
    func glyph(_ character: UInt8) -> [UInt8] {
        let height = characterHeight
        let isUpper = height == 8 && character >= 0x80
        let vector: UInt32 = isUpper ? 0x1F : 0x43
        let offset = word(vector * 4) &+ UInt16(Int(isUpper ? character & 0x7F : character) * height)
        return (0..<height).map { byte(physical(word(vector * 4 + 2), offset &+ UInt16($0))) }
    }

    /// Eight pixels; outside of the memory they are as a floating bus.
    func pixels(_ layout: PixelLayout, x: Int, y: Int) -> [UInt8] {
        if layout.isPlanar {
            let word = layout.address(x: x & ~7, y: y, count: 1).flatMap { vga?.state.memory[Int($0)] } ?? .max
            return (0..<8).map { number in
                let bits = word >> UInt32(7 - number)
                return UInt8(truncatingIfNeeded: bits & 1 | bits >> 7 & 2 | bits >> 14 & 4 | bits >> 21 & 8)
            }
        }
        let bytes = layout.address(x: x & ~7, y: y, count: layout.bits)
            .map { self.bytes($0, count: layout.bits) }
        return (0..<8).map { number in
            let place = number * layout.bits
            guard let bytes else { return layout.mask }
            return bytes[place / 8] >> UInt8(8 - layout.bits - place % 8) & layout.mask
        }
    }

    /// Writes eight pixels.
    func setPixels(_ layout: PixelLayout, x: Int, y: Int, _ pixels: [UInt8]) {
        if layout.isPlanar {
            guard let address = layout.address(x: x & ~7, y: y, count: 1) else { return }
            vga?.state.memory[Int(address)] = pixels.prefix(8).enumerated().reduce(0) { word, pixel in
                let color = UInt32(pixel.element)
                let bits = color & 1 | (color & 2) << 7 | (color & 4) << 14 | (color & 8) << 21
                return word | bits << UInt32(7 - pixel.offset)
            }
            return
        }
        guard let address = layout.address(x: x & ~7, y: y, count: layout.bits) else { return }
        var bytes = [UInt8](repeating: 0, count: layout.bits)
        for (number, pixel) in pixels.prefix(8).enumerated() {
            let place = number * layout.bits
            bytes[place / 8] |= (pixel & layout.mask) << UInt8(8 - layout.bits - place % 8)
        }
        setBytes(address, bytes)
    }
}

extension BIOS {
    /// Whether a colour is mixed with what is there.
    private func mixes(_ color: UInt8, _ layout: PixelLayout) -> Bool { color & 0x80 != 0 && layout.bits < 8 }

    /// Draws a character on black; nothing behind a row's end.
    func draw(_ character: UInt8, color: UInt8, at place: TextPlace, _ layout: PixelLayout, _ call: BIOSCall) {
        guard Int(place.column) < call.columns else { return }
        let (left, top) = (Int(place.column) * 8, Int(place.row) * call.characterHeight)
        for (line, bits) in call.glyph(character).enumerated() {
            var pixels = (0..<8).map { bits << UInt8($0) & 0x80 != 0 ? color : 0 }
            if mixes(color, layout) {
                pixels = zip(pixels, call.pixels(layout, x: left, y: top + line)).map { $0 ^ $1 }
            }
            call.setPixels(layout, x: left, y: top + line, pixels)
        }
    }

    /// The character that has been drawn in a cell and its colour as function 08 has them; 0 if it is none of the font.
    func recognize(at place: TextPlace, _ layout: PixelLayout, _ call: BIOSCall) -> UInt16 {
        guard Int(place.column) < call.columns else { return 0 }
        var color: UInt8 = 0
        let top = Int(place.row) * call.characterHeight
        let lines = (top..<top + call.characterHeight).map { y in
            call.pixels(layout, x: Int(place.column) * 8, y: y).reduce(UInt8(0)) { bits, pixel in
                if pixel != 0 { color = pixel }
                return bits << 1 | (pixel != 0 ? 1 : 0)
            }
        }
        guard let character = (UInt8.min ... .max).first(where: { call.glyph($0) == lines }) else { return 0 }
        return UInt16(color) << 8 | UInt16(character)
    }

    /// Moves a window of cells up by `lines` (down if negative) and fills what is new.
    func scrollPixels(_ window: Window, lines: Int, color: UInt8, _ layout: PixelLayout, _ call: BIOSCall) {
        let height = call.characterHeight
        let count = (window.right - window.left + 1) * (layout.isPlanar ? 1 : layout.bits)
        let rows = window.top * height..<(window.bottom + 1) * height
        for row in lines > 0 ? Array(rows) : rows.reversed() {
            guard let place = layout.address(x: window.left * 8, y: row, count: count) else { continue }
            let source = row + lines * height
            if rows.contains(source) {
                guard let from = layout.address(x: window.left * 8, y: source, count: count) else { continue }
                if layout.isPlanar {
                    vga?.state.memory.copy(from: Int(from), to: Int(place), count: count)
                } else {
                    call.setBytes(place, call.bytes(from, count: count))
                }
            } else {
                fill(place, count, color & layout.mask, layout, call)
            }
        }
    }

    private func fill(_ place: UInt32, _ count: Int, _ color: UInt8, _ layout: PixelLayout, _ call: BIOSCall) {
        if layout.isPlanar {
            let word = (0..<4 as Range<UInt32>).reduce(UInt32(0)) {
                $0 | UInt32(color >> UInt8($1) & 1) * 0xFF << (8 * $1)
            }
            vga?.state.memory.fill(word, from: Int(place), count: count)
        } else {
            let step = UInt8(truncatingIfNeeded: 0xFF / Int(layout.mask))
            call.setBytes(place, [UInt8](repeating: color &* step, count: count))
        }
    }

    // MARK: Pixels

    /// Function 0C.
    func writePixel(_ call: BIOSCall) {
        guard let layout = call.pixels(page: call.bh) else { return }
        let (x, y) = (Int(call.cx), Int(call.dx))
        var pixels = call.pixels(layout, x: x, y: y)
        pixels[x & 7] = mixes(call.al, layout) ? pixels[x & 7] ^ call.al : call.al
        call.setPixels(layout, x: x, y: y, pixels)
    }

    /// Function 0D.
    func readPixel(_ call: BIOSCall) {
        guard let layout = call.pixels(page: call.bh) else {
            call.al = 0
            return
        }
        call.al = call.pixels(layout, x: Int(call.cx), y: Int(call.dx))[Int(call.cx & 7)]
    }
}
