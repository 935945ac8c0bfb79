import Testing

@testable import X86Interp

/// Moves, exchanges, conversions, pointers: each row by example.
///
/// None but SAHF touches a flag.
@Suite struct DataTransferTests {
    static let cases: [Case] =
        mov + movSegment + movControl + movDebug + xchg + lea + farPointers + extensions + xlat + bswap + cmovcc
        + conversions + flagMoves

    static let mov: [Case] = [
        Case("88 DC", "mov ah,bl", "bl=12", "ah=12"),
        Case("88 07", "mov [bx],al", "bx=10 al=34", "ds:0010=34"),
        Case("89 D8", "mov ax,bx", "bx=1234", "ax=1234"),
        Case("89 D8", "mov eax,ebx", "", "eax=44444444", in: .kernel),
        Case("66 89 1E 20 00", "mov [0020],ebx", "", "ds:0020=44444444"),
        Case("89 1D 20 00 00 00", "mov [20],ebx", "", "ds:0020=44444444", in: .kernel),
        Case("67 89 1E 20 00", "mov [0020],ebx by a 16-bit address", "", "ds:0020=44444444", in: .kernel),
        Case("67 89 44 8B 08", "mov [ebx+ecx*4+8],ax", "ebx=10 ecx=2 ax=5678", "ds:0020=5678"),
        Case("8A 07", "mov al,[bx]", "bx=10 ds:0010=9A", "al=9A"),
        Case("8A 5A 10", "mov bl,[bp+si+10]", "bp=20 si=30 ss:0060=77", "bl=77"),
        Case("8B 07", "mov ax,[bx]", "bx=FFFE ds:FFFE=1234", "ax=1234"),
        Case("8B 40 FF", "mov ax,[bx+si-1]: the address wraps", "bx=1 si=0 ds:0000=4321", "ax=4321"),
        Case("8B 03", "mov eax,[ebx]", "ebx=10 ds:0010=89ABCDEF", "eax=89ABCDEF", in: .kernel),
        Case("64 8B 03", "mov eax,fs:[ebx]", "ebx=10 fs:0010=1", "eax=1", in: .kernel),
        Case(
            "65 2E 8B 03", "mov eax,cs:[ebx]: the last override counts", "ebx=200 cs:0200=2 gs:0200=3", "eax=2",
            in: .kernel),
        Case("8B 45 00", "mov eax,[ebp] is in SS", "ebp=10 ss:0010=5 ds:0010=6", "eax=5", in: .kernel),
        Case("8B 04 24", "mov eax,[esp] is in SS", "ss:0800=5", "eax=00000005", in: .kernel),
        Case("8B 04 2D 00 00 00 00", "mov eax,[ebp*1+0] is in DS", "ebp=10 ss:0010=5 ds:0010=6", "eax=6", in: .kernel),
        Case("A0 34 12", "mov al,[1234]", "ds:1234=56", "al=56"),
        Case("A1 34 12", "mov ax,[1234]", "ds:1234=5678", "ax=5678"),
        Case("36 A1 34 12 00 00", "mov eax,ss:[1234]", "ss:1234=56789ABC", "eax=56789ABC", in: .kernel),
        Case("67 A0 34 12 00 00", "mov al,[00001234]", "ds:1234=56", "al=56"),
        Case("A2 34 12", "mov [1234],al", "al=9", "ds:1234=09"),
        Case("A3 34 12", "mov [1234],ax", "ax=FEDC", "ds:1234=FEDC"),
        Case("A3 34 12 00 00", "mov [1234],eax", "eax=1", "ds:1234=00000001", in: .kernel),
        Case("B4 12", "mov ah,12", "", "ah=12"),
        Case("B8 34 12", "mov ax,1234", "", "ax=1234"),
        Case("66 BF 78 56 34 12", "mov edi,12345678", "", "edi=12345678"),
        Case("BC 00 10 00 00", "mov esp,1000", "", "esp=1000", in: .kernel),
        Case("C6 C3 12", "mov bl,12", "", "bl=12"),
        Case("C6 06 20 00 12", "mov byte [0020],12", "", "ds:0020=12"),
        Case("C7 C0 34 12", "mov ax,1234", "", "ax=1234"),
        Case("C7 07 34 12", "mov word [bx],1234", "bx=10", "ds:0010=1234"),
        Case("C7 03 78 56 34 12", "mov dword [ebx],12345678", "ebx=10", "ds:0010=12345678", in: .kernel),
        Case("C6 C8 12", "c6 /1", "", "#UD"),
        Case("C6 C8 12", "c6 /1 on the 80186", "", "#UD", on: .i80186),
        Case("C6 DE 12", "mov dh,12 whatever reg", "", "dh=12", on: .i8086),
        Case("C6 3F 12", "mov byte [bx],12 whatever reg", "bx=10", "ds:0010=12", on: .i8086),
        Case("C7 C8 34 12", "mov ax,1234 whatever reg", "", "ax=1234", on: .i8086),
        Case("C7 7F 02 34 12", "mov word [bx+2],1234 whatever reg", "bx=10", "ds:0012=1234", on: .i8086),
        Case("26 26 26 26 C7 8F 34 12 78 56", "c7 /1 of 10 bytes", "", "#UD", on: .i80286),
        Case("26 26 26 26 26 C7 8F 34 12 78 56", "c7 /1 of 11 bytes, the immediate's too", "", "#GP", on: .i80286),
        Case("26 26 26 26 26 26 C6 8F 34 12 78", "c6 /1 of 11 bytes, the immediate's too", "", "#GP", on: .i80286),
        Case("89 07", "mov [bx],ax straddles the limit", "bx=FFFF", "#GP"),
        Case("88 07", "mov [bx],al at the limit", "bx=FFFF al=1", "ds:FFFF=01"),
        Case("8B 46 00", "mov ax,[bp] straddles the stack's limit", "bp=FFFF", "#SS"),
        Case("67 8B 03", "mov ax,[ebx] beyond 64 KiB", "ebx=10000", "#GP"),
        Case("67 8B 03", "mov ax,[ebx] in big real mode", "ds.limit=FFFFFFFF ebx=10000 es:0000=1234", "ax=1234"),
        Case("8B 46 00", "mov ax,[bp] on the 80286", "bp=FFFF", "#GP", on: .i80286),
        Case("8B 07", "mov ax,[bx] wraps on the 8086", "bx=FFFF ds:FFFF=34 ds:0000=12", "ax=1234", on: .i8086),
        Case("88 03", "mov [ebx],al to code", "ds=8 ebx=10", "#GP(0)", in: .kernel),
        Case("2E 88 03", "mov cs:[ebx],al", "ebx=10", "#GP(0)", in: .kernel),
        Case("F0 89 07", "lock mov [bx],ax", "", "#UD"),
    ]

    static let movSegment: [Case] = [
        Case("8C D8", "mov ax,ds", "", "ax=2000"),
        Case("66 8C D8", "mov eax,ds", "", "eax=2000"),
        Case("8C D0", "mov eax,ss", "", "eax=20", in: .kernel),
        Case("8C 0B", "mov [ebx],cs stores a word", "ebx=10", "ds:0010=0008", in: .kernel),
        Case("8C E0", "mov ax,fs", "", "ax=5000"),
        Case("8C E0", "mov ax,fs on the 80286", "", "#UD", on: .i80286),
        Case("8C F0", "mov ax,?6", "", "#UD"),
        Case("8E D8", "mov ds,ax", "ax=1234", "ds=1234"),
        Case(
            "8E C0", "mov es,ax keeps the limit of big real mode", "ax=1234 es.limit=FFFFFFFF",
            "es=1234 es.limit=FFFFFFFF"),
        Case("8E D0", "mov ss,ax", "ax=1234", "ss=1234"),
        Case("8E 2F", "mov gs,[bx]", "bx=10 ds:0010=4321", "gs=4321"),
        Case("8E C8", "mov cs,ax", "", "#UD"),
        Case("8E C8", "mov cs,ax on the 8086", "ax=1234", "cs=1234", on: .i8086),
        Case("8E 0F", "mov cs,[bx] before the limit", "bx=FFFF", "#UD"),
        Case("8E F8", "mov ?7,ax", "", "#UD"),
        Case("8E 1F", "mov ds,[bx] straddles the limit", "bx=FFFF", "#GP"),
        Case("8E D8", "mov ds,eax", "eax=18", "ds=18", in: .kernel),
        Case("8E D8", "mov ds,eax marks the descriptor", "eax=88", "ds=88 @7008D=F3", in: .kernel),
        Case("8E D8", "mov ds,eax: null", "eax=3", "ds=3", in: .kernel),
        Case("8E D0", "mov ss,eax: null", "eax=0", "#GP(0)", in: .kernel),
        Case("8E D8", "mov ds,eax beyond the table", "eax=B0", "#GP(B0)", in: .kernel),
        Case("8E D8", "mov ds,eax: no local table", "eax=C", "#GP(C)", in: .kernel),
        Case("8E D8", "mov ds,eax: system segment", "eax=70", "#GP(70)", in: .kernel),
        Case("8E D8", "mov ds,eax: execute-only code", "eax=80", "#GP(80)", in: .kernel),
        Case("8E D8", "mov ds,eax: readable code", "eax=8", "ds=8", in: .kernel),
        Case("8E D8", "mov ds,eax: absent", "eax=58", "#NP(58)", in: .kernel),
        Case("8E D0", "mov ss,eax: read-only", "eax=50", "#GP(50)", in: .kernel),
        Case("8E D0", "mov ss,eax: requested level is not the current one", "eax=21", "#GP(20)", in: .kernel),
        Case("8E D0", "mov ss,eax: absent", "eax=58", "#SS(58)", in: .kernel),
        Case("8E D0", "mov ss,eax: 16-bit stack", "eax=98", "ss=98", in: .kernel),
        Case("8E D8", "mov ds,eax: inner level", "eax=13", "#GP(10)", in: .user),
        Case("8E D8", "mov ds,eax: conforming code of an inner level", "eax=68", "ds=68", in: .user),
        Case("F0 8E D8", "lock mov ds,ax", "", "#UD"),
        Case("F0 8C D8", "lock mov ax,ds", "", "#UD"),
    ]

    static let movControl: [Case] = [
        Case("0F 20 C0", "mov eax,cr0", "cr0=10", "eax=10"),
        Case("0F 20 03", "mov ebx,cr0 whatever mod says", "cr0=10", "ebx=10"),
        Case("0F 20 D0", "mov eax,cr2", "cr2=12345", "eax=12345"),
        Case("0F 20 E0", "mov eax,cr4", "cr4=4", "eax=4"),
        Case("0F 20 C8", "mov eax,cr1", "", "#UD"),
        Case("0F 20 C0", "mov eax,cr0 at CPL 3", "", "#GP(0)", in: .user),
        Case("0F 22 D3", "mov cr2,ebx", "", "cr2=44444444"),
        Case("0F 22 DB", "mov cr3,ebx", "ebx=1000", "cr3=1000"),
        Case("0F 22 C0", "mov cr0,eax enters protected mode", "eax=11", "cr0=11"),
        Case("0F 22 C0", "mov cr0,eax leaves protected mode", "eax=10", "cr0=10", in: .kernel),
        Case("0F 22 C0", "mov cr0,eax: ET stays", "eax=0", "cr0=10"),
        Case("0F 22 C0", "mov cr0,eax: PG without PE", "eax=80000010", "#GP(0)"),
        Case("0F 22 C0", "mov cr0,eax: NW without CD", "eax=20000010", "#GP(0)"),
        Case("0F 22 E0", "mov cr4,eax", "eax=4", "cr4=4"),
        Case("0F 22 E0", "mov cr4,eax: a bit that does not exist", "eax=80000000", "#GP(0)"),
        Case("0F 22 E0", "mov cr4,eax on the i486", "", "#UD", on: .i486),
        Case("0F 22 C8", "mov cr1,eax", "", "#UD"),
        Case("0F 22 C0", "mov cr0,eax at CPL 3", "", "#GP(0)", in: .user),
        Case("F0 0F 20 C0", "lock mov eax,cr0", "", "#UD"),
    ]

    static let movDebug: [Case] = [
        Case("0F 21 C0", "mov eax,dr0", "dr0=12", "eax=12"),
        Case("0F 21 F8", "mov eax,dr7", "dr7=401", "eax=401"),
        Case("0F 21 E0", "mov eax,dr4 is dr6", "dr6=FFFF4FF0", "eax=FFFF4FF0"),
        Case("0F 21 C0", "mov eax,dr0 at CPL 3", "", "#GP(0)", in: .user),
        Case("0F 23 CB", "mov dr1,ebx", "", "dr1=44444444"),
        Case("0F 23 F0", "mov dr6,eax: fixed bits", "eax=0", "dr6=FFFF0FF0"),
        Case("0F 23 F8", "mov dr7,eax: fixed bits", "eax=0", "dr7=400"),
        Case("0F 23 C0", "mov dr0,eax at CPL 3", "", "#GP(0)", in: .user),
    ]

    static let xchg: [Case] = [
        Case("86 DC", "xchg ah,bl", "ah=1 bl=2", "ah=2 bl=1"),
        Case("86 07", "xchg [bx],al", "bx=10 al=1 ds:0010=02", "al=2 ds:0010=01"),
        Case("87 D8", "xchg ax,bx", "ax=1 bx=2", "ax=2 bx=1"),
        Case("87 D8", "xchg eax,ebx", "", "eax=44444444 ebx=11111111", in: .kernel),
        Case("87 07", "xchg [bx],ax", "bx=10 ax=1234 ds:0010=5678", "ax=5678 ds:0010=1234"),
        Case("87 03", "xchg [ebx],eax to read-only data", "ds=50 ebx=10", "#GP(0)", in: .kernel),
        Case("87 07", "xchg [bx],ax straddles the limit", "bx=FFFF", "#GP"),
        Case("90", "nop", "", ""),
        Case("F3 90", "pause", "", ""),
        Case("93", "xchg ax,bx", "ax=1 bx=2", "ax=2 bx=1"),
        Case("94", "xchg eax,esp", "", "eax=800 esp=11111111", in: .kernel),
        Case("66 97", "xchg eax,edi", "", "eax=88888888 edi=11111111"),
        Case("F0 87 07", "lock xchg [bx],ax", "bx=10 ax=1", "ax=0 ds:0010=0001"),
        Case("F0 87 D8", "lock xchg ax,bx", "", "#UD"),
        Case("F0 90", "lock nop", "", "#UD"),
    ]

    static let lea: [Case] = [
        Case("8D 40 10", "lea ax,[bx+si+10]", "bx=1000 si=200", "ax=1210"),
        Case("8D 47 FF", "lea ax,[bx-1] wraps", "bx=0", "ax=FFFF"),
        Case("67 66 8D 44 8B 08", "lea eax,[ebx+ecx*4+8]", "ebx=10000 ecx=4", "eax=10018"),
        Case("8D 44 8B 08", "lea eax,[ebx+ecx*4+8]", "ebx=FFFFFFF8 ecx=1", "eax=4", in: .kernel),
        Case("67 8D 07", "lea eax,[bx] by a 16-bit address", "ebx=12345678", "eax=5678", in: .kernel),
        Case("66 8D 03", "lea ax,[ebx]", "ebx=12345678", "ax=5678", in: .kernel),
        Case("67 8D 44 A4 FE", "lea ax,[esp-2] with a scale of 4: the 80386's base", "esp=8", "ax=1E", on: .i80386),
        Case("67 66 8D 04 E6", "lea eax,[esi] with a scale of 8", "esi=12345", "eax=91A28", on: .i80386),
        Case("67 66 8D 04 26", "lea eax,[esi] with a scale of 1", "esi=12345", "eax=12345", on: .i80386),
        Case("67 66 8D 04 65 04 00 00 00", "lea eax,[4] with a scale of 2", "", "eax=4", on: .i80386),
        Case("67 66 8D 04 E6", "lea eax,[esi] with a scale of 8", "esi=12345", "eax=12345", on: .i486),
        Case("67 66 8D 04 E6", "lea eax,[esi] with a scale of 8", "esi=12345", "eax=12345"),
        Case("67 8B 04 66", "mov ax,[esi] with a scale of 2", "esi=8 ds:0010=1234", "ax=1234", on: .i80386),
        Case("67 8B 04 64", "mov ax,[esp] with a scale of 2: by SS", "esp=8 ss:0010=1234", "ax=1234", on: .i80386),
        Case("8D C3", "lea ax,bx", "", "#UD"),
        Case("F0 8D 07", "lock lea ax,[bx]", "", "#UD"),
    ]

    static let farPointers: [Case] = [
        Case("C4 07", "les ax,[bx]", "bx=10 ds:0010=12345678", "ax=5678 es=1234"),
        Case("C4 03", "les eax,[ebx]", "ebx=10 ds:0010=89ABCDEF ds:0014=0010", "eax=89ABCDEF es=10", in: .kernel),
        Case("C4 03", "les eax,[ebx]: absent segment leaves eax", "ebx=10 ds:0014=0058", "#NP(58)", in: .kernel),
        Case("C4 07", "les ax,[bx]: the selector is at 0", "bx=FFFE ds:FFFE=5678 ds:0000=1234", "ax=5678 es=1234"),
        Case(
            "C4 07", "les ax,[bx]: the selector is at 0", "bx=FFFE ds:FFFE=5678 ds:0000=1234", "ax=5678 es=1234",
            on: .i80286),
        Case(
            "66 0F B4 07", "lfs eax,[bx]: the selector is at 0", "bx=FFFC ds:FFFC=89ABCDEF ds:0000=1234",
            "eax=89ABCDEF fs=1234"),
        Case("C4 07", "les ax,[bx]: the offset straddles the limit", "bx=FFFF", "#GP"),
        Case("C4 07", "les ax,[bx]: the selector straddles the limit", "bx=FFFD", "#GP"),
        Case("66 C4 07", "les eax,[bx]: the offset straddles the limit", "bx=FFFE", "#GP"),
        Case("67 C4 03", "les ax,[ebx]: a 32-bit address does not wrap there", "ebx=FFFE ds:FFFE=5678", "#GP"),
        Case("C4 C3", "les ax,bx", "", "#UD"),
        Case("C5 07", "lds ax,[bx]", "bx=10 ds:0010=12345678", "ax=5678 ds=1234"),
        Case("66 C5 1E 20 00", "lds ebx,[0020]", "ds:0020=89ABCDEF ds:0024=1234", "ebx=89ABCDEF ds=1234"),
        Case("C5 03", "lds eax,[ebx]: null", "ebx=10 ds:0010=00000001", "eax=1 ds=0", in: .kernel),
        Case("C5 46 00", "lds ax,[bp] beyond the stack's limit", "bp=FFFD", "#SS"),
        Case("0F B2 27", "lss sp,[bx]", "bx=10 ds:0010=12345678", "sp=5678 ss=1234"),
        Case("0F B2 23", "lss esp,[ebx]", "ebx=10 ds:0010=00001000 ds:0014=0020", "esp=1000 ss=20", in: .kernel),
        Case("0F B2 23", "lss esp,[ebx]: null", "ebx=10", "#GP(0)", in: .kernel),
        Case("0F B4 07", "lfs ax,[bx]", "bx=10 ds:0010=12345678", "ax=5678 fs=1234"),
        Case("0F B4 03", "lfs eax,[ebx] outside the table", "ebx=10 ds:0014=FFF8", "#GP(FFF8)", in: .kernel),
        Case("0F B5 07", "lgs ax,[bx]", "bx=10 ds:0010=12345678", "ax=5678 gs=1234"),
        Case("0F B5 C3", "lgs ax,bx", "", "#UD"),
        Case("F0 C4 07", "lock les ax,[bx]", "", "#UD"),
    ]

    static let extensions: [Case] = [
        Case("0F B6 C7", "movzx ax,bh", "bh=80", "ax=80"),
        Case("0F B6 C7", "movzx eax,bh", "bh=FF", "eax=FF", in: .kernel),
        Case("66 0F B6 07", "movzx eax,byte [bx]", "bx=FFFF ds:FFFF=81", "eax=81"),
        Case("0F B7 C3", "movzx eax,bx", "bx=8000", "eax=8000", in: .kernel),
        Case("66 0F B7 07", "movzx eax,word [bx]", "bx=10 ds:0010=FEDC", "eax=FEDC"),
        Case("0F B7 C3", "movzx ax,bx is a move", "bx=8000", "ax=8000"),
        Case("0F B7 07", "movzx ax,word [bx] straddles the limit", "bx=FFFF", "#GP"),
        Case("0F BE C7", "movsx ax,bh", "bh=80", "ax=FF80"),
        Case("0F BE 03", "movsx eax,byte [ebx]", "ebx=10 ds:0010=7F", "eax=7F", in: .kernel),
        Case("0F BF C3", "movsx eax,bx", "bx=8000", "eax=FFFF8000", in: .kernel),
        Case("66 0F BF 07", "movsx eax,word [bx]", "bx=10 ds:0010=7FFF", "eax=7FFF"),
        Case("0F BF 46 00", "movsx ax,word [bp] straddles the stack's limit", "bp=FFFF", "#SS"),
        Case("F0 0F B6 07", "lock movzx ax,byte [bx]", "", "#UD"),
    ]

    static let xlat: [Case] = [
        Case("D7", "xlat", "bx=100 al=20 ds:0120=99", "al=99"),
        Case("D7", "xlat wraps", "bx=FFF0 al=20 ds:0010=98", "al=98"),
        Case("26 D7", "xlat es:", "bx=100 al=0 es:0100=97", "al=97"),
        Case("D7", "xlat", "ebx=100 al=FF ds:01FF=96", "al=96", in: .kernel),
        Case("D7", "xlat beyond the limit", "ebx=FFFF al=1", "#GP(0)", in: .kernel),
        Case("F0 D7", "lock xlat", "", "#UD"),
    ]

    static let bswap: [Case] = [
        Case("0F C8", "bswap eax", "eax=12345678", "eax=78563412", in: .kernel),
        Case("66 0F CF", "bswap edi", "edi=000000FF", "edi=FF000000"),
        Case("0F CB", "bswap bx gives 0", "", "bx=0"),
        Case("0F C8", "bswap ax on the 80386", "", "#UD", on: .i80386),
        Case("F0 0F C8", "lock bswap eax", "", "#UD"),
    ]

    static let cmovcc: [Case] = [
        Case("0F 40 C3", "cmovo ax,bx", "OF bx=1", "ax=1"),
        Case("0F 41 C3", "cmovno ax,bx", "OF", ""),
        Case("0F 42 C3", "cmovb eax,ebx", "CF", "eax=44444444", in: .kernel),
        Case("0F 43 C3", "cmovae eax,ebx: not met", "CF", "", in: .kernel),
        Case("0F 44 07", "cmove ax,[bx]", "ZF bx=10 ds:0010=1234", "ax=1234"),
        Case("0F 45 C3", "cmovne ax,bx", "zf bx=1", "ax=1"),
        Case("0F 46 C3", "cmovbe ax,bx", "ZF bx=1", "ax=1"),
        Case("0F 47 C3", "cmova ax,bx", "CF bx=1", ""),
        Case("0F 48 C3", "cmovs ax,bx", "SF bx=1", "ax=1"),
        Case("0F 49 C3", "cmovns ax,bx", "SF bx=1", ""),
        Case("0F 4A C3", "cmovp ax,bx", "PF bx=1", "ax=1"),
        Case("0F 4B C3", "cmovnp ax,bx", "PF bx=1", ""),
        Case("0F 4C C3", "cmovl ax,bx", "SF of bx=1", "ax=1"),
        Case("0F 4D C3", "cmovge ax,bx", "SF OF bx=1", "ax=1"),
        Case("0F 4E C3", "cmovle ax,bx", "zf sf of bx=1", ""),
        Case("0F 4F C3", "cmovg ax,bx", "zf sf of bx=1", "ax=1"),
        Case("0F 45 07", "cmovne ax,[bx] reads even if not met", "ZF bx=FFFF", "#GP"),
        Case("0F 44 C3", "cmove ax,bx on the pentium", "", "#UD", on: .pentium),
        Case("F0 0F 44 C3", "lock cmove ax,bx", "", "#UD"),
    ]

    static let conversions: [Case] = [
        Case("98", "cbw", "al=80", "ax=FF80"),
        Case("98", "cbw", "ax=FF7F", "ax=7F"),
        Case("98", "cwde", "ax=8000", "eax=FFFF8000", in: .kernel),
        Case("66 98", "cwde", "ax=7FFF", "eax=7FFF"),
        Case("99", "cwd", "ax=8000", "dx=FFFF"),
        Case("99", "cwd", "ax=7FFF", "dx=0"),
        Case("99", "cdq", "eax=80000000", "edx=FFFFFFFF", in: .kernel),
        Case("66 99", "cdq", "eax=7FFFFFFF", "edx=0"),
        Case("F0 98", "lock cbw", "", "#UD"),
    ]

    static let flagMoves: [Case] = [
        Case("9E", "sahf", "ah=FF OF", "SF ZF AF PF CF"),
        Case("9E", "sahf keeps OF", "ah=0 of", ""),
        Case("9F", "lahf", "SF zf AF pf CF", "ah=93"),
        Case("9F", "lahf", "sf ZF af PF cf OF", "ah=46"),
        Case("D6", "salc", "CF", "al=FF"),
        Case("D6", "salc", "cf", "al=0"),
        Case("F0 9E", "lock sahf", "", "#UD"),
    ]

    @Test(arguments: mov) func movCases(example: Case) { example.check() }
    @Test(arguments: movSegment) func movSegmentCases(example: Case) { example.check() }
    @Test(arguments: movControl) func movControlCases(example: Case) { example.check() }
    @Test(arguments: movDebug) func movDebugCases(example: Case) { example.check() }
    @Test(arguments: xchg) func xchgCases(example: Case) { example.check() }
    @Test(arguments: lea) func leaCases(example: Case) { example.check() }
    @Test(arguments: farPointers) func farPointersCases(example: Case) { example.check() }
    @Test(arguments: extensions) func extensionsCases(example: Case) { example.check() }
    @Test(arguments: xlat) func xlatCases(example: Case) { example.check() }
    @Test(arguments: bswap) func bswapCases(example: Case) { example.check() }
    @Test(arguments: cmovcc) func cmovccCases(example: Case) { example.check() }
    @Test(arguments: conversions) func conversionsCases(example: Case) { example.check() }
    @Test(arguments: flagMoves) func flagMovesCases(example: Case) { example.check() }
}
