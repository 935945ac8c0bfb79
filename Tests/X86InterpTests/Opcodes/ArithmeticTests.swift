import Testing

@testable import X86Interp

/// Addition, subtraction, steps, multiplication, division: each row by example.
@Suite struct ArithmeticTests {
    static let cases: [Case] = binary + steps + products + quotients + exchanges
    static let binary: [Case] = add + adc + sbb + sub + cmp
    static let steps: [Case] = inc + dec + neg
    static let products: [Case] = mul + imul
    static let quotients: [Case] = div + idiv
    static let exchanges: [Case] = xadd + cmpxchg + cmpxchg8b

    static let add: [Case] = [
        Case("00 D8", "add al,bl", "al=7F bl=1", "al=80 OF SF AF"),
        Case("00 3F", "add [bx],bh", "bx=0210 ds:0210=FF", "ds:0210=01 CF AF"),
        Case("01 D8", "add ax,bx", "ax=7FFF bx=1", "ax=8000 OF SF AF PF"),
        Case("66 01 D8", "add eax,ebx", "eax=FFFFFFFF ebx=1", "eax=0 CF PF AF ZF"),
        Case("01 D8", "add eax,ebx", "eax=7FFFFFFF ebx=1", "eax=80000000 OF SF AF PF", in: .kernel),
        Case("66 01 D8", "add ax,bx", "ax=8000 bx=8000", "ax=0 CF OF ZF PF", in: .kernel),
        Case("01 47 02", "add [bx+2],ax", "bx=10 ax=1234 ds:0012=1111", "ds:0012=2345"),
        Case("02 1E 20 00", "add bl,[0020]", "bl=80 ds:0020=80", "bl=0 CF OF ZF PF"),
        Case("03 04", "add ax,[si]", "ax=0 si=30 ds:0030=FFFF", "ax=FFFF SF PF"),
        Case("67 03 04 24", "add ax,[esp]", "ax=1 esp=800 ss:0800=000F", "ax=10 AF"),
        Case("04 01", "add al,1", "al=0F", "al=10 AF"),
        Case("05 34 12", "add ax,1234", "ax=1111", "ax=2345"),
        Case("66 05 78 56 34 12", "add eax,12345678", "", "eax=23456789"),
        Case("80 C0 7F", "add al,7F", "al=1", "al=80 OF SF AF"),
        Case("81 C0 00 80", "add ax,8000", "ax=7FFF", "ax=FFFF SF PF"),
        Case(
            "81 04 24 00 00 00 80", "add dword [esp],80000000", "ss:0800=80000000", "ss:0800=00000000 CF OF ZF PF",
            in: .kernel),
        Case("82 C3 01", "add bl,1", "bl=FF", "bl=0 CF PF AF ZF"),
        Case("83 C0 FF", "add ax,-1", "ax=1", "ax=0 CF PF AF ZF"),
        Case("83 07 FF", "add dword [edi],-1", "edi=40", "ds:0040=FFFFFFFF SF PF", in: .kernel),
        Case("01 07", "add [bx],ax straddles the limit", "bx=FFFF", "#GP"),
        Case("01 46 00", "add [bp],ax straddles the stack's limit", "bp=FFFF", "#SS"),
        Case("03 07", "add ax,[bx] straddles the limit", "bx=FFFF", "#GP"),
        Case(
            "01 07", "add [bx],ax wraps on the 8086", "bx=FFFF ax=201 ds:FFFF=FF @20000=01",
            "ds:FFFF=00 @20000=04 AF PF",
            on: .i8086),
        Case("01 03", "add [ebx],eax to read-only data", "ds=50 ebx=10", "#GP(0)", in: .kernel),
        Case("03 03", "add eax,[ebx] from read-only data", "ds=50 ebx=10 ds:0010=1", "eax=11111112 PF", in: .kernel),
        Case("03 03", "add eax,[ebx] from execute-only code", "ds=80 ebx=10", "#GP(0)", in: .kernel),
        Case("03 03", "add eax,[ebx] by a null segment", "ds=0 ebx=10", "#GP(0)", in: .kernel),
        Case("03 03", "add eax,[ebx] below an expand-down segment", "ds=90 ebx=FFC", "#GP(0)", in: .kernel),
        Case(
            "03 03", "add eax,[ebx] in an expand-down segment", "ds=90 ebx=1000 ds:1000=1", "eax=11111112 PF",
            in: .kernel),
        Case("F0 01 07", "lock add [bx],ax", "bx=10 ax=1", "ds:0010=0001"),
        Case("F0 01 D8", "lock add ax,bx", "", "#UD"),
        Case("F0 03 07", "lock add ax,[bx]", "", "#UD"),
        Case("F0 01 D8", "lock add ax,bx", "ax=1 bx=2", "ax=3 PF", on: .i80286),
    ]

    static let adc: [Case] = [
        Case("10 D8", "adc al,bl", "al=7F bl=0 CF", "al=80 OF SF AF"),
        Case("11 D8", "adc ax,bx", "ax=FFFF bx=FFFF CF", "ax=FFFF CF AF SF PF"),
        Case("11 D8", "adc ax,bx without carry", "ax=1 bx=2 cf", "ax=3 PF"),
        Case("11 D8", "adc eax,ebx", "eax=FFFFFFFF ebx=0 CF", "eax=0 CF PF AF ZF", in: .kernel),
        Case("11 07", "adc [bx],ax", "bx=10 ax=1 ds:0010=7FFE CF", "ds:0010=8000 OF SF AF PF"),
        Case("12 D8", "adc bl,al", "bl=FF al=0 CF", "bl=0 CF PF AF ZF"),
        Case("12 0F", "adc cl,[bx]", "bx=10 cl=1 ds:0010=FF CF", "cl=1 CF AF"),
        Case("13 07", "adc ax,[bx]", "bx=10 ax=8000 ds:0010=7FFF CF", "ax=0 CF PF AF ZF"),
        Case("14 00", "adc al,0", "al=F CF", "al=10 AF"),
        Case("15 FF FF", "adc ax,FFFF", "ax=0 CF", "ax=0 CF PF AF ZF"),
        Case("15 FF FF FF FF", "adc eax,FFFFFFFF", "eax=5 CF", "eax=5 CF PF AF", in: .kernel),
        Case("80 D0 80", "adc al,80", "al=80 CF", "al=1 CF OF"),
        Case("81 17 FF 7F", "adc word [bx],7FFF", "bx=10 CF", "ds:0010=8000 OF SF AF PF"),
        Case("82 D2 01", "adc dl,1", "dl=1 CF", "dl=3 PF"),
        Case("83 D0 FF", "adc ax,-1", "ax=0 cf", "ax=FFFF SF PF"),
        Case("83 D0 FF", "adc eax,-1", "eax=1 CF", "eax=1 CF AF", in: .kernel),
        Case("11 07", "adc [bx],ax straddles the limit", "bx=FFFF CF", "#GP"),
        Case("F0 11 03", "lock adc [ebx],eax", "ebx=10 eax=2 CF", "ds:0010=00000003 PF", in: .kernel),
        Case("F0 12 D8", "lock adc bl,al", "", "#UD"),
    ]

    static let sbb: [Case] = [
        Case("18 D8", "sbb al,bl", "al=0 bl=0 CF", "al=FF CF PF AF SF"),
        Case("19 D8", "sbb ax,bx", "ax=8000 bx=0 CF", "ax=7FFF OF PF AF"),
        Case("19 D8", "sbb eax,ebx", "eax=0 ebx=FFFFFFFF CF", "eax=0 CF PF AF ZF", in: .kernel),
        Case("19 07", "sbb [bx],ax", "bx=10 ax=1 ds:0010=0003 CF", "ds:0010=0001"),
        Case("1A D8", "sbb bl,al", "bl=80 al=80 CF", "bl=FF CF PF AF SF"),
        Case("1A 0F", "sbb cl,[bx]", "bx=10 cl=5 ds:0010=02 cf", "cl=3 PF"),
        Case("1B 07", "sbb ax,[bx]", "bx=10 ax=7FFF ds:0010=FFFF CF", "ax=7FFF CF AF PF"),
        Case("1C 00", "sbb al,0", "al=10 CF", "al=F PF AF"),
        Case("1D FF FF", "sbb ax,FFFF", "ax=0 CF", "ax=0 CF PF AF ZF"),
        Case("1D 00 00 00 80", "sbb eax,80000000", "eax=80000000 cf", "eax=0 PF ZF", in: .kernel),
        Case("80 D8 01", "sbb al,1", "al=80 CF", "al=7E OF AF PF"),
        Case("81 1F 00 80", "sbb word [bx],8000", "bx=10 CF", "ds:0010=7FFF CF AF PF"),
        Case("82 DA 01", "sbb dl,1", "dl=1 CF", "dl=FF CF PF AF SF"),
        Case("83 D8 FF", "sbb ax,-1", "ax=0 CF", "ax=0 CF PF AF ZF"),
        Case("83 1B FF", "sbb dword [ebx],-1", "ebx=10 cf", "ds:0010=00000001 CF AF", in: .kernel),
        Case("19 46 00", "sbb [bp],ax straddles the stack's limit", "bp=FFFF CF", "#SS"),
        Case("F0 18 07", "lock sbb [bx],al", "bx=10 al=1 ds:0010=01 cf", "ds:0010=00 PF ZF"),
        Case("F0 1B 07", "lock sbb ax,[bx]", "", "#UD"),
    ]

    static let sub: [Case] = [
        Case("28 D8", "sub al,bl", "al=80 bl=1", "al=7F OF AF"),
        Case("28 C0", "sub al,al", "", "al=0 PF ZF"),
        Case("29 D8", "sub ax,bx", "ax=0 bx=1", "ax=FFFF CF PF AF SF"),
        Case("29 D8", "sub eax,ebx", "eax=80000000 ebx=1", "eax=7FFFFFFF OF PF AF", in: .kernel),
        Case("66 29 D8", "sub eax,ebx", "eax=5 ebx=5", "eax=0 PF ZF"),
        Case("29 07", "sub [bx],ax", "bx=10 ax=2 ds:0010=0012", "ds:0010=0010"),
        Case("2A D8", "sub bl,al", "bl=1 al=FF", "bl=2 CF AF"),
        Case("2A 0F", "sub cl,[bx]", "bx=10 cl=0 ds:0010=80", "cl=80 CF OF SF"),
        Case("2B 07", "sub ax,[bx]", "bx=10 ax=7FFF ds:0010=FFFF", "ax=8000 CF OF SF PF"),
        Case("2C 01", "sub al,1", "al=10", "al=F PF AF"),
        Case("2D 00 80", "sub ax,8000", "ax=0", "ax=8000 CF OF SF PF"),
        Case("2D 01 00 00 00", "sub eax,1", "eax=0", "eax=FFFFFFFF CF PF AF SF", in: .kernel),
        Case("80 E8 FF", "sub al,FF", "al=FF", "al=0 PF ZF"),
        Case("81 2F 34 12", "sub word [bx],1234", "bx=10 ds:0010=1234", "ds:0010=0000 PF ZF"),
        Case("82 EA 01", "sub dl,1", "dl=0", "dl=FF CF PF AF SF"),
        Case("83 E8 80", "sub ax,-80", "ax=FF80", "ax=0 PF ZF"),
        Case("83 2B 80", "sub dword [ebx],-80", "ebx=10 ds:0010=00000000", "ds:0010=00000080 CF", in: .kernel),
        Case("29 07", "sub [bx],ax straddles the limit", "bx=FFFF", "#GP"),
        Case("F0 29 07", "lock sub [bx],ax", "bx=10 ax=1 ds:0010=0001", "ds:0010=0000 PF ZF"),
        Case("F0 2D 01 00", "lock sub ax,1", "", "#UD"),
    ]

    static let cmp: [Case] = [
        Case("38 D8", "cmp al,bl", "al=80 bl=1", "OF AF"),
        Case("38 07", "cmp [bx],al", "bx=10 al=5 ds:0010=05", "PF ZF"),
        Case("39 D8", "cmp ax,bx", "ax=1 bx=2", "CF PF AF SF"),
        Case("39 D8", "cmp eax,ebx", "eax=80000000 ebx=7FFFFFFF", "OF AF", in: .kernel),
        Case("39 07", "cmp [bx],ax", "bx=10 ax=1 ds:0010=8000", "OF PF AF"),
        Case("3A D8", "cmp bl,al", "bl=0 al=FF", "CF AF"),
        Case("3A 0F", "cmp cl,[bx]", "bx=10 cl=7 ds:0010=07", "PF ZF"),
        Case("3B 07", "cmp ax,[bx]", "bx=10 ax=FFFF ds:0010=0001", "SF"),
        Case("3C 80", "cmp al,80", "al=0", "CF OF SF"),
        Case("3D FF FF", "cmp ax,FFFF", "ax=FFFF", "PF ZF"),
        Case("3D FF FF FF FF", "cmp eax,FFFFFFFF", "eax=0", "CF AF", in: .kernel),
        Case("80 F8 01", "cmp al,1", "al=3", ""),
        Case("80 3F 10", "cmp byte [bx],10", "bx=10 ds:0010=20", ""),
        Case("81 3F 00 10", "cmp word [bx],1000", "bx=10 ds:0010=0FFF", "CF PF SF"),
        Case("82 FA 01", "cmp dl,1", "dl=1", "PF ZF"),
        Case("83 F8 FF", "cmp ax,-1", "ax=FFFF", "PF ZF"),
        Case("83 3B FF", "cmp dword [ebx],-1", "ebx=10", "CF AF", in: .kernel),
        Case("39 03", "cmp [ebx],eax reads read-only data", "ds=50 ebx=10 eax=0", "PF ZF", in: .kernel),
        Case("39 07", "cmp [bx],ax straddles the limit", "bx=FFFF", "#GP"),
        Case("F0 39 07", "lock cmp [bx],ax", "", "#UD"),
        Case("F0 80 3F 00", "lock cmp byte [bx],0", "", "#UD"),
    ]

    static let inc: [Case] = [
        Case("40", "inc ax", "ax=7FFF CF", "ax=8000 OF PF AF SF"),
        Case("43", "inc bx", "bx=FFFF cf", "bx=0 PF AF ZF"),
        Case("66 47", "inc edi", "edi=FFFFFFFF CF", "edi=0 PF AF ZF"),
        Case("44", "inc esp", "", "esp=801", in: .kernel),
        Case("FE C4", "inc ah", "ah=7F", "ah=80 OF AF SF"),
        Case("FE 07", "inc byte [bx]", "bx=10 ds:0010=0F CF", "ds:0010=10 AF"),
        Case("FF C0", "inc ax", "ax=0", "ax=1"),
        Case("FF 07", "inc word [bx]", "bx=10 ds:0010=FFFF CF", "ds:0010=0000 PF AF ZF"),
        Case("FF 03", "inc dword [ebx]", "ebx=10 ds:0010=7FFFFFFF cf", "ds:0010=80000000 OF PF AF SF", in: .kernel),
        Case("FF 07", "inc word [bx] straddles the limit", "bx=FFFF CF", "#GP"),
        Case("F0 FF 07", "lock inc word [bx]", "bx=10", "ds:0010=0001"),
        Case("F0 40", "lock inc ax", "", "#UD"),
    ]

    static let dec: [Case] = [
        Case("48", "dec ax", "ax=8000 CF", "ax=7FFF OF PF AF"),
        Case("4B", "dec bx", "bx=0 cf", "bx=FFFF PF AF SF"),
        Case("66 4F", "dec edi", "edi=80000000 CF", "edi=7FFFFFFF OF PF AF"),
        Case("49", "dec ecx", "ecx=1 CF", "ecx=0 PF ZF", in: .kernel),
        Case("FE CC", "dec ah", "ah=80", "ah=7F OF AF"),
        Case("FE 0F", "dec byte [bx]", "bx=10 ds:0010=10 CF", "ds:0010=0F PF AF"),
        Case("FF C8", "dec ax", "ax=2", "ax=1"),
        Case("FF 0F", "dec word [bx]", "bx=10 ds:0010=0000 CF", "ds:0010=FFFF PF AF SF"),
        Case("FF 0B", "dec dword [ebx]", "ebx=10 ds:0010=00000001 cf", "ds:0010=00000000 PF ZF", in: .kernel),
        Case("FE 4E 00", "dec byte [bp] beyond the stack's limit", "ss.limit=FF bp=100", "#SS"),
        Case("F0 FE 0F", "lock dec byte [bx]", "bx=10 ds:0010=01", "ds:0010=00 PF ZF"),
        Case("F0 FF C8", "lock dec ax", "", "#UD"),
    ]

    static let neg: [Case] = [
        Case("F6 D8", "neg al", "al=80", "al=80 CF OF SF"),
        Case("F6 D8", "neg al", "al=0", "al=0 PF ZF"),
        Case("F6 1F", "neg byte [bx]", "bx=10 ds:0010=01", "ds:0010=FF CF PF AF SF"),
        Case("F7 D8", "neg ax", "ax=8000", "ax=8000 CF OF SF PF"),
        Case("F7 D8", "neg eax", "eax=1", "eax=FFFFFFFF CF PF AF SF", in: .kernel),
        Case("66 F7 D8", "neg eax", "eax=80000000", "eax=80000000 CF OF SF PF"),
        Case("F7 1F", "neg word [bx]", "bx=10 ds:0010=FFFF", "ds:0010=0001 CF AF"),
        Case("F7 1F", "neg word [bx] straddles the limit", "bx=FFFF", "#GP"),
        Case("F0 F7 1F", "lock neg word [bx]", "bx=10", "ds:0010=0000 PF ZF"),
        Case("F0 F7 D8", "lock neg ax", "", "#UD"),
    ]

    static let mul: [Case] = [
        Case("F6 E3", "mul bl", "al=FF bl=FF", "ax=FE01 CF OF"),
        Case("F6 E3", "mul bl into AL alone", "ax=1310 bl=0F", "ax=F0 cf of"),
        Case("F6 27", "mul byte [bx]", "bx=10 al=80 ds:0010=02", "ax=100 CF OF"),
        Case("F7 E3", "mul bx", "ax=FFFF bx=FFFF", "dx=FFFE ax=1 CF OF"),
        Case("F7 E3", "mul bx clears dx", "ax=2 bx=3", "dx=0 ax=6"),
        Case("F7 E3", "mul ebx", "eax=FFFFFFFF ebx=FFFFFFFF", "edx=FFFFFFFE eax=1 CF OF", in: .kernel),
        Case("66 F7 E2", "mul edx", "eax=10000 edx=10000", "edx=1 eax=0 CF OF"),
        Case("F7 23", "mul dword [ebx]", "ebx=10 eax=7 ds:0010=00000003", "edx=0 eax=15", in: .kernel),
        Case("F7 27", "mul word [bx] straddles the limit", "bx=FFFF", "#GP"),
        Case("F0 F7 27", "lock mul word [bx]", "", "#UD"),
    ]

    static let imul: [Case] = [
        Case("F6 EB", "imul bl", "al=FF bl=FF", "ax=1"),
        Case("F6 EB", "imul bl", "al=80 bl=80", "ax=4000 CF OF"),
        Case("F6 EB", "imul bl", "al=80 bl=1", "ax=FF80"),
        Case("F6 EB", "imul bl", "al=80 bl=FF", "ax=80 CF OF"),
        Case("F6 2F", "imul byte [bx]", "bx=10 al=FE ds:0010=40", "ax=FF80"),
        Case("F7 EB", "imul bx", "ax=8000 bx=FFFF", "dx=0 ax=8000 CF OF"),
        Case("F7 EB", "imul bx", "ax=FFFE bx=3", "dx=FFFF ax=FFFA"),
        Case("F7 EB", "imul ebx", "eax=80000000 ebx=80000000", "edx=40000000 eax=0 CF OF", in: .kernel),
        Case("F7 2F", "imul word [bx]", "bx=10 ax=100 ds:0010=0080", "dx=0 ax=8000 CF OF"),
        Case("69 C3 00 01", "imul ax,bx,100", "bx=7F", "ax=7F00"),
        Case("69 C3 00 01", "imul ax,bx,100", "bx=80", "ax=8000 CF OF"),
        Case("69 03 FE FF FF FF", "imul eax,[ebx],-2", "ebx=10 ds:0010=40000000", "eax=80000000", in: .kernel),
        Case("69 03 FE FF FF FF", "imul eax,[ebx],-2", "ebx=10 ds:0010=40000001", "eax=7FFFFFFE CF OF", in: .kernel),
        Case("6B C3 FF", "imul ax,bx,-1", "bx=8000", "ax=8000 CF OF"),
        Case("6B 07 7F", "imul ax,[bx],7F", "bx=10 ds:0010=FFFE", "ax=FF02"),
        Case("6B C3 80", "imul eax,ebx,-80", "ebx=1000000", "eax=80000000", in: .kernel),
        Case("66 6B C3 02", "imul eax,ebx,2", "ebx=40000000", "eax=80000000 CF OF"),
        Case("0F AF C3", "imul ax,bx", "ax=FFFF bx=7FFF", "ax=8001"),
        Case("0F AF C3", "imul ax,bx", "ax=200 bx=80", "ax=0 CF OF"),
        Case("0F AF C3", "imul eax,ebx", "eax=10000 ebx=8000", "eax=80000000 CF OF", in: .kernel),
        Case("0F AF 03", "imul eax,[ebx]", "ebx=10 eax=FFFFFFFF ds:0010=00000005", "eax=FFFFFFFB", in: .kernel),
        Case("0F AF 07", "imul ax,[bx] straddles the limit", "bx=FFFF", "#GP"),
        Case("69 C3 00 01", "imul ax,bx,100", "bx=2", "ax=200", on: .i80186),
        Case("F3 F6 EB", "rep imul bl negates the product", "al=3 bl=5", "ax=FFF1", on: .i8086),
        Case("F2 F7 EB", "repne imul bx negates the product", "ax=8000 bx=8000", "dx=C000 ax=0 CF OF", on: .i8086),
        Case("F3 F6 EB", "rep imul bl", "al=3 bl=5", "ax=F", on: .i80186),
        Case("F0 0F AF C3", "lock imul ax,bx", "", "#UD"),
    ]

    static let div: [Case] = [
        Case("F6 F3", "div bl", "ax=FF bl=10", "al=F ah=F"),
        Case("F6 F3", "div bl: greatest quotient", "ax=FEFF bl=FF", "al=FF ah=FE"),
        Case("F6 F3", "div bl overflows", "ax=FF00 bl=FF", "#DE"),
        Case("F6 F3", "div bl by zero", "bl=0", "#DE"),
        Case("F6 37", "div byte [bx]", "bx=10 ax=7 ds:0010=02", "al=3 ah=1"),
        Case("F7 F3", "div bx", "dx=1 ax=0 bx=10", "ax=1000 dx=0"),
        Case("F7 F3", "div bx overflows", "dx=10 ax=0 bx=10", "#DE"),
        Case("F7 F3", "div ebx", "edx=1 eax=1 ebx=10", "eax=10000000 edx=1", in: .kernel),
        Case("F7 F3", "div ebx by zero", "ebx=0", "#DE", in: .kernel),
        Case("66 F7 37", "div dword [bx]", "bx=10 edx=0 eax=FFFFFFFF ds:0010=00000001", "eax=FFFFFFFF edx=0"),
        Case("F7 37", "div word [bx] straddles the limit", "bx=FFFF", "#GP"),
        Case("F0 F7 37", "lock div word [bx]", "", "#UD"),
    ]

    static let idiv: [Case] = [
        Case("F6 FB", "idiv bl", "ax=FFF9 bl=2", "al=FD ah=FF"),
        Case("F6 FB", "idiv bl: remainder has the dividend's sign", "ax=7 bl=FE", "al=FD ah=1"),
        Case("F6 FB", "idiv bl: most negative quotient", "ax=FF80 bl=1", "al=80 ah=0"),
        Case("F6 FB", "idiv bl: most negative quotient", "ax=FF80 bl=1", "ip=102 #DE", on: .i8086),
        Case("F6 FB", "idiv bl overflows", "ax=80 bl=1", "#DE"),
        Case("F3 F6 FB", "rep idiv bl negates the quotient", "ax=7 bl=2", "al=FD ah=1", on: .i8086),
        Case("F2 F6 FB", "repne idiv bl negates the quotient", "ax=FFF9 bl=2", "al=3 ah=FF", on: .i8086),
        Case("F3 F7 FB", "rep idiv bx negates the quotient", "dx=0 ax=7 bx=2", "ax=FFFD dx=1", on: .i8086),
        Case("F3 F6 FB", "rep idiv bl: the most negative one is none", "ax=80 bl=1", "ip=103 #DE", on: .i8086),
        Case("F3 F6 FB", "rep idiv bl", "ax=7 bl=2", "al=3 ah=1", on: .i80186),
        Case("F6 FB", "idiv bl: a lost bit hides the overflow", "ax=8C60 bl=67", "ax=E080", on: .i80286),
        Case("F6 FB", "idiv bl: a lost bit hides the overflow", "ax=8C60 bl=67", "ax=E080", on: .i80386),
        Case("F6 FB", "idiv bl: a lost bit hides the overflow", "ax=B0E3 bl=1E", "ax=E380", on: .i80286),
        Case("F6 FB", "idiv bl: one beyond that", "ax=B0E2 bl=1E", "#DE", on: .i80286),
        Case("F6 FB", "idiv bl: one before that", "ax=B101 bl=1E", "#DE", on: .i80286),
        Case("F6 FB", "idiv bl: positive ones are seen", "ax=4F1D bl=1E", "#DE", on: .i80286),
        Case("F6 FB", "idiv bl: a positive dividend", "ax=4F1D bl=E2", "ax=1D80", on: .i80286),
        Case("F6 FB", "idiv bl: least dividend", "ax=8000 bl=7F", "#DE", on: .i80286),
        Case("F7 FB", "idiv bx: one before that", "dx=C000 ax=0 bx=1", "#DE", on: .i80286),
        Case("F7 FB", "idiv bx: a lost bit hides the overflow", "dx=BFFF ax=8000 bx=1", "ax=8000 dx=0", on: .i80286),
        Case("F6 FB", "idiv bl: later chips see it", "ax=8C60 bl=67", "#DE", on: .i486),
        Case("F6 FB", "idiv bl: later chips see it", "ax=8C60 bl=67", "#DE"),
        Case("F6 FB", "idiv bl by zero", "bl=0", "#DE"),
        Case("F6 3F", "idiv byte [bx]", "bx=10 ax=FF00 ds:0010=10", "al=F0 ah=0"),
        Case("F7 FB", "idiv bx", "dx=FFFF ax=8000 bx=1", "ax=8000 dx=0"),
        Case("F7 FB", "idiv bx overflows", "dx=0 ax=8000 bx=1", "#DE"),
        Case("F7 FB", "idiv ebx", "edx=FFFFFFFF eax=80000000 ebx=FFFFFFFF", "#DE", in: .kernel),
        Case("F7 FB", "idiv ebx: least dividend", "edx=80000000 eax=0 ebx=FFFFFFFF", "#DE", in: .kernel),
        Case(
            "F7 3B", "idiv dword [ebx]", "ebx=10 edx=FFFFFFFF eax=FFFFFFFF ds:0010=00000002", "eax=0 edx=FFFFFFFF",
            in: .kernel),
        Case("F7 7E 00", "idiv word [bp] straddles the stack's limit", "bp=FFFF", "#SS"),
        Case("F0 F7 3F", "lock idiv word [bx]", "", "#UD"),
    ]

    static let xadd: [Case] = [
        Case("0F C0 D8", "xadd al,bl", "al=7F bl=1", "al=80 bl=7F OF AF SF"),
        Case("0F C0 07", "xadd [bx],al", "bx=10 al=2 ds:0010=FF", "al=FF ds:0010=01 CF AF"),
        Case("0F C1 D8", "xadd ax,bx", "ax=1 bx=2", "ax=3 bx=1 PF"),
        Case("0F C1 C0", "xadd ax,ax", "ax=3", "ax=6 PF"),
        Case(
            "0F C1 03", "xadd [ebx],eax", "ebx=10 eax=1 ds:0010=FFFFFFFF", "eax=FFFFFFFF ds:0010=00000000 CF PF AF ZF",
            in: .kernel),
        Case("0F C1 07", "xadd [bx],ax straddles the limit", "bx=FFFF", "#GP"),
        Case("0F C1 03", "xadd [ebx],eax to read-only data", "ds=50 ebx=10", "#GP(0)", in: .kernel),
        Case("F0 0F C1 07", "lock xadd [bx],ax", "bx=10 ax=1", "ax=0 ds:0010=0001"),
        Case("F0 0F C1 D8", "lock xadd ax,bx", "", "#UD"),
        Case("0F C1 D8", "xadd ax,bx", "", "#UD", on: .i80386),
    ]

    static let cmpxchg: [Case] = [
        Case("0F B0 D9", "cmpxchg cl,bl: equal", "al=5 cl=5 bl=7", "cl=7 PF ZF"),
        Case("0F B0 D9", "cmpxchg cl,bl: not equal", "al=5 cl=6 bl=7", "al=6 CF PF AF SF"),
        Case("0F B0 0F", "cmpxchg [bx],cl", "bx=10 al=0 cl=9", "ds:0010=09 PF ZF"),
        Case("0F B1 D9", "cmpxchg cx,bx: equal", "ax=1234 cx=1234 bx=7", "cx=7 PF ZF"),
        Case("0F B1 0F", "cmpxchg [bx],cx: not equal", "bx=10 ax=8000 ds:0010=0001", "ax=1 OF PF AF"),
        Case("0F B1 0B", "cmpxchg [ebx],ecx", "ebx=10 eax=0 ecx=1", "ds:0010=00000001 PF ZF", in: .kernel),
        Case("0F B1 0B", "cmpxchg [ebx],ecx: not equal still writes", "ds=50 ebx=10 eax=1", "#GP(0)", in: .kernel),
        Case("0F B1 0F", "cmpxchg [bx],cx straddles the limit", "bx=FFFF", "#GP"),
        Case("F0 0F B1 0F", "lock cmpxchg [bx],cx", "bx=10 ax=0 cx=3", "ds:0010=0003 PF ZF"),
        Case("F0 0F B1 D9", "lock cmpxchg cx,bx", "", "#UD"),
    ]

    static let cmpxchg8b: [Case] = [
        Case(
            "0F C7 0F", "cmpxchg8b [bx]: equal", "ebx=10 eax=1 edx=2 ecx=4 ds:0010=0000000200000001",
            "ds:0010=0000000400000010 ZF"),
        Case(
            "0F C7 0F", "cmpxchg8b [bx]: not equal", "bx=10 eax=1 edx=3 ds:0010=0000000200000001", "eax=1 edx=2"),
        Case(
            "0F C7 0E", "cmpxchg8b [esi]", "esi=20 eax=0 edx=0 ebx=5 ecx=6", "ds:0020=0000000600000005 ZF", in: .kernel),
        Case("0F C7 0F", "cmpxchg8b [bx] straddles the limit", "bx=FFFC eax=0 edx=0", "#GP"),
        Case("0F C7 0B", "cmpxchg8b [ebx]: not equal still writes", "ds=50 ebx=10", "#GP(0)", in: .kernel),
        Case("0F C7 C9", "cmpxchg8b ecx", "", "#UD"),
        Case("F0 0F C7 0E 20 00", "lock cmpxchg8b [0020]", "eax=0 edx=0 ebx=1 ecx=0", "ds:0020=0000000000000001 ZF"),
        Case("F0 0F C7 C9", "lock cmpxchg8b ecx", "", "#UD"),
    ]

    @Test(arguments: add) func addCases(example: Case) { example.check() }
    @Test(arguments: adc) func adcCases(example: Case) { example.check() }
    @Test(arguments: sbb) func sbbCases(example: Case) { example.check() }
    @Test(arguments: sub) func subCases(example: Case) { example.check() }
    @Test(arguments: cmp) func cmpCases(example: Case) { example.check() }
    @Test(arguments: inc) func incCases(example: Case) { example.check() }
    @Test(arguments: dec) func decCases(example: Case) { example.check() }
    @Test(arguments: neg) func negCases(example: Case) { example.check() }
    @Test(arguments: mul) func mulCases(example: Case) { example.check() }
    @Test(arguments: imul) func imulCases(example: Case) { example.check() }
    @Test(arguments: div) func divCases(example: Case) { example.check() }
    @Test(arguments: idiv) func idivCases(example: Case) { example.check() }
    @Test(arguments: xadd) func xaddCases(example: Case) { example.check() }
    @Test(arguments: cmpxchg) func cmpxchgCases(example: Case) { example.check() }
    @Test(arguments: cmpxchg8b) func cmpxchg8bCases(example: Case) { example.check() }
}
