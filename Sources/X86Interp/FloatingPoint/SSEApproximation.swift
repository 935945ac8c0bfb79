/// RCPPS, RCPSS, RSQRTPS and RSQRTSS: approximations from tables, within 1.5 * 2^-12 of the exact value.
///
/// They raise nothing and take no notice of MXCSR; denormal operands count as zeros, tiny results become zeros (SDM
/// volume 2, RCPPS and RSQRTPS). Processors agree on these rules and on zeros, infinities and NaNs, not on the last
/// bits.
///
/// Those of the Zen 4 that test vectors were recorded on have 12 bits of fraction and depend on 12 bits of the
/// operand's fraction. Its reciprocals look like a bipartite table: a base for each 1/256 of a binade, to which a
/// multiple of a slope is added that 1/16 of a binade shares. The tables here are made by that rule, which gives the
/// recorded bits of 101 of 118 operands, and of 61 of 68 for roots; the others differ by one in the last of the 12
/// bits. How that chip rounds its tables is not known.
enum SSEApproximation {
    /// The reciprocal of a number in single precision.
    @inline(__always) static func reciprocal(_ operand: UInt32) -> UInt32 {
        let sign = operand & UInt32.signBit
        let exponent = operand.absolute &>> 23
        guard exponent != 0 else { return sign | UInt32.infinity }
        guard exponent != 0xFF else { return operand.isNaN ? operand | UInt32.quietBit : sign }
        // Halves at least and less than one, so that this is one less than the exponent of the power of two.
        guard exponent < 253 else { return sign }
        return sign | (253 &- exponent) &<< 23 | reciprocals.fraction(operand &>> 11 & 0xFFF)
    }

    /// The reciprocal of the square root of a number in single precision.
    @inline(__always) static func reciprocalRoot(_ operand: UInt32) -> UInt32 {
        let exponent = operand.absolute &>> 23
        if operand.isNaN { return operand | UInt32.quietBit }
        if exponent == 0 { return operand & UInt32.signBit | UInt32.infinity }
        if operand.isNegative { return UInt32.defaultNaN }
        if exponent == 0xFF { return 0 }
        // The bias is odd: odd exponents are of even powers, for which the first half of the table is.
        let index = operand &>> 11 & 0xFFF | (exponent & 1 ^ 1) &<< 12
        return ((380 &- exponent) &>> 1) &<< 23 | roots.fraction(index)
    }

    /// RCPPS.
    @inline(__always) static func reciprocal(_ operands: SIMD4<UInt32>) -> SIMD4<UInt32> {
        SIMD4(
            reciprocal(operands[0]), reciprocal(operands[1]), reciprocal(operands[2]), reciprocal(operands[3]))
    }

    /// RSQRTPS.
    @inline(__always) static func reciprocalRoot(_ operands: SIMD4<UInt32>) -> SIMD4<UInt32> {
        SIMD4(
            reciprocalRoot(operands[0]), reciprocalRoot(operands[1]), reciprocalRoot(operands[2]),
            reciprocalRoot(operands[3]))
    }

    /// 1 / x for x from 1 to 2.
    private static let reciprocals = SSETable(
        (0..<16).flatMap { group in
            SSETable.group(Double(16 + group) / 16, width: 1 / 16, reference: 15.5, baseUnit: 1) { 1 / $0 }
        })

    /// 1 / sqrt(x) for x from 1 to 2, then from 2 to 4.
    private static let roots = SSETable(
        (0..<32).flatMap { group in
            let width = group < 16 ? 1.0 / 16 : 1.0 / 8
            let start = Double(16 + group % 16) * width
            return SSETable.group(start, width: width, reference: 0, baseUnit: 8) { (1 / $0).squareRoot() }
        })
}

/// Fractions of results between a half and one, in 4096ths.
private struct SSETable: Sendable {
    private let fractions: [UInt16]

    init(_ fractions: [UInt16]) {
        self.fractions = fractions
    }

    /// The 23 bits of the fraction for an operand's leading bits; zero for an index that no table has.
    @inline(__always) func fraction(_ index: UInt32) -> UInt32 {
        let index = Int(truncatingIfNeeded: index)
        return index < fractions.count ? UInt32(fractions[index]) &<< 11 : 0
    }

    /// The 256 entries of 1/16 of a binade: 16 bases, and the 16 multiples of a slope that they share.
    ///
    /// Everything is in units of the last bit, 2^-13. Multiples count from `reference`, in entries, and are rounded to
    /// 16ths; bases are the mean of what the first and the last of their entries want, rounded to parts of `baseUnit`.
    /// The host's operators are exact to the last bit on every host, and so are the tables.
    static func group(
        _ start: Double, width: Double, reference: Double, baseUnit: Double, _ function: (Double) -> Double
    ) -> [UInt16] {
        func value(_ entry: Double) -> Double { function(start + width * entry / 256) * 8192 }
        let slope = (value(256) - value(0)) / 256
        return (0..<256).map { entry in
            let first = Double(entry & ~15)
            let wanted = (value(first + 0.5) + value(first + 15.5)) / 2 - slope * (8 - reference)
            let base = (wanted * baseUnit).rounded(.down, adding: 0.5) / baseUnit
            let multiple = (slope * (Double(entry & 15) + 0.5 - reference) * 16).rounded(.down, adding: 0.5) / 16
            let result = (base + multiple).rounded(.down, adding: 0.5)
            return UInt16(min(max(result - 4096, 0), 4095))
        }
    }
}

extension Double {
    /// The sum with `offset`, rounded.
    fileprivate func rounded(_ rule: FloatingPointRoundingRule, adding offset: Double) -> Double {
        (self + offset).rounded(rule)
    }
}
