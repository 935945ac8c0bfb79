import X86Interp

/// How a file's tests are set up, run and compared.
enum StateModel: Equatable {
    /// Protected mode, CPL 3, hidden segment state from the file: one instruction, exceptions not delivered.
    case silicon
    /// Real mode: up to and including a HLT, exceptions by the IVT (80286 and later suites).
    case realToHalt
    /// Real mode: one instruction (8086, 8088, V20, V30 suites).
    case realOne

    /// The model of a file, by its chunks and the CPU that recorded it.
    init(_ file: MOOFile) {
        if file.oracle != nil {
            self = .silicon
        } else {
            self = ["8086", "8088", "V20", "V30"].contains(file.cpu) ? .realOne : .realToHalt
        }
    }
}

extension VectorMachine {
    /// The state that a test of the silicon set starts from.
    ///
    /// Null selectors 1 to 3 are 0 there: the IRET to CPL 3 that starts the recorded instruction clears them, which
    /// is why the final state of every test with one has 0.
    func siliconState(_ test: MOOTest, _ oracle: OracleInfo) -> CPUState {
        var state = CPUState()
        state.cr0 = 0x33
        state.cpl = 3
        state.setGeneral(test.initial.registers)
        state.eflags = EFLAGS(rawValue: (test.initial.registers[.eflags] ?? 0) | EFLAGS.alwaysOne.rawValue)
        for (register, name) in CPUState.vectorSegments {
            let selector = UInt16(truncatingIfNeeded: test.initial.registers[name] ?? 0)
            state.segments[register] =
                oracle.segments[selector].map { Segment(selector: selector, $0) }
                ?? Segment(selector: selector < 4 ? 0 : selector, base: 0, limit: 0, access: [])
        }
        state.cr4 = cpu.model.has(.fxsr) ? 0x600 : 0
        if let image = test.initial.fpu { FPUVector(image).load(into: &state) }
        return state
    }

    /// The state that a real-mode test starts from; FLAGS bits that the model has not are left out.
    func realModeState(_ test: MOOTest) -> CPUState {
        var state = resetState
        let registers = test.initial.registers
        state.setGeneral(registers)
        for (register, name) in CPUState.vectorSegments {
            state.segments[register] = Segment(realMode: UInt16(truncatingIfNeeded: registers[name] ?? 0))
        }
        state.eflags = EFLAGS(rawValue: initialFlags(test))
        return state
    }

    /// FLAGS of a real-mode test as the model can hold them; bits 12 to 15 are random in the 80286 suite.
    func initialFlags(_ test: MOOTest) -> UInt32 {
        let real: UInt32 = test.initial.registers[.cr0] == nil ? 0x0FD5 : 0x7FD5
        let flags = (test.initial.registers[.eflags] ?? 0) & real & cpu.model.writableFlags.rawValue
        return flags | cpu.model.fixedFlags.rawValue
    }
}

extension CPUState {
    /// Segment registers and what tests call them.
    static let vectorSegments: [(SegmentRegister, VectorRegister)] = [
        (.es, .es), (.cs, .cs), (.ss, .ss), (.ds, .ds), (.fs, .fs), (.gs, .gs),
    ]

    /// Sets the general registers and EIP from a test.
    mutating func setGeneral(_ values: RegisterValues) {
        gpr.eax = values[.eax] ?? 0
        gpr.ecx = values[.ecx] ?? 0
        gpr.edx = values[.edx] ?? 0
        gpr.ebx = values[.ebx] ?? 0
        gpr.esp = values[.esp] ?? 0
        gpr.ebp = values[.ebp] ?? 0
        gpr.esi = values[.esi] ?? 0
        gpr.edi = values[.edi] ?? 0
        eip = values[.eip] ?? 0
    }

    /// A register by the name that tests use.
    func value(_ register: VectorRegister) -> UInt32 {
        switch register {
        case .cr0: cr0
        case .cr3: cr3
        case .eax: gpr.eax
        case .ebx: gpr.ebx
        case .ecx: gpr.ecx
        case .edx: gpr.edx
        case .esi: gpr.esi
        case .edi: gpr.edi
        case .ebp: gpr.ebp
        case .esp: gpr.esp
        case .cs: UInt32(segments.cs.selector)
        case .ds: UInt32(segments.ds.selector)
        case .es: UInt32(segments.es.selector)
        case .fs: UInt32(segments.fs.selector)
        case .gs: UInt32(segments.gs.selector)
        case .ss: UInt32(segments.ss.selector)
        case .eip: eip
        case .eflags: eflags.rawValue
        case .dr6: dr6
        case .dr7: dr7
        }
    }
}
