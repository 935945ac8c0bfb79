/// What is done at a guest's keyboard and mouse, by a script: strokes, pauses, waits for a text on the screen, moves.
///
/// Each step has a number, as strokes have: a restored machine goes on with the right one.
public final class KeyScript: KeySource {
    /// One thing to do.
    public enum Step: Equatable, Sendable {
        /// A key is struck.
        case key(KeyStroke)
        /// Nothing is done for so long, in guest time.
        case pause(milliseconds: UInt32)
        /// Nothing is done until a line of the screen shows a text.
        case text(String)
        /// The mouse is moved.
        case pointer(PointerMove)
    }

    /// All steps so far.
    public private(set) var steps: [Step]
    /// The text that the screen did not show when it was looked at last.
    public private(set) var awaitedText: String?
    /// The most steps that a script can have.
    package static let limit = 1 << 16
    private var shows: (String) -> Bool = { _ in true }

    /// These steps, then the end.
    public init(_ steps: [Step] = []) { self.steps = steps }

    /// Adds steps; false, and nothing added, if that would be too many.
    package func append(_ more: [Step]) -> Bool {
        guard steps.count + more.count <= Self.limit else { return false }
        steps += more
        return true
    }

    /// Looks at a screen by a function that tells whether it shows a text.
    public func watch(_ shows: @escaping (String) -> Bool) { self.shows = shows }

    /// The step with a number, as far as the screen lets it be done.
    public func key(at number: Int, waits: Bool) -> KeyInput {
        guard steps.indices.contains(number) else { return .atEnd }
        switch steps[number] {
        case .key(let stroke): return .key(stroke)
        case .pause(let milliseconds): return .pause(milliseconds: milliseconds)
        case .pointer(let move): return .pointer(move)
        case .text(let text):
            let isThere = shows(text)
            awaitedText = isThere ? nil : text
            return isThere ? .pause(milliseconds: 0) : .notYet
        }
    }
}

extension KeyScript {
    /// Steps from text: characters, `{name}` for other keys, `{{` for a brace, `\n`, `\t`, `\e` and `\\`.
    ///
    /// `{wait:5s}` and `{wait:250ms}` pause, `{wait:TEXT}` waits until a line of the screen shows the text (in quotes if
    /// it looks like a time). `{mouse:X,Y}` moves the mouse to the right and down, `{wheel:N}` turns its wheel,
    /// `{press:left}`, `{release:left}` and `{click:left}` are its buttons; there are right and middle, too. Returns nil
    /// and the part that is not understood if there is one.
    public static func parse(_ text: String) -> (steps: [Step]?, error: String) {
        var steps: [Step] = []
        var buttons: UInt8 = 0
        var rest = Substring(text)
        while let character = rest.popFirst() {
            if character == "{", rest.first == "{" {
                rest.removeFirst()
                steps.append(.key(.init(typing: 0x7B)))
            } else if character == "{" {
                let name = rest.prefix { $0 != "}" }
                rest = rest.dropFirst(name.count)
                guard rest.popFirst() != nil, let found = named(name, &buttons) else { return (nil, "{" + name + "}") }
                steps += found
            } else if character == "\\" {
                let escapes: [Character: UInt8] = ["n": 0x0D, "r": 0x0D, "t": 0x09, "e": 0x1B, "b": 0x08, "\\": 0x5C]
                guard let next = rest.popFirst(), let byte = escapes[next] else { return (nil, "\\") }
                steps.append(.key(.init(typing: byte)))
            } else {
                for scalar in character.unicodeScalars {
                    guard let byte = CodePage437.byte(for: scalar) else { return (nil, String(character)) }
                    steps.append(.key(.init(typing: byte)))
                }
            }
        }
        return (steps, "")
    }

    /// What stands in braces: a key, or a word and what it is about behind a colon.
    private static func named(_ name: Substring, _ buttons: inout UInt8) -> [Step]? {
        guard let colon = name.firstIndex(of: ":") else {
            return KeyStroke.named(name.lowercased()).map { [.key($0)] }
        }
        let value = name[name.index(after: colon)...]
        switch name[..<colon].lowercased() {
        case "wait": return wait(value).map { [$0] }
        case "mouse":
            let places = value.split(separator: ",").compactMap { Int16($0) }
            guard places.count == 2, let up = Int16(exactly: -Int(places[1])) else { return nil }
            return [.pointer(PointerMove(right: places[0], up: up, buttons: buttons))]
        case "wheel": return Int8(value).map { [.pointer(PointerMove(wheel: $0, buttons: buttons))] }
        case let word:
            guard let button = ["left", "right", "middle"].firstIndex(of: value.lowercased()) else { return nil }
            let (bit, before) = (UInt8(1) << button, buttons)
            switch word {
            case "press": buttons |= bit
            case "release": buttons &= ~bit
            case "click": return [before | bit, before & ~bit].map { .pointer(PointerMove(buttons: $0)) }
            default: return nil
            }
            return [.pointer(PointerMove(buttons: buttons))]
        }
    }

    /// A time in seconds or milliseconds, else a text.
    private static func wait(_ value: Substring) -> Step? {
        if value.hasPrefix("\""), value.hasSuffix("\""), value.count > 2 {
            return .text(String(value.dropFirst().dropLast()))
        }
        let number = value.prefix { $0.isNumber }
        let unit = value.dropFirst(number.count)
        if let count = UInt32(number), unit == "s" || unit == "ms" {
            let (milliseconds, isBeyond) = count.multipliedReportingOverflow(by: unit == "s" ? 1000 : 1)
            // A day is enough for everybody, and fits into a note of what was typed.
            return isBeyond || milliseconds > 86_400_000 ? nil : .pause(milliseconds: milliseconds)
        }
        return value.isEmpty ? nil : .text(String(value))
    }
}

extension KeyStroke {
    /// Strokes from text, as `KeyScript.parse` reads it, where that has nothing but strokes.
    ///
    /// Returns nil and the part that is not understood if there is one.
    public static func parse(_ text: String) -> (strokes: [KeyStroke]?, error: String) {
        let (steps, error) = KeyScript.parse(text)
        var strokes: [KeyStroke] = []
        for step in steps ?? [] {
            guard case .key(let stroke) = step else { return (nil, "{") }
            strokes.append(stroke)
        }
        return (steps == nil ? nil : strokes, error)
    }
}
