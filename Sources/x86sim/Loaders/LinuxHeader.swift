/// The setup header of a Linux kernel.
///
/// Source: Documentation/arch/x86/boot.rst (protocol 2.00 to 2.15). It starts at 1F1 of the file and ends where the byte
/// at 201 says; a field that is newer than the kernel's protocol has the value that older kernels stand for.
struct LinuxHeader: Equatable {
    /// The protocol: 020C is 2.12.
    var version: UInt16
    /// Bytes of real-mode code, boot sector included.
    var setupSize: Int
    /// Bit 0: the rest of the kernel goes to 1 MiB.
    var loadFlags: UInt8
    /// Where the 32-bit code starts.
    var codeStart: UInt32
    /// The highest address that an initial RAM disk may have.
    var highestRAMDisk: UInt32
    /// Characters of the command line.
    var commandLineLimit: Int
    /// Where the kernel runs, if it says.
    var preferred: UInt64
    /// Bytes from there that it needs before it knows the memory map.
    var initialSize: UInt32
    /// The end of the header in the file.
    var end: Int

    /// Offsets in the file, which are those of the zero page as well.
    enum Field {
        static let start = 0x1F1
        static let videoMode = 0x1FA
        static let bootFlag = 0x1FE
        static let jump = 0x201
        static let magic = 0x202
        static let version = 0x206
        static let loader = 0x210
        static let loadFlags = 0x211
        static let moveSize = 0x212
        static let codeStart = 0x214
        static let ramDisk = 0x218
        static let ramDiskSize = 0x21C
        static let heapEnd = 0x224
        static let commandLine = 0x228
        static let highestRAMDisk = 0x22C
        static let extendedFlags = 0x236
        static let commandLineLimit = 0x238
        static let preferred = 0x258
        static let initialSize = 0x260
    }

    /// What is at 202.
    static let magic: [UInt8] = Array("HdrS".utf8)

    /// Whether a blob has such a header.
    static func isLinux(_ blob: Blob) -> Bool {
        blob.has(magic, at: Field.magic) && blob.word(at: Field.bootFlag) == 0xAA55
    }

    /// Whether the rest of the kernel goes to 1 MiB (bzImage), not to 64 KiB (zImage).
    var isHigh: Bool { loadFlags & 1 != 0 }

    /// `2.12`.
    var versionText: String {
        let minor = version & 0xFF
        return "\(version >> 8).\(minor < 10 ? "0" : "")\(minor)"
    }

    /// The header of a kernel.
    ///
    /// - Throws: `CommandError` that says what is damaged, or why the kernel does not run here.
    init(_ blob: Blob) throws(CommandError) {
        guard Self.isLinux(blob), let version = blob.word(at: Field.version) else {
            throw .load("\(blob.path.quoted) is no bzImage or zImage of boot protocol 2.00 or later; use --boot sector")
        }
        self.version = version
        guard version >= 0x0200 else { throw Self.damaged(blob, "its boot protocol is \(version.hex)") }
        let sectors = blob.bytes[Field.start] == 0 ? 4 : Int(blob.bytes[Field.start])
        setupSize = (sectors + 1) * 512
        end = Field.magic + Int(blob.bytes[Field.jump])
        guard setupSize < blob.bytes.count, setupSize <= 0x8000, end <= setupSize, end > Field.codeStart + 4 else {
            throw Self.damaged(
                blob, "its real-mode code of \(setupSize) bytes and header of \(end - Field.start) make no sense")
        }
        func field(_ place: Int, since: UInt16, _ other: UInt32) -> UInt32 {
            version >= since ? blob.dword(at: place) ?? other : other
        }
        loadFlags = blob.bytes[Field.loadFlags]
        codeStart = blob.dword(at: Field.codeStart) ?? 0
        highestRAMDisk = field(Field.highestRAMDisk, since: 0x0203, 0x37FF_FFFF)
        commandLineLimit = Int(field(Field.commandLineLimit, since: 0x0206, 255))
        preferred = UInt64(field(Field.preferred, since: 0x020A, 0))
        preferred |= UInt64(field(Field.preferred + 4, since: 0x020A, 0)) << 32
        initialSize = field(Field.initialSize, since: 0x020A, 0)
        // XLF_KERNEL_64: there is an entry for long mode, which only kernels for it have.
        if version >= 0x020C, let flags = blob.word(at: Field.extendedFlags), flags & 1 != 0 {
            throw .load(
                "\(blob.path.quoted) is a Linux kernel for x86-64, for which no processor is here; use one for i386")
        }
    }

    /// The error for a kernel that is damaged.
    static func damaged(_ blob: Blob, _ what: String) -> CommandError {
        .load("\(blob.path.quoted) is a damaged Linux kernel: \(what); copy it again")
    }
}
