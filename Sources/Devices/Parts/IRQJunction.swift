import X86Interp

/// Several wires to one input of an interrupt controller, which is high while any of them is.
///
/// Its wires hold it weakly: whoever builds the board keeps it.
final class IRQJunction: InterruptSink {
    private var lines: [IRQLine] = []
    private weak var sink: (any InterruptSink)?
    private let number: Int

    /// A junction at input `number` of `sink`.
    ///
    /// - Throws: `IRQLine.NoInput` if there is none.
    init(to sink: any InterruptSink, number: Int) throws(IRQLine.NoInput) {
        _ = try IRQLine(to: sink, number: number)
        self.sink = sink
        self.number = number
    }

    /// One more wire.
    func line() throws(IRQLine.NoInput) -> IRQLine {
        let line = try IRQLine(to: self, number: lines.count)
        lines.append(line)
        return line
    }

    /// As many inputs as there are wires.
    func hasInput(_ number: Int) -> Bool { true }

    /// A wire has changed: the input does if all others are low.
    ///
    /// Only their levels count, which a restored machine has as well.
    func lineChanged(_ number: Int, level: Bool) {
        let others = lines.enumerated().contains { $0.offset != number && $0.element.level }
        if !others { sink?.lineChanged(self.number, level: level) }
    }
}
