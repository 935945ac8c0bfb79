/// What an observer wants of the guest.
public enum ObserverVerdict: Sendable, Hashable {
    /// The guest goes on.
    case goOn
    /// `run` returns `.stopped(.observer)`: before what was announced, behind the instruction that did what was told.
    case stop
}

/// An interrupt or exception on its way to its handler.
public struct ObservedDelivery: Sendable, Hashable {
    /// Where it comes from.
    public enum Source: String, Sendable, Hashable, CaseIterable {
        /// INT n, INT3, INTO or INT1.
        case software
        /// A fault or trap of the processor.
        case exception
        /// INTR or NMI.
        case external
    }

    /// The vector.
    public var vector: UInt8
    /// Where it comes from.
    public var source: Source
    /// The error code that is pushed, if any is.
    public var errorCode: UInt16?

    /// A delivery; see the properties.
    public init(vector: UInt8, source: Source, errorCode: UInt16? = nil) {
        self.vector = vector
        self.source = source
        self.errorCode = errorCode
    }
}

/// Hears of what a guest does, in the ranges that it has named to `CPU.observe(with:_:)`.
///
/// Several observe a CPU at a time. Each hears of its own ranges alone, those that were added first hear first, and the
/// guest cannot tell: it computes what it computes without them, but for what they change.
///
/// - What *will* happen is announced before it does. Who stops or moves CS:EIP ends the round: those behind are not told
///   of what does not happen yet. When the guest goes on from there, the round goes on behind the one that stopped it, so
///   that each hears of each moment once. Moved, it is a new moment, which all are told of from the first.
/// - What *did* happen is told to all, whatever they answer. CS:EIP is where the last of them has put it, and the guest
///   stops, behind the instruction or iteration, if any of them wants it: `CPU.stoppedBy` names them.
/// - All are called while the guest runs, so that they must not enter the CPU, but may look at it, set `CPU.state`, which
///   tells what that means, memory and lines, and add and remove observers. One that is removed is not called any more;
///   one that is added hears from the next moment on.
/// - Observers are no part of the state: snapshots have none, RESET and restoring leave them in place. The moment at
///   which the guest is put is a new one.
///
/// Everything but what is wanted need not be written: by itself each method lets the guest go on. The article on observers
/// has examples.
public protocol Observer: AnyObject {
    /// An instruction whose first byte is in a range of `Interest.instructions` is about to run; moved, it is not run.
    ///
    /// Of a repeated one it is told once, when control arrives.
    func willExecute(linear: UInt32, physical: UInt32) -> ObserverVerdict

    /// A block that begins in a range of `Interest.blocks` is about to run, before its first instruction is announced.
    func willEnterBlock(linear: UInt32, physical: UInt32) -> ObserverVerdict

    /// An interrupt or exception of `Interest.interrupts` is about to be delivered.
    ///
    /// The state is that of the instruction that raises it, or of the boundary at which it comes in. Where CS:EIP is
    /// moved, what the instruction raises is dropped with it; what comes in between two instructions is delivered, and
    /// returns to the new place. Of one vector from one source it is told once at a guest time.
    func willDeliver(_ delivery: ObservedDelivery) -> ObserverVerdict

    /// An instruction has accessed memory of `Interest.data`, or has written to a descriptor or to task state there.
    ///
    /// An access is told page by page. For a write the bytes have changed, and `value` is what was there; for a read it
    /// is what is there; little-endian.
    func didAccess(linear: UInt32, physical: UInt32, size: Int, isWrite: Bool, value: UInt32) -> ObserverVerdict

    /// A port cycle that touches a port of `Interest.ports` is over, in whatever tier.
    func didTransfer(_ transaction: PortTransaction) -> ObserverVerdict

    /// A cycle at a memory device in a range of `Interest.memoryCycles` is over, in whatever tier.
    func didTransfer(_ transaction: MemoryTransaction) -> ObserverVerdict

    /// PE, PG, VM or the code size has changed.
    func didChangeMode() -> ObserverVerdict
}

extension Observer {
    /// Lets the guest go on.
    public func willExecute(linear: UInt32, physical: UInt32) -> ObserverVerdict { .goOn }
    /// Lets the guest go on.
    public func willEnterBlock(linear: UInt32, physical: UInt32) -> ObserverVerdict { .goOn }
    /// Lets the guest go on.
    public func willDeliver(_ delivery: ObservedDelivery) -> ObserverVerdict { .goOn }
    /// Lets the guest go on.
    public func didAccess(
        linear: UInt32, physical: UInt32, size: Int, isWrite: Bool, value: UInt32
    ) -> ObserverVerdict { .goOn }
    /// Lets the guest go on.
    public func didTransfer(_ transaction: PortTransaction) -> ObserverVerdict { .goOn }
    /// Lets the guest go on.
    public func didTransfer(_ transaction: MemoryTransaction) -> ObserverVerdict { .goOn }
    /// Lets the guest go on.
    public func didChangeMode() -> ObserverVerdict { .goOn }
}

/// Names an observer of a CPU; numbers are not given again.
public struct ObserverToken: Sendable, Hashable {
    let number: UInt64
}

extension CPU {
    /// Tells an observer of what the guest does from now on, behind those that observe already.
    ///
    /// The CPU keeps it until `ignore(_:)`: one that holds its machine does so `unowned` or weakly. One may be added
    /// several times; each time counts by itself.
    @discardableResult
    public func observe(with observer: any Observer, _ interests: [Interest]) -> ObserverToken {
        defer { observersChanged() }
        return watch.add(observer, interests)
    }

    /// Replaces what an observer wants to hear of; it keeps its place.
    ///
    /// False if it observes no more.
    @discardableResult
    public func setInterests(_ interests: [Interest], of token: ObserverToken) -> Bool {
        guard let entry = watch.entry(token) else { return false }
        if entry.list != interests {
            entry.list = interests
            observersChanged()
        }
        return true
    }

    /// What an observer wants to hear of; nil if it observes no more.
    public func interests(of token: ObserverToken) -> [Interest]? { watch.entry(token)?.list }

    /// Tells an observer nothing any more; false if it was told nothing before.
    @discardableResult
    public func ignore(_ token: ObserverToken) -> Bool {
        guard watch.remove(token) else { return false }
        observersChanged()
        return true
    }

    /// Who asked for the last `.stopped(.observer)`, in the order in which they asked.
    public var stoppedBy: [ObserverToken] { watch.stoppers }

    private func observersChanged() {
        watch.isOutdated = true
        refreshWatch()
    }
}
