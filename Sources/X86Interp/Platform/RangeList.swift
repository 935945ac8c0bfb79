/// Sorted ranges that neither overlap nor touch: whether something lies among many is found in logarithmic time.
struct RangeList<Bound: FixedWidthInteger & Sendable>: Sendable, Equatable {
    /// The ranges, in ascending order.
    private(set) var ranges: [ClosedRange<Bound>] = []

    /// Nothing.
    init() {}

    /// What lies in any of some ranges.
    init(_ parts: [ClosedRange<Bound>]) {
        for part in parts.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            guard let last = ranges.last, part.lowerBound <= last.upperBound || part.lowerBound - last.upperBound == 1
            else {
                ranges.append(part)
                continue
            }
            ranges[ranges.count - 1] = last.lowerBound...max(last.upperBound, part.upperBound)
        }
    }

    /// Whether there is nothing.
    var isEmpty: Bool { ranges.isEmpty }

    /// Whether there is everything.
    var isFull: Bool { ranges.first == Bound.min...Bound.max }

    /// Whether a place lies in one of the ranges.
    func contains(_ place: Bound) -> Bool { overlaps(place...place) }

    /// Whether any place of a range lies in one of the ranges.
    func overlaps(_ range: ClosedRange<Bound>) -> Bool {
        // The first that does not end before it.
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < range.lowerBound { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].lowerBound <= range.upperBound
    }
}
