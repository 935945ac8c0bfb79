import Devices
import TestSupport
import Testing
import X86Interp

/// Guests that read and write by a channel, in either tier, and random accesses.
@Suite("ATA guests") struct ATAGuestTests {
    /// A machine with two channels, its program at 0000:7C00.
    private static func machine(_ program: [UInt8], _ tier: Tier) throws -> (Machine, Board) {
        let machine = try Machine(ramSize: 1 << 20)
        var options = BoardOptions()
        options.machine = MachineCatalog.isapc
        options.tiers = [TierOption("all", tier)]
        let contents = (0..<100 * 512).map { UInt8(truncatingIfNeeded: $0 &* 3 &+ $0 >> 9) }
        options.drives = [
            0x80: Drive(hardDisk: MemoryDisk(contents)), 0x81: Drive(hardDisk: MemoryDisk(Array(contents.reversed()))),
            0x82: Drive(cd: MemoryDisk(contents)),
        ]
        let board = try Board(machine: machine, options: options)
        machine.memory.load(program, at: 0x7C00)
        machine.state.segments.cs = Segment(realMode: 0)
        machine.state.eip = 0x7C00
        machine.state.gpr.esp = 0x7C00
        return (machine, board)
    }

    private static func run(_ machine: Machine, fuel: UInt64) throws -> Exit {
        var exit = try machine.run(.resume, until: fuel)
        while case .port(let request) = exit {
            exit = try machine.run(.complete(machine.ports.serve(request)), until: fuel)
        }
        return exit
    }

    /// Writes a byte to a port.
    private static func output(_ port: UInt16, _ value: UInt8) -> [UInt8] {
        [0xBA, UInt8(port & 0xFF), UInt8(port >> 8), 0xB0, value, 0xEE]
    }

    /// Waits while BSY is 1: in al, dx; test al, al; js.
    private static let wait: [UInt8] = [0xBA, 0xF7, 0x01, 0xEC, 0x84, 0xC0, 0x78, 0xFB]

    /// Copies sector 9 of the first disk to sector 3 of the second by `rep insd` and `rep outsw`.
    private static let copy: [UInt8] =
        [0xFC, 0x31, 0xC0, 0x8E, 0xC0, 0x8E, 0xD8]  // cld; es = ds = 0
        + output(0x3F6, 2) + output(0x1F6, 0xE0) + output(0x1F2, 1) + output(0x1F3, 9) + output(0x1F4, 0)
        + output(0x1F5, 0) + output(0x1F7, 0x20) + wait
        + [0xBA, 0xF0, 0x01, 0xBF, 0x00, 0x10, 0xB9, 0x80, 0x00, 0xF3, 0x66, 0x6D]  // mov di, 1000h; rep insd
        + output(0x1F6, 0xF0) + output(0x1F2, 1) + output(0x1F3, 3) + output(0x1F7, 0x30) + wait
        + [0xBA, 0xF0, 0x01, 0xBE, 0x00, 0x10, 0xB9, 0x00, 0x01, 0xF3, 0x6F]  // mov si, 1000h; rep outsw
        + wait + [0xF4]

    @Test func aSectorIsCopiedAlikeInBothTiers() throws {
        var hashes: [UInt64] = []
        for tier in Tier.allCases {
            let (machine, board) = try Self.machine(Self.copy, tier)
            #expect(try Self.run(machine, fuel: 100_000) == .halted)
            let sector = board.drives[0x80]?.read(sector: 9)
            #expect(board.drives[0x81]?.state.written == [3: sector ?? []] && sector?.count == 512)
            #expect(machine.memory.peek(0x1000, count: 512) == sector)
            hashes.append(machine.hash())
        }
        #expect(hashes.count == 2 && hashes[0] == hashes[1])
    }

    /// The interrupt of the end of a command comes by IRQ 14 of both controllers.
    @Test(arguments: Tier.allCases) func commandsEndByAnInterrupt(tier: Tier) throws {
        var program: [UInt8] = []
        // Vectors 20 and 28; all masked but the cascade and IRQ 14.
        for (port, value) in [
            (0x20, 0x11), (0x21, 0x20), (0x21, 0x04), (0x21, 0x01), (0xA0, 0x11), (0xA1, 0x28), (0xA1, 0x02),
            (0xA1, 0x01),
            (0x21, 0xFB), (0xA1, 0xBF),
        ] as [(UInt16, UInt8)] {
            program += Self.output(port, value)
        }
        // Vector 2E goes to 7E00: mov bl, 1; iret.
        program += [0x31, 0xC0, 0x8E, 0xD8, 0xC7, 0x06, 0xB8, 0x00, 0x00, 0x7E, 0xC7, 0x06, 0xBA, 0x00, 0x00, 0x00]
        program += [0x31, 0xDB] + Self.output(0x1F7, 0xE7) + [0xFB, 0xF4, 0xFA, 0xF4]
        let (machine, _) = try Self.machine(program, tier)
        machine.memory.load([0xB3, 0x01, 0xCF], at: 0x7E00)
        #expect(try Self.run(machine, fuel: 100_000) == .halted)
        #expect(machine.state.gpr.ebx == 1)
    }

    /// Random accesses with snapshots in between come to the same in a machine that never stopped.
    @Test(.timeLimit(.minutes(30))) func randomAccessesNeverTrap() async {
        await LongTests.forEach(in: LongTests.blobs ?? 0...LongTests.count(short: 4) - 1, name: "ATA") {
            try Self.access(seed: $0)
        }
    }

    private static func read(_ machine: Machine, _ port: UInt16, _ width: Width) -> UInt32 {
        guard let claim = machine.ports.claim(at: port, width) else { return width.mask }
        return claim.device.read(bank: claim.bank, offset: port - claim.ports.lowerBound, width: width)
    }

    private static func write(_ machine: Machine, _ port: UInt16, _ width: Width, _ value: UInt32) {
        guard let claim = machine.ports.claim(at: port, width) else { return }
        claim.device.write(bank: claim.bank, offset: port - claim.ports.lowerBound, width: width, value: value)
    }

    private static func access(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let (machine, board) = try Self.machine([0xF4], .kernel)
        var (twin, _) = try Self.machine([0xF4], .kernel)
        let commands: [UInt8] = [0x20, 0x24, 0x29, 0x30, 0x34, 0x40, 0x90, 0xA0, 0xA1, 0xC4, 0xC5, 0xC6, 0xEC, 0xEF]
        let packets: [UInt8] = [0x28, 0xA8, 0x12, 0x03, 0x43, 0x5A, 0x46, 0x1B]
        for _ in 0..<400 {
            let base: UInt16 = Bool.random(using: &random) ? 0x1F0 : 0x170
            var value = UInt8.random(in: 0...255, using: &random)
            switch Int.random(in: 0..<12, using: &random) {
            case 0...2:
                if Bool.random(using: &random) { value = commands.randomElement(using: &random) ?? 0 }
                for one in [machine, twin] { Self.write(one, base + 7, .byte, UInt32(value)) }
            case 3...5:
                let register = UInt16.random(in: 1...6, using: &random)
                value &= [0xFF, 0x07, 0x5F].randomElement(using: &random) ?? 0
                for one in [machine, twin] { Self.write(one, base + register, .byte, UInt32(value)) }
            case 6:
                value &= [0x86, 0x02, 0x00].randomElement(using: &random) ?? 0
                for one in [machine, twin] { Self.write(one, base + 0x206, .byte, UInt32(value)) }
            case 7:
                let first = packets.randomElement(using: &random) ?? 0
                let packet = [first] + (0..<11).map { _ in UInt8.random(in: 0...255, using: &random) & value }
                for start in stride(from: 0, to: 12, by: 2) {
                    let word = UInt32(packet[start]) | UInt32(packet[start + 1]) << 8
                    for one in [machine, twin] { Self.write(one, base, .word, word) }
                }
            case 8, 9:
                let width: Width = Bool.random(using: &random) ? .dword : .word
                for _ in 0..<Int.random(in: 1...300, using: &random) {
                    #expect(read(machine, base, width) == read(twin, base, width))
                }
            case 10:
                let time = machine.clock.now + UInt64.random(in: 1...3000, using: &random)
                machine.clock.advance(to: time)
                twin.clock.advance(to: time)
            default:
                (twin, _) = try Self.machine([0xF4], .kernel)
                try twin.restore(Snapshot(decoding: machine.snapshot().encoded(), for: twin))
            }
            let register = base + UInt16.random(in: 1...7, using: &random)
            #expect(read(machine, register, .byte) == read(twin, register, .byte))
        }
        #expect(machine.hash() == twin.hash())
        for part in board.parts { _ = part.fields.map(\.text) }
        machine.reset()
        #expect(read(machine, 0x1F7, .byte) == 0x50)
    }
}
