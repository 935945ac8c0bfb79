/// The header of a multiboot kernel, version 2.
///
/// Source: Multiboot2 Specification 2.0, 3.1. Sixteen bytes, on a qword boundary, wholly in the first 32768, then tags.
struct Multiboot2Header: Equatable {
    /// Its offset in the file.
    var offset: Int
    /// Kinds of information that the kernel cannot do without.
    var required: [UInt32] = []
    /// The addresses of tag 2.
    var addresses: MultibootHeader.Addresses?
    /// The entry of tag 3.
    var entry: UInt32?
    /// Bit 0 of tag 4: it needs a console; bit 1: it knows EGA text.
    var consoleFlags: UInt32?
    /// Whether tag 5 asks for a frame buffer that it cannot do without.
    var needsFrameBuffer = false
    /// Whether tag 5 is there.
    var asksForFrameBuffer = false
    /// Tag 10: bounds, alignment and preference (1 low, 2 high) of a place.
    var place: Relocation?

    /// Where a relocatable kernel may be loaded.
    struct Relocation: Equatable {
        /// The lowest address that it may have.
        var lowest: UInt32
        /// The highest.
        var highest: UInt32
        /// What its address is a multiple of.
        var alignment: UInt32
        /// 1: as low as can be; 2: as high; 0: where it was linked, if it can.
        var preference: UInt32
    }

    private static let magic: UInt32 = 0xE852_50D6

    /// Where the first header in a blob is whose sum is right; nil if there is none.
    static func offset(in blob: Blob) -> Int? {
        stride(from: 0, to: min(blob.bytes.count, 0x8000) - 15, by: 8).first { offset in
            let fields = (0..<4).map { blob.dword(at: offset + $0 * 4) ?? 0 }
            return fields[0] == magic && fields.reduce(0, &+) == 0
        }
    }

    /// The first header in a blob.
    ///
    /// - Throws: `CommandError` that says what is damaged, or what it requires and is not there.
    init(_ blob: Blob) throws(CommandError) {
        guard let offset = Self.offset(in: blob), let length = blob.dword(at: offset + 8) else {
            throw .load("\(blob.path.quoted) has no multiboot2 header in its first 32 KiB; use --boot multiboot or elf")
        }
        self.offset = offset
        guard blob.dword(at: offset + 4) == 0 else {
            throw .load("\(blob.path.quoted) is a multiboot2 kernel for MIPS; build it for i386")
        }
        let end = offset + Int(length)
        guard length >= 16, end <= min(blob.bytes.count, 0x8000) else {
            throw MultibootImage.damaged(blob, "its header of \(length) bytes is not in its first 32 KiB")
        }
        var place = offset + 16
        while place + 8 <= end, let type = blob.word(at: place), type != 0 {
            let size = Int(blob.dword(at: place + 4) ?? 0)
            guard size >= 8, place + size <= end else {
                throw MultibootImage.damaged(blob, "tag \(type) of its header ends behind it")
            }
            let isOptional = (blob.word(at: place + 2) ?? 0) & 1 != 0
            let fields = (0..<(size - 8) / 4).map { blob.dword(at: place + 8 + $0 * 4) ?? 0 }
            try enter(type, isOptional: isOptional, fields, blob)
            // Sizes do not count what fills a tag up to 8 bytes.
            place += (size + 7) & ~7
        }
    }

    private mutating func enter(
        _ type: UInt16, isOptional: Bool, _ fields: [UInt32], _ blob: Blob
    ) throws(CommandError) {
        let needed = [2: 4, 3: 1, 4: 1, 5: 3, 10: 4][Int(type)] ?? 0
        guard fields.count >= needed else {
            throw MultibootImage.damaged(blob, "tag \(type) of its header is too short")
        }
        switch type {
        case 1: if !isOptional { required += fields }
        case 2:
            addresses = .init(
                header: fields[0], load: fields[1] == .max ? nil : fields[1], loadEnd: fields[2], zeroEnd: fields[3])
        case 3: entry = fields[0]
        case 4: consoleFlags = fields[0]
        case 5:
            asksForFrameBuffer = true
            needsFrameBuffer = !isOptional
        // Modules are on pages always; entries for EFI are for others.
        case 6, 7, 8, 9: break
        case 10:
            place = Relocation(lowest: fields[0], highest: fields[1], alignment: fields[2], preference: fields[3])
        default:
            guard isOptional else {
                throw .load(
                    "\(blob.path.quoted) requires tag \(type) of the multiboot2 header, which is not known here")
            }
        }
    }
}
