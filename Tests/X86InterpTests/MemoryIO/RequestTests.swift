import Testing
import X86Interp

@Suite("Memory devices: requests and answers", .timeLimit(.minutes(30)))
struct MemoryRequestTests {
    private let device: UInt64 = 0xD_0000

    /// A machine that waits for the answer to a request of its first instruction.
    private func waiting(_ code: [UInt8], _ setUp: (MemoryGuest) -> Void = { _ in }) throws -> (MemoryGuest, Exit) {
        let guest = try MemoryGuest(.user)
        guest.enterProtectedMode()
        guest.code = code
        setUp(guest)
        guest.start()
        return (guest, try guest.machine.run(.resume, until: 1000))
    }

    @Test("A1 a read leaves with its address and width, and its value arrives whole", arguments: TierSetting.all)
    func a1(setting: TierSetting) throws {
        let guest = try memoryGuest(setting) { guest in
            guest.enterProtectedMode()
            guest.words(0x8765_4321, at: 0xD0010)
            guest.code = [0xA1, 0x10, 0, 0xD, 0]
            guest.state.gpr.eax = 5
            guest.onRequest = { _ in #expect(guest.machine.state.gpr.eax == 5) }
        }
        #expect(guest.gpr.eax == 0x8765_4321 && guest.isAtEnd)
        #expect(guest.probe.log == ["r4 +10 87654321"])
        let asked = MemoryRequest(address: 0xD0010, width: .dword, direction: .read)
        #expect(guest.requests == (setting == .kernel ? [] : [asked]))
    }

    @Test("A2 a write carries its value and is made once", arguments: TierSetting.all)
    func a2(setting: TierSetting) throws {
        let guest = try memoryGuest(setting) { guest in
            guest.enterProtectedMode()
            guest.code = [0xA2, 4, 0, 0xD, 0]
            guest.state.gpr.eax = 0x1234_56AB
        }
        #expect(guest.probe.log == ["w1 +4 ab"])
        let asked = MemoryRequest(address: 0xD0004, width: .byte, direction: .write, value: 0xAB)
        #expect(guest.requests == (setting == .kernel ? [] : [asked]))
    }

    @Test("A3 a read's request carries nothing of the guest")
    func a3() throws {
        let (_, exit) = try waiting([0xA1, 0, 0, 0xD, 0]) { $0.state.gpr.eax = 0xFFFF_FFFF }
        #expect(exit == .memory(MemoryRequest(address: device, width: .dword, direction: .read, value: 0)))
    }

    @Test("A4 an answer that does not fit is refused, and nothing has changed")
    func a4() throws {
        let (guest, exit) = try waiting([0xA1, 0, 0, 0xD, 0])
        let asked = MemoryRequest(address: device, width: .dword, direction: .read)
        #expect(exit == .memory(asked))
        let before = guest.machine.state
        for other in [
            MemoryRequest(address: device + 4, width: .dword, direction: .read),
            MemoryRequest(address: device, width: .word, direction: .read),
            MemoryRequest(address: device, width: .dword, direction: .write),
        ] {
            let response = MemoryResponse(to: other, value: 7)
            #expect(throws: EntryError.memoryMismatch(pending: asked, response: response)) {
                try guest.machine.run(.completeMemory(response), until: 1000)
            }
        }
        let portResponse = PortResponse(to: PortRequest(port: 1, width: .byte, direction: .in))
        #expect(throws: EntryError.nothingPending(response: portResponse)) {
            try guest.machine.run(.complete(portResponse), until: 1000)
        }
        #expect(guest.machine.state == before)
        let response = MemoryResponse(to: asked, value: 7)
        #expect(try guest.machine.run(.completeMemory(response), until: 1000) == .halted)
        #expect(guest.machine.state.gpr.eax == 7)
        #expect(throws: EntryError.noMemoryPending(response: response)) {
            try guest.machine.run(.completeMemory(response), until: 1000)
        }
    }

    @Test("A5 an answer is cut to the width of the access")
    func a5() throws {
        let (guest, exit) = try waiting([0xA0, 0, 0, 0xD, 0]) { $0.state.gpr.eax = 0x1111_1111 }
        guard case .memory(let request) = exit else { return #expect(exit == .halted) }
        var response = MemoryResponse(to: request)
        response.value = 0xABCD_EF01
        _ = try guest.machine.run(.completeMemory(response), until: 1000)
        #expect(guest.machine.state.gpr.eax == 0x1111_1101)
    }

    @Test("A6 nobody: all ones, or a stop that can be answered or let go")
    func a6() throws {
        let code: [UInt8] = [0xA1, 0, 0, 0x40, 0, 0xA3, 0, 0, 0x40, 0, 0x8B, 0x1D, 0, 0, 0x40, 0]
        let asked = MemoryRequest(address: 0x40_0000, width: .dword, direction: .read)
        let (floating, end) = try waiting(code)
        #expect(end == .halted && floating.machine.state.gpr.eax == .max && floating.machine.state.gpr.ebx == .max)
        let guest = try MemoryGuest(.kernel)
        guest.enterProtectedMode()
        guest.code = code
        guest.machine.cpu.unmappedMemoryPolicy = .stop
        guest.start()
        #expect(try guest.machine.run(.resume, until: 1000) == .stopped(.unmappedMemory(asked)))
        #expect(try guest.machine.run(.resume, until: 1000) == .stopped(.unmappedMemory(asked)))
        #expect(guest.machine.state.instructions == 0)
        let answer = MemoryResponse(to: asked, value: 0x77)
        let exit = try guest.machine.run(.completeMemory(answer), until: 1000)
        let write = MemoryRequest(address: 0x40_0000, width: .dword, direction: .write, value: 0x77)
        #expect(exit == .stopped(.unmappedMemory(write)))
        guest.machine.cpu.unmappedMemoryPolicy = .float
        #expect(try guest.machine.run(.resume, until: 1000) == .halted)
        #expect(guest.machine.state.gpr.eax == 0x77 && guest.machine.state.gpr.ebx == .max)
        #expect(guest.machine.state.memoryProgress == MemoryProgress())
    }

    @Test("A7 a snapshot with a question open goes to another machine and is answered there")
    func a7() throws {
        // add [D0000],ecx: after the read's answer the write is asked for.
        let code: [UInt8] = [0x01, 0x0D, 0, 0, 0xD, 0]
        func start() throws -> (MemoryGuest, MemoryRequest) {
            let (guest, exit) = try waiting(code) {
                $0.state.gpr.ecx = 3
                $0.words(4, at: 0xD0000)
            }
            guard case .memory(let read) = exit,
                case .memory(let write) = try guest.machine.run(
                    .completeMemory(guest.machine.serve(read)), until: 1000)
            else { throw CancellationError() }
            return (guest, write)
        }
        let (first, write) = try start()
        #expect(write.value == 7 && first.machine.state.gpr.ecx == 3)
        let (second, _) = try waiting([0x90])
        try second.machine.restore(first.machine.snapshot())
        #expect(second.machine.hash() == first.machine.hash())
        for guest in [first, second] {
            #expect(try guest.machine.run(.completeMemory(guest.machine.serve(write)), until: 1000) == .halted)
        }
        #expect(second.machine.hash() == first.machine.hash())
        #expect(second.probe.log == ["r4 +0 4", "w4 +0 7"])
    }

    @Test("A8 coming back without an answer asks again: no time passes, no interrupt slips in")
    func a8() throws {
        let (guest, exit) = try waiting([0xFF, 0x05, 0, 0, 0xD, 0])
        guest.machine.bus.raiseNMI()
        let before = guest.machine.state
        for _ in 0..<5 { #expect(try guest.machine.run(.resume, until: 1000) == exit) }
        #expect(guest.machine.state == before && guest.machine.clock.now == 0 && guest.probe.log.isEmpty)
    }

    @Test("A9 a region that moves or goes: the answer belongs to the question, the next access sees the new map")
    func a9() throws {
        for moves in [true, false] {
            // add [D0000],ecx; then mov ebx,[D0000], where RAM is by then.
            let (guest, exit) = try waiting([0x01, 0x0D, 0, 0, 0xD, 0, 0x8B, 0x1D, 0, 0, 0xD, 0]) {
                $0.state.gpr.ecx = 1
                $0.machine.memory.load([5, 0, 0, 0], at: 0xD0000)
            }
            guard case .memory(let request) = exit else { return #expect(exit == .halted) }
            guest.machine.memory.load([5, 0, 0, 0], at: 0xD0000)
            if moves {
                let claim = try #require(guest.machine.memory.claims.first)
                try guest.machine.memory.move(claim.id, to: 0x200_0000)
            } else {
                guest.machine.memory.withdraw(guest.probe)
            }
            guest.machine.memory.store(5, at: 0xD0000)
            let answer = MemoryResponse(to: request, value: 40)
            // The write meets RAM.
            #expect(try guest.machine.run(.completeMemory(answer), until: 1000) == .halted)
            #expect(guest.machine.state.gpr.ebx == 41 && guest.word(0xD0000) == 41)
        }
    }

    @Test("A10 a device changes its tier while it is waited for, and between two cycles", arguments: TierSetting.all)
    func a10(setting: TierSetting) throws {
        let guest = try memoryGuest(setting) { guest in
            guest.enterProtectedMode()
            // rep movsd from the device to the device.
            guest.words(1, 2, 3, 4, 5, 6, at: 0xD0000)
            (guest.state.gpr.esi, guest.state.gpr.edi, guest.state.gpr.ecx) = (0xD0000, 0xD0100, 6)
            guest.code = [0xF3, 0xA5]
            guest.probe.onAccess = { _ in
                guard guest.setting != nil else { return }
                let isEven = guest.probe.state.log.count % 2 == 0
                guest.machine.setTier(isEven == (guest.setting == .user) ? .user : .kernel)
            }
        }
        #expect(guest.probe.log.count == 12 && guest.bytes(0xD0100, 24) == guest.bytes(0xD0000, 24))
    }

    @Test("A11 NMI and RESET that a cycle brings come behind the instruction", arguments: TierSetting.all)
    func a11(setting: TierSetting) throws {
        let guest = try memoryGuest(setting, likeRAM: false) { guest in
            guest.state.segments.ds = Segment(realMode: 0xD000)
            // add [0],cx
            guest.code = [0x01, 0x0E, 0, 0]
            guest.state.gpr.ecx = 2
            guest.probe.onAccess = { if $0.direction == .read { guest.machine.bus.raiseNMI() } }
        }
        #expect(guest.vectorReached == 2 && guest.probe.log == ["r2 +0 0", "w2 +0 2"])
        let reset = try memoryGuest(setting, likeRAM: false) { guest in
            guest.machine.memory.load([0xF4], at: 0x7D00)
            guest.state.segments.ds = Segment(realMode: 0xD000)
            guest.code = [0x01, 0x0E, 0, 0]
            guest.fuel = 1
            guest.probe.onAccess = { if $0.direction == .read { guest.machine.bus.pulseReset() } }
        }
        #expect(
            reset.probe.log == ["r2 +0 0", "w2 +0 0"] && reset.state.segments.cs.base == 0xFFFF_0000
                && reset.state.eip == 0xFFF0)
    }

    @Test("A12 INS into a device and OUTS from one ask in order", arguments: TierSetting.all)
    func a12(setting: TierSetting) throws {
        let guest = try memoryGuest(setting) { guest in
            guest.enterProtectedMode()
            (guest.state.gpr.edi, guest.state.gpr.esi, guest.state.gpr.ecx) = (0xD0000, 0xD0000, 3)
            // rep insd; mov ecx,3; rep outsd
            guest.code = [0xF3, 0x6D, 0xB9, 3, 0, 0, 0, 0xF3, 0x6F]
        }
        #expect(guest.isAtEnd)
        #expect(guest.probe.log.count == 6 && guest.port.values == [1, 2, 3, 1, 2, 3].map { $0 * 0x0101_0101 })
        guard setting != .kernel else { return }
        let kinds = guest.rows.map { if case .port = $0 { "p" } else { "m" } }
        #expect(kinds.joined() == "pmpmpmmpmpmp")
        // A destination that cannot be written costs no port value.
        let refused = try memoryGuest(setting) { guest in
            guest.enterProtectedMode()
            guest.state.segments.es.access.remove(.writableOrReadable)
            guest.state.gpr.edi = 0xD0000
            guest.code = [0x6D]
        }
        #expect(refused.exit == .stopped(.fault(Fault(.generalProtection))) && refused.port.log.isEmpty)
    }
}
