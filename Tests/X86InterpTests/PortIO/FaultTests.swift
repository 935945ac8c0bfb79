import Testing
import X86Interp

/// Section 5.4: what an exception finds done, and what memory sees of a transfer.
@Suite("Port I/O: faults and memory", .timeLimit(.minutes(30)))
struct PortFaultTests {
    @Test("F7 each iteration stores exactly once", arguments: TierSetting.all)
    func oneStore(_ setting: TierSetting) throws {
        let cases: [(code: [UInt8], width: Width)] = [
            ([0xF3, 0x6C], .byte), ([0xF3, 0x6D], .word), ([0x66, 0xF3, 0x6D], .dword),
        ]
        for (code, width) in cases {
            let window = ProbeWindow()
            let guest = try PortGuest(setting)
            try guest.machine.memory.claim(MemoryRegion(start: 0xD0000, size: 0x1000), for: window)
            guest.code = code
            guest.state.segments.es = Segment(realMode: 0xD000)
            guest.set(\.edi, 0x10)
            guest.set(\.ecx, 3)
            guest.start()
            try guest.run()
            #expect(guest.isAtEnd)
            let size = UInt16(width.bytes)
            #expect(
                window.log
                    == [1, 2, 3].map { (n: UInt16) in
                        .write(0x10 + (n - 1) * size, width, (UInt32(n) &* 0x0101_0101) & width.mask)
                    })
        }
    }

    @Test("F9 INS into ROM or where no memory is reads the port and drops the data", arguments: TierSetting.all)
    func intoNothing(_ setting: TierSetting) throws {
        let guest = try portGuest(setting) { guest in
            try guest.machine.memory.mapROM([0x11, 0x22], at: 0xE0000, name: "rom")
            guest.code = [0xF3, 0x6C, 0x67, 0x6D]
            guest.state.segments.es = Segment(realMode: 0xE000)
            guest.state.segments.es.limit = 0xFFFF_FFFF
            guest.set(\.ecx, 2)
            guest.set(\.edi, 0)
        }
        #expect(guest.isAtEnd && guest.bytes(0xE0000, 2) == [0x11, 0x22] && guest.probe.log.count == 3)
        let nowhere = try portGuest(setting) { guest in
            guest.code = [0x67, 0xF3, 0x6C]
            guest.state.segments.es.limit = 0xFFFF_FFFF
            guest.set(\.ecx, 2)
            guest.set(\.edi, 0x8000_0000)
        }
        #expect(nowhere.isAtEnd && nowhere.gpr.edi == 0x8000_0002 && nowhere.probe.log.count == 2)
    }

    @Test("F10 INS over its own code: the next fetch sees the new bytes", arguments: TierSetting.all)
    func overItself(_ setting: TierSetting) throws {
        // The first byte turns REP into INC AX; what is left is a single INSB, which turns itself into INC CX.
        for origin: UInt32 in [0x7C00, 0x7FFF] {
            let guest = try portGuest(setting) { guest in
                guest.origin = origin
                guest.code = [0xF3, 0x6C]
                guest.probe.answers([0x40, 0x41])
                guest.set(\.ecx, 3)
                guest.set(\.edi, origin)
            }
            #expect(guest.isAtEnd && guest.gpr.eax == 1 && guest.gpr.ecx == 2 && guest.gpr.edi == origin + 2)
            #expect(guest.bytes(origin, 3) == [0x40, 0x41, 0xF4] && guest.probe.log.count == 2)
        }
    }

    @Test("F10 INS over the instruction behind it", arguments: TierSetting.all)
    func overTheNext(_ setting: TierSetting) throws {
        for origin: UInt32 in [0x7C00, 0x7FFE, 0x7FFF] {
            let guest = try portGuest(setting) { guest in
                guest.origin = origin
                guest.code = [0x6C, 0x90]
                guest.probe.answers([0x40])
                guest.set(\.edi, origin + 1)
            }
            #expect(guest.isAtEnd && guest.gpr.eax == 1)
        }
    }

    @Test("F10 a REP that overwrites itself in bulk stops being a REP at once", arguments: TierSetting.all)
    func overItselfInBulk(_ setting: TierSetting) throws {
        for origin: UInt32 in [0x7C00, 0x7FFF] {
            let guest = try portGuest(setting, probe: .block) { guest in
                guest.origin = origin
                guest.code = [0xF3, 0x6C]
                guest.probe.answer = { _ in 0xF4 }
                guest.set(\.ecx, 40)
                guest.set(\.edi, origin - 8)
            }
            #expect(guest.exit == .halted && guest.state.eip == origin + 1)
            #expect(guest.gpr.ecx == 31 && guest.gpr.edi == origin + 1 && guest.probe.log.count == 9)
        }
    }

    @Test("F12 a missing permission comes before a bad address", arguments: TierSetting.all)
    func permissionFirst(_ setting: TierSetting) throws {
        func exit(cpl: UInt8) throws -> Exit? {
            let guest = try portGuest(setting) { guest in
                guest.enterProtectedMode()
                guest.state.cpl = cpl
                guest.state.segments.ss.limit = 0xFFF
                guest.code = [0x36, 0x6E]
                guest.set(\.esi, 0x2000)
            }
            #expect(guest.probe.log == [])
            return guest.exit
        }
        #expect(try exit(cpl: 3) == .stopped(.fault(Fault(.generalProtection))))
        #expect(try exit(cpl: 0) == .stopped(.fault(Fault(.stackFault))))
    }

    @Test("F13 a triple fault in a REP reports its chain and leaves count and index", arguments: TierSetting.all)
    func tripleFault(_ setting: TierSetting) throws {
        let guest = try portGuest(setting) { guest in
            guest.code = [0xF3, 0x6D]
            guest.state.idtr.limit = 0
            guest.state.segments.es.limit = 0x605
            guest.set(\.ecx, 9)
            guest.set(\.edi, 0x600)
        }
        guard case .shutdown(let chain) = guest.exit else {
            Issue.record("no shutdown: \(String(describing: guest.exit))")
            return
        }
        // The exception, the missing vector, the double fault, its missing vector.
        #expect(
            chain.map(\.vector) == [.generalProtection, .generalProtection, .doubleFault, .generalProtection])
        #expect(guest.gpr.ecx == 6 && guest.gpr.edi == 0x606 && guest.probe.log.count == 3)
        #expect(guest.state.eip == 0x7C00)
    }
}
