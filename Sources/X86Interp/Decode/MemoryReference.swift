/// A memory operand of a disassembled instruction: what it takes to tell where it is, and how much is there.
public struct MemoryReference: Sendable, Equatable {
    /// The segment, by default or by override.
    public let segment: SegmentRegister
    /// The register that is added, or nil.
    public let base: GeneralRegister?
    /// The register that is scaled and added, or nil.
    public let index: GeneralRegister?
    /// What the index is multiplied by: 1, 2, 4 or 8.
    public let factor: UInt32
    /// The number that is added.
    public let displacement: UInt32
    /// Whether the address has 32 bits; else it wraps at 64 KiB.
    public let is32Bit: Bool
    /// Bytes accessed, or 0 if none are or there is no telling.
    public let size: Int

    /// The operand of an instruction.
    init(_ memory: MemoryOperand, _ contents: InstructionContents) {
        let isOnStack = memory.base == .ebp || memory.base == .esp
        segment = memory.segment ?? (isOnStack ? .ss : .ds)
        let scalesBase = contents.parsed.scalesBase
        base = scalesBase ? nil : memory.base
        index = scalesBase ? memory.base : memory.index
        factor = 1 << UInt32(memory.scale & 3)
        displacement = memory.displacement ?? 0
        is32Bit = memory.address32
        switch memory.size {
        case .none:
            let forms = [contents.encoding.operands.0, contents.encoding.operands.1]
            size = forms.contains(.ob) ? 1 : forms.contains(.ov) ? contents.width.bytes : 0
        case .byte: size = 1
        case .word: size = 2
        case .dword: size = 4
        case .fword: size = 6
        case .qword: size = 8
        case .tbyte: size = 10
        case .xmmword: size = 16
        }
    }

    /// The offset in the segment with these registers.
    public func offset(_ registers: GeneralRegisters) -> UInt32 {
        var sum = displacement
        if let base { sum &+= registers[base] }
        if let index { sum &+= registers[index] &* factor }
        return is32Bit ? sum : sum & 0xFFFF
    }
}
