extension Encoding {
    /// INT, IRET, HLT and the flag instructions.
    // swift-format-ignore: the rows are aligned
    static let interrupts: [Encoding] = [
        .init(0xCD, .int, .ib,     traits: [.call, .endsBlock]),
        .init(0xCC, .int3, .three, traits: [.call, .endsBlock]),
        .init(0xF1, .int1,         traits: [.call, .endsBlock], since: .i80386),
        .init(0xCE, .into,         traits: [.call, .endsBlock]),
        .init(0xCF, .iret,         traits: [.endsBlock], flags: .writesAll),
        .init(0xFA, .cli,          flags: .writesInterrupt),
        .init(0xFB, .sti,          traits: [.endsBlock], flags: .writesInterrupt),
        .init(0xF4, .hlt,          traits: [.privileged, .endsBlock]),
        .init(0xF8, .clc,          flags: .writesCarry),
        .init(0xF9, .stc,          flags: .writesCarry),
        .init(0xF5, .cmc,          flags: .complementsCarry),
        .init(0xFC, .cld,          flags: .writesDirection),
        .init(0xFD, .std,          flags: .writesDirection),
    ]
}
