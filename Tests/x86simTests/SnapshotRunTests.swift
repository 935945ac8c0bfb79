import Foundation
import TestSupport
import Testing

@testable import X86Interp
@testable import x86sim

/// Snapshots in files: a run goes on where another one has ended.
@Suite("Snapshots in files", .timeLimit(.minutes(30)))
struct SnapshotRunTests {
    /// Counts in memory and speaks.
    ///
    /// again: inc word [500h]; mov al, 'a'; out e9, al; in al, 61h; jmp again
    private static let counts: [UInt8] = [
        0xFF, 0x06, 0x00, 0x05, 0xB0, 0x61, 0xE6, 0xE9, 0xE4, 0x61, 0xEB, 0xF4,
    ]

    private static func run(_ arguments: [String], _ status: Int32, in folder: URL) -> TestHost {
        let host = TestHost()
        let arguments = arguments.map { $0.hasSuffix(".snap") ? folder.appendingPathComponent($0).path : $0 }
        let result = host.run(["run"] + arguments)
        #expect(result == status, "\(arguments): \(host.errors.text)")
        return host
    }

    private static func bytes(_ name: String, in folder: URL) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
    }

    private static func fixture(_ name: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("fixtures/\(name)").path
    }

    // MARK: Going on

    @Test("two runs are one", arguments: FixtureTests.programs, ["kernel", "user"])
    func twoRunsAreOne(program: String, tier: String) throws {
        try HostTool.inTemporaryDirectory { folder in
            let guest = [Self.fixture(program), "-m", "2M", "--tier", "all=" + tier, "--quiet"]
            let ends: Set<Int32> = [0, 12]
            func run(_ options: [String]) -> Int32 {
                let host = TestHost()
                return host.run(
                    ["run"] + guest
                        + options.map { $0.hasSuffix(".snap") ? folder.appendingPathComponent($0).path : $0 })
            }
            #expect(ends.contains(run(["--fuel", "33000", "--save-snapshot", "whole.snap"])))
            for first in LongTests.areWanted ? [1, 150, 777, 20_000] : [50, 20_000] {
                // Behind its end a guest would go on to somewhere else.
                guard run(["--fuel", "\(first)", "--save-snapshot", "part.snap"]) == 12 else { continue }
                let rest = [
                    "--fuel", "\(33_000 - first)", "--load-snapshot", "part.snap", "--save-snapshot", "end.snap",
                ]
                #expect(ends.contains(run(rest)))
                let isAlike = try Self.bytes("end.snap", in: folder) == Self.bytes("whole.snap", in: folder)
                #expect(isAlike, "\(first) instructions first")
            }
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(Set(names) == ["whole.snap", "part.snap", "end.snap"], "nothing else is left behind")
        }
    }

    /// Writes a sector of its disk by INT 13h, then ends.
    ///
    /// mov ax, 0301h; mov cx, 2; mov dx, 0; mov bx, 7C00h; int 13h; cli; hlt
    @Test func whatWasWrittenToDisksGoesOn() throws {
        let code: [UInt8] = [
            0xB8, 0x01, 0x03, 0xB9, 0x02, 0x00, 0xBA, 0x00, 0x00, 0xBB, 0x00, 0x7C, 0xCD, 0x13, 0xFA, 0xF4,
        ]
        var image = [UInt8](repeating: 0, count: 1_474_560)
        image.replaceSubrange(0..<code.count, with: code)
        image.replaceSubrange(510..<512, with: [0x55, 0xAA])
        let disk = try TemporaryFile(image, extension: "img")
        try HostTool.inTemporaryDirectory { folder in
            _ = Self.run([disk.path, "--quiet", "--save-snapshot", "end.snap"], 0, in: folder)
            #expect(try HostFile.read(disk.path) == image)
            _ = Self.run([disk.path, "--quiet", "--load-snapshot", "end.snap", "--disk-write"], 0, in: folder)
            let written = try HostFile.read(disk.path)
            #expect(Array(written[512..<1024]) == Array(image[0..<512]))
        }
    }

    @Test func anotherProcessGoesOn() async throws {
        let blob = try TemporaryFile(Self.counts)
        let path = "/tmp/x86sim-test-\(UInt64.random(in: 0 ... .max)).snap"
        let file = TemporaryPath(path, folders: [])
        let guest = [blob.path, "--quiet", "--tier", "all=user"]
        await #expect(processExitsWith: .success) { [guest = guest as [String], path = path as String] in
            let status = TestHost().run(["run"] + guest + ["--fuel", "5000", "--save-snapshot", path])
            #expect(status == 12)
        }
        let first = try HostFile.read(path)
        let host = TestHost()
        let rest = ["--fuel", "10000", "--load-snapshot", path, "--save-snapshot", path]
        #expect(host.run(["run"] + guest + rest) == 12)
        #expect(host.output.text == String(repeating: "a", count: 2000))
        let end = try HostFile.read(path)
        #expect(TestHost().run(["run"] + guest + ["--fuel", "15000", "--save-snapshot", path]) == 12)
        #expect(try HostFile.read(path) == end && end != first)
        withExtendedLifetime((blob, file)) {}
    }

    @Test func tiersGoOnToo() throws {
        let blob = try TemporaryFile(Self.counts)
        try HostTool.inTemporaryDirectory { folder in
            _ = Self.run([blob.path, "--fuel", "5000", "--save-snapshot", "a.snap"], 12, in: folder)
            let host = TestHost()
            let file = folder.appendingPathComponent("a.snap").path
            #expect(host.run(["tiers", blob.path, "--fuel", "500", "--load-snapshot", file]) == 0)
            #expect(host.output.text.contains("no difference in 200 transactions"), "\(host.output.text)")
        }
    }

    // MARK: What cannot be

    @Test func whatDoesNotFitIsOneLine() throws {
        let blob = try TemporaryFile(Self.counts)
        try HostTool.inTemporaryDirectory { folder in
            _ = Self.run([blob.path, "--fuel", "1000", "--save-snapshot", "good.snap"], 12, in: folder)
            var damaged = try Self.bytes("good.snap", in: folder)
            damaged[damaged.count / 2] ^= 4
            for (name, bytes) in [("damaged.snap", damaged), ("blob.snap", Self.counts), ("empty.snap", [])] {
                try Data(bytes).write(to: folder.appendingPathComponent(name))
            }
            let cases: [([String], String)] = [
                (["good.snap", "-m", "8M"], "16777216 bytes of RAM, the machine has 8388608"),
                (["good.snap", "--cpu", "8086"], "processor pentium4, this one has 8086"),
                (["good.snap", "--machine", "bare"], "blocks of RAM, the machine has none"),
                (["good.snap", "--device", "uart,off"], "only the snapshot has uart"),
                (["good.snap", "--port", "99=seq:1"], "only the machine has port99"),
                (["damaged.snap"], "the snapshot is damaged: its checksum differs"),
                (["blob.snap"], "it is no snapshot"), (["empty.snap"], "it is empty"),
                (["none.snap"], "no such file"), ([folder.path], "it is a directory"),
            ]
            for (arguments, part) in cases {
                let host = Self.run([blob.path, "--load-snapshot"] + arguments, 2, in: folder)
                #expect(host.output.bytes.isEmpty)
                #expect(host.errors.text.contains(part), "\(host.errors.text)")
                #expect(host.errors.text.split(separator: "\n").count == 1)
            }
            let record = ["--record", folder.appendingPathComponent("a.case").path]
            let host = Self.run([blob.path, "--load-snapshot", "good.snap"] + record, 1, in: folder)
            #expect(host.errors.text.contains("a case cannot hold a snapshot"))
        }
    }

    /// Whatever a file makes of a guest with BIOS and disk: a sentence or a run, never a trap, in run and debugger.
    @Test func noFileBringsTheProgramDown() async {
        await #expect(processExitsWith: .success) {
            ThrowHook.remove()
            try SnapshotRunTests.tryDamagedFiles(min(LongTests.count(short: 40), 1000))
        }
    }

    private static func tryDamagedFiles(_ count: Int) throws {
        // mov ax, 0301h; mov cx, 2; mov dx, 0; mov bx, 7C00h; int 13h; mov ax, 0E41h; int 10h; jmp $
        let code: [UInt8] = [
            0xB8, 0x01, 0x03, 0xB9, 0x02, 0x00, 0xBA, 0x00, 0x00, 0xBB, 0x00, 0x7C, 0xCD, 0x13, 0xB8, 0x41, 0x0E, 0xCD,
            0x10, 0xEB, 0xFE,
        ]
        var image = code + [UInt8](repeating: 0, count: 1_474_560 - code.count)
        image.replaceSubrange(510..<512, with: [0x55, 0xAA])
        let disk = try TemporaryFile(image, extension: "img")
        var ends: [Int32: Int] = [:]
        try HostTool.inTemporaryDirectory { folder in
            _ = run(
                [disk.path, "-m", "1M", "--quiet", "--fuel", "9000", "--save-snapshot", "good.snap"], 12, in: folder)
            let good = try bytes("good.snap", in: folder)
            let path = folder.appendingPathComponent("bad.snap").path
            for number in 0..<count {
                var random = SeededGenerator(seed: UInt64(number))
                var bytes = good
                for _ in 0...number % 3 {
                    bytes[Int.random(in: 20..<min(good.count - 8, 9000), using: &random)] ^= 1 << UInt8(number % 8)
                }
                mend(&bytes)
                try HostFile.replace(path, with: bytes, "")
                let guest = [disk.path, "-m", "1M", "--fuel", "3000"]
                let host = TestHost()
                let json = number % 2 == 0 ? ["--json"] : []
                ends[host.run(["run"] + guest + json + ["--disk-write", "--load-snapshot", path]), default: 0] += 1
                let lines = [
                    "load \(path)", "r", "sreg", "info devices", "bt", "stack", "s 3", "why", "rs 2", "screen", "q",
                ]
                _ = SessionRunner.run(guest, lines: lines)
            }
        }
        #expect(ends[2] ?? 0 > count / 10 && ends.count > 1, "\(ends)")
    }

    /// Makes the checksum what it would be.
    private static func mend(_ bytes: inout [UInt8]) {
        var hash = ValueHash()
        bytes.dropLast(8).withUnsafeBytes { hash.combine($0) }
        for offset in 0..<8 {
            bytes[bytes.count - 8 + offset] = UInt8(truncatingIfNeeded: hash.value >> UInt64(8 * offset))
        }
    }

    @Test func sectorsThatNoDiskHasAreLeftOut() throws {
        let disk = try TemporaryFile([UInt8](repeating: 1, count: 2048))
        let sectors: [UInt64: [UInt8]] = [
            .max: [UInt8](repeating: 2, count: 512), 1: [2], 2: [UInt8](repeating: 3, count: 512), 3: [],
        ]
        try FileDisk.write(sectors, to: disk.path)
        let ones = [UInt8](repeating: 1, count: 512)
        #expect(try HostFile.read(disk.path) == ones + ones + [UInt8](repeating: 3, count: 512) + ones)
    }

    @Test func aFileIsReplacedAsAWhole() throws {
        try HostTool.inTemporaryDirectory { folder in
            let path = folder.appendingPathComponent("file").path
            let link = folder.appendingPathComponent("link").path
            try HostFile.replace(path, with: [1, 2, 3], "--save-snapshot")
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
            let open = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            try HostFile.replace(link, with: [4, 5], "--save-snapshot")
            #expect(try HostFile.read(path) == [4, 5], "through the link")
            #expect(try open.readToEnd() == Data([1, 2, 3]), "who has the old one keeps it")
            try HostFile.replace("/dev/null", with: [1], "--save-snapshot")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 2)
            #expect(throws: CommandError.self) { try HostFile.replace("/nowhere/at/all", with: [1], "--save-snapshot") }
            #expect(throws: CommandError.self) { try HostFile.checkReplaceable("/nowhere/at/all", "--save-snapshot") }
            #expect(throws: CommandError.self) { try HostFile.checkReplaceable("", "--save-snapshot") }
            try HostFile.checkReplaceable("/dev/null", "--save-snapshot")
        }
    }

    // MARK: The debugger

    @Test func theDebuggerKeepsAndLoadsFiles() throws {
        let blob = try TemporaryFile(Self.counts)
        try HostTool.inTemporaryDirectory { folder in
            let file = folder.appendingPathComponent("a.snap").path
            let (session, output) = try SessionRunner.session([blob.path])
            for line in ["s 10", "snap \(file)", "hash", "s 3", "compare \(file)", "snap"] { session.execute(line) }
            #expect(output.text.contains("icount: 000A -> 000D"), "\(output.text)")
            #expect(output.text.hasSuffix("no snapshots\n"), "\(output.text)")
            let hash = session.machine.hash()
            session.execute("fork \(file)")
            #expect(session.state.instructions == 10 && session.snapshots["fork1"]?.cpu.instructions == 13)
            let (other, text) = try SessionRunner.session([blob.path])
            other.execute("load \(file)")
            #expect(other.state.instructions == 10 && other.machine.hash() == session.machine.hash())
            other.execute("s 3")
            #expect(other.machine.hash() == hash)
            other.execute("rs 2")
            #expect(other.state.instructions == 11)
            other.execute("load \(file)x.snap")
            other.execute("snap /nowhere/at/all")
            #expect(text.text.contains("no such file") && text.text.contains("cannot write '/nowhere/at/all'"))
            // From there on from the start.
            let (third, _) = try SessionRunner.session([blob.path, "--load-snapshot", file])
            third.execute("s 3")
            #expect(third.machine.hash() == hash)
            third.execute("restart")
            #expect(third.state.instructions == 10)
        }
    }

    @Test func manySnapshotsCostWhatDiffers() throws {
        let blob = try TemporaryFile(Self.counts)
        let (session, output) = try SessionRunner.session([blob.path, "-m", "256M"])
        for number in 0..<30 { session.execute("snap s\(number)") }
        #expect(session.snapshots.count == 30 && !output.text.contains("error"), "\(output.text)")
    }
}
