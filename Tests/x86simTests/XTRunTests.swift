import Devices
import TestSupport
import Testing
import X86Interp

@testable import x86sim

/// `--machine xt`: its processor, the fixtures that run on it, and what is on its screens.
@Suite("Runs on an XT", .timeLimit(.minutes(30))) struct XTRunTests {
    /// Programs of `fixtures` that an XT with its 8086 does not run, and why; all others print their text.
    private static let beyond = [
        "crc.rom": "instructions of an 80386", "flat32.bin": "32-bit code", "smc.bin": "instructions of an 80386",
        "fwcfg.bin": "instructions of an 80386", "strings.com": "instructions of an 80386",
        "bios.bin": "INT 10h of a VGA, INT 15h and 1Ah of an AT", "screen.bin": "INT 10h of a VGA",
    ]
    /// Those of them that ask for chips that an XT has not.
    private static let ofAnAT: Set<String> = ["bios.bin", "screen.bin"]

    private func path(_ name: String) -> String { SourceTree.root.appendingPathComponent("fixtures/" + name).path }

    private func settings(_ arguments: String...) throws -> Settings {
        try OptionParser(subcommand: try X86Sim.named("run")).parse(arguments + ["x.bin"])
    }

    @Test func itHasAn8086UnlessTold() throws {
        #expect(try settings("--machine", "xt").model.name == "8086")
        #expect(try settings("--cpu", "80386", "--machine", "xt").model.name == "80386")
        #expect(try settings("--machine", "xt", "--fpu", "8087").model.x87 == .i8087)
        #expect(try settings().model.name == CPUModel.newest.name)
    }

    @Test(arguments: FixtureTests.programs) func programsForAn8086Run(program: String) throws {
        let host = TestHost()
        // Programs that do not run here may never end.
        let fuel = Self.beyond[program] == nil ? "2M" : "200K"
        let status = host.run(["run", "--machine", "xt", "-m", "640K", "--fuel", fuel, "--quiet", path(program)])
        let expected = try HostFile.read(path(program.prefix { $0 != "." } + ".txt"))
        let isSame = status == 0 && host.output.bytes == expected
        #expect(isSame == (Self.beyond[program] == nil), "\(program): status \(status)")
    }

    /// With an 80386 the board runs what needs no chip of an AT.
    @Test(arguments: FixtureTests.programs.filter { !ofAnAT.contains($0) })
    func allOthersRunWithAn80386(program: String) throws {
        let host = TestHost()
        let status = host.run(
            ["run", "--machine", "xt", "--cpu", "80386", "-m", "2M", "--fuel", "2M", "--quiet", path(program)])
        let expected = try HostFile.read(path(program.prefix { $0 != "." } + ".txt"))
        #expect(status == 0 && host.output.bytes == expected, "\(program): \(host.errors.text)")
    }

    /// What a program for an XT shows goes to text and to pictures, on both adapters.
    ///
    /// mov ax, 0e48; int 10; mov ax, 0e69; int 10; xor al, al; out f4, al
    private static let says: [UInt8] = [
        0xB8, 0x48, 0x0E, 0xCD, 0x10, 0xB8, 0x69, 0x0E, 0xCD, 0x10, 0x30, 0xC0, 0xE6, 0xF4, 0xF4,
    ]

    @Test(
        arguments: [
            ([], 640, 400), (["--device", "mda"], 720, 350), (["--device", "mda", "--device", "cga,off"], 720, 350),
        ] as [([String], Int, Int)])
    func screensAreShown(options: [String], width: Int, height: Int) throws {
        let sector = Self.says + [UInt8](repeating: 0, count: 510 - Self.says.count) + [0x55, 0xAA]
        let file = try TemporaryFile(sector, extension: "img")
        // An ending that is removed with the file.
        let picture = file.sibling(".csv")
        for tier in Tier.allCases {
            let host = TestHost()
            let outputs = ["--quiet", "--screen", "png:" + picture]
            let arguments = ["run", "--machine", "xt", "--tier", "all=\(tier)"] + outputs + options
            #expect(host.run(arguments + [file.path]) == 0, "\(host.errors.text)")
            #expect(host.output.text == "Hi")
            // The size in the header of a PNG.
            let bytes = try HostFile.read(picture)
            func number(_ place: Int) -> Int { bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } }
            #expect(number(16) == width && number(20) == height)
        }
    }

    @Test func tiersAgree() throws {
        let sector = Self.says + [UInt8](repeating: 0, count: 510 - Self.says.count) + [0x55, 0xAA]
        let file = try TemporaryFile(sector, extension: "img")
        let host = TestHost()
        #expect(host.run(["tiers", "--machine", "xt", "--fuel", "1M", file.path]) == 0, "\(host.errors.text)")
        #expect(host.output.text.contains("guest ended"))
    }

    /// A guest that puts text into memory itself, without a BIOS.
    @Test func textInMemoryIsShownWithoutABIOS() throws {
        // mov ax, b800; mov ds, ax; mov word [0], 1e42; cli; hlt
        let file = try TemporaryFile([0xB8, 0, 0xB8, 0x8E, 0xD8, 0xC7, 0x06, 0, 0, 0x42, 0x1E, 0xFA, 0xF4])
        let host = TestHost()
        #expect(host.run(["run", "--machine", "xt", "--quiet", "--boot", "flat", file.path]) == 0)
        #expect(host.output.text == "B\n")
    }
}
