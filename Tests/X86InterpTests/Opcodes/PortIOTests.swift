import Testing

@testable import X86Interp

/// IN, OUT, INS, OUTS: each row by example.
///
/// No flag changes, and no register that is not named.
@Suite struct PortIOTests {
    static let cases: [Case] = [input, output, ins, outs].flatMap { $0 }

    static let input: [Case] = [
        Case("E4 60", "in al,60", "in:0060=9A", "al=9A"),
        Case("E4 FF", "in al,FF", "in:00FF=01", "al=1"),
        Case("E5 60", "in ax,60", "in:0060=1234", "ax=1234"),
        Case("E5 60", "in eax,60", "in:0060=12345678", "eax=12345678", in: .kernel),
        Case("EC", "in al,dx", "edx=FFFF03F8 in:03F8=55", "al=55"),
        Case("66 EC", "in al,dx ignores the operand size", "dx=3F8 in:03F8=55", "al=55"),
        Case("ED", "in ax,dx", "dx=510 in:0510=1234", "ax=1234"),
        Case("66 ED", "in eax,dx", "dx=CFC in:0CFC=12345678", "eax=12345678"),
        Case("66 ED", "in ax,dx in 32-bit code", "dx=510 in:0510=1234", "ax=1234", in: .kernel),
        Case("E4 61", "in al,61 where nobody answers", "", "al=FF"),
        Case("ED", "in ax,dx at an odd port is two bytes", "dx=61 in:0061=12 in:0062=34", "ax=3412"),
        Case("F3 EC", "rep in al,dx happens once", "dx=60 cx=5 in:0060=77", "al=77"),
        Case("E4 60", "in al,60 at CPL 3", "", "#GP(0)", in: .user),
        Case("E4 60", "in al,60 at CPL 3 with IOPL 3", "IOPL3 in:0060=12", "al=12", in: .user),
        Case("F0 E4 60", "lock in al,60", "", "#UD"),
    ]

    static let output: [Case] = [
        Case("E6 80", "out 80,al", "al=42", "out:0080=42"),
        Case("E7 80", "out 80,ax", "ax=1234", "out:0080=1234"),
        Case("E7 80", "out 80,eax", "", "out:0080=11111111", in: .kernel),
        Case("EE", "out dx,al", "edx=123403F8 al=42", "out:03F8=42"),
        Case("EF", "out dx,ax", "dx=510 ax=1234", "out:0510=1234"),
        Case("66 EF", "out dx,eax", "dx=CF8", "out:0CF8=11111111"),
        Case("EF", "out dx,ax at an odd port is two bytes", "dx=61 ax=1234", "out:0061=34 out:0062=12"),
        Case("E6 80", "out 80,al where nobody answers", "", ""),
        Case("EE", "out dx,al at CPL 3", "", "#GP(0)", in: .user),
        Case("F0 EE", "lock out dx,al", "", "#UD"),
    ]

    static let ins: [Case] = [
        Case("6C", "insb", "dx=60 di=20 in:0060=99", "es:0020=99 di=21"),
        Case("6C", "insb down", "dx=60 di=0 DF in:0060=99", "es:0000=99 di=FFFF"),
        Case("3E 6C", "insb ignores an override", "dx=60 di=20 in:0060=99", "es:0020=99 di=21"),
        Case("6D", "insw", "dx=60 di=20 in:0060=1234", "es:0020=1234 di=22"),
        Case("6D", "insd", "edx=60 edi=20 in:0060=12345678", "es:0020=12345678 edi=24", in: .kernel),
        Case("F3 6C", "rep insb", "dx=60 cx=3 di=20 in:0060=1 in:0060=2 in:0060=3", "es:0020=1.2.3 cx=0 di=23"),
        Case("F2 6C", "repne insb is rep", "dx=60 cx=1 di=20 in:0060=1 ZF", "es:0020=1 cx=0 di=21"),
        Case("F3 6C", "rep insb, count 0", "cx=0", ""),
        Case("F3 6C", "rep insb, count 0 at CPL 3", "ecx=0", "#GP(0)", in: .user),
        Case("67 F3 6C", "rep insb by 32-bit addresses", "edx=60 ecx=1 edi=20 in:0060=1", "es:0020=1 ecx=0 edi=21"),
        Case("6D", "insw straddles the limit: the port is not read", "dx=60 di=FFFF", "#GP"),
        Case("6C", "insb to read-only data: the port is not read", "es=50 edx=60 edi=20", "#GP(0)", in: .kernel),
        Case(
            "F3 6D", "rep insw faults at its second", "dx=60 cx=3 di=FFFD in:0060=1234", "es:FFFD=1234 cx=2 di=FFFF #GP"
        ),
        Case("6C", "insb at CPL 3", "edx=60 edi=20", "#GP(0)", in: .user),
        Case("6C", "insb on the 80186", "dx=60 di=20 in:0060=99", "es:0020=99 di=21", on: .i80186),
        Case("F0 6C", "lock insb", "", "#UD"),
    ]

    static let outs: [Case] = [
        Case("6E", "outsb", "dx=80 si=10 ds:0010=99", "out:0080=99 si=11"),
        Case("26 6E", "es outsb", "dx=80 si=10 es:0010=98", "out:0080=98 si=11"),
        Case("6F", "outsw down", "dx=80 si=10 DF ds:0010=1234", "out:0080=1234 si=E"),
        Case("6F", "outsd", "edx=80 esi=10 ds:0010=12345678", "out:0080=12345678 esi=14", in: .kernel),
        Case("F3 6E", "rep outsb", "dx=80 cx=3 si=10 ds:0010=1.2.3", "out:0080=01 out:0080=02 out:0080=03 cx=0 si=13"),
        Case("F3 6F", "rep outsw, count 0", "cx=0", ""),
        Case("6F", "outsw straddles the limit: the port is not written", "dx=80 si=FFFF", "#GP"),
        Case("36 6F", "ss outsw straddles the stack's limit", "dx=80 si=FFFF", "#SS"),
        Case("6E", "outsb from execute-only code", "ds=80 edx=80 esi=10", "#GP(0)", in: .kernel),
        Case("6E", "outsb at CPL 3", "edx=80 esi=10", "#GP(0)", in: .user),
        Case("F0 6E", "lock outsb", "", "#UD"),
    ]

    @Test(arguments: input) func inputCases(example: Case) { example.check() }
    @Test(arguments: output) func outputCases(example: Case) { example.check() }
    @Test(arguments: ins) func insCases(example: Case) { example.check() }
    @Test(arguments: outs) func outsCases(example: Case) { example.check() }
}
