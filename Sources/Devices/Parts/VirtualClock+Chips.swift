import X86Interp

// Times as chips and firmware have them.
extension VirtualClock {
    /// Ticks of a time in microseconds.
    func ticks(microseconds count: UInt64) -> UInt64 { ticks(forPeriods: count, ofFrequency: 1_000_000) }

    /// The time some ticks from now; the last one there is, should it be behind that.
    func time(after ticks: UInt64) -> UInt64 {
        let (time, isPast) = now.addingReportingOverflow(ticks)
        return isPast ? .max : time
    }
}
