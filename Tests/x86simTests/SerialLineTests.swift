import Foundation
import Testing
import X86Interp

@testable import x86sim

/// A client that says one thing after the other, and takes what it has room for.
private final class LineClient: ByteChannel {
    var says: [ChannelInput]
    var room: Int
    var isGone = false
    private(set) var received: [UInt8] = []

    init(_ says: [ChannelInput] = [], room: Int = .max) {
        self.says = says
        self.room = room
    }

    func receive(waiting milliseconds: Int) -> ChannelInput { says.isEmpty ? .nothing : says.removeFirst() }

    func send(_ bytes: [UInt8]) -> Bool { offer(bytes[...], waiting: 0) == bytes.count }

    func offer(_ bytes: ArraySlice<UInt8>, waiting milliseconds: Int) -> Int? {
        guard !isGone else { return nil }
        let taken = bytes.prefix(room)
        room -= taken.count
        received += taken
        return taken.count
    }
}

/// Clients that come one after the other.
private final class LineDoor: ChannelListener {
    var clients: [LineClient] = []

    func accept(waiting milliseconds: Int) -> (any ByteChannel)? { clients.isEmpty ? nil : clients.removeFirst() }
}

@Suite("Serial lines of the host", .timeLimit(.minutes(30)))
struct SerialLineTests {
    private static func choices(_ words: [String]) throws -> [SerialChoice?] {
        let arguments = ["x"] + words.flatMap { ["--serial", $0] }
        return try OptionParser(subcommand: X86Sim.named("run")).parse(arguments).serial.choices
    }

    // MARK: Options

    @Test func portsAreNamedOrCounted() throws {
        #expect(try Self.choices([]) == [nil, nil, nil, nil])
        #expect(try Self.choices(["stdio"]) == [.standardInput, nil, nil, nil])
        #expect(
            try Self.choices(["none", "file:a=b", "com4=pty", "tcp:localhost:5"]) == [
                SerialChoice.none, .file("a=b"), .tcp(port: 5, waits: false), .terminal,
            ])
        #expect(try Self.choices(["com1=none", "pty"]) == [SerialChoice.none, .terminal, nil, nil])
        #expect(try Self.choices(["COM2=tcp:127.0.0.1:0,wait"]) == [nil, .tcp(port: 0, waits: true), nil, nil])
        #expect(try Self.choices(["file:com1=x"]) == [.file("com1=x"), nil, nil, nil])
    }

    @Test(
        arguments: [
            (["tcp:0.0.0.0:5"], "this computer only"), (["tcp:example.org:5"], "this computer only"),
            (["tcp:5"], "names no port"), (["tcp:127.0.0.1:65536"], "names no port"),
            (["tcp::5"], "this computer only"),
            (["tcp:127.0.0.1:5,server"], "names no port"), (["tcp:127.0.0.1:-1"], "names no port"),
            (["stdio", "stdio"], "goes to COM1 already"), (["com3=stdio", "com1=stdio"], "goes to COM3 already"),
            (["com1=none", "com1=pty"], "COM1 is connected already"), (["com5=none"], "com1, com2, com3, com4"),
            (["com1="], "is none of stdio"), (["file:"], "is none of stdio"), (["x=stdio"], "is none of stdio"),
            ([String](repeating: "none", count: 5), "all are connected"),
        ] as [([String], String)]) func whatIsRefused(words: [String], part: String)
    {
        do throws(CommandError) {
            _ = try OptionParser(subcommand: X86Sim.named("run")).parse(["x"] + words.flatMap { ["--serial", $0] })
            Issue.record("\(words) were accepted")
        } catch {
            #expect(error.message.contains(part) && error.status == 1, "\(error.message)")
        }
    }

    // MARK: A line and its clients

    @Test func clientsComeAndGo() {
        let door = LineDoor()
        var time: UInt64 = 0
        let line = LiveLine(door) {
            time += 1_000_000
            return time
        }
        line.write("nobody hears this")
        line.flush()
        #expect(line.read() == nil && !line.isAtEnd)
        let first = LineClient([.bytes([1, 2]), .nothing, .bytes([3]), .closed])
        let second = LineClient([.bytes([4])])
        door.clients = [first, second]
        line.write("first")
        line.flush()
        #expect(first.received == Array("first".utf8))
        #expect(line.peek() == 1 && line.read() == 1 && line.read() == 2 && line.read() == nil && line.read() == 3)
        // Who asks has spoken before.
        line.write("more")
        #expect(line.read() == nil)
        #expect(first.received == Array("firstmore".utf8))
        #expect(line.read() == 4)
        line.write("second")
        line.flush()
        #expect(second.received == Array("second".utf8))
        // It is gone, which only sending tells.
        second.isGone = true
        line.write("lost")
        line.flush()
        #expect(line.failure == nil)
        let third = LineClient()
        door.clients = [third]
        line.write("third")
        line.flush()
        #expect(third.received == Array("third".utf8))
    }

    @Test func aClientThatTakesNothingLosesOnlyWhatIsTooMuch() {
        let door = LineDoor()
        let line = LiveLine(door) { 0 }
        let client = LineClient(room: 10)
        door.clients = [client]
        for number in 0..<100_000 { line.write(byte: UInt8(truncatingIfNeeded: number)) }
        line.flush()
        #expect(client.received == (0..<10).map { UInt8($0) })
        client.room = .max
        line.flush()
        #expect(client.received.count > 60_000 && client.received.count < 70_000)
        let kept = client.received
        #expect(kept.indices.allSatisfy { kept[$0] == UInt8(truncatingIfNeeded: $0) })
        line.write(byte: 7)
        line.flush()
        #expect(client.received.count == kept.count + 1)
    }

    // MARK: The system's

    @Test func aPseudoTerminal() throws {
        let terminal = try PseudoTerminal()
        let line = LiveLine(terminal) { DispatchTime.now().uptimeNanoseconds }
        func read(_ count: Int) -> [UInt8] {
            var bytes: [UInt8] = []
            for _ in 0..<2000 where bytes.count < count {
                Host.sleep(1_000_000, inputs: [line])
                while let byte = line.read() { bytes.append(byte) }
            }
            return bytes
        }
        line.write("nobody hears this")
        line.flush()
        for word in ["first\r\n\u{3}", "second\u{4}"] {
            let device = try #require(FileHandle(forUpdatingAtPath: terminal.name))
            device.write(Data(word.utf8))
            #expect(read(word.utf8.count) == Array(word.utf8))
            line.write("\u{3}\n" + word)
            line.flush()
            // No byte is changed, and nothing comes back by itself.
            #expect(device.readData(ofLength: word.utf8.count + 2) == Data(("\u{3}\n" + word).utf8))
            #expect(read(1) == [])
            try device.close()
            #expect(line.read() == nil)
        }
    }

    @Test func anEndedTCPClientIsNoEnd() throws {
        let listener = try SocketListener(port: 0)
        let line = LiveLine(listener) { DispatchTime.now().uptimeNanoseconds }
        for round in 0..<3 {
            let client = try TCPClient(port: listener.port)
            client.send("hello")
            var bytes: [UInt8] = []
            for _ in 0..<2000 where bytes.count < 5 {
                Host.sleep(1_000_000, inputs: [line])
                while let byte = line.read() { bytes.append(byte) }
            }
            #expect(bytes == Array("hello".utf8))
            line.write("answer \(round)")
            line.flush()
            #expect(client.receive(8) == "answer \(round)")
            // Reset, with bytes under way: neither a signal nor a failure.
            if round != 1 { client.resetsAtClose() }
            client.close()
            for _ in 0..<20 {
                line.write([UInt8](repeating: 0x78, count: 10_000))
                line.flush()
            }
            for _ in 0..<100 { _ = line.read() }
            #expect(line.failure == nil)
        }
    }
}
