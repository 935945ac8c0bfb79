// Repeated instructions, an iteration at a time or many at once.
extension CPU {
    /// Runs a string instruction: once, or while (E)CX is not 0 and the body returns true.
    ///
    /// Each iteration retires on its own: between two of them the CPU may leave for whatever is due, with EIP
    /// at the instruction. `bulk` may do many iterations at once, up to the given number; it returns how many, and leaves
    /// all but (E)CX as they would: flags too, which the next element's fault pushes.
    @inline(__always)
    func repeating(
        _ op: OpPointer, bulk: (UInt32) -> UInt32, each body: () throws(Interruption) -> Bool
    ) throws(Interruption) {
        guard op.pointee.isRepeated else {
            _ = try body()
            return
        }
        let mask = op.pointee.addressMask
        // Iterations before `bulk` is asked again: more each time that it does nothing, as where it never will.
        var (wait, nextWait) = (0, 0)
        while true {
            let count = masked(.ecx, mask)
            guard count != 0 else { break }
            let left = core.pointee.deadline > now && !isUncached ? core.pointee.deadline &- now : 1
            // The last iteration is always the body's: it ends the instruction.
            let limit = UInt32(truncatingIfNeeded: min(UInt64(count - 1), left &- 1))
            let done = limit > 0 && wait == 0 ? bulk(limit) : 0
            (wait, nextWait) = wait > 0 ? (wait - 1, nextWait) : (nextWait, min(2 * nextWait + 1, 31))
            if done > 0 {
                (wait, nextWait) = (0, 0)
                core.pointee.state.instructions &+= UInt64(done)
                setMasked(.ecx, mask, count &- done)
                core.pointee.state.portProgress.isRepeating = true
                core.pointee.state.portProgress.element &+= done
                // A device that serves blocks has no business here, but may have gone elsewhere.
                if core.pointee.move != nil { throw .moved }
                continue
            }
            let goesOn = try body()
            setMasked(.ecx, mask, count &- 1)
            if count == 1 || !goesOn { break }
            try retireIteration()
        }
        core.pointee.state.portProgress.isRepeating = false
        core.pointee.state.portProgress.element = 0
    }

    /// Retires one iteration of a repeated instruction that goes on; leaves if something is due.
    @inline(__always)
    func retireIteration() throws(Interruption) {
        core.pointee.state.instructions &+= 1
        core.pointee.state.portProgress.isRepeating = true
        core.pointee.state.portProgress.element &+= 1
        if now >= core.pointee.deadline || core.pointee.endsBlock, mustPause { throw .pause }
    }

    /// Forgets that iterations are to come if `op`, where the CPU goes on, is no repeated instruction any more.
    @inline(never)
    func keepRepeating(_ op: OpPointer) {
        let row = Int(op.pointee.row)
        guard op.pointee.isRepeated, row < Encoding.all.count, Encoding.all[row].traits.contains(.repeatable) else {
            core.pointee.state.portProgress.isRepeating = false
            core.pointee.state.portProgress.element = 0
            return
        }
    }

    /// The deadline has come, or this very code was overwritten.
    private var mustPause: Bool {
        now >= core.pointee.deadline || isOverwritten
    }

    /// The running block has been dropped, or nobody watches its bytes: they must be decoded again.
    private var isOverwritten: Bool { isUncached || isBlockDead }

    private var isBlockDead: Bool {
        let linear = core.pointee.windows.cs.base &+ core.pointee.blockEIP
        let key = core.pointee.codeKey.at(linear)
        return blocks.pointee.find(key) != core.pointee.pool + Int(core.pointee.current.pointee.block)
    }
}
