import Testing
import X86Interp

@testable import x86sim

@Suite("What a summary says besides the end")
struct RunNotesTests {
    // mov dx, 1f7; again: in al, dx; test al, 80; jnz again
    private static let polls: [UInt8] = [0xBA, 0xF7, 0x05, 0xEC, 0xA8, 0x80, 0x75, 0xFB]

    @Test func aPortThatIsPolledInVainIsNamed() throws {
        let file = try TemporaryFile(Self.polls)
        let host = TestHost()
        #expect(host.run(["run", file.path, "--fuel", "12001"]) == 12)
        let line = "x86sim: polled port 5F7, nobody there, 4,000 times from 0000:7C03"
        #expect(host.errors.text.split(separator: "\n").last.map(String.init) == line)
        let json = TestHost()
        #expect(json.run(["run", file.path, "--fuel", "12001", "--json"]) == 12)
        #expect(json.output.text.contains(#""polled":[{"port":1527,"times":4000,"place":"0000:7C03"}]"#))
        let timeout = TestHost()
        timeout.tick = 400_000_000
        #expect(timeout.run(["run", file.path, "--timeout", "1"]) == 13)
        #expect(timeout.errors.text.contains("polled port 5F7, nobody there, "))
        let interrupted = TestHost()
        interrupted.wantsToStop = true
        #expect(interrupted.run(["run", file.path]) == 130)
        #expect(interrupted.errors.text.contains("polled port 5F7, nobody there, "))
        let quiet = TestHost()
        #expect(quiet.run(["run", file.path, "--fuel", "12000", "--quiet"]) == 12 && quiet.errors.bytes.isEmpty)
    }

    @Test func portsThatAnswerAndRunsThatEndAreNot() throws {
        let file = try TemporaryFile(Self.polls)
        let claimed = TestHost()
        #expect(claimed.run(["run", file.path, "--fuel", "12000", "--port", "5f7=seq:ff"]) == 12)
        #expect(!claimed.errors.text.contains("polled"))
        // mov cx, 100; again: in al, 99; loop again; cli; hlt
        let ended = try TemporaryFile([0xB9, 0x00, 0x01, 0xE4, 0x99, 0xE2, 0xFC, 0xFA, 0xF4])
        let host = TestHost()
        #expect(host.run(["run", ended.path]) == 0)
        #expect(!host.errors.text.contains("polled"))
    }

    @Test func aDeviceThatIsOnOtherMachinesIsSuggested() throws {
        // again: in al, 64; jmp again
        let file = try TemporaryFile([0xE4, 0x64, 0xEB, 0xFC])
        let host = TestHost()
        #expect(host.run(["run", file.path, "--machine", "bare", "--fuel", "1000"]) == 12)
        #expect(
            host.errors.text.contains("polled port 64, nobody there, 500 times from 0000:7C00; --device kbd is there"))
    }

    @Test func anInstructionThatWaitsForFERRIsNotHalted() throws {
        // cli; fninit; mov word [600], 37b; fldcw [600]; fld1; fldz; fdivp; fwait
        let file = try TemporaryFile([
            0xFA, 0xDB, 0xE3, 0xC7, 0x06, 0x00, 0x06, 0x7B, 0x03, 0xD9, 0x2E, 0x00, 0x06, 0xD9, 0xE8, 0xD9, 0xEE, 0xDE,
            0xF9, 0x9B,
        ])
        let host = TestHost()
        #expect(host.run(["run", file.path]) == 13)
        #expect(
            host.errors.text.hasPrefix(
                "x86sim: an x87 instruction waits for the interrupt of an exception before it (FERR#, CR0.NE is clear), "
                    + "and none comes at 0000:7C13"), "\(host.errors.text)")
        let json = TestHost()
        #expect(json.run(["run", file.path, "--json", "--halt-ok"]) == 0)
        #expect(json.output.text.hasPrefix(#"{"stop":"coprocessor","#))
    }

    @Test func anFPUInstructionIsSaidOnceWithItsPlace() throws {
        // nop; again: fninit; fldpi; jmp again
        let file = try TemporaryFile([0x90, 0xDB, 0xE3, 0xD9, 0xEB, 0xEB, 0xFA])
        let host = TestHost()
        #expect(host.run(["run", file.path, "--cpu", "80386", "--fuel", "1000"]) == 12)
        let lines = host.errors.text.split(separator: "\n").filter { $0.contains("FPU") }
        #expect(
            lines == ["x86sim: FPU instruction at 0000:7C01, but there is no FPU: it and those after it do nothing"])
        let json = TestHost()
        #expect(json.run(["run", file.path, "--cpu", "80386", "--fuel", "1000", "--json", "--quiet"]) == 12)
        #expect(json.output.text.contains(#""fpu":"0000:7C01""#))
        // Without any, or where CR0.EM makes a fault of it, there is nothing to say.
        let none = TestHost()
        let plain = try TemporaryFile([0xFA, 0xF4])
        #expect(none.run(["run", plain.path, "--json"]) == 0)
        #expect(none.output.text.contains(#""fpu":null"#) && !none.errors.text.contains("FPU"))
        // mov eax, cr0; or al, 4; mov cr0, eax; fninit
        let emulated = try TemporaryFile([0x0F, 0x20, 0xC0, 0x0C, 0x04, 0x0F, 0x22, 0xC0, 0xDB, 0xE3])
        let trap = TestHost()
        #expect(trap.run(["run", emulated.path, "--cpu", "80386", "--fault", "stop"]) == 11)
        #expect(!trap.errors.text.contains("FPU instruction"))
    }
}

@Suite("Reads of ports that nobody claims")
struct FloatingReadTests {
    /// A guest that looks at all ports costs no memory, and what it polls is still found.
    @Test func theBusiestPlacesAreKept() throws {
        let machine = try Machine(model: .p6, ramSize: 1 << 20)
        // next: in al, dx; inc dx; jnz next; mov dx, 1f7; again: in al, dx; jmp again
        machine.memory.load([0xEC, 0x42, 0x75, 0xFC, 0xBA, 0xF7, 0x01, 0xEC, 0xEB, 0xFD], at: 0x7C00)
        machine.state.segments = SegmentRegisters()
        machine.state.eip = 0x7C00
        machine.state.gpr.edx = 0
        _ = try machine.run(.resume, until: 3 * 65536 + 20001)
        let reads = machine.cpu.floatingReads
        #expect(reads.first == FloatingRead(port: 0x1F7, place: InstructionPlace(cs: 0, eip: 0x7C07), times: 10000))
        #expect(reads.count <= 1024)
    }
}
