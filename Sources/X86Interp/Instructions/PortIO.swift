extension Encoding {
    /// IN, OUT, INS, OUTS.
    // swift-format-ignore: the rows are aligned
    static let portIO: [Encoding] = [
        .init(0xE4, .in, .al, .ib,   traits: [.io, .endsBlock]),
        .init(0xE5, .in, .ax, .ib,   traits: [.io, .endsBlock]),
        .init(0xE6, .out, .ib, .al,  traits: [.io, .endsBlock]),
        .init(0xE7, .out, .ib, .ax,  traits: [.io, .endsBlock]),
        .init(0xEC, .in, .al, .dx,   traits: [.io, .endsBlock]),
        .init(0xED, .in, .ax, .dx,   traits: [.io, .endsBlock]),
        .init(0xEE, .out, .dx, .al,  traits: [.io, .endsBlock]),
        .init(0xEF, .out, .dx, .ax,  traits: [.io, .endsBlock]),
        .init(0x6C, .ins, .yb, .dx,  traits: [.repeatable, .io, .endsBlock], flags: .readsDirection, since: .i80186),
        .init(0x6D, .ins, .yv, .dx,  traits: [.repeatable, .io, .endsBlock], flags: .readsDirection, since: .i80186),
        .init(0x6E, .outs, .dx, .xb, traits: [.repeatable, .io, .endsBlock], flags: .readsDirection, since: .i80186),
        .init(0x6F, .outs, .dx, .xv, traits: [.repeatable, .io, .endsBlock], flags: .readsDirection, since: .i80186),
    ]
}
