import Devices
import TestSupport
import Testing

@testable import x86sim

/// Bytes of a terminal as strokes of a guest's keyboard.
@Suite("Keys of a live screen") struct TerminalKeysTests {
    private static func strokes(_ bytes: [UInt8]) -> [String] {
        var keys = TerminalKeys()
        return (keys.take(bytes) + keys.flush()).map { input in
            switch input {
            case .stroke(let stroke): stroke.word.hex
            case .menu: "menu"
            }
        }
    }

    /// Keys as INT 16h has them (IBM PC AT technical reference).
    @Test(
        arguments: [
            ("a", ["1E61"]), ("A\r\t", ["1E41", "1C0D", "0F09"]), ("\u{7F}", ["0E08"]), ("\u{3}", ["2E03"]),
            ("\u{1C}\u{1E}\u{1F}", ["2B1C", "071E", "0C1F"]), ("\u{0}", ["0300"]), ("\u{1D}", ["menu"]),
            ("\u{1B}", ["011B"]), ("\u{1B}\u{1B}", ["011B", "011B"]), ("\u{1B}\u{1D}", ["011B", "menu"]),
            ("\u{1B}[A\u{1B}OB\u{1B}[C\u{1B}[D", ["4800", "5000", "4D00", "4B00"]),
            ("\u{1B}[H\u{1B}[F\u{1B}[1~\u{1B}[4~\u{1B}[7~\u{1B}[8~", ["4700", "4F00", "4700", "4F00", "4700", "4F00"]),
            ("\u{1B}[2~\u{1B}[3~\u{1B}[5~\u{1B}[6~", ["5200", "5300", "4900", "5100"]),
            ("\u{1B}OP\u{1B}[[A\u{1B}[11~", ["3B00", "3B00", "3B00"]), ("\u{1B}[15~\u{1B}[24~", ["3F00", "8600"]),
            // With Shift, Ctrl and Alt.
            ("\u{1B}[1;2P\u{1B}[15;5~\u{1B}[24;3~", ["5400", "6200", "8C00"]),
            ("\u{1B}[1;5C\u{1B}[1;3D\u{1B}[Z", ["7400", "9B00", "0F00"]),
            ("\u{1B}x\u{1B}X\u{1B}1\u{1B}\r", ["2D00", "2D00", "7800", "1C00"]), ("\u{1B}[", ["1A00"]),
            ("\u{1B}O", ["1800"]), ("\u{1B}OM", ["1C0D"]), ("é", ["0082"]), ("€x", ["2D78"]),
            // Answers that come late, and what nobody knows.
            ("\u{1B}_Gi=31;OK\u{1B}\\\u{1B}[?62;4cx", ["2D78"]), ("\u{1B}[6;16;8tx", ["2D78"]),
            ("\u{1B}[99~\u{1B}[Qx", ["3C00", "2D78"]), ("\u{1B}[1;\u{1B}[A", ["4800"]),
        ] as [(String, [String])])
    func bytesAreStrokes(text: String, expected: [String]) {
        #expect(Self.strokes(Array(text.utf8)) == expected)
        // In pieces it is the same.
        var keys = TerminalKeys()
        var inputs = text.utf8.flatMap { keys.take([$0]) }
        inputs += keys.flush()
        #expect(inputs.count == expected.count)
        #expect(!keys.isWaiting)
    }

    @Test func escapeWaitsForWhatMayFollow() {
        var keys = TerminalKeys()
        #expect(keys.take([0x1B]).isEmpty && keys.isWaiting)
        #expect(keys.take([0x5B, 0x31]).isEmpty && keys.isWaiting)
        #expect(keys.take([0x7E]) == [.stroke(KeyStroke(scan: 0x47, character: 0))] && !keys.isWaiting)
    }

    /// Whatever comes, it ends, keeps little, and does not depend on how it was cut into pieces.
    @Test func anyBytesAreSomething() {
        let alphabet: [UInt8] = [
            0x1B, 0x1B, 0x5B, 0x4F, 0x3B, 0x31, 0x7E, 0x41, 0x5F, 0x47, 0x5C, 0x1D, 0xC3, 0xA9, 0xE2,
        ]
        for seed in 0..<UInt64(LongTests.areWanted ? 20_000 : 500) {
            var dice = SeededGenerator(seed: seed)
            let bytes = (0..<Int.random(in: 0...600, using: &dice)).map { _ in
                let other = UInt8.random(in: 0...255, using: &dice)
                return Bool.random(using: &dice) ? alphabet[Int.random(in: 0..<alphabet.count, using: &dice)] : other
            }
            var (whole, pieces) = (TerminalKeys(), TerminalKeys())
            let once = whole.take(bytes) + whole.flush()
            var rest = bytes[...]
            var inputs: [TypedInput] = []
            while !rest.isEmpty {
                let count = Int.random(in: 1...5, using: &dice)
                inputs += pieces.take(Array(rest.prefix(count)))
                rest = rest.dropFirst(count)
            }
            inputs += pieces.flush()
            #expect(once == inputs, "seed \(seed)")
            #expect(!whole.isWaiting && !pieces.isWaiting)
        }
    }

    @Test func aTerminalSaysWhatItCan() {
        func take(_ text: String) -> (TerminalAnswers, String) {
            var answers = TerminalAnswers()
            let rest = answers.take(from: Array(text.utf8))
            return (answers, String(decoding: rest, as: UTF8.self))
        }
        let (kitty, typed) = take("a\u{1B}_Gi=31;OK\u{1B}\\b\u{1B}[6;20;10t\u{1B}[?62;4;22cc")
        #expect(kitty.graphics == .kitty && kitty.cellWidth == 10 && kitty.cellHeight == 20 && kitty.isComplete)
        #expect(typed == "abc")
        #expect(take("\u{1B}[?62;4;22c").0.graphics == .sixel)
        #expect(take("\u{1B}[?4;22c").0.graphics == .halfBlocks)
        #expect(take("\u{1B}_Gi=31;ENODATA\u{1B}\\\u{1B}[?1;2c").0.graphics == .halfBlocks)
        #expect(take("\u{1B}_Gi=31;OK").0 == TerminalAnswers())
        #expect(take("\u{1B}[6;99999999999999999999;8t").0.cellHeight <= 256)
        #expect(take("\u{1B}[A").1 == "\u{1B}[A")
    }

    @Test func aKeyboardGoesOnWhereTheMachineIs() throws {
        let keys = LiveKeys()
        #expect(keys.key(at: 0, waits: true) == .notYet)
        keys.add(KeyStroke(typing: 0x61))
        #expect(keys.key(at: 0, waits: false) == .key(KeyStroke(typing: 0x61)))
        // A snapshot's machine had taken 56 strokes.
        #expect(keys.key(at: 57, waits: false) == .notYet)
        keys.add(KeyStroke(typing: 0x62))
        #expect(keys.key(at: 57, waits: false) == .key(KeyStroke(typing: 0x62)))
        // One that was put back does not see again what was typed before.
        #expect(keys.key(at: 3, waits: false) == .notYet)
        #expect(keys.key(at: .max, waits: false) == .notYet && keys.key(at: 0, waits: false) == .notYet)
        keys.isAtEnd = true
        #expect(keys.key(at: 0, waits: false) == .atEnd)
        let script = LiveKeys(after: KeyScript([.key(KeyStroke(typing: 0x63))]))
        script.add(KeyStroke(typing: 0x64))
        #expect(script.key(at: 0, waits: false) == .key(KeyStroke(typing: 0x63)))
        #expect(script.key(at: 1, waits: false) == .key(KeyStroke(typing: 0x64)))
    }
}
