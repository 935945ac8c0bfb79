import X86Interp

@testable import Devices

/// A channel with drives, a clock and a recording interrupt line, driven as a driver does.
final class ATABench: InterruptSink {
    let clock = VirtualClock()
    private(set) var edges: [Bool] = []
    let first: DiskDrive?
    let second: DiskDrive?
    private(set) lazy var channel = ATAChannel(first, second, clock: clock, irq: .fitting(self, 14))

    /// Register numbers.
    enum Register: UInt8 {
        case data, error, count, low, mid, high, device, status, control
    }

    init(_ first: Drive?, _ second: Drive? = nil) {
        self.first = first.map { DiskDrive($0, name: "hda") }
        self.second = second.map { DiskDrive($0, name: "hdb") }
    }

    /// The bytes of a disk of which each sector can be told from the others.
    static func contents(sectors: Int) -> [UInt8] {
        if sectors <= 4101 { return Array(usual.prefix(sectors * 512)) }
        return made(sectors)
    }

    /// Made once: a debug build takes long for it.
    private static let usual = made(4101)

    private static func made(_ sectors: Int) -> [UInt8] {
        (0..<sectors).flatMap { number in
            (0..<512).map { UInt8(truncatingIfNeeded: number &* 7 &+ $0 &* 3 &+ number >> 8) }
        }
    }

    /// A bench with a hard disk of 2 MiB and 5 sectors.
    static func disk(_ sectors: Int = 4101, second: Drive? = nil) -> ATABench {
        ATABench(Drive(hardDisk: MemoryDisk(contents(sectors: sectors))), second)
    }

    /// A bench with a CD of 40 blocks whose unit attention has been asked for.
    static func disc(_ blocks: Int = 40) -> ATABench {
        let bench = ATABench(Drive(cd: MemoryDisk(contents(sectors: blocks * 4))))
        _ = bench.packet([0x03, 0, 0, 0, 18])
        return bench
    }

    func lineChanged(_ number: Int, level: Bool) { edges.append(level) }
    /// The level of INTRQ.
    var isHigh: Bool { edges.last ?? false }

    subscript(register: Register) -> UInt8 {
        get { UInt8(truncatingIfNeeded: channel.read(bank: register.rawValue, offset: 0, width: .byte)) }
        set { channel.write(bank: register.rawValue, offset: 0, width: .byte, value: UInt32(newValue)) }
    }

    /// The status without its effect.
    var status: UInt8 { self[.control] }

    func pass(microseconds: UInt64) { clock.advance(to: clock.now + microseconds * clock.ticksPerSecond / 1_000_000) }

    /// Waits until no device is busy; the status.
    @discardableResult
    func wait() -> UInt8 {
        for _ in 0..<100 where status & 0x80 != 0 { pass(microseconds: 1) }
        return status
    }

    /// Gives a command and waits for it.
    @discardableResult
    func command(_ code: UInt8, count: UInt8 = 0, lba: UInt32? = nil, device: UInt8 = 0xE0, features: UInt8 = 0)
        -> UInt8
    {
        self[.device] = device | (lba.map { UInt8($0 >> 24 & 0x0F) } ?? 0)
        self[.error] = features
        self[.count] = count
        if let lba {
            self[.low] = UInt8(truncatingIfNeeded: lba)
            self[.mid] = UInt8(truncatingIfNeeded: lba >> 8)
            self[.high] = UInt8(truncatingIfNeeded: lba >> 16)
        }
        self[.status] = code
        return wait()
    }

    /// Gives a command of an address of 48 bits.
    @discardableResult
    func extended(_ code: UInt8, count: UInt16, lba: UInt64) -> UInt8 {
        self[.device] = 0x40
        for (register, shift) in [
            (Register.low, UInt64(24)), (.mid, 32), (.high, 40), (.low, 0), (.mid, 8), (.high, 16),
        ] {
            self[register] = UInt8(truncatingIfNeeded: lba >> shift)
        }
        self[.count] = UInt8(count >> 8)
        self[.count] = UInt8(count & 0xFF)
        self[.status] = code
        return wait()
    }

    /// Reads from the data register.
    func data(_ count: Int, _ width: Width = .word) -> [UInt8] {
        stride(from: 0, to: count, by: width.bytes).flatMap { _ in
            let value = channel.read(bank: 0, offset: 0, width: width)
            return (0..<width.bytes).map { UInt8(truncatingIfNeeded: value >> UInt32(8 * $0)) }
        }
    }

    /// Writes to the data register.
    func put(_ bytes: [UInt8], _ width: Width = .word) {
        for start in stride(from: 0, to: bytes.count, by: width.bytes) {
            let value = bytes[start..<start + width.bytes].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            channel.write(bank: 0, offset: 0, width: width, value: value)
        }
    }

    /// What a CD drive has made of a packet.
    struct Answer {
        /// The status at the end.
        var status: UInt8
        /// The error register at the end.
        var error: UInt8
        /// What was given, and in which portions.
        var bytes: [UInt8] = []
        var portions: [Int] = []
    }

    /// Gives a packet and takes all that it gives.
    func packet(_ bytes: [UInt8], limit: UInt16 = 0xFFFE) -> Answer {
        self[.device] = 0xA0
        self[.error] = 0
        self[.mid] = UInt8(limit & 0xFF)
        self[.high] = UInt8(limit >> 8)
        self[.status] = 0xA0
        wait()
        put(bytes + [UInt8](repeating: 0, count: 12 - bytes.count))
        wait()
        var answer = Answer(status: status, error: self[.error])
        for _ in 0..<1000 where status & 0x08 != 0 {
            let size = Int(self[.high]) << 8 | Int(self[.mid])
            answer.portions.append(size)
            answer.bytes += data(size + size % 2).prefix(size)
            wait()
        }
        answer.status = self[.status]
        answer.error = self[.error]
        return answer
    }

    /// The sense of what has failed last, as key, code and qualifier.
    func sense() -> [UInt8] {
        let bytes = packet([0x03, 0, 0, 0, 18]).bytes
        return bytes.count == 18 ? [bytes[2], bytes[12], bytes[13]] : []
    }
}
