import TestSupport

@testable import X86Interp

/// A random program in flat protected mode that reaches devices in all ways, over and over.
struct DeviceGuest {
    private var code: [UInt8] = []
    private let places: [UInt64]
    private let ports: ClosedRange<UInt16>
    private var random: SeededGenerator

    private static let start: UInt32 = 0x8000
    private static let stack: UInt32 = 0x7000
    private static let data: UInt32 = 0x6000
    private static let table: UInt32 = 0x5000
    private static let gates: UInt32 = 0x5800
    private static let handlers: UInt32 = 0x4000

    init(places: [UInt64], ports: ClosedRange<UInt16>, _ random: inout SeededGenerator) {
        self.places = places
        self.ports = ports
        self.random = SeededGenerator(seed: random.next())
        for _ in 0..<30 { addPiece() }
        jump(0xE9, to: Self.start)
    }

    private mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }
    private mutating func byte() -> UInt8 { UInt8(truncatingIfNeeded: random.next()) }
    private mutating func pick(_ bytes: [UInt8]) -> UInt8 { bytes[below(bytes.count)] }
    private mutating func pick(_ codes: [[UInt8]]) -> [UInt8] { codes[below(codes.count)] }
    private static func little(_ value: UInt32) -> [UInt8] { RandomGuest.little(value, 4) }

    private mutating func jump(_ opcode: UInt8, to target: UInt32) {
        let next = Self.start &+ UInt32(code.count + 5)
        code += [opcode] + Self.little(target &- next)
    }

    /// An address in a place of a device, across its start or end, or of plain data.
    private mutating func address() -> [UInt8] {
        guard below(6) > 0 else { return Self.little(Self.data + UInt32(below(64))) }
        let start = UInt32(truncatingIfNeeded: places[below(places.count)])
        switch below(6) {
        case 0: return Self.little(start &- UInt32(1 + below(3)))
        case 1: return Self.little(start &+ UInt32(4092 + below(4)))
        default: return Self.little(start &+ UInt32(below(48)))
        }
    }

    /// Operand size and the opcode's low bit: byte, word, dword.
    private mutating func width() -> (prefix: [UInt8], wide: UInt8) { [([], 0), ([0x66], 1), ([], 1)][below(3)] }

    private mutating func addPiece() {
        code += [0xBB] + address()  // mov ebx, address
        let (prefix, wide) = width()
        switch below(18) {
        case 0, 1: code += prefix + [0x8A | wide, 0x03]  // mov eax, [ebx]
        case 2, 3:  // mov eax, value; mov [ebx], eax
            code += [0xB8] + Self.little(UInt32(truncatingIfNeeded: random.next()))
            code += prefix + [0x88 | wide, 0x03]
        case 4, 5: code += prefix + [pick([0x00, 0x10, 0x30, 0x86, 0x38, 0x84, 0xFE, 0xD0] as [UInt8]) | wide, 0x03]
        case 6: code += [0xFF, 0x33, 0x8F, 0x03]  // push [ebx]; pop [ebx]
        case 7, 8: addStrings(prefix, wide)
        case 9:  // mov dx, port; in or out
            code += [0x66, 0xBA] + RandomGuest.little(UInt32(UInt16.random(in: ports, using: &random)), 2)
            code += prefix + [pick([0xEC, 0xEE] as [UInt8]) | wide]
        case 10, 11: addStack()
        case 12:  // cmpxchg8b, cmpxchg, xadd, bts, with ECX below 100h
            code += [0x0F, 0xB6, 0xC9]
            code += pick([[0x0F, 0xC7, 0x0B], [0x0F, 0xB1, 0x0B], [0xF0, 0x0F, 0xC1, 0x0B], [0x0F, 0xAB, 0x0B]])
        case 13: code += pick([[0x0F, 0x01, 0x03], [0x0F, 0x01, 0x0B], [0xF7, 0x33], [0xC4, 0x03]])
        case 14: code += pick([[0xFB], [0xFA], [0xCD, 0x30]])
        case 15:  // pushf; or dword [esp], 100; popf; nop
            code += [0x9C, 0x81, 0x0C, 0x24, 0, 1, 0, 0, 0x9D, 0x90]
        case 16: code += below(6) == 0 ? [0xFF, 0xD3] : [0x40 + UInt8(below(3))]  // call ebx
        default: code += [0x8B, 0x03, 0x01, 0x43, 4, 0x8B, 0x4B, 8]  // mov eax,[ebx]; add [ebx+4],eax; mov ecx,[ebx+8]
        }
    }

    /// mov esi, ...; mov edi, ...; mov ecx, count; mov dx, port; cld or std; rep ...
    private mutating func addStrings(_ prefix: [UInt8], _ wide: UInt8) {
        let opcode = pick([0xA4, 0xA4, 0xA6, 0xAA, 0xAC, 0xAE, 0x6C, 0x6E] as [UInt8])
        code += [0xBE] + address() + [0xBF] + address() + [0xB9] + Self.little(UInt32(below(6)))
        code += [0x66, 0xBA] + RandomGuest.little(UInt32(UInt16.random(in: ports, using: &random)), 2)
        code += [below(3) == 0 ? 0xFD : 0xFC, pick([0xF3, 0xF2] as [UInt8])] + prefix + [opcode | wide, 0xFC]
    }

    /// A stack in a device for a while: mov [save], esp; lea esp, [ebx+40]; ...; mov esp, [save].
    private mutating func addStack() {
        let save = Self.little(Self.data + 0x100)
        code += [0x89, 0x25] + save + [0x8D, 0x63, 0x40]
        for _ in 0...below(3) {
            switch below(6) {
            case 0: code += [0x60, 0x61]  // pusha; popa
            case 1: code += [0x6A, byte(), 0x58]  // push; pop eax
            case 2: code += [0xC8, 4, 0, UInt8(below(4)), 0xC9]  // enter; leave
            case 3: code += [0xE8, 0, 0, 0, 0, 0x58]  // call; pop eax
            case 4: code += [0x9C, 0x58]  // pushf; pop eax
            default: code += [0xCD, 0x30]  // int 30
            }
        }
        code += [0x8B, 0x25] + save
    }

    /// Where a fault goes on: segments and stack as at the start, and the program from its beginning.
    private static var recovery: [UInt8] {
        let body: [UInt8] =
            [0x66, 0xB8, 0x10, 0, 0x8E, 0xD8, 0x8E, 0xC0, 0x8E, 0xD0, 0xBC] + little(stack) + [0xFB, 0xE9]
        return body + little(start &- (handlers &+ UInt32(body.count) &+ 4))
    }

    /// Loads program, tables and state: ring 0, flat, with gates for all vectors that can come.
    func load(into machine: Machine) {
        let memory = machine.memory
        memory.load(code, at: Self.start)
        memory.load(Self.recovery, at: Self.handlers)
        // Interrupts: iretd. Single steps: and dword [esp+8], ~100; iretd.
        memory.load([0xCF], at: Self.handlers + 0x40)
        memory.load([0x81, 0x64, 0x24, 8, 0xFF, 0xFE, 0xFF, 0xFF, 0xCF], at: Self.handlers + 0x50)
        memory.load(
            [0, 0, 0xFFFF, 0xCF_9B00, 0xFFFF, 0xCF_9300].flatMap { Self.little($0) }, at: Self.table)
        for vector in UInt32(0)..<0x40 {
            let offset: UInt32 = vector == 1 ? 0x50 : vector == 2 || vector >= 0x20 ? 0x40 : 0
            memory.load(
                [0x8_0000 | (Self.handlers + offset), 0x8E00].flatMap { Self.little($0) }, at: Self.gates + 8 * vector)
        }
        var state = machine.state
        state.enterFlatMode()
        state.gdtr = TableRegister(base: Self.table, limit: 0x17)
        state.idtr = TableRegister(base: Self.gates, limit: 0x1FF)
        state.gpr.esp = Self.stack
        state.eip = Self.start
        machine.state = state
    }
}
