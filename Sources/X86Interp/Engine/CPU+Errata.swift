// What `model.errata` adds. A model without errata only pays for the question.
extension CPU {
    /// Whether a fault of `op` points behind it: see `Errata.faultBehindInput`.
    func pointsBehind(_ op: OpPointer) -> Bool {
        model.errata.contains(.faultBehindInput) && core.pointee.isProtected && op.pointee.operation == .ins
            && !op.pointee.isRepeated && core.pointee.report?.rule == .segmentLimit
    }

    /// Leaves the count of REP INS at -1 where the next instruction starts early: see
    /// `Errata.countBehindRepeatedInput`.
    @inline(never)
    func spoilCount(behind op: OpPointer) {
        let next = instructionEIP &+ UInt32(op.pointee.length)
        let bytes = codeBytes(at: next, count: parser.maximumLength)
        guard let parsed = try? parser.parse(bytes, code32: core.pointee.isCode32),
            let contents = InstructionContents(
                parsed, parser.encodings, bytes, at: next, code32: core.pointee.isCode32),
            contents.startsEarly
        else { return }
        setMasked(.ecx, parsed.address32 ? .max : 0xFFFF, .max)
    }
}

extension InstructionContents {
    /// Whether it uses the stack or accesses memory.
    fileprivate var startsEarly: Bool {
        switch encoding.operation {
        case .push, .pop, .pusha, .popa, .pushf, .popf, .enter, .leave, .call, .callFar, .ret, .retFar, .iret: true
        case .lea: false
        default: !memories.isEmpty
        }
    }
}
