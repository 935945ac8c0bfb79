import Devices
import X86Interp

/// What the command line asks for; the defaults are what a bare `x86sim run BLOB` does.
struct Settings {
    /// Operands, in order: the blob, paths.
    var operands: [String] = []
    /// The options as they were given, in order.
    var given: [GivenOption] = []
    /// The blob's contents where they are no file's: the operand only names them then.
    var blobContents: [UInt8]?

    // Loading
    /// `--boot`: the name of a loader, or `auto`.
    var boot = Loader.automatic
    /// `--args`: the command line of a DOS program in code page 437, or nil.
    var arguments: [UInt8]?
    /// `-kernel`: the operand is a kernel.
    var wantsKernel = false
    /// `-append`: a kernel's command line, or nil.
    var commandLine: String?
    /// `-initrd`: files that are loaded with a kernel.
    var modules: [KernelModule] = []
    /// `--linux-entry`: 16 or 32, or nil for what fits the firmware.
    var linuxEntry: Int?
    /// `--load`, in order.
    var loads: [LoadRequest] = []
    /// `--entry`, or nil for the format's own.
    var entry: FarAddress?
    /// `--regs`, in order; later ones win.
    var registers: [RegisterValue] = []
    /// `--load-snapshot`: the file, or nil to start at the beginning.
    var loadedSnapshot: String?
    /// `--cpu`, or nil if it was not given.
    var chosenModel: CPUModel?
    /// `--fpu`: the x87 beside a processor that has none of its own, or nil if it was not given.
    var chosenX87: X87Model?
    /// `--errata`: the processor with its defects, or nil.
    var defectiveModel: CPUModel?
    /// `--engine`, or nil if it was not given.
    var engine: CPU.Engine?
    /// RAM in bytes.
    var ramSize = 16 << 20
    /// Whether address line 20 is driven at the start.
    var a20 = true
    /// The widest cycle of the port bus.
    var busWidth = Width.dword

    // BIOS
    /// `-fda` to `-hdd`, `-cdrom`, `-drive`, `--geometry`, `--overlay` and `-boot`.
    var disks = DiskRequests()
    /// `-bios`, `-vgabios`, `--option-rom` and `--firmware`.
    var firmware = FirmwareRequest()
    /// `--keys`, or nil for standard input.
    var keys: [KeyScript.Step]?
    /// `--rtc`: seconds from 1970 at the start.
    var startTime = BIOS.defaultTime
    /// `--disk-write`.
    var writesDisks = false
    /// `--screen`.
    var screen = ScreenChoice.text
    /// `--screen png:`, in order.
    var pictures: [String] = []

    // Devices
    /// `--machine`: the board.
    var machine = MachineCatalog.isapc
    /// `--device` arguments, in order.
    var devices: [DeviceOption] = []
    /// `--tier` arguments, in order; later ones win.
    var tiers: [TierOption] = []
    /// `--port` arguments, in order.
    var scriptedPorts: [PortOption] = []
    /// `--fw-cfg` arguments, in order.
    var firmwareFiles: [FirmwareFile] = []
    /// `--unmapped`.
    var unmapped = UnmappedChoice.floating
    /// `--unmapped-memory`.
    var unmappedMemory = UnmappedChoice.floating
    /// Ports of the debug console, or nil for the usual ones.
    var debugConsole: [UInt16]?
    /// Port of the debug exit, or nil for the usual one.
    var debugExit: UInt16?
    /// `--serial`.
    var serial = SerialRequests()
    /// `--exit-map`.
    var exitMap = ExitMap.raw
    /// `--fault stop`.
    var stopsAtFault = false
    /// `--unhandled iret`.
    var goesOnUnhandled = false
    /// `--halt-ok`.
    var acceptsAnyHalt = false

    // Limits
    /// Instructions, counted as guest time is.
    var fuel: UInt64?
    /// Seconds of the host's time.
    var timeout: Double?
    /// Bytes that the guest may write to its consoles.
    var maximumOutput: Int?
    /// `--speed`.
    var speed = Speed.max

    // Output
    /// `--io-log`: the file, whose ending tells the format.
    var ioLog: String?
    /// `--record`: the file that a case is written to.
    var record: String?
    /// `--save-snapshot`: the file that the machine is written to at the end.
    var savedSnapshot: String?
    /// `--profile ops`.
    var countsOps = false
    /// `--json`.
    var json = false
    /// `--markdown`.
    var markdown = false
    /// `--quiet`.
    var quiet = false

    /// `--no-reboot`: RESET and jumps to the reset vector end the run.
    var endsAtReboot = false
    /// `--triple-fault reset`.
    var resetsAtTripleFault = false

    // gdb server
    /// The port of `-s`, as QEMU's.
    static let usualGDBPort: UInt16 = 1234
    /// `-s` and `--gdb`: the TCP port, or nil for no server.
    var gdbPort: UInt16?
    /// `--stdio`: gdb is at standard input and output.
    var servesStandardIO = false
    /// `-S`: wait for a client before the first instruction.
    var startsStopped = false

    // Disassembly
    /// Bits of the code: 16 or 32.
    var mode = 16
    /// Address of the first byte.
    var origin: UInt32 = 0
    /// `--syntax`: intel, att or nasm.
    var syntax = "intel"

    /// `--symbols`, in order; later ones win.
    var symbols: [SymbolFile] = []

    // Conformance
    /// `--kind`: which files of a set.
    var kind = "all"
    /// Whether undefined bits count.
    var allBits = false
    /// How many failures are shown in words.
    var show = 0

    // Debugger
    /// `-x`: files of commands, in order.
    var scripts: [String] = []
    /// `-ex`: commands, in order.
    var commands: [String] = []
    /// `-batch`: no commands from standard input.
    var isBatch = false

    /// `--help` was given: nothing is run.
    var wantsHelp = false
    /// `--version` was given: nothing is run.
    var wantsVersion = false

    /// Whether boot sectors get a BIOS.
    var hasBIOS: Bool { !firmware.isNone }
    /// Whether a disk is booted without the bytes by which a BIOS knows a boot sector.
    var bootsAnySector: Bool { boot == Loader.anySector.name }
    /// The processor: the chosen one, else that of the machine, else the newest.
    var model: CPUModel {
        let model = defectiveModel ?? chosenModel ?? machine.model ?? .newest
        return chosenX87.map { model.with($0) } ?? model
    }
}

/// An option of the command line and its value; empty for a switch.
struct GivenOption: Equatable, Sendable {
    /// The option's name without dashes.
    var key: String
    /// What was given to it.
    var value: String
}

/// A file and the place in memory that it goes to.
struct LoadRequest: Equatable, Sendable {
    /// The file.
    var path: String
    /// Linear address of the first byte.
    var address: UInt32
    /// The address as it was written, if that was `SEG:OFF`.
    var far: FarAddress?
}

/// A register's value before the first instruction.
struct RegisterValue: Equatable, Sendable {
    /// Which register.
    var register: RegisterName
    /// Its value, which fits.
    var value: RegisterBits
}

/// A file that the guest finds by fw_cfg.
struct FirmwareFile: Equatable, Sendable {
    /// The name in fw_cfg's directory.
    var name: String
    /// Where its contents come from.
    var source: Source

    /// Where the contents come from.
    enum Source: Equatable, Sendable {
        /// The contents of a file of the host.
        case file(String)
        /// These characters, as UTF-8.
        case text(String)
    }
}

/// What an access to a port that nobody claims, or to an address at which nothing is, does apart from floating.
enum UnmappedChoice: String, Sendable, CaseIterable {
    /// Reads are all ones, writes are ignored.
    case floating = "ff"
    /// The same, and each port or page is named on standard error.
    case log
    /// The run stops before the access.
    case stop
}
