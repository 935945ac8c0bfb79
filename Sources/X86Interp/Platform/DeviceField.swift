/// One row of what a device shows of itself: a register or setting by name, as a value.
///
/// Front ends make words of it; `text` is what most of them want.
public struct DeviceField: Sendable, Equatable {
    /// How the value is written.
    public enum Format: Sendable, Equatable {
        /// Hexadecimal with this many digits.
        case hexadecimal(Int)
        /// Decimal.
        case decimal
        /// This many bits, the highest first.
        case bits(Int)
        /// 0 is no, all else yes.
        case flag
        /// The name with this number.
        case choice([String])
    }

    /// What it is called, in the words of the chip's manual.
    public let name: String
    /// Its value; nil if there is none.
    public let value: UInt64?
    /// How it is written.
    public let format: Format

    /// A row.
    public init(_ name: String, _ value: (some BinaryInteger)?, _ format: Format) {
        self.name = name
        self.value = value.map { UInt64(truncatingIfNeeded: $0) }
        self.format = format
    }

    /// A row with yes or no.
    public init(_ name: String, _ value: Bool) { self.init(name, value ? 1 : 0, .flag) }

    /// The value in words: `3F`, `11101000`, `yes`, `none`.
    public var text: String {
        guard let value else { return "none" }
        switch format {
        case .hexadecimal(let digits): return Self.padded(String(value, radix: 16, uppercase: true), digits)
        case .decimal: return String(value)
        case .bits(let count): return Self.padded(String(value, radix: 2), count)
        case .flag: return value == 0 ? "no" : "yes"
        case .choice(let names): return value < UInt64(names.count) ? names[Int(value)] : String(value)
        }
    }

    private static func padded(_ digits: String, _ count: Int) -> String {
        String(repeating: "0", count: max(0, count - digits.count)) + digits
    }
}

extension Device {
    /// Nothing to show.
    public var fields: [DeviceField] { [] }
}
