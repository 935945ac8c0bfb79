import Foundation
import TestSupport
import Testing

@testable import x86sim

@Suite(
    "Debian's gdb", .enabled(if: GDBTool.path != nil, "these tests want gdb"), .serialized, .timeLimit(.minutes(30)))
struct GDBScriptTests {
    private static func fixture(_ name: String) throws -> (path: String, bytes: [UInt8]) {
        let url = SourceTree.root.appendingPathComponent("fixtures/\(name)")
        return (url.path, [UInt8](try Data(contentsOf: url)))
    }

    /// The linear address of the first of some bytes in a boot sector.
    private static func address(of bytes: [UInt8], in image: [UInt8]) throws -> Int {
        let place = image.indices.first { image[$0...].starts(with: bytes) }
        return 0x7C00 + (try #require(place))
    }

    /// Expects lines in gdb's output, in this order.
    private func expect(_ lines: [String], in outcome: GDBTool.Outcome) {
        var rest = outcome.text[...]
        for line in lines {
            guard let range = rest.range(of: line) else {
                Issue.record("'\(line)' is not there, or not in its place:\n\(outcome.text)")
                return
            }
            rest = rest[range.upperBound...]
        }
    }

    /// gdb starts the program; the system registers have a name, errors have no characters of the protocol.
    @Test func startsTheServerByAPipe() throws {
        let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        let candidates = [program, Bundle.main.bundleURL, Bundle.main.bundleURL.deletingLastPathComponent()]
        let found = candidates.map { $0.appendingPathComponent("x86sim").path }
            .first(where: FileManager.default.isExecutableFile)
        let server = try #require(found)
        let gdb = try #require(GDBTool.path)
        let blob = try Self.fixture("fwcfg.bin").path
        let commands = [
            "set confirm off", "target remote | \(server) gdb --stdio \(blob) --quiet", "info registers system",
            "set $pc = 0x12345678", "p $system.cr0 & 0x10", "continue",
        ]
        let result = try HostTool.inTemporaryDirectory { directory in
            try HostTool.run(gdb, ["-nx", "-batch"] + commands.flatMap { ["-ex", $0] }, in: directory)
        }
        let text = String(decoding: result.output, as: UTF8.self) + result.errors
        for part in [
            "{ip = 0x7c00,", "gdtr_limit = ", "12345678 is not in the code segment; set cs first", "$1 = 16",
            "fw_cfg says QEMU", "exited normally",
        ] {
            #expect(text.contains(part), "'\(part)' is not in \(text)")
        }
    }

    private static let architectures = ["auto", "i8086", "i386"]

    /// The string instruction of the fixture, iteration by iteration, there and back.
    @Test(arguments: architectures) func stepsThrough16BitCode(architecture: String) throws {
        let (path, bytes) = try Self.fixture("fwcfg.bin")
        let instruction = try Self.address(of: [0xF3, 0x6C], in: bytes)
        let signature = try Self.address(of: Array("----".utf8), in: bytes)
        let state = "printf \"ecx %d edi %d pc %x text %s\\n\", $ecx, $edi-\(signature), $pc, (char*)\(signature)"
        let place = String(instruction, radix: 16)
        let outcome = try GDBTool.debug(
            path,
            [
                "set architecture \(architecture)", "break *0x\(place)", "continue", state,
                "stepi", state, "stepi", state, "reverse-stepi", state, "reverse-stepi", state,
                "delete", "watch *(char*)(\(signature)+2)", "continue", state, "delete 2",
                "rwatch *(char*)(\(signature)+1)", "continue", "printf \"al %c\\n\", $al", "delete 3",
                "set var *(int*)0x600 = 0x12345678", "x/4xb 0x600", "set $ebx = 0xcafebabe", "p/x $bx", "p/x $ebx",
                "break *0x\(place)", "reverse-continue", state, "reverse-continue", "info registers pc icount",
                "delete", "detach",
            ])
        expect(
            [
                "Breakpoint 1, 0x0000\(place)", "ecx 4 edi 0 pc \(place) text ----",
                "ecx 3 edi 1 pc \(place) text Q---", "ecx 2 edi 2 pc \(place) text QE--",
                "ecx 3 edi 1 pc \(place) text Q---", "ecx 4 edi 0 pc \(place) text ----",
                "Hardware watchpoint 2", "Old value = 45 '-'", "New value = 77 'M'",
                "ecx 1 edi 3 pc \(place) text QEM-",
                "Hardware read watchpoint 3", "Value = 69 'E'", "al E", "0x600:\t0x78\t0x56\t0x34\t0x12", "= 0xbabe",
                "= 0xcafebabe", "Breakpoint 4 at", "Breakpoint 4, 0x0000\(place)", "ecx 4 edi 0 pc \(place) text ----",
                "No more reverse-execution history", "0x7c00", "icount         0x0", "detached",
            ], in: outcome)
        #expect(outcome.end == .guestExit(code: 0))
        #expect(outcome.console == "fw_cfg says QEMU, EAX is 12345678\n")
    }

    /// From real mode into flat protected mode; with `i386` gdb reads the code as it is.
    @Test(arguments: architectures) func stepsThrough32BitCode(architecture: String) throws {
        let (path, bytes) = try Self.fixture("flat32.bin")
        let instruction = try Self.address(of: [0xF3, 0x6E], in: bytes)
        let hello = try Self.address(of: Array("Hello from".utf8), in: bytes)
        let count = "Hello from protected mode.\n".utf8.count
        let place = String(instruction, radix: 16)
        let state = "printf \"ecx %d esi %d pc %x\\n\", $ecx, $esi-\(hello), $pc"
        let outcome = try GDBTool.debug(
            path,
            [
                "hbreak *0x\(place)", "continue", "set architecture \(architecture)", state, "x/2i $pc",
                "printf \"base %d limit %x cr0 %d\\n\", $cs_base, $cs_limit, $cr0 & 1",
                "stepi", state, "stepi", state, "reverse-stepi", state,
                "delete", "rwatch *(char*)(\(hello)+4)", "continue", state, "delete",
                "set var *(char*)(\(hello)+6) = 'F'", "set $esi = $esi + 1", "set $ecx = $ecx - 1", state,
                "print/x *(int*)0xfffffffc", "detach",
            ])
        expect(
            [
                "Breakpoint 1, 0x0000\(place)", "ecx \(count) esi 0 pc \(place)",
                architecture == "i386" ? "rep outsb %ds:(%esi),(%dx)" : "rep outsb",
                "base 0 limit ffffffff cr0 1", "ecx \(count - 1) esi 1 pc \(place)",
                "ecx \(count - 2) esi 2 pc \(place)", "ecx \(count - 1) esi 1 pc \(place)",
                "Hardware read watchpoint 2", "ecx \(count - 5) esi 5 pc \(place)",
                "ecx \(count - 6) esi 6 pc \(place)", "detached",
            ], in: outcome)
        #expect(outcome.end == .guestExit(code: 0))
        #expect(outcome.console.hasPrefix("HelloFrom protected mode.\n"))
    }

    /// Code far from segment 0: gdb sees its bytes at `$pc`, and jumps within the segment.
    @Test func theProgramCounterIsLinear() throws {
        // nop; inc ax; jmp $-1
        let file = try TemporaryFile([0x90, 0x40, 0xEB, 0xFD])
        let outcome = try GDBTool.debug(
            file.path, options: ["--boot=flat", "--entry", "1234:0010"],
            [
                "x/2i $pc", "break *0x12352", "continue", "printf \"ip %x cs %x ax %d\\n\", $ip, $cs, $ax",
                "set $pc = 0x12351", "stepi", "printf \"ip %x ax %d\\n\", $ip, $ax", "set $pc = 0x500",
                "monitor info cpu", "kill",
            ])
        expect(
            [
                "=> 0x12350:\tnop", "0x12351:\tinc    %ax", "Breakpoint 1, 0x00012352", "ip 12 cs 1234 ax 1",
                "ip 12 ax 2", "not in the code segment", "cs    1234", "killed",
            ], in: outcome)
        #expect(outcome.end == .interrupted)
    }

    /// gdb shows and changes the registers of x87 and SSE, and makes those of MMX of them itself.
    @Test func itKnowsTheRegistersOfX87AndSSE() throws {
        // nop; hlt
        let file = try TemporaryFile([0x90, 0xF4])
        let registers =
            "fsw=4000,st0=4000:c90fdaa22168c235,st1=bfff:8000000000000000,mxcsr=1f81,xmm2=4008000000000000:7"
        let outcome = try GDBTool.debug(
            file.path, options: ["--boot=flat", "--regs", registers],
            [
                "p $st0", "p $st1", "p/x $fstat", "p/x $ftag", "p/x $fctrl", "info registers float",
                "p $xmm2.v2_double[1]", "p $xmm2.v4_int32[0]", "p $mxcsr", "set $st0 = 2.5", "p $st0",
                "set $xmm3.v4_float[1] = 1.5", "p/x $xmm3.v4_int32", "p/x $mm1.uint64", "detach",
            ])
        expect(
            [
                "$1 = 3.14159265358979323", "$2 = -1", "= 0x4000", "= 0xfff0", "= 0x37f", "fctrl", "fop", "= 3", "= 7",
                "[ IE IM DM ZM OM UM PM ]", "= 2.5", "{0x0, 0x3fc00000, 0x0, 0x0}", "= 0x8000000000000000", "detached",
            ], in: outcome)
    }

    /// Without SSE the description has none, and gdb takes it all the same.
    @Test(arguments: ["80386", "pentium", "pentium2"]) func processorsWithoutSSEHaveNoSuchRegisters(cpu: String) throws
    {
        let file = try TemporaryFile([0x90, 0xF4])
        let outcome = try GDBTool.debug(
            file.path, options: ["--boot=flat", "--cpu", cpu],
            ["p $xmm0", "p $st0", "p/x $fctrl", "p $icount", "detach"])
        expect(["$1 = void", "= 0", cpu == "80386" ? "= 0x0" : "= 0x37f", "= 0", "detached"], in: outcome)
    }

    @Test func theEndOfTheGuestIsTheEndOfTheSession() throws {
        // mov al,3; out f4,al
        let file = try TemporaryFile([0xB0, 0x03, 0xE6, 0xF4])
        let outcome = try GDBTool.debug(file.path, ["info mem", "continue"])
        expect(["Using memory regions provided by the target", "exited with code 03"], in: outcome)
        #expect(outcome.end == .guestExit(code: 3))
    }
}
