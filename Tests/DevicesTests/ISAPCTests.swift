import TestSupport
import Testing
import X86Interp

@testable import Devices

/// The board of an ISA PC: where its ports are, what they share, what its options change.
@Suite struct ISAPCTests {
    private let ports = PortMap()
    private let clock = VirtualClock()

    private func board(_ change: (inout BoardOptions) throws -> Void = { _ in }) throws -> Board {
        var options = BoardOptions()
        try change(&options)
        return try Board(
            memory: PhysicalMemory(ramSize: 1 << 20), ports: ports, bus: ControlBus(), clock: clock, options: options)
    }

    private func owner(_ port: UInt16) -> String? { ports.claim(at: port, .byte)?.device.name }

    @Test func pcIsAnotherName() {
        #expect(MachineCatalog.row(named: "pc") == MachineCatalog.isapc)
        #expect(BoardOptions().machine.name == "isapc")
    }

    @Test func portsAreAtTheirPlaces() throws {
        _ = try board()
        let places: [(UInt16, String)] = [
            (0x70, "rtc"), (0x71, "rtc"), (0xF0, "npx"), (0xF1, "npx"), (0x2F8, "uart2"), (0x3EF, "uart3"),
            (0x2E8, "uart4"),
            (0x378, "lpt"), (0x37A, "lpt"), (0x278, "lpt2"), (0x3F8, "uart"),
        ]
        for (port, name) in places { #expect(owner(port) == name) }
        #expect(owner(0x37B) == nil && owner(0x72) == nil)
    }

    @Test(arguments: [MachineCatalog.bare, MachineCatalog.none]) func theyFloatElsewhere(machine: MachineRow) throws {
        _ = try board { $0.machine = machine }
        for port in [UInt16(0x70), 0x71, 0xF0, 0x2F8, 0x3E8, 0x2E8, 0x378, 0x278] { #expect(owner(port) == nil) }
    }

    /// What each wired device has to do for its line to rise, and which input that is.
    @Test(arguments: [("uart", 4), ("uart2", 3), ("uart3", 4), ("uart4", 3)] as [(String, UInt8)])
    func serialPortsHaveTheirRequests(name: String, irq: UInt8) throws {
        let board = try board()
        let pic = try #require(board["pic"] as? PIC8259Pair)
        let uart = try #require(board[name])
        uart.setByte(0x08, 4)
        uart.setByte(0x02, 1)
        #expect(pic.state.master.irr == 1 << irq)
    }

    @Test func theClockHasRequest8() throws {
        let board = try board()
        let pic = try #require(board["pic"] as? PIC8259Pair)
        board["rtc"]?.setByte(0x0B, 0)
        board["rtc"]?.setByte(0x42, 1)
        clock.advance(to: clock.ticksPerSecond / 1024 + 1)
        #expect(pic.state.slave.irr == 1)
    }

    @Test func twoOnOneRequestKeepItUpTogether() throws {
        let board = try board()
        let pic = try #require(board["pic"] as? PIC8259Pair)
        let (first, third) = (try #require(board["uart"]), try #require(board["uart3"]))
        for uart in [first, third] {
            uart.setByte(0x08, 4)
            uart.setByte(0x02, 1)
        }
        third.setByte(0x00, 1)
        #expect(pic.state.master.irr == 0x10, "the first still asks")
        first.setByte(0x00, 1)
        #expect(pic.state.master.irr == 0)
        // The same with states that were put back.
        third.setByte(0x02, 1)
        first.setByte(0x02, 1)
        let saved = board.states
        board.reset()
        try board.restore(saved)
        first.setByte(0x00, 1)
        #expect(pic.state.master.irr == 0x10)
        third.setByte(0x00, 1)
        #expect(pic.state.master.irr == 0)
    }

    @Test func eachPortHasAStreamOfItsOwn() throws {
        let streams = (0..<4).map { _ in BufferStream() }
        let printers = (0..<2).map { _ in BufferStream() }
        let board = try board {
            $0.serial = streams[0]
            $0.serialPorts = Array(streams[1...])
            $0.printers = printers
        }
        for (number, name) in ["uart", "uart2", "uart3", "uart4"].enumerated() {
            board[name]?.setByte(0x03, 3)
            board[name]?.setByte(UInt32(0x41 + number))
        }
        #expect(streams.map(\.text) == ["A", "B", "C", "D"])
        for (number, name) in ["lpt", "lpt2"].enumerated() {
            board[name]?.setByte(UInt32(0x61 + number))
            board[name]?.setByte(0x0C, 2)
            board[name]?.setByte(0x0D, 2)
        }
        #expect(printers.map(\.text) == ["a", "b"])
    }

    @Test func portsWithoutAStreamHaveNobody() throws {
        let board = try board()
        #expect(board["lpt"]?.read(bank: 0, offset: 1, width: .byte) == 0x7F)
        let uart = try #require(board["uart2"])
        uart.setByte(0x0F, 1)
        uart.setByte(0x08, 4)
        uart.setByte(0x41)
        #expect(uart.read(bank: 0, offset: 5, width: .byte) == 0x60)
        #expect(clock.nextDeadline == nil, "nobody is waited for")
    }

    @Test func anOptionWithTheBaseOfAFurtherPortChangesIt() throws {
        _ = try board {
            $0.devices = [
                try DeviceOption(parsing: "uart,base=2f8,tier=user"), try DeviceOption(parsing: "uart,base=3e8,off"),
                try DeviceOption(parsing: "uart,base=5000"), try DeviceOption(parsing: "lpt2,off"),
            ]
        }
        #expect(ports.claim(at: 0x2F8, .byte)?.tier == .user && owner(0x2F8) == "uart2")
        #expect(owner(0x3E8) == nil && owner(0x278) == nil)
        #expect(owner(0x5000) == "uart3" && owner(0x2E8) == "uart4")
    }

    @Test func theClockStartsWhenItIsTold() throws {
        let board = try board {
            $0.startTime = 951_782_400  // 29 February 2000.
            $0.cmos.floppies = [.m1440]
        }
        let rtc = try #require(board["rtc"])
        func register(_ index: UInt8) -> UInt32 {
            rtc.setByte(UInt32(index), 0)
            return rtc.read(bank: 0, offset: 1, width: .byte)
        }
        #expect([7, 8, 9, 0x32].map(register) == [0x29, 0x02, 0x00, 0x20])
        #expect(register(0x10) == 0x40 && register(0x16) == 0x02 && register(0x30) == 0)
    }
}
