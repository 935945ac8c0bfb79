/// Where two equally long memories differ first.
///
/// An expectation that compares arrays of millions of bytes takes minutes to tell how they differ.
public func firstDifference(_ old: UnsafeRawBufferPointer, _ new: UnsafeRawBufferPointer) -> Int? {
    guard old.count == new.count else { return min(old.count, new.count) }
    // By words of eight bytes; the last few one by one.
    let words = old.count / 8 * 8
    for place in stride(from: 0, to: words, by: 8)
    where old.loadUnaligned(fromByteOffset: place, as: UInt64.self)
        != new.loadUnaligned(fromByteOffset: place, as: UInt64.self)
    {
        return (place..<place + 8).first { old[$0] != new[$0] }
    }
    return (words..<old.count).first { old[$0] != new[$0] }
}

/// Where bytes and a memory differ first.
public func firstDifference(_ old: [UInt8], _ new: UnsafeRawBufferPointer) -> Int? {
    old.withUnsafeBytes { firstDifference($0, new) }
}
