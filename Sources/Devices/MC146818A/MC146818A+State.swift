extension MC146818A {
    /// The chip as of a count of the crystal's pulses.
    public struct State: Codable, Equatable, Sendable {
        /// Bits 6-0 of the index port; only these count.
        package var index: UInt8 = 0
        /// Bit 7 of the index port.
        package var masksNMI = false
        /// Register A without UIP: 32.768 kHz, 1024 Hz.
        package var registerA: UInt8 = 0x26
        /// Register B: 24 hours, BCD.
        package var registerB: UInt8 = Control.is24
        /// PF, AF and UF of register C.
        package var flags: UInt8 = 0
        /// Time, alarms and RAM by index.
        package var bytes = RegisterFile(count: 128)
        /// Pulses from tick 0 up to which the chip has been moved.
        package var time: UInt64 = 0
        /// Pulses at which the divider stood at zero; later seconds and periods count from there.
        package var origin: UInt64 = 0

        /// The time of a machine's start, and what is in RAM.
        init(startTime: Int64, contents: CMOSContents) {
            for (number, value) in contents.registers { bytes[number] = value }
            let start = CalendarTime(startTime)
            setTime(
                ChipTime(
                    second: start.secondOfDay, weekday: Int((start.dayNumber % 7 + 11) % 7) + 1, day: start.day,
                    month: start.month, year: start.year))
            bytes[Index.century] = encode(start.year / 100)
            bytes[Index.otherCentury] = bytes[Index.century]
        }
    }

    /// Registers by index.
    enum Index {
        static let seconds = 0x00
        static let secondsAlarm = 0x01
        static let minutes = 0x02
        static let minutesAlarm = 0x03
        static let hours = 0x04
        static let hoursAlarm = 0x05
        static let weekday = 0x06
        static let day = 0x07
        static let month = 0x08
        static let year = 0x09
        static let a = 0x0A
        static let b = 0x0B
        static let c = 0x0C
        static let d = 0x0D
        static let century = 0x32
        /// Where a PS/2 has the century: RAM here.
        static let otherCentury = 0x37
    }

    /// Bits of register B.
    enum Control {
        static let set: UInt8 = 0x80
        static let periodic: UInt8 = 0x40
        static let alarm: UInt8 = 0x20
        static let update: UInt8 = 0x10
        static let squareWave: UInt8 = 0x08
        static let isBinary: UInt8 = 0x04
        static let is24: UInt8 = 0x02
    }

    /// A time as the chip has it: a second of the day, and the rest.
    struct ChipTime {
        var second: Int
        var weekday: Int
        var day: Int
        var month: Int
        var year: Int
    }
}

extension MC146818A.State {
    typealias Control = MC146818A.Control
    typealias Index = MC146818A.Index

    /// Pulses of the crystal in a second.
    static let crystal: UInt64 = 32768
    /// Pulses from the rise of UIP to the change of the time: 244 and 1984 us.
    private static let updateTime: UInt64 = 8 + 65
    private static let secondsOfDay: UInt64 = 86400
    /// Seconds of 10,000 years, after which date and day of the week repeat.
    private static let secondsOfAllYears: UInt64 = 3_652_425 * 86400

    /// What RESET does.
    mutating func reset() {
        index = 0
        masksNMI = false
        registerB &= ~(Control.periodic | Control.alarm | Control.update | Control.squareWave)
        flags = 0
    }

    // MARK: Interrupts

    /// PF, AF and UF have the places in register C that their enables have in register B.
    private var requests: UInt8 { flags & registerB & (Control.periodic | Control.alarm | Control.update) }

    /// IRQF, the level of the line.
    var isRequesting: Bool { requests != 0 }

    /// Pulses from tick 0 at which the line will rise; nil if it is high, or as long as nobody changes a register.
    var nextRequest: UInt64? {
        guard isRunning, !isRequesting else { return nil }
        let phase = time &- origin
        var wait = UInt64.max
        if registerB & Control.periodic != 0, let period { wait = period - phase % period }
        if registerB & Control.set == 0 {
            let second = Self.crystal - phase % Self.crystal
            if registerB & Control.update != 0 { wait = min(wait, second) }
            if registerB & Control.alarm != 0, let seconds = secondsToAlarm() {
                wait = min(wait, second + (seconds - 1) * Self.crystal)
            }
        }
        guard wait < .max else { return nil }
        let (next, overflow) = time.addingReportingOverflow(wait)
        return overflow ? nil : next
    }

    // MARK: Divider

    /// Whether DV lets the divider count.
    private var isRunning: Bool { registerA & 0x70 <= 0x20 }

    /// Pulses between periodic interrupts, by RS.
    private var period: UInt64? {
        let rate = UInt64(registerA & 0x0F)
        return rate == 0 ? nil : rate < 3 ? 64 << rate : 1 << (rate - 1)
    }

    private var isUpdating: Bool {
        isRunning && registerB & Control.set == 0
            && (time &- origin) % Self.crystal >= Self.crystal - Self.updateTime
    }

    /// Lets the divider count up to a number of pulses.
    mutating func advance(to now: UInt64) {
        guard now > time else { return }
        let (before, after) = (time &- origin, now &- origin)
        time = now
        guard isRunning else { return }
        if let period, before / period != after / period { flags |= Control.periodic }
        let seconds = after / Self.crystal &- before / Self.crystal
        if seconds != 0, registerB & Control.set == 0 { count(seconds) }
    }

    /// Updates of the time, all at once.
    private mutating func count(_ seconds: UInt64) {
        flags |= Control.update
        if let next = secondsToAlarm(), next <= seconds { flags |= Control.alarm }
        var now = chipTime
        let total = UInt64(now.second) + seconds % Self.secondsOfAllYears
        now.second = Int(total % Self.secondsOfDay)
        let days = Int(total / Self.secondsOfDay)
        if days > 0 {
            now.weekday = (now.weekday - 1 + days) % 7 + 1
            let first = CalendarTime.dayNumber(0, 1, 1)
            let number = CalendarTime.dayNumber(now.year, now.month, now.day) - first + Int64(days)
            let date = CalendarTime.date(ofDay: first + number % 3_652_425)
            let century = now.year / 100
            (now.year, now.month, now.day) = (date.year, date.month, date.day)
            if date.year / 100 != century { bytes[Index.century] = encode(date.year / 100) }
        }
        setTime(now)
    }

    // MARK: The format

    /// A number from 0 to 99 as DM says.
    private func encode(_ number: Int) -> UInt8 {
        UInt8(truncatingIfNeeded: registerB & Control.isBinary != 0 ? number : (number / 10) << 4 | number % 10)
    }

    /// A number as DM says, moved into a range.
    private func decode(_ byte: UInt8, _ range: ClosedRange<Int>) -> Int {
        let number = registerB & Control.isBinary != 0 ? Int(byte) : Int(byte >> 4) * 10 + Int(byte & 0x0F)
        return min(max(number, range.lowerBound), range.upperBound)
    }

    /// An hour as DM and 24/12 say.
    private func encodeHour(_ hour: Int) -> UInt8 {
        guard registerB & Control.is24 == 0 else { return encode(hour) }
        return encode(hour % 12 == 0 ? 12 : hour % 12) | (hour < 12 ? 0 : 0x80)
    }

    private func decodeHour(_ byte: UInt8) -> Int {
        guard registerB & Control.is24 == 0 else { return decode(byte, 0...23) }
        return decode(byte & 0x7F, 1...12) % 12 + (byte & 0x80 != 0 ? 12 : 0)
    }

    /// The time in the registers, or the nearest that there is.
    private var chipTime: MC146818A.ChipTime {
        let minutes = decodeHour(bytes[Index.hours]) * 60 + decode(bytes[Index.minutes], 0...59)
        let year = decode(bytes[Index.century], 0...99) * 100 + decode(bytes[Index.year], 0...99)
        let month = decode(bytes[Index.month], 1...12)
        let (start, next) = (CalendarTime.dayNumber(year, month, 1), month % 12 + 1)
        let end = CalendarTime.dayNumber(next == 1 ? year + 1 : year, next, 1)
        return MC146818A.ChipTime(
            second: minutes * 60 + decode(bytes[Index.seconds], 0...59),
            weekday: decode(bytes[Index.weekday], 1...7), day: decode(bytes[Index.day], 1...Int(end - start)),
            month: month, year: year)
    }

    /// Puts a time into the registers, but for the century, which few guests ask for and some have other uses for.
    private mutating func setTime(_ now: MC146818A.ChipTime) {
        bytes[Index.seconds] = encode(now.second % 60)
        bytes[Index.minutes] = encode(now.second / 60 % 60)
        bytes[Index.hours] = encodeHour(now.second / 3600)
        bytes[Index.weekday] = encode(now.weekday)
        bytes[Index.day] = encode(now.day)
        bytes[Index.month] = encode(now.month)
        bytes[Index.year] = encode(now.year % 100)
    }

    // MARK: The alarm

    /// Numbers that an alarm matches, as bits.
    private func matches(_ alarm: Int, _ count: Int, _ code: (Int) -> UInt8) -> UInt64 {
        let byte = bytes[alarm]
        return (0..<count).reduce(0) { byte >= 0xC0 || code($1) == byte ? $0 | 1 << UInt64($1) : $0 }
    }

    /// Updates from now to the one whose time the alarm matches, from 1 to a day's; nil if it never does.
    private func secondsToAlarm() -> UInt64? {
        let hours = matches(Index.hoursAlarm, 24, encodeHour)
        let minutes = matches(Index.minutesAlarm, 60, encode)
        let seconds = matches(Index.secondsAlarm, 60, encode)
        guard hours != 0, minutes != 0, seconds != 0 else { return nil }
        let now = chipTime.second
        var time = now + 1
        // No hour and no minute is looked at twice: a few hundred steps at most.
        while time <= now + 2 * Int(Self.secondsOfDay) {
            let (hour, minute, second) = (time / 3600 % 24, time / 60 % 60, time % 60)
            if hours >> UInt64(hour) & 1 == 0 {
                time += 3600 - time % 3600
            } else if minutes >> UInt64(minute) & 1 == 0 {
                time += 60 - second
            } else if seconds >> UInt64(second) & 1 == 0 {
                time += 1
            } else {
                return UInt64(time - now)
            }
        }
        return nil
    }

    // MARK: Registers

    /// Reads the register with the index; register C is cleared by it.
    mutating func readRegister() -> UInt8 {
        switch Int(index & 0x7F) {
        case Index.a: return registerA & 0x7F | (isUpdating ? 0x80 : 0)
        case Index.b: return registerB
        case Index.c:
            defer { flags = 0 }
            return flags & 0x70 | (isRequesting ? 0x80 : 0)
        case Index.d: return 0x80
        case let number: return bytes[number]
        }
    }

    /// Writes the register with the index; registers C and D ignore it.
    mutating func writeRegister(_ value: UInt8) {
        switch Int(index & 0x7F) {
        case Index.a:
            let wasRunning = isRunning
            registerA = value & 0x7F
            // The first second is half over when the divider is let go.
            if isRunning, !wasRunning { origin = time &- Self.crystal / 2 }
        case Index.b: registerB = value & Control.set != 0 ? value & ~Control.update : value
        case Index.c, Index.d: break
        case let number: bytes[number] = value
        }
    }
}
