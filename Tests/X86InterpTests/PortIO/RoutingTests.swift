import Testing
import X86Interp

/// Section 5.7: which cycles an access becomes, and who gets them.
@Suite("Port I/O: width, splitting, routing", .timeLimit(.minutes(30)))
struct PortRoutingTests {
    /// The cycles of an IN and an OUT at a port, as offset and width; both must be split alike.
    private func cycles(
        _ setting: TierSetting, port: UInt16, width: Width, bus: Width = .dword, widths: WidthSet = .all
    ) throws -> [PortAccess] {
        let (read, write): ([UInt8], [UInt8]) =
            switch width {
            case .byte: ([0xEC], [0xEE])
            case .word: ([0xED], [0xEF])
            case .dword: ([0x66, 0xED], [0x66, 0xEF])
            }
        let guest = try portGuest(setting, widths: widths) { guest in
            guest.machine.ports.busWidth = bus
            guest.code = read + write
            guest.set(\.edx, UInt32(port))
        }
        #expect(guest.isAtEnd)
        let half = guest.probe.log.count / 2
        let (reads, writes) = (guest.probe.log.prefix(half), guest.probe.log.suffix(half))
        #expect(reads.map(\.offset) == writes.map(\.offset) && reads.map(\.width) == writes.map(\.width))
        #expect(zip(reads, writes).allSatisfy { $0.value & $0.width.mask == $1.value })
        return reads.map { .read($0.offset, $0.width, 0) }
    }

    @Test("W1 a word at an odd port is two byte cycles, low first", arguments: TierSetting.all)
    func oddWord(_ setting: TierSetting) throws {
        #expect(try cycles(setting, port: 0x301, width: .word) == [.read(1, .byte, 0), .read(2, .byte, 0)])
        #expect(try cycles(setting, port: 0x302, width: .word) == [.read(2, .word, 0)])
    }

    @Test("W2 a dword is split by alignment and bus width", arguments: TierSetting.all)
    func splitDword(_ setting: TierSetting) throws {
        #expect(try cycles(setting, port: 0x304, width: .dword) == [.read(4, .dword, 0)])
        #expect(try cycles(setting, port: 0x302, width: .dword) == [.read(2, .word, 0), .read(4, .word, 0)])
        let odd: [PortAccess] = [.read(1, .byte, 0), .read(2, .word, 0), .read(4, .byte, 0)]
        #expect(try cycles(setting, port: 0x301, width: .dword) == odd)
        let narrow: [PortAccess] = [.read(4, .word, 0), .read(6, .word, 0)]
        #expect(try cycles(setting, port: 0x304, width: .dword, bus: .word) == narrow)
        #expect(try cycles(setting, port: 0x301, width: .dword, bus: .word) == odd)
    }

    @Test("W3 a word over two devices gives each its byte", arguments: TierSetting.all)
    func twoDevices(_ setting: TierSetting) throws {
        let guest = try portGuest(setting) { guest in
            let (low, high) = (ProbePort("low"), ProbePort("high"))
            low.answers([0x11])
            high.answers([0x22])
            try guest.claim(0x60...0x60, low, widths: .byte)
            try guest.claim(0x61...0x61, high, widths: .byte)
            guest.code = [0xE5, 0x60, 0xE7, 0x60]
        }
        #expect(guest.gpr.eax == 0x2211)
        #expect(guest.probes[1].log == [.read(0, .byte, 0x11), .write(0, .byte, 0x11)])
        #expect(guest.probes[2].log == [.read(0, .byte, 0x22), .write(0, .byte, 0x22)])
    }

    @Test("W4 the half that nobody claims reads FF", arguments: TierSetting.all)
    func halfMapped(_ setting: TierSetting) throws {
        let guest = try portGuest(setting) { guest in
            let half = ProbePort("half")
            half.answers([0x11, 0x22])
            try guest.claim(0x61...0x61, half, widths: .byte)
            guest.code = [0xE5, 0x60, 0x89, 0xC3, 0xE5, 0x61]
        }
        #expect(guest.gpr.ebx == 0x11FF && guest.gpr.eax == 0xFF22)
    }

    @Test("W5 where nobody is, reads are all ones and writes are lost", arguments: TierSetting.all)
    func nobody(_ setting: TierSetting) throws {
        let guest = try portGuest(setting) { guest in
            guest.code = [0x66, 0xED, 0x66, 0xE7, 0x40, 0xE4, 0x40, 0xE5, 0x40]
            guest.set(\.edx, 0x5000)
        }
        #expect(guest.isAtEnd && guest.gpr.eax == 0xFFFF_FFFF && guest.requests == [])
        #expect(guest.transactions.map(\.width) == [.dword, .dword, .byte, .word])
        #expect(guest.transactions.allSatisfy { $0.tier == nil && $0.device == nil })
    }

    @Test("W6 a device of bytes sees a word as two bytes", arguments: TierSetting.all)
    func byteDevice(_ setting: TierSetting) throws {
        let word = try cycles(setting, port: 0x300, width: .word, widths: .byte)
        #expect(word == [.read(0, .byte, 0), .read(1, .byte, 0)])
        let dword = try cycles(setting, port: 0x300, width: .dword, widths: [.byte, .word])
        #expect(dword == [.read(0, .word, 0), .read(2, .word, 0)])
    }

    @Test("W7 a byte of a word register is its lane", arguments: TierSetting.all)
    func laneOfWord(_ setting: TierSetting) throws {
        let guest = try portGuest(setting, widths: .word) { guest in
            guest.code = [0xEC, 0x42, 0x88, 0xC4, 0xEC, 0xEE, 0x4A, 0xEE]
            guest.probe.answers([0xBEEF, 0xCAFE])
        }
        #expect(guest.isAtEnd && guest.gpr.eax == 0xEFCA)
        #expect(
            guest.probe.log == [
                .read(0, .word, 0xBEEF), .read(0, .word, 0xCAFE), .write(0, .word, 0xCA00), .write(0, .word, 0xCA),
            ])
        let wide = try portGuest(setting, widths: .dword) { guest in
            guest.code = [0xED]
            guest.probe.answers([0x4433_2211, 0x8877_6655])
            guest.set(\.edx, 0x302)
        }
        #expect(wide.gpr.eax == 0x8833 && wide.probe.log.map(\.offset) == [0, 0])
    }

    @Test("W7 a claim can leave narrower accesses to nobody", arguments: TierSetting.all)
    func noLanes(_ setting: TierSetting) throws {
        let guest = try portGuest(setting) { guest in
            let strict = ProbePort("strict")
            try guest.claim(0x400...0x401, strict, widths: .word, narrow: .floating)
            guest.code = [0xEC, 0xEE]
            guest.set(\.edx, 0x400)
            strict.onAccess = { _ in Issue.record("a byte reached a word register") }
        }
        #expect(guest.isAtEnd && guest.gpr.eax == 0xFF && guest.requests == [])
    }

    @Test("W8 the lane behind port FFFF floats", arguments: TierSetting.all)
    func behindLastPort(_ setting: TierSetting) throws {
        let guest = try portGuest(setting) { guest in
            let last = ProbePort("last")
            let first = ProbePort("first")
            last.answers([0x77, 0x78, 0x79])
            try guest.claim(0xFFFF...0xFFFF, last, widths: .byte)
            try guest.claim(0...3, first)
            guest.code = [0xED, 0x89, 0xC3, 0xEF, 0x66, 0xED]
            guest.set(\.edx, 0xFFFF)
        }
        #expect(guest.isAtEnd && guest.gpr.ebx == 0xFF77 && guest.gpr.eax == 0xFFFF_FF78)
        #expect(
            guest.probes[1].log == [.read(0, .byte, 0x77), .write(0, .byte, 0x77), .read(0, .byte, 0x78)])
        #expect(guest.probes[2].log == [])
    }

    @Test("W9 CF8 as a dword, CF9 as a byte and CFC to CFF in any width do not mix", arguments: TierSetting.all)
    func configurationPorts(_ setting: TierSetting) throws {
        let guest = try portGuest(setting) { guest in
            let (address, reset, data) = (ProbePort("address"), ProbePort("reset"), ProbePort("data"))
            address.answers([0x8000_0010])
            reset.answers([0x02])
            data.answers([0x1111_1111, 0x2222, 0x33])
            try guest.claim(0xCF8...0xCFB, address, widths: .dword, narrow: .floating)
            try guest.claim(0xCF9...0xCF9, reset, widths: .byte)
            try guest.claim(0xCFC...0xCFF, data)
            // out cf8,eax; in eax,cf8; out cf9,al; in al,cf8; out cfc,eax; in ax,cfe; in al,cff
            guest.code = [
                0x66, 0xEF, 0x66, 0xED, 0x42, 0xEE, 0x4A, 0xEC, 0x83, 0xC2, 0x04, 0x66, 0xEF, 0x42, 0x42, 0xED, 0x42,
                0xEC,
            ]
            guest.set(\.edx, 0xCF8)
            guest.set(\.eax, 0x8000_0004)
        }
        let (address, reset, data) = (guest.probes[1], guest.probes[2], guest.probes[3])
        #expect(guest.isAtEnd)
        #expect(address.log == [.write(0, .dword, 0x8000_0004), .read(0, .dword, 0x8000_0010)])
        #expect(reset.log == [.write(0, .byte, 0x10)])
        // CF8 as a byte is nobody's: FF.
        #expect(
            data.log == [.write(0, .dword, 0x8000_00FF), .read(2, .word, 0x1111_1111), .read(3, .byte, 0x2222)])
    }

    @Test("W10 a data port of words: insw takes one, insd two each, status is a byte", arguments: TierSetting.all)
    func dataPort(_ setting: TierSetting) throws {
        /// A data register of 16 bits behind a 32-bit interface.
        final class DataPort: ProbePort {
            override func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 {
                let word = super.read(bank: bank, offset: offset, width: .word)
                return width == .word ? word : word | super.read(bank: bank, offset: offset, width: .word) << 16
            }
        }
        for (code, count) in [([0xF3, 0x6D], 256), ([0x66, 0xF3, 0x6D], 128)] as [([UInt8], UInt32)] {
            let guest = try portGuest(setting) { guest in
                let disk = DataPort("disk")
                disk.answer = { UInt32($0) * 0x0101 }
                try guest.claim(0x1F0...0x1F0, disk, widths: [.word, .dword])
                let registers = ProbePort("registers")
                registers.answers([0x58])
                try guest.claim(0x1F1...0x1F7, registers, widths: .byte)
                guest.code = code + [0xB2, 0xF7, 0xEC]
                guest.set(\.edx, 0x1F0)
                guest.set(\.ecx, count)
                guest.set(\.edi, 0x600)
            }
            let expected = (0..<256).flatMap { (n: Int) -> [UInt8] in [UInt8(n), UInt8(n)] }
            let arrived = guest.bytes(0x600, 512) == expected
            #expect(guest.isAtEnd && arrived && guest.gpr.edi == 0x800 && guest.gpr.eax == 0x58)
            #expect(guest.probes[1].log.count == 256 && guest.probes[1].log.allSatisfy { $0.width == .word })
            #expect(guest.probes[2].log == [.read(6, .byte, 0x58)])
        }
    }

    @Test("W11 a selector word over a data byte: the width decides", arguments: TierSetting.all)
    func overlappingRegisters(_ setting: TierSetting) throws {
        let guest = try portGuest(setting) { guest in
            let device = ProbePort("config")
            try guest.claim(0x510...0x511, device, bank: 0, widths: .word)
            try guest.claim(0x511...0x511, device, bank: 1, widths: .byte)
            guest.code = [0xEF, 0x42, 0xF3, 0x6C]
            guest.set(\.edx, 0x510)
            guest.set(\.eax, 0x19)
            guest.set(\.ecx, 3)
            guest.set(\.edi, 0x600)
        }
        #expect(guest.isAtEnd && guest.bytes(0x600, 4) == [1, 2, 3, 0])
        #expect(guest.probes[1].state.log.map(\.bank) == [0, 1, 1, 1])
        #expect(guest.probes[1].state.log.map(\.width) == [.word, .byte, .byte, .byte])
    }

    @Test("W12 a claim over another is refused as a whole, with both names")
    func overlap() throws {
        let map = PortMap()
        let (old, new) = (ProbePort("old"), ProbePort("new"))
        try map.claim(0x100...0x107, for: old, widths: [.byte, .word])
        #expect(throws: PortMap.ClaimError.overlap(port: 0x107, new: "new", existing: "old")) {
            try map.claim(0x107...0x110, for: new, widths: .byte)
        }
        #expect(map.claim(at: 0x108, .byte) == nil)
        try map.claim(0x100...0x110, for: new, widths: .dword)
        try map.claim(0x108...0x110, for: new, widths: .byte)
        #expect(map.claim(at: 0x107, .byte)?.device === old && map.claim(at: 0x108, .byte)?.device === new)
    }

    @Test("W13 a device that leaves or comes in the middle of a REP", arguments: TierSetting.all)
    func hotPlug(_ setting: TierSetting) throws {
        for kind in [ProbeKind.plain, .block] {
            let guest = try portGuest(setting, probe: kind) { guest in
                let second = ProbePort("second")
                second.answer = { _ in 0x77 }
                guest.code = [0xF3, 0x6C]
                guest.set(\.ecx, 6)
                guest.set(\.edi, 0x600)
                // One element at a time: a device that leaves from within a block has answered for all of it.
                guest.slice = 1
                guest.probe.onAccess = { [unowned guest] _ in
                    guard guest.probe.state.served == 2 else { return }
                    guest.machine.ports.withdraw(guest.probe)
                    let alarm = PortAlarm { _ in
                        do { try guest.machine.ports.claim(0x300...0x300, for: second, tier: setting.tier) } catch {
                            Issue.record("refused: \(error)")
                        }
                    }
                    guest.machine.clock.schedule(alarm, at: 4)
                }
            }
            #expect(guest.isAtEnd && guest.bytes(0x600, 7) == [1, 2, 0xFF, 0xFF, 0x77, 0x77, 0])
            #expect(guest.transactions.map(\.device) == ["probe", "probe", nil, nil, "second", "second"])
        }
    }

    @Test("W13 a device that leaves between question and answer", arguments: TierSetting.all)
    func withdrawnWhilePending(_ setting: TierSetting) throws {
        let guest = try PortGuest(setting, widths: [.byte, .word])
        guest.code = [0x66, 0xED]
        guest.set(\.eax, 0xAAAA_AAAA)
        guest.probe.onAccess = { [unowned guest] _ in guest.machine.ports.withdraw(guest.probe) }
        guest.probe.answers([0xBEEF])
        guest.start()
        try guest.run()
        // The first word was answered as a word; the second one is nobody's.
        #expect(guest.isAtEnd && guest.gpr.eax == 0xFFFF_BEEF && guest.probe.log.count == 1)
        #expect(guest.transactions.map(\.device) == ["probe", nil])
        #expect(guest.transactions.map(\.width) == [.word, .word])
    }

    @Test("W14 a claim may end at port FFFF", arguments: TierSetting.all)
    func lastPort(_ setting: TierSetting) throws {
        let guest = try portGuest(setting) { guest in
            let last = ProbePort("last")
            try guest.claim(0xFFFC...0xFFFF, last)
            guest.code = [0x66, 0xED, 0x83, 0xC2, 0x03, 0xEC]
            guest.set(\.edx, 0xFFFC)
        }
        #expect(guest.isAtEnd && guest.probes[1].log.map(\.offset) == [0, 3])
        let all = PortMap()
        try all.claim(0...0xFFFF, for: guest.probe, widths: .all)
        #expect(all.claim(at: 0xFFFF, .byte) != nil && all.claim(at: 0, .dword) != nil)
    }
}
