import X86Interp

/// One access that a probe saw.
struct PortAccess: Equatable, Codable, Sendable, CustomStringConvertible {
    var direction: PortDirection
    var bank: UInt8 = 0
    var offset: UInt16
    var width: Width
    /// What was written or returned, uncut.
    var value: UInt32
    /// Guest time of the access; 0 where a probe keeps none.
    var time: UInt64 = 0

    var description: String {
        let value = String(value, radix: 16)
        return "\(direction) +\(offset) x\(width.bytes) \(value) @\(time)"
    }

    /// A read, for expectations that say nothing about time.
    static func read(_ offset: UInt16, _ width: Width, _ value: UInt32) -> PortAccess {
        PortAccess(direction: .in, offset: offset, width: width, value: value)
    }

    /// A write, for expectations that say nothing about time.
    static func write(_ offset: UInt16, _ width: Width, _ value: UInt32) -> PortAccess {
        PortAccess(direction: .out, offset: offset, width: width, value: value)
    }

    /// The access without its time.
    var timeless: PortAccess {
        var access = self
        access.time = 0
        return access
    }
}

/// A device for tests: answers from a list or by a rule, keeps a log, and lets a test act from within an access.
class ProbePort: Device, PortDevice {
    struct State: Codable, Equatable, Sendable {
        /// How many reads were answered.
        var served = 0
        var log: [PortAccess] = []
    }

    let name: String
    var state = State()
    /// The answer to each read by its number; bytes count up from 1 unless told.
    var answer: (Int) -> UInt32 = { UInt32(truncatingIfNeeded: $0 + 1) &* 0x0101_0101 }
    /// Acts from within an access, after it was logged.
    var onAccess: ((PortAccess) -> Void)?
    /// Tells the time for the log.
    var clock: VirtualClock?

    // A subclass that conforms to a narrower protocol has to say so: the conformance to PortDevice is this class's.
    var asBlockDevice: (any BlockPortDevice)? { nil }
    var asDeferringDevice: (any DeferringPortDevice)? { nil }

    init(_ name: String = "probe") { self.name = name }

    /// Answers with these values, then with all ones.
    func answers(_ values: [UInt32]) { answer = { $0 < values.count ? values[$0] : 0xFFFF_FFFF } }

    /// The log without times.
    var log: [PortAccess] { state.log.map(\.timeless) }
    /// All values in the log.
    var values: [UInt32] { state.log.map(\.value) }

    func reset() { state = State() }

    func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 {
        let value = answer(state.served)
        state.served += 1
        note(PortAccess(direction: .in, bank: bank, offset: offset, width: width, value: value))
        return value
    }

    func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {
        note(PortAccess(direction: .out, bank: bank, offset: offset, width: width, value: value))
    }

    func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? { answer(state.served) & width.mask }

    private func note(_ access: PortAccess) {
        var access = access
        access.time = clock?.now ?? 0
        state.log.append(access)
        onAccess?(access)
    }
}

/// A probe that serves many elements at once and keeps a log as if they had come one by one, without times.
final class BlockProbePort: ProbePort, BlockPortDevice {
    /// Elements of each block that was transferred.
    private(set) var blocks: [Int] = []
    /// What it says of its blocks.
    var order = BlockOrder.ordered
    override var asBlockDevice: (any BlockPortDevice)? { self }

    func blockOrder(bank: UInt8) -> BlockOrder { order }

    func readBlock(bank: UInt8, offset: UInt16, width: Width, into buffer: UnsafeMutableRawBufferPointer) {
        blocks.append(buffer.count / width.bytes)
        for start in stride(from: 0, to: buffer.count, by: width.bytes) {
            let value = read(bank: bank, offset: offset, width: width)
            for byte in 0..<width.bytes {
                buffer[start + byte] = UInt8(truncatingIfNeeded: value >> UInt32(8 * byte))
            }
        }
    }

    func writeBlock(bank: UInt8, offset: UInt16, width: Width, from buffer: UnsafeRawBufferPointer) {
        blocks.append(buffer.count / width.bytes)
        for start in stride(from: 0, to: buffer.count, by: width.bytes) {
            let value = (0..<width.bytes).reduce(UInt32(0)) { $0 | UInt32(buffer[start + $1]) << UInt32(8 * $1) }
            write(bank: bank, offset: offset, width: width, value: value)
        }
    }
}

/// A probe of the kernel tier that hands chosen accesses to the user tier.
final class DeferringProbePort: ProbePort, DeferringPortDevice {
    /// Which accesses are handed over; the number is that of the question.
    var rule: (Int) -> Bool = { _ in true }
    /// How often it was asked.
    private(set) var questions = 0
    override var asDeferringDevice: (any DeferringPortDevice)? { self }

    func defers(bank: UInt8, offset: UInt16, width: Width, direction: PortDirection) -> Bool {
        defer { questions += 1 }
        return rule(questions)
    }
}

/// A device window in memory that logs what it sees.
final class ProbeWindow: MemoryDevice {
    let name = "window"
    var log: [PortAccess] = []
    var bytes: [UInt32: UInt8] = [:]

    func readMemory(bank: UInt8, offset: UInt32, width: Width) -> UInt32 {
        log.append(.read(UInt16(truncatingIfNeeded: offset), width, 0))
        return 0
    }

    func writeMemory(bank: UInt8, offset: UInt32, width: Width, value: UInt32) {
        log.append(.write(UInt16(truncatingIfNeeded: offset), width, value))
        for byte in 0..<UInt32(width.bytes) { bytes[offset + byte] = UInt8(truncatingIfNeeded: value >> (8 * byte)) }
    }

    func peekMemory(bank: UInt8, offset: UInt32) -> UInt8? { bytes[offset] }
}

/// Which probe a guest gets.
enum ProbeKind: CaseIterable {
    case plain, block, deferring

    func make() -> ProbePort {
        switch self {
        case .plain: ProbePort()
        case .block: BlockProbePort()
        case .deferring: DeferringProbePort()
        }
    }
}

/// Something that acts at a guest time.
final class PortAlarm: ClockEvent {
    let body: (UInt64) -> Void
    init(_ body: @escaping (UInt64) -> Void) { self.body = body }
    func clockFired(now: UInt64) { body(now) }
}
