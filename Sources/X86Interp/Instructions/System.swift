extension Encoding {
    /// Descriptor tables, control state, MSRs, CPUID, coprocessor escapes.
    // The rows are aligned.
    // swift-format-ignore
    static let system: [Encoding] = [
        .init(0x0F00, .sldt, .rvmw,    ext: 0, traits: [.protectedOnly], since: .i80286),
        .init(0x0F00, .str, .rvmw,     ext: 1, traits: [.protectedOnly], since: .i80286),
        .init(0x0F00, .lldt, .ew,      ext: 2, traits: [.protectedOnly, .privileged], since: .i80286),
        .init(0x0F00, .ltr, .ew,       ext: 3, traits: [.protectedOnly, .privileged], since: .i80286),
        .init(0x0F00, .verr, .ew,      ext: 4, traits: [.protectedOnly], flags: .writesZero, since: .i80286),
        .init(0x0F00, .verw, .ew,      ext: 5, traits: [.protectedOnly], flags: .writesZero, since: .i80286),
        .init(0x0F02, .lar, .gv, .ew,  traits: [.protectedOnly], flags: .writesZero, since: .i80286),
        .init(0x0F03, .lsl, .gv, .ew,  traits: [.protectedOnly], flags: .writesZero, since: .i80286),
        .init(0x0F01, .sgdt, .ms,      ext: 0, since: .i80286),
        .init(0x0F01, .sidt, .ms,      ext: 1, since: .i80286),
        .init(0x0F01, .lgdt, .ms,      ext: 2, traits: [.privileged], since: .i80286),
        .init(0x0F01, .lidt, .ms,      ext: 3, traits: [.privileged], since: .i80286),
        .init(0x0F01, .smsw, .rvmw,    ext: 4, since: .i80286),
        .init(0x0F01, .lmsw, .ew,      ext: 6, traits: [.privileged, .endsBlock], since: .i80286),
        .init(0x0F01, .invlpg, .mb,    ext: 7, traits: [.privileged, .endsBlock], since: .i486),
        .init(0x0F06, .clts,           traits: [.privileged, .endsBlock], since: .i80286),
        .init(0x0F08, .invd,           traits: [.privileged], since: .i486),
        .init(0x0F09, .wbinvd,         traits: [.privileged], since: .i486),
        .init(0x0F30, .wrmsr,          traits: [.privileged, .endsBlock], since: .pentium),
        .init(0x0F31, .rdtsc,          since: .pentium),
        .init(0x0F32, .rdmsr,          traits: [.privileged], since: .pentium),
        .init(0x0F33, .rdpmc,          since: .p6),
        .init(0x0F34, .sysenter,       traits: [.endsBlock], since: .p6),
        .init(0x0F35, .sysexit,        traits: [.privileged, .endsBlock], since: .p6),
        .init(0x0FA2, .cpuid,          since: .i486),
        .init(0x63,   .arpl, .ew, .gw, traits: [.protectedOnly], flags: .writesZero, since: .i80286),
        .init(0xD8,   .esc, .ev,       count: 8, needs: .otherChip),
        .init(0x9B,   .wait),
        .init(0x0F18, .nop, .ev,       count: 8, since: .p6),
        .init(0x0F0B, .ud,             since: .i80286),
        .init(0x0FB9, .ud, .gv, .ev,   since: .i80386),
        .init(0x0FFF, .ud, .gv, .ev,   since: .i80386),
    ]
}

extension CPU {
    /// ESC that the coprocessor does not know, or without one: #NM if CR0 asks for it, else the bus cycle that nobody
    /// answers.
    func escape(_ op: OpPointer) throws(Interruption) {
        try waitForX87(isEscape: true)
        guard model.x87 == .none else { return }
        if options.coprocessorUse == nil { options.coprocessorUse = instructionPlace }
        // The 80286 reads the operand's first word for the coprocessor, with the checks of a read.
        if model.generation == .i80286, op.pointee.shape == .m {
            _ = try load(op.pointee.segment, address(op), UInt16.self)
        }
    }
}
