// Between instructions: time, interrupts, traps and stops.
extension CPU {
    /// What is attended to between two instructions: events in, next deadline out; non-nil ends the run.
    @inline(never)
    func attend() -> Exit? {
        forgetRetired()
        _ = obeyMove()
        if let request = core.pointee.state.pendingRequest { return .port(request) }
        letGoOfUnmapped()
        if let exit = pendingMemoryExit { return exit }
        endJournal()
        updateHostMemory()
        // Between question and answer nothing slips in.
        if core.pointee.state.memoryProgress.isActive || journal.isWanted {
            if core.pointee.state.memoryProgress.boundary == nil {
                if core.pointee.state.instructions >= options.until { return .budget }
                beginJournal()
                return attendToInstruction()
            }
            // As a delivery that waits for nobody: it belongs to the instruction before it.
            if core.pointee.state.instructions >= options.limit { return .budget }
            if let exit = goOnDelivering() { return exit }
        }
        if core.pointee.state.latchedResponse != nil || core.pointee.state.portProgress.isWithinAccess {
            if core.pointee.state.instructions >= options.until { return .budget }
            return attendToInstruction()
        }
        while true {
            markBoundary()
            if bus.resetPending {
                bus.resetPending = false
                watch.isResetting = true
                reset()
                watch.isResetting = false
                core.pointee.flags = LazyFlags(core.pointee.state.eflags)
                markBoundary()
            }
            clock.advance(to: core.pointee.state.instructions)
            if let reason = bus.stopPending {
                bus.stopPending = nil
                return .stopped(reason)
            }
            if !core.pointee.state.shutdown.isEmpty { return .shutdown(core.pointee.state.shutdown) }
            if bus.resetPending { continue }
            clearResumeFlag()
            // A delivery takes a tick, which the run may not have.
            let before = core.pointee.state.instructions
            if before >= options.limit { return .budget }
            if let exit = deliverPending() { return exit }
            let isDelivered = core.pointee.state.instructions != before
            if isDelivered { watch.lastBoundaryDelivery = core.pointee.state.instructions }
            if core.pointee.state.instructions >= options.until { return .budget }
            // Another event may be due before the handler's first instruction.
            if isDelivered { continue }
            if core.pointee.state.awaitsCoprocessor, bus.ignoresCoprocessorError {
                core.pointee.state.awaitsCoprocessor = false
            }
            guard isIdle else { break }
            guard idle() else { return .halted }
        }
        core.pointee.state.sleepsUntil = 0
        setDeadline()
        return nil
    }

    /// The instruction at hand is run to its end before anything else.
    private func attendToInstruction() -> Exit? {
        core.pointee.state.trapArmed = core.pointee.state.eflags.contains(.trap)
        core.pointee.deadline = core.pointee.state.instructions &+ 1
        return nil
    }

    /// Goes on with the delivery that has waited for memory.
    private func goOnDelivering() -> Exit? {
        markBoundary()
        if let exit = deliverPending() { return exit }
        watch.lastBoundaryDelivery = core.pointee.state.instructions
        return core.pointee.state.instructions >= options.until ? .budget : nil
    }

    /// Lets time pass, up to the next event, the end of the wait or that of the run, whichever comes first; false if
    /// nothing can wake the CPU.
    ///
    /// This is the one place where guest time passes without instructions and deliveries. Never inlined, as
    /// `acknowledgeInterrupt`.
    @inline(never)
    private func idle() -> Bool {
        guard let wake = nextWake else { return false }
        let now = core.pointee.state.instructions
        if options.idleEnd != now { options.idleStart = now }
        core.pointee.state.instructions = min(max(wake, now &+ 1), options.until)
        options.idleEnd = core.pointee.state.instructions
        options.idleTime &+= options.idleEnd &- now
        return true
    }

    /// When an idle CPU attends again, or nil if nothing will wake it.
    var nextWake: UInt64? {
        let sleep = isSleeping ? core.pointee.state.sleepsUntil : nil
        let wakes = core.pointee.state.eflags.contains(.interrupt) || bus.nmiPending
        guard sleep != nil || wakes else { return nil }
        guard let next = clock.nextDeadline else { return sleep }
        return sleep.map { min($0, next) } ?? next
    }

    /// RF ends with the instruction that ran under it, a repeated one with its last iteration (SDM volume 3, 17.3.1.1).
    private func clearResumeFlag() {
        guard core.pointee.state.resumeArmed, !isMidRepeat else { return }
        core.pointee.state.resumeArmed = false
        core.pointee.state.eflags.remove(.resume)
    }

    /// What comes before the next instruction; first what is under way.
    private var pendingDelivery: BoundaryEvent? {
        if let underWay = core.pointee.state.memoryProgress.boundary { return underWay }
        let shadowed = core.pointee.state.shadowUntil > core.pointee.state.instructions
        if core.pointee.state.trapArmed || core.pointee.state.pendingDebug != 0,
            !(shadowed && core.pointee.state.shadowHoldsTraps)
        {
            return .debugTrap
        }
        if shadowed { return nil }
        if bus.nmiPending, !core.pointee.state.nmiBlocked { return .nonMaskable }
        if core.pointee.state.pendingVector != nil || bus.intr && core.pointee.state.eflags.contains(.interrupt) {
            return .interrupt
        }
        return isVirtualInterruptDue ? .virtualInterrupt : nil
    }

    /// Something is delivered before the next instruction: this is no boundary between two instructions.
    var isDeliveryDue: Bool { pendingDelivery != nil }

    /// Something is delivered behind the instruction that has just run, as a part of its step; what would be delivered
    /// right behind another delivery is a step of its own.
    var hasDeliveryBehind: Bool { watch.lastBoundaryDelivery != core.pointee.state.instructions && isDeliveryDue }

    private func deliverPending() -> Exit? {
        guard let event = pendingDelivery else { return nil }
        if event == .interrupt { acknowledgeInterrupt() }
        guard core.pointee.mayAskHost || core.pointee.state.memoryProgress.isActive else { return deliver(event) }
        beginJournal(event)
        defer { endJournal() }
        return deliver(event)
    }

    /// Takes the vector of an interrupt, once however often its delivery has to wait for memory.
    ///
    /// Never inlined: the check for exclusive access would be made before the loop of `attend` then, interrupt or not.
    @inline(never)
    private func acknowledgeInterrupt() {
        core.pointee.state.pendingVector = core.pointee.state.pendingVector ?? bus.acknowledge()
        core.pointee.state.halted = false
        core.pointee.state.awaitsCoprocessor = false
    }

    private func deliver(_ event: BoundaryEvent) -> Exit? {
        switch event {
        case .debugTrap: return raiseDebugTrap()
        case .nonMaskable: return deliverNMI()
        case .interrupt:
            let vector = core.pointee.state.pendingVector ?? 0xFF
            let exit = deliver(.external(vector))
            // Acknowledged is acknowledged: a delivery that is put off keeps its vector.
            core.pointee.state.pendingVector = Self.isPutOff(exit) ? vector : nil
            return exit
        case .virtualInterrupt:
            _ = raised(.generalProtection, .virtualInterruptPending)
            return raise(Fault(.generalProtection))
        }
    }

    /// Whether a delivery has not been done but will be by the next run.
    static func isPutOff(_ exit: Exit?) -> Bool {
        switch exit {
        case .stopped(.observer), .stopped(.unhandled), .stopped(.unmappedMemory), .memory, .port: true
        default: false
        }
    }

    private func deliverNMI() -> Exit? {
        let exit = deliver(.external(ExceptionVector.nonMaskable.rawValue))
        guard !Self.isPutOff(exit) else { return exit }
        bus.nmiPending = false
        // The 8086 lets an NMI interrupt the handler of another.
        core.pointee.state.nmiBlocked = model.hasSegmentLimits
        return exit
    }

    private func raiseDebugTrap() -> Exit? {
        let pending = core.pointee.state.pendingDebug
        let wasArmed = core.pointee.state.trapArmed
        if wasArmed { core.pointee.state.pendingDebug |= 1 << 14 }
        let rule: Rule = pending & 15 != 0 ? .dataBreakpoint : wasArmed ? .singleStep : .taskSwitchTrap
        _ = raised(.debug, rule)
        let exit = raise(Fault(.debug))
        if Self.isPutOff(exit) {
            core.pointee.state.pendingDebug = pending
            core.pointee.state.trapArmed = wasArmed
        }
        return exit
    }
}
