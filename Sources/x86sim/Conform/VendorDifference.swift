import X86Interp

/// What Intel's processors do and the models do not, since those follow the AMD that recorded the silicon set.
///
/// A test that fails is run again with this one thing done as Intel does it. Only if all else agrees then, in every
/// defined bit, is the test said to show a difference between vendors, and skipped (the page `FloatingPoint`, "Where
/// processors differ").
enum VendorDifference: CaseIterable {
    /// A store to memory that an unmasked exception of the x87 withholds: Intel's do not look at the memory.
    case withheldStore
    /// A store of an MMX register that faults: Intel's have made TOP 0 by then, but not the registers valid.
    case faultingStoreOfMMX
    /// A sine of the smallest normal number, whose underflow is not masked: that of Intel's is the number, without one.
    case sineOfSmallestNumber

    /// The difference that a test of an Intel processor may show; nil if it is not of a kind that can.
    init?(_ test: MOOTest, of file: MOOFile) {
        guard file.oracle?.processor.hasPrefix("Intel") == true else { return nil }
        let sketch = InstructionSketch(test.bytes)
        guard let before = test.initial.fpu.map({ FPUVector($0) }) else { return nil }
        if Self.isSine(sketch), test.exception == nil, Self.isSmallest(before.image.x87[0]) {
            self = .sineOfSmallestNumber
            return
        }
        guard sketch.memoryRM != nil else { return nil }
        let after = test.final.fpu.map { FPUVector($0) } ?? before
        let isNewError = ~before.statusWord & after.statusWord & FPUVector.errorSummary != 0
        if Self.storesNumber(sketch), test.exception == nil, isNewError {
            self = .withheldStore
        } else if Self.storesMMX(sketch), test.exception != nil {
            self = .faultingStoreOfMMX
        } else {
            return nil
        }
    }

    /// Why such a test is skipped, as the report says it.
    var reason: String {
        switch self {
        case .withheldStore:
            "recorded on an Intel: a store that an unmasked exception withholds does not look at its memory"
        case .faultingStoreOfMMX:
            "recorded on an Intel: an MMX store that faults has made TOP 0"
        case .sineOfSmallestNumber:
            "recorded on an Intel: the sine of the smallest normal number is no underflow"
        }
    }

    /// FST, FSTP, FIST, FISTP and FBSTP with memory.
    private static func storesNumber(_ sketch: InstructionSketch) -> Bool {
        switch (sketch.opcode, sketch.reg) {
        case (0xD9, 2), (0xD9, 3), (0xDD, 2), (0xDD, 3), (0xDB, 2), (0xDB, 3), (0xDB, 7), (0xDF, 2), (0xDF, 3),
            (0xDF, 6), (0xDF, 7):
            true
        default: false
        }
    }

    /// MOVD, MOVQ and MOVNTQ to memory, from an MMX register.
    private static func storesMMX(_ sketch: InstructionSketch) -> Bool {
        let isXMM = sketch.prefixes.contains { [0x66, 0xF2, 0xF3].contains($0) }
        return !isXMM && [0x0F7E, 0x0F7F, 0x0FE7].contains(sketch.opcode)
    }

    /// FSIN and FSINCOS.
    private static func isSine(_ sketch: InstructionSketch) -> Bool {
        sketch.opcode == 0xD9 && (sketch.modRM == 0xFE || sketch.modRM == 0xFB)
    }

    /// The smallest normal number of either sign, also as a denormal writes it.
    private static func isSmallest(_ number: Extended) -> Bool {
        number.signExponent & 0x7FFF <= 1 && number.significand == 1 << 63
    }

    /// Before the instruction: what makes the model go the way that an Intel goes.
    func prepare(_ machine: borrowing VectorMachine, _ test: MOOTest) {
        switch self {
        case .withheldStore: openMemory(machine, test)
        case .faultingStoreOfMMX: break
        case .sineOfSmallestNumber: maskUnderflow(machine)
        }
    }

    /// Makes all memory writable, where it is not to be looked at.
    ///
    /// CS cannot be written whatever its limit, so its prefix becomes that of DS.
    private func openMemory(_ machine: borrowing VectorMachine, _ test: MOOTest) {
        for register: SegmentRegister in [.ds, .es, .ss, .fs, .gs] {
            let segment = machine.cpu.state.segments[register]
            machine.cpu.state.segments[register] = Segment(
                selector: segment.selector, base: segment.base, limit: .max,
                access: [.present, .codeOrData, .dpl3, .accessed, .writableOrReadable, .big, .granular])
        }
        setPrefix(of: test, 0x2E, to: 0x3E, machine)
    }

    /// Behind the instruction: memory is as it was, the exception of an MMX store has come late, and the sine of a number
    /// is that number.
    func amend(_ machine: borrowing VectorMachine, _ test: MOOTest) {
        switch self {
        case .withheldStore: setPrefix(of: test, 0x2E, to: 0x2E, machine)
        case .faultingStoreOfMMX: machine.cpu.state.x87.top = 0
        case .sineOfSmallestNumber: undoUnderflow(machine, test)
        }
    }

    private func maskUnderflow(_ machine: borrowing VectorMachine) {
        machine.cpu.state.x87.load(control: machine.cpu.state.x87.control | FPUVector.underflow)
    }

    /// Puts the operand where the sine is, and takes back the underflow and its mask.
    private func undoUnderflow(_ machine: borrowing VectorMachine, _ test: MOOTest) {
        guard let before = test.initial.fpu.map({ FPUVector($0) }) else { return }
        var x87 = machine.cpu.state.x87
        let sign = before.image.x87[0].signExponent & 0x8000
        let isPair = InstructionSketch(test.bytes).modRM == 0xFB
        x87[isPair ? 1 : 0] = Extended(signExponent: sign | 1, significand: 1 << 63)
        x87.load(status: x87.statusWord & ~FPUVector.underflow | before.statusWord & FPUVector.underflow)
        x87.load(control: before.controlWord)
        machine.cpu.state.x87 = x87
    }

    /// Puts another byte where the test has a certain prefix.
    private func setPrefix(
        of test: MOOTest, _ prefix: UInt8, to byte: UInt8, _ machine: borrowing VectorMachine
    ) {
        let start = machine.cpu.state.segments.cs.base &+ (test.initial.registers[.eip] ?? 0)
        for number in InstructionSketch(test.bytes).prefixes.indices where test.bytes[number] == prefix {
            machine.store(byte, at: start &+ UInt32(truncatingIfNeeded: number))
        }
    }
}
