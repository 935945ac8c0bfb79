/// Runs one op and calls the handler of the next one, in tail position: a chain, without a way back in between.
///
/// What it is called with stays in the host's registers from one handler to the next: the core, the op, the two words of
/// the arithmetic flags, how many instructions are left behind the running block, and EIP at that block's start.
typealias Handler =
    @convention(c) (UnsafeMutableRawPointer, UnsafeMutableRawPointer, UInt64, UInt64, Int, UInt32) -> Void

/// What a handler is called with, and the ways out of it.
///
/// A handler commits nothing before its last check. Where a check of an operand fails the op runs by its body, from within
/// the chain; where control cannot be followed the chain is left to the run loop. See the article on the engine.
struct Chain {
    let core: UnsafeMutablePointer<Core>
    let op: OpPointer
    /// The arithmetic flags; those in the core are old while a chain runs.
    var flags: LazyFlags
    /// Instructions behind the running block that may be run still.
    let left: Int
    /// EIP at the start of the running block.
    let eip: UInt32

    /// The most instructions that one chain runs: where the host's compiler makes calls of its jumps, the stack is bounded.
    #if DEBUG
        static let longest: UInt64 = 64
    #else
        static let longest: UInt64 = 4096
    #endif

    @inline(__always)
    init(
        _ core: UnsafeMutableRawPointer, _ op: UnsafeMutableRawPointer, _ result: UInt64, _ aux: UInt64, _ left: Int,
        _ eip: UInt32
    ) {
        self.core = core.assumingMemoryBound(to: Core.self)
        self.op = op.assumingMemoryBound(to: Op.self)
        flags = LazyFlags(result: result, aux: aux)
        self.left = left
        self.eip = eip
    }

    @inline(__always)
    private init(
        _ core: UnsafeMutablePointer<Core>, _ op: OpPointer, _ flags: LazyFlags, _ left: Int, _ eip: UInt32
    ) {
        self.core = core
        self.op = op
        self.flags = flags
        self.left = left
        self.eip = eip
    }

    // MARK: On and out

    /// Goes on with an op.
    @inline(__always)
    private func run(_ next: OpPointer, _ left: Int, _ eip: UInt32) {
        next.pointee.handler(core, next, flags.result, flags.aux, left, eip)
    }

    /// Goes on behind the op.
    @inline(__always)
    func next() { run(op + 1, left, eip) }

    /// Leaves the chain: the op has not run.
    @inline(__always)
    func leave() { core.pointee.leave(core, op, flags.result, flags.aux, left, eip) }

    /// Runs the op by its body: the quick way does not fit.
    @inline(__always)
    func runByBody() { core.pointee.general(core, op, flags.result, flags.aux, left, eip) }

    /// What leaving comes to.
    @inline(__always)
    func stop() {
        core.pointee.flags = flags
        core.pointee.left = left
        core.pointee.blockEIP = eip
        core.pointee.current = op
    }

    // MARK: Ops that run by their bodies

    /// Runs the op by its body, whatever it is, and goes on where that has led to.
    @inline(__always)
    func general() {
        let left = CPU.generalWithin(core, op, flags, left, eip)
        guard left >= 0 else { return }
        let chain = Chain(core, op, core.pointee.flags, left, eip)
        if op.pointee.toEnd > 1 { return chain.nextIfSamePage() }
        let landing = chain.anywhere(core.pointee.state.eip, skipped: 0)
        guard landing.left >= 0 else { return }
        chain.go(landing)
    }

    /// IN and OUT, which end no block.
    @inline(__always)
    func port() {
        let left = CPU.portWithin(core, op, flags, left, eip)
        guard left >= 0 else { return }
        Chain(core, op, core.pointee.flags, left, eip).nextIfSamePage()
    }

    /// Goes on behind an op that has run, unless the code lies elsewhere now.
    @inline(__always)
    private func nextIfSamePage() {
        guard (core.pointee.windows.cs.base &+ eip) & ~4095 == core.pointee.codeTag else { return }
        next()
    }

    // MARK: From block to block

    /// Where control goes to: the first op of a block.
    struct Landing {
        let op: OpPointer
        let eip: UInt32
        /// Instructions left behind that block; negative if it may not be run.
        let left: Int
    }

    /// The block that a relative branch or a block's end has gone to before.
    @inline(__always)
    func linked() -> Landing {
        Landing(op: op.linked, eip: eip &+ op.pointee.immediate, left: left &+ Int(op.pointee.linkCost))
    }

    /// Whether it may be run: a flat block by what is left alone, since none lies beyond CS.
    ///
    /// One comparison of both: of two the compiler makes selections.
    @inline(__always)
    func mayRun(_ landing: Landing) -> Bool {
        (core.pointee.lastChained &- Int(landing.eip)) | landing.left >= 0
    }

    /// Whether the target of a relative branch, or a block's end, lies in another page: links do not lead out of a page,
    /// since what they lead to may be mapped elsewhere the next time.
    @inline(__always)
    var leadsOutOfPage: Bool { (core.pointee.windows.cs.base &+ target) & ~4095 != core.pointee.codeTag }

    /// Where a relative branch or a block's end leads to.
    @inline(__always)
    private var target: UInt32 { (eip &+ op.pointee.immediate) & op.pointee.addressMask }

    /// The block at an offset in CS, or in the code segment with a base, if it lies in the page of the running one.
    @inline(__always)
    func inPage(_ eip: UInt32, base: UInt32? = nil) -> Landing {
        let linear = (base ?? core.pointee.windows.cs.base) &+ eip
        guard linear & ~4095 == core.pointee.codeTag else { return Landing(op: op, eip: eip, left: -1) }
        return block(core.pointee.codeKey, linear, eip, skipped: 0)
    }

    /// As `inPage`, of a flat block.
    @inline(__always)
    func flatInPage(_ eip: UInt32) -> Landing {
        guard eip & ~4095 == core.pointee.codeTag else { return Landing(op: op, eip: eip, left: -1) }
        return block(core.pointee.codeKey, eip, eip, skipped: 0, last: .max)
    }

    /// The block at an offset in CS, in whatever page; a chain that may go there does.
    @inline(__always)
    private func anywhere(_ eip: UInt32, skipped: Int) -> Landing {
        let linear = core.pointee.windows.cs.base &+ eip
        let page = core.codeKey(ofPage: linear)
        let landing = block(page, linear, eip, skipped: skipped)
        guard page != .none, landing.left >= 0 else { return Landing(op: op, eip: eip, left: -1) }
        core.pointee.codeTag = linear & ~4095
        core.pointee.codeKey = page
        return landing
    }

    @inline(__always)
    private func block(
        _ page: BlockKey, _ linear: UInt32, _ eip: UInt32, skipped: Int, last: Int? = nil
    ) -> Landing {
        let key = page.at(linear)
        guard Int(eip) <= last ?? core.pointee.lastChained, !key.isMarked,
            let block = core.pointee.blockTable[BlockCache.slot(key)], block.pointee.key == key
        else { return Landing(op: op, eip: eip, left: -1) }
        let target = block.pointee.ops
        return Landing(op: target, eip: eip, left: left &+ skipped &- Int(target.pointee.toEnd))
    }

    /// Goes on where control has gone to; `left` of it is not negative.
    @inline(__always)
    func go(_ landing: Landing) { run(landing.op, landing.left, landing.eip) }

    /// Goes on where control goes to if that may be run, else leaves.
    @inline(__always)
    private func goOrLeave(_ landing: Landing) {
        guard landing.left >= 0 else { return leave() }
        go(landing)
    }

    /// The block has been decoded anew: its successor takes its place.
    @inline(__always)
    func forward() {
        let target = op.linked
        goOrLeave(Landing(op: target, eip: eip, left: left &+ Int(op.pointee.toEnd) &- Int(target.pointee.toEnd)))
    }

    /// The running block is over: the one behind it follows.
    @inline(__always)
    func fallThrough() { jump() }

    @inline(__always)
    func jump() {
        let landing = linked()
        guard mayRun(landing) else { return goUnlinked() }
        go(landing)
    }

    /// Goes on without a link.
    @inline(__always)
    private func goUnlinked() { core.pointee.unlinked(core, op, flags.result, flags.aux, left, eip) }

    /// What that comes to: within the page the run loop links first.
    @inline(__always)
    func jumpUnlinked() {
        guard leadsOutOfPage else { return leave() }
        goOrLeave(anywhere(target, skipped: max(Int(op.pointee.toEnd), 1) &- 1))
    }

    @inline(__always)
    func branch(if condition: Condition) {
        if flags.holds(condition) { jump() } else { next() }
    }

    /// As `fallThrough`, of a flat block; the mark has no instruction to take off.
    @inline(__always)
    func flatFallThrough() { flatJump() }

    /// As `jump`, of a flat block.
    @inline(__always)
    func flatJump() {
        let landing = linked()
        guard landing.left >= 0 else { return goUnlinked() }
        go(landing)
    }

    @inline(__always)
    func flatBranch(if condition: Condition) {
        if flags.holds(condition) { flatJump() } else { next() }
    }
}
