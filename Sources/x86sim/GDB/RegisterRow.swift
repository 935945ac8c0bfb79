import X86Interp

/// One register as gdb sees it: what it is called, how it is read, how it is written.
struct RegisterRow: Sendable {
    /// Reads the register.
    typealias Read = @Sendable (CPUState) -> UInt64
    /// Writes the register.
    typealias Write = @Sendable (inout CPUState, UInt64, RegisterContext) throws(RegisterRefusal) -> Void

    /// gdb's name.
    let name: String
    /// Its size; those above 64 bits hold zero.
    let bits: Int
    /// Its type in the target description.
    let type: String
    /// Its value, which fits into `bits`.
    let read: Read
    /// Enters a value, which fits into `bits`.
    let write: Write
    /// The registers that this one shows together; empty for a register by itself.
    private(set) var parts: [RegisterRow] = []

    /// A row.
    init(_ name: String, bits: Int = 32, type: String = "int32", _ read: @escaping Read, _ write: @escaping Write) {
        self.name = name
        self.bits = bits
        self.type = type
        self.read = read
        self.write = write
    }

    /// The register's bytes, lowest first.
    func bytes(of state: CPUState) -> [UInt8] {
        guard parts.isEmpty else { return parts.flatMap { $0.bytes(of: state) } }
        let value = read(state)
        return (0..<bits / 8).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) : 0 }
    }

    /// Enters bytes, lowest first; there are as many as the register has.
    func set(_ bytes: some Collection<UInt8>, in state: inout CPUState, _ context: RegisterContext)
        throws(RegisterRefusal)
    {
        guard parts.isEmpty else {
            var rest = Array(bytes)[...]
            for part in parts {
                let own = rest.prefix(part.bits / 8)
                rest = rest.dropFirst(own.count)
                if !own.elementsEqual(part.bytes(of: state)) { try part.set(own, in: &state, context) }
            }
            return
        }
        var value: UInt64 = 0
        for (place, byte) in bytes.enumerated() where place < 8 { value |= UInt64(byte) << (8 * UInt64(place)) }
        guard !bytes.dropFirst(8).contains(where: { $0 != 0 }) else { throw .unchangeable(name) }
        try write(&state, value, context)
    }
}

/// What writing a register may depend on besides the processor's state.
struct RegisterContext {
    /// The processor.
    let model: CPUModel
    /// The segment that a selector names by its descriptor, or nil.
    let segment: (UInt16) -> Segment?
}

/// Why a register cannot get a value.
struct RegisterRefusal: Error, Equatable {
    /// The reason, in words.
    let message: String

    /// It never changes, or not by hand.
    static func unchangeable(_ name: String) -> RegisterRefusal {
        RegisterRefusal(message: "\(name) cannot be changed")
    }
}

extension RegisterRow {
    /// A register that is a field of the state.
    static func field<Value: FixedWidthInteger & UnsignedInteger & Sendable>(
        _ name: String, _ path: WritableKeyPath<CPUState, Value> & Sendable, type: String? = nil
    ) -> RegisterRow {
        let bits = max(32, Value.bitWidth)
        return RegisterRow(name, bits: bits, type: type ?? "uint\(bits)") {
            UInt64($0[keyPath: path])
        } _: { state, value, _ throws(RegisterRefusal) in
            guard let value = Value(exactly: value) else {
                throw RegisterRefusal(message: "\(name) has \(Value.bitWidth) bits")
            }
            state[keyPath: path] = value
        }
    }

    /// Registers together under one name, as a structure.
    static func group(_ name: String, _ parts: [RegisterRow]) -> RegisterRow {
        let bits = parts.reduce(0) { $0 + $1.bits }
        var row = RegisterRow(name, bits: bits, type: name + "_registers") { _ in
            0
        } _: { _, _, _ in
        }
        row.parts = parts
        return row
    }

    /// A register of more than 64 bits, of its parts, lowest first; gdb or the description has its type.
    static func wide(_ name: String, type: String, _ parts: [RegisterRow]) -> RegisterRow {
        let bits = parts.reduce(0) { $0 + $1.bits }
        var row = RegisterRow(name, bits: bits, type: type) { _ in
            0
        } _: { _, _, _ in
        }
        row.parts = parts
        return row
    }

    /// A register that is shown only.
    static func shown(
        _ name: String, bits: Int = 32, type: String = "uint32", _ read: @escaping Read
    ) -> RegisterRow {
        RegisterRow(name, bits: bits, type: type, read) { state, value, _ throws(RegisterRefusal) in
            // A client that writes all registers back changes nothing by it.
            guard value == read(state) else { throw .unchangeable(name) }
        }
    }
}
