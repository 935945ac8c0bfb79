import X86Interp

/// The serial port of a PC, with a byte stream at the other end of its cable.
///
/// Serial port 16550A: asynchronous transmitter and receiver with FIFOs of 16. Source: National PC16550D datasheet
/// (TL/C/8652).
///
/// Registers (offset, width byte; DLAB is LCR bit 7):
///
///     0  read   RBR  receiver buffer                     0, DLAB  R/W  DLL  divisor, low byte
///     0  write  THR  transmitter holding register        1, DLAB  R/W  DLM  divisor, high byte
///     1  R/W    IER  enables: 0 data, 1 transmitter empty, 2 line status, 3 modem status
///     2  read   IIR  bit 0 = 0 pending, bits 3-1 which, bits 7-6 FIFOs on
///     2  write  FCR  0 FIFOs on, 1 clears the receiver's, 2 the transmitter's, 7-6 trigger level 1, 4, 8, 14
///     3  R/W    LCR  1-0 data bits - 5, 2 stop bits, 3 parity, 6 break, 7 DLAB
///     4  R/W    MCR  0 DTR, 1 RTS, 2 OUT1, 3 OUT2, 4 loopback
///     5  read   LSR  0 data, 1 overrun, 2 parity, 3 framing, 4 break, 5 THR empty, 6 all sent, 7 error in the FIFO
///     6  read   MSR  0-3 changes of 4-7: CTS, DSR, RI (its end only), DCD
///     7  R/W    SCR  scratch
///
/// Interrupts, highest first (IIR bits 3-0; what ends it): line status (6; LSR), data at trigger level (4; RBR),
/// character time-out (C; RBR), transmitter empty (2; THR, or IIR when it says so), modem status (0; MSR).
/// OUT2 connects them to the line, as in a PC, also in loopback.
///
/// Time: 1.8432 MHz / 16 / divisor bits a second of guest time, start to stop bit. A sent character occupies the
/// transmitter that long (not with instant pacing); received ones come no faster than that.
///
/// Decided: the host gets a character when it is written, so that none is lost when the run ends, and even one that
/// finds the transmitter full, which the chip would lose. The host's characters wait while the receiver is full
/// (a peer with flow control): overruns happen in loopback only. The receiver takes one when the guest looks at
/// LSR or IIR, or, with the data interrupt enabled, when the next one can have arrived. Divisor 1 at power-on; 0
/// counts as 1. A break in loopback arrives at once. An empty RBR reads the last character. A host that has
/// nothing more to send is not waited for: it makes no appointment with the clock.
///
/// Not modelled: parity and framing errors, except that a break is also a framing error; the moment for which THR
/// stays full before an idle transmitter takes it; DMA signals.
public final class UART16550: Device, PortDevice {
    /// The name in `--tier` and the ledger.
    public let name: String
    /// The chip; restoring is no edge of its line, and makes the appointment with the clock anew.
    public var state: State {
        get { chip }
        set {
            chip = newValue
            characterTime = Self.characterTime(of: chip, clock)
            irq.restore(chip.drivesLine)
            alarm.clear()
            alarm.set(at: chip.deadline(hasInput: !stream.isAtEnd))
        }
    }
    /// How soon what the guest sends is sent.
    public enum Pacing: Sendable {
        /// A character occupies the transmitter for its time on the line, as on the chip.
        case lineSpeed
        /// The host takes characters at once: no guest waits. Loopback keeps the line's time.
        case instant
    }

    private let pacing: Pacing
    private var chip = State()
    /// Ticks that a character takes from start to stop bit, by the present LCR and divisor.
    private var characterTime: UInt64
    private let stream: any ByteStream
    private let clock: VirtualClock
    private let irq: IRQLine
    private let alarm: ClockAlarm

    /// A serial port that exchanges bytes with `stream` and drives `irq`.
    public init(
        clock: VirtualClock, irq: IRQLine, stream: any ByteStream, pacing: Pacing = .lineSpeed, name: String = "uart"
    ) {
        self.clock = clock
        self.irq = irq
        self.stream = stream
        self.pacing = pacing
        self.name = name
        characterTime = Self.characterTime(of: chip, clock)
        alarm = ClockAlarm(clock: clock)
        alarm.action = { [unowned self] in
            catchUp(receiving: true)
            update()
        }
    }

    deinit { alarm.clear() }

    /// The chip as after power-on.
    public func reset() { state = State() }

    // MARK: The cable

    /// Drives CTS, DSR, RI and DCD; at power-on all but RI are high, as with a peer that is ready.
    public func setModemInputs(_ inputs: ModemInputs) {
        catchUp(receiving: false)
        chip.setModemInputs(inputs.rawValue)
        update()
    }

    /// The peer sends a break: a zero character that is marked as such.
    public func receiveBreak() {
        catchUp(receiving: false)
        chip.receiveBreak(at: clock.now, characterTime)
        update()
    }

    // MARK: Time

    private static func characterTime(of chip: State, _ clock: VirtualClock) -> UInt64 {
        let periods = chip.halfBits * 8 * UInt64(max(chip.divisor, 1))
        return max(clock.ticks(forPeriods: periods, ofFrequency: 1_843_200), 1)
    }

    /// Lets the chip do what was due until now; `receiving` also takes the next character if it can have arrived.
    private func catchUp(receiving: Bool) {
        chip.advance(to: clock.now, characterTime)
        if receiving { chip.takeInput(at: clock.now, characterTime) { stream.read() } }
    }

    /// After each change: the line, and the next appointment.
    private func update() {
        irq.set(chip.drivesLine)
        alarm.set(at: chip.deadline(hasInput: !stream.isAtEnd))
    }

    // MARK: Registers

    /// Offsets whose readers want to know whether a character has arrived.
    private static func looksForInput(_ offset: UInt16) -> Bool { offset == 2 || offset == 5 }

    /// A register, with the side effects of reading it.
    public func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 {
        catchUp(receiving: Self.looksForInput(offset))
        defer { update() }
        return UInt32(chip.read(offset, at: clock.now, characterTime))
    }

    /// What a read returns, with chip and stream left as they are.
    public func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? {
        var copy = chip
        copy.advance(to: clock.now, characterTime)
        if Self.looksForInput(offset) { copy.takeInput(at: clock.now, characterTime) { stream.peek() } }
        return UInt32(copy.read(offset, at: clock.now, characterTime))
    }

    /// A register; a character for the host leaves at once.
    public func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {
        catchUp(receiving: false)
        let byte = UInt8(truncatingIfNeeded: value)
        chip.write(offset, byte, at: clock.now, characterTime)
        if offset == 0, !chip.isDivisorSelected, !chip.isLoopback { send(byte) }
        if offset < 4 { characterTime = Self.characterTime(of: chip, clock) }
        update()
    }

    /// Hands a character to the host.
    private func send(_ byte: UInt8) {
        stream.write(byte & chip.dataMask)
        if pacing == .instant { chip.finishSending() }
    }
}

/// The modem status inputs, as bits of MSR.
public struct ModemInputs: OptionSet, Sendable {
    /// MSR bits 7-4.
    public let rawValue: UInt8

    /// Wraps MSR bits 7-4.
    public init(rawValue: UInt8) { self.rawValue = rawValue & 0xF0 }

    /// CTS: the peer can take characters.
    public static let clearToSend = ModemInputs(rawValue: 0x10)
    /// DSR: the peer is there.
    public static let dataSetReady = ModemInputs(rawValue: 0x20)
    /// RI: the telephone rings.
    public static let ringIndicator = ModemInputs(rawValue: 0x40)
    /// DCD: the peer has a connection.
    public static let carrierDetect = ModemInputs(rawValue: 0x80)
}
