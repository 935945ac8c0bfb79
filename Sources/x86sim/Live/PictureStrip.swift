/// A part of a picture, as high as a row of cells, as a terminal with pictures takes it.
enum PictureStrip {
    // MARK: kitty

    /// The most that a command of kitty's may carry.
    private static let chunk = 4096

    /// Shows a strip in a row of so many cells by kitty's graphics protocol; the row has a picture of its own there.
    static func kitty(_ strip: PixelGrid, row: Int, columns: Int) -> [UInt8] {
        // q=2: no answers. C=1: the cursor stays.
        var keys = "a=T,f=24,s=\(strip.width),v=\(strip.height),i=\(row + 1),p=1,c=\(columns),r=1,C=1,q=2,"
        var bytes = Array("\u{1B}[\(row + 1);1H".utf8)
        let text = base64(strip.bytes)
        var start = 0
        repeat {
            let end = min(start + chunk, text.count)
            bytes += Array("\u{1B}_G\(keys)m=\(end < text.count ? 1 : 0);".utf8)
            bytes += text[start..<end]
            bytes += [0x1B, 0x5C]
            keys = ""
            start = end
        } while start < text.count
        return bytes
    }

    /// Takes all pictures of kitty's away.
    static let kittyWithout = Array("\u{1B}_Ga=d,d=A,q=2\u{1B}\\".utf8)

    /// Bytes as text (RFC 4648, base 64).
    static func base64(_ bytes: [UInt8]) -> [UInt8] {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let count = min(3, bytes.count - start)
            var group: UInt32 = 0
            for place in 0..<3 { group = group << 8 | (place < count ? UInt32(bytes[start + place]) : 0) }
            for place in 0..<4 {
                text.append(place <= count ? digits[Int(group >> UInt32(18 - place * 6) & 63)] : 0x3D)
            }
        }
        return text
    }

    // MARK: Sixels

    /// Shows a strip at a row by sixels (DEC VT340 programmer reference): six lines at a time, colour by colour.
    static func sixel(_ strip: PixelGrid, row: Int) -> [UInt8] {
        let (numbers, colors) = indexed(strip)
        // P2=1: dots that are not set stay.
        var bytes = Array("\u{1B}[\(row + 1);1H\u{1B}P0;1;0q\"1;1;\(strip.width);\(strip.height)".utf8)
        for (number, color) in colors.enumerated() {
            func percent(_ shift: UInt32) -> UInt32 { ((color >> shift & 0xFF) * 100 + 127) / 255 }
            bytes += Array("#\(number);2;\(percent(16));\(percent(8));\(percent(0))".utf8)
        }
        for top in stride(from: 0, to: strip.height, by: 6) {
            if top > 0 { bytes.append(UInt8(ascii: "-")) }
            band(numbers, strip.width, top..<min(top + 6, strip.height), colors.count, &bytes)
        }
        return bytes + [0x1B, 0x5C]
    }

    /// Up to six lines: for each colour that is in them, the bits of each column.
    private static func band(
        _ numbers: [UInt8], _ width: Int, _ lines: Range<Int>, _ count: Int, _ bytes: inout [UInt8]
    ) {
        var masks = [UInt8](repeating: 0, count: count * width)
        var isUsed = [Bool](repeating: false, count: count)
        for (bit, line) in lines.enumerated() {
            for x in 0..<width {
                let number = Int(numbers[line * width + x])
                masks[number * width + x] |= 1 << UInt8(bit)
                isUsed[number] = true
            }
        }
        var isFirst = true
        for number in 0..<count where isUsed[number] {
            if !isFirst { bytes.append(UInt8(ascii: "$")) }
            isFirst = false
            bytes += Array("#\(number)".utf8)
            var x = 0
            while x < width {
                let mask = masks[number * width + x]
                var end = x + 1
                while end < width, masks[number * width + end] == mask { end += 1 }
                // What is empty up to the end needs not be said.
                if end < width || mask != 0 {
                    if end - x > 3 {
                        bytes += Array("!\(end - x)".utf8) + [mask + 0x3F]
                    } else {
                        for _ in x..<end { bytes.append(mask + 0x3F) }
                    }
                }
                x = end
            }
        }
    }

    /// The number of each dot's colour, and the colours: at most 256, with fewer bits a part if there would be more.
    private static func indexed(_ strip: PixelGrid) -> (numbers: [UInt8], colors: [UInt32]) {
        for kept in [0xFF_FFFF, 0xE0_E0C0] as [UInt32] {
            var numbers: [UInt8] = []
            numbers.reserveCapacity(strip.width * strip.height)
            var colors: [UInt32] = []
            var known: [UInt32: UInt8] = [:]
            for place in stride(from: 0, to: strip.bytes.count, by: 3) {
                let (red, green) = (UInt32(strip.bytes[place]) << 16, UInt32(strip.bytes[place + 1]) << 8)
                let color = (red | green | UInt32(strip.bytes[place + 2])) & kept
                if let number = known[color] {
                    numbers.append(number)
                    continue
                }
                guard colors.count < 256 else { break }
                let number = UInt8(colors.count)
                known[color] = number
                colors.append(color)
                numbers.append(number)
            }
            if numbers.count == strip.width * strip.height { return (numbers, colors) }
        }
        fatalError("three, three and two bits a part make no more than 256 colours")
    }
}
