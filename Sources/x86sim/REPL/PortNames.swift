/// What the registers of a PC's chips are called, by port: words for people who look.
enum PortNames {
    /// One register.
    struct Row: Sendable {
        /// The port where a PC has it.
        let port: UInt16
        /// The device's name without the number of a second one; empty for any device.
        let device: String
        /// The register's name.
        let name: String
    }

    /// Every register that has a name.
    static let rows: [Row] = [
        Row(port: 0x20, device: "pic", name: "master command"),
        Row(port: 0x21, device: "pic", name: "master mask"),
        Row(port: 0xA0, device: "pic", name: "slave command"),
        Row(port: 0xA1, device: "pic", name: "slave mask"),
        Row(port: 0x40, device: "pit", name: "counter 0"),
        Row(port: 0x41, device: "pit", name: "counter 1"),
        Row(port: 0x42, device: "pit", name: "counter 2"),
        Row(port: 0x43, device: "pit", name: "control word"),
        Row(port: 0x60, device: "kbd", name: "data"),
        Row(port: 0x64, device: "kbd", name: "status"),
        Row(port: 0x3F8, device: "uart", name: "data"),
        Row(port: 0x3F9, device: "uart", name: "interrupt enable"),
        Row(port: 0x3FA, device: "uart", name: "interrupt identification"),
        Row(port: 0x3FB, device: "uart", name: "line control"),
        Row(port: 0x3FC, device: "uart", name: "modem control"),
        Row(port: 0x3FD, device: "uart", name: "line status"),
        Row(port: 0x3FE, device: "uart", name: "modem status"),
        Row(port: 0x3FF, device: "uart", name: "scratch"),
        Row(port: 0x510, device: "fw_cfg", name: "selector"),
        Row(port: 0x511, device: "fw_cfg", name: "data"),
    ]

    /// The name of the register at a port of a device, or nil.
    static func name(of port: UInt16, device: String) -> String? {
        rows.first { $0.port == port && $0.device == device }?.name
    }
}
