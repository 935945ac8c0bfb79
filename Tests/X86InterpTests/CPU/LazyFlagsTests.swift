import Testing

@testable import X86Interp

/// The six arithmetic flags in their lazy form, against what the manual says of each.
@Suite struct LazyFlagsTests {
    /// All 64 combinations.
    private static let combinations: [EFLAGS] = (0..<64).map { (number: UInt32) in
        let bits: [EFLAGS] = [.carry, .parity, .auxiliary, .zero, .sign, .overflow]
        return bits.enumerated().reduce(into: EFLAGS()) { flags, bit in
            if number >> UInt32(bit.offset) & 1 != 0 { flags.insert(bit.element) }
        }
    }

    @Test func everyCombinationComesBack() {
        for flags in Self.combinations { #expect(LazyFlags(flags).eflags == flags) }
    }

    @Test func replacingCarryAndOverflowLeavesTheOthers() {
        for flags in Self.combinations {
            for carry in UInt32(0)...1 {
                for overflow in UInt32(0)...1 {
                    var expected = flags.subtracting([.carry, .overflow])
                    if carry == 1 { expected.insert(.carry) }
                    if overflow == 1 { expected.insert(.overflow) }
                    #expect(LazyFlags(flags).replacing(carry: carry, overflow: overflow).eflags == expected)
                }
            }
        }
    }

    @Test func conditionsFollowTheirFlags() {
        for flags in Self.combinations {
            let has = { (flag: EFLAGS) in flags.contains(flag) }
            let isLess = has(.sign) != has(.overflow)
            let met = [
                has(.overflow), has(.carry), has(.zero), has(.carry) || has(.zero), has(.sign), has(.parity), isLess,
                isLess || has(.zero),
            ]
            for condition in Condition.allCases {
                let number = Int(condition.rawValue)
                let expected = met[number / 2] != (number % 2 == 1)
                #expect(LazyFlags(flags).holds(condition) == expected)
            }
        }
    }

    /// The flags of a result, by their definitions; CF, AF and OF are given.
    private func flags(_ result: UInt8, carry: Bool, auxiliary: Bool, overflow: Bool) -> EFLAGS {
        var flags: EFLAGS = []
        if carry { flags.insert(.carry) }
        if auxiliary { flags.insert(.auxiliary) }
        if overflow { flags.insert(.overflow) }
        if result == 0 { flags.insert(.zero) }
        if result >= 0x80 { flags.insert(.sign) }
        if result.nonzeroBitCount.isMultiple(of: 2) { flags.insert(.parity) }
        return flags
    }

    /// ADC and SBB of all pairs of bytes with both carries, by whole numbers; ADD, SUB and CMP are those with 0.
    @Test func additionAndSubtractionOfAllBytes() {
        var wrong = 0
        for a in 0..<256 {
            for b in 0..<256 {
                for carry in 0...1 {
                    wrong += sumIsWrong(a, b, carry) ? 1 : 0
                    wrong += differenceIsWrong(a, b, carry) ? 1 : 0
                }
            }
        }
        #expect(wrong == 0)
    }

    private func sumIsWrong(_ a: Int, _ b: Int, _ carry: Int) -> Bool {
        var lazy = LazyFlags(carry == 1 ? .carry : [])
        let result = ALU.apply(.adc, UInt8(a), UInt8(b), &lazy)
        let signed = Int(Int8(truncatingIfNeeded: a)) + Int(Int8(truncatingIfNeeded: b)) + carry
        let expected = flags(
            UInt8(truncatingIfNeeded: a + b + carry), carry: a + b + carry > 255,
            auxiliary: a % 16 + b % 16 + carry > 15, overflow: !(-128...127).contains(signed))
        return Int(result) != (a + b + carry) % 256 || lazy.eflags != expected
    }

    private func differenceIsWrong(_ a: Int, _ b: Int, _ borrow: Int) -> Bool {
        var lazy = LazyFlags(borrow == 1 ? .carry : [])
        let result = ALU.apply(.sbb, UInt8(a), UInt8(b), &lazy)
        let signed = Int(Int8(truncatingIfNeeded: a)) - Int(Int8(truncatingIfNeeded: b)) - borrow
        let expected = flags(
            UInt8(truncatingIfNeeded: a - b - borrow), carry: a < b + borrow,
            auxiliary: a % 16 < b % 16 + borrow, overflow: !(-128...127).contains(signed))
        return Int(result) != (a - b - borrow + 512) % 256 || lazy.eflags != expected
    }

    @Test func logicOfAllBytes() {
        var wrong = 0
        for a in UInt8.min...UInt8.max {
            for b in UInt8.min...UInt8.max {
                let cases: [(ALU.Binary, UInt8)] = [(.and, a & b), (.or, a | b), (.xor, a ^ b)]
                for (operation, result) in cases {
                    var lazy = LazyFlags([.carry, .overflow, .auxiliary])
                    let got = ALU.apply(operation, a, b, &lazy)
                    let expected = flags(result, carry: false, auxiliary: false, overflow: false)
                    if got != result || lazy.eflags.subtracting(.auxiliary) != expected { wrong += 1 }
                }
            }
        }
        #expect(wrong == 0)
    }

    @Test func stepsOfAllBytesKeepTheCarry() {
        for a in UInt8.min...UInt8.max {
            for carry in [EFLAGS(), .carry] {
                var up = LazyFlags(carry)
                let more = ALU.step(a, by: 1, &up)
                let upFlags = flags(more, carry: carry == .carry, auxiliary: a % 16 == 15, overflow: a == 0x7F)
                #expect(more == a &+ 1 && up.eflags == upFlags)
                var down = LazyFlags(carry)
                let less = ALU.step(a, by: .max, &down)
                let downFlags = flags(less, carry: carry == .carry, auxiliary: a % 16 == 0, overflow: a == 0x80)
                #expect(less == a &- 1 && down.eflags == downFlags)
            }
        }
    }

    /// Shifts by every count of all bytes, one bit at a time.
    @Test func shiftsOfAllBytesByEveryCount() {
        var wrong = 0
        for a in UInt8.min...UInt8.max {
            for count in UInt32(1)...31 {
                var left = a
                var right = a
                var arithmetic = Int8(bitPattern: a)
                var out = (left: false, right: false, arithmetic: false)
                for _ in 0..<count {
                    out = (left & 0x80 != 0, right & 1 != 0, arithmetic & 1 != 0)
                    left <<= 1
                    right >>= 1
                    arithmetic >>= 1
                }
                var lazy = LazyFlags([])
                if ALU.shiftLeft(a, by: count, &lazy) != left { wrong += 1 }
                if count <= 8, lazy.carry != out.left { wrong += 1 }
                if ALU.shiftRight(a, by: count, &lazy) != right || lazy.carry != out.right { wrong += 1 }
                if ALU.shiftArithmetic(a, by: count, &lazy) != UInt8(bitPattern: arithmetic)
                    || lazy.carry != out.arithmetic
                {
                    wrong += 1
                }
            }
        }
        #expect(wrong == 0)
    }

    /// The wide forms agree with whole numbers at the edges of their ranges.
    @Test func wideAdditionAndSubtractionAtTheEdges() {
        let edges: [UInt32] = [0, 1, 0xF, 0x10, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFF0, 0xFFFF_FFFF]
        for a in edges {
            for b in edges {
                var lazy = LazyFlags([])
                let sum = ALU.add(a, b, carry: 0, &lazy)
                #expect(sum == a &+ b && lazy.carry == (UInt64(a) + UInt64(b) > 0xFFFF_FFFF))
                #expect(lazy.overflow == Int32(bitPattern: a).addingReportingOverflow(Int32(bitPattern: b)).overflow)
                let difference = ALU.subtract(a, b, borrow: 0, &lazy)
                #expect(difference == a &- b && lazy.carry == (a < b))
                #expect(
                    lazy.overflow == Int32(bitPattern: a).subtractingReportingOverflow(Int32(bitPattern: b)).overflow)
                #expect(lazy.zero == (a == b) && lazy.sign == (difference >= 0x8000_0000))
            }
        }
    }
}
