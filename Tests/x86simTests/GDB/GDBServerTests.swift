import Testing
import X86Interp

@testable import x86sim

/// A client that sends what it was given, one piece a read, and goes.
private final class ScriptedChannel: ByteChannel {
    private var script: [ChannelInput]
    private(set) var received: [UInt8] = []
    /// Whether answers are taken.
    var takesAnswers = true

    init(_ packets: [String], then end: ChannelInput? = .closed) {
        script = packets.map { .bytes($0.first == "\u{3}" ? [0x03] : PacketWriter.packet(Array($0.utf8))) }
        if let end { script.append(end) }
    }

    func receive(waiting milliseconds: Int) -> ChannelInput { script.isEmpty ? .nothing : script.removeFirst() }

    func send(_ bytes: [UInt8]) -> Bool {
        received += bytes
        return takesAnswers
    }

    /// What the client got, without acknowledgements.
    var answers: [String] {
        var reader = PacketReader()
        return received.compactMap { byte in
            guard case .packet(let payload) = reader.take(byte) else { return nil }
            return String(decoding: payload, as: UTF8.self)
        }
    }
}

/// Clients that come one after the other.
private final class ScriptedListener: ChannelListener {
    var channels: [ScriptedChannel]

    init(_ channels: [ScriptedChannel]) { self.channels = channels }

    func accept(waiting milliseconds: Int) -> (any ByteChannel)? { channels.isEmpty ? nil : channels.removeFirst() }
}

@Suite("The gdb server, client by client", .timeLimit(.minutes(30)))
struct GDBServerTests {
    /// mov al,5; out f4,al: the guest ends with code 5.
    private let exit: [UInt8] = [0xB0, 0x05, 0xE6, 0xF4]
    // jmp $
    private let forever: [UInt8] = [0xEB, 0xFE]

    private func serve(
        _ code: [UInt8], _ channels: [ScriptedChannel], isRunning: Bool = false, timeout: Double? = nil,
        _ host: TestHost = TestHost()
    ) throws -> RunEnd {
        let bench = try GDBBench(code)
        let server = GDBServer(bench.guest, host: host.host, listener: ScriptedListener(channels), timeout: timeout)
        return server.serve(isRunning: isRunning)
    }

    @Test func aClientThatDetachesLetsTheGuestRunOn() throws {
        let client = ScriptedChannel(["?", "D"])
        #expect(try serve(exit, [client]) == .guestExit(code: 5))
        #expect(client.answers.count == 2)
        #expect(client.answers.first?.hasPrefix("T05") == true)
        #expect(client.answers.last == "OK")
    }

    @Test func aClientThatContinuesHearsOfTheEnd() throws {
        let client = ScriptedChannel(["vCont;c"], then: nil)
        #expect(try serve(exit, [client]) == .guestExit(code: 5))
        #expect(client.answers.last == "W05")
    }

    @Test func aClientThatKillsEndsTheRun() throws {
        #expect(try serve(exit, [ScriptedChannel(["k"])]) == .interrupted)
        let client = ScriptedChannel(["vKill;1"])
        #expect(try serve(exit, [client]) == .interrupted)
        #expect(client.answers == ["OK"])
    }

    @Test func aClientThatIsCutOffLeavesTheGuestToTheNext() throws {
        let first = ScriptedChannel(["Z0,7c02,1", "s"])
        let second = ScriptedChannel(["p8", "c"], then: nil)
        #expect(try serve(exit, [first, second]) == .guestExit(code: 5))
        // The breakpoint of the first is gone.
        #expect(second.answers.first == "027c0000")
        #expect(second.answers.last == "W05")
    }

    @Test func aClientThatTakesNoAnswersIsCutOff() throws {
        let first = ScriptedChannel(["g", "g", "g"], then: nil)
        first.takesAnswers = false
        #expect(try serve(exit, [first, ScriptedChannel(["D"])]) == .guestExit(code: 5))
        #expect(first.answers.count == 1)
    }

    @Test func aClientInterruptsARun() throws {
        let client = ScriptedChannel(["c", "\u{3}", "?", "k"])
        #expect(try serve(forever, [client]) == .interrupted)
        #expect(client.answers.count == 2)
        #expect(client.answers.allSatisfy { $0.hasPrefix("T02") })
    }

    @Test func aClientComesToARunningGuest() throws {
        let client = ScriptedChannel(["?", "p8", "k"])
        #expect(try serve(forever, [client], isRunning: true) == .interrupted)
        #expect(client.answers.last == "007c0000")
    }

    @Test func theGuestRunsWithoutAClient() throws {
        #expect(try serve(exit, [], isRunning: true) == .guestExit(code: 5))
    }

    @Test func timeEndsARunWithAndWithoutAClient() throws {
        #expect(try serve(forever, [], isRunning: true, timeout: 0.1) == .timeout)
        #expect(try serve(forever, [ScriptedChannel(["c"], then: nil)], timeout: 0.1) == .timeout)
    }

    @Test func timeEndsTheWaiting() throws {
        #expect(try serve(exit, [], timeout: 0.1) == .timeout)
        #expect(try serve(exit, [ScriptedChannel(["?"], then: nil)], timeout: 0.1) == .timeout)
    }

    @Test func controlCEndsTheWaiting() throws {
        let host = TestHost()
        host.wantsToStop = true
        #expect(try serve(exit, [], host) == .interrupted)
    }

    @Test func stoppedWithoutAServerIsAnError() throws {
        let file = try TemporaryFile(exit)
        let host = TestHost()
        #expect(host.run(["run", file.path, "-S"]) == 1)
        #expect(host.errors.text.contains("-S") && host.errors.text.contains("-s"))
        #expect(TestHost().run(["run", file.path, "--gdb", "70000"]) == 1)
    }

    @Test func aPortThatIsTakenIsAnError() throws {
        let taken = try SocketListener(port: 0)
        let file = try TemporaryFile(exit)
        let host = TestHost()
        #expect(host.run(["gdb", file.path, "--gdb", "\(taken.port)"]) == 2)
        #expect(host.errors.text.contains("127.0.0.1:\(taken.port)"))
    }
}
