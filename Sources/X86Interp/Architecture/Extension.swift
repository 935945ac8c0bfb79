/// A part of the processor that not every model has, and that rows of the opcode table ask for.
public enum Extension: UInt8, Sendable, CaseIterable {
    /// Nothing but the generation.
    case none
    /// Where the coprocessor is another chip, or missing: any ESC is a bus cycle, whether somebody answers it or not. The
    /// row stands in for those that a model has not.
    case otherChip
    /// Any x87.
    case x87
    /// What the 80287 added.
    case x87From287
    /// What the 80387 added: FSIN, FUCOM, FPREM1 and so on.
    case x87From387
    /// FCMOVcc, FCOMI and their kin.
    case conditionalX87
    case mmx
    /// FXSAVE and FXRSTOR.
    case fxsr
    case sse
    case sse2
}

/// The x87 of a processor, inside of it or beside it.
public enum X87Model: UInt8, Sendable, Codable, CaseIterable {
    case none, i8087, i80287, i80387
    /// That of the 486 and all later ones, on the same chip.
    case integrated
}

extension CPUModel {
    /// Whether rows that need it exist.
    public func has(_ needed: Extension) -> Bool {
        switch needed {
        case .none: true
        case .otherChip: x87 != .integrated
        case .x87: x87 != .none
        case .x87From287: x87.rawValue >= X87Model.i80287.rawValue
        case .x87From387: x87.rawValue >= X87Model.i80387.rawValue
        case .conditionalX87: x87 == .integrated && features & Feature.cmov != 0
        case .mmx: features & Feature.mmx != 0
        case .fxsr: features & Feature.fxsr != 0
        case .sse: features & Feature.sse != 0
        case .sse2: features & Feature.sse2 != 0
        }
    }
}
