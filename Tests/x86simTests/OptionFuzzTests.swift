import TestSupport
import Testing

@testable import x86sim

@Suite("Random command lines", .timeLimit(.minutes(30)))
struct OptionFuzzTests {
    /// Values that some option takes, and values that none should stumble over.
    private static let values = [
        "", "0", "1", "-1", "16", "ff", "0x", "0d", "3f8", "10000", "18446744073709551616", "99999999999G", "4K", "1M",
        "0:0", "7c0:0", "ffff:ffff", ":", "::", "1000:", "x@", "@0", "x@0:0", "x@ffffffff", "on", "off", "32", "=",
        "==",
        ",", "ax=1", "ax=1,ax=2,", "es=ffff", "eflags=ffffffff", "esp=1", "eip=ffff0", "ip=ffff", "all=user",
        "all=kernel", "uart=user", "all=", "=user", "uart", "uart,off", "uart,base=2f8,irq=3", "uart,irq=99",
        "pic,base=fffe", "post,base=90,tier=user", "3da=seq:08,00", "3da=echo", "3da=seq:", "3da=const:100",
        "80=once:1", "a=string:b", "a=b", "ff", "log", "stop", "deliver", "raw", "qemu", "none", "bare", "pc", "8086",
        "80286", "p6", "auto", "com", "rom", "sector", "flat", "nan", "inf", "1e308", "0.01", "int", "all", "intel",
        "att", "nasm", "/nonexistent/a.csv", "/nonexistent/b.jsonl", "\u{1B}[2J\n", "\0", "ä\u{301}🙂",
    ]

    /// The rows but those of the gdb server, which waits for a client.
    private static let options = Option.all.filter { $0.topic != .server }
    /// Those that make a file of any name: in a folder that there is not.
    private static let made: Set<Substring> = ["overlay", "record", "save-snapshot"]

    /// Statuses that the help documents.
    private static func isDocumented(_ status: Int32) -> Bool {
        [0, 1, 2, 10, 11, 12, 13, 14, 15, 20, 130].contains(status) || 64...255 ~= status
    }

    @Test(arguments: 0..<10)
    func anyArgumentsEndWithAStatusAndAtMostOneLineOfUsage(seed: UInt64) throws {
        let guest = try TemporaryFile([0xE4, 0x99, 0xE6, 0xE9, 0xEE, 0xCD, 0x21, 0x0F, 0x0B, 0xFB, 0xF4])
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let arguments = Self.commandLine(guest: guest.path, &random)
            let host = TestHost()
            host.tick = 2_000_000
            let status = host.run(arguments)
            #expect(Self.isDocumented(status), "\(status) \(arguments)")
            let lines = host.errors.text.filter { $0 == "\n" }.count
            if status == 1 || status == 2 { #expect(lines == 1, "\(arguments): \(host.errors.text)") }
            #expect(!host.errors.text.contains("\u{1B}"), "\(arguments)")
        }
    }

    /// A subcommand, its operand, a few options with values, mostly well-formed, and limits that end any run.
    private static func commandLine(guest: String, _ random: inout SeededGenerator) -> [String] {
        let names = ["run", "run", "run", "tiers", "dis", "cpus", "help", "conform", "rnu", ""]
        var arguments = [names[Int.random(in: 0..<names.count, using: &random)]]
        if Int.random(in: 0..<8, using: &random) > 0 { arguments.append(guest) }
        for _ in 0..<Int.random(in: 0..<5, using: &random) {
            let option = options[Int.random(in: 0..<options.count, using: &random)]
            var value = values[Int.random(in: 0..<values.count, using: &random)]
            if made.contains(option.key) { value = "/nonexistent/" + value }
            switch Int.random(in: 0..<10, using: &random) {
            case 0: arguments.append(value)
            case 1: arguments.append("--" + value)
            case 2: arguments.append(option.name)
            case 3...5: arguments.append(option.name + "=" + value)
            default: arguments += option.argument == nil ? [option.name] : [option.name, value]
            }
        }
        if ["run", "tiers"].contains(arguments[0]) { arguments += ["--fuel=2000", "--timeout=1"] }
        return arguments
    }
}
