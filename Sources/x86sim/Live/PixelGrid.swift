import Devices

/// A picture as red, green and blue of each dot, and ways to make it larger or smaller.
struct PixelGrid: Equatable, Sendable {
    /// Dots of a line; at least one.
    let width: Int
    /// Lines; at least one.
    let height: Int
    /// Three bytes a dot, line by line.
    private(set) var bytes: [UInt8]

    /// A black picture.
    private init(width: Int, height: Int) {
        self.width = max(1, width)
        self.height = max(1, height)
        bytes = [UInt8](repeating: 0, count: self.width * self.height * 3)
    }

    /// A picture of a display; dots that it lacks are black.
    init(_ picture: ScreenPicture) {
        self.init(width: picture.width, height: picture.height)
        let count = min(bytes.count, picture.pixels.count * (picture.palette.isEmpty ? 1 : 3))
        if picture.palette.isEmpty {
            bytes.replaceSubrange(0..<count, with: picture.pixels.prefix(count))
            return
        }
        var colors = picture.palette.prefix(256).flatMap { [$0.red, $0.green, $0.blue] }
        colors += [UInt8](repeating: 0, count: 768 - colors.count)
        // Numbers are below 256, and the count is that of the shorter one.
        colors.withUnsafeBufferPointer { colors in
            picture.pixels.withUnsafeBufferPointer { numbers in
                bytes.withUnsafeMutableBufferPointer { bytes in
                    for place in 0..<count / 3 {
                        let color = Int(numbers[place]) * 3
                        bytes[place * 3] = colors[color]
                        bytes[place * 3 + 1] = colors[color + 1]
                        bytes[place * 3 + 2] = colors[color + 2]
                    }
                }
            }
        }
    }

    /// The colour of a dot within the picture.
    subscript(x: Int, y: Int) -> ScreenColor {
        let place = (y * width + x) * 3
        return ScreenColor(red: bytes[place], green: bytes[place + 1], blue: bytes[place + 2])
    }

    /// The largest size that has the picture's shape and fits; at least one dot each way.
    func fitting(width: Int, height: Int) -> (width: Int, height: Int) {
        let (width, height) = (max(1, width), max(1, height))
        if width * self.height <= height * self.width {
            return (width, max(1, width * self.height / self.width))
        }
        return (max(1, height * self.width / self.height), height)
    }

    /// The picture in another size: each dot is the mean of those that it stands for, or one of them.
    func scaled(width: Int, height: Int, isMean: Bool = true) -> PixelGrid {
        var result = PixelGrid(width: width, height: height)
        guard result.width != self.width || result.height != self.height else { return self }
        let columns = Self.ranges(result.width, of: self.width, isMean)
        let rows = Self.ranges(result.height, of: self.height, isMean)
        bytes.withUnsafeBufferPointer { source in
            result.bytes.withUnsafeMutableBufferPointer { target in
                var place = 0
                for row in rows {
                    for column in columns {
                        var sum = (0, 0, 0)
                        for y in row {
                            for x in column {
                                let dot = (y * self.width + x) * 3
                                sum.0 += Int(source[dot])
                                sum.1 += Int(source[dot + 1])
                                sum.2 += Int(source[dot + 2])
                            }
                        }
                        let count = row.count * column.count
                        target[place] = UInt8(sum.0 / count)
                        target[place + 1] = UInt8(sum.1 / count)
                        target[place + 2] = UInt8(sum.2 / count)
                        place += 3
                    }
                }
            }
        }
        return result
    }

    /// Which of `count` dots each of `parts` stands for; one at least.
    private static func ranges(_ parts: Int, of count: Int, _ isMean: Bool) -> [Range<Int>] {
        (0..<parts).map { part in
            let first = part * count / parts
            return first..<(isMean ? max(first + 1, (part + 1) * count / parts) : first + 1)
        }
    }

    /// Lines of the picture: one at least, within it.
    func lines(_ range: Range<Int>) -> PixelGrid {
        let first = min(max(0, range.lowerBound), height - 1)
        let last = min(max(first + 1, range.upperBound), height)
        var part = PixelGrid(width: width, height: last - first)
        part.bytes = Array(bytes[first * width * 3..<last * width * 3])
        return part
    }

    /// The same with every other dot and line, if all are there twice, as those of 320x200 on a VGA are.
    var withoutDoubles: PixelGrid {
        guard width % 2 == 0, height % 2 == 0 else { return self }
        let isDouble = bytes.withUnsafeBufferPointer { bytes in
            (0..<height).allSatisfy { y in
                stride(from: 0, to: width, by: 2).allSatisfy { x in
                    let dot = (y * width + x) * 3
                    let first = ((y & ~1) * width + x) * 3
                    return (0..<3).allSatisfy {
                        bytes[dot + $0] == bytes[dot + 3 + $0] && bytes[dot + $0] == bytes[first + $0]
                    }
                }
            }
        }
        return isDouble ? scaled(width: width / 2, height: height / 2, isMean: false) : self
    }
}

extension CellGrid {
    /// A picture by blocks of half a cell, as large as there is room for.
    init(_ picture: PixelGrid, columns: Int, rows: Int) {
        self.init(columns: columns, rows: rows)
        let size = picture.fitting(width: self.columns, height: self.rows * 2)
        let small = picture.scaled(width: size.width, height: size.height)
        for y in stride(from: 0, to: small.height, by: 2) {
            for x in 0..<small.width {
                let upper = small[x, y]
                let lower = y + 1 < small.height ? small[x, y + 1] : nil
                cells[y / 2 * self.columns + x] =
                    upper == lower
                    ? TerminalCell(background: .parts(upper))
                    : TerminalCell(
                        scalar: "\u{2580}", foreground: .parts(upper), background: lower.map { .parts($0) } ?? .usual)
            }
        }
    }
}
