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
    /// The ports, first and last included; `PortMap.move` changes them.
    public internal(set) var ports: ClosedRange<UInt16>
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
    /// Claims are numbered in the order in which they are made; numbers are not given again.
    let number: UInt64

    /// What to move or withdraw it by.
    public var id: RegionID { RegionID(number: number) }
}

extension PortClaim: PlacedRegion {
    func cells(inPlane plane: Int) -> Range<Int>? {
        widths.rawValue >> UInt8(plane) & 1 == 0 ? nil : Int(ports.lowerBound)..<Int(ports.upperBound) + 1
    }
}

/// The port address space: which device answers at which port and width, in which tier.
public final class PortMap {
    /// Why a claim was refused.
    public enum ClaimError: Error, Equatable, CustomStringConvertible {
        /// Two devices want the same port at the same width.
        case overlap(port: UInt16, new: String, existing: String)
        /// The map holds as many claims as it can.
        case full(new: String)
        /// The claim names no width, so that no access would reach it.
        case noWidth(new: String)
        /// No port of the claim is aligned to one of its widths, so that no access of that width would reach it.
        case misaligned(new: String, Width)

        /// What is wrong and what helps, in one line.
        public var description: String {
            switch self {
            case .overlap(let port, let new, let existing):
                "port \(HexText.digits(UInt32(port), 4)) is wanted by \(new) but belongs to \(existing)"
            case .full(let new): "\(new) would be one claim too many: withdraw others, \(mostClaims) is the limit"
            case .noWidth(let new): "\(new) claims ports at no width: name at least one of byte, word and dword"
            case .misaligned(let new, let width):
                "\(new) claims no port that is aligned to \(width.bytes) bytes, as accesses of that width are"
            }
        }
    }

    /// Why a claim was not moved; it is where it was.
    public enum MoveError: Error, Equatable, CustomStringConvertible {
        /// It could not be claimed there.
        case refused(ClaimError)
        /// It would have ports beyond FFFF.
        case beyond(name: String)
        /// It was withdrawn.
        case withdrawn

        /// What is wrong and what helps, in one line.
        public var description: String {
            switch self {
            case .refused(let error): error.description
            case .beyond(let name): "\(name) would have ports beyond FFFF: move it to lower ones"
            case .withdrawn: "the claim was withdrawn: claim the ports anew"
            }
        }
    }

    /// Claims that one map can hold at a time.
    public static let mostClaims = 1024

    private let map = RegionMap<PortClaim>(planes: 3)
    /// Names of claims that were withdrawn, the latest of them, and where the next one goes.
    private var oldNames: [(number: UInt64, name: String)] = []
    private var nextOldName = 0
    /// The map's own: slot plus one for each width and port.
    private let index: UnsafeMutablePointer<UInt16>
    /// The same, but 0 where an access touches a watched port: what the fast path sees.
    private let directIndex: UnsafeMutablePointer<UInt16>
    /// Ports that are watched.
    private var watched = RangeList<UInt16>()
    /// The widest cycle that the bus carries: `.word` on a 16-bit bus.
    public var busWidth: Width = .dword
    /// For each slot plus one, how the kernel tier reaches the device.
    ///
    /// Behind a pointer, since every port access of the guest comes here and a property would be checked for
    /// exclusive access each time.
    private let directClaims: UnsafeMutablePointer<DirectClaim>
    /// How many of them there are by now; 0 of the index is the first, which is none.
    private var directCount = 1
    /// Devices that have withdrawn and that may be what a CPU is in.
    private var retired: [any PortDevice] = [] {
        didSet { hasRetired = !retired.isEmpty }
    }
    /// Asked between instructions, where a look at the list would be checked for exclusive access.
    private var hasRetired = false
    /// The deadline of the CPU that is in a run, of several the first: set to 0 it looks about.
    private var attention: UnsafeMutablePointer<UInt64>?
    /// Raised by each change of the map or of a tier.
    public private(set) var generation: UInt64 = 0

    /// Bytes of `directIndex`.
    private static let directSize = 3 * 65536 * MemoryLayout<UInt16>.stride

    /// An empty map: every port floats.
    public init() {
        guard map.makeRoom(cells: 65536), let index = map.index, let direct = HostMemory.zeroed(Self.directSize) else {
            fatalError("the host has no memory left for the port map")
        }
        self.index = index
        directIndex = direct.bindMemory(to: UInt16.self, capacity: 3 * 65536)
        directClaims = .allocate(capacity: Self.mostClaims + 1)
        directClaims.initialize(to: .none)
    }

    deinit {
        directClaims.deinitialize(count: directCount)
        directClaims.deallocate()
        HostMemory.free(directIndex, Self.directSize)
    }

    /// A kernel-tier claim as the fast path sees it.
    ///
    /// Not copied, since a copy would hold and release the device at each access. Somebody holds it as long as the CPU may
    /// be in it: the claim does, and `retired` behind that.
    struct DirectClaim: ~Copyable {
        /// False: no claim, or none of the fast path's.
        let isThere: Bool
        let device: any PortDevice
        let first: UInt16
        private let bank: UInt8

        init(_ claim: PortClaim) {
            (isThere, device, first, bank) = (true, claim.device, claim.ports.lowerBound, claim.bank)
        }

        private init(nobody: Nobody) { (isThere, device, first, bank) = (false, nobody, 0, 0) }

        static var none: DirectClaim { DirectClaim(nobody: .shared) }

        @inline(__always)
        func read(_ port: UInt16, _ width: Width) -> UInt32 {
            device.read(bank: bank, offset: port &- first, width: width) & width.mask
        }

        @inline(__always)
        func write(_ port: UInt16, _ width: Width, _ value: UInt32) {
            device.write(bank: bank, offset: port &- first, width: width, value: value)
        }
    }

    /// Stands where no device is, and is never asked.
    private final class Nobody: PortDevice, Sendable {
        static let shared = Nobody()
        let name = ""
        func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 { width.mask }
        func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {}
        func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? { nil }
    }

    /// The claim that takes an access as one cycle in the kernel tier; `isThere` is false if none does.
    @inline(__always)
    func direct(at port: UInt16, _ width: Width) -> UnsafeMutablePointer<DirectClaim> {
        directClaims + Int(directIndex[Self.plane(width) + Int(port)])
    }

    /// Keeps the fast path's view of a claim: none in the user tier, where a device defers, and after withdrawal.
    private func refreshDirect(_ slot: Int) {
        while directCount <= slot + 1 {
            (directClaims + directCount).initialize(to: .none)
            directCount += 1
        }
        guard let claim = map.slots[slot], claim.tier == .kernel, claim.deferring == nil else {
            directClaims[slot + 1] = .none
            return
        }
        directClaims[slot + 1] = DirectClaim(claim)
    }

    /// All claims, in the order in which they were made.
    public var claims: [PortClaim] { map.regions }

    /// The claim in a slot, or nil.
    func claim(inSlot slot: Int) -> PortClaim? { map.slots[slot] }

    /// The name of the device that made a claim, also of one that has been withdrawn lately.
    func name(ofClaim number: UInt64) -> String? {
        map.region(number)?.device.name ?? oldNames.first { $0.number == number }?.name
    }

    // MARK: Claiming

    /// Claims ports at the given widths for a device.
    ///
    /// - Throws: `ClaimError` if any port belongs to another device at one of the widths, if none of the widths reaches
    ///   any of the ports, or if there are too many claims; nothing has changed then.
    @discardableResult
    public func claim(
        _ ports: ClosedRange<UInt16>, for device: any PortDevice, bank: UInt8 = 0, widths: WidthSet = .byte,
        narrow: NarrowAccess = .lane, tier: Tier = .kernel
    ) throws(ClaimError) -> RegionID {
        try check(ports, widths, device.name, own: nil)
        guard map.count < Self.mostClaims else { throw .full(new: device.name) }
        let claim = PortClaim(
            ports: ports, widths: widths, device: device, bank: bank, narrow: narrow, tier: tier,
            block: device.asBlockDevice, deferring: device.asDeferringDevice, number: map.takeNumber())
        refreshDirect(map.add(claim))
        noteChange(ports, widths)
        return claim.id
    }

    /// Moves a claim to other ports, as a guest does that writes to a base address register; as often as it likes.
    ///
    /// Takes effect at the next access, also from within an access to the device itself. `first` is the claim's new first
    /// port.
    ///
    /// - Throws: `MoveError` if it cannot be there, or was withdrawn; nothing has changed then.
    public func move(_ id: RegionID, to first: UInt16) throws(MoveError) {
        guard let slot = map.slot(of: id.number), let claim = map.slots[slot] else { throw .withdrawn }
        let (last, isBeyond) = first.addingReportingOverflow(claim.ports.upperBound - claim.ports.lowerBound)
        guard !isBeyond else { throw .beyond(name: claim.device.name) }
        do throws(ClaimError) {
            try check(first...last, claim.widths, claim.device.name, own: claim.number)
        } catch {
            throw .refused(error)
        }
        map.move(id.number) { $0.ports = first...last }
        refreshDirect(slot)
        noteChange(claim.ports, claim.widths)
        noteChange(first...last, claim.widths)
    }

    /// Withdraws a claim; takes effect at the next access.
    ///
    /// False if it was withdrawn already.
    @discardableResult
    public func withdraw(_ id: RegionID) -> Bool {
        guard let slot = map.slot(of: id.number), let claim = map.remove(id.number) else { return false }
        refreshDirect(slot)
        keepName(of: claim)
        if let attention, !retired.contains(where: { $0 === claim.device }) {
            retired.append(claim.device)
            attention.pointee = 0
        }
        noteChange(claim.ports, claim.widths)
        return true
    }

    /// Withdraws all claims of a device; takes effect at the next access.
    public func withdraw(_ device: any PortDevice) {
        for claim in claims where claim.device === device { withdraw(claim.id) }
    }

    /// Whether a claim may be somewhere: nobody else is there, and some access reaches it.
    private func check(
        _ ports: ClosedRange<UInt16>, _ widths: WidthSet, _ name: String, own: UInt64?
    ) throws(ClaimError) {
        let chosen = Width.allCases.filter { widths.contains($0) }
        guard let narrowest = chosen.first else { throw .noWidth(new: name) }
        let last = UInt32(narrowest.bytes - 1)
        guard (UInt32(ports.lowerBound) + last) & ~last <= ports.upperBound else {
            throw .misaligned(new: name, narrowest)
        }
        for width in chosen {
            for port in ports {
                if let existing = claim(at: port, width), existing.number != own {
                    throw .overlap(port: port, new: name, existing: existing.device.name)
                }
            }
        }
    }

    private func keepName(of claim: PortClaim) {
        let old = (number: claim.number, name: claim.device.name)
        if oldNames.count < Self.mostClaims { oldNames.append(old) } else { oldNames[nextOldName] = old }
        nextOldName = (nextOldName + 1) % Self.mostClaims
    }

    // MARK: Who is in a run

    /// A CPU begins a run; devices that withdraw from now on are kept until it can be in none.
    func enter(_ deadline: UnsafeMutablePointer<UInt64>) { if attention == nil { attention = deadline } }

    /// A CPU is between two instructions: lets go of devices that have withdrawn, unless another CPU called this one.
    func forgetRetired(_ deadline: UnsafeMutablePointer<UInt64>) {
        if hasRetired, attention == deadline { retired = [] }
    }

    /// A CPU ends a run.
    func leave(_ deadline: UnsafeMutablePointer<UInt64>) {
        forgetRetired(deadline)
        if attention == deadline { attention = nil }
    }

    // MARK: Tiers

    /// Moves all claims to a tier.
    public func setTier(_ tier: Tier) { _ = setTier(tier, ofDevice: "all") }

    /// Moves all claims of the devices with a name to a tier (`all` moves every one).
    ///
    /// False if there is none.
    public func setTier(_ tier: Tier, ofDevice name: String) -> Bool {
        var found = false
        for slot in map.slots.indices {
            guard let claim = map.slots[slot], name == "all" || claim.device.name == name else { continue }
            map.update(slot: slot) { $0.tier = tier }
            refreshDirect(slot)
            found = true
        }
        generation += 1
        return found
    }

    /// Others answer at some ports from now on: the fast path sees them, but for those that are watched.
    private func noteChange(_ ports: ClosedRange<UInt16>, _ widths: WidthSet) {
        for width in Width.allCases where widths.contains(width) { refreshDirectIndex(ports, width) }
        generation += 1
    }

    private func refreshDirectIndex(_ ports: ClosedRange<UInt16>, _ width: Width) {
        for port in ports {
            let place = Self.plane(width) + Int(port)
            directIndex[place] = isWatched(port, width) ? 0 : index[place]
        }
    }

    // MARK: Looking up

    /// Takes accesses to some ports off the fast path, and puts others back.
    func watch(_ ports: RangeList<UInt16>) {
        guard ports != watched else { return }
        let changed = watched.ranges + ports.ranges
        watched = ports
        for width in Width.allCases {
            for range in changed {
                // An access at a lower port may touch it.
                let first = range.lowerBound - min(range.lowerBound, UInt16(width.bytes - 1))
                refreshDirectIndex(first...range.upperBound, width)
            }
        }
    }

    /// Whether an access touches a watched port.
    func isWatched(_ port: UInt16, _ width: Width) -> Bool {
        let (last, isBeyond) = port.addingReportingOverflow(UInt16(width.bytes - 1))
        return watched.overlaps(port...(isBeyond ? .max : last))
    }

    @inline(__always)
    private static func plane(_ width: Width) -> Int { (width.bytes >> 1) << 16 }

    /// The slot of the claim that serves a port at exactly this width, or nil.
    @inline(__always)
    func slot(at port: UInt16, _ width: Width) -> Int? {
        let number = index[Self.plane(width) + Int(port)]
        return number == 0 ? nil : Int(number) - 1
    }

    /// The claim that serves a port at exactly this width, or nil.
    public func claim(at port: UInt16, _ width: Width) -> PortClaim? { slot(at: port, width).flatMap { map.slots[$0] } }

    /// One cycle of an access, after splitting.
    public struct Cycle: Equatable, Sendable {
        /// The cycle's own port; meaningless if it lies beyond FFFF (`claim` is nil then).
        public var port: UInt16
        /// The cycle's width.
        public var width: Width
        /// The claim's place in the map, or nil if nobody answers.
        public var claim: Int?
        /// The cycle addresses a wider device register, of which it is the byte at this lane.
        public var lane: UInt8?

        /// How many bytes of the access it covers.
        var bytes: Int { BusCycle.bytes(width, lane: lane) }

        /// What it reads or writes of a register's value.
        func extract(_ value: UInt32) -> UInt32 { BusCycle.extract(value, width, lane: lane) }

        /// The value to write to a register for the lowest bytes of a value.
        func place(_ value: UInt32) -> UInt32 { BusCycle.place(value, width, lane: lane) }
    }

    /// The next cycle of an access to `port` that has `bytes` left.
    ///
    /// The one splitting rule, which holds for memory too: the widest naturally aligned cycle that fits, that the bus
    /// carries and that a device declares; failing that, a lane of a wider register, if its claim grants that; failing
    /// that, nobody: the widest cycle in which no port is claimed. Cycles go in ascending order; port 10000h and beyond
    /// floats.
    public func nextCycle(port wide: UInt32, bytes: Int) -> Cycle {
        guard wide <= 0xFFFF else { return Cycle(port: 0xFFFF, width: .byte, claim: nil, lane: nil) }
        let found = BusCycle.next(
            UInt64(wide), bytes: bytes, widest: busWidth,
            isClaimed: { slot(at: UInt16(truncatingIfNeeded: $0), $1) != nil },
            grantsLane: { port, width in
                slot(at: UInt16(truncatingIfNeeded: port), width).map { map.slots[$0]?.narrow == .lane } ?? false
            })
        let port = UInt16(truncatingIfNeeded: found.address)
        return Cycle(
            port: port, width: found.width, claim: found.isClaimed ? slot(at: port, found.width) : nil,
            lane: found.lane)
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
            claim.device.write(
                bank: claim.bank, offset: offset, width: request.width, value: request.value & request.width.mask)
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
            if let slot = cycle.claim, let claim = map.slots[slot] {
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
