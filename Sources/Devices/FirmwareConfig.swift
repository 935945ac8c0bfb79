import X86Interp

/// QEMU's fw_cfg: the host hands named files and a few numbers to the guest.
///
/// Firmware configuration device, port form. Source: QEMU's documentation, specs/fw_cfg; keys as in the public header
/// qemu_fw_cfg.h.
///
/// Registers (bank, offset, width):
///
///     0, 0, word  write  selects an item and its first byte; bit 14 (write mode of old) is ignored
///     0, 0, word  read   all ones: the selector is write-only
///     1, 0, byte  read   the item's next byte; 0 behind its end and for unknown items
///     1, 0, byte  write  ignored
///
/// The two overlap (510 word, 511 byte), so that width decides; byte accesses to 510 are no business of the chip.
///
/// Items, little-endian: 0 signature, 1 interface, 3 RAM size, 4 no graphics, 5 and F processors; big-endian: 19 the
/// directory of files, whose items start at 20.
///
/// Interrupts: none.
///
/// Not modelled: the DMA interface (interface bit 1 is clear), writing, items of Linux boot, x86's own items (bit 15).
public final class FirmwareConfig: PortOnlyDevice, BlockPortDevice {
    /// What is selected.
    public struct State: Codable, Equatable, Sendable {
        /// The key as written.
        public var selector: UInt16 = 0
        /// Number of the byte that the next read returns; stops at the item's end.
        public var offset: UInt32 = 0

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
        /// Which interfaces there are: bit 0, the port form.
        public static let interface: UInt16 = 0x01
        /// RAM in bytes, 64 bits.
        public static let ramSize: UInt16 = 0x03
        /// 1: there is no display, 16 bits.
        public static let noGraphics: UInt16 = 0x04
        /// Number of processors, 16 bits.
        public static let processors: UInt16 = 0x05
        /// Number of processors that could be there, 16 bits.
        public static let maximumProcessors: UInt16 = 0x0F
        /// The directory of files.
        public static let directory: UInt16 = 0x19
        /// The first file; the others follow.
        public static let firstFile: UInt16 = 0x20
    }

    /// The bank of the claim for the selector word.
    public static let selectorBank: UInt8 = 0
    /// The bank of the claim for the data byte.
    public static let dataBank: UInt8 = 1

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
    public private(set) var files: [File] = []

    private var items: [UInt16: [UInt8]]
    private var selected = State()
    /// The contents of the selected item.
    private var item: [UInt8] = []

    /// A device that reports the RAM size in bytes and one processor.
    public init(ramSize: Int, name: String = "fw_cfg") {
        self.name = name
        items = [
            Key.signature: Array("QEMU".utf8),
            Key.interface: Self.littleEndian(UInt32(1)),
            Key.ramSize: Self.littleEndian(UInt64(max(ramSize, 0))),
            Key.noGraphics: Self.littleEndian(UInt16(1)),
            Key.processors: Self.littleEndian(UInt16(1)),
            Key.maximumProcessors: Self.littleEndian(UInt16(1)),
        ]
        items[Key.directory] = directory()
        item = contents(of: Key.signature)
    }

    /// Selects the signature again; the items stay.
    public func reset() { state = State() }

    /// The next byte of the selected item; all ones for the selector.
    public func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 {
        guard bank == Self.dataBank else { return width.mask }
        guard let byte = nextByte else { return 0 }
        selected.offset += 1
        return UInt32(byte)
    }

    /// The same byte, left where it is.
    public func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? {
        bank == Self.dataBank ? UInt32(nextByte ?? 0) : width.mask
    }

    /// Selects an item; ignored at the data register.
    public func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {
        guard bank == Self.selectorBank else { return }
        selected.selector = UInt16(truncatingIfNeeded: value)
        selected.offset = 0
        item = contents(of: selected.selector)
    }

    /// The item's next bytes, then zeros.
    public func readBlock(bank: UInt8, offset: UInt16, width: Width, into buffer: UnsafeMutableRawBufferPointer) {
        guard bank == Self.dataBank else {
            buffer.initializeMemory(as: UInt8.self, repeating: 0xFF)
            return
        }
        let first = min(Int(selected.offset), item.count)
        let count = min(item.count - first, buffer.count)
        buffer.initializeMemory(as: UInt8.self, repeating: 0)
        item.withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[first..<first + count])) }
        selected.offset += UInt32(count)
    }

    /// Selects one item after the other, of which the last one counts.
    public func writeBlock(bank: UInt8, offset: UInt16, width: Width, from buffer: UnsafeRawBufferPointer) {
        guard bank == Self.selectorBank, buffer.count >= 2 else { return }
        let last = buffer[(buffer.count - 2)...]
        write(bank: bank, offset: offset, width: .word, value: last.reversed().reduce(0) { $0 << 8 | UInt32($1) })
    }

    private var nextByte: UInt8? { Int(selected.offset) < item.count ? item[Int(selected.offset)] : nil }

    private func contents(of selector: UInt16) -> [UInt8] { items[selector & ~0x4000] ?? [] }
}

extension FirmwareConfig {
    /// Why a file was refused.
    public enum FileError: Error, Equatable, CustomStringConvertible {
        /// The directory has room for 1 to 55 bytes of ASCII without NUL.
        case name(String)
        /// There is one of that name already.
        case duplicate(String)
        /// The directory gives sizes in 32 bits.
        case tooLarge(String)
        /// All keys for files are taken.
        case tooMany(String)

        /// What is wrong and what helps, in one line.
        public var description: String {
            switch self {
            case .name(let name): "fw_cfg file name '\(name)': use 1 to \(longestName) printable ASCII characters"
            case .duplicate(let name): "fw_cfg file '\(name)' is there already: give each file its own name"
            case .tooLarge(let name): "fw_cfg file '\(name)' is too large: 4 GiB is the limit"
            case .tooMany(let name): "fw_cfg file '\(name)': no more than \(mostFiles) files fit"
            }
        }
    }

    /// The longest name: 56 bytes with the NUL behind it.
    public static let longestName = 55
    /// The number of keys from the first file's to the last one below bit 14.
    public static let mostFiles = 0x4000 - Int(Key.firstFile)

    /// Adds a file and gives all files their keys anew, in the order of their names: add before the guest runs.
    public func add(_ file: File) throws(FileError) {
        guard (1...Self.longestName).contains(file.name.utf8.count), file.name.utf8.allSatisfy({ 0x20...0x7E ~= $0 })
        else { throw .name(file.name) }
        guard !files.contains(where: { $0.name == file.name }) else { throw .duplicate(file.name) }
        guard file.contents.count <= Int(UInt32.max) else { throw .tooLarge(file.name) }
        guard files.count < Self.mostFiles else { throw .tooMany(file.name) }
        let place = files.firstIndex { file.name.utf8.lexicographicallyPrecedes($0.name.utf8) } ?? files.count
        files.insert(file, at: place)
        for (number, file) in files.enumerated().dropFirst(place) {
            items[Key.firstFile + UInt16(number)] = file.contents
        }
        items[Key.directory] = directory()
        item = contents(of: selected.selector)
    }

    /// The directory: number of files, then size, key, two bytes of zero and 56 bytes of name for each.
    private func directory() -> [UInt8] {
        var bytes = Self.bigEndian(UInt32(files.count))
        for (number, file) in files.enumerated() {
            bytes += Self.bigEndian(UInt32(file.contents.count))
            bytes += Self.bigEndian(Key.firstFile + UInt16(number))
            bytes += [0, 0]
            bytes += Array(file.name.utf8)
            bytes += [UInt8](repeating: 0, count: 56 - file.name.utf8.count)
        }
        return bytes
    }

    private static func bigEndian(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.bigEndian) { Array($0) }
    }

    private static func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }
}
