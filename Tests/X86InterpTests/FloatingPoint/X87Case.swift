@testable import X86Interp

/// One x87 operation and what the silicon makes of it, both in words.
///
/// The operation: its name, FCW and operands in hex, by the names in `numbers` or as sign and exponent, colon,
/// significand. The result: a number, "none" if the destination is left alone or how operands compare, then "up" for
/// C1, condition codes of remainders and the letters of the exceptions (IDZOUP).
struct X87Case: Sendable {
    var operation: String
    var expected: String
    var why: String

    init(_ operation: String, _ expected: String, _ why: String = "") {
        self.operation = operation
        self.expected = expected
        self.why = why
    }

    /// Runs the operation.
    var outcome: String {
        let words = operation.split(separator: " ").map(String.init)
        guard words.count > 1, let control = UInt16(words[1], radix: 16) else { return "no control word" }
        var run = X87Run(arithmetic: X87Arithmetic(controlWord: control), operands: Array(words.dropFirst(2)))
        guard let result = run.result(words[0]) else { return "no such operation" }
        let exceptions = zip("IDZOUP", 0..<6).filter { run.arithmetic.raised.rawValue >> $0.1 & 1 != 0 }
        let parts = [result, run.arithmetic.roundedUp ? "up" : "", String(exceptions.map(\.0))]
        return parts.filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// Operands that have names.
    static let numbers: [String: Extended] = [
        "0": .zero(sign: 0), "-0": .zero(sign: 0x8000), "1": .one, "-1": Extended.one.negated,
        "2": Extended(signExponent: 0x4000, significand: 1 << 63),
        "3": Extended(signExponent: 0x4000, significand: 3 << 62),
        "10": Extended(signExponent: 0x4002, significand: 0xA << 60),
        "inf": .infinity(sign: 0), "-inf": .infinity(sign: 0x8000),
        "max": Extended(signExponent: 0x7FFE, significand: .max),
        "least": Extended(signExponent: 1, significand: 1 << 63),
        "denormal": Extended(signExponent: 0, significand: 1),
        "pseudodenormal": Extended(signExponent: 0, significand: 1 << 63 | 1),
        "qnan": Extended(signExponent: 0x7FFF, significand: 0xC000_0000_0000_0001),
        "-qnan": Extended(signExponent: 0xFFFF, significand: 0xC000_0000_0000_0001),
        "snan": Extended(signExponent: 0x7FFF, significand: 0xA000_0000_0000_0000),
        "unnormal": Extended(signExponent: 0x4000, significand: 1 << 62),
        "pseudoinf": Extended(signExponent: 0x7FFF, significand: 0),
        "pseudonan": Extended(signExponent: 0x7FFF, significand: 1 << 62 | 1),
        "indefinite": .indefinite,
    ]
}

/// An operation while it runs.
struct X87Run {
    var arithmetic: X87Arithmetic
    let operands: [String]

    /// The result in words, or nil if no operation has this name.
    mutating func result(_ name: String) -> String? {
        arithmeticResult(name) ?? memoryResult(name)
    }

    private mutating func arithmeticResult(_ name: String) -> String? {
        let single = X87Arithmetic.widened(single: UInt32(truncatingIfNeeded: integer(1)))
        let double = X87Arithmetic.widened(double: integer(1))
        let (a, b) = (number(0), number(1))
        switch name {
        case "add": return text(arithmetic.add(a, b))
        case "subtract": return text(arithmetic.subtract(a, b))
        case "multiply": return text(arithmetic.multiply(a, b))
        case "divide": return text(arithmetic.divide(a, by: b))
        case "squareRoot": return text(arithmetic.squareRoot(a))
        case "addSingle": return text(arithmetic.add(a, single.value, denormalOperand: single.isDenormal))
        case "divideDouble": return text(arithmetic.divide(a, by: double.value, denormalOperand: double.isDenormal))
        case "compare": return "\(arithmetic.compare(a, with: b))"
        case "compareQuietly": return "\(arithmetic.compareQuietly(a, with: b))"
        case "roundToInteger": return text(arithmetic.roundToInteger(a))
        case "scale": return text(arithmetic.scale(a, by: b))
        case "extract":
            guard let parts = arithmetic.extract(a) else { return "none" }
            return text(parts.exponent) + " " + text(parts.significand)
        case "remainder": return text(arithmetic.remainder(a, by: b, isNearest: false))
        case "remainderNearest": return text(arithmetic.remainder(a, by: b, isNearest: true))
        default: return nil
        }
    }

    private mutating func memoryResult(_ name: String) -> String? {
        let a = number(0)
        switch name {
        case "storeSingle": return hex(arithmetic.storeSingle(a))
        case "storeDouble": return hex(arithmetic.storeDouble(a))
        case "storeInt16": return hex(arithmetic.storeInt16(a).map(UInt16.init(bitPattern:)))
        case "storeInt32": return hex(arithmetic.storeInt32(a).map(UInt32.init(bitPattern:)))
        case "storeInt64": return hex(arithmetic.storeInt64(a).map(UInt64.init(bitPattern:)))
        case "storeDecimal": return hex(arithmetic.storeDecimal(a).map { UInt128($0.high) << 64 | UInt128($0.low) })
        case "loadSingle": return text(arithmetic.load(single: UInt32(truncatingIfNeeded: integer(0))))
        case "loadDouble": return text(arithmetic.load(double: integer(0)))
        case "loadInt64": return text(X87Arithmetic.extended(Int64(bitPattern: integer(0))))
        case "loadDecimal":
            let bits = UInt128(operands.first ?? "", radix: 16) ?? 0
            return text(
                X87Arithmetic.extended(
                    PackedDecimal(low: UInt64(truncatingIfNeeded: bits), high: UInt16(truncatingIfNeeded: bits >> 64))))
        default:
            let constant = X87Constant.allCases.first { "\($0)" == name }
            return constant.map { text(arithmetic.constant($0)) }
        }
    }

    private func number(_ place: Int) -> Extended {
        guard place < operands.count else { return .indefinite }
        if let named = X87Case.numbers[operands[place]] { return named }
        let halves = operands[place].split(separator: ":")
        guard halves.count == 2, let upper = UInt16(halves[0], radix: 16), let lower = UInt64(halves[1], radix: 16)
        else { return .indefinite }
        return Extended(signExponent: upper, significand: lower)
    }

    private func integer(_ place: Int) -> UInt64 {
        place < operands.count ? UInt64(operands[place], radix: 16) ?? 0 : 0
    }

    private func hex(_ value: (some BinaryInteger)?) -> String {
        guard let value else { return "none" }
        return String(value, radix: 16, uppercase: true)
    }

    private func text(_ value: Extended?) -> String {
        guard let value else { return "none" }
        if let name = X87Case.numbers.first(where: { $0.value == value })?.key { return name }
        return hex(value.signExponent) + ":" + hex(value.significand)
    }

    private func text(_ result: PartialRemainder) -> String {
        let codes = zip([0x0400, 0x0100, 0x4000, 0x0200], ["C2", "C0", "C3", "C1"])
        let present = codes.filter { UInt16($0.0) & result.conditionCodes != 0 }.map(\.1)
        return ([text(result.value)] + present).joined(separator: " ")
    }
}
