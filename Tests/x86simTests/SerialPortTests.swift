import Foundation
import Testing

@testable import x86sim

/// Guests at the ends of all four serial ports.
@Suite("Serial ports", .timeLimit(.minutes(30)))
struct SerialPortTests {
    private static let bases: [UInt16] = [0x3F8, 0x2F8, 0x3E8, 0x2E8]

    /// Echoes what a port receives, and ends with code 0 at a dot.
    ///
    /// mov dx, base+3; mov al, 3; out dx, al; next: mov dx, base+5; again: in al, dx; test al, 1; jz again;
    /// mov dx, base; in al, dx; out dx, al; cmp al, '.'; jne next; mov al, 0; out f4, al
    private static func echoes(_ port: Int) throws -> TemporaryFile {
        let base = bases[port]
        var code: [UInt8] = [0xBA] + (base + 3).bytes + [0xB0, 0x03, 0xEE]
        code += [0xBA] + (base + 5).bytes + [0xEC, 0xA8, 0x01, 0x74, 0xFB]
        code += [0xBA] + base.bytes + [0xEC, 0xEE, 0x3C, 0x2E, 0x75, 0xEF, 0xB0, 0x00, 0xE6, 0xF4]
        return try TemporaryFile(code)
    }

    @Test(arguments: 0..<4) func eachPortHasAnEnd(port: Int) throws {
        let guest = try Self.echoes(port)
        let input = try TemporaryFile(Array("\(port).".utf8))
        let option = ["--fuel", "50000", "--serial", "com\(port + 1)=file:" + input.path]
        let host = TestHost()
        #expect(host.run(["run", guest.path] + option) == 0)
        #expect(host.output.text == "\(port).")
        let json = TestHost()
        #expect(json.run(["run", guest.path, "--json"] + option) == 0)
        let member = "\"\(SerialLines.name(port))\":\"\(port).\""
        #expect(json.output.text.contains(member), "\(json.output.text)")
        // It is another port's.
        let other = TestHost()
        let next = try Self.echoes((port + 1) % 4)
        #expect(other.run(["run", next.path] + option) == 12)
        #expect(other.output.bytes.isEmpty)
        #expect(TestHost().run(["tiers", guest.path] + option) == 0)
        #expect(TestHost().run(["debug", guest.path, "-batch", "-ex", "continue"] + option) == 0)
    }

    @Test func onlyNamedPortsAreShown() throws {
        // mov dx, base+3; mov al, 3; out dx, al; mov dx, base; mov al, 'a'; out dx, al; mov al, 10; out dx, al
        func says(_ character: Character, _ base: UInt16) -> [UInt8] {
            [0xBA] + (base + 3).bytes + [0xB0, 0x03, 0xEE, 0xBA] + base.bytes
                + [0xB0, character.asciiValue ?? 0, 0xEE, 0xB0, 0x0A, 0xEE]
        }
        let guest = try TemporaryFile(says("a", 0x3F8) + says("b", 0x2F8) + says("c", 0x3F8) + [0xE6, 0xF4])
        let host = TestHost()
        _ = host.run(["run", guest.path])
        #expect(host.output.text == "a\nc\n")
        let both = TestHost()
        _ = both.run(["run", guest.path, "--serial", "com2=none"])
        #expect(both.output.text == "a\nserial2: b\nserial: c\n")
        let client = TestHost()
        _ = client.run(["run", guest.path, "--serial", "pty", "--serial", "none"])
        #expect(client.output.text == "b\n")
        #expect(client.errors.text.contains("COM1 is /dev/"))
    }

    @Test func aClientTalksToTheGuest() throws {
        let guest = try Self.echoes(2)
        let port = try SocketListener(port: 0).port
        let talk = Talk()
        let thread = Thread {
            guard let client = try? TCPClient(port: port) else { return talk.end("no connection") }
            client.send("hello")
            let text = client.receive(5)
            client.send(" again.")
            talk.end(text + client.receive(7))
            client.close()
        }
        thread.start()
        let host = TestHost()
        let options = ["--serial", "com3=tcp:127.0.0.1:\(port),wait", "--fuel", "4000000000"]
        #expect(host.run(["run", guest.path] + options) == 0)
        #expect(talk.text == "hello again.")
        #expect(host.errors.text.contains("COM3 is at 127.0.0.1:\(port), waiting for a client"))
        #expect(host.output.bytes.isEmpty)
    }

    /// What a client has heard, once it is done.
    private final class Talk: @unchecked Sendable {
        private let done = DispatchSemaphore(value: 0)
        private var heard = ""

        func end(_ text: String) {
            heard = text
            done.signal()
        }

        var text: String {
            done.wait()
            return heard
        }
    }

    @Test func aRecordedCaseHasAllFilesAndNothingLive() throws {
        let guest = try Self.echoes(1)
        let input = try TemporaryFile(Array("x.".utf8))
        let record = guest.sibling(".csv")
        let arguments = ["run", guest.path, "--quiet", "--record", record, "--serial"]
        #expect(TestHost().run(arguments + ["com2=file:" + input.path]) == 0)
        #expect(TestHost().run(["check", record]) == 0)
        let json = TestHost()
        #expect(json.run(arguments + ["com2=file:" + input.path, "--json"]) == 0)
        #expect(json.output.text.contains("\"serial2\":\"x.\""))
        for (word, part) in [("com2=tcp:127.0.0.1:0", "what comes to COM2"), ("stdio", "standard input")] {
            let refused = TestHost()
            #expect(refused.run(arguments + [word]) == 1)
            #expect(refused.errors.text.contains("--record: a case cannot hold \(part)"))
        }
    }

    @Test func whereThereIsNobodyOneIsTold() throws {
        let guest = try Self.echoes(2)
        let tiers = TestHost()
        #expect(tiers.run(["tiers", guest.path, "--serial", "pty"]) == 1)
        #expect(tiers.errors.text.contains("only 'run', 'gdb' and 'debug' have clients"))
        let off = TestHost()
        #expect(off.run(["run", guest.path, "--device", "uart3,off", "--serial", "com3=pty"]) == 1)
        #expect(off.errors.text.contains("this machine has no COM3; add --device uart3"))
        let pipe = TestHost()
        #expect(pipe.run(["gdb", "--stdio", guest.path, "--serial", "com3=stdio"]) == 1)
        #expect(pipe.errors.text.contains("standard input is gdb's"))
        let taken = try SocketListener(port: 0)
        let second = TestHost()
        #expect(second.run(["run", guest.path, "--serial", "tcp:127.0.0.1:\(taken.port)"]) == 2)
        #expect(second.errors.text.contains("choose another port with --serial"))
    }
}
