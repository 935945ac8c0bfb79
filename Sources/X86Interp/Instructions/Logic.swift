extension Encoding {
    /// AND, OR, XOR, TEST, NOT.
    // The rows are aligned.
    // swift-format-ignore
    static let logic: [Encoding] = [
        .init(0x08, .or, .eb, .gb,   traits: [.lockable], flags: .logic),
        .init(0x09, .or, .ev, .gv,   traits: [.lockable], flags: .logic),
        .init(0x0A, .or, .gb, .eb,   flags: .logic),
        .init(0x0B, .or, .gv, .ev,   flags: .logic),
        .init(0x0C, .or, .al, .ib,   flags: .logic),
        .init(0x0D, .or, .ax, .iz,   flags: .logic),
        .init(0x80, .or, .eb, .ib,   ext: 1, traits: [.lockable], flags: .logic),
        .init(0x81, .or, .ev, .iz,   ext: 1, traits: [.lockable], flags: .logic),
        .init(0x82, .or, .eb, .ib,   ext: 1, traits: [.lockable], flags: .logic),
        .init(0x83, .or, .ev, .ibs,  ext: 1, traits: [.lockable], flags: .logic),
        .init(0x20, .and, .eb, .gb,  traits: [.lockable], flags: .logic),
        .init(0x21, .and, .ev, .gv,  traits: [.lockable], flags: .logic),
        .init(0x22, .and, .gb, .eb,  flags: .logic),
        .init(0x23, .and, .gv, .ev,  flags: .logic),
        .init(0x24, .and, .al, .ib,  flags: .logic),
        .init(0x25, .and, .ax, .iz,  flags: .logic),
        .init(0x80, .and, .eb, .ib,  ext: 4, traits: [.lockable], flags: .logic),
        .init(0x81, .and, .ev, .iz,  ext: 4, traits: [.lockable], flags: .logic),
        .init(0x82, .and, .eb, .ib,  ext: 4, traits: [.lockable], flags: .logic),
        .init(0x83, .and, .ev, .ibs, ext: 4, traits: [.lockable], flags: .logic),
        .init(0x30, .xor, .eb, .gb,  traits: [.lockable], flags: .logic),
        .init(0x31, .xor, .ev, .gv,  traits: [.lockable], flags: .logic),
        .init(0x32, .xor, .gb, .eb,  flags: .logic),
        .init(0x33, .xor, .gv, .ev,  flags: .logic),
        .init(0x34, .xor, .al, .ib,  flags: .logic),
        .init(0x35, .xor, .ax, .iz,  flags: .logic),
        .init(0x80, .xor, .eb, .ib,  ext: 6, traits: [.lockable], flags: .logic),
        .init(0x81, .xor, .ev, .iz,  ext: 6, traits: [.lockable], flags: .logic),
        .init(0x82, .xor, .eb, .ib,  ext: 6, traits: [.lockable], flags: .logic),
        .init(0x83, .xor, .ev, .ibs, ext: 6, traits: [.lockable], flags: .logic),
        .init(0x84, .test, .eb, .gb, flags: .logic),
        .init(0x85, .test, .ev, .gv, flags: .logic),
        .init(0xA8, .test, .al, .ib, flags: .logic),
        .init(0xA9, .test, .ax, .iz, flags: .logic),
        .init(0xF6, .test, .eb, .ib, ext: 0, flags: .logic),
        .init(0xF7, .test, .ev, .iz, ext: 0, flags: .logic),
        .init(0xF6, .test, .eb, .ib, ext: 1, flags: .logic),
        .init(0xF7, .test, .ev, .iz, ext: 1, flags: .logic),
        .init(0xF6, .not, .eb,       ext: 2, traits: [.lockable]),
        .init(0xF7, .not, .ev,       ext: 2, traits: [.lockable]),
    ]
}

extension CPU {
    func test(_ op: OpPointer) throws(Interruption) {
        switch op.pointee.width {
        case .byte: try test(op, UInt8.self)
        case .word: try test(op, UInt16.self)
        case .dword: try test(op, UInt32.self)
        }
    }

    private func test<W: Operand>(_ op: OpPointer, _ type: W.Type) throws(Interruption) {
        let a = isMemory(op) ? try load(op.pointee.segment, address(op), W.self) : register(op.pointee.first, W.self)
        let isImmediate = op.pointee.shape == .ri || op.pointee.shape == .mi
        let b = isImmediate ? W(truncatingIfNeeded: op.pointee.immediate) : register(op.pointee.second, W.self)
        _ = ALU.logic(a & b, &core.pointee.flags)
    }
}
