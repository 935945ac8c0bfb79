/// A decoded run of instructions within one physical page, an op each.
struct Block {
    /// `none` when dead.
    var key: BlockKey
    /// Bytes of code.
    var byteLength: UInt32
    /// The number of its page among those of RAM; `noPage` if it is in none, so that no write changes it.
    var page = noPage
    /// Number of ops.
    var count: Int
    let ops: OpPointer
    /// The first op's handler while it was alive: a dead block's leaves, or leads on.
    var firstHandler: Handler
    /// The key while it was alive; `none` if it will not be again.
    var formerKey: BlockKey
    /// A bit per 64-byte chunk of the page that the code touches.
    var chunks: UInt64
    /// The next block of the same page.
    var nextInPage: UnsafeMutablePointer<Block>?

    static let noPage = UInt32.max
}

/// Decoded blocks by physical address and mode.
///
/// Thrown away as a whole when full: nothing in it is state.
struct BlockCache: ~Copyable {
    static let maximumOps = Int(Core.longestBlock / 15)
    private static let tableBits = 14
    private static let arenaOps = 1 << 16
    private static let arenaBlocks = 1 << 14

    let table: UnsafeMutablePointer<UnsafeMutablePointer<Block>?>
    private let ops: OpPointer
    private let code: UnsafeMutablePointer<CodeBytes>
    let pool: UnsafeMutablePointer<Block>
    /// For each page of RAM, its blocks.
    private var heads: UnsafeMutablePointer<UnsafeMutablePointer<Block>?>
    private var pageCount: Int
    private var opCount = 0
    private var blockCount = 0
    /// How many blocks of `pool` are in use, dead ones among them.
    var liveCount: Int { blockCount }
    /// The memory map has changed: flush before the next look-up.
    var isStale = false
    /// Raised by each flush: pointers to blocks and instructions of before must not be written through.
    private(set) var generation = 0

    /// An empty cache for RAM of `pages` pages.
    init(pages: Int) {
        func allocate<T>(_ count: Int, _ type: T.Type) -> UnsafeMutablePointer<T> {
            guard let memory = HostMemory.zeroed(count * MemoryLayout<T>.stride) else {
                fatalError("the host has no memory left for the block cache")
            }
            return memory.bindMemory(to: T.self, capacity: count)
        }
        table = allocate(1 << Self.tableBits, UnsafeMutablePointer<Block>?.self)
        ops = allocate(Self.arenaOps, Op.self)
        code = allocate(Self.arenaOps, CodeBytes.self)
        pool = allocate(Self.arenaBlocks, Block.self)
        heads = allocate(pages, UnsafeMutablePointer<Block>?.self)
        pageCount = pages
    }

    deinit {
        func free<T>(_ memory: UnsafeMutablePointer<T>, _ count: Int) {
            HostMemory.free(memory, count * MemoryLayout<T>.stride)
        }
        free(table, 1 << Self.tableBits)
        free(ops, Self.arenaOps)
        free(code, Self.arenaOps)
        free(pool, Self.arenaBlocks)
        free(heads, pageCount)
    }

    @inline(__always)
    static func slot(_ key: BlockKey) -> Int { key.hash & (1 << tableBits - 1) }

    /// The block with a key, or nil.
    @inline(__always)
    func find(_ key: BlockKey) -> UnsafeMutablePointer<Block>? {
        guard let block = table[Self.slot(key)], block.pointee.key == key else { return nil }
        return block
    }

    /// The block with a key in a page of RAM whose place in the table another one has taken; it gets the place back.
    ///
    /// Two that share a place and run in turns were decoded anew each time, and all that had been were left in the
    /// page's list, which each write to the page's code goes through.
    func displaced(_ key: BlockKey, page: Int, upTo bytes: Int) -> UnsafeMutablePointer<Block>? {
        guard page < pageCount else { return nil }
        var next = heads[page]
        while let block = next {
            if block.pointee.key == key, Int(block.pointee.byteLength) <= bytes {
                table[Self.slot(key)] = block
                return block
            }
            next = block.pointee.nextInPage
        }
        return nil
    }

    /// Space for the ops of a new block, or nil when the cache is full and wants `flush`.
    func space() -> OpPointer? {
        guard opCount + Self.maximumOps < Self.arenaOps, blockCount < Self.arenaBlocks
        else { return nil }
        return ops + opCount
    }

    /// Makes room for the blocks of so many pages of RAM.
    mutating func makeRoom(pages: Int) {
        guard pages > pageCount else { return }
        let stride = MemoryLayout<UnsafeMutablePointer<Block>?>.stride
        guard let memory = HostMemory.zeroed(pages * stride) else {
            fatalError("the host has no memory left for the block cache")
        }
        let larger = memory.bindMemory(to: UnsafeMutablePointer<Block>?.self, capacity: pages)
        larger.update(from: heads, count: pageCount)
        HostMemory.free(heads, pageCount * stride)
        (heads, pageCount) = (larger, pages)
    }

    /// Adds the block whose `count` ops were put into `space()`; marks its chunks in `codeMap` if it is in a page of
    /// RAM.
    mutating func add(
        key: BlockKey, page: Int?, count: Int, byteLength: UInt32, codeMap: UnsafeMutablePointer<UInt64>
    ) -> UnsafeMutablePointer<Block> {
        let address = key.physical
        let offset = address & 4095
        let first = UInt64(offset >> 6)
        let last = UInt64((offset + max(byteLength, 1) - 1) >> 6)
        let block = pool + blockCount
        block.initialize(
            to: Block(
                key: key, byteLength: byteLength, page: page.map { UInt32(truncatingIfNeeded: $0) } ?? Block.noPage,
                count: count, ops: ops + opCount, firstHandler: ops[opCount].handler, formerKey: key,
                chunks: (~UInt64(0) << first) & (~UInt64(0) >> (63 - last)),
                nextInPage: page.flatMap { heads[$0] }))
        if let page {
            heads[page] = block
            codeMap[page] |= block.pointee.chunks
        }
        table[Self.slot(key)] = block
        complete(block.pointee)
        blockCount += 1
        opCount += count + 1
        return block
    }

    /// Tells the ops of a new block where they are, and puts the mark behind them.
    private func complete(_ block: Block) {
        let mark = block.ops + block.count
        mark.pointee.handler = block.key.isFlat ? RegisterHandlers.blockEnd : Handlers.blockEnd
        mark.pointee.immediate = block.byteLength
        mark.pointee.displacement = 0
        mark.pointee.addressMask = .max
        mark.pointee.linkCost = Op.noLink
        mark.pointee.isChained = false
        for number in 0...block.count {
            block.ops[number].block = UInt16(truncatingIfNeeded: blockCount)
            block.ops[number].toEnd = UInt8(truncatingIfNeeded: block.count - number)
        }
    }

    // MARK: Code that changes

    /// What an op was decoded from; what those behind it were follows.
    func code(of op: OpPointer) -> UnsafeMutablePointer<CodeBytes> { code + (op - ops) }

    /// The dead block that was at a key last, or nil.
    func dead(at key: BlockKey) -> UnsafeMutablePointer<Block>? {
        guard let block = table[Self.slot(key)], block.pointee.key == .none, block.pointee.formerKey == key else {
            return nil
        }
        return block
    }

    /// Brings a dead block back, whose ops have been brought up to the code.
    func revive(_ block: UnsafeMutablePointer<Block>, isChained: Bool, codeMap: UnsafeMutablePointer<UInt64>) {
        let first = block.pointee.ops
        first.pointee.handler = block.pointee.firstHandler
        first.pointee.isChained = isChained
        block.pointee.key = block.pointee.formerKey
        let page = Int(block.pointee.page)
        guard page < pageCount else { return }
        block.pointee.nextInPage = heads[page]
        heads[page] = block
        codeMap[page] |= block.pointee.chunks
    }

    /// A dead block stays dead.
    func giveUp(_ block: UnsafeMutablePointer<Block>) {
        block.pointee.formerKey = .none
        close(block)
    }

    /// Makes chains that come to a block by a link leave.
    private func close(_ block: UnsafeMutablePointer<Block>) {
        if block.pointee.ops.pointee.isChained { block.pointee.firstHandler = block.pointee.ops.pointee.handler }
        block.pointee.ops.pointee.handler = Handlers.leave
        block.pointee.ops.pointee.isChained = false
    }

    /// Leads what is linked to a dead block to the one in its place.
    func replace(_ dead: UnsafeMutablePointer<Block>, by block: UnsafeMutablePointer<Block>) {
        dead.pointee.ops.linked = block.pointee.ops
        dead.pointee.ops.pointee.handler = Handlers.forward
    }

    /// Kills the blocks of a page that touch `chunks`, and updates the page's code map.
    func invalidate(page: Int, chunks: UInt64, codeMap: UnsafeMutablePointer<UInt64>) {
        guard page < pageCount else { return }
        var kept: UnsafeMutablePointer<Block>?
        var map: UInt64 = 0
        var next = heads[page]
        while let block = next {
            next = block.pointee.nextInPage
            if block.pointee.chunks & chunks != 0 {
                block.pointee.key = .none
                close(block)
            } else {
                block.pointee.nextInPage = kept
                kept = block
                map |= block.pointee.chunks
            }
        }
        heads[page] = kept
        codeMap[page] = map
    }

    /// Forgets all blocks.
    ///
    /// Not while one runs.
    mutating func flush(codeMap: UnsafeMutablePointer<UInt64>) {
        isStale = false
        generation += 1
        // To leave alone what nobody has used yet spares the host its pages.
        guard blockCount > 0 else { return }
        table.update(repeating: nil, count: 1 << Self.tableBits)
        for number in 0..<blockCount {
            let page = Int(pool[number].page)
            if page < pageCount {
                heads[page] = nil
                codeMap[page] = 0
            }
            pool[number].key = .none
        }
        opCount = 0
        blockCount = 0
    }
}
