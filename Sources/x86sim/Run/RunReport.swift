import X86Interp

/// The result of a run as `--json` prints it.
struct RunReport {
    /// What ran.
    let guest: Guest
    /// Why it is over.
    let end: RunEnd
    /// The exit status.
    let status: Int32

    /// The report, with the text of the debug console, of the serial ports and of the last screen; numbers are decimal.
    func json(_ console: any ByteSink) -> JSON {
        let state = guest.machine.cpu.state
        var registers: [JSON.Member] = GeneralRegister.allCases.map {
            .init(name: $0.name(.dword), value: .number(UInt64(state.gpr[$0])))
        }
        for segment in SegmentRegister.allCases {
            registers.append(.init(name: segment.name, value: .number(UInt64(state.segments[segment].selector))))
        }
        registers.append(.init(name: "eip", value: .number(UInt64(state.eip))))
        registers.append(.init(name: "eflags", value: .number(UInt64(state.eflags.rawValue))))
        registers.append(.init(name: "cr0", value: .number(UInt64(state.cr0))))
        let head: [JSON.Member] = [
            .init(name: "stop", value: .string(end.name)), .init(name: "reason", value: .string(end.text)),
            .init(name: "status", value: .number(UInt64(status))), .init(name: "code", value: code),
            .init(name: "faults", value: .array(faults.map { .string($0.text) })),
            .init(name: "loaded", value: .string(guest.loaded)),
            .init(name: "format", value: guest.format.isEmpty ? .null : .string(guest.format)),
            .init(name: "why", value: guest.why.isEmpty ? .null : .string(guest.why)),
            .init(name: "missing", value: .array(guest.missing.map { .string($0) })),
        ]
        return .object(
            head + vector + RunNotes(guest: guest, end: end).json + ops + [
                .init(name: "reboots", value: .number(UInt64(guest.reboots.count))),
                .init(name: "instructions", value: .number(state.instructions)),
                .init(name: "registers", value: .object(registers)),
                .init(name: "x87", value: x87), .init(name: "sse", value: sse),
                .init(name: "output", value: Self.text(of: console)),
            ] + guest.lines.json + [
                .init(name: "screen", value: .array(guest.board.screen.lines.map { .string($0) }))
            ])
    }

    private var code: JSON {
        guard case .guestExit(let code) = end else { return .null }
        return .number(UInt64(code))
    }

    /// The x87 at the end, null if there is none; numbers of 80 bits are texts, their bits and their value.
    private var x87: JSON {
        guard guest.machine.cpu.model.has(.x87) else { return .null }
        let state = guest.machine.cpu.state
        var members: [JSON.Member] = RegisterReference.X87Word.allCases.map {
            .init(name: $0.rawValue, value: .number(state.value(of: .x87($0))))
        }
        let registers = X87View(state.x87).registers.map { register in
            JSON.object([
                "bits": .string(RegisterBits(state.value(of: .stack(UInt8(register.number)))).hex(bits: 80)),
                "tag": .string(register.tag.text), "value": .string(register.value.text),
            ])
        }
        members.append(.init(name: "st", value: .array(registers)))
        return .object(members)
    }

    /// The registers of SSE at the end, null if there are none; those of 128 bits are texts.
    private var sse: JSON {
        guard guest.machine.cpu.model.has(.sse) else { return .null }
        let state = guest.machine.cpu.state
        let registers = (0..<8 as Range<UInt8>).map { RegisterBits(state.value(of: .xmm($0))).hex(bits: 128) }
        return .object(["mxcsr": .number(UInt64(state.sse.mxcsr)), "xmm": .array(registers.map { .string($0) })])
    }

    /// What was counted, if anything was.
    private var ops: [JSON.Member] {
        guard guest.machine.cpu.engine == .counting else { return [] }
        return [.init(name: "ops", value: OpProfile(counts: guest.machine.cpu.opCounts).json)]
    }

    /// The interrupt that nobody handles, if that is the end.
    private var vector: [JSON.Member] {
        guard case .unhandled(let found, _) = end else { return [] }
        return [.init(name: "vector", value: .number(UInt64(found.vector)))]
    }

    private var faults: [Fault] {
        switch end {
        case .shutdown(let faults): faults
        case .fault(let fault): [fault]
        case .halted, .noKeys, .coprocessor, .unhandled, .guestExit, .reboot, .unmappedPort, .unmappedMemory,
            .userDevice:
            []
        case .fuel, .timeout, .outputLimit, .interrupted, .outputFailure: []
        }
    }

    /// What a sink in memory has; null for any other.
    static func text(of sink: any ByteSink) -> JSON {
        if let tee = sink as? SinkTee { return text(of: tee.sink) }
        guard let memory = sink as? MemorySink else { return .null }
        return .string(memory.text)
    }
}
