import Testing

@testable import X86Interp

/// INT, IRET, HLT and the flag instructions: each row by example.
///
/// `InterruptDeliveryTests` has what comes behind INT.
@Suite struct InterruptsTests {
    static let cases: [Case] = [int, iret, halt, flags].flatMap { $0 }

    static let int: [Case] = [
        Case(
            "CD 21", "int 21", "@84=20003000 IF cf pf af zf sf of",
            "cs=2000 ip=3000 if sp=7FA ss:07FA=0102 ss:07FC=1000 ss:07FE=0202"),
        Case("CC", "int3 stops behind itself", "", "#BP"),
        Case(
            "CD 03", "int 3 is a call", "@C=20003000 cf pf af zf sf of",
            "cs=2000 ip=3000 sp=7FA ss:07FA=0102 ss:07FC=1000 ss:07FE=0002"),
        Case(
            "CD 10", "int 10 is a call", "@40=20003000 cf pf af zf sf of",
            "cs=2000 ip=3000 sp=7FA ss:07FA=0102 ss:07FC=1000 ss:07FE=0002"),
        Case("F1", "int1 stops behind itself", "", "#DB"),
        Case("CE", "into", "OF", "#OF"),
        Case("CE", "into without overflow", "of", ""),
        Case("CE", "into", "OF", "#OF", in: .kernel),
        Case("F0 CC", "lock int3", "", "#UD"),
        Case("F0 CD 21", "lock int 21", "", "#UD"),
    ]

    static let iret: [Case] = [
        Case("CF", "iret", "ss:0800=34.12.78.56.D7.0E", "cs=5678 ip=1234 CF PF AF ZF SF DF OF IF sp=806"),
        Case("66 CF", "iretd", "ss:0800=0000567800001234 ss:0808=00000001", "cs=5678 eip=1234 CF sp=80C"),
        Case("CF", "iretd", "ss:0800=0000000800001234 ss:0808=00000200", "eip=1234 IF esp=80C", in: .kernel),
        Case("66 CF", "iret in 32-bit code", "ss:0800=34.12.48.00.02.00", "cs=48 eip=1234 esp=806", in: .kernel),
        Case(
            "CF", "iretd: RF comes back", "ss:0800=0000000800001234 ss:0808=00010000", "eip=1234 RF esp=80C",
            in: .kernel),
        Case(
            "CF", "iretd at CPL 3 leaves IF and IOPL", "IF ss:0800=0000002B00001234 ss:0808=00003001",
            "eip=1234 CF IF esp=80C", in: .user),
        Case("CF", "iretd: null", "", "#GP(0)", in: .kernel),
        Case("CF", "iretd: absent", "ss:0800=0000006000001234", "#NP(60)", in: .kernel),
        Case("CF", "iretd: inner level", "ss:0800=0000000800001234", "#GP(8)", in: .user),
        Case("CF", "iretd beyond the limit", "ss:0800=0000000800010000", "#GP(0)", in: .kernel),
        Case("66 CF", "iretd beyond the limit", "ss:0800=0000100000010000", "#GP"),
        Case("CF", "iret straddles the stack's limit", "sp=FFFB", "#SS"),
        Case("CF", "iret on the 8086", "ss:0800=34.12.78.56.01.00", "cs=5678 ip=1234 CF IOPL3 NT sp=806", on: .i8086),
        Case("F0 CF", "lock iret", "", "#UD"),
    ]

    static let halt: [Case] = [
        Case("F4", "hlt", "", "halted"),
        Case("F4", "hlt", "", "halted", in: .kernel),
        Case("F4", "hlt at CPL 3", "", "#GP(0)", in: .user),
        Case("F4", "hlt at CPL 3 whatever IOPL says", "IOPL3", "#GP(0)", in: .user),
        Case("F0 F4", "lock hlt", "", "#UD"),
    ]

    static let flags: [Case] = [
        Case("FA", "cli", "IF", "if"),
        Case("FB", "sti", "if", "IF"),
        Case("FA", "cli at CPL 3", "IF", "#GP(0)", in: .user),
        Case("FA", "cli at CPL 3 with IOPL 3", "IF IOPL3", "if", in: .user),
        Case("FB", "sti at CPL 3", "", "#GP(0)", in: .user),
        Case("FB", "sti at CPL 0 with IOPL 0", "", "IF", in: .kernel),
        Case("F8", "clc", "CF", ""),
        Case("F9", "stc", "", "CF"),
        Case("F5", "cmc", "CF", "cf"),
        Case("F5", "cmc", "cf", "CF"),
        Case("FC", "cld", "DF", ""),
        Case("FD", "std", "", "DF"),
        Case("F0 F8", "lock clc", "", "#UD"),
        Case("F0 FA", "lock cli", "", "#UD"),
    ]

    @Test(arguments: int) func intCases(example: Case) { example.check() }
    @Test(arguments: iret) func iretCases(example: Case) { example.check() }
    @Test(arguments: halt) func haltCases(example: Case) { example.check() }
    @Test(arguments: flags) func flagsCases(example: Case) { example.check() }
}
