import X86Interp

/// Which tests a model can be asked to pass, and what it may do differently: the rules of the suites' notes.
struct Applicability {
    /// Whether a test is run.
    enum Decision: Equatable {
        /// It is, with these allowances.
        case run(Allowances)
        /// It is not, for this reason.
        case skip(String)
    }

    private let model: CPUModel
    private let map: OpcodeMap
    private let newestMap = OpcodeMap.of(.newest)
    private static let escapes: ClosedRange<UInt16> = 0xD8...0xDF
    private var hasFPU: Bool { model.x87 != .none }

    /// The rules for a model.
    init(_ model: CPUModel) {
        self.model = model
        map = OpcodeMap.of(model)
    }

    /// What to do with a test; `masks` are those of the suite.
    func decide(_ test: MOOTest, of file: MOOFile, _ masks: FlagMasks) -> Decision {
        let sketch = InstructionSketch(test.bytes)
        if file.oracle != nil {
            if let reason = siliconReason(test, file, sketch) { return .skip(reason) }
            return .run(Allowances(flags: shiftedFlags(test, file, sketch)))
        }
        if let reason = recorderReason(file) ?? laterReason(test, file, sketch) { return .skip(reason) }
        if file.cpu == "386E", writesOwnCode(test) { return .skip("80386: writes over its own code, already fetched") }
        var allowances = Allowances()
        allowances.flags = UInt32(masks.mask(of: file.form, sketch, in: newestMap))
        // A base of 0 (#DE) leaves all flags of AAM undefined, those of its quotient too.
        if sketch.opcode == 0xD4, sketch.modRM == 0 { allowances.flags &= ~EFLAGS.arithmetic.rawValue }
        if file.cpu == "C286", model.is32Bit {
            allowances.flags &= 0x0FFF
            if ["C0.2", "C0.3"].contains(file.form) { allowances.flags &= ~EFLAGS.overflow.rawValue }
            allowances.flags &= shiftedFlags(test, file, sketch)
            allowances.faults = laterFaults(test, sketch)
        }
        return .run(allowances)
    }

    /// What a 386 or later raises for a segment overrun that an 80286 reports as #GP, or for a quotient that it lets pass.
    ///
    /// It has #SS for the stack segment, and its string instructions and POP have moved no register when they fault.
    private func laterFaults(_ test: MOOTest, _ sketch: InstructionSketch) -> [ExceptionVector] {
        if isLowestQuotient(test, sketch) { return model.losesBitOfDividend ? [] : [.divideError] }
        guard test.exception?.number == ExceptionVector.generalProtection.rawValue else { return [] }
        var faults: [ExceptionVector] = sketch.usesStackSegment ? [.stackFault] : []
        if sketch.isString || sketch.opcode == 0x8F { faults.append(.generalProtection) }
        return faults
    }

    /// Whether IDIV gave 80 or 8000, in place of #DE perhaps.
    private func isLowestQuotient(_ test: MOOTest, _ sketch: InstructionSketch) -> Bool {
        guard sketch.reg == 7, test.exception == nil, let result = test.final.registers[.eax] else { return false }
        return sketch.opcode == 0xF6 && result & 0xFF == 0x80 || sketch.opcode == 0xF7 && result & 0xFFFF == 0x8000
    }

    /// Why a real-mode file as a whole says nothing about the model.
    private func recorderReason(_ file: MOOFile) -> String? {
        switch file.cpu {
        case "8086", "8088": model.generation == .i8086 ? nil : "recorded on an \(file.cpu): use --cpu 8086"
        case "186": model.generation == .i80186 ? nil : "recorded on an 80186: use --cpu 80186"
        case "C286": model.generation >= .i80286 ? nil : "recorded on an 80286: not on this model"
        case "386E": model.is32Bit ? nil : "recorded on an 80386: not on this model"
        default: "recorded on a \(file.cpu), which is no model here"
        }
    }

    // MARK: The 80286 suite on a 386 or later

    private func laterReason(_ test: MOOTest, _ file: MOOFile, _ sketch: InstructionSketch) -> String? {
        guard file.cpu == "C286", model.is32Bit else { return nil }
        let length = test.bytes.count - (test.bytes.last == 0xF4 ? 1 : 0)
        if sketch.prefixes.contains(0xF0), !sketch.isLockable(in: newestMap) {
            return "80286: LOCK on what a 386 locks not (#UD)"
        }
        if length > 10 { return "80286: longer than 10 bytes (legal on a 386)" }
        if let reason = peculiarReason(test, file, sketch) { return reason }
        switch sketch.opcode {
        case 0x63...0x67, 0x0F00...0x0FFF: return "80286: a prefix or another instruction on a 386"
        case 0x8C, 0x8E:
            return sketch.reg == 4 || sketch.reg == 5 ? "80286: FS and GS exist on a 386" : nil
        case 0x9B, 0xD8...0xDF: return hasFPU || test.exception != nil ? "80286: no coprocessor was there" : nil
        default: return nil
        }
    }

    /// Whether a test changes bytes of its instruction or of the HLT behind it.
    private func writesOwnCode(_ test: MOOTest) -> Bool {
        let registers = test.initial.registers
        let start = (registers[.cs] ?? 0) << 4 &+ (registers[.eip] ?? 0) & 0xFFFF
        return test.final.memory.contains { $0.address &- start < UInt32(test.bytes.count) }
    }

    // MARK: The silicon set on models before the P6

    private func siliconReason(_ test: MOOTest, _ file: MOOFile, _ sketch: InstructionSketch) -> String? {
        guard model.generation >= .i80286 else { return "protected mode: not on this model" }
        if !model.is32Bit, let reason = reason286(test, file, sketch) { return reason }
        if sketch.row(in: newestMap) != nil, sketch.row(in: map) == nil { return "instruction: not on this model" }
        if Self.escapes.contains(sketch.opcode), model.x87.rawValue < X87Model.i80387.rawValue {
            return "x87 as from the 80387 on: not on this model"
        }
        let flags = (test.initial.registers[.eflags] ?? 0) | (test.final.registers[.eflags] ?? 0)
        if flags & ~(model.writableFlags.rawValue | 2) != 0 { return "EFLAGS bits: not on this model" }
        if model.generation <= .i486, sketch.opcode == 0x8C, sketch.memoryRM == nil, isWide(file, sketch) {
            return "MOV r32, Sreg: upper half as on a Pentium"
        }
        let isIDIV = (sketch.opcode == 0xF6 || sketch.opcode == 0xF7) && sketch.reg == 7
        if model.losesBitOfDividend, isIDIV, test.exception?.number == ExceptionVector.divideError.rawValue {
            return "a quotient that does not fit: this chip takes some for the lowest one"
        }
        return peculiarReason(test, file, sketch)
    }

    // MARK: What one chip does like no other, and what another one recorded

    /// Why a test of another chip cannot be asked of this one.
    private func peculiarReason(_ test: MOOTest, _ file: MOOFile, _ sketch: InstructionSketch) -> String? {
        if model.scalesLoneBase, sketch.scalesLoneBase, isWide(file, sketch, prefix: 0x67) {
            return "a scale without an index: this chip scales the base"
        }
        guard sketch.opcode == 0x60 || sketch.opcode == 0x61 else { return nil }
        if model.movesAllOneByOne, test.exception != nil { return "PUSHA or POPA fails half-way: not on this chip" }
        let stack = file.oracle?.segments[UInt16(truncatingIfNeeded: test.initial.registers[.ss] ?? 0)]
        if model.loadsUpperStackPointer, sketch.opcode == 0x61, isWide(file, sketch), stack.map({ $0.kind & 2 }) != 2 {
            return "POPAD with a 16-bit stack: this chip loads ESP"
        }
        return nil
    }

    /// The flags that a shift defines on every chip: by more than its width neither CF nor OF.
    private func shiftedFlags(_ test: MOOTest, _ file: MOOFile, _ sketch: InstructionSketch) -> UInt32 {
        guard model.shiftsAsOneOf32Bits else { return .max }
        let width: UInt32
        switch sketch.opcode {
        case 0xC0, 0xD2: width = sketch.reg >= 4 ? 8 : 32
        case 0xC1, 0xD3: width = sketch.reg >= 4 && !isWide(file, sketch) ? 16 : 32
        case 0x0FA4, 0x0FA5, 0x0FAC, 0x0FAD: width = isWide(file, sketch) ? 32 : 16
        default: return .max
        }
        let isByCL = [0xD2, 0xD3, 0x0FA5, 0x0FAD].contains(sketch.opcode)
        let immediate = test.bytes.dropLast(file.oracle == nil ? 1 : 0).last ?? 0
        let count = isByCL ? test.initial.registers[.ecx] ?? 0 : UInt32(immediate)
        return count & 31 > width ? ~EFLAGS([.carry, .overflow]).rawValue : .max
    }

    private func reason286(_ test: MOOTest, _ file: MOOFile, _ sketch: InstructionSketch) -> String? {
        guard file.oracle?.codeBits == 16 else { return "32-bit code segment: not on this model" }
        if sketch.prefixes.contains(where: { (0x64...0x67).contains($0) }) { return "386 prefix: not on this model" }
        if sketch.prefixes.contains(0xF0) { return "LOCK: the 80286 has other rules" }
        if sketch.opcode == 0x8C, sketch.reg == 4 || sketch.reg == 5 { return "FS and GS: not on this model" }
        if test.bytes.count > 10 { return "longer than 10 bytes: not on this model" }
        let uses386 = VectorRegister.segments.contains { register in
            let selector = UInt16(truncatingIfNeeded: test.initial.registers[register] ?? 0)
            return file.oracle?.segments[selector].map { $0.kind & 18 != 0 || $0.limit > 0xFFFF } == true
        }
        return uses386 ? "386 segment: not on this model" : nil
    }

    private func isWide(_ file: MOOFile, _ sketch: InstructionSketch, prefix: UInt8 = 0x66) -> Bool {
        (file.oracle?.codeBits == 32) != sketch.prefixes.contains(prefix)
    }
}

/// The parts of the silicon set that `--kind` selects.
enum VectorKind: String, CaseIterable {
    case int, x87, simd, approx

    /// The kind of a file, by its `ORCL` flags and its form.
    init(_ file: MOOFile) {
        let flags = file.oracle?.flags ?? 0
        let opcode = file.form.drop { $0 == "6" || $0 == "7" }
        if flags & 2 == 0 {
            self = .int
        } else if flags & 4 != 0 {
            self = .approx
        } else {
            self = opcode.hasPrefix("D") || opcode.hasPrefix("9B") ? .x87 : .simd
        }
    }
}
