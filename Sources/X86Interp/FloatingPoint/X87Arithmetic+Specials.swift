/// What operands alone decide.
enum SpecialOperands {
    /// This is the result, or there is none.
    case decided(Extended?)
    /// Neither NaN nor unsupported: the operation goes on.
    case numbers
}

// The rules for operands that are no numbers (SDM volume 1, 4.8.3 and 8.5.1).
extension X87Arithmetic {
    /// Looks at the operands of an operation with two: unsupported encodings come before NaNs.
    mutating func specialOperands(_ a: Extended, _ b: Extended) -> SpecialOperands {
        if a.isUnsupported || b.isUnsupported { return .decided(invalidResult()) }
        guard a.isNaN || b.isNaN else { return .numbers }
        if a.isSignallingNaN || b.isSignallingNaN {
            guard goesOn(after: .invalid) else { return .decided(nil) }
        }
        return .decided(Self.propagatedNaN(a, b))
    }

    /// Looks at the operand of an operation with one.
    mutating func specialOperand(_ a: Extended) -> SpecialOperands {
        if a.isUnsupported { return .decided(invalidResult()) }
        guard a.isNaN else { return .numbers }
        if a.isSignallingNaN {
            guard goesOn(after: .invalid) else { return .decided(nil) }
        }
        return .decided(a.quieted)
    }

    /// The NaN that comes out of two operands of which at least one is a NaN.
    ///
    /// A quiet one wins over a signalling one, else the larger significand, else the positive one.
    static func propagatedNaN(_ a: Extended, _ b: Extended) -> Extended {
        guard a.isNaN else { return b.quieted }
        guard b.isNaN else { return a.quieted }
        if a.isSignallingNaN != b.isSignallingNaN { return a.isSignallingNaN ? b : a }
        if a.significand != b.significand { return (a.significand > b.significand ? a : b).quieted }
        return (a.sign == 0 ? a : b).quieted
    }

    /// Raises the denormal exception if an operand is one; false if the operation ends there.
    @inline(__always)
    mutating func denormalsGoOn(_ a: Extended, _ b: Extended, denormalOperand: Bool) -> Bool {
        guard a.isDenormal || b.isDenormal || denormalOperand else { return true }
        return goesOn(after: .denormal)
    }
}
