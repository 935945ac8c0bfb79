import X86Interp

/// A random program in real mode that does nothing but port accesses, of all kinds, and delays between them.
struct PortProgram {
    /// Where it starts.
    static let start: UInt32 = 0x7C00
    /// Where it keeps what it has read.
    private static let buffer: UInt16 = 0x0600

    private(set) var code: [UInt8] = [0xFA, 0xBE, 0x00, 0x7C]  // cli; mov si, 7C00
    private var random: SeededGenerator

    /// A program that accesses some ports, in either direction, at all widths.
    init(ports: [UInt16], seed: UInt64) {
        random = SeededGenerator(seed: seed)
        code += [0xBF, UInt8(Self.buffer & 0xFF), UInt8(Self.buffer >> 8)]  // mov di, buffer
        for _ in 0..<24 { step(ports) }
        code.append(0xF4)  // hlt
    }

    private mutating func step(_ ports: [UInt16]) {
        let port = ports[Int.random(in: ports.indices, using: &random)]
        code += [0xBA, UInt8(port & 0xFF), UInt8(port >> 8)]  // mov dx, port
        let width = Width.allCases[Int.random(in: 0...2, using: &random)]
        let prefix: [UInt8] = width == .dword ? [0x66] : []
        let wide: UInt8 = width == .byte ? 0 : 1
        switch UInt8.random(in: 0...9, using: &random) {
        case 0...2:  // in; mov [di], eax; add di, 4
            code += prefix + [0xEC | wide] + [0x66, 0x89, 0x05, 0x83, 0xC7, 0x04]
        case 3...5:  // mov eax, value; out
            var value = UInt32.random(in: 0 ... .max, using: &random)
            if Bool.random(using: &random) { value &= 0x0707_0707 }
            code += [0x66, 0xB8] + (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
            code += prefix + [0xEE | wide]
        case 6:  // mov cx, count; rep ins
            code += [0xB9, UInt8.random(in: 0...9, using: &random), 0x00, 0xF3] + prefix + [0x6C | wide]
        case 7:  // mov cx, count; rep outs
            code += [0xB9, UInt8.random(in: 0...9, using: &random), 0x00, 0xF3] + prefix + [0x6E | wide]
        default:  // mov cx, count; loop $
            code += [0xB9, UInt8.random(in: 1...255, using: &random), 0x00, 0xE2, 0xFE]
        }
    }

    /// Loads it into a machine and points the processor at it.
    func load(into machine: Machine) {
        machine.memory.load(code, at: Self.start)
        machine.state.segments.cs = Segment(realMode: 0)
        machine.state.eip = Self.start
    }
}
