extension JSON {
    /// Reads a JSON text; nil if it is none or nests deeper than 64 levels.
    ///
    /// Numbers with a sign, a point or an exponent are decimals.
    ///
    /// - Parameter skipped: names of members that are passed and not kept.
    init?(text: [UInt8], skipping skipped: Set<String> = []) {
        var reader = JSONReader(text: text, skipped: skipped)
        guard let value = reader.value(depth: 0), reader.isAtEnd else { return nil }
        self = value
    }

    /// A member of an object; nil for other values and unknown names.
    subscript(name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }
}

private struct JSONReader {
    let text: [UInt8]
    let skipped: Set<String>
    var at = 0

    var isAtEnd: Bool {
        mutating get {
            skipSpace()
            return at == text.count
        }
    }

    mutating func value(depth: Int) -> JSON? {
        guard depth < 64 else { return nil }
        skipSpace()
        guard at < text.count else { return nil }
        switch text[at] {
        case UInt8(ascii: "{"): return object(depth)
        case UInt8(ascii: "["): return array(depth)
        case UInt8(ascii: "\""): return string().map { .string($0) }
        case UInt8(ascii: "t"): return take("true") ? .bool(true) : nil
        case UInt8(ascii: "f"): return take("false") ? .bool(false) : nil
        case UInt8(ascii: "n"): return take("null") ? .null : nil
        default: return number()
        }
    }

    private mutating func object(_ depth: Int) -> JSON? {
        at += 1
        var members: [JSON.Member] = []
        if skip("}") { return .object(members) }
        repeat {
            skipSpace()
            guard let name = string(), skip(":") else { return nil }
            if skipped.contains(name) {
                guard pass() else { return nil }
                continue
            }
            guard let value = value(depth: depth + 1) else { return nil }
            members.append(JSON.Member(name: name, value: value))
        } while skip(",")
        return skip("}") ? .object(members) : nil
    }

    private mutating func array(_ depth: Int) -> JSON? {
        at += 1
        var values: [JSON] = []
        if skip("]") { return .array(values) }
        repeat {
            guard let value = value(depth: depth + 1) else { return nil }
            values.append(value)
        } while skip(",")
        return skip("]") ? .array(values) : nil
    }

    private mutating func string() -> String? {
        guard at < text.count, text[at] == UInt8(ascii: "\"") else { return nil }
        at += 1
        var bytes: [UInt8] = []
        while at < text.count, text[at] != UInt8(ascii: "\"") {
            if text[at] == UInt8(ascii: "\\") {
                guard let scalar = escape() else { return nil }
                bytes += Array(String(scalar).utf8)
            } else {
                bytes.append(text[at])
                at += 1
            }
        }
        guard at < text.count else { return nil }
        at += 1
        return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func escape() -> Unicode.Scalar? {
        guard at + 1 < text.count else { return nil }
        let letter = text[at + 1]
        at += 2
        let plain: [UInt8: Unicode.Scalar] = [
            0x22: "\"", 0x5C: "\\", 0x2F: "/", 0x62: "\u{8}", 0x66: "\u{C}", 0x6E: "\n", 0x72: "\r", 0x74: "\t",
        ]
        if letter != UInt8(ascii: "u") { return plain[letter] }
        guard at + 4 <= text.count,
            let code = UInt32(String(decoding: text[at..<at + 4], as: UTF8.self), radix: 16)
        else { return nil }
        at += 4
        return Unicode.Scalar(code) ?? "\u{FFFD}"
    }

    private mutating func number() -> JSON? {
        let start = at
        var isWhole = true
        while at < text.count {
            switch text[at] {
            case 0x30...0x39: break
            case 0x2B, 0x2D, 0x2E, 0x45, 0x65: isWhole = false
            default: return number(text[start..<at], isWhole: isWhole)
            }
            at += 1
        }
        return number(text[start...], isWhole: isWhole)
    }

    private func number(_ digits: ArraySlice<UInt8>, isWhole: Bool) -> JSON? {
        // Most numbers are short, and there are millions of them.
        if isWhole, !digits.isEmpty, digits.count < 19 {
            return .number(digits.reduce(0) { $0 * 10 + UInt64($1 - 0x30) })
        }
        let words = String(decoding: digits, as: UTF8.self)
        if isWhole, let whole = UInt64(words) { return .number(whole) }
        return Double(words).map { .decimal($0) }
    }

    /// Passes a value: its brackets must match, no more is looked at.
    private mutating func pass() -> Bool {
        var depth = 0
        repeat {
            skipSpace()
            guard at < text.count else { return false }
            switch text[at] {
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                depth += 1
                at += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                depth -= 1
                at += 1
            case UInt8(ascii: "\""): guard string() != nil else { return false }
            case UInt8(ascii: ","), UInt8(ascii: ":"): at += 1
            default: passWord()
            }
        } while depth > 0
        return depth == 0
    }

    /// Passes a number, `true`, `false` or `null`, at least a byte.
    private mutating func passWord() {
        repeat {
            at += 1
        } while at < text.count && !Self.ends.contains(text[at])
    }

    private static let ends: Set<UInt8> = Set(" \t\r\n,:[]{}\"".utf8)

    private mutating func take(_ word: String) -> Bool {
        guard text[at...].starts(with: word.utf8) else { return false }
        at += word.utf8.count
        return true
    }

    private mutating func skip(_ mark: Unicode.Scalar) -> Bool {
        skipSpace()
        guard at < text.count, UInt32(text[at]) == mark.value else { return false }
        at += 1
        return true
    }

    private mutating func skipSpace() {
        while at < text.count {
            switch text[at] {
            case 0x20, 0x09, 0x0A, 0x0D: at += 1
            default: return
            }
        }
    }
}
