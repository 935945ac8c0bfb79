/// How a mouse is moved: distances since the last move, and the buttons that are down now.
public struct PointerMove: Equatable, Sendable, Codable {
    /// Counts to the right; negative to the left.
    public var right: Int16
    /// Counts up, away from the user.
    public var up: Int16
    /// Notches of the wheel towards the user.
    public var wheel: Int8
    /// Buttons that are down: bit 0 left, 1 right, 2 middle.
    public var buttons: UInt8

    /// A move; nothing unless told.
    public init(right: Int16 = 0, up: Int16 = 0, wheel: Int8 = 0, buttons: UInt8 = 0) {
        self.right = right
        self.up = up
        self.wheel = wheel
        self.buttons = buttons
    }

    /// The furthest that distances add up to between two packets.
    private static let furthest: Int16 = 1000

    /// Goes on with another move, whose buttons count from now on.
    mutating func add(_ move: PointerMove) {
        func sum(_ a: Int16, _ b: Int16) -> Int16 {
            max(-Self.furthest, min(Self.furthest, a.addingReportingOverflow(b).overflow ? b : a &+ b))
        }
        right = sum(right, move.right)
        up = sum(up, move.up)
        wheel = Int8(clamping: Int(wheel) + Int(move.wheel))
        buttons = move.buttons
    }
}
