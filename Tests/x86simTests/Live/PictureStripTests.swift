import Testing
import X86Interp

@testable import Devices
@testable import x86sim

/// Pixels as a terminal can show them: half blocks, kitty's graphics, sixels.
@Suite("Pixels on a terminal") struct PictureStripTests {
    private static let red = ScreenColor(red: 255, green: 0, blue: 0)
    private static let blue = ScreenColor(red: 0, green: 0, blue: 255)

    /// Red and blue dots, by numbers 0 and 1.
    private static func picture(_ width: Int, _ height: Int, _ pixels: [UInt8]) -> PixelGrid {
        PixelGrid(ScreenPicture(width: width, height: height, palette: [red, blue], pixels: pixels))
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test func halfBlocksHaveTwoColours() {
        // Red over blue, blue over blue; the third line is alone.
        let picture = Self.picture(2, 3, [0, 1, 1, 1, 0, 0])
        let grid = CellGrid(picture, columns: 2, rows: 2)
        let block: Unicode.Scalar = "▀"
        #expect(
            grid.cells == [
                TerminalCell(scalar: block, foreground: .parts(Self.red), background: .parts(Self.blue)),
                TerminalCell(background: .parts(Self.blue)),
                TerminalCell(scalar: block, foreground: .parts(Self.red)),
                TerminalCell(scalar: block, foreground: .parts(Self.red)),
            ])
        #expect(
            Self.text(CellPainter.bytes(from: CellGrid(columns: 2, rows: 2), to: grid))
                == "\u{1B}[?25l\u{1B}[1;1H\u{1B}[0;38;2;255;0;0;48;2;0;0;255m▀\u{1B}[0;48;2;0;0;255m "
                + "\u{1B}[2;1H\u{1B}[0;38;2;255;0;0m▀▀\u{1B}[0m")
    }

    @Test func aPictureKeepsItsShape() {
        let picture = Self.picture(4, 2, [0, 0, 1, 1, 0, 0, 1, 1])
        #expect(picture.fitting(width: 100, height: 100) == (100, 50))
        #expect(picture.fitting(width: 100, height: 10) == (20, 10))
        #expect(picture.fitting(width: 0, height: 0) == (1, 1))
        // Halved, each dot is the mean of four; doubled, dots are there twice.
        let small = picture.scaled(width: 1, height: 1)
        #expect(small[0, 0] == ScreenColor(red: 127, green: 0, blue: 127))
        let large = picture.scaled(width: 8, height: 4)
        #expect(large[3, 3] == Self.red && large[4, 0] == Self.blue)
        #expect(large.withoutDoubles == picture)
        #expect(picture.withoutDoubles.width == 2)
        #expect(Self.picture(2, 2, [0, 0, 0, 1]).withoutDoubles.width == 2)
    }

    /// Pictures that say more than they have, or nothing.
    @Test func dotsThatAreMissingAreBlack() {
        let black = ScreenColor(red: 0, green: 0, blue: 0)
        #expect(Self.picture(2, 2, [0])[1, 1] == black)
        #expect(Self.picture(1, 1, [77])[0, 0] == black)
        #expect(Self.picture(0, 0, []).width == 1)
        let direct = ScreenPicture(width: 2, height: 1, palette: [], pixels: [1, 2, 3, 4])
        #expect(PixelGrid(direct)[0, 0] == ScreenColor(red: 1, green: 2, blue: 3))
        #expect(PixelGrid(direct)[1, 0] == ScreenColor(red: 4, green: 0, blue: 0))
        #expect(Self.picture(2, 2, [0, 0, 1, 1]).lines(5..<9).height == 1)
    }

    @Test(arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")])
    func bytesAreText(bytes: String, text: String) {
        #expect(Self.text(PictureStrip.base64(Array(bytes.utf8))) == text)
    }

    @Test func kittyIsSentRedGreenAndBlue() {
        let strip = Self.picture(1, 2, [0, 1])
        #expect(
            Self.text(PictureStrip.kitty(strip, row: 4, columns: 7))
                == "\u{1B}[5;1H\u{1B}_Ga=T,f=24,s=1,v=2,i=5,p=1,c=7,r=1,C=1,q=2,m=0;/wAAAAD/\u{1B}\\")
        // 2000 dots are 8000 characters: two commands, of which only the first one says what it is.
        let long = PictureStrip.kitty(Self.picture(2000, 1, []), row: 0, columns: 7)
        let parts = Self.text(long).split(separator: "\u{1B}_G")
        #expect(parts.count == 3)
        #expect(parts[1].contains(",m=1;") && parts[2].hasPrefix("m=0;") && parts[1].utf8.count < 4200)
    }

    @Test func sixelsAreSixLinesATime() {
        // Seven lines: six in the first band, one in the second. Column 0 is red, column 1 blue from line 1 on.
        let strip = Self.picture(2, 7, [0, 0] + (0..<6).flatMap { _ in [0, 1] as [UInt8] })
        #expect(
            Self.text(PictureStrip.sixel(strip, row: 0))
                == "\u{1B}[1;1H\u{1B}P0;1;0q\"1;1;2;7#0;2;100;0;0#1;2;0;0;100"
                // Red: all six lines, then the first; blue: nothing, then lines 1 to 5.
                + "#0~@$#1?}-#0@$#1?@\u{1B}\\")
        // Runs of more than three have a count, and what is empty at the end is left out.
        let wide = Self.picture(6, 1, [0, 0, 0, 0, 0, 1])
        #expect(Self.text(PictureStrip.sixel(wide, row: 1)).hasSuffix("#0!5@$#1!5?@\u{1B}\\"))
    }

    @Test func sixelsHaveAtMost256Colours() {
        let pixels = (0..<512).flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 / 2), UInt8($0 % 7)] }
        let strip = PixelGrid(ScreenPicture(width: 512, height: 1, palette: [], pixels: pixels))
        let text = Self.text(PictureStrip.sixel(strip, row: 0))
        #expect(text.contains("#0;2;0;0;0") && !text.contains("#256;"))
    }

    /// What a terminal that is drawn sixels shows, by a reader of its own: the same dots.
    @Test func sixelsAreTheDots() {
        var dice = SystemRandomNumberGenerator()
        for _ in 0..<20 {
            let (width, height) = (Int.random(in: 1...40, using: &dice), Int.random(in: 1...20, using: &dice))
            let pixels = (0..<width * height).map { _ in UInt8.random(in: 0...1, using: &dice) }
            let strip = Self.picture(width, height, pixels)
            #expect(Self.dots(PictureStrip.sixel(strip, row: 0), width, height, strip[0, 0] == Self.red) == pixels)
        }
    }

    /// Draws sixels: numbers of colours, in the order in which they are first seen.
    private static func dots(_ bytes: [UInt8], _ width: Int, _ height: Int, _ isRedFirst: Bool) -> [UInt8] {
        var dots = [UInt8](repeating: 9, count: width * height)
        // Behind the introducer and the size.
        var rest = text(bytes).dropFirst("\u{1B}[1;1H\u{1B}P0;1;0q\"".count).drop { $0 != "#" }
        var (x, top, color, count) = (0, 0, UInt8(0), 1)
        while let next = rest.popFirst(), next != "\u{1B}" {
            switch next {
            case "#":
                let number = rest.prefix { $0.isNumber }
                rest = rest.dropFirst(number.count)
                color = UInt8(number) ?? 9
                if rest.first == ";" { rest = rest.drop { $0 == ";" || $0.isNumber } }
            case "!":
                let number = rest.prefix { $0.isNumber }
                rest = rest.dropFirst(number.count)
                count = Int(number) ?? 0
            case "$": x = 0
            case "-": (x, top) = (0, top + 6)
            default:
                let mask = (next.asciiValue ?? 0x3F) - 0x3F
                for _ in 0..<count {
                    for line in 0..<6 where mask >> line & 1 != 0 && top + line < height {
                        dots[(top + line) * width + x] = isRedFirst ? color : 1 - color
                    }
                    x += 1
                }
                count = 1
            }
        }
        return dots
    }
}
