/// Why a case was refused: the line, what is wrong and what helps.
struct CaseError: Error, Equatable {
    /// The line, from 1.
    var line: Int
    /// What is wrong and what helps.
    var message: String
}

/// A word of a case, or a text in quotes.
struct CaseWord: Equatable, Sendable {
    /// The word, or what the quotes stand for.
    var bytes: [UInt8]
    /// Whether it stood in quotes.
    var isQuoted = false
    /// The line, from 1.
    var line: Int

    /// The word as text.
    var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// A line with those that continue it: a keyword and what stands behind it.
struct CaseLine: Equatable, Sendable {
    /// The first word.
    var keyword: String
    /// The others.
    var words: [CaseWord]
    /// The number of the first line, from 1.
    var number: Int

    /// The words with blanks between them.
    var text: String { words.map(\.text).joined(separator: " ") }

    /// The line without its first word, which becomes the keyword.
    var dropped: CaseLine? {
        guard let first = words.first, !first.isQuoted else { return nil }
        return CaseLine(keyword: first.text, words: Array(words.dropFirst()), number: number)
    }

    /// An error in this line.
    func error(_ message: String) -> CaseError { CaseError(line: number, message: message) }
}

/// Splits the text of a case into lines and words.
enum CaseText {
    /// The largest file: 8 MiB.
    static let limit = 8 << 20

    /// The lines that say something; `#` and a blank start a comment, a line that starts with a blank continues the one before.
    static func lines(_ bytes: [UInt8]) throws(CaseError) -> [CaseLine] {
        var lines: [CaseLine] = []
        for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            let words = try words(line, number: index + 1)
            guard let first = words.first else { continue }
            if let byte = line.first, byte == 0x20 || byte == 0x09 {
                guard !lines.isEmpty else {
                    throw CaseError(
                        line: index + 1, message: "it starts with a blank, but there is no line to continue")
                }
                lines[lines.count - 1].words += words
            } else {
                guard !first.isQuoted else {
                    throw CaseError(line: index + 1, message: "it starts with a text; start it with a keyword")
                }
                lines.append(CaseLine(keyword: first.text, words: Array(words.dropFirst()), number: index + 1))
            }
        }
        return lines
    }

    private static func words(_ line: ArraySlice<UInt8>, number: Int) throws(CaseError) -> [CaseWord] {
        var words: [CaseWord] = []
        var rest = line
        while true {
            rest = rest.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
            guard let first = rest.first, !isComment(rest, words.isEmpty) else { return words }
            if first == UInt8(ascii: "\"") {
                words.append(CaseWord(bytes: try quoted(&rest, number), isQuoted: true, line: number))
                continue
            }
            let word = rest.prefix { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }
            guard word.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
                throw CaseError(line: number, message: "it has a control character; write a case as plain text")
            }
            words.append(CaseWord(bytes: Array(word), line: number))
            rest = rest.dropFirst(word.count)
        }
    }

    /// Whether a comment is next: `#GP(0)` behind other words is none.
    private static func isComment(_ rest: ArraySlice<UInt8>, _ isFirst: Bool) -> Bool {
        guard rest.first == UInt8(ascii: "#") else { return false }
        return isFirst || [0x20, 0x09, 0x0D].contains(rest.dropFirst().first ?? 0x20)
    }

    /// The bytes of a text in quotes, with the escapes `\n`, `\r`, `\t`, `\"`, `\\` and `\xHH`.
    private static func quoted(_ rest: inout ArraySlice<UInt8>, _ number: Int) throws(CaseError) -> [UInt8] {
        var bytes: [UInt8] = []
        rest = rest.dropFirst()
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\""): return bytes
            case UInt8(ascii: "\\"):
                let escape = rest.popFirst() ?? 0
                if escape == UInt8(ascii: "x"), let value = Bytes.pair(rest.prefix(2)) {
                    bytes.append(value)
                    rest = rest.dropFirst(2)
                } else if let found = escapes.first(where: { $0.letter == escape }) {
                    bytes.append(found.byte)
                } else {
                    throw CaseError(line: number, message: #"a backslash is followed by none of n, r, t, ", \ and xHH"#)
                }
            default: bytes.append(byte)
            }
        }
        throw CaseError(line: number, message: "its text has no second quote")
    }

    private static let escapes: [(letter: UInt8, byte: UInt8)] = [
        (UInt8(ascii: "n"), 0x0A), (UInt8(ascii: "r"), 0x0D), (UInt8(ascii: "t"), 0x09),
        (UInt8(ascii: "\""), UInt8(ascii: "\"")), (UInt8(ascii: "\\"), UInt8(ascii: "\\")),
    ]

    /// A word as it is, or in quotes if a blank or the like is in it.
    static func word(_ text: String) -> String {
        let isPlain =
            !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && $0 != 0x22 } && text.first != "#"
        return isPlain ? text : quote(Array(text.utf8))
    }

    /// Bytes in quotes, as `quoted` reads them.
    static func quote(_ bytes: some Collection<UInt8>) -> String {
        var text = "\""
        for byte in bytes {
            if let escape = escapes.first(where: { $0.byte == byte }) {
                text += "\\" + String(Unicode.Scalar(escape.letter))
            } else if 0x20...0x7E ~= byte {
                text += String(Unicode.Scalar(byte))
            } else {
                text += "\\x" + byte.hex
            }
        }
        return text + "\""
    }
}

/// Bytes as a case writes them: `B8 34 12`, `B83412`, `00*420` (decimal), `"text"` and, in expectations, `??`.
enum Bytes {
    /// The most that one line may stand for: 16 MiB.
    static let limit = 16 << 20

    /// Two hexadecimal digits, or nil.
    static func pair(_ digits: some Collection<UInt8>) -> UInt8? {
        guard digits.count == 2, let text = String(validating: digits, as: UTF8.self),
            text.allSatisfy({ $0.isHexDigit && $0.isASCII })
        else { return nil }
        return UInt8(text, radix: 16)
    }

    /// The bytes of words; nil stands for any byte.
    static func read(_ words: some Sequence<CaseWord>, allowsAny: Bool) throws(CaseError) -> [UInt8?] {
        var bytes: [UInt8?] = []
        for word in words {
            if word.isQuoted {
                bytes += word.bytes.map { $0 }
            } else {
                guard let more = read(word.bytes, room: limit - bytes.count, allowsAny: allowsAny) else {
                    let any = allowsAny ? ", ??" : ""
                    throw CaseError(
                        line: word.line,
                        message: "\(word.text.quoted) are no bytes; write B8 34 12, B83412, 00*16\(any) or \"text\", "
                            + "at most 16 MiB")
                }
                bytes += more
            }
        }
        return bytes
    }

    private static func read(_ word: [UInt8], room: Int, allowsAny: Bool) -> [UInt8?]? {
        let parts = word.split(separator: UInt8(ascii: "*"), maxSplits: 1, omittingEmptySubsequences: false)
        guard let digits = parts.first, !digits.isEmpty, digits.count % 2 == 0 else { return nil }
        var bytes: [UInt8?] = []
        for place in stride(from: digits.startIndex, to: digits.endIndex, by: 2) {
            let pair = digits[place..<place + 2]
            if allowsAny, pair.allSatisfy({ $0 == UInt8(ascii: "?") }) {
                bytes.append(nil)
            } else {
                guard let byte = Self.pair(pair) else { return nil }
                bytes.append(byte)
            }
        }
        guard parts.count == 2 else { return bytes.count <= room ? bytes : nil }
        guard bytes.count == 1, parts[1].allSatisfy({ 0x30...0x39 ~= $0 }),
            let count = Int(String(decoding: parts[1], as: UTF8.self)), 1...max(1, room) ~= count
        else { return nil }
        return [UInt8?](repeating: bytes[0], count: count)
    }

    /// Bytes as words, 16 in each of the lines; eight or more equal ones as `00*420`.
    static func lines(_ bytes: [UInt8], indent: String) -> [String] {
        var lines: [String] = []
        var words: [String] = []
        var place = 0
        while place < bytes.count {
            let run = bytes[place...].prefix { $0 == bytes[place] }.count
            if run >= 8 {
                words.append("\(bytes[place].hex)*\(run)")
                place += run
            } else {
                words.append(bytes[place].hex)
                place += 1
            }
            if words.count == 16 || place == bytes.count {
                lines.append(indent + words.joined(separator: " "))
                words = []
            }
        }
        return lines
    }
}
