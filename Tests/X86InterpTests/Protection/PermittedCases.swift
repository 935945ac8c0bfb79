extension PermittedCase {
    /// What protection allows, at the edge of the rules.
    // One case a line.
    // swift-format-ignore
    static let loads: [PermittedCase] = [
        .init("MOV DS, null", "8E D8", "ax=0", "ds=0 ds.access=0 eip=102"),
        .init("MOV ES, null with RPL 3", "8E C0", "ax=3", "es=3", in: .user),
        .init("MOV DS, conforming code of DPL 0 in ring 3", "8E D8", "ax=6B", "ds=6B", in: .user),
        .init("MOV DS, conforming code of DPL 0 with RPL 3 in ring 0", "8E D8", "ax=6B", "ds=6B"),
        .init("MOV DS, DPL 3 in ring 0", "8E D8", "ax=30", "ds=30"),
        .init("MOV DS, read-only data", "8E D8", "ax=53", "ds=53", in: .user),
        .init("MOV DS, RPL 0 and DPL 3 in ring 3", "8E D8", "ax=30", "ds=30", in: .user),
        .init("MOV DS sets the accessed bit", "8E D8", "ax=8B", "ds=8B @7008D=F3", in: .user),
        .init("MOV DS by the LDT", "8E D8", "l8=93 ax=C", "ds=C"),
        .init("MOV SS, expand-down data", "8E D0", "g100=97 ax=100", "ss=100"),
        .init("LLDT, null with RPL 3", "0F 00 D0", "ax=3", "ldtr=3"),
        .init("LTR marks the TSS busy", "0F 00 D8", "ax=D0", "tr=D0 @700D5=8B"),
        .init("LTR, 286 TSS", "0F 00 D8", "ax=D8", "tr=D8 @700DD=83"),
        .init("WAIT with TS alone", "9B", "cr0=19", "eip=101"),
        .init("ESC with MP alone", "D8 C0", "cr0=13", "eip=102"),
        .init("RDTSC in ring 3 without TSD", "0F 31", "", "eip=102", in: .user),
        .init("CLI in ring 3, IOPL 3", "FA", "IF IOPL3", "if", in: .user),
        .init("CLI in ring 3, PVI", "FA", "IF VIF cr4=2", "IF vif", in: .user),
        .init("POPF in ring 3 keeps IOPL and IF", "9D", "ss:0800=00003002", "iopl=0", in: .user),
        .init("OUT in ring 1, IOPL 1", "E6 10", "ring1 IOPL1", "eip=102"),
        .init("OUT, bit clear", "E6 10", "old.map=68 trlimit=88 @7306A=FE", "eip=102", in: .user),
        .init("expand-down data above its limit", "A0 00 10 00 00", "ds=93", "eip=105", in: .user),
        .init("write to a read-only page in ring 0 without WP", "88 03", "paging ebx=100 pte20=20065", "eip=102"),
        .init("supervisor page in ring 1", "8A 03", "paging ring1 ebx=100 pte20=20063", "eip=102"),
        .init("descriptor in a supervisor page from ring 3", "8E D8", "paging ax=33 pte70=70063", "ds=33", in: .user),
        .init("SGDT at an odd word address with AC", "0F 01 03", "cr0=40011 AC ebx=102", "eip=103", in: .user),
        .init("misaligned in ring 0", "8B 03", "cr0=40011 AC ebx=102", "eip=102"),
    ]

    /// LAR, LSL, VERR, VERW and ARPL: what is visible.
    // One case a line.
    // swift-format-ignore
    static let visibility: [PermittedCase] = [
        .init("LAR, null", "0F 02 C3", "ZF bx=0", "zf eax=11111111"),
        .init("LAR, data", "0F 02 C3", "bx=10", "ZF eax=409300"),
        .init("LAR, DPL 0 in ring 3", "0F 02 C3", "ZF bx=10", "zf", in: .user),
        .init("LAR, DPL 0 with RPL 3 in ring 0", "0F 02 C3", "ZF bx=13", "zf"),
        .init("LAR, conforming code of DPL 0 in ring 3", "0F 02 C3", "bx=6B", "ZF eax=409F00", in: .user),
        .init("LAR, absent data", "0F 02 C3", "bx=58", "ZF"),
        .init("LAR, LDT", "0F 02 C3", "bx=70", "ZF"),
        .init("LAR, available TSS", "0F 02 C3", "bx=D0", "ZF eax=8900"),
        .init("LAR, busy 286 TSS", "0F 02 C3", "g100=83,75000,2B bx=100", "ZF"),
        .init("LAR, 386 call gate", "0F 02 C3", "g100=8C>0:0 bx=100", "ZF eax=8C00"),
        .init("LAR, 286 call gate", "0F 02 C3", "g100=84>0:0 bx=100", "ZF"),
        .init("LAR, task gate", "0F 02 C3", "g100=85>0 bx=100", "ZF"),
        .init("LAR, interrupt gate", "0F 02 C3", "ZF g100=8E>0:0 bx=100", "zf"),
        .init("LAR, 286 trap gate", "0F 02 C3", "ZF g100=87>0:0 bx=100", "zf"),
        .init("LAR, type 0", "0F 02 C3", "ZF g100=80 bx=100", "zf"),
        .init("LAR, type A", "0F 02 C3", "ZF g100=8A bx=100", "zf"),
        .init("LAR, beyond the GDT", "0F 02 C3", "ZF bx=200", "zf"),
        .init("LSL, data", "0F 03 C3", "bx=10", "ZF eax=FFFF"),
        .init("LSL, pages", "0F 03 C3", "g100=93,0,FFFFF,C bx=100", "ZF eax=FFFFFFFF"),
        .init("LSL, TSS", "0F 03 C3", "bx=D0", "ZF eax=67"),
        .init("LSL, call gate", "0F 03 C3", "ZF g100=8C>0:0 bx=100", "zf"),
        .init("LSL, task gate", "0F 03 C3", "ZF g100=85>0 bx=100", "zf"),
        .init("LSL, DPL 0 in ring 3", "0F 03 C3", "ZF bx=10", "zf", in: .user),
        .init("VERR, execute-only code", "0F 00 E3", "ZF bx=80", "zf"),
        .init("VERR, conforming code of DPL 0 in ring 3", "0F 00 E3", "bx=6B", "ZF", in: .user),
        .init("VERR, TSS", "0F 00 E3", "ZF bx=D0", "zf"),
        .init("VERR, DPL 0 in ring 3", "0F 00 E3", "ZF bx=10", "zf", in: .user),
        .init("VERW, read-only data", "0F 00 EB", "ZF bx=53", "zf", in: .user),
        .init("VERW, code", "0F 00 EB", "ZF bx=8", "zf"),
        .init("VERW, data with RPL 0 in ring 3", "0F 00 EB", "bx=30", "ZF", in: .user),
        .init("ARPL raises", "63 D8", "ax=10 bx=3", "ZF eax=11110013"),
        .init("ARPL leaves", "63 D8", "ZF ax=13 bx=1", "zf eax=11110013"),
    ]

    /// Far transfers, interrupts and returns.
    // One case a line.
    // swift-format-ignore
    static let transfers: [PermittedCase] = [
        .init("JMP, conforming code of DPL 0 in ring 3", "EA 00 20 00 00 68 00", "", "cs=6B cpl=3 eip=2000", in: .user),
        .init("JMP, conforming code with RPL 3 in ring 0", "EA 00 20 00 00 6B 00", "", "cs=68 cpl=0 eip=2000"),
        .init("CALL through a gate to ring 1", "9A 00 00 00 00 03 01", "g100=EC>B0:2000*1 ss:0800=12345678", "cs=B1 cpl=1 eip=2000 ss=B9 esp=5EC @405EC=0000002B00000107 @405F4=0000080012345678 @405FC=00000043", in: .user),
        .init("CALL through a gate, the inner frame over the parameters", "9A 00 00 00 00 03 01", "g100=EC>B0:2000*1 old.esp1=804 ss:0800=12345678", "esp=7F0 @407F8=0000080000000043 @40800=00000043", in: .user),
        .init("CALL through a gate to ring 0 with room for no more", "9A 00 00 00 00 03 01", "g100=EC>8:2000 old.esp0=10", "cs=8 cpl=0 esp=0 ss=20", in: .user),
        .init("CALL through a gate, RPL in the gate's selector above DPL", "9A 00 00 00 00 03 01", "g100=EC>B:2000", "cs=8 cpl=0", in: .user),
        .init("CALL through a gate to conforming code stays in the ring", "9A 00 00 00 00 03 01", "g100=EC>68:2000", "cs=6B cpl=3 esp=7F8", in: .user),
        .init("JMP through a gate to conforming code", "EA 00 00 00 00 03 01", "g100=EC>68:2000", "cs=6B cpl=3", in: .user),
        .init("JMP through a 286 gate", "EA 00 00 00 00 00 01", "g100=84>8:2000", "cs=8 eip=2000"),
        .init("RET to ring 3 closes inner segments", "CB", "ss:0800=0000002B00002000 ss:0808=0000004300000700", "cs=2B cpl=3 ss=43 esp=700 ds=0 es=0 fs=A0"),
        .init("RET to ring 3 keeps conforming code", "CB", "ds=68 ss:0800=0000002B00002000 ss:0808=0000004300000700", "cpl=3 ds=68"),
        .init("RET to ring 1, conforming code of DPL 0", "CB", "ss:0800=0000006900002000 ss:0808=000000B900000700", "cs=69 cpl=1"),
        .init("IRET in ring 3 keeps IOPL", "CF", "ss:0800=0000002B00002000 ss:0808=00003202", "iopl=0 if", in: .user),
        .init("IRET to virtual-8086 mode", "CF", "ss:0800=0000100000000100 ss:0808=0000080000023002 ss:0810=0000300000004000 ss:0818=0000500000002000 ss:0820=00006000", "VM cpl=3 cs=1000 ds=2000 iopl=3"),
        .init("INT from ring 3 through a gate of DPL 3", "CD 21", "i21=EE>8:2000", "cs=8 cpl=0 ss=20 esp=6EC @406EC=0000002B00000102", in: .user),
        .init("INT to conforming code stays in the ring", "CD 21", "i21=EE>68:2000", "cs=6B cpl=3 esp=7F4", in: .user),
        .init("INT from virtual-8086 mode", "CD 21", "v86 IOPL3 i21=EE>8:2000", "vm cs=8 cpl=0 ss=20 esp=6DC ds=0 @406E8=0000400000000800 @406F0=0000200000003000"),
        .init("INT through a trap gate keeps IF", "CD 21", "IF i21=8F>8:2000", "IF eip=2000"),
        .init("INT in virtual-8086 mode by the redirection bitmap", "CD 21", "v86 cr4=1 trlimit=FF old.map=88 @84=20003000", "VM cs=2000 eip=3000 cpl=3"),
        .init("interrupt needs no gate of its ring", "90", "IF intr=21", "cs=8 cpl=0 @406EC=0000002B00000100", in: .user),
    ]

    /// Task switches: what the rows of SDM volume 3, tables 7-1 and 7-2, leave.
    // One case a line.
    // swift-format-ignore
    static let tasks: [PermittedCase] = [
        .init("JMP to a TSS", "EA 00 00 00 00 D0 00", "", "tr=D0 eip=200 cs=8 ss=20 esp=600 nt @700D5=8B @7007D=89 cr0=19 @73020=00000107"),
        .init("CALL to a TSS", "9A 00 00 00 00 D0 00", "", "tr=D0 eip=200 NT @700D5=8B @7007D=8B @74000=0078 cr0=19"),
        .init("CALL to a 286 TSS", "9A 00 00 00 00 D8 00", "", "tr=D8 eip=200 NT @700DD=83 @75000=0078"),
        .init("JMP through a task gate of DPL 3 in ring 3", "EA 00 00 00 00 03 01", "g100=E5>D0", "tr=D0 cpl=0", in: .user),
        .init("JMP out of a nested task keeps NT in its TSS", "EA 00 00 00 00 D0 00", "NT", "nt @73024=00004002"),
        .init("INT through a task gate", "CD 21", "i21=85>D0", "tr=D0 NT @7007D=8B @74000=0078 @73020=00000102"),
        .init("interrupt through a task gate", "90", "IF intr=21 i21=85>D0", "tr=D0 NT @73020=00000100", in: .user),
        .init("IRET with NT", "CF", "NT g100=8B,74000,67 old.link=100", "tr=100 eip=200 nt @70105=8B @7007D=89 @73024=00000002"),
        .init("a switch clears the local breakpoints", "EA 00 00 00 00 D0 00", "dr7=4FF", "dr7=4AA"),
        .init("a switch loads the LDT", "EA 00 00 00 00 D0 00", "g100=82,72000,FF l8=93 new.ldt=100 new.ds=C", "ldtr=100 ds=C"),
        .init("a switch loads CR3", "EA 00 00 00 00 D0 00", "paging new.cr3=79000 @79000=77027", "cr3=79000"),
        .init("a 286 TSS loads no CR3", "EA 00 00 00 00 D8 00", "paging", "cr3=76000 tr=D8"),
        .init("a switch to virtual-8086 mode", "EA 00 00 00 00 D0 00", "new.eflags=20002 new.cs=1000 new.ss=4000", "VM cpl=3 cs=1000 ss=4000"),
        .init("a switch to ring 3", "EA 00 00 00 00 D0 00", "new.cs=2B new.ss=43 new.ds=33 new.es=33", "cpl=3 cs=2B ds=33"),
        .init("null data segments in the new task", "EA 00 00 00 00 D0 00", "new.ds=0 new.es=3", "ds=0 es=3 tr=D0"),
    ]

    static let all = loads + visibility + transfers + tasks
}
