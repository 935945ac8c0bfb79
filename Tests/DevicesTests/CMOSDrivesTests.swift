import Testing
import X86Interp

@testable import Devices

/// Battery RAM tells of the drives of its board.
@Suite struct CMOSDrivesTests {
    private func disk(_ sectors: Int) -> MemoryDisk { MemoryDisk([UInt8](repeating: 0, count: sectors * 512)) }

    private func register(_ number: UInt32, _ drives: [UInt8: Drive]) throws -> UInt32 {
        var options = BoardOptions()
        options.drives = drives
        let board = try Board(
            memory: try PhysicalMemory(ramSize: 1 << 20), ports: PortMap(), bus: ControlBus(), clock: VirtualClock(),
            options: options)
        let clock = try #require(board["rtc"])
        clock.write(bank: 0, offset: 0, width: .byte, value: number)
        return clock.read(bank: 0, offset: 1, width: .byte)
    }

    @Test func floppiesByTheirTypes() throws {
        let drives: [UInt8: Drive] = [0: Drive(floppy: disk(2880)), 1: Drive(floppy: disk(720))]
        #expect(try register(0x10, drives) == 0x41)
        #expect(try register(0x14, drives) & 0xC1 == 0x41)
        #expect(try register(0x10, [1: Drive(floppy: disk(2400))]) == 0x02)
        #expect(try register(0x10, [:]) == 0 && register(0x14, [:]) & 1 == 0)
    }

    @Test func hardDisksByTheirOwnGeometry() throws {
        let drives: [UInt8: Drive] = [0x80: Drive(hardDisk: disk(20 * 16 * 63)), 0x83: Drive(hardDisk: disk(10))]
        #expect(try register(0x12, drives) == 0xF0 && register(0x19, drives) == 0x2F && register(0x1A, drives) == 0)
        #expect(try register(0x1B, drives) == 20 && register(0x1C, drives) == 0 && register(0x1D, drives) == 16)
        #expect(try register(0x39, drives) == 0)
        #expect(try register(0x12, [0x81: Drive(cd: disk(80))]) == 0, "a CD is no hard disk")
    }

    /// Firmware that goes by battery RAM and drivers that go by IDENTIFY DEVICE agree.
    @Test func aGeometryThatWasAskedForIsTheDrives() throws {
        var drive = Drive(hardDisk: disk(30 * 4 * 17))
        drive.geometry = try #require(DiskGeometry(checking: 30, 4, 17))
        let drives: [UInt8: Drive] = [0x80: drive]
        #expect(try register(0x1B, drives) == 30 && register(0x1D, drives) == 4 && register(0x23, drives) == 17)
    }

    @Test func whatIsNamedAlreadyIsKept() {
        var contents = CMOSContents()
        contents.floppies = [.m1200]
        contents.hardDisks = [1: .init(cylinders: 5, heads: 4, sectors: 3)]
        let before = contents
        contents.enter([0: DiskDrive(Drive(floppy: disk(2880)), name: "fda")])
        #expect(contents == before)
    }
}
