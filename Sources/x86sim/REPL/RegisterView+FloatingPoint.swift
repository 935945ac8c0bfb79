import X86Interp

/// The registers of x87, MMX and SSE as text.
extension RegisterView {
    /// What `sse` makes of a register's 128 bits.
    enum Lanes: String, CaseIterable {
        case singles = "s"
        case doubles = "d"
        case bytes = "b"
    }

    /// The x87: its words taken apart, and its registers with what they mean; of an MMX processor their other names too.
    var fpu: String {
        guard model.has(.x87) else {
            return "there is no floating-point unit: ESC instructions do nothing or raise #NM\n"
        }
        let view = X87View(state.x87)
        let word = { (word: RegisterReference.X87Word) in
            let value = state.value(of: .x87(word)).hex(digits: (word.bits + 3) / 4)
            return "\(word.rawValue)=\(value)" + mark { $0.value(of: .x87(word)) }
        }
        let precision = view.precision.map { "\($0)-bit significands" } ?? "a precision that is reserved"
        let codes = view.conditionCodes.map { "\($0.name)=\($0.isSet ? 1 : 0)" }.joined(separator: " ")
        var text = "\(word(.control)) \(view.rounding.text), \(precision), masked: \(Self.masks(view.masked))\n"
        text += "\(word(.status)) top=\(state.x87.top & 7) \(codes), raised: \(Self.flags(view.raised))"
        if view.isStackFault {
            let isOverflow = state.x87.status & 1 << 9 != 0
            text += ", a stack fault: the register was \(isOverflow ? "in use" : "empty")"
        }
        if !view.pending.isEmpty { text += ", #MF pends for \(view.pending.map(\.flag).joined(separator: " "))" }
        let places = [
            RegisterReference.X87Word.tags, .opcode, .instructionSelector, .instructionOffset, .dataSelector,
            .dataOffset,
        ]
        text += "\n" + places.map(word).joined(separator: " ") + "\n"
        return text + view.registers.map(line).joined()
    }

    private func line(_ register: X87View.Register) -> String {
        let own = model.has(.mmx) ? "mm\(register.physical)" : "r\(register.physical)"
        let changed = mark { $0.x87[register.number] }
        let bits = RegisterBits(state.value(of: .stack(UInt8(register.number)))).hex(bits: 80)
        let value = register.tag == .empty && register.bits == .zero ? "" : "  " + register.value.text
        return "st\(register.number)  \(own)  \((bits + changed).padded(to: 21))  \(register.tag.text.padded(to: 7))"
            .trimmed + value + "\n"
    }

    /// SSE: MXCSR taken apart, and the registers, each with the numbers that it may hold, the lowest first.
    func sse(_ lanes: Lanes) -> String {
        guard model.has(.sse) else { return "the \(model.name) has no SSE; --cpu pentium3 or later has\n" }
        let view = SSEView(state.sse)
        var text = "mxcsr=\(state.sse.mxcsr.hex)\(mark { $0.sse.mxcsr }) \(view.rounding.text), "
        text += "masked: \(Self.masks(view.masked)), raised: \(Self.flags(view.raised))"
        if view.flushesToZero { text += ", FTZ: denormal results are 0" }
        if view.takesDenormalsAsZero { text += ", DAZ: denormal operands are 0" }
        if state.cr4 & 1 << 9 == 0 { text += "\nCR4.OSFXSR is clear: SSE instructions raise #UD" }
        text += "\n"
        for number in 0..<8 {
            let bits = RegisterBits(state.value(of: .xmm(UInt8(number)))).hex(bits: 128)
            let changed = mark { $0.sse[number] }
            text += "xmm\(number)  \((bits + changed).padded(to: 34))  {\(Self.text(view, number, lanes))}\n"
        }
        return text
    }

    private static func text(_ view: SSEView, _ number: Int, _ lanes: Lanes) -> String {
        switch lanes {
        case .singles: view.singles(number).map(\.text).joined(separator: ", ")
        case .doubles: view.doubles(number).map(\.text).joined(separator: ", ")
        case .bytes: view.bytes(number).map(\.hex).joined(separator: " ")
        }
    }

    /// A wide register: `3FFF:8000000000000000 = 1 (valid)`.
    func text(of register: WideRegister) -> String {
        let bits = RegisterBits(state.value(of: register)).hex(bits: register.bits)
        switch register {
        case .stack(let number):
            let found = X87View(state.x87).register(Int(number))
            return "\(bits) = \(found.value.text)" + (found.tag == .empty ? " (empty)" : "")
        case .xmm(let number):
            let view = SSEView(state.sse)
            let singles = Self.text(view, Int(number), .singles)
            return "\(bits) = {\(singles)} = {\(Self.text(view, Int(number), .doubles))}"
        }
    }

    static func masks(_ exceptions: [FloatException]) -> String {
        exceptions.count == FloatException.allCases.count ? "all" : list(exceptions.map(\.mask))
    }

    static func flags(_ exceptions: [FloatException]) -> String { list(exceptions.map(\.flag)) }

    private static func list(_ words: [String]) -> String { words.isEmpty ? "none" : words.joined(separator: " ") }
}

extension String {
    /// Without blanks at the end.
    fileprivate var trimmed: String { String(reversed().drop { $0 == " " }.reversed()) }
}
