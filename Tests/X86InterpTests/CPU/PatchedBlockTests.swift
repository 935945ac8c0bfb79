import TestSupport
import Testing

@testable import X86Interp

/// Code that is patched while it is kept as a block, which is brought up to it or replaced: the same as without fast
/// forms, and as step by step.
@Suite struct PatchedBlockTests {
    /// What may stand in a place of three bytes: other operands, another operation, other lengths, jumps, an end.
    private static let contents: [[UInt8]] = [
        [0x05, 0x34, 0x12], [0x05, 0x01, 0x00], [0x2D, 0x07, 0x00], [0x35, 0xFF, 0x00], [0xBB, 0x78, 0x56],
        [0x83, 0xC3, 0x05], [0x6B, 0xDB, 0x03], [0x90, 0x90, 0x90], [0x40, 0x43, 0x42], [0x01, 0xD8, 0x90],
        [0xEB, 0x01, 0x40], [0x74, 0x01, 0x40], [0x40, 0xC3, 0x90], [0xFE, 0xC0, 0xF8], [0xE8, 0xFD, 0xFF],
        [0x89, 0x1E, 0x00], [0xF3, 0xA4, 0x90], [0x0F, 0x0B, 0x90],
    ]
    private static let target: UInt16 = 0x1800
    private static let places = 8

    /// Rounds of patches and calls at 1000h, in the page of what they call, or at 3000h.
    private static func program(_ random: inout SeededGenerator) -> (code: [UInt8], start: UInt16) {
        let start: UInt16 = Bool.random(using: &random) ? 0x1000 : 0x3000
        var code: [UInt8] = []
        for _ in 0..<60 {
            for _ in 0..<Int.random(in: 0...2, using: &random) {
                let place = Self.target + 3 * UInt16(Int.random(in: 0..<Self.places, using: &random))
                let content = Self.contents[Int.random(in: Self.contents.indices, using: &random)]
                // Some patches leave the instruction half old, half new.
                for (offset, byte) in content.enumerated().dropLast(Int.random(in: 0...1, using: &random)) {
                    let address = place + UInt16(offset)
                    code += [0xC6, 0x06, UInt8(truncatingIfNeeded: address), UInt8(address >> 8), byte]
                }
            }
            let distance = Self.target &- (start &+ UInt16(code.count) &+ 3)
            code += [0xE8, UInt8(truncatingIfNeeded: distance), UInt8(distance >> 8)]
            if code.count > 0x700 { break }
        }
        return (code + [0xF4], start)
    }

    /// The guest with a number.
    static func cpu(_ number: Int, engine: CPU.Engine) throws -> CPU {
        var random = SeededGenerator(seed: UInt64(number) &* 31 &+ 7)
        let memory = try PhysicalMemory(ramSize: 0x2_0000)
        let cpu = CPU(
            model: .p6, memory: memory, ports: PortMap(), bus: ControlBus(), clock: VirtualClock(),
            engine: engine)
        let (code, start) = program(&random)
        memory.load(code, at: UInt32(start))
        let body = (0..<Self.places).flatMap { _ in Self.contents[Int.random(in: 0..<12, using: &random)] }
        memory.load(body + [0xC3], at: UInt32(Self.target))
        var state = cpu.state
        state.segments = SegmentRegisters()
        state.eip = UInt32(start)
        state.gpr.esp = 0xF000
        cpu.state = state
        return cpu
    }

    @Test(arguments: 0..<LongTests.count(short: 12)) func patchedCodeRunsAsItLies(number: Int) throws {
        try ThreeWays.compare(fuel: 4000) { try Self.cpu(number, engine: $0) }
    }

    /// A loop that patches an operand in itself and one in its callee is decoded once, however often it goes round.
    @Test func aPatchedOperandDecodesNoBlockAnew() throws {
        let cpu = try Self.cpu(0, engine: .threaded)
        // mov [1801], ax; mov [100D], ax; call 1800; inc ax; nop; nop; mov bx, 0; cmp ax, 1000; jne 1000; hlt
        cpu.memory.load(
            [
                0xA3, 0x01, 0x18, 0xA3, 0x0D, 0x10, 0xE8, 0xF7, 0x07, 0x40, 0x90, 0x90, 0xBB, 0x00, 0x00, 0x3D, 0xE8,
                0x03, 0x75, 0xEC, 0xF4,
            ], at: 0x1000)
        // mov cx, 0; ret
        cpu.memory.load([0xB9, 0x00, 0x00, 0xC3], at: 0x1800)
        cpu.state.eip = 0x1000
        cpu.state.gpr.eax = 0
        #expect(try cpu.run(.resume, until: 100_000) == .halted)
        #expect(cpu.state.gpr.eax == 1000 && cpu.state.gpr.ecx == 999 && cpu.state.gpr.ebx == 999)
        #expect(cpu.blocks.pointee.liveCount < 10)
    }

    /// Two blocks that share a place in the table, and run in turns, are decoded once each.
    @Test func blocksThatShareAPlaceAreNotDecodedAnew() throws {
        let cpu = try Self.cpu(0, engine: .threaded)
        let slots = [UInt32(0x2010), 0x6012].map { address in
            BlockCache.slot(BlockKey(page: UInt64(address)).inMode(isCode32: false, isFlat: false).at(address))
        }
        #expect(slots[0] == slots[1])
        // mov ax, 6012; jmp ax
        cpu.memory.load([0xB8, 0x12, 0x60, 0xFF, 0xE0], at: 0x2010)
        // dec cx; jz +5; mov bx, 2010; jmp bx; hlt
        cpu.memory.load([0x49, 0x74, 0x05, 0xBB, 0x10, 0x20, 0xFF, 0xE3, 0xF4], at: 0x6012)
        cpu.state.eip = 0x2010
        cpu.state.gpr.ecx = 1000
        #expect(try cpu.run(.resume, until: 100_000) == .halted)
        #expect(cpu.state.gpr.ecx == 0 && cpu.blocks.pointee.liveCount < 10)
    }

    /// Instructions that end with an immediate: the bytes before it, and how many bytes it has with 16 bits.
    private static let immediates: [(bytes: [UInt8], size: Int)] =
        (0..<8).flatMap { (operation: UInt8) -> [(bytes: [UInt8], size: Int)] in
            [
                ([0x80, 0xC3 | operation << 3], 1), ([0x81, 0xC3 | operation << 3], 2),
                ([0x83, 0xC3 | operation << 3], 1), ([0x80, 0x06 | operation << 3, 0, 0x20], 1),
                ([0x81, 0x06 | operation << 3, 0, 0x20], 2), ([0x83, 0x06 | operation << 3, 0, 0x20], 1),
                ([0x04 | operation << 3], 1), ([0x05 | operation << 3], 2),
            ]
        } + [
            ([0xB2], 1), ([0xBA], 2), ([0xC6, 0x06, 0, 0x20], 1), ([0xC7, 0x06, 0, 0x20], 2), ([0xA8], 1), ([0xA9], 2),
            ([0xF6, 0xC3], 1), ([0xF7, 0xC3], 2), ([0xF6, 0x06, 0, 0x20], 1), ([0xF7, 0x06, 0, 0x20], 2),
            ([0xC1, 0xE3], 1), ([0x6B, 0xDB], 1), ([0x69, 0xDB], 2), ([0xC0, 0xEB], 1),
        ]

    /// Calls what is at 1800h, patches bytes of it, and calls it again.
    private func patching(_ code: [UInt8], at place: Int, _ bytes: [UInt8], engine: CPU.Engine) throws -> CPU {
        let cpu = try Self.cpu(0, engine: engine)
        // It runs thrice before, so that it is linked and kept.
        var driver = (0..<3).flatMap { [0xE8, UInt8(0xFD &- 3 &* $0), 0xE7] as [UInt8] }
        for (offset, byte) in bytes.enumerated() {
            driver += [0xC6, 0x06, UInt8(truncatingIfNeeded: place + offset), 0x18, byte]
        }
        let distance = UInt16(0x1800) &- (0x3000 &+ UInt16(driver.count) &+ 3)
        driver += [0xE8, UInt8(truncatingIfNeeded: distance), UInt8(distance >> 8), 0xF4]
        cpu.memory.load(driver, at: 0x3000)
        cpu.memory.load(code + [0x9C, 0x59, 0x89, 0xE5, 0xC3], at: 0x1800)
        cpu.state.eip = 0x3000
        cpu.state.gpr.eax = 0x1234_8765
        cpu.state.gpr.ebx = 0x8765_4321
        return cpu
    }

    /// An immediate that is patched is the new one in each form: as the first op of a block and behind another, in all
    /// its bytes or some, alone and with a byte before it.
    @Test func patchedImmediatesAreNew() throws {
        for (bytes, size) in Self.immediates {
            for prefixes: [UInt8] in [[], [0x66]] {
                let count = size == 2 && !prefixes.isEmpty ? 4 : size
                for before: [UInt8] in [[], [0x41]] {
                    let start = before.count + prefixes.count + bytes.count
                    for value: [UInt8] in [[0x00, 0x00], [0x80, 0xFF], [0x7F, 0x80], [0xFF, 0x01, 0x00, 0x80]] {
                        let tail = Array((value + [0, 0]).prefix(count))
                        let code = before + prefixes + bytes + (0..<count).map { UInt8(0x11 &* ($0 + 1)) }
                        for (place, patch) in [
                            (start, tail), (start + count - 1, [tail[count - 1]]),
                            (start - 1, [bytes[bytes.count - 1] ^ 1] + tail),
                        ] {
                            let fast = try patching(code, at: place, patch, engine: .threaded)
                            let slow = try patching(code, at: place, patch, engine: .reference)
                            let ends = try [fast.run(.resume, until: 200), slow.run(.resume, until: 200)]
                            let text = "\(code) \(place) \(patch)"
                            #expect(ends[0] == ends[1] && fast.state == slow.state, "\(text)")
                            #expect(fast.memory.peek(0x2000, count: 4) == slow.memory.peek(0x2000, count: 4), "\(text)")
                        }
                    }
                }
            }
        }
    }
}
