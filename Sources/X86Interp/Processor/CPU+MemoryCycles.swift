// The only door to memory that is not plain RAM or ROM of one page: devices, split accesses, tables that devices hold.
extension CPU {
    /// The physical addresses of an access: within one page, or in two that need not lie side by side.
    struct PhysicalSpan {
        let first: UInt64
        let size: Int
        /// The place of the second page's first byte, and how many bytes of the access come before.
        var second: UInt64 = 0
        var inFirst = Int.max

        /// Where a byte of the access is, and how many more are in its page.
        func place(_ done: Int) -> (address: UInt64, bytes: Int) {
            done < inFirst
                ? (first &+ UInt64(done), min(size, inFirst) - done)
                : (second &+ UInt64(done - inFirst), size - done)
        }
    }

    /// All cycles of a read or a fetch, in ascending order.
    func read(_ span: PhysicalSpan, _ kind: AccessKind = .read) throws(Interruption) -> UInt32 {
        var value: UInt32 = 0
        var done = 0
        while done < span.size {
            let (address, bytes) = span.place(done)
            let cycle = try cycle(address, bytes, kind, 0)
            value |= cycle.value << UInt32(8 * done)
            done += max(1, Int(cycle.bytes))
        }
        return value
    }

    /// All cycles of a write, in ascending order.
    func write(_ span: PhysicalSpan, _ value: UInt32) throws(Interruption) {
        var done = 0
        while done < span.size {
            let (address, bytes) = span.place(done)
            done += max(1, Int(try cycle(address, bytes, .write, value >> UInt32(8 * done)).bytes))
        }
    }

    /// The next cycle of an access that has `bytes` left in a page; under the journal those that are over are met again.
    private func cycle(
        _ address: UInt64, _ bytes: Int, _ kind: AccessKind, _ value: UInt32
    ) throws(Interruption) -> MemoryCycle {
        let direction: MemoryDirection = kind == .write ? .write : .read
        if core.pointee.isJournaling {
            if let known = journal.metCycle() { return known }
            if let response = journal.response {
                let cycle = consume(response)
                journal.note(cycle: cycle)
                if core.pointee.isAttentionRequested { try endAccess() }
                return cycle
            }
        }
        let cycle: MemoryCycle
        switch memory.backing(ofPage: address, for: kind) {
        case .ram(let page):
            var read: UInt32 = 0
            if kind != .write {
                read = PhysicalMemory.load(page.host + Int(address & 4095), bytes: bytes)
            } else {
                memory.store(value, page, offset: Int(address & 4095), bytes: bytes)
            }
            cycle = MemoryCycle(value: read, bytes: UInt8(bytes))
        case .rom(let page):
            cycle = MemoryCycle(
                value: PhysicalMemory.load(page + Int(address & 4095), bytes: bytes), bytes: UInt8(bytes))
        case .open: cycle = try unmappedCycle(address, bytes, direction, value)
        case .device(let device, let region, let page):
            cycle = try self.cycle(page | address & 4095, bytes, direction, value, device, region)
        }
        if core.pointee.isJournaling { journal.note(cycle: cycle) }
        // A device may have raised a line, or have gone elsewhere.
        if core.pointee.isAttentionRequested { try endAccess() }
        return cycle
    }

    /// One cycle at an address at which nothing is, by the policy for that.
    private func unmappedCycle(
        _ address: UInt64, _ bytes: Int, _ direction: MemoryDirection, _ value: UInt32
    ) throws(Interruption) -> MemoryCycle {
        let policy = options.unmappedMemoryPolicy
        if policy == .float { return MemoryCycle(value: UInt32.max >> UInt32(32 - 8 * bytes), bytes: UInt8(bytes)) }
        let split = BusCycle.next(
            address, bytes: bytes, widest: .dword, isClaimed: { _, _ in false }, grantsLane: { _, _ in false })
        let request = request(split, direction, value)
        if policy == .stop { throw ask(request, split.lane, nil) }
        record(request, direction == .read ? split.width.mask : request.value, nil, nil)
        return MemoryCycle(value: split.width.mask, bytes: UInt8(split.width.bytes))
    }

    /// One cycle at a device, in the tier of its region.
    private func cycle(
        _ address: UInt64, _ bytes: Int, _ direction: MemoryDirection, _ value: UInt32, _ device: any MemoryDevice,
        _ region: MappedRegion
    ) throws(Interruption) -> MemoryCycle {
        let split = region.nextCycle(address, bytes: bytes)
        let request = request(split, direction, value)
        let covered = BusCycle.bytes(split.width, lane: split.lane)
        guard split.isClaimed else {
            let all = UInt32.max >> UInt32(32 - 8 * covered)
            return MemoryCycle(value: all, bytes: UInt8(covered))
        }
        if core.pointee.mayAskHost {
            guard core.pointee.isJournaling else { throw .journal }
            if region.tier == .user { throw ask(request, split.lane, region) }
        }
        updateClock()
        let offset = region.offset(split.address)
        var answer = request.value
        switch direction {
        case .read:
            answer = device.readMemory(bank: region.bank, offset: offset, width: split.width) & split.width.mask
        case .write: device.writeMemory(bank: region.bank, offset: offset, width: split.width, value: answer)
        }
        record(request, answer, .kernel, region.name)
        return MemoryCycle(value: BusCycle.extract(answer, split.width, lane: split.lane), bytes: UInt8(covered))
    }

    private func request(_ split: BusCycle, _ direction: MemoryDirection, _ value: UInt32) -> MemoryRequest {
        let element = runningElement
        return MemoryRequest(
            address: split.address, width: split.width, direction: direction,
            value: direction == .write ? BusCycle.place(value, split.width, lane: split.lane) : 0,
            element: element.number, remaining: element.remaining)
    }

    /// Which element of a repeated instruction is at hand.
    private var runningElement: PortElement {
        let current = core.pointee.current
        guard current.pointee.length > 0, current.pointee.isRepeated else { return PortElement() }
        switch current.pointee.operation {
        case .movs, .cmps, .stos, .lods, .scas, .ins, .outs:
            return PortElement(
                number: core.pointee.state.portProgress.element, remaining: masked(.ecx, current.pointee.addressMask))
        default: return PortElement()
        }
    }

    /// Leaves a request for the host; nothing is there without a region.
    private func ask(_ request: MemoryRequest, _ lane: UInt8?, _ region: MappedRegion?) -> Interruption {
        // What may ask is known before it is met, but for what changes within an instruction.
        guard core.pointee.isJournaling else { return .journal }
        journal.request = request
        journal.progress.waiting = WaitingMemory(lane: lane, region: region?.number, device: region?.name)
        return .awaitingHost
    }

    /// Takes the host's answer, once; it belongs to the question that was asked, whatever the map has become.
    func consume(_ response: MemoryResponse) -> MemoryCycle {
        updateClock()
        journal.response = nil
        let waiting = journal.progress.waiting
        journal.progress.waiting = nil
        let request = response.request
        let value = response.value & request.width.mask
        record(request, value, waiting?.region == nil ? nil : .user, waiting?.device)
        return MemoryCycle(
            value: request.direction == .read ? BusCycle.extract(value, request.width, lane: waiting?.lane) : 0,
            bytes: UInt8(BusCycle.bytes(request.width, lane: waiting?.lane)))
    }

    private func record(_ request: MemoryRequest, _ answer: UInt32, _ tier: Tier?, _ device: String?) {
        guard watch.hearsMemory, watch.interests.wants(request) else { return }
        var cycle = request
        if request.direction == .read { cycle.value = answer }
        let current = core.pointee.current
        let transaction = MemoryTransaction(
            instructions: now, cs: runningPlace.cs, eip: instructionEIP,
            operation: current.pointee.length > 0 ? current.pointee.operation : nil, tier: tier, cycle: cycle,
            device: device)
        tell({ $0.wants(cycle) }, { $0.didTransfer(transaction) })
    }
}
