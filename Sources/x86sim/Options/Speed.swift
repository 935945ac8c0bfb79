/// How fast guest time may pass.
enum Speed: Equatable, Sendable {
    /// As fast as the host can.
    case max
    /// So many hundredths of the host's time at most.
    case percent(UInt64)

    /// The same as the host's time.
    static let real = Speed.percent(100)
}

extension Values {
    /// `real`, `max` or a percentage.
    static func speed(_ text: String, _ option: String) throws(CommandError) -> Speed {
        switch text.lowercased() {
        case "real": return .real
        case "max": return .max
        default: break
        }
        guard text.last == "%", let value = digits(text.dropLast(), radix: 10), 1...10_000 ~= value else {
            throw .usage("\(option): \(text.quoted) is no speed; give real, max or a percentage from 1% to 10000%")
        }
        return .percent(value)
    }
}
