import Foundation
import TestSupport
import Testing
import X86Interp

@testable import x86sim

@Suite("Sessions of the debugger")
struct TranscriptTests {
    private static func path(_ name: String) -> String { SourceTree.root.appendingPathComponent(name).path }

    /// The example of the interface's description, at the address where the program has its REP INSB.
    @Test func theExampleSession() throws {
        let arguments = [Self.path("fixtures/fwcfg.bin"), "--cpu", "80386", "--tier", "fw_cfg=user"]
        let text = try SessionRunner.transcript(arguments, ["b 7c1f", "c", "s", "io 511", "why"])
        #expect(
            text == """
                x86sim: 80386, 16 MiB, boot sector at 0000:7C00. Numbers are hex, 0d10 is decimal. 'help' lists commands.
                (x86) b 7c1f
                breakpoint 1 at 00007C1F
                (x86) c
                stopped: breakpoint 1 at 0000:7C1F, 12 instructions
                0000:7C1F  F3 6C          rep insb             ; 4 left, port 511 (fw_cfg data, user tier)
                (x86) s
                0000:7C1F  F3 6C          rep insb             ; 3 left, [7C79] <- 51 'Q'
                (x86) io 511
                  icount  cs:ip      insn      iter  tier  w  dir  value
                      12  0000:7C1F  rep insb  1/4   user  1  in   51
                (x86) why
                last fault: none. last port access: in byte 511 = 51 from fw_cfg (user tier), iteration 1 of 4.

                """)
    }

    /// A newcomer finds and mends the mistake in `fixtures/debug/session.asm`; set `X86SIM_UPDATE_DOCS=1` to record.
    @Test func aNewUsersSession() throws {
        let lines = [
            "break io 80 w", "continue", "delete 1", "b exc gp", "u cs:ip 6", "step 3", "next", "io e9 last 2", "c",
            "why", "rstep",
            "e 7c3e 0 6", "u cs:ip 2", "c",
        ]
        let text = try SessionRunner.transcript([Self.path("fixtures/debug/session.bin"), "--boot", "sector"], lines)
        let recorded = try TextFile("fixtures/debug/session.txt")
        try recorded.updateIfAsked(text)
        #expect(text == recorded.text, "run this test with X86SIM_UPDATE_DOCS=1")
        for part in [
            "stopped: breakpoint 1, out byte 80 = 01 to post (kernel tier)", "Hello by REP OUTSB\n",
            "stopped: breakpoint 2, #GP(0000) before its handler at 0000:7C40",
            "last fault: #GP(0) at 0000:7C40 (mov    ax,[si])",
            "the operand must lie within its segment", "the guest ended with code 0",
        ] {
            #expect(text.contains(part), "\(part)")
        }
    }

    /// From a #MF, which comes late, back to the division by zero and to what made its divisor.
    @Test func aSessionFromAnErrorOfTheFPUBackToItsCause() throws {
        let lines = [
            "break exc mf", "continue", "why", "break 7c55", "rcontinue", "fpu", "who 7c72,2", "who bx", "who fcw",
            "set word [7c72] = 1", "delete 2", "next", "fpu", "continue",
        ]
        let text = try SessionRunner.transcript([Self.path("fixtures/debug/average.bin")], lines)
        let recorded = try TextFile("fixtures/debug/average.txt")
        try recorded.updateIfAsked(text)
        #expect(text == recorded.text, "run this test with X86SIM_UPDATE_DOCS=1")
        for part in [
            "stopped: breakpoint 1, #MF before its handler at 0000:7C5C",
            "flag: ZE (division by zero) in FSW B884; FCW 037B does not mask it (ZM=0)",
            "instruction: fidiv  word [0x7c72] at 0000:7C55", "operand: [0000:7C72] = 0000 = 0d0",
            "stopped: breakpoint 2 at 0000:7C55", "by 0000:7C51  mov    [0x7c72],bx", "by 0000:7C3C  xor    bx,bx",
            "37F -> 37B by 0000:7C1F  fldcw  word [0x7c6c]", "the guest ended with code 0",
        ] {
            #expect(text.contains(part), "\(part)")
        }
    }

    /// A command, and a part of what it prints in `fwcfg.bin` at its first instruction or behind those before it.
    private static let outputs: [([String], String)] = [
        (["r"], "eip=00007C00 eflags=00000202 odItszapc iopl=0  real mode"),
        (["r ax=1234", "r ax"], "ax = 1234 = 0d4660"),
        (["r al=300"], "error: 300 does not fit into al"),
        (["set word [7000] = 55aa", "x/2xb 7000"], "00007000  AA  55"),
        (["e 7000 \"AB\" 0", "x/s 7000"], "00007000  \"AB\""), (["f 7000 4 1 2", "x/4xb 7000"], "01  02  01  02"),
        (["f 7000 4 1 2", "m 7000 4 7002", "x/6xb 7000"], "01  02  01  02  01  02"),
        (["search 7c00 200 \"fw_cfg\""], "00007C62"), (["search 7c00 200 1 2 3 4 5"], "not found"),
        (["compare 7c00 2 7c00"], "no difference"), (["compare 7c00 1 7c01"], "00007C00  31  C0  00007C01"),
        (["d 7c00 10"], "00007C00  31 C0 8E D8 8E C0 8E D0-BC 00 7C FC BA 10 05 EF  1.........|....."),
        (["x/2i 7c0b"], "0000:7C0C  BA 10 05       mov    dx,0x510"), (["x/3ub 7c00"], "49  192  142"),
        (["p/d 10"], "16"), (["p/t 5"], "101"), (["p/c 41"], "'A'"), (["? 2*3"], "6"),
        (["p 7c0:10"], "linear 00007C10"),
        (["b 7c0f if ax == 1", "info break"], "if ax == 1"), (["b 7c0f do print dx", "c"], "510 = 0d1296"),
        (["tbreak 7c0f", "c", "info break"], "no breakpoints"),
        (["b io 510-511 w w2", "c"], "out word 510 = 0000 to fw_cfg"),
        (["b int 10", "info break"], "int 10"), (["b exc nothing"], "error: 'nothing' is no register"),
        (["watch 7c79,4", "c"], "watchpoint 1"),
        (["b icount 5", "c"], "breakpoint 1, the instruction count at 0000:7C0B, 5 instructions"),
        (["delete 7"], "error: no breakpoint '7'"), (["ignore 1 1"], "error: no breakpoint '1'"),
        (["b 7c0b", "disable 1", "b 7c0c", "c"], "breakpoint 2 at 0000:7C0C"),
        (["g 7c0f"], "at 0000:7C0F, 7 instructions"),
        (["b 7c1f", "c", "n"], "0000:7C21"), (["b 7c1f", "c", "p "], "0000:7C21"),
        (["s 2", "p", "p", "p icount"], "4\n"),
        (["b 7c0f do p", "c"], "error: an action may look"),
        (["until 7c21"], "at 0000:7C21"), (["advance 3"], "0000:7C06"),
        (["s 7", "rs", "p icount"], "6"), (["s 7", "goto 2"], "0000:7C04"), (["b 7c7e", "c", "fin"], "at 0000:7C29"),
        (["b 7c1f", "c", "d 1", "n", "who 7c79"], "by 0000:7C1F  rep insb"), (["s 2", "who es"], "as far as"),
        (["in 80"], "80 (post, kernel tier): 00 (live)"), (["out e9 41"], "A"), (["peek 3f8"], "uart data"),
        (["port 5f7"], "5F7 (nobody)"),
        (["port 5f7 stub busy 2 then 50", "in 5f7", "in 5f7", "in 5f7"], "50 (live)"),
        (["port 3f8 stub 1"], "port 3F8 (port3f8, kernel tier) answers"),
        (["tier uart user", "info tiers"], "uart       user"), (["tier nothing user"], "no device 'nothing'"),
        (["irq 16"], "error: '16' is no interrupt request"), (["snap a", "s 3", "compare a"], "eip: 7C00 -> 7C06"),
        (["snap a", "s 3", "load a", "compare a"], "no difference"),
        (["snap a", "port 1f7 stub 50", "s 3", "load a", "in 1f7"], "50 (live)"),
        (["irq 2"], "error: interrupt request 2 has no wire"),
        (["snap a", "s 3", "fork a", "snap"], "fork1  3 instructions"),
        (["load x"], "error: no snapshot 'x'"), (["screen"], "the screen is empty"), (["info cpu"], "80386: 32-bit"),
        (["info ports"], "510      fw_cfg"), (["info ivt"], "10  F000:F065"), (["info gdt"], "LGDT has not been done"),
        (["info tab"], "paging is off"), (["info tss"], "there is no TSS"), (["info ldt"], "LDT"),
        (["page 7c00"], "physical"),
        (["info nothing"], "error: 'nothing' is no topic"), (["sreg"], "cs   0000  base=00000000 limit=0000FFFF"),
        (["creg"], "cr0="), (["dreg"], "dr7="), (["flags"], "set: IF"), (["stack 2"], "0000:7C00"),
        (["bt"], "#0  0000:7C00"),
        (["frobnicate"], "error: no command 'frobnicate'"), (["help step"], "also: s si stepi t"),
        (["help"], "Numbers are hex"),
        (["set radix 10", "p 10"], "A = 0d10"), (["set syntax att", "u 7c00 1"], "%ax,%ax"), (["echo hello"], "hello"),
        (["trace on", "s 2"], "1  0000:7C02"), (["trace on", "g 7c0b"], "4  0000:7C08"),
        (["b 7c1f", "c", "trace on", "n"], "15  0000:7C1F"), (["b 7c7e", "c", "trace on", "fin"], "\n29  0000:7C7E"),
        (["trace on", "advance 3"], "2  0000:7C04"), (["trace on", "restart", "s 2"], "1  0000:7C02"),
        (["trace to /nonexistent/x"], "error: cannot write"),
        (["restart"], "0000:7C00"),
        (["s", "", ""], "0000:7C06"), (["x/2xb 7c00", ""], "00007C02"), (["# a comment", "p 1"], "1"),
        (["b 7c0f do step", "c"], "error: an action may look"), (["hash", "s", "hash"], "0000:7C02"),
        (["fill 0 0 1"], "no length from 1"), (["s 1 2"], "is more than 'step' takes"), (["watch 0,0"], "no length"),
    ]

    @Test(arguments: outputs) func commandsPrint(lines: [String], part: String) throws {
        let arguments = [Self.path("fixtures/fwcfg.bin"), "--cpu", "80386"]
        let text = try SessionRunner.transcript(arguments, lines)
        #expect(text.contains(part), "\(text)")
    }

    @Test func linesOnAPipeHaveNoPrompt() throws {
        let (text, errors, status) = SessionRunner.run(
            [Self.path("fixtures/hello.bin")], lines: ["b 7c02", "c", "quit", "p 1"])
        #expect(status == 0)
        #expect(errors.isEmpty)
        #expect(!text.contains("(x86)"))
        #expect(text.hasSuffix("\n"))
    }

    @Test func scriptsRunAndBatchEndsWithTheStatusOfRun() throws {
        let file = try TemporaryFile([0xB0, 0x05, 0xE6, 0xF4])
        let script = try TemporaryFile(Array("# find out\ns\n\np al\n".utf8), extension: "x")
        let arguments = [file.path, "--boot", "flat", "-x", script.path, "-ex", "c", "-batch"]
        let (text, _, status) = SessionRunner.run(arguments)
        #expect(status == 69)
        #expect(text.contains("\n5\n"))
        let wrong = SessionRunner.run([file.path, "-ex", "nonsense", "-batch"])
        #expect(wrong.status == 1)
        let missing = SessionRunner.run([file.path, "-x", "/nonexistent/x", "-batch"])
        #expect(missing.status == 1)
        #expect(missing.text.contains("no such file"))
        let itself = try TemporaryFile(Array("source \(script.path)\n".utf8), extension: "x")
        #expect(SessionRunner.run([file.path, "-x", itself.path, "-batch"]).status == 0)
    }

    @Test func controlCStopsTheGuestAndKeepsTheSession() throws {
        let file = try TemporaryFile([0xEB, 0xFE])
        let tester = TestHost()
        tester.wantsToStop = true
        var host = tester.host
        host.console = ScriptedConsole("c\np 1+1\n")
        #expect(X86Sim.run(["debug", file.path, "--boot", "flat"], host: host) == 0)
        #expect(tester.output.text.contains("stopped: interrupted at"))
        #expect(tester.output.text.hasSuffix("2\n"))
    }

    /// `--timeout` is for each command; the session goes on behind it.
    @Test func theTimeAndTheOutputOfTheGuestAreLimited() throws {
        let endless = try TemporaryFile([0xEB, 0xFE])
        let tester = TestHost()
        tester.tick = 1_000_000_000
        var host = tester.host
        host.console = ScriptedConsole("c\nwhy\np 1+1\n")
        let arguments = ["--boot", "flat", "--timeout", "2"]
        #expect(X86Sim.run(["debug", endless.path] + arguments, host: host) == 0)
        #expect(tester.output.text.contains("stopped: the time is used up at 0000:7C00"))
        #expect(tester.output.text.contains("stopped: the time is used up; 'continue' goes on."))
        #expect(tester.output.text.hasSuffix("\n2\n"))
        let batch = TestHost()
        batch.tick = 1_000_000_000
        #expect(batch.run(["debug", endless.path, "-ex", "c", "-batch"] + arguments) == 13)
        // out e9,al; jmp $-2
        let loud = try TemporaryFile([0xE6, 0xE9, 0xEB, 0xFC])
        let limited = TestHost()
        let options = ["--boot", "flat", "--max-output", "5", "-batch", "-ex", "c"]
        #expect(limited.run(["debug", loud.path] + options) == 12)
        #expect(limited.output.text.contains("stopped: the guest wrote more than --max-output allows at 0000:7C02"))
        // What the past writes again counts once.
        let again = TestHost()
        let back = ["-ex", "advance 8", "-ex", "goto 2", "-ex", "goto 8", "-ex", "goto 0", "-ex", "goto 8"]
        #expect(again.run(["debug", loud.path, "--boot", "flat", "--max-output", "5", "-batch"] + back) == 0)
        #expect(!again.output.text.contains("--max-output"))
    }

    /// Each way of running, and what each repeats without end.
    @Test(arguments: [
        "continue", "step 10000000000", "next 10000000000", "advance 10000000000", "until 7c10", "finish",
    ])
    func fuelEndsWhateverRuns(command: String) throws {
        let endless = try TemporaryFile([0x90, 0xEB, 0xFD])
        let arguments = [endless.path, "--boot", "flat", "--fuel", "1000"]
        let text = try SessionRunner.transcript(arguments, [command, "p icount"])
        #expect(text.contains("stopped: the limit of instructions at 0000:7C00, 1000 instructions"), "\(text)")
    }

    @Test func aGuestsTextIsNotShownAgainWhenThePastIsRunAgain() throws {
        let text = try SessionRunner.transcript([Self.path("fixtures/hello.bin")], ["c", "rs", "goto 5", "c"])
        let hello = try TextFile("fixtures/hello.txt").text
        #expect(text.components(separatedBy: hello).count == 2, "\(text)")
    }
}
