import TestSupport

@testable import X86Interp

/// The guests on which the engines are compared: all kinds of random guests that other suites run, each in turn.
enum EngineGuest {
    /// The guest with a number, on an engine.
    static func make(_ number: Int, _ engine: CPU.Engine) throws -> CPU {
        let size = 4096 << (number / 9 % 3)
        switch number % 9 {
        // Bytes of any value and valid instructions by turns; real and flat modes of all models.
        case 0: return try RandomGuest(number: number / 4 + 1, size: size).cpu(engine)
        case 1: return try RandomGuest(number: number / 4, size: size).cpu(engine)
        // Rings, gates, tasks, paging, virtual-8086 mode, debug registers.
        case 2, 3: return try RandomGuest(protected: number, size: size).cpu(engine)
        case 4: return try FlatBlockTests.cpu(number, engine: engine)
        case 5: return try paged(FlatBlockTests.cpu(number, engine: engine), number)
        case 6: return try PatchedBlockTests.cpu(number, engine: engine)
        case 7: return try FloatBlockTests.cpu(number, engine: engine)
        default: return try FarTransferTests.cpu(number, engine: engine)
        }
    }

    /// The same with paging: pages are mapped to themselves, but for some of its data that are absent or read-only.
    private static func paged(_ cpu: consuming CPU, _ number: Int) -> CPU {
        var random = SeededGenerator(seed: UInt64(number))
        let (directory, table): (UInt32, UInt32) = (0x4000, 0x5000)
        var entries = (0..<UInt32(64)).map { $0 << 12 | 7 }
        for place in 0x31..<0x40 where random.next() & 3 == 0 { entries[place] &= random.next() & 1 == 0 ? ~1 : ~2 }
        cpu.memory.load(RandomGuest.little(table | 7, 4), at: directory)
        cpu.memory.load(entries.flatMap { RandomGuest.little($0, 4) }, at: table)
        var state = cpu.state
        state.cr3 = directory
        // WP, so that ring 0 meets what is read-only.
        state.cr0 |= 1 << 31 | 1 << 16
        cpu.state = state
        return cpu
    }
}
