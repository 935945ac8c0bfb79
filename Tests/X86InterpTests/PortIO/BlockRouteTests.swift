import Testing

@testable import X86Interp

/// REP INS and OUTS at devices whose registers are narrower or wider than the element: by blocks as one by one.
@Suite(.timeLimit(.minutes(30))) struct BlockRouteTests {
    /// Where the probe's registers are, from port 300.
    enum Registers: CaseIterable {
        case byteFirst, byteSecond, byteThird, twoBytes, wordFirst, wordSecond, wordAndByte, dword, dwordNoLanes, none

        var claims: [(ClosedRange<UInt16>, WidthSet, NarrowAccess)] {
            switch self {
            case .byteFirst: [(0x300...0x300, .byte, .lane)]
            case .byteSecond: [(0x301...0x301, .byte, .lane)]
            case .byteThird: [(0x302...0x302, .byte, .lane)]
            case .twoBytes: [(0x300...0x301, .byte, .lane)]
            case .wordFirst: [(0x300...0x301, .word, .lane)]
            case .wordSecond: [(0x302...0x303, .word, .lane)]
            case .wordAndByte: [(0x300...0x301, .word, .lane), (0x302...0x302, .byte, .lane)]
            case .dword: [(0x300...0x303, .dword, .lane)]
            case .dwordNoLanes: [(0x300...0x303, .dword, .floating)]
            case .none: []
            }
        }

        /// How many devices' cycles an element at port 300 has, or a part of one.
        func cycles(_ width: Width) -> Int {
            switch (self, width) {
            case (.none, _), (.dwordNoLanes, .byte), (.dwordNoLanes, .word): 0
            case (.byteSecond, .byte), (.byteThird, .byte), (.byteThird, .word): 0
            case (.wordSecond, .byte), (.wordSecond, .word): 0
            case (.twoBytes, .word), (.twoBytes, .dword), (.dword, .word), (.wordAndByte, .dword): 2
            default: 1
            }
        }
    }

    private static let opcodes: [([UInt8], Width, Bool)] = [
        ([0xF3, 0x6C], .byte, true), ([0xF3, 0x6D], .word, true), ([0x66, 0xF3, 0x6D], .dword, true),
        ([0xF3, 0x6E], .byte, false), ([0xF3, 0x6F], .word, false), ([0x66, 0xF3, 0x6F], .dword, false),
    ]

    private func guest(
        _ probe: ProbePort, _ registers: Registers, _ code: [UInt8], _ setting: TierSetting, count: UInt32
    ) throws -> PortGuest {
        let guest = try PortGuest(setting, probe: ProbePort("other"), hasLedger: false)
        guest.machine.ports.withdraw(guest.probe)
        for (ports, widths, narrow) in registers.claims {
            try guest.claim(ports, probe, widths: widths, narrow: narrow)
        }
        guest.code = code
        guest.load((0..<0x4000).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }, at: 0x20000)
        guest.state.segments.es = Segment(realMode: 0x2000)
        guest.state.segments.ds = Segment(realMode: 0x2000)
        guest.set(\.ecx, count)
        guest.set(\.edi, 0x0E01)
        guest.set(\.esi, 0x0E01)
        guest.start()
        try guest.run()
        return guest
    }

    @Test(arguments: Registers.allCases, TierSetting.all)
    func blocksAreTheirElements(registers: Registers, setting: TierSetting) throws {
        for (code, width, isInput) in Self.opcodes {
            // Elements cross pages, and a block's own limit.
            for count in [1, 2, 700, UInt32(BlockRoute.mostElements) + 5] where setting == .kernel || count < 1000 {
                let plain = ProbePort()
                let block = BlockProbePort()
                for probe in [plain, block] { probe.answer = { UInt32(truncatingIfNeeded: $0 &* 0x0102_0305 &+ 9) } }
                let expected = try guest(plain, registers, code, .kernel, count: count)
                let found = try guest(block, registers, code, setting, count: count)
                let text = "\(registers) \(code) \(count)"
                #expect(expected.isAtEnd && found.isAtEnd, "\(text)")
                #expect(found.gpr == expected.gpr, "\(text)")
                #expect(found.state.instructions == expected.state.instructions, "\(text)")
                #expect(found.bytes(0x20000, 0x4000) == expected.bytes(0x20000, 0x4000), "\(text)")
                #expect(block.log == plain.log, "\(text)")
                #expect(found.machine.cpu.floatingReads == expected.machine.cpu.floatingReads, "\(text)")
                guard count > 2, setting == .kernel else { continue }
                #expect(block.blocks.isEmpty == (registers.cycles(width) != 1), "\(text)")
                #expect(isInput || found.machine.cpu.floatingReads.isEmpty, "\(text)")
            }
        }
    }

    /// Words of two devices: blocks where what comes first cannot be told.
    @Test(arguments: [BlockOrder.none, .ordered, .free], [BlockOrder.none, .ordered, .free])
    func twoDevicesAreReadAndWrittenByBlocks(first: BlockOrder, second: BlockOrder) throws {
        for isInput in [true, false] {
            func run(_ make: () -> ProbePort) throws -> (PortGuest, [ProbePort]) {
                let guest = try PortGuest(.kernel, probe: ProbePort("other"), hasLedger: false)
                guest.machine.ports.withdraw(guest.probe)
                let probes = [make(), make()]
                for (number, probe) in probes.enumerated() {
                    probe.answer = { UInt32(truncatingIfNeeded: $0 &* 7 &+ number) }
                    (probe as? BlockProbePort)?.order = [first, second][number]
                    let port = UInt16(0x300 + number)
                    try guest.machine.ports.claim(port...port, for: probe, widths: .byte)
                }
                guest.code = isInput ? [0xF3, 0x6D] : [0xF3, 0x6F]
                guest.load((0..<0x1000).map { UInt8(truncatingIfNeeded: $0 &* 11) }, at: 0x20000)
                guest.state.segments.es = Segment(realMode: 0x2000)
                guest.state.segments.ds = Segment(realMode: 0x2000)
                guest.set(\.ecx, 700)
                guest.start()
                try guest.run()
                return (guest, probes)
            }
            let (expected, plain) = try run { ProbePort() }
            let (found, probes) = try run { BlockProbePort() }
            #expect(found.isAtEnd && found.gpr == expected.gpr)
            #expect(found.bytes(0x20000, 0x1000) == expected.bytes(0x20000, 0x1000))
            #expect(zip(plain, probes).allSatisfy { $0.log == $1.log && $0.log.count == 700 })
            let isQuick = first != .none && second != .none && (isInput || first == .free || second == .free)
            #expect(probes.allSatisfy { ($0 as? BlockProbePort)?.blocks.isEmpty == !isQuick })
        }
    }

    /// An unmapped port that ends the run does so at the first element, also beside a device.
    @Test func unmappedPortsStop() throws {
        for registers in [Registers.byteFirst, .none] {
            let guest = try PortGuest(.kernel, probe: ProbePort("other"), hasLedger: false)
            guest.machine.ports.withdraw(guest.probe)
            let probe = BlockProbePort()
            for (ports, widths, _) in registers.claims { try guest.claim(ports, probe, widths: widths) }
            guest.machine.cpu.unmappedPolicy = .stop
            guest.code = [0xF3, 0x6D]
            guest.set(\.ecx, 100)
            guest.start()
            let exit = try guest.run()
            guard case .stopped(.unmappedPort(let request)) = exit else {
                Issue.record("\(exit)")
                continue
            }
            #expect(request.port == (registers == .none ? 0x300 : 0x301) && request.element == 0)
            #expect(probe.blocks.isEmpty && probe.log.count == registers.claims.count)
        }
    }

    /// A breakpoint at the port beside the device's sees its cycle of each element.
    @Test func watchedPortsGoOneByOne() throws {
        let guest = try PortGuest(.kernel, probe: ProbePort("other"), hasLedger: false)
        guest.machine.ports.withdraw(guest.probe)
        let probe = BlockProbePort()
        try guest.claim(0x300...0x300, probe, widths: .byte)
        let listener = Listener()
        guest.machine.cpu.observe(with: listener, [.ports(0x301...0x301)])
        guest.code = [0xF3, 0x6D]
        guest.set(\.ecx, 100)
        guest.set(\.edi, 0x8000)
        guest.start()
        try guest.run()
        #expect(guest.isAtEnd && listener.count == 100 && probe.log.count == 100 && probe.blocks.isEmpty)
    }

    private final class Listener: Observer {
        var count = 0
        func didTransfer(_ transaction: PortTransaction) -> ObserverVerdict {
            count += 1
            return .goOn
        }
    }
}
