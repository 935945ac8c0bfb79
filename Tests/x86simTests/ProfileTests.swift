import Testing

@testable import x86sim

/// `run --profile ops`.
@Suite struct ProfileTests {
    // mov cx, 100; again: add ax, cx; dec cx; jne again; mov al, 0; out F4, al
    private static let guest: [UInt8] =
        [0xB9, 0x64, 0x00, 0x01, 0xC8, 0x49, 0x75, 0xFB, 0xB0, 0x00, 0xE6, 0xF4]

    @Test func tellsTheFormsBehindTheSummary() throws {
        let file = try TemporaryFile(Self.guest)
        let host = TestHost()
        #expect(host.run(["run", file.path, "--boot", "flat", "--profile", "ops"]) == 0)
        let lines = host.errors.text.split(separator: "\n")
        #expect(lines.contains { $0.hasPrefix("x86sim: the guest ended with code 0") && $0.contains("303 instr") })
        #expect(lines.contains { $0.split(separator: " ") == ["ops", "share", "handler", "form"] })
        #expect(lines.contains { $0.split(separator: " ") == ["100", "33.0", "%", "usual", "add", "r16,", "r16"] })
    }

    @Test func jsonHasAllForms() throws {
        let file = try TemporaryFile(Self.guest)
        let host = TestHost()
        #expect(host.run(["run", file.path, "--boot", "flat", "--profile", "ops", "--json"]) == 0)
        #expect(host.output.text.contains(#"{"form":"dec r16","handler":"usual","count":100}"#))
        let other = TestHost()
        #expect(other.run(["run", file.path, "--boot", "flat", "--json"]) == 0)
        #expect(!other.output.text.contains("\"ops\""))
    }

    @Test func wantsItsOwnEngine() throws {
        let file = try TemporaryFile(Self.guest)
        let host = TestHost()
        #expect(host.run(["run", file.path, "--profile", "ops", "--engine", "reference"]) == 1)
        #expect(host.errors.text.contains("leave out --engine"))
        #expect(TestHost().run(["run", file.path, "--profile", "time"]) == 1)
        #expect(TestHost().run(["run", file.path, "--engine", "counting"]) == 1)
    }
}
