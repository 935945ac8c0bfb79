/// The lines of earlier sessions and of this one, in a file of the user's state folder.
struct LineHistory {
    /// The most lines that are kept.
    static let limit = 1000
    /// Oldest first.
    private(set) var lines: [String] = []
    /// Where they are kept; nil keeps them for this session only.
    private let path: String?

    /// Lines without a file.
    init() { path = nil }

    /// The lines of the file at `$XDG_STATE_HOME/x86sim/history`, or below `~/.local/state`; none if there is none.
    init(environment: (String) -> String?) {
        let own = environment("XDG_STATE_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
        let home = environment("HOME").flatMap { $0.hasPrefix("/") ? $0 + "/.local/state" : nil }
        path = (own ?? home).map { $0 + "/x86sim/history" }
        guard let path, let bytes = try? HostFile.read(path, limit: 1 << 20) else { return }
        let text = String(decoding: bytes, as: UTF8.self)
        lines = text.split(separator: "\n").suffix(Self.limit).map(String.init)
    }

    /// Keeps a line, unless it is empty or the one before it once more.
    mutating func add(_ line: String) {
        guard line.contains(where: { $0 != " " }), line != lines.last else { return }
        lines.append(line.oneLine)
        if lines.count > Self.limit { lines.removeFirst(lines.count - Self.limit) }
    }

    /// Writes the file; a file that cannot be written is not worth a word.
    func save() {
        guard let path, let slash = path.lastIndex(of: "/"), Host.makeFolder(String(path[..<slash])) else { return }
        try? HostFile.write(path, with: Array(lines.map { $0 + "\n" }.joined().utf8), "history")
    }
}
