/// What an interrupt pushes in real mode, from its lowest address on.
struct InterruptFrame {
    var ip: UInt16
    var cs: UInt16
    var flags: UInt16
}

extension CPU {
    @inline(__always)
    func window(_ segment: UInt8) -> SegmentWindow { core.window(segment) }

    /// Host address of a byte at a segment offset if the fast path may read it.
    func fastRead(_ segment: UInt8, _ offset: UInt32) -> UnsafeMutableRawPointer? {
        let (isHit, host) = core.readEntry(segment, offset, UInt8.self)
        return isHit ? host : nil
    }

    /// Host address of a byte at a segment offset if the fast path may write it.
    func fastWrite(_ segment: UInt8, _ offset: UInt32) -> UnsafeMutableRawPointer? {
        let (isHit, host) = core.writeEntry(segment, offset, UInt8.self)
        return isHit ? host : nil
    }

    /// Host address of three words that lie on the stack and may be read there at once: the frame of IRET.
    @inline(__always)
    func frameToRead() -> UnsafeMutableRawPointer? {
        let top = stackPointer
        let (isHit, host) = core.readEntry(SegmentRegister.ss.rawValue, top, InterruptFrame.self)
        return isHit && core.pointee.stackMask &- top >= 5 ? host : nil
    }

    /// Host address where three words may be pushed at once: the frame of an interrupt in real mode.
    @inline(__always)
    func frameToPush() -> UnsafeMutableRawPointer? {
        let top = stackPointer
        guard top >= 6 else { return nil }
        let (isHit, host) = core.writeEntry(SegmentRegister.ss.rawValue, top &- 6, InterruptFrame.self)
        return isHit ? host : besideCode(SegmentRegister.ss.rawValue, top &- 6, 6)
    }

    /// Reads memory, with all checks.
    @inline(__always)
    func load<W: Operand>(
        _ segment: UInt8, _ offset: UInt32, _ type: W.Type = W.self
    ) throws(Interruption) -> W {
        let (isHit, host) = core.readEntry(segment, offset, W.self)
        if isHit { return host.loadUnaligned(as: W.self) }
        return W(truncatingIfNeeded: try loadSlow(segment, offset, MemoryLayout<W>.size, .read))
    }

    /// Writes memory, with all checks.
    @inline(__always)
    func store<W: Operand>(_ segment: UInt8, _ offset: UInt32, _ value: W) throws(Interruption) {
        let (isHit, host) = core.writeEntry(segment, offset, W.self)
        if isHit { return host.storeBytes(of: value, as: W.self) }
        try storeSlow(segment, offset, MemoryLayout<W>.size, UInt32(truncatingIfNeeded: value))
    }

    /// Reads, computes and writes back one operand; faults as a write would, before anything is read.
    @inline(__always)
    func modify<W: Operand>(
        _ segment: UInt8, _ offset: UInt32, _ type: W.Type, _ body: (W) -> W
    ) throws(Interruption) {
        let (isHit, host) = core.writeEntry(segment, offset, W.self)
        if isHit { return host.storeBytes(of: body(host.loadUnaligned(as: W.self)), as: W.self) }
        let old = W(truncatingIfNeeded: try loadSlow(segment, offset, MemoryLayout<W>.size, .write))
        try storeSlow(segment, offset, MemoryLayout<W>.size, UInt32(truncatingIfNeeded: body(old)))
    }

    // MARK: Pages with code and data

    /// Host address of an operand that may be written in a page which holds code elsewhere; nil where that takes more.
    @inline(__always)
    private func besideCode(_ segment: UInt8, _ offset: UInt32, _ size: Int) -> UnsafeMutableRawPointer? {
        guard !core.pointee.isJournaling else { return nil }
        let window = window(segment)
        let last = UInt32(truncatingIfNeeded: size &- 1)
        let linear = window.base &+ offset
        let cache = core.pointee.isRing3 ? core.pointee.ring3.mixed : core.pointee.system.mixed
        let entry = cache + TranslationCache.mixedSlot(linear)
        guard Int64(offset) &+ Int64(last) <= window.writeLimit, entry.pointee.tag == (linear &+ last) & ~4095 else {
            return nil
        }
        let page = entry.pointee.page
        let map = memory.codeMap[Int(entry.pointee.ramPage)]
        let place = linear & 4095
        let isInTheWay = (map >> UInt64(place >> 6) | map >> UInt64((place &+ last) >> 6)) & 1 != 0
        // Without code the page goes into the cache for writes, by the longer way.
        return map == 0 || isInTheWay ? nil : page + Int(place)
    }

    // MARK: Slow path

    /// The exception of a segment violation: #SS for the stack segment from the 386 on, else #GP.
    @inline(never)
    func segmentFault(_ segment: UInt8, _ rule: Rule, _ offset: UInt32, _ kind: AccessKind) -> Interruption {
        let isStack = segment == SegmentRegister.ss.rawValue
        let vector: ExceptionVector =
            isStack && (model.is32Bit || core.pointee.isProtected) ? .stackFault : .generalProtection
        return raised(
            Fault(vector), rule, register: SegmentRegister(rawValue: segment), address: offset, access: kind)
    }

    /// Type, limit and alignment checks of an access to `size` bytes; returns the linear address.
    func checkedLinear(
        _ number: UInt8, _ offset: UInt32, _ size: Int, _ kind: AccessKind
    ) throws(Interruption) -> UInt32 {
        let segment = segment(number)
        let access = segment.access
        if core.pointee.isProtected {
            guard access.contains(.present) else { throw segmentFault(number, .nullSegment, offset, kind) }
            let isCode = access.contains(.code)
            let flag = access.contains(.writableOrReadable)
            if kind == .write {
                guard !isCode && flag else { throw segmentFault(number, .writeProtectedSegment, offset, kind) }
            } else if isCode && !flag {
                throw segmentFault(number, .executeOnlySegment, offset, kind)
            }
        }
        let last = UInt64(offset) + UInt64(size) - 1
        let allowed: Bool
        if access.isExpandDown && access.contains(.codeOrData) {
            allowed = offset > segment.limit && last <= (access.contains(.big) ? 0xFFFF_FFFF : 0xFFFF)
        } else {
            allowed = last <= UInt64(segment.limit)
        }
        guard allowed else { throw segmentFault(number, .segmentLimit, offset, kind) }
        let linear = segment.base &+ offset
        if core.pointee.isAligning { try checkAlignment(linear, size) }
        return linear
    }

    /// #AC unless the address is a multiple of the size (SDM volume 3, 6.15).
    @inline(never)
    private func checkAlignment(_ linear: UInt32, _ size: Int) throws(Interruption) {
        // Operands are 1, 2, 4, 6 or 8 bytes; pointers of 6 are aligned to 4, as their parts are. Environment and state of
        // the x87 are aligned as their words of 2 or 4 bytes.
        let isOfWords = size == 14 || size > 16
        let mask = UInt32(isOfWords ? size & 2 != 0 ? 1 : 3 : size >= 8 ? 7 : size >= 4 ? 3 : size - 1)
        if linear & mask != 0 { throw raised(Fault(.alignmentCheck), .misaligned, address: linear) }
    }

    @inline(never)
    func loadSlow(
        _ segment: UInt8, _ offset: UInt32, _ size: Int, _ kind: AccessKind
    ) throws(Interruption) -> UInt32 {
        let value: UInt32
        if kind == .write, let host = besideCode(segment, offset, size) {
            return PhysicalMemory.load(host, bytes: size)
        }
        if model.hasSegmentLimits {
            let linear = try checkedLinear(segment, offset, size, kind)
            if core.pointee.isJournaling { journal.isQuick = isInWindow(segment, offset, size, kind) }
            defer { journal.isQuick = true }
            value = try loadLinear(linear, size, kind, ring3: core.pointee.isRing3)
            if core.pointee.isWatching, isWatched(linear, size, isWrite: false) {
                noteAccess(linear, size, isWrite: false, value)
            }
        } else {
            value = try loadWrapping(segment, offset, size)
        }
        if core.pointee.isAttentionRequested { try endAccess() }
        return value
    }

    @inline(never)
    func storeSlow(
        _ segment: UInt8, _ offset: UInt32, _ size: Int, _ value: UInt32
    ) throws(Interruption) {
        if let host = besideCode(segment, offset, size) { return PhysicalMemory.put(value, host, bytes: size) }
        if model.hasSegmentLimits {
            let linear = try checkedLinear(segment, offset, size, .write)
            let isTold = core.pointee.isWatching && isWatched(linear, size, isWrite: true)
            let old = isTold ? peekLinear(linear, size) : 0
            if core.pointee.isJournaling { journal.isQuick = isInWindow(segment, offset, size, .write) }
            defer { journal.isQuick = true }
            try storeLinear(linear, size, value, ring3: core.pointee.isRing3)
            if isTold { noteAccess(linear, size, isWrite: true, old) }
        } else {
            try storeWrapping(segment, offset, size, value)
        }
        if core.pointee.isAttentionRequested { try endAccess() }
    }

    /// Whether the fast path makes an access, if it has the translation.
    private func isInWindow(_ segment: UInt8, _ offset: UInt32, _ size: Int, _ kind: AccessKind) -> Bool {
        let window = window(segment)
        return Int64(offset) &+ Int64(size &- 1) <= (kind == .write ? window.writeLimit : window.readLimit)
    }

    /// Reads by linear address: one page, or two that are both translated first.
    func loadLinear(
        _ linear: UInt32, _ size: Int, _ kind: AccessKind, ring3: Bool
    ) throws(Interruption) -> UInt32 {
        if core.pointee.isJournaling { return try loadJournaled(linear, size, kind, ring3: ring3) }
        return try loadUncached(linear, size, kind, ring3: ring3)
    }

    /// Reads by linear address, and caches where it leads.
    func loadUncached(
        _ linear: UInt32, _ size: Int, _ kind: AccessKind, ring3: Bool
    ) throws(Interruption) -> UInt32 {
        let inPage = 4096 - Int(linear & 4095)
        guard inPage < size else {
            let translation = try translation(linear, kind, ring3: ring3)
            if let host = fill(linear, translation, kind, ring3: ring3), !isWithinAccess {
                return PhysicalMemory.load(host, bytes: size)
            }
            return try read(PhysicalSpan(first: translation.physical, size: size))
        }
        let (first, second) = try twoPages(linear, inPage, kind, ring3: ring3)
        return try read(PhysicalSpan(first: first, size: size, second: second, inFirst: inPage))
    }

    /// Some cycles of the access at hand are over, or answered: it goes on with them, whatever the map has become.
    private var isWithinAccess: Bool { core.pointee.isJournaling && !journal.isFresh }

    /// Writes by linear address: one page, or two that are both translated first.
    func storeLinear(_ linear: UInt32, _ size: Int, _ value: UInt32, ring3: Bool) throws(Interruption) {
        if core.pointee.isJournaling { return try storeJournaled(linear, size, value, ring3: ring3) }
        try storeUncached(linear, size, value, ring3: ring3)
    }

    /// Writes by linear address, and caches where it leads.
    func storeUncached(_ linear: UInt32, _ size: Int, _ value: UInt32, ring3: Bool) throws(Interruption) {
        let inPage = 4096 - Int(linear & 4095)
        guard inPage < size else {
            let translation = try translation(linear, .write, ring3: ring3)
            fill(linear, translation, .write, ring3: ring3)
            if memory.isPlain(translation.physical), !isWithinAccess {
                memory.storePlain(translation.physical, bytes: size, value)
            } else {
                try write(PhysicalSpan(first: translation.physical, size: size), value)
            }
            return
        }
        let (first, second) = try twoPages(linear, inPage, .write, ring3: ring3)
        if core.pointee.mayAskHost, !core.pointee.isJournaling, !(isMemory(first) && isMemory(second)) {
            // Before a part of it is written that the second run would read.
            throw .journal
        }
        try write(PhysicalSpan(first: first, size: size, second: second, inFirst: inPage), value)
    }

    /// Whether nobody is asked at an address.
    private func isMemory(_ address: UInt64) -> Bool {
        switch memory.backing(ofPage: address, for: .write) {
        case .ram, .rom: true
        case .device, .open: false
        }
    }

    /// Both pages of an access that straddles them; neither is marked accessed or dirty unless both can be accessed.
    private func twoPages(
        _ linear: UInt32, _ inPage: Int, _ kind: AccessKind, ring3: Bool
    ) throws(Interruption) -> (first: UInt64, second: UInt64) {
        let next = linear &+ UInt32(inPage)
        if core.pointee.isPaging { _ = try translation(linear, kind, ring3: ring3, commits: false) }
        let second = try translation(next, kind, ring3: ring3).physical
        return (try translation(linear, kind, ring3: ring3).physical, second)
    }

    /// Checks that the pages of `size` bytes, at most 4096, can be accessed.
    func probeLinear(_ linear: UInt32, _ size: Int, _ kind: AccessKind, ring3: Bool) throws(Interruption) {
        guard core.pointee.isPaging else { return }
        _ = try journaled { () throws(Interruption) in
            _ = try translation(linear, kind, ring3: ring3, commits: false)
            if Int(linear & 4095) + size > 4096 {
                _ = try translation((linear &+ UInt32(size - 1)) & ~4095, kind, ring3: ring3, commits: false)
            }
            return 0
        }
    }

    // MARK: Implicit accesses: descriptors and task state, with the rights of ring 0 in any ring

    /// Reads a descriptor or task state.
    @inline(__always)
    func loadSystem<W: FixedWidthInteger & UnsignedInteger>(
        _ linear: UInt32, _ type: W.Type = W.self
    ) throws(Interruption) -> W {
        let (isHit, host) = core.flatEntry(core.pointee.systemReadTLB, linear, W.self)
        if isHit { return host.loadUnaligned(as: W.self) }
        return try loadSystemSlow(linear)
    }

    @inline(never)
    private func loadSystemSlow<W: FixedWidthInteger & UnsignedInteger>(_ linear: UInt32) throws(Interruption) -> W {
        let size = MemoryLayout<W>.size
        if size == 8 {
            let low = W(truncatingIfNeeded: try loadSystem(linear, UInt32.self))
            return low | W(truncatingIfNeeded: try loadSystem(linear &+ 4, UInt32.self)) << W(32)
        }
        let value = W(truncatingIfNeeded: try loadLinear(linear, size, .read, ring3: false))
        if core.pointee.isAttentionRequested { try endAccess() }
        return value
    }

    /// Writes a descriptor, task state, or (`asData`: breakpoints of the debug registers see it) an inner stack.
    func storeSystem<W: Operand>(_ linear: UInt32, _ value: W, asData: Bool = false) throws(Interruption) {
        let (isHit, host) = core.flatEntry(core.pointee.systemWriteTLB, linear, W.self)
        if isHit { return host.storeBytes(of: value, as: W.self) }
        let isTold = core.pointee.isWatching && isWatched(linear, MemoryLayout<W>.size, isWrite: true)
        let old = isTold ? peekLinear(linear, MemoryLayout<W>.size) : 0
        try storeLinear(linear, MemoryLayout<W>.size, UInt32(truncatingIfNeeded: value), ring3: false)
        if isTold {
            if asData { noteDataBreakpoints(linear, MemoryLayout<W>.size, isWrite: true) }
            if !isRepeatedAccess { tellAccess(linear, MemoryLayout<W>.size, isWrite: true, old) }
        }
        if core.pointee.isAttentionRequested { try endAccess() }
    }

    // MARK: 8086 and 80186: no limits, offsets wrap at 64 KiB

    private func loadWrapping(_ segment: UInt8, _ offset: UInt32, _ size: Int) throws(Interruption) -> UInt32 {
        let base = self.segment(segment).base
        let value: UInt32
        if offset & 0xFFFF == offset, Int(offset) + size <= 0x10000 {
            value = try loadLinear(base &+ offset, size, .read, ring3: false)
        } else {
            var bytes: UInt32 = 0
            for i in 0..<UInt32(size) {
                bytes |= try loadLinear(base &+ (offset &+ i) & 0xFFFF, 1, .read, ring3: false) << (8 * i)
            }
            value = bytes
        }
        if core.pointee.isWatching, isWatchedWrapping(segment, offset, size, isWrite: false) {
            noteWrapping(segment, offset, size, isWrite: false, value)
        }
        return value
    }

    private func storeWrapping(
        _ segment: UInt8, _ offset: UInt32, _ size: Int, _ value: UInt32
    ) throws(Interruption) {
        let base = self.segment(segment).base
        let isTold = core.pointee.isWatching && isWatchedWrapping(segment, offset, size, isWrite: true)
        let old =
            !isTold
            ? 0
            : (0..<size).reduce(0) { old, i in
                old | peekLinear(base &+ (offset &+ UInt32(i)) & 0xFFFF, 1) << UInt32(8 * i)
            }
        if offset & 0xFFFF == offset, Int(offset) + size <= 0x10000 {
            try storeLinear(base &+ offset, size, value, ring3: false)
        } else {
            for i in 0..<UInt32(size) {
                try storeLinear(base &+ (offset &+ i) & 0xFFFF, 1, value >> (8 * i), ring3: false)
            }
        }
        if isTold { noteWrapping(segment, offset, size, isWrite: true, old) }
    }

    /// Whether an access that takes the slow path is told.
    private func isWatchedWrapping(_ segment: UInt8, _ offset: UInt32, _ size: Int, isWrite: Bool) -> Bool {
        let start = offset & 0xFFFF
        return Int(start) + size > 0x10000
            || isWatched(self.segment(segment).base &+ start, size, isWrite: isWrite)
    }

    /// Tells of an access whole, or byte by byte where it wraps.
    private func noteWrapping(_ segment: UInt8, _ offset: UInt32, _ size: Int, isWrite: Bool, _ value: UInt32) {
        let base = self.segment(segment).base
        let start = offset & 0xFFFF
        if Int(start) + size <= 0x10000 { return noteAccess(base &+ start, size, isWrite: isWrite, value) }
        for i in 0..<size {
            let byte = value >> UInt32(8 * i) & 0xFF
            noteAccess(base &+ (start &+ UInt32(i)) & 0xFFFF, 1, isWrite: isWrite, byte)
        }
    }
}
