/// One video mode: one row, the values that a BIOS gives the registers.
///
/// Source: IBM Personal System/2 Hardware Interface Technical Reference, Video Subsystem, BIOS video modes.
struct VGAMode: Sendable {
    /// The numbers that INT 10h has for it.
    let numbers: [UInt8]
    /// Miscellaneous output.
    let miscellaneous: UInt8
    /// Sequencer.
    let sequencer: [UInt8]
    /// CRT controller.
    let crtc: [UInt8]
    /// Graphics controller.
    let graphics: [UInt8]
    /// Attribute controller from 10 on.
    let attribute: [UInt8]
    /// What the palette is: of text, of a monochrome display, of numbers alone.
    let palette: Palette

    /// Sixteen palette registers and what the DAC has behind them.
    enum Palette {
        /// Colours by two bits a part.
        case color
        /// Black, grey, white.
        case monochrome
        /// Each register is its number, the DAC has 256 colours.
        case numbers
    }

    /// The rows.
    ///
    /// Planar modes other than those named are of about the right size; their pixels are not shown.
    static let all: [VGAMode] = [
        VGAMode(
            numbers: [0x00, 0x01], miscellaneous: 0x67, sequencer: [0x03, 0x08, 0x03, 0x00, 0x02],
            crtc: [
                0x2D, 0x27, 0x28, 0x90, 0x2B, 0xA0, 0xBF, 0x1F, 0x00, 0x4F, 0x0D, 0x0E, 0, 0, 0, 0, 0x9C, 0x8E, 0x8F,
                0x14, 0x1F, 0x96, 0xB9, 0xA3, 0xFF,
            ],
            graphics: [0, 0, 0, 0, 0, 0x10, 0x0E, 0, 0xFF], attribute: [0x0C, 0, 0x0F, 0x08, 0], palette: .color),
        VGAMode(
            numbers: [0x02, 0x03], miscellaneous: 0x67, sequencer: [0x03, 0x00, 0x03, 0x00, 0x02],
            crtc: [
                0x5F, 0x4F, 0x50, 0x82, 0x55, 0x81, 0xBF, 0x1F, 0x00, 0x4F, 0x0D, 0x0E, 0, 0, 0, 0, 0x9C, 0x8E, 0x8F,
                0x28, 0x1F, 0x96, 0xB9, 0xA3, 0xFF,
            ],
            graphics: [0, 0, 0, 0, 0, 0x10, 0x0E, 0, 0xFF], attribute: [0x0C, 0, 0x0F, 0x08, 0], palette: .color),
        VGAMode(
            numbers: [0x07], miscellaneous: 0x66, sequencer: [0x03, 0x00, 0x03, 0x00, 0x02],
            crtc: [
                0x5F, 0x4F, 0x50, 0x82, 0x55, 0x81, 0xBF, 0x1F, 0x00, 0x4F, 0x0D, 0x0E, 0, 0, 0, 0, 0x9C, 0x8E, 0x8F,
                0x28, 0x0F, 0x96, 0xB9, 0xA3, 0xFF,
            ],
            graphics: [0, 0, 0, 0, 0, 0x10, 0x0A, 0, 0xFF], attribute: [0x0E, 0, 0x0F, 0x08, 0], palette: .monochrome),
        VGAMode(
            numbers: [0x13], miscellaneous: 0x63, sequencer: [0x03, 0x01, 0x0F, 0x00, 0x0E],
            crtc: [
                0x5F, 0x4F, 0x50, 0x82, 0x54, 0x80, 0xBF, 0x1F, 0x00, 0x41, 0x00, 0x00, 0, 0, 0, 0, 0x9C, 0x8E, 0x8F,
                0x28, 0x40, 0x96, 0xB9, 0xA3, 0xFF,
            ],
            graphics: [0, 0, 0, 0, 0, 0x40, 0x05, 0x0F, 0xFF], attribute: [0x41, 0, 0x0F, 0, 0], palette: .numbers),
        VGAMode(
            numbers: [0x0D, 0x04, 0x05], miscellaneous: 0x63, sequencer: [0x03, 0x09, 0x0F, 0x00, 0x06],
            crtc: [
                0x2D, 0x27, 0x28, 0x90, 0x2B, 0x80, 0xBF, 0x1F, 0x00, 0xC0, 0x00, 0x00, 0, 0, 0, 0, 0x9C, 0x8E, 0x8F,
                0x14, 0x00, 0x96, 0xB9, 0xE3, 0xFF,
            ],
            graphics: [0, 0, 0, 0, 0, 0x00, 0x05, 0x0F, 0xFF], attribute: [0x01, 0, 0x0F, 0, 0], palette: .color),
        VGAMode(
            numbers: [0x0E, 0x06, 0x0F, 0x10], miscellaneous: 0x63, sequencer: [0x03, 0x01, 0x0F, 0x00, 0x06],
            crtc: [
                0x5F, 0x4F, 0x50, 0x82, 0x54, 0x80, 0xBF, 0x1F, 0x00, 0xC0, 0x00, 0x00, 0, 0, 0, 0, 0x9C, 0x8E, 0x8F,
                0x28, 0x00, 0x96, 0xB9, 0xE3, 0xFF,
            ],
            graphics: [0, 0, 0, 0, 0, 0x00, 0x05, 0x0F, 0xFF], attribute: [0x01, 0, 0x0F, 0, 0], palette: .color),
        VGAMode(
            numbers: [0x12, 0x11], miscellaneous: 0xE3, sequencer: [0x03, 0x01, 0x0F, 0x00, 0x06],
            crtc: [
                0x5F, 0x4F, 0x50, 0x82, 0x54, 0x80, 0x0B, 0x3E, 0x00, 0x40, 0x00, 0x00, 0, 0, 0, 0, 0xEA, 0x8C, 0xDF,
                0x28, 0x00, 0xE7, 0x04, 0xE3, 0xFF,
            ],
            graphics: [0, 0, 0, 0, 0, 0x00, 0x05, 0x0F, 0xFF], attribute: [0x01, 0, 0x0F, 0, 0], palette: .color),
    ]
}

extension VGA.State {
    /// The registers as a BIOS sets them for a mode; a number without a mode is 3.
    init(mode: UInt8) {
        setMode(mode, keepsPalette: false)
    }

    /// Sets a mode; palette and colours stay if asked for.
    mutating func setMode(_ number: UInt8, keepsPalette: Bool) {
        guard let mode = VGAMode.all.first(where: { $0.numbers.contains(number) }) ?? VGAMode.all.dropFirst().first
        else { return }
        miscellaneous = mode.miscellaneous
        sequencer = RegisterFile(mode.sequencer)
        crtc = RegisterFile(mode.crtc)
        graphics = RegisterFile(mode.graphics)
        for (index, value) in mode.attribute.enumerated() { attribute[0x10 + index] = value }
        attributeIndex = 0x20
        attributeTakesData = false
        if !keepsPalette { setPalette(mode.palette) }
    }

    private mutating func setPalette(_ palette: VGAMode.Palette) {
        mask = 0xFF
        dac = RegisterFile(count: 768)
        // All 256 have been written.
        chooseColor(0, reads: false)
        for number in UInt8(0)..<16 {
            let isBright = number > 7
            switch palette {
            // Brown is a darker yellow; bits 5-3 make the bright ones.
            case .color: attribute[Int(number)] = number == 6 ? 0x14 : isBright ? number + 0x30 : number
            case .monochrome: attribute[Int(number)] = (number & 7 == 0 ? 0 : 8) + (isBright ? 0x10 : 0)
            case .numbers: attribute[Int(number)] = number
            }
        }
        switch palette {
        case .numbers:
            for number in 0..<256 {
                let color = VGAPalette.standard[number]
                self[color: UInt8(number)] = (color.red >> 2, color.green >> 2, color.blue >> 2)
            }
        case .color:
            for number in UInt8(0)..<64 {
                func part(_ bit: UInt8) -> UInt8 { (number >> bit & 1) * 42 + (number >> (bit + 3) & 1) * 21 }
                self[color: number] = (part(2), part(1), part(0))
            }
        case .monochrome:
            for number in UInt8(0)..<64 {
                let level: UInt8 = number & 8 == 0 ? 0 : number & 16 == 0 ? 42 : 63
                self[color: number] = (level, level, level)
            }
        }
    }
}
