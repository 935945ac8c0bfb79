// Looking at memory and changing it from outside: no device hears of it, no A or D bit is set, no TLB entry is made.
extension Machine {
    /// The linear address of an address; nil for physical ones.
    ///
    /// - Throws: `LookError.noSegment` if the selector names no segment.
    public func linear(of address: Address) throws(LookError) -> UInt32? {
        try linear(of: address, in: state)
    }

    /// The physical address of an address.
    ///
    /// - Throws: `LookError` if there is no such segment or page.
    public func physical(of address: Address) throws(LookError) -> UInt32 {
        if case .physical(let physical) = address { return physical }
        let linear = try linear(of: address) ?? 0
        guard let physical = cpu.linearToPhysical(linear) else { throw .unmapped(linear: linear) }
        return physical
    }

    /// `count` bytes from an address, none if it is negative; nil where no page is mapped or only a device could tell.
    ///
    /// - Throws: `LookError.noSegment` if the selector names no segment.
    public func peek(_ address: Address, count: Int) throws(LookError) -> [UInt8?] {
        let start = try start(of: address, in: state)
        let count = PhysicalMemory.checked(count)
        var bytes: [UInt8?] = []
        bytes.reserveCapacity(min(count, 1 << 20))
        var walk = PageLook(self, start)
        while bytes.count < count {
            let physical = walk.physical(UInt32(truncatingIfNeeded: bytes.count))
            if let contents = physical.flatMap({ memory.contents($0, count: count - bytes.count) }) {
                for byte in contents { bytes.append(byte) }
            } else {
                bytes.append(physical.flatMap { memory.peek(physical: $0) })
            }
        }
        return bytes
    }

    /// `count` bytes from an address, all of which can be told.
    ///
    /// - Throws: `LookError` about the first byte that cannot.
    public func read(_ address: Address, count: Int) throws(LookError) -> [UInt8] {
        try read(address, count: count, in: state)
    }

    func read(_ address: Address, count: Int, in state: CPUState) throws(LookError) -> [UInt8] {
        let start = try start(of: address, in: state)
        let count = PhysicalMemory.checked(count)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(count, 1 << 20))
        var walk = PageLook(self, start)
        while bytes.count < count {
            let offset = UInt32(truncatingIfNeeded: bytes.count)
            guard let physical = walk.physical(offset) else { throw .unmapped(linear: start.address &+ offset) }
            if let contents = memory.contents(physical, count: count - bytes.count) {
                bytes.append(contentsOf: contents)
            } else {
                guard let byte = memory.peek(physical: physical) else { throw .device(physical: physical) }
                bytes.append(byte)
            }
        }
        return bytes
    }

    /// A segment as loading a selector would make it, by the bytes of its descriptor; in real mode by its number.
    ///
    /// - Throws: `LookError.noSegment` for null selectors, those outside of their table, and system descriptors.
    public func segment(selector: UInt16) throws(LookError) -> Segment { try segment(selector: selector, in: state) }

    // MARK: Parts

    func linear(of address: Address, in state: CPUState) throws(LookError) -> UInt32? {
        switch address {
        case .linear(let linear): linear
        case .physical: nil
        case .segmented(let selector, let offset): try segment(selector: selector, in: state).base &+ offset
        }
    }

    fileprivate func start(of address: Address, in state: CPUState) throws(LookError) -> LookStart {
        if case .physical(let physical) = address { return LookStart(address: physical, isLinear: false) }
        return LookStart(address: try linear(of: address, in: state) ?? 0, isLinear: true)
    }

    func segment(selector: UInt16, in state: CPUState) throws(LookError) -> Segment {
        guard state.cr0 & 1 != 0, !state.eflags.contains(.virtual8086) else { return Segment(realMode: selector) }
        // A segment that is loaded is as it was loaded, whatever its table says now.
        if let loaded = SegmentRegister.allCases.first(where: { state.segments[$0].selector == selector }) {
            return state.segments[loaded]
        }
        let isLocal = selector & 4 != 0
        let offset = UInt32(selector & ~7)
        let (base, limit) = isLocal ? (state.ldtr.base, state.ldtr.limit) : (state.gdtr.base, state.gdtr.limit)
        guard selector & ~3 != 0, offset &+ 7 <= limit else { throw .noSegment(selector: selector) }
        let bytes = try read(.linear(base &+ offset), count: 8, in: state)
        func half(_ start: Int) -> UInt32 { bytes[start..<start + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) } }
        let descriptor = Descriptor(low: half(0), high: cpu.model.is32Bit ? half(4) : half(4) & 0xFFFF)
        guard descriptor.access.contains(.codeOrData) else { throw .noSegment(selector: selector) }
        return descriptor.segment(selector: selector)
    }

    /// Changes bytes of RAM and of ROM, and drops the code decoded from them.
    ///
    /// Nothing is changed if any byte cannot be.
    /// A debugger's front end writes through `Debugger.edit`, so that the history knows.
    ///
    /// - Throws: `LookError` about the first byte that cannot be changed.
    public func poke(_ bytes: [UInt8], at address: Address) throws(LookError) {
        let start = try start(of: address, in: state)
        var walk = PageLook(self, start)
        var pieces: [(range: Range<Int>, physical: UInt64)] = []
        var done = 0
        while done < bytes.count {
            let offset = UInt32(truncatingIfNeeded: done)
            guard let physical = walk.physical(offset) else { throw .unmapped(linear: start.address &+ offset) }
            let end = min(bytes.count, done + PageImage.size - Int(physical) % PageImage.size)
            switch memory.backing(ofPage: physical) {
            case .ram, .rom: pieces.append((done..<end, physical))
            case .device, .open: throw .notWritable(physical: physical)
            }
            done = end
        }
        for piece in pieces { memory.load(Array(bytes[piece.range]), physical: piece.physical) }
    }
}

private struct LookStart {
    var address: UInt32
    var isLinear: Bool
}

/// Translates ascending addresses, each page once.
private struct PageLook {
    private let machine: Machine
    private let start: LookStart
    private var page: UInt32?
    private var physicalPage: UInt64?

    init(_ machine: Machine, _ start: LookStart) {
        self.machine = machine
        self.start = start
    }

    mutating func physical(_ offset: UInt32) -> UInt64? {
        let address = start.address &+ offset
        guard start.isLinear else { return UInt64(address) }
        if page != address & ~4095 {
            page = address & ~4095
            physicalPage = machine.cpu.pageWalk(address & ~4095).physical
        }
        return physicalPage.map { $0 | UInt64(address & 4095) }
    }
}
