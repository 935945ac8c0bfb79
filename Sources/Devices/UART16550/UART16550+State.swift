extension UART16550 {
    /// The chip as a value; times are ticks of guest time.
    public struct State: Codable, Equatable, Sendable {
        /// A character in the receiver, with what was wrong with it as LSR bits 2-4.
        public struct Received: Codable, Equatable, Sendable {
            /// The character.
            public var byte: UInt8
            /// LSR bits 2-4, until the character is the next one to be read.
            public var errors: UInt8 = 0
        }

        /// IER.
        package var interruptEnable: UInt8 = 0
        /// FCR bits 7-6, 3 and 0.
        package var fifoControl: UInt8 = 0
        /// LCR.
        package var lineControl: UInt8 = 0
        /// MCR.
        package var modemControl: UInt8 = 0
        /// SCR.
        package var scratch: UInt8 = 0
        /// DLM and DLL.
        package var divisor: UInt16 = 1
        /// LSR bits 1-4 since LSR was read.
        package var lineErrors: UInt8 = 0
        /// MSR bits 7-4 as the cable drives them.
        package var modemInputs: UInt8 = 0xB0
        /// MSR bits 3-0: changes since MSR was read.
        package var modemChanges: UInt8 = 0
        /// RBR, or the receiver's FIFO, oldest first.
        package var received: [Received] = []
        /// What an empty RBR reads.
        package var lastReceived: UInt8 = 0
        /// When the next character can have arrived.
        package var nextReceive: UInt64 = 0
        /// When the FIFO's characters will have waited for four character times.
        package var timeOut: UInt64?
        /// They have.
        package var isTimedOut = false
        /// THR, or the transmitter's FIFO, oldest first.
        package var waiting: [UInt8] = []
        /// What is on its way out.
        package var shifting: UInt8?
        /// When it is out.
        package var shiftEnd: UInt64 = 0
        /// The transmitter-empty interrupt is pending.
        package var isTransmitterDue = false

        /// Power-on: FIFOs off, transmitter idle, peer ready.
        public init() {}
    }
}

extension UART16550.State {
    /// Bits of LSR.
    private enum LineStatus {
        static let data: UInt8 = 0x01
        static let overrun: UInt8 = 0x02
        static let framing: UInt8 = 0x08
        static let broken: UInt8 = 0x10
        static let characterErrors: UInt8 = 0x1C
        static let errors: UInt8 = 0x1E
        static let holdingEmpty: UInt8 = 0x20
        static let allSent: UInt8 = 0x40
        static let errorInFIFO: UInt8 = 0x80
    }

    /// FCR bit 0.
    var isFIFO: Bool { fifoControl & 1 != 0 }
    /// LCR bit 7: offsets 0 and 1 are the divisor.
    var isDivisorSelected: Bool { lineControl & 0x80 != 0 }
    /// MCR bit 4.
    var isLoopback: Bool { modemControl & 0x10 != 0 }
    /// The data bits of a character.
    var dataMask: UInt8 { 0xFF >> (3 - lineControl & 3) }
    private var capacity: Int { isFIFO ? 16 : 1 }
    private var trigger: Int { Self.triggers[Int(fifoControl >> 6)] }
    private static let triggers = [1, 4, 8, 14]

    /// Length of a character in half bits: start, data, parity, stop (1, 2, or 1.5 with 5 data bits).
    var halfBits: UInt64 {
        let data = UInt64(lineControl & 3) + 5
        let parity: UInt64 = lineControl & 8 != 0 ? 1 : 0
        let stop: UInt64 = lineControl & 4 == 0 ? 2 : data == 5 ? 3 : 4
        return 2 * (1 + data + parity) + stop
    }

    // MARK: Interrupts

    /// IIR bits 3-1 with bit 0 clear: the pending interrupt of the highest priority, or nil.
    var pending: UInt8? {
        if interruptEnable & 4 != 0, lineErrors & LineStatus.errors != 0 { return 0x06 }
        if interruptEnable & 1 != 0 {
            if received.count >= (isFIFO ? trigger : 1) { return 0x04 }
            if isTimedOut { return 0x0C }
        }
        if interruptEnable & 2 != 0, isTransmitterDue { return 0x02 }
        if interruptEnable & 8 != 0, modemChanges != 0 { return 0x00 }
        return nil
    }

    /// The level of the interrupt line, which OUT2 connects.
    var drivesLine: Bool { modemControl & 8 != 0 && pending != nil }

    /// When something will happen that can interrupt, or nil; `hasInput` tells whether the host may still send.
    func deadline(hasInput: Bool) -> UInt64? {
        var next = UInt64.max
        let isWatched = isLoopback ? interruptEnable != 0 : interruptEnable & 2 != 0 && !waiting.isEmpty
        if shifting != nil, isWatched { next = shiftEnd }
        if interruptEnable & 1 != 0 {
            next = min(next, timeOut ?? .max)
            if modemControl & 8 != 0, hasRoom, hasInput { next = min(next, nextReceive) }
        }
        return next < .max ? next : nil
    }

    // MARK: Receiver

    /// Whether the host may send.
    private var hasRoom: Bool { !isLoopback && received.count < capacity }

    /// Takes a character from the host if one can have arrived since the last.
    mutating func takeInput(at now: UInt64, _ characterTime: UInt64, from input: () -> UInt8?) {
        guard now >= nextReceive, hasRoom else { return }
        nextReceive = now &+ characterTime
        if let byte = input() { receive(Received(byte: byte & dataMask), at: now, characterTime) }
    }

    /// The line has been low for longer than a character.
    mutating func receiveBreak(at now: UInt64, _ characterTime: UInt64) {
        receive(Received(byte: 0, errors: LineStatus.broken | LineStatus.framing), at: now, characterTime)
    }

    /// A character is complete: without FIFO it replaces one that was not read, a full FIFO loses it.
    private mutating func receive(_ character: Received, at time: UInt64, _ characterTime: UInt64) {
        expire(at: time)
        if received.count >= capacity {
            lineErrors |= LineStatus.overrun
            if !isFIFO { received = [character] }
        } else {
            received.append(character)
        }
        reveal()
        timeOut = isFIFO ? time &+ 4 &* characterTime : nil
    }

    /// LSR shows the errors of the character that is next.
    private mutating func reveal() {
        guard !received.isEmpty else { return }
        lineErrors |= received[0].errors & LineStatus.characterErrors
        received[0].errors = 0
    }

    private mutating func expire(at time: UInt64) {
        guard let limit = timeOut, limit <= time else { return }
        timeOut = nil
        isTimedOut = !received.isEmpty
    }

    private mutating func takeReceived(at now: UInt64, _ characterTime: UInt64) -> UInt8 {
        guard !received.isEmpty else { return lastReceived }
        lastReceived = received.removeFirst().byte
        reveal()
        isTimedOut = false
        timeOut = isFIFO && !received.isEmpty ? now &+ 4 &* characterTime : nil
        return lastReceived
    }

    private mutating func clearReceiver() {
        received = []
        lineErrors &= ~LineStatus.characterErrors
        isTimedOut = false
        timeOut = nil
    }

    // MARK: Transmitter

    /// Lets characters leave and waiting times end until `now`.
    mutating func advance(to now: UInt64, _ characterTime: UInt64) {
        while let byte = shifting, shiftEnd <= now {
            shifting = nil
            if isLoopback { receive(Received(byte: byte), at: shiftEnd, characterTime) }
            startShifting(at: shiftEnd, characterTime)
        }
        expire(at: now)
    }

    private mutating func startShifting(at time: UInt64, _ characterTime: UInt64) {
        guard shifting == nil, !waiting.isEmpty else { return }
        shifting = waiting.removeFirst()
        shiftEnd = time &+ characterTime
        if waiting.isEmpty { isTransmitterDue = true }
    }

    private mutating func send(_ byte: UInt8, at now: UInt64, _ characterTime: UInt64) {
        isTransmitterDue = false
        if !isFIFO {
            waiting = [byte & dataMask]
        } else if waiting.count < capacity {
            waiting.append(byte & dataMask)
        }
        startShifting(at: now, characterTime)
    }

    /// All that waits is sent by now.
    mutating func finishSending() {
        guard shifting != nil else { return }
        shifting = nil
        clearTransmitter()
    }

    private mutating func clearTransmitter() {
        if !waiting.isEmpty { isTransmitterDue = true }
        waiting = []
    }

    // MARK: Modem lines

    /// MSR bits 7-4: the cable, or in loopback DTR, RTS, OUT1, OUT2 as DSR, CTS, RI, DCD.
    private var modemLines: UInt8 {
        guard isLoopback else { return modemInputs }
        let outputs = modemControl
        return (outputs & 1) << 5 | (outputs & 2) << 3 | (outputs & 4) << 4 | (outputs & 8) << 4
    }

    /// The cable's end drives MSR bits 7-4.
    mutating func setModemInputs(_ inputs: UInt8) { changeModem { $0.modemInputs = inputs & 0xF0 } }

    /// Makes a change and notes which lines it changed; RI counts when it ends.
    private mutating func changeModem(_ change: (inout UART16550.State) -> Void) {
        let old = modemLines
        change(&self)
        let new = modemLines
        modemChanges |= ((old ^ new) & 0xB0 | old & ~new & 0x40) >> 4
    }

    // MARK: Registers

    private var lineStatus: UInt8 {
        var status = lineErrors & LineStatus.errors
        if !received.isEmpty { status |= LineStatus.data }
        if waiting.isEmpty { status |= LineStatus.holdingEmpty }
        if waiting.isEmpty, shifting == nil { status |= LineStatus.allSent }
        let isMarked = lineErrors & LineStatus.characterErrors != 0 || received.contains { $0.errors != 0 }
        if isFIFO, isMarked { status |= LineStatus.errorInFIFO }
        return status
    }

    /// Reads the register at an offset.
    mutating func read(_ offset: UInt16, at now: UInt64, _ characterTime: UInt64) -> UInt8 {
        switch offset {
        case 0 where isDivisorSelected: return UInt8(divisor & 0xFF)
        case 1 where isDivisorSelected: return UInt8(divisor >> 8)
        case 0: return takeReceived(at: now, characterTime)
        case 1: return interruptEnable
        case 2:
            let identification = pending ?? 0x01
            if identification == 0x02 { isTransmitterDue = false }
            return identification | (isFIFO ? 0xC0 : 0)
        case 3: return lineControl
        case 4: return modemControl
        case 5:
            defer { lineErrors = 0 }
            return lineStatus
        case 6:
            defer { modemChanges = 0 }
            return modemLines | modemChanges & 0x0F
        default: return scratch
        }
    }

    /// Writes the register at an offset; LSR and MSR ignore it.
    mutating func write(_ offset: UInt16, _ value: UInt8, at now: UInt64, _ characterTime: UInt64) {
        let wasBreaking = isLoopback && lineControl & 0x40 != 0
        switch offset {
        case 0 where isDivisorSelected: divisor = divisor & 0xFF00 | UInt16(value)
        case 1 where isDivisorSelected: divisor = divisor & 0x00FF | UInt16(value) << 8
        case 0: send(value, at: now, characterTime)
        case 1:
            if value & ~interruptEnable & 2 != 0, waiting.isEmpty { isTransmitterDue = true }
            interruptEnable = value & 0x0F
        case 2: controlFIFOs(value)
        case 3: lineControl = value
        case 4: changeModem { $0.modemControl = value & 0x1F }
        case 5, 6: break
        default: scratch = value
        }
        if !wasBreaking, isLoopback, lineControl & 0x40 != 0 { receiveBreak(at: now, characterTime) }
    }

    /// FCR: switching the FIFOs on or off empties them; the other bits need bit 0.
    private mutating func controlFIFOs(_ value: UInt8) {
        let isOn = value & 1 != 0
        let isSwitched = isOn != isFIFO
        fifoControl = isOn ? value & 0xC9 : 0
        if isSwitched || isOn && value & 2 != 0 { clearReceiver() }
        if isSwitched || isOn && value & 4 != 0 { clearTransmitter() }
    }
}
