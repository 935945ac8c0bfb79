import X86Interp

/// The state of one device of a board, whatever its kind: can be kept, compared and put back.
public struct DeviceState: Equatable, Sendable {
    /// The device's name.
    public let device: String
    /// Its state.
    public let value: any (Codable & Equatable & Sendable)

    /// The present state of a device.
    public init(of device: some Device) {
        self.device = device.name
        value = device.state
    }

    /// Equal if name, kind and all of the state are.
    public static func == (a: DeviceState, b: DeviceState) -> Bool {
        func equals<Value: Equatable>(_ value: Value, _ other: Any) -> Bool { other as? Value == value }
        return a.device == b.device && equals(a.value, b.value)
    }

    /// Puts the state back into a device; false if it belongs to another kind.
    func restore(to device: some Device) -> Bool {
        func assign<D: Device>(_ device: D) -> Bool {
            guard let state = value as? D.State else { return false }
            device.state = state
            return true
        }
        return assign(device)
    }
}

extension Board {
    /// The states of all devices, in the order of `devices`.
    public var states: [DeviceState] { devices.map { DeviceState(of: $0) } }

    /// Puts states back, which is no edge on any line; set the clock before.
    ///
    /// The board must have been built in the same way: false, and nothing changed, if names do not match.
    public func restore(_ states: [DeviceState]) -> Bool {
        guard states.map(\.device) == devices.map(\.name) else { return false }
        let kept = self.states
        for (device, state) in zip(devices, states) where !state.restore(to: device) {
            for (device, state) in zip(devices, kept) { _ = state.restore(to: device) }
            return false
        }
        return true
    }

    /// The names of the devices whose states differ from another board's of the same devices.
    public func differences(from other: Board) -> [String] {
        zip(states, other.states).filter { $0 != $1 }.map(\.0.device)
    }
}
