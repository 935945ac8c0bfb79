import Testing
import X86Interp

/// Section 5.6, the rows of the debug registers.
@Suite("Port I/O: debug registers", .timeLimit(.minutes(30)))
struct PortBreakpointTests {
    /// What a breakpoint watches, as DR7 has it.
    private enum Kind: UInt32 {
        case write = 1
        case port = 2
        case readWrite = 3
    }

    /// Sets breakpoint 0; `size` is 1, 2 or 4.
    private func watch(_ guest: PortGuest, _ kind: Kind, _ address: UInt32, size: UInt32 = 1, hasDE: Bool = true) {
        guest.state.dr0 = address
        guest.state.dr7 = 0x401 | kind.rawValue << 16 | (size - 1) << 18
        if hasDE { guest.state.cr4 |= 8 }
    }

    /// Whether #DB came with B0 in DR6 and an IP.
    private func hasTrapped(_ guest: PortGuest, at ip: UInt16) -> Bool {
        guest.vectorReached == 1 && guest.state.dr6 & 0xF == 1 && guest.stackWord(0) == ip
    }

    @Test(
        "I9 an I/O breakpoint traps behind the access, in a REP behind the first iteration", arguments: TierSetting.all)
    func behindTheAccess(_ setting: TierSetting) throws {
        for kind in ProbeKind.allCases {
            for code: [UInt8] in [[0xEC], [0xEE], [0x6C], [0x6E], [0xED], [0x66, 0xED]] {
                let guest = try portGuest(setting, probe: kind) { guest in
                    watch(guest, .port, 0x300)
                    guest.code = code + [0x43]
                    guest.set(\.edi, 0x600)
                }
                #expect(hasTrapped(guest, at: 0x7C00 + UInt16(code.count)) && guest.probe.log.count == 1, "\(code)")
                #expect(guest.gpr.ebx == 0)
            }
            for code: [UInt8] in [[0xF3, 0x6C], [0x26, 0xF3, 0x6E]] {
                let guest = try portGuest(setting, probe: kind) { guest in
                    watch(guest, .port, 0x300)
                    guest.code = code
                    guest.set(\.ecx, 3)
                    guest.set(\.edi, 0x600)
                    guest.set(\.esi, 0x600)
                }
                #expect(hasTrapped(guest, at: 0x7C00) && guest.gpr.ecx == 2 && guest.probe.log.count == 1, "\(code)")
            }
            // IRET goes on: one trap an iteration, nothing lost.
            let resumed = try portGuest(setting, probe: kind) { guest in
                watch(guest, .port, 0x300)
                guest.code = [0xF3, 0x6C]
                guest.setHandler(1, [0x43, 0xCF])
                guest.set(\.ecx, 4)
                guest.set(\.edi, 0x600)
            }
            #expect(resumed.isAtEnd && resumed.gpr.ebx == 4 && resumed.bytes(0x600, 5) == [1, 2, 3, 4, 0])
        }
    }

    @Test("I10 without CR4.DE an I/O breakpoint never fires", arguments: TierSetting.all)
    func withoutDE(_ setting: TierSetting) throws {
        for code: [UInt8] in [[0xEC], [0xEF], [0xF3, 0x6C], [0xF3, 0x6E]] {
            let guest = try portGuest(setting) { guest in
                watch(guest, .port, 0x300, hasDE: false)
                guest.code = code
                guest.set(\.ecx, 2)
                guest.set(\.edi, 0x600)
            }
            #expect(guest.isAtEnd && guest.state.dr6 & 0xF == 0)
        }
    }

    @Test("I11 length and alignment decide what an I/O breakpoint covers", arguments: TierSetting.all)
    func lengthAndAlignment(_ setting: TierSetting) throws {
        let word: [UInt8] = [0xED]
        let dword: [UInt8] = [0x66, 0xED]
        let cases: [(address: UInt32, size: UInt32, code: [UInt8], port: UInt32, hits: Bool)] = [
            (0x309, 1, word, 0x308, true), (0x309, 1, [0xEC], 0x308, false), (0x30A, 1, word, 0x308, false),
            (0x30A, 1, word, 0x309, true), (0x308, 2, [0xEC], 0x309, true), (0x309, 2, [0xEC], 0x308, true),
            (0x309, 2, [0xEC], 0x30A, false), (0x30B, 1, dword, 0x308, true), (0x30C, 1, dword, 0x308, false),
            (0x308, 4, [0xEC], 0x30B, true), (0x30B, 4, [0xEC], 0x308, true), (0x308, 4, word, 0x30C, false),
            (0x304, 4, word, 0x307, true),
        ]
        for (address, size, code, port, hits) in cases {
            let guest = try portGuest(setting) { guest in
                watch(guest, .port, address, size: size)
                guest.code = code
                guest.set(\.edx, port)
            }
            #expect(hits ? hasTrapped(guest, at: 0x7C00 + UInt16(code.count)) : guest.isAtEnd, "\(address) \(port)")
        }
    }

    @Test(
        "I12 a data breakpoint on the destination of INS traps behind the iteration that writes it",
        arguments: TierSetting.all)
    func data(_ setting: TierSetting) throws {
        for kind in ProbeKind.allCases {
            for watched: Kind in [.write, .readWrite] {
                let guest = try portGuest(setting, probe: kind) { guest in
                    watch(guest, watched, 0x602)
                    guest.code = [0xF3, 0x6C]
                    guest.set(\.ecx, 5)
                    guest.set(\.edi, 0x600)
                }
                #expect(hasTrapped(guest, at: 0x7C00) && guest.gpr.ecx == 2 && guest.gpr.edi == 0x603)
                #expect(guest.bytes(0x600, 4) == [1, 2, 3, 0] && guest.probe.log.count == 3)
            }
            // OUTS reads: a write breakpoint stays silent.
            for (watched, hits) in [(Kind.readWrite, true), (.write, false)] {
                let guest = try portGuest(setting, probe: kind) { guest in
                    watch(guest, watched, 0x601)
                    guest.code = [0xF3, 0x6E]
                    guest.set(\.ecx, 3)
                    guest.set(\.esi, 0x600)
                }
                #expect(hits ? hasTrapped(guest, at: 0x7C00) && guest.gpr.ecx == 1 : guest.isAtEnd)
            }
            let last = try portGuest(setting, probe: kind) { guest in
                watch(guest, .write, 0x600)
                guest.code = [0x6C]
                guest.set(\.edi, 0x600)
            }
            #expect(hasTrapped(last, at: 0x7C01) && last.bytes(0x600, 1) == [1])
        }
    }
}
