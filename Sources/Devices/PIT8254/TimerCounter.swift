/// One of the three counters of an 8254: its registers and how they move with its clock.
///
/// Modes, by control word bits 3-1, and what GATE does:
///
///     0     interrupt on terminal count   OUT low until zero          low stops
///     1     one-shot                      low pulse of N clocks       rise starts
///     2, 6  rate generator                low for the last of N       low stops, OUT high; rise starts anew
///     3, 7  square wave                   high for (N + 1) / 2 of N   low stops, OUT high; rise starts anew
///     4     software-triggered strobe     low for 1 clock at zero     low stops
///     5     hardware-triggered strobe     low for 1 clock at zero     rise starts
///
/// A count gets into the counter at the clock after the write (modes 0, 4 and the first one of 2, 3), after the
/// rise of GATE (1, 5), or when the running count is over (2; 3 at the end of each half).
package struct TimerCounter: Codable, Equatable, Sendable {
    /// Control word bits 5-0: access, mode, BCD.
    package var control: UInt8 = 0x36
    /// The count register, as written.
    package var countRegister: UInt16 = 0
    /// The counting element: up to 65536 (10000 in BCD) for a count of zero; even in mode 3.
    package var element: UInt32 = 0
    /// The count last loaded was odd: mode 3 keeps OUT high for a clock more.
    package var loadedOdd = false
    /// The level of OUT.
    package var out = true
    /// The level of GATE.
    package var gate = true
    /// Null count: what was written last has not reached the counting element.
    package var isNull = true
    /// A whole count was written since the control word.
    package var hasCount = false
    /// The count register goes into the counting element at the next clock.
    package var loadsNext = false
    /// The counting element has been loaded since the control word.
    package var isLoaded = false
    /// The strobe of modes 4 and 5 is still to come.
    package var isArmed = false
    /// The first byte of a two-byte count, while the second is missing.
    package var firstByte: UInt8?
    /// The next read of a two-byte count is the high byte.
    package var readsHigh = false
    /// A latched count.
    package var latchedCount: UInt16?
    /// A latched status.
    package var latchedStatus: UInt8?

    /// Power-on, undefined on the chip: two-byte access, mode 3, no count, OUT high.
    package init(gate: Bool) { self.gate = gate }

    /// The mode, 0 to 5.
    package var mode: UInt8 {
        let bits = control >> 1 & 7
        return bits > 5 ? bits - 4 : bits
    }

    private var isBCD: Bool { control & 1 != 0 }
    private var access: UInt8 { control >> 4 & 3 }
    /// How many different counts there are.
    var modulus: UInt32 { isBCD ? 10000 : 65536 }

    /// The written count as a number: zero counts as the modulus, and the illegal 1 of modes 2 and 3 as 2.
    var count: UInt32 {
        let value = (isBCD ? Self.binary(countRegister) : UInt32(countRegister)) % modulus
        if value == 1, mode == 2 || mode == 3 { return 2 }
        return value == 0 ? modulus : value
    }

    /// What reads see: the counting element, in BCD if so programmed.
    private var visible: UInt16 {
        let value = element % modulus
        return isBCD ? Self.decimal(value) : UInt16(truncatingIfNeeded: value)
    }

    private static func binary(_ bcd: UInt16) -> UInt32 {
        let digits = UInt32(bcd)
        return (digits >> 12) * 1000 + (digits >> 8 & 15) * 100 + (digits >> 4 & 15) * 10 + (digits & 15)
    }

    private static func decimal(_ value: UInt32) -> UInt16 {
        let digits = [value / 1000 % 10, value / 100 % 10, value / 10 % 10, value % 10]
        return digits.reduce(0) { $0 << 4 | UInt16(truncatingIfNeeded: $1) }
    }

    // MARK: Registers

    /// A control word for this counter: a counter latch command if its access bits are 0.
    package mutating func writeControl(_ value: UInt8) {
        guard value & 0x30 != 0 else { return latchCount() }
        let old = self
        self = TimerCounter(gate: old.gate)
        control = value & 0x3F
        element = old.element
        out = mode != 0
    }

    /// Keeps the count until it is read; a second command before that is ignored.
    package mutating func latchCount() {
        guard latchedCount == nil else { return }
        latchedCount = visible
        readsHigh = false
    }

    /// Keeps the status until it is read; a second command before that is ignored.
    package mutating func latchStatus() { latchedStatus = latchedStatus ?? status }

    /// OUT, null count, and the control word's access, mode and BCD bits.
    package var status: UInt8 { (out ? 0x80 : 0) | (isNull ? 0x40 : 0) | control & 0x3F }

    /// A byte of the count, by the access bits.
    package mutating func writeCount(_ value: UInt8) {
        switch access {
        case 1: accept(UInt16(value))
        case 2: accept(UInt16(value) << 8)
        default:
            guard let low = firstByte else {
                firstByte = value
                if mode == 0 { out = false }
                return
            }
            firstByte = nil
            accept(UInt16(value) << 8 | UInt16(low))
        }
    }

    /// A whole count is in the count register.
    private mutating func accept(_ value: UInt16) {
        countRegister = value
        isNull = true
        switch mode {
        case 0:
            out = false
            loadsNext = true
        case 4: loadsNext = true
        case 2, 3: loadsNext = loadsNext || !hasCount
        default: break  // modes 1 and 5 wait for GATE
        }
        hasCount = true
    }

    /// A latched status, else a byte of the latched or running count, by the access bits.
    package mutating func read() -> UInt8 {
        if let status = latchedStatus {
            latchedStatus = nil
            return status
        }
        let value = latchedCount ?? visible
        let takesHigh = access == 2 || access == 3 && readsHigh
        if access == 3 { readsHigh.toggle() }
        if access != 3 || takesHigh { latchedCount = nil }
        return UInt8(truncatingIfNeeded: takesHigh ? value >> 8 : value)
    }

    /// Drives GATE.
    package mutating func setGate(_ level: Bool) {
        guard level != gate else { return }
        gate = level
        switch mode {
        case 2, 3:
            if level { loadsNext = hasCount } else { out = true }
        case 1, 5:
            if level { loadsNext = loadsNext || hasCount }
        default: break  // modes 0 and 4 only stop and go on
        }
    }
}
