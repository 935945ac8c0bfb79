import X86Interp

/// One cycle that a memory probe saw.
struct MemoryAccess: Equatable, Codable, Sendable, CustomStringConvertible {
    var direction: MemoryDirection
    var bank: UInt8 = 0
    var offset: UInt32
    var width: Width
    var value: UInt32
    /// Guest time of the cycle.
    var time: UInt64 = 0

    var description: String {
        "\(direction == .read ? "r" : "w")\(width.bytes) +\(String(offset, radix: 16)) \(String(value, radix: 16))"
    }
}

/// A device for tests that answers as memory would, keeps a log, and lets a test act from within a cycle.
final class ProbeMemory: Device, MemoryDevice {
    struct State: Codable, Equatable, Sendable {
        var bytes: [UInt8]
        var log: [MemoryAccess] = []
    }

    let name: String
    var state: State
    var memoryRegions: [MemoryRegion]
    /// Answers reads instead of the contents, by the number of the access.
    var answer: ((Int, MemoryAccess) -> UInt32?) = { _, _ in nil }
    /// Offsets of which a look tells nothing.
    var hidden: Set<UInt32> = []
    /// Acts from within a cycle, after it was logged.
    var onAccess: ((MemoryAccess) -> Void)?
    /// Tells the time for the log.
    var clock: VirtualClock?
    let fields: [DeviceField] = []

    init(_ name: String = "probe", _ region: MemoryRegion) {
        self.name = name
        memoryRegions = [region]
        state = State(bytes: [UInt8](repeating: 0, count: Int(region.size)))
    }

    func reset() { state.log = [] }

    /// The log, as short texts without times.
    var log: [String] { state.log.map(\.description) }

    func readMemory(bank: UInt8, offset: UInt32, width: Width) -> UInt32 {
        var access = MemoryAccess(direction: .read, bank: bank, offset: offset, width: width, value: 0)
        for place in 0..<width.bytes {
            access.value |= UInt32(byte(offset + UInt32(place))) << UInt32(8 * place)
        }
        access.value = answer(state.log.count, access) ?? access.value
        note(access)
        return access.value
    }

    func writeMemory(bank: UInt8, offset: UInt32, width: Width, value: UInt32) {
        for place in 0..<width.bytes where Int(offset) + place < state.bytes.count {
            state.bytes[Int(offset) + place] = UInt8(truncatingIfNeeded: value >> UInt32(8 * place))
        }
        note(MemoryAccess(direction: .write, bank: bank, offset: offset, width: width, value: value))
    }

    func peekMemory(bank: UInt8, offset: UInt32) -> UInt8? { hidden.contains(offset) ? nil : byte(offset) }

    private func byte(_ offset: UInt32) -> UInt8 {
        Int(offset) < state.bytes.count ? state.bytes[Int(offset)] : 0xFF
    }

    private func note(_ access: MemoryAccess) {
        var access = access
        access.time = clock?.now ?? 0
        state.log.append(access)
        onAccess?(access)
    }
}
