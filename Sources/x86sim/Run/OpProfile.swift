import X86Interp

/// What `--profile ops` tells: which forms of ops a guest has run, how often, and how the engine runs them.
struct OpProfile {
    /// The forms, the most frequent first.
    let counts: [OpCount]

    /// So many are listed one by one.
    private static let rows = 40

    /// All ops together.
    private var total: UInt64 { sum(counts) }

    private func sum(_ counts: some Sequence<OpCount>) -> UInt64 { counts.reduce(0) { $0 + $1.count } }

    /// The share of a count in all, in tenths of a percent: `12.3 %`.
    private func share(_ count: UInt64) -> String {
        let thousandths = total == 0 ? 0 : (count * 1000 + total / 2) / total
        return "\(thousandths / 10).\(thousandths % 10) %"
    }

    /// The table.
    var text: String {
        var rows = counts.prefix(Self.rows).map { (count: $0.count, handler: $0.handler.name, form: $0.form) }
        let rest = counts.dropFirst(Self.rows)
        if !rest.isEmpty { rows.append((count: sum(rest), handler: "", form: "\(rest.count) other forms")) }
        let width = max(5, rows.map { $0.count.grouped.count }.max() ?? 0)
        func line(_ count: String, _ share: String, _ handler: String, _ form: String) -> String {
            let gap = String(repeating: " ", count: max(0, width - count.count))
            let shareGap = String(repeating: " ", count: max(0, 7 - share.count))
            return gap + count + shareGap + share + "  " + handler.padded(to: 7) + "  " + form + "\n"
        }
        var text = line("ops", "share", "handler", "form")
        for row in rows { text += line(row.count.grouped, share(row.count), row.handler, row.form) }
        for kind in OpCount.Handler.allCases {
            let count = sum(counts.lazy.filter { $0.handler == kind })
            text += line(count.grouped, share(count), kind.name, kind.summary)
        }
        return text
    }

    /// The same for programs, with all forms.
    var json: JSON {
        .array(
            counts.map {
                .object([
                    "form": .string($0.form), "handler": .string($0.handler.name), "count": .number($0.count),
                ])
            })
    }
}

extension OpCount.Handler {
    /// One word.
    fileprivate var name: String {
        switch self {
        case .special: "special"
        case .usual: "usual"
        case .none: "none"
        }
    }

    /// What the word means, at the end of the table.
    fileprivate var summary: String {
        switch self {
        case .special: "all of these: made for registers or flat memory"
        case .usual: "all of these: by the handler of the form"
        case .none: "all of these: by their bodies"
        }
    }
}
