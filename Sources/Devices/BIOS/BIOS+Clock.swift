import X86Interp

extension BIOSService {
    /// INT 1Ah.
    ///
    /// Source: IBM PC AT technical reference.
    static let clock = BIOSService(
        0x1A, "time",
        [
            .init(0x00, "read ticks") { $0.readTicks($1) },
            .init(0x01, "set ticks") { $0.setTicks($1) },
            .init(0x02, "read time", needs: .at) { $0.readTime($1) },
            .init(0x03, "set time", needs: .at) { $0.setTime($1) },
            .init(0x04, "read date", needs: .at) { $0.readDate($1) },
            .init(0x05, "set date", needs: .at) { $0.setDate($1) },
        ], other: { $1.carry = true })
}

extension BIOS {
    /// Ticks of the timer in a day: 1.193182 MHz divided by 65536.
    static let ticksPerDay: UInt32 = 0x1800B0

    /// INT 08h: the timer's interrupt, 18.2 times a second of guest time.
    func tick(_ call: BIOSCall) {
        var ticks = call.dword(BDA.ticks) &+ 1
        if ticks >= Self.ticksPerDay {
            ticks = 0
            call.setByte(BDA.midnight, 1)
        }
        call.setDword(BDA.ticks, ticks)
        agePage(call)
        // Programs that look at the buffer themselves find keys there too; a keyboard has an interrupt for that.
        if keyboard == nil { fetchKey(call, waits: false) }
    }

    /// Sets the ticks of the day by the clock; an XT has none, and begins with 0.
    func setClock(_ call: BIOSCall) {
        guard !isXT else { return }
        let second = UInt64(CalendarTime(seconds(call)).secondOfDay)
        call.setDword(BDA.ticks, UInt32(truncatingIfNeeded: second * UInt64(Self.ticksPerDay) / 86400))
    }

    func readTicks(_ call: BIOSCall) {
        let ticks = call.dword(BDA.ticks)
        call.cx = UInt16(truncatingIfNeeded: ticks >> 16)
        call.dx = UInt16(truncatingIfNeeded: ticks)
        call.ax = UInt16(call.byte(BDA.midnight))
        call.setByte(BDA.midnight, 0)
        call.carry = false
    }

    func setTicks(_ call: BIOSCall) {
        call.setDword(BDA.ticks, UInt32(call.cx) << 16 | UInt32(call.dx))
        call.setByte(BDA.midnight, 0)
        call.ah = 0
        call.carry = false
    }

    // MARK: Time and date

    /// Seconds from 1970 now, in guest time.
    func seconds(_ call: BIOSCall) -> Int64 {
        let clock = call.machine.clock
        return options.startTime &+ state.clockOffset &+ Int64(clamping: clock.now / clock.ticksPerSecond)
    }

    func readTime(_ call: BIOSCall) {
        let time = CalendarTime(seconds(call))
        call.ch = Self.bcd(time.hour)
        call.cl = Self.bcd(time.minute)
        call.dh = Self.bcd(time.second)
        call.dl = 0
        call.ah = 0
        call.al = call.ch
        call.carry = false
    }

    func readDate(_ call: BIOSCall) {
        let time = CalendarTime(seconds(call))
        call.ch = Self.bcd(time.year / 100)
        call.cl = Self.bcd(time.year % 100)
        call.dh = Self.bcd(time.month)
        call.dl = Self.bcd(time.day)
        call.ah = 0
        call.al = call.ch
        call.carry = false
    }

    func setTime(_ call: BIOSCall) {
        call.carry = false
        guard let hour = Self.number(call.ch, 0...23), let minute = Self.number(call.cl, 0...59),
            let second = Self.number(call.dh, 0...59)
        else {
            call.carry = true
            return
        }
        let now = CalendarTime(seconds(call))
        state.clockOffset &+= Int64(hour * 3600 + minute * 60 + second - now.secondOfDay)
        call.ah = 0
    }

    func setDate(_ call: BIOSCall) {
        call.carry = false
        guard let century = Self.number(call.ch, 19...21), let year = Self.number(call.cl, 0...99),
            let month = Self.number(call.dh, 1...12), let day = Self.number(call.dl, 1...31),
            let days = CalendarTime.days(year: century * 100 + year, month: month, day: day)
        else {
            call.carry = true
            return
        }
        let now = seconds(call)
        state.clockOffset &+= (days - CalendarTime(now).dayNumber) * 86400
        call.ah = 0
    }

    private static func bcd(_ value: Int) -> UInt8 { UInt8(truncatingIfNeeded: value / 10 % 10 * 16 + value % 10) }

    /// A number in BCD within a range, or nil.
    private static func number(_ bcd: UInt8, _ range: ClosedRange<Int>) -> Int? {
        let (tens, ones) = (Int(bcd >> 4), Int(bcd & 15))
        let value = tens * 10 + ones
        return tens < 10 && ones < 10 && range.contains(value) ? value : nil
    }
}
