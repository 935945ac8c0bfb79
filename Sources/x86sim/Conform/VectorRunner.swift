import X86Interp

/// What the comparison of a test overlooks, apart from the masks in the test itself.
struct Allowances: Equatable {
    /// Defined bits of FLAGS, also in the word that an exception pushes.
    var flags: UInt32 = .max
    /// Exceptions that are as good as the recorded outcome, if the instruction raises one and moves no register.
    var faults: [ExceptionVector] = []
}

/// Runs tests on one machine and compares.
struct VectorRunner: ~Copyable {
    /// The machine that all tests share.
    let machine: VectorMachine
    /// Pages on which a test has found what an earlier one must have left.
    private(set) var suspectPages: Set<Int> = []

    private let allBits: Bool

    /// A runner for a model; with `allBits` undefined bits must agree, too.
    ///
    /// - Throws: `CommandError` if the host has no memory for the machine.
    init(_ model: CPUModel, allBits: Bool = false, engine: CPU.Engine = .stepping) throws(CommandError) {
        machine = try VectorMachine(model, engine)
        self.allBits = allBits
    }

    /// Runs one test; memory that the test lists is zero again afterwards.
    ///
    /// One that shows nothing but a known difference between vendors is skipped, not failed.
    mutating func run(_ test: MOOTest, of file: MOOFile, _ allowances: Allowances) -> Verdict {
        if !allowances.faults.isEmpty, raises(allowances.faults, test) { return .passed(exact: false) }
        noteRemains(test)
        let verdict = attempt(test, of: file, allowances, as: nil)
        guard case .failed = verdict, let difference = VendorDifference(test, of: file) else { return verdict }
        switch attempt(test, of: file, allowances, as: difference) {
        case .passed, .near: return .skipped(difference.reason)
        case .failed, .skipped: return verdict
        }
    }

    /// Runs one test on the model as it is, or as a processor of another vendor would do one thing.
    private func attempt(
        _ test: MOOTest, of file: MOOFile, _ allowances: Allowances, as difference: VendorDifference?
    ) -> Verdict {
        let before = load(test)
        defer { undo(test) }
        machine.chipPorts.isPresent = file.cpu == "386E"
        var comparison = Comparison(allBits: allBits)
        switch StateModel(file) {
        case .silicon:
            machine.cpu.state = machine.siliconState(test, file.oracle ?? OracleInfo())
            difference?.prepare(machine, test)
            let ending = machine.executeOne()
            difference?.amend(machine, test)
            compareException(ending, test.exception, &comparison)
        case .realToHalt:
            machine.cpu.state = machine.realModeState(test)
            compareEnd(machine.executeToHalt(limit: Self.limit(test)), &comparison)
        case .realOne:
            machine.cpu.state = machine.realModeState(test)
            compareEnd(machine.executeToBoundary(), &comparison)
        }
        let flags = allowances.flags & (test.final.masks[.eflags] ?? file.masks[.eflags] ?? .max)
        compareRegisters(test, file, flags: flags, &comparison)
        if let want = test.final.fpu ?? test.initial.fpu {
            comparison.compare(
                machine.cpu.state, FPUVector(want), statusMask: test.final.statusWordMask,
                Tolerance(file))
        }
        compareMemory(test, before, MaskedMemory(test, flags: flags), &comparison)
        return comparison.verdict
    }

    // MARK: Memory

    /// Forgets the suspect pages; returns them.
    mutating func takeSuspectPages() -> Set<Int> {
        defer { suspectPages = [] }
        return suspectPages
    }

    /// What a test lists must be zero before it starts: its undoing would hide what another test has left there.
    private mutating func noteRemains(_ test: MOOTest) {
        for list in [test.initial.memory, test.final.memory, test.final.memoryMasks] {
            for byte in list where machine.byte(at: byte.address) != 0 && Int(byte.address) < VectorMachine.memorySize {
                suspectPages.insert(Int(byte.address) / 4096)
            }
        }
    }

    /// Writes a test's memory; returns what is then where the test expects changes.
    private func load(_ test: MOOTest) -> [UInt8] {
        for byte in test.initial.memory { machine.store(byte.value, at: byte.address) }
        return test.final.memory.map { machine.byte(at: $0.address) }
    }

    private func undo(_ test: MOOTest) {
        for byte in test.initial.memory { machine.store(0, at: byte.address) }
        for byte in test.final.memory { machine.store(0, at: byte.address) }
        for byte in test.final.memoryMasks { machine.store(0, at: byte.address) }
    }

    /// Compares the changed bytes, puts back what was there, then compares the others with what they were.
    private func compareMemory(
        _ test: MOOTest, _ before: [UInt8], _ masks: MaskedMemory, _ comparison: inout Comparison
    ) {
        for (byte, earlier) in zip(test.final.memory, before) {
            let got = machine.byte(at: byte.address)
            comparison.compare(byte.address, got: got, want: byte.value, mask: masks[byte.address])
            machine.store(earlier, at: byte.address)
        }
        for byte in test.initial.memory {
            let got = machine.byte(at: byte.address)
            comparison.compare(byte.address, got: got, want: byte.value, mask: masks[byte.address])
        }
    }

    // MARK: Registers

    private func compareRegisters(
        _ test: MOOTest, _ file: MOOFile, flags: UInt32, _ comparison: inout Comparison
    ) {
        let state = machine.cpu.state
        for register in VectorRegister.general + VectorRegister.segments {
            guard let initial = test.initial.registers[register] else { continue }
            let width: UInt32 = file.isWide && !register.isSegment ? .max : 0xFFFF
            let want = (test.final.registers[register] ?? initial) & width
            let got = state.value(register) & width
            if register == .eip, StateModel(file) == .realToHalt, got == (want &+ 1) & 0xFFFF { continue }
            let mask = test.final.masks[register] ?? file.masks[register] ?? .max
            comparison.compare(register, got: got, want: want, mask: mask)
        }
        let isSilicon = file.oracle != nil
        let initial = isSilicon ? test.initial.registers[.eflags] ?? 0 : machine.initialFlags(test)
        let width: UInt32 = isSilicon ? .max : 0xFFFF
        comparison.compare(
            .eflags, got: state.eflags.rawValue & width, want: (test.final.registers[.eflags] ?? initial) & width,
            mask: flags)
    }

    // MARK: Ends

    private func compareException(
        _ ending: VectorMachine.Ending, _ exception: VectorException?, _ comparison: inout Comparison
    ) {
        let want = exception.map { Self.text($0.number, $0.errorCode ?? 0) } ?? "no exception"
        switch ending {
        case .completed:
            if exception != nil { comparison.note(.ending(got: "no exception", want: want)) }
        case .fault(let fault):
            let got = Self.text(fault.vector.rawValue, UInt32(fault.errorCode))
            if got != want { comparison.note(.ending(got: got, want: want)) }
        case .other(let words): comparison.note(.ending(got: words, want: want))
        }
    }

    private func compareEnd(_ ending: VectorMachine.Ending, _ comparison: inout Comparison) {
        switch ending {
        case .completed: break
        case .fault(let fault): comparison.note(.ending(got: fault.text, want: "delivery of it"))
        case .other(let words): comparison.note(.ending(got: words, want: "an end of the test"))
        }
    }

    private static func text(_ number: UInt8, _ errorCode: UInt32) -> String {
        guard let vector = ExceptionVector(rawValue: number) else { return "exception \(number)" }
        return Fault(vector, errorCode: UInt16(truncatingIfNeeded: errorCode)).text
    }

    /// Whether the instruction of a real-mode test raises one of some exceptions and leaves the registers alone.
    private func raises(_ faults: [ExceptionVector], _ test: MOOTest) -> Bool {
        _ = load(test)
        defer { undo(test) }
        let state = machine.realModeState(test)
        machine.cpu.state = state
        guard case .fault(let fault) = machine.executeOne(), faults.contains(fault.vector) else { return false }
        return machine.cpu.state.gpr == state.gpr && machine.cpu.state.eip == state.eip
    }

    /// The instruction, the HLT, the delivery of an exception, and the iterations of a repetition.
    private static func limit(_ test: MOOTest) -> UInt64 {
        let isRepeated = test.bytes.contains { $0 == 0xF2 || $0 == 0xF3 }
        return 4 + (isRepeated ? UInt64((test.initial.registers[.ecx] ?? 0) & 0xFFFF) + 1 : 0)
    }
}

/// The defined bits of memory behind a test.
struct MaskedMemory {
    private var masks: [UInt32: UInt8] = [:]

    /// The masks in the test, and those of FLAGS for the word that an exception has pushed.
    init(_ test: MOOTest, flags: UInt32) {
        for byte in test.final.memoryMasks { masks[byte.address] = byte.value }
        guard flags & 0xFFFF != 0xFFFF, let address = Self.pushedFlags(test) else { return }
        masks[address.low] = UInt8(truncatingIfNeeded: flags)
        masks[address.high] = UInt8(truncatingIfNeeded: flags >> 8)
    }

    /// Where the bytes of FLAGS are that an exception of a real-mode test has pushed; nil if it has none.
    private static func pushedFlags(_ test: MOOTest) -> (low: UInt32, high: UInt32)? {
        if let exception = test.exception {
            guard exception.flagAddress != .max else { return nil }
            // The suite gives the address of the bus cycle, without bit 0 when the stack is odd.
            let address = exception.flagAddress | (test.final.registers[.esp] ?? 0) & 1
            return (address, address &+ 1)
        }
        // The suites of the 8086 do not say: three words were pushed, in a segment that wraps within 1 MiB.
        guard let pointer = test.final.registers[.esp], let old = test.initial.registers[.esp],
            (old &- pointer) & 0xFFFF == 6, test.final.registers[.cs] != nil
        else { return nil }
        let base = (test.final.registers[.ss] ?? test.initial.registers[.ss] ?? 0) << 4
        func address(_ offset: UInt32) -> UInt32 { (base &+ (pointer &+ offset) & 0xFFFF) & 0xF_FFFF }
        return (address(4), address(5))
    }

    /// The defined bits of a byte.
    subscript(address: UInt32) -> UInt8 { masks.isEmpty ? 0xFF : masks[address] ?? 0xFF }
}
