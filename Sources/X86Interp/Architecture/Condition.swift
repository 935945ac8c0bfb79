/// A condition of Jcc, SETcc and CMOVcc: the low four bits of the opcode (SDM volume 1, appendix B).
enum Condition: UInt8, Sendable, CaseIterable {
    case overflow, notOverflow, below, aboveOrEqual, equal, notEqual, belowOrEqual, above
    case sign, notSign, parity, notParity, less, greaterOrEqual, lessOrEqual, greater

    /// That of an opcode.
    init(opcode: UInt16) { self = Condition(rawValue: UInt8(opcode & 15)) ?? .overflow }

    /// What the mnemonic ends with.
    var suffix: String {
        switch self {
        case .overflow: "o"
        case .notOverflow: "no"
        case .below: "b"
        case .aboveOrEqual: "ae"
        case .equal: "e"
        case .notEqual: "ne"
        case .belowOrEqual: "be"
        case .above: "a"
        case .sign: "s"
        case .notSign: "ns"
        case .parity: "p"
        case .notParity: "np"
        case .less: "l"
        case .greaterOrEqual: "ge"
        case .lessOrEqual: "le"
        case .greater: "g"
        }
    }
}
