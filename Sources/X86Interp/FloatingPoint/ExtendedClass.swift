/// The classes of numbers that FXAM tells apart; its seventh, an empty register, is the CPU's.
enum ExtendedClass: UInt8, Sendable {
    case unsupported
    case nan
    case normal
    case infinity
    case zero
    case denormal

    /// C3, C2 and C0 at their places in FSW (SDM volume 2, FXAM).
    var conditionCodes: UInt16 {
        switch self {
        case .unsupported: 0
        case .nan: 0x0100
        case .normal: 0x0400
        case .infinity: 0x0500
        case .zero: 0x4000
        case .denormal: 0x4400
        }
    }
}

/// The two bits of a register in the full tag word; the fourth, empty, is the CPU's.
enum ExtendedTag: UInt8, Sendable {
    case valid
    case zero
    case special
}

extension Extended {
    /// The class that FXAM finds.
    var numberClass: ExtendedClass {
        if isNormal { return .normal }
        if isZero { return .zero }
        if isDenormal { return .denormal }
        if isInfinity { return .infinity }
        return isNaN ? .nan : .unsupported
    }

    /// What FNSTENV and FNSAVE write about the register: denormals and unsupported encodings are special too.
    var tag: ExtendedTag {
        if isNormal { return .valid }
        return isZero ? .zero : .special
    }
}
