/// NASM's syntax: `mov word [es:bx+si+0x2],0x1`, `rep movsb`.
struct NASMSyntax {
    /// What is spelled.
    let contents: InstructionContents
    /// The number of a branch target, perhaps with a name.
    let targetName: (UInt32) -> String
    /// Numbers get the sizes that NASM would not choose by itself.
    var keepsSizes = false

    /// The words of the instruction.
    var spelling: Spelling {
        let code32 = contents.code32
        return Spelling(
            prefixes: contents.prefixes(shown: shown) { name($0, code32: code32) },
            mnemonic: mnemonic, operands: hasImpliedOperands || contents.isNop ? [] : operands)
    }

    private var operation: Operation { contents.encoding.operation }
    private var isString: Bool { [.movs, .cmps, .stos, .lods, .scas, .ins, .outs].contains(operation) }
    private var hasImpliedOperands: Bool { isString || operation == .xlat }
    private var hasSizedName: Bool { [.pusha, .popa, .pushf, .popf, .iret].contains(operation) }
    private var sizeWord: String { contents.parsed.operand32 ? "dword " : "word " }

    /// String instructions and XLATB have no operands that could show a prefix.
    private var shown: ShownPrefixes {
        var shown = contents.shownByOperands
        if hasImpliedOperands { shown.subtract([.segment, .addressSize]) }
        // NASM takes the size from the number, or from a prefix in front of a byte.
        let isSizedPush =
            operation == .push && (keepsSizes ? [.iz] : [.iz, .ibs]).contains(contents.encoding.operands.0)
        if contents.isDescriptorTable || contents.takesSizeLetter && !hasSizedName && !isSizedPush && !isNearBranch {
            shown.remove(.operandSize)
        }
        if contents.memories.contains(where: { !$0.isBased }) { shown.insert(.addressSize) }
        return shown
    }

    private var mnemonic: String {
        let isDWord = contents.parsed.operand32
        if isString {
            guard let size = contents.memories.first?.size else { return contents.mnemonic }
            return contents.mnemonic + (size == .byte ? "b" : isDWord ? "d" : "w")
        }
        if hasSizedName && contents.parsed.hasOperandSizePrefix { return contents.mnemonic + (isDWord ? "d" : "w") }
        if operation == .xlat { return "xlatb" }
        if operation == .fnsetpm { return "fsetpm" }
        return contents.mnemonic
    }

    private var isNearBranch: Bool { contents.encoding.operands.0 == .jz }

    private var operands: [String] {
        var texts = contents.operands.map(text)
        // NASM takes the first of two registers for ModRM.reg.
        if keepsSizes, operation == .xchg, contents.parsed.mod == 3, contents.parsed.hasModRM { texts.reverse() }
        guard !texts.isEmpty, contents.parsed.hasOperandSizePrefix else { return distance(texts) }
        let isFar = contents.encoding.operands.0 == .ap
        let isPush = operation == .push && [.iz, .ibs].contains(contents.encoding.operands.0)
        if isFar || isPush && !keepsSizes || isNearBranch { texts[0] = sizeWord + texts[0] }
        return distance(texts)
    }

    // MARK: Sizes that are kept

    /// `strict byte -0x1`: a number with the size that it has in the instruction, where NASM could take another.
    private func immediate(_ value: UInt32) -> String {
        guard keepsSizes else { return hexadecimal(value) }
        let forms = contents.encoding.operands
        let isSigned = [forms.0, forms.1, forms.2].contains(.ibs)
        if isSigned { return "strict byte " + signedHexadecimal(contents.parsed.immediate) }
        let isShift = [.rol, .ror, .rcl, .rcr, .shl, .shr, .sar].contains(operation)
        if isShift, value == 1 { return "byte 0x1" }
        let isWide = [forms.0, forms.1, forms.2].contains(.iz)
        let isPush = operation == .push && isWide
        let mayShrink = [.add, .or, .adc, .sbb, .and, .sub, .xor, .cmp, .imul].contains(operation) && isWide || isPush
        let signed = contents.parsed.operand32 ? Int32(bitPattern: value) : Int32(Int16(truncatingIfNeeded: value))
        let isShort = mayShrink && -128...127 ~= signed
        guard isShort || isPush && contents.parsed.hasOperandSizePrefix else { return hexadecimal(value) }
        return "strict " + sizeWord + hexadecimal(value)
    }

    /// `byte `, `word `, `dword ` in front of an address whose displacement NASM would make shorter; `nosplit ` where it
    /// would take two registers for one that is scaled.
    private func displacementSize(_ memory: MemoryOperand) -> String {
        guard keepsSizes, memory.isBased else { return "" }
        guard memory.base != nil else { return "nosplit " }
        guard let displacement = memory.displacement else { return "" }
        let needsDisplacement = memory.base == .ebp && memory.index == nil
        if contents.parsed.displacementSize == 1 { return displacement == 0 && !needsDisplacement ? "byte " : "" }
        guard -128...127 ~= Int32(bitPattern: displacement) else { return "" }
        return memory.address32 ? "dword " : "word "
    }

    /// SHORT and NEAR keep the length of a jump.
    private func distance(_ texts: [String]) -> [String] {
        guard let first = texts.first, operation == .jmp || operation == .jcc else { return texts }
        if contents.encoding.operands.0 == .jb { return ["short " + first] }
        return isNearBranch ? ["near " + first] : texts
    }

    private func text(_ operand: ContentsOperand) -> String {
        switch operand {
        case .register(let register, let width): register.name(width)
        case .segment(let number): SegmentRegister(rawValue: number)?.name ?? "?"
        case .control(let number): "cr\(number)"
        case .debug(let number): "dr\(number)"
        case .stack(let number): "st\(number ?? 0)"
        case .mmx(let number): "mm\(number)"
        case .xmm(let number): "xmm\(number)"
        case .memory(let memory): size(memory) + "[" + address(memory) + "]"
        case .immediate(let value): immediate(value)
        case .one: "1"
        case .port: "dx"
        case .far(let selector, let offset): hexadecimal(UInt32(selector)) + ":" + hexadecimal(offset)
        case .target(let target): targetName(target)
        }
    }

    /// The operand size where no register tells it.
    private func size(_ memory: MemoryOperand) -> String {
        if operation == .jmpFar || operation == .callFar {
            return contents.parsed.hasOperandSizePrefix ? sizeWord + "far " : "far "
        }
        if Encoding.escapes.contains(contents.encoding.opcode) {
            if memory.size == .qword { return "qword " }
            if memory.size == .tbyte { return "tword " }
        }
        let (first, second, _) = contents.encoding.operands
        let isExtension = operation == .movzx || operation == .movsx
        let hasRegister = [first, second].contains { [.gb, .gw, .gv, .sw].contains($0) }
        if hasRegister && !isExtension { return "" }
        return switch memory.size {
        case .byte where operation != .invlpg: "byte "
        case .word: "word "
        case .dword: "dword "
        case .none, .byte, .fword, .qword, .tbyte, .xmmword: ""
        }
    }

    private func address(_ memory: MemoryOperand) -> String {
        let segment = memory.segment.map { $0.name + ":" } ?? ""
        guard memory.isBased else {
            let isOtherSize = memory.address32 != contents.code32
            let size = isOtherSize ? memory.address32 ? "dword " : "word " : ""
            return size + segment + hexadecimal(memory.absolute)
        }
        var text = memory.base.map(memory.name) ?? ""
        if let index = memory.index {
            text += (text.isEmpty ? "" : "+") + memory.name(index)
            if memory.hasSIB { text += "*\(1 << memory.scale)" }
        }
        if let displacement = memory.displacement {
            let number = signedHexadecimal(displacement)
            text += number.hasPrefix("-") ? number : "+" + number
        }
        return displacementSize(memory) + segment + text
    }

    private func name(_ byte: UInt8, code32: Bool) -> String {
        switch Prefix(byte) {
        case .operandSize: code32 ? "o16" : "o32"
        case .addressSize: code32 ? "a16" : "a32"
        case .repeatNotEqual: "repne"
        case .repeatEqual: contents.encoding.traits.contains(.repeatable) ? "repe" : "rep"
        case .segment, .lock, nil: prefixName(byte, code32: code32)
        }
    }
}
