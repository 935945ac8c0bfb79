/// A JSON value, written in the order in which it was made.
enum JSON: Equatable {
    /// No value.
    case null
    /// A truth value.
    case bool(Bool)
    /// A whole number; readers may lose digits above 2^53.
    case number(UInt64)
    /// A number with a fraction; no number is written as null.
    case decimal(Double)
    /// A text.
    case string(String)
    /// Values in order.
    case array([JSON])
    /// Names and values in order.
    case object([Member])

    /// A name and a value of an object.
    struct Member: Equatable {
        /// The name, unique within its object.
        let name: String
        /// The value.
        let value: JSON
    }

    /// An object from names and values, in that order.
    static func object(_ members: KeyValuePairs<String, JSON>) -> JSON {
        .object(members.map { Member(name: $0.key, value: $0.value) })
    }

    /// The value on one line.
    var text: String {
        var text = ""
        append(to: &text)
        return text
    }

    /// Appends the value to `text`, without spaces.
    func append(to text: inout String) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .number(let value): text += String(value)
        case .decimal(let value): text += value.isFinite ? String(value) : "null"
        case .string(let value): Self.append(string: value, to: &text)
        case .array(let values):
            text += "["
            for (number, value) in values.enumerated() {
                if number > 0 { text += "," }
                value.append(to: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (number, member) in members.enumerated() {
                if number > 0 { text += "," }
                Self.append(string: member.name, to: &text)
                text += ":"
                member.value.append(to: &text)
            }
            text += "}"
        }
    }

    private static func append(string: String, to text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                text += "\\u" + UInt16(scalar.value).hex
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
