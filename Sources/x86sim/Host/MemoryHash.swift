/// A hash of memory: FNV-1a with 64 bits, the bytes taken eight at a time, little-endian.
enum MemoryHash {
    /// The hash of bytes.
    static func of(_ bytes: [UInt8]) -> UInt64 { bytes.withUnsafeBytes { of($0) } }

    /// The hash of bytes; a rest of less than eight counts byte by byte.
    static func of(_ buffer: UnsafeRawBufferPointer) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        let prime: UInt64 = 0x100_0000_01B3
        let whole = buffer.count & ~7
        var place = 0
        // Each load lies within the buffer.
        while place < whole {
            hash = (hash ^ buffer.loadUnaligned(fromByteOffset: place, as: UInt64.self).littleEndian) &* prime
            place += 8
        }
        for place in whole..<buffer.count { hash = (hash ^ UInt64(buffer[place])) &* prime }
        return hash
    }
}
