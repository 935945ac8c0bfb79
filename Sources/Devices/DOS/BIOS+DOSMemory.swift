import X86Interp

extension BIOS {
    /// The chain of memory blocks as the guest's memory has it, free neighbours joined; nil if it is destroyed.
    private func blocks(_ call: BIOSCall) -> [MemoryBlock]? {
        var blocks: [MemoryBlock] = []
        var segment = call.word(DOSArea.firstBlock)
        // Segments only grow: the end is reached.
        while true {
            let place = UInt32(segment) << 4
            let kind = call.byte(place)
            guard kind == UInt8(ascii: "M") || kind == UInt8(ascii: "Z") else { return nil }
            let block = MemoryBlock(
                header: segment, owner: call.word(place + 1), size: call.word(place + 3),
                isLast: kind == UInt8(ascii: "Z"))
            guard block.end <= 0xFFFF || block.isLast else { return nil }
            if let last = blocks.last, last.isFree, block.isFree {
                blocks[blocks.count - 1] = Self.joined(last, block)
            } else {
                blocks.append(block)
            }
            guard !block.isLast else { return blocks }
            segment = UInt16(truncatingIfNeeded: block.end)
        }
    }

    /// Two neighbours as one block of the first one's owner.
    private static func joined(_ first: MemoryBlock, _ second: MemoryBlock) -> MemoryBlock {
        var block = first
        block.size = UInt16(clamping: UInt32(first.size) + 1 + UInt32(second.size))
        block.isLast = second.isLast
        return block
    }

    private func put(_ block: MemoryBlock, _ call: BIOSCall) {
        let place = UInt32(block.header) << 4
        // The name in the second half stays.
        call.setBytes(place, Array(block.bytes.prefix(5)))
    }

    /// Makes a block so large; the rest becomes a free block.
    private func cut(_ block: MemoryBlock, to size: UInt16, _ call: BIOSCall) {
        var block = block
        if size < block.size {
            let rest = MemoryBlock(
                header: block.start &+ size, owner: 0, size: block.size - size - 1, isLast: block.isLast)
            put(rest, call)
            block.size = size
            block.isLast = false
        }
        put(block, call)
    }

    /// Function 48: BX paragraphs; AX is their segment, or BX how many there are at most.
    func allocate(_ call: BIOSCall) {
        guard let free = blocks(call)?.filter(\.isFree) else { return call.fail(DOSError.chainDestroyed) }
        let wanted = call.bx
        let fitting = free.filter { $0.size >= wanted }
        let chosen: MemoryBlock?
        switch call.byte(DOSArea.strategy) & 3 {
        case 0: chosen = fitting.first
        case 1: chosen = fitting.min { $0.size < $1.size }
        default: chosen = fitting.last
        }
        guard var block = chosen else {
            call.bx = free.map(\.size).max() ?? 0
            return call.fail(DOSError.noMemory)
        }
        let owner = call.word(DOSArea.process)
        if call.byte(DOSArea.strategy) & 3 >= 2, block.size > wanted {
            // From the top of the last one.
            var rest = block
            rest.size = block.size - wanted - 1
            rest.isLast = false
            put(rest, call)
            block.header = UInt16(truncatingIfNeeded: rest.end)
            block.size = wanted
        }
        block.owner = owner
        cut(block, to: wanted, call)
        call.ax = block.start
        call.carry = false
    }

    /// Function 49: the block at ES.
    func free(_ call: BIOSCall) {
        guard let blocks = blocks(call) else { return call.fail(DOSError.chainDestroyed) }
        let segment = call.es
        guard var block = blocks.first(where: { $0.start == segment }) else { return call.fail(DOSError.badBlock) }
        block.owner = 0
        put(block, call)
        call.carry = false
    }

    /// Function 4A: the block at ES becomes BX paragraphs, or as many as there are: then BX says how many.
    func resize(_ call: BIOSCall) {
        guard let blocks = blocks(call) else { return call.fail(DOSError.chainDestroyed) }
        let segment = call.es
        guard let number = blocks.firstIndex(where: { $0.start == segment }) else {
            return call.fail(DOSError.badBlock)
        }
        var block = blocks[number]
        if number + 1 < blocks.count, blocks[number + 1].isFree, call.bx > block.size {
            block = Self.joined(block, blocks[number + 1])
        }
        // As MS-DOS sets it.
        block.owner = call.word(DOSArea.process)
        cut(block, to: min(call.bx, block.size), call)
        guard call.bx <= block.size else {
            call.bx = block.size
            return call.fail(DOSError.noMemory)
        }
        call.carry = false
    }

    /// Function 58: there is no memory above 640 KiB to choose.
    func allocationStrategy(_ call: BIOSCall) {
        switch call.al {
        case 0:
            call.ax = UInt16(call.byte(DOSArea.strategy))
            call.carry = false
        case 1 where call.bx <= 2:
            call.setByte(DOSArea.strategy, call.bl)
            call.carry = false
        default: call.fail(DOSError.noFunction)
        }
    }
}
