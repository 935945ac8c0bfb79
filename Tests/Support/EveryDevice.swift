import Devices

extension MachineRow {
    /// All kinds of devices that the machine lacks, to be put beside its own: none that is another machine's.
    public var others: [DeviceOption] {
        let foreign = Set(MachineCatalog.rows.flatMap(\.devices))
        let rows = DeviceCatalog.rows.filter { !foreign.contains($0.name) && (!$0.isOfXT || self == MachineCatalog.xt) }
        return rows.map { DeviceOption($0.name) }
    }
}
