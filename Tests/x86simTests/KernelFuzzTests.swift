import Foundation
import TestSupport
import Testing

@testable import x86sim

/// Kernels and CD images that are broken in every way: one line, or a guest that ends as guests do.
@Suite("Hostile kernels", .serialized) struct KernelFuzzTests {
    private static let seeds = LongTests.blobs ?? 0...LongTests.count(short: 40) - 1
    /// Statuses that a run can end with, besides codes of the guest from 64 on.
    private static let statuses: Set<Int32> = [0, 1, 2, 10, 11, 12, 13, 14, 15]
    /// Numbers that checks get wrong.
    private static let edges: [UInt32] = [
        0, 1, 2, 3, 4, 16, 0xFF, 0xFFF, 0x1000, 0xF_FFFF, 0x10_0000, 0x3F_FFFF, 0x40_0000, 0x7FFF_FFFF, 0x8000_0000,
        0xFFFF_0000, 0xFFFF_F000, 0xFFFF_FFFC, 0xFFFF_FFFE, 0xFFFF_FFFF,
    ]

    @Test(.timeLimit(.minutes(30))) func anyKernelIsRunOrRefused() async throws {
        let kernels = try ["elf", "multiboot", "kludge", "multiboot2", "linux"].map {
            try HostFile.read(KernelFixtureTests.path($0))
        }
        let discs = [0, 1, 2, 3, 4].map { CompactDisc.image(media: $0, code: [0xF4]) }
        await LongTests.forEach(in: Self.seeds, name: "kernel") { try Self.run(seed: $0, kernels + discs) }
    }

    private static func run(seed: Int, _ files: [[UInt8]]) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        var bytes = files.randomElement(using: &random) ?? []
        let isDisc = bytes.count > 0x8000
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            // Where headers are, or anywhere.
            let start = isDisc ? Int.random(in: 0...1, using: &random) * 0x800 + 0x8800 : 0
            let end = Bool.random(using: &random) ? min(bytes.count, start + 0x280) : bytes.count
            let place = Int.random(in: start..<end, using: &random)
            switch Int.random(in: 0...3, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
            default: change(&bytes, place & ~3, &random)
            }
        }
        if Int.random(in: 0...3, using: &random) == 0 {
            bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random))
        }
        repair(&bytes)
        let file = try TemporaryFile(bytes, extension: isDisc ? "iso" : "bin")
        let module = "\(file.path) module,\(file.path)"
        let forms = [
            [], ["-bios", "none"], ["--linux-entry", "32"], ["-append", "a=b mem=3M vga=ask"], ["-initrd", module],
            ["--boot", "elf"], ["--boot", "linux"], ["--boot", "multiboot"], ["--boot", "multiboot2"],
            ["--boot", "cd"],
        ]
        let form = forms.randomElement(using: &random) ?? []
        let host = TestHost()
        let status = host.run(["run", "-m", "4M", "--fuel", "3000", "--max-output", "10000", file.path] + form)
        #expect(statuses.contains(status) || status >= 64, "kernel \(seed): status \(status)")
        if status == 1 || status == 2 {
            #expect(host.errors.text.split(separator: "\n").count == 1, "kernel \(seed): \(host.errors.text)")
        }
    }

    private static func change(_ bytes: inout [UInt8], _ place: Int, _ random: inout SeededGenerator) {
        guard place + 4 <= bytes.count, let edge = edges.randomElement(using: &random) else { return }
        bytes.replaceSubrange(place..<place + 4, with: edge.bytes)
    }

    /// Makes the sums of multiboot headers right again, so that what was changed is looked at.
    private static func repair(_ bytes: inout [UInt8]) {
        func dword(_ place: Int) -> UInt32 { bytes[place..<place + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) } }
        for place in stride(from: 0, to: min(bytes.count, 0x400) - 15, by: 4) {
            switch dword(place) {
            case 0x1BAD_B002:
                bytes.replaceSubrange(place + 8..<place + 12, with: (0 &- dword(place) &- dword(place + 4)).bytes)
            case 0xE852_50D6:
                let sum = dword(place) &+ dword(place + 4) &+ dword(place + 8)
                bytes.replaceSubrange(place + 12..<place + 16, with: (0 &- sum).bytes)
            default: break
            }
        }
    }

    /// Many segments upon each other, each as large as the file or as RAM: no copy for each.
    @Test(.timeLimit(.minutes(30))) func manySegmentsAreRefusedOrLoaded() throws {
        let header = try Array(HostFile.read(KernelFixtureTests.path("elf")).prefix(0x54))
        for (count, size) in [(1000, 0x10_0000), (1000, 0x3F_0000), (60_000, 1), (1024, 0)] as [(Int, UInt32)] {
            var bytes = header
            bytes.replaceSubrange(0x2C..<0x2E, with: UInt16(count).bytes)
            let fileSize = size == 0x10_0000 ? UInt32(0x34 + count * 32) : 0
            let segment = [1, 0, 0x10_0000, 0x10_0000, fileSize, size, 7, 1].flatMap { UInt32($0).bytes }
            bytes = Array(bytes.prefix(0x34)) + (0..<count).flatMap { _ in segment }
            bytes.replaceSubrange(0x18..<0x1C, with: UInt32(0x10_0000).bytes)
            let file = try TemporaryFile(bytes)
            let host = TestHost()
            #expect(host.run(["run", "-m", "8M", "--fuel", "10", file.path]) == 2)
            #expect(host.errors.text.filter { $0 == "\n" }.count == 1, "\(host.errors.text)")
        }
    }
}
