import Devices
import X86Interp

/// Why a run is over.
enum RunEnd: Equatable {
    /// HLT that nothing ends; `interruptsEnabled` tells whether IF was 1.
    case halted(interruptsEnabled: Bool)
    /// The guest waits for a key, and there are no more.
    case noKeys
    /// An instruction of the x87 waits for the interrupt that FERR# asks for, and none comes.
    case coprocessor
    /// An interrupt in real mode that nobody has installed a handler for, and the likely reason.
    case unhandled(UnhandledInterrupt, reason: String)
    /// By the debug exit or the shutdown port.
    case guestExit(code: UInt32)
    /// Triple fault, or exceptions without end: the faults that led to it, in order.
    case shutdown([Fault])
    /// The guest began anew, under `--no-reboot`.
    case reboot(RebootWatch.Reboot)
    /// By `--fault stop`, before the delivery.
    case fault(Fault)
    /// By `--unmapped stop`, before the access.
    case unmappedPort(PortRequest)
    /// By `--unmapped-memory stop`, before the access.
    case unmappedMemory(MemoryRequest)
    /// The user tier could not go on.
    case userDevice(String)
    /// `--fuel` is used up.
    case fuel
    /// `--timeout` is used up.
    case timeout
    /// The guest wrote more than `--max-output`.
    case outputLimit
    /// Ctrl-C.
    case interrupted
    /// The guest's text cannot be written any more.
    case outputFailure

    /// The end that an exit of the machine means, or nil if there is more to do.
    init?(_ exit: Exit, _ guest: Guest) {
        switch exit {
        case .port, .memory, .budget, .stopped(.observer): return nil
        case .halted where guest.board.bios?.state.isStarved == true: self = .noKeys
        case .halted where guest.machine.cpu.state.awaitsCoprocessor: self = .coprocessor
        case .halted: self = .halted(interruptsEnabled: guest.machine.cpu.state.eflags.contains(.interrupt))
        case .stopped(.guestExit(let code)): self = .guestExit(code: code)
        case .stopped(.requested):
            if let reboot = guest.reboots.ending {
                self = .reboot(reboot)
                return
            }
            self = guest.limit?.isExceeded == true ? .outputLimit : .interrupted
        case .stopped(.unmappedPort(let request)): self = .unmappedPort(request)
        case .stopped(.unmappedMemory(let request)): self = .unmappedMemory(request)
        case .stopped(.fault(let fault)): self = .fault(fault)
        case .stopped(.unhandled(let found)): self = .unhandled(found, reason: found.reason(on: guest))
        case .shutdown(let faults): self = .shutdown(faults)
        }
    }

    /// The process's exit status.
    func status(_ settings: Settings) -> Int32 {
        switch self {
        case .halted(let enabled): enabled && !settings.acceptsAnyHalt ? ExitStatus.timeout : ExitStatus.success
        case .noKeys, .coprocessor: settings.acceptsAnyHalt ? ExitStatus.success : ExitStatus.timeout
        case .unhandled: ExitStatus.fault
        case .guestExit(let code): Int32(settings.exitMap.status(for: code))
        case .shutdown: ExitStatus.tripleFault
        case .reboot: ExitStatus.success
        case .fault: ExitStatus.fault
        case .unmappedPort, .unmappedMemory: ExitStatus.unmappedPort
        case .userDevice: ExitStatus.userDevice
        case .fuel, .outputLimit: ExitStatus.fuel
        case .timeout: ExitStatus.timeout
        case .interrupted: ExitStatus.interrupted
        case .outputFailure: ExitStatus.load
        }
    }

    /// One word for programs.
    var name: String {
        switch self {
        case .halted: "halted"
        case .noKeys: "no-keys"
        case .coprocessor: "coprocessor"
        case .unhandled: "unhandled"
        case .guestExit: "exit"
        case .shutdown: "triple-fault"
        case .reboot: "reboot"
        case .fault: "fault"
        case .unmappedPort: "unmapped-port"
        case .unmappedMemory: "unmapped-memory"
        case .userDevice: "user-device"
        case .fuel: "fuel"
        case .timeout: "timeout"
        case .outputLimit: "output-limit"
        case .interrupted: "interrupted"
        case .outputFailure: "output-failure"
        }
    }

    /// What happened, in words.
    var text: String {
        switch self {
        case .halted(false): "halted for good (HLT with IF=0)"
        case .halted(true): "halted with IF=1, but nothing will interrupt (--halt-ok makes this a success)"
        case .noKeys: "the guest waits for a key, but there are no more (--halt-ok makes this a success)"
        case .coprocessor:
            "an x87 instruction waits for the interrupt of an exception before it (FERR#, CR0.NE is clear), and none comes"
        case .unhandled(let found, let reason): found.text(reason) + "; stopped"
        case .guestExit(let code): "the guest ended with code \(code)"
        case .shutdown(let faults): Fault.text(ofShutdown: faults)
        case .reboot(let reboot): "the guest reboots (\(reboot.cause.rawValue)), which --no-reboot makes the end"
        case .fault(let fault): "stopped at \(fault.text), before its delivery"
        case .unmappedPort(let request): "stopped at unmapped port \(Self.text(of: request))"
        case .unmappedMemory(let request): "stopped at unmapped memory: \(request.unmappedText)"
        case .userDevice(let message): "the user tier failed: \(message)"
        case .fuel: "the fuel is used up"
        case .timeout: "the time is used up"
        case .outputLimit: "the guest wrote more than --max-output allows"
        case .interrupted: "interrupted"
        case .outputFailure: "the guest's text cannot be written"
        }
    }

    /// Why the exceptions were raised that ended the run.
    func reports(_ guest: Guest) -> [FaultReport] {
        switch self {
        case .shutdown: guest.machine.cpu.faultChain
        case .fault(let fault): [guest.machine.cpu.lastFault].compactMap { $0 }.filter { $0.fault == fault }
        case .halted, .noKeys, .coprocessor, .unhandled, .guestExit, .reboot, .unmappedPort, .unmappedMemory,
            .userDevice:
            []
        case .fuel, .timeout, .outputLimit, .interrupted, .outputFailure: []
        }
    }

    private static func text(of request: PortRequest) -> String {
        let value = request.direction == .out ? " = " + request.value.hex(digits: request.width.bytes * 2) : ""
        return "\(request.port.hex(digits: 2)) (\(request.direction.rawValue), \(request.width.bits) bits\(value))"
    }
}

extension MemoryRequest {
    /// That nothing is at its address, in words.
    var unmappedText: String {
        let high = address > 0xFFFF_FFFF ? UInt32(address >> 32).hex(digits: 1) : ""
        let place = high + UInt32(truncatingIfNeeded: address).hex
        return "nothing is at physical address \(place) (\(direction.rawValue))"
    }
}
