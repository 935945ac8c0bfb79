import X86Interp

extension Expression {
    /// The expression as it can be typed again; numbers are hexadecimal.
    var text: String {
        switch form {
        case .number(let number): (number > 9 ? "0x" : "") + String(number, radix: 16)
        case .register(let register): RegisterReference.all.first { $0.register == register }?.name ?? "?"
        case .memory(let address, let width): Self.word(width) + "[" + address.text + "]"
        case .segmentMemory(let segment, let offset, let width):
            Self.word(width) + "[" + segment.name + ":" + offset.text + "]"
        case .farMemory(let selector, let offset, let width):
            Self.word(width) + "[" + selector.text + ":" + offset.text + "]"
        case .physicalMemory(let address, let width): Self.word(width) + "[physical " + address.text + "]"
        case .event(.oldValue): "old"
        case .event(let value): value.rawValue.lowercased()
        case .unary(let operation, let operand): operation.rawValue + operand.inner
        case .tooComplex: "?"
        case .binary(let operation, let left, let right): "\(left.inner) \(operation.rawValue) \(right.inner)"
        }
    }

    /// Whether it has the same value whatever the machine is.
    var isConstant: Bool {
        switch form {
        case .number: true
        case .unary(_, let operand): operand.isConstant
        case .binary(_, let left, let right): left.isConstant && right.isConstant
        case .register, .memory, .segmentMemory, .farMemory, .physicalMemory, .event, .tooComplex: false
        }
    }

    /// The text in parentheses if it is an operation.
    private var inner: String {
        if case .binary = form { return "(" + text + ")" }
        return text
    }

    private static func word(_ width: Width) -> String { ["", "byte ", "word ", "", "dword "][width.bytes] }
}
