import Testing

@testable import X86Interp

/// Blocks of RAM in snapshots, their files, hashes, and the debugger's history.
@Suite(.timeLimit(.minutes(30))) struct BlockStateTests {
    private typealias Guest = RegionGuest
    private let high: UInt32 = 0xE000_0000

    // Counts up in a block: loop: inc dword [E0000000h]; inc dword [E0001004h]; jmp loop
    private func counter(_ blocks: [(name: String, size: UInt64)] = [("vram", 0x4000)]) throws -> Machine {
        let code: [UInt8] =
            [0xFF, 0x05] + Guest.little(high) + [0xFF, 0x05] + Guest.little(high + 0x1004) + [0xEB, 0xF2]
        return try Guest.machine(code) { memory in
            var start: UInt64 = 0xE000_0000
            for (name, size) in blocks {
                try memory.addRAM(at: start, size: size, name: name)
                start += size
            }
        }
    }

    private func count(_ machine: Machine) -> UInt8? { machine.memory.peek(high) }

    @Test func snapshotsAndHashesHaveBlocks() throws {
        let machine = try counter()
        let empty = machine.hash()
        _ = try machine.run(.resume, until: 30)
        let early = machine.snapshot()
        let hash = machine.hash()
        machine.memory.load([1], at: high + 0x2000)
        #expect(machine.hash() != hash && hash != empty)
        _ = try machine.run(.resume, until: 90)
        let late = (machine.snapshot(), machine.hash())
        try machine.restore(early)
        #expect(machine.hash() == hash && count(machine) == 10)
        try machine.restore(late.0)
        #expect(machine.hash() == late.1 && count(machine) == 30)
        // Pages that did not change are shared.
        #expect(RAMImage.pageCount(of: [early.ram, late.0.ram]) < 2 * RAMImage.pageCount(of: [late.0.ram]))
        try machine.restore(early)
        _ = try machine.run(.resume, until: 90)
        let other = try counter()
        try other.restore(early)
        _ = try other.run(.resume, until: 90)
        #expect(other.hash() == machine.hash() && count(other) == 30)
    }

    @Test func filesHaveBlocks() throws {
        let machine = try counter([("vram", 0x4000), ("sram", 0x1000)])
        _ = try machine.run(.resume, until: 60)
        let bytes = try machine.snapshot().encoded()
        let other = try counter([("vram", 0x4000), ("sram", 0x1000)])
        let snapshot = try Snapshot(decoding: bytes, for: other)
        try other.restore(snapshot)
        #expect(other.hash() == machine.hash())
        #expect(try snapshot.encoded() == bytes && other.snapshot().encoded() == bytes)
        // Without blocks the format is what it was.
        let name = Array("blks".utf8)
        func hasSection(_ bytes: [UInt8]) -> Bool {
            bytes.indices.dropLast(3).contains { bytes[$0..<$0 + 4].elementsEqual(name) }
        }
        #expect(try hasSection(bytes) && !hasSection(counter([]).snapshot().encoded()))
    }

    @Test func otherBlocksAreRefused() throws {
        let machine = try counter()
        let snapshot = machine.snapshot()
        let bytes = try snapshot.encoded()
        let others: [[(name: String, size: UInt64)]] = [
            [], [("vram", 0x3000)], [("other", 0x4000)], [("vram", 0x4000), ("more", 0x1000)],
        ]
        for blocks in others {
            let other = try counter(blocks)
            let hash = other.hash()
            #expect(throws: RestoreError.self) { try other.restore(snapshot) }
            #expect(throws: SnapshotError.self) { try Snapshot(decoding: bytes, for: other) }
            #expect(throws: RestoreError.self) { try machine.restore(other.snapshot()) }
            #expect(other.hash() == hash)
        }
        #expect(throws: RestoreError.ramBlocks(snapshot: ["vram of 16384 bytes"], machine: [])) {
            try counter([]).restore(snapshot)
        }
    }

    @Test func damagedFilesAreRefused() throws {
        let machine = try counter()
        _ = try machine.run(.resume, until: 60)
        let bytes = try machine.snapshot().encoded()
        let hash = machine.hash()
        for place in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 500)) {
            var damaged = bytes
            damaged[place] ^= UInt8(1 + place % 255)
            #expect(throws: SnapshotError.self) { try Snapshot(decoding: damaged, for: machine) }
            #expect(throws: SnapshotError.self) { try Snapshot(decoding: Array(bytes[..<place]), for: machine) }
        }
        #expect(machine.hash() == hash)
    }

    @Test func aBlockThatComesAndGoesBetweenSnapshots() throws {
        let machine = try Guest.machine([0xF4])
        let memory = machine.memory
        let before = machine.snapshot()
        for turn in 0..<50 as Range<UInt8> {
            let id = try memory.addRAM(at: 0xE000_0000, size: 0x3000, name: "vram")
            #expect(memory.peek(high, count: 0x3000).allSatisfy { $0 == 0 })
            memory.load([turn + 1], at: high + 0x1000)
            let snapshot = machine.snapshot()
            memory.load([0xEE], at: high + 0x1000)
            try machine.restore(snapshot)
            #expect(memory.peek(high + 0x1000) == turn + 1)
            memory.withdraw(id)
            #expect(throws: RestoreError.self) { try machine.restore(snapshot) }
            try machine.restore(before)
        }
        #expect(memory.pageCount == memory.ramSize / 4096 && memory.blocks.count == 1)
        #expect(memory.tables.pointee.count <= 2 * memory.ramSize / 4096)
    }

    @Test func historyGoesBackInBlocks() throws {
        let machine = try counter()
        let debugger = try Debugger(machine)
        var hashes: [UInt64] = []
        for _ in 0..<60 {
            hashes.append(machine.hash())
            debugger.step(7)
        }
        for place in [59, 3, 50, 0, 27] {
            debugger.go(to: UInt64(place * 7))
            #expect(machine.hash() == hashes[place], "\(place)")
        }
        debugger.go(to: 30)
        #expect(count(machine) == 10)
    }

    @Test func historyOutlivesABlock() throws {
        let machine = try counter([("vram", 0x4000), ("more", 0x2000)])
        let debugger = try Debugger(machine)
        debugger.step(50)
        let regions = machine.memory.map.regions
        for region in regions { machine.memory.withdraw(RegionID(number: region.number)) }
        debugger.step(50)
        _ = try machine.memory.addRAM(at: 0xE000_0000, size: 0x8000)
        debugger.step(50)
        debugger.go(to: 20)
        debugger.go(to: 140)
        #expect(debugger.position == 140)
    }

    @Test func writtenPagesAreThoseWhereTheyLie() throws {
        let machine = try counter()
        let memory = machine.memory
        _ = memory.takeWrittenPages()
        _ = try machine.run(.resume, until: 3)
        #expect(memory.takeWrittenPages() == [0xE0000, 0xE0001])
        let id = try #require(memory.map.regions.first)
        try memory.move(RegionID(number: id.number), to: 0x8_0000_0000)
        memory.load([1], physical: 0x8_0000_2000)
        #expect(memory.takeWrittenPages() == [0x80_0002])
        // Cached translations for writes were dropped.
        try memory.move(RegionID(number: id.number), to: 0xE000_0000)
        _ = try machine.run(.resume, until: 6)
        #expect(memory.takeWrittenPages() == [0xE0000, 0xE0001])
    }

    @Test func pokesReachBlocks() throws {
        let machine = try counter()
        try machine.poke([1, 2, 3], at: .physical(high + 0xFFF))
        #expect(try machine.read(.linear(high + 0xFFF), count: 3) == [1, 2, 3])
        #expect(throws: LookError.notWritable(physical: 0xE000_4000)) {
            try machine.poke([1, 2], at: .physical(high + 0x3FFF))
        }
        #expect(machine.memory.peek(high + 0x3FFF) == 0)
    }
}
