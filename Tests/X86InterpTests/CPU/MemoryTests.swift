import Testing

@testable import X86Interp

/// What an access meets: RAM, ROM, device windows, open bus, A20, page and segment ends.
@Suite(.timeLimit(.minutes(30))) struct MemoryTests {
    /// A window that keeps a log of its accesses and reads as its offset's low byte, repeated.
    private final class Window: MemoryDevice {
        let name = "window"
        private(set) var log: [String] = []

        func readMemory(bank: UInt8, offset: UInt32, width: Width) -> UInt32 {
            log.append("r\(width.bytes) \(offset)")
            return (offset & 0xFF) * 0x0101_0101
        }

        func writeMemory(bank: UInt8, offset: UInt32, width: Width, value: UInt32) {
            log.append("w\(width.bytes) \(offset) \(value)")
        }

        func peekMemory(bank: UInt8, offset: UInt32) -> UInt8? { nil }
    }

    private func run(_ code: String, _ given: String, steps: Int = 1, with window: Window) throws -> Bench {
        let bench = try Bench(code: code, given)
        try bench.memory.claim(MemoryRegion(start: 0x20000, size: 0x1000), for: window)
        for _ in 0..<steps { _ = try bench.cpu.step() }
        return bench
    }

    // MARK: Device windows

    @Test func windowSeesTheWidthOfTheAccess() throws {
        let window = Window()
        let bench = try run("8A 07 8B 07 66 8B 07 66 89 07", "bx=12", steps: 4, with: window)
        #expect(window.log == ["r1 18", "r2 18", "r2 18", "r2 20", "w2 18 4626", "w2 20 5140"])
        #expect(bench.state.gpr.eax == 0x1414_1212)
    }

    @Test func readModifyWriteIsAReadAndAWrite() throws {
        let window = Window()
        _ = try run("FF 07", "bx=10", with: window)
        #expect(window.log == ["r2 16", "w2 16 4113"])
    }

    @Test func accessAcrossTheWindowsEndIsCutThere() throws {
        let window = Window()
        let bench = try run("66 8B 07", "bx=FFE ds:1000=56.78", with: window)
        #expect(window.log == ["r2 4094"])
        #expect(bench.state.gpr.eax == 0x7856_FEFE)
    }

    @Test func stringInstructionsSeeEachElement() throws {
        let window = Window()
        _ = try run("F3 AB", "es=2000 di=0 cx=3 ax=1", with: window)
        #expect(window.log == ["w2 0 1", "w2 2 1", "w2 4 1"])
    }

    @Test func codeRunsFromAWindow() throws {
        // Bytes equal to their offset: 40 to 43 are INC AX, CX, DX, BX.
        let window = Window()
        let bench = try run("90", "cs=2000 ip=40", steps: 4, with: window)
        #expect(bench.state.eip == 0x44)
        #expect(bench.state.gpr.eax == 0x1111_1112 && bench.state.gpr.ebx == 0x4444_4445)
    }

    // MARK: ROM and open bus

    @Test func romReadsAndIgnoresWrites() throws {
        let bench = try Bench(code: "8B 07 C7 07 34 12 8B 07", "bx=0 ds:0000=1111")
        try bench.memory.mapROM([0x78, 0x56], at: 0x20000, name: "rom")
        for _ in 0..<3 { _ = try bench.cpu.step() }
        #expect(bench.state.gpr.eax & 0xFFFF == 0x5678)
    }

    @Test func openBusReadsAllOnes() throws {
        let bench = try Bench(code: "8B 07 C7 07 34 12 8B 1F", "ds=8000 bx=0")
        for _ in 0..<3 { _ = try bench.cpu.step() }
        #expect(bench.state.gpr.eax & 0xFFFF == 0xFFFF && bench.state.gpr.ebx & 0xFFFF == 0xFFFF)
    }

    // MARK: A20

    @Test func disabledA20WrapsAtOneMegabyte() throws {
        let bench = try Bench(code: "C6 07 77 8A 07", "ds=FFFF bx=20 @10=55")
        bench.bus.setA20(false)
        for _ in 0..<2 { _ = try bench.cpu.step() }
        #expect(bench.memory.peek(0x10) == 0x77 && bench.state.gpr.eax & 0xFF == 0x77)
        // With A20 on the same offset is beyond the RAM of this machine.
        bench.bus.setA20(true)
        var state = bench.state
        state.eip = 0x103
        bench.cpu.state = state
        _ = try bench.cpu.step()
        #expect(bench.state.gpr.eax & 0xFF == 0xFF && bench.memory.peek(0x10) == 0x77)
    }

    @Test func the8086HasTwentyAddressLines() throws {
        let bench = try Bench(code: "8A 07", "ds=FFFF bx=20 @10=55", on: CPUModel.all[0])
        _ = try bench.cpu.step()
        #expect(bench.state.gpr.eax & 0xFF == 0x55)
    }

    // MARK: Pages

    @Test func accessesAcrossPages() throws {
        let bench = try Bench(code: "66 89 07 66 8B 1F", "bx=FFD eax=12345678")
        for _ in 0..<2 { _ = try bench.cpu.step() }
        #expect(bench.state.gpr.ebx == 0x1234_5678 && bench.dword(0x20FFD) == 0x1234_5678)
        // And again, by the pages that are known now.
        bench.cpu.state.eip = 0x100
        bench.cpu.state.gpr.ebx = 0xFFE
        for _ in 0..<2 { _ = try bench.cpu.step() }
        #expect(bench.state.gpr.ebx == 0x1234_5678 && bench.dword(0x20FFE) == 0x1234_5678)
    }

    // MARK: Modes

    @Test func throughProtectedModeAndBackWithABigSegment() throws {
        // Real mode, protected mode with DS = 10h of 4 GiB, back, and a read beyond 64 KiB.
        let code = [
            "0F 01 16 00 02",  // 100: lgdt [0200]
            "0F 20 C0 0C 01 0F 22 C0",  // 105: mov eax,cr0; or al,1; mov cr0,eax
            "EA 12 01 08 00",  // 10D: jmp 8:0112
            "B0 10 8E D8",  // 112: mov al,10; mov ds,ax
            "0F 20 C0 24 FE 0F 22 C0",  // 116: mov eax,cr0; and al,FE; mov cr0,eax
            "EA 23 01 00 10",  // 11E: jmp 1000:0123
            "31 C0 8E D8",  // 123: xor ax,ax; mov ds,ax
            "66 BE 00 50 02 00",  // 127: mov esi,25000
            "67 8B 06 F4",  // 12D: mov ax,[esi]; hlt
        ].joined(separator: " ")
        let bench = try Bench(
            code: code,
            "ds=1000 eax=0 @10200=17.00.00.00.07.00 @70008=FF.FF.00.00.01.9B.00.00 @70010=FF.FF.00.00.00.93.CF.00"
                + " @25000=CD.AB")
        #expect(try bench.run(100) == .halted)
        #expect(bench.state.gpr.eax & 0xFFFF == 0xABCD)
        #expect(bench.state.segments.ds.limit == 0xFFFF_FFFF && bench.state.cr0 & 1 == 0)
        #expect(bench.state.eip == 0x131)
    }

    @Test func into32BitCodeAndBack() throws {
        let code = [
            "0F 01 16 00 02 0F 20 C0 0C 01 0F 22 C0",  // 100: lgdt [0200]; CR0.PE
            "66 EA 15 01 00 00 08 00",  // 10D: jmp 8:00000115, 32-bit code with the same base
            "BB 78 56 34 12",  // 115: mov ebx,12345678
            "EA 21 01 00 00 18 00",  // 11A: jmp 18:00000121, 16-bit code
            "0F 20 C0 24 FE 0F 22 C0",  // 121: CR0.PE off
            "EA 2E 01 00 10",  // 129: jmp 1000:012E
            "B9 21 43 F4",  // 12E: mov cx,4321; hlt
        ].joined(separator: " ")
        let bench = try Bench(
            code: code,
            "ds=1000 eax=0 @10200=1F.00.00.00.07.00 @70008=FF.FF.00.00.01.9B.40.00 @70018=FF.FF.00.00.01.9B.00.00")
        #expect(try bench.run(100) == .halted)
        #expect(bench.state.gpr.ebx == 0x1234_5678 && bench.state.gpr.ecx & 0xFFFF == 0x4321)
        #expect(bench.state.segments.cs.selector == 0x1000 && !bench.state.segments.cs.access.contains(.big))
    }
}
