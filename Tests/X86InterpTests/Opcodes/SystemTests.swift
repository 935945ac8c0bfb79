import Testing

@testable import X86Interp

/// Descriptor tables, control state, MSRs, CPUID, coprocessor escapes: each row by example.
@Suite struct SystemTests {
    static let cases: [Case] = [tables, tasks, status, caches, counters, protection, coprocessor, undefined]
        .flatMap { $0 }

    static let tables: [Case] = [
        Case("0F 01 07", "sgdt [bx]", "bx=10 gdtr=12345678/FFF", "ds:0010=FF.0F.78.56.34.12"),
        Case("0F 01 07", "sgdt [bx] on the 80286", "bx=10 gdtr=345678/FFF", "ds:0010=FF.0F.78.56.34.FF", on: .i80286),
        Case("0F 01 03", "sgdt [ebx]", "ebx=10", "ds:0010=AF.00.00.00.07.00", in: .user),
        Case("0F 01 07", "sgdt [bx] beyond the limit", "bx=FFFB", "#GP"),
        Case(
            "0F 01 07", "sgdt [bx]: the base is at 0", "bx=FFFE gdtr=12345678/FFF",
            "ds:FFFE=0FFF ds:0000=12345678"),
        Case("0F 01 C0", "sgdt ax", "", "#UD"),
        Case("0F 01 0F", "sidt [bx]", "bx=10", "ds:0010=FF.03.00.00.00.00"),
        Case("0F 01 0B", "sidt [ebx] to read-only data", "ds=50 ebx=10", "#GP(0)", in: .kernel),
        Case("0F 01 17", "lgdt [bx]: 24 bits of base", "bx=10 ds:0010=FF.0F.78.56.34.12", "gdtr=345678/FFF"),
        Case("66 0F 01 17", "lgdt [bx]: 32 bits of base", "bx=10 ds:0010=FF.0F.78.56.34.12", "gdtr=12345678/FFF"),
        Case("0F 01 13", "lgdt [ebx]", "ebx=10 ds:0010=FF.0F.78.56.34.12", "gdtr=12345678/FFF", in: .kernel),
        Case("0F 01 13", "lgdt [ebx] at CPL 3", "ebx=10", "#GP(0)", in: .user),
        Case("0F 01 17", "lgdt [bx] beyond the limit", "bx=FFFB", "#GP"),
        Case(
            "66 0F 01 17", "lgdt [bx]: the base is at 0", "bx=FFFE ds:FFFE=0FFF ds:0000=12345678",
            "gdtr=12345678/FFF"),
        Case("0F 01 D0", "lgdt ax", "", "#UD"),
        Case("0F 01 1F", "lidt [bx]", "bx=10 ds:0010=FF.0F.78.56.34.12", "idtr=345678/FFF"),
        Case("0F 01 1B", "lidt [ebx]", "ebx=10 ds:0010=FF.0F.78.56.34.12", "idtr=12345678/FFF", in: .kernel),
        Case("0F 01 1B", "lidt [ebx] at CPL 3", "ebx=10", "#GP(0)", in: .user),
        Case("0F 01 5E 00", "lidt [bp] beyond the stack's limit", "bp=FFFB", "#SS"),
        Case("F0 0F 01 17", "lock lgdt [bx]", "", "#UD"),
    ]

    static let tasks: [Case] = [
        Case("0F 00 C0", "sldt eax", "ldtr=70", "eax=70", in: .kernel),
        Case("0F 00 03", "sldt [ebx] stores a word", "ebx=10 ldtr=70", "ds:0010=0070", in: .user),
        Case("0F 00 C0", "sldt ax in real mode", "", "#UD"),
        Case("0F 00 C8", "str eax", "tr=78", "eax=78", in: .kernel),
        Case("0F 00 CB", "str ebx in real mode", "", "#UD"),
        Case("0F 00 D0", "lldt ax", "ax=70", "ldtr=70", in: .kernel),
        Case("0F 00 13", "lldt [ebx]", "ebx=10 ds:0010=0070", "ldtr=70", in: .kernel),
        Case("0F 00 D0", "lldt ax: null", "ax=3 ldtr=70", "ldtr=3", in: .kernel),
        Case("0F 00 D0", "lldt ax: no such table", "ax=10", "#GP(10)", in: .kernel),
        Case("0F 00 D0", "lldt ax: local selector", "ax=74", "#GP(74)", in: .kernel),
        Case("0F 00 D0", "lldt ax: beyond the table", "ax=B0", "#GP(B0)", in: .kernel),
        Case("0F 00 D0", "lldt ax at CPL 3", "ax=70", "#GP(0)", in: .user),
        Case("0F 00 D0", "lldt ax in real mode", "", "#UD"),
        Case("0F 00 D8", "ltr ax marks the TSS", "ax=78", "tr=78 @7007D=8B", in: .kernel),
        Case("0F 00 D8", "ltr ax: busy", "ax=78 @7007D=8B", "#GP(78)", in: .kernel),
        Case("0F 00 D8", "ltr ax: absent", "ax=78 @7007D=09", "#NP(78)", in: .kernel),
        Case("0F 00 D8", "ltr ax: null", "ax=0", "#GP(0)", in: .kernel),
        Case("0F 00 D8", "ltr ax at CPL 3", "ax=78", "#GP(0)", in: .user),
        Case("0F 00 D8", "ltr ax in real mode", "", "#UD"),
    ]

    static let status: [Case] = [
        Case("0F 01 E0", "smsw ax", "cr0=12345678", "ax=5678"),
        Case("0F 01 E0", "smsw eax", "cr0=60000031", "eax=60000031", in: .user),
        Case("0F 01 27", "smsw [bx]", "bx=10 cr0=10", "ds:0010=0010"),
        Case("0F 01 E0", "smsw ax on the 80286", "cr0=0", "ax=FFF0", on: .i80286),
        Case("0F 01 F0", "lmsw ax", "ax=F", "cr0=1F"),
        Case("0F 01 F0", "lmsw ax cannot leave protected mode", "ax=FFF0", "cr0=11", in: .kernel),
        Case("0F 01 37", "lmsw [bx]", "bx=10 ds:0010=0008", "cr0=18"),
        Case("0F 01 F0", "lmsw ax at CPL 3", "", "#GP(0)", in: .user),
        Case("0F 06", "clts", "cr0=18", "cr0=10"),
        Case("0F 06", "clts at CPL 3", "", "#GP(0)", in: .user),
        Case("F0 0F 01 F0", "lock lmsw ax", "", "#UD"),
    ]

    static let caches: [Case] = [
        Case("0F 01 3F", "invlpg [bx]", "bx=FFFF", ""),
        Case("0F 01 3B", "invlpg [ebx] at CPL 3", "", "#GP(0)", in: .user),
        Case("0F 01 F8", "invlpg ax", "", "#UD"),
        Case("0F 08", "invd", "", ""),
        Case("0F 08", "invd at CPL 3", "", "#GP(0)", in: .user),
        Case("0F 09", "wbinvd", "", ""),
        Case("0F 09", "wbinvd at CPL 3", "", "#GP(0)", in: .user),
        Case("0F 09", "wbinvd on the 80386", "", "#UD", on: .i80386),
    ]

    /// The counter ticks once an instruction; the examples run at tick 0.
    static let counters: [Case] = [
        Case("0F 31", "rdtsc", "tsc=12345678", "eax=12345678 edx=0"),
        Case("0F 31", "rdtsc", "tsc=5", "eax=5 edx=0", in: .user),
        Case("0F 31", "rdtsc at CPL 3 with TSD", "cr4=4", "#GP(0)", in: .user),
        Case("0F 31", "rdtsc on the i486", "", "#UD", on: .i486),
        Case("0F 32", "rdmsr 10", "ecx=10 tsc=99", "eax=99 edx=0"),
        Case("0F 32", "rdmsr of an unknown register", "ecx=11", "#GP"),
        Case("0F 32", "rdmsr at CPL 3", "ecx=10", "#GP(0)", in: .user),
        Case("0F 30", "wrmsr 10", "ecx=10 eax=1234 edx=0", "tsc=1234"),
        Case("0F 30", "wrmsr of an unknown register", "ecx=11", "#GP"),
        Case("0F 30", "wrmsr at CPL 3", "ecx=10", "#GP(0)", in: .user),
        Case("0F A2", "cpuid 0", "eax=0", "eax=2 ebx=756E6547 edx=49656E69 ecx=6C65746E"),
        Case("0F A2", "cpuid 1", "eax=1", "eax=F29 ebx=800 ecx=0 edx=78BF9FF"),
        Case("0F A2", "cpuid 1 on the pentium-mmx", "eax=1", "eax=543 ebx=0 ecx=0 edx=8001BF", on: .pentium),
        Case("0F A2", "cpuid at CPL 3", "eax=1", "eax=F29 ebx=800 ecx=0 edx=78BF9FF", in: .user),
        Case("0F A2", "cpuid 2", "eax=2", "eax=665B5001 ebx=0 ecx=0 edx=7A7040"),
        Case("0F 32", "rdmsr of the APIC base", "ecx=1B", "eax=FEE00100 edx=0"),
        Case("0F 32", "rdmsr of what is enabled: strings are fast", "ecx=1A0", "eax=1801 edx=0"),
        Case("0F 30", "wrmsr of what is enabled", "ecx=1A0 eax=1800 edx=0", ""),
        Case("0F 30", "wrmsr of what is enabled, a reserved bit", "ecx=1A0 eax=2 edx=0", "#GP"),
        Case("0F 30", "wrmsr of a read-only register", "ecx=FE eax=508 edx=0", "#GP"),
        Case("0F 30", "wrmsr of a memory type that does not exist", "ecx=2FF eax=2 edx=0", "#GP"),
        Case("0F 33", "rdpmc 0", "ecx=0", "eax=0 edx=0"),
        Case("0F 33", "rdpmc 2, which does not exist", "ecx=2", "#GP"),
        Case("0F 33", "rdpmc at CPL 3", "ecx=0", "#GP(0)", in: .user),
        Case("0F 33", "rdpmc at CPL 3 with PCE", "ecx=1 cr4=100", "eax=0 edx=0", in: .user),
        Case("0F 33", "rdpmc on the pentium", "ecx=0", "#UD", on: .pentium),
        Case("0F 34", "sysenter in real mode", "", "#GP"),
        Case("0F 34", "sysenter without a selector", "", "#GP(0)", in: .user),
        Case("0F 35", "sysexit at CPL 3", "", "#GP(0)", in: .user),
        Case("0F 35", "sysexit without a selector", "", "#GP(0)", in: .kernel),
        Case("0F A2", "cpuid on the 80386", "", "#UD", on: .i80386),
        Case("F0 0F A2", "lock cpuid", "", "#UD"),
    ]

    static let protection: [Case] = [
        Case("0F 02 C3", "lar eax,ebx of code", "ebx=2B", "eax=0040FB00 ZF", in: .user),
        Case("0F 02 C3", "lar eax,ebx of a TSS", "ebx=78", "eax=8900 ZF", in: .kernel),
        Case("0F 02 C3", "lar eax,ebx beyond the ring", "ebx=0B", "zf", in: .user),
        Case("0F 02 C3", "lar eax,ebx of conforming code", "ebx=6B", "eax=409F00 ZF", in: .user),
        Case("0F 02 C3", "lar eax,ebx of a null selector", "ebx=3", "zf", in: .user),
        Case("66 0F 02 C3", "lar ax,bx", "ebx=2B", "ax=FB00 ZF", in: .user),
        Case("0F 02 C3", "lar ax,bx in real mode", "", "#UD"),
        Case("0F 03 C3", "lsl eax,ebx", "ebx=33", "eax=FFFF ZF", in: .user),
        Case("0F 03 C3", "lsl eax,ebx of an LDT", "ebx=70", "eax=FF ZF", in: .kernel),
        Case("0F 03 C3", "lsl eax,ebx beyond the table", "ebx=FFF3", "zf", in: .user),
        Case("0F 03 C3", "lsl ax,bx in real mode", "", "#UD"),
        Case("0F 00 E0", "verr ax of readable code", "ax=2B", "ZF", in: .user),
        Case("0F 00 E0", "verr ax of execute-only code", "ax=83", "zf", in: .user),
        Case("0F 00 E0", "verr ax in real mode", "", "#UD"),
        Case("0F 00 E8", "verw ax of writable data", "ax=33", "ZF", in: .user),
        Case("0F 00 E8", "verw ax of read-only data", "ax=53", "zf", in: .user),
        Case("0F 00 E8", "verw ax of code", "ax=2B", "zf", in: .user),
        Case("0F 00 E8", "verw ax in real mode", "", "#UD"),
        Case("63 D8", "arpl ax,bx raises", "ax=10 bx=3", "ax=13 ZF", in: .user),
        Case("63 D8", "arpl ax,bx: nothing to raise", "ax=13 bx=1", "zf", in: .user),
        Case("63 03", "arpl [ebx],ax", "ebx=10 ax=2 ds:0010=1231", "ds:0010=1232 ZF", in: .kernel),
        Case("63 03", "arpl [ebx],ax to read-only data", "ds=50 ebx=10", "#GP(0)", in: .kernel),
        Case("63 D8", "arpl ax,bx in real mode", "", "#UD"),
        Case("F0 63 D8", "lock arpl ax,bx", "", "#UD", in: .kernel),
    ]

    static let coprocessor: [Case] = [
        Case("D9 C0", "esc without a coprocessor", "cr0=10", "", on: .i80386),
        Case("DF 07", "esc [bx]", "cr0=10 bx=10", "", on: .i80386),
        Case("D8 C0", "esc with EM", "cr0=14", "#NM", on: .i80386),
        Case("D8 C0", "esc with TS", "cr0=19", "#NM", in: .kernel, on: .i80386),
        Case("D9 FE", "esc to an 80287 that has no FSIN", "st0=3FFF:8", "", on: .i80286, fpu: .i80287),
        Case("DA C1", "esc to an 80387 that has no FCMOVB", "st0=3FFF:8 CF", "CF", on: .i80386, fpu: .i80387),
        Case("9B", "wait", "cr0=10", ""),
        Case("9B", "wait with TS alone", "cr0=18", ""),
        Case("9B", "wait with MP and TS", "cr0=1A", "#NM"),
        Case("0F 18 07", "prefetch [bx]", "bx=FFFF", ""),
        Case("0F 1F 44 00 00", "nop [bx+si]", "", ""),
        Case("66 0F 1F 84 00 00 00 00 00", "long nop", "", "", in: .kernel),
        Case("0F 1F 07", "nop [bx] on the pentium", "", "#UD", on: .pentium),
        Case("F0 9B", "lock wait", "", "#UD"),
    ]

    static let undefined: [Case] = [
        Case("0F 0B", "ud2", "", "#UD"),
        Case("0F B9 C0", "ud1 ax,ax", "", "#UD"),
        Case("0F FF C0", "ud0 ax,ax", "", "#UD", in: .kernel),
        Case("0F 0B", "ud2", "", "#UD", on: .i80286),
    ]

    @Test(arguments: tables) func tablesCases(example: Case) { example.check() }
    @Test(arguments: tasks) func tasksCases(example: Case) { example.check() }
    @Test(arguments: status) func statusCases(example: Case) { example.check() }
    @Test(arguments: caches) func cachesCases(example: Case) { example.check() }
    @Test(arguments: counters) func countersCases(example: Case) { example.check() }
    @Test(arguments: protection) func protectionCases(example: Case) { example.check() }
    @Test(arguments: coprocessor) func coprocessorCases(example: Case) { example.check() }
    @Test(arguments: undefined) func undefinedCases(example: Case) { example.check() }
}
