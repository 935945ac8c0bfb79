import Devices
import X86Interp

/// What the command line asks for; the defaults are what a bare `x86sim run BLOB` does.
struct Settings {
    /// Operands, in order: the blob, paths.
    var operands: [String] = []

    // Loading
    var boot = Loader.automatic
    var loads: [LoadRequest] = []
    var entry: FarAddress?
    var registers: [RegisterValue] = []
    /// `--cpu`, or nil if it was not given.
    var chosenModel: CPUModel?
    /// RAM in bytes.
    var ramSize = 16 << 20
    var a20 = true
    /// The widest cycle of the port bus.
    var busWidth = Width.dword

    // Devices
    var machine = MachineCatalog.pc
    /// `--device` arguments, in order.
    var devices: [DeviceOption] = []
    /// `--tier` arguments, in order; later ones win.
    var tiers: [TierOption] = []
    /// `--port` arguments, in order.
    var scriptedPorts: [PortOption] = []
    /// `--fw-cfg` arguments, in order.
    var firmwareFiles: [FirmwareFile] = []
    var unmapped = UnmappedChoice.floating
    /// Ports of the debug console, or nil for the usual ones.
    var debugConsole: [UInt16]?
    /// Port of the debug exit, or nil for the usual one.
    var debugExit: UInt16?
    var exitMap = ExitMap.raw
    var stopsAtFault = false
    var acceptsAnyHalt = false

    // Limits
    /// Instructions, counted as guest time is.
    var fuel: UInt64?
    /// Seconds of the host's time.
    var timeout: Double?
    /// Bytes that the guest may write to its consoles.
    var maximumOutput: Int?

    // Output
    var ioLog: String?
    var json = false
    var markdown = false
    var quiet = false

    // Disassembly
    /// Bits of the code: 16 or 32.
    var mode = 16
    var origin: UInt32 = 0
    var syntax = "intel"

    // Conformance
    var kind = "all"
    var show = 0

    /// `--help` was given: nothing is run.
    var wantsHelp = false

    /// The processor: the chosen one, else the newest.
    var model: CPUModel { chosenModel ?? .p6 }
}

/// A `SEG:OFF` of real mode.
struct FarAddress: Equatable, Sendable {
    var segment: UInt16
    var offset: UInt16

    /// The linear address: segment times 16 plus offset.
    var linear: UInt32 { UInt32(segment) << 4 + UInt32(offset) }
    /// `0000:7C00`.
    var text: String { "\(segment.hex):\(offset.hex)" }
}

/// A file and the place in memory that it goes to.
struct LoadRequest: Equatable, Sendable {
    var path: String
    /// Linear address of the first byte.
    var address: UInt32
    /// The address as it was written, if that was `SEG:OFF`.
    var far: FarAddress?
}

/// A register's value before the first instruction.
struct RegisterValue: Equatable, Sendable {
    var register: RegisterName
    var value: UInt32
}

/// A file that the guest finds by fw_cfg.
struct FirmwareFile: Equatable, Sendable {
    /// The name in fw_cfg's directory.
    var name: String
    var source: Source

    /// Where the contents come from.
    enum Source: Equatable, Sendable {
        case file(String)
        case text(String)
    }
}

/// What an access to a port that nobody claims does, apart from floating.
enum UnmappedChoice: String, Sendable, CaseIterable {
    case floating = "ff"
    case log
    case stop
}
