/// One claimed range of physical addresses: ROM or the window of a device.
final class MappedRegion {
    /// Regions are numbered in the order in which they are claimed: later ones lie over earlier ones.
    let number: UInt32
    let name: String
    var first: UInt64
    let size: UInt64
    /// ROM: its bytes.
    let rom: UnsafeMutableRawPointer?
    let device: (any MemoryDevice)?
    let bank: UInt8
    let widths: WidthSet
    let narrow: NarrowAccess
    var tier: Tier

    init(number: UInt32, name: String, first: UInt64, size: UInt64, rom: UnsafeMutableRawPointer) {
        self.number = number
        self.name = name
        self.first = first
        self.size = size
        self.rom = rom
        device = nil
        bank = 0
        widths = .all
        narrow = .lane
        tier = .kernel
    }

    init(number: UInt32, name: String, region: MemoryRegion, device: any MemoryDevice) {
        self.number = number
        self.name = name
        first = region.start
        size = region.size
        rom = nil
        self.device = device
        bank = region.bank
        widths = region.widths
        narrow = region.narrow
        tier = region.tier
    }

    deinit { rom.map { HostMemory.free($0) } }

    var last: UInt64 { first + (size - 1) }

    /// Its pages.
    var pages: Range<Int> { Int(first >> 12)..<Int(last >> 12) + 1 }

    /// Offset of an address that lies in it.
    func offset(_ address: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: address &- first) }

    /// The next cycle of an access that has `bytes` left within a page.
    func nextCycle(_ address: UInt64, bytes: Int) -> BusCycle {
        BusCycle.next(
            address, bytes: bytes, widest: .dword, isClaimed: { widths.contains($1) },
            grantsLane: { _, _ in narrow == .lane })
    }

    /// As hosts see it.
    var asRegion: MemoryRegion {
        MemoryRegion(start: first, size: size, bank: bank, widths: widths, narrow: narrow, tier: tier)
    }
}

/// Which region lies at which page of the physical address space: a page's look-up is one load.
final class MemoryMap {
    /// Pages of the 64 GiB that processors with PAE or PSE-36 address.
    private static let allPages = 1 << 24
    private static let lowPages = 1 << 20

    /// By slot; nil is free, and is used again.
    private(set) var slots: [MappedRegion?] = []
    private var free: [Int] = []
    private var nextNumber: UInt32 = 0
    /// For each page, slot plus one of the topmost region; made when there is a region, as large as it must be.
    private var index: UnsafeMutablePointer<UInt16>?
    private var indexPages = 0
    /// Whether any region is in the user tier.
    private(set) var hasUserRegions = false

    deinit { index.map { HostMemory.free($0) } }

    /// All regions, in the order in which they were claimed.
    var regions: [MappedRegion] { slots.compactMap { $0 }.sorted { $0.number < $1.number } }

    /// The topmost region at an address, or nil.
    func region(at address: UInt64) -> MappedRegion? {
        let page = address >> 12
        guard let index, page < UInt64(indexPages) else { return nil }
        let number = Int(index[Int(page)])
        return number == 0 ? nil : slots[number - 1]
    }

    func region(_ number: UInt32) -> MappedRegion? { slots.lazy.compactMap { $0 }.first { $0.number == number } }

    /// Whether another region can be added at an address; makes room for it.
    func makeRoom(upTo last: UInt64) -> Bool {
        if free.isEmpty, slots.count >= Int(UInt16.max) { return false }
        let wanted = last >> 12 < UInt64(Self.lowPages) ? Self.lowPages : Self.allPages
        guard wanted > indexPages else { return true }
        guard let memory = HostMemory.zeroed(wanted * 2) else { return false }
        let larger = memory.bindMemory(to: UInt16.self, capacity: wanted)
        if let index {
            larger.update(from: index, count: indexPages)
            HostMemory.free(index)
        }
        (index, indexPages) = (larger, wanted)
        return true
    }

    /// The number of a region that is about to be added.
    func takeNumber() -> UInt32 {
        defer { nextNumber &+= 1 }
        return nextNumber
    }

    /// Adds a region for which there is room.
    func add(_ region: MappedRegion) {
        let slot = free.popLast() ?? slots.count
        if slot < slots.count { slots[slot] = region } else { slots.append(region) }
        // It is the latest of all.
        let pages = region.pages
        index.map { ($0 + pages.lowerBound).update(repeating: UInt16(slot + 1), count: pages.count) }
        noteTiers()
    }

    /// Takes a region out; false if it is not in.
    func remove(_ region: MappedRegion) -> Bool {
        guard let slot = slots.firstIndex(where: { $0 === region }) else { return false }
        slots[slot] = nil
        free.append(slot)
        fill(region.pages)
        noteTiers()
        return true
    }

    /// Moves a region for which there is room.
    func move(_ region: MappedRegion, to first: UInt64) {
        let old = region.pages
        region.first = first
        fill(old)
        fill(region.pages)
    }

    /// Puts regions into a tier; false if none is of that name (`all` is every one).
    func setTier(_ tier: Tier, ofDevice name: String) -> Bool {
        let chosen = slots.compactMap { $0 }.filter { $0.device != nil && (name == "all" || $0.name == name) }
        for region in chosen { region.tier = tier }
        noteTiers()
        return !chosen.isEmpty
    }

    private func noteTiers() { hasUserRegions = slots.contains { $0?.tier == .user } }

    /// Looks up anew what lies at some pages: of several regions the latest.
    private func fill(_ pages: Range<Int>) {
        guard let index else { return }
        (index + pages.lowerBound).update(repeating: 0, count: pages.count)
        let overlapping = slots.enumerated().filter { $1?.pages.overlaps(pages) ?? false }
        for (slot, region) in overlapping.sorted(by: { ($0.1?.number ?? 0) < ($1.1?.number ?? 0) }) {
            guard let part = region?.pages.clamped(to: pages) else { continue }
            (index + part.lowerBound).update(repeating: UInt16(slot + 1), count: part.count)
        }
    }
}

extension PhysicalMemory {
    // MARK: Regions

    /// Claims physical addresses for a device; over RAM, ROM and other regions the latest claim is the one that counts.
    ///
    /// Takes effect at the next access, also of the instruction that is under way.
    ///
    /// - Throws: `MapError`; nothing has changed then.
    @discardableResult
    public func claim(_ region: MemoryRegion, for device: any MemoryDevice) throws(MapError) -> RegionID {
        guard !region.widths.isEmpty else { throw .noWidth(name: device.name) }
        try check(region.start, region.size, device.name)
        let mapped = MappedRegion(number: map.takeNumber(), name: device.name, region: region, device: device)
        add(mapped)
        return RegionID(number: mapped.number)
    }

    /// Moves a region, as a guest does that writes to a base address register; as often as it likes.
    ///
    /// - Throws: `MapError` if it cannot be there, or was withdrawn; nothing has changed then.
    public func move(_ id: RegionID, to start: UInt64) throws(MapError) {
        guard let region = map.region(id.number) else { throw .withdrawn }
        try check(start, region.size, region.name)
        let old = region.pages
        map.move(region, to: start)
        noteMapChange(old, region.pages)
    }

    /// Takes a region out of the map: what lay under it shows again.
    ///
    /// False if it was out already.
    @discardableResult
    public func withdraw(_ id: RegionID) -> Bool {
        guard let region = map.region(id.number), map.remove(region) else { return false }
        noteMapChange(region.pages)
        return true
    }

    /// Takes all regions of a device out of the map.
    public func withdraw(_ device: any MemoryDevice) {
        for region in map.regions where region.device === device {
            _ = map.remove(region)
            noteMapChange(region.pages)
        }
    }

    /// What devices have claimed, in the order in which they did.
    public var claims: [MemoryClaim] {
        map.regions.compactMap { region in
            region.device.map {
                MemoryClaim(id: RegionID(number: region.number), region: region.asRegion, device: $0)
            }
        }
    }

    /// Moves the regions of the devices with a name to a tier (`all` moves every one); false if there is none.
    ///
    /// An instruction that is under way and that began when no region was in the user tier ends in the kernel tier.
    @discardableResult
    public func setTier(_ tier: Tier, ofDevice name: String = "all") -> Bool {
        let found = map.setTier(tier, ofDevice: name)
        tiersChanged?()
        return found
    }

    /// Serves a user-tier request from the device that claims the address now; floating if none does.
    public func serve(_ request: MemoryRequest) -> MemoryResponse {
        guard let region = map.region(at: request.address), let device = region.device,
            region.widths.contains(request.width)
        else { return .floating(for: request) }
        let offset = region.offset(request.address)
        switch request.direction {
        case .read:
            let value = device.readMemory(bank: region.bank, offset: offset, width: request.width)
            return MemoryResponse(to: request, value: value)
        case .write:
            device.writeMemory(
                bank: region.bank, offset: offset, width: request.width, value: request.value & request.width.mask)
            return MemoryResponse(to: request)
        }
    }

    /// Whether a region may be somewhere; makes room for it.
    func check(_ start: UInt64, _ size: UInt64, _ name: String) throws(MapError) {
        let end = start.addingReportingOverflow(size)
        guard start & 4095 == 0, size & 4095 == 0, 1...(1 << 32) ~= size, !end.overflow, end.partialValue <= 1 << 36
        else { throw .misaligned(name: name) }
        guard map.makeRoom(upTo: end.partialValue - 1) else { throw .outOfMemory(bytes: Int(size)) }
    }

    /// Adds a region that was checked.
    func add(_ region: MappedRegion) {
        map.add(region)
        noteMapChange(region.pages)
    }

    /// Other things lie at some pages from now on.
    private func noteMapChange(_ changed: Range<Int>...) {
        let ramPages = ramSize / 4096
        for pages in changed {
            for page in pages.clamped(to: 0..<ramPages) {
                if map.region(at: UInt64(page) << 12) == nil {
                    pageMarks[page] &= ~PageMark.covered
                } else {
                    pageMarks[page] |= PageMark.covered
                }
            }
        }
        mapChanged?()
    }
}
