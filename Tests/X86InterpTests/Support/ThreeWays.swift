import Testing

@testable import X86Interp

/// A guest that is run in three ways, which must come to the same: by handlers, by the bodies alone, and by handlers
/// instruction by instruction.
enum ThreeWays {
    /// Runs the guest of `make` up to `fuel` in each way, and compares exits, states and all RAM.
    static func compare(fuel: UInt64, _ make: (_ engine: CPU.Engine) throws -> CPU) throws {
        let fast = try make(.threaded)
        let slow = try make(.reference)
        let steps = try make(.stepping)
        let exit = try fast.run(.resume, until: fuel)
        #expect(try slow.run(.resume, until: fuel) == exit)
        while steps.state.instructions < fuel,
            try steps.run(.resume, until: steps.state.instructions + 1) == .budget
        {}
        #expect(Bench.differences(fast.state, slow.state) == [])
        #expect(Bench.differences(fast.state, steps.state) == [])
        let size = fast.memory.ramSize
        let contents = fast.memory.peek(0, count: size)
        #expect(contents == slow.memory.peek(0, count: size))
        #expect(contents == steps.memory.peek(0, count: size))
    }
}
