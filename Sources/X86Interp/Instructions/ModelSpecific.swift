/// A model-specific register that is storage with a check: one row.
struct ModelRegister: Sendable {
    /// The numbers of the registers that are alike.
    let numbers: ClosedRange<UInt32>
    /// The name of the first, as the manual has it.
    let name: String
    /// What it holds after RESET.
    let reset: UInt64
    /// The bits that software may set; writing others is #GP.
    let writable: UInt64
    /// Writing it is #GP, whatever the value.
    let isReadOnly: Bool
    /// The first generation that has it.
    let since: Generation
    /// The features, as in CPUID, that a processor of such a generation has if it has the register.
    let features: UInt32

    init(
        _ numbers: ClosedRange<UInt32>, _ name: String, reset: UInt64 = 0, writable: UInt64 = .max,
        isReadOnly: Bool = false, since: Generation = .p6, features: UInt32 = 0
    ) {
        self.numbers = numbers
        self.name = name
        self.reset = reset
        self.writable = writable
        self.isReadOnly = isReadOnly
        self.since = since
        self.features = features
    }

    /// Whether a processor has it.
    func exists(on model: CPUModel) -> Bool { since <= model.generation && model.features & features == features }

    /// The registers that are only stored (SDM volume 4; P6: table 2-53), with the checks that the manual gives.
    // The rows are aligned.
    // swift-format-ignore
    static let all: [ModelRegister] = [
        .init(0x00...0x00,   "P5_MC_ADDR", since: .pentium),
        .init(0x01...0x01,   "P5_MC_TYPE", since: .pentium),
        .init(0x17...0x17,   "IA32_PLATFORM_ID", isReadOnly: true),
        // There is no local APIC behind it; BSP is set.
        .init(0x1B...0x1B,   "IA32_APIC_BASE", reset: 0xFEE0_0100, writable: 0xF_FFFF_F900),
        .init(0x2A...0x2A,   "EBL_CR_POWERON"),
        .init(0x79...0x79,   "IA32_BIOS_UPDT_TRIG"),
        .init(0x8B...0x8B,   "IA32_BIOS_SIGN_ID"),
        .init(0xC1...0xC2,   "IA32_PMC0", writable: 0xFF_FFFF_FFFF),
        // Eight variable ranges, fixed ranges, write-combining.
        .init(0xFE...0xFE,   "IA32_MTRRCAP", reset: 0x508, isReadOnly: true),
        .init(0x179...0x179, "IA32_MCG_CAP", reset: 5, isReadOnly: true),
        .init(0x17A...0x17A, "IA32_MCG_STATUS", writable: 7),
        .init(0x186...0x187, "IA32_PERFEVTSEL0", writable: 0xFFFF_FFFF),
        // Table 2-47: fast strings are on; neither branch trace store (11) nor PEBS (12) is there.
        .init(0x1A0...0x1A0, "IA32_MISC_ENABLE", reset: 0x1801, writable: 0x1CC_3FDD, features: CPUModel.Feature.sse2),
        .init(0x1D9...0x1D9, "IA32_DEBUGCTL", writable: 0x7F),
        .init(0x1DB...0x1DE, "LASTBRANCHFROMIP"),
        .init(0x200...0x20F, "IA32_MTRR_PHYSBASE0", writable: 0xF_FFFF_FFFF),
        .init(0x250...0x250, "IA32_MTRR_FIX64K_00000"),
        .init(0x258...0x259, "IA32_MTRR_FIX16K_80000"),
        .init(0x268...0x26F, "IA32_MTRR_FIX4K_C0000"),
        .init(0x277...0x277, "IA32_PAT", reset: 0x0007_0406_0007_0406),
        .init(0x2FF...0x2FF, "IA32_MTRR_DEF_TYPE", writable: 0xCFF),
        .init(0x400...0x413, "IA32_MC0_CTL"),
    ]

    /// Whether a value may be written to register `number`: reserved bits clear, memory types that exist.
    func accepts(_ value: UInt64, for number: UInt32) -> Bool {
        guard value & ~writable == 0, !isReadOnly else { return false }
        func isType(_ type: UInt64) -> Bool { [0, 1, 4, 5, 6].contains(type & 0xFF) }
        switch number {
        // PHYSBASE has a type in its low byte, PHYSMASK only V in bit 11 below the mask.
        case 0x200...0x20F where number & 1 == 0: return isType(value) && value & 0xF00 == 0
        case 0x200...0x20F: return value & 0x7FF == 0
        case 0x250, 0x258, 0x259, 0x268...0x26F: return (0..<8).allSatisfy { isType(value >> (8 * UInt64($0))) }
        case 0x2FF: return isType(value)
        // UC- exists there only.
        case 0x277: return (0..<8).allSatisfy { isType(value >> (8 * $0)) || value >> (8 * $0) & 0xFF == 7 }
        // Machine-check banks take all ones (control) or zero (status, address, misc).
        case 0x400...0x413: return number & 3 == 0 ? value == 0 || value == .max : value == 0
        default: return true
        }
    }
}

// Time, counters, model-specific registers, CPUID, SYSENTER.
extension CPU {
    private var timeStamp: UInt64 { now &+ core.pointee.state.tscOffset }

    private func setPair(_ value: UInt64) {
        registers[.eax] = UInt32(truncatingIfNeeded: value)
        registers[.edx] = UInt32(truncatingIfNeeded: value >> 32)
    }

    func readTimeStamp() throws(Interruption) {
        guard core.pointee.state.cr4 & ControlBits.tsd == 0 || core.pointee.state.cpl == 0 else {
            throw raised(.generalProtection, .timeStampDisabled)
        }
        setPair(timeStamp)
    }

    /// RDPMC: two counters of 40 bits, which nothing counts up.
    func readCounter() throws(Interruption) {
        guard core.pointee.state.cr4 & ControlBits.pce != 0 || core.pointee.state.cpl == 0, registers[.ecx] < 2 else {
            throw raised(.generalProtection, .counterDisabled)
        }
        setPair(core.pointee.state.modelRegisters[0xC1 &+ registers[.ecx]] ?? 0)
    }

    private func modelRegister(_ number: UInt32) throws(Interruption) -> ModelRegister {
        guard
            let row = ModelRegister.all.first(where: { $0.numbers.contains(number) && $0.exists(on: model) })
        else { throw raised(Fault(.generalProtection), .modelRegisterMissing, address: number) }
        return row
    }

    private var hasFastCall: Bool { model.features & CPUModel.Feature.sep != 0 }

    func readModelSpecific() throws(Interruption) {
        let number = registers[.ecx]
        switch number {
        case 0x10: setPair(timeStamp)
        case 0x174 where hasFastCall: setPair(UInt64(core.pointee.state.fastCall.cs))
        case 0x175 where hasFastCall: setPair(UInt64(core.pointee.state.fastCall.esp))
        case 0x176 where hasFastCall: setPair(UInt64(core.pointee.state.fastCall.eip))
        default:
            let row = try modelRegister(number)
            setPair(core.pointee.state.modelRegisters[number] ?? row.reset)
        }
    }

    func writeModelSpecific() throws(Interruption) {
        let number = registers[.ecx]
        let value = UInt64(registers[.edx]) << 32 | UInt64(registers[.eax])
        switch number {
        case 0x10: core.pointee.state.tscOffset = value &- now
        case 0x174 where hasFastCall: core.pointee.state.fastCall.cs = registers[.eax]
        case 0x175 where hasFastCall: core.pointee.state.fastCall.esp = registers[.eax]
        case 0x176 where hasFastCall: core.pointee.state.fastCall.eip = registers[.eax]
        default:
            let row = try modelRegister(number)
            guard row.accepts(value, for: number) else {
                throw raised(Fault(.generalProtection), .modelRegisterReserved, address: number)
            }
            core.pointee.state.modelRegisters[number] = value
        }
    }

    /// CPUID reports what there is: no local APIC.
    func identify() {
        let leaf = min(registers[.eax], model.highestLeaf)
        registers[.ecx] = 0
        registers[.ebx] = 0
        switch leaf {
        case 0:
            registers[.eax] = model.highestLeaf
            // "GenuineIntel", in EBX, EDX, ECX: whose models these are.
            registers[.ebx] = 0x756E_6547
            registers[.edx] = 0x4965_6E69
            registers[.ecx] = 0x6C65_746E
        case 1:
            registers[.eax] = model.signature
            registers[.edx] = model.features
            // What CLFLUSH flushes, in units of 8 bytes.
            if model.features & CPUModel.Feature.clflush != 0 { registers[.ebx] = 8 << 8 }
        default: (registers[.eax], registers[.edx]) = model.caches
        }
    }

    // MARK: SYSENTER and SYSEXIT

    /// A flat segment as SYSENTER and SYSEXIT make it without looking at a descriptor.
    private func flat(_ selector: UInt32, isCode: Bool, dpl: UInt16) -> Segment {
        let rights: UInt16 = 0xC093 | (isCode ? 8 : 0) | dpl << 5
        return Segment(
            selector: UInt16(truncatingIfNeeded: selector), base: 0, limit: 0xFFFF_FFFF,
            access: SegmentAccess(rawValue: rights))
    }

    func enterSystem() throws(Interruption) {
        guard core.pointee.state.cr0 & ControlBits.protection != 0 else {
            throw raised(.generalProtection, .fastCallMode)
        }
        let call = core.pointee.state.fastCall
        guard call.cs & 0xFFFC != 0 else { throw raised(.generalProtection, .fastCallSelector) }
        core.pointee.state.eflags.subtract([.virtual8086, .interrupt, .resume])
        core.pointee.state.cpl = 0
        core.pointee.state.segments.cs = flat(call.cs & 0xFFFC, isCode: true, dpl: 0)
        core.pointee.state.segments.ss = flat(call.cs & 0xFFFC &+ 8, isCode: false, dpl: 0)
        registers[.esp] = call.esp
        core.pointee.state.eip = call.eip
        refreshSegments()
    }

    func exitSystem() throws(Interruption) {
        guard core.pointee.state.cr0 & ControlBits.protection != 0 else {
            throw raised(.generalProtection, .fastCallMode)
        }
        let call = core.pointee.state.fastCall
        guard call.cs & 0xFFFC != 0 else { throw raised(.generalProtection, .fastCallSelector) }
        core.pointee.state.cpl = 3
        core.pointee.state.segments.cs = flat(call.cs & 0xFFFC &+ 16 | 3, isCode: true, dpl: 3)
        core.pointee.state.segments.ss = flat(call.cs & 0xFFFC &+ 24 | 3, isCode: false, dpl: 3)
        registers[.esp] = registers[.ecx]
        core.pointee.state.eip = registers[.edx]
        refreshSegments()
        attendAfterFlags()
    }
}
