import Testing
import X86Interp

@testable import x86sim

/// The comparison of a CPU with test vectors: it accepts what is right and finds what is planted.
struct ConformRunnerTests {
    private func verdict(_ file: MOOFile, on model: CPUModel = .p6) throws -> Verdict {
        let result = try #require(conform([file], on: model).first)
        if let reason = result.score.skipped.keys.first { return .skipped(reason) }
        return result.failures.first.map { .failed($0.differences) } ?? .passed(exact: result.score.exact == 1)
    }

    @Test func acceptsARightTest() throws {
        #expect(try verdict(SiliconExample.addition()) == .passed(exact: true))
    }

    @Test func findsAWrongRegister() throws {
        #expect(
            try verdict(SiliconExample.addition(eip: 0x1003))
                == .failed([.register(.eip, got: 0x1002, want: 0x1003, mask: .max)]))
    }

    @Test func findsAWrongFlag() throws {
        let verdict = try verdict(SiliconExample.addition(eflags: 0x203))
        #expect(verdict == .failed([.register(.eflags, got: 0x202, want: 0x203, mask: .max)]))
        guard case .failed(let differences) = verdict else { return }
        #expect(differences.map { $0.text(wide: true) } == ["CF is 0, should be 1"])
    }

    @Test func countsUndefinedBitsApart() throws {
        let file = SiliconExample.addition(eflags: 0x203, masks: [.eflags: 0xFFFF_FFFE])
        #expect(try verdict(file) == .passed(exact: false))
    }

    @Test func findsAWrongByte() throws {
        #expect(
            try verdict(SiliconExample.addition(sum: 0x16))
                == .failed([.memory(0x20_0000, got: 0x15, want: 0x16)]))
    }

    @Test func masksMemory() throws {
        var file = SiliconExample.addition(sum: 0x25)
        file.tests[0].final.memoryMasks = [MemoryByte(address: 0x20_0000, value: 0x0F)]
        #expect(try verdict(file) == .passed(exact: false))
    }

    @Test func findsAWriteThatTheTestHasNot() throws {
        let file = SiliconExample.file([0x88, 0x03], changes: [.eip: 0x1002])
        #expect(try verdict(file) == .failed([.stray(0x20_0000, got: 5)]))
    }

    @Test func findsAWriteOverMemoryOfTheTest() throws {
        let file = SiliconExample.file(
            [0x88, 0x03], memory: [MemoryByte(address: 0x20_0000, value: 9)], changes: [.eip: 0x1002])
        #expect(try verdict(file) == .failed([.memory(0x20_0000, got: 5, want: 9)]))
    }

    @Test func leavesNothingToTheNextTest() throws {
        let results = try conform([
            SiliconExample.file([0x88, 0x03], changes: [.eip: 0x1002]), SiliconExample.addition(),
            SiliconExample.file([0x8A, 0x03], [.ebx: 0x20_0001], changes: [.eip: 0x1002, .eax: 0]),
        ])
        #expect(results.map(\.score.failed) == [1, 0, 0])
    }

    private static let division = VectorException(number: 0, flagAddress: .max, errorCode: 0)

    @Test func comparesExceptions() throws {
        let divide = SiliconExample.file([0xF7, 0xF2], exception: Self.division)
        #expect(try verdict(divide) == .passed(exact: true))
        var other = divide
        other.tests[0].exception = VectorException(number: 13, flagAddress: .max, errorCode: 0x10)
        #expect(try verdict(other) == .failed([.ending(got: "#DE", want: "#GP(10)")]))
        other.tests[0].exception = nil
        #expect(try verdict(other) == .failed([.ending(got: "#DE", want: "no exception")]))
        let none = SiliconExample.file([0x90], changes: [.eip: 0x1001], exception: Self.division)
        #expect(try verdict(none) == .failed([.ending(got: "no exception", want: "#DE")]))
    }

    @Test func comparesErrorCodes() throws {
        let read: [UInt8] = [0x8A, 0x05, 0x00, 0x00, 0x00, 0x01]
        var file = SiliconExample.file(read, exception: VectorException(number: 13, flagAddress: .max, errorCode: 0))
        #expect(try verdict(file) == .passed(exact: true))
        file.tests[0].exception = VectorException(number: 13, flagAddress: .max, errorCode: 8)
        #expect(try verdict(file) == .failed([.ending(got: "#GP(0)", want: "#GP(8)")]))
    }

    @Test func executesARepetitionAsAWhole() throws {
        let stored = (0..<3).map { MemoryByte(address: 0x30_0000 + $0, value: 5) }
        let file = SiliconExample.file(
            [0xF3, 0xAA], [.edi: 0x30_0000], changes: [.eip: 0x1002, .ecx: 0, .edi: 0x30_0003], writes: stored)
        #expect(try verdict(file) == .passed(exact: true))
    }

    // MARK: Real mode

    @Test(arguments: ["80286", "80386", "p6"])
    func executesToTheHLTInRealMode(model: String) throws {
        let model = try #require(CPUModel.named(model))
        let file = RealModeExample.file([0x40], form: "40", changes: [.eax: 1, .eip: 2, .eflags: 2])
        #expect(try verdict(file, on: model) == .passed(exact: true))
        let wrong = RealModeExample.file([0x40], form: "40", changes: [.eax: 2, .eip: 2, .eflags: 2])
        #expect(try verdict(wrong, on: model) == .failed([.register(.eax, got: 1, want: 2, mask: .max)]))
    }

    @Test func deliversExceptionsInRealMode() throws {
        // DIV CL: FLAGS, CS and IP of the instruction are pushed; the handler at 2000:0000 is a HLT.
        let pushed: [MemoryByte] = [
            MemoryByte(address: 0x300FD, value: 0x10), MemoryByte(address: 0x300FE, value: 2),
        ]
        let exception = VectorException(number: 0, flagAddress: 0x300FE, errorCode: nil)
        let file = RealModeExample.file(
            [0xF6, 0xF1], form: "F6.6", changes: [.esp: 0xFA, .cs: 0x2000, .eip: 1, .eflags: 2], writes: pushed,
            exception: exception)
        let model = try #require(CPUModel.named("80286"))
        guard case .passed = try verdict(file, on: model) else {
            Issue.record("\(try verdict(file, on: model))")
            return
        }
    }

    @Test func acceptsAStackFaultForTheGeneralOneOfThe286() throws {
        // PUSH [BP-1]: the word at SS:FFFF crosses the limit.
        let exception = VectorException(number: 13, flagAddress: 0x300FE, errorCode: nil)
        let pushed: [MemoryByte] = [
            MemoryByte(address: 0x300FD, value: 0x10), MemoryByte(address: 0x300FE, value: 2),
        ]
        let file = RealModeExample.file(
            [0xFF, 0x76, 0xFF], form: "FF.6", changes: [.esp: 0xFA, .cs: 0x2000, .eip: 1, .eflags: 2], writes: pushed,
            exception: exception)
        #expect(try verdict(file) == .passed(exact: false))
        let old = try #require(CPUModel.named("80286"))
        guard case .passed = try verdict(file, on: old) else {
            Issue.record("\(try verdict(file, on: old))")
            return
        }
    }

    /// Form, bytes, and what an 80286 has moved when SI and DI are FFFF and CX is 3.
    private static let stringFaults: [(String, [UInt8], RegisterValues)] = [
        ("AD", [0xAD], [.esi: 1]), ("AD", [0xF3, 0xAD], [.esi: 1, .ecx: 2]), ("AB", [0xAB], [.edi: 1]),
        ("AB", [0xF3, 0xAB], [.edi: 1, .ecx: 1]), ("AF", [0xAF], [.edi: 1]), ("A5", [0xA5], [.esi: 1]),
        ("A7", [0xA7], [.edi: 1]), ("A7", [0xF2, 0xA7], [.edi: 1]), ("6F", [0x6F], [.esi: 1]),
        ("6D", [0x6D], [.edi: 1]),
    ]

    /// An 80286 in real mode has moved index and count when a string instruction faults; later chips have not.
    @Test(arguments: stringFaults)
    func stringFaultsOfThe286(form: String, bytes: [UInt8], moved: RegisterValues) throws {
        let exception = VectorException(number: 13, flagAddress: 0x300FE, errorCode: nil)
        let pushed: [MemoryByte] = [
            MemoryByte(address: 0x300FD, value: 0x10), MemoryByte(address: 0x300FE, value: 2),
        ]
        let end: RegisterValues = [.esp: 0xFA, .cs: 0x2000, .eip: 1, .eflags: 2]
        let file = RealModeExample.file(
            bytes, form: form, [.esi: 0xFFFF, .edi: 0xFFFF, .ecx: 3], changes: end.merging(moved), writes: pushed,
            exception: exception)
        #expect(try verdict(file, on: try #require(CPUModel.named("80286"))) == .passed(exact: true))
        #expect(try verdict(file) == .passed(exact: false))
        var unmoved = file
        unmoved.tests[0].final.registers = end
        guard case .failed = try verdict(unmoved, on: try #require(CPUModel.named("80286"))) else {
            Issue.record("the 80286 restarted")
            return
        }
    }

    @Test func reportsAProgramThatDoesNotHalt() throws {
        let file = RealModeExample.file([0xEB, 0xFE], form: "EB", changes: [.eip: 2, .eflags: 2])
        guard case .failed(let differences) = try verdict(file) else {
            Issue.record("an endless loop passed")
            return
        }
        #expect(differences.first == .ending(got: "no HLT within 4 instructions", want: "an end of the test"))
    }
}
