import Devices

/// The keyboard of a user who sits there: what has been typed, and no end as long as the terminal is there.
final class LiveKeys: KeySource {
    private static let limit = 1 << 20
    /// What is typed before the user may.
    private let script: KeyScript?
    private var strokes: [KeyStroke] = []
    /// The number of the first stroke behind the script's, as the machine counts; a snapshot's goes on with its own.
    private var firstNumber = 0
    /// The terminal is gone.
    var isAtEnd = false

    /// A keyboard on which a script types first, if there is one.
    init(after script: KeyScript? = nil) { self.script = script }

    /// The user has typed.
    func add(_ stroke: KeyStroke) {
        if strokes.count < Self.limit { strokes.append(stroke) }
    }

    /// Lets the script look at the screen.
    func watch(_ shows: @escaping (String) -> Bool) { script?.watch(shows) }

    /// The stroke with a number, never waiting: between two stretches of the guest there is a wait for keys.
    func key(at number: Int, waits: Bool) -> KeyInput {
        let own = number &- (script?.steps.count ?? 0)
        if let script, own < 0 { return script.key(at: number, waits: waits) }
        // A machine that was put back, or that a snapshot has set going, wants what is typed next.
        if !(0...strokes.count ~= own &- firstNumber) { firstNumber = own &- strokes.count }
        let place = own &- firstNumber
        if strokes.indices.contains(place) { return .key(strokes[place]) }
        return isAtEnd ? .atEnd : .notYet
    }
}
