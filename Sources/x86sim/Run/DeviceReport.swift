import Devices
import X86Interp

/// A board's devices in words: a block each, with ports, tier and what the device shows of itself.
struct DeviceReport {
    /// Whose devices.
    let guest: Guest

    /// The blocks, in the order in which the devices were wired; those of one name, or all.
    func text(named name: String? = nil) -> String {
        guest.board.parts.filter { $0.name == name ?? $0.name }.map(block).joined(separator: "\n")
    }

    private func block(_ device: any Device) -> String {
        let claims = guest.machine.ports.claims.filter { $0.device === device }
            .sorted { $0.ports.lowerBound < $1.ports.lowerBound }
        let ports = claims.isEmpty ? "no ports" : "ports " + claims.map { Self.text($0.ports) }.joined(separator: ", ")
        let tiers = Set(claims.map(\.tier.rawValue)).sorted().map { $0 + " tier" }
        let head = ([device.name + ": " + ports] + tiers).joined(separator: ", ")
        let fields = device.fields
        let width = fields.map(\.name.count).max() ?? 0
        return head + "\n" + fields.map { "  \($0.name.padded(to: width))  \($0.text)\n" }.joined()
    }

    /// `3F8-3FF`.
    static func text(_ ports: ClosedRange<UInt16>) -> String {
        let first = ports.lowerBound.hex(digits: 2)
        return ports.count == 1 ? first : first + "-" + ports.upperBound.hex(digits: 2)
    }
}
