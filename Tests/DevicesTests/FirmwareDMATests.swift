import Devices
import TestSupport
import Testing
import X86Interp

/// The DMA form of fw_cfg.
@Suite struct FirmwareDMATests {
    /// A device beside memory: ROM from F0000 on, a card from D0000 on, RAM up to 2 MiB.
    final class Bench {
        let memory: PhysicalMemory
        let device: FirmwareConfig
        /// Where commands are put.
        var place: UInt64 = 0x1000

        init() throws {
            memory = try PhysicalMemory(ramSize: 2 << 20)
            try memory.mapROM([UInt8](repeating: 0x90, count: 0x1_0000), at: 0xF_0000, name: "rom")
            let card = ScratchCard(at: 0xD_0000)
            for region in card.memoryRegions { try memory.claim(region, for: card) }
            device = FirmwareConfig(ramSize: 2 << 20, master: BusMaster(memory))
            try device.add(.init(name: "opt/x", contents: Array(1...100)))
        }

        func register(_ offset: UInt16, _ value: UInt32, width: Width = .dword) {
            device.write(bank: FirmwareConfig.dmaBank, offset: offset, width: width, value: value)
        }

        func start(at address: UInt64) {
            register(0, UInt32(truncatingIfNeeded: address >> 32).byteSwapped)
            register(4, UInt32(truncatingIfNeeded: address).byteSwapped)
        }

        /// Carries out a command; returns what is in its control word then.
        func command(_ control: UInt32, length: UInt32, to address: UInt64) -> UInt32 {
            func bytes(_ value: some FixedWidthInteger) -> [UInt8] {
                withUnsafeBytes(of: value.bigEndian) { Array($0) }
            }
            memory.load(bytes(control) + bytes(length) + bytes(address), physical: place)
            start(at: place)
            return memory.peek(UInt32(place), count: 4).reduce(0) { $0 << 8 | UInt32($1) }
        }

        func bytes(_ address: UInt32, _ count: Int) -> [UInt8] { memory.peek(address, count: count) }
    }

    private static let read: UInt32 = 2
    private static let skip: UInt32 = 4
    private static let select: UInt32 = 8
    private static let write: UInt32 = 16
    private static let file = UInt32(FirmwareConfig.Key.firstFile) << 16

    @Test func theSignatureIsReadAtAnyWidthAndTheInterfaceSaysSo() throws {
        let device = try Bench().device
        let text = Array("QEMU CFG".utf8)
        for width in Width.allCases {
            for offset in stride(from: 0, to: 8, by: width.bytes) {
                let expected = (0..<width.bytes).reduce(UInt32(0)) { $0 | UInt32(text[offset + $1]) << UInt32(8 * $1) }
                let place = UInt16(offset)
                #expect(device.read(bank: FirmwareConfig.dmaBank, offset: place, width: width) == expected)
                #expect(device.peek(bank: FirmwareConfig.dmaBank, offset: place, width: width) == expected)
            }
        }
        device.write(bank: FirmwareConfig.selectorBank, offset: 0, width: .word, value: 1)
        #expect(device.read(bank: FirmwareConfig.dataBank, offset: 0, width: .byte) == 3)
    }

    /// Every control bit, alone and together: what it answers, and the bytes that come of it.
    @Test(
        arguments: [
            (select | read | file, 4, 0, [1, 2, 3, 4]), (select | file, 4, 0, [0xEE]),
            (read, 4, 0, [0x51, 0x45, 0x4D, 0x55]),
            (select | skip | file, 4, 0, [0xEE]), (select | write | file, 4, 1, [0xEE]), (0, 4, 0, [0xEE]),
            (select | read | 0x7777 << 16, 2, 0, [0, 0, 0xEE]), (select | read | write | file, 2, 0, [1, 2, 0xEE]),
            (select | read | skip | file, 2, 0, [1, 2, 0xEE]), (select | read | file, 0, 0, [0xEE]),
            (read | 1, 1, 0, [0x51, 0xEE]),
        ] as [(UInt32, UInt32, UInt32, [UInt8])])
    func controlBits(control: UInt32, length: UInt32, answer: UInt32, bytes: [UInt8]) throws {
        let bench = try Bench()
        bench.memory.load([UInt8](repeating: 0xEE, count: 16), physical: 0x2000)
        #expect(bench.command(control, length: length, to: 0x2000) == answer)
        #expect(bench.bytes(0x2000, bytes.count) == bytes)
        #expect(bench.device.state.commands == 1 && !bench.device.hasOnlyAnswered)
    }

    @Test func aSelectedItemGoesOnWhereItWasByEitherForm() throws {
        let bench = try Bench()
        #expect(bench.command(Self.select | Self.skip | Self.file, length: 96, to: 0) == 0)
        #expect(bench.device.read(bank: FirmwareConfig.dataBank, offset: 0, width: .byte) == 97)
        #expect(bench.command(Self.read, length: 6, to: 0x1FFD) == 0)
        #expect(bench.bytes(0x1FFD, 6) == [98, 99, 100, 0, 0, 0], "across pages, zeros behind the end")
        #expect(bench.device.state.offset == 100)
    }

    /// Where not all is RAM nothing is written, and the command says so.
    @Test(
        arguments: [
            (0xC_FFF0, 0x20), (0xD_0010, 4), (0xD_0FFC, 8), (0xF_0000, 1), (0xE_FFFF, 2), (0x1F_FFFF, 2),
            (0x20_0000, 1),
            (0xFFFF_FFF0, 4), (0xFFFF_FFFF_FFFF_FFFF, 1), (0x1_0000_2000, 4), (0x2000, 0xFFFF_FFFF),
        ] as [(UInt64, UInt32)])
    func whatIsNoRAMIsRefused(address: UInt64, length: UInt32) throws {
        let bench = try Bench()
        let before = Array(bench.memory.ramBytes)
        #expect(bench.command(Self.select | Self.read | Self.file, length: length, to: address) == 1)
        var after = Array(bench.memory.ramBytes)
        after.replaceSubrange(0x1000..<0x1010, with: before[0x1000..<0x1010])
        #expect(after == before)
        #expect(bench.memory.peek(0xD_00FC) == 0, "the card has seen nothing")
    }

    @Test func aCommandThatIsNotInRAMIsNotCarriedOut() throws {
        let bench = try Bench()
        for address: UInt64 in [0xD_0000, 0xF_0000, 0x1F_FFF1, 0x20_0000, .max, 0x1_0000_1000] {
            bench.start(at: address)
            #expect(bench.device.state.commandHigh == 0)
        }
        #expect(bench.memory.peek(0xD_00FC) == 0 && bench.device.state.selector == 0)
    }

    @Test func onlyDwordsStartACommand() throws {
        let bench = try Bench()
        bench.memory.load([0, 0x20, 0, 8], physical: 0x1000)
        bench.register(4, 0x10, width: .word)
        bench.register(7, 0x10, width: .byte)
        #expect(bench.device.state == FirmwareConfig.State())
        bench.register(0, 0x1234_5678)
        #expect(bench.device.state.commandHigh == 0x7856_3412)
        bench.device.reset()
        #expect(bench.device.state == FirmwareConfig.State())
    }

    @Test func blocksAreCommandsOneAfterTheOther() throws {
        let bench = try Bench()
        bench.memory.load([0, 0x20, 0, 0x0A, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0x20, 0], physical: 0x1000)
        bench.memory.load([0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0x20, 8], physical: 0x1010)
        let addresses = [UInt32(0x1000).byteSwapped, UInt32(0x1010).byteSwapped]
        addresses.withUnsafeBytes {
            bench.device.writeBlock(bank: FirmwareConfig.dmaBank, offset: 4, width: .dword, from: $0)
        }
        #expect(bench.bytes(0x2000, 2) == [1, 2] && bench.bytes(0x2008, 1) == [3])
        var block = [UInt8](repeating: 0, count: 8)
        block.withUnsafeMutableBytes {
            bench.device.readBlock(bank: FirmwareConfig.dmaBank, offset: 4, width: .dword, into: $0)
        }
        #expect(block == Array(" CFG CFG".utf8))
    }

    @Test func withoutDMAThereIsTheOldDevice() throws {
        let ports = PortMap()
        var options = BoardOptions()
        options.devices = [try DeviceOption(parsing: "fw_cfg,dma=off")]
        let memory = try PhysicalMemory(ramSize: 1 << 20)
        let board = try Board(
            memory: memory, ports: ports, bus: ControlBus(), clock: VirtualClock(), options: options)
        #expect(ports.claim(at: 0x514, .dword) == nil && ports.claim(at: 0x511, .byte) != nil)
        let device = try #require(board["fw_cfg"] as? FirmwareConfig)
        device.write(bank: FirmwareConfig.selectorBank, offset: 0, width: .word, value: 1)
        #expect(device.read(bank: FirmwareConfig.dataBank, offset: 0, width: .byte) == 1)
        #expect(device.read(bank: FirmwareConfig.dmaBank, offset: 0, width: .dword) == 0xFFFF_FFFF)
        device.write(bank: FirmwareConfig.dmaBank, offset: 4, width: .dword, value: 0)
        #expect(device.state.commands == 0)
        for text in ["fw_cfg,dma", "fw_cfg,dma=", "fw_cfg,dma=no", "post,dma=off"] {
            #expect(throws: BoardError.self, "\(text)") { try DeviceOption(parsing: text) }
        }
    }

    /// Hostile commands and states: whatever is asked for, nothing but RAM changes, and nothing traps.
    @Test(arguments: LongTests.parts(short: 300)) func randomCommandsStayInRAM(seeds: ClosedRange<Int>) throws {
        for seed in seeds {
            let bench = try Bench()
            var random = SeededGenerator(seed: UInt64(seed))
            let places: [UInt64] = [0, 0xFF0, 0xC_FFFF, 0xD_0000, 0xF_0000, 0x1F_FFF8, 0x20_0000, 0xFFFF_FFFF, .max]
            func number() -> UInt64 {
                switch UInt8.random(in: 0...3, using: &random) {
                case 0: UInt64.random(in: 0 ... .max, using: &random)
                case 1: UInt64.random(in: 0...0x20_0010, using: &random)
                default: places.randomElement(using: &random) ?? 0
                }
            }
            for _ in 0..<20 {
                if UInt8.random(in: 0...3, using: &random) == 0 {
                    bench.device.state.offset = UInt32(truncatingIfNeeded: number())
                    bench.device.state.commandHigh = UInt32(truncatingIfNeeded: number())
                }
                bench.place = UInt64.random(in: 0...0xC_0000, using: &random)
                let control =
                    UInt32.random(in: 0...31, using: &random) | UInt32.random(in: 0...0x28, using: &random) << 16
                _ = bench.command(control, length: UInt32(truncatingIfNeeded: number()), to: number())
                bench.start(at: number())
            }
            #expect(bench.memory.peek(0xD_00FC) == 0 && bench.memory.peek(0xF_0000) == 0x90, "seed \(seed)")
        }
    }
}
