// How an instruction waits in its middle for memory of the user tier: it is run again from its start, and does not make
// again what it has made. See the article on memory devices.
extension CPU {
    /// What an instruction that may have to wait for memory has had, and the state that it began with.
    ///
    /// Kept only while memory may ask the host (`Core.mayAskHost`), and only for what meets a device or makes several
    /// accesses. While it is kept, caches of translations look empty to the fast path, so that every access comes to the
    /// slow one.
    final class Journal {
        /// The next instruction is run under the journal.
        var isWanted = false
        /// Marks of the next instruction have not been looked at.
        var asksMarks = false
        /// The state before the instruction.
        var checkpoint = CPUState()
        /// What it has had, and how much of it this run has met again.
        var progress = MemoryProgress()
        var accessesMet = 0
        var cyclesMet = 0
        /// The answer that it has been run again for.
        var response: MemoryResponse?
        /// The question that it waits for.
        var request: MemoryRequest?
        /// An access is made again that faulted.
        private var isFaulting = false
        /// The fast path would make the access at hand, were no journal kept: then it goes by a cached translation, else by
        /// the page tables as they are.
        var isQuick = true
        /// The last access was met again: whoever watches was told of it.
        var isRepeated = false
        /// Entries that are never valid: what the fast path sees while a journal is kept.
        private var blank: UnsafeMutablePointer<TLBEntry>?

        deinit { blank?.deallocate() }

        /// No translations; `page` is any valid host address.
        func noTranslations(_ page: UnsafeMutableRawPointer) -> UnsafeMutablePointer<TLBEntry> {
            if let blank { return blank }
            let entries = UnsafeMutablePointer<TLBEntry>.allocate(capacity: TranslationCache.size)
            entries.initialize(repeating: .invalid(page), count: TranslationCache.size)
            blank = entries
            return entries
        }

        /// A device has set the state in the middle of the instruction: what it has changed stays, should the instruction
        /// have to be run again.
        func keep(from old: CPUState, to new: CPUState) {
            for register in GeneralRegister.allCases where old.gpr[register] != new.gpr[register] {
                checkpoint.gpr[register] = new.gpr[register]
            }
            for segment in SegmentRegister.allCases where old.segments[segment] != new.segments[segment] {
                checkpoint.segments[segment] = new.segments[segment]
            }
            if old.eflags != new.eflags { checkpoint.eflags = new.eflags }
            checkpoint.instructions &+= new.instructions &- old.instructions
        }

        /// The next access if it is over.
        func metAccess() -> MemoryAccess? {
            isRepeated = accessesMet < progress.accesses.count
            guard isRepeated else { return nil }
            defer { accessesMet += 1 }
            return progress.accesses[accessesMet]
        }

        /// Of the next access nothing has happened.
        var isFresh: Bool { progress.cycles.isEmpty && response == nil && !isFaulting }

        /// Something of what is to come has happened already.
        var hasMore: Bool { accessesMet < progress.accesses.count || !isFresh }

        /// An access that faulted faults again, by the cycles that it had.
        func fault<Failure: Error>(
            _ cycles: [MemoryCycle], _ body: () throws(Failure) -> UInt64
        ) throws(Failure) -> UInt64 {
            let present = (progress.cycles, cyclesMet)
            (progress.cycles, cyclesMet, isFaulting) = (cycles, 0, true)
            defer {
                (progress.cycles, cyclesMet) = present
                isFaulting = false
            }
            return try body()
        }

        /// An access is over; nil is one that faulted.
        func note(access value: UInt64?) {
            let faulted = value == nil ? progress.cycles : nil
            progress.accesses.append(MemoryAccess(value: value ?? 0, faulted: faulted))
            accessesMet = progress.accesses.count
            progress.cycles.removeAll(keepingCapacity: true)
            cyclesMet = 0
            // An answer that nobody takes any more, since the map or the page tables have changed.
            response = nil
            progress.waiting = nil
        }

        /// The next cycle of the next access if it is over.
        func metCycle() -> MemoryCycle? {
            guard cyclesMet < progress.cycles.count else { return nil }
            defer { cyclesMet += 1 }
            return progress.cycles[cyclesMet]
        }

        /// A cycle is over.
        func note(cycle: MemoryCycle) {
            progress.cycles.append(cycle)
            cyclesMet = progress.cycles.count
        }
    }

    /// Looks up whether memory may ask the host from now on.
    func updateHostMemory() {
        core.pointee.mayAskHost = memory.map.hasUserRegions || options.unmappedMemoryPolicy == .stop
    }

    /// The instruction or delivery is over.
    @inline(__always)
    func endJournal() {
        if core.pointee.isJournaling { forgetJournal() }
    }

    @inline(never)
    private func forgetJournal() {
        core.pointee.isJournaling = false
        journal.progress = MemoryProgress()
        journal.response = nil
        journal.request = nil
        setDirectWidth()
        useTranslations()
    }

    /// Puts the state back to the instruction's start and keeps with it what was had; returns the exit with the question.
    @inline(never)
    func suspend() -> Exit {
        var state = journal.checkpoint
        let present = core.pointee.state
        state.portProgress = present.portProgress
        state.pendingRequest = present.pendingRequest
        state.latchedResponse = present.latchedResponse
        state.sleepsUntil = present.sleepsUntil
        state.memoryProgress = journal.progress
        state.memoryProgress.isActive = true
        state.pendingMemoryRequest = journal.request
        state.latchedMemoryResponse = journal.response
        endJournal()
        core.pointee.state = state
        core.pointee.flags = LazyFlags(state.eflags)
        let isElsewhere =
            state.cr0 != present.cr0 || state.cr3 != present.cr3 || state.cr4 != present.cr4
        if isElsewhere { core.pointee.flushTranslations() }
        // Observers have been told of the mode that it will be.
        let watchesModes = core.pointee.watchesModes
        core.pointee.watchesModes = false
        refreshSegments()
        core.pointee.watchesModes = watchesModes
        if state.dr7 != present.dr7 { refreshWatch() }
        markBoundary()
        if let request = state.pendingRequest { return .port(request) }
        return pendingMemoryExit ?? .budget
    }

    /// The exit of a pending memory request.
    var pendingMemoryExit: Exit? {
        guard let request = core.pointee.state.pendingMemoryRequest else { return nil }
        return core.pointee.state.memoryProgress.waiting?.region == nil
            ? .stopped(.unmappedMemory(request)) : .memory(request)
    }

    /// Nothing answers at a pending request, and by now nothing has to.
    func letGoOfUnmapped() {
        guard core.pointee.state.pendingMemoryRequest != nil, options.unmappedMemoryPolicy != .stop,
            core.pointee.state.memoryProgress.waiting?.region == nil
        else { return }
        core.pointee.state.pendingMemoryRequest = nil
    }

    /// Shows the fast path the translations of the present privilege, or none while a journal is kept.
    func useTranslations() {
        guard !core.pointee.isJournaling else {
            let none = journal.noTranslations(memory.ram)
            core.pointee.readTLB = none
            core.pointee.writeTLB = none
            core.pointee.systemReadTLB = none
            core.pointee.systemWriteTLB = none
            return
        }
        let isRing3 = core.pointee.isRing3
        core.pointee.readTLB = isRing3 ? core.pointee.ring3.read : core.pointee.system.read
        core.pointee.writeTLB = isRing3 ? core.pointee.ring3.write : core.pointee.system.write
        core.pointee.systemReadTLB = core.pointee.system.read
        core.pointee.systemWriteTLB = core.pointee.system.write
    }

    /// The host address of what the caches that the fast path does not see have, if they have all of an access.
    private func cachedHost(
        _ linear: UInt32, _ size: Int, _ kind: AccessKind, ring3: Bool
    ) -> UnsafeMutableRawPointer? {
        guard journal.isQuick else { return nil }
        let cache = ring3 ? core.pointee.ring3 : core.pointee.system
        let entry = (kind == .write ? cache.write : cache.read) + TranslationCache.slot(linear)
        let (isHit, host) = entry.host(linear, size: size)
        return isHit ? host : nil
    }

    /// A read under the journal.
    func loadJournaled(
        _ linear: UInt32, _ size: Int, _ kind: AccessKind, ring3: Bool
    ) throws(Interruption) -> UInt32 {
        let value = try journaled { () throws(Interruption) in
            guard journal.isFresh, let host = cachedHost(linear, size, kind, ring3: ring3) else {
                return UInt64(try loadUncached(linear, size, kind, ring3: ring3))
            }
            return UInt64(PhysicalMemory.load(host, bytes: size))
        }
        return UInt32(truncatingIfNeeded: value)
    }

    /// A write under the journal.
    func storeJournaled(
        _ linear: UInt32, _ size: Int, _ value: UInt32, ring3: Bool
    ) throws(Interruption) {
        _ = try journaled { () throws(Interruption) in
            guard journal.isFresh, let host = cachedHost(linear, size, .write, ring3: ring3) else {
                try storeUncached(linear, size, value, ring3: ring3)
                return 0
            }
            PhysicalMemory.put(value, host, bytes: size)
            return 0
        }
    }

    /// Something that counts as one access: under the journal its value is kept, and `body` runs once only, but for one
    /// that faults.
    @inline(__always)
    func journaled(_ body: () throws(Interruption) -> UInt64) throws(Interruption) -> UInt64 {
        guard core.pointee.isJournaling else { return try body() }
        return try metOrMade(body)
    }

    @inline(never)
    private func metOrMade(_ body: () throws(Interruption) -> UInt64) throws(Interruption) -> UInt64 {
        if let old = journal.metAccess() {
            guard let cycles = old.faulted else { return old.value }
            return try journal.fault(cycles, body)
        }
        let value: UInt64
        do throws(Interruption) {
            value = try body()
        } catch {
            if case .fault = error { journal.note(access: nil) }
            throw error
        }
        journal.note(access: value)
        return value
    }

    /// Whoever watches was told of the last access when it was made first.
    var isRepeatedAccess: Bool { core.pointee.isJournaling && journal.isRepeated }
}
