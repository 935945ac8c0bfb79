import X86Interp

/// Key strokes that go through a machine's input log: what was typed, and when, can be replayed.
public final class LoggedKeys: KeySource {
    private let keys: any KeySource
    private let log: InputLog
    private let source: Int

    /// Strokes of `keys`; `name` is for messages.
    public init(_ keys: any KeySource, _ log: InputLog, name: String) {
        self.keys = keys
        self.log = log
        source = log.addSource(name)
    }

    /// Lets the source look at the screen.
    public func watch(_ shows: @escaping (String) -> Bool) { keys.watch(shows) }

    /// The stroke with a number, from the host or from the log.
    public func key(at number: Int, waits: Bool) -> KeyInput {
        func ask() -> Int64? { Self.note(number, of: keys.key(at: number, waits: waits)) }
        var note = log.peek(source, host: ask)
        // A machine that was set back asks for an earlier stroke than the one that waits.
        if let other = note, other & ~Self.contents != Self.note(number) {
            _ = log.take(source, host: ask)
            note = log.peek(source, host: ask)
        }
        return note.map(Self.input) ?? .notYet
    }

    /// There are strokes behind what the source had called its end.
    func forgetEnd() {
        guard let held = log.peek(source, host: { nil }), Self.input(held) == .atEnd else { return }
        _ = log.take(source, host: { nil })
    }

    // MARK: Notes
    //
    // From the top: 30 bits number, 2 bits kind, 31 bits what it is.

    private static let kindShift: Int64 = 31
    private static let contents: Int64 = (1 << 33) - 1

    /// What can be noted.
    private enum Kind: Int64 {
        case key, end, pause, pointer
    }

    private static func note(_ number: Int) -> Int64 { Int64(truncatingIfNeeded: number) << 33 & .max }

    private static func note(_ number: Int, of input: KeyInput) -> Int64? {
        func note(_ kind: Kind, _ value: Int64) -> Int64 { Self.note(number) | kind.rawValue << kindShift | value }
        switch input {
        case .key(let stroke): return note(.key, Int64(stroke.word))
        case .atEnd: return note(.end, 0)
        case .pause(let milliseconds): return note(.pause, Int64(milliseconds & 0x7FFF_FFFF))
        case .pointer(let move):
            // Eleven bits a distance, five for the wheel, three buttons.
            let (right, up) = (Int64(move.right) & 0x7FF, Int64(move.up) & 0x7FF)
            return note(.pointer, right | up << 11 | (Int64(move.wheel) & 0x1F) << 22 | Int64(move.buttons & 7) << 27)
        case .notYet: return nil
        }
    }

    private static func input(_ note: Int64) -> KeyInput {
        func signed(_ shift: Int64, _ bits: Int64) -> Int64 { (note << (64 - shift - bits)) >> (64 - bits) }
        switch Kind(rawValue: note >> kindShift & 3) ?? .end {
        case .key:
            let word = UInt16(truncatingIfNeeded: note)
            return .key(KeyStroke(scan: word.high, character: word.low))
        case .end: return .atEnd
        case .pause: return .pause(milliseconds: UInt32(truncatingIfNeeded: note) & 0x7FFF_FFFF)
        case .pointer:
            return .pointer(
                PointerMove(
                    right: Int16(truncatingIfNeeded: signed(0, 11)), up: Int16(truncatingIfNeeded: signed(11, 11)),
                    wheel: Int8(truncatingIfNeeded: signed(22, 5)), buttons: UInt8(truncatingIfNeeded: note >> 27 & 7)))
        }
    }
}
