import Devices
import X86Interp

/// An executable bug report: how a machine starts, and what is expected of its end.
struct CheckCase {
    /// The file.
    var path: String
    /// What the case is called.
    var name: String
    /// Blob, processor, ports and limits, as options of `run` set them.
    var settings: Settings
    /// Start in flat 32-bit protected mode instead of real mode.
    var isFlat = false
    /// What is in memory at the start, besides the blob.
    var memory: [BootPlan.Piece] = []
    /// Images of drives.
    var disks: [CaseDisk] = []
    /// Flags at the start.
    var flags: [(flag: FlagName, isSet: Bool)] = []
    /// The tier settings to run in.
    var tiers: [TierSetting] = [.kernel]
    /// What is expected.
    var expectations: [CaseExpectation] = []

    /// How many bytes its lines stand for, all together.
    var byteCount = 0

    /// The most lines, continued ones counted once.
    static let lineLimit = 10_000
    /// The most bytes that its lines stand for: 64 MiB.
    static let byteLimit = 64 << 20
    /// The most files that it loads or shows by fw_cfg.
    static let fileLimit = 64
    /// The limit of a case that names none: ten million instructions.
    static let fuel: UInt64 = 10_000_000

    /// A case without contents: a machine without devices and 1 MiB of RAM.
    init(path: String) {
        self.path = path
        name = HostPath.name(of: path)
        settings = Settings()
        settings.machine = MachineCatalog.none
        settings.ramSize = 1 << 20
        settings.fuel = Self.fuel
        settings.quiet = true
    }
}

/// A bit of EFLAGS by its name.
struct FlagName: Equatable, Sendable {
    /// The name in lower case.
    let name: String
    /// The bit.
    let bit: EFLAGS

    /// The flags that have one bit.
    static let all: [FlagName] = [
        .init(name: "cf", bit: .carry), .init(name: "pf", bit: .parity), .init(name: "af", bit: .auxiliary),
        .init(name: "zf", bit: .zero), .init(name: "sf", bit: .sign), .init(name: "tf", bit: .trap),
        .init(name: "if", bit: .interrupt), .init(name: "df", bit: .direction), .init(name: "of", bit: .overflow),
        .init(name: "nt", bit: .nestedTask), .init(name: "ac", bit: .alignmentCheck),
        .init(name: "id", bit: .identification),
    ]
}

/// What a case is compared with when its run is over.
struct CaseOutcome {
    /// Why the run is over.
    var end: RunEnd
    /// The machine as it is then.
    var guest: Guest
    /// What debug console and serial line have written, up to a limit.
    var text: [UInt8]
    /// What the serial line alone has sent, up to a limit.
    var serial: [UInt8] = []
    /// The port writes, in order.
    var writes: PortWrites

    /// The processor.
    var state: CPUState { guest.machine.cpu.state }
    /// All of RAM.
    var ram: UnsafeRawBufferPointer { guest.machine.memory.ramBytes }
}

/// One write to a port, after splitting.
struct PortWrite: Equatable, Sendable {
    /// The port.
    var port: UInt16
    /// The width.
    var width: Width
    /// The value.
    var value: UInt32

    /// `510/2=0000`; the width of bytes is left out.
    var text: String {
        let port = String(port, radix: 16)
        return (width == .byte ? port : "\(port)/\(width.bytes)") + "=" + value.hex(digits: width.bytes * 2)
    }
}

/// Keeps the writes of a run, up to a limit.
final class PortWrites: Observer {
    /// The most that is kept.
    static let limit = 1 << 16
    /// The writes, in order.
    private(set) var all: [PortWrite] = []
    /// Whether there were more.
    private(set) var isTruncated = false

    /// Keeps a write.
    func didTransfer(_ transaction: PortTransaction) -> ObserverVerdict {
        keep(transaction)
        return .goOn
    }

    /// Keeps a transaction if it is a write.
    func keep(_ transaction: PortTransaction) {
        guard transaction.direction == .out else { return }
        guard all.count < Self.limit else {
            isTruncated = true
            return
        }
        all.append(PortWrite(port: transaction.port, width: transaction.width, value: transaction.value))
    }
}
