extension Debugger {
    /// Goes to a guest time: back, or forward through what has been run before, and further by running.
    ///
    /// Lands at the first boundary between instructions that is not before `instructions`.
    @discardableResult
    public func go(to instructions: UInt64) -> StopEvent { stopped(.noHistory) }

    /// Goes back `count` instructions, iterations of repeated ones counted each.
    @discardableResult
    public func reverseStep(_ count: UInt64 = 1) -> StopEvent { stopped(.noHistory) }

    /// Goes back over one instruction: a repeated one whole, a CALL or INT with all that it called.
    @discardableResult
    public func reverseNext() -> StopEvent { stopped(.noHistory) }

    /// Goes back to where the procedure or handler at hand was called.
    @discardableResult
    public func reverseFinish() -> StopEvent { stopped(.noHistory) }

    /// Goes back to the last moment at which a breakpoint was hit, or to the start of the history.
    @discardableResult
    public func reverseResume() -> StopEvent { stopped(.noHistory) }

    /// The last write to any of these linear addresses before now, or nil if the history has none.
    public func lastWrite(to range: ClosedRange<UInt32>) -> Provenance? { nil }

    /// The instruction that gave a register the value that it has, or nil if the history has none.
    public func lastChange(of register: RegisterReference) -> Provenance? { nil }

    /// The last transaction at a port before now, or nil if the history has none.
    public func lastTransaction(at ports: ClosedRange<UInt16>, direction: PortDirection? = nil) -> PortTransaction? {
        nil
    }
}
