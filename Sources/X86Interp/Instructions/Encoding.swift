/// One row of the opcode table: everything that decoder, executor, disassembler and tests know of an encoding.
public struct Encoding: Sendable {
    /// Properties that the decoder and the executor act upon.
    public struct Traits: OptionSet, Sendable {
        /// The bits.
        public let rawValue: UInt16
        /// Wraps a set of bits.
        public init(rawValue: UInt16) { self.rawValue = rawValue }

        /// LOCK is legal if the destination is memory.
        public static let lockable = Traits(rawValue: 1 << 0)
        /// F3 and F2 repeat it.
        public static let repeatable = Traits(rawValue: 1 << 1)
        /// Accesses a port.
        public static let io = Traits(rawValue: 1 << 2)
        /// #GP(0) unless CPL is 0.
        public static let privileged = Traits(rawValue: 1 << 3)
        /// Ends a decoded block: it branches, changes the mode, or may raise an interrupt.
        public static let endsBlock = Traits(rawValue: 1 << 4)
        /// #UD in real and virtual-8086 mode.
        public static let protectedOnly = Traits(rawValue: 1 << 5)
        /// Calls a subroutine: `next` steps over it.
        public static let call = Traits(rawValue: 1 << 6)
        /// The low four opcode bits are a condition.
        public static let conditional = Traits(rawValue: 1 << 7)
        /// An x87 instruction that does not look at pending exceptions: FNINIT and its kin.
        public static let noWait = Traits(rawValue: 1 << 8)
    }

    /// The opcode, `0x0Fxx` in the two-byte map.
    public let opcode: UInt16
    /// How many consecutive opcodes the row covers: 8 with a register, 16 with a condition in the low bits.
    public let count: UInt16
    /// The opcode extension in ModRM.reg, the manual's `/n`.
    public let ext: UInt8?
    /// The value of ModRM.rm, of rows for one register form: FCHS is D9 /4 with 0.
    public let rm: UInt8?
    /// Whether ModRM.rm is a register.
    public let mod: ModForm
    /// The prefix that belongs to the opcode.
    public let prefix: MandatoryPrefix
    /// The part of the processor that must be there.
    public let needs: Extension
    /// What it does.
    public let operation: Operation
    /// Destination first.
    public let operands: (OperandForm, OperandForm, OperandForm)
    /// See `Traits`.
    public let traits: Traits
    /// Which flags it reads and writes.
    public let flags: FlagEffects
    /// The first generation that has it.
    public let since: Generation
    /// The last generation that has it.
    public let until: Generation

    /// A row in the manual's notation; see the properties.
    public init(
        _ opcode: UInt16, _ operation: Operation, _ first: OperandForm = .none, _ second: OperandForm = .none,
        _ third: OperandForm = .none, ext: UInt8? = nil, rm: UInt8? = nil, mod: ModForm = .any,
        prefix: MandatoryPrefix = .any, count: UInt16 = 1, traits: Traits = [], flags: FlagEffects = .none,
        needs: Extension = .none, since: Generation = .i8086, until: Generation = .p6
    ) {
        self.opcode = opcode
        self.operation = operation
        self.operands = (first, second, third)
        self.ext = ext
        self.rm = rm
        self.mod = rm == nil ? mod : .register
        self.prefix = prefix
        self.needs = needs
        self.count = count
        self.traits = traits
        self.flags = flags
        self.since = since
        self.until = until
    }

    /// Whether a ModRM byte follows the opcode.
    public var hasModRM: Bool {
        ext != nil || mod != .any || operands.0.usesModRM || operands.1.usesModRM || operands.2.usesModRM
    }

    /// The row's name, as silicon vector files name forms: `01`, `80.4`, `0FAF`, `F30F58`, `D9E0`.
    public var name: String {
        let digits = String(opcode, radix: 16, uppercase: true)
        let padded = prefix.digits + (digits.count % 2 == 1 ? "0" + digits : digits)
        guard let ext else { return padded }
        if mod == .register, rm != nil || Self.escapes.contains(opcode) {
            return padded + String(0xC0 | ext << 3 | (rm ?? 0), radix: 16, uppercase: true)
        }
        return "\(padded).\(ext)"
    }

    /// The opcodes of the coprocessor.
    static let escapes: ClosedRange<UInt16> = 0xD8...0xDF
}

/// What a row wants ModRM.rm to be.
public enum ModForm: UInt8, Sendable { case any, memory, register }

/// A prefix that is part of the opcode: of the two-byte map's rows for MMX, SSE and what came later.
///
/// F3 and F2 come before 66, of which the operand size then is no concern (SDM volume 2, 2.1.2).
public enum MandatoryPrefix: UInt8, Sendable, CaseIterable {
    case none, p66, pF3, pF2
    /// Prefixes have their own meaning.
    case any

    /// The byte that it is, if any.
    var bytes: [UInt8] {
        switch self {
        case .none, .any: []
        case .p66: [0x66]
        case .pF3: [0xF3]
        case .pF2: [0xF2]
        }
    }

    /// What it puts in front of the row's name.
    var digits: String { bytes.map { String($0, radix: 16, uppercase: true) }.joined() }
}

/// Which flags an instruction reads, defines and leaves undefined.
public struct FlagEffects: Sendable, Equatable {
    /// Flags that decide the result.
    public var reads: EFLAGS
    /// Flags that the manual defines after the instruction.
    public var writes: EFLAGS
    /// Flags that the manual calls undefined after the instruction.
    public var undefined: EFLAGS

    /// Effects as three sets.
    public init(reads: EFLAGS = [], writes: EFLAGS = [], undefined: EFLAGS = []) {
        self.reads = reads
        self.writes = writes
        self.undefined = undefined
    }

    /// Reads and writes nothing.
    public static let none = FlagEffects()
    /// ADD, SUB and their kin: all six are written.
    static let arithmetic = FlagEffects(writes: .arithmetic)
    /// ADC, SBB: CF is read, all six are written.
    static let withCarry = FlagEffects(reads: .carry, writes: .arithmetic)
    /// AND, OR, XOR, TEST: AF is undefined.
    static let logic = FlagEffects(
        writes: [.overflow, .sign, .zero, .parity, .carry], undefined: .auxiliary)
    /// INC and DEC.
    static let allButCarry = FlagEffects(writes: [.overflow, .sign, .zero, .auxiliary, .parity])
    /// SHL, SHR, SAR: AF is undefined, OF too for counts above 1.
    static let shift = FlagEffects(
        writes: [.overflow, .sign, .zero, .parity, .carry], undefined: [.auxiliary, .overflow])
    /// SETMO: no manual defines a flag.
    static let setMinusOne = FlagEffects(undefined: .arithmetic)
    /// ROL, ROR: OF is undefined for counts above 1.
    static let rotate = FlagEffects(writes: [.overflow, .carry], undefined: .overflow)
    /// RCL, RCR.
    static let rotateThroughCarry = FlagEffects(
        reads: .carry, writes: [.overflow, .carry], undefined: .overflow)
    /// MUL, IMUL.
    static let multiply = FlagEffects(
        writes: [.overflow, .carry], undefined: [.sign, .zero, .auxiliary, .parity])
    /// DIV, IDIV: nothing is defined.
    static let divide = FlagEffects(undefined: .arithmetic)
    /// BT and its kin: CF is the bit.
    static let bitTest = FlagEffects(writes: .carry, undefined: [.overflow, .sign, .auxiliary, .parity])
    /// BSF, BSR: only ZF is defined.
    static let bitScan = FlagEffects(
        writes: .zero, undefined: [.overflow, .sign, .auxiliary, .parity, .carry])
    /// AAA, AAS.
    static let asciiAdjust = FlagEffects(
        reads: .auxiliary, writes: [.auxiliary, .carry], undefined: [.overflow, .sign, .zero, .parity])
    /// DAA, DAS.
    static let decimalAdjust = FlagEffects(
        reads: [.auxiliary, .carry], writes: [.sign, .zero, .auxiliary, .parity, .carry], undefined: .overflow)
    /// AAM, AAD.
    static let asciiMultiply = FlagEffects(
        writes: [.sign, .zero, .parity], undefined: [.overflow, .auxiliary, .carry])
    /// Jcc, SETcc, CMOVcc.
    static let condition = FlagEffects(reads: [.overflow, .sign, .zero, .parity, .carry])
    /// LOOPE, LOOPNE.
    static let readsZero = FlagEffects(reads: .zero)
    /// MOVS, STOS, LODS, INS, OUTS.
    static let readsDirection = FlagEffects(reads: .direction)
    /// CMPS, SCAS.
    static let compareString = FlagEffects(reads: .direction, writes: .arithmetic)
    /// Only ZF is written.
    static let writesZero = FlagEffects(writes: .zero)
    /// Only CF is written.
    static let writesCarry = FlagEffects(writes: .carry)
    /// CMC.
    static let complementsCarry = FlagEffects(reads: .carry, writes: .carry)
    /// SALC.
    static let readsCarry = FlagEffects(reads: .carry)
    /// CLD, STD.
    static let writesDirection = FlagEffects(writes: .direction)
    /// CLI, STI.
    static let writesInterrupt = FlagEffects(writes: .interrupt)
    /// LAHF.
    static let readsLowByte = FlagEffects(reads: [.sign, .zero, .auxiliary, .parity, .carry])
    /// SAHF.
    static let writesLowByte = FlagEffects(writes: [.sign, .zero, .auxiliary, .parity, .carry])
    /// PUSHF.
    static let readsAll = FlagEffects(reads: EFLAGS(rawValue: 0x3F7FD5))
    /// POPF, IRET.
    static let writesAll = FlagEffects(writes: EFLAGS(rawValue: 0x3F7FD5))
}
