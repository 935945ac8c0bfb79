/// How many ops of a form have been run: what `CPU.Engine.counting` counts.
public struct OpCount: Sendable, Equatable {
    /// How the threaded engine runs ops of a form.
    public enum Handler: UInt8, Sendable, CaseIterable {
        /// By a handler made for certain registers, or for flat memory.
        case special
        /// By the handler of the form.
        case usual
        /// By the body of the operation.
        case none
    }

    /// Operation and operands, destination first: `add r32, m32`.
    public let form: String
    /// How it is run.
    public let handler: Handler
    /// How often.
    public let count: UInt64
}

extension CPU {
    /// The forms that have been run, the most frequent first, on an engine that counts; none on another one.
    ///
    /// An op counts when it begins, a repeated one each time that it does or goes on.
    public var opCounts: [OpCount] {
        guard let counts = core.pointee.opCounts else { return [] }
        return (0..<OpForm.indices).filter { counts[$0] > 0 }
            .map { place in
                let form = OpForm(index: place)
                return OpCount(form: form.text, handler: form.handler, count: counts[place])
            }
            .sorted { ($1.count, $0.form) < ($0.count, $1.form) }
    }
}

/// The form of an op, and the place where ops of the form are counted.
struct OpForm {
    let operation: Operation
    let shape: OperandShape
    let width: Width
    let isRepeated: Bool
    let handler: OpCount.Handler

    private static let shapes = Int(OperandShape.i.rawValue) + 1
    private static let handlers = OpCount.Handler.allCases.count
    /// How many places there are.
    static let indices = Operation.allCases.count * shapes * 3 * 2 * handlers

    /// The form of an op.
    init(_ op: OpPointer) {
        operation = op.pointee.operation
        shape = op.pointee.shape
        width = op.pointee.width
        isRepeated = op.pointee.isRepeated
        let usual = Handlers.handler(for: op.pointee.dispatch)
        let isUsual =
            unsafeBitCast(usual, to: UnsafeRawPointer.self)
            == unsafeBitCast(op.pointee.handler, to: UnsafeRawPointer.self)
        handler = !isUsual ? .special : op.pointee.dispatch == .general ? .none : .usual
    }

    /// The form that is counted at a place.
    init(index: Int) {
        var rest = index
        func take(_ count: Int) -> Int {
            defer { rest /= count }
            return rest % count
        }
        handler = OpCount.Handler.allCases[take(Self.handlers)]
        isRepeated = take(2) == 1
        width = Width.allCases[take(3)]
        shape = OperandShape(rawValue: UInt8(truncatingIfNeeded: take(Self.shapes))) ?? .none
        operation = Operation.allCases[take(Operation.allCases.count)]
    }

    /// Where it is counted.
    var index: Int {
        let widths = width == .byte ? 0 : width == .word ? 1 : 2
        let operands = (Int(operation.rawValue) * Self.shapes + Int(shape.rawValue)) * 3 + widths
        return (operands * 2 + (isRepeated ? 1 : 0)) * Self.handlers + Int(handler.rawValue)
    }

    /// Operation and operands.
    var text: String {
        let bits = width.bits
        let operands =
            switch shape {
            case .none: isSized ? "\(bits)" : ""
            case .rr: "r\(bits), r\(bits)"
            case .rm: "r\(bits), m\(bits)"
            case .mr: "m\(bits), r\(bits)"
            case .ri: "r\(bits), imm"
            case .mi: "m\(bits), imm"
            case .r: "r\(bits)"
            case .m: "m\(bits)"
            case .i: "imm"
            }
        return (isRepeated ? "rep " : "") + "\(operation)" + (operands.isEmpty ? "" : " " + operands)
    }

    /// Of operations without operands, those that come in sizes.
    private var isSized: Bool {
        switch operation {
        case .movs, .cmps, .stos, .lods, .scas, .ins, .outs, .in, .out, .ret, .retFar, .iret, .push, .pop, .pushf,
            .popf, .pusha, .popa, .cbw, .cwd:
            true
        default: false
        }
    }
}
