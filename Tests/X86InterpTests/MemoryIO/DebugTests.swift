import Testing

@testable import X86Interp

@Suite("Memory devices: debugging and time", .timeLimit(.minutes(30)))
struct MemoryDebugTests {
    /// A guest at ring 0 with descriptors and gates in RAM that adds ECX to D0010.
    private func adding(
        _ setting: TierSetting, _ code: [UInt8] = [0x01, 0x0D, 0x10, 0, 0xD, 0],
        _ setUp: (MemoryGuest) -> Void = { _ in }
    ) throws -> MemoryGuest {
        try memoryGuest(setting) { guest in
            guest.enterProtectedMode(delivering: true)
            guest.putDescriptors(at: 0x5_0000)
            guest.putGates(at: 0x5_1000)
            guest.words(5, at: 0xD0010)
            guest.state.gpr.ecx = 2
            guest.code = code
            setUp(guest)
        }
    }

    @Test("D1 looking makes no cycle, and says what it cannot tell", arguments: TierSetting.all)
    func d1(setting: TierSetting) throws {
        let guest = try MemoryGuest(setting, hasLedger: false)
        guest.enterProtectedMode()
        guest.load([0x40, 0xB8, 1, 2, 3, 4], at: 0xD0000)
        guest.probe.hidden = [4]
        // mov eax,[D0000]
        guest.code = [0xA1, 0, 0, 0xD, 0]
        guest.start()
        _ = try guest.machine.run(.resume, until: setting == .kernel ? 0 : 100)
        let hash = guest.machine.hash()
        #expect((guest.machine.state.pendingMemoryRequest != nil) == (setting != .kernel))
        #expect(try guest.machine.peek(.linear(0xD0000), count: 6) == [0x40, 0xB8, 1, 2, nil, 4])
        #expect(try guest.machine.read(.physical(0xD0001), count: 3) == [0xB8, 1, 2])
        #expect(throws: LookError.device(physical: 0xD0004)) { try guest.machine.read(.linear(0xD0000), count: 6) }
        #expect(throws: LookError.notWritable(physical: 0xD0000)) {
            try guest.machine.poke([1], at: .linear(0xD0000))
        }
        #expect(guest.machine.memory.peek(0xD0003, count: 3) == [2, 0xFF, 4])
        #expect(guest.machine.memory.peekWord(0xD0000) == 0xB840 && guest.machine.memory.peek(0xD0004) == nil)
        #expect(guest.probe.log.isEmpty && guest.machine.hash() == hash)
    }

    @Test("D2 data breakpoints on a device, also each half of a read-modify-write: once", arguments: TierSetting.all)
    func d2(setting: TierSetting) throws {
        let read: [UInt8] = [0x8B, 0x05, 0x10, 0, 0xD, 0]
        let write: [UInt8] = [0x89, 0x0D, 0x10, 0, 0xD, 0]
        let both: [UInt8] = [0x01, 0x0D, 0x10, 0, 0xD, 0]
        // Of writes (1), of any access (3); four bytes, or the one in the middle.
        for (kind, code, fires) in [
            (1, read, false), (1, write, true), (1, both, true), (3, read, true), (3, write, true), (3, both, true),
        ] as [(UInt32, [UInt8], Bool)] {
            for (address, length) in [(0xD0010, 3), (0xD0012, 0)] as [(UInt32, UInt32)] {
                let found = try adding(setting, code + [0x90]) { guest in
                    guest.state.dr0 = address
                    guest.state.dr7 = 1 | kind << 16 | length << 18
                }
                #expect(found.vectorReached == (fires ? 1 : nil) && found.isAtEnd == !fires, "\(kind) \(code)")
                #expect(found.state.dr6 & 15 == (fires ? 1 : 0) && found.probe.log.count == (code == both ? 2 : 1))
                // The trap is behind the instruction.
                if fires { #expect(found.word(found.gpr.esp) == 0x7C06) }
            }
        }
    }

    @Test("D2 watchpoints on a device: each half is heard once", arguments: TierSetting.all)
    func d2Watchpoints(setting: TierSetting) throws {
        let guest = try MemoryGuest(setting, hasLedger: false)
        guest.enterProtectedMode()
        guest.state.gpr.ecx = 2
        guest.words(5, at: 0xD0010)
        guest.code = [0x01, 0x0D, 0x10, 0, 0xD, 0, 0x90]
        guest.start()
        let debugger = try Debugger(guest.machine)
        let read = debugger.add(.watch(.linear(0xD0010), length: 4, .read, onlyChanges: false))
        let write = debugger.add(.watch(.physical(0xD0010), length: 1, .write, onlyChanges: false))
        let other = debugger.add(.watch(.linear(0xD0014), length: 4, .access, onlyChanges: false))
        #expect(debugger.resume(until: 100).hits == [read, write] && debugger.position == 1)
        #expect(debugger.resume(until: 100).reason == .halted)
        #expect([read, write, other].map { debugger.breakpoint($0)?.hits } == [1, 1, 0])
        #expect(guest.probe.log == ["r4 +10 5", "w4 +10 7"])
        let back = debugger.reverseResume().hits
        #expect(!back.isEmpty && Set(back).isSubset(of: [read, write]) && debugger.position == 0)
        #expect(guest.probe.log.isEmpty)
    }

    @Test("D3 TF, RF and the shadow of MOV SS around a waiting access", arguments: TierSetting.all)
    func d3(setting: TierSetting) throws {
        let stepped = try adding(setting) { $0.state.eflags.insert(.trap) }
        #expect(stepped.vectorReached == 1 && stepped.word(stepped.gpr.esp) == 0x7C06)
        #expect(stepped.probe.log == ["r4 +10 5", "w4 +10 7"] && stepped.state.dr6 & 0x4000 != 0)
        // mov ss,eax; add [D0010],ecx: the trap of the first comes behind the second.
        let shadowed = try adding(setting, [0x8E, 0xD0, 0x01, 0x0D, 0x10, 0, 0xD, 0]) { guest in
            guest.state.gpr.eax = 0x10
            guest.state.eflags.insert(.trap)
        }
        #expect(shadowed.vectorReached == 1 && shadowed.word(shadowed.gpr.esp) == 0x7C08)
        // An NMI within the shadow waits too.
        let interrupted = try adding(setting, [0x8E, 0xD0, 0x01, 0x0D, 0x10, 0, 0xD, 0, 0x90]) { guest in
            guest.state.gpr.eax = 0x10
            guest.state.shadowUntil = 2
            guest.machine.bus.raiseNMI()
        }
        #expect(interrupted.vectorReached == 2 && interrupted.word(interrupted.gpr.esp) == 0x7C08)
        for resumes in [true, false] {
            let marked = try adding(setting) { guest in
                guest.state.dr0 = 0x7C00
                guest.state.dr7 = 1
                if resumes { guest.state.eflags.insert(.resume) }
            }
            #expect(marked.vectorReached == (resumes ? nil : 1) && marked.probe.log.count == (resumes ? 2 : 0))
            if resumes { #expect(marked.isAtEnd && !marked.state.eflags.contains(.resume)) }
        }
    }

    @Test("D4 back over an access of a chip, in each tier", arguments: TierSetting.all)
    func d4(setting: TierSetting) throws {
        let guest = try MemoryGuest(setting, hasLedger: false)
        guest.enterProtectedMode()
        (guest.state.gpr.esi, guest.state.gpr.edi, guest.state.gpr.ecx) = (0xD0000, 0xD0100, 4)
        guest.words(1, 2, 3, 4, at: 0xD0000)
        guest.code = [0xF3, 0xA5]
        guest.start()
        let debugger = try Debugger(guest.machine)
        debugger.step(2)
        let (hash, log) = (guest.machine.hash(), guest.probe.log)
        #expect(log.count == 4)
        debugger.step()
        #expect(guest.probe.log.count == 6 && debugger.reverseStep().reason == .done)
        #expect(guest.machine.hash() == hash && guest.probe.log == log)
        #expect(debugger.resume().reason == .halted && guest.bytes(0xD0100, 16) == guest.bytes(0xD0000, 16))
        let end = guest.machine.hash()
        debugger.go(to: 0)
        #expect(guest.probe.log.isEmpty && debugger.resume().reason == .halted && guest.machine.hash() == end)
    }

    @Test("D4 answers from outside come from the log when the past is run again")
    func d4Answers() throws {
        let machine = try Machine(ramSize: 0x2_0000)
        // Not one of the machine's chips.
        func outside(_ name: String) throws -> ProbeMemory {
            let probe = ProbeMemory(name, MemoryRegion(start: 0xD0000, size: 0x1000, tier: .user))
            probe.answer = { number, _ in UInt32(number) &* 0x0101_0101 &+ 7 }
            for region in probe.memoryRegions { try machine.memory.claim(region, for: probe) }
            return probe
        }
        let probe = try outside("outside")
        // add [0],cx; mov ax,[2]; mov si,0; mov di,600h; mov cx,4; rep movsw; hlt, with DS at the device
        let code: [UInt8] = [
            0x01, 0x0E, 0, 0, 0xA1, 2, 0, 0xBE, 0, 0, 0xBF, 0, 6, 0xB9, 4, 0, 0xF3, 0xA5, 0xF4,
        ]
        machine.memory.load(code, at: 0x7C00)
        var state = machine.state
        state.segments = SegmentRegisters()
        state.segments.ds = Segment(realMode: 0xD000)
        (state.eip, state.gpr.ecx) = (0x7C00, 2)
        machine.state = state
        let debugger = try Debugger(machine)
        #expect(debugger.resume().reason == .halted)
        let (hash, bytes, asked) = (machine.hash(), machine.memory.peek(0x600, count: 8), probe.state.log.count)
        #expect(asked == 7)
        #expect(debugger.reverseStep(3).reason == .done && machine.hash() != hash)
        #expect(debugger.resume().reason == .halted && machine.hash() == hash)
        #expect(debugger.go(to: 0).reason == .done && machine.memory.peek(0x600) == 0)
        machine.memory.withdraw(probe)
        let absent = try outside("absent")
        #expect(debugger.resume().reason == .halted && machine.hash() == hash)
        #expect(machine.memory.peek(0x600, count: 8) == bytes)
        #expect(probe.state.log.count == asked && absent.state.log.isEmpty)
    }

    /// Keeps the rows of memory.
    private final class Rows: Observer {
        var rows: [MemoryTransaction] = []
        func didTransfer(_ transaction: MemoryTransaction) -> ObserverVerdict {
            rows.append(transaction)
            return .goOn
        }
    }

    @Test("D5 the ledger's rows say all of a cycle", arguments: TierSetting.all)
    func d5(setting: TierSetting) throws {
        let guest = try MemoryGuest(setting, hasLedger: false)
        guest.enterProtectedMode()
        let rows = Rows()
        guest.machine.cpu.observe(with: rows, [.allMemoryCycles])
        (guest.state.gpr.esi, guest.state.gpr.edi, guest.state.gpr.ecx) = (0xD0002, 0x6000, 2)
        guest.words(0x4433_2211, 0x8877_6655, at: 0xD0000)
        // nop; rep movsw; mov [D0009],cx, over two dwords' worth of the device
        guest.code = [0x90, 0xF3, 0x66, 0xA5, 0x66, 0x89, 0x0D, 9, 0, 0xD, 0]
        guest.start()
        try guest.run()
        #expect(guest.isAtEnd)
        func row(
            _ time: UInt64, _ eip: UInt32, _ operation: Operation, _ address: UInt64, _ width: Width, _ value: UInt32,
            writes: Bool = false, _ element: UInt32 = 0, of count: UInt32 = 1
        ) -> MemoryTransaction {
            MemoryTransaction(
                instructions: time, cs: 8, eip: eip, operation: operation, tier: setting.tier,
                cycle: MemoryRequest(
                    address: address, width: width, direction: writes ? .write : .read, value: value,
                    element: element, remaining: count - element),
                device: "probe")
        }
        #expect(
            rows.rows == [
                row(1, 0x7C01, .movs, 0xD0002, .word, 0x4433, 0, of: 2),
                row(2, 0x7C01, .movs, 0xD0004, .word, 0x6655, 1, of: 2),
                row(3, 0x7C04, .mov, 0xD0009, .byte, 0, writes: true),
                row(3, 0x7C04, .mov, 0xD000A, .byte, 0, writes: true),
            ])
    }

    @Test("D6 guest time stands still while a request waits")
    func d6() throws {
        let guest = try MemoryGuest(.user, hasLedger: false)
        guest.enterProtectedMode()
        guest.code = [0x01, 0x0D, 0x10, 0, 0xD, 0, 0x90]
        guest.start()
        var fired: [UInt64] = []
        let alarm = PortAlarm { fired.append($0) }
        guest.machine.clock.schedule(alarm, at: 1)
        var exit = try guest.machine.run(.resume, until: 100)
        for _ in 0..<2 {
            guard case .memory(let request) = exit else { return #expect(exit == .halted) }
            for _ in 0..<3 {
                #expect(try guest.machine.run(.resume, until: 100) == exit)
                #expect(guest.machine.clock.now == 0 && fired.isEmpty && guest.machine.state.instructions == 0)
            }
            exit = try guest.machine.run(.completeMemory(guest.machine.serve(request)), until: 100)
        }
        #expect(exit == .halted && fired == [1])
    }

    @Test("D8 answers of any value are cut", arguments: TierSetting.all)
    func d8Values(setting: TierSetting) throws {
        for (code, result) in [([0xA0], 0x1111_11FF), ([0x66, 0xA1], 0x1111_FFFF), ([0xA1], 0xFFFF_FFFF)]
            as [([UInt8], UInt32)]
        {
            let found = try memoryGuest(setting, likeRAM: false) { guest in
                guest.enterProtectedMode()
                guest.state.gpr.eax = 0x1111_1111
                guest.probe.answer = { _, _ in .max }
                guest.code = code + [0, 0, 0xD, 0]
            }
            #expect(found.gpr.eax == result && found.isAtEnd)
        }
    }

    @Test("D8 moves and withdrawals within a cycle count from the next one on", arguments: TierSetting.all)
    func d8Moves(setting: TierSetting) throws {
        for number in 1...8 {
            for action in 0..<4 {
                // rep movsd within the device, which goes away and comes back meanwhile; then add [D0000],ecx and a read
                // of where it may be.
                let found = try memoryGuest(setting, likeRAM: false) { guest in
                    guest.enterProtectedMode()
                    (guest.state.gpr.esi, guest.state.gpr.edi, guest.state.gpr.ecx) = (0xD0000, 0xD0FF8, 4)
                    guest.words(1, 2, 3, 4, at: 0xD0000)
                    guest.code = [
                        0xF3, 0xA5, 0x01, 0x05, 0, 0, 0xD, 0, 0x03, 0x0D, 0, 0, 2, 0, 0x03, 0x0D, 0, 0, 0xD, 0,
                    ]
                    let memory = guest.machine.memory
                    guest.probe.onAccess = { [unowned guest] _ in
                        guard guest.probe.state.log.count == number, let claim = memory.claims.first else { return }
                        switch action {
                        case 0: try? memory.move(claim.id, to: 0x2_0000)
                        case 1: memory.withdraw(guest.probe)
                        case 2:
                            memory.withdraw(guest.probe)
                            _ = try? memory.claim(
                                MemoryRegion(start: 0xD0000, size: 0x1000, tier: setting.tier), for: guest.probe)
                        default:
                            for target in [0x200_0000, 0xF_FFFF_F000, 0xD_0000] as [UInt64] {
                                try? memory.move(claim.id, to: target)
                            }
                        }
                    }
                }
                #expect(found.exit == .halted && found.gpr.edi == 0xD1008, "\(number) \(action)")
                let expected = action == 3 ? 11 : number
                #expect(found.probe.log.count >= expected, "\(number) \(action)")
            }
        }
    }

    @Test("D8 interrupts and RESET from any cycle come behind its instruction", arguments: TierSetting.all)
    func d8Lines(setting: TierSetting) throws {
        for number in 1...6 {
            for resets in [false, true] {
                let found = try memoryGuest(setting, likeRAM: false) { guest in
                    guest.enterProtectedMode(delivering: true)
                    guest.putDescriptors(at: 0xD1000)
                    guest.putGates(at: 0xD2000)
                    guest.state.gpr.esp = 0xD4000
                    guest.state.eflags.insert(.interrupt)
                    (guest.state.gpr.esi, guest.state.gpr.edi, guest.state.gpr.ecx) = (0xD0000, 0xD0100, 3)
                    guest.code = [0xF3, 0xA5]
                    guest.fuel = 50
                    let bus = guest.machine.bus
                    bus.acknowledge = { [unowned bus] in
                        bus.setINTR(false)
                        return 0x21
                    }
                    guest.probe.onAccess = { [unowned guest] _ in
                        guard guest.probe.state.log.count == number else { return }
                        bus.setINTR(true)
                        if number % 2 == 0 { bus.raiseNMI() }
                        if resets { bus.pulseReset() }
                    }
                }
                guard !resets else {
                    #expect(found.probe.log.count == (number + 1) / 2 * 2, "\(number)")
                    continue
                }
                #expect(found.vectorReached == (number % 2 == 0 ? 2 : 0x21), "\(number)")
            }
        }
    }
}
