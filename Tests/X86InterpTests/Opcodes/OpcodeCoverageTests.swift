import Testing

@testable import X86Interp

/// Every row of the opcode table has an example; the examples of all families under rules that hold for all rows.
@Suite struct OpcodeCoverageTests {
    /// The examples of all families.
    static let cases: [Case] = [
        DataTransferTests.cases, ArithmeticTests.cases, LogicTests.cases, ShiftRotateTests.cases,
        BitOperationsTests.cases, DecimalTests.cases, ControlFlowTests.cases, StackTests.cases, StringsTests.cases,
        PortIOTests.cases, InterruptsTests.cases, SystemTests.cases,
        SIMDMovesTests.cases, SIMDIntegersTests.cases, SIMDShiftsTests.cases, SIMDShufflesTests.cases,
        SSEFloatsTests.cases, SSEConversionsTests.cases, SIMDControlTests.cases,
        X87TransferTests.cases, X87BasicTests.cases,
        X87ComparisonTests.cases, X87TranscendentalTests.cases, X87ControlTests.cases,
    ].flatMap { $0 }

    /// The examples that the row's operation executes, by row: not those of a bad prefix or form.
    private static let byRow: [Int: [Case]] = {
        var result: [Int: [Case]] = [:]
        for example in cases {
            guard let row = example.parsed?.row else { continue }
            result[row, default: []].append(example)
        }
        return result
    }()

    @Test func everyRowHasAnExample() {
        let missing = Encoding.all.indices.filter { index in
            let isUndefined = Encoding.all[index].operation == .ud
            return !(Self.byRow[index] ?? []).contains { isUndefined || !$0.expect.contains("#UD") }
        }
        let names = missing.map { "\(Encoding.all[$0].name) \(Encoding.all[$0].operation)" }
        #expect(names.isEmpty)
    }

    /// Examples run by their handlers first, then by the complete switch: see `Case.check`.
    @Test func examplesRunWithinChains() throws {
        var outside = 0
        for example in Self.cases {
            let bench = try Bench(example.scene(), model: example.model, engine: .stepping)
            _ = try bench.cpu.step()
            if bench.cpu.core.pointee.chainEnd == 0 { outside += 1 }
        }
        // Those of which no block can be made, or whose fetch fails.
        #expect(outside * 10 < Self.cases.count, "\(outside) of \(Self.cases.count)")
    }

    @Test func everyOperationHasAnExample() {
        let seen = Set(Self.cases.compactMap { $0.row?.operation })
        #expect(Operation.allCases.filter { !seen.contains($0) }.isEmpty)
    }

    /// The maps that are kept go by the place of a model in `CPUModel.all`.
    @Test func theMapKeptForAModelIsItsOwn() {
        for model in CPUModel.all {
            #expect(OpcodeMap.of(model) == OpcodeMap(model), "\(model.name)")
            #expect(OpcodeMap.of(model.with(.i80387)) == OpcodeMap(model.with(.i80387)), "\(model.name) with an 80387")
        }
    }

    /// An encoding is unknown to the generation before its first one, or means something else there.
    @Test func noRowExistsBeforeItsGeneration() {
        for (index, row) in Encoding.all.enumerated() where row.since > .i8086 {
            guard let earlier = Generation(rawValue: row.since.rawValue - 1),
                let example = Self.byRow[index]?.first(where: { !$0.bytes.starts(with: [0x66]) })
            else { continue }
            let older = Case(
                example.bytes.map { String($0, radix: 16) }.joined(separator: " "), example.text, in: example.mode,
                on: earlier)
            #expect(older.parsed?.row != index, "\(row.name) on \(earlier)")
        }
    }

    /// An encoding is unknown to models without the part of the processor that it needs.
    @Test func noRowExistsWithoutItsExtension() throws {
        let chips = X87Model.allCases.filter { $0 != .integrated }
        let models = CPUModel.all + chips.flatMap { chip in CPUModel.all.prefix(4).map { $0.with(chip) } }
        for (index, row) in Encoding.all.enumerated() where row.needs != .none && row.needs != .otherChip {
            let example = try #require(Self.byRow[index]?.first, "\(row.name) has no example")
            for model in models where !model.has(row.needs) {
                let parser = InstructionParser(model)
                let parsed = try? parser.parse(example.bytes, code32: example.isCode32 && model.is32Bit)
                #expect(parsed?.row != index, "\(row.name) on \(model.name) with \(model.x87)")
            }
        }
    }

    /// LOCK is #UD from the 80386 on, but for lockable rows with memory as destination.
    @Test func lockIsRefusedUnlessTheRowAllowsIt() throws {
        for row in Encoding.all.indices {
            guard let example = Self.byRow[row]?.first(where: { $0.generation >= .i80386 && $0.bytes.first != 0xF0 })
            else { continue }
            let parsed = try #require(example.parsed)
            let encoding = Encoding.all[row]
            let isMemory = parsed.hasModRM && parsed.mod != 3
            if encoding.traits.contains(.lockable) && isMemory { continue }
            let text = (["F0"] + example.bytes.map { String($0, radix: 16) }).joined(separator: " ")
            Case(text, "lock \(example.text)", "", "#UD", in: example.mode, on: example.generation).check()
        }
    }

    /// A privileged row is #GP(0) at CPL 3, with nothing changed.
    @Test func privilegedRowsAreRefusedAtLevel3() throws {
        for (index, row) in Encoding.all.enumerated() where row.traits.contains(.privileged) {
            let example = try #require(Self.byRow[index]?.first { $0.mode == .user }, "\(row.name) has no example")
            #expect(example.expect == "#GP(0)", "\(row.name)")
        }
    }

    /// A row that knows protected mode only is #UD in real mode.
    @Test func protectedOnlyRowsAreRefusedInRealMode() throws {
        for (index, row) in Encoding.all.enumerated() where row.traits.contains(.protectedOnly) {
            let example = try #require(Self.byRow[index]?.first { $0.mode == .real }, "\(row.name) has no example")
            #expect(example.expect == "#UD", "\(row.name)")
        }
    }

    /// A register where the row wants memory is #UD.
    @Test func memoryOnlyRowsRefuseRegisters() throws {
        // Where a register means another instruction, there is nothing to refuse.
        for (index, row) in Encoding.all.enumerated() where row.isMemoryOnly && row.mod == .any {
            let opcode =
                row.prefix.bytes.map(UInt16.init) + (row.opcode >= 0x0F00 ? [0x0F, row.opcode & 0xFF] : [row.opcode])
            let modRM = 0xC0 | UInt16(row.ext ?? 0) << 3
            let text = (opcode + [modRM]).map { String($0, radix: 16) }.joined(separator: " ")
            let example = Case(text, "\(row.operation) with a register", "", "#UD")
            #expect(example.parsed?.row == index)
            example.check()
        }
    }

    /// An instruction that ends behind the limit of CS is #GP before it does anything.
    @Test func fetchBeyondTheLimitFaultsFirst() {
        for row in Encoding.all.indices {
            guard let example = Self.byRow[row]?.first, example.bytes.count > 1, example.generation >= .i80386 else {
                continue
            }
            let limit = String(0x100 + example.bytes.count - 2, radix: 16)
            let text = example.bytes.map { String($0, radix: 16) }.joined(separator: " ")
            Case(text, example.text, "cs.limit=\(limit)", "#GP(0)", in: example.mode, on: example.generation).check()
        }
    }

    /// The text of an example names the instruction as the disassembler does.
    @Test func textsNameTheirInstructions() {
        let prefixes: Set<Substring> = ["lock", "rep", "repe", "repne", "es", "cs", "ss", "ds", "fs", "gs"]
        for example in Self.cases {
            guard let operation = example.row?.operation, ![.esc, .wait, .ud, .nop].contains(operation) else {
                continue
            }
            let disassembler = Disassembler(model: example.model, code32: example.isCode32)
            let mnemonic = disassembler.disassemble(example.bytes, at: 0x100).mnemonic
            guard mnemonic != "(bad)" else { continue }
            let word = example.text.split(whereSeparator: { " :,".contains($0) }).first { !prefixes.contains($0) } ?? ""
            #expect(word.hasPrefix(mnemonic) || mnemonic.hasPrefix(word), "\(mnemonic): \(example.testDescription)")
        }
    }
}
