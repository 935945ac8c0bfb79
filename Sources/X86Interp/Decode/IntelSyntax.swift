/// Intel's syntax as objdump spells it: `mov WORD PTR es:[bx+si+0x2],ax`.
struct IntelSyntax {
    /// What is spelled.
    let contents: InstructionContents
    /// The number of a branch target, perhaps with a name.
    let targetName: (UInt32) -> String

    /// The words of the instruction.
    var spelling: Spelling {
        let code32 = contents.code32
        return Spelling(
            prefixes: contents.prefixes(shown: contents.shownByOperands) { prefixName($0, code32: code32) },
            mnemonic: mnemonic, operands: contents.isNop ? [] : contents.operands.map(text))
    }

    private var mnemonic: String {
        let showsSize =
            contents.isDescriptorTable || contents.takesSizeLetter && contents.parsed.hasOperandSizePrefix
        return contents.mnemonic + (showsSize ? contents.parsed.operand32 ? "d" : "w" : "")
    }

    private func text(_ operand: ContentsOperand) -> String {
        switch operand {
        case .register(let register, let width): register.name(width)
        case .segment(let number): SegmentRegister(rawValue: number)?.name ?? "?"
        case .control(let number): "cr\(number)"
        case .debug(let number): "dr\(number)"
        case .stack(let number): number.map { "st(\($0))" } ?? "st"
        case .mmx(let number): "mm\(number)"
        case .xmm(let number): "xmm\(number)"
        case .memory(let memory): size(memory.size) + address(memory)
        case .immediate(let value): hexadecimal(value)
        case .one: "1"
        case .port: "dx"
        case .far(let selector, let offset): hexadecimal(UInt32(selector)) + ":" + hexadecimal(offset)
        case .target(let target): targetName(target)
        }
    }

    private func size(_ size: MemoryOperand.Size) -> String {
        switch size {
        case .none: ""
        case .byte: "BYTE PTR "
        case .word: "WORD PTR "
        case .dword: "DWORD PTR "
        case .fword: "FWORD PTR "
        case .qword: "QWORD PTR "
        case .tbyte: "TBYTE PTR "
        case .xmmword: "XMMWORD PTR "
        }
    }

    private func address(_ memory: MemoryOperand) -> String {
        let segment = memory.segment.map { $0.name + ":" }
        let needsZero = contents.needsZeroIndex(memory)
        guard memory.isBased || needsZero || memory.scale != 0 else {
            return (segment ?? "ds:") + hexadecimal(memory.absolute)
        }
        var text = memory.base.map(memory.name) ?? ""
        if let index = contents.indexName(memory) {
            text += (text.isEmpty ? "" : "+") + index
            if memory.hasSIB { text += "*\(1 << memory.scale)" }
        }
        if let displacement = memory.displacement {
            let number = signedHexadecimal(displacement)
            text += number.hasPrefix("-") ? number : "+" + number
        }
        return (segment ?? "") + "[" + text + "]"
    }
}

extension InstructionContents {
    /// The index register, or EIZ where a SIB byte has none although that is not the only way to code the address.
    func indexName(_ memory: MemoryOperand) -> String? {
        if let index = memory.index { return memory.name(index) }
        let isPlainESP = memory.base == .esp && memory.scale == 0
        return memory.hasSIB && !isPlainESP && (memory.base != nil || memory.scale != 0 || code32) ? "eiz" : nil
    }
}
