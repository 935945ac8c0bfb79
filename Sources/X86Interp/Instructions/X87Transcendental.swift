extension Encoding {
    /// Powers, logarithms, angles.
    // The rows are aligned.
    // swift-format-ignore
    static let x87Transcendental: [Encoding] = [
        .init(0xD9, .f2xm1,   ext: 6, rm: 0, needs: .x87),
        .init(0xD9, .fyl2x,   ext: 6, rm: 1, needs: .x87),
        .init(0xD9, .fptan,   ext: 6, rm: 2, needs: .x87),
        .init(0xD9, .fpatan,  ext: 6, rm: 3, needs: .x87),
        .init(0xD9, .fyl2xp1, ext: 7, rm: 1, needs: .x87),
        .init(0xD9, .fsincos, ext: 7, rm: 3, needs: .x87From387),
        .init(0xD9, .fsin,    ext: 7, rm: 6, needs: .x87From387),
        .init(0xD9, .fcos,    ext: 7, rm: 7, needs: .x87From387),
    ]
}

extension CPU {
    func transcendX87(_ op: OpPointer) {
        switch op.pointee.operation {
        case .f2xm1: core.pointee.state.x87.replaceTop(model.x87) { $0.powerOfTwoLessOne($1) }
        case .fyl2x: core.pointee.state.x87.replaceBoth(model.x87) { $0.logarithm(of: $1, times: $2) }
        case .fyl2xp1: core.pointee.state.x87.replaceBoth(model.x87) { $0.logarithmPlusOne(of: $1, times: $2) }
        case .fpatan: core.pointee.state.x87.replaceBoth(model.x87) { $0.arctangent($2, over: $1) }
        case .fptan: core.pointee.state.x87.turn(pushes: true, model.x87) { $0.tangent($1) }
        case .fsincos: core.pointee.state.x87.turn(pushes: true, model.x87) { $0.sineAndCosine($1) }
        case .fsin: core.pointee.state.x87.turn(pushes: false, model.x87) { $0.sine($1) }
        default: core.pointee.state.x87.turn(pushes: false, model.x87) { $0.cosine($1) }
        }
    }
}

extension X87State {
    /// An operation on ST and ST(1) that replaces both by its result.
    mutating func replaceBoth(_ chip: X87Model, _ body: (inout X87Arithmetic, Extended, Extended) -> Extended?) {
        guard !isEmpty(0), !isEmpty(1) else { return lacksOperand(for: 1, pops: true, chip) }
        var arithmetic = arithmetic(chip)
        let result = body(&arithmetic, self[0], self[1])
        finish(arithmetic)
        guard let result else { return }
        self[1] = result
        pop()
    }

    /// A function of an angle in ST; C2 says that the angle is out of range.
    mutating func turn(
        pushes: Bool, _ chip: X87Model, _ body: (inout X87Arithmetic, Extended) -> TrigonometricResult
    ) {
        status &= ~Self.incompleteBit
        if pushes {
            guard hasOperandAndRoom(chip) else { return }
        } else if isEmpty(0) {
            return lacksOperand(for: 0, chip)
        }
        var arithmetic = arithmetic(chip)
        let result = body(&arithmetic, self[0])
        finish(arithmetic)
        switch result {
        case .value(let value): self[0] = value
        case .pair(let value, let pushed):
            self[0] = value
            push(pushed)
        case .outOfRange: status |= Self.incompleteBit
        case .withheld: break
        }
    }
}
