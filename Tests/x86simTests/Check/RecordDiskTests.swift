import Foundation
import TestSupport
import Testing

@testable import x86sim

@Suite("Recorded runs with disks and keys")
struct RecordDiskTests {
    /// Code of a boot sector.
    private static func sector(_ code: [UInt8]) -> [UInt8] {
        code + [UInt8](repeating: 0, count: 510 - code.count) + [0x55, 0xAA]
    }

    // mov ah,0; int 16; mov [7e00],al; mov ax,0301; mov bx,7e00; mov cx,2; xor dx,dx; mov dl,[drive]; int 13; cli; hlt
    private static func writing(drive: UInt8) -> [UInt8] {
        [
            0xB4, 0x00, 0xCD, 0x16, 0xA2, 0x00, 0x7E, 0xB8, 0x01, 0x03, 0xBB, 0x00, 0x7E, 0xB9, 0x02, 0x00, 0x31, 0xD2,
            0xB2, drive, 0xCD, 0x13, 0xFA, 0xF4,
        ]
    }

    private static func image(_ sector: [UInt8]) throws -> TemporaryFile {
        try TemporaryFile(sector + [UInt8](repeating: 0xE5, count: 1_474_560 - 512), extension: "img")
    }

    @Test func anImageIsNamedWithItsHashAndTheSectorsWritten() throws {
        let image = try Self.image(Self.sector(Self.writing(drive: 0)))
        let path = image.sibling(".jsonl")
        let host = TestHost()
        #expect(host.run(["run", image.path, "-m", "1M", "--keys", "x{f1}", "--record", path, "--quiet"]) == 0)
        #expect(host.errors.text.isEmpty, "\(host.errors.text)")
        let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
        #expect(text.contains("\ndisk fda \(HostPath.name(of: image.path)) "), "\(text)")
        #expect(text.contains("\nexpect sectors fda\n    1="), "\(text)")
        #expect(text.contains("\nkeys x\n"), "\(text)")
        #expect(host.run(["check", path]) == 0)
        // Another image is refused by its name.
        var bytes = try Data(contentsOf: URL(fileURLWithPath: image.path))
        bytes[1000] = 0
        try bytes.write(to: URL(fileURLWithPath: image.path))
        let again = TestHost()
        #expect(again.run(["check", path]) != 0)
        let said = again.errors.text + again.output.text
        #expect(said.contains("is not the image that the case was made with"), "\(said)")
    }

    @Test func aSectorBesideAnImageIsWrittenOut() throws {
        let disk = try Self.image([UInt8](repeating: 0, count: 512))
        let blob = try TemporaryFile(Self.sector(Self.writing(drive: 1)))
        let path = blob.sibling(".jsonl")
        let host = TestHost()
        let options = ["-fdb", disk.path, "-m", "1M", "--keys", "q", "--record", path, "--quiet"]
        #expect(host.run(["run", blob.path] + options) == 0)
        let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
        #expect(text.contains("\nboot sector\nblob\n") && text.contains("\ndisk fdb "), "\(text)")
        #expect(text.contains("\nexpect sectors fdb\n    1="), "\(text)")
        #expect(host.errors.text.isEmpty, "\(host.errors.text)")
    }

    /// Options that a case cannot hold, and a part of what is said.
    private static let refused: [([String], String)] = [
        (["--disk-write"], "--disk-write"), (["--rtc", "host"], "give a time"),
        (["--fw-cfg", "x=/etc/passwd"], "add --tier fw_cfg=user"),
    ]

    @Test(arguments: refused) func whatCannotBeRecordedIsSaidBeforeTheRun(options: [String], part: String) throws {
        let blob = try TemporaryFile(Self.sector([0xB0, 0x41, 0xE6, 0xE9, 0xFA, 0xF4]))
        let path = blob.sibling(".jsonl")
        let host = TestHost()
        #expect([1, 2].contains(host.run(["run", blob.path, "-m", "1M", "--record", path] + options)))
        #expect(host.errors.text.contains(part), "\(host.errors.text)")
        #expect(host.output.text.isEmpty)
    }
}
