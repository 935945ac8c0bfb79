extension Encoding {
    /// Sums, comparisons, products and logic of packed integers.
    // The rows are aligned.
    // swift-format-ignore
    static let simdIntegers: [Encoding] = [
        .init(0x0F64, .pcmpgtb, .pq, .qq, prefix: .none, needs: .mmx),
        .init(0x0F64, .pcmpgtb, .vx, .wx, prefix: .p66, needs: .sse2),
        .init(0x0F65, .pcmpgtw, .pq, .qq, prefix: .none, needs: .mmx),
        .init(0x0F65, .pcmpgtw, .vx, .wx, prefix: .p66, needs: .sse2),
        .init(0x0F66, .pcmpgtd, .pq, .qq, prefix: .none, needs: .mmx),
        .init(0x0F66, .pcmpgtd, .vx, .wx, prefix: .p66, needs: .sse2),
        .init(0x0F74, .pcmpeqb, .pq, .qq, prefix: .none, needs: .mmx),
        .init(0x0F74, .pcmpeqb, .vx, .wx, prefix: .p66, needs: .sse2),
        .init(0x0F75, .pcmpeqw, .pq, .qq, prefix: .none, needs: .mmx),
        .init(0x0F75, .pcmpeqw, .vx, .wx, prefix: .p66, needs: .sse2),
        .init(0x0F76, .pcmpeqd, .pq, .qq, prefix: .none, needs: .mmx),
        .init(0x0F76, .pcmpeqd, .vx, .wx, prefix: .p66, needs: .sse2),
        .init(0x0FD4, .paddq, .pq, .qq,   prefix: .none, needs: .sse2),
        .init(0x0FD4, .paddq, .vx, .wx,   prefix: .p66, needs: .sse2),
        .init(0x0FD5, .pmullw, .pq, .qq,  prefix: .none, needs: .mmx),
        .init(0x0FD5, .pmullw, .vx, .wx,  prefix: .p66, needs: .sse2),
        .init(0x0FD8, .psubusb, .pq, .qq, prefix: .none, needs: .mmx),
        .init(0x0FD8, .psubusb, .vx, .wx, prefix: .p66, needs: .sse2),
        .init(0x0FD9, .psubusw, .pq, .qq, prefix: .none, needs: .mmx),
        .init(0x0FD9, .psubusw, .vx, .wx, prefix: .p66, needs: .sse2),
        .init(0x0FDA, .pminub, .pq, .qq,  prefix: .none, needs: .sse),
        .init(0x0FDA, .pminub, .vx, .wx,  prefix: .p66, needs: .sse2),
        .init(0x0FDB, .pand, .pq, .qq,    prefix: .none, needs: .mmx),
        .init(0x0FDB, .pand, .vx, .wx,    prefix: .p66, needs: .sse2),
        .init(0x0FDC, .paddusb, .pq, .qq, prefix: .none, needs: .mmx),
        .init(0x0FDC, .paddusb, .vx, .wx, prefix: .p66, needs: .sse2),
        .init(0x0FDD, .paddusw, .pq, .qq, prefix: .none, needs: .mmx),
        .init(0x0FDD, .paddusw, .vx, .wx, prefix: .p66, needs: .sse2),
        .init(0x0FDE, .pmaxub, .pq, .qq,  prefix: .none, needs: .sse),
        .init(0x0FDE, .pmaxub, .vx, .wx,  prefix: .p66, needs: .sse2),
        .init(0x0FDF, .pandn, .pq, .qq,   prefix: .none, needs: .mmx),
        .init(0x0FDF, .pandn, .vx, .wx,   prefix: .p66, needs: .sse2),
        .init(0x0FE0, .pavgb, .pq, .qq,   prefix: .none, needs: .sse),
        .init(0x0FE0, .pavgb, .vx, .wx,   prefix: .p66, needs: .sse2),
        .init(0x0FE3, .pavgw, .pq, .qq,   prefix: .none, needs: .sse),
        .init(0x0FE3, .pavgw, .vx, .wx,   prefix: .p66, needs: .sse2),
        .init(0x0FE4, .pmulhuw, .pq, .qq, prefix: .none, needs: .sse),
        .init(0x0FE4, .pmulhuw, .vx, .wx, prefix: .p66, needs: .sse2),
        .init(0x0FE5, .pmulhw, .pq, .qq,  prefix: .none, needs: .mmx),
        .init(0x0FE5, .pmulhw, .vx, .wx,  prefix: .p66, needs: .sse2),
        .init(0x0FE8, .psubsb, .pq, .qq,  prefix: .none, needs: .mmx),
        .init(0x0FE8, .psubsb, .vx, .wx,  prefix: .p66, needs: .sse2),
        .init(0x0FE9, .psubsw, .pq, .qq,  prefix: .none, needs: .mmx),
        .init(0x0FE9, .psubsw, .vx, .wx,  prefix: .p66, needs: .sse2),
        .init(0x0FEA, .pminsw, .pq, .qq,  prefix: .none, needs: .sse),
        .init(0x0FEA, .pminsw, .vx, .wx,  prefix: .p66, needs: .sse2),
        .init(0x0FEB, .por, .pq, .qq,     prefix: .none, needs: .mmx),
        .init(0x0FEB, .por, .vx, .wx,     prefix: .p66, needs: .sse2),
        .init(0x0FEC, .paddsb, .pq, .qq,  prefix: .none, needs: .mmx),
        .init(0x0FEC, .paddsb, .vx, .wx,  prefix: .p66, needs: .sse2),
        .init(0x0FED, .paddsw, .pq, .qq,  prefix: .none, needs: .mmx),
        .init(0x0FED, .paddsw, .vx, .wx,  prefix: .p66, needs: .sse2),
        .init(0x0FEE, .pmaxsw, .pq, .qq,  prefix: .none, needs: .sse),
        .init(0x0FEE, .pmaxsw, .vx, .wx,  prefix: .p66, needs: .sse2),
        .init(0x0FEF, .pxor, .pq, .qq,    prefix: .none, needs: .mmx),
        .init(0x0FEF, .pxor, .vx, .wx,    prefix: .p66, needs: .sse2),
        .init(0x0FF4, .pmuludq, .pq, .qq, prefix: .none, needs: .sse2),
        .init(0x0FF4, .pmuludq, .vx, .wx, prefix: .p66, needs: .sse2),
        .init(0x0FF5, .pmaddwd, .pq, .qq, prefix: .none, needs: .mmx),
        .init(0x0FF5, .pmaddwd, .vx, .wx, prefix: .p66, needs: .sse2),
        .init(0x0FF6, .psadbw, .pq, .qq,  prefix: .none, needs: .sse),
        .init(0x0FF6, .psadbw, .vx, .wx,  prefix: .p66, needs: .sse2),
        .init(0x0FF8, .psubb, .pq, .qq,   prefix: .none, needs: .mmx),
        .init(0x0FF8, .psubb, .vx, .wx,   prefix: .p66, needs: .sse2),
        .init(0x0FF9, .psubw, .pq, .qq,   prefix: .none, needs: .mmx),
        .init(0x0FF9, .psubw, .vx, .wx,   prefix: .p66, needs: .sse2),
        .init(0x0FFA, .psubd, .pq, .qq,   prefix: .none, needs: .mmx),
        .init(0x0FFA, .psubd, .vx, .wx,   prefix: .p66, needs: .sse2),
        .init(0x0FFB, .psubq, .pq, .qq,   prefix: .none, needs: .sse2),
        .init(0x0FFB, .psubq, .vx, .wx,   prefix: .p66, needs: .sse2),
        .init(0x0FFC, .paddb, .pq, .qq,   prefix: .none, needs: .mmx),
        .init(0x0FFC, .paddb, .vx, .wx,   prefix: .p66, needs: .sse2),
        .init(0x0FFD, .paddw, .pq, .qq,   prefix: .none, needs: .mmx),
        .init(0x0FFD, .paddw, .vx, .wx,   prefix: .p66, needs: .sse2),
        .init(0x0FFE, .paddd, .pq, .qq,   prefix: .none, needs: .mmx),
        .init(0x0FFE, .paddd, .vx, .wx,   prefix: .p66, needs: .sse2),
    ]
}

extension CPU {
    /// The instructions that make one vector of two, lane by lane.
    func executeSIMDIntegers(_ op: OpPointer) throws(Interruption) {
        switch op.pointee.operation {
        case .paddb: try combine(op, PackedIntegers.addBytes)
        case .paddw: try combine(op, PackedIntegers.addWords)
        case .paddd: try combine(op, PackedIntegers.addDwords)
        case .paddq: try combine(op, PackedIntegers.addQwords)
        case .psubb: try combine(op, PackedIntegers.subtractBytes)
        case .psubw: try combine(op, PackedIntegers.subtractWords)
        case .psubd: try combine(op, PackedIntegers.subtractDwords)
        case .psubq: try combine(op, PackedIntegers.subtractQwords)
        case .paddusb: try combine(op, PackedIntegers.addSaturatingBytes)
        case .paddusw: try combine(op, PackedIntegers.addSaturatingWords)
        case .psubusb: try combine(op, PackedIntegers.subtractSaturatingBytes)
        case .psubusw: try combine(op, PackedIntegers.subtractSaturatingWords)
        case .paddsb: try combine(op, PackedIntegers.addSignedBytes)
        case .paddsw: try combine(op, PackedIntegers.addSignedWords)
        case .psubsb: try combine(op, PackedIntegers.subtractSignedBytes)
        case .psubsw: try combine(op, PackedIntegers.subtractSignedWords)
        case .pcmpeqb: try combine(op, PackedIntegers.equalBytes)
        case .pcmpeqw: try combine(op, PackedIntegers.equalWords)
        case .pcmpeqd: try combine(op, PackedIntegers.equalDwords)
        case .pcmpgtb: try combine(op, PackedIntegers.greaterBytes)
        case .pcmpgtw: try combine(op, PackedIntegers.greaterWords)
        case .pcmpgtd: try combine(op, PackedIntegers.greaterDwords)
        case .pminub: try combine(op, PackedIntegers.minimumBytes)
        case .pmaxub: try combine(op, PackedIntegers.maximumBytes)
        case .pminsw: try combine(op, PackedIntegers.minimumWords)
        case .pmaxsw: try combine(op, PackedIntegers.maximumWords)
        case .pavgb: try combine(op, PackedIntegers.averageBytes)
        case .pavgw: try combine(op, PackedIntegers.averageWords)
        case .pmullw: try combine(op, PackedIntegers.multiplyLow)
        case .pmulhw: try combine(op, PackedIntegers.multiplyHigh)
        case .pmulhuw: try combine(op, PackedIntegers.multiplyHighUnsigned)
        case .pmuludq: try combine(op, PackedIntegers.multiplyDwords)
        case .pmaddwd: try combine(op, PackedIntegers.multiplyAdd)
        case .psadbw: try combine(op, PackedIntegers.sumOfDistances)
        case .pand: try combine(op, PackedIntegers.and)
        case .pandn: try combine(op, PackedIntegers.andNot)
        case .por: try combine(op, PackedIntegers.or)
        case .pxor: try combine(op, PackedIntegers.xor)
        default: throw raised(.invalidOpcode, .invalidOpcode)
        }
    }

    /// Replaces the first operand by a function of both; the registers are those of MMX or of SSE.
    func combine(_ op: OpPointer, _ function: (Vector, Vector) -> Vector) throws(Interruption) {
        let first = op.pointee.first
        if op.pointee.payload.isMMX {
            try requireMMX()
            let source = try mmxSource(op)
            setMM(first, function(Vector(mm(first), 0), Vector(source, 0)).x)
        } else {
            try requireSSE()
            let source = try vectorSource(op)
            setXMM(first, function(xmm(first), source))
        }
    }
}
