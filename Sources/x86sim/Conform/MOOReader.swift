/// Reads MOO 1.1: chunks of four letters, a length and contents, little-endian; unknown chunks are skipped.
///
/// Several files may stand one behind the other, each from its `MOO ` chunk on; a `FILE` chunk then gives the
/// name that the file had. The layout is that of the SingleStepTests suites; `ORCL`, `FXSA`, `FSWM` and `RAMM`
/// are the silicon set's own chunks.
enum MOOReader {
    private static let header = ChunkID("MOO ")
    private static let meta = ChunkID("META")
    private static let file = ChunkID("FILE")
    private static let oracle = ChunkID("ORCL")
    private static let test = ChunkID("TEST")
    private static let name = ChunkID("NAME")
    private static let bytes = ChunkID("BYTS")
    private static let initial = ChunkID("INIT")
    private static let final = ChunkID("FINA")
    private static let exception = ChunkID("EXCP")
    private static let hash = ChunkID("HASH")
    private static let registers16 = ChunkID("REGS")
    private static let registers32 = ChunkID("RG32")
    private static let masks16 = ChunkID("RMSK")
    private static let masks32 = ChunkID("RM32")
    private static let memory = ChunkID("RAM ")
    private static let memoryMasks = ChunkID("RAMM")
    private static let fpu = ChunkID("FXSA")
    private static let statusWordMask = ChunkID("FSWM")

    /// The files in `contents`; `name` is that of the whole.
    ///
    /// - Throws: `MOOError` if the contents are no MOO file or are damaged.
    static func read(_ contents: [UInt8], name: String) throws(MOOError) -> [MOOFile] {
        guard contents.starts(with: "MOO ".utf8) else {
            throw MOOError("this is no MOO file: it does not start with MOO")
        }
        var reader = ByteReader(contents)
        var files: [MOOFile] = []
        var announced: UInt32 = 0
        while let (id, chunk) = try reader.chunk() {
            var body = chunk
            if id == header {
                try check(files.last, announced)
                var file = MOOFile(name: name)
                announced = try readHeader(&body, &file)
                files.append(file)
                continue
            }
            try read(id, &body, &files[files.count - 1])
        }
        try check(files.last, announced)
        return files
    }

    private static func check(_ file: MOOFile?, _ announced: UInt32) throws(MOOError) {
        guard let file, file.tests.count != announced else { return }
        throw MOOError("the header announces \(announced) tests, \(file.tests.count) are there")
    }

    private static func readHeader(_ body: inout ByteReader, _ file: inout MOOFile) throws(MOOError) -> UInt32 {
        let major = try body.byte("the version")
        let minor = try body.byte("the version")
        guard major == 1 else { throw MOOError("MOO version \(major).\(minor) is unknown; 1.x is read") }
        _ = try body.word("the header")
        let count = try body.dword("the number of tests")
        file.cpu = try text(body.take(4, "the CPU's name"))
        return count
    }

    private static func read(_ id: ChunkID, _ body: inout ByteReader, _ file: inout MOOFile) throws(MOOError) {
        switch id {
        case meta:
            _ = try body.take(7, "META")
            file.mnemonic = try text(body.take(8, "META"))
        case Self.file: file.name = try lengthPrefixedText(&body, "a file's name")
        case oracle: file.oracle = try readOracle(&body)
        case masks16: file.masks = try readRegisters(&body, wide: false)
        case masks32: file.masks = try readRegisters(&body, wide: true)
        case test: file.tests.append(try readTest(&body, &file.isWide))
        default: break
        }
    }

    private static func readOracle(_ body: inout ByteReader) throws(MOOError) -> OracleInfo {
        var info = OracleInfo()
        let version = try body.dword("ORCL")
        guard version == 1 else { throw MOOError("ORCL version \(version) is unknown; 1 is read") }
        info.flags = try body.dword("ORCL")
        info.codeBits = try body.dword("ORCL")
        guard info.codeBits == 16 || info.codeBits == 32 else {
            throw MOOError("ORCL names a code segment of \(info.codeBits) bits; 16 and 32 exist")
        }
        for _ in 0..<(try body.dword("ORCL")) {
            let selector = try body.word("ORCL's segments")
            let kind = try body.word("ORCL's segments")
            let base = try body.dword("ORCL's segments")
            let limit = try body.dword("ORCL's segments")
            info.segments[selector] = OracleSegment(kind: kind, base: base, limit: limit)
        }
        if body.remaining > 0 { info.processor = try lengthPrefixedText(&body, "ORCL's processor") }
        return info
    }

    private static func readTest(_ body: inout ByteReader, _ isWide: inout Bool) throws(MOOError) -> MOOTest {
        var result = MOOTest()
        var found = (initial: false, final: false)
        result.index = try body.dword("a test's index")
        while let (id, chunk) = try body.chunk() {
            var part = chunk
            switch id {
            case name: result.name = try lengthPrefixedText(&part, "a test's name")
            case bytes: result.bytes = try part.take(Int(part.dword("BYTS")), "an instruction's bytes")
            case initial:
                result.initial = try readState(&part, &isWide)
                found.initial = true
            case final:
                result.final = try readState(&part, &isWide)
                found.final = true
            case exception:
                let number = try part.byte("EXCP")
                let flagAddress = try part.dword("EXCP")
                let errorCode = part.remaining >= 4 ? try part.dword("EXCP") : nil
                result.exception = VectorException(number: number, flagAddress: flagAddress, errorCode: errorCode)
            case hash: result.hash = try part.take(part.remaining, "HASH").map { $0.hex.lowercased() }.joined()
            default: break
            }
        }
        guard found.initial, found.final, !result.bytes.isEmpty else {
            throw MOOError("test \(result.index) lacks INIT, FINA or BYTS")
        }
        return result
    }

    private static func readState(_ body: inout ByteReader, _ isWide: inout Bool) throws(MOOError) -> VectorState {
        var state = VectorState()
        while let (id, chunk) = try body.chunk() {
            var part = chunk
            switch id {
            case registers16: state.registers = try readRegisters(&part, wide: false)
            case registers32:
                state.registers = try readRegisters(&part, wide: true)
                isWide = true
            case masks16: state.masks = try readRegisters(&part, wide: false)
            case masks32: state.masks = try readRegisters(&part, wide: true)
            case memory: state.memory = try readMemory(&part)
            case memoryMasks: state.memoryMasks = try readMemory(&part)
            case fpu: state.fpu = try part.take(512, "FXSA")
            case statusWordMask: state.statusWordMask = try part.word("FSWM")
            default: break
            }
        }
        return state
    }

    private static func readRegisters(_ body: inout ByteReader, wide: Bool) throws(MOOError) -> RegisterValues {
        var values = RegisterValues()
        let present = wide ? try body.dword("registers") : UInt32(try body.word("registers"))
        for (bit, register) in (wide ? VectorRegister.order32 : VectorRegister.order16).enumerated()
        where present >> UInt32(bit) & 1 == 1 {
            values[register] = wide ? try body.dword("registers") : UInt32(try body.word("registers"))
        }
        return values
    }

    private static func readMemory(_ body: inout ByteReader) throws(MOOError) -> [MemoryByte] {
        let count = Int(try body.dword("memory"))
        guard count <= body.remaining / 5 else { throw MOOError("a list of \(count) memory bytes is cut short") }
        var bytes: [MemoryByte] = []
        bytes.reserveCapacity(count)
        for _ in 0..<count {
            bytes.append(MemoryByte(address: try body.dword("memory"), value: try body.byte("memory")))
        }
        return bytes
    }

    private static func lengthPrefixedText(_ body: inout ByteReader, _ what: StaticString) throws(MOOError) -> String {
        try text(body.take(Int(body.dword(what)), what))
    }

    /// Printable ASCII without spaces at the ends; `?` for all else, so that messages stay one line.
    private static func text(_ bytes: [UInt8]) -> String {
        let letters = bytes.map { (0x20..<0x7F).contains($0) ? Character(Unicode.Scalar($0)) : "?" }
        return String(String(letters).trimmed)
    }
}

extension String {
    /// The text without spaces at its ends.
    fileprivate var trimmed: Substring {
        let start = drop { $0 == " " }
        let trailing = start.reversed().prefix { $0 == " " }.count
        return start.dropLast(trailing)
    }
}
