import X86Interp

// Characters are written wherever the cursor is: below the last row and behind a row's end too, where the memory of the
// next row or page begins. Rows and columns are counted in bytes, as the data area holds them. What lies behind the
// display's 32 KiB is lost.

/// Where on which page a character stands.
struct TextPlace {
    var page: UInt8
    var row: UInt8
    var column: UInt8

    /// Row and column as the data area has them.
    var word: UInt16 { UInt16(row) << 8 | UInt16(column) }

    /// Moves behind a character that has been written.
    mutating func advance(columns: Int) {
        column &+= 1
        guard Int(column) == columns else { return }
        column = 0
        row &+= 1
    }
}

extension BIOSCall {
    /// Where a page's cursor is; pages that there are not have none.
    func cursor(_ page: UInt8) -> TextPlace {
        guard page < 8 else { return TextPlace(page: 0, row: 0, column: 0) }
        let value = word(BDA.cursors + UInt32(page) * 2)
        return TextPlace(page: page, row: value.high, column: value.low)
    }

    /// Text, not pixels.
    var isText: Bool { videoMode <= 3 || videoMode == 7 }

    /// Where text memory begins.
    private var textBase: UInt32 { videoMode == 7 ? 0xB0000 : 0xB8000 }

    /// The physical address of a cell.
    func cell(_ page: UInt8, row: Int, column: Int) -> UInt32 {
        textBase + UInt32(page) * UInt32(word(BDA.pageSize)) + UInt32((row * columns + column) * 2)
    }

    /// Writes a cell, if the display has memory there; without an attribute it keeps its own.
    func setCell(_ address: UInt32, _ character: UInt8, _ attribute: UInt8?) {
        guard address < textBase + 0x7FFF else { return }
        setByte(address, character)
        if let attribute { setByte(address + 1, attribute) }
    }

    /// Writes bytes from a cell on, as far as the display has memory.
    func setCells(_ address: UInt32, _ bytes: [UInt8]) {
        let left = Int(textBase) + 0x8000 - Int(address)
        if left > 0 { setBytes(address, bytes.count > left ? Array(bytes.prefix(left)) : bytes) }
    }
}

extension BIOS {
    // MARK: Teletype

    /// Function 0E: a character at the cursor of the page shown, control characters obeyed.
    func teletype(_ character: UInt8, _ call: BIOSCall) {
        var place = call.cursor(call.byte(BDA.page))
        type(character, attribute: call.isText ? nil : call.bl, at: &place, call)
        setCursor(place, call)
    }

    /// Writes a character and moves on; the console gets it too, now or with its row.
    private func type(_ character: UInt8, attribute: UInt8?, at place: inout TextPlace, _ call: BIOSCall) {
        if typesOn(character, attribute: attribute, at: &place, call) { return }
        let goesOn = echoes(character, at: place, call)
        put(character, attribute: attribute, at: &place, shows: goesOn, call)
        if goesOn { state.echo.place = place.word }
    }

    /// The usual case of `type`, without its questions: a character in the line that the console's text stands in.
    private func typesOn(
        _ character: UInt8, attribute: UInt8?, at place: inout TextPlace, _ call: BIOSCall
    ) -> Bool {
        let (columns, rows) = (call.columns, call.rows)
        guard 0x20..<0x7F ~= character, Int(place.column) < columns - 1, Int(place.row) < rows, call.isText,
            place.page == call.byte(BDA.page), options.echoes
        else { return false }
        let cell = Int(place.row) * columns + Int(place.column)
        guard state.echo.goesOn(character, at: place.word, cell: cell, of: rows * columns) else { return false }
        console.write(character)
        call.setCell(call.cell(place.page, row: Int(place.row), column: Int(place.column)), character, attribute)
        place.column += 1
        return true
    }

    /// Writes a character and moves on; without an attribute the cell keeps its own.
    private func put(
        _ character: UInt8, attribute: UInt8?, at place: inout TextPlace, shows: Bool, _ call: BIOSCall
    ) {
        switch character {
        case 0x07: break
        case 0x08: if place.column > 0 { place.column -= 1 }
        case 0x0A: place.row &+= 1
        case 0x0D: place.column = 0
        default:
            write(character, attribute: attribute, at: place, call)
            if shows { markShown(character, at: place, call) }
            place.advance(columns: call.columns)
        }
        guard Int(place.row) >= call.rows else { return }
        // From wherever below the last row: up by one.
        place.row -= 1
        let window = Window(top: 0, left: 0, bottom: call.rows - 1, right: call.columns - 1)
        let above = call.byte(call.cell(place.page, row: window.bottom, column: 0) + 1)
        scroll(window, lines: 1, attribute: call.isText ? above : 0, page: place.page, call)
    }

    // MARK: Cells

    /// Writes one cell, in graphics modes as pixels.
    private func write(_ character: UInt8, attribute: UInt8?, at place: TextPlace, _ call: BIOSCall) {
        if let layout = call.pixels(page: place.page) {
            return draw(character, color: attribute ?? 0x0F, at: place, layout, call)
        }
        call.setCell(call.cell(place.page, row: Int(place.row), column: Int(place.column)), character, attribute)
    }

    /// Function 08.
    func readCharacter(_ call: BIOSCall) {
        let place = call.cursor(call.bh)
        if let layout = call.pixels(page: call.bh) {
            call.ax = recognize(at: place, layout, call)
        } else {
            call.ax = call.word(call.cell(place.page, row: Int(place.row), column: Int(place.column)))
        }
    }

    /// Functions 09 and 0A: CX times the same character, on into the next rows; the cursor stays.
    func writeCharacters(attribute: Bool, _ call: BIOSCall) {
        var place = call.cursor(call.bh)
        let color: UInt8? = attribute || !call.isText ? call.bl : nil
        // Behind row 255 comes row 0 again: the rest of a larger count changes nothing more.
        for _ in 0..<min(Int(call.cx), 256 * call.columns + 256) {
            write(call.al, attribute: color, at: place, call)
            place.advance(columns: call.columns)
        }
    }

    /// Function 13: CX characters at ES:BP, with attributes between them if AL bit 1, the cursor moved if bit 0.
    func writeString(_ call: BIOSCall) {
        guard call.al < 4 else { return }
        var place = TextPlace(page: call.bh, row: call.dh, column: call.dl)
        var offset = call.bp
        for _ in 0..<call.cx {
            let character = call.byte(call.physical(call.es, offset))
            offset &+= 1
            var attribute = call.bl
            if call.al & 2 != 0 {
                attribute = call.byte(call.physical(call.es, offset))
                offset &+= 1
            }
            type(character, attribute: attribute, at: &place, call)
        }
        if call.al & 1 != 0 { setCursor(place, call) }
    }

    // MARK: Scrolling

    /// A part of the screen, all edges included.
    struct Window {
        var top: Int
        var left: Int
        var bottom: Int
        var right: Int

        /// What moving the contents up by `lines` (down if negative) copies: rows, and the first one they come from.
        ///
        /// In an order in which none is overwritten before. Whole rows lie behind each other, and are one.
        func moves(lines: Int, columns: Int) -> [(rows: Range<Int>, source: Int)] {
            let rows = max(top, top - lines)..<min(bottom, bottom - lines) + 1
            if right - left + 1 == columns { return [(rows, rows.lowerBound + lines)] }
            let each = rows.map { ($0..<$0 + 1, $0 + lines) }
            return lines > 0 ? each : each.reversed()
        }

        /// The rows that have nothing in them then.
        func newRows(lines: Int) -> Range<Int> {
            lines > 0 ? max(top, bottom + 1 - lines)..<bottom + 1 : top..<min(bottom + 1, top - lines)
        }
    }

    /// Functions 06 and 07: AL lines of the window CX to DX, 0 clears it; BH is the attribute of new lines.
    func scrollWindow(up: Bool, _ call: BIOSCall) {
        let window = Window(
            top: Int(call.ch), left: Int(call.cl), bottom: min(Int(call.dh), call.rows - 1),
            right: min(Int(call.dl), call.columns - 1))
        guard window.top <= window.bottom, window.left <= window.right else { return }
        let height = window.bottom - window.top + 1
        let lines = call.al == 0 ? height : min(Int(call.al), height)
        scroll(window, lines: up ? lines : -lines, attribute: call.bh, page: call.byte(BDA.page), call)
    }

    /// Moves a window up by `lines` (down if negative) and fills what is new.
    private func scroll(_ window: Window, lines: Int, attribute: UInt8, page: UInt8, _ call: BIOSCall) {
        if let layout = call.pixels(page: page) {
            return scrollPixels(window, lines: lines, color: attribute, layout, call)
        }
        willScroll(window, lines: lines, page: page, call)
        let width = window.right - window.left + 1
        for (rows, source) in window.moves(lines: lines, columns: call.columns) {
            let from = call.cell(page, row: source, column: window.left)
            let bytes = call.bytes(from, count: width * rows.count * 2)
            call.setCells(call.cell(page, row: rows.lowerBound, column: window.left), bytes)
        }
        var blanks = [UInt8](repeating: 0x20, count: width * 2)
        for place in stride(from: 1, to: blanks.count, by: 2) { blanks[place] = attribute }
        for row in window.newRows(lines: lines) {
            call.setCells(call.cell(page, row: row, column: window.left), blanks)
        }
    }
}
