import TestSupport
import Testing

@testable import x86sim

@Suite("Hostile scripts for the debugger", .timeLimit(.minutes(30)))
struct RandomScriptTests {
    private static let words = [
        "", "0", "1", "-1", "7c00", "0:7c00", "ffff:ffff", "ffffffff", "10000000000", "es:di+4", "[bp-2]", "byte [0]",
        "[[[[", "))", "1/0", "ax=1", "eip=0", "cr0=80000001", "cs=ffff", "esp=0", "io", "3f8-3ff", "int", "exc", "gp",
        "mode", "icount", "device", "uart", "if", "do", "print", "ax", "==", "\"text\"", "\"open", "stub", "busy",
        "then",
        "50", "kernel", "user", "all", "last", "99999999999999999999", "/4i", "/9999xb", "/s", "/q", ",", ":", "radix",
        "10",
        "a", "b", "ä🙂", "\u{1B}[2J", "\u{0}", "'A'", "l20", "L", "eflags", "cf", "port", "e9", "f4",
    ]

    /// A command with a few words behind it, or only words.
    private static func line(_ random: inout SeededGenerator) -> String {
        var parts: [String] = []
        if Int.random(in: 0..<10, using: &random) > 0 {
            let command = Command.all[Int.random(in: 0..<Command.all.count, using: &random)]
            let isWriting = ["shot", "source", "trace"].contains(command.name)
            parts.append(isWriting ? "p" : ([command.name] + command.aliases).randomElement(using: &random) ?? "")
        }
        for _ in 0..<Int.random(in: 0..<5, using: &random) { parts.append(words.randomElement(using: &random) ?? "") }
        return parts.joined(separator: Bool.random(using: &random) ? " " : "  ")
    }

    private static func run(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let code = (0..<64).map { _ in UInt8.random(in: 0...255, using: &random) }
        let file = try TemporaryFile(code + [0xFA, 0xF4])
        let arguments = [file.path, "--boot", "flat", "-m", "1M", "--fuel", "3000", "--max-output", "1000"]
        let (session, output) = try SessionRunner.session(arguments)
        for _ in 0..<25 where !session.isOver { session.execute(line(&random)) }
        // Memory is bounded: what 25 commands print is too.
        #expect(output.bytes.count < 4 << 20)
    }

    @Test(arguments: 0..<20 as Range<UInt64>) func aScriptOfRandomLinesEnds(seed: UInt64) throws {
        try Self.run(seed: seed)
    }

    @Test(
        .enabled(if: LongTests.areWanted), .timeLimit(.minutes(60)),
        arguments: 0..<UInt64(LongTests.count(short: 100) / 100))
    func tenThousandScriptsOfRandomLinesEnd(block: UInt64) throws {
        for seed in block * 100..<block * 100 + 100 { try Self.run(seed: 1000 + seed) }
    }
}
