import Devices
import Testing
import X86Interp

@testable import x86sim

/// Guest time against the host's, by a clock that moves only while the program sleeps, unless told.
@Suite("Speed", .timeLimit(.minutes(30)))
struct SpeedTests {
    /// Waits for `count` ticks of the BIOS's clock by HLT, and ends with code 0.
    ///
    /// sti; xor ax, ax; mov ds, ax; mov bx, [46c]; again: hlt; mov ax, [46c]; sub ax, bx; cmp ax, count; jb again;
    /// mov al, 0; out f4, al
    private static func waits(_ count: UInt8) throws -> TemporaryFile {
        let code: [UInt8] = [
            0xFB, 0x31, 0xC0, 0x8E, 0xD8, 0x8B, 0x1E, 0x6C, 0x04, 0xF4, 0xA1, 0x6C, 0x04, 0x29, 0xD8, 0x83, 0xF8, count,
            0x72, 0xF5, 0xB0, 0x00, 0xE6, 0xF4,
        ]
        return try boot(code)
    }

    /// Loops so many times and ends with code 0: mov ecx, count; again: loop again; mov al, 0; out f4, al.
    private static func loops(_ count: UInt32) throws -> TemporaryFile {
        try boot([0x66, 0xB9] + count.bytes + [0x67, 0xE2, 0xFD, 0xB0, 0x00, 0xE6, 0xF4])
    }

    private static func boot(_ code: [UInt8]) throws -> TemporaryFile {
        let padding = [UInt8](repeating: 0, count: 510 - code.count)
        return try TemporaryFile(code + padding + [0x55, 0xAA], extension: "img")
    }

    private static func guest(_ file: TemporaryFile, _ options: [String] = []) throws -> (Guest, Settings) {
        let settings = try OptionParser(subcommand: X86Sim.named("run")).parse([file.path] + options)
        let guest = try GuestImage(settings).makeGuest(console: MemorySink(), serial: MemorySink())
        return (guest, settings)
    }

    @Test(arguments: [("real", 1), ("50%", 0.5), ("300%", 3), ("1%", 0.01)] as [(String, Double)])
    func aGuestTakesItsTime(name: String, factor: Double) throws {
        for file in [try Self.waits(20), try Self.loops(2_000_000)] {
            let host = TestHost()
            host.tick = 0
            let (guest, settings) = try Self.guest(file, ["--speed", name])
            #expect(Runner(guest: guest, host: host.host, settings: settings).run() == .guestExit(code: 0))
            let time = Double(guest.machine.cpu.state.instructions) / 1e8 / factor
            let passed = Double(host.time) / 1e9
            #expect(passed >= time && passed < time + 0.06, "\(name): \(passed) s for \(time) s")
        }
    }

    @Test func withoutItNobodySleeps() throws {
        for options in [[], ["--speed", "max"]] {
            let host = TestHost()
            let file = try Self.waits(40)
            #expect(host.run(["run", file.path] + options) == 0)
            #expect(host.slept == 0)
        }
    }

    @Test func guestTimeNeverRunsAhead() throws {
        let (guest, _) = try Self.guest(try Self.waits(10))
        let host = TestHost()
        host.tick = 1000
        let start = host.time
        let pacer = Pacer(guest, host.host, speed: .real, from: start)
        var longest: UInt64 = 0
        while true {
            let from = guest.machine.cpu.state.instructions
            let exit = try HostLoop(machine: guest.machine).run(until: from + pacer.instructions)
            let position = guest.machine.cpu.state.instructions
            longest = max(longest, position - from)
            // Ten nanoseconds a tick; the first instruction is free.
            #expect(position <= 1 || position * 10 <= host.time - start)
            guard exit == .budget else { break }
            pacer.look(at: host.host.now())
        }
        // It slept through a wait as a whole, but no longer than a twentieth of a second.
        #expect(1_000_000...5_010_000 ~= longest)
    }

    @Test func ofALongPauseASecondIsMadeUpFor() throws {
        let (guest, _) = try Self.guest(try Self.loops(.max))
        let host = TestHost()
        host.tick = 0
        let pacer = Pacer(guest, host.host, speed: .percent(1), from: host.time)
        func run() throws {
            let from = guest.machine.cpu.state.instructions
            _ = try HostLoop(machine: guest.machine).run(until: from + pacer.instructions)
            pacer.look(at: host.host.now())
        }
        for _ in 0..<10 { try run() }
        #expect(host.slept >= 40_000_000)
        // The process was stopped for an hour.
        host.time += 3_600_000_000_000
        let (position, slept) = (guest.machine.cpu.state.instructions, host.slept)
        while host.slept == slept { try run() }
        #expect(1_000_000...1_010_000 ~= guest.machine.cpu.state.instructions - position)
        // The guest stood, as in a debugger: nothing of that is made up for.
        host.time += 3_600_000_000_000
        pacer.begin(at: host.time)
        #expect(pacer.instructions == 1)
    }

    @Test func controlCEndsASleepingRun() throws {
        let host = TestHost()
        host.tick = 0
        host.whileAsleep = { [unowned host] in host.wantsToStop = host.slept > 500_000_000 }
        let file = try Self.waits(200)
        #expect(host.run(["run", file.path, "--speed", "real"]) == 130)
        #expect(host.slept < 600_000_000)
        let late = TestHost()
        late.tick = 0
        #expect(late.run(["run", file.path, "--speed", "1%", "--timeout", "3"]) == 13)
        #expect(3_000_000_000...3_200_000_000 ~= late.slept)
    }

    @Test func whatIsComputedIsTheSame() throws {
        var hashes: Set<UInt64> = []
        let file = try Self.waits(20)
        for options in [[], ["--speed", "real"], ["--speed", "77%"], ["--speed", "10000%"]] {
            let host = TestHost()
            host.tick = 7_000_000
            let (guest, settings) = try Self.guest(file, options)
            _ = Runner(guest: guest, host: host.host, settings: settings).run()
            hashes.insert(guest.machine.hash())
        }
        #expect(hashes.count == 1)
    }

    @Test func aGuestThatWaitsForSomebodySleeps() throws {
        let file = try Self.waits(100)
        let host = TestHost()
        host.tick = 0
        let line = ["--serial", "tcp:127.0.0.1:0"]
        #expect(host.run(["run", file.path] + line) == 0)
        // Of five and a half seconds the first passes at once, the others by naps.
        #expect(500_000_000...5_000_000_000 ~= host.slept)
        // Not if it works.
        let busy = TestHost()
        let loop = try Self.loops(200_000)
        #expect(busy.run(["run", loop.path] + line) == 0)
        #expect(busy.slept == 0)
    }

    @Test func theDebuggerKeepsToIt() throws {
        let file = try Self.waits(20)
        let host = TestHost()
        host.tick = 0
        #expect(host.run(["debug", file.path, "--speed", "real", "-batch", "-ex", "continue"]) == 0)
        #expect(1_000_000_000...1_200_000_000 ~= host.slept)
        // The past is not run again at that speed.
        let back = TestHost()
        back.tick = 0
        let commands = ["-ex", "advance 50000000", "-ex", "rstep", "-ex", "advance 1"]
        // The last command stands before the guest's end.
        #expect(back.run(["debug", file.path, "--speed", "real", "-batch"] + commands) == ExitStatus.fuel)
        #expect(500_000_000...600_000_000 ~= back.slept, "\(back.slept) \(back.output.text)")
    }

    @Test func namesOfSpeeds() throws {
        let subcommand = try X86Sim.named("run")
        func speed(_ text: String) throws -> Speed {
            try OptionParser(subcommand: subcommand).parse(["x", "--speed", text]).speed
        }
        #expect(try speed("real") == .percent(100) && speed("MAX") == .max && speed("1%") == .percent(1))
        for text in ["", "%", "0%", "10001%", "100", "-5%", "fast", "1.5%", "99999999999999999999%"] {
            #expect(throws: CommandError.self) { try speed(text) }
        }
        #expect(TestHost().run(["tiers", "x", "--speed", "real"]) == 1)
    }
}
