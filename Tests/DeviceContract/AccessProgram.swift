import X86Interp

/// A random program in real mode that does nothing but access a device, in all ways, with delays between: its ports, and
/// its memory by segments that reach all of 4 GiB.
struct AccessProgram {
    /// Where it starts.
    static let start: UInt32 = 0x7C00
    /// Where it keeps what it has read.
    private static let buffer: UInt16 = 0x0600

    private(set) var code: [UInt8] = [0xFA, 0xBE, 0x00, 0x7C]  // cli; mov si, 7C00
    private var random: SeededGenerator

    /// A program that accesses some ports and some physical addresses, in either direction, at all widths.
    init(ports: [UInt16], memory: [ClosedRange<UInt32>], seed: UInt64) {
        random = SeededGenerator(seed: seed)
        code += [0xBF, UInt8(Self.buffer & 0xFF), UInt8(Self.buffer >> 8)]  // mov di, buffer
        for _ in 0..<24 {
            let isMemory = !memory.isEmpty && (ports.isEmpty || Bool.random(using: &random))
            if isMemory { memoryStep(memory) } else { portStep(ports) }
        }
        code.append(0xF4)  // hlt
    }

    private mutating func width() -> (prefix: [UInt8], bit: UInt8) {
        let width = Width.allCases[Int.random(in: 0...2, using: &random)]
        return (width == .dword ? [0x66] : [], width == .byte ? 0 : 1)
    }

    private mutating func value() -> [UInt8] {
        let value = UInt32.random(in: 0 ... .max, using: &random)
        return Self.bytes(Bool.random(using: &random) ? value & 0x0707_0707 : value)
    }

    private static func bytes(_ value: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    /// mov [di], eax; add di, 4.
    private static let keep: [UInt8] = [0x66, 0x89, 0x05, 0x83, 0xC7, 0x04]

    private mutating func portStep(_ ports: [UInt16]) {
        let port = ports[Int.random(in: ports.indices, using: &random)]
        code += [0xBA, UInt8(port & 0xFF), UInt8(port >> 8)]  // mov dx, port
        let (prefix, wide) = width()
        switch UInt8.random(in: 0...9, using: &random) {
        case 0...2:  // in; mov [di], eax; add di, 4
            code += prefix + [0xEC | wide] + Self.keep
        case 3...5:  // mov eax, value; out
            code += [0x66, 0xB8] + value() + prefix + [0xEE | wide]
        case 6:  // mov cx, count; rep ins
            code += [0xB9, UInt8.random(in: 0...9, using: &random), 0x00, 0xF3] + prefix + [0x6C | wide]
        case 7:  // mov cx, count; rep outs
            code += [0xB9, UInt8.random(in: 0...9, using: &random), 0x00, 0xF3] + prefix + [0x6E | wide]
        default:  // mov cx, count; loop $
            code += [0xB9, UInt8.random(in: 1...255, using: &random), 0x00, 0xE2, 0xFE]
        }
    }

    /// An address in the device, at any alignment; accesses may lie across its end.
    private mutating func address(_ memory: [ClosedRange<UInt32>]) -> [UInt8] {
        let range = memory[Int.random(in: memory.indices, using: &random)]
        let end = min(range.upperBound, range.lowerBound + 0x3F)
        let isNear = Bool.random(using: &random)
        let address = UInt32.random(in: isNear ? range.lowerBound...end : range, using: &random)
        return Self.bytes(Bool.random(using: &random) ? address & ~3 : address)
    }

    private mutating func memoryStep(_ memory: [ClosedRange<UInt32>]) {
        let address = address(memory)
        code += [0x66, 0xBB] + address  // mov ebx, address
        let (prefix, wide) = width()
        switch UInt8.random(in: 0...9, using: &random) {
        case 0...2:  // mov eax, [ebx]
            code += prefix + [0x67, 0x8A | wide, 0x03] + Self.keep
        case 3, 4:  // mov eax, value; mov [ebx], eax
            code += [0x66, 0xB8] + value() + prefix + [0x67, 0x88 | wide, 0x03]
        case 5:  // add [ebx], eax; or adc, xchg, inc
            let opcode: UInt8 = [0x00, 0x10, 0x86, 0xFE][Int.random(in: 0...3, using: &random)]
            code += prefix + [0x67, opcode | wide, 0x03] + Self.keep
        case 6:  // push [ebx]; pop [ebx]
            code += [0x66, 0x67, 0xFF, 0x33, 0x66, 0x67, 0x8F, 0x03]
        case 7, 8:
            code += move(address, prefix, wide)
        default:  // mov cx, count; loop $
            code += [0xB9, UInt8.random(in: 1...255, using: &random), 0x00, 0xE2, 0xFE]
        }
    }

    /// `rep movs` from the device or to it: push esi; push edi; mov esi, ...; mov edi, ...; mov ecx, count; ...
    private mutating func move(_ address: [UInt8], _ prefix: [UInt8], _ wide: UInt8) -> [UInt8] {
        let reads = Bool.random(using: &random)
        let source = reads ? address : Self.bytes(Self.start)
        let target = reads ? Self.bytes(0xA00) : address
        let count = UInt32.random(in: 0...9, using: &random)
        return [0x66, 0x56, 0x66, 0x57, 0x66, 0xBE] + source + [0x66, 0xBF] + target + [0x66, 0xB9] + Self.bytes(count)
            + [0xF3, 0x67] + prefix + [0xA4 | wide, 0x66, 0x5F, 0x66, 0x5E]
    }

    /// Loads it into a machine and points the processor at it.
    func load(into machine: Machine) {
        machine.memory.load(code, at: Self.start)
        machine.state.segments.cs = Segment(realMode: 0)
        machine.state.segments.ds.limit = .max
        machine.state.segments.es.limit = .max
        machine.state.eip = Self.start
    }
}
