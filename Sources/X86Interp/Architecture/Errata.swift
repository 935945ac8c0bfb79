/// Documented defects of early chips; a model has none unless `withErrata()` asks for them.
public struct Errata: OptionSet, Sendable {
    /// The bits.
    public let rawValue: UInt8
    /// Wraps a set of bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// 80386: behind REP INS the count is -1 instead of 0 if the next instruction starts early.
    ///
    /// Those that do use the stack or have an operand in memory. The count has the address size of that instruction.
    public static let countBehindRepeatedInput = Errata(rawValue: 1 << 0)
    /// 80286, protected mode: the fault of a single INS beyond a segment limit points behind the instruction.
    public static let faultBehindInput = Errata(rawValue: 1 << 1)
}

extension CPUModel {
    /// The same chip with the defects of its generation; nil if none are known here.
    public func withErrata() -> CPUModel? {
        var model = self
        switch generation {
        case .i80286: model.errata = .faultBehindInput
        case .i80386: model.errata = .countBehindRepeatedInput
        case .i8086, .i80186, .i486, .pentium, .p6: return nil
        }
        return model
    }
}
