import X86Interp

/// Says how far a guest runs between two looks at its host, and sleeps between them where it is to.
///
/// Under `--speed` guest time never runs ahead of its share of the host's: a stretch is run once its time has passed.
/// So a halted guest sleeps until its next event, at most a twentieth of a second, or until input comes. Of what a host
/// that is too slow is behind, the guest catches up a second. Without `--speed` a guest that has been halted for a
/// second of its time and may be waiting for somebody sleeps too, for short times. What it computes is the same in any
/// case: it stops only between instructions, where it stops for any look.
final class Pacer {
    /// How long a stretch is at least, how long one sleeps at most, and what lag is caught up, in nanoseconds.
    private static let shortest: UInt64 = 5_000_000
    private static let longest: UInt64 = 50_000_000
    private static let largestLag: UInt64 = 1_000_000_000
    private static let second: UInt64 = 1_000_000_000
    /// How long a guest sleeps that waits, at first and at last.
    private static let naps: ClosedRange<UInt64> = 5_000_000...100_000_000

    private let guest: Guest
    private let host: Host
    private var pace: Pace
    /// Ticks of guest time in a second of the host's; nil is without limit.
    private let rate: UInt64?
    /// Without a limit, a guest that waits lets its host sleep here.
    private let rests: Bool
    /// A moment at which guest time was where the host's was.
    private var origin: (guest: UInt64, host: UInt64)
    /// How far the guest may run before the next look.
    private var stretch = UInt64.max
    /// Guest time, and how much of it had passed halted, at the last look.
    private var last: (position: UInt64, idle: UInt64)
    /// What had gone in and out by then.
    private var traffic: UInt64 = 0
    /// How much guest time has passed since the guest last did something.
    private var waited: UInt64 = 0
    private var nap: UInt64 = 0

    /// Paces a guest from a time on the host's clock on; whoever has the keyboard may let it rest instead.
    init(_ guest: Guest, _ host: Host, speed: Speed, rests: Bool = true, from now: UInt64) {
        self.guest = guest
        self.rests = rests
        self.host = host
        pace = Pace(from: now)
        let ticks = guest.machine.clock.ticksPerSecond
        switch speed {
        case .max: rate = nil
        case .percent(let share): rate = max(1, Self.scaled(ticks, share, 100))
        }
        let position = guest.machine.cpu.state.instructions
        origin = (position, now)
        last = (position, guest.machine.cpu.idleTime)
        begin(at: now)
    }

    /// How many instructions the guest runs to the next look.
    var instructions: UInt64 { min(pace.instructions, stretch) }

    /// The guest begins to run behind time in which it stood.
    func begin(at now: UInt64) {
        pace.begin(at: now)
        origin = (guest.machine.cpu.state.instructions, now)
        last = (origin.guest, guest.machine.cpu.idleTime)
        (waited, nap) = (0, 0)
        // Nothing of the time that is to be shared has passed yet: one instruction, and the next look sleeps.
        stretch = rate == nil ? .max : 1
    }

    /// The next stretch begins, behind something that has taken time on the host.
    func resume(at now: UInt64) { pace.begin(at: now) }

    /// A stretch has ended: sends what lines have gathered, and sleeps if the guest is too fast, or waits.
    func look(at now: UInt64) {
        pace.look(at: now)
        guest.lines.flush()
        let position = guest.machine.cpu.state.instructions
        // The past is run again, or has been gone back to: that is not the guest's time.
        if guest.machine.inputs.isReplaying || position < last.position {
            begin(at: now)
            stretch = .max
            return
        }
        if let rate { hold(at: position, now, rate) } else if rests { rest(at: position) }
        last = (position, guest.machine.cpu.idleTime)
    }

    // MARK: Guest time as the host's

    private func hold(at position: UInt64, _ now: UInt64, _ rate: UInt64) {
        let done = position &- origin.guest
        var passed = Self.scaled(now &- origin.host, rate, Self.second)
        let lag = passed > done ? Self.scaled(passed - done, Self.second, rate) : 0
        if lag > Self.largestLag {
            origin.host = origin.host &+ (lag - Self.largestLag)
            passed = Self.scaled(now &- origin.host, rate, Self.second)
        }
        let wanted = wait(at: position, rate)
        let (due, isBeyond) = done.addingReportingOverflow(wanted)
        if !isBeyond, due > passed {
            // Rounded up: the stretch is not run before its time.
            let time = Self.scaled(due - passed, Self.second, rate) + 1
            host.sleep(min(time, 2 * Self.longest), guest.inputs)
            let then = host.now()
            passed = Self.scaled(then &- origin.host, rate, Self.second)
            pace.begin(at: then)
        }
        stretch = passed > done ? passed - done : 1
    }

    /// The ticks of the next stretch: to the next event of a halted guest, as long as it may sleep.
    private func wait(at position: UInt64, _ rate: UInt64) -> UInt64 {
        let usual = max(1, Self.scaled(Self.shortest, rate, Self.second))
        guard guest.machine.cpu.state.halted, let next = guest.machine.clock.nextDeadline, next > position else {
            return usual
        }
        return max(usual, min(next - position, Self.scaled(Self.longest, rate, Self.second)))
    }

    // MARK: Guest time without limit

    private func rest(at position: UInt64) {
        let passed = position &- last.position
        let idle = guest.machine.cpu.idleTime &- last.idle
        let traffic = guest.inputs.reduce(0) { $0 &+ $1.traffic }
        // Clocks tick while one waits, so that a little is done.
        let waits = passed > 0 && idle >= passed - passed / 8 && traffic == self.traffic
        self.traffic = traffic
        guard waits, guest.inputs.contains(where: { $0.isOpen }) else {
            (waited, nap) = (0, 0)
            return
        }
        waited = waited &+ passed
        guard waited >= guest.machine.clock.ticksPerSecond else { return }
        nap = min(max(2 * nap, Self.naps.lowerBound), Self.naps.upperBound)
        let start = host.now()
        host.sleep(nap, guest.inputs)
        let then = host.now()
        if then &- start < nap { (waited, nap) = (0, 0) }
        pace.begin(at: then)
    }

    /// `value * numerator / denominator` rounded down, or the largest number.
    private static func scaled(_ value: UInt64, _ numerator: UInt64, _ denominator: UInt64) -> UInt64 {
        let (high, low) = value.multipliedFullWidth(by: numerator)
        return high < denominator ? denominator.dividingFullWidth((high, low)).quotient : .max
    }
}
