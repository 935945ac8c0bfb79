import Testing

@testable import X86Interp

/// PUSH, POP, ENTER, LEAVE: each row by example.
///
/// A fault leaves ESP where it was.
@Suite struct StackTests {
    static let cases: [Case] = [push, pushSegment, pop, popSegment, all, flags, frames].flatMap { $0 }

    static let push: [Case] = [
        Case("50", "push ax", "ax=1234", "sp=7FE ss:07FE=1234"),
        Case("66 57", "push edi", "", "sp=7FC ss:07FC=88888888"),
        Case("53", "push ebx", "", "esp=7FC ss:07FC=44444444", in: .kernel),
        Case("66 53", "push bx", "", "esp=7FE ss:07FE=4444", in: .kernel),
        Case("54", "push sp: the old one", "", "sp=7FE ss:07FE=0800"),
        Case("54", "push sp: the new one on the 8086", "", "sp=7FE ss:07FE=07FE", on: .i8086),
        Case("54", "push sp: the new one on the 80186", "", "sp=7FE ss:07FE=07FE", on: .i80186),
        Case("54", "push sp: the old one on the 80286", "", "sp=7FE ss:07FE=0800", on: .i80286),
        Case("54", "push esp", "", "esp=7FC ss:07FC=00000800", in: .kernel),
        Case("FF F4", "push sp by ModRM on the 8086", "", "sp=7FE ss:07FE=07FE", on: .i8086),
        Case("FF F3", "push bx", "bx=1", "sp=7FE ss:07FE=0001"),
        Case("FF 37", "push word [bx]", "bx=10 ds:0010=1234", "sp=7FE ss:07FE=1234"),
        Case("FF 34 24", "push dword [esp]: the old one", "ss:0800=12345678", "esp=7FC ss:07FC=12345678", in: .kernel),
        Case("FF 37", "push word [bx] straddles the limit", "bx=FFFF", "#GP"),
        Case("FF 3F", "push word [bx] (alias /7)", "bx=10 ds:0010=1234", "sp=7FE ss:07FE=1234", on: .i8086),
        Case("68 34 12", "push 1234", "", "sp=7FE ss:07FE=1234"),
        Case("68 78 56 34 12", "push 12345678", "", "esp=7FC ss:07FC=12345678", in: .kernel),
        Case("6A FF", "push -1", "", "sp=7FE ss:07FE=FFFF"),
        Case("6A 80", "push -80", "", "esp=7FC ss:07FC=FFFFFF80", in: .kernel),
        Case("6A FF", "push -1 on the 80186", "", "sp=7FE ss:07FE=FFFF", on: .i80186),
        Case("50", "push ax wraps", "sp=0 ax=9", "sp=FFFE ss:FFFE=0009"),
        Case("50", "push ax: no room", "sp=1", "#SS"),
        Case("50", "push ax: no room on the 80286", "sp=1", "#GP", on: .i80286),
        Case("50", "push ax straddles on the 8086", "sp=1 ax=1234", "sp=FFFF ss:FFFF=34 ss:0000=12", on: .i8086),
        Case("50", "push eax: no room", "esp=2", "#SS(0)", in: .kernel),
        Case("50", "push eax below an expand-down stack", "ss=90 esp=1002", "#SS(0)", in: .kernel),
        Case("50", "push eax on a 16-bit stack", "ss=98 esp=12340004", "esp=12340000 ss:0000=11111111", in: .kernel),
        Case("F0 50", "lock push ax", "", "#UD"),
    ]

    static let pushSegment: [Case] = [
        Case("06", "push es", "", "sp=7FE ss:07FE=3000"),
        Case("0E", "push cs", "", "sp=7FE ss:07FE=1000"),
        Case("16", "push ss", "", "sp=7FE ss:07FE=4000"),
        Case("1E", "push ds", "", "sp=7FE ss:07FE=2000"),
        Case("0F A0", "push fs", "", "sp=7FE ss:07FE=5000"),
        Case("0F A8", "push gs", "", "sp=7FE ss:07FE=6000"),
        Case("1E", "push ds", "", "esp=7FC ss:07FC=00000010", in: .kernel),
        Case("0F A8", "push gs", "", "esp=7FC ss:07FC=000000A8", in: .kernel),
        Case("06", "push es: no room", "sp=1", "#SS"),
        Case("66 06", "push es keeps the upper half", "ss:07FE=ABCD", "sp=7FC ss:07FC=3000", on: .i80386),
        Case("66 06", "push es keeps the upper half", "ss:07FE=ABCD", "sp=7FC ss:07FC=3000", on: .i486),
        Case("66 06", "push es writes all of it", "ss:07FE=ABCD", "sp=7FC ss:07FC=00003000", on: .pentium),
        Case("66 06", "push es keeps the upper half", "ss:07FE=ABCD", "sp=7FC ss:07FC=3000"),
        Case("66 0F A0", "push fs: room for a word", "sp=2", "sp=FFFE ss:FFFE=5000", on: .i80386),
        Case("66 0F A0", "push fs: no room for a dword", "sp=2", "#SS", on: .pentium),
        Case("F0 06", "lock push es", "", "#UD"),
    ]

    static let pop: [Case] = [
        Case("58", "pop ax", "ss:0800=1234", "ax=1234 sp=802"),
        Case("66 5F", "pop edi", "ss:0800=12345678", "edi=12345678 sp=804"),
        Case("5B", "pop ebx", "ss:0800=12345678", "ebx=12345678 esp=804", in: .kernel),
        Case("5C", "pop sp", "ss:0800=1234", "sp=1234"),
        Case("5C", "pop esp", "ss:0800=12345678", "esp=12345678", in: .kernel),
        Case("58", "pop ax straddles the stack's limit", "sp=FFFF", "#SS"),
        Case("58", "pop ax wraps", "sp=FFFE ss:FFFE=1234", "ax=1234 sp=0"),
        Case("58", "pop ax straddles on the 8086", "sp=FFFF ss:FFFF=34 ss:0000=12", "ax=1234 sp=1", on: .i8086),
        Case("8F C3", "pop bx", "ss:0800=1234", "bx=1234 sp=802"),
        Case("8F 07", "pop word [bx]", "bx=10 ss:0800=1234", "ds:0010=1234 sp=802"),
        Case("8F 04 24", "pop dword [esp]: the new one", "ss:0800=12345678", "ss:0804=12345678 esp=804", in: .kernel),
        Case("8F 03", "pop dword [ebx] to read-only data leaves ESP", "ds=50 ebx=10", "#GP(0)", in: .kernel),
        Case("8F 07", "pop word [bx] straddles the limit", "bx=FFFF", "#GP"),
        Case("8F 07", "pop word [bx] straddles: an 80286 has moved SP", "bx=FFFF", "sp=802 #GP", on: .i80286),
        Case(
            "8F 07", "pop word [bx] straddles: protected mode restarts", "bx=FFFF", "#GP(0)", in: .kernel16, on: .i80286
        ),
        Case("8F C8", "8f /1", "", "#UD"),
        Case("8F C8", "8f /1 on the 80186", "", "#UD", on: .i80186),
        Case("8F CB", "pop bx whatever reg", "ss:0800=1234", "bx=1234 sp=802", on: .i8086),
        Case("8F 3F", "pop word [bx] whatever reg", "bx=10 ss:0800=1234", "ds:0010=1234 sp=802", on: .i8086),
        Case("F0 58", "lock pop ax", "", "#UD"),
        Case("F0 8F 07", "lock pop word [bx]", "", "#UD"),
    ]

    static let popSegment: [Case] = [
        Case("07", "pop es", "ss:0800=1234", "es=1234 sp=802"),
        Case("0F", "pop cs on the 8086", "ss:0800=1234", "cs=1234 sp=802", on: .i8086),
        Case("17", "pop ss", "ss:0800=1234", "ss=1234 sp=802"),
        Case("1F", "pop ds", "ss:0800=1234", "ds=1234 sp=802"),
        Case("0F A1", "pop fs", "ss:0800=1234", "fs=1234 sp=802"),
        Case("0F A9", "pop gs", "ss:0800=1234", "gs=1234 sp=802"),
        Case("1F", "pop ds", "ss:0800=FFFF0018", "ds=18 esp=804", in: .kernel),
        Case("1F", "pop ds: absent leaves ESP", "ss:0800=00000058", "#NP(58)", in: .kernel),
        Case("17", "pop ss: null leaves ESP", "", "#GP(0)", in: .kernel),
        Case(
            "17", "pop ss: 16-bit stack", "esp=10800 ss.limit=FFFFFFFF @50800=00000098", "ss=98 esp=10804", in: .kernel),
        Case("0F A1", "pop fs outside the table", "ss:0800=000000B0", "#GP(B0)", in: .kernel),
        Case("07", "pop es straddles the stack's limit", "sp=FFFF", "#SS"),
        Case("66 07", "pop es reads a word", "sp=FFFE ss:FFFE=1234", "es=1234 sp=2", on: .i80386),
        Case("66 07", "pop es reads a word", "sp=FFFE ss:FFFE=1234", "es=1234 sp=2"),
        Case("66 07", "pop es reads a dword", "sp=FFFE ss:FFFE=1234", "#SS", on: .pentium),
        Case("F0 1F", "lock pop ds", "", "#UD"),
    ]

    static let all: [Case] = [
        Case(
            "60", "pusha", "",
            "sp=7F0 ss:07FE=1111 ss:07FC=2222 ss:07FA=3333 ss:07F8=4444 ss:07F6=0800 ss:07F4=6666 ss:07F2=7777 ss:07F0=8888"
        ),
        Case(
            "60", "pushad", "",
            "esp=7E0 ss:07F8=1111111122222222 ss:07F0=3333333344444444 ss:07E8=0000080066666666 ss:07E0=7777777788888888",
            in: .kernel),
        Case("60", "pusha: no room changes nothing", "sp=7", "#SS"),
        Case("60", "pusha: no room changes nothing", "ss.limit=7EF", "#SS"),
        Case("60", "pushad: no room changes nothing", "esp=1E", "#SS(0)", in: .kernel),
        Case(
            "60", "pusha on the 80186", "sp=10",
            "sp=0 ss:000E=1111 ss:000C=2222 ss:000A=3333 ss:0008=4444 ss:0006=0010 ss:0004=6666 ss:0002=7777 ss:0000=8888",
            on: .i80186),
        Case(
            "61", "popa", "ss:0800=0004000300020001 ss:0808=0008000700060005",
            "di=1 si=2 bp=3 bx=5 dx=6 cx=7 ax=8 sp=810"),
        Case(
            "61", "popad",
            "ss:0800=0000000200000001 ss:0808=0000000400000003 ss:0810=0000000600000005 ss:0818=0000000800000007",
            "edi=1 esi=2 ebp=3 ebx=5 edx=6 ecx=7 eax=8 esp=820", in: .kernel),
        Case("61", "popa beyond the stack's limit leaves SP", "sp=FFF3", "#SS"),
        Case(
            "61", "popa loads what it can", "sp=FFF3 ss:FFF3=0003000200010000 ss:FFFB=00050004",
            "di=0 si=1 bp=2 bx=4 dx=5 #SS",
            on: .i80386),
        Case(
            "60", "pusha stores upwards what it can", "sp=B",
            "ss:FFFB=77778888 #SS", on: .i80386),
        Case(
            "66 61", "popad with a 16-bit stack loads the upper half of ESP",
            "esp=56780800 ss:0800=0000000200000001 ss:0808=ABCDEF0100000003 ss:0810=0000000600000005 ss:0818=0000000800000007",
            "edi=1 esi=2 ebp=3 ebx=5 edx=6 ecx=7 eax=8 esp=ABCD0820", on: .i80386),
        Case(
            "66 61", "popad with a 16-bit stack keeps the upper half of ESP",
            "esp=56780800 ss:0800=0000000200000001 ss:0808=ABCDEF0100000003 ss:0810=0000000600000005 ss:0818=0000000800000007",
            "edi=1 esi=2 ebp=3 ebx=5 edx=6 ecx=7 eax=8 esp=56780820"),
        Case(
            "61", "popad with a 32-bit stack skips ESP",
            "ss:0800=0000000200000001 ss:0808=ABCDEF0100000003 ss:0810=0000000600000005 ss:0818=0000000800000007",
            "edi=1 esi=2 ebp=3 ebx=5 edx=6 ecx=7 eax=8 esp=820", in: .kernel, on: .i80386),
        Case("F0 60", "lock pusha", "", "#UD"),
        Case("F0 61", "lock popa", "", "#UD"),
    ]

    static let flags: [Case] = [
        Case("9C", "pushf", "CF ZF pf af sf of IF", "sp=7FE ss:07FE=0243"),
        Case("9C", "pushf on the 8086", "CF pf af zf sf of", "sp=7FE ss:07FE=F003", on: .i8086),
        Case("66 9C", "pushfd: RF is pushed clear", "RF ID cf pf af zf sf of", "rf sp=7FC ss:07FC=00200002"),
        Case("9C", "pushfd", "cf pf af zf sf of IOPL3", "esp=7FC ss:07FC=00003002", in: .kernel),
        Case("9C", "pushf: no room", "sp=1", "#SS"),
        Case("9D", "popf", "ss:0800=0ED7", "CF PF AF ZF SF DF OF IF sp=802"),
        Case("9D", "popf: IOPL and NT", "ss:0800=7000", "IOPL3 NT sp=802"),
        Case("9D", "popf: IOPL and NT do not exist on a real-mode 80286", "ss:0800=7000", "sp=802", on: .i80286),
        Case("9D", "popf on the 8086", "ss:0800=0001", "CF IOPL3 NT sp=802", on: .i8086),
        Case("66 9D", "popfd", "ss:0800=00240000", "ID AC sp=804"),
        Case("66 9D", "popfd leaves VM, clears RF", "RF ss:0800=00030000", "sp=804"),
        Case("66 9D", "popfd: no ID on the 80386", "ss:0800=00240000", "sp=804", on: .i80386),
        Case("9D", "popfd at CPL 3 leaves IF and IOPL", "IF ss:0800=00003001", "CF IF esp=804", in: .user),
        Case("9D", "popfd at CPL 3 with IOPL 3 changes IF", "IF IOPL3 ss:0800=00000000", "IOPL3 esp=804", in: .user),
        Case("9D", "popfd at CPL 0", "ss:0800=00003200", "IF IOPL3 esp=804", in: .kernel),
        Case("9D", "popf straddles the stack's limit", "sp=FFFF", "#SS"),
        Case("F0 9C", "lock pushf", "", "#UD"),
        Case("F0 9D", "lock popf", "", "#UD"),
    ]

    static let frames: [Case] = [
        Case("C8 10 00 00", "enter 10,0", "", "bp=7FE sp=7EE ss:07FE=6666"),
        Case("C8 00 00 01", "enter 0,1", "", "bp=7FE sp=7FC ss:07FE=6666 ss:07FC=07FE"),
        Case(
            "C8 04 00 03", "enter 4,3 copies two frame pointers", "bp=900 ss:08FC=22221111",
            "bp=7FE sp=7F4 ss:07FE=0900 ss:07FC=2222 ss:07FA=1111 ss:07F8=07FE"),
        Case("C8 10 00 00", "enter 10,0", "", "ebp=7FC esp=7EC ss:07FC=66666666", in: .kernel),
        Case(
            "C8 00 00 02", "enter 0,2", "ebp=900 ss:08FC=12345678",
            "ebp=7FC esp=7F4 ss:07FC=00000900 ss:07F8=12345678 ss:07F4=000007FC", in: .kernel),
        Case("66 C8 10 00 00", "enter 10,0 with 16-bit operands", "", "bp=7FE esp=7EE ss:07FE=6666", in: .kernel),
        Case("C8 00 00 20", "enter 0,20: the level is taken modulo 32", "", "bp=7FE sp=7FE ss:07FE=6666"),
        Case("C8 10 00 00", "enter 10,0: no room for the old pointer", "sp=1", "#SS"),
        Case("C8 10 00 00", "enter 10,0 on the 80186", "", "bp=7FE sp=7EE ss:07FE=6666", on: .i80186),
        Case(
            "C8 00 00 02", "enter 0,2 beyond the limit has pushed EBP, but moved nothing", "ebp=10001",
            "ss:07FC=00010001 #SS(0)", in: .kernel),
        Case("C9", "leave", "bp=900 ss:0900=1234", "bp=1234 sp=902"),
        Case("66 C9", "leave with 32-bit operands", "bp=900 ss:0900=12345678", "ebp=12345678 sp=904"),
        Case("C9", "leave", "ebp=900 ss:0900=12345678", "ebp=12345678 esp=904", in: .kernel),
        Case("66 C9", "leave with 16-bit operands", "ebp=900 ss:0900=1234", "ebp=1234 esp=902", in: .kernel),
        Case("C9", "leave straddles the stack's limit", "bp=FFFF", "#SS"),
        Case("C9", "leave beyond the stack's limit", "ebp=FFFD", "#SS(0)", in: .kernel),
        Case("F0 C9", "lock leave", "", "#UD"),
        Case("F0 C8 00 00 00", "lock enter", "", "#UD"),
    ]

    @Test(arguments: push) func pushCases(example: Case) { example.check() }
    @Test(arguments: pushSegment) func pushSegmentCases(example: Case) { example.check() }
    @Test(arguments: pop) func popCases(example: Case) { example.check() }
    @Test(arguments: popSegment) func popSegmentCases(example: Case) { example.check() }
    @Test(arguments: all) func allCases(example: Case) { example.check() }
    @Test(arguments: flags) func flagsCases(example: Case) { example.check() }
    @Test(arguments: frames) func framesCases(example: Case) { example.check() }
}
