extension Encoding {
    /// The x87, by family.
    static let x87: [Encoding] = x87Transfer + x87Basic + x87Comparison + x87Transcendental + x87Control
}

// What all x87 instructions have in common: whether there is a coprocessor, pending exceptions, where they were.
extension CPU {
    /// Every x87 instruction: #NM, then exceptions that are pending, then what it does.
    ///
    /// An interruption, such as a page fault, leaves the x87 as it was.
    func executeX87(_ op: OpPointer) throws(Interruption) {
        guard core.pointee.state.cr0 & (ControlBits.emulation | ControlBits.taskSwitched) == 0 else {
            throw raised(.deviceNotAvailable, .coprocessorMissing)
        }
        let wasPending = core.pointee.state.x87.isPending
        if wasPending, !op.pointee.payload.isWithoutWait { try meetPendingX87() }
        switch op.pointee.operation {
        case .fninit, .fnclex, .fnstcw, .fldcw, .fnstsw, .fnstenv, .fldenv, .fnsave, .frstor, .fneni, .fndisi,
            .fnsetpm:
            try controlX87(op)
        default:
            try calculateX87(op)
            recordX87(op)
        }
        if core.pointee.state.x87.isPending != wasPending { driveCoprocessorError() }
    }

    /// Instructions that leave the pointers to themselves and their operand: all but those that control the x87.
    private func calculateX87(_ op: OpPointer) throws(Interruption) {
        switch op.pointee.operation {
        case .fld, .fild, .fbld, .fst, .fstp, .fist, .fistp, .fbstp, .fxch, .fcmovcc,
            .fld1, .fldl2t, .fldl2e, .fldpi, .fldlg2, .fldln2, .fldz:
            try transferX87(op)
        case .fcom, .fcomp, .fcompp, .ficom, .ficomp, .fucom, .fucomp, .fucompp, .fcomi, .fcomip, .fucomi, .fucomip,
            .ftst, .fxam:
            try compareX87(op)
        case .f2xm1, .fyl2x, .fyl2xp1, .fptan, .fpatan, .fsin, .fcos, .fsincos: transcendX87(op)
        case .ffree, .ffreep, .fincstp, .fdecstp, .fnop: moveStackX87(op)
        default: try combineX87(op)
        }
    }

    /// FIP, FCS, FOP and, if memory takes part, FDP and FDS (SDM volume 1, 8.1.8 and 8.1.9).
    @inline(__always)
    private func recordX87(_ op: OpPointer) {
        let eip = nextEIP(op) &- UInt32(op.pointee.length)
        core.pointee.state.x87.instructionOffset = eip
        core.pointee.state.x87.instructionSelector = core.pointee.state.segments.cs.selector
        core.pointee.state.x87.opcode = UInt16(truncatingIfNeeded: op.pointee.immediate)
        guard op.pointee.shape == .m else { return }
        core.pointee.state.x87.dataOffset = address(op)
        core.pointee.state.x87.dataSelector = segment(op.pointee.segment).selector
    }

    /// WAIT, and ESC to a coprocessor that does not know the instruction: it does nothing.
    func waitForX87(isEscape: Bool) throws(Interruption) {
        let stops = core.pointee.state.cr0 & (ControlBits.emulation | ControlBits.taskSwitched)
        let both = ControlBits.monitorCoprocessor | ControlBits.taskSwitched
        guard isEscape ? stops == 0 : core.pointee.state.cr0 & both != both else {
            throw raised(.deviceNotAvailable, .coprocessorMissing)
        }
        if core.pointee.state.x87.isPending { try meetPendingX87(isWait: !isEscape) }
    }

    /// An exception that FCW does not mask is there before an instruction that waits for the x87: #MF, or the processor
    /// stands still until somebody else, whom FERR# calls, has taken care of it (SDM volume 1, 8.7).
    ///
    /// The 8087 raises no exception; its interrupt request comes from outside, and only WAIT waits. An 80286 or 80386
    /// whose bus leads ERROR# to a chip set behaves as a 486 without CR0.NE, else it raises #MF by itself.
    @inline(never)
    func meetPendingX87(isWait: Bool = false) throws(Interruption) {
        switch model.x87 {
        case .none: return
        case .i8087:
            guard isWait, core.pointee.state.x87.control & X87State.interruptsDisabled == 0 else { return }
        case .i80287, .i80387:
            guard bus.coprocessorError != nil else { throw raisedX87() }
        case .integrated:
            guard core.pointee.state.cr0 & ControlBits.numericError == 0 else { throw raisedX87() }
        }
        if bus.ignoresCoprocessorError { return }
        core.pointee.state.awaitsCoprocessor = true
        // The trap of a single step comes behind the instruction, which has not run: before it is held there was that of
        // the one before (SDM volume 3, table 6-2).
        disarm()
        core.pointee.requestAttention()
        throw .pause
    }

    /// #MF with what led to it.
    private func raisedX87() -> Interruption {
        let interruption = raised(.floatingPoint, .floatingPointError)
        core.pointee.report?.x87 = X87Report(core.pointee.state.x87)
        return interruption
    }

    /// Tells the bus of the level of FERR#: after a change of ES, or of CR0.NE.
    @inline(never)
    func driveCoprocessorError() { bus.coprocessorError?(isCoprocessorErrorAsserted) }

    /// The level of FERR#, ERROR# or the 8087's INT.
    public var isCoprocessorErrorAsserted: Bool {
        let x87 = core.pointee.state.x87
        guard x87.isPending else { return false }
        switch model.x87 {
        case .none: return false
        case .i8087: return x87.control & X87State.interruptsDisabled == 0
        case .i80287, .i80387: return true
        case .integrated: return core.pointee.state.cr0 & ControlBits.numericError == 0
        }
    }
}
