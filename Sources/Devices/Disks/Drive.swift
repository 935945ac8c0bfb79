/// A disk that a machine is to have in a drive: the image, and how the guest sees it.
///
/// A board makes a `DiskDrive` of it, which keeps what the guest writes: any number of machines can have the same image.
public struct Drive {
    /// What kind of drive it is.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// A floppy drive.
        case floppy
        /// A hard disk.
        case hardDisk
        /// A drive for CDs and DVDs, which are only read.
        case cd
    }

    /// What is behind it.
    public let disk: any DiskBackend
    /// What kind of drive it is.
    public let kind: Kind
    /// How its sectors are named.
    public var geometry: DiskGeometry
    /// The value of INT 13h AH=08h for a floppy drive; nil for all others.
    let floppyType: UInt8?
    /// Whether what the guest writes is refused, as by a disk with a write-protect tab.
    public var isReadOnly = false

    /// A floppy drive.
    public init(floppy disk: any DiskBackend) {
        self.disk = disk
        kind = .floppy
        let (geometry, type) = DiskGeometry.floppy(disk.sectorCount)
        self.geometry = geometry
        floppyType = type
    }

    /// A hard disk.
    public init(hardDisk disk: any DiskBackend) {
        self.disk = disk
        kind = .hardDisk
        geometry = .hardDisk(disk.sectorCount, firstSector: disk.read(sector: 0) ?? [])
        floppyType = nil
    }

    /// A CD.
    public init(cd disk: any DiskBackend) {
        self.disk = disk
        kind = .cd
        // None of it is named so; the numbers are of no meaning.
        geometry = .hardDisk(disk.sectorCount, firstSector: [])
        floppyType = nil
        isReadOnly = true
    }

    /// How many sectors there are: a floppy has those of its geometry, even where its image ends before.
    public var sectorCount: UInt64 {
        kind == .floppy ? max(disk.sectorCount, geometry.capacity) : disk.sectorCount
    }

    /// One sector, zeros where a floppy's image has ended; nil if the host cannot read it or there is none.
    public func read(sector: UInt64) -> [UInt8]? {
        guard sector >= disk.sectorCount else { return disk.read(sector: sector) }
        return sector < sectorCount ? [UInt8](repeating: 0, count: 512) : nil
    }

    /// The largest image that is taken for a floppy: 2.88 MB.
    public static let largestFloppy: UInt64 = 5760

    /// Whether a disk is a hard disk by what is on it: a partition table or a CD's file system, where no floppy's file
    /// system says otherwise; by its size if it is larger than any floppy.
    public static func isHardDisk(_ disk: any DiskBackend) -> Bool {
        guard disk.sectorCount <= largestFloppy else { return true }
        if hasISOFileSystem(disk) { return true }
        guard let first = disk.read(sector: 0) else { return false }
        return !DiskGeometry.isFloppyVolume(first) && DiskGeometry.hasPartitions(first)
    }

    /// Whether there is the file system of a CD: its first volume descriptor is in sector 16 of 2048 bytes.
    public static func hasISOFileSystem(_ disk: any DiskBackend) -> Bool {
        guard let descriptor = disk.read(sector: 64), descriptor.count == 512 else { return false }
        return Array(descriptor[1..<6]) == Array("CD001".utf8)
    }
}
