/// Makes every help text from the rows.
enum Help {
    /// A subcommand's help: usage, options by topic, notes.
    static func text(for subcommand: Subcommand) -> String {
        let operands = subcommand.operands.text
        var text = "usage: x86sim \(subcommand.name)\(operands.isEmpty ? "" : " " + operands) [options]\n\n"
        text += subcommand.summary + ".\n"
        for topic in Option.Topic.allCases where subcommand.topics.contains(topic) {
            let rows = Option.all.filter { $0.topic == topic }.map {
                ("  " + [$0.name, $0.argument ?? ""].joined(separator: " "), $0.help)
            }
            text += "\n\(topic.rawValue):\n" + columns(rows)
        }
        let notes = subcommand.notes()
        if !notes.isEmpty { text += "\n" + notes }
        return text
    }

    /// Two columns; a left side that is too long has its right side on the next line.
    static func columns(_ rows: [(left: String, right: String)]) -> String {
        let width = rows.map(\.left.count).filter { $0 <= 32 }.max() ?? 0
        var text = ""
        for row in rows {
            if row.left.count <= width {
                text += row.left.padded(to: width) + "  " + row.right + "\n"
            } else {
                text += row.left + "\n" + String(repeating: " ", count: width + 2) + row.right + "\n"
            }
        }
        return text
    }
}
