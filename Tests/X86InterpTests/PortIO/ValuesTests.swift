import Devices
import Testing
import X86Interp

/// Section 5.1: which bits of which register a transfer touches, and where its value comes from.
@Suite("Port I/O: values and registers", .timeLimit(.minutes(30)))
struct PortValueTests {
    @Test("V1 in al,dx changes AL alone", arguments: TierSetting.all)
    func inByte(_ setting: TierSetting) throws {
        let guest = try portGuest(setting) { guest in
            guest.code = [0xEC]
            guest.set(\.eax, 0x1234_5678)
            guest.probe.answers([0xFFFF_FFFF])
        }
        #expect(guest.isAtEnd && guest.gpr.eax == 0x1234_56FF)
    }

    @Test("V2 in ax,dx changes AX alone", arguments: TierSetting.all)
    func inWord(_ setting: TierSetting) throws {
        let guest = try portGuest(setting) { guest in
            guest.code = [0xED]
            guest.set(\.eax, 0x1234_5678)
            guest.probe.answers([0xAAAA_BBBB])
        }
        #expect(guest.isAtEnd && guest.gpr.eax == 0x1234_BBBB)
    }

    @Test("V3 in eax,dx changes all of EAX", arguments: TierSetting.all)
    func inDword(_ setting: TierSetting) throws {
        let guest = try portGuest(setting) { guest in
            guest.code = [0x66, 0xED]
            guest.set(\.eax, 0x1234_5678)
            guest.probe.answers([0xAAAA_BBBB])
        }
        #expect(guest.isAtEnd && guest.gpr.eax == 0xAAAA_BBBB)
    }

    @Test("V4 out dx,al/ax/eax shows the device exactly its bits", arguments: TierSetting.all)
    func outWidths(_ setting: TierSetting) throws {
        let guest = try portGuest(setting) { guest in
            guest.code = [0xEE, 0xEF, 0x66, 0xEF]
            guest.set(\.eax, 0x89AB_CDEF)
        }
        #expect(guest.probe.log == [.write(0, .byte, 0xEF), .write(0, .word, 0xCDEF), .write(0, .dword, 0x89AB_CDEF)])
        #expect(guest.gpr.eax == 0x89AB_CDEF)
    }

    @Test("V5 no opcode touches EFLAGS", arguments: TierSetting.all)
    func flags(_ setting: TierSetting) throws {
        let opcodes: [[UInt8]] = [
            [0xE4, 0x80], [0xE5, 0x80], [0xE6, 0x80], [0xE7, 0x80], [0xEC], [0xED], [0xEE], [0xEF], [0x6C], [0x6D],
            [0x6E], [0x6F],
        ]
        for opcode in opcodes {
            for flags: UInt32 in [0x0002, 0x08D7, 0x0CD7] {
                let guest = try portGuest(setting) { guest in
                    try guest.claim(0x80...0x81, guest.probe)
                    guest.code = opcode
                    guest.state.eflags = EFLAGS(rawValue: flags)
                    guest.set(\.edi, 0x600)
                    guest.set(\.esi, 0x700)
                }
                #expect(guest.isAtEnd && guest.state.eflags.rawValue == flags)
            }
        }
    }

    @Test("V6 insb leaves EAX alone", arguments: TierSetting.all)
    func insLeavesEAX(_ setting: TierSetting) throws {
        let guest = try portGuest(setting) { guest in
            guest.code = [0x6C]
            guest.set(\.eax, 0x1234_5678)
            guest.set(\.edi, 0x600)
            guest.probe.answers([0x5A])
        }
        #expect(guest.isAtEnd && guest.gpr.eax == 0x1234_5678)
        #expect(guest.bytes(0x600, 2) == [0x5A, 0] && guest.gpr.edi == 0x601)
    }

    @Test("V7 outsb takes its value from memory and leaves EAX alone", arguments: TierSetting.all)
    func outsLeavesEAX(_ setting: TierSetting) throws {
        let guest = try portGuest(setting) { guest in
            guest.code = [0x6E]
            guest.load([0xA5], at: 0x600)
            guest.set(\.eax, 0x1234_5678)
            guest.set(\.esi, 0x600)
        }
        #expect(guest.isAtEnd && guest.gpr.eax == 0x1234_5678)
        #expect(guest.probe.log == [.write(0, .byte, 0xA5)] && guest.gpr.esi == 0x601)
    }

    /// Selects item 0 of fw_cfg and reads four bytes of it with EAX = 12345678.
    private static let readSignature: [UInt8] = [
        0x31, 0xC0, 0xBA, 0x10, 0x05, 0xEF, 0x42, 0xBF, 0x00, 0x06, 0xB9, 0x04, 0x00,
        0x66, 0xB8, 0x78, 0x56, 0x34, 0x12, 0xF3, 0x6C,
    ]

    private func setUpSignature(_ guest: PortGuest) throws {
        let device = FirmwareConfig(ramSize: 1 << 20)
        try guest.machine.ports.claim(0x510...0x510, for: device, bank: FirmwareConfig.selectorBank, widths: .word)
        try guest.machine.ports.claim(0x511...0x511, for: device, bank: FirmwareConfig.dataBank)
        guest.code = Self.readSignature
        guest.set(\.edi, 0xABCD_0000)
    }

    private func expectSignature(_ guest: PortGuest) {
        #expect(guest.isAtEnd && guest.bytes(0x600, 5) == Array("QEMU".utf8) + [0])
        #expect(guest.gpr.eax == 0x1234_5678 && guest.gpr.ecx == 0 && guest.gpr.edi == 0xABCD_0604)
    }

    @Test("V8 rep insb of the signature keeps EAX", arguments: TierSetting.all)
    func signature(_ setting: TierSetting) throws {
        expectSignature(try portGuest(setting, setUpSignature))
    }

    @Test("V9 rep insb of the signature ends alike after any number of yields", arguments: TierSetting.all)
    func signatureAfterYields(_ setting: TierSetting) throws {
        for yields in [1, 2, 7] {
            let guest = try portGuest(setting) { guest in
                try setUpSignature(guest)
                guest.yields = { _ in yields }
            }
            expectSignature(guest)
            #expect(guest.requests.count == (setting == .kernel ? 0 : 5))
        }
    }

    @Test("V10 the device changes its tier in the middle of a REP", arguments: TierSetting.all)
    func tierChange(_ setting: TierSetting) throws {
        for change in 1...6 {
            let guest = try portGuest(setting) { guest in
                guest.code = [0xF3, 0x6C]
                guest.set(\.ecx, 6)
                guest.set(\.edi, 0x600)
                guest.probe.onAccess = { [unowned guest] _ in
                    guard guest.probe.state.served == change else { return }
                    guest.machine.ports.setTier(setting == .kernel ? .user : .kernel)
                }
            }
            #expect(guest.isAtEnd && guest.bytes(0x600, 7) == [1, 2, 3, 4, 5, 6, 0])
            #expect(guest.requests.count == (setting == .kernel ? 6 - change : change))
        }
    }

    @Test("V10 the host changes the tier while a request is pending", arguments: TierSetting.all)
    func tierChangeWhilePending(_ setting: TierSetting) throws {
        let guest = try portGuest(setting) { guest in
            guest.code = [0xF3, 0x6D]
            guest.set(\.ecx, 3)
            guest.set(\.edi, 0x600)
            guest.set(\.edx, 0x301)
            guest.yields = { [unowned guest] _ in
                guest.machine.ports.setTier(.kernel)
                return 1
            }
        }
        #expect(guest.isAtEnd && guest.bytes(0x600, 7) == [1, 2, 3, 4, 5, 6, 0])
    }

    @Test("V11 a request to read carries no guest register", arguments: TierSetting.all)
    func readRequestLeaksNothing(_ setting: TierSetting) throws {
        let guest = try portGuest(setting) { guest in
            guest.code = [0xEC, 0xED, 0x66, 0xED, 0xE4, 0xFF]
            guest.set(\.eax, 0x1234_5678)
        }
        #expect(guest.isAtEnd)
        #expect(guest.requests.count == (setting == .kernel ? 0 : 3))
        #expect(guest.requests.allSatisfy { $0.value == 0 && $0.direction == .in })
    }

    @Test("V12 an answer to another request is refused and the request stays", arguments: TierSetting.all)
    func wrongAnswer(_ setting: TierSetting) throws {
        let guest = try PortGuest(setting)
        guest.code = [0xED]
        guest.set(\.eax, 0x1234_5678)
        guest.start()
        let request = PortRequest(port: 0x300, width: .word, direction: .in)
        if setting == .kernel {
            let answer = PortResponse(to: request, value: 1)
            #expect(throws: EntryError.nothingPending(response: answer)) {
                try guest.machine.run(.complete(answer), until: 10)
            }
        } else {
            #expect(try guest.machine.run(.resume, until: 10) == .port(request))
            let before = guest.machine.state
            let others = [
                PortRequest(port: 0x301, width: .word, direction: .in),
                PortRequest(port: 0x300, width: .byte, direction: .in),
                PortRequest(port: 0x300, width: .word, direction: .out),
                PortRequest(port: 0x300, width: .word, direction: .in, value: 1),
                PortRequest(port: 0x300, width: .word, direction: .in, element: 1),
            ]
            for other in others {
                let answer = PortResponse(to: other, value: 0)
                #expect(throws: EntryError.mismatch(pending: request, response: answer)) {
                    try guest.machine.run(.complete(answer), until: 10)
                }
                #expect(guest.machine.state == before)
            }
        }
        try guest.run()
        #expect(guest.isAtEnd && guest.gpr.eax == 0x1234_0101)
    }

    @Test("V13 a second answer is refused", arguments: TierSetting.all)
    func secondAnswer(_ setting: TierSetting) throws {
        let guest = try PortGuest(setting)
        guest.code = [0xEC]
        guest.start()
        let answer = PortResponse(to: PortRequest(port: 0x300, width: .byte, direction: .in), value: 0x77)
        #expect(throws: EntryError.nothingPending(response: answer)) {
            try guest.machine.run(.complete(answer), until: 10)
        }
        if setting == .kernel {
            #expect(try guest.machine.run(.resume, until: 10) == .halted)
        } else {
            #expect(try guest.machine.run(.resume, until: 10) == .port(answer.request))
            #expect(try guest.machine.run(.complete(answer), until: 10) == .halted)
        }
        #expect(throws: EntryError.nothingPending(response: answer)) {
            try guest.machine.run(.complete(answer), until: 10)
        }
        #expect(guest.machine.state.gpr.eax == (setting == .kernel ? 1 : 0x77))
    }

    @Test("V13 an answer that waits for its instruction is not taken twice", arguments: [TierSetting.user, .delayed])
    func answerWithoutBudget(_ setting: TierSetting) throws {
        let guest = try PortGuest(setting)
        guest.code = [0xEC]
        guest.start()
        let answer = PortResponse(to: PortRequest(port: 0x300, width: .byte, direction: .in), value: 0x77)
        #expect(try guest.machine.run(.resume, until: 1) == .port(answer.request))
        #expect(try guest.machine.run(.complete(answer), until: 0) == .budget)
        #expect(throws: EntryError.nothingPending(response: answer)) {
            try guest.machine.run(.complete(answer), until: 10)
        }
        #expect(try guest.machine.run(.resume, until: 10) == .halted)
        #expect(guest.machine.state.gpr.eax == 0x77)
    }

    @Test("V14 an immediate port is zero-extended", arguments: TierSetting.all)
    func immediatePort(_ setting: TierSetting) throws {
        let guest = try portGuest(setting) { guest in
            let high = ProbePort("high")
            high.answers([0x99])
            try guest.claim(0xFFF0...0xFFFF, high)
            try guest.claim(0xE0...0xFF, guest.probe)
            guest.code = [0xE4, 0xFF, 0xE6, 0xFE, 0xE4, 0xE0]
            guest.probe.answers([0x42, 0x43])
        }
        #expect(guest.isAtEnd && guest.gpr.eax == 0x43)
        #expect(guest.probe.log == [.read(0x1F, .byte, 0x42), .write(0x1E, .byte, 0x42), .read(0, .byte, 0x43)])
    }

    @Test("V15 the upper half of EDX is no part of the port", arguments: TierSetting.all)
    func upperHalfOfEDX(_ setting: TierSetting) throws {
        let guest = try portGuest(setting) { guest in
            guest.code = [0xEC, 0xEE, 0x6C, 0x6E]
            guest.set(\.edx, 0xFFFF_0304)
            guest.set(\.edi, 0x600)
            guest.set(\.esi, 0x600)
        }
        #expect(guest.isAtEnd && guest.probe.log.map(\.offset) == [4, 4, 4, 4] && guest.gpr.edx == 0xFFFF_0304)
    }
}
