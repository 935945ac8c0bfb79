import Testing
import X86Interp

@testable import x86sim

/// `x86sim conform` from operands to exit status.
struct ConformCommandTests {
    private func run(_ operands: [String], show: Int = 0, json: Bool = false) throws -> (status: Int32, text: String) {
        let test = TestHost()
        var settings = Settings()
        settings.operands = operands
        settings.show = show
        settings.json = json
        let status = try ConformCommand.run(settings, test.host)
        #expect(test.errors.bytes.isEmpty)
        return (status, test.output.text)
    }

    @Test func aRightFile() throws {
        let scratch = ScratchDirectory()
        let path = try scratch.write(MOOBuilder.file(SiliconExample.addition()), "00.MOO")
        let (status, text) = try run([path])
        #expect(status == 0)
        #expect(text == "1 of 1 agree in the undefined bits too\nconform: 1 passed, 0 failed, 0 skipped of 1\n")
    }

    @Test func aDirectoryWithAWrongFile() throws {
        let scratch = ScratchDirectory()
        _ = try scratch.write(MOOBuilder.file(SiliconExample.addition()), "00.MOO")
        _ = try scratch.write(MOOBuilder.file(SiliconExample.addition(sum: 3)), "01.MOO")
        _ = try scratch.write(Array("not read".utf8), "notes.txt")
        let (status, text) = try run([scratch.path], show: 1)
        #expect(status == 20)
        let lines = text.split(separator: "\n").map(String.init)
        #expect(lines.first?.hasPrefix("\(scratch.path)/01.MOO (test): 1 of 1 failed; #0 example:") == true)
        #expect(lines.contains("  \(scratch.path)/01.MOO #0 example  [00 03]"))
        #expect(lines.contains("     byte at 200000 is 15, should be 03"))
        #expect(lines.last == "conform: 1 passed, 1 failed, 0 skipped of 2")
    }

    @Test func nothingRunIsNoSuccess() throws {
        let scratch = ScratchDirectory()
        let path = try scratch.write(MOOBuilder.file(SiliconExample.addition()), "00.MOO")
        let host = TestHost()
        #expect(host.run(["conform", path, "--kind", "simd"]) == 20)
        #expect(host.errors.text.contains("no test was run"))
        #expect(host.output.text.hasSuffix("conform: 0 passed, 0 failed, 1 skipped of 1\n"))
    }

    @Test func jsonHasEveryFile() throws {
        let scratch = ScratchDirectory()
        _ = try scratch.write(MOOBuilder.file(SiliconExample.addition()), "00.MOO")
        _ = try scratch.write(MOOBuilder.file(SiliconExample.addition(eip: 0)), "01.MOO")
        let (status, text) = try run([scratch.path], show: 5, json: true)
        #expect(status == 20)
        let json = try #require(JSON(text: Array(text.utf8)))
        #expect(json["total"] == .number(2))
        #expect(json["failed"] == .number(1))
        guard case .array(let files)? = json["files"], files.count == 2 else {
            Issue.record("\(text)")
            return
        }
        #expect(files[0]["exact"] == .number(1))
        guard case .array(let failures)? = files[1]["failures"] else { return }
        #expect(failures.first?["differences"] == .array([.string("eip is 00001002, should be 00000000")]))
    }

    @Test func aPackedFile() throws {
        let scratch = ScratchDirectory()
        // "stored" form of gzip: no compression, so that the test needs none; the check sums are made below.
        let contents = MOOBuilder.file(SiliconExample.addition())
        let path = try scratch.write(Gzip.stored(contents), "it's packed.MOO.gz")
        #expect(try run([path]).text.hasSuffix("conform: 1 passed, 0 failed, 0 skipped of 1\n"))
        var damaged = Gzip.stored(contents)
        damaged[damaged.count - 5] ^= 1
        let other = try scratch.write(damaged, "01.MOO.gz")
        let error = #expect(throws: CommandError.self) { try run([other]) }
        #expect(error?.status == 2)
        #expect(error?.message.contains("gzip finds it damaged") == true)
    }

    @Test func errorsNameTheFile() throws {
        let scratch = ScratchDirectory()
        let usage = #expect(throws: CommandError.self) { try run([]) }
        #expect(usage?.status == 1)
        let missing = #expect(throws: CommandError.self) { try run(["/nowhere/at/all.MOO"]) }
        #expect(missing == .load("cannot read '/nowhere/at/all.MOO': no such file; check the path"))
        let empty = #expect(throws: CommandError.self) { try run([scratch.path]) }
        #expect(empty?.status == 2)
        let path = try scratch.write(Array("hello".utf8), "x.MOO")
        let damaged = #expect(throws: CommandError.self) { try run([path]) }
        #expect(damaged?.message.hasPrefix("cannot use '\(path)': ") == true)
        #expect(damaged?.message.contains("\n") == false)
    }
}

/// Gzip files without compression (RFC 1952, RFC 1951 3.2.4).
enum Gzip {
    static func stored(_ bytes: [UInt8]) -> [UInt8] {
        precondition(bytes.count < 0x10000, "one stored block holds less than 64 KiB")
        let length = UInt16(bytes.count)
        let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
        let block = [1] + MOOBuilder.word(length) + MOOBuilder.word(~length) + bytes
        return header + block + MOOBuilder.dword(checksum(bytes)) + MOOBuilder.dword(UInt32(bytes.count))
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var sum = UInt32.max
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum >> 1 ^ (sum & 1 == 1 ? 0xEDB8_8320 : 0) }
        }
        return ~sum
    }
}
