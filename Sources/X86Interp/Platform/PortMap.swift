/// Where a port device is served.
public enum Tier: String, Sendable, Codable, CaseIterable {
    /// Inside the run loop.
    case kernel
    /// By the host, which `CPU.run` returns to.
    case user
}

/// What becomes of an access that is narrower than every register of the claim at its port.
public enum NarrowAccess: Sendable {
    /// It is a lane of the wider register: reads pick it out, writes have zeros in the other lanes.
    case lane
    /// Nobody answers.
    case floating
}

/// Ports that a device answers at, by width, and the tier that serves them.
public struct PortClaim {
    /// The ports, first and last included.
    public let ports: ClosedRange<UInt16>
    /// The widths that reach the device as one access; others are split.
    public let widths: WidthSet
    /// Who answers.
    public let device: any PortDevice
    /// Tells several claims of one device apart.
    public let bank: UInt8
    /// What becomes of narrower accesses.
    public let narrow: NarrowAccess
    /// Who serves it; may change at any time.
    public internal(set) var tier: Tier
    let block: (any BlockPortDevice)?
    let deferring: (any DeferringPortDevice)?
}

/// The port address space: which device answers at which port and width, in which tier.
public final class PortMap {
    /// Why a claim was refused.
    public enum ClaimError: Error, Equatable {
        /// Two devices want the same port at the same width.
        case overlap(port: UInt16, new: String, existing: String)
        /// The map holds as many claims as it can, withdrawn ones included.
        case full(new: String)
    }

    /// Claims by number; a withdrawn claim stays as nil so that numbers do not move.
    private(set) var slots: [PortClaim?] = []
    /// The devices' names by claim number, those of withdrawn claims too.
    private(set) var names: [String] = []
    /// Claim number plus one for each width and port.
    private let index: UnsafeMutablePointer<UInt16>
    /// The widest cycle that the bus carries: `.word` on a 16-bit bus.
    public var busWidth: Width = .dword
    /// For each claim number plus one, how the kernel tier reaches the device.
    ///
    /// Behind a pointer, since every port access of the guest comes here and a property would be checked for
    /// exclusive access each time.
    private let directClaims: UnsafeMutablePointer<DirectClaim?>
    /// Claims that one map can hold, withdrawn ones included.
    private static let capacity = 1024
    /// Raised by each change of the map or of a tier.
    public private(set) var generation: UInt64 = 0

    /// An empty map: every port floats.
    public init() {
        guard let memory = HostMemory.zeroed(3 * 65536 * 2) else { preconditionFailure("no memory for the port map") }
        index = memory.bindMemory(to: UInt16.self, capacity: 3 * 65536)
        directClaims = .allocate(capacity: Self.capacity + 1)
        directClaims.initialize(repeating: nil, count: Self.capacity + 1)
    }

    deinit {
        directClaims.deinitialize(count: Self.capacity + 1)
        directClaims.deallocate()
        HostMemory.free(index)
    }

    /// A kernel-tier claim as the fast path sees it.
    struct DirectClaim {
        let device: any PortDevice
        let first: UInt16
        let bank: UInt8

        @inline(__always)
        func read(_ port: UInt16, _ width: Width) -> UInt32 {
            device.read(bank: bank, offset: port &- first, width: width) & width.mask
        }

        @inline(__always)
        func write(_ port: UInt16, _ width: Width, _ value: UInt32) {
            device.write(bank: bank, offset: port &- first, width: width, value: value)
        }
    }

    /// The claim that takes an access as one cycle in the kernel tier, or an empty slot.
    @inline(__always)
    func direct(at port: UInt16, _ width: Width) -> UnsafeMutablePointer<DirectClaim?> {
        directClaims + Int(index[Self.plane(width) + Int(port)])
    }

    /// Keeps the fast path's view of a claim: none in the user tier, where a device defers, and after withdrawal.
    private func refreshDirect(_ number: Int) {
        guard let claim = slots[number], claim.tier == .kernel, claim.deferring == nil else {
            directClaims[number + 1] = nil
            return
        }
        directClaims[number + 1] = DirectClaim(
            device: claim.device, first: claim.ports.lowerBound, bank: claim.bank)
    }

    /// All claims, in the order in which they were made.
    public var claims: [PortClaim] { slots.compactMap { $0 } }

    /// Claims ports at the given widths for a device.
    ///
    /// A claim that overlaps another is refused as a whole.
    public func claim(
        _ ports: ClosedRange<UInt16>, for device: any PortDevice, bank: UInt8 = 0, widths: WidthSet = .byte,
        narrow: NarrowAccess = .lane, tier: Tier = .kernel
    ) throws(ClaimError) {
        for width in Width.allCases where widths.contains(width) {
            for port in ports {
                if let existing = claim(at: port, width) {
                    throw .overlap(port: port, new: device.name, existing: existing.device.name)
                }
            }
        }
        guard slots.count < Self.capacity else { throw .full(new: device.name) }
        slots.append(
            PortClaim(
                ports: ports, widths: widths, device: device, bank: bank, narrow: narrow, tier: tier,
                block: device.asBlockDevice, deferring: device.asDeferringDevice))
        names.append(device.name)
        refreshDirect(slots.count - 1)
        fill(ports, widths, UInt16(slots.count))
    }

    /// Withdraws all claims of a device; takes effect at the next access.
    public func withdraw(_ device: any PortDevice) {
        for (number, claim) in slots.enumerated() {
            guard let claim, claim.device === device else { continue }
            fill(claim.ports, claim.widths, 0)
            slots[number] = nil
            refreshDirect(number)
        }
    }

    /// Moves all claims of the devices with a name to a tier (`all` moves every one).
    ///
    /// False if there is none.
    @discardableResult
    public func setTier(_ tier: Tier, ofDevice name: String) -> Bool {
        var found = false
        for number in slots.indices {
            guard let claim = slots[number], name == "all" || claim.device.name == name else { continue }
            slots[number]?.tier = tier
            refreshDirect(number)
            found = true
        }
        generation += 1
        return found
    }

    private func fill(_ ports: ClosedRange<UInt16>, _ widths: WidthSet, _ number: UInt16) {
        for width in Width.allCases where widths.contains(width) {
            for port in ports { index[Self.plane(width) + Int(port)] = number }
        }
        generation += 1
    }

    @inline(__always)
    private static func plane(_ width: Width) -> Int { (width.bytes >> 1) << 16 }

    /// The number of the claim that serves a port at exactly this width, or nil.
    @inline(__always)
    func number(at port: UInt16, _ width: Width) -> Int? {
        let number = index[Self.plane(width) + Int(port)]
        return number == 0 ? nil : Int(number) - 1
    }

    /// The claim that serves a port at exactly this width, or nil.
    public func claim(at port: UInt16, _ width: Width) -> PortClaim? { number(at: port, width).flatMap { slots[$0] } }

    /// One cycle of an access, after splitting.
    public struct Cycle: Equatable, Sendable {
        /// The cycle's own port; meaningless if it lies beyond FFFF (`claim` is nil then).
        public var port: UInt16
        /// The cycle's width.
        public var width: Width
        /// The claim's number, or nil if nobody answers.
        public var claim: Int?
        /// The cycle addresses a wider device register, of which it is the byte at this lane.
        public var lane: UInt8?

        /// How many bytes of the access it covers.
        var bytes: Int { lane == nil ? width.bytes : 1 }

        /// What it reads or writes of a register's value.
        func extract(_ value: UInt32) -> UInt32 {
            lane.map { value >> (8 * UInt32($0)) & 0xFF } ?? value & width.mask
        }

        /// The value to write to a register for the lowest bytes of a value.
        func place(_ value: UInt32) -> UInt32 {
            lane.map { (value & 0xFF) << (8 * UInt32($0)) } ?? value & width.mask
        }
    }

    /// The one splitting rule: the next cycle of an access to `port` that has `bytes` left.
    ///
    /// The widest naturally aligned cycle that fits, that the bus carries and that a device declares; failing
    /// that, a lane of a wider register, if its claim grants that; failing that, nobody: the widest cycle in which no
    /// port is claimed. Cycles go in ascending order; port 10000h and beyond floats.
    public func nextCycle(port wide: UInt32, bytes: Int) -> Cycle {
        guard wide <= 0xFFFF else { return Cycle(port: 0xFFFF, width: .byte, claim: nil, lane: nil) }
        let port = UInt16(wide)
        for width in [Width.dword, .word, .byte] where fits(wide, width, bytes) {
            if let claim = number(at: port, width) { return Cycle(port: port, width: width, claim: claim, lane: nil) }
        }
        for width in [Width.word, .dword] {
            let base = port & ~UInt16(width.bytes - 1)
            guard let claim = number(at: base, width), slots[claim]?.narrow == .lane else { continue }
            return Cycle(port: base, width: width, claim: claim, lane: UInt8(port - base))
        }
        for width in [Width.dword, .word] where fits(wide, width, bytes) && isFree(port, width) {
            return Cycle(port: port, width: width, claim: nil, lane: nil)
        }
        return Cycle(port: port, width: .byte, claim: nil, lane: nil)
    }

    private func fits(_ port: UInt32, _ width: Width, _ bytes: Int) -> Bool {
        width.bytes <= bytes && width <= busWidth && port & UInt32(width.bytes - 1) == 0
    }

    /// Whether no byte of an aligned access is claimed at any width.
    private func isFree(_ port: UInt16, _ width: Width) -> Bool {
        (0..<UInt16(width.bytes)).allSatisfy { offset in
            Width.allCases.allSatisfy { number(at: (port + offset) & ~UInt16($0.bytes - 1), $0) == nil }
        }
    }

    /// Serves a user-tier request from the device that claims it now; floating if none does.
    public func serve(_ request: PortRequest) -> PortResponse {
        guard let claim = claim(at: request.port, request.width) else { return .floating(for: request) }
        let offset = request.port - claim.ports.lowerBound
        switch request.direction {
        case .in:
            return PortResponse(
                to: request, value: claim.device.read(bank: claim.bank, offset: offset, width: request.width))
        case .out:
            claim.device.write(bank: claim.bank, offset: offset, width: request.width, value: request.value)
            return PortResponse(to: request)
        }
    }

    /// What a read would return, split as a read is but without side effects: nil if a device cannot tell.
    public func peek(_ port: UInt16, _ width: Width) -> UInt32? {
        var value: UInt32 = 0
        var done = 0
        while done < width.bytes {
            let cycle = nextCycle(port: UInt32(port) + UInt32(done), bytes: width.bytes - done)
            var answer: UInt32? = cycle.width.mask
            if let number = cycle.claim, let claim = slots[number] {
                let offset = cycle.port &- claim.ports.lowerBound
                answer = claim.device.peek(bank: claim.bank, offset: offset, width: cycle.width)
            }
            guard let answer else { return nil }
            value |= cycle.extract(answer) << UInt32(8 * done)
            done += cycle.bytes
        }
        return value
    }
}
