extension CPU {
    /// The complete switch: every operation, whatever its form.
    ///
    /// Exhaustive, so that none can be forgotten.
    @inline(never)
    func executeGeneral(_ op: OpPointer) throws(Interruption) {
        if core.pointee.mayAskHost { try journalFirst(op) }
        // By bits: `contains` is not always inlined here.
        if op.pointee.flags.rawValue & InstructionFlags.restricted.rawValue != 0 { try checkRight(op) }
        switch op.pointee.operation {
        // Data transfer
        case .mov: try mov(op)
        case .movToSegment: try movToSegment(op)
        case .movFromSegment: try movFromSegment(op)
        case .movControl: try movControl(op)
        case .movDebug: try movDebug(op)
        case .movzx: try extend(op, signed: false)
        case .movsx: try extend(op, signed: true)
        case .xchg: try exchange(op)
        case .lea: setRegister(op.pointee.first, op.pointee.width, address(op))
        case .xlat: try translateByte(op)
        case .bswap: swapBytes(op)
        case .cmovcc: try moveIf(op)
        case .cbw: convertToWide(op)
        case .cwd: convertToPair(op)
        case .lahf: loadFlagsToAH()
        case .sahf: storeAHToFlags()
        case .salc: setRegister(.eax, UInt8(core.pointee.flags.carry ? 0xFF : 0))
        case .les: try loadFarPointer(op, .es)
        case .lds: try loadFarPointer(op, .ds)
        case .lss: try loadFarPointer(op, .ss)
        case .lfs: try loadFarPointer(op, .fs)
        case .lgs: try loadFarPointer(op, .gs)
        // Arithmetic and logic
        case .add: try binary(op, .add)
        case .or: try binary(op, .or)
        case .adc: try binary(op, .adc)
        case .sbb: try binary(op, .sbb)
        case .and: try binary(op, .and)
        case .sub: try binary(op, .sub)
        case .xor: try binary(op, .xor)
        case .cmp: try binary(op, .cmp)
        case .test: try test(op)
        case .inc: try unary(op, .inc)
        case .dec: try unary(op, .dec)
        case .neg: try unary(op, .neg)
        case .not: try unary(op, .not)
        case .mul: try multiply(op)
        case .imul: try multiplySigned(op)
        case .div: try divide(op)
        case .idiv: try divideSigned(op)
        case .xadd: try exchangeAdd(op)
        case .cmpxchg: try compareExchange(op)
        case .cmpxchg8b: try compareExchange8Bytes(op)
        // Shifts and bits
        case .rol: try shiftOrRotate(op, .rol)
        case .ror: try shiftOrRotate(op, .ror)
        case .rcl: try shiftOrRotate(op, .rcl)
        case .rcr: try shiftOrRotate(op, .rcr)
        case .shl: try shiftOrRotate(op, .shl)
        case .shr: try shiftOrRotate(op, .shr)
        case .sar: try shiftOrRotate(op, .sar)
        case .shld: try shiftDouble(op, left: true)
        case .shrd: try shiftDouble(op, left: false)
        case .setmo: try setMinusOne(op)
        case .bt: try bitTest(op, .test)
        case .bts: try bitTest(op, .set)
        case .btr: try bitTest(op, .reset)
        case .btc: try bitTest(op, .complement)
        case .bsf: try bitScan(op, forward: true)
        case .bsr: try bitScan(op, forward: false)
        case .setcc: try setByteIf(op)
        // Decimal
        case .daa: decimalAdjustAdd()
        case .das: decimalAdjustSubtract()
        case .aaa: asciiAdjustAdd()
        case .aas: asciiAdjustSubtract()
        case .aam: try asciiAdjustMultiply(op)
        case .aad: asciiAdjustDivide(op)
        // Control flow
        case .jcc: try branch(op, if: core.pointee.flags.holds(op.pointee.payload.condition))
        case .jmp: try jumpNear(op)
        case .jmpFar: try jumpFar(op)
        case .jcxz: try jumpIfCountZero(op)
        case .loop: _ = try loopI(op)
        case .loope: try loop(op, while: true)
        case .loopne: try loop(op, while: false)
        case .call: try callNear(op)
        case .callFar: try callFar(op)
        case .ret: try returnNear(op)
        case .retFar: try returnFar(op)
        case .bound: try bound(op)
        // Stack
        case .push: try pushOperand(op)
        case .pop: try popOperand(op)
        case .pusha: try pushAll(op)
        case .popa: try popAll(op)
        case .pushf: try pushFlags(op)
        case .popf: try popFlags(op)
        case .enter: try enterFrame(op)
        case .leave: try leaveFrame(op)
        // Strings and ports
        case .movs: try moveString(op)
        case .cmps: try compareString(op)
        case .stos: try storeString(op)
        case .lods: try loadString(op)
        case .scas: try scanString(op)
        case .in: try inPort(op)
        case .out: try outPort(op)
        case .ins: try inString(op)
        case .outs: try outString(op)
        // Interrupts and flags
        case .int: try interrupt(op)
        case .int3: try callHandler(3, .trap)
        case .int1: try callHandler(1, .debug)
        case .into: if core.pointee.flags.overflow { try callHandler(4, .trap) }
        case .iret: try returnFromInterrupt(op)
        case .cli: try clearInterruptFlag()
        case .sti: try setInterruptFlag()
        case .hlt: halt()
        case .clc: setCarry(false)
        case .stc: setCarry(true)
        case .cmc: setCarry(!core.pointee.flags.carry)
        case .cld: core.pointee.state.eflags.remove(.direction)
        case .std: core.pointee.state.eflags.insert(.direction)
        // x87
        case .fld, .fst, .fstp, .fild, .fist, .fistp, .fbld, .fbstp, .fxch, .fcmovcc, .fld1, .fldl2t, .fldl2e, .fldpi,
            .fldlg2, .fldln2, .fldz, .fadd, .faddp, .fiadd, .fmul, .fmulp, .fimul, .fsub, .fsubp, .fisub, .fsubr,
            .fsubrp, .fisubr, .fdiv, .fdivp, .fidiv, .fdivr, .fdivrp, .fidivr, .fchs, .fabs, .fxtract, .fprem, .fprem1,
            .fsqrt, .frndint, .fscale, .fcom, .fcomp, .fcompp, .ficom, .ficomp, .fucom, .fucomp, .fucompp, .fcomi,
            .fcomip, .fucomi, .fucomip, .ftst, .fxam, .f2xm1, .fyl2x, .fyl2xp1, .fptan, .fpatan, .fsin, .fcos,
            .fsincos, .fldenv, .fldcw, .fnstenv, .fnstcw, .frstor, .fnsave, .fnstsw, .fneni, .fndisi, .fnclex, .fninit,
            .fnsetpm, .fnop, .fincstp, .fdecstp, .ffree, .ffreep:
            try executeX87(op)
        // System
        case .lgdt, .lidt: try loadTableRegister(op)
        case .sgdt, .sidt: try storeTableRegister(op)
        case .lldt: try loadLocalTable(op)
        case .ltr: try loadTaskRegister(op)
        case .sldt, .str: try storeSystemSegment(op)
        case .lar: try loadAccessRights(op)
        case .lsl: try loadSegmentLimit(op)
        case .verr, .verw: try verifySegment(op)
        case .lmsw: try loadMachineStatus(op)
        case .smsw: try storeMachineStatus(op)
        case .clts: clearTaskSwitched()
        case .invd, .wbinvd: break
        case .invlpg: invalidatePage(op)
        case .rdtsc: try readTimeStamp()
        case .rdmsr: try readModelSpecific()
        case .wrmsr: try writeModelSpecific()
        case .rdpmc: try readCounter()
        case .sysenter: try enterSystem()
        case .sysexit: try exitSystem()
        case .cpuid: identify()
        case .arpl: try adjustPrivilege(op)
        case .esc: try escape(op)
        case .wait: try waitForX87(isEscape: false)
        case .nop: break
        case .ud: try undefined()
        // MMX and SSE, whose families have switches of their own
        case .movups, .movupd, .movss, .movsd, .movlps, .movhlps, .movlpd, .movhps, .movlhps, .movhpd, .movaps,
            .movapd, .movntps, .movntpd, .movmskps, .movmskpd, .movd, .movq, .movdqa, .movdqu, .movq2dq, .movdq2q,
            .movnti, .movntq, .movntdq, .pmovmskb, .maskmovq, .maskmovdqu:
            try executeSIMDMoves(op)
        case .pcmpgtb, .pcmpgtw, .pcmpgtd, .pcmpeqb, .pcmpeqw, .pcmpeqd, .paddq, .pmullw, .psubusb, .psubusw, .pminub,
            .pand, .paddusb, .paddusw, .pmaxub, .pandn, .pavgb, .pavgw, .pmulhuw, .pmulhw, .psubsb, .psubsw, .pminsw,
            .por, .paddsb, .paddsw, .pmaxsw, .pxor, .pmuludq, .pmaddwd, .psadbw, .psubb, .psubw, .psubd, .psubq,
            .paddb, .paddw, .paddd:
            try executeSIMDIntegers(op)
        case .psrlw, .psrld, .psrlq, .psraw, .psrad, .psllw, .pslld, .psllq, .psrldq, .pslldq:
            try executeSIMDShifts(op)
        case .punpcklbw, .punpcklwd, .punpckldq, .punpckhbw, .punpckhwd, .punpckhdq, .punpcklqdq, .punpckhqdq,
            .packsswb, .packuswb, .packssdw, .pshufw, .pshufd, .pshufhw, .pshuflw, .pinsrw, .pextrw, .shufps, .shufpd,
            .unpcklps, .unpcklpd, .unpckhps, .unpckhpd:
            try executeSIMDShuffles(op)
        case .sqrtps, .sqrtpd, .sqrtss, .sqrtsd, .addps, .addpd, .addss, .addsd, .mulps, .mulpd, .mulss, .mulsd,
            .subps, .subpd, .subss, .subsd, .minps, .minpd, .minss, .minsd, .divps, .divpd, .divss, .divsd, .maxps,
            .maxpd, .maxss, .maxsd, .rsqrtps, .rsqrtss, .rcpps, .rcpss, .cmpps, .cmppd, .cmpss, .cmpsd, .andps,
            .andpd, .andnps, .andnpd, .orps, .orpd, .xorps, .xorpd, .ucomiss, .ucomisd, .comiss, .comisd:
            try executeSSEFloats(op)
        case .cvtpi2ps, .cvtpi2pd, .cvtsi2ss, .cvtsi2sd, .cvttps2pi, .cvttpd2pi, .cvttss2si, .cvttsd2si, .cvtps2pi,
            .cvtpd2pi, .cvtss2si, .cvtsd2si, .cvtps2pd, .cvtpd2ps, .cvtss2sd, .cvtsd2ss, .cvtdq2ps, .cvtps2dq,
            .cvttps2dq, .cvttpd2dq, .cvtdq2pd, .cvtpd2dq:
            try executeSSEConversions(op)
        case .emms, .fxsave, .fxrstor, .ldmxcsr, .stmxcsr, .lfence, .mfence, .sfence, .clflush:
            try executeSIMDControl(op)
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

    /// Checks what the row's traits ask of mode and ring: #UD comes before #GP.
    @inline(never)
    private func checkRight(_ op: OpPointer) throws(Interruption) {
        let flags = op.pointee.flags
        if flags.contains(.protectedOnly), !core.pointee.isProtected { throw raised(.invalidOpcode, .wrongMode) }
        guard flags.contains(.privileged), core.pointee.state.cpl != 0 else { return }
        // A register that does not exist is no instruction, in any ring.
        switch op.pointee.operation {
        case .movControl: try requireControlRegister(op)
        case .movDebug: try requireDebugRegister(op)
        default: break
        }
        throw raised(.generalProtection, .privilegedInstruction)
    }
}
