#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Zeroed memory that costs the host nothing until it is written: a guest uses what it touches.
///
/// The only place below x86sim that calls the C library: Swift's own allocator has no lazily zeroed memory.
package enum HostMemory {
    /// Memory of `count` zero bytes, or nil when the host has none; `free` gives it back.
    static func zeroed(_ count: Int) -> UnsafeMutableRawPointer? { calloc(max(count, 1), 1) }

    /// Frees what `zeroed` returned.
    static func free(_ pointer: UnsafeMutableRawPointer) {
        #if canImport(Glibc)
            Glibc.free(pointer)
        #elseif canImport(Musl)
            Musl.free(pointer)
        #elseif canImport(Darwin)
            Darwin.free(pointer)
        #endif
    }

    /// Whether `count` bytes are the same.
    package static func areEqual(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ count: Int) -> Bool {
        memcmp(a, b, count) == 0
    }

    /// Whether `count` bytes, at least one, are all zeros: the first is, and each is like the one before it.
    package static func isZero(_ bytes: UnsafeRawPointer, _ count: Int) -> Bool {
        bytes.load(as: UInt8.self) == 0 && areEqual(bytes, bytes + 1, count - 1)
    }
}
