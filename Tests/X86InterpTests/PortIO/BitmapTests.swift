import Testing
import X86Interp

/// Section 5.5, the rows of the permission bitmap.
@Suite("Port I/O: the permission bitmap", .timeLimit(.minutes(30)))
struct PortBitmapTests {
    private static let codes: [(bytes: [UInt8], size: UInt32)] = [
        ([0xEC], 1), ([0x66, 0xED], 2), ([0xED], 4), ([0xEE], 1), ([0x66, 0xEF], 2), ([0xEF], 4), ([0x6C], 1),
        ([0x66, 0x6D], 2), ([0x6D], 4), ([0x6E], 1), ([0x6F], 4), ([0xF3, 0x6C], 1), ([0xF3, 0x6F], 4),
    ]

    /// Runs one access in ring 3 or V86 mode.
    private func run(
        _ code: [UInt8], _ setting: TierSetting, port: UInt32 = UInt32(PortGuest.base),
        _ setUp: (PortGuest) throws -> Void
    ) throws -> PortGuest {
        try portGuest(setting) { guest in
            try setUp(guest)
            guest.code = code
            guest.set(\.edx, port)
            guest.set(\.ecx, 1)
            guest.set(\.edi, 0x6000)
            guest.set(\.esi, 0x6000)
        }
    }

    private func isAllowed(_ guest: PortGuest) -> Bool { guest.exit == .budget && guest.probe.log.count == 1 }

    @Test("P3 clear bits allow what IOPL does not", arguments: TierSetting.all)
    func clear(_ setting: TierSetting) throws {
        for (code, _) in Self.codes {
            let guest = try run(code, setting) { guest in
                guest.enterRing3()
                for port in UInt32(0)..<0x400 where !(0x300...0x303).contains(port) { guest.refuse(port) }
            }
            #expect(isAllowed(guest), "\(code)")
        }
    }

    @Test("P4 any set bit of the width refuses", arguments: TierSetting.all)
    func set(_ setting: TierSetting) throws {
        for (code, size) in Self.codes {
            for bit in UInt32(0)..<5 {
                let guest = try run(code, setting) { guest in
                    guest.enterRing3()
                    guest.refuse(0x300 + bit)
                }
                #expect(bit < size ? guest.isRefused : isAllowed(guest), "\(code) \(bit)")
            }
        }
    }

    @Test("P5 in virtual-8086 mode the bitmap decides, whatever IOPL is", arguments: TierSetting.all)
    func virtual8086(_ setting: TierSetting) throws {
        for iopl in UInt32(0)...3 {
            for code: [UInt8] in [[0xEC], [0xEF], [0x6C], [0xF3, 0x6E]] {
                let open = try run(code, setting) { $0.enterRing3(virtual: true, iopl: iopl) }
                #expect(isAllowed(open))
                let shut = try run(code, setting) { guest in
                    guest.enterRing3(virtual: true, iopl: iopl)
                    guest.refuse(0x300)
                }
                #expect(shut.isRefused)
            }
        }
    }

    @Test("P6 a TSS of the 80286 has no bitmap: refused", arguments: TierSetting.all)
    func task286(_ setting: TierSetting) throws {
        for (code, _) in Self.codes {
            #expect(try run(code, setting) { $0.enterRing3(type: 0x83) }.isRefused)
        }
    }

    @Test("P7 a TSS that ends before its bitmap's address: refused", arguments: TierSetting.all)
    func shortTask(_ setting: TierSetting) throws {
        for limit: UInt32 in [0, 0x64, 0x66] {
            #expect(try run([0xEC], setting) { $0.enterRing3(limit: limit, bitmap: 0) }.isRefused)
        }
        // With limit 67h a bitmap at 0 has ports 0 to 33Fh less the last byte's.
        #expect(isAllowed(try run([0xEC], setting) { $0.enterRing3(limit: 0x67, bitmap: 0) }))
    }

    @Test("P8 a bitmap at or behind the limit refuses every port", arguments: TierSetting.all)
    func bitmapBehindLimit(_ setting: TierSetting) throws {
        for bitmap: UInt16 in [0x68, 0x69, 0x1000, 0xFFFF] {
            for port: UInt32 in [0, 0x300, 0xFFFF] {
                let guest = try run([0xEC], setting, port: port) { $0.enterRing3(limit: 0x68, bitmap: bitmap) }
                #expect(guest.isRefused, "\(bitmap) \(port)")
            }
        }
    }

    @Test("P9 two bytes are read: the one behind the port's must lie within the limit", arguments: TierSetting.all)
    func lastByte(_ setting: TierSetting) throws {
        let last: UInt32 = 0x68 + 0x300 / 8
        for (code, _) in Self.codes {
            #expect(try run(code, setting) { $0.enterRing3(limit: last) }.isRefused, "\(code)")
            #expect(isAllowed(try run(code, setting) { $0.enterRing3(limit: last + 1) }), "\(code)")
        }
    }

    @Test("P10 a width over two bytes of the bitmap looks at both", arguments: TierSetting.all)
    func acrossBytes(_ setting: TierSetting) throws {
        for (code, first, size) in [([0x66, 0xED], 7, 2), ([0xED], 5, 4), ([0xED], 7, 4)] as [([UInt8], UInt32, UInt32)]
        {
            for bit in UInt32(0)..<5 {
                let guest = try run(code, setting, port: 0x300 + first) { guest in
                    guest.enterRing3()
                    guest.refuse(0x300 + first + bit)
                }
                #expect(bit < size ? guest.isRefused : guest.exit == .budget, "\(first) \(bit)")
            }
        }
    }

    @Test("P11 bits behind port FFFF fall into the trailing byte", arguments: TierSetting.all)
    func lastPort(_ setting: TierSetting) throws {
        for (code, port) in [([0x66, 0xED], 0xFFFF), ([0xED], 0xFFFE), ([0xED], 0xFFFD)] as [([UInt8], UInt32)] {
            let open = try run(code, setting, port: port) { $0.enterRing3() }
            #expect(open.exit == .budget)
            let shut = try run(code, setting, port: port) { guest in
                guest.enterRing3()
                guest.load([0xFF], at: PortGuest.task + 0x68 + 0x2000)
            }
            #expect(shut.isRefused)
        }
        // A byte at FFFF needs the trailing byte, and none of its bits.
        let byte = try run([0xEC], setting, port: 0xFFFF) { guest in
            guest.enterRing3()
            guest.load([0xFF], at: PortGuest.task + 0x68 + 0x2000)
        }
        #expect(byte.exit == .budget)
        #expect(try run([0xEC], setting, port: 0xFFFF) { $0.enterRing3(limit: 0x68 + 0x1FFF) }.isRefused)
    }

    @Test("P13 what changes in the bitmap between iterations counts at the next start", arguments: TierSetting.all)
    func change(_ setting: TierSetting) throws {
        let guest = try portGuest(setting) { guest in
            guest.enterRing3()
            guest.code = [0xF3, 0x6C]
            guest.fuel = 10
            // Each piece of the run starts the instruction anew, as the return from a handler does.
            guest.slice = 1
            guest.set(\.ecx, 5)
            guest.set(\.edi, 0x6000)
            guest.probe.onAccess = { [unowned guest] _ in
                if guest.probe.state.log.count == 2 { guest.refuse(0x300) }
            }
        }
        #expect(guest.exit == .stopped(.fault(Fault(.generalProtection))) && guest.probe.log.count == 2)
        #expect(guest.gpr.ecx == 3 && guest.gpr.edi == 0x6002 && guest.state.eip == guest.origin)
    }
}
