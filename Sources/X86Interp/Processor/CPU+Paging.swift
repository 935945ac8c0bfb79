/// Where a linear address leads, and what may be cached of it.
struct Translation {
    /// The physical address; beyond 4 GiB nobody answers.
    var physical: UInt64
    /// Later writes of the same privilege need no walk: allowed, and the page is dirty.
    var isWritable: Bool
    /// It survives a load of CR3.
    var isGlobal = false
}

// The one translation path: fetches, data, stacks, descriptors and task state all come here.
extension CPU {
    /// Linear to physical, with the rights of the present ring; sets accessed and dirty bits.
    func translate(_ linear: UInt32, _ kind: AccessKind) throws(Interruption) -> UInt64 {
        try translation(linear, kind, ring3: core.pointee.isRing3).physical
    }

    /// Linear to physical, with what may be cached.
    ///
    /// - Parameters:
    ///   - ring3: the access has the rights of ring 3.
    ///   - commits: the access will happen: accessed and dirty bits are set.
    @inline(__always)
    func translation(
        _ linear: UInt32, _ kind: AccessKind, ring3: Bool, commits: Bool = true
    ) throws(Interruption) -> Translation {
        guard core.pointee.isPaging else {
            return Translation(physical: UInt64(linear) & core.pointee.physicalMask, isWritable: true)
        }
        return try walk(linear, kind, ring3: ring3, commits: commits)
    }

    /// Walks the page tables (SDM volume 3, 4.3 and 4.4).
    @inline(never)
    private func walk(
        _ linear: UInt32, _ kind: AccessKind, ring3: Bool, commits: Bool
    ) throws(Interruption) -> Translation {
        if core.pointee.state.cr4 & ControlBits.pae != 0 {
            return try walkExtended(linear, kind, ring3: ring3, commits: commits)
        }
        let access = PageAccess(linear: linear, kind: kind, isRing3: ring3)
        let directory = UInt64(core.pointee.state.cr3 & ~4095) | UInt64(linear >> 22) << 2
        let pde = UInt32(truncatingIfNeeded: try readTable(directory, .dword))
        guard pde & 1 != 0 else { throw pageFault(access, .pageAbsent) }
        if pde & 0x80 != 0, core.pointee.state.cr4 & ControlBits.pse != 0 {
            guard pde & reservedOfLargePage == 0 else { throw pageFault(access, .pageReserved) }
            try check(access, UInt64(pde))
            let dirty = try commit(access, directory, UInt64(pde), .dword, commits)
            core.pointee.hasLargePages = true
            let frame = UInt64(pde & 0xFFC0_0000) | (hasPSE36 ? UInt64(pde >> 13 & 0xF) << 32 : 0)
            return result(access, frame | UInt64(linear & 0x3F_FFFF), rights: UInt64(pde), dirty)
        }
        let table = UInt64(pde & ~4095) | UInt64(linear >> 12 & 0x3FF) << 2
        let pte = UInt32(truncatingIfNeeded: try readTable(table, .dword))
        guard pte & 1 != 0 else { throw pageFault(access, .pageAbsent) }
        guard pte & reservedOfSmallPage == 0 else { throw pageFault(access, .pageReserved) }
        try check(access, UInt64(pde & pte))
        if commits, pde & 0x20 == 0 { try writeTable(directory, UInt64(pde | 0x20), .dword) }
        let dirty = try commit(access, table, UInt64(pte), .dword, commits)
        return result(
            access, UInt64(pte & ~4095) | UInt64(linear & 4095), rights: UInt64(pde & pte | pte & 0x100), dirty)
    }

    /// The same with PAE: 64-bit entries, the top level held in the processor.
    private func walkExtended(
        _ linear: UInt32, _ kind: AccessKind, ring3: Bool, commits: Bool
    ) throws(Interruption) -> Translation {
        let access = PageAccess(linear: linear, kind: kind, isRing3: ring3)
        let pdpte = core.pointee.state.pagePointers[linear]
        guard pdpte & 1 != 0 else { throw pageFault(access, .pageAbsent) }
        let directory = pdpte & Self.frameMask | UInt64(linear >> 21 & 0x1FF) << 3
        let pde = try readTable(directory, .qword)
        guard pde & 1 != 0 else { throw pageFault(access, .pageAbsent) }
        guard pde & Self.reservedHigh == 0 else { throw pageFault(access, .pageReserved) }
        if pde & 0x80 != 0 {
            guard pde & 0x1F_E000 == 0 else { throw pageFault(access, .pageReserved) }
            try check(access, pde)
            let dirty = try commit(access, directory, pde, .qword, commits)
            core.pointee.hasLargePages = true
            return result(access, pde & Self.frameMask & ~0x1F_FFFF | UInt64(linear & 0x1F_FFFF), rights: pde, dirty)
        }
        let table = pde & Self.frameMask | UInt64(linear >> 12 & 0x1FF) << 3
        let pte = try readTable(table, .qword)
        guard pte & 1 != 0 else { throw pageFault(access, .pageAbsent) }
        guard pte & Self.reservedHigh == 0 else { throw pageFault(access, .pageReserved) }
        try check(access, pde & pte)
        if commits, pde & 0x20 == 0 { try writeTable(directory, pde | 0x20, .qword) }
        let dirty = try commit(access, table, pte, .qword, commits)
        return result(
            access, pte & Self.frameMask | UInt64(linear & 4095), rights: pde & pte | pte & 0x100, dirty)
    }

    /// An access while its page is looked for.
    struct PageAccess {
        let linear: UInt32
        let kind: AccessKind
        let isRing3: Bool
    }

    /// Bits 12 to 35 of an entry.
    private static var frameMask: UInt64 { 0xF_FFFF_F000 }
    /// Bits of 64-bit entries beyond the 36 of the P6's address bus.
    private static var reservedHigh: UInt64 { 0xFFFF_FFF0_0000_0000 }

    private var hasPSE36: Bool { model.features & CPUModel.Feature.pse36 != 0 }

    private var hasPAT: Bool { model.features & CPUModel.Feature.pat != 0 }

    /// Bits 13 to 21 of a 4 MiB entry; with PSE-36 the lower four of them are address bits.
    ///
    /// Bit 12 is PAT where that exists.
    private var reservedOfLargePage: UInt32 { (hasPSE36 ? 0x3E_0000 : 0x3F_E000) | (hasPAT ? 0 : 0x1000) }

    /// Bit 7 of a 4 KiB entry is PAT; without it the processor looks at reserved bits only if PSE is on.
    private var reservedOfSmallPage: UInt32 {
        hasPAT || core.pointee.state.cr4 & ControlBits.pse == 0 ? 0 : 0x80
    }

    /// Rights of an access under those of all levels together.
    private func check(_ access: PageAccess, _ rights: UInt64) throws(Interruption) {
        if access.isRing3, rights & 4 == 0 { throw pageFault(access, .pageSupervisor) }
        if access.kind == .write, rights & 2 == 0,
            access.isRing3 || core.pointee.state.cr0 & ControlBits.writeProtect != 0
        {
            throw pageFault(access, .pageReadOnly)
        }
    }

    /// Sets accessed and, for a write, dirty in the entry that maps the page; returns whether it is dirty.
    private func commit(
        _ access: PageAccess, _ address: UInt64, _ entry: UInt64, _ size: TableEntrySize, _ commits: Bool
    ) throws(Interruption) -> Bool {
        let wanted = access.kind == .write ? entry | 0x60 : entry | 0x20
        if commits, wanted != entry { try writeTable(address, wanted, size) }
        return commits ? wanted & 0x40 != 0 : entry & 0x40 != 0
    }

    private func result(_ access: PageAccess, _ physical: UInt64, rights: UInt64, _ dirty: Bool) -> Translation {
        let mayWrite =
            rights & 2 != 0 || !access.isRing3 && core.pointee.state.cr0 & ControlBits.writeProtect == 0
        let isGlobal = rights & 0x100 != 0 && core.pointee.state.cr4 & ControlBits.pge != 0
        return Translation(
            physical: physical & core.pointee.physicalMask, isWritable: mayWrite && dirty, isGlobal: isGlobal)
    }

    /// #PF with its error code: bit 0 the page was present, 1 a write, 2 from ring 3, 3 a reserved bit was set.
    @inline(never)
    private func pageFault(_ access: PageAccess, _ rule: Rule) -> Interruption {
        var code: UInt16 = rule == .pageAbsent ? 0 : 1
        if access.kind == .write { code |= 2 }
        if access.isRing3 { code |= 4 }
        if rule == .pageReserved { code |= 8 }
        return raised(
            Fault(.pageFault, errorCode: code, address: access.linear), rule, address: access.linear,
            access: access.kind)
    }

    // MARK: Tables

    /// The size of a paging entry.
    enum TableEntrySize { case dword, qword }

    /// Reads an entry of a page table.
    @inline(__always)
    private func readTable(_ address: UInt64, _ size: TableEntrySize) throws(Interruption) -> UInt64 {
        let physical = address & core.pointee.physicalMask
        if memory.isPlain(physical), !core.pointee.isJournaling {
            let host = memory.ram + Int(physical)
            return size == .qword ? host.loadUnaligned(as: UInt64.self) : UInt64(host.loadUnaligned(as: UInt32.self))
        }
        let low = UInt64(try read(PhysicalSpan(first: physical, size: 4)))
        return size == .qword ? UInt64(try read(PhysicalSpan(first: physical &+ 4, size: 4))) << 32 | low : low
    }

    private func writeTable(_ address: UInt64, _ entry: UInt64, _ size: TableEntrySize) throws(Interruption) {
        let physical = address & core.pointee.physicalMask
        // Accessed and dirty bits are all in the lower half.
        let low = UInt32(truncatingIfNeeded: entry)
        if memory.isPlain(physical), !core.pointee.isJournaling {
            return memory.storePlain(physical, bytes: 4, low)
        }
        try write(PhysicalSpan(first: physical, size: 4), low)
    }

    // MARK: Caches

    /// Caches the translation of a page that is plain memory, for the privilege that it was made for.
    ///
    /// Returns the host address of the byte if it can be read there.
    @discardableResult
    func fill(
        _ linear: UInt32, _ translation: Translation, _ kind: AccessKind, ring3: Bool
    ) -> UnsafeMutableRawPointer? {
        let page: UnsafeMutableRawPointer
        var isWritable = false
        var mixed: RAMPage?
        switch memory.backing(ofPage: translation.physical) {
        case .ram(let found):
            page = found.host
            let mayWrite = translation.isWritable && isWritten(found, translation.physical)
            let hasCode = memory.codeMap[found.number] != 0
            isWritable = mayWrite && !hasCode
            mixed = mayWrite && hasCode && kind == .write ? found : nil
            if isWritable { memory.setWriteCached(page: found.number, true) }
            if isWritable || mixed != nil { memory.markWritten(page: found.number) }
        case .rom(let host): page = host
        case .open:
            guard options.unmappedMemoryPolicy == .float else { return nil }
            page = memory.floating
        case .device: return nil
        }
        let host = page + Int(linear & 4095)
        if core.pointee.isWatching {
            // Who may write may read and write back at once.
            if isWatched(page: linear, translation.physical, isWrite: false) { return host }
            if isWatched(page: linear, translation.physical, isWrite: true) { (isWritable, mixed) = (false, nil) }
        }
        if let mixed {
            if ring3 {
                core.pointee.ring3.fillMixed(linear, mixed)
            } else {
                core.pointee.system.fillMixed(linear, mixed)
            }
        }
        if ring3 {
            core.pointee.ring3.fill(linear, page, for: kind, writable: isWritable, global: translation.isGlobal)
        } else {
            core.pointee.system.fill(linear, page, for: kind, writable: isWritable, global: translation.isGlobal)
        }
        return host
    }

    /// Whether writes to a physical address come to the page that is read there, and not elsewhere or nowhere.
    private func isWritten(_ page: RAMPage, _ physical: UInt64) -> Bool {
        if memory.isPlain(physical) { return true }
        if case .ram(let written) = memory.backing(ofPage: physical, for: .write) {
            return written.number == page.number
        }
        return false
    }

    /// Forgets the translation of one page (INVLPG).
    func forgetTranslation(_ linear: UInt32) {
        guard !core.pointee.hasLargePages else { return core.pointee.flushTranslations() }
        core.pointee.system.forget(linear)
        core.pointee.ring3.forget(linear)
        if core.pointee.codeTag == linear & ~4095 { core.pointee.codeTag = 1 }
    }

    // MARK: Looking without touching

    /// Where a linear address leads now, or nil if it is not mapped; has no side effect.
    public func linearToPhysical(_ linear: UInt32) -> UInt32? {
        pageWalk(linear).physical.flatMap { UInt32(exactly: $0) }
    }

    /// The translation of a linear address, level by level; has no side effect.
    public func pageWalk(_ linear: UInt32) -> PageWalk {
        let state = core.pointee.state
        var walk = PageWalk(linear: linear)
        guard state.cr0 & ControlBits.paging != 0, model.is32Bit else {
            walk.physical = UInt64(linear) & core.pointee.physicalMask
            return walk
        }
        let isExtended = state.cr4 & ControlBits.pae != 0
        var table = UInt64(state.cr3 & ~4095)
        if isExtended {
            let entry = state.pagePointers[linear]
            walk.levels.append(PageWalk.Level(name: "PDPTE", address: nil, entry: entry))
            guard entry & 1 != 0 else { return walk }
            table = entry & Self.frameMask
        }
        for (name, shift) in isExtended ? [("PDE", 21), ("PTE", 12)] : [("PDE", 22), ("PTE", 12)] {
            let index = UInt64(linear >> UInt32(shift)) & (isExtended ? 0x1FF : 0x3FF)
            let address = table | index << (isExtended ? 3 : 2)
            let entry = peekPhysical(address, count: isExtended ? 8 : 4)
            let isLarge = name == "PDE" && entry & 0x80 != 0 && (isExtended || state.cr4 & ControlBits.pse != 0)
            walk.levels.append(PageWalk.Level(name: name, address: address, entry: entry, isLarge: isLarge))
            guard entry & 1 != 0 else { return walk }
            let reservedLarge: UInt64 = isExtended ? 0x1F_E000 : UInt64(reservedOfLargePage)
            let reservedSmall = isExtended || name == "PDE" ? 0 : UInt64(reservedOfSmallPage)
            let reserved = isLarge ? reservedLarge : reservedSmall
            if isExtended && entry & Self.reservedHigh != 0 || entry & reserved != 0 {
                walk.hasReservedBits = true
                return walk
            }
            walk.isUser = walk.isUser && entry & 4 != 0
            walk.isWritable = walk.isWritable && entry & 2 != 0
            table = entry & Self.frameMask
            if isLarge {
                let mask: UInt64 = isExtended ? 0x1F_FFFF : 0x3F_FFFF
                var frame = entry & Self.frameMask & ~mask
                if !isExtended { frame = entry & 0xFFC0_0000 | (hasPSE36 ? entry >> 13 & 0xF : 0) << 32 }
                walk.physical = (frame | UInt64(linear) & mask) & core.pointee.physicalMask
                return walk
            }
        }
        walk.physical = (table | UInt64(linear & 4095)) & core.pointee.physicalMask
        return walk
    }

    /// Bytes at a physical address as a number, without side effects.
    private func peekPhysical(_ address: UInt64, count: Int) -> UInt64 {
        (0..<count).reduce(0) { value, place in
            let physical = (address &+ UInt64(place)) & core.pointee.physicalMask
            let byte = memory.peek(physical: physical) ?? 0xFF
            return value | UInt64(byte) << (8 * UInt64(place))
        }
    }
}

extension Core {
    /// Drops all cached translations, of data and of code, or all but those of global pages.
    mutating func flushTranslations(keepingGlobal: Bool = false) {
        system.flush(keepingGlobal: keepingGlobal)
        ring3.flush(keepingGlobal: keepingGlobal)
        codeTag = 1
        if !keepingGlobal { hasLargePages = false }
    }
}

extension CPU {
    // MARK: CR3

    /// CR3: forgets all translations but those of global pages; with PAE the table of pointers is read.
    func loadPageDirectory(_ value: UInt32) throws(Interruption) {
        if core.pointee.isPaging { try readPagePointers(value) }
        core.pointee.state.cr3 = value
        core.pointee.flushTranslations(keepingGlobal: core.pointee.state.cr4 & ControlBits.pge != 0)
    }

    /// Reads the four entries at CR3 that PAE paging keeps in the processor (SDM volume 3, 4.4.1).
    func readPagePointers(_ cr3: UInt32, isExtended: Bool? = nil) throws(Interruption) {
        guard isExtended ?? (core.pointee.state.cr4 & ControlBits.pae != 0) else { return }
        var entries: [UInt64] = []
        for number in 0..<UInt64(4) {
            let address = (UInt64(cr3 & ~31) + 8 * number) & core.pointee.physicalMask
            let entry = try journaled { () throws(Interruption) in
                let low = UInt64(try read(PhysicalSpan(first: address, size: 4)))
                return UInt64(try read(PhysicalSpan(first: address &+ 4, size: 4))) << 32 | low
            }
            guard entry & 1 == 0 || entry & 0xFFFF_FFF0_0000_01E6 == 0 else {
                throw raised(.generalProtection, .pointerTableReserved)
            }
            entries.append(entry)
        }
        core.pointee.state.pagePointers.entries = entries
    }
}
