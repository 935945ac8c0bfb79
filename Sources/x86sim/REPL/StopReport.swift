import X86Interp

/// Why the guest stands still, in words.
extension Session {
    /// Runs the guest by `body` with Ctrl-C held, then says why and where it stands.
    ///
    /// - Parameters:
    ///   - quietly: says why only if something else than `body` has stopped it.
    ///   - showsEffect: says what the iteration at hand has done; not of going back, which undoes it.
    func run(quietly: Bool = false, showsEffect: Bool = false, _ body: (Debugger) -> StopEvent) {
        let effect = showsEffect ? StepEffect(self) : nil
        host.holdInterrupts()
        startTimer()
        let wasExceeded = guest.limit?.isExceeded ?? false
        let rebooted = guest.reboots.ending
        let event = body(debugger)
        guest.lines.flush()
        let isExceeded = guest.limit?.isExceeded ?? false
        request = isExceeded && !wasExceeded ? .outputLimit : isTimeUp ? .timeout : .interrupted
        if let reboot = guest.reboots.ending, reboot != rebooted { request = .reboot(reboot) }
        host.releaseInterrupts()
        noteRegisters()
        note(event)
        report(event, effect, quietly: quietly)
        listed = currentLinear
    }

    /// Keeps the end and the exit status that `run` would have for a stop.
    private func note(_ event: StopEvent) {
        end = event.reason == .requested ? request : RunEnd(event, guest)
        status = end?.status(settings) ?? ExitStatus.success
    }

    /// Says why the guest stands still, unless a step is just done, and shows the next instruction.
    private func report(_ event: StopEvent, _ effect: StepEffect?, quietly: Bool) {
        if lines != nil {
            return output.write(json(event, code: codeLine(at: currentLinear)).text + "\n")
        }
        if event.reason != .done || !quietly { say(stopLine(event)) }
        guard var line = codeLine(at: currentLinear) else {
            return say("\(place(state.segments.cs.selector, state.eip))  no memory")
        }
        if let note = effect?.note(self), event.reason == .done, line.comment.contains(" left") {
            // Of a repetition that goes on, the element just done is news, the port is not.
            line.comment = "\(line.comment.split(separator: ", ").first ?? ""), \(note)"
        }
        if let name = symbols.text(for: currentLinear), event.reason != .done { say(name + ":") }
        say(usesColor ? "\u{1B}[1m\(line.text)\u{1B}[0m" : line.text)
    }

    /// `stopped: breakpoint 1 at 0000:7C1F, 12 instructions`.
    func stopLine(_ event: StopEvent) -> String {
        let count = state.instructions
        let counted = count == 1 ? "1 instruction" : "\(count) instructions"
        return "stopped: \(reason(event)) at \(place(state.segments.cs.selector, state.eip)), \(counted)"
    }

    /// A stop's reason in a few words.
    func reason(_ event: StopEvent) -> String {
        switch event.reason {
        case .done: "done"
        case .breakpoint(let number): "breakpoint \(number)"
        case .watchpoint(let number, let access): "watchpoint \(number), \(text(of: access))"
        case .port(let number, let transaction): "breakpoint \(number), \(text(of: transaction))"
        case .interrupt(let number, let vector, let isSoftware):
            "breakpoint \(number), \(isSoftware ? "INT" : "interrupt") \(vector.hex) before its handler"
        case .exception(let number, let vector, let code):
            "breakpoint \(number), \(Self.exceptionText(vector, code)) before its handler"
        case .modeSwitch(let number): "breakpoint \(number), now in \(registerView.mode)"
        case .instructions(let number): "breakpoint \(number), the instruction count"
        case .condition(let number, let error):
            "the condition of breakpoint \(number) has no value (\(Self.text(of: error)))"
        case .limit: "the limit of instructions"
        case .halted: haltText
        case .shutdown(let faults): Fault.text(ofShutdown: faults)
        case .guestExit(let code): "the guest ended with code \(code)"
        case .requested: request.text
        case .unmappedPort(let request): "unmapped port \(request.port.hex(digits: 2)) (\(request.direction.rawValue))"
        case .unmappedMemory(let request): request.unmappedText
        case .fault(let fault): "\(fault.text), before its delivery"
        case .unhandled(let found): found.text(found.reason(on: guest))
        case .unanswered(let request, let message):
            "the user tier failed at port \(request.port.hex(digits: 2)): \(message)"
        case .startOfHistory: "the start of the history"
        case .noHistory: "no history is kept"
        case .busy: "the guest was running already"
        }
    }

    /// What a guest that is halted waits for.
    private var haltText: String {
        switch RunEnd(.halted, guest) {
        case .noKeys: "the guest waits for a key (INT 16h); 'keys TEXT' types"
        case .coprocessor: "an x87 instruction waits for the interrupt that FERR# asks for, and none comes"
        case _ where state.eflags.contains(.interrupt): "halted with IF=1, and nothing will interrupt"
        case _: "halted for good (HLT with IF=0)"
        }
    }

    /// `#GP(0010)`, or the number of a vector that has no name.
    static func exceptionText(_ vector: UInt8, _ code: UInt16?) -> String {
        let name = ExceptionVector(rawValue: vector)?.mnemonic ?? "exception \(vector.hex)"
        return code.map { "\(name)(\($0.hex))" } ?? name
    }

    /// `[0600] 0000 -> 1234 at 0000:7C05`.
    func text(of access: WatchedAccess) -> String {
        let place = "[" + (symbols.text(for: access.linear) ?? access.linear.hex(digits: 4)) + "]"
        let by = " by " + self.place(access.cs, access.eip)
        let digits = access.size * 2
        guard access.isWrite else { return "\(place) read: \(access.newValue.hex(digits: digits))" + by }
        return "\(place) \(access.oldValue.hex(digits: digits)) -> \(access.newValue.hex(digits: digits))" + by
    }

    /// `in byte 511 = 51 from fw_cfg (user tier)`.
    func text(of transaction: PortTransaction) -> String {
        let isIn = transaction.direction == .in
        let width = ["", "byte", "word", "", "dword"][transaction.width.bytes]
        let value = transaction.value.hex(digits: transaction.width.bytes * 2)
        var text = "\(transaction.direction.rawValue) \(width) \(transaction.port.hex(digits: 2)) = \(value)"
        if let device = transaction.device, let tier = transaction.tier {
            text += " \(isIn ? "from" : "to") \(device) (\(tier.rawValue) tier)"
        } else {
            text += isIn ? ", nobody answered: the bus floats" : ", nobody heard it"
        }
        return text
    }

    /// What a log-only breakpoint prints.
    func report(logged breakpoint: Breakpoint, _ event: StopEvent) {
        let actions = Self.actions(breakpoint.action ?? "")
        if actions.isEmpty { say("\(reason(event)) at \(place(state.segments.cs.selector, state.eip))") }
        for line in actions { executeAction(line) }
    }
}

/// What the iteration about to run will have done to memory or a port: looked at before and behind it.
struct StepEffect {
    private let place: UInt32
    private let count: UInt32
    private let instruction: DisassembledInstruction?
    private let target: (place: String, linear: UInt32, size: Int)?
    private let before: String?

    /// Looks at the next instruction.
    init(_ session: Session) {
        place = session.currentLinear
        count = session.repeatCount
        instruction = session.instruction(at: place)
        let state = session.state
        if let memory = instruction?.memory.first, memory.size > 0 {
            let offset = memory.offset(state.gpr)
            let linear = state.segments[memory.segment].base &+ offset
            target = (session.operandPlace(memory.segment, offset), linear, memory.size)
            before = session.value(at: linear, bytes: memory.size)
        } else {
            target = nil
            before = nil
        }
    }

    /// `[7C79] <- 51 'Q'`, or `port 3F8 <- 41 'A'`; nil if neither has changed, or if no iteration was run.
    func note(_ session: Session) -> String? {
        guard session.currentLinear == place, session.repeatCount &+ 1 == count else { return nil }
        if instruction?.encoding?.operation == .outs, let last = session.debugger.ledger.last(1).last {
            return "port \(last.port.hex(digits: 2)) <- " + Self.value(last.value.hex(digits: last.width.bytes * 2))
        }
        guard let target, let after = session.value(at: target.linear, bytes: target.size) else { return nil }
        let writes = [.ins, .movs, .stos].contains(instruction?.encoding?.operation)
        guard writes || after != before else { return nil }
        return "[\(target.place)] <- " + Self.value(after)
    }

    /// A value, with its character if it is a byte that has one.
    private static func value(_ text: String) -> String {
        guard text.count == 2, let byte = UInt8(text, radix: 16), 0x20...0x7E ~= byte else { return text }
        return text + " '\(Character(Unicode.Scalar(byte)))'"
    }
}
