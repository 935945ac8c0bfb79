/// An 80-bit number of the x87: sign and biased exponent (16383), and a significand whose integer bit is explicit.
public struct Extended: Sendable, Codable, Hashable {
    /// Bit 15 is the sign.
    public var signExponent: UInt16
    /// Bit 63 is the integer bit.
    public var significand: UInt64

    /// A number from its parts, whatever they mean.
    public init(signExponent: UInt16, significand: UInt64) {
        self.signExponent = signExponent
        self.significand = significand
    }

    /// Plus zero.
    public static let zero = Extended(signExponent: 0, significand: 0)
}

/// The eight registers of the x87 by their physical numbers; their significands are MM0 to MM7.
public struct X87Registers: Sendable, Codable, Equatable {
    /// Physical register 0, whatever TOP is.
    public var r0 = Extended.zero
    /// Physical register 1, whatever TOP is.
    public var r1 = Extended.zero
    /// Physical register 2, whatever TOP is.
    public var r2 = Extended.zero
    /// Physical register 3, whatever TOP is.
    public var r3 = Extended.zero
    /// Physical register 4, whatever TOP is.
    public var r4 = Extended.zero
    /// Physical register 5, whatever TOP is.
    public var r5 = Extended.zero
    /// Physical register 6, whatever TOP is.
    public var r6 = Extended.zero
    /// Physical register 7, whatever TOP is.
    public var r7 = Extended.zero

    /// All plus zero.
    public init() {}

    /// A register by its physical number, modulo 8.
    @inline(__always)
    public subscript(number: Int) -> Extended {
        get { withUnsafeBytes(of: self) { $0.load(fromByteOffset: (number & 7) << 4, as: Extended.self) } }
        set {
            withUnsafeMutableBytes(of: &self) {
                $0.storeBytes(of: newValue, toByteOffset: (number & 7) << 4, as: Extended.self)
            }
        }
    }
}

/// All that x87 instructions see and change (SDM volume 1, 8.1).
public struct X87State: Sendable, Codable, Equatable {
    /// The data registers, not by the stack but by their own numbers.
    public var registers = X87Registers()
    /// FCW.
    public var control: UInt16 = 0x37F
    /// FSW without TOP.
    public var status: UInt16 = 0
    /// TOP: the physical number of ST.
    public var top: UInt8 = 0
    /// The abridged tag word, as FXSAVE has it: bit n is set if physical register n is in use.
    public var inUse: UInt8 = 0
    /// FOP: the last non-control instruction's opcode, 11 bits.
    public var opcode: UInt16 = 0
    /// FIP: where that instruction is.
    public var instructionOffset: UInt32 = 0
    /// FCS: in which segment.
    public var instructionSelector: UInt16 = 0
    /// FDP: where its operand in memory is.
    public var dataOffset: UInt32 = 0
    /// FDS: in which segment.
    public var dataSelector: UInt16 = 0
    /// FSETPM: the 80287 lays out its environment as for protected mode.
    public var isInProtectedMode = false

    /// As after FNINIT, with all registers zero.
    public init() {}
}

/// XMM0 to XMM7 and MXCSR.
public struct SSEState: Sendable, Codable, Equatable {
    /// XMM0, the low half first.
    public var xmm0 = SIMD2<UInt64>()
    /// XMM1, the low half first.
    public var xmm1 = SIMD2<UInt64>()
    /// XMM2, the low half first.
    public var xmm2 = SIMD2<UInt64>()
    /// XMM3, the low half first.
    public var xmm3 = SIMD2<UInt64>()
    /// XMM4, the low half first.
    public var xmm4 = SIMD2<UInt64>()
    /// XMM5, the low half first.
    public var xmm5 = SIMD2<UInt64>()
    /// XMM6, the low half first.
    public var xmm6 = SIMD2<UInt64>()
    /// XMM7, the low half first.
    public var xmm7 = SIMD2<UInt64>()
    /// Exceptions, masks, rounding, FTZ and DAZ (SDM volume 1, 10.2.3).
    public var mxcsr: UInt32 = 0x1F80

    /// As after RESET.
    public init() {}

    /// The bits of MXCSR that some processor has; the others can only be 0.
    static let definedBits: UInt32 = 0xFFFF

    /// A register by its number, modulo 8: the low half first.
    @inline(__always)
    public subscript(number: Int) -> SIMD2<UInt64> {
        get { withUnsafeBytes(of: self) { $0.load(fromByteOffset: (number & 7) << 4, as: SIMD2<UInt64>.self) } }
        set {
            withUnsafeMutableBytes(of: &self) {
                $0.storeBytes(of: newValue, toByteOffset: (number & 7) << 4, as: SIMD2<UInt64>.self)
            }
        }
    }
}

extension X87State {
    /// After RESET: the 486 and later have all registers in use with plus zero and no exception masked (SDM volume 3, table
    /// 9-1); chips of their own begin as by FNINIT.
    mutating func reset(_ model: X87Model) {
        self = X87State()
        switch model {
        case .none, .i80287, .i80387: break
        case .i8087: control = 0x3FF
        case .integrated:
            control = 0x40
            inUse = 0xFF
        }
    }
}
