import TestSupport
import Testing

@testable import x86sim

@Suite("x86sim run --record", .timeLimit(.minutes(30)))
struct RecordTests {
    private func fixture(_ name: String) -> String {
        SourceTree.root.appendingPathComponent("fixtures/" + name).path
    }

    /// Records a run; returns the case's file, its text and the run's status.
    private func record(_ arguments: [String]) throws -> (
        file: TemporaryFile, text: String, status: Int32, host: TestHost
    ) {
        let file = try TemporaryFile([], extension: "case")
        let host = TestHost()
        let status = host.run(["run", "--quiet", "-m", "2M", "--record", file.path] + arguments)
        let bytes = (try? HostFile.read(file.path)) ?? []
        return (file, String(decoding: bytes, as: UTF8.self), status, host)
    }

    private static let tiers = LongTests.areWanted ? ["kernel", "user"] : ["kernel"]

    @Test("a case from each guest program holds", arguments: FixtureTests.programs, tiers)
    func roundTrip(program: String, tier: String) throws {
        let plain = TestHost()
        #expect(plain.run(["run", "--quiet", "-m", "2M", fixture(program)]) == 0)
        let (file, text, status, host) = try record([fixture(program), "--tier", "all=\(tier)"])
        #expect(status == 0, "\(host.errors.text)")
        #expect(host.output.text == plain.output.text && !host.output.text.isEmpty)
        let check = TestHost()
        #expect(check.run(["check", file.path]) == 0, "\(check.output.text)")
        #expect(check.output.text.split(separator: "\n").count == 5)
        #expect(text.contains("expect end exit 0\n") && text.contains("expect text\n"))
        // It expects something: with another end it does not hold, in whichever tier it was recorded.
        guard tier == "kernel", LongTests.areWanted || program == "hello.bin" else { return }
        let changed = text.split(separator: "expect end exit 0").joined(separator: "expect end exit 1")
        let wrong = try TemporaryFile(Array(changed.utf8), extension: "case")
        #expect(TestHost().run(["check", wrong.path]) == 20)
    }

    @Test func answersOfTheUserTierBecomeScripts() throws {
        let (_, text, _, _) = try record([fixture("fwcfg.bin"), "--tier", "fw_cfg=user"])
        #expect(text.contains("\ndevice fw_cfg,off\n"))
        #expect(text.contains("\nport 510/2 const:0\nport 511/1 once:51,45,4d,55\n"))
        let (_, kernel, _, _) = try record([fixture("fwcfg.bin")])
        #expect(!kernel.contains("port ") && !kernel.contains("device "))
    }

    @Test func whatTheCommandLineSaidIsKept() throws {
        let blob = try TemporaryFile([0xE4, 0x99, 0xE6, 0x80, 0xA2, 0x00, 0x06, 0xEB, 0xF7])
        let more = try TemporaryFile([1, 2, 3])
        let (file, text, status, _) = try record([
            blob.path, "--cpu", "80286", "--machine", "none", "--port", "99=stub busy 3 then 50", "--fuel", "100",
            "--regs", "bx=1234,es=1000", "--load", more.path + "@500", "--a20", "off", "--entry", "0:0600",
        ])
        #expect(status == 12)
        for line in [
            "cpu 80286", "machine none", "port 99 once:80*3,50", "fuel 100", "regs bx=1234 es=1000", "mem 00000500",
            "a20 off", "entry 0000:0600", "boot flat", "expect end fuel", "expect instructions 100",
        ] { #expect(text.contains("\n\(line)\n"), "\(line)") }
        let check = TestHost()
        #expect(check.run(["check", file.path]) == 0, "\(check.output.text)\(check.errors.text)")
    }

    @Test func muchChangedMemoryIsAHash() throws {
        // mov cx, 8000; xor di, di; mov ax, 2000; mov es, ax; mov al, 5; rep stosw; hlt
        let blob = try TemporaryFile([
            0xB9, 0x00, 0x80, 0x31, 0xFF, 0xB8, 0x00, 0x20, 0x8E, 0xC0, 0xB8, 5, 1, 0xF3, 0xAB, 0xF4,
        ])
        let (file, text, status, _) = try record([blob.path])
        #expect(status == 0 && text.contains("\nexpect memory-hash ") && text.utf8.count < 2000)
        #expect(TestHost().run(["check", file.path]) == 0)
    }

    @Test func aPollOfMillionsIsShort() throws {
        // The long one has more than the 65,536 different answers that a script may have.
        let count = LongTests.areWanted ? 70_000 : 7_000
        let blob = try TemporaryFile([0xBA, 0x99, 0x00, 0xEC, 0xEB, 0xFD])
        let (_, text, status, _) = try record([
            blob.path, "--port", "99=const:5", "--tier", "all=user", "--fuel", "\(2 * count)",
        ])
        #expect(status == 12 && text.contains("\nport 99/1 once:5*\(count)\n"), "\(text)")
    }

    @Test func whatCannotBeRecordedSaysWhy() throws {
        let many = try TemporaryFile([0x40, 0xE6, 0x80, 0xEB, 0xFB])
        let file = try TemporaryFile([1])
        for (arguments, part) in [
            ([many.path, "--fuel", "400000"], "too much at the ports"),
            ([fixture("hello.bin"), "--fw-cfg", "opt/x=\(file.path)"], "--tier fw_cfg=user"),
        ] {
            let (_, _, status, host) = try record(arguments)
            #expect(status == 1 || status == 2)
            #expect(host.errors.text.contains(part) && host.errors.text.filter { $0 == "\n" }.count == 1)
        }
        let host = TestHost()
        #expect(host.run(["run", "--quiet", fixture("hello.bin"), "--record", "/nonexistent/x.case"]) == 2)
    }
}

/// Cases of random bytes and of random lines.
@Suite("Hostile cases", .timeLimit(.minutes(30)))
struct CheckFuzzTests {
    private static let values = [
        "", "0", "1", "ff", "F4", "EB FE", "00*5", "00*16777216", "7c00", "0:7c00", "ffffffff", "ffff:ffff", "all",
        "user",
        "kernel delayed", "ax=1", "es=1 eip=ffffffff", "esp=0", "cf=1", "df=1 tf=1 if=1", "real", "flat32", "8086",
        "80286", "i486", "p6", "4K", "64K", "bare", "pc", "none", "511 once:1,2*3", "60 stub busy 3 then 50",
        "1f0/4 const:ffffffff", "ffff/2 echo", "e9 seq:1,2", "stop", "off", "on", "halted", "exit 0", "fuel",
        "fault #GP(0)",
        "\"text\\n\"", "\"\\xff\"", "\"", "80=0 510/2=1", "100", "post,base=ffff", "uart,off", "all=user", "ff FF ??",
        "a=string:b", "/nonexistent", "../..", "-", "name=x", "x@0:0", "\u{0}", "#", "\\", "sector", "rom", "com", "16",
    ]

    @Test("end in results or in one line") func randomCases() throws {
        let keys = CaseKeyword.all.map(\.name) + ExpectationRow.all.map { "expect " + $0.name }
        let rows = Option.all.filter { Option.Topic.guest.contains($0.topic) && $0.key != "m" }
        let options = rows.map { String($0.key) }
        let folder = SourceTree.root.appendingPathComponent("fixtures/check/").path
        let good = try ["fwcfg", "busy", "flat"].map {
            Array(try SourceTree.file("fixtures/check/\($0).case").text.utf8)
        }
        var ran = 0
        let count = LongTests.count(short: 300)
        for seed in 0..<UInt64(count) {
            var random = SeededGenerator(seed: seed)
            var bytes: [UInt8]
            if seed % 2 == 0 {
                bytes = Damage.bytes(of: good, &random)
            } else {
                bytes = Array("blob 40 EC EE 90 \(random.next() % 90 + 10) F4\nexpect end halted\n".utf8)
                for _ in 0..<Int.random(in: 0..<6, using: &random) {
                    let key = (keys + options).randomElement(using: &random) ?? ""
                    bytes += Array("\(key) \(Self.values.randomElement(using: &random) ?? "")\n".utf8)
                }
            }
            let host = TestHost().host
            do throws(CommandError) {
                var report: CheckCase
                do throws(CaseError) {
                    report = try CaseReader.parse(bytes, path: folder + "/x.case")
                } catch {
                    #expect(error.line > 0 && !error.message.isEmpty)
                    continue
                }
                // No case of a fuzzer says how much the test machine may be asked for.
                report.settings.fuel = min(report.settings.fuel ?? 1000, 1000)
                report.settings.ramSize = min(report.settings.ramSize, 2 << 20)
                if report.settings.operands == ["-"] { continue }
                for setting in report.tiers { _ = try CheckCommand.result(report, setting, host) }
                ran += 1
            } catch {
                #expect(!error.message.contains("\n"))
            }
        }
        #expect(ran > count * 6 / 100)
    }
}
