import Devices
import X86Interp

extension Loader {
    /// A boot sector or disk image.
    static let sector = Loader(
        name: "sector",
        summary: "boot sector of a disk at 0000:7C00, SP 7C00, DL 00; DL 80 for a hard disk: one with\n"
            + "partitions, a CD's, or above 2.88 MB. The BIOS reads the disk. With -bios none an\n"
            + "image of up to 609 KiB is loaded as a whole",
        why: "its first sector ends in 55 AA",
        guess: { $0.isBootSector },
        plan: { blob, _ throws(CommandError) in
            guard blob.size >= 512 else {
                throw .load(
                    "\(blob.path.quoted) has \(blob.size) bytes, a boot sector has 512; "
                        + "use --boot flat, or --boot sector! to boot it all the same")
            }
            guard blob.isBootSector else {
                throw .load(
                    "\(blob.path.quoted) does not end its first sector with 55 AA; "
                        + "use --boot flat, or --boot sector! to boot it all the same")
            }
            return booting(blob)
        })

    /// A CD.
    static let cd = Loader(
        name: "cd",
        summary: "CD image by its boot record (El Torito), without emulation in drive E0, or as a\n"
            + "floppy of 1.2, 1.44 or 2.88 MB in drive A; the BIOS reads it",
        why: "it has the boot record of a CD",
        guess: { !$0.isBootSector && isCD($0) },
        plan: { blob, context throws(CommandError) in
            guard isCD(blob) else {
                throw .load("\(blob.path.quoted) is no CD image with a boot record; use --boot sector")
            }
            guard context.hasBIOS else {
                throw .usage("-bios none: nobody reads the CD \(blob.path.quoted); leave it out")
            }
            return BootPlan(description: "CD", surroundings: .disk)
        })

    /// The boot record is in sector 11h, of 2048 bytes.
    private static func isCD(_ blob: Blob) -> Bool {
        blob.bytes.count >= 0x9000 && ElTorito.isBootRecord(Array(blob.bytes[0x8800..<0x9000]))
    }

    /// The same without the bytes by which a BIOS knows one.
    static let anySector = Loader(
        name: "sector!", summary: "the same for a disk whose first sector does not end in 55 AA",
        why: "", guess: { _ in false }, plan: { blob, _ throws(CommandError) in booting(blob) })

    private static func booting(_ blob: Blob) -> BootPlan {
        let place = FarAddress(segment: 0, offset: 0x7C00)
        var registers = GeneralRegisters()
        registers.edx = Drive.isHardDisk(MemoryDisk(blob.bytes)) || blob.size > blob.bytes.count ? 0x80 : 0
        return BootPlan(
            description: "boot sector at \(place.text)",
            pieces: [.init(address: place.linear, bytes: loaded(blob), name: blob.path)], surroundings: .disk,
            start: .init(code: place, stack: place, registers: registers),
            place: .init(start: place, size: 512, isWhole: false))
    }

    private static func loaded(_ blob: Blob) -> [UInt8] {
        blob.size <= 0xA0000 - 0x7C00 ? blob.bytes : Array(blob.bytes.prefix(512))
    }
}
