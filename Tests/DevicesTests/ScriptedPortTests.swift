import Devices
import Testing
import X86Interp

@Suite struct ScriptedPortTests {
    private func reads(_ text: String, _ count: Int, writing value: UInt32? = nil) throws -> [UInt32] {
        let port = ScriptedPort(try ScriptedPort.Script(parsing: text), name: "port3da")
        if let value { port.setByte(value) }
        return (0..<count).map { _ in port.byte() }
    }

    @Test func sequenceCycles() throws { #expect(try reads("seq:08,00", 5) == [8, 0, 8, 0, 8]) }

    @Test func onceStaysAtItsEnd() throws { #expect(try reads("once:1,0x2,FF", 5) == [1, 2, 0xFF, 0xFF, 0xFF]) }

    @Test func constantStays() throws { #expect(try reads("const:5a", 2) == [0x5A, 0x5A]) }

    @Test func echoReadsTheLastWrite() throws {
        #expect(try reads("echo", 1) == [0])
        #expect(try reads("echo", 2, writing: 0x33) == [0x33, 0x33])
    }

    @Test(arguments: [("seq:0,ff", Width.byte), ("seq:0,100", .word), ("const:10000", .dword), ("echo", .byte)])
    func widthIsTheNarrowestThatHoldsAllValues(text: String, width: Width) throws {
        #expect(try ScriptedPort.Script(parsing: text).width == width)
    }

    @Test(arguments: [
        "", "seq", "seq:", "seq:1,,2", "seq:1,", "seq:xy", "seq:100000000", "seq:-1", "seq:+1", "seq: 1", "const:",
        "const:1,2", "echo:", "echo:1", "loop:1", "once:0x",
    ])
    func badScriptsAreRefusedWithTheirText(text: String) {
        do {
            _ = try ScriptedPort.Script(parsing: text)
            Issue.record("'\(text)' was accepted")
        } catch { #expect(error.description.hasPrefix("port script '\(text)': ")) }
    }

    @Test func writesAreRecordedUpToTheBound() throws {
        let port = ScriptedPort(.constant(0), name: "port80")
        for value in UInt32(0)..<300 { port.setByte(value & 0xFF) }
        #expect(port.state.record.count == ScriptedPort.recordSize)
        #expect(port.state.record.prefix(3) == [0, 1, 2])
        #expect(port.state.writes == 300)
        #expect(port.state.written == 43)
    }

    @Test func emptyScriptsAndWildStatesAreNoTrap() {
        let empty = ScriptedPort(.sequence([]), name: "port1")
        #expect(empty.byte() == 0xFF)
        let wild = ScriptedPort(.once([1, 2]), name: "port2")
        wild.state.next = .max
        #expect(wild.byte() == 2)
    }
}

@Suite("Ports without code in words")
struct PortStubTests {
    private func reads(_ text: String, _ count: Int) throws -> [UInt32] {
        let words = text.split(separator: " ").map(String.init)
        let port = ScriptedPort(try ScriptedPort.Script(words: words), name: "port5f7")
        return (0..<count).map { _ in port.byte() }
    }

    @Test func wordsSayHowOften() throws {
        #expect(try reads("busy 3 then 50", 6) == [0x80, 0x80, 0x80, 0x50, 0x50, 0x50])
        #expect(try reads("80 x3 then 50", 5) == [0x80, 0x80, 0x80, 0x50, 0x50])
        #expect(try reads("1 10 then 2 x1 then busy", 13) == [UInt32](repeating: 1, count: 10) + [2, 0x80, 0x80])
        #expect(try reads("50", 2) == [0x50, 0x50])
        #expect(try reads("seq 8,0", 3) == [8, 0, 8])
        #expect(try reads("once 8*2 busy", 4) == [8, 8, 0x80, 0x80])
        #expect(try reads("const ff", 1) == [0xFF])
    }

    @Test(arguments: [
        "", "then", "busy 3", "busy 3 then", "then 5", "5 then 6", "80 x3 50", "80 0 then 1", "80 -1 then 1",
        "80 4294967296 then 1", "80 4294967295 then 1", "80 x then 1", "80 xx3 then 1", "lazy", "100000000", "seq",
        "seq ,", "seq 1*0", "seq 1*", "seq 1*2*3", "echo 1", "stub 5", "80 3 then 50 then 60",
    ])
    func badWordsAreRefused(text: String) {
        let words = text.split(separator: " ").map(String.init)
        do {
            _ = try ScriptedPort.Script(words: words)
            Issue.record("'\(text)' was accepted")
        } catch { #expect(error.description.hasPrefix("port stub '\(text)': ")) }
    }

    @Test(arguments: ["seq:8,0", "once:80*3,50", "const:5a", "echo", "seq:0*4000000000,1"])
    func textIsReadBack(text: String) throws {
        #expect(try ScriptedPort.Script(parsing: text).text == text)
        #expect(try PortOption(parsing: "5f0/4=\(text)") == PortOption(0x5F0, width: .dword, .init(parsing: text)))
    }

    @Test func optionsTakeWordsAndWidths() throws {
        #expect(try PortOption(parsing: "1f7=stub busy 2 then 50").script == .once([0x80, 0x80, 0x50]))
        for text in ["1f0/3=echo", "1f0/=echo", "/2=echo", "1f0/2", "1f0/2/2=echo"] {
            #expect(throws: BoardError.self) { try PortOption(parsing: text) }
        }
    }

    // MARK: In a running machine

    /// `in al, 60h` and so on at ports that the options of a stub name.
    private func machine() throws -> (Machine, Board) {
        let machine = try Machine(ramSize: 1 << 16)
        return (machine, try Board(machine: machine))
    }

    @Test func aStubIsClaimedReplacedAndRefused() throws {
        let (machine, board) = try machine()
        let count = board.devices.count
        try board.stub(PortOption(0x5F7, .once([0x80, 0x50])), on: machine)
        let request = PortRequest(port: 0x5F7, width: .byte, direction: .in)
        #expect([machine.ports.serve(request).value, machine.ports.serve(request).value] == [0x80, 0x50])
        try board.stub(PortOption(0x5F7, .constant(7)), on: machine)
        #expect(machine.ports.serve(request).value == 7)
        #expect(board.devices.count == count + 1 && machine.devices["port5f7"] != nil)
        #expect(throws: BoardError.overlap(port: 0x3F8, new: "port3f8", existing: "uart")) {
            try board.stub(PortOption(0x3F8, .constant(7)), on: machine)
        }
        // fw_cfg's selector takes words only: a byte there would hide a real device all the same.
        #expect(throws: BoardError.overlap(port: 0x510, new: "port510", existing: "fw_cfg")) {
            try board.stub(PortOption(0x510, width: .byte, .constant(7)), on: machine)
        }
    }

    @Test func aStubTakesTheRegisterOfAChipThatYields() throws {
        let (machine, board) = try machine()
        try board.stub(PortOption(0x3DA, .sequence([8, 0])), on: machine)
        let request = PortRequest(port: 0x3DA, width: .byte, direction: .in)
        #expect([machine.ports.serve(request).value, machine.ports.serve(request).value] == [8, 0])
        #expect(machine.ports.claim(at: 0x3C8, .byte)?.device.name == "vga")
        try board.stub(PortOption(0x3C8, .constant(7)), on: machine)
        #expect(machine.ports.peek(0x3C8, .byte) == 7 && machine.ports.peek(0x3CC, .byte) == 0x67)
    }

    @Test func anotherWidthReplacesTheStubAsWell() throws {
        let (machine, board) = try machine()
        try board.stub(PortOption(0x5F0, .constant(7)), on: machine)
        try board.stub(PortOption(0x5F0, .constant(0x1234)), on: machine)
        #expect(machine.ports.peek(0x5F0, .word) == 0x1234)
        #expect(machine.ports.claim(at: 0x5F0, .byte) == nil)
        #expect(board.devices.filter { $0 is ScriptedPort }.count == 1)
    }

    @Test func valuesFitTheWidthAndThePortIsAligned() throws {
        let (machine, board) = try machine()
        for option in [
            PortOption(0x1F1, .constant(0x100)), PortOption(0x5F0, width: .byte, .constant(0x100)),
            PortOption(0x1F2, width: .dword, .echo),
        ] {
            #expect(throws: BoardError.self) { try board.stub(option, on: machine) }
        }
    }

    @Test func aMapWithoutRoomSaysSo() throws {
        let (machine, board) = try machine()
        #expect(throws: BoardError.tooMany(device: "port1400")) {
            for number in UInt16(0)..<2000 {
                try board.stub(PortOption(0x1000 + number, .constant(1)), on: machine)
                if machine.ports.claims.count == 1024 {
                    try board.stub(PortOption(0x1400, .constant(1)), on: machine)
                }
            }
        }
        // Those that are there still change.
        try board.stub(PortOption(0x1000, .constant(2)), on: machine)
        #expect(machine.ports.peek(0x1000, .byte) == 2)
    }
}
