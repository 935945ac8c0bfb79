import Devices

/// An image that is to be in a drive.
struct DiskRequest: Equatable, Sendable {
    /// The file.
    var path: String
    /// What kind of drive it is in.
    var kind: Drive.Kind
    /// Whether the guest cannot write to it.
    var isReadOnly = false
}

/// What a PC can be told to boot from, by QEMU's letters.
enum BootDevice: Character, Sendable, CaseIterable {
    /// The first floppy drive.
    case floppy = "a"
    /// The first hard disk.
    case hardDisk = "c"
    /// The first CD.
    case cd = "d"
    /// The network, which is not there.
    case network = "n"

    /// `order=LETTERS`, or letters alone; nil for anything else.
    static func order(_ text: String) -> [BootDevice]? {
        let letters = text.hasPrefix("order=") ? text.dropFirst(6) : text[...]
        let devices = letters.compactMap { BootDevice(rawValue: $0) }
        guard !letters.isEmpty, devices.count == letters.count, Set(devices).count == devices.count else { return nil }
        return devices
    }
}

/// What the command line says about disks.
struct DiskRequests: Equatable, Sendable {
    /// Images by the number of their drive: floppies from 0, what is at ATA channels from 80.
    var images: [UInt8: DiskRequest] = [:]
    /// `--geometry`, by the number of the drive.
    var geometries: [UInt8: DiskGeometry] = [:]
    /// `--overlay`: the drive, or nil for the one that is booted, and the file.
    var overlays: [(drive: UInt8?, path: String)] = []
    /// `-boot`, or nil for the usual order.
    var order: [BootDevice]?

    /// No disks.
    init() {}

    /// Equal if all of it is.
    static func == (a: DiskRequests, b: DiskRequests) -> Bool {
        a.images == b.images && a.geometries == b.geometries && a.order == b.order
            && a.overlays.elementsEqual(b.overlays) { $0 == $1 }
    }

    /// Whether no image is named.
    var isEmpty: Bool { images.isEmpty }

    /// Letters of drives as DOS has them: 0 for A, 2 for C.
    var letters: Set<UInt8> {
        Set(images.filter { $0.value.kind != .cd }.keys.map { $0 < 0x80 ? $0 : $0 - 0x80 + 2 })
    }

    // MARK: Options

    /// The number of a drive by its name, such as `hda`.
    static func number(_ name: String) -> UInt8? { DiskDrive.names.first { $0.value == name }?.key }

    /// Puts an image into a drive.
    ///
    /// - Throws: `CommandError` if there is one already.
    mutating func add(_ request: DiskRequest, at number: UInt8, _ option: String) throws(CommandError) {
        if let other = images[number], other.path != request.path {
            throw .usage("\(option): \(other.path.quoted) is drive \(DiskDrive.name(of: number)) already; use another")
        }
        images[number] = request
    }

    /// Reads QEMU's `file=FILE,if=ide|floppy,index=N,media=disk|cdrom,ro`.
    ///
    /// - Throws: `CommandError` that names what is wrong.
    mutating func addDrive(_ text: String, _ option: String) throws(CommandError) {
        var (path, isFloppy, index, isCD, isReadOnly): (String?, Bool, UInt8?, Bool, Bool) = (
            nil, false, nil, false, false
        )
        for part in Self.parts(text) {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let value = pair.count == 2 ? pair[1] : "on"
            switch (pair[0], value) {
            case ("file", _) where pair.count == 2 && !value.isEmpty: path = value
            case ("if", "ide"), ("if", "floppy"): isFloppy = value == "floppy"
            case ("if", _): throw .usage("\(option): if=\(value) is no drive that there is; use if=ide or if=floppy")
            case ("index", "0"), ("index", "1"), ("index", "2"), ("index", "3"): index = UInt8(value)
            case ("media", "disk"), ("media", "cdrom"): isCD = value == "cdrom"
            case ("format", "raw"), ("ro", "off"), ("readonly", "off"), ("read-only", "off"): break
            case ("format", _): throw .usage("\(option): images are raw; convert it with qemu-img convert -O raw first")
            case ("ro", "on"), ("readonly", "on"), ("read-only", "on"): isReadOnly = true
            default:
                throw .usage(
                    "\(option): \(part.quoted) is none of file=FILE, if=ide|floppy, index=0 to 3, media=disk|cdrom, ro")
            }
        }
        guard let path else { throw .usage("\(option): no file is named; add file=FILE") }
        guard !isFloppy || !isCD else { throw .usage("\(option): a CD is in no floppy drive; use if=ide") }
        let numbers: [UInt8] = isFloppy ? [0, 1] : [0x80, 0x81, 0x82, 0x83]
        let wanted = index.map { numbers[0] + $0 } ?? numbers.first { images[$0] == nil }
        guard let wanted, numbers.contains(wanted) else {
            throw .usage("\(option): there is no such drive left; index is 0 to \(numbers.count - 1)")
        }
        let kind: Drive.Kind = isFloppy ? .floppy : isCD ? .cd : .hardDisk
        try add(DiskRequest(path: path, kind: kind, isReadOnly: isReadOnly || isCD), at: wanted, option)
    }

    /// Parts between commas; two commas are one that is meant.
    private static func parts(_ text: String) -> [String] {
        var parts = [""]
        var rest = text[...]
        while let character = rest.popFirst() {
            if character != "," {
                parts[parts.count - 1].append(character)
            } else if rest.first == "," {
                rest.removeFirst()
                parts[parts.count - 1].append(",")
            } else {
                parts.append("")
            }
        }
        return parts
    }

    /// Reads `hda=CYLINDERS,HEADS,SECTORS`.
    ///
    /// - Throws: `CommandError` that names what is wrong.
    mutating func addGeometry(_ text: String, _ option: String) throws(CommandError) {
        let pair = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let numbers = (pair.count == 2 ? pair[1] : "").split(separator: ",", omittingEmptySubsequences: false).map {
            Int($0)
        }
        guard let number = Self.number(String(pair[0])), numbers.count == 3,
            let geometry = DiskGeometry(checking: numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 0)
        else {
            throw .usage(
                "\(option): \(text.quoted) is no DRIVE=C,H,S; give one such as hda=615,4,17, up to 1024, 255 and 63")
        }
        geometries[number] = geometry
    }

    /// Reads `FILE` or `hda=FILE`.
    ///
    /// - Throws: `CommandError` if a drive has two.
    mutating func addOverlay(_ text: String, _ option: String) throws(CommandError) {
        let pair = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let drive = pair.count == 2 ? Self.number(pair[0]) : nil
        guard !overlays.contains(where: { $0.drive == drive }) else {
            throw .usage("\(option): a drive has one overlay; leave one out, or name the drive as in hdb=FILE")
        }
        overlays.append((drive, drive == nil ? text : pair[1]))
    }
}
