import X86Interp

/// A VGA's registers: palette, cursor, start address, retrace.
///
/// The registers of a video graphics array: what programs set up, wait for and fade. Sources: IBM Personal System/2
/// Hardware Interface Technical Reference, Video Subsystem; IBM VGA technical reference.
///
/// Registers (bank plus offset is the distance from port 3B0; width byte):
///
///     10     R/W  attribute controller: index and data by turns; a read is the index, reading 1A or 2A starts over
///     11     R    attribute data
///     12     R    input status 0: bit 4 the display answers                 W  miscellaneous output
///     13     R/W  video subsystem enable
///     14-15  R/W  sequencer, index and data
///     16     R/W  PEL mask
///     17     R    DAC state: 0 write, 3 read                                W  DAC index for reading
///     18     R/W  DAC index for writing; while colours are read it is one ahead
///     19     R/W  DAC data: red, green, blue of six bits, then the next colour; a colour changes with its blue
///     1A     R    feature control;  1C R miscellaneous output
///     1E-1F  R/W  graphics controller, index and data
///     04-05, 0A   CRT controller and input status 1 where a monochrome adapter has them: while miscellaneous bit 0
///                 is 0
///     24-25, 2A   the same in the place of a colour adapter: while it is 1
///     0A/2A  R    input status 1: bit 0 no picture is drawn now, bit 3 vertical retrace; W  feature control
///
/// Interrupts: none (the vertical one, IRQ 2, was left out of most cards).
///
/// The beam: dot clock, CRT controller and guest time say where it is; nothing is scheduled.
///
/// Decided: power-on is as a VGA's BIOS leaves it, mode 3, since programs without firmware write to B8000 as well.
///
/// Not modelled: planes, latches, write modes (A0000 and B8000 are plain RAM), loadable fonts, panning, split screen.
public final class VGA: Device, PortDevice {
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

        /// Mode 3, as a BIOS leaves it.
        public init() { self.init(mode: 3) }
    }

    /// The name in `--tier` and the ledger.
    public let name: String
    /// All registers.
    public var state: State {
        _read { yield registers.value }
        _modify { yield &registers.value }
    }
    private let registers = HotState(State())
    private let clock: VirtualClock

    /// A display whose beam moves in guest time.
    public init(clock: VirtualClock, name: String = "vga") {
        self.clock = clock
        self.name = name
    }

    /// Mode 3.
    public func reset() { state = State() }

    /// A register; reading moves the DAC on and starts the attribute controller over.
    public func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 {
        let register = UInt16(bank) &+ offset
        let value = value(register)
        switch register {
        case 0x0A, 0x2A: if answers(register) { state.attributeTakesData = false }
        case 0x19: state.readDAC()
        default: break
        }
        return UInt32(value)
    }

    /// What a read returns.
    public func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? { UInt32(value(UInt16(bank) &+ offset)) }

    /// Whether the CRT controller is at this address now.
    private func answers(_ register: UInt16) -> Bool { (register >= 0x20) == (state.miscellaneous & 1 != 0) }

    private func value(_ register: UInt16) -> UInt8 {
        switch register {
        case 0x10: state.attributeIndex
        case 0x11: state.attribute[Int(state.attributeIndex & 0x1F)]
        case 0x12: 0x10
        case 0x13: state.enable
        case 0x14: state.sequencerIndex
        case 0x15: state.sequencer[Int(state.sequencerIndex)]
        case 0x16: state.mask
        case 0x17: state.dacReads ? 3 : 0
        case 0x18: state.dacIndex
        case 0x19: state.dacColor[Int(state.dacPart)]
        case 0x1A: state.featureControl
        case 0x1C: state.miscellaneous
        case 0x1E: state.graphicsIndex
        case 0x1F: state.graphics[Int(state.graphicsIndex)]
        case 0x04, 0x24: answers(register) ? state.crtcIndex : 0xFF
        case 0x05, 0x25: answers(register) ? state.crtc[Int(state.crtcIndex)] : 0xFF
        case 0x0A, 0x2A: answers(register) ? inputStatus : 0xFF
        default: 0xFF
        }
    }

    /// Input status 1.
    private var inputStatus: UInt8 {
        let beam = state.beam(dots: clock.periods(ofFrequency: state.dotFrequency, in: clock.now))
        return (beam.isBlank ? 0x01 : 0) | (beam.isRetrace ? 0x08 : 0)
    }

    /// A register.
    public func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {
        let byte = UInt8(truncatingIfNeeded: value)
        let register = UInt16(bank) &+ offset
        switch register {
        case 0x10: state.writeAttribute(byte)
        case 0x12: state.miscellaneous = byte
        case 0x13: state.enable = byte & 1
        case 0x14: state.sequencerIndex = byte & 7
        case 0x15: if state.sequencerIndex < 5 { state.sequencer[Int(state.sequencerIndex)] = byte }
        case 0x16: state.mask = byte
        case 0x17, 0x18: state.chooseColor(byte, reads: register == 0x17)
        case 0x19: state.writeDAC(byte)
        case 0x1E: state.graphicsIndex = byte & 0x0F
        case 0x1F: if state.graphicsIndex < 9 { state.graphics[Int(state.graphicsIndex)] = byte }
        case 0x04, 0x24: if answers(register) { state.crtcIndex = byte & 0x3F }
        case 0x05, 0x25: if answers(register) { state.writeCRTC(byte) }
        case 0x0A, 0x2A: if answers(register) { state.featureControl = byte & 0x0B }
        default: break
        }
    }
}

extension VGA.State {
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
        dacColor[Int(dacPart)] = value & 0x3F
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
