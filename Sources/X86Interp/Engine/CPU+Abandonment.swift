// An instruction that was under way when a run ended is given up.
extension CPU {
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
        core.pointee.start = scratch.pointee.ops
        core.pointee.current = scratch.pointee.ops
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
}
