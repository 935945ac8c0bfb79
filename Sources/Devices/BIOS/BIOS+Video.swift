import X86Interp

extension BIOSService {
    /// INT 10h.
    ///
    /// Sources: IBM PS/2 BIOS reference; IBM VGA technical reference.
    static let video = BIOSService(
        0x10, "video",
        [
            .init(0x00, "set mode") { $0.setMode($1) },
            .init(0x01, "cursor shape") { $0.setCursorShape($1.cx, $1) },
            .init(0x02, "set cursor") { $0.setCursor(TextPlace(page: $1.bh, row: $1.dh, column: $1.dl), $1) },
            .init(0x03, "read cursor") { $0.readCursor($1) },
            .init(0x05, "choose page") { $0.choosePage($1) },
            .init(0x06, "scroll up") { $0.scrollWindow(up: true, $1) },
            .init(0x07, "scroll down") { $0.scrollWindow(up: false, $1) },
            .init(0x08, "read character") { $0.readCharacter($1) },
            .init(0x09, "write character and attribute") { $0.writeCharacters(attribute: true, $1) },
            .init(0x0A, "write character") { $0.writeCharacters(attribute: false, $1) },
            .init(0x0B, "background and CGA palette") { $0.setBackground($1) },
            .init(0x0C, "write pixel") { $0.writePixel($1) },
            .init(0x0D, "read pixel") { $0.readPixel($1) },
            .init(0x0E, "teletype") { $0.teletype($1.al, $1) },
            .init(0x0F, "read mode") { $0.readMode($1) },
        ] + palette + [
            .init(0x11, al: 0x00, "font of the guest's", needs: .vga) { $0.loadFont($1) },
            .init(0x11, al: 0x01, "8x14 font, for which there is the 8x16 one, in a block", needs: .vga) {
                $0.loadFont(height: 16, $1)
            },
            .init(0x11, al: 0x02, "8x8 font in a block", needs: .vga) { $0.loadFont(height: 8, $1) },
            .init(0x11, al: 0x03, "choose blocks of fonts", needs: .vga) { $0.vga?.state.sequencer[3] = $1.bl & 0x3F },
            .init(0x11, al: 0x04, "8x16 font in a block", needs: .vga) { $0.loadFont(height: 16, $1) },
            .init(0x11, al: 0x10, "font of the guest's, with its height", needs: .vga) {
                $0.loadFont($1)
                $0.setRows(height: $1.bh, $1)
            },
            .init(0x11, al: 0x11, "8x14 font, for which there is the 8x16 one", needs: .vga) {
                $0.setFont(height: 16, $1)
            },
            .init(0x11, al: 0x12, "8x8 font", needs: .vga) { $0.setFont(height: 8, $1) },
            .init(0x11, al: 0x14, "8x16 font", needs: .vga) { $0.setFont(height: 16, $1) },
            .init(0x11, al: 0x20, "upper half of the 8x8 font of pixels", needs: .vga) {
                $1.setDword(0x1F * 4, $1.esbp)
            },
            .init(0x11, al: 0x21, "font of pixels", needs: .vga) { $0.setPixelFont($1.esbp, height: $1.cx, $1) },
            .init(0x11, al: 0x22, "8x14 font of pixels, for which there is the 8x16 one", needs: .vga) {
                $0.setPixelFont(BIOSROM.far(BIOSROM.font16), height: 16, $1)
            },
            .init(0x11, al: 0x23, "8x8 font of pixels", needs: .vga) {
                $0.setPixelFont(BIOSROM.far(BIOSROM.font8), height: 8, $1)
            },
            .init(0x11, al: 0x24, "8x16 font of pixels", needs: .vga) {
                $0.setPixelFont(BIOSROM.far(BIOSROM.font16), height: 16, $1)
            },
            .init(0x11, al: 0x30, "font", needs: .vga) { $0.readFont($1) },
            .init(0x11, "load font", needs: .vga) { _, _ in },
            .init(0x12, "adapter", needs: .vga) { $0.adapter($1) },
            .init(0x13, "write string") { $0.writeString($1) },
            .init(0x1A, "display", needs: .vga) { $0.display($1) },
        ])
}

extension BIOSCall {
    /// The video mode.
    var videoMode: UInt8 { byte(BDA.videoMode) & 0x7F }
    /// Characters a row; what a guest has made of it, within bounds.
    var columns: Int {
        let count = Int(word(BDA.columns))
        return (1...132).contains(count) ? count : 80
    }
    /// ES:BP.
    fileprivate var esbp: UInt32 { UInt32(es) << 16 | UInt32(bp) }
    /// Rows of text.
    var rows: Int {
        let last = Int(byte(BDA.lastRow))
        return (1...99).contains(last) ? last + 1 : 25
    }
}

extension BIOS {
    /// Function 00.
    func setMode(_ call: BIOSCall) {
        let mode = call.al & 0x7F
        if let crt {
            // An MDA has mode 7 whatever is asked for; there is no bit that keeps memory.
            guard crt.kind == .mda || call.al <= 6 else { return }
            return setMode(crt.kind == .mda ? 7 : mode, clears: true, call)
        }
        guard mode <= 0x13 else { return }
        setMode(mode, clears: call.al < 0x80, call)
        call.al = mode > 7 ? 0x20 : mode == 6 ? 0x3F : 0x30
    }

    /// Puts a mode into the data area and the display, and clears the screen; without a display there are no planes.
    func setMode(_ mode: UInt8, clears: Bool, _ call: BIOSCall) {
        let isText = mode <= 3 || mode == 7
        let flags = call.byte(BDA.videoFlags)
        willLeaveScreen(call)
        display?.setMode(mode, keepsPalette: flags & 0x08 != 0)
        let columns: UInt16 = [0, 1, 4, 5, 0x0D, 0x13].contains(mode) ? 40 : 80
        call.setByte(BDA.videoMode, mode)
        call.setWord(BDA.columns, columns)
        call.setWord(BDA.pageSize, Self.pageSize(mode))
        call.setWord(BDA.pageStart, 0)
        call.setBytes(BDA.cursors, [UInt8](repeating: 0, count: 16))
        call.setByte(BDA.page, 0)
        call.setWord(BDA.crtcPort, mode == 7 ? 0x3B4 : 0x3D4)
        if let crt {
            setAdapterArea(crt, call)
        } else {
            setDisplayArea(mode, clears: clears, flags: flags, call)
        }
        let shape: UInt16 = crt?.kind == .mda ? 0x0B0C : 0x0607
        if isText { setCursorShape(shape, call) } else { call.setWord(BDA.cursorShape, 0) }
        if clears { clearScreen(mode, call) }
    }

    /// The part of the data area that says how a display is set up.
    private func setDisplayArea(_ mode: UInt8, clears: Bool, flags: UInt8, _ call: BIOSCall) {
        let hasHighCharacters = mode <= 3 || mode == 7 || mode >= 0x10 && mode < 0x13
        call.setByte(BDA.modeControl, 0x29)
        call.setByte(BDA.palette, 0x30)
        call.setByte(BDA.lastRow, mode == 0x11 || mode == 0x12 ? 29 : 24)
        call.setWord(BDA.characterHeight, hasHighCharacters ? 16 : 8)
        call.setByte(BDA.lastRow + 3, clears ? 0x60 : 0xE0)
        call.setByte(BDA.lastRow + 4, 0xF9)
        call.setByte(BDA.videoFlags, 0x51 | flags & 0x0A)
        call.setByte(BDA.lastRow + 6, 0x08)
        call.setDword(0x43 * 4, BIOSROM.far(hasHighCharacters ? BIOSROM.font16 : BIOSROM.font8))
    }

    /// The same for a CGA or an MDA: programs know by the zeros that there is nothing newer.
    private func setAdapterArea(_ crt: Display6845, _ call: BIOSCall) {
        call.setByte(BDA.modeControl, crt.state.mode)
        call.setByte(BDA.palette, crt.state.colors)
        call.setByte(BDA.lastRow, 24)
        call.setWord(BDA.characterHeight, crt.kind == .mda ? 14 : 8)
        call.setBytes(BDA.lastRow + 3, [0, 0, 0, 0])
        call.setDword(0x43 * 4, BIOSROM.far(BIOSROM.font8))
    }

    /// 32 KiB of blanks, grey on black.
    private static let blanks = (0..<0x4000).flatMap { _ in [0x20, 0x07] as [UInt8] }

    /// Blanks of text, or no pixels.
    private func clearScreen(_ mode: UInt8, _ call: BIOSCall) {
        let isText = mode <= 3 || mode == 7
        if isText {
            call.setBytes(mode == 7 ? 0xB0000 : 0xB8000, Self.blanks)
        } else if mode == 0x13 {
            call.setBytes(0xA0000, [UInt8](repeating: 0, count: 0x10000))
        } else if mode >= 0x0D {
            vga?.state.memory.clear()
        } else {
            call.setBytes(0xB8000, [UInt8](repeating: 0, count: 0x8000))
        }
    }

    /// Bytes of a page: of text what its cells need, of pixels what those of one plane need, in whole blocks.
    private static func pageSize(_ mode: UInt8) -> UInt16 {
        switch mode {
        case 0x00, 0x01: 0x800
        case 0x02, 0x03, 0x07: 0x1000
        case 0x0D, 0x13: 0x2000
        case 0x0F, 0x10: 0x8000
        case 0x11, 0x12: 0xA000
        default: 0x4000
        }
    }

    /// Function 0F.
    func readMode(_ call: BIOSCall) {
        call.al = call.byte(BDA.videoMode) | call.byte(BDA.lastRow + 3) & 0x80
        call.ah = UInt8(truncatingIfNeeded: call.columns)
        call.bh = call.byte(BDA.page)
    }

    /// Function 03.
    func readCursor(_ call: BIOSCall) {
        let place = call.cursor(call.bh)
        call.dh = place.row
        call.dl = place.column
        call.cx = call.word(BDA.cursorShape)
    }

    /// Function 05.
    func choosePage(_ call: BIOSCall) {
        guard call.al < 8 else { return }
        if call.al != call.byte(BDA.page) { willLeaveScreen(call) }
        let start = UInt16(call.al) &* call.word(BDA.pageSize)
        call.setByte(BDA.page, call.al)
        call.setWord(BDA.pageStart, start)
        // Words of text, and of a CGA's graphics; bytes of planes.
        display?.pictureStart = 0x0D...0x12 ~= call.videoMode ? Int(start) : Int(start) / 2
        showCursor(call)
    }

    // MARK: Cursor

    /// Moves a page's cursor, and the one on the screen if that page is shown.
    func setCursor(_ place: TextPlace, _ call: BIOSCall) {
        guard place.page < 8 else { return }
        call.setWord(BDA.cursors + UInt32(place.page) * 2, place.word)
        if place.page == call.byte(BDA.page) { showCursor(call) }
    }

    /// Puts the display's cursor where that of the page shown is.
    private func showCursor(_ call: BIOSCall) {
        let place = call.cursor(call.byte(BDA.page))
        display?.cursorPlace = Int(call.word(BDA.pageStart)) / 2 + Int(place.row) * call.columns + Int(place.column)
    }

    /// First and last line of the cursor; bit 5 of the first one hides it.
    ///
    /// Lines of a character of eight are those of the present font, unless the guest has switched that off.
    func setCursorShape(_ shape: UInt16, _ call: BIOSCall) {
        call.setWord(BDA.cursorShape, shape)
        guard let display else { return }
        // A 6845 has two bits for how the cursor blinks.
        if crt != nil { return display.setCursorLines(first: shape.high & 0x7F, last: shape.low & 0x1F) }
        let height = call.byte(BDA.characterHeight)
        var (first, last) = (shape.high & 0x1F, shape.low & 0x1F)
        if call.byte(BDA.lastRow + 3) & 1 == 0, height > 8, first < 8, last < 8 {
            func scaled(_ line: UInt8) -> UInt8 { line > 3 ? line &+ height &- 9 : line }
            (first, last) = (scaled(first), scaled(last))
        }
        display.setCursorLines(first: first | shape.high & 0x20, last: last)
    }

    // MARK: Fonts and adapter

    /// Function 11, 00 and 10: CX characters from DX on of BH lines each, at ES:BP, into block BL.
    func loadFont(_ call: BIOSCall) {
        let height = Int(call.bh)
        guard 1...32 ~= height else { return }
        for number in 0..<min(call.cx, 256) {
            let start = Self.block(call.bl) + Int(call.dx &+ number & 0xFF) * 32
            for line in 0..<UInt16(height) {
                let row = call.byte(call.physical(call.es, call.bp &+ number &* UInt16(height) &+ line))
                vga?.state.memory[start + Int(line), plane: 2] = row
            }
        }
    }

    /// Function 11, 01 to 04: one of the BIOS's own fonts into block BL.
    func loadFont(height: Int, _ call: BIOSCall) {
        let rows = height == 8 ? Font8x8.rows : Font8x16.rows
        vga?.state.memory.setFont(rows, height: height, at: Self.block(call.bl))
    }

    /// Where a block is in plane 2: four of 16 KiB, behind the first halves the second ones.
    private static func block(_ number: UInt8) -> Int { Int(number & 3) << 14 | Int(number >> 2 & 1) << 13 }

    /// Function 11, 11 to 14: another font, and as many rows as it has room for.
    func setFont(height: UInt8, _ call: BIOSCall) {
        guard call.videoMode <= 3 || call.videoMode == 7 else { return }
        loadFont(height: Int(height), call)
        setRows(height: height, call)
        let font = height == 8 ? BIOSROM.font8 : BIOSROM.font16
        call.setDword(0x43 * 4, BIOSROM.far(font))
        setCursorShape(call.word(BDA.cursorShape), call)
    }

    /// As many rows as characters of a height have room for.
    func setRows(height: UInt8, _ call: BIOSCall) {
        guard call.isText, 1...32 ~= height else { return }
        let rows = 400 / Int(height)
        call.setByte(BDA.lastRow, UInt8(clamping: rows - 1))
        call.setWord(BDA.characterHeight, UInt16(height))
        call.setWord(BDA.pageSize, UInt16(truncatingIfNeeded: (call.columns * rows * 2 + 0x7FF) & ~0x7FF))
        if let vga { vga.state.crtc[9] = vga.state.crtc[9] & 0xE0 | (height - 1) }
        state.echo.shown = []
    }

    /// Function 11, 21 to 24: the font of graphics modes, for as many rows as BL says, DL if that is 0.
    func setPixelFont(_ pointer: UInt32, height: UInt16, _ call: BIOSCall) {
        let rows: UInt8 =
            switch call.bl {
            case 0: call.dl
            case 1: 14
            case 3: 43
            default: 25
            }
        call.setDword(0x43 * 4, pointer)
        call.setByte(BDA.lastRow, rows &- 1)
        call.setWord(BDA.characterHeight, height & 0xFF)
    }

    /// Function 11, 30: where a font is.
    func readFont(_ call: BIOSCall) {
        let (offset, height): (UInt16, UInt16)
        switch call.bh {
        case 0: (offset, height) = (call.word(0x1F * 4), 8)
        case 1: (offset, height) = (call.word(0x43 * 4), call.word(BDA.characterHeight))
        case 3: (offset, height) = (BIOSROM.font8, 8)
        case 4: (offset, height) = (BIOSROM.font8Upper, 8)
        default: (offset, height) = (BIOSROM.font16, 16)
        }
        let isPointer = call.bh < 2
        call.es = isPointer ? call.word(call.bh == 0 ? 0x7E : 0x10E) : BIOSROM.segment
        call.bp = offset
        call.cx = height
        call.dl = call.byte(BDA.lastRow)
    }

    /// Function 12.
    func adapter(_ call: BIOSCall) {
        switch call.bl {
        case 0x10:
            // Colour, 256 KiB.
            call.bx = 0x0003
            call.cx = 0x0009
        case 0x30...0x36:
            // 31 the palette is set with the mode, 33 grey scales, 34 lines of the cursor; 0 is yes.
            let flag: [UInt8: (address: UInt32, mask: UInt8)] = [
                0x31: (BDA.videoFlags, 0x08), 0x34: (BDA.lastRow + 3, 0x01),
            ]
            if let (address, mask) = flag[call.bl] {
                call.setByte(address, call.byte(address) & ~mask | (call.al & 1 != 0 ? mask : 0))
            } else if call.bl == 0x36, let vga {
                vga.state.sequencer[1] = vga.state.sequencer[1] & ~0x20 | call.al << 5 & 0x20
            }
            call.al = 0x12
        default: break
        }
    }

    /// Function 1A: a VGA with a colour display.
    func display(_ call: BIOSCall) {
        guard call.al <= 1 else { return }
        if call.al == 0 { call.bx = 0x0008 }
        call.al = 0x1A
    }
}
