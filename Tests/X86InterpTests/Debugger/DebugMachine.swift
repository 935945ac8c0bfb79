@testable import X86Interp

/// Machines for short programs by hand.
enum DebugMachine {
    /// Code at 0000:7C00 in real mode, handlers that return, and a stack below the code.
    static func real(_ code: [UInt8], _ change: (inout CPUState) -> Void = { _ in }) throws -> Machine {
        let machine = try Machine(ramSize: 0x2_0000)
        machine.memory.load(Array(repeating: [0x00, 0x05, 0, 0] as [UInt8], count: 256).joined(), at: 0)
        machine.memory.load([0xCF], at: 0x500)
        machine.memory.load(code, at: 0x7C00)
        var state = machine.state
        state.segments = SegmentRegisters()
        state.eip = 0x7C00
        state.gpr.esp = 0x7000
        change(&state)
        machine.state = state
        return machine
    }

    /// Code at 7C00 in flat 32-bit segments, and 16 MiB of RAM unless told.
    static func flat(_ code: [UInt8], ramSize: Int = 16 << 20) throws -> Machine {
        let machine = try Machine(ramSize: ramSize)
        machine.memory.load(code, at: 0x7C00)
        var state = machine.state
        state.enterFlatMode()
        state.eip = 0x7C00
        machine.state = state
        return machine
    }
}
