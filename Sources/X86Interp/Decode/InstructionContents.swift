/// An operand before a syntax spells it.
enum ContentsOperand {
    /// A general register at a width.
    case register(GeneralRegister, Width)
    /// A segment register by its number in ModRM.reg; 6 and 7 do not exist.
    case segment(UInt8)
    /// CR0 to CR7.
    case control(UInt8)
    /// DR0 to DR7.
    case debug(UInt8)
    /// ST, by its distance from the top of the stack; nil for ST by itself.
    case stack(UInt8?)
    /// MM0 to MM7.
    case mmx(UInt8)
    /// XMM0 to XMM7.
    case xmm(UInt8)
    /// Memory, by whatever address.
    case memory(MemoryOperand)
    /// A number, cut to its width.
    case immediate(UInt32)
    /// The count of the shifts by one.
    case one
    /// DX as the number of a port.
    case port
    /// A far pointer in the instruction.
    case far(selector: UInt16, offset: UInt32)
    /// The target of a relative branch.
    case target(UInt32)
}

/// A memory operand before a syntax spells it.
struct MemoryOperand {
    /// What Intel's syntax writes in front of the address.
    enum Size {
        case none, byte, word, dword, fword, qword, tbyte, xmmword
    }

    /// How much is accessed.
    var size: Size
    /// Nil if there is none.
    var base: GeneralRegister?
    /// Nil if there is none.
    var index: GeneralRegister?
    /// Log 2 of the index's factor.
    var scale: UInt8 = 0
    /// A SIB byte says so.
    var hasSIB = false
    /// As encoded, sign-extended; nil if there is none.
    var displacement: UInt32?
    /// The registers are 32-bit ones.
    var address32: Bool
    /// The override, or the segment that a string instruction implies.
    var segment: SegmentRegister?
    /// The address is an immediate (A0 to A3).
    var isOffset = false
    /// A segment override acts; not on the ES:(E)DI of a string instruction.
    var takesOverride = true

    /// Registers, or a scaled nothing, take part in the address: it is no plain number.
    var isBased: Bool { base != nil || index != nil }

    /// The plain number that the address is if it is not based.
    var absolute: UInt32 { (displacement ?? 0) & (address32 ? 0xFFFF_FFFF : 0xFFFF) }

    /// The name of a register that takes part in the address.
    func name(_ register: GeneralRegister) -> String { register.name(address32 ? .dword : .word) }
}

/// One instruction as the syntaxes see it: its row, its operands in the row's order, its prefixes.
struct InstructionContents {
    /// Prefixes, sizes, and numbers.
    let parsed: ParsedInstruction
    /// The row of the opcode table.
    let encoding: Encoding
    /// The instruction's bytes and no more.
    let bytes: [UInt8]
    /// Where the first byte is.
    let address: UInt32
    /// The D bit of the code segment.
    let code32: Bool
    /// In the row's order; XLAT's and ESC's implied ones, too.
    private(set) var operands: [ContentsOperand] = []

    /// Nil if the bytes are no instruction: an opcode without a row, or a register where memory must be.
    init?(
        _ parsed: ParsedInstruction, _ encodings: [Encoding], _ window: [UInt8], at address: UInt32, code32: Bool
    ) {
        guard let row = parsed.row else { return nil }
        encoding = encodings[row]
        if encoding.isMemoryOnly && parsed.mod == 3 { return nil }
        self.parsed = parsed
        self.address = address
        self.code32 = code32
        bytes = Array(window.prefix(parsed.length))
        if encoding.operation == .esc {
            operands.append(.immediate(UInt32(parsed.opcode & 7) << 3 | UInt32(parsed.reg)))
        }
        let (first, second, third) = encoding.operands
        for (position, form) in [first, second, third].enumerated() {
            if let operand = operand(form, position: position) { operands.append(operand) }
        }
        if encoding.operation == .xlat {
            operands.append(.memory(string(.byte, .ebx, parsed.segmentOverride ?? .ds)))
        }
    }

    /// The operand size.
    var width: Width { parsed.operand32 ? .dword : .word }

    /// The memory operands; string instructions may have two.
    var memories: [MemoryOperand] {
        operands.compactMap { if case .memory(let memory) = $0 { memory } else { nil } }
    }

    /// Where a direct branch goes.
    var target: UInt32? {
        for operand in operands {
            switch operand {
            case .target(let target): return target
            case .far(_, let offset): return offset
            case .register, .segment, .control, .debug, .stack, .mmx, .xmm, .memory, .immediate, .one, .port: continue
            }
        }
        return nil
    }

    private var isMemory: Bool { parsed.hasModRM && parsed.mod != 3 }

    private func operand(_ form: OperandForm, position: Int) -> ContentsOperand? {
        let low = UInt8(truncatingIfNeeded: parsed.opcode)
        switch form {
        case .none, .three: return nil
        case .eb: return rm(.byte, .byte)
        case .ew: return rm(namesWholeRegister ? width : .word, .word)
        case .ev: return rm(width, width == .dword ? .dword : .word)
        case .rvmw: return rm(width, .word)
        case .m, .ms: return rm(width, .none)
        case .mb: return rm(.byte, .byte)
        case .mp: return rm(width, width == .dword ? .fword : .dword)
        case .ma: return rm(width, width == .dword ? .qword : .dword)
        case .mq: return rm(width, .qword)
        case .rd: return general(parsed.rm, .dword)
        case .gb: return general(parsed.reg, .byte)
        case .gw: return general(parsed.reg, .word)
        case .gv: return general(parsed.reg, width)
        case .sw: return .segment(parsed.reg)
        case .cd: return .control(parsed.reg)
        case .dd: return .debug(parsed.reg)
        case .zb: return general(low, .byte)
        case .zv: return general(low, width)
        case .ib:
            let isSecond = position > 0 && encoding.operands.0 == .iw
            return .immediate(isSecond ? UInt32(parsed.immediate2) : parsed.immediate)
        case .iw: return .immediate(parsed.immediate)
        case .ibs, .iz: return .immediate(parsed.immediate & (parsed.operand32 ? 0xFFFF_FFFF : 0xFFFF))
        case .ap: return .far(selector: parsed.immediate2, offset: parsed.immediate)
        case .jb, .jz: return .target(branchTarget)
        case .ob, .ov: return .memory(offset)
        case .xb: return .memory(string(.byte, .esi, parsed.segmentOverride ?? .ds))
        case .xv:
            let size: MemoryOperand.Size = width == .dword ? .dword : .word
            return .memory(string(size, .esi, parsed.segmentOverride ?? .ds))
        case .yb: return .memory(string(.byte, .edi, nil))
        case .yv: return .memory(string(width == .dword ? .dword : .word, .edi, nil))
        case .al: return general(0, .byte)
        case .ax: return general(0, encoding.operation == .fnstsw ? .word : width)
        case .cl: return general(1, .byte)
        case .dx: return .port
        case .one: return .one
        case .es, .cs, .ss, .ds, .fs, .gs: return .segment(form.rawValue - OperandForm.es.rawValue)
        case .st: return .stack(nil)
        case .sti: return .stack(parsed.rm)
        case .m16i: return rm(.word, .word)
        case .m32i, .m32r, .md: return rm(.dword, .dword)
        case .m64i, .m64r: return rm(.dword, .qword)
        case .m80r, .m80b: return rm(.dword, .tbyte)
        case .mEnvironment, .mState, .m512: return rm(.dword, .none)
        case .mx: return rm(.dword, .xmmword)
        case .pq: return .mmx(parsed.reg)
        case .vx: return .xmm(parsed.reg)
        case .gd: return general(parsed.reg, .dword)
        case .qq: return isMemory ? rm(.dword, .qword) : .mmx(parsed.rm)
        case .qd: return isMemory ? rm(.dword, .dword) : .mmx(parsed.rm)
        case .nq: return .mmx(parsed.rm)
        case .wx: return isMemory ? rm(.dword, .xmmword) : .xmm(parsed.rm)
        case .wq: return isMemory ? rm(.dword, .qword) : .xmm(parsed.rm)
        case .wd: return isMemory ? rm(.dword, .dword) : .xmm(parsed.rm)
        case .ux: return .xmm(parsed.rm)
        case .ed: return rm(.dword, .dword)
        case .edw: return rm(.dword, .word)
        case .rdr: return general(parsed.rm, .dword)
        }
    }

    /// A 16-bit source in a register is called by the register of the operand size.
    private var namesWholeRegister: Bool {
        let operation = encoding.operation
        return operation == .movToSegment || operation == .lar || operation == .lsl
    }

    private func general(_ number: UInt8, _ width: Width) -> ContentsOperand? {
        GeneralRegister(rawValue: number & 7).map { .register($0, width) }
    }

    /// The register or memory that ModRM.rm selects.
    private func rm(_ width: Width, _ size: MemoryOperand.Size) -> ContentsOperand? {
        guard isMemory else { return general(parsed.rm, width) }
        var memory = MemoryOperand(size: size, address32: parsed.address32, segment: parsed.segmentOverride)
        if parsed.displacementSize > 0 { memory.displacement = parsed.displacement }
        let registers = AddressRegisters(parsed)
        (memory.base, memory.index, memory.scale) = (registers.base, registers.index, registers.scale)
        memory.hasSIB = parsed.address32 && parsed.hasSIB
        return .memory(memory)
    }

    private var offset: MemoryOperand {
        MemoryOperand(
            size: .none, displacement: parsed.displacement, address32: parsed.address32,
            segment: parsed.segmentOverride, isOffset: true)
    }

    /// A string operand: the source has a segment, the destination's is ES whatever the prefixes.
    private func string(
        _ size: MemoryOperand.Size, _ base: GeneralRegister, _ segment: SegmentRegister?
    ) -> MemoryOperand {
        MemoryOperand(
            size: size, base: base, address32: parsed.address32, segment: segment ?? .es,
            takesOverride: segment != nil)
    }

    /// A 16-bit branch wraps within its 64 KiB; with an operand-size prefix in 32-bit code, within the lowest.
    private var branchTarget: UInt32 {
        let target = address &+ UInt32(parsed.length) &+ parsed.immediate
        if parsed.operand32 { return target }
        return target & 0xFFFF | (code32 ? 0 : address & 0xFFFF_0000)
    }
}
