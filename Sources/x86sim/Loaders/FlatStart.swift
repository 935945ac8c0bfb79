import X86Interp

extension BootPlan {
    /// A start in 32-bit protected mode: paging off, interrupts off, every segment flat.
    ///
    /// The selectors are those of Linux's 32-bit boot protocol, which ELF and multiboot leave open. A GDT that has them
    /// lies in RAM: multiboot does not promise one, but an IRET or a load of DS needs it.
    struct FlatStart: Equatable {
        /// The first instruction's linear address.
        var entry: UInt32
        /// The general registers, ESP too.
        var registers = GeneralRegisters()
        /// Linear address of the GDT.
        var table: UInt32

        /// CS.
        static let code: UInt16 = 0x10
        /// The other segment registers.
        static let data: UInt16 = 0x18
        /// The GDT: two empty descriptors, code and data of 4 GiB, readable and writable, accessed.
        static let descriptors: [UInt8] =
            [UInt8](repeating: 0, count: 16) + [0xFF, 0xFF, 0, 0, 0, 0x9B, 0xCF, 0] + [
                0xFF, 0xFF, 0, 0, 0, 0x93, 0xCF, 0,
            ]

        /// The processor's state before the first instruction.
        func apply(to state: inout CPUState) {
            // Bit 0: protection.
            state.cr0 |= 1
            state.gdtr = TableRegister(base: table, limit: UInt32(Self.descriptors.count - 1))
            let access: SegmentAccess = [.realMode, .big, .granular]
            let data = Segment(selector: Self.data, base: 0, limit: .max, access: access)
            for register in SegmentRegister.allCases { state.segments[register] = data }
            state.segments.cs = Segment(selector: Self.code, base: 0, limit: .max, access: access.union(.code))
            state.gpr = registers
            state.eip = entry
        }
    }
}

extension LoadingContext {
    /// Refuses a file of 32-bit code where the machine cannot start it.
    ///
    /// - Throws: `CommandError` that names the option.
    func requireFlat(_ blob: Blob) throws(CommandError) {
        guard model.generation >= .i80386 else {
            throw .usage(
                "\(blob.path.quoted) is 32-bit code, which the \(model.name) has not; use --cpu 80386 or later")
        }
        guard entry == nil else {
            throw .usage("--entry: \(blob.path.quoted) has an entry of its own; leave it out, or use --boot flat")
        }
    }
}
