import Testing
import X86Interp

@testable import Devices

/// The registers of a channel, each by its number, and the protocols of data.
@Suite("ATAChannel") struct ATAChannelTests {
    private typealias Register = ATABench.Register

    // MARK: Registers

    @Test func afterPowerOnEachRegisterHasItsSignature() {
        let disk = ATABench.disk()
        let values: [(Register, UInt8)] = [
            (.error, 1), (.count, 1), (.low, 1), (.mid, 0), (.high, 0), (.device, 0xA0), (.status, 0x50),
            (.control, 0x50),
        ]
        for (register, value) in values { #expect(disk[register] == value, "\(register)") }
        let disc = ATABench(nil, Drive(cd: MemoryDisk([UInt8](repeating: 0, count: 8192))))
        disc[.device] = 0x10
        let signature: [(Register, UInt8)] = [
            (.error, 1), (.count, 1), (.low, 1), (.mid, 0x14), (.high, 0xEB), (.device, 0xB0), (.status, 0),
            (.control, 0),
        ]
        for (register, value) in signature { #expect(disc[register] == value, "\(register)") }
    }

    @Test func registersKeepTwoValuesOfWhichHOBShowsTheEarlier() {
        let bench = ATABench.disk()
        for register in [Register.count, .low, .mid, .high] {
            bench[register] = 0x12
            bench[register] = 0x34
            #expect(bench[register] == 0x34)
            bench[.control] = 0x80
            #expect(bench[register] == 0x12, "\(register)")
            // Any write to the command block ends it.
            bench[.error] = 0
            #expect(bench[register] == 0x34)
        }
        bench[.device] = 0x4B
        #expect(bench[.device] == 0xEB)
    }

    @Test func aDeviceThatIsNotThereIsAnsweredForOrFloats() {
        let disk = ATABench.disk()
        disk[.count] = 0x55
        disk[.device] = 0x10
        #expect(disk[.status] == 0 && disk[.control] == 0 && disk[.count] == 0x55 && disk[.device] == 0xB0)
        disk[.status] = 0xEC
        #expect(disk.wait() == 0 && disk.edges.isEmpty)
        let empty = ATABench(nil)
        for number in UInt8(1)...8 { #expect(empty.channel.read(bank: number, offset: 0, width: .byte) == 0xFF) }
        #expect(empty.channel.read(bank: 0, offset: 0, width: .dword) == .max)
        empty[.status] = 0x90
        empty[.control] = 4
        empty[.control] = 0
        #expect(empty.wait() == 0xFF && empty.edges.isEmpty && empty.clock.nextDeadline == nil)
        let second = ATABench(nil, Drive(hardDisk: MemoryDisk([UInt8](repeating: 0, count: 8192))))
        #expect(second[.status] == 0xFF)
        second[.device] = 0x10
        #expect(second[.status] == 0x50)
    }

    @Test func busyHidesRegistersAndTakesNothing() {
        let bench = ATABench.disk()
        bench[.count] = 7
        bench[.status] = 0x40
        #expect(bench[.status] == 0xD0 && bench[.count] == 0xD0 && bench[.error] == 0xD0)
        bench[.count] = 9
        bench[.device] = 0x10
        bench[.status] = 0xEC
        #expect(bench.wait() == 0x50 && bench[.low] == 7, "seven sectors from CHS 0/0/1 on")
        #expect(bench[.device] & 0x10 == 0)
    }

    @Test func interruptsAreAskedForUntilStatusIsRead() {
        let bench = ATABench.disk()
        bench.command(0xE7)
        #expect(bench.isHigh && bench.edges == [true])
        _ = bench[.control]
        #expect(bench.isHigh)
        _ = bench[.status]
        #expect(!bench.isHigh)
        // nIEN holds it back; the request stays.
        bench[.control] = 2
        bench.command(0xE7)
        #expect(!bench.isHigh)
        bench[.control] = 0
        #expect(bench.isHigh)
        // Another device that is selected asks for none; the command register ends it too.
        bench[.device] = 0x10
        #expect(!bench.isHigh)
        bench[.device] = 0
        #expect(bench.isHigh)
        bench[.status] = 0xE7
        #expect(!bench.isHigh)
    }

    @Test func aSoftwareResetHoldsBothDevicesAndSelectsTheFirst() {
        let bench = ATABench.disk(second: Drive(cd: MemoryDisk([UInt8](repeating: 0, count: 1 << 16))))
        bench.command(0x20, count: 2, lba: 5, device: 0xE0)
        #expect(bench.status == 0x58)
        bench[.device] = 0x10
        bench[.control] = 4
        #expect(bench.status & 0x80 != 0)
        bench.pass(microseconds: 1000)
        #expect(bench.status & 0x80 != 0 && bench.clock.nextDeadline == nil)
        bench[.control] = 0
        #expect(bench.wait() == 0x50 && bench[.device] == 0xA0 && bench[.error] == 1 && !bench.isHigh)
        bench[.device] = 0x10
        #expect(bench.wait() == 0 && bench[.mid] == 0x14 && bench[.high] == 0xEB)
    }

    // MARK: Data

    @Test(arguments: Width.allCases) func dataAreReadAtAllWidths(width: Width) {
        let bench = ATABench.disk()
        #expect(bench.command(0x20, count: 1, lba: 300) == 0x58)
        let sector = Array(ATABench.contents(sectors: 301).suffix(512))
        if width == .byte {
            // A byte is the low half of a word.
            let halves = (0..<256).map { _ in bench[.data] }
            #expect(halves == stride(from: 0, to: 512, by: 2).map { sector[$0] })
        } else {
            #expect(bench.data(512, width) == sector)
        }
        #expect(bench.status == 0x50)
        #expect(bench.channel.read(bank: 0, offset: 0, width: width) == width.mask)
    }

    @Test(arguments: [0x20, 0x21, 0xC4] as [UInt8]) func sectorsComeBlockByBlock(code: UInt8) {
        let bench = ATABench.disk()
        bench.command(0xC6, count: 4)
        let block = code == 0xC4 ? 4 : 1
        bench.command(code, count: 10, lba: 100)
        var bytes: [UInt8] = []
        var interrupts = 0
        while bench.status & 8 != 0, interrupts < 20 {
            #expect(bench.isHigh)
            interrupts += 1
            _ = bench[.status]
            bytes += bench.data(512 * min(block, 10 - bytes.count / 512))
            bench.wait()
        }
        #expect(bytes == Array(ATABench.contents(sectors: 110).suffix(5120)))
        #expect(interrupts == (block == 4 ? 3 : 10) && bench.status == 0x50 && !bench.isHigh)
        #expect(bench[.count] == 0 && bench[.low] == 109)
    }

    @Test(arguments: [0x30, 0x31, 0x3C, 0xC5] as [UInt8]) func sectorsAreWritten(code: UInt8) {
        let bench = ATABench.disk()
        bench.command(0xC6, count: 2)
        _ = bench[.status]
        let block = code == 0xC5 ? 2 : 1
        let bytes = (0..<1536).map { UInt8(truncatingIfNeeded: $0 &* 11) }
        bench.command(code, count: 3, lba: 4000)
        #expect(bench.status == 0x58 && !bench.isHigh, "the first block asks for no interrupt")
        var done = 0
        while done < 3 {
            let count = min(block, 3 - done)
            bench.put(Array(bytes[done * 512..<(done + count) * 512]), done == 0 ? .dword : .word)
            #expect(bench.status & 0x80 != 0)
            bench.wait()
            #expect(bench.isHigh && bench[.status] == (done + count < 3 ? 0x58 : 0x50))
            done += count
        }
        #expect((4000..<4003).flatMap { bench.first?.read(sector: $0) ?? [] } == bytes)
        #expect(bench.first?.state.written.count == 3 && bench[.low] == 0xA2 && bench[.mid] == 0x0F)
    }

    // MARK: Addresses

    @Test func theSameSectorHasThreeNames() {
        let bench = ATABench.disk()
        let sector = Array(ATABench.contents(sectors: 3001).suffix(512))
        bench.command(0x20, count: 1, lba: 3000)
        #expect(bench.data(512) == sector)
        bench.extended(0x24, count: 1, lba: 3000)
        #expect(bench.data(512) == sector)
        // 16 heads of 63 sectors: 3000 = (2 * 16 + 15) * 63 + 39.
        func byPlace(_ cylinder: UInt8, _ head: UInt8, _ sector: UInt8) -> UInt8 {
            bench[.low] = sector
            bench[.mid] = cylinder
            bench[.high] = 0
            return bench.command(0x20, count: 1, device: 0xA0 | head)
        }
        #expect(byPlace(2, 15, 40) == 0x58)
        #expect(bench.data(512) == sector && bench[.low] == 40 && bench[.device] & 15 == 15)
        // Another way to count: 4 heads of 17 sectors, 3000 = (44 * 4 + 0) * 17 + 8.
        bench.command(0x91, count: 17, device: 0xA3)
        #expect(byPlace(44, 0, 9) == 0x58)
        #expect(bench.data(512) == sector)
        for (head, number) in [(4, 1), (0, 18), (0, 0)] as [(UInt8, UInt8)] {
            #expect(byPlace(0, head, number) == 0x51 && bench[.error] == 0x10)
        }
    }

    @Test func countsOfZeroAreTheLargest() {
        let bench = ATABench.disk()
        bench.command(0x40, count: 0, lba: 0)
        #expect(bench.status == 0x50 && bench[.low] == 255)
        // Of 65536 sectors 4101 are there.
        bench.extended(0x42, count: 0, lba: 0)
        #expect(bench[.status] == 0x51 && bench[.error] == 0x10)
        #expect(bench[.low] == 0x05 && bench[.mid] == 0x10)
        let left = 65536 - 4101
        #expect(bench[.count] == UInt8(left & 0xFF))
        bench[.control] = 0x80
        #expect(bench[.count] == UInt8(left >> 8))
    }

    // MARK: Errors

    /// A disk of which one sector cannot be read.
    private final class Scratched: DiskBackend {
        let sectorCount: UInt64 = 100
        func read(sector: UInt64) -> [UInt8]? { sector == 12 ? nil : [UInt8](repeating: 9, count: 512) }
    }

    @Test func errorsSayWhichSectorTheyAreAt() {
        let bench = ATABench(Drive(hardDisk: Scratched()))
        bench.command(0xC6, count: 8)
        bench.command(0xC4, count: 6, lba: 10)
        // The block ends before the sector.
        #expect(bench.data(1024).allSatisfy { $0 == 9 })
        #expect(
            bench.wait() == 0x51 && bench[.error] == 0x40 && bench[.low] == 12 && bench[.count] == 4 && bench.isHigh)
        #expect(bench.command(0x40, count: 6, lba: 10) == 0x51 && bench[.low] == 12)
        #expect(bench.command(0x20, count: 1, lba: 100) == 0x51 && bench[.error] == 0x10)
        #expect(bench.command(0x20, count: 2, lba: 99) == 0x58)
        _ = bench.data(512)
        #expect(bench.wait() == 0x51 && bench[.error] == 0x10 && bench[.low] == 100)
        bench.command(0x30, count: 2, lba: 99)
        bench.put([UInt8](repeating: 1, count: 512))
        bench.wait()
        bench.put([UInt8](repeating: 1, count: 512))
        #expect(bench.wait() == 0x51 && bench[.error] == 0x10)
    }

    @Test func aDiskThatIsReadOnlyIsNotWritten() {
        var drive = Drive(hardDisk: MemoryDisk([UInt8](repeating: 0, count: 1 << 16)))
        drive.isReadOnly = true
        let bench = ATABench(drive)
        #expect(bench.command(0x30, count: 1, lba: 0) == 0x51 && bench[.error] == 0x04)
        #expect(bench.extended(0x34, count: 1, lba: 0) == 0x51 && bench[.error] == 0x04)
        #expect(bench.first?.state.written.isEmpty == true)
    }

    @Test func commandsWhileDataAreRequestedAreIgnored() {
        let bench = ATABench.disk()
        bench.command(0x20, count: 1, lba: 1)
        bench[.status] = 0xEC
        #expect(bench.status == 0x58)
        #expect(bench.data(512) == Array(ATABench.contents(sectors: 2).suffix(512)))
    }

    // MARK: State

    /// In each phase of a write and of a read a new channel goes on from a saved state.
    @Test func aTransferGoesOnFromEachState() {
        let reference = ATABench.disk()
        let bytes = (0..<1024).map { UInt8(truncatingIfNeeded: $0 &* 5) }
        func run(_ bench: ATABench, restoring: Bool) -> [UInt8] {
            var bench = bench
            func again() {
                guard restoring else { return }
                let next = ATABench.disk()
                next.clock.advance(to: bench.clock.now)
                next.channel.state = bench.channel.state
                if let drive = bench.first { next.first?.state = drive.state }
                bench = next
            }
            func idle() {
                for _ in 0..<20 where bench.status & 0x80 != 0 {
                    again()
                    bench.pass(microseconds: 1)
                }
            }
            bench[.device] = 0xE0
            bench[.count] = 2
            bench[.low] = 77
            bench[.mid] = 0
            bench[.high] = 0
            again()
            bench[.status] = 0x30
            idle()
            for start in stride(from: 0, to: 1024, by: 128) {
                bench.put(Array(bytes[start..<start + 128]))
                again()
                idle()
            }
            bench[.count] = 2
            bench[.low] = 77
            bench[.status] = 0x20
            idle()
            var read: [UInt8] = []
            for _ in 0..<16 {
                read += bench.data(64)
                again()
                idle()
            }
            return read
        }
        #expect(run(reference, restoring: false) == bytes)
        #expect(run(.disk(), restoring: true) == bytes)
    }
}
