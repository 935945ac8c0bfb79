/// Where a port access stands within its instruction.
struct PortElement {
    var number: UInt32 = 0
    var remaining: UInt32 = 1
}

// The only door to the ports.
extension CPU {
    /// Whether IN, OUT, INS and OUTS are allowed at all (SDM volume 1, 19.5); asked once per start of an instruction.
    @inline(__always)
    func checkPortPermission(_ port: UInt16, _ width: Width) throws(Interruption) {
        guard core.pointee.state.cpl != 0 else { return }
        try checkOuterPermission(port, width)
    }

    /// The same for outer rings and virtual-8086 mode.
    @inline(never)
    private func checkOuterPermission(_ port: UInt16, _ width: Width) throws(Interruption) {
        guard core.pointee.state.cr0 & ControlBits.protection != 0 else { return }
        guard core.pointee.isVirtual8086 || core.pointee.state.cpl > iopl else { return }
        // Within an access the question has been answered: the host may have changed the bitmap since.
        // Under the journal it is met again like all that comes before it.
        let isAnswered = core.pointee.state.latchedResponse != nil || core.pointee.state.portProgress.isWithinAccess
        guard !isAnswered || core.pointee.isJournaling else { return }
        try checkPortBitmap(port, width)
    }

    /// The permission bitmap of the TSS: all bits of the access must be clear; two bytes are always read.
    @inline(never)
    private func checkPortBitmap(_ port: UInt16, _ width: Width) throws(Interruption) {
        let task = core.pointee.state.tr
        guard task.access.rawValue & 8 != 0, task.access.contains(.present), task.limit >= 103 else {
            throw raised(Fault(.generalProtection), .portBitmapMissing, selector: task.selector, address: UInt32(port))
        }
        let base = UInt32(try loadSystem(task.base &+ 0x66, UInt16.self))
        let offset = base &+ UInt32(port >> 3)
        guard offset &+ 1 <= task.limit else {
            throw raised(Fault(.generalProtection), .portBeyondBitmap, selector: task.selector, address: UInt32(port))
        }
        let bits = try loadSystem(task.base &+ offset, UInt16.self)
        guard bits >> (port & 7) & (1 << UInt16(width.bytes) &- 1) == 0 else {
            throw raised(Fault(.generalProtection), .portRefused, selector: task.selector, address: UInt32(port))
        }
    }

    /// Reads a port: the value is what the device returned, and nothing else.
    @inline(__always)
    func readPort(_ port: UInt16, _ width: Width, _ element: PortElement = PortElement()) throws(Interruption) -> UInt32
    {
        let claim = ports.direct(at: port, width)
        if isDirect(port, width), claim.pointee.isThere {
            updateClock()
            let value = claim.pointee.read(port, width)
            if core.pointee.isAttentionRequested { try endAccess() }
            return value
        }
        return try transfer(port, width, .in, 0, element)
    }

    /// Writes a port.
    @inline(__always)
    func writePort(
        _ port: UInt16, _ width: Width, _ value: UInt32, _ element: PortElement = PortElement()
    ) throws(Interruption) {
        let claim = ports.direct(at: port, width)
        if isDirect(port, width), claim.pointee.isThere {
            updateClock()
            claim.pointee.write(port, width, value & width.mask)
            if core.pointee.isAttentionRequested { try endAccess() }
            return
        }
        _ = try transfer(port, width, .out, value, element)
    }

    /// Whether an access is one cycle that nobody watches and that has not begun.
    @inline(__always)
    private func isDirect(_ port: UInt16, _ width: Width) -> Bool {
        core.pointee.directWidth >= width.rawValue && UInt8(truncatingIfNeeded: port) & (width.rawValue &- 1) == 0
            && core.pointee.state.portProgress.bytesDone == 0 && core.pointee.state.latchedResponse == nil
    }

    /// Tells the devices what time it is.
    @inline(__always)
    func updateClock() { present.pointee = now }

    /// Guest time within a block.
    @inline(__always)
    var now: UInt64 {
        core.pointee.state.instructions &+ Core.distance(core.pointee.start, core.pointee.current)
    }

    /// EIP of the running instruction.
    var instructionEIP: UInt32 {
        let current = core.pointee.current
        return core.pointee.blockEIP &+ UInt32(current.pointee.next) &- UInt32(current.pointee.length)
    }

    /// The running instruction is decoded for this one time.
    var isUncached: Bool { core.pointee.current == scratch.pointee.ops }

    /// Where the running instruction is.
    var instructionPlace: InstructionPlace {
        InstructionPlace(cs: core.pointee.state.segments.cs.selector, eip: instructionEIP)
    }

    /// An access that is not one cycle straight to a device.
    @inline(never)
    private func transfer(
        _ port: UInt16, _ width: Width, _ direction: PortDirection, _ value: UInt32, _ element: PortElement
    ) throws(Interruption) -> UInt32 {
        let answer = try journaled { () throws(Interruption) in
            UInt64(try transferCycles(port, width, direction, value, element))
        }
        if core.pointee.hasPortBreakpoints { notePortAccess(port, width) }
        return UInt32(truncatingIfNeeded: answer)
    }

    /// All cycles of an access; those before a user-tier cycle are kept in `portProgress` and not repeated.
    private func transferCycles(
        _ port: UInt16, _ width: Width, _ direction: PortDirection, _ value: UInt32, _ element: PortElement
    ) throws(Interruption) -> UInt32 {
        var done = Int(core.pointee.state.portProgress.bytesDone)
        while done < width.bytes {
            let shift = UInt32(8 * done)
            let cycle: PortMap.Cycle
            let answer: UInt32
            if let response = core.pointee.state.latchedResponse {
                cycle = waitingCycle(response.request)
                answer = consume(response)
            } else {
                cycle = ports.nextCycle(port: UInt32(port) + UInt32(done), bytes: width.bytes - done)
                let request = PortRequest(
                    port: cycle.port, width: cycle.width, direction: direction,
                    value: direction == .out ? cycle.place(value >> shift) : 0, element: element.number,
                    remaining: element.remaining)
                answer = try perform(request, cycle)
            }
            // A device may have raised a line, or have gone elsewhere.
            if core.pointee.isAttentionRequested { try endAccess() }
            core.pointee.state.portProgress.value |= cycle.extract(answer) << shift
            done += cycle.bytes
            core.pointee.state.portProgress.bytesDone = UInt8(done)
        }
        defer {
            core.pointee.state.portProgress.bytesDone = 0
            core.pointee.state.portProgress.value = 0
            core.pointee.state.portProgress.waiting = nil
            core.pointee.state.portProgress.source = nil
        }
        return core.pointee.state.portProgress.value
    }

    /// The cycle that was asked for, whatever the map has become meanwhile.
    private func waitingCycle(_ request: PortRequest) -> PortMap.Cycle {
        let waiting = core.pointee.state.portProgress.waiting
        return PortMap.Cycle(
            port: request.port, width: request.width, claim: nil, lane: waiting?.lane)
    }

    /// Takes the host's answer, once.
    func consume(_ response: PortResponse) -> UInt32 {
        updateClock()
        core.pointee.state.latchedResponse = nil
        let value = response.value & response.request.width.mask
        let claim = core.pointee.state.portProgress.waiting?.claim
        record(response.request, value, .user, claim.flatMap { ports.name(ofClaim: $0) })
        return value
    }

    /// One cycle, in the tier of its claim.
    private func perform(_ request: PortRequest, _ cycle: PortMap.Cycle) throws(Interruption) -> UInt32 {
        updateClock()
        // A device that serves it at once, of which nobody hears.
        let direct = ports.direct(at: request.port, request.width)
        if cycle.claim != nil, core.pointee.directWidth >= request.width.rawValue, direct.pointee.isThere {
            switch request.direction {
            case .in: return direct.pointee.read(request.port, request.width)
            case .out: direct.pointee.write(request.port, request.width, request.value)
            }
            return request.value
        }
        guard let slot = cycle.claim, let claim = ports.claim(inSlot: slot) else {
            if options.unmappedPolicy == .stop { throw .stop(.unmappedPort(request)) }
            if request.direction == .in { options.floatingReads.note(request.port, at: instructionPlace) }
            record(request, request.direction == .in ? request.width.mask : request.value, nil, nil)
            return request.width.mask
        }
        let offset = request.port &- claim.ports.lowerBound
        let direction = request.direction
        if claim.tier == .user
            || claim.deferring?.defers(bank: claim.bank, offset: offset, width: request.width, direction: direction)
                == true
        {
            throw ask(request, cycle, claim.number)
        }
        var value = request.value
        switch direction {
        case .in:
            value = claim.device.read(bank: claim.bank, offset: offset, width: request.width) & request.width.mask
        case .out: claim.device.write(bank: claim.bank, offset: offset, width: request.width, value: value)
        }
        record(request, value, .kernel, claim.device.name)
        return value
    }

    /// Leaves a request for the host.
    private func ask(_ request: PortRequest, _ cycle: PortMap.Cycle, _ claim: UInt64) -> Interruption {
        core.pointee.state.pendingRequest = request
        let code = core.pointee.state.portProgress.waiting?.code ?? instructionBytes()
        core.pointee.state.portProgress.waiting = WaitingCycle(lane: cycle.lane, claim: claim, code: code)
        return .awaitingHost
    }

    /// The bytes of the running instruction; none if they cannot be looked at without a side effect.
    private func instructionBytes() -> [UInt8] {
        let length = Int(core.pointee.current.pointee.length)
        if isUncached, options.scratchCode.count == length { return options.scratchCode }
        let bytes = codeBytes(at: instructionEIP, count: length)
        return bytes.count == length ? bytes : []
    }

    /// Bytes of the code segment, up to the first that cannot be looked at without a side effect.
    func codeBytes(at eip: UInt32, count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        for offset in 0..<UInt32(count) {
            let eip = eip &+ offset
            let linear = core.pointee.windows.cs.base &+ (model.hasSegmentLimits ? eip : eip & 0xFFFF)
            guard let physical = pageWalk(linear).physical, let byte = memory.look(physical, for: .execute) else {
                break
            }
            bytes.append(byte)
        }
        return bytes
    }

    private func record(
        _ request: PortRequest, _ answer: UInt32, _ tier: Tier?, _ name: @autoclosure () -> String?
    ) {
        guard watch.hearsPorts, !watch.entries.isEmpty,
            watch.interests.wants(request.port, request.width, request.direction)
        else { return }
        let transaction = PortTransaction(
            instructions: now, cs: runningPlace.cs, eip: instructionEIP,
            operation: core.pointee.current.pointee.operation, element: request.element,
            remaining: request.remaining, tier: tier, port: request.port, width: request.width,
            direction: request.direction, value: request.direction == .in ? answer : request.value, device: name())
        tell({ $0.wants(request.port, request.width, request.direction) }, { $0.didTransfer(transaction) })
    }

    // MARK: What is withdrawn meanwhile

    /// The deadline, for those that make the CPU look about: it does not move while this CPU lives.
    var deadlinePlace: UnsafeMutablePointer<UInt64> {
        UnsafeMutableRawPointer(core).advanced(by: MemoryLayout<Core>.offset(of: \Core.deadline) ?? 0)
            .assumingMemoryBound(to: UInt64.self)
    }

    /// A run begins: what is withdrawn from ports and memory is kept while the CPU may be in it.
    func enterMaps() {
        ports.enter(deadlinePlace)
        memory.isEntered = true
    }

    /// The CPU is between two instructions: it is in no device.
    func forgetRetired() {
        ports.forgetRetired(deadlinePlace)
        memory.forgetRetired()
    }

    /// A run is over.
    func leaveMaps() {
        ports.leave(deadlinePlace)
        memory.forgetRetired()
        memory.isEntered = false
    }

    // MARK: Blocks

    /// How the elements of a repeated transfer reach a device that serves blocks, if nothing would notice the difference.
    ///
    /// Elements that are wider than the device's register, or a part of it, go by blocks too, where nobody can tell that
    /// the cycles of one are not done by turns with those of another: see `BlockRoute.admits`. Cycles may float.
    func blockRoute(_ port: UInt16, _ width: Width, _ direction: PortDirection) -> BlockRoute? {
        guard core.pointee.directWidth != 0, core.pointee.state.latchedResponse == nil,
            core.pointee.state.portProgress.bytesDone == 0, !ports.isWatched(port, width)
        else { return nil }
        var route = BlockRoute()
        var done = 0
        while done < width.bytes {
            let cycle = ports.nextCycle(port: UInt32(port) + UInt32(done), bytes: width.bytes - done)
            if let slot = cycle.claim {
                guard let claim = ports.claim(inSlot: slot), claim.tier == .kernel, claim.deferring == nil,
                    let block = claim.block, !ports.isWatched(cycle.port, cycle.width)
                else { return nil }
                let part = BlockRoute.Part(
                    cycle: cycle, claim: claim, place: done, order: block.blockOrder(bank: claim.bank))
                guard route.admits(part, direction) else { return nil }
                route.add(part)
            } else if options.unmappedPolicy == .stop {
                return nil
            }
            done += cycle.bytes
        }
        return route
    }

    /// Reads elements of `width` from a port into memory; at most as many as `limit`, and tells how many.
    func readBlock(
        _ port: UInt16, _ width: Width, _ route: BlockRoute, into host: UnsafeMutableRawPointer, _ limit: Int
    ) -> Int {
        updateClock()
        if let whole = route.whole(width) {
            whole.read(into: UnsafeMutableRawBufferPointer(start: host, count: limit * width.bytes))
            return limit
        }
        let count = min(limit, BlockRoute.mostElements)
        host.initializeMemory(as: UInt8.self, repeating: 0xFF, count: count * width.bytes)
        noteFloating(port, width, UInt64(count))
        route.forEachPart { part in
            withUnsafeTemporaryAllocation(byteCount: count * part.cycle.width.bytes, alignment: 4) { values in
                part.read(into: values)
                part.eachByte(count, width) { element, value in
                    host.storeBytes(of: values[value], toByteOffset: element, as: UInt8.self)
                }
            }
        }
        return count
    }

    /// Writes elements of `width` from memory to a port; at most as many as `limit`, and tells how many.
    func writeBlock(
        _ port: UInt16, _ width: Width, _ route: BlockRoute, from host: UnsafeRawPointer, _ limit: Int
    ) -> Int {
        updateClock()
        if let whole = route.whole(width) {
            whole.write(from: UnsafeRawBufferPointer(start: host, count: limit * width.bytes))
            return limit
        }
        let count = min(limit, BlockRoute.mostElements)
        route.forEachPart { part in
            withUnsafeTemporaryAllocation(byteCount: count * part.cycle.width.bytes, alignment: 4) { values in
                // The other lanes of a register get zeros.
                values.initializeMemory(as: UInt8.self, repeating: 0)
                part.eachByte(count, width) { element, value in
                    values[value] = host.load(fromByteOffset: element, as: UInt8.self)
                }
                part.write(from: UnsafeRawBufferPointer(values))
            }
        }
        return count
    }

    /// Counts what the cycles of some elements read where nobody answers.
    private func noteFloating(_ port: UInt16, _ width: Width, _ times: UInt64) {
        var done = 0
        while done < width.bytes {
            let cycle = ports.nextCycle(port: UInt32(port) + UInt32(done), bytes: width.bytes - done)
            if cycle.claim == nil { options.floatingReads.note(cycle.port, at: instructionPlace, times: times) }
            done += cycle.bytes
        }
    }
}

/// The cycles of each element of a repeated transfer that reach devices; the others, if there are any, float.
struct BlockRoute {
    /// Elements at a time where they are not the device's: what is put together on the side stays small.
    static let mostElements = 2048

    /// A cycle of each element, and who answers it.
    struct Part {
        /// The cycle: its port, its width, its lane.
        var cycle: PortMap.Cycle
        var claim: PortClaim
        /// Where the cycle is within the element, in bytes.
        var place: Int
        var order: BlockOrder
    }

    /// The parts: nearly always one, which costs no array.
    private var first: Part?
    private var others: [Part] = []

    /// Whether all cycles of a part may come before or behind all of the parts that are there.
    ///
    /// Devices know nothing of each other, but what two of them write may come out at one place of the host's.
    func admits(_ part: Part, _ direction: PortDirection) -> Bool {
        guard part.order != .none else { return false }
        var isAdmitted = true
        forEachPart { other in
            guard part.order == .ordered || other.order == .ordered else { return }
            let isSame = part.claim.device === other.claim.device
            let areBothOrdered = part.order == .ordered && other.order == .ordered
            if isSame || areBothOrdered && direction == .out { isAdmitted = false }
        }
        return isAdmitted
    }

    /// Adds a part.
    mutating func add(_ part: Part) {
        if first == nil { first = part } else { others.append(part) }
    }

    /// The one part, if elements are its device's own.
    func whole(_ width: Width) -> Part? {
        guard others.isEmpty, let first, first.cycle.lane == nil, first.cycle.width == width else { return nil }
        return first
    }

    @inline(__always)
    fileprivate func forEachPart(_ body: (Part) -> Void) {
        if let first { body(first) }
        for part in others { body(part) }
    }
}

extension BlockRoute.Part {
    /// Calls with the place of each byte that the device has a part in: among `count` elements, and among its values.
    @inline(__always)
    fileprivate func eachByte(_ count: Int, _ width: Width, _ body: (_ element: Int, _ value: Int) -> Void) {
        let lane = Int(cycle.lane ?? 0)
        for number in 0..<count {
            for byte in 0..<cycle.bytes {
                body(number &* width.bytes &+ place &+ byte, number &* cycle.width.bytes &+ lane &+ byte)
            }
        }
    }

    fileprivate func read(into buffer: UnsafeMutableRawBufferPointer) {
        claim.block?.readBlock(
            bank: claim.bank, offset: cycle.port &- claim.ports.lowerBound, width: cycle.width, into: buffer)
    }

    fileprivate func write(from buffer: UnsafeRawBufferPointer) {
        claim.block?.writeBlock(
            bank: claim.bank, offset: cycle.port &- claim.ports.lowerBound, width: cycle.width, from: buffer)
    }
}
