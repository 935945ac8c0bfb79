import Devices
import X86Interp
import Testing

/// The pair on its bus, with the writes that a BIOS and an operating system make.
private final class PICBoard {
    let bus = ControlBus()
    let pic: PIC8259Pair

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
    func mask(master: UInt8, slave: UInt8 = 0) {
        pic.write(bank: 0, offset: 1, width: .byte, value: UInt32(master))
        pic.write(bank: 1, offset: 1, width: .byte, value: UInt32(slave))
    }
    func elcr(_ master: UInt8, _ slave: UInt8 = 0) {
        pic.write(bank: 2, offset: 0, width: .byte, value: UInt32(master))
        pic.write(bank: 2, offset: 1, width: .byte, value: UInt32(slave))
    }
    private func write(_ bank: UInt8, _ command: UInt8, _ sequence: [UInt8]) {
        pic.write(bank: bank, offset: 0, width: .byte, value: UInt32(command))
        for value in sequence { pic.write(bank: bank, offset: 1, width: .byte, value: UInt32(value)) }
    }
    func raise(_ irqs: Int...) { for irq in irqs { pic.lineChanged(irq, level: true) } }
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

private let endOfInterrupt: UInt8 = 0x20

@Suite("PIC8259: initialisation")
struct PIC8259InitialisationTests {
    @Test("before the first ICW1 nothing reaches the CPU")
    func powerOn() {
        let board = PICBoard()
        board.raise(0, 1, 12)
        #expect(!board.bus.intr)
        #expect(board.pic.read(bank: 0, offset: 1, width: .byte) == 0)
    }

    @Test("the ICW sequence has the length that ICW1 announces; what follows is the mask", arguments: [
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

    @Test("a higher request interrupts, an equal or lower one waits for the EOI", arguments: [
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

@Suite("PIC8259: end of interrupt and rotation")
struct PIC8259EndOfInterruptTests {
    /// A master with levels 1, 3 and 6 in service, as nested handlers leave it.
    private static func nested() -> PICBoard {
        let board = PICBoard.initialised()
        for irq in [6, 3, 1] {
            board.raise(irq)
            _ = board.interrupt()
            board.lower(irq)
        }
        return board
    }

    @Test("OCW2: what each command ends and who gets the lowest priority", arguments: [
        (ocw2: 0x20, isr: 0x48, lowest: 7, "non-specific EOI"), (ocw2: 0x63, isr: 0x42, lowest: 7, "specific EOI 3"),
        (ocw2: 0x65, isr: 0x4A, lowest: 7, "specific EOI of what is not in service"),
        (ocw2: 0xA0, isr: 0x48, lowest: 1, "rotate on non-specific EOI"),
        (ocw2: 0xE6, isr: 0x0A, lowest: 6, "rotate on specific EOI 6"),
        (ocw2: 0xC4, isr: 0x4A, lowest: 4, "set priority"), (ocw2: 0x40, isr: 0x4A, lowest: 7, "no operation"),
        (ocw2: 0x80, isr: 0x4A, lowest: 7, "rotate in automatic EOI mode, set"),
        (ocw2: 0x00, isr: 0x4A, lowest: 7, "rotate in automatic EOI mode, clear"),
    ] as [(ocw2: UInt8, isr: UInt16, lowest: UInt8, String)])
    func commands(ocw2: UInt8, isr: UInt16, lowest: UInt8, name: String) {
        let board = Self.nested()
        board.master(ocw2)
        #expect(board.isr == isr, "\(name)")
        #expect(board.pic.state.master.lowestPriority == lowest, "\(name)")
        #expect(board.pic.state.master.rotatesOnAutomaticEOI == (ocw2 == 0x80), "\(name)")
    }

    @Test("after set priority 4 the order is 5, 6, 7, 0, 1, 2, 3, 4")
    func rotatedOrder() {
        let board = PICBoard.initialised(masterICW4: 0x03)
        board.master(0xC4)
        board.mask(master: 0xFF)
        board.raise(0, 1, 3, 4, 5, 6, 7)
        board.mask(master: 0)
        #expect(board.interrupts() == [0x0D, 0x0E, 0x0F, 0x08, 0x09, 0x0B, 0x0C])
    }

    @Test("a non-specific EOI with nothing in service does nothing")
    func idleEndOfInterrupt() {
        let board = PICBoard.initialised()
        let before = board.pic.state
        board.master(endOfInterrupt)
        board.master(0xA0)
        #expect(board.pic.state == before)
    }

    @Test("automatic EOI leaves nothing in service")
    func automaticEndOfInterrupt() {
        let board = PICBoard.initialised(masterICW4: 0x03)
        board.raise(7)
        #expect(board.interrupt() == 0x0F)
        #expect(board.isr == 0)
        board.raise(6)
        #expect(board.interrupt() == 0x0E)
    }

    @Test("rotation in automatic EOI mode: who was served goes last")
    func automaticRotation() {
        let board = PICBoard.initialised(masterICW1: 0x19, masterICW4: 0x03)
        board.master(0x80)
        board.raise(3, 5)
        var taken: [UInt8] = []
        for _ in 0..<4 { taken += board.interrupt().map { [$0] } ?? [] }
        #expect(taken == [0x0B, 0x0D, 0x0B, 0x0D])
    }

    @Test("special mask mode: what is in service and masked blocks nobody, and no non-specific EOI ends it")
    func specialMaskMode() {
        let board = PICBoard.initialised()
        board.raise(3)
        _ = board.interrupt()
        board.raise(5)
        board.mask(master: 0x08)
        #expect(!board.bus.intr, "not yet")
        board.master(0x68)
        #expect(board.interrupt() == 0x0D)
        board.master(endOfInterrupt)
        #expect(board.isr == 0x08)
        board.master(endOfInterrupt)
        #expect(board.isr == 0x08)
        board.master(0x48)
        board.master(endOfInterrupt)
        #expect(board.isr == 0)
    }
}

@Suite("PIC8259: cascade")
struct PIC8259CascadeTests {
    @Test("an interrupt of the slave is in service in both chips, and each needs its EOI")
    func bothInService() {
        let board = PICBoard.initialised()
        board.raise(14)
        #expect(board.interrupt() == 0x76)
        #expect(board.isr == 0x4004)
        board.slave(endOfInterrupt)
        board.master(endOfInterrupt)
        #expect(board.isr == 0)
    }

    @Test("the slave's next request is an edge for the master: none is lost between the two EOIs")
    func backToBack() {
        let board = PICBoard.initialised()
        board.raise(8, 14)
        #expect(board.interrupt() == 0x70)
        #expect(!board.bus.intr)
        board.slave(endOfInterrupt)
        board.master(endOfInterrupt)
        #expect(board.interrupt() == 0x76)
    }

    @Test("automatic EOI in the slave: its next request still reaches the master")
    func slaveAutomaticEndOfInterrupt() {
        let board = PICBoard.initialised(slaveICW4: 0x03)
        board.raise(8, 14)
        #expect(board.interrupt() == 0x70)
        board.master(endOfInterrupt)
        #expect(board.interrupt() == 0x76)
    }

    @Test("special fully nested mode lets a higher request of the same slave through", arguments: [
        (icw4: 0x11, vector: 0x71), (icw4: 0x01, vector: nil),
    ] as [(icw4: UInt8, vector: UInt8?)])
    func specialFullyNested(icw4: UInt8, vector: UInt8?) {
        let board = PICBoard.initialised(masterICW4: icw4)
        board.raise(12)
        _ = board.interrupt()
        board.raise(9)
        #expect(board.interrupt() == vector)
    }

    @Test("special fully nested mode still blocks the levels below the slave")
    func specialFullyNestedBlocks() {
        let board = PICBoard.initialised(masterICW4: 0x11)
        board.raise(12)
        _ = board.interrupt()
        board.raise(3)
        #expect(!board.bus.intr)
    }

    @Test("a slave with another number leaves the bus floating")
    func wrongSlaveNumber() {
        let board = PICBoard.initialised()
        board.slave(0x11, 0x70, 0x04, 0x01)
        board.raise(10)
        #expect(board.interrupt() == 0xFF)
        #expect(board.isr == 0x0004)
    }

    @Test("a master that knows of no slave at input 2 answers by itself", arguments: [
        (icw1: 0x11, words: [0x08, 0x00, 0x01]), (icw1: 0x13, words: [0x08, 0x01]),
    ] as [(icw1: UInt8, words: [UInt8])])
    func noSlave(icw1: UInt8, words: [UInt8]) {
        let board = PICBoard.initialised()
        board.master(icw1)
        for word in words { board.pic.write(bank: 0, offset: 1, width: .byte, value: UInt32(word)) }
        board.raise(10)
        #expect(board.interrupt() == 0x0A)
    }
}

@Suite("PIC8259: spurious interrupts, poll, state")
struct PIC8259SpuriousAndPollTests {
    @Test("a request that falls before the acknowledge is gone: vector 7, nothing in service")
    func spuriousMaster() {
        let board = PICBoard.initialised()
        board.raise(4)
        board.lower(4)
        #expect(!board.bus.intr)
        #expect(board.bus.acknowledge() == 0x0F)
        #expect(board.isr == 0)
    }

    @Test("a slave's request that falls within the acknowledge: IRQ 15, in service in the master only")
    func spuriousSlave() {
        let board = PICBoard.initialised()
        board.raise(12)
        var state = board.pic.state
        state.slave.setInput(4, false)
        board.pic.state = state
        #expect(board.bus.acknowledge() == 0x77)
        #expect(board.isr == 0x0004)
        board.master(endOfInterrupt)
        board.raise(15)
        #expect(board.interrupt() == 0x77)
        #expect(board.isr == 0x8004, "the true IRQ 15 is in service in both")
    }

    @Test("poll: one read acknowledges and names the level, at either address", arguments: [UInt16(0), 1])
    func poll(offset: UInt16) {
        let board = PICBoard.initialised()
        board.raise(6, 3)
        board.master(0x0C)
        #expect(board.pic.peek(bank: 0, offset: offset, width: .byte) == 0x83)
        #expect(board.pic.read(bank: 0, offset: offset, width: .byte) == 0x83)
        #expect(board.isr == 0x08)
        #expect(!board.bus.intr)
        #expect(board.pic.read(bank: 0, offset: 1, width: .byte) == 0, "only one read polls")
    }

    @Test("poll without a request reads 0")
    func pollNothing() {
        let board = PICBoard.initialised()
        board.master(0x0C)
        #expect(board.pic.read(bank: 0, offset: 0, width: .byte) == 0)
        #expect(board.isr == 0)
    }

    @Test("polling master, then slave: a system without INTR")
    func pollCascade() {
        let board = PICBoard.initialised()
        board.raise(11, 14)
        for expected: UInt32 in [0x83, 0x86] {
            board.master(0x0C)
            #expect(board.pic.read(bank: 0, offset: 0, width: .byte) == 0x82)
            board.slave(0x0C)
            #expect(board.pic.read(bank: 1, offset: 0, width: .byte) == expected)
            board.slave(endOfInterrupt)
            board.master(endOfInterrupt)
        }
        #expect(!board.bus.intr)
    }

    @Test("OCW3 chooses IRR or ISR until the next choice; other OCW3 leave it")
    func readSelect() {
        let board = PICBoard.initialised()
        board.raise(1)
        _ = board.interrupt()
        board.raise(4)
        board.master(0x0B)
        board.master(0x08)
        #expect(board.pic.read(bank: 0, offset: 0, width: .byte) == 0x02)
        board.master(0x0A)
        #expect(board.pic.read(bank: 0, offset: 0, width: .byte) == 0x10)
    }

    @Test("restoring a state drives INTR to its level and goes on as the original")
    func restore() {
        let board = PICBoard.initialised()
        board.raise(4, 9)
        let copy = PICBoard()
        copy.pic.state = board.pic.state
        #expect(copy.bus.intr)
        #expect(copy.interrupts() == board.interrupts())
        #expect(copy.pic.state == board.pic.state)
    }

    @Test("the AT BIOS: initialise, mask all but the timer and the cascade, take a tick")
    func biosSequence() {
        let board = PICBoard()
        board.raise(0)
        board.master(0x11, 0x08, 0x04, 0x01, 0xFF)
        board.slave(0x11, 0x70, 0x02, 0x01, 0xFF)
        board.mask(master: 0xFA, slave: 0xFF)
        board.lower(0)
        board.raise(0)
        #expect(board.interrupt() == 0x08)
        board.master(endOfInterrupt)
        #expect(board.isr == 0)
    }

    @Test("Linux's probe: a mask written to port 21 reads back")
    func linuxProbe() {
        let board = PICBoard()
        board.mask(master: 0, slave: 0xFF)
        board.pic.write(bank: 0, offset: 1, width: .byte, value: UInt32(UInt8(0xFB)))
        #expect(board.pic.read(bank: 0, offset: 1, width: .byte) == 0xFB)
    }
}
