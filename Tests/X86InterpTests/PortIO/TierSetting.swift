import Testing
import X86Interp

/// The ways in which a row of the port checklist is run: the guest must not be able to tell them apart.
enum TierSetting: String, CaseIterable, Sendable, CustomTestStringConvertible {
    /// Devices are served inside the run loop.
    case kernel
    /// The host answers each request at once.
    case user
    /// The host comes back without an answer once or more before it answers.
    case delayed

    /// All three, for `arguments:`.
    static let all = allCases

    /// The tier that the devices are moved to.
    var tier: Tier { self == .kernel ? .kernel : .user }

    var testDescription: String { self == .delayed ? "user tier with delayed answers" : "\(rawValue) tier" }
}
