import Devices
import Foundation
import TestSupport
import Testing

@testable import x86sim

/// Which images are in which drives, and what is refused.
@Suite struct DiskOptionTests {
    private func requests(_ arguments: String...) throws -> DiskRequests {
        try OptionParser(subcommand: X86Sim.named("run")).parse(arguments + ["blob"]).disks
    }

    private func refusal(_ arguments: String...) -> String? {
        do throws(CommandError) {
            _ = try OptionParser(subcommand: X86Sim.named("run")).parse(arguments + ["blob"])
            return nil
        } catch { return error.message }
    }

    @Test func eachDriveHasItsOption() throws {
        let found = try requests(
            "-fda", "a", "-fdb", "b", "-hda", "c", "-hdb", "d", "-cdrom", "e", "-hdd", "f"
        ).images
        #expect(found.mapValues(\.path) == [0: "a", 1: "b", 0x80: "c", 0x81: "d", 0x82: "e", 0x83: "f"])
        #expect(found[0x82]?.kind == .cd && found[0x81]?.kind == .hardDisk && found[1]?.kind == .floppy)
        #expect(refusal("-hdc", "x", "-cdrom", "y")?.contains("'x' is drive hdc already") == true)
    }

    @Test func drivesAreReadAsQEMUWritesThem() throws {
        let found = try requests(
            "-drive", "file=a,,b,if=ide,index=2,ro", "-drive", "file=c,if=floppy,format=raw", "-drive", "file=d",
            "-drive", "file=e,media=cdrom", "-drive", "file=f,if=floppy,readonly=on"
        ).images
        #expect(found.mapValues(\.path) == [0x82: "a,b", 0: "c", 0x80: "d", 0x81: "e", 1: "f"])
        #expect(found.filter(\.value.isReadOnly).keys.sorted() == [1, 0x81, 0x82] && found[0x81]?.kind == .cd)
        for text in [
            "", "if=ide", "file=", "file=a,if=virtio", "file=a,index=4", "file=a,if=floppy,index=2",
            "file=a,cache=none",
            "file=a,format=qcow2", "file=a,if=floppy,media=cdrom", "file=a,media=tape", "file=a,ro=perhaps",
        ] {
            #expect(refusal("-drive", text)?.contains("-drive") == true, "\(text)")
        }
    }

    @Test func geometryOrderAndOverlaysAreRead() throws {
        let found = try requests("--geometry", "hda=615,4,17", "-boot", "dc", "--overlay", "x", "--overlay", "hdb=y")
        #expect(found.geometries[0x80]?.cylinders == 615 && found.geometries[0x80]?.sectors == 17)
        #expect(found.order == [.cd, .hardDisk])
        #expect(found.overlays.map(\.path) == ["x", "y"] && found.overlays.map(\.drive) == [nil, 0x81])
        #expect(try requests("-boot", "order=adn").order == [.floppy, .cd, .network])
        #expect(try requests("--boot", "com").order == nil)
        for text in ["hda=0,1,1", "hda=1025,1,1", "hda=1,2", "hde=1,1,1", "1,1,1", "hda=1,1,64", "hda=1,1,1,1"] {
            #expect(refusal("--geometry", text)?.contains("--geometry") == true, "\(text)")
        }
        for text in ["order=", "order=cc", "order=x", "once=d", "menu=on"] { #expect(refusal("-boot", text) != nil) }
        #expect(refusal("--overlay", "x", "--overlay", "y") != nil)
    }

    // MARK: Images

    /// A boot sector with code.
    private static func bootSector(_ code: [UInt8], size: Int = 512) -> [UInt8] {
        code + [UInt8](repeating: 0, count: 510 - code.count) + [0x55, 0xAA] + [UInt8](repeating: 0, count: size - 512)
    }

    private func run(_ arguments: [String]) -> (status: Int32, errors: String) {
        let host = TestHost()
        return (host.run(["run", "-m", "1M", "--fuel", "100000"] + arguments), host.errors.text)
    }

    @Test(arguments: ["-hda", "-hdd", "-fdb", "-cdrom"]) func otherFormatsAreRefusedByName(option: String) throws {
        let boot = try TemporaryFile(Self.bootSector([0xFA, 0xF4]), extension: "img")
        let zeros = [UInt8](repeating: 0, count: 2048)
        var cases = ForeignDisk.all.map { format in
            (name: format.name, bytes: [UInt8](repeating: 0, count: format.offset) + format.magic + zeros)
        }
        cases.append(("a VHD disk", zeros + ForeignDisk.footer + [UInt8](repeating: 0, count: 504)))
        for (name, bytes) in cases {
            let file = try TemporaryFile(bytes, extension: "img")
            let (status, errors) = run([boot.path, option, file.path])
            #expect(status == 2 && errors.contains("is \(name); convert it with qemu-img"), "\(name): \(errors)")
        }
    }

    @Test func oneImageIsInOneDrive() throws {
        let boot = try TemporaryFile(Self.bootSector([0xFA, 0xF4]), extension: "img")
        let link = boot.path + ".link"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: boot.path)
        defer { try? FileManager.default.removeItem(atPath: link) }
        for arguments in [
            ["-hda", boot.path, "-hdc", link], [boot.path, "-hdb", link], ["-hdb", link, "-hdd", boot.path],
        ] {
            let (status, errors) = run(arguments)
            #expect(status == 1 && errors.contains("already"), "\(arguments): \(errors)")
        }
        #expect(run([boot.path, "--overlay", link]).errors.contains("is an image itself"))
    }

    @Test func anImageThatShrinksCannotBeReadAnyMore() throws {
        let file = try TemporaryFile([UInt8](repeating: 7, count: 1700), extension: "img")
        let disk = try FileDisk(path: file.path)
        #expect(disk.sectorCount == 4)
        #expect(disk.read(sector: 3) == [UInt8](repeating: 7, count: 164) + [UInt8](repeating: 0, count: 348))
        #expect(truncate(file.path, 600) == 0)
        #expect(disk.read(sector: 0)?.first == 7 && disk.read(sector: 1) == nil && disk.read(sector: 3) == nil)
    }

    @Test func aSparseImageStaysSparse() throws {
        // mov ax, 0301h; mov cx, 2; mov dx, 80h; mov bx, 7C00h; int 13h; cli; hlt
        let code: [UInt8] = [0xB8, 1, 3, 0xB9, 2, 0, 0xBA, 0x80, 0, 0xBB, 0, 0x7C, 0xCD, 0x13, 0xFA, 0xF4]
        let file = try TemporaryFile(Self.bootSector(code), extension: "img")
        #expect(truncate(file.path, 1 << 34) == 0)
        #expect(run(["-hda", file.path, "--disk-write"]).status == 0)
        var status = stat()
        #expect(stat(file.path, &status) == 0 && status.st_size == 1 << 34 && status.st_blocks < 1000)
        #expect(try FileDisk(path: file.path).read(sector: 1) == Self.bootSector(code))
    }

    @Test func theOrderSaysWhichDriveIsBooted() throws {
        // mov al, N; out F4, al
        let images = try (1...3).map { number in
            try TemporaryFile(Self.bootSector([0xB0, UInt8(number), 0xE6, 0xF4]), extension: "img")
        }
        let drives = ["-fda", images[0].path, "-hdb", images[1].path, "-hdd", images[2].path]
        #expect(run(drives).status == 65)
        #expect(run(drives + ["-boot", "ca"]).status == 66 && run(drives + ["-boot", "order=ac"]).status == 65)
        let (status, errors) = run(["-cdrom", images[0].path, "-boot", "d"])
        #expect(status == 2 && errors.contains("is a CD without a boot record"), "\(errors)")
        #expect(run(["-hda", images[0].path, "--geometry", "hdb=1,1,1"]).status == 1)
    }

    @Test func aDriveIsWriteProtected() throws {
        // ... int 13h; mov al, ah; out F4, al
        let code: [UInt8] = [
            0xB8, 1, 3, 0xB9, 2, 0, 0xBA, 0x80, 0, 0xBB, 0, 0x7C, 0xCD, 0x13, 0x88, 0xE0, 0xE6, 0xF4,
        ]
        let file = try TemporaryFile(Self.bootSector(code, size: 4096), extension: "img")
        #expect(run(["-drive", "file=\(file.path),ro"]).status == 64 + 3)
        #expect(run(["-drive", "file=\(file.path)"]).status == 0)
    }
}
