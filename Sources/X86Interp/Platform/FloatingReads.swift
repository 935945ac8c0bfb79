/// A port that nobody claims, and how often an instruction has read it.
public struct FloatingRead: Sendable, Hashable {
    /// The port.
    public var port: UInt16
    /// Where the instruction is.
    public var place: InstructionPlace
    /// How often.
    public var times: UInt64

    /// Reads of a port from a place.
    public init(port: UInt16, place: InstructionPlace, times: UInt64) {
        self.port = port
        self.place = place
        self.times = times
    }
}

/// Counts reads of ports that nobody claims: a guest that waits for a device that is not there makes millions.
///
/// It keeps no more than `capacity` places and drops the rare ones when there are more, so that a guest that looks at
/// every port costs no memory and what is polled stays.
final class FloatingReads {
    private struct Source: Hashable {
        var port: UInt16
        var place: InstructionPlace
    }

    private static let capacity = 1024
    private var counts: [Source: UInt64] = [:]
    /// The one that reads now; its count is entered when another one comes.
    private var current: Source?
    private var times: UInt64 = 0

    /// A port was read, once or several times.
    func note(_ port: UInt16, at place: InstructionPlace, times more: UInt64 = 1) {
        let source = Source(port: port, place: place)
        if source != current {
            enter()
            current = source
        }
        times &+= more
    }

    /// What was read, the most often first.
    var all: [FloatingRead] {
        enter()
        let reads = counts.map { FloatingRead(port: $0.port, place: $0.place, times: $1) }
        return reads.sorted { ($1.times, $0.port, $0.place.eip) < ($0.times, $1.port, $1.place.eip) }
    }

    private func enter() {
        guard let current, times > 0 else { return }
        if counts.count >= Self.capacity {
            let median = counts.values.sorted()[counts.count / 2]
            counts = counts.filter { $0.value > median }
        }
        counts[current, default: 0] &+= times
        times = 0
    }
}
