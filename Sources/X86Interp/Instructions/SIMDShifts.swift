extension Encoding {
    /// Shifts of packed integers, and of all 16 bytes.
    // The rows are aligned.
    // swift-format-ignore
    static let simdShifts: [Encoding] = [
        .init(0x0FD1, .psrlw, .pq, .qq,  prefix: .none, needs: .mmx),
        .init(0x0FD1, .psrlw, .vx, .wx,  prefix: .p66, needs: .sse2),
        .init(0x0FD2, .psrld, .pq, .qq,  prefix: .none, needs: .mmx),
        .init(0x0FD2, .psrld, .vx, .wx,  prefix: .p66, needs: .sse2),
        .init(0x0FD3, .psrlq, .pq, .qq,  prefix: .none, needs: .mmx),
        .init(0x0FD3, .psrlq, .vx, .wx,  prefix: .p66, needs: .sse2),
        .init(0x0FE1, .psraw, .pq, .qq,  prefix: .none, needs: .mmx),
        .init(0x0FE1, .psraw, .vx, .wx,  prefix: .p66, needs: .sse2),
        .init(0x0FE2, .psrad, .pq, .qq,  prefix: .none, needs: .mmx),
        .init(0x0FE2, .psrad, .vx, .wx,  prefix: .p66, needs: .sse2),
        .init(0x0FF1, .psllw, .pq, .qq,  prefix: .none, needs: .mmx),
        .init(0x0FF1, .psllw, .vx, .wx,  prefix: .p66, needs: .sse2),
        .init(0x0FF2, .pslld, .pq, .qq,  prefix: .none, needs: .mmx),
        .init(0x0FF2, .pslld, .vx, .wx,  prefix: .p66, needs: .sse2),
        .init(0x0FF3, .psllq, .pq, .qq,  prefix: .none, needs: .mmx),
        .init(0x0FF3, .psllq, .vx, .wx,  prefix: .p66, needs: .sse2),
        .init(0x0F71, .psrlw, .nq, .ib,  ext: 2, mod: .register, prefix: .none, needs: .mmx),
        .init(0x0F71, .psrlw, .ux, .ib,  ext: 2, mod: .register, prefix: .p66, needs: .sse2),
        .init(0x0F71, .psraw, .nq, .ib,  ext: 4, mod: .register, prefix: .none, needs: .mmx),
        .init(0x0F71, .psraw, .ux, .ib,  ext: 4, mod: .register, prefix: .p66, needs: .sse2),
        .init(0x0F71, .psllw, .nq, .ib,  ext: 6, mod: .register, prefix: .none, needs: .mmx),
        .init(0x0F71, .psllw, .ux, .ib,  ext: 6, mod: .register, prefix: .p66, needs: .sse2),
        .init(0x0F72, .psrld, .nq, .ib,  ext: 2, mod: .register, prefix: .none, needs: .mmx),
        .init(0x0F72, .psrld, .ux, .ib,  ext: 2, mod: .register, prefix: .p66, needs: .sse2),
        .init(0x0F72, .psrad, .nq, .ib,  ext: 4, mod: .register, prefix: .none, needs: .mmx),
        .init(0x0F72, .psrad, .ux, .ib,  ext: 4, mod: .register, prefix: .p66, needs: .sse2),
        .init(0x0F72, .pslld, .nq, .ib,  ext: 6, mod: .register, prefix: .none, needs: .mmx),
        .init(0x0F72, .pslld, .ux, .ib,  ext: 6, mod: .register, prefix: .p66, needs: .sse2),
        .init(0x0F73, .psrlq, .nq, .ib,  ext: 2, mod: .register, prefix: .none, needs: .mmx),
        .init(0x0F73, .psrlq, .ux, .ib,  ext: 2, mod: .register, prefix: .p66, needs: .sse2),
        .init(0x0F73, .psllq, .nq, .ib,  ext: 6, mod: .register, prefix: .none, needs: .mmx),
        .init(0x0F73, .psllq, .ux, .ib,  ext: 6, mod: .register, prefix: .p66, needs: .sse2),
        .init(0x0F73, .psrldq, .ux, .ib, ext: 3, mod: .register, prefix: .p66, needs: .sse2),
        .init(0x0F73, .pslldq, .ux, .ib, ext: 7, mod: .register, prefix: .p66, needs: .sse2),
    ]
}

extension CPU {
    /// The instructions that shift.
    func executeSIMDShifts(_ op: OpPointer) throws(Interruption) {
        switch op.pointee.operation {
        case .psllw: try shift(op, PackedShifts.leftWords)
        case .pslld: try shift(op, PackedShifts.leftDwords)
        case .psllq: try shift(op, PackedShifts.leftQwords)
        case .psrlw: try shift(op, PackedShifts.rightWords)
        case .psrld: try shift(op, PackedShifts.rightDwords)
        case .psrlq: try shift(op, PackedShifts.rightQwords)
        case .psraw: try shift(op, PackedShifts.signedRightWords)
        case .psrad: try shift(op, PackedShifts.signedRightDwords)
        case .pslldq: try shift(op, PackedShifts.leftBytes)
        case .psrldq: try shift(op, PackedShifts.rightBytes)
        default: throw raised(.invalidOpcode, .invalidOpcode)
        }
    }

    /// Shifts the first operand by an immediate, or by all of the low half of the second.
    private func shift(_ op: OpPointer, _ function: (Vector, UInt64) -> Vector) throws(Interruption) {
        let first = op.pointee.first
        let isImmediate = op.pointee.shape == .ri
        if op.pointee.payload.isMMX {
            try requireMMX()
            let count = isImmediate ? UInt64(op.pointee.immediate) : try mmxSource(op)
            setMM(first, function(Vector(mm(first), 0), count).x)
        } else {
            try requireSSE()
            let count = isImmediate ? UInt64(op.pointee.immediate) : try vectorSource(op).x
            setXMM(first, function(xmm(first), count))
        }
    }
}
