import Testing

@testable import X86Interp

/// Debug traps that the shadow of MOV SS and POP SS holds: each is told once, whatever the next instruction is.
@Suite struct HeldTrapTests {
    /// The handler of #DB counts and notes where it returns to: inc si; mov bp,sp; mov bx,[bp]; iret.
    private static let handler: [UInt8] = [0x46, 0x89, 0xE5, 0x8B, 0x5E, 0x00, 0xCF]

    /// A program at 1000 behind `mov ss,[600]` or `pop ss`, with a data breakpoint on 600.
    private func machine(
        _ code: [UInt8], popsSS: Bool, flags: EFLAGS = [], change: (Machine) -> Void = { _ in }
    ) throws -> Machine {
        let machine = try Machine(ramSize: 1 << 16)
        for vector in UInt32(0)..<256 {
            machine.memory.load(vector == 1 ? [0, 5, 0, 0] : [0, 7, 0, 0], at: vector * 4)
        }
        machine.memory.load(Self.handler, at: 0x500)
        // All others: inc dx; iret.
        machine.memory.load([0x42, 0xCF], at: 0x700)
        machine.memory.load([0x00, 0x02], at: 0x600)
        machine.memory.load(popsSS ? [0x90, 0x90, 0x90, 0x17] : [0x8E, 0x16, 0x00, 0x06], at: 0x1000)
        machine.memory.load(code + [0xF4], at: 0x1004)
        var state = machine.state
        state.segments = SegmentRegisters()
        state.eip = popsSS ? 0x1003 : 0x1000
        state.gpr = GeneralRegisters()
        state.gpr.esp = popsSS ? 0x600 : 0x4000
        state.eflags.formUnion(flags)
        // Two bytes, read or written.
        (state.dr0, state.dr7) = (0x600, 0x0007_0401)
        machine.state = state
        change(machine)
        return machine
    }

    private struct Case: CustomStringConvertible {
        var name: String
        var code: [UInt8]
        /// Where #DB returns to, and whether another handler was entered.
        var place: UInt32
        var others: UInt32 = 0
        var description: String { name }
    }

    private static let cases: [Case] = [
        Case(name: "nop", code: [0x90], place: 0x1005),
        Case(name: "icebp", code: [0xF1], place: 0x1005),
        Case(name: "int n", code: [0xCD, 0x21], place: 0x700, others: 1),
        Case(name: "int3", code: [0xCC], place: 0x700, others: 1),
        Case(name: "into", code: [0xCE], place: 0x700, others: 1),
        Case(name: "rep stosb", code: [0xF3, 0xAA], place: 0x1004),
        Case(name: "hlt", code: [0xF4], place: 0x1005),
        Case(name: "sti", code: [0xFB], place: 0x1005),
        Case(name: "in", code: [0xE4, 0x40], place: 0x1006),
        Case(name: "iret", code: [0xCF], place: 0x1100),
        Case(name: "far jmp", code: [0xEA, 0x00, 0x11, 0, 0], place: 0x1100),
    ]

    /// The same program, in one go or instruction by instruction, with deliveries watched or not, gives the same.
    @Test(arguments: 0..<cases.count, [false, true])
    func onceEach(number: Int, popsSS: Bool) throws {
        let wanted = Self.cases[number]
        var ends: [CPUState] = []
        for (slice, watches) in [(1000, false), (1, false), (1000, true), (1, true)] as [(UInt64, Bool)] {
            let machine = try machine(wanted.code, popsSS: popsSS, flags: [.overflow]) { machine in
                // For IRET: IP, CS, FLAGS above what POP SS takes.
                machine.memory.load([0x00, 0x11, 0, 0, 0x02, 0], at: popsSS ? 0x2602 : 0x6000)
                machine.memory.load([0xF4], at: 0x1100)
                machine.state.gpr.ecx = 3
                machine.state.gpr.edi = 0x3000
            }
            if watches { machine.cpu.observe(with: Stopper(), [.allInterrupts]) }
            var exit = Exit.budget
            while exit == .budget || exit == .stopped(.observer), machine.state.instructions < 100 {
                exit = try machine.run(.resume, until: machine.state.instructions + slice)
            }
            // HLT itself is woken by the trap, and the next one ends it.
            #expect(exit == .halted, "\(wanted)")
            let state = machine.state
            #expect(state.gpr.esi == 1 && state.dr6 & 15 == 1, "\(wanted): \(state.gpr.esi) #DB")
            #expect(state.gpr.edx == wanted.others, "\(wanted)")
            #expect(state.gpr.ebx == wanted.place, "\(wanted)")
            ends.append(state)
        }
        #expect(ends.allSatisfy { $0 == ends[0] }, "\(wanted)")
    }

    /// Stops before each delivery.
    private final class Stopper: Observer {
        func willDeliver(_ delivery: ObservedDelivery) -> ObserverVerdict { .stop }
    }

    /// A fault behind MOV SS takes the held trap with it.
    @Test(arguments: [[0x0F, 0x0B], [0xF7, 0xF3], [0xFF, 0x36, 0xFF, 0xFF]] as [[UInt8]])
    func faults(code: [UInt8]) throws {
        let machine = try machine(code, popsSS: false)
        // The handler halts.
        machine.memory.load([0x42, 0xF4], at: 0x700)
        #expect(try machine.run(.resume, until: 100) == .halted)
        #expect(machine.state.gpr.edx == 1 && machine.state.gpr.esi == 0)
    }

    /// Where the host stops before exceptions the trap is still to come when the instruction is run again.
    @Test func aFaultThatStopsTheRunLosesNothing() throws {
        let machine = try machine([0x0F, 0x0B], popsSS: false)
        machine.cpu.faultPolicy = .stop
        #expect(try machine.run(.resume, until: 100) == .stopped(.fault(Fault(.invalidOpcode))))
        machine.cpu.faultPolicy = .deliver
        machine.memory.load([0x90, 0x90], at: 0x1004)
        #expect(try machine.run(.resume, until: 100) == .halted)
        #expect(machine.state.gpr.esi == 1 && machine.state.gpr.ebx == 0x1005)
    }

    @Test func anINT1ThatStopsTheRunHasTheHeldTrap() throws {
        let machine = try machine([0xF1], popsSS: false)
        machine.cpu.faultPolicy = .stop
        #expect(try machine.run(.resume, until: 100) == .stopped(.fault(Fault(.debug))))
        #expect(machine.state.dr6 & 15 == 1 && machine.state.pendingDebug == 0)
        #expect(try machine.run(.resume, until: 100) == .halted)
    }

    /// With TF too there is one #DB, behind the instruction, for both.
    @Test func singleStepAndData() throws {
        let machine = try machine([0x90], popsSS: false, flags: .trap)
        machine.memory.load([0x46, 0xF4], at: 0x500)
        #expect(try machine.run(.resume, until: 100) == .halted)
        #expect(machine.state.gpr.esi == 1 && machine.state.dr6 & 0x400F == 0x4001)
    }
}
