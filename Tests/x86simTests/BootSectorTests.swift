import Devices
import Foundation
import TestSupport
import Testing
import X86Interp

@testable import x86sim

/// The boot sectors in `fixtures/boot`: what real ones do with the keyboard controller, A20 and the display.
@Suite("Boot sectors", .timeLimit(.minutes(30))) struct BootSectorTests {
    static let programs = ["a20_8042", "a20_92", "retrace", "keyboard", "protected", "fade", "typed"]
    /// Those that need nobody to type: another machine prints the same.
    static let alone = ["a20_8042", "a20_92", "retrace", "floppy"]
    /// Those that FloppyBootTests runs.
    static let elsewhere = ["floppy"]
    /// Those that wait by looking at a port a million times.
    static let patient = ["a20_8042", "retrace", "fade"]
    private static let folder = SourceTree.root.appendingPathComponent("fixtures/boot")

    private func path(_ name: String) -> String { Self.folder.appendingPathComponent(name + ".bin").path }

    private func expected(_ name: String) throws -> String {
        let file = Self.folder.appendingPathComponent(name + ".txt")
        return FileManager.default.fileExists(atPath: file.path) ? try String(contentsOf: file, encoding: .utf8) : ""
    }

    private func guest(_ name: String, _ tier: Tier, _ text: MemorySink) throws -> Guest {
        let arguments = ["-m", "2M", "--tier", "all=\(tier)", "--screen", "none", "--keys", "aBcd\\n", path(name)]
        let settings = try OptionParser(subcommand: try X86Sim.named("run")).parse(arguments)
        return try GuestImage(settings).makeGuest(console: text, serial: text)
    }

    @Test("each prints its text", arguments: programs, Tier.allCases)
    func printsItsText(name: String, tier: Tier) throws {
        guard tier == .kernel || LongTests.areWanted || !Self.patient.contains(name) else { return }
        let text = MemorySink()
        let guest = try guest(name, tier, text)
        #expect(try HostLoop(machine: guest.machine).run(until: 40_000_000) == .stopped(.guestExit(code: 0)))
        #expect(text.text == (try expected(name)))
    }

    @Test func everyProgramIsListed() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(Set(names.filter { $0.hasSuffix(".asm") }) == Set((Self.programs + Self.elsewhere).map { $0 + ".asm" }))
    }

    @Test("tiers finds no difference", arguments: ["a20_92", "keyboard", "protected", "typed"])
    func tiersAgree(name: String) {
        let host = TestHost()
        #expect(host.run(["tiers", "-m", "2M", "--fuel", "40M", "--keys", "aBcd\\n", path(name)]) == 0)
        #expect(host.output.text.contains("guest ended"))
    }

    /// From the start of a frame to its retrace, and on to the end of a line.
    @Test func retraceTakesItsTime() throws {
        let guest = try guest("retrace", .kernel, MemorySink())
        _ = try HostLoop(machine: guest.machine).run(until: 40_000_000)
        // A whole frame of 14,268 us, behind the retrace in it, and four fifths of a line of 32 us.
        let microseconds = guest.machine.clock.now * 1_000_000 / guest.machine.clock.ticksPerSecond
        #expect((14_285...14_300).contains(microseconds))
    }

    @Test func aKernelsTextAndCursorAreOnTheScreen() throws {
        let guest = try guest("protected", .kernel, MemorySink())
        _ = try HostLoop(machine: guest.machine).run(until: 40_000_000)
        let screen = guest.board.screen
        #expect(screen.lines.last == "protected mode" && screen.lines.count == 6)
        #expect(screen.cursor?.row == 5 && screen.cursor?.column == 12)
        #expect(screen.row(5).first?.attribute == 0x2E)
    }

    // MARK: The picture

    /// The contents of a PNG's chunks with a name.
    private func chunks(_ png: [UInt8], _ name: String) -> [UInt8] {
        var (place, found) = (8, [UInt8]())
        while place + 12 <= png.count {
            let length = png[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
            if png[place + 4..<place + 8].elementsEqual(name.utf8) { found += png[place + 8..<place + 8 + length] }
            place += 12 + length
        }
        return found
    }

    /// The rows of a PNG with stored blocks: a filter byte, then the pixels.
    private func rows(_ data: [UInt8], width: Int) -> [[UInt8]] {
        var (place, bytes) = (2, [UInt8]())
        while place + 5 <= data.count {
            let count = Int(data[place + 1]) | Int(data[place + 2]) << 8
            bytes += data[place + 5..<place + 5 + count]
            if data[place] & 1 != 0 { break }
            place += 5 + count
        }
        return stride(from: 0, to: bytes.count, by: width + 1).map { Array(bytes[$0 + 1...$0 + width]) }
    }

    @Test func aFadedPaletteIsInThePicture() throws {
        let file = try TemporaryFile([])
        let picture = file.sibling(".jsonl")
        #expect(TestHost().run(["run", "-m", "2M", "--screen", "png:" + picture, path("fade")]) == 0)
        let png = try HostFile.read(picture)
        let palette = chunks(png, "PLTE")
        #expect(palette.count == 768)
        // Half of white is 31 of 63; a quarter more bits make 125 of it. Brown was 42, 21, 0.
        #expect(palette[15 * 3..<16 * 3] == [125, 125, 125])
        #expect(palette[6 * 3..<7 * 3] == [85, 40, 0])
        #expect(palette[40 * 3..<41 * 3] == [125, 0, 0])
        let rows = rows(chunks(png, "IDAT"), width: 640)
        #expect(rows.count == 400)
        #expect(rows.allSatisfy { $0 == (0..<640).map { UInt8(truncatingIfNeeded: $0 / 2) } })
    }

    // MARK: The same elsewhere

    @Test("QEMU prints the same", .enabled(if: QEMU.isThere, "needs QEMU"), arguments: alone)
    func qemuAgrees(name: String) throws {
        let text = try QEMU.run(floppy: try HostFile.read(path(name)))
        #expect(text == (try expected(name)))
    }
}
