/// The bits of EFLAGS (SDM volume 1, 3.4.3).
public struct EFLAGS: OptionSet, Sendable, Codable, Hashable {
    /// The register's value.
    public var rawValue: UInt32

    /// Wraps a register value.
    @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// CF: carry or borrow out of the highest bit.
    public static let carry = EFLAGS(rawValue: 1 << 0)
    /// Bit 1, which reads as one.
    public static let alwaysOne = EFLAGS(rawValue: 1 << 1)
    /// PF: the low byte of the result has an even number of ones.
    public static let parity = EFLAGS(rawValue: 1 << 2)
    /// AF: carry or borrow out of bit 3.
    public static let auxiliary = EFLAGS(rawValue: 1 << 4)
    /// ZF: the result is zero.
    public static let zero = EFLAGS(rawValue: 1 << 6)
    /// SF: the highest bit of the result.
    public static let sign = EFLAGS(rawValue: 1 << 7)
    /// TF: single-step trap behind each instruction.
    public static let trap = EFLAGS(rawValue: 1 << 8)
    /// IF: maskable interrupts are let in.
    public static let interrupt = EFLAGS(rawValue: 1 << 9)
    /// DF: string instructions go down.
    public static let direction = EFLAGS(rawValue: 1 << 10)
    /// OF: the signed result does not fit.
    public static let overflow = EFLAGS(rawValue: 1 << 11)
    /// IOPL: the outermost ring that may use ports, CLI and STI.
    public static let iopl = EFLAGS(rawValue: 3 << 12)
    /// NT: the task was called; IRET goes back.
    public static let nestedTask = EFLAGS(rawValue: 1 << 14)
    /// RF: code breakpoints are passed over once.
    public static let resume = EFLAGS(rawValue: 1 << 16)
    /// VM: virtual-8086 mode.
    public static let virtual8086 = EFLAGS(rawValue: 1 << 17)
    /// AC: alignment checks in ring 3.
    public static let alignmentCheck = EFLAGS(rawValue: 1 << 18)
    /// VIF: IF as virtual-8086 mode sees it.
    public static let virtualInterrupt = EFLAGS(rawValue: 1 << 19)
    /// VIP: a virtual interrupt waits.
    public static let virtualInterruptPending = EFLAGS(rawValue: 1 << 20)
    /// ID: can be changed where CPUID exists.
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
