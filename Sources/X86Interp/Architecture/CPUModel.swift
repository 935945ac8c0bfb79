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

    /// Shift and rotate counts are taken modulo 32 from the 80186 on.
    public var masksShiftCounts: Bool { generation >= .i80186 }
    /// The 8086 and 80186 push SP after the decrement, later chips before it.
    public var pushesOldSP: Bool { generation >= .i80286 }
    /// Segment limits, #UD, #GP and the other exceptions of protected mode exist from the 80286 on.
    public var hasSegmentLimits: Bool { generation >= .i80286 }
    /// 32-bit operands and addresses.
    public var is32Bit: Bool { generation >= .i80386 }
    /// Physical address bits: 20, 24 or 32.
    public var addressBits: Int { generation < .i80286 ? 20 : generation == .i80286 ? 24 : 32 }

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
            name: "i486", generation: .i486, summary: "80386 with BSWAP, CMPXCHG, XADD, INVD and CPUID",
            maximumInstructionLength: 15, writableFlags: [flags386, .alignmentCheck, .identification],
            fixedFlags: .alwaysOne, signature: 0x480, features: 0),
        CPUModel(
            name: "pentium", generation: .pentium, summary: "i486 with CMPXCHG8B, RDTSC and MSRs",
            maximumInstructionLength: 15, writableFlags: flagsPentium, fixedFlags: .alwaysOne,
            signature: 0x52C, features: 1 << 4 | 1 << 5 | 1 << 8),
        CPUModel(
            name: "p6", generation: .p6, summary: "Pentium Pro: with CMOVcc, UD2 and long NOPs (the default)",
            maximumInstructionLength: 15, writableFlags: flagsPentium, fixedFlags: .alwaysOne,
            signature: 0x619, features: 1 << 4 | 1 << 5 | 1 << 8 | 1 << 15),
    ]

    /// The newest model, which is the default.
    public static let p6 = all[all.count - 1]

    /// The model that `--cpu` names, or nil.
    public static func named(_ name: String) -> CPUModel? { all.first { $0.name == name.lowercased() } }
}
