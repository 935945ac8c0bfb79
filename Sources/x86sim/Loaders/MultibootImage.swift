import X86Interp

/// A multiboot kernel of either version, as it goes to memory: an ELF file, or what the addresses in its header say.
struct MultibootImage {
    /// What goes to memory.
    var pieces: [BootPlan.Piece]
    /// The first instruction.
    var entry: UInt32
    /// The ELF file, if it is loaded as one.
    var elf: ELFImage?

    /// The lowest address that is loaded.
    var start: UInt32 { pieces.map(\.address).min() ?? 0 }
    /// One behind the highest.
    var end: UInt64 { pieces.map { UInt64($0.address) + UInt64($0.bytes.count + $0.zeros) }.max() ?? 0 }

    /// The kernel in a blob.
    ///
    /// - Throws: `CommandError` that says what is damaged.
    init(
        _ blob: Blob, header: Int, _ addresses: MultibootHeader.Addresses?, entry: UInt32?
    ) throws(CommandError) {
        guard let addresses else {
            guard ELFImage.isELF(blob) else {
                throw Self.damaged(blob, "it is no ELF file, and its header has no addresses")
            }
            let elf = try ELFImage(blob)
            self.elf = elf
            pieces = elf.pieces()
            self.entry = entry ?? elf.entry
            return
        }
        guard let entry else { throw Self.damaged(blob, "its header has addresses, but no entry") }
        let load = addresses.load ?? addresses.header &- UInt32(header)
        guard load <= addresses.header, Int(addresses.header - load) <= header else {
            throw Self.damaged(blob, "its header says that more is before it than the file has")
        }
        let first = header - Int(addresses.header - load)
        let end = addresses.loadEnd == 0 ? UInt64(load) + UInt64(blob.bytes.count - first) : UInt64(addresses.loadEnd)
        guard end > load, end - UInt64(load) <= UInt64(blob.bytes.count - first) else {
            throw Self.damaged(blob, "its header says that it ends at \(end.hex(digits: 8)), where the file has ended")
        }
        let zeros = max(0, Int64(addresses.zeroEnd) - Int64(end))
        let bytes = Array(blob.bytes[first..<first + Int(end - UInt64(load))])
        pieces = [.init(address: load, bytes: bytes, name: blob.path, zeros: Int(zeros))]
        self.entry = entry
        guard entry >= load, UInt64(entry) < self.end else {
            throw Self.damaged(blob, "its entry \(entry.hex) is not in what is loaded")
        }
    }

    /// The error for a file that is a multiboot kernel by its header and cannot be one.
    static func damaged(_ blob: Blob, _ what: String) -> CommandError {
        .load("\(blob.path.quoted) is a damaged multiboot kernel: \(what); link it again")
    }

    /// Moves it by `delta`, as a kernel that is relocatable can be.
    mutating func move(by delta: UInt32) {
        for index in pieces.indices { pieces[index].address &+= delta }
        entry &+= delta
    }

    /// Marks what is loaded as taken.
    func take(in layout: inout RAMLayout) {
        for piece in pieces {
            layout.take(UInt64(piece.address)..<UInt64(piece.address) + UInt64(piece.bytes.count + piece.zeros))
        }
    }
}

extension ELFImage {
    /// Files with more sections are handed over without them.
    private static let mostSections = 1024

    /// The section headers with symbols and names in memory, as both versions hand them to a kernel.
    ///
    /// Sections of symbols and of names that the program has not in memory are put there and their addresses filled in.
    /// Nil if there are none, or if RAM has no room for them.
    func sectionTable(
        of blob: Blob, in layout: inout RAMLayout
    ) -> (bytes: [UInt8], sections: Sections, pieces: [BootPlan.Piece])? {
        guard let sections else { return nil }
        var bytes = Array(blob.bytes[sections.offset..<sections.offset + sections.entrySize * sections.count])
        var pieces: [BootPlan.Piece] = []
        // Sections that lie upon each other would be copied again and again.
        var left = blob.bytes.count
        guard sections.count <= Self.mostSections else { return nil }
        for number in 0..<sections.count {
            let place = sections.offset + number * sections.entrySize
            // SHT_SYMTAB and SHT_STRTAB without an address.
            guard let type = blob.dword(at: place + 4), type == 2 || type == 3, blob.dword(at: place + 12) == 0,
                let offset = blob.dword(at: place + 16), let size = blob.dword(at: place + 20), size > 0
            else { continue }
            guard Int(offset) + Int(size) <= blob.bytes.count, Int(size) <= left,
                let address = layout.allocate(Int(size), in: RAMLayout.high)
            else { return nil }
            left -= Int(size)
            let contents = Array(blob.bytes[Int(offset)..<Int(offset) + Int(size)])
            pieces.append(.init(address: address, bytes: contents, name: "symbols of \(blob.path)"))
            bytes.replaceSubrange(
                number * sections.entrySize + 12..<number * sections.entrySize + 16, with: address.bytes)
        }
        return (bytes, sections, pieces)
    }
}
