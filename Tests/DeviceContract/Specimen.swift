import X86Interp

/// A device in a machine, as the contract wants it: added by `Machine.add`, which maps its memory, and its ports
/// claimed in `Machine.ports`.
public struct Specimen {
    /// The machine.
    public let machine: Machine
    /// The device that is looked at; the machine may have others, which it is wired to.
    public let device: any Device
    /// What the device has done to things outside of the machine, as text to compare: bytes sent and left to receive,
    /// edges on a wire.
    public let outside: () -> String
    /// Some of its state outlasts RESET, as what is on a battery does.
    public let hasBattery: Bool

    /// A device in its machine, and what is seen of it outside; nothing unless told.
    public init(
        _ machine: Machine, _ device: any Device, hasBattery: Bool = false, outside: @escaping () -> String = { "" }
    ) {
        self.machine = machine
        self.device = device
        self.hasBattery = hasBattery
        self.outside = outside
    }
}

/// A rule that a device breaks.
public struct Violation: Error, Equatable, CustomStringConvertible {
    /// Which rule.
    public let rule: Contract.Rule
    /// The device's name.
    public let device: String
    /// What it did and what helps, in one line.
    public let sentence: String

    /// The device, the rule and the sentence, in one line.
    public var description: String { "\(device) (\(rule.rawValue)): \(sentence)" }
}
