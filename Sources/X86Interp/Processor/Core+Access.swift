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
            let slot = registers + Int(number)
            slot.pointee = slot.pointee & 0xFFFF_0000 | UInt32(truncatingIfNeeded: value)
        } else {
            registers[Int(number)] = UInt32(truncatingIfNeeded: value)
        }
    }

    // MARK: Memory

    @inline(__always)
    func window(_ segment: UInt8) -> SegmentWindow {
        // The number is below 6: the decoder has no other.
        UnsafeMutableRawPointer(self).advanced(by: Core.windowsOffset)
            .assumingMemoryBound(to: SegmentWindow.self)[Int(segment)]
    }

    /// The TLB entry that a fast read of `W` may use, or nil.
    ///
    /// Forced inlining keeps the optional out of memory.
    @inline(__always)
    func readEntry<W>(
        _ segment: UInt8, _ offset: UInt32, _ type: W.Type
    ) -> (isHit: Bool, host: UnsafeMutableRawPointer) {
        let window = window(segment)
        let last = UInt32(MemoryLayout<W>.size - 1)
        let linear = window.base &+ offset
        let entry = pointee.readTLB + TranslationCache.slot(linear)
        let isHit = Int64(offset) &+ Int64(last) <= window.readLimit && entry.pointee.tag == (linear &+ last) & ~4095
        return (isHit, entry.pointee.page + Int(linear & 4095))
    }

    @inline(__always)
    func writeEntry<W>(
        _ segment: UInt8, _ offset: UInt32, _ type: W.Type
    ) -> (isHit: Bool, host: UnsafeMutableRawPointer) {
        let window = window(segment)
        let last = UInt32(MemoryLayout<W>.size - 1)
        let linear = window.base &+ offset
        let entry = pointee.writeTLB + TranslationCache.slot(linear)
        let isHit = Int64(offset) &+ Int64(last) <= window.writeLimit && entry.pointee.tag == (linear &+ last) & ~4095
        return (isHit, entry.pointee.page + Int(linear & 4095))
    }
}

extension Core {
    @inline(__always)
    static var windowsOffset: Int { MemoryLayout<Core>.offset(of: \Core.windows) ?? 0 }
}
