import Devices
import Testing
import X86Interp

@testable import x86sim

@Suite("Runs and their exit status")
struct RunTests {
    /// A guest as 16-bit code, options, the status, and a part of the summary.
    private static let runs: [([UInt8], String, Int32, String)] = [
        // cli; hlt
        ([0xFA, 0xF4], "", 0, "halted for good (HLT with IF=0) at 0000:7C02, 2 instructions, status 0"),
        // sti; hlt with nothing that would interrupt
        ([0xFB, 0xF4], "--machine bare", 13, "halted with IF=1"),
        ([0xFB, 0xF4], "--machine bare --halt-ok", 0, "halted with IF=1"),
        // mov al, 5; out f4, al
        ([0xB0, 0x05, 0xE6, 0xF4], "", 69, "the guest ended with code 5"),
        ([0xB0, 0x05, 0xE6, 0xF4], "--exit-map qemu", 125, "the guest ended with code 5"),
        ([0xB0, 0x10, 0xE6, 0xF4], "--exit-map qemu", 33, "the guest ended with code 16"),
        ([0xB0, 0x42, 0xE6, 0xF4], "", 125, "the guest ended with code 66"),
        ([0xB0, 0xFF, 0xE6, 0xF4], "", 125, "the guest ended with code 255"),
        ([0xB0, 0x00, 0xE6, 0xF4], "--tier all=user", 0, "the guest ended with code 0"),
        ([0xB0, 0x05, 0xE6, 0xF5], "--debug-exit f5", 69, "the guest ended with code 5"),
        // jmp $
        ([0xEB, 0xFE], "--fuel 1000", 12, "the fuel is used up at 0000:7C00, 1000 instructions"),
        ([0xEB, 0xFE], "--timeout 0.05", 13, "the time is used up"),
        // mov al, 'a'; again: out e9, al; jmp again
        ([0xB0, 0x61, 0xE6, 0xE9, 0xEB, 0xFC], "--max-output 3", 12, "--max-output"),
        // ud2 with and without its delivery
        ([0x0F, 0x0B], "--fault stop", 11, "stopped at #UD, before its delivery at 0000:7C00"),
        // lidt of an empty table, then ud2
        ([0x0F, 0x01, 0x1E, 0x0A, 0x7C, 0x0F, 0x0B, 0, 0, 0, 0, 0, 0, 0, 0, 0], "", 10, "triple fault: #UD, then"),
        // in al, 99; out 99, ax
        ([0xE4, 0x99], "--unmapped stop", 14, "stopped at unmapped port 99 (in, 8 bits)"),
        ([0xB8, 0x34, 0x12, 0xE7, 0x98], "--unmapped stop", 14, "port 98 (out, 16 bits = 1234)"),
        ([0xE4, 0x99, 0xE4, 0x99, 0xFA, 0xF4], "--unmapped log", 0, "unmapped port 99 (in) at 0000:7C00"),
        // mov ax, F000; mov ds, ax; mov al, [0]; mov al, [1]; mov [0], al, with 512 KiB
        (Self.emptyMemory, "-m 512K --machine none --unmapped-memory stop", 14, "physical address 000F0000 (read)"),
        (Self.emptyMemory, "-m 512K --machine none --unmapped-memory log", 0, "memory 000F0000 (read) at 0000:7C05"),
        (Self.emptyMemory, "-m 512K --machine none --unmapped-memory log", 0, "memory 000F0000 (write) at 0000:7C0B"),
        // in al, 99; out f4, al
        ([0xE4, 0x99, 0xE6, 0xF4], "--port 99=seq:2a", 64 + 42, "code 42"),
        // mov ax, es; out f4, ax
        ([0x8C, 0xC0, 0xE7, 0xF4], "--regs es=7", 71, "code 7"),
        // pushf; pop ax; out f4, ax
        ([0x9C, 0x58, 0xE7, 0xF4], "--regs flags=1", 67, "code 3"),
    ]

    private static let emptyMemory: [UInt8] = [
        0xB8, 0x00, 0xF0, 0x8E, 0xD8, 0xA0, 0, 0, 0xA0, 1, 0, 0xA2, 0, 0, 0xFA, 0xF4,
    ]

    @Test(arguments: runs)
    func aRunEndsWithItsStatus(code: [UInt8], options: String, status: Int32, part: String) throws {
        let file = try TemporaryFile(code)
        let host = TestHost()
        #expect(host.run(["run", file.path] + options.split(separator: " ").map(String.init)) == status)
        #expect(host.errors.text.contains(part), "\(host.errors.text)")
        let quiet = TestHost()
        #expect(quiet.run(["run", file.path, "--quiet"] + options.split(separator: " ").map(String.init)) == status)
        if !options.contains("log") { #expect(quiet.errors.text.isEmpty) }
    }

    @Test(arguments: ExitMap.allCases)
    func noStatusOfAGuestIsOneOfOurs(map: ExitMap) {
        let codes = Array(0...300) + [0x8000_0005, .max] as [UInt32]
        let statuses = codes.filter { map == .qemu || $0 != 0 }.map { Int32(map.status(for: $0)) }
        #expect(!statuses.contains { ExitStatus.all.contains($0) || $0 > 125 })
    }

    @Test func theCodeItselfIsInTheResult() throws {
        // mov al, 42; out f4, al
        let file = try TemporaryFile([0xB0, 0x42, 0xE6, 0xF4])
        let host = TestHost()
        #expect(host.run(["run", file.path, "--json"]) == 125)
        #expect(host.output.text.contains(#""status":125,"code":66"#))
        #expect(host.errors.text.contains("code 66") && host.errors.text.contains("status 125"))
    }

    /// Says "Hi" by E9, then `cli; hlt`.
    private static let hello: [UInt8] = [0xB0, 0x48, 0xE6, 0xE9, 0xB0, 0x69, 0xE6, 0xE9, 0xFA, 0xF4]

    @Test(arguments: ["kernel", "user"])
    func theGuestsTextGoesToStandardOutput(tier: String) throws {
        let file = try TemporaryFile(Self.hello)
        let host = TestHost()
        #expect(host.run(["run", file.path, "--tier", "all=\(tier)"]) == 0)
        #expect(host.output.text == "Hi")
        let place = "at 0000:7C0A, 6 instructions, status 0 (bare code at 0000:7C00)"
        #expect(host.errors.text == "x86sim: halted for good (HLT with IF=0) \(place)\n")
    }

    @Test func textWrittenToBothConsolePortsIsShownOnce() throws {
        // mov al, 'H'; out e9, al; mov dx, 402; out dx, al; cli; hlt
        let file = try TemporaryFile([0xB0, 0x48, 0xE6, 0xE9, 0xBA, 0x02, 0x04, 0xEE, 0xFA, 0xF4])
        let host = TestHost()
        #expect(host.run(["run", file.path]) == 0)
        #expect(host.output.text == "H")
    }

    @Test func theResultAsJSON() throws {
        let file = try TemporaryFile(Self.hello)
        let host = TestHost()
        #expect(host.run(["run", file.path, "--json", "--quiet", "--regs", "ecx=0d77"]) == 0)
        let text = host.output.text
        #expect(text.hasPrefix(#"{"stop":"halted","reason":"halted for good (HLT with IF=0)","status":0,"code":null"#))
        #expect(text.contains(#""instructions":6,"registers":{"eax":105,"ecx":77,"#))
        #expect(text.hasSuffix(#""output":"Hi","serial":"","screen":[]}"# + "\n"))
    }

    @Test(arguments: ["jsonl", "csv"])
    func theLogHasEachTransaction(suffix: String) throws {
        let file = try TemporaryFile(Self.hello)
        let log = file.sibling("." + suffix)
        #expect(TestHost().run(["run", file.path, "--io-log", log, "--tier", "debugcon=user"]) == 0)
        let lines = String(decoding: try HostFile.read(log), as: UTF8.self).split(separator: "\n")
        #expect(lines.count == (suffix == "csv" ? 3 : 2))
        let last = try #require(lines.last)
        #expect(last.contains("debugcon") && last.contains("user") && last.contains(suffix == "csv" ? ",69," : ":105,"))
    }

    @Test func aGuestThatOnlyWaitsForSerialInputHasHalted() throws {
        // mov al, 9; mov dx, 3f9; out dx, al; mov dx, 3fc; out dx, al; again: sti; hlt; jmp again
        let code: [UInt8] = [0xB0, 0x09, 0xBA, 0xF9, 0x03, 0xEE, 0xBA, 0xFC, 0x03, 0xEE, 0xFB, 0xF4, 0xEB, 0xFC]
        let file = try TemporaryFile(code)
        let host = TestHost()
        #expect(host.run(["run", file.path, "--timeout", "3"]) == 13)
        #expect(host.errors.text.contains("halted with IF=1, but nothing will interrupt"))
        #expect(TestHost().run(["run", file.path, "--timeout", "3", "--halt-ok"]) == 0)
    }

    @Test func anInterruptWithoutAHandlerIsNamedOnce() throws {
        // int 10; at 0000:0000, where the empty vector points, jmp $
        let file = try TemporaryFile([0xCD, 0x10])
        let loop = try TemporaryFile([0xEB, 0xFE])
        let limits = ["--load", "\(loop.path)@0000:0000", "--fuel", "1000", "--unhandled", "iret"]
        let host = TestHost()
        #expect(host.run(["run", file.path] + limits) == 12)
        let lines = host.errors.text.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.first?.hasPrefix("x86sim: nothing handles interrupt 10 at 0000:7C00 (no BIOS here") == true)
        let quiet = TestHost()
        #expect(quiet.run(["run", file.path, "--quiet"] + limits) == 12)
        #expect(quiet.errors.bytes.isEmpty)
        // a fault: ud2
        let faulting = try TemporaryFile([0x0F, 0x0B])
        let other = TestHost()
        #expect(other.run(["run", faulting.path] + limits) == 12)
        #expect(other.errors.text.contains("interrupt 06 at 0000:7C00"))
    }

    @Test func aRunEndsWhenItsTextCannotBeWritten() throws {
        // mov al, 'a'; again: out e9, al; jmp again
        let file = try TemporaryFile([0xB0, 0x61, 0xE6, 0xE9, 0xEB, 0xFC])
        let errors = MemorySink()
        let host = Host(
            output: try FileSink(path: "/dev/full"), errors: errors, errorsAreTerminal: false, now: { 0 },
            holdInterrupts: {}, interrupted: { false })
        #expect(X86Sim.run(["run", file.path, "--fuel", "20M"], host: host) == 2)
        #expect(errors.text == "x86sim: cannot write '/dev/full': no space left on device\n")
    }

    @Test func controlCStopsTheGuest() throws {
        let file = try TemporaryFile([0xEB, 0xFE])
        let host = TestHost()
        host.wantsToStop = true
        #expect(host.run(["run", file.path]) == 130)
        #expect(host.errors.text.contains("interrupted at 0000:7C00"))
    }

    @Test func aTerminalSeesProgress() throws {
        let file = try TemporaryFile([0xEB, 0xFE])
        let host = TestHost()
        host.isTerminal = true
        host.tick = 300_000_000
        #expect(host.run(["run", file.path, "--timeout", "3"]) == 13)
        #expect(host.errors.text.contains("MIPS, at 0000:7C00\u{1B}[K"))
        let quiet = TestHost()
        quiet.isTerminal = true
        quiet.tick = 300_000_000
        #expect(quiet.run(["run", file.path, "--timeout", "3", "--quiet"]) == 13)
        #expect(quiet.errors.bytes.isEmpty)
    }

    @Test func aRETEndsACOMProgram() throws {
        let file = try TemporaryFile([0xC3], extension: "com")
        let host = TestHost()
        #expect(host.run(["run", file.path]) == 0)
        #expect(host.errors.text.contains("the guest ended with code 0"))
    }

    @Test func aROMStartsAtTheResetVector() throws {
        var image = [UInt8](repeating: 0xFF, count: 65536)
        // F000:0000 says "Hi" and halts; F000:FFF0 jumps there.
        image.replaceSubrange(0..<Self.hello.count, with: Self.hello)
        image.replaceSubrange(0xFFF0..<0xFFF5, with: [0xEA, 0x00, 0x00, 0x00, 0xF0])
        let file = try TemporaryFile(image, extension: "rom")
        for cpu in CPUModel.all {
            let host = TestHost()
            #expect(host.run(["run", file.path, "--cpu", cpu.name]) == 0, "\(cpu.name)")
            #expect(host.output.text == "Hi")
        }
    }

    @Test func filesAloneRunAtTheFirstPlace() throws {
        let file = try TemporaryFile(Self.hello)
        let host = TestHost()
        #expect(host.run(["run", "--load", file.path + "@2000:0100"]) == 0)
        #expect(host.output.text == "Hi")
        let linear = TestHost()
        #expect(linear.run(["run", "--load", file.path + "@20100"]) == 1)
        #expect(linear.errors.text.contains("add --entry"))
        #expect(TestHost().run(["run", "--load", file.path + "@20100", "--entry", "2000:100"]) == 0)
    }

    @Test func aFileReachesTheGuestByFirmwareConfiguration() throws {
        // The first four files are the machine's own: mov dx, 510; mov ax, 24; out dx, ax; inc dx; in al, dx; out f4, al
        let code: [UInt8] = [0xBA, 0x10, 0x05, 0xB8, 0x24, 0x00, 0xEF, 0x42, 0xEC, 0xE6, 0xF4]
        let file = try TemporaryFile(code)
        #expect(TestHost().run(["run", file.path, "--fw-cfg", "opt/x=string:A"]) == 125)
        #expect(TestHost().run(["run", file.path, "--fw-cfg", "opt/x=" + file.path]) == 125)
    }
}
