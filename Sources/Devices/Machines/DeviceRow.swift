import X86Interp

/// Ports that a device claims unless it is told otherwise.
public struct ClaimRow: Sendable, Equatable {
    /// The ports, first and last included.
    public var ports: ClosedRange<UInt16>
    /// Tells several claims of one device apart.
    public var bank: UInt8
    /// The widths that reach the device as one access.
    public var widths: WidthSet

    /// A claim of ports for byte accesses, unless told.
    public init(_ ports: ClosedRange<UInt16>, bank: UInt8 = 0, widths: WidthSet = .byte) {
        self.ports = ports
        self.bank = bank
        self.widths = widths
    }

    /// A claim of one port for byte accesses, unless told.
    public init(_ port: UInt16, bank: UInt8 = 0, widths: WidthSet = .byte) {
        self.init(port...port, bank: bank, widths: widths)
    }

    /// The claim without some ports, in parts.
    func without(_ taken: Set<UInt16>) -> [ClaimRow] {
        var parts: [ClaimRow] = []
        var start: UInt16?
        for port in ports where !taken.contains(port) {
            let first = start ?? port
            let next = port < ports.upperBound ? port + 1 : nil
            if let next, !taken.contains(next) {
                start = first
                continue
            }
            parts.append(
                ClaimRow(
                    first...port, bank: bank &+ UInt8(truncatingIfNeeded: first - ports.lowerBound), widths: widths))
            start = nil
        }
        return parts
    }

    /// The same claim, its first port `distance` further; nil if it runs out of the 65,536 ports.
    func moved(by distance: Int) -> ClaimRow? {
        guard let first = UInt16(exactly: Int(ports.lowerBound) + distance),
            let last = UInt16(exactly: Int(ports.upperBound) + distance)
        else { return nil }
        return ClaimRow(first...last, bank: bank, widths: widths)
    }
}

/// Something of a device that options change, besides where it is and who serves it: `dma=off`.
public struct DeviceParameter: Sendable, Equatable {
    /// The name in `--device KIND,NAME=VALUE`.
    public let name: String
    /// What it can be; the first one holds unless told.
    public let values: [String]
    /// Banks of the claims that are only there while the first value holds.
    public let banks: Set<UInt8>

    /// A parameter of a row.
    public init(_ name: String, _ values: [String], banks: Set<UInt8> = []) {
        self.name = name
        self.values = values
        self.banks = banks
    }
}

/// What a device can be wired to: its factory takes what the chip has pins for.
public struct DeviceSite {
    /// The name that the device gets.
    public var name: String
    /// INTR, RESET, the stop button.
    public let bus: ControlBus
    /// Guest time.
    public let clock: VirtualClock
    /// RAM in bytes.
    public let ramSize: Int
    /// What stands behind debug consoles.
    public let console: any ByteStream
    /// What stands behind the first serial port.
    public let serial: any ByteStream
    /// What stands behind the second to fourth serial port; those that are missing have nobody.
    public var serialPorts: [any ByteStream] = []
    /// The printers at the first and second printer port; those that are missing are not connected.
    public var printers: [any ByteStream] = []
    /// What gets the text that a BIOS prints; nil is the console.
    public var screenText: (any ByteStream)?
    /// How soon serial ports send.
    public var serialPacing = UART16550.Pacing.lineSpeed
    /// Drives by number: floppies from 0, what is at ATA channels from 80.
    public var drives: [UInt8: DiskDrive] = [:]
    /// What a BIOS finds: where it boots from, the time.
    public var bios = BIOS.Options()
    /// Seconds from 1970 at guest time 0.
    public var startTime = BIOS.defaultTime
    /// What the battery RAM says of the machine.
    public var cmos = CMOSContents()
    /// The gate before NMI.
    package let nmi: NMIGate
    /// Inputs of the interrupt controller that several devices share, by number.
    var junctions: [Int: IRQJunction] = [:]
    /// The interrupt controller, if the machine has one.
    public var interrupts: (any InterruptSink)?
    /// Where key strokes come from.
    public var keys: any KeySource = KeyList()
    /// The DMA controllers, if the machine has them.
    public var dma: (any DMAService)?
    /// The keyboard, if the machine has one.
    public var keyboard: (any KeyboardPort)?
    /// The display that firmware uses, if the machine has one.
    public var display: (any DisplayAdapter)?
    /// Where adapters have their memory so far.
    var videoMemory: Set<UInt32> = []
    /// The machine is a PC or XT, by the chip at its keyboard.
    var isXT: Bool { keyboard is PPI8255 }
    /// The timer behind the speaker, if the machine has one.
    public var timer: (any SpeakerTimer)?
    /// The controller's input that the device is wired to, if any.
    public var irq: Int?
    /// Where the device's memory is to be; nil is its place in a PC.
    public var memory: UInt64?
    /// The physical address space, for chips that transfer by themselves or put RAM of their own there; nil if there is
    /// none.
    public var space: PhysicalMemory?
    /// Who is to serve the device's memory at first.
    public var tier = Tier.kernel
    /// What options say of the row's parameters, by name.
    public var parameters: [String: String] = [:]

    /// A site with a bus and a clock of its own, streams in memory and neither interrupt controller nor timer.
    public init(
        name: String = "", bus: ControlBus = ControlBus(), clock: VirtualClock = VirtualClock(), ramSize: Int = 1 << 24,
        console: any ByteStream = BufferStream(limit: 1 << 20), serial: any ByteStream = BufferStream(limit: 1 << 20)
    ) {
        self.name = name
        self.bus = bus
        self.clock = clock
        self.ramSize = ramSize
        self.console = console
        self.serial = serial
        nmi = NMIGate(bus: bus)
    }

    /// What stands behind a serial port; the first is 0.
    func serialStream(_ number: Int) -> any ByteStream {
        guard number > 0 else { return serial }
        return number <= serialPorts.count ? serialPorts[number - 1] : NoStream()
    }

    /// The wire to input `irq` of the interrupt controller; it ends nowhere if either is missing.
    ///
    /// - Throws: `IRQLine.NoInput` if the controller has no such input.
    public func interruptLine() throws(IRQLine.NoInput) -> IRQLine {
        guard let interrupts, let irq else { return IRQLine() }
        if let junction = junctions[irq] { return try junction.line() }
        return try IRQLine(to: interrupts, number: irq)
    }
}

/// A kind of device: one row of the catalogue.
public struct DeviceRow: Sendable {
    /// The name in `--device`, `--tier` and the ledger.
    public let name: String
    /// What it is, in a few words.
    public let summary: String
    /// Where it is in a PC, first claim first: `base=` moves the first port there and the others along.
    public let claims: [ClaimRow]
    /// Further ports at which the first claim is repeated, as banks 1, 2 ..., unless the device is moved.
    public let aliases: [UInt16]
    /// Its interrupt request in a PC, or nil if it has none.
    public let irq: Int?
    /// Where its memory is in a PC, or nil if it has none.
    public let memory: UInt64?
    /// Who serves it unless told.
    public let tier: Tier
    /// A port without code, or another device that is asked for, takes the place of one of its registers.
    ///
    /// What is left is claimed in parts, each with a bank that is higher by its distance: the device takes bank plus
    /// offset for the number of a register.
    public let yields: Bool
    /// What else options change of it.
    public let parameters: [DeviceParameter]
    /// The kind of which a PC has this further one, or nil: `uart,base=2f8` changes a machine's `uart2`.
    public let furtherOf: String?
    /// It is a chip of a PC or XT, in place of which later machines have another one.
    public let isOfXT: Bool
    /// Makes one; what the devices after it can be wired to, it enters into the site.
    ///
    /// Throws if it cannot be wired to what the site has.
    public let make: Factory

    /// Makes a device of a kind.
    public typealias Factory = @Sendable (inout DeviceSite) throws(IRQLine.NoInput) -> any Device & PortDevice

    /// A row of the catalogue; it has at least one claim.
    public init(
        _ name: String, _ summary: String, _ claims: [ClaimRow], aliases: [UInt16] = [], irq: Int? = nil,
        memory: UInt64? = nil, tier: Tier = .kernel, yields: Bool = false, parameters: [DeviceParameter] = [],
        furtherOf: String? = nil, isOfXT: Bool = false, make: @escaping Factory
    ) {
        guard !claims.isEmpty else { fatalError("device '\(name)' without ports cannot be reached: give it a claim") }
        self.name = name
        self.summary = summary
        self.claims = claims
        self.aliases = aliases
        self.irq = irq
        self.memory = memory
        self.tier = tier
        self.yields = yields
        self.parameters = parameters
        self.furtherOf = furtherOf
        self.isOfXT = isOfXT
        self.make = make
    }

    /// The first port where the device is unless told.
    public var base: UInt16 { claims[0].ports.lowerBound }

    /// All claims of a device at `base`, or at its place in a PC; nil if they run out of the 65,536 ports.
    public func claims(at base: UInt16?) -> [ClaimRow]? {
        guard let base, base != self.base else {
            return claims + (aliases.isEmpty ? [] : Self.repeated(claims[0], at: aliases, bank: 1))
        }
        let moved = claims.compactMap { $0.moved(by: Int(base) - Int(self.base)) }
        return moved.count == claims.count ? moved : nil
    }

    /// The same claim at several ports, each with a bank of its own.
    static func repeated(_ claim: ClaimRow, at ports: [UInt16], bank: UInt8 = 0) -> [ClaimRow] {
        ports.enumerated().compactMap { number, port in
            var copy = claim.moved(by: Int(port) - Int(claim.ports.lowerBound))
            copy?.bank = UInt8(clamping: Int(bank) + number)
            return copy
        }
    }
}
