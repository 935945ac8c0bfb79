/// One row: a subcommand and its body.
struct Subcommand: Sendable {
    /// What stands behind the options.
    enum Operands: Sendable {
        /// Nothing.
        case none
        /// One file to run, or none if `--load` names what to run.
        case blob
        /// At least one file or directory.
        case paths
        /// At least one file of a case, or a directory of such.
        case cases
        /// The name of a subcommand, or nothing.
        case topic

        /// How the help writes them.
        var text: String {
            switch self {
            case .none: ""
            case .blob: "BLOB"
            case .paths: "PATH..."
            case .cases: "CASE..."
            case .topic: "[SUBCOMMAND]"
            }
        }
    }

    /// What the user types.
    let name: String
    /// What it wants besides options.
    let operands: Operands
    /// One line for the help, without a full stop.
    let summary: String
    /// Which options it has.
    let topics: [Option.Topic]
    /// More lines for its own help, made when they are asked for.
    let notes: @Sendable () -> String
    /// Does it; returns the exit status.
    let body: @Sendable (Settings, Host) throws(CommandError) -> Int32

    /// A row; every subcommand has `--help` and, with it, `--json`.
    init(
        _ name: String, _ operands: Operands = .none, _ summary: String, topics: [Option.Topic] = [],
        notes: @autoclosure @escaping @Sendable () -> String = "",
        body: @escaping @Sendable (Settings, Host) throws(CommandError) -> Int32
    ) {
        self.name = name
        self.operands = operands
        self.summary = summary
        self.topics = topics + [.general]
        self.notes = notes
        self.body = body
    }
}

extension Option.Topic {
    /// What a guest is made of and run by.
    static let guest: [Self] = [.loading, .processor, .engine, .errata, .memory, .devices, .limits]
}
