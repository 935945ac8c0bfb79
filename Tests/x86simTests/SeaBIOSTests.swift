import Devices
import Foundation
import TestSupport
import Testing
import X86Interp

@testable import x86sim

/// Where SeaBIOS is.
private enum Installed {
    /// Whether the host has SeaBIOS and its VGA BIOS.
    static var isThere: Bool { (try? Firmware(FirmwareRequest(choice: .seabios))) != nil }
    /// Whether all chips are written that it looks for.
    static var chipsAreThere: Bool {
        ["rtc", "dma", "fdc", "ata", "ata2", "lpt", "uart2"].allSatisfy {
            (MachineCatalog.row(named: "pc")?.devices ?? []).contains($0)
        }
    }
    /// The larger image, if the host has it.
    static var largeImage: String? {
        Firmware.folders.map { $0 + "/bios-256k.bin" }.first { FileManager.default.fileExists(atPath: $0) }
    }
}

/// SeaBIOS as distributions have it, unmodified, in ROM; skipped where it is not installed.
@Suite(
    "SeaBIOS", .enabled(if: Installed.isThere && LongTests.areWanted, "long, and needs SeaBIOS"),
    .timeLimit(.minutes(30))) struct SeaBIOSTests
{
    private static let fuel: UInt64 = 100_000_000
    private static let size = 160 << 10

    /// A floppy whose boot sector reads the last sector by INT 13h, prints its first byte and ends with its second.
    ///
    /// SeaBIOS has it in a file of fw_cfg, all of which it reads: the boot sector is reached only if each byte came.
    private static let floppy: [UInt8] = {
        // mov ax, 0201; mov bx, 8000; mov cx, 2708; mov dx, 0; int 13; mov al, [8000]; mov ah, 0e; int 10;
        // mov al, [8001]; out f4, al
        let code: [UInt8] = [
            0xB8, 0x01, 0x02, 0xBB, 0x00, 0x80, 0xB9, 0x08, 0x27, 0xBA, 0x00, 0x00, 0xCD, 0x13, 0xA0, 0x00, 0x80, 0xB4,
            0x0E,
            0xCD, 0x10, 0xA0, 0x01, 0x80, 0xE6, 0xF4,
        ]
        var random = SeededGenerator(seed: 15)
        var image = (0..<size).map { _ in UInt8.random(in: 0 ... .max, using: &random) }
        image.replaceSubrange(0..<512, with: code + [UInt8](repeating: 0, count: 510 - code.count) + [0x55, 0xAA])
        image.replaceSubrange(size - 512..<size - 510, with: [0x5A, 0x2A])
        return image
    }()

    /// Runs SeaBIOS with a floppy in fw_cfg to the end; returns the machine and what the guest has printed.
    private func boot(
        _ options: [String] = [], floppy: [UInt8] = floppy, files: [FirmwareConfig.File] = [],
        delays: @escaping (PortRequest) -> Int = { _ in 0 }
    ) throws -> (exit: Exit, guest: Guest, text: String) {
        let arguments = ["--firmware", "seabios"] + options
        var image = try GuestImage(try OptionParser(subcommand: try X86Sim.named("run")).parse(arguments))
        image.firmwareFiles += [.init(name: "floppyimg/boot", contents: floppy)] + files
        let text = MemorySink()
        let guest = try image.makeGuest(console: text, serial: MemorySink())
        let exit = try HostLoop(machine: guest.machine, delays: delays).run(until: Self.fuel)
        return (exit, guest, text.text)
    }

    /// The story that this program is for: nothing tells the tiers apart.
    ///
    /// Firmware reads files by REP INSB, with the device in the kernel tier, in the user tier, and in the user tier with
    /// answers that come late; and once more by DMA.
    @Test("reads its files in every tier, by REP INSB and by DMA", arguments: ["off", "on"])
    func readsFilesInEveryTier(dma: String) throws {
        var hashes: Set<UInt64> = []
        for setting in TierSetting.allCases where dma == "off" || setting != .delayed || LongTests.areWanted {
            let options = ["--device", "fw_cfg,dma=\(dma)", "--tier", "fw_cfg=\(setting.tier)"]
            let (exit, guest, text) = try boot(options) { setting.delays($0) }
            #expect(exit == .stopped(.guestExit(code: 0x2A)), "\(text)")
            #expect(text.contains("Booting from Floppy") && text.contains("QEMU fw_cfg DMA") == (dma == "on"))
            #expect(guest.board.screen.lines.contains { $0.contains("Z") })
            let device = try #require(guest.board["fw_cfg"] as? FirmwareConfig)
            #expect((device.state.commands > 0) == (dma == "on"))
            #expect(guest.machine.ports.claim(at: 0x511, .byte)?.tier == setting.tier)
            hashes.insert(guest.machine.hash())
        }
        #expect(hashes.count == 1, "the tiers can be told apart")
    }

    /// All devices in all tiers, compared after each transaction.
    @Test("tiers finds no difference") func tiersAgree() throws {
        let host = TestHost()
        #expect(host.run(["tiers", "--firmware", "seabios", "--fuel", LongTests.areWanted ? "10M" : "1M"]) == 0)
        #expect(host.output.text.hasPrefix("no difference in "))
    }

    /// QEMU's isapc has nobody at these ports either: SeaBIOS looks for PCI.
    @Test("asks at no port that has nobody but those of PCI", .enabled(if: Installed.chipsAreThere))
    func unmappedPorts() throws {
        let (_, guest, _) = try boot()
        #expect(Set(guest.machine.cpu.floatingReads.map(\.port)).subtracting([0xCF8, 0xCFC]).isEmpty)
    }

    @Test("the image of 256 KiB does the same", .enabled(if: Installed.largeImage != nil && LongTests.areWanted))
    func largeImage() throws {
        let (exit, _, text) = try boot(["-bios", try #require(Installed.largeImage)])
        #expect(exit == .stopped(.guestExit(code: 0x2A)), "\(text)")
    }

    @Test("runs ROMs of cards from fw_cfg") func optionROMs() throws {
        // Ends with code 7 when it is initialised: mov al, 7; out f4, al; retf
        var rom: [UInt8] = [0x55, 0xAA, 1, 0xB0, 7, 0xE6, 0xF4, 0xCB] + [UInt8](repeating: 0, count: 504)
        rom[511] = 0 &- rom.reduce(0, &+)
        let (exit, _, text) = try boot(files: [.init(name: "genroms/seven.bin", contents: rom)])
        #expect(exit == .stopped(.guestExit(code: 7)), "\(text)")
    }

    /// Code that pulses RESET: FE to port 64, 1 to port 92.
    private static let resets: [[UInt8]] =
        LongTests.areWanted ? [[0xB0, 0xFE, 0xE6, 0x64], [0xB0, 1, 0xE6, 0x92]] : [[0xB0, 0xFE, 0xE6, 0x64]]

    /// RESET: the processor begins in the ROM, SeaBIOS begins anew, memory is kept.
    @Test("begins anew after RESET", arguments: resets)
    func reset(pulse: [UInt8]) throws {
        // cmp word [0600], 1234; mov word [0600], 1234; je done; pulse; hlt; done: mov al, 9; out f4, al
        let code: [UInt8] =
            [0x81, 0x3E, 0, 6, 0x34, 0x12, 0xC7, 0x06, 0, 6, 0x34, 0x12, 0x74, 5] + pulse + [0xF4, 0xB0, 9, 0xE6, 0xF4]
        let sector = code + [UInt8](repeating: 0, count: 510 - code.count) + [0x55, 0xAA]
        let floppy = sector + [UInt8](repeating: 0, count: Self.size - 512)
        let (exit, guest, text) = try boot(floppy: floppy)
        #expect(exit == .stopped(.guestExit(code: 9)), "\(text)")
        #expect(guest.reboots.count > 0)
        #expect(text.components(separatedBy: "Booting from Floppy").count >= 3)
        let host = TestHost()
        let file = try TemporaryFile(floppy)
        let end = ["run", "--firmware", "seabios", "--fw-cfg", "floppyimg/boot=" + file.path, "--no-reboot"]
        #expect(host.run(end) == 0)
        #expect(host.errors.text.contains("port \(pulse[2] == 0xE6 && pulse[3] == 0x64 ? "64" : "92")"))
    }
}
