extension CPU {
    /// Recomputes everything that is derived from segment registers and CR0.
    func refreshSegments() {
        core.pointee.isProtected =
            core.pointee.state.cr0 & 1 != 0 && !core.pointee.state.eflags.contains(.virtual8086)
        for register in SegmentRegister.allCases { refresh(register) }
    }

    /// Recomputes what is derived from one segment register.
    func refresh(_ register: SegmentRegister) {
        let segment = core.pointee.state.segments[register]
        withUnsafeMutablePointer(to: &core.pointee.windows) {
            UnsafeMutableRawPointer($0).assumingMemoryBound(to: SegmentWindow.self)[Int(register.rawValue)] =
                makeWindow(segment)
        }
        if register == .ss { core.pointee.stackMask = segment.access.contains(.big) ? 0xFFFF_FFFF : 0xFFFF }
        if register == .cs {
            core.pointee.codeTag = 1
            // Rights were checked when CS was loaded; behind MOV CR0 they are still those of real mode.
            core.pointee.codeLimit = Int64(segment.limit)
        }
    }

    private func makeWindow(_ segment: Segment) -> SegmentWindow {
        var window = SegmentWindow(base: segment.base)
        let access = segment.access
        if access.isExpandDown && access.contains(.codeOrData) { return window }
        guard core.pointee.isProtected else {
            window.readLimit = Int64(segment.limit)
            window.writeLimit = Int64(segment.limit)
            return window
        }
        guard access.contains(.present) else { return window }
        let flag = access.contains(.writableOrReadable)
        if flag || !access.contains(.code) { window.readLimit = Int64(segment.limit) }
        if flag && !access.contains(.code) { window.writeLimit = Int64(segment.limit) }
        return window
    }

    /// Replaces a segment register, hidden part included.
    func setSegment(_ register: SegmentRegister, _ segment: Segment) {
        core.pointee.state.segments[register] = segment
        refresh(register)
    }

    /// Loads a segment register in real mode: limit and rights stay, which is what makes big real mode.
    ///
    /// CS got those of real mode up to the i486.
    @inline(__always)
    func loadRealMode(_ register: SegmentRegister, _ selector: UInt16) {
        if register == .cs, model.generation < .pentium, core.pointee.codeLimit != 0xFFFF || isCodeForeign {
            return setSegment(.cs, Segment(realMode: selector))
        }
        let number = Int(register.rawValue)
        let base = UInt32(selector) << 4
        withUnsafeMutablePointer(to: &core.pointee.state.segments) {
            let segment = UnsafeMutableRawPointer($0).assumingMemoryBound(to: Segment.self) + number
            segment.pointee.selector = selector
            segment.pointee.base = base
        }
        withUnsafeMutablePointer(to: &core.pointee.windows) {
            UnsafeMutableRawPointer($0).assumingMemoryBound(to: SegmentWindow.self)[number].base = base
        }
    }

    /// Whether CS has other rights than real mode gives.
    @inline(never)
    private var isCodeForeign: Bool { core.pointee.state.segments.cs.access != .realMode }

    /// Loads a data or stack segment register by selector (SDM volume 2, MOV).
    func loadSegment(_ register: SegmentRegister, _ selector: UInt16) throws(Interruption) {
        guard core.pointee.isProtected else { return loadRealMode(register, selector) }
        let errorCode = selector & ~3
        let rpl = UInt8(selector & 3)
        let cpl = core.pointee.state.cpl
        if selector & ~3 == 0 {
            guard register != .ss else { throw .fault(Fault(.generalProtection)) }
            var null = Segment.null
            null.selector = selector
            return setSegment(register, null)
        }
        let descriptor = try readDescriptor(selector)
        let access = descriptor.access
        if register == .ss {
            guard rpl == cpl, access.contains(.codeOrData), !access.contains(.code),
                access.contains(.writableOrReadable), access.dpl == cpl
            else { throw .fault(Fault(.generalProtection, errorCode: errorCode)) }
            guard access.contains(.present) else { throw .fault(Fault(.stackFault, errorCode: errorCode)) }
        } else {
            guard access.contains(.codeOrData),
                !access.contains(.code) || access.contains(.writableOrReadable)
            else { throw .fault(Fault(.generalProtection, errorCode: errorCode)) }
            let isConforming = access.isSuperset(of: [.code, .expandDownOrConforming])
            guard isConforming || max(rpl, cpl) <= access.dpl else {
                throw .fault(Fault(.generalProtection, errorCode: errorCode))
            }
            guard access.contains(.present) else { throw .fault(Fault(.segmentNotPresent, errorCode: errorCode)) }
        }
        setSegment(register, try accessed(selector, descriptor))
    }

    /// The descriptor that a selector names, or #GP(selector) if it lies outside its table.
    func readDescriptor(
        _ selector: UInt16, fault vector: ExceptionVector = .generalProtection
    ) throws(Interruption) -> Descriptor {
        let address = try descriptorAddress(selector, fault: vector)
        let low = try loadLinear(address, 4)
        let high = try loadLinear(address &+ 4, 4)
        // The 80286 knows no more than 24 bits of base, 16 of limit and the access byte.
        return Descriptor(low: low, high: model.is32Bit ? high : high & 0xFFFF)
    }

    private func descriptorAddress(
        _ selector: UInt16, fault vector: ExceptionVector
    ) throws(Interruption) -> UInt32 {
        let offset = UInt32(selector & ~7)
        let isLocal = selector & 4 != 0
        let ldtr = core.pointee.state.ldtr
        let limit = isLocal ? ldtr.limit : core.pointee.state.gdtr.limit
        guard !isLocal || ldtr.access.contains(.present), offset + 7 <= limit else {
            throw .fault(Fault(vector, errorCode: selector & ~3))
        }
        return (isLocal ? ldtr.base : core.pointee.state.gdtr.base) &+ offset
    }

    /// The segment of a descriptor, whose accessed bit is set in memory if it was clear.
    func accessed(_ selector: UInt16, _ descriptor: Descriptor) throws(Interruption) -> Segment {
        var segment = descriptor.segment(selector: selector)
        if !segment.access.contains(.accessed) {
            segment.access.insert(.accessed)
            let address = try descriptorAddress(selector, fault: .generalProtection)
            try storeLinear(address &+ 5, 1, UInt32(segment.access.rawValue & 0xFF))
        }
        return segment
    }

    /// A code segment for a far transfer without a change of privilege (SDM volume 2, JMP and RET).
    ///
    /// - Parameter returning: RET and IRET demand RPL = CPL; jumps and calls demand RPL <= CPL.
    func codeSegment(_ selector: UInt16, returning: Bool) throws(Interruption) -> Segment {
        let errorCode = selector & ~3
        guard errorCode != 0 else { throw .fault(Fault(.generalProtection)) }
        let cpl = core.pointee.state.cpl
        let rpl = UInt8(selector & 3)
        let descriptor = try readDescriptor(selector)
        let access = descriptor.access
        guard access.isSuperset(of: [.codeOrData, .code]) else {
            // Call gates, task gates and TSSs come with rings and tasks.
            throw .fault(Fault(.generalProtection, errorCode: errorCode))
        }
        let isConforming = access.contains(.expandDownOrConforming)
        let allowed =
            isConforming
            ? access.dpl <= cpl && (!returning || rpl == cpl)
            : access.dpl == cpl && (returning ? rpl == cpl : rpl <= cpl)
        guard allowed else { throw .fault(Fault(.generalProtection, errorCode: errorCode)) }
        guard access.contains(.present) else { throw .fault(Fault(.segmentNotPresent, errorCode: errorCode)) }
        return try accessed(selector & ~3 | UInt16(cpl), descriptor)
    }

    /// Goes to a far target in any mode; the offset must lie within the segment.
    ///
    /// - Parameters:
    ///   - count: how many values of `width` `prepare` will push; the stack must have room for all of them.
    ///   - prepare: runs when nothing can fail any more, before CS changes; pushes the return address.
    @inline(__always)
    func transfer(
        to selector: UInt16, _ offset: UInt32, returning: Bool = false, pushing count: UInt32 = 0,
        _ width: Width = .word, prepare: () throws(Interruption) -> Void = {}
    ) throws(Interruption) {
        if core.pointee.isProtected {
            let segment = try codeSegment(selector, returning: returning)
            try probePushes(count, width)
            guard offset <= segment.limit else { throw outsideCode() }
            try prepare()
            setSegment(.cs, segment)
        } else {
            try probePushes(count, width)
            guard Int64(offset) <= core.pointee.codeLimit || !model.hasSegmentLimits else { throw outsideCode() }
            try prepare()
            loadRealMode(.cs, selector)
        }
        core.pointee.state.eip = offset
    }
}
