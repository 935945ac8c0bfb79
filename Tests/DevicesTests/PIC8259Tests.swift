import Devices
import Testing
import X86Interp

/// The pair on its bus, with the writes that a BIOS and an operating system make.
final class PICBoard {
    /// The lines to the CPU.
    let bus = ControlBus()
    /// The chips.
    let pic: PIC8259Pair

    /// A pair that nobody has initialised.
    init() { pic = PIC8259Pair(bus: bus) }

    /// A pair as a BIOS sets it up: vectors 08 and 70, nothing masked.
    static func initialised(masterICW1: UInt8 = 0x11, masterICW4: UInt8 = 0x01, slaveICW4: UInt8 = 0x01) -> PICBoard {
        let board = PICBoard()
        board.master(masterICW1, 0x08, 0x04, masterICW4)
        board.slave(0x11, 0x70, 0x02, slaveICW4)
        return board
    }

    /// A command to the master, and what follows it at the odd port.
    func master(_ command: UInt8, _ sequence: UInt8...) { write(0, command, sequence) }
    /// A command to the slave, and what follows it at the odd port.
    func slave(_ command: UInt8, _ sequence: UInt8...) { write(1, command, sequence) }
    /// OCW1 to both chips.
    func mask(master: UInt8, slave: UInt8 = 0) {
        pic.write(bank: 0, offset: 1, width: .byte, value: UInt32(master))
        pic.write(bank: 1, offset: 1, width: .byte, value: UInt32(slave))
    }
    /// Sets both edge/level control registers.
    func elcr(_ master: UInt8, _ slave: UInt8 = 0) {
        pic.write(bank: 2, offset: 0, width: .byte, value: UInt32(master))
        pic.write(bank: 2, offset: 1, width: .byte, value: UInt32(slave))
    }
    private func write(_ bank: UInt8, _ command: UInt8, _ sequence: [UInt8]) {
        pic.write(bank: bank, offset: 0, width: .byte, value: UInt32(command))
        for value in sequence { pic.write(bank: bank, offset: 1, width: .byte, value: UInt32(value)) }
    }
    /// Raises inputs, in order.
    func raise(_ irqs: Int...) { for irq in irqs { pic.lineChanged(irq, level: true) } }
    /// Lowers inputs, in order.
    func lower(_ irqs: Int...) { for irq in irqs { pic.lineChanged(irq, level: false) } }
    /// Reads IRR of both chips, slave in the high byte.
    var irr: UInt16 { both(select: 0x0A) }
    /// Reads ISR of both chips, slave in the high byte.
    var isr: UInt16 { both(select: 0x0B) }
    private func both(select: UInt8) -> UInt16 {
        master(select)
        slave(select)
        return UInt16(pic.read(bank: 0, offset: 0, width: .byte))
            | UInt16(pic.read(bank: 1, offset: 0, width: .byte)) << 8
    }
    /// What the CPU does at an instruction boundary: the vector if INTR is high.
    func interrupt() -> UInt8? { bus.intr ? bus.acknowledge() : nil }
    /// The vectors that a CPU takes that never ends an interrupt.
    func interrupts() -> [UInt8] {
        var vectors: [UInt8] = []
        while vectors.count < 20, let vector = interrupt() { vectors.append(vector) }
        return vectors
    }
}

/// OCW2: non-specific EOI.
let endOfInterrupt: UInt8 = 0x20

@Suite("PIC8259: initialisation")
struct PIC8259InitialisationTests {
    @Test("before the first ICW1 nothing reaches the CPU")
    func powerOn() {
        let board = PICBoard()
        board.raise(0, 1, 12)
        #expect(!board.bus.intr)
        #expect(board.pic.read(bank: 0, offset: 1, width: .byte) == 0)
    }

    @Test(
        "the ICW sequence has the length that ICW1 announces; what follows is the mask",
        arguments: [
            (icw1: 0x11, words: [0x08, 0x04, 0x01]), (icw1: 0x10, words: [0x08, 0x04]),
            (icw1: 0x13, words: [0x08, 0x01]), (icw1: 0x12, words: [0x08]),
        ] as [(icw1: UInt8, words: [UInt8])])
    func sequence(icw1: UInt8, words: [UInt8]) {
        let board = PICBoard()
        board.master(icw1)
        board.raise(5)
        for word in words {
            #expect(!board.bus.intr, "no interrupt within the sequence")
            board.pic.write(bank: 0, offset: 1, width: .byte, value: UInt32(word))
        }
        #expect(board.pic.state.master.phase == .ready)
        board.pic.write(bank: 0, offset: 1, width: .byte, value: 0xA5)
        #expect(board.pic.read(bank: 0, offset: 1, width: .byte) == 0xA5)
    }

    @Test("ICW1 clears mask, in-service bits, edges, priorities and special modes, and selects IRR")
    func initialisationResets() {
        let board = PICBoard.initialised(masterICW4: 0x11)
        board.mask(master: 0x42)
        board.raise(3, 4)
        _ = board.interrupt()
        board.master(0xC2)
        board.master(0x6B)
        board.master(0x11, 0x20, 0x04, 0x01)
        var expected = PIC8259()
        expected.phase = .ready
        expected.inputs = 0b11000
        expected.icw1 = 0x01
        expected.icw4 = 0x01
        expected.icw3 = 0x04
        expected.vectorBase = 0x20
        #expect(board.pic.state.master == expected)
    }

    @Test("an edge-triggered input that is high during ICW1 must fall and rise again")
    func edgesAfterInitialisation() {
        let board = PICBoard()
        board.raise(1)
        board.master(0x11, 0x08, 0x04, 0x01)
        #expect(!board.bus.intr)
        board.lower(1)
        board.raise(1)
        #expect(board.interrupt() == 0x09)
    }

    @Test("ICW2 sets bits 7-3 of the vector", arguments: [(base: 0x20, vector: 0x23), (base: 0x27, vector: 0x23)])
    func vectorBase(base: UInt8, vector: UInt8) {
        let board = PICBoard()
        board.master(0x11, base, 0x04, 0x01)
        board.raise(3)
        #expect(board.interrupt() == vector)
    }

    @Test("reset is the power-on state")
    func reset() {
        let board = PICBoard.initialised()
        board.raise(0, 9)
        _ = board.interrupt()
        board.pic.reset()
        #expect(board.pic.state == PIC8259Pair.State())
        #expect(!board.bus.intr)
    }
}

@Suite("PIC8259: requests and priorities")
struct PIC8259PriorityTests {
    @Test("fixed priorities: 0, 1, the slave's 8 to 15, 3 to 7")
    func fixedPriorities() {
        let order = [0, 1, 8, 9, 10, 11, 12, 13, 14, 15, 3, 4, 5, 6, 7]
        let board = PICBoard.initialised()
        board.mask(master: 0xFF, slave: 0xFF)
        for irq in order.reversed() { board.raise(irq) }
        board.mask(master: 0)
        var taken: [UInt8] = []
        while let vector = board.interrupt() {
            taken.append(vector)
            if vector >= 0x70 { board.slave(endOfInterrupt) }
            board.master(endOfInterrupt)
        }
        #expect(taken == order.map { UInt8($0 < 8 ? 0x08 + $0 : 0x70 + $0 - 8) })
    }

    @Test(
        "a higher request interrupts, an equal or lower one waits for the EOI",
        arguments: [
            (inService: 4, request: 3, vector: 0x0B), (inService: 4, request: 4, vector: nil),
            (inService: 4, request: 5, vector: nil), (inService: 4, request: 12, vector: 0x74),
            (inService: 12, request: 11, vector: nil), (inService: 12, request: 1, vector: 0x09),
            (inService: 12, request: 3, vector: nil),
        ] as [(inService: Int, request: Int, vector: UInt8?)])
    func nesting(inService: Int, request: Int, vector: UInt8?) {
        let board = PICBoard.initialised()
        board.raise(inService)
        _ = board.interrupt()
        board.lower(inService)
        board.raise(request)
        #expect(board.interrupt() == vector)
    }

    @Test("the mask holds a request back without losing it")
    func maskHolds() {
        let board = PICBoard.initialised()
        board.mask(master: 0x10)
        board.raise(4)
        #expect(!board.bus.intr)
        #expect(board.irr == 0x10)
        board.mask(master: 0)
        #expect(board.interrupt() == 0x0C)
        #expect(board.irr == 0 && board.isr == 0x10)
    }

    @Test("an edge counts once, a level as long as it lasts")
    func triggers() {
        for (isLevel, expected) in [(false, [0x0D]), (true, [0x0D, 0x0D, 0x0D])] as [(Bool, [UInt8])] {
            let board = PICBoard.initialised()
            board.elcr(isLevel ? 0x20 : 0)
            board.raise(5)
            var taken: [UInt8] = []
            while taken.count < 3, let vector = board.interrupt() {
                taken.append(vector)
                board.master(endOfInterrupt)
            }
            #expect(taken == expected)
        }
    }

    @Test("ICW1 bit 3 makes all inputs level-triggered")
    func levelTriggeredMode() {
        let board = PICBoard.initialised(masterICW1: 0x19)
        board.raise(6)
        for _ in 0..<2 {
            #expect(board.interrupt() == 0x0E)
            board.master(endOfInterrupt)
        }
        board.lower(6)
        #expect(!board.bus.intr)
    }

    @Test("ELCR keeps IRQ 0, 1, 2, 8 and 13 edge-triggered")
    func elcrFixedBits() {
        let board = PICBoard()
        board.elcr(0xFF, 0xFF)
        #expect(board.pic.read(bank: 2, offset: 0, width: .byte) == 0xF8)
        #expect(board.pic.read(bank: 2, offset: 1, width: .byte) == 0xDE)
    }

    @Test("IRQ 2 and numbers that do not exist have no wire", arguments: [2, 16, -1, .max, .min])
    func noSuchInput(number: Int) {
        let board = PICBoard.initialised()
        board.raise(number)
        #expect(!board.bus.intr)
        #expect(board.irr == 0)
    }
}
