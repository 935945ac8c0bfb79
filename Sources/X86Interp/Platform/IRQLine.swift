/// An input of an interrupt controller.
public protocol InterruptSink: AnyObject {
    /// The level of input `number` changed.
    func lineChanged(_ number: Int, level: Bool)
    /// Whether something can be wired to input `number`: 0 to 15 unless the controller says otherwise.
    func hasInput(_ number: Int) -> Bool
}

extension InterruptSink {
    /// The inputs of a PC's two controllers.
    public func hasInput(_ number: Int) -> Bool { 0...15 ~= number }
}

/// A wire from a chip to an interrupt controller's input.
public final class IRQLine {
    /// The controller has no such input, or not for wires from outside.
    public struct NoInput: Error, Equatable, CustomStringConvertible {
        /// The number that was asked for.
        public let number: Int

        /// What is wrong and what helps, in one line.
        public var description: String {
            "the interrupt controller has no input \(number) to be wired to; use another, or IRQLine() for none"
        }
    }

    /// The level that the chip drives.
    public private(set) var level = false
    private weak var sink: (any InterruptSink)?
    private let number: Int

    /// A wire to input `number` of `sink`.
    ///
    /// - Throws: `NoInput` if there is none.
    public init(to sink: any InterruptSink, number: Int) throws(NoInput) {
        guard sink.hasInput(number) else { throw NoInput(number: number) }
        self.sink = sink
        self.number = number
    }

    /// A wire that ends nowhere.
    public init() {
        sink = nil
        number = 0
    }

    /// Drives the wire; the sink hears of changes only.
    public func set(_ level: Bool) {
        guard level != self.level else { return }
        self.level = level
        sink?.lineChanged(number, level: level)
    }

    /// Sets the level that a restored chip drives, which is no edge.
    public func restore(_ level: Bool) { self.level = level }
}
