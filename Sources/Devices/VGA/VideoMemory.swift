import X86Interp

/// A VGA's memory: 65,536 addresses, at each of which there is a byte in four planes.
///
/// The four bytes are one word, plane 0 in the lowest byte, as latches and the graphics controller have them. A copy
/// shares what is not written.
package struct VideoMemory: Equatable, Sendable {
    /// Addresses of a plane; others wrap.
    static let count = 0x10000
    /// Addresses that a snapshot has as one piece.
    private static let pageSize = 1024
    private var words = [UInt32](repeating: 0, count: VideoMemory.count)

    /// Zeros.
    package init() {}

    /// Whether all bytes are the same: as one piece, since tiers are compared at each transaction.
    package static func == (a: VideoMemory, b: VideoMemory) -> Bool {
        a.words.withUnsafeBytes { a in
            b.words.withUnsafeBytes { b in
                guard let first = a.baseAddress, let other = b.baseAddress else { return a.count == b.count }
                return first == other || HostMemory.areEqual(first, other, min(a.count, b.count))
            }
        }
    }

    /// The bytes of all planes at an address.
    @inline(__always)
    package subscript(address: Int) -> UInt32 {
        get { words[address & 0xFFFF] }
        set { words[address & 0xFFFF] = newValue }
    }

    /// The byte of a plane.
    @inline(__always)
    package subscript(address: Int, plane plane: Int) -> UInt8 {
        get { UInt8(truncatingIfNeeded: self[address] >> (8 * UInt32(truncatingIfNeeded: plane & 3))) }
        set {
            let shift = 8 * UInt32(truncatingIfNeeded: plane & 3)
            self[address] = self[address] & ~(0xFF << shift) | UInt32(newValue) << shift
        }
    }

    /// Changes the bits of a mask.
    @inline(__always)
    mutating func set(_ address: Int, _ value: UInt32, mask: UInt32) {
        let place = address & 0xFFFF
        words[place] = words[place] & ~mask | value & mask
    }

    /// Writes pairs of bytes, as those of text, into planes 0 and 1 of every other address.
    mutating func setText(_ pairs: ArraySlice<UInt8>, from start: Int) {
        pairs.withUnsafeBytes { bytes in
            words.withUnsafeMutableBufferPointer { words in
                var place = 0
                while place < bytes.count & ~1 {
                    let pair = UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt16.self))
                    let address = (start + place) & 0xFFFF
                    words[address] = words[address] & 0xFFFF_0000 | UInt32(pair)
                    place += 2
                }
            }
        }
    }

    /// Copies bytes of all planes, where the target does not overlap what is yet to be copied.
    package mutating func copy(from source: Int, to target: Int, count: Int) {
        for place in 0..<count { self[target + place] = self[source + place] }
    }

    /// Fills all planes with a word.
    package mutating func fill(_ word: UInt32, from start: Int, count: Int) {
        for place in 0..<count { self[start + place] = word }
    }

    /// Makes all planes zeros.
    package mutating func clear() { self = VideoMemory() }

    /// Puts a font into plane 2: characters of `height` lines, each from a multiple of 32 on.
    package mutating func setFont(_ rows: [UInt8], height: Int, at start: Int) {
        guard 1...32 ~= height else { return }
        words.withUnsafeMutableBufferPointer { words in
            for (number, row) in rows.enumerated() {
                let address = (start + number / height * 32 + number % height) & 0xFFFF
                words[address] = words[address] & 0xFF00_FFFF | UInt32(row) << 16
            }
        }
    }
}

/// As a list of pieces of 4096 bytes, those of zeros empty: a text screen is short.
extension VideoMemory: Codable {
    /// Reads the pieces: what is missing of one is zeros, what is too much is left out.
    package init(from decoder: any Decoder) throws {
        self.init()
        var pieces = try decoder.unkeyedContainer()
        for start in stride(from: 0, to: Self.count, by: Self.pageSize) {
            guard !pieces.isAtEnd else { break }
            let bytes = try pieces.decode([UInt8].self)
            bytes.withUnsafeBytes { bytes in
                for place in 0..<min(bytes.count / 4, Self.pageSize) {
                    let word = bytes.loadUnaligned(fromByteOffset: place * 4, as: UInt32.self)
                    words[start + place] = UInt32(littleEndian: word)
                }
            }
        }
    }

    /// Writes the pieces.
    package func encode(to encoder: any Encoder) throws {
        var pieces = encoder.unkeyedContainer()
        for start in stride(from: 0, to: Self.count, by: Self.pageSize) { try pieces.encode(piece(from: start)) }
    }

    private func piece(from start: Int) -> [UInt8] {
        words.withUnsafeBufferPointer { words in
            let piece = UnsafeBufferPointer(rebasing: words[start..<start + Self.pageSize])
            let bytes = UnsafeRawBufferPointer(piece)
            if let first = bytes.baseAddress, HostMemory.isZero(first, bytes.count) { return [] }
            return piece.map(\.littleEndian).withUnsafeBytes { [UInt8]($0) }
        }
    }
}
