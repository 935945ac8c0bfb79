import Testing

@testable import X86Interp

/// What controls the x87, each row by example: words, environments in their four layouts, the stack by itself.
@Suite struct X87ControlTests {
    static let cases: [Case] = [words, environments, states, stack].flatMap { $0 }

    static let words: [Case] = [
        Case("D9 2F", "fldcw [bx]", "bx=10 ds:0010=0F7F", "fcw=F7F"),
        Case("D9 2F", "fldcw [bx]: reserved bits", "bx=10 ds:0010=FFFF", "fcw=1F7F"),
        Case("D9 2F", "fldcw [bx] unmasks what is there", "IE bx=10 ds:0010=037E", "fcw=37E ES"),
        Case("D9 2F", "fldcw [bx]: pending", "fcw=37E IE ES cr0=30 bx=10 ds:0010=037F", "#MF"),
        Case("D9 3F", "fnstcw [bx]", "bx=10 fcw=F7F", "ds:0010=0F7F"),
        Case("D9 3F", "fnstcw [bx] beyond the limit", "bx=FFFF", "#GP"),
        Case("DD 3F", "fnstsw [bx]", "bx=10 fsw=7FBF", "ds:0010=7FBF"),
        Case("DF E0", "fnstsw ax", "fsw=3800", "ax=3800"),
        Case("DF E0", "fnstsw ax: pending", "fcw=37E IE ES cr0=30", "ax=8081"),
        Case("66 DF E0", "fnstsw ax with a prefix", "fsw=3800", "ax=3800"),
        Case("DB E2", "fnclex", "fsw=FFFF", "fsw=7F00"),
        Case(
            "DB E3", "fninit", "fcw=40 fsw=FFFF ftw=FF fip=1 fcs=2 fop=3 fdp=4 fds=5",
            "fcw=37F fsw=0 ftw=0 fip=0 fcs=0 fop=0 fdp=0 fds=0"),
        Case("DB E0", "fneni does nothing", "", ""),
        Case("DB E1", "fndisi does nothing", "", ""),
        Case("DB E4", "fnsetpm does nothing", "", ""),
        Case("DB E3", "fninit with TS", "cr0=18", "#NM"),
        Case("DB E3", "fninit with EM", "cr0=14", "#NM"),
    ]

    private static let pointers =
        "fcw=37E fsw=3881 ftw=81 fip=12345 fcs=1000 fop=1F0 fdp=56789 fds=2000 st0=3FFF:8 st1=0:0"

    static let environments: [Case] = [
        Case(
            "D9 37", "fnstenv [bx]: real mode", "bx=10 \(pointers)",
            "ds:0010=7E.03.81.38.FD.3F.45.23.F0.21.89.67.00.70 fcw=37F fsw=3801"),
        Case(
            "66 D9 37", "fnstenv [bx]: real mode, 32 bits", "bx=10 \(pointers)",
            "ds:0010=7E.03.FF.FF.81.38.FF.FF.FD.3F.FF.FF.45.23.00.00.F0.21.00.00.89.67.00.00.00.70.00.00 fcw=37F fsw=3801"
        ),
        Case(
            "D9 33", "fnstenv [ebx]: protected mode, 32 bits", "ebx=10 \(pointers)",
            "ds:0010=7E.03.FF.FF.81.38.FF.FF.FD.3F.FF.FF.45.23.01.00.00.10.F0.01.89.67.05.00.00.20.FF.FF fcw=37F fsw=3801",
            in: .kernel),
        Case(
            "66 D9 33", "fnstenv [ebx]: protected mode, 16 bits", "ebx=10 \(pointers)",
            "ds:0010=7E.03.81.38.FD.3F.45.23.00.10.89.67.00.20 fcw=37F fsw=3801", in: .kernel),
        Case(
            "D9 37", "fnstenv [bx] wraps", "bx=FFFE \(pointers)",
            "ds:FFFE=7E.03 ds:0000=81.38.FD.3F.45.23.F0.21.89.67.00.70 fcw=37F fsw=3801"),
        Case("D9 33", "fnstenv [ebx] beyond the limit", "ebx=FFF0", "#GP(0)", in: .kernel),
        Case(
            "D9 27", "fldenv [bx]: real mode",
            "bx=10 ds:0010=7E.03.81.38.FD.3F.45.23.F0.21.89.67.00.70",
            "fcw=37E fsw=B881 ftw=81 fip=22345 fop=1F0 fdp=76789"),
        Case(
            "66 D9 27", "fldenv [bx]: real mode, 32 bits",
            "bx=10 ds:0010=7E.03.00.00.81.38.00.00.FD.3F.00.00.45.23.00.00.F0.21.00.00.89.67.00.00.00.70.00.00",
            "fcw=37E fsw=B881 ftw=81 fip=22345 fop=1F0 fdp=76789"),
        Case(
            "D9 23", "fldenv [ebx]: protected mode, 32 bits",
            "ebx=10 ds:0010=7F.03.FF.FF.81.38.FF.FF.FD.3F.FF.FF.45.23.01.00.00.10.F0.01.89.67.05.00.00.20.FF.FF",
            "fcw=37F fsw=3801 ftw=81 fip=12345 fcs=1000 fop=1F0 fdp=56789 fds=2000", in: .kernel),
        Case(
            "66 D9 23", "fldenv [ebx]: protected mode, 16 bits",
            "fop=7 ebx=10 ds:0010=7F.03.81.38.FD.3F.45.23.00.10.89.67.00.20",
            "fcw=37F fsw=3801 ftw=81 fip=2345 fcs=1000 fdp=6789 fds=2000", in: .kernel),
        Case(
            "D9 27", "fldenv [bx] that wraps and fails half-way",
            "bx=FFF5 ds:FFF5=78.03.81.38.FD.3F.45.23.F0.01", "fsw=3801 ftw=81 fip=2345 fop=1F0 #GP"),
    ]

    static let states: [Case] = [
        Case(
            "DD 37", "fnsave [bx]", "bx=10 \(pointers)",
            "ds:0010=7E.03.81.38.FD.3F.45.23.F0.21.89.67.00.70 ds:001E=8000000000000000 ds:0026=3FFF fsw=0 fcw=37F ftw=0 fip=0 fcs=0 fop=0 fdp=0 fds=0"
        ),
        Case("DD 37", "fnsave [bx] beyond the limit", "bx=FFAB", "#GP"),
        Case(
            "DD 27", "frstor [bx]",
            "bx=10 ds:0010=7E.03.81.38.FD.3F.45.23.F0.21.89.67.00.70 ds:001E=8000000000000000 ds:0026=3FFF",
            "fcw=37E fsw=B881 ftw=81 fip=22345 fop=1F0 fdp=76789 st0=3FFF:8 ftw=81"),
        Case(
            "DD 23", "frstor [ebx]: protected mode",
            "ebx=10 ds:0010=7F.03.FF.FF.00.38.FF.FF.FF.3F.FF.FF ds:002C=8000000000000000 ds:0034=BFFF",
            "fsw=3800 ftw=80 st0=BFFF:8", in: .user),
        Case("DD 23", "frstor [ebx] beyond the limit", "ebx=FFA0", "#GP(0)", in: .user),
    ]

    static let stack: [Case] = [
        Case("D9 D0", "fnop", "", ""),
        Case("D9 D0", "fnop: pending", "fcw=37E IE ES cr0=30", "#MF"),
        Case("D9 F6", "fdecstp", "C1", "top=7 c1"),
        Case("D9 F7", "fincstp", "top=7 C1", "top=0 c1"),
        Case("DD C1", "ffree st(1)", "st1=3FFF:8", "st1=empty"),
        Case("DF C1", "ffreep st(1)", "st0=3FFF:8 st1=3FFF:8", "st1=empty pop"),
    ]

    @Test(arguments: words) func wordCases(example: Case) { example.check() }
    @Test(arguments: environments) func environmentCases(example: Case) { example.check() }
    @Test(arguments: states) func stateCases(example: Case) { example.check() }
    @Test(arguments: stack) func stackCases(example: Case) { example.check() }
}
