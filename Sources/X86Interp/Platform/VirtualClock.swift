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
    ///
    /// The earliest time asked for lies behind it, `.max` if there is none: the CPU looks at it between instructions.
    let present: UnsafeMutablePointer<UInt64>
    /// Calls that are to be made, in order.
    private(set) var requests: [Request] = [] {
        didSet { present[1] = requests.first?.time ?? .max }
    }
    /// The attached CPU's attention counter.
    var attention: UnsafeMutablePointer<UInt64>?

    /// A call that is to be made.
    struct Request {
        var time: UInt64
        var event: any ClockEvent
    }

    /// A clock at tick 0; 100 million ticks a second unless told, at least one.
    public init(ticksPerSecond: UInt64 = 100_000_000) {
        guard ticksPerSecond > 0 else { fatalError("a clock of 0 ticks a second never moves: give it at least 1") }
        self.ticksPerSecond = ticksPerSecond
        present = .allocate(capacity: 2)
        (present[0], present[1]) = (0, .max)
    }

    deinit { present.deallocate() }

    /// The earliest time asked for, or nil.
    public var nextDeadline: UInt64? { requests.first?.time }

    /// The same for the CPU, without a look at the list; a call asked for at the end of time never comes.
    var deadline: UInt64 { present[1] }

    /// Asks for a call at `time` (at once if that has passed); replaces an earlier request of the same event.
    ///
    /// What a machine's clock was asked for is part of its snapshots: whoever asks need not ask again when it is
    /// restored.
    public func schedule(_ event: any ClockEvent, at time: UInt64) {
        cancel(event)
        let place = requests.firstIndex { $0.time > time } ?? requests.count
        requests.insert(Request(time: time, event: event), at: place)
        attention?.pointee = 0
    }

    /// Withdraws the request of an event.
    public func cancel(_ event: any ClockEvent) { requests.removeAll { $0.event === event } }

    /// Moves time on to `time` and makes the calls that are due, in order.
    ///
    /// Time never goes back.
    public func advance(to time: UInt64) {
        if deadline <= time { makeCalls(dueBy: time) }
        now = max(now, time)
    }

    @inline(never)
    private func makeCalls(dueBy time: UInt64) {
        while let next = requests.first, next.time <= time {
            requests.removeFirst()
            now = max(now, next.time)
            next.event.clockFired(now: now)
        }
    }

    /// Moves time on without calls: when the run ends before the events of this tick are due to be looked at.
    func advanceQuietly(to time: UInt64) { now = max(now, time) }

    /// Sets the time without calls, and forgets what has been asked for.
    public func restore(now: UInt64) {
        self.now = now
        requests.removeAll()
    }

    /// Puts back what was asked for, instead of all that has been asked for since.
    func restore(_ requests: [Request]) {
        self.requests = requests
        attention?.pointee = 0
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
