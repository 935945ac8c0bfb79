import X86Interp

/// The parallel interface of a PC or XT: keyboard, switches and speaker at ports 60 to 63.
///
/// Programmable peripheral interface 8255A with what an XT has at its pins. Sources: Intel 8255A datasheet (231256-004);
/// IBM PC/XT Technical Reference (1502237), system board, 8255A I/O bit map; of the PC (6025008) for the switches at
/// port A.
///
/// Registers (offset, width byte):
///
///     0  A  R    the keyboard's byte; while bit 7 of B is set the eight switches (see XTSwitches)
///     1  B  R/W  0 gate of timer channel 2, 1 speaker data, 3 which switches C shows, 4 and 5 no check of RAM and I/O
///                channel, 6 0 holds the keyboard's clock low, 7 1 clears the keyboard's byte and its interrupt
///     2  C  R    3-0 switches 4-1, or 8-5 while bit 3 of B is set; 4 0; 5 output of timer channel 2; 6 and 7 errors of
///                I/O channel and RAM: always 0
///     3     W    bit 7 set: 4 A is an input, 3 upper half of C, 1 B, 0 lower half of C; all latches become 0
///                bit 7 clear: bit 3-1 of C becomes bit 0;  reads float
///
/// A port that is an output reads its latch, and what is at its pins is not asked; a port B that is an input has its
/// pins high.
///
/// Keyboard: one of 83 keys, which sends set 1 (no key has a code that begins with E0). A clock that was low for ten
/// milliseconds makes it test itself, and answer AA.
///
/// Interrupts: IRQ 1 is high from the arrival of a byte until bit 7 of B is set.
///
/// Timing: a byte takes a millisecond of guest time; see Typist for the keys. Nothing is typed before what was sent has
/// been cleared, so that no typed key is lost.
///
/// Decided: power-on is as a BIOS leaves it: A and C inputs, B an output, the keyboard's clock free; keys are typed once
/// somebody has looked at port A or cleared it.
///
/// Not modelled: modes 1 and 2, sound, NMI by parity or I/O channel check, the cassette, keys that repeat.
public final class PPI8255: Device, PortDevice, KeyboardPort {
    /// Latches, keyboard and typist.
    public struct State: Codable, Equatable, Sendable {
        /// Which ports are inputs.
        package var control: UInt8 = 0x99
        /// What was written to A.
        package var latchA: UInt8 = 0
        /// What was written to B.
        package var latchB: UInt8 = 0x40
        /// What was written to C.
        package var latchC: UInt8 = 0
        /// The keyboard's byte.
        package var received: UInt8 = 0
        /// It has not been cleared yet.
        package var isFull = false
        /// Bytes that wait in the keyboard, next one first.
        package var queue: [UInt8] = []
        /// Since when the keyboard's clock is low.
        package var heldSince: UInt64?
        /// The tick from which on the keyboard can send its next byte.
        package var sendsAt: UInt64 = 0
        /// Who types.
        package var typist = Typist()

        /// Power-on.
        public init() {}

        /// What is at the pins of B.
        var pinsB: UInt8 { control & 0x02 == 0 ? latchB : 0xFF }
    }

    /// Bits of port B.
    enum PortB {
        static let gate: UInt8 = 0x01
        static let upperSwitches: UInt8 = 0x08
        static let clock: UInt8 = 0x40
        static let clear: UInt8 = 0x80
    }

    /// The name in `--tier` and the ledger.
    public let name: String
    /// Latches, keyboard and typist; restoring is no edge of IRQ 1, and the timer's gate is part of the timer's state.
    public var state: State {
        get { chip }
        set {
            chip = newValue
            irq.restore(chip.isFull)
            alarm.clear()
            appoint()
        }
    }
    /// Asked before a stroke is typed: firmware that still holds the one before says no.
    public var isWanted: () -> Bool = { true }

    private var chip = State()
    private let clock: VirtualClock
    private let irq: IRQLine
    private let timer: (any SpeakerTimer)?
    private let keys: any KeySource
    private let switches: XTSwitches
    private let alarm: ClockAlarm

    /// What the keyboard can hold.
    private static let capacity = 16

    /// An interface whose keyboard is typed on by `keys` and drives `irq`, wired to the timer's channel 2.
    public init(
        clock: VirtualClock, irq: IRQLine, timer: (any SpeakerTimer)?, switches: XTSwitches = XTSwitches(),
        keys: any KeySource = KeyList(), name: String = "ppi"
    ) {
        self.clock = clock
        self.irq = irq
        self.timer = timer
        self.switches = switches
        self.keys = keys
        self.name = name
        alarm = ClockAlarm(clock: clock)
        alarm.action = { [unowned self] in update() }
    }

    deinit { alarm.clear() }

    /// Power-on; closes the timer's gate.
    public func reset() {
        state = State()
        timer?.setSpeakerGate(false)
    }

    // MARK: Time

    /// After each change, and when something is due.
    private func update() {
        if canType {
            var typist = chip.typist
            let event = typist.next(keys, isWanted: isWanted, clock)
            chip.typist = typist
            if let event { press(event) }
        }
        if canSend, !chip.queue.isEmpty, clock.now >= chip.sendsAt {
            chip.received = chip.queue.removeFirst()
            chip.isFull = true
        }
        irq.set(chip.isFull)
        appoint()
    }

    /// The shift register is free, and nobody holds the keyboard up.
    private var canSend: Bool {
        !chip.isFull && chip.pinsB & (PortB.clear | PortB.clock) == PortB.clock
    }

    private var canType: Bool { chip.typist.isAwake && canSend && chip.queue.isEmpty }

    private func fetch(waits: Bool) {
        var typist = chip.typist
        typist.fetch(keys, waits: waits, clock)
        chip.typist = typist
    }

    private func press(_ event: KeyEvent) {
        // Its keys have one byte each.
        send(event.code & 0x7F | (event.isRelease ? 0x80 : 0))
    }

    private func send(_ byte: UInt8) {
        if chip.queue.count < Self.capacity { chip.queue.append(byte) }
    }

    /// Asks for a call when the keyboard or the typist can go on.
    private func appoint() {
        guard canSend else { return alarm.set(at: nil) }
        if !chip.queue.isEmpty { return alarm.set(at: chip.sendsAt) }
        let isOver = chip.typist.isOver
        alarm.set(at: canType && !isOver ? chip.typist.typesAt : nil)
    }

    /// Frees the shift register.
    private func clear() {
        chip.isFull = false
        chip.received = 0
        chip.sendsAt = Typist.after(milliseconds: 1, clock)
    }

    // MARK: Firmware

    /// Whether nothing was typed that has not been read, and nothing ever will be.
    public var isExhausted: Bool {
        chip.typist.isOver && chip.queue.isEmpty && !chip.isFull
    }

    /// The next byte of the keyboard at once, for firmware that has been asked for a key; nil if nobody types one.
    public func takeByte(waits: Bool) -> UInt8? {
        defer { update() }
        chip.typist.wake(clock)
        if chip.isFull {
            let byte = chip.received
            clear()
            return byte
        }
        guard canSend else { return nil }
        if chip.queue.isEmpty {
            if chip.typist.events.isEmpty { fetch(waits: waits) }
            guard let event = chip.typist.next(clock) else { return nil }
            press(event)
        }
        return chip.queue.removeFirst()
    }

    /// Takes the next stroke from the source if the typist has nothing to do, as far as that is allowed.
    public func look(waits: Bool) {
        chip.typist.wake(clock)
        if chip.typist.events.isEmpty, canType { fetch(waits: waits) }
        update()
    }

    /// The typist goes on behind what had been the end.
    public func keysHaveCome() {
        chip.typist.isAtEnd = false
        update()
    }

    // MARK: Registers

    /// A port; looking at port A lets typing begin.
    public func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 {
        let register = UInt16(bank) &+ offset
        let value = value(register)
        if register == 0, !chip.typist.isAwake {
            chip.typist.wake(clock)
            update()
        }
        return UInt32(value)
    }

    /// What a read returns.
    public func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? { UInt32(value(UInt16(bank) &+ offset)) }

    private func value(_ register: UInt16) -> UInt8 {
        switch register {
        case 0:
            if chip.control & 0x10 == 0 { return chip.latchA }
            return chip.pinsB & PortB.clear != 0 ? switches.value : chip.received
        case 1: return chip.pinsB
        case 2:
            let lower = chip.pinsB & PortB.upperSwitches != 0 ? switches.value >> 4 : switches.value & 0x0F
            let upper: UInt8 = timer?.speakerOutput == true ? 0x20 : 0
            return (chip.control & 0x01 != 0 ? lower : chip.latchC & 0x0F)
                | (chip.control & 0x08 != 0 ? upper : chip.latchC & 0xF0)
        default: return 0xFF
        }
    }

    /// A latch, the control word, or a bit of C.
    public func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {
        let byte = UInt8(truncatingIfNeeded: value)
        let before = chip.pinsB
        switch UInt16(bank) &+ offset {
        case 0: chip.latchA = byte
        case 1: chip.latchB = byte
        case 2: chip.latchC = byte
        default: control(byte)
        }
        changePins(from: before)
        update()
    }

    private func control(_ byte: UInt8) {
        guard byte & 0x80 != 0 else {
            let bit = UInt8(1) << (byte >> 1 & 7)
            chip.latchC = byte & 1 != 0 ? chip.latchC | bit : chip.latchC & ~bit
            return
        }
        chip.control = byte
        (chip.latchA, chip.latchB, chip.latchC) = (0, 0, 0)
    }

    /// What happens at the pins of B.
    private func changePins(from before: UInt8) {
        let pins = chip.pinsB
        timer?.setSpeakerGate(pins & PortB.gate != 0)
        if pins & PortB.clear != 0 {
            clear()
            chip.typist.wake(clock)
        }
        if pins & PortB.clock == 0 {
            if before & PortB.clock != 0 { chip.heldSince = clock.now }
        } else if let since = chip.heldSince {
            chip.heldSince = nil
            guard clock.now >= since, clock.now - since >= clock.ticks(microseconds: 10_000) else { return }
            chip.queue = []
            send(0xAA)
        }
    }
}

/// The eight switches of an XT, by which its firmware knows what is there; a switch that is off reads 1.
///
/// Source: IBM PC/XT Technical Reference (1502237), system board, switch settings.
public struct XTSwitches: Equatable, Sendable {
    /// All eight, number 1 in bit 0.
    public let value: UInt8

    /// Switches for 1 to 4 floppy drives (none is as one), a coprocessor, RAM in bytes, and what firmware shows text on:
    /// nil is an adapter with firmware of its own, or none.
    public init(
        floppies: Int = 1, hasCoprocessor: Bool = false, ramSize: Int = 640 << 10, display: Display6845.Kind? = nil
    ) {
        // 1 not in a loop of tests, 2 coprocessor, 4-3 RAM on the board in 64 KiB less one, 6-5 display, 8-7 drives less
        // one.
        let blocks = min(max(ramSize >> 16, 1), 4) - 1
        let drives = min(max(floppies, 1), 4) - 1
        let kind: UInt8 = display == .mda ? 3 : display == .cga ? 2 : 0
        value = 0x01 | (hasCoprocessor ? 0x02 : 0) | UInt8(blocks) << 2 | kind << 4 | UInt8(drives) << 6
    }
}
