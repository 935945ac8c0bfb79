// Operands of more than 32 bits: checked whole before any part of them is accessed, then read or written by parts of
// at most 4 bytes, from the lowest address on, each an access of its own for devices, observers and the journal.
extension CPU {
    /// Checks that `size` bytes can be read or written, without marking a page.
    func probe(_ segment: UInt8, _ offset: UInt32, _ size: Int, _ kind: AccessKind) throws(Interruption) {
        guard model.hasSegmentLimits else { return }
        let linear = try checkedLinear(segment, offset, size, kind)
        try probeLinear(linear, size, kind, ring3: core.pointee.isRing3)
    }

    /// Reads 8 bytes.
    @inline(__always)
    func load64(_ segment: UInt8, _ offset: UInt32) throws(Interruption) -> UInt64 {
        let (isHit, host) = core.readEntry(segment, offset, UInt64.self)
        if isHit { return host.loadUnaligned(as: UInt64.self) }
        return try loadParts(segment, offset, 8).low
    }

    /// Writes 8 bytes.
    @inline(__always)
    func store64(_ segment: UInt8, _ offset: UInt32, _ value: UInt64) throws(Interruption) {
        let (isHit, host) = core.writeEntry(segment, offset, UInt64.self)
        if isHit { return host.storeBytes(of: value, as: UInt64.self) }
        try storeParts(segment, offset, 8, value, 0)
    }

    /// Reads 16 bytes, aligned or not.
    @inline(__always)
    func load128(_ segment: UInt8, _ offset: UInt32) throws(Interruption) -> SIMD2<UInt64> {
        let (isHit, host) = core.readEntry(segment, offset, SIMD2<UInt64>.self)
        if isHit { return host.loadUnaligned(as: SIMD2<UInt64>.self) }
        let (low, high) = try loadParts(segment, offset, 16)
        return SIMD2(low, high)
    }

    /// Writes 16 bytes, aligned or not.
    @inline(__always)
    func store128(_ segment: UInt8, _ offset: UInt32, _ value: SIMD2<UInt64>) throws(Interruption) {
        let (isHit, host) = core.writeEntry(segment, offset, SIMD2<UInt64>.self)
        if isHit { return host.storeBytes(of: value, as: SIMD2<UInt64>.self) }
        try storeParts(segment, offset, 16, value.x, value.y)
    }

    /// Reads a number of 10 bytes; offsets of 16 bits wrap between its significand and its exponent (measured).
    func load80(_ segment: UInt8, _ offset: UInt32, _ mask: UInt32) throws(Interruption) -> Extended {
        guard mask &- offset < 9 else {
            let (low, high) = try loadParts(segment, offset, 10)
            return Extended(signExponent: UInt16(truncatingIfNeeded: high), significand: low)
        }
        let low = try loadParts(segment, offset, 8).low
        return Extended(signExponent: try load(segment, (offset &+ 8) & mask, UInt16.self), significand: low)
    }

    /// Writes a number of 10 bytes.
    func store80(_ segment: UInt8, _ offset: UInt32, _ mask: UInt32, _ value: Extended) throws(Interruption) {
        guard mask &- offset < 9 else {
            return try storeParts(segment, offset, 10, value.significand, UInt64(value.signExponent))
        }
        try probe80(segment, offset, mask, .write)
        try storeParts(segment, offset, 8, value.significand, 0)
        try store(segment, (offset &+ 8) & mask, value.signExponent)
    }

    /// Checks a number of 10 bytes.
    func probe80(_ segment: UInt8, _ offset: UInt32, _ mask: UInt32, _ kind: AccessKind) throws(Interruption) {
        guard mask &- offset < 9 else { return try probe(segment, offset, 10, kind) }
        try probe(segment, offset, 8, kind)
        try probe(segment, (offset &+ 8) & mask, 2, kind)
    }

    /// Reads up to 16 bytes, an even number of them.
    @inline(never)
    func loadParts(
        _ segment: UInt8, _ offset: UInt32, _ size: Int
    ) throws(Interruption) -> (low: UInt64, high: UInt64) {
        try probe(segment, offset, size, .read)
        var low: UInt64 = 0
        var high: UInt64 = 0
        var done = 0
        while done < size {
            let place = offset &+ UInt32(done)
            let isWhole = size - done >= 4
            let part =
                isWhole
                ? UInt64(try load(segment, place, UInt32.self)) : UInt64(try load(segment, place, UInt16.self))
            if done < 8 { low |= part << UInt64(8 * done) } else { high |= part << UInt64(8 * (done - 8)) }
            done += isWhole ? 4 : 2
        }
        return (low, high)
    }

    /// Writes up to 16 bytes, an even number of them.
    @inline(never)
    func storeParts(
        _ segment: UInt8, _ offset: UInt32, _ size: Int, _ low: UInt64, _ high: UInt64
    ) throws(Interruption) {
        try probe(segment, offset, size, .write)
        var done = 0
        while done < size {
            let place = offset &+ UInt32(done)
            let rest = done < 8 ? low >> UInt64(8 * done) : high >> UInt64(8 * (done - 8))
            if size - done >= 4 {
                try store(segment, place, UInt32(truncatingIfNeeded: rest))
                done += 4
            } else {
                try store(segment, place, UInt16(truncatingIfNeeded: rest))
                done += 2
            }
        }
    }
}
