/// The environment of one x87 operation: what FCW says, and what the operation reports.
///
/// An operation that returns nil leaves its destination alone: an exception among `raised` is unmasked, and is one of
/// those that come before the result (for a store to memory: any but the inexact one). Make a value per operation, or
/// call `restart` between two.
struct X87Arithmetic: Sendable {
    /// How inexact results are rounded.
    let rounding: RoundingMode
    /// To how many bits results of the basic operations are rounded.
    let precision: PrecisionControl
    /// The exceptions that FCW masks.
    let masked: FloatExceptions
    /// Infinities have a sign; the 8087 and 80287 may treat them as one and the same, unsigned.
    let affineInfinity: Bool
    /// All exceptions that the operation raised, masked or not.
    var raised: FloatExceptions = []
    /// C1 after an inexact result: it was rounded away from zero.
    var roundedUp = false

    /// The environment with its parts.
    init(
        rounding: RoundingMode, precision: PrecisionControl, masked: FloatExceptions, affineInfinity: Bool = true
    ) {
        self.rounding = rounding
        self.precision = precision
        self.masked = masked
        self.affineInfinity = affineInfinity
    }

    /// The environment that a control word describes.
    @inline(__always)
    init(controlWord: UInt16, affineInfinity: Bool = true) {
        let isUp = controlWord & 0x0800 != 0
        rounding = controlWord & 0x0400 == 0 ? (isUp ? .up : .nearestEven) : (isUp ? .zero : .down)
        let isWide = controlWord & 0x0200 != 0
        precision = controlWord & 0x0100 == 0 ? (isWide ? .double : .single) : (isWide ? .extended : .reserved)
        masked = FloatExceptions(rawValue: UInt8(truncatingIfNeeded: controlWord) & 0x3F)
        self.affineInfinity = affineInfinity
    }

    /// Some exception of the operation is unmasked: ES.
    var isTrapping: Bool { !raised.subtracting(masked).isEmpty }

    /// Forgets what the last operation reported.
    mutating func restart() {
        raised = []
        roundedUp = false
    }

    /// Raises an exception and returns if it is masked, so that the operation goes on.
    @inline(__always)
    mutating func goesOn(after exception: FloatExceptions) -> Bool {
        raised.formUnion(exception)
        return masked.contains(exception)
    }

    /// The invalid exception, and the indefinite NaN if it is masked.
    mutating func invalidResult() -> Extended? { goesOn(after: .invalid) ? .indefinite : nil }
}

/// A finite number other than zero in its parts: the significand has its top bit, the exponent any value.
struct NormalizedNumber {
    /// Bit 15 alone.
    var sign: UInt16
    /// Biased as in an `Extended`, but below 1 for denormals.
    var exponent: Int32
    /// Bit 63 is set.
    var significand: UInt64

    /// A number from its parts.
    @inline(__always)
    init(sign: UInt16, exponent: Int32, significand: UInt64) {
        self.sign = sign
        self.exponent = exponent
        self.significand = significand
    }

    /// The parts of a finite number that is not zero.
    @inline(__always)
    init(_ value: Extended) {
        let shift = value.significand.leadingZeroBitCount
        sign = value.sign
        exponent = max(value.exponent, 1) &- Int32(truncatingIfNeeded: shift)
        significand = value.significand &<< UInt64(truncatingIfNeeded: shift)
    }

    /// The parts of a normal number.
    @inline(__always)
    init(normal value: Extended) {
        sign = value.sign
        exponent = value.exponent
        significand = value.significand
    }
}
