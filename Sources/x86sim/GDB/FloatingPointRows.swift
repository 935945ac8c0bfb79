import X86Interp

/// The registers of x87 and SSE as gdb's features `org.gnu.gdb.i386.core` and `org.gnu.gdb.i386.sse` name them.
enum FloatingPointRows {
    /// Without a coprocessor its registers read as zero.
    static let absent: [RegisterRow] =
        (0..<8).map { .shown("st\($0)", bits: 80, type: "i387_ext") { _ in 0 } }
        + ["fctrl", "fstat", "ftag", "fiseg", "fioff", "foseg", "fooff", "fop"].map {
            .shown($0, type: "int") { _ in 0 }
        }

    /// The stack by its distance from the top, and the words: the tag word is the full one.
    static let x87: [RegisterRow] =
        (0..<8 as Range<UInt8>).map { number in
            .wide(
                "st\(number)", type: "i387_ext",
                [part(.stackSignificand(number), bits: 64), part(.stackExponent(number), bits: 16)])
        } + [
            word("fctrl", .control), word("fstat", .status), word("ftag", .tags),
            word("fiseg", .instructionSelector), word("fioff", .instructionOffset),
            word("foseg", .dataSelector), word("fooff", .dataOffset), word("fop", .opcode),
        ]

    /// XMM0 to XMM7, then MXCSR.
    static let sse: [RegisterRow] =
        (0..<8 as Range<UInt8>).map { number in
            .wide(
                "xmm\(number)", type: "vec128",
                [part(.xmmQword(number, 0), bits: 64), part(.xmmQword(number, 1), bits: 64)])
        } + [row("mxcsr", .mxcsr, bits: 32, type: "i386_mxcsr", limit: 16)]

    /// The types of `sse`.
    static let types: String = {
        let vectors =
            [("v4f", "ieee_single", 4), ("v2d", "ieee_double", 2), ("v16i8", "int8", 16)]
            + [("v8i16", "int16", 8), ("v4i32", "int32", 4), ("v2i64", "int64", 2)]
        let fields = [
            ("v4_float", "v4f"), ("v2_double", "v2d"), ("v16_int8", "v16i8"), ("v8_int16", "v8i16"),
            ("v4_int32", "v4i32"), ("v2_int64", "v2i64"), ("uint128", "uint128"),
        ]
        var text = vectors.map { "<vector id=\"\($0)\" type=\"\($1)\" count=\"\($2)\"/>\n" }.joined()
        text += "<union id=\"vec128\">\n"
        text += fields.map { "<field name=\"\($0)\" type=\"\($1)\"/>\n" }.joined() + "</union>\n"
        let flags = FloatException.allCases
        let bits: [(String, Int)] =
            flags.map { ($0.flag, Int($0.rawValue)) } + [("DAZ", 6)] + flags.map { ($0.mask, Int($0.rawValue) + 7) }
            + [("FZ", 15)]
        text += "<flags id=\"i386_mxcsr\" size=\"4\">\n"
        text += bits.map { "<field name=\"\($0)\" start=\"\($1)\" end=\"\($1)\"/>\n" }.joined()
        return text + "</flags>\n"
    }()

    private static func word(_ name: String, _ word: RegisterReference.X87Word) -> RegisterRow {
        row(name, .x87(word), bits: 32, type: "int", limit: word.bits)
    }

    private static func part(_ register: RegisterReference, bits: Int) -> RegisterRow {
        row("", register, bits: bits, type: "uint\(bits)", limit: bits)
    }

    /// A row for a register that has `limit` bits.
    private static func row(
        _ name: String, _ register: RegisterReference, bits: Int, type: String, limit: Int
    ) -> RegisterRow {
        RegisterRow(name, bits: bits, type: type) {
            $0.value(of: register)
        } _: { state, value, _ throws(RegisterRefusal) in
            guard limit >= 64 || value >> UInt64(limit) == 0 else {
                throw RegisterRefusal(message: "\(name) has \(limit) bits")
            }
            state.setValue(value, of: register)
        }
    }
}
