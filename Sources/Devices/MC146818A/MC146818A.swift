import X86Interp

/// The clock of a PC, and the RAM on its battery in which firmware finds what the machine consists of.
///
/// Real-time clock MC146818A with a 32.768 kHz crystal, behind the index and data ports of an AT, with 128 bytes as
/// later chip sets have them. Sources: Motorola MC146818A data sheet (ADI-1026); IBM PC AT technical reference for the
/// ports; Intel 82371AB (PIIX4) datasheet, 290562, for the second 64 bytes.
///
/// Registers at ports (offset, width byte):
///
///     0  write  bits 6-0 index of the register at offset 1; bit 7 = 1 keeps NMI from the processor (NMIGate)
///     0  read   nobody drives the bus: FF
///     1  R/W    the register with the index
///
/// Registers by index; time and alarms in BCD or binary by DM, hours by 24/12 with bit 7 for PM:
///
///     00, 02, 04     R/W  seconds, minutes, hours
///     01, 03, 05     R/W  their alarms; C0 to FF match everything
///     06             R/W  day of the week, 1 is Sunday
///     07, 08, 09     R/W  day of the month, month, year of the century
///     0A  register A      bit 7 UIP (R), 6-4 DV: 0 to 2 run, others hold the divider, 3-0 RS: periodic rate
///     0B  register B R/W  bit 7 SET, 6 PIE, 5 AIE, 4 UIE, 3 SQWE, 2 DM (1 binary), 1 24/12 (1 is 24), 0 DSE
///     0C  register C R    bit 7 IRQF, 6 PF, 5 AF, 4 UF; a read clears all
///     0D  register D R    bit 7 VRT: the battery is good
///     32             R/W  century, in the format of the year: it counts when the year goes from 99 to 00
///     others         R/W  RAM: see CMOSContents for what is in it
///
/// Update: once a second of guest time. UIP rises 2228 us before the time changes, which is 244 us before the cycle
/// begins that takes 1984 us, and falls with the change; UF and, if all three alarms match, AF are set then. SET keeps
/// the time as it is, clears UIE and makes UIP 0. A held divider counts nothing; when it is let go the first update comes
/// half a second later.
///
/// Periodic: RS 1 and 2 are 256 and 128 Hz, 3 to 15 are 8192 Hz down to 2 Hz. PF is set whether SET is or not.
///
/// Interrupts: IRQF = PF and PIE, AF and AIE, UF and UIE drives the line, IRQ 8 of a PC, until register C is read.
///
/// Decided where the datasheet is silent: the time counts in whole seconds from the last release of the divider, writes
/// of the time are no release; what is written during an update is there after it, plus the second; a time that there is
/// not counts as the nearest one that there is when the next second comes; DV 0 and 1, which are for crystals that a PC
/// does not have, count as 2; leap years are those of the calendar with the century of register 32; AF comes with the
/// update whose new time matches.
///
/// Not modelled: daylight saving (DSE is stored), the square wave (SQWE is stored; nothing is at the pin), a battery that
/// is empty, the test modes of DV.
///
/// RESET clears PIE, AIE, UIE, SQWE and the flags, and the index port; time, alarms and RAM are on the battery.
public final class MC146818A: Device, PortDevice {
    /// The name in `--tier` and the ledger.
    public let name: String
    /// The chip; restoring is no edge of its line, and makes the appointment with the clock anew.
    public var state: State {
        get { chip }
        set {
            chip = newValue
            irq.restore(chip.isRequesting)
            alarm.clear()
            appoint()
        }
    }
    private var chip: State
    private let clock: VirtualClock
    private let irq: IRQLine
    private let alarm: ClockAlarm

    /// A clock that shows `startTime`, in seconds from 1970, at guest time 0, with the RAM's contents; it drives `irq`.
    public init(
        clock: VirtualClock, irq: IRQLine, startTime: Int64, contents: CMOSContents = CMOSContents(),
        name: String = "rtc"
    ) {
        self.clock = clock
        self.irq = irq
        self.name = name
        chip = State(startTime: startTime, contents: contents)
        alarm = ClockAlarm(clock: clock)
        alarm.action = { [unowned self] in
            catchUp()
            update()
        }
    }

    deinit { alarm.clear() }

    /// Stops all interrupts; time and RAM are on the battery.
    public func reset() {
        var next = chip
        next.advance(to: pulses)
        next.reset()
        state = next
    }

    // MARK: Time

    /// Pulses of the crystal since tick 0.
    private var pulses: UInt64 { clock.periods(ofFrequency: State.crystal, in: clock.now) }

    /// Lets time and flags become those of the present.
    private func catchUp() { chip.advance(to: pulses) }

    /// After each change: the line, and the next appointment.
    private func update() {
        irq.set(chip.isRequesting)
        appoint()
    }

    /// Asks for a call at the next change of the line, if there will be one.
    private func appoint() {
        let time = chip.nextRequest.map { clock.ticks(forPeriods: $0, ofFrequency: State.crystal) }
        alarm.set(at: time)
    }

    // MARK: Registers

    /// A register, with the side effects of reading it.
    public func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 {
        guard offset & 1 != 0 else { return 0xFF }
        catchUp()
        defer { update() }
        return UInt32(chip.readRegister())
    }

    /// What a read returns, with all flags left.
    public func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? {
        guard offset & 1 != 0 else { return 0xFF }
        var copy = chip
        copy.advance(to: pulses)
        return UInt32(copy.readRegister())
    }

    /// The index and the mask of NMI, or a register.
    public func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {
        let byte = UInt8(truncatingIfNeeded: value)
        guard offset & 1 != 0 else {
            chip.index = byte & 0x7F
            chip.masksNMI = byte & 0x80 != 0
            return
        }
        catchUp()
        chip.writeRegister(byte)
        update()
    }
}
