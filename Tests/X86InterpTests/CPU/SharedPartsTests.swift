import Testing

@testable import X86Interp

/// Memory, bus and clock serve one CPU at a time.
@Suite struct SharedPartsTests {
    private final class Chip {
        let cpu: CPU

        init(_ memory: PhysicalMemory, bus: ControlBus = ControlBus(), clock: VirtualClock = VirtualClock()) {
            cpu = CPU(memory: memory, bus: bus, clock: clock)
        }

        var state: CPUState {
            get { cpu.state }
            set { cpu.state = newValue }
        }

        func place(at eip: UInt32 = 0x1000) {
            var state = cpu.state
            state.segments = SegmentRegisters()
            state.eip = eip
            state.halted = false
            cpu.state = state
        }

        func run(_ entry: Entry = .resume, until: UInt64) throws(EntryError) -> Exit {
            try cpu.run(entry, until: until)
        }
    }

    /// inc ax; hlt.
    private func memory() throws -> PhysicalMemory {
        let memory = try PhysicalMemory(ramSize: 1 << 16)
        memory.load([0x40, 0xF4], at: 0x1000)
        return memory
    }

    @Test func aSecondCPUOnTheSameMemoryIsRefusedUntilTheFirstHasGone() throws {
        let memory = try memory()
        let second = try { () throws -> Chip in
            let first = Chip(memory)
            let second = Chip(memory)
            first.place()
            second.place()
            let before = second.state
            #expect(try first.run(.resume, until: 10) == .halted)
            #expect(throws: EntryError.shared(.memory)) { try second.run(.resume, until: 10) }
            #expect(throws: EntryError.shared(.memory)) { try second.cpu.step() }
            #expect(second.state == before)
            // The first still hears of overwritten code.
            memory.load([0x48], at: 0x1000)
            first.place()
            #expect(try first.run(.resume, until: 20) == .halted && first.state.gpr.eax & 0xFFFF == 0)
            return second
        }()
        #expect(try second.run(.resume, until: 10) == .halted && second.state.gpr.eax & 0xFFFF == 0xFFFF)
        memory.load([0x40], at: 0x1000)
        second.place()
        #expect(try second.run(.resume, until: 20) == .halted && second.state.gpr.eax & 0xFFFF == 0)
    }

    @Test func aSecondCPUBehindTheFirstSeesWhatThatWrote() throws {
        let memory = try memory()
        do {
            let first = Chip(memory)
            first.place()
            #expect(try first.run(.resume, until: 10) == .halted)
        }
        memory.load([0x43], at: 0x1000)
        let second = Chip(memory)
        second.place()
        #expect(try second.run(.resume, until: 10) == .halted && second.state.gpr.ebx == 1)
        // Its own writes to code that it has decoded: mov byte [1000],40; jmp 1000.
        memory.load([0xC6, 0x06, 0x00, 0x10, 0x40, 0xE9, 0xF8, 0xEF], at: 0x2000)
        second.place(at: 0x2000)
        #expect(try second.run(.resume, until: 20) == .halted && second.state.gpr.eax == 1)
    }

    @Test func busAndClockAreNotSharedEither() throws {
        let (bus, clock) = (ControlBus(), VirtualClock())
        let first = Chip(try memory(), bus: bus, clock: clock)
        let second = Chip(try memory(), bus: bus)
        let third = Chip(try memory(), clock: clock)
        for (number, part) in [EntryError.SharedPart.bus, .clock].enumerated() {
            #expect(throws: EntryError.shared(part)) {
                number == 0 ? try second.run(.resume, until: 1) : try third.run(.resume, until: 1)
            }
        }
        first.place()
        bus.stop(.requested)
        #expect(try first.run(.resume, until: 10) == .stopped(.requested))
    }
}
