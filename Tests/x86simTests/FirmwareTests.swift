import Devices
import Foundation
import TestSupport
import Testing
import X86Interp

@testable import x86sim

/// Firmware from files, in ROM.
@Suite(.timeLimit(.minutes(30))) struct FirmwareTests {
    /// A ROM of 64 KiB that runs some code at F000:0000.
    private func rom(_ code: [UInt8], size: Int = 0x1_0000) throws -> TemporaryFile {
        var image = [UInt8](repeating: 0xFF, count: size)
        image.replaceSubrange(size - 0x1_0000..<size - 0x1_0000 + code.count, with: code)
        // jmp f000:0000
        image.replaceSubrange(size - 16..<size - 11, with: [0xEA, 0, 0, 0, 0xF0])
        return try TemporaryFile(image, extension: "rom")
    }

    private func card(_ mark: UInt8, size: Int = 2048) throws -> TemporaryFile {
        try TemporaryFile([0x55, 0xAA, UInt8(size / 512), mark] + [UInt8](repeating: 0, count: size - 4))
    }

    @Test func belowOneMiBThereIsRAMWithACopy() throws {
        // mov ax, cs; mov ds, ax; inc byte [100]; mov al, [100]; out f4, al
        let file = try rom([0x8C, 0xC8, 0x8E, 0xD8, 0xFE, 0x06, 0, 1, 0xA0, 0, 1, 0xE6, 0xF4])
        #expect(TestHost().run(["run", "-bios", file.path, "--quiet"]) == 0, "FF and 1 is 0")
        #expect(TestHost().run(["run", "-bios", file.path, "--quiet", "-m", "640K"]) == 125, "no RAM: ROM")
        #expect(TestHost().run(["run", file.path, "--quiet"]) == 125, "a ROM as BLOB is one")
    }

    @Test func resetStartsInTheROMWithTheCopyAsItWas() throws {
        // mov ax, cs; mov ds, ax; inc byte [100]; mov al, [100]; cmp al, 2; je out; mov al, fe; out 64, al; hlt; out f4
        let code: [UInt8] = [
            0x8C, 0xC8, 0x8E, 0xD8, 0xFE, 0x06, 0, 1, 0xA0, 0, 1, 0x3C, 2, 0x74, 5, 0xB0, 0xFE, 0xE6, 0x64, 0xF4, 0xE6,
            0xF4,
        ]
        let file = try rom(code)
        let host = TestHost()
        #expect(host.run(["run", "-bios", file.path]) == 64 + 2)
        #expect(host.errors.text.contains("reboots: FE to port 64"))
        #expect(TestHost().run(["run", "-bios", file.path, "--no-reboot", "--quiet"]) == 0)
    }

    @Test func cardsLieInMemoryWhereThereIsNoFirmwareConfiguration() throws {
        // mov ax, c000; mov ds, ax; mov al, [3]; add al, [8003]; add al, [8803]; out f4, al
        let code: [UInt8] = [
            0xB8, 0, 0xC0, 0x8E, 0xD8, 0xA0, 3, 0, 0x02, 0x06, 3, 0x80, 0x02, 0x06, 3, 0x88, 0xE6, 0xF4,
        ]
        let file = try rom(code)
        let (a, b, c) = (try card(1), try card(2, size: 1024), try card(4))
        let cards = ["-vgabios", a.path, "--option-rom", b.path, "--option-rom", c.path]
        #expect(TestHost().run(["run", "-bios", file.path, "--quiet", "--device", "fw_cfg,off"] + cards) == 64 + 7)
    }

    @Test func cardsAreFilesOfFirmwareConfiguration() throws {
        let (file, a, b) = (try rom([0xF4]), try card(1), try card(2))
        var settings = Settings()
        settings.firmware.bios = file.path
        settings.firmware.display = a.path
        settings.firmware.options = [b.path]
        let image = try GuestImage(settings)
        let names = [a, b].map { String($0.path.split(separator: "/").last ?? "") }
        #expect(image.firmwareFiles.map(\.name) == ["vgaroms/" + names[0], "genroms/" + names[1]])
    }

    @Test func largerROMsAreWholeAtTheTop() throws {
        // The copy below 1 MiB has 256 KiB: mov ax, c000; mov ds, ax; mov al, [0]; out f4, al
        let file = try rom([0xB8, 0, 0xC0, 0x8E, 0xD8, 0xA0, 0, 0, 0xE6, 0xF4], size: 512 << 10)
        #expect(TestHost().run(["run", "-bios", file.path, "--quiet"]) == 125)
        var settings = Settings()
        settings.firmware.bios = file.path
        let plan = try GuestImage(settings).plan
        #expect(plan.roms.map(\.address) == [0xFFF8_0000] && plan.pieces.map(\.address) == [0xC_0000])
        #expect(plan.pieces[0].bytes.count == 256 << 10)
    }

    @Test(arguments: [
        (["-vgabios", "/tmp/x"], "add --firmware seabios"), (["--option-rom", "/tmp/x"], "add --firmware seabios"),
        (["--firmware", "seabios", "-bios", "none"], "leave out either"), (["--firmware", "award"], "seabios"),
        (["-bios", "/nowhere"], "no such file"),
    ]) func wrongOptionsAreRefused(options: [String], remedy: String) throws {
        let sector = try TemporaryFile([UInt8](repeating: 0x90, count: 510) + [0x55, 0xAA])
        let host = TestHost()
        #expect(host.run(["run", sector.path] + options) == (remedy == "no such file" ? 2 : 1))
        #expect(host.errors.text.contains(remedy), "\(host.errors.text)")
        #expect(host.errors.text.split(separator: "\n").count == 1)
    }

    @Test func wrongFilesAreRefused() throws {
        let file = try rom([0xF4])
        let plain = try TemporaryFile([1, 2, 3])
        let large = try card(1, size: 65 << 10)
        for (options, part) in [
            (["-vgabios", plain.path], "55 AA"), (["--option-rom", plain.path], "55 AA"),
            (["-vgabios", large.path], "larger"),
            ([plain.path], "boots disks"),
        ] {
            let host = TestHost()
            #expect(host.run(["run", "-bios", file.path] + options) != 0)
            #expect(host.errors.text.contains(part), "\(host.errors.text)")
        }
    }

    @Test func whereThereIsNoSeaBIOSItSaysWhatToInstall() throws {
        var request = FirmwareRequest()
        request.choice = .seabios
        let error = #expect(throws: CommandError.self) { try Firmware(request, folders: ["/nowhere", "/gone"]) }
        for part in ["/nowhere, /gone", "install seabios", "seavgabios-bin", "-bios"] {
            #expect(error?.message.contains(part) == true, "\(part)")
        }
    }
}
