import Testing
import X86Interp

@testable import x86sim

/// Which tests apply to a model, and what is masked.
struct ConformRuleTests {
    private func decision(_ file: MOOFile, on model: String) throws -> Applicability.Decision {
        let model = try #require(CPUModel.named(model))
        return Applicability(model).decide(try #require(file.tests.first), of: file, FlagMasks())
    }

    private func skips(_ file: MOOFile, on model: String) throws -> Bool {
        if case .skip = try decision(file, on: model) { return true }
        return false
    }

    /// What a 386 does differently from the 80286 is skipped there, and run on an 80286.
    @Test(arguments: [
        (form: "00", bytes: [0xF0, 0x00, 0xC0], skipped: true),
        (form: "00", bytes: [0xF0, 0x00, 0x00], skipped: false),
        (form: "8B", bytes: [0xF0, 0x8B, 0x00], skipped: true), (form: "8B", bytes: [0x8B, 0x00], skipped: false),
        (form: "C4", bytes: [0xC4, 0x06, 0xFE, 0xFF], skipped: false),
        (form: "FF.3", bytes: [0xFF, 0x5F, 0xFE], skipped: false),
        (form: "FF.2", bytes: [0xFF, 0x57, 0xFE], skipped: false),
        (form: "8E", bytes: [0x8E, 0xE0], skipped: true), (form: "8E", bytes: [0x8E, 0xD8], skipped: false),
        (form: "90", bytes: [UInt8](repeating: 0x26, count: 10) + [0x90], skipped: true),
        (form: "90", bytes: [UInt8](repeating: 0x26, count: 9) + [0x90], skipped: false),
        (form: "E4", bytes: [0xE4, 0x10], skipped: false), (form: "6C", bytes: [0x6C], skipped: false),
    ])
    func the80286SuiteOnA386(form: String, bytes: [UInt8], skipped: Bool) throws {
        let file = RealModeExample.file(bytes, form: form)
        #expect(try skips(file, on: "80386") == skipped)
        #expect(try skips(file, on: "p6") == skipped)
        #expect(try !skips(file, on: "80286"))
    }

    @Test(arguments: [
        ("C286", "8086"), ("C286", "80186"), ("8086", "80286"), ("8088", "p6"), ("V20", "8086"), ("386E", "80286"),
    ])
    func suitesOfOtherProcessorsAreSkipped(cpu: String, model: String) throws {
        #expect(try skips(RealModeExample.file([0x90], form: "90", cpu: cpu), on: model))
    }

    @Test(arguments: [("C286", "80286"), ("8086", "8086"), ("8088", "8086"), ("386E", "80386"), ("386E", "p6")])
    func suitesOfTheSameProcessorAreRun(cpu: String, model: String) throws {
        #expect(try !skips(RealModeExample.file([0x90], form: "90", cpu: cpu), on: model))
    }

    @Test func flagsOfAForm() throws {
        let shift = RealModeExample.file([0xC0, 0xD0, 0x02], form: "C0.2")
        #expect(try decision(shift, on: "80286") == .run(Allowances(flags: 0xF7FF)))
        let later = try decision(shift, on: "80386")
        guard case .run(let allowances) = later else {
            Issue.record("\(later)")
            return
        }
        #expect(allowances.flags & 0xF800 == 0)
    }

    @Test func flagMasksFromMetadata() throws {
        let text = #"{"opcodes": {"27": {"flags-mask": 63487}, "80": {"reg": {"4": {"flags-mask": 65519}}}}}"#
        let masks = FlagMasks(metadata: try #require(JSON(text: Array(text.utf8))))
        let sketch = InstructionSketch([0x90])
        let map = OpcodeMap(.p6)
        #expect(masks.isFromSuite)
        #expect(masks.mask(of: "27", sketch, in: map) == 0xF7FF)
        #expect(masks.mask(of: "80.4", sketch, in: map) == 0xFFEF)
        #expect(masks.mask(of: "80.5", sketch, in: map) == 0xFFFF)
    }

    @Test func siliconOnOlderModels() throws {
        let conditionalMove = SiliconExample.file([0x0F, 0x44, 0xC0])
        #expect(try !skips(conditionalMove, on: "p6"))
        #expect(try skips(conditionalMove, on: "pentium"))
        #expect(try skips(SiliconExample.file([0x0F, 0xC8]), on: "80386"))
        #expect(try !skips(SiliconExample.file([0x0F, 0xC8]), on: "i486"))
        #expect(try skips(SiliconExample.file([0x90]), on: "80286"))
        #expect(try skips(SiliconExample.file([0x90]), on: "8086"))
        let identification = SiliconExample.file([0x9D], changes: [.eflags: 0x20_0202])
        #expect(try skips(identification, on: "80386"))
        #expect(try !skips(identification, on: "p6"))
    }

    @Test(arguments: [
        (name: "6601.MOO", flags: 0, kind: VectorKind.int), (name: "D8C0.MOO", flags: 2, kind: .x87),
        (name: "9B.MOO", flags: 2, kind: .x87), (name: "660FD6.MOO", flags: 2, kind: .simd),
        (name: "D9F0.MOO", flags: 6, kind: .approx),
    ])
    func kinds(name: String, flags: UInt32, kind: VectorKind) throws {
        var file = SiliconExample.file([0x90])
        file.name = "seg16/" + name
        file.oracle?.flags = flags
        #expect(VectorKind(file) == kind)
        let result = try #require(conform([file], kind: .int).first)
        #expect(result.score.skippedCount == (kind == .int ? 0 : 1))
    }

    @Test(arguments: [
        ([UInt8](#" {"a": [1, -2.5, "x\n\u0041"], "b": {}, "c": null} "#.utf8), true),
        ([UInt8]("[1, 2".utf8), false), ([UInt8]("{1: 2}".utf8), false), ([UInt8]("\"a\\".utf8), false),
        ([UInt8](repeating: 0x5B, count: 1000), false), ([UInt8](), false), ([UInt8]("[] []".utf8), false),
    ])
    func readsJSON(text: [UInt8], isValid: Bool) {
        #expect((JSON(text: text) != nil) == isValid)
    }

    @Test func revokedTestsAreSkipped() throws {
        let scratch = ScratchDirectory()
        var file = RealModeExample.file([0x90], form: "90", changes: [.eip: 2, .eflags: 2])
        file.tests[0].hash = "00112233445566778899aabbccddeeff00112233"
        let path = try scratch.write(MOOBuilder.file(file), "90.MOO")
        _ = try scratch.write(Array("# bad\n00112233445566778899AABBCCDDEEFF00112233\n".utf8), "revocation_list.txt")
        var conformance = try Conformance(.p6)
        let read = try #require(VectorFiles.read(path).first)
        let results = try conformance.take(read, from: path) + conformance.flush()
        #expect(results.first?.score.skipped == ["revoked by the suite": 1])
    }
}
