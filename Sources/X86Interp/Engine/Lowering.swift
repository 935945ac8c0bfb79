extension InstructionParser {
    /// Turns a parsed instruction into the form that the executor runs.
    ///
    /// - Parameter start: offset of the instruction from the start of its block.
    func lower(_ parsed: ParsedInstruction, start: Int) -> Op {
        var result = Op(
            handler: Handlers.leave, displacement: 0, immediate: 0, addressMask: 0, base: Op.noRegister,
            index: Op.noRegister, scale: 0, segment: 0, first: 0, second: 0, next: 0, dispatch: .general,
            payload: OpPayload(), flags: [], row: .max, operation: .ud, length: 0, width: .byte, shape: .none)
        var parsed = parsed
        lower(&parsed, start: start, into: &result)
        return result
    }

    /// The same in place, field by field: a copy of the whole right behind would wait for each field's store, which
    /// is also why `parsed`, though only read, comes as `inout`.
    func lower(_ parsed: inout ParsedInstruction, start: Int, isFlat: Bool = false, into result: inout Op) {
        prepare(parsed, start: start, &result)
        guard let row = parsed.row else { return }
        let encoding = encodings[row]
        result.row = UInt16(truncatingIfNeeded: row)
        let isMemory = parsed.hasModRM && parsed.mod != 3 && !encoding.ignoresMod
        if encoding.isMemoryOnly, parsed.hasModRM, !isMemory { return }
        if parsed.flags.contains(.lock), has32Bit, !(encoding.traits.contains(.lockable) && isMemory) { return }
        result.operation = encoding.operation
        result.width = encoding.width(operand32: parsed.operand32)
        if isMemory { address(parsed, &result) }
        if let override = parsed.segmentOverride { result.segment = override.rawValue }
        operands(encoding, parsed, isMemory: isMemory, &result)
        if encoding.traits.contains(.privileged) { result.flags.insert(.privileged) }
        if encoding.traits.contains(.protectedOnly) { result.flags.insert(.protectedOnly) }
        if encoding.isVector { result.payload = encoding.vectorPayload }
        if encoding.traits.contains(.conditional) { result.payload = OpPayload(Condition(opcode: parsed.opcode)) }
        if usesFastForms {
            result.dispatch = Dispatch(for: &result)
            result.handler = Handlers.handler(for: &result, isFlat: isFlat)
            result.isChained = makesChains
            result.tail = immediateTail(encoding, parsed)
        }
        if !endsBlock(encoding, result) { result.flags.remove(.endsBlock) }
    }

    /// What holds for any bytes: an invalid opcode, until a row says otherwise.
    @inline(__always)
    private func prepare(_ parsed: ParsedInstruction, start: Int, _ result: inout Op) {
        result.handler = Handlers.leave
        result.dispatch = .general
        result.operation = .ud
        result.row = .max
        result.length = UInt8(truncatingIfNeeded: parsed.length)
        result.flags = parsed.flags.union(.endsBlock)
        if parsed.operand32 { result.flags.insert(.operand32) }
        if parsed.address32 { result.flags.insert(.address32) }
        result.width = parsed.operand32 ? .dword : .word
        result.shape = .none
        result.first = parsed.reg
        result.second = parsed.rm
        result.base = Op.noRegister
        result.index = Op.noRegister
        result.scale = 0
        result.segment = SegmentRegister.ds.rawValue
        result.displacement = 0
        result.immediate = parsed.immediate
        result.addressMask = parsed.address32 ? 0xFFFF_FFFF : 0xFFFF
        result.payload = OpPayload(rawValue: parsed.immediate2)
        result.next = UInt16(truncatingIfNeeded: start + parsed.length)
        result.linkCost = Op.noLink
        result.tail = .none
        result.isChained = false
    }

    /// The immediate that code which patches itself may replace: of operations that have one handler for all values.
    private func immediateTail(_ encoding: Encoding, _ parsed: ParsedInstruction) -> ImmediateTail {
        switch encoding.operation {
        case .add, .or, .adc, .sbb, .and, .sub, .xor, .cmp, .mov, .test: break
        default: return .none
        }
        switch encoding.operands.1 {
        case .ib: return .byte
        case .ibs: return .signedByte
        case .iz: return parsed.operand32 ? .dword : .word
        default: return .none
        }
    }

    private func endsBlock(_ encoding: Encoding, _ result: Op) -> Bool {
        encoding.traits.contains(.endsBlock)
            || encoding.traits.contains(.repeatable) && !result.flags.isDisjoint(with: .repeated)
            // The complete switch branches only at a block's end.
            || result.dispatch == .general && (encoding.operation == .jcc || encoding.operation == .loop)
    }

    /// Fills base, index, scale, displacement and default segment.
    private func address(_ parsed: ParsedInstruction, _ result: inout Op) {
        let written = AddressRegisters(parsed)
        if written.isOnStack { result.segment = SegmentRegister.ss.rawValue }
        let registers = written.added(scalesBase: parsed.scalesBase)
        result.displacement = parsed.displacement
        result.base = registers.base?.rawValue ?? Op.noRegister
        result.index = registers.index?.rawValue ?? Op.noRegister
        result.scale = registers.scale
    }

    /// Fills shape, registers and immediates from the row's operand forms.
    private func operands(
        _ encoding: Encoding, _ parsed: ParsedInstruction, isMemory: Bool, _ result: inout Op
    ) {
        let (first, second, third) = encoding.operands
        let low = UInt8(truncatingIfNeeded: parsed.opcode & 7)
        switch first {
        case .eb, .ew, .ev, .rvmw, .m, .mb, .mp, .ma, .mq, .ms, .rd, .m16i, .m32i, .m64i, .m32r, .m64r, .m80r, .m80b,
            .mEnvironment, .mState, .qq, .qd, .nq, .wx, .wq, .wd, .ux, .ed, .edw, .rdr, .md, .mx, .m512:
            (result.first, result.second) = (parsed.rm, parsed.reg)
            switch second {
            case .ib, .ibs, .iz, .one:
                result.shape = isMemory ? .mi : .ri
                if second == .one { result.immediate = 1 }
            case .none, .cl: result.shape = isMemory ? .m : .r
            default: result.shape = isMemory ? .mr : .rr
            }
        case .gb, .gw, .gv, .sw, .cd, .dd, .pq, .vx, .gd: result.shape = isMemory ? .rm : .rr
        case .zb, .zv:
            result.first = low
            result.second = 0
            result.shape = second == .ax ? .rr : second == .none ? .r : .ri
        case .al, .ax:
            result.first = 0
            if second == .ob || second == .ov {
                result.shape = .rm
                result.displacement = parsed.displacement
            } else if second == .ib || second == .iz {
                result.shape = .ri
            }
        case .ob, .ov:
            result.second = 0
            result.shape = .mr
            result.displacement = parsed.displacement
        case .es, .cs, .ss, .ds, .fs, .gs: result.first = first.rawValue - OperandForm.es.rawValue
        case .ib, .ibs, .iw, .iz: result.shape = .i
        case .ap: result.shape = .i
        case .jb, .jz:
            result.shape = .i
            result.immediate = parsed.immediate &+ UInt32(result.next)
        case .none, .xb, .xv, .yb, .yv, .cl, .dx, .one, .three, .st, .sti: break
        }
        switch encoding.operation {
        case .shld, .shrd: result.payload = OpPayload(isByCL: third == .cl)
        case .movzx, .movsx: result.payload = OpPayload(sourceBytes: second == .eb ? 1 : 2)
        case .in, .out: result.payload = OpPayload(isPortInDX: first == .dx || second == .dx)
        case .movControl, .movDebug: result.payload = OpPayload(isToSpecialRegister: second == .rd)
        case .imul: result.payload = OpPayload(operandCount: second == .none ? 1 : third == .none ? 2 : 3)
        // Relative targets wrap at the operand size.
        case .jcc, .jmp, .call, .loop, .loope, .loopne, .jcxz:
            if first == .jb || first == .jz { result.addressMask = parsed.operand32 ? 0xFFFF_FFFF : 0xFFFF }
        default:
            if Encoding.escapes.contains(encoding.opcode) { x87Payload(encoding, parsed, &result) }
        }
    }

    /// Form, condition and FOP, the opcode's last 11 bits; above it where the instruction begins in its block.
    private func x87Payload(_ encoding: Encoding, _ parsed: ParsedInstruction, _ result: inout Op) {
        // FCMOVB, FCMOVE, FCMOVBE, FCMOVU; DB has their opposites.
        let conditions: [UInt16] = [2, 4, 6, 10]
        let condition = conditions[Int(parsed.reg & 3)] | parsed.opcode & 1
        result.payload = OpPayload(
            x87Operand: encoding.operands.0, isWithoutWait: encoding.traits.contains(.noWait), condition: condition)
        let start = UInt32(result.next &- UInt16(result.length))
        result.immediate = start << 16 | UInt32(parsed.opcode & 7) << 8 | UInt32(parsed.modRM)
    }
}

extension Encoding {
    /// What the bodies of MMX and SSE ask of a row.
    fileprivate var vectorPayload: OpPayload {
        let isMMX = [operands.0, operands.1].contains { [.pq, .qq, .qd, .nq].contains($0) }
        return OpPayload(vector: prefix, isMMX: isMMX, isToVector: operands.0 == .pq || operands.0 == .vx)
    }

    /// MOV CRn and DRn take ModRM.rm as a register whatever mod says.
    var ignoresMod: Bool { operands.0 == .rd || operands.1 == .rd }

    var isMemoryOnly: Bool {
        operands.0.isMemoryOnly || operands.1.isMemoryOnly
    }

    /// The size of the transferred operand.
    func width(operand32: Bool) -> Width {
        let sized: OperandForm
        switch operands.0 {
        case .ib, .dx: sized = operands.1 == .none ? .none : operands.1
        default: sized = operands.0
        }
        switch sized {
        case .eb, .gb, .zb, .al, .ob, .xb, .yb, .mb: return .byte
        case .ew, .gw, .sw: return .word
        case .rd, .cd, .dd: return .dword
        default: return operand32 ? .dword : .word
        }
    }
}
