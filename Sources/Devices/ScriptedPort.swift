import X86Interp

// Scripted port: a port that answers by a one-line script, for guests that poll a device which is not there.
//
// Registers (offset, the script's width):
//   0  read   the script's next value
//   0  write  recorded
// Interrupts: none.
// Not modelled: everything behind the port.

/// A port without a chip: its answers come from a script such as `seq:08,00`, writes to it are recorded.
public final class ScriptedPort: Device {
    /// How far the script has come, and what the guest wrote.
    public struct State: Codable, Equatable, Sendable {
        /// Number of the value that the next read returns.
        public var next: UInt32 = 0
        /// The last value written; 0 before the first.
        public var written: UInt32 = 0
        /// The first values written, at most `recordSize`.
        public var record: [UInt32] = []
        /// How many values were written; wraps.
        public var writes: UInt64 = 0

        /// Power-on: the script's start, nothing written.
        public init() {}
    }

    /// How many writes are recorded.
    public static let recordSize = 256

    /// The name in `--tier` and the ledger.
    public let name: String
    /// How far the script has come, and what was written.
    public var state = State()
    /// What the port answers.
    public let script: Script

    /// A port that answers by `script`; named after its address, such as `port3da`.
    public init(_ script: Script, name: String) {
        self.script = script
        self.name = name
    }

    /// Starts the script over.
    public func reset() { state = State() }

    /// The script's next value.
    public func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 {
        let value = script.value(state) & width.mask
        state.next = script.successor(of: state.next)
        return value
    }

    /// The value that the next read returns.
    public func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? { script.value(state) & width.mask }

    /// Records a value.
    public func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {
        state.written = value
        state.writes &+= 1
        if state.record.count < Self.recordSize { state.record.append(value) }
    }
}

extension ScriptedPort {
    /// What a scripted port answers.
    public enum Script: Equatable, Sendable {
        /// These values over and over; not empty.
        case sequence([UInt32])
        /// These values, then the last one for ever; not empty.
        case once([UInt32])
        /// Always this value.
        case constant(UInt32)
        /// The value written last.
        case echo

        /// The port's width: the narrowest that holds all values.
        public var width: Width {
            let largest: UInt32
            switch self {
            case .sequence(let values), .once(let values): largest = values.max() ?? 0
            case .constant(let value): largest = value
            case .echo: largest = 0
            }
            return Width.allCases.first { largest <= $0.mask } ?? .dword
        }

        /// The value that a read returns in a state; all ones for a script without values.
        func value(_ state: State) -> UInt32 {
            switch self {
            case .sequence(let values), .once(let values):
                values.isEmpty ? .max : values[min(Int(state.next), values.count - 1)]
            case .constant(let value): value
            case .echo: state.written
            }
        }

        /// The number of the value after number `index`.
        func successor(of index: UInt32) -> UInt32 {
            switch self {
            case .sequence(let values): Int(index) + 1 < values.count ? index + 1 : 0
            case .once(let values): Int(index) + 1 < values.count ? index + 1 : index
            case .constant, .echo: index
            }
        }
    }
}

extension ScriptedPort.Script {
    /// Why a script was refused.
    public struct ParseError: Error, Equatable, CustomStringConvertible {
        /// What is wrong and what helps, in one line.
        public let description: String
    }

    /// Reads `seq:08,00`, `once:01,02`, `const:ff` or `echo`; values are hexadecimal, at most 32 bits.
    public init(parsing text: String) throws(ParseError) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        switch (parts.first.map(String.init) ?? "", parts.count) {
        case ("seq", 2): self = .sequence(try Self.values(parts[1], in: text))
        case ("once", 2): self = .once(try Self.values(parts[1], in: text))
        case ("const", 2):
            let values = try Self.values(parts[1], in: text)
            guard values.count == 1 else {
                throw ParseError(description: "port script '\(text)': const takes one value; use seq for several")
            }
            self = .constant(values[0])
        case ("echo", 1): self = .echo
        case (_, _):
            throw ParseError(
                description: "port script '\(text)': use seq:V,V..., once:V,V..., const:V or echo, values in hex")
        }
    }

    private static func values(_ list: Substring, in text: String) throws(ParseError) -> [UInt32] {
        var values: [UInt32] = []
        for word in list.split(separator: ",", omittingEmptySubsequences: false) {
            guard let value = UInt32(hexadecimal: word) else {
                throw ParseError(description: "port script '\(text)': '\(word)' is no hex value of at most 32 bits")
            }
            values.append(value)
        }
        return values
    }
}

extension FixedWidthInteger where Self: UnsignedInteger {
    /// Reads a hexadecimal number with or without `0x`; nil if it is none (no signs, no blanks) or too large.
    init?(hexadecimal text: some StringProtocol) {
        let lower = text.lowercased()
        let digits = lower.hasPrefix("0x") ? String(lower.dropFirst(2)) : lower
        guard !digits.isEmpty, digits.utf8.allSatisfy({ 0x30...0x39 ~= $0 || 0x61...0x66 ~= $0 }) else { return nil }
        self.init(digits, radix: 16)
    }
}
