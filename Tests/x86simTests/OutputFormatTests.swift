import Testing
import X86Interp

@testable import x86sim

@Suite("JSON, logs and tables")
struct OutputFormatTests {
    @Test func jsonKeepsTheOrderAndEscapes() {
        let value = JSON.object([
            "b": .string("\"\\\n\u{1}\u{7F}ä"), "a": .array([.number(.max), .null, .bool(true), .decimal(0.5)]),
            "e": .object([]), "i": .decimal(.infinity),
        ])
        #expect(
            value.text
                == #"{"b":"\"\\\n\u0001\u007Fä","a":[18446744073709551615,null,true,0.5],"e":{},"i":null}"#)
    }

    private static let transactions = [
        PortTransaction(
            instructions: 17, cs: 0, eip: 0x7C23, operation: .ins, element: 0, remaining: 4, tier: .user, port: 0x511,
            width: .byte, direction: .in, value: 0x51, device: "fw_cfg"),
        PortTransaction(
            instructions: 18, cs: 0xF000, eip: 0x12345, operation: .out, element: 0, remaining: 1, tier: nil,
            port: 0x80, width: .dword, direction: .out, value: 0xABCD, device: nil),
    ]

    @Test func aLogInJSONLines() throws {
        let sink = MemorySink()
        let log = IOLog(to: sink, format: .jsonLines)
        for transaction in Self.transactions { _ = log.didTransfer(transaction) }
        try log.finish()
        #expect(
            sink.text == """
                {"icount":17,"cs":0,"ip":31779,"insn":"ins","element":0,"remaining":4,"tier":"user","width":1,\
                "dir":"in","port":1297,"value":81,"device":"fw_cfg"}
                {"icount":18,"cs":61440,"ip":74565,"insn":"out","element":0,"remaining":1,"tier":null,"width":4,\
                "dir":"out","port":128,"value":43981,"device":null}

                """)
    }

    @Test func aLogInCSV() throws {
        let sink = MemorySink()
        let log = IOLog(to: sink, format: .csv)
        for transaction in Self.transactions { _ = log.didTransfer(transaction) }
        try log.finish()
        #expect(
            sink.text == """
                icount,cs,ip,insn,element,remaining,tier,width,dir,port,value,device
                17,0000,7C23,ins,0,4,user,1,in,0511,51,fw_cfg
                18,F000,12345,out,0,1,none,4,out,0080,0000ABCD,

                """)
    }

    @Test func aFullDiskIsReported() throws {
        let log = IOLog(to: try FileSink(path: "/dev/full"), format: .csv)
        #expect(throws: CommandError.self) { try log.finish() }
    }

    @Test func unmappedPortsAreNotedOnce() throws {
        let host = TestHost()
        var settings = Settings()
        settings.unmapped = .log
        let notes = try #require(UnmappedNotes(host.host, settings))
        for transaction in Self.transactions + Self.transactions { _ = notes.didTransfer(transaction) }
        #expect(host.errors.text == "x86sim: unmapped port 80 (out) at F000:12345, not said again\n")
    }

    @Test func tablesInThreeForms() {
        let table = Table(columns: ["a", "b"], rows: [["1|2", "x"], ["3", ""]])
        #expect(table.plain == "a    b\n1|2  x\n3\n")
        #expect(table.markdown == "| a | b |\n| --- | --- |\n| 1\\|2 | x |\n| 3 |  |\n")
        #expect(table.json.text == #"[{"a":"1|2","b":"x"},{"a":"3","b":""}]"#)
    }

    @Test(arguments: ["opcodes", "cpus", "devices", "machines"])
    func listsHaveEveryRow(name: String) {
        let plain = TestHost()
        #expect(plain.run([name]) == 0)
        let markdown = TestHost()
        #expect(markdown.run([name, "--markdown"]) == 0)
        let json = TestHost()
        #expect(json.run([name, "--json"]) == 0)
        let lines = plain.output.text.split(separator: "\n").count
        #expect(lines > 3)
        #expect(markdown.output.text.split(separator: "\n").count == lines + 1)
        #expect(json.output.text.hasPrefix("[{\"") && json.output.text.hasSuffix("}]\n"))
    }

    @Test func theOpcodeTableHasEveryEncoding() {
        #expect(ListCommands.opcodeTable.rows.count == Encoding.all.count)
        #expect(ListCommands.opcodeTable.rows.contains { $0.prefix(3) == ["0F40-4F", "cmovcc", "gv,ev"] })
    }

    @Test func hexadecimalDigits() {
        #expect(UInt8(0xA).hex == "0A" && UInt32(0x7C00).hex == "00007C00" && UInt32(0x7C00).hex(digits: 2) == "7C00")
        #expect("a".padded(to: 3) == "a  " && "abc".padded(to: 1) == "abc" && "a".aligned(to: 3) == "  a")
    }
}
