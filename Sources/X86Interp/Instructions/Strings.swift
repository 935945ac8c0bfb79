extension Encoding {
    /// MOVS, CMPS, STOS, LODS, SCAS.
    // swift-format-ignore: the rows are aligned
    static let strings: [Encoding] = [
        .init(0xA4, .movs, .yb, .xb, traits: [.repeatable], flags: .readsDirection),
        .init(0xA5, .movs, .yv, .xv, traits: [.repeatable], flags: .readsDirection),
        .init(0xA6, .cmps, .xb, .yb, traits: [.repeatable], flags: .compareString),
        .init(0xA7, .cmps, .xv, .yv, traits: [.repeatable], flags: .compareString),
        .init(0xAA, .stos, .yb, .al, traits: [.repeatable], flags: .readsDirection),
        .init(0xAB, .stos, .yv, .ax, traits: [.repeatable], flags: .readsDirection),
        .init(0xAC, .lods, .al, .xb, traits: [.repeatable], flags: .readsDirection),
        .init(0xAD, .lods, .ax, .xv, traits: [.repeatable], flags: .readsDirection),
        .init(0xAE, .scas, .al, .yb, traits: [.repeatable], flags: .compareString),
        .init(0xAF, .scas, .ax, .yv, traits: [.repeatable], flags: .compareString),
    ]
}
