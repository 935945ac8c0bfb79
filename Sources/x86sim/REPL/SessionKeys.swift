import Devices

/// What is typed at the guest's keyboard in a session: the strokes of `--keys`, then those of `keys`.
final class SessionKeys: KeySource {
    private var strokes: [KeyStroke]
    /// The most strokes that a session keeps.
    static let limit = 1 << 16

    /// These strokes to begin with.
    init(_ strokes: [KeyStroke]) { self.strokes = strokes }

    /// Types more; false, and nothing typed, if that would be too much.
    func type(_ more: [KeyStroke]) -> Bool {
        guard strokes.count + more.count <= Self.limit else { return false }
        strokes += more
        return true
    }

    /// The stroke with a number; where there is none the guest waits in vain until somebody types.
    func key(at number: Int, waits: Bool) -> KeyInput {
        strokes.indices.contains(number) ? .key(strokes[number]) : .atEnd
    }
}
