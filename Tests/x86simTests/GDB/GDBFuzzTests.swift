import TestSupport
import Testing
import X86Interp

@testable import x86sim

/// A client that sends anything gets answers, errors or a closed session: never a trap, a hang or unbounded memory.
@Suite("Random gdb clients", .timeLimit(.minutes(30)))
struct GDBFuzzTests {
    /// How many clients there are.
    private static let seeds = LongTests.count(short: 300)
    /// Answers and echoes of one read from the line stay below this.
    private static let bound = 64 * PacketReader.limit

    /// Pieces of packets, and what looks like some.
    private static let pieces: [String] =
        PacketRow.all.map(\.name) + TransferRow.all.map { "\($0.object):read:\($0.annex):" }
        + MonitorRow.all.map(\.name)
        + [
            "0", "1", "4", "-1", "7c00", "7bfe", "ffffffff", "fffffffe", "100000000", "ffffffffffffffff", "80000000",
            ",", ":", ";", "=", "c", "s", "r7c00,7c08", "C05", "t", "00", "ff", "12345678", "0,4000", "0,ffffffff", "x",
        ]

    @Test(arguments: 0..<10) func anythingIsAnswered(part: Int) throws {
        // loop: inc ax; rep stosb; out dx,al; jmp loop
        let bench = try GDBBench(
            [0x40, 0xB9, 0x10, 0x00, 0xF3, 0xAA, 0xEE, 0xEB, 0xF7], ["--fuel=5000", "--max-output=100"])
        for seed in stride(from: part, to: Self.seeds, by: 10) {
            try client(seed: UInt64(seed), bench.guest)
        }
    }

    private func client(seed: UInt64, _ guest: DebuggedGuest) throws {
        var random = SeededGenerator(seed: seed)
        let session = GDBSession(guest)
        guest.debugger.poll = { session.wantsToStop }
        defer { guest.debugger.poll = { false } }
        for _ in 0..<20 where session.ending == nil {
            session.receive(Self.bytes(&random))
            // A run is cut off by the client, as by a user who has seen enough.
            for _ in 0..<3 where session.isRunning { session.advance() }
            if session.isRunning { session.receive([0x03]) }
            session.advance()
            #expect(!session.isRunning, "seed \(seed)")
            let output = session.takeOutput()
            #expect(output.count < Self.bound, "seed \(seed)")
            try Self.check(output, seed)
        }
        guest.removePoints()
    }

    /// Whatever a session sends is well-formed.
    private static func check(_ output: [UInt8], _ seed: UInt64) throws {
        var reader = PacketReader()
        let events = output.compactMap { reader.take($0) }
        #expect(!events.contains { $0 == .damaged || $0 == .interrupt }, "seed \(seed)")
    }

    /// What a client sends at once: packets that nearly make sense, some damaged, and garbage.
    private static func bytes(_ random: inout SeededGenerator) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            switch Int.random(in: 0..<10, using: &random) {
            case 0:
                bytes += (0..<Int.random(in: 0..<40, using: &random)).map { _ in .random(in: 0...255, using: &random) }
            case 1:
                let payload = (0..<Int.random(in: 0..<40, using: &random)).map { _ in
                    UInt8.random(in: 0...255, using: &random)
                }
                bytes += PacketWriter.packet(payload)
            case 2:
                var packet = PacketWriter.packet(payload(&random))
                packet[Int.random(in: packet.indices, using: &random)] = .random(in: 0...255, using: &random)
                bytes += packet
            case 3 where Int.random(in: 0..<50, using: &random) == 0:
                bytes += PacketWriter.packet([UInt8](repeating: 0x6D, count: 3 * PacketReader.limit))
            default: bytes += PacketWriter.packet(payload(&random))
            }
        }
        return bytes
    }

    private static func payload(_ random: inout SeededGenerator) -> [UInt8] {
        let row = PacketRow.all[Int.random(in: PacketRow.all.indices, using: &random)]
        var text = row.name
        if row.name == "qRcmd" {
            let command = MonitorRow.all[Int.random(in: MonitorRow.all.indices, using: &random)].name
            text +=
                ","
                + String(
                    decoding: PacketWriter.hex(
                        (command + [" 5", "", " x"][Int.random(in: 0..<3, using: &random)]).utf8), as: UTF8.self)
        }
        for _ in 0..<Int.random(in: 0..<6, using: &random) {
            text += pieces[Int.random(in: pieces.indices, using: &random)]
        }
        return Array(text.utf8)
    }
}
