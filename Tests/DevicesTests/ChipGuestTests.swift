import Devices
import Testing
import X86Interp

/// Guests that use the PC's chips as drivers do, with all devices in one tier or the other.
@Suite("Chips under a guest") struct ChipGuestTests {
    /// Runs a program at 0000:7C00 on a PC until it stops, answering the user tier as the host does.
    private func run(_ program: [[UInt8]], input: String = "", tier: Tier) throws -> (Exit, output: String, now: UInt64)
    {
        let machine = try Machine(ramSize: 1 << 20)
        let serial = BufferStream(input: Array(input.utf8))
        var options = BoardOptions()
        options.serial = serial
        options.tiers = [TierOption("all", tier)]
        let board = try Board(
            memory: machine.memory, ports: machine.ports, bus: machine.bus, clock: machine.clock, options: options)
        for device in board.devices { try machine.add(device) }
        machine.memory.load(program.joined(), at: 0x7C00)
        machine.state.segments.cs.selector = 0
        machine.state.segments.cs.base = 0
        machine.state.eip = 0x7C00
        machine.state.gpr.esp = 0x7C00
        let fuel: UInt64 = 10_000_000
        var exit = try machine.run(.resume, until: fuel)
        while case .port(let request) = exit {
            exit = try machine.run(.complete(machine.ports.serve(request)), until: fuel)
        }
        return (exit, serial.text, machine.clock.now)
    }

    /// Echoes what it receives with the case changed; a dot ends the run with code 7.
    private static let echo: [[UInt8]] = [
        [0x31, 0xC0, 0x8E, 0xD8, 0x8E, 0xD0],  // ds = ss = 0
        [0xC7, 0x06, 0x30, 0x00, 0x3D, 0x7C, 0xA3, 0x32, 0x00],  // vector 0C = handler
        [0xB0, 0x11, 0xE6, 0x20, 0xB0, 0x08, 0xE6, 0x21],  // ICW1, ICW2: vectors from 08
        [0xB0, 0x04, 0xE6, 0x21, 0xB0, 0x01, 0xE6, 0x21],  // ICW3, ICW4
        [0xB0, 0xEF, 0xE6, 0x21],  // OCW1: only IRQ 4
        [0xBA, 0xFB, 0x03, 0xB0, 0x03, 0xEE],  // LCR: 8N1
        [0x4A, 0xB0, 0x01, 0xEE],  // FCR: FIFOs on
        [0xBA, 0xFC, 0x03, 0xB0, 0x0B, 0xEE],  // MCR: DTR, RTS, OUT2
        [0xBA, 0xF9, 0x03, 0xB0, 0x01, 0xEE],  // IER: data
        [0xFB, 0xF4, 0xEB, 0xFD],  // sti; hlt; jmp to hlt
        [0xBA, 0xFA, 0x03, 0xEC, 0xBA, 0xF8, 0x03, 0xEC],  // handler: read IIR, RBR
        [0x3C, 0x2E, 0x74, 0x08, 0x34, 0x20, 0xEE],  // a dot ends; else THR = character ^ 20h
        [0xB0, 0x20, 0xE6, 0x20, 0xCF],  // EOI; iret
        [0xB0, 0x07, 0xE6, 0xF4, 0xF4],  // exit 7
    ]

    @Test("a serial driver by interrupts: each character comes back with its case changed", arguments: Tier.allCases)
    func serialEcho(tier: Tier) throws {
        let result = try run(Self.echo, input: "Hello, World.", tier: tier)
        #expect(result.0 == .stopped(.guestExit(code: 7)))
        #expect(result.output == "hELLO\u{0C}\u{00}wORLD")
    }

    @Test("interrupts come at the same tick in either tier")
    func sameTimeInBothTiers() throws {
        let times = try Tier.allCases.map { try run(Self.echo, input: "Hello, World.", tier: $0).now }
        #expect(times[0] == times[1])
        #expect(times[0] > 12 * 8680, "twelve characters at 115200 baud")
    }

    @Test("a delay by counter 2 and port 61 lasts as long as it should", arguments: Tier.allCases)
    func speakerDelay(tier: Tier) throws {
        let program: [[UInt8]] = [
            [0xE4, 0x61, 0x24, 0xFD, 0x0C, 0x01, 0xE6, 0x61],  // gate open, speaker off
            [0xB0, 0xB0, 0xE6, 0x43, 0xB0, 0xA9, 0xE6, 0x42, 0xB0, 0x04, 0xE6, 0x42],  // mode 0, 1193 clocks
            [0xE4, 0x61, 0xA8, 0x20, 0x74, 0xFA],  // wait for OUT 2
            [0xB0, 0x09, 0xE6, 0xF4, 0xF4],  // exit 9
        ]
        let result = try run(program, tier: tier)
        #expect(result.0 == .stopped(.guestExit(code: 9)))
        #expect((99_900...100_300).contains(result.now), "a millisecond of 100 MHz")
    }
}
