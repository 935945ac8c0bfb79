import X86Interp

/// The first point at which two tier settings disagree.
struct TierDifference: Equatable {
    /// Number of the transaction after which they differ, from 1; 0 before the first.
    var transaction: UInt64
    /// Instruction count there.
    var instructions: UInt64
    /// CS of the instruction that made the transaction.
    var cs: UInt16
    /// EIP of the instruction that made the transaction.
    var eip: UInt32
    /// The transaction was one in memory.
    var isInMemory = false
    /// The setting that differs from the kernel tier.
    var setting: TierSetting
    /// What differs, in words.
    var what: String

    /// The difference on one line.
    var text: String {
        let place = "\(cs.hex):\(eip.hex(digits: eip > 0xFFFF ? 8 : 4))"
        return
            "first difference after \(isInMemory ? "memory" : "port") transaction \(transaction) (\(instructions) instructions, \(place)), "
            + "kernel tier against \(setting.rawValue): \(what)"
    }
}

/// What differs between two lanes, in words; the first thing found.
enum TierComparison {
    /// Compares everything but RAM, of devices only those of these names if there are any; nil if equal.
    static func difference(_ a: TierLane, _ b: TierLane, of names: Set<String>? = nil) -> String? {
        if a.end != b.end { return "the end: \(text(a.end)) against \(text(b.end))" }
        let (stateA, stateB) = (a.machine.cpu.state, b.machine.cpu.state)
        if stateA != stateB { return differences(stateA, stateB) }
        if a.machine.clock.now != b.machine.clock.now { return "guest time" }
        if a.machine.clock.nextDeadline != b.machine.clock.nextDeadline { return "the next event in guest time" }
        if a.devices.count != b.devices.count { return "the set of devices" }
        for (deviceA, deviceB) in zip(a.devices, b.devices) where names?.contains(deviceA.name) ?? true {
            if !equal(deviceA, deviceB) { return "the state of device \(deviceA.name)" }
        }
        return nil
    }

    /// Compares RAM; nil if equal.
    static func memoryDifference(_ a: TierLane, _ b: TierLane) -> String? {
        let (bytesA, bytesB) = (a.machine.memory.ramBytes, b.machine.memory.ramBytes)
        guard bytesA.count == bytesB.count else { return "the size of RAM" }
        return MemoryComparison.firstDifference(bytesA, bytesB).map { place in
            let address = UInt32(truncatingIfNeeded: place).hex
            return "memory at \(address): \(bytesA[place].hex) against \(bytesB[place].hex)"
        }
    }

    /// The first transaction in which two lanes differ: its number in the list and what differs.
    static func transactionDifference(_ a: [TierTransaction], _ b: [TierTransaction]) -> (index: Int, what: String)? {
        for (index, (x, y)) in zip(a, b).enumerated() where !x.isSame(as: y) {
            return (index, "transaction \(x.text) against \(y.text)")
        }
        guard a.count != b.count else { return nil }
        let index = min(a.count, b.count)
        let extra = (a.count > b.count ? a[index] : b[index]).text
        return (index, "transaction \(extra) happens in one setting only")
    }

    private static func text(_ end: Exit?) -> String {
        end.map { String(describing: $0) } ?? "still running"
    }

    /// Whether two chips of the same kind are in the same state.
    private static func equal<Chip: Device>(_ a: Chip, _ b: any Device) -> Bool {
        (b as? Chip).map { $0.state == a.state } ?? false
    }

    /// The parts of the processor that differ.
    private static func differences(_ a: CPUState, _ b: CPUState) -> String {
        var parts: [String] = []
        func compare(_ name: String, _ x: UInt32, _ y: UInt32) {
            if x != y { parts.append("\(name) \(x.hex) against \(y.hex)") }
        }
        for register in GeneralRegister.allCases { compare(register.name(.dword), a.gpr[register], b.gpr[register]) }
        compare("eip", a.eip, b.eip)
        compare("eflags", a.eflags.rawValue, b.eflags.rawValue)
        for segment in SegmentRegister.allCases where a.segments[segment] != b.segments[segment] {
            parts.append(segment.name)
        }
        compare("cr0", a.cr0, b.cr0)
        if a.instructions != b.instructions { parts.append("instructions \(a.instructions) against \(b.instructions)") }
        return parts.isEmpty ? "an inner part of the processor" : parts.joined(separator: ", ")
    }
}
