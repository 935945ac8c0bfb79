/// Which operands an instruction has, destination first.
enum OperandShape: UInt8, Sendable {
    /// None, or only fixed ones that the operation knows.
    case none
    /// Register, register.
    case rr
    /// Register, memory.
    case rm
    /// Memory, register.
    case mr
    /// Register, immediate.
    case ri
    /// Memory, immediate.
    case mi
    /// One register.
    case r
    /// One memory operand.
    case m
    /// One immediate, or a relative target.
    case i
}

/// An instruction decoded once and executed many times.
typealias OpPointer = UnsafeMutablePointer<Op>

/// The decoded form of an instruction.
///
/// 48 bytes at most, plain.
struct Op: Sendable {
    /// What runs it in a chain.
    var handler: Handler
    /// Of the effective address; relative branches and the ends of blocks keep their link here instead.
    var displacement: UInt32
    /// Immediate, sign-extended where the encoding says so.
    ///
    /// For relative branches target minus block start.
    var immediate: UInt32
    /// FFFF or FFFFFFFF: effective addresses wrap there.
    var addressMask: UInt32
    /// Registers of the effective address; `noRegister` if there is none.
    var base: UInt8
    var index: UInt8
    var scale: UInt8
    var segment: UInt8
    /// Destination register, or the only one; ModRM.reg for segment, control and debug registers.
    var first: UInt8
    /// Source register.
    var second: UInt8
    /// Ops from this one to the end of the block; 0 is the mark behind the last one.
    var toEnd: UInt8 = 0
    /// A chain may begin with it: not if it is decoded for one time, nor without fast forms.
    var isChained = false
    /// What following the link adds to the instructions that are left: those of this block that are not run, less those
    /// of the block that it leads to.
    ///
    /// `noLink`: a chain may not follow it. The link stays in the page; where it leads to a dead block, that block's
    /// first op knows.
    var linkCost = Self.noLink
    /// Offset of the next instruction from the block's start.
    var next: UInt16
    /// Its block's number; in a block only.
    var block: UInt16 = 0
    /// Which form it is of those with a handler; `.general` is none of them, and goes by `operation`.
    var dispatch: Dispatch
    /// What it has besides operands.
    var payload: OpPayload
    var flags: InstructionFlags
    /// Index into `Encoding.all`.
    var row: UInt16
    var operation: Operation
    var length: UInt8
    var width: Width
    var shape: OperandShape
    /// How the instruction's last bytes are its immediate, where nothing else of the op depends on that.
    var tail = ImmediateTail.none

    /// Leaves less than nothing of any chain.
    static let noLink = Int16.min

    /// A chain may follow the link.
    var isLinked: Bool { linkCost != Self.noLink }

    /// The number of no register, whose slot holds 0.
    static let noRegister: UInt8 = 8

    /// The counter of LOOP and JCXZ has the address size.
    @inline(__always)
    var countMask: UInt32 { flags.contains(.address32) ? 0xFFFF_FFFF : 0xFFFF }

    /// Whether F2 or F3 repeats the instruction.
    var isRepeated: Bool { !flags.isDisjoint(with: .repeated) }
}

extension OpPointer {
    /// The first op of the block that a relative branch, or a block's end, went to last: a hint, valid if that block's key
    /// fits.
    @inline(__always)
    var linked: OpPointer {
        get {
            (UnsafeMutableRawPointer(self) + Int(Int32(bitPattern: pointee.displacement)))
                .assumingMemoryBound(to: Op.self)
        }
        nonmutating set {
            let distance = UnsafeMutableRawPointer(newValue) - UnsafeMutableRawPointer(self)
            pointee.displacement = UInt32(bitPattern: Int32(truncatingIfNeeded: distance))
        }
    }
}

/// The last bytes of an instruction, if they are an immediate that can be replaced in the op by itself.
enum ImmediateTail: UInt8, Sendable {
    case none
    /// A byte, and nothing above it.
    case byte
    /// A byte whose sign is extended.
    case signedByte
    /// A word whose sign is extended.
    case word
    case dword

    /// How many bytes they are.
    @inline(__always)
    var bytes: Int {
        switch self {
        case .none: 0
        case .byte, .signedByte: 1
        case .word: 2
        case .dword: 4
        }
    }

    /// The immediate that they are.
    @inline(__always)
    func immediate(_ tail: UnsafeRawPointer) -> UInt32 {
        switch self {
        case .none: 0
        case .byte: UInt32(tail.load(as: UInt8.self))
        case .signedByte: UInt32(bitPattern: Int32(tail.load(as: Int8.self)))
        case .word: UInt32(bitPattern: Int32(Int16(littleEndian: tail.loadUnaligned(as: Int16.self))))
        case .dword: UInt32(littleEndian: tail.loadUnaligned(as: UInt32.self))
        }
    }
}

/// What an op has besides its operands: one meaning for each form, and a property to read it by.
struct OpPayload: RawRepresentable, Sendable {
    var rawValue: UInt16

    /// The bits of one of the meanings below.
    @inline(__always)
    init(rawValue: UInt16 = 0) { self.rawValue = rawValue }

    @inline(__always)
    init(_ condition: Condition) { rawValue = UInt16(condition.rawValue) }
    /// Jcc, SETcc and CMOVcc.
    @inline(__always)
    var condition: Condition { Condition(opcode: rawValue) }

    /// The selector of a far pointer in the code.
    @inline(__always)
    var selector: UInt16 { rawValue }

    /// ENTER: how many frame pointers the new frame has, modulo 32.
    @inline(__always)
    var nestingLevel: UInt16 { rawValue & 31 }

    init(isByCL: Bool) { rawValue = isByCL ? 1 : 0 }
    /// SHLD and SHRD: the count is CL, else an immediate.
    @inline(__always)
    var isByCL: Bool { rawValue != 0 }

    init(sourceBytes: UInt16) { rawValue = sourceBytes }
    /// MOVZX and MOVSX: the size of the source, 1 or 2.
    @inline(__always)
    var sourceBytes: UInt16 { rawValue }

    init(isPortInDX: Bool) { rawValue = isPortInDX ? 1 : 0 }
    /// IN and OUT: the port is in DX, else it is an immediate.
    @inline(__always)
    var isPortInDX: Bool { rawValue != 0 }

    init(isToSpecialRegister: Bool) { rawValue = isToSpecialRegister ? 1 : 0 }
    /// MOV CRn and DRn: the register is the destination, else the source.
    @inline(__always)
    var isToSpecialRegister: Bool { rawValue != 0 }

    init(operandCount: UInt16) { rawValue = operandCount }
    /// IMUL: 1 to 3.
    @inline(__always)
    var operandCount: UInt16 { rawValue }

    init(x87Operand: OperandForm, isWithoutWait: Bool, condition: UInt16 = 0) {
        rawValue = UInt16(x87Operand.rawValue) | (isWithoutWait ? 0x100 : 0) | condition << 9
    }
    /// x87: the row's first operand.
    @inline(__always)
    var x87Operand: OperandForm { OperandForm(rawValue: UInt8(truncatingIfNeeded: rawValue)) ?? .none }

    /// x87: FNxxx, to which pending exceptions are no matter.
    @inline(__always)
    var isWithoutWait: Bool { rawValue & 0x100 != 0 }

    /// FCMOVcc.
    @inline(__always)
    var moveCondition: Condition { Condition(opcode: rawValue >> 9) }
}
