import Testing

@testable import x86sim

@Suite("Symbol table")
struct SymbolTableTests {
    private let table = SymbolTable([
        Symbol(name: "start", address: 0x7C00), Symbol(name: "start.loop", address: 0x7C05),
        Symbol(name: "data", address: 0x7C05), Symbol(name: "sized", address: 0x8000, size: 4),
        Symbol(name: "SELECTOR", address: 0x510, isConstant: true),
    ])

    @Test(
        arguments: [
            (0x7C00, "start"), (0x7C04, "start+4"), (0x7C05, "data"), (0x7C1F, "data+1A"), (0x7FFF, "data+3FA"),
            (0x8003, "sized+3"), (0x8004, nil), (0x510, nil), (0, nil), (0x7BFF, nil), (0xFFFF_FFFF, nil),
        ] as [(UInt32, String?)])
    func addressesAreCalledAfterTheNearestBelow(address: UInt32, text: String?) {
        #expect(table.text(for: address) == text)
    }

    @Test func namesAreFoundAsTheyAreSpelled() {
        #expect(table["start"]?.address == 0x7C00)
        #expect(table["SELECTOR"]?.address == 0x510)
        #expect(table["Start"] == nil)
        #expect(table.names(startingWith: "sta") == ["start", "start.loop"])
        #expect(table.symbols.map(\.name) == ["start", "start.loop", "data", "sized", "SELECTOR"])
    }

    @Test func laterSymbolsOverruleEarlierOnes() {
        var table = table
        table.add([Symbol(name: "start", address: 0x9000)])
        #expect(table.count == 5 && table["start"]?.address == 0x9000)
        #expect(table.text(for: 0x7C00) == nil && table.text(for: 0x9001) == "start+1")
    }

    @Test func aNameReachesNoFurtherThanAPage() {
        let table = SymbolTable([Symbol(name: "last", address: 0xFFFF_0000)])
        #expect(table.text(for: 0xFFFF_0FFF) == "last+FFF")
        #expect(table.text(for: 0xFFFF_1000) == nil)
        #expect(SymbolTable().text(for: 0) == nil && SymbolTable().isEmpty)
    }
}

@Suite("Symbol files")
struct SymbolFileTests {
    /// A listing as NASM 2.16 writes it.
    static let listing = """
             1                                  org 0x7c00
             2                                  SEL equ 0x510
             3                                  LONG equ $-$$+3
             4                                  start:
             5 00000000 B81005                    mov ax, SEL
             6                                  %if 0
             7                                  hidden:
             8                                    nop
             9                                  %endif
            10 00000003 EB00                      jmp .loop
            11 00000005 F4                      .loop: hlt ; done: no label
            12 00000006 010002000300040005-     data dw 1,2,3,4,5,6
            12 0000000F 0006                
            13                                  %macro foo 1
            14                                    %%lbl: mov bx, %1
            15                                  inner: nop
            16                                  %endmacro
            17                                  foo 3
            14 00000012 BB0300              <1>  %%lbl: mov bx, %1
            15 00000015 90                  <1> inner: nop
            18 00000016 90<rep 14h>             fill: times 20 nop
            19                                  absolute 0x500
            20 00000500 ????                    v1: resw 1
            21                                  struc P
            22 00000000 ????                    .x: resw 1
            23                                  endstruc
            24                                  section .bss
            25 00000000 <res 10h>               buffer: resb 16
            25          ******************       warning: nothing to see here:
            26                                  section .data
            27 00000000 68656C6C6F00            msg: db "a: b;c", 0
            28                                  last:

        """

    private func symbols(_ text: String, base: SymbolFile.Base? = nil) throws -> [String: UInt32] {
        let found = try SymbolFile(path: "x", base: base).symbols(of: Array(text.utf8))
        return Dictionary(found.map { ($0.name, $0.address) }, uniquingKeysWith: { $1 })
    }

    @Test func aListingTellsAddresses() throws {
        #expect(
            try symbols(Self.listing) == [
                "SEL": 0x510, "start": 0x7C00, "start.loop": 0x7C05, "data": 0x7C06, "inner": 0x7C15, "fill": 0x7C16,
                "v1": 0x500, "msg": 0x7C2C, "last": 0x7C32, "buffer": 0x7C34,
            ])
    }

    @Test func aBaseIsAdded() throws {
        let text = "     1                                  start:\r\n     2 00000010 90 \n"
        #expect(try symbols(text) == ["start": 0x10])
        #expect(try symbols(text, base: .linear(0x7C00)) == ["start": 0x7C10])
        let far = SymbolFile.Base.far(FarAddress(segment: 0x1000, offset: 0x100))
        let symbol = try SymbolFile(path: "x", base: far).symbols(of: Array(text.utf8))[0]
        #expect(symbol.address == 0x10110 && symbol.far?.text == "1000:0110")
        #expect(try symbols(text, base: .linear(0xFFFF_FFFF)) == ["start": 0xF])
        #expect(try Values.symbols("a@b@1000:0", "--symbols").base == .far(FarAddress(segment: 0x1000, offset: 0)))
        #expect(try Values.symbols("a", "--symbols") == SymbolFile(path: "a"))
    }

    static let map = """

        - NASM Map file ---------------------------------------------------------------

        Source file:  a.asm

        -- Program origin -------------------------------------------------------------

        00007C00

        -- Symbols --------------------------------------------------------------------

        ---- No Section ---------------------------------------------------------------

        Value     Name
        00000510  SEL

        ---- Section .text ------------------------------------------------------------

        Real              Virtual           Name
                    7C00              9C00  start
                    7C20              9C20  ..@2.lbl
                    7C05              9C05  start.loop

        """

    @Test func aMapTellsRunTimeAddresses() throws {
        #expect(try symbols(Self.map) == ["SEL": 0x510, "start": 0x9C00, "start.loop": 0x9C05])
    }

    @Test(arguments: [false, true]) func anExecutableTellsAddresses(is64: Bool) throws {
        var elf = ELFBuilder(is64: is64, machine: is64 ? 62 : 3)
        elf.symbols = [
            ("start", 0x10_0000, 1, 2), ("file.c", 0, 0xFFF1, 4), ("section", 0, 1, 3), ("undefined", 0, 0, 0),
            ("COUNT", 17, 0xFFF1, 0), ("with blank", 1, 1, 0), (String(repeating: "x", count: 256), 2, 1, 0),
        ]
        if is64 { elf.symbols.append(("high", 0xFFFF_FFFF_8000_0000, 1, 2)) }
        let found = try SymbolFile(path: "x").symbols(of: elf.bytes)
        #expect(found.map(\.name) == ["start", "COUNT"])
        #expect(found.map(\.address) == [0x10_0000, 17] && found.map(\.isConstant) == [false, true])
    }

    /// A file and a part of the one line about it.
    static let mistakes: [(String, String)] = [
        ("hello", "line 1: it is no line of a NASM listing"), ("     1 0000zz00 90 \n", "line 1: its offset is no 8"),
        ("     1 \n     2                                  org base\n", "line 2: its org is no plain number"),
        (
            "     1                                  section .x vstart=0x100\n",
            "line 1: section '.x' has a place of its own ('vstart=0x100'); have NASM write a map file"
        ),
        ("     1                                    nop\n", "it names no place"),
        ("- NASM Map file ---\n", "the map has no symbols"),
        ("- NASM Map file\n-- Symbols -\n---- Section x\n7c00 start\n", "line 4: it is no line of a map's symbols"),
        ("\u{7F}ELF", "its ELF header is damaged"), ("a\0b", "it is neither an ELF file nor text"),
    ]

    @Test(arguments: mistakes) func aFileOfNoUseIsOneLine(text: String, part: String) throws {
        let blob = try TemporaryFile([0x90])
        let file = try TemporaryFile(Array(text.utf8), extension: "lst")
        let host = TestHost()
        #expect(host.run(["dis", blob.path, "--symbols", file.path]) == 2)
        #expect(host.errors.text.contains(part), "\(host.errors.text)")
        #expect(host.errors.text.contains(file.path) && host.errors.text.filter { $0 == "\n" }.count == 1)
    }

    @Test func objectFilesAndOtherMachinesAreRefused() throws {
        var elf = ELFBuilder()
        elf.symbols = [("start", 0, 1, 0)]
        elf.type = 1
        #expect(throws: CommandError.self) { try SymbolFile(path: "x").symbols(of: elf.bytes) }
        elf.type = 2
        elf.machine = 40
        #expect(throws: CommandError.self) { try SymbolFile(path: "x").symbols(of: elf.bytes) }
        elf.machine = 3
        #expect(try SymbolFile(path: "x").symbols(of: elf.bytes).count == 1)
    }

    /// A listing of two labels.
    private func listing(org: String?) -> [UInt8] {
        let first = org.map { "     1                                  org \($0)\n" } ?? ""
        let code = ["start: nop", "last: hlt"].enumerated().map { number, line in
            "     2 0000000\(number) 90                      \(line)\n"
        }
        return Array((first + code.joined()).utf8)
    }

    private static let signed = [UInt8](repeating: 0x90, count: 510) + [0x55, 0xAA]

    /// The blob, its name, the origin of its listing, and where `last` is; nil if the listing is somewhere else.
    private static let programs: [([UInt8], String, String?, String?)] = [
        ([0x90, 0xF4], "com", "100h", "10101"), ([0x90, 0xF4], "com", nil, nil),
        ([0x90, 0xF4], "com", "0x10100", "10101"), ([0x90, 0xF4], "bin", "7c00h", "7C01"),
        ([0x90, 0xF4], "bin", nil, nil),
        ([UInt8](repeating: 0x90, count: 600), "bin", nil, "10001"),
        ([UInt8](repeating: 0x90, count: 600), "bin", "7c00h", nil),
        (signed, "bin", "7c00h", "7C01"), (signed, "bin", nil, nil), (signed, "bin", "600h", "601"),
        ([UInt8](repeating: 0x90, count: 4096), "rom", "0f000h", "FF001"),
        ([UInt8](repeating: 0x90, count: 65536), "rom", nil, "F0001"),
        ([UInt8](repeating: 0x90, count: 4096), "rom", nil, nil),
    ]

    @Test(arguments: programs.indices) func symbolsFallOnTheProgram(number: Int) throws {
        let (bytes, suffix, origin, place) = Self.programs[number]
        let blob = try TemporaryFile(bytes, extension: suffix)
        let file = try TemporaryFile(listing(org: origin), extension: "lst")
        let host = TestHost()
        #expect(host.run(["debug", blob.path, "--symbols", file.path, "-batch", "-ex", "print last"]) == 0)
        if let place {
            #expect(host.output.text.contains(place) && host.errors.text.isEmpty, "\(host.output.text)")
        } else {
            let errors = host.errors.text
            #expect(errors.contains("the program at") && errors.contains("assemble it with org 0x"), "\(errors)")
            #expect(errors.contains("or name '\(file.path)@"))
        }
        // Whoever names a base has it.
        let based = TestHost()
        let arguments = ["debug", blob.path, "--symbols", file.path + "@1234:0", "-batch", "-ex", "print last"]
        #expect(based.run(arguments) == 0 && based.errors.text.isEmpty)
    }

    @Test func disassemblyNamesPlaces() throws {
        let blob = try TemporaryFile([0xB8, 0x10, 0x05, 0xEB, 0x00, 0xF4])
        let file = try TemporaryFile(Array(Self.listing.utf8), extension: "lst")
        let host = TestHost()
        #expect(host.run(["dis", blob.path, "--org", "7c00", "--symbols", file.path]) == 0)
        #expect(
            host.output.text == """
                start:
                7C00  B8 10 05              mov    ax,0x510
                7C03  EB 00                 jmp    0x7c05 <start.loop>
                start.loop:
                7C05  F4                    hlt

                """)
    }
}
