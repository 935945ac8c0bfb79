import X86Interp

extension Loader {
    /// A kernel for multiboot 1.
    static let multiboot = Loader(
        name: "multiboot",
        summary: "multiboot kernel, version 1: an ELF file, or by the addresses in its header; memory\n"
            + "map, -append, -initrd as modules, ELF symbols, text mode; EBX is the information",
        why: "a multiboot header in its first 8 KiB has the right sum",
        isKernel: true,
        guess: { !$0.isBootSector && MultibootHeader.find(in: $0) != nil },
        plan: { blob, context throws(CommandError) in
            guard let header = MultibootHeader.find(in: blob) else {
                throw .load("\(blob.path.quoted) has no multiboot header in its first 8 KiB; use --boot elf")
            }
            // Bits 0 to 2 are what a loader must know; higher ones of the low half it has to refuse.
            if let bit = (3..<16).first(where: { header.flags & 1 << $0 != 0 }) {
                throw .load("\(blob.path.quoted) requires bit \(bit) of the multiboot header, which 0.6.96 has not")
            }
            if header.flags & 1 << 16 != 0, header.entry == nil {
                throw MultibootImage.damaged(blob, "the addresses of its header are cut off")
            }
            try context.requireFlat(blob)
            let image = try MultibootImage(
                blob, header: header.offset, header.addresses, entry: header.entry)
            var boot = MultibootBoot(blob, image, context)
            let modules = try boot.loadModules()
            let info = try boot.information(modules)
            var plan = try boot.plan("multiboot kernel", magic: 0x2BAD_B002, info)
            if header.videoMode == 0 { plan.description += " (it asks for graphics, text is there)" }
            return plan
        })
}

/// What both versions of multiboot do: modules, tables in low memory, the state of the processor.
struct MultibootBoot {
    /// The kernel's file.
    let blob: Blob
    /// The kernel as it goes to memory.
    let image: MultibootImage
    /// What else the user asks for.
    let context: LoadingContext
    /// Where there is room.
    var layout: RAMLayout
    /// What goes to memory, the kernel first.
    var pieces: [BootPlan.Piece]

    /// A module in memory.
    struct Module: Equatable {
        /// The address of its first byte.
        var start: UInt32
        /// The address behind its last byte.
        var end: UInt32
        /// Its name and its arguments.
        var text: String
    }

    /// What kernels are told of who has loaded them.
    static let loaderName = "x86sim"

    /// The kernel is in memory, nothing else.
    init(_ blob: Blob, _ image: MultibootImage, _ context: LoadingContext) {
        self.blob = blob
        self.image = image
        self.context = context
        layout = RAMLayout(size: context.ramSize)
        image.take(in: &layout)
        pieces = image.pieces
    }

    /// The command line as a kernel gets it: its own name first, as QEMU and GRUB Legacy have it.
    var commandLine: String {
        let text = context.commandLine ?? ""
        return text.isEmpty ? blob.name : "\(blob.name) \(text)"
    }

    /// Puts bytes where there is room below 640 KiB, else anywhere; returns their address.
    mutating func put(_ bytes: [UInt8], _ name: String) throws(CommandError) -> UInt32 {
        guard
            let address = layout.allocate(bytes.count, in: RAMLayout.low)
                ?? layout.allocate(bytes.count, in: RAMLayout.high)
        else { throw context.tooSmall(for: blob, "the \(name) beside it") }
        pieces.append(.init(address: address, bytes: bytes, name: name))
        return address
    }

    /// The same of a text with a zero behind it.
    mutating func put(_ text: String, _ name: String) throws(CommandError) -> UInt32 {
        try put(Array(text.utf8) + [0], name)
    }

    /// Puts the modules on pages behind the kernel.
    mutating func loadModules() throws(CommandError) -> [Module] {
        guard layout.hasRoom(for: image.pieces) else { throw context.tooSmall(for: blob, "it", needed: image.end) }
        var modules: [Module] = []
        let behind = max(RAMLayout.high.lowerBound, image.end)..<RAMLayout.high.upperBound
        for module in context.modules {
            guard
                let address = layout.allocate(module.bytes.count, alignment: 4096, in: behind)
                    ?? layout.allocate(module.bytes.count, alignment: 4096, in: RAMLayout.high)
            else { throw context.tooSmall(for: blob, "module \(module.path.quoted) beside it") }
            pieces.append(.init(address: address, bytes: module.bytes, name: module.path))
            modules.append(
                Module(start: address, end: address &+ UInt32(clamping: module.bytes.count), text: module.text))
        }
        return modules
    }

    /// The plan: the information at `info`, its address in EBX.
    mutating func plan(_ name: String, magic: UInt32, _ info: UInt32) throws(CommandError) -> BootPlan {
        let table = try put(BootPlan.FlatStart.descriptors, "GDT")
        var registers = GeneralRegisters()
        registers.eax = magic
        registers.ebx = info
        registers.esp = 0x7C00
        var plan = BootPlan(
            description: "\(name) at \(image.start.hex), entry \(image.entry.hex)", pieces: pieces,
            surroundings: .firmware)
        plan.flat = .init(entry: image.entry, registers: registers, table: table)
        plan.symbols = image.elf?.symbols ?? []
        return plan
    }
}

extension MultibootBoot {
    /// Bits of the information's first dword (0.6.96, 3.3).
    private enum Flag {
        static let memory: UInt32 = 1 << 0
        static let commandLine: UInt32 = 1 << 2
        static let modules: UInt32 = 1 << 3
        static let elfSections: UInt32 = 1 << 5
        static let memoryMap: UInt32 = 1 << 6
        static let loaderName: UInt32 = 1 << 9
        static let frameBuffer: UInt32 = 1 << 12
    }

    /// Puts the information of version 1 into memory; returns its address.
    mutating func information(_ modules: [Module]) throws(CommandError) -> UInt32 {
        var flags = Flag.memory | Flag.commandLine | Flag.modules | Flag.memoryMap | Flag.loaderName
        var info = [UInt8](repeating: 0, count: 116)
        func set(_ offset: Int, _ value: UInt32) { info.replaceSubrange(offset..<offset + 4, with: value.bytes) }
        set(4, context.lowerMemory)
        set(8, context.upperMemory)
        set(16, try put(commandLine, "command line"))
        set(20, UInt32(modules.count))
        if !modules.isEmpty { set(24, try put(table(of: modules), "module table")) }
        if let elf = image.elf, let table = elf.sectionTable(of: blob, in: &layout) {
            flags |= Flag.elfSections
            pieces += table.pieces
            set(28, UInt32(table.sections.count))
            set(32, UInt32(table.sections.entrySize))
            set(36, try put(table.bytes, "section headers"))
            set(40, UInt32(table.sections.names))
        }
        let map = context.memoryMap.flatMap { range in
            UInt32(20).bytes + UInt64(range.start).bytes + UInt64(range.length).bytes + range.type.bytes
        }
        set(44, UInt32(map.count))
        set(48, try put(map, "memory map"))
        set(64, try put(Self.loaderName, "loader's name"))
        if context.hasDisplay {
            flags |= Flag.frameBuffer
            set(88, 0xB8000)
            // Bytes a row, columns, rows; 16 bits a character, of kind 2: EGA text.
            set(96, 160)
            set(100, 80)
            set(104, 25)
            info[108] = 16
            info[109] = 2
        }
        set(0, flags)
        return try put(info, "multiboot information")
    }

    private mutating func table(of modules: [Module]) throws(CommandError) -> [UInt8] {
        var bytes: [UInt8] = []
        for module in modules {
            bytes += module.start.bytes + module.end.bytes + (try put(module.text, "module's text")).bytes
            bytes += UInt32(0).bytes
        }
        return bytes
    }
}
