/// Where an instruction is, as the processor names it.
public struct InstructionPlace: Sendable, Hashable {
    /// The selector in CS.
    public var cs: UInt16
    /// The offset within CS.
    public var eip: UInt32

    /// A place.
    public init(cs: UInt16, eip: UInt32) {
        self.cs = cs
        self.eip = eip
    }
}
