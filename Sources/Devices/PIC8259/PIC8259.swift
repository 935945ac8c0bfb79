/// One interrupt controller chip as a value: its registers and what they decide, without ports or CPU.
///
/// Programmable interrupt controller 8259A: eight request inputs, one INT output. Source: Intel 8259A datasheet
/// (231468-003); the ELCR is that of the 82371 PCI-to-ISA bridge.
///
/// Registers (A0, direction, bits that select):
///
///     0  write, bit 4          ICW1  bit 0 ICW4 follows, bit 1 single, bit 3 all inputs level-triggered
///     1  write, after ICW1     ICW2  bits 7-3 of the vectors; then
///                              ICW3  unless single: master: inputs with a slave; slave: its number; then
///                              ICW4  if announced: bit 0 8086 mode, bit 1 automatic EOI, bit 4 special fully nested
///     1  write, otherwise      OCW1  interrupt mask (IMR)
///     0  write, bits 4-3 = 00  OCW2  bits 7-5 EOI and rotation command, bits 2-0 level
///     0  write, bits 4-3 = 01  OCW3  bits 6-5 special mask, bit 2 poll, bits 1-0 which register A0 = 0 reads
///     0  read                  IRR or ISR; the poll byte once after a poll command
///     1  read                  IMR; the poll byte once after a poll command
///
/// Interrupts: INT is high while an unmasked request has a higher priority than all that is in service. A request
/// lasts only as long as its input is high. If none is left when the CPU acknowledges, the chip answers with
/// level 7 and marks nothing in service: the spurious interrupt. No INT between power-on and the end of the ICWs.
///
/// Not modelled: 8080 mode (the CALL sequence of three bytes; the chip answers as in 8086 mode), its address
/// interval, buffered mode and its master/slave bit (which chip is the master is wired).
package struct PIC8259: Codable, Equatable, Sendable {
    /// How far the initialisation has come: what the next write with A0 = 1 is.
    package enum Phase: String, Codable, Sendable {
        /// Power-on: no ICW1 yet. Such a write is OCW1.
        case uninitialised
        /// ICW1 was written.
        case vectorBase
        /// ICW2 was written, and the chip is not single.
        case cascade
        /// ICW4 was announced and is due.
        case mode
        /// In operation: such a write is OCW1.
        case ready
    }

    /// How far the initialisation has come.
    package var phase = Phase.uninitialised
    /// The level of each input.
    package var inputs: UInt8 = 0
    /// The edge latches: inputs that rose and were not acknowledged yet.
    package var edges: UInt8 = 0
    /// In-service register: interrupts that were acknowledged and not ended.
    package var isr: UInt8 = 0
    /// Interrupt mask register.
    package var imr: UInt8 = 0
    /// ICW1: bit 0 ICW4 follows, bit 1 single, bit 3 level-triggered.
    package var icw1: UInt8 = 0
    /// Bits 7-3 of the vectors.
    package var vectorBase: UInt8 = 0
    /// ICW3: a master's inputs with a slave as bits, a slave's number; 7 until written.
    package var icw3: UInt8 = 7
    /// ICW4: bit 0 8086 mode, bit 1 automatic EOI, bit 4 special fully nested mode.
    package var icw4: UInt8 = 0
    /// Edge/level control register: inputs that are level-triggered.
    package var elcr: UInt8 = 0
    /// The level with the lowest priority; the next one upwards, modulo 8, has the highest.
    package var lowestPriority: UInt8 = 7
    /// Special mask mode: what is masked does not block others by being in service.
    package var specialMask = false
    /// Rotate in automatic EOI mode.
    package var rotatesOnAutomaticEOI = false
    /// A0 = 0 reads ISR instead of IRR.
    package var readsISR = false
    /// The next read is a poll: it acknowledges.
    package var polls = false

    /// Power-on: no INT, nothing masked, edge-triggered, fixed priorities.
    package init() {}

    // MARK: Inputs and output

    /// Drives input `level`, 0 to 7.
    package mutating func setInput(_ level: UInt8, _ high: Bool) {
        let bit = UInt8(1) << (level & 7)
        if high {
            edges |= bit & ~inputs
            inputs |= bit
        } else {
            edges &= ~bit
            inputs &= ~bit
        }
    }

    /// Interrupt request register: inputs that are high, and rose if edge-triggered.
    package var irr: UInt8 { (edges | levelTriggered) & inputs }

    private var levelTriggered: UInt8 { icw1 & 8 != 0 ? 0xFF : elcr }

    /// Whether another chip sits at input `level`, by ICW3, if this chip is a master.
    package func cascades(_ level: UInt8) -> Bool { icw1 & 2 == 0 && icw3 & (1 << (level & 7)) != 0 }

    /// Whether this chip, as a slave, takes the cascade lines' `number` for its own.
    package func answers(to number: UInt8) -> Bool { icw1 & 2 == 0 && icw3 & 7 == number }

    /// The level that INT asks for, or nil while INT is low; `isMaster` tells what ICW3 means.
    package func request(isMaster: Bool) -> UInt8? {
        guard phase == .ready else { return nil }
        let requests = irr & ~imr
        let blocking = specialMask ? isr & ~imr : isr
        let nested = isMaster && icw4 & 0x10 != 0
        for level in priorities {
            let bit = UInt8(1) << level
            if blocking & bit != 0 { return nested && cascades(level) && requests & bit != 0 ? level : nil }
            if requests & bit != 0 { return level }
        }
        return nil
    }

    /// The levels by priority, highest first.
    private var priorities: some Sequence<UInt8> {
        (UInt8(1)...8).lazy.map { [lowestPriority] in (lowestPriority &+ $0) & 7 }
    }

    // MARK: Acknowledge and end of interrupt

    /// The CPU acknowledges: the level that goes in service, or nil if the request is gone.
    package mutating func acknowledge(isMaster: Bool) -> UInt8? {
        guard let level = request(isMaster: isMaster) else { return nil }
        let bit = UInt8(1) << level
        edges &= ~bit
        if icw4 & 2 == 0 {
            isr |= bit
        } else if rotatesOnAutomaticEOI {
            lowestPriority = level
        }
        return level
    }

    /// The vector of a level; of the spurious level 7 for nil.
    package func vector(of level: UInt8?) -> UInt8 { vectorBase & 0xF8 | (level ?? 7) & 7 }

    /// OCW2: bit 7 rotate, bit 6 the level is given, bit 5 end of interrupt.
    private mutating func command(_ value: UInt8) {
        let given = value & 7
        switch value >> 5 {
        case 0b001: end(highestInService)
        case 0b011: end(given)
        case 0b101: end(highestInService, rotating: true)
        case 0b111: end(given, rotating: true)
        case 0b110: lowestPriority = given
        case 0b100: rotatesOnAutomaticEOI = true
        case 0b000: rotatesOnAutomaticEOI = false
        default: break  // 010: no operation
        }
    }

    /// What a non-specific EOI ends: in special mask mode it does not see what is masked.
    private var highestInService: UInt8? {
        let visible = specialMask ? isr & ~imr : isr
        return priorities.first { visible & (1 << $0) != 0 }
    }

    private mutating func end(_ level: UInt8?, rotating: Bool = false) {
        guard let level else { return }
        isr &= ~(1 << level)
        if rotating { lowestPriority = level }
    }

    // MARK: Registers

    /// A write with A0 = `a0`.
    package mutating func write(a0: Bool, _ value: UInt8) {
        if a0 {
            writeSequence(value)
        } else if value & 0x10 != 0 {
            initialise(value)
        } else if value & 0x08 == 0 {
            command(value)
        } else {
            if value & 0x40 != 0 { specialMask = value & 0x20 != 0 }
            polls = value & 0x04 != 0
            if !polls, value & 0x02 != 0 { readsISR = value & 0x01 != 0 }
        }
    }

    /// ICW1 resets all but the inputs, the ELCR and the vectors; an input that is high must fall and rise again.
    private mutating func initialise(_ value: UInt8) {
        var fresh = PIC8259()
        fresh.inputs = inputs
        fresh.elcr = elcr
        fresh.vectorBase = vectorBase
        fresh.icw1 = value & 0x0F
        fresh.phase = .vectorBase
        self = fresh
    }

    private mutating func writeSequence(_ value: UInt8) {
        switch phase {
        case .uninitialised, .ready: imr = value
        case .vectorBase:
            vectorBase = value & 0xF8
            phase = icw1 & 2 == 0 ? .cascade : icw1 & 1 != 0 ? .mode : .ready
        case .cascade:
            icw3 = value
            phase = icw1 & 1 != 0 ? .mode : .ready
        case .mode:
            icw4 = value & 0x1F
            phase = .ready
        }
    }

    /// A read with A0 = `a0`; a poll acknowledges, whichever address is read.
    package mutating func read(a0: Bool, isMaster: Bool) -> UInt8 {
        guard polls else { return a0 ? imr : readsISR ? isr : irr }
        polls = false
        return acknowledge(isMaster: isMaster).map { 0x80 | $0 } ?? 0
    }
}
