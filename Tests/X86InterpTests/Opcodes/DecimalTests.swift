import Testing

@testable import X86Interp

/// Decimal and ASCII adjustments: each row by example.
@Suite struct DecimalTests {
    static let cases: [Case] = daa + das + aaa + aas + aam + aad

    static let daa: [Case] = [
        Case("27", "daa behind 15 + 27", "al=3C af cf", "al=42 AF PF"),
        Case("27", "daa behind 99 + 1", "al=9A af cf", "al=0 AF CF PF ZF"),
        Case("27", "daa with AF", "al=10 AF cf", "al=16 AF"),
        Case("27", "daa with CF", "al=10 af CF", "al=70 CF"),
        Case("27", "daa with both", "al=0 AF CF", "al=66 AF CF PF"),
        Case("27", "daa with nothing to do", "al=99 af cf", "al=99 SF PF"),
        Case("27", "daa carries out of FA", "al=FA af cf", "al=60 AF CF PF"),
        Case("27", "daa", "al=79 AF cf", "al=7F AF", in: .kernel),
        Case("27", "daa with AF looks for a digit above 9F", "al=9A AF cf", "al=A0 AF SF PF", on: .i8086),
        Case("27", "daa with AF looks for a digit above 9F", "al=A0 AF cf", "al=6 AF CF PF", on: .i8086),
        Case("27", "daa without AF: above 99", "al=9A af cf", "al=0 AF CF PF ZF", on: .i8086),
        Case("27", "daa: above 99 in any case", "al=9A AF cf", "al=0 AF CF PF ZF", on: .i80286),
        Case("F0 27", "lock daa", "", "#UD"),
    ]

    static let das: [Case] = [
        Case("2F", "das behind 35 - 47", "al=EE AF CF", "al=88 AF CF SF PF"),
        Case("2F", "das with nothing to do", "al=42 af cf", "al=42 PF"),
        Case("2F", "das of a low digit above 9", "al=1A af cf", "al=14 AF PF"),
        Case("2F", "das of a high digit above 9", "al=A5 af cf", "al=45 CF"),
        Case("2F", "das borrows out of the low digit", "al=3 AF cf", "al=FD AF CF SF"),
        Case("2F", "das", "al=0 af cf", "al=0 PF ZF", in: .kernel),
        Case("2F", "das: CF by the high digit alone", "al=3 AF cf", "al=FD AF SF", on: .i8086),
        Case("2F", "das with AF looks for a digit above 9F", "al=9E AF cf", "al=98 AF SF", on: .i8086),
        Case("2F", "das borrows out of the low digit", "al=3 AF cf", "al=FD AF CF SF", on: .i80286),
        Case("F0 2F", "lock das", "", "#UD"),
    ]

    static let aaa: [Case] = [
        Case("37", "aaa of 9", "ax=9 af", "ax=9"),
        Case("37", "aaa of A", "ax=A af", "ax=100 AF CF"),
        Case("37", "aaa with AF", "ax=13 AF", "ax=109 AF CF"),
        Case("37", "aaa clears the high digit", "ax=39 af", "ax=9"),
        Case("37", "aaa carries from AL into AH", "ax=FF af", "ax=205 AF CF"),
        Case("37", "aaa carries from AL into AH on the 80286", "ax=FF af", "ax=205 AF CF", on: .i80286),
        Case("37", "aaa carries nothing on the 8086", "ax=FF af", "ax=105 AF CF", on: .i8086),
        Case("37", "aaa", "ax=A af", "ax=100 AF CF", in: .kernel),
        Case("F0 37", "lock aaa", "", "#UD"),
    ]

    static let aas: [Case] = [
        Case("3F", "aas of 9", "ax=109 af", "ax=109"),
        Case("3F", "aas of A", "ax=20A af", "ax=104 AF CF"),
        Case("3F", "aas with AF", "ax=107 AF", "ax=1 AF CF"),
        Case("3F", "aas borrows from AH", "ax=201 AF", "ax=B AF CF"),
        Case("3F", "aas borrows nothing on the 8086", "ax=201 AF", "ax=10B AF CF", on: .i8086),
        Case("3F", "aas", "ax=FF af", "ax=FF09 AF CF", in: .kernel),
        Case("F0 3F", "lock aas", "", "#UD"),
    ]

    static let aam: [Case] = [
        Case("D4 0A", "aam", "al=3F", "ax=603 PF"),
        Case("D4 0A", "aam of 0", "al=0", "ax=0 PF ZF"),
        Case("D4 10", "aam 10", "al=A5", "ax=A05 PF"),
        Case("D4 FF", "aam FF", "al=FE", "ax=FE SF"),
        Case("D4 00", "aam 0", "", "#DE"),
        Case("D4 00", "aam 0 keeps the flags", "al=5 SF zf PF", "SF zf PF #DE"),
        Case("D4 00", "aam 0 leaves the flags of 0", "al=5 SF", "ip=102 ZF PF sf of cf #DE", on: .i8086),
        Case("D4 00", "aam 0 leaves the flags of half of AL", "al=9A SF ZF", "sf zf PF #DE", on: .i80286),
        Case("D4 00", "aam 0 leaves the flags of half of AL", "al=FF SF ZF PF", "sf zf pf #DE", on: .i80386),
        Case("D4 0A", "aam", "al=63", "ax=909 PF", in: .kernel),
        Case("F0 D4 0A", "lock aam", "", "#UD"),
    ]

    static let aad: [Case] = [
        Case("D5 0A", "aad", "ax=603", "ax=3F PF"),
        Case("D5 0A", "aad wraps at 256", "ax=FFFF", "ax=F5 SF PF"),
        Case("D5 10", "aad 10", "ax=A05", "ax=A5 SF PF"),
        Case("D5 00", "aad 0 is AL alone", "ax=1200", "ax=0 PF ZF"),
        Case("D5 0A", "aad", "ax=909", "ax=63 PF", in: .kernel),
        Case("F0 D5 0A", "lock aad", "", "#UD"),
    ]

    @Test(arguments: daa) func daaCases(example: Case) { example.check() }
    @Test(arguments: das) func dasCases(example: Case) { example.check() }
    @Test(arguments: aaa) func aaaCases(example: Case) { example.check() }
    @Test(arguments: aas) func aasCases(example: Case) { example.check() }
    @Test(arguments: aam) func aamCases(example: Case) { example.check() }
    @Test(arguments: aad) func aadCases(example: Case) { example.check() }
}
