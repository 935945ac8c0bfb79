import Devices
import TestSupport

@testable import X86Interp

/// A guest of random bytes: a blob, where it lies, and the processor's state at its start, all from one number.
///
/// Even numbers are bytes of any value in the memory of a fresh machine. Odd ones are valid instructions of the model,
/// with accesses to the board's ports among them and handlers for each vector, so that a guest gets further.
struct RandomGuest {
    /// Which guest.
    let number: Int
    /// The processor, each model in turn.
    let model: CPUModel
    /// The blob.
    let bytes: [UInt8]
    /// Where the blob lies.
    let address: UInt32
    /// The processor's state at the start.
    let state: CPUState
    /// Interrupt vectors, and behind them descriptors; at address 0.
    let tables: [UInt8]
    /// Whether the processor starts in protected or virtual-8086 mode, with tables of all kinds.
    let isProtected: Bool

    /// RAM of the machine: more than 1 MiB, so that A20 and big segments matter.
    static let ramSize = 2 << 20
    private static let claims = DeviceCatalog.rows.flatMap(\.claims)
    private static let descriptorTable: UInt32 = 0x800

    /// The guest with a number.
    init(number: Int, size: Int) {
        var random = SeededGenerator(seed: UInt64(number) &* 7919 &+ 1)
        let model = CPUModel.all[number % CPUModel.all.count]
        let isFlat = model.is32Bit && Int.random(in: 0..<3, using: &random) == 0
        let isNoise = number % 2 == 0
        let address = UInt32.random(in: 0x100...0xF000, using: &random) << 4
        self.number = number
        self.model = model
        self.address = address
        isProtected = false
        bytes = isNoise ? Self.noise(size, &random) : Self.program(size, InstructionParser(model), isFlat, &random)
        state = Self.start(model, address, size, isFlat: isFlat, &random)
        tables =
            isNoise && Bool.random(using: &random)
            ? [] : Self.tables(address, UInt32(size), isFlat: isFlat, &random)
    }

    /// The guest with a number in protected or virtual-8086 mode, at any privilege level; see `RandomProtection`.
    init(protected number: Int, size: Int) {
        var random = SeededGenerator(seed: UInt64(number) &* 104_729 &+ 5)
        let models = CPUModel.all.filter { $0.generation >= .i80286 }
        let model = models[number % models.count]
        let address = UInt32.random(in: 0x2000...0x8000, using: &random) << 4
        var scene = RandomProtection(model: model, code: address, size: UInt32(size), random: random)
        self.number = number
        self.model = model
        self.address = address
        isProtected = true
        state = scene.makeState()
        tables = scene.tables
        let code32 = state.segments.cs.access.contains(.big)
        bytes =
            Int.random(in: 0..<3, using: &random) == 0
            ? Self.noise(size, &random) : Self.program(size, InstructionParser(model), code32, &random)
    }

    /// Every model, those before the i486 without an x87 and with each that fits them.
    static let floatingPointModels = CPUModel.all.flatMap { model in
        X87Model.allCases.filter(model.accepts).map(model.with)
    }

    /// The guest with a number, most of whose instructions are those of the x87, MMX and SSE; some have such opcodes
    /// between bytes of any value.
    init(floatingPoint number: Int, size: Int) {
        var random = SeededGenerator(seed: UInt64(number) &* 86_028_121 &+ 3)
        let models = Self.floatingPointModels
        let model = models[number % models.count]
        let isFlat = model.is32Bit && Bool.random(using: &random)
        let address = UInt32.random(in: 0x100...0xF000, using: &random) << 4
        self.number = number
        self.model = model
        self.address = address
        isProtected = false
        bytes =
            Int.random(in: 0..<4, using: &random) == 0
            ? Self.escapes(size, &random)
            : Self.program(size, InstructionParser(model), isFlat, isFloatingPoint: true, &random)
        var state = Self.start(model, address, size, isFlat: isFlat, &random)
        // Most of them may use it: no exceptions, neither EM nor TS, OSFXSR.
        let any = UInt16(truncatingIfNeeded: random.next())
        state.x87.load(control: any & 3 == 0 ? any >> 2 : any >> 2 | 0x3F)
        if Int.random(in: 0..<4, using: &random) == 0 { state.cr0 |= UInt32(random.next() & 0xE) }
        if model.generation >= .i80386, Int.random(in: 0..<4, using: &random) != 0 {
            state.cr0 |= ControlBits.numericError
        }
        if Int.random(in: 0..<4, using: &random) != 0 {
            state.cr4 = model.controlBits4 & (ControlBits.osfxsr | ControlBits.osxmmexcpt)
        }
        self.state = state
        tables = Self.tables(address, UInt32(size), isFlat: isFlat, &random)
    }

    /// Bytes of any value, half of them opcodes of the x87 or the first byte of the two-byte map.
    private static func escapes(_ count: Int, _ random: inout SeededGenerator) -> [UInt8] {
        noise(count, &random).map { byte in
            switch random.next() & 7 {
            case 0...2: 0xD8 | byte & 7
            case 3: 0x0F
            default: byte
            }
        }
    }

    static func little(_ value: UInt32, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt32(8 * $0)) }
    }

    /// Bytes of any value.
    static func noise(_ count: Int, _ random: inout SeededGenerator) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, written in
            for n in 0..<count { buffer[n] = UInt8(truncatingIfNeeded: random.next() >> 29) }
            written = count
        }
    }

    // MARK: Valid instructions

    /// Instructions for the whole size: a few kilobytes, over and over.
    private static func program(
        _ size: Int, _ parser: InstructionParser, _ code32: Bool, isFloatingPoint: Bool = false,
        _ random: inout SeededGenerator
    ) -> [UInt8] {
        let all = parser.map.rowNumbers
        let ours =
            isFloatingPoint
            ? all.filter { Encoding.all[$0].operation.isX87 || Encoding.all[$0].operation.isVector } : []
        let unit = min(size, 8192)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(unit + 32)
        while bytes.count < unit {
            let isOther = ours.isEmpty || Int.random(in: 0..<8, using: &random) == 0
            let rows = isOther ? all : ours
            let row = Encoding.all[rows[Int.random(in: rows.indices, using: &random)]]
            bytes +=
                Int.random(in: 0..<8, using: &random) == 0
                ? portAccess(&random) : instruction(row, parser, code32, &random)
        }
        bytes.removeLast(bytes.count - unit)
        return [[UInt8]](repeating: bytes, count: size / unit).flatMap { $0 }
    }

    /// One instruction of a row, with random prefixes, operands and immediates.
    private static func instruction(
        _ row: Encoding, _ parser: InstructionParser, _ code32: Bool, _ random: inout SeededGenerator
    ) -> [UInt8] {
        let prefixes: [UInt8] = [0x26, 0x2E, 0x36, 0x3E, 0x64, 0x65, 0x66, 0x67, 0xF0, 0xF2, 0xF3]
        var bytes: [UInt8] = []
        while Int.random(in: 0..<4, using: &random) == 0 {
            bytes.append(prefixes[Int.random(in: prefixes.indices, using: &random)])
        }
        bytes += row.prefix.bytes
        if row.opcode >= 0x0F00 { bytes.append(0x0F) }
        bytes.append(UInt8(truncatingIfNeeded: row.opcode &+ UInt16.random(in: 0..<row.count, using: &random)))
        if row.hasModRM {
            var modRM = UInt8.random(in: 0...255, using: &random)
            if let ext = row.ext { modRM = modRM & 0xC7 | ext << 3 }
            if let rm = row.rm { modRM = modRM & 0xF8 | rm }
            if row.mod == .register { modRM |= 0xC0 }
            if row.mod == .memory, modRM >= 0xC0 { modRM &= 0x7F }
            bytes.append(modRM)
        }
        bytes += noise(16, &random)
        let length = bytes.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.flatMap { try? parser.parse($0, count: buffer.count, code32: code32).length }
        }
        return Array(bytes.prefix(length ?? 1))
    }

    /// MOV DX to a port of the board, MOV CX to a small count, and IN, OUT, INS or OUTS, repeated or not.
    private static func portAccess(_ random: inout SeededGenerator) -> [UInt8] {
        let ports = claims[Int.random(in: claims.indices, using: &random)].ports
        let port = UInt16.random(in: ports, using: &random)
        let accesses: [UInt8] = [0xEC, 0xED, 0xEE, 0xEF, 0x6C, 0x6D, 0x6E, 0x6F]
        let access = accesses[Int.random(in: accesses.indices, using: &random)]
        let repeated: [UInt8] = access < 0x70 && Bool.random(using: &random) ? [0xF3] : []
        return [0xBA] + little(UInt32(port), 2) + [0xB9] + little(UInt32.random(in: 0..<40, using: &random), 2)
            + repeated + [access]
    }

    // MARK: State

    /// Vectors that lead to random places of the blob; for flat guests gates, and behind them their segments.
    private static func tables(
        _ address: UInt32, _ size: UInt32, isFlat: Bool, _ random: inout SeededGenerator
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<256 {
            let offset = UInt32.random(in: 0..<size - 1, using: &random)
            guard isFlat else {
                bytes += little(offset, 2) + little(address >> 4, 2)
                continue
            }
            let target = address + offset
            let type: UInt32 = Bool.random(using: &random) ? 0x8E00 : 0x8F00
            bytes += little(8 << 16 | target & 0xFFFF, 4) + little(target & 0xFFFF_0000 | type, 4)
        }
        guard isFlat else { return bytes }
        // Null, flat code and data, 16-bit code and data, expand-down data, an LDT, a task.
        let highs: [UInt32] = [
            0, 0xCF_9A00, 0xCF_9200, 0x00_9A00, 0x00_9200, 0x40_9600, 0x00_8200, 0x00_8900,
        ]
        for high in highs { bytes += little(high == 0 ? 0 : 0xFFFF, 4) + little(high, 4) }
        return bytes
    }

    private static func start(
        _ model: CPUModel, _ address: UInt32, _ size: Int, isFlat: Bool, _ random: inout SeededGenerator
    ) -> CPUState {
        var state = CPUState()
        for register in GeneralRegister.allCases { state.gpr[register] = number(&random) }
        state.eflags = model.fixedFlags.union(
            EFLAGS(rawValue: UInt32.random(in: 0...0xFFFF, using: &random))
                .intersection(model.writableFlags.subtracting(.iopl)))
        state.eip = UInt32.random(in: 0..<UInt32(size), using: &random)
        if Bool.random(using: &random) {
            state.cr4 = model.controlBits4 & (ControlBits.osfxsr | ControlBits.osxmmexcpt)
        }
        state.idtr.limit = 0x3FF
        if isFlat {
            state.cr0 = 1
            state.enterFlatMode()
            state.eip += address
            state.idtr.limit = 0x7FF
            state.gdtr = TableRegister(base: descriptorTable, limit: 0x3F)
            state.gpr.esp &= 0x1F_FFFF
        } else {
            for register in SegmentRegister.allCases {
                state.segments[register] = Segment(realMode: UInt16.random(in: 0...0xFFFF, using: &random))
            }
            state.segments.cs = Segment(realMode: UInt16(truncatingIfNeeded: address >> 4))
            if Bool.random(using: &random) { state.segments.ss = Segment(realMode: 0x8000) }
        }
        return state
    }

    /// Registers are small, at an edge, or anything.
    static func number(_ random: inout SeededGenerator) -> UInt32 {
        let any = UInt32(truncatingIfNeeded: random.next())
        switch Int.random(in: 0..<4, using: &random) {
        case 0: return any & 0xFF
        case 1: return any & 0xFFFF
        case 2: return UInt32.max << (any & 31)
        default: return any
        }
    }
}
