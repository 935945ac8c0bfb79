/// A table of texts that prints itself in columns, as Markdown, or as JSON.
struct Table {
    /// Names of the columns.
    let columns: [String]
    /// A text for each column of each row.
    let rows: [[String]]

    /// The table in the form that the settings ask for.
    func text(_ settings: Settings) -> String {
        if settings.json { return json.text + "\n" }
        return settings.markdown ? markdown : plain
    }

    /// Columns of their texts' widths; the last one is as long as it is.
    var plain: String {
        let widths = columns.indices.map { column in
            max(columns[column].count, rows.map { $0[column].count }.max() ?? 0)
        }
        let lines = ([columns] + rows).map { row in
            let cells = row.enumerated().map { $0 == row.count - 1 ? $1 : $1.padded(to: widths[$0]) }
            var line = Substring(cells.joined(separator: "  "))
            while line.last == " " { line.removeLast() }
            return String(line)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A Markdown table.
    var markdown: String {
        let lines = [columns, columns.map { _ in "---" }] + rows
        return lines.map { "| " + $0.map(Self.escaped).joined(separator: " | ") + " |\n" }.joined()
    }

    private static func escaped(_ cell: String) -> String {
        cell.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }

    /// An array of objects, a text for each column.
    var json: JSON {
        .array(rows.map { row in .object(zip(columns, row).map { JSON.Member(name: $0, value: .string($1)) }) })
    }
}
