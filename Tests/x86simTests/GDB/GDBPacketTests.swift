import Testing
import X86Interp

@testable import x86sim

@Suite("Packets of gdb's protocol and their answers")
struct GDBPacketTests {
    // nop; mov al,42; hlt
    private let code: [UInt8] = [0x90, 0xB0, 0x42, 0xF4]

    @Test func everyRowIsReachedByItsOwnName() throws {
        for row in PacketRow.all {
            let first = PacketRow.all.first { $0.arguments(of: Array(row.name.utf8)) != nil }
            #expect(first?.name == row.name)
        }
        #expect(Set(PacketRow.all.map(\.name)).count == PacketRow.all.count)
    }

    @Test(arguments: ["", "!", "qFoo", "vFile:open:00,0,0", "vMustReplyEmpty", "qSupportedX", "QNonStop:1", "Z9,0,1"])
    func unknownPacketsHaveAnEmptyAnswer(payload: String) throws {
        #expect(try GDBBench(code).ask(payload) == "")
    }

    @Test(arguments: [
        "m", "mxyz", "m7c00", "m7c00,", "m7c00,4,", "m100000000,1", "m7c00,100000000", "m0,11112222333344445",
        "M7c00,1:",
        "M7c00,1:0", "M7c00,1:0g", "M7c00,2:00", "M7c00,1", "X7c00,1:", "X7c00:1", "p", "p99", "pffffffffffffffff",
        "px",
        "P0", "P0=", "P0=01", "P0=0100000000", "P99=01000000", "G0", "Gxx", "g1", "Z0", "Z0,", "Z0,7c00", "Z0,7c00,1,1",
        "Zx,7c00,1", "z0,7c00", "Z2,7c00,0", "Z2,ffffffff,2", "H", "Hx1", "Hg2", "Hg-2", "Hg", "T2", "T", "vCont",
        "vCont;", "vCont;x", "vCont;c:2", "vCont;c:x", "vCont;r", "vCont;r1", "vCont;r1,", "vCont;C", "C", "Cxx", "S",
        "cxyz", "szz", "c7c00 ", "bcx", "bsx", "qRcmd,0", "qRcmd,zz", "qRcmd,ff", "qXfer:features:read:target.xml:0",
        "qXfer:features:read:other.xml:0,10", "qXfer:features:read:target.xml:x,10", "QStartNoAckMode:1",
        "qThreadExtraInfo,2", "c99999999",
    ])
    func malformedPacketsHaveAnErrorForAnAnswer(payload: String) throws {
        let bench = try GDBBench(code)
        let before = bench.guest.state
        #expect(try bench.ask(payload)?.first == "E", "\(payload)")
        #expect(bench.guest.state == before)
        #expect(bench.session.ending == nil)
    }

    @Test func featuresAreAnnounced() throws {
        let answer = try #require(try GDBBench(code).ask("qSupported:swbreak+;multiprocess+"))
        let features = answer.split(separator: ";").map(String.init)
        for wanted in ["ReverseStep+", "ReverseContinue+", "qXfer:features:read+", "PacketSize=4000", "swbreak+"] {
            #expect(features.contains(wanted))
        }
    }

    @Test func threadsAreOne() throws {
        let bench = try GDBBench(code)
        #expect(try bench.ask("qfThreadInfo") == "m1")
        #expect(try bench.ask("qsThreadInfo") == "l")
        #expect(try bench.ask("qC") == "QC1")
        for payload in ["Hg0", "Hg1", "Hc-1", "Hm1", "T1", "T0"] { #expect(try bench.ask(payload) == "OK") }
        #expect(try bench.ask("qAttached") == "1")
        let words = PacketWriter.hex("0000:7C00, real mode, 16-bit code".utf8)
        #expect(try bench.ask("qThreadExtraInfo,1") == String(decoding: words, as: UTF8.self))
    }

    // MARK: Memory

    @Test func memoryIsReadAndWritten() throws {
        let bench = try GDBBench(code)
        #expect(try bench.ask("m7c00,4") == "90b042f4")
        #expect(try bench.ask("M7c01,2:1234") == "OK")
        #expect(try bench.ask("m7c00,4") == "901234f4")
        #expect(try bench.ask("X7c00,4:".utf8 + [0x24, 0x23, 0x7D, 0x2A]) == "OK")
        #expect(try bench.ask("m7c00,4") == "24237d2a")
        #expect(try bench.ask("X7c00,0:") == "OK")
    }

    @Test func aReadIsCutOffAtThePacketsSizeAndAtTheEndOfTheAddressSpace() throws {
        let bench = try GDBBench(code)
        #expect(try bench.ask("m0,ffffffff")?.utf8.count == PacketReader.limit)
        #expect(try bench.ask("mfffffffe,10") == "ffff")
    }

    @Test func whereNothingCanBeWrittenTheAnswerIsAnError() throws {
        let bench = try GDBBench(code)
        #expect(try bench.ask("M200000,1:00") == "E0e")
        #expect(try bench.ask("Mffffffff,2:0000") == "E0e")
        #expect(try bench.ask("Mfffff,2:1111") == "E0e")
        #expect(try bench.ask("mfffff,1") == "00")
    }

    /// With paging on, an address without a page is an error; a read ends before it.
    @Test func addressesWithoutAPageAreErrors() throws {
        let bench = try GDBBench(code)
        // The directory at 1000, a table at 2000 that maps page 7 to itself.
        #expect(try bench.ask("M1000,4:03200000") == "OK")
        #expect(try bench.ask("M201c,4:03700000") == "OK")
        #expect(try bench.setRegister("cr3", 0x1000) == "OK")
        #expect(try bench.setRegister("cr0", 0x8000_0011) == "OK")
        #expect(try bench.ask("m7c00,4") == "90b042f4")
        #expect(try bench.ask("m7ffe,8")?.utf8.count == 4)
        #expect(try bench.ask("m8000,4") == "E0e")
        #expect(try bench.ask("m400000,4") == "E0e")
        #expect(try bench.ask("M7fff,2:0000") == "E0e")
        // Accessed and dirty bits are as they were.
        #expect(bench.guest.guest.machine.memory.peek(0x201C, count: 1) == [0x03])
    }

    // MARK: XML

    @Test func theTargetDescriptionIsReadInPieces() throws {
        let bench = try GDBBench(code)
        var text = ""
        while true {
            let offset = String(text.utf8.count, radix: 16)
            let piece = try #require(try bench.ask("qXfer:features:read:target.xml:\(offset),100"))
            text += piece.dropFirst()
            if piece.first == "l" { break }
            #expect(piece.utf8.count == 257)
        }
        #expect(text == TargetDescription.target(bench.guest.state, of: bench.guest.model))
        #expect(text.contains("<architecture>i8086</architecture>"))
        for row in bench.guest.registers.all { #expect(text.contains("<reg name=\"\(row.name)\"")) }
        #expect(try bench.ask("qXfer:features:read:target.xml:ffffff,10") == "l")
    }

    @Test func theMemoryMapHasTheROMs() throws {
        let bench = try GDBBench(code)
        try bench.guest.guest.machine.memory.mapROM([0x90], at: 0xF_0000, name: "rom")
        let map = try #require(try bench.ask("qXfer:memory-map:read::0,1000"))
        #expect(map.contains("<memory type=\"ram\" start=\"0x0\" length=\"0xf0000\"/>"))
        #expect(map.contains("<memory type=\"rom\" start=\"0xf0000\" length=\"0x1000\"/>"))
        #expect(map.contains("<memory type=\"ram\" start=\"0xf1000\" length=\"0xfff0f000\"/>"))
    }

    // MARK: The line

    @Test func packetsAreAcknowledgedUntilTheClientWantsNoMoreOfIt() throws {
        let session = GDBSession(try GDBBench(code).guest)
        session.receive("$qC#b4".utf8)
        #expect(session.takeOutput() == Array("+$QC1#c5".utf8))
        session.receive("-".utf8)
        #expect(session.takeOutput() == Array("$QC1#c5".utf8))
        session.receive("+$qC#00".utf8)
        #expect(session.takeOutput() == Array("-".utf8))
        session.receive(PacketWriter.packet(Array("QStartNoAckMode".utf8)))
        #expect(session.takeOutput() == Array("+$OK#9a".utf8))
        session.receive("+$qC#b4".utf8)
        #expect(session.takeOutput() == Array("$QC1#c5".utf8))
        session.receive("$qC#00".utf8)
        #expect(session.takeOutput() == Array("$E16#ac".utf8))
    }

    @Test func aGiantPacketIsAnError() throws {
        let bench = try GDBBench(code)
        #expect(try bench.ask([UInt8](repeating: 0x61, count: 1 << 20)) == "E16")
        #expect(try bench.ask("qC") == "QC1")
    }

    @Test func whoNeverUnderstandsAnAnswerIsLeft() throws {
        let session = GDBSession(try GDBBench(code).guest)
        session.receive("$qC#b4".utf8)
        for _ in 0..<1000 { session.receive("-".utf8) }
        #expect(session.ending == .broken)
        #expect(session.takeOutput().count < 100)
    }

    @Test func thereIsARoomForBreakpointsAndAnEndOfIt() throws {
        let bench = try GDBBench(code)
        for address in 0..<1024 { #expect(try bench.ask("Z1,\(String(address, radix: 16)),1") == "OK") }
        #expect(try bench.ask("Z1,0,1") == "OK")
        #expect(try bench.ask("Z1,5000,1")?.hasPrefix("E.") == true)
        #expect(try bench.ask("z1,0,1") == "OK")
        #expect(try bench.ask("z1,0,1") == "OK")
        #expect(try bench.ask("Z1,5000,1") == "OK")
    }
}
