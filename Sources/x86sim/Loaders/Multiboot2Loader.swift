import X86Interp

extension Loader {
    /// A kernel for multiboot 2.
    static let multiboot2 = Loader(
        name: "multiboot2",
        summary: "multiboot kernel, version 2: the same by tags, relocatable ones too",
        why: "a multiboot2 header in its first 32 KiB has the right sum",
        isKernel: true,
        guess: { !$0.isBootSector && Multiboot2Header.offset(in: $0) != nil },
        plan: { blob, context throws(CommandError) in
            let header = try Multiboot2Header(blob)
            try context.requireFlat(blob)
            try header.check(blob, context)
            var image = try MultibootImage(blob, header: header.offset, header.addresses, entry: header.entry)
            if let place = header.place { try image.move(to: place, blob, context) }
            var boot = MultibootBoot(blob, image, context)
            let modules = try boot.loadModules()
            let info = try boot.information2(modules, isRelocatable: header.place != nil)
            var plan = try boot.plan("multiboot2 kernel", magic: 0x36D7_6289, info)
            if header.asksForFrameBuffer { plan.description += " (it asks for graphics, text is there)" }
            return plan
        })
}

extension Multiboot2Header {
    /// Kinds of information, by what the specification calls them; those that are never here have no `isGiven`.
    private static let kinds: [UInt32: (name: String, isGiven: Bool)] = [
        1: ("boot command line", true), 2: ("boot loader name", true), 3: ("modules", true),
        4: ("basic memory information", true), 5: ("BIOS boot device", true), 6: ("memory map", true),
        7: ("VBE info", false), 8: ("framebuffer info", true), 9: ("ELF symbols", true), 10: ("APM table", false),
        11: ("EFI 32-bit system table", false), 12: ("EFI 64-bit system table", false), 13: ("SMBIOS tables", false),
        14: ("ACPI old RSDP", false), 15: ("ACPI new RSDP", false), 16: ("networking information", false),
        17: ("EFI memory map", false), 18: ("EFI boot services", false), 19: ("EFI 32-bit image handle", false),
        20: ("EFI 64-bit image handle", false), 21: ("image load base", true),
    ]

    /// Refuses what the kernel cannot do without and is not here.
    ///
    /// - Throws: `CommandError` that names it.
    func check(_ blob: Blob, _ context: LoadingContext) throws(CommandError) {
        for kind in required {
            let (name, isGiven) = Self.kinds[kind] ?? ("unknown", false)
            let isHere = isGiven && (kind != 5 || context.bootDevice != nil) && (kind != 8 || context.hasDisplay)
            guard isHere else {
                throw .load(
                    "\(blob.path.quoted) requires multiboot2 information \(kind) (\(name)), which is not provided; "
                        + "make the request optional")
            }
        }
        if let consoleFlags, consoleFlags & 1 != 0, !context.hasDisplay {
            throw .load("\(blob.path.quoted) requires a console; leave out --device vga,off")
        }
        if needsFrameBuffer, let consoleFlags, consoleFlags & 2 == 0 {
            throw .load("\(blob.path.quoted) requires graphics and has no text console; only text is provided")
        }
    }
}

extension MultibootImage {
    /// Moves a relocatable kernel to where it wants to be, or where there is room.
    ///
    /// - Throws: `CommandError` if there is none.
    mutating func move(
        to place: Multiboot2Header.Relocation, _ blob: Blob, _ context: LoadingContext
    ) throws(CommandError) {
        let layout = RAMLayout(size: context.ramSize)
        let isLinked = pieces.allSatisfy { piece in
            let start = UInt64(piece.address)
            return layout.isFree(start..<start + UInt64(max(1, piece.bytes.count + piece.zeros)))
        }
        let isAllowed = start >= place.lowest && end <= UInt64(place.highest) + 1
        if place.preference == 0, isLinked, isAllowed { return }
        guard place.lowest <= place.highest else {
            throw Self.damaged(blob, "the bounds of its relocation tag are in no order")
        }
        var room = layout
        let bounds = UInt64(place.lowest)..<UInt64(place.highest) + 1
        let size = Int(end - UInt64(start))
        let alignment = UInt64(max(1, place.alignment))
        let found =
            place.preference == 2
            ? room.allocateHigh(size, alignment: alignment, in: bounds)
            : room.allocate(size, alignment: alignment, in: bounds)
        guard let found else {
            throw context.tooSmall(for: blob, "it, between \(place.lowest.hex) and \(place.highest.hex),")
        }
        move(by: found &- start)
    }
}

extension LoadingContext {
    /// The drive that a BIOS would boot from, as multiboot kernels are told: the first hard disk, else floppy A.
    var bootDevice: UInt32? {
        guard hasBIOS else { return nil }
        return drives.contains(2) ? 0x80 : drives.contains(0) ? 0 : nil
    }
}

extension MultibootBoot {
    /// Puts the information of version 2 into memory; returns its address.
    mutating func information2(_ modules: [Module], isRelocatable: Bool) throws(CommandError) -> UInt32 {
        var tags: [UInt8] = []
        func add(_ type: UInt32, _ contents: [UInt8]) {
            tags += type.bytes + UInt32(8 + contents.count).bytes + contents
            tags += [UInt8](repeating: 0, count: -tags.count & 7)
        }
        func text(_ text: String) -> [UInt8] { Array(text.utf8) + [0] }
        add(1, text(commandLine))
        add(2, text(Self.loaderName))
        for module in modules { add(3, module.start.bytes + module.end.bytes + text(module.text)) }
        add(4, context.lowerMemory.bytes + context.upperMemory.bytes)
        // No partition, no partition in it.
        if let drive = context.bootDevice { add(5, drive.bytes + UInt32.max.bytes + UInt32.max.bytes) }
        let map = context.memoryMap.flatMap { range in
            UInt64(range.start).bytes + UInt64(range.length).bytes + range.type.bytes + UInt32(0).bytes
        }
        // 24 bytes an entry, version 0.
        add(6, UInt32(24).bytes + UInt32(0).bytes + map)
        if context.hasDisplay {
            // Bytes a row, columns, rows; 16 bits a character, of kind 2: EGA text.
            let sizes = UInt32(160).bytes + UInt32(80).bytes + UInt32(25).bytes
            add(8, UInt64(0xB8000).bytes + sizes + [16, 2, 0, 0])
        }
        if let elf = image.elf, let table = elf.sectionTable(of: blob, in: &layout) {
            pieces += table.pieces
            let sections = table.sections
            let head = [sections.count, sections.entrySize, sections.names].flatMap { UInt32($0).bytes }
            add(9, head + table.bytes)
        }
        if isRelocatable { add(21, image.start.bytes) }
        add(0, [])
        return try put(UInt32(8 + tags.count).bytes + UInt32(0).bytes + tags, "multiboot2 information")
    }
}
