import X86Interp

/// One appointment of a chip with the clock, which holds the alarm, but never the chip.
///
/// The chip clears its alarm when it goes: the action may hold it unowned.
final class ClockAlarm: ClockEvent {
    /// Called at the time asked for.
    var action: () -> Void = {}
    private let clock: VirtualClock
    private var deadline: UInt64?

    /// An alarm without an appointment.
    init(clock: VirtualClock) { self.clock = clock }

    /// The clock's call: the appointment is over before the action, which may make the next one.
    func clockFired(now: UInt64) {
        deadline = nil
        action()
    }

    /// Asks for a call at `time`, but not before the next tick; nil withdraws.
    func set(at time: UInt64?) {
        if time == nil, deadline == nil { return }
        let next = clock.now < .max ? time.map { max($0, clock.now + 1) } : nil
        guard next != deadline else { return }
        deadline = next
        if let next { clock.schedule(self, at: next) } else { clock.cancel(self) }
    }

    /// Withdraws, also what the clock has forgotten by a restore.
    func clear() {
        deadline = nil
        clock.cancel(self)
    }
}
