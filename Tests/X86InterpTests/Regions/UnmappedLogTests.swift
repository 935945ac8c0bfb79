import Testing

@testable import X86Interp

/// What is heard of accesses at which nothing is.
@Suite(.timeLimit(.minutes(30))) struct UnmappedLogTests {
    private typealias Guest = RegionGuest

    private final class Rows: Observer {
        var rows: [MemoryTransaction] = []
        func didTransfer(_ transaction: MemoryTransaction) -> ObserverVerdict {
            rows.append(transaction)
            return .goOn
        }

        var texts: [String] {
            rows.map { row in
                let cycle = row.cycle
                let (way, place) = (cycle.direction == .read ? "r" : "w", String(cycle.address, radix: 16))
                return "\(way)\(cycle.width.bytes) \(place) \(String(cycle.value, radix: 16))"
            }
        }
    }

    private func run(
        _ code: [UInt8], _ policy: UnmappedMemoryPolicy, _ setUp: (Machine) throws -> Void = { _ in }
    ) throws -> (rows: Rows, machine: Machine) {
        let machine = try Guest.machine(code + [0xF4])
        try setUp(machine)
        machine.cpu.unmappedMemoryPolicy = policy
        let rows = Rows()
        machine.cpu.observe(with: rows, [.allMemoryCycles])
        #expect(try machine.run(.resume, until: 1000) == .halted)
        return (rows, machine)
    }

    @Test func eachAccessToNothingIsTold() throws {
        // mov eax, [A0000000h]; mov [A0000001h], eax; mov al, [A0000003h] twice
        let code: [UInt8] =
            [0xA1] + Guest.little(0xA000_0000) + [0xA3] + Guest.little(0xA000_0001)
            + Guest.load(0xA000_0003) + Guest.load(0xA000_0003)
        let (heard, machine) = try run(code, .log)
        #expect(
            heard.texts == [
                "r4 a0000000 ffffffff", "w1 a0000001 ff", "w2 a0000002 ffff", "w1 a0000004 ff", "r1 a0000003 ff",
                "r1 a0000003 ff",
            ])
        #expect(heard.rows.allSatisfy { $0.device == nil && $0.tier == nil && $0.operation == .mov })
        #expect(heard.rows.first?.eip == 0x7C00 && heard.rows.first?.instructions == 0)
        let (silent, other) = try run(code, .float)
        #expect(silent.rows.isEmpty && other.hash() == machine.hash())
    }

    @Test func whatLacksTheRightIsTold() throws {
        let (heard, _) = try run(Guest.load(0xE000_0000) + Guest.store(1, at: 0xE000_0000), .log) { machine in
            try machine.memory.addRAM(at: 0xE000_0000, size: 0x1000, rights: .fetch)
        }
        // The write is ignored as by ROM.
        #expect(heard.texts == ["r1 e0000000 ff"])
    }

    @Test func codeFromNothingIsTold() throws {
        // jmp to where nothing is: the byte FF, twice, is no instruction.
        let machine = try Guest.machine([0xE9] + Guest.little(0xA000_0000 &- 0x7C05))
        machine.cpu.unmappedMemoryPolicy = .log
        let rows = Rows()
        machine.cpu.observe(with: rows, [.allMemoryCycles])
        #expect(try machine.run(.resume, until: 10) == .stopped(.fault(Fault(.invalidOpcode))))
        #expect(rows.texts.first == "r1 a0000000 ff" && rows.rows.first?.operation == nil)
    }

    @Test func thePolicyMayChangeWithinARun() throws {
        // mov al, [A0000000h]; out 40h, al; mov al, [A0000000h]
        let code = Guest.load(0xA000_0000) + [0xE6, 0x40] + Guest.load(0xA000_0000)
        let (heard, _) = try run(code, .float) { machine in
            let port = SwitchPort { _ in machine.cpu.unmappedMemoryPolicy = .log }
            try machine.ports.claim(0x40...0x40, for: port)
        }
        #expect(heard.texts == ["r1 a0000000 ff"] && heard.rows.first?.eip == 0x7C07)
    }
}
