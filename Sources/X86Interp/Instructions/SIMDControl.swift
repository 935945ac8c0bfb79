extension Encoding {
    /// EMMS, the state as a whole, MXCSR, fences and CLFLUSH.
    // The rows are aligned.
    // swift-format-ignore
    static let simdControl: [Encoding] = [
        .init(0x0F77, .emms,           prefix: .none, needs: .mmx),
        .init(0x0FAE, .fxsave, .m512,  ext: 0, prefix: .none, needs: .fxsr),
        .init(0x0FAE, .fxrstor, .m512, ext: 1, prefix: .none, needs: .fxsr),
        .init(0x0FAE, .ldmxcsr, .md,   ext: 2, prefix: .none, needs: .sse),
        .init(0x0FAE, .stmxcsr, .md,   ext: 3, prefix: .none, needs: .sse),
        .init(0x0FAE, .lfence,         ext: 5, mod: .register, prefix: .none, needs: .sse2),
        .init(0x0FAE, .mfence,         ext: 6, mod: .register, prefix: .none, needs: .sse2),
        .init(0x0FAE, .sfence,         ext: 7, mod: .register, prefix: .none, needs: .sse),
        .init(0x0FAE, .clflush, .mb,   ext: 7, mod: .memory, prefix: .none, needs: .sse2),
    ]
}

extension CPU {
    /// The instructions on the state as a whole, and on caches, of which there are none.
    func executeSIMDControl(_ op: OpPointer) throws(Interruption) {
        switch op.pointee.operation {
        case .emms: try leaveMMX()
        case .fxsave: try saveState(op)
        case .fxrstor: try restoreState(op)
        case .ldmxcsr: try loadControl(op)
        case .stmxcsr: try storeControl(op)
        case .lfence, .mfence, .sfence: break
        // As a read of a byte, for segment and page (SDM volume 2A, CLFLUSH).
        case .clflush: try probe(op.pointee.segment, address(op), 1, .read)
        default: throw raised(.invalidOpcode, .invalidOpcode)
        }
    }

    /// EMMS: all registers are empty.
    private func leaveMMX() throws(Interruption) {
        try requireMMX()
        core.pointee.state.x87.top = 0
        core.pointee.state.x87.inUse = 0
    }

    // MARK: MXCSR

    private func loadControl(_ op: OpPointer) throws(Interruption) {
        try requireSSE()
        let value = try load(op.pointee.segment, address(op), UInt32.self)
        guard value & ~model.controlBitsOfSSE == 0 else { throw raised(.generalProtection, .mxcsrReserved) }
        core.pointee.state.sse.mxcsr = value
    }

    private func storeControl(_ op: OpPointer) throws(Interruption) {
        try requireSSE()
        try store(op.pointee.segment, address(op), core.pointee.state.sse.mxcsr)
    }

    // MARK: FXSAVE and FXRSTOR

    /// CR0.EM and TS are #NM here (SDM volume 2A, FXSAVE); nothing waits for exceptions of the x87.
    private func requireFXSR() throws(Interruption) {
        if core.pointee.state.cr0 & (ControlBits.emulation | ControlBits.taskSwitched) != 0 {
            throw raised(.deviceNotAvailable, .taskSwitched)
        }
    }

    /// Checks the first byte's limit, then its alignment, then all of the 512 bytes; returns their offset.
    ///
    /// With addresses of 16 bits they wrap within 64 KiB (measured on a Zen 4 and on an Intel Xeon).
    private func stateArea(_ op: OpPointer, _ kind: AccessKind) throws(Interruption) -> UInt32 {
        let (segment, offset) = (op.pointee.segment, address(op))
        // With AC, what is not even aligned to 4 bytes is #AC (measured; SDM volume 2A, FXSAVE, leaves it open).
        _ = try checkedLinear(segment, offset, core.pointee.isAligning ? 4 : 1, kind)
        try requireAlignment(segment, offset)
        let room = op.pointee.addressMask == 0xFFFF ? Int(0x1_0000 &- offset) : 512
        try probe(segment, offset, min(512, room), kind)
        if room < 512 { try probe(segment, 0, 512 - room, kind) }
        return offset
    }

    /// Where a word of 8 bytes is.
    private func place(_ number: Int, _ op: OpPointer, _ offset: UInt32) -> UInt32 {
        (offset &+ UInt32(truncatingIfNeeded: 8 * number)) & op.pointee.addressMask
    }

    /// How many words of 8 bytes there are: with OSFXSR clear, the registers of SSE are left out.
    private var wordsOfState: Int {
        let hasVectors = model.has(.sse) && core.pointee.state.cr4 & ControlBits.osfxsr != 0
        return hasVectors ? FXSaveImage.words : FXSaveImage.wordsOfX87
    }

    private func saveState(_ op: OpPointer) throws(Interruption) {
        try requireFXSR()
        let offset = try stateArea(op, .write)
        var image = FXSaveImage(
            x87: core.pointee.state.x87, sse: core.pointee.state.sse, mask: model.controlBitsOfSSE)
        // Without SSE there is no MXCSR.
        if !model.has(.sse) { image.sse.mxcsr = 0 }
        for number in 0..<wordsOfState {
            try store64(op.pointee.segment, place(number, op, offset), image[number])
        }
    }

    private func restoreState(_ op: OpPointer) throws(Interruption) {
        try requireFXSR()
        let offset = try stateArea(op, .read)
        var image = FXSaveImage(x87: core.pointee.state.x87, sse: core.pointee.state.sse)
        for number in 0..<wordsOfState {
            image[number] = try load64(op.pointee.segment, place(number, op, offset))
        }
        if model.has(.sse) {
            guard image.sse.mxcsr & ~model.controlBitsOfSSE == 0 else {
                throw raised(.generalProtection, .mxcsrReserved)
            }
            core.pointee.state.sse = image.sse
        }
        let wasPending = core.pointee.state.x87.isPending
        core.pointee.state.x87 = image.x87
        if core.pointee.state.x87.isPending != wasPending { driveCoprocessorError() }
    }
}
