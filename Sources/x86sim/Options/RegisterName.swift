import X86Interp

/// A register as `--regs` names it.
enum RegisterName: Equatable, Sendable {
    /// A general register; as bytes, numbers 4 to 7 are AH, CH, DH and BH.
    case general(GeneralRegister, Width)
    /// A segment register, loaded as in real mode.
    case segment(SegmentRegister)
    /// IP or EIP.
    case instructionPointer(Width)
    /// FLAGS or EFLAGS.
    case flags(Width)

    /// The register with a name such as `ax`, `es` or `eflags`, in either case; nil if there is none.
    init?(_ name: String) {
        let name = name.lowercased()
        for width in Width.allCases {
            for register in GeneralRegister.allCases where register.name(width) == name {
                self = .general(register, width)
                return
            }
        }
        if let segment = SegmentRegister.allCases.first(where: { $0.name == name }) {
            self = .segment(segment)
            return
        }
        switch name {
        case "ip": self = .instructionPointer(.word)
        case "eip": self = .instructionPointer(.dword)
        case "flags": self = .flags(.word)
        case "eflags": self = .flags(.dword)
        default: return nil
        }
    }

    /// How many bytes the register has.
    var width: Width {
        switch self {
        case .general(_, let width), .instructionPointer(let width), .flags(let width): width
        case .segment: .word
        }
    }

    /// Whether only 32-bit processors have the register.
    var needs32Bit: Bool {
        switch self {
        case .general, .instructionPointer, .flags: width == .dword
        case .segment(let register): register == .fs || register == .gs
        }
    }

    /// The register's value; of a segment register the selector.
    func value(in state: CPUState) -> UInt32 {
        switch self {
        case .general(let register, .byte):
            let number = register.rawValue
            return state.gpr[GeneralRegister.allCases[Int(number & 3)]] >> (number < 4 ? 0 : 8) & 0xFF
        case .general(let register, let width): return state.gpr[register] & width.mask
        case .segment(let register): return UInt32(state.segments[register].selector)
        case .instructionPointer(let width): return state.eip & width.mask
        case .flags(let width): return state.eflags.rawValue & width.mask
        }
    }

    /// Sets the register as an instruction would, keeping the bits that the name does not cover.
    func set(_ value: UInt32, in state: inout CPUState, of model: CPUModel) {
        switch self {
        case .general(let register, .byte):
            let number = register.rawValue
            let shift: UInt32 = number < 4 ? 0 : 8
            let whole = GeneralRegister.allCases[Int(number & 3)]
            state.gpr[whole] = state.gpr[whole] & ~(0xFF << shift) | (value & 0xFF) << shift
        case .general(let register, let width):
            state.gpr[register] = state.gpr[register] & ~width.mask | value & width.mask
        case .segment(let register):
            state.segments[register].selector = UInt16(truncatingIfNeeded: value)
            state.segments[register].base = (value & 0xFFFF) << 4
        case .instructionPointer(let width): state.eip = value & width.mask
        case .flags(let width):
            let writable = model.writableFlags.rawValue & width.mask
            let kept = state.eflags.rawValue & ~writable
            state.eflags = EFLAGS(rawValue: kept | value & writable | model.fixedFlags.rawValue)
        }
    }
}
