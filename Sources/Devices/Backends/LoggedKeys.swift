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

    /// The stroke with a number, from the host or from the log.
    public func key(at number: Int, waits: Bool) -> KeyInput {
        func ask() -> Int64? {
            switch keys.key(at: number, waits: waits) {
            case .key(let stroke): Self.note(number) | Int64(stroke.word)
            case .atEnd: Self.note(number) | Self.end
            case .notYet: nil
            }
        }
        var note = log.peek(source, host: ask)
        // A machine that was set back asks for an earlier stroke than the one that waits.
        if let other = note, other & ~Self.contents != Self.note(number) {
            _ = log.take(source, host: ask)
            note = log.peek(source, host: ask)
        }
        guard let note else { return .notYet }
        let word = UInt16(truncatingIfNeeded: note)
        return note & Self.end != 0 ? .atEnd : .key(KeyStroke(scan: word.high, character: word.low))
    }

    /// There are strokes behind what the source had called its end.
    func forgetEnd() {
        guard let held = log.peek(source, host: { nil }), held & Self.end != 0 else { return }
        _ = log.take(source, host: { nil })
    }

    /// The number, above the stroke's word and the bit that says that there is none.
    private static func note(_ number: Int) -> Int64 { Int64(truncatingIfNeeded: number) << 17 & .max }
    private static let end: Int64 = 0x1_0000
    private static let contents: Int64 = 0x1_FFFF
}
