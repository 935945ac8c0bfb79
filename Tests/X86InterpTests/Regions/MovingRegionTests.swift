import TestSupport
import Testing

@testable import X86Interp

/// Claims, moves and withdrawals without end, by guests and from within a device's own access.
@Suite(.timeLimit(.minutes(30))) struct MovingRegionTests {
    private typealias Guest = RegionGuest

    // MARK: Base address registers

    /// A guest that moves a device's window and a block of RAM 10,000 times, by a port that it moves too.
    ///
    /// Each turn: out dx, eax puts the window at EAX and the port 4 further, modulo 1 KiB; then the window is read at its
    /// new place, which must answer, and the block is counted up at its own.
    @Test(arguments: TierSetting.all) func aGuestMovesItsRegionsTenThousandTimes(setting: TierSetting) throws {
        let turns: UInt32 = setting == .kernel ? 10_000 : 1000
        // top: out dx, eax; add dx, 4; and dx, 3FFh; or dx, 400h; mov ebx, [eax]; add esi, ebx;
        // inc dword [eax + 100000h]; add eax, 1000h; cmp eax, E0080000h; jb next; mov eax, E0000000h;
        // next: dec ecx; jnz top; hlt
        let code: [UInt8] =
            [0xEF, 0x83, 0xC2, 0x04, 0x81, 0xE2, 0xFF, 0x03, 0, 0, 0x81, 0xCA, 0, 0x04, 0, 0, 0x8B, 0x18]
            + [0x01, 0xDE, 0xFF, 0x80, 0, 0, 0x10, 0, 0x05, 0, 0x10, 0, 0, 0x3D, 0, 0, 0x08, 0xE0, 0x72, 0x05]
            + [0xB8, 0, 0, 0, 0xE0, 0x49, 0x75, 0xD2, 0xF4]
        let machine = try Guest.machine(code)
        let memory = machine.memory
        let probe = ProbeMemory("window", MemoryRegion(start: 0xD000_0000, size: 0x1000, tier: setting.tier))
        probe.answer = { _, _ in 3 }
        let window = try memory.claim(probe.memoryRegions[0], for: probe)
        let block = try memory.addRAM(at: 0xC000_0000, size: 0x1000)
        var bar: RegionID?
        let port = SwitchPort { value in
            do {
                try memory.move(window, to: UInt64(value))
                try memory.move(block, to: UInt64(value) + 0x10_0000)
                guard let bar, let claim = machine.ports.claims.first else { return }
                try machine.ports.move(bar, to: 0x400 | (claim.ports.lowerBound + 4) & 0x3FF)
            } catch {
                Issue.record(error)
            }
        }
        bar = try machine.ports.claim(0x400...0x403, for: port, widths: .dword, tier: setting.tier)
        machine.state.gpr.eax = 0xE000_0000
        machine.state.gpr.edx = 0x400
        machine.state.gpr.ecx = turns
        machine.state.gpr.esi = 0
        var exit = try machine.run(.resume, until: 1_000_000)
        while true {
            if case .port(let request) = exit {
                exit = try machine.run(.complete(machine.serve(request)), until: 1_000_000)
            } else if case .memory(let request) = exit {
                exit = try machine.run(.completeMemory(machine.serve(request)), until: 1_000_000)
            } else {
                break
            }
        }
        #expect(exit == .halted && machine.state.gpr.ecx == 0 && machine.state.gpr.esi == 3 * turns)
        #expect(machine.ports.claims.map(\.ports.lowerBound) == [0x400 | UInt16(turns * 4 & 0x3FF)])
        let counted = try #require(memory.map.regions.last)
        #expect(memory.peek(UInt32(counted.first), count: 4) == Guest.little(turns))
        #expect(memory.map.regions.count == 2)
    }

    // MARK: Within an access

    /// Counts how many are alive.
    private final class Count { var alive = 0 }

    /// Each access withdraws the device and puts another one in its place.
    private final class Successor: PortDevice, MemoryDevice {
        let name: String
        private unowned let machine: Machine
        private let count: Count
        private var claim: RegionID?
        private var region: RegionID?

        init(_ number: Int, _ machine: Machine, _ count: Count) throws {
            name = "device \(number)"
            self.machine = machine
            self.count = count
            count.alive += 1
            claim = try machine.ports.claim(0x40...0x40, for: self)
            region = try machine.memory.claim(MemoryRegion(start: 0xD000_0000, size: 0x1000), for: self)
        }

        deinit { count.alive -= 1 }

        private func replace() {
            machine.ports.withdraw(self as any PortDevice)
            machine.memory.withdraw(self as any MemoryDevice)
            let number = Int(name.dropFirst(7)) ?? 0
            _ = try? Successor(number + 1, machine, count)
        }

        func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 {
            replace()
            return UInt32(name.utf8.count)
        }
        func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? { nil }
        func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) { replace() }
        func readMemory(bank: UInt8, offset: UInt32, width: Width) -> UInt32 {
            replace()
            return 1
        }
        func writeMemory(bank: UInt8, offset: UInt32, width: Width, value: UInt32) { replace() }
        func peekMemory(bank: UInt8, offset: UInt32) -> UInt8? { nil }
    }

    @Test func devicesThatReplaceThemselvesDoNotPileUp() throws {
        // top: in al, 40h; out 40h, al; mov al, [D0000000h]; mov [D0000000h], al; jmp top
        let code: [UInt8] = [0xE4, 0x40, 0xE6, 0x40, 0xA0, 0, 0, 0, 0xD0, 0xA2, 0, 0, 0, 0xD0, 0xEB, 0xF0]
        let machine = try Guest.machine(code)
        let count = Count()
        _ = try Successor(0, machine, count)
        // One run, within which nothing is due.
        #expect(try machine.run(.resume, until: 20_000) == .budget)
        #expect(count.alive <= 2, "\(count.alive) are alive")
        #expect(machine.ports.claims.count == 1 && machine.memory.claims.count == 1)
        #expect(machine.memory.claims.first?.device.name == "device 16000")
    }

    @Test func devicesDoNotPileUpWithinARun() throws {
        // top: in al, 40h; out 41h, al; jmp top
        let machine = try Guest.machine([0xE4, 0x40, 0xE6, 0x41, 0xEB, 0xFA])
        let count = Count()
        var most = 0
        _ = try Successor(0, machine, count)
        try machine.ports.claim(0x41...0x41, for: SwitchPort { _ in most = max(most, count.alive) })
        _ = try machine.run(.resume, until: 3000)
        #expect(most == 1)
    }

    @Test func blocksThatAreReplacedDoNotPileUp() throws {
        // top: out 40h, al; mov [E0000000h], al; inc eax; jmp top
        let machine = try Guest.machine([0xE6, 0x40, 0xA2, 0, 0, 0, 0xE0, 0x40, 0xEB, 0xF6])
        let memory = machine.memory
        var id = try memory.addRAM(at: 0xE000_0000, size: 0x10_0000)
        var problems = 0
        let port = SwitchPort { value in
            if memory.peek(0xE000_0000) != UInt8(truncatingIfNeeded: value &- 1), value > 0 { problems += 1 }
            memory.withdraw(id)
            if memory.retired.count > 1 || memory.peek(0xE000_0000) != 0xFF { problems += 1 }
            do { id = try memory.addRAM(at: 0xE000_0000, size: 0x10_0000) } catch { problems += 1 }
        }
        try machine.ports.claim(0x40...0x40, for: port)
        machine.state.gpr.eax = 0
        _ = try machine.run(.resume, until: 4 * 250)
        #expect(problems == 0 && memory.retired.isEmpty)
        #expect(memory.pageCount == (memory.ramSize + 0x10_0000) / 4096)
    }

    /// A device that serves REP INSB in blocks takes away the RAM that it reads into.
    private final class Thief: BlockPortDevice {
        let name = "thief"
        var steal: () -> Void = {}
        func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 { 0x5A }
        func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? { nil }
        func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {}
        func readBlock(bank: UInt8, offset: UInt16, width: Width, into buffer: UnsafeMutableRawBufferPointer) {
            steal()
            for place in buffer.indices { buffer[place] = 0x5A }
        }
        func writeBlock(bank: UInt8, offset: UInt16, width: Width, from buffer: UnsafeRawBufferPointer) {}
    }

    @Test func memoryThatIsInUseIsKept() throws {
        // mov edi, E0000000h; mov ecx, 1000h; mov dx, 40h; rep insb; hlt
        let code: [UInt8] =
            [0xBF, 0, 0, 0, 0xE0, 0xB9, 0, 0x10, 0, 0, 0xBA, 0x40, 0, 0, 0, 0x88, 0x07, 0xF3, 0x6C, 0xF4]
        let machine = try Guest.machine(code)
        let memory = machine.memory
        let id = try memory.addRAM(at: 0xE000_0000, size: 0x2000)
        let thief = Thief()
        var stolen = 0
        thief.steal = { if memory.withdraw(id) { stolen += 1 } }
        try machine.ports.claim(0x40...0x40, for: thief)
        #expect(try machine.run(.resume, until: 10_000) == .halted)
        #expect(stolen == 1 && machine.state.gpr.ecx == 0 && memory.retired.isEmpty)
        #expect(memory.peek(0xE000_0000) == 0xFF)
    }

    // MARK: Ports

    @Test func aClaimMovesWhole() throws {
        let ports = PortMap()
        let (a, b) = (ProbePort("a"), ProbePort("b"))
        let first = try ports.claim(0x100...0x107, for: a, widths: .all)
        try ports.claim(0x200...0x203, for: b, widths: .all)
        try ports.move(first, to: 0x104)
        #expect(ports.claim(at: 0x103, .byte) == nil && ports.claim(at: 0x10B, .dword)?.device === a)
        #expect(ports.claims.map(\.ports) == [0x104...0x10B, 0x200...0x203])
        let refused: [(UInt16, PortMap.MoveError)] = [
            (0x1FC, .refused(.overlap(port: 0x200, new: "a", existing: "b"))), (0xFFF9, .beyond(name: "a")),
        ]
        for (port, error) in refused {
            #expect(throws: error) { try ports.move(first, to: port) }
            #expect(ports.claims.map(\.ports) == [0x104...0x10B, 0x200...0x203])
        }
        try ports.move(first, to: 0xFFF8)
        #expect(ports.claim(at: 0xFFFF, .byte)?.id == first)
        #expect(ports.withdraw(first) && !ports.withdraw(first) && ports.claim(at: 0xFFFF, .byte) == nil)
        #expect(throws: PortMap.MoveError.withdrawn) { try ports.move(first, to: 0x300) }
        let wide = try ports.claim(0x400...0x400, for: a, widths: .dword)
        #expect(throws: PortMap.MoveError.refused(.misaligned(new: "a", .dword))) { try ports.move(wide, to: 0x401) }
    }

    @Test func aRequestKeepsItsNameWhereverItsClaimGoes() throws {
        // in al, 40h; hlt
        let machine = try Guest.machine([0xE4, 0x40, 0xF4])
        let port = ProbePort("uart")
        let id = try machine.ports.claim(0x40...0x40, for: port, tier: .user)
        final class Names: Observer {
            var rows: [String?] = []
            func didTransfer(_ transaction: PortTransaction) -> ObserverVerdict {
                rows.append(transaction.device)
                return .goOn
            }
        }
        let names = Names()
        machine.cpu.observe(with: names, [.allPorts])
        guard case .port(let request) = try machine.run(.resume, until: 10) else {
            Issue.record("no request")
            return
        }
        try machine.ports.move(id, to: 0x50)
        machine.ports.withdraw(id)
        let exit = try machine.run(.complete(PortResponse(to: request, value: 7)), until: 10)
        #expect(exit == .halted && machine.state.gpr.eax & 0xFF == 7 && names.rows == ["uart"])
    }
}
