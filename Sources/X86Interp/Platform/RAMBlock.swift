/// What the processor may do in a range of memory.
public struct MemoryRights: OptionSet, Sendable, Codable, Hashable {
    /// A bit for each right.
    public let rawValue: UInt8

    /// Wraps a set of bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Data can be read; without it reads find nothing there.
    public static let read = MemoryRights(rawValue: 1)
    /// Data can be written; without it writes are ignored, as those to ROM are.
    public static let write = MemoryRights(rawValue: 2)
    /// Code can be fetched; without it fetches find nothing there.
    public static let fetch = MemoryRights(rawValue: 4)
    /// Reads, writes and fetches.
    public static let all: MemoryRights = [.read, .write, .fetch]
    /// Reads and fetches: what ROM grants.
    public static let readOnly: MemoryRights = [.read, .fetch]

    /// The right that an access needs.
    static func needed(for kind: AccessKind) -> MemoryRights {
        switch kind {
        case .read: .read
        case .write: .write
        case .execute: .fetch
        }
    }
}

/// How RAM lies over what is under it, such as ROM: the four settings that chip sets have for a range.
public enum ShadowMode: String, Sendable, Codable, CaseIterable {
    /// Reads and writes find what is under it.
    case off
    /// Reads find what is under it, writes go to RAM: how ROM is copied to its own address.
    case writeOnly
    /// Reads find RAM, writes are ignored.
    case readOnly
    /// Reads and writes find RAM.
    case readWrite
}

/// Host memory that is RAM of the guest: that from 0 on, or a block that was added.
final class RAMBlock {
    /// What messages call it.
    let name: String
    let host: UnsafeMutableRawPointer
    let size: Int
    /// All pages of RAM are numbered, wherever they show: those from address 0 on by their address.
    let pages: Range<Int>

    /// A block of zeros; nil if the host has no memory for it.
    init?(name: String, size: Int, firstPage: Int) {
        guard let host = HostMemory.zeroed(size) else { return nil }
        self.name = name
        self.host = host
        self.size = size
        pages = firstPage..<firstPage + size / 4096
    }

    deinit { HostMemory.free(host, size) }

    /// The page at an offset within the block.
    func page(at offset: UInt64) -> RAMPage {
        RAMPage(host: host + Int(offset & ~4095), number: pages.lowerBound + Int(offset >> 12))
    }

    /// What snapshots compare of it.
    var kind: RAMBlockKind { RAMBlockKind(name: name, firstPage: pages.lowerBound, pages: pages.count) }
}

/// A page of RAM, wherever it shows.
struct RAMPage {
    /// Where the host has its first byte.
    let host: UnsafeMutableRawPointer
    /// Its number among all pages of RAM.
    let number: Int
}

/// Which block of RAM a machine has besides that from 0 on.
struct RAMBlockKind: Codable, Equatable, Sendable {
    var name: String
    var firstPage: Int
    var pages: Int
}

// RAM as one row of pages, wherever they show: decoded code, marks and images go by their numbers.
extension PhysicalMemory {
    /// What is kept for each page of RAM.
    struct PageTables {
        /// A bit per 64-byte chunk of each page that holds decoded code; writes there must be reported.
        var codeMap: UnsafeMutablePointer<UInt64>
        /// A byte for each page: see `PageMark`.
        var marks: UnsafeMutablePointer<UInt8>
        var count: Int

        /// Tables for pages without code and marks; nil if the host has no memory for them.
        init?(pages: Int) {
            guard let map = HostMemory.zeroed(pages * 8) else { return nil }
            guard let marks = HostMemory.zeroed(pages) else {
                HostMemory.free(map, pages * 8)
                return nil
            }
            codeMap = map.bindMemory(to: UInt64.self, capacity: pages)
            self.marks = marks.bindMemory(to: UInt8.self, capacity: pages)
            count = pages
        }

        func free() {
            HostMemory.free(codeMap, count * 8)
            HostMemory.free(marks, count)
        }
    }

    /// How many numbers of pages there are.
    var pageCount: Int { blocks.last?.pages.upperBound ?? 0 }

    /// Where the host has a page of RAM; nil for a number that no block has now.
    func host(ofPage number: Int) -> UnsafeMutableRawPointer? {
        if number < ramSize / 4096 { return ram + number * 4096 }
        guard let block = blocks.last(where: { $0.pages.lowerBound <= number }), block.pages.contains(number) else {
            return nil
        }
        return block.host + (number - block.pages.lowerBound) * 4096
    }

    /// The blocks besides that from 0 on, by the numbers of their pages.
    var addedBlocks: [RAMBlockKind] { blocks.dropFirst().map(\.kind) }

    /// The first number from which on so many pages have none.
    func freePages(_ count: Int) -> Int {
        for (block, next) in zip(blocks, blocks.dropFirst())
        where next.pages.lowerBound - block.pages.upperBound >= count {
            return block.pages.upperBound
        }
        return pageCount
    }

    /// Adds a block of zeros; nil if the host has no memory for it.
    func makeBlock(_ name: String, size: Int) -> RAMBlock? {
        let first = freePages(size / 4096)
        guard makeTables(pages: first + size / 4096),
            let block = RAMBlock(name: name, size: size, firstPage: first)
        else { return nil }
        let place = blocks.firstIndex { $0.pages.lowerBound > first } ?? blocks.count
        blocks.insert(block, at: place)
        // Whatever the last image has there is of another block.
        (pageMarks + first).update(repeating: PageMark.unshared, count: block.pages.count)
        layoutChanged(block.pages)
        return block
    }

    /// Gives a block's numbers back; its memory goes when nobody holds it any more.
    func drop(_ block: RAMBlock) {
        blocks.removeAll { $0 === block }
        (pageMarks + block.pages.lowerBound).update(repeating: 0, count: block.pages.count)
        layoutChanged(block.pages)
    }

    /// Makes the last image fit the blocks that there are now.
    private func layoutChanged(_ changed: Range<Int>) {
        guard var image = latestImage else { return }
        latestImage = nil
        for number in changed where number < image.pages.count { image.pages[number] = nil }
        let missing = pageCount - image.pages.count
        if missing < 0 { image.pages.removeLast(-missing) }
        if missing > 0 { image.pages.append(contentsOf: repeatElement(nil, count: missing)) }
        latestImage = image
    }

    /// Makes the tables large enough; false if the host has no memory for that.
    private func makeTables(pages: Int) -> Bool {
        let old = tables.pointee
        guard pages > old.count else { return true }
        // Doubled at least: blocks that come one by one copy each entry a few times at most.
        guard let larger = PageTables(pages: max(pages, 2 * old.count)) ?? PageTables(pages: pages) else {
            return false
        }
        larger.codeMap.update(from: old.codeMap, count: old.count)
        larger.marks.update(from: old.marks, count: old.count)
        tables.pointee = larger
        old.free()
        pagesAdded?(larger.count)
        return true
    }

    // MARK: Written pages

    /// The pages that hold RAM and that may have been written since the last call, by physical page number in ascending
    /// order: RAM from 0 on by its own addresses, a block that was added by those where it lies now.
    ///
    /// Costs the guest nothing until it is called: then each page's next write takes the slow path once.
    public func takeWrittenPages() -> [UInt32] {
        let places = map.regions.compactMap { region -> (pages: Range<Int>, first: UInt64)? in
            guard case .ram(let block, _) = region.contents, block !== blocks.first else { return nil }
            return (block.pages, region.first)
        }
        return takePages(PageMark.written).compactMap { number in
            if number < ramSize / 4096 { return UInt32(number) }
            return places.first { $0.pages.contains(number) }.map { place in
                UInt32(truncatingIfNeeded: place.first >> 12) &+ UInt32(number - place.pages.lowerBound)
            }
        }.sorted()
    }

    /// The same for a debugger's history, by the numbers of all pages of RAM; it must miss none that somebody else has
    /// taken.
    func takeHistoryPages() -> [Int] { takePages(PageMark.unkept) }

    private func takePages(_ mark: UInt8) -> [Int] {
        var pages: [Int] = []
        for page in 0..<pageCount where pageMarks[page] & mark != 0 {
            pageMarks[page] &= ~mark
            pages.append(page)
        }
        writesTaken?()
        return pages
    }

    /// Notes that a page of RAM is, or may from now on be, written.
    @inline(__always)
    func markWritten(page: Int) {
        pageMarks[page] |= PageMark.written | PageMark.used | PageMark.unkept | PageMark.unshared
    }

    /// The pages of RAM that may ever have been written, by number in ascending order: all others are zeros.
    var usedPages: [Int] { (0..<pageCount).filter { pageMarks[$0] & PageMark.used != 0 } }

    /// Notes that the processor's cache of translations has a page for writes, or has none any more.
    func setWriteCached(page: Int, _ isCached: Bool) {
        if isCached {
            pageMarks[page] |= PageMark.writeCached
            hasWriteCached = true
        } else {
            pageMarks[page] &= ~PageMark.writeCached
        }
    }

    /// Notes that the processor's cache of translations is empty.
    func forgetWriteCached() {
        guard hasWriteCached else { return }
        hasWriteCached = false
        for page in 0..<pageCount { pageMarks[page] &= ~PageMark.writeCached }
    }
}
