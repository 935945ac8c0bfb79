import X86Interp

/// Runs a guest in slices, so that time, Ctrl-C, progress and output are looked after in between.
struct Runner {
    /// What runs.
    let guest: Guest
    /// Where it runs.
    let host: Host
    /// Limits and outputs.
    let settings: Settings
    /// How many times a request of the user tier is put off; see `HostLoop`.
    var delays: (PortRequest) -> Int = { _ in 0 }
    /// The same of requests at memory.
    var memoryDelays: (MemoryRequest) -> Int = { _ in 0 }
    /// The guest's screen and keyboard, if a terminal is that.
    var live: LiveScreen?

    /// Runs to the end.
    func run() -> RunEnd {
        let loop = HostLoop(machine: guest.machine, delays: delays, memoryDelays: memoryDelays)
        let fuel = guest.limit(ofFuel: settings.fuel)
        let start = host.now()
        let allowance = settings.timeout.map { UInt64($0 * 1e9) } ?? .max
        let deadline = allowance < .max ? start &+ allowance : nil
        var progress = Progress(host, enabled: !settings.quiet, start: start)
        defer { progress.clear() }
        guest.reboots.watchJumps()
        var warning = UnhandledWarning(host, enabled: !settings.quiet)
        defer { warning.update(guest) }
        var screen = ScreenOutput(guest, host, settings)
        let pacer = Pacer(guest, host, speed: settings.speed, rests: live == nil, from: start)
        defer { guest.lines.flush() }
        while true {
            let done = guest.machine.cpu.state.instructions
            guard done < fuel else { return .fuel }
            let stretch = min(pacer.instructions, live?.longestStretch(guest) ?? .max)
            let (sum, overflow) = done.addingReportingOverflow(stretch)
            do throws(HostLoop.Failure) {
                let exit = try loop.run(until: overflow ? fuel : min(fuel, sum))
                if let end = RunEnd(exit, guest) {
                    live?.finish(guest, end, deadline: deadline)
                    return end
                }
            } catch {
                return .userDevice(error.message)
            }
            let now = host.now()
            warning.update(guest)
            screen.update()
            host.output.flush()
            if host.output.failure != nil { return .outputFailure }
            if host.interrupted() { return .interrupted }
            if now &- start >= allowance { return .timeout }
            pacer.look(at: now)
            progress.update(guest, now: now)
            if let live {
                if let end = live.step(guest, deadline: deadline) { return end }
                pacer.resume(at: host.now())
            }
        }
    }
}

/// Says that the guest begins anew, the first few times.
final class RebootNotes {
    private let host: Host
    private var left = 3

    /// Nothing said yet.
    init(_ host: Host) { self.host = host }

    /// Says it.
    func note(_ reboot: RebootWatch.Reboot) {
        guard left > 0 else { return }
        left -= 1
        host.complain("the guest reboots: \(reboot.text)\(left == 0 ? "; further ones are not told" : "")")
    }
}

/// Says once that an interrupt found no handler, where that does not end the run.
struct UnhandledWarning {
    private let host: Host
    private var enabled: Bool

    /// Nothing said yet.
    init(_ host: Host, enabled: Bool) {
        self.host = host
        self.enabled = enabled
    }

    /// Says it if there is something to say.
    mutating func update(_ guest: Guest) {
        guard enabled, guest.machine.cpu.unhandledPolicy == .deliver, let found = guest.machine.cpu.firstUnhandled
        else {
            return
        }
        enabled = false
        host.complain(found.text(found.reason(on: guest)) + "; the guest goes on as on a PC")
    }
}

/// A line on the terminal that says how far a long run is.
struct Progress {
    private let line: StatusLine?
    private var last: UInt64
    private var lastExecuted: UInt64 = 0

    /// Nothing shown yet; `start` is the time on the host's clock.
    init(_ host: Host, enabled: Bool, start: UInt64) {
        line = enabled ? host.statusLine : nil
        last = start
    }

    /// Shows the line if a second has passed since the last one.
    mutating func update(_ guest: Guest, now: UInt64) {
        let passed = now &- last
        guard let line, passed >= 1_000_000_000 else { return }
        let idle = guest.machine.cpu.idleTime
        // Time that passes halted is no work: a guest that waits is not fast.
        let executed = guest.machine.cpu.state.instructions &- idle
        let rate = (executed &- lastExecuted) / max(1, passed / 1000)
        let pace = rate == 0 && idle > 0 ? "waiting" : "\(rate) MIPS"
        line.show("\(executed / 1_000_000) million instructions, \(pace), at \(guest.place)")
        last = now
        lastExecuted = executed
    }

    /// Wipes the line away.
    func clear() { line?.clear() }
}
