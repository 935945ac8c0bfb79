/// The forms that have handlers: the common operations by operand shape and width; all others are `general`.
///
/// Names are operation, shape (R register, M memory, I immediate; destination first) and bits.
enum Dispatch: UInt16, Sendable {
    /// By `operation`, in the complete switch.
    case general
    case addRR8, addRR16, addRR32
    case addRM8, addRM16, addRM32
    case addMR8, addMR16, addMR32
    case addRI8, addRI16, addRI32
    case addMI8, addMI16, addMI32
    case orRR8, orRR16, orRR32
    case orRM8, orRM16, orRM32
    case orMR8, orMR16, orMR32
    case orRI8, orRI16, orRI32
    case orMI8, orMI16, orMI32
    case adcRR8, adcRR16, adcRR32
    case adcRM8, adcRM16, adcRM32
    case adcMR8, adcMR16, adcMR32
    case adcRI8, adcRI16, adcRI32
    case adcMI8, adcMI16, adcMI32
    case sbbRR8, sbbRR16, sbbRR32
    case sbbRM8, sbbRM16, sbbRM32
    case sbbMR8, sbbMR16, sbbMR32
    case sbbRI8, sbbRI16, sbbRI32
    case sbbMI8, sbbMI16, sbbMI32
    case andRR8, andRR16, andRR32
    case andRM8, andRM16, andRM32
    case andMR8, andMR16, andMR32
    case andRI8, andRI16, andRI32
    case andMI8, andMI16, andMI32
    case subRR8, subRR16, subRR32
    case subRM8, subRM16, subRM32
    case subMR8, subMR16, subMR32
    case subRI8, subRI16, subRI32
    case subMI8, subMI16, subMI32
    case xorRR8, xorRR16, xorRR32
    case xorRM8, xorRM16, xorRM32
    case xorMR8, xorMR16, xorMR32
    case xorRI8, xorRI16, xorRI32
    case xorMI8, xorMI16, xorMI32
    case cmpRR8, cmpRR16, cmpRR32
    case cmpRM8, cmpRM16, cmpRM32
    case cmpMR8, cmpMR16, cmpMR32
    case cmpRI8, cmpRI16, cmpRI32
    case cmpMI8, cmpMI16, cmpMI32
    case movRR8, movRR16, movRR32
    case movRM8, movRM16, movRM32
    case movMR8, movMR16, movMR32
    case movRI8, movRI16, movRI32
    case movMI8, movMI16, movMI32
    case testRR8, testRR16, testRR32
    case testMR8, testMR16, testMR32
    case testRI8, testRI16, testRI32
    case testMI8, testMI16, testMI32
    case incR8, incR16, incR32
    case incM8, incM16, incM32
    case decR8, decR16, decR32
    case decM8, decM16, decM32
    case shlRI8, shlRI16, shlRI32
    case shlR8, shlR16, shlR32
    case shrRI8, shrRI16, shrRI32
    case shrR8, shrR16, shrR32
    case sarRI8, sarRI16, sarRI32
    case sarR8, sarR16, sarR32
    case movzxRR8, movzxRM8, movzxRR16, movzxRM16, movsxRR8, movsxRM8, movsxRR16, movsxRM16
    case leaRM16, leaRM32, imulRR32, imulRM32, imulRI32, negR32, notR32, xchgRR32
    case pushR16, pushR32, pushI16, pushI32, pushM32, popR16, popR32
    case stos8, stos16, stos32, lods8, lods16, lods32, movs8, movs16, movs32
    case scas8, scas16, scas32, cmps8, cmps16, cmps32
    case jo, jno, jb, jae, je, jne, jbe, ja
    case js, jns, jp, jnp, jl, jge, jle, jg
    case jmpI, loopI, callI16, callI32, ret16, ret32, callFar16, retFar16, portIn, portOut, nop
}

extension Dispatch {
    /// The case of an instruction, whose other fields are complete.
    ///
    /// In place, since a copy of the fresh fields is slow.
    @inline(__always)
    init(for op: inout Op) {
        let width: UInt16 =
            switch op.width {
            case .byte: 0
            case .word: 1
            case .dword: 2
            }
        self = Dispatch.byShape(&op, width) ?? Dispatch.special(&op, width) ?? .general
    }

    /// The case `offset` places behind `first`: cases of one operation go by shape, then width.
    private static func at(_ first: Dispatch, _ offset: UInt16) -> Dispatch? {
        Dispatch(rawValue: first.rawValue &+ offset)
    }

    /// Operations that come in all shapes and widths.
    @inline(__always)
    private static func byShape(_ op: inout Op, _ width: UInt16) -> Dispatch? {
        let shape: UInt16
        switch op.shape {
        case .rr: shape = 0
        case .rm: shape = 1
        case .mr: shape = 2
        case .ri: shape = 3
        case .mi: shape = 4
        case .none, .r, .m, .i: return nil
        }
        let offset = shape * 3 + width
        switch op.operation {
        case .add: return at(.addRR8, offset)
        case .or: return at(.orRR8, offset)
        case .adc: return at(.adcRR8, offset)
        case .sbb: return at(.sbbRR8, offset)
        case .and: return at(.andRR8, offset)
        case .sub: return at(.subRR8, offset)
        case .xor: return at(.xorRR8, offset)
        case .cmp: return at(.cmpRR8, offset)
        case .mov: return at(.movRR8, offset)
        case .test: return shape == 1 ? nil : at(.testRR8, offset - (shape > 1 ? 3 : 0))
        case .shl: return shape == 3 && shiftsWithin(&op, width) ? at(.shlRI8, width) : nil
        case .shr: return shape == 3 && shiftsWithin(&op, width) ? at(.shrRI8, width) : nil
        case .sar: return shape == 3 && shiftsWithin(&op, width) ? at(.sarRI8, width) : nil
        default: return nil
        }
    }

    /// Whether a shift's count is 1 to the width modulo 32: the chips agree on all flags.
    private static func shiftsWithin(_ op: inout Op, _ width: UInt16) -> Bool {
        (1...8 << UInt32(width)).contains(op.immediate & 31)
    }

    /// Operations with fewer forms.
    @inline(__always)
    private static func special(_ op: inout Op, _ width: UInt16) -> Dispatch? {
        let is32 = op.flags.contains(.operand32)
        switch (op.operation, op.shape) {
        case (.inc, .r): return at(.incR8, width)
        case (.inc, .m): return at(.incM8, width)
        case (.dec, .r): return at(.decR8, width)
        case (.dec, .m): return at(.decM8, width)
        case (.shl, .r): return at(.shlR8, width)
        case (.shr, .r): return at(.shrR8, width)
        case (.sar, .r): return at(.sarR8, width)
        case (.lea, .rm): return is32 ? .leaRM32 : .leaRM16
        case (.neg, .r) where width == 2: return .negR32
        case (.not, .r) where width == 2: return .notR32
        case (.xchg, .rr) where width == 2: return .xchgRR32
        // PUSH SP differs between models.
        case (.push, .r) where op.first != 4: return is32 ? .pushR32 : .pushR16
        case (.push, .i): return is32 ? .pushI32 : .pushI16
        case (.push, .m) where is32: return .pushM32
        case (.pop, .r): return is32 ? .popR32 : .popR16
        case (.jcc, .i): return at(.jo, op.payload.rawValue)
        case (.jmp, .i): return .jmpI
        case (.loop, .i): return .loopI
        case (.call, .i): return is32 ? .callI32 : .callI16
        case (.ret, .none): return is32 ? .ret32 : .ret16
        case (.callFar, .i) where !is32: return .callFar16
        case (.retFar, .none) where !is32: return .retFar16
        case (.stos, _), (.lods, _), (.movs, _), (.scas, _), (.cmps, _): return string(&op, width)
        case (.in, _): return .portIn
        case (.out, _): return .portOut
        case (.nop, _): return .nop
        default: return extending(&op)
        }
    }

    /// String instructions that are not repeated.
    private static func string(_ op: inout Op, _ width: UInt16) -> Dispatch? {
        guard op.flags.isDisjoint(with: .repeated) else { return nil }
        switch op.operation {
        case .stos: return at(.stos8, width)
        case .lods: return at(.lods8, width)
        case .movs: return at(.movs8, width)
        case .scas: return at(.scas8, width)
        case .cmps: return at(.cmps8, width)
        default: return nil
        }
    }

    /// MOVZX, MOVSX and the two- and three-operand IMUL, to 32 bits.
    private static func extending(_ op: inout Op) -> Dispatch? {
        guard op.flags.contains(.operand32) else { return nil }
        let isByte = op.payload.sourceBytes == 1
        let isMemory = op.shape == .rm
        switch op.operation {
        case .movzx: return isByte ? (isMemory ? .movzxRM8 : .movzxRR8) : isMemory ? .movzxRM16 : .movzxRR16
        case .movsx: return isByte ? (isMemory ? .movsxRM8 : .movsxRR8) : isMemory ? .movsxRM16 : .movsxRR16
        case .imul where op.payload.operandCount == 2: return isMemory ? .imulRM32 : .imulRR32
        case .imul where op.payload.operandCount == 3 && !isMemory: return .imulRI32
        default: return nil
        }
    }
}
