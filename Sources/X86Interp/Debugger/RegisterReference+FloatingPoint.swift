extension RegisterReference {
    /// A word of the x87's environment; the raw value is its name.
    public enum X87Word: String, Sendable, Hashable, CaseIterable {
        /// FCW.
        case control = "fcw"
        /// FSW, with TOP.
        case status = "fsw"
        /// The full tag word, two bits a register; only which registers are empty can be set.
        case tags = "ftw"
        /// FOP: 11 bits of the last non-control instruction's opcode.
        case opcode = "fop"
        /// FIP: where that instruction is.
        case instructionOffset = "fip"
        /// FCS: in which segment.
        case instructionSelector = "fcs"
        /// FDP: where its operand in memory is.
        case dataOffset = "fdp"
        /// FDS: in which segment.
        case dataSelector = "fds"

        /// How many bits it has.
        public var bits: Int {
            switch self {
            case .opcode: 11
            case .instructionOffset, .dataOffset: 32
            case .control, .status, .tags, .instructionSelector, .dataSelector: 16
            }
        }
    }

    /// Those of x87, MMX and SSE, with their names.
    static let floatingPoint: [(name: String, register: RegisterReference)] = {
        var rows: [(String, RegisterReference)] = X87Word.allCases.map { ($0.rawValue, .x87($0)) }
        for number in 0..<8 as Range<UInt8> {
            rows += [("st\(number).exp", .stackExponent(number)), ("st\(number).sig", .stackSignificand(number))]
        }
        for number in 0..<8 as Range<UInt8> {
            rows += [
                ("mm\(number)", .mmx(number)), ("mm\(number).d0", .mmxDword(number, 0)),
                ("mm\(number).d1", .mmxDword(number, 1)),
            ]
        }
        rows.append(("mxcsr", .mxcsr))
        for number in 0..<8 as Range<UInt8> {
            for lane in 0..<4 as Range<UInt8> { rows.append(("xmm\(number).d\(lane)", .xmmDword(number, lane))) }
            for lane in 0..<2 as Range<UInt8> { rows.append(("xmm\(number).q\(lane)", .xmmQword(number, lane))) }
        }
        return rows
    }()
}

/// A register of more bits than a number of an ``Expression`` has: `RegisterReference` names its parts.
public enum WideRegister: Sendable, Hashable {
    /// ST0 to ST7, 80 bits.
    case stack(UInt8)
    /// XMM0 to XMM7, 128 bits.
    case xmm(UInt8)

    /// Every one with its name in lower case.
    public static let all: [(name: String, register: WideRegister)] =
        (0..<8).map { ("st\($0)", .stack($0)) } + (0..<8).map { ("xmm\($0)", .xmm($0)) }

    /// The register with a name in lower case, or nil.
    public static func named(_ name: String) -> WideRegister? { all.first { $0.name == name }?.register }

    /// How many bits it has.
    public var bits: Int {
        switch self {
        case .stack: 80
        case .xmm: 128
        }
    }

    /// The lowest 64 bits, and the rest.
    public var parts: (low: RegisterReference, high: RegisterReference) {
        switch self {
        case .stack(let number): (.stackSignificand(number), .stackExponent(number))
        case .xmm(let number): (.xmmQword(number, 0), .xmmQword(number, 1))
        }
    }
}

extension CPUState {
    /// The value of a register of x87, MMX or SSE; 0 of any other.
    func floatingPointValue(of register: RegisterReference) -> UInt64 {
        switch register {
        case .x87(let word): value(of: word)
        case .stackExponent(let number): UInt64(x87[Int(number)].signExponent)
        case .stackSignificand(let number): x87[Int(number)].significand
        case .mmx(let number): x87.registers[Int(number)].significand
        case .mmxDword(let number, let lane):
            x87.registers[Int(number)].significand >> (UInt64(lane & 1) * 32) & 0xFFFF_FFFF
        case .xmmDword(let number, let lane): UInt64(sse.dword(Int(lane), of: Int(number)))
        case .xmmQword(let number, let lane): sse[Int(number)][Int(lane & 1)]
        case .mxcsr: UInt64(sse.mxcsr)
        default: 0
        }
    }

    private func value(of word: RegisterReference.X87Word) -> UInt64 {
        switch word {
        case .control: UInt64(x87.control)
        case .status: UInt64(x87.statusWord)
        case .tags: UInt64(X87View(x87).tagWord)
        case .opcode: UInt64(x87.opcode)
        case .instructionOffset: UInt64(x87.instructionOffset)
        case .instructionSelector: UInt64(x87.instructionSelector)
        case .dataOffset: UInt64(x87.dataOffset)
        case .dataSelector: UInt64(x87.dataSelector)
        }
    }

    /// Sets a register of x87, MMX or SSE, cut to size; bits that are reserved stay as they have to be.
    mutating func setFloatingPointValue(_ value: UInt64, of register: RegisterReference) {
        switch register {
        case .x87(let word): setValue(value, of: word)
        case .stackExponent(let number): x87[Int(number)].signExponent = UInt16(truncatingIfNeeded: value)
        case .stackSignificand(let number): x87[Int(number)].significand = value
        case .mmx(let number): setMMX(number, value)
        case .mmxDword(let number, let lane):
            let shift = UInt64(lane & 1) * 32
            let kept = x87.registers[Int(number)].significand & ~(0xFFFF_FFFF << shift)
            setMMX(number, kept | (value & 0xFFFF_FFFF) << shift)
        case .xmmDword(let number, let lane):
            sse.setDword(Int(lane), of: Int(number), UInt32(truncatingIfNeeded: value))
        case .xmmQword(let number, let lane): sse[Int(number)][Int(lane & 1)] = value
        case .mxcsr: sse.mxcsr = UInt32(truncatingIfNeeded: value) & SSEState.definedBits
        default: break
        }
    }

    /// A write to an MMX register sets sign and exponent to ones, and the register is in use (SDM volume 1, 9.5.1).
    private mutating func setMMX(_ number: UInt8, _ value: UInt64) {
        x87.registers[Int(number)] = Extended(signExponent: 0xFFFF, significand: value)
        x87.inUse |= 1 << (number & 7)
    }

    private mutating func setValue(_ value: UInt64, of word: RegisterReference.X87Word) {
        let narrow = UInt16(truncatingIfNeeded: value)
        let wide = UInt32(truncatingIfNeeded: value)
        switch word {
        case .control: x87.load(control: narrow)
        case .status: x87.load(status: narrow)
        case .tags: x87.inUse = X87View.inUse(narrow)
        case .opcode: x87.opcode = narrow & 0x7FF
        case .instructionOffset: x87.instructionOffset = wide
        case .instructionSelector: x87.instructionSelector = narrow
        case .dataOffset: x87.dataOffset = wide
        case .dataSelector: x87.dataSelector = narrow
        }
    }

    /// The value of a wide register: its lowest 64 bits, and the rest.
    public func value(of register: WideRegister) -> (low: UInt64, high: UInt64) {
        let parts = register.parts
        return (value(of: parts.low), value(of: parts.high))
    }

    /// Sets a wide register, cut to size; one of the x87's stack is in use afterwards.
    public mutating func setValue(_ value: (low: UInt64, high: UInt64), of register: WideRegister) {
        let parts = register.parts
        setValue(value.low, of: parts.low)
        setValue(value.high, of: parts.high)
        if case .stack(let number) = register { x87.inUse |= 1 << ((x87.top &+ number) & 7) }
    }
}
