/// One row: a command of the debugger and its body.
struct Command: Sendable {
    /// What a command is for; the order is that of the help.
    enum Group: String, Sendable, CaseIterable {
        case run = "Run"
        case reverse = "Reverse"
        case stop = "Stop when"
        case look = "Look"
        case change = "Change"
        case ports = "Ports"
        case time = "Time"
        case explain = "Explain"
        case output = "Output"
    }

    /// What Tab offers for the arguments.
    enum Completion: Sendable, Equatable {
        /// Nothing.
        case none
        /// Registers and symbols.
        case expression
        /// The topics of `info`.
        case topics
        /// Commands.
        case commands
        /// The board's devices.
        case devices
        /// Names of snapshots.
        case snapshots
        /// These words.
        case words([String])
    }

    /// What Enter on an empty line does behind the command.
    enum Repetition: Sendable {
        /// The same once more.
        case same
        /// The command without its arguments: it goes on where it ended.
        case onward
        /// Nothing.
        case never
    }

    /// A line that works as it stands, for the help; a test runs each.
    struct Example: Sendable {
        /// What the user types.
        let line: String
        /// What it does, in a few words.
        let note: String

        /// An example.
        init(_ line: String, _ note: String = "") {
            self.line = line
            self.note = note
        }
    }

    /// What runs.
    typealias Body = @Sendable (Session, inout Arguments) throws(CommandError) -> Void

    /// What the user types; unique beginnings will do.
    let name: String
    /// Other names, which must be typed in full.
    let aliases: [String]
    /// Names that mean it if nothing follows, though they are another command's: `p` is next, `p ax` prints.
    let bareAliases: [String]
    /// How the help writes the arguments: `[may be left out]`, `one|or|other`, `whole form | another`.
    let arguments: String
    /// What it is for.
    let group: Group
    /// One line for the list of commands, without a full stop.
    let summary: String
    /// More for its own help; lines end in line breaks.
    let details: String
    /// Lines to copy.
    let examples: [Example]
    /// A format may stand behind the name and a slash: `x/4i`, `x /4i`.
    let takesFormat: Bool
    /// What Tab offers.
    let completion: Completion
    /// What Enter does behind it.
    let repetition: Repetition
    /// It may change the guest although its group looks: `registers`, `out`, `trace`.
    let changesGuest: Bool
    /// Does it.
    let body: Body

    /// A row, in the order of the help.
    init(
        _ name: String, _ aliases: [String] = [], _ arguments: String = "", _ group: Group, _ summary: String,
        details: String = "", examples: [Example] = [], takesFormat: Bool = false, bareAliases: [String] = [],
        completion: Completion = .none,
        repetition: Repetition = .same, changesGuest: Bool = false, body: @escaping Body
    ) {
        self.name = name
        self.aliases = aliases
        self.bareAliases = bareAliases
        self.arguments = arguments
        self.group = group
        self.summary = summary
        self.details = details
        self.examples = examples
        self.takesFormat = takesFormat
        self.completion = completion
        self.repetition = repetition
        self.changesGuest = changesGuest
        self.body = body
    }

    /// Name and aliases as the help shows them: `step (s si t)`.
    var title: String { aliases.isEmpty ? name : "\(name) (\(aliases.joined(separator: " ")))" }
    /// Name and arguments: `step [N]`.
    var usage: String { arguments.isEmpty ? name : "\(name) \(arguments)" }
}

extension Command {
    /// Every command, family by family.
    static let all: [Command] =
        RunCommands.rows + ReverseCommands.rows + BreakpointCommands.rows + LookCommands.rows + MemoryCommands.rows
        + ChangeCommands.rows + PortCommands.rows + TimeCommands.rows + ExplainCommands.rows + OutputCommands.rows

    /// The command that a word means: its name, an alias, or a beginning that only one name has.
    ///
    /// `isBare` tells that nothing follows it.
    ///
    /// - Throws: `CommandError` that lists the candidates, or suggests the nearest name.
    static func named(_ word: String, isBare: Bool = false) throws(CommandError) -> Command {
        let word = word.lowercased()
        if isBare, let bare = all.first(where: { $0.bareAliases.contains(word) }) { return bare }
        if let exact = all.first(where: { $0.name == word || $0.aliases.contains(word) }) { return exact }
        let candidates = all.filter { $0.name.hasPrefix(word) }
        if let only = candidates.first, candidates.count == 1 { return only }
        guard candidates.isEmpty else {
            throw .usage("\(word.quoted) may be \(candidates.map(\.name).joined(separator: ", ")); type more of it")
        }
        let nearest = Nearest.name(to: word, in: all.flatMap { [$0.name] + $0.aliases })
        let remedy = nearest.map { "did you mean '\($0)'?" } ?? "'help' lists the commands"
        throw .usage("no command \(word.quoted); \(remedy)")
    }

    /// The command of a line.
    ///
    /// - Throws: as `named`.
    static func meant(by line: (name: String, format: String, rest: String)) throws(CommandError) -> Command {
        let isBare = line.format.isEmpty && line.rest.allSatisfy { $0 == " " || $0 == "\t" }
        return try named(line.name, isBare: isBare)
    }
}
