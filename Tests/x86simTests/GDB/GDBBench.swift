import Testing
import X86Interp

@testable import x86sim

/// A guest and a client's session with it, without a socket.
final class GDBBench {
    let guest: DebuggedGuest
    let session: GDBSession
    /// What the guest has written to the debug console.
    let console = MemorySink()
    /// What the session has told the user.
    private(set) var said = ""

    /// A guest of bare code at 0000:7C00, or elsewhere by the options.
    init(_ code: [UInt8], _ options: [String] = []) throws {
        let file = try TemporaryFile(code)
        let arguments = [file.path, "--boot=flat", "-m", "1M"] + options
        let settings = try OptionParser(subcommand: X86Sim.named("gdb")).parse(arguments)
        let image = try GuestImage(settings)
        let loaded = try image.makeGuest(console: console, serial: MemorySink())
        guest = try DebuggedGuest(loaded, fuel: settings.fuel ?? .max)
        session = GDBSession(guest)
        session.startWithoutAcknowledgements()
    }

    /// Sends a packet and lets the guest run until it stops; the answer's payload, or nil if there is none.
    func ask(_ payload: some Sequence<UInt8>) throws -> String? {
        try exchange(payload).last
    }

    func ask(_ payload: String) throws -> String? { try ask(payload.utf8) }

    /// All packets that a packet is answered with, but the text for the user.
    private func exchange(_ payload: some Sequence<UInt8>) throws -> [String] {
        session.receive(PacketWriter.packet(Array(payload)))
        while session.isRunning { session.advance() }
        var answers: [String] = []
        for payload in try Self.payloads(session.takeOutput()) {
            if payload.first == UInt8(ascii: "O"), payload != Array("OK".utf8) {
                var fields = PacketFields(payload.dropFirst())
                let text = fields.bytes()
                said += String(decoding: try #require(text), as: UTF8.self)
            } else {
                answers.append(String(decoding: payload, as: UTF8.self))
            }
        }
        return answers
    }

    /// The payloads of packets in what a session sends.
    static func payloads(_ bytes: [UInt8]) throws -> [[UInt8]] {
        var reader = PacketReader()
        return try bytes.compactMap { reader.take($0) }.map { event in
            guard case .packet(let payload) = event else { throw UnexpectedEvent(event: event) }
            return payload
        }
    }

    struct UnexpectedEvent: Error { let event: PacketEvent }

    /// What a monitor command shows.
    func monitor(_ line: String) throws -> String {
        said = ""
        let answer = try ask("qRcmd,".utf8 + PacketWriter.hex(line.utf8))
        #expect(answer == "OK")
        return said
    }

    /// A register's value by its name.
    func register(_ name: String) throws -> UInt64 {
        let number = try #require(guest.registers.all.firstIndex { $0.name == name })
        let text = try #require(try ask("p" + String(number, radix: 16)))
        var fields = PacketFields(Array(text.utf8)[...])
        let bytes = fields.bytes()
        return try #require(bytes).prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Writes a register by its name; the answer.
    func setRegister(_ name: String, _ value: UInt64) throws -> String? {
        let number = try #require(guest.registers.all.firstIndex { $0.name == name })
        let bytes = (0..<guest.registers.all[number].bits / 8).map {
            $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) : 0
        }
        return try ask("P" + String(number, radix: 16) + "=" + String(decoding: PacketWriter.hex(bytes), as: UTF8.self))
    }
}
