extension Encoding {
    /// Moves, exchanges, conversions, pointers.
    // The rows are aligned.
    // swift-format-ignore
    static let dataTransfer: [Encoding] = [
        .init(0x88,   .mov, .eb, .gb),
        .init(0x89,   .mov, .ev, .gv),
        .init(0x8A,   .mov, .gb, .eb),
        .init(0x8B,   .mov, .gv, .ev),
        .init(0xA0,   .mov, .al, .ob),
        .init(0xA1,   .mov, .ax, .ov),
        .init(0xA2,   .mov, .ob, .al),
        .init(0xA3,   .mov, .ov, .ax),
        .init(0xB0,   .mov, .zb, .ib,          count: 8),
        .init(0xB8,   .mov, .zv, .iz,          count: 8),
        .init(0xC6,   .mov, .eb, .ib,          ext: 0, since: .i80186),
        .init(0xC7,   .mov, .ev, .iz,          ext: 0, since: .i80186),
        .init(0xC6,   .mov, .eb, .ib,          until: .i8086),
        .init(0xC7,   .mov, .ev, .iz,          until: .i8086),
        .init(0x8C,   .movFromSegment, .rvmw, .sw),
        .init(0x8E,   .movToSegment, .sw, .ew, traits: [.endsBlock]),
        .init(0x0F20, .movControl, .rd, .cd,   traits: [.privileged], since: .i80386),
        .init(0x0F22, .movControl, .cd, .rd,   traits: [.privileged, .endsBlock], since: .i80386),
        .init(0x0F21, .movDebug, .rd, .dd,     traits: [.privileged], since: .i80386),
        .init(0x0F23, .movDebug, .dd, .rd,     traits: [.privileged, .endsBlock], since: .i80386),
        .init(0x86,   .xchg, .eb, .gb,         traits: [.lockable]),
        .init(0x87,   .xchg, .ev, .gv,         traits: [.lockable]),
        .init(0x90,   .xchg, .zv, .ax,         count: 8),
        .init(0x8D,   .lea, .gv, .m),
        .init(0xC4,   .les, .gv, .mp),
        .init(0xC5,   .lds, .gv, .mp),
        .init(0x0FB2, .lss, .gv, .mp,          traits: [.endsBlock], since: .i80386),
        .init(0x0FB4, .lfs, .gv, .mp,          since: .i80386),
        .init(0x0FB5, .lgs, .gv, .mp,          since: .i80386),
        .init(0x0FB6, .movzx, .gv, .eb,        since: .i80386),
        .init(0x0FB7, .movzx, .gv, .ew,        since: .i80386),
        .init(0x0FBE, .movsx, .gv, .eb,        since: .i80386),
        .init(0x0FBF, .movsx, .gv, .ew,        since: .i80386),
        .init(0xD7,   .xlat),
        .init(0x0FC8, .bswap, .zv,             count: 8, since: .i486),
        .init(0x0F40, .cmovcc, .gv, .ev,       count: 16, traits: [.conditional], flags: .condition, since: .p6),
        .init(0x98,   .cbw),
        .init(0x99,   .cwd),
        .init(0x9E,   .sahf,                   flags: .writesLowByte),
        .init(0x9F,   .lahf,                   flags: .readsLowByte),
        .init(0xD6,   .salc,                   flags: .readsCarry),
    ]
}

extension CPU {
    /// MOV of registers, memory and immediates, within the complete switch, its one caller.
    @inline(__always)
    func mov(_ op: OpPointer) throws(Interruption) {
        switch op.pointee.width {
        case .byte: try setDestination(op, try source(op, UInt8.self))
        case .word: try setDestination(op, try source(op, UInt16.self))
        case .dword: try setDestination(op, try source(op, UInt32.self))
        }
    }

    /// MOV Sreg: a load of SS holds back interrupts and debug traps for one instruction.
    func movToSegment(_ op: OpPointer) throws(Interruption) {
        let register = try segmentOperand(op.pointee.first, isTarget: true)
        try loadSegment(register, try source(op, UInt16.self))
        if register == .ss { shadowStackSwitch() }
    }

    /// MOV from Sreg: 16 bits to memory, zero-extended to a 32-bit register.
    func movFromSegment(_ op: OpPointer) throws(Interruption) {
        let selector = segment(try segmentOperand(op.pointee.second, isTarget: false).rawValue).selector
        if isMemory(op) {
            try store(op.pointee.segment, address(op), selector)
        } else {
            setRegister(op.pointee.first, op.pointee.width, UInt32(selector))
        }
    }

    /// The segment register that ModRM.reg names; CS cannot be loaded from the 286 on.
    private func segmentOperand(_ number: UInt8, isTarget: Bool) throws(Interruption) -> SegmentRegister {
        let known = model.generation < .i80286 ? number & 3 : number
        guard let register = SegmentRegister(rawValue: known), model.is32Bit || known < 4,
            !(isTarget && register == .cs && model.generation >= .i80286)
        else { throw raised(.invalidOpcode, .registerMissing) }
        return register
    }

    /// Holds back interrupts and debug traps until behind the next instruction.
    func shadowStackSwitch() {
        core.pointee.state.shadowUntil = now &+ 2
        core.pointee.state.shadowHoldsTraps = true
        if bus.intr || bus.nmiPending || core.pointee.state.eflags.contains(.trap) { core.pointee.requestAttention() }
    }

    func exchange(_ op: OpPointer) throws(Interruption) {
        switch op.pointee.width {
        case .byte: try exchange(op, UInt8.self)
        case .word: try exchange(op, UInt16.self)
        case .dword: try exchange(op, UInt32.self)
        }
    }

    private func exchange<W: Operand>(_ op: OpPointer, _ type: W.Type) throws(Interruption) {
        let b = register(op.pointee.second, W.self)
        var a: W = 0
        try update(op, W.self) {
            a = $0
            return b
        }
        setRegister(op.pointee.second, a)
    }

    func translateByte(_ op: OpPointer) throws(Interruption) {
        let offset = (registers[.ebx] &+ UInt32(register(.al))) & op.pointee.addressMask
        setRegister(.eax, try load(op.pointee.segment, offset, UInt8.self))
    }

    /// BSWAP; of a 16-bit register, which the manual leaves undefined, it gives 0.
    func swapBytes(_ op: OpPointer) {
        if op.pointee.width == .dword {
            registers[Int(op.pointee.first)] = registers[Int(op.pointee.first)].byteSwapped
        } else {
            setRegister(op.pointee.first, UInt16(0))
        }
    }

    /// MOVZX and MOVSX to 16 or 32 bits; by the size of the source.
    func extend(_ op: OpPointer, signed: Bool) throws(Interruption) {
        let value: UInt32
        if op.pointee.payload.sourceBytes == 1 {
            let byte = try source(op, UInt8.self)
            value = signed ? ALU.signExtend(byte) : UInt32(byte)
        } else {
            let word = try source(op, UInt16.self)
            value = signed ? ALU.signExtend(word) : UInt32(word)
        }
        setRegister(op.pointee.first, op.pointee.width, value)
    }

    /// CMOVcc reads its source even if the condition does not hold.
    func moveIf(_ op: OpPointer) throws(Interruption) {
        let isMet = core.pointee.flags.holds(op.pointee.payload.condition)
        if op.pointee.width == .dword {
            let value = try source(op, UInt32.self)
            if isMet { setRegister(op.pointee.first, value) }
        } else {
            let value = try source(op, UInt16.self)
            if isMet { setRegister(op.pointee.first, value) }
        }
    }

    /// CBW and CWDE.
    func convertToWide(_ op: OpPointer) {
        if op.pointee.flags.contains(.operand32) {
            registers[.eax] = ALU.signExtend(register(.ax))
        } else {
            setRegister(.eax, UInt16(truncatingIfNeeded: ALU.signExtend(register(.al))))
        }
    }

    /// CWD and CDQ.
    func convertToPair(_ op: OpPointer) {
        if op.pointee.flags.contains(.operand32) {
            registers[.edx] = UInt32(bitPattern: Int32(bitPattern: registers[.eax]) >> 31)
        } else {
            setRegister(.edx, UInt16(bitPattern: Int16(bitPattern: register(.ax)) >> 15))
        }
    }

    func loadFlagsToAH() {
        setRegister(.ah, UInt8(truncatingIfNeeded: eflags.rawValue & 0xD5 | 2))
    }

    func storeAHToFlags() {
        let low = EFLAGS(rawValue: UInt32(register(.ah)) & 0xD5)
        core.pointee.flags = LazyFlags(low.union(core.pointee.flags.eflags.intersection(.overflow)))
    }

    /// LDS, LES, LSS, LFS and LGS: the register changes only if the segment could be loaded.
    func loadFarPointer(_ op: OpPointer, _ target: SegmentRegister) throws(Interruption) {
        let (offset, selector) = try farPointer(op)
        try loadSegment(target, selector)
        setRegister(op.pointee.first, op.pointee.width, offset)
    }

    /// A far pointer in memory: offset, then selector.
    ///
    /// Two accesses, each checked by itself; the second one's address wraps at the address size.
    func farPointer(_ op: OpPointer) throws(Interruption) -> (offset: UInt32, selector: UInt16) {
        let start = address(op)
        let segment = op.pointee.segment
        let next = (start &+ UInt32(op.pointee.width.bytes)) & op.pointee.addressMask
        let offset =
            op.pointee.width == .dword
            ? try load(segment, start, UInt32.self) : UInt32(try load(segment, start, UInt16.self))
        return (offset, try load(segment, next, UInt16.self))
    }
}
