/// One page of RAM as it once was.
///
/// Unchecked, since nobody writes to it who does not have it alone.
final class PageImage: @unchecked Sendable {
    let bytes: UnsafeMutableRawPointer
    static let size = 4096

    /// A copy of the page at an address.
    init(copying page: UnsafeRawPointer) {
        bytes = .allocate(byteCount: Self.size, alignment: 16)
        bytes.copyMemory(from: page, byteCount: Self.size)
    }

    /// A page full of one byte.
    init(repeating byte: UInt8) {
        bytes = .allocate(byteCount: Self.size, alignment: 16)
        bytes.initializeMemory(as: UInt8.self, repeating: byte, count: Self.size)
    }

    deinit { bytes.deallocate() }

    /// Whether the page at an address is the same.
    func isEqual(to page: UnsafeRawPointer) -> Bool { HostMemory.areEqual(bytes, page, Self.size) }

    /// Whether a page at an address is all zeros.
    static func isZero(_ page: UnsafeRawPointer) -> Bool { HostMemory.isZero(page, size) }
}

/// All of RAM at one moment.
///
/// Images of one machine share the pages that were not written in between, and pages of zeros take no memory: many of
/// them cost what differs. Bytes of RAM from 0 on are numbered by their physical addresses; behind them come the blocks
/// that `PhysicalMemory.addRAM` has added, wherever they lie.
public struct RAMImage: Sendable, RandomAccessCollection, MutableCollection {
    /// The pages by number; nil is all zeros.
    var pages: [PageImage?]

    /// Zeros; `count` bytes, rounded up to whole pages of 4096, none if it is negative.
    public init(zeros count: Int) {
        let (sum, isBeyond) = Swift.max(count, 0).addingReportingOverflow(PageImage.size - 1)
        pages = Array(repeating: nil, count: (isBeyond ? .max : sum) / PageImage.size)
    }

    /// Address 0.
    public var startIndex: Int { 0 }
    /// How many bytes there are.
    public var endIndex: Int { pages.count * PageImage.size }

    /// The byte at an address below `count`.
    public subscript(address: Int) -> UInt8 {
        get {
            pages[address / PageImage.size]?.bytes.load(fromByteOffset: address % PageImage.size, as: UInt8.self) ?? 0
        }
        set {
            let number = address / PageImage.size
            if !isKnownUniquelyReferenced(&pages[number]) {
                pages[number] = pages[number].map { PageImage(copying: $0.bytes) } ?? PageImage(repeating: 0)
            }
            pages[number]?.bytes.storeBytes(of: newValue, toByteOffset: address % PageImage.size, as: UInt8.self)
        }
    }

    /// All bytes in one piece.
    public var bytes: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            buffer.initialize(repeating: 0)
            for (number, page) in pages.enumerated() {
                guard let page, let start = buffer.baseAddress else { continue }
                UnsafeMutableRawPointer(start + number * PageImage.size)
                    .copyMemory(from: page.bytes, byteCount: PageImage.size)
            }
            initialized = buffer.count
        }
    }

    /// The numbers of the pages whose bytes differ from another image's, in ascending order; pages that only one of the
    /// two has are among them.
    public func pages(differingFrom other: RAMImage) -> [Int] {
        (0..<Swift.max(pages.count, other.pages.count)).filter { number in
            guard number < pages.count, number < other.pages.count else { return true }
            return !Self.areEqual(pages[number], other.pages[number])
        }
    }

    /// How many pages of 4096 bytes some images take together, those that they share counted once.
    public static func pageCount(of images: some Sequence<RAMImage>) -> Int {
        var seen: Set<ObjectIdentifier> = []
        for image in images {
            for case let page? in image.pages { seen.insert(ObjectIdentifier(page)) }
        }
        return seen.count
    }

    fileprivate static func areEqual(_ a: PageImage?, _ b: PageImage?) -> Bool {
        if a === b { return true }
        guard let a else { return b.map { PageImage.isZero($0.bytes) } ?? true }
        return b?.isEqual(to: a.bytes) ?? PageImage.isZero(a.bytes)
    }
}

extension RAMImage: Equatable {
    /// Equal if all bytes are.
    public static func == (a: RAMImage, b: RAMImage) -> Bool {
        a.pages.count == b.pages.count && zip(a.pages, b.pages).allSatisfy { areEqual($0, $1) }
    }
}

extension PhysicalMemory {
    /// RAM as it is now; only pages that were written since the last image are copied.
    ///
    /// `isRunning` tells that whoever asks is called by a running CPU, which may be in the middle of a write: the marks
    /// stay then.
    func image(isRunning: Bool) -> RAMImage {
        var image = latestImage ?? RAMImage(zeros: pageCount * PageImage.size)
        latestImage = nil
        for number in 0..<pageCount where pageMarks[number] & PageMark.unshared != 0 {
            guard let page = host(ofPage: number) else { continue }
            if !isRunning { pageMarks[number] &= ~PageMark.unshared }
            if image.pages[number]?.isEqual(to: page) == true { continue }
            image.pages[number] = PageImage.isZero(page) ? nil : PageImage(copying: page)
        }
        latestImage = image
        if !isRunning { writesTaken?() }
        return image
    }

    /// A page as it is now: that of the last image if it has not been written since.
    func pageImage(_ number: Int) -> PageImage {
        let isShared = pageMarks[number] & PageMark.unshared == 0
        if isShared, let page = latestImage?.pages[number] { return page }
        return host(ofPage: number).map { PageImage(copying: $0) } ?? PageImage(repeating: 0)
    }

    /// Makes RAM what it was, by writing the pages that differ.
    ///
    /// - Throws: `RestoreError.ramSize` if the image has another size; nothing has changed then.
    func restore(_ image: RAMImage) throws(RestoreError) {
        let size = pageCount * PageImage.size
        guard image.count == size else { throw .ramSize(snapshot: image.count, machine: size) }
        for (number, page) in image.pages.enumerated() {
            let isShared = pageMarks[number] & PageMark.unshared == 0
            if isShared, page === latestImage?.pages[number] { continue }
            put(page, number)
            pageMarks[number] &= ~PageMark.unshared
        }
        latestImage = image
        writesTaken?()
    }

    private func put(_ image: PageImage?, _ number: Int) {
        guard let page = host(ofPage: number) else { return }
        if let image {
            guard !image.isEqual(to: page) else { return }
            page.copyMemory(from: image.bytes, byteCount: PageImage.size)
        } else {
            guard !PageImage.isZero(page) else { return }
            page.initializeMemory(as: UInt8.self, repeating: 0, count: PageImage.size)
        }
        noteWrite(page: number, offset: 0, count: PageImage.size)
    }
}
