/// A line that is being typed, with the lines typed before: keys go in, a picture of the line comes out.
struct LineEditor {
    /// What a key has led to.
    enum Outcome: Equatable {
        /// The line goes on.
        case editing
        /// Enter: this is the line.
        case line(String)
        /// Ctrl-C: the line is dropped.
        case cancelled
        /// Ctrl-D on an empty line, or the end of input.
        case end
        /// Ctrl-L: the screen shall be wiped.
        case clear
        /// Several completions fit: they shall be shown.
        case choices([String])
    }

    /// What stands before the line.
    let prompt: String
    /// The words that may replace the one that ends at the cursor, and how many characters that has.
    var complete: (_ before: String) -> (words: [String], length: Int) = { _ in ([], 0) }
    /// Earlier lines, oldest first.
    private let history: [String]
    /// The characters of the line.
    private(set) var text: [Character] = []
    /// Where the next character goes: 0 to `text.count`.
    private(set) var cursor = 0
    /// Where in the history the line is from; `history.count` is the new line.
    private var place: Int
    /// The new line while an old one is shown.
    private var draft: [Character] = []
    /// What Ctrl-K, Ctrl-U and Ctrl-W have taken away last.
    private var killed: [Character] = []
    /// What is searched for backwards, while that goes on.
    private var search: String?

    /// The longest line, in characters; more are not taken.
    static let limit = 4096

    /// An empty line.
    init(prompt: String, history: [String]) {
        self.prompt = prompt
        self.history = history
        place = history.count
    }

    /// Takes a key.
    mutating func take(_ key: Key) -> Outcome {
        if let sought = search, let outcome = takeInSearch(key, sought) { return outcome }
        switch key {
        case .character(let character): insert([character])
        case .enter: return .line(String(text))
        case .tab: return completeWord()
        case .backspace, .control("h"): remove(cursor - 1..<cursor)
        case .delete: remove(cursor..<cursor + 1)
        case .control("d"):
            if text.isEmpty { return .end }
            remove(cursor..<cursor + 1)
        case .left, .control("b"): cursor = max(0, cursor - 1)
        case .right, .control("f"): cursor = min(text.count, cursor + 1)
        case .home, .control("a"): cursor = 0
        case .end, .control("e"): cursor = text.count
        case .wordLeft: cursor = wordStart
        case .wordRight: cursor = wordEnd
        case .up, .control("p"): recall(place - 1)
        case .down, .control("n"): recall(place + 1)
        case .control("k"): kill(cursor..<text.count)
        case .control("u"): kill(0..<cursor)
        case .control("w"): kill(wordStart..<cursor)
        case .control("y"): insert(killed)
        case .control("r"): search = ""
        case .control("c"): return .cancelled
        case .control("l"): return .clear
        case .control, .unknown: break
        }
        return .editing
    }

    private mutating func insert(_ characters: [Character]) {
        guard text.count + characters.count <= Self.limit else { return }
        text.insert(contentsOf: characters, at: cursor)
        cursor += characters.count
    }

    private mutating func remove(_ range: Range<Int>) {
        let range = range.clamped(to: 0..<text.count)
        text.removeSubrange(range)
        if !range.isEmpty, cursor > range.lowerBound { cursor = range.lowerBound }
    }

    private mutating func kill(_ range: Range<Int>) {
        if !range.isEmpty { killed = Array(text[range]) }
        remove(range)
    }

    private var wordStart: Int {
        var start = cursor
        while start > 0, text[start - 1] == " " { start -= 1 }
        while start > 0, text[start - 1] != " " { start -= 1 }
        return start
    }

    private var wordEnd: Int {
        var end = cursor
        while end < text.count, text[end] == " " { end += 1 }
        while end < text.count, text[end] != " " { end += 1 }
        return end
    }

    private mutating func recall(_ wanted: Int) {
        guard 0...history.count ~= wanted, wanted != place else { return }
        if place == history.count { draft = text }
        place = wanted
        text = wanted == history.count ? draft : Array(history[wanted])
        cursor = text.count
    }

    // MARK: Search

    /// A key while lines are searched; nil if it ends the search and acts as ever.
    private mutating func takeInSearch(_ key: Key, _ sought: String) -> Outcome? {
        switch key {
        case .character(let character): find(sought + String(character), below: place + 1)
        case .backspace: find(String(sought.dropLast()), below: history.count)
        case .control("r"): find(sought, below: place)
        case .control("g"), .control("c"):
            search = nil
            recall(history.count)
        case .enter, .tab, .delete, .left, .right, .up, .down, .home, .end, .wordLeft, .wordRight, .control, .unknown:
            search = nil
            return nil
        }
        return .editing
    }

    private mutating func find(_ sought: String, below limit: Int) {
        search = sought
        let range = 0..<max(0, min(limit, history.count))
        guard !sought.isEmpty, let found = range.last(where: { history[$0].contains(sought) }) else { return }
        recall(found)
    }

    // MARK: Completion

    private mutating func completeWord() -> Outcome {
        let (words, length) = complete(String(text[..<cursor]))
        guard let first = words.first, length <= cursor else { return .editing }
        let common = words.dropFirst().reduce(Array(first)) { shared, word in
            zip(shared, word).prefix { $0 == $1 }.map(\.0)
        }
        if common.count > length || words.count == 1 {
            remove(cursor - length..<cursor)
            insert(common + (words.count == 1 ? [" "] : []))
            return .editing
        }
        return .choices(words)
    }

    // MARK: Picture

    /// What shows the line anew, within `columns` cells; a long line is shown around the cursor.
    func picture(columns: Int) -> String {
        let label = search.map { "(search '\($0)') " } ?? prompt
        let room = max(8, columns - label.count - 1)
        let first = max(0, cursor - room)
        let shown = text[first...].prefix(room).map { $0.isASCII && !$0.isNewline || $0.isLetter ? $0 : "?" }
        let column = label.count + cursor - first
        return "\r" + label + String(shown) + "\u{1B}[K\r" + (column > 0 ? "\u{1B}[\(column)C" : "")
    }
}
