import Devices

/// The drives of a guest with a BIOS, and which one it boots from.
struct Disks {
    /// Drives by the number that DL has.
    var drives: [UInt8: Drive] = [:]
    /// Where their images are.
    var paths: [UInt8: String] = [:]
    /// The drive that is booted from.
    var boot: UInt8 = 0

    /// The drives of `-fda` to `-hdb`.
    ///
    /// - Throws: `CommandError` that names the option or file and the remedy.
    init(_ options: [UInt8: String]) throws(CommandError) {
        for (number, path) in options.sorted(by: { $0.key < $1.key }) {
            try add(number, path, try FileDisk(path: path))
        }
    }

    /// The drives of `-fda` to `-hdb`, and the blob, which is the one to boot from; without one, the first that has a
    /// boot sector or, if any will do, the first.
    ///
    /// - Throws: `CommandError` that names the option or file and the remedy.
    init(
        _ options: [UInt8: String], blob: (path: String, disk: any DiskBackend)?, bootsAny: Bool
    ) throws(CommandError) {
        try self.init(options)
        if let blob {
            boot = Drive.isHardDisk(blob.disk) ? 0x80 : 0
            guard drives[boot] == nil else {
                let name = boot == 0 ? "-fda" : "-hda"
                throw .usage("\(name): \(blob.path.quoted) is that drive already; use \(boot == 0 ? "-fdb" : "-hdb")")
            }
            try add(boot, blob.path, blob.disk)
        } else {
            let first = [0, 0x80].first { bootsAny ? drives[$0] != nil : isBootable($0) }
            guard let first else { throw unbootable }
            boot = first
        }
    }

    /// The error for drives without a boot sector; it says what the first one holds instead, if that is known.
    private var unbootable: CommandError {
        for number in [0, 0x80] as [UInt8] {
            guard let path = paths[number], let disk = drives[number]?.disk else { continue }
            let blob = Blob(path: path, bytes: Self.start(of: disk))
            if let found = WrongFile.found(in: blob), !found.isDisk { return .load(found.refusal(of: blob)) }
        }
        return .load(
            "no drive can be booted: neither A nor the first hard disk has a first sector that ends in 55 AA; "
                + "--boot sector! boots it all the same")
    }

    /// The sectors by which a disk is recognised: up to the first volume descriptor of a CD.
    static func start(of disk: any DiskBackend) -> [UInt8] {
        (0..<min(disk.sectorCount, 72)).flatMap { disk.read(sector: $0) ?? [] }
    }

    private mutating func add(_ number: UInt8, _ path: String, _ disk: any DiskBackend) throws(CommandError) {
        if number < 0x80, disk.sectorCount > Drive.largestFloppy {
            throw .load("\(path.quoted) is larger than the 2.88 MB of a floppy; use -hda")
        }
        drives[number] = number < 0x80 ? Drive(floppy: disk) : Drive(hardDisk: disk)
        paths[number] = path
    }

    private func isBootable(_ number: UInt8) -> Bool {
        guard let sector = drives[number]?.disk.read(sector: 0) else { return false }
        return sector[510] == 0x55 && sector[511] == 0xAA
    }

    /// Puts what the guest has written into the images.
    ///
    /// - Throws: `CommandError` that names a file that cannot be written.
    func write(_ sectors: [UInt8: [UInt64: [UInt8]]]) throws(CommandError) {
        for (number, changed) in sectors.sorted(by: { $0.key < $1.key }) {
            guard let path = paths[number] else { continue }
            try FileDisk.write(changed, to: path)
        }
    }
}
