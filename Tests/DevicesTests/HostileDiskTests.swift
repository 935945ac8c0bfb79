import TestSupport
import Testing
import X86Interp

@testable import Devices

/// Disks of any size and contents under guests that call the BIOS with any registers: no trap, no hang.
@Suite("Hostile disks", .serialized) struct HostileDiskTests {
    private static let seeds = LongTests.blobs ?? 0...LongTests.count(short: 100) - 1

    /// A disk that is as large as it says, and fails now and then.
    private final class OddDisk: DiskBackend {
        let sectorCount: UInt64
        private let first: [UInt8]

        init(sectorCount: UInt64, first: [UInt8]) {
            self.sectorCount = sectorCount
            self.first = first
        }

        func read(sector: UInt64) -> [UInt8]? {
            sector == 0
                ? first : sector % 7 == 3 ? nil : [UInt8](repeating: UInt8(truncatingIfNeeded: sector), count: 512)
        }
    }

    @Test(.timeLimit(.minutes(30))) func anyDiskAndAnyRegistersAreServed() async {
        await LongTests.forEach(in: Self.seeds, name: "disk") { try Self.run(seed: $0) }
    }

    /// A boot sector: random, with or without its signature, half of them with a partition table that makes some sense.
    private static func bootSector(_ random: inout SeededGenerator) -> [UInt8] {
        var sector = (0..<512).map { _ in UInt8.random(in: 0...255, using: &random) }
        if Bool.random(using: &random) {
            sector[510] = 0x55
            sector[511] = 0xAA
            for entry in stride(from: 446, to: 510, by: 16) { sector[entry] &= 0x80 }
        }
        return sector
    }

    private static func disk(_ random: inout SeededGenerator) -> any DiskBackend {
        let sizes: [UInt64] = [0, 1, 2, 719, 2880, 2881, 5760, 5761, 1 << 20, 1 << 32, .max / 512, .max]
        let first = bootSector(&random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0:
            let size = [0, 1, 511, 512, 513, 737_279, 1_474_561, Int.random(in: 0...100_000, using: &random)]
            let bytes = first + [UInt8](repeating: 0xE5, count: size.randomElement(using: &random) ?? 0)
            return MemoryDisk(Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random))))
        case 1: return OddDisk(sectorCount: sizes.randomElement(using: &random) ?? 0, first: first)
        default: return OddDisk(sectorCount: UInt64.random(in: 0 ... .max, using: &random), first: first)
        }
    }

    private static func run(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        var drives: [UInt8: Drive] = [:]
        for number in [UInt8(0), 1] where Bool.random(using: &random) {
            drives[number] = Drive(floppy: disk(&random))
        }
        for number in [UInt8(0x80), 0x81] where Bool.random(using: &random) {
            drives[number] = Drive(hardDisk: disk(&random))
        }
        let guest = try BIOSGuest([], drives: drives, on: seed % 4 == 3 ? MachineCatalog.xt : MachineCatalog.isapc)
        for _ in 0..<30 { try call(guest, &random) }
        // Whatever is in the boot sector runs.
        _ = try call(0x19, 0, on: guest, &random, fuel: 2000)
        _ = guest.board.screen.lines
    }

    /// One call, three in four of INT 13h, with registers that make some sense or none.
    private static func call(_ guest: BIOSGuest, _ random: inout SeededGenerator) throws {
        let services = BIOSService.all.filter { 0x10...0x17 ~= $0.vector || $0.vector == 0x1A }
        let disks = services.filter { $0.vector == 0x13 }
        let service = (Int.random(in: 0..<4, using: &random) == 0 ? services : disks).randomElement(using: &random)
        guard let service else { return }
        let number = service.functions.randomElement(using: &random)?.number ?? 0
        // A packet for the extensions, at the place that SI names half of the time.
        let packet = (0..<24).map { _ in UInt8.random(in: 0...255, using: &random) }
        guest.machine.memory.load([[16, 24, 255].randomElement(using: &random) ?? 0, 0] + packet, at: 0x600)
        let exit = try call(service.vector, number, on: guest, &random, fuel: 1000)
        if case .stopped(let reason) = exit { Issue.record("INT \(service.vector) \(number): \(reason)") }
    }

    private static func call(
        _ vector: UInt8, _ number: UInt8, on guest: BIOSGuest, _ random: inout SeededGenerator, fuel: UInt64
    ) throws -> Exit {
        func word() -> UInt32 { UInt32.random(in: 0 ... .max, using: &random) }
        // What a call has done to vectors and stubs is no reason for the next one to go astray.
        guest.machine.memory.load([0xCD, vector, 0xFA, 0xF4], at: 0x7C00)
        var state = guest.machine.state
        state.halted = false
        state.shutdown = []
        state.eip = 0x7C00
        state.segments.cs = Segment(realMode: 0)
        state.segments.ss = Segment(realMode: 0)
        state.gpr.esp = 0x7C00
        for register in [GeneralRegister.ebx, .ecx, .edi, .ebp] { state.gpr[register] = word() }
        let isSmall = Bool.random(using: &random)
        if isSmall { state.gpr.ecx &= 0x0112 }
        state.segments.es = Segment(realMode: UInt16(truncatingIfNeeded: word()))
        state.segments.ds = Segment(realMode: isSmall ? 0 : UInt16(truncatingIfNeeded: word()))
        state.gpr.esi = isSmall ? 0x600 : word()
        state.gpr.eax = UInt32(number) << 8 | word() & 0xFFFF_00FF
        state.gpr.edx = [0, 1, 0x80, 0x81, 0x0100, 0x0180, word()].randomElement(using: &random) ?? 0
        guest.machine.state = state
        return try guest.run(fuel: state.instructions &+ fuel)
    }
}
