import Foundation
import TestSupport
import Testing
import X86Interp

@testable import x86sim

/// The kernels in `fixtures/kernel`: each prints what its loader has told it, in every tier.
@Suite("Kernels", .timeLimit(.minutes(30)))
struct KernelFixtureTests {
    /// A kernel, the options it is run with, its text if that is not `NAME.txt`, and what the summary calls it.
    struct Row: Sendable, CustomTestStringConvertible {
        var name: String
        var options: [String] = []
        var text: String?
        var description: String
        var testDescription: String { ([name] + options).joined(separator: " ") }
    }

    private static let append = ["-append", "root=fd0 x"]
    private static let modules = ["-initrd", "FOLDER/hello.txt a b,FOLDER/ticks.txt"]
    static let rows: [Row] = [
        Row(name: "elf", description: "ELF program at 00120000, entry 00120085: it has an ELF header"),
        Row(name: "multiboot", options: append + modules, description: "multiboot kernel at 00100000"),
        Row(name: "kludge", description: "multiboot kernel at 00140000"),
        Row(name: "multiboot2", options: append + modules, description: "multiboot2 kernel at 00200000"),
        Row(
            name: "linux", options: append + ["-initrd", "FOLDER/hello.txt,FOLDER/ticks.txt"],
            description: "Linux kernel (boot protocol 2.12), real-mode entry 1020:0000"),
        Row(
            name: "linux", options: append + ["--linux-entry", "32", "-bios", "none"],
            text: """
                32-bit entry: root=fd0 x
                00000000 000A0000 00000001\u{20}
                00100000 00300000 00000001\u{20}
                00000050 00000019\u{20}
                00000000 00000000\u{20}

                """, description: "Linux kernel (boot protocol 2.12), 32-bit entry 00100000"),
    ]
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("fixtures")

    static func path(_ name: String) -> String { folder.appendingPathComponent("kernel/\(name).bin").path }

    private static func arguments(_ row: Row) -> [String] {
        let options = row.options.map { $0.replacingOccurrences(of: "FOLDER", with: folder.path) }
        return ["-m", "4M", "--fuel", "2000000", "-kernel", path(row.name)] + options
    }

    private static func expected(_ row: Row) throws -> String {
        if let text = row.text { return text }
        return try String(contentsOf: folder.appendingPathComponent("kernel/\(row.name).txt"), encoding: .utf8)
    }

    /// In the user tier a display's memory makes each access a long one: that is for the long form.
    private static let tiers = LongTests.areWanted ? TierSetting.allCases : [.kernel]

    @Test("each prints what it was told", arguments: rows, tiers)
    func printsItsText(_ row: Row, _ setting: TierSetting) throws {
        let arguments = ["--tier", "all=\(setting.tier)"] + Self.arguments(row)
        let settings = try OptionParser(subcommand: try X86Sim.named("run")).parse(arguments)
        let text = MemorySink()
        let guest = try GuestImage(settings).makeGuest(console: text, serial: text)
        let loop = HostLoop(machine: guest.machine) { setting.delays($0) }
        #expect(try loop.run(until: 2_000_000) == .stopped(.guestExit(code: 0)))
        #expect(text.text == (try Self.expected(row)))
    }

    @Test("the summary and JSON say what it is", arguments: rows) func isNamed(_ row: Row) throws {
        let host = TestHost()
        #expect(host.run(["run"] + Self.arguments(row)) == 0)
        #expect(host.errors.text.contains("(" + row.description), "\(host.errors.text)")
        let json = TestHost()
        #expect(json.run(["run", "--json"] + Self.arguments(row)) == 0)
        let format = row.name == "kludge" ? "multiboot" : row.name
        #expect(json.output.text.contains("\"format\":\"\(format)\""), "\(json.output.text.prefix(600))")
        #expect(json.output.text.contains("\"why\":\"") && !json.output.text.contains("\"why\":\"\""))
    }

    @Test func everyKernelIsListed() throws {
        let names = try FileManager.default.contentsOfDirectory(
            atPath: Self.folder.appendingPathComponent("kernel").path)
        for suffix in [".asm", ".bin", ".txt"] {
            let found = names.filter { $0.hasSuffix(suffix) }.map { String($0.dropLast(4)) }
            #expect(Set(found) == Set(Self.rows.map(\.name)))
        }
    }

    @Test func anELFFileBringsItsSymbols() throws {
        let host = TestHost()
        #expect(host.run(["debug", Self.path("elf"), "-ex", "info symbols", "-batch"]) == 0, "\(host.errors.text)")
        #expect(host.output.text.contains("00120085") && host.output.text.contains("start"), "\(host.output.text)")
    }

    @Test func optionsOfKernelsAreRefusedElsewhere() throws {
        let sector = Self.folder.appendingPathComponent("hello.bin").path
        for (arguments, words) in [
            (["-append", "x", sector], "-append: this is no kernel"),
            (["-initrd", sector, sector], "-initrd: this is no"),
            (["--linux-entry", "32", sector], "--linux-entry: this is no Linux"),
            (["-kernel", sector], "-kernel: '\(sector)' is none of multiboot2, multiboot, linux, elf"),
            (["-initrd", "a,,b,,,", Self.path("multiboot")], "-initrd: "),
            (["-append", "x", Self.path("elf")], "-append: an ELF program has no command line"),
            (["--cpu", "80286", Self.path("elf")], "--cpu 80386"), (["--entry", "0:0", Self.path("elf")], "--entry: "),
            (["--linux-entry", "16", "-bios", "none", Self.path("linux")], "--linux-entry: "),
            (["-append", String(repeating: "x", count: 64), Self.path("linux")], "the kernel takes 63"),
            (["-initrd", "\(sector) x", Self.path("linux")], "has arguments"),
            (["-m", "1M", Self.path("linux")], "the Linux kernel needs 2 MiB of RAM"),
            (["-m", "1M", Self.path("multiboot")], "needs 2 MiB"),
            (["-initrd", "/nowhere", Self.path("multiboot")], "/nowhere"),
        ] {
            let host = TestHost()
            #expect([1, 2].contains(host.run(["run", "-m", "4M"] + arguments)))
            #expect(host.errors.text.contains(words), "\(host.errors.text)")
            #expect(host.errors.text.filter { $0 == "\n" }.count == 1, "\(host.errors.text)")
        }
    }

    @Test func modulesAreParsedAsQEMUDoes() {
        let parsed = KernelModule.parse("a b c,d,,e, f g")
        #expect(parsed.map(\.path) == ["a", "d,e", "f"] && parsed.map(\.arguments) == ["b c", "", "g"])
        #expect(KernelModule(path: "x/y", arguments: "z").text == "y z")
    }

    /// Bytes of a kernel that are changed, and what its one line says.
    private static let damages: [(name: String, changes: [Int: [UInt8]], words: String)] = [
        ("elf", [4: [2]], "64-bit ELF file"), ("elf", [0x12: [62, 0]], "an ELF file for x86-64"),
        ("elf", [0x12: [8, 0]], "an ELF file for MIPS"), ("elf", [0x10: [3, 0]], "addresses are not final"),
        ("elf", [0x10: [1, 0]], "an ELF object file"), ("elf", [0x2C: [0, 0]], "no program headers"),
        ("elf", [0x1C: [0xF0, 0xFF, 0xFF, 0xFF]], "program headers are not in the file"),
        ("elf", [0x18: [0, 0, 0, 0]], "its entry 00000000 is in no segment"),
        ("elf", [0x34 + 16: [0xFF, 0xFF, 0xFF, 0x7F]], "segment 0 ends behind the file"),
        ("elf", [0x34 + 20: [1, 0, 0, 0]], "segment 0 has no sense"),
        ("elf", [0x34 + 20: [0xFF, 0xFF, 0xFF, 0xFF]], "segment 0 has no sense"),
        ("elf", [0x34 + 20: [0, 0, 0, 0x70]], "needs 1794 MiB of RAM"), ("elf", [0x34: [6]], "no segment to load"),
        ("multiboot", [4: [2]], "64-bit ELF file"),
        ("kludge", [0x20 + 16: [0, 0, 0, 0xFF]], "more is before it"),
        ("kludge", [0x20 + 20: [0, 0, 0x24, 0]], "where the file has ended"),
        ("kludge", [0x20 + 28: [0, 0, 0, 0]], "its entry 00000000 is not"),
        ("multiboot2", [0x58 + 20: [2]], "tag 1 of its header ends behind it"),
        ("multiboot2", [0x58 + 16: [99]], "requires tag 99"),
        ("multiboot2", [0x58 + 24: [7]], "information 7 (VBE info)"),
        ("multiboot2", [0x58 + 24: [14]], "information 14 (ACPI old RSDP)"),
        ("linux", [0x236: [1]], "for x86-64"), ("linux", [0x1F1: [0x3F]], "a damaged Linux kernel"),
        ("linux", [0x201: [2]], "a damaged Linux kernel"), ("linux", [0x260: [0, 0, 0, 0x70]], "needs 1793 MiB"),
        ("linux", [0x25C: [1]], "behind 4 GiB"),
    ]

    @Test(arguments: damages.indices) func aDamagedKernelIsOneLine(number: Int) throws {
        let (name, changes, words) = Self.damages[number]
        var bytes = try HostFile.read(Self.path(name))
        for (place, change) in changes { bytes.replaceSubrange(place..<place + change.count, with: change) }
        let file = try TemporaryFile(bytes)
        let host = TestHost()
        #expect(host.run(["run", "-m", "4M", "--fuel", "100", file.path]) == 2, "\(host.errors.text)")
        #expect(host.errors.text.contains(words), "\(host.errors.text)")
        #expect(host.errors.text.filter { $0 == "\n" }.count == 1, "\(host.errors.text)")
    }
}
