extension Encoding {
    /// Jumps, calls, returns, loops, BOUND; until 8086: the undecoded aliases of that chip.
    // swift-format-ignore: the rows are aligned
    static let controlFlow: [Encoding] = [
        .init(0x70,   .jcc, .jb,        count: 16, traits: [.conditional, .endsBlock], flags: .condition),
        .init(0x60,   .jcc, .jb,        count: 16, traits: [.conditional, .endsBlock], flags: .condition, until: .i8086),
        .init(0x0F80, .jcc, .jz,        count: 16, traits: [.conditional, .endsBlock], flags: .condition, since: .i80386),
        .init(0xE0,   .loopne, .jb,     traits: [.endsBlock], flags: .readsZero),
        .init(0xE1,   .loope, .jb,      traits: [.endsBlock], flags: .readsZero),
        .init(0xE2,   .loop, .jb,       traits: [.endsBlock]),
        .init(0xE3,   .jcxz, .jb,       traits: [.endsBlock]),
        .init(0xE9,   .jmp, .jz,        traits: [.endsBlock]),
        .init(0xEB,   .jmp, .jb,        traits: [.endsBlock]),
        .init(0xFF,   .jmp, .ev,        ext: 4, traits: [.endsBlock]),
        .init(0xEA,   .jmpFar, .ap,     traits: [.endsBlock]),
        .init(0xFF,   .jmpFar, .mp,     ext: 5, traits: [.endsBlock]),
        .init(0xE8,   .call, .jz,       traits: [.call, .endsBlock]),
        .init(0xFF,   .call, .ev,       ext: 2, traits: [.call, .endsBlock]),
        .init(0x9A,   .callFar, .ap,    traits: [.call, .endsBlock]),
        .init(0xFF,   .callFar, .mp,    ext: 3, traits: [.call, .endsBlock]),
        .init(0xC2,   .ret, .iw,        traits: [.endsBlock]),
        .init(0xC3,   .ret,             traits: [.endsBlock]),
        .init(0xCA,   .retFar, .iw,     traits: [.endsBlock]),
        .init(0xCB,   .retFar,          traits: [.endsBlock]),
        .init(0xC0,   .ret, .iw,        traits: [.endsBlock], until: .i8086),
        .init(0xC1,   .ret,             traits: [.endsBlock], until: .i8086),
        .init(0xC8,   .retFar, .iw,     traits: [.endsBlock], until: .i8086),
        .init(0xC9,   .retFar,          traits: [.endsBlock], until: .i8086),
        .init(0x62,   .bound, .gv, .ma, since: .i80186),
    ]
}
