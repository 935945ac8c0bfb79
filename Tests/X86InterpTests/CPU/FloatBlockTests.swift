import TestSupport
import Testing

@testable import X86Interp

/// The handlers of SSE and the x87: guests that use all of them, on numbers that are mostly usual and in modes that mostly
/// are, come to the same as without handlers, and as step by step.
@Suite(.timeLimit(.minutes(30))) struct FloatBlockTests {
    private static let first = 0x1_1000
    private static let routines = 32
    private static let routineSize = 256
    private static let idt: UInt32 = 0x1_0200
    private static let handler: UInt32 = 0x1_0400
    private static let data: UInt32 = 0x2_0000
    private static let rows: [Encoding] = Encoding.all.filter { $0.operation.isX87 || $0.operation.isVector }
    /// What replaces all of the state, or ends its use, is rare.
    private static let rare: Set<Operation> = [
        .fldenv, .frstor, .fxrstor, .fnsave, .fnstenv, .fxsave, .fincstp, .fdecstp, .ffree, .ffreep, .emms, .ldmxcsr,
        .fldcw,
    ]

    /// An instruction of a row on registers, or on the data that EBX, ESI and EDI point to.
    private static func instruction(_ row: Encoding, _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = row.prefix.bytes
        if row.opcode >= 0x0F00 { bytes.append(0x0F) }
        bytes.append(UInt8(truncatingIfNeeded: row.opcode))
        guard row.hasModRM else { return bytes }
        let any = UInt8(truncatingIfNeeded: random.next())
        let reg = row.ext ?? any & 7
        let isRegister = row.mod == .register || row.mod == .any && !row.isMemoryOnly && any & 0x40 == 0
        if isRegister {
            bytes.append(0xC0 | reg << 3 | (row.rm ?? any >> 3 & 7))
        } else {
            // [ebx+d8], [esi+d8], [edi+d8]: aligned but for one in eight; one in eight with EBP, which is mostly 0, as an
            // index, and one in eight in FS, which is flat as well but not taken for it.
            let base: UInt8 = [3, 6, 7][Int(any >> 4) % 3]
            let more = random.next()
            let place = UInt8(truncatingIfNeeded: more) & 0x70
            if more >> 8 & 7 == 0 { bytes.insert(0x64, at: 0) }
            bytes += more >> 16 & 7 == 0 ? [0x44 | reg << 3, 0x28 | base] : [0x40 | reg << 3 | base]
            bytes.append(any & 0x88 == 0x88 ? place | any & 0x0F : place)
        }
        if row.operands.2 == .ib || row.operands.1 == .ib {
            bytes.append(UInt8(truncatingIfNeeded: random.next()) & 0x1F)
        }
        return bytes
    }

    /// FNINIT and three numbers on the stack, instructions, and a jump to another routine.
    private static func routine(at start: Int, _ random: inout SeededGenerator) -> [UInt8] {
        var code: [UInt8] = []
        // fninit; fld qword [ebx+10]; fld dword [esi+4]; fld qword [edi+8]
        if random.next() & 3 != 0 { code += [0xDB, 0xE3, 0xDD, 0x43, 0x10, 0xD9, 0x46, 0x04, 0xDD, 0x47, 0x08] }
        while code.count < routineSize - 24 {
            let row = rows[Int.random(in: rows.indices, using: &random)]
            if rare.contains(row.operation), random.next() & 31 != 0 { continue }
            // fxam: C1 is often set before what clears it.
            if row.operation.isX87, random.next() & 7 == 0 { code += [0xD9, 0xE5] }
            code += instruction(row, &random)
            // movapd xmm, [ebx+d8]: what has become a NaN is a number again.
            if random.next() & 7 == 0 {
                let any = UInt8(truncatingIfNeeded: random.next())
                code += [0x66, 0x0F, 0x28, 0x43 | any & 0x38, any & 0x70 & 0x30]
            }
        }
        let target = first + routineSize * Int.random(in: 0..<routines, using: &random)
        return code + [0xE9] + RandomGuest.little(UInt32(truncatingIfNeeded: target - start - code.count - 5), 4)
    }

    /// Numbers of double and single precision, seldom special ones.
    private static func numbers(_ random: inout SeededGenerator) -> [UInt8] {
        (0..<64).flatMap { place -> [UInt8] in
            let any = random.next()
            if any & 31 == 0 {
                return RandomGuest.little(UInt32(truncatingIfNeeded: any >> 32), 4) + [0, 0, 0xF0, 0x7F]
            }
            guard place & 2 == 0 else {
                let single = { (bits: UInt64) in
                    UInt32(truncatingIfNeeded: bits) & 0x807F_FFFF | (120 + UInt32(bits >> 59)) << 23
                }
                return RandomGuest.little(single(any), 4) + RandomGuest.little(single(any &* 0x9E37_79B9_7F4A_7C15), 4)
            }
            let bits = any & 0x800F_FFFF_FFFF_FFFF | (1015 + (any >> 52 & 15)) << 52
            return RandomGuest.little(UInt32(truncatingIfNeeded: bits), 4)
                + RandomGuest.little(UInt32(truncatingIfNeeded: bits >> 32), 4)
        }
    }

    /// The guest with a number.
    static func cpu(_ number: Int, engine: CPU.Engine) throws -> CPU {
        var random = SeededGenerator(seed: UInt64(number) &* 191 &+ 5)
        let memory = try PhysicalMemory(ramSize: 0x4_0000)
        let cpu = CPU(
            model: .newest, memory: memory, ports: PortMap(), bus: ControlBus(), clock: VirtualClock(), engine: engine)
        for number in 0..<routines {
            let start = first + number * routineSize
            memory.load(routine(at: start, &random), at: UInt32(start))
        }
        memory.load(numbers(&random), at: data)
        // fnclex; ldmxcsr [20400]; add esp, 0C; jmp to a routine
        memory.load([0xA0, 0x1F, 0, 0], at: data + 0x400)
        let code: [UInt8] = [0xDB, 0xE2, 0x0F, 0xAE, 0x15, 0, 4, 2, 0, 0xBC, 0, 0, 3, 0, 0xE9]
        let target = first + routineSize * Int.random(in: 0..<routines, using: &random)
        let distance = UInt32(truncatingIfNeeded: target - Int(handler) - code.count - 4)
        memory.load(code + RandomGuest.little(distance, 4), at: handler)
        for vector in UInt32(0)..<32 { memory.load([0x00, 0x04, 0x08, 0, 0, 0x8E, 1, 0], at: idt + 8 * vector) }
        memory.load([UInt8](repeating: 0, count: 8) + [0xFF, 0xFF, 0, 0, 0, 0x9B, 0xCF, 0], at: 0x1_0100)
        var state = cpu.state
        state.enterFlatMode()
        state.gdtr = TableRegister(base: 0x1_0100, limit: 0xF)
        state.idtr = TableRegister(base: idt, limit: 0xFF)
        state.eip = UInt32(first)
        state.gpr.ebx = data
        state.gpr.esi = data + 0x80
        state.gpr.edi = data + 0x100
        state.gpr.esp = 0x3_0000
        state.cr0 |= ControlBits.numericError
        state.cr4 = ControlBits.osfxsr | (number & 3 == 0 ? 0 : ControlBits.osxmmexcpt)
        // Usual modes, most of them with inexact flagged; sometimes all others, exceptions unmasked too.
        state.sse.mxcsr = number & 7 == 7 ? UInt32(truncatingIfNeeded: random.next()) & 0xFFFF : 0x1FA0
        state.x87.control = number & 7 == 6 ? UInt16(truncatingIfNeeded: random.next()) & 0xF3F | 0x40 : 0x37F
        cpu.state = state
        return cpu
    }

    @Test(arguments: 0..<LongTests.count(short: 16)) func floatingPointRunsAsItsBodiesDo(number: Int) throws {
        try ThreeWays.compare(fuel: 4000) { try Self.cpu(number, engine: $0) }
    }

    /// The guests above use most of the handlers.
    @Test func theGuestsReachTheHandlers() throws {
        var reached: Set<UnsafeRawPointer> = []
        for number in 0..<LongTests.count(short: 40) {
            let cpu = try Self.cpu(number, engine: .threaded)
            _ = try cpu.run(.resume, until: 6000)
            for number in 0..<cpu.blocks.pointee.liveCount {
                let block = cpu.core.pointee.pool[number]
                for place in 0...block.count { reached.insert(Self.address(block.ops[place].handler)) }
            }
        }
        let all = Set(Handlers.floats.map(Self.address))
        let missed = all.subtracting(reached).count
        #expect(all.count > 150 && missed < 20, "\(missed) of \(all.count)")
    }

    private static func address(_ handler: Handler) -> UnsafeRawPointer {
        unsafeBitCast(handler, to: UnsafeRawPointer.self)
    }
}
