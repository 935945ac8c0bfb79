/// The bytes of one instruction, to be compared with what lies there later.
struct CodeBytes: Equatable, BitwiseCopyable {
    private let low: UInt64
    private let high: UInt64

    /// The first `length` bytes, 15 at most, of `room` that may be read.
    @inline(__always)
    init(_ bytes: UnsafePointer<UInt8>, _ length: Int, room: Int) {
        let raw = UnsafeRawPointer(bytes)
        guard room >= 16 else {
            var (low, high): (UInt64, UInt64) = (0, 0)
            for place in 0..<min(length, room) {
                let byte = UInt64(bytes[place]) << UInt64(8 * (place & 7))
                if place < 8 { low |= byte } else { high |= byte }
            }
            (self.low, self.high) = (low, high)
            return
        }
        let first = raw.loadUnaligned(as: UInt64.self)
        if length <= 8 {
            low = first & (~0 &>> UInt64(8 &* (8 &- length)))
            high = 0
        } else {
            low = first
            high = raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self) & (~0 &>> UInt64(8 &* (16 &- length)))
        }
    }

    /// Whether nothing before `start` differs.
    @inline(__always)
    func agrees(with other: CodeBytes, before start: Int) -> Bool {
        let isLowSame = (low ^ other.low) & ~(~0 << UInt64(8 * start)) == 0
        return isLowSame && (high ^ other.high) & ~(~0 << UInt64(8 * max(start - 8, 0))) == 0
    }
}

extension CPU {
    /// Brings a dead block up to the code that lies in its place now; false if that does not fit it, which is the end of
    /// the block.
    ///
    /// Code that patches itself changes an operand or an opcode, seldom the lengths: all but the changed ops stay, with
    /// their links, and so do the links to the block.
    func revive(
        _ block: UnsafeMutablePointer<Block>, _ bytes: UnsafePointer<UInt8>, available: Int
    ) -> Bool {
        let isUpToDate =
            Int(block.pointee.byteLength) <= available && update(block, bytes, available: available)
        guard isUpToDate else {
            blocks.pointee.giveUp(block)
            return false
        }
        blocks.pointee.revive(block, isChained: parser.makesChains, codeMap: memory.codeMap)
        return true
    }

    private func update(
        _ block: UnsafeMutablePointer<Block>, _ bytes: UnsafePointer<UInt8>, available: Int
    ) -> Bool {
        var op = block.pointee.ops
        let last = op + (block.pointee.count - 1)
        var old = blocks.pointee.code(of: op)
        var start = 0
        while true {
            let length = Int(op.pointee.length)
            let code = CodeBytes(bytes + start, length, room: available &- start)
            if code != old.pointee {
                let isFit =
                    replaceImmediate(op, old.pointee, code, bytes + start)
                    || decodeAgain(op, bytes + start, available - start, start: start, block)
                guard isFit else { return false }
                old.pointee = code
            }
            if op == last { return true }
            start &+= length
            op += 1
            old += 1
        }
    }

    /// Gives an op the immediate that its instruction has now; false if more than that has changed.
    @inline(__always)
    private func replaceImmediate(
        _ op: OpPointer, _ old: CodeBytes, _ new: CodeBytes, _ bytes: UnsafePointer<UInt8>
    ) -> Bool {
        let tail = op.pointee.tail
        let place = Int(op.pointee.length) - tail.bytes
        guard tail != .none, new.agrees(with: old, before: place) else { return false }
        op.pointee.immediate = tail.immediate(bytes + place)
        return true
    }

    /// Decodes an op anew in its place; false if it does not fit there.
    @inline(never)
    private func decodeAgain(
        _ op: OpPointer, _ bytes: UnsafePointer<UInt8>, _ count: Int, start: Int, _ block: UnsafeMutablePointer<Block>
    ) -> Bool {
        let key = block.pointee.formerKey
        let old = op.pointee
        var parsed = ParsedInstruction()
        do throws(ParseError) {
            try parser.parse(bytes, count: count, code32: key.isCode32, into: &parsed)
        } catch {
            return false
        }
        guard parsed.length == Int(old.length) else { return false }
        parser.lower(&parsed, start: start, isFlat: key.isFlat, into: &op.pointee)
        op.pointee.block = old.block
        op.pointee.toEnd = old.toEnd
        if op == block.pointee.ops { block.pointee.firstHandler = op.pointee.handler }
        return op.pointee.flags.contains(.endsBlock) == old.flags.contains(.endsBlock)
    }
}
