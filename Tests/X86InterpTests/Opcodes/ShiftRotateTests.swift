import Testing

@testable import X86Interp

/// Shifts and rotates: each row by example.
///
/// OF is defined for a count of 1 only, AF never.
@Suite struct ShiftRotateTests {
    static let cases: [Case] =
        rol + ror + rcl + rcr + shl + shlAlias + shr + sar + shld + shrd + counts + setmo + beyond

    static let setmo: [Case] = [
        Case("D0 F0", "setmo al", "al=5", "al=FF", on: .i8086),
        Case("D0 37", "setmo byte [bx]", "bx=10", "ds:0010=FF", on: .i8086),
        Case("D1 F7", "setmo di", "", "di=FFFF", on: .i8086),
        Case("D1 37", "setmo word [bx] straddles", "bx=FFFF", "ds:FFFF=FF ds:0000=FF", on: .i8086),
        Case("D2 F2", "setmoc dl,cl", "cl=20 dl=7", "dl=FF", on: .i8086),
        Case("D2 F2", "setmoc dl,cl: CL is 0", "cl=0 dl=7", "kept", on: .i8086),
        Case("D3 F2", "setmoc dx,cl", "cl=1", "dx=FFFF", on: .i8086),
        Case("D3 37", "setmoc word [bx],cl: CL is 0", "cl=0 bx=10 ds:0010=1234", "kept", on: .i8086),
        Case("D0 F0", "shl al,1: no setmo from the 80186 on", "al=5", "al=A PF", on: .i80186),
    ]

    /// Counts above the width: the 80386 shifts in 32 bits, later chips and the 80286 let nothing of it be seen.
    static let beyond: [Case] = [
        Case("D2 E0", "shl al,cl by 10", "al=1 cl=10", "al=0 CF ZF PF", on: .i80386),
        Case("D2 E0", "shl al,cl by 18", "al=1 cl=18", "al=0 CF ZF PF", on: .i80386),
        Case("D2 E0", "shl al,cl by 11", "al=FF cl=11", "al=0 ZF PF", on: .i80386),
        Case("D2 E0", "shl al,cl by 10 on the 80286", "al=1 cl=10", "al=0 ZF PF", on: .i80286),
        Case("D2 E0", "shl al,cl by 10", "al=1 cl=10", "al=0 ZF PF"),
        Case("D2 27", "shl byte [bx],cl by 10", "bx=10 ds:0010=01 cl=10", "ds:0010=00 CF ZF PF", on: .i80386),
        Case("C0 E0 10", "shl al,10", "al=1", "al=0 CF ZF PF", on: .i80386),
        Case("C0 E0 10", "shl al,10", "al=1", "al=0 ZF PF"),
        Case("C0 E0 08", "shl al,8", "al=1", "al=0 CF ZF PF"),
        Case("C0 E8 18", "shr al,18", "al=80", "al=0 CF ZF PF", on: .i80386),
        Case("C0 E8 17", "shr al,17", "al=FF", "al=0 ZF PF", on: .i80386),
        Case("C0 E8 18", "shr al,18", "al=80", "al=0 ZF PF"),
        Case("D3 E8", "shr ax,cl by 1F", "ax=FFFF cl=1F", "ax=0 ZF PF", on: .i80386),
        Case("C0 F8 18", "sar al,18", "al=80", "al=FF CF SF PF", on: .i80386),
        Case("0F A4 D8 14", "shld ax,bx,14", "ax=0 bx=1800", "ax=8001 CF SF", on: .i80386),
        Case("0F A4 D8 14", "shld ax,bx,14 clears CF", "ax=0 bx=1800", "ax=8001 SF"),
    ]

    static let rol: [Case] = [
        Case("D0 C0", "rol al,1", "al=80", "al=1 CF OF"),
        Case("D0 07", "rol byte [bx],1", "bx=10 ds:0010=C0", "ds:0010=81 CF of"),
        Case("D1 C0", "rol ax,1", "ax=4000", "ax=8000 OF"),
        Case("D1 C0", "rol eax,1", "eax=80000001", "eax=3 CF OF", in: .kernel),
        Case("D1 07", "rol word [bx],1", "bx=10 ds:0010=0001", "ds:0010=0002 of"),
        Case("D2 C0", "rol al,cl", "al=81 cl=4", "al=18"),
        Case("D2 C0", "rol al,cl: 8 moves nothing, sets CF", "al=81 cl=8", "CF"),
        Case("D3 C0", "rol ax,cl", "ax=1234 cl=8", "ax=3412"),
        Case("D3 03", "rol dword [ebx],cl", "ebx=10 cl=1F ds:0010=00000001", "ds:0010=80000000", in: .kernel),
        Case("C0 C0 04", "rol al,4", "al=12", "al=21 CF"),
        Case("C0 C0 04", "rol al,4", "al=12", "al=21 CF", on: .i80186),
        Case("C1 C0 0C", "rol ax,0C", "ax=1234", "ax=4123 CF"),
        Case("C1 07 10", "rol word [bx],10: a whole turn", "bx=10 ds:0010=0001", "CF"),
        Case("66 C1 C0 10", "rol eax,10", "eax=12345678", "eax=56781234"),
        Case("C1 07 04", "rol word [bx],4 straddles the limit", "bx=FFFF", "#GP"),
        Case("F0 D1 07", "lock rol word [bx],1", "", "#UD"),
    ]

    static let ror: [Case] = [
        Case("D0 C8", "ror al,1", "al=1", "al=80 CF OF"),
        Case("D0 0F", "ror byte [bx],1", "bx=10 ds:0010=03", "ds:0010=81 CF OF"),
        Case("D1 C8", "ror ax,1", "ax=8000", "ax=4000 OF"),
        Case("D1 C8", "ror eax,1", "eax=80000001", "eax=C0000000 CF of", in: .kernel),
        Case("D1 0F", "ror word [bx],1", "bx=10 ds:0010=0002", "ds:0010=0001 of"),
        Case("D2 C8", "ror al,cl", "al=18 cl=4", "al=81 CF"),
        Case("D3 C8", "ror ax,cl", "ax=1234 cl=4", "ax=4123"),
        Case("D3 0B", "ror dword [ebx],cl", "ebx=10 cl=8 ds:0010=12345678", "ds:0010=78123456", in: .kernel),
        Case("C0 C8 08", "ror al,8: a whole turn", "al=80", "CF"),
        Case("C1 C8 0C", "ror ax,0C", "ax=1234", "ax=2341"),
        Case("C1 0F 04", "ror word [bx],4", "bx=10 ds:0010=000F", "ds:0010=F000 CF"),
        Case("66 C1 C8 10", "ror eax,10", "eax=12345678", "eax=56781234"),
        Case("F0 D1 0F", "lock ror word [bx],1", "", "#UD"),
    ]

    static let rcl: [Case] = [
        Case("D0 D0", "rcl al,1", "al=80 cf", "al=0 CF OF"),
        Case("D0 D0", "rcl al,1", "al=40 CF", "al=81 OF"),
        Case("D0 17", "rcl byte [bx],1", "bx=10 ds:0010=FF CF", "ds:0010=FF CF of"),
        Case("D1 D0", "rcl ax,1", "ax=0 CF", "ax=1 of"),
        Case("D1 D0", "rcl eax,1", "eax=80000000 CF", "eax=1 CF OF", in: .kernel),
        Case("D1 17", "rcl word [bx],1", "bx=10 ds:0010=4000 cf", "ds:0010=8000 OF"),
        Case("D2 D0", "rcl al,cl", "al=1 cl=8 cf", "al=0 CF"),
        Case("D2 D0", "rcl al,cl: 9 is a whole turn", "al=5A cl=9 CF", "CF"),
        Case("D3 D0", "rcl ax,cl", "ax=8000 cl=2 cf", "ax=1"),
        Case("D3 13", "rcl dword [ebx],cl", "ebx=10 cl=1F ds:0010=00000003 cf", "ds:0010=80000000 CF", in: .kernel),
        Case("C0 D0 04", "rcl al,4", "al=12 CF", "al=28 CF"),
        Case("C1 D0 11", "rcl ax,11: a whole turn", "ax=1234 CF", "CF"),
        Case("C1 17 04", "rcl word [bx],4", "bx=10 ds:0010=8000 cf", "ds:0010=0004"),
        Case("F0 D1 17", "lock rcl word [bx],1", "", "#UD"),
    ]

    static let rcr: [Case] = [
        Case("D0 D8", "rcr al,1", "al=1 cf", "al=0 CF of"),
        Case("D0 D8", "rcr al,1", "al=0 CF", "al=80 OF"),
        Case("D0 1F", "rcr byte [bx],1", "bx=10 ds:0010=FF CF", "ds:0010=FF CF of"),
        Case("D1 D8", "rcr ax,1", "ax=8000 cf", "ax=4000 OF"),
        Case("D1 D8", "rcr eax,1", "eax=1 CF", "eax=80000000 CF OF", in: .kernel),
        Case("D1 1F", "rcr word [bx],1", "bx=10 ds:0010=0002 cf", "ds:0010=0001 of"),
        Case("D2 D8", "rcr al,cl", "al=80 cl=8 cf", "al=0 CF"),
        Case("D3 D8", "rcr ax,cl", "ax=1 cl=2 cf", "ax=8000"),
        Case("D3 1B", "rcr dword [ebx],cl", "ebx=10 cl=4 ds:0010=00000010 CF", "ds:0010=10000001", in: .kernel),
        Case("C0 D8 09", "rcr al,9: a whole turn", "al=77 cf", ""),
        Case("C1 D8 04", "rcr ax,4", "ax=000F cf", "ax=E000 CF"),
        Case("C1 1F 08", "rcr word [bx],8", "bx=10 ds:0010=0080 CF", "ds:0010=0100 CF"),
        Case("F0 D1 1F", "lock rcr word [bx],1", "", "#UD"),
    ]

    static let shl: [Case] = [
        Case("D0 E0", "shl al,1", "al=80", "al=0 CF OF PF ZF"),
        Case("D0 27", "shl byte [bx],1", "bx=10 ds:0010=C0", "ds:0010=80 CF of SF"),
        Case("D1 E0", "shl ax,1", "ax=4000", "ax=8000 OF SF PF"),
        Case("D1 E0", "shl eax,1", "eax=80000001", "eax=2 CF OF", in: .kernel),
        Case("D1 27", "shl word [bx],1", "bx=10 ds:0010=0001", "ds:0010=0002 of"),
        Case("D2 E0", "shl al,cl", "al=1 cl=7", "al=80 SF"),
        Case("D3 E0", "shl ax,cl", "ax=3 cl=F", "ax=8000 CF SF PF"),
        Case("D3 E3", "shl ebx,cl", "ebx=1 cl=1F", "ebx=80000000 SF PF", in: .kernel),
        Case("D3 23", "shl dword [ebx],cl", "ebx=10 cl=10 ds:0010=00018000", "ds:0010=80000000 CF SF PF", in: .kernel),
        Case("C0 E0 04", "shl al,4", "al=18", "al=80 CF SF"),
        Case("C1 E0 08", "shl ax,8", "ax=FF", "ax=FF00 SF PF"),
        Case("C1 27 04", "shl word [bx],4", "bx=10 ds:0010=1001", "ds:0010=0010 CF"),
        Case("66 C1 E0 1F", "shl eax,1F", "eax=2", "eax=0 CF PF ZF"),
        Case("D1 27", "shl word [bx],1 straddles the limit", "bx=FFFF", "#GP"),
        Case("F0 D1 27", "lock shl word [bx],1", "", "#UD"),
    ]

    static let shlAlias: [Case] = [
        Case("D0 F0", "shl al,1 (alias /6)", "al=C0", "al=80 CF of SF"),
        Case("D1 F0", "shl ax,1 (alias /6)", "ax=4000", "ax=8000 OF SF PF"),
        Case("D2 F0", "shl al,cl (alias /6)", "al=1 cl=4", "al=10"),
        Case("D3 37", "shl word [bx],cl (alias /6)", "bx=10 cl=4 ds:0010=0001", "ds:0010=0010"),
        Case("C0 F0 04", "shl al,4 (alias /6)", "al=1", "al=10"),
        Case("C1 F0 04", "shl eax,4 (alias /6)", "eax=18000000", "eax=80000000 CF SF PF", in: .kernel),
    ]

    static let shr: [Case] = [
        Case("D0 E8", "shr al,1", "al=81", "al=40 CF OF"),
        Case("D0 2F", "shr byte [bx],1", "bx=10 ds:0010=01", "ds:0010=00 CF of PF ZF"),
        Case("D1 E8", "shr ax,1", "ax=8000", "ax=4000 OF PF"),
        Case("D1 E8", "shr eax,1", "eax=80000000", "eax=40000000 OF PF", in: .kernel),
        Case("D1 2F", "shr word [bx],1", "bx=10 ds:0010=0006", "ds:0010=0003 of PF"),
        Case("D2 E8", "shr al,cl", "al=80 cl=7", "al=1"),
        Case("D3 E8", "shr ax,cl", "ax=8000 cl=F", "ax=1"),
        Case("D3 EB", "shr ebx,cl", "ebx=C0000000 cl=1F", "ebx=1 CF", in: .kernel),
        Case("D3 2B", "shr dword [ebx],cl", "ebx=10 cl=4 ds:0010=00000008", "ds:0010=00000000 CF PF ZF", in: .kernel),
        Case("C0 E8 04", "shr al,4", "al=18", "al=1 CF"),
        Case("C1 E8 08", "shr ax,8", "ax=FF80", "ax=FF CF PF"),
        Case("C1 2F 01", "shr word [bx],1 by an immediate", "bx=10 ds:0010=FFFF", "ds:0010=7FFF CF OF PF"),
        Case("D1 6E 00", "shr word [bp],1 straddles the stack's limit", "bp=FFFF", "#SS"),
        Case("F0 D1 2F", "lock shr word [bx],1", "", "#UD"),
    ]

    static let sar: [Case] = [
        Case("D0 F8", "sar al,1", "al=81", "al=C0 CF of SF PF"),
        Case("D0 3F", "sar byte [bx],1", "bx=10 ds:0010=7F", "ds:0010=3F CF of PF"),
        Case("D1 F8", "sar ax,1", "ax=FFFF", "ax=FFFF CF of SF PF"),
        Case("D1 F8", "sar eax,1", "eax=80000000", "eax=C0000000 of SF PF", in: .kernel),
        Case("D1 3F", "sar word [bx],1", "bx=10 ds:0010=0001", "ds:0010=0000 CF of PF ZF"),
        Case("D2 F8", "sar al,cl: all sign", "al=80 cl=1F", "al=FF CF SF PF"),
        Case("D3 F8", "sar ax,cl", "ax=8000 cl=E", "ax=FFFE SF"),
        Case("D3 3B", "sar dword [ebx],cl", "ebx=10 cl=4 ds:0010=7FFFFFFF", "ds:0010=07FFFFFF CF PF", in: .kernel),
        Case("C0 F8 04", "sar al,4", "al=88", "al=F8 CF SF"),
        Case("C1 F8 08", "sar ax,8", "ax=8000", "ax=FF80 SF"),
        Case("C1 FB 1F", "sar ebx,1F", "ebx=80000000", "ebx=FFFFFFFF SF PF", in: .kernel),
        Case("D1 3F", "sar word [bx],1 straddles the limit", "bx=FFFF", "#GP"),
        Case("F0 D1 3F", "lock sar word [bx],1", "", "#UD"),
    ]

    static let shld: [Case] = [
        Case("0F A4 D8 04", "shld ax,bx,4", "ax=1234 bx=F000", "ax=234F CF"),
        Case("0F A4 D8 01", "shld ax,bx,1: the sign changes", "ax=4000 bx=8000", "ax=8001 OF SF"),
        Case("0F A4 D8 08", "shld eax,ebx,8", "eax=12345678 ebx=9ABCDEF0", "eax=3456789A PF", in: .kernel),
        Case("0F A4 1F 04", "shld [bx],bx,4", "bx=10 ds:0010=8000", "ds:0010=0000 PF ZF"),
        Case("0F A4 D8 00", "shld ax,bx,0", "", "kept"),
        Case("0F A5 D8", "shld ax,bx,cl", "ax=1 bx=8000 cl=1", "ax=3 of PF"),
        Case("0F A5 D8", "shld ax,bx,cl: 20 is 0", "cl=20", "kept"),
        Case(
            "0F A5 03", "shld [ebx],eax,cl", "ebx=10 eax=F0000000 cl=1F ds:0010=00000001", "ds:0010=F8000000 SF PF",
            in: .kernel),
        Case("0F A5 1F", "shld [bx],bx,cl straddles the limit", "bx=FFFF cl=1", "#GP"),
        Case("F0 0F A4 1F 01", "lock shld [bx],bx,1", "", "#UD"),
    ]

    static let shrd: [Case] = [
        Case("0F AC D8 04", "shrd ax,bx,4", "ax=1238 bx=F", "ax=F123 CF SF"),
        Case("0F AC D8 01", "shrd ax,bx,1: the sign changes", "ax=0 bx=1", "ax=8000 OF SF PF"),
        Case("0F AC D8 08", "shrd eax,ebx,8", "eax=12345678 ebx=9A", "eax=9A123456 SF PF", in: .kernel),
        Case("0F AC 1F 04", "shrd [bx],bx,4", "bx=10 ds:0010=0001", "ds:0010=0000 PF ZF"),
        Case("0F AC D8 00", "shrd ax,bx,0", "", "kept"),
        Case("0F AD D8", "shrd ax,bx,cl", "ax=8001 bx=1 cl=1", "ax=C000 CF of SF PF"),
        Case("0F AD D8", "shrd ax,bx,cl: 20 is 0", "cl=20", "kept"),
        Case(
            "0F AD 03", "shrd [ebx],eax,cl", "ebx=10 eax=2 cl=1F ds:0010=80000000", "ds:0010=00000005 PF",
            in: .kernel),
        Case("0F AD 1F", "shrd [bx],bx,cl straddles the limit", "bx=FFFF cl=1", "#GP"),
        Case("F0 0F AC 1F 01", "lock shrd [bx],bx,1", "", "#UD"),
    ]

    /// A count is taken modulo 32 from the 80186 on; a count of 0 changes no flag but still needs the memory.
    static let counts: [Case] = [
        Case("D3 E0", "shl ax,cl by 0", "cl=0", "kept"),
        Case("D3 C0", "rol ax,cl by 20", "cl=20", "kept"),
        Case("D2 F8", "sar al,cl by 20", "cl=20", "kept"),
        Case("C1 D8 00", "rcr ax,0", "", "kept"),
        Case("C1 E8 20", "shr ax,20", "", "kept"),
        Case("D3 27", "shl word [bx],cl by 0 straddles the limit", "bx=FFFF cl=0", "#GP"),
        Case("D3 23", "shl dword [ebx],cl by 0 in read-only data", "ds=50 ebx=10 cl=0", "#GP(0)", in: .kernel),
        Case("D2 E0", "shl al,cl by 21", "al=1 cl=21", "al=2 of"),
        Case("D2 E0", "shl al,cl by 21 on the 8086", "al=FF cl=21", "al=0 cf PF ZF", on: .i8086),
        Case("D3 E8", "shr ax,cl by 20 on the 8086", "ax=FFFF cl=20", "ax=0 cf PF ZF", on: .i8086),
        Case("D3 F8", "sar ax,cl by FF on the 8086", "ax=8000 cl=FF", "ax=FFFF CF SF PF", on: .i8086),
        Case("D3 C0", "rol ax,cl by 21 on the 8086", "ax=8000 cl=21", "ax=1 CF", on: .i8086),
        Case("D2 D0", "rcl al,cl by 2D on the 8086: whole turns", "al=5A cl=2D CF", "CF", on: .i8086),
        Case("D3 E0", "shl ax,cl by 20 on the 80186", "cl=20", "kept", on: .i80186),
    ]

    @Test(arguments: setmo) func setmoCases(example: Case) { example.check() }
    @Test(arguments: beyond) func beyondCases(example: Case) { example.check() }
    @Test(arguments: rol) func rolCases(example: Case) { example.check() }
    @Test(arguments: ror) func rorCases(example: Case) { example.check() }
    @Test(arguments: rcl) func rclCases(example: Case) { example.check() }
    @Test(arguments: rcr) func rcrCases(example: Case) { example.check() }
    @Test(arguments: shl) func shlCases(example: Case) { example.check() }
    @Test(arguments: shlAlias) func shlAliasCases(example: Case) { example.check() }
    @Test(arguments: shr) func shrCases(example: Case) { example.check() }
    @Test(arguments: sar) func sarCases(example: Case) { example.check() }
    @Test(arguments: shld) func shldCases(example: Case) { example.check() }
    @Test(arguments: shrd) func shrdCases(example: Case) { example.check() }
    @Test(arguments: counts) func countsCases(example: Case) { example.check() }
}
