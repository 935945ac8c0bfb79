import X86Interp

extension BIOSService {
    /// INT 10h AH=10h: what the palette and the DAC have, read and changed in the display's registers.
    ///
    /// Source: IBM PS/2 BIOS reference.
    static let palette: [BIOSFunction] = [
        .init(0x10, al: 0x00, "set palette register", needs: .vga) { $0.setPalette($1.bl, $1.bh) },
        .init(0x10, al: 0x01, "set border", needs: .vga) { $0.setPalette(BIOS.border, $1.bh) },
        .init(0x10, al: 0x02, "set all palette registers", needs: .vga) { $0.setAllPalette($1) },
        .init(0x10, al: 0x03, "blink or bright background", needs: .vga) { $0.setBlinking($1) },
        .init(0x10, al: 0x07, "read palette register", needs: .vga) { $1.bh = $0.paletteRegister($1.bl) },
        .init(0x10, al: 0x08, "read border", needs: .vga) { $1.bh = $0.paletteRegister(BIOS.border) },
        .init(0x10, al: 0x09, "read all palette registers", needs: .vga) { $0.readAllPalette($1) },
        .init(0x10, al: 0x10, "set colour register", needs: .vga) { $0.setColor($1.bl, $1.dh, $1.ch, $1.cl) },
        .init(0x10, al: 0x12, "set colour registers", needs: .vga) { $0.setColors($1) },
        .init(0x10, al: 0x13, "choose colour page", needs: .vga) { $0.chooseColorPage($1) },
        .init(0x10, al: 0x15, "read colour register", needs: .vga) { $0.readColour($1) },
        .init(0x10, al: 0x17, "read colour registers", needs: .vga) { $0.readColors($1) },
        .init(0x10, al: 0x18, "set PEL mask", needs: .vga) { $0.vga?.state.mask = $1.bl },
        .init(0x10, al: 0x19, "read PEL mask", needs: .vga) { $1.bl = $0.vga?.state.mask ?? 0xFF },
        .init(0x10, al: 0x1A, "read colour page", needs: .vga) { $0.readColorPage($1) },
        .init(0x10, al: 0x1B, "grey scales", needs: .vga) { $0.makeGrey($1) },
        .init(0x10, "palette", needs: .vga) { _, _ in },
    ]
}

extension BIOS {
    /// The border's register in the attribute controller.
    static let border: UInt8 = 0x11

    /// A register of the attribute controller; numbers without one are left alone.
    func setPalette(_ number: UInt8, _ value: UInt8) {
        guard number <= 0x14 else { return }
        vga?.state.attribute[Int(number)] = number < 0x10 ? value & 0x3F : value
    }

    func paletteRegister(_ number: UInt8) -> UInt8 {
        number <= 0x14 ? vga?.state.attribute[Int(number)] ?? 0 : 0
    }

    /// 02: 16 palette registers and the border at ES:DX.
    func setAllPalette(_ call: BIOSCall) {
        for number in UInt16(0)...16 {
            let value = call.byte(call.physical(call.es, call.dx &+ number))
            setPalette(number < 16 ? UInt8(number) : Self.border, value)
        }
    }

    /// 09: the same, read.
    func readAllPalette(_ call: BIOSCall) {
        for number in UInt16(0)...16 {
            let value = paletteRegister(number < 16 ? UInt8(number) : Self.border)
            call.setByte(call.physical(call.es, call.dx &+ number), value)
        }
    }

    /// 03: BL 0 bright backgrounds, 1 blinking.
    func setBlinking(_ call: BIOSCall) {
        guard let vga, call.bl < 2 else { return }
        vga.state.attribute[0x10] = vga.state.attribute[0x10] & ~8 | call.bl << 3
        call.setByte(BDA.modeControl, call.byte(BDA.modeControl) & ~0x20 | call.bl << 5)
    }

    // MARK: Colours

    // By the DAC's ports, as a BIOS does it: a colour that the guest has begun to write is given up.

    func setColor(_ number: UInt8, _ red: UInt8, _ green: UInt8, _ blue: UInt8) {
        vga?.state.chooseColor(number, reads: false)
        for part in [red, green, blue] { vga?.state.writeDAC(part) }
    }

    /// A colour of six bits a part; the usual one without a display.
    private func color(_ number: UInt8) -> (red: UInt8, green: UInt8, blue: UInt8) {
        guard let vga else {
            let usual = VGAPalette.standard[Int(number)]
            return (usual.red >> 2, usual.green >> 2, usual.blue >> 2)
        }
        vga.state.chooseColor(number, reads: true)
        return (vga.state.readDAC(), vga.state.readDAC(), vga.state.readDAC())
    }

    /// 12: CX colours from BX on, at ES:DX; behind the last one comes the first.
    func setColors(_ call: BIOSCall) {
        for index in 0..<call.cx {
            let place = call.dx &+ index &* 3
            func part(_ number: UInt16) -> UInt8 { call.byte(call.physical(call.es, place &+ number)) }
            setColor(call.bl &+ index.low, part(0), part(1), part(2))
        }
    }

    /// 17: the same, read.
    func readColors(_ call: BIOSCall) {
        for index in 0..<call.cx {
            let color = color(call.bl &+ index.low)
            for (number, part) in [color.red, color.green, color.blue].enumerated() {
                call.setByte(call.physical(call.es, call.dx &+ index &* 3 &+ UInt16(number)), part)
            }
        }
    }

    /// 15: DH, CH and CL.
    func readColour(_ call: BIOSCall) { (call.dh, call.ch, call.cl) = color(call.bl) }

    /// 13: BL 0 four pages of 64 or 16 of 16 colours by BH, 1 page BH.
    func chooseColorPage(_ call: BIOSCall) {
        guard let vga else { return }
        let control = vga.state.attribute[0x10]
        if call.bl == 0 {
            vga.state.attribute[0x10] = control & 0x7F | call.bh << 7
        } else if call.bl == 1 {
            vga.state.attribute[0x14] = (control & 0x80 != 0 ? call.bh : call.bh << 2) & 0x0F
        }
    }

    /// 1A: BL how many pages there are, BH the page.
    func readColorPage(_ call: BIOSCall) {
        let isSmall = paletteRegister(0x10) & 0x80 != 0
        call.bl = isSmall ? 1 : 0
        call.bh = isSmall ? paletteRegister(0x14) & 0x0F : paletteRegister(0x14) >> 2 & 3
    }

    /// 1B: CX colours from BX on become grey: 30 % red, 59 % green, 11 % blue.
    func makeGrey(_ call: BIOSCall) {
        for index in 0..<min(call.cx, 256) {
            let number = call.bl &+ index.low
            let color = color(number)
            let sum = Int(color.red) * 77 + Int(color.green) * 151 + Int(color.blue) * 28
            let grey = UInt8(min(63, (sum + 128) / 256))
            setColor(number, grey, grey, grey)
        }
    }

    /// Function 0B: BH 0 the border, in graphics the background, BH 1 which CGA palette colours 1 to 3 are of.
    func setBackground(_ call: BIOSCall) {
        if let crt { return setBackground(crt, call) }
        guard let vga else { return }
        // Bit 4 made CGA colours bright.
        func color(_ number: UInt8) -> UInt8 { number & 7 | number << 1 & 0x10 }
        let old = call.byte(BDA.palette)
        if call.bh == 0 {
            setPalette(Self.border, color(call.bl))
            if vga.state.isGraphics { setPalette(0, color(call.bl)) }
            call.setByte(BDA.palette, old & 0xE0 | call.bl & 0x1F)
        } else if call.bh == 1 {
            call.setByte(BDA.palette, old & ~0x20 | call.bl << 5 & 0x20)
            guard vga.state.isGraphics else { return }
            for number in UInt8(1)...3 {
                setPalette(number, paletteRegister(number) & ~1 | call.bl & 1)
            }
        }
    }

    /// The same in the latch of a CGA.
    private func setBackground(_ crt: Display6845, _ call: BIOSCall) {
        let old = call.byte(BDA.palette)
        switch call.bh {
        case 0: call.setByte(BDA.palette, old & 0xE0 | call.bl & 0x1F)
        case 1: call.setByte(BDA.palette, old & ~0x20 | call.bl << 5 & 0x20)
        default: return
        }
        if crt.kind == .cga { crt.state.colors = call.byte(BDA.palette) & 0x3F }
    }
}
