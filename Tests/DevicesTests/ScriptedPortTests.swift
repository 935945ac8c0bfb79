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
