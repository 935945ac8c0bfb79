/// How a CD is booted: the first entry of its boot catalogue.
///
/// Source: Phoenix and IBM, "El Torito" Bootable CD-ROM Format Specification 1.0. The boot record is the volume
/// descriptor in sector 11h, of 2048 bytes; it says where the catalogue is. The catalogue starts with an entry by which
/// it is known, then has the one that is booted.
///
/// Not modelled: emulation of a hard disk, which is refused by name; further sections of the catalogue, which a menu
/// would choose from; INT 13h AH=4Ch and 4Dh.
public struct ElTorito: Equatable, Sendable {
    /// Why a CD is not booted.
    public enum Failure: Error, Equatable, Sendable {
        /// There is no boot record: a CD for data.
        case noBootRecord
        /// The boot record or its catalogue makes no sense.
        case damaged(String)
        /// The entry wants something that is not there.
        case unsupported(String)
    }

    /// What the image is presented as: 0 nothing, 1 to 3 a floppy of 1.2, 1.44 or 2.88 MB.
    public let media: UInt8
    /// The segment that the image is loaded to.
    public let segment: UInt16
    /// How many sectors of 512 bytes are loaded.
    public let count: UInt16
    /// The image's first sector of 2048 bytes.
    public let start: UInt32

    /// The number that a CD drive has, as in SeaBIOS.
    public static let drive: UInt8 = 0xE0
    /// Sectors of 512 bytes in one of a CD.
    private static let sectors: UInt64 = 4
    /// The first of the volume descriptors; boot records follow the one of the file system.
    private static let firstDescriptor: UInt64 = 16
    /// Sizes of the floppies in sectors, by media.
    private static let floppies: [UInt64] = [0, 2400, 2880, 5760]

    /// Whether the drive that is booted from is a floppy by emulation.
    public var isFloppy: Bool { media != 0 }
    /// The drive that is booted from.
    public var bootDrive: UInt8 { isFloppy ? 0 : Self.drive }

    /// Reads a sector of 2048 bytes; nil if there is none.
    private static func read(_ disk: any DiskBackend, sector: UInt64) -> [UInt8]? {
        let (first, overflow) = sector.multipliedReportingOverflow(by: sectors)
        guard !overflow, first < disk.sectorCount else { return nil }
        var bytes: [UInt8] = []
        for number in 0..<sectors {
            bytes += disk.read(sector: first + number) ?? [UInt8](repeating: 0, count: 512)
        }
        return bytes
    }

    /// Whether a volume descriptor is the boot record of this specification.
    public static func isBootRecord(_ bytes: [UInt8]) -> Bool {
        bytes.count >= 75 && bytes[0] == 0 && bytes[1..<6].elementsEqual("CD001".utf8)
            && bytes[7..<30].elementsEqual("EL TORITO SPECIFICATION".utf8)
    }

    /// The entry that a CD is booted by.
    ///
    /// - Throws: `Failure` if there is none, or none that is here.
    public init(_ disk: any DiskBackend) throws(Failure) {
        guard let record = Self.read(disk, sector: Self.firstDescriptor + 1), Self.isBootRecord(record) else {
            throw .noBootRecord
        }
        func dword(_ bytes: [UInt8], _ place: Int) -> UInt32 {
            bytes[place..<place + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) }
        }
        guard let catalogue = Self.read(disk, sector: UInt64(dword(record, 0x47))) else {
            throw .damaged("its boot catalogue is behind its end")
        }
        let sum = (0..<16).reduce(UInt16(0)) { $0 &+ (UInt16(catalogue[$1 * 2]) | UInt16(catalogue[$1 * 2 + 1]) << 8) }
        guard catalogue[0] == 1, catalogue[30] == 0x55, catalogue[31] == 0xAA, sum == 0 else {
            throw .damaged("its boot catalogue does not start as one does")
        }
        guard catalogue[1] == 0 else { throw .unsupported("its boot entry is for another platform (\(catalogue[1]))") }
        let entry = Array(catalogue[32..<64])
        guard entry[0] == 0x88 else { throw .damaged("its boot entry is not marked bootable") }
        media = entry[1] & 0x0F
        guard media != 4 else { throw .unsupported("it wants a hard disk by emulation") }
        guard media < 4 else { throw .damaged("its boot entry has media \(media), which is none") }
        let wanted = UInt16(entry[2]) | UInt16(entry[3]) << 8
        segment = wanted == 0 ? 0x7C0 : wanted
        let sectorCount = UInt16(entry[6]) | UInt16(entry[7]) << 8
        count = media == 0 ? sectorCount : max(1, sectorCount)
        start = dword(entry, 8)
        guard count > 0, Self.read(disk, sector: UInt64(start)) != nil else {
            throw .damaged("its boot image is empty or behind its end")
        }
        // From the segment to the end of conventional memory, or the image would lie upon video memory.
        guard Int(segment) * 16 + Int(count) * 512 <= 0x9F000, segment >= 0x60 else {
            throw .damaged("its boot image of \(count) sectors at segment \(segment) does not fit below 640 KiB")
        }
    }

    /// The bytes that are loaded, zeros where the CD has ended.
    public func image(on disk: any DiskBackend) -> [UInt8] {
        let first = UInt64(start) * Self.sectors
        return (0..<UInt64(count)).flatMap { disk.read(sector: first + $0) ?? [UInt8](repeating: 0, count: 512) }
    }

    /// The floppy that is emulated; nil if none is.
    public func floppy(on disk: any DiskBackend) -> Drive? {
        guard isFloppy, Int(media) < Self.floppies.count else { return nil }
        let slice = DiskSlice(disk, from: UInt64(start) * Self.sectors, count: Self.floppies[Int(media)])
        var drive = Drive(floppy: slice)
        drive.isReadOnly = true
        return drive
    }

    /// What a board's first CD is to INT 13h: drive E0, and the floppy that it is booted as.
    static func drives(_ drives: [UInt8: DiskDrive], _ entry: ElTorito?) -> [UInt8: DiskDrive] {
        let discs = drives.filter { $0.value.kind == .cd }.sorted { $0.key < $1.key }
        guard let disc = discs.first?.value else { return [:] }
        var found = [drive: disc]
        if let floppy = entry?.floppy(on: DriveSectors(disc)) { found[0] = DiskDrive(floppy, name: "cdfloppy") }
        return found
    }
}

/// Some sectors of a disk as a disk of their own, zeros where the disk has ended.
final class DiskSlice: DiskBackend {
    /// How many sectors there are.
    let sectorCount: UInt64
    private let disk: any DiskBackend
    private let first: UInt64

    /// The sectors from `first` on.
    init(_ disk: any DiskBackend, from first: UInt64, count: UInt64) {
        self.disk = disk
        self.first = first
        sectorCount = count
    }

    /// One sector; nil behind the end.
    func read(sector: UInt64) -> [UInt8]? {
        guard sector < sectorCount else { return nil }
        return disk.read(sector: first &+ sector) ?? [UInt8](repeating: 0, count: 512)
    }
}

/// The sectors of the disk that is in a drive.
final class DriveSectors: DiskBackend {
    private let drive: DiskDrive

    /// Those of a drive, none while it is empty.
    init(_ drive: DiskDrive) { self.drive = drive }

    /// How many there are now.
    var sectorCount: UInt64 { drive.sectorCount }

    /// One of them.
    func read(sector: UInt64) -> [UInt8]? { drive.read(sector: sector) }
}

extension DiskDrive {
    /// Bytes of what INT 13h counts: sectors, of a CD blocks.
    var unitSize: Int { kind == .cd ? 2048 : 512 }
    /// How many of them there are.
    var unitCount: UInt64 { kind == .cd ? blockCount : sectorCount }
    /// One of them.
    func read(unit: UInt64) -> [UInt8]? { kind == .cd ? read(block: unit) : read(sector: unit) }
}

extension BIOS {
    /// A drive of INT 13h; the floppy of a CD is gone when its emulation has been ended.
    func drive(_ number: UInt8) -> DiskDrive? {
        if number == 0, state.emulationIsOver, options.compactDisc?.isFloppy == true { return nil }
        return drives[number]
    }

    /// Function 4B: fills the specification packet at DS:SI; AL 00 ends the emulation of drive DL (7F: of any).
    func emulationStatus(_ call: BIOSCall) {
        guard let entry = options.compactDisc, call.al <= 1 else { return setDiskStatus(DiskStatus.badCommand, call) }
        let isActive = entry.isFloppy && !state.emulationIsOver
        guard [entry.bootDrive, ElTorito.drive, 0x7F].contains(call.dl) else {
            return setDiskStatus(DiskStatus.badCommand, call)
        }
        // Size, media, drive, controller; the image's sector; device; no buffer; segment; count; CH, CL, DH of it.
        var packet: [UInt8] = [0x13, isActive ? entry.media : 0, isActive ? 0 : ElTorito.drive, 0]
        packet += (0..<4).map { UInt8(truncatingIfNeeded: entry.start >> UInt32($0 * 8)) }
        packet += [0, 0, 0, 0, entry.segment.low, entry.segment.high, entry.count.low, entry.count.high]
        let geometry = isActive ? drive(0)?.geometry : nil
        packet += [
            UInt8(truncatingIfNeeded: (geometry?.cylinders ?? 1) - 1),
            UInt8(truncatingIfNeeded: geometry?.sectors ?? 0),
            UInt8(truncatingIfNeeded: (geometry?.heads ?? 1) - 1),
        ]
        call.setBytes(call.physical(call.ds, call.si), packet)
        // To end what was not emulated is an error.
        guard call.al == 1 || isActive else { return setDiskStatus(DiskStatus.badCommand, call) }
        if call.al == 0 { state.emulationIsOver = true }
        setDiskStatus(0, call)
    }

    /// Loads the boot image of a CD once more, for INT 19h, whose code goes to 0000:7C00.
    ///
    /// An image that is loaded elsewhere gets a jump there, unless it covers that place.
    func bootCompactDisc(_ entry: ElTorito, _ call: BIOSCall) -> Bool {
        guard let disk = drives[ElTorito.drive].map({ DriveSectors($0) }) else { return false }
        state.emulationIsOver = false
        let place = UInt32(entry.segment) << 4
        let image = entry.image(on: disk)
        call.setBytes(place, image)
        guard place != 0x7C00 else { return true }
        guard !(place..<place + UInt32(image.count)).overlaps(0x7C00..<0x7C05) else { return false }
        call.setBytes(0x7C00, [0xEA, 0, 0, entry.segment.low, entry.segment.high])
        return true
    }
}
