import Testing
import X86Interp

/// Section 5.6: what comes between two iterations, and what does not come between question and answer.
@Suite("Port I/O: interrupts and stepping", .timeLimit(.minutes(30)))
struct PortInterruptTests {
    private static let vector: UInt8 = 0x20

    /// Raises INTR now; the acknowledge cycle takes it back.
    private func request(_ guest: PortGuest) {
        guest.machine.bus.acknowledge = { [unowned guest] in
            guest.machine.bus.setINTR(false)
            return Self.vector
        }
        guest.machine.bus.setINTR(true)
    }

    /// Raises INTR within the access with a number, from 1.
    private func requestAtAccess(_ number: Int, _ guest: PortGuest) {
        guest.probe.onAccess = { [unowned guest] _ in
            if guest.probe.state.log.count == number { request(guest) }
        }
    }

    private func enableInterrupts(_ guest: PortGuest) { guest.state.eflags.insert(.interrupt) }

    @Test("I1 an interrupt comes between iterations and pushes the IP of the first prefix", arguments: TierSetting.all)
    func betweenIterations(_ setting: TierSetting) throws {
        let codes: [[UInt8]] = [[0xF3, 0x6C], [0x26, 0x67, 0xF3, 0x6C], [0xF3, 0x2E, 0x66, 0x64, 0x6C]]
        for code in codes {
            for number in 1...4 {
                let guest = try portGuest(setting) { guest in
                    guest.code = code
                    enableInterrupts(guest)
                    guest.set(\.ecx, 5)
                    guest.set(\.edi, 0x600)
                    requestAtAccess(number, guest)
                }
                #expect(guest.vectorReached == Self.vector && guest.stackWord(0) == 0x7C00)
                #expect(guest.gpr.ecx == 5 - UInt32(number) && guest.gpr.edi == 0x600 + UInt32(number))
                #expect(guest.probe.log.count == number)
            }
        }
    }

    @Test("I1 OUTS is interrupted in the same way", arguments: TierSetting.all)
    func betweenIterationsOfOUTS(_ setting: TierSetting) throws {
        let guest = try portGuest(setting) { guest in
            guest.code = [0x66, 0xF2, 0x6F]
            enableInterrupts(guest)
            guest.set(\.ecx, 5)
            guest.set(\.esi, 0x600)
            requestAtAccess(2, guest)
        }
        #expect(guest.vectorReached == Self.vector && guest.stackWord(0) == 0x7C00)
        #expect(guest.gpr.ecx == 3 && guest.gpr.esi == 0x608 && guest.probe.log.count == 2)
    }

    @Test("I2 IRET goes on with what is left: the transfers add up", arguments: TierSetting.all)
    func resumes(_ setting: TierSetting) throws {
        let guest = try portGuest(setting) { guest in
            guest.code = [0xF3, 0x6C]
            guest.setHandler(Self.vector, [0x43, 0xCF])
            enableInterrupts(guest)
            guest.set(\.ecx, 6)
            guest.set(\.edi, 0x600)
            guest.probe.onAccess = { [unowned guest] _ in request(guest) }
        }
        // The interrupt of the last access comes behind the instruction.
        #expect(guest.exit == .halted && guest.gpr.ebx == 6 && guest.gpr.ecx == 0)
        #expect(guest.bytes(0x600, 7) == [1, 2, 3, 4, 5, 6, 0] && guest.probe.log.count == 6)
    }

    @Test("I3 an interrupt finds a single insb undone or done, nothing between", arguments: TierSetting.all)
    func aroundSingle(_ setting: TierSetting) throws {
        let before = try portGuest(setting) { guest in
            guest.code = [0x6C]
            enableInterrupts(guest)
            guest.set(\.edi, 0x600)
            request(guest)
        }
        #expect(before.vectorReached == Self.vector && before.stackWord(0) == 0x7C00)
        #expect(before.probe.log == [] && before.bytes(0x600, 1) == [0] && before.gpr.edi == 0x600)
        let during = try portGuest(setting) { guest in
            guest.code = [0x6C]
            enableInterrupts(guest)
            guest.set(\.edi, 0x600)
            requestAtAccess(1, guest)
        }
        #expect(during.vectorReached == Self.vector && during.stackWord(0) == 0x7C01)
        #expect(during.probe.log.count == 1 && during.bytes(0x600, 1) == [1] && during.gpr.edi == 0x601)
    }

    @Test("I3 an interrupt while the answer is awaited waits", arguments: [TierSetting.user, .delayed])
    func whileWaiting(_ setting: TierSetting) throws {
        let guest = try PortGuest(setting)
        guest.code = [0x6D]
        enableInterrupts(guest)
        guest.set(\.edx, 0x301)
        guest.set(\.edi, 0x600)
        guest.start()
        guard case .port(let first) = try guest.machine.run(.resume, until: 100) else {
            Issue.record("no request")
            return
        }
        request(guest)
        guest.machine.bus.raiseNMI()
        #expect(try guest.machine.run(.resume, until: 100) == .port(first))
        let answer = Entry.complete(PortResponse(to: first, value: 0x12))
        guard case .port(let second) = try guest.machine.run(answer, until: 100) else {
            Issue.record("no second request")
            return
        }
        #expect(first.port == 0x301 && second.port == 0x302)
        let last = PortResponse(to: second, value: 0x34)
        #expect(try guest.machine.run(.complete(last), until: 100) == .halted)
        guest.state = guest.machine.state
        // NMI comes first, its handler halts.
        #expect(guest.state.eip == 0x503 && guest.bytes(0x600, 2) == [0x12, 0x34] && guest.stackWord(0) == 0x7C01)
    }

    @Test("I4 the shadow of STI covers the first iteration", arguments: TierSetting.all)
    func shadowOfSTI(_ setting: TierSetting) throws {
        let guest = try portGuest(setting) { guest in
            guest.code = [0xFB, 0xF3, 0x6C]
            guest.set(\.ecx, 5)
            guest.set(\.edi, 0x600)
            request(guest)
        }
        #expect(guest.vectorReached == Self.vector && guest.stackWord(0) == 0x7C01)
        #expect(guest.gpr.ecx == 4 && guest.probe.log.count == 1)
    }

    @Test("I5 the shadow of MOV SS and POP SS covers an OUT", arguments: TierSetting.all)
    func shadowOfMOVSS(_ setting: TierSetting) throws {
        for load: [UInt8] in [[0x8E, 0xD0], [0x17]] {
            for nmi in [false, true] {
                let guest = try portGuest(setting) { guest in
                    guest.code = load + [0xEE, 0x90]
                    enableInterrupts(guest)
                    let alarm = PortAlarm { _ in
                        if nmi { guest.machine.bus.raiseNMI() } else { request(guest) }
                    }
                    guest.machine.clock.schedule(alarm, at: 1)
                }
                #expect(guest.vectorReached == (nmi ? 2 : Self.vector))
                #expect(guest.stackWord(0) == 0x7C00 + UInt16(load.count) + 1 && guest.probe.log.count == 1)
            }
            let traced = try portGuest(setting) { guest in
                guest.code = load + [0xEE, 0x90]
                guest.state.eflags.insert(.trap)
            }
            #expect(traced.vectorReached == 1 && traced.stackWord(0) == 0x7C00 + UInt16(load.count) + 1)
        }
    }

    /// Stores the pushed IP at DS:BX, advances BX, counts at [680] and halts at the given count.
    private func traceHandler(haltAt count: UInt8) -> [UInt8] {
        [
            0x89, 0xE5, 0x8B, 0x46, 0x00, 0x89, 0x07, 0x43, 0x43, 0xFE, 0x06, 0x80, 0x06, 0x80, 0x3E, 0x80, 0x06, count,
            0x75, 0x01, 0xF4, 0xCF,
        ]
    }

    /// The IPs that the trap handler saw.
    private func traced(_ guest: PortGuest) -> [UInt16] {
        let count = Int(guest.bytes(0x680, 1)[0])
        let bytes = guest.bytes(0x700, 2 * count)
        return (0..<count).map { UInt16(bytes[2 * $0]) | UInt16(bytes[2 * $0 + 1]) << 8 }
    }

    @Test("I6 TF traps behind each iteration, at the instruction until the last", arguments: TierSetting.all)
    func singleStep(_ setting: TierSetting) throws {
        for kind in [ProbeKind.plain, .block] {
            let guest = try portGuest(setting, probe: kind) { guest in
                guest.code = [0x26, 0xF3, 0x6C, 0x90]
                guest.setHandler(1, traceHandler(haltAt: 4))
                guest.state.eflags.insert(.trap)
                guest.set(\.ecx, 3)
                guest.set(\.edi, 0x600)
                guest.set(\.ebx, 0x700)
            }
            #expect(guest.exit == .halted && traced(guest) == [0x7C00, 0x7C00, 0x7C03, 0x7C04])
            #expect(guest.state.dr6 & 0x4000 != 0 && guest.bytes(0x600, 4) == [1, 2, 3, 0])
        }
    }

    @Test("I7 the trap of TF is neither lost nor doubled by the user tier", arguments: TierSetting.all)
    func singleStepOfEach(_ setting: TierSetting) throws {
        let guest = try portGuest(setting) { guest in
            // in al,dx; out dx,al; in ax,dx at an odd port, two cycles; insb; nop
            guest.code = [0xEC, 0xEE, 0x42, 0xED, 0x6C, 0x90]
            guest.setHandler(1, traceHandler(haltAt: 6))
            guest.state.eflags.insert(.trap)
            guest.set(\.edi, 0x600)
            guest.set(\.ebx, 0x700)
        }
        #expect(guest.exit == .halted && traced(guest) == [0x7C01, 0x7C02, 0x7C03, 0x7C04, 0x7C05, 0x7C06])
        #expect(guest.probe.log.count == 5)
    }

    @Test("I8 RF is pushed set between iterations and clear behind the last", arguments: TierSetting.all)
    func resumeFlag(_ setting: TierSetting) throws {
        for number in 1...3 {
            let guest = try portGuest(setting) { guest in
                guest.enterProtectedMode()
                // GDT at 3000 with a flat code segment 8, IDT at 4000 with an interrupt gate 20 to 1000: HLT.
                guest.load([UInt8](repeating: 0, count: 8) + [0xFF, 0xFF, 0, 0, 0, 0x9B, 0xCF, 0], at: 0x3000)
                guest.load([0x00, 0x10, 0x08, 0x00, 0x00, 0x8E, 0x00, 0x00], at: 0x4000 + 8 * UInt32(Self.vector))
                guest.load([0xF4], at: 0x1000)
                guest.state.gdtr = TableRegister(base: 0x3000, limit: 0x0F)
                guest.state.idtr = TableRegister(base: 0x4000, limit: 0x7FF)
                guest.code = [0xF3, 0x6C]
                enableInterrupts(guest)
                guest.set(\.ecx, 3)
                guest.set(\.edi, 0x600)
                requestAtAccess(number, guest)
            }
            #expect(guest.exit == .halted && guest.state.eip == 0x1001)
            let pushed = guest.bytes(guest.gpr.esp, 12)
            #expect(pushed[0] == (number < 3 ? 0 : 2) && pushed[1] == 0x7C)
            #expect(pushed[10] & 1 == (number < 3 ? 1 : 0))
        }
    }

    @Test("I8 RF that IRET has loaded lasts to the end of the repetition", arguments: TierSetting.all)
    func resumeFlagAfterIRET(_ setting: TierSetting) throws {
        let guest = try portGuest(setting) { guest in
            // iretd to the REP behind it; then pushfd shows nothing, as it never does: an interrupt shows RF.
            guest.enterProtectedMode()
            guest.load([UInt8](repeating: 0, count: 8) + [0xFF, 0xFF, 0, 0, 0, 0x9B, 0xCF, 0], at: 0x3000)
            guest.load([0x00, 0x10, 0x08, 0x00, 0x00, 0x8E, 0x00, 0x00], at: 0x4000 + 8 * UInt32(Self.vector))
            guest.load([0xF4], at: 0x1000)
            guest.state.gdtr = TableRegister(base: 0x3000, limit: 0x0F)
            guest.state.idtr = TableRegister(base: 0x4000, limit: 0x7FF)
            guest.load([0x01, 0x7C, 0, 0, 8, 0, 0, 0, 0x02, 0x02, 0x01, 0x00], at: 0x7000)
            guest.code = [0xCF, 0xF3, 0x6C, 0x90, 0xEC]
            guest.set(\.ecx, 3)
            guest.set(\.edi, 0x600)
            requestAtAccess(4, guest)
        }
        #expect(guest.exit == .halted && guest.state.eip == 0x1001 && guest.probe.log.count == 4)
        let pushed = guest.bytes(guest.gpr.esp, 12)
        #expect(pushed[0] == 5 && pushed[1] == 0x7C && pushed[10] & 1 == 0)
    }

    @Test("I13 NMI comes between iterations too", arguments: TierSetting.all)
    func nonMaskable(_ setting: TierSetting) throws {
        let guest = try portGuest(setting) { guest in
            guest.code = [0xF3, 0x6C]
            guest.set(\.ecx, 5)
            guest.set(\.edi, 0x600)
            guest.probe.onAccess = { [unowned guest] _ in
                if guest.probe.state.served == 2 { guest.machine.bus.raiseNMI() }
            }
        }
        #expect(guest.vectorReached == 2 && guest.stackWord(0) == 0x7C00 && guest.gpr.ecx == 3)
    }

    @Test("I15 a budget of one is one iteration, a step is the whole instruction", arguments: TierSetting.all)
    func steps(_ setting: TierSetting) throws {
        let guest = try PortGuest(setting)
        guest.code = [0xF3, 0x6C, 0xF3, 0x6C]
        guest.set(\.ecx, 3)
        guest.set(\.edi, 0x600)
        guest.start()
        for done in 1...3 as ClosedRange<UInt64> {
            guest.fuel = done
            #expect(try guest.run() == .budget)
            #expect(guest.state.instructions == done && guest.gpr.ecx == 3 - UInt32(done))
            #expect(guest.state.eip == (done < 3 ? 0x7C00 : 0x7C02) && guest.probe.log.count == Int(done))
        }
        guest.machine.state.gpr.ecx = 4
        var exit = try guest.machine.step()
        while case .port(let request) = exit {
            exit = try guest.machine.run(
                .complete(guest.machine.ports.serve(request)), until: guest.machine.state.instructions + 1)
            if exit == .budget, guest.machine.state.eip == 0x7C02 { exit = try guest.machine.step() }
        }
        #expect(guest.machine.state.eip == 0x7C04 && guest.machine.state.gpr.ecx == 0)
    }

    @Test("I16 time passes by the iteration, and a timer comes exactly at its own", arguments: TierSetting.all)
    func timer(_ setting: TierSetting) throws {
        for kind in [ProbeKind.plain, .block] {
            for due in [1, 2, 7, 99] as [UInt64] {
                let guest = try portGuest(setting, probe: kind) { guest in
                    guest.code = [0xF3, 0x6C]
                    enableInterrupts(guest)
                    guest.set(\.ecx, 100)
                    guest.set(\.edi, 0x600)
                    let alarm = PortAlarm { now in
                        #expect(now == due)
                        request(guest)
                    }
                    guest.machine.clock.schedule(alarm, at: due)
                }
                #expect(guest.vectorReached == Self.vector && guest.stackWord(0) == 0x7C00)
                #expect(guest.gpr.ecx == 100 - UInt32(due) && guest.probe.log.count == Int(due))
                if kind == .plain { #expect(guest.probe.state.log.map(\.time) == Array(0..<due)) }
            }
        }
    }
}
