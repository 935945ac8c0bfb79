/// The instructions that call a handler.
enum SoftwareInterrupt: Sendable {
    /// INT n.
    case call
    /// INT3 and INTO, which virtual-8086 mode does not guard.
    case trap
    /// INT1, which no gate's privilege stops.
    case debug
}

/// What makes the CPU enter a handler.
enum InterruptEvent {
    /// An exception that an instruction raised; #DB as a trap too.
    case exception(Fault)
    /// NMI, or an interrupt from the controller.
    case external(UInt8)
    /// INT n, INT3, INTO and INT1.
    case software(UInt8, SoftwareInterrupt)

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
        case .exception, .external, .software(_, .debug): 1
        case .software(_, .call), .software(_, .trap): 0
        }
    }

    /// It is an instruction of the program.
    var isSoftware: Bool {
        switch self {
        case .exception, .external: false
        case .software: true
        }
    }

    /// An instruction raises it, as opposed to what comes in between two instructions.
    var isOfInstruction: Bool {
        switch self {
        case .exception(let fault): fault.vector != .debug
        case .external: false
        case .software: true
        }
    }

    /// Its gate must be reachable from the current ring.
    var checksGate: Bool { isSoftware && externalBit == 0 }

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
            if fault.vector == .debug {
                reportDebugTraps()
            } else {
                // The instruction may be run again: what a shadow holds is still to come behind it.
                core.pointee.state.pendingDebug = core.pointee.heldTraps
            }
            disarm()
            return .stopped(.fault(fault))
        }
        return deliver(.exception(fault))
    }

    /// Moves what is due to DR6: BS and BD stay until software clears them, breakpoints and BT are those of this #DB.
    ///
    /// A #DB of any kind takes what the shadow of MOV SS has held with it, so that each is told once. INT n, INT3 and INTO
    /// do not: what was held traps before their handler's first instruction (CVE-2018-8897 tells how chips do that).
    /// INT1 alone leaves DR6 as it was.
    private func reportDebugTraps() {
        guard core.pointee.state.pendingDebug != 0 else { return }
        core.pointee.state.dr6 = core.pointee.state.dr6 & ~0x800F | core.pointee.state.pendingDebug & 0xE00F
        core.pointee.state.pendingDebug = 0
    }

    /// Calls a handler by INT n, INT3, INTO or INT1.
    ///
    /// The way to most handlers is short: a fault on it is one of the instruction. What has more to look at takes the
    /// general way.
    func callHandler(_ vector: UInt8, _ kind: SoftwareInterrupt) throws(Interruption) {
        if kind != .call { noteTrap(vector, kind) }
        guard !isWatched(vector: vector), kind == .call || options.faultPolicy == .deliver else {
            throw .software(vector, kind)
        }
        // Pushed is what lies behind the instruction, which ends its block.
        core.pointee.state.eip = core.pointee.blockEIP &+ UInt32(core.pointee.current.pointee.next)
        if kind == .debug { reportDebugTraps() }
        try enter(.software(vector, kind))
        disarm()
        core.pointee.state.shadowUntil = 0
    }

    /// Names the rule by which INT3, INTO or INT1 traps.
    @inline(never)
    private func noteTrap(_ vector: UInt8, _ kind: SoftwareInterrupt) {
        guard let exception = ExceptionVector(rawValue: vector) else { return }
        let isOverflow = exception == .overflow
        _ = raised(
            exception, kind == .debug ? .debugInstruction : isOverflow ? .overflowInstruction : .breakpointInstruction)
    }

    /// Raises INT n, INT3, INTO or INT1, behind the instruction; non-nil ends the run.
    ///
    /// INT n is a call, not an exception, whatever n is: INT 10h is no reason to stop.
    func raiseSoftware(_ vector: UInt8, _ kind: SoftwareInterrupt) -> Exit? {
        if options.faultPolicy == .stop, kind != .call, let exception = ExceptionVector(rawValue: vector) {
            if kind == .debug { reportDebugTraps() }
            core.pointee.state.instructions &+= 1
            return .stopped(.fault(Fault(exception)))
        }
        return deliver(.software(vector, kind))
    }

    /// Enters the handler of an event; exceptions on the way make a double fault, then shutdown (SDM volume 3, 6.15).
    ///
    /// The delivery of an exception or external interrupt takes one tick of guest time, so that a guest that only
    /// faults uses up its fuel too; INT n and its kin are counted as they would be had they not come this way.
    ///
    /// A data breakpoint on the frame traps before the handler's first instruction, as silicon and Bochs have it (Xen
    /// advisory 156 tells of a #DB whose frame raises the next one). Exceptions of the benign kind can follow one another
    /// without end: an #AC whose frame is misaligned. No manual ends that, and processors are lost to all but RESET (the
    /// same advisory); here it is a shutdown, so that a run comes to an end.
    func deliver(_ event: InterruptEvent) -> Exit? {
        if stopsDelivery(event, dropsMoved: event.isOfInstruction) { return .stopped(.observer) }
        if watch.hasMoved, event.isOfInstruction { return drop() }
        var chain: [Fault] = []
        core.pointee.firstReport = core.pointee.report
        var attempts = 0
        var event = event
        beginDelivery(event)
        while true {
            if case .exception(let fault) = event, fault.vector == .pageFault {
                core.pointee.state.cr2 = fault.address
            }
            do throws(Interruption) {
                core.pointee.hasSwitchedTask = false
                try enter(event)
                endDelivery(event)
                return nil
            } catch {
                if case .awaitingHost = error { return suspend() }
                if case .moved = error, obeyMove() { return drop() }
                if case .stop(let reason) = error { return stopBefore(event, reason) }
                guard case .fault(let next) = error else { return .shutdown(chain) }
                guard !event.isSoftware else { return raiseInCall(next) }
                noteNested(afterException: !event.isSoftware && event.asFault != nil, isFirst: chain.isEmpty)
                if let fault = event.asFault, chain.count < Self.longestChain || fault.vector == .doubleFault {
                    chain.append(fault)
                }
                attempts += 1
                let isTriple = event.vector == ExceptionVector.doubleFault.rawValue && event.errorCode != nil
                if isTriple { chain.append(next) }
                if (isTriple || attempts == Self.endlessAttempts) && options.shutdownPolicy == .reset {
                    // So that a guest that does nothing else uses up its fuel too.
                    core.pointee.state.instructions &+= 1
                    bus.pulseReset(.tripleFault)
                    return nil
                }
                if isTriple || attempts == Self.endlessAttempts {
                    core.pointee.state.shutdown = chain
                    return .shutdown(chain)
                }
                if Self.makesDoubleFault(event, next.vector) {
                    chain.append(next)
                    if next.vector == .pageFault { core.pointee.state.cr2 = next.address }
                    event = .exception(Fault(.doubleFault))
                    _ = raised(.doubleFault, .doubleFault)
                } else {
                    event = .exception(next)
                }
                if stopsDelivery(event, dropsMoved: true) {
                    // What raised the first one raises it again, unless its task has been left.
                    guard core.pointee.hasSwitchedTask else { return .stopped(.observer) }
                    bus.stop(.observer)
                }
                if watch.hasMoved { return drop() }
            }
        }
    }

    /// What is told in DR6 is told before the handler is entered; what is due behind the instruction is due no longer.
    @inline(__always)
    private func beginDelivery(_ event: InterruptEvent) {
        if case .exception(let fault) = event, fault.vector == .debug {
            reportDebugTraps()
            // GD, so that the handler may use the debug registers.
            if model.is32Bit { core.pointee.state.dr7 &= ~0x2000 }
        }
        switch event {
        case .software(_, .debug): reportDebugTraps()
        case .software: break
        case .exception, .external: core.pointee.state.pendingDebug = 0
        }
        disarm()
    }

    /// The handler has been entered.
    @inline(__always)
    private func endDelivery(_ event: InterruptEvent) {
        core.pointee.state.instructions &+= 1
        if !event.isSoftware { watch.noteDelivery(at: core.pointee.state.instructions) }
        // What was transferred for an instruction that faults is lost with it.
        core.pointee.state.portProgress = PortProgress()
        core.pointee.state.latchedResponse = nil
        core.pointee.state.shadowUntil = 0
        core.pointee.state.halted = false
        core.pointee.state.awaitsCoprocessor = false
        core.pointee.state.sleepsUntil = 0
    }

    /// Drops what was to be delivered: CS:EIP has been moved away from the instruction that raised it.
    @inline(never)
    private func drop() -> Exit? {
        disarm()
        core.pointee.state.pendingDebug = 0
        core.pointee.state.abandon()
        core.pointee.state.instructions &+= 1
        return nil
    }

    /// Raises a fault on the way to the handler of INT n: it is one of the INT itself, unless a task was switched to.
    @inline(never)
    private func raiseInCall(_ fault: Fault) -> Exit? {
        if !core.pointee.hasSwitchedTask {
            core.pointee.state.eip &-= UInt32(core.pointee.current.pointee.length)
        }
        return raise(fault)
    }

    /// Ends the run before a delivery: of INT n before the instruction.
    @inline(never)
    private func stopBefore(_ event: InterruptEvent, _ reason: StopReason) -> Exit {
        if event.isSoftware { core.pointee.state.eip &-= UInt32(core.pointee.current.pointee.length) }
        return .stopped(reason)
    }

    /// How many exceptions of a chain are told.
    private static let longestChain = 16
    /// Deliveries that fail one after another before there is no end to it: more than there are tasks to switch to.
    private static let endlessAttempts = 16384

    /// Adds the report of an exception that the delivery of another event raised.
    @inline(never)
    private func noteNested(afterException: Bool, isFirst: Bool) {
        var chain = isFirst ? [] : options.faultChain
        guard chain.count < Self.longestChain else { return }
        if isFirst, afterException, let report = core.pointee.firstReport { chain.append(report) }
        if let report = core.pointee.report { chain.append(report) }
        options.faultChain = chain
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

    @inline(__always)
    private func enter(_ event: InterruptEvent) throws(Interruption) {
        options.detours &+= 1
        if core.pointee.isProtected { return try enterProtected(event) }
        guard core.pointee.isVirtual8086 else { return try enterReal(event) }
        if case .software(let vector, .call) = event, try isRedirected(vector) {
            return try enterRedirected(vector)
        }
        try enterProtected(event)
    }

    // MARK: Real mode

    private func enterReal(_ event: InterruptEvent) throws(Interruption) {
        let entry = UInt32(event.vector) * 4
        guard entry + 3 <= core.pointee.state.idtr.limit else {
            throw raised(Fault(.generalProtection, errorCode: UInt16(event.vector) * 8 + 2), .vectorBeyondTable)
        }
        let vector = try loadSystem(core.pointee.state.idtr.base &+ entry, UInt32.self)
        if vector == 0 || core.pointee.defaultHandlers.contains(vector) { try noteUnhandled(event, vector) }
        try restoringStack { () throws(Interruption) in
            try transferReal(to: UInt16(vector >> 16), vector & 0xFFFF, pushing: 3) { () throws(Interruption) in
                let frame = InterruptFrame(
                    ip: UInt16(truncatingIfNeeded: core.pointee.state.eip),
                    cs: core.pointee.state.segments.cs.selector, flags: UInt16(truncatingIfNeeded: eflags.rawValue))
                if let host = frameToPush() {
                    host.storeBytes(of: frame, as: InterruptFrame.self)
                    return setStackPointer(stackPointer &- 6)
                }
                try push(frame.flags)
                try push(frame.cs)
                try push(frame.ip)
            }
        }
        core.pointee.state.eflags.subtract([.interrupt, .trap, .alignmentCheck, .resume])
    }
}
