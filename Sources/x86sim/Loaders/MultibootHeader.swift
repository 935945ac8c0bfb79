/// The header of a multiboot kernel, version 1.
///
/// Source: Multiboot Specification 0.6.96, 3.1. Twelve bytes, on a dword boundary, wholly in the first 8192; by bit 16 of
/// the flags twenty with addresses follow, by bit 2 sixteen with a video mode.
struct MultibootHeader: Equatable {
    /// Where a kernel that is no ELF file goes (the "a.out kludge").
    struct Addresses: Equatable {
        /// The address of the header itself.
        var header: UInt32
        /// Where what is loaded starts; nil for the start of the file.
        var load: UInt32?
        /// Where it ends; 0 for the end of the file.
        var loadEnd: UInt32
        /// Where the zeros behind it end; 0 for none.
        var zeroEnd: UInt32
    }

    /// Its offset in the file.
    var offset: Int
    /// What it requires (bits 0 to 15) and has.
    var flags: UInt32
    /// The addresses, by bit 16.
    var addresses: Addresses?
    /// The first instruction, if the header says.
    var entry: UInt32?
    /// The mode that is asked for, by bit 2: 0 is a linear frame buffer, 1 text.
    var videoMode: UInt32?

    private static let magic: UInt32 = 0x1BAD_B002

    /// The first header in a blob whose sum is right; nil if there is none.
    static func find(in blob: Blob) -> MultibootHeader? {
        for offset in stride(from: 0, to: min(blob.bytes.count, 0x2000) - 11, by: 4) {
            guard blob.dword(at: offset) == magic, let flags = blob.dword(at: offset + 4),
                let sum = blob.dword(at: offset + 8), magic &+ flags &+ sum == 0
            else { continue }
            return MultibootHeader(blob, offset, flags)
        }
        return nil
    }

    private init(_ blob: Blob, _ offset: Int, _ flags: UInt32) {
        self.offset = offset
        self.flags = flags
        func field(_ place: Int) -> UInt32? { blob.dword(at: offset + place) }
        if flags & 1 << 16 != 0, let header = field(12), let load = field(16), let end = field(20), let zero = field(24)
        {
            addresses = Addresses(header: header, load: load, loadEnd: end, zeroEnd: zero)
            entry = field(28)
        }
        if flags & 1 << 2 != 0 { videoMode = field(32) }
    }
}
