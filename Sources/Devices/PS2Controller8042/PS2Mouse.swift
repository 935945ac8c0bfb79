/// The mouse at the other end of the auxiliary cable, as a value: what it is told and what it sends.
///
/// Three buttons; with the knock of sample rates 200, 100, 80 also a wheel. Sources: IBM Personal System/2 Hardware
/// Interface Technical Reference, mouse; Microsoft, IntelliMouse protocol.
///
/// Commands (answers behind the acknowledgement FA):
///
///     E6 E7     scaling 1:1 and 2:1
///     E8 n      resolution
///     E9        status: mode, buttons, resolution, sample rate
///     EA F0     stream and remote mode;  EC EE  wrap mode off and on
///     EB        a packet
///     F2        what it is: 00, or 03 with a wheel
///     F3 n      sample rate
///     F4 F5     reporting on and off
///     F6 FF     defaults, and the self test (AA, 00)
///     FE        the last byte again
///
/// Not modelled: five buttons (the knock 200, 200, 80), the pace of samples.
package struct PS2Mouse: Codable, Equatable, Sendable {
    /// Bytes that wait to be sent, next one first.
    package private(set) var queue: [UInt8] = []
    /// Packets are sent when something has changed; commands F4 and F5.
    package private(set) var isReporting = false
    /// Packets are sent when they are asked for only.
    package private(set) var isRemote = false
    /// Bytes are sent back as they come.
    package private(set) var wraps = false
    /// Scaling 2:1.
    package private(set) var scales = false
    /// Resolution: counts a millimetre are 2 to its power.
    package private(set) var resolution: UInt8 = 2
    /// Samples a second.
    package private(set) var sampleRate: UInt8 = 100
    /// The last sample rates, for the knock.
    private var rates: [UInt8] = []
    /// Packets have a fourth byte.
    package private(set) var hasWheel = false
    /// A command whose data byte is due.
    private var awaited: UInt8?
    /// The last byte sent, for command FE.
    private var lastSent: UInt8 = 0
    /// What has moved since the last packet, and the buttons now.
    private var moved = PointerMove()
    /// Something has changed since the last packet.
    private var hasChanged = false

    /// As after its self test.
    package init() {}

    private static let acknowledge: UInt8 = 0xFA
    private static let resend: UInt8 = 0xFE
    private static let capacity = 16

    /// Whether there is something to send.
    var hasBytes: Bool { !queue.isEmpty || isReporting && !isRemote && !wraps && hasChanged }

    private mutating func send(_ bytes: UInt8...) {
        for byte in bytes where queue.count < Self.capacity { queue.append(byte) }
    }

    /// The mouse is moved, its buttons go up or down.
    mutating func take(_ move: PointerMove) {
        if move == PointerMove(buttons: moved.buttons) { return }
        moved.add(move)
        hasChanged = true
    }

    /// The next byte, which is sent then.
    mutating func next() -> UInt8? {
        if queue.isEmpty, hasBytes { sendPacket() }
        guard !queue.isEmpty else { return nil }
        lastSent = queue.removeFirst()
        return lastSent
    }

    /// Buttons, signs and overflows; then how far it went to the right and up, and the wheel.
    private mutating func sendPacket() {
        let scaled = scales && !isRemote
        let (x, y) = (Self.counts(moved.right, scaled), Self.counts(moved.up, scaled))
        var first = moved.buttons & 7 | 0x08
        if x < 0 { first |= 0x10 }
        if y < 0 { first |= 0x20 }
        send(first, UInt8(truncatingIfNeeded: x), UInt8(truncatingIfNeeded: y))
        if hasWheel { send(UInt8(bitPattern: max(-8, min(7, moved.wheel)))) }
        moved = PointerMove(buttons: moved.buttons)
        hasChanged = false
    }

    /// Counts as a packet has them: nine bits with sign, at scaling 2:1 small ones by the table of the reference.
    private static func counts(_ distance: Int16, _ scaled: Bool) -> Int16 {
        let table: [Int16] = [0, 1, 1, 3, 6, 9]
        let size = Int(distance.magnitude)
        let bent = !scaled ? distance : size < table.count ? distance.signum() * table[size] : distance * 2
        return max(-256, min(255, bent))
    }

    /// A byte from the controller: a command, or the data of one.
    mutating func receive(_ byte: UInt8) {
        if wraps, byte != 0xEC, byte != 0xFF { return send(byte) }
        if let command = awaited {
            awaited = nil
            return take(byte, of: command)
        }
        switch byte {
        case 0xE6, 0xE7: scales = byte == 0xE7
        case 0xE8, 0xF3: awaited = byte
        case 0xE9: return sendStatus()
        case 0xEA, 0xF0: isRemote = byte == 0xF0
        case 0xEC: wraps = false
        case 0xEE: wraps = true
        case 0xEB:
            queue = [Self.acknowledge]
            return sendPacket()
        case 0xF2:
            queue = []
            return send(Self.acknowledge, hasWheel ? 0x03 : 0x00)
        case 0xF4, 0xF5: isReporting = byte == 0xF4
        case 0xF6, 0xFF: return restart(byte)
        case 0xFE: return send(lastSent)
        default: return send(Self.resend)
        }
        queue = [Self.acknowledge]
        hasChanged = false
        moved = PointerMove(buttons: moved.buttons)
    }

    private mutating func sendStatus() {
        let buttons = (moved.buttons & 1) << 2 | (moved.buttons & 4) >> 1 | (moved.buttons & 2) >> 1
        let mode: UInt8 = (isRemote ? 0x40 : 0) | (isReporting ? 0x20 : 0) | (scales ? 0x10 : 0)
        queue = []
        send(Self.acknowledge, mode | buttons, resolution, sampleRate)
    }

    private mutating func take(_ byte: UInt8, of command: UInt8) {
        if command == 0xE8 {
            guard byte < 4 else { return send(Self.resend) }
            resolution = byte
        } else {
            guard [10, 20, 40, 60, 80, 100, 200].contains(byte) else { return send(Self.resend) }
            sampleRate = byte
            rates = rates.suffix(2) + [byte]
            if rates == [200, 100, 80] { hasWheel = true }
        }
        send(Self.acknowledge)
    }

    /// F6 defaults, FF the self test, which passes and forgets the knock.
    private mutating func restart(_ command: UInt8) {
        let buttons = moved.buttons
        let knocked = command == 0xF6 && hasWheel
        self = PS2Mouse()
        moved.buttons = buttons
        hasWheel = knocked
        send(Self.acknowledge)
        if command == 0xFF { send(0xAA, 0x00) }
    }
}
