extension Encoding {
    /// Bit tests, bit scans, SETcc.
    // The rows are aligned.
    // swift-format-ignore
    static let bitOperations: [Encoding] = [
        .init(0x0FA3, .bt, .ev, .gv,  flags: .bitTest, since: .i80386),
        .init(0x0FBA, .bt, .ev, .ib,  ext: 4, flags: .bitTest, since: .i80386),
        .init(0x0FAB, .bts, .ev, .gv, traits: [.lockable], flags: .bitTest, since: .i80386),
        .init(0x0FBA, .bts, .ev, .ib, ext: 5, traits: [.lockable], flags: .bitTest, since: .i80386),
        .init(0x0FB3, .btr, .ev, .gv, traits: [.lockable], flags: .bitTest, since: .i80386),
        .init(0x0FBA, .btr, .ev, .ib, ext: 6, traits: [.lockable], flags: .bitTest, since: .i80386),
        .init(0x0FBB, .btc, .ev, .gv, traits: [.lockable], flags: .bitTest, since: .i80386),
        .init(0x0FBA, .btc, .ev, .ib, ext: 7, traits: [.lockable], flags: .bitTest, since: .i80386),
        .init(0x0FBC, .bsf, .gv, .ev, flags: .bitScan, since: .i80386),
        .init(0x0FBD, .bsr, .gv, .ev, flags: .bitScan, since: .i80386),
        .init(0x0F90, .setcc, .eb,    count: 16, traits: [.conditional], flags: .condition, since: .i80386),
    ]
}

extension CPU {
    enum BitAction { case test, set, reset, complement }

    func bitTest(_ op: OpPointer, _ action: BitAction) throws(Interruption) {
        if op.pointee.width == .dword {
            try bitTest(op, action, UInt32.self)
        } else {
            try bitTest(op, action, UInt16.self)
        }
    }

    /// BT, BTS, BTR, BTC.
    ///
    /// A bit offset in a register reaches beyond a memory operand, up and down. The manual leaves OF undefined: it stays,
    /// but see `CPUModel.bitTestRotates`.
    private func bitTest<W: Operand>(
        _ op: OpPointer, _ action: BitAction, _ type: W.Type
    ) throws(Interruption) {
        let isImmediate = op.pointee.shape == .ri || op.pointee.shape == .mi
        let offset = isImmediate ? W(truncatingIfNeeded: op.pointee.immediate) : register(op.pointee.second, W.self)
        let mask: W = 1 << (offset & W(W.bitWidth - 1))
        func apply(_ a: W) -> W {
            switch action {
            case .test: a
            case .set: a | mask
            case .reset: a & ~mask
            case .complement: a ^ mask
            }
        }
        var old: W = 0
        if isMemory(op) {
            var place = address(op)
            if !isImmediate {
                let unit = Int32(bitPattern: ALU.signExtend(offset)) >> (W.bitWidth == 32 ? 5 : 4)
                place = (place &+ UInt32(bitPattern: unit &* Int32(MemoryLayout<W>.size))) & op.pointee.addressMask
            }
            if action == .test {
                old = try load(op.pointee.segment, place, W.self)
            } else {
                try modify(op.pointee.segment, place, W.self) {
                    old = $0
                    return apply($0)
                }
            }
        } else {
            old = register(op.pointee.first, W.self)
            if action != .test { setRegister(op.pointee.first, apply(old)) }
        }
        let flags = core.pointee.flags
        var overflow: UInt32 = flags.overflow ? 1 : 0
        if model.bitTestRotates {
            // The bit comes to the bottom: then the two at the top are those below it.
            let places = W(W.bitWidth - 1)
            let below = ((offset &- 1) & places, (offset &- 2) & places)
            overflow = UInt32(truncatingIfNeeded: (old >> below.0 ^ old >> below.1) & 1)
        }
        core.pointee.flags = flags.replacing(carry: old & mask != 0 ? 1 : 0, overflow: overflow)
    }

    func bitScan(_ op: OpPointer, forward: Bool) throws(Interruption) {
        if op.pointee.width == .dword {
            try bitScan(op, forward: forward, UInt32.self)
        } else {
            try bitScan(op, forward: forward, UInt16.self)
        }
    }

    /// BSF and BSR: a source of 0 sets ZF and leaves the destination alone.
    private func bitScan<W: Operand>(
        _ op: OpPointer, forward: Bool, _ type: W.Type
    ) throws(Interruption) {
        let value = try source(op, W.self)
        guard value != 0 else {
            core.pointee.flags = LazyFlags([.zero, .parity])
            return
        }
        let bit = forward ? value.trailingZeroBitCount : W.bitWidth - 1 - value.leadingZeroBitCount
        setRegister(op.pointee.first, W(bit))
        // Undefined flags: PF is that of the result, the others are clear.
        core.pointee.flags = LazyFlags(bit.nonzeroBitCount & 1 == 0 ? .parity : [])
    }

    func setByteIf(_ op: OpPointer) throws(Interruption) {
        try setDestination(op, UInt8(core.pointee.flags.holds(op.pointee.payload.condition) ? 1 : 0))
    }
}
