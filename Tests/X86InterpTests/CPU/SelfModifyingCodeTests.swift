import Testing

@testable import X86Interp

/// Code that is overwritten takes effect at the next instruction, or iteration, however the write comes about.
///
/// DS and ES are CS here: data offsets are code offsets. Each guest runs twice, in one go (decoded blocks) and in
/// single steps, which must agree.
@Suite(.timeLimit(.minutes(30))) struct SelfModifyingCodeTests {
    private let sameSegments = "ds=1000 es=1000 ss=1000"

    /// Runs `ticks` of a guest in one go and step by step; returns the former.
    private func run(
        _ code: String, _ given: String = "", ticks: UInt64, prepare: (Bench) throws -> Void = { _ in }
    ) throws -> Bench {
        let whole = try Bench(code: code, sameSegments + " " + given)
        try prepare(whole)
        try whole.run(ticks)
        let parts = try Bench(code: code, sameSegments + " " + given)
        try prepare(parts)
        while parts.state.instructions < ticks, try parts.run(1) == .budget {}
        #expect(Bench.differences(whole.state, parts.state).isEmpty)
        #expect(whole.bytes == parts.bytes)
        return whole
    }

    @Test func nextInstructionOfTheSameBlock() throws {
        // mov byte [0105],43 turns the INC AX behind it into INC BX.
        let bench = try run("C6 06 05 01 43 40 F4", ticks: 3)
        #expect(bench.state.gpr.eax == 0x1111_1111 && bench.state.gpr.ebx == 0x4444_4445)
    }

    @Test func laterInstructionOfTheSameBlock() throws {
        let bench = try run("90 90 C6 06 0A 01 43 90 90 90 40 F4", ticks: 8)
        #expect(bench.state.gpr.eax == 0x1111_1111 && bench.state.gpr.ebx == 0x4444_4445)
    }

    @Test func immediateInALoop() throws {
        // top: mov al,1; add byte [0101],1; loop top
        let bench = try run("B0 01 80 06 01 01 01 E2 F7 F4", "cx=3", ticks: 100)
        #expect(bench.state.gpr.eax & 0xFF == 3 && bench.state.halted)
    }

    @Test func codeThatRanBefore() throws {
        // call 0120; mov byte [0120],43; call 0120; hlt with 0120: inc ax; ret
        let bench = try run(
            "E8 1D 00 C6 06 20 01 43 E8 15 00 F4", "@10120=40.C3", ticks: 100)
        #expect(bench.state.gpr.eax == 0x1111_1112 && bench.state.gpr.ebx == 0x4444_4445)
    }

    @Test func instructionAcrossPages() throws {
        // call 0FFE twice, with [1000] changed in between: mov ax,imm; ret across the page end.
        let bench = try run(
            "E8 FB 0E 89 C3 C6 06 00 10 77 E8 F1 0E F4", "@10FFE=B8.34.12.C3", ticks: 100)
        #expect(bench.state.gpr.ebx & 0xFFFF == 0x1234 && bench.state.gpr.eax & 0xFFFF == 0x7734)
    }

    @Test func blockThatEndsAtAPageEnd() throws {
        // The NOP at 0FFF falls into the next page, whose first instruction is overwritten.
        let bench = try run(
            "E8 FC 0E C6 06 00 10 43 E8 F4 0E F4", "@10FFF=90.40.C3", ticks: 100)
        #expect(bench.state.gpr.eax == 0x1111_1112 && bench.state.gpr.ebx == 0x4444_4445)
    }

    @Test func writeAcrossTwoPagesOfCode() throws {
        // mov word [0FFF],4340 between two runs of the code at 0FFF.
        let bench = try run(
            "E8 FC 0E C7 06 FF 0F 40 43 E8 F3 0E F4", "@10FFF=90.90.C3", ticks: 100)
        #expect(bench.state.gpr.eax == 0x1111_1112 && bench.state.gpr.ebx == 0x4444_4445)
    }

    @Test func pushOverCode() throws {
        // push 4343 over the two INC AX behind it.
        let bench = try run("68 43 43 40 40 F4", "sp=105", ticks: 10)
        #expect(bench.state.gpr.eax == 0x1111_1111 && bench.state.gpr.ebx == 0x4444_4446)
    }

    @Test func callOverItsOwnTarget() throws {
        // call 0110 writes its return address (0103) over the target: 03 01 is add ax,[bx+di].
        let bench = try run("E8 0D 00 F4", "sp=112 bx=200 di=0 ax=1 @10110=90.90.F4 @10200=34.12", ticks: 10)
        #expect(bench.state.gpr.eax & 0xFFFF == 0x1235)
    }

    @Test func repeatedStoreOntoItself() throws {
        // rep stosb of NOPs from its own first byte on: what is left of it is STOSB, then NOPs.
        let bench = try run("F3 AA F4 F4 F4", "al=90 cx=5 di=100", ticks: 4)
        #expect(bench.state.gpr.ecx & 0xFFFF == 4 && bench.state.gpr.edi & 0xFFFF == 0x102)
        #expect(!bench.state.portProgress.isRepeating)
    }

    @Test func stepsGoOnBehindAVanishedRepeat() throws {
        let bench = try Bench(code: "F3 AA 90 90 F4", sameSegments + " al=90 cx=5 di=100")
        for _ in 0..<3 { _ = try bench.cpu.step() }
        #expect(bench.state.eip == 0x103 && bench.state.instructions <= 4)
        #expect(!bench.state.portProgress.isRepeating)
    }

    @Test func repeatedMoveOntoItself() throws {
        // rep movsb brings an INC AX over its second byte: REP before it has no meaning.
        let bench = try run("F3 A4 F4 F4 F4 F4", "cx=6 si=200 di=101 @10200=40.40.40.F4.F4.F4", ticks: 10)
        #expect(bench.state.gpr.eax == 0x1111_1112 && bench.state.gpr.ecx & 0xFFFF == 5)
        #expect(bench.state.eip == 0x103 && bench.state.halted)
    }

    @Test func repeatedMoveOverCodeAhead() throws {
        // rep movsb copies three INC AX over the NOPs behind it.
        let bench = try run("F3 A4 90 90 90 F4", "cx=3 si=200 di=102 @10200=40.40.40", ticks: 100)
        #expect(bench.state.gpr.eax == 0x1111_1114 && bench.state.halted)
    }

    @Test func repeatedInputOverCodeAhead() throws {
        // rep insb from a floating port writes FF FF: an invalid opcode, whose handler halts.
        let bench = try run(
            "F3 6C 90 90 F4", "dx=99 cx=2 di=102 @18=20003000 @23000=F4", ticks: 100)
        #expect(bench.state.segments.cs.selector == 0x2000 && bench.state.halted)
    }

    @Test func dataElsewhereInAPageOfCodeAndThenCode() throws {
        // again: mov [0180],al; inc word [0184]; push ax; pop dx; loop again; then mov byte [0112],43 over the INC AX behind it.
        let bench = try run(
            "A2 80 01 FF 06 84 01 50 5A E2 F5 C6 06 12 01 43 90 90 40 F4", "ax=34 cx=5 sp=1C0", ticks: 100)
        #expect(bench.memory.peek(0x10180, count: 6) == [0x34, 0, 0, 0, 5, 0])
        #expect(bench.memory.peek(0x101BE, count: 2) == [0x34, 0])
        #expect(bench.state.gpr.eax & 0xFFFF == 0x34 && bench.state.gpr.ebx == 0x4444_4445 && bench.state.halted)
    }

    @Test func dataBesideCodeLeavesItAlone() throws {
        // inc word [0110], in the same page and chunk as the loop itself.
        let bench = try run("FF 06 10 01 E2 FA F4", "cx=10", ticks: 100)
        #expect(bench.word(0x10110) == 0x10 && bench.state.halted)
    }

    @Test func aliasThroughTheA20Wrap() throws {
        // DS = FFFF: its offset 0110 is linear 100100, which A20 off wraps to 00100, where the code is.
        let setUp = { (bench: Bench) in
            bench.bus.setA20(false)
            bench.memory.load(Bench.bytes("C6 06 15 01 43 40 F4"), at: 0x100)
        }
        let bench = try run("90", "cs=0 ds=FFFF", ticks: 3, prepare: setUp)
        #expect(bench.state.gpr.eax == 0x1111_1111 && bench.state.gpr.ebx == 0x4444_4445)
    }

    @Test func romIgnoresWrites() throws {
        let map = { (bench: Bench) in
            _ = try bench.memory.mapROM(Bench.bytes("C6 06 05 00 43 40 F4"), at: 0x30000, name: "test")
        }
        let bench = try run("90", "cs=3000 ip=0 ds=3000", ticks: 3, prepare: map)
        #expect(bench.state.gpr.eax == 0x1111_1112 && bench.state.gpr.ebx == 0x4444_4444)
    }

    @Test func romMappedOverCodeTakesItsPlace() throws {
        let bench = try Bench(code: "90", "cs=3000 ip=0")
        bench.memory.load(Bench.bytes("40 F4"), at: 0x30000)
        try bench.run(10)
        #expect(bench.state.gpr.eax == 0x1111_1112)
        try bench.memory.mapROM(Bench.bytes("43 F4"), at: 0x30000, name: "test")
        bench.cpu.state.eip = 0
        bench.cpu.state.halted = false
        try bench.run(10)
        #expect(bench.state.gpr.ebx == 0x4444_4445)
    }

    @Test func writesOfTheHostCount() throws {
        let bench = try Bench(code: "40 EB FD")
        try bench.run(10)
        bench.memory.load([0x43], at: 0x10100)
        bench.cpu.state.eip = 0x100
        let eax = bench.state.gpr.eax
        try bench.run(2)
        #expect(bench.state.gpr.eax == eax && bench.state.gpr.ebx == 0x4444_4445)
    }

    @Test func sameBytesInBothCodeSizes() throws {
        // B8 34 12 40 43: mov ax,1234; inc ax ... or mov eax,43401234, at one address.
        let bench = try Bench(code: "B8 34 12 40 43 90 90", in: .kernel)
        try bench.run(1)
        #expect(bench.state.gpr.eax == 0x4340_1234)
        var state = bench.state
        state.eip = 0x100
        state.segments.cs.access.remove(.big)
        bench.cpu.state = state
        try bench.run(2)
        #expect(bench.state.gpr.eax == 0x4340_1235)
    }

    // MARK: A full cache

    @Test func moreBlocksThanTheCacheHolds() throws {
        // 32,768 jumps to the next instruction, each a block of its own.
        let bench = try Bench(code: "90")
        bench.memory.load((0..<0x8000).flatMap { _ in [0xEB, 0x00] as [UInt8] }, at: 0x10000)
        try bench.run(40_000)
        #expect(bench.state.eip == (0x100 + 2 * 40_000) & 0xFFFF)
        #expect(bench.state.instructions == 40_000)
    }

    @Test func blocksThatAreReplacedForLong() throws {
        // top: mov ax,0; inc word [0101]; loop top: each turn decodes its own new immediate.
        let bench = try Bench(code: "B8 00 00 FF 06 01 01 E2 F7 F4", sameSegments + " cx=4800")
        try bench.run(100_000)
        #expect(bench.state.halted && bench.state.gpr.eax & 0xFFFF == 0x47FF)
    }
}
