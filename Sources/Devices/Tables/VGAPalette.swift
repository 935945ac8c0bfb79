/// A colour with 8 bits a part.
public struct ScreenColor: Equatable, Sendable {
    /// Red.
    public var red: UInt8
    /// Green.
    public var green: UInt8
    /// Blue.
    public var blue: UInt8

    /// A colour by its parts.
    public init(red: UInt8, green: UInt8, blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }
}

/// The colours that a VGA's BIOS sets up for mode 13h, of which the first 16 are those of text.
package enum VGAPalette {
    /// All 256 colours, from the VGA's six bits a part.
    package static let standard: [ScreenColor] = text + greys + wheel + black

    /// Bit 0 is blue, 1 green, 2 red, 3 bright; brown is a darker yellow.
    private static let text: [ScreenColor] = (0..<16).map { number in
        func part(_ bit: Int) -> UInt8 { (number >> bit & 1 != 0 ? 42 : 0) + (number & 8 != 0 ? 21 : 0) }
        return number == 6 ? color(42, 21, 0) : color(part(2), part(1), part(0))
    }

    /// 16 steps from black to white.
    private static let greys: [ScreenColor] = [0, 5, 8, 11, 14, 17, 20, 24, 28, 32, 36, 40, 45, 50, 56, 63].map {
        color($0, $0, $0)
    }

    /// Three brightnesses, each with three saturations, each a circle of 24 hues that starts at blue.
    private static let wheel: [ScreenColor] = {
        let levels: [[UInt8]] = [
            [0, 16, 31, 47, 63], [31, 39, 47, 55, 63], [45, 49, 54, 58, 63], [0, 7, 14, 21, 28], [14, 17, 21, 24, 28],
            [20, 22, 24, 26, 28], [0, 4, 8, 12, 16], [8, 10, 12, 14, 16], [11, 12, 13, 15, 16],
        ]
        return levels.flatMap { steps in
            (0..<24).map { hue in
                // How far a part is on: up, on for a third of the circle, down, off.
                func part(_ shift: Int) -> UInt8 {
                    let place = (hue + shift) % 24
                    return place <= 4
                        ? steps[place] : place < 12 ? steps[4] : place <= 16 ? steps[16 - place] : steps[0]
                }
                return color(part(0), part(16), part(8))
            }
        }
    }()

    private static let black = [ScreenColor](repeating: color(0, 0, 0), count: 8)

    /// A colour from six bits a part.
    private static func color(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> ScreenColor {
        func wide(_ part: UInt8) -> UInt8 { part << 2 | part >> 4 }
        return ScreenColor(red: wide(red), green: wide(green), blue: wide(blue))
    }
}
