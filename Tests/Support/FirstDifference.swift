import X86Interp

/// Where two equally long memories differ first.
///
/// An expectation that compares arrays of millions of bytes takes minutes to tell how they differ.
public func firstDifference(_ old: UnsafeRawBufferPointer, _ new: UnsafeRawBufferPointer) -> Int? {
    guard old.count == new.count else { return min(old.count, new.count) }
    guard let a = old.baseAddress, let b = new.baseAddress else { return nil }
    for page in stride(from: 0, to: old.count, by: 4096) {
        let count = min(4096, old.count - page)
        if !HostMemory.areEqual(a + page, b + page, count) {
            return (page..<page + count).first { old[$0] != new[$0] }
        }
    }
    return nil
}

/// Where bytes and a memory differ first.
public func firstDifference(_ old: [UInt8], _ new: UnsafeRawBufferPointer) -> Int? {
    old.withUnsafeBytes { firstDifference($0, new) }
}
