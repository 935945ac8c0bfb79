/// A DMA controller as chips with a DRQ pin see it: they are wired to a channel, raise its request, and are called for
/// each cycle.
public protocol DMAService: AnyObject {
    /// Wires a chip to a channel, 0 to 7; the controller does not keep it alive.
    func connect(_ requester: any DMARequester, channel: Int)
    /// Drives the request input of a channel.
    ///
    /// While it is high the controller makes cycles, at once or later, as it is programmed: the chip lowers it when it
    /// has no data, often within a cycle.
    func setRequest(_ channel: Int, level: Bool)
    /// The level of a request as a restored chip drives it, which makes no cycle.
    func restoreRequest(_ channel: Int, level: Bool)
}

/// A chip that a DMA channel serves: one call a cycle, whether it had asked for that kind of cycle or not.
///
/// Values have eight bits at channels 0 to 3, sixteen at 5 to 7. `isLast` is the level of TC in the cycle.
public protocol DMARequester: AnyObject {
    /// The controller reads the chip's data and writes it to memory.
    func dmaRead(isLast: Bool) -> UInt16
    /// The controller has read memory and writes the value to the chip.
    func dmaWrite(_ value: UInt16, isLast: Bool)
    /// The controller only acknowledges: the chip counts a byte that nobody takes or gives.
    func dmaVerify(isLast: Bool)
}
