/// The parts of one instruction's bytes, before they mean anything: what executor and disassembler share.
struct ParsedInstruction {
    /// The last segment override, or nil.
    var segmentOverride: SegmentRegister?
    /// The last of F2 and F3, and F0.
    var flags: InstructionFlags = []
    /// 66 and 67 are present; each toggles the code segment's size.
    var hasOperandSizePrefix = false
    var hasAddressSizePrefix = false
    /// Number of prefix bytes.
    var prefixLength = 0
    /// `0x0Fxx` in the two-byte map.
    var opcode: UInt16 = 0
    /// Index into `Encoding.all`; nil is an invalid opcode.
    var row: Int?
    var modRM: UInt8 = 0
    var hasModRM = false
    var sib: UInt8 = 0
    var hasSIB = false
    /// The SIB byte's scale is the base's: there is no index, see `CPUModel.scalesLoneBase`.
    var scalesBase = false
    /// Sign-extended displacement or the offset of a `.ob` or `.ov` operand.
    var displacement: UInt32 = 0
    var displacementSize = 0
    /// Sign-extended as the form says; relative targets are still relative.
    var immediate: UInt32 = 0
    var immediateSize = 0
    /// Selector of a far pointer, level of ENTER.
    var immediate2: UInt16 = 0
    /// Bytes of the whole instruction.
    var length = 0
    /// 32-bit operands and addresses, prefixes included.
    var operand32 = false
    var address32 = false

    /// The prefix that takes part in the opcode where rows say so.
    @inline(__always)
    var mandatoryPrefix: MandatoryPrefix {
        if flags.contains(.repeatEqual) { return .pF3 }
        if flags.contains(.repeatNotEqual) { return .pF2 }
        return hasOperandSizePrefix ? .p66 : .none
    }

    var mod: UInt8 { modRM >> 6 }
    var reg: UInt8 { modRM >> 3 & 7 }
    var rm: UInt8 { modRM & 7 }
}

/// Why bytes are no instruction.
enum ParseError: Error {
    /// The instruction goes on behind the bytes at hand.
    case truncated
    /// It goes on behind the model's length limit.
    case tooLong
}

/// Splits bytes into the parts of an instruction, by the opcode rows of one model.
struct InstructionParser: Sendable {
    let map: OpcodeMap
    let encodings: [Encoding]
    let has32Bit: Bool
    let isF1Lock: Bool
    let scalesLoneBase: Bool
    /// Longest instruction; chips without a limit get one too, or a guest of prefixes would never end.
    let maximumLength: Int
    /// False gives no op a handler: every instruction goes through the complete switch, which must do the same.
    let usesFastForms: Bool
    /// False has no op run within a chain, whether it has a handler or not.
    let makesChains: Bool

    /// A parser for a model.
    init(_ model: CPUModel, usesFastForms: Bool = true, makesChains: Bool = true) {
        self.usesFastForms = usesFastForms
        self.makesChains = makesChains
        map = OpcodeMap.of(model)
        encodings = Encoding.all
        has32Bit = model.is32Bit
        isF1Lock = model.generation < .i80386
        scalesLoneBase = model.scalesLoneBase
        maximumLength = model.maximumInstructionLength ?? 15
    }

    /// Parses the instruction at `bytes`, of which `count` may be read, for a code segment with D bit `code32`.
    func parse(
        _ bytes: UnsafePointer<UInt8>, count: Int, code32: Bool
    ) throws(ParseError) -> ParsedInstruction {
        var parsed = ParsedInstruction()
        try parse(bytes, count: count, code32: code32, into: &parsed)
        return parsed
    }

    /// Parses the instruction that `bytes` begin with.
    func parse(_ bytes: [UInt8], code32: Bool) throws(ParseError) -> ParsedInstruction {
        try bytes.withUnsafeBufferPointer { buffer throws(ParseError) in
            guard let start = buffer.baseAddress else { throw .truncated }
            return try parse(start, count: buffer.count, code32: code32)
        }
    }

    /// The same into a fresh `ParsedInstruction` of the caller's, which saves a copy for each instruction decoded.
    func parse(
        _ bytes: UnsafePointer<UInt8>, count: Int, code32: Bool, into parsed: inout ParsedInstruction
    ) throws(ParseError) {
        var cursor = Cursor(bytes: bytes, count: count, limit: maximumLength)
        var byte = try prefixes(&cursor, &parsed)
        parsed.operand32 = code32 != parsed.hasOperandSizePrefix
        parsed.address32 = code32 != parsed.hasAddressSizePrefix
        parsed.opcode = UInt16(byte)
        if byte == 0x0F, !map.hasOneByteMap {
            byte = try cursor.next()
            parsed.opcode = 0x0F00 | UInt16(byte)
        }
        if map.hasModRM(opcode: parsed.opcode, encodings) {
            parsed.modRM = try cursor.next()
            parsed.hasModRM = true
        }
        let row = map.row(opcode: parsed.opcode, modRM: parsed.modRM, prefix: parsed.mandatoryPrefix)
        if let row {
            let encoding = encodings[row]
            if parsed.hasModRM, parsed.mod != 3, !encoding.ignoresMod { try memoryOperand(&cursor, &parsed) }
            try immediate(encoding.operands.0, &cursor, &parsed)
            try immediate(encoding.operands.1, &cursor, &parsed)
            try immediate(encoding.operands.2, &cursor, &parsed)
        } else if parsed.hasModRM {
            // A gap in a group is #UD only behind its operands' bytes: they are fetched, and counted.
            try skipOperands(&cursor, parsed)
        }
        parsed.length = cursor.position
        parsed.row = row
    }

    /// Consumes prefixes; returns the first opcode byte.
    @inline(__always)
    private func prefixes(
        _ cursor: inout Cursor, _ parsed: inout ParsedInstruction
    ) throws(ParseError) -> UInt8 {
        while true {
            let byte = try cursor.next()
            let prefix = isF1Lock && byte == 0xF1 ? .lock : Prefix(byte)
            guard let prefix, has32Bit || prefix.isOf16Bit else {
                parsed.prefixLength = cursor.position - 1
                return byte
            }
            switch prefix {
            case .segment(let register): parsed.segmentOverride = register
            case .operandSize: parsed.hasOperandSizePrefix = true
            case .addressSize: parsed.hasAddressSizePrefix = true
            case .lock: parsed.flags.insert(.lock)
            case .repeatNotEqual: parsed.flags = parsed.flags.subtracting(.repeated).union(.repeatNotEqual)
            case .repeatEqual: parsed.flags = parsed.flags.subtracting(.repeated).union(.repeatEqual)
            }
        }
    }

    /// Passes the operands that a gap in a group has as its neighbours: memory, an immediate (C6, C7, 0FBA).
    private func skipOperands(_ cursor: inout Cursor, _ parsed: ParsedInstruction) throws(ParseError) {
        var parsed = parsed
        if parsed.mod != 3 { try memoryOperand(&cursor, &parsed) }
        guard let row = map.anyRow(opcode: parsed.opcode) else { return }
        try immediate(encodings[row].operands.1, &cursor, &parsed)
    }

    private func memoryOperand(_ cursor: inout Cursor, _ parsed: inout ParsedInstruction) throws(ParseError) {
        if parsed.address32 {
            var base = parsed.rm
            if base == 4 {
                parsed.sib = try cursor.next()
                parsed.hasSIB = true
                parsed.scalesBase = scalesLoneBase && parsed.sib >> 3 & 7 == 4
                base = parsed.sib & 7
            }
            parsed.displacementSize = parsed.mod == 1 ? 1 : parsed.mod == 2 || base == 5 ? 4 : 0
        } else {
            parsed.displacementSize = parsed.mod == 1 ? 1 : parsed.mod == 2 || parsed.rm == 6 ? 2 : 0
        }
        switch parsed.displacementSize {
        case 1: parsed.displacement = UInt32(bitPattern: Int32(Int8(bitPattern: try cursor.next())))
        case 2: parsed.displacement = UInt32(bitPattern: Int32(Int16(bitPattern: try cursor.next16())))
        case 4: parsed.displacement = try cursor.next32()
        default: break
        }
    }

    @inline(__always)
    private func immediate(
        _ form: OperandForm, _ cursor: inout Cursor, _ parsed: inout ParsedInstruction
    ) throws(ParseError) {
        switch form {
        case .ib:
            // ENTER's second operand.
            if parsed.immediateSize > 0 {
                parsed.immediate2 = UInt16(try cursor.next())
            } else {
                parsed.immediate = UInt32(try cursor.next())
                parsed.immediateSize = 1
            }
        case .ibs, .jb:
            parsed.immediate = UInt32(bitPattern: Int32(Int8(bitPattern: try cursor.next())))
            parsed.immediateSize = 1
        case .iw:
            parsed.immediate = UInt32(try cursor.next16())
            parsed.immediateSize = 2
        case .iz, .jz:
            try immediateV(&cursor, &parsed)
        case .ap:
            try immediateV(&cursor, &parsed)
            parsed.immediate &= parsed.operand32 ? 0xFFFF_FFFF : 0xFFFF
            parsed.immediate2 = try cursor.next16()
        case .ob, .ov:
            parsed.displacement = parsed.address32 ? try cursor.next32() : UInt32(try cursor.next16())
            parsed.displacementSize = parsed.address32 ? 4 : 2
        default: break
        }
    }

    private func immediateV(_ cursor: inout Cursor, _ parsed: inout ParsedInstruction) throws(ParseError) {
        parsed.immediateSize = parsed.operand32 ? 4 : 2
        parsed.immediate =
            parsed.operand32
            ? try cursor.next32() : UInt32(bitPattern: Int32(Int16(bitPattern: try cursor.next16())))
    }

    /// A position in bytes that may end, and must end within the length limit.
    private struct Cursor {
        let bytes: UnsafePointer<UInt8>
        let count: Int
        let limit: Int
        var position = 0

        @inline(__always)
        mutating func next() throws(ParseError) -> UInt8 {
            guard position < limit else { throw .tooLong }
            guard position < count else { throw .truncated }
            defer { position += 1 }
            return bytes[position]
        }

        @inline(__always)
        mutating func next16() throws(ParseError) -> UInt16 {
            let low = try next()
            return UInt16(low) | UInt16(try next()) << 8
        }

        @inline(__always)
        mutating func next32() throws(ParseError) -> UInt32 {
            let low = try next16()
            return UInt32(low) | UInt32(try next16()) << 16
        }
    }
}
