import X86Interp

/// The keyboard controller of a PC, its keyboard, and whoever types on it.
///
/// Keyboard controller 8042 of an AT or PS/2, with a keyboard. Sources: IBM PC AT technical reference, keyboard
/// controller; IBM Personal System/2 Hardware Interface Technical Reference.
///
/// Registers (bank plus offset, width byte):
///
///     0  read   output buffer: a byte of keyboard or mouse, or an answer of the controller; empties it
///     0  write  data of a controller command if one is due, else a byte for the keyboard (see PS2Keyboard)
///     4  read   status: bit 0 output buffer full, 1 input buffer full (never: bytes are taken at once), 2 system flag,
///               3 the last write was a command, 4 the keyboard is not locked, 5 the byte is the mouse's
///     4  write  command: 20-3F read and 60-7F write a byte of the controller's RAM, whose byte 0 is the command byte
///                 (bit 0 keyboard's interrupt, 1 mouse's interrupt, 2 system flag, 4 keyboard disabled, 5 auxiliary
///                 device disabled, 6 translation)
///               A7 and A8 auxiliary device off and on, A9 its interface test, AA self test, AB interface test, AD and
///               AE keyboard off and on, C0 input port, D0 and D1 output port (bit 0 RESET, 1 A20), D2 and D3 write the
///               output buffer as keyboard and mouse do, D4 the next byte is for the mouse (see PS2Mouse),
///               DD and DF A20 off and on, E0 test inputs, F0-FF pulse output bits low: bit 0 is RESET
///
/// Interrupts: IRQ 1 is high while a byte of the keyboard is in the output buffer and the command byte enables it, IRQ 12
/// while one of the mouse is.
///
/// Timing: a byte of the keyboard takes a millisecond of guest time; see Typist for the keys. None goes up or down before
/// what was sent has been read, so that no typed key is lost.
///
/// A20 is the level of the bus, which port 92h and INT 15h drive as well: the last one wins, all read it there.
///
/// Decided: power-on is as a PC's firmware leaves it, enabled and translating, the mouse off; keys are typed, and the
/// mouse is moved, once somebody has used the controller.
///
/// Not modelled: scan code set 3, repeating keys, the password, AC and C1 to C2.
public final class PS2Controller8042: Device, PortDevice, KeyboardPort {
    /// Controller, keyboard and typist.
    public struct State: Codable, Equatable, Sendable {
        /// The controller's RAM; byte 0 is the command byte.
        package var ram = RegisterFile(count: 32)
        /// What port 60 reads.
        package var output: UInt8 = 0
        /// The output buffer is full.
        package var isFull = false
        /// Who has sent what is in the output buffer.
        package var sender = Sender.controller
        /// Answers of the controller for which the output buffer has no room yet.
        package var answers: [UInt8] = []
        /// The last write was to port 64.
        package var wroteCommand = false
        /// A command whose data byte is due.
        package var awaited: UInt8?
        /// Bits 2 to 7 of the output port.
        package var outputPort: UInt8 = 0xC0
        /// F0 came from the keyboard: the next byte becomes a release.
        package var isRelease = false
        /// The keyboard.
        package var keyboard = PS2Keyboard()
        /// The mouse.
        package var mouse = PS2Mouse()
        /// Who types.
        package var typist = Typist()
        /// The tick from which on the keyboard can send its next byte.
        package var sendsAt: UInt64 = 0

        /// Power-on: enabled, translating, nothing typed.
        public init() { ram[0] = 0x65 }
    }

    /// Whose bytes there are in the output buffer.
    package enum Sender: UInt8, Codable, Sendable {
        case controller, keyboard, mouse
    }

    /// The name in `--tier` and the ledger.
    public let name: String
    /// Controller, keyboard, mouse and typist; restoring is no edge of IRQ 1 or IRQ 12.
    public var state: State {
        get { chip }
        set {
            chip = newValue
            irq.restore(interrupts(.keyboard))
            mouseIRQ.restore(interrupts(.mouse))
            alarm.clear()
            appoint()
        }
    }
    /// Asked before a stroke is typed: firmware that still holds the one before says no.
    public var isWanted: () -> Bool = { true }

    private var chip = State()
    private let keys: any KeySource
    private let bus: ControlBus
    private let clock: VirtualClock
    private let irq: IRQLine
    private let mouseIRQ: IRQLine
    private let alarm: ClockAlarm

    /// Bits of the command byte.
    private enum CommandByte {
        static let interrupt: UInt8 = 0x01
        static let mouseInterrupt: UInt8 = 0x02
        static let system: UInt8 = 0x04
        static let disabled: UInt8 = 0x10
        static let noAuxiliary: UInt8 = 0x20
        static let translates: UInt8 = 0x40
    }

    /// A controller whose keyboard is typed on by `keys`, that drives `irq` for it and `mouseIRQ` for the mouse, A20
    /// and RESET of `bus`.
    public init(
        clock: VirtualClock, bus: ControlBus, irq: IRQLine, mouseIRQ: IRQLine = IRQLine(),
        keys: any KeySource = KeyList(), name: String = "kbd"
    ) {
        self.clock = clock
        self.bus = bus
        self.irq = irq
        self.mouseIRQ = mouseIRQ
        self.keys = keys
        self.name = name
        alarm = ClockAlarm(clock: clock)
        alarm.action = { [unowned self] in update() }
    }

    deinit { alarm.clear() }

    /// Power-on; A20 stays as it is.
    public func reset() { state = State() }

    // MARK: Time

    private var commandByte: UInt8 { chip.ram[0] }
    private var isEnabled: Bool { commandByte & CommandByte.disabled == 0 }
    private var isMouseEnabled: Bool { commandByte & CommandByte.noAuxiliary == 0 }
    /// Whether a byte of a sender asks for its interrupt.
    private func interrupts(_ sender: Sender) -> Bool {
        let enable = sender == .mouse ? CommandByte.mouseInterrupt : CommandByte.interrupt
        return chip.isFull && chip.sender == sender && commandByte & enable != 0
    }

    /// After each change, and when something is due.
    private func update() {
        type()
        send()
        irq.set(interrupts(.keyboard))
        mouseIRQ.set(interrupts(.mouse))
        appoint()
    }

    /// Lets the typist go on if it is time and all that was sent has been read.
    private func type() {
        guard canType else { return }
        var (typist, mouse) = (chip.typist, chip.mouse)
        let event = typist.next(keys, isWanted: isWanted, clock) { mouse.take($0) }
        (chip.typist, chip.mouse) = (typist, mouse)
        if let event { chip.keyboard.press(event) }
    }

    private var canType: Bool {
        chip.typist.isAwake && chip.keyboard.isScanning && chip.keyboard.queue.isEmpty && !chip.isFull
    }

    /// Takes the next stroke from the source, and moves the mouse on the way there.
    private func fetch(waits: Bool) {
        var (typist, mouse) = (chip.typist, chip.mouse)
        typist.fetch(keys, waits: waits, clock) { mouse.take($0) }
        (chip.typist, chip.mouse) = (typist, mouse)
    }

    /// Fills the output buffer with what waits: the controller's own answers first.
    private func send() {
        guard !chip.isFull else { return }
        if !chip.answers.isEmpty { return fill(chip.answers.removeFirst(), from: .controller) }
        guard clock.now >= chip.sendsAt else { return }
        if isEnabled, let byte = nextFromKeyboard() { return fill(byte, from: .keyboard) }
        if isMouseEnabled, let byte = chip.mouse.next() { fill(byte, from: .mouse) }
    }

    /// The next byte of the keyboard as port 60 has it.
    private func nextFromKeyboard() -> UInt8? {
        while let byte = chip.keyboard.next() {
            guard commandByte & CommandByte.translates != 0 else { return byte }
            if byte == 0xF0 {
                chip.isRelease = true
                continue
            }
            let release: UInt8 = chip.isRelease ? 0x80 : 0
            chip.isRelease = false
            return ScanCodes.translate(byte) | release
        }
        return nil
    }

    private func fill(_ byte: UInt8, from sender: Sender) {
        chip.output = byte
        chip.isFull = true
        chip.sender = sender
    }

    /// Asks for a call when the keyboard, the mouse or the typist can go on.
    private func appoint() {
        guard !chip.isFull else { return alarm.set(at: nil) }
        if isMouseEnabled, chip.mouse.hasBytes { return alarm.set(at: chip.sendsAt) }
        if !chip.keyboard.queue.isEmpty { return alarm.set(at: isEnabled ? chip.sendsAt : nil) }
        let isOver = chip.typist.isOver
        alarm.set(at: canType && !isOver ? chip.typist.typesAt : nil)
    }

    private func wake() { chip.typist.wake(clock) }

    /// The typist goes on behind what had been the end.
    public func keysHaveCome() {
        chip.typist.isAtEnd = false
        update()
    }

    // MARK: Firmware

    /// Whether nothing was typed that has not been read, and nothing ever will be.
    public var isExhausted: Bool {
        chip.typist.isOver && chip.keyboard.queue.isEmpty && !chip.isFull
    }

    /// The next byte of the keyboard at once, for firmware that has been asked for a key; nil if nobody types one.
    ///
    /// `waits` tells that the typist may think about it for a moment.
    public func takeByte(waits: Bool) -> UInt8? {
        defer { update() }
        wake()
        guard isEnabled, chip.keyboard.isScanning else { return nil }
        if chip.isFull {
            guard chip.sender == .keyboard else { return nil }
            return takeOutput()
        }
        if chip.keyboard.queue.isEmpty {
            if chip.typist.events.isEmpty { fetch(waits: waits) }
            guard let event = chip.typist.next(clock) else { return nil }
            chip.keyboard.press(event)
        }
        return nextFromKeyboard()
    }

    /// Takes the next stroke from the source if the typist has nothing to do, as far as that is allowed.
    ///
    /// For firmware that has been asked for a key while the guest handles the keyboard's interrupts.
    public func look(waits: Bool) {
        wake()
        if chip.typist.events.isEmpty, canType { fetch(waits: waits) }
        update()
    }

    private func takeOutput() -> UInt8 {
        chip.isFull = false
        chip.sendsAt = Typist.after(milliseconds: 1, clock)
        return chip.output
    }

    // MARK: Registers

    /// The output buffer, or the status.
    public func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 {
        wake()
        defer { update() }
        guard UInt16(bank) &+ offset == 0 else { return UInt32(status) }
        return UInt32(chip.isFull ? takeOutput() : chip.output)
    }

    /// What a read returns, with the buffer left full.
    public func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? {
        UInt32(UInt16(bank) &+ offset == 0 ? chip.output : status)
    }

    private var status: UInt8 {
        0x10 | (chip.isFull ? 1 : 0) | commandByte & CommandByte.system | (chip.wroteCommand ? 8 : 0)
            | (chip.isFull && chip.sender == .mouse ? 0x20 : 0)
    }

    /// Data or a command.
    public func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {
        let byte = UInt8(truncatingIfNeeded: value)
        wake()
        chip.wroteCommand = UInt16(bank) &+ offset != 0
        if chip.wroteCommand { command(byte) } else { data(byte) }
        update()
    }

    private func answer(_ byte: UInt8) {
        if chip.answers.count < 16 { chip.answers.append(byte) }
    }

    private func command(_ byte: UInt8) {
        chip.awaited = nil
        switch byte {
        case 0x20: answer(commandByte)
        case 0x21...0x3F: answer(chip.ram[Int(byte & 0x1F)])
        case 0x60...0x7F, 0xD1...0xD4: chip.awaited = byte
        case 0xA7: chip.ram[0] |= CommandByte.noAuxiliary
        case 0xA8: chip.ram[0] &= ~CommandByte.noAuxiliary
        case 0xA9: answer(0x00)
        case 0xAA:
            chip.ram[0] |= CommandByte.system
            answer(0x55)
        case 0xAB: answer(0x00)
        case 0xAD: chip.ram[0] |= CommandByte.disabled
        case 0xAE: chip.ram[0] &= ~CommandByte.disabled
        // Input port: not locked, colour display, 256 KiB on the board.
        case 0xC0: answer(0xB0)
        case 0xD0: answer(outputPort)
        case 0xDD: bus.setA20(false)
        case 0xDF: bus.setA20(true)
        // Test inputs: clock and data of the keyboard.
        case 0xE0: answer(isEnabled ? 0x03 : 0x02)
        case 0xF0...0xFF: if byte & 1 == 0 { bus.pulseReset(.keyboardController) }
        default: break
        }
    }

    /// The output port: bit 0 RESET is high, 1 A20, 4 and 5 a byte of the keyboard or the mouse waits.
    private var outputPort: UInt8 {
        let waiting: UInt8 = !chip.isFull ? 0 : chip.sender == .keyboard ? 0x10 : chip.sender == .mouse ? 0x20 : 0
        return chip.outputPort & 0xCC | 0x01 | (bus.a20 ? 0x02 : 0) | waiting
    }

    private func data(_ byte: UInt8) {
        guard let command = chip.awaited else {
            // A byte for the keyboard switches it on.
            chip.ram[0] &= ~CommandByte.disabled
            chip.keyboard.receive(byte)
            return
        }
        chip.awaited = nil
        switch command {
        case 0xD1:
            chip.outputPort = byte & 0xFC
            bus.setA20(byte & 2 != 0)
            if byte & 1 == 0 { bus.pulseReset(.outputPort) }
        case 0xD2: fill(byte, from: .keyboard)
        case 0xD3: fill(byte, from: .mouse)
        case 0xD4...:
            // A byte for the mouse switches it on, as one for the keyboard does.
            chip.ram[0] &= ~CommandByte.noAuxiliary
            chip.mouse.receive(byte)
        default: chip.ram[Int(command & 0x1F)] = byte
        }
    }
}
