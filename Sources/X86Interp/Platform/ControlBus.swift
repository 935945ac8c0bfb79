/// Why a device or the host stopped the run.
public enum StopReason: Sendable, Codable, Equatable {
    /// The guest reported a code by the debug-exit device.
    case guestExit(code: UInt32)
    /// Somebody asked for it, such as Ctrl-C.
    case requested
    /// An observer has asked for it: see `Observer`.
    case observer
    /// An access to a port that nobody claims, under that policy.
    case unmappedPort(PortRequest)
    /// An access to a physical address at which nothing is, under that policy; it can be answered or let go.
    case unmappedMemory(MemoryRequest)
    /// An exception was about to be delivered, under that policy.
    case fault(Fault)
    /// An interrupt that nobody handles was about to be delivered, under that policy: see `CPU.unhandledPolicy`.
    case unhandled(UnhandledInterrupt)
}

/// What makes a guest begin anew.
public enum ResetCause: String, Sendable, Codable, CaseIterable {
    /// The RESET line, by somebody who does not say why.
    case line = "RESET"
    /// The keyboard controller's command to pulse RESET.
    case keyboardController = "FE to port 64"
    /// Bit 0 of the keyboard controller's output port.
    case outputPort = "RESET by the keyboard controller's output port"
    /// System control port A.
    case systemControl = "RESET by port 92"
    /// The reset control register.
    case controlRegister = "RESET by port CF9"
    /// A triple fault, where that is no end.
    case tripleFault = "triple fault"
    /// A jump to the reset vector.
    case jump = "jump to FFFF:0000"

    /// The physical address to which programs jump in order to begin anew.
    public static let vector: UInt32 = 0xF_FFF0
}

/// The lines between CPU and chips that are no address and no data: INTR, NMI, RESET, A20 and the stop button.
///
/// A change makes the CPU attend at the next instruction (or iteration) boundary.
public final class ControlBus {
    /// The level of INTR, driven by the interrupt controller.
    public private(set) var intr: Bool {
        get { levels.pointee.intr }
        set { levels.pointee.intr = newValue }
    }
    /// Answers the interrupt acknowledge cycle with a vector; FF if nobody drives the bus.
    public var acknowledge: () -> UInt8 = { 0xFF }
    /// The level of A20M#: false forces physical address bit 20 to zero.
    public private(set) var a20 = true
    /// FERR# of a 486 or later while CR0.NE is clear, ERROR# of an 80287 or 80387, INT of an 8087: told of each change of
    /// level, from within the instruction that brings it about.
    ///
    /// A host that sets a state tells of it, too; a snapshot put back does not, as the devices in it know the level.
    ///
    /// Where nobody listens, an 80286 or 80386 raises #MF as if its own ERROR# pin were connected. Otherwise, and on a
    /// 486 in any case, an instruction that waits for the x87 holds the processor while the level is high, until an
    /// interrupt or NMI is delivered or `setIGNNE` lets it go on; the instruction is begun anew then.
    public var coprocessorError: ((Bool) -> Void)?
    /// The level of IGNNE#, or of a BUSY# that a chip set has let go: errors of the x87 hold nobody up.
    public private(set) var ignoresCoprocessorError: Bool {
        get { levels.pointee.ignoresCoprocessorError }
        set { levels.pointee.ignoresCoprocessorError = newValue }
    }
    /// An edge on NMI that the CPU has not taken yet.
    var nmiPending: Bool {
        get { levels.pointee.nmiPending }
        set { levels.pointee.nmiPending = newValue }
    }
    var resetPending = false
    var stopPending: StopReason?
    /// What instructions look at: behind a pointer, since a property would be checked for exclusive access each time.
    private let levels: UnsafeMutablePointer<(intr: Bool, nmiPending: Bool, ignoresCoprocessorError: Bool)>
    /// Asked at each pulse on RESET by a host that tells of it or ends the run instead; true withholds it.
    public var resetRequested: ((ResetCause) -> Bool)?
    /// The attached CPU's attention counter: zero makes it attend.
    var attention: UnsafeMutablePointer<UInt64>?
    /// Called when A20 changes.
    var a20Changed: (() -> Void)?

    /// A bus with all lines idle and A20 enabled.
    public init() {
        levels = .allocate(capacity: 1)
        levels.initialize(to: (false, false, false))
    }

    deinit { levels.deallocate() }

    /// Drives INTR; level-sensitive.
    public func setINTR(_ level: Bool) {
        intr = level
        if level { attend() }
    }

    /// Drives IGNNE#.
    public func setIGNNE(_ level: Bool) {
        ignoresCoprocessorError = level
        if level { attend() }
    }

    /// An edge on NMI.
    public func raiseNMI() {
        nmiPending = true
        attend()
    }

    /// A pulse on RESET: the CPU restarts at the reset vector before its next instruction.
    public func pulseReset(_ cause: ResetCause = .line) {
        if resetRequested?(cause) ?? false { return }
        resetPending = true
        attend()
    }

    /// Drives A20.
    public func setA20(_ enabled: Bool) {
        guard enabled != a20 else { return }
        a20 = enabled
        a20Changed?()
    }

    /// Makes `run` return `.stopped(reason)` before the next instruction; the first reason wins, but any over `.observer`.
    public func stop(_ reason: StopReason) {
        if stopPending == nil || stopPending == .observer { stopPending = reason }
        attend()
    }

    func attend() { attention?.pointee = 0 }
}
