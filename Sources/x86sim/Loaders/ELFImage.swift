import X86Interp

/// An ELF32 executable for i386, as far as it is loaded (System V ABI, chapters 4 and 5).
///
/// Every offset is checked against the file: whatever the bytes are, the result is an image or an error.
struct ELFImage {
    /// A part that goes to memory (PT_LOAD).
    struct Segment: Equatable {
        /// Where it goes.
        var physical: UInt32
        /// Where the program believes it to be.
        var virtual: UInt32
        /// Its bytes in the file.
        var file: Range<Int>
        /// How many bytes it has in memory: what the file lacks is zero.
        var size: UInt32
    }

    /// The section headers: where they are, the size of one, how many, and which has the names.
    struct Sections: Equatable {
        /// Offset of the first in the file.
        var offset: Int
        /// Bytes of each.
        var entrySize: Int
        /// How many there are.
        var count: Int
        /// The number of the one with the names of all.
        var names: Int
    }

    /// What is loaded, in the order of the file.
    private(set) var segments: [Segment] = []
    /// Physical address of the first instruction.
    private(set) var entry: UInt32 = 0
    /// The section headers; nil if there are none, or not all of them are in the file.
    private(set) var sections: Sections?
    private let blob: Blob
    /// More than any program has.
    private static let mostSegments = 1024

    /// Numbers of the header's `e_machine` that run here: EM_386 and the never used EM_486.
    private static let machines: Set<UInt16> = [3, 6]
    /// The same of machines that people try.
    private static let others: [UInt16: String] = [
        2: "SPARC", 8: "MIPS", 20: "PowerPC", 40: "ARM", 62: "x86-64", 183: "AArch64", 243: "RISC-V",
    ]

    /// Whether a blob starts as an ELF file does.
    static func isELF(_ blob: Blob) -> Bool { blob.has(ELFSymbols.magic) }

    /// The image in a blob.
    ///
    /// - Throws: `CommandError` that says what it is instead, or what is damaged.
    init(_ blob: Blob) throws(CommandError) {
        self.blob = blob
        try checkKind()
        guard let table = blob.dword(at: 0x1C), let size = blob.word(at: 0x2A), let count = blob.word(at: 0x2C),
            let entry = blob.dword(at: 0x18)
        else { throw damaged("its header is cut off") }
        guard count > 0 else { throw damaged("it has no program headers") }
        guard size >= 32, Int(table) + Int(size) * Int(count) <= blob.bytes.count else {
            throw damaged("its program headers are not in the file")
        }
        for number in 0..<Int(count) { try addSegment(Int(table) + number * Int(size), number) }
        guard !segments.isEmpty else { throw damaged("it has no segment to load") }
        // Segments that lie upon each other in the file would be copied again and again; pages may be in two.
        guard segments.count <= Self.mostSegments,
            segments.reduce(0, { $0 + $1.file.count }) <= blob.bytes.count + segments.count * 4096
        else { throw damaged("its \(segments.count) segments have more bytes than the file") }
        self.entry = try physical(entry)
        sections = readSections()
    }

    private func checkKind() throws(CommandError) {
        guard Self.isELF(blob) else { throw damaged("it does not start with an ELF header") }
        let machine = blob.word(at: 0x12) ?? 0
        guard blob.bytes.count > 5, blob.bytes[4] == 1, blob.bytes[5] == 1 else {
            guard blob.bytes.count > 5, blob.bytes[4] == 2 else { throw damaged("its header is neither 32 nor 64-bit") }
            throw .load("\(blob.path.quoted) is a 64-bit ELF file, for which no processor is here; build it for i386")
        }
        guard Self.machines.contains(machine) else {
            let name = Self.others[machine] ?? "machine \(machine)"
            throw .load("\(blob.path.quoted) is an ELF file for \(name); build it for i386")
        }
        guard blob.word(at: 0x10) == 2 else {
            throw .load("\(blob.path.quoted) is an ELF file whose addresses are not final; link it as an executable")
        }
    }

    private mutating func addSegment(_ place: Int, _ number: Int) throws(CommandError) {
        let fields = (0..<6).map { blob.dword(at: place + $0 * 4) ?? 0 }
        // PT_LOAD
        guard fields[0] == 1, fields[5] > 0 else { return }
        let (offset, fileSize, size) = (Int(fields[1]), Int(fields[4]), fields[5])
        guard offset + fileSize <= blob.bytes.count else {
            throw damaged("segment \(number) ends behind the file, at \(UInt64(offset + fileSize).hex(digits: 1))")
        }
        guard fileSize <= Int(size), UInt64(fields[3]) + UInt64(size) <= 1 << 32 else {
            throw damaged("segment \(number) has no sense: \(fileSize) bytes of \(size) at \(fields[3].hex)")
        }
        segments.append(
            Segment(physical: fields[3], virtual: fields[2], file: offset..<offset + fileSize, size: size))
    }

    /// The entry as a physical address: linkers write the virtual one.
    private func physical(_ entry: UInt32) throws(CommandError) -> UInt32 {
        if let segment = segments.first(where: { entry &- $0.virtual < $0.size }) {
            return segment.physical &+ (entry &- segment.virtual)
        }
        guard segments.contains(where: { entry &- $0.physical < $0.size }) else {
            throw damaged("its entry \(entry.hex) is in no segment")
        }
        return entry
    }

    private func readSections() -> Sections? {
        guard let offset = blob.dword(at: 0x20), let size = blob.word(at: 0x2E), let count = blob.word(at: 0x30),
            let names = blob.word(at: 0x32), size >= 40, count > 0,
            Int(offset) + Int(size) * Int(count) <= blob.bytes.count
        else { return nil }
        return Sections(offset: Int(offset), entrySize: Int(size), count: Int(count), names: Int(names))
    }

    private func damaged(_ what: String) -> CommandError {
        .load("\(blob.path.quoted) is a damaged ELF file: \(what); link it again")
    }

    /// The lowest address of a segment.
    var start: UInt32 { segments.map(\.physical).min() ?? 0 }

    /// One behind the highest address of a segment.
    var end: UInt64 { segments.map { UInt64($0.physical) + UInt64($0.size) }.max() ?? 0 }

    /// What goes to memory, `delta` bytes above where it was linked.
    func pieces(movedBy delta: UInt32 = 0) -> [BootPlan.Piece] {
        segments.map { segment in
            BootPlan.Piece(
                address: segment.physical &+ delta, bytes: Array(blob.bytes[segment.file]), name: blob.path,
                zeros: Int(segment.size) - segment.file.count)
        }
    }

    /// The names in it; none if it was stripped.
    var symbols: [Symbol] {
        do throws(SymbolError) { return try ELFSymbols.read(blob.bytes) } catch { return [] }
    }
}
