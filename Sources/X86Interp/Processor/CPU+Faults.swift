// Raise sites name the rule that was broken: what they note here explains the exception.
extension CPU {
    /// An exception with the rule that it follows from.
    @inline(never)
    func raised(
        _ fault: Fault, _ rule: Rule, selector: UInt16? = nil, descriptor: Descriptor? = nil,
        register: SegmentRegister? = nil, address: UInt32? = nil, access: AccessKind? = nil
    ) -> Interruption {
        core.pointee.report = FaultReport(
            fault: fault, rule: rule, selector: selector, descriptor: descriptor, register: register,
            address: address, access: access, cs: core.pointee.state.segments.cs.selector, eip: instructionEIP,
            instructions: now)
        return .fault(fault)
    }

    /// An exception without operands.
    @inline(never)
    func raised(_ vector: ExceptionVector, _ rule: Rule) -> Interruption { raised(Fault(vector), rule) }

    /// An exception about a selector: its error code is the selector without RPL, and `ext`.
    @inline(never)
    func raised(
        _ vector: ExceptionVector, _ rule: Rule, _ selector: UInt16, _ descriptor: Descriptor? = nil,
        ext: UInt16 = 0, register: SegmentRegister? = nil
    ) -> Interruption {
        raised(
            Fault(vector, errorCode: selector & ~3 | ext), rule, selector: selector, descriptor: descriptor,
            register: register)
    }

    /// What explains the past: no state of the processor, but it belongs to a moment.
    struct FaultNotes: Sendable {
        var report: FaultReport?
        var chain: [FaultReport] = []
        var firstUnhandled: UnhandledInterrupt?
    }

    /// What explains how the guest came where it is; set where it is put at another moment.
    var faultNotes: FaultNotes {
        get {
            FaultNotes(report: core.pointee.report, chain: options.faultChain, firstUnhandled: options.firstUnhandled)
        }
        nonmutating set {
            core.pointee.report = newValue.report
            options.faultChain = newValue.chain
            options.firstUnhandled = newValue.firstUnhandled
        }
    }

    /// Why the last exception was raised; nil before the first.
    ///
    /// It is no state: a restored machine does not have it.
    public var lastFault: FaultReport? { core.pointee.report }

    /// Why the exceptions were raised that led to the last double fault or shutdown, in order.
    public var faultChain: [FaultReport] { options.faultChain }
}
