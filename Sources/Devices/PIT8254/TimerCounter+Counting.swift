extension TimerCounter {
    /// Whether a clock moves the counting element.
    private var isCounting: Bool {
        guard isLoaded else { return false }
        switch mode {
        case 0: return gate && firstByte == nil
        case 2, 3, 4: return gate
        default: return true
        }
    }

    /// Whether the strobe of modes 4 and 5 is on: it lasts one clock, whatever GATE does.
    private var isStrobing: Bool { mode >= 4 && !out }

    /// Lets `clocks` clock pulses pass, in constant time.
    package mutating func advance(_ clocks: UInt64) {
        var left = clocks
        if left > 0, loadsNext {
            load()
            left -= 1
        } else if left > 0, isStrobing {
            if isCounting { element = countedDown(by: 1) }
            out = true
            left -= 1
        }
        guard left > 0, isCounting else { return }
        switch mode {
        case 2: advanceRate(left)
        case 3: advanceSquare(left)
        default: advanceOnce(left)
        }
    }

    /// The clock at which the count register gets into the counting element.
    private mutating func load() {
        loadsNext = false
        reload()
        isLoaded = true
        switch mode {
        case 1: out = false
        case 2, 3: out = true
        case 4, 5:
            out = true
            isArmed = true
        default: break  // mode 0: OUT is low since the write
        }
    }

    private mutating func reload() {
        isNull = false
        loadedOdd = count & 1 != 0
        element = mode == 3 ? count & ~1 : count
    }

    private func countedDown(by clocks: UInt64) -> UInt32 {
        let start = element % modulus
        let step = UInt32(truncatingIfNeeded: clocks % UInt64(modulus))
        return (start + modulus - step) % modulus
    }

    /// Modes 0, 1, 4, 5: to zero once, then on from the top without effect.
    private mutating func advanceOnce(_ clocks: UInt64) {
        let isWaiting = mode < 2 ? !out : isArmed
        let remaining = UInt64(element)
        element = countedDown(by: clocks)
        guard isWaiting, clocks >= remaining else { return }
        isArmed = false
        out = mode < 2 || clocks > remaining
    }

    /// Mode 2: from N down to 1, OUT low at 1.
    private mutating func advanceRate(_ clocks: UInt64) {
        var left = clocks
        if left >= UInt64(element) {
            left -= UInt64(element)
            reload()
            left %= UInt64(element)
        }
        element -= UInt32(truncatingIfNeeded: left)
        out = element != 1
    }

    /// Mode 3: two halves, each from N (N - 1 if odd) in steps of 2.
    private mutating func advanceSquare(_ clocks: UInt64) {
        var left = clocks
        if left >= half {
            left -= half
            out.toggle()
            reload()
            left %= UInt64(count)
        }
        if left >= half {
            left -= half
            out.toggle()
            reload()
        }
        element &-= 2 &* UInt32(truncatingIfNeeded: left)
    }

    /// Mode 3: clocks to the end of this half.
    private var half: UInt64 { UInt64(element / 2) + (loadedOdd && out ? 1 : 0) }

    /// Clocks until OUT changes if nobody interferes, or nil if it does not.
    package var clocksToChange: UInt64? {
        if loadsNext {
            var next = self
            next.advance(1)
            return next.out != out ? 1 : next.clocksToChange.map { $0 &+ 1 }
        }
        if isStrobing { return 1 }
        guard isCounting else { return nil }
        switch mode {
        case 2: return out ? UInt64(max(element, 2) - 1) : 1
        case 3: return max(half, 1)
        case 0, 1: return out ? nil : UInt64(max(element, 1))
        default: return isArmed ? UInt64(max(element, 1)) : nil
        }
    }
}
