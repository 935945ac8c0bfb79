// Registers and the fast path to memory, as bodies and handlers reach them from the core's address.
extension UnsafeMutablePointer<Core> {
    // MARK: Registers

    /// The eight registers and the zero slot by number; the registers are the first thing in the core.
    @inline(__always)
    var registers: UnsafeMutablePointer<UInt32> {
        UnsafeMutableRawPointer(self).assumingMemoryBound(to: UInt32.self)
    }

    /// A register at a width; byte registers 4 to 7 are AH to BH.
    @inline(__always)
    func register<W: Operand>(_ number: UInt8, _ type: W.Type = W.self) -> W {
        if W.bitWidth == 8 {
            return W(truncatingIfNeeded: registers[Int(number & 3)] &>> (UInt32(number & 4) << 1))
        }
        return W(truncatingIfNeeded: registers[Int(number)])
    }

    /// Writes a register at a width; narrower ones are merged into the whole, which keeps later reads fast.
    @inline(__always)
    func setRegister<W: Operand>(_ number: UInt8, _ value: W) {
        if W.bitWidth == 8 {
            let shift = UInt32(number & 4) << 1
            let slot = registers + Int(number & 3)
            slot.pointee = slot.pointee & ~(0xFF &<< shift) | UInt32(truncatingIfNeeded: value) &<< shift
        } else if W.bitWidth == 16 {
            // With the zero slot in it the mask is no constant: of one the compiler makes a store of 16 bits, and a load of
            // 32 bits waits until such a store has left the store buffer.
            let slot = registers + Int(number)
            let upper = 0xFFFF_0000 | pointee.state.gpr.zero
            slot.pointee = slot.pointee & upper | UInt32(truncatingIfNeeded: value)
        } else {
            registers[Int(number)] = UInt32(truncatingIfNeeded: value)
        }
    }

    /// Writes a register under an address mask; the rest of it is kept.
    @inline(__always)
    func setMasked(_ register: GeneralRegister, _ mask: UInt32, _ value: UInt32) {
        let slot = registers + Int(register.rawValue)
        slot.pointee = slot.pointee & ~mask | value & mask
    }

    // MARK: Segments

    /// Replaces a segment register and returns what it was; derives nothing.
    @inline(__always)
    func replace(_ register: SegmentRegister, by segment: Segment) -> Segment {
        withUnsafeMutablePointer(to: &pointee.state.segments) {
            let place = UnsafeMutableRawPointer($0).assumingMemoryBound(to: Segment.self) + Int(register.rawValue)
            defer { place.pointee = segment }
            return place.pointee
        }
    }

    /// The selector of a segment register by its number, which is below 6.
    @inline(__always)
    func selector(_ number: UInt8) -> UInt16 {
        withUnsafePointer(to: &pointee.state.segments) {
            UnsafeRawPointer($0).assumingMemoryBound(to: Segment.self)[Int(number)].selector
        }
    }

    /// Loads a segment register where that is a matter of selector and base.
    @inline(__always)
    func setSelector(_ register: SegmentRegister, _ selector: UInt16) {
        let number = Int(register.rawValue)
        let base = UInt32(selector) << 4
        withUnsafeMutablePointer(to: &pointee.state.segments) {
            let segment = UnsafeMutableRawPointer($0).assumingMemoryBound(to: Segment.self) + number
            segment.pointee.selector = selector
            segment.pointee.base = base
        }
        withUnsafeMutablePointer(to: &pointee.windows) {
            UnsafeMutableRawPointer($0).assumingMemoryBound(to: SegmentWindow.self)[number].base = base
        }
    }

    // MARK: Code

    /// Where the translation of a page of code is cached in the present privilege, if it is.
    @inline(__always)
    func fetchEntry(_ linear: UInt32) -> UnsafeMutablePointer<FetchEntry> {
        let cache = pointee.isRing3 ? pointee.ring3.fetch : pointee.system.fetch
        return cache + Int(linear >> 12) & (TranslationCache.fetchSize - 1)
    }

    /// The key of the page of code at a linear address, if its translation is cached and nobody watches who goes there;
    /// else none.
    @inline(__always)
    func codeKey(ofPage linear: UInt32) -> BlockKey {
        if linear & ~4095 == pointee.codeTag { return pointee.codeKey }
        let entry = fetchEntry(linear)
        guard entry.pointee.tag == linear & ~4095, !pointee.isJournaling, !pointee.watchesBlocks else { return .none }
        return entry.pointee.key.inMode(isCode32: pointee.isCode32, isFlat: pointee.isFlat)
    }

    // MARK: Memory

    @inline(__always)
    func window(_ segment: UInt8) -> SegmentWindow {
        // The number is below 6: the decoder has no other.
        UnsafeMutableRawPointer(self).advanced(by: Core.windowsOffset)
            .assumingMemoryBound(to: SegmentWindow.self)[Int(segment)]
    }

    /// The host address of an operand that may be read by the fast path; any address if it is no hit.
    @inline(__always)
    func readEntry<W>(
        _ segment: UInt8, _ offset: UInt32, _ type: W.Type
    ) -> (isHit: Bool, host: UnsafeMutableRawPointer) {
        let window = window(segment)
        return entry(pointee.readTLB, window.base, window.readLimit, offset, W.self)
    }

    /// The same of one that may be written.
    @inline(__always)
    func writeEntry<W>(
        _ segment: UInt8, _ offset: UInt32, _ type: W.Type
    ) -> (isHit: Bool, host: UnsafeMutableRawPointer) {
        let window = window(segment)
        return entry(pointee.writeTLB, window.base, window.writeLimit, offset, W.self)
    }

    /// The host address of an operand in a segment that restricts nothing.
    @inline(__always)
    func flatEntry<W>(
        _ cache: UnsafeMutablePointer<TLBEntry>, _ linear: UInt32, _ type: W.Type
    ) -> (isHit: Bool, host: UnsafeMutableRawPointer) {
        (cache + TranslationCache.slot(linear)).host(linear, size: MemoryLayout<W>.size)
    }

    /// Forced inlining keeps the pair out of memory.
    @inline(__always)
    private func entry<W>(
        _ cache: UnsafeMutablePointer<TLBEntry>, _ base: UInt32, _ limit: Int64, _ offset: UInt32, _ type: W.Type
    ) -> (isHit: Bool, host: UnsafeMutableRawPointer) {
        let (isHit, host) = flatEntry(cache, base &+ offset, W.self)
        return (Int64(offset) &+ Int64(MemoryLayout<W>.size - 1) <= limit && isHit, host)
    }

    // MARK: Stack

    /// The stack pointer under SS.B.
    @inline(__always)
    var stackPointer: UInt32 { registers[.esp] & pointee.stackMask }

    /// Moves the stack pointer, under SS.B.
    @inline(__always)
    func setStackPointer(_ value: UInt32) { setMasked(.esp, pointee.stackMask, value) }

    /// Where a value is pushed, as an offset in SS.
    @inline(__always)
    func top<W>(_ type: W.Type) -> UInt32 { (registers[.esp] &- UInt32(MemoryLayout<W>.size)) & pointee.stackMask }
}

extension Core {
    @inline(__always)
    static var windowsOffset: Int { MemoryLayout<Core>.offset(of: \Core.windows) ?? 0 }
}
