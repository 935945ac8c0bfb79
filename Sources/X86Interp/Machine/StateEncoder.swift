/// Writes any value that can be encoded as bytes: equal values as equal bytes, in any process and on any host.
///
/// Named values go by their names, and what is in sets and dictionaries by its bytes, whatever order they come in. The
/// page about snapshots has the format.
final class StateEncoder: Encoder {
    let codingPath: [any CodingKey] = []
    let userInfo: [CodingUserInfoKey: Any] = [:]
    /// A single value.
    private var own: [UInt8] = []
    private var children: [(name: String, node: StateEncoder)] = []
    private var isList = false

    /// The bytes of a value.
    ///
    /// - Throws: whatever the value itself throws when it is encoded.
    static func bytes(_ value: some Encodable) throws -> [UInt8] {
        let encoder = StateEncoder()
        try encoder.add(value)
        return encoder.bytes
    }

    /// What has been encoded so far.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        write(to: &bytes)
        return bytes
    }

    private func write(to bytes: inout [UInt8]) {
        guard own.isEmpty else {
            bytes += own
            return
        }
        bytes.append((isList ? StateTag.list : .named).rawValue)
        bytes.append(number: UInt64(children.count))
        if isList {
            for child in children { child.node.write(to: &bytes) }
        } else {
            for child in children.sorted(by: { $0.name < $1.name }) {
                bytes.append(text: child.name)
                child.node.write(to: &bytes)
            }
        }
    }

    /// A node of its own below this one.
    fileprivate func child(_ name: String = "") -> StateEncoder {
        let node = StateEncoder()
        children.append((name, node))
        return node
    }

    fileprivate func add(_ tag: StateTag) { own = [tag.rawValue] }

    fileprivate func add(_ tag: StateTag, number: UInt64) {
        own = [tag.rawValue]
        own.append(number: number)
    }

    fileprivate func add(text: String) {
        own = [StateTag.text.rawValue]
        own.append(text: text)
    }

    fileprivate func add(integer value: some BinaryInteger) {
        let bits = UInt64(truncatingIfNeeded: value)
        if value < 0 { add(.negative, number: ~bits) } else { add(.natural, number: bits) }
    }

    fileprivate func add<T: Encodable>(_ value: T) throws {
        // By its type: an empty array is one of anything.
        if T.self == [UInt8].self, let bytes = value as? [UInt8] {
            add(.bytes, number: UInt64(bytes.count))
            own += bytes
        } else if let collection = value as? any Unordered, let values = try collection.encodedValues() {
            add(.list, number: UInt64(values.count))
            for value in values { own += value }
        } else {
            try value.encode(to: self)
        }
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(NamedValues(node: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        isList = true
        return ListedValues(node: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { SingleValue(node: self) }
}

/// A collection whose elements are in another order in each process: it encodes itself in that order.
private protocol Unordered {
    /// What it encodes itself as, in the order of the bytes; nil if it does so by names.
    func encodedValues() throws -> [[UInt8]]?
}

extension Set: Unordered where Element: Encodable {
    fileprivate func encodedValues() throws -> [[UInt8]]? {
        try map { try StateEncoder.bytes($0) }.sorted { $0.lexicographicallyPrecedes($1) }
    }
}

extension Dictionary: Unordered where Key: Encodable, Value: Encodable {
    fileprivate func encodedValues() throws -> [[UInt8]]? {
        if Key.self is any CodingKeyRepresentable.Type { return nil }
        return try map { (try StateEncoder.bytes($0), try StateEncoder.bytes($1)) }
            .sorted { $0.0.lexicographicallyPrecedes($1.0) }
            .flatMap { [$0.0, $0.1] }
    }
}

private struct NamedValues<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let node: StateEncoder
    var codingPath: [any CodingKey] { [] }

    mutating func encodeNil(forKey key: Key) throws { node.child(key.stringValue).add(.none) }

    mutating func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
        try node.child(key.stringValue).add(value)
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> { node.child(key.stringValue).container(keyedBy: type) }

    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        node.child(key.stringValue).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder { node.child("super") }

    mutating func superEncoder(forKey key: Key) -> any Encoder { node.child(key.stringValue) }
}

private struct ListedValues: UnkeyedEncodingContainer {
    let node: StateEncoder
    var codingPath: [any CodingKey] { [] }
    private(set) var count = 0

    init(node: StateEncoder) { self.node = node }

    private mutating func child() -> StateEncoder {
        count += 1
        return node.child()
    }

    mutating func encodeNil() throws { child().add(.none) }

    mutating func encode<T: Encodable>(_ value: T) throws { try child().add(value) }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        child().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { child().unkeyedContainer() }

    mutating func superEncoder() -> any Encoder { child() }
}

private struct SingleValue: SingleValueEncodingContainer {
    let node: StateEncoder
    var codingPath: [any CodingKey] { [] }

    mutating func encodeNil() throws { node.add(.none) }
    mutating func encode(_ value: Bool) throws { node.add(value ? .true : .false) }
    mutating func encode(_ value: String) throws { node.add(text: value) }
    mutating func encode(_ value: Double) throws { node.add(.float, number: value.bitPattern) }
    mutating func encode(_ value: Float) throws { node.add(.float, number: UInt64(value.bitPattern)) }
    mutating func encode(_ value: Int) throws { node.add(integer: value) }
    mutating func encode(_ value: Int8) throws { node.add(integer: value) }
    mutating func encode(_ value: Int16) throws { node.add(integer: value) }
    mutating func encode(_ value: Int32) throws { node.add(integer: value) }
    mutating func encode(_ value: Int64) throws { node.add(integer: value) }
    mutating func encode(_ value: UInt) throws { node.add(integer: value) }
    mutating func encode(_ value: UInt8) throws { node.add(integer: value) }
    mutating func encode(_ value: UInt16) throws { node.add(integer: value) }
    mutating func encode(_ value: UInt32) throws { node.add(integer: value) }
    mutating func encode(_ value: UInt64) throws { node.add(integer: value) }
    mutating func encode<T: Encodable>(_ value: T) throws { try node.add(value) }
}
