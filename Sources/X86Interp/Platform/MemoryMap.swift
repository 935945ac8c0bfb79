/// One claimed range of physical addresses: ROM, RAM, the window of a device, or another name for other addresses.
final class MappedRegion: PlacedRegion {
    /// What is there.
    enum Contents {
        /// Bytes that the region owns.
        case rom(UnsafeMutableRawPointer)
        /// RAM from an offset within a block on.
        case ram(RAMBlock, offset: UInt64)
        case device(any MemoryDevice)
        /// Whatever is at the physical addresses from this one on.
        case alias(UInt64)
    }

    let number: UInt64
    let name: String
    var first: UInt64
    let size: UInt64
    let contents: Contents
    /// What accesses it serves; others find nothing, or are ignored.
    var rights: MemoryRights
    /// The planes of the map in which it hides what is under it.
    var planes: [Int] = [MemoryMap.reads, MemoryMap.writes]
    let bank: UInt8
    let widths: WidthSet
    let narrow: NarrowAccess
    var tier: Tier

    init(
        number: UInt64, name: String, first: UInt64, size: UInt64, contents: Contents, rights: MemoryRights = .all
    ) {
        self.number = number
        self.name = name
        self.first = first
        self.size = size
        self.contents = contents
        self.rights = rights
        bank = 0
        widths = .all
        narrow = .lane
        tier = .kernel
    }

    init(number: UInt64, name: String, region: MemoryRegion, device: any MemoryDevice) {
        self.number = number
        self.name = name
        first = region.start
        size = region.size
        contents = .device(device)
        rights = .all
        bank = region.bank
        widths = region.widths
        narrow = region.narrow
        tier = region.tier
    }

    deinit { rom.map { HostMemory.free($0, Int(size)) } }

    /// ROM: its bytes.
    var rom: UnsafeMutableRawPointer? {
        if case .rom(let bytes) = contents { bytes } else { nil }
    }

    /// Who answers, if a device does.
    var device: (any MemoryDevice)? {
        if case .device(let device) = contents { device } else { nil }
    }

    var last: UInt64 { first + (size - 1) }

    /// Its pages.
    var pages: Range<Int> { Int(first >> 12)..<Int(last >> 12) + 1 }

    func cells(inPlane plane: Int) -> Range<Int>? { planes.contains(plane) ? pages : nil }

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

/// Which region lies at which page of the physical address space, for reads and for writes.
final class MemoryMap {
    /// The planes of the map: what reads and fetches find, and what writes find.
    static let reads = 0
    static let writes = 1
    /// Pages of the 64 GiB that processors with PAE or PSE-36 address.
    private static let allPages = 1 << 24
    private static let lowPages = 1 << 20

    private let map = RegionMap<MappedRegion>(planes: 2)
    /// Whether any region is in the user tier.
    private(set) var hasUserRegions = false

    /// All regions, in the order in which they were claimed.
    var regions: [MappedRegion] { map.regions }

    /// The topmost region that an access at an address finds, or nil.
    func region(at address: UInt64, for kind: AccessKind = .read) -> MappedRegion? {
        map.region(at: Int(truncatingIfNeeded: address >> 12), plane: kind == .write ? Self.writes : Self.reads)
    }

    func region(_ number: UInt64) -> MappedRegion? { map.region(number) }

    /// Whether another region can be added at an address; makes room for it.
    func makeRoom(upTo last: UInt64) -> Bool {
        map.makeRoom(cells: last >> 12 < UInt64(Self.lowPages) ? Self.lowPages : Self.allPages)
    }

    /// The number of a region that is about to be added.
    func takeNumber() -> UInt64 { map.takeNumber() }

    /// Adds a region for which there is room.
    func add(_ region: MappedRegion) {
        map.add(region)
        noteTiers()
    }

    /// Takes a region out; false if it is not in.
    func remove(_ region: MappedRegion) -> Bool {
        guard map.remove(region.number) != nil else { return false }
        noteTiers()
        return true
    }

    /// Changes where a region lies, for which there is room, or what it hides.
    func move(_ region: MappedRegion, _ change: (MappedRegion) -> Void) { map.move(region.number) { change($0) } }

    /// Puts regions into a tier; false if none is of that name (`all` is every one).
    func setTier(_ tier: Tier, ofDevice name: String) -> Bool {
        let chosen = regions.filter { $0.device != nil && (name == "all" || $0.name == name) }
        for region in chosen { region.tier = tier }
        noteTiers()
        return !chosen.isEmpty
    }

    private func noteTiers() { hasUserRegions = map.slots.contains { $0?.tier == .user } }
}
