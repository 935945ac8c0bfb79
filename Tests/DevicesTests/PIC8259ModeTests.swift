import Devices
import Testing
import X86Interp

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

    @Test(
        "OCW2: what each command ends and who gets the lowest priority",
        arguments: [
            (ocw2: 0x20, isr: 0x48, lowest: 7, "non-specific EOI"),
            (ocw2: 0x63, isr: 0x42, lowest: 7, "specific EOI 3"),
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

    @Test(
        "special fully nested mode lets a higher request of the same slave through",
        arguments: [
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

    @Test(
        "a master that knows of no slave at input 2 answers by itself",
        arguments: [
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
