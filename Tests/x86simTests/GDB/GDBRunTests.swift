import Testing
import X86Interp

@testable import x86sim

@Suite("Running a guest by gdb's packets")
struct GDBRunTests {
    // mov di,600; mov cx,3; mov al,5a; rep stosb; nop; mov al,[601]; hlt
    private let code: [UInt8] = [
        0xBF, 0x00, 0x06, 0xB9, 0x03, 0x00, 0xB0, 0x5A, 0xF3, 0xAA, 0x90, 0xA0, 0x01, 0x06, 0xF4,
    ]

    private func bench(_ options: [String] = []) throws -> GDBBench {
        let bench = try GDBBench(code, options)
        _ = try bench.ask("qSupported:swbreak+;hwbreak+")
        return bench
    }

    @Test(arguments: ["s", "S05", "vCont;s", "vCont;s:1", "vCont;S05:1;c", "vCont;s:-1", "s7c00"])
    func aStepIsOneInstruction(payload: String) throws {
        let bench = try bench()
        let answer = try #require(try bench.ask(payload))
        #expect(answer == "T0505:00000000;04:007c0000;08:037c0000;thread:1;")
        #expect(try bench.ask("?") == answer)
    }

    @Test func aStepOnARepeatedInstructionIsOneIteration() throws {
        let bench = try bench()
        for _ in 0..<3 { _ = try bench.ask("s") }
        for left in [2, 1, 0] as [UInt64] {
            #expect(try bench.register("eip") == 0x7C08)
            _ = try bench.ask("s")
            #expect(try bench.register("ecx") == left)
        }
        #expect(try bench.register("eip") == 0x7C0A)
        #expect(try bench.ask("m600,4") == "5a5a5a00")
    }

    @Test func aStepWithinARangeEndsBehindIt() throws {
        let bench = try bench()
        _ = try bench.ask("vCont;r7c00,7c0a:1")
        #expect(try bench.register("eip") == 0x7C0A)
        _ = try bench.ask("vCont;r7c0a,7c0b:1")
        #expect(try bench.register("eip") == 0x7C0B)
    }

    @Test func atTheEndTheUserIsToldWhy() throws {
        let bench = try bench()
        #expect(try bench.ask("c")?.hasPrefix("T05") == true)
        #expect(bench.said.contains("halted for good"))
        #expect(try bench.ask("c")?.hasPrefix("T05") == true)
    }

    @Test func fuelEndsARun() throws {
        let bench = try GDBBench([0xEB, 0xFE], ["--fuel", "10"])
        for payload in ["c", "c", "s", "vCont;r7c00,7c02"] {
            #expect(try bench.ask(payload)?.hasPrefix("T05") == true)
            #expect(try bench.register("icount") == 10)
        }
        #expect(bench.said.contains("fuel"))
    }

    @Test func faultsThatStopAreSignals() throws {
        // ud2; then mov [ffff],ax, which crosses the segment's end
        let bench = try GDBBench([0x0F, 0x0B, 0xA3, 0xFF, 0xFF], ["--fault=stop"])
        #expect(try bench.ask("c")?.hasPrefix("T04") == true)
        #expect(try bench.setRegister("eip", 0x7C02) == "OK")
        #expect(try bench.ask("c")?.hasPrefix("T0b") == true)
    }

    @Test func breakpointsStopBeforeTheInstruction() throws {
        for kind in 0...1 {
            let bench = try bench()
            #expect(try bench.ask("Z\(kind),7c0a,1") == "OK")
            let answer = try #require(try bench.ask("c"))
            #expect(answer.hasSuffix(kind == 0 ? "swbreak:;" : "hwbreak:;"))
            #expect(try bench.register("eip") == 0x7C0A)
            #expect(try bench.ask("z\(kind),7c0a,1") == "OK")
            _ = try bench.ask("c")
            #expect(bench.guest.state.halted)
        }
    }

    @Test func whoHasNotAskedForReasonsGetsNone() throws {
        let bench = try GDBBench(code)
        _ = try bench.ask("Z0,7c0a,1")
        #expect(try bench.ask("c")?.contains("break") == false)
    }

    @Test(arguments: [("2", "watch:601", 2), ("3", "rwatch:601", 0), ("4", "awatch:601", 2)])
    func watchpointsTellTheAddress(kind: String, reason: String, last: UInt64) throws {
        let bench = try bench()
        #expect(try bench.ask("Z\(kind),601,2") == "OK")
        #expect(try bench.ask("c")?.contains(";\(reason);") == true)
        #expect(try bench.register("edi") == (last == 0 ? 0x603 : 0x602))
    }

    @Test func aStepBackUndoesOneIteration() throws {
        let bench = try bench()
        for _ in 0..<5 { _ = try bench.ask("s") }
        let before = bench.guest.state
        #expect(try bench.ask("m600,3") == "5a5a00")
        #expect(try bench.ask("bs")?.hasPrefix("T05") == true)
        #expect(try bench.register("ecx") == 2)
        #expect(try bench.ask("m600,3") == "5a0000")
        _ = try bench.ask("s")
        #expect(bench.guest.state == before)
    }

    @Test func goingBackEndsAtABreakpointOrAtTheStart() throws {
        let bench = try bench()
        _ = try bench.ask("c")
        _ = try bench.ask("Z2,601,1")
        #expect(try bench.ask("bc")?.contains(";watch:601;") == true)
        #expect(try bench.ask("m600,3") == "5a0000")
        _ = try bench.ask("z2,601,1")
        _ = try bench.ask("Z0,7c03,1")
        #expect(try bench.ask("bc")?.hasSuffix("swbreak:;") == true)
        #expect(try bench.register("eip") == 0x7C03)
        #expect(try bench.ask("bc")?.hasSuffix("replaylog:begin;") == true)
        #expect(try bench.register("icount") == 0)
        #expect(try bench.ask("bs")?.hasSuffix("replaylog:begin;") == true)
    }

    /// The breakpoint is where the instruction begins, not between its iterations.
    @Test func goingBackEndsAtTheBeginOfARepeatedInstruction() throws {
        let bench = try bench()
        _ = try bench.ask("Z0,7c08,1")
        _ = try bench.ask("c")
        #expect(try bench.register("icount") == 3)
        _ = try bench.ask("c")
        #expect(bench.guest.state.halted)
        #expect(try bench.ask("bc")?.hasSuffix("swbreak:;") == true)
        #expect(try bench.register("icount") == 3)
    }

    /// What the guest has printed is not printed again when its past is run again.
    @Test func goingBackPrintsNothing() throws {
        // mov al,41; out e9,al; three times
        let bench = try GDBBench([0xB0, 0x41, 0xE6, 0xE9, 0xB0, 0x42, 0xE6, 0xE9, 0xB0, 0x43, 0xE6, 0xE9, 0xF4])
        _ = try bench.ask("c")
        for _ in 0..<4 { _ = try bench.ask("bs") }
        #expect(bench.console.text == "ABC")
    }

    /// The BIOS answers under the debugger as it does in a run: INT 12h has the size of memory below 1 MiB in KiB.
    @Test func firmwareIsServed() throws {
        // int 12; hlt
        let sector = [0xCD, 0x12, 0xF4] + [UInt8](repeating: 0, count: 507) + [0x55, 0xAA]
        let bench = try GDBBench(sector, ["--boot=sector"])
        for _ in 0..<2 {
            _ = try bench.ask("Z0,7c02,1")
            _ = try bench.ask("c")
            #expect(try bench.register("eip") == 0x7C02)
            #expect(600...640 ~= (try bench.register("eax") & 0xFFFF))
            // The way back and forth again.
            _ = try bench.ask("bc")
            #expect(try bench.register("eip") == 0x7C00)
        }
    }

    @Test func monitorCommandsAnswer() throws {
        let bench = try GDBBench([0xB0, 0x41, 0xE6, 0xE9, 0xF4])
        for row in MonitorRow.all {
            #expect(try bench.monitor(row.name) != "", "\(row.name)")
            #expect(try bench.monitor("help").contains(row.summary))
        }
        _ = try bench.setRegister("eip", 0xFFFF_FFF0)
        _ = try bench.setRegister("cs", 0)
        _ = try bench.setRegister("eip", 0x7C00)
        _ = try bench.ask("c")
        #expect(try bench.monitor("io 1").contains("debugcon"))
        #expect(try bench.monitor("io x").contains("io:"))
        #expect(try bench.monitor("info tiers").contains("fw_cfg"))
        #expect(try bench.monitor("reset").contains("F000:FFF0"))
        #expect(try bench.register("eip") == 0xFFFF_FFF0)
        #expect(try bench.monitor("helo").contains("'help'"))
    }
}
