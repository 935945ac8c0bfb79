import Foundation
import TestSupport
import Testing

@testable import x86sim

@Suite("x86sim dis")
struct DisCommandTests {
    private func run(_ bytes: [UInt8], _ options: [String] = []) throws -> (
        status: Int32, output: String, errors: String
    ) {
        let file = try TemporaryFile(bytes)
        let host = TestHost()
        let status = host.run(["dis", file.path] + options)
        return (status, host.output.text, host.errors.text)
    }

    private static let code: [UInt8] = [0xF3, 0x6C, 0xEB, 0xFC, 0xC7, 0x06, 0x34, 0x12, 0x78, 0x56, 0xE8, 0x01]

    @Test func `a line has address, bytes and text`() throws {
        let result = try run(Self.code, ["--org", "7c23"])
        #expect(result.status == 0)
        #expect(
            result.output == """
                7C23  F3 6C                 rep ins BYTE PTR es:[di],dx
                7C25  EB FC                 jmp    0x7c23
                7C27  C7 06 34 12 78 56     mov    WORD PTR ds:0x1234,0x5678
                7C2D  E8                    .byte  0xe8
                7C2E  01                    .byte  0x1

                """)
    }

    @Test func `addresses beyond 64 KiB have eight digits`() throws {
        #expect(try run([0x90], ["--org", "10000"]).output == "00010000  90                    nop\n")
    }

    @Test(arguments: [
        (["--syntax", "att"], "mov    $0x4,%al"),
        (["--mode", "32"], "mov    al,0x4"),
    ])
    func syntax(options: [String], text: String) throws {
        #expect(try run([0xB0, 0x04], options).output.hasSuffix("  \(text)\n"))
    }

    @Test func `NASM's source has addresses and bytes in comments`() throws {
        let output = try run([0xB0, 0x04, 0x8B, 0xC3, 0x05, 0x01, 0x00], ["--syntax", "nasm", "--org", "7c00"]).output
        #expect(
            output == """
                bits 16
                org 0x7c00

                mov    al,0x4                           ; 7C00  B0 04
                db     0x8b,0xc3                        ; 7C02  8B C3                 mov    ax,bx
                add    ax,strict word 0x1               ; 7C04  05 01 00

                """)
    }

    /// Data is disassembled like code, so that odd encodings of all kinds are among the lines.
    @Test(
        .enabled(if: HostTool.path("nasm") != nil, "nasm is not installed"),
        arguments: ["hello.bin", "strings.com", "crc.rom", "debug/session.bin"], ["16", "32"])
    func `NASM makes the same file of it`(name: String, mode: String) throws {
        let blob = SourceTree.root.appendingPathComponent("fixtures/" + name).path
        let map = """
            - NASM Map file ---
            -- Symbols --
            ---- Section .text ---
            Real              Virtual           Name
                        7C02              7C02  loop
                        7C05              7C05  ..@2.lbl
            """
        let symbols = try TemporaryFile(Array((map + "\n").utf8), extension: "map")
        let host = TestHost()
        let options = ["--syntax", "nasm", "--mode", mode, "--org", "7c00", "--symbols", symbols.path]
        #expect(host.run(["dis", blob] + options) == 0, "\(host.errors.text)")
        let nasm = try #require(HostTool.path("nasm"))
        try HostTool.inTemporaryDirectory { directory in
            let (source, image) = (directory.appendingPathComponent("a.asm"), directory.appendingPathComponent("a.bin"))
            try Data(host.output.text.utf8).write(to: source)
            let result = try HostTool.run(nasm, ["-f", "bin", "-o", image.path, source.path], in: directory)
            #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
            #expect(try Data(contentsOf: image) == Data(contentsOf: URL(fileURLWithPath: blob)))
        }
    }

    @Test func `code size and processor decide`() throws {
        #expect(try run([0x40], ["--mode", "32"]).output.hasSuffix("inc    eax\n"))
        #expect(try run([0x0F], ["--cpu", "8086"]).output.hasSuffix("pop    cs\n"))
        let refused = try run([0x40], ["--mode", "32", "--cpu", "80286"])
        #expect(refused.status == 1)
        #expect(refused.errors.contains("--mode 16"))
    }

    @Test func `JSON has the target of a branch`() throws {
        let output = try run([0xEB, 0xFE, 0xF3, 0xA4], ["--json", "--syntax", "nasm"]).output
        #expect(
            output == """
                [{"address":0,"bytes":"EBFE","mnemonic":"jmp","operands":"short 0x0","target":0},
                {"address":2,"bytes":"F3A4","mnemonic":"rep movsb","operands":"","target":null}]

                """)
    }

    @Test func `a missing file is named`() {
        let host = TestHost()
        #expect(host.run(["dis", "/nonexistent/x.bin"]) == 2)
        #expect(host.errors.text.contains("/nonexistent/x.bin"))
    }
}
