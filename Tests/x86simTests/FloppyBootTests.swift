import Devices
import Foundation
import TestSupport
import Testing
import X86Interp

@testable import x86sim

/// A boot sector that reads its whole floppy by driving the controller itself, by DMA and byte by byte.
@Suite("Floppy boot sector", .enabled(if: LongTests.areWanted, "long"), .timeLimit(.minutes(30))) struct FloppyBootTests
{
    private static let program = SourceTree.root.appendingPathComponent("fixtures/boot/floppy.bin").path

    /// A disk with the program and any bytes behind it; the mask is of the number of the last cylinder that it reads.
    private func disk(sectors: Int, mask: UInt8 = 0xFF) throws -> [UInt8] {
        var random = SeededGenerator(seed: UInt64(sectors))
        var program = try HostFile.read(Self.program)
        // and ch, FF
        let place = try #require((0..<program.count - 3).first { program[$0..<$0 + 3] == [0x80, 0xE5, 0xFF] })
        program[place + 2] = mask
        return program + (program.count..<sectors * 512).map { _ in UInt8.random(in: 0...255, using: &random) }
    }

    /// What the program prints of a disk: each dword is added to the sum, which is rotated before.
    private func expected(_ disk: some Collection<UInt8>) -> String {
        var sum: UInt32 = 0
        let bytes = Array(disk)
        for place in stride(from: 0, to: bytes.count, by: 4) {
            sum = sum << 5 | sum >> 27
            sum &+= bytes[place..<place + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) }
        }
        let digits = String(sum, radix: 16, uppercase: true)
        let text = String(repeating: "0", count: 8 - digits.count) + digits
        return "dma \(text)\npio \(text)\n"
    }

    @Test("each sector is read", arguments: [320, 360, 640, 720, 1440, 2400, 2880, 5760], Tier.allCases)
    func readsEachSector(sectors: Int, tier: Tier) throws {
        let disk = try disk(sectors: sectors)
        let image = try TemporaryFile(disk, extension: "img")
        let arguments = ["--machine", "isapc", "-m", "2M", "--tier", "all=\(tier)", "--screen", "none", image.path]
        let settings = try OptionParser(subcommand: try X86Sim.named("run")).parse(arguments)
        let text = MemorySink()
        let guest = try GuestImage(settings).makeGuest(console: text, serial: text)
        #expect(try HostLoop(machine: guest.machine).run(until: 20_000_000_000) == .stopped(.guestExit(code: 0)))
        #expect(text.text == expected(disk))
    }

    @Test func theSectorAloneHasItsText() throws {
        let program = try HostFile.read(Self.program)
        let file = SourceTree.root.appendingPathComponent("fixtures/boot/floppy.txt")
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(text == expected(program + [UInt8](repeating: 0, count: 1_474_560 - program.count)))
    }

    @Test("tiers finds no difference") func tiersAgree() throws {
        // Two cylinders of 16 sectors: a look at all state an instruction takes its time.
        let image = try TemporaryFile(try disk(sectors: 640, mask: 0x01), extension: "img")
        let host = TestHost()
        #expect(host.run(["tiers", "--machine", "isapc", "-m", "2M", "--fuel", "20000M", image.path]) == 0)
        #expect(host.output.text.hasPrefix("no difference in ") && host.output.text.contains("guest ended"))
    }
}
