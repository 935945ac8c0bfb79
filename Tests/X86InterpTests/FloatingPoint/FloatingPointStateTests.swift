import TestSupport
import Testing

@testable import X86Interp

/// The registers of x87, MMX and SSE by their names, in hashes and in snapshots.
@Suite struct FloatingPointStateTests {
    private static let rows = RegisterReference.floatingPoint

    @Test func namesAreUniqueAndFound() {
        let names = RegisterReference.all.map(\.name) + WideRegister.all.map(\.name)
        #expect(Set(names).count == names.count)
        for (name, register) in Self.rows { #expect(RegisterReference.named(name) == register) }
        for (name, register) in WideRegister.all { #expect(WideRegister.named(name) == register) }
        #expect(RegisterReference.named("st0") == nil && WideRegister.named("st8") == nil)
    }

    @Test(arguments: rows.map(\.name)) func whatIsSetReadsBack(name: String) throws {
        let register = try #require(RegisterReference.named(name))
        var state = CPUState()
        // TOP and the masks of FCW stand, so that FSW is as it is set; tags say which registers are empty.
        let value: UInt64 = name == "fsw" ? 0x3945 : name == "fcw" ? 0xF7F : name == "ftw" ? 0x7FFF : 0x65
        state.setValue(value, of: register)
        #expect(state.value(of: register) == value, "\(name)")
        let before = state
        state.setValue(.max, of: register)
        state.setValue(value, of: register)
        #expect(state.value(of: register) == value && (name == "ftw" || state.x87.top == before.x87.top))
    }

    /// Parts are parts: of the register that the name says, at the place that it says, and of no other.
    @Test func partsAreWhereTheyBelong() {
        var state = CPUState()
        state.x87.top = 5
        state.setValue((0x8877_6655_4433_2211, 0xAA99), of: .stack(1))
        #expect(state.x87.registers.r6 == Extended(signExponent: 0xAA99, significand: 0x8877_6655_4433_2211))
        #expect(state.x87.inUse == 0x40)
        #expect(state.value(of: .mmx(6)) == 0x8877_6655_4433_2211 && state.value(of: .mmxDword(6, 1)) == 0x8877_6655)
        state.setValue(0x1234_5678, of: .mmxDword(6, 1))
        #expect(state.x87.registers.r6 == Extended(signExponent: 0xFFFF, significand: 0x1234_5678_4433_2211))
        state.setValue((0x4444_4444_3333_3333, 0x2222_2222_1111_1111), of: .xmm(3))
        #expect(state.sse.xmm3 == SIMD2(0x4444_4444_3333_3333, 0x2222_2222_1111_1111))
        state.setValue(0x9999_9999, of: .xmmDword(3, 2))
        #expect(
            (0..<4).map { state.value(of: .xmmDword(3, $0)) } == [0x3333_3333, 0x4444_4444, 0x9999_9999, 0x2222_2222])
        #expect(state.value(of: .xmm(3)).high == 0x2222_2222_9999_9999)
        #expect(state.sse.xmm2 == SIMD2() && state.sse.xmm4 == SIMD2())
        state.setValue(.max, of: .mxcsr)
        #expect(state.sse.mxcsr == 0xFFFF)
    }

    /// Numbers that no register has are taken modulo 8, as in instructions.
    @Test func anyNumberIsSomeRegister() {
        var state = CPUState()
        for number in [0, 7, 8, 200, 255] as [UInt8] {
            for lane in [0, 1, 2, 3, 4, 255] as [UInt8] {
                let references: [RegisterReference] = [
                    .stackExponent(number), .stackSignificand(number), .mmx(number), .mmxDword(number, lane),
                    .xmmDword(number, lane), .xmmQword(number, lane),
                ]
                for register in references {
                    state.setValue(.max, of: register)
                    _ = state.value(of: register)
                }
                state.setValue((.max, .max), of: .stack(number))
                state.setValue((.max, .max), of: .xmm(lane))
            }
        }
        #expect(state.sse[7] == SIMD2(.max, .max))
    }

    @Test func theFullTagWordFollowsFromTheRegisters() {
        var x87 = X87State()
        #expect(X87View(x87).tagWord == 0xFFFF)
        x87.top = 6
        x87.inUse = 0b1100_0111
        x87.registers.r0 = Extended(signExponent: 0x3FFF, significand: 1 << 63)
        x87.registers.r2 = Extended(signExponent: 0, significand: 1)
        x87.registers.r7 = Extended(signExponent: 0x7FFF, significand: 0)
        // r0 valid, r1 zero, r2 special, r3 to r5 empty, r6 zero, r7 special.
        #expect(X87View(x87).tagWord == 0b10_01_11_11_11_10_01_00)
        #expect(X87View.inUse(X87View(x87).tagWord) == x87.inUse)
        #expect(X87View(x87).registers.map(\.physical) == [6, 7, 0, 1, 2, 3, 4, 5])
        #expect(
            X87View(x87).registers.map(\.tag.text).joined(separator: " ")
                == "zero special valid zero special empty empty empty")
    }

    /// DAZ is there from SSE2 on; bits above FTZ are in no model.
    @Test(arguments: [("pentium3", 0xFFBF), ("pentium4", 0xFFFF)] as [(String, UInt32)])
    func whatIsSetOfMXCSRIsWhatTheModelHas(name: String, bits: UInt32) throws {
        let machine = try Machine(model: #require(CPUModel.named(name)), ramSize: 4096)
        machine.state.sse.mxcsr = .max
        #expect(machine.state.sse.mxcsr == bits)
    }

    // MARK: Machines

    private static func machine() throws -> Machine {
        let machine = try Machine(ramSize: 4096)
        machine.state.x87.load(status: 0x2800)
        machine.state.setValue((0xC90F_DAA2_2168_C235, 0x4000), of: .stack(2))
        machine.state.setValue((1, 2), of: .xmm(5))
        return machine
    }

    @Test(arguments: rows.map(\.name)) func aChangeChangesTheHash(name: String) throws {
        let register = try #require(RegisterReference.named(name))
        let machine = try Self.machine()
        let before = machine.hash()
        let old = machine.state.value(of: register)
        machine.state.setValue(name == "ftw" ? 0xFFFF : old ^ 1, of: register)
        #expect(machine.state.value(of: register) != old && machine.hash() != before)
    }

    @Test func aSnapshotFileHasThem() throws {
        let machine = try Self.machine()
        let bytes = try machine.snapshot().encoded()
        let other = try Machine(ramSize: 4096)
        try other.restore(try Snapshot(decoding: bytes, for: other))
        #expect(other.state.x87 == machine.state.x87 && other.state.sse == machine.state.sse)
        #expect(other.state.x87[2].signExponent == 0x4000 && other.state.sse.xmm5 == SIMD2(1, 2))
        #expect(other.hash() == machine.hash())
        machine.state.sse.xmm5 = SIMD2(1, 3)
        #expect(try machine.snapshot().encoded() != bytes)
    }

    /// The first version had neither x87 nor SSE.
    @Test func aFileOfTheFirstVersionIsRefused() throws {
        let machine = try Self.machine()
        var bytes = try machine.snapshot().encoded()
        #expect(bytes[8] == 2)
        bytes[8] = 1
        #expect(throws: SnapshotError.version(1)) { try Snapshot(decoding: bytes, for: machine) }
        #expect(SnapshotError.version(1).description.contains("format version 1, but this is version 2"))
    }

    /// The same processor with another x87 beside it is another machine.
    @Test func anotherCoprocessorIsAnotherMachine() throws {
        let model = try #require(CPUModel.named("80386"))
        let plain = try Machine(model: model, ramSize: 4096)
        let equipped = try Machine(model: model.with(.i80387), ramSize: 4096)
        let error = RestoreError.processor(snapshot: "80386 with an 80387", machine: "80386")
        #expect(throws: SnapshotError.misfit(error)) {
            try Snapshot(decoding: try equipped.snapshot().encoded(), for: plain)
        }
        #expect(throws: error) { try plain.restore(equipped.snapshot()) }
    }

    /// Bits that no processor has do not come in by a state.
    @Test func undefinedBitsAreCleared() throws {
        let machine = try Self.machine()
        machine.state.x87.top = 0xFF
        machine.state.x87.status = 0xFFFF
        machine.state.x87.control = 0xFFFF
        machine.state.x87.opcode = 0xFFFF
        machine.state.sse.mxcsr = .max
        let x87 = machine.state.x87
        #expect(x87.top == 7 && x87.status == 0xC7FF && x87.control == 0x1FFF && x87.opcode == 0x7FF)
        #expect(machine.state.sse.mxcsr == 0xFFFF)
        #expect(X87View(x87).registers.count == 8)
    }
}
