import X86Interp

/// One instruction of the guest as a line: place, bytes, text, and what it is about to do.
struct CodeLine {
    /// The instruction.
    let instruction: DisassembledInstruction
    /// Where it is: `0000:7C1F`.
    let place: String
    /// What stands behind the semicolon: effective address and value, port, whether a jump is taken.
    var comment: String

    /// The line without its line break.
    var text: String { text(width: width) }

    /// Cells that the bytes need, and a space behind them; most instructions have no more than five.
    var width: Int { max(15, instruction.bytes.count * 3) }

    /// The line with its bytes in so many cells: those of the widest of several lines.
    func text(width: Int) -> String {
        let bytes = instruction.bytes.map(\.hex).joined(separator: " ")
        let head = place + "  " + bytes.padded(to: width)
        guard !comment.isEmpty else { return head + instruction.text }
        return head + (instruction.text + " ").padded(to: 21) + "; " + comment
    }
}

extension Session {
    /// Whether the code at CS:EIP has 32-bit operands: CS.D on processors that have it.
    var isCode32: Bool { state.segments.cs.access.contains(.big) && machine.cpu.model.is32Bit }

    /// `0000:7C1F`, with an offset above FFFF in full.
    func place(_ segment: UInt16, _ offset: UInt32) -> String {
        segment.hex + ":" + offset.hex(digits: offset > 0xFFFF ? 8 : 4)
    }

    /// A linear address as CS:offset if the code segment reaches it, else as it is.
    func codePlace(_ linear: UInt32) -> String {
        let cs = state.segments.cs
        let offset = linear &- cs.base
        return offset <= cs.limit ? place(cs.selector, offset) : linear.hex
    }

    /// Whether the code at a linear address has 32-bit operands: as the CPU has decoded it, else as it last ran as far
    /// as the history goes, else as the code at hand.
    func is32BitCode(at linear: UInt32) -> Bool {
        guard linear != currentLinear, machine.cpu.model.is32Bit else { return isCode32 }
        if let known = decodedSize(at: linear) { return known }
        return debugger.ran32Bit(at: linear) ?? isCode32
    }

    /// The size with which the CPU has decoded the instruction at a linear address; nil if not, or if in both.
    private func decodedSize(at linear: UInt32) -> Bool? {
        guard let physical = machine.cpu.pageWalk(linear).physical.map({ UInt32(truncatingIfNeeded: $0) }) else {
            return nil
        }
        let sizes = Set(
            machine.cpu.decodedInstructions(at: physical).filter { $0.address == physical }.map(\.code32))
        return sizes.count == 1 ? sizes.first : nil
    }

    /// The instruction at a linear address as 16-bit or 32-bit code, as the code at hand unless told; nil where no byte
    /// can be read.
    func instruction(at linear: UInt32, code32: Bool? = nil, base: UInt32? = nil) -> DisassembledInstruction? {
        let bytes = (0..<15).lazy.map { self.byte(at: linear &+ $0) }.prefix { $0 != nil }.compactMap { $0 }
        let window = Array(bytes)
        guard !window.isEmpty else { return nil }
        let base = base ?? state.segments.cs.base
        let symbols = symbols
        let disassembler = Disassembler(model: machine.cpu.model, syntax: syntax, code32: code32 ?? isCode32) {
            symbols.text(for: base &+ $0)
        }
        return disassembler.disassemble(window, at: linear &- base)
    }

    /// The line of the instruction at a linear address; with what it is about to do if it is the next one.
    func codeLine(at linear: UInt32, code32: Bool? = nil) -> CodeLine? {
        let code32 = code32 ?? isCode32
        guard let instruction = instruction(at: linear, code32: code32) else { return nil }
        let isNext = linear == currentLinear && code32 == isCode32
        return CodeLine(
            instruction: instruction, place: codePlace(linear), comment: isNext ? comment(on: instruction) : "")
    }

    /// Linear address of CS:EIP.
    var currentLinear: UInt32 { state.segments.cs.base &+ state.eip }

    // MARK: Comments

    /// What the next instruction is about to do, as far as its operands tell.
    private func comment(on instruction: DisassembledInstruction) -> String {
        guard let encoding = instruction.encoding else { return "" }
        var notes: [String] = []
        let isRepeated = instruction.prefixes.contains { $0.hasPrefix("rep") }
        if isRepeated { notes.append("\(repeatCount) left") }
        if encoding.traits.contains(.io), let note = portNote(instruction, encoding) { notes.append(note) }
        if encoding.traits.contains(.conditional) || Self.counted.contains(encoding.operation) {
            branchNote(instruction, encoding).map { notes.append($0) }
        }
        for memory in instruction.memory {
            let isWritten = Self.onlyWrites(encoding.operation) && memory == instruction.memory.first
            if let note = memoryNote(memory, writes: isWritten) { notes.append(note) }
        }
        return notes.joined(separator: ", ")
    }

    private static let counted: Set<Operation> = [.jcxz, .loop, .loope, .loopne]

    /// Operations whose memory destination is not read: its old value tells nothing.
    private static func onlyWrites(_ operation: Operation) -> Bool { [.ins, .stos, .movs].contains(operation) }

    /// (E)CX under the address size of the code at hand.
    var repeatCount: UInt32 { isCode32 ? state.gpr.ecx : state.gpr.ecx & 0xFFFF }

    /// `[bp-2] = 0000:7BFE -> 1234`, short: `[7BFE] = 1234`.
    private func memoryNote(_ memory: MemoryReference, writes: Bool) -> String? {
        let offset = memory.offset(state.gpr)
        guard memory.size > 0, !writes else { return nil }
        let text = "[" + operandPlace(memory.segment, offset) + "]"
        guard let value = value(at: state.segments[memory.segment].base &+ offset, bytes: memory.size) else {
            return text + " is no memory"
        }
        return text + " = " + value
    }

    /// An operand's place: the offset alone where the segment is the usual one and starts at 0.
    func operandPlace(_ segment: SegmentRegister, _ offset: UInt32) -> String {
        let register = state.segments[segment]
        if let name = symbols.text(for: register.base &+ offset) { return name }
        let digits = offset.hex(digits: offset > 0xFFFF ? 8 : 4)
        return register.base == 0 ? digits : register.selector.hex + ":" + digits
    }

    /// A little-endian value of up to 8 bytes at a linear address in hexadecimal, or nil.
    func value(at linear: UInt32, bytes: Int) -> String? {
        var text = ""
        for index in 0..<UInt32(bytes) {
            guard let byte = byte(at: linear &+ index) else { return nil }
            text = byte.hex + text
        }
        return text
    }

    private func portNote(_ instruction: DisassembledInstruction, _ encoding: Encoding) -> String? {
        let immediate: UInt16? =
            [.in, .out].contains(encoding.operation) && encoding.opcode & 0xFF < 0xE8
            ? instruction.bytes.last.map { UInt16($0) } : nil
        let port = immediate ?? UInt16(truncatingIfNeeded: state.gpr.edx)
        return "port " + portText(port)
    }

    /// `511 (fw_cfg data, user tier)`, or `99 (nobody)`.
    func portText(_ port: UInt16) -> String {
        let claims = machine.ports.claims.filter { $0.ports.contains(port) }
        guard let claim = claims.first(where: { $0.ports.count == 1 }) ?? claims.last else {
            return "\(port.hex(digits: 2)) (nobody)"
        }
        // Where claims of several widths meet, the one that starts here.
        let nearest = claims.first { $0.ports.lowerBound == port } ?? claim
        let register = PortNames.name(of: port, device: nearest.device.name).map { " " + $0 } ?? ""
        return "\(port.hex(digits: 2)) (\(nearest.device.name)\(register), \(nearest.tier.rawValue) tier)"
    }

    private func branchNote(_ instruction: DisassembledInstruction, _ encoding: Encoding) -> String? {
        let flags = state.eflags
        let count = repeatCount
        let isTaken: Bool
        switch encoding.operation {
        case .jcc: isTaken = Self.holds(Self.opcode(instruction.bytes), flags)
        case .jcxz: isTaken = count == 0
        case .loop: isTaken = count != 1
        case .loope: isTaken = count != 1 && flags.contains(.zero)
        case .loopne: isTaken = count != 1 && !flags.contains(.zero)
        default: return nil
        }
        return isTaken ? "taken" : "not taken"
    }

    private static let prefixes: Set<UInt8> = [
        0x26, 0x2E, 0x36, 0x3E, 0x64, 0x65, 0x66, 0x67, 0xF0, 0xF2, 0xF3,
    ]

    /// The last opcode byte.
    private static func opcode(_ bytes: [UInt8]) -> UInt8 {
        let opcode = bytes.drop { prefixes.contains($0) }.prefix(2)
        return (opcode.first == 0x0F ? opcode.last : opcode.first) ?? 0
    }

    /// Whether the condition in the low four bits of an opcode holds (SDM volume 1, appendix B).
    private static func holds(_ opcode: UInt8, _ flags: EFLAGS) -> Bool {
        let isLess = flags.contains(.sign) != flags.contains(.overflow)
        let met =
            switch opcode >> 1 & 7 {
            case 0: flags.contains(.overflow)
            case 1: flags.contains(.carry)
            case 2: flags.contains(.zero)
            case 3: !flags.isDisjoint(with: [.carry, .zero])
            case 4: flags.contains(.sign)
            case 5: flags.contains(.parity)
            case 6: isLess
            default: flags.contains(.zero) || isLess
            }
        return met != (opcode & 1 != 0)
    }
}
