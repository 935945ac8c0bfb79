import X86Interp

/// The code of the page about snapshots, and what it prints.
struct Saving {
    private(set) var printed: [String] = []

    private mutating func print(_ values: Any...) {
        printed.append(values.map { "\($0)" }.joined(separator: " "))
    }

    mutating func goesBackAndElsewhere() throws {
        let machine = try Machine(ramSize: 1 << 20)
        machine.memory.load([0x40, 0xEB, 0xFD], at: 0x7C00)  // again: inc ax; jmp again
        machine.state.segments.cs = Segment(realMode: 0)
        machine.state.eip = 0x7C00
        _ = try machine.run(.resume, until: 100)
        let snapshot = machine.snapshot()
        _ = try machine.run(.resume, until: 1000)
        try machine.restore(snapshot)
        print(machine.clock.now, machine.state.gpr.eax)

        let bytes = try snapshot.encoded()
        let other = try Machine(ramSize: 1 << 20)
        try other.restore(try Snapshot(decoding: bytes, for: other))
        print(other.hash() == machine.hash(), bytes.count < 4096)
    }
}
