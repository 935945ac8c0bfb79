// What battery RAM says of a board's drives.
extension CMOSContents {
    /// Enters drives by number, floppies from 0, what is at ATA channels from 80, unless there are some already.
    mutating func enter(_ drives: [UInt8: DiskDrive]) {
        if floppies.isEmpty {
            floppies = (UInt8(0)..<2).map { drives[$0]?.floppyType.flatMap(FloppyType.init) ?? .none }
        }
        guard hardDisks.isEmpty else { return }
        for (number, drive) in drives where number >= 0x80 && drive.kind == .hardDisk {
            // The drive's own geometry, not the one that INT 13h makes of it.
            let cylinders = min(drive.sectorCount / (16 * 63), 16383)
            hardDisks[Int(number) - 0x80] = HardDisk(cylinders: max(1, Int(cylinders)), heads: 16, sectors: 63)
        }
    }
}
