import X86Interp

/// How a client lets the guest run.
enum Motion: Equatable {
    /// Until something stops it.
    case run
    /// One instruction, or one iteration of a repeated one.
    case step
    /// As long as `$pc` is in a range of linear addresses.
    case stepWithin(Range<UInt32>)
    /// Backwards, until something stops it.
    case runBackwards
    /// One instruction or iteration back.
    case stepBackwards
}

/// Why the guest is stopped, as gdb tells it apart.
enum GuestStop: Equatable {
    /// What was asked for is done.
    case stepped
    /// At a breakpoint.
    case breakpoint(GDBPoint.Kind)
    /// Behind an access that is watched.
    case watchpoint(GDBPoint.Kind, address: UInt32)
    /// By the client.
    case interrupted
    /// There is nothing before this moment, or nothing recorded.
    case beginOfHistory
    /// The run cannot go on, as `x86sim run` would end here.
    case ended(RunEnd)

    /// The signal that stands for it.
    var signal: UInt8 {
        switch self {
        case .stepped, .breakpoint, .watchpoint, .beginOfHistory: Signal.trap
        case .interrupted: Signal.interrupt
        case .ended(let end): Self.signal(of: end)
        }
    }

    /// The fields behind the signal that tell the reason.
    var reason: String {
        switch self {
        case .stepped, .interrupted, .ended: ""
        case .breakpoint(let kind): kind == .code ? "swbreak:;" : "hwbreak:;"
        case .watchpoint(.read, let address): "rwatch:\(String(address, radix: 16));"
        case .watchpoint(.access, let address): "awatch:\(String(address, radix: 16));"
        case .watchpoint(_, let address): "watch:\(String(address, radix: 16));"
        case .beginOfHistory: "replaylog:begin;"
        }
    }

    private static func signal(of end: RunEnd) -> UInt8 {
        switch end {
        case .shutdown: Signal.abort
        case .fault(let fault): signal(of: fault.vector)
        case .unhandled(let found, _): ExceptionVector(rawValue: found.vector).map { signal(of: $0) } ?? Signal.segment
        case .halted, .noKeys, .coprocessor, .guestExit, .reboot, .unmappedPort, .unmappedMemory, .userDevice, .fuel,
            .timeout,
            .outputLimit, .outputFailure:
            Signal.trap
        case .interrupted: Signal.interrupt
        }
    }

    private static func signal(of vector: ExceptionVector) -> UInt8 {
        switch vector {
        case .debug, .breakpoint: Signal.trap
        case .divideError, .overflow, .floatingPoint, .simdFloatingPoint, .deviceNotAvailable: Signal.arithmetic
        case .invalidOpcode: Signal.illegal
        case .alignmentCheck, .machineCheck: Signal.bus
        case .nonMaskable, .boundRange, .doubleFault, .coprocessorOverrun, .invalidTSS, .segmentNotPresent,
            .stackFault, .generalProtection, .pageFault:
            Signal.segment
        }
    }

    /// gdb's numbers of signals.
    private enum Signal {
        static let interrupt: UInt8 = 2
        static let illegal: UInt8 = 4
        static let trap: UInt8 = 5
        static let abort: UInt8 = 6
        static let arithmetic: UInt8 = 8
        static let bus: UInt8 = 10
        static let segment: UInt8 = 11
    }
}
