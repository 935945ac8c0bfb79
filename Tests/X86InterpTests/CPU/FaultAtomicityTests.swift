import Testing

@testable import X86Interp

/// A faulting instruction has done nothing: it can be restarted.
///
/// All examples run with ever larger segments, so that they fault at each of their accesses in turn. Repeated
/// instructions keep their iterations, and ENTER what it has pushed; all else must be as before.
@Suite(.timeLimit(.minutes(30))) struct FaultAtomicityTests {
    private static let limits: [UInt32] = [
        0, 0xF, 0x10, 0x11, 0x12, 0x13, 0x14, 0x16, 0x1F, 0x20, 0x21, 0x22, 0xFF, 0x102, 0x1FF, 0x7EF, 0x7F1, 0x7F3,
        0x7F5, 0x7F7, 0x7F9, 0x7FB, 0x7FD, 0x7FE, 0x7FF, 0x800, 0x801, 0x802, 0x803, 0x805, 0x807, 0x809, 0x80B,
        0x80F, 0xFFFD, 0xFFFE,
    ]

    /// Runs an example with segments too small for it; returns how often it faulted and what was wrong.
    private func run(_ example: Case) throws -> (faults: Int, problems: [String]) {
        let scene = try example.scene()
        let bench = try Bench(scene, model: example.model)
        let memory = bench.bytes
        var faults = 0
        for limit in Self.limits {
            var state = scene.state
            for register in SegmentRegister.allCases where register != .cs { state.segments[register].limit = limit }
            bench.cpu.state = state
            guard case .stopped(.fault(let fault)) = try bench.cpu.step() else { break }
            if Scene.isTrap(fault, example.row) { break }
            if fault.vector == .divideError, example.generation == .i8086 { break }
            // Single chips get half-way: see `Processors.md`.
            let operation = example.row?.operation
            if operation == .aam || example.generation == .i80386 && (operation == .pusha || operation == .popa) {
                break
            }
            // Where they wrap they have loaded what they could: see `FloatingPoint.md`.
            if limit >= 0xFFFD, operation == .fldenv || operation == .frstor { break }
            faults += 1
            // The flags that tell why.
            if fault.vector == .simdFloatingPoint || fault.vector == .invalidOpcode {
                state.sse.mxcsr |= bench.cpu.state.sse.mxcsr & 0x3F
            }
            var problems = Bench.differences(bench.state, state)
            if example.row?.operation == .enter {
                guard bench.memoryDifferences(memory).isEmpty else { break }
            } else {
                problems += bench.memoryDifferences(memory)
            }
            if !problems.isEmpty { return (faults, ["limit \(limit), \(fault.text)"] + problems) }
        }
        return (faults, [])
    }

    @Test func faultingExamplesChangeNothing() throws {
        var faults = 0
        for example in OpcodeCoverageTests.cases where example.generation >= .i80386 {
            let isRepeated = !(example.parsed?.flags.isDisjoint(with: .repeated) ?? true)
            if isRepeated, example.row?.traits.contains(.repeatable) ?? false { continue }
            let (count, problems) = try run(example)
            #expect(problems.isEmpty, "\(example.testDescription)")
            faults += count
        }
        // The examples do reach into memory.
        #expect(faults > 1000)
    }
}
