/// Writes pictures as PNG.
///
/// Sources: RFC 2083 (PNG), RFC 1950 and 1951 (zlib, stored blocks).
enum PNGWriter {
    /// A picture, by its palette if it has one.
    static func png(_ picture: ScreenPicture) -> [UInt8] {
        let (width, height) = (picture.width, picture.height)
        var bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        // 8 bits a pixel by palette, or a part; deflate, filters, not interlaced.
        let kind: UInt8 = picture.palette.isEmpty ? 2 : 3
        append("IHDR", bigEndian(UInt32(width)) + bigEndian(UInt32(height)) + [8, kind, 0, 0, 0], to: &bytes)
        if kind == 3 {
            append("PLTE", picture.palette.prefix(256).flatMap { [$0.red, $0.green, $0.blue] }, to: &bytes)
        }
        let pitch = width * (kind == 3 ? 1 : 3)
        var rows: [UInt8] = []
        rows.reserveCapacity(picture.pixels.count + height)
        for row in 0..<height {
            // Filter 0: as they are.
            rows.append(0)
            rows += picture.pixels[row * pitch..<(row + 1) * pitch]
        }
        append("IDAT", zlib(rows), to: &bytes)
        append("IEND", [], to: &bytes)
        return bytes
    }

    /// Length, name, contents, and the CRC of the last two.
    private static func append(_ name: String, _ contents: [UInt8], to bytes: inout [UInt8]) {
        let body = Array(name.utf8) + contents
        bytes += bigEndian(UInt32(contents.count)) + body + bigEndian(crc32(body))
    }

    /// Deflate without compression: blocks of at most FFFF bytes.
    private static func zlib(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = [0x78, 0x01]
        var start = 0
        repeat {
            let count = min(0xFFFF, bytes.count - start)
            let isLast: UInt8 = start + count == bytes.count ? 1 : 0
            let (low, high) = (UInt8(truncatingIfNeeded: count), UInt8(truncatingIfNeeded: count >> 8))
            result += [isLast, low, high, ~low, ~high]
            result += bytes[start..<start + count]
            start += count
        } while start < bytes.count
        return result + bigEndian(adler32(bytes))
    }

    static func crc32(_ bytes: [UInt8]) -> UInt32 {
        let table = (0..<256 as Range<UInt32>).map { number in
            (0..<8).reduce(number) { value, _ in value & 1 != 0 ? 0xEDB8_8320 ^ value >> 1 : value >> 1 }
        }
        return ~bytes.reduce(~0) { $0 >> 8 ^ table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] }
    }

    static func adler32(_ bytes: [UInt8]) -> UInt32 {
        var (low, high): (UInt32, UInt32) = (1, 0)
        for byte in bytes {
            low = (low + UInt32(byte)) % 65521
            high = (high + low) % 65521
        }
        return high << 16 | low
    }

    private static func bigEndian(_ value: UInt32) -> [UInt8] { withUnsafeBytes(of: value.bigEndian) { Array($0) } }
}
