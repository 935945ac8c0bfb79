import TestSupport
import Testing

@testable import x86sim

@Suite("Files that are written when a run is over")
struct OutputPathTests {
    /// again: out e9, al; jmp again: text would show that it ran.
    private static let speaks: [UInt8] = [0xE6, 0xE9, 0xEB, 0xFC]

    @Test(arguments: [
        ["--screen", "png:/nowhere/at/all.png"], ["--screen", "png:/tmp"], ["--record", "/nowhere/at/all.case"],
        ["--io-log", "/nowhere/at/all.csv"], ["--save-snapshot", "/nowhere/at/all.snap"], ["--save-snapshot", "/tmp"],
    ])
    func theyAreTriedBeforeIt(options: [String]) throws {
        let file = try TemporaryFile(Self.speaks)
        let host = TestHost()
        #expect(host.run(["run", file.path, "--fuel", "1000"] + options) == 2)
        #expect(host.output.bytes.isEmpty)
        #expect(host.errors.text.contains("cannot write '/"), "\(host.errors.text)")
        #expect(host.errors.text.split(separator: "\n").count == 1)
    }

    @Test func tryingLeavesNothingBehind() throws {
        let file = try TemporaryFile(Self.speaks)
        let path = file.sibling(".csv")
        try HostFile.checkWritable(path, "--screen")
        #expect(!HostDirectory.exists(path))
        try HostFile.checkWritable(file.path, "--screen")
        #expect(try HostFile.read(file.path) == Self.speaks)
    }

    @Test func theLastScreenIsShownWithoutABIOS() throws {
        // mov ax, b800; mov ds, ax; mov word [0], 1e42; cli; hlt
        let code: [UInt8] = [0xB8, 0x00, 0xB8, 0x8E, 0xD8, 0xC7, 0x06, 0, 0, 0x42, 0x1E, 0xFA, 0xF4]
        let sector = code + [UInt8](repeating: 0, count: 510 - code.count) + [0x55, 0xAA]
        let boot = try TemporaryFile(sector, extension: "img")
        let flat = try TemporaryFile(code)
        for arguments in [[boot.path, "-bios", "none"], [flat.path], [flat.path, "--boot", "flat"]] {
            let host = TestHost()
            #expect(host.run(["run", "--quiet"] + arguments) == 0)
            #expect(host.output.text == "B\n", "\(arguments)")
            let none = TestHost()
            #expect(none.run(["run", "--quiet", "--screen", "none"] + arguments) == 0)
            #expect(none.output.bytes.isEmpty)
        }
        // Behind text that ends without a line feed it has lines of its own: mov al, 61; out e9, al
        let both = try TemporaryFile([0xB0, 0x61, 0xE6, 0xE9] + code)
        let host = TestHost()
        #expect(host.run(["run", "--quiet", both.path]) == 0)
        #expect(host.output.text == "a\nB\n")
    }

    @Test(arguments: [["--version"], ["version"], ["run", "--version"], ["-V"]])
    func theVersion(arguments: [String]) {
        let host = TestHost()
        #expect(host.run(arguments) == 0)
        #expect(host.output.text == "x86sim \(X86Sim.version)\n")
    }

    @Test func theVersionIsTheNewestOfTheChangelog() throws {
        let lines = try SourceTree.file("CHANGELOG.md").lines
        let newest = try #require(lines.first { $0.hasPrefix("## [") })
        #expect(newest.dropFirst(4).prefix { $0 != "]" } == X86Sim.version)
    }

    @Test func datesAreInTheCalendar() throws {
        for text in ["2026-02-30", "2026-02-29", "2026-04-31T10:00", "2100-01-01", "2026-13-01", "2026-06-00"] {
            #expect(throws: CommandError.self, "\(text)") { try Values.time(text, "--rtc") }
        }
        #expect(try Values.time("2024-02-29", "--rtc") == 1_709_164_800)
        #expect(try Values.time("2026-12-31", "--rtc") == 1_798_675_200)
    }

    @Test func bytesNeverRunIntoTheMnemonic() throws {
        // nop; mov dword [bx+1234], 12345678 with FS before it: ten bytes and more
        let code: [UInt8] = [0x90, 0x66, 0x64, 0xC7, 0x87, 0x34, 0x12, 0x78, 0x56, 0x34, 0x12, 0x90]
        let file = try TemporaryFile(code)
        let host = TestHost()
        let commands = ["-ex", "u 7c00 3", "-ex", "s", "-ex", "s"]
        #expect(host.run(["debug", file.path, "-batch"] + commands) == 0)
        let lines = host.output.text.split(separator: "\n").map(String.init)
        #expect(lines.contains { $0.contains("78 56 34 12 mov") || $0.contains("78 56 34 12  mov") }, "\(lines)")
        // In a list the text is in one column.
        let nops = lines.filter { $0.contains("0000:7C") && $0.hasSuffix("nop") }
        let columns = nops.map(\.count)
        #expect(columns.count >= 2 && columns[0] == columns[1] && columns[0] > 40, "\(lines)")
        let dis = TestHost()
        #expect(dis.run(["dis", file.path]) == 0)
        #expect(dis.output.text.contains("78 56 34 12  mov"))
    }
}
