import Foundation
import TestSupport
import Testing

@testable import x86sim

@Suite("Runs with a BIOS", .timeLimit(.minutes(30))) struct BIOSRunTests {
    /// A boot sector of this code.
    private func sector(_ code: [UInt8]) throws -> TemporaryFile {
        let padding = [UInt8](repeating: 0, count: 510 - code.count)
        return try TemporaryFile(code + padding + [0x55, 0xAA], extension: "img")
    }

    // mov ax, 0e41; int 10; cli; hlt
    private static let printsA: [UInt8] = [0xB8, 0x41, 0x0E, 0xCD, 0x10, 0xFA, 0xF4]

    @Test func printedTextIsStandardOutput() throws {
        let file = try sector(Self.printsA)
        let host = TestHost()
        #expect(host.run(["run", file.path, "--quiet"]) == 0)
        #expect(host.output.text == "A" && host.errors.bytes.isEmpty)
        let silent = TestHost()
        #expect(silent.run(["run", file.path, "--screen", "none"]) == 0 && silent.output.text.isEmpty)
        let none = TestHost()
        #expect(none.run(["run", file.path, "-bios", "none", "--fuel", "1000"]) == 11)
        #expect(none.errors.text.contains("interrupt 10 at 0000:7C03 (no BIOS here"))
    }

    @Test func whatIsWrittenToTheScreenIsShownAtTheEnd() throws {
        // mov ax, b800; mov ds, ax; mov word [0], 1e42; cli; hlt
        let file = try sector([0xB8, 0x00, 0xB8, 0x8E, 0xD8, 0xC7, 0x06, 0, 0, 0x42, 0x1E, 0xFA, 0xF4])
        let host = TestHost()
        #expect(host.run(["run", file.path]) == 0)
        #expect(host.output.text == "B\n")
        let ansi = TestHost()
        #expect(ansi.run(["run", file.path, "--screen", "ansi"]) == 0)
        #expect(ansi.output.text.contains("\u{1B}[0;93;44mB"))
    }

    @Test func aGuestWithoutKeysEnds() throws {
        // xor ax, ax; int 16; out f4, al
        let file = try sector([0x31, 0xC0, 0xCD, 0x16, 0xE6, 0xF4])
        let host = TestHost()
        #expect(host.run(["run", file.path]) == 13)
        #expect(host.errors.text.contains("waits for a key"))
        #expect(TestHost().run(["run", file.path, "--keys", "\\t"]) == 64 + 9)
        #expect(TestHost().run(["tiers", file.path, "--keys", "x"]) == 0)
    }

    @Test func anExceptionIsNamed() throws {
        let file = try sector([0x0F, 0x0B])
        let host = TestHost()
        #expect(host.run(["run", file.path]) == 11)
        #expect(host.errors.text.contains("nothing handles interrupt 06 at 0000:7C00"))
    }

    @Test func drivesBootWithoutABlobAndAreWrittenOnRequest() throws {
        // mov ax, 0301; mov bx, 7c00; mov cx, 2; int 13; cli; hlt
        let code: [UInt8] = [0xB8, 1, 3, 0xBB, 0, 0x7C, 0xB9, 2, 0, 0xCD, 0x13, 0xFA, 0xF4]
        let boot = try sector(code)
        let disk = try TemporaryFile(try HostFile.read(boot.path) + [UInt8](repeating: 0, count: 512), extension: "img")
        #expect(TestHost().run(["run", "-fda", disk.path]) == 0)
        #expect(try HostFile.read(disk.path)[512] == 0)
        #expect(TestHost().run(["run", "-fda", disk.path, "--disk-write"]) == 0)
        #expect(try HostFile.read(disk.path)[512..<525] == code[...])
        let host = TestHost()
        #expect(host.run(["run", disk.path, "-fda", boot.path]) == 1)
        #expect(host.errors.text.contains("use -fdb"))
    }

    @Test func aShortFloppyGrowsByWhatIsWritten() throws {
        // mov ax, 0301; mov bx, 7c00; mov cx, 2; int 13; the same with the last sector of all; cli; hlt
        let code: [UInt8] = [
            0xB8, 1, 3, 0xBB, 0, 0x7C, 0xB9, 2, 0, 0xCD, 0x13, 0xB8, 1, 3, 0xB9, 0x12, 0x4F, 0xB6, 1, 0xCD, 0x13, 0xFA,
            0xF4,
        ]
        let disk = try sector(code)
        let before = try HostFile.read(disk.path)
        #expect(TestHost().run(["run", "-fda", disk.path]) == 0)
        #expect(try HostFile.read(disk.path) == before)
        #expect(TestHost().run(["run", "-fda", disk.path, "--disk-write"]) == 0)
        let after = try HostFile.read(disk.path)
        #expect(after.count == 1_474_560 && after[1024..<1536].allSatisfy { $0 == 0 })
        #expect(Array(after[512..<1024]) == before && Array(after.suffix(512)) == before)
    }

    @Test func textAtPlacesComesOutAsTheScreenShowsIt() throws {
        // mov ah, 2; mov bh, 0; mov dx, row << 8 | 5; int 10; then mov ax, 0e00 + character; int 10
        func at(_ row: UInt8, _ text: String) -> [UInt8] {
            [0xB4, 2, 0xB7, 0, 0xBA, 5, row, 0xCD, 0x10] + text.utf8.flatMap { [0xB8, $0, 0x0E, 0xCD, 0x10] }
        }
        let file = try sector(at(5, "2 Quit") + at(2, "Menu") + at(4, "1 Start") + [0xFA, 0xF4])
        let host = TestHost()
        #expect(host.run(["run", file.path, "--quiet"]) == 0)
        #expect(host.output.text == "\n\n     Menu\n\n     1 Start\n     2 Quit\n")
        // What has gone out already does not come again.
        let titled = try sector(at(0, "Title") + at(5, "2 Quit") + at(2, "Menu") + at(4, "1 Start") + [0xFA, 0xF4])
        let second = TestHost()
        #expect(second.run(["run", titled.path, "--quiet"]) == 0)
        #expect(second.output.text == "     Title\n\n     Menu\n\n     1 Start\n     2 Quit\n")
    }

    @Test func theScreenIsInTheReport() throws {
        let file = try sector(Self.printsA)
        let host = TestHost()
        #expect(host.run(["run", file.path, "--json", "--quiet"]) == 0)
        #expect(host.output.text.contains(#""screen":["A"]"#))
    }

    @Test func aPictureIsWritten() throws {
        let file = try sector(Self.printsA)
        let picture = file.sibling(".jsonl")
        #expect(TestHost().run(["run", file.path, "--screen", "png:" + picture]) == 0)
        #expect(try HostFile.read(picture).prefix(4) == [0x89, 0x50, 0x4E, 0x47])
    }
}
