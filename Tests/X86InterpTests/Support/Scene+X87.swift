@testable import X86Interp

// Words of a case that are about the x87.
extension Scene {
    private static let statusBits: [(String, UInt16)] = [
        ("IE", 1), ("DE", 2), ("ZE", 4), ("OE", 8), ("UE", 16), ("PE", 32), ("STF", 64), ("ES", 0x8080), ("C0", 0x100),
        ("C1", 0x200), ("C2", 0x400), ("C3", 0x4000),
    ]

    /// A bit of FSW, or `pop`; false if the word is none.
    mutating func applyX87(_ word: String) -> Bool {
        if word == "pop" {
            state.x87.inUse &= ~(1 << state.x87.top)
            state.x87.top = (state.x87.top + 1) & 7
        } else if let bit = Self.statusBits.first(where: { $0.0 == word })?.1 {
            state.x87.status |= bit
        } else if let bit = Self.statusBits.first(where: { $0.0.lowercased() == word })?.1 {
            state.x87.status &= ~bit
        } else {
            return false
        }
        return true
    }

    /// A register or word of the x87; false if the name is none.
    mutating func applyX87(_ name: String, _ text: String) throws(WordError) -> Bool {
        if name.hasPrefix("st"), let number = Int(name.dropFirst(2)), number < 8 {
            try setX87(number, text)
            return true
        }
        guard let value = UInt32(text, radix: 16) else { return false }
        let word = UInt16(truncatingIfNeeded: value)
        switch name {
        case "fcw": state.x87.control = word
        case "fsw":
            state.x87.status = word & 0xC7FF
            state.x87.top = UInt8(word >> 11 & 7)
        case "ftw": state.x87.inUse = UInt8(truncatingIfNeeded: value)
        case "top": state.x87.top = UInt8(truncatingIfNeeded: value & 7)
        case "fip": state.x87.instructionOffset = value
        case "fcs": state.x87.instructionSelector = word
        case "fop": state.x87.opcode = word
        case "fdp": state.x87.dataOffset = value
        case "fds": state.x87.dataSelector = word
        default: return false
        }
        return true
    }

    private mutating func setX87(_ number: Int, _ text: String) throws(WordError) {
        let place = (Int(state.x87.top) + number) & 7
        if text == "empty" {
            state.x87.inUse &= ~(1 << UInt8(place))
            return
        }
        let parts = text.split(separator: ":").map(String.init)
        guard parts.count == 2, parts[1].count <= 16, let exponent = UInt16(parts[0], radix: 16),
            let digits = UInt64(parts[1], radix: 16)
        else { throw WordError(word: text) }
        state.x87.inUse |= 1 << UInt8(place)
        state.x87[number] = Extended(
            signExponent: exponent, significand: digits << UInt64(4 * (16 - parts[1].count)))
    }

    private static let control: Set<Operation> = [
        .fldenv, .fldcw, .fnstenv, .fnstcw, .frstor, .fnsave, .fnstsw, .fneni, .fndisi, .fnclex, .fninit, .fnsetpm,
    ]

    /// What an instruction of the x87 leaves in its pointers, if it does not control it.
    mutating func expectX87Pointers(of example: Case, _ before: Scene) {
        guard let row = example.row, let parsed = example.parsed, Encoding.escapes.contains(row.opcode),
            row.operation != .esc, !Self.control.contains(row.operation)
        else { return }
        state.x87.instructionOffset = before.state.eip
        state.x87.instructionSelector = before.state.segments.cs.selector
        state.x87.opcode = (row.opcode & 7) << 8 | UInt16(parsed.modRM)
        let instruction = Disassembler(model: example.model, code32: example.isCode32)
            .disassemble(example.bytes, at: before.state.eip)
        guard let memory = instruction.memory.first else { return }
        state.x87.dataOffset = memory.offset(before.state.gpr)
        state.x87.dataSelector = before.state.segments[memory.segment].selector
    }
}

extension Bench {
    /// The x87 in lines that can be compared.
    static func x87Lines(_ state: CPUState) -> [String] {
        let x87 = state.x87
        func hex(_ value: some BinaryInteger) -> String { String(value, radix: 16, uppercase: true) }
        let words = [
            "fcw=\(hex(x87.control))", "fsw=\(hex(x87.statusWord))", "ftw=\(hex(x87.inUse))",
            "fip=\(hex(x87.instructionSelector)):\(hex(x87.instructionOffset))", "fop=\(hex(x87.opcode))",
            "fdp=\(hex(x87.dataSelector)):\(hex(x87.dataOffset))", "awaitsCoprocessor=\(state.awaitsCoprocessor)",
        ]
        return words
            + (0..<8).map {
                "physical \($0)=\(hex(x87.registers[$0].signExponent)):\(hex(x87.registers[$0].significand))"
            }
    }
}
