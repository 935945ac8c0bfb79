// How an op names its operands, and where they are.
extension UnsafeMutablePointer<Core> {
    /// The effective address of the memory operand.
    @inline(__always)
    func address(_ op: OpPointer) -> UInt32 {
        let base = registers[Int(op.pointee.base)]
        let index = registers[Int(op.pointee.index)] &<< UInt32(op.pointee.scale)
        return (base &+ index &+ op.pointee.displacement) & op.pointee.addressMask
    }
}

extension CPU {
    /// The effective address of the memory operand.
    @inline(__always)
    func address(_ op: OpPointer) -> UInt32 { core.address(op) }

    /// The target of a relative branch.
    @inline(__always)
    func target(_ op: OpPointer) -> UInt32 {
        (core.pointee.blockEIP &+ op.pointee.immediate) & op.pointee.addressMask
    }

    /// EIP behind the instruction.
    @inline(__always)
    func nextEIP(_ op: OpPointer) -> UInt32 { core.pointee.blockEIP &+ UInt32(op.pointee.next) }

    /// Whether the first operand is memory.
    @inline(__always)
    func isMemory(_ op: OpPointer) -> Bool {
        switch op.pointee.shape {
        case .mr, .mi, .m: true
        case .none, .rr, .rm, .ri, .r, .i: false
        }
    }

    /// The last operand: register, memory or immediate.
    func source<W: Operand>(_ op: OpPointer, _ type: W.Type) throws(Interruption) -> W {
        switch op.pointee.shape {
        case .rr, .mr: register(op.pointee.second, W.self)
        case .rm, .m: try load(op.pointee.segment, address(op), W.self)
        case .ri, .mi, .i: W(truncatingIfNeeded: op.pointee.immediate)
        case .none, .r: register(op.pointee.first, W.self)
        }
    }

    /// Replaces the first operand by a function of it.
    func update<W: Operand>(
        _ op: OpPointer, _ type: W.Type, _ body: (W) -> W
    ) throws(Interruption) {
        if isMemory(op) {
            try modify(op.pointee.segment, address(op), W.self, body)
        } else {
            setRegister(op.pointee.first, body(register(op.pointee.first, W.self)))
        }
    }

    /// Writes the first operand.
    func setDestination<W: Operand>(_ op: OpPointer, _ value: W) throws(Interruption) {
        if isMemory(op) {
            try store(op.pointee.segment, address(op), value)
        } else {
            setRegister(op.pointee.first, value)
        }
    }
}
