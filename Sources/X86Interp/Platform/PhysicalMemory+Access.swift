// Access by the host: loaders, monitors, debuggers.
extension PhysicalMemory {
    /// Copies bytes into RAM, and into ROM too, as a loader does; stops at the end of both, and at 4 GiB.
    ///
    /// Returns the count copied.
    @discardableResult
    public func load(_ bytes: some Sequence<UInt8>, at start: UInt32) -> Int {
        let whole = bytes.withContiguousStorageIfAvailable { bytes in
            let end = min(bytes.count, 1 << 32 - Int(start))
            return load(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[..<end])), at: UInt64(start))
        }
        if let whole { return whole }
        // However long the sequence is, no more is asked of it than fits.
        var iterator = bytes.makeIterator()
        var piece: [UInt8] = []
        var copied = 0
        while UInt64(start) + UInt64(copied) <= UInt32.max {
            let address = start + UInt32(copied)
            let room = Self.room(at: UInt64(address))
            piece.removeAll(keepingCapacity: true)
            while piece.count < room, let byte = iterator.next() { piece.append(byte) }
            let count = piece.withUnsafeBytes { load($0, at: UInt64(address)) }
            copied += count
            if count < room { break }
        }
        return copied
    }

    /// The same anywhere below 64 GiB.
    @discardableResult
    public func load(_ bytes: [UInt8], physical start: UInt64) -> Int { bytes.withUnsafeBytes { load($0, at: start) } }

    private func load(_ bytes: UnsafeRawBufferPointer, at start: UInt64) -> Int {
        var copied = 0
        var isROM = false
        pieces(bytes, at: start) { address, piece in
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
    private static func room(at address: UInt64) -> Int { 4096 - Int(address & 4095) }

    /// Gives `body` the part of some bytes that goes into each page, until it wants no more.
    private func pieces(
        _ bytes: UnsafeRawBufferPointer, at start: UInt64, _ body: (UInt64, UnsafeRawBufferPointer) -> Bool
    ) {
        var address = start
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(Self.room(at: address)))
            guard body(address, piece) else { return }
            rest = rest.dropFirst(piece.count)
            address &+= UInt64(piece.count)
        }
    }

    /// Copies what ends with a page at the latest.
    private static func copy(_ piece: UnsafeRawBufferPointer, to page: UnsafeMutableRawPointer, _ address: UInt64) {
        UnsafeMutableRawBufferPointer(start: page + Int(address & 4095), count: piece.count).copyMemory(from: piece)
    }

    private func copy(_ piece: UnsafeRawBufferPointer, to page: RAMPage, _ address: UInt64) {
        Self.copy(piece, to: page.host, address)
        noteWrite(page: page.number, offset: Int(address & 4095), count: piece.count)
    }

    /// Writes one byte of RAM from 0 on, whatever lies over it, and drops code decoded from it; ignored beyond RAM.
    public func store(_ byte: UInt8, at address: UInt32) {
        guard Int(address) < ramSize else { return }
        ram.storeBytes(of: byte, toByteOffset: Int(address), as: UInt8.self)
        noteWrite(page: Int(address >> 12), offset: Int(address & 4095), count: 1)
    }

    /// Writes two bytes of RAM, the lower one first, as `store` of a byte does.
    package func storeWord(_ word: UInt16, at address: UInt32) {
        guard Int(address) + 1 < ramSize, address & 4095 != 4095 else {
            store(UInt8(truncatingIfNeeded: word), at: address)
            return store(UInt8(truncatingIfNeeded: word >> 8), at: address &+ 1)
        }
        ram.storeBytes(of: word.littleEndian, toByteOffset: Int(address), as: UInt16.self)
        noteWrite(page: Int(address >> 12), offset: Int(address & 4095), count: 2)
    }

    /// Writes bytes as the CPU would: ROM and open bus ignore them, device windows see each byte; behind 4 GiB comes 0.
    public func write(_ bytes: UnsafeRawBufferPointer, at start: UInt32) {
        pieces(bytes, at: UInt64(start)) { wide, piece in
            let address = wide & 0xFFFF_FFFF
            switch backing(ofPage: address, for: .write) {
            case .ram(let page): copy(piece, to: page, address)
            case .device(let device, let region, let page):
                for (offset, byte) in piece.enumerated() {
                    write(byte, (page | address & 4095) + UInt64(offset), device, region)
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
    public func peek(_ address: UInt32) -> UInt8? { peek(physical: UInt64(address)) }

    /// The same anywhere below 64 GiB.
    public func peek(physical address: UInt64) -> UInt8? { look(address, for: .read) }

    /// The byte that an access finds, without side effects; nil where only a device could tell.
    func look(_ address: UInt64, for kind: AccessKind) -> UInt8? {
        if isPlain(address) { return ram.load(fromByteOffset: Int(address), as: UInt8.self) }
        let offset = Int(address & 4095)
        return switch backing(ofPage: address, for: kind) {
        case .ram(let page): page.host.load(fromByteOffset: offset, as: UInt8.self)
        case .rom(let page): page.load(fromByteOffset: offset, as: UInt8.self)
        case .device(let device, let region, let page):
            device.peekMemory(bank: region.bank, offset: region.offset(page | address & 4095))
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
            if let contents = contents(UInt64(place), count: count - bytes.count) {
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
    func contents(_ address: UInt64, count: Int, for kind: AccessKind = .read) -> UnsafeRawBufferPointer? {
        let (offset, count) = (Int(address & 4095), min(count, Self.room(at: address)))
        let start: UnsafeMutableRawPointer
        switch backing(ofPage: address, for: kind) {
        case .ram(let page): start = page.host
        case .rom(let page): start = page
        case .open: start = floating
        case .device: return nil
        }
        return UnsafeRawBufferPointer(start: start + offset, count: count)
    }

    /// All of RAM from 0 on, for snapshots and comparisons; do not write through it.
    public var ramBytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: ram, count: ramSize) }

    /// Replaces all of RAM from 0 on.
    ///
    /// - Throws: `RestoreError.ramSize` if there are not as many bytes as RAM has; nothing has changed then.
    public func restoreRAM(_ bytes: [UInt8]) throws(RestoreError) {
        guard bytes.count == ramSize else { throw .ramSize(snapshot: bytes.count, machine: ramSize) }
        bytes.withUnsafeBytes { source in
            source.baseAddress.map { ram.copyMemory(from: $0, byteCount: ramSize) }
        }
        for page in 0..<ramSize / 4096 { markWritten(page: page) }
        mapChanged?()
    }
}
