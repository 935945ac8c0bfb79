/// Which bytes NASM chooses for the text of an instruction: it has one encoding of each, chips have several.
struct NASMChoice {
    /// The instruction.
    let contents: InstructionContents

    /// Whether NASM makes the instruction's own bytes of its text, given the sizes that `NASMSyntax` can name.
    var keepsBytes: Bool {
        hasUsualPrefixes && isKnown && hasUsualOpcode && hasUsualOperands && isBranchInRange
    }

    private var parsed: ParsedInstruction { contents.parsed }
    private var operation: Operation { contents.encoding.operation }
    private var opcode: UInt16 { parsed.opcode }
    private var isRegister: Bool { parsed.hasModRM && parsed.mod == 3 }

    // MARK: Prefixes

    /// NASM's order; each kind once.
    private static let order: [Prefix.Kind] = [.repetition, .lock, .segment, .operandSize, .addressSize]

    private var hasUsualPrefixes: Bool {
        var kinds = Self.order[...]
        for byte in contents.bytes.prefix(parsed.prefixLength) {
            guard let kind = Prefix(byte)?.kind, let place = kinds.firstIndex(of: kind) else { return false }
            kinds = kinds[(place + 1)...]
        }
        let prefixes = contents.bytes.prefix(parsed.prefixLength).map { Prefix($0)?.kind }
        // NASM warns of a LOCK or REP that means nothing.
        if prefixes.contains(.lock), !contents.encoding.traits.contains(.lockable) || isRegister { return false }
        let isRepeated = prefixes.contains(.repetition)
        return !isRepeated || contents.encoding.traits.contains(.repeatable) || contents.isPause
    }

    // MARK: Opcodes

    /// NASM has a word for it.
    private var isKnown: Bool {
        switch operation {
        case .esc, .ud: opcode == 0x0F0B
        // To NASM it is a prefix itself.
        case .wait: parsed.prefixLength == 0
        case .nop: opcode == 0x90 || opcode == 0x0F1F && parsed.reg == 0
        case .pop, .push: opcode != 0x0F && !(opcode == 0xFF && parsed.reg == 7)
        case .ret, .retFar: [0xC2, 0xC3, 0xCA, 0xCB].contains(opcode)
        case .jcc: opcode >= 0x70
        case .setcc: parsed.reg == 0
        case .bswap: parsed.operand32
        case .movzx, .movsx: parsed.operand32 || opcode & 1 == 0
        default: true
        }
    }

    /// Of several opcodes that do the same it is the one that NASM takes.
    private var hasUsualOpcode: Bool {
        switch opcode {
        // From memory or a register: register to register is spelled by the other direction.
        case 0x02, 0x03, 0x0A, 0x0B, 0x12, 0x13, 0x1A, 0x1B, 0x22, 0x23, 0x2A, 0x2B, 0x32, 0x33, 0x3A, 0x3B:
            !isRegister
        case 0x88, 0x89: !isAccumulatorOffset
        case 0x8A, 0x8B: !isRegister && !isAccumulatorOffset
        // The accumulator has opcodes of its own, those of a byte excepted.
        case 0x80, 0x81: !isAccumulator
        case 0x82: false
        case 0xF6, 0xF7: parsed.reg > 1 || parsed.reg == 0 && !isAccumulator
        case 0x87: !isRegister || parsed.reg != 0 && parsed.rm != 0
        case 0x8F, 0xC6, 0xC7: !isRegister
        case 0xFF: !isRegister || ![0, 1, 6].contains(parsed.reg)
        // Aliases of the x87; of ST with itself NASM takes the form whose destination is ST(i).
        case 0xD9: !isRegister || parsed.reg != 3
        case 0xD8: !isRegister || parsed.rm != 0 || parsed.reg == 2 || parsed.reg == 3
        case 0xDC: !isRegister || parsed.reg != 2 && parsed.reg != 3
        case 0xDD: !isRegister || parsed.reg != 1
        case 0xDE: !isRegister || parsed.reg != 2
        case 0xDF: !isRegister || ![1, 2, 3].contains(parsed.reg)
        case 0xC0, 0xC1, 0xD0...0xD3: parsed.reg != 6 || !parsed.hasModRM
        default: true
        }
    }

    private var isAccumulator: Bool { isRegister && parsed.rm == 0 }

    /// AL or AX and an address that is a plain number.
    private var isAccumulatorOffset: Bool {
        parsed.reg == 0 && contents.memories.contains { !$0.isBased && !$0.isOffset }
    }

    // MARK: Operands

    private var hasUsualOperands: Bool {
        if case .movControl = operation, parsed.mod != 3 { return false }
        if case .movDebug = operation, parsed.mod != 3 { return false }
        // MOV of a register to a segment register never gets a prefix.
        if case .movToSegment = operation, isRegister, parsed.hasOperandSizePrefix { return false }
        let hasSegment = contents.operands.allSatisfy { if case .segment(let number) = $0 { number < 6 } else { true } }
        return hasSegment && hasUsualIndex
    }

    /// NASM takes a SIB byte only where the text wants one.
    private var hasUsualIndex: Bool {
        guard parsed.hasSIB else { return true }
        guard parsed.sib >> 3 & 7 == 4 else { return true }
        return parsed.sib == 0x24
    }

    // MARK: Branches

    /// Targets that wrap are out of NASM's range.
    private var isBranchInRange: Bool {
        guard [.jb, .jz].contains(contents.encoding.operands.0), let target = contents.target else { return true }
        let behind = Int64(contents.address) + Int64(parsed.length)
        return Int64(target) == behind + Int64(Int32(bitPattern: parsed.immediate))
    }
}
