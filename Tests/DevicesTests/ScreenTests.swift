import DeviceContract
import Testing
import X86Interp

@testable import Devices

@Suite("Screen") struct ScreenTests {
    @Test func checksumsAreThoseOfTheStandards() {
        #expect(PNGWriter.crc32(Array("123456789".utf8)) == 0xCBF4_3926)
        #expect(PNGWriter.adler32(Array("Wikipedia".utf8)) == 0x11E6_0398)
    }

    @Test func everyVisibleCharacterHasAPictureOfItsOwn() {
        #expect(Font8x16.rows.count == 4096)
        var seen: [[UInt8]: Int] = [:]
        for number in 0x21..<0xFF {
            let glyph = Array(Font8x16.rows[number * 16..<number * 16 + 16])
            #expect(glyph.contains { $0 != 0 }, "\(number)")
            #expect(seen.updateValue(number, forKey: glyph) == nil, "\(number)")
        }
    }

    @Test func theSmallFontIsDrawnForItsSize() {
        #expect(Font8x8.rows.count == 2048)
        var seen: [[UInt8]: Int] = [:]
        for number in 0x21..<0xFF {
            let glyph = Array(Font8x8.rows[number * 8..<number * 8 + 8])
            #expect(glyph.contains { $0 != 0 } && seen.updateValue(number, forKey: glyph) == nil, "\(number)")
        }
        func glyph(_ character: Unicode.Scalar) -> ArraySlice<UInt8> {
            let start = Int(CodePage437.byte(for: character) ?? 0) * 8
            return Font8x8.rows[start..<start + 8]
        }
        // Capitals and digits are seven lines high, small letters five, on one line; tails hang below it.
        for character in "ABCDEFGHIJKLMNOPRSTUVWXYZ0123456789".unicodeScalars {
            let lines = glyph(character)
            #expect(lines.first != 0 && lines.dropLast().last != 0 && lines.last == 0, "\(character)")
        }
        for character in "acemnorsuvwxz".unicodeScalars {
            #expect(glyph(character).prefix(2) == [0, 0] && glyph(character).suffix(2).first != 0, "\(character)")
        }
        for character in "gjpqy".unicodeScalars { #expect(glyph(character).last != 0, "\(character)") }
        // Lines of boxes meet their neighbours.
        #expect(glyph("│").allSatisfy { $0 == 0x18 } && glyph("─").filter { $0 == 0xFF }.count == 1)
    }

    @Test func fiftyRowsAreDrawnInTheSmallFont() throws {
        let guest = try BIOSGuest([])
        _ = try BIOSGuest.call(0x10, ax: 0x1112, on: guest)
        _ = try BIOSGuest.call(0x10, ax: 0x0E00 | 0x53, bx: 7, on: guest)
        let screen = guest.board.screen
        #expect(screen.rows == 50 && screen.characterHeight == 8)
        let plain = TextScreen(memory: guest.machine.memory)
        #expect(plain.rows == 50 && plain.characterHeight == 8)
        // The first character's pixels, nine dots wide, behind IHDR, 256 colours, and the headers of IDAT, zlib and its
        // first block.
        let png = screen.png()
        for line in 0..<8 {
            let start = 8 + 25 + 12 + 768 + 8 + 2 + 5 + line * 721 + 1
            let bits = png[start..<start + 8].reduce(UInt8(0)) { $0 << 1 | ($1 != 0 ? 1 : 0) }
            #expect(bits == Font8x8.rows[0x53 * 8 + line])
        }
    }

    @Test func colorsAreThoseOfAVGA() {
        #expect(VGAPalette.standard.count == 256)
        #expect(VGAPalette.standard[1] == ScreenColor(red: 0, green: 0, blue: 0xAA))
        #expect(VGAPalette.standard[6] == ScreenColor(red: 0xAA, green: 0x55, blue: 0))
        #expect(VGAPalette.standard[15] == ScreenColor(red: 0xFF, green: 0xFF, blue: 0xFF))
        #expect(VGAPalette.standard[32] == ScreenColor(red: 0, green: 0, blue: 0xFF))
        #expect(VGAPalette.standard[40] == ScreenColor(red: 0xFF, green: 0, blue: 0))
    }

    @Test func aScreenIsTextColourAndPicture() throws {
        let memory = try PhysicalMemory(ramSize: 1 << 20)
        memory.load([0x41, 0x1E, 0xB3, 0x07], at: 0xB8000)
        let screen = TextScreen(memory: memory)
        #expect(screen.lines == ["A│"])
        #expect(screen.ansi.hasPrefix("\u{1B}[0;93;44mA\u{1B}[0;37;40m│"))
        let png = screen.png()
        #expect(png.prefix(8) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        // IHDR: 640 by 400, a byte a pixel, by palette.
        #expect(png[16..<26] == [0, 0, 2, 0x80, 0, 0, 1, 0x90, 8, 3])
        #expect(png.suffix(12) == [0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82])
    }

    /// What is found without taking the screen is what the screen's rows show, spaces and foreign letters included.
    @Test func textsAreFoundAsTheRowsShowThem() throws {
        let memory = try PhysicalMemory(ramSize: 0x10000)
        var numbers = SeededGenerator(seed: 437)
        let texts = ["a", "ab", "a b", "ab ", " a", "  ", "b a b", "é", "\u{65}\u{301}", "", "☺", "\n", "aaaaa"]
        var found = 0
        for _ in 0..<60 {
            var display = VGA.State()
            let sparse = UInt32.random(in: 1...6, using: &numbers)
            for counter in 0..<2200 {
                let letters: [UInt32] = [0x61, 0x62, 0x20, 0, 0xFF, 0x82, 0x01, 0x61]
                let isEmpty = UInt32.random(in: 0..<sparse, using: &numbers) != 0
                let letter = isEmpty ? 0x20 : letters[Int.random(in: 0..<letters.count, using: &numbers)]
                display.memory[display.address(counter: counter, line: 0)] = 0x0700 | letter
            }
            display.start = Int.random(in: 0..<120, using: &numbers)
            let screen = TextScreen(memory: memory, display: display)
            for text in texts {
                let isShown = screen.shows(text)
                #expect(TextScreen.shows(text, memory: memory, display: display) == isShown, "\(text.debugDescription)")
                found += isShown ? 1 : 0
            }
        }
        #expect((100...700).contains(found))
    }

    @Test func textOfKeysIsParsed() {
        #expect(KeyStroke.parse("a{up}\\n").strokes?.map(\.word) == [0x1E61, 0x4800, 0x1C0D])
        #expect(KeyStroke.parse("{{{ctrl-c}{alt-x}").strokes?.map(\.word) == [0x1A7B, 0x2E03, 0x2D00])
        for wrong in ["{", "{nokey}", "\\", "\\q", "漢"] { #expect(KeyStroke.parse(wrong).strokes == nil, "\(wrong)") }
    }

    @Test func everyDayOfTwoCenturiesComesBack() {
        for day in stride(from: Int64(-20000), to: 70000, by: 7) {
            let time = CalendarTime(day * 86400 + 5)
            #expect(CalendarTime.days(year: time.year, month: time.month, day: time.day) == day)
        }
        _ = CalendarTime(.min)
        _ = CalendarTime(.max)
    }
}
