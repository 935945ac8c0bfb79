import Testing
import X86Interp

/// Row T4: a snapshot at any exit, also while an answer is awaited, goes on as the original does.
@Suite("Port I/O: snapshots", .timeLimit(.minutes(30)))
struct PortSnapshotTests {
    /// A program of all kinds of transfers, split and repeated.
    private func setUp(_ guest: PortGuest) {
        // rep insb; in ax,dx (odd); mov cx,3; rep outsw; out dx,eax; insd
        guest.code = [0xF3, 0x6C, 0xED, 0xB9, 0x03, 0x00, 0xF3, 0x6F, 0x66, 0xEF, 0x66, 0x6D]
        guest.set(\.edx, 0x301)
        guest.set(\.ecx, 3)
        guest.set(\.edi, 0x600)
        guest.set(\.esi, 0x600)
    }

    @Test("T4 a snapshot at any exit goes on to the same end", arguments: TierSetting.all)
    func atAnyExit(_ setting: TierSetting) throws {
        let reference = try PortGuest(setting)
        setUp(reference)
        reference.start()
        try reference.run()
        #expect(reference.isAtEnd)

        var guest = try PortGuest(setting, hasLedger: false)
        setUp(guest)
        guest.start()
        var entry = Entry.resume
        var exits = 0
        while true {
            // A budget of one, so that the kernel tier stops as often.
            let exit = try guest.machine.run(entry, until: guest.machine.state.instructions + 1)
            if exit == .halted { break }
            exits += 1
            try #require(exits < 100)
            let snapshot = guest.machine.snapshot()
            guest = try PortGuest(setting, hasLedger: false)
            guest.machine.ports.setTier(setting.tier)
            try guest.machine.restore(snapshot)
            #expect(guest.machine.snapshot().cpu == snapshot.cpu)
            entry = .resume
            if case .port(let request) = exit {
                if setting == .delayed { #expect(try guest.machine.run(.resume, until: 1000) == exit) }
                entry = .complete(guest.machine.ports.serve(request))
            }
        }
        #expect(exits > 10 && guest.machine.state == reference.state)
        #expect(guest.probe.state == reference.probe.state)
        #expect(guest.bytes(0x600, 16) == reference.bytes(0x600, 16))
        #expect(guest.machine.clock.now == reference.machine.clock.now)
    }

    @Test("T4 an answer that has not been used is in the snapshot", arguments: [TierSetting.user, .delayed])
    func unusedAnswer(_ setting: TierSetting) throws {
        let guest = try PortGuest(setting)
        guest.code = [0xEC]
        guest.start()
        guard case .port(let request) = try guest.machine.run(.resume, until: 10) else {
            Issue.record("no request")
            return
        }
        #expect(try guest.machine.run(.complete(PortResponse(to: request, value: 0x42)), until: 0) == .budget)
        let other = try PortGuest(setting)
        other.machine.ports.setTier(.user)
        try other.machine.restore(guest.machine.snapshot())
        #expect(try other.machine.run(.resume, until: 10) == .halted)
        #expect(other.machine.state.gpr.eax == 0x42 && other.probe.log == [])
    }
}
