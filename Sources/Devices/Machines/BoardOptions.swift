import X86Interp

/// Why a board cannot be built as it was asked for.
public enum BoardError: Error, Equatable, CustomStringConvertible {
    /// No row of the catalogue has the name.
    case unknownDevice(String)
    /// No device of the board has the name.
    case notOnBoard(String, has: [String])
    /// Two devices want the same port.
    case overlap(port: UInt16, new: String, existing: String)
    /// The interrupt controller has no such input.
    case noInput(device: String, irq: Int)
    /// The machine has a device of the name that is none of this board's.
    case nameTaken(String)
    /// A device's memory cannot be where it wants to be.
    case region(PhysicalMemory.MapError)
    /// None of the device's ports is aligned to a width that it is accessed at.
    case misaligned(device: String, Width)
    /// The device's row names no width for some of its ports.
    case noWidth(device: String)
    /// The port map has no room for one more.
    case tooMany(device: String)
    /// The device does not fit between its base and port FFFF.
    case beyondLastPort(device: String, base: UInt16)
    /// fw_cfg refused a file.
    case file(FirmwareConfig.FileError)
    /// There are files, but nothing to show them to the guest.
    case filesWithoutDevice
    /// An option of the command line does not say what it should.
    case badOption(String)

    /// What is wrong and what helps, in one line.
    public var description: String {
        switch self {
        case .unknownDevice(let name):
            "no device is called '\(name)'; there are \(DeviceCatalog.rows.map(\.name).joined(separator: ", "))"
        case .notOnBoard(let name, let names):
            "this machine has no device '\(name)'; it has \(names.isEmpty ? "none" : names.joined(separator: ", "))"
        case .overlap(let port, let new, let existing):
            "port \(String(port, radix: 16)) is wanted by \(new) but belongs to \(existing); "
                + "move one with --device NAME,base=PORT or leave it out with --device NAME,off"
        case .noInput(let device, let irq):
            "\(device) cannot be wired to interrupt request \(irq); choose another with --device NAME,irq=N"
        case .region(let error): error.description
        case .nameTaken(let name): "the machine has a device '\(name)' that is none of the board's"
        case .misaligned(let device, let width):
            "\(device) has to be at a port that is a multiple of \(width.bytes); choose another with --device NAME,base=PORT"
        case .noWidth(let device): "\(device) has ports that no access reaches; name the widths in its row"
        case .tooMany(let device): "there are too many devices and ports for \(device) to be one more; leave some out"
        case .beyondLastPort(let device, let base):
            "\(device) does not fit at port \(String(base, radix: 16)): the last port is ffff"
        case .file(let error): error.description
        case .filesWithoutDevice: "there are fw_cfg files but no fw_cfg device; add --device fw_cfg"
        case .badOption(let message): message
        }
    }
}

/// What a board is built from, besides processor and memory.
public struct BoardOptions {
    /// The machine whose devices are taken.
    public var machine = MachineCatalog.isapc
    /// Further devices, and changes to the machine's.
    ///
    /// An option for a kind that the machine has, without a base or with the base where that device is, changes that
    /// device; of a kind that a PC has several of, the one at the base; any other adds one.
    public var devices: [DeviceOption] = []
    /// Ports without a chip.
    public var ports: [PortOption] = []
    /// Files for fw_cfg.
    public var files: [FirmwareConfig.File] = []
    /// Ports of the debug console, or nil for its usual two; empty leaves it out.
    public var debugConsolePorts: [UInt16]?
    /// First port of the debug exit, or nil for its usual one.
    public var debugExitPort: UInt16?
    /// Tiers by name, later ones win; `all` is every device.
    public var tiers: [TierOption] = []
    /// What stands behind debug consoles.
    public var console: any ByteStream = BufferStream(limit: 1 << 20)
    /// What gets the text that a BIOS prints; nil is the console.
    public var screenText: (any ByteStream)?
    /// What stands behind the first serial port.
    public var serial: any ByteStream = BufferStream(limit: 1 << 20)
    /// What stands behind the second to fourth serial port; those that are missing have nobody.
    public var serialPorts: [any ByteStream] = []
    /// The printers at the first and second printer port; those that are missing are not connected.
    public var printers: [any ByteStream] = []
    /// Seconds from 1970 that the clock shows at guest time 0; that of a BIOS is in its own options.
    public var startTime = BIOS.defaultTime
    /// What the battery RAM says of drives and more; the size of RAM is the machine's unless told.
    public var cmos = CMOSContents()
    /// Where key strokes come from.
    public var keys: any KeySource = KeyList()
    /// Disks by the number of their drive: floppies from 0, what is at ATA channels from 80.
    public var drives: [UInt8: Drive] = [:]
    /// What the BIOS finds, or nil for a machine without one.
    public var bios: BIOS.Options?
    /// How soon serial ports send; a guest that polls at line speed waits for thousands of instructions a character.
    public var serialPacing = UART16550.Pacing.instant

    /// A PC with streams in memory.
    public init() {}
}
