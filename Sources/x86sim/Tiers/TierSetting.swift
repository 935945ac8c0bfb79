import X86Interp

/// One of the ways in which the same devices are served.
enum TierSetting: String, Sendable, CaseIterable {
    /// Inside the run loop.
    case kernel = "kernel tier"
    /// By the host, at once.
    case user = "user tier"
    /// By the host, which lets the machine ask several times.
    case delayed = "user tier with delayed answers"

    /// The tier that all devices are moved to.
    var tier: Tier { self == .kernel ? .kernel : .user }

    /// How often a request is put off before its answer: 0 to 3 times, by port and element.
    func delays(_ request: PortRequest) -> Int {
        guard self == .delayed else { return 0 }
        return 1 + Int((UInt32(request.port) &+ request.element) % 3)
    }

    /// The same of a request at memory, by address and element.
    func delays(_ request: MemoryRequest) -> Int {
        guard self == .delayed else { return 0 }
        return 1 + Int((UInt32(truncatingIfNeeded: request.address) &+ request.element) % 3)
    }
}
