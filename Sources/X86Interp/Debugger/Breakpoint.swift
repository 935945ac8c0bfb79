/// Which port accesses a breakpoint is about.
public struct PortWatch: Sendable, Hashable {
    /// The ports; an access of several bytes counts if it touches any of them.
    public var ports: ClosedRange<UInt16>
    /// The direction; nil is both.
    public var direction: PortDirection?
    /// The width of the bus cycle; nil is any.
    public var width: Width?

    /// Accesses to ports, by default of any direction and width.
    public init(_ ports: ClosedRange<UInt16>, direction: PortDirection? = nil, width: Width? = nil) {
        self.ports = ports
        self.direction = direction
        self.width = width
    }
}

/// Where or when the guest is to stop.
public struct Breakpoint: Sendable, Equatable {
    /// What it waits for.
    public enum Kind: Sendable, Hashable {
        /// The instruction at an address, before it; a repeated one once, when control arrives.
        case code(Address)
        /// Data accesses to `length` bytes from an address, behind the instruction.
        ///
        /// `onlyChanges` leaves out writes of what was there.
        case watch(Address, length: UInt32, WatchAccess, onlyChanges: Bool)
        /// Port cycles, behind the instruction.
        case port(PortWatch)
        /// Port cycles that a device serves, by its name, behind the instruction.
        case device(String)
        /// The delivery of any interrupt or exception with a vector in the range, before it; INT n too.
        case interrupt(ClosedRange<UInt8>)
        /// The delivery of an exception, before it; nil is any.
        case exception(ExceptionVector?)
        /// A change of real, protected or virtual-8086 mode, of paging or of the code's size, behind the instruction.
        case modeSwitch
        /// Guest time, in instructions.
        case instructions(UInt64)
    }

    /// Its number, from 1; never given twice in a session.
    public let number: Int
    /// What it waits for.
    public let kind: Kind
    /// It counts only where this is not 0; where this has no value the guest stops too.
    public var condition: Expression?
    /// How many further hits are passed over; going back does not count them.
    public var ignoreCount: UInt64 = 0
    /// How often it was hit with its condition true, those passed over included; going back does not count.
    public internal(set) var hits: UInt64 = 0
    /// Off, it costs nothing and never stops.
    public var isEnabled = true
    /// It goes when it has stopped the guest once.
    public var isTemporary = false
    /// It does not stop: `Debugger.onLog` is called and the guest goes on.
    public var isLogOnly = false
    /// What the front end does when it is hit; the engine does not look at it.
    public var action: String?

    init(number: Int, kind: Kind) {
        self.number = number
        self.kind = kind
    }
}
