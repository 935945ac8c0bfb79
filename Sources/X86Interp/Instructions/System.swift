extension Encoding {
    /// Descriptor tables, control state, MSRs, CPUID, coprocessor escapes.
    // The rows are aligned.
    // swift-format-ignore
    static let system: [Encoding] = [
        .init(0x0F00, .sldt, .rvmw,    ext: 0, traits: [.protectedOnly], since: .i80286),
        .init(0x0F00, .str, .rvmw,     ext: 1, traits: [.protectedOnly], since: .i80286),
        .init(0x0F00, .lldt, .ew,      ext: 2, traits: [.protectedOnly, .privileged], since: .i80286),
        .init(0x0F00, .ltr, .ew,       ext: 3, traits: [.protectedOnly, .privileged], since: .i80286),
        .init(0x0F01, .sgdt, .ms,      ext: 0, since: .i80286),
        .init(0x0F01, .sidt, .ms,      ext: 1, since: .i80286),
        .init(0x0F01, .lgdt, .ms,      ext: 2, traits: [.privileged], since: .i80286),
        .init(0x0F01, .lidt, .ms,      ext: 3, traits: [.privileged], since: .i80286),
        .init(0x0F01, .smsw, .rvmw,    ext: 4, since: .i80286),
        .init(0x0F01, .lmsw, .ew,      ext: 6, traits: [.privileged, .endsBlock], since: .i80286),
        .init(0x0F01, .invlpg, .mb,    ext: 7, traits: [.privileged, .endsBlock], since: .i486),
        .init(0x0F06, .clts,           traits: [.privileged, .endsBlock], since: .i80286),
        .init(0x0F08, .invd,           traits: [.privileged], since: .i486),
        .init(0x0F09, .wbinvd,         traits: [.privileged], since: .i486),
        .init(0x0F30, .wrmsr,          traits: [.privileged, .endsBlock], since: .pentium),
        .init(0x0F31, .rdtsc,          since: .pentium),
        .init(0x0F32, .rdmsr,          traits: [.privileged], since: .pentium),
        .init(0x0FA2, .cpuid,          since: .i486),
        .init(0x63,   .arpl, .ew, .gw, traits: [.protectedOnly], flags: .writesZero, since: .i80286),
        .init(0xD8,   .esc, .ev,       count: 8),
        .init(0x9B,   .wait),
        .init(0x0F18, .nop, .ev,       count: 8, since: .p6),
        .init(0x0F0B, .ud,             since: .i80286),
        .init(0x0FB9, .ud, .gv, .ev,   since: .i80386),
        .init(0x0FFF, .ud, .gv, .ev,   since: .i80386),
    ]
}

extension CPU {
    private func requireProtectedMode() throws(Interruption) {
        guard core.pointee.isProtected else { throw .fault(Fault(.invalidOpcode)) }
    }

    // MARK: Descriptor tables

    /// LGDT and LIDT: a 16-bit operand size loads 24 bits of base.
    func loadTableRegister(_ i: InstructionPointer) throws(Interruption) {
        try requirePrivilege()
        let start = address(i)
        let limit = try load(i.pointee.segment, start, UInt16.self)
        var base = try load(i.pointee.segment, start &+ 2, UInt32.self)
        if !i.pointee.flags.contains(.operand32) { base &= 0xFF_FFFF }
        let table = TableRegister(base: base, limit: UInt32(limit))
        if i.pointee.operation == .lgdt {
            core.pointee.state.gdtr = table
        } else {
            core.pointee.state.idtr = table
        }
    }

    /// SGDT and SIDT store all of the base; the 286 stores FF in the last byte.
    func storeTableRegister(_ i: InstructionPointer) throws(Interruption) {
        let table = i.pointee.operation == .sgdt ? core.pointee.state.gdtr : core.pointee.state.idtr
        let start = address(i)
        try probeWrite(i.pointee.segment, start, 6)
        try store(i.pointee.segment, start, UInt16(truncatingIfNeeded: table.limit))
        let base = model.generation == .i80286 ? table.base | 0xFF00_0000 : table.base
        try store(i.pointee.segment, start &+ 2, base)
    }

    func loadLocalTable(_ i: InstructionPointer) throws(Interruption) {
        try requireProtectedMode()
        try requirePrivilege()
        let selector = try wordOperand(i)
        guard selector & ~3 != 0 else {
            core.pointee.state.ldtr = Segment(selector: selector, base: 0, limit: 0, access: [])
            return
        }
        core.pointee.state.ldtr = try systemSegment(selector, types: [0x02])
    }

    /// LTR marks the TSS busy.
    func loadTaskRegister(_ i: InstructionPointer) throws(Interruption) {
        try requireProtectedMode()
        try requirePrivilege()
        let selector = try wordOperand(i)
        guard selector & ~3 != 0 else { throw .fault(Fault(.generalProtection)) }
        var segment = try systemSegment(selector, types: [0x01, 0x09])
        segment.access.insert(.writableOrReadable)
        try storeLinear(
            core.pointee.state.gdtr.base &+ UInt32(selector & ~7) &+ 5, 1, UInt32(segment.access.rawValue & 0xFF))
        core.pointee.state.tr = segment
    }

    /// A present system descriptor of the GDT with one of some types.
    private func systemSegment(_ selector: UInt16, types: Set<UInt16>) throws(Interruption) -> Segment {
        let errorCode = selector & ~3
        guard selector & 4 == 0 else { throw .fault(Fault(.generalProtection, errorCode: errorCode)) }
        let descriptor = try readDescriptor(selector)
        guard types.contains(descriptor.access.rawValue & 0x1F) else {
            throw .fault(Fault(.generalProtection, errorCode: errorCode))
        }
        guard descriptor.access.contains(.present) else {
            throw .fault(Fault(.segmentNotPresent, errorCode: errorCode))
        }
        return descriptor.segment(selector: selector)
    }

    func storeSystemSegment(_ i: InstructionPointer) throws(Interruption) {
        try requireProtectedMode()
        let state = core.pointee.state
        let selector = i.pointee.operation == .sldt ? state.ldtr.selector : state.tr.selector
        try storeWordOrRegister(i, UInt32(selector))
    }

    /// To memory 16 bits, to a register the operand size.
    private func storeWordOrRegister(_ i: InstructionPointer, _ value: UInt32) throws(Interruption) {
        if isMemory(i) {
            try store(i.pointee.segment, address(i), UInt16(truncatingIfNeeded: value))
        } else {
            setRegister(i.pointee.first, i.pointee.width, value)
        }
    }

    /// The 16-bit operand of a one-operand system instruction.
    private func wordOperand(_ i: InstructionPointer) throws(Interruption)
        -> UInt16
    {
        isMemory(i) ? try load(i.pointee.segment, address(i), UInt16.self) : register(i.pointee.first, UInt16.self)
    }

    // MARK: Control registers

    func loadMachineStatus(_ i: InstructionPointer) throws(Interruption) {
        try requirePrivilege()
        let value = UInt32(try wordOperand(i))
        // LMSW sets PE but never clears it.
        setCR0(core.pointee.state.cr0 & ~0xE | value & 0xF)
    }

    func storeMachineStatus(_ i: InstructionPointer) throws(Interruption) {
        let fixed: UInt32 = model.generation == .i80286 ? 0xFFF0 : 0
        try storeWordOrRegister(i, core.pointee.state.cr0 | fixed)
    }

    func clearTaskSwitched() throws(Interruption) {
        try requirePrivilege()
        core.pointee.state.cr0 &= ~8
    }

    /// Null selectors marked their segments absent; back in real mode, where nothing would undo that, they serve again.
    private func reviveNullSegments() {
        for register in SegmentRegister.allCases {
            let segment = core.pointee.state.segments[register]
            guard !segment.access.contains(.present) else { continue }
            core.pointee.state.segments[register] = Segment(
                selector: segment.selector, base: segment.base, limit: 0xFFFF, access: .realMode)
        }
    }

    private func setCR0(_ value: UInt32) {
        if core.pointee.isProtected, value & 1 == 0 { reviveNullSegments() }
        core.pointee.state.cr0 = value
        core.pointee.flushTranslations()
        refreshSegments()
    }

    func movControl(_ i: InstructionPointer) throws(Interruption) {
        try requirePrivilege()
        let isWrite = Encoding.all[Int(i.pointee.row)].operands.0 == .cd
        let number = isWrite ? i.pointee.first : i.pointee.second
        guard isWrite else {
            setRegister(i.pointee.first, try controlRegister(number))
            return
        }
        let value = registers[Int(i.pointee.second)]
        _ = try controlRegister(number)
        switch number {
        case 0: try writeCR0(value)
        case 2: core.pointee.state.cr2 = value
        case 3: core.pointee.state.cr3 = value
        default:
            // Only TSD exists: the others come with the features that they control.
            guard value & ~4 == 0 else { throw .fault(Fault(.generalProtection)) }
            core.pointee.state.cr4 = value
        }
        core.pointee.flushTranslations()
    }

    private func controlRegister(_ number: UInt8) throws(Interruption) -> UInt32 {
        switch number {
        case 0: return core.pointee.state.cr0
        case 2: return core.pointee.state.cr2
        case 3: return core.pointee.state.cr3
        case 4 where model.generation >= .pentium: return core.pointee.state.cr4
        default: throw .fault(Fault(.invalidOpcode))
        }
    }

    /// CR0: PG without PE and NW without CD are #GP; bits that the model lacks read as 0, ET from the 486 on as 1.
    private func writeCR0(_ value: UInt32) throws(Interruption) {
        let isPagingAlone = value & 0x8000_0001 == 0x8000_0000
        guard model.generation >= .i486 else {
            guard !isPagingAlone else { throw .fault(Fault(.generalProtection)) }
            return setCR0(value & 0x8000_001F)
        }
        guard !isPagingAlone, value & 0x6000_0000 != 0x2000_0000 else { throw .fault(Fault(.generalProtection)) }
        setCR0(value & 0xE005_003F | 0x10)
    }

    func movDebug(_ i: InstructionPointer) throws(Interruption) {
        try requirePrivilege()
        let isWrite = Encoding.all[Int(i.pointee.row)].operands.0 == .dd
        let number = isWrite ? i.pointee.first : i.pointee.second
        guard isWrite else {
            setRegister(i.pointee.first, debugRegister(number))
            return
        }
        let value = registers[Int(i.pointee.second)]
        switch number {
        case 0: core.pointee.state.dr0 = value
        case 1: core.pointee.state.dr1 = value
        case 2: core.pointee.state.dr2 = value
        case 3: core.pointee.state.dr3 = value
        case 4, 6: core.pointee.state.dr6 = value & 0xE00F | 0xFFFF_0FF0
        default: core.pointee.state.dr7 = value & 0xFFFF_2FFF | 0x400
        }
    }

    /// DR4 and DR5 are DR6 and DR7 by another name.
    private func debugRegister(_ number: UInt8) -> UInt32 {
        switch number {
        case 0: core.pointee.state.dr0
        case 1: core.pointee.state.dr1
        case 2: core.pointee.state.dr2
        case 3: core.pointee.state.dr3
        case 4, 6: core.pointee.state.dr6
        default: core.pointee.state.dr7
        }
    }

    func invalidatePage(_ i: InstructionPointer) throws(Interruption) {
        try requirePrivilege()
        core.pointee.flushTranslations()
    }

    // MARK: Time, MSRs, CPUID

    private var timeStamp: UInt64 { now &+ core.pointee.state.tscOffset }

    private func setPair(_ value: UInt64) {
        registers[0] = UInt32(truncatingIfNeeded: value)
        registers[2] = UInt32(truncatingIfNeeded: value >> 32)
    }

    func readTimeStamp() throws(Interruption) {
        guard core.pointee.state.cr4 & 4 == 0 || core.pointee.state.cpl == 0 else {
            throw .fault(Fault(.generalProtection))
        }
        setPair(timeStamp)
    }

    /// MSR 10h is the time stamp counter; there is no other.
    func readModelSpecific() throws(Interruption) {
        try requirePrivilege()
        guard registers[1] == 0x10 else { throw .fault(Fault(.generalProtection)) }
        setPair(timeStamp)
    }

    func writeModelSpecific() throws(Interruption) {
        try requirePrivilege()
        guard registers[1] == 0x10 else { throw .fault(Fault(.generalProtection)) }
        let value = UInt64(registers[2]) << 32 | UInt64(registers[0])
        core.pointee.state.tscOffset = value &- now
    }

    /// CPUID reports what there is: no FPU, no paging extensions.
    func identify() {
        let leaf = registers[0]
        registers[0] = leaf == 0 ? 1 : model.signature
        registers[1] = 0
        registers[2] = model.features
        registers[3] = 0
        if leaf == 0 {
            // "GenuineIntel", in EBX, EDX, ECX: whose models these are.
            registers[3] = 0x756E_6547
            registers[2] = 0x4965_6E69
            registers[1] = 0x6C65_746E
        }
    }

    // MARK: Protection and coprocessor

    /// ARPL: raises the RPL of the destination to that of the source; ZF tells.
    ///
    /// A destination that stays need not be writable.
    func adjustPrivilege(_ i: InstructionPointer) throws(Interruption) {
        try requireProtectedMode()
        let wanted = register(i.pointee.second, UInt16.self) & 3
        let place = isMemory(i) ? address(i) : 0
        let old =
            isMemory(i)
            ? try load(i.pointee.segment, place, UInt16.self) : register(i.pointee.first, UInt16.self)
        var flags = core.pointee.flags.eflags
        if old & 3 < wanted {
            let new = old & ~3 | wanted
            if isMemory(i) { try store(i.pointee.segment, place, new) } else { setRegister(i.pointee.first, new) }
            flags.insert(.zero)
        } else {
            flags.remove(.zero)
        }
        core.pointee.flags = LazyFlags(flags)
    }

    /// ESC without a coprocessor: #NM if CR0 asks for it, else the bus cycle that nobody answers.
    func escape(_ i: InstructionPointer) throws(Interruption) {
        guard core.pointee.state.cr0 & 0xC == 0 else { throw .fault(Fault(.deviceNotAvailable)) }
        // The 80286 reads the operand's first word for the coprocessor, with the checks of a read.
        if model.generation == .i80286, i.pointee.shape == .m {
            _ = try load(i.pointee.segment, address(i), UInt16.self)
        }
    }

    func waitForCoprocessor() throws(Interruption) {
        guard core.pointee.state.cr0 & 0xA != 0xA else { throw .fault(Fault(.deviceNotAvailable)) }
    }
}
