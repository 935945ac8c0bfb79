/// What a comparison finds.
enum FloatOrder: UInt8, Sendable {
    case greater
    case less
    case equal
    case unordered

    /// C3, C2 and C0 at their places in FSW (SDM volume 2, FCOM).
    @inline(__always)
    var conditionCodes: UInt16 {
        switch self {
        case .greater: 0
        case .less: 0x0100
        case .equal: 0x4000
        case .unordered: 0x4500
        }
    }
}

// Comparisons. Measured: the order is told, in FSW or EFLAGS, even if an exception is unmasked; but then nothing is popped.
extension X87Arithmetic {
    /// How `a` compares with `b`, for FCOM and FTST: any NaN is invalid.
    @inline(__always)
    mutating func compare(_ a: Extended, with b: Extended, denormalOperand: Bool = false) -> FloatOrder {
        guard a.isNormal, b.isNormal, !denormalOperand else {
            return specialOrder(a, b, isQuiet: false, denormalOperand: denormalOperand)
        }
        return order(a, b)
    }

    /// How `a` compares with `b`, for FUCOM: only a signalling NaN is invalid.
    @inline(__always)
    mutating func compareQuietly(_ a: Extended, with b: Extended) -> FloatOrder {
        guard a.isNormal, b.isNormal else {
            return specialOrder(a, b, isQuiet: true, denormalOperand: false)
        }
        return order(a, b)
    }

    /// The order of finite numbers in their normal form.
    @inline(__always)
    private func order(_ a: Extended, _ b: Extended) -> FloatOrder {
        if a == b { return .equal }
        if a.sign != b.sign { return a.sign == 0 ? .greater : .less }
        let isLarger =
            a.signExponent == b.signExponent
            ? a.significand > b.significand : a.signExponent > b.signExponent
        return isLarger == (a.sign == 0) ? .greater : .less
    }

    @inline(never)
    private mutating func specialOrder(
        _ a: Extended, _ b: Extended, isQuiet: Bool, denormalOperand: Bool
    ) -> FloatOrder {
        let isUnsupported = a.isUnsupported || b.isUnsupported
        if isUnsupported || a.isNaN || b.isNaN {
            let isInvalid = !isQuiet || isUnsupported || a.isSignallingNaN || b.isSignallingNaN
            if isInvalid { raised.formUnion(.invalid) }
            return .unordered
        }
        if !affineInfinity && (a.isInfinity || b.isInfinity) {
            if a.isInfinity && b.isInfinity { return .equal }
            raised.formUnion(.invalid)
            return .unordered
        }
        if a.isDenormal || b.isDenormal || denormalOperand { raised.formUnion(.denormal) }
        if a.isZero || b.isZero {
            if a.isZero && b.isZero { return .equal }
            let isGreater = a.isZero ? b.sign != 0 : a.sign == 0
            return isGreater ? .greater : .less
        }
        // A pseudo-denormal has the value of the number with exponent 1.
        return order(a.withValidExponent, b.withValidExponent)
    }
}
