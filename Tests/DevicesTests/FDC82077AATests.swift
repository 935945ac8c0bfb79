import Devices
import TestSupport
import Testing
import X86Interp

/// Registers, commands without the disk, seeks and resets; FDCTransferTests has the disk.
@Suite struct FDC82077AATests {
    let board: FloppyBoard

    init() throws { board = try FloppyBoard() }

    // MARK: Every register

    @Test func registersAfterPowerOn() {
        #expect(board.in(2) == 0 && board.in(4) == 0, "held in reset")
        #expect(board.in(0) == 0x56, "no INT, no second drive, not at track 0, no index, not protected")
        #expect(board.in(1) == 0xC0)
        #expect(board.in(3) == 0 && board.in(7) == 0)
        board.out(3, 0xFF)
        #expect(board.in(3) == 0x03)
    }

    @Test func statusRegistersShowTheDrive() throws {
        let board = try FloppyBoard([FloppyBoard.disk(isReadOnly: true), FloppyBoard.disk()])
        board.start()
        #expect(board.in(0) == 0x00, "second drive, track 0, index, protected")
        board.wait(microseconds: 3000)
        #expect(board.in(0) == 0x04, "the index has passed")
        #expect(board.in(1) == 0xC1)
        board.out(2, 0x2D)
        #expect(board.in(1) == 0xE2 && board.in(0) & 0x12 == 0x02)
    }

    @Test func outputRegisterReadsBack() {
        for value in [0x00, 0x04, 0x1C, 0xFF, 0x0D] as [UInt8] {
            board.out(2, value)
            #expect(board.in(2) == value)
        }
    }

    @Test func aResetTakesItsTimeAndInterruptsOnce() {
        board.out(2, 0x0C)
        #expect(board.in(4) == 0 && !board.lines.level)
        board.wait(microseconds: 249)
        #expect(board.in(4) == 0)
        board.wait(microseconds: 1)
        #expect(board.in(4) == 0x80 && board.lines.level)
        for drive in UInt8(0)..<4 { #expect(board.command(0x08) == [0xC0 | drive, 0]) }
        #expect(board.command(0x08) == [0x80] && board.lines.rises == 1 && !board.lines.level)
    }

    @Test func theRateRegisterResetsAndClearsItsBit() {
        board.start()
        board.out(4, 0x80)
        #expect(board.in(4) == 0)
        #expect(board.waitForInterrupt() && board.command(0x08) == [0xC0, 0])
        #expect(board.in(2) == 0x1C)
    }

    @Test func withoutTheGateNoLineMoves() {
        board.out(2, 0x04)
        board.wait(microseconds: 1000)
        #expect(board.in(4) == 0x80 && !board.lines.level)
        board.out(2, 0x0C)
        #expect(board.lines.level)
    }

    @Test func theChangeLineFallsWithAStepIfADiskIsThere() throws {
        board.start()
        #expect(board.in(7) == 0x80)
        #expect(board.seek(0x07, 0) == [0x20, 0] && board.in(7) == 0x80, "no step at track 0")
        #expect(board.seek(0x0F, 0, 1) == [0x20, 1] && board.in(7) == 0)
        let drive = try #require(board.drives[0])
        drive.eject()
        #expect(board.in(7) == 0x80)
        #expect(board.seek(0x0F, 0, 2) == [0x20, 2] && board.in(7) == 0x80)
        drive.load()
        #expect(board.in(7) == 0x80)
        #expect(board.seek(0x0F, 0, 1) == [0x20, 1] && board.in(7) == 0)
        board.out(2, 0x2D)
        #expect(board.in(7) == 0, "nobody drives the line")
    }

    // MARK: Every command

    /// First byte, the bytes that follow, and the bytes of the result that come at once; nil where the disk is used.
    struct Row: CustomStringConvertible {
        var name: String
        var bytes: [UInt8]
        var result: [UInt8]?
        var description: String { name }
    }

    static let commands: [Row] = [
        .init(name: "READ DATA", bytes: [0xE6, 0, 0, 0, 1, 2, 18, 0x1B, 0xFF]),
        .init(name: "READ DELETED DATA", bytes: [0xEC, 0, 0, 0, 1, 2, 18, 0x1B, 0xFF]),
        .init(name: "WRITE DATA", bytes: [0xC5, 0, 0, 0, 1, 2, 18, 0x1B, 0xFF]),
        .init(name: "WRITE DELETED DATA", bytes: [0xC9, 0, 0, 0, 1, 2, 18, 0x1B, 0xFF]),
        .init(name: "READ TRACK", bytes: [0x42, 0, 0, 0, 1, 2, 18, 0x1B, 0xFF]),
        .init(name: "VERIFY", bytes: [0xF6, 0, 0, 0, 1, 2, 18, 0x1B, 0xFF]),
        .init(name: "VERSION", bytes: [0x10], result: [0x90]),
        .init(name: "FORMAT TRACK", bytes: [0x4D, 0, 2, 18, 0x54, 0xF6]),
        .init(name: "SCAN EQUAL", bytes: [0xF1, 0, 0, 0, 1, 2, 18, 0x1B, 1]),
        .init(name: "SCAN LOW OR EQUAL", bytes: [0xF9, 0, 0, 0, 1, 2, 18, 0x1B, 1]),
        .init(name: "SCAN HIGH OR EQUAL", bytes: [0xFD, 0, 0, 0, 1, 2, 18, 0x1B, 1]),
        .init(name: "RECALIBRATE", bytes: [0x07, 0], result: []),
        .init(name: "SENSE INTERRUPT STATUS", bytes: [0x08], result: [0x80]),
        .init(name: "SPECIFY", bytes: [0x03, 0xAF, 0x02], result: []),
        .init(name: "SENSE DRIVE STATUS", bytes: [0x04, 0x04], result: [0x3C]),
        .init(name: "CONFIGURE", bytes: [0x13, 0, 0x57, 0x10], result: []),
        .init(name: "SEEK", bytes: [0x0F, 0, 3], result: []),
        .init(name: "RELATIVE SEEK in", bytes: [0xCF, 0, 3], result: []),
        .init(name: "RELATIVE SEEK out", bytes: [0x8F, 0, 3], result: []),
        .init(name: "DUMPREG", bytes: [0x0E], result: [0, 0, 0, 0, 0xDF, 2, 0, 0, 0x20, 0]),
        .init(name: "READ ID", bytes: [0x4A, 0]),
        .init(name: "PERPENDICULAR MODE", bytes: [0x12, 0x87], result: []),
        .init(name: "LOCK", bytes: [0x94], result: [0x10]),
        .init(name: "UNLOCK", bytes: [0x14], result: [0x00]),
        // Commands of the 82078, and what nobody has.
        .init(name: "PART ID", bytes: [0x18], result: [0x80]),
        .init(name: "OPTION", bytes: [0x33], result: [0x80]),
        .init(name: "SAVE", bytes: [0x2E], result: [0x80]),
        .init(name: "RESTORE", bytes: [0x4E], result: [0x80]),
        .init(name: "DRIVE SPECIFICATION", bytes: [0x8E], result: [0x80]),
        .init(name: "FORMAT AND WRITE", bytes: [0xEF], result: [0x80]),
        .init(name: "invalid", bytes: [0x00], result: [0x80]),
        .init(name: "invalid", bytes: [0x1F], result: [0x80]),
    ]

    @Test(arguments: commands) func theCommandTakesItsBytesAndAnswers(row: Row) {
        board.start()
        for byte in row.bytes.dropLast() {
            board.out(5, byte)
            #expect(board.in(4) == 0x90, "busy, and more is wanted")
        }
        board.out(5, row.bytes[row.bytes.count - 1])
        if let result = row.result {
            #expect(board.in(4) == (result.isEmpty ? row.bytes[0] & 7 == 7 ? 0x81 : 0x80 : 0xD0))
            #expect(board.result() == result && board.in(4) & 0x90 == 0x80)
        } else {
            #expect(board.in(4) == 0x10, "by DMA the host has nothing to do")
            #expect(!board.lines.level)
        }
    }

    @Test func everyCommandHasItsRow() {
        let rows = Set(Self.commands.map { FDCCommand($0.bytes[0]) })
        #expect(rows == Set(FDCCommand.allCases))
        for row in Self.commands { #expect(FDCCommand(row.bytes[0]).parameters == row.bytes.count - 1, "\(row.name)") }
    }

    /// No two commands share a first byte, and each byte is one's.
    @Test func firstBytesAreDistinct() {
        for byte in UInt8(0)...255 {
            let owners = FDCCommand.shapes.filter { byte & $0.fixed == $0.code }
            #expect(owners.count <= 1, "\(byte)")
        }
    }

    @Test func dumpShowsWhatWasSet() {
        board.start()
        board.command(0x03, 0xAF, 0x06)
        board.command(0x13, 0, 0x57, 0x10)
        board.command(0x12, 0x87)
        #expect(board.command(0x94) == [0x10])
        _ = board.seek(0x0F, 0, 5)
        #expect(board.run(0x42, 0, 5, 0, 1, 2, 0, 0x1B, 0xFF).isEmpty, "a channel that is masked waits")
        #expect(board.in(4) == 0x10)
        board.out(4, 0x80)
        _ = board.waitForInterrupt()
        for _ in 0..<4 { board.command(0x08) }
        // LOCK keeps FIFO, threshold and precompensation; GAP and WGATE go, the drives' bits stay.
        #expect(board.command(0x0E) == [5, 0, 0, 0, 0xAF, 0x06, 0, 0x84, 0x07, 0x10])
        #expect(board.command(0x14) == [0])
        board.out(4, 0x80)
        _ = board.waitForInterrupt()
        #expect(board.command(0x0E) == [5, 0, 0, 0, 0xAF, 0x06, 0, 0x04, 0x20, 0])
    }

    @Test func withoutOverwriteTheDrivesBitsStay() {
        board.start()
        board.command(0x12, 0xBC)
        board.command(0x12, 0x03)
        #expect(board.command(0x0E)[7] == 0x3F)
    }

    // MARK: Seeks

    /// Step rate by SPECIFY, in ms at 500 kbit/s; twice that at 250.
    @Test(arguments: [(0xD0, 0, 3000), (0xF0, 0, 1000), (0x00, 0, 16_000), (0xD0, 2, 6000), (0xD0, 3, 1500)])
    func stepsTakeTheirTime(specify: UInt8, rate: UInt8, microseconds: UInt64) {
        board.start()
        board.out(7, rate)
        board.command(0x03, specify, 2)
        let start = board.clock.now
        board.command(0x0F, 0, 10)
        #expect(board.in(4) == 0x81)
        #expect(board.waitForInterrupt())
        #expect(board.clock.now - start == 10 * microseconds * 100 && board.in(4) == 0x80)
        #expect(board.command(0x08) == [0x20, 10])
    }

    @Test func relativeSeeksAndRecalibration() {
        board.start()
        #expect(board.seek(0xCF, 0, 7) == [0x20, 7])
        #expect(board.seek(0x8F, 0, 3) == [0x20, 4])
        #expect(board.command(0x04, 0) == [0x28])
        #expect(board.seek(0x07, 0) == [0x20, 0])
        #expect(board.command(0x04, 0) == [0x38])
    }

    @Test func aDriveThatIsNotThereIsNeverAtTrack0() {
        board.start(select: 0x2D)
        #expect(board.seek(0x07, 1) == [0x71, 0])
        #expect(board.seek(0x0F, 1, 4) == [0x21, 4], "nobody tells that nothing has moved")
        #expect(board.command(0x04, 1) == [0x29])
    }

    @Test func withoutItsMotorADriveDoesNotAnswer() {
        board.start(select: 0x0C)
        #expect(board.seek(0x07, 0) == [0x70, 0] && board.in(7) == 0)
    }

    @Test func twoDrivesSeekAtOnce() throws {
        let board = try FloppyBoard([FloppyBoard.disk(), FloppyBoard.disk()])
        board.start()
        board.command(0x0F, 0, 2)
        board.command(0x0F, 1, 4)
        #expect(board.in(4) == 0x83)
        #expect(board.waitForInterrupt() && board.in(4) == 0x82)
        board.wait(microseconds: 100_000)
        #expect(board.command(0x08) == [0x20, 2] && board.lines.level)
        #expect(board.command(0x08) == [0x21, 4] && !board.lines.level)
        #expect(board.command(0x08) == [0x80])
    }

    @Test func theHeadStopsBehindTheLastTrack() {
        board.start()
        #expect(board.seek(0x0F, 0, 200) == [0x20, 200])
        // It stands at track 81: 79 steps are not enough.
        #expect(board.seek(0x07, 0) == [0x70, 0])
        #expect(board.seek(0x07, 0) == [0x20, 0])
    }

    @Test func aResetEndsASeek() {
        board.start()
        board.command(0x0F, 0, 40)
        board.wait(microseconds: 10_000)
        board.out(2, 0)
        #expect(board.in(4) == 0 && board.clock.nextDeadline == nil)
    }
}
