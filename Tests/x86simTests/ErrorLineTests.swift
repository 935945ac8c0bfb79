import Testing

@testable import x86sim

@Suite("One clear line for each mistake")
struct ErrorLineTests {
    /// What is typed, the status, and a part of the line.
    private static let mistakes: [(String, Int32, String)] = [
        ("", 1, "no subcommand"),
        ("rnu", 1, "did you mean 'run'?"),
        ("flubber", 1, "'x86sim --help' lists them"),
        ("help flubber", 1, "unknown subcommand 'flubber'"),
        ("run", 1, "no blob is named"),
        ("run a b", 1, "'b' is one blob too many"),
        ("run x --fule 3", 1, "did you mean --fuel?"),
        ("run x -q", 1, "unknown option '-q'; 'x86sim run --help' lists all"),
        ("dap x", 1, "unknown subcommand 'dap'; 'x86sim --help' lists them"),
        ("run x --zzzzzzzzzz", 1, "'x86sim run --help' lists all"),
        ("run x --", 2, "'x'"),
        ("run x --kind int", 1, "'run' has no option --kind"),
        ("run x --fuel", 1, "--fuel needs a value; write --fuel N"),
        ("run x --quiet=1", 1, "--quiet takes no value"),
        ("run x --fuel 0", 1, "--fuel: nothing would happen"),
        ("run x --fuel -3", 1, "--fuel: '-3' is no count"),
        ("run x --fuel 99999999999999999999", 1, "is no count"),
        ("run x --fuel 18446744073709551615G", 1, "is no count"),
        ("run x --fuel 1.5", 1, "is no count"),
        ("run x --timeout nan", 1, "--timeout: 'nan'"),
        ("run x --timeout inf", 1, "--timeout: 'inf'"),
        ("run x --timeout 0", 1, "is no time in seconds"),
        ("run x --timeout 1e300", 1, "is no time in seconds"),
        ("run x --max-output x", 1, "--max-output: 'x'"),
        ("run x -m 0", 1, "-m: '0' is no size of memory"),
        ("run x -m 5G", 1, "from 4K to 4095M"),
        ("run x -m 99999999999999999G", 1, "is no size of memory"),
        ("run x -m 1", 2, "'x'"),
        ("run x --cpu 80586", 1, "--cpu: '80586' is none of 8086"),
        ("run x --errata 486", 1, "--errata: '486' is none of 286, 386"),
        ("run x --fpu 387", 1, "--fpu: the pentium4 has its own x87; leave out --fpu, or choose --cpu 8086, 80186"),
        ("run x --cpu 8086 --fpu 387", 1, "--fpu: that x87 does not fit the 8086; use --fpu 8087 or none"),
        ("run x --fpu 80387", 1, "--fpu: '80387' is none of none, 8087, 287, 387"),
        ("run x --errata 386 --cpu p6", 1, "these defects are the 80386's; leave out --cpu p6"),
        ("run x --boot tape", 1, "is none of auto"),
        ("run x --bus 8", 1, "--bus: '8' is none of 16, 32"),
        ("run x --a20 maybe", 1, "--a20: 'maybe'"),
        ("run x --fault ignore", 1, "--fault: 'ignore'"),
        ("run x --entry 1000", 1, "is no SEG:OFF"),
        ("run x --entry 10000:0", 1, "is no SEG:OFF"),
        ("run x --entry +1:-1", 1, "is no SEG:OFF"),
        ("run x --load y", 1, "names no place"),
        ("run x --load @0", 1, "names no place"),
        ("run x --load y@zz", 1, "'zz' is no place"),
        ("run x --load y@100000000", 1, "is no place"),
        ("run x --regs ax", 1, "is no REG=VALUE"),
        ("run x --regs ax=10000", 1, "does not fit into ax"),
        ("run x --regs rax=1", 1, "no register 'rax'"),
        ("run x --regs ,", 1, "is no REG=VALUE"),
        ("run x --machine cray", 1, "--machine: 'cray'"),
        ("run x --device flux", 1, "flux"),
        ("run x --device post,base=10000", 1, "10000"),
        ("run x --tier all", 1, "--tier"),
        ("run x --tier all=middle", 1, "--tier"),
        ("run x --port 3da", 1, "--port"),
        ("run x --port 10000=echo", 1, "--port"),
        ("run x --fw-cfg name", 1, "is no NAME=FILE"),
        ("run x --debugcon 10000", 1, "is no port"),
        ("run x --debug-exit zz", 1, "is no port"),
        ("run x --exit-map bochs", 1, "--exit-map: 'bochs' is none of raw, qemu"),
        ("run x --unmapped panic", 1, "--unmapped: 'panic'"),
        ("run x --io-log file.txt", 1, "end the name in .jsonl or .csv"),
        ("run /nonexistent/x", 2, "no such file; check the path"),
        ("run /tmp", 2, "it is a directory"),
        ("run /dev/null", 2, "it is empty"),
        ("run /dev/zero", 2, "larger than 64 MiB"),
        ("run --load /nonexistent/x@0:0", 2, "no such file"),
        ("run --load /dev/zero@0:0", 2, "larger than 64 MiB"),
        ("tiers /nonexistent/x", 2, "no such file"),
        ("tiers x --io-log y.csv", 1, "'tiers' has no option --io-log"),
        ("devices x", 1, "takes no operand"),
        ("cpus --fuel 3", 1, "'cpus' has no option --fuel"),
    ]

    @Test(arguments: mistakes)
    func aMistakeIsOneLine(typed: String, status: Int32, part: String) {
        let host = TestHost()
        #expect(host.run(typed.split(separator: " ").map(String.init)) == status)
        let text = host.errors.text
        #expect(text.hasPrefix("x86sim: ") && text.hasSuffix("\n"), "\(text)")
        #expect(text.filter { $0 == "\n" }.count == 1, "\(text)")
        #expect(text.contains(part), "\(text)")
        #expect(host.output.bytes.isEmpty)
    }

    @Test func namesWithControlCharactersStayOnOneLine() {
        for name in ["a\nb\u{1B}[2J", "\0", "", String(repeating: "x", count: 100_000)] {
            for arguments in [
                ["run", name], ["run", "x", "--device", name], ["--" + name], ["run", "--" + name, "x"],
            ] {
                let host = TestHost()
                #expect(host.run(arguments) != 0)
                #expect(host.errors.text.filter { $0 == "\n" }.count == 1, "\(host.errors.text)")
                #expect(!host.errors.text.contains("\u{1B}"))
                #expect(host.errors.bytes.count < 200_200)
            }
        }
    }

    @Test func filesThatAreNoBootSector() throws {
        let short = try TemporaryFile([1, 2, 3])
        let unsigned = try TemporaryFile([UInt8](repeating: 0, count: 512))
        for (file, part) in [(short, "has 3 bytes"), (unsigned, "55 AA")] {
            let host = TestHost()
            #expect(host.run(["run", file.path, "--boot", "sector"]) == 2)
            #expect(host.errors.text.contains(part))
        }
    }

    @Test func whatDoesNotFitIntoMemoryIsRefused() throws {
        let file = try TemporaryFile([UInt8](repeating: 0x90, count: 5000))
        let host = TestHost()
        #expect(host.run(["run", file.path, "--entry", "0:0", "-m", "4K"]) == 2)
        #expect(host.errors.text.contains("RAM has room for 4096 of its 5000 bytes at 00000000; give more with -m"))
    }

    @Test func wideRegistersNeedAWideProcessor() throws {
        let file = try TemporaryFile([0xF4])
        let host = TestHost()
        #expect(host.run(["run", file.path, "--cpu", "8086", "--regs", "eax=1"]) == 1)
        #expect(host.errors.text.contains("use --cpu 80386"))
    }

    @Test func aLogThatCannotBeWrittenIsNamed() throws {
        let file = try TemporaryFile([0xFA, 0xF4])
        let host = TestHost()
        #expect(host.run(["run", file.path, "--io-log", "/nonexistent/log.csv"]) == 2)
        #expect(host.errors.text.contains("cannot write '/nonexistent/log.csv': no such file"))
    }
}
