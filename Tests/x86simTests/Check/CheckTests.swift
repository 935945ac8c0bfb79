import Foundation
import TestSupport
import Testing
import X86Interp

@testable import x86sim

@Suite("x86sim check", .timeLimit(.minutes(30)))
struct CheckTests {
    private static let folder = SourceTree.root.appendingPathComponent("fixtures/check").path

    private func check(_ text: String, _ options: [String] = []) throws -> (status: Int32, host: TestHost) {
        let file = try TemporaryFile(Array(text.utf8), extension: "case")
        let host = TestHost()
        return (host.run(["check", file.path] + options), host)
    }

    /// What fails in a case of one setting.
    private func failures(_ text: String) throws -> [CaseExpectation.Failure] {
        let report = try CaseReader.parse(Array(text.utf8), path: "x.case")
        let result = try CheckCommand.result(report, report.tiers[0], TestHost().host)
        return try #require(result).failures
    }

    @Test func theFixturesHold() throws {
        let host = TestHost()
        #expect(host.run(["check", Self.folder]) == 0)
        let lines = host.output.text.split(separator: "\n")
        #expect(lines.prefix(2) == ["TAP version 13", "1..12"])
        #expect(lines.count == 14 && lines.dropFirst(2).allSatisfy { $0.hasPrefix("ok ") })
    }

    @Test func aCaseThatDoesNotHoldSaysWhereAndWhat() throws {
        let (status, host) = try check(
            """
            name  two # with a comment
            tiers kernel user
            blob  B0 2A F4
            expect end fuel
            expect regs al=2a
                bl=1

            """)
        #expect(status == 20)
        let lines = host.output.text.split(separator: "\n").map(String.init)
        #expect(lines[1] == "1..2" && lines[2] == "not ok 1 - two (kernel tier)" && lines[3] == "  ---")
        #expect(lines[4].hasPrefix(#"  file: "/tmp/x86sim-test-"#) && lines[5] == "  failures:")
        #expect(
            lines[6..<15] == [
                "    - line: 4", #"      what: "end""#, #"      expected: "fuel""#, #"      found: "halted""#,
                "    - line: 5", #"      what: "bl""#, #"      expected: "01""#, #"      found: "00""#, "  ...",
            ])
        #expect(lines[15] == "not ok 2 - two (user tier)")
    }

    @Test func jsonHasTheSame() throws {
        let (status, host) = try check("name n\nblob F4\nexpect end fuel\n", ["--json"])
        #expect(status == 20)
        #expect(host.output.text.hasPrefix(#"[{"file":"/tmp/"#))
        let rest = #""ok":false,"failures":[{"line":3,"what":"end","expected":"fuel","found":"halted"}]}]"#
        #expect(host.output.text.contains(rest))
    }

    /// Code that sets the serial port to 115,200 baud and eight bits.
    private static let uart = "BA FB 03 B0 80 EE BA F8 03 B0 01 EE BA FB 03 B0 03 EE"

    /// A case, and which of its expectations fail.
    private static let verdicts: [(String, [String])] = [
        ("blob B0 2A F4\nexpect end halted\nexpect instructions 2\nexpect regs ip=7c03", []),
        ("blob EB FE\nfuel 100\nexpect end fuel\nexpect instructions 100", []),
        ("blob E7 80 F4\nregs ax=1234\nport 80/2 echo\nexpect writes 80/2=1234", []),
        ("blob E7 80 F4\nregs ax=1234\nexpect writes 80/2=1234", []),
        ("blob E7 80 F4\nregs ax=1234\nport 80/1 echo\nexpect writes 80=34 81=12", []),
        ("blob E6 80 E6 81 F4\nregs al=7\nexpect writes 80=07\nexpect writes 81=7", []),
        ("blob E6 80 E6 80 F4\nexpect writes 80=0", ["write 2"]),
        ("blob F4\nexpect writes 80=0", ["write 1"]),
        ("blob E6 80 F4\nexpect writes none", ["write 1"]),
        ("blob 0F 0B\nfault stop\nexpect end fault #UD", []), ("blob 0F 0B\nfault stop\nexpect end fault", []),
        ("blob 0F 0B\nfault stop\nexpect end fault #GP(0)", ["end"]),
        ("blob E4 99\nunmapped stop\nexpect end unmapped-port 99", []),
        (
            "blob F4\nregs fsw=3800 st0=3fff:8000000000000000 xmm1=1:2\nexpect regs st0=3fff:8000000000000000 ftw=3fff\n"
                + "expect regs xmm1=1:2 fsw=3800 fcw=37f mxcsr=1f80 mm7=8000000000000000", []
        ),
        ("blob F4\nregs st0=1:2 xmm1=1:2\nexpect regs st0=1:3 xmm1=2:2 st1=0:0 fip=1", ["st0", "xmm1", "fip"]),
        ("blob E4 99\nunmapped stop\nexpect end unmapped-port 98", ["end"]),
        ("blob B0 02 E6 F4\ndevice debugexit\nexpect end exit 2", []),
        ("blob B0 02 E6 F4\ndevice debugexit\nexpect end exit 0", ["end"]),
        (
            "blob F4\nmem 600 01 02*3 \"A\\n\\x00\"\nexpect mem 0:0600 0102 ?? 02 41 0A 00\nexpect mem 601 03 02",
            ["mem 00000601"]
        ),
        ("blob F4\nm 1M\nexpect mem fffff 00 00", ["mem 00100000"]),
        ("blob F8 F4\nflags cf=1 df=1\nexpect flags CF=0 df=1 zf=1", ["zf"]),
        ("mode flat32\nblob F4\nexpect regs eip=7c01 cs=8 ss=10 esp=7c00", []),
        ("mode flat32\nblob A1 00 00 10 00 F4\nm 2M\nmem 100000 78563412\nexpect regs eax=12345678", []),
        ("mem 1000:10 F4\nentry 1000:10\nexpect end halted\nexpect regs cs=1000 ip=11", []),
        ("blob B0 41 E6 E9 F4\nmachine bare\nexpect text \"A\"", []),
        ("blob B0 41 E6 E9 F4\nmachine bare\nexpect text \"AB\" \"\\n\"", ["text"]),
        ("blob F4\nexpect memory-hash 0", ["memory-hash"]),
        ("blob \(uart) BA F8 03 B0 41 EE B0 42 EE F4\nmachine pc\nexpect serial \"A\" \"B\"", []),
        (
            "blob \(uart) BA F8 03 B0 41 EE F4\nmachine pc\nexpect serial \"A\" \"A\"\nexpect serial \"B\"",
            ["serial", "serial"]
        ),
        ("blob F4\nmem B8000 \"HDiD\"\nexpect screen \"Hi\" \"i\"\nexpect screen \"hi\" \"Hi\"", ["screen"]),
    ]

    @Test(arguments: verdicts) func expectationsHoldOrNot(text: String, failing: [String]) throws {
        #expect(try failures(text).map(\.what) == failing)
    }

    @Test func aLongTextIsShownFromTheDifference() throws {
        let text =
            "blob B0 41 B9 64 00 E6 E9 E2 FC F4\nmachine bare\nexpect text \"\(String(repeating: "A", count: 99))B\""
        let failure = try #require(try failures(text).first)
        #expect(failure.what == "text from byte 91" && failure.expected == #""AAAAAAAAB""#)
        #expect(failure.found == #""AAAAAAAAA""#)
    }

    /// A file and a part of the one line about it.
    private static let mistakes: [(String, String)] = [
        ("blob F4\n", "line 1: nothing is expected"), ("expect end halted", "line 1: there is nothing to run"),
        ("  blob F4", "line 1: it starts with a blank"), ("\"x\"", "line 1: it starts with a text"),
        ("blob F4\nexpct end halted", "line 2: 'expct' is no keyword; did you mean 'expect'?"),
        ("zzzzzzzzz 1", "is no keyword; there are name, blob"), ("io-log x.csv", "'io-log' is no keyword"),
        ("record x", "'record' is no keyword"), ("blob F", "'F' are no bytes"), ("blob", "blob: write blob FILE"),
        ("blob F4\nblob F4", "line 2: blob: there is one already"), ("blob ??", "'??' are no bytes"),
        ("blob 00*99999999999", "are no bytes"), ("blob 00*16777217", "at most 16 MiB"),
        ("blob F4\n 00*16777216", "line 2: '00*16777216'"), ("blob \"abc", "its text has no second quote"),
        ("blob \"\\q\"", "a backslash is followed by"), ("blob F4 \u{1}", "control character"),
        ("blob /nonexistent.bin\nexpect end halted", "no such file"), ("mem zz 00", "mem: write mem ADDRESS BYTES"),
        ("mem 600", "mem: there are no bytes"), ("mode long", "'long' is neither real nor flat32"),
        ("mode flat32\ncpu 8086\nblob F4\nexpect end halted", "needs a 32-bit processor"),
        ("mode flat32\nregs ds=0\nblob F4\nexpect end halted", "leave out ds"),
        ("regs ax", "regs: 'ax' is no REG=VALUE"), ("regs ax=10000", "does not fit into ax"),
        ("flags cf=2", "is no FLAG=0|1"), ("flags", "flags: write FLAG=0|1"), ("port", "port: write port PORT"),
        ("port 1f7", "line 1: port script ''"), ("port 1f7 stub busy", "port stub 'busy 3'"),
        ("port 1f7/1 const:100\nblob F4\nexpect end halted", "100 does not fit into 8 bits"),
        ("tiers none", "'none' is none of kernel, user, delayed, all"), ("tiers", "tiers: write kernel"),
        ("fuel", "fuel: write fuel N"), ("fuel 0", "nothing would happen with 0"), ("cpu 80586", "'80586' is none of"),
        ("halt-ok yes", "halt-ok: write halt-ok alone"), ("expect", "expect: write expect and one of end, regs"),
        ("expect nothing", "'nothing' is none of end"), ("expect end", "expect end: write halted"),
        ("expect end fault 13", "expect end: write"), ("expect end halted 1", "expect end: write"),
        ("expect end exit zz", "expect end: write"), ("expect writes", "write PORT=VALUE ..., or none"),
        ("expect writes 80", "'80' is no PORT[/BYTES]=VALUE"), ("expect writes 80=100", "'80=100' is no PORT"),
        ("expect text Hello", "write the text in quotes"), ("expect instructions -1", "write a decimal number"),
        ("expect memory-hash x", "write 16 hexadecimal digits"), ("name", "name: there is no name"),
        ("m 4K\nblob F4\nexpect end halted", "RAM has room for 0 of its 1 bytes"),
        ("cpu 8086\nregs eax=1\nblob F4\nexpect end halted", "has neither 32-bit registers"),
    ]

    @Test(arguments: mistakes) func aCaseThatCannotBeReadIsOneLine(text: String, part: String) throws {
        let text = text == "port 1f7 stub busy" ? text + " 3" : text
        let (status, host) = try check(text)
        #expect(status == 2)
        #expect(host.errors.text.contains(part), "\(host.errors.text)")
        #expect(host.errors.text.filter { $0 == "\n" }.count == 1 && host.errors.text.contains(".case'"))
    }

    @Test func aCaseHasLimits() throws {
        let block = "mem 0 00*16777216\n"
        let expected = "expect mem 0 00*16777216\n"
        // Memory and expectations count together: neither is too much alone.
        let large = (block + expected + block + expected + block, "line 5: the case stands for more than 64 MiB")
        for (text, part) in [
            (String(repeating: "load x@0\n", count: 65), "line 65: the case has more than 64 files"),
            (String(repeating: "tiers all\n", count: 10_001), "more than 10000 lines"),
            (String(repeating: "#", count: 8 << 20) + "#", "larger than 8 MiB"),
        ] + (LongTests.areWanted ? [large] : []) {
            let (status, host) = try check(text)
            #expect(status == 2 && host.errors.text.contains(part), "\(host.errors.text)")
        }
        // More ports than a machine has room for are an error as well.
        let ports = (0..<1100).map { "port \(String(0x1000 + $0, radix: 16)) const:1\n" }.joined()
        let (status, host) = try check(ports + "blob F4\nexpect end halted\n")
        #expect(status == 2 && host.errors.text.contains("too many devices and ports"), "\(host.errors.text)")
    }

    @Test func filesAndDirectories() {
        for (arguments, status) in [([], 1), (["/nonexistent.case"], 2), (["/dev/null"], 2), (["/proc/self"], 2)] {
            let host = TestHost()
            #expect(host.run(["check"] + arguments) == Int32(status))
            #expect(host.errors.text.filter { $0 == "\n" }.count == 1 && host.output.bytes.isEmpty)
        }
    }

    @Test func controlCIsABail() throws {
        let file = try TemporaryFile(Array("blob EB FE\nfuel 1G\nexpect end fuel\n".utf8), extension: "case")
        let host = TestHost()
        host.wantsToStop = true
        #expect(host.run(["check", file.path]) == 130)
        #expect(host.output.text.hasSuffix("Bail out! Interrupted\n"))
    }

    // MARK: Documentation

    private func page() throws -> SourceTree.File { try SourceTree.file("Sources/X86Interp/X86Interp.docc/Check.md") }

    @Test func thePageHasTheTables() throws {
        let rows = CaseKeyword.all.map { ($0.name, $0.form, $0.summary) }
        let expectations = ExpectationRow.all.map { ("expect " + $0.name, $0.form, $0.summary) }
        let text = try page().text
        for (name, form, summary) in rows + expectations {
            let form = form.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
            #expect(text.contains("\n| `\(name)` | \(form) | \(summary) |\n"), "| `\(name)` | \(form) | \(summary) |")
        }
    }

    /// The indented lines behind a line of the page, without their margin.
    private func block(behind line: String) throws -> String {
        let lines = try page().lines
        let start = try #require(lines.firstIndex { $0.hasSuffix(line) })
        let block = lines[(start + 1)...].drop { $0.isEmpty }.prefix { $0.isEmpty || $0.hasPrefix("    ") }
        let text = block.map { String($0.dropFirst(4)) }.joined(separator: "\n")
        return String(text.drop { $0 == "\n" }.reversed().drop { $0 == "\n" }.reversed()) + "\n"
    }

    @Test func thePagesExampleIsAFixtureThatHolds() throws {
        let example = try block(behind: "`fixtures/check/fwcfg.case`:")
        #expect(try SourceTree.file("fixtures/check/fwcfg.case").text == example)
        let (status, host) = try check(example)
        #expect(status == 0)
        #expect(try block(behind: "`x86sim check fixtures/check/fwcfg.case` prints:") == host.output.text)
    }

    @Test func thePageShowsWhatAFailureLooksLike() throws {
        let example = try block(behind: "`fixtures/check/fwcfg.case`:")
        let lost = example.split(separator: "expect regs eax=12345678").joined(separator: "expect regs eax=12345651")
        let file = try TemporaryFile(Array(lost.utf8), extension: "case")
        let host = TestHost()
        #expect(host.run(["check", file.path]) == 20)
        let found = host.output.text.split(separator: file.path).joined(separator: "lost.case")
        let lines = found.split(separator: "\n").prefix(12).joined(separator: "\n") + "\n"
        #expect(try block(behind: "with `eax=12345651` in it:") == lines)
    }
}
