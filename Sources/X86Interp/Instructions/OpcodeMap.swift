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

    /// The map of each generation, oldest first: built once.
    static let all: [OpcodeMap] = Generation.allCases.map { OpcodeMap($0) }

    /// The map of a generation.
    public init(_ generation: Generation) {
        var rows = [UInt16](repeating: 0, count: 2 * 256 * 8)
        for (index, row) in Encoding.all.enumerated() where row.since <= generation && generation <= row.until {
            let start = Int(row.opcode & 0xFF) + (row.opcode >= 0x0F00 ? 256 : 0)
            for opcode in start..<start + Int(row.count) {
                for reg in 0..<8 where row.ext == nil || Int(row.ext ?? 0) == reg {
                    precondition(rows[opcode * 8 + reg] == 0, "\(row.name) overlaps another row")
                    rows[opcode * 8 + reg] = UInt16(index + 1)
                }
            }
        }
        self.rows = rows
    }

    /// Whether an opcode has rows for some values of ModRM.reg.
    func isGroup(opcode: UInt16) -> Bool { (0..<8).contains { row(opcode: opcode, reg: $0) != nil } }

    /// The index into `Encoding.all` of the row for an opcode (`0x0Fxx` in the two-byte map), or nil.
    @inline(__always)
    public func row(opcode: UInt16, reg: UInt8) -> Int? {
        let map = opcode >= 0x0F00 ? 256 : 0
        let value = rows[(Int(opcode & 0xFF) + map) * 8 + Int(reg & 7)]
        return value == 0 ? nil : Int(value) - 1
    }
}
