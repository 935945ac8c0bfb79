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
        core.pointee.state.instructions &-= Core.distance(core.pointee.start, core.pointee.current)
        core.pointee.endBlock()
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

    /// Behind an access after which the CPU attends: the block ends here, and the instruction too if it was left.
    @inline(never)
    func endAccess() throws(Interruption) {
        core.pointee.endBlock()
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

    /// Keeps with the state which instruction is under way, at the end of a run.
    func markPlace() {
        core.pointee.state.portProgress.place =
            core.pointee.state.isUnderWay ? core.pointee.state.place : nil
    }

    /// Whether the CPU stands between two iterations of a repeated instruction.
    var isMidRepeat: Bool { core.pointee.state.portProgress.isRepeating }
}
