/// Something that answers at ports.
///
/// It sees offsets from its claim's first port, never addresses or tiers.
public protocol PortDevice: AnyObject {
    /// The name that `--tier`, the ledger and messages use, such as `uart`.
    var name: String { get }
    /// Serves a read. `bank` tells claims of one device apart; `width` is one that the claim declares.
    func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32
    /// Serves a write; `value` has no bits above `width`.
    func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32)
    /// What `read` would return, without its side effects; nil if that cannot be told.
    func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32?
    /// The device itself if it serves blocks, by its conformance to `BlockPortDevice`; else nil.
    ///
    /// A requirement, since the search for a conformance at run time is a third of a short program's time.
    var asBlockDevice: (any BlockPortDevice)? { get }
    /// The device itself if it defers accesses, by its conformance to `DeferringPortDevice`; else nil.
    var asDeferringDevice: (any DeferringPortDevice)? { get }
}

extension PortDevice {
    /// No blocks.
    public var asBlockDevice: (any BlockPortDevice)? { nil }
    /// No deferring.
    public var asDeferringDevice: (any DeferringPortDevice)? { nil }
}

extension BlockPortDevice {
    /// The device itself.
    public var asBlockDevice: (any BlockPortDevice)? { self }
}

extension DeferringPortDevice {
    /// The device itself.
    public var asDeferringDevice: (any DeferringPortDevice)? { self }
}

/// A device that can serve many elements at one port at once, for REP INS and OUTS.
///
/// Conform only if these accesses raise no interrupt, schedule nothing and read no clock: the CPU
/// looks for such events only behind the block. Each element must act as one `read` or `write` would.
public protocol BlockPortDevice: PortDevice {
    /// How blocks at a bank go together with accesses elsewhere; `.ordered` unless told.
    func blockOrder(bank: UInt8) -> BlockOrder
    /// Reads as many elements as `buffer` holds (bytes / `width`) into it, little-endian.
    func readBlock(bank: UInt8, offset: UInt16, width: Width, into buffer: UnsafeMutableRawBufferPointer)
    /// Writes all elements of `buffer`.
    func writeBlock(bank: UInt8, offset: UInt16, width: Width, from buffer: UnsafeRawBufferPointer)
}

extension BlockPortDevice {
    /// In order.
    public func blockOrder(bank: UInt8) -> BlockOrder { .ordered }
}

/// How blocks of a device go together with accesses to others, or to its other registers: an element that is wider than
/// a register reaches several by turns.
public enum BlockOrder: Sendable {
    /// There are none: elements go one by one.
    case none
    /// Elements of one register in their order; others of the device would have to come in between.
    case ordered
    /// The registers are latches: what is done with others in between does not matter.
    case free
}

/// A kernel-tier device that hands some accesses to the user tier.
public protocol DeferringPortDevice: PortDevice {
    /// Asked before each kernel-tier access; true makes it a user-tier request, once.
    func defers(bank: UInt8, offset: UInt16, width: Width, direction: PortDirection) -> Bool
}

/// A chip with state that can be saved, compared and restored.
///
/// It answers at ports as a `PortDevice`, in memory as a `MemoryDevice`, at both or at neither.
public protocol Device: AnyObject {
    /// The name that `--tier`, the ledger and messages use, such as `uart`; states go by it.
    var name: String { get }
    /// All of the chip; the default value is the power-on state.
    associatedtype State: Codable, Equatable, Sendable
    /// The chip's state. Setting it restores, which is no edge on any line.
    var state: State { get set }
    /// What the RESET line does: back to the power-on state, but for what is on a battery.
    func reset()
    /// The chip itself if it answers in memory, by its conformance to `MemoryDevice`; else nil.
    ///
    /// A requirement, since the search for a conformance at run time takes long.
    var asMemoryDevice: (any MemoryDevice)? { get }
    /// What the chip shows of itself to people: its registers by name, as values; looking changes nothing.
    var fields: [DeviceField] { get }
}

extension Device {
    /// No memory.
    public var asMemoryDevice: (any MemoryDevice)? { nil }
}

extension Device where Self: MemoryDevice {
    /// The device itself.
    public var asMemoryDevice: (any MemoryDevice)? { self }
}

/// The widths that a claim serves.
public struct WidthSet: OptionSet, Sendable, Codable, Hashable {
    /// The bits are the widths in bytes.
    public let rawValue: UInt8

    /// Wraps a set of bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// 8 bits.
    public static let byte = WidthSet(rawValue: Width.byte.rawValue)
    /// 16 bits.
    public static let word = WidthSet(rawValue: Width.word.rawValue)
    /// 32 bits.
    public static let dword = WidthSet(rawValue: Width.dword.rawValue)
    /// All three widths.
    public static let all: WidthSet = [.byte, .word, .dword]

    /// Whether a width is in the set.
    public func contains(_ width: Width) -> Bool { rawValue & width.rawValue != 0 }
}
