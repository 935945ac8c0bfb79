import TestSupport
import Testing

@testable import x86sim

/// The reader of MOO files.
struct ConformReaderTests {
    private static let full: MOOFile = {
        var file = SiliconExample.addition(masks: [.eflags: 0xFFFF_FFEF, .eax: 0xFF])
        file.tests[0].index = 7
        file.tests[0].final.memoryMasks = [MemoryByte(address: 0x1234, value: 0x0F)]
        file.tests[0].final.statusWordMask = 0x4700
        file.tests[0].initial.fpu = (0..<512).map { UInt8(truncatingIfNeeded: $0) }
        file.tests[0].exception = VectorException(number: 13, flagAddress: .max, errorCode: 0x18)
        file.tests[0].hash = "00112233445566778899aabbccddeeff00112233"
        return file
    }()

    @Test func readsWhatWasWritten() throws {
        let file = Self.full
        #expect(try MOOReader.read(MOOBuilder.file(file), name: file.name) == [file])
    }

    @Test func reads16BitRegisters() throws {
        let file = RealModeExample.file(
            [0x90], form: "90", changes: [.eip: 2, .eflags: 2],
            exception: VectorException(number: 6, flagAddress: 0x300FE, errorCode: nil))
        #expect(try MOOReader.read(MOOBuilder.file(file), name: file.name) == [file])
    }

    @Test func splitsPackedFilesAndTakesTheirNames() throws {
        let files = [Self.full, RealModeExample.file([0x90], form: "90")]
        let bytes = files.flatMap { MOOBuilder.file($0) + MOOBuilder.text("FILE", "named/\($0.name)") }
        let read = try MOOReader.read(bytes, name: "packed")
        #expect(read.map(\.name) == files.map { "named/\($0.name)" })
        #expect(read.map(\.tests) == files.map(\.tests))
    }

    @Test func skipsUnknownChunks() throws {
        let bytes = MOOBuilder.file(Self.full) + MOOBuilder.chunk("ZZZZ", [1, 2, 3])
        #expect(try MOOReader.read(bytes, name: Self.full.name) == [Self.full])
    }

    @Test func takesMasksOfTheWholeFile() throws {
        let bytes = MOOBuilder.file(Self.full) + MOOBuilder.registers("RM32", [.eflags: 0xFFFF_F7FF])
        #expect(try MOOReader.read(bytes, name: "x").first?.masks[.eflags] == 0xFFFF_F7FF)
    }

    @Test func formsComeFromNames() {
        var file = MOOFile()
        file.name = "/a.moo/b/6680.4.MOO.gz"
        #expect(file.form == "6680.4")
        file.name = "d8c0.moo"
        #expect(file.form == "D8C0")
        file.name = "odd"
        #expect(file.form == "ODD")
    }

    @Test func refusesEveryTruncation() {
        let bytes = MOOBuilder.file(Self.full)
        for count in 0..<bytes.count {
            #expect(throws: MOOError.self, "\(count) bytes") {
                try MOOReader.read(Array(bytes.prefix(count)), name: "x")
            }
        }
    }

    @Test(arguments: [
        ([UInt8]("#!/bin/sh\n".utf8), "this is no MOO file"),
        (MOOBuilder.chunk("META", [0]), "this is no MOO file"), ([], "this is no MOO file"),
        (Array("MOO ".utf8) + [99, 0, 0, 0, 1], "chunk MOO  at byte 0 says 99 bytes, 1 are left"),
        (MOOBuilder.chunk("MOO ", [2, 0, 0, 0, 0, 0, 0, 0, 0x38, 0x36, 0x20, 0x20]), "MOO version 2.0 is unknown"),
        (MOOBuilder.chunk("MOO ", [1, 1, 0, 0, 9, 0, 0, 0, 0x38, 0x36, 0x20, 0x20]), "the header announces 9 tests"),
    ])
    func saysWhatIsWrong(bytes: [UInt8], message: String) {
        let error = #expect(throws: MOOError.self) { try MOOReader.read(bytes, name: "x") }
        #expect(error?.message.contains(message) == true)
    }

    /// Damaged files give an error or other tests, never a trap; what can be read is run.
    @Test func survivesDamage() throws {
        var random = SeededGenerator(seed: 2)
        let realMode = RealModeExample.file([0x90], form: "90")
        let bytes = MOOBuilder.file(SiliconExample.addition()) + MOOBuilder.file(realMode)
        var readable = 0
        for _ in 0..<1000 {
            var damaged = bytes
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                damaged[Int.random(in: 0..<damaged.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            guard let files = try? MOOReader.read(damaged, name: "x") else { continue }
            readable += 1
            for result in try conform(files) { #expect(result.score.total == 1) }
        }
        #expect(readable > 0 && readable < 1000)
    }
}
