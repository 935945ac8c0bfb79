import X86Interp

/// A file that is to be run.
struct Blob: Sendable {
    /// Its path, for messages and for the extension.
    var path: String
    /// Its contents, not empty; of a disk that is too large to be read as a whole, the start.
    var bytes: [UInt8]
    /// The file's length.
    var size: Int

    /// A file with contents; its length, if it is longer.
    init(path: String, bytes: [UInt8], size: Int? = nil) {
        self.path = path
        self.bytes = bytes
        self.size = max(bytes.count, size ?? 0)
    }

    /// The path's extension in lower case, without the dot.
    var fileExtension: String {
        let name = path.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return "" }
        return name[name.index(after: dot)...].lowercased()
    }

    /// The 16-bit number at an offset, little-endian; nil beyond the end.
    func word(at offset: Int) -> UInt16? {
        guard offset >= 0, offset + 1 < bytes.count else { return nil }
        return UInt16(bytes[offset]) | UInt16(bytes[offset + 1]) << 8
    }

    /// The 32-bit number at an offset, little-endian; nil beyond the end.
    func dword(at offset: Int) -> UInt32? {
        guard let low = word(at: offset), let high = word(at: offset + 2) else { return nil }
        return UInt32(low) | UInt32(high) << 16
    }

    /// The path without its folders.
    var name: String { String(path.split(separator: "/").last ?? "") }

    /// Whether certain bytes are at an offset.
    func has(_ wanted: [UInt8], at offset: Int = 0) -> Bool {
        offset >= 0 && offset <= bytes.count && bytes[offset...].starts(with: wanted)
    }

    /// Whether a BIOS would boot it: its first sector ends in 55 AA.
    var isBootSector: Bool { word(at: 510) == 0xAA55 }
}

/// What a format needs to know besides the blob.
struct LoadingContext: Sendable {
    /// The processor.
    var model: CPUModel
    /// RAM in bytes.
    var ramSize: Int
    /// `--entry`.
    var entry: FarAddress?
    /// `--args`, in code page 437.
    var arguments: [UInt8] = []
    /// Whether the built-in BIOS is there, for formats that expect one.
    var hasBIOS = true
    /// Drives that there are besides what is loaded, 0 for A.
    var drives: Set<UInt8> = []
    /// `-append`: the command line of a kernel.
    var commandLine: String?
    /// `-initrd`: files that are loaded with a kernel.
    var modules: [KernelModule] = []
    /// `--linux-entry`: 16, 32, or nil for what fits the firmware.
    var linuxEntry: Int?
    /// Whether there is a display in text mode.
    var hasDisplay = true
    /// Whether the file was named as a kernel, so that nothing else will do.
    var wantsKernel = false
}

/// One row: a format of blobs, how to recognise it, how to load it.
struct Loader: Sendable {
    /// The name that `--boot` takes.
    let name: String
    /// One line for the help.
    let summary: String
    /// By what `auto` takes a blob for one, for the summary.
    let why: String
    /// Whether it is what `-kernel` names.
    var isKernel = false
    /// Whether a blob looks like this format.
    let guess: @Sendable (Blob) -> Bool
    /// Where the blob goes and how the processor starts; throws a `CommandError` if it is not of this format.
    let plan: @Sendable (Blob, LoadingContext) throws(CommandError) -> BootPlan

    /// The name that means: the first format that recognises the blob.
    static let automatic = "auto"

    /// Every format; the first that recognises a blob is what `auto` takes.
    static let all: [Loader] = [multiboot2, multiboot, linux, elf, exe, com, rom, sector, cd, anySector, flat]

    /// What `--boot` takes.
    static let names = [automatic] + all.map(\.name)

    /// The name of the format that a blob is loaded in, where `format` may leave it open.
    static func format(of blob: Blob, _ format: String) -> String {
        format == automatic ? all.first { $0.guess(blob) }?.name ?? format : format
    }

    /// The plan for a blob in the format with a name.
    static func plan(_ blob: Blob, format: String, _ context: LoadingContext) throws(CommandError) -> BootPlan {
        let isOpen = format == automatic
        // Kernels are other things as well: Linux starts with the header of a Windows program.
        let isKernel = all.contains { $0.isKernel && $0.guess(blob) }
        if isOpen, !isKernel, let found = WrongFile.found(in: blob) { throw .load(found.refusal(of: blob)) }
        for loader in all where isOpen ? loader.guess(blob) : loader.name == format {
            guard loader.isKernel || !context.wantsKernel else { continue }
            var plan = try loader.plan(blob, context)
            plan.format = loader.name
            plan.why = isOpen ? loader.why : "--boot says so"
            if isOpen, loader.isKernel { plan.description += ": " + loader.why }
            return plan
        }
        guard !context.wantsKernel else {
            let kinds = all.filter(\.isKernel).map(\.name).joined(separator: ", ")
            throw .load("-kernel: \(blob.path.quoted) is none of \(kinds); name it without -kernel")
        }
        throw .usage("--boot: \(format.quoted) is none of \(names.joined(separator: ", "))")
    }
}
