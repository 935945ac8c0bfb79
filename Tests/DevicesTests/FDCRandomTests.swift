import Devices
import TestSupport
import Testing
import X86Interp

/// Random programs of the floppy controller and its DMA, with snapshots in between: no trap, no hang, nothing outside of
/// RAM, and a twin that is restored goes the same way.
@Suite struct FDCRandomTests {
    private static let sizes = [320, 360, 640, 720, 1280, 1440, 2400, 2880, 3360, 5760]

    /// A step of a driver that is half mad.
    private static func step(_ board: FloppyBoard, _ random: inout SeededGenerator) -> UInt8 {
        func byte() -> UInt8 { UInt8.random(in: 0 ... .max, using: &random) }
        func small() -> UInt8 { UInt8.random(in: 0...19, using: &random) }
        switch UInt8.random(in: 0..<16, using: &random) {
        case 0: board.out([2, 3, 4, 5, 7].randomElement(using: &random) ?? 5, byte())
        case 1: board.start(select: [0x1C, 0x2D, 0x0C, 0xFF].randomElement(using: &random) ?? 0, rate: byte() & 3)
        case 2: board.command(0x03, byte(), byte())
        case 3: board.command(0x13, 0, byte(), byte())
        case 4...6:
            let code = (FDCCommand.shapes.randomElement(using: &random)?.code ?? 0) | byte() & 0xE0 | 0x40
            let count = FDCCommand(code).parameters
            return board.command([code] + (0..<count).map { $0 == 4 ? 2 : small() }).first ?? 0
        case 7:
            board.channel2(byte() & 0xFC, UInt32.random(in: 0 ... .max, using: &random), Int(byte()) * 64 + 1)
        case 8:
            let bank = ([0, 0x10, 0x20] as [UInt8]).randomElement(using: &random) ?? 0
            let offset = UInt16.random(in: 0..<16, using: &random)
            board.dma.write(bank: bank, offset: offset, width: .byte, value: UInt32(byte()))
        case 9: board.drives[byte() & 1]?.eject()
        case 10: board.drives[byte() & 1]?.load()
        case 11, 12: return board.in([0, 1, 2, 3, 4, 5, 5, 5, 7].randomElement(using: &random) ?? 5)
        default: board.wait(microseconds: UInt64.random(in: 0...40_000, using: &random))
        }
        return board.in(4)
    }

    @Test func randomPrograms() async {
        await LongTests.forEach(in: 0...LongTests.count(short: 12) - 1, name: "floppy program") { seed in
            var random = SeededGenerator(seed: UInt64(seed))
            let size = Self.sizes[seed % Self.sizes.count]
            func make() throws -> FloppyBoard {
                try FloppyBoard([FloppyBoard.disk(sectors: size), FloppyBoard.disk(sectors: 360)], ramSize: 1 << 16)
            }
            let board = try make()
            for _ in 0..<300 { _ = Self.step(board, &random) }
            let twin = try make()
            twin.clock.restore(now: board.clock.now)
            twin.memory.load(Array(board.memory.ramBytes), at: 0)
            for (number, drive) in board.drives { twin.drives[number]?.state = drive.state }
            twin.dma.state = board.dma.state
            twin.fdc.state = board.fdc.state
            #expect(twin.lines.rises == 0)
            var again = random
            for number in 0..<100 {
                let (here, there) = (Self.step(board, &random), Self.step(twin, &again))
                try #require(here == there, "step \(number)")
            }
            #expect(twin.fdc.state == board.fdc.state && twin.dma.state == board.dma.state)
            #expect(twin.drives[0]?.state == board.drives[0]?.state)
            #expect(firstDifference(twin.memory.ramBytes, board.memory.ramBytes) == nil)
        }
    }
}
