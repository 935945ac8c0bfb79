/// An entry of the GDT, LDT or IDT (SDM volume 3, 3.4.5 and 3.5): a segment, a system segment or a gate.
public struct Descriptor: Sendable, Codable, Equatable {
    /// What a descriptor describes.
    public enum Kind: Sendable, Equatable {
        /// Data; `expandDown` puts the valid offsets above the limit.
        case data(writable: Bool, expandDown: Bool)
        /// Code.
        case code(readable: Bool, conforming: Bool)
        /// A local descriptor table.
        case localTable
        /// A task state segment of the 286 (`is32` false) or 386.
        case task(is32: Bool, busy: Bool)
        /// A gate to code that CALL and JMP take.
        case callGate(is32: Bool)
        /// A gate to a task.
        case taskGate
        /// A gate of the IDT that clears IF.
        case interruptGate(is32: Bool)
        /// A gate of the IDT that leaves IF alone.
        case trapGate(is32: Bool)
        /// A type that means nothing.
        case reserved(UInt8)
    }

    /// The lower half as it stands in memory.
    public let low: UInt32
    /// The upper half as it stands in memory.
    public let high: UInt32

    /// A descriptor from its two halves.
    @inlinable public init(low: UInt32, high: UInt32) {
        self.low = low
        self.high = high
    }

    /// Linear address of the segment.
    public var base: UInt32 { low >> 16 | (high & 0xFF) << 16 | high & 0xFF00_0000 }

    /// Last offset in bytes, granularity applied.
    public var limit: UInt32 {
        let raw = low & 0xFFFF | high & 0xF_0000
        return access.contains(.granular) ? raw << 12 | 0xFFF : raw
    }

    /// Rights in the layout of `SegmentAccess`.
    public var access: SegmentAccess { SegmentAccess(rawValue: UInt16(truncatingIfNeeded: high >> 8) & 0xF0FF) }

    /// S and type: below 10h a system descriptor.
    var type: UInt8 { UInt8(truncatingIfNeeded: high >> 8) & 0x1F }

    /// The privilege level.
    public var dpl: UInt8 { UInt8(truncatingIfNeeded: high >> 13) & 3 }

    /// Whether the P bit is set.
    public var isPresent: Bool { high & 0x8000 != 0 }

    /// What it describes.
    public var kind: Kind {
        let flag = type & 2 != 0
        let other = type & 4 != 0
        switch type {
        case 0x10...0x17: return .data(writable: flag, expandDown: other)
        case 0x18...0x1F: return .code(readable: flag, conforming: other)
        case 0x01, 0x03, 0x09, 0x0B: return .task(is32: type & 8 != 0, busy: flag)
        case 0x02: return .localTable
        case 0x04, 0x0C: return .callGate(is32: type & 8 != 0)
        case 0x05: return .taskGate
        case 0x06, 0x0E: return .interruptGate(is32: type & 8 != 0)
        case 0x07, 0x0F: return .trapGate(is32: type & 8 != 0)
        default: return .reserved(type)
        }
    }

    /// Of a gate: the selector of its code segment or TSS.
    public var gateSelector: UInt16 { UInt16(truncatingIfNeeded: low >> 16) }

    /// Of a gate: the offset of its entry, 16 bits for a gate of the 286.
    public var gateOffset: UInt32 { type & 8 != 0 ? low & 0xFFFF | high & 0xFFFF_0000 : low & 0xFFFF }

    /// Of a call gate: how many parameters it copies, words or dwords.
    public var gateParameters: UInt32 { high & 0x1F }

    /// The segment register that loading `selector` gives.
    public func segment(selector: UInt16) -> Segment {
        Segment(selector: selector, base: base, limit: limit, access: access)
    }

    /// One line: bytes, kind, base and limit or target, level, presence.
    ///
    /// Such as `00CF9B000000FFFF code readable 32-bit base 00000000 limit FFFFFFFF DPL 0 accessed`.
    public var text: String {
        var words = HexText.digits(high, 8) + HexText.digits(low, 8) + " " + kind.text
        switch kind {
        case .data, .code:
            let size = access.contains(.big) ? "32-bit" : "16-bit"
            words += " \(size) base \(HexText.digits(base, 8)) limit \(HexText.digits(limit, 8))"
        case .localTable, .task: words += " base \(HexText.digits(base, 8)) limit \(HexText.digits(limit, 8))"
        case .callGate:
            words += " to \(HexText.digits(UInt32(gateSelector), 4)):\(HexText.digits(gateOffset, 8))"
            words += " \(gateParameters) parameters"
        case .interruptGate, .trapGate:
            words += " to \(HexText.digits(UInt32(gateSelector), 4)):\(HexText.digits(gateOffset, 8))"
        case .taskGate: words += " to \(HexText.digits(UInt32(gateSelector), 4))"
        case .reserved: break
        }
        words += " DPL \(dpl)"
        if type & 0x10 != 0, access.contains(.accessed) { words += " accessed" }
        return isPresent ? words : words + " absent"
    }
}

extension Descriptor.Kind {
    /// The kind in words, such as `code readable conforming` or `386 TSS busy`.
    public var text: String {
        switch self {
        case .data(let writable, let down):
            (writable ? "data writable" : "data read-only") + (down ? " expand-down" : "")
        case .code(let readable, let conforming):
            (readable ? "code readable" : "code execute-only") + (conforming ? " conforming" : "")
        case .localTable: "LDT"
        case .task(let is32, let busy): (is32 ? "386 TSS" : "286 TSS") + (busy ? " busy" : " available")
        case .callGate(let is32): is32 ? "386 call gate" : "286 call gate"
        case .taskGate: "task gate"
        case .interruptGate(let is32): is32 ? "386 interrupt gate" : "286 interrupt gate"
        case .trapGate(let is32): is32 ? "386 trap gate" : "286 trap gate"
        case .reserved(let type): "reserved type " + HexText.digits(UInt32(type), 2)
        }
    }
}
