import X86Interp

extension Loader {
    /// A Linux kernel.
    static let linux = Loader(
        name: "linux",
        summary: "Linux kernel (bzImage, zImage; boot protocol 2.00 on): from its real-mode code with\n"
            + "the BIOS, by its 32-bit entry and a zero page without; --linux-entry says which;\n"
            + "-append, -initrd (several are joined), vga= and mem= of the command line",
        why: "it has a Linux setup header",
        isKernel: true,
        guess: { LinuxHeader.isLinux($0) },
        plan: { blob, context throws(CommandError) in
            let header = try LinuxHeader(blob)
            try context.requireFlat(blob)
            let entry = context.linuxEntry ?? (context.hasBIOS ? 16 : 32)
            guard entry == 32 || context.hasBIOS else {
                throw .usage("--linux-entry: real-mode code asks a BIOS for memory; leave out -bios none, or use 32")
            }
            var boot = try LinuxBoot(blob, header, context)
            try boot.loadKernel()
            try boot.loadRAMDisk()
            return entry == 16 ? try boot.realModePlan() : try boot.protectedModePlan()
        })
}

/// What both entries of Linux want: the kernel, its command line and its RAM disk in memory, the header filled in.
struct LinuxBoot {
    /// The kernel's file.
    let blob: Blob
    /// Its header.
    let header: LinuxHeader
    /// What else the user asks for.
    let context: LoadingContext
    /// Where there is room.
    var layout: RAMLayout
    /// What goes to memory.
    var pieces: [BootPlan.Piece] = []
    /// The real-mode part of the file, which the header is in.
    var setup: [UInt8]
    /// The command line with its zero.
    let commandLine: [UInt8]

    /// Offsets of the header's fields.
    typealias Field = LinuxHeader.Field

    /// Where the real-mode code of a kernel goes that is loaded to 1 MiB, and of one that is not.
    private static let (low, usual): (UInt32, UInt32) = (0x9_0000, 0x1_0000)
    /// Offset of the command line in the segment of the real-mode code: behind its 32 KiB and the heap.
    static let (lineOffset, lowLineOffset): (UInt32, UInt32) = (0x1_0000, 0x9800)

    /// The real-mode code's address.
    var setupAddress: UInt32 { header.isHigh && header.version >= 0x0202 ? Self.usual : Self.low }
    /// The command line's.
    var lineAddress: UInt32 {
        setupAddress + (setupAddress == Self.usual ? Self.lineOffset : Self.lowLineOffset)
    }
    /// The most characters that fit there.
    private var lineRoom: Int { setupAddress == Self.usual ? 0x8000 : 0x600 }

    /// Nothing is in memory yet.
    init(_ blob: Blob, _ header: LinuxHeader, _ context: LoadingContext) throws(CommandError) {
        self.blob = blob
        self.header = header
        self.context = context
        layout = RAMLayout(size: context.ramSize)
        setup = Array(blob.bytes.prefix(header.setupSize))
        let text = Array((context.commandLine ?? "").utf8)
        commandLine = text + [0]
        let room = min(header.commandLineLimit, lineRoom - 1)
        guard text.count <= room else {
            throw .usage("-append: the command line has \(text.count) bytes, the kernel takes \(room); shorten it")
        }
    }

    /// Puts the protected-mode part where it belongs.
    mutating func loadKernel() throws(CommandError) {
        let kernel = Array(blob.bytes.dropFirst(header.setupSize))
        let address: UInt32 = header.isHigh ? 0x10_0000 : 0x1_0000
        guard header.isHigh || kernel.count <= 0x8_0000 else {
            throw LinuxHeader.damaged(blob, "a zImage has at most 512 KiB, it has \(HostFile.sizeText(kernel.count))")
        }
        let (wanted, overflow) = header.preferred.addingReportingOverflow(UInt64(header.initialSize))
        let end = max(UInt64(address) + UInt64(kernel.count), overflow ? .max : wanted)
        guard end <= layout.size else { throw tooSmall(end) }
        layout.take(UInt64(address)..<end)
        if !header.isHigh { layout.take(UInt64(Self.low)..<UInt64(Self.low) + 0xF000) }
        pieces.append(.init(address: address, bytes: kernel, name: blob.path))
    }

    private func tooSmall(_ end: UInt64) -> CommandError {
        guard end <= 1 << 32 else {
            return LinuxHeader.damaged(blob, "it wants to run at \(header.preferred.hex(digits: 8)), behind 4 GiB")
        }
        return context.tooSmall(for: blob, "the Linux kernel", needed: end)
    }

    /// Puts the RAM disks as high as the kernel allows, one behind the other.
    mutating func loadRAMDisk() throws(CommandError) {
        guard !context.modules.isEmpty else { return }
        if let module = context.modules.first(where: { !$0.arguments.isEmpty }) {
            throw .usage(
                "-initrd: \(module.path.quoted) has arguments, which only multiboot modules take; leave them out")
        }
        var bytes: [UInt8] = []
        for module in context.modules {
            // The archives in it start at multiples of four.
            bytes += [UInt8](repeating: 0, count: -bytes.count & 3) + module.bytes
        }
        let end = min(UInt64(header.highestRAMDisk) + 1, memoryLimit)
        guard end > RAMLayout.high.lowerBound,
            let address = layout.allocateHigh(bytes.count, in: RAMLayout.high.lowerBound..<end)
        else { throw context.tooSmall(for: blob, "an initial RAM disk of \(HostFile.sizeText(bytes.count)) beside it") }
        pieces.append(.init(address: address, bytes: bytes, name: context.modules[0].path))
        set(Field.ramDisk, address)
        set(Field.ramDiskSize, UInt32(bytes.count))
    }

    /// The end of RAM, or what `mem=` says: loaders must not go above it.
    private var memoryLimit: UInt64 {
        guard let text = option("mem"), let size = LinuxBoot.size(text), size > 0 else { return layout.size }
        return min(layout.size, size)
    }

    /// The value of the last `NAME=` of the command line.
    private func option(_ name: String) -> String? {
        let words = (context.commandLine ?? "").split(separator: " ")
        return words.last { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) }
    }

    /// A number as Linux reads sizes: decimal, octal behind 0, hexadecimal behind 0x, then K, M or G.
    private static func size(_ text: String) -> UInt64? {
        let lower = text.lowercased()
        let shift = ["k": 10, "m": 20, "g": 30][lower.suffix(1)] ?? 0
        let digits = shift == 0 ? lower : String(lower.dropLast())
        let value = digits.hasPrefix("0x") ? UInt64(digits.dropFirst(2), radix: 16) : UInt64(digits)
        return value.flatMap { $0 <= .max >> UInt64(shift) ? $0 << UInt64(shift) : nil }
    }

    // MARK: Header

    /// Writes a dword of the header.
    mutating func set(_ place: Int, _ value: UInt32) {
        guard place + 4 <= header.end else { return }
        setup.replaceSubrange(place..<place + 4, with: value.bytes)
    }

    /// Writes what every loader fills in.
    mutating func fillHeader() {
        // Not one of the registered loaders.
        setup[Field.loader] = 0xFF
        if header.version >= 0x0202 { set(Field.commandLine, lineAddress) }
        if let text = option("vga"), let mode = Self.videoMode(text) {
            setup.replaceSubrange(Field.videoMode..<Field.videoMode + 2, with: mode.bytes)
        }
        pieces.append(.init(address: lineAddress, bytes: commandLine, name: "command line"))
        layout.take(UInt64(lineAddress)..<UInt64(lineAddress) + UInt64(commandLine.count))
    }

    private static func videoMode(_ text: String) -> UInt16? {
        switch text {
        case "normal": 0xFFFF
        case "ext": 0xFFFE
        case "ask": 0xFFFD
        default: size(text).flatMap { UInt16(exactly: $0) }
        }
    }

    /// What the summary says.
    func description(_ how: String) -> String { "Linux kernel (boot protocol \(header.versionText)), \(how)" }
}

// MARK: Real mode

extension LinuxBoot {
    /// The plan for the real-mode entry: CS is 20 above the segment of the other registers.
    mutating func realModePlan() throws(CommandError) -> BootPlan {
        fillHeader()
        let segment = UInt16(setupAddress >> 4)
        // The heap ends below the stack of 200h bytes, both below the command line.
        let stack = UInt16(setupAddress == 0x1_0000 ? 0xFFF0 : Self.lowLineOffset - 0x10)
        if header.version >= 0x0201 {
            setup[Field.loadFlags] |= 0x80
            setup.replaceSubrange(Field.heapEnd..<Field.heapEnd + 2, with: (stack - 0x400).bytes)
        }
        if header.version < 0x0202 {
            // The old way: A33F at 20, the offset at 22, and how much has to move if it is not at 90000.
            setup.replaceSubrange(0x20..<0x24, with: UInt16(0xA33F).bytes + UInt16(Self.lowLineOffset).bytes)
            setup.replaceSubrange(Field.moveSize..<Field.moveSize + 2, with: UInt16(0x9E00).bytes)
        }
        pieces.append(.init(address: setupAddress, bytes: setup, name: "real-mode code of \(blob.path)"))
        let code = FarAddress(segment: segment + 0x20, offset: 0)
        var plan = BootPlan(
            description: description("real-mode entry \(code.text)"), pieces: pieces, surroundings: .firmware)
        plan.start = .init(
            code: code, data: segment, extra: segment, stack: FarAddress(segment: segment, offset: stack))
        return plan
    }
}

// MARK: Protected mode

extension LinuxBoot {
    /// The plan for the 32-bit entry: ESI is the zero page, EBP, EDI and EBX are 0.
    mutating func protectedModePlan() throws(CommandError) -> BootPlan {
        fillHeader()
        var page = [UInt8](repeating: 0, count: 4096)
        page.replaceSubrange(Field.start..<header.end, with: setup[Field.start..<header.end])
        fillScreen(&page)
        // KiB above 1 MiB, in 16 and in 32 bits.
        page.replaceSubrange(2..<4, with: UInt16(clamping: context.upperMemory).bytes)
        page.replaceSubrange(0x1E0..<0x1E4, with: context.upperMemory.bytes)
        let map = context.memoryMap
        page[0x1E8] = UInt8(clamping: map.count)
        let table = map.flatMap { UInt64($0.start).bytes + UInt64($0.length).bytes + $0.type.bytes }
        page.replaceSubrange(0x2D0..<0x2D0 + table.count, with: table)
        guard let zeroPage = layout.allocate(4096, alignment: 4096, in: 0x1000..<RAMLayout.low.upperBound),
            let gdt = layout.allocate(BootPlan.FlatStart.descriptors.count, in: RAMLayout.low)
        else { throw context.tooSmall(for: blob, "its zero page") }
        pieces.append(.init(address: zeroPage, bytes: page, name: "zero page"))
        pieces.append(.init(address: gdt, bytes: BootPlan.FlatStart.descriptors, name: "GDT"))
        var registers = GeneralRegisters()
        registers.esi = zeroPage
        registers.esp = 0x9_F000
        let entry = header.isHigh ? header.codeStart : 0x1_0000
        guard UInt64(entry) < layout.size else {
            throw LinuxHeader.damaged(blob, "its entry \(entry.hex) is not in RAM")
        }
        var plan = BootPlan(
            description: description("32-bit entry \(entry.hex)"), pieces: pieces, surroundings: .firmware)
        plan.flat = .init(entry: entry, registers: registers, table: gdt)
        return plan
    }

    /// The screen as a BIOS leaves it: mode 3, the cursor at the start.
    private func fillScreen(_ page: inout [UInt8]) {
        guard context.hasDisplay else { return }
        // Mode, columns; rows, 1 for a VGA, lines of a character.
        page.replaceSubrange(6..<8, with: [3, 80])
        page.replaceSubrange(0xE..<0x12, with: [25, 1, 16, 0])
    }
}
