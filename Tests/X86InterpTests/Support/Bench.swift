@testable import X86Interp

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A processor with 512 KiB of memory and recorded ports, set up from a scene.
final class Bench {
    let cpu: CPU
    let memory: PhysicalMemory
    let bus = ControlBus()
    private let ports = PortMap()
    private let log: PortLog

    /// A processor in the state of a scene.
    ///
    /// Exceptions stop it before they are delivered unless told.
    init(
        _ scene: Scene, model: CPUModel = .p6, engine: CPU.Engine = .threaded,
        faultPolicy: CPU.FaultPolicy = .stop
    ) throws {
        memory = try PhysicalMemory(ramSize: 0x80000)
        log = PortLog(reads: scene.cycles.filter { !$0.isWrite })
        cpu = CPU(
            model: model, memory: memory, ports: ports, bus: bus, clock: VirtualClock(), engine: engine)
        for (address, bytes) in scene.memory { memory.load(bytes, at: address) }
        cpu.state = scene.state
        cpu.faultPolicy = faultPolicy
    }

    /// All of memory.
    var bytes: [UInt8] { [UInt8](memory.ramBytes) }

    /// Runs one instruction and compares the whole machine with what is expected; returns the differences.
    func step(expecting after: Scene, ignoring flags: EFLAGS) throws -> [String] {
        for cycle in after.cycles where ports.claim(at: cycle.port, cycle.width) == nil {
            let device = PortRecorder(port: cycle.port, log: log)
            try ports.claim(cycle.port...cycle.port, for: device, widths: WidthSet(rawValue: cycle.width.rawValue))
        }
        var expected = bytes
        for (address, bytes) in after.memory {
            for (index, byte) in bytes.enumerated() { expected[(Int(address) + index) & 0x7FFFF] = byte }
        }
        let exit = try cpu.step()
        var problems: [String] = []
        let wanted: Exit = after.fault.map { .stopped(.fault($0)) } ?? .budget
        if exit != wanted { problems.append("exit \(exit), expected \(wanted)") }
        problems += Bench.differences(cpu.state, after.state, ignoring: flags)
        problems += memoryDifferences(expected)
        if log.cycles != after.cycles { problems.append("ports \(log.cycles), expected \(after.cycles)") }
        return problems
    }

    /// What differs between two states, but for counters, shadows and some flags.
    static func differences(_ got: CPUState, _ wanted: CPUState, ignoring flags: EFLAGS = []) -> [String] {
        var got = got
        got.instructions = wanted.instructions
        got.shadowUntil = wanted.shadowUntil
        got.shadowHoldsTraps = wanted.shadowHoldsTraps
        got.trapArmed = wanted.trapArmed
        got.resumeArmed = wanted.resumeArmed
        got.portProgress = wanted.portProgress
        got.eflags = got.eflags.subtracting(flags).union(wanted.eflags.intersection(flags))
        guard got != wanted else { return [] }
        return zip(lines(got), lines(wanted)).filter { $0 != $1 }.map { "\($0), expected \($1)" }
    }

    private static func hex(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }

    private static func lines(_ state: CPUState) -> [String] {
        var lines = GeneralRegister.allCases.map { "\($0)=\(hex(state.gpr[$0]))" }
        lines += ["eip=\(hex(state.eip))", "eflags=\(hex(state.eflags.rawValue)) \(state.eflags.text)"]
        for register in SegmentRegister.allCases { lines.append("\(register)=\(state.segments[register])") }
        lines += ["ldtr=\(state.ldtr)", "tr=\(state.tr)", "gdtr=\(state.gdtr)", "idtr=\(state.idtr)"]
        lines += [state.cr0, state.cr2, state.cr3, state.cr4].enumerated().map { "control \($0): \(hex($1))" }
        lines += [state.dr0, state.dr1, state.dr2, state.dr3, state.dr6, state.dr7].enumerated()
            .map { "debug \($0): \(hex($1))" }
        lines += ["cpl=\(state.cpl)", "halted=\(state.halted)", "nmiBlocked=\(state.nmiBlocked)"]
        lines += ["shutdown=\(state.shutdown)", "tscOffset=\(state.tscOffset)"]
        lines += ["pending=\(String(describing: state.pendingRequest))"]
        lines += x87Lines(state)
        return lines
    }

    /// The first bytes of memory that are not as expected.
    func memoryDifferences(_ expected: [UInt8]) -> [String] {
        guard let start = memory.ramBytes.baseAddress, memcmp(start, expected, expected.count) != 0 else { return [] }
        return expected.indices.filter { memory.ramBytes[$0] != expected[$0] }.prefix(16).map {
            "@\(Bench.hex(UInt32($0)))=\(memory.ramBytes[$0]), expected \(expected[$0])"
        }
    }
}

/// The cycles of all recorded ports, and what their reads return.
final class PortLog {
    fileprivate var reads: [PortCycle]
    fileprivate(set) var cycles: [PortCycle] = []

    init(reads: [PortCycle]) { self.reads = reads }
}

/// One port that answers reads from the log's list, 0 behind its end, and keeps the log.
final class PortRecorder: PortDevice {
    let name = "recorder"
    private let port: UInt16
    private let log: PortLog

    init(port: UInt16, log: PortLog) {
        self.port = port
        self.log = log
    }

    func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 {
        let value = log.reads.isEmpty ? 0 : log.reads.removeFirst().value
        log.cycles.append(PortCycle(port: port, width: width, value: value, isWrite: false))
        return value
    }

    func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {
        log.cycles.append(PortCycle(port: port, width: width, value: value, isWrite: true))
    }

    func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? { nil }
}
