/// What a terminal would show of the bytes that it is sent: positions and characters, without colours.
struct ScreenReader {
    private let columns: Int
    private var cells: [[Character]]
    private var place = (row: 0, column: 0)
    /// Where the cursor is, if it is to be seen.
    private(set) var cursor: (row: Int, column: Int)?
    private var isCursorOn = false

    /// An empty screen.
    init(columns: Int, rows: Int) {
        self.columns = columns
        cells = Array(repeating: Array(repeating: " ", count: columns), count: rows)
    }

    /// The rows.
    var rows: [String] { cells.map { String($0) } }

    /// Whether a row shows a text.
    func shows(_ text: some StringProtocol) -> Bool { rows.contains { $0.contains(text) } }

    /// Draws whole sequences and characters.
    mutating func draw(_ bytes: [UInt8]) {
        var rest = String(decoding: bytes, as: UTF8.self).unicodeScalars[...]
        while let scalar = rest.popFirst() {
            guard scalar == "\u{1B}" else {
                put(Character(scalar))
                continue
            }
            switch rest.popFirst() {
            case "[":
                let parameters = rest.prefix { $0.value < 0x40 }
                rest = rest.dropFirst(parameters.count)
                obey(rest.popFirst(), String(String.UnicodeScalarView(parameters)))
            case "_", "P":
                rest = rest.drop { $0 != "\u{1B}" }.dropFirst(2)
            default: break
            }
        }
        cursor = isCursorOn ? place : nil
    }

    private mutating func put(_ character: Character) {
        if cells.indices.contains(place.row), place.column < columns { cells[place.row][place.column] = character }
        // The cursor stays in the last column.
        place.column = min(place.column + 1, columns)
    }

    private mutating func obey(_ final: Unicode.Scalar?, _ parameters: String) {
        switch final {
        case "H":
            let numbers = parameters.split(separator: ";").compactMap { Int($0) }
            place = numbers.count == 2 ? (numbers[0] - 1, numbers[1] - 1) : (0, 0)
        case "J": cells = cells.map { $0.map { _ in " " } }
        case "h" where parameters == "?25": isCursorOn = true
        case "l" where parameters == "?25": isCursorOn = false
        default: break
        }
    }
}
