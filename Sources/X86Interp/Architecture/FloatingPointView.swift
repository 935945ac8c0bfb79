/// An exception of floating-point arithmetic, by its bit in FSW, in FCW, and among the lowest of MXCSR.
package enum FloatException: UInt8, Sendable, CaseIterable {
    case invalid, denormal, zeroDivide, overflow, underflow, inexact

    /// Its bit in the low byte of FSW and MXCSR, and of FCW, where it masks.
    package var bit: UInt16 { 1 << UInt16(rawValue) }

    /// The manual's letter: I of IE and IM.
    package var letter: Character {
        switch self {
        case .invalid: "I"
        case .denormal: "D"
        case .zeroDivide: "Z"
        case .overflow: "O"
        case .underflow: "U"
        case .inexact: "P"
        }
    }

    /// What it is about, in words.
    package var name: String {
        switch self {
        case .invalid: "invalid operation"
        case .denormal: "denormal operand"
        case .zeroDivide: "division by zero"
        case .overflow: "overflow"
        case .underflow: "underflow"
        case .inexact: "inexact result"
        }
    }

    /// The name of its flag, `ZE`.
    package var flag: String { String(letter) + "E" }
    /// The name of its mask, `ZM`.
    package var mask: String { String(letter) + "M" }

    /// Those whose bits are set.
    package static func all(in bits: UInt16) -> [FloatException] { allCases.filter { bits & $0.bit != 0 } }
}

/// How results are rounded, as FCW and MXCSR number it.
package enum RoundingName: UInt16, Sendable {
    case nearest, down, up, towardsZero

    /// In words.
    package var text: String {
        switch self {
        case .nearest: "round to nearest"
        case .down: "round down"
        case .up: "round up"
        case .towardsZero: "round towards zero"
        }
    }

    /// The mode that two bits are.
    init(bits: UInt16) { self = RoundingName(rawValue: bits & 3) ?? .nearest }
}

/// The x87 as one looks at it: its words taken apart, its registers with what they mean.
package struct X87View: Sendable {
    /// What the full tag word says of a register.
    package enum Tag: UInt16, Sendable {
        case valid, zero, special, empty

        /// As `fpu` prints it.
        package var text: String { ["valid", "zero", "special", "empty"][Int(rawValue)] }
    }

    /// A register of the stack.
    package struct Register: Sendable {
        /// Its place in the stack: 0 is ST.
        package let number: Int
        /// Its own number, which is that of its MMX register.
        package let physical: Int
        /// What the tag word says of it.
        package let tag: Tag
        /// Its bits.
        package let bits: Extended

        /// What they mean.
        package var value: BinaryFloat { BinaryFloat(bits) }
    }

    /// What is looked at.
    package let state: X87State

    /// A look at a state.
    package init(_ state: X87State) { self.state = state }

    /// The exceptions that FSW has.
    package var raised: [FloatException] { FloatException.all(in: state.status) }
    /// The exceptions that FCW masks.
    package var masked: [FloatException] { FloatException.all(in: state.control) }
    /// The exceptions that FSW has and FCW does not mask: for them the next waiting instruction raises #MF.
    package var pending: [FloatException] { FloatException.all(in: state.status & ~state.control) }
    /// How results are rounded.
    package var rounding: RoundingName { RoundingName(bits: state.control >> 10) }
    /// The bits of the significands of results: 24, 53, 64; nil for the value that is reserved.
    package var precision: Int? { [24, nil, 53, 64][Int(state.control >> 8 & 3)] }
    /// Whether the invalid operation was on an empty register, or on one that was not.
    package var isStackFault: Bool { state.status & 1 << 6 != 0 }
    /// The condition codes C3, C2, C1, C0, which have bits 14, 10, 9 and 8.
    package var conditionCodes: [(name: String, isSet: Bool)] {
        [("C3", 14), ("C2", 10), ("C1", 9), ("C0", 8)].map { ($0.0, state.status >> UInt16($0.1) & 1 != 0) }
    }

    /// A register of the stack by its distance from the top, modulo 8.
    package func register(_ number: Int) -> Register {
        let physical = (Int(state.top) &+ number) & 7
        return Register(number: number & 7, physical: physical, tag: tag(physical), bits: state.registers[physical])
    }

    /// All registers, ST first.
    package var registers: [Register] { (0..<8).map(register) }

    /// What the full tag word says of a register, by its own number.
    package func tag(_ physical: Int) -> Tag { Tag(rawValue: tagWord >> UInt16((physical & 7) * 2) & 3) ?? .empty }

    /// The full tag word, as FNSTENV writes it: two bits for each register by its own number.
    package var tagWord: UInt16 { state.fullTags }

    /// The abridged form of a full tag word, in which a register is empty or not.
    package static func inUse(_ tagWord: UInt16) -> UInt8 {
        (0..<8 as Range<UInt16>).reduce(0) { tagWord >> ($1 * 2) & 3 == 3 ? $0 : $0 | 1 << UInt8($1) }
    }

    /// The last instruction's first two bytes, of which FOP has eleven bits.
    package var opcodeBytes: [UInt8] {
        [0xD8 | UInt8(truncatingIfNeeded: state.opcode >> 8 & 7), UInt8(truncatingIfNeeded: state.opcode)]
    }
}

/// SSE as one looks at it.
package struct SSEView: Sendable {
    /// What is looked at.
    package let state: SSEState

    /// A look at a state.
    package init(_ state: SSEState) { self.state = state }

    /// The exceptions that MXCSR has.
    package var raised: [FloatException] { FloatException.all(in: UInt16(truncatingIfNeeded: state.mxcsr)) }
    /// The exceptions that it masks.
    package var masked: [FloatException] { FloatException.all(in: UInt16(truncatingIfNeeded: state.mxcsr >> 7)) }
    /// The exceptions that it has and does not mask.
    package var unmasked: [FloatException] { raised.filter { !masked.contains($0) } }
    /// How results are rounded.
    package var rounding: RoundingName { RoundingName(bits: UInt16(truncatingIfNeeded: state.mxcsr >> 13)) }
    /// FTZ: results that would be denormal are zero.
    package var flushesToZero: Bool { state.mxcsr & 1 << 15 != 0 }
    /// DAZ: operands that are denormal count as zero.
    package var takesDenormalsAsZero: Bool { state.mxcsr & 1 << 6 != 0 }

    /// The single-precision numbers of a register, the lowest first.
    package func singles(_ number: Int) -> [BinaryFloat] {
        (0..<4).map { BinaryFloat(single: state.dword($0, of: number)) }
    }

    /// The double-precision numbers of a register, the lowest first.
    package func doubles(_ number: Int) -> [BinaryFloat] {
        (0..<2).map { BinaryFloat(double: state[number][$0]) }
    }

    /// The bytes of a register, the lowest first.
    package func bytes(_ number: Int) -> [UInt8] {
        (0..<16).map { UInt8(truncatingIfNeeded: state[number][$0 / 8] >> UInt64($0 % 8 * 8)) }
    }
}

extension SSEState {
    /// 32 bits of a register; both numbers are taken modulo what there are.
    package func dword(_ lane: Int, of number: Int) -> UInt32 {
        UInt32(truncatingIfNeeded: self[number][lane >> 1 & 1] >> (UInt64(lane & 1) * 32))
    }

    /// Sets 32 bits of a register.
    package mutating func setDword(_ lane: Int, of number: Int, _ value: UInt32) {
        let shift = UInt64(lane & 1) * 32
        let kept = self[number][lane >> 1 & 1] & ~(0xFFFF_FFFF << shift)
        self[number][lane >> 1 & 1] = kept | UInt64(value) << shift
    }
}
