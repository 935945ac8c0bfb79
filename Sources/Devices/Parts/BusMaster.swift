import X86Interp

/// A chip's way to RAM without the processor: what it reads and writes by addresses that the guest gave it.
///
/// It reaches RAM from 0 on with nothing over it, and nothing else: an address where a device, a ROM or nothing is
/// refuses the whole transfer before its first byte. So no transfer calls another device, and none is longer than RAM.
/// A20 is the processor's gate, not the bus's. Code that the processor has decoded from bytes that are written is dropped.
public struct BusMaster {
    /// Bytes written at a time where they are all alike.
    private static let chunk = 4096
    private let memory: PhysicalMemory

    /// A way to a machine's RAM.
    public init(_ memory: PhysicalMemory) { self.memory = memory }

    /// Whether all of some addresses are RAM, with nothing over it.
    public func reaches(_ address: UInt64, count: Int) -> Bool {
        guard count >= 0, let end = UInt64(exactly: count).map({ address.addingReportingOverflow($0) }),
            !end.overflow, end.partialValue <= UInt64(memory.ramSize)
        else { return false }
        guard count > 0 else { return true }
        let last = end.partialValue - 1
        if memory.roms.contains(where: { UInt64($0.lowerBound) <= last && address <= UInt64($0.upperBound) }) {
            return false
        }
        return !memory.claims.contains { $0.region.start <= last && address < $0.region.start + $0.region.size }
    }

    /// The bytes from an address on; nil if not all of them are RAM.
    public func read(_ address: UInt64, count: Int) -> [UInt8]? {
        guard reaches(address, count: count) else { return nil }
        return memory.peek(UInt32(truncatingIfNeeded: address), count: count)
    }

    /// Writes bytes from an address on; false, and nothing is written, if not all of them would be RAM.
    public func write(_ bytes: ArraySlice<UInt8>, at address: UInt64) -> Bool {
        guard reaches(address, count: bytes.count) else { return false }
        bytes.withUnsafeBytes { memory.write($0, at: UInt32(truncatingIfNeeded: address)) }
        return true
    }

    /// Writes zeros; false, and nothing is written, if not all of them would be RAM.
    public func clear(_ address: UInt64, count: Int) -> Bool {
        guard reaches(address, count: count) else { return false }
        let zeros = [UInt8](repeating: 0, count: min(count, Self.chunk))
        var done = 0
        while done < count {
            let piece = zeros.prefix(count - done)
            piece.withUnsafeBytes { memory.write($0, at: UInt32(truncatingIfNeeded: address + UInt64(done))) }
            done += piece.count
        }
        return true
    }
}
