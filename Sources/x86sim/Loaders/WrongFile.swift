import X86Interp

/// One row: a kind of file that is recognised and not run, and what helps.
struct WrongFile: Sendable {
    /// What it is, with its article.
    let name: String
    /// What to do instead.
    let remedy: String
    /// Whether it is a disk image that only lacks a boot sector.
    var isDisk = false
    /// Whether a blob is one.
    let matches: @Sendable (Blob) -> Bool

    /// A row of the table.
    init(_ name: String, _ remedy: String, isDisk: Bool = false, _ matches: @escaping @Sendable (Blob) -> Bool) {
        self.name = name
        self.remedy = remedy
        self.isDisk = isDisk
        self.matches = matches
    }

    /// A file that starts with certain bytes.
    init(_ name: String, _ remedy: String, magic: [UInt8]) { self.init(name, remedy) { $0.has(magic) } }

    /// The kind of wrong file that a blob is; nil if it can be meant to be run.
    static func found(in blob: Blob) -> WrongFile? { all.first { $0.matches(blob) } }

    /// One line: the file, what it is, what helps.
    func refusal(of blob: Blob) -> String { "\(blob.path.quoted) is \(name); \(remedy)" }

    /// All kinds; the first that matches counts.
    static let all: [WrongFile] = programs + packed + foreign + disks + texts + [image]

    // MARK: Programs of other systems

    private static let programs: [WrongFile] = [
        .init(
            "an ELF object file", "link it (ld -Ttext 0x7c00 --oformat binary), or assemble it with nasm -f bin"
        ) { $0.has([0x7F, 0x45, 0x4C, 0x46]) && $0.word(at: 16) == 1 },
        .init(
            "a Windows program (PE)", "only DOS programs run here; --boot exe runs the DOS program in it"
        ) { later($0, ["PE"]) },
        .init(
            "a Windows or OS/2 program (NE)", "only DOS programs run here; --boot exe runs the DOS program in it"
        ) { later($0, ["NE"]) },
        .init(
            "a program for a 32-bit DOS extender, OS/2 or Windows (LE)",
            "only plain DOS programs run here; --boot exe runs the DOS program in it"
        ) { later($0, ["LE", "LX"]) },
        .init("a Mach-O file", "assemble it with nasm -f bin instead") { blob in
            [[0xCE, 0xFA, 0xED, 0xFE], [0xCF, 0xFA, 0xED, 0xFE], [0xCA, 0xFE, 0xBA, 0xBE]].contains { blob.has($0) }
        },
    ]

    private static func later(_ blob: Blob, _ names: [String]) -> Bool {
        guard let header = EXEHeader(blob.bytes) else { return false }
        return names.contains { blob.has(Array($0.utf8), at: header.laterHeader) }
    }

    // MARK: Packed files

    private static let packed: [WrongFile] = [
        .init("compressed (gzip)", "unpack it with gunzip first") {
            $0.has([0x1F, 0x8B, 0x08]) && ($0.word(at: 2) ?? 0xFFFF) & 0xE000 == 0
        },
        .init("compressed (xz)", "unpack it with unxz first", magic: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]),
        .init("compressed (zstd)", "unpack it with unzstd first", magic: [0x28, 0xB5, 0x2F, 0xFD]),
        .init("compressed (lz4)", "unpack it with unlz4 first", magic: [0x04, 0x22, 0x4D, 0x18]),
        .init("compressed (bzip2)", "unpack it with bunzip2 first") {
            $0.has(Array("BZh".utf8)) && $0.has([0x31, 0x41, 0x59, 0x26, 0x53, 0x59], at: 4)
        },
        .init("a ZIP archive", "unpack it with unzip first", magic: [0x50, 0x4B, 0x03, 0x04]),
        .init("a 7z archive", "unpack it first", magic: [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]),
        .init("a tar archive", "unpack it with tar xf first") {
            !$0.isBootSector && $0.has(Array("ustar".utf8), at: 257)
        },
    ]

    // MARK: Disks

    private static let foreign: [WrongFile] =
        ForeignDisk.all.map { format in
            .init(format.name, ForeignDisk.remedy) { $0.has(format.magic, at: format.offset) }
        } + [.init("a VHD disk", ForeignDisk.remedy) { $0.has(ForeignDisk.footer, at: $0.bytes.count - 512) }]

    private static let disks: [WrongFile] = [
        .init(
            "a CD image without a boot record", "name it with -cdrom, and what boots as BLOB"
        ) { !$0.isBootSector && !Loader.cd.guess($0) && $0.has(Array("CD001".utf8), at: 0x8001) }
    ]

    /// Sizes of floppies, in sectors.
    private static let floppies: [Int] = [320, 360, 640, 720, 1440, 2400, 2880, 3360, 3444, 5760]

    /// By its name, by a floppy's size, or because memory has no room for so much code.
    private static let image = WrongFile(
        "a disk image whose first sector does not end in 55 AA",
        "no PC would boot it; --boot sector! does, --boot flat runs it as bare code", isDisk: true
    ) { blob in
        guard !blob.isBootSector, !Loader.cd.guess(blob), !Loader.rom.guess(blob), !Loader.exe.guess(blob),
            !Loader.com.guess(blob)
        else {
            return false
        }
        let isNamed = ["img", "ima", "flp", "vfd", "dsk", "hdd", "iso"].contains(blob.fileExtension)
        let isSized = blob.size % 512 == 0 && (floppies.contains(blob.size / 512) || blob.size > 0xA0000)
        return isNamed || isSized
    }

    // MARK: Text

    private static let texts: [WrongFile] = [
        .init("an Intel HEX file", "make a binary of it with objcopy -I ihex -O binary") {
            $0.has([0x3A]) && isText($0)
        },
        .init("a case", "run it with x86sim check") { $0.fileExtension == "case" && isText($0) },
        .init("a text file", "assemble it first, such as with nasm -f bin FILE -o FILE.bin") { isText($0) },
    ]

    /// Characters and lines; a COM program can be made of letters, so that its name counts.
    private static func isText(_ blob: Blob) -> Bool {
        guard blob.fileExtension != "com", !blob.isBootSector, blob.bytes.contains(0x0A) else { return false }
        return isUTF8(blob.bytes)
            && blob.bytes.allSatisfy { $0 >= 0x80 || 0x20...0x7E ~= $0 || [0x09, 0x0A, 0x0C, 0x0D].contains($0) }
    }

    private static func isUTF8(_ bytes: [UInt8]) -> Bool {
        var decoder = UTF8()
        var rest = bytes.makeIterator()
        while true {
            switch decoder.decode(&rest) {
            case .scalarValue: continue
            case .emptyInput: return true
            case .error: return false
            }
        }
    }
}
