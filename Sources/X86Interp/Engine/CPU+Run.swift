extension CPU {
    /// Runs until `state.instructions` reaches `until`, or one of the other exits.
    ///
    /// A trap or an interrupt that is due behind the last instruction is delivered with it, which takes one tick more;
    /// `Machine.run` leaves it to the next run.
    ///
    /// An answer to a request whose instruction has been moved away from is taken, and of no effect: see `state`.
    ///
    /// - Throws: `EntryError` if the entry does not fit the state; nothing has changed then.
    public func run(_ entry: Entry, until: UInt64) throws(EntryError) -> Exit {
        try run(entry, until: until, limit: .max)
    }

    /// Runs until guest time reaches `until`, with no delivery from the guest time `limit` on.
    func run(_ entry: Entry, until: UInt64, limit: UInt64) throws(EntryError) -> Exit {
        guard !core.pointee.isRunning else { throw .reentered }
        if !options.isConnected { try connectLate() }
        try accept(entry)
        core.pointee.isRunning = true
        enterMaps()
        core.pointee.flags = LazyFlags(core.pointee.state.eflags)
        options.until = until
        options.limit = limit
        core.pointee.requestAttention()
        updateHostMemory()
        watchPorts()
        if bus.stopPending != .observer { watch.stoppers = [] }
        if blocks.pointee.isStale { blocks.pointee.flush(codeMap: memory.codeMap) }
        defer {
            core.pointee.state.eflags = eflags
            if !model.hasSegmentLimits { core.pointee.state.eip &= 0xFFFF }
            endJournal()
            markPlace()
            core.pointee.isRunning = false
            leaveMaps()
            core.pointee.cpu = nil
            clock.advanceQuietly(to: core.pointee.state.instructions)
        }
        while true {
            if core.pointee.state.instructions >= core.pointee.deadline, let exit = attend() { return exit }
            do throws(Interruption) {
                try withUnsafePointer(to: self) { cpu throws(Interruption) in
                    core.pointee.cpu = cpu
                    try cpu.pointee.runBlocks()
                }
            } catch {
                let exit = core.pointee.watchesDeliveries ? takeWatched(error) : take(error)
                if let exit { return exit }
            }
        }
    }

    /// Runs one instruction, all iterations of a repeated one included, or up to an exit that comes first.
    ///
    /// An interrupt that is due is delivered instead, as `run` would.
    public func step() throws(EntryError) -> Exit {
        var exit = try run(.resume, until: core.pointee.state.instructions &+ 1)
        while exit == .budget, isMidRepeat {
            exit = try run(.resume, until: core.pointee.state.instructions &+ 1)
        }
        return exit
    }

    /// Ends the present run behind the instruction at hand, as if its limit had been reached.
    func cutShort() {
        options.until = min(options.until, now)
        core.pointee.requestAttention()
    }

    private func accept(_ entry: Entry) throws(EntryError) {
        if case .complete(let response) = entry {
            guard let pending = core.pointee.state.pendingRequest else {
                throw .nothingPending(response: response)
            }
            guard response.request == pending else { throw .mismatch(pending: pending, response: response) }
            core.pointee.state.pendingRequest = nil
            core.pointee.state.latchedResponse = response
        }
        if case .completeMemory(let response) = entry {
            guard let pending = core.pointee.state.pendingMemoryRequest else {
                throw .noMemoryPending(response: response)
            }
            guard response.request == pending else {
                throw .memoryMismatch(pending: pending, response: response)
            }
            core.pointee.state.pendingMemoryRequest = nil
            core.pointee.state.latchedMemoryResponse = response
        }
        forgetLeft()
    }

    /// Brings instruction count and EIP up to an interruption, and delivers it; non-nil ends the run.
    @inline(never)
    private func take(_ interruption: Interruption) -> Exit? {
        let current = core.pointee.current
        core.pointee.state.instructions &+= Core.distance(core.pointee.start, current)
        core.pointee.state.eip = instructionEIP
        // What looks from within a delivery finds the time of the instruction.
        core.pointee.start = current
        if core.pointee.mayAskHost, !core.pointee.isJournaling, journals(interruption) { return nil }
        switch interruption {
        case .fault(let fault):
            if model.generation == .i80286, !core.pointee.isProtected, current.pointee.length > 0 {
                moveBeforeFault(current)
            }
            if pointsBehind(current) { core.pointee.state.eip &+= UInt32(current.pointee.length) }
            // The 8086 takes a failed division for done (80386 manual, 14.7: differences from the 8086).
            if fault.vector == .divideError, model.generation == .i8086 {
                core.pointee.state.eip &+= UInt32(current.pointee.length)
            }
            return raise(fault)
        case .pause: return nil
        case .journal:
            wantJournal(asksMarks: false)
            return nil
        case .moved:
            if obeyMove() { core.pointee.state.instructions &+= 1 }
            return nil
        case .awaitingHost:
            return core.pointee.isJournaling ? suspend() : core.pointee.state.pendingRequest.map { .port($0) }
        case .stop(let reason):
            disarm()
            return .stopped(reason)
        case .software(let vector, let kind):
            core.pointee.state.eip &+= UInt32(current.pointee.length)
            return raiseSoftware(vector, kind)
        }
    }

    /// Whether an interruption calls a handler, whose entry may have to ask the host for memory: the instruction is run
    /// again then, with its journal.
    private func journals(_ interruption: Interruption) -> Bool {
        switch interruption {
        case .fault: if options.faultPolicy == .stop { return false }
        case .software: break
        case .awaitingHost, .journal, .pause, .stop, .moved: return false
        }
        wantJournal(asksMarks: core.pointee.current.pointee.length == 0)
        return true
    }

    /// As `take`, for observers that may stop before the delivery: the instruction is run again then.
    @inline(never)
    private func takeWatched(_ interruption: Interruption) -> Exit? {
        let (gpr, dr6, dr7) = (core.pointee.state.gpr, core.pointee.state.dr6, core.pointee.state.dr7)
        let eip = instructionEIP
        let exit = take(interruption)
        switch interruption {
        case .fault, .software: break
        case .awaitingHost, .journal, .pause, .stop, .moved: return exit
        }
        guard exit == .stopped(.observer), !watch.hasMoved else { return exit }
        core.pointee.state.eip = eip
        core.pointee.state.gpr = gpr
        (core.pointee.state.dr6, core.pointee.state.dr7) = (dr6, dr7)
        // Nothing is due behind it yet but what a shadow holds.
        core.pointee.state.pendingDebug = core.pointee.heldTraps
        disarm()
        return exit
    }
}
