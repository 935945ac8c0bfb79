import Testing
import X86Interp

@testable import Devices

/// Every command of ATA/ATAPI-4 and, where it has more for disks, of ATA/ATAPI-6.
@Suite("ATACommand") struct ATACommandTests {
    /// What a device does at a command.
    enum Reaction {
        /// Over, without an error.
        case done
        /// A block is to be read.
        case reads
        /// A block, or a packet, is to be written.
        case writes
        /// Aborted, as all commands are that are not modelled, or that a device of the kind does not have.
        case aborts
        /// Both kinds are reset, without an interrupt.
        case resets
    }

    /// A command of the standard.
    struct Case: Sendable, CustomTestStringConvertible {
        let code: UInt8
        let name: String
        let disk: Reaction
        let disc: Reaction

        init(_ code: UInt8, _ name: String, _ disk: Reaction, _ disc: Reaction = .aborts) {
            self.code = code
            self.name = name
            self.disk = disk
            self.disc = disc
        }

        var testDescription: String { name }
    }

    static let mandatory: [Case] = [
        .init(0x00, "NOP", .aborts), .init(0x08, "DEVICE RESET", .aborts, .resets),
        .init(0x10, "RECALIBRATE", .done), .init(0x20, "READ SECTORS", .reads),
        .init(0x21, "READ SECTORS without retry", .reads), .init(0x30, "WRITE SECTORS", .writes),
        .init(0x31, "WRITE SECTORS without retry", .writes), .init(0x3C, "WRITE VERIFY (ATA-3)", .writes),
        .init(0x40, "READ VERIFY SECTORS", .done), .init(0x41, "READ VERIFY without retry", .done),
        .init(0x70, "SEEK", .done), .init(0x90, "EXECUTE DEVICE DIAGNOSTIC", .done, .done),
        .init(0x91, "INITIALIZE DEVICE PARAMETERS", .done), .init(0xA0, "PACKET", .aborts, .writes),
        .init(0xA1, "IDENTIFY PACKET DEVICE", .aborts, .reads),
        .init(0xC4, "READ MULTIPLE", .reads), .init(0xC5, "WRITE MULTIPLE", .writes),
        .init(0xC6, "SET MULTIPLE MODE", .done), .init(0xE0, "STANDBY IMMEDIATE", .done, .done),
        .init(0xE1, "IDLE IMMEDIATE", .done, .done), .init(0xE2, "STANDBY", .done), .init(0xE3, "IDLE", .done),
        .init(0xE5, "CHECK POWER MODE", .done, .done), .init(0xE6, "SLEEP", .done, .done),
        .init(0x94, "STANDBY IMMEDIATE (ATA-3)", .done, .done), .init(0x95, "IDLE IMMEDIATE (ATA-3)", .done, .done),
        .init(0x96, "STANDBY (ATA-3)", .done), .init(0x97, "IDLE (ATA-3)", .done),
        .init(0x98, "CHECK POWER MODE (ATA-3)", .done, .done), .init(0x99, "SLEEP (ATA-3)", .done, .done),
        .init(0xE7, "FLUSH CACHE", .done), .init(0xEC, "IDENTIFY DEVICE", .reads),
        .init(0xEF, "SET FEATURES", .done, .done), .init(0xF8, "READ NATIVE MAX ADDRESS", .done),
    ]

    static let extended: [Case] = [
        .init(0x24, "READ SECTORS EXT", .reads), .init(0x27, "READ NATIVE MAX ADDRESS EXT", .done),
        .init(0x29, "READ MULTIPLE EXT", .reads), .init(0x34, "WRITE SECTORS EXT", .writes),
        .init(0x39, "WRITE MULTIPLE EXT", .writes), .init(0x42, "READ VERIFY SECTORS EXT", .done),
        .init(0xEA, "FLUSH CACHE EXT", .done),
    ]

    /// What is not modelled.
    static let absentNames: [(code: UInt8, name: String)] = [
        (0x03, "CFA REQUEST EXTENDED ERROR"), (0x22, "READ LONG"), (0x23, "READ LONG without retry"),
        (0x25, "READ DMA EXT"), (0x26, "READ DMA QUEUED EXT"), (0x2F, "READ LOG EXT"), (0x32, "WRITE LONG"),
        (0x33, "WRITE LONG without retry"), (0x35, "WRITE DMA EXT"), (0x36, "WRITE DMA QUEUED EXT"),
        (0x37, "SET MAX ADDRESS EXT"), (0x38, "CFA WRITE SECTORS WITHOUT ERASE"), (0x3F, "WRITE LOG EXT"),
        (0x50, "FORMAT TRACK"), (0x87, "CFA TRANSLATE SECTOR"), (0x92, "DOWNLOAD MICROCODE"), (0xA2, "SERVICE"),
        (0xB0, "SMART"), (0xB1, "DEVICE CONFIGURATION"), (0xC0, "CFA ERASE SECTORS"), (0xC7, "READ DMA QUEUED"),
        (0xC8, "READ DMA"), (0xC9, "READ DMA without retry"), (0xCA, "WRITE DMA"), (0xCB, "WRITE DMA without retry"),
        (0xCC, "WRITE DMA QUEUED"), (0xCD, "CFA WRITE MULTIPLE WITHOUT ERASE"), (0xD1, "CHECK MEDIA CARD TYPE"),
        (0xDA, "GET MEDIA STATUS"), (0xDE, "MEDIA LOCK"), (0xDF, "MEDIA UNLOCK"), (0xE4, "READ BUFFER"),
        (0xE8, "WRITE BUFFER"), (0xED, "MEDIA EJECT"), (0xF1, "SECURITY SET PASSWORD"), (0xF2, "SECURITY UNLOCK"),
        (0xF3, "SECURITY ERASE PREPARE"), (0xF4, "SECURITY ERASE UNIT"), (0xF5, "SECURITY FREEZE LOCK"),
        (0xF6, "SECURITY DISABLE PASSWORD"), (0xF9, "SET MAX ADDRESS"),
    ]

    static let absent: [Case] = absentNames.map { Case($0.code, $0.name, .aborts) }

    static let all: [Case] = mandatory + extended + absent

    private func check(_ row: Case, _ reaction: Reaction, on bench: ATABench) {
        let isExtended = Self.extended.contains { $0.code == row.code }
        let status =
            isExtended
            ? bench.extended(row.code, count: 1, lba: 1)
            : bench.command(row.code, count: 1, lba: 1, features: row.code == 0xEF ? 0x03 : 0)
        let isHigh = bench.isHigh
        switch reaction {
        case .done: #expect(status & 0xA9 == 0 && isHigh && bench[.error] & 0xFE == 0)
        case .reads: #expect(status == 0x58 && isHigh)
        case .writes: #expect(status == 0x58 && !isHigh)
        case .aborts: #expect(status == 0x51 && isHigh && bench[.error] == 0x04)
        case .resets: #expect(status == 0 && !isHigh && bench[.mid] == 0x14)
        }
    }

    @Test(arguments: all) func aDiskReacts(row: Case) {
        let bench = ATABench.disk()
        bench.command(0xC6, count: 1)
        _ = bench[.status]
        check(row, row.disk, on: bench)
    }

    @Test(arguments: all) func aCDDriveReacts(row: Case) {
        let bench = ATABench.disc()
        _ = bench[.status]
        check(row, row.disc, on: bench)
    }

    @Test func theTableHasEachCodeOnce() {
        let codes = ATACommand.all.flatMap(\.codes)
        #expect(Set(codes).count == codes.count)
        // 1x and 7x are RECALIBRATE and SEEK, whatever x is.
        let known = Set(Self.all.map(\.code)).union(0x10...0x1F).union(0x70...0x7F)
        #expect(Set(codes).subtracting(known).isEmpty, "a command without a case")
        // All others abort.
        let bench = ATABench.disk()
        for code in UInt8.min ... .max where !known.contains(code) {
            #expect(bench.command(code) == 0x51 && bench[.error] == 0x04, "\(code)")
        }
    }

    // MARK: Single commands

    private func words(_ bytes: [UInt8]) -> [UInt16] {
        stride(from: 0, to: bytes.count - 1, by: 2).map { UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8 }
    }

    private func text(_ words: ArraySlice<UInt16>) -> String {
        String(decoding: words.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }, as: UTF8.self)
    }

    @Test func identifyTellsWhatTheDiskIs() {
        let bench = ATABench.disk()
        bench.command(0xEC)
        let words = words(bench.data(512))
        #expect(words[0] == 0x0040 && words[1] == 4 && words[3] == 16 && words[6] == 63)
        #expect(words[60] == 4101 && words[61] == 0 && words[100] == 4101 && words[49] & 0x0300 == 0x0200)
        #expect(words[54...56] == [4, 16, 63] && words[57] == 4032 && words[59] == 0 && words[83] & 0x0400 != 0)
        #expect(text(words[27..<47]) == "x86sim hard disk" + String(repeating: " ", count: 24))
        #expect(text(words[10..<20]).hasPrefix("X86SIM-hda "))
        #expect(words.reduce(UInt8(0)) { $0 &+ UInt8($1 & 0xFF) &+ UInt8($1 >> 8) } == 0, "the checksum")
        bench.command(0xC6, count: 16)
        bench.command(0x91, count: 17, device: 0xA3)
        bench.command(0xEF, features: 0x82)
        bench.command(0xEC)
        let changed = self.words(bench.data(512))
        #expect(changed[54...56] == [60, 4, 17] && changed[57] == 4080 && changed[59] == 0x0110)
        #expect(changed[85] == 0x4048 && words[85] == 0x4068)
    }

    @Test func identifyTellsWhatTheCDDriveIs() {
        let bench = ATABench.disc()
        #expect(bench.command(0xEC) == 0x51 && bench[.mid] == 0x14 && bench[.high] == 0xEB)
        #expect(bench.command(0x20, count: 1) == 0x51 && bench[.mid] == 0x14)
        bench.command(0xA1)
        let words = words(bench.data(512))
        #expect(words[0] == 0x85C0 && words[49] & 0x0300 == 0x0200 && words[82] == 0x4218)
        #expect(text(words[27..<47]).hasPrefix("x86sim CD-ROM "))
    }

    @Test func theLargestAddressIsTold() {
        let bench = ATABench.disk()
        bench.command(0xF8, lba: 0)
        #expect(bench[.low] == 0x04 && bench[.mid] == 0x10 && bench[.high] == 0 && bench[.device] == 0xE0)
        bench.extended(0x27, count: 0, lba: 0xFFFF_FFFF_FFFF)
        #expect(bench[.low] == 0x04 && bench[.mid] == 0x10 && bench[.high] == 0)
        bench[.control] = 0x80
        #expect(bench[.low] == 0 && bench[.mid] == 0 && bench[.high] == 0)
        #expect(bench.command(0xF8, device: 0xA0) == 0x51, "by CHS there is none")
    }

    @Test func blocksOfMultipleArePowersOfTwo() {
        let bench = ATABench.disk()
        #expect(bench.command(0xC4, count: 1, lba: 0) == 0x51, "not enabled")
        for size in UInt8(0)...40 {
            let isGood = [0, 1, 2, 4, 8, 16].contains(size)
            #expect(bench.command(0xC6, count: size) == (isGood ? 0x50 : 0x51), "\(size)")
        }
        #expect(bench.command(0xC4, count: 1, lba: 0) == 0x51, "what is refused disables")
    }

    @Test func featuresAreThoseThatAreThere() {
        let bench = ATABench.disk()
        let known: Set<UInt8> = [0x02, 0x82, 0xAA, 0x55, 0x66, 0x03]
        for feature in UInt8.min ... .max {
            #expect(bench.command(0xEF, features: feature) == (known.contains(feature) ? 0x50 : 0x51), "\(feature)")
        }
        for mode in UInt8.min ... .max {
            let isThere = mode <= 1 || 8...12 ~= mode
            #expect(bench.command(0xEF, count: mode, features: 3) == (isThere ? 0x50 : 0x51), "mode \(mode)")
        }
    }

    @Test func powerModesAreTold() {
        let bench = ATABench.disk()
        for (code, mode) in [(0xE0, 0), (0xE1, 0x80), (0xE2, 0), (0xE3, 0x80)] as [(UInt8, UInt8)] {
            bench.command(code)
            bench.command(0xE5)
            #expect(bench[.count] == mode, "\(code)")
        }
        bench.command(0x40, count: 1, lba: 0)
        bench.command(0xE5)
        #expect(bench[.count] == 0xFF)
        bench.command(0xE6)
        _ = bench[.status]
        bench.command(0xEC)
        #expect(bench.status == 0x50 && !bench.isHigh, "it sleeps")
        bench[.control] = 4
        bench[.control] = 0
        bench.wait()
        #expect(bench.command(0xEC) == 0x58)
    }

    @Test func theDiagnosticIsForBothDevices() {
        let bench = ATABench.disk(second: Drive(cd: MemoryDisk([UInt8](repeating: 0, count: 1 << 16))))
        bench[.device] = 0x10
        bench[.status] = 0x90
        #expect(bench.wait() == 0x50 && bench.isHigh && bench[.error] == 1 && bench[.device] == 0xA0)
        _ = bench[.status]
        bench[.device] = 0x10
        #expect(bench[.status] == 0 && bench[.mid] == 0x14 && bench[.error] == 1 && !bench.isHigh)
    }
}
