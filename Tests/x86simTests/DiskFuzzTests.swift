import Foundation
import TestSupport
import Testing

@testable import x86sim

/// Disk images of any size and contents on the command line: a clear error or a run that ends.
@Suite("Hostile disk images", .serialized) struct DiskFuzzTests {
    private static let seeds = LongTests.blobs ?? 0...LongTests.count(short: 60) - 1
    /// Statuses that a run of a boot sector can end with, besides codes of the guest from 64 on.
    private static let statuses: Set<Int32> = [0, 1, 2, 10, 11, 12, 13, 14, 15]

    @Test(.timeLimit(.minutes(30))) func anyImageIsRunOrRefused() async {
        await LongTests.forEach(in: Self.seeds, name: "image") { try Self.run(seed: $0) }
    }

    /// Sizes around those of disks, and some that are sparse and huge.
    private static let sizes: [UInt64] = [
        0, 1, 2, 509, 510, 511, 512, 513, 1023, 1024, 163_840, 368_640, 737_280, 1_474_559, 1_474_560, 1_474_561,
        2_949_120, 2_949_121, 10 << 20, 1 << 31, 1 << 32, 3 << 40,
    ]

    private static func run(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        var bytes = (0..<Int.random(in: 0...2048, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random)
        }
        if bytes.count >= 512, Bool.random(using: &random) {
            bytes[510] = 0x55
            bytes[511] = 0xAA
            // Half of these call INT 13h with what registers they make up.
            if Bool.random(using: &random) { bytes.replaceSubrange(20..<24, with: [0xCD, 0x13, 0xEB, 0xEA]) }
        }
        let file = try TemporaryFile(bytes, extension: "img")
        if Bool.random(using: &random), let size = sizes.randomElement(using: &random) {
            #expect(truncate(file.path, off_t(size)) == 0)
        }
        let forms = [[file.path], ["-fda", file.path], ["-hda", file.path], ["--boot", "sector", file.path]]
        let form = forms.randomElement(using: &random) ?? []
        let host = TestHost()
        let status = host.run(["run", "-m", "2M", "--fuel", "3000", "--max-output", "10000"] + form)
        #expect(statuses.contains(status) || status >= 64, "image \(seed): status \(status)")
        if status == 1 || status == 2 {
            #expect(host.errors.text.split(separator: "\n").count == 1, "image \(seed): \(host.errors.text)")
        }
    }
}
