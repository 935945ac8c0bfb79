import TestSupport
import Testing
import X86Interp

@testable import Devices

/// A clock chip on a clock that ticks with its crystal unless told otherwise.
final class RTCBoard {
    let clock: VirtualClock
    let recorder = LineRecorder()
    let irq: IRQLine
    let rtc: MC146818A

    /// A chip that starts at a time of day on 1 March 2026, a Sunday, unless told.
    init(_ seconds: Int64 = 0, from day: Int64 = 20513, ticksPerSecond: UInt64 = 32768) {
        clock = VirtualClock(ticksPerSecond: ticksPerSecond)
        irq = .fitting(recorder, 8)
        rtc = MC146818A(clock: clock, irq: irq, startTime: day * 86400 + seconds)
    }

    subscript(_ register: UInt8) -> UInt8 {
        get {
            rtc.write(bank: 0, offset: 0, width: .byte, value: UInt32(register))
            return UInt8(rtc.read(bank: 0, offset: 1, width: .byte))
        }
        set {
            rtc.write(bank: 0, offset: 0, width: .byte, value: UInt32(register))
            rtc.write(bank: 0, offset: 1, width: .byte, value: UInt32(newValue))
        }
    }

    func run(_ ticks: UInt64) { clock.advance(to: clock.now + ticks) }
    func run(seconds: UInt64) { run(seconds * clock.ticksPerSecond) }

    /// Seconds, minutes, hours, day of the week, day, month, year, century.
    var time: [UInt8] { [0, 2, 4, 6, 7, 8, 9, 0x32].map { self[$0] } }

    /// Sets those registers with SET at 1, in a format.
    func set(_ time: [UInt8], format: UInt8 = 0x02) {
        self[0x0B] = 0x80 | format
        for (register, value) in zip([UInt8(0), 2, 4, 6, 7, 8, 9, 0x32], time) { self[register] = value }
        self[0x0B] = format
    }
}

@Suite("MC146818A: the clock and its registers") struct MC146818ATests {
    /// A register of the data sheet: what is written, what is read then, and what the test is about.
    struct Register: Sendable {
        var index: UInt8
        var name: String
        var written: UInt8
        var read: UInt8
    }

    /// Every register; what is not modelled is named in the chip's comment and stored.
    static let registers: [Register] = [
        .init(index: 0x00, name: "seconds", written: 0x59, read: 0x59),
        .init(index: 0x01, name: "seconds alarm", written: 0xC5, read: 0xC5),
        .init(index: 0x02, name: "minutes", written: 0x23, read: 0x23),
        .init(index: 0x03, name: "minutes alarm", written: 0xFF, read: 0xFF),
        .init(index: 0x04, name: "hours", written: 0x11, read: 0x11),
        .init(index: 0x05, name: "hours alarm", written: 0x12, read: 0x12),
        .init(index: 0x06, name: "day of the week", written: 0x07, read: 0x07),
        .init(index: 0x07, name: "day of the month", written: 0x31, read: 0x31),
        .init(index: 0x08, name: "month", written: 0x12, read: 0x12),
        .init(index: 0x09, name: "year", written: 0x99, read: 0x99),
        .init(index: 0x0A, name: "A: UIP is read-only", written: 0xAF, read: 0x2F),
        .init(index: 0x0B, name: "B: SQWE and DSE are stored", written: 0x6F, read: 0x6F),
        .init(index: 0x0B, name: "B: SET clears UIE", written: 0xFF, read: 0xEF),
        .init(index: 0x0C, name: "C is read-only", written: 0xFF, read: 0x00),
        .init(index: 0x0D, name: "D is read-only: VRT", written: 0x00, read: 0x80),
        .init(index: 0x0E, name: "the first byte of RAM", written: 0xA5, read: 0xA5),
        .init(index: 0x32, name: "century", written: 0x19, read: 0x19),
        .init(index: 0x3F, name: "the last byte of the chip's RAM", written: 0x5A, read: 0x5A),
        .init(index: 0x7F, name: "the last byte of RAM", written: 0x77, read: 0x77),
    ]

    @Test(arguments: registers) func registersTakeWhatTheyTake(register: Register) {
        let board = RTCBoard()
        board[register.index] = register.written
        #expect(board[register.index] == register.read, "\(register.name)")
    }

    @Test func theIndexPortIsWrittenOnly() {
        let board = RTCBoard()
        board[0x50] = 0x42
        #expect(board.rtc.read(bank: 0, offset: 0, width: .byte) == 0xFF)
        board.rtc.write(bank: 0, offset: 0, width: .byte, value: 0xD0)
        #expect(board.rtc.read(bank: 0, offset: 1, width: .byte) == 0x42, "bit 7 is no part of the index")
        #expect(board.rtc.state.masksNMI)
    }

    @Test func aMachineStartsAtItsTimeInTheFormatOfAT() {
        let board = RTCBoard(23 * 3600 + 59 * 60 + 50)
        #expect(board[0x0A] == 0x26 && board[0x0B] == 0x02 && board[0x0C] == 0 && board[0x0D] == 0x80)
        #expect(board.time == [0x50, 0x59, 0x23, 0x01, 0x01, 0x03, 0x26, 0x20])
        board.run(seconds: 10)
        #expect(board.time == [0x00, 0x00, 0x00, 0x02, 0x02, 0x03, 0x26, 0x20])
    }

    // MARK: Update

    @Test func updateInProgressRisesAndFallsAroundTheSecond() {
        let board = RTCBoard()
        var rise: UInt64?
        var fall: UInt64?
        for tick in UInt64(1)...40000 {
            board.run(1)
            let isUp = board[0x0A] & 0x80 != 0
            if isUp, rise == nil { rise = tick }
            if !isUp, rise != nil, fall == nil { fall = tick }
            #expect(board[0x00] == (tick < 32768 ? 0 : 1))
        }
        // 2228 us of 32.768 kHz.
        #expect(rise == 32768 - 73 && fall == 32768)
    }

    @Test func theUpdateEndedFlagComesOnceASecondAndInterruptsWhenEnabled() {
        let board = RTCBoard()
        board[0x0A] = 0x20
        board.run(seconds: 3)
        #expect(board[0x0C] == 0x10 && board[0x0C] == 0, "a flag without its enable, cleared by the read")
        #expect(board.clock.nextDeadline == nil && board.recorder.rises == 0)
        board[0x0B] = 0x12
        #expect(board.clock.nextDeadline == 4 * 32768)
        board.run(seconds: 2)
        #expect(board.recorder.rises == 1, "the line stays high until register C is read")
        #expect(board.clock.nextDeadline == nil)
        #expect(board[0x0C] == 0x90 && !board.irq.level)
        board.run(seconds: 1)
        #expect(board.recorder.rises == 2)
    }

    @Test func enablingInterruptsWithTheFlagSetInterruptsAtOnce() {
        let board = RTCBoard()
        board[0x0A] = 0x20
        board.run(seconds: 1)
        board[0x0B] = 0x12
        #expect(board.irq.level && board[0x0C] == 0x90)
    }

    @Test func setStopsTheTimeAndClearsUpdateInProgress() {
        let board = RTCBoard()
        board.run(32768 - 50)
        #expect(board[0x0A] & 0x80 != 0)
        board[0x0B] = 0x92
        #expect(board[0x0A] & 0x80 == 0 && board[0x0B] == 0x82)
        board.run(seconds: 5)
        #expect(board[0x00] == 0 && board[0x0C] & 0x10 == 0)
        board[0x0B] = 0x02
        board.run(50)
        #expect(board[0x00] == 1, "the divider has gone on")
    }

    @Test(arguments: [0x30, 0x40, 0x50, 0x60, 0x70] as [UInt8])
    func aHeldDividerStopsAllAndStartsHalfASecondBeforeTheUpdate(divider: UInt8) {
        let board = RTCBoard()
        board[0x0B] = 0x42
        board.run(1000)
        _ = board[0x0C]
        board[0x0A] = divider | 0x06
        board.run(seconds: 5)
        #expect(board[0x0C] == 0 && board[0x00] == 0 && board.clock.nextDeadline == nil)
        board[0x0A] = 0x26
        #expect(board.clock.nextDeadline == board.clock.now + 32)
        board.run(16383)
        #expect(board[0x00] == 0 && board[0x0A] & 0x80 != 0)
        board.run(1)
        #expect(board[0x00] == 1)
    }

    @Test(arguments: [0x00, 0x10] as [UInt8]) func crystalsThatAPCDoesNotHaveCountAsItsOwn(divider: UInt8) {
        let board = RTCBoard()
        board[0x0A] = divider | 0x06
        board.run(seconds: 2)
        #expect(board[0x00] == 2)
    }

    // MARK: Periodic

    /// The rates of the data sheet for 32.768 kHz.
    @Test(
        arguments: zip(
            0...15, [0, 256, 128, 8192, 4096, 2048, 1024, 512, 256, 128, 64, 32, 16, 8, 4, 2] as [Int]))
    func periodicInterruptsHaveTheirRates(rate: Int, hertz: Int) {
        let board = RTCBoard(ticksPerSecond: 100_000_000)
        board[0x0A] = 0x20 | UInt8(rate)
        board[0x0B] = 0x42
        var count = 0
        while let deadline = board.clock.nextDeadline, deadline <= 100_000_000 {
            board.clock.advance(to: deadline)
            #expect(board.irq.level && board[0x0C] == (deadline == 100_000_000 ? 0xD0 : 0xC0))
            count += 1
        }
        #expect(count == hertz)
    }

    @Test func periodicInterruptsGoOnWithSet() {
        let board = RTCBoard()
        board[0x0B] = 0xC2
        board.run(100)
        #expect(board[0x0C] == 0xC0)
    }

    // MARK: Alarm

    /// Alarms by seconds, minutes, hours, and after how many seconds from 23:59:50 they come.
    @Test(
        arguments: [
            ([0x55, 0x59, 0x23], 5), ([0x00, 0x00, 0x00], 10), ([0x50, 0x59, 0x23], 86400), ([0xC0, 0xC0, 0xC0], 1),
            ([0x00, 0xFF, 0xFF], 10), ([0x30, 0xE0, 0xC1], 40), ([0x00, 0x30, 0xFF], 10 + 30 * 60),
            ([0xFF, 0xFF, 0x07], 10 + 7 * 3600), ([0x49, 0xFF, 0xFF], 59), ([0x60, 0x00, 0x00], nil),
            ([0x00, 0x00, 0x24], nil), ([0x0A, 0x00, 0x00], nil), ([0xBF, 0xFF, 0xFF], nil),
        ] as [([UInt8], UInt64?)])
    func alarmsComeAtTheirTime(alarm: [UInt8], seconds: UInt64?) {
        let board = RTCBoard(86390)
        board[0x0A] = 0x20
        for (register, value) in zip([UInt8(1), 3, 5], alarm) { board[register] = value }
        board[0x0B] = 0x22
        #expect(board.clock.nextDeadline == seconds.map { $0 * 32768 })
        guard let seconds else {
            board.run(seconds: 86400)
            #expect(board[0x0C] == 0x10)
            return
        }
        board.run(seconds * 32768 - 1)
        #expect(!board.irq.level)
        board.run(1)
        #expect(board.irq.level && board[0x0C] == 0xB0)
    }

    @Test func anAlarmIsFoundBehindWhateverTimeHasPassed() {
        let board = RTCBoard(86390)
        board[0x0A] = 0x20
        for register in [UInt8(1), 3, 5] { board[register] = 0 }
        board.run(seconds: 9)
        #expect(board[0x0C] == 0x10)
        board.run(seconds: 1_000_000)
        #expect(board[0x0C] == 0x30, "AF without AIE, found when somebody looks")
    }

    @Test func alarmsOfTwelveHoursKnowTheAfternoon() {
        let board = RTCBoard()
        board.set([0x00, 0x59, 0x11, 1, 1, 3, 0x26, 0x20], format: 0x00)
        for (register, value) in [(UInt8(1), UInt8(0)), (3, 0), (5, 0x92)] { board[register] = value }
        board[0x0B] = 0x20
        #expect(board.clock.nextDeadline == 60 * 32768)
        board[0x05] = 0x12
        #expect(board.clock.nextDeadline == (60 + 12 * 3600) * 32768)
    }

    // MARK: The calendar

    /// A time, the format, what it is a second later.
    @Test(
        arguments: [
            ([0x59, 0x59, 0x23, 7, 0x31, 0x12, 0x99, 0x19], 0x02, [0, 0, 0, 1, 1, 1, 0, 0x20]),
            ([0x59, 0x59, 0x23, 3, 0x28, 0x02, 0x24, 0x20], 0x02, [0, 0, 0, 4, 0x29, 0x02, 0x24, 0x20]),
            ([0x59, 0x59, 0x23, 3, 0x28, 0x02, 0x23, 0x20], 0x02, [0, 0, 0, 4, 0x01, 0x03, 0x23, 0x20]),
            ([0x59, 0x59, 0x23, 3, 0x28, 0x02, 0x00, 0x20], 0x02, [0, 0, 0, 4, 0x29, 0x02, 0x00, 0x20]),
            ([0x59, 0x59, 0x23, 3, 0x28, 0x02, 0x00, 0x19], 0x02, [0, 0, 0, 4, 0x01, 0x03, 0x00, 0x19]),
            ([59, 59, 23, 1, 30, 9, 99, 99], 0x06, [0, 0, 0, 2, 1, 10, 99, 99]),
            ([59, 59, 23, 1, 31, 12, 99, 99], 0x06, [0, 0, 0, 2, 1, 1, 0, 0]),
            ([0x59, 0x59, 0x11, 1, 1, 1, 1, 0x20], 0x00, [0, 0, 0x92, 1, 1, 1, 1, 0x20]),
            ([0x59, 0x59, 0x91, 1, 1, 1, 1, 0x20], 0x00, [0, 0, 0x12, 2, 2, 1, 1, 0x20]),
            ([0x59, 0x59, 0x12, 1, 1, 1, 1, 0x20], 0x00, [0, 0, 0x01, 1, 1, 1, 1, 0x20]),
            ([59, 59, 0x8C, 1, 1, 1, 1, 20], 0x04, [0, 0, 0x81, 1, 1, 1, 1, 20]),
            ([59, 59, 9, 1, 1, 1, 1, 20], 0x06, [0, 0, 10, 1, 1, 1, 1, 20]),
            // Times that there are not: the nearest one, a second later.
            ([0x75, 0x99, 0x30, 9, 0x31, 0x04, 0x26, 0x20], 0x02, [0, 0, 0, 1, 0x01, 0x05, 0x26, 0x20]),
            ([0, 0, 0, 0, 0, 0, 0, 0x20], 0x02, [1, 0, 0, 1, 1, 1, 0, 0x20]),
            ([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], 0x06, [0, 0, 0, 1, 1, 1, 0, 0]),
        ] as [([UInt8], UInt8, [UInt8])])
    func timeCounts(from time: [UInt8], format: UInt8, to next: [UInt8]) {
        let board = RTCBoard()
        board.set(time, format: format)
        #expect(board.time == time, "what was written is there until the second")
        board.run(seconds: 1)
        #expect(board.time == next)
    }

    /// Many seconds at once are the same as each by itself, and as the calendar.
    @Test func timeThatNobodyLookedAtIsCounted() {
        let board = RTCBoard(ticksPerSecond: 1)
        var random = SeededGenerator(seed: 4)
        var total: Int64 = 20513 * 86400
        for _ in 0..<300 {
            let seconds = UInt64.random(in: 1...40_000_000, using: &random)
            board.run(seconds)
            total += Int64(seconds)
            let time = CalendarTime(total)
            guard time.year < 2199 else { break }
            func bcd(_ value: Int) -> UInt8 { UInt8(value / 10 * 16 + value % 10) }
            let weekday = (time.dayNumber + 4) % 7 + 1
            #expect(
                board.time
                    == [
                        bcd(time.second), bcd(time.minute), bcd(time.hour), UInt8(weekday), bcd(time.day),
                        bcd(time.month), bcd(time.year % 100), bcd(time.year / 100),
                    ])
        }
    }

    @Test func aCenturyThatAGuestUsesForSomethingElseStays() {
        let board = RTCBoard()
        board[0x32] = 0xEE
        board.run(seconds: 40 * 86400)
        #expect(board[0x32] == 0xEE && board[0x08] == 0x04)
    }

    @Test func writesOfTheTimeMoveTheClock() {
        let board = RTCBoard()
        board[0x04] = 0x17
        board[0x02] = 0x30
        board.run(seconds: 61)
        #expect(board.time == [0x01, 0x31, 0x17, 1, 1, 3, 0x26, 0x20])
    }

    // MARK: State

    @Test func resetStopsInterruptsAndLeavesWhatIsOnTheBattery() {
        let board = RTCBoard()
        board.set([0, 0, 0, 1, 1, 1, 0x80, 0x19])
        board[0x50] = 1
        board[0x0B] = 0x7A
        board.run(seconds: 65)
        #expect(board.irq.level)
        board.rtc.reset()
        #expect(!board.irq.level && board.clock.nextDeadline == nil && board.rtc.state.index == 0)
        #expect(board[0x0B] == 0x02 && board[0x0C] == 0)
        #expect(board.time == [0x05, 0x01, 0, 1, 1, 1, 0x80, 0x19] && board[0x50] == 1)
    }

    /// Whatever a snapshot holds is harmless.
    @Test func hostileStatesAreTaken() throws {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<LongTests.count(short: 300) {
            let board = RTCBoard()
            board.clock.advance(
                to: UInt64.random(in: 0 ... .max, using: &random) >> UInt64.random(in: 0...63, using: &random))
            var state = board.rtc.state
            state.index = .random(in: 0...255, using: &random)
            state.registerA = .random(in: 0...255, using: &random)
            state.registerB = .random(in: 0...255, using: &random)
            state.flags = .random(in: 0...255, using: &random)
            state.time = .random(in: 0 ... .max, using: &random)
            state.origin = .random(in: 0 ... .max, using: &random)
            for number in 0..<128 { state.bytes[number] = .random(in: 0...255, using: &random) }
            board.rtc.state = state
            for _ in 0..<20 {
                let register = UInt8.random(in: 0...0x0D, using: &random)
                if Bool.random(using: &random) { board[register] = .random(in: 0...255, using: &random) }
                _ = board[register]
                if board.clock.now < 1 << 62 { board.run(UInt64.random(in: 0...1 << 40, using: &random)) }
            }
        }
    }

    // MARK: NMI

    @Test func theMaskKeepsPulsesOfNMIFromTheProcessor() throws {
        var site = DeviceSite()
        let rtc = try #require(DeviceCatalog.row(named: "rtc")).make(&site)
        rtc.write(bank: 0, offset: 0, width: .byte, value: 0x8F)
        site.nmi.raise()
        #expect(!site.bus.lines.nmiPending)
        rtc.write(bank: 0, offset: 0, width: .byte, value: 0x0F)
        #expect(!site.bus.lines.nmiPending, "it was lost")
        site.nmi.raise()
        #expect(site.bus.lines.nmiPending)
    }
}
