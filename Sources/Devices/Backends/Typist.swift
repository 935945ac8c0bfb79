import X86Interp

/// Who types on a keyboard, as a value: what is done next, and when.
///
/// A key is down for ten milliseconds of guest time, twenty pass before the next one.
///
/// A source may look at the machine before it answers: chips work on a copy meanwhile, so that their states can be read.
package struct Typist: Codable, Equatable, Sendable {
    /// What is done next.
    package var events: [KeyEvent] = []
    /// How many strokes have been taken from the source.
    package var strokesTaken = 0
    /// The source has no more strokes.
    package var isAtEnd = false
    /// Somebody uses the keyboard: typing may begin.
    package var isAwake = false
    /// The tick from which on typing goes on.
    package var typesAt: UInt64 = 0
    /// The tick before which nothing is taken from the source.
    package var pausedUntil: UInt64 = 0

    /// Whether all strokes of the source have been typed.
    var isOver: Bool { isAtEnd && events.isEmpty }

    /// Before the first stroke, while nobody uses the keyboard.
    package init() {}

    /// The time some milliseconds from now.
    static func after(milliseconds: UInt64, _ clock: VirtualClock) -> UInt64 {
        clock.time(after: clock.ticks(microseconds: milliseconds &* 1000))
    }

    /// Somebody uses the keyboard.
    mutating func wake(_ clock: VirtualClock) {
        guard !isAwake else { return }
        isAwake = true
        typesAt = Self.after(milliseconds: 20, clock)
    }

    /// Takes the next stroke from the source, if that has one now, and moves the mouse on the way there.
    mutating func fetch(
        _ keys: any KeySource, waits: Bool, _ clock: VirtualClock, move: (PointerMove) -> Void = { _ in }
    ) {
        // A script may move the mouse and pause as often as it likes.
        for _ in 0..<64 where clock.now >= pausedUntil {
            let input = keys.key(at: max(0, strokesTaken), waits: waits)
            if input != .notYet, input != .atEnd { strokesTaken = max(0, strokesTaken) &+ 1 }
            switch input {
            case .key(let stroke):
                events = stroke.events
                return
            case .pause(let milliseconds): pausedUntil = Self.after(milliseconds: UInt64(milliseconds), clock)
            case .pointer(let distance):
                move(distance)
                // A packet of four bytes goes before the next move.
                pausedUntil = Self.after(milliseconds: 10, clock)
            case .notYet: return
            case .atEnd:
                isAtEnd = true
                return
            }
        }
    }

    /// The next key that goes down or up, at once; nil if nothing has been taken.
    mutating func next(_ clock: VirtualClock) -> KeyEvent? {
        guard !events.isEmpty else { return nil }
        let event = events.removeFirst()
        let pause: UInt64 = events.isEmpty ? 20 : event.isModifier || event.isRelease ? 1 : 10
        typesAt = Self.after(milliseconds: pause, clock)
        return event
    }

    /// The next key that goes down or up if it is time, and if a stroke is wanted when there is none.
    mutating func next(
        _ keys: any KeySource, isWanted: () -> Bool, _ clock: VirtualClock, move: (PointerMove) -> Void = { _ in }
    ) -> KeyEvent? {
        guard clock.now >= typesAt else { return nil }
        if events.isEmpty, isWanted() { fetch(keys, waits: false, clock, move: move) }
        if events.isEmpty { typesAt = Self.after(milliseconds: 10, clock) }
        return next(clock)
    }
}
