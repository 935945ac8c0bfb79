// RAM in a snapshot's bytes: how many pages are not all zeros, then for each how many pages of zeros are in front of it,
// and its pieces, until 4096 bytes are there. A piece is its length times 2, plus 1 if it is one byte over and over,
// which follows; else so many bytes follow.
extension RAMImage {
    /// Appends the pages that are not all zeros.
    func append(to bytes: inout [UInt8]) {
        let used = pages.indices.filter { number in pages[number].map { !PageImage.isZero($0.bytes) } ?? false }
        bytes.append(number: UInt64(used.count))
        var next = 0
        for number in used {
            guard let page = pages[number] else { continue }
            bytes.append(number: UInt64(number - next))
            Self.pack(UnsafeRawBufferPointer(start: page.bytes, count: PageImage.size), into: &bytes)
            next = number + 1
        }
    }

    /// Runs shorter than this are not worth a piece of their own.
    private static let shortestRun = 8

    private static func pack(_ page: UnsafeRawBufferPointer, into bytes: inout [UInt8]) {
        var literal = 0
        var place = 0
        func appendLiteral(to end: Int) {
            guard literal < end else { return }
            bytes.append(number: UInt64(end - literal) << 1)
            bytes += page[literal..<end]
        }
        while place < page.count {
            let byte = page[place]
            var end = place + 1
            while end < page.count, page[end] == byte { end += 1 }
            if end - place >= shortestRun {
                appendLiteral(to: place)
                bytes.append(number: UInt64(end - place) << 1 | 1)
                bytes.append(byte)
                literal = end
            }
            place = end
        }
        appendLiteral(to: page.count)
    }

    /// RAM of `count` bytes from what `append(to:)` wrote, up to the end.
    init(_ reader: inout ByteReader, count: Int) throws(StateError) {
        self.init(zeros: count)
        var next = 0
        for _ in 0..<(try reader.count()) {
            let gap = try reader.number()
            guard gap < UInt64(pages.count - next) else { throw StateError(reason: "a page is behind its end") }
            next += Int(gap)
            let page = PageImage(repeating: 0)
            try Self.unpack(&reader, into: page.bytes)
            if !PageImage.isZero(page.bytes) { pages[next] = page }
            next += 1
        }
        guard reader.left == 0 else { throw StateError(reason: "there is more behind its last page") }
    }

    private static func unpack(_ reader: inout ByteReader, into page: UnsafeMutableRawPointer) throws(StateError) {
        var place = 0
        while place < PageImage.size {
            let head = try reader.number()
            let length = head >> 1
            guard length > 0, length <= UInt64(PageImage.size - place) else {
                throw StateError(reason: "a page has another size")
            }
            let count = Int(length)
            if head & 1 == 1 {
                page.advanced(by: place).initializeMemory(as: UInt8.self, repeating: try reader.byte(), count: count)
            } else {
                try reader.take(count).withUnsafeBytes { bytes in
                    UnsafeMutableRawBufferPointer(start: page + place, count: count).copyMemory(from: bytes)
                }
            }
            place += count
        }
    }
}
