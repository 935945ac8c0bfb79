/// The environment of one SSE or SSE2 operation: what MXCSR says, and the exceptions that the operation raised.
///
/// Numbers go in and out as bits, `UInt32` for single and `UInt64` for double precision. A packed operation is one
/// value of this type for all lanes: their exceptions add up in `raised`, and `flags` tells what MXCSR gets.
struct SSEArithmetic: Sendable {
    /// MXCSR as it was before the operation, with its sticky flags.
    let mxcsr: UInt32

    /// The exceptions raised so far, masked or not.
    ///
    /// Inexact may be missing when its flag and its mask are both set in MXCSR, as nothing depends on it then.
    var raised: FloatExceptions = []

    /// The environment that MXCSR tells, with no exception raised.
    @inline(__always) init(mxcsr: UInt32) {
        self.mxcsr = mxcsr
    }

    /// RC, bits 13 and 14.
    @inline(__always) var rounding: RoundingMode {
        switch mxcsr &>> 13 & 3 {
        case 1: .down
        case 2: .up
        case 3: .zero
        default: .nearestEven
        }
    }

    /// DAZ, bit 6: denormal operands count as zeros of their sign, and raise nothing.
    @inline(__always) var denormalsAreZero: Bool { mxcsr & 1 &<< 6 != 0 }

    /// FTZ, bit 15: tiny results become zeros of their sign, if underflow is masked (SDM volume 1, 10.2.3.3).
    @inline(__always) var flushToZero: Bool { mxcsr & 1 &<< 15 != 0 }

    /// The exceptions that are masked, bits 7 to 12.
    @inline(__always) var masked: FloatExceptions {
        FloatExceptions(rawValue: UInt8(truncatingIfNeeded: mxcsr &>> 7 & 0x3F))
    }

    /// The flags that MXCSR gets in addition, of all lanes.
    ///
    /// Invalid, denormal and zero-divide are found before anything is computed: if one of them is unmasked, in any
    /// lane, no lane is computed, and overflow, underflow and inexact are not flagged (measured; SDM volume 1,
    /// 11.5.3).
    @inline(__always) var flags: FloatExceptions {
        let early = raised.intersection(Self.foundBeforeComputing)
        return early.isSubset(of: masked) ? raised : early
    }

    /// Whether an unmasked exception was raised: nothing is written then, and #XM (or #UD) follows.
    @inline(__always) var faults: Bool { !raised.isSubset(of: masked) }

    /// MXCSR after the operation.
    @inline(__always) var mxcsrAfter: UInt32 { mxcsr | UInt32(flags.rawValue) }

    /// The exceptions that operands alone decide.
    @inline(__always) private static var foundBeforeComputing: FloatExceptions {
        FloatExceptions(rawValue: 0b111)
    }

    /// Whether the host's arithmetic, which rounds to nearest, gives the bits that are wanted.
    @inline(__always) var roundsAsHost: Bool { mxcsr & 3 &<< 13 == 0 }

    /// Whether nothing depends on inexact: its flag is set already, and it is masked.
    @inline(__always) var ignoresInexact: Bool { mxcsr & 0x1020 == 0x1020 }

    /// Adds to the exceptions raised.
    @inline(__always) mutating func raise(_ exceptions: FloatExceptions) {
        raised.formUnion(exceptions)
    }
}
