import Testing

@testable import X86Interp

/// Jumps, calls, returns, loops, BOUND: each row by example.
///
/// A target beyond the limit of CS is #GP.
@Suite struct ControlFlowTests {
    static let cases: [Case] = [jcc, jccNear, aliases, loops, jmp, jmpFar, call, callFar, ret, retFar, bound]
        .flatMap { $0 }

    static let jcc: [Case] = [
        Case("70 10", "jo", "OF", "ip=112"),
        Case("70 10", "jo", "of", ""),
        Case("71 10", "jno", "of", "ip=112"),
        Case("72 10", "jb", "CF", "ip=112"),
        Case("73 10", "jae", "CF", ""),
        Case("74 80", "je backwards", "ZF", "ip=82"),
        Case("75 FE", "jne to itself", "zf", "ip=100"),
        Case("76 10", "jbe", "CF zf", "ip=112"),
        Case("76 10", "jbe", "cf ZF", "ip=112"),
        Case("77 10", "ja", "cf zf", "ip=112"),
        Case("78 10", "js", "SF", "ip=112"),
        Case("79 10", "jns", "SF", ""),
        Case("7A 10", "jp", "PF", "ip=112"),
        Case("7B 10", "jnp", "pf", "ip=112"),
        Case("7C 10", "jl", "SF of", "ip=112"),
        Case("7C 10", "jl", "SF OF", ""),
        Case("7D 10", "jge", "SF OF", "ip=112"),
        Case("7E 10", "jle", "ZF", "ip=112"),
        Case("7E 10", "jle", "zf sf OF", "ip=112"),
        Case("7F 10", "jg", "zf sf of", "ip=112"),
        Case("7F 10", "jg", "ZF", ""),
        Case("74 10", "je", "ZF", "eip=112", in: .kernel),
        Case("66 74 80", "je with 16-bit operands cuts EIP", "ZF", "eip=83", in: .kernel),
        Case("74 80", "je wraps in 16 bits", "ZF ip=10", "ip=FF92"),
        Case("74 10", "je beyond the limit", "ZF cs.limit=110", "#GP"),
        Case("74 10", "je beyond the limit, not taken", "zf cs.limit=110", ""),
        Case("74 80", "je before 0", "ZF eip=10", "#GP(0)", in: .kernel),
        Case("2E 74 10", "je with a branch hint", "ZF", "ip=113"),
        Case("F0 74 10", "lock je", "", "#UD"),
    ]

    static let jccNear: [Case] = [
        Case("0F 84 00 10", "je near", "ZF", "ip=1104"),
        Case("0F 85 00 10", "jne near", "ZF", ""),
        Case("0F 8C 00 FF", "jl near", "SF of", "ip=4"),
        Case("0F 8F F0 0F 00 00", "jg near", "zf sf of", "eip=10F6", in: .kernel),
        Case("66 0F 84 00 00 01 00", "je near beyond the limit", "ZF", "#GP"),
        Case("0F 84 00 FF", "je near on the 80286", "", "#UD", on: .i80286),
    ]

    /// The 8086 does not decode bit 4 of 70-7F, nor bit 3 of the returns.
    static let aliases: [Case] = [
        Case("64 10", "je (alias 64)", "ZF", "ip=112", on: .i8086),
        Case("6F 10", "jg (alias 6F)", "ZF", "", on: .i8086),
        Case("C0 04 00", "ret 4 (alias C0)", "ss:0800=1234", "ip=1234 sp=806", on: .i8086),
        Case("C1", "ret (alias C1)", "ss:0800=1234", "ip=1234 sp=802", on: .i8086),
        Case("C8 04 00", "retf 4 (alias C8)", "ss:0800=56781234", "ip=1234 cs=5678 sp=808", on: .i8086),
        Case("C9", "retf (alias C9)", "ss:0800=56781234", "ip=1234 cs=5678 sp=804", on: .i8086),
    ]

    static let loops: [Case] = [
        Case("E0 10", "loopne", "cx=2 zf", "cx=1 ip=112"),
        Case("E0 10", "loopne ends by ZF", "cx=2 ZF", "cx=1"),
        Case("E0 10", "loopne ends by the count", "cx=1 zf", "cx=0"),
        Case("E1 10", "loope", "cx=2 ZF", "cx=1 ip=112"),
        Case("E1 10", "loope ends by ZF", "cx=2 zf", "cx=1"),
        Case("E2 10", "loop", "cx=2", "cx=1 ip=112"),
        Case("E2 10", "loop from 0 goes 65536 times", "cx=0", "cx=FFFF ip=112"),
        Case("E2 10", "loop counts CX alone", "ecx=10001", "ecx=10000"),
        Case("67 E2 10", "loop counts ECX", "ecx=10000", "ecx=FFFF ip=113"),
        Case("E2 FE", "loop to itself", "ecx=0", "ecx=FFFFFFFF eip=100", in: .kernel),
        Case("67 E2 10", "loop counts CX in 32-bit code", "ecx=10000", "ecx=1FFFF eip=113", in: .kernel),
        Case("E2 10", "loop beyond the limit leaves CX", "cx=2 cs.limit=110", "#GP"),
        Case("E0 10", "loopne beyond the limit leaves CX", "cx=2 zf cs.limit=110", "#GP"),
        Case("E3 10", "jcxz", "cx=0", "ip=112"),
        Case("E3 10", "jcxz", "cx=1", ""),
        Case("67 E3 10", "jecxz", "ecx=10000", ""),
        Case("E3 10", "jecxz", "ecx=0", "eip=112", in: .kernel),
        Case("E3 10", "jcxz beyond the limit", "cx=0 cs.limit=110", "#GP"),
        Case("F0 E2 10", "lock loop", "", "#UD"),
    ]

    static let jmp: [Case] = [
        Case("E9 00 10", "jmp near", "", "ip=1103"),
        Case("E9 00 FF", "jmp near backwards", "", "ip=3"),
        Case("E9 00 10 00 00", "jmp near", "", "eip=1105", in: .kernel),
        Case("E9 00 00 01 00", "jmp near beyond the limit", "", "#GP(0)", in: .kernel),
        Case("66 E9 00 10", "jmp near with 16-bit operands", "", "eip=1104", in: .kernel),
        Case("EB FE", "jmp short to itself", "", "ip=100"),
        Case("EB 7F", "jmp short", "", "ip=181"),
        Case("EB 7F", "jmp short wraps on the 8086", "ip=FFF0", "ip=71", on: .i8086),
        Case("FF E3", "jmp bx", "bx=1234", "ip=1234"),
        Case("FF E3", "jmp ebx", "ebx=1234", "eip=1234", in: .kernel),
        Case("FF E3", "jmp ebx beyond the limit", "ebx=10000", "#GP(0)", in: .kernel),
        Case("66 FF E3", "jmp bx cuts EIP", "ebx=FFFF1234", "eip=1234", in: .kernel),
        Case("FF 27", "jmp [bx]", "bx=10 ds:0010=1234", "ip=1234"),
        Case("FF 27", "jmp [bx] straddles the limit", "bx=FFFF", "#GP"),
        Case("F0 EB FE", "lock jmp", "", "#UD"),
    ]

    static let jmpFar: [Case] = [
        Case("EA 34 12 78 56", "jmp 5678:1234", "", "cs=5678 ip=1234"),
        Case("66 EA 34 12 00 00 78 56", "jmp 5678:00001234", "", "cs=5678 eip=1234"),
        Case("66 EA 00 00 01 00 78 56", "jmp 5678:00010000 beyond the limit", "", "#GP"),
        Case("EA 34 12 00 00 48 00", "jmp 48:00001234 to 16-bit code", "", "cs=48 eip=1234", in: .kernel),
        Case("66 EA 34 12 08 00", "jmp 8:1234", "", "cs=8 eip=1234", in: .kernel),
        Case("EA 34 12 00 00 00 00", "jmp 0:1234: null", "", "#GP(0)", in: .kernel),
        Case("EA 34 12 00 00 B0 00", "jmp B0: beyond the table", "", "#GP(B0)", in: .kernel),
        Case("EA 34 12 00 00 10 00", "jmp 10: data", "", "#GP(10)", in: .kernel),
        Case("EA 34 12 00 00 60 00", "jmp 60: absent", "", "#NP(60)", in: .kernel),
        Case("EA 00 00 01 00 08 00", "jmp 8:10000 beyond the limit", "", "#GP(0)", in: .kernel),
        Case("EA 34 12 00 00 68 00", "jmp 68: conforming code", "", "cs=68 eip=1234", in: .kernel),
        Case("EA 34 12 00 00 68 00", "jmp 68: conforming code keeps the level", "", "cs=6B eip=1234", in: .user),
        Case("EA 34 12 00 00 08 00", "jmp 8: inner code", "", "#GP(8)", in: .user),
        Case("EA 34 12 00 00 2B 00", "jmp 2B: outer code", "", "#GP(28)", in: .kernel),
        Case("EA 34 12 00 00 28 00", "jmp 28: the requested level may be inner", "", "cs=2B eip=1234", in: .user),
        Case("FF 2F", "jmp far [bx]", "bx=10 ds:0010=56781234", "cs=5678 ip=1234"),
        Case("FF 2B", "jmp far [ebx]", "ebx=10 ds:0010=00001234 ds:0014=0048", "cs=48 eip=1234", in: .kernel),
        Case("FF 2F", "jmp far [bx] beyond the limit", "bx=FFFD", "#GP"),
        Case("FF 2F", "jmp far [bx]: the selector is at 0", "bx=FFFE ds:FFFE=1234 ds:0000=5678", "cs=5678 ip=1234"),
        Case("FF EB", "jmp far bx", "", "#UD"),
        Case("F0 FF 2F", "lock jmp far [bx]", "", "#UD"),
    ]

    static let call: [Case] = [
        Case("E8 00 10", "call near", "", "ip=1103 sp=7FE ss:07FE=0103"),
        Case("E8 00 10 00 00", "call near", "", "eip=1105 esp=7FC ss:07FC=00000105", in: .kernel),
        Case("66 E8 00 10 00 00", "call near with 32-bit operands", "", "ip=1106 sp=7FC ss:07FC=00000106"),
        Case("E8 00 00 01 00", "call near beyond the limit", "", "#GP(0)", in: .kernel),
        Case("E8 00 10", "call near: the stack wraps", "sp=0", "ip=1103 sp=FFFE ss:FFFE=0103"),
        Case("E8 00 10", "call near: no room on the stack", "sp=1", "#SS"),
        Case("FF D3", "call bx", "bx=1234", "ip=1234 sp=7FE ss:07FE=0102"),
        Case("FF D4", "call esp: the old one", "esp=800", "eip=800 esp=7FC ss:07FC=00000102", in: .kernel),
        Case("FF 17", "call [bx]", "bx=10 ds:0010=1234", "ip=1234 sp=7FE ss:07FE=0102"),
        Case(
            "FF 14 24", "call [esp]: the old one", "ss:0800=00001234", "eip=1234 esp=7FC ss:07FC=00000103",
            in: .kernel),
        Case("FF 13", "call [ebx] beyond the limit", "ebx=10 ds:0010=00010000", "#GP(0)", in: .kernel),
        Case("FF 17", "call [bx] straddles the limit", "bx=FFFF", "#GP"),
        Case("F0 E8 00 10", "lock call", "", "#UD"),
    ]

    static let callFar: [Case] = [
        Case("9A 34 12 78 56", "call 5678:1234", "", "cs=5678 ip=1234 sp=7FC ss:07FC=10000105"),
        Case(
            "9A 34 12 00 00 48 00", "call 48:00001234", "", "cs=48 eip=1234 esp=7F8 ss:07F8=0000000800000107",
            in: .kernel),
        Case("9A 00 00 01 00 08 00", "call 8:10000 beyond the limit", "", "#GP(0)", in: .kernel),
        Case("9A 34 12 00 00 60 00", "call 60: absent", "", "#NP(60)", in: .kernel),
        Case("9A 34 12 00 00 48 00", "call 48: no room on the stack", "ss.limit=7F9", "#SS(0)", in: .kernel),
        Case("9A 34 12 78 56", "call 5678:1234: no room on the stack", "sp=3", "#SS"),
        Case("FF 1F", "call far [bx]", "bx=10 ds:0010=56781234", "cs=5678 ip=1234 sp=7FC ss:07FC=10000102"),
        Case(
            "FF 1B", "call far [ebx]", "ebx=10 ds:0010=00001234 ds:0014=0008",
            "eip=1234 esp=7F8 ss:07F8=0000000800000102", in: .kernel),
        Case("FF DB", "call far bx", "", "#UD"),
        Case("FF 1F", "call far [bx] beyond the limit", "bx=FFFD", "#GP"),
        Case(
            "66 FF 1F", "call far [bx]: the selector is at 0", "bx=FFFC ds:FFFC=00001234 ds:0000=5678",
            "cs=5678 ip=1234 sp=7F8 ss:07F8=0000100000000103"),
        Case("F0 FF 1F", "lock call far [bx]", "", "#UD"),
    ]

    static let ret: [Case] = [
        Case("C2 04 00", "ret 4", "ss:0800=1234", "ip=1234 sp=806"),
        Case("C2 FF FF", "ret FFFF wraps SP", "ss:0800=1234", "ip=1234 sp=801"),
        Case("C2 04 00", "ret 4", "ss:0800=00001234", "eip=1234 esp=808", in: .kernel),
        Case("C3", "ret", "ss:0800=1234", "ip=1234 sp=802"),
        Case("C3", "ret", "ss:0800=00001234", "eip=1234 esp=804", in: .kernel),
        Case("66 C3", "ret with 16-bit operands", "ss:0800=FFFF1234", "eip=1234 esp=802", in: .kernel),
        Case("C3", "ret beyond the limit leaves ESP", "ss:0800=00010000", "#GP(0)", in: .kernel),
        Case("C2 04 00", "ret 4 beyond the limit leaves ESP", "ss:0800=00010000", "#GP(0)", in: .kernel),
        Case("C3", "ret at the stack's end", "sp=FFFE ss:FFFE=1234", "ip=1234 sp=0"),
        Case("C3", "ret straddles the stack's limit", "sp=FFFF", "#SS"),
        Case("F0 C3", "lock ret", "", "#UD"),
    ]

    static let retFar: [Case] = [
        Case("CA 04 00", "retf 4", "ss:0800=56781234", "cs=5678 ip=1234 sp=808"),
        Case("CA 04 00", "retf 4", "ss:0800=0000000800001234", "eip=1234 esp=80C", in: .kernel),
        Case("CB", "retf", "ss:0800=56781234", "cs=5678 ip=1234 sp=804"),
        Case("66 CB", "retf with 32-bit operands", "ss:0800=FFFF567800001234", "cs=5678 eip=1234 sp=808"),
        Case("CB", "retf to 16-bit code", "ss:0800=0000004800001234", "cs=48 eip=1234 esp=808", in: .kernel),
        Case("CB", "retf beyond the limit", "ss:0800=0000000800010000", "#GP(0)", in: .kernel),
        Case("CB", "retf: null", "ss:0800=0000000000001234", "#GP(0)", in: .kernel),
        Case("CB", "retf: absent", "ss:0800=0000006000001234", "#NP(60)", in: .kernel),
        Case("CB", "retf: inner level", "ss:0800=0000000800001234", "#GP(8)", in: .user),
        Case("CB", "retf straddles the stack's limit", "sp=FFFD", "#SS"),
        Case("F0 CB", "lock retf", "", "#UD"),
    ]

    static let bound: [Case] = [
        Case("62 07", "bound ax,[bx]: within", "bx=10 ax=5 ds:0010=00050005", ""),
        Case("62 07", "bound ax,[bx]: below", "bx=10 ax=4 ds:0010=00060005", "#BR"),
        Case("62 07", "bound ax,[bx]: above", "bx=10 ax=7 ds:0010=00060005", "#BR"),
        Case("62 07", "bound ax,[bx] is signed", "bx=10 ax=FFFF ds:0010=00008000", ""),
        Case("62 03", "bound eax,[ebx]", "ebx=10 eax=80000000 ds:0010=7FFFFFFF80000000", "", in: .kernel),
        Case("62 03", "bound eax,[ebx]: above", "ebx=10 eax=1 ds:0010=0000000000000000", "#BR", in: .kernel),
        Case("62 C3", "bound ax,bx", "", "#UD"),
        Case("62 07", "bound ax,[bx] beyond the limit", "bx=FFFD", "#GP"),
        Case("62 46 00", "bound ax,[bp] beyond the stack's limit", "bp=FFFD", "#SS"),
        Case("F0 62 07", "lock bound ax,[bx]", "", "#UD"),
    ]

    @Test(arguments: jcc) func jccCases(example: Case) { example.check() }
    @Test(arguments: jccNear) func jccNearCases(example: Case) { example.check() }
    @Test(arguments: aliases) func aliasesCases(example: Case) { example.check() }
    @Test(arguments: loops) func loopsCases(example: Case) { example.check() }
    @Test(arguments: jmp) func jmpCases(example: Case) { example.check() }
    @Test(arguments: jmpFar) func jmpFarCases(example: Case) { example.check() }
    @Test(arguments: call) func callCases(example: Case) { example.check() }
    @Test(arguments: callFar) func callFarCases(example: Case) { example.check() }
    @Test(arguments: ret) func retCases(example: Case) { example.check() }
    @Test(arguments: retFar) func retFarCases(example: Case) { example.check() }
    @Test(arguments: bound) func boundCases(example: Case) { example.check() }
}
