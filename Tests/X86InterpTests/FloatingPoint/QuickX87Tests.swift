import TestSupport
import Testing

@testable import X86Interp

/// The quick ways of the handlers end in the bits and flags of the exact arithmetic, wherever they say that they serve.
@Suite struct QuickX87Tests {
    /// Numbers near each other, at the ends of the range, with significands that make ties.
    private static func number(_ random: inout SeededGenerator) -> Extended {
        let kind = random.next() & 15
        var exponent = UInt16(truncatingIfNeeded: 16383 + Int(random.next() % 140) - 70)
        if kind == 0 { exponent = UInt16(truncatingIfNeeded: random.next()) & 0x7FFF }
        if kind == 1 { exponent = [0, 1, 2, 0x7FFD, 0x7FFE, 0x7FFF][Int(random.next() % 6)] }
        let any = random.next()
        var significand: UInt64 =
            switch random.next() & 7 {
            case 0: 0
            case 1: .max
            case 2: 1 << (any & 63)
            case 3, 4: .max << (any & 63)
            default: any
            }
        significand |= Extended.integerBit
        if kind == 2 { significand = any & 1 == 0 ? 0 : any }
        if significand == 0 { exponent = 0 }
        return Extended(signExponent: exponent | UInt16(any & 1) << 15, significand: significand)
    }

    /// Whether what FSW gets is the same.
    private static func agree(_ exact: X87Arithmetic, _ quick: QuickX87.Rounding) -> Bool {
        exact.raised.rawValue == quick.inexact && exact.roundedUp == (quick.up == QuickX87.roundedUp)
            && quick.up & ~QuickX87.roundedUp == 0
    }

    private static func quick(_ operation: X87Combination, _ a: Extended, _ b: Extended) -> QuickX87.Result {
        switch operation {
        case .add: QuickX87.sum(a, b)
        case .subtract: QuickX87.difference(a, b)
        case .multiply: QuickX87.product(a, b)
        default: QuickX87.quotient(a, b)
        }
    }

    /// Handlers read and write several fields as one word.
    @Test func theStateLiesAsTheHandlersTakeIt() {
        func offset(_ field: PartialKeyPath<X87State>) -> Int? { MemoryLayout<X87State>.offset(of: field) }
        let start = Core.x87WordOffset
        #expect(offset(\.registers) == 0 && start == 128)
        #expect(offset(\.status) == start + 2 && offset(\.top) == start + 4 && offset(\.inUse) == start + 5)
        #expect(offset(\.opcode) == start + 6 && offset(\.instructionOffset) == start + 8)
        #expect(offset(\.instructionSelector) == start + 12 && offset(\.dataOffset) == start + 16)
    }

    @Test func arithmeticAgrees() {
        var random = SeededGenerator(seed: 8087)
        var quick: [X87Combination: Int] = [:]
        for _ in 0..<LongTests.count(short: 20) * 2000 {
            let (a, b) = (Self.number(&random), Self.number(&random))
            for operation in [X87Combination.add, .subtract, .multiply, .divide] {
                let result = Self.quick(operation, a, b)
                guard result.isQuick else { continue }
                quick[operation, default: 0] += 1
                var exact = X87Arithmetic(controlWord: 0x37F)
                let value = exact.combine(operation, a, b)
                #expect(value == result.value && Self.agree(exact, result.rounding), "\(operation) \(a) \(b)")
            }
        }
        #expect(quick.count == 4 && quick.values.allSatisfy { $0 > 20_000 }, "\(quick)")
    }

    /// Roots, and twice a number.
    @Test func arithmeticOfOneNumberAgrees() {
        var random = SeededGenerator(seed: 80387)
        var quick = 0
        for _ in 0..<LongTests.count(short: 20) * 2000 {
            let a = Self.number(&random)
            var exact = X87Arithmetic(controlWord: 0x37F)
            let twice = QuickX87.twice(a)
            if twice.isQuick {
                #expect(exact.combine(.add, a, a) == twice.value && Self.agree(exact, twice.rounding), "\(a)")
            }
            exact.restart()
            let root = QuickX87.root(a)
            guard root.isQuick else { continue }
            quick += 1
            #expect(exact.squareRoot(a) == root.value && Self.agree(exact, root.rounding), "\(a)")
        }
        #expect(quick > 10_000)
    }

    @Test func formatsAndOrderAgree() {
        var random = SeededGenerator(seed: 387)
        for _ in 0..<LongTests.count(short: 20) * 2000 {
            let (a, b) = (Self.number(&random), Self.number(&random))
            let double = QuickX87.store(a, UInt64.self)
            let single = QuickX87.store(a, UInt32.self)
            var exact = X87Arithmetic(controlWord: 0x37F)
            if double.isQuick {
                #expect(exact.storeDouble(a) == double.bits && Self.agree(exact, double.rounding), "\(a)")
            }
            exact.restart()
            if single.isQuick {
                #expect(exact.storeSingle(a) == single.bits && Self.agree(exact, single.rounding), "\(a)")
            }
            for isCut in [false, true] {
                let integer = QuickX87.integer(a, isCut: isCut)
                guard integer.isQuick else { continue }
                var exact = X87Arithmetic(controlWord: isCut ? 0xF7F : 0x37F)
                let stored = exact.storeInt32(a)
                #expect(stored == Int32(truncatingIfNeeded: integer.bits), "\(a)")
                #expect(Self.agree(exact, integer.rounding), "\(a)")
            }
            exact.restart()
            let bits = random.next()
            let loaded = QuickX87.load(bits)
            if loaded.isQuick { #expect(exact.load(double: bits) == loaded.value && exact.raised.isEmpty, "\(bits)") }
            let order = QuickX87.order(a, b)
            guard order.isQuick else { continue }
            exact.restart()
            let codes: UInt16 = order.isEqual ? 0x4000 : order.isLess ? 0x100 : 0
            #expect(exact.compare(a, with: b).conditionCodes == codes && exact.raised.isEmpty, "\(a) \(b)")
        }
    }
}
