import Devices
import Testing
import X86Interp

/// Small guests on a whole PC: the board as the processor sees it, in either tier.
@Suite struct BoardGuestTests {
    /// A PC with a program at 0000:7C00.
    private final class Guest {
        let machine: Machine
        let board: Board
        let console = BufferStream(limit: 4096)

        init(_ program: [UInt8], tier: Tier, files: [FirmwareConfig.File] = []) throws {
            machine = try Machine(ramSize: 1 << 20)
            var options = BoardOptions()
            options.console = console
            options.files = files
            options.tiers = [TierOption("all", tier)]
            board = try Board(machine: machine, options: options)
            machine.memory.load(program, at: 0x7C00)
            machine.state.segments.cs.selector = 0
            machine.state.segments.cs.base = 0
            machine.state.eip = 0x7C00
            machine.state.gpr.esp = 0x7C00
        }

        /// Runs to a stop, answering the user tier's requests as the host does.
        func run(fuel: UInt64 = 100_000) throws -> Exit {
            var exit = try machine.run(.resume, until: fuel)
            while case .port(let request) = exit {
                exit = try machine.run(.complete(machine.ports.serve(request)), until: fuel)
            }
            return exit
        }
    }

    /// The parts of a program, in order.
    private func program(_ parts: [UInt8]...) -> [UInt8] { parts.flatMap { $0 } }

    private let exitWithAL: [UInt8] = [0xE6, 0xF4]
    private let clearES: [UInt8] = [0x31, 0xFF, 0x8E, 0xC7, 0xFC]

    @Test(arguments: Tier.allCases) func textReachesTheConsole(tier: Tier) throws {
        let text = Array("Hello\n".utf8)
        let start: UInt8 = 0x11
        let guest = try Guest(
            program(
                [0x31, 0xC0, 0x8E, 0xD8, 0xFC], [0xBE, start, 0x7C], [0xB9, UInt8(text.count), 0x00],
                [0xBA, 0xE9, 0x00], [0xF3, 0x6E], [0xF4], text),
            tier: tier)
        #expect(try guest.run() == .halted)
        #expect(guest.console.text == "Hello\n")
    }

    @Test(arguments: Tier.allCases) func dwordOfZeroAtTheDebugExitIsSuccess(tier: Tier) throws {
        let guest = try Guest([0x66, 0x31, 0xC0, 0x66, 0xE7, 0xF4, 0xF4], tier: tier)
        #expect(try guest.run() == .stopped(.guestExit(code: 0)))
        #expect((guest.board["debugexit"] as? DebugExit)?.state.code == 0)
    }

    @Test(arguments: Tier.allCases) func signatureByStringInputLeavesEAXAlone(tier: Tier) throws {
        let guest = try Guest(
            program(
                clearES, [0x31, 0xC0], [0xBA, 0x10, 0x05], [0xEF], [0x42], [0xBF, 0x00, 0x06], [0xB9, 0x04, 0x00],
                [0x66, 0xB8, 0x78, 0x56, 0x34, 0x12], [0xF3, 0x6C], [0xF4]),
            tier: tier)
        #expect(try guest.run() == .halted)
        #expect(guest.machine.memory.peek(0x600, count: 5) == Array("QEMU".utf8) + [0])
        #expect(guest.machine.state.gpr.eax == 0x1234_5678)
    }

    @Test(arguments: Tier.allCases) func fileOfTheHostIsReadByItsKey(tier: Tier) throws {
        let guest = try Guest(
            program(
                clearES, [0xB8, 0x24, 0x00], [0xBA, 0x10, 0x05], [0xEF], [0x42], [0xBF, 0x00, 0x06],
                [0xB9, 0x06, 0x00], [0xF3, 0x6C], [0xF4]),
            tier: tier, files: [.init(name: "opt/x", contents: [1, 2, 3, 4])])
        #expect(try guest.run() == .halted)
        #expect(guest.machine.memory.peek(0x600, count: 6) == [1, 2, 3, 4, 0, 0])
    }

    @Test(arguments: Tier.allCases) func theWordShutdownEndsTheRun(tier: Tier) throws {
        let word = Array("Shutdown".utf8)
        let guest = try Guest(
            program(
                [0x31, 0xC0, 0x8E, 0xD8, 0xFC], [0xBE, 0x11, 0x7C], [0xB9, 0x08, 0x00], [0xBA, 0x00, 0x89],
                [0xF3, 0x6E], [0xF4], word),
            tier: tier)
        #expect(try guest.run() == .stopped(.guestExit(code: 0)))
    }

    /// The PIC is programmed to vector 20h, counter 0 to 1000 clocks; the handler counts in BL and ends the run at 3.
    private var timerProgram: [UInt8] {
        let handler: [UInt8] = [
            0xFE, 0xC3, 0xB0, 0x20, 0xE6, 0x20, 0x80, 0xFB, 0x03, 0x72, 0x04, 0x88, 0xD8, 0xE6, 0xF4, 0xCF,
        ]
        let setUp = program(
            [0x31, 0xDB, 0x8E, 0xDB], [0xC7, 0x06, 0x80, 0x00, 0x00, 0x7D], [0xC7, 0x06, 0x82, 0x00, 0x00, 0x00],
            [0xB0, 0x11, 0xE6, 0x20], [0xB0, 0x20, 0xE6, 0x21], [0xB0, 0x04, 0xE6, 0x21], [0xB0, 0x01, 0xE6, 0x21],
            [0xB0, 0xFE, 0xE6, 0x21], [0xB0, 0x34, 0xE6, 0x43], [0xB0, 0xE8, 0xE6, 0x40], [0xB0, 0x03, 0xE6, 0x40],
            [0xFB], [0xF4], [0xEB, 0xFD])
        let padding = [UInt8](repeating: 0x90, count: 0x100 - setUp.count)
        return setUp + padding + handler
    }

    @Test(arguments: Tier.allCases) func ticksOfTheTimerInterruptTheProcessor(tier: Tier) throws {
        let guest = try Guest(timerProgram, tier: tier)
        #expect(try guest.run(fuel: 1_000_000) == .stopped(.guestExit(code: 3)))
        let period = 1000 * guest.machine.clock.ticksPerSecond / PIT8254.frequency
        #expect((3 * period...3 * period + 1000).contains(guest.machine.clock.now))
    }

    /// A snapshot within a run, taken back after it, leads to the same end in the same state.
    @Test(arguments: Tier.allCases) func snapshotHoldsTheChips(tier: Tier) throws {
        let guest = try Guest(timerProgram, tier: tier)
        _ = try guest.run(fuel: 100_000)
        let snapshot = guest.machine.snapshot()
        let chips = guest.board.states
        let first = try guest.run(fuel: 1_000_000)
        let end = guest.machine.state
        #expect(guest.board.states != chips)
        try guest.machine.restore(snapshot)
        #expect(guest.board.states == chips)
        #expect(try guest.run(fuel: 1_000_000) == first)
        #expect(guest.machine.state == end)
    }
}
