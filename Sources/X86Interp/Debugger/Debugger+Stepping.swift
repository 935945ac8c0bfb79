/// What the debugger has to know of an instruction to step over it or to find the way out.
struct InstructionSketch {
    /// What it does to the flow.
    enum Flow {
        /// CALL, INT n and its kin: what comes behind it comes back.
        case call
        /// RET, IRET: goes back; `popped` are the bytes that it takes off the stack besides the address.
        case back(popped: UInt32)
        /// A repeated string instruction.
        case repeated
        case other
    }

    var flow: Flow
    var length: UInt32
    /// IRET.
    var isInterruptReturn: Bool
}

extension Debugger {
    /// The instruction at CS:EIP, or nil where there is none that can be looked at.
    func sketch() -> InstructionSketch? {
        let state = machine.state
        return sketch(at: instructionPointer, code32: state.segments.cs.access.contains(.big))
    }

    func sketch(at linear: UInt32, code32: Bool) -> InstructionSketch? {
        let window = ((try? machine.peek(.linear(linear), count: 15)) ?? []).prefix { $0 != nil }.compactMap { $0 }
        let parser = machine.cpu.parser
        guard let parsed = try? parser.parse(window, code32: code32), let row = parsed.row,
            parser.encodings.indices.contains(row)
        else { return nil }
        let encoding = parser.encodings[row]
        let flow: InstructionSketch.Flow
        switch encoding.operation {
        case .call, .callFar, .int, .int3, .int1, .into: flow = .call
        case .ret, .retFar, .iret: flow = .back(popped: parsed.immediateSize == 2 ? parsed.immediate & 0xFFFF : 0)
        default:
            let isRepeated = encoding.traits.contains(.repeatable) && !parsed.flags.isDisjoint(with: .repeated)
            flow = isRepeated ? .repeated : .other
        }
        return InstructionSketch(
            flow: flow, length: UInt32(truncatingIfNeeded: parsed.length),
            isInterruptReturn: encoding.operation == .iret)
    }

    /// Runs one instruction whole: all iterations of a repeated one, a CALL or INT with all that it calls.
    ///
    /// - Parameter limit: guest time at which the run ends at the latest; nothing is run when it is there.
    @discardableResult
    public func next(until limit: UInt64 = .max) -> StopEvent {
        guard position < limit, let sketch = sketch() else { return step(until: limit) }
        let behind = Address.linear(instructionPointer &+ sketch.length)
        switch sketch.flow {
        case .call:
            return drive(
                until: limit, goal: Goal(address: behind, minimumStack: machine.cpu.stackPointer), ending: .limit)
        case .repeated: return drive(until: limit, goal: Goal(address: behind), ending: .limit)
        case .back, .other: return step(until: limit)
        }
    }

    /// Runs until the procedure or handler at hand has returned.
    ///
    /// The way out is the first RET or IRET that is not one of something called on the way.
    @discardableResult
    public func finish(until limit: UInt64 = .max) -> StopEvent {
        if let refusal { return refusal }
        while position < limit {
            var isLast = false
            if case .back = sketch()?.flow { isLast = true }
            let event = isLast ? step(until: limit) : next(until: limit)
            guard event.reason == .done, !isLast else { return event }
        }
        return stopped(.limit)
    }
}
