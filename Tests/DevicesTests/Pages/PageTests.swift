import DeviceContract
import Foundation
import TestSupport
import Testing
import X86Interp

/// The code of the pages for people who depend on the package is compiled and run here.
@Suite struct PageTests {
    private static let folders = ["Sources/X86Interp/X86Interp.docc", "Sources/Devices/Devices.docc"]

    // MARK: Your first device

    @Test func theFirstDeviceIsThrownInEitherTierAndKeepsTheContract() throws {
        var printed: [String] = []
        func print(_ values: Any...) { printed.append(values.map { "\($0)" }.joined(separator: " ")) }

        for tier in Tier.allCases { print(tier, try fiveThrows(tier)) }
        for violation in Contract("dice", make: table).violations() { print(violation) }

        #expect(printed == ["kernel [2, 5, 2, 1, 6]", "user [2, 5, 2, 1, 6]"])
        let page = try SourceTree.file("Sources/X86Interp/X86Interp.docc/FirstDevice.md").text
        #expect(page.contains("    $ swift run\n" + printed.map { "    \($0)\n" }.joined() + "\n"))
    }

    @Test func theFirstDeviceIsAtMostFortyLines() throws {
        #expect(try SourceTree.file("Tests/DevicesTests/Pages/Dice.swift").lines.dropLast().count <= 40)
    }

    /// What the page says of a device whose `peek` throws the die.
    @Test func thePageQuotesTheContract() throws {
        final class Peeker: Device, PortDevice {
            let dice = Dice(name: "dice")
            var name: String { dice.name }
            var state: Dice.State {
                get { dice.state }
                set { dice.state = newValue }
            }
            func reset() { dice.reset() }
            func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 {
                dice.read(bank: bank, offset: offset, width: width)
            }
            func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? {
                dice.read(bank: bank, offset: offset, width: width)
            }
            func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {
                dice.write(bank: bank, offset: offset, width: width, value: value)
            }
        }
        let contract = Contract("dice") { tier in
            let machine = try Machine(ramSize: 1 << 16)
            let device = Peeker()
            try machine.add(device)
            try machine.ports.claim(0x300...0x301, for: device, tier: tier)
            return Specimen(machine, device)
        }
        let sentence = try #require(contract.violation(of: .peek)).description
        let page = try SourceTree.file("Sources/X86Interp/X86Interp.docc/FirstDevice.md").text
        #expect(page.contains("    \(sentence)\n"))
    }

    // MARK: Embedding

    @Test func theExamplesOfEmbeddingPrintWhatThePageSays() throws {
        var example = Embedding()
        try example.runsABlob()
        #expect(example.printed == ["halted 3", "1234 0 31751", "[52, 18]"])
        let page = try SourceTree.file("Sources/X86Interp/X86Interp.docc/Embedding.md").text
        for line in example.printed { #expect(page.contains("`\(line)`")) }

        example = Embedding()
        try example.runsABoard()
        #expect(example.printed == ["true A", #"["code 07"]"#])
        for line in example.printed { #expect(page.contains("`\(line)`")) }

        example = Embedding()
        try example.answers()
        #expect(example.printed == ["the guest writes 42 to port 64"])

        example = Embedding()
        try example.slices()
        #expect(example.printed == ["41248 budget"])
        #expect(sentence(.stopped(.guestExit(code: 3))) == "the guest ended with code 3")
    }

    // MARK: Snapshots

    @Test func theExamplesOfSnapshotsPrintWhatThePageSays() throws {
        var example = Saving()
        try example.goesBackAndElsewhere()
        #expect(example.printed == ["100 50", "true true"])
        let page = try SourceTree.file("Sources/X86Interp/X86Interp.docc/Snapshots.md").text
        for line in example.printed { #expect(page.contains("`\(line)`")) }
    }

    // MARK: Observers

    @Test func theExampleOfObserversPrintsWhatThePageSays() throws {
        var example = Watching()
        try example.countsWrites()
        #expect(example.printed == ["stopped(X86Interp.StopReason.observer) 19 true", "budget 10"])
        let page = try SourceTree.file("Sources/X86Interp/X86Interp.docc/Observers.md").text
        for line in example.printed { #expect(page.contains("`\(line)`")) }
    }

    // MARK: All pages

    /// Each block of Swift in a page stands in a file of the tests, line after line; margins do not count.
    @Test func codeOfThePagesIsCodeOfTheTests() throws {
        let tests = try SourceTree.swiftFiles(in: "Tests").map { $0.lines.map(Self.trimmed) }
        var count = 0
        for path in try Self.pages() {
            for block in try Self.blocks(SourceTree.file(path)) where block.first != "// swift-tools-version: 6.0" {
                count += 1
                #expect(tests.contains { Self.contains($0, block) }, "\(path): \(block.first ?? "")")
            }
        }
        #expect(count >= 10)
    }

    private static func pages() throws -> [String] {
        try folders.filter(SourceTree.exists).flatMap { folder in
            try FileManager.default.contentsOfDirectory(atPath: SourceTree.root.appendingPathComponent(folder).path)
                .filter { $0.hasSuffix(".md") }.sorted().map { folder + "/" + $0 }
        }
    }

    /// The lines between fences that say Swift, behind their imports.
    private static func blocks(_ page: SourceTree.File) -> [[String]] {
        var blocks: [[String]] = []
        var block: [String]?
        for line in page.lines {
            if line == "```swift" {
                block = []
            } else if line == "```", let full = block {
                blocks.append(Array(full.drop { $0.isEmpty || $0.hasPrefix("import ") }))
                block = nil
            } else {
                block?.append(trimmed(line))
            }
        }
        return blocks
    }

    private static func trimmed(_ line: Substring) -> String { String(line.drop { $0 == " " }) }

    private static func contains(_ lines: [String], _ block: [String]) -> Bool {
        guard block.count <= lines.count, let first = block.first else { return false }
        return (0...lines.count - block.count).contains {
            lines[$0] == first && Array(lines[$0..<$0 + block.count]) == block
        }
    }
}
