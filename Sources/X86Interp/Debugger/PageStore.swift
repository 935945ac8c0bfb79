/// RAM at all checkpoints: a page is kept again only where it differs from the checkpoint before.
struct PageStore {
    /// A page from a checkpoint on; nil is all zeros.
    private struct Version {
        var serial: Int
        var image: PageImage?
    }

    private let memory: PhysicalMemory
    /// Each page's versions, in ascending order of checkpoints; none at all is a page of zeros since ever.
    private var versions: [[Version]]
    /// The serial of the version that RAM holds now: 0 for none or nobody's zeros, -1 if it may have been written since.
    private var present: [Int]
    private var written: [Int] = []
    private(set) var imageCount = 0
    private let zeros: PageImage

    /// A store of nothing: RAM counts as written where it ever was.
    init(_ memory: PhysicalMemory) {
        self.memory = memory
        let count = memory.pageCount
        versions = Array(repeating: [], count: count)
        present = Array(repeating: 0, count: count)
        written = memory.usedPages
        for number in written { present[number] = -1 }
        zeros = PageImage(repeating: 0)
        _ = memory.takeHistoryPages()
    }

    /// Where a page is; nil if its block of RAM is gone.
    private func page(_ number: Int) -> UnsafeMutableRawPointer? { memory.host(ofPage: number) }

    private static func areEqual(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer) -> Bool {
        HostMemory.areEqual(a, b, PageImage.size)
    }

    /// Notes what was written since it was last asked.
    private mutating func drain() {
        let missing = memory.pageCount - versions.count
        if missing > 0 {
            // A block of RAM was added: zeros.
            versions.append(contentsOf: repeatElement([], count: missing))
            present.append(contentsOf: repeatElement(0, count: missing))
        }
        for number in memory.takeHistoryPages() where present[number] != -1 {
            present[number] = -1
            written.append(number)
        }
    }

    /// Keeps RAM as it is now, for a checkpoint later than all others; returns the pages that it takes.
    mutating func keep(serial: Int) -> [Int] {
        drain()
        var kept: [Int] = []
        for number in written {
            let last = versions[number].last
            let page = page(number) ?? zeros.bytes
            if Self.areEqual(page, (last?.image ?? zeros).bytes) {
                present[number] = last?.serial ?? 0
                continue
            }
            let image = PageImage.isZero(page) ? nil : memory.pageImage(number)
            if image != nil { imageCount += 1 }
            versions[number].append(Version(serial: serial, image: image))
            present[number] = serial
            kept.append(number)
        }
        written.removeAll(keepingCapacity: true)
        return kept
    }

    /// Makes RAM what it was at a checkpoint.
    mutating func restore(serial: Int) {
        drain()
        for number in versions.indices {
            let version = versions[number].last { $0.serial <= serial }
            guard present[number] != version?.serial ?? 0 else { continue }
            put(version?.image, version?.serial ?? 0, number)
        }
        written.removeAll(keepingCapacity: true)
        _ = memory.takeHistoryPages()
    }

    private mutating func put(_ image: PageImage?, _ serial: Int, _ number: Int) {
        present[number] = serial
        let image = image ?? zeros
        guard let page = page(number), !Self.areEqual(page, image.bytes) else { return }
        page.copyMemory(from: image.bytes, byteCount: PageImage.size)
        memory.noteWrite(page: number, offset: 0, count: PageImage.size)
    }

    /// Forgets the checkpoint `serial`, whose pages are `pages`: the next one takes over what it needs.
    ///
    /// Returns the pages that the next one has taken over.
    mutating func drop(serial: Int, pages: [Int], next: Int) -> [Int] {
        var moved: [Int] = []
        for number in pages {
            guard let place = versions[number].firstIndex(where: { $0.serial == serial }) else { continue }
            let isReplaced = place + 1 < versions[number].count && versions[number][place + 1].serial <= next
            if isReplaced {
                if versions[number][place].image != nil { imageCount -= 1 }
                versions[number].remove(at: place)
                if present[number] == serial {
                    present[number] = -1
                    written.append(number)
                }
            } else {
                versions[number][place].serial = next
                if present[number] == serial { present[number] = next }
                moved.append(number)
            }
        }
        return moved
    }

    /// Forgets a checkpoint later than all others, whose pages are `pages`.
    mutating func dropLast(serial: Int, pages: [Int]) {
        for number in pages where versions[number].last?.serial == serial {
            if versions[number].removeLast().image != nil { imageCount -= 1 }
            if present[number] == serial {
                present[number] = -1
                written.append(number)
            }
        }
    }

    // MARK: One moment between checkpoints

    /// RAM at any moment, as differences from checkpoints; no checkpoint may be added or dropped while it is used.
    struct Bookmark {
        fileprivate var present: [Int]
        fileprivate var images: [Int: PageImage] = [:]
    }

    mutating func bookmark() -> Bookmark {
        drain()
        var bookmark = Bookmark(present: present)
        for number in written { bookmark.images[number] = memory.pageImage(number) }
        return bookmark
    }

    mutating func restore(_ bookmark: Bookmark) {
        drain()
        written.removeAll(keepingCapacity: true)
        for number in versions.indices {
            let serial = number < bookmark.present.count ? bookmark.present[number] : 0
            if serial == -1 {
                if let image = bookmark.images[number] { put(image, -1, number) }
                written.append(number)
            } else if present[number] != serial {
                put(versions[number].first { $0.serial == serial }?.image, serial, number)
            }
        }
        _ = memory.takeHistoryPages()
    }
}
