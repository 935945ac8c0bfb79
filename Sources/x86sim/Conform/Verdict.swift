import X86Interp

/// A difference between what a CPU did and what a test says.
enum Difference: Equatable {
    /// A register; bits outside the mask are not defined.
    case register(VectorRegister, got: UInt32, want: UInt32, mask: UInt32)
    /// A byte of memory.
    case memory(UInt32, got: UInt8, want: UInt8)
    /// Which exception, or none; or another end of the run.
    case ending(got: String, want: String)
    /// A part of the FPU or SSE state, in words.
    case fpu(String, got: String, want: String)
    /// Memory was written that neither list of the test has.
    case stray(UInt32, got: UInt8)
}

/// The outcome of one test.
enum Verdict: Equatable {
    /// All defined bits agree; `exact` if the undefined ones do as well.
    case passed(exact: Bool)
    /// All defined bits agree but for the last ones of an approximation.
    case near
    /// The differences in defined bits.
    case failed([Difference])
    /// The test does not apply, for a reason.
    case skipped(String)
}

extension Difference {
    /// The difference in words; `wide` names registers as EAX rather than AX.
    func text(wide: Bool) -> String {
        switch self {
        case .register(.eflags, let got, let want, let mask):
            let names = Self.flagNames.filter { ((got ^ want) & mask) >> $0.bit & 1 == 1 }.map { flag in
                "\(flag.name) is \(got >> flag.bit & 1), should be \(want >> flag.bit & 1)"
            }
            return names.joined(separator: "; ")
        case .register(let register, let got, let want, _):
            let digits = wide && !register.isSegment ? 8 : 4
            return "\(register.name(wide: wide)) is \(got.hex(digits: digits)), should be \(want.hex(digits: digits))"
        case .memory(let address, let got, let want):
            return "byte at \(address.hex(digits: 6)) is \(got.hex), should be \(want.hex)"
        case .ending(let got, let want): return "\(got), should be \(want)"
        case .fpu(let part, let got, let want): return "\(part) is \(got), should be \(want)"
        case .stray(let address, let got):
            return "byte at \(address.hex(digits: 6)) became \(got.hex), should be untouched"
        }
    }

    /// Names of all 22 flag bits.
    static let flagNames: [(name: String, bit: UInt32)] = [
        ("CF", 0), ("bit 1", 1), ("PF", 2), ("bit 3", 3), ("AF", 4), ("bit 5", 5), ("ZF", 6), ("SF", 7), ("TF", 8),
        ("IF", 9), ("DF", 10), ("OF", 11), ("IOPL bit 0", 12), ("IOPL bit 1", 13), ("NT", 14), ("bit 15", 15),
        ("RF", 16), ("VM", 17), ("AC", 18), ("VIF", 19), ("VIP", 20), ("ID", 21),
    ]
}

extension VectorRegister {
    /// The name in lower case: `eax`, or `ax` in 16-bit tests.
    func name(wide: Bool) -> String {
        let name = String(describing: self)
        return wide || isSegment ? name : String(name.dropFirst())
    }
}

/// Collects the differences of one test.
struct Comparison {
    /// Whether undefined bits must agree, too.
    let allBits: Bool
    /// Differences in defined bits.
    private(set) var differences: [Difference] = []
    /// Whether all bits agree so far.
    private(set) var isExact = true
    /// Whether an approximation differs, but not by much.
    private(set) var isNear = false

    /// Compares a register.
    mutating func compare(_ register: VectorRegister, got: UInt32, want: UInt32, mask: UInt32) {
        guard got != want else { return }
        isExact = false
        let mask = allBits ? .max : mask
        guard (got ^ want) & mask != 0 else { return }
        differences.append(.register(register, got: got, want: want, mask: mask))
    }

    /// Compares a byte of memory.
    mutating func compare(_ address: UInt32, got: UInt8, want: UInt8, mask: UInt8) {
        guard got != want else { return }
        isExact = false
        guard allBits || (got ^ want) & mask != 0 else { return }
        differences.append(.memory(address, got: got, want: want))
    }

    /// Compares a part of the FPU or SSE state; `isNear` says that a difference is within what is allowed.
    mutating func compare(
        _ part: String, got: UInt64, want: UInt64, mask: UInt64 = .max, digits: Int, isNear: Bool = false
    ) {
        guard got != want else { return }
        isExact = false
        let mask = allBits ? .max : mask
        guard (got ^ want) & mask != 0 else { return }
        guard !isNear || allBits else {
            self.isNear = true
            return
        }
        differences.append(.fpu(part, got: got.hex(digits: digits), want: want.hex(digits: digits)))
    }

    /// Compares a number of the x87.
    mutating func compare(_ part: String, _ got: Extended, _ want: Extended, isNear: Bool) {
        guard got != want else { return }
        isExact = false
        guard !isNear || allBits else {
            self.isNear = true
            return
        }
        differences.append(.fpu(part, got: Self.text(got), want: Self.text(want)))
    }

    private static func text(_ number: Extended) -> String { number.signExponent.hex + ":" + number.significand.hex }

    /// Notes a difference.
    mutating func note(_ difference: Difference) {
        isExact = false
        differences.append(difference)
    }

    /// The outcome.
    var verdict: Verdict {
        guard differences.isEmpty else { return .failed(differences) }
        return isNear ? .near : .passed(exact: isExact)
    }
}
