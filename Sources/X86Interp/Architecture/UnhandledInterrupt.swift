/// An interrupt in real mode that nobody handles: nobody has installed its vector.
public struct UnhandledInterrupt: Sendable, Codable, Equatable {
    /// What raised it.
    public enum Source: String, Sendable, Codable {
        /// INT n, INT3, INTO or INT1.
        case instruction
        /// An instruction that failed, or a debug trap.
        case exception
        /// NMI or an interrupt controller.
        case chip
    }

    /// Its number.
    public var vector: UInt8
    /// What raised it.
    public var source: Source
    /// Where it happened: CS.
    public var cs: UInt16
    /// Where it happened: EIP of the INT, of the instruction that faulted, or of the next one.
    public var eip: UInt32

    /// An interrupt with its place.
    public init(vector: UInt8, source: Source, cs: UInt16, eip: UInt32) {
        self.vector = vector
        self.source = source
        self.cs = cs
        self.eip = eip
    }
}
