import Devices
import TestSupport
import X86Interp

/// A floppy controller with its DMA, drives and memory, and the accesses that a driver makes.
final class FloppyBoard {
    /// Counts what the controller's interrupt line does.
    final class Lines: InterruptSink {
        var level = false
        var rises = 0
        func lineChanged(_ number: Int, level: Bool) {
            self.level = level
            if level { rises += 1 }
        }
    }

    let clock = VirtualClock()
    let lines = Lines()
    let memory: PhysicalMemory
    let dma: DMA8237Pair
    let fdc: FDC82077AA
    let drives: [UInt8: DiskDrive]

    /// A board with disks in drives 0 and on; by default one of 1.44 MB whose sectors hold their numbers.
    init(_ disks: [Drive] = [FloppyBoard.disk()], ramSize: Int = 1 << 20) throws {
        memory = try PhysicalMemory(ramSize: ramSize)
        dma = DMA8237Pair(memory: memory, clock: clock)
        let numbered = disks.enumerated().map { (UInt8($0.offset), DiskDrive($0.element, name: "fd\($0.offset)")) }
        drives = Dictionary(uniqueKeysWithValues: numbered)
        fdc = FDC82077AA(clock: clock, irq: try IRQLine(to: lines, number: 6), dma: dma, drives: drives)
        dmaWrite(second: 0x0B, 0xC0)
        dmaWrite(second: 0x0A, 0x00)
    }

    /// A disk of some sectors, each of which holds its number in all its words.
    static func disk(sectors: Int = 2880, isReadOnly: Bool = false) -> Drive {
        var drive = Drive(floppy: NumberedDisk(sectorCount: UInt64(sectors)))
        drive.isReadOnly = isReadOnly
        return drive
    }

    static func contents(_ sector: Int) -> [UInt8] {
        (0..<256).flatMap { _ in [UInt8(truncatingIfNeeded: sector), UInt8(truncatingIfNeeded: sector >> 8)] }
    }

    // MARK: Ports

    func out(_ register: UInt16, _ value: UInt8) {
        if register == 7 {
            fdc.write(bank: 7, offset: 0, width: .byte, value: UInt32(value))
        } else {
            fdc.write(bank: 0, offset: register, width: .byte, value: UInt32(value))
        }
    }

    func `in`(_ register: UInt16) -> UInt8 {
        let value =
            register == 7
            ? fdc.read(bank: 7, offset: 0, width: .byte) : fdc.read(bank: 0, offset: register, width: .byte)
        return UInt8(truncatingIfNeeded: value)
    }

    func dmaWrite(first register: UInt16, _ value: UInt8) {
        dma.write(bank: 0, offset: register, width: .byte, value: UInt32(value))
    }

    func dmaWrite(second register: UInt16, _ value: UInt8) {
        dma.write(bank: 0x20, offset: register * 2, width: .byte, value: UInt32(value))
    }

    func page(_ register: UInt16, _ value: UInt8) {
        dma.write(bank: 0x10, offset: register, width: .byte, value: UInt32(value))
    }

    func dmaRead(first register: UInt16) -> UInt8 {
        UInt8(truncatingIfNeeded: dma.read(bank: 0, offset: register, width: .byte))
    }

    func dmaRead(second register: UInt16) -> UInt8 {
        UInt8(truncatingIfNeeded: dma.read(bank: 0x20, offset: register * 2, width: .byte))
    }

    /// A 16-bit register of the first controller.
    func dmaWord(_ register: UInt16) -> UInt16 {
        dmaWrite(first: 0x0C, 0)
        return UInt16(dmaRead(first: register)) | UInt16(dmaRead(first: register)) << 8
    }

    // MARK: Time

    /// Lets time pass.
    func wait(microseconds: UInt64) {
        clock.advance(to: clock.now + microseconds * clock.ticksPerSecond / 1_000_000)
    }

    /// Lets time pass until the line is high; false if nothing is going to happen.
    func waitForInterrupt() -> Bool {
        while !lines.level {
            guard let next = clock.nextDeadline else { return false }
            clock.advance(to: next)
        }
        return true
    }

    // MARK: What drivers do

    /// Out of reset, drive 0 selected and turning, 500 kbit/s, DMA or not.
    func start(select: UInt8 = 0x1C, rate: UInt8 = 0, isProgrammed: Bool = false) {
        out(2, 0)
        out(2, select)
        out(7, rate)
        _ = waitForInterrupt()
        for _ in 0..<4 { _ = command(0x08) }
        command(0x03, 0xDF, isProgrammed ? 3 : 2)
    }

    /// Writes a command while MSR lets, and reads a result if there is one at once.
    @discardableResult
    func command(_ bytes: UInt8...) -> [UInt8] { command(bytes) }

    func command(_ bytes: [UInt8]) -> [UInt8] {
        for byte in bytes where self.in(4) & 0xC0 == 0x80 { out(5, byte) }
        return result()
    }

    /// The result's bytes that MSR announces.
    func result() -> [UInt8] {
        var bytes: [UInt8] = []
        while self.in(4) & 0xF0 == 0xD0, bytes.count < 20 { bytes.append(self.in(5)) }
        return bytes
    }

    /// A command that ends by an interrupt and a result.
    func run(_ bytes: UInt8...) -> [UInt8] { run(bytes) }

    func run(_ bytes: [UInt8]) -> [UInt8] {
        let early = command(bytes)
        if !early.isEmpty { return early }
        return waitForInterrupt() ? result() : []
    }

    /// SEEK or RECALIBRATE, and what SENSE INTERRUPT STATUS tells of it.
    func seek(_ bytes: UInt8...) -> [UInt8] {
        _ = command(bytes)
        return waitForInterrupt() ? command(0x08) : []
    }

    /// Programs channel 2: mode, address, count of bytes.
    func channel2(_ mode: UInt8, _ address: UInt32, _ count: Int) {
        dmaWrite(first: 0x0A, 0x06)
        dmaWrite(first: 0x0C, 0)
        dmaWrite(first: 0x0B, mode | 2)
        for byte in [address, address >> 8] { dmaWrite(first: 4, UInt8(truncatingIfNeeded: byte)) }
        page(1, UInt8(truncatingIfNeeded: address >> 16))
        for byte in [count - 1, (count - 1) >> 8] { dmaWrite(first: 5, UInt8(truncatingIfNeeded: byte)) }
        dmaWrite(first: 0x0A, 0x02)
    }
}

/// A disk whose sectors hold their numbers, made when they are read.
private final class NumberedDisk: DiskBackend {
    let sectorCount: UInt64

    init(sectorCount: UInt64) { self.sectorCount = sectorCount }

    func read(sector: UInt64) -> [UInt8]? {
        sector < sectorCount ? FloppyBoard.contents(Int(sector)) : nil
    }
}
