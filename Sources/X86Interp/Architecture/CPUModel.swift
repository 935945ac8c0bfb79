/// The generations of the architecture, oldest first; rows of the opcode table name the first that has them.
public enum Generation: UInt8, Sendable, Codable, CaseIterable, Comparable {
    case i8086, i80186, i80286, i80386, i486, pentium, p6

    /// Orders by age.
    public static func < (a: Generation, b: Generation) -> Bool { a.rawValue < b.rawValue }
}

/// One processor: which encodings exist and how the generations differ.
public struct CPUModel: Sendable, Equatable {
    /// The name that `--cpu` takes.
    public let name: String
    /// Which chip family it behaves as.
    public let generation: Generation
    /// One line for `x86sim cpus`.
    public let summary: String
    /// The longest instruction in bytes; a longer one is #GP.
    ///
    /// Nil: unlimited.
    public let maximumInstructionLength: Int?
    /// EFLAGS bits that software can change.
    public let writableFlags: EFLAGS
    /// EFLAGS bits that read as one.
    public let fixedFlags: EFLAGS
    /// CPUID leaf 1 EAX: type, family, model, stepping; zero when there is no CPUID.
    public let signature: UInt32
    /// CPUID leaf 1 EDX.
    public let features: UInt32
    /// Defects that it has; see `withErrata()`.
    public internal(set) var errata: Errata = []
    /// The x87 that it has, or that is beside it; see `with(_:)`.
    public internal(set) var x87: X87Model = .none

    /// Shift and rotate counts are taken modulo 32 from the 80186 on.
    public var masksShiftCounts: Bool { generation >= .i80186 }
    /// The 8086 and 80186 push SP after the decrement, later chips before it.
    public var pushesOldSP: Bool { generation >= .i80286 }
    /// Segment limits, #UD, #GP and the other exceptions of protected mode exist from the 80286 on.
    public var hasSegmentLimits: Bool { generation >= .i80286 }
    /// 32-bit operands and addresses.
    public var is32Bit: Bool { generation >= .i80386 }

    // MARK: Peculiarities of single chips, each measured on one unless a manual is named

    /// The 8086 has REP as a flag of its microcode that also negates: a quotient of IDIV, a product of IMUL.
    var repeatNegates: Bool { generation == .i8086 }
    /// The 8086 looks at AF for DAA's and DAS's high digit: it is adjusted above 9F with AF set, else above 99.
    var adjustsHighDigitByAuxiliary: Bool { generation == .i8086 }
    /// The 80286 and 80386 divide in steps that lose a bit: some quotients of IDIV that do not fit are no #DE.
    ///
    /// Of the i486, which may well do the same, nothing is known.
    public var losesBitOfDividend: Bool { generation == .i80286 || generation == .i80386 }
    /// What AAM with a base of 0 makes of SF, ZF and PF, which are undefined then, before it raises #DE.
    var flagsOfBaseZero: BaseZeroFlags {
        switch generation {
        case .i8086: .ofZero
        case .i80286, .i80386: .ofHalf
        case .i80186, .i486, .pentium, .p6: .kept
        }
    }
    /// The flags that AAM by 0 leaves: as before, those of 0, or those of AL shifted right once.
    enum BaseZeroFlags { case kept, ofZero, ofHalf }
    /// In real mode, POP to memory has moved SP when its store faults: an 80286 does not restart there.
    var keepsStackPointerOfFaultedPop: Bool { generation == .i80286 }
    /// PUSH and POP of a segment register with a 32-bit operand access 16 bits; PUSH keeps the upper half of the slot.
    ///
    /// So do the 80386, where it was measured, the i486 and the P6; the Pentium accesses 32 bits, the upper ones 0
    /// (SDM volume 3, 22.31.1).
    var movesSelectorsAsWords: Bool { is32Bit && generation != .pentium }
    /// POPAD with a 16-bit stack loads the upper half of ESP from the slot that it skips otherwise.
    ///
    /// Known of the 80386 alone, as are the next three.
    public var loadsUpperStackPointer: Bool { generation == .i80386 }
    /// PUSHA stores from the lowest slot up, POPA loads register by register, and a fault half-way undoes nothing.
    public var movesAllOneByOne: Bool { generation == .i80386 }
    /// A SIB byte without an index but with a scale scales the base.
    public var scalesLoneBase: Bool { generation == .i80386 }
    /// BT and its kin set OF as a rotation to the right by the bit's number would; later chips keep it.
    var bitTestRotates: Bool { generation == .i80386 }
    /// SHL and SHR of 8 or 16 bits by a multiple of their width above it set CF as by the width itself; others clear it.
    ///
    /// SHLD and SHRD of 16 bits by more than 16 tell of the last bit out; others clear CF, SHLD OF too.
    public var shiftsAsOneOf32Bits: Bool { generation == .i80386 }

    // MARK: Widths and registers

    /// Physical address bits: 20, 24, 32 or, of the P6 by its extended paging, 36.
    public var addressBits: Int {
        switch generation {
        case .i8086, .i80186: 20
        case .i80286: 24
        case .i80386, .i486, .pentium: 32
        case .p6: 36
        }
    }
    /// The bits of CR4 that software may set.
    public var controlBits4: UInt32 {
        let bits: [(feature: UInt32, control: UInt32)] = [
            (Feature.vme, ControlBits.vme | ControlBits.pvi), (Feature.tsc, ControlBits.tsd),
            (Feature.de, ControlBits.de), (Feature.pse, ControlBits.pse), (Feature.pae, ControlBits.pae),
            (Feature.mce, ControlBits.mce), (Feature.pge, ControlBits.pge), (Feature.fxsr, ControlBits.osfxsr),
            (Feature.sse, ControlBits.osxmmexcpt),
        ]
        let counters = generation >= .p6 ? ControlBits.pce : 0
        return bits.reduce(counters) { features & $1.feature != 0 ? $0 | $1.control : $0 }
    }
    /// The highest leaf of CPUID.
    var highestLeaf: UInt32 { generation >= .p6 ? 2 : 1 }

    /// Caches and TLBs as CPUID leaf 2 has them in EAX and EDX (SDM volume 2A, table 3-12): 512 KiB of second-level cache.
    var caches: (eax: UInt32, edx: UInt32) {
        if has(.sse2) { return (0x665B_5001, 0x007A_7040) }
        return (0x0302_0101, has(.mmx) ? 0x0C04_0843 : 0x0604_0A43)
    }

    /// The bits of MXCSR that exist, which FXSAVE writes as MXCSR_MASK: DAZ from SSE2 on (SDM volume 1, 11.6.6).
    var controlBitsOfSSE: UInt32 { has(.sse2) ? 0xFFFF : has(.sse) ? 0xFFBF : 0 }

    /// Bits of CPUID leaf 1 EDX.
    enum Feature {
        static let fpu: UInt32 = 1 << 0
        static let vme: UInt32 = 1 << 1
        static let de: UInt32 = 1 << 2
        static let pse: UInt32 = 1 << 3
        static let tsc: UInt32 = 1 << 4
        static let msr: UInt32 = 1 << 5
        static let pae: UInt32 = 1 << 6
        static let mce: UInt32 = 1 << 7
        static let cx8: UInt32 = 1 << 8
        static let sep: UInt32 = 1 << 11
        static let mtrr: UInt32 = 1 << 12
        static let pge: UInt32 = 1 << 13
        static let mca: UInt32 = 1 << 14
        static let cmov: UInt32 = 1 << 15
        static let pat: UInt32 = 1 << 16
        static let pse36: UInt32 = 1 << 17
        static let clflush: UInt32 = 1 << 19
        static let mmx: UInt32 = 1 << 23
        static let fxsr: UInt32 = 1 << 24
        static let sse: UInt32 = 1 << 25
        static let sse2: UInt32 = 1 << 26

        static let pentium = fpu | vme | de | pse | tsc | msr | mce | cx8
        static let p6 = pentium | pae | sep | mtrr | pge | mca | cmov | pat | pse36
        static let pentium2 = p6 | mmx | fxsr
        static let pentium3 = pentium2 | sse
        static let pentium4 = pentium3 | sse2 | clflush
    }

    private static let flags286: EFLAGS = [.arithmetic, .trap, .interrupt, .direction, .iopl, .nestedTask]
    private static let flags8086: EFLAGS = [.arithmetic, .trap, .interrupt, .direction]
    private static let flags386: EFLAGS = [flags286, .resume, .virtual8086]
    private static let flagsPentium: EFLAGS = [
        flags386, .alignmentCheck, .identification, .virtualInterrupt, .virtualInterruptPending,
    ]
    private static let ones8086 = EFLAGS(rawValue: 0xF002)

    /// Every model, oldest first.
    public static let all: [CPUModel] = [
        CPUModel(
            name: "8086", generation: .i8086, summary: "16-bit, 1 MiB, no invalid opcodes",
            maximumInstructionLength: nil, writableFlags: flags8086, fixedFlags: ones8086, signature: 0, features: 0),
        CPUModel(
            name: "80186", generation: .i80186, summary: "8086 with PUSHA, ENTER, BOUND, INS, OUTS and #UD",
            maximumInstructionLength: nil, writableFlags: flags8086, fixedFlags: ones8086, signature: 0, features: 0),
        CPUModel(
            name: "80286", generation: .i80286, summary: "16-bit with segment limits and protected mode",
            maximumInstructionLength: 10, writableFlags: flags286, fixedFlags: .alwaysOne, signature: 0, features: 0),
        CPUModel(
            name: "80386", generation: .i80386, summary: "32-bit",
            maximumInstructionLength: 15, writableFlags: flags386, fixedFlags: .alwaysOne, signature: 0, features: 0),
        CPUModel(
            name: "i486", generation: .i486, summary: "80386 with x87, BSWAP, CMPXCHG, XADD, INVD and CPUID",
            maximumInstructionLength: 15, writableFlags: [flags386, .alignmentCheck, .identification],
            fixedFlags: .alwaysOne, signature: 0x480, features: Feature.fpu, x87: .integrated),
        CPUModel(
            name: "pentium", generation: .pentium, summary: "i486 with CMPXCHG8B, RDTSC, MSRs, large pages and VME",
            maximumInstructionLength: 15, writableFlags: flagsPentium, fixedFlags: .alwaysOne,
            signature: 0x52C, features: Feature.pentium, x87: .integrated),
        CPUModel(
            name: "pentium-mmx", generation: .pentium, summary: "pentium with MMX",
            maximumInstructionLength: 15, writableFlags: flagsPentium, fixedFlags: .alwaysOne,
            signature: 0x543, features: Feature.pentium | Feature.mmx, x87: .integrated),
        CPUModel(
            name: "p6", generation: .p6, summary: "Pentium Pro: with CMOVcc, UD2, SYSENTER, PAE and global pages",
            maximumInstructionLength: 15, writableFlags: flagsPentium, fixedFlags: .alwaysOne,
            signature: 0x653, features: Feature.p6, x87: .integrated),
        CPUModel(
            name: "pentium2", generation: .p6, summary: "p6 with MMX and FXSAVE",
            maximumInstructionLength: 15, writableFlags: flagsPentium, fixedFlags: .alwaysOne,
            signature: 0x652, features: Feature.pentium2, x87: .integrated),
        CPUModel(
            name: "pentium3", generation: .p6, summary: "pentium2 with SSE",
            maximumInstructionLength: 15, writableFlags: flagsPentium, fixedFlags: .alwaysOne,
            signature: 0x683, features: Feature.pentium3, x87: .integrated),
        CPUModel(
            name: "pentium4", generation: .p6, summary: "pentium3 with SSE2 (the default)",
            maximumInstructionLength: 15, writableFlags: flagsPentium, fixedFlags: .alwaysOne,
            signature: 0xF29, features: Feature.pentium4, x87: .integrated),
    ]

    /// The newest model, which is the default.
    public static let newest = all[all.count - 1]

    /// The P6 before MMX.
    public static let p6 = all[7]

    /// The same with another x87 beside it, or none: of models before the i486, which have none of their own.
    public func with(_ x87: X87Model) -> CPUModel {
        var model = self
        model.x87 = x87
        return model
    }

    /// Whether an x87 fits: that of the i486 and later is their own, and no other.
    public func accepts(_ x87: X87Model) -> Bool {
        switch x87 {
        case .none: generation < .i486
        case .i8087: generation < .i80286
        case .i80287: generation == .i80286 || generation == .i80386
        case .i80387: generation == .i80386
        case .integrated: generation >= .i486
        }
    }

    /// The opcode table has the same rows for both.
    func hasRows(of other: CPUModel) -> Bool {
        generation == other.generation && Extension.allCases.allSatisfy { has($0) == other.has($0) }
    }

    /// The model that `--cpu` names, or nil.
    public static func named(_ name: String) -> CPUModel? { all.first { $0.name == name.lowercased() } }
}
