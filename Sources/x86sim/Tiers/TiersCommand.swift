import X86Interp

/// `x86sim tiers`.
enum TiersCommand {
    /// The end of its help.
    static let notes = """
        All devices are served in the kernel tier, in the user tier, and in the user tier with answers
        put off up to three times. After each transaction, at a port or in a device's memory, the
        transaction, the processor, guest time and the device are compared, RAM and all devices at each
        4096th and at the end; a difference there is then traced to its transaction. --tier is overruled.
        Without --fuel the run goes on until the guest ends; the guest's text is not shown.
        Exit status: 0 no difference, 20 a difference, 15 the user tier failed, 13 --timeout, 130 Ctrl-C.

        """

    /// Loads, runs in all settings, reports the first difference; returns the exit status.
    static func run(_ settings: Settings, _ host: Host) throws(CommandError) -> Int32 {
        let image = try GuestImage(settings)
        let deadline = settings.timeout.map { host.now() &+ UInt64($0 * 1e9) } ?? .max
        // The boards stay alive as long as their machines: a claim holds its device, but not the board's wiring.
        var guests: [Guest] = []
        let fuel = try image.makeGuest(console: MemorySink(limit: 0), serial: MemorySink(limit: 0))
            .limit(ofFuel: settings.fuel)
        let checker = TierChecker(
            make: { (_: TierSetting) throws(CommandError) -> Machine in
                let guest = try image.makeGuest(console: MemorySink(limit: 0), serial: MemorySink(limit: 0))
                guests.append(guest)
                return guest.machine
            }, fuel: fuel, interrupted: { host.interrupted() || host.now() >= deadline })
        host.holdInterrupts()
        do throws(TierChecker.Failure) {
            let outcome = try checker.check()
            let hasMemory = guests.contains { !$0.machine.memory.claims.isEmpty }
            return report(outcome, hasMemory: hasMemory, settings, host)
        } catch {
            return try report(error, host)
        }
    }

    private static func report(
        _ outcome: TierChecker.Outcome, hasMemory: Bool, _ settings: Settings, _ host: Host
    ) -> Int32 {
        switch outcome {
        case .same(let transactions, let instructions, let end):
            let ended = end == nil ? "fuel used up" : "guest ended"
            let what = hasMemory ? "transactions at ports and in memory" : "port transactions"
            let text = "no difference in \(transactions) \(what) (\(instructions) instructions, \(ended))"
            let json = JSON.object([
                "difference": .null, "transactions": .number(transactions), "instructions": .number(instructions),
            ])
            host.output.write((settings.json ? json.text : text) + "\n")
            return ExitStatus.success
        case .different(let found):
            let json = JSON.object([
                "difference": .string(found.what), "setting": .string(found.setting.rawValue),
                "transactions": .number(found.transaction), "instructions": .number(found.instructions),
                "cs": .number(UInt64(found.cs)), "eip": .number(UInt64(found.eip)),
            ])
            host.output.write((settings.json ? json.text : found.text) + "\n")
            return ExitStatus.expectation
        }
    }

    private static func report(_ failure: TierChecker.Failure, _ host: Host) throws(CommandError) -> Int32 {
        switch failure {
        case .make(let error): throw error
        case .userTier(let setting, let message):
            host.complain("\(setting.rawValue): \(message)")
            return ExitStatus.userDevice
        case .interrupted(let transactions):
            host.complain("stopped; no difference in the first \(transactions) transactions")
            return host.interrupted() ? ExitStatus.interrupted : ExitStatus.timeout
        }
    }
}
