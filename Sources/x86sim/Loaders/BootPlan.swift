import X86Interp

/// Where everything goes before the first instruction, and how the processor starts.
struct BootPlan: Equatable {
    /// Bytes and their linear address in RAM.
    struct Piece: Equatable {
        /// Linear address of the first byte.
        var address: UInt32
        /// What goes there.
        var bytes: [UInt8]
        /// What it is, for messages.
        var name: String
    }

    /// Who a guest of the format expects to find.
    enum Surroundings: Equatable {
        /// Nobody.
        case none
        /// A BIOS that has read it from a disk.
        case disk
        /// A BIOS and DOS.
        case dos
    }

    /// Registers as firmware or DOS leaves them; the others stay as RESET leaves them.
    struct Start: Equatable {
        /// Where the first instruction is.
        var code: FarAddress
        /// DS and ES.
        var data: UInt16 = 0
        /// The top of the stack.
        var stack: FarAddress
        /// The general registers; ESP is the stack's.
        var registers = GeneralRegisters()
    }

    /// What was recognised, for the summary: `boot sector at 0000:7C00`.
    var description: String
    /// RAM contents.
    var pieces: [Piece] = []
    /// ROMs, by physical address.
    var roms: [Piece] = []
    /// Who is there, unless `-bios` says otherwise.
    var surroundings = Surroundings.none
    /// Whether interrupts are on at the start, as a BIOS leaves them.
    var enablesInterrupts = false
    /// How the processor starts; nil for the reset vector.
    var start: Start?
    /// Where the blob is, for its symbols; nil if its file does not tell.
    var place: SymbolFile.Place?

    /// Puts everything into a machine's memory.
    ///
    /// - Throws: `CommandError` if RAM has no room for it.
    func load(into memory: PhysicalMemory) throws(CommandError) {
        for rom in roms {
            do throws(PhysicalMemory.MapError) {
                try memory.mapROM(rom.bytes, at: rom.address, name: rom.name)
            } catch {
                throw .load("cannot map \(rom.name.quoted) at \(rom.address.hex); use a smaller image")
            }
        }
        for piece in pieces {
            let copied = memory.load(piece.bytes, at: piece.address)
            guard copied == piece.bytes.count else {
                let fits = "RAM has room for \(copied) of its \(piece.bytes.count) bytes at \(piece.address.hex)"
                throw .load("\(piece.name.quoted): \(fits); give more with -m")
            }
        }
    }

    /// The processor's state before the first instruction.
    func apply(to state: inout CPUState) {
        guard let start else { return }
        state.segments.cs = Segment(realMode: start.code.segment)
        state.eip = UInt32(start.code.offset)
        state.segments.ds = Segment(realMode: start.data)
        state.segments.es = Segment(realMode: start.data)
        state.segments.ss = Segment(realMode: start.stack.segment)
        state.gpr = start.registers
        state.gpr.esp = UInt32(start.stack.offset)
        if enablesInterrupts { state.eflags.insert(.interrupt) }
    }
}
