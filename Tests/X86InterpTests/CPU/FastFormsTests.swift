import TestSupport
import Testing

@testable import X86Interp

/// Random guests end in the same state however they are run: by fast forms or the complete switch, in one go,
/// instruction by instruction, or moved to another processor halfway.
@Suite(.timeLimit(.minutes(30))) struct FastFormsTests {
    /// A guest: its code, where it starts, and the seeds of all registers.
    private struct Guest {
        let code: [UInt8]
        let registers: [UInt32]
        let mode: Case.Mode
        let model: CPUModel

        init(seed: UInt64, mode: Case.Mode, model: CPUModel) {
            var random = SeededGenerator(seed: seed)
            code = FastFormsTests.code(&random)
            registers = (0..<7).map { _ in
                let value = UInt32(truncatingIfNeeded: random.next())
                // Small values make addresses and counts that hit something.
                return random.next() & 1 == 0 ? value : value & 0x7FFF
            }
            self.mode = mode
            self.model = model
        }

        func bench(engine: CPU.Engine) throws -> Bench {
            var scene = Scene(mode, model)
            let gpr: [GeneralRegister] = [.eax, .ecx, .edx, .ebx, .ebp, .esi, .edi]
            for (register, value) in zip(gpr, registers) { scene.state.gpr[register] = value }
            // All vectors and gates lead back into the code.
            for vector in UInt32(0)..<256 {
                scene.memory.append((vector * 4, [UInt8(vector & 0xFF), 1, 0, 0x10]))
                let selector: UInt8 = mode == .user ? 0x2B : 0x08
                scene.memory.append((Scene.idt + vector * 8, [UInt8(vector & 0xFF), 1, selector, 0, 0, 0xEF, 0, 0]))
            }
            scene.put(code: code)
            return try Bench(
                scene, model: model, engine: engine, faultPolicy: .deliver)
        }
    }

    /// Instructions that fast forms exist for, with random operands, among other random bytes.
    private static func code(_ random: inout SeededGenerator) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < 512 {
            if random.next() % 3 == 0 { bytes.append([0x66, 0x66, 0x66, 0x67, 0x26, 0x36][Int(random.next() % 6)]) }
            let opcode = UInt8(truncatingIfNeeded: random.next())
            switch random.next() % 8 {
            case 0...2: bytes.append(opcode & 0x3B)
            case 3: bytes.append(0x80 | opcode & 0x0F)
            case 4: bytes.append(0x40 | opcode & 0x3F)
            case 5: bytes.append([0xC1, 0xD0, 0xD3, 0xF6, 0xF7, 0xFE, 0xFF, 0xC7][Int(opcode & 7)])
            case 6: bytes += [0x0F, [0xAF, 0xB6, 0xB7, 0xBE, 0xBF, 0x84, 0x94, 0xA3][Int(opcode & 7)]]
            default: bytes.append([0xA4, 0xAA, 0xAC, 0xA6, 0xAE, 0xE2, 0x75, 0xEB][Int(opcode & 7)])
            }
            bytes.append(UInt8(truncatingIfNeeded: random.next()))
            if random.next() & 1 == 0 { bytes.append(UInt8(truncatingIfNeeded: random.next() & 0x1F)) }
        }
        return bytes
    }

    private func compare(_ guest: Guest, seed: UInt64) throws {
        let ticks: UInt64 = 400
        let fast = try guest.bench(engine: .threaded)
        let slow = try guest.bench(engine: .reference)
        let steps = try guest.bench(engine: .stepping)
        let exit = try fast.run(ticks)
        #expect(try slow.run(ticks) == exit, "seed \(seed)")
        var last = Exit.budget
        while last == .budget, steps.state.instructions < ticks { last = try steps.run(1) }
        let first = try guest.bench(engine: .threaded)
        try first.run(ticks / 2)
        let second = try Bench(Scene(guest.mode, guest.model), model: guest.model, faultPolicy: .deliver)
        second.memory.load(first.bytes, at: 0)
        second.cpu.state = first.state
        try second.run(ticks - min(ticks, first.state.instructions))
        #expect(second.state == fast.state, "seed \(seed), moved")
        #expect(fast.memoryDifferences(second.bytes).isEmpty, "seed \(seed), moved")
        #expect(slow.state == fast.state, "seed \(seed), complete switch")
        #expect(steps.state == fast.state, "seed \(seed), step by step")
        #expect(fast.memoryDifferences(slow.bytes).isEmpty, "seed \(seed), complete switch")
        #expect(fast.memoryDifferences(steps.bytes).isEmpty, "seed \(seed), step by step")
    }

    @Test(arguments: UInt64(0)..<80) func realMode(seed: UInt64) throws {
        try compare(Guest(seed: seed, mode: .real, model: .p6), seed: seed)
    }

    @Test(arguments: UInt64(100)..<180) func protectedMode(seed: UInt64) throws {
        let mode: [Case.Mode] = [.kernel, .user, .kernel16]
        try compare(Guest(seed: seed, mode: mode[Int(seed % 3)], model: .p6), seed: seed)
    }

    @Test(arguments: UInt64(200)..<270) func olderModels(seed: UInt64) throws {
        let models = CPUModel.all
        try compare(Guest(seed: seed, mode: .real, model: models[Int(seed) % models.count]), seed: seed)
    }

    /// The guests do run what they are for: two in three of the fast forms.
    @Test func guestsReachTheFastForms() throws {
        var seen: Set<UInt16> = []
        for seed in UInt64(0)..<120 {
            let guest = Guest(seed: seed, mode: seed % 2 == 0 ? .real : .kernel, model: .p6)
            let bench = try guest.bench(engine: .threaded)
            for _ in 0..<300 {
                seen.insert(try dispatch(bench).rawValue)
                guard try bench.run(1) == .budget else { break }
            }
        }
        let total = Int(Dispatch.nop.rawValue) + 1
        #expect(seen.count * 3 >= total * 2, "\(seen.count) of \(total)")
    }

    /// The case of the hot switch that the next instruction goes to.
    private func dispatch(_ bench: Bench) throws -> Dispatch {
        let cs = bench.state.segments.cs
        let bytes = bench.memory.peek(cs.base &+ bench.state.eip, count: 15)
        let parser = InstructionParser(.p6)
        let code32 = cs.access.contains(.big)
        return bytes.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress,
                let parsed = try? parser.parse(start, count: buffer.count, code32: code32)
            else { return .general }
            return parser.lower(parsed, start: 0).dispatch
        }
    }
}
