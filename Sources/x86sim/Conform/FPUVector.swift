import X86Interp

/// The state of x87 and SSE in a test: 512 bytes as FXSAVE writes them.
struct FPUVector {
    private let bytes: [UInt8]

    /// Wraps the contents of a chunk `FXSA`.
    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// A word of 8 bytes by its number; 0 beyond the end.
    private subscript(number: Int) -> UInt64 {
        (0..<8).reduce(0) { value, byte in
            let place = number * 8 + byte
            return value | (place < bytes.count ? UInt64(bytes[place]) << UInt64(8 * byte) : 0)
        }
    }

    /// The state that it describes.
    var image: FXSaveImage {
        var image = FXSaveImage(x87: X87State(), sse: SSEState())
        for number in 0..<FXSaveImage.words { image[number] = self[number] }
        return image
    }

    /// Puts it into a state.
    func load(into state: inout CPUState) {
        let image = image
        state.x87 = image.x87
        state.sse = image.sse
    }

    /// UE in FSW.
    static let underflow: UInt16 = 1 << 4
    /// ES in FSW.
    static let errorSummary: UInt16 = 1 << 7

    /// FCW and FSW as they are in the test, which is what the CPU is compared with.
    var controlWord: UInt16 { UInt16(truncatingIfNeeded: self[0]) }
    /// See `controlWord`.
    var statusWord: UInt16 { UInt16(truncatingIfNeeded: self[0] >> 16) }
}

/// By how much results of approximations may differ from those of the recorded processor.
enum Tolerance {
    /// Not at all.
    case none
    /// Transcendentals of the x87: by one unit in the last place.
    case lastPlace
    /// RCPPS and its kin: by the relative error that the manual grants, 1.5 * 2^-12 (SDM volume 2, RCPPS).
    case reciprocal

    /// What the form of a file allows.
    init(_ file: MOOFile) {
        guard VectorKind(file) == .approx else {
            self = .none
            return
        }
        self = file.form.hasPrefix("D") ? .lastPlace : .reciprocal
    }

    /// Whether two numbers of the x87 are close enough; numbers that are special must agree.
    ///
    /// Denormals have the unit of the smallest normal number, whose exponent is 1.
    func allows(_ got: Extended, _ want: Extended) -> Bool {
        guard case .lastPlace = self, got.signExponent & 0x8000 == want.signExponent & 0x8000 else { return false }
        let exponents = (max(got.signExponent & 0x7FFF, 1), max(want.signExponent & 0x7FFF, 1))
        guard exponents.0 != 0x7FFF, exponents.1 != 0x7FFF else { return false }
        switch Int(exponents.0) - Int(exponents.1) {
        case 0:
            let (low, high) = (min(got.significand, want.significand), max(got.significand, want.significand))
            return high - low <= 1
        case 1: return got.significand == 1 << 63 && want.significand == .max
        case -1: return want.significand == 1 << 63 && got.significand == .max
        default: return false
        }
    }

    /// Whether one of two numbers that are close enough is denormal and the other is not: the former alone underflows.
    func allowsUnderflow(_ got: Extended, _ want: Extended) -> Bool {
        guard allows(got, want) else { return false }
        return (got.signExponent & 0x7FFF == 0) != (want.signExponent & 0x7FFF == 0)
    }

    /// Whether two halves of an XMM register, two single numbers each, are close enough.
    func allows(_ got: UInt64, _ want: UInt64) -> Bool {
        guard case .reciprocal = self else { return false }
        return [0, 32].allSatisfy { (shift: UInt64) -> Bool in
            let bits = (UInt32(truncatingIfNeeded: got >> shift), UInt32(truncatingIfNeeded: want >> shift))
            if bits.0 == bits.1 { return true }
            let (one, other) = (Float(bitPattern: bits.0), Float(bitPattern: bits.1))
            guard one.isNormal, other.isNormal else { return false }
            return (one - other).magnitude <= other.magnitude * 1.5 / 4096
        }
    }
}

extension Comparison {
    /// Compares the state of x87 and SSE; of FSW only the bits in `statusMask` are defined, of the error pointers none.
    mutating func compare(_ state: CPUState, _ vector: FPUVector, statusMask: UInt16, _ tolerance: Tolerance) {
        let image = vector.image
        let (x87, want) = (state.x87, image.x87)
        // UE says on which side of the smallest normal number a result is.
        let isEitherSide = (0..<8).contains { tolerance.allowsUnderflow(x87[$0], want[$0]) }
        let statusMask = isEitherSide ? statusMask & ~FPUVector.underflow : statusMask
        compare("FCW", got: UInt64(x87.control), want: UInt64(vector.controlWord), digits: 4)
        compare(
            "FSW", got: UInt64(x87.statusWord), want: UInt64(vector.statusWord), mask: UInt64(statusMask), digits: 4)
        compare("FTW", got: UInt64(x87.inUse), want: UInt64(want.inUse), digits: 2)
        compare("MXCSR", got: UInt64(state.sse.mxcsr), want: UInt64(image.sse.mxcsr), digits: 8)
        for number in 0..<8 where x87[number] != want[number] {
            compare("ST\(number)", x87[number], want[number], isNear: tolerance.allows(x87[number], want[number]))
        }
        for number in 0..<8 where state.sse[number] != image.sse[number] {
            let (got, want) = (state.sse[number], image.sse[number])
            for (half, name) in ["low", "high"].enumerated() {
                compare(
                    "XMM\(number) \(name)", got: got[half], want: want[half], digits: 16,
                    isNear: tolerance.allows(got[half], want[half]))
            }
        }
    }
}
