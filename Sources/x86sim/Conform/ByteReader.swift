/// Reads little-endian numbers and chunks from a part of a byte array; never past its end.
struct ByteReader {
    private let bytes: [UInt8]
    private let end: Int
    /// Where in the whole array the next byte is.
    private(set) var offset: Int

    /// A reader of all of `bytes`.
    init(_ bytes: [UInt8]) { self.init(bytes, from: 0, to: bytes.count) }

    private init(_ bytes: [UInt8], from start: Int, to end: Int) {
        self.bytes = bytes
        self.offset = start
        self.end = end
    }

    /// Bytes that are left.
    var remaining: Int { end - offset }

    /// The next 8 bits; `what` names the field in the error.
    mutating func byte(_ what: StaticString) throws(MOOError) -> UInt8 {
        try UInt8(truncatingIfNeeded: number(1, what))
    }

    /// The next 16 bits.
    mutating func word(_ what: StaticString) throws(MOOError) -> UInt16 {
        try UInt16(truncatingIfNeeded: number(2, what))
    }

    /// The next 32 bits.
    mutating func dword(_ what: StaticString) throws(MOOError) -> UInt32 { try number(4, what) }

    /// The next `count` bytes.
    mutating func take(_ count: Int, _ what: StaticString) throws(MOOError) -> [UInt8] {
        guard count >= 0, count <= remaining else { throw tooShort(what) }
        defer { offset += count }
        return Array(bytes[offset..<offset + count])
    }

    /// The next chunk's four letters and a reader of its contents; nil at the end.
    mutating func chunk() throws(MOOError) -> (id: ChunkID, body: ByteReader)? {
        guard remaining > 0 else { return nil }
        let start = offset
        let id = try ChunkID(code: dword("a chunk's name"))
        let length = try dword("a chunk's length")
        guard length <= UInt32(clamping: remaining) else {
            throw MOOError("chunk \(id.text) at byte \(start) says \(length) bytes, \(remaining) are left")
        }
        let body = ByteReader(bytes, from: offset, to: offset + Int(length))
        offset += Int(length)
        return (id, body)
    }

    private mutating func number(_ count: Int, _ what: StaticString) throws(MOOError) -> UInt32 {
        guard count <= remaining else { throw tooShort(what) }
        var value: UInt32 = 0
        for i in 0..<count { value |= UInt32(bytes[offset + i]) << UInt32(8 * i) }
        offset += count
        return value
    }

    private func tooShort(_ what: StaticString) -> MOOError {
        MOOError("the data ends at byte \(end), within \(what)")
    }
}

/// The four letters that name a chunk of a MOO file.
struct ChunkID: Equatable {
    /// The letters as a little-endian number.
    let code: UInt32

    /// Wraps a number as it stands in a file.
    init(code: UInt32) { self.code = code }

    /// A chunk name of four ASCII letters.
    init(_ letters: StaticString) {
        guard letters.utf8CodeUnitCount == 4, letters.isASCII else { fatalError("a chunk name has four ASCII letters") }
        code = letters.withUTF8Buffer { $0.reversed().reduce(0) { $0 << 8 | UInt32($1) } }
    }

    /// The letters, with `?` for what cannot be printed.
    var text: String {
        let letters = code.bytes
        return String(letters.map { (0x20..<0x7F).contains($0) ? Character(Unicode.Scalar($0)) : "?" })
    }
}

/// What is wrong with a MOO file: one line without the file's name.
struct MOOError: Error, Equatable {
    /// The line.
    let message: String

    /// An error with this line.
    init(_ message: String) { self.message = message }
}
