import X86Interp

/// What the processor's control bits have to do with an exception, where a guest has likely forgotten to set them.
struct ProcessorHints {
    /// The machine behind the exception, or at it.
    let machine: Machine

    private var model: CPUModel { machine.cpu.model }
    private var state: CPUState { machine.state }

    /// Bits of CR0 and CR4 (SDM volume 3, 2.5).
    private enum Bit {
        static let monitor: UInt32 = 1 << 1
        static let emulation: UInt32 = 1 << 2
        static let taskSwitched: UInt32 = 1 << 3
        static let fxsr: UInt32 = 1 << 9
        static let simdException: UInt32 = 1 << 10
    }

    /// A sentence without a full stop about the exception; nil if no control bit explains it.
    func text(for report: FaultReport) -> String? {
        switch report.fault.vector {
        case .deviceNotAvailable: deviceNotAvailable
        case .invalidOpcode: invalidOpcode(report)
        case .floatingPoint where isAsAfterReset: Self.asAfterReset
        default: nil
        }
    }

    /// Which of the bits have made #NM of an x87, MMX or SSE instruction.
    private var deviceNotAvailable: String? {
        var words: [String] = []
        if state.cr0 & Bit.emulation != 0 {
            words.append("CR0.EM is set: x87 instructions are to be emulated; a guest that uses the FPU clears it")
        }
        if state.cr0 & Bit.taskSwitched != 0 {
            words.append("CR0.TS is set: the FPU's state may be another task's; CLTS clears it")
        }
        return words.isEmpty ? nil : words.joined(separator: ", and ")
    }

    /// An SSE instruction without permission, or one of a part that the processor lacks.
    private func invalidOpcode(_ report: FaultReport) -> String? {
        guard let instruction = instruction(at: report, on: .newest), let needs = instruction.encoding?.needs,
            let name = Self.name(of: needs)
        else { return nil }
        guard model.has(needs) else { return "the \(model.name) has no \(name), which \(instruction.mnemonic) is of" }
        switch needs {
        case .mmx, .sse, .sse2:
            if state.cr0 & Bit.emulation != 0 { return "CR0.EM is set: \(name) cannot be emulated, so that it is #UD" }
            guard needs != .mmx else { return nil }
            if state.cr4 & Bit.fxsr == 0 {
                return "CR4.OSFXSR is clear: SSE wants a system that saves its registers; set bit 9 of CR4 before"
            }
            let pending = SSEView(state.sse).unmasked
            guard !pending.isEmpty, state.cr4 & Bit.simdException == 0 else { return nil }
            return "CR4.OSXMMEXCPT is clear: an unmasked exception of SSE is #UD then instead of #XM"
        case .none, .otherChip, .x87, .x87From287, .x87From387, .conditionalX87, .fxsr: return nil
        }
    }

    private static func name(of needed: Extension) -> String? {
        switch needed {
        case .none, .otherChip: nil
        case .x87: "x87"
        case .x87From287: "x87 from the 287 on"
        case .x87From387: "x87 from the 387 on"
        case .conditionalX87: "FCMOVcc and FCOMI"
        case .mmx: "MMX"
        case .fxsr: "FXSAVE"
        case .sse: "SSE"
        case .sse2: "SSE2"
        }
    }

    /// The instruction that an exception was raised at, as a processor has it; nil if its bytes cannot be told.
    func instruction(at report: FaultReport, on model: CPUModel? = nil) -> DisassembledInstruction? {
        instruction(report.cs, report.eip, on: model ?? self.model)
    }

    /// The instruction at a selector and an offset.
    func instruction(_ selector: UInt16, _ offset: UInt32, on model: CPUModel) -> DisassembledInstruction? {
        guard let segment = try? machine.segment(selector: selector) else { return nil }
        let code32 = state.cr0 & 1 != 0 && segment.access.contains(.big)
        guard let bytes = try? machine.peek(.linear(segment.base &+ offset), count: 15) else { return nil }
        let known = bytes.prefix { $0 != nil }.compactMap { $0 }
        guard !known.isEmpty else { return nil }
        return Disassembler(model: model, syntax: .nasm, code32: code32).disassemble(known, at: offset)
    }

    // MARK: Without FNINIT

    /// The control word that RESET leaves (SDM volume 3, table 9-1), which no program sets by FLDCW on purpose.
    private static let controlAfterReset: UInt16 = 0x40

    /// Whether the x87 has been used, but its control word is as RESET left it.
    var isAsAfterReset: Bool {
        model.has(.x87) && state.x87.control == Self.controlAfterReset
            && (state.x87.opcode != 0 || state.x87.instructionOffset != 0 || state.x87.instructionSelector != 0)
    }

    /// What that means.
    static let asAfterReset =
        "FPU used before FNINIT: FCW is 0040 as RESET left it, so that no exception is masked and results have 24 bits"
}
