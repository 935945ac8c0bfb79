extension Encoding {
    /// MMX, SSE and SSE2, by family.
    ///
    /// Where MMX and SSE2 have the same operation, it is the same one with other registers: those of XMM behind 66.
    static let simd: [Encoding] = [
        simdMoves, simdIntegers, simdShifts, simdShuffles, sseArithmetic, sseConversions, simdControl,
    ].flatMap { $0 }
}

// What the instructions of MMX, SSE and SSE2 have in common: what they ask first, their registers, their memory.
extension CPU {
    // MARK: What comes before anything else

    /// What SSE and SSE2 ask first: CR0.EM and CR4.OSFXSR are #UD, then CR0.TS is #NM (SDM volume 3A, 13.1).
    func requireSSE() throws(Interruption) {
        let isEmulated = core.pointee.state.cr0 & ControlBits.emulation != 0
        if isEmulated { throw raised(.invalidOpcode, .vectorsEmulated) }
        if core.pointee.state.cr4 & ControlBits.osfxsr == 0 { throw raised(.invalidOpcode, .vectorsNotEnabled) }
        if core.pointee.state.cr0 & ControlBits.taskSwitched != 0 { throw raised(.deviceNotAvailable, .taskSwitched) }
    }

    /// What instructions with MMX registers ask first: CR0.EM is #UD, TS is #NM, and an exception that the x87 has not
    /// delivered yet is #MF (SDM volume 3A, 12.1 and 12.5).
    func requireMMX() throws(Interruption) {
        if core.pointee.state.cr0 & ControlBits.emulation != 0 { throw raised(.invalidOpcode, .vectorsEmulated) }
        if core.pointee.state.cr0 & ControlBits.taskSwitched != 0 { throw raised(.deviceNotAvailable, .taskSwitched) }
        try checkPendingX87()
    }

    /// What SSE instructions that name an MMX register ask first.
    func requireBoth() throws(Interruption) {
        try requireSSE()
        try checkPendingX87()
    }

    // MARK: Registers

    /// XMM0 to XMM7.
    @inline(__always)
    func xmm(_ number: UInt8) -> Vector { core.pointee.state.sse[Int(number)] }

    /// Writes XMM0 to XMM7.
    @inline(__always)
    func setXMM(_ number: UInt8, _ value: Vector) { core.pointee.state.sse[Int(number)] = value }

    /// MM0 to MM7, which are the x87's significands.
    @inline(__always)
    func mm(_ number: UInt8) -> UInt64 { core.pointee.state.x87.registers[Int(number)].significand }

    /// Writes MM0 to MM7; sign and exponent become ones (SDM volume 1, 9.2.2).
    @inline(__always)
    func setMM(_ number: UInt8, _ value: UInt64) {
        core.pointee.state.x87.registers[Int(number)] = Extended(signExponent: 0xFFFF, significand: value)
        enterMMX()
    }

    /// What every MMX instruction does to the x87, and only when it cannot fault any more: TOP is 0, all registers are in
    /// use (SDM volume 1, 9.5.1).
    @inline(__always)
    func enterMMX() {
        core.pointee.state.x87.top = 0
        core.pointee.state.x87.inUse = 0xFF
    }

    // MARK: Operands

    /// The last operand: an XMM register, or 16 bytes of aligned memory.
    func vectorSource(_ op: OpPointer) throws(Interruption) -> Vector {
        op.pointee.shape == .rm ? try loadAligned(op) : xmm(op.pointee.second)
    }

    /// The last operand: an MMX register, or 8 bytes of memory.
    func mmxSource(_ op: OpPointer) throws(Interruption) -> UInt64 {
        op.pointee.shape == .rm ? try load64(op.pointee.segment, address(op)) : mm(op.pointee.second)
    }

    /// The last operand: the low half of an XMM register, or 8 bytes of memory.
    func lowSource(_ op: OpPointer) throws(Interruption) -> UInt64 {
        op.pointee.shape == .rm ? try load64(op.pointee.segment, address(op)) : xmm(op.pointee.second).x
    }

    /// The last operand: the low doubleword of an XMM register, or 4 bytes of memory.
    func low32Source(_ op: OpPointer) throws(Interruption) -> UInt32 {
        op.pointee.shape == .rm
            ? try load(op.pointee.segment, address(op), UInt32.self) : xmm(op.pointee.second).low32
    }

    // MARK: Memory of 16 bytes

    /// Reads 16 bytes that must be aligned.
    func loadAligned(_ op: OpPointer) throws(Interruption) -> Vector {
        let offset = address(op)
        try requireAlignment(op.pointee.segment, offset)
        return try load128(op.pointee.segment, offset)
    }

    /// Writes 16 bytes that must be aligned.
    func storeAligned(_ op: OpPointer, _ value: Vector) throws(Interruption) {
        let offset = address(op)
        try requireAlignment(op.pointee.segment, offset)
        try store128(op.pointee.segment, offset, value)
    }

    /// #GP(0) if 16 bytes are not aligned, before the segment is asked and whatever AC says (measured: the vectors of a
    /// Zen 4 with operands behind the limit of SS).
    @inline(__always)
    func requireAlignment(_ segment: UInt8, _ offset: UInt32) throws(Interruption) {
        guard (window(segment).base &+ offset) & 15 != 0 else { return }
        throw raised(Fault(.generalProtection), .operandAlignment, address: window(segment).base &+ offset)
    }

    /// Does what raises no #AC, which MOVUPS and its kin do not (measured; SDM volume 3A, 6.15, leaves it open).
    func withoutAlignmentCheck<Result>(_ body: () throws(Interruption) -> Result) throws(Interruption) -> Result {
        let isAligning = core.pointee.isAligning
        core.pointee.isAligning = false
        defer { core.pointee.isAligning = isAligning }
        return try body()
    }
}

extension CPU {
    /// #MF if the x87 has an exception that its control word does not mask.
    func checkPendingX87() throws(Interruption) {
        if core.pointee.state.x87.isPending { try meetPendingX87() }
    }
}
