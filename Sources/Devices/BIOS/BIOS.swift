import X86Interp

/// The BIOS: INT 10h to 1Ah as services of the host.
///
/// The services of a PC's BIOS, without a ROM of anybody's: the interrupt vectors point to stubs of a few instructions
/// in a ROM made here, each stub writes to this device's port, and the device does what the registers ask for.
///
/// Registers (offset, width byte):
///
///     0  write  from a stub of the ROM: the service of that stub; from anywhere else: ignored
///     0  read   FF
///
/// Both tiers do the same: the access itself does the service, on the machine that the BIOS was installed in.
///
/// Interrupts: none of its own; INT 08h is the handler of IRQ 0, INT 09h that of IRQ 1.
///
/// Keys come from the keyboard by INT 09h. While nobody has hooked that, INT 16h does not wait for its interrupt but
/// takes a key as soon as it is asked for one. Without a keyboard controller INT 16h asks the source of keys itself.
///
/// On a PC or XT there is no clock beside the ticks, nothing above 1 MiB and no second interrupt controller: functions
/// for these are not there, and the model byte at FFFFE is FB. With a CGA or an MDA INT 10h is that of the first PCs.
///
/// State: what a PC's BIOS keeps in its data area is there (40:0); the rest is `State`.
///
/// Sources: IBM PC AT and PS/2 BIOS references; Phoenix, Enhanced Disk Drive Specification 3.0; ACPI for E820.
///
/// Not modelled: graphics with planes, VESA, printers, cassette, APM.
public final class BIOS: Device, PortDevice {
    /// What the BIOS remembers outside of guest memory.
    public struct State: Codable, Equatable, Sendable {
        /// How many key strokes have been taken from the source, if there is no keyboard.
        package var keysTaken = 0
        /// What Alt and digits of the keypad have typed so far.
        var altNumber: UInt8?
        /// The guest waits for a key, and there are no more.
        public var isStarved = false
        /// Seconds that the guest has set the clock ahead.
        package var clockOffset: Int64 = 0
        /// Functions of INT 21h that the guest has asked for and that are not provided, by AH.
        package var missingDOSFunctions: [UInt8] = []
        /// Where a DOS program has ended.
        public var processEnd: ProcessEnd?
        /// Who waits in INT 15h AH=86h.
        var waits: [Wait] = []
        /// When the wait of INT 15h AH=83h is over.
        var eventEnd: UInt64?
        /// What has gone to the console.
        var echo = Echo()

        /// The floppy that a CD stood for is gone.
        var emulationIsOver = false

        /// Power-on.
        public init() {}
    }

    /// What the BIOS finds in the machine, and what the host lends it.
    public struct Options {
        /// The drive that INT 19h boots from, which is told in DL.
        public var bootDrive: UInt8 = 0
        /// How the CD in drive E0 is booted, if it is the one to boot from.
        public var compactDisc: ElTorito?
        /// Whether a first sector need not end in 55 AA to be booted.
        public var bootsAnySector = false
        /// Whether DOS is there too, which one program has been started by.
        public var hasDOS = false
        /// Whether the text that the guest prints goes to the console as well.
        public var echoes = true
        /// Seconds from 1970 at guest time 0.
        public var startTime: Int64 = BIOS.defaultTime
        /// RAM in bytes, as far as programs are told; nil for all.
        public var ramSize: Int?

        /// No drives, the default time.
        public init() {}
    }

    /// Midnight, 1 January 2026: where the clock of every run starts unless told.
    public static let defaultTime: Int64 = 1_767_225_600

    /// The name in `--tier` and the ledger.
    public let name: String
    /// What the BIOS remembers.
    public var state: State {
        _read { yield remembered.value }
        _modify { yield &remembered.value }
        set {
            remembered.value = newValue
            alarm?.clear()
            alarm?.set(at: newValue.eventEnd)
        }
    }
    private let remembered = HotState(State())
    /// Where it is installed.
    ///
    /// A weak reference would make every other one to the machine slow.
    unowned var machine: Machine?
    /// The end of the wait of INT 15h AH=83h.
    var alarm: ClockAlarm?
    /// Services by the number of their entry in the ROM; none for the code that boots.
    private let services: [Unmanaged<BIOSService>?]
    /// What it found.
    let options: Options
    /// Drives by the number that DL has: floppies from 0, hard disks from 80 without a gap, a CD at E0.
    let drives: [UInt8: DiskDrive]
    let console: any ByteStream
    /// Where keys come from if there is no keyboard.
    let keys: any KeySource
    let keyboard: (any KeyboardPort)?
    /// Whatever text is shown on.
    let display: (any DisplayAdapter)?
    /// The display if it is a VGA.
    let vga: VGA?
    /// The display if it is a CGA or an MDA.
    let crt: Display6845?
    /// The machine is a PC or XT.
    let isXT: Bool

    /// A BIOS that writes the guest's text to `console` and knows the machine's keyboard and display.
    public init(
        options: Options = Options(), drives: [UInt8: DiskDrive] = [:], console: any ByteStream,
        keys: any KeySource = KeyList(), keyboard: (any KeyboardPort)? = nil,
        display: (any DisplayAdapter)? = nil, isXT: Bool = false, name: String = "bios"
    ) {
        self.options = options
        self.drives = Self.numbered(drives).merging(ElTorito.drives(drives, options.compactDisc)) { $1 }
        self.console = console
        self.keys = keys
        self.keyboard = keyboard
        self.display = display
        vga = display as? VGA
        crt = display as? Display6845
        self.isXT = isXT
        self.name = name
        services = BIOSROM.entries.map { entry in
            BIOSService.all.first { $0.vector == entry.vector }.map { Unmanaged.passUnretained($0) }
        }
    }

    deinit {
        alarm?.clear()
        keyboard?.isWanted = { true }
    }

    /// Whether the machine has what a function needs.
    func has(_ need: BIOSNeed) -> Bool {
        switch need {
        case .nothing: true
        case .at: !isXT
        case .vga: crt == nil
        }
    }

    /// Forgets everything but what is on disks.
    public func reset() { state = State() }

    /// Nothing is there to read.
    public func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 { width.mask }

    /// Nothing is there to read.
    public func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? { width.mask }

    /// Does the service whose stub the processor is in.
    public func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {
        guard let machine else { return }
        let view = machine.cpu.serviceView
        let place = view.address &- BIOSROM.base
        guard place < BIOSROM.places.count else { return }
        let mark = BIOSROM.places[Int(place)]
        guard mark != 0 else { return }
        let number = Int(mark & 0x7F) - 1
        let call = BIOSCall(machine, self, view, isRepeated: mark & 0x80 != 0)
        // Whatever a function does not say, its stub does not go on asking.
        if BIOSROM.entries[number].stub.asksForAnswer { call.signal(again: false) }
        if let service = services[number] {
            // It is one of a table that is never let go.
            service._withUnsafeGuaranteedRef { $0.serve(self, call) }
        } else {
            start(call)
        }
    }

    // MARK: Interrupts without a service

    /// An interrupt of a chip that nobody asked for: acknowledged if a controller raised it, else one that nobody handles.
    func unexpected(_ vector: UInt8, _ call: BIOSCall) {
        let isSlave = vector >= 0x70
        // OCW3: read the in-service register; then a non-specific end of interrupt.
        let port: UInt16 = isSlave ? 0xA0 : 0x20
        call.output(port, 0x0B)
        let inService = call.input(port) & 1 << (vector & 7) != 0 && call.machine.ports.claim(at: port, .byte) != nil
        call.output(port, 0x0A)
        if inService { call.output(port, 0x20) }
        if isSlave { call.output(0x20, 0x20) }
        // The spurious interrupts of both controllers are in service nowhere.
        if !inService, !isSlave, vector != 0x0F { unhandled(vector, call) }
    }

    /// An interrupt that has come here by a way that the processor has not seen.
    private func unhandled(_ vector: UInt8, _ call: BIOSCall) {
        let place = call.caller
        call.cpu.note(
            UnhandledInterrupt(vector: vector, source: .exception, cs: place.cs, eip: UInt32(place.ip)))
    }

    /// INT 05h: there is no printer; BOUND has the same vector.
    func printScreen(_ call: BIOSCall) {
        let place = call.caller
        let isCall = call.word(call.physical(place.cs, place.ip &- 2)) == 0x05CD
        guard isCall else { return unhandled(0x05, call) }
        call.setByte(BDA.printScreen, 0xFF)
    }

    /// IRQ 13, the error of an x87: tells the lines' flip-flops and the controllers; the stub goes on to INT 02h.
    ///
    /// Source: IBM PC AT technical reference, BIOS listing, INT 75h.
    func coprocessorError(_ call: BIOSCall) {
        call.output(PCPorts.coprocessor.lowerBound, 0)
        unexpected(0x75, call)
    }

    // MARK: Boot

    /// INT 18h: there is nothing to boot from.
    func nothingToBoot(_ call: BIOSCall) {
        for byte in Array("No bootable disk\r\n".utf8) { teletype(byte, call) }
        call.signal(again: true)
    }

    /// INT 19h: loads the boot sector again.
    func boot(_ call: BIOSCall) {
        let drive = options.bootDrive
        if let entry = options.compactDisc {
            guard bootCompactDisc(entry, call) else { return nothingToBoot(call) }
            return enterBootSector(drive, call)
        }
        guard let sector = drives[drive]?.read(sector: 0),
            options.bootsAnySector || sector[510] == 0x55 && sector[511] == 0xAA
        else {
            return nothingToBoot(call)
        }
        call.setBytes(0x7C00, sector)
        enterBootSector(drive, call)
    }

    /// The registers with which the stub goes to 0000:7C00.
    private func enterBootSector(_ drive: UInt8, _ call: BIOSCall) {
        for register in [SegmentRegister.ss, .ds, .es] { call.load(register, 0) }
        call.cpu[.esp] = 0x7C00
        call.dl = drive
        call.signal(again: false)
    }
}
