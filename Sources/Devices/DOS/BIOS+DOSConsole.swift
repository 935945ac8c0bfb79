import X86Interp

extension BIOS {
    // MARK: Writing

    /// INT 29h: a character as the screen's driver writes it.
    func writeRaw(_ character: UInt8, _ call: BIOSCall) {
        let bx = call.bx
        // The colour in graphics.
        call.bl = 0x07
        teletype(character, call)
        call.bx = bx
    }

    /// A character as programs mean it: a tabulator goes to the next column that 8 divides.
    private func write(_ character: UInt8, _ call: BIOSCall) {
        guard character == 0x09 else { return writeRaw(character, call) }
        for _ in 0..<8 - column(call) % 8 { writeRaw(0x20, call) }
    }

    /// The same as a line's echo: control characters as ^ and a letter.
    private func echo(_ character: UInt8, _ call: BIOSCall) {
        guard character < 0x20, character != 0x09 else { return write(character, call) }
        writeRaw(UInt8(ascii: "^"), call)
        writeRaw(character + 0x40, call)
    }

    private func column(_ call: BIOSCall) -> Int { Int(call.cursor(call.byte(BDA.page)).column) }

    private func newLine(_ call: BIOSCall) {
        writeRaw(0x0D, call)
        writeRaw(0x0A, call)
    }

    /// Function 02.
    func writeCharacter(_ call: BIOSCall) {
        guard !isInterrupted(call) else { return }
        write(call.dl, call)
        call.al = call.dl == 0x09 ? 0x20 : call.dl
    }

    /// Function 09: the characters at DS:DX, up to a dollar sign.
    func writeDollarString(_ call: BIOSCall) {
        guard !isInterrupted(call) else { return }
        var offset = call.dx
        // A segment without a dollar sign has 64 KiB of text.
        for _ in 0..<0x10000 {
            let character = call.byte(call.physical(call.ds, offset))
            guard character != UInt8(ascii: "$") else { break }
            write(character, call)
            offset &+= 1
        }
        call.al = UInt8(ascii: "$")
    }

    // MARK: Reading

    /// Functions 01, 07 and 08: AL is the character; 0 for a key without one, whose scan code comes next.
    func readKey(echoes: Bool, breaks: Bool, _ call: BIOSCall) {
        guard let character = nextCharacter(call) else { return }
        if breaks, character == 0x03 { return interrupt(call) }
        if echoes { write(character, call) }
        call.al = character
    }

    /// Function 06: writes DL, or for FF looks for a key: ZF and AL 0 if there is none.
    func directConsole(_ call: BIOSCall) {
        guard call.dl == 0xFF else {
            writeRaw(call.dl, call)
            call.al = call.dl
            return
        }
        let character = hasCharacter(call) ? nextCharacter(call) : nil
        call.al = character ?? 0
        call.zero = character == nil
    }

    /// Function 0B: AL is FF if there is a key.
    func keyStatus(_ call: BIOSCall) {
        guard !isInterrupted(call) else { return }
        call.al = hasCharacter(call) ? 0xFF : 0
    }

    /// Function 0C, then the function in AL.
    ///
    /// Keys come when they are asked for, so that none has come too early.
    func forgetAndRead(_ call: BIOSCall) {
        call.setByte(DOSArea.pendingScan, 0)
        switch call.al {
        case 0x01: readKey(echoes: true, breaks: true, call)
        case 0x06: directConsole(call)
        case 0x07: readKey(echoes: false, breaks: false, call)
        case 0x08: readKey(echoes: false, breaks: true, call)
        case 0x0A: readLine(call)
        default: call.al = 0
        }
    }

    private func hasCharacter(_ call: BIOSCall) -> Bool {
        guard call.byte(DOSArea.pendingScan) == 0 else { return true }
        fetchKey(call, waits: false)
        return headOfKeys(call) != nil
    }

    /// The next character or scan code; nil if there is none yet, and the stub waits for it.
    private func nextCharacter(_ call: BIOSCall) -> UInt8? {
        let scan = call.byte(DOSArea.pendingScan)
        guard scan == 0 else {
            call.setByte(DOSArea.pendingScan, 0)
            return scan
        }
        guard let key = awaitKey(call) else { return nil }
        if key.low == 0 { call.setByte(DOSArea.pendingScan, key.high) }
        return key.low
    }

    // MARK: Ctrl-C

    /// Whether Ctrl-C is the next key: then it is taken, and the stub calls INT 23h.
    private func isInterrupted(_ call: BIOSCall) -> Bool {
        fetchKey(call, waits: false)
        guard let place = headOfKeys(call), call.word(0x400 + UInt32(place)).low == 0x03 else { return false }
        _ = takeKey(call)
        interrupt(call)
        return true
    }

    /// Ctrl-C: INT 23h decides whether the function is called again or the program is over.
    private func interrupt(_ call: BIOSCall) {
        call.setByte(DOSArea.lineIsOpen, 0)
        echo(0x03, call)
        newLine(call)
        call.signalBreak()
    }

    // MARK: Lines

    /// Function 0A: a line into the buffer at DS:DX: its size, then how many characters were typed, then they and CR.
    func readLine(_ call: BIOSCall) {
        let size = call.byte(call.physical(call.ds, call.dx))
        guard size > 0 else { return }
        let (segment, start) = (call.ds, call.dx &+ 2)
        let place = { (call: BIOSCall, index: Int) in
            call.physical(segment, start &+ UInt16(truncatingIfNeeded: index))
        }
        guard let count = editLine(limit: Int(size) - 1, place, call) else { return }
        call.setByte(place(call, count), 0x0D)
        call.setByte(call.physical(segment, call.dx &+ 1), UInt8(truncatingIfNeeded: count))
    }

    /// Lets a line be typed: the number of characters when Enter has been pressed; nil while the stub waits.
    private func editLine(
        limit: Int, _ place: (BIOSCall, Int) -> UInt32, _ call: BIOSCall
    ) -> Int? {
        if call.byte(DOSArea.lineIsOpen) == 0 {
            call.setByte(DOSArea.lineIsOpen, 1)
            call.setByte(DOSArea.lineLength, 0)
            call.setByte(DOSArea.lineColumn, UInt8(truncatingIfNeeded: column(call)))
        }
        while let character = nextCharacter(call) {
            let count = min(Int(call.byte(DOSArea.lineLength)), limit)
            switch character {
            case 0x00: call.setByte(DOSArea.pendingScan, 0)
            case 0x03:
                interrupt(call)
                return nil
            case 0x08, 0x7F:
                guard count > 0 else { break }
                call.setByte(DOSArea.lineLength, UInt8(truncatingIfNeeded: count - 1))
                let line = (0..<count).map { call.byte(place(call, $0)) }
                for _ in 0..<width(ofLastIn: line, from: Int(call.byte(DOSArea.lineColumn))) {
                    for back in [0x08, 0x20, 0x08] as [UInt8] { writeRaw(back, call) }
                }
            case 0x0A: newLine(call)
            case 0x0D:
                call.setByte(DOSArea.lineIsOpen, 0)
                writeRaw(0x0D, call)
                return count
            case 0x1B:
                writeRaw(UInt8(ascii: "\\"), call)
                newLine(call)
                call.setByte(DOSArea.lineLength, 0)
                call.setByte(DOSArea.lineColumn, 0)
            case _ where count >= limit: writeRaw(0x07, call)
            default:
                call.setByte(place(call, count), character)
                call.setByte(DOSArea.lineLength, UInt8(truncatingIfNeeded: count + 1))
                echo(character, call)
            }
        }
        return nil
    }

    /// How many columns the last character takes of a line that starts in some column.
    private func width(ofLastIn line: [UInt8], from start: Int) -> Int {
        var (column, width) = (start, 0)
        for character in line {
            width = character == 0x09 ? 8 - column % 8 : character < 0x20 ? 2 : 1
            column += width
        }
        return width
    }

    // MARK: Handles

    /// Standard input, output and error are the console; there are no other handles.
    private func isConsole(_ call: BIOSCall) -> Bool {
        guard call.bx <= 2 else {
            call.fail(DOSError.badHandle)
            return false
        }
        call.carry = false
        return true
    }

    /// Function 3E.
    func closeHandle(_ call: BIOSCall) { _ = isConsole(call) }

    /// Function 44, 00: bit 7 a device, 6 not at its end, 0 and 1 the console.
    func handleKind(_ call: BIOSCall) {
        guard isConsole(call) else { return }
        call.dx = 0x80D3
        call.ax = call.dx
    }

    /// Function 40: CX characters at DS:DX.
    func writeHandle(_ call: BIOSCall) {
        guard isConsole(call), !isInterrupted(call) else { return }
        for index in 0..<call.cx { write(call.byte(call.physical(call.ds, call.dx &+ index)), call) }
        call.ax = call.cx
    }

    /// Function 3F: at most CX characters to DS:DX from a line that ends in CR and LF; what is left is for later.
    func readHandle(_ call: BIOSCall) {
        guard isConsole(call) else { return }
        var (position, end) = (call.byte(DOSArea.readPosition), call.byte(DOSArea.readEnd))
        if position >= end {
            let place = { (_: BIOSCall, index: Int) in DOSArea.line + UInt32(index) }
            guard let count = editLine(limit: DOSArea.lineLimit, place, call) else { return }
            writeRaw(0x0A, call)
            call.setWord(place(call, count), 0x0A0D)
            (position, end) = (0, UInt8(truncatingIfNeeded: count + 2))
        }
        let count = min(call.cx, UInt16(end - position))
        for index in 0..<count {
            let character = call.byte(DOSArea.line + UInt32(position) + UInt32(index))
            call.setByte(call.physical(call.ds, call.dx &+ index), character)
        }
        call.setByte(DOSArea.readPosition, position + UInt8(truncatingIfNeeded: count))
        call.setByte(DOSArea.readEnd, end)
        call.ax = count
    }
}
