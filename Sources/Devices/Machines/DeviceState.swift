import X86Interp

/// The state of one device of a board, whatever its kind: can be kept, compared and put back.
package struct DeviceState: Equatable, Sendable {
    /// The device's name.
    package let device: String
    /// Its state.
    package let value: any (Codable & Equatable & Sendable)

    /// The present state of a device.
    package init(of device: some Device) {
        self.device = device.name
        value = device.state
    }

    /// Equal if name, kind and all of the state are.
    package static func == (a: DeviceState, b: DeviceState) -> Bool {
        func equals<Value: Equatable>(_ value: Value, _ other: Any) -> Bool { other as? Value == value }
        return a.device == b.device && equals(a.value, b.value)
    }

    /// Whether the state is one of a device's kind.
    func check<D: Device>(_ device: D) throws(RestoreError) {
        guard value is D.State else {
            throw .kind(
                device: self.device, snapshot: String(reflecting: type(of: value)),
                machine: String(reflecting: D.State.self))
        }
    }

    /// Puts the state back into a device of its kind.
    func restore<D: Device>(to device: D) {
        if let state = value as? D.State { device.state = state }
    }
}

extension Board {
    /// The states of all parts, in the order of `parts`.
    package var states: [DeviceState] { parts.map { DeviceState(of: $0) } }

    /// Puts states back, which is no edge on any line; set the clock before.
    ///
    /// - Throws: `RestoreError` if the board was built in another way, naming what differs; nothing has changed then.
    package func restore(_ states: [DeviceState]) throws(RestoreError) {
        let (new, own) = (states.map(\.device), parts.map(\.name))
        let others = new.filter { !own.contains($0) }
        guard others.isEmpty, new.count == own.count, Set(new).count == new.count else {
            throw .devices(snapshotOnly: others, machineOnly: own.filter { !new.contains($0) })
        }
        let pairs = parts.compactMap { device in
            states.first { $0.device == device.name }.map { (device: device, state: $0) }
        }
        for pair in pairs { try pair.state.check(pair.device) }
        for pair in pairs { pair.state.restore(to: pair.device) }
    }

    /// The names of the devices whose states differ from another board's of the same devices.
    package func differences(from other: Board) -> [String] {
        zip(states, other.states).filter { $0 != $1 }.map(\.0.device)
    }
}
