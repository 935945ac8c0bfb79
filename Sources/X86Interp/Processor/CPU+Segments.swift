extension CPU {
    /// Recomputes everything that is derived from segment registers, CR0, VM and CPL.
    func refreshSegments() {
        let isProtected = core.pointee.state.cr0 & ControlBits.protection != 0
        let isVirtual = isProtected && core.pointee.state.eflags.contains(.virtual8086)
        core.pointee.isProtected = isProtected && !isVirtual
        core.pointee.isVirtual8086 = isVirtual
        core.pointee.isPaging = isProtected && core.pointee.state.cr0 & ControlBits.paging != 0 && model.is32Bit
        updatePrivilege()
        for register in SegmentRegister.allCases { refresh(register) }
    }

    /// Recomputes what is derived from one segment register.
    func refresh(_ register: SegmentRegister) {
        let segment = core.pointee.state.segments[register]
        let window = makeWindow(segment)
        withUnsafeMutablePointer(to: &core.pointee.windows) {
            UnsafeMutableRawPointer($0).assumingMemoryBound(to: SegmentWindow.self)[Int(register.rawValue)] = window
        }
        if register == .ss { core.pointee.stackMask = segment.access.contains(.big) ? 0xFFFF_FFFF : 0xFFFF }
        if register == .cs {
            let isPlain = segment.limit == 0xFFFF && segment.access == .realMode
            core.pointee.loadsPlainCS =
                !core.pointee.isProtected && !core.pointee.isVirtual8086 && (model.generation >= .pentium || isPlain)
            let isBig = segment.access.contains(.big)
            if isBig != core.pointee.isCode32 {
                core.pointee.isCode32 = isBig
                core.pointee.codeTag = 1
            }
            // Rights were checked when CS was loaded; behind MOV CR0 they are still those of real mode.
            core.pointee.codeLimit = Int64(segment.limit)
            let last = isBig ? segment.limit : min(segment.limit, 0xFFFF)
            core.pointee.lastChained = Int(last) - Int(Core.longestBlock) - 1
            if core.pointee.watchesModes { noteMode() }
        }
        if register.rawValue <= SegmentRegister.ds.rawValue {
            let isCode = register == .cs && segment.base == 0 && segment.limit == .max
            let isWide = segment.access.contains(.big) || register == .ds || register == .es
            noteFlatness(of: register, (isCode || window.isFlat) && isWide)
        }
    }

    /// Notes whether CS, DS, ES or SS is flat: the code decoded for it is another if all of them are.
    @inline(__always)
    private func noteFlatness(of register: SegmentRegister, _ isFlat: Bool) {
        let bit = 1 &<< register.rawValue
        let old = core.pointee.flatSegments
        let new = isFlat && core.pointee.isProtected ? old | bit : old & ~bit
        core.pointee.flatSegments = new
        if (new == Core.allFlat) != (old == Core.allFlat) { core.pointee.codeTag = 1 }
    }

    private func makeWindow(_ segment: Segment) -> SegmentWindow {
        var window = SegmentWindow(base: segment.base)
        let access = segment.access
        if access.isExpandDown && access.contains(.codeOrData) || core.pointee.isAligning { return window }
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
        let old = core.replace(register, by: segment)
        // Between rings of flat code nothing changes of what is derived; real mode looks at the level, too.
        let isSame =
            old.base == segment.base && old.limit == segment.limit
            && old.access.union(.dpl3) == segment.access.union(.dpl3)
        guard isSame, core.pointee.isProtected, !core.pointee.watchesModes else { return refresh(register) }
    }

    /// Loads a segment register in real mode: limit and rights stay, which is what makes big real mode.
    ///
    /// CS got those of real mode up to the i486.
    @inline(__always)
    func loadRealMode(_ register: SegmentRegister, _ selector: UInt16) {
        if core.pointee.isVirtual8086 { return setSegment(register, Segment(virtual8086: selector)) }
        if register == .cs, !core.pointee.loadsPlainCS { return setSegment(.cs, Segment(realMode: selector)) }
        core.setSelector(register, selector)
    }

    /// Loads a data or stack segment register by selector (SDM volume 2, MOV).
    @inline(__always)
    func loadSegment(_ register: SegmentRegister, _ selector: UInt16) throws(Interruption) {
        guard core.pointee.isProtected else { return loadRealMode(register, selector) }
        try loadProtected(register, selector)
    }

    @inline(never)
    private func loadProtected(_ register: SegmentRegister, _ selector: UInt16) throws(Interruption) {
        if selector & ~3 == 0 {
            guard register != .ss else { throw raised(.generalProtection, .stackNull, 0, register: .ss) }
            return setSegment(register, Segment(selector: selector, base: 0, limit: 0, access: []))
        }
        if register == .ss { return setSegment(.ss, try stackSegment(selector, .mov)) }
        let descriptor = try readDescriptor(selector, register: register)
        func refused(_ rule: Rule, _ vector: ExceptionVector = .generalProtection) -> Interruption {
            raised(vector, rule, selector, descriptor, register: register)
        }
        guard isReadable(descriptor) else { throw refused(.dataType) }
        guard isConforming(descriptor) || max(UInt8(selector & 3), core.pointee.state.cpl) <= descriptor.dpl else {
            throw refused(.dataPrivilege)
        }
        guard descriptor.isPresent else { throw refused(.dataAbsent, .segmentNotPresent) }
        setSegment(register, try accessed(selector, descriptor))
    }

    /// Data, or code that may be read.
    func isReadable(_ descriptor: Descriptor) -> Bool {
        descriptor.type & 0x10 != 0 && descriptor.type & 0xA != 8
    }

    /// Code of any kind.
    func isCode(_ descriptor: Descriptor) -> Bool { descriptor.type & 0x18 == 0x18 }

    /// Conforming code.
    func isConforming(_ descriptor: Descriptor) -> Bool { descriptor.type & 0x1C == 0x1C }

    // MARK: Stacks

    /// The exceptions and rules of a stack segment's checks, by why it is loaded.
    struct StackRules {
        let vector: ExceptionVector
        let selectorLevel: Rule
        let type: Rule
        let descriptorLevel: Rule
        let absent: Rule

        /// MOV, POP and LSS.
        static let mov = StackRules(
            vector: .generalProtection, selectorLevel: .stackSelectorLevel, type: .stackType,
            descriptorLevel: .stackDescriptorLevel, absent: .stackAbsent)
        /// The stack of an inner ring, from the TSS.
        static let inner = StackRules(
            vector: .invalidTSS, selectorLevel: .innerStackSelectorLevel, type: .innerStackType,
            descriptorLevel: .innerStackDescriptorLevel, absent: .innerStackAbsent)
        /// The stack of an outer ring, from the stack.
        static let outer = StackRules(
            vector: .generalProtection, selectorLevel: .returnStackSelectorLevel, type: .returnStackType,
            descriptorLevel: .returnStackDescriptorLevel, absent: .returnStackAbsent)
    }

    /// A stack segment for ring `level` (CPL unless told) by a selector that is not null.
    func stackSegment(
        _ selector: UInt16, _ rules: StackRules, level: UInt8? = nil, ext: UInt16 = 0
    ) throws(Interruption) -> Segment {
        let level = level ?? core.pointee.state.cpl
        let descriptor = try readDescriptor(selector, fault: rules.vector, ext: ext, register: .ss)
        func refused(_ rule: Rule) -> Interruption {
            raised(rules.vector, rule, selector, descriptor, ext: ext, register: .ss)
        }
        guard UInt8(selector & 3) == level else { throw refused(rules.selectorLevel) }
        guard descriptor.type & 0x1A == 0x12 else { throw refused(rules.type) }
        guard descriptor.dpl == level else { throw refused(rules.descriptorLevel) }
        guard descriptor.isPresent else {
            throw raised(.stackFault, rules.absent, selector, descriptor, ext: ext, register: .ss)
        }
        return try accessed(selector, descriptor)
    }

    // MARK: Privilege

    /// Changes CPL, and with it the cached translations in use.
    func setCPL(_ cpl: UInt8) {
        core.pointee.state.cpl = cpl
        updatePrivilege()
    }

    /// Recomputes what follows from CPL, VM, AM and AC.
    func updatePrivilege() {
        let isRing3 = core.pointee.state.cpl == 3 && core.pointee.state.cr0 & ControlBits.protection != 0
        if isRing3 != core.pointee.isRing3 {
            core.pointee.isRing3 = isRing3
            useTranslations()
            core.pointee.codeTag = 1
        }
        let isAligning =
            isRing3 && core.pointee.state.cr0 & ControlBits.alignmentMask != 0
            && core.pointee.state.eflags.contains(.alignmentCheck) && model.generation >= .i486
        if isAligning != core.pointee.isAligning {
            core.pointee.isAligning = isAligning
            for register in SegmentRegister.allCases { refresh(register) }
        }
    }
}
