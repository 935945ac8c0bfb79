extension CPU {
    /// Halted by HLT.
    var isHalted: Bool { core.pointee.state.halted }
    /// The stack pointer's bits under SS.B.
    var stackMask: UInt32 { core.pointee.stackMask }
    /// What is being delivered is an exception.
    var isDeliveringException: Bool { true }
    /// Guest time at which something was last delivered that no instruction called.
    var lastDelivery: UInt64? { nil }
}

extension PhysicalMemory {
    /// Numbers of pages of RAM written since the last call, maybe more.
    func takeDirtyPages() -> [UInt32] { (0..<UInt32(ramSize / 4096)).map { $0 } }
}
