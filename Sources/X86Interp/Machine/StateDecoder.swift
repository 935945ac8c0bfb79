/// Makes a value of what `StateEncoder` wrote, or perhaps did not.
struct StateDecoder: Decoder {
    fileprivate let reader: ByteReader
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    fileprivate init(_ reader: ByteReader) { self.reader = reader }

    /// A value of bytes that are nothing but it, exactly as the value is written.
    ///
    /// - Throws: `StateError` for whatever is wrong.
    static func value<Value: Codable>(_ type: Value.Type, from bytes: ArraySlice<UInt8>) throws(StateError) -> Value {
        var rest = ByteReader(bytes)
        try rest.skipValue()
        guard rest.left == 0 else { throw StateError(reason: "there is more behind its end") }
        let value: Value
        let written: [UInt8]
        do {
            value = try Self(ByteReader(bytes)).decode(type)
            written = try StateEncoder.bytes(value)
        } catch {
            throw error as? StateError ?? StateError(reason: "a value is of the wrong kind")
        }
        guard written[...] == bytes else { throw StateError(reason: "it is not written as states are") }
        return value
    }

    fileprivate func decode<T: Decodable>(_ type: T.Type) throws -> T {
        if type == [UInt8].self, let bytes = try bytes() as? T { return bytes }
        return try T(from: self)
    }

    private func bytes() throws(StateError) -> [UInt8] {
        var reader = reader
        guard try reader.tag() == .bytes else { throw Self.mismatch }
        return Array(try reader.take(try reader.count()))
    }

    fileprivate static var mismatch: StateError { StateError(reason: "a value is of the wrong kind") }
    fileprivate static var missing: StateError { StateError(reason: "a value is missing") }

    fileprivate var isNone: Bool {
        var reader = reader
        return (try? reader.tag()) == StateTag.none
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        var reader = reader
        guard try reader.tag() == .named else { throw Self.mismatch }
        var values: [String: StateDecoder] = [:]
        for _ in 0..<(try reader.count()) {
            values[try reader.text()] = StateDecoder(reader)
            try reader.skipValue()
        }
        return KeyedDecodingContainer(NamedValues<Key>(values: values))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        var reader = reader
        guard try reader.tag() == .list else { throw Self.mismatch }
        return ListedValues(total: try reader.count(), reader: reader)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { SingleValue(decoder: self) }
}

private struct NamedValues<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let values: [String: StateDecoder]
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { values.keys.compactMap { Key(stringValue: $0) } }

    private func value(_ key: Key) throws -> StateDecoder {
        guard let value = values[key.stringValue] else { throw StateDecoder.missing }
        return value
    }

    func contains(_ key: Key) -> Bool { values[key.stringValue] != nil }
    func decodeNil(forKey key: Key) throws -> Bool { try value(key).isNone }
    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T { try value(key).decode(type) }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> { try value(key).container(keyedBy: type) }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try value(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder {
        guard let value = values["super"] else { throw StateDecoder.missing }
        return value
    }

    func superDecoder(forKey key: Key) throws -> any Decoder { try value(key) }
}

private struct ListedValues: UnkeyedDecodingContainer {
    private let total: Int
    private var reader: ByteReader
    private(set) var currentIndex = 0
    var codingPath: [any CodingKey] { [] }
    var count: Int? { total }
    var isAtEnd: Bool { currentIndex >= total }

    init(total: Int, reader: ByteReader) {
        self.total = total
        self.reader = reader
    }

    private mutating func next() throws -> StateDecoder {
        guard !isAtEnd else { throw StateDecoder.missing }
        let decoder = StateDecoder(reader)
        try reader.skipValue()
        currentIndex += 1
        return decoder
    }

    mutating func decodeNil() throws -> Bool {
        guard !isAtEnd, StateDecoder(reader).isNone else { return false }
        _ = try next()
        return true
    }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T { try next().decode(type) }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> { try next().container(keyedBy: type) }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try next().unkeyedContainer() }
    mutating func superDecoder() throws -> any Decoder { try next() }
}

private struct SingleValue: SingleValueDecodingContainer {
    let decoder: StateDecoder
    var codingPath: [any CodingKey] { [] }

    func decodeNil() -> Bool { decoder.isNone }

    func decode(_ type: Bool.Type) throws -> Bool {
        var reader = decoder.reader
        switch try reader.tag() {
        case .true: return true
        case .false: return false
        default: throw StateDecoder.mismatch
        }
    }

    func decode(_ type: String.Type) throws -> String {
        var reader = decoder.reader
        guard try reader.tag() == .text else { throw StateDecoder.mismatch }
        return try reader.text()
    }

    func decode(_ type: Double.Type) throws -> Double { Double(bitPattern: try bits()) }

    func decode(_ type: Float.Type) throws -> Float {
        guard let bits = UInt32(exactly: try bits()) else { throw StateDecoder.mismatch }
        return Float(bitPattern: bits)
    }

    func decode(_ type: Int.Type) throws -> Int { try integer() }
    func decode(_ type: Int8.Type) throws -> Int8 { try integer() }
    func decode(_ type: Int16.Type) throws -> Int16 { try integer() }
    func decode(_ type: Int32.Type) throws -> Int32 { try integer() }
    func decode(_ type: Int64.Type) throws -> Int64 { try integer() }
    func decode(_ type: UInt.Type) throws -> UInt { try integer() }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try integer() }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try integer() }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try integer() }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try integer() }
    func decode<T: Decodable>(_ type: T.Type) throws -> T { try decoder.decode(type) }

    private func bits() throws -> UInt64 {
        var reader = decoder.reader
        guard try reader.tag() == .float else { throw StateDecoder.mismatch }
        return try reader.number()
    }

    private func integer<T: FixedWidthInteger>() throws -> T {
        var reader = decoder.reader
        let value: T?
        switch try reader.tag() {
        case .natural: value = T(exactly: try reader.number())
        case .negative:
            let bits = ~(try reader.number())
            value = Int64(bitPattern: bits) < 0 ? T(exactly: Int64(bitPattern: bits)) : nil
        default: value = nil
        }
        guard let value else { throw StateDecoder.mismatch }
        return value
    }
}
