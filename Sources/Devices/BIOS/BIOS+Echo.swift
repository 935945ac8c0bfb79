import X86Interp

// What the console gets of the text that a guest prints by INT 10h. While each character stands where the last one has
// left off, or further in its row, it goes there at once. A guest that moves the cursor elsewhere makes a page of the
// screen: from then on the console gets rows, when the guest waits for a key, leaves them alone for half a second, clears
// or scrolls them away; what is left is the last screen. Bytes alone would run together.

extension BIOS {
    /// What has gone to the console.
    struct Echo: Codable, Equatable, Sendable {
        /// What the console has of the screen: characters by cell, 0 for none.
        var shown: [UInt8] = []
        /// A carriage return that is held back: a line feed may follow.
        var holdsReturn = false
        /// Text stands on the console's last line.
        var isLineOpen = false
        /// Where the console's text goes on, row and column; nil at the top of a screen that has been cleared.
        var place: UInt16?
        /// The screen is a page: the console gets rows of it.
        var isPage = false
        /// Ticks of the timer since the page has changed; nil if the console has all of it.
        var age: UInt8?

        /// Notes a character that goes on in the console's line, if it does; another one stands behind it then.
        mutating func goesOn(_ character: UInt8, at word: UInt16, cell: Int, of count: Int) -> Bool {
            guard place == word, isLineOpen, !isPage, !holdsReturn, shown.count == count, cell < count else {
                return false
            }
            shown[cell] = character
            place = word &+ 1
            return true
        }
    }

    /// Ticks after which a page that stays as it is goes to the console: half a second.
    private static let settleTicks: UInt8 = 9

    /// Sends a character that is about to be written to the console, if it goes on where the last one has left off.
    func echoes(_ character: UInt8, at place: TextPlace, _ call: BIOSCall) -> Bool {
        guard options.echoes, place.page == call.byte(BDA.page) else { return false }
        // A beep is at no place.
        let goesOn = character != 0x07 && goesOn(at: place, call)
        if goesOn || character == 0x07 { send(character) }
        if !goesOn, state.echo.isPage { state.echo.age = 0 }
        return goesOn
    }

    /// Whether the console's text goes on at a place; ends its line if it is the start of another one, or a page begins.
    private func goesOn(at place: TextPlace, _ call: BIOSCall) -> Bool {
        let last = state.echo.place ?? 0
        // A clock in a corner keeps no text back that goes on where it was.
        guard !state.echo.isPage else { return last == place.word }
        if state.echo.place == last, last == place.word { return true }
        if state.echo.place == nil { endLine() }
        let isFurther = last.high == place.row && last.low <= place.column
        if call.isText, isFurther, isBlank(last.low..<place.column, place, call) {
            for _ in last.low..<place.column { console.write(0x20) }
            return true
        }
        endLine()
        // Pixels have no rows that could be told later.
        if place.column == 0 && place.row == last.high &+ 1 || !call.isText { return true }
        state.echo.isPage = true
        return false
    }

    private func isBlank(_ columns: Range<UInt8>, _ place: TextPlace, _ call: BIOSCall) -> Bool {
        columns.allSatisfy { column in
            let cell = call.cell(place.page, row: Int(place.row), column: Int(column))
            return TextScreen.isBlank(call.byte(cell))
        }
    }

    /// Ends the console's line if text stands on it.
    private func endLine() {
        if state.echo.isLineOpen { console.write(0x0A) }
        state.echo.isLineOpen = false
        state.echo.holdsReturn = false
    }

    /// Sends a character to the console as UTF-8; a carriage return before a line feed is left out.
    private func send(_ character: UInt8) {
        if state.echo.holdsReturn, character != 0x0A { console.write(0x0D) }
        state.echo.holdsReturn = character == 0x0D
        switch character {
        case 0x0D: break
        case 0x07, 0x08, 0x09, 0x0A, 0x1B: console.write(character)
        case 0x00: console.write(0x20)
        case 0x20..<0x7F: console.write(character)
        default: for byte in String(CodePage437.scalar(character)).utf8 { console.write(byte) }
        }
        if character == 0x0A { state.echo.isLineOpen = false }
        if character >= 0x20 { state.echo.isLineOpen = true }
    }

    // MARK: Cells

    /// Whether a screen has characters that did not go to the console as text.
    public func showsMore(_ screen: TextScreen) -> Bool {
        let shown = state.echo.shown
        return screen.cells.enumerated().contains { number, cell in
            !cell.isBlank && (number >= shown.count || shown[number] != cell.character)
        }
    }

    /// Notes that the console has a character of the page shown.
    func markShown(_ character: UInt8, at place: TextPlace, _ call: BIOSCall) {
        let (row, column) = (Int(place.row), Int(place.column))
        guard call.isText, place.page == call.byte(BDA.page), row < call.rows, column < call.columns else { return }
        prepareShown(call)
        state.echo.shown[row * call.columns + column] = character
    }

    private func prepareShown(_ call: BIOSCall) {
        let count = call.rows * call.columns
        if state.echo.shown.count != count { state.echo.shown = [UInt8](repeating: 0, count: count) }
    }

    /// Before a window is scrolled up by `lines` (down if negative): rows that go are told, what is known moves along.
    func willScroll(_ window: Window, lines: Int, page: UInt8, _ call: BIOSCall) {
        guard options.echoes, page == call.byte(BDA.page) else { return }
        let rows = window.top...window.bottom
        let isWide = window.left == 0 && window.right == call.columns - 1
        if state.echo.isPage {
            let gone = lines > 0 ? rows.prefix(lines) : rows.suffix(-lines)
            if let text = lacking(gone, call) { tell(text.bytes, endsLine: true) }
        }
        if isWide, window.top == 0, lines > 0, let last = state.echo.place {
            state.echo.place = Int(last.high) >= lines ? last - UInt16(lines) << 8 : nil
        }
        guard state.echo.shown.count == call.rows * call.columns else { return }
        state.echo.shown.withUnsafeMutableBufferPointer { shown in
            guard let first = shown.baseAddress else { return }
            let width = window.right - window.left + 1
            for (rows, source) in window.moves(lines: lines, columns: call.columns) {
                let from = first + source * call.columns + window.left
                (first + rows.lowerBound * call.columns + window.left).update(from: from, count: rows.count * width)
            }
            for row in window.newRows(lines: lines) {
                (first + row * call.columns + window.left).update(repeating: 0, count: width)
            }
        }
        if isWide, rows == 0...call.rows - 1, abs(lines) == rows.count { startOver() }
    }

    /// The screen is about to be another one: what the console lacks of it is told.
    func willLeaveScreen(_ call: BIOSCall) {
        if state.echo.isPage, let text = lacking(0..<call.rows, call) { tell(text.bytes, endsLine: true) }
        state.echo.shown = []
        startOver()
    }

    /// The screen has been cleared: text goes on at its top.
    private func startOver() {
        (state.echo.place, state.echo.isPage, state.echo.age) = (nil, false, nil)
    }

    // MARK: Pages

    /// A tick of the timer: a page that has not been changed for a while is told.
    func agePage(_ call: BIOSCall) {
        guard let age = state.echo.age else { return }
        if age < Self.settleTicks { state.echo.age = age + 1 } else { settle(call) }
    }

    /// Tells the console what it lacks of the page; text goes on there if the cursor stands behind the last of it or at
    /// the start of the next row.
    func settle(_ call: BIOSCall) {
        guard state.echo.isPage, state.echo.age != nil else { return }
        state.echo.age = nil
        let (rows, cursor) = (0..<call.rows, call.cursor(call.byte(BDA.page)))
        guard let told = lacking(rows, call) else { return }
        let last = rows.last { !text(of: $0, call).isEmpty }
        let distance = Int(cursor.row) - (last ?? 0)
        let start = distance == 0 ? text(of: Int(cursor.row), call).count : 0
        let isBehind = distance == 0 && start <= Int(cursor.column) || distance == 1 && cursor.column == 0
        let goesOn = told.last == last && rows.contains(Int(cursor.row)) && isBehind
        tell(told.bytes, endsLine: !goesOn)
        guard goesOn else { return }
        for _ in 0..<distance { console.write(0x0A) }
        for _ in start..<Int(cursor.column) { console.write(0x20) }
        state.echo.isLineOpen = distance == 0 || cursor.column > 0
        (state.echo.place, state.echo.isPage) = (cursor.word, false)
    }

    /// Whether the screen is a page, of which the console has some rows already.
    public var hasToldPartOfPage: Bool { state.echo.isPage && state.echo.shown.contains { $0 != 0 } }

    /// What the console lacks of a page at the end of a run, in lines; the BIOS stays as it is.
    public func untoldRows(of machine: Machine) -> [UInt8] {
        let before = state
        defer { state = before }
        let call = BIOSCall(machine, self)
        guard state.echo.isPage, let text = lacking(0..<call.rows, withGap: true, call) else { return [] }
        return (before.echo.isLineOpen ? [0x0A] : []) + text.bytes + [0x0A]
    }

    /// Sends rows to the console, on lines of their own.
    private func tell(_ bytes: [UInt8], endsLine: Bool) {
        endLine()
        for byte in bytes { console.write(byte) }
        // An empty row is a line as well.
        state.echo.isLineOpen = true
        if endsLine { endLine() }
    }

    /// The rows of the page shown that the console lacks characters of, with the empty ones between them, and the number of
    /// the last one; from now on it has them.
    ///
    /// The gap is the empty rows in front of the first one.
    private func lacking(
        _ rows: some BidirectionalCollection<Int>, withGap: Bool = false, _ call: BIOSCall
    ) -> (bytes: [UInt8], last: Int)? {
        prepareShown(call)
        func isNews(_ row: Int) -> Bool {
            text(of: row, call).enumerated().contains { column, character in
                !TextScreen.isBlank(character) && state.echo.shown[row * call.columns + column] != character
            }
        }
        guard var first = rows.first(where: isNews), let last = rows.last(where: isNews) else { return nil }
        while withGap, first > 0, text(of: first - 1, call).isEmpty { first -= 1 }
        var lines: [[UInt8]] = []
        for row in first...last {
            let text = text(of: row, call)
            guard text.isEmpty || isNews(row) else { continue }
            for (column, character) in text.enumerated() { state.echo.shown[row * call.columns + column] = character }
            lines.append(text.flatMap { Array(String(CodePage437.scalar($0)).utf8) })
        }
        return (Array(lines.joined(separator: [0x0A])), last)
    }

    /// The characters of a row of the page shown, without the blank ones at its end.
    private func text(of row: Int, _ call: BIOSCall) -> [UInt8] {
        let cell = call.cell(call.byte(BDA.page), row: row, column: 0)
        let bytes = call.bytes(cell, count: call.columns * 2)
        var text = stride(from: 0, to: bytes.count, by: 2).map { bytes[$0] }
        while let last = text.last, TextScreen.isBlank(last) { text.removeLast() }
        return text
    }
}
