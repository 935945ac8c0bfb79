/// A time of the Gregorian calendar, made from seconds without the host's help.
package struct CalendarTime: Equatable, Sendable {
    /// Days from 1 January 1970.
    package let dayNumber: Int64
    /// Seconds from midnight.
    package let secondOfDay: Int
    /// Such as 2026.
    package let year: Int
    /// From 1.
    package let month: Int
    /// From 1.
    package let day: Int

    /// The hour, from 0.
    package var hour: Int { secondOfDay / 3600 }
    /// The minute, from 0.
    package var minute: Int { secondOfDay / 60 % 60 }
    /// The second, from 0.
    package var second: Int { secondOfDay % 60 }

    /// The time so many seconds from 1970; times outside of the years 1900 to 2199 are moved to their ends.
    package init(_ seconds: Int64) {
        let range = Self.dayNumber(1900, 1, 1)...Self.dayNumber(2199, 12, 31)
        let (quotient, remainder) = seconds.quotientAndRemainder(dividingBy: 86400)
        let floor = remainder < 0 ? quotient - 1 : quotient
        dayNumber = min(max(floor, range.lowerBound), range.upperBound)
        secondOfDay = Int(remainder < 0 ? remainder + 86400 : remainder)
        (year, month, day) = Self.date(ofDay: dayNumber)
    }

    /// The date of a day, counted from 1 January 1970.
    package static func date(ofDay number: Int64) -> (year: Int, month: Int, day: Int) {
        // Years that begin in March end with the leap day; 400 of them have 146097 days.
        let fromMarch = number + 719_468
        let dayOfEra = (fromMarch % 146_097 + 146_097) % 146_097
        let era = (fromMarch - dayOfEra) / 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = Int(monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9)
        return (
            year: Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0), month: month,
            day: Int(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
        )
    }

    /// Days from 1 January 1970 to a date of the years 0 to 9999; nil if the calendar has no such date.
    package static func days(year: Int, month: Int, day: Int) -> Int64? {
        guard 0...9999 ~= year, 1...12 ~= month, 1...31 ~= day else { return nil }
        let number = dayNumber(year, month, day)
        // A day behind the month's last one is one of the next month.
        let end = month < 12 ? dayNumber(year, month + 1, 1) : dayNumber(year + 1, 1, 1)
        return number < end ? number : nil
    }

    /// The same for a date of these years that is known to be one.
    package static func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
        let fromMarch = month <= 2 ? year - 1 : year
        let era = fromMarch >= 0 ? fromMarch / 400 : -1
        let yearOfEra = fromMarch - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return Int64(era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear) - 719_468
    }
}
