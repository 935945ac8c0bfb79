import Foundation
import TestSupport
import Testing
import X86Interp

@testable import x86sim

/// The protected-mode guests in `fixtures/pm`: each prints the text that the manual asks for, in every tier.
@Suite("Protected-mode fixtures", .timeLimit(.minutes(30)))
struct PMFixtureTests {
    static let programs = [
        "calls", "debug", "interrupts", "io", "iret", "limits", "paging", "segments", "system", "system_segments",
        "tasks", "v86",
    ]
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("fixtures/pm")
    private static let fuel: UInt64 = 5_000_000

    private func expected(_ program: String) throws -> [Substring] {
        try String(contentsOf: Self.folder.appendingPathComponent(program + ".txt"), encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// Answers that are put off are of the user tier.
    private static let settings = LongTests.areWanted ? TierSetting.allCases : [.kernel, .delayed]

    @Test("each prints its text", arguments: programs, settings)
    func printsItsText(_ program: String, _ setting: TierSetting) throws {
        let path = Self.folder.appendingPathComponent(program + ".rom").path
        let arguments = [
            "-m", "2M", "--cpu", "p6", "--tier", "all=\(setting.tier)", "--fuel", "\(Self.fuel)", path,
        ]
        let settings = try OptionParser(subcommand: try X86Sim.named("run")).parse(arguments)
        let text = MemorySink()
        let guest = try GuestImage(settings).makeGuest(console: text, serial: MemorySink())
        let loop = HostLoop(machine: guest.machine) { setting.delays($0) }
        let end = try loop.run(until: Self.fuel)
        // Line by line, so that a failure names the check and not two texts of three hundred lines.
        let lines = text.text.split(separator: "\n", omittingEmptySubsequences: false)
        let wantedLines = try expected(program)
        for (found, wanted) in zip(lines, wantedLines) where found != wanted {
            Issue.record("\(program): \(found), instead of: \(wanted)")
        }
        #expect(lines.count == wantedLines.count, "\(program) stopped early: \(end)")
        #expect(end == .stopped(.guestExit(code: 0)))
    }

    @Test func everyProgramIsListed() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        for suffix in [".asm", ".rom", ".txt"] {
            let found = names.filter { $0.hasSuffix(suffix) }.map { String($0.dropLast(suffix.count)) }
            #expect(found.sorted() == Self.programs, "\(suffix)")
        }
    }

    /// A check of a text that no fault can reach would pass with an empty program.
    @Test("each text names faults and ends", arguments: programs)
    func textsHoldChecks(_ program: String) throws {
        let lines = try expected(program)
        #expect(lines.first == Substring(program))
        #expect(lines.suffix(2) == ["done", ""])
        #expect(lines.contains { $0.contains(": #") } && lines.count > 40)
        #expect(!lines.contains { $0.contains("[") }, "an expectation is left in the text")
    }
}
