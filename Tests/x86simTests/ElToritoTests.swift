import Devices
import Foundation
import Testing
import X86Interp

@testable import x86sim

/// CD images by their boot record: what INT 13h makes of them, and what is refused.
@Suite("El Torito", .timeLimit(.minutes(30))) struct ElToritoTests {
    private static let program: [UInt8] = {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("fixtures/cd/eltorito.bin").path
        do throws(CommandError) { return try HostFile.read(path) } catch { return [] }
    }()

    private func run(_ image: [UInt8], _ arguments: [String] = []) throws -> (status: Int32, host: TestHost) {
        let file = try TemporaryFile(image, extension: "iso")
        let host = TestHost()
        let paths = arguments.map { $0.replacingOccurrences(of: "FILE", with: file.path) }
        let operands = paths.contains(file.path) ? paths : paths + [file.path]
        return (host.run(["run", "-m", "2M", "--fuel", "100000"] + operands), host)
    }

    /// The packet, sector 16, and the parameters are SeaBIOS's but for the controller and the number of sectors.
    @Test(arguments: [0, 0x7C0, 0x2000] as [UInt16]) func withoutEmulationTheDriveIsE0(segment: UInt16) throws {
        let image = CompactDisc.image(media: 0, segment: segment, code: Self.program)
        for arguments in [[], ["-cdrom", "FILE"], ["--boot", "cd"]] {
            let (status, host) = try run(image, arguments)
            let place = segment == 0x2000 ? "0020" : "C007"
            #expect(
                host.output.text == """
                    E0
                    00 1300E0001400000000000000\(place)0400000000
                    00 CD001
                    00 1A007400FFFFFFFFFFFFFFFFFFFFFFFF20000000000000000008
                    01 01
                    01\u{20}
                    01 000100
                    01\u{20}
                    01\u{20}

                    """, "\(host.errors.text)")
            let found = segment == 0x2000 ? "2000:0000" : "0000:7C00"
            #expect(status == 0 && host.errors.text.contains("(CD, boot image at \(found))"), "\(host.errors.text)")
        }
    }

    @Test(arguments: [(1, "4F0F01"), (2, "4F1201"), (3, "4F2401")])
    func byEmulationItIsAFloppyThatCannotBeWritten(media: Int, geometry: String) throws {
        let (status, host) = try run(CompactDisc.image(media: media, count: 1, code: Self.program))
        let lines = host.output.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        #expect(status == 0 && lines.count > 8, "\(host.output.text) \(host.errors.text)")
        guard lines.count > 8 else { return }
        #expect(lines[1] == "00 130\(media)0000" + "14000000" + "00000000" + "C0070100\(geometry)")
        // Sector 16 by EDD: a floppy has none. The first sector is the program's own, E8; it cannot be written.
        #expect(lines[2].hasPrefix("01") && lines[4] == "00 E8" && lines[5] == "03 " && lines[6] == "00 \(geometry)")
        // The emulation ends, and the drive is gone.
        #expect(lines[7] == "00 " && lines[8] == "01 ")
        #expect(host.errors.text.contains("(CD as a floppy, boot sector at 0000:7C00)"))
    }

    @Test func aCaseNamesACD() throws {
        // mov al, dl; and al, 1F; add al, 5; out f4, al: drive E0
        let code: [UInt8] = [0x88, 0xD0, 0x24, 0x1F, 0x04, 0x05, 0xE6, 0xF4]
        let image = try TemporaryFile(CompactDisc.image(media: 0, code: code), extension: "iso")
        let lines = "machine isapc\nm 2M\ndisk cdrom \(image.path)\nexpect end exit 5\n"
        let file = try TemporaryFile(Array(lines.utf8), extension: "case")
        let host = TestHost()
        #expect(host.run(["check", file.path]) == 0, "\(host.output.text) \(host.errors.text)")
    }

    /// INT 19h loads the image again, at its segment.
    @Test(arguments: [(0, 0), (0, 0x2000), (2, 0)]) func anotherBootstrapLoadsItAgain(media: Int, segment: Int) throws {
        // inc byte [0600]; cmp byte [0600], 3; je done; int 19; done: mov al, dl; out e9, al; out f4, 0
        let code: [UInt8] = [
            0x31, 0xC0, 0x8E, 0xD8, 0xFE, 0x06, 0x00, 0x06, 0x80, 0x3E, 0x00, 0x06, 0x03, 0x74, 0x02, 0xCD, 0x19, 0x88,
            0xD0, 0x04, 0x30, 0xE6, 0xE9, 0xB0, 0x00, 0xE6, 0xF4,
        ]
        let image = CompactDisc.image(media: media, segment: UInt16(segment), count: 1, code: code)
        let (status, host) = try run(image)
        #expect(status == 0, "\(host.errors.text)")
        #expect(Array(host.output.text.unicodeScalars).count == 1)
    }

    @Test func whatCannotBeBootedIsOneLine() throws {
        let good = CompactDisc.image(media: 0, code: [0xF4])
        func changed(_ place: Int, _ byte: UInt8) -> [UInt8] {
            var bytes = good
            bytes[place] = byte
            return bytes
        }
        let catalogue = CompactDisc.catalogue * 2048
        let floppy = CompactDisc.image(media: 2, code: [0xF4])
        let rows: [([UInt8], [String], String)] = [
            (CompactDisc.image(media: 4, code: [0xF4]), [], "a hard disk by emulation"),
            (CompactDisc.image(media: 9, code: [0xF4]), [], "has media 9"),
            (changed(catalogue, 2), [], "catalogue does not start"), (changed(catalogue + 32, 0), [], "not marked"),
            (changed(catalogue + 28, 0), [], "catalogue does not start"),
            (changed(17 * 2048 + 0x49, 9), [], "catalogue is behind its end"),
            (changed(catalogue + 42, 9), [], "empty or behind its end"),
            (changed(catalogue + 39, 0xFF), [], "does not fit below 640 KiB"),
            (changed(17 * 2048 + 8, 0), [], "a CD image without a boot record"),
            (changed(17 * 2048 + 8, 0), ["-cdrom", "FILE"], "is a CD without a boot record"),
            (changed(17 * 2048 + 8, 0), ["--boot", "cd"], "no CD image with a boot record"),
            (good, ["-bios", "none"], "-bios none"),
            (floppy, ["-fda", "FILE", "-cdrom", "FILE"], "copy it, or leave one out"),
        ]
        for (image, arguments, words) in rows {
            let (status, host) = try run(image, arguments)
            #expect([1, 2].contains(status) && host.errors.text.contains(words), "\(words): \(host.errors.text)")
            #expect(host.errors.text.filter { $0 == "\n" }.count == 1, "\(host.errors.text)")
        }
    }
}
