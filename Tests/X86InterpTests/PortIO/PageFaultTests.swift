import Testing
import X86Interp

/// Section 5.4, the rows of paging and alignment.
@Suite("Port I/O: page faults", .timeLimit(.minutes(30)))
struct PortPageFaultTests {
    /// A page that is absent or read-only, and the elements that come before it.
    private func run(
        _ code: [UInt8], _ setting: TierSetting, rights: UInt32, at offset: UInt32, cpl: UInt8 = 0,
        probe: ProbeKind = .plain, _ change: (PortGuest) throws -> Void = { _ in }
    ) throws -> PortGuest {
        try portGuest(setting, probe: probe) { guest in
            guest.enterProtectedMode()
            guest.enterPaging()
            if cpl == 3 {
                guest.state.cpl = 3
                guest.state.eflags.insert(.iopl)
            }
            guest.setPage(0x2_1000, rights)
            guest.code = code
            guest.set(\.ecx, 6)
            guest.set(\.edi, offset)
            guest.set(\.esi, offset)
            guest.load([0xA1, 0xA2, 0xA3, 0xA4], at: 0x2_0FFC)
            try change(guest)
        }
    }

    private func pageFault(_ code: UInt16, _ address: UInt32 = 0x2_1000) -> Exit {
        .stopped(.fault(Fault(.pageFault, errorCode: code, address: address)))
    }

    @Test("F1 #PF in the middle of REP INS leaves what was transferred and no byte more", arguments: TierSetting.all)
    func withinRepeat(_ setting: TierSetting) throws {
        for kind in ProbeKind.allCases {
            for done in UInt32(0)...4 {
                let code: [UInt8] = [0x26, 0x67, 0xF3, 0x6C]
                let guest = try run([0x67, 0xF3, 0x6C], setting, rights: 0, at: 0x2_1000 - done, probe: kind) { guest in
                    guest.code = code
                    guest.enterProtectedMode(code32: false)
                }
                // 67 in 16-bit code: 32-bit addresses.
                #expect(guest.exit == pageFault(2) && guest.state.eip == guest.origin)
                #expect(guest.gpr.ecx == 6 - done && guest.gpr.edi == 0x2_1000)
                #expect(guest.probe.log.count == Int(done))
                #expect(guest.bytes(0x2_1000 - done, Int(done)) == (0..<done).map { UInt8($0 + 1) })
            }
        }
    }

    @Test("F2 the handler maps the page, and the rest completes in order", arguments: TierSetting.all)
    func restart(_ setting: TierSetting) throws {
        for kind in ProbeKind.allCases {
            let guest = try run([0xF3, 0x6C], setting, rights: 0, at: 0x2_0FFD, probe: kind) { guest in
                guest.machine.cpu.faultPolicy = .deliver
                let gate = [0x0008_0000 | PortGuest.faultHandler & 0xFFFF, 0x8E00]
                guest.load(PortGuest.little(gate), at: 0xC000 + 14 * 8)
                guest.state.idtr = TableRegister(base: 0xC000, limit: 0x7FF)
                guest.state.gdtr = TableRegister(base: PortGuest.descriptors, limit: 0x17)
                guest.load(PortGuest.little([0, 0, 0xFFFF, 0xCF_9B00, 0xFFFF, 0xCF_9300]), at: PortGuest.descriptors)
                // inc ebx; or byte [pte],3; add esp,4; iretd
                let entry = PortGuest.pageTable + 0x21 * 4
                guest.load(
                    [0x43, 0x80, 0x0D] + PortGuest.little([entry]) + [3, 0x83, 0xC4, 4, 0xCF],
                    at: PortGuest.faultHandler)
            }
            #expect(guest.isAtEnd && guest.gpr.ebx == 1 && guest.gpr.ecx == 0 && guest.state.cr2 == 0x2_1000)
            #expect(guest.bytes(0x2_0FFD, 7) == [1, 2, 3, 4, 5, 6, 0] && guest.probe.log.count == 6)
        }
    }

    @Test("F3 #PF of OUTS comes before the port is written", arguments: TierSetting.all)
    func outs(_ setting: TierSetting) throws {
        for kind in ProbeKind.allCases {
            for done in UInt32(0)...4 {
                let guest = try run([0xF3, 0x6E], setting, rights: 0, at: 0x2_1000 - done, probe: kind)
                #expect(guest.exit == pageFault(0) && guest.gpr.ecx == 6 - done && guest.gpr.esi == 0x2_1000)
                #expect(guest.probe.values == (0..<done).map { 0xA5 - done + $0 } && guest.state.eip == guest.origin)
            }
        }
    }

    @Test(
        "F4 a word or dword over two pages, the second absent: neither page nor port is touched",
        arguments: TierSetting.all)
    func overTwoPages(_ setting: TierSetting) throws {
        for (code, first) in [([0x66, 0x6D], 1), ([0x6D], 1), ([0x6D], 3), ([0xF3, 0x6D], 2)] as [([UInt8], UInt32)] {
            let guest = try run(code, setting, rights: 0, at: 0x2_1000 - first)
            #expect(guest.exit == pageFault(2) && guest.probe.log == [] && guest.requests == [])
            #expect(guest.bytes(0x2_0FFC, 4) == [0xA1, 0xA2, 0xA3, 0xA4] && guest.gpr.edi == 0x2_1000 - first)
            #expect(guest.pageRights(0x2_0000) == 7)
        }
        // The first one absent.
        let guest = try run([0x6D], setting, rights: 7, at: 0x2_0FFE) { $0.setPage(0x2_0000, 0) }
        #expect(guest.exit == pageFault(2, 0x2_0FFE) && guest.probe.log == [] && guest.pageRights(0x2_1000) == 7)
    }

    @Test("F5 error codes: INS writes, OUTS reads, U by the ring", arguments: TierSetting.all)
    func errorCodes(_ setting: TierSetting) throws {
        let cases: [(code: UInt8, rights: UInt32, cpl: UInt8, error: UInt16)] = [
            (0x6C, 0, 0, 2), (0x6C, 0, 3, 6), (0x6C, 5, 3, 7), (0x6C, 3, 3, 7), (0x6E, 0, 0, 0), (0x6E, 0, 3, 4),
            (0x6E, 3, 3, 5),
        ]
        for (code, rights, cpl, error) in cases {
            let guest = try run([code], setting, rights: rights, at: 0x2_1000, cpl: cpl)
            #expect(guest.exit == pageFault(error) && guest.probe.log == [], "\(code) \(rights) \(cpl)")
        }
        let protected = try run([0x6C], setting, rights: 5, at: 0x2_1000) { $0.state.cr0 |= 1 << 16 }
        #expect(protected.exit == pageFault(3) && protected.probe.log == [])
    }

    @Test("F6 INS marks its page accessed and dirty when the store commits, OUTS accessed", arguments: TierSetting.all)
    func marks(_ setting: TierSetting) throws {
        let ins = try run([0xF3, 0x6C], setting, rights: 7, at: 0x2_1000)
        #expect(ins.isAtEnd && ins.pageRights(0x2_1000) == 0x67)
        let outs = try run([0xF3, 0x6E], setting, rights: 7, at: 0x2_1000)
        #expect(outs.isAtEnd && outs.pageRights(0x2_1000) == 0x27)
        let readOnly = try run([0x6C], setting, rights: 5, at: 0x2_1000, cpl: 3)
        #expect(readOnly.pageRights(0x2_1000) == 5)
        let none = try run([0xF3, 0x6C], setting, rights: 7, at: 0x2_1000) { $0.set(\.ecx, 0) }
        #expect(none.isAtEnd && none.pageRights(0x2_1000) == 7)
    }

    @Test("F6 while the answer is awaited the page is not marked", arguments: [TierSetting.user, .delayed])
    func marksBehindTheAnswer(_ setting: TierSetting) throws {
        let guest = try PortGuest(setting)
        guest.enterProtectedMode()
        guest.enterPaging()
        guest.code = [0x6C]
        guest.set(\.edi, 0x2_1000)
        guest.start()
        guard case .port(let request) = try guest.machine.run(.resume, until: 10) else {
            Issue.record("no request")
            return
        }
        #expect(guest.pageRights(0x2_1000) == 7)
        #expect(try guest.machine.run(.complete(PortResponse(to: request, value: 1)), until: 10) == .halted)
        #expect(guest.pageRights(0x2_1000) == 0x67)
    }

    @Test("F8 #AC comes before the port is read and can be restarted", arguments: TierSetting.all)
    func alignment(_ setting: TierSetting) throws {
        for (code, isFault) in [([0x66, 0x6D], true), ([0x6D], true), ([0x6C], false), ([0x6F], true)]
            as [([UInt8], Bool)]
        {
            for isChecked in [true, false] {
                let guest = try portGuest(setting) { guest in
                    guest.enterRing3(iopl: 3)
                    guest.state.cr0 |= 1 << 18
                    if isChecked { guest.state.eflags.insert(.alignmentCheck) }
                    guest.code = code
                    guest.set(\.edi, 0x2_0001)
                    guest.set(\.esi, 0x2_0001)
                }
                if isFault, isChecked {
                    #expect(guest.exit == .stopped(.fault(Fault(.alignmentCheck))) && guest.state.eip == guest.origin)
                    #expect(guest.probe.log == [] && guest.requests == [] && guest.gpr.edi == 0x2_0001)
                } else {
                    #expect(guest.exit == .budget && guest.probe.log.count == 1)
                }
            }
        }
    }

    @Test(
        "F11 #PF while the permission bitmap is read has ring 0's rights and touches no port",
        arguments: TierSetting.all)
    func bitmap(_ setting: TierSetting) throws {
        for code: [UInt8] in [[0xEC], [0xEE], [0xF3, 0x6C], [0xF3, 0x6E]] {
            // The bitmap is in the page behind that of the TSS.
            func run(_ rights: UInt32) throws -> PortGuest {
                try portGuest(setting) { guest in
                    guest.enterRing3(bitmap: 0x1000)
                    guest.enterPaging()
                    guest.setPage(PortGuest.task + 0x1000, rights)
                    guest.code = code
                    guest.set(\.ecx, 1)
                    guest.set(\.edi, 0x2_0000)
                    guest.set(\.esi, 0x2_0000)
                }
            }
            let guest = try run(0)
            let address = PortGuest.task + 0x1000 + UInt32(PortGuest.base) >> 3
            #expect(guest.exit == pageFault(0, address) && guest.probe.log == [] && guest.requests == [])
            #expect(guest.gpr.ecx == 1 && guest.state.eip == guest.origin)
            // A page of ring 0 will do.
            let mapped = try run(1)
            #expect(mapped.exit == .budget && mapped.probe.log.count == 1)
        }
    }
}
