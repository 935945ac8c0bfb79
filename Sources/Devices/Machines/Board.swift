import X86Interp

/// The devices of a machine, wired to each other and claimed in its port map.
public final class Board {
    /// The devices in the order in which they were wired; names are unique.
    public private(set) var devices: [any Device & PortDevice] = []
    /// The drives by number: floppies from 0, what is at ATA channels from 80.
    ///
    /// They have no ports, and go by names as devices do: `fda`, `hdc`.
    public let drives: [UInt8: DiskDrive]
    /// All that has a state: the drives, then the devices.
    public var parts: [any Device] {
        drives.sorted { $0.key < $1.key }.map { $0.value as any Device } + devices.map { $0 as any Device }
    }
    private let memory: PhysicalMemory
    private let ports: PortMap
    private var site: DeviceSite
    /// Tiers by name that were asked for.
    private var tiers: [TierOption] = []
    /// Names of devices that yield their ports.
    private var yielders: Set<String> = []
    /// Interrupt requests that several devices share.
    private var sharedRequests: Set<Int> = []
    /// Names of rows, which no second device of another row gets.
    private var reserved: Set<String> = []

    /// Builds the devices and claims their ports.
    ///
    /// Some ports are claimed already when an error is thrown: drop the map then.
    public init(
        memory: PhysicalMemory, ports: PortMap, bus: ControlBus, clock: VirtualClock,
        options: BoardOptions = BoardOptions()
    ) throws(BoardError) {
        self.memory = memory
        self.ports = ports
        drives = Dictionary(
            uniqueKeysWithValues: options.drives.map { ($0, DiskDrive($1, name: DiskDrive.name(of: $0))) })
        site = DeviceSite(
            bus: bus, clock: clock, ramSize: memory.ramSize, console: options.console, serial: options.serial)
        site.space = memory
        site.serialPacing = options.serialPacing
        site.screenText = options.screenText
        site.keys = options.keys
        site.drives = drives
        site.serialPorts = options.serialPorts
        site.printers = options.printers
        site.startTime = options.startTime
        site.cmos = options.cmos
        site.cmos.enter(drives)
        if let bios = options.bios { site.bios = bios }
        tiers = options.tiers
        let plans = try Self.plans(options)
        reserved = Set(plans.map(\.row.name))
        let requests = plans.compactMap(\.irq)
        sharedRequests = Set(requests.filter { irq in requests.count { $0 == irq } > 1 })
        for plan in plans { try install(plan) }
        for option in options.ports { try install(option) }
        try addFiles(options.files)
        for option in options.tiers where !ports.setTier(option.tier, ofDevice: option.device) {
            if option.device != "all" { throw .notOnBoard(option.device, has: devices.map(\.name)) }
        }
    }

    /// Builds the devices of a machine: their states become part of its snapshots, their resets part of its own.
    public convenience init(machine: Machine, options: BoardOptions = BoardOptions()) throws(BoardError) {
        var options = options
        options.console = LoggedStream(options.console, machine.inputs, name: "console")
        options.screenText = options.screenText.map { LoggedStream($0, machine.inputs, name: "screen") }
        options.serial = LoggedStream(options.serial, machine.inputs, name: "serial")
        let keys = options.keys
        options.keys = LoggedKeys(keys, machine.inputs, name: "keys")
        options.serialPorts = options.serialPorts.enumerated().map {
            LoggedStream($0.element, machine.inputs, name: "serial\($0.offset + 2)")
        }
        options.printers = options.printers.enumerated().map {
            LoggedStream($0.element, machine.inputs, name: "printer\($0.offset + 1)")
        }
        options.cmos.hasCoprocessor = machine.cpu.model.x87 != .none
        try self.init(
            memory: machine.memory, ports: machine.ports, bus: machine.bus, clock: machine.clock, options: options)
        keys.watch { [weak self] text in
            self.map { TextScreen.shows(text, memory: $0.memory, adapter: $0.site.display) } ?? false
        }
        for part in parts { try Self.add(part, to: machine) }
    }

    private static func add(_ device: some Device, to machine: Machine) throws(BoardError) {
        do {
            try machine.add(device)
        } catch {
            switch error {
            case .nameTaken(let name): throw .nameTaken(name)
            case .region(let error): throw .region(error)
            }
        }
    }

    /// The device with a name, or nil.
    public subscript(name: String) -> (any Device & PortDevice)? { devices.first { $0.name == name } }

    /// The BIOS, if there is one.
    public var bios: BIOS? { devices.lazy.compactMap { $0 as? BIOS }.first }

    /// Strokes have come to a source of keys that had none left: the typist goes on, and a guest that had given up
    /// waiting for a key asks again.
    public func keysHaveCome(on machine: Machine) {
        (site.keys as? LoggedKeys)?.forgetEnd()
        site.keyboard?.keysHaveCome()
        bios?.askAgain(machine)
    }

    /// What the display shows now.
    public var screen: TextScreen { TextScreen(memory: memory, adapter: site.display) }

    /// Resets all devices, as the RESET line does; what they are wired to comes last and hears none of it.
    public func reset() {
        for part in parts.reversed() { part.reset() }
    }
}

extension Board {
    /// One device to build.
    private struct Plan {
        var row: DeviceRow
        var claims: [ClaimRow]
        var memory: UInt64?
        var irq: Int?
        var tier: Tier
        var parameters: [String: String]
    }

    /// What is built: the machine's devices as the options change them, and those that they add, in catalogue order.
    private static func plans(_ options: BoardOptions) throws(BoardError) -> [Plan] {
        var wanted = options.machine.devices.map { DeviceOption($0) }
        for option in wanted where DeviceCatalog.row(named: option.kind) == nil { throw .unknownDevice(option.kind) }
        if options.bios != nil { wanted.append(DeviceOption("bios")) }
        let own = wanted.count
        for option in options.devices {
            guard let row = DeviceCatalog.row(named: option.kind) else { throw .unknownDevice(option.kind) }
            let base = option.base ?? row.base
            let place = wanted[..<own].firstIndex { own in
                let other = DeviceCatalog.row(named: own.kind)
                return other?.base == base && (own.kind == option.kind || other?.furtherOf == option.kind)
            }
            if let place {
                let kind = wanted[place].kind
                wanted[place] = option
                wanted[place].kind = kind
            } else if !option.off {
                wanted.append(option)
            }
        }
        var plans: [Plan] = []
        for row in DeviceCatalog.rows {
            for option in wanted where option.kind == row.name && !option.off {
                plans.append(
                    Plan(
                        row: row, claims: try claims(of: row, option, options), memory: option.memory,
                        irq: option.irq ?? row.irq, tier: option.tier ?? row.tier, parameters: option.parameters))
            }
        }
        yieldPorts(&plans, options)
        return plans.filter { !$0.claims.isEmpty }
    }

    /// The ports of an access.
    private static func ports(of first: UInt16, _ width: Width) -> [UInt16] {
        (0..<UInt16(width.bytes)).map { first &+ $0 }
    }

    /// Takes from devices that yield the ports that somebody else was put at by an option.
    private static func yieldPorts(_ plans: inout [Plan], _ options: BoardOptions) {
        var taken = Set(options.ports.flatMap { Self.ports(of: $0.port, $0.width ?? $0.script.width) })
        for plan in plans where !plan.row.yields {
            for claim in plan.claims { taken.formUnion(claim.ports) }
        }
        for number in plans.indices where plans[number].row.yields {
            plans[number].claims = plans[number].claims.flatMap { $0.without(taken) }
        }
    }

    /// Where a device goes: its option's base, else `--debugcon` and `--debug-exit`, else its place in a PC.
    private static func claims(
        of row: DeviceRow, _ option: DeviceOption, _ options: BoardOptions
    ) throws(BoardError) -> [ClaimRow] {
        if option.base == nil, row.name == "debugcon", let ports = options.debugConsolePorts {
            return DeviceRow.repeated(row.claims[0], at: ports)
        }
        let base = option.base ?? (row.name == "debugexit" ? options.debugExitPort : nil)
        guard let claims = row.claims(at: base) else {
            throw .beyondLastPort(device: row.name, base: base ?? row.base)
        }
        let absent = row.parameters.filter { option.parameters[$0.name] ?? $0.values.first != $0.values.first }
        return claims.filter { claim in !absent.contains { $0.banks.contains(claim.bank) } }
    }

    private func install(_ plan: Plan) throws(BoardError) {
        site.name = uniqueName(plan.row.name)
        site.irq = plan.irq
        site.memory = plan.memory
        site.parameters = plan.parameters
        site.tier = tiers.last { $0.device == site.name || $0.device == "all" }?.tier ?? plan.tier
        if plan.row.yields { yielders.insert(site.name) }
        let device: any Device & PortDevice
        do {
            if let irq = plan.irq, sharedRequests.contains(irq), site.junctions[irq] == nil, let sink = site.interrupts
            {
                site.junctions[irq] = try IRQJunction(to: sink, number: irq)
            }
            device = try plan.row.make(&site)
        } catch {
            throw .noInput(device: site.name, irq: error.number)
        }
        try claim(device, plan.claims, plan.tier)
    }

    private func install(_ option: PortOption) throws(BoardError) {
        let width = try option.checkedWidth()
        let device = ScriptedPort(option.script, name: uniqueName("port" + String(option.port, radix: 16)))
        try claim(device, [ClaimRow(option.port, widths: WidthSet(rawValue: width.rawValue))], .kernel)
    }

    /// Puts a port without code into a machine that may be running already, in the kernel tier.
    ///
    /// Earlier ports without code at that port are replaced; with `replacing` the devices that have the port lose it.
    ///
    /// - Throws: `BoardError` if a device has the port (the error names both), or if the option's values, width and port
    ///   do not fit each other; nothing has changed then.
    @discardableResult
    public func stub(
        _ option: PortOption, replacing: Bool = false, on machine: Machine
    ) throws(BoardError) -> ScriptedPort {
        let width = try option.checkedWidth()
        let name = "port" + String(option.port, radix: 16)
        var earlier: [Width: ScriptedPort] = [:]
        var yielding: [any PortDevice] = []
        for other in Width.allCases {
            guard let existing = ports.claim(at: option.port, other)?.device else { continue }
            guard let scripted = existing as? ScriptedPort else {
                if replacing || yielders.contains(existing.name) {
                    if !yielding.contains(where: { $0 === existing }) { yielding.append(existing) }
                    continue
                }
                throw .overlap(port: option.port, new: name, existing: existing.name)
            }
            earlier[other] = scripted
        }
        let present = earlier.removeValue(forKey: width)
        for device in earlier.values { drop(device, from: machine) }
        for device in yielding { try take(option.port, width, from: device) }
        if let present {
            present.follow(option.script)
            return present
        }
        try install(PortOption(option.port, width: width, option.script))
        guard let added = ports.claim(at: option.port, width)?.device as? ScriptedPort else {
            fatalError("a port that was just claimed has its device")
        }
        try Self.add(added, to: machine)
        return added
    }

    /// Claims the ports of a device that yields anew, without those of an access.
    private func take(_ port: UInt16, _ width: Width, from device: any PortDevice) throws(BoardError) {
        let taken = Set(Self.ports(of: port, width))
        let before = ports.claims.filter { $0.device === device }
        ports.withdraw(device)
        for held in before {
            let row = ClaimRow(held.ports, bank: held.bank, widths: held.widths)
            for part in row.without(taken) { try claim(part, device, held.tier) }
        }
    }

    /// Takes a port without code away.
    private func drop(_ device: ScriptedPort, from machine: Machine) {
        ports.withdraw(device)
        machine.remove(device)
        devices.removeAll { $0 === device }
    }

    /// Claims a device's ports.
    private func claim(_ device: any Device & PortDevice, _ claims: [ClaimRow], _ tier: Tier) throws(BoardError) {
        for row in claims { try claim(row, device, tier) }
        devices.append(device)
    }

    private func claim(_ row: ClaimRow, _ device: any PortDevice, _ tier: Tier) throws(BoardError) {
        do {
            try ports.claim(row.ports, for: device, bank: row.bank, widths: row.widths, tier: tier)
        } catch {
            switch error {
            case .overlap(let port, let new, let existing):
                throw .overlap(port: port, new: new, existing: existing)
            case .full(let new): throw .tooMany(device: new)
            case .misaligned(let new, let width): throw .misaligned(device: new, width)
            case .noWidth(let new): throw .noWidth(device: new)
            }
        }
    }

    /// Hands files to the guest, and of those that firmware expects the ones that none of these replaces.
    private func addFiles(_ files: [FirmwareConfig.File]) throws(BoardError) {
        guard let device = devices.lazy.compactMap({ $0 as? FirmwareConfig }).first else {
            if files.isEmpty { return }
            throw .filesWithoutDevice
        }
        let standard = StandardFiles.files(ramSize: site.ramSize).filter { file in
            !files.contains { $0.name == file.name }
        }
        for file in standard + files {
            do { try device.add(file) } catch { throw .file(error) }
        }
    }

    /// The name, or for a second one the name with a number behind it.
    private func uniqueName(_ name: String) -> String {
        guard self[name] != nil else { return name }
        var number = 2
        while self["\(name)\(number)"] != nil || reserved.contains("\(name)\(number)") { number += 1 }
        return "\(name)\(number)"
    }
}
