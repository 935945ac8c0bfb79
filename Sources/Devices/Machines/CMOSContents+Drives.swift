// What battery RAM says of a board's drives.
extension CMOSContents {
    /// Enters drives by number, floppies from 0, what is at ATA channels from 80, unless there are some already.
    mutating func enter(_ drives: [UInt8: DiskDrive]) {
        if floppies.isEmpty {
            floppies = (UInt8(0)..<2).map { drives[$0]?.floppyType.flatMap(FloppyType.init) ?? .none }
        }
        guard hardDisks.isEmpty else { return }
        for (number, drive) in drives where number >= 0x80 && drive.kind == .hardDisk {
            // The drive's own geometry, as IDENTIFY DEVICE tells it, not the one that INT 13h makes of it.
            let (cylinders, heads, sectors) = ATAIdentity.geometry(drive)
            hardDisks[Int(number) - 0x80] = HardDisk(
                cylinders: Int(cylinders), heads: Int(heads), sectors: Int(sectors))
        }
    }
}
