extension Encoding {
    /// Moves between MMX and XMM registers, memory and general registers.
    // The rows are aligned.
    // swift-format-ignore
    static let simdMoves: [Encoding] = [
        .init(0x0F10, .movups, .vx, .wx,     prefix: .none, needs: .sse),
        .init(0x0F11, .movups, .wx, .vx,     prefix: .none, needs: .sse),
        .init(0x0F10, .movupd, .vx, .wx,     prefix: .p66, needs: .sse2),
        .init(0x0F11, .movupd, .wx, .vx,     prefix: .p66, needs: .sse2),
        .init(0x0F10, .movss, .vx, .wd,      prefix: .pF3, needs: .sse),
        .init(0x0F11, .movss, .wd, .vx,      prefix: .pF3, needs: .sse),
        .init(0x0F10, .movsd, .vx, .wq,      prefix: .pF2, needs: .sse2),
        .init(0x0F11, .movsd, .wq, .vx,      prefix: .pF2, needs: .sse2),
        .init(0x0F12, .movlps, .vx, .mq,     mod: .memory, prefix: .none, needs: .sse),
        .init(0x0F12, .movhlps, .vx, .ux,    mod: .register, prefix: .none, needs: .sse),
        .init(0x0F12, .movlpd, .vx, .mq,     prefix: .p66, needs: .sse2),
        .init(0x0F13, .movlps, .mq, .vx,     prefix: .none, needs: .sse),
        .init(0x0F13, .movlpd, .mq, .vx,     prefix: .p66, needs: .sse2),
        .init(0x0F16, .movhps, .vx, .mq,     mod: .memory, prefix: .none, needs: .sse),
        .init(0x0F16, .movlhps, .vx, .ux,    mod: .register, prefix: .none, needs: .sse),
        .init(0x0F16, .movhpd, .vx, .mq,     prefix: .p66, needs: .sse2),
        .init(0x0F17, .movhps, .mq, .vx,     prefix: .none, needs: .sse),
        .init(0x0F17, .movhpd, .mq, .vx,     prefix: .p66, needs: .sse2),
        .init(0x0F28, .movaps, .vx, .wx,     prefix: .none, needs: .sse),
        .init(0x0F28, .movapd, .vx, .wx,     prefix: .p66, needs: .sse2),
        .init(0x0F29, .movaps, .wx, .vx,     prefix: .none, needs: .sse),
        .init(0x0F29, .movapd, .wx, .vx,     prefix: .p66, needs: .sse2),
        .init(0x0F2B, .movntps, .mx, .vx,    prefix: .none, needs: .sse),
        .init(0x0F2B, .movntpd, .mx, .vx,    prefix: .p66, needs: .sse2),
        .init(0x0F50, .movmskps, .gd, .ux,   mod: .register, prefix: .none, needs: .sse),
        .init(0x0F50, .movmskpd, .gd, .ux,   mod: .register, prefix: .p66, needs: .sse2),
        .init(0x0F6E, .movd, .pq, .ed,       prefix: .none, needs: .mmx),
        .init(0x0F6E, .movd, .vx, .ed,       prefix: .p66, needs: .sse2),
        .init(0x0F7E, .movd, .ed, .pq,       prefix: .none, needs: .mmx),
        .init(0x0F7E, .movd, .ed, .vx,       prefix: .p66, needs: .sse2),
        .init(0x0F6F, .movq, .pq, .qq,       prefix: .none, needs: .mmx),
        .init(0x0F7F, .movq, .qq, .pq,       prefix: .none, needs: .mmx),
        .init(0x0F7E, .movq, .vx, .wq,       prefix: .pF3, needs: .sse2),
        .init(0x0FD6, .movq, .wq, .vx,       prefix: .p66, needs: .sse2),
        .init(0x0F6F, .movdqa, .vx, .wx,     prefix: .p66, needs: .sse2),
        .init(0x0F7F, .movdqa, .wx, .vx,     prefix: .p66, needs: .sse2),
        .init(0x0F6F, .movdqu, .vx, .wx,     prefix: .pF3, needs: .sse2),
        .init(0x0F7F, .movdqu, .wx, .vx,     prefix: .pF3, needs: .sse2),
        .init(0x0FD6, .movq2dq, .vx, .nq,    mod: .register, prefix: .pF3, needs: .sse2),
        .init(0x0FD6, .movdq2q, .pq, .ux,    mod: .register, prefix: .pF2, needs: .sse2),
        .init(0x0FC3, .movnti, .md, .gd,     prefix: .none, needs: .sse2),
        .init(0x0FE7, .movntq, .mq, .pq,     prefix: .none, needs: .sse),
        .init(0x0FE7, .movntdq, .mx, .vx,    prefix: .p66, needs: .sse2),
        .init(0x0FD7, .pmovmskb, .gd, .nq,   mod: .register, prefix: .none, needs: .sse),
        .init(0x0FD7, .pmovmskb, .gd, .ux,   mod: .register, prefix: .p66, needs: .sse2),
        .init(0x0FF7, .maskmovq, .pq, .nq,   mod: .register, prefix: .none, needs: .sse),
        .init(0x0FF7, .maskmovdqu, .vx, .ux, mod: .register, prefix: .p66, needs: .sse2),
    ]
}

extension CPU {
    /// The instructions that move and compute nothing.
    func executeSIMDMoves(_ op: OpPointer) throws(Interruption) {
        switch op.pointee.operation {
        case .movaps, .movapd, .movdqa, .movntps, .movntpd, .movntdq: try moveAligned(op)
        case .movups, .movupd, .movdqu: try moveUnaligned(op)
        case .movss: try moveSingle(op)
        case .movsd: try moveDouble(op)
        case .movlps, .movlpd: try moveLow(op)
        case .movhps, .movhpd: try moveHigh(op)
        case .movhlps, .movlhps: try moveBetweenHalves(op)
        case .movd: try moveDword(op)
        case .movq, .movntq: try moveQword(op)
        case .movq2dq, .movdq2q: try moveBetweenFiles(op)
        // Of general registers, and for any mode of the others.
        case .movnti: try store(op.pointee.segment, address(op), registers[Int(op.pointee.second)])
        case .movmskps, .movmskpd, .pmovmskb: try moveSigns(op)
        case .maskmovq, .maskmovdqu: try moveSelected(op)
        default: throw raised(.invalidOpcode, .invalidOpcode)
        }
    }

    private func moveAligned(_ op: OpPointer) throws(Interruption) {
        try requireSSE()
        switch op.pointee.shape {
        case .mr: try storeAligned(op, xmm(op.pointee.second))
        default: setXMM(op.pointee.first, try vectorSource(op))
        }
    }

    private func moveUnaligned(_ op: OpPointer) throws(Interruption) {
        try requireSSE()
        let (segment, offset) = (op.pointee.segment, address(op))
        switch op.pointee.shape {
        case .mr:
            let value = xmm(op.pointee.second)
            try withoutAlignmentCheck { () throws(Interruption) in try store128(segment, offset, value) }
        case .rm:
            let value = try withoutAlignmentCheck { () throws(Interruption) in try load128(segment, offset) }
            setXMM(op.pointee.first, value)
        default: setXMM(op.pointee.first, xmm(op.pointee.second))
        }
    }

    /// MOVSS: from memory, zeros fill the register; from a register, the rest is kept.
    private func moveSingle(_ op: OpPointer) throws(Interruption) {
        try requireSSE()
        switch op.pointee.shape {
        case .mr: try store(op.pointee.segment, address(op), xmm(op.pointee.second).low32)
        case .rm: setXMM(op.pointee.first, Vector(UInt64(try low32Source(op)), 0))
        default: core.pointee.state.sse[Int(op.pointee.first)].low32 = xmm(op.pointee.second).low32
        }
    }

    /// MOVSD: the same of 64 bits.
    private func moveDouble(_ op: OpPointer) throws(Interruption) {
        try requireSSE()
        switch op.pointee.shape {
        case .mr: try store64(op.pointee.segment, address(op), xmm(op.pointee.second).x)
        case .rm: setXMM(op.pointee.first, Vector(try lowSource(op), 0))
        default: core.pointee.state.sse[Int(op.pointee.first)].x = xmm(op.pointee.second).x
        }
    }

    private func moveLow(_ op: OpPointer) throws(Interruption) {
        try requireSSE()
        if op.pointee.shape == .mr {
            try store64(op.pointee.segment, address(op), xmm(op.pointee.second).x)
        } else {
            core.pointee.state.sse[Int(op.pointee.first)].x = try load64(op.pointee.segment, address(op))
        }
    }

    private func moveHigh(_ op: OpPointer) throws(Interruption) {
        try requireSSE()
        if op.pointee.shape == .mr {
            try store64(op.pointee.segment, address(op), xmm(op.pointee.second).y)
        } else {
            core.pointee.state.sse[Int(op.pointee.first)].y = try load64(op.pointee.segment, address(op))
        }
    }

    private func moveBetweenHalves(_ op: OpPointer) throws(Interruption) {
        try requireSSE()
        let source = xmm(op.pointee.second)
        if op.pointee.operation == .movhlps {
            core.pointee.state.sse[Int(op.pointee.first)].x = source.y
        } else {
            core.pointee.state.sse[Int(op.pointee.first)].y = source.x
        }
    }

    /// MOVD: zeros fill the register.
    private func moveDword(_ op: OpPointer) throws(Interruption) {
        let isMMX = op.pointee.payload.isMMX
        if isMMX { try requireMMX() } else { try requireSSE() }
        if op.pointee.payload.isToVector {
            let value = UInt64(try source(op, UInt32.self))
            if isMMX { setMM(op.pointee.first, value) } else { setXMM(op.pointee.first, Vector(value, 0)) }
        } else {
            let number = op.pointee.second
            try setDestination(op, isMMX ? UInt32(truncatingIfNeeded: mm(number)) : xmm(number).low32)
            if isMMX { enterMMX() }
        }
    }

    /// MOVQ: of XMM registers, zeros fill the register.
    private func moveQword(_ op: OpPointer) throws(Interruption) {
        let isMMX = op.pointee.payload.isMMX
        if isMMX { try requireMMX() } else { try requireSSE() }
        if op.pointee.shape == .mr {
            let value = isMMX ? mm(op.pointee.second) : xmm(op.pointee.second).x
            try store64(op.pointee.segment, address(op), value)
            if isMMX { enterMMX() }
        } else if isMMX {
            setMM(op.pointee.first, try mmxSource(op))
        } else {
            setXMM(op.pointee.first, Vector(try lowSource(op), 0))
        }
    }

    private func moveBetweenFiles(_ op: OpPointer) throws(Interruption) {
        try requireBoth()
        if op.pointee.operation == .movq2dq {
            setXMM(op.pointee.first, Vector(mm(op.pointee.second), 0))
            enterMMX()
        } else {
            setMM(op.pointee.first, xmm(op.pointee.second).x)
        }
    }

    /// MOVMSKPS, MOVMSKPD and PMOVMSKB: the signs of all lanes to a general register.
    private func moveSigns(_ op: OpPointer) throws(Interruption) {
        let number = op.pointee.second
        if op.pointee.payload.isMMX {
            try requireMMX()
            setRegister(op.pointee.first, PackedShuffles.byteSigns(mm(number)))
            return enterMMX()
        }
        try requireSSE()
        let value = xmm(number)
        let bytes = PackedShuffles.byteSigns(value.x) | PackedShuffles.byteSigns(value.y) << 8
        let signs: UInt32 =
            switch op.pointee.operation {
            case .movmskps: bytes >> 3 & 1 | bytes >> 6 & 2 | bytes >> 9 & 4 | bytes >> 12 & 8
            case .movmskpd: bytes >> 7 & 1 | bytes >> 14 & 2
            default: bytes
            }
        setRegister(op.pointee.first, signs)
    }

    /// MASKMOVQ and MASKMOVDQU: bytes at DS:(E)DI for which bit 7 of the mask is set; of the others, none is written.
    private func moveSelected(_ op: OpPointer) throws(Interruption) {
        let isMMX = op.pointee.payload.isMMX
        if isMMX { try requireMMX() } else { try requireSSE() }
        let (first, second) = (op.pointee.first, op.pointee.second)
        let bytes = isMMX ? Vector(mm(first), 0).bytes : xmm(first).bytes
        let selectors = isMMX ? Vector(mm(second), 0) : xmm(second)
        let signs = PackedShuffles.byteSigns(selectors.x) | PackedShuffles.byteSigns(selectors.y) << 8
        // Halves of 8 bytes: with addresses of 16 bits each begins within 64 KiB by itself, and goes on beyond (measured on
        // a Xeon).
        let mask = op.pointee.addressMask
        let offset = masked(.edi, mask)
        let halves = isMMX ? [offset] : [offset, (offset &+ 8) & mask]
        // Before memory may fault (measured: the vectors of a Zen 4).
        if isMMX { enterMMX() }
        for half in halves { try probe(op.pointee.segment, half, 8, .write) }
        for place in 0..<8 * halves.count where signs >> UInt32(place) & 1 != 0 {
            try store(op.pointee.segment, halves[place >> 3] &+ UInt32(place & 7), bytes[place])
        }
    }
}
