extension Debugger {
    // MARK: Where to

    /// Goes to a guest time: back, or forward through what has been run before, and further by running.
    ///
    /// Breakpoints do not stop it. Lands at the first boundary between instructions that is not before `instructions`.
    @discardableResult
    public func go(to instructions: UInt64) -> StopEvent {
        if let refusal { return refusal }
        guard let history else { return stopped(.noHistory) }
        guard instructions < position else { return stopped(landing(at: instructions)) }
        return goingBack { _ in
            guard instructions < history.start else { return stopped(landing(at: instructions)) }
            goToStart()
            return stopped(.startOfHistory)
        }
    }

    private func landing(at instructions: UInt64) -> StopEvent.Reason {
        switch land(at: instructions) {
        case .reached: .done
        case .requested: .requested
        case .unanswered(let request, let message): .unanswered(request, message: message)
        case .exit(.halted): .halted
        case .exit(let exit): Self.final(exit) ?? .requested
        }
    }

    /// Goes back `count` instructions, iterations of repeated ones counted each: what `step(count)` has done.
    @discardableResult
    public func reverseStep(_ count: UInt64 = 1) -> StopEvent {
        if let refusal { return refusal }
        guard count > 0 else { return stopped(history == nil ? .noHistory : .done) }
        return goingBack { _ in stopped(count == 1 ? goToBoundary(before: present) : goBack(over: count)) }
    }

    /// Goes back over so many boundaries, or to the start of the history.
    private func goBack(over count: UInt64) -> StopEvent.Reason {
        var left = count
        var window: UInt64 = 2
        var end = present
        while let places = boundaries(from: end > window ? end - window : 0, to: end) {
            if let first = places.first {
                if UInt64(places.count) >= left {
                    if case .requested = land(at: places[places.count - Int(left)].position) { return .requested }
                    return .done
                }
                left -= UInt64(places.count)
                end = first.position
                window = min(max(window &* 2, left), Self.maximumWindow)
            } else {
                // A wait that is longer than the window has no boundary in it.
                window = window &* 4
            }
        }
        if wantsStop { return .requested }
        goToStart()
        return .startOfHistory
    }

    /// So many boundaries are looked at at once, at most.
    private static let maximumWindow: UInt64 = 1 << 18

    /// Goes back over one instruction: a repeated one whole, a CALL or INT with all that it called, and behind a
    /// handler that nothing has called over the instruction that was interrupted or faulted.
    ///
    /// A return to a place whence nothing was called, with the stack as it was then, is one instruction.
    @discardableResult
    public func reverseNext() -> StopEvent { goingBack { _ in goBackOverNext() } }

    private func goBackOverNext() -> StopEvent {
        let stack = machine.cpu.stackPointer
        let here = instructionPointer
        let code32 = machine.state.segments.cs.access.contains(.big)
        let event = stopped(goToBoundary(before: present))
        guard event.reason == .done, let last = sketch() else { return event }
        switch last.flow {
        case .repeated where machine.cpu.isMidRepeat: return arrive(at: instructionPointer) ?? event
        case .back(let popped):
            let before = position
            let sp = RegisterReference.dword(.esp)
            let mask = Expression.number(UInt64(machine.cpu.stackMask))
            let masked = Expression.binary(.bitAnd, .register(sp), mask)
            var callers: [Breakpoint] = []
            if last.isInterruptReturn {
                // The delivery that left this place behind: an interrupt, or a fault that is tried again.
                var delivery = Breakpoint(number: 0, kind: .interrupt(0...255))
                let isHere = Expression.binary(
                    .equal, .binary(.add, .register(.base(.cs)), .register(.eip)), .number(UInt64(here)))
                let isLevel = Expression.binary(.equal, masked, .number(UInt64(stack & machine.cpu.stackMask)))
                delivery.condition = .binary(.and, isHere, isLevel)
                callers.append(delivery)
            }
            for length in 1...15 as ClosedRange<UInt32> {
                guard let call = sketch(at: here &- length, code32: code32), call.length == length,
                    case .call = call.flow
                else { continue }
                var breakpoint = Breakpoint(number: 0, kind: .code(.linear(here &- length)))
                breakpoint.condition = .binary(
                    .equal, masked, .number(UInt64((stack &- popped) & machine.cpu.stackMask)))
                callers.append(breakpoint)
            }
            guard !callers.isEmpty else { return event }
            switch scanBack(callers) {
            case .hit(let hit): return stopped(goToBoundary(before: hit.position &+ 1))
            case .none: return stopped(landing(at: before))
            case .requested: return stopped(.requested)
            }
        case .call, .repeated, .other: return event
        }
    }

    /// Goes back to the last arrival at an address.
    private func arrive(at linear: UInt32) -> StopEvent? {
        switch scanBack([Breakpoint(number: 0, kind: .code(.linear(linear)))]) {
        case .hit(let hit): return stopped(goToBoundary(before: hit.position &+ 1))
        case .none: return nil
        case .requested: return stopped(.requested)
        }
    }

    /// Goes back to where the procedure or handler at hand was called: before the CALL, INT or interrupted place.
    @discardableResult
    public func reverseFinish() -> StopEvent { goingBack { _ in stopped(goBackToCaller()) } }

    private func goBackToCaller() -> StopEvent.Reason {
        var depth = 0
        var end = present
        var window: UInt64 = 512
        while let places = boundaries(from: end > window ? end - window : 0, to: end, sketching: true) {
            for place in places.reversed() {
                depth += place.depth
                if depth < 0 { return landing(at: place.position) }
            }
            end = places.first?.position ?? end
            window = places.isEmpty ? window &* 4 : min(window &* 4, Self.maximumWindow)
        }
        if wantsStop { return .requested }
        goToStart()
        return .startOfHistory
    }

    /// Goes back to the last moment at which a breakpoint was hit, or to the start of the history.
    ///
    /// It stops before the instruction that hit a watchpoint or port. Ignore counts and log-only breakpoints do not
    /// matter, and nothing is counted.
    @discardableResult
    public func reverseResume() -> StopEvent { goingBack { goBackToHit($0) } }

    private func goBackToHit(_ history: History) -> StopEvent {
        let here = present
        let list = breakpoints.filter { $0.isEnabled && !$0.isLogOnly }
        let time = Self.latest(of: list, from: history.start, before: here)
        switch scanBack(list, from: time?.time) {
        case .hit(let hit):
            if goToBoundary(before: hit.position &+ 1) == .requested { return stopped(.requested) }
            if breakpoint(hit.number)?.isTemporary == true { remove(hit.number) }
            return stopped(hit.reason, hits: [hit.number])
        case .none:
            guard let time else {
                goToStart()
                return stopped(.startOfHistory)
            }
            if goToBoundary(before: time.time &+ 1) == .requested { return stopped(.requested) }
            return stopped(.instructions(time.number), hits: [time.number])
        case .requested: return stopped(.requested)
        }
    }

    /// The latest of the times that breakpoints name, at or behind `start`, and whose it is.
    private static func latest(
        of list: [Breakpoint], from start: UInt64, before end: UInt64
    ) -> (time: UInt64, number: Int)? {
        var found: (time: UInt64, number: Int)?
        for breakpoint in list {
            guard let time = breakpoint.time, time >= start, time < end, time > found?.time ?? 0 || found == nil else {
                continue
            }
            found = (time, breakpoint.number)
        }
        return found
    }

    // MARK: Who was it

    /// The last write to any of these linear addresses before now, or nil if the history has none.
    ///
    /// The guest stands where it stood afterwards.
    public func lastWrite(to range: ClosedRange<UInt32>) -> Provenance? {
        let length = range.upperBound &- range.lowerBound
        let kind = Breakpoint.Kind.watch(
            .linear(range.lowerBound), length: length < .max ? length + 1 : .max, .write, onlyChanges: false)
        guard case .watchpoint(_, let access) = lastHit([Breakpoint(number: 0, kind: kind)])?.reason else { return nil }
        return Provenance(
            instructions: access.instructions, cs: access.cs, eip: access.eip, code: access.code,
            code32: access.code32, oldValue: UInt64(access.oldValue), newValue: UInt64(access.newValue))
    }

    /// The last transaction at a port before now, or nil if neither ledger nor history has one.
    ///
    /// The guest stands where it stood afterwards.
    public func lastTransaction(at ports: ClosedRange<UInt16>, direction: PortDirection? = nil) -> PortTransaction? {
        let known = ledger.transactions.last { $0.touches(ports) && $0.direction == direction ?? $0.direction }
        if let known { return known }
        let kind = Breakpoint.Kind.port(PortWatch(ports, direction: direction))
        guard case .port(_, let transaction) = lastHit([Breakpoint(number: 0, kind: kind)])?.reason else { return nil }
        return transaction
    }

    private func lastHit(_ list: [Breakpoint]) -> Watcher.Hit? {
        searching { _ in
            guard case .hit(let hit) = scanBack(list) else { return nil }
            return hit
        }
    }

    /// Whether the code at a linear address was 32-bit code when it ran last, or nil if the history does not have that.
    ///
    /// The guest stands where it stood afterwards.
    public func ran32Bit(at linear: UInt32) -> Bool? {
        func is32Bit(_ state: CPUState) -> Bool { state.segments.cs.access.contains(.big) }
        let present = is32Bit(machine.state)
        // Where all checkpoints are of one size there is nothing to look for.
        guard let history, history.checkpoints.contains(where: { is32Bit($0.chips.cpu) != present }) else { return nil }
        return searching { _ in
            guard case .hit(let hit) = scanBack([Breakpoint(number: 0, kind: .code(.linear(linear)))]),
                case .reached = land(at: hit.position)
            else { return nil }
            return is32Bit(machine.state)
        }
    }

    /// The instruction that gave a register the value that it has, or nil if the history has none.
    ///
    /// The guest stands where it stood afterwards.
    public func lastChange(of register: RegisterReference) -> Provenance? {
        guard register != .instructions else { return nil }
        return searching { lastChange($0) { ($0.value(of: register), 0) } }
    }

    /// The same for a wide register.
    public func lastChange(of register: WideRegister) -> Provenance? {
        searching { lastChange($0) { $0.value(of: register) } }
    }

    private func lastChange(
        _ history: History, of value: (CPUState) -> (low: UInt64, high: UInt64)
    ) -> Provenance? {
        let present = value(machine.state)
        var end = position
        var window: UInt64 = 256
        while end > history.start {
            land(at: max(end > window ? end - window : 0, history.start))
            let start = position
            var found: Provenance?
            var before = machine.state
            while position < end {
                guard stepQuietly(before: end), !wantsStop else { break }
                let after = machine.state
                let (old, new) = (value(before), value(after))
                if old != new, position <= end {
                    let segment = before.segments.cs
                    found = Provenance(
                        instructions: before.instructions, cs: segment.selector, eip: before.eip,
                        code: segment.base &+ before.eip, code32: segment.access.contains(.big),
                        oldValue: old.low, newValue: new.low, oldHigh: old.high, newHigh: new.high)
                }
                before = after
            }
            if wantsStop { return nil }
            if let found { return (found.newValue, found.newHigh) == present ? found : nil }
            end = min(end, start)
            // A wait that is longer than the window has no boundary in it.
            window = start < end ? min(window &* 8, 1 << 20) : window &* 8
        }
        return nil
    }
}
