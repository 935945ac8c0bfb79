// What lies where: RAM, ROM, devices, aliases and shadows, claimed, moved and withdrawn as often as a guest likes.
extension PhysicalMemory {
    // MARK: Memory

    /// Maps read-only memory; `start` is page-aligned, the contents are padded with FF to whole pages.
    ///
    /// - Throws: `MapError`; nothing has changed then.
    @discardableResult
    public func mapROM(
        _ bytes: [UInt8], at start: some BinaryInteger, name: String
    ) throws(MapError) -> RegionID {
        guard let start = UInt64(exactly: start) else { throw .misaligned(name: name) }
        return try mapROM(bytes, physical: start, name: name)
    }

    /// The same, for our own targets: what is generic starts slowly in another module.
    @discardableResult
    package func mapROM(_ bytes: [UInt8], physical start: UInt64, name: String) throws(MapError) -> RegionID {
        let size = (bytes.count + 4095) & ~4095
        try check(start, UInt64(size), name)
        guard let rom = HostMemory.zeroed(size) else { throw .outOfMemory(bytes: size) }
        (rom + bytes.count).initializeMemory(as: UInt8.self, repeating: 0xFF, count: size - bytes.count)
        bytes.withUnsafeBytes { $0.baseAddress.map { rom.copyMemory(from: $0, byteCount: bytes.count) } }
        countROMChange()
        return add(name, start, UInt64(size), .rom(rom), .readOnly)
    }

    /// Adds a block of RAM besides that from 0 on: zeros, anywhere below 64 GiB, over ROM and devices that lie there.
    ///
    /// It is part of snapshots and hashes; where it lies is not. It can be moved over whatever there is, as a graphics
    /// card's is, but not added where there is RAM already.
    ///
    /// - Throws: `MapError`; nothing has changed then.
    @discardableResult
    public func addRAM(
        at start: UInt64, size: UInt64, rights: MemoryRights = .all, name: String = "ram"
    ) throws(MapError) -> RegionID {
        try check(start, size, name)
        if start < UInt64(ramSize) { throw .ramOverlap(name: name, existing: "the RAM from 0 on") }
        let other = map.regions.first { region in
            if case .ram = region.contents { return region.first < start + size && start <= region.last }
            return false
        }
        if let other { throw .ramOverlap(name: name, existing: "'\(other.name)'") }
        let added = blocks.dropFirst().reduce(UInt64(0)) { $0 + UInt64($1.size) }
        guard added + size <= Self.largestAddedRAM else { throw .addedRAM(name: name) }
        guard let block = makeBlock(name, size: Int(size)) else { throw .outOfMemory(bytes: Int(size)) }
        return add(name, start, size, .ram(block, offset: 0), rights)
    }

    /// Makes addresses another name for those from `source` on: whatever is there, RAM, ROM, a device or nothing, now
    /// or later, is at `start` too.
    ///
    /// A device there is told of accesses as if they were made at the source; what is written and decoded by one name
    /// holds for the other at once. An alias may lead to another one, through at most eight: behind those is nothing.
    ///
    /// - Throws: `MapError`; nothing has changed then.
    @discardableResult
    public func addAlias(
        of source: UInt64, size: UInt64, at start: UInt64, rights: MemoryRights = .all, name: String = "alias"
    ) throws(MapError) -> RegionID {
        try check(source, size, name)
        try check(start, size, name)
        guard source >= start + size || start >= source + size else { throw .aliasOfItself(name: name) }
        return add(name, start, size, .alias(source), rights)
    }

    /// Lays RAM from 0 on over the ROM that hides it, as chip sets do; `off` until `setShadow` says otherwise.
    ///
    /// - Throws: `MapError.noRAM` if there is none at these addresses, and others; nothing has changed then.
    @discardableResult
    public func addShadow(at start: UInt64, size: UInt64, name: String = "shadow") throws(MapError) -> RegionID {
        try check(start, size, name)
        guard start + size <= UInt64(ramSize), let base = blocks.first else { throw .noRAM(name: name) }
        let id = add(name, start, size, .ram(base, offset: start), .all)
        try setShadow(.off, of: id)
        return id
    }

    /// Chooses how RAM lies over what is under it, be it a shadow or a block that was added; holds at the next access.
    ///
    /// - Throws: `MapError.withdrawn`, or `.noShadow` for what is no RAM; nothing has changed then.
    public func setShadow(_ mode: ShadowMode, of id: RegionID) throws(MapError) {
        guard let region = map.region(id.number) else { throw .withdrawn }
        guard case .ram = region.contents else { throw .noShadow(name: region.name) }
        map.move(region) { region in
            switch mode {
            case .off: region.planes = []
            case .writeOnly: region.planes = [MemoryMap.writes]
            case .readOnly, .readWrite: region.planes = [MemoryMap.reads, MemoryMap.writes]
            }
            region.rights = mode == .readOnly ? .readOnly : .all
        }
        noteMapChange(region.pages)
    }

    /// Chooses what the processor may do in a region; holds at the next access.
    ///
    /// Reads and fetches without their right find what they find where nothing is; writes are ignored, as by ROM. What
    /// lies under the region stays hidden.
    ///
    /// - Throws: `MapError.withdrawn`; nothing has changed then.
    public func setRights(_ rights: MemoryRights, of id: RegionID) throws(MapError) {
        guard let region = map.region(id.number) else { throw .withdrawn }
        map.move(region) { region in
            region.planes = [MemoryMap.reads, MemoryMap.writes]
            region.rights = rights
        }
        noteMapChange(region.pages)
    }

    /// The windows of read-only memory below 4 GiB, by physical address.
    public var roms: [ClosedRange<UInt32>] {
        map.regions.compactMap { region in
            guard region.rom != nil, let first = UInt32(exactly: region.first) else { return nil }
            return first...UInt32(clamping: region.last)
        }
    }

    // MARK: Devices

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
        return add(mapped)
    }

    /// What devices have claimed, in the order in which they did.
    public var claims: [MemoryClaim] {
        map.regions.compactMap { region in
            region.device.map {
                MemoryClaim(id: RegionID(number: region.number), region: region.asRegion, device: $0)
            }
        }
    }

    /// Takes all regions of a device out of the map.
    public func withdraw(_ device: any MemoryDevice) {
        for region in map.regions where region.device === device { withdraw(region) }
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
        let kind: AccessKind = request.direction == .write ? .write : .read
        guard case .device(let device, let region, let page) = backing(ofPage: request.address, for: kind),
            region.widths.contains(request.width)
        else { return .floating(for: request) }
        let offset = region.offset(page | request.address & 4095)
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

    // MARK: Any of them

    /// Moves a region, as a guest does that writes to a base address register; as often as it likes.
    ///
    /// - Throws: `MapError` if it cannot be there, or was withdrawn; nothing has changed then.
    public func move(_ id: RegionID, to start: UInt64) throws(MapError) {
        guard let region = map.region(id.number) else { throw .withdrawn }
        try check(start, region.size, region.name)
        let old = region.pages
        map.move(region) { $0.first = start }
        noteMapChange(old, region.pages)
    }

    /// Takes a region out of the map: what lay under it shows again.
    ///
    /// A block of RAM is gone with it. False if it was out already.
    @discardableResult
    public func withdraw(_ id: RegionID) -> Bool {
        guard let region = map.region(id.number) else { return false }
        withdraw(region)
        return true
    }

    private func withdraw(_ region: MappedRegion) {
        guard map.remove(region) else { return }
        if case .ram(let block, _) = region.contents, block !== blocks.first { drop(block) }
        // The processor may be in the middle of a copy to or from there.
        if isEntered, region.device == nil { retired.append(region) }
        noteMapChange(region.pages)
    }

    /// Lets go of regions that were withdrawn: the processor is in none.
    func forgetRetired() { if hasRetired { retired = [] } }

    /// Whether a region may be somewhere; makes room for it.
    private func check(_ start: UInt64, _ size: UInt64, _ name: String) throws(MapError) {
        let end = start.addingReportingOverflow(size)
        guard start & 4095 == 0, size & 4095 == 0, 1...(1 << 32) ~= size, !end.overflow, end.partialValue <= 1 << 36
        else { throw .misaligned(name: name) }
        guard map.makeRoom(upTo: end.partialValue - 1) else { throw .outOfMemory(bytes: Int(size)) }
    }

    private func add(
        _ name: String, _ start: UInt64, _ size: UInt64, _ contents: MappedRegion.Contents, _ rights: MemoryRights
    ) -> RegionID {
        add(
            MappedRegion(
                number: map.takeNumber(), name: name, first: start, size: size, contents: contents, rights: rights))
    }

    /// Adds a region that was checked.
    private func add(_ region: MappedRegion) -> RegionID {
        map.add(region)
        noteMapChange(region.pages)
        return RegionID(number: region.number)
    }

    /// Other things lie at some pages from now on.
    private func noteMapChange(_ changed: Range<Int>...) {
        let ramPages = ramSize / 4096
        for pages in changed {
            for page in pages.clamped(to: 0..<ramPages) {
                let address = UInt64(page) << 12
                if map.region(at: address) == nil, map.region(at: address, for: .write) == nil {
                    pageMarks[page] &= ~PageMark.covered
                } else {
                    pageMarks[page] |= PageMark.covered
                }
            }
        }
        mapChanged?()
    }
}
