import Testing
import X86Interp

/// CS:EIP that a device, an observer or the host has moved: it is obeyed, and what was under way is abandoned.
@Suite("Moved EIP", .timeLimit(.minutes(30)))
struct MovedInstructionTests {
    /// Where the instruction is left for: mov bl,77; hlt.
    private static let elsewhere: UInt32 = 0x7E00

    private func isElsewhere(_ guest: PortGuest) -> Bool {
        guest.exit == .halted && guest.state.eip == Self.elsewhere + 3 && guest.gpr.ebx & 0xFF == 0x77
    }

    // MARK: A device

    @Test(
        "a device that moves EIP is obeyed, in every tier at the same time",
        arguments: TierSetting.all, [[0xEC], [0xED], [0xEE], [0xEF], [0x6C], [0x6E], [0xF3, 0x6C], [0xF3, 0x6E]])
    func device(_ setting: TierSetting, _ code: [UInt8]) throws {
        for kind in [ProbeKind.plain, .block, .deferring] {
            for widths in [WidthSet.all, .byte] {
                let guest = try portGuest(setting, widths: widths, probe: kind) { guest in
                    guest.code = [0x90, 0x90] + code + [0xB3, 0x11]
                    guest.load([0xB3, 0x77, 0xF4], at: Self.elsewhere)
                    guest.set(\.ecx, 5)
                    guest.set(\.edi, 0x600)
                    guest.set(\.esi, 0x600)
                    guest.set(\.eax, 0x1234_5678)
                    guest.probe.onAccess = { [unowned guest] access in
                        guest.machine.state.eip = Self.elsewhere
                        guest.machine.state.gpr.edx = 0x300
                        #expect(guest.machine.state.eip == Self.elsewhere)
                    }
                }
                #expect(isElsewhere(guest), "\(kind) \(widths)")
                #expect(guest.gpr.eax == 0x1234_5678 && guest.bytes(0x600, 2) == [0, 0], "\(kind) \(widths)")
                #expect(kind == .block || guest.gpr.ecx == 5 && guest.probe.log.count == 1, "\(kind) \(widths)")
                // Two NOPs, the access, MOV and HLT.
                #expect(guest.state.instructions == 5 && guest.state.portProgress == PortProgress())
            }
        }
    }

    @Test("behind an access that was left the single step traps at the new place", arguments: TierSetting.all)
    func deviceUnderTF(_ setting: TierSetting) throws {
        let guest = try portGuest(setting) { guest in
            guest.code = [0xEC]
            guest.state.eflags.insert(.trap)
            guest.probe.onAccess = { [unowned guest] _ in guest.machine.state.eip = Self.elsewhere }
        }
        #expect(guest.vectorReached == 1 && guest.stackWord(0) == UInt16(Self.elsewhere))
    }

    @Test("a device that changes registers alone leaves the instruction to go on", arguments: TierSetting.all)
    func registersAlone(_ setting: TierSetting) throws {
        for (code, left) in [([0xEC], 1), ([0x6C], 1), ([0xF3, 0x6C], 3)] as [([UInt8], Int)] {
            let guest = try portGuest(setting) { guest in
                guest.code = [0x90] + code + [0x90]
                guest.set(\.ecx, 3)
                guest.set(\.edi, 0x600)
                guest.probe.onAccess = { [unowned guest] _ in
                    var state = guest.machine.state
                    state.gpr.ebx &+= 1
                    state.gpr.eax = 0x5555_5555
                    state.eflags.insert(.carry)
                    guest.machine.state = state
                }
            }
            #expect(guest.isAtEnd && guest.gpr.ebx == UInt32(left) && guest.state.eflags.contains(.carry), "\(code)")
            #expect(guest.gpr.eax == (code == [0xEC] ? 0x5555_5501 : 0x5555_5555), "\(code)")
            #expect(guest.state.instructions == UInt64(3 + left))
        }
    }

    @Test("a device that lets time pass: the limit holds, and so does the alarm", arguments: TierSetting.all)
    func time(_ setting: TierSetting) throws {
        var rang: UInt64 = 0
        let guest = try portGuest(setting) { guest in
            rang = 0
            guest.code = [0x90, 0xEE, 0x90]
            let alarm = PortAlarm { rang = $0 }
            guest.machine.clock.schedule(alarm, at: 500)
            guest.probe.onAccess = { [unowned guest] _ in
                withExtendedLifetime(alarm) { guest.machine.state.instructions += 1000 }
            }
        }
        #expect(guest.isAtEnd && guest.state.instructions == 1004 && rang == 500)
    }

    @Test("a device of the kernel tier that resets the processor by itself is obeyed")
    func reset() throws {
        let guest = try PortGuest(.kernel)
        try guest.machine.memory.mapROM([UInt8](repeating: 0xF4, count: 4096), at: 0xFFFF_F000, name: "firmware")
        guest.code = [0x90, 0xEE]
        guest.probe.onAccess = { [unowned guest] _ in guest.machine.cpu.reset() }
        guest.start()
        try guest.run()
        #expect(guest.exit == .halted && guest.state.eip == 0xFFF1 && guest.state.segments.cs.selector == 0xF000)
        #expect(guest.state.instructions == 3)
    }

    /// A device window in memory that goes elsewhere.
    private final class Leaver: MemoryDevice {
        let name = "window"
        unowned let machine: Machine
        init(_ machine: Machine) { self.machine = machine }
        func readMemory(bank: UInt8, offset: UInt32, width: Width) -> UInt32 {
            machine.state.eip = MovedInstructionTests.elsewhere
            return 0
        }
        func writeMemory(bank: UInt8, offset: UInt32, width: Width, value: UInt32) {
            _ = readMemory(bank: 0, offset: 0, width: width)
        }
        func peekMemory(bank: UInt8, offset: UInt32) -> UInt8? { nil }
    }

    /// mov al,[2000]; add [2000],al; push ax; rep stosb; rep movsb; int 21h; call; jmp [2000]; mov [2000],al.
    @Test(
        arguments: [
            [0xA0, 0x00, 0x20], [0x00, 0x06, 0x00, 0x20], [0x50], [0xF3, 0xAA], [0xF3, 0xA4], [0xCD, 0x21],
            [0xE8, 0, 0],
            [0xFF, 0x26, 0x00, 0x20], [0xA2, 0x00, 0x20], [0x9A, 0, 0, 0, 0],
        ] as [[UInt8]], [0, 2, 4])
    func aWindowInMemory(code: [UInt8], model: Int) throws {
        let guest = try PortGuest(.kernel, model: CPUModel.all[model])
        let window = Leaver(guest.machine)
        try guest.machine.memory.claim(MemoryRegion(start: 0x2000, size: 0x1000), for: window)
        guest.code = [0x90] + code + [0xB3, 0x11]
        guest.load([0xB3, 0x77, 0xF4], at: Self.elsewhere)
        guest.set(\.esp, 0x2800)
        guest.set(\.edi, 0x2000)
        guest.set(\.esi, 0x600)
        guest.set(\.ecx, 3)
        guest.set(\.eax, 0x1234)
        guest.start()
        try guest.run()
        #expect(isElsewhere(guest) && guest.gpr.esp == 0x2800 && guest.gpr.eax == 0x1234 && guest.gpr.edi == 0x2000)
        #expect(guest.state.instructions == 4)
    }

    // MARK: An observer

    private final class Mover: Observer {
        var willExecute: (UInt32) -> ObserverVerdict = { _ in .goOn }
        var didAccess: () -> Void = {}
        var willDeliver: () -> ObserverVerdict = { .goOn }
        func willExecute(linear: UInt32, physical: UInt32) -> ObserverVerdict { willExecute(linear) }
        func didAccess(
            linear: UInt32, physical: UInt32, size: Int, isWrite: Bool, value: UInt32
        ) -> ObserverVerdict {
            didAccess()
            return .goOn
        }
        func willDeliver(_ delivery: ObservedDelivery) -> ObserverVerdict { willDeliver() }
    }

    private func observed(
        _ code: [UInt8], _ interests: [Interest], _ setUp: (PortGuest, Mover) -> Void
    ) throws -> PortGuest {
        let guest = try PortGuest(.kernel)
        let mover = Mover()
        guest.code = code
        guest.load([0xB3, 0x77, 0xF4], at: Self.elsewhere)
        setUp(guest, mover)
        guest.machine.cpu.observe(with: mover, interests)
        guest.start()
        try guest.run()
        return guest
    }

    @Test("willExecute moves EIP: the instruction is not run", arguments: [0, 1, 40])
    func willExecute(before: Int) throws {
        let place = 0x7C00 + UInt32(before)
        let nops = [UInt8](repeating: 0x90, count: before)
        let guest = try observed(nops + [0xB8, 1, 0, 0x90], [.instructions(.linear(place...place))]) { guest, mover in
            mover.willExecute = { [unowned guest] _ in
                guest.machine.state.eip = Self.elsewhere
                return .goOn
            }
        }
        #expect(isElsewhere(guest) && guest.gpr.eax == 0 && guest.state.instructions == UInt64(before) + 2)
    }

    @Test("two watched places that lead to each other end the run by its fuel")
    func circle() throws {
        let places = [0x7C00, Self.elsewhere].map { Interest.instructions(.linear($0...$0)) }
        var asked: [UInt32] = []
        let guest = try observed([0x90, 0xEB, 0xFD], places) { guest, mover in
            guest.fuel = 20
            mover.willExecute = { [unowned guest] linear in
                asked.append(linear)
                guest.machine.state.eip = linear == 0x7C00 ? Self.elsewhere : 0x7C00
                return .goOn
            }
        }
        #expect(guest.exit == .budget && guest.state.instructions == 20)
        #expect(asked.prefix(2) == [0x7C00, Self.elsewhere] && asked.count == 20)
    }

    @Test("an observer that moves EIP and stops leaves it there")
    func moveAndStop() throws {
        let guest = try observed([0x90, 0x90], [.instructions(.linear(0x7C01...0x7C01))]) { guest, mover in
            mover.willExecute = { [unowned guest] _ in
                guest.machine.state.eip = Self.elsewhere
                return .stop
            }
        }
        #expect(guest.exit == .stopped(.observer) && guest.state.eip == Self.elsewhere)
        try guest.run()
        #expect(isElsewhere(guest))
    }

    @Test("an observer that asks to stop at the very first instruction stops behind it")
    func stopAtTheStart() throws {
        let guest = try observed([0x90, 0x90, 0x90], [.instructions(.linear(0x7C00...0x7C00))]) { guest, mover in
            mover.willExecute = { [unowned guest] _ in
                guest.machine.bus.stop(.observer)
                return .goOn
            }
        }
        #expect(guest.exit == .stopped(.observer) && guest.state.eip == 0x7C01 && guest.state.instructions == 1)
    }

    @Test("didAccess moves EIP", arguments: [[0xA2, 0x00, 0x06], [0xF3, 0xAA], [0xA0, 0x00, 0x06]] as [[UInt8]])
    func didAccess(code: [UInt8]) throws {
        let guest = try observed(code + [0x90], [.data(.linear(0x600...0x600), .access)]) { guest, mover in
            guest.set(\.edi, 0x600)
            guest.set(\.ecx, 4)
            guest.set(\.eax, 0x42)
            mover.didAccess = { [unowned guest] in guest.machine.state.eip = Self.elsewhere }
        }
        #expect(isElsewhere(guest) && guest.gpr.ecx == 4 && guest.gpr.eax == 0x42)
    }

    @Test("willDeliver moves EIP: what the instruction raised is dropped", arguments: [false, true])
    func willDeliver(stops: Bool) throws {
        for code in [[0xCD, 0x21], [0x0F, 0x0B], [0xCC], [0xF7, 0xF3]] as [[UInt8]] {
            let guest = try observed([0x90] + code + [0x90], [.allInterrupts]) { guest, mover in
                mover.willDeliver = { [unowned guest] in
                    guest.machine.state.eip = Self.elsewhere
                    return stops ? .stop : .goOn
                }
            }
            if stops {
                #expect(guest.exit == .stopped(.observer) && guest.state.eip == Self.elsewhere, "\(code)")
                try guest.run()
            }
            #expect(isElsewhere(guest) && guest.gpr.esp == 0x7000, "\(code)")
        }
    }

    @Test("an interrupt between two instructions returns to where EIP was moved")
    func willDeliverInterrupt() throws {
        let guest = try observed([0x90, 0x90], [.allInterrupts]) { guest, mover in
            guest.machine.bus.raiseNMI()
            mover.willDeliver = { [unowned guest] in
                guest.machine.state.eip = Self.elsewhere
                return .goOn
            }
        }
        #expect(guest.vectorReached == 2 && guest.stackWord(0) == UInt16(Self.elsewhere))
    }

    @Test("an alarm moves EIP between two instructions and between two iterations")
    func alarm() throws {
        for code in [[0x90, 0x90, 0x90, 0x90], [0xF3, 0xAA], [0xF3, 0x6C]] as [[UInt8]] {
            let guest = try PortGuest(.kernel)
            guest.code = code
            guest.load([0xB3, 0x77, 0xF4], at: Self.elsewhere)
            guest.set(\.ecx, 9)
            guest.set(\.edi, 0x600)
            let alarm = PortAlarm { [unowned guest] _ in guest.machine.state.eip = Self.elsewhere }
            guest.start()
            guest.machine.clock.schedule(alarm, at: 3)
            try guest.run()
            #expect(isElsewhere(guest) && guest.state.instructions == 5 && guest.state.portProgress == PortProgress())
            #expect(guest.gpr.ecx == (code.count == 4 ? 9 : 6))
        }
    }

    // MARK: The host, between exit and entry

    private func asking(_ code: [UInt8] = [0xEC], flags: EFLAGS = []) throws -> (PortGuest, PortRequest) {
        let guest = try PortGuest(.user)
        guest.code = code
        guest.load([0xB3, 0x77, 0xF4], at: Self.elsewhere)
        guest.set(\.ecx, 4)
        guest.set(\.edi, 0x600)
        guest.set(\.esi, 0x600)
        guest.state.eflags.formUnion(flags)
        guest.start()
        guard case .port(let request) = try guest.machine.run(.resume, until: 100) else {
            Issue.record("no request")
            throw EntryError.reentered
        }
        return (guest, request)
    }

    @Test(
        "an answer to an instruction that was left is of no effect",
        arguments: [[0xEC], [0xEF], [0x6D], [0xF3, 0x6C], [0xF3, 0x6E]] as [[UInt8]])
    func completeElsewhere(code: [UInt8]) throws {
        let (guest, request) = try asking(code)
        guest.machine.state.eip = Self.elsewhere
        #expect(try guest.machine.run(.complete(PortResponse(to: request, value: 0x99)), until: 100) == .halted)
        let state = guest.machine.state
        #expect(state.eip == Self.elsewhere + 3 && state.gpr.ebx == 0x77 && state.gpr.eax == 0 && state.gpr.ecx == 4)
        #expect(guest.bytes(0x600, 2) == [0, 0] && state.pendingRequest == nil && state.latchedResponse == nil)
        #expect(state.portProgress == PortProgress() && guest.transactions.map(\.eip) == [0x7C00])
    }

    @Test("going on cancels the request of an instruction that was left; CS counts as well", arguments: [false, true])
    func resumeElsewhere(movesCS: Bool) throws {
        let (guest, request) = try asking(flags: .trap)
        guest.machine.state.eflags.remove(.trap)
        guest.machine.state.eip = Self.elsewhere
        if movesCS {
            guest.machine.state.segments.cs = Segment(realMode: 0x7E0)
            guest.machine.state.eip = 0
        }
        #expect(try guest.machine.run(.resume, until: 100) == .halted)
        #expect(guest.machine.state.gpr.ebx == 0x77 && guest.machine.state.instructions == 2)
        #expect(throws: EntryError.nothingPending(response: PortResponse(to: request))) {
            try guest.machine.run(.complete(PortResponse(to: request)), until: 100)
        }
    }

    @Test("a wrong answer is refused and changes nothing, moved or not")
    func mismatch() throws {
        let (guest, request) = try asking()
        guest.machine.state.eip = Self.elsewhere
        let before = guest.machine.state
        var wrong = request
        wrong.port += 1
        #expect(throws: EntryError.self) { try guest.machine.run(.complete(PortResponse(to: wrong)), until: 100) }
        #expect(guest.machine.state == before)
        // Back at the instruction the question is as it was.
        guest.machine.state.eip = 0x7C00
        #expect(try guest.machine.run(.resume, until: 100) == .port(request))
    }

    @Test(
        "a request can be cancelled: the instruction asks anew",
        arguments: [[0xEC], [0xF3, 0x6C], [0xED]] as [[UInt8]])
    func cancel(code: [UInt8]) throws {
        let (guest, first) = try asking(code)
        #expect(try guest.machine.run(.complete(PortResponse(to: first, value: 1)), until: 100) != .budget)
        let (other, request) = try asking(code)
        #expect(other.machine.cpu.cancelRequest() == request && other.machine.cpu.cancelRequest() == nil)
        #expect(other.machine.state.pendingRequest == nil && other.machine.state.portProgress == PortProgress())
        #expect(throws: EntryError.nothingPending(response: PortResponse(to: request))) {
            try other.machine.run(.complete(PortResponse(to: request)), until: 100)
        }
        #expect(try other.machine.run(.resume, until: 100) == .port(request))
        try other.run()
        #expect(other.isAtEnd)
    }

    @Test("cancelling between two elements keeps those that are over")
    func cancelElement() throws {
        let (guest, first) = try asking([0xF3, 0x6C])
        guard case .port(let second) = try guest.machine.run(.complete(PortResponse(to: first, value: 1)), until: 100)
        else {
            Issue.record("no second request")
            return
        }
        #expect(guest.machine.cpu.cancelRequest() == second)
        #expect(try guest.machine.run(.resume, until: 100) == .port(second) && second.element == 1)
    }

    @Test("a snapshot taken while a request waits brings it back wherever EIP is now")
    func snapshot() throws {
        let (guest, request) = try asking()
        let snapshot = guest.machine.snapshot()
        guest.machine.state.eip = Self.elsewhere
        #expect(try guest.machine.run(.resume, until: 100) == .halted)
        try guest.machine.restore(snapshot)
        #expect(try guest.machine.run(.resume, until: 100) == .port(request))
        #expect(try guest.machine.run(.complete(PortResponse(to: request, value: 5)), until: 100) == .halted)
        #expect(guest.machine.state.gpr.eax == 5 && guest.machine.state.eip == 0x7C02)
    }

    @Test(
        "moving EIP between two iterations ends the repetition", arguments: [[0xF3, 0xAA], [0xF3, 0x6C]] as [[UInt8]])
    func betweenIterations(code: [UInt8]) throws {
        let guest = try PortGuest(.kernel)
        guest.code = code
        guest.load(code + [0xF4], at: Self.elsewhere)
        guest.set(\.ecx, 9)
        guest.set(\.edi, 0x600)
        guest.start()
        #expect(try guest.machine.run(.resume, until: 4) == .budget)
        guest.machine.state.eip = Self.elsewhere
        guest.machine.cpu.unmappedPolicy = .stop
        try guest.run()
        #expect(guest.exit == .halted && guest.gpr.ecx == 0)
        let elements = guest.transactions.map(\.element)
        #expect(elements == (code == [0xF3, 0x6C] ? [0, 1, 2, 3, 0, 1, 2, 3, 4] : []))
    }
}
