import Devices
import Foundation
import TestSupport
import Testing

@testable import x86sim

/// Overlays: what guests write is kept in a file of its own, which fits one image only.
@Suite struct OverlayTests {
    /// A disk whose boot sector adds 1 to the first byte of sector 1 and ends the run with it as code.
    private static let image: [UInt8] = {
        // mov bx, 8000h; mov cx, 2; mov dx, 80h; mov ax, 0201h; int 13h; inc byte [8000h]; mov ax, 0301h; int 13h;
        // mov al, [8000h]; out F4, al
        let code: [UInt8] = [
            0xBB, 0x00, 0x80, 0xB9, 2, 0, 0xBA, 0x80, 0, 0xB8, 1, 2, 0xCD, 0x13, 0xFE, 0x06, 0x00, 0x80, 0xB8, 1, 3,
            0xCD,
            0x13, 0xA0, 0x00, 0x80, 0xE6, 0xF4,
        ]
        return code + [UInt8](repeating: 0, count: 510 - code.count) + [0x55, 0xAA]
            + [UInt8](repeating: 0, count: 64 * 512 + 100)
    }()

    private static func run(_ arguments: [String]) -> (status: Int32, errors: String) {
        let host = TestHost()
        return (host.run(["run", "-m", "1M", "--fuel", "100000"] + arguments), host.errors.text)
    }

    @Test func whatIsWrittenIsThereAgain() throws {
        let disk = try TemporaryFile(Self.image, extension: "img")
        try HostTool.inTemporaryDirectory { folder in
            let path = folder.appendingPathComponent("disk.overlay").path
            for count in 1...3 {
                #expect(Self.run(["-hda", disk.path, "--overlay", path]).status == 64 + Int32(count))
            }
            #expect(Self.run(["-hda", disk.path, "--overlay", "hda=" + path, "--disk-write"]).status == 68)
            #expect(try HostFile.read(disk.path) == Self.image, "the image is as it was")
            let overlay = try Overlay(decoding: HostFile.read(path))
            #expect(overlay.sectors.keys.sorted() == [1] && overlay.sectors[1]?.first == 4 && overlay.baseSectors == 66)
            #expect(overlay.basePath == disk.path)
            // The base may be called anything.
            let other = try TemporaryFile(Self.image, extension: "img")
            #expect(Self.run(["-hda", other.path, "--overlay", path]).status == 69)
        }
    }

    @Test func anotherBaseIsRefused() throws {
        let disk = try TemporaryFile(Self.image, extension: "img")
        try HostTool.inTemporaryDirectory { folder in
            let path = folder.appendingPathComponent("disk.overlay").path
            #expect(Self.run(["-hda", disk.path, "--overlay", path]).status == 65)
            let before = try HostFile.read(path)
            var changed = Self.image
            changed[600] = 1
            for bytes in [changed, Self.image + [UInt8](repeating: 0, count: 512)] {
                let other = try TemporaryFile(bytes, extension: "img")
                let (status, errors) = Self.run(["-hda", other.path, "--overlay", path])
                #expect(
                    status == 2 && errors.contains("lies over another image") && errors.contains(disk.path), "\(errors)"
                )
            }
            #expect(try HostFile.read(path) == before)
            #expect(Self.run(["-hda", disk.path, "--overlay", "hdb=" + path]).status == 1)
            #expect(Self.run(["-hda", disk.path, "--overlay", "/nowhere/at/all"]).status == 2)
        }
    }

    /// Broken files are one line, whatever is broken; one whose checksum has been mended may be any overlay.
    @Test func brokenFilesAreRefused() throws {
        let base = MemoryDisk(Self.image)
        var overlay = Overlay(of: base, path: "base.img")
        for sector in [0, 3, 65] as [UInt64] { overlay.sectors[sector] = [UInt8](repeating: 3, count: 512) }
        let good = overlay.encoded()
        #expect(try Overlay(decoding: good) == overlay)
        var refused = 0
        let count = min(LongTests.count(short: 80), 10_000)
        for seed in 0..<count {
            var random = SeededGenerator(seed: UInt64(seed))
            var bytes = good
            switch seed % 3 {
            case 0: bytes.removeLast(Int.random(in: 1...bytes.count, using: &random))
            case 1: bytes += [UInt8](repeating: 0, count: Int.random(in: 1...2000, using: &random))
            default: break
            }
            for _ in 0...seed % 4 where !bytes.isEmpty {
                let place = Int.random(in: 0..<min(bytes.count, seed % 2 == 0 ? 64 : bytes.count), using: &random)
                bytes[place] = UInt8.random(in: 0...255, using: &random)
            }
            if seed % 5 < 3, bytes.count > 8 {
                let hash = MemoryHash.of(Array(bytes.dropLast(8)))
                for place in 0..<8 {
                    bytes[bytes.count - 8 + place] = UInt8(truncatingIfNeeded: hash >> UInt64(8 * place))
                }
            }
            do {
                let found = try Overlay(decoding: bytes)
                #expect(found.sectors.allSatisfy { $0.key < found.baseSectors && $0.value.count == 512 })
            } catch {
                refused += 1
                #expect(!error.reason.contains("\n"))
            }
        }
        #expect(refused > count / 2)
        let disk = try TemporaryFile(Self.image, extension: "img")
        for bytes in [Array(good.prefix(40)), [], Array("no overlay".utf8), good + [0]] {
            let file = try TemporaryFile(bytes, extension: "overlay")
            let (status, errors) = Self.run(["-hda", disk.path, "--overlay", file.path])
            #expect(
                status == 2 && errors.split(separator: "\n").count == 1 && errors.contains("is no overlay"), "\(errors)"
            )
        }
    }
}
