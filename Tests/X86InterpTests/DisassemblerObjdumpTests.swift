import TestSupport
import Testing
import X86Interp

@Suite("Disassembler against objdump")
struct DisassemblerObjdumpTests {
    /// Per mode and syntax; the long run is for CI.
    private static let count = LongTests.areWanted ? 200_000 : 5_000
    private static let batch = 10_000

    @Test(
        "random instructions agree, up to the documented rules",
        .enabled(if: Objdump.path != nil, "objdump (GNU binutils) is not installed"),
        arguments: [false, true], [Disassembler.Syntax.intel, .att])
    func agreement(code32: Bool, syntax: Disassembler.Syntax) throws {
        var random = RandomInstructions(seed: code32 ? 32 : 16)
        let disassembler = Disassembler(syntax: syntax, code32: code32)
        var tally: [ObjdumpAgreement: Int] = [:]
        var examples: [String] = []
        for _ in 0..<max(1, Self.count / Self.batch) {
            let instructions = (0..<min(Self.batch, Self.count)).map { _ in random.next() }
            let lines = try Objdump.lines(instructions, code32: code32, syntax: syntax)
            for (index, bytes) in instructions.enumerated() {
                let address = index * Objdump.slotSize + Objdump.offset
                let ours = disassembler.disassemble(bytes, at: UInt32(address))
                let line = lines[address] ?? Objdump.Line(length: 0, text: "no line")
                let comparison = ObjdumpComparison(
                    syntax: syntax, ours: ours, window: bytes, objdumpLength: line.length, objdumpText: line.text)
                let agreement = comparison.agreement
                tally[agreement, default: 0] += 1
                if agreement == .differs && examples.count < 20 {
                    let digits = ours.bytes.map { String($0, radix: 16) }.joined(separator: " ")
                    examples.append("\(digits): '\(ours.text)', objdump (\(line.length) bytes) '\(line.text)'")
                }
            }
        }
        #expect(examples.isEmpty, "\(examples.joined(separator: "\n"))")
        #expect(tally[.differs] == nil)
        #expect(tally[.literal, default: 0] > Self.count / 10 * 9)
        print("objdump, \(code32 ? 32 : 16)-bit code, \(syntax): \(Self.summary(tally))")
    }

    private static func summary(_ tally: [ObjdumpAgreement: Int]) -> String {
        tally.sorted { $0.value > $1.value }.map { agreement, count in
            switch agreement {
            case .undecoded: "\(count) not in the opcode table"
            case .literal: "\(count) to the letter"
            case .rule(let name): "\(count) by the rule '\(name)'"
            case .lengthOnly(let reason): "\(count) in length only (\(reason))"
            case .excluded(let reason): "\(count) not compared (\(reason))"
            case .differs: "\(count) differ"
            }
        }.joined(separator: ", ")
    }
}

/// Random bytes that are mostly instructions of the opcode table, with random prefixes, operands and endings.
struct RandomInstructions {
    private static let prefixes: [UInt8] = [
        0x26, 0x2E, 0x36, 0x3E, 0x64, 0x65, 0x66, 0x66, 0x67, 0x67, 0xF0, 0xF2, 0xF3,
    ]
    private let rows = Encoding.all.filter { $0.until == .p6 }
    private var generator: SeededGenerator

    /// The same bytes for the same seed.
    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    /// 15 bytes: prefixes and a row's opcode five times out of six, else anything.
    mutating func next() -> [UInt8] {
        var bytes: [UInt8] = []
        if random(6) > 0 {
            let prefixCounts = [0, 0, 0, 1, 1, 1, 2, 2, 3, 4]
            for _ in 0..<prefixCounts[random(prefixCounts.count)] {
                bytes.append(Self.prefixes[random(Self.prefixes.count)])
            }
            let row = rows[random(rows.count)]
            let opcode = row.opcode + UInt16(random(Int(row.count)))
            if opcode >= 0x0F00 { bytes.append(0x0F) }
            bytes.append(UInt8(truncatingIfNeeded: opcode))
            var modRM = UInt8(random(256))
            if row.mod == .register { modRM |= 0xC0 }
            if row.mod == .memory, modRM >= 0xC0 { modRM &= 0xBF }
            if let rm = row.rm { modRM = modRM & 0xF8 | rm }
            bytes.append(row.ext.map { modRM & 0xC7 | $0 << 3 } ?? modRM)
        }
        let corners: [UInt8] = [0, 0x7F, 0x80, 0xFF]
        while bytes.count < 15 { bytes.append(random(6) > 0 ? UInt8(random(256)) : corners[random(4)]) }
        return bytes
    }

    private mutating func random(_ bound: Int) -> Int { Int(generator.next() >> 33) % bound }
}
