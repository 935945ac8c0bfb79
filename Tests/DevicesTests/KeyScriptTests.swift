import Testing
import X86Interp

@testable import Devices

@Suite("KeyScript") struct KeyScriptTests {
    @Test func stepsAreRead() {
        let key = { (character: Character) in KeyScript.Step.key(KeyStroke(typing: character.asciiValue ?? 0)) }
        let rows: [(text: String, steps: [KeyScript.Step])] = [
            ("a{wait:5s}b", [key("a"), .pause(milliseconds: 5000), key("b")]),
            ("{WAIT:20ms}", [.pause(milliseconds: 20)]),
            ("{wait:C:\\>}", [.text("C:\\>")]), ("{wait:\"5s\"}", [.text("5s")]), ("{wait:5 s}", [.text("5 s")]),
            ("{mouse:-1,2}", [.pointer(PointerMove(right: -1, up: -2))]),
            (
                "{press:middle}{mouse:1,1}",
                [UInt8(4), 4].enumerated().map { number, buttons in
                    let distance: Int16 = number == 0 ? 0 : 1
                    return KeyScript.Step.pointer(PointerMove(right: distance, up: -distance, buttons: buttons))
                }
            ),
            ("{wheel:-1}", [.pointer(PointerMove(wheel: -1))]), ("{{", [key("{")]),
        ]
        for (text, steps) in rows { #expect(KeyScript.parse(text).steps == steps, "\(text)") }
        for wrong in [
            "{wait:}", "{wait:99999999999s}x{", "{mouse:1}", "{mouse:1,-32768}", "{click:none}", "{wheel:200}",
            "{hold:left}",
        ] { #expect(KeyScript.parse(wrong).steps == nil, "\(wrong)") }
        #expect(KeyStroke.parse("{wait:5s}").strokes == nil, "where only strokes are allowed")
    }

    @Test func textsAreWaitedFor() {
        let script = KeyScript(KeyScript.parse("{wait:OK}x").steps ?? [])
        var screen = "Not yet"
        script.watch { screen.contains($0) }
        #expect(script.key(at: 0, waits: true) == .notYet && script.awaitedText == "OK")
        screen = "All is OK now"
        #expect(script.key(at: 0, waits: false) == .pause(milliseconds: 0) && script.awaitedText == nil)
        #expect(
            script.key(at: 1, waits: false) == .key(KeyStroke(typing: 0x78))
                && script.key(at: 2, waits: false) == .atEnd)
    }

    /// What a log notes comes out of it as it went in.
    @Test func everyInputGoesThroughTheLog() {
        var steps: [KeyScript.Step] = [.pause(milliseconds: 0), .pause(milliseconds: 86_400_000)]
        steps += KeyStroke.named.map { .key($0.stroke) }
        for (right, up) in [(0, 0), (1000, -1000), (-1000, 1000), (-1, 1)] as [(Int16, Int16)] {
            steps.append(.pointer(PointerMove(right: right, up: up, wheel: -16, buttons: 7)))
            steps.append(.pointer(PointerMove(right: up, up: right, wheel: 15, buttons: 5)))
        }
        let keys = LoggedKeys(KeyScript(steps), InputLog(), name: "keys")
        let log = InputLog()
        let logged = LoggedKeys(KeyScript(steps), log, name: "keys")
        for (number, step) in steps.enumerated() {
            let input: KeyInput =
                switch step {
                case .key(let stroke): .key(stroke)
                case .pause(let milliseconds): .pause(milliseconds: milliseconds)
                case .pointer(let move): .pointer(move)
                case .text: .notYet
                }
            #expect(logged.key(at: number, waits: false) == input, "\(step)")
        }
        #expect(
            keys.key(at: steps.count, waits: false) == .atEnd
                && keys.key(at: 0, waits: false) == .pause(milliseconds: 0))
    }
}
