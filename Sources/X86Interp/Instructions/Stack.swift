extension Encoding {
    /// PUSH and POP in all their forms, ENTER, LEAVE.
    // swift-format-ignore: the rows are aligned
    static let stack: [Encoding] = [
        .init(0x50,   .push, .zv,       count: 8),
        .init(0x58,   .pop, .zv,        count: 8),
        .init(0xFF,   .push, .ev,       ext: 6),
        .init(0xFF,   .push, .ev,       ext: 7, until: .i8086),
        .init(0x8F,   .pop, .ev,        ext: 0),
        .init(0x68,   .push, .iz,       since: .i80186),
        .init(0x6A,   .push, .ibs,      since: .i80186),
        .init(0x06,   .push, .es),
        .init(0x0E,   .push, .cs),
        .init(0x16,   .push, .ss),
        .init(0x1E,   .push, .ds),
        .init(0x07,   .pop, .es),
        .init(0x0F,   .pop, .cs,        traits: [.endsBlock], until: .i8086),
        .init(0x17,   .pop, .ss,        traits: [.endsBlock]),
        .init(0x1F,   .pop, .ds),
        .init(0x0FA0, .push, .fs,       since: .i80386),
        .init(0x0FA1, .pop, .fs,        since: .i80386),
        .init(0x0FA8, .push, .gs,       since: .i80386),
        .init(0x0FA9, .pop, .gs,        since: .i80386),
        .init(0x60,   .pusha,           since: .i80186),
        .init(0x61,   .popa,            since: .i80186),
        .init(0x9C,   .pushf,           flags: .readsAll),
        .init(0x9D,   .popf,            traits: [.endsBlock], flags: .writesAll),
        .init(0xC8,   .enter, .iw, .ib, since: .i80186),
        .init(0xC9,   .leave,           since: .i80186),
    ]
}
