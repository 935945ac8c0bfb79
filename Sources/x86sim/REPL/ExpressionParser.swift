import X86Interp

/// An address that has not been looked up: registers in it are read when it is resolved.
enum PlaceExpression: Equatable {
    /// A linear address.
    case linear(Expression)
    /// Behind a segment register as it stands.
    case segment(SegmentRegister, Expression)
    /// A selector, in real mode a paragraph, and an offset.
    case far(selector: Expression, offset: Expression)
}

/// Reads expressions off the front of a text.
///
/// A word that begins with a letter is a register, else a symbol, else an event's value, else a number in the radix at
/// hand; a number that begins with a letter may have a 0 before it. Operators bind as in C.
struct ExpressionParser {
    /// What words may mean besides registers.
    struct Names {
        /// The guest's symbols.
        var symbols = SymbolTable()
        /// What `[bp-2]` reads if nothing says how much.
        var width = Width.word
    }

    /// What has not been read yet.
    private(set) var rest: Substring
    private let radix: Int
    private let names: Names
    /// Parts that the expression may still have: evaluation is recursive, hostile lines are long.
    private var allowance = 200
    /// A bracket is open: blanks before an operator do not matter, and neither do words behind it.
    private var depth = 0

    /// A parser of `text`, whose numbers have `radix` 10 or 16 unless they say otherwise.
    init(_ text: Substring, radix: Int = 16, names: Names = Names()) {
        rest = text
        self.radix = radix
        self.names = names
    }

    /// Reads a value.
    mutating func expression() throws(CommandError) -> Expression { try binary(1) }

    /// Reads an address: `SEG:OFF`, `es:di+4`, or a linear one.
    mutating func place() throws(CommandError) -> PlaceExpression {
        let first = try binary(1)
        guard next == ":" else { return .linear(first) }
        advance()
        let offset = try binary(1)
        if case .register(.selector(let segment)) = first.form { return .segment(segment, offset) }
        return .far(selector: first, offset: offset)
    }

    // MARK: Characters

    private var next: Character? {
        mutating get {
            rest = rest.drop { $0 == " " || $0 == "\t" }
            return rest.first
        }
    }

    private mutating func advance(_ count: Int = 1) { rest = rest.dropFirst(count) }

    private mutating func spend() throws(CommandError) {
        allowance -= 1
        guard allowance > 0 else { throw .usage("the expression is too long; use fewer parts") }
    }

    // MARK: Operators

    /// The binary operator that comes next, longest spelling first; none is taken.
    private mutating func nextOperator() -> BinaryOperator? {
        guard next != nil else { return nil }
        let spellings = BinaryOperator.allCases.sorted { $0.rawValue.count > $1.rawValue.count }
        return spellings.first { rest.hasPrefix($0.rawValue) }
    }

    private mutating func binary(_ lowest: Int) throws(CommandError) -> Expression {
        var left = try unary()
        while let operation = nextOperator(), operation.precedence >= lowest {
            advance(operation.rawValue.count)
            try spend()
            left = .binary(operation, left, try binary(operation.precedence + 1))
        }
        if rest.hasPrefix("="), !rest.hasPrefix("=="), depth > 0 { throw .usage("'=' compares nothing; write ==") }
        return left
    }

    private mutating func unary() throws(CommandError) -> Expression {
        try spend()
        guard let first = next else { throw .usage("the expression ends too early; a value is missing") }
        if let operation = UnaryOperator(rawValue: String(first)) {
            advance()
            return .unary(operation, try unary())
        }
        return try primary(first)
    }

    private mutating func primary(_ first: Character) throws(CommandError) -> Expression {
        switch first {
        case "(":
            advance()
            depth += 1
            let inner = try binary(1)
            depth -= 1
            try close(")")
            return inner
        case "[": return try memory(names.width)
        case "'": return try character()
        default: break
        }
        let word = rest.prefix { Self.isWordCharacter($0) }
        guard !word.isEmpty else { throw .usage("\(String(rest.prefix(1)).quoted) begins no value") }
        advance(word.count)
        return try meaning(of: String(word))
    }

    private static func isWordCharacter(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || "_.$@?".contains(character)
    }

    private mutating func close(_ bracket: Character) throws(CommandError) {
        guard next == bracket else { throw .usage("a '\(bracket)' is missing") }
        advance()
    }

    /// `'A'`: the code of a character.
    private mutating func character() throws(CommandError) -> Expression {
        advance()
        guard let character = rest.first, let code = character.asciiValue, rest.dropFirst().first == "'" else {
            throw .usage("a character is one of ASCII between two quotes, such as 'A'")
        }
        advance(2)
        return .number(UInt64(code))
    }

    private mutating func meaning(of word: String) throws(CommandError) -> Expression {
        let lower = word.lowercased()
        if let width = Self.widths[lower], let bracket = next {
            if bracket == "[" { return try memory(width) }
            // NASM and MASM: byte ptr [bx]
            if rest.lowercased().hasPrefix("ptr") {
                advance(3)
                if next == "[" { return try memory(width) }
            }
        }
        let name = lower.hasPrefix("$") ? String(lower.dropFirst()) : lower
        if let register = RegisterReference.named(name) { return .register(register) }
        if let wide = WideRegister.named(name) {
            let parts = if case .stack = wide { "\(name).exp, \(name).sig" } else { "\(name).d0, \(name).q1" }
            throw .usage("\(name) has \(wide.bits) bits, a value has 64; name a part: \(parts)")
        }
        if let symbol = names.symbols[word] { return .number(UInt64(symbol.address)) }
        if let event = Self.events[lower] { return .event(event) }
        if let number = number(lower) { return .number(number) }
        throw .usage("\(word.quoted) is no register, symbol or \(radix == 16 ? "hexadecimal" : "decimal") number")
    }

    private static let widths: [String: Width] = ["byte": .byte, "word": .word, "dword": .dword]
    private static let events: [String: EventValue] = [
        "value": .value, "old": .oldValue, "address": .address, "width": .width, "vector": .vector,
        "errorcode": .errorCode,
    ]
    /// The words for values of events, for completion and help.
    static var eventNames: [String] { events.keys.sorted() }

    /// A number: `0x` and `0d` say what it is, else the radix does; `7c00h` is hexadecimal too.
    private func number(_ word: String) -> UInt64? {
        if radix == 16, let value = Values.hexadecimal(word) { return value }
        if word.hasPrefix("0x") || word.hasPrefix("0d") { return Values.hexadecimal(word) }
        if word.hasSuffix("h"), word.first?.isNumber == true { return Values.hexadecimal(word.dropLast()) }
        guard word.allSatisfy(\.isASCII), word.first?.isNumber == true else { return nil }
        return UInt64(word, radix: radix)
    }

    // MARK: Memory

    /// `[bp-2]`, `[es:di]`, `[0040:0017]`, `[600]`.
    private mutating func memory(_ width: Width) throws(CommandError) -> Expression {
        advance()
        depth += 1
        let inside = try place()
        depth -= 1
        try close("]")
        switch inside {
        case .segment(let segment, let offset): return .segmentMemory(segment, offset, width)
        case .far(let selector, let offset): return .farMemory(selector: selector, offset: offset, width)
        case .linear(let address):
            guard let segment = Self.segment(of: address) else { return .memory(address, width) }
            return .segmentMemory(
                segment, Self.wraps(address) ? .binary(.bitAnd, address, .number(0xFFFF)) : address, width)
        }
    }

    /// The registers of an expression.
    private static func registers(_ expression: Expression) -> [RegisterReference] {
        switch expression.form {
        case .register(let register): [register]
        case .unary(_, let operand): registers(operand)
        case .binary(_, let left, let right): registers(left) + registers(right)
        case .number, .memory, .segmentMemory, .farMemory, .physicalMemory, .event, .tooComplex: []
        }
    }

    /// The segment in which an instruction would look: SS with BP or SP, DS with another register, none without.
    private static func segment(of expression: Expression) -> SegmentRegister? {
        var found: SegmentRegister?
        for register in registers(expression) {
            switch register {
            case .word(.ebp), .word(.esp), .dword(.ebp), .dword(.esp): return .ss
            case .word, .dword: found = .ds
            default: break
            }
        }
        return found
    }

    /// Whether all registers are 16-bit ones: then the offset wraps at 64 KiB.
    private static func wraps(_ expression: Expression) -> Bool {
        registers(expression).allSatisfy { if case .word = $0 { true } else { false } }
    }
}
