import Devices
import Foundation
import TestSupport
import Testing
import X86Interp

@testable import x86sim

/// Files that nobody means to run as they are: one line that names the thing and the remedy.
@Suite("Wrong files", .timeLimit(.minutes(30))) struct WrongFileTests {
    /// Bytes with some at offsets.
    private static func bytes(_ size: Int, _ parts: [Int: [UInt8]]) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: size)
        for (offset, part) in parts { bytes.replaceSubrange(offset..<offset + part.count, with: part) }
        return bytes
    }

    private static func text(_ text: String) -> [UInt8] { Array(text.utf8) }

    private static let elf: [UInt8] = [0x7F, 0x45, 0x4C, 0x46]
    private static let mz: [Int: [UInt8]] = [0: text("MZ"), 0x18: [0x40], 0x3C: [0x80]]

    private static let files: [(bytes: [UInt8], suffix: String, name: String, remedy: String)] = [
        (bytes(100, [0: elf, 16: [1, 0]]), "o", "an ELF object file", "nasm -f bin"),
        (bytes(300, mz.merging([0x80: text("PE\\0\\0")]) { $1 }), "exe", "a Windows program (PE)", "--boot exe"),
        (bytes(300, mz.merging([0x80: text("NE")]) { $1 }), "exe", "(NE)", "--boot exe"),
        (bytes(300, mz.merging([0x80: text("LE")]) { $1 }), "exe", "(LE)", "--boot exe"),
        (bytes(100, [0: [0xCF, 0xFA, 0xED, 0xFE]]), "bin", "a Mach-O file", "nasm"),
        (bytes(100, [0: [0x1F, 0x8B, 0x08, 0x00]]), "img", "compressed (gzip)", "gunzip"),
        (bytes(100, [0: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]]), "xz", "compressed (xz)", "unxz"),
        (bytes(100, [0: [0x28, 0xB5, 0x2F, 0xFD]]), "zst", "compressed (zstd)", "unzstd"),
        (bytes(100, [0: text("BZh91AY&SY")]), "bz2", "compressed (bzip2)", "bunzip2"),
        (bytes(100, [0: [0x50, 0x4B, 3, 4]]), "zip", "a ZIP archive", "unzip"),
        (bytes(1024, [257: text("ustar")]), "tar", "a tar archive", "tar xf"),
        (bytes(600, [0: [0x51, 0x46, 0x49, 0xFB]]), "img", "a QCOW2 disk", "qemu-img convert"),
        (bytes(600, [0x40: [0x7F, 0x10, 0xDA, 0xBE]]), "vdi", "a VDI disk", "qemu-img convert"),
        (bytes(0x9000, [0x8001: text("CD001")]), "iso", "a CD image", "-cdrom"),
        (bytes(1_474_560, [0: [0xEB, 0x3C]]), "bin", "does not end in 55 AA", "--boot sector!"),
        (bytes(512, [:]), "img", "does not end in 55 AA", "--boot flat"),
        (bytes(1 << 21, [:]), "bin", "does not end in 55 AA", "--boot sector!"),
        (text("hello\n"), "txt", "a text file", "assemble it first"),
        (text("org 100h\r\n mov ah,9 ; \u{FC}\r\n"), "asm", "a text file", "nasm -f bin"),
        (text(":10010000214601360121470136007EFE09D2190140\n"), "hex", "an Intel HEX file", "objcopy -I ihex"),
        (text("blob F4\n"), "case", "a case", "x86sim check"),
    ]

    @Test(arguments: files.indices) func eachIsNamedInOneLine(number: Int) throws {
        let row = Self.files[number]
        let file = try TemporaryFile(row.bytes, extension: row.suffix)
        for command in ["run", "tiers"] {
            let host = TestHost()
            #expect(host.run([command, file.path, "--fuel", "1000"]) == 2)
            let errors = host.errors.text
            #expect(errors.contains(row.name) && errors.contains(row.remedy) && errors.contains(file.path), "\(errors)")
            #expect(errors.filter { $0 == "\n" }.count == 1, "\(errors)")
        }
        // Who says what it is has it loaded, where there is RAM for all of it.
        let arguments = ["run", file.path, "--boot", "flat", "--machine", "bare", "--fuel", "1"]
        #expect(TestHost().run(arguments) != 2)
    }

    @Test func aROMIsNoOtherFile() throws {
        let file = try TemporaryFile(Self.bytes(100, [0: [0x1F, 0x8B, 0x08, 0x00]]), extension: "rom")
        let host = TestHost()
        #expect(host.run(["run", "-bios", file.path]) == 2)
        #expect(host.errors.text.contains("gunzip"))
    }

    @Test func aPackedDiskCannotBeBooted() throws {
        let file = try TemporaryFile(Self.bytes(1000, [0: [0x1F, 0x8B, 0x08, 0x00]]), extension: "img")
        let host = TestHost()
        #expect(host.run(["run", "-fda", file.path]) == 2)
        #expect(host.errors.text.contains("gunzip"))
    }

    // mov ax, 0e41; int 10; out f4, al with DL
    private static let telling: [UInt8] = [0xB8, 0x41, 0x0E, 0xCD, 0x10, 0x88, 0xD0, 0xE6, 0xF4]

    @Test func aDiskWithoutASignatureBootsOnDemand() throws {
        for size in [512, 1_474_560, 100] {
            let start = Self.telling + [UInt8](repeating: 0, count: size - Self.telling.count)
            let file = try TemporaryFile(start, extension: "img")
            for arguments in [[file.path], ["-fda", file.path]] {
                let host = TestHost()
                #expect(host.run(["run", "--boot", "sector!"] + arguments) == 0, "\(host.errors.text)")
                #expect(host.output.text == "A" && host.errors.text.contains("(boot sector at 0000:7C00)"))
                #expect(TestHost().run(["run"] + arguments) == 2)
            }
            #expect(TestHost().run(["run", "--boot", "sector!", "-bios", "none", "--fuel", "9", file.path]) != 2)
        }
        // INT 19h boots it again.
        let again = try TemporaryFile([
            0xFE, 0x06, 0x00, 0x06, 0x80, 0x3E, 0, 6, 3, 0x74, 2, 0xCD, 0x19, 0xB0, 9, 0xE6, 0xF4,
        ])
        #expect(TestHost().run(["run", "--boot", "sector!", again.path, "--fuel", "10000"]) == 64 + 9)
    }

    // MARK: Floppy or hard disk

    private static let entry: [UInt8] = [0x80, 1, 1, 0, 0x17, 15, 63, 5, 0, 0, 0, 0, 0x80, 0x16, 0, 0]

    private static let disks: [(parts: [Int: [UInt8]], drive: Int32)] = [
        // an isohybrid; partitions; a CD's file system
        ([446: entry, 0x8001: text("CD001")], 0x80), ([446: entry], 0x80), ([0x8001: text("CD001")], 0x80),
        // nothing of that; a floppy's file system; code where the table would be
        ([:], 0), ([0: [0xEB, 0x3C, 0x90], 11: [0, 2, 1], 21: [0xF0], 446: entry], 0), ([446: [0x31, 0xC0, 0x8E]], 0),
        // two active ones, one without sectors
        ([446: entry + entry], 0), ([446: [0x80, 0, 0, 0, 6]], 0),
        // a hard disk's file system
        ([0: [0xEB, 0x3C, 0x90], 11: [0, 2, 1], 21: [0xF8], 446: entry], 0x80),
    ]

    @Test(arguments: disks.indices) func contentsTellAHardDisk(number: Int) throws {
        let (parts, drive) = Self.disks[number]
        var image = Self.bytes(2_949_120, parts)
        image.replaceSubrange(510..<512, with: [0x55, 0xAA])
        #expect(Drive.isHardDisk(MemoryDisk(image)) == (drive == 0x80))
        guard parts[0] == nil else { return }
        image.replaceSubrange(0..<Self.telling.count, with: Self.telling)
        let file = try TemporaryFile(image, extension: "img")
        let host = TestHost()
        _ = host.run(["run", file.path])
        #expect(host.errors.text.contains("the guest ended with code \(drive) "), "\(host.errors.text)")
        #expect(host.errors.text.contains("of a hard disk") == (drive == 0x80))
        let settings = try OptionParser(subcommand: try X86Sim.named("run")).parse([file.path, "-bios", "none"])
        #expect(try GuestImage(settings).plan.start?.registers.edx == UInt32(drive))
    }
}
