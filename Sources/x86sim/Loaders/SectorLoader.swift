extension Loader {
    /// A boot sector or disk image.
    static let sector = Loader(
        name: "sector",
        summary: "boot sector of a disk at 0000:7C00, SP 7C00, DL 00 (80 for images above 2.88 MB); the BIOS\n"
            + "reads the disk. With -bios none an image of up to 609 KiB is loaded as a whole",
        guess: { $0.word(at: 510) == 0xAA55 },
        plan: { blob, _ throws(CommandError) in
            guard blob.bytes.count >= 512 else {
                throw .load("\(blob.path.quoted) has \(blob.bytes.count) bytes, a boot sector has 512; use --boot flat")
            }
            guard blob.word(at: 510) == 0xAA55 else {
                throw .load("\(blob.path.quoted) does not end its first sector with 55 AA; use --boot flat")
            }
            return BootPlan(
                description: "boot sector at 0000:7C00",
                pieces: [.init(address: 0x7C00, bytes: loaded(blob.bytes), name: blob.path)],
                isBootSector: true,
                start: .init(
                    code: FarAddress(segment: 0, offset: 0x7C00), stack: FarAddress(segment: 0, offset: 0x7C00),
                    drive: blob.bytes.count > 2_949_120 ? 0x80 : 0))
        })

    private static func loaded(_ image: [UInt8]) -> [UInt8] {
        image.count <= 0xA0000 - 0x7C00 ? image : Array(image.prefix(512))
    }
}
