import X86Interp

/// A drive with the disk that is in it, shared by whatever reaches it: BIOS, floppy and ATA controller.
///
/// It has no ports and raises no interrupt. Sectors have 512 bytes, a CD's too, which a controller reads by blocks of
/// four. What the guest writes stays here and hides what the image has; the image never changes.
///
/// RESET does not reach a disk: what was written to it stays written, what was taken out stays out.
public final class DiskDrive: Device {
    /// What has become of the disk.
    public struct State: Codable, Equatable, Sendable {
        /// Sectors that the guest has written, by number.
        public var written: [UInt64: [UInt8]] = [:]
        /// Whether a disk is in the drive.
        public var isInserted = true
        /// Whether the disk has been put in since a controller has last looked; it has at power-on.
        public var mediaChanged = true

        /// Power-on: as the image is.
        public init() {}
    }

    /// The name in snapshots: `fda`, `hdc`.
    public let name: String
    /// What the guest has written, and whether the disk is there.
    public var state: State {
        _read { yield kept.value }
        _modify { yield &kept.value }
        set { kept.value = newValue }
    }
    private let kept = HotState(State())
    private let drive: Drive

    /// A drive with a disk.
    public init(_ drive: Drive, name: String) {
        self.drive = drive
        self.name = name
    }

    /// What RESET does to a disk: nothing.
    public func reset() {}

    /// The names of the drives of a PC, by number: floppies from 0, what is at ATA channels from 80.
    public static let names: KeyValuePairs<UInt8, String> = [
        0x00: "fda", 0x01: "fdb", 0x80: "hda", 0x81: "hdb", 0x82: "hdc", 0x83: "hdd",
    ]

    /// The name of a drive by its number.
    public static func name(of number: UInt8) -> String {
        names.first { $0.key == number }?.value ?? "drive" + String(number, radix: 16)
    }

    // MARK: The disk

    /// What kind of drive it is.
    public var kind: Drive.Kind { drive.kind }
    /// How the disk's sectors are named.
    public var geometry: DiskGeometry { drive.geometry }
    /// The value of INT 13h AH=08h for a floppy drive; nil for all others.
    public var floppyType: UInt8? { drive.floppyType }
    /// Whether nothing can be written.
    public var isReadOnly: Bool { drive.isReadOnly }
    /// Whether a disk is in the drive.
    public var isInserted: Bool { state.isInserted }
    /// How many sectors the disk has; 0 without one.
    public var sectorCount: UInt64 { state.isInserted ? drive.sectorCount : 0 }

    /// Whether the disk has been put in since somebody has last set this to false.
    public var mediaChanged: Bool {
        get { state.mediaChanged }
        set { state.mediaChanged = newValue }
    }

    /// Takes the disk out; what the guest has written to it stays with it.
    public func eject() { state.isInserted = false }

    /// Puts the disk back in.
    public func load() {
        guard !state.isInserted else { return }
        state.isInserted = true
        state.mediaChanged = true
    }

    // MARK: Sectors

    /// A sector as the guest sees it: as it wrote it, else as the image has it; nil if there is none, or if the host
    /// cannot read it.
    public func read(sector: UInt64) -> [UInt8]? {
        guard sector < sectorCount else { return nil }
        // A snapshot may hold anything.
        if let bytes = state.written[sector], bytes.count == 512 { return bytes }
        guard let bytes = drive.read(sector: sector), bytes.count == 512 else { return nil }
        return bytes
    }

    /// Sectors that a guest can write: 512 MiB, all of which the host keeps in memory.
    static let writtenLimit = 1 << 20

    /// Writes a sector of 512 bytes; false if there is none, if the disk cannot be written, or if there is no room.
    public func write(sector: UInt64, _ bytes: [UInt8]) -> Bool {
        guard sector < sectorCount, !drive.isReadOnly, bytes.count == 512,
            state.written.count < Self.writtenLimit || state.written[sector] != nil
        else { return false }
        state.written[sector] = bytes
        return true
    }

    /// A CD's blocks of 2048 bytes; a last one that is not whole is none.
    public var blockCount: UInt64 { sectorCount / 4 }

    /// One block of 2048 bytes of a CD; nil if there is none, or if the host cannot read it.
    public func read(block: UInt64) -> [UInt8]? {
        guard block < blockCount else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(2048)
        for sector in block * 4..<block * 4 + 4 {
            guard let part = read(sector: sector) else { return nil }
            bytes += part
        }
        return bytes
    }
}
