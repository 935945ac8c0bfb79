/// Where a guest's key strokes come from: a text, a pipe, a terminal.
///
/// Strokes are numbered from 0 and stay available, so that a restored machine sees the same ones again.
public protocol KeySource: AnyObject {
    /// The stroke with a number; a source with a user behind it may wait a moment for it if `waits`.
    func key(at number: Int, waits: Bool) -> KeyInput
    /// Lends a function that tells whether a line of the guest's screen shows a text now.
    func watch(_ shows: @escaping (String) -> Bool)
}

extension KeySource {
    /// Does not look at the screen.
    public func watch(_ shows: @escaping (String) -> Bool) {}
}

/// What a source of key strokes has at a number.
public enum KeyInput: Equatable, Sendable {
    /// A stroke.
    case key(KeyStroke)
    /// A pause of guest time, before which the next one is not asked for; it has a number of its own.
    case pause(milliseconds: UInt32)
    /// A move of the mouse, which has a number of its own.
    case pointer(PointerMove)
    /// Nothing yet.
    case notYet
    /// Nothing, and there never will be.
    case atEnd
}

/// Key strokes in memory.
public final class KeyList: KeySource {
    private let strokes: [KeyStroke]

    /// These strokes, then the end.
    public init(_ strokes: [KeyStroke] = []) { self.strokes = strokes }

    /// The stroke with a number, at once.
    public func key(at number: Int, waits: Bool) -> KeyInput {
        strokes.indices.contains(number) ? .key(strokes[number]) : .atEnd
    }
}
