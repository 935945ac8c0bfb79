/// How many instructions a guest runs between two looks at time, Ctrl-C and output: about as long as nobody notices.
struct Pace {
    /// Instructions to the next look.
    private(set) var instructions: UInt64 = 1 << 18
    private var last: UInt64

    /// Each stretch takes 20 to 80 ms, if the guest does not change.
    private static let time: ClosedRange<UInt64> = 20_000_000...80_000_000
    private static let size: ClosedRange<UInt64> = 1 << 10...1 << 25

    /// The first stretch begins at a time on the host's clock, in nanoseconds.
    init(from now: UInt64) { last = now }

    /// A stretch has ended, and the next one begins.
    mutating func look(at now: UInt64) {
        let passed = now &- last
        last = now
        if passed < Self.time.lowerBound { instructions = min(instructions * 2, Self.size.upperBound) }
        if passed > Self.time.upperBound { instructions = max(instructions / 2, Self.size.lowerBound) }
    }

    /// A stretch begins behind time in which the guest stood.
    mutating func begin(at now: UInt64) { last = now }
}
