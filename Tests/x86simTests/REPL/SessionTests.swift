import Foundation
import TestSupport
import Testing

@testable import x86sim

@Suite("What a session of the debugger says")
struct SessionTests {
    private static func path(_ name: String) -> String { SourceTree.root.appendingPathComponent(name).path }

    /// A boot sector with this code.
    private static func sector(_ code: [UInt8]) -> [UInt8] {
        code + [UInt8](repeating: 0, count: 510 - code.count) + [0x55, 0xAA]
    }

    private static func text(_ code: [UInt8], _ options: [String] = [], _ lines: [String]) throws -> String {
        let file = try TemporaryFile(code)
        return try SessionRunner.transcript([file.path] + options, lines)
    }

    // MARK: Keys

    // mov ah,0; int 16; mov [600],al; cli; hlt
    private static let waiting = sector([0xB4, 0x00, 0xCD, 0x16, 0xA2, 0x00, 0x06, 0xFA, 0xF4])

    @Test func aGuestThatWaitsForAKeyIsToldAndGetsOne() throws {
        let text = try Self.text(Self.waiting, ["-m", "1M"], ["c", "why", "keys x", "c", "x/1xb 600"])
        #expect(text.contains("stopped: the guest waits for a key (INT 16h); 'keys TEXT' types at F000:"), "\(text)")
        #expect(text.contains("halted: the guest waits for a key (INT 16h before 0000:7C04)"), "\(text)")
        #expect(text.contains("stopped: halted for good (HLT with IF=0) at 0000:7C09"), "\(text)")
        #expect(text.contains("00000600  78"), "\(text)")
    }

    @Test func typedKeysComeAgainWhenThePastIsRunAgain() throws {
        let lines = ["c", "keys q", "c", "rs", "rs", "goto 0", "c", "c", "x/1xb 600"]
        let text = try Self.text(Self.waiting, ["-m", "1M"], lines)
        #expect(text.hasSuffix("00000600  71\n"), "\(text)")
    }

    @Test func theStatusIsThatOfRun() throws {
        let file = try TemporaryFile(Self.waiting)
        for options in [[], ["--halt-ok"]] {
            let run = TestHost()
            let status = run.run(["run", file.path, "--quiet"] + options)
            #expect(SessionRunner.run([file.path, "-ex", "c", "-batch"] + options).status == status)
        }
    }

    // MARK: Effects

    // mov cx,3; mov di,600; mov al,41; rep stosb; hlt
    private static let storing: [UInt8] = [0xB9, 3, 0, 0xBF, 0, 6, 0xB0, 0x41, 0xF3, 0xAA, 0xFA, 0xF4]

    @Test func goingBackShowsNoWrite() throws {
        let options = ["--boot", "flat", "--entry", "0:7c00"]
        let text = try Self.text(Self.storing, options, ["s 3", "s", "rs", "s", "s", "s"])
        let lines = text.split(separator: "\n").filter { $0.contains("rep stosb") }
        #expect(lines.filter { $0.contains("[0600] <- 41 'A'") }.count == 2, "\(text)")
        #expect(lines.filter { $0.contains("[0601] <- 41 'A'") }.count == 1, "\(text)")
        // Behind 'rs', and on arrival.
        #expect(lines.filter { !$0.contains("<-") }.count == 2, "\(text)")
    }

    /// The line behind a repetition that did nothing, or that another one follows, tells of no write.
    @Test func aRepetitionOfNothingShowsNoWrite() throws {
        // xor cx,cx; mov di,600; rep stosb; mov cl,2; rep stosb
        let code: [UInt8] = [0x31, 0xC9, 0xBF, 0, 6, 0xF3, 0xAA, 0xF3, 0xAA, 0xFA, 0xF4]
        let text = try Self.text(code, ["--boot", "flat", "--entry", "0:7c00"], ["s 2", "s"])
        #expect(!text.contains("<-"), "\(text)")
    }

    @Test func whyForgetsWhatHasNotHappenedYet() throws {
        // nop; int 21; ...: the vector is empty
        let code: [UInt8] = [0x90, 0x90, 0xCD, 0x21]
        let options = ["--boot", "flat", "--entry", "0:7c00", "--machine", "bare"]
        let text = try Self.text(code, options, ["s 3", "why", "goto 1", "why", "s 2", "why"])
        let parts = text.components(separatedBy: "(x86) why\n")
        #expect(parts[1].hasPrefix("nothing handles interrupt 21 at 0000:7C02"), "\(text)")
        #expect(parts[2].hasPrefix("last fault: none."), "\(text)")
        #expect(parts[3].hasPrefix("nothing handles interrupt 21 at 0000:7C02"), "\(text)")
    }

    /// The fault before the present moment is told, not the later one, nor none.
    @Test func whyTellsOfTheFaultBeforeThePresent() throws {
        // At 7C20 a handler of #DE and #UD: iret behind two bytes. [0], [18] = 0000:7C20
        var code: [UInt8] = [
            0xC7, 0x06, 0x00, 0x00, 0x20, 0x7C, 0xC7, 0x06, 0x18, 0x00, 0x20, 0x7C,  // vectors
            0x31, 0xC9, 0xF7, 0xF1, 0x90, 0x90, 0x0F, 0x0B, 0x90, 0xFA, 0xF4,
        ]
        code += [UInt8](repeating: 0x90, count: 0x20 - code.count)
        // mov bp,sp; add word [bp],2; iret
        code += [0x89, 0xE5, 0x83, 0x46, 0x00, 0x02, 0xCF]
        let options = ["--boot", "flat", "--entry", "0:7c00", "--machine", "bare"]
        let text = try Self.text(code, options, ["b 7c10", "c", "p icount", "d 1", "c", "why", "rc", "goto 9", "why"])
        let parts = text.components(separatedBy: "(x86) why\n")
        #expect(parts[1].contains("last fault: #UD"), "\(text)")
        #expect(parts[2].contains("last fault: #DE"), "\(text)")
    }

    @Test func aVectorOfTheIDTIsNamedAsSuch() throws {
        // lidt of limit 0 at 7C40; PE; int 43
        var code: [UInt8] = [0x0F, 0x01, 0x1E, 0x40, 0x7C, 0x0F, 0x20, 0xC0, 0x0C, 1, 0x0F, 0x22, 0xC0, 0xCD, 0x43]
        code += [UInt8](repeating: 0, count: 0x46 - code.count)
        let options = ["--boot", "flat", "--entry", "0:7c00", "--fault", "stop"]
        let text = try Self.text(code, options, ["c", "why"])
        #expect(text.contains("vector: vector 43 of the IDT"), "\(text)")
        #expect(!text.contains("is entry"), "\(text)")
    }

    // MARK: Breakpoints

    private static let outputs: [([String], String)] = [
        (["b 7c0f"], "breakpoint 1 at 00007C0F"), (["b 0:7c0f"], "breakpoint 1 at 0000:7C0F"),
        (["watch 600,10"], "watchpoint 1: change of 10 bytes at 00000600"),
        (["set radix 10", "watch 1536,10"], "watchpoint 1: change of 10 bytes at 00000600"),
        (["set radix 10", "watch 1536,0"], "0 bytes are no length from 1 to 65536"),
        (["b io 302/2"], "breakpoint 1: port 302, 16 bits"),
        (["b 7c0f", "delete 1"], "breakpoint 1 at 00007C0F deleted"),
        (["b 7c0f", "disable", "enable 1"], "breakpoint 1 at 00007C0F is enabled"),
        (["b 7c0f", "ignore 1 2"], "breakpoint 1 at 00007C0F passes over 2 hits"),
        (["b 7c0f", "condition 1 ax == 1"], "breakpoint 1 at 00007C0F if ax == 1"),
        (["s 8", "b 7c01"], "note: this is 1 byte inside an instruction that has run from 00007C00"),
        (["b 7c0f do frobnicate", "info break"], "error: no command 'frobnicate'"),
        (["b 7c0f do print", "info break"], "no breakpoints"), (["b 7c0f do print nosuch"], "error: 'nosuch' is no"),
        (["b 7c0f do x/9z 7c00"], "error: x has no format 'z'"), (["b 7c0f do source /x"], "error: an action may look"),
        (["b 7c0f do r ax=1"], "error: an action may look"),
        (["b 7c0f do r ax; d ss:sp 10", "c"], "ax = 0\n"),
        (["in /w 510", "in 510/2"], "510 (fw_cfg selector, kernel tier): FFFF (live)"),
        (["port 302/2 stub const 1234", "in 302/2"], "302 (port302, kernel tier): 1234 (live)"),
        (["in 302/3"], "error: '3' is no width"),
        (["port 3f8 stub const 77", "in 3f8", "in 3f9"], "3F8 (port3f8, kernel tier): 77 (live)"),
        (["port 3f8 stub const 77", "restart", "port 3f8"], "port 3F8 (uart data, kernel tier)"),
        (["set word [600] = 7b", "x/6uh 600"], "00000600  123    0    0    0\n00000608    0    0\n"),
        (["s", "r"], "*"), (["run"], "the guest ended with code 0"), (["c", "run"], "the guest ended with code 0"),
        (["info devices pic"], "\n  master mask (IMR)  "), (["info devices"], "uart: ports 3F8-3FF"),
        (["info devices x"], "error: no device 'x'"), (["u /32 7c00 1"], "xor    eax,eax"),
        (["e 600 66 c7 06 34 12 78 56 34 12", "u 600 1"], "34 12 mov "),
        (["u /64 7c00"], "error: '/64' is no code size"),
    ]

    @Test(arguments: outputs) func commandsPrint(lines: [String], part: String) throws {
        let text = try SessionRunner.transcript([Self.path("fixtures/fwcfg.bin"), "--cpu", "80386"], lines)
        #expect(text.contains(part), "\(text)")
    }

    @Test func batchHasNoGreeting() throws {
        let text = SessionRunner.run([Self.path("fixtures/fwcfg.bin"), "-batch", "-ex", "p 1"]).text
        #expect(text == "1\n")
    }

    // MARK: Code sizes

    /// 16-bit code that has gone over to 32-bit code is still listed as what it was, however long ago that is.
    @Test func codeIsListedWithTheSizeThatItRanWith() throws {
        let options = [Self.path("fixtures/flat32.bin"), "--boot", "sector"]
        let bytes = try Data(contentsOf: URL(fileURLWithPath: options[0]))
        let before = try SessionRunner.transcript(options, ["u 7c00 3"])
        let lines = try SessionRunner.transcript(options, ["b mode", "c", "c", "s 20", "info cpu", "u 7c00 3"])
        #expect(bytes.count >= 512 && lines.contains("32-bit code"), "\(lines)")
        let code = before.split(separator: "\n").suffix(3).map { $0.dropFirst(15) }
        for line in code { #expect(lines.contains(line), "\(line) is not in \(lines)") }
    }

    // MARK: JSON

    @Test func jsonIsALineForEachStopAndTheResult() throws {
        let arguments = [Self.path("fixtures/fwcfg.bin"), "--json", "-ex", "b 7c0f", "-ex", "c", "-ex", "nonsense"]
        let (text, _, status) = SessionRunner.run(arguments, lines: ["p ax", "c"])
        #expect(status == 0)
        let lines = try text.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        let events = lines.map { $0["event"] as? String }
        #expect(events == ["command", "stop", "command", "command", "command", "stop", "command", "result"])
        #expect(lines[1]["stop"] as? String == "breakpoint" && lines[1]["breakpoints"] as? [Int] == [1])
        #expect(lines[1]["eip"] as? Int == 0x7C0F && lines[1]["instructions"] as? Int == 7)
        #expect(lines[3]["ok"] as? Bool == false)
        #expect((lines[4]["text"] as? String)?.isEmpty == false)
        #expect(lines[7]["stop"] as? String == "exit" && lines[7]["status"] as? Int == 0)
        #expect((lines[7]["output"] as? String)?.hasPrefix("fw_cfg says QEMU") == true)
    }

    // MARK: Reboots

    /// Ways to begin anew, as 16-bit code, and what they are called.
    private static let reboots: [(code: [UInt8], name: String)] = [
        ([0xB0, 0xFE, 0xE6, 0x64, 0xF4], "FE to port 64"),
        ([0xB0, 0x02, 0xE6, 0x92, 0xB0, 0x03, 0xE6, 0x92, 0xF4], "RESET by port 92"),
        ([0xBA, 0xF9, 0x0C, 0xB0, 0x06, 0xEE, 0xF4], "RESET by port CF9"),
        ([0xEA, 0x00, 0x00, 0xFF, 0xFF], "jump to FFFF:0000"),
        ([0xEA, 0xF0, 0xFF, 0x00, 0xF0], "jump to FFFF:0000"),
        // lidt [7c10]: no handlers; ud2
        ([0x66, 0x0F, 0x01, 0x1E, 0x10, 0x7C, 0x0F, 0x0B, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], "triple fault"),
    ]

    @Test(arguments: reboots.indices) func aRebootIsTold(number: Int) throws {
        let (code, name) = Self.reboots[number]
        let file = try TemporaryFile(Self.sector(code))
        let options = ["-m", "1M", "--fuel", "300", "--triple-fault", "reset"]
        let run = TestHost()
        #expect(run.run(["run", file.path] + options) == 12)
        #expect(run.errors.text.contains("x86sim: the guest reboots: \(name) at "), "\(run.errors.text)")
        #expect(run.errors.text.contains("further ones are not told"), "\(run.errors.text)")
        let text = SessionRunner.run([file.path, "-batch", "-ex", "c"] + options).text
        #expect(text.contains("the guest reboots: \(name) at "), "\(text)")
        // Going back tells nothing again.
        let lines = ["-batch", "-ex", "advance 40", "-ex", "goto 0", "-ex", "goto 40"]
        let back = SessionRunner.run([file.path] + options + lines).text
        let once = SessionRunner.run([file.path] + options + ["-batch", "-ex", "advance 40"]).text
        func count(_ text: String) -> Int { text.components(separatedBy: "the guest reboots").count }
        #expect(count(back) == count(once) && count(once) > 1, "\(back)")
    }

    @Test(arguments: reboots.indices) func noRebootEndsTheRun(number: Int) throws {
        let (code, name) = Self.reboots[number]
        let file = try TemporaryFile(Self.sector(code))
        let options = ["-m", "1M", "--fuel", "300", "--triple-fault", "reset", "--no-reboot"]
        let run = TestHost()
        #expect(run.run(["run", file.path] + options) == 0)
        #expect(run.errors.text.contains("the guest reboots (\(name))"), "\(run.errors.text)")
        let (text, _, status) = SessionRunner.run([file.path, "-batch", "-ex", "c"] + options)
        #expect(status == 0 && text.contains("stopped: the guest reboots (\(name))"), "\(text)")
    }

    @Test func theResetVectorOfAROMIsNoReboot() throws {
        let run = TestHost()
        for model in ["8086", "80286", "80386"] {
            _ = run.run(["run", Self.path("fixtures/crc.rom"), "--cpu", model, "--no-reboot", "--fuel", "100000"])
        }
        #expect(!run.errors.text.contains("reboot"), "\(run.errors.text)")
    }
}
