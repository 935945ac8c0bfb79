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
/// 32 bytes, plain.
struct Op: Sendable {
    /// The case of the hot switch; `.general` goes by `operation`.
    var dispatch: Dispatch
    var operation: Operation
    /// Index into `Encoding.all`.
    var row: UInt16
    var length: UInt8
    var flags: InstructionFlags
    var width: Width
    var shape: OperandShape
    /// Destination register, or the only one; ModRM.reg for segment, control and debug registers.
    var first: UInt8
    /// Source register.
    var second: UInt8
    /// Registers of the effective address; 8 is the zero slot.
    var base: UInt8
    var index: UInt8
    var scale: UInt8
    var segment: UInt8
    /// Of the effective address; relative branches keep their link here instead.
    var displacement: UInt32
    /// Immediate, sign-extended where the encoding says so.
    ///
    /// For relative branches target minus block start.
    var immediate: UInt32
    /// FFFF or FFFFFFFF: effective addresses wrap there.
    var addressMask: UInt32
    /// Second immediate: selector of a far pointer, level of ENTER, opcode's condition.
    var extra: UInt16
    /// Offset of the next instruction from the block's start.
    var next: UInt16

    /// Number of the block that a relative branch went to last: a hint, valid if that block's key fits.
    var link: UInt32 {
        get { displacement }
        set { displacement = newValue }
    }
}
