import Foundation
import TestSupport
import Testing

@testable import x86sim

/// Each function of the BIOS services against SeaBIOS, which runs the same guest in QEMU.
@Suite("Comparison with SeaBIOS", .enabled(if: QEMU.isThere, "needs QEMU"), .timeLimit(.minutes(30)))
struct BIOSComparisonTests {
    /// A guest's lines by what they are about; text of the screen may stand before one.
    private func lines(_ text: String) -> [(name: String, values: String)] {
        text.split(separator: "\n").compactMap { line in
            guard let start = line.range(of: "= ") else { return nil }
            let rest = line[start.upperBound...]
            guard let colon = rest.range(of: ":") else { return nil }
            return (String(rest[..<colon.lowerBound]), String(rest[colon.upperBound...]))
        }
    }

    /// The lines that `fixtures/bios.md` lists.
    private func settled() throws -> Set<String> {
        let rows = try SourceTree.file("fixtures/bios.md").text.split(separator: "\n").filter { $0.hasPrefix("| `") }
        return Set(rows.map { String($0.dropFirst(3).prefix { $0 != "`" }) })
    }

    @Test(arguments: ["bios.bin", "screen.bin"])
    func eachFunctionAnswersAlikeButForWhatIsListed(name: String) throws {
        let program = try HostFile.read(SourceTree.root.appendingPathComponent("fixtures/\(name)").path)
        // Each sector says its number.
        let disk = (0..<8192).flatMap { number in
            (0..<256).flatMap { _ in [UInt8(truncatingIfNeeded: number), UInt8(number >> 8)] }
        }
        let floppy = try TemporaryFile(
            program + [UInt8](repeating: 0, count: 1_474_560 - program.count), extension: "img")
        let second = try TemporaryFile(disk, extension: "img")
        let host = TestHost()
        #expect(host.run(["run", floppy.path, "-hda", second.path, "--quiet"]) == 0)
        let here = lines(host.output.text)
        let there = lines(try QEMU.run(floppy: program, hardDisk: disk))
        #expect(here.count > (name == "bios.bin" ? 80 : 15) && here.map(\.name) == there.map(\.name))
        let differing = zip(here, there).filter { $0.values != $1.values }.map(\.0.name)
        #expect(Set(differing) == (name == "bios.bin" ? try settled() : []))
    }

    /// INT 19h starts the disk again; INT 18h does not come back.
    @Test func startingAgainAndNotStarting() throws {
        // xor ax, ax; mov ds, ax; mov al, [600]; inc byte [600]; add al, '0'; out e9, al; cmp al, '1'; jae +2;
        // int 19; int 18; mov al, 'X'; out e9, al; hlt
        let code: [UInt8] = [
            0x31, 0xC0, 0x8E, 0xD8, 0x80, 0x3E, 0x02, 0x06, 0x5A, 0x74, 0x0A, 0xC6, 0x06, 0x02, 0x06, 0x5A, 0xC6, 0x06,
            0x00, 0x06, 0x30, 0xA0, 0x00, 0x06, 0xFE, 0x06, 0x00, 0x06, 0xE6, 0xE9, 0x3C, 0x31, 0x73, 0x02, 0xCD, 0x19,
            0xCD, 0x18, 0xB0, 0x58, 0xE6, 0xE9, 0xF4,
        ]
        let sector = code + [UInt8](repeating: 0, count: 510 - code.count) + [0x55, 0xAA]
        let file = try TemporaryFile(sector, extension: "img")
        let host = TestHost()
        #expect(host.run(["run", file.path, "--screen", "none", "--quiet"]) == 0)
        #expect(host.output.text == "01")
        // SeaBIOS goes on to the next device and then waits for good.
        let there = try QEMU.run(floppy: sector, seconds: 8)
        #expect(there.contains("01") && !there.contains("X"))
    }
}
