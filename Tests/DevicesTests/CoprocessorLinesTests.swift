import Devices
import Testing
import X86Interp

@Suite("CoprocessorLines: FERR#, IRQ 13, IGNNE#") struct CoprocessorLinesTests {
    private final class Lines {
        let bus = ControlBus()
        let recorder = LineRecorder()
        let irq: IRQLine
        let npx: CoprocessorLines

        init() {
            irq = .fitting(recorder, 13)
            npx = CoprocessorLines(bus: bus, irq: irq)
        }

        func drive(_ level: Bool) { bus.coprocessorError?(level) }
        func write(_ offset: UInt16) { npx.setByte(0, offset) }
    }

    @Test func anErrorIsRequestedUntilItsPortIsWritten() {
        let lines = Lines()
        lines.drive(true)
        lines.drive(true)
        #expect(lines.irq.level && lines.recorder.rises == 1 && !lines.bus.ignoresCoprocessorError)
        lines.write(0)
        #expect(!lines.irq.level && lines.bus.ignoresCoprocessorError)
        lines.drive(false)
        #expect(!lines.bus.ignoresCoprocessorError)
        lines.drive(true)
        #expect(lines.recorder.rises == 2)
    }

    @Test func anErrorThatIsGoneLeavesTheRequest() {
        let lines = Lines()
        lines.drive(true)
        lines.drive(false)
        #expect(lines.irq.level, "the latch holds it")
        lines.write(0)
        #expect(!lines.irq.level && !lines.bus.ignoresCoprocessorError)
    }

    /// Every register: both are written only, and F1 changes nothing.
    @Test func registersAreWrittenOnly() {
        let lines = Lines()
        lines.drive(true)
        let before = lines.npx.state
        lines.write(1)
        #expect(lines.npx.state == before && lines.irq.level)
        for offset in UInt16(0)...1 { #expect(lines.npx.read(bank: 0, offset: offset, width: .byte) == 0xFF) }
        #expect(lines.npx.state == before)
    }

    @Test func resetLetsGo() {
        let lines = Lines()
        lines.drive(true)
        lines.write(0)
        lines.npx.reset()
        #expect(!lines.bus.ignoresCoprocessorError && lines.npx.state == CoprocessorLines.State())
    }

    // MARK: Guests

    /// Vector 75, controllers as a BIOS sets them up, only IRQ 13 open; 1 / 0 unmasked, then what waits for it; the
    /// handler ends the request, counts, clears the exception by an instruction that waits before it, and returns.
    private static func program(_ clearBusy: [UInt8], cr0: [UInt8]) -> [UInt8] {
        let handler: [UInt8] =
            [0x50] + clearBusy + [0xFE, 0xC3]  // push ax; (out F0, al); inc bl
            + [0x9B, 0xDB, 0xE2]  // wait, which would hold the processor; fnclex
            + [0xB0, 0x20, 0xE6, 0xA0, 0xE6, 0x20, 0x58, 0xCF]  // both EOIs; pop ax; iret
        let start: [UInt8] =
            [0xFA, 0x31, 0xC0, 0x8E, 0xD8, 0x8E, 0xD0, 0x31, 0xDB]  // cli; ds = ss = 0; bx = 0
            + [0xC7, 0x06, 0xD4, 0x01, 0x00, 0x7D, 0xA3, 0xD6, 0x01]  // vector 75 = 0000:7D00
            + [0xB0, 0x11, 0xE6, 0x20, 0xE6, 0xA0, 0xB0, 0x08, 0xE6, 0x21, 0xB0, 0x70, 0xE6, 0xA1]
            + [0xB0, 0x04, 0xE6, 0x21, 0xB0, 0x02, 0xE6, 0xA1, 0xB0, 0x01, 0xE6, 0x21, 0xE6, 0xA1]
            + [0xB0, 0xFB, 0xE6, 0x21, 0xB0, 0xDF, 0xE6, 0xA1, 0xFB]  // masks; sti
            + cr0
            + [0xDB, 0xE3, 0xC7, 0x06, 0x00, 0x06, 0x7B, 0x03, 0xD9, 0x2E, 0x00, 0x06]  // fninit; fldcw 037B: no ZM
            + [0xD9, 0xE8, 0xD9, 0xEE, 0xDE, 0xF9]  // fld1; fldz; fdivp
            + [0xD9, 0xD0, 0xD9, 0xD0]  // fnop waits, and again
            + [0x88, 0xD8, 0xE6, 0xF4, 0xF4]  // exit BL
        return start + [UInt8](repeating: 0x90, count: 0x100 - start.count) + handler
    }

    private func run(_ program: [UInt8], _ model: CPUModel, tier: Tier) throws -> (Exit, Board, Machine) {
        let machine = try Machine(model: model, ramSize: 1 << 20)
        var options = BoardOptions()
        options.tiers = [TierOption("all", tier)]
        let board = try Board(machine: machine, options: options)
        machine.memory.load(program, at: 0x7C00)
        machine.state.segments.cs.selector = 0
        machine.state.segments.cs.base = 0
        machine.state.eip = 0x7C00
        machine.state.gpr.esp = 0x7C00
        var exit = try machine.run(.resume, until: 100_000)
        while case .port(let request) = exit {
            exit = try machine.run(.complete(machine.serve(request)), until: 100_000)
        }
        return (exit, board, machine)
    }

    /// mov eax, cr0; and al, DF; mov cr0, eax: no numeric errors by exception.
    private static let withoutNE: [UInt8] = [0x0F, 0x20, 0xC0, 0x24, 0xDF, 0x0F, 0x22, 0xC0]
    private static let outF0: [UInt8] = [0xE6, 0xF0]

    private static func models() throws -> [(CPUModel, [UInt8])] {
        func named(_ name: String) throws -> CPUModel { try #require(CPUModel.named(name)) }
        return [
            (CPUModel.newest, withoutNE), (try named("i486"), withoutNE), (try named("80386").with(.i80387), []),
            (try named("80286").with(.i80287), []),
        ]
    }

    @Test(arguments: Tier.allCases) func aHandlerOnIRQ13EndsTheError(tier: Tier) throws {
        for (model, cr0) in try Self.models() {
            let (exit, board, machine) = try run(Self.program(Self.outF0, cr0: cr0), model, tier: tier)
            #expect(exit == .stopped(.guestExit(code: 1)), "one interrupt on \(model.name)")
            #expect((board["npx"] as? CoprocessorLines)?.state == CoprocessorLines.State())
            #expect(!machine.bus.ignoresCoprocessorError && machine.state.x87.status & 0x80 == 0)
        }
    }

    @Test(arguments: Tier.allCases) func aHandlerThatForgetsPortF0StandsStill(tier: Tier) throws {
        let (exit, board, machine) = try run(Self.program([], cr0: Self.withoutNE), .newest, tier: tier)
        #expect(exit == .halted && machine.state.awaitsCoprocessor)
        #expect((board["npx"] as? CoprocessorLines)?.state.isRequested == true)
    }

    /// INT 75h of the built-in BIOS goes on to INT 02h, where programs for the 8087 have their handlers.
    @Test(arguments: Tier.allCases) func theBIOSCallsINT02(tier: Tier) throws {
        let start: [UInt8] =
            [0x31, 0xC0, 0x8E, 0xD8, 0x31, 0xDB]  // ds = 0; bx = 0
            + [0xC7, 0x06, 0x08, 0x00, 0x00, 0x7D, 0xA3, 0x0A, 0x00, 0xFB]  // vector 02 = 0000:7D00; sti
            + [0xDB, 0xE3, 0xC7, 0x06, 0x00, 0x06, 0x7B, 0x03, 0xD9, 0x2E, 0x00, 0x06]  // fninit; fldcw 037B: no ZM
            + [0xD9, 0xE8, 0xD9, 0xEE, 0xDE, 0xF9, 0xD9, 0xD0, 0xD9, 0xD0, 0xFA, 0xF4]  // 1 / 0; fnop twice; cli; hlt
        // inc bl; fnclex; iret
        let handler: [UInt8] = [0xFE, 0xC3, 0xDB, 0xE2, 0xCF]
        let guest = try BIOSGuest(
            start + [UInt8](repeating: 0x90, count: 0x100 - start.count) + handler, tier: tier)
        #expect(try guest.run() == .halted)
        #expect(guest.machine.state.gpr.ebx == 1 && !guest.machine.state.awaitsCoprocessor)
        #expect((guest.board["npx"] as? CoprocessorLines)?.state == CoprocessorLines.State())
    }

    /// A snapshot while the request is up leads to the same end.
    @Test func snapshotHoldsTheLines() throws {
        let program = Self.program(Self.outF0, cr0: Self.withoutNE)
        let (_, _, whole) = try run(program, .newest, tier: .kernel)
        let machine = try Machine(ramSize: 1 << 20)
        let board = try Board(machine: machine)
        machine.memory.load(program, at: 0x7C00)
        machine.state.segments.cs.selector = 0
        machine.state.segments.cs.base = 0
        machine.state.eip = 0x7C00
        machine.state.gpr.esp = 0x7C00
        let npx = try #require(board["npx"] as? CoprocessorLines)
        while !npx.state.isRequested, machine.clock.now < 1000 {
            _ = try machine.run(.resume, until: machine.clock.now + 1)
        }
        #expect(npx.state.isRequested)
        let other = try Machine(ramSize: 1 << 20)
        _ = try Board(machine: other)
        try other.restore(machine.snapshot())
        #expect(try other.run(.resume, until: 100_000) == .stopped(.guestExit(code: 1)))
        #expect(other.hash() == whole.hash())
    }
}
