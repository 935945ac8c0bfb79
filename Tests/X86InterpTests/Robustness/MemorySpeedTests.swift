import Testing
import X86Interp

/// Every way for bytes into RAM and out of it goes page by page: none takes long for each byte.
///
/// Serialized, and each way measured at its best, since the others of this process want the processor too.
@Suite(.serialized) struct MemorySpeedTests {
    private static let size = 16 << 20

    /// The best time of some, in nanoseconds a byte.
    private static func cost(_ body: () throws -> Void) rethrows -> Double {
        let times = try (0..<5).map { _ in try ContinuousClock().measure(body) }
        let best = times.min() ?? .zero
        return Double(best.components.seconds) * 1e9 / Double(size) + Double(best.components.attoseconds) / 1e9
            / Double(size)
    }

    @Test func noWayTakesLongForAByte() throws {
        let machine = try Machine(ramSize: Self.size)
        let memory = machine.memory
        let bytes = (0..<Self.size).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let costs = try [
            ("load", Self.cost { memory.load(bytes, at: 0) }),
            ("load of a slice", Self.cost { memory.load(bytes[...], at: 0) }),
            ("write", Self.cost { bytes.withUnsafeBytes { memory.write($0, at: 0) } }),
            ("peek", Self.cost { _ = memory.peek(0, count: Self.size) }),
            ("poke", Self.cost { try machine.poke(bytes, at: .physical(0)) }),
            ("read", Self.cost { _ = try machine.read(.physical(0), count: Self.size) }),
        ]
        // A byte at a time takes 30 in a release build, and several hundred in a debug build.
        for (name, cost) in costs { #expect(cost < 5, "\(name) takes \(cost) ns a byte") }
        #expect(memory.peek(0, count: Self.size) == bytes)
    }
}
