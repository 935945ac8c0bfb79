@testable import X86Interp

extension Case {
    /// An example of SSE, which wants CR4.OSFXSR.
    static func sse(
        _ bytes: String, _ text: String, _ given: String = "", _ expect: String = "", in mode: Mode = .real
    ) -> Case {
        Case(bytes, text, "cr4=600 " + given, expect, in: mode)
    }
}

/// Examples of operations on two vectors, whose rows are alike.
protocol VectorCases {}

extension VectorCases {
    /// An operation that MMX has (`0F` and the opcode) and SSE2 (behind 66), with registers and with memory.
    ///
    /// Vectors have 32 digits. MMX gets their low halves, and makes the low half of the result of them, or `mmx`.
    static func packed(
        _ opcode: String, _ name: String, _ a: String, _ b: String, _ result: String, mmx: String? = nil
    ) -> [Case] {
        let (low, source, half) = (a.suffix(16), b.suffix(16), mmx ?? String(result.suffix(16)))
        let isLow = name.hasPrefix("punpckl")
        return [
            Case("0F \(opcode) CA", "\(name) mm1,mm2", "mm1=\(low) mm2=\(source)", "mm1=\(half)"),
            Case(
                "0F \(opcode) 0F", "\(name) mm1,[bx]",
                "bx=10 mm1=\(low) ds:0010=\(isLow ? source.suffix(8) : source)", "mm1=\(half)"),
        ] + sse("66 0F \(opcode)", name, 16, a, b, result)
    }

    /// An operation of SSE with registers, and with so many bytes of memory; `extra` tells what else changes.
    static func sse(
        _ opcode: String, _ name: String, _ size: Int, _ a: String, _ b: String, _ result: String,
        _ extra: String = "", immediate: String = ""
    ) -> [Case] {
        let low = b.suffix(min(size, 8) * 2)
        let memory = "ds:0010=\(low)" + (size == 16 ? " ds:0018=\(b.prefix(16))" : "")
        let number = immediate.isEmpty ? "" : ",\(immediate)"
        let expect = "xmm1=\(result) \(extra)"
        return [
            .sse("\(opcode) CA \(immediate)", "\(name) xmm1,xmm2\(number)", "xmm1=\(a) xmm2=\(b)", expect),
            .sse("\(opcode) 0F \(immediate)", "\(name) xmm1,[bx]\(number)", "bx=10 xmm1=\(a) \(memory)", expect),
        ]
    }
}
