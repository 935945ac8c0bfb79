@testable import X86Interp

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A repeated string instruction that can be run again and again from its start, in pieces of any length.
///
/// It is at CS:1000, HLT behind it. DS and ES have their base at 10000; the elements lie across a page, 5000 in DS and
/// 7000 in ES, and the scan ends at the tenth. Handlers of interrupts and #DB return, those of faults halt.
final class StringBlockGuest {
    /// Which instruction, in which form.
    struct Form: CustomStringConvertible {
        var operation: Operation
        var width: Width
        var isDown: Bool
        var address32: Bool
        /// F2 instead of F3.
        var untilEqual = false
        var description: String {
            "\(untilEqual ? "repne" : "rep") \(operation)\(width.bytes * 8)\(isDown ? " down" : "")"
                + (address32 ? " a32" : " a16")
        }
    }

    enum Operation: UInt8, CaseIterable {
        case movs = 0xA4
        case cmps = 0xA6
        case stos = 0xAA
        case lods = 0xAC
        case scas = 0xAE
        case ins = 0x6C
        case outs = 0x6E

        var compares: Bool { self == .cmps || self == .scas }
    }

    /// What gets in the way.
    enum Trouble: CaseIterable {
        case none, absentSource, absentTarget, limit, interrupt, lateInterrupt, singleStep, breakpoint, watch, ownCode
        case overlapUp, overlapDown, wrap
    }

    enum Mode: CaseIterable { case flat, real, real286, real8086 }

    /// The whole machine at a guest time.
    struct Moment {
        var state: CPUState
        var ram: [UInt8]
        var lines: ControlBus.Lines
        var probe: ProbePort.State
        var told: [UInt64]
        var exits: [UInt64]
    }

    static let elements = 12
    private static let ramSize = 0x2_2000
    let form: Form
    let machine: Machine
    private let trouble: Trouble
    private let ear = Ear()
    private let probe: ProbePort
    private var alarm: PortAlarm?
    private var start: Snapshot?
    private var exits: [UInt64] = []

    /// Notes accesses, and stops behind them.
    private final class Ear: Observer {
        var told: [UInt64] = []
        func didAccess(
            linear: UInt32, physical: UInt32, size: Int, isWrite: Bool, value: UInt32
        ) -> ObserverVerdict {
            told += [UInt64(linear), UInt64(size), isWrite ? 1 : 0, UInt64(value)]
            return .stop
        }
    }

    init(_ form: Form, _ trouble: Trouble, _ mode: Mode, tier: Tier, probe: ProbePort) throws {
        self.form = form
        self.trouble = trouble
        self.probe = probe
        let model: CPUModel
        switch mode {
        case .flat, .real: model = .p6
        case .real286: model = CPUModel.all.first { $0.generation == .i80286 } ?? .p6
        case .real8086: model = CPUModel.all[0]
        }
        machine = try Machine(model: model, ramSize: Self.ramSize)
        try machine.ports.claim(0x300...0x303, for: probe, widths: .all, tier: tier)
        try machine.add(probe)
        machine.bus.acknowledge = { [unowned machine] in
            machine.bus.setINTR(false)
            return 0x20
        }
        var state = machine.state
        fill()
        if mode == .flat { enterProtectedMode(&state) } else { enterRealMode(&state) }
        prepare(&state, mode)
        machine.state = state
        if trouble == .watch { machine.cpu.observe(with: ear, [.data(.linear(watched...watched), .access)]) }
        start = machine.snapshot()
    }

    // MARK: Set-up

    private var size: UInt32 { UInt32(form.width.bytes) }
    /// Offset of the first element of one that lies across the page at `page`: three elements are before it.
    private func first(_ page: UInt32) -> UInt32 { form.isDown ? page &+ 2 &* size : page &- 3 &* size }
    private func element(_ number: UInt32, _ page: UInt32) -> UInt32 {
        form.isDown ? first(page) &- number &* size : first(page) &+ number &* size
    }
    /// The sixth element where memory is written, or read.
    private var watched: UInt32 {
        let isSource = [.lods, .outs, .cmps].contains(form.operation)
        return 0x1_0000 + element(5, isSource ? 0x5000 : 0x7000)
    }

    /// Vectors whose handlers return.
    private static let returning: Set<Int> = [1, 0x20]

    private func put(_ bytes: [UInt8], at address: UInt32) {
        bytes.withUnsafeBytes { machine.memory.write($0, at: address) }
    }

    private func fill() {
        let memory = machine.memory
        put([UInt8](repeating: 0x41, count: 0x1_0000), at: 0x1_0000)
        if form.operation.compares {
            // Equal or different up to the tenth element.
            if form.untilEqual { memory.load([UInt8](repeating: 0x42, count: 0x200), at: 0x1_6F00) }
            let last = form.untilEqual ? UInt8(0x41) : 0x90
            memory.load([UInt8](repeating: last, count: Int(size)), at: 0x1_0000 + element(9, 0x7000))
        } else {
            memory.load((0..<0x200).map { UInt8(truncatingIfNeeded: $0 * 7) }, at: 0x1_4F00)
        }
    }

    private func enterRealMode(_ state: inout CPUState) {
        put((0..<256).flatMap { [0, Self.returning.contains($0) ? 0x11 : 0x12, 0, 0] as [UInt8] }, at: 0)
        machine.memory.load([0xCF], at: 0x1100)
        state.segments = SegmentRegisters()
        state.segments.ds = Segment(realMode: 0x1000)
        state.segments.es = Segment(realMode: 0x1000)
        var code: [UInt8] = form.address32 ? [0x67] : []
        if form.width == .dword { code.append(0x66) }
        loadCode(code)
    }

    private func enterProtectedMode(_ state: inout CPUState) {
        let memory = machine.memory
        // Code and data, flat; the IDT; a page directory and a table that maps all of RAM onto itself.
        memory.load([0xFF, 0xFF, 0, 0, 0, 0x9B, 0xCF, 0, 0xFF, 0xFF, 0, 0, 0, 0x93, 0xCF, 0], at: 0xB008)
        let gates = (0..<256).flatMap {
            [0, Self.returning.contains($0) ? 0x11 : 0x12, 8, 0, 0, 0x8E, 0, 0] as [UInt8]
        }
        put(gates, at: 0xA000)
        memory.load([0xCF], at: 0x1100)
        memory.load([0x03, 0x90, 0, 0], at: 0x8000)
        for page in UInt32(0)..<UInt32(Self.ramSize / 4096) {
            let entry = page << 12 | 3
            memory.load((0..<4).map { UInt8(truncatingIfNeeded: entry >> (8 * UInt32($0))) }, at: 0x9000 + page * 4)
        }
        let away: UInt32 = form.isDown ? 1 : 0
        if trouble == .absentSource { memory.load([0], at: 0x9000 + (0x15 - away) * 4) }
        if trouble == .absentTarget { memory.load([0], at: 0x9000 + (0x17 - away) * 4) }
        state.gdtr = TableRegister(base: 0xB000, limit: 0x17)
        state.idtr = TableRegister(base: 0xA000, limit: 0x7FF)
        state.cr3 = 0x8000
        state.cr0 |= 0x8000_0001
        state.enterFlatMode()
        state.segments.ds.base = 0x1_0000
        state.segments.es.base = 0x1_0000
        var code: [UInt8] = form.address32 ? [] : [0x67]
        if form.width == .word { code.append(0x66) }
        loadCode(code)
    }

    private func loadCode(_ prefixes: [UInt8]) {
        let opcode = form.operation.rawValue | (form.width == .byte ? 0 : 1)
        machine.memory.load(prefixes + [form.untilEqual ? 0xF2 : 0xF3, opcode, 0xF4], at: 0x1000)
        machine.memory.load([UInt8](repeating: 0xF4, count: 16), at: 0x1200)
    }

    private func prepare(_ state: inout CPUState, _ mode: Mode) {
        state.eip = 0x1000
        state.gpr = GeneralRegisters()
        state.gpr.esp = 0x4000
        state.gpr.eax = form.operation.compares ? 0x4141_4141 : 0x9090_9090
        state.gpr.edx = 0x300
        state.gpr.ecx = UInt32(Self.elements)
        state.gpr.esi = first(0x5000)
        state.gpr.edi = first(0x7000)
        // Flags that no comparison here leaves.
        state.eflags.formUnion([.carry, .overflow, .sign, .interrupt])
        if form.isDown { state.eflags.insert(.direction) }
        switch trouble {
        case .none, .absentSource, .absentTarget, .interrupt, .lateInterrupt, .watch: break
        case .limit:
            state.segments.ds.limit = element(form.isDown ? 0 : 7, 0x5000)
            state.segments.es.limit = element(form.isDown ? 0 : 6, 0x7000)
        case .singleStep: state.eflags.insert(.trap)
        case .breakpoint:
            state.dr0 = watched
            state.dr7 = 0x0003_0401
        case .ownCode:
            state.segments.es.base = 0
            state.gpr.edi = form.isDown ? 0x1008 : 0x0FFC
        case .overlapUp: state.gpr.edi = state.gpr.esi &+ size &- 1 &+ (form.isDown ? 0 : 1)
        case .overlapDown: state.gpr.edi = state.gpr.esi &- 1
        case .wrap:
            // Past the end of what the index can hold; in 32-bit addresses nothing is there.
            state.gpr.edi = form.isDown ? 4 * size : 0x1_0000 - 4 * size
            state.gpr.esi = form.isDown ? 6 * size : 0x1_0000 - 6 * size
        }
    }

    // MARK: Running

    /// Back to the start.
    func rewind() throws {
        if let start { try machine.restore(start) }
        ear.told = []
        exits = []
        guard trouble == .interrupt || trouble == .lateInterrupt else { return }
        let alarm = PortAlarm { [unowned machine] _ in machine.bus.setINTR(true) }
        self.alarm = alarm
        machine.clock.schedule(alarm, at: trouble == .interrupt ? 2 : 7)
    }

    /// Runs up to a guest time, whatever stops on the way; false if the guest has halted for good.
    func run(to time: UInt64) throws -> Bool {
        while machine.state.instructions < time {
            var exit = try machine.run(.resume, until: time)
            while case .port(let request) = exit {
                exit = try machine.run(.complete(machine.serve(request)), until: time)
            }
            switch exit {
            case .budget: return true
            case .stopped: exits.append(machine.state.instructions)
            case .halted, .shutdown, .port, .memory: return false
            }
        }
        return true
    }

    var moment: Moment {
        Moment(
            state: machine.state, ram: [UInt8](machine.memory.ramBytes), lines: machine.bus.lines, probe: probe.state,
            told: ear.told, exits: exits)
    }

    /// What differs from a moment of another run.
    func differences(from other: Moment) -> [String] {
        var found: [String] = []
        let state = machine.state
        if state != other.state {
            found += Bench.differences(state, other.state)
            if found.isEmpty { found.append("progress \(state.portProgress) / \(other.state.portProgress)") }
        }
        let isEqual = other.ram.withUnsafeBytes { ram in
            guard let mine = machine.memory.ramBytes.baseAddress, let theirs = ram.baseAddress else { return false }
            return memcmp(mine, theirs, ram.count) == 0
        }
        if !isEqual { found.append("memory") }
        if machine.bus.lines != other.lines { found.append("lines") }
        if probe.log != other.probe.log.map(\.timeless) || probe.state.served != other.probe.served {
            found.append("port")
        }
        if ear.told != other.told { found.append("accesses") }
        if exits != other.exits { found.append("exits \(exits) / \(other.exits)") }
        return found
    }
}
