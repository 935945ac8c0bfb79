import X86Interp

/// An exception of x87 or SSE in words: which flag, what the mask says, which instruction, and its operands' bits.
struct FloatingPointFault {
    private let session: Session
    private let report: FaultReport

    /// An exception of a session's guest.
    init(_ report: FaultReport, _ session: Session) {
        self.report = report
        self.session = session
    }

    private var state: CPUState { session.state }
    private var hints: ProcessorHints { ProcessorHints(machine: session.machine) }

    /// Lines of two blanks and a sentence each; none of other exceptions.
    var lines: [String] {
        let lines =
            switch report.fault.vector {
            case .floatingPoint: x87
            case .simdFloatingPoint: simd
            default: [String]()
            }
        let hint = hints.text(for: report).map { ["hint: \($0)."] } ?? []
        return (lines + hint).map { "  " + $0 }
    }

    /// What somebody who wants to mend it would look at; nil of other exceptions.
    var advice: String? {
        switch report.fault.vector {
        case .floatingPoint:
            "the instruction that FIP names, #MF comes at the next waiting one behind it ('fpu', 'rstep'); 'who fcw' "
                + "tells who unmasked it"
        case .simdFloatingPoint: "the operands ('sse'), and who cleared the mask in MXCSR ('who mxcsr')"
        case .deviceNotAvailable: "CR0.EM, TS and MP ('creg')"
        default: nil
        }
    }

    /// `ZE (division by zero)`.
    private static func text(_ exceptions: [FloatException]) -> String {
        exceptions.map { "\($0.flag) (\($0.name))" }.joined(separator: ", ")
    }

    // MARK: x87

    /// The state at the exception, as far as its report has it: the handler may have cleared FSW since then.
    private var stateThen: X87State {
        var x87 = state.x87
        guard let report = report.x87 else { return x87 }
        x87.load(control: report.control)
        x87.load(status: report.status)
        x87.opcode = report.opcode
        x87.instructionSelector = report.selector
        x87.instructionOffset = report.offset
        return x87
    }

    private var x87: [String] {
        let view = X87View(stateThen)
        guard !view.pending.isEmpty else { return ["x87: FSW has no unmasked exception any more"] }
        let masks = view.pending.map { $0.mask + "=0" }.joined(separator: " ")
        var lines = [
            "flag: \(Self.text(view.pending)) in FSW \(view.state.statusWord.hex); FCW \(view.state.control.hex) does "
                + "not mask it (\(masks))"
        ]
        if view.isStackFault {
            let isOverflow = state.x87.status & 1 << 9 != 0
            lines.append("stack fault: the register was \(isOverflow ? "in use" : "empty"), see the tags of 'fpu'")
        }
        return lines + causes(view)
    }

    /// The instruction that FIP names, and its operands, which an unmasked exception has left as they were.
    private func causes(_ view: X87View) -> [String] {
        let x87 = view.state
        let place = session.place(x87.instructionSelector, x87.instructionOffset)
        let found = hints.instruction(
            x87.instructionSelector, x87.instructionOffset, on: session.machine.cpu.model)
        guard let found, let encoding = found.encoding else {
            return ["instruction: at \(place) by FIP, opcode \(view.opcodeBytes.map(\.hex).joined(separator: " "))"]
        }
        var lines = ["instruction: \(found.text) at \(place)"]
        guard x87 == state.x87 else {
            return lines + ["operands: the x87 has gone on since then; 'goto \(report.instructions)' goes back"]
        }
        // Overflow, underflow and inexact results are found behind the operation: its result has been stored.
        let isBefore = view.pending.contains { [.invalid, .denormal, .zeroDivide].contains($0) }
        let verb = isBefore ? "operand" : "since then"
        let forms = [encoding.operands.0, encoding.operands.1]
        let memory = forms.first { $0.isMemoryOnly }
        var numbers = [0]
        if memory == nil { numbers.append(forms.contains(.sti) ? Int(found.bytes.last ?? 0) & 7 : 1) }
        for number in Set(numbers).sorted() {
            lines.append("\(verb): st\(number) = \(session.registerView.text(of: .stack(UInt8(number))))")
        }
        if let memory, let text = Self.text(bytes(memory), memory) {
            lines.append("\(verb): [\(session.place(x87.dataSelector, x87.dataOffset))] = \(text)")
        }
        return lines
    }

    /// The bytes of the operand that FDP names.
    private func bytes(_ form: OperandForm) -> [UInt8] {
        guard let segment = try? session.machine.segment(selector: state.x87.dataSelector),
            let count = Self.sizes[form],
            let bytes = try? session.machine.read(.linear(segment.base &+ state.x87.dataOffset), count: count)
        else { return [] }
        return bytes
    }

    private static let sizes: [OperandForm: Int] = [
        .m16i: 2, .m32i: 4, .m64i: 8, .m32r: 4, .m64r: 8, .m80r: 10, .m80b: 10,
    ]

    /// A number in memory: its bits, and what they mean.
    static func text(_ bytes: [UInt8], _ form: OperandForm) -> String? {
        guard bytes.count == sizes[form] else { return nil }
        let digits = bytes.reversed().map(\.hex).joined()
        let low = bytes.prefix(8).reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        let high = bytes.dropFirst(8).reversed().reduce(0 as UInt16) { $0 << 8 | UInt16($1) }
        switch form {
        case .m32r: return digits + " = " + BinaryFloat(single: UInt32(truncatingIfNeeded: low)).text
        case .m64r: return digits + " = " + BinaryFloat(double: low).text
        case .m80r:
            return high.hex + ":" + low.hex + " = " + BinaryFloat(Extended(signExponent: high, significand: low)).text
        case .m16i: return digits + " = 0d\(Int16(truncatingIfNeeded: low))"
        case .m32i: return digits + " = 0d\(Int32(truncatingIfNeeded: low))"
        case .m64i: return digits + " = 0d\(Int64(truncatingIfNeeded: low))"
        default: return digits
        }
    }

    // MARK: SSE

    private var simd: [String] {
        let view = SSEView(state.sse)
        guard !view.unmasked.isEmpty else {
            return ["SSE: MXCSR has no unmasked exception any more; 'goto \(report.instructions)' goes to where it had"]
        }
        let masks = view.unmasked.map { $0.mask + "=0" }.joined(separator: " ")
        return [
            "flag: \(Self.text(view.unmasked)) in MXCSR \(view.state.mxcsr.hex), which does not mask it (\(masks))"
        ] + simdOperands
    }

    /// The operands of the instruction, which it has not changed.
    private var simdOperands: [String] {
        guard let found = hints.instruction(at: report), let encoding = found.encoding, let code = SIMDCode(found.bytes)
        else { return [] }
        var lines: [String] = []
        if encoding.operands.0 == .vx { lines.append(text(of: code.register, code.isDouble)) }
        if code.isMemory {
            guard let memory = found.memory.first, memory.size > 0 else { return lines }
            let offset = memory.offset(state.gpr)
            let linear = state.segments[memory.segment].base &+ offset
            guard let bytes = try? session.machine.read(.linear(linear), count: memory.size) else { return lines }
            let place = session.operandPlace(memory.segment, offset)
            lines.append("operand: [\(place)] = \(Self.text(bytes, isDouble: code.isDouble))")
        } else if [.wx, .wq, .wd, .ux].contains(encoding.operands.1) {
            if code.rm != code.register { lines.append(text(of: code.rm, code.isDouble)) }
        }
        return lines
    }

    private func text(of register: UInt8, _ isDouble: Bool) -> String {
        let bytes = SSEView(state.sse).bytes(Int(register))
        return "operand: xmm\(register) = \(Self.text(bytes, isDouble: isDouble))"
    }

    /// Numbers of SSE: all bits, and the values, lowest first.
    private static func text(_ bytes: [UInt8], isDouble: Bool) -> String {
        let size = isDouble && bytes.count >= 8 ? 8 : 4
        let values = stride(from: 0, to: bytes.count - size + 1, by: size).map { start in
            let bits = bytes[start..<start + size].reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
            return size == 8
                ? BinaryFloat(double: bits).text : BinaryFloat(single: UInt32(truncatingIfNeeded: bits)).text
        }
        return bytes.reversed().map(\.hex).joined() + " = {" + values.joined(separator: ", ") + "}"
    }
}

/// The parts of an SSE instruction's bytes that tell its registers.
private struct SIMDCode {
    /// ModRM.reg.
    let register: UInt8
    /// ModRM.rm.
    let rm: UInt8
    /// Whether ModRM.rm is memory.
    let isMemory: Bool
    /// 66 or F2: numbers of double precision.
    let isDouble: Bool

    /// Nil if the bytes are not of the two-byte map.
    init?(_ bytes: [UInt8]) {
        let prefixes: Set<UInt8> = [0x66, 0x67, 0xF0, 0xF2, 0xF3, 0x26, 0x2E, 0x36, 0x3E, 0x64, 0x65]
        let code = bytes.drop { prefixes.contains($0) }
        guard code.count >= 3, code.first == 0x0F else { return nil }
        let modRM = code[code.startIndex + 2]
        register = modRM >> 3 & 7
        rm = modRM & 7
        isMemory = modRM >> 6 != 3
        // Of F2 and F3 the last counts, and both come before 66.
        let repeats = bytes.prefix(bytes.count - code.count).last { $0 == 0xF2 || $0 == 0xF3 }
        isDouble = repeats.map { $0 == 0xF2 } ?? bytes.prefix(bytes.count - code.count).contains(0x66)
    }
}
