import Devices

/// Makes the bytes that turn what a terminal shows into something else.
///
/// Sources: ECMA-48 (CUP, ED, SGR), and xterm's control sequences for colours by parts and the cursor.
enum CellPainter {
    /// Cells between two changes that are drawn again, since going over them by a sequence takes as many bytes.
    private static let gap = 4

    /// The bytes that change what `old` is into what `new` is; none if nothing has changed.
    ///
    /// Nil is a terminal that may show anything.
    static func bytes(from old: CellGrid?, to new: CellGrid) -> [UInt8] {
        let isAlike = old.map { $0.columns == new.columns && $0.rows == new.rows } ?? false
        var output = Output()
        if !isAlike { output.text += "\u{1B}[0m\u{1B}[2J" }
        let before = isAlike ? old?.cells : nil
        for row in 0..<new.rows {
            paint(row, before, new, &output)
        }
        guard !output.text.isEmpty || old?.cursor != new.cursor else { return [] }
        if output.cell != nil { output.text += "\u{1B}[0m" }
        let cursor = new.cursor.map { "\u{1B}[\($0.row + 1);\($0.column + 1)H\u{1B}[?25h" } ?? ""
        return Array(("\u{1B}[?25l" + output.text + cursor).utf8)
    }

    /// What was written, and where the terminal is in consequence.
    private struct Output {
        var text = ""
        /// Whose colours are in force.
        var cell: TerminalCell?
        /// Where the next character goes, if that is sure.
        var place: CellPlace?
    }

    private static func paint(_ row: Int, _ before: [TerminalCell]?, _ new: CellGrid, _ output: inout Output) {
        let start = row * new.columns
        let blank = TerminalCell()
        func hasChanged(_ column: Int) -> Bool {
            let old = before.map { $0[start + column] } ?? blank
            return old != new.cells[start + column]
        }
        var column = 0
        while column < new.columns {
            guard hasChanged(column) else {
                column += 1
                continue
            }
            let place = CellPlace(row: row, column: column)
            // Short gaps are filled.
            if let at = output.place, at.row == row, at.column < column, column - at.column < gap {
                for filled in at.column..<column { put(new.cells[start + filled], row, filled, &output) }
            } else if output.place != place {
                output.text += "\u{1B}[\(row + 1);\(column + 1)H"
            }
            put(new.cells[start + column], row, column, &output)
            column += 1
        }
    }

    private static func put(_ cell: TerminalCell, _ row: Int, _ column: Int, _ output: inout Output) {
        if !hasColors(cell, of: output.cell) {
            output.text += "\u{1B}[0\(cell.blinks ? ";5" : "")"
            output.text += color(cell.foreground, 38) + color(cell.background, 48) + "m"
        }
        output.cell = cell
        output.text.unicodeScalars.append(cell.scalar)
        // Terminals do not agree on how wide symbols such as faces and hearts are.
        output.place = cell.scalar.value < 0x2600 ? CellPlace(row: row, column: column + 1) : nil
    }

    private static func hasColors(_ cell: TerminalCell, of other: TerminalCell?) -> Bool {
        guard let other else { return false }
        return cell.foreground == other.foreground && cell.background == other.background
            && cell.blinks == other.blinks
    }

    private static func color(_ color: TerminalColor, _ selector: Int) -> String {
        switch color {
        case .usual: ""
        case .number(let number): ";\(selector);5;\(number)"
        case .parts(let parts): ";\(selector);2;\(parts.red);\(parts.green);\(parts.blue)"
        }
    }
}
