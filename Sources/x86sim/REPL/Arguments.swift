import X86Interp

/// A command line behind its command: words and expressions are taken off its front.
struct Arguments {
    /// The name or alias that was typed, in lower case.
    let name: String
    /// What follows the name and a slash, as in `x/4i`; empty without.
    let format: String
    /// The command's row.
    private let command: Command
    /// What has not been taken yet.
    private(set) var rest: Substring

    /// Splits a line into the command's name, its format and the rest; nil if there is no word.
    ///
    /// The name is letters, or one character: `x/4i`, `?ax`, `rstep`.
    static func split(_ line: String) -> (name: String, format: String, rest: String)? {
        let line = line.drop { $0 == " " || $0 == "\t" }
        guard let first = line.first else { return nil }
        let name = first.isLetter ? line.prefix { $0.isLetter } : line.prefix(1)
        var rest = line[name.endIndex...]
        var format = Substring()
        if rest.first == "/" {
            format = rest.dropFirst().prefix { $0 != " " && $0 != "\t" }
            rest = rest[format.endIndex...]
        }
        return (name.lowercased(), String(format), String(rest))
    }

    /// The arguments of a command's line; a format may have a blank before its slash.
    ///
    /// - Throws: `CommandError` for a format that the command does not take.
    init(_ command: Command, _ line: (name: String, format: String, rest: String)) throws(CommandError) {
        var format = Substring(line.format)
        var rest = line.rest.drop { $0 == " " || $0 == "\t" }
        if command.takesFormat, format.isEmpty, rest.first == "/" {
            format = rest.dropFirst().prefix { $0 != " " && $0 != "\t" }
            rest = rest.dropFirst(1 + format.count)
        }
        guard format.isEmpty || command.takesFormat else {
            throw .usage("'\(command.name)' takes no format \("/\(format)".quoted); usage: \(command.usage)")
        }
        self.command = command
        name = line.name
        self.format = String(format)
        self.rest = rest
        skipBlanks()
    }

    private mutating func skipBlanks() { rest = rest.drop { $0 == " " || $0 == "\t" } }

    /// Whether nothing is left.
    var isEmpty: Bool { rest.isEmpty }

    /// The next word without taking it; empty at the end.
    var nextWord: String { String(rest.prefix { $0 != " " && $0 != "\t" }) }

    /// Takes the next word; nil at the end.
    mutating func word() -> String? {
        let word = nextWord
        guard !word.isEmpty else { return nil }
        rest = rest.dropFirst(word.count)
        skipBlanks()
        return word
    }

    /// Takes the next word if it is this one.
    mutating func take(_ wanted: String) -> Bool {
        guard nextWord.lowercased() == wanted else { return false }
        _ = word()
        return true
    }

    /// Takes a character if it is next.
    mutating func take(character: Character) -> Bool {
        guard rest.first == character else { return false }
        rest = rest.dropFirst()
        skipBlanks()
        return true
    }

    /// Takes all that is left.
    mutating func remainder() -> String {
        defer { rest = Substring() }
        return String(rest)
    }

    /// Goes on with another text.
    mutating func replace(rest text: String) {
        rest = Substring(text)
        skipBlanks()
    }

    /// Takes a word that must be there; `what` is for the error.
    mutating func word(_ what: String) throws(CommandError) -> String {
        guard let word = word() else { throw missing(what) }
        return word
    }

    /// Takes one of some words, or a beginning that only one of them has.
    mutating func choice(_ words: [String], _ what: String) throws(CommandError) -> String {
        let word = try word(what).lowercased()
        if words.contains(word) { return word }
        let candidates = words.filter { $0.hasPrefix(word) }
        guard candidates.count == 1, let only = candidates.first else {
            throw .usage("\(word.quoted) is no \(what) of '\(command.name)'; use \(words.joined(separator: ", "))")
        }
        return only
    }

    /// Takes a port that must be there, perhaps with a width in bytes behind it: `302`, `302/2`, `dx`.
    ///
    /// As in `--port` and in cases a slash is no division here.
    mutating func port(_ session: Session) throws(CommandError) -> (port: UInt16, width: Width?) {
        let word = try word("a port")
        let parts = word.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let width = parts.count == 2 ? try Self.width(String(parts[1])) : nil
        var parser = ExpressionParser(parts[0], radix: session.radix, names: session.names)
        let value = try session.evaluate(try parser.expression())
        guard parser.rest.isEmpty, let port = UInt16(exactly: value) else {
            throw .usage("\(word.quoted) is no port, 0 to ffff, perhaps with a width in bytes as in 302/2")
        }
        return (port, width)
    }

    /// A width of port accesses: 1, 2, 4 as behind ports, b, w, d as behind commands.
    static func width(_ text: String) throws(CommandError) -> Width {
        switch text {
        case "b", "1": .byte
        case "w", "2": .word
        case "d", "4": .dword
        default: throw .usage("\(text.quoted) is no width; use 1, 2, 4 bytes or b, w, d")
        }
    }

    /// Takes an expression that must be there; `what` is for the error.
    mutating func expression(_ what: String, _ session: Session) throws(CommandError) -> Expression {
        guard !isEmpty else { throw missing(what) }
        var parser = ExpressionParser(rest, radix: session.radix, names: session.names)
        let expression = try parser.expression()
        rest = parser.rest
        skipBlanks()
        return expression
    }

    /// Takes an expression and evaluates it now.
    mutating func value(_ what: String, _ session: Session) throws(CommandError) -> UInt64 {
        try session.evaluate(try expression(what, session))
    }

    /// Takes an address that must be there, without looking it up.
    mutating func placeExpression(_ what: String, _ session: Session) throws(CommandError) -> PlaceExpression {
        guard !isEmpty else { throw missing(what) }
        var parser = ExpressionParser(rest, radix: session.radix, names: session.names)
        let place = try parser.place()
        rest = parser.rest
        skipBlanks()
        return place
    }

    /// Takes an address and looks it up now.
    mutating func place(_ what: String, _ session: Session) throws(CommandError) -> Place {
        try session.resolve(try placeExpression(what, session))
    }

    /// Takes an expression and evaluates it if it fits into `Number`.
    mutating func number<Number: FixedWidthInteger>(
        _ what: String, _ session: Session, _ type: Number.Type = Number.self
    ) throws(CommandError) -> Number {
        let value = try value(what, session)
        guard let number = Number(exactly: value) else {
            throw .usage("\(what) \(value.hex(digits: 1)) is too large; the most is \(String(Number.max, radix: 16))")
        }
        return number
    }

    /// Takes a count of things in decimal, or `none` at the end.
    mutating func count(_ what: String, default none: UInt64) throws(CommandError) -> UInt64 {
        guard let word = word() else { return none }
        return try Values.count(word, what)
    }

    /// Nothing must be left.
    func end() throws(CommandError) {
        guard isEmpty else {
            throw .usage("\(String(rest).quoted) is more than '\(command.name)' takes; usage: \(command.usage)")
        }
    }

    /// The error for an argument that is not there.
    func missing(_ what: String) -> CommandError { .usage("\(what) is missing; usage: \(command.usage)") }
}
