import X86Interp

/// A VGA: registers, 256 KiB in four planes, and the larger pictures of Bochs's interface.
///
/// The registers of a video graphics array: what programs set up, wait for and fade. Sources: IBM Personal System/2
/// Hardware Interface Technical Reference, Video Subsystem; IBM VGA technical reference. The picture that they make is
/// `VGAPicture`, ports 1CE to 1D0 and the frame buffer are `VBERegisters`.
///
/// Registers (bank plus offset is the distance from port 3B0; width byte):
///
///     10     R/W  attribute controller: index and data by turns; a read is the index, reading 1A or 2A starts over
///     11     R    attribute data: 00-0F palette, 10 mode, 11 border, 12 planes shown, 13 panning, 14 colour page
///     12     R    input status 0: bit 4 the display answers                 W  miscellaneous output
///     13     R/W  video subsystem enable
///     14-15  R/W  sequencer, index and data: 0 reset, 1 clocking mode, 2 map mask, 3 character maps, 4 memory mode
///     16     R/W  PEL mask
///     17     R    DAC state: 0 write, 3 read                                W  DAC index for reading
///     18     R/W  DAC index for writing; while colours are read it is one ahead
///     19     R/W  DAC data: red, green, blue of six bits, then the next colour; a colour changes with its blue
///     1A     R    feature control;  1C R miscellaneous output
///     1E-1F  R/W  graphics controller, index and data: 0 set/reset, 1 its enable, 2 colour compare, 3 function and
///                 rotation, 4 plane read, 5 mode, 6 memory map, 7 planes compared, 8 bit mask
///     04-05, 0A   CRT controller and input status 1 where a monochrome adapter has them: while miscellaneous bit 0
///                 is 0
///     24-25, 2A   the same in the place of a colour adapter: while it is 1
///     0A/2A  R    input status 1: bit 0 no picture is drawn now, bit 3 vertical retrace; W  feature control
///
/// CRT controller: 0-18 R/W, of which 0-7 are kept while bit 7 of 11 is set. 22 R is the latch of the plane that the
/// graphics controller reads, 24 R bit 7 whether the attribute controller takes data next, 26 R its index. 10 and 11
/// are those for writing at any setting of bit 7 of 3.
///
/// Memory (offset from A0000): graphics register 6 chooses 128 KiB, the first 64, or 32 at 10000 or 18000; bit 1 of
/// miscellaneous output lets the processor reach it at all.
///
/// Interrupts: none (the vertical one, IRQ 2, was left out of most cards).
///
/// The beam: dot clock, CRT controller and guest time say where it is; nothing is scheduled.
///
/// Decided: power-on is as a VGA's BIOS leaves it, mode 3 with a font, since programs without firmware write to B8000
/// as well. Port 3C3 is kept but switches nothing off. What is written to chained bytes goes by the write mode too.
///
/// Not modelled: the light pen, the vertical interrupt, memory of 64 KiB (sequencer 4 bit 1), the border, dot clocks
/// other than 25.175 and 28.322 MHz, skews, the attribute controller's status multiplexer (bits 5-4 of 12).
public final class VGA: Device, PortDevice, MemoryDevice, DisplayAdapter {
    /// All registers.
    public struct State: Codable, Equatable, Sendable {
        /// Miscellaneous output: bit 0 colour addresses, bits 3-2 dot clock.
        package var miscellaneous: UInt8 = 0
        /// Feature control.
        package var featureControl: UInt8 = 0
        /// Video subsystem enable.
        package var enable: UInt8 = 1
        /// Sequencer, 0 to 4.
        package var sequencer = RegisterFile(count: 5)
        /// CRT controller, 0 to 18.
        package var crtc = RegisterFile(count: 0x19)
        /// Graphics controller, 0 to 8.
        package var graphics = RegisterFile(count: 9)
        /// Attribute controller, 0 to 14; the first 16 are the palette.
        package var attribute = RegisterFile(count: 0x15)
        /// Colours of the DAC: red, green, blue of six bits, 256 times.
        package var dac = RegisterFile(count: 768)
        /// PEL mask: pixels are masked with it before they choose a colour.
        package var mask: UInt8 = 0xFF
        /// Which register of the sequencer is at its data port.
        package var sequencerIndex: UInt8 = 0
        /// Which register of the CRT controller is at its data port.
        package var crtcIndex: UInt8 = 0
        /// Which register of the graphics controller is at its data port.
        package var graphicsIndex: UInt8 = 0
        /// Index of the attribute controller; bit 5: the palette belongs to the display.
        package var attributeIndex: UInt8 = 0x20
        /// The next write to the attribute controller is data.
        package var attributeTakesData = false
        /// The colour that DAC data is written to, or that is read after the one at hand.
        package var dacIndex: UInt8 = 0
        /// The colour at hand: what has been written of it, or what is read of it.
        package var dacColor = RegisterFile(count: 3)
        /// The part of the colour that comes next, 0 to 2.
        package var dacPart: UInt8 = 0
        /// DAC data is read, by the last index written.
        package var dacReads = false
        /// The four planes.
        package var memory = VideoMemory()
        /// What the last read from memory has left of all planes.
        package var latches: UInt32 = 0
        /// Bochs's interface.
        var vbe = VBERegisters()

        /// Mode 3, as a BIOS leaves it.
        public init() { self = Self.powerOn }

        /// Made once: the font and the colours take their time, and copies share what is not written.
        private static let powerOn = State(mode: 3)
    }

    /// The registers, and what follows from them.
    struct Registers {
        var state: State
        private(set) var window: VideoWindow

        init(_ state: State) {
            self.state = state
            window = state.videoWindow
        }

        /// Some register has changed that says how the processor reaches the memory.
        mutating func refresh() { window = state.videoWindow }
    }

    /// Banks of the ports of Bochs's interface.
    static let vbeIndex: UInt16 = 0x40
    static let vbeBytes: UInt16 = 0x50
    static let vbeData: UInt16 = 0x60

    /// The name in `--tier` and the ledger.
    public let name: String
    /// All registers, and what is in memory.
    public var state: State {
        _read { yield registers.value.state }
        _modify {
            defer { registers.value.refresh() }
            yield &registers.value.state
        }
    }
    let registers: HotState<Registers>
    /// Where the frame buffer is, if anywhere.
    ///
    /// The space has the display in its map: it is not held in turn.
    unowned let space: PhysicalMemory?
    /// The machine has had room for the frame buffer.
    let hasFrameBuffer: Bool
    /// It is the display at A0000.
    let hasMemory: Bool
    /// Who is to serve its memory at first.
    let tier: Tier
    private let clock: VirtualClock

    /// A display whose beam moves in guest time.
    ///
    /// In a physical address space it puts its frame buffer there, if that is free; a machine's second display has no
    /// memory.
    public init(
        clock: VirtualClock, space: PhysicalMemory? = nil, hasMemory: Bool = true, tier: Tier = .kernel,
        name: String = "vga"
    ) {
        self.clock = clock
        self.space = space
        self.hasMemory = hasMemory
        self.tier = tier
        self.name = name
        registers = HotState(Registers(State()))
        let size = UInt64(VBERegisters.size)
        let block = try? space?.addRAM(at: VBERegisters.frameBuffer, size: size, name: name + " frame buffer")
        hasFrameBuffer = block != nil
    }

    /// Mode 3.
    public func reset() { state = State() }

    /// A register; reading moves the DAC on and starts the attribute controller over.
    public func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 {
        let register = UInt16(bank) &+ offset
        let value = value(register)
        switch register {
        case 0x0A, 0x2A: if answers(register) { registers.value.state.attributeTakesData = false }
        case 0x19: registers.value.state.readDAC()
        default: break
        }
        return value
    }

    /// What a read returns.
    public func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? { value(UInt16(bank) &+ offset) }

    private func value(_ register: UInt16) -> UInt32 {
        switch register {
        case 0x0A, 0x2A: answers(register) ? UInt32(inputStatus) : 0xFF
        case Self.vbeIndex...: readVBE(register)
        default: UInt32(registers.value.state.value(register))
        }
    }

    /// Whether the CRT controller is at this address now.
    private func answers(_ register: UInt16) -> Bool { registers.value.state.answers(register) }

    /// Input status 1.
    private var inputStatus: UInt8 {
        let dots = clock.periods(ofFrequency: registers.value.state.dotFrequency, in: clock.now)
        let beam = registers.value.state.beam(dots: dots)
        return (beam.isBlank ? 0x01 : 0) | (beam.isRetrace ? 0x08 : 0)
    }

    /// A register.
    public func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {
        let register = UInt16(bank) &+ offset
        guard register < Self.vbeIndex else { return writeVBE(register, value) }
        registers.value.state.write(register, UInt8(truncatingIfNeeded: value))
        switch register {
        case 0x12, 0x15, 0x1F: registers.value.refresh()
        default: break
        }
    }
}

extension VGA.State {
    /// Whether the CRT controller is at this address.
    func answers(_ register: UInt16) -> Bool { (register >= 0x20) == (miscellaneous & 1 != 0) }

    /// What a read of a register returns, but for input status 1.
    func value(_ register: UInt16) -> UInt8 {
        switch register {
        case 0x10: attributeIndex
        case 0x11: attribute[Int(attributeIndex & 0x1F)]
        case 0x12: 0x10
        case 0x13: enable
        case 0x14: sequencerIndex
        case 0x15: sequencer[Int(sequencerIndex)]
        case 0x16: mask
        case 0x17: dacReads ? 3 : 0
        case 0x18: dacIndex
        case 0x19: dacColor[Int(dacPart)]
        case 0x1A: featureControl
        case 0x1C: miscellaneous
        case 0x1E: graphicsIndex
        case 0x1F: graphics[Int(graphicsIndex)]
        case 0x04, 0x24: answers(register) ? crtcIndex : 0xFF
        case 0x05, 0x25: answers(register) ? crtcData : 0xFF
        default: 0xFF
        }
    }

    private var crtcData: UInt8 {
        switch crtcIndex {
        case 0x22: UInt8(truncatingIfNeeded: latches >> (8 * UInt32(graphics[4] & 3)))
        case 0x24: attributeTakesData ? 0x80 : 0
        case 0x26: attributeIndex
        default: crtc[Int(crtcIndex)]
        }
    }

    /// A write to a register.
    mutating func write(_ register: UInt16, _ byte: UInt8) {
        switch register {
        case 0x10: writeAttribute(byte)
        case 0x12: miscellaneous = byte
        case 0x13: enable = byte & 1
        case 0x14: sequencerIndex = byte & 7
        case 0x15: if sequencerIndex < 5 { sequencer[Int(sequencerIndex)] = byte }
        case 0x16: mask = byte
        case 0x17, 0x18: chooseColor(byte, reads: register == 0x17)
        case 0x19: writeDAC(byte)
        case 0x1E: graphicsIndex = byte & 0x0F
        case 0x1F: if graphicsIndex < 9 { graphics[Int(graphicsIndex)] = byte }
        case 0x04, 0x24: if answers(register) { crtcIndex = byte & 0x3F }
        case 0x05, 0x25: if answers(register) { writeCRTC(byte) }
        case 0x0A, 0x2A: if answers(register) { featureControl = byte & 0x0B }
        default: break
        }
    }

    // MARK: DAC
    //
    // One register for the colour at hand stands between the data port and the memory of colours: it is filled when
    // reading begins and after each blue that is read, and emptied into the memory after each blue that is written.

    /// Begins with the red of a colour; what has been written of another one is given up.
    mutating func chooseColor(_ number: UInt8, reads: Bool) {
        dacIndex = number
        dacPart = 0
        dacReads = reads
        if reads { fetchColor() }
    }

    private mutating func fetchColor() {
        for part in 0..<3 { dacColor[part] = dac[Int(dacIndex) * 3 + part] }
        dacIndex &+= 1
    }

    /// The next part of the colour that is read.
    @discardableResult
    mutating func readDAC() -> UInt8 {
        let value = dacColor[Int(dacPart)]
        dacPart = dacPart < 2 ? dacPart + 1 : 0
        if dacPart == 0 { fetchColor() }
        return value
    }

    /// The next part of the colour that is written.
    mutating func writeDAC(_ value: UInt8) {
        dacColor[Int(dacPart)] = vbe.hasWideDAC ? value : value & 0x3F
        dacPart = dacPart < 2 ? dacPart + 1 : 0
        guard dacPart == 0 else { return }
        for part in 0..<3 { dac[Int(dacIndex) * 3 + part] = dacColor[part] }
        dacIndex &+= 1
    }

    /// Index and data by turns.
    mutating func writeAttribute(_ byte: UInt8) {
        if attributeTakesData {
            let number = Int(attributeIndex & 0x1F)
            if number < 0x15 { attribute[number] = number < 0x10 ? byte & 0x3F : byte }
        } else {
            attributeIndex = byte & 0x3F
        }
        attributeTakesData.toggle()
    }

    /// Registers 0 to 7 are kept while bit 7 of register 11 is set, but for the line compare bit of register 7.
    mutating func writeCRTC(_ byte: UInt8) {
        let number = Int(crtcIndex)
        guard number < 0x19 else { return }
        if crtc[0x11] & 0x80 == 0 || number > 7 {
            crtc[number] = byte
        } else if number == 7 {
            crtc[7] = crtc[7] & ~0x10 | byte & 0x10
        }
    }

    /// A colour of the DAC.
    public subscript(color number: UInt8) -> (red: UInt8, green: UInt8, blue: UInt8) {
        get { (dac[Int(number) * 3], dac[Int(number) * 3 + 1], dac[Int(number) * 3 + 2]) }
        set {
            dac[Int(number) * 3] = newValue.red & 0x3F
            dac[Int(number) * 3 + 1] = newValue.green & 0x3F
            dac[Int(number) * 3 + 2] = newValue.blue & 0x3F
        }
    }
}
