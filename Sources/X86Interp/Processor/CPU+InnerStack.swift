/// The stack of a ring that is about to be entered.
struct InnerStack {
    let segment: Segment
    /// ESP; moves with each push.
    var pointer: UInt32

    /// FFFF or FFFFFFFF, by B.
    var mask: UInt32 { segment.access.contains(.big) ? 0xFFFF_FFFF : 0xFFFF }
}

// Calls and interrupts to inner rings write their frame to a stack that is not SS:ESP yet.
extension CPU {
    /// The stack that the TSS has for a ring (SDM volume 3, 5.8.5).
    ///
    /// - Parameter ext: bit 0 of error codes.
    func innerStack(_ level: UInt8, ext: UInt16) throws(Interruption) -> InnerStack {
        let task = core.pointee.state.tr
        let is32 = task.access.rawValue & 8 != 0
        let offset = is32 ? UInt32(level) &* 8 &+ 4 : UInt32(level) &* 4 &+ 2
        guard offset &+ (is32 ? 5 : 3) <= task.limit else {
            throw raised(.invalidTSS, .innerStackBeyondTask, task.selector, ext: ext)
        }
        let pointer: UInt32
        let selector: UInt16
        if is32 {
            pointer = try loadSystem(task.base &+ offset, UInt32.self)
            selector = try loadSystem(task.base &+ offset &+ 4, UInt16.self)
        } else {
            pointer = UInt32(try loadSystem(task.base &+ offset, UInt16.self))
            selector = try loadSystem(task.base &+ offset &+ 2, UInt16.self)
        }
        guard selector & ~3 != 0 else { throw raised(.invalidTSS, .innerStackNull, 0, ext: ext, register: .ss) }
        return InnerStack(segment: try stackSegment(selector, .inner, level: level, ext: ext), pointer: pointer)
    }

    /// Checks that a frame of `count` values can be written: room, and pages with the rights of the inner ring.
    ///
    /// A page fault is that of the first push that meets it, from the top down.
    func probe(_ stack: InnerStack, _ count: UInt32, _ width: Width, ext: UInt16) throws(Interruption) {
        let bytes = count &* UInt32(width.bytes)
        let mask = stack.mask
        let top = stack.pointer & mask
        let lowest = (top &- bytes) & mask
        // A pointer of 0 is the top of the segment; else the frame must not wrap.
        let isInside =
            (top == 0 || lowest < top) && Self.contains(stack.segment, lowest, (top &- 1) & mask)
        guard isInside else {
            throw raised(.stackFault, .innerStackRoom, stack.segment.selector, ext: ext, register: .ss)
        }
        guard core.pointee.isPaging, !mayWriteAtOnce(stack.segment.base &+ lowest, bytes) else { return }
        let end = stack.segment.base &+ lowest &+ bytes
        var page: UInt32?
        for number in 1...count {
            let place = end &- number &* UInt32(width.bytes)
            guard page != place & ~4095 || place & 4095 > 4096 - UInt32(width.bytes) else { continue }
            try probeLinear(place, width.bytes, .write, ring3: false)
            page = place & ~4095
        }
    }

    /// Whether all bytes lie in a page that ring 0 has written lately.
    @inline(__always)
    private func mayWriteAtOnce(_ linear: UInt32, _ bytes: UInt32) -> Bool {
        let entry = core.pointee.systemWriteTLB + TranslationCache.slot(linear)
        return entry.host(linear, size: Int(bytes)).isHit
    }

    /// Whether a segment has all offsets from `first` to `last`.
    private static func contains(_ segment: Segment, _ first: UInt32, _ last: UInt32) -> Bool {
        guard segment.access.isExpandDown else { return last <= segment.limit }
        return first > segment.limit && last <= (segment.access.contains(.big) ? 0xFFFF_FFFF : 0xFFFF)
    }

    /// Pushes onto a stack that has been probed.
    @inline(__always)
    func push(_ value: UInt32, _ width: Width, to stack: inout InnerStack) throws(Interruption) {
        let offset = (stack.pointer &- UInt32(width.bytes)) & stack.mask
        stack.pointer = stack.pointer & ~stack.mask | offset
        if width == .dword {
            try storeSystem(stack.segment.base &+ offset, value, asData: true)
        } else {
            try storeSystem(stack.segment.base &+ offset, UInt16(truncatingIfNeeded: value), asData: true)
        }
    }

    /// Makes an inner stack the present one.
    func enter(_ stack: InnerStack) {
        setSegment(.ss, stack.segment)
        setMasked(.esp, stack.mask, stack.pointer)
    }
}
