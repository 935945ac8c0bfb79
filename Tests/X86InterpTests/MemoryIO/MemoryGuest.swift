import Testing
import X86Interp

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A machine with a probe of 16 KiB at D0000h, a port probe at 300h, a short program at 7C00h, and handlers that halt.
final class MemoryGuest {
    /// Nil: RAM instead of the probe, which any program must take for the same.
    let setting: TierSetting?
    let machine: Machine
    let probe: ProbeMemory
    let port = ProbePort("port")
    private(set) var probes: [ProbeMemory]
    var state: CPUState
    /// Put at `origin`, with a HLT behind it.
    var code: [UInt8] = []
    var origin: UInt32 = 0x7C00
    var fuel: UInt64 = 10_000
    /// The run is cut into pieces of so many instructions; 0 is in one go.
    var slice: UInt64 = 0
    /// Acts before a request is answered, in any setting but the kernel tier.
    var onRequest: ((MemoryRequest) throws -> Void)?
    /// Acts at each exit of the run that ends it; true goes on.
    private(set) var requests: [MemoryRequest] = []
    private(set) var exit: Exit?
    private let ledger = Ledger()
    private var asked = 0
    /// Whether delayed answers sometimes come by way of a snapshot, which drops cached translations.
    var restores = true

    static let base: UInt32 = 0xD_0000
    static let size: UInt32 = 0x4000

    enum Row: Equatable {
        case port(PortTransaction)
        case memory(MemoryTransaction)
    }

    private final class Ledger: Observer {
        var rows: [Row] = []
        func didTransfer(_ transaction: PortTransaction) -> ObserverVerdict {
            var transaction = transaction
            transaction.tier = nil
            rows.append(.port(transaction))
            return .goOn
        }
        func didTransfer(_ transaction: MemoryTransaction) -> ObserverVerdict {
            var transaction = transaction
            transaction.tier = nil
            rows.append(.memory(transaction))
            return .goOn
        }
    }

    init(
        _ setting: TierSetting?, model: CPUModel = .p6, widths: WidthSet = .all, narrow: NarrowAccess = .lane,
        hasLedger: Bool = true
    ) throws {
        self.setting = setting
        machine = try Machine(model: model, ramSize: 0x12_0000)
        let region = MemoryRegion(
            start: UInt64(Self.base), size: UInt64(Self.size), widths: widths, narrow: narrow)
        probe = ProbeMemory("probe", region)
        probes = [probe]
        probe.clock = machine.clock
        if setting == nil { probe.memoryRegions = [] }
        try machine.add(probe)
        try machine.ports.claim(0x300...0x30F, for: port, widths: .all)
        try machine.add(port)
        state = machine.state
        state.segments = SegmentRegisters()
        state.gpr.esp = 0x7000
        state.gpr.edx = 0x300
        if hasLedger { machine.cpu.observe(with: ledger, [.allPorts, .allMemoryCycles]) }
        let vectors = (UInt8.min...UInt8.max).flatMap { (vector: UInt8) -> [UInt8] in [vector, 0x05, 0, 0] }
        machine.memory.load(vectors, at: 0)
        machine.memory.load([UInt8](repeating: 0xF4, count: 256), at: 0x500)
    }

    // MARK: Before the run

    /// A further probe; RAM where that is the setting.
    @discardableResult
    func add(_ name: String, at start: UInt64, size: UInt64 = 0x1000, widths: WidthSet = .all) throws -> ProbeMemory {
        let probe = ProbeMemory(name, MemoryRegion(start: start, size: size, widths: widths))
        if setting == nil { probe.memoryRegions = [] }
        probe.clock = machine.clock
        try machine.add(probe)
        probes.append(probe)
        return probe
    }

    /// Contents: of the probe within its window, else of RAM.
    func load(_ bytes: [UInt8], at address: UInt32) {
        guard address < Self.base + Self.size, Int(address) + bytes.count > Int(Self.base) else {
            machine.memory.load(bytes, at: address)
            return
        }
        for (place, byte) in bytes.enumerated() {
            machine.memory.store(byte, at: address &+ UInt32(place))
            let offset = Int(address) + place - Int(Self.base)
            if probe.state.bytes.indices.contains(offset) { probe.state.bytes[offset] = byte }
        }
    }

    func words(_ words: UInt32..., at address: UInt32) { load(PortGuest.little(words), at: address) }

    /// Flat 32-bit protected mode at ring 0 by hidden state; exceptions end the run unless told.
    func enterProtectedMode(delivering: Bool = false) {
        state.enterFlatMode()
        if !delivering { machine.cpu.faultPolicy = .stop }
    }

    /// Turns paging on, over flat segments: 4 MiB mapped to themselves.
    func enterPaging(directory: UInt32 = 0x4_0000, table: UInt32 = 0x4_1000) {
        state.cr0 |= 1 << 31
        state.cr3 = directory
        load(PortGuest.little([table | 7]), at: directory)
        load(PortGuest.little((0..<1024).map { UInt32($0) << 12 | 7 }), at: table)
    }

    /// Puts the GDT somewhere: flat code at 8, flat data at 10h, with accessed bits clear if told.
    func putDescriptors(at table: UInt32, isAccessed: Bool = true) {
        let bit: UInt32 = isAccessed ? 0x100 : 0
        words(0, 0, 0xFFFF, 0xCF_9A00 | bit, 0xFFFF, 0xCF_9200 | bit, at: table)
        state.gdtr = TableRegister(base: table, limit: 0x7F)
    }

    /// Puts an IDT of 32-bit interrupt gates somewhere, all leading to a HLT at 500h + vector.
    func putGates(at table: UInt32) {
        for vector in UInt32(0)..<0x40 {
            words(0x8_0000 | (0x500 + vector), 0x8E00, at: table + 8 * vector)
        }
        state.idtr = TableRegister(base: table, limit: 0x1FF)
    }

    /// Makes an interrupt vector point to a handler at 0000:`offset`.
    func setHandler(_ vector: UInt32, _ bytes: [UInt8], at offset: UInt16 = 0x1000) {
        load(bytes, at: UInt32(offset))
        load([UInt8(truncatingIfNeeded: offset), UInt8(offset >> 8), 0, 0], at: vector * 4)
    }

    // MARK: The run

    func start() {
        load(code + [0xF4], at: origin)
        if state.eip == 0 || state.eip == 0xFFF0 { state.eip = origin &- state.segments.cs.base }
        machine.state = state
        machine.setTier(setting?.tier ?? .kernel)
    }

    @discardableResult
    func run() throws -> Exit {
        var exit = Exit.budget
        while exit == .budget, machine.state.instructions < fuel {
            let until = slice == 0 ? fuel : min(fuel, machine.state.instructions + slice)
            exit = try machine.run(.resume, until: until)
            while let entry = try answer(exit, until: until) { exit = try machine.run(entry, until: until) }
        }
        self.exit = exit
        state = machine.state
        return exit
    }

    /// The answer to a request, or nil if the exit is none.
    private func answer(_ exit: Exit, until: UInt64) throws -> Entry? {
        switch exit {
        case .port(let request):
            try putOff(exit, until: until)
            return .complete(machine.serve(request))
        case .memory(let request):
            requests.append(request)
            try putOff(exit, until: until)
            try onRequest?(request)
            return .completeMemory(machine.serve(request))
        case .halted, .budget, .stopped, .shutdown: return nil
        }
    }

    /// Comes back without an answer: the same request must come again, and nothing may change; sometimes by way of a
    /// snapshot.
    private func putOff(_ request: Exit, until: UInt64) throws {
        guard setting == .delayed else { return }
        asked += 1
        if restores, asked % 3 == 0 { try machine.restore(machine.snapshot()) }
        let before = machine.state
        for _ in 0...asked % 2 {
            let again = try machine.run(.resume, until: until)
            #expect(again == request)
        }
        #expect(machine.state == before)
    }

    // MARK: Behind the run

    var gpr: GeneralRegisters { state.gpr }
    var rows: [Row] { ledger.rows }
    var endEIP: UInt32 { origin + UInt32(code.count) + 1 }
    var isAtEnd: Bool { exit == .halted && state.segments.cs.base + state.eip == endEIP }

    /// What is at an address, in the probe or in RAM.
    func bytes(_ address: UInt32, _ count: Int) -> [UInt8] { machine.memory.peek(address, count: count) }

    func word(_ address: UInt32) -> UInt32 {
        bytes(address, 4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// The vector whose halting handler ended the run, or nil.
    var vectorReached: UInt8? {
        let place = state.segments.cs.base + state.eip
        guard exit == .halted, (0x501...0x600).contains(place) else { return nil }
        return UInt8(truncatingIfNeeded: place - 0x501)
    }

    /// What differs from another run.
    func differences(from other: MemoryGuest, ledger: Bool) -> [String] {
        var found: [String] = []
        if exit != other.exit {
            found.append("exit \(String(describing: exit)) \(String(describing: other.exit))")
        }
        if state != other.state { found.append("processor") }
        if machine.clock.now != other.machine.clock.now { found.append("time") }
        if machine.bus.lines != other.machine.bus.lines { found.append("lines") }
        for address in pagesDiffering(from: other) { found.append("memory at \(String(address, radix: 16))") }
        if port.state != other.port.state { found.append("port") }
        guard setting != nil, other.setting != nil else { return found }
        for (mine, theirs) in zip(probes, other.probes) where mine.state != theirs.state {
            found.append("\(mine.name) \(mine.log) against \(theirs.log)")
        }
        if ledger, rows != other.rows { found.append("ledger \(rows) against \(other.rows)") }
        return found
    }

    /// The pages whose contents are others than in another run, as each run has them: RAM or a probe's bytes.
    private func pagesDiffering(from other: MemoryGuest) -> [Int] {
        let (mine, theirs) = (covers, other.covers)
        func contents(_ guest: MemoryGuest, _ cover: (range: Range<Int>, bytes: [UInt8])?, _ page: Int) -> [UInt8] {
            guard let cover else { return Array(guest.machine.memory.ramBytes[page..<page + 4096]) }
            return Array(cover.bytes[page - cover.range.lowerBound..<page - cover.range.lowerBound + 4096])
        }
        return stride(from: 0, to: machine.memory.ramSize, by: 4096).filter { page in
            let (mine, theirs) = (mine.last { $0.range.contains(page) }, theirs.last { $0.range.contains(page) })
            guard mine == nil, theirs == nil else { return contents(self, mine, page) != contents(other, theirs, page) }
            guard let a = machine.memory.ramBytes.baseAddress, let b = other.machine.memory.ramBytes.baseAddress
            else { return true }
            return memcmp(a + page, b + page, 4096) != 0
        }
    }

    /// Where probes lie over RAM, and what they have there.
    private var covers: [(range: Range<Int>, bytes: [UInt8])] {
        machine.memory.claims.compactMap { claim in
            guard let probe = claim.device as? ProbeMemory else { return nil }
            let start = Int(claim.region.start)
            return (start..<start + Int(claim.region.size), probe.state.bytes)
        }
    }
}

/// Sets a guest up and runs it; then does the same in the kernel tier, and with RAM in the probe's place, and expects
/// equal ends.
@discardableResult
func memoryGuest(
    _ setting: TierSetting, model: CPUModel = .p6, widths: WidthSet = .all, narrow: NarrowAccess = .lane,
    likeRAM: Bool = true, sourceLocation: SourceLocation = #_sourceLocation, _ setUp: (MemoryGuest) throws -> Void
) throws -> MemoryGuest {
    func finished(_ setting: TierSetting?, hasLedger: Bool) throws -> MemoryGuest {
        let guest = try MemoryGuest(setting, model: model, widths: widths, narrow: narrow, hasLedger: hasLedger)
        try setUp(guest)
        guest.start()
        try guest.run()
        return guest
    }
    let guest = try finished(setting, hasLedger: true)
    let twin = try finished(.kernel, hasLedger: setting != .kernel)
    let differences = guest.differences(from: twin, ledger: setting != .kernel)
    #expect(differences == [], "against the kernel tier", sourceLocation: sourceLocation)
    if likeRAM {
        let ram = try finished(nil, hasLedger: false)
        #expect(guest.differences(from: ram, ledger: false) == [], "against RAM", sourceLocation: sourceLocation)
    }
    return guest
}
