/// What a guest's serial port is connected to.
enum SerialChoice: Equatable, Sendable {
    /// It receives nothing.
    case none
    /// It receives standard input, which key strokes do not come from then.
    case standardInput
    /// It receives a file's contents.
    case file(String)
    /// Clients of a TCP port of 127.0.0.1; 0 is any that is free. `waits` holds the guest until the first has come.
    case tcp(port: UInt16, waits: Bool)
    /// A pseudo-terminal.
    case terminal

    /// Whether what it receives comes while the guest runs, so that no two runs are alike.
    var isLive: Bool {
        switch self {
        case .none, .file: false
        case .standardInput, .tcp, .terminal: true
        }
    }
}

/// What the serial ports are connected to, as `--serial` asks for it.
struct SerialRequests: Equatable, Sendable {
    /// How many ports there can be.
    static let count = 4
    /// What was asked for each port, COM1 first; nil where nothing was.
    private(set) var choices = [SerialChoice?](repeating: nil, count: count)

    /// A port's name to people: `COM1` for the first.
    static func name(_ port: Int) -> String { "COM\(port + 1)" }

    /// The ports that standard input goes to; at most one.
    var portOfStandardInput: Int? { choices.firstIndex(of: .standardInput) }

    /// The first port that is connected to something that no case can hold.
    var livePort: Int? { choices.firstIndex { $0?.isLive ?? false } }

    /// Connects a port, or without one the first that is not connected yet.
    ///
    /// - Throws: `CommandError` for a fifth port, for one that is connected already, and for standard input at two.
    mutating func add(_ choice: SerialChoice, at port: Int?, _ option: String) throws(CommandError) {
        guard let place = port ?? choices.firstIndex(of: nil) else {
            throw .usage("\(option): a PC has \(Self.count) serial ports, and all are connected; leave one out")
        }
        guard choices[place] == nil else {
            throw .usage("\(option): \(Self.name(place)) is connected already; name another port or leave one out")
        }
        if choice == .standardInput, let other = portOfStandardInput {
            throw .usage("\(option): standard input goes to \(Self.name(other)) already; connect one by tcp or pty")
        }
        choices[place] = choice
    }
}

extension Values {
    /// `[comN=]` and one of `stdio`, `file:FILE`, `tcp:HOST:PORT[,wait]`, `pty` or `none`.
    static func serial(_ text: String, _ option: String) throws(CommandError) -> (port: Int?, choice: SerialChoice) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let ports = (1...SerialRequests.count).map { "com\($0)" }
        guard parts.count == 2, parts[0].lowercased().hasPrefix("com") else {
            return (nil, try serialChoice(text, option))
        }
        let name = try self.name(parts[0], option, of: ports)
        return (ports.firstIndex(of: name), try serialChoice(parts[1], option))
    }

    private static func serialChoice(_ text: String, _ option: String) throws(CommandError) -> SerialChoice {
        if text.hasPrefix("file:"), text.utf8.count > 5 { return .file(String(text.dropFirst(5))) }
        if text.hasPrefix("tcp:") { return try tcp(text, option) }
        switch text {
        case "stdio": return .standardInput
        case "pty": return .terminal
        case "none": return .none
        default: throw unknown(text, option, ["stdio", "file:FILE", "tcp:127.0.0.1:PORT", "pty", "none"])
        }
    }

    /// `tcp:HOST:PORT` with an optional `,wait`; the only host is this one.
    private static func tcp(_ text: String, _ option: String) throws(CommandError) -> SerialChoice {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let fields = parts[0].split(separator: ":", omittingEmptySubsequences: false)
        guard fields.count == 3, parts.count == 1 || parts.count == 2 && parts[1] == "wait",
            let port = digits(fields[2], radix: 10).flatMap({ UInt16(exactly: $0) })
        else {
            throw .usage("\(option): \(text.quoted) names no port; write tcp:127.0.0.1:PORT or tcp:127.0.0.1:PORT,wait")
        }
        guard ["127.0.0.1", "localhost"].contains(fields[1].lowercased()) else {
            throw .usage(
                "\(option): a guest is offered to this computer only, not at \(String(fields[1]).quoted); "
                    + "write tcp:127.0.0.1:\(port)")
        }
        return .tcp(port: port, waits: parts.count == 2)
    }
}
