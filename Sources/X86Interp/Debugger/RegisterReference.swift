/// A register or a part of one that can be read and set by itself.
public enum RegisterReference: Sendable, Hashable {
    /// AL to BH, numbered as ModRM numbers them.
    case byte(UInt8)
    /// AX to DI.
    case word(GeneralRegister)
    /// EAX to EDI.
    case dword(GeneralRegister)
    /// A segment register's selector.
    case selector(SegmentRegister)
    /// A segment register's base; setting it changes the hidden part alone.
    case base(SegmentRegister)
    /// A segment register's limit; setting it changes the hidden part alone.
    case limit(SegmentRegister)
    /// The low 16 bits of EIP.
    case ip
    /// Offset of the next instruction in CS.
    case eip
    /// The low 16 bits of EFLAGS.
    case flags
    /// All of EFLAGS.
    case eflags
    /// One flag, 0 or 1; IOPL 0 to 3.
    case flag(EFLAGS)
    /// CR0, CR2, CR3 or CR4; others read as 0.
    case control(UInt8)
    /// DR0 to DR3, DR6 or DR7; others read as 0.
    case debug(UInt8)
    /// GDTR's base.
    case gdtBase
    /// GDTR's limit.
    case gdtLimit
    /// IDTR's base.
    case idtBase
    /// IDTR's limit.
    case idtLimit
    /// LDTR's selector.
    case ldtr
    /// TR's selector.
    case tr
    /// The current privilege level.
    case cpl
    /// Instructions retired; read-only.
    case instructions
    /// One of the words that FNSTENV stores.
    case x87(X87Word)
    /// Sign and exponent of ST0 to ST7.
    case stackExponent(UInt8)
    /// The significand of ST0 to ST7.
    case stackSignificand(UInt8)
    /// MM0 to MM7.
    case mmx(UInt8)
    /// 32 bits of MM0 to MM7, by the register's number and the place, the lowest first.
    case mmxDword(UInt8, UInt8)
    /// 32 bits of XMM0 to XMM7, by the register's number and the place, the lowest first.
    case xmmDword(UInt8, UInt8)
    /// 64 bits of XMM0 to XMM7, by the register's number and the half, the lowest first.
    case xmmQword(UInt8, UInt8)
    /// The control and status word of SSE.
    case mxcsr

    /// Every register with its name in lower case, in the order in which people list them.
    public static let all: [(name: String, register: RegisterReference)] = {
        var rows: [(String, RegisterReference)] = []
        for register in GeneralRegister.allCases { rows.append((register.name(.dword), .dword(register))) }
        for register in GeneralRegister.allCases { rows.append((register.name(.word), .word(register))) }
        for register in GeneralRegister.allCases { rows.append((register.name(.byte), .byte(register.rawValue))) }
        for register in SegmentRegister.allCases { rows.append((register.name, .selector(register))) }
        for register in SegmentRegister.allCases {
            rows += [(register.name + ".base", .base(register)), (register.name + ".limit", .limit(register))]
        }
        rows += [("eip", .eip), ("ip", .ip), ("eflags", .eflags), ("flags", .flags)]
        let flags: [(String, EFLAGS)] = [
            ("cf", .carry), ("pf", .parity), ("af", .auxiliary), ("zf", .zero), ("sf", .sign), ("tf", .trap),
            ("if", .interrupt), ("df", .direction), ("of", .overflow), ("iopl", .iopl), ("nt", .nestedTask),
            ("rf", .resume), ("vm", .virtual8086), ("ac", .alignmentCheck),
        ]
        rows += flags.map { ($0.0, .flag($0.1)) }
        for number in [0, 2, 3, 4] as [UInt8] { rows.append(("cr\(number)", .control(number))) }
        for number in [0, 1, 2, 3, 6, 7] as [UInt8] { rows.append(("dr\(number)", .debug(number))) }
        rows += [
            ("gdtr.base", .gdtBase), ("gdtr.limit", .gdtLimit), ("idtr.base", .idtBase), ("idtr.limit", .idtLimit),
            ("ldtr", .ldtr), ("tr", .tr), ("cpl", .cpl), ("icount", .instructions),
        ]
        return rows + floatingPoint
    }()

    /// The register with a name in lower case, or nil.
    public static func named(_ name: String) -> RegisterReference? { all.first { $0.name == name }?.register }
}

extension CPUState {
    /// The value of a register or part of one, zero-extended.
    public func value(of register: RegisterReference) -> UInt64 {
        switch register {
        case .byte(let number):
            let whole = gpr[GeneralRegister(rawValue: number & 3) ?? .eax]
            return UInt64(whole >> (number & 4 == 0 ? 0 : 8) & 0xFF)
        case .word(let register): return UInt64(gpr[register] & 0xFFFF)
        case .dword(let register): return UInt64(gpr[register])
        case .selector(let register): return UInt64(segments[register].selector)
        case .base(let register): return UInt64(segments[register].base)
        case .limit(let register): return UInt64(segments[register].limit)
        case .ip: return UInt64(eip & 0xFFFF)
        case .eip: return UInt64(eip)
        case .flags: return UInt64(eflags.rawValue & 0xFFFF)
        case .eflags: return UInt64(eflags.rawValue)
        case .flag(let flag):
            return UInt64((eflags.rawValue & flag.rawValue) >> UInt32(flag.rawValue.trailingZeroBitCount & 31))
        case .control(let number): return UInt64([0: cr0, 2: cr2, 3: cr3, 4: cr4][number] ?? 0)
        case .debug(let number): return UInt64([0: dr0, 1: dr1, 2: dr2, 3: dr3, 6: dr6, 7: dr7][number] ?? 0)
        case .gdtBase: return UInt64(gdtr.base)
        case .gdtLimit: return UInt64(gdtr.limit)
        case .idtBase: return UInt64(idtr.base)
        case .idtLimit: return UInt64(idtr.limit)
        case .ldtr: return UInt64(ldtr.selector)
        case .tr: return UInt64(tr.selector)
        case .cpl: return UInt64(cpl)
        case .instructions: return instructions
        case .x87, .stackExponent, .stackSignificand, .mmx, .mmxDword, .xmmDword, .xmmQword, .mxcsr:
            return floatingPointValue(of: register)
        }
    }

    /// Sets a register or part of one, as a debugger does: no checks, no faults, values are cut to size.
    ///
    /// A selector is stored with the base of real mode, or in protected mode with its hidden part left as it is;
    /// `Debugger.setRegister` loads it from its descriptor. `instructions` cannot be set.
    public mutating func setValue(_ value: UInt64, of register: RegisterReference) {
        let wide = UInt32(truncatingIfNeeded: value)
        let narrow = UInt16(truncatingIfNeeded: value)
        switch register {
        case .byte(let number):
            let name = GeneralRegister(rawValue: number & 3) ?? .eax
            let shift: UInt32 = number & 4 == 0 ? 0 : 8
            gpr[name] = gpr[name] & ~(0xFF << shift) | (wide & 0xFF) << shift
        case .word(let register): gpr[register] = gpr[register] & 0xFFFF_0000 | wide & 0xFFFF
        case .dword(let register): gpr[register] = wide
        case .selector(let register):
            if cr0 & 1 == 0 || eflags.contains(.virtual8086) {
                segments[register].selector = narrow
                segments[register].base = UInt32(narrow) << 4
            } else {
                segments[register].selector = narrow
            }
        case .base(let register): segments[register].base = wide
        case .limit(let register): segments[register].limit = wide
        case .ip: eip = eip & 0xFFFF_0000 | wide & 0xFFFF
        case .eip: eip = wide
        case .flags: eflags = EFLAGS(rawValue: eflags.rawValue & 0xFFFF_0000 | wide & 0xFFFF).union(.alwaysOne)
        case .eflags: eflags = EFLAGS(rawValue: wide).union(.alwaysOne)
        case .flag(let flag):
            let shift = UInt32(flag.rawValue.trailingZeroBitCount & 31)
            eflags = EFLAGS(rawValue: eflags.rawValue & ~flag.rawValue | wide << shift & flag.rawValue)
        case .control(let number): setControl(number, wide)
        case .debug(let number): setDebug(number, wide)
        case .gdtBase: gdtr.base = wide
        case .gdtLimit: gdtr.limit = wide & 0xFFFF
        case .idtBase: idtr.base = wide
        case .idtLimit: idtr.limit = wide & 0xFFFF
        case .ldtr: ldtr.selector = narrow
        case .tr: tr.selector = narrow
        case .cpl: cpl = UInt8(truncatingIfNeeded: wide) & 3
        case .instructions: break
        case .x87, .stackExponent, .stackSignificand, .mmx, .mmxDword, .xmmDword, .xmmQword, .mxcsr:
            setFloatingPointValue(value, of: register)
        }
    }

    private mutating func setControl(_ number: UInt8, _ value: UInt32) {
        switch number {
        case 0: cr0 = value
        case 2: cr2 = value
        case 3: cr3 = value
        case 4: cr4 = value
        default: break
        }
    }

    private mutating func setDebug(_ number: UInt8, _ value: UInt32) {
        switch number {
        case 0: dr0 = value
        case 1: dr1 = value
        case 2: dr2 = value
        case 3: dr3 = value
        case 6: dr6 = value
        case 7: dr7 = value
        default: break
        }
    }
}
