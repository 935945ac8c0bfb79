import X86Interp

// The services of a PC's BIOS, without a ROM of anybody's: the interrupt vectors point to stubs of a few instructions
// in a ROM made here, each stub writes to this device's port, and the host does what the registers ask for.
//
// Registers (offset, width byte):
//   0  write  from a stub of the ROM: the service of that stub; from anywhere else: ignored
//   0  read   FF
// The device defers every access, so that it is always served in the user tier, between two entries of the CPU.
// Interrupts: none of its own; INT 08h is the handler of IRQ 0, INT 09h that of IRQ 1.
// Keys come from the keyboard by INT 09h. While nobody has hooked that, INT 16h does not wait for its interrupt but takes
//   a key as soon as it is asked for one. Without a keyboard controller INT 16h asks the source of keys itself.
// State: what a PC's BIOS keeps in its data area is there (40:0); the rest is `State`.
// Sources: IBM PC AT and PS/2 BIOS references; Phoenix, Enhanced Disk Drive Specification 3.0; ACPI for E820.
// Not modelled: graphics with planes, VESA, printers, cassette, APM, El Torito.

/// The BIOS: INT 10h to 1Ah as services of the host.
public final class BIOS: Firmware, DeferringPortDevice {
    /// What the BIOS remembers outside of guest memory.
    public struct State: Codable, Equatable, Sendable {
        /// How many key strokes have been taken from the source, if there is no keyboard.
        public var keysTaken = 0
        /// What Alt and digits of the keypad have typed so far.
        var altNumber: UInt8?
        /// The guest waits for a key, and there are no more.
        public var isStarved = false
        /// An exception that nobody handles has ended the run.
        public var unhandled: Unhandled?
        /// Sectors that the guest has written, by drive and number.
        public var written: [UInt8: [UInt64: [UInt8]]] = [:]
        /// Seconds that the guest has set the clock ahead.
        public var clockOffset: Int64 = 0
        /// Functions of INT 21h that the guest has asked for and that are not provided, by AH.
        public var missingDOSFunctions: [UInt8] = []
        /// Where a DOS program has ended.
        public var processEnd: ProcessEnd?
        /// When INT 15h AH=86h is over.
        var waitsUntil: UInt64?
        /// What has gone to the console.
        var echo = Echo()

        /// Power-on.
        public init() {}
    }

    /// An exception without a handler.
    public struct Unhandled: Codable, Equatable, Sendable {
        /// The interrupt's number.
        public var vector: UInt8
        /// Where it happened.
        public var cs: UInt16
        /// Where it happened.
        public var ip: UInt16
    }

    /// What the BIOS finds in the machine, and what the host lends it.
    public struct Options {
        /// Drives by number: floppies from 0, hard disks from 80.
        public var drives: [UInt8: Drive] = [:]
        /// The drive that INT 19h boots from, which is told in DL.
        public var bootDrive: UInt8 = 0
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
    public var state = State()
    /// What it found.
    let options: Options
    let console: any ByteStream
    /// Where keys come from if there is no keyboard.
    let keys: any KeySource
    let keyboard: PS2Controller8042?
    let display: VGA?

    /// A BIOS that writes the guest's text to `console` and knows the machine's keyboard and display.
    public init(
        options: Options = Options(), console: any ByteStream, keys: any KeySource = KeyList(),
        keyboard: PS2Controller8042? = nil, display: VGA? = nil, name: String = "bios"
    ) {
        self.options = options
        self.console = console
        self.keys = keys
        self.keyboard = keyboard
        self.display = display
        self.name = name
    }

    /// Forgets everything, changes of disks too.
    public func reset() { state = State() }

    /// Always: only the host can look at the machine.
    public func defers(bank: UInt8, offset: UInt16, width: Width, direction: PortDirection) -> Bool { true }

    /// Nothing is there to read.
    public func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 { width.mask }

    /// Nothing is there to read.
    public func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? { width.mask }

    /// The work was done in `serve`.
    public func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {}

    /// Does the service whose stub the processor is in.
    public func serve(_ request: PortRequest, on machine: Machine) {
        guard request.direction == .out else { return }
        var call = BIOSCall(machine)
        guard let entry = BIOSROM.entry(at: call.state.segments.cs.base &+ call.state.eip) else { return }
        // Whatever a function does not say, its stub does not go on asking.
        if entry.stub.asksForAnswer { call.signal(again: false) }
        if let vector = entry.vector {
            BIOSService.all.first { $0.vector == vector }?.serve(self, &call)
        } else {
            prepare(call)
            boot(&call)
        }
        call.finish()
    }

    // MARK: Interrupts without a service

    /// An interrupt that nobody asked for: acknowledged if a controller raised it, else the end.
    func unexpected(_ vector: UInt8, _ call: inout BIOSCall) {
        call.signal(again: false)
        let isSlave = vector >= 0x70
        let isMaster = 0x08...0x0F ~= vector
        if isSlave || isMaster {
            // OCW3: read the in-service register; then a non-specific end of interrupt.
            let port: UInt16 = isSlave ? 0xA0 : 0x20
            call.output(port, 0x0B)
            let inService =
                call.input(port) & 1 << (vector & 7) != 0 && call.machine.ports.claim(at: port, .byte) != nil
            call.output(port, 0x0A)
            if inService { call.output(port, 0x20) }
            if isSlave { call.output(0x20, 0x20) }
            // The spurious interrupts of both controllers are in service nowhere.
            if inService || isSlave || vector == 0x0F { return }
        }
        let place = call.caller
        state.unhandled = Unhandled(vector: vector, cs: place.cs, ip: place.ip)
        call.signal(again: true)
    }

    // MARK: Boot

    /// INT 18h: there is nothing to boot from.
    func nothingToBoot(_ call: inout BIOSCall) {
        for byte in Array("No bootable disk\r\n".utf8) { teletype(byte, &call) }
        call.signal(again: true)
    }

    /// INT 19h: loads the boot sector again.
    func boot(_ call: inout BIOSCall) {
        let drive = options.bootDrive
        guard let sector = sector(0, of: drive),
            options.bootsAnySector || sector[510] == 0x55 && sector[511] == 0xAA
        else {
            return nothingToBoot(&call)
        }
        call.setBytes(0x7C00, sector)
        call.state.segments.ss = Segment(realMode: 0)
        call.state.segments.ds = Segment(realMode: 0)
        call.state.gpr.esp = 0x7C00
        call.es = 0
        call.dl = drive
        call.signal(again: false)
    }
}
