import X86Interp

/// Why things are as they are.
enum ExplainCommands {
    /// The rows.
    static let rows: [Command] = [
        Command(
            "why", [], "", .explain, "the last fault, stop and port access in words",
            details: "With the rule of the manual, the bytes that broke it, who wrote them, and where to look.\n"
        ) { session, arguments throws(CommandError) in
            try arguments.end()
            session.say(Explanation(session).text, end: "")
        }
    ]
}

/// The last fault, stop and port access of a session in words.
struct Explanation {
    private let session: Session

    /// What a session's guest has come to.
    init(_ session: Session) { self.session = session }

    /// The lines.
    var text: String {
        let (fault, port) = (fault, port)
        guard fault.last == Self.noFault else { return (stop + fault + port).map { $0 + "\n" }.joined() }
        return (stop + fault.dropLast()).map { $0 + "\n" }.joined() + Self.noFault + " "
            + port.map { $0 + "\n" }.joined()
    }

    private static let noFault = "last fault: none."

    // MARK: Fault

    private var fault: [String] {
        guard let report = session.machine.cpu.lastFault, report.instructions <= session.state.instructions else {
            return unhandled + [Self.noFault]
        }
        let place = session.place(report.cs, report.eip)
        var lines = [
            "last fault: \(report.fault.text) at \(place)\(instructionText(report)), \(report.instructions) instructions."
        ]
        lines.append("  rule: \(report.rule.summary) (\(report.rule.chapter)).")
        if let operand = operand(report) { lines.append("  operand: \(operand)") }
        if let vector = report.vector {
            lines.append("  vector: \(text(vector: vector))")
        } else if let selector = report.selector {
            lines.append("  selector: \(text(selector: selector))")
        }
        if let descriptor = report.descriptor { lines.append("  bytes: \(descriptor.text)") }
        if report.fault.vector == .pageFault {
            lines += session.machine.cpu.pageWalk(report.fault.address).text.split(separator: "\n").map {
                "  page: \($0)"
            }
            lines.append("  error code: \(Self.pageFaultText(report.fault.errorCode)).")
        }
        if let register = report.register, let change = session.debugger.lastChange(of: .selector(register)) {
            lines.append("  \(register.name) was loaded: \(session.text(of: change))")
        }
        let floating = FloatingPointFault(report, session)
        lines += floating.lines
        lines.append("  look at: \(floating.advice ?? FaultAdvice.text(for: report))")
        return unhandled + lines
    }

    /// An interrupt that nobody handled explains most of what comes after it.
    private var unhandled: [String] {
        guard session.machine.cpu.unhandledPolicy == .deliver, let found = session.machine.cpu.firstUnhandled else {
            return []
        }
        return lines(of: found)
    }

    private func lines(of found: UnhandledInterrupt) -> [String] {
        [
            found.text(found.reason(on: session.guest)) + ".",
            "  look at: set the vector, or load what does; --unhandled iret goes on as a PC does.",
        ]
    }

    private func instructionText(_ report: FaultReport) -> String {
        guard report.cs == session.state.segments.cs.selector,
            let instruction = session.instruction(at: session.state.segments.cs.base &+ report.eip)
        else { return "" }
        return " (\(instruction.text))"
    }

    private func operand(_ report: FaultReport) -> String? {
        guard let address = report.address else { return report.register.map(\.name) }
        let kind = report.access.map { $0.rawValue + " at " } ?? ""
        guard let register = report.register else { return kind + "linear " + session.label(address) }
        let segment = session.state.segments[register]
        return kind + "\(register.name):\(address.hex(digits: 4)), \(register.name) = \(segment.selector.hex), base "
            + "\(segment.base.hex), limit \(segment.limit.hex), \(segment.access.words)"
    }

    private func text(vector: UInt8) -> String {
        let name = ExceptionVector(rawValue: vector).map { ", \($0.mnemonic)" } ?? ""
        return "vector \(vector.hex)\(name) of the IDT at \(session.state.idtr.base.hex), limit "
            + session.state.idtr.limit.hex
    }

    private func text(selector: UInt16) -> String {
        let table = selector & 4 == 0 ? "GDT" : "LDT"
        return "\(selector.hex) is entry \((selector >> 3).hex(digits: 1)) of the \(table), RPL \(selector & 3)"
    }

    /// The bits of a page fault's error code in words (SDM volume 3, 4.7).
    static func pageFaultText(_ code: UInt16) -> String {
        var words = [code & 1 == 0 ? "the page is absent" : "the page's rights forbid it"]
        words.append(code & 2 == 0 ? "a read" : "a write")
        words.append(code & 4 == 0 ? "by ring 0 to 2" : "by ring 3")
        if code & 8 != 0 { words.append("reserved bits are set in an entry") }
        if code & 16 != 0 { words.append("an instruction fetch") }
        return words.joined(separator: ", ")
    }

    // MARK: Stop

    private var stop: [String] {
        guard let event = session.debugger.lastStop else { return [] }
        switch event.reason {
        case .done, .limit, .breakpoint, .instructions, .modeSwitch, .port, .interrupt, .watchpoint: return []
        case .shutdown(let faults):
            let chain = session.machine.cpu.faultChain
            var lines = ["shutdown: \(Fault.text(ofShutdown: faults)); only RESET leaves this state."]
            lines += chain.map { "  \($0.text)" }
            let first = chain.first?.fault.text ?? faults.first?.text ?? "the first fault"
            lines.append(
                "  look at: \(first) first; the others come of it. 'info idt' shows whether handlers are there.")
            return lines
        case .halted where session.guest.board.bios?.state.isStarved == true:
            return [
                "halted: the guest waits for a key\(caller), and nobody types.",
                "  look at: 'keys TEXT' types, then 'continue'; --keys types from the start.",
            ]
        case .halted where session.state.awaitsCoprocessor:
            return [
                "held: an exception that FCW does not mask asserts FERR#, as CR0.NE is clear, and the next x87 instruction "
                    + "waits for the interrupt that this asks for; none comes.",
                "  look at: 'fpu' names the exception; FNCLEX clears it, CR0.NE makes it #MF.",
            ]
        case .halted where session.state.eflags.contains(.interrupt):
            return [
                "halted: HLT with IF=1, but no device has anything scheduled that would interrupt.",
                "  look at: the interrupt controller's mask ('peek 21'), the timer, or what the guest waits for.",
            ]
        case .halted: return ["halted: HLT with IF=0; only NMI or RESET would end it. This is how bare programs stop."]
        case .unhandled(let found): return lines(of: found)
        case .guestExit(let code): return ["exit: the guest wrote code \(code) to the debug exit."]
        case .unmappedMemory(let request):
            return [request.unmappedText + ", and --unmapped-memory stop is in force.", "  look at: 'page', 'xp'."]
        case .unmappedPort(let request):
            return [
                "unmapped port: nobody claims port \(request.port.hex(digits: 2)), and --unmapped stop is in force.",
                "  look at: 'info ports'; 'port \(request.port.hex(digits: 2)) stub 0' lets a script answer.",
            ]
        case .unanswered(let request, let message):
            return ["user tier: nobody answered port \(request.port.hex(digits: 2)): \(message)."]
        case .condition(let number, let error):
            return ["breakpoint \(number): its condition has no value: \(Session.text(of: error))."]
        case .requested where session.request == .interrupted: return ["stopped: by Ctrl-C; 'continue' goes on."]
        case .requested: return ["stopped: \(session.request.text); 'continue' goes on."]
        case .fault(let fault): return ["stopped: \(fault.text) before its delivery, as --fault stop asks."]
        case .exception(_, let vector, let code):
            return ["stopped: \(Session.exceptionText(vector, code)) before its delivery, as a breakpoint asks."]
        case .startOfHistory: return ["stopped: the history goes back no further."]
        case .noHistory: return ["stopped: no history is kept, so that there is no way back."]
        case .busy: return ["nothing was run: the guest was running already."]
        }
    }

    /// Who has called the BIOS, by the frame of its INT.
    private var caller: String {
        let state = session.state
        let stack = state.segments.ss.base &+ state.gpr.esp & 0xFFFF
        guard let frame = session.value(at: stack, bytes: 4).flatMap({ UInt32($0, radix: 16) }) else { return "" }
        let place = session.place(UInt16(frame >> 16), frame & 0xFFFF)
        return " (INT 16h before \(place)\(session.symbolNote((frame >> 16) << 4 &+ frame & 0xFFFF)))"
    }

    // MARK: Port

    private var port: [String] {
        guard let last = session.debugger.ledger.last(1).last else { return ["last port access: none."] }
        var text = "last port access: \(session.text(of: last))"
        if [.ins, .outs].contains(last.operation), last.element + last.remaining > 1 {
            text += ", iteration \(last.element + 1) of \(last.element + last.remaining)"
        }
        guard last.device == nil else { return [text + "."] }
        return [
            text + ".",
            "  look at: 'info ports' lists who answers where; --device adds a device, 'port P stub' a script.",
        ]
    }
}
