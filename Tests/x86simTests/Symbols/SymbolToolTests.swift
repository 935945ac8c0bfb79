import Foundation
import TestSupport
import Testing

@testable import x86sim

/// What the tools themselves write.
@Suite("Symbols of NASM and ld", .timeLimit(.minutes(30)))
struct SymbolToolTests {
    private static let nasm = Program.path("nasm")
    private static let ld = Program.path("ld")

    private static let source = """
        [map all code.map]
        org 0x100
        K equ 5
        start:
        .x: nop
            jmp strict near 0x1234
            call 0:back
            mov ax, [data1]
        %rep 2
            inc ax
        %endrep
        section .data
        data1: db 1
        data2: dw 0x1234, data1
        section .more align=16
        third: db 3
        section .rodata
        fourth: db 4
        section .text
        back: nop
        more: times 20 nop
        align 8
        last:
        %macro twice 1
        %%inner: db %1, %1
        %endmacro
        twice 7
        section .bss
        buffer: resb 3
        words: resd 2
        section .zero nobits align=32
        zero: resb 1
        """

    /// The listing's addresses, which are worked out, are those that NASM writes into its map.
    @Test("a listing and a map agree", .enabled(if: nasm != nil, "nasm is not installed"))
    func listingAndMapAgree() throws {
        try Program.inTemporaryDirectory { directory in
            try Data(Self.source.utf8).write(to: directory.appendingPathComponent("code.asm"))
            let arguments = ["-f", "bin", "-w-all", "-l", "code.lst", "-o", "code.bin", "code.asm"]
            #expect(try Program.run(Self.nasm, arguments, in: directory) == 0)
            let tables = try ["code.lst", "code.map"].map { name in
                try SymbolFile.table([SymbolFile(path: directory.appendingPathComponent(name).path)]).symbols
            }
            #expect(tables[0] == tables[1])
            #expect(tables[0].count == 13)
        }
    }

    @Test("an executable that ld made", .enabled(if: nasm != nil && ld != nil, "nasm and ld are not both installed"))
    func executable() throws {
        try Program.inTemporaryDirectory { directory in
            let source = "global start\nK equ 7\nstart: nop\n.l: jmp .l\nsection .data\nd: dd start\n"
            try Data(source.utf8).write(to: directory.appendingPathComponent("code.asm"))
            #expect(try Program.run(Self.nasm, ["-f", "elf32", "-o", "code.o", "code.asm"], in: directory) == 0)
            let link = ["-m", "elf_i386", "-Ttext", "0x100000", "-e", "start", "-o", "code", "code.o"]
            #expect(try Program.run(Self.ld, link, in: directory) == 0)
            let path = { (name: String) in directory.appendingPathComponent(name).path }
            let table = try SymbolFile.table([SymbolFile(path: path("code"))])
            #expect(table["start"]?.address == 0x10_0000 && table["start.l"]?.address == 0x10_0001)
            #expect(table.text(for: 0x10_0002) == "start.l+1")
            #expect(throws: CommandError.self) { try SymbolFile.table([SymbolFile(path: path("code.o"))]) }
        }
    }
}

/// Programs of the host that tests compare with.
enum Program {
    /// Where a program is, or nil.
    static func path(_ name: String) -> String? {
        let directories = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
        return directories.map { "\($0)/\(name)" }.first(where: FileManager.default.isExecutableFile)
    }

    /// Runs a program to its end; returns its exit status.
    static func run(_ path: String?, _ arguments: [String], in directory: URL) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path ?? "")
        process.arguments = arguments
        process.currentDirectoryURL = directory
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// Gives `body` a directory that is gone afterwards.
    static func inTemporaryDirectory(_ body: (URL) throws -> Void) throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        try body(directory)
    }
}

/// Files of random bytes, and good ones that were damaged.
@Suite("Hostile symbol files", .timeLimit(.minutes(30)))
struct SymbolFuzzTests {
    @Test("end in symbols or in one line") func randomFiles() {
        var elf = ELFBuilder()
        elf.symbols = (0..<20).map { ("name\($0)", UInt64($0 * 16), 1, 0) }
        var elf64 = ELFBuilder(is64: true, machine: 62)
        elf64.symbols = elf.symbols
        let seeds = [
            Array(SymbolFileTests.listing.utf8), Array(SymbolFileTests.map.utf8), elf.bytes, elf64.bytes,
        ]
        var accepted = 0
        var refused = 0
        let count = LongTests.count(short: 400)
        for seed in 0..<UInt64(count) {
            var random = SeededGenerator(seed: seed)
            let bytes = Damage.bytes(of: seeds, &random)
            do throws(CommandError) {
                let symbols = try SymbolFile(path: "x", base: .linear(0x7C00)).symbols(of: bytes)
                let table = SymbolTable(symbols)
                for address in [0, 0x7C00, .max, UInt32(truncatingIfNeeded: seed &* 7919)] {
                    if let found = table.nearest(at: address) { #expect(found.symbol.address <= address) }
                }
                accepted += 1
            } catch {
                #expect(!error.message.isEmpty && !error.message.contains("\n") && error.status == 2)
                refused += 1
            }
        }
        #expect(min(accepted, refused) > count / 10)
    }
}

/// Makes hostile files from good ones.
enum Damage {
    /// Random bytes, or one of the files with bytes changed, taken out, put in, repeated or cut off.
    static func bytes(of files: [[UInt8]], _ random: inout SeededGenerator) -> [UInt8] {
        guard Int.random(in: 0..<8, using: &random) > 0, var bytes = files.randomElement(using: &random) else {
            return (0..<Int.random(in: 1..<2000, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        }
        for _ in 0..<Int.random(in: 1...8, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            let end = min(bytes.count, place + Int.random(in: 1...40, using: &random))
            switch Int.random(in: 0..<7, using: &random) {
            case 0: bytes.replaceSubrange(place..<end, with: [])
            case 1: bytes.insert(contentsOf: bytes[place..<end], at: Int.random(in: 0..<bytes.count, using: &random))
            case 2: bytes.removeSubrange(place...)
            case 3: bytes.replaceSubrange(place..<end, with: [UInt8](repeating: 0xFF, count: end - place))
            case 4: bytes[place] = UInt8(ascii: "f")
            default: bytes[place] = UInt8.random(in: 0...255, using: &random)
            }
        }
        return bytes
    }
}
