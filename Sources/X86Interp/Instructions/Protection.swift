// Bodies of the instructions on descriptor tables, selectors and access rights.
extension CPU {
    // MARK: Descriptor tables

    /// LGDT and LIDT: a 16-bit operand size loads 24 bits of base.
    func loadTableRegister(_ op: OpPointer) throws(Interruption) {
        let start = address(op)
        let limit = try load(op.pointee.segment, start, UInt16.self)
        var base = try load(op.pointee.segment, (start &+ 2) & op.pointee.addressMask, UInt32.self)
        if !op.pointee.flags.contains(.operand32) { base &= 0xFF_FFFF }
        let table = TableRegister(base: base, limit: UInt32(limit))
        if op.pointee.operation == .lgdt {
            core.pointee.state.gdtr = table
        } else {
            core.pointee.state.idtr = table
        }
    }

    /// SGDT and SIDT store all of the base; the 286 stores FF in the last byte.
    ///
    /// A word and a dword, each aligned for itself: SDM volume 3, 3.5.1 advises an odd word address. As in every operand
    /// of two parts, the second one's address wraps at the address size.
    func storeTableRegister(_ op: OpPointer) throws(Interruption) {
        let table = op.pointee.operation == .sgdt ? core.pointee.state.gdtr : core.pointee.state.idtr
        let start = address(op)
        let next = (start &+ 2) & op.pointee.addressMask
        try probe(op.pointee.segment, start, 2, .write)
        try probe(op.pointee.segment, next, 4, .write)
        try store(op.pointee.segment, start, UInt16(truncatingIfNeeded: table.limit))
        let base = model.generation == .i80286 ? table.base | 0xFF00_0000 : table.base
        try store(op.pointee.segment, next, base)
    }

    func loadLocalTable(_ op: OpPointer) throws(Interruption) {
        let selector = try wordOperand(op)
        guard selector & ~3 != 0 else {
            core.pointee.state.ldtr = Segment(selector: selector, base: 0, limit: 0, access: [])
            return
        }
        guard selector & 4 == 0 else { throw raised(.generalProtection, .localTableSelectorLocal, selector) }
        let descriptor = try readDescriptor(selector)
        guard descriptor.kind == .localTable else {
            throw raised(.generalProtection, .localTableType, selector, descriptor)
        }
        guard descriptor.isPresent else {
            throw raised(.segmentNotPresent, .localTableAbsent, selector, descriptor)
        }
        core.pointee.state.ldtr = descriptor.segment(selector: selector)
    }

    /// LTR marks the TSS busy.
    func loadTaskRegister(_ op: OpPointer) throws(Interruption) {
        let selector = try wordOperand(op)
        guard selector & ~3 != 0 else { throw raised(.generalProtection, .taskRegisterNull, 0) }
        guard selector & 4 == 0 else { throw raised(.generalProtection, .taskSelectorLocal, selector) }
        let descriptor = try readDescriptor(selector)
        guard case .task(_, busy: false) = descriptor.kind, isKnown(descriptor) else {
            throw raised(.generalProtection, .taskType, selector, descriptor)
        }
        guard descriptor.isPresent else { throw raised(.segmentNotPresent, .taskAbsent, selector, descriptor) }
        var segment = descriptor.segment(selector: selector)
        segment.access.insert(.writableOrReadable)
        try setAccess(of: selector, segment.access)
        core.pointee.state.tr = segment
    }

    func storeSystemSegment(_ op: OpPointer) throws(Interruption) {
        let state = core.pointee.state
        let selector = op.pointee.operation == .sldt ? state.ldtr.selector : state.tr.selector
        try storeWordOrRegister(op, UInt32(selector))
    }

    /// To memory 16 bits, to a register the operand size.
    func storeWordOrRegister(_ op: OpPointer, _ value: UInt32) throws(Interruption) {
        if isMemory(op) {
            try store(op.pointee.segment, address(op), UInt16(truncatingIfNeeded: value))
        } else {
            setRegister(op.pointee.first, op.pointee.width, value)
        }
    }

    /// The 16-bit operand of a one-operand system instruction.
    func wordOperand(_ op: OpPointer) throws(Interruption) -> UInt16 {
        isMemory(op) ? try load(op.pointee.segment, address(op), UInt16.self) : register(op.pointee.first, UInt16.self)
    }

    // MARK: Rights

    private func setZero(_ isSet: Bool) {
        var flags = core.pointee.flags.eflags
        if isSet { flags.insert(.zero) } else { flags.remove(.zero) }
        core.pointee.flags = LazyFlags(flags)
    }

    /// The descriptor of a selector if it is of a kind that may be asked for, and the present ring may see it.
    ///
    /// - Parameter systemTypes: a bit for each system type that may be asked for.
    private func visibleDescriptor(_ selector: UInt16, systemTypes: UInt32) throws(Interruption) -> Descriptor? {
        guard let descriptor = try descriptorIfAny(selector) else { return nil }
        let isSystem = descriptor.type & 0x10 == 0
        guard !isSystem || systemTypes >> UInt32(descriptor.type) & 1 != 0 && isKnown(descriptor) else { return nil }
        let outermost = max(UInt8(selector & 3), core.pointee.state.cpl)
        return isConforming(descriptor) || descriptor.dpl >= outermost ? descriptor : nil
    }

    /// LAR: the rights of code, data, TSSs, LDTs, call and task gates; bits 16 to 19 are those of the limit, as on silicon.
    func loadAccessRights(_ op: OpPointer) throws(Interruption) {
        // Types 1 to 5, 9, B and C.
        let descriptor = try visibleDescriptor(try selectorOperand(op), systemTypes: 0x1A3E)
        if let descriptor { setRegister(op.pointee.first, op.pointee.width, descriptor.high & 0xFF_FF00) }
        setZero(descriptor != nil)
    }

    /// LSL: the last offset of code, data, TSSs and LDTs.
    func loadSegmentLimit(_ op: OpPointer) throws(Interruption) {
        // Types 1, 2, 3, 9 and B.
        let descriptor = try visibleDescriptor(try selectorOperand(op), systemTypes: 0x0A0E)
        if let descriptor { setRegister(op.pointee.first, op.pointee.width, descriptor.limit) }
        setZero(descriptor != nil)
    }

    /// The selector of LAR and LSL: the second operand, whatever the operand size 16 bits.
    private func selectorOperand(_ op: OpPointer) throws(Interruption) -> UInt16 { try source(op, UInt16.self) }

    /// VERR and VERW: whether a selector could be read or written with.
    func verifySegment(_ op: OpPointer) throws(Interruption) {
        let descriptor = try visibleDescriptor(try wordOperand(op), systemTypes: 0)
        let isWrite = op.pointee.operation == .verw
        setZero(descriptor.map { isWrite ? $0.type & 0x1A == 0x12 : isReadable($0) } ?? false)
    }

    /// ARPL: raises the RPL of the destination to that of the source; ZF tells.
    ///
    /// A destination that stays need not be writable.
    func adjustPrivilege(_ op: OpPointer) throws(Interruption) {
        let wanted = register(op.pointee.second, UInt16.self) & 3
        let place = isMemory(op) ? address(op) : 0
        let old =
            isMemory(op)
            ? try load(op.pointee.segment, place, UInt16.self) : register(op.pointee.first, UInt16.self)
        var flags = core.pointee.flags.eflags
        if old & 3 < wanted {
            let new = old & ~3 | wanted
            if isMemory(op) { try store(op.pointee.segment, place, new) } else { setRegister(op.pointee.first, new) }
            flags.insert(.zero)
        } else {
            flags.remove(.zero)
        }
        core.pointee.flags = LazyFlags(flags)
    }
}
