/// What a display shows, dot by dot.
public struct ScreenPicture: Equatable, Sendable {
    /// Dots of a line.
    public let width: Int
    /// Lines.
    public let height: Int
    /// The colours that pixels are numbers of; none if a pixel is red, green and blue itself.
    public let palette: [ScreenColor]
    /// Line by line, a byte a pixel, or three.
    public let pixels: [UInt8]

    /// The colour of a pixel; black for one outside, or of a number without a colour.
    public subscript(x: Int, y: Int) -> ScreenColor {
        let black = ScreenColor(red: 0, green: 0, blue: 0)
        guard 0..<width ~= x, 0..<height ~= y else { return black }
        let place = y * width + x
        if palette.isEmpty {
            guard place * 3 + 2 < pixels.count else { return black }
            return ScreenColor(red: pixels[place * 3], green: pixels[place * 3 + 1], blue: pixels[place * 3 + 2])
        }
        guard place < pixels.count, Int(pixels[place]) < palette.count else { return black }
        return palette[Int(pixels[place])]
    }
}

/// Draws what the planes hold, line by line, as the CRT controller counts and as sequencer and attribute controller turn
/// bytes into dots.
///
/// Sources: IBM VGA technical reference; for where chips of the kind go by it no longer, FreeVGA's description.
///
/// A dot is what the sequencer's clock says: where it is halved, pixels are two dots wide, as those of 256 colours are.
/// Characters that blink are drawn as they are when they are to be seen.
///
/// Not drawn: the border. Not modelled: nine dots in graphics modes, a halved clock with 256 colours.
struct VGARaster {
    private let state: VGA.State
    /// Character clocks of a line.
    private let columns: Int
    /// Dots of a character clock before the clock is halved.
    private let dots: Int
    /// How wide each of them is.
    private let scale: Int
    /// Lines.
    private let height: Int
    /// The DAC's colour for each of 16.
    private let colors: [UInt8]
    private let showsCursor: Bool

    /// What to draw, with or without a cursor.
    init(_ state: VGA.State, showsCursor: Bool) {
        self.state = state
        self.showsCursor = showsCursor
        let isText = !state.isGraphics
        columns = Int(state.crtc[1]) + 1
        dots = isText && state.sequencer[1] & 1 == 0 ? 9 : 8
        scale = state.sequencer[1] & 8 != 0 && (isText || state.graphics[5] & 0x40 == 0) ? 2 : 1
        height = state.drawnLines
        colors = (0..<16).map { state.pixel(attribute: $0) }
    }

    /// Where the CRT controller is.
    private struct Beam {
        /// The counter at the line's first character.
        var row: Int
        /// The line within a row of characters.
        var line: Int
        /// The first of two equal lines is behind.
        var isSecond = false
        /// Dots that are lost at the left.
        var panning: Int
    }

    /// Draws all lines.
    func picture() -> ScreenPicture {
        let width = columns * dots * scale
        var pixels = [UInt8](repeating: 0, count: width * height)
        var buffer = [UInt8](repeating: 0, count: (columns + 1) * dots * scale)
        var beam = Beam(
            row: state.start + Int(state.crtc[8] >> 5 & 3), line: Int(state.crtc[8] & 0x1F), panning: panning)
        for y in 0..<height {
            buffer.withUnsafeMutableBufferPointer { draw(beam, $0) }
            let first = min(beam.panning * scale, buffer.count - width)
            buffer.withUnsafeBufferPointer { source in
                pixels.withUnsafeMutableBufferPointer { target in
                    for x in 0..<width { target[y * width + x] = source[first + x] }
                }
            }
            moveOn(&beam, from: y)
        }
        return ScreenPicture(width: width, height: height, palette: state.colors, pixels: pixels)
    }

    private var panning: Int {
        let value = Int(state.attribute[0x13] & 0x0F)
        if dots == 9 { return value >= 8 ? 0 : value + 1 }
        return value & 7
    }

    /// The next line; from behind that of line compare on it is what memory begins with.
    private func moveOn(_ beam: inout Beam, from y: Int) {
        if y == state.lineCompare {
            beam = Beam(row: 0, line: 0, panning: state.attribute[0x10] & 0x20 != 0 ? 0 : beam.panning)
            return
        }
        if state.crtc[9] & 0x80 != 0, !beam.isSecond {
            beam.isSecond = true
            return
        }
        beam.isSecond = false
        if beam.line == Int(state.crtc[9] & 0x1F) {
            beam.line = 0
            beam.row += state.pitch
        } else {
            beam.line = (beam.line + 1) & 0x1F
        }
    }

    // MARK: A line

    private func draw(_ beam: Beam, _ buffer: UnsafeMutableBufferPointer<UInt8>) {
        // The counter goes on with each character clock, or with each second or fourth one.
        let step = state.crtc[0x14] & 0x20 != 0 ? 2 : state.crtc[0x17] & 8 != 0 ? 1 : 0
        for column in 0...columns {
            let counter = (beam.row + column >> step) & 0xFFFF
            let word = state.memory[state.address(counter: counter, line: beam.line)]
            let place = column * dots * scale
            if state.isGraphics {
                drawPixels(word, buffer, place)
            } else {
                drawCharacter(word, counter, beam.line, buffer, place)
            }
        }
    }

    private func put(_ color: UInt8, _ number: Int, _ buffer: UnsafeMutableBufferPointer<UInt8>, _ place: Int) {
        buffer[place + number * scale] = color
        if scale == 2 { buffer[place + number * 2 + 1] = color }
    }

    private func drawCharacter(
        _ word: UInt32, _ counter: Int, _ line: Int, _ buffer: UnsafeMutableBufferPointer<UInt8>, _ place: Int
    ) {
        let (character, attribute) = (Int(word & 0xFF), UInt8(truncatingIfNeeded: word >> 8))
        var bits = state.memory[state.font(attribute) + character * 32 + line, plane: 2]
        // Lines of boxes go on in the ninth dot.
        var ninth = state.attribute[0x10] & 4 != 0 && 0xC0...0xDF ~= character ? bits & 1 : 0
        let isUnderlined = attribute & 0x77 == 1 && line == Int(state.crtc[0x14] & 0x1F)
        let (first, last) = (Int(state.crtc[0x0A] & 0x1F), Int(state.crtc[0x0B] & 0x1F))
        let hasCursor = showsCursor && state.isCursorOn && counter == state.cursor && first <= line && line <= last
        if isUnderlined || hasCursor { (bits, ninth) = (0xFF, 1) }
        let foreground = colors[Int(attribute & 15)]
        let background = colors[Int(state.blinks ? attribute >> 4 & 7 : attribute >> 4)]
        for dot in 0..<8 { put(bits & 0x80 >> UInt8(dot) != 0 ? foreground : background, dot, buffer, place) }
        if dots == 9 { put(ninth != 0 ? foreground : background, 8, buffer, place) }
    }

    private func drawPixels(_ word: UInt32, _ buffer: UnsafeMutableBufferPointer<UInt8>, _ place: Int) {
        if state.graphics[5] & 0x40 != 0 {
            for number in 0..<4 {
                let color = UInt8(truncatingIfNeeded: word >> (8 * UInt32(number))) & state.mask
                buffer[place + number * 2] = color
                buffer[place + number * 2 + 1] = color
            }
        } else if state.graphics[5] & 0x20 != 0 {
            // Pairs of bits, first those of planes 0 and 2, then those of 1 and 3.
            for number in 0..<8 {
                let pair = word >> (number < 4 ? 0 : 8)
                let shift = UInt32(6 - number % 4 * 2)
                let color = pair >> shift & 3 | (pair >> (16 + shift) & 3) << 2
                put(colors[Int(color)], number, buffer, place)
            }
        } else {
            for number in 0..<8 {
                let bits = word >> UInt32(7 - number)
                let color = bits & 1 | bits >> 7 & 2 | bits >> 14 & 4 | bits >> 21 & 8
                put(colors[Int(color)], number, buffer, place)
            }
        }
    }
}

extension VGA.State {
    /// Nothing is drawn: the palette is the processor's, or the sequencer or the CRT controller is switched off.
    private var isBlank: Bool {
        if attributeIndex & 0x20 == 0 { return true }
        return !vbe.isOn && (sequencer[1] & 0x20 != 0 || sequencer[0] & 3 != 3 || crtc[0x17] & 0x80 == 0)
    }

    /// The screen as it is now, with what `frameBuffer` has from an offset on: so many bytes.
    func picture(showsCursor: Bool = false, frameBuffer: (_ start: Int, _ count: Int) -> [UInt8]) -> ScreenPicture {
        guard !isBlank else { return blankPicture }
        if vbe.isOn { return vbe.layout.bits == 4 ? planarPicture : linearPicture(frameBuffer) }
        return VGARaster(self, showsCursor: showsCursor).picture()
    }

    private var blankPicture: ScreenPicture {
        let layout = vbe.layout
        let size = vbe.isOn ? (layout.width, layout.height) : ((Int(crtc[1]) + 1) * 8, drawnLines)
        return ScreenPicture(
            width: size.0, height: size.1, palette: [ScreenColor(red: 0, green: 0, blue: 0)],
            pixels: [UInt8](repeating: 0, count: size.0 * size.1))
    }

    /// Four bits a pixel, of the planes.
    private var planarPicture: ScreenPicture {
        let layout = vbe.layout
        let numbers = (0..<16).map { pixel(attribute: $0) }
        var pixels: [UInt8] = []
        pixels.reserveCapacity(layout.width * layout.height)
        for y in 0..<layout.height {
            for x in 0..<layout.width {
                let bits = memory[layout.start / 4 + y * layout.pitch / 4 + x / 8] >> UInt32(7 - x & 7)
                pixels.append(numbers[Int(bits & 1 | bits >> 7 & 2 | bits >> 14 & 4 | bits >> 21 & 8)])
            }
        }
        return ScreenPicture(width: layout.width, height: layout.height, palette: colors, pixels: pixels)
    }

    /// Eight bits and more a pixel, of the frame buffer.
    private func linearPicture(_ frameBuffer: (_ start: Int, _ count: Int) -> [UInt8]) -> ScreenPicture {
        let layout = vbe.layout
        let size = (layout.bits + 7) / 8
        var pixels: [UInt8] = []
        pixels.reserveCapacity(layout.width * layout.height * (size > 1 ? 3 : 1))
        for y in 0..<layout.height {
            let row = frameBuffer(layout.start + y * layout.pitch, layout.width * size)
            if layout.bits == 8 {
                pixels += row.map { $0 & mask }
                continue
            }
            for place in stride(from: 0, to: row.count - size + 1, by: size) {
                let value = (0..<size).reduce(UInt32(0)) { $0 | UInt32(row[place + $1]) << (8 * UInt32($1)) }
                Self.append(value, bits: layout.bits, to: &pixels)
            }
        }
        return ScreenPicture(
            width: layout.width, height: layout.height, palette: size > 1 ? [] : colors, pixels: pixels)
    }

    /// Red, green and blue of a pixel: from the top down five of each, six of green with 16 bits, or eight.
    private static func append(_ value: UInt32, bits: Int, to pixels: inout [UInt8]) {
        func part(_ shift: UInt32, _ width: UInt32) -> UInt8 {
            let bits = value >> shift & (1 << width - 1)
            return UInt8(truncatingIfNeeded: bits << (8 - width) | bits >> (2 * width - 8))
        }
        switch bits {
        case 15: pixels += [part(10, 5), part(5, 5), part(0, 5)]
        case 16: pixels += [part(11, 5), part(5, 6), part(0, 5)]
        default: pixels += [part(16, 8), part(8, 8), part(0, 8)]
        }
    }
}
