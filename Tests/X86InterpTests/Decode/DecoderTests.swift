import Testing

@testable import X86Interp

/// Where instructions end, what their prefixes do, and what their operands are.
@Suite struct DecoderTests {
    private func parse(
        _ text: String, code32: Bool = false, on generation: Generation = .p6
    ) throws(ParseError) -> ParsedInstruction {
        let bytes = Bench.bytes(text)
        let model = CPUModel.all[Int(generation.rawValue)]
        return try bytes.withUnsafeBufferPointer { buffer throws(ParseError) in
            guard let start = buffer.baseAddress else { throw .truncated }
            return try InstructionParser(model).parse(start, count: buffer.count, code32: code32)
        }
    }

    // MARK: Lengths

    @Test(arguments: [
        ("90", 1), ("00 C0", 2), ("00 06 34 12", 4), ("00 46 12", 3), ("00 86 34 12", 4), ("00 07", 2),
        ("80 06 34 12 56", 5), ("81 C0 34 12", 4), ("81 86 34 12 78 56", 6), ("83 C0 12", 3), ("69 C0 34 12", 4),
        ("B0 12", 2), ("B8 34 12", 3), ("A1 34 12", 3), ("EA 34 12 78 56", 5), ("C8 34 12 05", 4), ("C2 34 12", 3),
        ("E8 34 12", 3), ("EB 12", 2), ("F6 C0 12", 3), ("F6 D0", 2), ("F7 06 34 12 78 56", 6), ("F7 D0", 2),
        ("0F AF C0", 3), ("0F BA E0 05", 4), ("0F 84 34 12", 4), ("0F 20 06", 3), ("0F A4 C0 05", 4),
        ("66 B8 78 56 34 12", 6), ("66 EA 78 56 34 12 BC 9A", 8), ("66 81 C0 78 56 34 12", 7), ("67 A1 78 56 34 12", 6),
        ("67 8B 04 24", 4), ("67 8B 05 78 56 34 12", 7), ("67 8B 44 24 08", 5), ("67 8B 84 24 78 56 34 12", 8),
        ("67 8B 04 25 78 56 34 12", 8), ("67 E2 05", 3), ("66 E8 78 56 34 12", 6), ("F3 66 67 26 A5", 5),
    ])
    func lengthIn16BitCode(text: String, length: Int) throws {
        #expect(try parse(text).length == length)
        // Not a byte less will do.
        let bytes = text.split(separator: " ").dropLast().joined(separator: " ")
        #expect(throws: ParseError.truncated) { try parse(bytes) }
    }

    @Test(arguments: [
        ("B8 78 56 34 12", 5), ("66 B8 34 12", 4), ("A1 78 56 34 12", 5), ("67 A1 34 12", 4), ("8B 05 78 56 34 12", 6),
        ("67 8B 06 34 12", 5), ("8B 04 24", 3), ("8B 44 8B 08", 4), ("C7 84 8B 78 56 34 12 78 56 34 12", 11),
        ("E8 78 56 34 12", 5), ("66 E8 34 12", 4), ("EA 78 56 34 12 BC 9A", 7), ("C8 34 12 05", 4),
        ("68 78 56 34 12", 5),
        ("6A 12", 2), ("C2 34 12", 3), ("0F 84 78 56 34 12", 6), ("75 12", 2), ("CD 21", 2),
    ])
    func lengthIn32BitCode(text: String, length: Int) throws {
        #expect(try parse(text, code32: true).length == length)
        let bytes = text.split(separator: " ").dropLast().joined(separator: " ")
        #expect(throws: ParseError.truncated) { try parse(bytes, code32: true) }
    }

    @Test func instructionsEndWithin15Bytes() throws {
        let prefixes = [String](repeating: "66", count: 14).joined(separator: " ")
        #expect(try parse(prefixes + " 90").length == 15)
        #expect(throws: ParseError.tooLong) { try parse(prefixes + " 66 90") }
        let eight = [String](repeating: "2E", count: 8).joined(separator: " ")
        #expect(try parse(eight + " 66 B8 00 00 00 00 00").length == 14)
        #expect(throws: ParseError.tooLong) { try parse(eight + " 2E 2E 66 B8 00 00 00 00") }
    }

    @Test func limitIs10BytesOnThe80286() throws {
        let nine = [String](repeating: "2E", count: 9).joined(separator: " ")
        #expect(try parse(nine + " 90", on: .i80286).length == 10)
        #expect(throws: ParseError.tooLong) { try parse(nine + " 2E 90", on: .i80286) }
    }

    // MARK: Prefixes

    @Test func lastSegmentOverrideCounts() throws {
        #expect(try parse("26 2E 36 90").segmentOverride == .ss)
        #expect(try parse("64 65 90").segmentOverride == .gs)
        #expect(try parse("90").segmentOverride == nil)
    }

    @Test func lastRepeatPrefixCounts() throws {
        #expect(try parse("F2 F3 A4").flags == .repeatEqual)
        #expect(try parse("F3 F2 A4").flags == .repeatNotEqual)
        #expect(try parse("F0 F3 A4").flags == [.lock, .repeatEqual])
    }

    @Test func sizePrefixesToggleOnce() throws {
        for code32 in [false, true] {
            #expect(try parse("66 66 90", code32: code32).operand32 == !code32)
            #expect(try parse("67 66 67 90", code32: code32).address32 == !code32)
            #expect(try parse("90", code32: code32).operand32 == code32)
        }
    }

    @Test func prefixesOfThe80386AreOpcodesBefore() throws {
        for prefix in ["64", "65", "66", "67"] {
            #expect(try parse(prefix + " 90", on: .i80286).row == nil)
            #expect(try parse(prefix + " 90", on: .i80286).length == 1)
            let alias = try parse(prefix + " 10", on: .i8086)
            #expect(alias.row.map { Encoding.all[$0].operation } == .jcc)
        }
    }

    @Test func secondMapBeginsWithThe80286() throws {
        #expect(try parse("0F", on: .i8086).row.map { Encoding.all[$0].operation } == .pop)
        #expect(try parse("0F 06", on: .i80286).row.map { Encoding.all[$0].operation } == .clts)
        #expect(try parse("0F 06", on: .i80186).row == nil)
    }

    // MARK: Operands

    private func lower(_ text: String, code32: Bool = false) throws -> Op {
        InstructionParser(.p6).lower(try parse(text, code32: code32), start: 0)
    }

    /// Base, index, displacement and default segment of all 16-bit forms: BX, BP, SI and DI are 3, 5, 6 and 7.
    @Test(arguments: [
        (UInt8(0), UInt8(3), UInt8(6), SegmentRegister.ds), (1, 3, 7, .ds), (2, 5, 6, .ss), (3, 5, 7, .ss),
        (4, 6, 8, .ds), (5, 7, 8, .ds), (6, 5, 8, .ss), (7, 3, 8, .ds),
    ])
    func addressesOf16Bits(rm: UInt8, base: UInt8, index: UInt8, segment: SegmentRegister) throws {
        let modRM = String(0x40 | rm, radix: 16)
        let instruction = try lower("8B \(modRM) F0")
        #expect(instruction.base == base && instruction.index == index)
        #expect(instruction.segment == segment.rawValue)
        #expect(instruction.displacement & 0xFFFF == 0xFFF0 && instruction.addressMask == 0xFFFF)
    }

    @Test func directAddressHasNoRegisters() throws {
        let word = try lower("8B 06 34 12")
        #expect(word.base == 8 && word.index == 8 && word.displacement == 0x1234)
        #expect(word.segment == SegmentRegister.ds.rawValue)
        let dword = try lower("8B 05 78 56 34 12", code32: true)
        #expect(dword.base == 8 && dword.displacement == 0x1234_5678)
        #expect(dword.segment == SegmentRegister.ds.rawValue)
    }

    @Test func scaledIndexBytes() throws {
        // [ebx+ecx*4], [esp], [ebp+0], [ebp*2+disp32], no index by ESP's number.
        let scaled = try lower("8B 04 8B", code32: true)
        #expect((scaled.base, scaled.index, scaled.scale) == (3, 1, 2))
        let stack = try lower("8B 04 24", code32: true)
        #expect((stack.base, stack.index) == (4, 8) && stack.segment == SegmentRegister.ss.rawValue)
        let frame = try lower("8B 44 25 00", code32: true)
        #expect((frame.base, frame.index) == (5, 8) && frame.segment == SegmentRegister.ss.rawValue)
        let noBase = try lower("8B 04 6D 04 00 00 00", code32: true)
        #expect((noBase.base, noBase.index, noBase.scale) == (8, 5, 1))
        #expect(noBase.segment == SegmentRegister.ds.rawValue)
        let noIndex = try lower("8B 04 E3", code32: true)
        #expect((noIndex.base, noIndex.index, noIndex.scale) == (3, 8, 0))
    }

    @Test func overrideReplacesTheDefaultSegment() throws {
        #expect(try lower("26 8B 46 00").segment == SegmentRegister.es.rawValue)
        #expect(try lower("3E 8B 04 24", code32: true).segment == SegmentRegister.ds.rawValue)
    }

    @Test func immediatesAreSignExtended() throws {
        #expect(try lower("83 C0 80").immediate & 0xFFFF == 0xFF80)
        #expect(try lower("83 C0 80", code32: true).immediate == 0xFFFF_FF80)
        #expect(try lower("6A FF", code32: true).immediate == 0xFFFF_FFFF)
        #expect(try lower("B0 80").immediate & 0xFF == 0x80)
    }

    /// Every opcode of every generation is decoded into something, whatever follows it; and its bytes alone are that
    /// instruction, not one byte less, also where it is none.
    @Test func everyOpcodeOfEveryGenerationDecodes() throws {
        let modRMs: [UInt8] = (0..<8).flatMap { reg in [0x00, 0x06, 0x44, 0x84, 0xC0].map { $0 | reg << 3 } }
        var failures: [String] = []
        for generation in Generation.allCases {
            let parser = InstructionParser(CPUModel.all[Int(generation.rawValue)])
            for opcode in UInt8.min...UInt8.max {
                let starts: [[UInt8]] = modRMs.map { [opcode, $0] } + modRMs.map { [0x0F, opcode, $0] }
                for start in starts {
                    let bytes = start + [UInt8](repeating: 0x90, count: 10)
                    let length = try parser.parse(bytes, code32: false).length
                    let whole = try? parser.parse(Array(bytes.prefix(length)), code32: false).length
                    let less = try? parser.parse(Array(bytes.prefix(length - 1)), code32: false).length
                    if whole != length || less != nil { failures.append("\(generation) \(bytes.prefix(length))") }
                }
            }
        }
        #expect(failures == [])
    }
}
