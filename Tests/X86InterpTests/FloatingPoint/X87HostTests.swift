import Testing

@testable import X86Interp

/// Arithmetic at 24 and 53 bits is that of the host's Float and Double, as long as exponents fit; roots are exact.
@Suite struct X87HostTests {
    private static let rounds = 20_000

    /// Random bits, the same in every run.
    private struct Bits {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state ^ state >> 33) &* 0xFF51_AFD7_ED55_8CCD
        }

        /// A number whose exponent is small enough for products of two, also as a Float.
        mutating func number(_ precision: PrecisionControl) -> Double {
            let magnitude = Double(bitPattern: next() >> 7 & 0x1FF_FFFF_FFFF_FFFF | 0x3E00_0000_0000_0000)
            let number = next() & 1 == 0 ? magnitude : -magnitude
            return precision == .single ? Double(Float(number)) : number
        }
    }

    @Test(arguments: [PrecisionControl.single, .double]) func resultsAreThoseOfTheHost(precision: PrecisionControl)
        throws
    {
        var bits = Bits(state: 1)
        for _ in 0..<Self.rounds {
            let (a, b) = (bits.number(precision), bits.number(precision))
            var x = X87Arithmetic(rounding: .nearestEven, precision: precision, masked: .all)
            let left = X87Arithmetic.widened(double: a.bitPattern).value
            let right = X87Arithmetic.widened(double: b.bitPattern).value
            let results = [
                x.add(left, right), x.subtract(left, right), x.multiply(left, right), x.divide(left, by: right),
                x.squareRoot(left.magnitude),
            ]
            // Rounding twice, to 53 and to 24 bits, gives the same as once for these operations.
            let doubles = [a + b, a - b, a * b, a / b, a.magnitude.squareRoot()]
            for (result, host) in zip(results, doubles) {
                let expected = precision == .single ? Double(Float(host)) : host
                let stored = x.storeDouble(try #require(result))
                #expect(stored == expected.bitPattern, "\(a) \(b)")
            }
            let order = x.compare(left, with: right)
            #expect(order == (a < b ? .less : a > b ? .greater : .equal))
        }
    }

    /// The root is the largest integer whose square fits, also at the ends of its range.
    @Test func rootsAreExact() {
        var bits = Bits(state: 3)
        let edges: [(UInt64, UInt64)] = [
            (.max, .max), (.max, 0), (1 << 62, 0), (1 << 63, 0), (.max - 1, 1), (.max >> 1, .max),
        ]
        let squares = (0..<200).map { _ in
            let root = bits.next() | 1 << 63
            let square = root.multipliedFullWidth(by: root)
            return (square.high, square.low &- bits.next() % 3)
        }
        let random = (0..<Self.rounds).map { _ in (bits.next() | 1 << 62, bits.next()) }
        for (high, low) in edges + squares + random {
            let (digits, rest) = IntegerRoot.root(high, low)
            let left = (UInt128(high) << 64 | UInt128(low)) &- UInt128(digits) &* UInt128(digits)
            #expect(left <= 2 * UInt128(digits), "\(high) \(low)")
            #expect(rest == (left == 0 ? 0 : left > UInt128(digits) ? 3 : 1), "\(high) \(low)")
        }
    }
}
