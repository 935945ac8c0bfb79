extension Encoding {
    /// Every row, by family.
    public static let all: [Encoding] =
        dataTransfer + arithmetic + logic + shiftRotate + bitOperations + decimal + controlFlow + stack + strings
        + portIO + interrupts + system
}

/// The rows of one generation, indexed by opcode and extension.
public struct OpcodeMap: Sendable {
    /// Index into `Encoding.all` plus one by map (0 one-byte, 1 two-byte), opcode and ModRM.reg; 0 is no row.
    private let rows: [UInt16]

    // Each map is built once, when somebody first wants it: a program that runs one processor starts with one.
    private static let i8086 = OpcodeMap(.i8086)
    private static let i80186 = OpcodeMap(.i80186)
    private static let i80286 = OpcodeMap(.i80286)
    private static let i80386 = OpcodeMap(.i80386)
    private static let i486 = OpcodeMap(.i486)
    private static let pentium = OpcodeMap(.pentium)
    private static let p6 = OpcodeMap(.p6)

    /// The map of a generation, built once.
    static func of(_ generation: Generation) -> OpcodeMap {
        switch generation {
        case .i8086: i8086
        case .i80186: i80186
        case .i80286: i80286
        case .i80386: i80386
        case .i486: i486
        case .pentium: pentium
        case .p6: p6
        }
    }

    /// The map of a generation.
    public init(_ generation: Generation) {
        var rows = [UInt16](repeating: 0, count: 2 * 256 * 8)
        for (index, row) in Encoding.all.enumerated() where row.since <= generation && generation <= row.until {
            let start = Int(row.opcode & 0xFF) + (row.opcode >= 0x0F00 ? 256 : 0)
            for opcode in start..<start + Int(row.count) {
                for reg in 0..<8 where row.ext == nil || Int(row.ext ?? 0) == reg {
                    guard rows[opcode * 8 + reg] == 0 else { fatalError("\(row.name) overlaps another row") }
                    rows[opcode * 8 + reg] = UInt16(index + 1)
                }
            }
        }
        self.rows = rows
    }

    /// Whether an opcode has rows for some values of ModRM.reg.
    func isGroup(opcode: UInt16) -> Bool { anyRow(opcode: opcode) != nil }

    /// The first row of a group.
    func anyRow(opcode: UInt16) -> Int? {
        for reg in UInt8(0)..<8 {
            if let row = row(opcode: opcode, reg: reg) { return row }
        }
        return nil
    }

    /// The index into `Encoding.all` of the row for an opcode (`0x0Fxx` in the two-byte map), or nil.
    @inline(__always)
    public func row(opcode: UInt16, reg: UInt8) -> Int? {
        let map = opcode >= 0x0F00 ? 256 : 0
        let value = rows[(Int(opcode & 0xFF) + map) * 8 + Int(reg & 7)]
        return value == 0 ? nil : Int(value) - 1
    }
}
