/// The physical address space: RAM from 0 and in blocks elsewhere, ROM, device windows, aliases and shadows over it, open
/// bus (all ones) where nothing is.
public final class PhysicalMemory {
    /// Why RAM or a region was refused.
    public enum MapError: Error, Equatable, CustomStringConvertible {
        /// Start or size is no multiple of 4096, is empty, or runs past 64 GiB.
        case misaligned(name: String)
        /// The region has no width, so that no access would reach it.
        case noWidth(name: String)
        /// The region was withdrawn.
        case withdrawn
        /// RAM of no bytes, or of so many that no page of 4 GiB is left.
        case ramSize(bytes: Int)
        /// The host has no memory for it.
        case outOfMemory(bytes: Int)
        /// There is RAM already where a block of RAM was to be added.
        case ramOverlap(name: String, existing: String)
        /// A block of RAM would be more than a machine can have.
        case addedRAM(name: String)
        /// An alias would show a part of itself.
        case aliasOfItself(name: String)
        /// A shadow is of RAM from 0 on, and there is none.
        case noRAM(name: String)
        /// The region is no RAM, so that it shadows nothing.
        case noShadow(name: String)

        /// What is wrong and what helps, in one line.
        public var description: String {
            switch self {
            case .misaligned(let name):
                "'\(name)' has to start at a multiple of 4096, to have from 4096 bytes to 4 GiB, and to end at 64 GiB "
                    + "at the latest"
            case .noWidth(let name): "'\(name)' answers at no width: name at least one of byte, word and dword"
            case .withdrawn: "the region was withdrawn: claim it anew"
            case .ramSize(let bytes): "RAM of \(bytes) bytes: it has from 1 to \(largestRAM) bytes"
            case .outOfMemory(let bytes): "the host has no \(bytes) bytes of memory left: use less"
            case .ramOverlap(let name, let existing):
                "'\(name)' would lie over \(existing): put it elsewhere, or move it there when it has been added"
            case .addedRAM(let name): "'\(name)' is too much: blocks of RAM have 64 GiB together at most"
            case .aliasOfItself(let name): "'\(name)' overlaps the addresses that it is to show: move either"
            case .noRAM(let name): "'\(name)' has no RAM under it: shadows lie below the end of RAM"
            case .noShadow(let name): "'\(name)' is no RAM and shadows nothing: add RAM or a shadow there"
            }
        }
    }

    /// The most RAM: 4 GiB less the last page, where the reset vector is.
    public static let largestRAM = (1 << 32) - 4096
    /// The most RAM in blocks that are added.
    static let largestAddedRAM: UInt64 = 1 << 36

    /// Size in bytes of RAM from 0 on, a multiple of 4096.
    public let ramSize: Int
    let ram: UnsafeMutableRawPointer
    /// All RAM, by the numbers of its pages: that from 0 on comes first.
    var blocks: [RAMBlock]
    /// A page of FF: what is read where nobody answers, so that guests lost in open bus run as fast as others.
    let floating: UnsafeMutableRawPointer
    /// What is kept for each page of RAM; behind a pointer, since many accesses come here.
    let tables: UnsafeMutablePointer<PageTables>
    /// The cache of translations may have pages for writes.
    var hasWriteCached = false
    /// What lies over RAM and beside it.
    let map = MemoryMap()
    /// Stands for what the ROMs hold: another number with each change by the host.
    private(set) var romChange = 0
    private var lastROMChange = 0
    /// The processor is in a run: what is withdrawn meanwhile may be in use.
    var isEntered = false
    /// Memory that was withdrawn and may be in use.
    var retired: [MappedRegion] = [] {
        didSet { hasRetired = !retired.isEmpty }
    }
    /// Asked between instructions, where a look at the list would be checked for exclusive access.
    private(set) var hasRetired = false
    /// Called with a page's number and a chunk mask when decoded code is overwritten.
    var codeChanged: ((_ page: Int, _ chunks: UInt64) -> Void)?
    /// Called when there may be more pages of RAM than before, with how many.
    var pagesAdded: ((_ count: Int) -> Void)?
    /// Called when the map of regions changes: cached translations are stale.
    var mapChanged: (() -> Void)?
    /// RAM as it was when it was last looked at as a whole: what has not been written since is shared with the next one.
    var latestImage: RAMImage?
    /// Called when regions change their tier.
    var tiersChanged: (() -> Void)?
    /// Called when written pages are taken: cached write translations must be made again, which marks them anew.
    var writesTaken: (() -> Void)?

    /// Bits of `pageMarks`.
    enum PageMark {
        /// A region lies over the page.
        static let covered: UInt8 = 1
        /// The page may have been written since `takeWrittenPages`.
        static let written: UInt8 = 2
        /// The page may have been written since RAM was made; else it is zeros that the host may not even have yet.
        static let used: UInt8 = 4
        /// The page may have been written since `takeHistoryPages`.
        static let unkept: UInt8 = 8
        /// The page may have been written since the last image was made or put back.
        static let unshared: UInt8 = 16
        /// The processor's cache of translations may have the page for writes.
        static let writeCached: UInt8 = 32
    }

    /// Zeroed RAM of `ramSize` bytes, rounded up to whole pages.
    ///
    /// - Throws: `MapError.ramSize` for 0, negative sizes and more than `largestRAM`; `MapError.outOfMemory` if the
    ///   host lacks the memory.
    public init(ramSize: Int) throws(MapError) {
        guard 1...Self.largestRAM ~= ramSize else { throw .ramSize(bytes: ramSize) }
        let size = (ramSize + 4095) & ~4095
        guard let base = RAMBlock(name: "ram", size: size, firstPage: 0), let tables = PageTables(pages: size / 4096)
        else { throw .outOfMemory(bytes: ramSize) }
        guard let floating = HostMemory.zeroed(4096) else {
            tables.free()
            throw .outOfMemory(bytes: 4096)
        }
        floating.initializeMemory(as: UInt8.self, repeating: 0xFF, count: 4096)
        self.floating = floating
        self.ramSize = size
        ram = base.host
        blocks = [base]
        self.tables = .allocate(capacity: 1)
        self.tables.initialize(to: tables)
    }

    deinit {
        HostMemory.free(floating, 4096)
        tables.pointee.free()
        tables.deallocate()
    }

    /// A bit per 64-byte chunk of each page of RAM that holds decoded code; writes there must be reported.
    @inline(__always)
    var codeMap: UnsafeMutablePointer<UInt64> { tables.pointee.codeMap }

    /// A byte for each page of RAM: see `PageMark`.
    @inline(__always)
    var pageMarks: UnsafeMutablePointer<UInt8> { tables.pointee.marks }

    // MARK: Map

    /// What an access to one physical page finds; addresses are those of first bytes.
    enum Backing {
        case ram(RAMPage)
        /// Memory to which writes are ignored.
        case rom(UnsafeMutableRawPointer)
        /// A device, its region, and the page's address behind all aliases.
        case device(any MemoryDevice, MappedRegion, page: UInt64)
        case open
    }

    /// How many aliases may lead to one another.
    private static let mostAliases = 8

    /// What an access to the page of a physical address finds.
    func backing(ofPage address: UInt64, for kind: AccessKind = .read) -> Backing {
        var page = address & ~4095
        for _ in 0...Self.mostAliases {
            if isPlain(page) { return .ram(RAMPage(host: ram + Int(page), number: Int(page >> 12))) }
            guard let region = map.region(at: page, for: kind) else {
                return page < UInt64(ramSize) ? .ram(RAMPage(host: ram + Int(page), number: Int(page >> 12))) : .open
            }
            let isAllowed = region.rights.contains(.needed(for: kind))
            if !isAllowed, kind != .write { return .open }
            switch region.contents {
            case .rom(let bytes): return .rom(bytes + Int(page - region.first))
            case .ram(let block, let offset):
                let found = block.page(at: offset + (page - region.first))
                return isAllowed ? .ram(found) : .rom(found.host)
            case .device(let device): return isAllowed ? .device(device, region, page: page) : .rom(floating)
            case .alias(let source):
                if !isAllowed { return .rom(floating) }
                page = source + (page - region.first)
            }
        }
        return .open
    }

    /// Whether an address is in RAM from 0 on with nothing over it.
    @inline(__always)
    func isPlain(_ address: UInt64) -> Bool {
        address < UInt64(ramSize) && pageMarks[Int(address >> 12)] & PageMark.covered == 0
    }

    // MARK: Access by physical address

    /// The bytes at a place of the host's memory, 1 to 4, as a number.
    @inline(__always)
    static func load(_ place: UnsafeMutableRawPointer, bytes: Int) -> UInt32 {
        switch bytes {
        case 4: UInt32(littleEndian: place.loadUnaligned(as: UInt32.self))
        case 2: UInt32(UInt16(littleEndian: place.loadUnaligned(as: UInt16.self)))
        case 1: UInt32(place.load(as: UInt8.self))
        default:
            (0..<bytes).reduce(0) { value, offset in
                value | UInt32(place.load(fromByteOffset: offset, as: UInt8.self)) << UInt32(8 * offset)
            }
        }
    }

    /// Puts the lowest bytes of a value, 1 to 4, to a place of the host's memory.
    @inline(__always)
    static func put(_ value: UInt32, _ place: UnsafeMutableRawPointer, bytes: Int) {
        switch bytes {
        case 4: place.storeBytes(of: value.littleEndian, as: UInt32.self)
        case 2: place.storeBytes(of: UInt16(truncatingIfNeeded: value).littleEndian, as: UInt16.self)
        case 1: place.storeBytes(of: UInt8(truncatingIfNeeded: value), as: UInt8.self)
        default:
            for offset in 0..<bytes {
                let byte = UInt8(truncatingIfNeeded: value >> UInt32(8 * offset))
                place.storeBytes(of: byte, toByteOffset: offset, as: UInt8.self)
            }
        }
    }

    /// Writes the lowest bytes of a value within one page of RAM from 0 on, and drops decoded code.
    func storePlain(_ address: UInt64, bytes: Int, _ value: UInt32) {
        Self.put(value, ram + Int(address), bytes: bytes)
        noteWrite(page: Int(address >> 12), offset: Int(address & 4095), count: bytes)
    }

    /// Writes the lowest bytes of a value within any page of RAM, and drops decoded code.
    func store(_ value: UInt32, _ page: RAMPage, offset: Int, bytes: Int) {
        Self.put(value, page.host + offset, bytes: bytes)
        noteWrite(page: page.number, offset: offset, count: bytes)
    }

    /// Drops decoded code that a write of `count` bytes within one page of RAM overlaps, however it was reached.
    @inline(__always)
    func noteWrite(page: Int, offset: Int, count: Int) {
        markWritten(page: page)
        let map = codeMap[page]
        guard map != 0 else { return }
        let first = UInt64(offset >> 6)
        let last = UInt64((offset + count - 1) >> 6)
        let chunks = (~UInt64(0) << first) & (~UInt64(0) >> (63 - last))
        if map & chunks != 0 { codeChanged?(page, chunks) }
    }

    // MARK: ROM

    /// A ROM holds something else from now on: code decoded from it is stale.
    func noteROMChange() {
        countROMChange()
        mapChanged?()
    }

    func countROMChange() {
        lastROMChange += 1
        romChange = lastROMChange
    }

    /// What all ROMs hold, in the order in which they were mapped.
    var romBytes: [[UInt8]] {
        map.regions.compactMap { region in
            region.rom.map { [UInt8](UnsafeRawBufferPointer(start: $0, count: Int(region.size))) }
        }
    }

    /// Puts back what `romBytes` was while `romChange` was `change`; ROMs that were mapped since stay.
    func restoreROM(_ bytes: [[UInt8]], change: Int) {
        for (region, old) in zip(map.regions.filter { $0.rom != nil }, bytes) where old.count == Int(region.size) {
            old.withUnsafeBytes { source in
                source.baseAddress.map { region.rom?.copyMemory(from: $0, byteCount: source.count) }
            }
        }
        romChange = change
        mapChanged?()
    }
}
