import X86Interp

/// The printer port of a PC, with a printer at the end of its cable or nothing.
///
/// The parallel adapter of an AT. Sources: IBM PC AT technical reference, serial/parallel adapter; IEEE 1284-1994,
/// compatibility mode, for the printer's answers.
///
/// Registers (offset, width byte):
///
///     0  R/W    data: what was written is read back
///     1  read   status: bit 7 BUSY inverted, 6 ACK#, 5 out of paper, 4 selected, 3 ERROR#, 2-0 read 1
///     1  write  ignored
///     2  R/W    control: bit 0 strobe, 1 automatic line feed, 2 INIT#, 3 select, 4 interrupt enable, 7-5 read 1
///
/// A printer takes the data when strobe goes from 0 to 1 with INIT# at 1, is busy for 10 us of guest time, and holds ACK#
/// low for the last 5 of them. It has paper, is selected and has no error. While INIT# is 0 it is busy, and forgets that
/// it was printing.
///
/// Nothing connected: the inputs float high, status reads 7F.
///
/// Interrupts: with bit 4 set the end of ACK# raises the line, IRQ 7 of a PC. It stays high until the next strobe,
/// INIT#, or bit 4 at 0.
///
/// Decided: a byte that is strobed while the printer is busy is lost; setting bit 4 alone is no edge, though ACK# is high
/// (on a board the line was high before, as it floats); power-on and reset leave the control register 0, INIT# active.
///
/// Not modelled: data that comes in (bit 5 of later ports), EPP, ECP; what automatic line feed and select change.
public final class ParallelPort: Device, PortDevice {
    /// The latches, and how far the printer is.
    public struct State: Codable, Equatable, Sendable {
        /// What was last written to the data register.
        package var data: UInt8 = 0
        /// Bits 4-0 of the control register.
        package var control: UInt8 = 0
        /// The printer is taking a byte.
        package var isPrinting = false
        /// The tick at which it will have taken it.
        package var ready: UInt64 = 0
        /// The interrupt request.
        package var isRequested = false

        /// Power-on: all 0.
        public init() {}
    }

    /// Bits of the control register.
    private enum Control {
        static let strobe: UInt8 = 0x01
        static let noInit: UInt8 = 0x04
        static let interrupt: UInt8 = 0x10
    }

    /// The name in `--tier` and the ledger.
    public let name: String
    /// The port; restoring is no edge of its line, and makes the appointment with the clock anew.
    public var state: State {
        get { port }
        set {
            port = newValue
            irq.restore(port.isRequested)
            alarm.clear()
            appoint()
        }
    }
    private var port = State()
    private let printer: (any ByteStream)?
    private let clock: VirtualClock
    private let irq: IRQLine
    private let alarm: ClockAlarm
    /// Ticks that a byte takes, and that ACK# is low.
    private let (busyTime, acknowledgeTime): (UInt64, UInt64)

    /// A port with a printer that prints to a stream, or with nothing; it drives `irq`.
    public init(clock: VirtualClock, irq: IRQLine, printer: (any ByteStream)? = nil, name: String = "lpt") {
        self.clock = clock
        self.irq = irq
        self.printer = printer
        self.name = name
        busyTime = max(clock.ticks(forPeriods: 1, ofFrequency: 100_000), 1)
        acknowledgeTime = max(clock.ticks(forPeriods: 1, ofFrequency: 200_000), 1)
        alarm = ClockAlarm(clock: clock)
        alarm.action = { [unowned self] in
            catchUp()
            update()
        }
    }

    deinit { alarm.clear() }

    /// The port as after power-on.
    public func reset() { state = State() }

    // MARK: The printer

    /// A byte that will have been taken by now has been.
    private func catchUp() {
        guard port.isPrinting, port.ready <= clock.now else { return }
        port.isPrinting = false
        if port.control & Control.interrupt != 0 { port.isRequested = true }
    }

    /// After each change: the line, and the next appointment.
    private func update() {
        irq.set(port.isRequested)
        appoint()
    }

    /// Asks for a call at the end of ACK#, if that interrupts.
    private func appoint() {
        alarm.set(at: port.isPrinting && port.control & Control.interrupt != 0 ? port.ready : nil)
    }

    private var status: UInt8 {
        guard printer != nil else { return 0x7F }
        let isTaking = port.isPrinting && clock.now < port.ready
        let isBusy = isTaking || port.control & Control.noInit == 0
        let isAcknowledging = isTaking && port.ready - clock.now <= acknowledgeTime
        return 0x1F | (isBusy ? 0 : 0x80) | (isAcknowledging ? 0 : 0x40)
    }

    private func writeControl(_ value: UInt8) {
        let isStrobe = value & ~port.control & Control.strobe != 0
        port.control = value & 0x1F
        if value & Control.interrupt == 0 { port.isRequested = false }
        if value & Control.noInit == 0 {
            port.isPrinting = false
            port.isRequested = false
        } else if isStrobe, !port.isPrinting, let printer {
            printer.write(port.data)
            port.isPrinting = true
            port.ready = clock.now &+ busyTime
            port.isRequested = false
        }
    }

    // MARK: Registers

    /// A register.
    public func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 {
        switch offset {
        case 0: UInt32(port.data)
        case 1: UInt32(status)
        default: UInt32(port.control | 0xE0)
        }
    }

    /// What a read returns: it has no side effects.
    public func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? {
        read(bank: bank, offset: offset, width: width)
    }

    /// A register; a strobe hands the printer the data.
    public func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {
        let byte = UInt8(truncatingIfNeeded: value)
        catchUp()
        switch offset {
        case 0: port.data = byte
        case 1: break
        default: writeControl(byte)
        }
        update()
    }
}
