/// An input of an interrupt controller.
public protocol InterruptSink: AnyObject {
    /// The level of input `number` changed.
    func lineChanged(_ number: Int, level: Bool)
}

/// A wire from a chip to an interrupt controller's input.
public final class IRQLine {
    /// The level that the chip drives.
    public private(set) var level = false
    private weak var sink: (any InterruptSink)?
    private let number: Int

    /// A wire to input `number` of `sink`.
    public init(to sink: any InterruptSink, number: Int) {
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
