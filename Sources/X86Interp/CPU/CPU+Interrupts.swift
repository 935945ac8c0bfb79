/// What makes the CPU enter a handler.
enum InterruptEvent {
    /// An exception that an instruction raised; #DB as a trap too.
    case exception(Fault)
    /// NMI, or an interrupt from the controller.
    case external(UInt8)
    /// INT n, INT3, INTO: traps whose gate must be reachable from the current ring. INT1 is exempt.
    case software(UInt8, checksGate: Bool)

    var vector: UInt8 {
        switch self {
        case .exception(let fault): fault.vector.rawValue
        case .external(let vector): vector
        case .software(let vector, _): vector
        }
    }

    /// Bit 0 of error codes: the event came from outside the program.
    var externalBit: UInt16 {
        switch self {
        case .exception, .external: 1
        case .software: 0
        }
    }

    var errorCode: UInt16? {
        guard case .exception(let fault) = self, fault.vector.pushesErrorCode else { return nil }
        return fault.errorCode
    }

    /// The event as a fault, for the chain that a shutdown reports.
    var asFault: Fault? {
        switch self {
        case .exception(let fault): fault
        case .external, .software: ExceptionVector(rawValue: vector).map { Fault($0) }
        }
    }
}

extension CPU {
    /// Raises the exception of an instruction; non-nil ends the run.
    func raise(_ fault: Fault) -> Exit? {
        if options.faultPolicy == .stop {
            disarm()
            return .stopped(.fault(fault))
        }
        return deliver(.exception(fault))
    }

    /// Raises INT n, INT3, INTO or INT1, behind the instruction; non-nil ends the run.
    ///
    /// INT n is a call, not an exception, whatever n is: INT 10h is no reason to stop.
    func raiseSoftware(_ vector: UInt8, checksGate: Bool) -> Exit? {
        let isCall = core.pointee.current.pointee.operation == .int
        if options.faultPolicy == .stop, !isCall, let exception = ExceptionVector(rawValue: vector) {
            return .stopped(.fault(Fault(exception)))
        }
        return deliver(.software(vector, checksGate: checksGate))
    }

    /// Enters the handler of an event; exceptions on the way make a double fault, then shutdown (SDM volume 3, 6.15).
    ///
    /// The delivery of an exception or external interrupt takes one tick of guest time, so that a guest that only
    /// faults uses up its fuel too; INT n and its kin have had theirs.
    func deliver(_ event: InterruptEvent) -> Exit? {
        var chain: [Fault] = []
        var event = event
        while true {
            do throws(Interruption) {
                try enter(event)
                if event.externalBit == 1 { core.pointee.state.instructions &+= 1 }
                // What was transferred for an instruction that faults is lost with it.
                core.pointee.state.portProgress = PortProgress()
                core.pointee.state.latchedResponse = nil
                disarm()
                core.pointee.state.shadowUntil = 0
                core.pointee.state.halted = false
                return nil
            } catch {
                guard case .fault(let next) = error else { return .shutdown(chain) }
                event.asFault.map { chain.append($0) }
                if case .software = event {
                    // A fault on the way is one of the INT itself.
                    core.pointee.state.eip &-= UInt32(core.pointee.current.pointee.length)
                }
                if event.vector == ExceptionVector.doubleFault.rawValue, event.errorCode != nil {
                    chain.append(next)
                    core.pointee.state.shutdown = chain
                    return .shutdown(chain)
                }
                if Self.makesDoubleFault(event, next.vector) {
                    chain.append(next)
                    event = .exception(Fault(.doubleFault))
                } else {
                    event = .exception(next)
                }
            }
        }
    }

    /// Whether an exception while another is delivered is a double fault (SDM volume 3, table 6-5).
    private static func makesDoubleFault(_ first: InterruptEvent, _ second: ExceptionVector) -> Bool {
        guard case .exception(let fault) = first else { return false }
        func isContributory(_ vector: ExceptionVector) -> Bool {
            switch vector {
            case .divideError, .invalidTSS, .segmentNotPresent, .stackFault, .generalProtection: true
            default: false
            }
        }
        if fault.vector == .pageFault { return isContributory(second) || second == .pageFault }
        return isContributory(fault.vector) && isContributory(second)
    }

    private func enter(_ event: InterruptEvent) throws(Interruption) {
        if core.pointee.isProtected { try enterProtected(event) } else { try enterReal(event) }
    }

    // MARK: Real mode

    private func enterReal(_ event: InterruptEvent) throws(Interruption) {
        let entry = UInt32(event.vector) * 4
        guard entry + 3 <= core.pointee.state.idtr.limit else {
            throw .fault(Fault(.generalProtection, errorCode: UInt16(event.vector) * 8 + 2))
        }
        let vector = try loadLinear(core.pointee.state.idtr.base &+ entry, 4)
        if vector == 0 { noteEmptyVector(event.vector) }
        try restoringStack { () throws(Interruption) in
            try transfer(to: UInt16(vector >> 16), vector & 0xFFFF, pushing: 3) { () throws(Interruption) in
                try push(UInt16(truncatingIfNeeded: eflags.rawValue))
                try push(core.pointee.state.segments.cs.selector)
                try push(UInt16(truncatingIfNeeded: core.pointee.state.eip))
            }
        }
        core.pointee.state.eflags.subtract([.interrupt, .trap, .alignmentCheck, .resume])
    }

    @inline(never)
    private func noteEmptyVector(_ vector: UInt8) {
        guard options.emptyVector == nil else { return }
        let state = core.pointee.state
        options.emptyVector = EmptyVector(vector: vector, cs: state.segments.cs.selector, eip: state.eip)
    }

    /// INT n in real mode when nothing can go wrong: the vector is in plain memory.
    ///
    /// False has changed nothing.
    func enterRealDirectly(_ vector: UInt8) -> Bool {
        guard !core.pointee.state.trapArmed, core.pointee.state.eip <= 0xFFFF,
            (try? enterReal(.software(vector, checksGate: true))) != nil
        else { return false }
        core.pointee.state.shadowUntil = 0
        return true
    }

    // MARK: Protected mode

    /// Interrupt and trap gates to the same privilege level (SDM volume 3, 6.12.1).
    private func enterProtected(_ event: InterruptEvent) throws(Interruption) {
        let offset = UInt32(event.vector) * 8
        let idtError = UInt16(event.vector) * 8 + 2
        guard offset + 7 <= core.pointee.state.idtr.limit else {
            throw .fault(Fault(.generalProtection, errorCode: idtError | event.externalBit))
        }
        let low = try loadLinear(core.pointee.state.idtr.base &+ offset, 4)
        let high = try loadLinear(core.pointee.state.idtr.base &+ offset &+ 4, 4)
        let type = high >> 8 & 0x1F
        let gate = Gate(low: low, high: high)
        guard [0x06, 0x07, 0x0E, 0x0F].contains(type) else {
            throw .fault(Fault(.generalProtection, errorCode: idtError | event.externalBit))
        }
        if case .software(_, checksGate: true) = event, gate.dpl < core.pointee.state.cpl {
            throw .fault(Fault(.generalProtection, errorCode: idtError))
        }
        guard high & 0x8000 != 0 else {
            throw .fault(Fault(.segmentNotPresent, errorCode: idtError | event.externalBit))
        }
        let segment = try handlerSegment(gate.selector, event)
        let target = type & 8 != 0 ? low & 0xFFFF | high & 0xFFFF_0000 : low & 0xFFFF
        let is32 = type & 8 != 0
        try probePushes(event.errorCode == nil ? 3 : 4, is32 ? .dword : .word)
        guard target <= segment.limit else {
            throw .fault(Fault(.generalProtection, errorCode: event.externalBit))
        }
        if is32 { try pushFrame(event, UInt32.self) } else { try pushFrame(event, UInt16.self) }
        var cleared: EFLAGS = [.trap, .nestedTask, .virtual8086, .resume]
        if type & 1 == 0 { cleared.insert(.interrupt) }
        setEFLAGS(eflags.subtracting(cleared))
        setSegment(.cs, segment)
        core.pointee.state.eip = target
    }

    private struct Gate {
        let low: UInt32
        let high: UInt32
        var selector: UInt16 { UInt16(truncatingIfNeeded: low >> 16) }
        var dpl: UInt8 { UInt8(truncatingIfNeeded: high >> 13) & 3 }
    }

    /// The handler's code segment: conforming, or of the current level.
    ///
    /// Inner levels come with rings.
    private func handlerSegment(_ selector: UInt16, _ event: InterruptEvent) throws(Interruption) -> Segment {
        let errorCode = selector & ~3 | event.externalBit
        guard selector & ~3 != 0 else {
            throw .fault(Fault(.generalProtection, errorCode: event.externalBit))
        }
        let descriptor: Descriptor
        do throws(Interruption) {
            descriptor = try readDescriptor(selector)
        } catch {
            throw .fault(Fault(.generalProtection, errorCode: errorCode))
        }
        let access = descriptor.access
        let cpl = core.pointee.state.cpl
        let isConforming = access.contains(.expandDownOrConforming)
        guard access.isSuperset(of: [.codeOrData, .code]), isConforming ? access.dpl <= cpl : access.dpl == cpl else {
            throw .fault(Fault(.generalProtection, errorCode: errorCode))
        }
        guard access.contains(.present) else { throw .fault(Fault(.segmentNotPresent, errorCode: errorCode)) }
        return try accessed(selector & ~3 | UInt16(cpl), descriptor)
    }

    /// Pushes EFLAGS, CS, EIP and the error code.
    private func pushFrame<W: Operand>(_ event: InterruptEvent, _ type: W.Type) throws(Interruption) {
        var flags = eflags
        if case .exception(let fault) = event, fault.vector != .debug { flags.insert(.resume) }
        if case .software = event { flags.remove(.resume) }
        if core.pointee.state.portProgress.isRepeating { flags.insert(.resume) }
        try push(W(truncatingIfNeeded: flags.rawValue))
        try push(W(truncatingIfNeeded: core.pointee.state.segments.cs.selector))
        try push(W(truncatingIfNeeded: core.pointee.state.eip))
        if let code = event.errorCode { try push(W(truncatingIfNeeded: code)) }
    }
}
