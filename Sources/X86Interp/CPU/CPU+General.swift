extension CPU {
    /// The complete switch: every operation, whatever its form.
    ///
    /// Exhaustive, so that none can be forgotten.
    @inline(never)
    func executeGeneral(_ i: InstructionPointer) throws(Interruption) {
        if core.pointee.mayAskHost { try journalFirst(i) }
        switch i.pointee.operation {
        // Data transfer
        case .mov: try mov(i)
        case .movToSegment: try movToSegment(i)
        case .movFromSegment: try movFromSegment(i)
        case .movControl: try movControl(i)
        case .movDebug: try movDebug(i)
        case .movzx: try extend(i, signed: false)
        case .movsx: try extend(i, signed: true)
        case .xchg: try exchange(i)
        case .lea: setRegister(i.pointee.first, i.pointee.width, address(i))
        case .xlat: try translateByte(i)
        case .bswap: swapBytes(i)
        case .cmovcc: try moveIf(i)
        case .cbw: convertToWide(i)
        case .cwd: convertToPair(i)
        case .lahf: loadFlagsToAH()
        case .sahf: storeAHToFlags()
        case .salc: setRegister(0, UInt8(core.pointee.flags.carry ? 0xFF : 0))
        case .les: try loadFarPointer(i, .es)
        case .lds: try loadFarPointer(i, .ds)
        case .lss: try loadFarPointer(i, .ss)
        case .lfs: try loadFarPointer(i, .fs)
        case .lgs: try loadFarPointer(i, .gs)
        // Arithmetic and logic
        case .add: try binary(i, .add)
        case .or: try binary(i, .or)
        case .adc: try binary(i, .adc)
        case .sbb: try binary(i, .sbb)
        case .and: try binary(i, .and)
        case .sub: try binary(i, .sub)
        case .xor: try binary(i, .xor)
        case .cmp: try binary(i, .cmp)
        case .test: try test(i)
        case .inc: try unary(i, .inc)
        case .dec: try unary(i, .dec)
        case .neg: try unary(i, .neg)
        case .not: try unary(i, .not)
        case .mul: try multiply(i)
        case .imul: try multiplySigned(i)
        case .div: try divide(i)
        case .idiv: try divideSigned(i)
        case .xadd: try exchangeAdd(i)
        case .cmpxchg: try compareExchange(i)
        case .cmpxchg8b: try compareExchange8Bytes(i)
        // Shifts and bits
        case .rol: try shiftOrRotate(i, .rol)
        case .ror: try shiftOrRotate(i, .ror)
        case .rcl: try shiftOrRotate(i, .rcl)
        case .rcr: try shiftOrRotate(i, .rcr)
        case .shl: try shiftOrRotate(i, .shl)
        case .shr: try shiftOrRotate(i, .shr)
        case .sar: try shiftOrRotate(i, .sar)
        case .shld: try shiftDouble(i, left: true)
        case .shrd: try shiftDouble(i, left: false)
        case .setmo: try setMinusOne(i)
        case .bt: try bitTest(i, .test)
        case .bts: try bitTest(i, .set)
        case .btr: try bitTest(i, .reset)
        case .btc: try bitTest(i, .complement)
        case .bsf: try bitScan(i, forward: true)
        case .bsr: try bitScan(i, forward: false)
        case .setcc: try setByteIf(i)
        // Decimal
        case .daa: decimalAdjustAdd()
        case .das: decimalAdjustSubtract()
        case .aaa: asciiAdjustAdd()
        case .aas: asciiAdjustSubtract()
        case .aam: try asciiAdjustMultiply(i)
        case .aad: asciiAdjustDivide(i)
        // Control flow
        case .jcc: try branch(i, if: core.pointee.flags.holds(i.pointee.extra))
        case .jmp: try jumpNear(i)
        case .jmpFar: try jumpFar(i)
        case .jcxz: try jumpIfCountZero(i)
        case .loop: _ = try loopI(i)
        case .loope: try loop(i, while: true)
        case .loopne: try loop(i, while: false)
        case .call: try callNear(i)
        case .callFar: try callFar(i)
        case .ret: try returnNear(i)
        case .retFar: try returnFar(i)
        case .bound: try bound(i)
        // Stack
        case .push: try pushOperand(i)
        case .pop: try popOperand(i)
        case .pusha: try pushAll(i)
        case .popa: try popAll(i)
        case .pushf: try pushFlags(i)
        case .popf: try popFlags(i)
        case .enter: try enterFrame(i)
        case .leave: try leaveFrame(i)
        // Strings and ports
        case .movs: try moveString(i)
        case .cmps: try compareString(i)
        case .stos: try storeString(i)
        case .lods: try loadString(i)
        case .scas: try scanString(i)
        case .in: try inPort(i)
        case .out: try outPort(i)
        case .ins: try inString(i)
        case .outs: try outString(i)
        // Interrupts and flags
        case .int: try interrupt(i)
        case .int3: try callHandler(3, .trap)
        case .int1: try callHandler(1, .debug)
        case .into: if core.pointee.flags.overflow { try callHandler(4, .trap) }
        case .iret: try returnFromInterrupt(i)
        case .cli: try clearInterruptFlag()
        case .sti: try setInterruptFlag()
        case .hlt: try halt()
        case .clc: setCarry(false)
        case .stc: setCarry(true)
        case .cmc: setCarry(!core.pointee.flags.carry)
        case .cld: core.pointee.state.eflags.remove(.direction)
        case .std: core.pointee.state.eflags.insert(.direction)
        // System
        case .lgdt, .lidt: try loadTableRegister(i)
        case .sgdt, .sidt: try storeTableRegister(i)
        case .lldt: try loadLocalTable(i)
        case .ltr: try loadTaskRegister(i)
        case .sldt, .str: try storeSystemSegment(i)
        case .lar: try loadAccessRights(i)
        case .lsl: try loadSegmentLimit(i)
        case .verr, .verw: try verifySegment(i)
        case .lmsw: try loadMachineStatus(i)
        case .smsw: try storeMachineStatus(i)
        case .clts: try clearTaskSwitched()
        case .invd, .wbinvd: try requirePrivilege()
        case .invlpg: try invalidatePage(i)
        case .rdtsc: try readTimeStamp()
        case .rdmsr: try readModelSpecific()
        case .wrmsr: try writeModelSpecific()
        case .rdpmc: try readCounter()
        case .sysenter: try enterSystem()
        case .sysexit: try exitSystem()
        case .cpuid: identify()
        case .arpl: try adjustPrivilege(i)
        case .esc: try escape(i)
        case .wait: try waitForCoprocessor()
        case .nop: break
        case .ud: try undefined()
        }
    }

    // MARK: Operands of any shape

    /// Whether the first operand is memory.
    @inline(__always)
    func isMemory(_ i: InstructionPointer) -> Bool {
        switch i.pointee.shape {
        case .mr, .mi, .m: true
        case .none, .rr, .rm, .ri, .r, .i: false
        }
    }

    /// The last operand: register, memory or immediate.
    func source<W: Operand>(_ i: InstructionPointer, _ type: W.Type) throws(Interruption) -> W {
        switch i.pointee.shape {
        case .rr, .mr: register(i.pointee.second, W.self)
        case .rm, .m: try load(i.pointee.segment, address(i), W.self)
        case .ri, .mi, .i: W(truncatingIfNeeded: i.pointee.immediate)
        case .none, .r: register(i.pointee.first, W.self)
        }
    }

    /// Replaces the first operand by a function of it.
    func update<W: Operand>(
        _ i: InstructionPointer, _ type: W.Type, _ body: (W) -> W
    ) throws(Interruption) {
        if isMemory(i) {
            try modify(i.pointee.segment, address(i), W.self, body)
        } else {
            setRegister(i.pointee.first, body(register(i.pointee.first, W.self)))
        }
    }

    /// Writes the first operand.
    func setDestination<W: Operand>(_ i: InstructionPointer, _ value: W) throws(Interruption) {
        if isMemory(i) {
            try store(i.pointee.segment, address(i), value)
        } else {
            setRegister(i.pointee.first, value)
        }
    }

    /// An invalid opcode: #UD, but to the 8086, which has none, an instruction without effect.
    @inline(never)
    private func undefined() throws(Interruption) {
        guard model.generation == .i8086 else {
            let isLocked = core.pointee.current.pointee.flags.contains(.lock)
            throw raised(.invalidOpcode, isLocked ? .lockNotAllowed : .invalidOpcode)
        }
    }

    /// #GP(0) unless CPL is 0.
    func requirePrivilege() throws(Interruption) {
        guard core.pointee.state.cpl == 0 else { throw raised(.generalProtection, .privilegedInstruction) }
    }
}
