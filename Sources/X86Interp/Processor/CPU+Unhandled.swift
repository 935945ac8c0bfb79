/// What happens to an interrupt in real mode that nobody handles.
public enum UnhandledPolicy: Sendable, Equatable {
    /// `run` returns `.stopped(.unhandled)` before the delivery.
    case stop
    /// It is delivered: the firmware's default handler returns at once, an empty vector leads to 0000:0000.
    case deliver
}

/// Handlers that firmware has put into the vectors before anybody installed theirs, as segment times 65536 plus offset.
///
/// An interrupt that goes to one of them is one that nobody handles. An entry 0000:0000 always is: on a PC the vectors
/// themselves lie there.
public struct DefaultHandlers: Sendable, Equatable {
    /// Such handlers, first and last included.
    public var all: ClosedRange<UInt32>
    /// Those in `all` that do handle what comes from outside, such as the timer's interrupt.
    public var external: ClosedRange<UInt32>

    /// No such handlers but the empty vector.
    public init() { self.init(all: 0...0, external: 0...0) }

    /// Such handlers; those in `external` handle interrupts from outside.
    public init(all: ClosedRange<UInt32>, external: ClosedRange<UInt32>) {
        self.all = all
        self.external = external
    }

    @inline(__always)
    func contains(_ entry: UInt32) -> Bool { entry &- all.lowerBound <= all.upperBound &- all.lowerBound }
}

extension CPU {
    /// What happens to interrupts in real mode that nobody handles; `.deliver` unless set.
    public var unhandledPolicy: UnhandledPolicy {
        get { options.unhandledPolicy }
        nonmutating set { options.unhandledPolicy = newValue }
    }

    /// The handlers by which it is known that nobody has installed any.
    public var defaultHandlers: DefaultHandlers {
        get { core.pointee.defaultHandlers }
        nonmutating set { core.pointee.defaultHandlers = newValue }
    }

    /// The first interrupt that nobody handled, or nil.
    public var firstUnhandled: UnhandledInterrupt? { options.firstUnhandled }

    /// Takes note of an interrupt that has reached firmware which does not handle it, and stops the run under that
    /// policy.
    public func note(_ found: UnhandledInterrupt) {
        if options.firstUnhandled == nil { options.firstUnhandled = found }
        if options.unhandledPolicy == .stop { bus.stop(.unhandled(found)) }
    }

    /// Ends the run before an event is delivered to nobody, under that policy.
    @inline(never)
    func noteUnhandled(_ event: InterruptEvent, _ entry: UInt32) throws(Interruption) {
        let source: UnhandledInterrupt.Source
        switch event {
        case .exception: source = .exception
        case .software: source = .instruction
        case .external:
            if entry != 0, core.pointee.defaultHandlers.external.contains(entry) { return }
            source = .chip
        }
        let eip = source == .instruction ? instructionEIP : core.pointee.state.eip
        let found = UnhandledInterrupt(
            vector: event.vector, source: source, cs: core.pointee.state.segments.cs.selector, eip: eip)
        if options.firstUnhandled == nil { options.firstUnhandled = found }
        if options.unhandledPolicy == .stop { throw .stop(.unhandled(found)) }
    }
}
