import Devices

/// The drives of a guest with a BIOS, and which one it boots from.
struct Disks {
    /// Drives by the number that DL has.
    var drives: [UInt8: Drive] = [:]
    /// Where their images are.
    var paths: [UInt8: String] = [:]
    /// The drive that is booted from.
    var boot: UInt8 = 0
    /// How the CD is booted, if it is.
    private(set) var compactDisc: ElTorito?

    /// Where a CD is: the master of the second channel, as in QEMU.
    static let compactDiscSlot: UInt8 = 0x82

    /// Its number in DL: hard disks have numbers without a gap.
    var bootNumber: UInt8 {
        if let compactDisc { return compactDisc.bootDrive }
        return boot < 0x80
            ? boot : 0x80 + UInt8(drives.filter { 0x80..<boot ~= $0.key && $0.value.kind == .hardDisk }.count)
    }

    /// The drives of `-fda` to `-hdb` and `-cdrom`.
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
        _ options: [UInt8: String], blob: (path: String, disk: any DiskBackend)?, bootsAny: Bool,
        isCompactDisc: Bool = false
    ) throws(CommandError) {
        try self.init(options)
        if let blob, isCompactDisc {
            guard drives[Self.compactDiscSlot] == nil else {
                throw .usage("-cdrom: \(blob.path.quoted) is that drive already; leave it out")
            }
            try add(Self.compactDiscSlot, blob.path, blob.disk)
            try bootCompactDisc()
        } else if let blob {
            boot = Drive.isHardDisk(blob.disk) ? 0x80 : 0
            guard drives[boot] == nil else {
                let name = boot == 0 ? "-fda" : "-hda"
                throw .usage("\(name): \(blob.path.quoted) is that drive already; use \(boot == 0 ? "-fdb" : "-hdb")")
            }
            try add(boot, blob.path, blob.disk)
        } else {
            let first = ([0] + firstHardDisk).first { bootsAny ? drives[$0] != nil : isBootable($0) }
            if let first {
                boot = first
            } else {
                guard drives[Self.compactDiscSlot] != nil else { throw unbootable }
                try bootCompactDisc()
            }
        }
    }

    /// The hard disk that has number 80, if there is one.
    private var firstHardDisk: [UInt8] {
        drives.filter { $0.value.kind == .hardDisk }.keys.min().map { [$0] } ?? []
    }

    /// The error for drives without a boot sector; it says what the first one holds instead, if that is known.
    private var unbootable: CommandError {
        for number in [0] + firstHardDisk {
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
        drives[number] =
            number == Self.compactDiscSlot
            ? Drive(cd: disk) : number < 0x80 ? Drive(floppy: disk) : Drive(hardDisk: disk)
        paths[number] = path
    }

    /// Boots from the CD: its image, or the floppy that the image is.
    private mutating func bootCompactDisc() throws(CommandError) {
        guard let disk = drives[Self.compactDiscSlot]?.disk, let path = paths[Self.compactDiscSlot] else { return }
        let entry: ElTorito
        do throws(ElTorito.Failure) {
            entry = try ElTorito(disk)
        } catch {
            switch error {
            case .noBootRecord: throw .load("\(path.quoted) is a CD without a boot record; boot from another drive")
            case .damaged(let what): throw .load("\(path.quoted) is a damaged CD: \(what); make it again")
            case .unsupported(let what):
                throw .load(
                    "\(path.quoted) cannot be booted: \(what), which is not provided; make it without emulation")
            }
        }
        guard !entry.isFloppy || drives[0] == nil else {
            throw .usage("-fda: the CD \(path.quoted) boots as a floppy in drive A; use -fdb")
        }
        compactDisc = entry
        boot = Self.compactDiscSlot
    }

    private func isBootable(_ number: UInt8) -> Bool {
        guard let sector = drives[number]?.disk.read(sector: 0) else { return false }
        return sector[510] == 0x55 && sector[511] == 0xAA
    }

    /// Puts what the guest has written into the images.
    ///
    /// - Throws: `CommandError` that names a file that cannot be written.
    func write(_ drives: [UInt8: DiskDrive]) throws(CommandError) {
        for (number, drive) in drives.sorted(by: { $0.key < $1.key }) where !drive.state.written.isEmpty {
            guard let path = paths[number] else { continue }
            try FileDisk.write(drive.state.written, to: path)
        }
    }
}
