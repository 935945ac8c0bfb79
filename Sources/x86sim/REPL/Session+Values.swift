import X86Interp

extension Session {
    // MARK: Evaluation

    /// The value of an expression now.
    func evaluate(_ expression: Expression) throws(CommandError) -> UInt64 {
        // What a line that is only tried will find is not known yet.
        if isChecking, !expression.isConstant { return 1 }
        do throws(EvaluationError) {
            return try expression.value(on: machine)
        } catch {
            throw .usage(Self.text(of: error))
        }
    }

    /// Looks up an address now.
    func resolve(_ place: PlaceExpression) throws(CommandError) -> Place {
        if isChecking { return Place(linear: 0, segment: nil) }
        switch place {
        case .linear(let expression):
            return Place(linear: try address(expression), segment: nil)
        case .segment(let register, let expression):
            let segment = state.segments[register]
            let offset = try address(expression)
            return Place(linear: segment.base &+ offset, segment: (segment.selector, offset))
        case .far(let selector, let expression):
            let number = try evaluate(selector)
            guard let selector = UInt16(exactly: number) else {
                throw .usage("\(number.hex(digits: 1)) is no segment; selectors have 16 bits")
            }
            let offset = try address(expression)
            do throws(LookError) {
                let segment = try machine.segment(selector: selector)
                return Place(linear: segment.base &+ offset, segment: (selector, offset))
            } catch {
                throw .usage(Self.text(of: error))
            }
        }
    }

    private func address(_ expression: Expression) throws(CommandError) -> UInt32 {
        let value = try evaluate(expression)
        guard let address = UInt32(exactly: value) else {
            throw .usage("\(value.hex(digits: 1)) is no address; addresses have 32 bits")
        }
        return address
    }

    /// Takes a length: `L20` as in DEBUG, or a number.
    func length(_ arguments: inout Arguments) throws(CommandError) -> UInt32 {
        if arguments.take("l") { return try arguments.number("a length", self) }
        let word = arguments.nextWord.lowercased()
        if word.hasPrefix("l"), let value = Values.hexadecimal(word.dropFirst()), symbols[word] == nil {
            _ = arguments.word()
            guard let length = UInt32(exactly: value) else { throw .usage("the length \(word.quoted) is too large") }
            return length
        }
        return try arguments.number("a length", self)
    }

    /// Takes bytes to the end of the line: values of 8 bits and texts in double quotes, commas or blanks between.
    func bytes(_ arguments: inout Arguments) throws(CommandError) -> [UInt8] {
        var bytes: [UInt8] = []
        while !arguments.isEmpty {
            if arguments.take(character: ",") { continue }
            if arguments.rest.first == "\"" {
                let text = arguments.rest.dropFirst()
                guard let end = text.firstIndex(of: "\"") else { throw .usage("a closing \" is missing") }
                bytes += Array(text[..<end].utf8)
                let after = String(text[text.index(after: end)...])
                _ = arguments.remainder()
                arguments.replace(rest: after)
                continue
            }
            bytes.append(try arguments.number("a byte", self))
        }
        return bytes
    }

    /// Puts bytes into RAM or ROM.
    func poke(_ bytes: [UInt8], at linear: UInt32) throws(CommandError) {
        do throws(LookError) {
            try debugger.edit { machine throws(LookError) in try machine.poke(bytes, at: .linear(linear)) }
        } catch {
            throw .usage(Self.text(of: error))
        }
    }

    // MARK: Texts

    /// Why memory cannot be looked at or changed, in words.
    static func text(of error: LookError) -> String {
        switch error {
        case .unmapped(let linear):
            "no page is mapped at linear \(linear.hex); 'page \(linear.hex(digits: 1))' shows why"
        case .device(let physical):
            "only a device could tell what is at physical \(physical.hex(digits: 8)), and looking must not change it"
        case .noSegment(let selector):
            "selector \(selector.hex) names no segment; 'info gdt' lists those that there are"
        case .notWritable(let physical):
            "nothing can be written at physical \(physical.hex(digits: 8)): no RAM or ROM is there"
        }
    }

    /// Why an expression has no value, in words.
    static func text(of error: EvaluationError) -> String {
        switch error {
        case .divisionByZero: "a division by zero has no value"
        case .memory(let error): text(of: error)
        case .tooComplex: "the expression has too many parts within each other; use fewer"
        case .addressTooWide(let value): "\(value.hex(digits: 1)) is no address; addresses have 32 bits, selectors 16"
        }
    }

    /// A number in the radix of the session.
    func number(_ value: some BinaryInteger) -> String { String(value, radix: radix, uppercase: true) }

    /// `10 bytes` in the radix of the session.
    func length(_ count: some BinaryInteger) -> String { count == 1 ? "1 byte" : "\(number(count)) bytes" }

    /// `7C00 = 0d31744`, with the character of a printable byte and small negative numbers too.
    func text(of value: UInt64) -> String {
        var text = value.hex(digits: 1)
        if value > 9 { text += " = 0d\(value)" }
        if 0x20...0x7E ~= value { text += " '\(Character(Unicode.Scalar(UInt8(value))))'" }
        if let narrow = UInt32(exactly: value), narrow > 0xFFFF_0000 { text += " = -0d\((0 &- narrow))" }
        return text
    }

    /// ` <start+3>`, or nothing if no symbol is near.
    func symbolNote(_ linear: UInt32) -> String { symbols.text(for: linear).map { " <\($0)>" } ?? "" }

    /// A linear address with its symbol.
    func label(_ linear: UInt32) -> String { linear.hex + symbolNote(linear) }

    /// What stands before a line of code: `=>` at the next instruction, `*` at a breakpoint.
    func mark(at linear: UInt32) -> String {
        let isBreakpoint = debugger.breakpoints.contains { breakpoint in
            guard case .code(let address) = breakpoint.kind else { return false }
            // A selector that names nothing now is no reason for a word here.
            return (try? machine.linear(of: address)) == .some(linear)
        }
        return (linear == currentLinear ? "=>" : "  ") + (isBreakpoint ? "* " : "  ")
    }
}

extension SymbolTable {
    /// The symbol at exactly this address, or nil.
    func exactName(at address: UInt32) -> String? {
        nearest(at: address).flatMap { $0.offset == 0 ? $0.symbol.name : nil }
    }
}
