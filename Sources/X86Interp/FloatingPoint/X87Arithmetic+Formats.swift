/// What the two formats of memory operands have in common with the 80-bit one.
struct NarrowFormat {
    /// Bits of the fraction, without the integer bit.
    let fractionBits: UInt64
    /// The exponent of infinities and NaNs.
    let maximumExponent: Int32
    /// What is added to a biased exponent to widen it.
    let biasDifference: Int32

    /// 32 bits.
    static let single = NarrowFormat(fractionBits: 23, maximumExponent: 0xFF, biasDifference: 16383 - 127)

    /// 64 bits.
    static let double = NarrowFormat(fractionBits: 52, maximumExponent: 0x7FF, biasDifference: 16383 - 1023)

    /// Where the sign is.
    @inline(__always)
    var signShift: UInt64 { self.fractionBits == 23 ? 31 : 63 }

    /// Bits of an 80-bit significand that the format has no place for.
    @inline(__always)
    var droppedBits: UInt64 { 63 &- fractionBits }
}

/// The operand of an arithmetic instruction after it came from memory.
struct WidenedOperand {
    /// Its value; a signalling NaN still signals.
    var value: Extended
    /// It was a denormal, whose 80-bit form is normal.
    var isDenormal: Bool
}

// Loading single and double numbers: exact.
extension X87Arithmetic {
    /// A single number as an operand of FADD m32 and its kin.
    @inline(__always)
    static func widened(single bits: UInt32) -> WidenedOperand { widened(UInt64(bits), .single) }

    /// A double number as an operand of FADD m64 and its kin.
    @inline(__always)
    static func widened(double bits: UInt64) -> WidenedOperand { widened(bits, .double) }

    /// What FLD m32 loads.
    @inline(__always)
    mutating func load(single bits: UInt32) -> Extended? {
        let operand = Self.widened(single: bits)
        guard operand.value.isNormal, !operand.isDenormal else { return specialLoad(operand) }
        return operand.value
    }

    /// What FLD m64 loads.
    @inline(__always)
    mutating func load(double bits: UInt64) -> Extended? {
        let operand = Self.widened(double: bits)
        guard operand.value.isNormal, !operand.isDenormal else { return specialLoad(operand) }
        return operand.value
    }

    @inline(__always)
    private static func widened(_ bits: UInt64, _ format: NarrowFormat) -> WidenedOperand {
        let fraction = bits &<< (63 &- format.fractionBits) & ~Extended.integerBit
        let field = Int32(truncatingIfNeeded: bits &>> format.fractionBits) & format.maximumExponent
        let sign = UInt16(truncatingIfNeeded: bits &>> format.signShift) &<< 15
        guard field &- 1 >= 0, field != format.maximumExponent else {
            return specialWidened(sign: sign, field: field, fraction, format.biasDifference)
        }
        let signExponent = sign | UInt16(truncatingIfNeeded: field &+ format.biasDifference)
        return WidenedOperand(
            value: Extended(signExponent: signExponent, significand: fraction | Extended.integerBit), isDenormal: false)
    }

    @inline(never)
    private static func specialWidened(
        sign: UInt16, field: Int32, _ fraction: UInt64, _ biasDifference: Int32
    ) -> WidenedOperand {
        guard field == 0 else {
            let special = Extended(signExponent: sign | 0x7FFF, significand: fraction | Extended.integerBit)
            return WidenedOperand(value: special, isDenormal: false)
        }
        guard fraction != 0 else { return WidenedOperand(value: .zero(sign: sign), isDenormal: false) }
        let shift = fraction.leadingZeroBitCount
        let exponent = biasDifference &+ 1 &- Int32(truncatingIfNeeded: shift)
        return WidenedOperand(
            value: Extended(
                signExponent: sign | UInt16(truncatingIfNeeded: exponent), significand: fraction &<< shift),
            isDenormal: true)
    }

    @inline(never)
    private mutating func specialLoad(_ operand: WidenedOperand) -> Extended? {
        if operand.isDenormal {
            // Measured: the number is loaded even if the exception is unmasked.
            _ = goesOn(after: .denormal)
            return operand.value
        }
        guard operand.value.isSignallingNaN else { return operand.value }
        return goesOn(after: .invalid) ? operand.value.quieted : nil
    }
}

// Storing single and double numbers. An unmasked overflow or underflow stores nothing, an unmasked inexact does.
extension X87Arithmetic {
    /// What FST m32 stores.
    @inline(__always)
    mutating func storeSingle(_ value: Extended) -> UInt32? {
        guard let bits = narrowed(value, .single) else { return nil }
        return UInt32(truncatingIfNeeded: bits)
    }

    /// What FST m64 stores.
    @inline(__always)
    mutating func storeDouble(_ value: Extended) -> UInt64? { narrowed(value, .double) }

    @inline(__always)
    private mutating func narrowed(_ value: Extended, _ format: NarrowFormat) -> UInt64? {
        let exponent = value.exponent &- format.biasDifference
        guard value.significand >= Extended.integerBit, exponent >= 1, exponent < format.maximumExponent &- 1 else {
            return specialNarrowed(value, format)
        }
        let result = rounded(value.significand, 0, sign: value.sign, dropped: format.droppedBits)
        note(result)
        return pack(value.sign, exponent &+ result.carry, result.bits, format)
    }

    /// A number in its place; the integer bit of the significand does not show.
    @inline(__always)
    private func pack(_ sign: UInt16, _ exponent: Int32, _ significand: UInt64, _ format: NarrowFormat) -> UInt64 {
        let fraction = (significand & ~Extended.integerBit) &>> format.droppedBits
        return UInt64(sign &>> 15) &<< format.signShift
            | UInt64(truncatingIfNeeded: exponent) &<< format.fractionBits | fraction
    }

    @inline(never)
    private mutating func specialNarrowed(_ value: Extended, _ format: NarrowFormat) -> UInt64? {
        switch specialOperand(value) {
        case .decided(nil): return nil
        case .decided(let nan?): return pack(nan.sign, format.maximumExponent, nan.significand, format)
        case .numbers: break
        }
        if value.isZero { return pack(value.sign, 0, 0, format) }
        if value.isInfinity { return pack(value.sign, format.maximumExponent, 0, format) }
        let number = NormalizedNumber(value)
        let exponent = number.exponent &- format.biasDifference
        let free = rounded(number.significand, 0, sign: number.sign, dropped: format.droppedBits)
        let freeExponent = exponent &+ free.carry
        if freeExponent >= format.maximumExponent { return narrowOverflow(number.sign, format) }
        if freeExponent < 1 { return narrowUnderflow(number, format) }
        note(free)
        return pack(number.sign, freeExponent, free.bits, format)
    }

    private mutating func narrowOverflow(_ sign: UInt16, _ format: NarrowFormat) -> UInt64? {
        guard goesOn(after: .overflow) else { return nil }
        raised.formUnion(.inexact)
        roundedUp = isRoundedUp(.max, isOdd: true, sign: sign)
        if roundedUp { return pack(sign, format.maximumExponent, 0, format) }
        return pack(sign, format.maximumExponent &- 1, .max, format)
    }

    private mutating func narrowUnderflow(_ number: NormalizedNumber, _ format: NarrowFormat) -> UInt64? {
        guard masked.contains(.underflow) else {
            raised.formUnion(.underflow)
            return nil
        }
        let distance = format.biasDifference &+ 1 &- number.exponent
        let shifted = shiftedRight(number.significand, 0, by: distance)
        let result = rounded(shifted.high, shifted.low, sign: number.sign, dropped: format.droppedBits)
        if result.isInexact {
            raised.formUnion([.underflow, .inexact])
            roundedUp = result.isUp
        }
        return pack(number.sign, result.bits >= Extended.integerBit ? 1 : 0, result.bits, format)
    }
}
