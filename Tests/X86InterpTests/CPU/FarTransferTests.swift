import TestSupport
import Testing

@testable import X86Interp

/// Far CALL and RET of real mode by handlers, between aliases of the same code, at any stack pointer: the same as without
/// fast forms, and as step by step.
@Suite struct FarTransferTests {
    private static let memorySize = 0x4_0000
    private static let first = 0x1800
    private static let routines = 64

    /// Routines of 16 bytes each across a page's end, which call each other and return.
    private static func code(_ random: inout SeededGenerator) -> [UInt8] {
        var code: [UInt8] = []
        for _ in 0..<Self.routines {
            var routine: [UInt8] = [0x40]
            switch Int.random(in: 0..<12, using: &random) {
            case 0:
                routine += [0xBC] + Self.word([0, 1, 2, 3, 4, 5, 0xFFFE, 0xFFFF, 0x1000].randomElement(using: &random))
            case 1: routine += [0x16, 0x1F]
            case 2: routine += [0xE6, 0x80]
            case 3: routine += [0x66, 0x9D, 0x66, 0x9C]
            default: routine += [0x43, 0x01, 0xD8]
            }
            switch Int.random(in: 0..<8, using: &random) {
            case 0: routine += [0xCB]
            case 1: routine += [0xCA, 0x02, 0x00]
            case 2: routine += [0x66, 0xCB]
            case 3: routine += [0xE8] + Self.word(UInt16.random(in: 0..<0x200, using: &random))
            default:
                let target = Self.first + 16 * Int.random(in: 0..<Self.routines, using: &random)
                let offset = target & 15 + 16 * Int.random(in: 0..<target / 16, using: &random)
                routine += [Bool.random(using: &random) ? 0x9A : 0xEA]
                routine += Self.word(UInt16(offset)) + Self.word(UInt16((target - offset) >> 4))
                if Bool.random(using: &random) { routine += [0xCB] }
            }
            code += routine + [UInt8](repeating: 0x90, count: 16 - min(routine.count, 16))
        }
        return code
    }

    private static func word(_ value: UInt16?) -> [UInt8] {
        let value = value ?? 0
        return [UInt8(truncatingIfNeeded: value), UInt8(value >> 8)]
    }

    /// The guest with a number.
    static func cpu(_ number: Int, engine: CPU.Engine) throws -> CPU {
        var random = SeededGenerator(seed: UInt64(number) &* 77 &+ 5)
        let memory = try PhysicalMemory(ramSize: Self.memorySize)
        let cpu = CPU(
            model: CPUModel.all[number % CPUModel.all.count], memory: memory, ports: PortMap(), bus: ControlBus(),
            clock: VirtualClock(), engine: engine)
        memory.load(code(&random), at: UInt32(Self.first))
        // Exceptions lead back into the routines.
        for vector in UInt32(0)..<32 { memory.load(Self.word(UInt16(Self.first)) + [0, 0], at: 4 * vector) }
        var state = cpu.state
        state.segments = SegmentRegisters()
        state.segments.ss.selector = 0x2000
        state.segments.ss.base = 0x2_0000
        state.segments.cs.limit = [0xFFFF, 0xFFFF, 0xFFFF, 0x2000, 0xFFFF_FFFF][number % 5]
        state.eip = UInt32(Self.first)
        state.gpr.esp = 0x800
        cpu.state = state
        return cpu
    }

    @Test(arguments: 0..<LongTests.count(short: 15)) func callsAndReturnsAreThoseOfTheBodies(number: Int) throws {
        try ThreeWays.compare(fuel: 3000) { try Self.cpu(number, engine: $0) }
    }

    /// A loop of calls to another segment comes back to its own each time.
    @Test func aLoopOfCallsComesBack() throws {
        let cpu = try Self.cpu(0, engine: .threaded)
        // call 0100:0810; dec cx; jne 1800; hlt; and, at 1810, retf.
        cpu.memory.load([0x9A, 0x10, 0x08, 0x00, 0x01, 0x49, 0x75, 0xF8, 0xF4], at: 0x1800)
        cpu.memory.load([0xCB], at: 0x1810)
        cpu.state.segments.cs.limit = 0xFFFF
        cpu.state.gpr.ecx = 20_000
        #expect(try cpu.run(.resume, until: 100_000) == .halted)
        #expect(cpu.state.instructions >= 80_000 && cpu.state.gpr.ecx == 0)
        #expect(cpu.state.segments.cs.selector == 0 && cpu.state.gpr.esp == 0x800)
    }
}
