extension Handlers {
    /// What runs an op: the handler made for its registers, or in a flat block for flat memory, if there is one.
    static func handler(for op: inout Op, isFlat: Bool) -> Handler {
        if op.width == .dword, let made = byRegisters(&op) { return made }
        if isFlat, let made = flat(&op) { return made }
        if let made = near(&op) { return made }
        if op.dispatch == .general, let made = float(&op, isFlat: isFlat) { return made }
        return handler(for: op.dispatch)
    }

    // MARK: SSE and x87

    /// The handler of an operation on XMM registers or the x87, if it is one of the frequent ones.
    private static func float(_ op: inout Op, isFlat: Bool) -> Handler? {
        if op.operation.isX87 { return x87(&op, isFlat: isFlat) }
        guard op.operation.isVector, !op.payload.isMMX else { return nil }
        switch op.shape {
        case .rr where op.operation == .movd:
            return op.payload.isToVector ? floatToVector(op.operation) : floatFromVector(op.operation)
        case .rr: return floatRr(op.operation)
        case .rm: return floatRm(op.operation)
        case .mr: return floatMr(op.operation)
        case .ri: return floatRi(op.operation)
        case .none, .mi, .r, .m, .i: return nil
        }
    }

    private static func x87(_ op: inout Op, isFlat: Bool) -> Handler? {
        switch op.payload.x87Operand {
        case .st: return op.operation == .fadd && op.second == 0 ? floatToItself(op.operation) : floatToST(op.operation)
        // D9 /3 is an FSTP of its own.
        case .sti: return op.operation == .fstp && op.immediate >> 8 & 7 == 1 ? nil : floatFromST(op.operation)
        case .m16i: return floatInt16(op.operation)
        case .m32i: return floatInt32(op.operation)
        case .m64i: return floatInt64(op.operation)
        case .ax: return floatAx(op.operation)
        case .none: return floatNone(op.operation)
        case .m32r, .m64r: return isFlatMemory(op, isFlat) ? x87Flat(&op) : x87Anywhere(&op)
        default: return nil
        }
    }

    private static func x87Anywhere(_ op: inout Op) -> Handler? {
        op.payload.x87Operand == .m32r ? floatSingle(op.operation) : floatDouble(op.operation)
    }

    private static func x87Flat(_ op: inout Op) -> Handler? {
        let isSingle = op.payload.x87Operand == .m32r
        guard op.index == Op.noRegister else {
            return isSingle ? floatSingleIndexed(op.operation) : floatDoubleIndexed(op.operation)
        }
        return isSingle ? floatSingleAt(op.operation) : floatDoubleAt(op.operation)
    }

    /// The operand lies where no segment restricts it.
    private static func isFlatMemory(_ op: Op, _ isFlat: Bool) -> Bool {
        isFlat && op.addressMask == .max && op.segment <= SegmentRegister.ds.rawValue
            && op.segment != SegmentRegister.cs.rawValue
    }

    // MARK: Registers of 32 bits

    @inline(__always)
    private static func byRegisters(_ op: inout Op) -> Handler? {
        let first = Int(op.first)
        let pair = first * 8 + Int(op.second)
        switch op.dispatch {
        case .addRR32: return RegisterHandlers.addRR[pair]
        case .orRR32: return RegisterHandlers.orRR[pair]
        case .andRR32: return RegisterHandlers.andRR[pair]
        case .subRR32: return RegisterHandlers.subRR[pair]
        case .xorRR32: return RegisterHandlers.xorRR[pair]
        case .cmpRR32: return RegisterHandlers.cmpRR[pair]
        case .movRR32: return RegisterHandlers.movRR[pair]
        case .testRR32: return RegisterHandlers.testRR[pair]
        case .addRI32: return RegisterHandlers.addRI[first]
        case .orRI32: return RegisterHandlers.orRI[first]
        case .andRI32: return RegisterHandlers.andRI[first]
        case .subRI32: return RegisterHandlers.subRI[first]
        case .xorRI32: return RegisterHandlers.xorRI[first]
        case .cmpRI32: return RegisterHandlers.cmpRI[first]
        case .movRI32: return RegisterHandlers.movRI[first]
        case .testRI32: return RegisterHandlers.testRI[first]
        case .incR32: return RegisterHandlers.incR[first]
        case .decR32: return RegisterHandlers.decR[first]
        case .shlRI32: return RegisterHandlers.shlRI[first]
        case .shrRI32: return RegisterHandlers.shrRI[first]
        case .sarRI32: return RegisterHandlers.sarRI[first]
        case .leaRM32 where op.addressMask == .max:
            return op.index == Op.noRegister
                ? RegisterHandlers.leaRM[first] : RegisterHandlers.leaScaled[first * 4 + Int(op.scale)]
        default: return nil
        }
    }

    // MARK: Flat memory

    @inline(__always)
    private static func flat(_ op: inout Op) -> Handler? {
        switch op.dispatch {
        case .jo, .jno, .jb, .jae, .je, .jne, .jbe, .ja, .js, .jns, .jp, .jnp, .jl, .jge, .jle, .jg:
            return op.addressMask == .max ? RegisterHandlers.jcc[Int(op.payload.condition.rawValue)] : nil
        case .jmpI: return op.addressMask == .max ? RegisterHandlers.jump : nil
        case .callI32: return RegisterHandlers.call
        case .ret32: return RegisterHandlers.ret
        case .pushR32: return RegisterHandlers.pushR[Int(op.first)]
        case .popR32: return RegisterHandlers.popR[Int(op.first)]
        case .pushI32: return RegisterHandlers.pushI
        default: return flatMemory(&op)
        }
    }

    private static func flatMemory(_ op: inout Op) -> Handler? {
        guard isFlatMemory(op, true) else { return nil }
        let form = op.index == Op.noRegister ? 0 : 1
        switch op.dispatch {
        case .movRM32: return moving(RegisterHandlers.loadAt, RegisterHandlers.loadIndexed, op.first, &op)
        case .movMR32: return moving(RegisterHandlers.storeAt, RegisterHandlers.storeIndexed, op.second, &op)
        case .movRM8: return RegisterHandlers.mov8RM[form]
        case .movRM16: return RegisterHandlers.mov16RM[form]
        case .movMR8: return RegisterHandlers.mov8MR[form]
        case .movMR16: return RegisterHandlers.mov16MR[form]
        case .movMI8: return RegisterHandlers.mov8MI[form]
        case .movMI16: return RegisterHandlers.mov16MI[form]
        case .movMI32: return RegisterHandlers.mov32MI[form]
        case .movzxRM8: return RegisterHandlers.movzx8RM[form]
        case .movzxRM16: return RegisterHandlers.movzx16RM[form]
        case .movsxRM8: return RegisterHandlers.movsx8RM[form]
        case .movsxRM16: return RegisterHandlers.movsx16RM[form]
        case .pushM32: return RegisterHandlers.pushM[form]
        default: return flatArithmetic(&op, form)
        }
    }

    private static func moving(_ at: [Handler?], _ indexed: [Handler?], _ register: UInt8, _ op: inout Op) -> Handler? {
        op.index == Op.noRegister ? at[Int(register) * 9 + Int(op.base)] : indexed[Int(register)]
    }

    private static func flatArithmetic(_ op: inout Op, _ form: Int) -> Handler? {
        let place = 2 * Int(op.first) + form
        switch op.dispatch {
        case .addRM32: return RegisterHandlers.addRM[place]
        case .orRM32: return RegisterHandlers.orRM[place]
        case .andRM32: return RegisterHandlers.andRM[place]
        case .subRM32: return RegisterHandlers.subRM[place]
        case .xorRM32: return RegisterHandlers.xorRM[place]
        case .cmpRM32: return RegisterHandlers.cmpRM[place]
        case .imulRM32: return RegisterHandlers.imulRM[form]
        case .addMR32: return RegisterHandlers.addMR[form]
        case .orMR32: return RegisterHandlers.orMR[form]
        case .andMR32: return RegisterHandlers.andMR[form]
        case .subMR32: return RegisterHandlers.subMR[form]
        case .xorMR32: return RegisterHandlers.xorMR[form]
        case .addMI32: return RegisterHandlers.addMI[form]
        case .orMI32: return RegisterHandlers.orMI[form]
        case .andMI32: return RegisterHandlers.andMI[form]
        case .subMI32: return RegisterHandlers.subMI[form]
        case .xorMI32: return RegisterHandlers.xorMI[form]
        case .incM32: return RegisterHandlers.incM[form]
        case .decM32: return RegisterHandlers.decM[form]
        case .cmpMR8: return RegisterHandlers.cmp8MR[form]
        case .cmpMR32: return RegisterHandlers.cmp32MR[form]
        case .cmpRM8: return RegisterHandlers.cmp8RM[form]
        case .cmpMI8: return RegisterHandlers.cmp8MI[form]
        case .cmpMI32: return RegisterHandlers.cmp32MI[form]
        case .testMI8: return RegisterHandlers.test8MI[form]
        case .testMI32: return RegisterHandlers.test32MI[form]
        default: return nil
        }
    }

    // MARK: Addresses and counters of 16 bits

    /// A handler that is made for 16 bits: string instructions and LOOP have none that asks which they are.
    @inline(__always)
    private static func near(_ op: inout Op) -> Handler? {
        if op.dispatch == .loopI { return op.countMask == 0xFFFF ? RegisterHandlers.nearLoop : nil }
        guard op.addressMask == 0xFFFF else { return nil }
        let string = Int(op.dispatch.rawValue) - Int(Dispatch.stos8.rawValue)
        if RegisterHandlers.nearStrings.indices.contains(string) { return RegisterHandlers.nearStrings[string] }
        return nearMemory(&op)
    }

    private static func nearMemory(_ op: inout Op) -> Handler? {
        let form = op.index == Op.noRegister ? 0 : 1
        switch op.dispatch {
        case .movRM8: return RegisterHandlers.nearMov8RM[form]
        case .movRM16: return RegisterHandlers.nearMov16RM[form]
        case .movMR8: return RegisterHandlers.nearMov8MR[form]
        case .movMR16: return RegisterHandlers.nearMov16MR[form]
        case .movMI8: return RegisterHandlers.nearMov8MI[form]
        case .movMI16: return RegisterHandlers.nearMov16MI[form]
        case .cmpMR8: return RegisterHandlers.nearCmp8MR[form]
        case .cmpMR16: return RegisterHandlers.nearCmp16MR[form]
        case .cmpRM8: return RegisterHandlers.nearCmp8RM[form]
        case .cmpRM16: return RegisterHandlers.nearCmp16RM[form]
        case .cmpMI8: return RegisterHandlers.nearCmp8MI[form]
        case .cmpMI16: return RegisterHandlers.nearCmp16MI[form]
        case .addRM16: return RegisterHandlers.nearAdd16RM[form]
        default: return nil
        }
    }
}
