extension Encoding {
    /// Jumps, calls, returns, loops, BOUND; until 8086: the undecoded aliases of that chip.
    // The rows are aligned.
    // swift-format-ignore
    static let controlFlow: [Encoding] = [
        .init(0x70,   .jcc, .jb,        count: 16, traits: [.conditional],             flags: .condition),
        .init(0x60,   .jcc, .jb,        count: 16, traits: [.conditional],             flags: .condition, until: .i8086),
        .init(0x0F80, .jcc, .jz,        count: 16, traits: [.conditional],             flags: .condition, since: .i80386),
        .init(0xE0,   .loopne, .jb,     traits: [.endsBlock], flags: .readsZero),
        .init(0xE1,   .loope, .jb,      traits: [.endsBlock], flags: .readsZero),
        .init(0xE2,   .loop, .jb),
        .init(0xE3,   .jcxz, .jb,       traits: [.endsBlock]),
        .init(0xE9,   .jmp, .jz,        traits: [.endsBlock]),
        .init(0xEB,   .jmp, .jb,        traits: [.endsBlock]),
        .init(0xFF,   .jmp, .ev,        ext: 4, traits: [.endsBlock]),
        .init(0xEA,   .jmpFar, .ap,     traits: [.endsBlock]),
        .init(0xFF,   .jmpFar, .mp,     ext: 5, traits: [.endsBlock]),
        .init(0xE8,   .call, .jz,       traits: [.call, .endsBlock]),
        .init(0xFF,   .call, .ev,       ext: 2, traits: [.call, .endsBlock]),
        .init(0x9A,   .callFar, .ap,    traits: [.call, .endsBlock]),
        .init(0xFF,   .callFar, .mp,    ext: 3, traits: [.call, .endsBlock]),
        .init(0xC2,   .ret, .iw,        traits: [.endsBlock]),
        .init(0xC3,   .ret,             traits: [.endsBlock]),
        .init(0xCA,   .retFar, .iw,     traits: [.endsBlock]),
        .init(0xCB,   .retFar,          traits: [.endsBlock]),
        .init(0xC0,   .ret, .iw,        traits: [.endsBlock], until: .i8086),
        .init(0xC1,   .ret,             traits: [.endsBlock], until: .i8086),
        .init(0xC8,   .retFar, .iw,     traits: [.endsBlock], until: .i8086),
        .init(0xC9,   .retFar,          traits: [.endsBlock], until: .i8086),
        .init(0x62,   .bound, .gv, .ma, since: .i80186),
    ]
}

extension CPU {
    /// The target of a near jump or call: relative, or from register or memory.
    private func nearTarget(_ op: OpPointer) throws(Interruption) -> UInt32 {
        if op.pointee.shape == .i { return target(op) }
        return op.pointee.width == .dword ? try source(op, UInt32.self) : UInt32(try source(op, UInt16.self))
    }

    func jumpNear(_ op: OpPointer) throws(Interruption) { try jump(to: try nearTarget(op)) }

    func callNear(_ op: OpPointer) throws(Interruption) {
        let target = try nearTarget(op)
        guard Int64(target) <= core.pointee.codeLimit else { throw try refusedCall(target, op.pointee.width) }
        try push(nextEIP(op), op.pointee.width)
        core.pointee.state.eip = target
    }

    /// The fault of a call beyond the limit of CS: silicon reports the stack's fault before the target's.
    @inline(never)
    func refusedCall(_ target: UInt32, _ width: Width) throws(Interruption) -> Interruption {
        try probePushesOneByOne(1, width)
        return outsideCode(target)
    }

    /// A far pointer, from the instruction or from memory.
    private func farOperand(_ op: OpPointer) throws(Interruption) -> (offset: UInt32, selector: UInt16) {
        op.pointee.shape == .i ? (op.pointee.immediate, op.pointee.payload.selector) : try farPointer(op)
    }

    func jumpFar(_ op: OpPointer) throws(Interruption) {
        let (offset, selector) = try farOperand(op)
        try transfer(.jump, to: selector, offset, next: nextEIP(op))
    }

    func callFar(_ op: OpPointer) throws(Interruption) {
        let (offset, selector) = try farOperand(op)
        try transfer(.call(op.pointee.width), to: selector, offset, next: nextEIP(op))
    }

    /// RET, and RET n, which releases n bytes of parameters.
    func returnNear(_ op: OpPointer) throws(Interruption) {
        try restoringStack { () throws(Interruption) in
            try jump(to: try pop(op.pointee.width))
            setStackPointer(stackPointer &+ released(op))
        }
    }

    func returnFar(_ op: OpPointer) throws(Interruption) {
        try returnFar(op.pointee.width, releasing: released(op))
    }

    private func released(_ op: OpPointer) -> UInt32 {
        op.pointee.shape == .i ? op.pointee.immediate & 0xFFFF : 0
    }

    func jumpIfCountZero(_ op: OpPointer) throws(Interruption) {
        if registers[.ecx] & op.pointee.countMask == 0 { try jump(to: target(op)) }
    }

    /// LOOPE and LOOPNE: ECX counts only if the jump succeeds.
    func loop(_ op: OpPointer, while zero: Bool) throws(Interruption) {
        let count = (registers[.ecx] &- 1) & op.pointee.countMask
        if count != 0, core.pointee.flags.zero == zero { try jump(to: target(op)) }
        setMasked(.ecx, op.pointee.countMask, count)
    }

    /// BOUND: #BR unless lower <= index <= upper, signed.
    func bound(_ op: OpPointer) throws(Interruption) {
        let start = address(op)
        let size = UInt32(op.pointee.width.bytes)
        // Both bounds are read before the index is compared; the upper one's address wraps at the address size.
        let next = (start &+ size) & op.pointee.addressMask
        let (index, lower, upper): (UInt32, UInt32, UInt32)
        if op.pointee.width == .dword {
            index = registers[Int(op.pointee.first)]
            lower = try load(op.pointee.segment, start, UInt32.self)
            upper = try load(op.pointee.segment, next, UInt32.self)
        } else {
            index = ALU.signExtend(register(op.pointee.first, UInt16.self))
            lower = ALU.signExtend(try load(op.pointee.segment, start, UInt16.self))
            upper = ALU.signExtend(try load(op.pointee.segment, next, UInt16.self))
        }
        let value = Int32(bitPattern: index)
        guard value >= Int32(bitPattern: lower), value <= Int32(bitPattern: upper) else {
            throw raised(Fault(.boundRange), .boundExceeded, address: start)
        }
    }

    // MARK: By form

    @inline(__always)
    func branch(_ op: OpPointer, if taken: Bool) throws(Interruption) {
        if taken { try jump(to: target(op)) }
    }

    /// LOOP; returns whether it jumped.
    @inline(__always)
    func loopI(_ op: OpPointer) throws(Interruption) -> Bool {
        let mask = op.pointee.countMask
        let count = (registers[.ecx] &- 1) & mask
        if count != 0 { try jump(to: target(op)) }
        setMasked(.ecx, mask, count)
        return count != 0
    }
}
