extension Encoding {
    /// Bit tests, bit scans, SETcc.
    // swift-format-ignore: the rows are aligned
    static let bitOperations: [Encoding] = [
        .init(0x0FA3, .bt, .ev, .gv,  flags: .bitTest, since: .i80386),
        .init(0x0FBA, .bt, .ev, .ib,  ext: 4, flags: .bitTest, since: .i80386),
        .init(0x0FAB, .bts, .ev, .gv, traits: [.lockable], flags: .bitTest, since: .i80386),
        .init(0x0FBA, .bts, .ev, .ib, ext: 5, traits: [.lockable], flags: .bitTest, since: .i80386),
        .init(0x0FB3, .btr, .ev, .gv, traits: [.lockable], flags: .bitTest, since: .i80386),
        .init(0x0FBA, .btr, .ev, .ib, ext: 6, traits: [.lockable], flags: .bitTest, since: .i80386),
        .init(0x0FBB, .btc, .ev, .gv, traits: [.lockable], flags: .bitTest, since: .i80386),
        .init(0x0FBA, .btc, .ev, .ib, ext: 7, traits: [.lockable], flags: .bitTest, since: .i80386),
        .init(0x0FBC, .bsf, .gv, .ev, flags: .bitScan, since: .i80386),
        .init(0x0FBD, .bsr, .gv, .ev, flags: .bitScan, since: .i80386),
        .init(0x0F90, .setcc, .eb,    count: 16, traits: [.conditional], flags: .condition, since: .i80386),
    ]
}
