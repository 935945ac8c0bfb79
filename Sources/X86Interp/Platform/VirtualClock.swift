/// Something that wants to be called at a guest time.
public protocol ClockEvent: AnyObject {
    /// The time asked for has come; `now` is exactly that time.
    func clockFired(now: UInt64)
}

/// Guest time: ticks, one an instruction (one an iteration of a repeated instruction), more only while halted.
public final class VirtualClock {
    /// Ticks in one second of guest time.
    public let ticksPerSecond: UInt64
    /// The present tick; exact whenever a device is called.
    public internal(set) var now: UInt64 {
        get { present.pointee }
        set { present.pointee = newValue }
    }
    /// `now`, behind a pointer: the CPU writes it before every access to a device.
    let present: UnsafeMutablePointer<UInt64>
    private var events: [(time: UInt64, event: any ClockEvent)] = []
    /// The attached CPU's attention counter.
    var attention: UnsafeMutablePointer<UInt64>?

    /// A clock at tick 0; 100 million ticks a second unless told.
    public init(ticksPerSecond: UInt64 = 100_000_000) {
        precondition(ticksPerSecond > 0, "a clock must tick")
        self.ticksPerSecond = ticksPerSecond
        present = .allocate(capacity: 1)
        present.initialize(to: 0)
    }

    deinit { present.deallocate() }

    /// The earliest time asked for, or nil.
    public var nextDeadline: UInt64? { events.first?.time }

    /// Asks for a call at `time` (at once if that has passed); replaces an earlier request of the same event.
    public func schedule(_ event: any ClockEvent, at time: UInt64) {
        cancel(event)
        let place = events.firstIndex { $0.time > time } ?? events.count
        events.insert((time, event), at: place)
        attention?.pointee = 0
    }

    /// Withdraws the request of an event.
    public func cancel(_ event: any ClockEvent) { events.removeAll { $0.event === event } }

    /// Moves time on to `time` and makes the calls that are due, in order.
    ///
    /// Time never goes back.
    public func advance(to time: UInt64) {
        while let (due, event) = events.first, due <= time {
            events.removeFirst()
            now = max(now, due)
            event.clockFired(now: now)
        }
        now = max(now, time)
    }

    /// Moves time on without calls: when the run ends before the events of this tick are due to be looked at.
    func advanceQuietly(to time: UInt64) { now = max(now, time) }

    /// Sets the time without calls, for reset and restore; requests of other times stay until replaced.
    public func restore(now: UInt64) {
        self.now = now
        events.removeAll()
    }

    /// Converts ticks to a count of periods of `frequency` Hz, rounding down.
    public func periods(ofFrequency frequency: UInt64, in ticks: UInt64) -> UInt64 {
        let (high, low) = ticks.multipliedFullWidth(by: frequency)
        return high >= ticksPerSecond ? .max : ticksPerSecond.dividingFullWidth((high, low)).quotient
    }

    /// The first tick at which `count` periods of `frequency` Hz are over, counted from tick 0.
    public func ticks(forPeriods count: UInt64, ofFrequency frequency: UInt64) -> UInt64 {
        let (high, low) = count.multipliedFullWidth(by: ticksPerSecond)
        guard high < frequency else { return .max }
        let (quotient, remainder) = frequency.dividingFullWidth((high, low))
        return remainder == 0 ? quotient : quotient + 1
    }
}
