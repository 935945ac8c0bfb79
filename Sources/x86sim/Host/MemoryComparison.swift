#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Compares large memories as fast as the C library can.
enum MemoryComparison {
    /// The first offset at which two buffers differ, a page at a time; nil if they are equal as far as both reach.
    static func firstDifference(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Int? {
        guard let baseA = a.baseAddress, let baseB = b.baseAddress else { return nil }
        let count = min(a.count, b.count)
        for start in stride(from: 0, to: count, by: 65536) {
            let end = min(start + 65536, count)
            // Both buffers reach to `count`, and `end` is no further.
            if memcmp(baseA + start, baseB + start, end - start) == 0 { continue }
            return (start..<end).first { a[$0] != b[$0] }
        }
        return nil
    }
}
