/// The one door by which things from outside come into a machine: keys, serial input, the host's clock, answers.
///
/// Devices ask it with a closure that asks the host. While a history is kept it notes what came and at which question;
/// when the past is run again it answers from its notes, and the host is not asked. Questions that nothing answered
/// cost nothing: what is kept grows with the input alone.
public final class InputLog {
    /// What it does with questions.
    public enum Mode: Sendable {
        /// Asks the host and notes nothing.
        case live
        /// Asks the host and notes the answers.
        case recording
        /// Answers from the notes.
        case replaying
        /// Somebody looks: only what waits already is told.
        case looking
    }

    /// Where in all inputs a moment is.
    struct Position: Sendable, Equatable {
        var sources: [SourcePosition] = []
        var answers: UInt64 = 0
    }

    struct SourcePosition: Sendable, Equatable {
        /// Questions so far.
        var questions: UInt64 = 0
        /// What has come and not been taken.
        var held: Int64?
    }

    private struct Source {
        var name: String
        var position = SourcePosition()
        var notes: [(question: UInt64, value: Int64)] = []
        /// The first note whose question has not been asked.
        var next = 0
    }

    /// What it does; devices need not look at it but for `isReplaying`.
    public internal(set) var mode = Mode.live
    private var sources: [Source] = []
    /// Answers of the user tier, from number `firstAnswer` on.
    private var answers: [UInt32] = []
    private var firstAnswer: UInt64 = 0
    private var nextAnswer: UInt64 = 0

    /// A log without sources.
    public init() {}

    /// The past is run again: output that has been seen is not to be shown again.
    public var isReplaying: Bool { mode == .replaying }

    /// Adds a source of input; the number stands for it from then on.
    public func addSource(_ name: String) -> Int {
        sources.append(Source(name: name))
        return sources.count - 1
    }

    /// What waits at a source and stays there; `host` is asked if nothing does.
    public func peek(_ source: Int, host: () -> Int64?) -> Int64? {
        guard sources.indices.contains(source) else { return nil }
        if let held = sources[source].position.held { return held }
        let value: Int64?
        switch mode {
        case .looking: return nil
        case .live: value = host()
        case .recording:
            value = host()
            sources[source].position.questions &+= 1
            if let value {
                sources[source].notes.append((sources[source].position.questions, value))
                sources[source].next = sources[source].notes.count
            }
        case .replaying:
            sources[source].position.questions &+= 1
            value = replay(source)
        }
        sources[source].position.held = value
        return value
    }

    /// Takes what waits at a source, or nil; `host` is asked if nothing does.
    public func take(_ source: Int, host: () -> Int64?) -> Int64? {
        guard let value = peek(source, host: host) else { return nil }
        sources[source].position.held = nil
        return value
    }

    private func replay(_ source: Int) -> Int64? {
        let next = sources[source].next
        guard next < sources[source].notes.count,
            sources[source].notes[next].question == sources[source].position.questions
        else { return nil }
        sources[source].next = next + 1
        return sources[source].notes[next].value
    }

    // MARK: Answers of the user tier

    func record(answer: UInt32) {
        answers.append(answer)
        nextAnswer &+= 1
    }

    func replayAnswer() -> UInt32? {
        guard nextAnswer >= firstAnswer, nextAnswer &- firstAnswer < UInt64(answers.count) else { return nil }
        defer { nextAnswer &+= 1 }
        return answers[Int(nextAnswer &- firstAnswer)]
    }

    // MARK: Going about in it

    var position: Position { Position(sources: sources.map(\.position), answers: nextAnswer) }

    /// Goes to a moment; sources that were added later start there.
    func seek(_ position: Position) {
        nextAnswer = position.answers
        for number in sources.indices {
            let place = number < position.sources.count ? position.sources[number] : SourcePosition()
            sources[number].position = place
            sources[number].next = Self.first(sources[number].notes, behind: place.questions)
        }
    }

    /// Forgets what comes behind the present moment.
    func forgetFuture() {
        for number in sources.indices {
            sources[number].notes.removeLast(sources[number].notes.count - sources[number].next)
        }
        if nextAnswer >= firstAnswer { answers.removeLast(max(0, answers.count - Int(nextAnswer &- firstAnswer))) }
    }

    /// Forgets what comes before a moment.
    func forget(before position: Position) {
        for (number, place) in zip(sources.indices, position.sources) {
            let count = Self.first(sources[number].notes, behind: place.questions)
            sources[number].notes.removeFirst(count)
            sources[number].next = max(0, sources[number].next - count)
        }
        let count = min(UInt64(answers.count), position.answers &- min(firstAnswer, position.answers))
        answers.removeFirst(Int(count))
        firstAnswer &+= count
    }

    private static func first(_ notes: [(question: UInt64, value: Int64)], behind questions: UInt64) -> Int {
        var range = 0..<notes.count
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            range =
                notes[middle].question > questions ? range.lowerBound..<middle : middle + 1..<range.upperBound
        }
        return range.lowerBound
    }

    /// Bytes that the notes take.
    var memoryUse: Int {
        sources.reduce(answers.count * MemoryLayout<UInt32>.stride) { $0 + $1.notes.count * 16 }
    }
}
