import X86Interp

/// A display adapter of a PC or XT: the colour or the monochrome one.
///
/// CGA and MDA: a 6845, a few latches and some memory. Sources: IBM Personal Computer Options and Adapters Technical
/// Reference, Color/Graphics Monitor Adapter; Monochrome Display and Printer Adapter.
///
/// Registers (bank plus offset is the distance from port 3D0 of a CGA, from 3B0 of an MDA; width byte):
///
///     0-7  R/W    the 6845, its index at even places, its data at odd ones: see CRTC6845
///     8    write  mode: 0 80 columns (always 1 with an MDA), 1 pixels, 2 no colour burst, 3 video on, 4 640 pixels, 5
///                 bit 7 of an attribute blinks (else: bright background)
///     9    write  CGA, colours: 3-0 border, background of 320 pixels, foreground of 640; 4 bright, 5 cyan, magenta and
///                 white in place of green, red and brown
///     A    read   status: bit 0 no picture is drawn now (MDA: horizontal drive), 1 the light pen's latch is set, 2 its
///                 switch is open, 3 vertical retrace (MDA: a dot is drawn); 7-4 read 1
///     B    write  CGA: clears the light pen's latch;  C write CGA: sets it, the 6845 keeps the place of the beam
///
/// Reads of what is written only, and of what is not there, float.
///
/// Memory: 16 KiB at B8000 (CGA) or 4 KiB at B0000 (MDA), which appear again and again up to 32 KiB.
///
/// Interrupts: none. Time: the beam is where guest time says; nothing is scheduled.
///
/// Decided: power-on is as a BIOS leaves it, mode 3 or 7, since programs without firmware write to memory as well. Dots
/// of an MDA are white wherever the beam draws. The fonts are of this library.
///
/// Not modelled: snow, the composite output and its colours, the light pen but for its latch, the printer port.
public final class Display6845: Device, PortDevice, MemoryDevice, DisplayAdapter {
    /// Which adapter.
    public enum Kind: String, Sendable {
        /// Colours, text and pixels.
        case cga
        /// Text on a monochrome display.
        case mda

        /// Where its memory begins.
        package var base: UInt32 { self == .cga ? 0xB8000 : 0xB0000 }
        /// How much of it there is.
        package var size: Int { self == .cga ? 0x4000 : 0x1000 }
        /// Bytes at which it appears again and again.
        package static let window: UInt32 = 0x8000
        /// Dots in a second.
        var dotFrequency: UInt64 { self == .cga ? 14_318_180 : 16_257_000 }
    }

    /// Registers and memory.
    public struct State: Codable, Equatable, Sendable {
        /// The CRT controller.
        package var crtc = CRTC6845()
        /// Mode.
        package var mode: UInt8 = 0
        /// Colours.
        package var colors: UInt8 = 0
        /// The light pen's latch is set.
        package var isPenLatched = false
        /// What is in memory.
        package var memory: RegisterFile

        /// As a BIOS leaves it, blank.
        package init(_ kind: Kind) {
            memory = RegisterFile(count: kind.size)
            setMode(kind == .cga ? 3 : 7)
        }
    }

    /// Numbers of the registers behind those of the 6845.
    enum Register {
        static let mode: UInt16 = 8
        static let colors: UInt16 = 9
        static let status: UInt16 = 0x0A
        static let clearPen: UInt16 = 0x0B
        static let setPen: UInt16 = 0x0C
    }

    /// The name in `--tier` and the ledger.
    public let name: String
    /// Which adapter it is.
    public let kind: Kind
    /// Registers and memory.
    public var state: State {
        _read { yield registers.value }
        _modify { yield &registers.value }
    }
    private let registers: HotState<State>
    private let clock: VirtualClock
    private let tier: Tier
    private let hasMemory: Bool

    /// An adapter whose beam moves in guest time; a machine's second one of a kind has no memory.
    public init(
        _ kind: Kind, clock: VirtualClock, hasMemory: Bool = true, tier: Tier = .kernel, name: String? = nil
    ) {
        self.kind = kind
        self.clock = clock
        self.hasMemory = hasMemory
        self.tier = tier
        self.name = name ?? kind.rawValue
        registers = HotState(State(kind))
    }

    /// A blank screen of text.
    public func reset() { state = State(kind) }

    // MARK: Registers

    /// A register; reads have no side effects.
    public func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 {
        let register = UInt16(bank) &+ offset
        switch register {
        case 0...7: return UInt32(registers.value.crtc.read(isData: register & 1 != 0))
        case Register.status: return UInt32(status)
        default: return 0xFF
        }
    }

    /// What a read returns.
    public func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? {
        read(bank: bank, offset: offset, width: width)
    }

    /// A register.
    public func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {
        let register = UInt16(bank) &+ offset
        let byte = UInt8(truncatingIfNeeded: value)
        switch (register, kind) {
        case (0...7, _): registers.value.crtc.write(isData: register & 1 != 0, byte)
        case (Register.mode, _): registers.value.mode = byte & (kind == .cga ? 0x3F : 0x29)
        case (Register.colors, .cga): registers.value.colors = byte & 0x3F
        case (Register.clearPen, .cga): registers.value.isPenLatched = false
        case (Register.setPen, .cga):
            registers.value.isPenLatched = true
            registers.value.crtc.latch(beam.address)
        default: break
        }
    }

    /// Where the beam is now.
    private var beam: CRTC6845.Beam {
        let dots = clock.periods(ofFrequency: kind.dotFrequency, in: clock.now)
        let width: UInt64 = kind == .mda ? 9 : registers.value.mode & 3 == 1 ? 8 : 16
        return registers.value.crtc.beam(columns: dots / width)
    }

    private var status: UInt8 {
        let beam = beam
        let isBlank = beam.isBlank || beam.isRetrace
        guard kind == .cga else { return 0xF0 | (isBlank ? 0x01 : 0x08) }
        return 0xF4 | (isBlank ? 0x01 : 0) | (registers.value.isPenLatched ? 0x02 : 0) | (beam.isRetrace ? 0x08 : 0)
    }

    // MARK: Memory

    /// 32 KiB, in which the memory appears again and again.
    public var memoryRegions: [MemoryRegion] {
        hasMemory ? [MemoryRegion(start: UInt64(kind.base), size: UInt64(Kind.window), tier: tier)] : []
    }

    private func place(_ offset: UInt32) -> Int { Int(offset) & (kind.size - 1) }

    /// What is in memory.
    public func readMemory(bank: UInt8, offset: UInt32, width: Width) -> UInt32 {
        (0..<UInt32(width.bytes)).reduce(0) {
            $0 | UInt32(registers.value.memory[place(offset &+ $1)]) << (8 * $1)
        }
    }

    /// Changes memory.
    public func writeMemory(bank: UInt8, offset: UInt32, width: Width, value: UInt32) {
        for number in 0..<UInt32(width.bytes) {
            registers.value.memory[place(offset &+ number)] = UInt8(truncatingIfNeeded: value >> (8 * number))
        }
    }

    /// What a read returns.
    public func peekMemory(bank: UInt8, offset: UInt32) -> UInt8? { registers.value.memory[place(offset)] }

    // MARK: Firmware of the host's

    /// Whether its memory is at a physical address.
    public func holds(_ address: UInt32) -> Bool { address &- kind.base < Kind.window }

    /// Bytes of its memory; reads have no side effects.
    public func bytes(at address: UInt32, count: Int) -> [UInt8] {
        (0..<UInt32(clamping: count)).map { registers.value.memory[place(address &- kind.base &+ $0)] }
    }

    /// Writes to its memory.
    public func store(_ bytes: [UInt8], at address: UInt32) {
        for (number, byte) in bytes.enumerated() {
            registers.value.memory[place(address &- kind.base &+ UInt32(truncatingIfNeeded: number))] = byte
        }
    }

    /// Sets a mode: 0 to 6 of a CGA; an MDA has 7 only.
    public func setMode(_ mode: UInt8, keepsPalette: Bool) { registers.value.setMode(kind == .mda ? 7 : mode) }

    /// The address of the first character.
    public var pictureStart: Int {
        get { registers.value.crtc.start }
        set { registers.value.crtc.start = newValue }
    }

    /// The address of the character that the cursor is on.
    public var cursorPlace: Int {
        get { registers.value.crtc.cursor }
        set { registers.value.crtc.cursor = newValue }
    }

    /// Registers 0A and 0B.
    public func setCursorLines(first: UInt8, last: UInt8) {
        registers.value.crtc.registers[0x0A] = first & 0x7F
        registers.value.crtc.registers[0x0B] = last & 0x1F
    }
}

extension Display6845.State {
    /// What a BIOS gives the first 16 registers of the 6845: of 40 columns, 80, pixels, and of an MDA.
    ///
    /// Source: IBM PC/XT technical reference, BIOS listing, video parameters.
    static let parameters: [[UInt8]] = [
        [0x38, 0x28, 0x2D, 0x0A, 0x1F, 0x06, 0x19, 0x1C, 0x02, 0x07, 0x06, 0x07, 0, 0, 0, 0],
        [0x71, 0x50, 0x5A, 0x0A, 0x1F, 0x06, 0x19, 0x1C, 0x02, 0x07, 0x06, 0x07, 0, 0, 0, 0],
        [0x38, 0x28, 0x2D, 0x0A, 0x7F, 0x06, 0x64, 0x70, 0x02, 0x01, 0x06, 0x07, 0, 0, 0, 0],
        [0x61, 0x50, 0x52, 0x0F, 0x19, 0x06, 0x19, 0x19, 0x02, 0x0D, 0x0B, 0x0C, 0, 0, 0, 0],
    ]
    /// What it writes to the mode register, by mode.
    static let modes: [UInt8] = [0x2C, 0x28, 0x2D, 0x29, 0x2A, 0x2E, 0x1E, 0x29]

    /// Sets up a mode, 0 to 7, as a BIOS does; numbers above are 7.
    mutating func setMode(_ number: UInt8) {
        let number = min(number, 7)
        for (register, value) in Self.parameters[Int(number >> 1)].enumerated() { crtc.registers[register] = value }
        mode = Self.modes[Int(number)]
        colors = number == 6 ? 0x3F : 0x30
    }
}
