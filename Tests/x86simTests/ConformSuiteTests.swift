import Testing
import X86Interp

@testable import x86sim

/// The suites as they are published: JSON, metadata, numbering, what they leave undefined.
struct ConformSuiteTests {
    /// Two tests of AAM in the first suite's JSON, the second with a base of 0: #DE pushes FLAGS at 3000:00FE.
    private static let aam = #"""
        [
        {"name": "aam 0Ah", "bytes": [212, 10],
         "initial": {"regs": {"ax": 63, "bx": 0, "cx": 0, "dx": 0, "cs": 4096, "ss": 12288, "ds": 0, "es": 0, "sp": 256,
           "bp": 0, "si": 0, "di": 0, "ip": 0, "flags": 61442}, "ram": [[65536, 212], [65537, 10]], "queue": [212]},
         "final": {"regs": {"ax": 1539, "ip": 2, "flags": 61446}, "ram": [[65536, 212], [65537, 10]], "queue": []},
         "cycles": [[0, 65536, "--", "---", {"x": "]\\\""}, "PASV", null, -1.5e3]], "test_hash": "AB", "test_num": 0},
        {"name": "aam 0h", "bytes": [212, 0],
         "initial": {"regs": {"ax": 63, "bx": 0, "cx": 0, "dx": 0, "cs": 4096, "ss": 12288, "ds": 0, "es": 0, "sp": 256,
           "bp": 0, "si": 0, "di": 0, "ip": 0, "flags": 61442},
           "ram": [[65536, 212], [65537, 0], [0, 0], [1, 4], [2, 0], [3, 0]], "queue": []},
         "final": {"regs": {"ip": 1024, "cs": 0, "sp": 250, "flags": FLAGS},
           "ram": [[196862, 2], [196863, 240], [196860, 0], [196861, 16], [196858, 2]], "queue": []},
         "cycles": [], "hash": "cd", "idx": 7}
        ]
        """#

    private static func text(flags: Int) -> String {
        aam.split(separator: "FLAGS").map(String.init).joined(separator: String(flags))
    }

    private func run(
        _ operands: [String], cpu: String, show: Int = 0, allBits: Bool = false
    ) throws -> (status: Int32, text: String) {
        let test = TestHost()
        var settings = Settings()
        settings.operands = operands
        let model = try #require(CPUModel.named(cpu))
        settings.chosenModel = model
        settings.show = show
        settings.allBits = allBits
        let status = try ConformCommand.run(settings, test.host)
        return (status, test.output.text)
    }

    @Test func readsJSONOfASuite() throws {
        let file = try #require(JSONVectors.read(Array(Self.text(flags: 61510).utf8), name: "D4.json").first)
        #expect(file.form == "D4")
        #expect(file.cpu.isEmpty && file.likelyCPU == "8088")
        #expect(!file.isWide)
        #expect(file.tests.map(\.name) == ["aam 0Ah", "aam 0h"])
        #expect(file.tests.map(\.index) == [0, 7])
        #expect(file.tests.map(\.hash) == ["ab", "cd"])
        #expect(file.tests[0].bytes == [0xD4, 0x0A])
        #expect(file.tests[0].initial.registers[.ss] == 0x3000)
        #expect(file.tests[0].final.registers[.eflags] == 0xF006)
        #expect(file.tests[0].initial.memory.last == MemoryByte(address: 65537, value: 10))
    }

    @Test func readsWideRegistersAndExceptions() throws {
        let text = #"""
            [{"name": "x", "bytes": [144, 244], "initial": {"regs": {"eax": 4294967295, "cs": 16, "eip": 5, "eflags": 2}},
            "final": {"regs": {"eip": 7}}, "exception": {"number": 13, "flag_address": 461420}, "ea": {"seg": "SS"}}]
            """#
        let file = try #require(JSONVectors.read(Array(text.utf8), name: "90.json").first)
        #expect(file.isWide && file.likelyCPU == "386E")
        #expect(file.tests[0].initial.registers[.eax] == .max)
        #expect(file.tests[0].exception == VectorException(number: 13, flagAddress: 461420, errorCode: nil))
    }

    @Test(arguments: [
        "[{}]", #"[{"bytes": [144]}]"#, #"[{"bytes": [300], "initial": {"regs": {}}, "final": {"regs": {}}}]"#,
        #"[{"bytes": [1], "initial": {"regs": {"ax": -1}}, "final": {"regs": {}}}]"#,
        #"[{"bytes": [1], "initial": {"regs": {}, "ram": [[1]]}, "final": {"regs": {}}}]"#, "[1", "[3]",
    ])
    func refusesWhatIsNoTest(text: String) {
        #expect(throws: MOOError.self) { try JSONVectors.read(Array(text.utf8), name: "90.json") }
    }

    /// #DE on an 8086: return address behind the instruction, pushed flags undefined, here with OF set in place of clear.
    @Test(arguments: ["D4.json", "D4.JSON.GZ"])
    func runsASuiteInJSON(name: String) throws {
        let scratch = ScratchDirectory()
        let text = Array(Self.text(flags: 61510).utf8)
        _ = try scratch.write(name.hasSuffix("Z") ? Gzip.stored(text) : text, name)
        _ = try scratch.write(
            Array(#"{"cpu": "8086", "opcodes": {"D4": {"flags-mask": 63470}}}"#.utf8), "metadata.json")
        let result = try run([scratch.path], cpu: "8086")
        #expect(result.status == 0)
        #expect(result.text.hasSuffix("conform: 2 passed, 0 failed, 0 skipped of 2\n"))
        #expect(try run([scratch.path], cpu: "80286").text.contains("skipped 2: recorded on an 8086: use --cpu 8086"))
    }

    @Test func undefinedBitsCountIfWanted() throws {
        let scratch = ScratchDirectory()
        let path = try scratch.write(Array(Self.text(flags: 61510).utf8), "D4.json")
        #expect(try run([path], cpu: "8086").status == 0)
        let strict = try run([path], cpu: "8086", show: 9, allBits: true)
        #expect(strict.status == 20)
        #expect(strict.text.contains("\(path) (): 1 of 2 failed; #1 aam 0h: byte at 0300FE is 46, should be 02"))
        // The file numbers it 7: the place in the file names it all the same.
        #expect(strict.text.contains("  \(path) #1 aam 0h  [D4 00]  (number 7 of the suite)\n"))
    }

    @Test func pushedFlagsOfADivisionAreMasked() throws {
        let division = RealModeExample.file(
            [0xF6, 0xF1], form: "F6.6", changes: [.esp: 0xFA, .cs: 0x2000, .eip: 0, .eflags: 0xF8D7],
            writes: [
                MemoryByte(address: 0x300FF, value: 0xF8), MemoryByte(address: 0x300FE, value: 0xD7),
                MemoryByte(address: 0x300FD, value: 0x10), MemoryByte(address: 0x300FA, value: 2),
            ], cpu: "8086")
        let model = try #require(CPUModel.named("8086"))
        #expect(try conform([division], on: model).first?.score.passed == 1)
        var wrong = division
        wrong.tests[0].final.memory[0] = MemoryByte(address: 0x300FF, value: 0xFA)
        #expect(try conform([wrong], on: model).first?.score.failed == 1)
    }

    @Test func masksFromATable() throws {
        let table = """
            op,re,ex,66,mnemonic,f_umask,desc\r
            27,0,,,"daa, really",F7FF,x
            0FBA,0,4,1,BT,0xF7FF,x
            c1,0,4,1,SHL,F7EF
            0FA4,0,,1,SHLD,,x
            """
        let masks = try #require(FlagMasks(table: Array(table.utf8)))
        let map = OpcodeMap(.p6)
        let sketch = InstructionSketch([0x90])
        #expect(masks.isFromSuite && masks.cpu == nil)
        let expected: [(String, UInt16)] = [
            ("27", 0xF7FF), ("0FBA.4", 0xF7FF), ("67660FBA.4", 0xF7FF), ("660FBA.5", 0xFFFF), ("66C1.4", 0xF7EF),
            ("0FA4", 0xFFFF), ("66", 0xFFFF),
        ]
        for (form, mask) in expected { #expect(masks.mask(of: form, sketch, in: map) == mask, "\(form)") }
        #expect(FlagMasks(table: Array("op,ex,flags\n27,,FF".utf8)) == nil)
    }

    /// BT with OF as it was: right under the table above the files, wrong if all bits count.
    @Test func theTableIsFoundAboveTheFiles() throws {
        let scratch = ScratchDirectory()
        _ = try scratch.write(Array("op,ex,f_umask\n0FA3,,F7FF\n".utf8), "80386.csv")
        let directory = scratch.makeDirectory("v1")
        var file = RealModeExample.file(
            [0x0F, 0xA3, 0xD8], form: "0FA3", [.eax: 4, .ebx: 4], changes: [.eip: 4, .eflags: 2], cpu: "386E")
        file.isWide = true
        _ = try scratch.write(MOOBuilder.file(file), "v1/0FA3.MOO")
        #expect(try run([directory], cpu: "80386").status == 0)
        #expect(try run([directory], cpu: "80386", allBits: true).status == 20)
    }

    /// A mask of the file is one for the flags in memory, too.
    @Test func masksOfAFileHoldForPushedFlags() throws {
        var file = RealModeExample.file(
            [0xF6, 0xF1], form: "F6.6", changes: [.esp: 0xFA, .cs: 0x2000, .eip: 1, .eflags: 0xC2],
            writes: [MemoryByte(address: 0x300FE, value: 0xC2), MemoryByte(address: 0x300FD, value: 0x10)],
            exception: VectorException(number: 0, flagAddress: 0x300FE, errorCode: nil), cpu: "386E")
        file.isWide = true
        let model = try #require(CPUModel.named("80386"))
        file.name = "90.MOO"
        file.tests[0].bytes = [0x90, 0xF4]
        #expect(try conform([file], on: model).first?.score.failed == 1)
        file.masks[.eflags] = 0xFFFF_FF3F
        #expect(try conform([file], on: model).first?.score.passed == 1)
    }

    /// The 80386EX has a register at ports 22 and 23; the other suites find nothing there.
    @Test(arguments: [("386E", "80386", 0x7FFF), ("C286", "80386", 0xFFFF)] as [(String, String, UInt32)])
    func portsOfTheChip(cpu: String, model: String, value: UInt32) throws {
        let file = RealModeExample.file(
            [0xE5, 0x21], form: "E5", changes: [.eax: value, .eip: 3, .eflags: 2], cpu: cpu)
        #expect(try conform([file], on: try #require(CPUModel.named(model))).first?.score.passed == 1)
    }

    @Test func testsThatWriteOverTheirCodeAreSkipped() throws {
        let file = RealModeExample.file(
            [0xAA], form: "AA", [.es: 0x1000, .edi: 1], changes: [.eip: 2],
            writes: [MemoryByte(address: 0x10001, value: 0)], cpu: "386E")
        let result = try conform([file], on: try #require(CPUModel.named("80386")))
        #expect(result.first?.score.skipped == ["80386: writes over its own code, already fetched": 1])
    }

    @Test func metadataAreNoVectors() throws {
        let scratch = ScratchDirectory()
        let path = try scratch.write(Array(#"{"opcodes": {}}"#.utf8), "metadata.json")
        #expect(try VectorFiles.read(path).isEmpty)
        let damaged = try scratch.write(Array("[1,".utf8), "00.json")
        let error = #expect(throws: CommandError.self) { try VectorFiles.read(damaged) }
        #expect(error == .load("cannot use '\(damaged)': this JSON is damaged; get the file again"))
    }
}
