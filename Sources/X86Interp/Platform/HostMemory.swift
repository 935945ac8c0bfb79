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
    /// From so many bytes on memory is the kernel's own pages.
    ///
    /// An allocator that has had such memory back gives it again and makes all of it zeros at once, which took the second
    /// machine of a process milliseconds.
    private static let leastPages = 1 << 16

    /// Memory of `count` zero bytes, or nil when the host has none; `free` gives it back.
    static func zeroed(_ count: Int) -> UnsafeMutableRawPointer? {
        guard count >= leastPages else { return calloc(max(count, 1), 1) }
        let pages = mmap(nil, count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0)
        return pages == UnsafeMutableRawPointer(bitPattern: -1) ? nil : pages
    }

    /// Frees what `zeroed` returned for so many bytes.
    static func free(_ pointer: UnsafeMutableRawPointer, _ count: Int) {
        guard count < leastPages else {
            munmap(pointer, count)
            return
        }
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
