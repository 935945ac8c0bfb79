/// Why memory is accessed.
enum AccessKind {
    case read, write, execute
}

extension CPU {
    @inline(__always)
    func window(_ segment: UInt8) -> SegmentWindow {
        // The number is below 6: the decoder has no other.
        UnsafeMutableRawPointer(core).advanced(by: CPU.windowsOffset)
            .assumingMemoryBound(to: SegmentWindow.self)[Int(segment)]
    }

    @inline(__always)
    static var windowsOffset: Int { MemoryLayout<Core>.offset(of: \Core.windows) ?? 0 }

    /// The TLB entry that a fast read of `W` may use, or nil.
    ///
    /// Forced inlining keeps the optional out of memory.
    @inline(__always)
    private func readEntry<W: Operand>(
        _ segment: UInt8, _ offset: UInt32, _ type: W.Type
    ) -> (isHit: Bool, host: UnsafeMutableRawPointer) {
        let window = window(segment)
        let last = UInt32(MemoryLayout<W>.size - 1)
        let linear = window.base &+ offset
        let entry = core.pointee.readTLB + Int(linear >> 12) & (Core.tlbSize - 1)
        let isHit = Int64(offset) &+ Int64(last) <= window.readLimit && entry.pointee.tag == (linear &+ last) & ~4095
        return (isHit, entry.pointee.page + Int(linear & 4095))
    }

    @inline(__always)
    private func writeEntry<W: Operand>(
        _ segment: UInt8, _ offset: UInt32, _ type: W.Type
    ) -> (isHit: Bool, host: UnsafeMutableRawPointer) {
        let window = window(segment)
        let last = UInt32(MemoryLayout<W>.size - 1)
        let linear = window.base &+ offset
        let entry = core.pointee.writeTLB + Int(linear >> 12) & (Core.tlbSize - 1)
        let isHit = Int64(offset) &+ Int64(last) <= window.writeLimit && entry.pointee.tag == (linear &+ last) & ~4095
        return (isHit, entry.pointee.page + Int(linear & 4095))
    }

    /// Host address of a byte at a segment offset if the fast path may read it.
    func fastRead(_ segment: UInt8, _ offset: UInt32) -> UnsafeMutableRawPointer? {
        let (isHit, host) = readEntry(segment, offset, UInt8.self)
        return isHit ? host : nil
    }

    /// Host address of a byte at a segment offset if the fast path may write it.
    func fastWrite(_ segment: UInt8, _ offset: UInt32) -> UnsafeMutableRawPointer? {
        let (isHit, host) = writeEntry(segment, offset, UInt8.self)
        return isHit ? host : nil
    }

    /// Reads memory, with all checks.
    @inline(__always)
    func load<W: Operand>(
        _ segment: UInt8, _ offset: UInt32, _ type: W.Type = W.self
    ) throws(Interruption) -> W {
        let (isHit, host) = readEntry(segment, offset, W.self)
        if isHit { return host.loadUnaligned(as: W.self) }
        return W(truncatingIfNeeded: try loadSlow(segment, offset, MemoryLayout<W>.size, .read))
    }

    /// Writes memory, with all checks.
    @inline(__always)
    func store<W: Operand>(_ segment: UInt8, _ offset: UInt32, _ value: W) throws(Interruption) {
        let (isHit, host) = writeEntry(segment, offset, W.self)
        if isHit { return host.storeBytes(of: value, as: W.self) }
        try storeSlow(segment, offset, MemoryLayout<W>.size, UInt32(truncatingIfNeeded: value))
    }

    /// Reads, computes and writes back one operand; faults as a write would, before anything is read.
    @inline(__always)
    func modify<W: Operand>(
        _ segment: UInt8, _ offset: UInt32, _ type: W.Type, _ body: (W) -> W
    ) throws(Interruption) {
        let (isHit, host) = writeEntry(segment, offset, W.self)
        if isHit { return host.storeBytes(of: body(host.loadUnaligned(as: W.self)), as: W.self) }
        let old = W(truncatingIfNeeded: try loadSlow(segment, offset, MemoryLayout<W>.size, .write))
        try storeSlow(segment, offset, MemoryLayout<W>.size, UInt32(truncatingIfNeeded: body(old)))
    }

    // MARK: Slow path

    /// The exception of a segment violation: #SS for the stack segment from the 386 on, else #GP.
    @inline(never)
    func segmentFault(_ segment: UInt8, errorCode: UInt16 = 0) -> Interruption {
        let isStack = segment == SegmentRegister.ss.rawValue
        let vector: ExceptionVector =
            isStack && (model.is32Bit || core.pointee.isProtected) ? .stackFault : .generalProtection
        return .fault(Fault(vector, errorCode: errorCode))
    }

    /// Type and limit checks of an access to `size` bytes; returns the linear address.
    func checkedLinear(
        _ number: UInt8, _ offset: UInt32, _ size: Int, _ kind: AccessKind
    ) throws(Interruption) -> UInt32 {
        let segment = segment(number)
        let access = segment.access
        if core.pointee.isProtected {
            guard access.contains(.present) else { throw segmentFault(number) }
            let isCode = access.contains(.code)
            let flag = access.contains(.writableOrReadable)
            if kind == .write ? isCode || !flag : isCode && !flag { throw segmentFault(number) }
        }
        let last = UInt64(offset) + UInt64(size) - 1
        let allowed: Bool
        if access.isExpandDown && access.contains(.codeOrData) {
            allowed = offset > segment.limit && last <= (access.contains(.big) ? 0xFFFF_FFFF : 0xFFFF)
        } else {
            allowed = last <= UInt64(segment.limit)
        }
        guard allowed else { throw segmentFault(number) }
        return segment.base &+ offset
    }

    /// The one translation path: linear to physical.
    ///
    /// Paging will come here.
    func translate(_ linear: UInt32, _ kind: AccessKind) throws(Interruption) -> UInt32 {
        linear & core.pointee.physicalMask
    }

    @inline(never)
    func loadSlow(
        _ segment: UInt8, _ offset: UInt32, _ size: Int, _ kind: AccessKind
    ) throws(Interruption) -> UInt32 {
        guard model.hasSegmentLimits else { return loadWrapping(segment, offset, size) }
        return try loadLinear(try checkedLinear(segment, offset, size, kind), size, kind)
    }

    @inline(never)
    func storeSlow(
        _ segment: UInt8, _ offset: UInt32, _ size: Int, _ value: UInt32
    ) throws(Interruption) {
        guard model.hasSegmentLimits else { return storeWrapping(segment, offset, size, value) }
        try storeLinear(try checkedLinear(segment, offset, size, .write), size, value)
    }

    /// Reads by linear address: one page, or two that are both translated first.
    func loadLinear(
        _ linear: UInt32, _ size: Int, _ kind: AccessKind = .read
    ) throws(Interruption) -> UInt32 {
        let entry = core.pointee.readTLB[Int(linear >> 12) & (Core.tlbSize - 1)]
        if size == 4, kind == .read, entry.tag == (linear &+ 3) & ~4095 {
            return (entry.page + Int(linear & 4095)).loadUnaligned(as: UInt32.self)
        }
        let physical = try translate(linear, kind)
        let inPage = 4096 - Int(linear & 4095)
        guard inPage < size else {
            let width = Width(rawValue: UInt8(size)) ?? .dword
            fill(linear, physical)
            return deviceSettled(memory.read(physical, width))
        }
        let second = try translate(linear &+ UInt32(inPage), kind)
        var value: UInt32 = 0
        for i in 0..<size {
            let address = i < inPage ? physical &+ UInt32(i) : second &+ UInt32(i - inPage)
            value |= memory.read(address, .byte) << UInt32(8 * i)
        }
        return deviceSettled(value)
    }

    /// Writes by linear address: one page, or two that are both translated first.
    func storeLinear(_ linear: UInt32, _ size: Int, _ value: UInt32) throws(Interruption) {
        let physical = try translate(linear, .write)
        let inPage = 4096 - Int(linear & 4095)
        if inPage >= size {
            fill(linear, physical)
            memory.write(physical, Width(rawValue: UInt8(size)) ?? .dword, value)
        } else {
            let second = try translate(linear &+ UInt32(inPage), .write)
            for i in 0..<size {
                let address = i < inPage ? physical &+ UInt32(i) : second &+ UInt32(i - inPage)
                memory.write(address, .byte, value >> UInt32(8 * i))
            }
        }
        _ = deviceSettled(0)
    }

    /// A device window may have raised a line: then the block ends behind this instruction.
    @inline(__always)
    private func deviceSettled(_ value: UInt32) -> UInt32 {
        if core.pointee.deadline == 0 { core.pointee.end = core.pointee.current + 1 }
        return value
    }

    /// Checks that `size` bytes can be written, without writing them.
    func probeWrite(_ segment: UInt8, _ offset: UInt32, _ size: Int) throws(Interruption) {
        guard model.hasSegmentLimits else { return }
        let linear = try checkedLinear(segment, offset, size, .write)
        _ = try translate(linear, .write)
        if Int(linear & 4095) + size > 4096 { _ = try translate(linear &+ UInt32(size - 1), .write) }
    }

    /// Caches the translation of a page that is plain memory.
    private func fill(_ linear: UInt32, _ physical: UInt32) {
        let slot = Int(linear >> 12) & (Core.tlbSize - 1)
        let tag = linear & ~4095
        switch memory.backing(ofPage: physical) {
        case .ram(let page):
            core.pointee.readTLB[slot] = TLBEntry(tag: tag, page: page)
            let number = Int(physical >> 12)
            if memory.codeMap[number] == 0 {
                core.pointee.writeTLB[slot] = TLBEntry(tag: tag, page: page)
                writeCached[number] = true
            }
        case .rom(let page): core.pointee.readTLB[slot] = TLBEntry(tag: tag, page: page)
        case .open: core.pointee.readTLB[slot] = TLBEntry(tag: tag, page: memory.floating)
        case .device: break
        }
    }

    // MARK: 8086 and 80186: no limits, offsets wrap at 64 KiB

    private func loadWrapping(_ segment: UInt8, _ offset: UInt32, _ size: Int) -> UInt32 {
        let base = self.segment(segment).base
        if offset & 0xFFFF == offset, Int(offset) + size <= 0x10000, let value = try? loadLinear(base &+ offset, size) {
            return value
        }
        return (0..<size).reduce(0) { value, i in
            let linear = base &+ (offset &+ UInt32(i)) & 0xFFFF
            return value | memory.read(linear & core.pointee.physicalMask, .byte) << UInt32(8 * i)
        }
    }

    private func storeWrapping(_ segment: UInt8, _ offset: UInt32, _ size: Int, _ value: UInt32) {
        let base = self.segment(segment).base
        if offset & 0xFFFF == offset, Int(offset) + size <= 0x10000,
            (try? storeLinear(base &+ offset, size, value)) != nil
        {
            return
        }
        for i in 0..<size {
            let linear = base &+ (offset &+ UInt32(i)) & 0xFFFF
            memory.write(linear & core.pointee.physicalMask, .byte, value >> UInt32(8 * i))
        }
    }
}
