import Devices

/// The drives of a guest, and which one it boots from.
struct Disks {
    /// Drives by number: floppies from 0, what is at ATA channels from 80.
    private(set) var drives: [UInt8: Drive] = [:]
    /// Where their images are.
    private(set) var paths: [UInt8: String] = [:]
    /// What lies over them.
    private(set) var overlays: [UInt8: OverlayDisk] = [:]
    /// The drive that is booted from.
    private(set) var boot: UInt8 = 0
    /// How the CD is booted, if it is, by the BIOS that is built in.
    private(set) var compactDisc: ElTorito?

    /// Where a CD is unless told: the first drive of the second channel, as in QEMU.
    static let usualCD: UInt8 = 0x82

    /// Its number in DL: hard disks have numbers without a gap.
    var bootNumber: UInt8 {
        if let compactDisc { return compactDisc.bootDrive }
        return boot < 0x80
            ? boot : 0x80 + UInt8(drives.filter { 0x80..<boot ~= $0.key && $0.value.kind == .hardDisk }.count)
    }

    /// A disk that was found in a file.
    private struct Found {
        var request: DiskRequest
        var disk: any DiskBackend
    }

    /// All drives of the command line, of which none is booted by the BIOS that is built in.
    ///
    /// - Throws: `CommandError` that names the option or file and the remedy.
    init(_ requests: DiskRequests) throws(CommandError) {
        let found = try Self.found(requests)
        let written = found.filter { $0.value.request.kind != .cd }.keys
        for (drive, _) in requests.overlays where drive == nil && written.count != 1 {
            throw .usage("--overlay: it is not known which drive is booted; name the drive, as in hda=FILE")
        }
        try build(found, requests, booted: written.first)
    }

    /// All drives of the command line, and the blob, which is the one to boot from; without one, the first that has a
    /// boot sector or, if any will do, the first.
    ///
    /// - Throws: `CommandError` that names the option or file and the remedy.
    init(
        _ requests: DiskRequests, blob: (path: String, disk: any DiskBackend)?, bootsAny: Bool, isCD: Bool = false
    ) throws(CommandError) {
        var found = try Self.found(requests)
        if let blob, isCD {
            boot = Self.usualCD
            guard found[boot] == nil else {
                throw .usage("-cdrom: \(blob.path.quoted) is that drive already; leave it out")
            }
            found[boot] = Found(request: DiskRequest(path: blob.path, kind: .cd, isReadOnly: true), disk: blob.disk)
        } else if let blob {
            boot = Drive.isHardDisk(blob.disk) ? 0x80 : 0
            guard found[boot] == nil else {
                let name = boot == 0 ? "-fda" : "-hda"
                throw .usage("\(name): \(blob.path.quoted) is that drive already; use \(boot == 0 ? "-fdb" : "-hdb")")
            }
            let request = DiskRequest(path: blob.path, kind: boot == 0 ? .floppy : .hardDisk)
            found[boot] = Found(request: request, disk: blob.disk)
        }
        let booted = blob == nil ? Self.bootable(found.mapValues(\.disk), found, requests).first : boot
        try build(found, requests, booted: booted)
        if blob == nil {
            let candidates = Self.candidates(found, requests)
            let bootable = Self.bootable(drives.mapValues(\.disk), found, requests)
            guard let first = bootsAny ? candidates.first : bootable.first else {
                throw unbootable(candidates, requests)
            }
            boot = first
        }
        try bootCompactDisc()
    }

    // MARK: Which drive is booted

    /// Drives that a BIOS would try, in order; the built-in one has no network.
    private static func candidates(_ found: [UInt8: Found], _ requests: DiskRequests) -> [UInt8] {
        (requests.order ?? [.floppy, .hardDisk, .cd]).compactMap { device -> UInt8? in
            switch device {
            case .floppy: found[0] == nil ? nil : 0
            case .hardDisk: found.filter { $0.value.request.kind == .hardDisk }.keys.min()
            case .cd: found.filter { $0.value.request.kind == .cd }.keys.min()
            case .network: nil
            }
        }
    }

    private static func bootable(
        _ disks: [UInt8: any DiskBackend], _ found: [UInt8: Found], _ requests: DiskRequests
    ) -> [UInt8] {
        candidates(found, requests).filter { number in
            if found[number]?.request.kind == .cd { return true }
            guard let sector = disks[number]?.read(sector: 0), sector.count == 512 else { return false }
            return sector[510] == 0x55 && sector[511] == 0xAA
        }
    }

    /// The error for drives without a boot sector; it says what the first one holds instead, if that is known.
    private func unbootable(_ candidates: [UInt8], _ requests: DiskRequests) -> CommandError {
        for number in candidates {
            guard let path = paths[number], let disk = drives[number]?.disk else { continue }
            let blob = Blob(path: path, bytes: Self.start(of: disk))
            if let found = WrongFile.found(in: blob), !found.isDisk { return .load(found.refusal(of: blob)) }
        }
        return .load(
            "no drive can be booted: neither A nor the first hard disk has a first sector that ends in 55 AA; "
                + "--boot sector! boots it all the same")
    }

    /// Looks into the CD, if that is booted: its image is loaded, or is a floppy.
    private mutating func bootCompactDisc() throws(CommandError) {
        guard let drive = drives[boot], drive.kind == .cd, let path = paths[boot] else { return }
        let entry: ElTorito
        do throws(ElTorito.Failure) {
            entry = try ElTorito(drive.disk)
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
    }

    // MARK: Images

    /// The sectors by which a disk is recognised: up to the first volume descriptor of a CD.
    static func start(of disk: any DiskBackend) -> [UInt8] {
        (0..<min(disk.sectorCount, 72)).flatMap { disk.read(sector: $0) ?? [] }
    }

    private static func found(_ requests: DiskRequests) throws(CommandError) -> [UInt8: Found] {
        var found: [UInt8: Found] = [:]
        for (number, request) in requests.images {
            found[number] = Found(request: request, disk: try FileDisk(path: request.path))
        }
        return found
    }

    private mutating func build(
        _ found: [UInt8: Found], _ requests: DiskRequests, booted: UInt8?
    ) throws(CommandError) {
        var identities: [HostFile.Identity: UInt8] = [:]
        for (number, found) in found.sorted(by: { $0.key < $1.key }) {
            let path = found.request.path
            if let identity = HostFile.identity(path), let other = identities.updateValue(number, forKey: identity) {
                let (name, first) = (DiskDrive.name(of: number), DiskDrive.name(of: other))
                throw .usage("-\(name): \(path.quoted) is in drive \(first) already; copy it, or leave one out")
            }
        }
        for overlay in requests.overlays {
            guard HostFile.identity(overlay.path).flatMap({ identities[$0] }) == nil else {
                throw .usage("--overlay: \(overlay.path.quoted) is an image itself; name another file")
            }
        }
        for (number, found) in found.sorted(by: { $0.key < $1.key }) {
            try add(number, found, requests, booted: booted)
        }
        let names = requests.geometries.keys.map { $0 } + requests.overlays.compactMap(\.drive)
        guard let lone = names.sorted().first(where: { drives[$0] == nil }) else { return }
        throw .usage("there is no image in drive \(DiskDrive.name(of: lone)), which an option is about; add one")
    }

    private mutating func add(
        _ number: UInt8, _ found: Found, _ requests: DiskRequests, booted: UInt8?
    ) throws(CommandError) {
        let (path, kind) = (found.request.path, found.request.kind)
        if kind == .floppy, found.disk.sectorCount > Drive.largestFloppy {
            throw .load("\(path.quoted) is larger than the 2.88 MB of a floppy; use -hda")
        }
        let last = found.disk.sectorCount == 0 ? nil : found.disk.read(sector: found.disk.sectorCount - 1)
        if let format = ForeignDisk.found(start: found.disk.read(sector: 0) ?? [], end: last ?? []) {
            throw .load("\(path.quoted) is \(format.name); \(ForeignDisk.remedy)")
        }
        var disk = found.disk
        if let overlay = requests.overlays.first(where: { ($0.drive ?? booted) == number }) {
            guard kind != .cd else { throw .usage("--overlay: a CD is only read; leave it out") }
            let laid = try OverlayDisk(overlay.path, over: disk, basePath: path)
            overlays[number] = laid
            disk = laid
        }
        var drive: Drive
        switch kind {
        case .floppy: drive = Drive(floppy: disk)
        case .hardDisk: drive = Drive(hardDisk: disk)
        case .cd: drive = Drive(cd: disk)
        }
        if found.request.isReadOnly { drive.isReadOnly = true }
        if let geometry = requests.geometries[number] { drive.geometry = geometry }
        drives[number] = drive
        paths[number] = path
    }

    // MARK: The end of a run

    /// The files that will be written at the end of a run, and for which option.
    func outputs(writesImages: Bool) -> [(path: String, option: String)] {
        var outputs = overlays.values.map { (path: $0.path, option: "--overlay") }
        for (number, drive) in drives where writesImages && overlays[number] == nil && !drive.isReadOnly {
            if let path = paths[number] { outputs.append((path: path, option: "--disk-write")) }
        }
        return outputs.sorted { $0.path < $1.path }
    }

    /// Puts what the guest has written into overlays and, if that is wanted, into the images of the other drives.
    ///
    /// - Throws: `CommandError` that names a file that cannot be written.
    func write(_ drives: [UInt8: DiskDrive], writesImages: Bool) throws(CommandError) {
        for (number, drive) in drives.sorted(by: { $0.key < $1.key }) {
            if let overlay = overlays[number] {
                try overlay.save(drive.state.written)
            } else if writesImages, let path = paths[number], !drive.state.written.isEmpty, !drive.isReadOnly {
                try FileDisk.write(drive.state.written, to: path)
            }
        }
    }
}

extension Disks {
    /// What battery RAM tells firmware to boot from: what the user wants, else first what the drive is that is booted.
    func bootOrder(_ wanted: [BootDevice]?) -> [CMOSContents.BootDevice] {
        let usual: [BootDevice] =
            switch drives[boot]?.kind {
            case .cd: [.cd, .hardDisk, .floppy]
            case .hardDisk: [.hardDisk, .floppy, .cd]
            case .floppy, nil: [.floppy, .hardDisk, .cd]
            }
        return (wanted ?? usual).map { device in
            switch device {
            case .floppy: .floppy
            case .hardDisk: .hardDisk
            case .cd: .cd
            case .network: .network
            }
        }
    }
}
