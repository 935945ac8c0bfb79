import Devices
import TestSupport
import Testing

@testable import X86Interp

/// Snapshots of one machine share the pages that were not written in between, and none is ever stale.
@Suite struct SharedPagesTests {
    @Test func aSnapshotTakesThePagesThatWereWritten() throws {
        let machine = try Machine(ramSize: 16 << 20)
        machine.memory.load([UInt8](repeating: 1, count: 100 * 4096), at: 0x10_0000)
        // mov ax, 2000h; mov ds, ax; again: inc word [1234h]; jmp again
        machine.memory.load([0xB8, 0x00, 0x20, 0x8E, 0xD8, 0xFF, 0x06, 0x34, 0x12, 0xEB, 0xFA], at: 0x7C00)
        machine.state.segments.cs = Segment(realMode: 0)
        machine.state.eip = 0x7C00
        var snapshots = [machine.snapshot()]
        #expect(RAMImage.pageCount(of: snapshots.map(\.ram)) == 101)
        for count in 1...50 {
            _ = try machine.run(.resume, until: UInt64(count * 100))
            snapshots.append(machine.snapshot())
        }
        #expect(RAMImage.pageCount(of: snapshots.map(\.ram)) == 101 + 50)
        #expect(snapshots[50].ram.pages(differingFrom: snapshots[49].ram) == [0x21])
        snapshots.append(machine.snapshot())
        #expect(RAMImage.pageCount(of: snapshots.map(\.ram)) == 101 + 50)
        try machine.restore(snapshots[10])
        #expect(machine.memory.peek(0x2_1234) == UInt8(truncatingIfNeeded: snapshots[10].ram[0x2_1234]))
        // Nothing but the page that differs was written.
        _ = machine.memory.takeWrittenPages()
        try machine.restore(snapshots[20])
        #expect(machine.memory.takeWrittenPages() == [0x21])
        #expect(machine.snapshot().ram.pages[0x21] === snapshots[20].ram.pages[0x21])
    }

    @Test func aByteOfASnapshotIsItsOwn() throws {
        let machine = try Machine(ramSize: 8192)
        machine.memory.store(7, at: 5)
        let first = machine.snapshot()
        var second = first
        second.ram[5] = 8
        second.ram[4097] = 9
        #expect(first.ram[5] == 7 && first.ram[4097] == 0 && first.ram != second.ram)
        try machine.restore(second)
        #expect(machine.memory.peek(4096, count: 2) == [0, 9] && machine.memory.peek(5) == 8)
        second.ram[5] = 7
        second.ram[4097] = 0
        #expect(first.ram == second.ram && Array(second.ram) == first.ram.bytes)
        try machine.restore(first)
        #expect(machine.memory.peek(4097) == 0)
    }

    /// Whoever writes, by whichever way.
    @Test func snapshotsHoldWhatRAMHolds() throws {
        for number in 0..<LongTests.count(short: 8) {
            let guest =
                number % 2 == 0
                ? RandomGuest(protected: number, size: 4096) : RandomGuest(number: number, size: 4096)
            var run = try RandomRun(guest, tier: number % 4 < 2 ? .kernel : .user, fuel: 0)
            var random = SeededGenerator(seed: UInt64(number))
            var kept: [(snapshot: Snapshot, ram: [UInt8])] = []
            for _ in 0..<12 {
                try run.goOn(UInt64.random(in: 1...400, using: &random))
                let memory = run.machine.memory
                if Bool.random(using: &random) {
                    memory.store(
                        UInt8.random(in: 0...255, using: &random), at: UInt32.random(in: 0..<0x20_0000, using: &random))
                }
                let snapshot = run.machine.snapshot()
                let ram = snapshot.ram.bytes
                #expect(firstDifference(Array(ram.prefix(memory.ramSize)), memory.ramBytes) == nil, "guest \(number)")
                kept.append((snapshot, ram))
                guard let old = kept.randomElement(using: &random), Int.random(in: 0..<3, using: &random) == 0 else {
                    continue
                }
                try run.machine.restore(old.snapshot)
                let oldRAM = Array(old.ram.prefix(memory.ramSize))
                #expect(firstDifference(oldRAM, memory.ramBytes) == nil, "guest \(number)")
            }
        }
    }

    /// Serves a block for REP INS; snapshots of the machine are taken while it does.
    private final class Disk: PortOnlyDevice, BlockPortDevice {
        struct State: Codable, Equatable, Sendable {
            var next: UInt8 = 0
        }

        let name = "disk"
        var state = State()
        var body: () -> Void = {}
        func reset() { state = State() }

        func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 {
            state.next &+= 1
            return UInt32(state.next)
        }

        func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? { nil }
        func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {}
        func writeBlock(bank: UInt8, offset: UInt16, width: Width, from buffer: UnsafeRawBufferPointer) {}

        func readBlock(bank: UInt8, offset: UInt16, width: Width, into buffer: UnsafeMutableRawBufferPointer) {
            body()
            for place in buffer.indices { buffer[place] = UInt8(read(bank: bank, offset: offset, width: .byte)) }
        }
    }

    @Test func aSnapshotInTheMiddleOfAWriteTakesNothingFromTheNext() throws {
        let machine = try Machine(ramSize: 0x2_0000)
        let disk = Disk()
        try machine.add(disk)
        try machine.ports.claim(0x60...0x60, for: disk)
        // again: mov di, 9000h; mov cx, 200; rep insb; jmp again, with DX 60h
        machine.memory.load([0xBF, 0x00, 0x90, 0xB9, 0xC8, 0x00, 0xF3, 0x6C, 0xEB, 0xF6], at: 0x7C00)
        machine.state.segments = SegmentRegisters()
        machine.state.gpr.edx = 0x60
        machine.state.eip = 0x7C00
        var count = 0
        disk.body = { [unowned machine] in
            count += 1
            _ = machine.snapshot()
        }
        for step in 1...20 {
            _ = try machine.run(.resume, until: UInt64(step * 150))
            #expect(firstDifference(machine.snapshot().ram.bytes, machine.memory.ramBytes) == nil, "step \(step)")
        }
        #expect(count > 5)
    }
}
