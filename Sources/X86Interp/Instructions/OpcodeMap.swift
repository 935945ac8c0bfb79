extension Encoding {
    /// Every row, by family.
    public static let all: [Encoding] =
        dataTransfer + arithmetic + logic + shiftRotate + bitOperations + decimal + controlFlow + stack + strings
        + portIO + interrupts + system + x87 + simd
}

/// The rows of one model, indexed by opcode, ModRM and prefix.
public struct OpcodeMap: Sendable, Equatable {
    /// By map (0 one-byte, 1 two-byte), opcode and ModRM.reg: 0 is no row, else the index into `Encoding.all` plus one, or
    /// `refined` and the number of a group.
    private var rows = [UInt16](repeating: 0, count: 2 * 256 * 8)
    /// Eight rows a group: by prefix, and by whether ModRM.rm is a register.
    private var groups: [UInt16] = []
    /// The rows of ESC with a register, by the opcode's low three bits and all of ModRM below mod.
    private var escapes = [UInt16](repeating: 0, count: 8 * 64)
    private static let refined: UInt16 = 0x8000

    // Each map is built once, when somebody first wants it: a program that runs one processor starts with one.
    private static let i8086 = OpcodeMap(CPUModel.all[0])
    private static let i80186 = OpcodeMap(CPUModel.all[1])
    private static let i80286 = OpcodeMap(CPUModel.all[2])
    private static let i80386 = OpcodeMap(CPUModel.all[3])
    private static let i486 = OpcodeMap(CPUModel.all[4])
    private static let pentium = OpcodeMap(CPUModel.all[5])
    private static let pentiumMMX = OpcodeMap(CPUModel.all[6])
    private static let p6 = OpcodeMap(CPUModel.all[7])
    private static let pentium2 = OpcodeMap(CPUModel.all[8])
    private static let pentium3 = OpcodeMap(CPUModel.all[9])
    private static let pentium4 = OpcodeMap(CPUModel.all[10])

    /// The map of a model, built once for each in `CPUModel.all`.
    public static func of(_ model: CPUModel) -> OpcodeMap {
        switch CPUModel.all.firstIndex(where: { $0.hasRows(of: model) }) {
        case 0: i8086
        case 1: i80186
        case 2: i80286
        case 3: i80386
        case 4: i486
        case 5: pentium
        case 6: pentiumMMX
        case 7: p6
        case 8: pentium2
        case 9: pentium3
        case 10: pentium4
        default: OpcodeMap(model)
        }
    }

    /// The map of a model.
    public init(_ model: CPUModel) {
        let rows = Encoding.all.enumerated().filter { _, row in
            row.since <= model.generation && model.generation <= row.until && model.has(row.needs)
        }
        // What stands in for others comes last.
        let ordered = rows.filter { $1.needs != .otherChip } + rows.filter { $1.needs == .otherChip }
        for (index, row) in ordered {
            let start = Int(row.opcode & 0xFF) + (row.opcode >= 0x0F00 ? 256 : 0)
            for opcode in start..<start + Int(row.count) {
                for reg in 0..<8 where row.ext == nil || Int(row.ext ?? 0) == reg {
                    enter(row, UInt16(index + 1), opcode: opcode, reg: reg)
                }
            }
        }
    }

    private mutating func enter(_ row: Encoding, _ value: UInt16, opcode: Int, reg: Int) {
        let slot = opcode * 8 + reg
        let isEscape = Encoding.escapes.contains(UInt16(opcode))
        if isEscape, row.mod != .memory {
            for rm in 0..<8 where row.rm == nil || Int(row.rm ?? 0) == rm {
                put(value, row, into: &escapes[(opcode & 7) * 64 + reg * 8 + rm])
            }
        }
        if row.mod == .any && row.prefix == .any || isEscape {
            if !isEscape || row.mod != .register { put(value, row, into: &rows[slot]) }
            return
        }
        if rows[slot] == 0 {
            rows[slot] = Self.refined | UInt16(groups.count / 8)
            groups.append(contentsOf: repeatElement(0, count: 8))
        }
        guard rows[slot] & Self.refined != 0 else { fatalError("\(row.name) overlaps another row") }
        let group = Int(rows[slot] & ~Self.refined) * 8
        for prefix in 0..<4 where row.prefix == .any || Int(row.prefix.rawValue) == prefix {
            if row.mod != .register { put(value, row, into: &groups[group + prefix * 2]) }
            if row.mod != .memory { put(value, row, into: &groups[group + prefix * 2 + 1]) }
        }
    }

    private func put(_ value: UInt16, _ row: Encoding, into slot: inout UInt16) {
        guard slot == 0 || row.needs == .otherChip else { fatalError("\(row.name) overlaps another row") }
        if slot == 0 { slot = value }
    }

    /// Whether a ModRM byte follows the opcode.
    @inline(__always)
    func hasModRM(opcode: UInt16, _ encodings: [Encoding]) -> Bool {
        let value = rows[slot(opcode, 0)]
        return value == 0 || value & Self.refined != 0
            ? anyRow(opcode: opcode).map { encodings[$0].hasModRM } ?? false : encodings[Int(value) - 1].hasModRM
    }

    /// Whether 0F is an opcode of its own, not the way to the two-byte map.
    @inline(__always)
    var hasOneByteMap: Bool { rows[slot(0x0F, 0)] != 0 }

    /// The first row of a group.
    func anyRow(opcode: UInt16) -> Int? {
        for reg in 0..<8 {
            let value = rows[slot(opcode, UInt8(reg))]
            if value & Self.refined != 0 {
                let group = Int(value & ~Self.refined) * 8
                if let first = groups[group..<group + 8].first(where: { $0 != 0 }) { return Int(first) - 1 }
            } else if value != 0 {
                return Int(value) - 1
            }
        }
        return nil
    }

    /// The rows that the model has, by their indices into `Encoding.all`.
    var rowNumbers: [Int] {
        let present = Set(rows).union(groups).union(escapes)
        return Encoding.all.indices.filter { present.contains(UInt16($0 + 1)) }
    }

    @inline(__always)
    private func slot(_ opcode: UInt16, _ reg: UInt8) -> Int {
        (Int(opcode & 0xFF) + (opcode >= 0x0F00 ? 256 : 0)) * 8 + Int(reg & 7)
    }

    /// The index into `Encoding.all` of the row for an opcode (`0x0Fxx` in the two-byte map), or nil.
    @inline(__always)
    public func row(opcode: UInt16, modRM: UInt8, prefix: MandatoryPrefix = .none) -> Int? {
        var value = rows[slot(opcode, modRM >> 3)]
        if value & Self.refined != 0 {
            value = groups[Int(value & ~Self.refined) * 8 + Int(prefix.rawValue & 3) * 2 + (modRM >= 0xC0 ? 1 : 0)]
        } else if modRM >= 0xC0, Encoding.escapes.contains(opcode) {
            value = escapes[Int(opcode & 7) * 64 + Int(modRM & 63)]
        }
        return value == 0 ? nil : Int(value) - 1
    }
}
