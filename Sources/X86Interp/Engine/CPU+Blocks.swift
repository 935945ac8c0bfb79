// From CS:EIP to the block of ops that lies there.
extension CPU {
    /// Whether `block` is what lies at CS:EIP now.
    @inline(__always)
    func isAtEIP(_ block: UnsafeMutablePointer<Block>) -> Bool {
        let eip = core.pointee.state.eip
        let linear = core.pointee.windows.cs.base &+ eip
        return linear & ~4095 == core.pointee.codeTag
            && block.pointee.key == core.pointee.codeKey.at(linear)
            && Int64(eip) &+ Int64(block.pointee.byteLength) &- 1 <= core.pointee.codeLimit
    }

    /// The block that control has gone to from a relative branch, or from the mark at a block's end.
    @inline(__always)
    func successor(of op: OpPointer) throws(Interruption) -> UnsafeMutablePointer<Block> {
        let isNext = core.pointee.state.eip == core.pointee.blockEIP &+ op.pointee.immediate
        if isNext {
            let hint = core.pointee.pool + Int(op.linked.pointee.block)
            return op.pointee.isLinked && isAtEIP(hint) ? hint : try linkedLookUp(op)
        }
        // Returns and indirect jumps: most stay in the page.
        let linear = core.pointee.windows.cs.base &+ core.pointee.state.eip
        if linear & ~4095 == core.pointee.codeTag,
            let next = blocks.pointee.find(core.pointee.codeKey.at(linear)), isAtEIP(next)
        {
            return next
        }
        return try lookUp()
    }

    @inline(never)
    private func linkedLookUp(_ op: OpPointer) throws(Interruption) -> UnsafeMutablePointer<Block> {
        let generation = blocks.pointee.generation
        let next = try lookUp()
        if next != scratch, blocks.pointee.generation == generation { link(op, to: next) }
        return next
    }

    /// Notes where an op led to, and whether a chain may go there by itself: within a page, wherever that is mapped.
    private func link(_ op: OpPointer, to next: UnsafeMutablePointer<Block>) {
        guard op != scratch.pointee.ops, op != scratch.pointee.ops + 1 else { return }
        let key = core.pointee.pool[Int(op.pointee.block)].key
        let isNear =
            next.pointee.key.page == key.page && next.pointee.key.isFlat == key.isFlat && !next.pointee.key.isMarked
            && (op.pointee.addressMask == .max || !key.isCode32)
        op.linked = next.pointee.ops
        let notRun = Int16(max(op.pointee.toEnd, 1)) - 1
        op.pointee.linkCost = isNear ? notRun - Int16(next.pointee.ops.pointee.toEnd) : Op.noLink
    }

    /// The block that a run begins with; between two iterations its first instruction goes on repeating.
    @inline(never)
    func firstBlock() throws(Interruption) -> UnsafeMutablePointer<Block> {
        let block = try lookUp()
        if isMidRepeat { keepRepeating(block.pointee.ops) }
        return block
    }

    /// The block at CS:EIP, decoded if need be.
    @inline(never)
    func lookUp() throws(Interruption) -> UnsafeMutablePointer<Block> {
        if !model.hasSegmentLimits { core.pointee.state.eip &= 0xFFFF }
        if core.pointee.isJournaling { return try journaledBlock() }
        if core.pointee.state.latchedResponse != nil, let waiting = waitingInstruction() { return waiting }
        return try lookUpBlock(asksMarks: true)
    }

    /// The block at CS:EIP, decoded if need be.
    func lookUpBlock(asksMarks: Bool) throws(Interruption) -> UnsafeMutablePointer<Block> {
        let place = (core.pointee.windows.cs.base &+ core.pointee.state.eip) >> 4 & 63
        if core.pointee.codeMarkPlaces >> UInt64(place) & 1 != 0, asksMarks { try checkCodeMarks() }
        let block = try findBlock()
        if core.pointee.watchesBlocks { noteEntered(block) }
        return block
    }

    /// The block at CS:EIP, decoded if need be, whoever watches.
    @inline(__always)
    private func findBlock() throws(Interruption) -> UnsafeMutablePointer<Block> {
        let eip = core.pointee.state.eip
        let linear = core.pointee.windows.cs.base &+ eip
        if blocks.pointee.isStale { blocks.pointee.flush(codeMap: memory.codeMap) }
        if linear & ~4095 != core.pointee.codeTag { try enterCodePage(linear, eip) }
        let key = core.pointee.codeKey.at(linear)
        if let block = blocks.pointee.find(key),
            Int64(eip) &+ Int64(block.pointee.byteLength) &- 1 <= core.pointee.codeLimit
        {
            return block
        }
        return try decode(key: key, eip: eip, linear: linear)
    }

    /// Whether a block ends with an op as observers are told of them: with a branch that is not taken too.
    private func endsObservedBlock(_ op: OpPointer) -> Bool {
        switch op.pointee.operation {
        case .jcc, .loop: true
        default: op.pointee.flags.contains(.endsBlock) || op.pointee.isRepeated
        }
    }

    /// A block is entered: where blocks are observed, the next one is looked up, and it is known where this one leads to
    /// by itself.
    @inline(never)
    private func noteEntered(_ block: UnsafeMutablePointer<Block>) {
        let linear = core.pointee.windows.cs.base &+ core.pointee.state.eip
        guard watch.interests.blocks.touches(page: linear, core.pointee.codeKey.page) else { return }
        core.pointee.codeTag = 1
        guard !isMidRepeat else { return }
        var boundaries: [UInt32] = []
        for number in 0..<block.pointee.count {
            let op = block.pointee.ops + number
            let next = linear &+ UInt32(op.pointee.next)
            guard !endsObservedBlock(op), next & ~4095 == linear & ~4095 else { break }
            boundaries.append(next)
        }
        watch.running = Watch.Running(time: core.pointee.state.instructions, boundaries: boundaries)
    }

    /// The instruction of which the journal has bytes already: they are not fetched again, whatever lies there by now;
    /// nil if it has none.
    func fetchUnderWay() throws(Interruption) -> UnsafeMutablePointer<Block>? {
        let eip = core.pointee.state.eip
        let linear = core.pointee.windows.cs.base &+ eip
        try enterCodePage(linear, eip)
        return journal.hasMore ? try decodeSingle(eip: eip, linear: linear) : nil
    }

    private func inMode(_ key: BlockKey) -> BlockKey {
        key.inMode(isCode32: core.pointee.isCode32, isFlat: core.pointee.isFlat)
    }

    /// Translates the page that code runs in.
    private func enterCodePage(_ linear: UInt32, _ eip: UInt32) throws(Interruption) {
        let isRing3 = core.pointee.isRing3
        let entry = core.fetchEntry(linear)
        if entry.pointee.tag == linear & ~4095, Int64(eip) <= core.pointee.codeLimit, !core.pointee.isJournaling {
            core.pointee.codeTag = linear & ~4095
            core.pointee.codeKey = inMode(entry.pointee.key)
            return
        }
        markBoundary()
        guard Int64(eip) <= core.pointee.codeLimit else { throw outsideCode(eip) }
        let cached = entry.pointee
        let physical =
            try journaled { () throws(Interruption) in
                // Under the journal it is one access however often it is run, and whether it is cached or not.
                guard journal.isFresh, cached.tag == linear & ~4095 else { return try translate(linear, .execute) }
                return cached.key.page
            } & ~4095
        var key = BlockKey(page: physical)
        if core.pointee.hasCodeMarks, isCodeMarked(page: linear, physical) {
            key = key.marked(page: linear)
        }
        core.pointee.codeTag = linear & ~4095
        core.pointee.codeKey = inMode(key)
        if isRing3 {
            core.pointee.ring3.fillFetch(linear, key: key)
        } else {
            core.pointee.system.fillFetch(linear, key: key)
        }
    }

    /// A block that was decoded before: one that has lost its place in the table, or a dead one that is brought back.
    private func kept(
        _ key: BlockKey, _ dead: UnsafeMutablePointer<Block>?, _ page: RAMPage?, _ bytes: UnsafePointer<UInt8>,
        available: Int
    ) -> UnsafeMutablePointer<Block>? {
        if !key.isMarked, let page,
            let known = blocks.pointee.displaced(key, page: page.number, upTo: available)
        {
            return known
        }
        guard let dead, revive(dead, bytes, available: available) else { return nil }
        return dead
    }

    /// Decodes the block at a key.
    private func decode(
        key: BlockKey, eip: UInt32, linear: UInt32
    ) throws(Interruption) -> UnsafeMutablePointer<Block> {
        markBoundary()
        options.detours &+= 1
        guard Int64(eip) <= core.pointee.codeLimit else { throw outsideCode(eip) }
        let physical = key.physical
        // A marked instruction is asked about each time; beyond 4 GiB marks are not told apart.
        guard !key.isMarked || !key.isBeyond4GiB && !isCodeMarked(linear, physical) else {
            return try decodeSingle(eip: eip, linear: linear)
        }
        let page: UnsafeMutableRawPointer
        var ramPage: RAMPage?
        switch memory.backing(ofPage: key.page, for: .execute) {
        case .ram(let found):
            ramPage = found
            page = found.host
        case .rom(let host): page = host
        case .open where options.unmappedMemoryPolicy == .float: page = memory.floating
        case .open, .device: return try decodeSingle(eip: eip, linear: linear)
        }
        let offset = Int(linear & 4095)
        let inSegment = core.pointee.codeLimit - Int64(eip) + 1
        let available = Int(min(Int64(4096 - offset), inSegment))
        let bytes = (page + offset).assumingMemoryBound(to: UInt8.self)
        let dead = key.isMarked ? nil : blocks.pointee.dead(at: key)
        if let kept = kept(key, dead, ramPage, bytes, available: available) {
            if let ramPage { protectFromWrites(ramPage) }
            return kept
        }
        if blocks.pointee.space() == nil { blocks.pointee.flush(codeMap: memory.codeMap) }
        guard let space = blocks.pointee.space() else { return try decodeSingle(eip: eip, linear: linear) }
        let code32 = key.isCode32
        let longest = engine == .stepping ? 1 : BlockCache.maximumOps
        var used = 0
        var count = 0
        while count < longest, used < available {
            if key.isMarked, count > 0, isCodeMarked(linear &+ UInt32(used), physical &+ UInt32(used)) { break }
            var parsed = ParsedInstruction()
            do throws(ParseError) {
                try parser.parse(bytes + used, count: available - used, code32: code32, into: &parsed)
            } catch {
                break
            }
            parser.lower(&parsed, start: used, isFlat: key.isFlat, into: &space[count])
            blocks.pointee.code(of: space + count).pointee = CodeBytes(
                bytes + used, parsed.length, room: available - used)
            used += parsed.length
            count += 1
            if space[count - 1].flags.contains(.endsBlock) || key.isMarked && endsObservedBlock(space + (count - 1)) {
                break
            }
        }
        guard count > 0 else { return try decodeSingle(eip: eip, linear: linear) }
        let block = blocks.pointee.add(
            key: key, page: ramPage?.number, count: count, byteLength: UInt32(used), codeMap: memory.codeMap)
        if let dead { blocks.pointee.replace(dead, by: block) }
        if let ramPage { protectFromWrites(ramPage) }
        return block
    }

    /// Makes writes to a page with decoded code take the slow path, whatever its addresses are.
    private func protectFromWrites(_ page: RAMPage) {
        guard memory.pageMarks[page.number] & PhysicalMemory.PageMark.writeCached != 0 else { return }
        memory.setWriteCached(page: page.number, false)
        core.pointee.system.protect(page.host)
        core.pointee.ring3.protect(page.host)
    }

    /// Decodes one instruction byte by byte: it crosses a page, meets the segment's end, or is no memory.
    ///
    /// No byte behind it is fetched: a device may notice.
    private func decodeSingle(eip: UInt32, linear: UInt32) throws(Interruption) -> UnsafeMutablePointer<Block> {
        let code32 = core.pointee.isCode32
        var bytes: [UInt8] = []
        var failure = ParseError.truncated
        while bytes.count < parser.maximumLength, failure == .truncated {
            bytes.append(try fetchByte(eip &+ UInt32(bytes.count)))
            do throws(ParseError) {
                let parsed = try parser.parse(bytes, code32: code32)
                if core.pointee.isJournaling { journal.progress.code = bytes }
                return single(parser.lower(parsed, start: 0), bytes)
            } catch {
                failure = error
            }
        }
        guard model.maximumInstructionLength != nil else { return single(onlyPrefixes(), bytes) }
        throw raised(.generalProtection, .instructionTooLong)
    }

    private func fetchByte(_ eip: UInt32) throws(Interruption) -> UInt8 {
        guard Int64(eip) <= core.pointee.codeLimit || !model.hasSegmentLimits else { throw outsideCode(eip) }
        let linear = core.pointee.windows.cs.base &+ (model.hasSegmentLimits ? eip : eip & 0xFFFF)
        let byte = try journaled { () throws(Interruption) in
            UInt64(try read(PhysicalSpan(first: try translate(linear, .execute), size: 1), .execute))
        }
        return UInt8(truncatingIfNeeded: byte)
    }

    /// The instruction whose answer has come, as it was when it asked.
    func waitingInstruction() -> UnsafeMutablePointer<Block>? {
        parsedBlock(core.pointee.state.portProgress.waiting?.code ?? [])
    }

    /// A block of the one instruction that some bytes are, or nil if they are none.
    @inline(never)
    func parsedBlock(_ code: [UInt8]) -> UnsafeMutablePointer<Block>? {
        guard !code.isEmpty else { return nil }
        let code32 = core.pointee.state.segments.cs.access.contains(.big)
        let parsed = try? parser.parse(code, code32: code32)
        return parsed.map { single(parser.lower($0, start: 0), code) }
    }

    private func single(_ instruction: Op, _ code: [UInt8]) -> UnsafeMutablePointer<Block> {
        options.scratchCode = code
        scratch.pointee.ops.pointee = instruction
        scratch.pointee.ops.pointee.isChained = false
        scratch.pointee.ops.pointee.toEnd = 1
        scratch.pointee.byteLength = UInt32(instruction.length)
        return scratch
    }

    /// Chips without a length limit run through endless prefixes; here each 15 of them are one NOP.
    private func onlyPrefixes() -> Op {
        var parsed = ParsedInstruction()
        parsed.length = parser.maximumLength
        var instruction = parser.lower(parsed, start: 0)
        instruction.operation = .nop
        instruction.dispatch = .nop
        return instruction
    }
}
