/// What the memory fast path knows of a segment: the highest offset that may be read or written, -1 for the slow path.
struct SegmentWindow {
    var base: UInt32 = 0
    var readLimit: Int64 = -1
    var writeLimit: Int64 = -1

    /// All of the linear addresses, to be read and written.
    var isFlat: Bool { base == 0 && readLimit == Int64(UInt32.max) && writeLimit == readLimit }
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
    /// The attention counter: when `state.instructions` reaches it, the run loop attends to what came.
    var deadline: UInt64 = 0
    var windows = SegmentWindows()
    /// FFFF or FFFFFFFF, by SS.B.
    var stackMask: UInt32 = 0xFFFF
    /// EIP at the start of the running block.
    var blockEIP: UInt32 = 0
    /// The instruction that runs.
    var current: OpPointer
    /// The first instruction of the running block.
    var start: OpPointer
    /// The run of the block ends before this instruction; lowered to end it early.
    var end: OpPointer
    /// Cached translations of the present privilege: those of one of the two caches below.
    var readTLB: UnsafeMutablePointer<TLBEntry>
    var writeTLB: UnsafeMutablePointer<TLBEntry>
    /// Cached translations of implicit accesses: those of `system`, unless a journal is kept.
    var systemReadTLB: UnsafeMutablePointer<TLBEntry>
    var systemWriteTLB: UnsafeMutablePointer<TLBEntry>
    /// Cached translations of rings 0 to 2, and of implicit accesses to descriptors and task state in any ring.
    var system: TranslationCache
    /// Cached translations of ring 3.
    var ring3: TranslationCache
    /// All blocks by number, and by the hash of their keys.
    let pool: UnsafeMutablePointer<Block>
    let blockTable: UnsafeMutablePointer<UnsafeMutablePointer<Block>?>
    /// What a handler calls to leave its chain, what runs any op by its body, and what goes on where no link leads.
    let leave: Handler
    let general: Handler
    let unlinked: Handler
    /// The instructions that the last chain had left behind its block; `ranLast` if it ended with an op that has run.
    var left = 0
    static let ranLast = Int.min
    /// Guest time at which the running chain ends at the latest.
    var chainEnd: UInt64 = 0
    /// The CPU while it runs, for ops of a chain that run by their bodies.
    var cpu: UnsafePointer<CPU>?
    /// How often ops of each form have run; nil where they are not counted.
    var opCounts: UnsafeMutablePointer<UInt64>?
    /// The last offset at which any block lies within CS whole; negative if there is none.
    var lastChained = -1
    /// No block has more bytes.
    static let longestBlock: UInt32 = 480
    /// Linear address of the page that code runs in (1: none), and its physical address with the mode as a block key.
    var codeTag: UInt32 = 1
    var codeKey = BlockKey.none
    /// The highest offset in CS that can be fetched, -1 for the slow path.
    var codeLimit: Int64 = -1
    /// Real mode, and a load of CS changes no more than selector and base: others make what is foreign to real mode its own.
    var loadsPlainCS = false
    /// Whether `run` is active.
    var isRunning = false
    /// Bytes of the widest port access that may go straight to a kernel-tier device; 0 while all are watched.
    var directWidth: UInt8 = 0
    /// PE is set and VM clear: descriptors, access rights and error codes.
    var isProtected = false
    /// D of CS, as `codeKey` has it.
    var isCode32 = false
    /// Those of CS, DS, ES and SS that are 4 GiB from 0 and may be used as most instructions do, by their numbers; none
    /// outside of protected mode.
    var flatSegments: UInt8 = 0
    static let allFlat: UInt8 = 0b1111
    /// Memory operands in them need no check of their segment.
    var isFlat: Bool { flatSegments == Core.allFlat }
    /// PE and VM are set.
    var isVirtual8086 = false
    /// CPL is 3.
    var isRing3 = false
    /// Paging is on.
    var isPaging = false
    /// AM, AC and CPL 3: all accesses take the slow path, which checks alignment.
    var isAligning = false
    /// A large page has been cached in pieces: INVLPG must forget all of them.
    var hasLargePages = false
    /// Data is watched somewhere: see `CPU.Watch`.
    var isWatching = false
    /// Instructions or blocks are watched somewhere.
    var hasCodeMarks = false
    /// Blocks are.
    var watchesBlocks = false
    /// Where they may be: a bit for bits 9 to 4 of their addresses, which paging does not change.
    var codeMarkPlaces: UInt64 = 0
    /// A debug register watches ports.
    var hasPortBreakpoints = false
    /// Memory accesses may have to ask the host: see `CPU.Journal`.
    var mayAskHost = false
    /// The instruction, or the delivery, is run under the journal: all accesses take the slow path.
    var isJournaling = false
    /// Observers want to hear of some deliveries, of modes.
    var watchesDeliveries = false
    var watchesModes = false
    /// An entry into a handler or a return has switched tasks: its faults belong to the new one.
    var hasSwitchedTask = false
    /// The handlers by which it is known that nobody has installed any.
    var defaultHandlers = DefaultHandlers()
    /// The physical address bits that exist, A20 included.
    var physicalMask: UInt64 = 0xFFFF_FFFF
    /// Why the last exception was raised.
    var report: FaultReport?
    /// That of the exception that is being delivered.
    var firstReport: FaultReport?
    /// Debug traps that a shadow held when the present instruction began.
    var heldTraps: UInt32 = 0
    /// Set while an instruction runs from which a device or an observer has moved CS:EIP away.
    var move: Move?

    /// From which instruction to which offset in the new CS; `behind` is what EIP was to be without it.
    struct Move {
        var from: CodePlace
        var eip: UInt32
        var behind: UInt32
    }
}

// What makes the run loop stop and look: `CPU.attend`.
extension Core {
    /// The run loop attends behind the instruction at hand, of a repeated one behind this iteration.
    @inline(__always)
    mutating func requestAttention() { deadline = 0 }

    /// Somebody has asked for it.
    @inline(__always)
    var isAttentionRequested: Bool { deadline == 0 }

    /// The block ends behind the instruction at hand, whether anything is to be attended to or not.
    @inline(__always)
    mutating func endBlock() { end = current + 1 }

    /// The block ends behind the instruction at hand.
    @inline(__always)
    var endsBlock: Bool { end == current + 1 }

    /// Instructions from `first` up to `last`, which is not before it, and in the same block.
    @inline(__always)
    static func distance(_ first: OpPointer, _ last: OpPointer) -> UInt64 {
        UInt64(first.pointee.toEnd &- last.pointee.toEnd)
    }
}
