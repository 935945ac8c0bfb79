/// The state of x87 and SSE as FXSAVE lays it out in memory (SDM volume 2A, FXSAVE), by words of 8 bytes.
public struct FXSaveImage: Sendable, Equatable {
    /// What the first 20 words hold.
    public var x87: X87State
    /// MXCSR, and the words behind the x87's.
    public var sse: SSEState
    /// MXCSR_MASK: which bits of MXCSR exist.
    public var mask: UInt32

    /// An image of a state.
    public init(x87: X87State, sse: SSEState, mask: UInt32 = 0) {
        self.x87 = x87
        self.sse = sse
        self.mask = mask
    }

    /// How many words of 8 bytes are before the registers of SSE, and before what is reserved.
    public static let wordsOfX87 = 20
    /// How many words of 8 bytes are before what is reserved.
    public static let words = 36

    /// A word of 8 bytes by its number; what is reserved reads as zero and ignores what is written.
    ///
    /// Whoever writes all of them goes upwards: where ST is follows from TOP, and ES from the control word.
    public subscript(number: Int) -> UInt64 {
        get {
            switch number {
            case 0:
                UInt64(x87.control) | UInt64(x87.statusWord) << 16 | UInt64(x87.inUse) << 32 | UInt64(x87.opcode) << 48
            case 1: UInt64(x87.instructionOffset) | UInt64(x87.instructionSelector) << 32
            case 2: UInt64(x87.dataOffset) | UInt64(x87.dataSelector) << 32
            case 3: UInt64(sse.mxcsr) | UInt64(mask) << 32
            case 4..<Self.wordsOfX87:
                number & 1 == 0
                    ? x87[number / 2 - 2].significand : UInt64(x87[number / 2 - 2].signExponent)
            case Self.wordsOfX87..<Self.words: sse[number / 2 - 10][number & 1]
            default: 0
            }
        }
        set {
            switch number {
            case 0: setControl(newValue)
            case 1:
                x87.instructionOffset = UInt32(truncatingIfNeeded: newValue)
                x87.instructionSelector = UInt16(truncatingIfNeeded: newValue >> 32)
            case 2:
                x87.dataOffset = UInt32(truncatingIfNeeded: newValue)
                x87.dataSelector = UInt16(truncatingIfNeeded: newValue >> 32)
            case 3: sse.mxcsr = UInt32(truncatingIfNeeded: newValue)
            case 4..<Self.wordsOfX87:
                if number & 1 == 0 {
                    x87[number / 2 - 2].significand = newValue
                } else {
                    x87[number / 2 - 2].signExponent = UInt16(truncatingIfNeeded: newValue)
                }
            case Self.wordsOfX87..<Self.words: sse[number / 2 - 10][number & 1] = newValue
            default: break
            }
        }
    }

    private mutating func setControl(_ word: UInt64) {
        x87.load(control: UInt16(truncatingIfNeeded: word))
        x87.load(status: UInt16(truncatingIfNeeded: word >> 16))
        x87.inUse = UInt8(truncatingIfNeeded: word >> 32)
        x87.opcode = UInt16(truncatingIfNeeded: word >> 48) & 0x7FF
    }
}

extension X87State {
    /// A register of the stack: 0 is ST.
    @inline(__always)
    public subscript(number: Int) -> Extended {
        get { registers[Int(top) &+ number] }
        set { registers[Int(top) &+ number] = newValue }
    }

    /// FSW as the guest reads it, with TOP.
    @inline(__always)
    public var statusWord: UInt16 { status & 0xC7FF | UInt16(top & 7) << 11 }

    /// The bits of FCW that a guest can write; bit 6 reads as set (measured on a Zen 4, and the 387's manual, table 2-2).
    static let controlBits: UInt16 = 0x1F3F

    /// Sets FCW as FLDCW does, and what of FSW follows from it.
    public mutating func load(control word: UInt16) {
        control = word & Self.controlBits | 0x40
        summarize()
    }

    /// Sets FSW as FLDENV does: ES and B follow from exceptions and masks.
    public mutating func load(status word: UInt16) {
        top = UInt8(truncatingIfNeeded: word >> 11) & 7
        status = word & 0x477F
        summarize()
    }

    /// Sets ES and B if an exception is there that FCW does not mask, else clears them.
    @inline(__always)
    mutating func summarize() {
        let isPending = status & ~control & 0x3F != 0
        status = status & 0x7F7F | (isPending ? 0x8080 : 0)
    }
}
