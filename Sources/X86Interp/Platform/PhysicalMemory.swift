/// The physical address space: RAM from 0, ROM and device windows over it, open bus (all ones) elsewhere.
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
            }
        }
    }

    /// The most RAM: 4 GiB less the last page, where the reset vector is.
    public static let largestRAM = (1 << 32) - 4096

    /// RAM size in bytes, a multiple of 4096.
    public let ramSize: Int
    let ram: UnsafeMutableRawPointer
    /// A page of FF: what is read where nobody answers, so that guests lost in open bus run as fast as others.
    let floating: UnsafeMutableRawPointer
    /// A bit per 64-byte chunk of each RAM page that holds decoded code; writes there must be reported.
    let codeMap: UnsafeMutablePointer<UInt64>
    /// A byte for each RAM page: see `PageMark`.
    let pageMarks: UnsafeMutablePointer<UInt8>
    /// What lies over RAM and beside it.
    let map = MemoryMap()
    /// Stands for what the ROMs hold: another number with each change by the host.
    private(set) var romChange = 0
    private var lastROMChange = 0
    /// Called with page number and chunk mask when decoded code is overwritten, and with nil when the map changes.
    var codeChanged: ((_ page: UInt32, _ chunks: UInt64) -> Void)?
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
    }

    /// Zeroed RAM of `ramSize` bytes, rounded up to whole pages.
    ///
    /// - Throws: `MapError.ramSize` for 0, negative sizes and more than `largestRAM`; `MapError.outOfMemory` if the
    ///   host lacks the memory.
    public init(ramSize: Int) throws(MapError) {
        guard 1...Self.largestRAM ~= ramSize else { throw .ramSize(bytes: ramSize) }
        let size = (ramSize + 4095) & ~4095
        guard let ram = HostMemory.zeroed(size), let map = HostMemory.zeroed(size / 4096 * 8),
            let marks = HostMemory.zeroed(size / 4096)
        else { throw .outOfMemory(bytes: ramSize) }
        guard let floating = HostMemory.zeroed(4096) else { throw .outOfMemory(bytes: 4096) }
        floating.initializeMemory(as: UInt8.self, repeating: 0xFF, count: 4096)
        self.floating = floating
        self.ramSize = size
        self.ram = ram
        self.codeMap = map.bindMemory(to: UInt64.self, capacity: size / 4096)
        pageMarks = marks.bindMemory(to: UInt8.self, capacity: size / 4096)
    }

    deinit {
        HostMemory.free(floating)
        HostMemory.free(ram)
        HostMemory.free(codeMap)
        HostMemory.free(pageMarks)
    }

    // MARK: Map

    /// Maps read-only memory; `start` is page-aligned, the contents are padded with FF to whole pages.
    @discardableResult
    public func mapROM(_ bytes: [UInt8], at start: UInt32, name: String) throws(MapError) -> RegionID {
        let size = (bytes.count + 4095) & ~4095
        guard UInt64(start) + UInt64(size) <= 1 << 32 else { throw .misaligned(name: name) }
        try check(UInt64(start), UInt64(size), name)
        guard let rom = HostMemory.zeroed(size) else { throw .outOfMemory(bytes: size) }
        rom.initializeMemory(as: UInt8.self, repeating: 0xFF, count: size)
        bytes.withUnsafeBytes { $0.baseAddress.map { rom.copyMemory(from: $0, byteCount: bytes.count) } }
        let region = MappedRegion(
            number: map.takeNumber(), name: name, first: UInt64(start), size: UInt64(size), rom: rom)
        countROMChange()
        add(region)
        return RegionID(number: region.number)
    }

    /// The windows of read-only memory, by physical address.
    public var roms: [ClosedRange<UInt32>] {
        map.regions.filter { $0.rom != nil }.map {
            UInt32(truncatingIfNeeded: $0.first)...UInt32(truncatingIfNeeded: $0.last)
        }
    }

    /// What backs one physical page.
    enum Backing {
        case ram(UnsafeMutableRawPointer)
        case rom(UnsafeMutableRawPointer)
        case device(any MemoryDevice, MappedRegion)
        case open
    }

    /// What backs the page of a physical address; pointers are to the page's first byte.
    func backing(ofPage address: UInt64) -> Backing {
        let page = address & ~4095
        if isPlain(page) { return .ram(ram + Int(page)) }
        if let region = map.region(at: page) {
            if let rom = region.rom { return .rom(rom + Int(page - region.first)) }
            if let device = region.device { return .device(device, region) }
        }
        return page < UInt64(ramSize) ? .ram(ram + Int(page)) : .open
    }

    /// What backs the page of a physical address below 4 GiB.
    func backing(ofPage address: UInt32) -> Backing { backing(ofPage: UInt64(address)) }

    /// Whether an address is in RAM with no window over it.
    @inline(__always)
    func isPlain(_ address: UInt64) -> Bool {
        address < UInt64(ramSize) && pageMarks[Int(address >> 12)] & PageMark.covered == 0
    }

    // MARK: Written pages

    /// The RAM pages that may have been written since the last call, by page number in ascending order.
    ///
    /// Costs the guest nothing until it is called: then each page's next write takes the slow path once.
    public func takeWrittenPages() -> [UInt32] { takePages(PageMark.written) }

    /// The same for a debugger's history, which must miss none that somebody else has taken.
    func takeHistoryPages() -> [UInt32] { takePages(PageMark.unkept) }

    private func takePages(_ mark: UInt8) -> [UInt32] {
        var pages: [UInt32] = []
        for page in 0..<ramSize / 4096 where pageMarks[page] & mark != 0 {
            pageMarks[page] &= ~mark
            pages.append(UInt32(page))
        }
        writesTaken?()
        return pages
    }

    /// Notes that a RAM page is, or may from now on be, written.
    @inline(__always)
    func markWritten(page: UInt32) {
        pageMarks[Int(page)] |= PageMark.written | PageMark.used | PageMark.unkept | PageMark.unshared
    }

    /// The RAM pages that may ever have been written, by page number in ascending order: all others are zeros.
    var usedPages: [Int] { (0..<ramSize / 4096).filter { pageMarks[$0] & PageMark.used != 0 } }

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

    /// Writes the lowest bytes of a value within one page of RAM, and drops decoded code.
    func storePlain(_ address: UInt64, bytes: Int, _ value: UInt32) {
        Self.put(value, ram + Int(address), bytes: bytes)
        noteWrite(UInt32(truncatingIfNeeded: address), count: bytes)
    }

    /// Drops decoded code that a write of `count` bytes within one page overlaps.
    @inline(__always)
    func noteWrite(_ address: UInt32, count: Int) {
        let page = address >> 12
        markWritten(page: page)
        let map = codeMap[Int(page)]
        guard map != 0 else { return }
        let first = UInt64((address & 4095) >> 6)
        let last = UInt64((address & 4095) + UInt32(count) - 1) >> 6
        let chunks = (~UInt64(0) << first) & (~UInt64(0) >> (63 - last))
        if map & chunks != 0 { codeChanged?(page, chunks) }
    }

    // MARK: Access by the host

    /// Copies bytes into RAM, and into ROM too, as a loader does; stops at the end of both.
    ///
    /// Returns the count copied.
    @discardableResult
    public func load(_ bytes: some Sequence<UInt8>, at start: UInt32) -> Int {
        if let copied = bytes.withContiguousStorageIfAvailable({ load(UnsafeRawBufferPointer($0), at: start) }) {
            return copied
        }
        // However long the sequence is, no more is asked of it than fits.
        var iterator = bytes.makeIterator()
        var piece: [UInt8] = []
        var copied = 0
        while UInt64(start) + UInt64(copied) <= UInt32.max {
            let address = start + UInt32(copied)
            let room = Self.room(at: address)
            piece.removeAll(keepingCapacity: true)
            while piece.count < room, let byte = iterator.next() { piece.append(byte) }
            let count = piece.withUnsafeBytes { load($0, at: address) }
            copied += count
            if count < room { break }
        }
        return copied
    }

    private func load(_ bytes: UnsafeRawBufferPointer, at start: UInt32) -> Int {
        var copied = 0
        var isROM = false
        pieces(bytes, at: start) { address, piece in
            // Behind the last byte there is none, however addresses wrap.
            guard copied == 0 || address > start else { return false }
            switch backing(ofPage: address) {
            case .ram(let page): copy(piece, to: page, address)
            case .rom(let page):
                Self.copy(piece, to: page, address)
                isROM = true
            case .device, .open: return false
            }
            copied += piece.count
            return true
        }
        if isROM { noteROMChange() }
        return copied
    }

    /// Bytes from an address to the end of its page.
    private static func room(at address: UInt32) -> Int { 4096 - Int(address & 4095) }

    /// Gives `body` the part of some bytes that goes into each page, until it wants no more.
    private func pieces(
        _ bytes: UnsafeRawBufferPointer, at start: UInt32, _ body: (UInt32, UnsafeRawBufferPointer) -> Bool
    ) {
        var address = start
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(Self.room(at: address)))
            guard body(address, piece) else { return }
            rest = rest.dropFirst(piece.count)
            address &+= UInt32(piece.count)
        }
    }

    /// Copies what ends with a page at the latest.
    private static func copy(_ piece: UnsafeRawBufferPointer, to page: UnsafeMutableRawPointer, _ address: UInt32) {
        UnsafeMutableRawBufferPointer(start: page + Int(address & 4095), count: piece.count).copyMemory(from: piece)
    }

    private func copy(_ piece: UnsafeRawBufferPointer, to page: UnsafeMutableRawPointer, _ address: UInt32) {
        Self.copy(piece, to: page, address)
        noteWrite(address, count: piece.count)
    }

    /// A ROM holds something else from now on: code decoded from it is stale.
    private func noteROMChange() {
        countROMChange()
        mapChanged?()
    }

    private func countROMChange() {
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

    /// Writes one byte of RAM, whatever windows lie over it, and drops code decoded from it; ignored beyond RAM.
    public func store(_ byte: UInt8, at address: UInt32) {
        guard Int(address) < ramSize else { return }
        ram.storeBytes(of: byte, toByteOffset: Int(address), as: UInt8.self)
        noteWrite(address, count: 1)
    }

    /// Writes two bytes of RAM, the lower one first, as `store` of a byte does.
    package func storeWord(_ word: UInt16, at address: UInt32) {
        guard Int(address) + 1 < ramSize, address & 4095 != 4095 else {
            store(UInt8(truncatingIfNeeded: word), at: address)
            return store(UInt8(truncatingIfNeeded: word >> 8), at: address &+ 1)
        }
        ram.storeBytes(of: word.littleEndian, toByteOffset: Int(address), as: UInt16.self)
        noteWrite(address, count: 2)
    }

    /// Writes bytes as the CPU would: ROM and open bus ignore them, device windows see each byte.
    public func write(_ bytes: UnsafeRawBufferPointer, at start: UInt32) {
        pieces(bytes, at: start) { address, piece in
            switch backing(ofPage: address) {
            case .ram(let page): copy(piece, to: page, address)
            case .device(let device, let region):
                for (offset, byte) in piece.enumerated() {
                    write(byte, UInt64(address) + UInt64(offset), device, region)
                }
            case .rom, .open: break
            }
            return true
        }
    }

    private func write(_ byte: UInt8, _ address: UInt64, _ device: any MemoryDevice, _ region: MappedRegion) {
        let cycle = region.nextCycle(address, bytes: 1)
        guard cycle.isClaimed else { return }
        device.writeMemory(
            bank: region.bank, offset: region.offset(cycle.address), width: cycle.width,
            value: BusCycle.place(UInt32(byte), cycle.width, lane: cycle.lane))
    }

    /// The byte at a physical address without side effects; nil where only a device could tell.
    public func peek(_ address: UInt32) -> UInt8? {
        if isPlain(UInt64(address)) { return ram.load(fromByteOffset: Int(address), as: UInt8.self) }
        return switch backing(ofPage: address) {
        case .ram(let page), .rom(let page): page.load(fromByteOffset: Int(address & 4095), as: UInt8.self)
        case .device(let device, let region):
            device.peekMemory(bank: region.bank, offset: region.offset(UInt64(address)))
        case .open: 0xFF
        }
    }

    /// The 16-bit number at a physical address, as `peek` finds its bytes, FF for one that only a device could tell.
    public func peekWord(_ address: UInt32) -> UInt16 {
        if isPlain(UInt64(address)), address & 4095 != 4095 {
            return ram.loadUnaligned(fromByteOffset: Int(address), as: UInt16.self).littleEndian
        }
        return UInt16(peek(address) ?? 0xFF) | UInt16(peek(address &+ 1) ?? 0xFF) << 8
    }

    /// `count` bytes from a physical address without side effects, none if it is negative; FF where nothing or only a
    /// device is.
    public func peek(_ address: UInt32, count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.checked(count))
        while bytes.count < count {
            let place = address &+ UInt32(truncatingIfNeeded: bytes.count)
            if let contents = contents(place, count: count - bytes.count) {
                bytes.append(contentsOf: contents)
            } else {
                bytes.append(peek(place) ?? 0xFF)
            }
        }
        return bytes
    }

    /// How many bytes to look at; ends the process for more than there can be.
    static func checked(_ count: Int) -> Int {
        guard count <= 1 << 32 else { fatalError("cannot look at \(count) bytes: there are no more than 4 GiB") }
        return max(count, 0)
    }

    /// The bytes from an address on, to the end of its page at most, where they lie; nil where only a device could
    /// tell.
    func contents(_ address: UInt32, count: Int) -> UnsafeRawBufferPointer? {
        let (offset, count) = (Int(address & 4095), min(count, Self.room(at: address)))
        switch backing(ofPage: address) {
        case .ram(let page), .rom(let page): return UnsafeRawBufferPointer(start: page + offset, count: count)
        case .open: return UnsafeRawBufferPointer(start: floating + offset, count: count)
        case .device: return nil
        }
    }

    /// All of RAM, for snapshots and comparisons; do not write through it.
    public var ramBytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: ram, count: ramSize) }

    /// Replaces all of RAM.
    ///
    /// - Throws: `RestoreError.ramSize` if there are not as many bytes as RAM has; nothing has changed then.
    public func restoreRAM(_ bytes: [UInt8]) throws(RestoreError) {
        guard bytes.count == ramSize else { throw .ramSize(snapshot: bytes.count, machine: ramSize) }
        bytes.withUnsafeBytes { source in
            source.baseAddress.map { ram.copyMemory(from: $0, byteCount: ramSize) }
        }
        for page in 0..<ramSize / 4096 { markWritten(page: UInt32(page)) }
        mapChanged?()
    }
}
