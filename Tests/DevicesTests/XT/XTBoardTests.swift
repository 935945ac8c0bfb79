import TestSupport
import Testing
import X86Interp

@testable import Devices

/// The board of an XT: where its ports are, how its one interrupt controller and one DMA controller differ.
@Suite("XT board") struct XTBoardTests {
    private let ports = PortMap()
    private let clock = VirtualClock()
    private let bus = ControlBus()

    private func board(_ change: (inout BoardOptions) throws -> Void = { _ in }) throws -> Board {
        var options = BoardOptions()
        options.machine = MachineCatalog.xt
        try change(&options)
        return try Board(
            memory: PhysicalMemory(ramSize: 1 << 20), ports: ports, bus: bus, clock: clock, options: options)
    }

    private func owner(_ port: UInt16) -> String? { ports.claim(at: port, .byte)?.device.name }

    @Test func portsAreAtTheirPlaces() throws {
        _ = try board()
        let places: [(UInt16, String?)] = [
            (0x20, "xtpic"), (0x00, "xtdma"), (0x0F, "xtdma"), (0x81, "xtdma"), (0x83, "xtdma"), (0x80, "post"),
            (0x40, "pit"), (0x60, "ppi"), (0x63, "ppi"), (0xA0, "nmi"), (0x3D0, "cga"), (0x3D8, "cga"), (0x3DC, "cga"),
            (0x3F2, "fdc"), (0x3F8, "uart"), (0x2F8, "uart2"), (0x378, "lpt"),
            // What only an AT has.
            (0x64, nil), (0x70, nil), (0x84, nil), (0x92, nil), (0xA1, nil), (0xC0, nil), (0xF0, nil), (0x1F0, nil),
            (0x3B4, nil), (0x3C0, nil), (0x3DD, nil), (0x4D0, nil),
        ]
        for (port, name) in places { #expect(owner(port) == name, "\(String(port, radix: 16))") }
        #expect(MachineCatalog.xt.model?.name == "8086" && MachineCatalog.isapc.model == nil)
    }

    @Test func chipsOfAnATDoNotFit() throws {
        #expect(throws: BoardError.overlap(port: 0x20, new: "xtpic", existing: "pic")) {
            try board { $0.devices = [DeviceOption("pic")] }
        }
        #expect(throws: BoardError.noInput(device: "rtc", irq: 8)) {
            try Board(
                memory: PhysicalMemory(ramSize: 1 << 20), ports: PortMap(), bus: bus, clock: clock,
                options: {
                    var options = BoardOptions()
                    options.machine = MachineCatalog.xt
                    options.devices = [DeviceOption("rtc")]
                    return options
                }())
        }
    }

    // MARK: Interrupts

    private func pic(_ board: Board) throws -> PIC8259Pair { try #require(board["xtpic"] as? PIC8259Pair) }

    private func program(_ pic: PIC8259Pair, _ first: UInt32, _ rest: UInt32...) {
        pic.setByte(first)
        for word in rest { pic.setByte(word, 1) }
        pic.setByte(0, 1)
    }

    @Test func theControllerIsAloneAndInput2IsFree() throws {
        let pic = try pic(board())
        program(pic, 0x13, 0x08, 0x09)
        #expect((0..<16).map { pic.hasInput($0) } == (0..<16).map { $0 < 8 })
        pic.lineChanged(2, level: true)
        #expect(bus.intr && bus.acknowledge() == 0x0A && pic.state.master.isr == 4)
        pic.setByte(0x20)
        for number in 8...15 { pic.lineChanged(number, level: true) }
        #expect(pic.state.master.irr == 0 && pic.state.slave == PIC8259())
        #expect(pic.fields.allSatisfy { !$0.name.contains("slave") })
    }

    @Test func nobodyAnswersForASlave() throws {
        let pic = try pic(board())
        // Cascaded, with slaves on inputs 2 and 5, which there are not.
        program(pic, 0x11, 0x08, 0x24, 0x01)
        for (number, vector) in [(2, UInt8(0xFF)), (5, 0xFF), (3, 0x0B)] {
            pic.lineChanged(number, level: true)
            #expect(bus.acknowledge() == vector)
            pic.setByte(0x20)
            pic.lineChanged(number, level: false)
        }
    }

    @Test func theKeyboardHasRequest1AndTheTimer0() throws {
        let board = try board { $0.keys = KeyList([KeyStroke(typing: 0x61)]) }
        let pic = try pic(board)
        program(pic, 0x13, 0x08, 0x09)
        _ = board["ppi"]?.byte()
        clock.advance(to: clock.ticksPerSecond / 10)
        #expect(pic.state.master.irr == 2)
        board["ppi"]?.setByte(0xC0, 1)
        #expect(pic.state.master.irr == 0)
        board["pit"]?.setByte(0x30, 3)
        board["pit"]?.setByte(0x10)
        board["pit"]?.setByte(0x00)
        clock.advance(to: clock.now + clock.ticksPerSecond / 1000)
        #expect(pic.state.master.irr == 1)
    }

    @Test func anErrorOfTheCoprocessorIsNMIWhereThatIsLetThrough() throws {
        // fninit; fldcw [7c80]; fldz; fld1; fdivrp; fwait; hlt, with zero divide unmasked; NMI: inc byte [500]; iret.
        for (mask, count) in [(UInt8(0x80), UInt8(1)), (0x00, 0)] {
            let machine = try Machine(model: try #require(CPUModel.named("8086")).with(.i8087), ramSize: 1 << 20)
            var options = BoardOptions()
            options.machine = MachineCatalog.xt
            let board = try Board(machine: machine, options: options)
            board["nmi"]?.setByte(UInt32(mask))
            let program: [UInt8] = [
                0xDB, 0xE3, 0xD9, 0x2E, 0x80, 0x7C, 0xD9, 0xE8, 0xD9, 0xEE, 0xDE, 0xF9, 0x9B, 0xFA, 0xF4,
            ]
            machine.memory.load(program, at: 0x7C00)
            machine.memory.load([0x7B, 0x03], at: 0x7C80)
            // The handler clears the exception, too, or FWAIT would wait again: fnclex.
            machine.memory.load([0xFE, 0x06, 0x00, 0x05, 0xDB, 0xE2, 0xCF], at: 0x600)
            machine.memory.load([0x00, 0x06, 0x00, 0x00], at: 8)
            machine.state.segments.cs = Segment(realMode: 0)
            machine.state.eip = 0x7C00
            machine.state.gpr.esp = 0x7000
            _ = try machine.run(.resume, until: 1000)
            #expect(machine.memory.peek(0x500) == count, "mask \(mask)")
        }
    }

    // MARK: DMA

    /// From memory to memory, the way of the chip that needs no device: page 83 is of channels 0 and 1, of four bits.
    @Test func pageRegistersAreThoseOfAnXT() throws {
        let memory = try PhysicalMemory(ramSize: 1 << 20)
        let dma = DMA8237Pair(memory: memory, clock: clock, hasSecond: false)
        func set(_ register: UInt16, _ values: UInt32...) { for value in values { dma.setByte(value, register) } }
        memory.load([1, 2, 3, 4], at: 0x31000)
        dma.write(bank: DMA8237Pair.Bank.pages, offset: 3, width: .byte, value: 0xF3)
        for place in [UInt16(1), 2] {
            dma.write(bank: DMA8237Pair.Bank.pages, offset: place, width: .byte, value: 0x55)
        }
        set(0x0D, 0)
        set(0x08, 1)
        set(0, 0x00, 0x10)
        set(2, 0x00, 0x20)
        set(1, 3, 0)
        set(3, 3, 0)
        set(0x0B, 0x88, 0x85)
        set(0x09, 4)
        #expect(memory.peek(0x32000, count: 5) == [1, 2, 3, 4, 0])
        #expect((0..<4).map { dma.page($0) } == [3, 3, 5, 5] && dma.fields.contains { $0.name == "channel 3 page" })
        #expect(!dma.fields.contains { $0.name == "channel 4 page" })
    }

    /// A sector from the floppy by channel 2: no second chip has to pass the request on.
    @Test func aDevicesRequestIsServedAtOnce() throws {
        final class Giver: DMARequester {
            var given: UInt16 = 0
            weak var dma: (any DMAService)?
            func dmaRead(isLast: Bool) -> UInt16 {
                given += 1
                if isLast { dma?.setRequest(2, level: false) }
                return given
            }
            func dmaWrite(_ value: UInt16, isLast: Bool) {}
            func dmaVerify(isLast: Bool) {}
        }
        let memory = try PhysicalMemory(ramSize: 1 << 20)
        let dma = DMA8237Pair(memory: memory, clock: clock, hasSecond: false)
        let giver = Giver()
        giver.dma = dma
        dma.connect(giver, channel: 2)
        dma.write(bank: DMA8237Pair.Bank.pages, offset: 1, width: .byte, value: 4)
        for (register, value) in [(4, 0x10), (4, 0), (5, 2), (5, 0), (0x0B, 0x46), (0x0A, 2)] as [(UInt16, UInt32)] {
            dma.setByte(value, register)
        }
        dma.setRequest(2, level: true)
        #expect(memory.peek(0x40010, count: 4) == [1, 2, 3, 0])
    }

    // MARK: Displays

    @Test func anMDAIsTheDisplayBesideACGA() throws {
        let both = try board { $0.devices = [DeviceOption("mda")] }
        #expect(both.screen.mode == 7 && owner(0x3B4) == "mda" && owner(0x3D4) == "cga")
        let ppi = try #require(both["ppi"])
        #expect(ppi.byte(2) & 0x0F == 0x0F)
        ppi.setByte(0x48, 1)
        #expect(ppi.byte(2) & 0x0F == 3)
    }

    @Test func aVGAIsTheDisplayInPlaceOfACGA() throws {
        let machine = try Machine(ramSize: 1 << 20)
        var options = BoardOptions()
        options.machine = MachineCatalog.xt
        options.devices = [DeviceOption("vga"), DeviceOption("cga", off: true)]
        let board = try Board(machine: machine, options: options)
        let display = try #require(board["vga"] as? VGA)
        display.store(Array("V\u{07}".utf8), at: 0xB8000)
        #expect(board.screen.lines == ["V"] && display.memoryRegions.count == 1)
        board["ppi"]?.setByte(0x48, 1)
        #expect((board["ppi"]?.byte(2) ?? 0xFF) & 3 == 0, "it has firmware of its own")
        // Both want the ports of a 6845.
        options.devices = [DeviceOption("vga")]
        #expect(throws: BoardError.overlap(port: 0x3D4, new: "vga", existing: "cga")) {
            try Board(machine: try Machine(ramSize: 1 << 20), options: options)
        }
    }
}
