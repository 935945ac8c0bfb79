import Devices
import TestSupport
import Testing
import X86Interp

/// Commands that use the disk, by DMA and without, and what can be wrong with it.
@Suite struct FDCTransferTests {
    let board: FloppyBoard

    init() throws { board = try FloppyBoard() }

    private static let buffer: UInt32 = 0x1_0000

    private func sectors(_ numbers: [Int]) -> [UInt8] { numbers.flatMap { FloppyBoard.contents($0) } }

    // MARK: By DMA

    /// Command bytes behind the first two: C H R N EOT; sectors that come; C H R of the result.
    struct Read {
        var code: UInt8 = 0xE6
        var side: UInt8 = 0
        var id: [UInt8]
        var last: UInt8 = 18
        var sectors: [Int]
        var end: [UInt8]
    }

    static let reads: [Read] = [
        .init(id: [0, 0, 1], sectors: [0], end: [0, 0, 2]),
        .init(id: [0, 0, 1], sectors: Array(0..<5), end: [0, 0, 6]),
        .init(id: [0, 0, 17], sectors: [16, 17], end: [0, 1, 1]),
        .init(id: [0, 0, 18], sectors: [17, 18, 19], end: [0, 1, 3]),
        .init(side: 1, id: [0, 1, 18], sectors: [35], end: [1, 0, 1]),
        .init(code: 0x46, id: [0, 0, 18], sectors: [17], end: [1, 0, 1]),
        .init(code: 0x66, id: [0, 0, 3], last: 3, sectors: [2], end: [1, 0, 1]),
        .init(id: [0, 0, 1], sectors: Array(0..<36), end: [1, 0, 1]),
        .init(code: 0x42, id: [0, 0, 1], sectors: Array(0..<18), end: [0, 0, 19]),
    ]

    @Test(arguments: reads.indices) func sectorsComeUntilTC(number: Int) {
        let read = Self.reads[number]
        board.start()
        board.channel2(0x44, Self.buffer, read.sectors.count * 512)
        let result = board.run([read.code, read.side << 2] + read.id + [2, read.last, 0x1B, 0xFF])
        #expect(board.memory.peek(Self.buffer, count: read.sectors.count * 512) == sectors(read.sectors))
        #expect(board.memory.peek(Self.buffer + UInt32(read.sectors.count * 512)) == 0)
        // The side bit of ST0 is where the head is now.
        #expect(result.dropFirst() == [0, 0] + read.end + [2] && result.first.map { $0 & 0xFB } == 0)
        #expect(!board.lines.level && board.in(4) == 0x80)
    }

    @Test func aTrackTakesATurn() {
        board.start()
        board.channel2(0x44, Self.buffer, 18 * 512)
        let start = board.clock.now
        _ = board.run(0xE6, 0, 0, 0, 1, 2, 18, 0x1B, 0xFF)
        let milliseconds = (board.clock.now - start) / 100_000
        #expect((199...200).contains(milliseconds))
    }

    @Test func sectorsGoToTheDisk() throws {
        board.start()
        let bytes = (0..<1024).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        board.memory.load(bytes, at: Self.buffer)
        board.channel2(0x48, Self.buffer, 1024)
        #expect(board.run(0xC5, 4, 0, 1, 2, 2, 18, 0x1B, 0xFF) == [4, 0, 0, 0, 1, 4, 2])
        let drive = try #require(board.drives[0])
        #expect((drive.read(sector: 19) ?? []) + (drive.read(sector: 20) ?? []) == bytes)
        #expect(
            drive.read(sector: 18) == FloppyBoard.contents(18) && drive.read(sector: 21) == FloppyBoard.contents(21))
    }

    @Test func aSectorThatIsCutByTCEndsInZeros() throws {
        board.start()
        board.memory.load([UInt8](repeating: 0x55, count: 512), at: Self.buffer)
        board.channel2(0x48, Self.buffer, 100)
        #expect(board.run(0xC9, 0, 0, 0, 1, 2, 18, 0x1B, 0xFF) == [0, 0, 0, 0, 0, 2, 2])
        let expected = [UInt8](repeating: 0x55, count: 100) + [UInt8](repeating: 0, count: 412)
        #expect(board.drives[0]?.read(sector: 0) == expected)
    }

    @Test func aMaskedChannelIsWaitedFor() {
        board.start()
        board.channel2(0x44, Self.buffer, 512)
        board.dmaWrite(first: 0x0A, 0x06)
        board.command(0xE6, 0, 0, 0, 1, 2, 18, 0x1B, 0xFF)
        board.wait(microseconds: 1_000_000)
        #expect(!board.lines.level && board.in(4) == 0x10 && board.dmaRead(first: 8) == 0x40)
        board.dmaWrite(first: 0x0A, 0x02)
        #expect(board.lines.level && board.result() == [0, 0, 0, 0, 0, 2, 2])
        #expect(board.memory.peek(Self.buffer, count: 512) == FloppyBoard.contents(0))
    }

    @Test func verifyingByDMAStoresNothing() {
        board.start()
        board.channel2(0x40, Self.buffer, 1024)
        #expect(board.run(0xE6, 0, 0, 0, 1, 2, 18, 0x1B, 0xFF) == [0, 0, 0, 0, 0, 3, 2])
        #expect(board.memory.peek(Self.buffer, count: 1024).allSatisfy { $0 == 0 })
    }

    @Test func formatFillsTheTrack() {
        board.start()
        let ids = (1...18).flatMap { (sector: UInt8) -> [UInt8] in [0, 1, sector, 2] }
        board.memory.load(ids, at: Self.buffer)
        board.channel2(0x48, Self.buffer, ids.count)
        let start = board.clock.now
        #expect(board.run(0x4D, 4, 2, 18, 0x54, 0xF6).prefix(3) == [4, 0, 0])
        #expect((199...200).contains((board.clock.now - start) / 100_000))
        let full = [UInt8](repeating: 0xF6, count: 512)
        #expect((18..<36).allSatisfy { board.drives[0]?.read(sector: $0) == full })
        #expect(board.drives[0]?.read(sector: 17) == FloppyBoard.contents(17))
        #expect(board.drives[0]?.read(sector: 36) == FloppyBoard.contents(36))
    }

    // MARK: Without DMA

    @Test(arguments: [(0x20, 1), (0x0F, 1), (0x08, 8), (0x00, 16)] as [(UInt8, Int)])
    func bytesComeInBursts(configuration: UInt8, burst: Int) {
        board.start(isProgrammed: true)
        board.command(0x13, 0, configuration, 0)
        board.command(0x46, 0, 0, 0, 18, 2, 18, 0x1B, 0xFF)
        var bytes: [UInt8] = []
        while bytes.count < 512 {
            #expect(board.in(4) == 0x30 && !board.lines.level)
            #expect(board.waitForInterrupt() && board.in(4) == 0xF0)
            for _ in 0..<burst { bytes.append(board.in(5)) }
        }
        #expect(bytes == FloppyBoard.contents(17))
        // Nobody says that it is enough: the cylinder's end does.
        #expect(board.waitForInterrupt() && board.result() == [0x40, 0x80, 0, 1, 0, 1, 2])
    }

    @Test func bytesGoInBursts() {
        board.start(isProgrammed: true)
        board.command(0x13, 0, 0x00, 0)
        board.command(0x45, 0, 0, 0, 18, 2, 18, 0x1B, 0xFF)
        for part in 0..<32 {
            #expect(board.waitForInterrupt() && board.in(4) == 0xB0)
            for byte in 0..<16 { board.out(5, UInt8(truncatingIfNeeded: part &* 16 &+ byte)) }
        }
        #expect(board.waitForInterrupt() && board.result() == [0x40, 0x80, 0, 1, 0, 1, 2])
        #expect(board.drives[0]?.read(sector: 17) == (0..<512).map { UInt8(truncatingIfNeeded: $0) })
    }

    @Test func aResetEndsATransfer() {
        board.start(isProgrammed: true)
        board.command(0xE6, 0, 0, 0, 1, 2, 18, 0x1B, 0xFF)
        _ = board.waitForInterrupt()
        for _ in 0..<100 { _ = board.in(5) }
        board.out(2, 0x18)
        #expect(board.in(4) == 0 && !board.lines.level && board.clock.nextDeadline == nil)
        board.start()
        board.channel2(0x44, Self.buffer, 512)
        #expect(board.run(0xE6, 0, 0, 0, 2, 2, 18, 0x1B, 0xFF) == [0, 0, 0, 0, 0, 3, 2])
    }

    // MARK: Identification, verification, scans

    @Test func theNextSectorIsNamed() {
        board.start()
        _ = board.seek(0x0F, 0, 7)
        var seen: Set<UInt8> = []
        for _ in 0..<100 {
            let result = board.run(0x4A, 4)
            #expect(result.count == 7 && Array(result.prefix(5)) == [4, 0, 0, 7, 1] && result[6] == 2)
            seen.insert(result[5])
        }
        #expect(seen == Set(1...18))
    }

    /// MT, EC, SC, EOT: what ST0 and ST1 are, and where it ends.
    @Test(
        arguments: [
            (0x56, 0x00, 0xFF, 18, 0x00, 0x00, [1, 0, 1]), (0xD6, 0x00, 0xFF, 18, 0x00, 0x00, [1, 0, 1]),
            (0x56, 0x80, 4, 18, 0x00, 0x00, [0, 0, 5]), (0x56, 0x80, 18, 18, 0x00, 0x00, [1, 0, 1]),
            (0x56, 0x80, 19, 18, 0x40, 0x80, [1, 0, 1]), (0xD6, 0x80, 20, 18, 0x04, 0x00, [0, 1, 3]),
            (0x56, 0x00, 0xFF, 19, 0x40, 0x04, [0, 0, 19]),
        ] as [(UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, [UInt8])])
    func verifyReads(
        code: UInt8, count: UInt8, extra: UInt8, last: UInt8, st0: UInt8, st1: UInt8, end: [UInt8]
    ) {
        board.start()
        #expect(board.run(code, count, 0, 0, 1, 2, last, 0x1B, extra) == [st0, st1, 0] + end + [2])
    }

    /// A byte of the host that is lower than, equal to and higher than the disk's, and FF, which is equal to all: ST2.
    @Test(
        arguments: [
            (0x51, 0x0F, 0x04), (0x51, 0x10, 0x08), (0x51, 0x11, 0x04), (0x51, 0xFF, 0x08), (0x59, 0x0F, 0x04),
            (0x59, 0x10, 0x08), (0x59, 0x11, 0x00), (0x5D, 0x0F, 0x00), (0x5D, 0x10, 0x08), (0x5D, 0x11, 0x04),
        ] as [(UInt8, UInt8, UInt8)])
    func scansCompare(code: UInt8, byte: UInt8, st2: UInt8) throws {
        _ = board.drives[0]?.write(sector: 0, [UInt8](repeating: 0x10, count: 512))
        board.start()
        board.memory.load([UInt8](repeating: byte, count: 512), at: Self.buffer)
        board.channel2(0x48, Self.buffer, 512)
        #expect(board.run(code, 0, 0, 0, 1, 2, 18, 0x1B, 1) == [0, 0, st2, 0, 0, 2, 2])
    }

    @Test(arguments: [1, 2] as [UInt8]) func aScanGoesOnToTheSectorThatFits(step: UInt8) {
        board.start()
        let wanted = 4 * Int(step)
        for number in 0..<18 { board.memory.load(FloppyBoard.contents(wanted), at: Self.buffer + UInt32(number) * 512) }
        board.channel2(0x58, Self.buffer, 18 * 512)
        #expect(board.run(0x51, 0, 0, 0, 1, 2, 18, 0x1B, step) == [0, 0, 0x08, 0, 0, UInt8(wanted) + 1 + step, 2])
    }

    @Test func deletedMarksAreNotThere() {
        board.start()
        board.channel2(0x44, Self.buffer, 1024)
        // The first sector has a usual mark: it is read, and told of.
        #expect(board.run(0x4C, 0, 0, 0, 1, 2, 18, 0x1B, 0xFF) == [0, 0, 0x40, 0, 0, 1, 2])
        #expect(board.memory.peek(Self.buffer, count: 512) == FloppyBoard.contents(0))
        // Or all are skipped, to the end of the cylinder.
        #expect(board.run(0x6C, 0, 0, 0, 1, 2, 18, 0x1B, 0xFF) == [0x40, 0x80, 0x40, 1, 0, 1, 2])
    }

    // MARK: What can be wrong

    /// The command's bytes from the second on, and ST0 to ST2.
    @Test(
        arguments: [
            ("wrong cylinder", 0x46, [0, 1, 0, 1, 2], [0x40, 0x04, 0x10]),
            ("wrong head", 0x46, [0, 0, 1, 1, 2], [0x40, 0x04, 0x00]),
            ("no such sector", 0x46, [0, 0, 0, 19, 2], [0x40, 0x04, 0x00]),
            ("sector 0", 0x46, [0, 0, 0, 0, 2], [0x40, 0x04, 0x00]),
            ("other size", 0x46, [0, 0, 0, 1, 3], [0x40, 0x04, 0x00]),
            ("FM", 0x06, [0, 0, 0, 1, 2], [0x40, 0x01, 0x00]),
            ("FM", 0x0A, [0], [0x40, 0x01, 0x00]),
            ("wrong R of a track", 0x42, [0, 0, 0, 5, 2], [0x00, 0x04, 0x00]),
        ] as [(String, UInt8, [UInt8], [UInt8])])
    func whatIsNotFound(name: String, code: UInt8, id: [UInt8], status: [UInt8]) {
        board.start()
        board.channel2(0x44, Self.buffer, 512)
        let rest: [UInt8] = id.count == 1 ? [] : [18, 0x1B, 0xFF]
        let start = board.clock.now
        #expect(Array(board.run([code] + id + rest).prefix(3)) == status, "\(name)")
        if status[0] != 0 { #expect((board.clock.now - start) / 100_000 == 200, "\(name)") }
    }

    @Test func withoutADiskNothingIsFound() {
        board.start()
        board.drives[0]?.eject()
        #expect(board.run(0x4A, 0).prefix(3) == [0x40, 0x01, 0])
        #expect(board.run(0x46, 0, 0, 0, 1, 2, 18, 0x1B, 0xFF).prefix(3) == [0x40, 0x01, 0])
        board.out(2, 0x2D)
        #expect(board.run(0x4A, 1).prefix(3) == [0x41, 0x01, 0])
    }

    @Test func aDiskThatIsTakenOutIsNotWritten() {
        board.start()
        board.channel2(0x48, Self.buffer, 512)
        board.command(0x45, 0, 0, 0, 1, 2, 18, 0x1B, 0xFF)
        board.wait(microseconds: 5000)
        board.drives[0]?.eject()
        #expect(board.waitForInterrupt() && board.result().prefix(2) == [0x40, 0x20])
        board.drives[0]?.load()
        #expect(board.drives[0]?.read(sector: 0) == FloppyBoard.contents(0))
    }

    @Test(arguments: [0x45, 0x49, 0x4D] as [UInt8]) func aProtectedDiskStaysAsItIs(code: UInt8) throws {
        let board = try FloppyBoard([FloppyBoard.disk(isReadOnly: true)])
        board.start()
        #expect(board.command(0x04, 0) == [0x78])
        board.channel2(0x48, Self.buffer, 512)
        let rest: [UInt8] = code == 0x4D ? [0, 2, 18, 0x54, 0xF6] : [0, 0, 0, 1, 2, 18, 0x1B, 0xFF]
        #expect(board.run([code] + rest).prefix(3) == [0x40, 0x02, 0])
    }

    /// Each size, the rates at which it can be read, and its last sector.
    @Test(
        arguments: [
            (320, [1, 2]), (360, [1, 2]), (640, [1, 2]), (720, [1, 2]), (1280, [1, 2]), (1440, [1, 2]), (2400, [0]),
            (2880, [0]), (3360, [0]), (5760, [3]),
        ] as [(Int, [UInt8])])
    func everyFormatAtItsRate(sectors: Int, rates: [UInt8]) throws {
        let board = try FloppyBoard([FloppyBoard.disk(sectors: sectors)])
        let geometry = try #require(board.drives[0]?.geometry)
        let (cylinder, head) = (UInt8(geometry.cylinders - 1), UInt8(geometry.heads - 1))
        let last = UInt8(geometry.sectors)
        for rate in UInt8(0)..<4 {
            board.start(rate: rate)
            _ = board.seek(0x0F, 0, cylinder)
            board.channel2(0x44, Self.buffer, 512)
            let result = board.run(0x46, head << 2, cylinder, head, last, 2, last, 0x1B, 0xFF)
            let isRight = rates.contains(rate)
            #expect(result.prefix(3) == (isRight ? [head << 2, 0, 0] : [0x40 | head << 2, 1, 0]), "rate \(rate)")
            if isRight {
                #expect(board.memory.peek(Self.buffer, count: 512) == FloppyBoard.contents(sectors - 1))
            }
            board.memory.load([UInt8](repeating: 0, count: 512), at: Self.buffer)
        }
    }

    @Test func theOtherSideOfASingleSidedDiskIsEmpty() throws {
        let board = try FloppyBoard([FloppyBoard.disk(sectors: 360)])
        board.start(rate: 2)
        #expect(board.run(0x4A, 4).prefix(3) == [0x44, 1, 0])
    }

    @Test func anImpliedSeekGoesBefore() {
        board.start()
        board.command(0x13, 0, 0x40, 0)
        board.channel2(0x44, Self.buffer, 512)
        let start = board.clock.now
        #expect(board.run(0xE6, 0, 20, 0, 1, 2, 18, 0x1B, 0xFF) == [0x20, 0, 0, 20, 0, 2, 2])
        #expect(board.memory.peek(Self.buffer, count: 512) == FloppyBoard.contents(20 * 36))
        #expect((71...72).contains((board.clock.now - start) / 100_000), "20 steps of 3 ms, and a sector")
        #expect(board.command(0x08) == [0x80] && board.command(0x0E)[0] == 20)
        // The head is there already.
        board.channel2(0x44, Self.buffer, 512)
        #expect(board.run(0xE6, 0, 20, 0, 2, 2, 18, 0x1B, 0xFF) == [0, 0, 0, 20, 0, 3, 2])
    }

    @Test func theSecondDriveIsAnother() throws {
        let board = try FloppyBoard([FloppyBoard.disk(), FloppyBoard.disk(sectors: 1440)])
        board.start(select: 0x2D, rate: 2)
        board.channel2(0x44, Self.buffer, 512)
        #expect(board.run(0x46, 1, 0, 0, 9, 2, 9, 0x2A, 0xFF) == [1, 0, 0, 1, 0, 1, 2])
        #expect(board.memory.peek(Self.buffer, count: 512) == FloppyBoard.contents(8))
    }
}
