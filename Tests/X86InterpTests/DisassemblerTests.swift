import TestSupport
import Testing
import X86Interp

@Suite("Disassembler")
struct DisassemblerTests {
    private func bytes(_ text: some StringProtocol) -> [UInt8] {
        text.split(separator: " ").compactMap { UInt8($0, radix: 16) }
    }

    private func text(
        _ digits: String, model: CPUModel = .p6, syntax: Disassembler.Syntax = .intel, code32: Bool = false,
        at address: UInt32 = 0x1000
    ) -> String {
        Disassembler(model: model, syntax: syntax, code32: code32).disassemble(bytes(digits), at: address).text
    }

    @Test("a table of encodings in the three syntaxes", arguments: [false, true])
    func table(code32: Bool) {
        let disassemblers = Disassembler.Syntax.allCases.map { Disassembler(syntax: $0, code32: code32) }
        let table = code32 ? DisassemblerCases.code32 : DisassemblerCases.code16
        var rows = 0
        for line in table.split(separator: "\n") {
            let columns = line.split(separator: "|").map { $0.split(separator: " ").joined(separator: " ") }
            guard columns.count == 4 else {
                Issue.record("not a row: \(line)")
                continue
            }
            rows += 1
            let code = bytes(columns[0])
            for (disassembler, expected) in zip(disassemblers, columns.dropFirst()) {
                let instruction = disassembler.disassemble(code + [0x90], at: 0x1000)
                #expect(instruction.bytes == code, "\(columns[0]) in \(disassembler.syntax)")
                #expect(instruction.text.split(separator: " ").joined(separator: " ") == expected)
            }
        }
        #expect(rows > 80)
    }

    @Test func `mnemonics and prefixes are padded to seven columns`() {
        #expect(text("01 d8") == "add    ax,bx")
        #expect(text("e2 fe") == "loop   0x1000")
        #expect(text("2e 74 fe") == "cs je  0x1001")
        #expect(text("0f c7 0f") == "cmpxchg8b QWORD PTR [bx]")
        #expect(text("c3") == "ret")
    }

    @Test func `targets wrap as IP does`() {
        let code16 = Disassembler(code32: false)
        #expect(code16.disassemble(bytes("eb 10"), at: 0xFFF8).target == 0x000A)
        #expect(code16.disassemble(bytes("eb 80"), at: 0x0000).target == 0xFF82)
        #expect(code16.disassemble(bytes("e8 00 10"), at: 0xF_F800).target == 0xF_0803)
        #expect(code16.disassemble(bytes("66 e9 00 00 01 00"), at: 0).target == 0x1_0006)
        let code32 = Disassembler(code32: true)
        #expect(code32.disassemble(bytes("eb 10"), at: 0xFFF8).target == 0x1_000A)
        #expect(code32.disassemble(bytes("66 eb 10"), at: 0x1_0000).target == 0x0013)
        #expect(code32.disassemble(bytes("eb 80"), at: 0).target == 0xFFFF_FF82)
    }

    @Test func `what goes elsewhere has a target, what does not has none`() {
        let disassembler = Disassembler(code32: false)
        #expect(disassembler.disassemble(bytes("ea 34 12 00 f0"), at: 0).target == 0x1234)
        #expect(disassembler.disassemble(bytes("70 00"), at: 4).target == 6)
        #expect(disassembler.disassemble(bytes("ff e0"), at: 0).target == nil)
        #expect(disassembler.disassemble(bytes("c3"), at: 0).target == nil)
        #expect(disassembler.disassemble(bytes("cd 10"), at: 0).target == nil)
    }

    @Test func `a symbolizer names relative targets`() {
        let names: @Sendable (UInt32) -> String? = { $0 == 0x1008 ? "print" : nil }
        let intel = Disassembler(code32: false, symbolizer: names)
        #expect(intel.disassemble(bytes("e8 05 00"), at: 0x1000).text == "call   0x1008 <print>")
        #expect(intel.disassemble(bytes("e8 06 00"), at: 0x1000).text == "call   0x1009")
    }

    @Test func `the parts of a line`() {
        let instruction = Disassembler(code32: false).disassemble(bytes("f0 26 01 07 90"), at: 0x20)
        #expect(instruction.address == 0x20)
        #expect(instruction.length == 4)
        #expect(instruction.prefixes == ["lock"])
        #expect(instruction.mnemonic == "add")
        #expect(instruction.operands == "WORD PTR es:[bx],ax")
        #expect(instruction.encoding?.operation == .add)
    }

    @Test(
        "bytes that are no instruction",
        arguments: [("0f 05", 2), ("c4 c0", 1), ("2e fe f8", 2), ("0f 01 c0", 2), ("ff ff", 1)])
    func invalid(digits: String, length: Int) {
        let instruction = Disassembler(code32: false).disassemble(bytes(digits + " 90"), at: 0)
        #expect(instruction.mnemonic == "(bad)")
        #expect(instruction.length == length)
        #expect(instruction.encoding == nil)
    }

    @Test func `what is cut off becomes its first byte`() {
        #expect(text("e8 05") == ".byte  0xe8")
        #expect(text("66") == ".byte  0x66")
        #expect(text("e8 05", syntax: .nasm) == "db     0xe8")
        #expect(text("2e fe f8", syntax: .nasm) == "db     0x2e,0xfe")
        #expect(text("2e fe f8") == "cs (bad)")
    }

    @Test func `the sixteenth byte is too many`() {
        let prefixes = String(repeating: "2e ", count: 14)
        #expect(text(prefixes + "90").hasSuffix("cs nop"))
        #expect(text(prefixes + "2e 90") == "(bad)")
        let byte = Disassembler(code32: false).disassemble(bytes(prefixes + "2e 90"), at: 0)
        #expect(byte.length == 1)
    }

    @Test func `each model has its encodings`() throws {
        let i8086 = try #require(CPUModel.named("8086"))
        let i80286 = try #require(CPUModel.named("80286"))
        let i486 = try #require(CPUModel.named("i486"))
        #expect(text("0f", model: i8086) == "pop    cs")
        #expect(text("60 05", model: i8086) == "jo     0x1007")
        #expect(text("60", model: i80286) == "pusha")
        #expect(text("66 40", model: i80286) == "(bad)")
        #expect(text("f1 01 07", model: i80286) == "lock add WORD PTR [bx],ax")
        #expect(text("0f 44 07", model: i486) == "(bad)")
        #expect(text("0f 44 07", model: .p6) == "cmove  ax,WORD PTR [bx]")
        #expect(text("40", model: i80286, code32: true) == "inc    ax")
    }

    @Test("any bytes are lines of some length", arguments: CPUModel.all.map(\.name), Disassembler.Syntax.allCases)
    func anything(model: String, syntax: Disassembler.Syntax) throws {
        let disassembler = Disassembler(
            model: try #require(CPUModel.named(model)), syntax: syntax, code32: syntax == .intel)
        var generator = SeededGenerator(seed: 86)
        for _ in 0..<500 {
            let code = (0..<Int.random(in: 1...20, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            let instruction = disassembler.disassemble(code, at: 0xFFFF_FFF8)
            #expect(!instruction.bytes.isEmpty && code.starts(with: instruction.bytes))
            #expect(instruction.length <= 15 && !instruction.mnemonic.isEmpty)
        }
    }

    @Test func `coprocessor escapes show their opcode`() {
        #expect(text("d9 38", model: CPUModel.all[3]) == "esc    0xf,WORD PTR [bx+si]")
        #expect(text("d8 c1", model: CPUModel.all[3]) == "esc    0x0,cx")
    }
}
