extension Debugger {
    /// Runs until something stops the guest, at the latest at the guest time `limit`.
    ///
    /// The instruction at hand is run whatever breakpoint lies on it.
    @discardableResult
    public func resume(until limit: UInt64 = .max) -> StopEvent { drive(until: limit, ending: .limit) }

    /// Runs `count` instructions, each iteration of a repeated one counted; breakpoints on the way stop it.
    ///
    /// An interrupt that is due behind an instruction is delivered with it. The wait behind HLT is one step.
    @discardableResult
    public func step(_ count: UInt64 = 1) -> StopEvent {
        var event = stopped(.done)
        for _ in 0..<count {
            event = drive(until: position &+ 1, ending: .done)
            while event.reason == .done, machine.cpu.isHalted {
                event = drive(until: max(machine.clock.nextDeadline ?? 0, position &+ 1), ending: .done)
            }
            guard event.reason == .done else { break }
        }
        return event
    }

    /// Runs to an address, however often the way leads past breakpoints that do not stop.
    ///
    /// - Parameter limit: guest time at which the run ends at the latest.
    @discardableResult
    public func run(to address: Address, until limit: UInt64 = .max) -> StopEvent {
        drive(until: limit, goal: Goal(address: address), ending: .limit)
    }

    /// Asks the present run to stop at the next instruction, from within `poll` or a device.
    public func stop() { machine.bus.stop(.requested) }

    // MARK: The loop

    /// How a part of a run ended.
    enum Outcome {
        case reached
        case requested
        case exit(Exit)
        case unanswered(PortRequest, String)
    }

    /// Instructions of a slice: a few milliseconds.
    static let slice: UInt64 = 1 << 19
    /// User-tier answers between two looks whether somebody wants to stop.
    private static let answersPerPoll = 1024

    /// Runs to a guest time or to an exit that is no port request; keeps the history.
    func advance(to target: UInt64) -> Outcome {
        var entry = Entry.resume
        var end: UInt64 = 0
        var answered = 0
        while true {
            if entry == .resume {
                guard machine.cpu.position < target else { return .reached }
                let bound = history?.prepare() ?? .max
                let now = machine.cpu.position
                guard now < target else { return .reached }
                end = min(target, bound, now > .max - Self.slice ? .max : now + Self.slice)
            }
            machine.inputs.mode = history.map { $0.isReplaying ? .replaying : .recording } ?? .live
            defer { machine.inputs.mode = .looking }
            let exit: Exit
            do throws(EntryError) {
                exit = try machine.run(entry, until: end)
            } catch {
                return .exit(.stopped(.requested))
            }
            entry = .resume
            switch exit {
            case .port(let request):
                answered += 1
                if answered % Self.answersPerPoll == 0, poll() { machine.bus.stop(.requested) }
                do throws(Unanswered) {
                    entry = .complete(try response(to: request))
                } catch {
                    return .unanswered(request, error.message)
                }
            case .budget:
                history?.settle()
                if poll() { return .requested }
            case .halted, .stopped, .shutdown:
                history?.settle()
                return .exit(exit)
            }
        }
    }

    /// The answer to a user-tier request: from the log when the past is run again and nothing but an answer is needed.
    private func response(to request: PortRequest) throws(Unanswered) -> PortResponse {
        guard let history, !isServedByMachine(request) else { return try answer(request) }
        if history.isReplaying, let value = machine.inputs.replayAnswer() {
            return PortResponse(to: request, value: value)
        }
        let response = try answer(request)
        machine.inputs.record(answer: response.value)
        return response
    }

    /// Whether the device that serves a request is one whose state checkpoints keep.
    private func isServedByMachine(_ request: PortRequest) -> Bool {
        guard let device = machine.ports.claim(at: request.port, request.width)?.device else { return false }
        return machine.devices[device.name] === device
    }

    // MARK: Stops

    /// Runs with breakpoints until something stops the guest.
    func drive(until limit: UInt64, goal: Goal? = nil, ending: StopEvent.Reason) -> StopEvent {
        watcher.begin(.stopping, breakpoints, goal: goal, passing: position)
        defer { watcher.end() }
        while true {
            let times = breakpoints.compactMap { $0.isEnabled ? $0.time : nil }
            let now = position
            let outcome = advance(to: times.filter { $0 > now }.reduce(limit, min))
            if case .reached = outcome, times.contains(position) { watcher.noteTime(position) }
            if let event = judge(outcome, watcher.collect(), limit, ending) { return event }
        }
    }

    /// The event that an outcome makes, or nil if the guest is to go on.
    private func judge(
        _ outcome: Outcome, _ hits: [Watcher.Hit], _ limit: UInt64, _ ending: StopEvent.Reason
    ) -> StopEvent? {
        let numbers = Set(hits.map(\.number)).sorted()
        var stopping: [Watcher.Hit] = []
        for hit in hits {
            guard let breakpoint = breakpoint(hit.number) else { continue }
            if breakpoint.isLogOnly {
                onLog?(breakpoint, StopEvent(hit.reason, hits: numbers, instructions: position))
            } else {
                stopping.append(hit)
            }
        }
        for hit in stopping where breakpoint(hit.number)?.isTemporary == true { remove(hit.number) }
        // What ends the guest would not come again if it were passed over for a breakpoint.
        if case .exit(let exit) = outcome, let reason = Self.final(exit) { return stopped(reason, hits: numbers) }
        if let first = stopping.first { return stopped(first.reason, hits: numbers) }
        if watcher.isGoalReached { return stopped(.done) }
        switch outcome {
        case .reached: return position >= limit ? stopped(ending) : nil
        case .requested, .exit(.stopped(.requested)): return stopped(.requested)
        case .unanswered(let request, let message): return stopped(.unanswered(request, message: message))
        case .exit(.halted): return stopped(.halted)
        case .exit: return nil
        }
    }

    /// The reason that an exit is by itself, unless it is one that the debugger made or that comes again.
    private static func final(_ exit: Exit) -> StopEvent.Reason? {
        switch exit {
        case .shutdown(let chain): .shutdown(chain)
        case .stopped(.guestExit(let code)): .guestExit(code: code)
        case .stopped(.unmappedPort(let request)): .unmappedPort(request)
        case .stopped(.fault(let fault)): .fault(fault)
        case .port, .halted, .budget, .stopped(.requested), .stopped(.monitor): nil
        }
    }

    func stopped(_ reason: StopEvent.Reason, hits: [Int] = []) -> StopEvent {
        let event = StopEvent(reason, hits: hits, instructions: position)
        lastStop = event
        return event
    }

    /// Takes over what a hit has changed of a breakpoint.
    func keepCounts(of breakpoint: Breakpoint) {
        change(breakpoint.number) {
            $0.hits = breakpoint.hits
            $0.ignoreCount = breakpoint.ignoreCount
        }
    }
}

extension Breakpoint {
    /// The guest time that it waits for.
    var time: UInt64? {
        guard case .instructions(let time) = kind else { return nil }
        return time
    }
}
