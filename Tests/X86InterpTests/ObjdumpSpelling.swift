import X86Interp

/// One instruction as this project and GNU objdump disassemble it.
struct ObjdumpComparison {
    let syntax: Disassembler.Syntax
    let ours: DisassembledInstruction
    /// The bytes from the instruction's first on.
    let window: [UInt8]
    let objdumpLength: Int
    let objdumpText: String
}

/// How the two compare.
enum ObjdumpAgreement: Hashable {
    /// Not in the opcode table; whatever objdump says.
    case undecoded
    /// Same length and same text to the letter.
    case literal
    /// The same after a rule of spelling.
    case rule(String)
    /// The same length; the text is of a later chip's instruction.
    case lengthOnly(String)
    /// No agreement can be asked for.
    case excluded(String)
    case differs
}

extension ObjdumpComparison {
    private var opcode: UInt16 {
        let code = ours.bytes.drop(while: Self.prefixes.contains)
        guard let first = code.first else { return 0 }
        return first == 0x0F ? 0x0F00 | UInt16(code.dropFirst().first ?? 0) : UInt16(first)
    }
    private var prefixBytes: ArraySlice<UInt8> { ours.bytes.prefix(while: Self.prefixes.contains) }
    private var hasRepeat: Bool { prefixBytes.contains(0xF2) || prefixBytes.contains(0xF3) }
    private static let prefixes: [UInt8] = [
        0x26, 0x2E, 0x36, 0x3E, 0x64, 0x65, 0x66, 0x67, 0xF0, 0xF2, 0xF3,
    ]

    /// Every rule of the article Disassembly, in its order.
    var agreement: ObjdumpAgreement {
        guard ours.encoding != nil else { return .undecoded }
        if let reason = exclusion { return .excluded(reason) }
        guard ours.length == objdumpLength else { return .differs }
        if ours.text == objdumpText { return .literal }
        if let reason = laterMeaning { return .lengthOnly(reason) }
        for rule in Self.rules where rule.applies(self) {
            if rule.rewrite(ours.text) == rule.rewrite(objdumpText) { return .rule(rule.name) }
        }
        return .differs
    }

    /// Bytes that are another instruction, or none, to objdump.
    private var exclusion: String? {
        let next = window.dropFirst(ours.length).first ?? 0
        // Behind prefixes, too, which it then counts to WAIT.
        if opcode == 0x9B && ((0xD8...0xDF).contains(next) || Self.prefixes.contains(next)) {
            return "WAIT and ESC are one line to objdump"
        }
        if (opcode == 0x0FBC || opcode == 0x0FBD) && objdumpText.hasSuffix("(bad)") {
            return "F2 BSF and F2 BSR are (bad) to objdump"
        }
        if opcode == 0x0F1A || opcode == 0x0F1B { return "MPX lives in the reserved NOPs 0F 1A and 0F 1B" }
        return nil
    }

    /// Bytes of the same length that a later chip gave a name.
    private var laterMeaning: String? {
        switch opcode {
        case 0xD8...0xDF: objdumpText.hasSuffix("(bad)") ? "aliases of the x87 are (bad) to objdump" : nil
        case 0xD6: objdumpText.hasSuffix("(bad)") ? "SALC is (bad) to objdump" : nil
        case 0x0F18, 0x0F1C, 0x0F1E: "later chips' hints in the reserved NOPs 0F 18, 0F 1C, 0F 1E"
        case 0x0F09: prefixBytes.isEmpty ? nil : "WBNOINVD and (bad) with prefixes on WBINVD"
        default: nil
        }
    }

    /// A spelling that differs, and what makes both sides equal.
    private struct Rule: Sendable {
        let name: String
        let applies: @Sendable (ObjdumpComparison) -> Bool
        let rewrite: @Sendable (String) -> String
    }

    private static let rules: [Rule] = [
        Rule(name: "BND, XACQUIRE, XRELEASE are names of F2, F2, F3") {
            $0.hasRepeat
        } rewrite: {
            $0.replacingWords(["bnd": "repnz", "xacquire": "repnz", "xrelease": "repz"])
        },
        Rule(name: "TZCNT, LZCNT are F3 BSF, BSR") {
            $0.opcode == 0x0FBC || $0.opcode == 0x0FBD
        } rewrite: {
            $0.replacingWords(["tzcnt": "bsf", "lzcnt": "bsr", "repz": "", "repnz": ""])
        },
        Rule(name: "NOTRACK is 3E before an indirect branch") {
            $0.opcode == 0xFF && $0.objdumpText.contains("notrack")
        } rewrite: { text in
            let segments = ["es", "cs", "ss", "ds", "fs", "gs"]
            var words = ["notrack": "", "bnd": "repnz"]
            for segment in segments { words[segment] = "" }
            var text = text.replacingWords(words)
            for segment in segments { text = text.removing("%\(segment):").removing("\(segment):") }
            return text
        },
        Rule(name: "CR8 and up are LOCK MOV CR0 and up") {
            $0.opcode == 0x0F20 || $0.opcode == 0x0F22
        } rewrite: {
            var text = $0.replacingWords(["lock": ""])
            for number in 0..<8 { text = text.replacing("cr\(number + 8)", by: "cr\(number)") }
            return text
        },
        Rule(name: "objdump says which chip alone acts on FNENI, FNDISI and FNSETPM") {
            $0.opcode == 0xDB
        } rewrite: {
            $0.removing("(8087 only)").removing("(287 only)")
        },
        Rule(name: "objdump does not wrap the target of a short branch") {
            (0x70...0x7F).contains($0.opcode) || (0xE0...0xE3).contains($0.opcode) || $0.opcode == 0xEB
        } rewrite: { text in
            guard let space = text.lastIndex(of: " ") else { return text }
            let target = UInt64(text[text.index(after: space)...].dropFirst(2), radix: 16) ?? 0
            let words = ["bnd": "repnz"]
            return String(text[..<space]).replacingWords(words) + " \(target & 0xFFFF)"
        },
        Rule(name: "newer objdump writes the count of a shift by one in AT&T syntax") {
            (0xD0...0xD1).contains($0.opcode) && $0.syntax == .att
        } rewrite: {
            $0.removing("$1,")
        },
    ]
}

extension String {
    /// Words, that is what stands between spaces, replaced by others or removed; runs of spaces become one.
    fileprivate func replacingWords(_ words: [String: String]) -> String {
        split(separator: " ").map { words[String($0)] ?? String($0) }.filter { !$0.isEmpty }.joined(separator: " ")
    }

    fileprivate func removing(_ text: String) -> String { replacing(text, by: "") }

    fileprivate func replacing(_ text: String, by other: String) -> String {
        split(separator: text, omittingEmptySubsequences: false).joined(separator: other)
    }
}
