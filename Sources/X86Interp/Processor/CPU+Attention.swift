// When the run loop next attends to what is outside its blocks.
extension CPU {
    /// Lets guest time pass behind the present instruction, or before the next one if none runs: up to `time`, or to the
    /// next interrupt that is delivered.
    ///
    /// What serves a guest waits by this and nothing else: a run that ends meanwhile leaves the rest to the next one, so
    /// that no limit is ever passed.
    public func letTimePass(until time: UInt64) {
        core.pointee.state.sleepsUntil = time
        core.pointee.requestAttention()
    }

    private static let farAway: UInt64 = 1 << 62

    /// The attention counter for the instructions ahead.
    func setDeadline() {
        let now = core.pointee.state.instructions
        // A limit further away than this is none; as a difference it stays positive with a sign.
        var deadline = now < .max - Self.farAway ? min(options.until, now + Self.farAway) : options.until
        deadline = min(deadline, max(clock.deadline, now &+ 1))
        core.pointee.heldTraps = core.pointee.state.pendingDebug
        core.pointee.state.trapArmed = core.pointee.state.eflags.contains(.trap)
        core.pointee.state.resumeArmed = core.pointee.state.eflags.contains(.resume)
        let isWaiting =
            (bus.nmiPending || bus.intr || core.pointee.state.pendingDebug != 0)
            && core.pointee.state.shadowUntil > now
        if core.pointee.state.trapArmed || core.pointee.state.resumeArmed || isWaiting {
            deadline = min(deadline, now &+ 1)
        }
        core.pointee.deadline = deadline
    }

    /// Makes an interruption outside of a block find the present EIP.
    func markBoundary() {
        let one = scratch.pointee.ops
        one.pointee.next = 0
        one.pointee.length = 0
        core.pointee.start = one
        core.pointee.current = one
        core.pointee.blockEIP = core.pointee.state.eip
    }

    /// What was due behind an instruction that has not run is due no longer.
    func disarm() {
        core.pointee.state.trapArmed = false
        core.pointee.state.resumeArmed = false
    }
}
