import Testing

@testable import X86Interp

/// What the counting engine counts.
@Suite struct OpCountTests {
    @Test func opsAreCountedByFormAndHandler() throws {
        let cpu = try FlatBlockTests.cpu(0, engine: .counting)
        // again: mov eax, [21100]; add [21100], eax; cpuid; dec esi; jne again; hlt
        cpu.memory.load(
            [
                0x8B, 0x05, 0x00, 0x11, 0x02, 0x00, 0x01, 0x05, 0x00, 0x11, 0x02, 0x00, 0x0F, 0xA2, 0x4E, 0x75, 0xEF,
                0xF4,
            ], at: 0x1_8000)
        cpu.state.eip = 0x1_8000
        cpu.state.gpr.esi = 1000
        #expect(try cpu.run(.resume, until: 100_000) == .halted)
        let counts = cpu.opCounts
        #expect(
            Set(counts.map { "\($0.form) \($0.handler) \($0.count)" }) == [
                "mov r32, m32 special 1000", "add m32, r32 special 1000", "cpuid none 1000", "dec r32 special 1000",
                "jcc imm special 1000", "hlt none 1",
            ])
        #expect(counts.last?.form == "hlt")
        #expect(counts.reduce(0) { $0 + $1.count } == cpu.state.instructions)
    }

    /// What is not repeated and does not fault counts as guest time does, also where code patches itself.
    @Test(arguments: 0..<8) func everyOpIsCounted(number: Int) throws {
        let cpu = try FarTransferTests.cpu(number, engine: .counting)
        _ = try cpu.run(.resume, until: 3000)
        let total = cpu.opCounts.reduce(0) { $0 + $1.count }
        // Deliveries of exceptions take time as well, and what raises one has begun.
        #expect(total > 0 && total <= cpu.state.instructions)
        #expect(try FarTransferTests.cpu(number, engine: .threaded).opCounts == [])
    }

    @Test func everyFormHasAPlaceOfItsOwn() {
        for index in stride(from: 0, to: OpForm.indices, by: 17) { #expect(OpForm(index: index).index == index) }
    }
}
