// Reading the descriptor tables.
extension CPU {
    /// The descriptor that a selector names, or an exception with the selector if it lies outside its table.
    ///
    /// - Parameter ext: bit 0 of the error code.
    func readDescriptor(
        _ selector: UInt16, fault vector: ExceptionVector = .generalProtection, ext: UInt16 = 0,
        register: SegmentRegister? = nil
    ) throws(Interruption) -> Descriptor {
        let address = try descriptorAddress(selector, fault: vector, ext: ext, register)
        return descriptor(try loadSystem(address, UInt64.self))
    }

    /// A descriptor from its eight bytes; the 80286 knows no more than 24 bits of base, 16 of limit and the access byte.
    @inline(__always)
    func descriptor(_ bytes: UInt64) -> Descriptor {
        let high = UInt32(truncatingIfNeeded: bytes >> 32)
        return Descriptor(
            low: UInt32(truncatingIfNeeded: bytes), high: model.is32Bit ? high : high & 0xFFFF)
    }

    /// The descriptor that a selector names if its table reaches that far, for LAR and its kin; a null selector has none.
    func descriptorIfAny(_ selector: UInt16) throws(Interruption) -> Descriptor? {
        guard selector & ~3 != 0, let address = descriptorAddress(selector) else { return nil }
        return descriptor(try loadSystem(address, UInt64.self))
    }

    private func descriptorAddress(_ selector: UInt16) -> UInt32? {
        let offset = UInt32(selector & ~7)
        guard selector & 4 != 0 else {
            return offset &+ 7 <= core.pointee.state.gdtr.limit ? core.pointee.state.gdtr.base &+ offset : nil
        }
        let isUsable = core.pointee.state.ldtr.access.contains(.present)
        return isUsable && UInt64(offset) + 7 <= UInt64(core.pointee.state.ldtr.limit)
            ? core.pointee.state.ldtr.base &+ offset : nil
    }

    private func descriptorAddress(
        _ selector: UInt16, fault vector: ExceptionVector, ext: UInt16, _ register: SegmentRegister?
    ) throws(Interruption) -> UInt32 {
        if let address = descriptorAddress(selector) { return address }
        let isMissing = selector & 4 != 0 && !core.pointee.state.ldtr.access.contains(.present)
        throw raised(
            vector, isMissing ? .localTableMissing : .selectorBeyondTable, selector, ext: ext, register: register)
    }

    /// The segment of a descriptor, whose accessed bit is set in memory if it was clear.
    func accessed(_ selector: UInt16, _ descriptor: Descriptor) throws(Interruption) -> Segment {
        var segment = descriptor.segment(selector: selector)
        if !segment.access.contains(.accessed) {
            segment.access.insert(.accessed)
            try setAccess(of: selector, segment.access)
        }
        return segment
    }

    /// Writes the access byte of a descriptor.
    func setAccess(of selector: UInt16, _ access: SegmentAccess) throws(Interruption) {
        guard let address = descriptorAddress(selector) else { return }
        try storeSystem(address &+ 5, UInt8(truncatingIfNeeded: access.rawValue))
    }

    /// Whether a system descriptor's type exists on this processor: the 80286 has none of the 386's.
    func isKnown(_ descriptor: Descriptor) -> Bool { model.is32Bit || descriptor.type & 0x18 != 8 }
}
