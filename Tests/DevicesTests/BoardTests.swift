import Devices
import TestSupport
import Testing
import X86Interp

@Suite struct BoardTests {
    let ports = PortMap()

    private func board(
        in ports: PortMap? = nil, clock: VirtualClock = VirtualClock(),
        _ change: (inout BoardOptions) throws -> Void = { _ in }
    ) throws -> Board {
        var options = BoardOptions()
        try change(&options)
        return try Board(
            memory: PhysicalMemory(ramSize: 1 << 20), ports: ports ?? self.ports, bus: ControlBus(),
            clock: clock, options: options)
    }

    private func refusal(_ change: (inout BoardOptions) throws -> Void) -> String? {
        do {
            _ = try board(in: PortMap(), change)
            return nil
        } catch { return "\(error)" }
    }

    private func owner(_ port: UInt16, _ width: Width = .byte) -> String? { ports.claim(at: port, width)?.device.name }

    @Test(arguments: MachineCatalog.rows.map(\.name)) func everyMachineBuildsAndResets(name: String) throws {
        let machine = try #require(MachineCatalog.row(named: name))
        let board = try board { $0.machine = machine }
        board.reset()
        #expect(Set(board.devices.map(\.name)) == Set(machine.devices))
        #expect(Set(ports.claims.map(\.device.name)) == Set(machine.devices))
    }

    @Test(arguments: MachineCatalog.rows.map(\.name)) func machinesAreSavedRestoredAndReset(name: String) throws {
        let machine = try #require(MachineCatalog.row(named: name))
        let clock = VirtualClock()
        let used = try board(clock: clock) { $0.machine = machine }
        let fresh = try board(in: PortMap()) { $0.machine = machine }
        var random = SeededGenerator(seed: 5)
        for _ in 0..<5000 {
            let claims = ports.claims
            guard let claim = claims.randomElement(using: &random) else { break }
            let port = UInt16.random(in: claim.ports, using: &random)
            let width = try #require(Width.allCases.first { claim.widths.contains($0) })
            claim.device.write(
                bank: claim.bank, offset: port - claim.ports.lowerBound, width: width,
                value: UInt32.random(in: 0...0xFF, using: &random))
            clock.advance(to: clock.now + UInt64.random(in: 0...2000, using: &random))
        }
        let later = VirtualClock()
        later.advance(to: clock.now)
        let restored = try board(in: PortMap(), clock: later) { $0.machine = machine }
        try restored.restore(used.states)
        #expect(restored.states == used.states)
        #expect(restored.differences(from: used).isEmpty)
        #expect(used.differences(from: fresh).isEmpty == machine.devices.isEmpty)
        used.reset()
        // The clock's battery.
        #expect(used.differences(from: fresh).allSatisfy { $0 == "rtc" })
    }

    @Test func statesOfAnotherBoardAreRefused() throws {
        let pc = try board()
        let bare = try board(in: PortMap()) { $0.machine = MachineCatalog.bare }
        (pc["post"] as? PostCode)?.setByte(0x42)
        let before = pc.states
        let missing = pc.devices.map(\.name).filter { bare[$0] == nil }
        #expect(throws: RestoreError.devices(snapshotOnly: [], machineOnly: missing)) { try pc.restore(bare.states) }
        #expect(pc.states == before)
    }

    @Test func devicesAreAtTheirPlacesInAPC() throws {
        _ = try board()
        let places: [(UInt16, Width, String)] = [
            (0x20, .byte, "pic"), (0xA1, .byte, "pic"), (0x4D1, .byte, "pic"), (0x43, .byte, "pit"),
            (0x3FF, .byte, "uart"), (0x61, .byte, "port61"), (0x60, .byte, "kbd"), (0x64, .byte, "kbd"),
            (0x92, .byte, "port92"), (0x3C0, .byte, "vga"), (0x3D5, .byte, "vga"), (0x3DA, .byte, "vga"),
            (0x80, .byte, "post"), (0xE9, .byte, "debugcon"),
            (0x402, .byte, "debugcon"),
            (0xF4, .byte, "debugexit"), (0xF4, .word, "debugexit"), (0xF4, .dword, "debugexit"),
            (0x8900, .byte, "shutdown"), (0x510, .word, "fw_cfg"), (0x511, .byte, "fw_cfg"),
        ]
        for (port, width, name) in places { #expect(owner(port, width) == name, "port \(port)") }
    }

    @Test func theTimerIsWiredToIRQ0AndThePortToItsSpeakerChannel() throws {
        let clock = VirtualClock()
        let board = try board(clock: clock)
        let pic = try #require(board["pic"] as? PIC8259Pair)
        let pit = try #require(board["pit"] as? PIT8254)
        for byte: UInt32 in [0x34, 0x10, 0x00] { pit.setByte(byte, byte == 0x34 ? 3 : 0) }
        clock.advance(to: clock.ticksPerSecond)
        #expect(pic.state.master.irr == 1)
        try #require(board["port61"]).setByte(1)
        #expect(pit.state.counter2.gate)
    }

    @Test func theSerialPortIsWiredToIRQ4AndASecondOneWhereItIsTold() throws {
        let board = try board {
            $0.devices = [
                try DeviceOption(parsing: "uart,base=3f8,irq=4,tier=user"),
                try DeviceOption(parsing: "uart,base=2f8,irq=3"),
            ]
        }
        let pic = try #require(board["pic"] as? PIC8259Pair)
        for (name, irq) in [("uart", 4), ("uart2", 3)] {
            let uart = try #require(board[name])
            uart.setByte(0x08, 4)
            uart.setByte(0x02, 1)
            #expect(pic.state.master.irr == 1 << irq, "\(name)")
            board.reset()
        }
        #expect(ports.claim(at: 0x3F8, .byte)?.tier == .user && ports.claim(at: 0x2F8, .byte)?.tier == .kernel)
    }

    @Test func optionsMoveConsoleAndExit() throws {
        _ = try board {
            $0.debugConsolePorts = [0xE8]
            $0.debugExitPort = 0x500
        }
        #expect(owner(0xE8) == "debugcon")
        #expect(owner(0xE9) == nil && owner(0x402) == nil)
        #expect(owner(0x500, .dword) == "debugexit" && owner(0xF4) == nil)
    }

    @Test func deviceOptionsChangeAddAndLeaveOut() throws {
        let board = try board {
            $0.devices = [
                try DeviceOption(parsing: "post,off"), try DeviceOption(parsing: "shutdown,tier=user"),
                try DeviceOption(parsing: "debugcon,base=0x320"), try DeviceOption(parsing: "port"),
            ]
        }
        #expect(board["post"] == nil && owner(0x80) == "dma", "a spare page register")
        #expect(ports.claim(at: 0x8900, .byte)?.tier == .user)
        #expect(owner(0xE9) == "debugcon" && owner(0x320) == "debugcon2" && owner(0x3DA) == "port")
    }

    @Test func movedDevicesTakeAllTheirPortsAlong() throws {
        _ = try board { $0.devices = [try DeviceOption(parsing: "fw_cfg,base=600")] }
        #expect(owner(0x600, .word) == "fw_cfg2" && owner(0x601) == "fw_cfg2")
    }

    @Test func tiersApplyInOrder() throws {
        _ = try board {
            $0.tiers = [try TierOption(parsing: "all=user"), try TierOption(parsing: "post=kernel")]
        }
        for claim in ports.claims { #expect(claim.tier == (claim.device.name == "post" ? .kernel : .user)) }
    }

    @Test func scriptedPortsAreNamedAfterTheirAddress() throws {
        _ = try board {
            $0.ports = [try PortOption(parsing: "3da=seq:08,00"), try PortOption(parsing: "5F0=const:1234")]
            $0.tiers = [TierOption("port3da", .user)]
        }
        #expect(ports.claim(at: 0x3DA, .byte)?.tier == .user)
        #expect(owner(0x5F0, .word) == "port5f0" && owner(0x5F0) == nil)
    }

    @Test func aScriptTakesThePlaceOfOneRegisterOfAChipThatYields() throws {
        let board = try board {
            $0.ports = [try PortOption(parsing: "3c8=const:55"), try PortOption(parsing: "64=echo")]
        }
        let vga = try #require(board["vga"] as? VGA)
        #expect(owner(0x3C8) == "port3c8" && owner(0x3C7) == "vga" && owner(0x3C9) == "vga" && owner(0x3CA) == "vga")
        #expect(owner(0x64) == "port64" && owner(0x60) == "kbd")
        // The registers behind the gap are what they were.
        let claim = try #require(ports.claim(at: 0x3C9, .byte))
        for value in [UInt32(0x21), 0x22, 0x23] {
            claim.device.write(bank: claim.bank, offset: 0x3C9 - claim.ports.lowerBound, width: .byte, value: value)
        }
        #expect(vga.state[color: 0].red == 0x21)
        #expect(ports.claim(at: 0x3CC, .byte).map { $0.bank + UInt8(0x3CC - $0.ports.lowerBound) } == 0x1C)
    }

    @Test func filesReachTheGuest() throws {
        let board = try board { $0.files = [.init(name: "opt/x", contents: [9])] }
        #expect(
            (board["fw_cfg"] as? FirmwareConfig)?.files.map(\.name) == [
                "bios-geometry", "bootorder", "etc/boot-fail-wait", "etc/e820", "opt/x",
            ])
    }

    @Test func refusalsNameTheThingAndTheRemedy() {
        let overlap = refusal { $0.ports = [try PortOption(parsing: "80=echo")] }
        #expect(overlap?.contains("port 80 is wanted by port80 but belongs to post") == true)
        #expect(overlap?.contains("--device NAME,off") == true)
        #expect(refusal { $0.devices = [DeviceOption("gpu")] }?.contains("'gpu'") == true)
        #expect(refusal { $0.tiers = [TierOption("gpu", .user)] }?.contains("no device 'gpu'") == true)
        #expect(refusal { $0.ports = [try PortOption(parsing: "3db=const:1234")] }?.contains("aligned") == true)
        #expect(refusal { $0.debugExitPort = 0xFFFE }?.contains("fffe") == true)
        #expect(
            refusal {
                $0.machine = MachineCatalog.none
                $0.files = [.init(name: "opt/x", contents: [])]
            }?.contains("--device fw_cfg") == true)
    }

    @Test(arguments: [
        "", ",", "gpu", "post,", "post,base", "post,base=", "post,base=10000", "post,base=xy", "post,irq=16",
        "post,irq=-1", "post,irq=a", "post,tier=ring0", "post,off=1", "post,colour=red",
    ])
    func badDeviceOptionsAreRefused(text: String) {
        #expect(throws: BoardError.self) { try DeviceOption(parsing: text) }
    }

    @Test(arguments: ["", "uart", "uart=", "=user", "uart=USER", "uart=user=kernel"])
    func badTierOptionsAreRefused(text: String) {
        #expect(throws: BoardError.self) { try TierOption(parsing: text) }
    }

    @Test(arguments: ["", "3da", "=seq:1", "10000=echo", "xyz=echo", "3da=", "3da=foo", "3da=seq:zz"])
    func badPortOptionsAreRefused(text: String) {
        #expect(throws: BoardError.self) { try PortOption(parsing: text) }
    }

    @Test func deviceOptionsReadAllTheirWords() throws {
        #expect(
            try DeviceOption(parsing: "debugcon,base=3f8,irq=4,tier=user")
                == DeviceOption("debugcon", base: 0x3F8, irq: 4, tier: .user))
    }
}
