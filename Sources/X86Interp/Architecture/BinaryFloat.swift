/// A floating-point number of any of the processor's formats, taken apart: what its bits mean, whatever they are.
package struct BinaryFloat: Sendable, Equatable {
    /// What kind of number the bits are (SDM volume 1, tables 4-3 and 8-3).
    package enum Kind: String, Sendable, CaseIterable {
        case zero, normal, denormal, infinity
        /// A NaN that no instruction minds.
        case quiet = "quiet NaN"
        /// A NaN that is invalid as an operand.
        case signalling = "signalling NaN"
        /// The quiet NaN that invalid operations give.
        case indefinite
        /// Of 80 bits: exponent 0 but the integer bit set; it counts as exponent 1.
        case pseudoDenormal = "pseudo-denormal"
        /// Of 80 bits: no integer bit although the exponent is not 0; the 387 and later call it invalid, as the next two.
        case unnormal
        /// Of 80 bits: an infinity without its integer bit.
        case pseudoInfinity = "pseudo-infinity"
        /// Of 80 bits: a NaN without its integer bit.
        case pseudoNaN = "pseudo-NaN"
    }

    /// What kind of number it is.
    package let kind: Kind
    /// Its sign bit.
    package let isNegative: Bool
    /// Its significand as an integer; of what has no value the bits that are there.
    package let significand: UInt64
    /// A finite number is its significand times two to this power.
    package let exponent: Int
    /// How many decimal digits tell numbers of its format apart, or nearly.
    private let digits: Int

    /// A number of 80 bits.
    package init(_ number: Extended) {
        let power = Int(number.signExponent & 0x7FFF)
        let isWhole = number.significand >> 63 != 0
        let fraction = number.significand << 1
        isNegative = number.signExponent >> 15 != 0
        significand = number.significand
        exponent = max(power, 1) - 16383 - 63
        digits = 19
        kind =
            switch power {
            case 0: number.significand == 0 ? .zero : isWhole ? .pseudoDenormal : .denormal
            case 0x7FFF where !isWhole: fraction == 0 ? .pseudoInfinity : .pseudoNaN
            case 0x7FFF: Self.special(fraction, of: 63, isNegative: isNegative)
            default: isWhole ? .normal : .unnormal
            }
    }

    /// A number of 32 bits.
    package init(single bits: UInt32) {
        self.init(UInt64(bits), fraction: 23, power: 8, digits: 9)
    }

    /// A number of 64 bits.
    package init(double bits: UInt64) {
        self.init(bits, fraction: 52, power: 11, digits: 17)
    }

    /// A number of a format of IEEE 754, by the bits that its fraction and its exponent have.
    private init(_ bits: UInt64, fraction: UInt64, power: UInt64, digits: Int) {
        let top: UInt64 = 1 << power - 1
        let biased = bits >> fraction & top
        let low = bits & (1 << fraction - 1)
        isNegative = bits >> (fraction + power) & 1 != 0
        significand = biased == 0 || biased == top ? low : low | 1 << fraction
        exponent = Int(max(biased, 1)) - Int(top >> 1) - Int(fraction)
        self.digits = digits
        kind =
            switch biased {
            case 0: low == 0 ? .zero : .denormal
            case top: Self.special(low << (64 - fraction), of: fraction, isNegative: isNegative)
            default: .normal
            }
    }

    /// What an exponent of all ones means, by the fraction at the top of 64 bits.
    private static func special(_ fraction: UInt64, of bits: UInt64, isNegative: Bool) -> Kind {
        guard fraction != 0 else { return .infinity }
        guard fraction >> 63 != 0 else { return .signalling }
        return isNegative && fraction << 1 == 0 ? .indefinite : .quiet
    }

    /// Whether it is a number that arithmetic takes as its value.
    package var isFinite: Bool {
        switch kind {
        case .zero, .normal, .denormal, .pseudoDenormal: true
        case .infinity, .quiet, .signalling, .indefinite, .unnormal, .pseudoInfinity, .pseudoNaN: false
        }
    }

    /// The value in decimal, correctly rounded, or the name of what has none: `1`, `-2.5`, `1.25e+300`, `+infinity`,
    /// `quiet NaN`; what a guest rarely makes on purpose is named behind the value: `3.6e-4951 (denormal)`.
    package var text: String {
        let sign = isNegative ? "-" : ""
        switch kind {
        case .zero: return sign + "0"
        case .normal: return sign + decimal
        case .denormal, .pseudoDenormal: return sign + decimal + " (\(kind.rawValue))"
        case .infinity, .pseudoInfinity: return (isNegative ? "-" : "+") + kind.rawValue
        case .indefinite: return kind.rawValue
        case .quiet, .signalling, .unnormal, .pseudoNaN: return sign + kind.rawValue
        }
    }

    /// The value without its sign, in decimal.
    private var decimal: String {
        let (places, power) = DecimalDigits(significand, exponent).rounded(to: digits)
        guard let first = places.first else { return "0" }
        // As C's %g writes it.
        guard (-5..<digits).contains(power) else {
            let rest = places.dropFirst()
            let e = String(power.magnitude)
            return first + (rest.isEmpty ? "" : "." + rest.joined()) + "e" + (power < 0 ? "-" : "+")
                + (e.count < 2 ? "0" + e : e)
        }
        guard power >= 0 else { return "0." + String(repeating: "0", count: -power - 1) + places.joined() }
        let whole = places.prefix(power + 1).joined()
        let padding = String(repeating: "0", count: max(0, power + 1 - places.count))
        let rest = places.dropFirst(power + 1).joined()
        return whole + padding + (rest.isEmpty ? "" : "." + rest)
    }
}

/// A binary number in decimal, exact: all of its digits.
struct DecimalDigits {
    /// The digits, nine to a part, lowest part first.
    private var parts: [UInt32] = []
    /// How many of them are behind the point.
    private let behindPoint: Int

    /// `significand` times two to the power of `exponent`.
    init(_ significand: UInt64, _ exponent: Int) {
        guard significand != 0 else {
            behindPoint = 0
            return
        }
        // Bits that are zero at the end would only make the numbers longer.
        let zeros = significand.trailingZeroBitCount
        let odd = significand >> UInt64(zeros)
        let power = exponent + zeros
        // m * 2^-n is m * 5^n with the point n digits further left.
        behindPoint = max(0, -power)
        var number = [UInt32(truncatingIfNeeded: odd), UInt32(truncatingIfNeeded: odd >> 32)]
        let (factor, step): (UInt32, Int) = power < 0 ? (1_220_703_125, 13) : (1 << 31, 31)
        var left = abs(power)
        while left > 0 {
            let taken = min(left, step)
            Self.multiply(&number, by: taken == step ? factor : Self.power(power < 0 ? 5 : 2, taken))
            left -= taken
        }
        while !number.isEmpty { parts.append(Self.divide(&number, by: 1_000_000_000)) }
    }

    private static func power(_ base: UInt32, _ exponent: Int) -> UInt32 {
        (0..<exponent).reduce(1) { product, _ in product &* base }
    }

    private static func multiply(_ number: inout [UInt32], by factor: UInt32) {
        var carry: UInt64 = 0
        for place in number.indices {
            carry += UInt64(number[place]) * UInt64(factor)
            number[place] = UInt32(truncatingIfNeeded: carry)
            carry >>= 32
        }
        if carry != 0 { number.append(UInt32(truncatingIfNeeded: carry)) }
    }

    /// Divides; the remainder.
    private static func divide(_ number: inout [UInt32], by divisor: UInt32) -> UInt32 {
        var rest: UInt64 = 0
        for place in number.indices.reversed() {
            rest = rest << 32 | UInt64(number[place])
            number[place] = UInt32(truncatingIfNeeded: rest / UInt64(divisor))
            rest %= UInt64(divisor)
        }
        while number.last == 0 { number.removeLast() }
        return UInt32(truncatingIfNeeded: rest)
    }

    /// At most so many digits, the first of them not 0 and neither the last, and the power of ten of the first: to the
    /// nearest, of two that are as near the even one.
    func rounded(to count: Int) -> (digits: [String], power: Int) {
        var all: [UInt8] = []
        for part in parts.reversed() {
            let text = String(part).utf8.map { $0 - 0x30 }
            if !all.isEmpty { all += [UInt8](repeating: 0, count: 9 - text.count) }
            all += text
        }
        var power = all.count - 1 - behindPoint
        if all.count > count {
            let next = all[count]
            let isHalf = next == 5 && all[(count + 1)...].allSatisfy { $0 == 0 }
            all.removeSubrange(count...)
            if isHalf ? (all.last ?? 0) & 1 == 1 : next >= 5 {
                while all.last == 9 { all.removeLast() }
                if all.isEmpty {
                    all = [1]
                    power += 1
                } else {
                    all[all.count - 1] += 1
                }
            }
        }
        while all.last == 0 { all.removeLast() }
        return (all.map { String($0) }, power)
    }
}
