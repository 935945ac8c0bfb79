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
        let data = range.map { [Interest.data(.physical($0), .access)] } ?? []
        machine.cpu.observe(with: ears, [.allPorts, .allInterrupts] + data)
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
    private final class Ears: Observer {
        var step: Step?

        func didAccess(
            linear: UInt32, physical: UInt32, size: Int, isWrite: Bool, value: UInt32
        ) -> ObserverVerdict {
            if isWrite { step?.writes = true } else { step?.reads = true }
            return .goOn
        }

        func willDeliver(_ delivery: ObservedDelivery) -> ObserverVerdict {
            step?.deliveries.append(
                Delivery(
                    vector: delivery.vector, isSoftware: delivery.source == .software,
                    isException: delivery.source == .exception, errorCode: delivery.errorCode))
            return .goOn
        }

        func didTransfer(_ transaction: PortTransaction) -> ObserverVerdict {
            step?.transactions.append(transaction)
            return .goOn
        }
    }
}
