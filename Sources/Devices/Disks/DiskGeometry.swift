/// How a disk is addressed by cylinder, head and sector.
public struct DiskGeometry: Equatable, Sendable, Codable {
    /// Cylinders, as far as INT 13h can name them: at most 1024.
    public var cylinders: Int
    /// Heads, at most 255.
    public var heads: Int
    /// Sectors a track, counted from 1, at most 63.
    public var sectors: Int

    /// A geometry; nil unless each number is at least 1 and within its bounds.
    public init?(checking cylinders: Int, _ heads: Int, _ sectors: Int) {
        guard 1...1024 ~= cylinders, 1...255 ~= heads, 1...63 ~= sectors else { return nil }
        self.init(cylinders: cylinders, heads: heads, sectors: sectors)
    }

    init(cylinders: Int, heads: Int, sectors: Int) {
        self.cylinders = cylinders
        self.heads = heads
        self.sectors = sectors
    }

    /// Sizes of floppies in sectors, and the value that INT 13h AH=08h has for the drive.
    static let floppies: [(geometry: DiskGeometry, type: UInt8)] = [
        (.init(cylinders: 40, heads: 1, sectors: 8), 1), (.init(cylinders: 40, heads: 1, sectors: 9), 1),
        (.init(cylinders: 40, heads: 2, sectors: 8), 1), (.init(cylinders: 40, heads: 2, sectors: 9), 1),
        (.init(cylinders: 80, heads: 2, sectors: 8), 3), (.init(cylinders: 80, heads: 2, sectors: 9), 3),
        (.init(cylinders: 80, heads: 2, sectors: 15), 2), (.init(cylinders: 80, heads: 2, sectors: 18), 4),
        (.init(cylinders: 80, heads: 2, sectors: 21), 4), (.init(cylinders: 82, heads: 2, sectors: 21), 4),
        (.init(cylinders: 80, heads: 2, sectors: 36), 5),
    ]

    /// How many sectors can be named.
    var capacity: UInt64 { UInt64(cylinders * heads * sectors) }

    /// A floppy of exactly this size; any other that 1.44 MB hold is one with a part missing, then 2.88 MB.
    static func floppy(_ count: UInt64) -> (geometry: DiskGeometry, type: UInt8) {
        let usual = count <= 2880 ? 7 : floppies.count - 1
        return floppies.first { $0.geometry.capacity == count } ?? floppies[usual]
    }

    /// A hard disk: as its partition table says, else with the fewest heads that make at most 1024 cylinders.
    static func hardDisk(_ count: UInt64, firstSector: [UInt8]) -> DiskGeometry {
        let (heads, sectors) = partitioned(firstSector) ?? usual(count)
        let cylinders = min(1024, max(1, count / UInt64(heads * sectors)))
        return DiskGeometry(cylinders: Int(cylinders), heads: heads, sectors: sectors)
    }

    private static func usual(_ count: UInt64) -> (heads: Int, sectors: Int) {
        let heads = [16, 32, 64, 128].first { (heads: Int) in count / UInt64(heads * 63) <= 1024 } ?? 255
        return (heads, 63)
    }

    /// Whether a first sector starts a FAT volume on a floppy: its parameters make sense, its media byte is no F8.
    static func isFloppyVolume(_ sector: [UInt8]) -> Bool {
        guard sector.count == 512, [0xEB, 0xE9].contains(sector[0]), sector[11] == 0, sector[12] == 2 else {
            return false
        }
        let (cluster, media) = (sector[13], sector[21])
        return cluster != 0 && cluster & (cluster - 1) == 0 && (media == 0xF0 || media > 0xF8)
    }

    /// Whether a first sector has a partition table: code by chance has none of its bytes right.
    static func hasPartitions(_ sector: [UInt8]) -> Bool {
        guard sector.count == 512, sector[510] == 0x55, sector[511] == 0xAA else { return false }
        let entries = stride(from: 446, to: 510, by: 16).map { sector[$0..<$0 + 16] }
        let used = entries.filter { $0.contains { $0 != 0 } }
        let isRight = used.allSatisfy { entry in
            let start = entry.startIndex
            return entry[start] & 0x7F == 0 && entry[start + 4] != 0 && entry[(start + 12)...].contains { $0 != 0 }
        }
        return !used.isEmpty && isRight && used.filter { $0.first == 0x80 }.count <= 1
    }

    /// Heads and sectors by the end of the first partition that has one.
    private static func partitioned(_ sector: [UInt8]) -> (heads: Int, sectors: Int)? {
        guard sector.count == 512, sector[510] == 0x55, sector[511] == 0xAA else { return nil }
        for start in stride(from: 446, to: 510, by: 16) {
            let isActiveOrNot = sector[start] & 0x7F == 0
            let (head, last) = (Int(sector[start + 5]), Int(sector[start + 6] & 63))
            let hasSectors = sector[start + 12..<start + 16].contains { $0 != 0 }
            if isActiveOrNot, sector[start + 4] != 0, hasSectors, head > 0, head < 255, last > 0 {
                return (head + 1, last)
            }
        }
        return nil
    }
}
