/// A translation of one page.
struct TLBEntry {
    /// The page's linear address, or `none`.
    var tag: UInt64
    /// Host address of the page's first byte; of anything if the entry is invalid.
    var page: UnsafeMutableRawPointer

    /// The tag of an invalid entry, beyond all addresses.
    static let none: UInt64 = 1 << 32

    var isValid: Bool { tag != Self.none }

    /// An invalid entry; `page` is any valid host address.
    static func invalid(_ page: UnsafeMutableRawPointer) -> TLBEntry { TLBEntry(tag: none, page: page) }
}

extension UnsafeMutablePointer<TLBEntry> {
    /// The host address of an access that lies in the entry's page whole; any address if it does not.
    @inline(__always)
    func host(_ linear: UInt32, size: Int) -> (isHit: Bool, host: UnsafeMutableRawPointer) {
        // One comparison tells that the page is the one, and how far the access reaches in it.
        let offset = pointee.tag ^ UInt64(linear)
        return (offset <= UInt64(4096 &- size), pointee.page + Int(truncatingIfNeeded: offset))
    }
}

/// A page that may be written and that holds code: valid if `tag` is its linear address.
struct MixedEntry {
    var tag: UInt32
    /// The page's number among those of RAM.
    var ramPage: UInt32 = 0
    var page: UnsafeMutableRawPointer
}

/// A translation for fetching: what `Core.codeTag` and `codeKey` become.
struct FetchEntry {
    var tag: UInt32
    var key: BlockKey
}

/// Cached translations of one privilege: ring 3, or the others.
///
/// An entry of the read cache may be read in that privilege, one of the write cache written (its page is dirty
/// already), so that a hit needs no further check. Nothing in here is state.
struct TranslationCache {
    let read: UnsafeMutablePointer<TLBEntry>
    let write: UnsafeMutablePointer<TLBEntry>
    let fetch: UnsafeMutablePointer<FetchEntry>
    /// Pages that may be written and that hold decoded code: who writes there looks whether it lies in the way.
    let mixed: UnsafeMutablePointer<MixedEntry>
    /// The slots of `read` and `write` that may be valid: flushing costs no more than what was used.
    private let used: UnsafeMutablePointer<UInt16>
    private let slotFlags: UnsafeMutablePointer<UInt8>
    private var usedCount = 0
    private var hasFetches = false
    private var hasMixed = false

    static let size = 4096
    static let fetchSize = 64
    static let mixedSize = 64
    private static let isUsed: UInt8 = 1
    private static let readIsGlobal: UInt8 = 2
    private static let writeIsGlobal: UInt8 = 4

    /// An empty cache; `page` is any valid host address.
    init(page: UnsafeMutableRawPointer) {
        read = .allocate(capacity: Self.size)
        write = .allocate(capacity: Self.size)
        fetch = .allocate(capacity: Self.fetchSize)
        mixed = .allocate(capacity: Self.mixedSize)
        used = .allocate(capacity: Self.size)
        slotFlags = .allocate(capacity: Self.size)
        read.initialize(repeating: .invalid(page), count: Self.size)
        write.initialize(repeating: .invalid(page), count: Self.size)
        fetch.initialize(repeating: FetchEntry(tag: 1, key: .none), count: Self.fetchSize)
        mixed.initialize(repeating: MixedEntry(tag: 1, page: page), count: Self.mixedSize)
        used.initialize(repeating: 0, count: Self.size)
        slotFlags.initialize(repeating: 0, count: Self.size)
    }

    func deallocate() {
        read.deallocate()
        write.deallocate()
        fetch.deallocate()
        mixed.deallocate()
        used.deallocate()
        slotFlags.deallocate()
    }

    @inline(__always)
    static func slot(_ linear: UInt32) -> Int { Int(linear >> 12) & (size - 1) }

    @inline(__always)
    static func mixedSlot(_ linear: UInt32) -> Int { Int(linear >> 12) & (mixedSize - 1) }

    /// Enters a page that was read or written.
    ///
    /// The other half of the slot is used too if it is free, so that streams that meet in a slot do not evict each
    /// other.
    mutating func fill(
        _ linear: UInt32, _ page: UnsafeMutableRawPointer, for kind: AccessKind, writable: Bool, global: Bool
    ) {
        let slot = Self.slot(linear)
        let tag = UInt64(linear & ~4095)
        if slotFlags[slot] & Self.isUsed == 0 {
            used[usedCount] = UInt16(slot)
            usedCount += 1
            slotFlags[slot] = Self.isUsed
        }
        if kind != .write || !read[slot].isValid || read[slot].tag == tag {
            read[slot] = TLBEntry(tag: tag, page: page)
            setFlag(slot, Self.readIsGlobal, global)
        }
        if writable, kind == .write || !write[slot].isValid || write[slot].tag == tag {
            write[slot] = TLBEntry(tag: tag, page: page)
            setFlag(slot, Self.writeIsGlobal, global)
        } else if write[slot].tag == tag {
            write[slot].tag = TLBEntry.none
        }
    }

    private func setFlag(_ slot: Int, _ flag: UInt8, _ value: Bool) {
        slotFlags[slot] = value ? slotFlags[slot] | flag : slotFlags[slot] & ~flag
    }

    mutating func fillFetch(_ linear: UInt32, key: BlockKey) {
        fetch[Int(linear >> 12) & (Self.fetchSize - 1)] = FetchEntry(tag: linear & ~4095, key: key)
        hasFetches = true
    }

    /// Enters a page that may be written and that holds code.
    mutating func fillMixed(_ linear: UInt32, _ page: RAMPage) {
        mixed[Self.mixedSlot(linear)] = MixedEntry(
            tag: linear & ~4095, ramPage: UInt32(truncatingIfNeeded: page.number), page: page.host)
        hasMixed = true
    }

    private mutating func forgetMixed() {
        guard hasMixed else { return }
        for slot in 0..<Self.mixedSize { mixed[slot].tag = 1 }
        hasMixed = false
    }

    /// Forgets all pages, or all but global ones.
    mutating func flush(keepingGlobal: Bool = false) {
        var kept = 0
        for index in 0..<usedCount {
            let slot = Int(used[index])
            let flags = keepingGlobal ? slotFlags[slot] : 0
            if flags & Self.readIsGlobal == 0 { read[slot].tag = TLBEntry.none }
            if flags & Self.writeIsGlobal == 0 { write[slot].tag = TLBEntry.none }
            if read[slot].isValid || write[slot].isValid {
                used[kept] = UInt16(slot)
                kept += 1
            } else {
                slotFlags[slot] = 0
            }
        }
        usedCount = kept
        if hasFetches {
            for slot in 0..<Self.fetchSize { fetch[slot].tag = 1 }
            hasFetches = false
        }
        forgetMixed()
    }

    /// Forgets one page.
    func forget(_ linear: UInt32) {
        let tag = linear & ~4095
        let slot = Self.slot(linear)
        if read[slot].tag == UInt64(tag) { read[slot].tag = TLBEntry.none }
        if write[slot].tag == UInt64(tag) { write[slot].tag = TLBEntry.none }
        let place = Int(linear >> 12) & (Self.fetchSize - 1)
        if fetch[place].tag == tag { fetch[place].tag = 1 }
        if mixed[Self.mixedSlot(linear)].tag == tag { mixed[Self.mixedSlot(linear)].tag = 1 }
    }

    /// Makes writes to a page of the host take the slow path.
    func protect(_ page: UnsafeMutableRawPointer) {
        for index in 0..<usedCount where write[Int(used[index])].page == page {
            write[Int(used[index])].tag = TLBEntry.none
        }
    }

    /// Makes all writes take the slow path once.
    mutating func protectAll() {
        forgetMixed()
        for index in 0..<usedCount { write[Int(used[index])].tag = TLBEntry.none }
    }
}
