import TestSupport
import Testing

@testable import x86sim

@Suite("Packets of gdb's protocol as bytes")
struct PacketReaderTests {
    private func events(_ bytes: some Sequence<UInt8>) -> [PacketEvent] {
        var reader = PacketReader()
        return bytes.compactMap { reader.take($0) }
    }

    @Test func aPacketHasAPayloadAndTheSumOfItsBytes() {
        #expect(events("$g#67".utf8) == [.packet(Array("g".utf8))])
        #expect(events("$#00".utf8) == [.packet([])])
        #expect(
            events("$m7c00,4#c7$m7c00,4#C7".utf8) == [.packet(Array("m7c00,4".utf8)), .packet(Array("m7c00,4".utf8))])
    }

    @Test func betweenPacketsAreAcknowledgementsInterruptsAndNothingElse() {
        #expect(
            events("+-\u{3}$?#3fxyz+".utf8) == [.acknowledged, .refused, .interrupt, .packet([0x3F]), .acknowledged])
    }

    @Test func wrongChecksumsAreTold() {
        #expect(events("$g#66$g#6z$g#6+$g#67".utf8) == [.damaged, .damaged, .damaged, .packet([0x67])])
    }

    @Test func aDollarSignStartsAnew() {
        #expect(events("$m7c0$g#67".utf8) == [.packet([0x67])])
    }

    @Test func anInterruptWithinAPacketIsData() {
        #expect(events([0x24, 0x58, 0x03, 0x23, 0x35, 0x62]) == [.packet([0x58, 0x03])])
    }

    @Test func aGiantPacketIsDroppedAndTheNextOneIsHeard() {
        let giant = PacketWriter.packet([UInt8](repeating: 0x61, count: PacketReader.limit + 1))
        let full = [UInt8](repeating: 0x62, count: PacketReader.limit)
        #expect(events(giant + PacketWriter.packet(full)) == [.oversized, .packet(full)])
    }

    @Test func everyByteComesThroughWriterAndReader() {
        let all = (0...255).map { UInt8($0) }
        let packet = PacketWriter.packet(all)
        #expect(events(packet) == [.packet(all)])
        #expect(packet.filter { $0 == 0x24 || $0 == 0x23 }.count == 2)
    }

    @Test(arguments: 0..<50) func randomPayloadsComeThroughAmongGarbage(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let payloads = (0..<10).map { _ in
            (0..<Int.random(in: 0...200, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        }
        var bytes: [UInt8] = []
        for payload in payloads {
            for _ in 0..<Int.random(in: 0...5, using: &random) {
                let noise = UInt8.random(in: 0...255, using: &random)
                if noise != UInt8(ascii: "$") { bytes.append(noise) }
            }
            bytes += PacketWriter.packet(payload)
        }
        let packets = events(bytes).filter { ![.acknowledged, .refused, .interrupt].contains($0) }
        #expect(packets == payloads.map { .packet($0) })
    }

    @Test func fieldsAreReadOneByOneOrNotAtAll() {
        var fields = PacketFields(Array("7c00,4:0aFF".utf8)[...])
        let address = fields.address()
        let wrongSeparator = fields.take(":")
        let separator = fields.take(",")
        let number = fields.number()
        let colon = fields.take(":")
        let bytes = fields.bytes()
        #expect(address == 0x7C00 && !wrongSeparator && separator && number == 4 && colon && bytes == [0x0A, 0xFF])
        #expect(fields.isAtEnd)
        let none = ["", "x", "g0", "12345678123456781"].map { text in
            var fields = PacketFields(Array(text.utf8)[...])
            return fields.number()
        }
        #expect(none.allSatisfy { $0 == nil })
        var large = PacketFields(Array("100000000".utf8)[...])
        let tooLarge = large.address()
        #expect(tooLarge == nil)
        let odd = ["0", "0x", "00 1", "0g"].map { text in
            var fields = PacketFields(Array(text.utf8)[...])
            return fields.bytes()
        }
        #expect(odd.allSatisfy { $0 == nil })
    }
}
