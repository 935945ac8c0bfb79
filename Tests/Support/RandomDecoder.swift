import DeviceContract

/// Makes values of any `Decodable` type up: each number and flag at random, as a hostile snapshot might have them.
///
/// Arrays have up to 32 elements. A type that refuses what it is given (an enumeration) is given something else, a
/// limited number of times.
public struct RandomDecoder {
    private final class Source {
        var random: SeededGenerator
        let texts: [String]

        init(seed: UInt64, texts: [String]) {
            random = SeededGenerator(seed: seed)
            self.texts = texts
        }
    }

    private let source: Source

    /// A decoder whose values depend on the seed only; texts are taken from those given, raw values of enumerations.
    public init(seed: UInt64, texts: [String]) { source = Source(seed: seed, texts: texts + [""]) }

    /// A value of a type.
    ///
    /// - Throws: `DecodingError` if the type refused all attempts.
    public func value<Value: Decodable>(_ type: Value.Type) throws -> Value { try Values(source: source).decode(type) }

    /// The decoder, its containers of all kinds, and the position in an array at once.
    private struct Values: Decoder, SingleValueDecodingContainer {
        let source: Source
        var codingPath: [any CodingKey] { [] }
        var userInfo: [CodingUserInfoKey: Any] { [:] }

        func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
            KeyedDecodingContainer(Keyed<Key>(values: self))
        }

        func unkeyedContainer() -> any UnkeyedDecodingContainer {
            // Even, since dictionaries are lists of keys and values.
            Unkeyed(values: self, count: 2 * Int.random(in: 0...16, using: &source.random))
        }

        func singleValueContainer() -> any SingleValueDecodingContainer { self }

        func decodeNil() -> Bool { Bool.random(using: &source.random) }
        func decode(_ type: Bool.Type) -> Bool { Bool.random(using: &source.random) }
        func decode(_ type: String.Type) -> String { source.texts.randomElement(using: &source.random) ?? "" }
        func decode(_ type: Double.Type) -> Double { Double(bitPattern: source.random.next()) }
        func decode(_ type: Float.Type) -> Float { Float(bitPattern: UInt32(truncatingIfNeeded: source.random.next())) }
        func decode(_ type: Int.Type) -> Int { number() }
        func decode(_ type: Int8.Type) -> Int8 { number() }
        func decode(_ type: Int16.Type) -> Int16 { number() }
        func decode(_ type: Int32.Type) -> Int32 { number() }
        func decode(_ type: Int64.Type) -> Int64 { number() }
        func decode(_ type: UInt.Type) -> UInt { number() }
        func decode(_ type: UInt8.Type) -> UInt8 { number() }
        func decode(_ type: UInt16.Type) -> UInt16 { number() }
        func decode(_ type: UInt32.Type) -> UInt32 { number() }
        func decode(_ type: UInt64.Type) -> UInt64 { number() }

        func decode<T: Decodable>(_ type: T.Type) throws -> T {
            // Only enumerations with raw values, and vectors, which want all of their elements, are choosy.
            guard type is any RawRepresentable.Type || type is any SIMD.Type else { return try T(from: self) }
            for _ in 0..<2000 {
                if let value = try? T(from: self) { return value }
            }
            throw DecodingError.dataCorruptedError(in: self, debugDescription: "no value suits \(type)")
        }

        /// A number that is small, at an end of its type, or anything.
        private func number<T: FixedWidthInteger>() -> T {
            let any = source.random.next()
            switch any & 3 {
            case 0: return T(truncatingIfNeeded: any >> 60)
            case 1: return any & 4 == 0 ? .max : .min
            default: return T(truncatingIfNeeded: source.random.next())
            }
        }
    }

    private struct Keyed<Key: CodingKey>: KeyedDecodingContainerProtocol {
        let values: Values
        var codingPath: [any CodingKey] { [] }
        var allKeys: [Key] { [] }

        func contains(_ key: Key) -> Bool { true }
        func decodeNil(forKey key: Key) -> Bool { values.decodeNil() }
        func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T { try values.decode(type) }

        func nestedContainer<Nested: CodingKey>(
            keyedBy type: Nested.Type, forKey key: Key
        ) -> KeyedDecodingContainer<Nested> { values.container(keyedBy: type) }

        func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedDecodingContainer { values.unkeyedContainer() }
        func superDecoder() -> any Decoder { values }
        func superDecoder(forKey key: Key) -> any Decoder { values }
    }

    private struct Unkeyed: UnkeyedDecodingContainer {
        let values: Values
        let count: Int?
        var currentIndex = 0
        var codingPath: [any CodingKey] { [] }
        var isAtEnd: Bool { currentIndex >= count ?? 0 }

        init(values: Values, count: Int) {
            self.values = values
            self.count = count
        }

        mutating func decodeNil() -> Bool {
            let isNil = values.decodeNil()
            if isNil { currentIndex += 1 }
            return isNil
        }

        mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
            currentIndex += 1
            return try values.decode(type)
        }

        mutating func nestedContainer<Nested: CodingKey>(
            keyedBy type: Nested.Type
        ) -> KeyedDecodingContainer<Nested> { values.container(keyedBy: type) }

        mutating func nestedUnkeyedContainer() -> any UnkeyedDecodingContainer { values.unkeyedContainer() }
        mutating func superDecoder() -> any Decoder { values }
    }
}
