// What becomes of an instruction when somebody other than the guest moves CS:EIP away from it: see `CPU.state`.
extension CPU {
    /// Where the instruction at hand is.
    var runningPlace: CodePlace {
        if let move = core.pointee.move { return move.from }
        var place = core.pointee.state.place
        if core.pointee.isRunning { place.eip = instructionEIP }
        return place
    }

    /// Goes on with a state that was set while the instruction at `place` was at hand; `behind` is what EIP was to be next.
    func goOn(from place: CodePlace, behind: UInt32) {
        // Within a block the instructions before this one are counted at its end.
        core.pointee.state.instructions &-= Self.distance(core.pointee.start, core.pointee.current)
        core.pointee.end = core.pointee.current + 1
        let target = core.pointee.state.place
        guard core.pointee.current.pointee.length > 0 else {
            // Between two instructions none has begun but a repeated one.
            if core.pointee.state.hasLeft { core.pointee.state.abandon() }
            return markBoundary()
        }
        if target == place {
            core.pointee.state.eip = behind
            core.pointee.move = nil
        } else {
            core.pointee.move = Core.Move(from: place, eip: target.eip, behind: behind)
        }
    }

    /// Behind an access after which the CPU looks up: the block ends here, and the instruction too if it was left.
    @inline(never)
    func settleAccess() throws(Interruption) {
        core.pointee.end = core.pointee.current + 1
        if core.pointee.move != nil { throw .moved }
    }

    /// Takes EIP to where it was moved; true if it was.
    func obeyMove() -> Bool {
        guard let move = core.pointee.move else { return false }
        core.pointee.move = nil
        core.pointee.state.eip = move.eip
        let progress = core.pointee.state.portProgress
        if progress.place == nil || core.pointee.state.hasLeft { core.pointee.state.abandon() }
        return true
    }

    /// Between two runs: forgets the instruction that was under way if CS:EIP is elsewhere.
    ///
    /// An access that has been answered has happened: it is noted, and counts as one that a device of the kernel tier
    /// leaves.
    func forgetLeft() {
        guard core.pointee.state.hasLeft, let place = core.pointee.state.portProgress.place else { return }
        let memoryResponse = core.pointee.state.latchedMemoryResponse
        let response = core.pointee.state.latchedResponse
        guard response != nil || memoryResponse != nil else {
            core.pointee.state.abandon()
            return forgetTraps()
        }
        if parsedBlock(core.pointee.state.memoryProgress.code) ?? waitingInstruction() == nil { markBoundary() }
        core.pointee.start = scratch.pointee.instructions
        core.pointee.current = scratch.pointee.instructions
        core.pointee.blockEIP = place.eip
        let eip = core.pointee.state.eip
        core.pointee.move = Core.Move(from: place, eip: eip, behind: eip)
        if let response { _ = consume(response) }
        if let memoryResponse {
            journal.progress.waiting = core.pointee.state.memoryProgress.waiting
            _ = consume(memoryResponse)
        }
        core.pointee.move = nil
        core.pointee.state.abandon()
        core.pointee.state.instructions &+= 1
    }

    /// Forgets the pending request, as if its instruction had not begun; that asks anew if the CPU comes there again.
    ///
    /// Elements of a repeated instruction that are over stay so; of a split access all cycles are made again. Moving
    /// CS:EIP away from the instruction cancels its request as well. Returns the request, or nil if none was pending.
    @discardableResult
    public func cancelRequest() -> PortRequest? {
        guard !core.pointee.isRunning, let request = core.pointee.state.pendingRequest else { return nil }
        core.pointee.state.pendingRequest = nil
        core.pointee.state.portProgress.bytesDone = 0
        core.pointee.state.portProgress.value = 0
        core.pointee.state.portProgress.waiting = nil
        core.pointee.state.portProgress.source = nil
        core.pointee.state.abandonMemory()
        forgetTraps()
        markPlace()
        return request
    }

    /// Forgets the pending request at memory, as if its instruction, or the delivery of an event, had not begun.
    ///
    /// All its cycles are made again. Returns the request, or nil if none was pending.
    @discardableResult
    public func cancelMemoryRequest() -> MemoryRequest? {
        guard !core.pointee.isRunning, let request = core.pointee.state.pendingMemoryRequest else { return nil }
        core.pointee.state.abandonMemory()
        forgetTraps()
        markPlace()
        return request
    }

    /// Forgets traps that were due behind an instruction that has not run; those that a shadow holds stay.
    private func forgetTraps() {
        disarm()
        let isHeld =
            core.pointee.state.shadowHoldsTraps
            && core.pointee.state.shadowUntil > core.pointee.state.instructions
        if !isHeld { core.pointee.state.pendingDebug = 0 }
    }

    /// Keeps with the state which instruction is under way, at the end of a run.
    func markPlace() {
        core.pointee.state.portProgress.place =
            core.pointee.state.isUnderWay ? core.pointee.state.place : nil
    }
}
