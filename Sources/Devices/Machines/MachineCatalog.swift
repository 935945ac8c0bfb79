import X86Interp

/// A machine: the devices that it has, one row of the catalogue.
public struct MachineRow: Sendable, Equatable {
    /// The name in `--machine`.
    public let name: String
    /// Another name that `--machine` takes, or nil.
    public let otherName: String?
    /// What it is, in a few words.
    public let summary: String
    /// Names of its devices, each at its place in a PC.
    public let devices: [String]
    /// The processor that it has unless told; nil is the newest.
    public let model: CPUModel?

    /// A row of the catalogue.
    public init(
        _ name: String, otherName: String? = nil, _ summary: String, _ devices: [String], model: CPUModel? = nil
    ) {
        self.name = name
        self.otherName = otherName
        self.summary = summary
        self.devices = devices
        self.model = model
    }
}

/// All machines.
public enum MachineCatalog {
    /// Processor and RAM; every port floats.
    public static let none = MachineRow("none", "processor and RAM, every port floats", [])
    /// What a blob needs to say something and to end; nothing interrupts it.
    public static let bare = MachineRow(
        "bare", "consoles, exits and fw_cfg, no interrupts",
        ["post", "debugcon", "debugexit", "shutdown", "fw_cfg"])
    /// The bare machine and the chips of a PC with an ISA bus.
    public static let isapc = MachineRow(
        "isapc", otherName: "pc", "the bare machine with the chips of an ISA PC; also called pc",
        [
            "pic", "dma", "pit", "rtc", "npx", "uart", "uart2", "uart3", "uart4", "lpt", "lpt2", "port61", "kbd",
            "port92", "portcf9", "vga", "fdc", "ata", "ata2",
        ] + bare.devices)

    /// The bare machine and the chips of an XT; `--device mda` puts a monochrome adapter beside the colour one.
    public static let xt = MachineRow(
        "xt", "the bare machine with the chips of a PC/XT and a CGA; an 8086 unless told",
        ["xtpic", "xtdma", "pit", "nmi", "uart", "uart2", "lpt", "cga", "ppi", "fdc"] + bare.devices,
        model: CPUModel.named("8086"))

    /// The rows, smallest first.
    public static let rows = [none, bare, xt, isapc]

    /// The row with a name, or nil.
    public static func row(named name: String) -> MachineRow? {
        rows.first { $0.name == name || $0.otherName == name }
    }
}
