import Devices
import X86Interp

/// What `--firmware` takes.
enum FirmwareChoice: String, Sendable, CaseIterable {
    /// The services that are built in.
    case builtin
    /// SeaBIOS and its VGA BIOS, from where distributions put them.
    case seabios
}

/// Which ROMs are asked for.
struct FirmwareRequest: Equatable, Sendable {
    /// `--firmware`.
    var choice = FirmwareChoice.builtin
    /// `-bios`: a file, or nil for the one of the choice.
    var bios: String?
    /// `-bios none`: there is no BIOS at all.
    var isNone = false
    /// `-vgabios`: the display's ROM, `none` for none, or nil if it was not given.
    var display: String?
    /// `--option-rom`, in order: ROMs of other cards.
    var options: [String] = []

    /// Whether the BIOS is one in ROM.
    var isROM: Bool { bios != nil || choice != .builtin }
}

/// Firmware in ROM: a BIOS, the display's, and ROMs of other cards, read from files.
struct Firmware: Equatable {
    /// A ROM and the file that it is from.
    struct Image: Equatable {
        /// The file.
        var path: String
        /// Its contents.
        var bytes: [UInt8]

        /// The file's name without its folders.
        var name: String { String(path.split(separator: "/").last ?? "rom") }
    }

    /// The BIOS.
    var bios: Image
    /// The display's BIOS, if there is one.
    var display: Image?
    /// ROMs of other cards.
    var options: [Image] = []

    /// Where distributions put SeaBIOS or its VGA BIOS.
    static let folders = [
        "/usr/share/seabios", "/usr/share/seavgabios", "/usr/share/qemu", "/usr/share/qemu-kvm",
        "/usr/local/share/seabios",
        "/usr/local/share/qemu", "/opt/homebrew/share/qemu", "/run/current-system/sw/share/qemu",
    ]
    private static let biosNames = ["bios.bin", "bios-256k.bin"]
    private static let displayNames = ["vgabios-isavga.bin", "vgabios.bin", "vgabios-stdvga.bin"]

    /// The firmware that options ask for; nil for what is built in.
    ///
    /// - Throws: `CommandError` that names the option or file and the remedy.
    init?(_ request: FirmwareRequest, folders: [String] = Self.folders) throws(CommandError) {
        let isSeaBIOS = request.choice == .seabios
        guard request.isROM else {
            guard request.display == nil, request.options.isEmpty else {
                let name = request.display == nil ? "--option-rom" : "-vgabios"
                throw .usage("\(name): the BIOS that is built in runs no ROM; add --firmware seabios or -bios FILE")
            }
            return nil
        }
        guard !request.isNone else { throw .usage("--firmware: -bios none is for no BIOS at all; leave out either") }
        let found = try Self.path(request.bios, or: Self.biosNames, folders, "a BIOS", "-bios")
        bios = try Self.image(found, "-bios", atMost: 16 << 20)
        if request.display != "none", isSeaBIOS || request.display != nil {
            let found = try Self.path(request.display, or: Self.displayNames, folders, "a VGA BIOS", "-vgabios")
            display = try Self.image(found, "-vgabios", atMost: 64 << 10)
        }
        for path in request.options { options.append(try Self.image(path, "--option-rom", atMost: 128 << 10)) }
    }

    private static func image(_ path: String, _ option: String, atMost limit: Int) throws(CommandError) -> Image {
        let bytes = try HostFile.read(path)
        let blob = Blob(path: path, bytes: bytes)
        if let found = WrongFile.found(in: blob), !found.isDisk { throw .load("\(option): \(found.refusal(of: blob))") }
        guard bytes.count <= limit else {
            throw .load(
                "\(option): \(path.quoted) is larger than the \(HostFile.sizeText(limit)) that such a ROM can have")
        }
        guard option == "-bios" || bytes.starts(with: [0x55, 0xAA]) else {
            throw .load("\(option): \(path.quoted) is no ROM of a card, which starts with 55 AA; name another file")
        }
        return Image(path: path, bytes: bytes)
    }

    /// The file that was named, or the first one of some names that is in one of the folders.
    private static func path(
        _ named: String?, or names: [String], _ folders: [String], _ what: String, _ option: String
    ) throws(CommandError) -> String {
        if let named { return named }
        for name in names {
            for folder in folders where HostFile.size("\(folder)/\(name)") != nil { return "\(folder)/\(name)" }
        }
        throw .load(
            "--firmware seabios: \(what), \(names.joined(separator: " or ")), is in none of "
                + folders.joined(separator: ", ")
                + "; install seabios (Debian, Ubuntu), seabios-bin and seavgabios-bin (Fedora) or qemu, "
                + "or name a file by \(option)")
    }

    /// Where the BIOS goes: a ROM that ends with the address space, and below 1 MiB its end, 256 KiB at most.
    ///
    /// What lies below 1 MiB is RAM that holds a copy, as chip sets leave it that are told to shadow, and as QEMU's isapc
    /// has it: SeaBIOS has variables there. RESET leaves the copy as it is, and the ROM above is what it was. Where there
    /// is no RAM for it, and on processors with 1 MiB of addresses, it is ROM.
    ///
    /// - Throws: `CommandError` if the file can be no ROM.
    func plan(_ context: LoadingContext, cards: Bool) throws(CommandError) -> BootPlan {
        var plan = try Loader.plan(Blob(path: bios.path, bytes: bios.bytes), format: Loader.rom.name, context)
        let names = [bios] + (display.map { [$0] } ?? []) + options
        plan.description = "firmware: " + names.map(\.path).joined(separator: ", ")
        guard context.ramSize >= 1 << 20, plan.roms.count == 2, let top = plan.roms.first else { return plan }
        let low = Array(top.bytes.suffix(cards ? 128 << 10 : 256 << 10))
        plan.roms = [top]
        plan.pieces = [.init(address: 0x10_0000 - UInt32(low.count), bytes: low, name: bios.path)]
        if cards { plan.pieces = try cardPieces() + plan.pieces }
        return plan
    }

    /// The cards' ROMs as firmware looks for them: the display's at C0000, others from C8000 on, each at 2 KiB.
    private func cardPieces() throws(CommandError) -> [BootPlan.Piece] {
        var pieces: [BootPlan.Piece] = []
        var address = 0xC_0000
        for image in (display.map { [$0] } ?? []) + options {
            if image != display { address = max(address, 0xC_8000) }
            guard address + image.bytes.count <= 0xE_0000 else {
                throw .load("\(image.path.quoted) finds no room below E0000 beside the other ROMs; leave one out")
            }
            pieces.append(.init(address: UInt32(address), bytes: image.bytes, name: image.path))
            address += (image.bytes.count + 2047) & ~2047
        }
        return pieces
    }

    /// The cards' ROMs as fw_cfg hands them to firmware, which puts them where it likes.
    var files: [FirmwareConfig.File] {
        let display = display.map { [FirmwareConfig.File(name: "vgaroms/\($0.name)", contents: $0.bytes)] } ?? []
        return display + options.map { .init(name: "genroms/\($0.name)", contents: $0.bytes) }
    }
}
