/// The contents of a task state segment, of the 286 or 386 (SDM volume 3, 7.2.1 and 7.6).
public struct TaskState: Sendable, Codable, Equatable {
    /// A 386's TSS, with 32-bit fields, FS, GS, CR3, T and the port bitmap.
    public var is32: Bool
    /// Selector of the task that was left for this one.
    public var backLink: UInt16 = 0
    /// Stack pointers of rings 0 to 2.
    public var innerPointers: [UInt32] = [0, 0, 0]
    /// Stack selectors of rings 0 to 2.
    public var innerStacks: [UInt16] = [0, 0, 0]
    /// Control register 3; 0 in a TSS of the 286.
    public var cr3: UInt32 = 0
    /// Instruction pointer.
    public var eip: UInt32 = 0
    /// The flags.
    public var eflags: UInt32 = 0
    /// EAX, ECX, EDX, EBX, ESP, EBP, ESI, EDI.
    public var general: [UInt32] = Array(repeating: 0, count: 8)
    /// ES, CS, SS, DS, FS, GS; the last two are 0 in a TSS of the 286.
    public var segments: [UInt16] = Array(repeating: 0, count: 6)
    /// Selector of the LDT.
    public var ldt: UInt16 = 0
    /// T: a debug trap when the task begins.
    public var trap = false
    /// Offset of the port permission bitmap; 0 in a TSS of the 286.
    public var bitmapBase: UInt16 = 0

    /// The size of the fixed part in bytes: 44 or 104.
    public static func size(is32: Bool) -> UInt32 { is32 ? 104 : 44 }

    /// Decodes a TSS from its bytes; missing ones read as zero.
    public init(_ bytes: [UInt8], is32: Bool) {
        self.is32 = is32
        func word(_ offset: Int) -> UInt16 {
            let low = offset < bytes.count ? bytes[offset] : 0
            let high = offset + 1 < bytes.count ? bytes[offset + 1] : 0
            return UInt16(low) | UInt16(high) << 8
        }
        func dword(_ offset: Int) -> UInt32 { UInt32(word(offset)) | UInt32(word(offset + 2)) << 16 }
        backLink = word(0)
        if is32 {
            innerPointers = [4, 12, 20].map(dword)
            innerStacks = [8, 16, 24].map(word)
            cr3 = dword(0x1C)
            eip = dword(0x20)
            eflags = dword(0x24)
            general = (0..<8).map { dword(0x28 + 4 * $0) }
            segments = (0..<6).map { word(0x48 + 4 * $0) }
            ldt = word(0x60)
            trap = word(0x64) & 1 != 0
            bitmapBase = word(0x66)
        } else {
            innerPointers = [2, 6, 10].map { UInt32(word($0)) }
            innerStacks = [4, 8, 12].map(word)
            eip = UInt32(word(0x0E))
            eflags = UInt32(word(0x10))
            general = (0..<8).map { UInt32(word(0x12 + 2 * $0)) }
            segments = (0..<4).map { word(0x22 + 2 * $0) } + [0, 0]
            ldt = word(0x2A)
        }
    }

    /// Several lines: registers as the task has them, stacks of the inner rings, links.
    public var text: String {
        let digits = is32 ? 8 : 4
        var lines = ["\(is32 ? "386" : "286") TSS, back link \(HexText.digits(UInt32(backLink), 4))"]
        lines.append(
            (0..<3).map { ring in
                let pointer = HexText.digits(innerPointers[ring], digits)
                return "ring \(ring) \(HexText.digits(UInt32(innerStacks[ring]), 4)):\(pointer)"
            }.joined(separator: "  "))
        lines.append("EIP \(HexText.digits(eip, digits))  EFLAGS \(HexText.digits(eflags, digits))")
        lines.append(
            GeneralRegister.allCases.map { register in
                "\(register.name(is32 ? .dword : .word).uppercased()) "
                    + HexText.digits(general[Int(register.rawValue)], digits)
            }.joined(separator: "  "))
        lines.append(
            SegmentRegister.allCases.map { register in
                "\(register.name.uppercased()) " + HexText.digits(UInt32(segments[Int(register.rawValue)]), 4)
            }.joined(separator: "  ") + "  LDT \(HexText.digits(UInt32(ldt), 4))")
        if is32 {
            lines.append(
                "CR3 \(HexText.digits(cr3, 8))  T \(trap ? 1 : 0)  bitmap \(HexText.digits(UInt32(bitmapBase), 4))")
        }
        return lines.joined(separator: "\n")
    }
}
