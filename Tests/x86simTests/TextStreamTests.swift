import Testing

@testable import x86sim

@Suite("Streams that share standard output")
struct TextStreamTests {
    private let sink = MemorySink()
    private let streams: TextStreams
    private let first: any ByteSink
    private let second: any ByteSink

    init() {
        streams = TextStreams(to: sink)
        first = streams.stream(named: "one")
        second = streams.stream(named: "two", group: 1)
    }

    @Test func oneStreamAloneIsAsItIs() {
        first.write("a\nb")
        streams.flush()
        #expect(sink.text == "a\nb")
        first.write("c\n")
        streams.finish()
        #expect(sink.text == "a\nbc\n")
    }

    @Test func charactersInTurnsAreLinesWithNames() {
        for byte in Array("Hi\nHo\n".utf8) {
            first.write(byte: byte)
            second.write(byte: byte)
        }
        streams.finish()
        #expect(sink.text == "one: Hi\ntwo: Hi\none: Ho\ntwo: Ho\n")
    }

    @Test func aGroupIsOneTextUntilItsLinesMeet() {
        let other = streams.stream(named: "three")
        first.write("a\n")
        other.write("b\n")
        #expect(sink.text == "a\nb\n")
        first.write("c")
        other.write("d\n")
        first.write("e\n")
        streams.finish()
        #expect(sink.text == "a\nb\nthree: d\none: ce\n")
    }

    @Test func aPromptIsSeenAtOnceAndStaysWhole() {
        first.write("name? ")
        streams.flush()
        #expect(sink.text == "name? ")
        second.write("log\n")
        #expect(sink.text == "name? ")
        first.write("x\n")
        #expect(sink.text == "name? x\ntwo: log\n")
    }

    @Test func aPromptThatStaysMakesRoomForOthers() {
        first.write("name? ")
        streams.flush()
        second.write("log\nmore")
        streams.flush()
        #expect(sink.text == "name? \ntwo: log\ntwo: more")
        first.write("x\n")
        streams.finish()
        #expect(sink.text == "name? \ntwo: log\ntwo: more\none: x\n")
    }

    @Test func theEndPassesOnEverything() {
        first.write("a")
        second.write("b")
        first.write("c")
        streams.finish()
        #expect(sink.text == "one: ac\ntwo: b")
        streams.write("screen\n")
        #expect(sink.text == "one: ac\ntwo: b\nscreen\n")
    }

    @Test func aLineWithoutAnEndIsNotKeptForever() {
        for _ in 0..<200_000 {
            first.write(byte: 0x61)
            second.write(byte: 0x62)
        }
        // Both stand for at most what may wait, and a line's length each.
        #expect(sink.bytes.count > 400_000 - (1 << 16) - 2 * 4096)
        streams.finish()
        #expect(sink.bytes.count { $0 == 0x61 } == 200_000 && sink.bytes.count { $0 == 0x62 } == 200_000)
    }

    @Test func aGuestOnTwoConsolesKeepsItsLinesWhole() throws {
        // mov dx, 3fb; mov al, 3; out dx, al
        // mov si, text; again: lodsb; out e9, al; mov dx, 3f8; out dx, al; cmp al, 0a; jne again; cli; hlt
        let code: [UInt8] = [
            0xBA, 0xFB, 0x03, 0xB0, 0x03, 0xEE, 0xBE, 0x16, 0x7C, 0xAC, 0xE6, 0xE9, 0xBA, 0xF8, 0x03, 0xEE, 0x3C, 0x0A,
            0x75, 0xF5, 0xFA, 0xF4,
        ]
        let file = try TemporaryFile(code + Array("Hi\n".utf8))
        let host = TestHost()
        #expect(host.run(["run", file.path, "--quiet", "--fuel", "1000", "--halt-ok"]) == 0)
        #expect(host.output.text == "debugcon: Hi\nserial: Hi\n")
    }
}
