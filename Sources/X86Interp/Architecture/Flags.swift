/// The bits of EFLAGS (SDM Vol. 1, 3.4.3).
public struct EFLAGS: OptionSet, Sendable, Codable, Hashable {
    /// The register's value.
    public var rawValue: UInt32

    /// Wraps a register value.
    @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }

    public static let carry = EFLAGS(rawValue: 1 << 0)
    /// Bit 1, which reads as one.
    public static let alwaysOne = EFLAGS(rawValue: 1 << 1)
    public static let parity = EFLAGS(rawValue: 1 << 2)
    public static let auxiliary = EFLAGS(rawValue: 1 << 4)
    public static let zero = EFLAGS(rawValue: 1 << 6)
    public static let sign = EFLAGS(rawValue: 1 << 7)
    public static let trap = EFLAGS(rawValue: 1 << 8)
    public static let interrupt = EFLAGS(rawValue: 1 << 9)
    public static let direction = EFLAGS(rawValue: 1 << 10)
    public static let overflow = EFLAGS(rawValue: 1 << 11)
    public static let iopl = EFLAGS(rawValue: 3 << 12)
    public static let nestedTask = EFLAGS(rawValue: 1 << 14)
    public static let resume = EFLAGS(rawValue: 1 << 16)
    public static let virtual8086 = EFLAGS(rawValue: 1 << 17)
    public static let alignmentCheck = EFLAGS(rawValue: 1 << 18)
    public static let virtualInterrupt = EFLAGS(rawValue: 1 << 19)
    public static let virtualInterruptPending = EFLAGS(rawValue: 1 << 20)
    public static let identification = EFLAGS(rawValue: 1 << 21)

    /// CF, PF, AF, ZF, SF and OF: what arithmetic instructions write.
    public static let arithmetic: EFLAGS = [.carry, .parity, .auxiliary, .zero, .sign, .overflow]

    /// One letter a flag, upper case when set: `odItSzApC`-like, from OF down to CF.
    public var text: String {
        let letters: [(EFLAGS, String)] = [
            (.overflow, "o"), (.direction, "d"), (.interrupt, "i"), (.trap, "t"), (.sign, "s"), (.zero, "z"),
            (.auxiliary, "a"), (.parity, "p"), (.carry, "c"),
        ]
        return letters.map { contains($0.0) ? $0.1.uppercased() : $0.1 }.joined()
    }
}
