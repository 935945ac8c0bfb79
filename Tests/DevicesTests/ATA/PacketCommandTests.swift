import Testing
import X86Interp

@testable import Devices

/// Every packet command that SFF-8020i or MMC-3 has for drives that only read.
@Suite("PacketCommand") struct PacketCommandTests {
    /// A command, and how many bytes it gives; nil if it is refused as none.
    struct Case: Sendable, CustomTestStringConvertible {
        let packet: [UInt8]
        let name: String
        let size: Int?
        var testDescription: String { name }

        init(_ name: String, _ packet: [UInt8], gives size: Int? = nil) {
            self.packet = packet
            self.name = name
            self.size = size
        }
    }

    static let modelled: [Case] = [
        .init("TEST UNIT READY", [0x00], gives: 0), .init("REQUEST SENSE", [0x03, 0, 0, 0, 255], gives: 18),
        .init("INQUIRY", [0x12, 0, 0, 0, 255], gives: 36), .init("START STOP UNIT", [0x1B, 0, 0, 0, 1], gives: 0),
        .init("PREVENT ALLOW MEDIUM REMOVAL", [0x1E, 0, 0, 0, 1], gives: 0),
        .init("READ CAPACITY", [0x25], gives: 8), .init("READ(10)", [0x28, 0, 0, 0, 0, 3, 0, 0, 2], gives: 4096),
        .init("READ(12)", [0xA8, 0, 0, 0, 0, 3, 0, 0, 0, 3], gives: 6144),
        .init("SEEK(10)", [0x2B, 0, 0, 0, 0, 39], gives: 0),
        .init("READ SUB-CHANNEL without data", [0x42, 0, 0, 0, 0, 0, 0, 1, 0], gives: 4),
        .init("READ SUB-CHANNEL 1", [0x42, 0, 0x40, 1, 0, 0, 0, 1, 0], gives: 16),
        .init("READ SUB-CHANNEL 2", [0x42, 0, 0x40, 2, 0, 0, 0, 1, 0], gives: 24),
        .init("READ SUB-CHANNEL 3", [0x42, 0, 0x40, 3, 0, 0, 0, 1, 0], gives: 24),
        .init("READ TOC 0", [0x43, 0, 0, 0, 0, 0, 0, 1, 0], gives: 20),
        .init("READ TOC 1", [0x43, 0, 1, 0, 0, 0, 0, 1, 0], gives: 12),
        .init("READ TOC 2", [0x43, 2, 2, 0, 0, 0, 1, 1, 0], gives: 48),
        .init("READ TOC 2 of SFF-8020i", [0x43, 2, 0, 0, 0, 0, 1, 1, 0, 0x80], gives: 48),
        .init("GET CONFIGURATION", [0x46, 0, 0, 0, 0, 0, 0, 1, 0], gives: 60),
        .init("GET EVENT STATUS NOTIFICATION", [0x4A, 1, 0, 0, 0x10, 0, 0, 0, 8], gives: 8),
        .init("READ DISC INFORMATION", [0x51, 0, 0, 0, 0, 0, 0, 1, 0], gives: 34),
        .init("MODE SENSE(10) 01", [0x5A, 0, 0x01, 0, 0, 0, 0, 1, 0], gives: 16),
        .init("MODE SENSE(10) 2A", [0x5A, 0, 0x2A, 0, 0, 0, 0, 1, 0], gives: 28),
        .init("MODE SENSE(10) all", [0x5A, 0, 0x3F, 0, 0, 0, 0, 1, 0], gives: 36),
        .init("MODE SENSE(6) 2A", [0x1A, 0, 0x2A, 0, 255], gives: 24), .init("SET CD SPEED", [0xBB], gives: 0),
        .init("MECHANISM STATUS", [0xBD, 0, 0, 0, 0, 0, 0, 0, 0, 8], gives: 8),
        .init("READ CD", [0xBE, 0, 0, 0, 0, 3, 0, 0, 2, 0x10], gives: 4096),
        .init("READ CD of nothing", [0xBE, 0, 0, 0, 0, 3, 0, 0, 2, 0], gives: 0),
    ]

    static let absentNames: [(name: String, code: UInt8)] = [
        ("SEEK(6)", 0x0B), ("MODE SELECT(6)", 0x15), ("VERIFY(10)", 0x2F), ("READ HEADER", 0x44),
        ("PLAY AUDIO(10)", 0x45),
        ("PLAY AUDIO MSF", 0x47), ("PAUSE/RESUME", 0x4B), ("STOP PLAY/SCAN", 0x4E), ("MODE SELECT(10)", 0x55),
        ("LOAD/UNLOAD MEDIUM", 0xA6), ("REPORT KEY", 0xA4), ("PLAY AUDIO(12)", 0xA5), ("READ DVD STRUCTURE", 0xAD),
        ("SEND KEY", 0xA3), ("SET STREAMING", 0xB6), ("READ CD MSF", 0xB9), ("SCAN", 0xBA), ("GET PERFORMANCE", 0xAC),
        ("READ TRACK INFORMATION", 0x52), ("SEND EVENT", 0x5D), ("READ BUFFER CAPACITY", 0x5C),
    ]

    static let all: [Case] = modelled + absentNames.map { Case($0.name, [$0.code]) }

    @Test(arguments: all) func aDriveReacts(row: Case) {
        let bench = ATABench.disc()
        let answer = bench.packet(row.packet)
        if let size = row.size {
            #expect(answer.status == 0x50 && answer.bytes.count == size && bench[.count] == 3)
        } else {
            #expect(answer.status == 0x51 && answer.error == 0x54 && bench.sense() == [5, 0x20, 0])
        }
    }

    @Test func theTableHasEachCodeOnceAndACase() {
        let codes = PacketCommand.all.map(\.code)
        #expect(Set(codes).count == codes.count)
        #expect(Set(codes) == Set(Self.modelled.compactMap(\.packet.first)))
        let bench = ATABench.disc()
        for code in UInt8.min ... .max where !codes.contains(code) { #expect(bench.packet([code]).error == 0x54) }
    }

    // MARK: The protocol

    @Test func eachPhaseHasItsReasonAndInterrupt() {
        let bench = ATABench.disc()
        bench[.mid] = 0x00
        bench[.high] = 0x04
        bench[.status] = 0xA0
        #expect(bench.wait() == 0x58 && bench[.count] == 1 && !bench.isHigh)
        bench.put([0x28, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0])
        #expect(bench.status & 0x80 != 0)
        for _ in 0..<2 {
            #expect(bench.wait() == 0x58 && bench.isHigh && bench[.count] == 2)
            #expect(bench[.mid] == 0 && bench[.high] == 4)
            _ = bench[.status]
            _ = bench.data(1024, .dword)
        }
        #expect(bench.wait() == 0x50 && bench.isHigh && bench[.count] == 3)
        bench[.error] = 1
        bench[.status] = 0xA0
        #expect(bench.wait() == 0x51 && bench[.error] == 4, "there is no DMA")
    }

    static let portions: [(limit: UInt16, sizes: [Int])] = [
        (0xFFFF, [4096]), (0, [4096]), (2048, [2048, 2048]), (1501, [1500, 1500, 1096]), (4095, [4094, 2]),
        (4097, [4096]), (6, [Int](repeating: 6, count: 682) + [4]),
    ]

    @Test(arguments: portions)
    func dataComeInPortions(limit: UInt16, portions: [Int]) {
        let bench = ATABench.disc()
        let answer = bench.packet([0x28, 0, 0, 0, 0, 7, 0, 0, 2], limit: limit)
        #expect(answer.portions == portions)
        #expect(answer.bytes == Array(ATABench.contents(sectors: 36).suffix(4096)))
    }

    @Test func whatTheHostHasNoRoomForIsLeftOut() {
        let bench = ATABench.disc()
        #expect(bench.packet([0x12, 0, 0, 0, 5]).bytes == [0x05, 0x80, 0x00, 0x21, 31])
        let none = bench.packet([0x12, 0, 0, 0, 0])
        #expect(none.bytes.isEmpty && none.status == 0x50)
    }

    // MARK: Sense

    @Test func attentionComesBeforeAllButAFewCommands() {
        let bench = ATABench(Drive(cd: MemoryDisk([UInt8](repeating: 0, count: 1 << 16))))
        #expect(bench.packet([0x12, 0, 0, 0, 36]).status == 0x50)
        let first = bench.packet([0x00])
        #expect(first.status == 0x51 && first.error == 0x64 && bench.sense() == [6, 0x29, 0])
        #expect(bench.packet([0x00]).status == 0x50)
        #expect(bench.sense() == [0, 0, 0])
        // Taken out, put in.
        #expect(bench.packet([0x1B, 0, 0, 0, 2]).status == 0x50)
        #expect(bench.packet([0x00]).error == 0x24 && bench.sense() == [2, 0x3A, 0])
        #expect(bench.packet([0xBD, 0, 0, 0, 0, 0, 0, 0, 0, 8]).bytes[1] == 0x10)
        #expect(bench.packet([0x4A, 1, 0, 0, 0x10, 0, 0, 0, 8]).bytes == [0, 6, 4, 0x10, 3, 1, 0, 0])
        #expect(bench.packet([0x1B, 0, 0, 0, 3]).status == 0x50)
        #expect(bench.packet([0x00]).error == 0x64 && bench.sense() == [6, 0x28, 0])
        #expect(bench.packet([0x4A, 1, 0, 0, 0x10, 0, 0, 0, 8]).bytes == [0, 6, 4, 0x10, 2, 2, 0, 0])
        #expect(bench.packet([0x4A, 1, 0, 0, 0x10, 0, 0, 0, 8]).bytes[4] == 0)
        // Locked, it stays.
        _ = bench.packet([0x1E, 0, 0, 0, 1])
        #expect(bench.packet([0x1B, 0, 0, 0, 2]).status == 0x51 && bench.sense() == [5, 0x53, 2])
    }

    static let mistakes: [(packet: [UInt8], sense: [UInt8])] = [
        ([0x28, 0, 0, 0, 0, 40, 0, 0, 1], [5, 0x21, 0]), ([0x28, 0, 0, 0, 0, 39, 0, 0, 2], [5, 0x21, 0]),
        ([0xA8, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [5, 0x21, 0]),
        ([0x2B, 0, 0, 0, 0, 40], [5, 0x21, 0]), ([0x43, 0, 3, 0, 0, 0, 0, 1, 0], [5, 0x24, 0]),
        ([0x43, 0, 0, 0, 0, 0, 2, 1, 0], [5, 0x24, 0]), ([0x5A, 0, 0x05, 0, 0, 0, 0, 1, 0], [5, 0x24, 0]),
        ([0x5A, 0, 0xC1, 0, 0, 0, 0, 1, 0], [5, 0x39, 0]), ([0x12, 1, 0, 0, 36], [5, 0x24, 0]),
        ([0xBE, 0, 0, 0, 0, 0, 0, 0, 1, 0xF8], [5, 0x24, 0]), ([0x4A, 0, 0, 0, 0x10, 0, 0, 0, 8], [5, 0x24, 0]),
        ([0x42, 0, 0x40, 4, 0, 0, 0, 1, 0], [5, 0x24, 0]), ([0x46, 3, 0, 0, 0, 0, 0, 1, 0], [5, 0x24, 0]),
    ]

    @Test(arguments: mistakes)
    func mistakesHaveTheirSense(packet: [UInt8], sense: [UInt8]) {
        let bench = ATABench.disc()
        #expect(bench.packet(packet).status == 0x51)
        #expect(bench.sense() == sense && bench.sense() == [0, 0, 0])
    }

    /// A disc that cannot be read from some sector on: its image has shrunk.
    private final class Torn: DiskBackend {
        let sectorCount: UInt64 = 160
        func read(sector: UInt64) -> [UInt8]? { sector < 20 ? [UInt8](repeating: 1, count: 512) : nil }
    }

    @Test func whatCannotBeReadIsAMediumError() {
        let bench = ATABench(Drive(cd: Torn()))
        _ = bench.sense()
        let answer = bench.packet([0x28, 0, 0, 0, 0, 4, 0, 0, 2], limit: 2048)
        #expect(answer.bytes.count == 2048 && answer.status == 0x51 && answer.error == 0x34)
        #expect(bench.sense() == [3, 0x11, 0])
    }

    // MARK: What is told

    @Test func capacityAndContentsAreThoseOfTheDisc() {
        let bench = ATABench.disc()
        #expect(bench.packet([0x25]).bytes == [0, 0, 0, 39, 0, 0, 8, 0])
        #expect(
            bench.packet([0x43, 0, 0, 0, 0, 0, 0, 1, 0]).bytes
                == [0, 18, 1, 1, 0, 0x14, 1, 0, 0, 0, 0, 0, 0, 0x14, 0xAA, 0, 0, 0, 0, 40])
        #expect(bench.packet([0x43, 2, 0, 0, 0, 0, 0xAA, 1, 0]).bytes == [0, 10, 1, 1, 0, 0x14, 0xAA, 0, 0, 0, 2, 40])
        #expect(bench.packet([0x46, 0, 0, 0, 0, 0, 0, 0, 8]).bytes == [0, 0, 0, 56, 0, 0, 0, 8])
        #expect(bench.packet([0x46, 2, 0, 0x1E, 0, 0, 0, 1, 0]).bytes.suffix(8) == [0, 0x1E, 9, 4, 0, 0, 0, 0])
    }
}
