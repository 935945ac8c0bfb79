import Testing

@testable import x86sim

@Suite("Input of the serial line")
struct SerialInputTests {
    /// Echoes what the line receives by E9, and ends with code 0 at a dot.
    ///
    /// mov dx, 3fb; mov al, 3; out dx, al; next: mov dx, 3fd; again: in al, dx; test al, 1; jz again; mov dx, 3f8;
    /// in al, dx; out e9, al; cmp al, '.'; jne next; mov al, 0; out f4, al
    private static let echoes: [UInt8] = [
        0xBA, 0xFB, 0x03, 0xB0, 0x03, 0xEE, 0xBA, 0xFD, 0x03, 0xEC, 0xA8, 0x01, 0x74, 0xFB, 0xBA, 0xF8, 0x03, 0xEC,
        0xE6, 0xE9, 0x3C, 0x2E, 0x75, 0xEE, 0xB0, 0x00, 0xE6, 0xF4,
    ]

    private static func host(_ test: TestHost, typing text: String) -> Host {
        var host = test.host
        host.bytes = MemorySource(Array(text.utf8))
        return host
    }

    @Test func standardInputAndFilesReachTheGuest() throws {
        let file = try TemporaryFile(Self.echoes)
        let typed = TestHost()
        let arguments = ["run", file.path, "--fuel", "120000"]
        #expect(X86Sim.run(arguments + ["--serial", "stdio"], host: Self.host(typed, typing: "abc.")) == 0)
        #expect(typed.output.text == "abc.")
        let input = try TemporaryFile(Array("from a file.".utf8))
        let host = TestHost()
        #expect(host.run(arguments + ["--serial", "file:" + input.path]) == 0)
        #expect(host.output.text == "from a file.")
        // Nothing is typed unless it is asked for.
        for options in [[], ["--serial", "none"]] {
            let silent = TestHost()
            #expect(X86Sim.run(arguments + options, host: Self.host(silent, typing: "abc.")) == 12)
            #expect(silent.output.bytes.isEmpty)
        }
        let tiers = TestHost()
        #expect(tiers.run(["tiers", file.path, "--serial", "file:" + input.path]) == 0)
    }

    @Test func aRecordedCaseHasTheFile() throws {
        let file = try TemporaryFile(Self.echoes)
        let input = try TemporaryFile(Array("x.".utf8))
        let record = file.sibling(".csv")
        let arguments = ["run", file.path, "--quiet", "--record", record, "--serial"]
        #expect(TestHost().run(arguments + ["file:" + input.path]) == 0)
        #expect(TestHost().run(["check", record]) == 0)
        let refused = TestHost()
        #expect(X86Sim.run(arguments + ["stdio"], host: Self.host(refused, typing: "x.")) == 1)
        #expect(refused.errors.text.contains("--record: a case cannot hold standard input"))
    }

    @Test func keysDoNotComeFromTheSerialLine() throws {
        // xor ax, ax; int 16; out f4, al, as a boot sector
        let code: [UInt8] = [0x31, 0xC0, 0xCD, 0x16, 0xE6, 0xF4]
        let padding = [UInt8](repeating: 0, count: 510 - code.count)
        let file = try TemporaryFile(code + padding + [0x55, 0xAA], extension: "img")
        let host = TestHost()
        #expect(X86Sim.run(["run", file.path, "--serial", "stdio"], host: Self.host(host, typing: "a")) == 13)
        #expect(host.errors.text.contains("waits for a key"))
        let keys = TestHost()
        let arguments = ["run", file.path, "--serial", "stdio", "--keys", "\\t"]
        #expect(X86Sim.run(arguments, host: Self.host(keys, typing: "a")) == 64 + 9)
    }

    @Test func whoCannotLendStandardInputSaysSo() throws {
        let file = try TemporaryFile(Self.echoes)
        for name in ["tiers", "debug"] {
            let host = TestHost()
            #expect(host.run([name, file.path, "--serial", "stdio"]) == 1)
            #expect(host.errors.text.contains("--serial stdio: only 'run' and 'gdb' can lend"), "\(name)")
        }
        let missing = TestHost()
        #expect(missing.run(["run", file.path, "--serial", "file:/nowhere/at/all"]) == 2)
        #expect(missing.errors.text.contains("'/nowhere/at/all'"))
        #expect(TestHost().run(["run", file.path, "--serial", "tcp:1"]) == 1)
    }
}
