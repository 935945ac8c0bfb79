import X86Interp

/// An instruction as far as the rules of what a model can run need it: prefixes, opcode and ModRM.
struct InstructionSketch {
    /// The bytes before the opcode, in order.
    let prefixes: [UInt8]
    /// The opcode, `0x0Fxx` in the two-byte map.
    let opcode: UInt16
    /// The byte behind the opcode, if there is one.
    let modRM: UInt8?
    /// The byte behind that, which is the SIB byte where there is one.
    private let sib: UInt8?

    /// Splits up an instruction's bytes.
    init(_ bytes: [UInt8]) {
        let legacy: [UInt8] = [0x26, 0x2E, 0x36, 0x3E, 0x64, 0x65, 0x66, 0x67, 0xF0, 0xF2, 0xF3]
        prefixes = Array(bytes.prefix { legacy.contains($0) })
        var rest = bytes.dropFirst(prefixes.count)
        let first = rest.popFirst() ?? 0
        opcode = first == 0x0F ? 0x0F00 | UInt16(rest.popFirst() ?? 0) : UInt16(first)
        modRM = rest.popFirst()
        sib = rest.popFirst()
    }

    /// ModRM.reg.
    var reg: UInt8 { (modRM ?? 0) >> 3 & 7 }
    /// ModRM.rm, if mod is not 3.
    var memoryRM: UInt8? { modRM.flatMap { $0 >> 6 == 3 ? nil : $0 & 7 } }

    /// The opcode's row in the map of a generation, or nil: it is #UD there.
    func row(in map: OpcodeMap) -> Encoding? {
        map.row(opcode: opcode, modRM: modRM ?? 0, prefix: mandatoryPrefix).map { Encoding.all[$0] }
    }

    /// The prefix that takes part in the opcode where rows say so.
    private var mandatoryPrefix: MandatoryPrefix {
        switch prefixes.last(where: { $0 == 0xF2 || $0 == 0xF3 }) {
        case 0xF2: .pF2
        case 0xF3: .pF3
        default: prefixes.contains(0x66) ? .p66 : .none
        }
    }

    /// Whether a 386 or later accepts LOCK: a row that allows it, and memory.
    func isLockable(in map: OpcodeMap) -> Bool { memoryRM != nil && row(in: map)?.traits.contains(.lockable) == true }

    /// The last segment prefix, or nil.
    var segmentPrefix: UInt8? { prefixes.last { [0x26, 0x2E, 0x36, 0x3E, 0x64, 0x65].contains($0) } }

    /// Whether an access may be to the stack segment: by BP, an SS prefix, or a push or pop.
    var usesStackSegment: Bool {
        if let prefix = segmentPrefix { return prefix == 0x36 || isStackOpcode }
        return isStackOpcode || memoryRM.map { $0 == 2 || $0 == 3 || $0 == 6 && (modRM ?? 0) >> 6 != 0 } == true
    }

    /// Whether a SIB byte has a scale and a base, but no index; only with 32-bit addresses.
    var scalesLoneBase: Bool {
        guard memoryRM == 4, let modRM, let sib else { return false }
        return sib >> 3 & 7 == 4 && sib >> 6 != 0 && !(sib & 7 == 5 && modRM >> 6 == 0)
    }

    /// Whether this is INS, OUTS, MOVS, CMPS, STOS, LODS or SCAS.
    var isString: Bool { [0x6C...0x6F, 0xA4...0xA7, 0xAA...0xAF].contains { $0.contains(opcode) } }

    private var isStackOpcode: Bool {
        switch opcode {
        case 0x06, 0x07, 0x0E, 0x16, 0x17, 0x1E, 0x1F, 0x50...0x61, 0x68, 0x6A, 0x8F, 0x9A, 0x9C, 0x9D, 0xC2, 0xC3,
            0xC8...0xCF, 0xE8:
            true
        case 0xFF: reg == 2 || reg == 3 || reg == 6
        default: false
        }
    }
}
