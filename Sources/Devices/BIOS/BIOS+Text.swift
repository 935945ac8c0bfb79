import X86Interp

extension BIOS {
    // MARK: Teletype

    /// Function 0E: a character at the cursor of the page shown, control characters obeyed; in text goes to the console.
    func teletype(_ character: UInt8, _ call: inout BIOSCall) {
        let page = call.byte(BDA.page)
        let color: UInt8? = call.videoMode == 0x13 ? call.bl : nil
        put(character, attribute: color, page: page, &call)
        echo(character)
    }

    /// Writes a character and moves the cursor on; without an attribute the cell keeps its own.
    func put(_ character: UInt8, attribute: UInt8?, page: UInt8, _ call: inout BIOSCall) {
        let place = call.cursor(page)
        var (row, column) = (Int(place.row), Int(place.column))
        switch character {
        case 0x07: return
        case 0x08: column = max(0, column - 1)
        case 0x0A: row += 1
        case 0x0D: column = 0
        default:
            write(character, attribute: attribute, page: page, row: row, column: column, shows: true, call)
            column += 1
            if column >= call.columns {
                column = 0
                row += 1
            }
        }
        if row >= call.rows {
            row = call.rows - 1
            let window = Window(top: 0, left: 0, bottom: row, right: call.columns - 1)
            let above = call.byte(call.cell(page, row: row, column: 0) + 1)
            scroll(window, lines: 1, attribute: call.videoMode == 0x13 ? 0 : above, page: page, call)
        }
        setCursor(page, row: UInt8(truncatingIfNeeded: row), column: UInt8(truncatingIfNeeded: column), call)
    }

    /// Sends a character to the console as UTF-8; a carriage return before a line feed is left out.
    private func echo(_ character: UInt8) {
        guard options.echoes else { return }
        if state.holdsReturn, character != 0x0A { console.write(0x0D) }
        state.holdsReturn = character == 0x0D
        switch character {
        case 0x0D: break
        case 0x07, 0x08, 0x09, 0x0A, 0x1B: console.write(character)
        case 0x00: console.write(0x20)
        default: for byte in String(CodePage437.scalar(character)).utf8 { console.write(byte) }
        }
    }

    /// Whether a screen has characters that did not go to the console as text.
    public func showsMore(_ screen: TextScreen) -> Bool {
        screen.cells.enumerated().contains { number, cell in
            !cell.isBlank && (number >= state.shown.count || state.shown[number] != cell.character)
        }
    }

    // MARK: Cells

    /// Writes one cell, in mode 13h as pixels; `shows` tells that the console gets the character too.
    private func write(
        _ character: UInt8, attribute: UInt8?, page: UInt8, row: Int, column: Int, shows: Bool, _ call: BIOSCall
    ) {
        guard row < call.rows, column < call.columns else { return }
        guard call.videoMode != 0x13 else {
            return draw(character, color: attribute ?? 0x0F, row: row, column: column, call)
        }
        let place = call.cell(page, row: row, column: column)
        call.setByte(place, character)
        if let attribute { call.setByte(place + 1, attribute) }
        guard shows, page == call.byte(BDA.page) else { return }
        let count = call.rows * call.columns
        if state.shown.count != count { state.shown = [UInt8](repeating: 0, count: count) }
        state.shown[row * call.columns + column] = character
    }

    /// Draws a character of the 8x8 font into the pixels of mode 13h.
    private func draw(_ character: UInt8, color: UInt8, row: Int, column: Int, _ call: BIOSCall) {
        let glyph = Font8x16.halfHeight(Int(character)..<Int(character) + 1)
        for (line, bits) in glyph.enumerated() {
            let pixels = (0..<8).map { bits << UInt8($0) & 0x80 != 0 ? color & 0x7F : 0 }
            let start = 0xA0000 + UInt32((row * 8 + line) * 320 + column * 8)
            guard color & 0x80 != 0 else {
                call.setBytes(start, pixels)
                continue
            }
            for (index, pixel) in pixels.enumerated() {
                let place = start + UInt32(index)
                call.setByte(place, call.byte(place) ^ pixel)
            }
        }
    }

    /// Function 08.
    func readCharacter(_ call: inout BIOSCall) {
        let place = call.cursor(call.bh)
        let cell = call.cell(call.bh, row: Int(place.row), column: Int(place.column))
        call.ax = call.videoMode == 0x13 ? 0 : call.word(cell)
    }

    /// Functions 09 and 0A: CX times the same character; the cursor stays.
    func writeCharacters(attribute: Bool, _ call: inout BIOSCall) {
        let place = call.cursor(call.bh)
        let start = Int(place.row) * call.columns + Int(place.column)
        let end = min(start + Int(call.cx), call.rows * call.columns)
        let color: UInt8? = attribute || call.videoMode == 0x13 ? call.bl : nil
        for index in start..<max(start, end) {
            let (row, column) = (index / call.columns, index % call.columns)
            write(call.al, attribute: color, page: call.bh, row: row, column: column, shows: false, call)
        }
    }

    /// Function 13: CX characters at ES:BP, with attributes between them if AL bit 1, the cursor moved if bit 0.
    func writeString(_ call: inout BIOSCall) {
        guard call.al < 4 else { return }
        let before = call.cursor(call.bh)
        setCursor(call.bh, row: call.dh, column: call.dl, call)
        var offset = call.bp
        for _ in 0..<call.cx {
            let character = call.byte(call.physical(call.es, offset))
            offset &+= 1
            var attribute = call.bl
            if call.al & 2 != 0 {
                attribute = call.byte(call.physical(call.es, offset))
                offset &+= 1
            }
            put(character, attribute: attribute, page: call.bh, &call)
            if call.bh == call.byte(BDA.page) { echo(character) }
        }
        if call.al & 1 == 0 { setCursor(call.bh, row: before.row, column: before.column, call) }
    }

    // MARK: Scrolling

    /// A part of the screen, all edges included.
    struct Window {
        var top: Int
        var left: Int
        var bottom: Int
        var right: Int
    }

    /// Functions 06 and 07: AL lines of the window CX to DX, 0 clears it; BH is the attribute of new lines.
    func scrollWindow(up: Bool, _ call: inout BIOSCall) {
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
        if call.videoMode == 0x13 { return scrollPixels(window, lines: lines, color: attribute, call) }
        let width = window.right - window.left + 1
        let tracks = page == call.byte(BDA.page) && state.shown.count == call.rows * call.columns
        let rows = Array(window.top...window.bottom)
        for row in lines > 0 ? rows : rows.reversed() {
            let source = row + lines
            let place = call.cell(page, row: row, column: window.left)
            let isInside = rows.contains(source)
            if isInside {
                let from = call.cell(page, row: source, column: window.left)
                call.setBytes(place, call.machine.memory.peek(from, count: width * 2))
            } else {
                call.setBytes(place, (0..<width).flatMap { _ in [0x20, attribute] })
            }
            guard tracks else { continue }
            for column in window.left...window.right {
                let old = isInside ? state.shown[source * call.columns + column] : 0
                state.shown[row * call.columns + column] = old
            }
        }
    }

    private func scrollPixels(_ window: Window, lines: Int, color: UInt8, _ call: BIOSCall) {
        let (left, width) = (window.left * 8, (window.right - window.left + 1) * 8)
        let rows = Array(window.top * 8..<(window.bottom + 1) * 8)
        for row in lines > 0 ? rows : rows.reversed() {
            let source = row + lines * 8
            let place = 0xA0000 + UInt32(row * 320 + left)
            if rows.contains(source) {
                let from = 0xA0000 + UInt32(source * 320 + left)
                call.setBytes(place, call.machine.memory.peek(from, count: width))
            } else {
                call.setBytes(place, [UInt8](repeating: color, count: width))
            }
        }
    }

    // MARK: Pixels

    /// Function 0C, in mode 13h.
    func writePixel(_ call: inout BIOSCall) {
        guard call.videoMode == 0x13, call.cx < 320, call.dx < 200 else { return }
        call.setByte(0xA0000 + UInt32(call.dx) * 320 + UInt32(call.cx), call.al)
    }

    /// Function 0D, in mode 13h.
    func readPixel(_ call: inout BIOSCall) {
        guard call.videoMode == 0x13, call.cx < 320, call.dx < 200 else {
            call.al = 0
            return
        }
        call.al = call.byte(0xA0000 + UInt32(call.dx) * 320 + UInt32(call.cx))
    }
}
