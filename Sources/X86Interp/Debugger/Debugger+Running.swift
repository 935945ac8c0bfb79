extension Debugger {
    /// Runs until something stops the guest, at the latest at the guest time `limit`.
    ///
    /// The instruction at hand is run whatever breakpoint lies on it.
    @discardableResult
    public func resume(until limit: UInt64 = .max) -> StopEvent { drive(until: limit, ending: .limit) }

    /// Runs `count` instructions, each iteration of a repeated one counted; breakpoints on the way stop it.
    ///
    /// An interrupt that is due behind an instruction is delivered with it. The wait behind HLT is one step.
    ///
    /// - Parameter limit: guest time from which on no step begins.
    @discardableResult
    public func step(_ count: UInt64 = 1, until limit: UInt64 = .max) -> StopEvent {
        if let refusal { return refusal }
        var event = stopped(.done)
        for _ in 0..<count {
            guard position < limit else { return stopped(.limit) }
            event = drive(until: position &+ 1, ending: .done)
            while event.reason == .done, machine.cpu.isIdle || machine.cpu.hasDeliveryBehind {
                guard position < limit else { return stopped(.limit) }
                event = drive(until: min(endOfWait, limit), ending: .done)
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
    public func stop() {
        wantsStop = true
        machine.bus.stop(.requested)
    }

    /// Whether somebody wants to stop: `poll` is asked once for each slice's worth of work.
    ///
    /// A yes holds until the present call ends, so that no loop within it can miss it.
    func isStopWanted(after work: UInt64) -> Bool {
        if wantsStop { return true }
        workSincePoll = workSincePoll &+ work
        guard workSincePoll >= pollInterval else { return false }
        workSincePoll = 0
        wantsStop = callingOut { poll() }
        return wantsStop
    }

    // MARK: The loop

    /// How a part of a run ended.
    enum Outcome {
        case reached
        case requested
        case exit(Exit)
        case unanswered(PortRequest, String)
    }

    /// What entering the CPU once, or answering the guest once, counts as in instructions.
    ///
    /// The guest may have been fast before it came to a breakpoint that is only logged: soon after `poll` is asked then.
    private var entryWork: UInt64 { max(512, pollInterval >> 14) }

    /// Runs to a guest time or to an exit that is no user-tier request; keeps the history.
    func advance(to target: UInt64) -> Outcome {
        var entry = Entry.resume
        var end: UInt64 = 0
        var start: UInt64 = 0
        var isHeard = true
        while true {
            if wantsStop { return .requested }
            if entry == .resume {
                guard machine.cpu.position < target else { return .reached }
                let bound = history?.prepare() ?? .max
                let now = machine.cpu.position
                start = now
                guard now < target else { return .reached }
                let slice = max(pollInterval, 1)
                end = min(target, bound, now > .max - slice ? .max : now + slice)
                (end, isHeard) = listen(to: now..<end)
            }
            let before = machine.cpu.position
            machine.inputs.mode = history.map { $0.isReplaying ? .replaying : .recording } ?? .live
            defer { machine.inputs.mode = .looking }
            var exit: Exit
            do throws(EntryError) {
                exit = try machine.run(entry, until: end)
            } catch {
                return .exit(.stopped(.requested))
            }
            entry = .resume
            noteSlice(before..<max(before, machine.cpu.position), wasHeard: isHeard)
            exit = ending(exit)
            switch exit {
            case .port(let request):
                // The BIOS's services take the longest.
                machine.cpu.options.detours &+= 16
                // An answer cannot be put off, so that the guest stops behind it.
                if isStopWanted(after: entryWork) { machine.bus.stop(.requested) }
                do throws(Unanswered) {
                    entry = .complete(try response(to: request))
                } catch {
                    return .unanswered(request, error.message)
                }
            case .memory(let request):
                machine.cpu.options.detours &+= 16
                if isStopWanted(after: entryWork) { machine.bus.stop(.requested) }
                entry = .completeMemory(response(to: request))
            case .budget:
                history?.endSlice()
                if isStopWanted(after: machine.cpu.position &- start &+ entryWork) { return .requested }
            case .halted, .stopped, .shutdown:
                history?.endSlice()
                return .exit(exit)
            }
        }
    }

    /// What an exit comes to where observers have asked to stop.
    private func ending(_ exit: Exit) -> Exit {
        var exit = exit
        // The watcher has asked to stop, and the limit came first.
        if exit == .budget, machine.bus.stopPending == .observer {
            machine.bus.stopPending = nil
            exit = .stopped(.observer)
        }
        // Others stop the guest where it runs forwards.
        let isPast = watcher.mode != .stopping || history?.isReplaying ?? false
        return exit == .stopped(.observer) && isPast && !isOurStop ? .budget : exit
    }

    /// The answer to a user-tier request: from the log when the past is run again and nothing but an answer is needed.
    private func response(to request: PortRequest) throws(Unanswered) -> PortResponse {
        guard let history, !isServedByMachine(request) else { return try ask(request) }
        if history.isReplaying, let value = machine.inputs.replayAnswer() {
            return PortResponse(to: request, value: value)
        }
        let response = try ask(request)
        machine.inputs.record(answer: response.value)
        return response
    }

    /// The same at memory.
    private func response(to request: MemoryRequest) -> MemoryResponse {
        guard let history, !isServedByMachine(request) else { return ask(request) }
        if history.isReplaying, let value = machine.inputs.replayAnswer() {
            return MemoryResponse(to: request, value: value)
        }
        let response = ask(request)
        machine.inputs.record(answer: response.value)
        return response
    }

    private func ask(_ request: MemoryRequest) -> MemoryResponse {
        callingOut { answerMemory?(request) ?? machine.serve(request) }
    }

    private func isServedByMachine(_ request: MemoryRequest) -> Bool {
        let kind: AccessKind = request.direction == .write ? .write : .read
        guard answerMemory == nil,
            case .device(let device, _, _) = machine.memory.backing(ofPage: request.address, for: kind)
        else { return false }
        return machine.devices[device.name] === device
    }

    private func ask(_ request: PortRequest) throws(Unanswered) -> PortResponse {
        try callingOut { () throws(Unanswered) in try answer(request) }
    }

    /// Whether the device that serves a request is one whose state checkpoints keep.
    private func isServedByMachine(_ request: PortRequest) -> Bool {
        guard let device = machine.ports.claim(at: request.port, request.width)?.device else { return false }
        return machine.devices[device.name] === device
    }

    // MARK: Stops

    /// Runs with breakpoints until something stops the guest.
    func drive(until limit: UInt64, goal: Goal? = nil, ending: StopEvent.Reason) -> StopEvent {
        if let refusal { return refusal }
        watcher.begin(.stopping, breakpoints, goal: goal, passing: position)
        defer { watcher.end() }
        while true {
            let times = breakpoints.compactMap { $0.isEnabled ? $0.time : nil }
            let now = position
            var end = times.filter { $0 > now }.reduce(limit, min)
            if let onInstruction { end = min(end, endOfTracedStep(onInstruction)) }
            let outcome = advance(to: end)
            // A delivery may have taken the tick that was asked for.
            let passed = times.filter { now < $0 && $0 <= position }
            if !passed.isEmpty { watcher.noteTimes(passed) }
            if let event = judge(outcome, watcher.collect(), limit, ending) { return event }
        }
    }

    /// Tells of the instruction at hand; returns the guest time to which it is run.
    private func endOfTracedStep(_ tell: () -> Void) -> UInt64 {
        let next = position < .max ? position + 1 : position
        if machine.cpu.isIdle || machine.cpu.hasDeliveryBehind { return endOfWait }
        callingOut(tell)
        return next
    }

    /// Where a processor is looked at again that is idle, or that has something to deliver.
    var endOfWait: UInt64 {
        let next = position < .max ? position + 1 : position
        return machine.cpu.isDeliveryDue ? next : max(machine.cpu.nextWake ?? 0, next)
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
                let event = StopEvent(hit.reason, hits: numbers, instructions: position)
                callingOut { onLog?(breakpoint, event) }
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
        case .exit(.stopped(.observer)) where isOthersStop: return stopped(.requested)
        case .exit: return nil
        }
    }

    /// Who asked for the last `.stopped(.observer)`: the watcher, and others.
    private var isOurStop: Bool { machine.cpu.stoppedBy.contains(token) }
    private var isOthersStop: Bool { machine.cpu.stoppedBy.contains { $0 != token } }

    /// The reason that an exit is by itself, unless it is one that the debugger made or that comes again.
    static func final(_ exit: Exit) -> StopEvent.Reason? {
        switch exit {
        case .shutdown(let chain): .shutdown(chain)
        case .stopped(.guestExit(let code)): .guestExit(code: code)
        case .stopped(.unmappedPort(let request)): .unmappedPort(request)
        case .stopped(.unmappedMemory(let request)): .unmappedMemory(request)
        case .stopped(.fault(let fault)): .fault(fault)
        case .stopped(.unhandled(let found)): .unhandled(found)
        case .port, .memory, .halted, .budget, .stopped(.requested), .stopped(.observer): nil
        }
    }

    func stopped(_ reason: StopEvent.Reason, hits: [Int] = []) -> StopEvent {
        wantsStop = false
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
