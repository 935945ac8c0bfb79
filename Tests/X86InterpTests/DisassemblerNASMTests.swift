import Foundation
import TestSupport
import Testing
import X86Interp

@Suite("Disassembler against NASM")
struct DisassemblerNASMTests {
    /// Few enough that all addresses have 16 bits.
    private static let batch = 1_500
    private static let slotSize = 32
    private static let origin = 0x400
    private static let nasm = HostTool.path("nasm")

    /// NASM may choose other bytes; they must disassemble to the same text.
    @Test(
        "NASM assembles what we print to the same instruction", .enabled(if: nasm != nil, "nasm is not installed"),
        arguments: [false, true])
    func roundTrip(code32: Bool) throws {
        let disassembler = Disassembler(syntax: .nasm, code32: code32)
        var random = RandomInstructions(seed: code32 ? 3 : 2)
        for _ in 0..<(LongTests.areWanted ? 30 : 1) {
            var texts: [String] = []
            while texts.count < Self.batch {
                let address = Self.origin + texts.count * Self.slotSize
                let instruction = disassembler.disassemble(random.next(), at: UInt32(address))
                if Self.isExpressible(instruction) { texts.append(instruction.text) }
            }
            let image = try Self.assemble(texts, code32: code32)
            try #require(image.count > (texts.count - 1) * Self.slotSize)
            for (index, text) in texts.enumerated() {
                let start = index * Self.slotSize
                let bytes = image[start..<min(start + Self.slotSize, image.count)]
                let again = disassembler.disassemble(bytes, at: UInt32(Self.origin + start)).text
                #expect(Self.normal(again) == Self.normal(text))
            }
        }
    }

    /// `nasmSource` keeps every byte, and is `db` for less than a third of what is an instruction.
    @Test(
        "NASM assembles source text to the same bytes, and warns of nothing",
        .enabled(if: nasm != nil, "nasm is not installed"), arguments: [false, true])
    func source(code32: Bool) throws {
        let disassembler = Disassembler(syntax: .nasm, code32: code32)
        var random = RandomInstructions(seed: code32 ? 5 : 4)
        for _ in 0..<(LongTests.areWanted ? 100 : 2) {
            let instructions = (0..<Self.batch).map { index in
                disassembler.nasmSource(random.next(), at: UInt32(Self.origin + index * Self.slotSize))
            }
            let image = try Self.assemble(instructions.map(\.text), code32: code32, warnings: [])
            try #require(image.count > (instructions.count - 1) * Self.slotSize)
            for (index, instruction) in instructions.enumerated() {
                let start = index * Self.slotSize
                let bytes = Array(image[start..<min(start + instruction.length, image.count)])
                #expect(bytes == instruction.bytes, "\(instruction.text)")
                if instruction.length < Self.slotSize, start + instruction.length < image.count {
                    #expect(image[start + instruction.length] == 0x90, "\(instruction.text) is longer")
                }
            }
            let prefixes: [UInt8] = [0x26, 0x2E, 0x36, 0x3E, 0x64, 0x65, 0x66, 0x67, 0xF0, 0xF2, 0xF3]
            let whole = instructions.filter { $0.encoding != nil && !prefixes.contains($0.bytes[0]) }
            let data = whole.filter { $0.mnemonic == "db" }
            #expect(data.count < whole.count / 3, "\(data.prefix(20).map(\.text))")
        }
    }

    /// Assembles each text at the start of its slot; NOPs fill the rest.
    private static func assemble(_ texts: [String], code32: Bool, warnings: [String] = ["-w-all"]) throws -> [UInt8] {
        guard let nasm else { return [] }
        var source = "bits \(code32 ? 32 : 16)\norg \(origin)\n"
        for (index, text) in texts.enumerated() {
            source += "times \(index * slotSize)-($-$$) nop\n\(text)\n"
        }
        return try HostTool.inTemporaryDirectory { directory in
            let input = directory.appendingPathComponent("code.asm")
            let output = directory.appendingPathComponent("code.bin")
            try Data(source.utf8).write(to: input)
            let options = ["-f", "bin", "-O1"] + warnings + ["-o", output.path, input.path]
            let result = try HostTool.run(nasm, options, in: directory)
            #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors.prefix(1000))")
            return result.status == 0 ? [UInt8](try Data(contentsOf: output)) : []
        }
    }

    /// A displacement of zero in a byte is not kept.
    private static func normal(_ text: String) -> String {
        text.split(separator: "+0x0]", omittingEmptySubsequences: false).joined(separator: "]")
    }

    /// Whether NASM has a way to write the instruction, and only one.
    private static func isExpressible(_ instruction: DisassembledInstruction) -> Bool {
        guard let encoding = instruction.encoding else { return false }
        let text = instruction.text
        let operation = encoding.operation
        guard hasPlainPrefixes(instruction, encoding), keepsIndex(text), !text.contains("?") else { return false }
        if operation == .esc || operation == .wait { return false }
        if operation == .nop { return instruction.bytes.contains(0x1F) }
        if operation == .xchg { return text.contains("[") }
        if [.bswap, .movzx, .movsx].contains(operation) { return text.contains(" e") && !text.contains(" es") }
        let isShift = [.rol, .ror, .rcl, .rcr, .shl, .shr, .sar].contains(operation)
        return !isShift || !text.hasSuffix(",0x1")
    }

    /// One byte of a kind at most, and no more than one that is printed by itself: NASM has its own order.
    private static func hasPlainPrefixes(_ instruction: DisassembledInstruction, _ encoding: Encoding) -> Bool {
        let segments: [UInt8] = [0x26, 0x2E, 0x36, 0x3E, 0x64, 0x65]
        let mayRepeat = encoding.traits.contains(.repeatable) || encoding.prefix == .pF2 || encoding.prefix == .pF3
        let repeats: [UInt8] = mayRepeat ? [0xF2, 0xF3] : []
        let bytes = instruction.bytes.prefix { (segments + [0x66, 0x67, 0xF0, 0xF2, 0xF3]).contains($0) }
        guard bytes.allSatisfy({ (segments + repeats + [0x66, 0x67]).contains($0) }) else { return false }
        let isPlain = [segments, repeats, [0x66], [0x67]].allSatisfy { kind in bytes.filter(kind.contains).count <= 1 }
        return isPlain && instruction.prefixes.count <= 1
    }

    /// NASM writes `[eax*1]` as `[eax]` and `[eax*2]` as `[eax+eax*1]`.
    private static func keepsIndex(_ text: String) -> Bool {
        guard let open = text.firstIndex(of: "["), let star = text.firstIndex(of: "*") else { return true }
        let factor = text[text.index(after: star)]
        return text[open..<star].contains("+") || factor == "4" || factor == "8"
    }
}
