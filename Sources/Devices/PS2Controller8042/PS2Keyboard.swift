/// The keyboard at the other end of the controller's cable, as a value: what it is told and what it sends.
///
/// Source: IBM Personal System/2 Hardware Interface Technical Reference, keyboard.
package struct PS2Keyboard: Codable, Equatable, Sendable {
    /// Bytes that wait to be sent, next one first.
    package var queue: [UInt8] = []
    /// Keys are sent; commands F4 and F5.
    package var isScanning = true
    /// The codes of keys: set 1 or 2.
    package var scanSet: UInt8 = 2
    /// Lamps: bit 0 Scroll Lock, 1 Num Lock, 2 Caps Lock.
    package var lamps: UInt8 = 0
    /// Repeat rate and delay; keys do not repeat here.
    package var repeatRate: UInt8 = 0x2B
    /// A command whose data byte is due.
    package var awaited: UInt8?
    /// The last byte sent, for command FE.
    package var lastSent: UInt8 = 0

    /// As after its self test.
    package init() {}

    private static let acknowledge: UInt8 = 0xFA
    private static let resend: UInt8 = 0xFE
    /// What the keyboard can hold, as the hardware's 16 bytes.
    private static let capacity = 16

    private mutating func send(_ bytes: UInt8...) {
        for byte in bytes where queue.count < Self.capacity { queue.append(byte) }
    }

    /// A byte from the controller: a command, or the data of one.
    mutating func receive(_ byte: UInt8) {
        if let command = awaited, byte < 0xED {
            awaited = nil
            return take(byte, of: command)
        }
        awaited = nil
        switch byte {
        case 0xEE: send(0xEE)
        case 0xED, 0xF0, 0xF3, 0xFB...0xFD:
            awaited = byte
            send(Self.acknowledge)
        case 0xF2: send(Self.acknowledge, 0xAB, 0x83)
        case 0xF4, 0xF5, 0xF6, 0xFF: restart(byte)
        case 0xF7...0xFA: send(Self.acknowledge)
        case 0xFE: send(lastSent)
        default: send(Self.resend)
        }
    }

    private mutating func take(_ byte: UInt8, of command: UInt8) {
        switch (command, byte) {
        case (0xED, _): lamps = byte & 7
        case (0xF0, 0): return send(Self.acknowledge, scanSet)
        case (0xF0, 1...2): scanSet = byte
        // There is no third set.
        case (0xF0, _): return send(Self.resend)
        case (0xF3, _): repeatRate = byte & 0x7F
        default: break
        }
        send(Self.acknowledge)
    }

    /// F4 enable, F5 defaults and disable, F6 defaults, FF the self test, which passes.
    private mutating func restart(_ command: UInt8) {
        queue = []
        if command != 0xF4 {
            scanSet = 2
            repeatRate = 0x2B
            if command == 0xFF { lamps = 0 }
        }
        if command != 0xF6 { isScanning = command != 0xF5 }
        send(Self.acknowledge)
        if command == 0xFF { send(0xAA) }
    }

    /// A key goes down or up.
    mutating func press(_ event: KeyEvent) {
        for byte in event.bytes(set: scanSet) { send(byte) }
    }

    /// The next byte, which is sent then.
    mutating func next() -> UInt8? {
        guard !queue.isEmpty else { return nil }
        lastSent = queue.removeFirst()
        return lastSent
    }
}
