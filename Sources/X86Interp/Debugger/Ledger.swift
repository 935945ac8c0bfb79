/// The last port transactions of a guest: a ring of a fixed size.
public struct Ledger: Sendable {
    /// How many transactions are kept.
    public let capacity: Int
    private var ring: [PortTransaction] = []
    private var next = 0
    /// Older transactions had to go.
    private(set) var hasDropped = false

    /// An empty ledger of at least one transaction.
    public init(capacity: Int = 4096) {
        self.capacity = max(capacity, 1)
    }

    /// Adds a transaction; the oldest goes if there is no room.
    public mutating func append(_ transaction: PortTransaction) {
        if ring.count < capacity {
            ring.append(transaction)
        } else {
            ring[next] = transaction
            hasDropped = true
        }
        next = next + 1 == capacity ? 0 : next + 1
    }

    /// How many there are.
    var count: Int { ring.count }

    /// All that are kept, oldest first.
    public var transactions: [PortTransaction] {
        ring.count < capacity ? ring : Array(ring[next...] + ring[..<next])
    }

    /// The last `count` transactions that touch a range of ports, oldest first.
    public func last(_ count: Int, at ports: ClosedRange<UInt16> = 0...0xFFFF) -> [PortTransaction] {
        transactions.filter { $0.touches(ports) }.suffix(max(count, 0))
    }

    /// Forgets transactions from a guest time on: they have not happened yet.
    mutating func truncate(from instructions: UInt64) { keep { $0.instructions < instructions } }

    /// Forgets transactions before a guest time.
    mutating func forget(before instructions: UInt64) { keep { $0.instructions >= instructions } }

    private mutating func keep(_ isKept: (PortTransaction) -> Bool) {
        guard !ring.allSatisfy(isKept) else { return }
        let kept = transactions.filter(isKept)
        ring = kept
        next = kept.count == capacity ? 0 : kept.count
    }
}

extension PortTransaction {
    /// Whether any of the transaction's ports is in a range.
    public func touches(_ ports: ClosedRange<UInt16>) -> Bool {
        let last = UInt32(port) + UInt32(width.bytes) - 1
        return UInt32(ports.lowerBound) <= last && port <= ports.upperBound
    }
}
