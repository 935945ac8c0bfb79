import X86Interp

/// The interval timer of a PC: counter 0 is the system timer, counter 2 the speaker's.
///
/// Programmable interval timer 8254: three 16-bit counters on one clock. Source: Intel 8254 datasheet (231164-005).
///
/// Registers (offset, width byte):
///
///     0-2  write  count of counter 0-2; bytes as the counter's control word says
///     0-2  read   latched status, else latched count, else the count as it runs
///     3    write  bits 7-6 = 0-2: control word of that counter: bits 5-4 access (1 low, 2 high, 3 low then high byte;
///                                0 latches the count), bits 3-1 mode, bit 0 BCD
///                 bits 7-6 = 3:  read-back: bit 5 = 0 latches counts, bit 4 = 0 latches status, bits 3-1 counters 2-0
///     3    read   nobody drives the bus: FF
///
/// Modes and GATE: see TimerCounter.
///
/// Clock: 1,193,182 Hz of guest time. Counts are computed when somebody looks; only changes of OUT 0 are events.
///
/// Interrupts: OUT 0 drives the interrupt line, IRQ 0 of a PC. GATE 0 and 1 are high; GATE 2 and OUT 2 belong to
/// port 61.
///
/// Decided where the datasheet is silent: at power-on all counters are in mode 3 without a count, OUT high; a count
/// of 1 in modes 2 and 3, which is illegal, counts as 2; a BCD digit above 9 counts with its binary value; a
/// control word stops the counter until a count is written; a latched count is read low byte first.
///
/// Not modelled: what a control word or a count does within the clock period in which it is written; pulses of OUT 0
/// shorter than a tick of guest time reach the line as one pulse.
public final class PIT8254: Device, PortDevice, SpeakerTimer {
    /// All counters, as of a clock count.
    public struct State: Codable, Equatable, Sendable {
        /// Clock pulses from tick 0 up to which the counters have been moved.
        package var time: UInt64 = 0
        /// The system timer.
        package var counter0 = TimerCounter(gate: true)
        /// Memory refresh, in the first PCs.
        package var counter1 = TimerCounter(gate: true)
        /// The speaker's; its gate is closed.
        package var counter2 = TimerCounter(gate: false)

        /// Power-on: no counter runs.
        public init() {}

        /// Counter `number`; all above 1 is counter 2.
        subscript(number: UInt16) -> TimerCounter {
            get { number == 0 ? counter0 : number == 1 ? counter1 : counter2 }
            set {
                switch number {
                case 0: counter0 = newValue
                case 1: counter1 = newValue
                default: counter2 = newValue
                }
            }
        }
    }

    /// Clock pulses in a second of guest time.
    public static let frequency: UInt64 = 1_193_182

    /// The name in `--tier` and the ledger.
    public let name: String
    /// All counters; restoring is no edge of OUT 0, and makes the appointment with the clock anew.
    public var state: State {
        get { counters }
        set {
            counters = newValue
            irq.restore(counters.counter0.out)
            alarm.clear()
            appoint()
        }
    }
    private var counters = State()
    private let clock: VirtualClock
    private let irq: IRQLine
    private let alarm: ClockAlarm

    /// A timer that counts guest time and drives `irq` with OUT 0.
    public init(clock: VirtualClock, irq: IRQLine, name: String = "pit") {
        self.clock = clock
        self.irq = irq
        self.name = name
        alarm = ClockAlarm(clock: clock)
        irq.restore(counters.counter0.out)
        alarm.action = { [unowned self] in
            catchUp()
            update()
        }
    }

    deinit { alarm.clear() }

    /// All counters as after power-on.
    public func reset() { state = State() }

    // MARK: Port 61

    /// Drives GATE 2.
    public func setSpeakerGate(_ level: Bool) {
        catchUp()
        counters.counter2.setGate(level)
        update()
    }

    /// The level of OUT 2 now; no side effects.
    public var speakerOutput: Bool { current(2).out }

    // MARK: Time

    /// Clock pulses since the counters were moved.
    private var elapsed: UInt64 {
        let now = clock.periods(ofFrequency: Self.frequency, in: clock.now)
        return now > counters.time ? now - counters.time : 0
    }

    /// A counter as it is now.
    func current(_ number: UInt16) -> TimerCounter {
        var counter = counters[number]
        counter.advance(elapsed)
        return counter
    }

    /// Moves the counters to the present; many changes of OUT 0 at once reach the line as a pulse and the last level.
    private func catchUp() {
        var left = elapsed
        counters.time &+= left
        counters.counter1.advance(left)
        counters.counter2.advance(left)
        for _ in 0..<2 {
            guard let change = counters.counter0.clocksToChange, change <= left else { break }
            counters.counter0.advance(change)
            irq.set(counters.counter0.out)
            left -= change
        }
        counters.counter0.advance(left)
    }

    /// After each change: OUT 0 to the line, and the next appointment.
    private func update() {
        irq.set(counters.counter0.out)
        appoint()
    }

    /// Asks for a call at the next change of OUT 0, if there will be one.
    private func appoint() {
        let change = counters.counter0.clocksToChange.map { counters.time.addingReportingOverflow($0) }
        guard let change, !change.overflow else { return alarm.set(at: nil) }
        alarm.set(at: clock.ticks(forPeriods: change.partialValue, ofFrequency: Self.frequency))
    }

    // MARK: Registers

    /// A byte of status or count.
    public func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 {
        guard offset < 3 else { return 0xFF }
        catchUp()
        defer { update() }
        return UInt32(counters[offset].read())
    }

    /// What a read returns, with all latches left.
    public func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? {
        guard offset < 3 else { return 0xFF }
        var counter = current(offset)
        return UInt32(counter.read())
    }

    /// A byte of a count, a control word or a read-back command.
    public func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {
        let byte = UInt8(truncatingIfNeeded: value)
        catchUp()
        switch (offset, byte >> 6) {
        case (0...2, _): counters[offset].writeCount(byte)
        case (_, 3): readBack(byte)
        default: counters[UInt16(byte >> 6)].writeControl(byte)
        }
        update()
    }

    private func readBack(_ command: UInt8) {
        for number in UInt16(0)...2 where command & (2 << number) != 0 {
            if command & 0x20 == 0 { counters[number].latchCount() }
            if command & 0x10 == 0 { counters[number].latchStatus() }
        }
    }
}
