import TestSupport
import Testing
import X86Interp

@testable import Devices
@testable import x86sim

/// Frames one behind the other: text, pixels, the host's line, other sizes.
@Suite("Frames of a live screen") struct LivePainterTests {
    /// 320x200 without a display, as the data area of a BIOS says; the first line has a colour.
    private static func pixels(_ color: UInt8, line: Int = 0) throws -> TextScreen {
        let memory = try PhysicalMemory(ramSize: 1 << 20)
        memory.store(0x13, at: 0x449)
        memory.store(40, at: 0x44A)
        for x in 0..<320 { memory.store(color, at: 0xA0000 + UInt32(line * 320 + x)) }
        return TextScreen(memory: memory)
    }

    private static let size = TerminalSize(columns: 40, rows: 13, cellWidth: 8, cellHeight: 16)

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test func whatIsEqualIsNotDrawnAgain() throws {
        for graphics in [TerminalGraphics.halfBlocks, .kitty, .sixel] {
            var painter = LivePainter(graphics)
            let frame = LiveFrame(screen: try Self.pixels(4))
            let first = painter.bytes(frame, on: Self.size)
            #expect(first.starts(with: Array("\u{1B}[?2026h".utf8)) && Self.text(first).hasSuffix("\u{1B}[?2026l"))
            #expect(painter.bytes(frame, on: Self.size).isEmpty)
            painter.forget()
            #expect(painter.bytes(frame, on: Self.size) == first)
            var larger = Self.size
            larger.columns += 1
            #expect(!painter.bytes(frame, on: larger).isEmpty)
        }
    }

    /// Twelve strips above a row that stays free; one that has changed is drawn alone.
    @Test(arguments: [(TerminalGraphics.kitty, "\u{1B}_Ga=T"), (.sixel, "\u{1B}P0;1;0q")])
    func picturesAreStrips(graphics: TerminalGraphics, start: String) throws {
        var painter = LivePainter(graphics)
        let first = Self.text(painter.bytes(LiveFrame(screen: try Self.pixels(4)), on: Self.size))
        #expect(first.split(separator: start, omittingEmptySubsequences: false).count == 1 + 12)
        #expect(first.contains("\u{1B}[12;1H" + start) && !first.contains("\u{1B}[13;1H" + start))
        let other = LiveFrame(screen: try Self.pixels(4, line: 198))
        let second = Self.text(painter.bytes(other, on: Self.size))
        // The first strip, which is black now, and the last one.
        #expect(second.split(separator: start, omittingEmptySubsequences: false).count == 1 + 2)
        #expect(second.hasPrefix("\u{1B}[?2026h\u{1B}[1;1H" + start) && second.contains("\u{1B}[12;1H" + start))
    }

    @Test func theHostsLineComesAndGoes() throws {
        for graphics in [TerminalGraphics.halfBlocks, .kitty, .sixel] {
            var painter = LivePainter(graphics)
            let screen = try Self.pixels(4)
            _ = painter.bytes(LiveFrame(screen: screen), on: Self.size)
            let with = Self.text(painter.bytes(LiveFrame(screen: screen, line: " q quit"), on: Self.size))
            #expect(with.contains("\u{1B}[13;1H\u{1B}[0;38;5;15;48;5;4m q quit") && !with.contains("Ga=T"))
            let without = Self.text(painter.bytes(LiveFrame(screen: screen), on: Self.size))
            #expect(without.contains("\u{1B}[13;1H") && !without.contains("quit"))
        }
    }

    @Test func textBehindPixelsIsDrawnAsAWhole() throws {
        var painter = LivePainter(.kitty)
        _ = painter.bytes(LiveFrame(screen: try Self.pixels(4)), on: Self.size)
        let screen = try CellPainterTests.screen([(0x41, 0x07)])
        let text = Self.text(painter.bytes(LiveFrame(screen: screen), on: Self.size))
        #expect(text.contains("\u{1B}_Ga=d,d=A,q=2\u{1B}\\") && text.contains("\u{1B}[2J") && text.contains("mA"))
        // And back: all strips.
        let back = Self.text(painter.bytes(LiveFrame(screen: try Self.pixels(4)), on: Self.size))
        #expect(back.split(separator: "\u{1B}_Ga=T", omittingEmptySubsequences: false).count == 1 + 12)
    }

    @Test func anyTerminalHasAPicture() throws {
        for graphics in [TerminalGraphics.halfBlocks, .kitty, .sixel] {
            for size in [(1, 1, 0, 0), (2, 2, 1, 1), (0, -1, 0, 0), (300, 2, 256, 1)] {
                var painter = LivePainter(graphics)
                let terminal = TerminalSize(columns: size.0, rows: size.1, cellWidth: size.2, cellHeight: size.3)
                #expect(!painter.bytes(LiveFrame(screen: try Self.pixels(4)), on: terminal).isEmpty)
            }
        }
    }

    /// Whatever changes from frame to frame, a terminal shows the frame that was drawn last.
    @Test func aTerminalShowsTheLastFrame() throws {
        var dice = SeededGenerator(seed: 7)
        var painter = LivePainter(.halfBlocks)
        var reader = ScreenReader(columns: 30, rows: 5)
        let size = TerminalSize(columns: 30, rows: 5)
        var cells = [(UInt8, UInt8)](repeating: (0x20, 7), count: 480)
        for _ in 0..<200 {
            for _ in 0..<Int.random(in: 0...40, using: &dice) {
                let place = Int.random(in: 0..<cells.count, using: &dice)
                cells[place] = (UInt8.random(in: 0...255, using: &dice), UInt8.random(in: 0...255, using: &dice))
            }
            let screen = try CellPainterTests.screen(cells)
            reader.draw(painter.bytes(LiveFrame(screen: screen), on: size))
            let grid = CellGrid(screen, columns: 30, rows: 5)
            #expect(reader.rows.joined() == String(String.UnicodeScalarView(grid.cells.map(\.scalar))))
        }
    }
}
