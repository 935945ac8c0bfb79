extension CPU {
    /// Runs decoded blocks until the attention counter is reached: the hot loop.
    ///
    /// Chains of handlers run what they can; an op at which a chain is left is run here, with all its faults and events.
    /// Within a block only `current` is kept up; `instructions` and `eip` are brought up at its end, or from `current` by
    /// whoever catches an interruption.
    @inline(never)
    func runBlocks() throws(Interruption) {
        let core = core
        var block = try firstBlock()
        while true {
            enter(block)
            var op = core.pointee.start
            var isTaken = false
            repeat {
                if op.pointee.isChained {
                    op = try runChain(op)
                } else if let counts = core.pointee.opCounts {
                    counts[OpForm(op).index] &+= 1
                }
                if op == core.pointee.end { break }
                core.pointee.current = op
                isTaken = try executeOne(op)
                op += 1
            } while !isTaken && op != core.pointee.end
            let start = core.pointee.start
            core.pointee.state.instructions &+= Core.distance(start, op)
            let mark = start + Int(start.pointee.toEnd)
            if op == start {
                // A chain has come to a block that is dead.
                core.pointee.state.eip = core.pointee.blockEIP
                block = try lookUp()
                continue
            }
            if !isTaken, op != mark {
                core.pointee.state.eip = core.pointee.blockEIP &+ UInt32((op - 1).pointee.next)
            }
            if core.pointee.state.instructions >= core.pointee.deadline { return }
            block = try successor(of: isTaken ? op - 1 : mark)
        }
    }

    /// Begins a block at CS:EIP, of which as much is run as the attention counter allows.
    @inline(__always)
    private func enter(_ block: UnsafeMutablePointer<Block>) {
        let eip = core.pointee.state.eip
        let first = block.pointee.ops
        let left = core.pointee.deadline &- core.pointee.state.instructions
        core.pointee.blockEIP = eip
        // Whatever ends a block and goes elsewhere overwrites this.
        core.pointee.state.eip = eip &+ block.pointee.byteLength
        core.pointee.start = first
        core.pointee.end = first + Int(truncatingIfNeeded: min(left, UInt64(truncatingIfNeeded: block.pointee.count)))
    }

    /// Runs a chain from an op of the running block if that can be run whole; returns the op that is next, which may be in
    /// another block, or the mark behind one.
    @inline(__always)
    private func runChain(_ op: OpPointer) throws(Interruption) -> OpPointer {
        let core = core
        let now = core.pointee.state.instructions &+ Core.distance(core.pointee.start, op)
        let eip = core.pointee.blockEIP
        let budget = Int(truncatingIfNeeded: min(core.pointee.deadline &- now, Chain.longest))
        let left = budget &- Int(op.pointee.toEnd)
        guard core.pointee.deadline > now, left >= 0,
            (core.pointee.windows.cs.base &+ eip) & ~4095 == core.pointee.codeTag
        else { return op }
        core.pointee.chainEnd = now &+ UInt64(truncatingIfNeeded: budget)
        op.pointee.handler(core, op, core.pointee.flags.result, core.pointee.flags.aux, left, eip)
        let next = core.pointee.current
        guard core.pointee.left != Core.ranLast else {
            guard let interruption = options.interruption else { return next + 1 }
            options.interruption = nil
            throw interruption
        }
        let block = core.pointee.pool + Int(next.pointee.block)
        let first = block.pointee.ops
        core.pointee.state.instructions = Self.time(core, next, core.pointee.left) &- Core.distance(first, next)
        core.pointee.state.eip = core.pointee.blockEIP &+ block.pointee.byteLength
        core.pointee.start = first
        core.pointee.end = block.pointee.key == .none ? next : first + block.pointee.count
        return next
    }

    /// Guest time at an op of a chain that has some instructions left behind its block.
    @inline(__always)
    private static func time(_ core: UnsafeMutablePointer<Core>, _ op: OpPointer, _ left: Int) -> UInt64 {
        core.pointee.chainEnd &- UInt64(truncatingIfNeeded: left) &- UInt64(op.pointee.toEnd)
    }

    /// Runs an op of a chain by its body; returns the instructions that the chain has left behind its block then, negative
    /// if the chain is over.
    ///
    /// The running block begins at this op, as far as others see it.
    @inline(__always)
    private static func runWithin(
        _ core: UnsafeMutablePointer<Core>, _ op: OpPointer, _ flags: LazyFlags, _ left: Int, _ eip: UInt32,
        _ body: (UnsafePointer<CPU>) throws(Interruption) -> Void
    ) -> Int {
        core.pointee.flags = flags
        core.pointee.blockEIP = eip
        core.pointee.current = op
        core.pointee.left = Core.ranLast
        core.pointee.state.instructions = time(core, op, left)
        core.pointee.state.eip = eip &+ UInt32(op.pointee.next)
        core.pointee.start = op
        core.pointee.end = op
        guard let cpu = core.pointee.cpu else { fatalError("an op runs within a chain, but no CPU is in a run") }
        do throws(Interruption) {
            try body(cpu)
        } catch {
            cpu.pointee.options.interruption = error
            return -1
        }
        let isOver = core.pointee.end != op || core.pointee.deadline < core.pointee.chainEnd
        core.pointee.end = op + 1
        guard !isOver else { return -1 }
        return Int(truncatingIfNeeded: core.pointee.chainEnd &- core.pointee.state.instructions)
            &- Int(op.pointee.toEnd)
    }

    @inline(never)
    static func generalWithin(
        _ core: UnsafeMutablePointer<Core>, _ op: OpPointer, _ flags: LazyFlags, _ left: Int, _ eip: UInt32
    ) -> Int {
        runWithin(core, op, flags, left, eip) { cpu throws(Interruption) in try cpu.pointee.executeGeneral(op) }
    }

    @inline(never)
    static func portWithin(
        _ core: UnsafeMutablePointer<Core>, _ op: OpPointer, _ flags: LazyFlags, _ left: Int, _ eip: UInt32
    ) -> Int {
        runWithin(core, op, flags, left, eip) { cpu throws(Interruption) in
            if op.pointee.dispatch == .portIn { try cpu.pointee.inPort(op) } else { try cpu.pointee.outPort(op) }
        }
    }

    /// Runs one op; true if it is a relative branch that was taken.
    @inline(__always)
    private func executeOne(_ op: OpPointer) throws(Interruption) -> Bool {
        switch op.pointee.dispatch {
        case .jo, .jno, .jb, .jae, .je, .jne, .jbe, .ja, .js, .jns, .jp, .jnp, .jl, .jge, .jle, .jg:
            guard core.pointee.flags.holds(op.pointee.payload.condition) else { return false }
            try jump(to: target(op))
            return true
        case .loopI: return try loopI(op)
        case .jmpI, .callI16, .callI32:
            try executeGeneral(op)
            return true
        default: try executeGeneral(op)
        }
        return false
    }
}
