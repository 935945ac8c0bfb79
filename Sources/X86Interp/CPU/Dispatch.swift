/// The cases of the hot switch.
enum Dispatch: UInt16, Sendable {
    /// By `operation`, in the complete switch.
    case general
}

extension Dispatch {
    init(for instruction: Instruction) { self = .general }
}
