import X86Interp

extension Loader {
    /// An ELF executable.
    static let elf = Loader(
        name: "elf",
        summary: "ELF executable for i386: its segments at their physical addresses, 32-bit flat\n"
            + "protected mode, interrupts off, ESP 7C00; its symbols are the debugger's",
        why: "it has an ELF header",
        isKernel: true,
        // Object files (type 1) are refused by name.
        guess: { ELFImage.isELF($0) && $0.word(at: 0x10) != 1 },
        plan: { blob, context throws(CommandError) in
            let image = try ELFImage(blob)
            try context.requireFlat(blob)
            try context.refuseModules("an ELF program")
            var layout = RAMLayout(size: context.ramSize)
            guard layout.hasRoom(for: image.pieces()) else {
                throw context.tooSmall(for: blob, "it", needed: image.end)
            }
            for segment in image.segments {
                layout.take(UInt64(segment.physical)..<UInt64(segment.physical) + UInt64(segment.size))
            }
            let count = BootPlan.FlatStart.descriptors.count
            guard let table = layout.allocate(count, in: RAMLayout.low) ?? layout.allocate(count, in: RAMLayout.high)
            else { throw context.tooSmall(for: blob, "a GDT beside it") }
            var registers = GeneralRegisters()
            registers.esp = 0x7C00
            var plan = BootPlan(
                description: "ELF program at \(image.start.hex), entry \(image.entry.hex)", pieces: image.pieces(),
                surroundings: .firmware)
            plan.pieces.append(.init(address: table, bytes: BootPlan.FlatStart.descriptors, name: "GDT"))
            plan.flat = .init(entry: image.entry, registers: registers, table: table)
            plan.symbols = image.symbols
            return plan
        })
}
