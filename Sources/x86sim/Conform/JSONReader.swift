extension JSON {
    /// Reads a JSON text; nil if it is none or nests deeper than 64 levels.
    ///
    /// Numbers with a sign, a point or an exponent are decimals.
    init?(text: [UInt8]) {
        var reader = JSONReader(text: text)
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
            guard let name = string(), skip(":"), let value = value(depth: depth + 1) else { return nil }
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
        let digits = text[at...].prefix { (0x30...0x39).contains($0) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains($0) }
        at += digits.count
        let words = String(decoding: digits, as: UTF8.self)
        if let whole = UInt64(words), !words.hasPrefix("+") { return .number(whole) }
        return Double(words).map { .decimal($0) }
    }

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
        while at < text.count, [0x20, 0x09, 0x0A, 0x0D].contains(text[at]) { at += 1 }
    }
}
