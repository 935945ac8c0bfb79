/// What stands behind a drive: sectors of 512 bytes that are only read; what a guest writes stays with the drive.
public protocol DiskBackend: AnyObject {
    /// How many sectors there are, a last one that is not whole included.
    var sectorCount: UInt64 { get }
    /// One sector, zeros behind the image's end; nil if the host cannot read it or there is none.
    func read(sector: UInt64) -> [UInt8]?
}

/// A disk image in memory.
public final class MemoryDisk: DiskBackend {
    private let bytes: [UInt8]

    /// A disk with these contents, from sector 0 on.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The image's length in sectors, rounded up.
    public var sectorCount: UInt64 { UInt64((bytes.count + 511) / 512) }

    /// One sector, or nil behind the end.
    public func read(sector: UInt64) -> [UInt8]? {
        guard sector < sectorCount else { return nil }
        let start = Int(sector) * 512
        let whole = Array(bytes[start..<min(start + 512, bytes.count)])
        return whole + [UInt8](repeating: 0, count: 512 - whole.count)
    }
}
