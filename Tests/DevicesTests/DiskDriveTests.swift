import Testing
import X86Interp

@testable import Devices

@Suite("DiskDrive") struct DiskDriveTests {
    private func disk(_ sectors: Int) -> MemoryDisk { MemoryDisk([UInt8](repeating: 5, count: sectors * 512)) }

    @Test func whatIsWrittenHidesTheImageAndOutlivesRESET() throws {
        let drive = DiskDrive(Drive(hardDisk: disk(10)), name: "hda")
        let bytes = [UInt8](repeating: 1, count: 512)
        #expect(drive.write(sector: 3, bytes) && drive.read(sector: 3) == bytes && drive.read(sector: 4)?.first == 5)
        #expect(!drive.write(sector: 10, bytes) && !drive.write(sector: 2, [1]) && drive.read(sector: 10) == nil)
        let machine = try Machine(ramSize: 1 << 20)
        var options = BoardOptions()
        options.drives = [0x80: Drive(hardDisk: disk(10))]
        let board = try Board(machine: machine, options: options)
        let hash = machine.hash()
        #expect(board.drives[0x80]?.write(sector: 1, bytes) == true)
        let saved = machine.snapshot()
        #expect(machine.hash() != hash)
        machine.reset()
        board.reset()
        #expect(board.drives[0x80]?.read(sector: 1) == bytes)
        board.drives[0x80]?.state.written = [:]
        try machine.restore(saved)
        #expect(board.drives[0x80]?.read(sector: 1) == bytes)
    }

    @Test func twoMachinesWithOneImageWriteApart() throws {
        var options = BoardOptions()
        options.drives = [0: Drive(floppy: disk(2880))]
        let boards = try (0..<2).map { _ in try Board(machine: Machine(ramSize: 1 << 20), options: options) }
        #expect(boards[0].drives[0]?.write(sector: 0, [UInt8](repeating: 0, count: 512)) == true)
        #expect(boards[1].drives[0]?.read(sector: 0)?.first == 5)
        #expect(
            boards[0].drives[0]?.name == "fda" && DiskDrive.name(of: 0x83) == "hdd" && DiskDrive.name(of: 9) == "drive9"
        )
    }

    @Test func aDiscIsTakenOutAndPutIn() {
        let drive = DiskDrive(Drive(cd: disk(10)), name: "hdc")
        #expect(drive.isReadOnly && drive.blockCount == 2 && drive.read(block: 1)?.count == 2048)
        #expect(drive.read(block: 2) == nil && !drive.write(sector: 0, [UInt8](repeating: 0, count: 512)))
        drive.mediaChanged = false
        drive.eject()
        #expect(drive.sectorCount == 0 && drive.read(sector: 0) == nil && !drive.mediaChanged)
        drive.load()
        #expect(drive.read(sector: 0)?.first == 5 && drive.mediaChanged)
    }

    @Test func hardDisksOfTheBIOSHaveNoGaps() {
        func drive(_ drive: Drive, _ name: String) -> DiskDrive { DiskDrive(drive, name: name) }
        let numbered = BIOS.numbered([
            1: drive(Drive(floppy: disk(2880)), "fdb"), 0x81: drive(Drive(cd: disk(80)), "hdb"),
            0x82: drive(Drive(hardDisk: disk(80)), "hdc"), 0x83: drive(Drive(hardDisk: disk(80)), "hdd"),
        ])
        #expect(numbered.mapValues(\.name) == [1: "fdb", 0x80: "hdc", 0x81: "hdd"])
    }

    @Test func sectorsOfAHostileSnapshotAreThoseOfTheImage() {
        let drive = DiskDrive(Drive(hardDisk: disk(10)), name: "hda")
        drive.state.written = [0: [], 1: [1, 2], 99: [UInt8](repeating: 0, count: 512)]
        #expect(
            drive.read(sector: 0)?.first == 5 && drive.read(sector: 1)?.count == 512 && drive.read(sector: 99) == nil)
    }

    @Test func geometriesAreWithinTheirBounds() {
        #expect(DiskGeometry(checking: 1024, 255, 63) != nil && DiskGeometry(checking: 1, 1, 1) != nil)
        let bad = [[0, 1, 1], [1025, 1, 1], [1, 0, 1], [1, 256, 1], [1, 1, 0], [1, 1, 64], [.min, .max, .max]]
        for numbers in bad {
            #expect(DiskGeometry(checking: numbers[0], numbers[1], numbers[2]) == nil)
        }
    }
}
