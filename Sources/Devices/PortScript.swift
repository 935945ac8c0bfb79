import X86Interp

extension ScriptedPort {
    /// What a scripted port answers.
    public enum Script: Equatable, Sendable {
        /// These values over and over; not empty.
        case sequence(Answers)
        /// These values, then the last one for ever; not empty.
        case once(Answers)
        /// Always this value.
        case constant(UInt32)
        /// The value written last.
        case echo

        /// The port's width unless one is asked for: the narrowest that holds all values.
        public var width: Width { Width.allCases.first { largest <= $0.mask } ?? .dword }

        /// The largest value; 0 for a script that has none of its own.
        var largest: UInt32 {
            switch self {
            case .sequence(let answers), .once(let answers): answers.runs.map(\.value).max() ?? 0
            case .constant(let value): value
            case .echo: 0
            }
        }

        /// The value that a read returns in a state; all ones for a script without values.
        func value(_ state: State) -> UInt32 {
            switch self {
            case .sequence(let answers), .once(let answers): answers[state.next]
            case .constant(let value): value
            case .echo: state.written
            }
        }

        /// The number of the value after number `index`.
        func successor(of index: UInt32) -> UInt32 {
            switch self {
            case .sequence(let answers): index < answers.count &- 1 ? index &+ 1 : 0
            case .once(let answers): index < answers.count &- 1 ? index &+ 1 : index
            case .constant, .echo: index
            }
        }
    }

    /// Values in order; equal neighbours are kept as one run, so that a million polls cost no more than one.
    public struct Answers: Equatable, Sendable, ExpressibleByArrayLiteral {
        /// A value, and how often in a row.
        public struct Run: Equatable, Sendable {
            /// The value.
            public var value: UInt32
            /// How often; at least 1.
            public var count: UInt32
        }

        /// The runs; neighbours differ.
        public private(set) var runs: [Run] = []
        /// Behind each run, how many values there were up to its end.
        private var ends: [UInt32] = []

        /// No values.
        public init() {}

        /// Values in order.
        public init(arrayLiteral values: UInt32...) {
            for value in values { append(value) }
        }

        /// How many values there are.
        public var count: UInt32 { ends.last ?? 0 }

        /// Adds a value; false, and nothing added, if `times` is 0 or there would be more than 2^32 - 1 of them.
        @discardableResult
        public mutating func append(_ value: UInt32, times: UInt32 = 1) -> Bool {
            let (sum, overflow) = count.addingReportingOverflow(times)
            guard times > 0, !overflow else { return false }
            if let last = runs.indices.last, runs[last].value == value {
                runs[last].count += times
                ends[last] = sum
            } else {
                runs.append(Run(value: value, count: times))
                ends.append(sum)
            }
            return true
        }

        /// The value with a number, from 0; the last one beyond the end, all ones if there is none.
        public subscript(index: UInt32) -> UInt32 {
            var (low, high) = (0, max(0, ends.count - 1))
            while low < high {
                let middle = (low + high) / 2
                if ends[middle] <= index { low = middle + 1 } else { high = middle }
            }
            return low < runs.count ? runs[low].value : .max
        }
    }
}

// MARK: Text

extension ScriptedPort.Script {
    /// Why a script was refused.
    package struct ParseError: Error, Equatable, CustomStringConvertible {
        /// What is wrong and what helps, in one line.
        package let description: String
    }

    /// The value that `busy` stands for: bit 7 of an ATA drive's or floppy controller's status.
    package static let busy: UInt32 = 0x80

    /// Reads `seq:08,00`, `once:80*3,50`, `const:ff`, `echo` or `stub` and words as `init(words:)` reads them.
    ///
    /// Values are hexadecimal, at most 32 bits, or the word `busy` (80); `80*3` is 80 three times (decimal).
    package init(parsing text: String) throws(ParseError) {
        let words = text.split(separator: " ").map(String.init)
        if words.first == "stub" {
            self = try Self(words: Array(words.dropFirst()))
            return
        }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = parts.first, name != "echo" || parts.count == 1, parts.count == 2 || name == "echo" else {
            throw ParseError(
                description: "port script '\(text)': use seq:V,V..., once:V,V..., const:V or echo, values in hex")
        }
        let list = parts.count == 2 ? parts[1].split(separator: ",", omittingEmptySubsequences: false) : []
        self = try Self(kind: String(name), list.map(String.init), of: "port script '\(text)'")
    }

    /// Reads `busy 3 then 50`, `80 x3 then 50`, `50`, `seq 8,0`, `once 1,2`, `const 50` or `echo`: what stands behind
    /// `stub` in the debugger's `port` command, in a case file or in `--port`.
    ///
    /// A value with a count (decimal) is read so often, the last one, without a count, for ever. Values are as in
    /// `init(parsing:)`.
    package init(words: [String]) throws(ParseError) {
        let what = "port stub '\(words.joined(separator: " "))'"
        if let kind = words.first, ["seq", "once", "const", "echo"].contains(kind) {
            let list = words.dropFirst().flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }
            self = try Self(kind: kind, list.map(String.init), of: what)
            return
        }
        var answers = ScriptedPort.Answers()
        let terms = words.split(separator: "then", omittingEmptySubsequences: false)
        for (number, term) in terms.enumerated() {
            let isLast = number == terms.count - 1
            guard let word = term.first, let value = Self.value(word), term.count == (isLast ? 1 : 2) else {
                throw ParseError(
                    description: "\(what): use V, or V COUNT then V, such as busy 3 then 50; values in hex, "
                        + "counts decimal; or seq V,V...")
            }
            let digits = term.last.map { $0.hasPrefix("x") ? String($0.dropFirst()) : $0 } ?? ""
            guard let count = isLast ? 1 : UInt32(decimal: digits), answers.append(value, times: count) else {
                throw ParseError(description: "\(what): '\(digits)' is no decimal count from 1 to 4294967295 in all")
            }
        }
        self = terms.count == 1 ? .constant(answers[0]) : .once(answers)
    }

    private init(kind: String, _ list: [String], of what: String) throws(ParseError) {
        switch (kind, list.count) {
        case ("seq", 1...): self = .sequence(try Self.answers(list, of: what))
        case ("once", 1...): self = .once(try Self.answers(list, of: what))
        case ("const", 1...):
            let answers = try Self.answers(list, of: what)
            guard answers.count == 1 else {
                throw ParseError(description: "\(what): const takes one value; use seq for several")
            }
            self = .constant(answers[0])
        case ("echo", 0): self = .echo
        case (_, _):
            throw ParseError(description: "\(what): use seq:V,V..., once:V,V..., const:V or echo, values in hex")
        }
    }

    private static func answers(_ list: [String], of what: String) throws(ParseError) -> ScriptedPort.Answers {
        var answers = ScriptedPort.Answers()
        for word in list {
            let parts = word.split(separator: "*", maxSplits: 1, omittingEmptySubsequences: false)
            guard let value = parts.first.flatMap({ Self.value(String($0)) }) else {
                throw ParseError(description: "\(what): '\(word)' is no hex value of at most 32 bits")
            }
            guard let count = parts.count == 2 ? UInt32(decimal: parts[1]) : 1, answers.append(value, times: count)
            else {
                throw ParseError(description: "\(what): '\(word)' is no VALUE*COUNT with a decimal count of at least 1")
            }
        }
        return answers
    }

    private static func value(_ word: String) -> UInt32? { word == "busy" ? busy : UInt32(hexadecimal: word) }

    /// The script as `init(parsing:)` reads it.
    package var text: String {
        switch self {
        case .sequence(let answers): "seq:" + Self.text(answers)
        case .once(let answers): "once:" + Self.text(answers)
        case .constant(let value): "const:" + String(value, radix: 16)
        case .echo: "echo"
        }
    }

    private static func text(_ answers: ScriptedPort.Answers) -> String {
        answers.runs.map { String($0.value, radix: 16) + ($0.count > 1 ? "*\($0.count)" : "") }.joined(separator: ",")
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

    /// Reads a number of decimal digits only; nil if it is none or too large.
    init?(decimal text: some StringProtocol) {
        guard !text.isEmpty, text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
        self.init(text, radix: 10)
    }
}
