import TestSupport
import Testing

@testable import X86Interp

/// The handlers for certain registers, for flat memory and for 16 bits: guests that use all of them, and that change now
/// and then to segments which are not flat, come to the same as without handlers, and as step by step.
@Suite(.timeLimit(.minutes(30))) struct FlatBlockTests {
    private static let memorySize = 0x4_0000
    // Above what 16 bits reach, below what registers point to.
    private static let gdt: UInt32 = 0x1_0100
    private static let idt: UInt32 = 0x1_0200
    private static let handler: UInt32 = 0x1_0400
    private static let first = 0x1_0FC0
    private static let routines = 48
    private static let routineSize = 128
    /// Flat data, data with a limit, with a base, to be read only, 16 bits wide, none.
    private static let data: [UInt16] = [0x10, 0x10, 0x10, 0x18, 0x20, 0x28, 0x30, 0]

    /// ModRM, SIB and displacement of a memory operand, mostly within RAM.
    private static func operand(_ reg: UInt8, _ random: inout SeededGenerator) -> [UInt8] {
        let rm = UInt8.random(in: 0..<8, using: &random)
        let mod = UInt8.random(in: 0..<3, using: &random)
        var bytes = [mod << 6 | reg << 3 | rm]
        let sib = UInt8(truncatingIfNeeded: random.next())
        if rm == 4 { bytes.append(sib) }
        let isAbsolute = mod == 0 && (rm == 5 || rm == 4 && sib & 7 == 5)
        if mod == 1 { bytes.append(UInt8(truncatingIfNeeded: random.next())) }
        if mod == 2 || isAbsolute {
            // Near a page's end, at the end of RAM, or anywhere.
            let place: UInt32 =
                [0x2_0FFC, 0x2_0FFD, 0x2_0FFE, 0x2_0FFF, 0x3_FFFE, 0x2_2000, 0x1_1000, .max]
                .randomElement(using: &random) ?? 0
            bytes += (isAbsolute ? place : place & 0xFFF).bytes
        }
        return bytes
    }

    /// The same with an address of 16 bits.
    private static func nearOperand(_ reg: UInt8, _ random: inout SeededGenerator) -> [UInt8] {
        let rm = UInt8.random(in: 0..<8, using: &random)
        let mod = UInt8.random(in: 0..<3, using: &random)
        let bytes = [mod << 6 | reg << 3 | rm]
        if mod == 1 { return bytes + [UInt8(truncatingIfNeeded: random.next())] }
        guard mod == 2 || rm == 6 else { return bytes }
        let place: UInt32 = [0x0FFF, 0x4FFE, 0x5FFC, 0xFFFE, 0xFFFF, 0x8000].randomElement(using: &random) ?? 0
        return bytes + place.bytes.prefix(2)
    }

    /// Loads, stores, comparisons and sums in 16-bit addresses, string instructions, LOOP.
    private static func near(_ random: inout SeededGenerator) -> [UInt8] {
        let reg = UInt8.random(in: 0..<8, using: &random)
        let byte = UInt8(truncatingIfNeeded: random.next())
        let prefixes: [UInt8] = byte & 0x80 == 0 ? [0x67] : [0x66, 0x67]
        let immediate: [UInt8] = byte & 0x80 == 0 ? [byte, byte, 0, 0] : [byte, 0]
        switch Int.random(in: 0..<8, using: &random) {
        case 0...2:
            let opcodes: [UInt8] = [0x88, 0x89, 0x8A, 0x8B, 0x38, 0x39, 0x3A, 0x3B, 0x03]
            return prefixes + [opcodes[Int(byte & 0x7F) % opcodes.count]] + nearOperand(reg, &random)
        case 3: return prefixes + [0xC6 | byte & 1] + nearOperand(0, &random) + (byte & 1 == 0 ? [byte] : immediate)
        case 4: return prefixes + [0x80 | byte & 1] + nearOperand(7, &random) + (byte & 1 == 0 ? [byte] : immediate)
        case 5: return byte & 0x40 == 0 ? [0x67, 0xE2, 0x00] : [0xE2, 0x00]
        default:
            let opcodes: [UInt8] = [0xA4, 0xA5, 0xA6, 0xA7, 0xAA, 0xAB, 0xAC, 0xAD, 0xAE, 0xAF]
            let opcode = opcodes[Int.random(in: opcodes.indices, using: &random)]
            // In flat memory the index registers have to point to some.
            return byte & 3 == 0 ? [opcode] : prefixes + [opcode]
        }
    }

    private static func instruction(_ random: inout SeededGenerator) -> [UInt8] {
        let reg = UInt8.random(in: 0..<8, using: &random)
        let registers = [0xC0 | UInt8.random(in: 0..<64, using: &random)]
        let isMemory = Bool.random(using: &random)
        let either = isMemory ? operand(reg, &random) : registers
        let byte = UInt8(truncatingIfNeeded: random.next())
        let arithmetic = UInt8.random(in: 0..<8, using: &random) << 3
        switch Int.random(in: 0..<46, using: &random) {
        case 0...2: return [arithmetic | [0, 1, 2, 3][Int(byte & 3)]] + either
        case 3:
            return [0x81] + (isMemory ? operand(arithmetic >> 3, &random) : [0xC0 | arithmetic | reg])
                + UInt32(truncatingIfNeeded: random.next()).bytes
        case 4: return [0x83] + (isMemory ? operand(arithmetic >> 3, &random) : [0xC0 | arithmetic | reg]) + [byte]
        case 5: return [0x80] + operand(arithmetic >> 3, &random) + [byte]
        case 6...8: return [[0x88, 0x89, 0x8A, 0x8B][Int(byte & 3)]] + either
        case 9: return [0x66, [0x89, 0x8B][Int(byte & 1)]] + either
        case 10: return [0xC6] + operand(0, &random) + [byte]
        case 11: return [0xC7] + operand(0, &random) + UInt32(truncatingIfNeeded: random.next()).bytes
        case 12: return [0x66, 0xC7] + operand(0, &random) + [byte, 0]
        case 13: return [[0x84, 0x85][Int(byte & 1)]] + either
        case 14: return [0xF6] + operand(0, &random) + [byte]
        case 15: return [0xF7] + (isMemory ? operand(0, &random) : [0xC0 | reg]) + [byte, 0, byte, 0]
        case 16: return [0x0F, [0xB6, 0xB7, 0xBE, 0xBF, 0xAF][Int(byte % 5)]] + either
        case 17: return [0x40 | byte & 15]
        case 18: return [0xFF] + operand([0, 1, 6][Int(byte % 3)], &random)
        case 19: return [0x50 | byte & 15]
        case 20: return byte & 1 == 0 ? [0x6A, byte] : [0x68, byte, byte, 0, 0]
        case 21: return [0xC1, 0xC0 | [4, 5, 7][Int(byte % 3)] << 3 | reg, byte & 31 | 1]
        case 22: return [0x8D] + operand(reg, &random)
        case 23...30: return [[0x01, 0x09, 0x21, 0x29, 0x31, 0x39, 0x89, 0x85][Int(byte & 7)]] + registers
        case 40...43: return near(&random)
        // lea reg, [base + index * scale + byte]
        case 44, 45: return [0x8D, 0x44 | reg << 3, UInt8.random(in: 0...255, using: &random), byte]
        case 31...36: return [[0x89, 0x8B][Int(byte & 1)]] + operand(reg, &random)
        // A value that is an address.
        default: return [0xB8 | reg] + UInt32.random(in: 0x1_8000...0x3_FFFF, using: &random).bytes
        }
    }

    private static func routine(at start: Int, _ random: inout SeededGenerator) -> [UInt8] {
        var code: [UInt8] = []
        func add(_ bytes: [UInt8]) { if code.count + bytes.count <= routineSize - 18 { code += bytes } }
        if Int.random(in: 0..<4, using: &random) == 0 {
            // mov eax, selector; mov ds, es or ss, ax
            let selector = data.randomElement(using: &random) ?? 0
            add([0xB8] + UInt32(selector).bytes)
            add([0x8E, [0xD8, 0xC0, 0xD0].randomElement(using: &random) ?? 0xD8])
        }
        if Int.random(in: 0..<6, using: &random) == 0 { add([0xBC] + UInt32(0x3_0000).bytes) }
        for _ in 0..<36 { add(instruction(&random)) }
        // A loop back to the start, seldom for long: jcc.
        if Int.random(in: 0..<4, using: &random) == 0 {
            code += [0x70 | UInt8.random(in: 0..<16, using: &random), UInt8(truncatingIfNeeded: -(code.count + 2))]
        }
        let target = first + routineSize * Int.random(in: 0..<routines, using: &random)
        switch Int.random(in: 0..<8, using: &random) {
        case 0...3: code += [0xE8]
        case 4, 5: code += [0xE9]
        case 6: code += [0x0F, 0x85]
        default: return code + [0xC3]
        }
        return code + UInt32(truncatingIfNeeded: target - start - code.count - 4).bytes + [0xC3]
    }

    private static func descriptor(_ base: UInt32, _ limit: UInt32, _ access: UInt32) -> [UInt8] {
        (base << 16 | limit & 0xFFFF).bytes
            + (base & 0xFF00_0000 | access << 8 | limit & 0xF_0000 | base >> 16 & 0xFF).bytes
    }

    /// The guest with a number.
    static func cpu(_ number: Int, engine: CPU.Engine) throws -> CPU {
        var random = SeededGenerator(seed: UInt64(number) &* 131 &+ 17)
        let memory = try PhysicalMemory(ramSize: memorySize)
        let cpu = CPU(
            model: .p6, memory: memory, ports: PortMap(), bus: ControlBus(), clock: VirtualClock(),
            engine: engine)
        let table = [
            descriptor(0, 0, 0), descriptor(0, 0xF_FFFF, 0xC09B), descriptor(0, 0xF_FFFF, 0xC093),
            descriptor(0, 0x2_1000, 0x4093), descriptor(0x100, 0xF_FFFF, 0xC093),
            descriptor(0, 0xF_FFFF, 0xC091), descriptor(0, 0xF_FFFF, 0x8093),
        ]
        memory.load(table.flatMap { $0 }, at: gdt)
        for number in 0..<routines {
            let start = first + number * routineSize
            memory.load(routine(at: start, &random), at: UInt32(start))
        }
        // Exceptions lead to a routine that has a stack again: mov eax, 10; mov ds, es, ss; mov esp, 30000; jmp
        let handler: [UInt8] = [0xB8, 0x10, 0, 0, 0, 0x8E, 0xD8, 0x8E, 0xC0, 0x8E, 0xD0, 0xBC, 0, 0, 3, 0, 0xE9]
        let target = first + routineSize * Int.random(in: 0..<routines, using: &random)
        let distance = target - Int(Self.handler) - handler.count - 4
        memory.load(handler + UInt32(truncatingIfNeeded: distance).bytes, at: Self.handler)
        for vector in UInt32(0)..<32 {
            memory.load([0x00, 0x04, 0x08, 0, 0, 0x8E, 1, 0], at: idt + 8 * vector)
        }
        var state = cpu.state
        state.enterFlatMode()
        state.gdtr = TableRegister(base: gdt, limit: 0x37)
        state.idtr = TableRegister(base: idt, limit: 0xFF)
        state.eip = UInt32(first)
        for register in GeneralRegister.allCases {
            state.gpr[register] = UInt32.random(in: 0x1_8000...0x3_FFFF, using: &random)
        }
        state.gpr.esp = 0x3_0000
        cpu.state = state
        return cpu
    }

    @Test(arguments: 0..<LongTests.count(short: 16)) func flatCodeRunsAsItsBodiesDo(number: Int) throws {
        try ThreeWays.compare(fuel: 5000) { try Self.cpu(number, engine: $0) }
    }

    /// The guests above use most of the handlers, a thousand of them nearly all, and do not end soon.
    @Test func theGuestsReachTheHandlers() throws {
        var reached: Set<UnsafeRawPointer> = []
        var instructions: UInt64 = 0
        // However few guests of other tests are asked for: these are quick.
        for number in 0..<(LongTests.areWanted ? 1000 : 50) {
            let cpu = try Self.cpu(number, engine: .threaded)
            _ = try cpu.run(.resume, until: 8000)
            instructions += cpu.state.instructions
            for number in 0..<cpu.blocks.pointee.liveCount {
                let block = cpu.core.pointee.pool[number]
                for place in 0...block.count { reached.insert(Self.address(block.ops[place].handler)) }
            }
        }
        let all = Set(RegisterHandlers.all.map(Self.address))
        let missed = all.subtracting(reached).count
        #expect(all.count > 850 && instructions > 100_000)
        #expect(missed < (LongTests.areWanted ? 30 : 200))
    }

    private static func address(_ handler: Handler) -> UnsafeRawPointer {
        unsafeBitCast(handler, to: UnsafeRawPointer.self)
    }

    /// A loop that makes DS flat or not in each round, in one block: its loads meet the limit of the moment.
    @Test(arguments: [UInt16(0x10), 0x18, 0x20, 0x28]) func aBlockAsksTheSegmentsOfTheMoment(selector: UInt16) throws {
        for engine in CPU.Engine.allCases {
            let cpu = try Self.cpu(0, engine: engine)
            // again: mov ds, cx; mov eax, [21100]; xchg ecx, edx; dec ebx; jne again; hlt
            let code: [UInt8] = [0x8E, 0xD9, 0xA1, 0x00, 0x11, 0x02, 0x00, 0x87, 0xCA, 0x4B, 0x75, 0xF4, 0xF4]
            cpu.memory.load(code, at: 0x1_8000)
            cpu.memory.load([1, 0, 0, 0], at: 0x2_1100)
            cpu.memory.load([2, 0, 0, 0], at: 0x2_1200)
            // hlt, where exceptions lead.
            cpu.memory.load([0xF4], at: Self.handler)
            cpu.state.eip = 0x1_8000
            cpu.state.gpr.ecx = 0x10
            cpu.state.gpr.edx = UInt32(selector)
            cpu.state.gpr.ebx = 100
            #expect(try cpu.run(.resume, until: 1000) == .halted)
            // Beyond the limit of selector 18 the second round faults.
            let isFault = selector == 0x18
            #expect(cpu.state.eip == (isFault ? Self.handler + 1 : 0x1_800D) && cpu.state.gpr.ebx == (isFault ? 99 : 0))
            #expect(cpu.state.gpr.eax == (selector == 0x20 ? 2 : 1))
        }
    }
}

extension UInt32 {
    fileprivate var bytes: [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: self >> (8 * $0)) } }
}
