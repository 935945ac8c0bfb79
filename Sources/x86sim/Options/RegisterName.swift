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
    /// A register or word of x87, MMX or SSE that has at most 64 bits.
    case floatingPoint(RegisterReference)
    /// ST0 to ST7, XMM0 to XMM7.
    case wide(WideRegister)

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
        default:
            if let register = WideRegister.named(name) {
                self = .wide(register)
            } else if let row = Self.floatingPoint.first(where: { $0.name == name }) {
                self = .floatingPoint(row.register)
            } else {
                return nil
            }
        }
    }

    /// Registers and words of x87, MMX and SSE that are whole and have at most 64 bits, by name.
    static let floatingPoint: [(name: String, register: RegisterReference)] = RegisterReference.all.filter {
        switch $0.register {
        case .x87, .mmx, .mxcsr: true
        default: false
        }
    }

    /// How many bits the register has.
    var bits: Int {
        switch self {
        case .general(_, let width), .instructionPointer(let width), .flags(let width): width.bytes * 8
        case .segment: 16
        case .floatingPoint(.x87(let word)): word.bits
        case .floatingPoint(.mxcsr): 32
        case .floatingPoint: 64
        case .wide(let register): register.bits
        }
    }

    /// Whether a processor has the register.
    func exists(on model: CPUModel) -> Bool {
        switch self {
        case .general, .instructionPointer, .flags: bits < 32 || model.is32Bit
        case .segment(let register): model.is32Bit || register != .fs && register != .gs
        case .floatingPoint(.x87), .wide(.stack): model.has(.x87)
        case .floatingPoint(.mmx): model.has(.mmx)
        case .floatingPoint, .wide(.xmm): model.has(.sse)
        }
    }

    /// What a processor lacks that has no such register, and what helps.
    var absence: String {
        switch self {
        case .general, .instructionPointer, .flags, .segment:
            "neither 32-bit registers nor FS and GS; use --cpu 80386 or later"
        case .floatingPoint(.x87), .wide(.stack): "no x87; use --cpu i486 or later"
        case .floatingPoint(.mmx): "no MMX; use --cpu pentium-mmx, or pentium2 or later"
        case .floatingPoint, .wide(.xmm): "no SSE; use --cpu pentium3 or later"
        }
    }

    /// The register's value; of a segment register the selector.
    func value(in state: CPUState) -> RegisterBits {
        switch self {
        case .general, .segment, .instructionPointer, .flags: RegisterBits(low: UInt64(integer(in: state)))
        case .floatingPoint(let register): RegisterBits(low: state.value(of: register))
        case .wide(let register): RegisterBits(state.value(of: register))
        }
    }

    private func integer(in state: CPUState) -> UInt32 {
        switch self {
        case .general(let register, .byte):
            let number = register.rawValue
            return state.gpr[GeneralRegister.allCases[Int(number & 3)]] >> (number < 4 ? 0 : 8) & 0xFF
        case .general(let register, let width): return state.gpr[register] & width.mask
        case .segment(let register): return UInt32(state.segments[register].selector)
        case .instructionPointer(let width): return state.eip & width.mask
        case .flags(let width): return state.eflags.rawValue & width.mask
        case .floatingPoint, .wide: return 0
        }
    }

    /// Sets the register as an instruction would, keeping the bits that the name does not cover.
    ///
    /// A register of x87 or MMX is in use afterwards.
    func set(_ value: RegisterBits, in state: inout CPUState, of model: CPUModel) {
        switch self {
        case .general, .segment, .instructionPointer, .flags:
            set(UInt32(truncatingIfNeeded: value.low), in: &state, of: model)
        case .floatingPoint(let register): state.setValue(value.low, of: register)
        case .wide(let register): state.setValue((value.low, value.high), of: register)
        }
    }

    /// The same for a register of at most 32 bits.
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
        case .floatingPoint(let register): state.setValue(UInt64(value), of: register)
        case .wide(let register): state.setValue((UInt64(value), 0), of: register)
        }
    }
}
