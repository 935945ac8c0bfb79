import X86Interp

/// QEMU's fw_cfg: the host hands named files and a few numbers to the guest.
///
/// Firmware configuration device, port and DMA form. Source: QEMU's documentation, specs/fw_cfg; keys as in the public
/// header qemu_fw_cfg.h.
///
/// Registers (bank, offset, width):
///
///     0, 0, word   write  selects an item and its first byte; bit 14 (write mode of old) is ignored
///     0, 0, word   read   all ones: the selector is write-only
///     1, 0, byte   read   the item's next byte; 0 behind its end and for unknown items
///     1, 0, byte   write  ignored
///     2, 0, dword  write  upper half of the address of a DMA command, big-endian
///     2, 4, dword  write  its lower half, big-endian; the command is carried out, and both halves are 0 again
///     2, 0-7       read   the text "QEMU CFG"; narrower writes are ignored
///
/// Selector and data overlap (510 word, 511 byte), so that width decides; byte accesses to 510 are no business of the
/// chip. The DMA registers are at 514 to 51B.
///
/// A DMA command is 16 bytes of RAM, big-endian: control, length, 64-bit address. Control bits: 0 error, 1 read, 2 skip,
/// 3 select the item in bits 31-16, 4 write. It is carried out at once, within the access: an item's bytes go to RAM, or
/// are skipped, zeros come behind its end; then control is 0, or 1 for an error: a write, since no item can be written, or
/// an address that is not all RAM, where nothing is transferred.
///
/// Items, little-endian: 0 signature, 1 interface (bit 0 ports, bit 1 DMA), 2 UUID, 3 RAM size, 4 no graphics, 5 and F
/// processors, D NUMA nodes, E boot menu, 8002 IRQ 0 at input 2 of an IOAPIC; big-endian: 19 the directory of files, whose
/// items start at 20.
///
/// Interrupts: none.
///
/// Not modelled: writing, items of Linux boot, ACPI and SMBIOS tables of old (8000, 8001), HPET (8004).
public final class FirmwareConfig: PortOnlyDevice, BlockPortDevice {
    /// What is selected.
    public struct State: Codable, Equatable, Sendable {
        /// The key as written.
        public var selector: UInt16 = 0
        /// Number of the byte that the next read returns; stops at the item's end.
        public var offset: UInt32 = 0
        /// The upper half of a DMA command's address.
        public var commandHigh: UInt32 = 0
        /// How many DMA commands there were; wraps.
        public var commands: UInt32 = 0

        /// Power-on: the start of the signature.
        public init() {}
    }

    /// A named item that the host supplies.
    public struct File: Sendable, Equatable {
        /// Its name in the directory, by custom `opt/...` for the user's own.
        public var name: String
        /// What the guest reads.
        public var contents: [UInt8]

        /// A file of these bytes.
        public init(name: String, contents: [UInt8]) {
            self.name = name
            self.contents = contents
        }
    }

    /// Keys of the items that every machine has.
    public enum Key {
        /// The four letters QEMU.
        public static let signature: UInt16 = 0x00
        /// Which interfaces there are: bit 0, the port form; bit 1, DMA.
        public static let interface: UInt16 = 0x01
        /// The machine's UUID, 16 bytes: zeros.
        public static let uuid: UInt16 = 0x02
        /// RAM in bytes, 64 bits.
        public static let ramSize: UInt16 = 0x03
        /// 1: there is no display, 16 bits.
        public static let noGraphics: UInt16 = 0x04
        /// Number of processors, 16 bits.
        public static let processors: UInt16 = 0x05
        /// Numbers of nodes and processors, 64 bits each: zeros.
        public static let nodes: UInt16 = 0x0D
        /// 1: firmware offers a menu of what to boot, 16 bits.
        public static let bootMenu: UInt16 = 0x0E
        /// Number of processors that could be there, 16 bits.
        public static let maximumProcessors: UInt16 = 0x0F
        /// The directory of files.
        public static let directory: UInt16 = 0x19
        /// The first file; the others follow.
        public static let firstFile: UInt16 = 0x20
        /// 1: the timer's interrupt is at input 2 of an IOAPIC, if there is one, 32 bits.
        public static let timerOverride: UInt16 = 0x8002
    }

    /// The bank of the claim for the selector word.
    public static let selectorBank: UInt8 = 0
    /// The bank of the claim for the data byte.
    public static let dataBank: UInt8 = 1
    /// The bank of the claim for the address of DMA commands.
    public static let dmaBank: UInt8 = 2

    /// The name in `--tier` and the ledger.
    public let name: String
    /// The selected item and byte.
    public var state: State {
        get { selected }
        set {
            selected = newValue
            item = contents(of: newValue.selector)
        }
    }
    /// The files in the order of their keys: sorted by name, bytewise.
    public internal(set) var files: [File] = []

    var items: [UInt16: [UInt8]]
    var selected = State()
    /// The contents of the selected item.
    var item: [UInt8] = []
    /// The way to RAM; nil without the DMA form.
    let master: BusMaster?

    /// A device that reports the RAM size in bytes and one processor; with a way to RAM it has the DMA form too.
    public init(ramSize: Int, hasDisplay: Bool = false, master: BusMaster? = nil, name: String = "fw_cfg") {
        self.name = name
        self.master = master
        items = [
            Key.signature: Array("QEMU".utf8),
            Key.interface: Self.littleEndian(UInt32(master == nil ? 1 : 3)),
            Key.uuid: [UInt8](repeating: 0, count: 16),
            Key.ramSize: Self.littleEndian(UInt64(max(ramSize, 0))),
            Key.noGraphics: Self.littleEndian(UInt16(hasDisplay ? 0 : 1)),
            Key.processors: Self.littleEndian(UInt16(1)),
            Key.nodes: [UInt8](repeating: 0, count: 16),
            Key.bootMenu: Self.littleEndian(UInt16(0)),
            Key.maximumProcessors: Self.littleEndian(UInt16(1)),
            Key.timerOverride: Self.littleEndian(UInt32(1)),
        ]
        items[Key.directory] = directory()
        item = contents(of: Key.signature)
    }

    /// Selects the signature again; the items stay.
    public func reset() { state = State() }

    /// Without a DMA command it has done nothing but answer.
    public var hasOnlyAnswered: Bool { selected.commands == 0 }

    /// The next byte of the selected item, or letters of the DMA form's signature; all ones for the selector.
    public func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 {
        if bank == Self.dmaBank { return dmaSignature(offset, width) }
        guard bank == Self.dataBank else { return width.mask }
        guard let byte = nextByte else { return 0 }
        selected.offset += 1
        return UInt32(byte)
    }

    /// The same, left where it is.
    public func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? {
        if bank == Self.dmaBank { return dmaSignature(offset, width) }
        return bank == Self.dataBank ? UInt32(nextByte ?? 0) : width.mask
    }

    /// Selects an item, or carries out a DMA command; ignored at the data register.
    public func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {
        if bank == Self.dmaBank { return writeAddress(value, offset, width) }
        guard bank == Self.selectorBank else { return }
        select(UInt16(truncatingIfNeeded: value))
    }

    /// The item's next bytes, then zeros.
    public func readBlock(bank: UInt8, offset: UInt16, width: Width, into buffer: UnsafeMutableRawBufferPointer) {
        guard bank == Self.dataBank else {
            let value = read(bank: bank, offset: offset, width: width)
            for place in buffer.indices {
                buffer[place] = UInt8(truncatingIfNeeded: value >> UInt32(8 * (place % width.bytes)))
            }
            return
        }
        let first = min(Int(selected.offset), item.count)
        let count = min(item.count - first, buffer.count)
        buffer.initializeMemory(as: UInt8.self, repeating: 0)
        item.withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[first..<first + count])) }
        selected.offset += UInt32(count)
    }

    /// Writes one element after the other, each read when it is its turn: a DMA command may change what follows it.
    public func writeBlock(bank: UInt8, offset: UInt16, width: Width, from buffer: UnsafeRawBufferPointer) {
        for first in stride(from: 0, through: buffer.count - width.bytes, by: width.bytes) {
            let bytes = buffer[first..<first + width.bytes]
            let value = bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
            write(bank: bank, offset: offset, width: width, value: value)
        }
    }

    /// Selects an item and its first byte.
    func select(_ selector: UInt16) {
        selected.selector = selector
        selected.offset = 0
        item = contents(of: selector)
    }

    private var nextByte: UInt8? { Int(selected.offset) < item.count ? item[Int(selected.offset)] : nil }

    /// An item's bytes; none if there is no such item.
    func contents(of selector: UInt16) -> [UInt8] { items[selector & ~0x4000] ?? [] }
}
