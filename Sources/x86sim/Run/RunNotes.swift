import Devices
import X86Interp

/// What the end of a run alone does not tell, and the user would have to look for.
struct RunNotes {
    /// What ran.
    let guest: Guest
    /// Why it is over.
    let end: RunEnd

    /// Fewer reads of a port are no polling.
    private static let pollingLimit: UInt64 = 16
    private static let maximumCount = 4

    /// Where the guest reads ports again and again that nobody claims, if it may hang for that.
    var polled: [FloatingRead] {
        switch end {
        case .fuel, .timeout, .interrupted, .outputLimit:
            let often = guest.machine.cpu.floatingReads.prefix { $0.times >= Self.pollingLimit }
            return Array(often.prefix(Self.maximumCount))
        default: return []
        }
    }

    /// What control bits have to do with the exception that was the end, and an x87 that was never initialised.
    var hints: [String] {
        let hints = ProcessorHints(machine: guest.machine)
        let report = guest.machine.cpu.lastFault.flatMap { ended(by: $0.fault) ? $0 : nil }
        var lines = [report.flatMap { hints.text(for: $0) }].compactMap { $0 }
        if hints.isAsAfterReset, lines.isEmpty { lines.append(ProcessorHints.asAfterReset) }
        return lines
    }

    /// Whether the end is an exception's doing.
    private func ended(by fault: Fault) -> Bool {
        switch end {
        case .fault(let last): last == fault
        case .shutdown(let faults): faults.contains(fault)
        case .unhandled(let found, _): found.vector == fault.vector.rawValue
        default: false
        }
    }

    /// A line each for standard error.
    var lines: [String] {
        var lines: [String] = []
        if let place = guest.machine.cpu.coprocessorUse {
            lines.append("FPU instruction at \(place.text), but there is no FPU: it and those after it do nothing")
        }
        if let text = guest.script?.awaitedText {
            lines.append("the script of --keys waits for \(text.quoted), which the screen does not show")
        }
        return lines + hints
            + polled.map { read in
                let times = read.times.grouped + (read.times == 1 ? " time" : " times")
                return "polled port \(read.port.hex(digits: 2)), nobody there, \(times) from \(read.place.text)"
                    + remedy(read.port)
            }
    }

    /// The device that has the port on other machines.
    private func remedy(_ port: UInt16) -> String {
        let isXT = guest.board["ppi"] != nil
        let row = DeviceCatalog.rows.first { row in
            row.name != "port" && row.name != "bios" && row.claims.contains { $0.ports.contains(port) }
                && (isXT ? fits(row) : !row.isOfXT)
        }
        return row.map { "; --device \($0.name) is there" } ?? ""
    }

    /// Whether a device finds nobody at its ports.
    private func fits(_ row: DeviceRow) -> Bool {
        let taken = guest.machine.ports.claims.map(\.ports)
        return !row.claims.contains { claim in taken.contains { $0.overlaps(claim.ports) } }
    }

    /// The same for programs.
    var json: [JSON.Member] {
        let place = guest.machine.cpu.coprocessorUse
        return [
            .init(name: "fpu", value: place.map { .string($0.text) } ?? .null),
            .init(name: "hints", value: .array(hints.map { .string($0) })),
            .init(
                name: "polled",
                value: .array(
                    polled.map {
                        .object([
                            "port": .number(UInt64($0.port)), "times": .number($0.times),
                            "place": .string($0.place.text),
                        ])
                    })),
        ]
    }
}

extension InstructionPlace {
    /// `0000:7C05`, with an EIP above FFFF in full.
    var text: String { cs.hex + ":" + eip.hex(digits: eip > 0xFFFF ? 8 : 4) }
}

extension UInt64 {
    /// In decimal, with commas: `4,812,331`.
    var grouped: String {
        let digits = String(self)
        var text = ""
        for (number, digit) in digits.enumerated() {
            if number > 0, (digits.count - number) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return text
    }
}
