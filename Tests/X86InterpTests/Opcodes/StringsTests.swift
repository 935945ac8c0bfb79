import Testing

@testable import X86Interp

/// MOVS, CMPS, STOS, LODS, SCAS: each row by example, alone and repeated.
@Suite struct StringsTests {
    static let cases: [Case] = [movs, cmps, stos, lods, scas].flatMap { $0 }

    static let movs: [Case] = [
        Case("A4", "movsb", "si=10 di=20 ds:0010=99", "es:0020=99 si=11 di=21"),
        Case("A4", "movsb down", "si=0 di=0 ds:0000=99 DF", "es:0000=99 si=FFFF di=FFFF"),
        Case("26 A4", "es movsb", "si=10 di=20 es:0010=99", "es:0020=99 si=11 di=21"),
        Case("36 A5", "ss movsw", "si=10 di=20 ss:0010=1234", "es:0020=1234 si=12 di=22"),
        Case("A5", "movsd", "esi=10 edi=20 ds:0010=12345678", "es:0020=12345678 esi=14 edi=24", in: .kernel),
        Case("66 A5", "movsd in 16-bit code", "si=10 di=20 ds:0010=12345678", "es:0020=12345678 si=14 di=24"),
        Case("67 A4", "movsb by 32-bit addresses", "esi=10 edi=20 ds:0010=99", "es:0020=99 esi=11 edi=21"),
        Case(
            "67 A4", "movsb by 16-bit addresses", "esi=1FFFF edi=20 ds:FFFF=99", "es:0020=99 esi=10000 edi=21",
            in: .kernel),
        Case("F3 A4", "rep movsb", "cx=3 si=10 di=20 ds:0010=1.2.3", "es:0020=1.2.3 cx=0 si=13 di=23"),
        Case("F2 A4", "repne movsb is rep", "cx=2 si=10 di=20 ds:0010=1.2", "es:0020=1.2 cx=0 si=12 di=22"),
        Case("F3 A4", "rep movsb, count 0", "cx=0 si=10 di=20 ds:0010=99", ""),
        Case("F3 A4", "rep movsb, count 0 beyond the limit", "ecx=0 esi=10000", "", in: .kernel),
        Case(
            "F3 A4", "rep movsb spreads a byte", "cx=4 si=10 di=11 es=2000 ds:0010=5",
            "ds:0011=5.5.5.5 cx=0 si=14 di=15"),
        Case("F3 A5", "rep movsw down", "cx=2 si=12 di=22 DF ds:0010=1.2.3.4", "es:0020=1.2.3.4 cx=0 si=E di=1E"),
        Case(
            "F3 A5", "rep movsd", "ecx=2 esi=10 edi=20 ds:0010=1.2.3.4.5.6.7.8",
            "es:0020=1.2.3.4.5.6.7.8 ecx=0 esi=18 edi=28",
            in: .kernel),
        Case(
            "F3 A4", "rep movsb counts CX alone", "ecx=10001 si=10 di=20 ds:0010=7", "es:0020=7 ecx=10000 si=11 di=21"),
        Case("67 F3 A4", "rep movsb counts ECX", "ecx=1 esi=10 edi=20 ds:0010=7", "es:0020=7 ecx=0 esi=11 edi=21"),
        Case("F3 A4", "rep movsb wraps", "cx=2 si=FFFF di=20 ds:FFFF=1 ds:0000=2", "es:0020=1.2 cx=0 si=1 di=22"),
        Case("A5", "movsw straddles the source's limit", "si=FFFF di=20", "#GP"),
        Case("A5", "movsw straddles the destination's limit", "si=10 di=FFFF", "#GP"),
        Case("36 A5", "ss movsw straddles the stack's limit", "si=FFFF di=20", "#SS"),
        Case("A4", "movsb to read-only data", "es=50 esi=10 edi=20", "#GP(0)", in: .kernel),
        Case(
            "F3 A4", "rep movsb faults at its third", "cx=5 si=10 di=FFFE es.limit=FFFF ds:0010=1.2.3 ds.limit=11",
            "es:FFFE=1.2 cx=3 si=12 di=0 #GP"),
        Case("F0 A4", "lock movsb", "", "#UD"),
    ]

    static let cmps: [Case] = [
        Case("A6", "cmpsb: equal", "si=10 di=20 ds:0010=5 es:0020=5", "si=11 di=21 PF ZF"),
        Case("A6", "cmpsb: below", "si=10 di=20 ds:0010=4 es:0020=5", "si=11 di=21 CF PF AF SF"),
        Case("A7", "cmpsw down", "si=10 di=20 DF ds:0010=8000 es:0020=0001", "si=E di=1E OF PF AF"),
        Case("A7", "cmpsd", "esi=10 edi=20 ds:0010=00000001", "esi=14 edi=24", in: .kernel),
        Case(
            "F3 A6", "repe cmpsb ends at a difference", "cx=5 si=10 di=20 ds:0010=1.2.3 es:0020=1.2.4",
            "cx=2 si=13 di=23 CF PF AF SF"),
        Case(
            "F3 A6", "repe cmpsb ends by the count", "cx=2 si=10 di=20 ds:0010=1.2 es:0020=1.2",
            "cx=0 si=12 di=22 PF ZF"),
        Case(
            "F2 A6", "repne cmpsb ends at a match", "cx=5 si=10 di=20 ds:0010=1.2.3 es:0020=2.2.4",
            "cx=3 si=12 di=22 PF ZF"),
        Case("F3 A6", "repe cmpsb, count 0", "cx=0", "kept"),
        Case(
            "F3 A7", "repe cmpsd", "ecx=3 esi=10 edi=20 ds:0010=0000000200000001 es:0020=0000000300000001",
            "ecx=1 esi=18 edi=28 CF PF AF SF", in: .kernel),
        Case("26 A6", "es cmpsb", "si=10 di=20 es:0010=1 es:0020=1", "si=11 di=21 PF ZF"),
        Case("A7", "cmpsw straddles the destination's limit", "si=10 di=FFFF", "#GP"),
        Case(
            "F3 A7", "repe cmpsw: an 80286 has moved DI, not counted", "cx=3 si=10 di=FFFF", "di=1 #GP", on: .i80286),
        Case(
            "F2 A7", "repne cmpsw: an 80286 has moved DI, not counted", "cx=3 si=FFFF di=FFFF", "di=1 #GP",
            on: .i80286),
        Case(
            "F3 A7", "repe cmpsw: at the source it has moved both and counted", "cx=3 si=FFFF di=20",
            "cx=2 si=1 di=22 #GP", on: .i80286),
        Case("F0 A6", "lock cmpsb", "", "#UD"),
    ]

    static let stos: [Case] = [
        Case("AA", "stosb", "al=7 di=20", "es:0020=07 di=21"),
        Case("AA", "stosb down", "al=7 di=0 DF", "es:0000=07 di=FFFF"),
        Case("3E AA", "stosb ignores an override", "al=7 di=20", "es:0020=07 di=21"),
        Case("AB", "stosw", "ax=1234 di=20", "es:0020=1234 di=22"),
        Case("AB", "stosd", "edi=20", "es:0020=11111111 edi=24", in: .kernel),
        Case("F3 AA", "rep stosb", "al=7 cx=4 di=20", "es:0020=7.7.7.7 cx=0 di=24"),
        Case("F3 AB", "rep stosd down", "ecx=2 edi=24 DF", "es:0020=1111111111111111 ecx=0 edi=1C", in: .kernel),
        Case("F3 AB", "rep stosw, count 0", "cx=0 di=FFFF", ""),
        Case("AB", "stosw straddles the limit", "di=FFFF", "#GP"),
        Case("F3 AB", "rep stosw faults at its second", "ax=1234 cx=5 di=FFFD", "es:FFFD=1234 cx=4 di=FFFF #GP"),
        Case("F0 AA", "lock stosb", "", "#UD"),
    ]

    static let lods: [Case] = [
        Case("AC", "lodsb", "si=10 ds:0010=99", "al=99 si=11"),
        Case("AC", "lodsb down", "si=0 DF ds:0000=99", "al=99 si=FFFF"),
        Case("64 AD", "fs lodsw", "si=10 fs:0010=1234", "ax=1234 si=12"),
        Case("AD", "lodsd", "esi=10 ds:0010=12345678", "eax=12345678 esi=14", in: .kernel),
        Case("F3 AC", "rep lodsb keeps the last", "cx=3 si=10 ds:0010=1.2.3", "al=3 cx=0 si=13"),
        Case("F3 AD", "rep lodsw, count 0", "cx=0 si=FFFF", ""),
        Case("AD", "lodsw straddles the limit", "si=FFFF", "#GP"),
        Case("36 AD", "ss lodsw straddles the stack's limit", "si=FFFF", "#SS"),
        Case("F0 AC", "lock lodsb", "", "#UD"),
    ]

    static let scas: [Case] = [
        Case("AE", "scasb: equal", "al=5 di=20 es:0020=5", "di=21 PF ZF"),
        Case("AE", "scasb: below", "al=4 di=20 es:0020=5", "di=21 CF PF AF SF"),
        Case("AF", "scasw down", "ax=1 di=20 DF es:0020=0000", "di=1E"),
        Case("AF", "scasd", "eax=80000000 edi=20 es:0020=00000001", "edi=24 OF PF AF", in: .kernel),
        Case("F2 AE", "repne scasb finds", "al=3 cx=9 di=20 es:0020=1.2.3", "cx=6 di=23 PF ZF"),
        Case("F3 AE", "repe scasb ends at a difference", "al=1 cx=9 di=20 es:0020=1.1.0", "cx=6 di=23"),
        Case("F2 AF", "repne scasw ends by the count", "ax=9 cx=2 di=20 es:0020=00010001", "cx=0 di=24"),
        Case("F2 AE", "repne scasb, count 0", "cx=0", "kept"),
        Case("26 AE", "scasb ignores an override", "al=5 di=20 es:0020=5", "di=21 PF ZF"),
        Case("AF", "scasw straddles the limit", "di=FFFF", "#GP"),
        Case("F0 AE", "lock scasb", "", "#UD"),
    ]

    @Test(arguments: movs) func movsCases(example: Case) { example.check() }
    @Test(arguments: cmps) func cmpsCases(example: Case) { example.check() }
    @Test(arguments: stos) func stosCases(example: Case) { example.check() }
    @Test(arguments: lods) func lodsCases(example: Case) { example.check() }
    @Test(arguments: scas) func scasCases(example: Case) { example.check() }
}
