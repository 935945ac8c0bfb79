/// What a PC's battery RAM says of the machine: memory, drives, where to boot from.
///
/// Firmware reads it before anything else. The fields are those that QEMU's board `isapc` sets, by a dump of all 128
/// bytes under QEMU 7.2; those up to 2D are of the IBM PC AT technical reference, the others are QEMU's and Bochs's,
/// as SeaBIOS reads them.
///
///     10     floppy drives: bits 7-4 the first's type, 3-0 the second's
///     12     hard disks: bits 7-4 F if there is a first, 3-0 F if there is a second; their types are in 19 and 1A
///     14     bits 7-6 floppy drives - 1, 2 mouse, 1 coprocessor, 0 there are floppy drives
///     15-16  KiB below 640 KiB               17-18, 30-31  KiB above 1 MiB, at most FFFF
///     19-1A  types of the hard disks: 2F, of which 1B-23 and 24-2C have the geometry
///     34-35  64 KiB above 16 MiB, at most FFFF    5B-5D  64 KiB above 4 GiB
///     38     bits 7-4 the third device to boot from, bit 0 = 1: no check of a floppy's signature
///     3D     bits 3-0 the first, 7-4 the second: 1 floppy, 2 hard disk, 3 CD, 4 network
///     39     translation of hard disks, two bits each: 0 none, 1 LBA, 2 large, 3 revised ECHS
///     5F     processors - 1
public struct CMOSContents: Equatable, Sendable {
    /// A kind of floppy drive, by its number in a PC.
    public enum FloppyType: UInt8, Sendable {
        /// There is no drive.
        case none = 0
        /// 360 KB, 5.25 inches.
        case k360 = 1
        /// 1.2 MB, 5.25 inches.
        case m1200 = 2
        /// 720 KB, 3.5 inches.
        case k720 = 3
        /// 1.44 MB, 3.5 inches.
        case m1440 = 4
        /// 2.88 MB, 3.5 inches.
        case m2880 = 5
    }

    /// How firmware makes a geometry that INT 13h can name of a disk's.
    public enum Translation: UInt8, Sendable {
        /// It is the disk's own.
        case none = 0
        /// By the number of sectors.
        case lba = 1
        /// Cylinders halved and heads doubled.
        case large = 2
        /// The same from 15 heads.
        case revised = 3
    }

    /// A hard disk's own geometry.
    public struct HardDisk: Equatable, Sendable {
        /// Cylinders.
        public var cylinders: Int
        /// Heads.
        public var heads: Int
        /// Sectors a track.
        public var sectors: Int
        /// What firmware makes of it.
        public var translation: Translation

        /// A geometry; unless told it is translated where INT 13h cannot name it.
        public init(cylinders: Int, heads: Int, sectors: Int, translation: Translation? = nil) {
            self.cylinders = cylinders
            self.heads = heads
            self.sectors = sectors
            let isNameable = cylinders <= 1024 && heads <= 16 && sectors <= 63
            self.translation = translation ?? (isNameable ? .none : .lba)
        }
    }

    /// What firmware can boot from, by the number in registers 38 and 3D.
    public enum BootDevice: UInt8, Sendable {
        /// The first floppy drive.
        case floppy = 1
        /// The first hard disk.
        case hardDisk = 2
        /// The CD.
        case cd = 3
        /// The network.
        case network = 4
    }

    /// RAM in bytes; nil for that of the machine.
    public var ramSize: UInt64?
    /// Floppy drives, the first one first; two count.
    public var floppies: [FloppyType] = []
    /// Hard disks by their places, 0 to 3: both drives of the first channel, then of the second.
    public var hardDisks: [Int: HardDisk] = [:]
    /// What to boot from, in order; three count.
    public var bootOrder: [BootDevice] = [.hardDisk, .floppy, .cd]
    /// How many processors there are.
    public var processors = 1
    /// Whether there is an x87.
    public var hasCoprocessor = true
    /// Whether a mouse is at the keyboard controller.
    public var hasMouse = false

    /// No drives, one processor, QEMU's order to boot: hard disk, floppy, CD.
    public init() {}

    /// The registers and their values; those that are not named are 0.
    var registers: [(Int, UInt8)] { memory + drives + boot + [(0x5F, UInt8(clamping: max(processors, 1) - 1))] }

    private var memory: [(Int, UInt8)] {
        let total = ramSize ?? 0
        let low = min(total, 1 << 32)
        func kilobytes(_ first: UInt64) -> UInt64 { low / 1024 > first ? low / 1024 - first : 0 }
        return Self.number(min(low / 1024, 640), 0x15) + Self.number(min(kilobytes(1024), 0xFFFF), 0x17)
            + Self.number(min(kilobytes(1024), 0xFFFF), 0x30)
            + Self.number(min(kilobytes(16384) / 64, 0xFFFF), 0x34)
            + Self.number(min((total - low) >> 16, 0xFF_FFFF), 0x5B, bytes: 3)
    }

    private var drives: [(Int, UInt8)] {
        let types = floppies.prefix(2).map(\.rawValue)
        let count = UInt8(types.filter { $0 != 0 }.count)
        let floppyBits: UInt8 = count == 0 ? 0 : (count - 1) << 6 | 1
        var registers: [(Int, UInt8)] = [
            (0x10, (types.first ?? 0) << 4 | (types.count > 1 ? types[1] : 0)),
            (0x12, (hardDisks[0] == nil ? 0 : 0xF0) | (hardDisks[1] == nil ? 0 : 0x0F)),
            (0x14, floppyBits | (hasMouse ? 4 : 0) | (hasCoprocessor ? 2 : 0)),
            (0x39, (0..<4).reduce(0) { $0 | (hardDisks[$1]?.translation.rawValue ?? 0) << UInt8(2 * $1) }),
        ]
        for (number, type, first) in [(0, 0x19, 0x1B), (1, 0x1A, 0x24)] {
            guard let disk = hardDisks[number] else { continue }
            registers += [(type, 0x2F)] + Self.geometry(disk, first)
        }
        return registers
    }

    /// Cylinders, heads, no write precompensation, control (bit 3: more than 8 heads), landing zone, sectors.
    private static func geometry(_ disk: HardDisk, _ first: Int) -> [(Int, UInt8)] {
        let cylinders = UInt64(clamping: disk.cylinders)
        return number(cylinders, first) + [(first + 2, UInt8(clamping: disk.heads))] + number(0xFFFF, first + 3)
            + [(first + 5, 0xC0 | (disk.heads > 8 ? 8 : 0))] + number(cylinders, first + 6)
            + [(first + 8, UInt8(clamping: disk.sectors))]
    }

    private var boot: [(Int, UInt8)] {
        let order = bootOrder.prefix(3).map(\.rawValue) + [0, 0, 0]
        return [(0x3D, order[0] | order[1] << 4), (0x38, order[2] << 4)]
    }

    /// A number in registers, its low byte first.
    private static func number(_ value: UInt64, _ first: Int, bytes: Int = 2) -> [(Int, UInt8)] {
        (0..<bytes).map { (first + $0, UInt8(truncatingIfNeeded: value >> UInt64(8 * $0))) }
    }
}
