extension Machine {
    /// A number that stands for everything that a guest can see: processor, RAM, chips, lines, time.
    ///
    /// Equal machines in equal states have equal hashes, in any process and on any host.
    public func hash() -> UInt64 {
        var hash = ValueHash()
        hash.combine(ValueHash.of(cpu.state))
        hash.combine(ValueHash.of(bus.lines))
        hash.combine(clock.now)
        for name in devices.keys.sorted() {
            guard let device = devices[name] else { continue }
            hash.combine(ValueHash.of(name))
            hash.combine(Self.stateHash(of: device))
        }
        hash.combine(memory.ramBytes)
        return hash.value
    }

    private static func stateHash(of device: some Device) -> UInt64 { ValueHash.of(device.state) }
}

/// A hash that is the same in every process.
struct ValueHash {
    private(set) var value: UInt64 = 0x9E37_79B9_7F4A_7C15

    mutating func combine(_ word: UInt64) {
        let mixed = (value ^ word) &* 0xFF51_AFD7_ED55_8CCD
        value = mixed ^ mixed >> 32
    }

    /// Bytes as little-endian words, the last one filled up with zeros; the count counts too.
    mutating func combine(_ bytes: UnsafeRawBufferPointer) {
        combine(UInt64(bytes.count))
        var offset = 0
        while offset + 8 <= bytes.count {
            combine(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
            offset += 8
        }
        var last: UInt64 = 0
        for place in offset..<bytes.count { last |= UInt64(bytes[place]) << UInt64(8 * (place - offset)) }
        if offset < bytes.count { combine(last) }
    }

    /// The hash of any value that can be encoded; the order of keys, and of what is in sets, does not matter.
    static func of(_ value: some Encodable) -> UInt64 {
        let encoder = HashEncoder()
        // The encoder throws nothing; a value that refuses to be encoded hashes as far as it went.
        try? encoder.add(value)
        return encoder.hash
    }
}

/// A collection whose elements are in another order in each process: it encodes itself in that order.
private protocol Unordered {
    /// The hashes of its elements.
    var elementHashes: [UInt64] { get }
}

extension Set: Unordered where Element: Encodable {
    fileprivate var elementHashes: [UInt64] { map { ValueHash.of($0) } }
}

extension Dictionary: Unordered where Key: Encodable, Value: Encodable {
    fileprivate var elementHashes: [UInt64] {
        map { key, value in
            var hash = ValueHash()
            hash.combine(ValueHash.of(key))
            hash.combine(ValueHash.of(value))
            return hash.value
        }
    }
}

/// Hashes what is encoded into it: nodes by kind, keyed ones whatever the order of their keys.
private final class HashEncoder: Encoder {
    let codingPath: [any CodingKey] = []
    let userInfo: [CodingUserInfoKey: Any] = [:]
    private var ordered = ValueHash()
    private var unordered: UInt64 = 0
    private var children: [(key: String?, node: HashEncoder)] = []

    var hash: UInt64 {
        var result = ordered
        var sum = unordered
        for child in children {
            if let key = child.key { sum &+= Self.pair(key, child.node.hash) } else { result.combine(child.node.hash) }
        }
        result.combine(sum)
        return result.value
    }

    private static func text(_ text: String) -> UInt64 {
        var hash = ValueHash()
        var text = text
        text.withUTF8 { hash.combine(UnsafeRawBufferPointer($0)) }
        return hash.value
    }

    private static func pair(_ key: String, _ value: UInt64) -> UInt64 {
        var hash = ValueHash()
        hash.combine(text(key))
        hash.combine(value)
        return hash.value
    }

    /// A node of its own below this one.
    func child(_ key: String?) -> HashEncoder {
        let node = HashEncoder()
        children.append((key, node))
        return node
    }

    func add(word: UInt64) { ordered.combine(word) }

    func add(text: String) { ordered.combine(Self.text(text)) }

    func add(_ value: some Encodable) throws {
        if let bytes = value as? [UInt8] {
            bytes.withUnsafeBytes { ordered.combine($0) }
        } else if let collection = value as? any Unordered {
            let hashes = collection.elementHashes
            ordered.combine(UInt64(hashes.count))
            ordered.combine(hashes.reduce(0, &+))
        } else {
            try value.encode(to: self)
        }
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(HashKeyed(node: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer { HashUnkeyed(node: self) }

    func singleValueContainer() -> any SingleValueEncodingContainer { HashSingle(node: self) }
}

private struct HashKeyed<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let node: HashEncoder
    var codingPath: [any CodingKey] { [] }

    mutating func encodeNil(forKey key: Key) throws { node.child(key.stringValue).add(word: 0) }

    mutating func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
        try node.child(key.stringValue).add(value)
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        KeyedEncodingContainer(HashKeyed<Nested>(node: node.child(key.stringValue)))
    }

    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        HashUnkeyed(node: node.child(key.stringValue))
    }

    mutating func superEncoder() -> any Encoder { node.child("super") }

    mutating func superEncoder(forKey key: Key) -> any Encoder { node.child(key.stringValue) }
}

private struct HashUnkeyed: UnkeyedEncodingContainer {
    let node: HashEncoder
    var codingPath: [any CodingKey] { [] }
    private(set) var count = 0

    init(node: HashEncoder) { self.node = node }

    mutating func encodeNil() throws {
        node.child(nil).add(word: 0)
        count += 1
    }

    mutating func encode<T: Encodable>(_ value: T) throws {
        try node.child(nil).add(value)
        count += 1
    }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        count += 1
        return KeyedEncodingContainer(HashKeyed<Nested>(node: node.child(nil)))
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        count += 1
        return HashUnkeyed(node: node.child(nil))
    }

    mutating func superEncoder() -> any Encoder { node.child(nil) }
}

private struct HashSingle: SingleValueEncodingContainer {
    let node: HashEncoder
    var codingPath: [any CodingKey] { [] }

    mutating func encodeNil() throws { node.add(word: 0) }
    mutating func encode(_ value: Bool) throws { node.add(word: value ? 2 : 1) }
    mutating func encode(_ value: String) throws { node.add(text: value) }
    mutating func encode(_ value: Double) throws { node.add(word: value.bitPattern) }
    mutating func encode(_ value: Float) throws { node.add(word: UInt64(value.bitPattern)) }
    mutating func encode(_ value: Int) throws { add(value) }
    mutating func encode(_ value: Int8) throws { add(value) }
    mutating func encode(_ value: Int16) throws { add(value) }
    mutating func encode(_ value: Int32) throws { add(value) }
    mutating func encode(_ value: Int64) throws { add(value) }
    mutating func encode(_ value: UInt) throws { add(value) }
    mutating func encode(_ value: UInt8) throws { add(value) }
    mutating func encode(_ value: UInt16) throws { add(value) }
    mutating func encode(_ value: UInt32) throws { add(value) }
    mutating func encode(_ value: UInt64) throws { add(value) }
    mutating func encode<T: Encodable>(_ value: T) throws { try node.add(value) }

    private func add(_ value: some BinaryInteger) { node.add(word: UInt64(truncatingIfNeeded: value)) }
}
