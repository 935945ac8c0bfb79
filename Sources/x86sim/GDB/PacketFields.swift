/// Reads the fields of a packet from left to right; every reader answers nil where the field is not there.
struct PacketFields {
    /// What has not been read.
    private(set) var rest: ArraySlice<UInt8>

    /// The fields of a payload.
    init(_ payload: ArraySlice<UInt8>) { rest = payload }

    /// Whether all has been read.
    var isAtEnd: Bool { rest.isEmpty }

    /// Reads one character if it is `character`.
    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard let first = rest.first, UInt32(first) == character.value else { return false }
        rest.removeFirst()
        return true
    }

    /// Reads the text before the next `separator`, and the separator; without one the whole rest.
    mutating func text(before separator: Unicode.Scalar) -> ArraySlice<UInt8> {
        let end = rest.firstIndex { UInt32($0) == separator.value } ?? rest.endIndex
        let text = rest[..<end]
        rest = rest[end...].dropFirst()
        return text
    }

    /// Reads a number of one to sixteen hexadecimal digits.
    mutating func number() -> UInt64? {
        var value: UInt64 = 0
        var count = 0
        while let digit = rest.first.flatMap(PacketReader.digit) {
            count += 1
            guard count <= 16 else { return nil }
            value = value << 4 | UInt64(digit)
            rest.removeFirst()
        }
        return count > 0 ? value : nil
    }

    /// Reads an address, which has 32 bits.
    mutating func address() -> UInt32? { number().flatMap { UInt32(exactly: $0) } }

    /// Reads the rest as two hexadecimal digits a byte.
    mutating func bytes() -> [UInt8]? {
        guard rest.count % 2 == 0 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(rest.count / 2)
        while let first = rest.popFirst(), let second = rest.popFirst() {
            guard let high = PacketReader.digit(first), let low = PacketReader.digit(second) else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    /// Reads the number of a thread; 0 is any, nil behind a minus sign is all.
    mutating func thread() -> Thread? {
        if take("-") { return number() == 1 ? .all : nil }
        return number().map { $0 == 0 ? .any : .one($0) }
    }

    /// Which thread a packet means.
    enum Thread: Equatable {
        /// Any one.
        case any
        /// Each.
        case all
        /// The one with this number.
        case one(UInt64)

        /// Whether the processor, which is thread 1, is meant.
        var isProcessor: Bool { self == .any || self == .all || self == .one(1) }
    }
}
