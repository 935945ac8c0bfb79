import Foundation
import Testing
import X86Interp

@testable import x86sim

/// The guest programs in `fixtures`: each prints its text in every tier, and no tier differs from another.
@Suite("Fixtures", .timeLimit(.minutes(30)))
struct FixtureTests {
    static let programs = [
        "hello.bin", "bios.bin", "screen.bin", "uart.bin", "fwcfg.bin", "ticks.bin", "flat32.bin", "smc.bin",
        "strings.com", "dos.com", "crc.rom",
    ]
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("fixtures")
    private static let fuel = "2000000"

    private func path(_ name: String) -> String { Self.folder.appendingPathComponent(name).path }

    /// What a program has to print.
    private func expected(_ program: String) throws -> String {
        let name = program.split(separator: ".")[0]
        return try String(contentsOf: Self.folder.appendingPathComponent("\(name).txt"), encoding: .utf8)
    }

    @Test("each prints its text", arguments: programs, TierSetting.allCases)
    func printsItsText(_ program: String, _ setting: TierSetting) throws {
        let arguments = ["-m", "2M", "--tier", "all=\(setting.tier)", "--fuel", Self.fuel, path(program)]
        let settings = try OptionParser(subcommand: try X86Sim.named("run")).parse(arguments)
        let text = MemorySink()
        let guest = try GuestImage(settings).makeGuest(console: text, serial: text)
        let loop = HostLoop(machine: guest.machine) { setting.delays($0) }
        #expect(try loop.run(until: 2_000_000) == .stopped(.guestExit(code: 0)))
        #expect(text.text == (try expected(program)))
        #expect(guest.machine.ports.claims.allSatisfy { $0.tier == setting.tier })
    }

    @Test("tiers finds no difference", arguments: programs)
    func tiersAgree(_ program: String) throws {
        let host = TestHost()
        #expect(host.run(["tiers", "-m", "2M", "--fuel", Self.fuel, path(program)]) == 0)
        #expect(host.output.text.hasPrefix("no difference in ") && host.output.text.contains("guest ended"))
    }

    /// Each engine prints the same, ends the same way at the same time, and leaves the same machine.
    @Test("engines agree", arguments: programs)
    func enginesAgree(_ program: String) throws {
        var seen: Set<String> = []
        for engine in CPU.Engine.allCases {
            let arguments = ["-m", "2M", "--fuel", Self.fuel, path(program)]
            var settings = try OptionParser(subcommand: try X86Sim.named("run")).parse(arguments)
            settings.engine = engine
            let text = MemorySink()
            let guest = try GuestImage(settings).makeGuest(console: text, serial: text)
            let exit = try HostLoop(machine: guest.machine).run(until: 2_000_000)
            let machine = guest.machine
            #expect(machine.cpu.engine == engine)
            seen.insert("\(exit) \(machine.state.instructions) \(machine.hash()) \(text.text)")
        }
        #expect(seen.count == 1)
    }

    /// The fixtures run on the oldest processor that they are written for, too.
    @Test("each runs on the oldest model that it asks for", arguments: programs)
    func runsOnItsOldestModel(_ program: String) throws {
        let source = "\(program.split(separator: ".")[0]).asm"
        let text = try String(contentsOf: Self.folder.appendingPathComponent(source), encoding: .utf8)
        let model = text.contains("cpu     8086") ? "8086" : "80386"
        let host = TestHost()
        let status = host.run(["run", "-m", "2M", "--cpu", model, "--fuel", Self.fuel, "--quiet", path(program)])
        #expect(status == 0)
        let output = host.output.text
        guard output.contains("serial: ") || output.contains("screen: ") else {
            #expect(output == (try expected(program)))
            return
        }
        // Of a guest that speaks on several consoles, lines are whole and have names: what was said is the same.
        #expect(Self.said(output) == Self.said(try expected(program)))
    }

    /// All characters but line feeds, sorted, without the names of consoles.
    private static func said(_ text: String) -> String {
        let lines = text.split(separator: "\n").map { line in
            let name = ["debugcon: ", "serial: ", "screen: "].first { line.hasPrefix($0) }
            return line.dropFirst(name?.count ?? 0)
        }
        return String(lines.joined().sorted())
    }

    /// The benchmarks of floating point print the sums that QEMU and Bochs print.
    @Test("benchmarks give their sums", arguments: ["x87_matrix", "x87_fft", "sse2_matrix", "sse2_fft"])
    func benchmarkGivesItsSum(_ name: String) throws {
        let host = TestHost()
        #expect(host.run(["run", "-m", "4M", "--fuel", Self.fuel, "--quiet", path("bench/\(name).rom")]) == 0)
        #expect(host.output.text == (try String(contentsOfFile: path("bench/\(name).txt"), encoding: .utf8)))
    }

    @Test func everyProgramIsListed() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        let programs = names.filter { name in ["bin", "com", "rom"].contains { name.hasSuffix("." + $0) } }
        #expect(Set(programs) == Set(Self.programs))
        #expect(Set(names.filter { $0.hasSuffix(".asm") }).count == programs.count)
    }

    private static let hasAssembler = ["/usr/bin/nasm", "/usr/local/bin/nasm", "/opt/homebrew/bin/nasm"]
        .contains(where: FileManager.default.isExecutableFile)

    @Test("the committed programs are what their sources assemble to", .enabled(if: hasAssembler, "needs nasm"))
    func committedProgramsAreCurrent() throws {
        let process = Process()
        process.executableURL = Self.folder.appendingPathComponent("build")
        process.arguments = ["--check"]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}
