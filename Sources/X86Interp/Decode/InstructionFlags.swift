/// Prefixes as they act, and the sizes that follow from them and the code segment.
struct InstructionFlags: OptionSet, Sendable {
    let rawValue: UInt8
    /// F3: REP or REPE.
    static let repeatEqual = InstructionFlags(rawValue: 1 << 0)
    /// F2: REPNE.
    static let repeatNotEqual = InstructionFlags(rawValue: 1 << 1)
    static let lock = InstructionFlags(rawValue: 1 << 2)
    /// 32-bit operands.
    static let operand32 = InstructionFlags(rawValue: 1 << 3)
    /// 32-bit addresses.
    static let address32 = InstructionFlags(rawValue: 1 << 4)
    /// Ends its block.
    static let endsBlock = InstructionFlags(rawValue: 1 << 5)
    /// #GP(0) unless CPL is 0.
    static let privileged = InstructionFlags(rawValue: 1 << 6)
    /// #UD in real and virtual-8086 mode.
    static let protectedOnly = InstructionFlags(rawValue: 1 << 7)
    /// Not for every mode and ring.
    static let restricted: InstructionFlags = [.privileged, .protectedOnly]
    static let repeated: InstructionFlags = [.repeatEqual, .repeatNotEqual]
}
