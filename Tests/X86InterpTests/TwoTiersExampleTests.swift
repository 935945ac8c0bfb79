import TestSupport
import Testing
import X86Interp

/// The code in the documents does what they say.
@Suite(.timeLimit(.minutes(30))) struct TwoTiersExampleTests {
    /// What the host of the example knows: the signature of fw_cfg, and then zeros.
    private struct Signature {
        private var letters = Array("QEMU".utf8)[...]
        mutating func next() -> UInt32 { UInt32(letters.popFirst() ?? 0) }
    }

    /// A device that is only asked in the kernel tier: its claim sends all accesses to the host.
    private final class Absent: PortDevice {
        let name = "absent"
        func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 { 0 }
        func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {}
        func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? { nil }
    }

    @Test func articleOnTiersReadsTheSignature() throws {
        let machine = try Machine(ramSize: 1 << 16)
        try machine.ports.claim(0x511...0x511, for: Absent(), tier: .user)
        machine.memory.load([0xBA, 0x11, 0x05, 0xB9, 0x04, 0x00, 0xF3, 0x6C, 0xF4], at: 0x7C00)
        machine.state.segments.cs = Segment(realMode: 0)
        machine.state.eip = 0x7C00
        machine.state.gpr.eax = 0x1234_5678
        machine.state.gpr.edi = 0x600
        var signature = Signature()

        var exit = try machine.run(.resume, until: 1000)
        while case .port(let request) = exit {
            let value: UInt32 = request.port == 0x511 ? signature.next() : request.width.mask
            exit = try machine.run(.complete(PortResponse(to: request, value: value)), until: 1000)
        }

        #expect(exit == .halted)
        #expect(machine.memory.peek(0x600, count: 5) == Array("QEMU\0".utf8))
        #expect(machine.state.gpr.eax == 0x1234_5678)
    }

    @Test func landingPageRunsAMachine() throws {
        let machine = try Machine(model: .p6, ramSize: 1 << 20)
        machine.memory.load([0xB0, 0x2A, 0xF4], at: 0x7C00)  // mov al, 42; hlt
        machine.state.segments.cs = Segment(realMode: 0)
        machine.state.eip = 0x7C00
        let exit = try machine.run(.resume, until: 1000)  // .halted, AL is 42

        #expect(exit == .halted)
        #expect(machine.state.gpr.eax & 0xFF == 42)
    }

    /// The Swift in a document stands in this file, line by line; lines are compared without their margins.
    @Test(arguments: ["X86Interp", "TwoTiers"]) func codeOfTheDocumentIsTheCodeOfTheTest(document: String) throws {
        let page = try SourceTree.file("Sources/X86Interp/X86Interp.docc/\(document).md")
        let own = try SourceTree.file("Tests/X86InterpTests/TwoTiersExampleTests.swift")
        func trimmed(_ line: Substring) -> String {
            String(line.drop { $0 == " " })
        }
        let lines = Set(own.lines.map(trimmed))
        let code = page.lines.filter { $0.hasPrefix("    ") && !$0.contains(";") || $0.contains("//") }.map(trimmed)
        let swift = code.filter { !$0.hasPrefix("mov ") && !$0.hasPrefix("rep ") }
        #expect(swift.count >= 5)
        for line in swift { #expect(lines.contains(line), "\(document).md") }
    }
}
