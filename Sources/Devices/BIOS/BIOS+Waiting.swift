import X86Interp

/// INT 15h AH=83h and 86h.
///
/// Sources: IBM PC AT technical reference; RBIL for the status of a second wait.
extension BIOS {
    /// A program in INT 15h AH=86h: where its stack is, and until when.
    struct Wait: Codable, Equatable, Sendable {
        var frame: UInt32
        var end: UInt64
    }

    /// A wait is in progress.
    private static let clockInUse: UInt8 = 0x83
    /// Interrupted waits that are remembered; those that their programs have left are forgotten first.
    private static let waitLimit = 16

    /// CX:DX microseconds from now.
    private func end(_ call: BIOSCall) -> UInt64 {
        let clock = call.machine.clock
        return clock.time(after: clock.ticks(microseconds: UInt64(call.cx) << 16 | UInt64(call.dx)))
    }

    /// Function 86: CX:DX microseconds of guest time.
    func wait(_ call: BIOSCall) {
        let frame = call.cpu[.ss].base &+ call.cpu[.esp]
        let known = state.waits.firstIndex { $0.frame == frame }
        if !call.isRepeated {
            if let known { state.waits.remove(at: known) }
            guard state.eventEnd == nil else { return refuse(Self.clockInUse, call) }
            let end = end(call)
            guard end > call.now else { return succeed(call) }
            if state.waits.count == Self.waitLimit { state.waits.removeFirst() }
            state.waits.append(Wait(frame: frame, end: end))
            return call.wait(until: end)
        }
        guard let known, state.waits[known].end > call.now else {
            if let known { state.waits.remove(at: known) }
            return succeed(call)
        }
        call.wait(until: state.waits[known].end)
    }

    /// Function 83, 00: bit 7 of the byte at ES:BX is set when CX:DX microseconds are over.
    func startEventWait(_ call: BIOSCall) {
        guard state.eventEnd == nil else { return refuse(Self.clockInUse, call) }
        call.setWord(BDA.waitFlag, call.bx)
        call.setWord(BDA.waitFlag + 2, call.es)
        call.setDword(BDA.waitTime, UInt32(call.cx) << 16 | UInt32(call.dx))
        call.setByte(BDA.waitActive, 1)
        let end = end(call)
        state.eventEnd = end
        alarm?.set(at: end)
        succeed(call)
    }

    /// Function 83, 01.
    func cancelEventWait(_ call: BIOSCall) {
        call.setByte(BDA.waitActive, 0)
        state.eventEnd = nil
        alarm?.set(at: nil)
        succeed(call)
    }

    /// The time of function 83 is over.
    func endEventWait() {
        guard let machine, state.eventEnd != nil else { return }
        state.eventEnd = nil
        let call = BIOSCall(machine, self)
        let flag = call.physical(call.word(BDA.waitFlag + 2), call.word(BDA.waitFlag))
        call.setByte(flag, call.byte(flag) | 0x80)
        call.setByte(BDA.waitActive, 0)
    }
}
