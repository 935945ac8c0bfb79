import Testing
import X86Interp

@testable import x86sim

@Suite("What 'why' says")
struct WhyTests {
    /// A situation: 16-bit code at 0000:7C00, options, and parts of the text.
    private static let situations: [(name: String, code: [UInt8], options: [String], parts: [String])] = [
        ("nothing yet", [0xF4], ["-ex", "why"], ["last fault: none. last port access: none."]),
        ("a halt", [0xFA, 0xF4], [], ["halted: HLT with IF=0", "last fault: none."]),
        ("a halt that waits", [0xFB, 0xF4], ["--machine", "bare"], ["HLT with IF=1", "has anything scheduled"]),
        (
            "a word at the end of the segment", [0xBE, 0xFF, 0xFF, 0x8B, 0x04], ["--fault", "stop"],
            [
                "stopped: #GP(0) before its delivery",
                "last fault: #GP(0) at 0000:7C03 (mov    ax,[si]), 1 instructions",
                "rule: the operand must lie within its segment", "operand: read at ds:FFFF",
                "look at: the offset against the limit",
            ]
        ),
        (
            "no instruction", [0x0F, 0x0B], ["--fault", "stop"],
            ["#UD at 0000:7C00", "look at: whether this was meant as code"]
        ),
        (
            "a division by zero", [0x31, 0xC9, 0xF7, 0xF1], ["--fault", "stop"],
            ["#DE", "rule: the divisor must not be 0", "look at: the divisor"]
        ),
        (
            "an empty vector", [0xCD, 0x21, 0xFA, 0xF4], [],
            ["nothing handles interrupt 21 at 0000:7C00 (no DOS here, try --boot com)", "set the vector"]
        ),
        (
            "an empty vector that was passed by", [0xCD, 0x21, 0xFA, 0xF4], ["--fuel", "10", "--unhandled", "iret"],
            ["nothing handles interrupt 21 at 0000:7C00 (no DOS here, try --boot com)", "set the vector"]
        ),
        (
            "a triple fault", [0x0F, 0x01, 0x1E, 0x0A, 0x7C, 0x0F, 0x0B, 0, 0, 0, 0, 0, 0, 0, 0, 0], [],
            ["shutdown: triple fault: #UD, then", "look at: ", "first; the others come of it"]
        ),
        (
            "a floating port", [0xE4, 0x99, 0xFA, 0xF4], [],
            ["last port access: in byte 99 = FF, nobody answered", "'info ports'"]
        ),
        ("an unmapped port", [0xE4, 0x99], ["--unmapped", "stop"], ["unmapped port: nobody claims port 99", "stub"]),
        (
            "a guest's exit", [0xB0, 0x05, 0xE6, 0xF4], [],
            ["exit: the guest wrote code 5", "out byte F4 = 05 to debugexit"]
        ),
        (
            // lgdt of a table with a writable data segment at 8; PE; mov ds, 10: beyond the table
            "a selector beyond its table", protected([0xB8, 0x10, 0x00, 0x8E, 0xD8]), ["--fault", "stop"],
            [
                "#GP(10)", "rule: the descriptor must lie within the limit of its table",
                "0010 is entry 2 of the GDT, RPL 0", "'info gdt'",
            ]
        ),
        (
            "an absent data segment", protected([0xB8, 0x08, 0x00, 0x8E, 0xD8]), ["--fault", "stop"],
            ["#NP(8)", "rule: the segment must be present", "bytes: 004F12000000FFFF", "DPL 0 absent"]
        ),
        (
            "a null stack", protected([0x31, 0xC0, 0x8E, 0xD0]), ["--fault", "stop"],
            ["#GP(0)", "rule: SS cannot be loaded with a null selector", "look at: what was loaded into SS"]
        ),
    ]

    /// `lgdt [7C40]; mov eax, cr0; or al, 1; mov cr0, eax`, some code, and at 7C40 a GDT whose entry 1 is absent.
    private static func protected(_ code: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = [0x0F, 0x01, 0x16, 0x40, 0x7C, 0x0F, 0x20, 0xC0, 0x0C, 0x01, 0x0F, 0x22, 0xC0] + code
        bytes += [UInt8](repeating: 0x90, count: 0x40 - bytes.count)
        bytes += [0x0F, 0x00, 0x48, 0x7C, 0x00, 0x00, 0, 0]
        bytes += [UInt8](repeating: 0, count: 8) + [0xFF, 0xFF, 0, 0, 0, 0x12, 0x4F, 0]
        return bytes
    }

    @Test(arguments: situations.indices) func aSituationHasItsText(index: Int) throws {
        let (name, code, options, parts) = Self.situations[index]
        let file = try TemporaryFile(code)
        let commands = options.contains("-ex") ? [] : ["-ex", "c", "-ex", "why"]
        let arguments = [file.path, "--boot", "flat", "--entry", "0:7c00", "-batch"]
        let (text, errors, _) = SessionRunner.run(arguments + options + commands)
        #expect(errors.isEmpty)
        for part in parts { #expect(text.contains(part), "\(name): \(text)") }
    }

    @Test func aPageFaultIsExplainedLevelByLevel() throws {
        // CR3 at 0 would map nothing: every entry is zero but the first pages of code are never translated anew.
        let file = try TemporaryFile([0xF4])
        let (session, output) = try SessionRunner.session([file.path, "--boot", "flat"])
        session.execute("set cr3 = 100000")
        session.execute("set cr0 = 80000011")
        session.execute("page 1234567")
        #expect(output.text.contains("linear 01234567"))
        #expect(output.text.contains("absent"))
        #expect(output.text.contains("not present: #PF"))
        #expect(Explanation.pageFaultText(0) == "the page is absent, a read, by ring 0 to 2")
        #expect(Explanation.pageFaultText(7) == "the page's rights forbid it, a write, by ring 3")
    }

    @Test(arguments: Rule.allCases) func everyRuleHasAdvice(rule: Rule) {
        let report = FaultReport(fault: Fault(.generalProtection), rule: rule, cs: 0, eip: 0, instructions: 0)
        let advice = FaultAdvice.text(for: report)
        #expect(advice.count > 5 && !advice.hasSuffix("."))
    }
}
