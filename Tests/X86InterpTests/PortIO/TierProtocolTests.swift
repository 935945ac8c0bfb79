import Testing
import X86Interp

/// Section 5.8: what devices and hosts may do from within and around a transfer.
@Suite("Port I/O: tier protocol", .timeLimit(.minutes(30)))
struct TierProtocolTests {
    @Test("T1 a device that resets the processor: the next fetch is at the reset vector", arguments: TierSetting.all)
    func reset(_ setting: TierSetting) throws {
        for code in [[0xEE], [0xF3, 0x6E], [0xEF]] as [[UInt8]] {
            let guest = try portGuest(setting, widths: .byte) { guest in
                try guest.machine.memory.mapROM(
                    [UInt8](repeating: 0xF4, count: 4096), at: 0xFFFF_F000, name: "firmware")
                guest.code = code
                guest.set(\.ecx, 5)
                guest.probe.onAccess = { [unowned guest] _ in
                    if guest.probe.state.log.count == 1 { guest.machine.bus.pulseReset() }
                }
            }
            #expect(guest.exit == .halted && guest.state.eip == 0xFFF1 && guest.state.segments.cs.selector == 0xF000)
            // A word goes to both of its bytes, a REP ends with its iteration.
            #expect(guest.probe.log.count == (code == [0xEF] ? 2 : 1) && guest.gpr.ecx == 0)
            #expect(guest.state.instructions == 2)
        }
    }

    @Test("T2 a device sees the IP of the OUT and time as of its access", arguments: TierSetting.all)
    func instructionPointer(_ setting: TierSetting) throws {
        var seen: [UInt32] = []
        let guest = try portGuest(setting) { guest in
            guest.code = [0x90, 0xEE, 0x90, 0x26, 0xF3, 0x6C, 0x90]
            guest.set(\.ecx, 2)
            guest.set(\.edi, 0x600)
            seen = []
            guest.probe.onAccess = { [unowned guest] access in
                seen.append(guest.machine.state.eip)
                #expect(guest.machine.state.instructions == access.time)
            }
        }
        #expect(guest.isAtEnd && seen == [0x7C01, 0x7C03, 0x7C03])
        #expect(guest.probe.state.log.map(\.time) == [1, 3, 4])
    }

    @Test("T2 a device patches the instruction behind the OUT", arguments: TierSetting.all)
    func patchesNext(_ setting: TierSetting) throws {
        let guest = try portGuest(setting) { guest in
            guest.code = [0xEE, 0x90]
            guest.probe.onAccess = { [unowned guest] _ in guest.load([0x43], at: guest.machine.state.eip + 1) }
        }
        #expect(guest.isAtEnd && guest.gpr.ebx == 1)
    }

    @Test(
        "T2 a device patches the very instruction that accesses it: that one ends as it began",
        arguments: TierSetting.all)
    func patchesItself(_ setting: TierSetting) throws {
        // in ax,dx, an in eax,dx that crosses a page, and insd, all in byte cycles: each becomes INC BX under way.
        for (code, origin) in [([0xED], 0x7C00), ([0x66, 0xED], 0x7FFF), ([0x66, 0x6D], 0x7C00)] as [([UInt8], UInt32)]
        {
            let guest = try portGuest(setting, widths: .byte) { guest in
                guest.origin = origin
                guest.code = code
                guest.set(\.edi, 0x600)
                guest.probe.onAccess = { [unowned guest] _ in
                    guest.load([UInt8](repeating: 0x43, count: code.count), at: origin)
                }
            }
            #expect(guest.isAtEnd && guest.gpr.ebx == 0 && guest.bytes(origin, 1) == [0x43])
            let count = code.count == 1 ? 2 : 4
            #expect(guest.probe.log.count == count)
            #expect(code.last == 0x6D ? guest.bytes(0x600, 5) == [1, 2, 3, 4, 0] : guest.gpr.eax & 0xFFFF == 0x0201)
        }
    }

    @Test(
        "T2 a device patches the REP that accesses it: the next iteration is the new code", arguments: TierSetting.all)
    func patchesRepeat(_ setting: TierSetting) throws {
        let guest = try portGuest(setting) { guest in
            guest.code = [0xF3, 0x6C]
            guest.set(\.ecx, 5)
            guest.set(\.edi, 0x600)
            guest.probe.onAccess = { [unowned guest] _ in guest.load([0x43, 0x43], at: 0x7C00) }
        }
        #expect(guest.isAtEnd && guest.gpr.ebx == 2 && guest.gpr.ecx == 4 && guest.gpr.edi == 0x601)
    }

    @Test("T3 an interrupt that a device raises comes behind the iteration, not within", arguments: TierSetting.all)
    func synchronousInterrupt(_ setting: TierSetting) throws {
        let guest = try portGuest(setting, widths: .byte) { guest in
            guest.code = [0xF3, 0x6D]
            guest.state.eflags.insert(.interrupt)
            guest.set(\.ecx, 3)
            guest.set(\.edi, 0x600)
            guest.machine.bus.acknowledge = { [unowned guest] in
                guest.machine.bus.setINTR(false)
                return 0x20
            }
            guest.probe.onAccess = { [unowned guest] _ in
                if guest.probe.state.log.count == 3 { guest.machine.bus.setINTR(true) }
            }
        }
        #expect(guest.vectorReached == 0x20 && guest.probe.log.count == 4)
        #expect(guest.bytes(0x600, 5) == [1, 2, 3, 4, 0] && guest.gpr.ecx == 1 && guest.gpr.edi == 0x604)
    }

    @Test("T5 a block counts elements, not bytes", arguments: TierSetting.all)
    func blockCounts(_ setting: TierSetting) throws {
        for (code, width) in [([0xF3, 0x6C], 1), ([0xF3, 0x6D], 2), ([0x66, 0xF3, 0x6D], 4)] as [([UInt8], UInt32)] {
            let guest = try portGuest(setting, probe: .block) { guest in
                guest.code = code
                guest.set(\.ecx, 100)
                guest.set(\.edi, 0x700)
            }
            let expected = (1...100).flatMap { [UInt8](repeating: UInt8($0), count: Int(width)) }
            let arrived = guest.bytes(0x700, Int(100 * width) + 1) == expected + [0]
            #expect(guest.isAtEnd && arrived && guest.gpr.edi == 0x700 + 100 * width)
        }
    }

    @Test(
        "T6 a transfer larger than a page goes in several blocks and writes nothing behind its end",
        arguments: TierSetting.all)
    func severalBlocks(_ setting: TierSetting) throws {
        let guest = try PortGuest(setting, probe: BlockProbePort(), hasLedger: false)
        guest.fuel = 20_000
        guest.code = [0xF3, 0x6D]
        guest.probe.answer = { UInt32($0 & 0xFF) * 0x0101 }
        guest.state.segments.es = Segment(realMode: 0x2000)
        guest.set(\.ecx, 6000)
        guest.set(\.edi, 0x0FF1)
        guest.start()
        try guest.run()
        let expected = (0..<6000).flatMap { [UInt8](repeating: UInt8(truncatingIfNeeded: $0), count: 2) }
        let arrived = guest.bytes(0x20FF0, 12002) == [0] + expected + [0]
        #expect(guest.isAtEnd && arrived && guest.probe.log.count == 6000)
        let blocks = (guest.probe as? BlockProbePort)?.blocks ?? []
        #expect(setting == .kernel ? blocks.reduce(0, +) > 5000 && blocks.allSatisfy { $0 <= 2048 } : blocks == [])
    }

    @Test("T7 no block reads ahead of an element that faults", arguments: TierSetting.all)
    func noReadAhead(_ setting: TierSetting) throws {
        for hasLedger in [true, false] {
            let guest = try PortGuest(setting, probe: BlockProbePort(), hasLedger: hasLedger)
            guest.code = [0xF3, 0x6D]
            guest.state.segments.es.limit = 0x680
            guest.set(\.ecx, 0x200)
            guest.set(\.edi, 0x600)
            guest.start()
            try guest.run()
            #expect(guest.vectorReached == 13 && guest.stackWord(0) == 0x7C00)
            #expect(guest.probe.state.served == 64 && guest.gpr.ecx == 0x200 - 64 && guest.gpr.edi == 0x680)
        }
    }

    @Test("T8 a request says width, direction, element and how many are left", arguments: TierSetting.all)
    func requestFields(_ setting: TierSetting) throws {
        let guest = try portGuest(setting) { guest in
            guest.code = [0xF3, 0x6F, 0x66, 0xEF]
            guest.load([1, 2, 3, 4], at: 0x600)
            guest.set(\.ecx, 2)
            guest.set(\.esi, 0x600)
            guest.set(\.eax, 0x1234_5678)
        }
        let expected = [
            PortRequest(port: 0x300, width: .word, direction: .out, value: 0x0201, element: 0, remaining: 2),
            PortRequest(port: 0x300, width: .word, direction: .out, value: 0x0403, element: 1, remaining: 1),
            PortRequest(port: 0x300, width: .dword, direction: .out, value: 0x1234_5678),
        ]
        #expect(guest.requests == (setting == .kernel ? [] : expected))
        #expect(guest.transactions.map(\.element) == [0, 1, 0] && guest.transactions.map(\.remaining) == [2, 1, 1])
    }

    @Test("T9 blocks and single accesses leave equal logs", arguments: TierSetting.all)
    func equalLogs(_ setting: TierSetting) throws {
        let codes: [[UInt8]] = [[0xF3, 0x6C], [0xF3, 0x6D], [0x66, 0xF3, 0x6D], [0xF3, 0x6E], [0x66, 0xF3, 0x6F]]
        for code in codes {
            for isDown in [false, true] {
                func finished(_ kind: ProbeKind) throws -> PortGuest {
                    try portGuest(setting, probe: kind) { guest in
                        guest.code = code
                        if isDown { guest.state.eflags.insert(.direction) }
                        guest.load((0..<200).map { UInt8($0) }, at: 0x1FC0)
                        guest.set(\.ecx, 40)
                        guest.set(\.edi, 0x2003)
                        guest.set(\.esi, 0x2003)
                    }
                }
                let (single, block) = (try finished(.plain), try finished(.block))
                #expect(single.isAtEnd && single.probe.log == block.probe.log && single.state == block.state)
                #expect(single.bytes(0x1F00, 0x300) == block.bytes(0x1F00, 0x300))
            }
        }
    }

    @Test("T10 a kernel-tier device that defers hands over once, nothing is done twice", arguments: TierSetting.all)
    func deferring(_ setting: TierSetting) throws {
        let guest = try PortGuest(setting, probe: DeferringProbePort())
        guest.code = [0xF3, 0x6C, 0xED, 0xEF]
        guest.set(\.ecx, 4)
        guest.set(\.edi, 0x600)
        guest.set(\.edx, 0x301)
        let device = guest.probe as? DeferringProbePort
        // Every second question is handed over.
        device?.rule = { $0 % 2 == 1 }
        guest.start()
        try guest.run()
        #expect(guest.isAtEnd && guest.bytes(0x600, 5) == [1, 2, 3, 4, 0] && guest.gpr.eax == 0x0605)
        #expect(guest.probe.log.count == 8 && guest.probe.values.suffix(2) == [5, 6])
        #expect(guest.requests.count == (setting == .kernel ? 4 : 8))
        #expect(device?.questions == (setting == .kernel ? 8 : 0))
        #expect(guest.transactions.count == 8)
    }

    @Test(
        "T11 nobody claims the port: all ones, or a stop before the access, as the policy says",
        arguments: TierSetting.all)
    func unmapped(_ setting: TierSetting) throws {
        let guest = try PortGuest(setting, widths: .byte)
        guest.code = [0xED]
        guest.set(\.edx, 0x30F)
        guest.state.eflags.insert(.trap)
        guest.machine.cpu.unmappedPolicy = .stop
        guest.start()
        let request = PortRequest(port: 0x310, width: .byte, direction: .in)
        #expect(try guest.run() == .stopped(.unmappedPort(request)))
        #expect(guest.state.eip == 0x7C00 && guest.state.instructions == 0 && guest.transactions.count == 1)
        // Stopped again, the first half is not read again.
        guest.machine.bus.raiseNMI()
        #expect(try guest.run() == .stopped(.unmappedPort(request)))
        guest.machine.cpu.unmappedPolicy = .float
        try guest.run()
        // The trap comes first, then NMI, before the trap handler's first instruction.
        #expect(guest.vectorReached == 2 && guest.stackWord(0) == 0x501 && guest.stackWord(3) == 0x7C01)
        #expect(guest.gpr.eax == 0xFF01 && guest.probe.log.count == 1)
        #expect(guest.transactions.map(\.device) == ["probe", nil] && guest.transactions.last?.tier == nil)
    }

    @Test(
        "T12 a user-tier device that fails leaves the request pending; the host may float it",
        arguments: [
            TierSetting.user, .delayed,
        ])
    func failingDevice(_ setting: TierSetting) throws {
        let guest = try PortGuest(setting)
        guest.code = [0xED]
        guest.start()
        let request = PortRequest(port: 0x300, width: .word, direction: .in)
        #expect(try guest.machine.run(.resume, until: 100) == .port(request))
        guest.machine.bus.stop(.requested)
        // Whatever else is asked for, the question stays.
        for _ in 0..<3 { #expect(try guest.machine.run(.resume, until: 100) == .port(request)) }
        #expect(guest.machine.state.pendingRequest == request && guest.machine.state.instructions == 0)
        #expect(try guest.machine.run(.complete(.floating(for: request)), until: 100) == .stopped(.requested))
        #expect(guest.machine.state.gpr.eax == 0xFFFF && guest.machine.state.eip == 0x7C01)
    }

    @Test("OUTS reads its source once, however many answers it waits for", arguments: TierSetting.all)
    func sourceIsReadOnce(_ setting: TierSetting) throws {
        for widths in [WidthSet.all, .byte] {
            let window = ProbeWindow()
            let guest = try PortGuest(setting, widths: widths)
            try guest.machine.memory.claim(MemoryRegion(start: 0x2000, size: 0x1000), for: window)
            guest.code = [0xF3, 0x6F]
            guest.set(\.ecx, 2)
            guest.set(\.esi, 0x2000)
            guest.start()
            try guest.run()
            #expect(guest.isAtEnd && window.log == [.read(0, .word, 0), .read(2, .word, 0)])
            #expect(guest.state.portProgress == PortProgress())
        }
    }

    @Test("T13 a REP without end honours fuel and the stop button between iterations", arguments: TierSetting.all)
    func endless(_ setting: TierSetting) throws {
        for kind in [ProbeKind.plain, .block] {
            let fuel = try portGuest(setting, probe: kind) { guest in
                guest.code = [0xF3, 0x6E, 0xEB, 0xFC]
                guest.set(\.ecx, 0xFFFF_FFFF)
                guest.fuel = 777
            }
            #expect(fuel.exit == .budget && fuel.state.instructions == 777 && fuel.probe.log.count == 777)
        }
        let stopped = try portGuest(setting) { guest in
            guest.code = [0xF3, 0x6E]
            guest.set(\.ecx, 0xFFFF_FFFF)
            guest.probe.onAccess = { [unowned guest] _ in
                if guest.probe.state.log.count == 50 { guest.machine.bus.stop(.requested) }
            }
        }
        #expect(stopped.exit == .stopped(.requested) && stopped.gpr.ecx == 0xFFFF_FFFF - 50)
        #expect(stopped.state.eip == 0x7C00 && stopped.probe.log.count == 50)
    }

    @Test(
        "T14 a device that runs the machine from within is refused, and may read other ports",
        arguments: TierSetting.all)
    func reentrance(_ setting: TierSetting) throws {
        let guest = try PortGuest(setting)
        let other = ProbePort("other")
        try guest.claim(0x400...0x400, other)
        guest.code = [0xF3, 0x6C]
        guest.set(\.ecx, 2)
        guest.set(\.edi, 0x600)
        guest.probe.onAccess = { [unowned guest] _ in
            let request = PortRequest(port: 0x400, width: .byte, direction: .in)
            #expect(guest.machine.ports.serve(request).value == UInt32(guest.probe.state.served))
            if setting == .kernel {
                #expect(throws: EntryError.reentered) { try guest.machine.run(.resume, until: 100) }
            } else {
                // The host answers from outside: entering again without an answer gives the same question.
                let again = try? guest.machine.run(.resume, until: 100)
                #expect(again.map { if case .port = $0 { true } else { false } } == true)
            }
        }
        guest.start()
        try guest.run()
        #expect(guest.isAtEnd && guest.bytes(0x600, 3) == [1, 2, 0] && other.log.count == 2)
    }

    @Test(
        "T15 peek changes nothing, is split as a read is, and says nil where a device cannot tell",
        arguments: TierSetting.all)
    func peek(_ setting: TierSetting) throws {
        final class Opaque: PortDevice {
            let name = "opaque"
            func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 { 0 }
            func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {}
            func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? { nil }
        }
        let guest = try PortGuest(setting)
        let word = ProbePort("word")
        word.answers([0xBEEF])
        try guest.claim(0x400...0x401, word, widths: .word)
        try guest.machine.ports.claim(0x500...0x500, for: Opaque())
        guest.code = [0xEC]
        guest.start()
        let ports = guest.machine.ports
        let before = guest.machine.state
        #expect(ports.peek(0x300, .byte) == 1 && ports.peek(0x300, .dword) == 0x0101_0101)
        #expect(ports.peek(0x301, .word) == 0x0101 && ports.peek(0x30F, .word) == 0xFF01)
        #expect(ports.peek(0x400, .byte) == 0xEF && ports.peek(0x401, .byte) == 0xBE)
        #expect(ports.peek(0x401, .word) == 0xFFBE && ports.peek(0x400, .dword) == 0xFFFF_BEEF)
        #expect(ports.peek(0x600, .dword) == 0xFFFF_FFFF && ports.peek(0xFFFF, .word) == 0xFFFF)
        #expect(ports.peek(0x500, .byte) == nil && ports.peek(0x4FF, .word) == nil)
        #expect(guest.machine.state == before && guest.transactions == [] && guest.probe.log == [])
        try guest.run()
        #expect(guest.isAtEnd && guest.gpr.eax == 1)
    }
}
