extension Encoding {
    /// Arithmetic, comparisons and logic of single and double precision, packed and scalar.
    // The rows are aligned.
    // swift-format-ignore
    static let sseArithmetic: [Encoding] = [
        .init(0x0F51, .sqrtps, .vx, .wx,     prefix: .none, needs: .sse),
        .init(0x0F51, .sqrtpd, .vx, .wx,     prefix: .p66, needs: .sse2),
        .init(0x0F51, .sqrtss, .vx, .wd,     prefix: .pF3, needs: .sse),
        .init(0x0F51, .sqrtsd, .vx, .wq,     prefix: .pF2, needs: .sse2),
        .init(0x0F58, .addps, .vx, .wx,      prefix: .none, needs: .sse),
        .init(0x0F58, .addpd, .vx, .wx,      prefix: .p66, needs: .sse2),
        .init(0x0F58, .addss, .vx, .wd,      prefix: .pF3, needs: .sse),
        .init(0x0F58, .addsd, .vx, .wq,      prefix: .pF2, needs: .sse2),
        .init(0x0F59, .mulps, .vx, .wx,      prefix: .none, needs: .sse),
        .init(0x0F59, .mulpd, .vx, .wx,      prefix: .p66, needs: .sse2),
        .init(0x0F59, .mulss, .vx, .wd,      prefix: .pF3, needs: .sse),
        .init(0x0F59, .mulsd, .vx, .wq,      prefix: .pF2, needs: .sse2),
        .init(0x0F5C, .subps, .vx, .wx,      prefix: .none, needs: .sse),
        .init(0x0F5C, .subpd, .vx, .wx,      prefix: .p66, needs: .sse2),
        .init(0x0F5C, .subss, .vx, .wd,      prefix: .pF3, needs: .sse),
        .init(0x0F5C, .subsd, .vx, .wq,      prefix: .pF2, needs: .sse2),
        .init(0x0F5D, .minps, .vx, .wx,      prefix: .none, needs: .sse),
        .init(0x0F5D, .minpd, .vx, .wx,      prefix: .p66, needs: .sse2),
        .init(0x0F5D, .minss, .vx, .wd,      prefix: .pF3, needs: .sse),
        .init(0x0F5D, .minsd, .vx, .wq,      prefix: .pF2, needs: .sse2),
        .init(0x0F5E, .divps, .vx, .wx,      prefix: .none, needs: .sse),
        .init(0x0F5E, .divpd, .vx, .wx,      prefix: .p66, needs: .sse2),
        .init(0x0F5E, .divss, .vx, .wd,      prefix: .pF3, needs: .sse),
        .init(0x0F5E, .divsd, .vx, .wq,      prefix: .pF2, needs: .sse2),
        .init(0x0F5F, .maxps, .vx, .wx,      prefix: .none, needs: .sse),
        .init(0x0F5F, .maxpd, .vx, .wx,      prefix: .p66, needs: .sse2),
        .init(0x0F5F, .maxss, .vx, .wd,      prefix: .pF3, needs: .sse),
        .init(0x0F5F, .maxsd, .vx, .wq,      prefix: .pF2, needs: .sse2),
        .init(0x0F52, .rsqrtps, .vx, .wx,    prefix: .none, needs: .sse),
        .init(0x0F52, .rsqrtss, .vx, .wd,    prefix: .pF3, needs: .sse),
        .init(0x0F53, .rcpps, .vx, .wx,      prefix: .none, needs: .sse),
        .init(0x0F53, .rcpss, .vx, .wd,      prefix: .pF3, needs: .sse),
        .init(0x0FC2, .cmpps, .vx, .wx, .ib, prefix: .none, needs: .sse),
        .init(0x0FC2, .cmppd, .vx, .wx, .ib, prefix: .p66, needs: .sse2),
        .init(0x0FC2, .cmpss, .vx, .wd, .ib, prefix: .pF3, needs: .sse),
        .init(0x0FC2, .cmpsd, .vx, .wq, .ib, prefix: .pF2, needs: .sse2),
        .init(0x0F54, .andps, .vx, .wx,      prefix: .none, needs: .sse),
        .init(0x0F54, .andpd, .vx, .wx,      prefix: .p66, needs: .sse2),
        .init(0x0F55, .andnps, .vx, .wx,     prefix: .none, needs: .sse),
        .init(0x0F55, .andnpd, .vx, .wx,     prefix: .p66, needs: .sse2),
        .init(0x0F56, .orps, .vx, .wx,       prefix: .none, needs: .sse),
        .init(0x0F56, .orpd, .vx, .wx,       prefix: .p66, needs: .sse2),
        .init(0x0F57, .xorps, .vx, .wx,      prefix: .none, needs: .sse),
        .init(0x0F57, .xorpd, .vx, .wx,      prefix: .p66, needs: .sse2),
        .init(0x0F2E, .ucomiss, .vx, .wd,    prefix: .none, flags: .arithmetic, needs: .sse),
        .init(0x0F2E, .ucomisd, .vx, .wq,    prefix: .p66, flags: .arithmetic, needs: .sse2),
        .init(0x0F2F, .comiss, .vx, .wd,     prefix: .none, flags: .arithmetic, needs: .sse),
        .init(0x0F2F, .comisd, .vx, .wq,     prefix: .p66, flags: .arithmetic, needs: .sse2),
    ]
}

/// The arithmetic of SSE and SSE2 that comes in four forms.
enum SSEOperation {
    case add, subtract, multiply, divide, minimum, maximum, squareRoot
    case compare(SSEPredicate)
}

extension SSEArithmetic {
    /// An operation on all lanes; of the square root, the source is the second operand.
    mutating func packed<Lanes: SSELanes>(_ operation: SSEOperation, _ a: Lanes, _ b: Lanes) -> Lanes {
        switch operation {
        case .add: add(a, b)
        case .subtract: subtract(a, b)
        case .multiply: multiply(a, b)
        case .divide: divide(a, b)
        case .minimum: minimum(a, b)
        case .maximum: maximum(a, b)
        case .squareRoot: squareRoot(b)
        case .compare(let predicate): compare(a, b, predicate: predicate)
        }
    }

    /// The same of single numbers.
    mutating func scalar<Bits: SSEFormat>(_ operation: SSEOperation, _ a: Bits, _ b: Bits) -> Bits {
        switch operation {
        case .add: add(a, b)
        case .subtract: subtract(a, b)
        case .multiply: multiply(a, b)
        case .divide: divide(a, b)
        case .minimum: minimum(a, b)
        case .maximum: maximum(a, b)
        case .squareRoot: squareRoot(b)
        case .compare(let predicate): compare(a, b, predicate: predicate)
        }
    }
}

extension CPU {
    /// Arithmetic, comparisons and logic of floating-point numbers.
    func executeSSEFloats(_ op: OpPointer) throws(Interruption) {
        switch op.pointee.operation {
        case .addps, .addpd, .addss, .addsd: try compute(op, .add)
        case .subps, .subpd, .subss, .subsd: try compute(op, .subtract)
        case .mulps, .mulpd, .mulss, .mulsd: try compute(op, .multiply)
        case .divps, .divpd, .divss, .divsd: try compute(op, .divide)
        case .minps, .minpd, .minss, .minsd: try compute(op, .minimum)
        case .maxps, .maxpd, .maxss, .maxsd: try compute(op, .maximum)
        case .sqrtps, .sqrtpd, .sqrtss, .sqrtsd: try compute(op, .squareRoot)
        case .cmpps, .cmppd, .cmpss, .cmpsd:
            let immediate = UInt8(truncatingIfNeeded: op.pointee.immediate)
            try compute(op, .compare(SSEPredicate(immediate: immediate)))
        case .comiss, .comisd: try compareOrdered(op, signalling: true)
        case .ucomiss, .ucomisd: try compareOrdered(op, signalling: false)
        case .rcpps, .rcpss: try approximate(op, isRoot: false)
        case .rsqrtps, .rsqrtss: try approximate(op, isRoot: true)
        case .andps, .andpd: try combine(op, PackedIntegers.and)
        case .andnps, .andnpd: try combine(op, PackedIntegers.andNot)
        case .orps, .orpd: try combine(op, PackedIntegers.or)
        case .xorps, .xorpd: try combine(op, PackedIntegers.xor)
        default: throw raised(.invalidOpcode, .invalidOpcode)
        }
    }

    /// Replaces the first operand, or its lowest lane, by what an operation makes of both.
    private func compute(_ op: OpPointer, _ operation: SSEOperation) throws(Interruption) {
        try requireSSE()
        var float = SSEArithmetic(mxcsr: core.pointee.state.sse.mxcsr)
        var result = xmm(op.pointee.first)
        switch op.pointee.payload.floatForm {
        case .packedSingle: result = Vector(bits: float.packed(operation, result.dwords, try vectorSource(op).dwords))
        case .packedDouble: result = float.packed(operation, result, try vectorSource(op))
        case .scalarSingle: result.low32 = float.scalar(operation, result.low32, try low32Source(op))
        case .scalarDouble: result.x = float.scalar(operation, result.x, try lowSource(op))
        }
        try finish(float)
        setXMM(op.pointee.first, result)
    }

    /// What every instruction does that may raise exceptions of SSE, before it writes anything else: an unmasked one is
    /// #XM, or #UD if CR4.OSXMMEXCPT says that the system knows of none (SDM volume 1, 11.5).
    func finish(_ float: SSEArithmetic) throws(Interruption) {
        core.pointee.state.sse.mxcsr = float.mxcsrAfter
        guard float.faults else { return }
        throw core.pointee.state.cr4 & ControlBits.osxmmexcpt != 0
            ? raised(.simdFloatingPoint, .vectorException) : raised(.invalidOpcode, .vectorExceptionUnknown)
    }

    /// COMISS, UCOMISS and those of double precision: the order goes to ZF, PF and CF, the other flags are cleared.
    private func compareOrdered(_ op: OpPointer, signalling: Bool) throws(Interruption) {
        try requireSSE()
        var float = SSEArithmetic(mxcsr: core.pointee.state.sse.mxcsr)
        let first = xmm(op.pointee.first)
        let flags: UInt32
        if op.pointee.payload.floatForm == .packedSingle {
            flags = float.compareFlags(first.low32, try low32Source(op), signalling: signalling)
        } else {
            flags = float.compareFlags(first.x, try lowSource(op), signalling: signalling)
        }
        try finish(float)
        core.pointee.flags = LazyFlags(EFLAGS(rawValue: flags))
    }

    /// RCPPS, RSQRTPS and the scalar ones: they raise nothing.
    private func approximate(_ op: OpPointer, isRoot: Bool) throws(Interruption) {
        try requireSSE()
        var result = xmm(op.pointee.first)
        if op.pointee.payload.floatForm == .scalarSingle {
            let source = try low32Source(op)
            result.low32 = isRoot ? SSEApproximation.reciprocalRoot(source) : SSEApproximation.reciprocal(source)
        } else {
            let source = try vectorSource(op).dwords
            result = Vector(
                bits: isRoot ? SSEApproximation.reciprocalRoot(source) : SSEApproximation.reciprocal(source))
        }
        setXMM(op.pointee.first, result)
    }
}
