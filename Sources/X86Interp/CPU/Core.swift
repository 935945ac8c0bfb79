/// A translation of one page: valid if `tag` is the page's linear address.
///
/// Invalid tags have low bits set.
struct TLBEntry {
    var tag: UInt32
    /// Host address of the page's first byte; of anything if the tag is invalid.
    var page: UnsafeMutableRawPointer
}

/// What the memory fast path knows of a segment: the highest offset that may be read or written, -1 for the slow path.
struct SegmentWindow {
    var base: UInt32 = 0
    var readLimit: Int64 = -1
    var writeLimit: Int64 = -1
}

/// Windows of the six segment registers, in ModRM order.
struct SegmentWindows {
    var es = SegmentWindow()
    var cs = SegmentWindow()
    var ss = SegmentWindow()
    var ds = SegmentWindow()
    var fs = SegmentWindow()
    var gs = SegmentWindow()
}

/// What lives behind the CPU's one stable address: the state, and what can be thrown away without a visible effect.
///
/// The state comes first, and its registers first in it: registers are addressed by number from the core's address.
struct Core {
    var state = CPUState()
    /// The arithmetic flags while the CPU runs; `state.eflags` has them whenever `run` has returned.
    var flags = LazyFlags(.alwaysOne)
    /// The attention counter: when `state.instructions` reaches it, the run loop looks up.
    var deadline: UInt64 = 0
    var windows = SegmentWindows()
    /// FFFF or FFFFFFFF, by SS.B.
    var stackMask: UInt32 = 0xFFFF
    /// EIP at the start of the running block.
    var blockEIP: UInt32 = 0
    /// The instruction that runs.
    var current: UnsafeMutablePointer<Instruction>
    /// The first instruction of the running block.
    var start: UnsafeMutablePointer<Instruction>
    /// The run of the block ends before this instruction; lowered to end it early.
    var end: UnsafeMutablePointer<Instruction>
    let readTLB: UnsafeMutablePointer<TLBEntry>
    let writeTLB: UnsafeMutablePointer<TLBEntry>
    /// All blocks by number; `Instruction.link` is such a number.
    let pool: UnsafeMutablePointer<Block>
    /// Linear address of the page that code runs in (1: none), and its physical address with the mode as a block key.
    var codeTag: UInt32 = 1
    var codeKey: UInt64 = 0
    /// The highest offset in CS that can be fetched, -1 for the slow path.
    var codeLimit: Int64 = -1
    /// Whether `run` is active.
    var isRunning = false
    /// Bytes of the widest port access that may go straight to a kernel-tier device; 0 while a ledger is kept.
    var directWidth: UInt8 = 0
    /// PE is set and VM clear: descriptors, access rights and error codes.
    var isProtected = false
    /// The physical address bits that exist, A20 included.
    var physicalMask: UInt32 = 0xFFFF_FFFF

    static let tlbSize = 1024
}
