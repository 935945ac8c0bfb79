/// The first byte of each encoded value.
enum StateTag: UInt8 {
    /// No value.
    case none
    case `false`
    case `true`
    /// A whole number from 0, behind it as `ByteReader.number`.
    case natural
    /// A whole number below 0: its complement in the same form.
    case negative
    /// The bits of a `Float` or `Double`, in the same form.
    case float
    /// A text: the count of its bytes, and them in UTF-8.
    case text
    /// Bytes: their count, and them.
    case bytes
    /// A list: the count of its values, and them.
    case list
    /// Values by name: their count, and for each its name, as in a text, and itself.
    case named
}

/// Why bytes do not make what they should: half a sentence.
struct StateError: Error, Equatable {
    let reason: String
}

extension [UInt8] {
    /// Appends a number: seven bits a byte, the lowest first, bit 7 set in all but the last.
    mutating func append(number: UInt64) {
        var rest = number
        while rest > 0x7F {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }

    /// Appends the count of a text's bytes, and them.
    mutating func append(text: String) {
        append(number: UInt64(text.utf8.count))
        append(contentsOf: text.utf8)
    }
}

/// Reads bytes in order, from a source that is not trusted: whatever is not there is an error.
struct ByteReader {
    private let bytes: ArraySlice<UInt8>
    /// The index of the next byte.
    private(set) var place: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        place = bytes.startIndex
    }

    /// How many bytes are left.
    var left: Int { bytes.endIndex - place }

    mutating func byte() throws(StateError) -> UInt8 {
        guard place < bytes.endIndex else { throw StateError(reason: "it ends too early") }
        place += 1
        return bytes[place - 1]
    }

    /// A number as `append(number:)` writes it, in no longer form.
    mutating func number() throws(StateError) -> UInt64 {
        var number: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            let byte = try byte()
            let bits = UInt64(byte & 0x7F)
            guard (bits << shift) >> shift == bits, bits != 0 || byte & 0x80 != 0 || shift == 0 else { break }
            number |= bits << shift
            if byte & 0x80 == 0 { return number }
        }
        throw StateError(reason: "a number is not written as numbers are")
    }

    /// A number of things that take a byte each at least.
    mutating func count() throws(StateError) -> Int {
        let number = try number()
        guard number <= UInt64(left) else { throw StateError(reason: "it ends too early") }
        return Int(number)
    }

    /// That many bytes.
    mutating func take(_ count: Int) throws(StateError) -> ArraySlice<UInt8> {
        guard 0...left ~= count else { throw StateError(reason: "it ends too early") }
        place += count
        return bytes[place - count..<place]
    }

    /// A text, its count in front.
    mutating func text() throws(StateError) -> String {
        let bytes = try take(try count())
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw StateError(reason: "a text is not UTF-8")
        }
        return text
    }

    /// A little-endian number of so many bytes, at most 8.
    mutating func word(_ count: Int) throws(StateError) -> UInt64 {
        try take(count).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    mutating func tag() throws(StateError) -> StateTag {
        guard let tag = StateTag(rawValue: try byte()) else { throw StateError(reason: "a value is of no known kind") }
        return tag
    }

    /// Values within values within values, but not deeper.
    static let maximumDepth = 64

    /// Passes over a value, which is looked through to its end.
    mutating func skipValue(depth: Int = 0) throws(StateError) {
        guard depth < Self.maximumDepth else { throw StateError(reason: "its values are nested too deeply") }
        let tag = try tag()
        switch tag {
        case .none, .false, .true: break
        case .natural, .negative, .float: _ = try number()
        case .text: _ = try text()
        case .bytes: _ = try take(try count())
        case .list, .named:
            for _ in 0..<(try count()) {
                if tag == .named { _ = try text() }
                try skipValue(depth: depth + 1)
            }
        }
    }
}
