import Testing

@testable import X86Interp

/// The text forms of descriptors, task state, page walks and fault reports.
@Suite struct ValueTextTests {
    @Test(
        arguments: [
            (
                0x00CF_9B00, 0x0000_FFFF,
                "00CF9B000000FFFF code readable 32-bit base 00000000 limit FFFFFFFF DPL 0 accessed"
            ),
            (
                0x0040_F702, 0x0000_0FFF,
                "0040F70200000FFF data writable expand-down 32-bit base 00020000 limit 00000FFF DPL 3 accessed"
            ),
            (
                0x0000_1100, 0x0000_0010,
                "0000110000000010 data read-only 16-bit base 00000000 limit 00000010 DPL 0 accessed absent"
            ),
            (0x0000_8B07, 0x3000_0067, "00008B0730000067 386 TSS busy base 00073000 limit 00000067 DPL 0"),
            (0x0000_EC03, 0x0008_2000, "0000EC0300082000 386 call gate to 0008:00002000 3 parameters DPL 3"),
            (0x0001_8600, 0x0008_2000, "0001860000082000 286 interrupt gate to 0008:00002000 DPL 0"),
            (0x0000_8500, 0x00D0_0000, "0000850000D00000 task gate to 00D0 DPL 0"),
            (0x0000_8D00, 0x0000_0000, "00008D0000000000 reserved type 0D DPL 0"),
        ] as [(UInt32, UInt32, String)])
    func descriptor(high: UInt32, low: UInt32, text: String) {
        #expect(Descriptor(low: low, high: high).text == text)
    }

    @Test func taskState() {
        var bytes = [UInt8](repeating: 0, count: 104)
        bytes[0] = 0x78
        bytes[4...5] = [0x00, 0x07]
        bytes[8] = 0x20
        bytes[0x21] = 2
        bytes[0x4C] = 8
        bytes[0x64] = 1
        let lines = TaskState(bytes, is32: true).text.split(separator: "\n")
        #expect(lines.first == "386 TSS, back link 0078")
        #expect(lines.dropFirst().first?.hasPrefix("ring 0 0020:00000700") == true)
        #expect(lines.contains("EIP 00000200  EFLAGS 00000000"))
        #expect(lines.contains { $0.contains("CS 0008") })
        #expect(lines.last == "CR3 00000000  T 1  bitmap 0000")
        #expect(TaskState([0x34, 0x12], is32: false).text.hasPrefix("286 TSS, back link 1234\n"))
    }

    @Test func pageWalk() throws {
        var scene = ProtectionScene(.kernel, .p6)
        try scene.apply("paging pte20=20065 pte21=0")
        let bench = try Bench(scene.scene)
        #expect(
            bench.cpu.pageWalk(0x20123).text == """
                linear 00020123
                PDE at 00076000 = 00077027 present writable user accessed
                PTE at 00077080 = 00020065 present read-only user accessed dirty
                physical 00020123
                """)
        #expect(bench.cpu.pageWalk(0x21000).text.hasSuffix("PTE at 00077084 = 00000000 absent\nnot present: #PF"))
        let before = bench.bytes
        #expect(bench.cpu.pageWalk(0x400000).physical == nil && bench.bytes == before)
    }

    @Test func faultReport() throws {
        var scene = ProtectionScene(.kernel, .p6)
        try scene.apply("ax=58")
        scene.put(code: Bench.bytes("8E D8"))
        let bench = try Bench(scene.scene)
        #expect(bench.cpu.lastFault == nil)
        _ = try bench.cpu.step()
        let report = try #require(bench.cpu.lastFault)
        let place = "data writable 32-bit base 00020000 limit 0000FFFF DPL 0 accessed absent"
        #expect(
            report.text
                == "#NP(58): the segment must be present (2B MOV); ds; selector 0058; 004013020000FFFF \(place)")
        #expect(report.cs == 8 && report.eip == 0x100)
    }
}
