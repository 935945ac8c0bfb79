extension Encoding {
    /// Conversions between single and double precision and integers.
    // The rows are aligned.
    // swift-format-ignore
    static let sseConversions: [Encoding] = [
        .init(0x0F2A, .cvtpi2ps, .vx, .qq,  prefix: .none, needs: .sse),
        .init(0x0F2A, .cvtpi2pd, .vx, .qq,  prefix: .p66, needs: .sse2),
        .init(0x0F2A, .cvtsi2ss, .vx, .ed,  prefix: .pF3, needs: .sse),
        .init(0x0F2A, .cvtsi2sd, .vx, .ed,  prefix: .pF2, needs: .sse2),
        .init(0x0F2C, .cvttps2pi, .pq, .wq, prefix: .none, needs: .sse),
        .init(0x0F2C, .cvttpd2pi, .pq, .wx, prefix: .p66, needs: .sse2),
        .init(0x0F2C, .cvttss2si, .gd, .wd, prefix: .pF3, needs: .sse),
        .init(0x0F2C, .cvttsd2si, .gd, .wq, prefix: .pF2, needs: .sse2),
        .init(0x0F2D, .cvtps2pi, .pq, .wq,  prefix: .none, needs: .sse),
        .init(0x0F2D, .cvtpd2pi, .pq, .wx,  prefix: .p66, needs: .sse2),
        .init(0x0F2D, .cvtss2si, .gd, .wd,  prefix: .pF3, needs: .sse),
        .init(0x0F2D, .cvtsd2si, .gd, .wq,  prefix: .pF2, needs: .sse2),
        .init(0x0F5A, .cvtps2pd, .vx, .wq,  prefix: .none, needs: .sse2),
        .init(0x0F5A, .cvtpd2ps, .vx, .wx,  prefix: .p66, needs: .sse2),
        .init(0x0F5A, .cvtss2sd, .vx, .wd,  prefix: .pF3, needs: .sse2),
        .init(0x0F5A, .cvtsd2ss, .vx, .wq,  prefix: .pF2, needs: .sse2),
        .init(0x0F5B, .cvtdq2ps, .vx, .wx,  prefix: .none, needs: .sse2),
        .init(0x0F5B, .cvtps2dq, .vx, .wx,  prefix: .p66, needs: .sse2),
        .init(0x0F5B, .cvttps2dq, .vx, .wx, prefix: .pF3, needs: .sse2),
        .init(0x0FE6, .cvttpd2dq, .vx, .wx, prefix: .p66, needs: .sse2),
        .init(0x0FE6, .cvtdq2pd, .vx, .wq,  prefix: .pF3, needs: .sse2),
        .init(0x0FE6, .cvtpd2dq, .vx, .wx,  prefix: .pF2, needs: .sse2),
    ]
}

extension CPU {
    /// The instructions that convert.
    func executeSSEConversions(_ op: OpPointer) throws(Interruption) {
        switch op.pointee.operation {
        case .cvtpi2ps, .cvtpi2pd: try convertFromMMX(op)
        case .cvtps2pi, .cvtpd2pi: try convertToMMX(op, truncating: false)
        case .cvttps2pi, .cvttpd2pi: try convertToMMX(op, truncating: true)
        case .cvtsi2ss, .cvtsi2sd: try convertFromRegister(op)
        case .cvtss2si, .cvtsd2si: try convertToRegister(op, truncating: false)
        case .cvttss2si, .cvttsd2si: try convertToRegister(op, truncating: true)
        case .cvtps2pd, .cvtpd2ps, .cvtss2sd, .cvtsd2ss: try convertPrecision(op)
        case .cvtdq2ps, .cvtdq2pd: try convertFromDwords(op)
        case .cvtps2dq, .cvtpd2dq: try convertToDwords(op, truncating: false)
        case .cvttps2dq, .cvttpd2dq: try convertToDwords(op, truncating: true)
        default: throw raised(.invalidOpcode, .invalidOpcode)
        }
    }

    private var float: SSEArithmetic { SSEArithmetic(mxcsr: core.pointee.state.sse.mxcsr) }

    /// CVTPI2PS and CVTPI2PD: integers in memory are none of the x87's concern (measured).
    private func convertFromMMX(_ op: OpPointer) throws(Interruption) {
        let isMemory = op.pointee.shape == .rm
        if isMemory { try requireSSE() } else { try requireBoth() }
        let source = Vector(try mmxSource(op), 0).lowDwords
        var float = float
        var result = xmm(op.pointee.first)
        if op.pointee.operation == .cvtpi2ps {
            let low = float.convertToSingle(integer: source.x)
            result.x = UInt64(low) | UInt64(float.convertToSingle(integer: source.y)) << 32
        } else {
            result = Vector(float.convertToDouble(integer: source.x), float.convertToDouble(integer: source.y))
        }
        // Before #XM (measured).
        if !isMemory { enterMMX() }
        try finish(float)
        setXMM(op.pointee.first, result)
    }

    private func convertToMMX(_ op: OpPointer, truncating: Bool) throws(Interruption) {
        try requireBoth()
        var float = float
        let result: SIMD2<UInt32>
        if op.pointee.payload.floatForm == .packedSingle {
            let source = Vector(try lowSource(op), 0).lowDwords
            let low = truncating ? float.truncateToInteger(source.x) : float.convertToInteger(source.x)
            let high = truncating ? float.truncateToInteger(source.y) : float.convertToInteger(source.y)
            result = SIMD2(low, high)
        } else {
            result = float.convertToIntegers(try vectorSource(op), truncating: truncating)
        }
        // Before #XM (measured).
        enterMMX()
        try finish(float)
        setMM(op.pointee.first, Vector(low: result).x)
    }

    /// CVTSI2SS and CVTSI2SD.
    private func convertFromRegister(_ op: OpPointer) throws(Interruption) {
        try requireSSE()
        let source = try source(op, UInt32.self)
        var float = float
        var result = xmm(op.pointee.first)
        if op.pointee.operation == .cvtsi2ss {
            result.low32 = float.convertToSingle(integer: source)
        } else {
            result.x = float.convertToDouble(integer: source)
        }
        try finish(float)
        setXMM(op.pointee.first, result)
    }

    private func convertToRegister(_ op: OpPointer, truncating: Bool) throws(Interruption) {
        try requireSSE()
        var float = float
        let result: UInt32
        if op.pointee.payload.floatForm == .scalarSingle {
            let source = try low32Source(op)
            result = truncating ? float.truncateToInteger(source) : float.convertToInteger(source)
        } else {
            let source = try lowSource(op)
            result = truncating ? float.truncateToInteger(source) : float.convertToInteger(source)
        }
        try finish(float)
        setRegister(op.pointee.first, result)
    }

    private func convertPrecision(_ op: OpPointer) throws(Interruption) {
        try requireSSE()
        var float = float
        var result = xmm(op.pointee.first)
        switch op.pointee.payload.floatForm {
        case .packedSingle: result = float.convertToDoubles(Vector(try lowSource(op), 0).lowDwords)
        case .packedDouble: result = Vector(low: float.convertToSingles(try vectorSource(op)))
        case .scalarSingle: result.x = float.convertToDouble(try low32Source(op))
        case .scalarDouble: result.low32 = float.convertToSingle(try lowSource(op))
        }
        try finish(float)
        setXMM(op.pointee.first, result)
    }

    private func convertFromDwords(_ op: OpPointer) throws(Interruption) {
        try requireSSE()
        var float = float
        let result: Vector
        if op.pointee.operation == .cvtdq2ps {
            result = Vector(bits: float.convertToSingles(integers: try vectorSource(op).dwords))
        } else {
            let source = Vector(try lowSource(op), 0).lowDwords
            result = Vector(float.convertToDouble(integer: source.x), float.convertToDouble(integer: source.y))
        }
        try finish(float)
        setXMM(op.pointee.first, result)
    }

    private func convertToDwords(_ op: OpPointer, truncating: Bool) throws(Interruption) {
        try requireSSE()
        var float = float
        let source = try vectorSource(op)
        let isSingle = op.pointee.operation == .cvtps2dq || op.pointee.operation == .cvttps2dq
        let result =
            isSingle
            ? Vector(bits: float.convertToIntegers(source.dwords, truncating: truncating))
            : Vector(low: float.convertToIntegers(source, truncating: truncating))
        try finish(float)
        setXMM(op.pointee.first, result)
    }
}
