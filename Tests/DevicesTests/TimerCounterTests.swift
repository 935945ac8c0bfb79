import Devices
import TestSupport
import Testing
import X86Interp

/// A counter with a control word and a whole count, written as the access bits want it.
private func counter(control: UInt8, count: UInt16? = nil, gate: Bool = true) -> TimerCounter {
    var counter = TimerCounter(gate: gate)
    counter.writeControl(control)
    if let count { counter.writeWhole(count) }
    return counter
}

extension TimerCounter {
    /// Writes a count in as many bytes as the control word asks for.
    fileprivate mutating func writeWhole(_ count: UInt16) {
        if control & 0x10 != 0 { writeCount(UInt8(count & 0xFF)) }
        if control & 0x20 != 0 { writeCount(UInt8(count >> 8)) }
    }

    /// Reads a count of two bytes.
    fileprivate mutating func readWhole() -> UInt16 { UInt16(read()) | UInt16(read()) << 8 }

    /// OUT after each of the next clocks: `-` high, `_` low.
    fileprivate mutating func wave(_ clocks: Int) -> String {
        var wave = ""
        for _ in 0..<clocks {
            advance(1)
            wave += out ? "-" : "_"
        }
        return wave
    }

    /// The count after each of the next clocks.
    fileprivate mutating func counts(_ clocks: Int) -> [UInt16] {
        var counts: [UInt16] = []
        for _ in 0..<clocks {
            advance(1)
            counts.append(readWhole())
        }
        return counts
    }
}

@Suite("PIT8254: the six modes")
struct TimerCounterModeTests {
    @Test(
        "OUT, clock by clock, after the count is written; the first clock loads it",
        arguments: [
            (control: 0x30, count: 4, wave: "____-------"), (control: 0x30, count: 1, wave: "_----------"),
            (control: 0x34, count: 3, wave: "--_--_--_--"), (control: 0x34, count: 2, wave: "-_-_-_-_-_-"),
            (control: 0x36, count: 4, wave: "--__--__--_"), (control: 0x36, count: 5, wave: "---__---__-"),
            (control: 0x36, count: 3, wave: "--_--_--_--"), (control: 0x36, count: 2, wave: "-_-_-_-_-_-"),
            (control: 0x38, count: 3, wave: "---_-------"), (control: 0x38, count: 1, wave: "-_---------"),
            (control: 0x3C, count: 3, wave: "--_--_--_--"), (control: 0x3E, count: 4, wave: "--__--__--_"),
        ] as [(control: UInt8, count: UInt16, wave: String)])
    func waveforms(control: UInt8, count: UInt16, wave: String) {
        var timer = counter(control: control, count: count)
        #expect(timer.wave(11) == wave)
    }

    @Test(
        "the count as it runs: modes 0 and 4 wrap, 2 goes from N to 1, 3 in steps of 2; zero is the highest",
        arguments: [
            (control: 0x30, count: 2, counts: [2, 1, 0, 0xFFFF, 0xFFFE]),
            (control: 0x31, count: 2, counts: [2, 1, 0, 0x9999, 0x9998]),
            (control: 0x31, count: 0x0100, counts: [0x100, 0x99]),
            (control: 0x34, count: 3, counts: [3, 2, 1, 3, 2]),
            (control: 0x34, count: 0, counts: [0, 0xFFFF, 0xFFFE]),
            (control: 0x35, count: 0, counts: [0, 0x9999, 0x9998]),
            (control: 0x36, count: 4, counts: [4, 2, 4, 2, 4]),
            (control: 0x36, count: 5, counts: [4, 2, 0, 4, 2, 4]),
            (control: 0x36, count: 0, counts: [0, 0xFFFE, 0xFFFC]),
            (control: 0x38, count: 2, counts: [2, 1, 0, 0xFFFF, 0xFFFE]),
        ] as [(control: UInt8, count: UInt16, counts: [UInt16])])
    func runningCounts(control: UInt8, count: UInt16, counts: [UInt16]) {
        var timer = counter(control: control, count: count)
        #expect(timer.counts(counts.count) == counts)
    }

    @Test("the control word sets OUT at once: low in mode 0, high in all others", arguments: UInt8(0)..<8)
    func controlWordDrivesOut(mode: UInt8) {
        #expect(counter(control: 0x30 | mode << 1).out == (mode != 0))
    }

    @Test("an illegal count of 1 in modes 2 and 3 acts as 2", arguments: [UInt8(0x34), 0x36])
    func illegalOne(control: UInt8) {
        var timer = counter(control: control, count: 1)
        #expect(timer.wave(6) == "-_-_-_")
    }

    @Test(
        "modes 1 and 5 wait for a rise of GATE, and can be triggered again",
        arguments: [
            (control: 0x32, first: "__", again: "____---"), (control: 0x3A, first: "--", again: "----_--"),
        ] as [(control: UInt8, first: String, again: String)])
    func triggers(control: UInt8, first: String, again: String) {
        var timer = counter(control: control, count: 4, gate: false)
        #expect(timer.wave(6) == "------")
        timer.setGate(true)
        timer.advance(1)
        timer.setGate(false)
        #expect(timer.wave(2) == first)
        timer.setGate(true)
        #expect(timer.wave(7) == again)
    }

    @Test("modes 1 and 5 are not triggered before a count is written", arguments: [UInt8(0x32), 0x3A])
    func triggerWithoutCount(control: UInt8) {
        var timer = counter(control: control, gate: false)
        timer.setGate(true)
        #expect(timer.wave(5) == "-----")
        #expect(timer.clocksToChange == nil)
    }

    @Test(
        "a low GATE stops modes 0 and 4 and leaves OUT",
        arguments: [
            (control: 0x30, before: "__", after: "_-"), (control: 0x38, before: "--", after: "-_"),
        ] as [(control: UInt8, before: String, after: String)])
    func gateStops(control: UInt8, before: String, after: String) {
        var timer = counter(control: control, count: 4)
        timer.advance(1)
        #expect(timer.wave(2) == before)
        timer.setGate(false)
        #expect(timer.counts(3) == [2, 2, 2])
        timer.setGate(true)
        #expect(timer.wave(2) == after)
    }

    @Test(
        "a low GATE raises OUT of modes 2 and 3 at once; its rise starts the period anew",
        arguments: [(control: 0x34, wave: "---_--"), (control: 0x36, wave: "--__--")]
            as [(control: UInt8, wave: String)])
    func gateRestarts(control: UInt8, wave: String) {
        var timer = counter(control: control, count: 4)
        timer.advance(timer.clocksToChange ?? 0)
        #expect(!timer.out)
        timer.setGate(false)
        #expect(timer.out)
        #expect(timer.wave(4) == "----")
        timer.setGate(true)
        #expect(timer.wave(6) == wave)
    }

    @Test("the strobe of mode 4 ends after its clock, also with GATE low")
    func strobeEnds() {
        var timer = counter(control: 0x38, count: 2)
        #expect(timer.wave(3) == "--_")
        timer.setGate(false)
        #expect(timer.wave(2) == "--")
    }
}

@Suite("PIT8254: a new count while the old one runs")
struct TimerCounterReloadTests {
    @Test(
        "when a count of 4 takes effect, written two clocks after the load of 6",
        arguments: [
            (control: 0x30, wave: "____----", "mode 0: at once"),
            (control: 0x34, wave: "--_---_-", "mode 2: next period"),
            (control: 0x36, wave: "__--__--", "mode 3: next half"),
            (control: 0x38, wave: "----_---", "mode 4: at once"),
        ] as [(control: UInt8, wave: String, String)])
    func takesEffect(control: UInt8, wave: String, name: String) {
        var timer = counter(control: control, count: 6)
        timer.advance(3)
        timer.writeWhole(4)
        #expect(timer.isNull)
        #expect(timer.wave(8) == wave, "\(name)")
        #expect(!timer.isNull)
    }

    @Test(
        "modes 1 and 5: at the next trigger",
        arguments: [(control: 0x32, old: "___-", new: "__-"), (control: 0x3A, old: "---_", new: "--_")]
            as [(control: UInt8, old: String, new: String)])
    func atTrigger(control: UInt8, old: String, new: String) {
        var timer = counter(control: control, count: 4, gate: false)
        timer.setGate(true)
        timer.advance(1)
        timer.writeWhole(2)
        #expect(timer.wave(4) == old)
        #expect(timer.isNull)
        timer.setGate(false)
        timer.setGate(true)
        #expect(timer.wave(3) == new)
    }

    @Test("mode 0: the first of two bytes lowers OUT and stops; the second starts")
    func firstByteStops() {
        var timer = counter(control: 0x30, count: 2)
        timer.advance(10)
        #expect(timer.out)
        timer.writeCount(2)
        #expect(!timer.out)
        #expect(timer.wave(5) == "_____")
        timer.writeCount(0)
        #expect(timer.wave(4) == "__--")
    }

    @Test("the first of two bytes changes nothing in the other modes", arguments: [UInt8(0x34), 0x36, 0x38])
    func firstByteWaits(control: UInt8) {
        var timer = counter(control: control, count: 6)
        timer.advance(2)
        var undisturbed = timer
        timer.writeCount(3)
        #expect(timer.wave(20) == undisturbed.wave(20))
    }
}

@Suite("PIT8254: access, latches and status")
struct TimerCounterAccessTests {
    @Test(
        "access bits: which bytes are written and read",
        arguments: [
            (control: 0x10, writes: [0x34], count: 0x0034, reads: [0x34, 0x34]),
            (control: 0x20, writes: [0x12], count: 0x1200, reads: [0x12, 0x12]),
            (control: 0x30, writes: [0x34, 0x12], count: 0x1234, reads: [0x34, 0x12, 0x34, 0x12]),
        ] as [(control: UInt8, writes: [UInt8], count: UInt16, reads: [UInt8])])
    func access(control: UInt8, writes: [UInt8], count: UInt16, reads: [UInt8]) {
        var timer = counter(control: control)
        for byte in writes { timer.writeCount(byte) }
        #expect(timer.countRegister == count)
        timer.advance(1)
        #expect(reads.map { _ in timer.read() } == reads)
    }

    @Test("reads and writes of two bytes have pointers of their own")
    func interleaved() {
        var timer = counter(control: 0x34, count: 0x1234)
        timer.advance(1)
        #expect(timer.read() == 0x34)
        timer.writeCount(0x78)
        #expect(timer.read() == 0x12)
        timer.writeCount(0x56)
        #expect(timer.countRegister == 0x5678)
    }

    @Test("a latched count stays until it is read; a second latch before that is ignored")
    func latch() {
        var timer = counter(control: 0x34, count: 0x1000)
        timer.advance(1)
        timer.writeControl(0x00)
        timer.advance(0x10)
        timer.writeControl(0x00)
        #expect(timer.readWhole() == 0x1000)
        #expect(timer.readWhole() == 0x0FF0)
    }

    @Test("a latch between the bytes of a read starts again with the low byte")
    func latchRealigns() {
        var timer = counter(control: 0x34, count: 0x1234)
        timer.advance(1)
        _ = timer.read()
        timer.latchCount()
        #expect(timer.readWhole() == 0x1234)
    }

    @Test("a one-byte counter gives up its latch after one read", arguments: [UInt8(0x14), 0x24])
    func latchOneByte(control: UInt8) {
        var timer = counter(control: control, count: 0x2020)
        timer.advance(1)
        timer.latchCount()
        timer.advance(0x1001)
        _ = timer.read()
        #expect(timer.latchedCount == nil)
    }

    @Test("a control word drops latches and half-written counts")
    func controlWordResets() {
        var timer = counter(control: 0x34, count: 0x1234)
        timer.latchCount()
        timer.latchStatus()
        timer.writeCount(9)
        _ = timer.read()
        timer.writeControl(0x34)
        #expect(timer.latchedCount == nil && timer.latchedStatus == nil && timer.firstByte == nil && !timer.readsHigh)
    }

    @Test(
        "status: OUT, null count and the control word as written",
        arguments: [
            (control: 0x30, clocks: 0, status: 0x70), (control: 0x30, clocks: 1, status: 0x30),
            (control: 0x30, clocks: 4, status: 0xB0), (control: 0x35, clocks: 0, status: 0xF5),
            (control: 0x3E, clocks: 1, status: 0xBE), (control: 0x36, clocks: 3, status: 0x36),
        ] as [(control: UInt8, clocks: UInt64, status: UInt8)])
    func status(control: UInt8, clocks: UInt64, status: UInt8) {
        var timer = counter(control: control, count: 3)
        timer.advance(clocks)
        timer.latchStatus()
        #expect(timer.read() == status)
    }

    @Test("with both latched the status is read first, then the count")
    func statusThenCount() {
        var timer = counter(control: 0x34, count: 0x1234)
        timer.advance(1)
        timer.latchCount()
        timer.latchStatus()
        timer.advance(5)
        #expect([timer.read(), timer.read(), timer.read(), timer.read()] == [0xB4, 0x34, 0x12, 0x2F])
    }

    @Test("a BCD digit above 9 counts with its binary value")
    func wildBCD() {
        var timer = counter(control: 0x31, count: 0x000F)
        #expect(timer.counts(2) == [0x15, 0x14])
        timer.writeWhole(0xFFFF)
        #expect(timer.counts(1) == [0x6665])
    }
}

@Suite("PIT8254: many clocks at once")
struct TimerCounterLeapTests {
    /// One random access: what software and port 61 can do to a counter.
    private static func disturb(_ timer: inout TimerCounter, _ random: inout SeededGenerator) {
        switch UInt8.random(in: 0..<8, using: &random) {
        case 0: timer.writeControl(UInt8.random(in: 0x10...0x3F, using: &random))
        case 1...3: timer.writeCount(UInt8.random(in: 0..<12, using: &random))
        case 4: timer.setGate(false)
        case 5, 6: timer.setGate(true)
        default: _ = timer.read()
        }
    }

    @Test("N clocks at once are N times one clock, and the foretold change of OUT comes when it was foretold")
    func leapsEqualSteps() {
        var random = SeededGenerator(seed: 8254)
        var timer = TimerCounter(gate: true)
        for _ in 0..<4000 {
            Self.disturb(&timer, &random)
            let clocks = UInt64.random(in: 0..<(Bool.random(using: &random) ? 40 : 4), using: &random)
            let foretold = timer.clocksToChange
            var stepped = timer
            var change: UInt64?
            for clock in 1..<(clocks + 1) {
                let before = stepped.out
                stepped.advance(1)
                if change == nil, stepped.out != before { change = clock }
            }
            #expect(change == foretold.flatMap { $0 <= clocks ? $0 : nil })
            timer.advance(clocks)
            #expect(timer == stepped)
        }
    }

    @Test("no stored values, however wild, make a counter trap")
    func wildState() {
        var random = SeededGenerator(seed: 54)
        for _ in 0..<2000 {
            var timer = TimerCounter(gate: .random(using: &random))
            timer.control = .random(in: 0...0xFF, using: &random)
            timer.element = Bool.random(using: &random) ? .random(in: 0...3, using: &random) : .max
            timer.countRegister = .random(in: 0...0xFFFF, using: &random)
            timer.isLoaded = true
            timer.out = .random(using: &random)
            timer.isArmed = .random(using: &random)
            timer.loadedOdd = .random(using: &random)
            timer.advance(.random(in: 0...(.max), using: &random))
            #expect(timer.clocksToChange != 0)
        }
    }
}
