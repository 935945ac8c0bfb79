import Devices

extension MachineRow {
    /// All kinds of devices that the machine lacks and that are no other machine's, to be put beside its own.
    public var others: [DeviceOption] {
        let foreign = Set(MachineCatalog.rows.flatMap(\.devices))
        return DeviceCatalog.rows.filter { !foreign.contains($0.name) }.map { DeviceOption($0.name) }
    }
}
