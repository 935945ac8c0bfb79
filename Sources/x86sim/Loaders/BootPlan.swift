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
        /// Zeros behind the bytes.
        var zeros = 0
    }

    /// Who a guest of the format expects to find.
    enum Surroundings: Equatable {
        /// Nobody.
        case none
        /// A BIOS that has read it from a disk.
        case disk
        /// A BIOS and DOS.
        case dos
        /// A BIOS that is over with its self test, if there is one.
        case firmware
    }

    /// Registers as firmware or DOS leaves them; the others stay as RESET leaves them.
    struct Start: Equatable {
        /// Where the first instruction is.
        var code: FarAddress
        /// DS and ES.
        var data: UInt16 = 0
        /// FS and GS.
        var extra: UInt16 = 0
        /// The top of the stack.
        var stack: FarAddress
        /// The general registers; ESP is the stack's.
        var registers = GeneralRegisters()
    }

    /// What was recognised, for the summary: `boot sector at 0000:7C00`.
    var description: String
    /// The name of the format.
    var format = ""
    /// By what the format was recognised.
    var why = ""
    /// RAM contents.
    var pieces: [Piece] = []
    /// ROMs, by physical address.
    var roms: [Piece] = []
    /// Who is there, unless `-bios` says otherwise.
    var surroundings = Surroundings.none
    /// Whether interrupts are on at the start, as a BIOS leaves them.
    var enablesInterrupts = false
    /// How the processor starts in real mode; nil for protected mode or the reset vector.
    var start: Start?
    /// How the processor starts in protected mode; nil for real mode or the reset vector.
    var flat: FlatStart?
    /// Where the blob is, for its symbols; nil if its file does not tell.
    var place: SymbolFile.Place?
    /// The names that the file itself has.
    var symbols: [Symbol] = []

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
            let copied = piece.load(into: memory)
            guard copied == piece.bytes.count + piece.zeros else {
                let size = piece.bytes.count + piece.zeros
                let fits = "RAM has room for \(copied) of its \(size) bytes at \(piece.address.hex)"
                throw .load("\(piece.name.quoted): \(fits); give more with -m")
            }
        }
    }

    /// The processor's state before the first instruction.
    func apply(to state: inout CPUState) {
        flat?.apply(to: &state)
        guard let start else { return }
        state.segments.cs = Segment(realMode: start.code.segment)
        state.eip = UInt32(start.code.offset)
        state.segments.ds = Segment(realMode: start.data)
        state.segments.es = Segment(realMode: start.data)
        state.segments.fs = Segment(realMode: start.extra)
        state.segments.gs = Segment(realMode: start.extra)
        state.segments.ss = Segment(realMode: start.stack.segment)
        state.gpr = start.registers
        state.gpr.esp = UInt32(start.stack.offset)
        if enablesInterrupts { state.eflags.insert(.interrupt) }
    }
}

extension BootPlan.Piece {
    /// Puts it into RAM; returns how many bytes have found room, zeros too.
    func load(into memory: PhysicalMemory) -> Int {
        var copied = bytes.isEmpty ? 0 : memory.load(bytes, at: address)
        guard copied == bytes.count else { return copied }
        let end = UInt64(address) + UInt64(bytes.count) + UInt64(max(0, zeros))
        var place = UInt64(address) + UInt64(bytes.count)
        while place < end {
            // RAM is zero already where nothing was put: it is not touched, so that the host need not provide it.
            let count = Int(min(4096 - place & 4095, end - place))
            let ram = memory.ramBytes
            let isZero =
                place + UInt64(count) <= ram.count && ram[Int(place)..<Int(place) + count].allSatisfy { $0 == 0 }
            guard let start = UInt32(exactly: place) else { return copied }
            let done = isZero ? count : memory.load([UInt8](repeating: 0, count: count), at: start)
            copied += done
            guard done == count else { return copied }
            place += UInt64(count)
        }
        return copied
    }
}
