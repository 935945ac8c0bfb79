import X86Interp

/// Runs a case in one tier setting.
struct CaseRunner {
    /// The most text that is kept of a guest: 1 MiB.
    static let textLimit = 1 << 20
    /// The case.
    let report: CheckCase
    /// Where it runs.
    let host: Host

    /// What the machine is at the end.
    ///
    /// - Throws: `CommandError` if a file cannot be read or the machine cannot be built.
    func run(_ setting: TierSetting) throws(CommandError) -> CaseOutcome {
        for disk in report.disks { try disk.check() }
        var image = try GuestImage(report.settings)
        image.plan.pieces += report.memory
        let text = MemorySink(limit: Self.textLimit)
        let serial = MemorySink(limit: Self.textLimit)
        let guest = try image.makeGuest(console: text, serial: SinkTee(text, serial))
        guest.machine.setTier(setting.tier)
        start(guest.machine)
        let writes = PortWrites()
        guest.machine.cpu.observe(with: writes, [.ports(0...UInt16.max, .out)])
        let end = Runner(
            guest: guest, host: host, settings: report.settings, delays: { setting.delays($0) },
            memoryDelays: { setting.delays($0) }
        ).run()
        text.write(guest.board.bios?.untoldRows(of: guest.machine) ?? [])
        return CaseOutcome(end: end, guest: guest, text: text.bytes, serial: serial.bytes, writes: writes)
    }

    private func start(_ machine: Machine) {
        var state = machine.cpu.state
        if report.isFlat { Self.makeFlat(&state) }
        for (flag, isSet) in report.flags {
            if isSet { state.eflags.insert(flag.bit) } else { state.eflags.remove(flag.bit) }
        }
        machine.cpu.state = state
    }

    /// Protected mode with segments of 4 GiB from 0; code and stack stay where they are.
    ///
    /// There is neither GDT nor IDT.
    private static func makeFlat(_ state: inout CPUState) {
        state.eip = state.segments.cs.base &+ state.eip
        state.gpr.esp = state.segments.ss.base &+ state.gpr.esp
        state.cr0 |= 1
        let data: SegmentAccess = [.present, .codeOrData, .writableOrReadable, .accessed, .big, .granular]
        let flat = { (selector: UInt16, access: SegmentAccess) in
            Segment(selector: selector, base: 0, limit: .max, access: access)
        }
        for register in SegmentRegister.allCases { state.segments[register] = flat(0x10, data) }
        state.segments.cs = flat(0x08, data.union(.code))
        state.gdtr = TableRegister(base: 0, limit: 0)
        state.idtr = TableRegister(base: 0, limit: 0)
    }
}
