import Devices
import Foundation
import TestSupport
import Testing
import X86Interp

@testable import x86sim

/// The display against QEMU's: each picture of `fixtures/vga/pictures.rom`, dot by dot.
@Suite("Pictures", .enabled(if: LongTests.areWanted, "long"), .timeLimit(.minutes(30))) struct VGAPictureTests {
    /// Red, green and blue of each dot.
    private struct Picture {
        var width: Int
        var height: Int
        var parts: [UInt8]
    }

    private static let count = 26
    /// What `differences.md` lists by number.
    private static let settled: Set<Int> = [18, 20, 24]
    /// Pictures whose colours have eight bits a part.
    private static let wide = 19...23

    private func rom(_ number: Int) throws -> TemporaryFile {
        var bytes = try HostFile.read(SourceTree.root.appendingPathComponent("fixtures/vga/pictures.rom").path)
        bytes[0] = UInt8(number)
        return try TemporaryFile(bytes, extension: "rom")
    }

    /// The machine when its picture is done.
    private func guest(_ number: Int, _ tier: Tier = .kernel) throws -> Guest {
        let rom = try rom(number)
        let arguments = ["-m", "2M", "--tier", "vga=\(tier)", rom.path]
        let settings = try OptionParser(subcommand: try X86Sim.named("run")).parse(arguments)
        let guest = try withExtendedLifetime(rom) {
            try GuestImage(settings).makeGuest(console: MemorySink(), serial: MemorySink())
        }
        #expect(try HostLoop(machine: guest.machine).run(until: 40_000_000) == .halted)
        return guest
    }

    private func picture(_ guest: Guest) -> Picture {
        let picture = guest.board.screen.picture()
        let parts =
            picture.palette.isEmpty
            ? picture.pixels
            : picture.pixels.flatMap { pixel -> [UInt8] in
                let color = picture.palette[Int(pixel)]
                return [color.red, color.green, color.blue]
            }
        return Picture(width: picture.width, height: picture.height, parts: parts)
    }

    @Test("QEMU shows the same", .enabled(if: QEMU.isThere, "needs QEMU"), arguments: 0..<count)
    func qemuShowsTheSame(number: Int) throws {
        let here = picture(try guest(number))
        let rom = try rom(number)
        let dump = try withExtendedLifetime(rom) { try QEMU.screen(rom: rom.path) }
        let fields = dump.prefix(32).split(separator: 0x0A, maxSplits: 3).map { String(decoding: $0, as: UTF8.self) }
        let size = try #require(fields.count > 2 ? fields[1].split(separator: " ").compactMap { Int($0) } : nil)
        let there = Picture(width: size[0], height: size[1], parts: dump.suffix(size[0] * size[1] * 3))
        switch number {
        case 18: #expect(Set(there.parts).count <= 3, "QEMU draws in planes now: strike it from differences.md")
        case 24: #expect(Set(here.parts) == [0], "QEMU may show the picture before for a while")
        default:
            #expect(here.width == there.width && here.height == there.height)
            let mask: UInt8 = number == 20 ? 0xF8 : Self.wide.contains(number) ? 0xFF : 0xFC
            let differing = zip(here.parts, there.parts).filter { ($0 ^ $1) & mask != 0 }.count
            #expect(differing == 0 && here.parts.count == there.parts.count && Set(here.parts).count > 2)
        }
    }

    @Test func theListIsThatOfTheTest() throws {
        let rows = try SourceTree.file("fixtures/vga/differences.md").text.split(separator: "\n")
        let numbers = rows.compactMap { row in row.hasPrefix("| ") ? Int(row.dropFirst(2).prefix { $0 != " " }) : nil }
        #expect(Set(numbers) == Self.settled)
    }

    /// The picture is the same, and the machine, whoever serves the display.
    @Test(arguments: [0, 6, 16]) func tiersShowTheSame(number: Int) throws {
        let (kernel, user) = (try guest(number), try guest(number, .user))
        #expect(kernel.board.screen == user.board.screen && kernel.machine.hash() == user.machine.hash())
    }
}
