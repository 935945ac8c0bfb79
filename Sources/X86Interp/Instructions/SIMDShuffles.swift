extension Encoding {
    /// Interleaving, packing, shuffling, and single words in and out.
    // The rows are aligned.
    // swift-format-ignore
    static let simdShuffles: [Encoding] = [
        .init(0x0F60, .punpcklbw, .pq, .qd,    prefix: .none, needs: .mmx),
        .init(0x0F60, .punpcklbw, .vx, .wx,    prefix: .p66, needs: .sse2),
        .init(0x0F61, .punpcklwd, .pq, .qd,    prefix: .none, needs: .mmx),
        .init(0x0F61, .punpcklwd, .vx, .wx,    prefix: .p66, needs: .sse2),
        .init(0x0F62, .punpckldq, .pq, .qd,    prefix: .none, needs: .mmx),
        .init(0x0F62, .punpckldq, .vx, .wx,    prefix: .p66, needs: .sse2),
        .init(0x0F68, .punpckhbw, .pq, .qq,    prefix: .none, needs: .mmx),
        .init(0x0F68, .punpckhbw, .vx, .wx,    prefix: .p66, needs: .sse2),
        .init(0x0F69, .punpckhwd, .pq, .qq,    prefix: .none, needs: .mmx),
        .init(0x0F69, .punpckhwd, .vx, .wx,    prefix: .p66, needs: .sse2),
        .init(0x0F6A, .punpckhdq, .pq, .qq,    prefix: .none, needs: .mmx),
        .init(0x0F6A, .punpckhdq, .vx, .wx,    prefix: .p66, needs: .sse2),
        .init(0x0F6C, .punpcklqdq, .vx, .wx,   prefix: .p66, needs: .sse2),
        .init(0x0F6D, .punpckhqdq, .vx, .wx,   prefix: .p66, needs: .sse2),
        .init(0x0F63, .packsswb, .pq, .qq,     prefix: .none, needs: .mmx),
        .init(0x0F63, .packsswb, .vx, .wx,     prefix: .p66, needs: .sse2),
        .init(0x0F67, .packuswb, .pq, .qq,     prefix: .none, needs: .mmx),
        .init(0x0F67, .packuswb, .vx, .wx,     prefix: .p66, needs: .sse2),
        .init(0x0F6B, .packssdw, .pq, .qq,     prefix: .none, needs: .mmx),
        .init(0x0F6B, .packssdw, .vx, .wx,     prefix: .p66, needs: .sse2),
        .init(0x0F70, .pshufw, .pq, .qq, .ib,  prefix: .none, needs: .sse),
        .init(0x0F70, .pshufd, .vx, .wx, .ib,  prefix: .p66, needs: .sse2),
        .init(0x0F70, .pshufhw, .vx, .wx, .ib, prefix: .pF3, needs: .sse2),
        .init(0x0F70, .pshuflw, .vx, .wx, .ib, prefix: .pF2, needs: .sse2),
        .init(0x0FC4, .pinsrw, .pq, .edw, .ib, prefix: .none, needs: .sse),
        .init(0x0FC4, .pinsrw, .vx, .edw, .ib, prefix: .p66, needs: .sse2),
        .init(0x0FC5, .pextrw, .gd, .nq, .ib,  mod: .register, prefix: .none, needs: .sse),
        .init(0x0FC5, .pextrw, .gd, .ux, .ib,  mod: .register, prefix: .p66, needs: .sse2),
        .init(0x0FC6, .shufps, .vx, .wx, .ib,  prefix: .none, needs: .sse),
        .init(0x0FC6, .shufpd, .vx, .wx, .ib,  prefix: .p66, needs: .sse2),
        .init(0x0F14, .unpcklps, .vx, .wx,     prefix: .none, needs: .sse),
        .init(0x0F14, .unpcklpd, .vx, .wx,     prefix: .p66, needs: .sse2),
        .init(0x0F15, .unpckhps, .vx, .wx,     prefix: .none, needs: .sse),
        .init(0x0F15, .unpckhpd, .vx, .wx,     prefix: .p66, needs: .sse2),
    ]
}

extension CPU {
    /// The instructions that put vectors together from parts of others.
    func executeSIMDShuffles(_ op: OpPointer) throws(Interruption) {
        switch op.pointee.operation {
        case .punpcklbw: try interleaveLow(op, PackedShuffles.lowBytes)
        case .punpcklwd: try interleaveLow(op, PackedShuffles.lowWords)
        case .punpckldq, .unpcklps: try interleaveLow(op, PackedShuffles.lowDwords)
        case .punpcklqdq, .unpcklpd: try interleaveLow(op, PackedShuffles.lowQwords)
        case .punpckhbw: try interleaveHigh(op, PackedShuffles.lowBytes, PackedShuffles.highBytes)
        case .punpckhwd: try interleaveHigh(op, PackedShuffles.lowWords, PackedShuffles.highWords)
        case .punpckhdq, .unpckhps: try interleaveHigh(op, PackedShuffles.lowDwords, PackedShuffles.highDwords)
        case .punpckhqdq, .unpckhpd: try interleaveHigh(op, PackedShuffles.lowQwords, PackedShuffles.highQwords)
        case .packsswb: try pack(op, PackedShuffles.packWords)
        case .packuswb: try pack(op, PackedShuffles.packWordsUnsigned)
        case .packssdw: try pack(op, PackedShuffles.packDwords)
        case .pshufw: try shuffleWords(op)
        case .pshuflw, .pshufhw: try shuffleHalf(op)
        case .pshufd: try shuffleDwords(op)
        case .shufps: try combine(op) { PackedShuffles.dwords($0, $1, op.pointee.immediate) }
        case .shufpd: try combine(op) { PackedShuffles.qwords($0, $1, op.pointee.immediate) }
        case .pinsrw: try insertWord(op)
        case .pextrw: try extractWord(op)
        default: throw raised(.invalidOpcode, .invalidOpcode)
        }
    }

    /// Interleaves the low halves: of MMX, 4 bytes of memory are enough.
    private func interleaveLow(_ op: OpPointer, _ low: (Vector, Vector) -> Vector) throws(Interruption) {
        guard op.pointee.payload.isMMX else { return try combine(op, low) }
        try requireMMX()
        let isMemory = op.pointee.shape == .rm
        let source =
            isMemory ? UInt64(try load(op.pointee.segment, address(op), UInt32.self)) : mm(op.pointee.second)
        setMM(op.pointee.first, low(Vector(mm(op.pointee.first), 0), Vector(source, 0)).x)
    }

    /// Interleaves the high halves: those of MMX are what interleaving all of them has in its high half.
    private func interleaveHigh(
        _ op: OpPointer, _ low: (Vector, Vector) -> Vector, _ high: (Vector, Vector) -> Vector
    ) throws(Interruption) {
        guard op.pointee.payload.isMMX else { return try combine(op, high) }
        try combine(op) { Vector(low($0, $1).y, 0) }
    }

    /// Packs both operands: those of MMX are both halves of one.
    private func pack(_ op: OpPointer, _ function: (Vector, Vector) -> Vector) throws(Interruption) {
        guard op.pointee.payload.isMMX else { return try combine(op, function) }
        try combine(op) { function(Vector($0.x, $1.x), Vector()) }
    }

    private func shuffleWords(_ op: OpPointer) throws(Interruption) {
        try combine(op) { Vector(PackedShuffles.words($1.x, op.pointee.immediate), 0) }
    }

    private func shuffleHalf(_ op: OpPointer) throws(Interruption) {
        let isLow = op.pointee.operation == .pshuflw
        try combine(op) {
            isLow
                ? Vector(PackedShuffles.words($1.x, op.pointee.immediate), $1.y)
                : Vector($1.x, PackedShuffles.words($1.y, op.pointee.immediate))
        }
    }

    private func shuffleDwords(_ op: OpPointer) throws(Interruption) {
        try combine(op) { PackedShuffles.dwords($1, $1, op.pointee.immediate) }
    }

    /// PINSRW: a word from a general register or memory.
    private func insertWord(_ op: OpPointer) throws(Interruption) {
        let first = op.pointee.first
        let isMMX = op.pointee.payload.isMMX
        if isMMX { try requireMMX() } else { try requireSSE() }
        let word = try source(op, UInt16.self)
        if isMMX {
            var words = Vector(mm(first), 0).words
            words[Int(op.pointee.immediate & 3)] = word
            setMM(first, Vector(bits: words).x)
        } else {
            var words = xmm(first).words
            words[Int(op.pointee.immediate & 7)] = word
            setXMM(first, Vector(bits: words))
        }
    }

    /// PEXTRW: a word to a general register, with zeros above it.
    private func extractWord(_ op: OpPointer) throws(Interruption) {
        let number = Int(op.pointee.immediate)
        if op.pointee.payload.isMMX {
            try requireMMX()
            setRegister(op.pointee.first, UInt32(Vector(mm(op.pointee.second), 0).words[number & 3]))
            enterMMX()
        } else {
            try requireSSE()
            setRegister(op.pointee.first, UInt32(xmm(op.pointee.second).words[number & 7]))
        }
    }
}
