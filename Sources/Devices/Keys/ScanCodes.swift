/// Codes of keys: set 1, that programs of a PC know, set 2, that keyboards send, and what the controller makes of it.
///
/// Sources: IBM PC AT technical reference, keyboard; IBM Personal System/2 Hardware Interface Technical Reference,
/// keyboard scan code translation.
enum ScanCodes {
    /// The controller's table: what becomes of a byte 00 to 7F of set 2.
    private static let translated: [UInt8] = [
        0xFF, 0x43, 0x41, 0x3F, 0x3D, 0x3B, 0x3C, 0x58, 0x64, 0x44, 0x42, 0x40, 0x3E, 0x0F, 0x29, 0x59,
        0x65, 0x38, 0x2A, 0x70, 0x1D, 0x10, 0x02, 0x5A, 0x66, 0x71, 0x2C, 0x1F, 0x1E, 0x11, 0x03, 0x5B,
        0x67, 0x2E, 0x2D, 0x20, 0x12, 0x05, 0x04, 0x5C, 0x68, 0x39, 0x2F, 0x21, 0x14, 0x13, 0x06, 0x5D,
        0x69, 0x31, 0x30, 0x23, 0x22, 0x15, 0x07, 0x5E, 0x6A, 0x72, 0x32, 0x24, 0x16, 0x08, 0x09, 0x5F,
        0x6B, 0x33, 0x25, 0x17, 0x18, 0x0B, 0x0A, 0x60, 0x6C, 0x34, 0x35, 0x26, 0x27, 0x19, 0x0C, 0x61,
        0x6D, 0x73, 0x28, 0x74, 0x1A, 0x0D, 0x62, 0x6E, 0x3A, 0x36, 0x1C, 0x1B, 0x75, 0x2B, 0x63, 0x76,
        0x55, 0x56, 0x77, 0x78, 0x79, 0x7A, 0x0E, 0x7B, 0x7C, 0x4F, 0x7D, 0x4B, 0x47, 0x7E, 0x7F, 0x6F,
        0x52, 0x53, 0x50, 0x4C, 0x4D, 0x48, 0x01, 0x45, 0x57, 0x4E, 0x51, 0x4A, 0x37, 0x49, 0x46, 0x54,
    ]

    /// A byte from the keyboard as the controller passes it on; those above 7F stay, but for F7 and SysRq.
    static func translate(_ byte: UInt8) -> UInt8 {
        switch byte {
        case 0x83: 0x41
        case 0x84: 0x54
        case 0x80...: byte
        default: translated[Int(byte)]
        }
    }

    /// The key's number in set 2, from that in set 1.
    static func set2(_ code: UInt8) -> UInt8 {
        switch code & 0x7F {
        case 0x41: 0x83
        case 0x54: 0x84
        case let key: UInt8(translated.firstIndex(of: key) ?? 0)
        }
    }

    // MARK: Keys

    static let shift: UInt8 = 0x2A
    static let control: UInt8 = 0x1D
    static let alt: UInt8 = 0x38
    static let numberLock: UInt8 = 0x45
    /// Keys that change others while they are down.
    static let modifiers: Set<UInt8> = [shift, 0x36, control, alt]
    /// Keys beside the keypad that have the codes of its keys: cursor, Ins, Del and so on.
    static let extended: Set<UInt8> = [0x47, 0x48, 0x49, 0x4B, 0x4D, 0x4F, 0x50, 0x51, 0x52, 0x53]
    /// The keypad's digits.
    static let digits: [UInt8] = [0x52, 0x4F, 0x50, 0x51, 0x4B, 0x4C, 0x4D, 0x47, 0x48, 0x49]
}

/// A key that goes down or up.
package struct KeyEvent: Codable, Equatable, Sendable {
    /// The key's number in set 1.
    package var code: UInt8
    /// One of the keys whose codes begin with E0.
    package var isExtended: Bool
    /// The key goes up.
    package var isRelease: Bool

    /// Whether it is a key that only changes others.
    var isModifier: Bool { ScanCodes.modifiers.contains(code & 0x7F) }

    /// What the keyboard sends for it.
    func bytes(set: UInt8) -> [UInt8] {
        let prefix: [UInt8] = isExtended ? [0xE0] : []
        if set == 1 { return prefix + [code & 0x7F | (isRelease ? 0x80 : 0)] }
        return prefix + (isRelease ? [0xF0] : []) + [ScanCodes.set2(code)]
    }
}

extension KeyStroke {
    /// What a typist does for the stroke: shift keys down, the key down and up, shift keys up.
    ///
    /// A character without a key is typed by its number on the keypad, with Alt down.
    var events: [KeyEvent] {
        guard scan != 0 else {
            let digits = String(character).utf8.map { ScanCodes.digits[Int($0 & 15) % 10] }
            return Self.press(ScanCodes.alt, digits.flatMap { Self.press($0, []) })
        }
        let (key, modifier) = keyAndModifier
        let isGrey = ScanCodes.extended.contains(key) && (character == 0 || character == 0xE0)
        let events = Self.press(key, isExtended: isGrey, [])
        return modifier.map { Self.press($0, events) } ?? events
    }

    /// A key down, what happens meanwhile, and the key up.
    private static func press(_ code: UInt8, isExtended: Bool = false, _ meanwhile: [KeyEvent]) -> [KeyEvent] {
        [KeyEvent(code: code, isExtended: isExtended, isRelease: false)] + meanwhile
            + [KeyEvent(code: code, isExtended: isExtended, isRelease: true)]
    }

    /// The key, and the shift key that makes the stroke's word of it.
    private var keyAndModifier: (key: UInt8, modifier: UInt8?) {
        for modifier in [nil, ScanCodes.shift, ScanCodes.control, ScanCodes.alt] {
            let key = Self.key(of: scan, modifier)
            // Numbers of other strokes are no keys.
            guard key < 0x54 || 0x57...0x58 ~= key else { continue }
            let made = KeyStroke(
                pressing: key, shift: modifier == ScanCodes.shift, control: modifier == ScanCodes.control,
                alt: modifier == ScanCodes.alt)
            if made == self { return (key, modifier) }
        }
        return (scan & 0x7F, nil)
    }
}
