/// AT&T's syntax as objdump spells it: `mov %ax,%es:0x2(%bx,%si)`.
struct ATTSyntax {
    /// What is spelled.
    let contents: InstructionContents
    /// The number of a branch target, perhaps with a name.
    let targetName: (UInt32) -> String

    /// The words of the instruction.
    var spelling: Spelling {
        let code32 = contents.code32
        var shown = contents.shownByOperands
        if branchHint != nil { shown.insert(.segment) }
        if isLoop { shown.insert(.addressSize) }
        return Spelling(
            prefixes: contents.prefixes(shown: shown) { prefixName($0, code32: code32) },
            mnemonic: mnemonic + sizeLetters + (branchHint ?? ""), operands: contents.isNop ? [] : operands)
    }

    private var operation: Operation { contents.encoding.operation }
    private var isLoop: Bool { operation == .loop || operation == .loope || operation == .loopne }
    private var isIndirectBranch: Bool {
        (operation == .jmp || operation == .call || isFarBranch) && contents.parsed.hasModRM
    }
    private var isFarBranch: Bool { operation == .jmpFar || operation == .callFar }
    private var sizeLetter: String { contents.parsed.operand32 ? "l" : "w" }

    /// Sources first; ENTER and BOUND keep Intel's order.
    private var operands: [String] {
        let isReversed = operation != .enter && operation != .bound
        let texts = contents.operands.compactMap { text($0) }
        let isFarDirect = isFarBranch && !isIndirectBranch
        return isReversed && !isFarDirect ? texts.reversed() : texts
    }

    private var mnemonic: String {
        if isFarBranch || operation == .retFar { return operation == .retFar ? "lret" : "l" + contents.mnemonic }
        if operation == .movzx || operation == .movsx {
            return (operation == .movzx ? "movz" : "movs") + (contents.encoding.operands.1 == .eb ? "b" : "w")
        }
        if contents.encoding.operands.0 == .sti, let swapped = Self.swapped[operation] { return "\(swapped)" }
        if operation == .cbw { return contents.parsed.operand32 ? "cwtl" : "cbtw" }
        if operation == .cwd { return contents.parsed.operand32 ? "cltd" : "cwtd" }
        return contents.mnemonic
    }

    /// AT&T's assembler had the differences and quotients that go to ST(i) the other way round, and all after it keep to it.
    private static let swapped: [Operation: Operation] = [
        .fsub: .fsubr, .fsubr: .fsub, .fsubp: .fsubrp, .fsubrp: .fsubp, .fdiv: .fdivr, .fdivr: .fdiv, .fdivp: .fdivrp,
        .fdivrp: .fdivp,
    ]

    /// The size of a number of the x87 in memory.
    private var sizeOfNumber: String? {
        let takesNone: [Operation] = [.fldcw, .fnstcw, .fnstsw]
        return switch contents.encoding.operands.0 {
        case .m32r: "s"
        case .m64r: "l"
        case .m80r: "t"
        case .m16i: takesNone.contains(operation) ? "" : "s"
        case .m32i: "l"
        case .m64i: "ll"
        case .mEnvironment, .mState:
            contents.parsed.hasOperandSizePrefix ? contents.parsed.operand32 ? "l" : "s" : ""
        default: nil
        }
    }

    /// The size letter where no register tells the size, or where a prefix changes it.
    private var sizeLetters: String {
        if let sizeOfNumber { return sizeOfNumber }
        let hasPrefix = contents.parsed.hasOperandSizePrefix
        if contents.takesSizeLetter || isFarBranch || isIndirectBranch || isMemoryStackOperation {
            return hasPrefix && !(isIndirectBranch && contents.parsed.mod == 3) ? sizeLetter : ""
        }
        if contents.isDescriptorTable || operation == .movzx || operation == .movsx { return sizeLetter }
        if isLoop { return contents.parsed.hasAddressSizePrefix ? contents.parsed.address32 ? "l" : "w" : "" }
        guard let memory = contents.memories.first else { return "" }
        let form = contents.encoding.operands.0
        let isString = [.movs, .cmps, .ins, .outs].contains(operation)
        let isSized = (form == .eb || form == .ev) && operation != .setcc && !hasRegister
        guard isString || isSized else { return "" }
        return memory.size == .byte ? "b" : sizeLetter
    }

    private var isMemoryStackOperation: Bool {
        (operation == .push || operation == .pop) && contents.encoding.operands.0 == .ev && contents.parsed.mod != 3
    }

    /// Whether a register that is no shift count tells the size.
    private var hasRegister: Bool {
        let (first, second, _) = contents.encoding.operands
        let isGeneral = [first, second].contains { [.gb, .gw, .gv].contains($0) }
        return isGeneral || (first == .eb || first == .ev) && contents.parsed.mod == 3
    }

    /// The Pentium 4's branch hints: not taken by CS, taken by DS.
    private var branchHint: String? {
        guard contents.encoding.traits.contains(.conditional) && contents.target != nil || isLoop || operation == .jcxz
        else { return nil }
        let prefixes = contents.bytes.prefix(contents.parsed.prefixLength)
        return switch (prefixes.contains(0x2E), prefixes.contains(0x3E)) {
        case (true, false): ",pn"
        case (false, true): ",pt"
        case (true, true), (false, false): nil
        }
    }

    private func text(_ operand: ContentsOperand) -> String? {
        let star = isIndirectBranch ? "*" : ""
        switch operand {
        case .register(let register, let width): return star + "%" + register.name(width)
        case .segment(let number): return "%" + (SegmentRegister(rawValue: number)?.name ?? "?")
        case .control(let number): return "%cr\(number)"
        case .debug(let number): return "%db\(number)"
        case .stack(let number): return number.map { "%st(\($0))" } ?? "%st"
        case .mmx(let number): return "%mm\(number)"
        case .xmm(let number): return "%xmm\(number)"
        case .memory(let memory): return star + address(memory)
        case .immediate(let value): return "$" + hexadecimal(value)
        case .one: return nil
        case .port: return "(%dx)"
        case .far(let selector, let offset):
            return "$" + hexadecimal(UInt32(selector)) + ",$" + hexadecimal(offset)
        case .target(let target): return targetName(target)
        }
    }

    private func address(_ memory: MemoryOperand) -> String {
        let segment = memory.segment.map { "%" + $0.name + ":" } ?? ""
        guard memory.isBased || contents.needsZeroIndex(memory) || memory.scale != 0 else {
            let isSigned = !memory.address32 && !memory.isOffset
            return segment + (isSigned ? signedHexadecimal(memory.displacement ?? 0) : hexadecimal(memory.absolute))
        }
        var text = segment + (memory.displacement.map(signedHexadecimal) ?? "") + "("
        if let base = memory.base { text += "%" + memory.name(base) }
        if let index = contents.indexName(memory) {
            let isFirst = memory.base == nil && !memory.hasSIB
            text += (isFirst ? "%" : ",%") + index
            if memory.hasSIB { text += ",\(1 << memory.scale)" }
        }
        return text + ")"
    }
}
