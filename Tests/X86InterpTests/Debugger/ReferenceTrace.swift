import TestSupport

@testable import X86Interp

/// Everything that happened in a guest, instruction by instruction: what breakpoints are tested against.
final class ReferenceTrace {
    /// An interrupt or exception that was delivered.
    struct Delivery {
        var vector: UInt8
        var isSoftware: Bool
        var isException: Bool
        var errorCode: UInt16?
    }

    /// One instruction with what was delivered behind it.
    struct Step {
        /// Guest time before it.
        var position: UInt64
        var linear: UInt32
        var physical: UInt32?
        /// Before it.
        var state: CPUState
        /// No iteration of a repeated instruction that goes on.
        var isArrival: Bool
        var deliveries: [Delivery] = []
        var transactions: [PortTransaction] = []
        /// Accesses to the watched range.
        var reads = false
        var writes = false
        /// Bytes of the watched range were changed.
        var changes = false
        var changesMode = false
    }

    private(set) var steps: [Step] = []
    let naive: NaiveRun
    private let ears = Ears()

    /// Runs a guest for some instructions, and looks at a range of physical addresses meanwhile.
    init(_ guest: DebugGuest, steps count: Int, watching range: ClosedRange<UInt32>? = nil) throws {
        naive = NaiveRun(try guest.makeMachine())
        let machine = naive.machine
        machine.ledger = ears
        machine.cpu.monitor = ears
        var marks = CPUMarks()
        marks.deliveries = true
        if let range { marks.physicalData = [range] }
        machine.cpu.marks = marks
        ears.machine = machine
        ears.range = range
        var before = Self.bytes(machine, range)
        while !naive.isOver, steps.count < count {
            let state = machine.state
            let linear = state.segments.cs.base &+ (guest.model.hasSegmentLimits ? state.eip : state.eip & 0xFFFF)
            ears.step = Step(
                position: state.instructions, linear: linear, physical: machine.cpu.linearToPhysical(linear),
                state: state, isArrival: !state.portProgress.isRepeating)
            try naive.step()
            let after = Self.bytes(machine, range)
            ears.step?.changes = before != after
            before = after
            ears.step?.changesMode = Self.mode(state) != Self.mode(machine.state)
            if let step = ears.step { steps.append(step) }
            if machine.state.instructions == state.instructions { break }
        }
    }

    private static func bytes(_ machine: Machine, _ range: ClosedRange<UInt32>?) -> [UInt8] {
        range.map { machine.memory.peek($0.lowerBound, count: $0.count) } ?? []
    }

    private static func mode(_ state: CPUState) -> [Bool] {
        [
            state.cr0 & 1 != 0, state.cr0 >> 31 != 0, state.eflags.contains(.virtual8086),
            state.segments.cs.access.contains(.big),
        ]
    }

    /// The step at or in which a guest time is.
    func index(at position: UInt64) -> Int { steps.lastIndex { $0.position <= position } ?? -1 }

    /// The step that led to a guest time.
    func index(behind position: UInt64) -> Int { steps.lastIndex { $0.position < position } ?? -1 }

    /// Hears what the processor tells, and decides nothing.
    private final class Ears: CPUMonitor, PortLedger {
        weak var machine: Machine?
        var step: Step?
        var range: ClosedRange<UInt32>?

        func willExecute(linear: UInt32, physical: UInt32) -> Bool { false }

        func didAccess(linear: UInt32, physical: UInt32, size: Int, isWrite: Bool, value: UInt32) {
            guard let range, UInt64(physical) <= UInt64(range.upperBound),
                UInt64(range.lowerBound) < UInt64(physical) + UInt64(size)
            else { return }
            if isWrite { step?.writes = true } else { step?.reads = true }
        }

        func willDeliver(vector: UInt8, isSoftware: Bool, errorCode: UInt16?) -> Bool {
            let isException = machine?.cpu.isDeliveringException ?? false
            step?.deliveries.append(
                Delivery(vector: vector, isSoftware: isSoftware, isException: isException, errorCode: errorCode))
            return false
        }

        func modeChanged() {}
        func record(_ transaction: PortTransaction) { step?.transactions.append(transaction) }
    }
}
