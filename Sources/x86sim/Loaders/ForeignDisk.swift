/// One row: a format of disk images that is not raw, by the bytes that it starts with.
struct ForeignDisk: Sendable {
    /// What it is, with its article.
    let name: String
    /// What it starts with.
    let magic: [UInt8]
    /// Where that is.
    var offset = 0

    /// What helps.
    static let remedy = "convert it with qemu-img convert -O raw first"

    /// All formats that are known, and refused: what a guest would find there are no sectors.
    static let all: [ForeignDisk] = [
        .init(name: "a QCOW2 disk", magic: [0x51, 0x46, 0x49, 0xFB]),
        .init(name: "a VMDK disk", magic: Array("KDMV".utf8)),
        .init(name: "a VMDK disk", magic: Array("COWD".utf8)),
        .init(name: "the description of a VMDK disk", magic: Array("# Disk DescriptorFile".utf8)),
        .init(name: "a VHDX disk", magic: Array("vhdxfile".utf8)),
        .init(name: "a VHD disk", magic: footer),
        .init(name: "a VDI disk", magic: [0x7F, 0x10, 0xDA, 0xBE], offset: 0x40),
        .init(name: "a QED disk", magic: [0x51, 0x45, 0x44, 0x00]),
        .init(name: "a Parallels disk", magic: Array("WithoutFreeSpace".utf8)),
        .init(name: "a Parallels disk", magic: Array("WithouFreSpacExt".utf8)),
    ]

    /// A VHD of fixed size has this at the start of its last 512 bytes only.
    static let footer: [UInt8] = Array("conectix".utf8)

    /// The format that an image is in, by its first bytes and by its last sector; nil if nothing speaks against raw.
    static func found(start: [UInt8], end: [UInt8]) -> ForeignDisk? {
        let found = all.first { $0.offset <= start.count && start[$0.offset...].starts(with: $0.magic) }
        return found ?? (end.starts(with: footer) ? ForeignDisk(name: "a VHD disk", magic: footer) : nil)
    }
}
