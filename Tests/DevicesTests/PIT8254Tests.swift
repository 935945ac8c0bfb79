import Devices
import Testing
import X86Interp

/// Counts what an interrupt controller would see of a line.
final class LineRecorder: InterruptSink {
    /// How often the line rose.
    private(set) var rises = 0
    /// The levels, in order.
    private(set) var levels: [Bool] = []

    /// The line changed.
    func lineChanged(_ number: Int, level: Bool) {
        levels.append(level)
        if level { rises += 1 }
    }
}

extension IRQLine {
    /// A wire to an input that the recorder has.
    static func fitting(_ sink: any InterruptSink, _ number: Int) -> IRQLine {
        do { return try IRQLine(to: sink, number: number) } catch { fatalError("\(error)") }
    }
}

/// A timer whose clock ticks once per clock pulse unless told otherwise.
private final class PITBoard {
    let clock: VirtualClock
    let recorder = LineRecorder()
    let irq: IRQLine
    let pit: PIT8254

    init(ticksPerSecond: UInt64 = PIT8254.frequency) {
        clock = VirtualClock(ticksPerSecond: ticksPerSecond)
        irq = .fitting(recorder, 0)
        pit = PIT8254(clock: clock, irq: irq)
    }

    func write(_ offset: UInt16, _ bytes: UInt8...) {
        for byte in bytes { pit.write(bank: 0, offset: offset, width: .byte, value: UInt32(byte)) }
    }
    func read(_ offset: UInt16) -> UInt8 { UInt8(pit.read(bank: 0, offset: offset, width: .byte)) }
    /// Programs a two-byte counter.
    func program(_ number: UInt16, mode: UInt8, count: UInt16) {
        write(3, UInt8(number) << 6 | 0x30 | mode << 1)
        write(number, UInt8(count & 0xFF), UInt8(count >> 8))
    }
    func run(_ ticks: UInt64) { clock.advance(to: clock.now + ticks) }
    /// Latches and reads the count of a counter, as a delay loop does.
    func count(_ number: UInt16) -> UInt16 {
        write(3, UInt8(number) << 6)
        return UInt16(read(number)) | UInt16(read(number)) << 8
    }
}

@Suite("PIT8254: the chip in its machine")
struct PIT8254Tests {
    @Test("at power-on nothing runs and nothing is due")
    func powerOn() {
        let board = PITBoard()
        board.run(1_000_000)
        #expect(board.clock.nextDeadline == nil)
        #expect(board.recorder.levels.isEmpty)
        #expect(board.irq.level && board.pit.speakerOutput)
    }

    @Test(
        "IRQ 0 in one second of guest time, as the BIOS and Linux program it",
        arguments: [
            (mode: 3, count: 0, ticksPerSecond: 100_000_000, rises: 18),
            (mode: 2, count: 11932, ticksPerSecond: 100_000_000, rises: 99),
            (mode: 2, count: 1193, ticksPerSecond: 1_193_182, rises: 1000),
            (mode: 2, count: 20, ticksPerSecond: 1_193_182, rises: 59_659),
        ] as [(mode: UInt8, count: UInt16, ticksPerSecond: UInt64, rises: Int)])
    func systemTimer(mode: UInt8, count: UInt16, ticksPerSecond: UInt64, rises: Int) {
        let board = PITBoard(ticksPerSecond: ticksPerSecond)
        board.program(0, mode: mode, count: count)
        board.run(ticksPerSecond)
        #expect(board.recorder.rises == rises)
    }

    @Test("an interrupt comes in the first tick in which the clock pulse is over")
    func exactTick() {
        let board = PITBoard(ticksPerSecond: 100_000_000)
        board.program(0, mode: 0, count: 1000)
        #expect(board.irq.level == false)
        let due = board.clock.ticks(forPeriods: 1001, ofFrequency: PIT8254.frequency)
        #expect(board.clock.nextDeadline == due)
        board.run(due - 1)
        #expect(board.recorder.rises == 0)
        board.run(1)
        #expect(board.recorder.rises == 1)
        #expect(board.clock.nextDeadline == nil, "one shot")
    }

    @Test("a clock that is slower than the timer still sees a rise in each tick, and never the same time twice")
    func slowClock() {
        let board = PITBoard(ticksPerSecond: 1000)
        board.program(0, mode: 2, count: 2)
        for tick in UInt64(1)...50 {
            #expect(board.clock.nextDeadline == tick)
            board.run(1)
            #expect(board.recorder.rises >= Int(tick) - 1)
        }
        #expect(board.recorder.rises <= 150)
    }

    @Test("counters without an interrupt line and constant outputs schedule nothing")
    func onlyChangesOfOut0() {
        let board = PITBoard()
        board.program(1, mode: 2, count: 18)
        board.program(2, mode: 3, count: 100)
        board.program(0, mode: 1, count: 100)
        #expect(board.clock.nextDeadline == nil)
    }

    @Test("a control word for counter 0 withdraws the running one's appointment")
    func reprogram() {
        let board = PITBoard()
        board.program(0, mode: 2, count: 100)
        #expect(board.clock.nextDeadline != nil)
        board.write(3, 0x34)
        #expect(board.clock.nextDeadline == nil)
    }

    @Test("the count of a running counter follows guest time", arguments: [UInt16(0), 1])
    func countsGuestTime(number: UInt16) {
        let board = PITBoard()
        board.program(number, mode: 2, count: 1000)
        board.run(101)
        #expect(board.count(number) == 900)
        board.run(950)
        #expect(board.count(number) == 950)
    }

    @Test("port 61: the gate of counter 2 starts and stops it, OUT 2 tells the end of a delay")
    func speakerDelay() {
        let board = PITBoard()
        board.program(2, mode: 0, count: 500)
        board.run(1000)
        #expect(!board.pit.speakerOutput)
        board.pit.setSpeakerGate(true)
        board.run(499)
        #expect(!board.pit.speakerOutput)
        board.run(1)
        #expect(board.pit.speakerOutput)
    }

    @Test("Linux's calibration: mode 0 on counter 2 with the gate open, count in two bytes, then poll OUT 2")
    func linuxCalibration() {
        let board = PITBoard(ticksPerSecond: 100_000_000)
        board.pit.setSpeakerGate(true)
        board.write(3, 0xB0)
        board.write(2, 0x9B, 0x2E)
        var loops = 0
        while !board.pit.speakerOutput, loops < 2_000_000 {
            board.run(1)
            loops += 1
        }
        let due = board.clock.ticks(forPeriods: 0x2E9B + 1, ofFrequency: PIT8254.frequency)
        #expect(UInt64(loops) == due)
    }

    @Test(
        "read-back latches count and status of the counters named",
        arguments: [
            (command: 0xC2, first: 0xB4, "both"), (command: 0xE2, first: 0xB4, "status"),
            (command: 0xD2, first: 0xE8, "count"),
        ] as [(command: UInt8, first: UInt8, String)])
    func readBack(command: UInt8, first: UInt8, name: String) {
        let board = PITBoard()
        board.program(0, mode: 2, count: 0x3E8)
        board.run(1)
        board.write(3, command)
        board.run(10)
        #expect(board.read(0) == first, "\(name)")
        #expect(board.pit.state.counter1.latchedCount == nil)
    }

    @Test("read-back with bits 3-1 names all three at once")
    func readBackAll() {
        let board = PITBoard()
        board.write(3, 0xEE)
        #expect((UInt16(0)..<3).map { board.read($0) } == [0xF6, 0xF6, 0xF6])
    }

    @Test("port 43 cannot be read")
    func controlPortFloats() {
        let board = PITBoard()
        #expect(board.read(3) == 0xFF)
        #expect(board.pit.peek(bank: 0, offset: 3, width: .byte) == 0xFF)
    }

    @Test("peek shows the latched and the running count and changes neither")
    func peek() {
        let board = PITBoard()
        board.program(0, mode: 2, count: 0x1234)
        board.run(5)
        board.write(3, 0x00)
        let before = board.pit.state
        board.run(7)
        for _ in 0..<2 { #expect(board.pit.peek(bank: 0, offset: 0, width: .byte) == 0x30) }
        #expect(board.pit.state == before)
        #expect(board.read(0) == 0x30)
    }

    @Test("a restored timer makes no edge and ticks on at the same times")
    func restore() {
        let board = PITBoard()
        board.program(0, mode: 3, count: 1000)
        board.run(1700)
        let copy = PITBoard()
        copy.clock.restore(now: board.clock.now)
        copy.pit.state = board.pit.state
        #expect(copy.recorder.levels.isEmpty)
        #expect(copy.irq.level == board.irq.level)
        let edges = board.recorder.levels.count
        for _ in 0..<10 {
            #expect(copy.clock.nextDeadline == board.clock.nextDeadline)
            board.run(333)
            copy.run(333)
        }
        #expect(copy.recorder.levels == Array(board.recorder.levels[edges...]))
        #expect(copy.pit.state == board.pit.state)
    }

    @Test("reset stops everything and is the power-on state")
    func reset() {
        let board = PITBoard()
        board.program(0, mode: 3, count: 1000)
        board.pit.setSpeakerGate(true)
        board.run(1700)
        board.pit.reset()
        #expect(board.pit.state == PIT8254.State())
        #expect(board.clock.nextDeadline == nil)
    }

    @Test("the clock does not keep a timer alive")
    func noCycle() {
        let clock = VirtualClock()
        weak var gone: PIT8254?
        do {
            let pit = PIT8254(clock: clock, irq: IRQLine())
            pit.write(bank: 0, offset: 0, width: .byte, value: 5)
            pit.write(bank: 0, offset: 0, width: .byte, value: 5)
            #expect(clock.nextDeadline != nil)
            gone = pit
        }
        #expect(gone == nil)
        clock.advance(to: 1_000_000)
    }
}
