import X86Interp

/// Counts writes to some addresses, and stops the guest at the tenth.
final class WriteCounter: Observer {
    var count = 0

    func didAccess(linear: UInt32, physical: UInt32, size: Int, isWrite: Bool, value: UInt32) -> ObserverVerdict {
        count += 1
        return count == 10 ? .stop : .goOn
    }
}

/// The code of the page about observers, and what it prints.
struct Watching {
    private(set) var printed: [String] = []

    private mutating func print(_ values: Any...) {
        printed.append(values.map { "\($0)" }.joined(separator: " "))
    }

    mutating func countsWrites() throws {
        let machine = try Machine(ramSize: 1 << 20)
        machine.memory.load([0xAA, 0xEB, 0xFD], at: 0x7C00)  // again: stosb; jmp again
        machine.state.segments.cs = Segment(realMode: 0)
        machine.state.eip = 0x7C00
        machine.state.gpr.edi = 0x600

        let counter = WriteCounter()
        let token = machine.cpu.observe(with: counter, [.data(.linear(0x600...0x6FF), .write)])
        print(try machine.run(.resume, until: 1000), machine.clock.now, machine.cpu.stoppedBy == [token])
        machine.cpu.ignore(token)
        print(try machine.run(.resume, until: 1000), counter.count)
    }
}
