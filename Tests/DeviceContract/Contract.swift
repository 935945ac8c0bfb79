import X86Interp

/// What every `Device` keeps to, so that machines can be run in either tier, saved, compared and shown.
///
/// A contract wants one thing of the author: a closure that makes a machine with the device in a tier, a new one each
/// time. It needs no test framework; a test says `#expect(contract.violations() == [])` or what its framework has for it.
/// A device that ends the process by a Swift trap breaks the contract too, but then nobody is left to say so.
public struct Contract {
    /// The rules.
    public enum Rule: String, CaseIterable, Sendable {
        /// It claims ports or memory, and says of blocks, deferring and memory what its conformances say.
        case claims
        /// Each register takes each value at each width that is claimed, and reads have no bits above the width.
        case widths
        /// `peek` is nil or what `read` then returns, each byte of `peekMemory` likewise, and neither changes anything.
        case peek
        /// New devices are alike, and `reset` makes a device new; with a battery, a second `reset` changes nothing.
        case reset
        /// A restored device goes on as the one that was saved; restoring is no edge and calls nobody.
        case restoring
        /// A state survives being encoded and decoded.
        case encoding
        /// A block acts as its elements one by one.
        case blocks
        /// The guest cannot tell in which tier the device is, nor whether answers are put off.
        case tiers
        /// Its fields have texts, and names of their own; looking changes nothing.
        case fields
    }

    private let name: String
    private let seed: UInt64
    private let make: (Tier) throws -> Specimen

    /// The contract of a device.
    ///
    /// - Parameters:
    ///   - name: what violations call it.
    ///   - seed: decides the random accesses; equal seeds make equal ones.
    ///   - make: makes a machine with the device, its claims in that tier; called often, each time for a new one.
    ///     Programs run with ports and memory moved to the tier that they want.
    public init(_ name: String, seed: UInt64 = 1, make: @escaping (Tier) throws -> Specimen) {
        self.name = name
        self.seed = seed
        self.make = make
    }

    /// What is broken: at most one violation for each rule, the first that was met.
    public func violations() -> [Violation] { Rule.allCases.compactMap { violation(of: $0) } }

    /// How a rule is broken, or nil if it is kept as far as could be seen.
    public func violation(of rule: Rule) -> Violation? {
        do {
            try check(rule)
            return nil
        } catch let broken as Broken {
            return Violation(rule: rule, device: name, sentence: broken.sentence)
        } catch {
            return Violation(rule: rule, device: name, sentence: "it cannot be checked: \(error)")
        }
    }

    private func check(_ rule: Rule) throws {
        switch rule {
        case .claims: try checkClaims()
        case .widths: try checkWidths()
        case .peek: try checkPeek()
        case .reset: try checkReset()
        case .restoring: try checkRestoring()
        case .encoding: try checkEncoding()
        case .blocks: try checkBlocks()
        case .tiers: try checkTiers()
        case .fields: try checkFields()
        }
    }

    /// A new device that is accessed at random; the same accesses for the same number.
    func bench(_ number: UInt64 = 0, _ tier: Tier = .kernel) throws -> Bench {
        try Bench(try make(tier), seed: seed &+ number &* 0x1_0000)
    }
}

/// A rule was found broken.
struct Broken: Error {
    var sentence: String
}

/// Throws the sentence unless the condition holds.
func demand(_ condition: Bool, _ sentence: @autoclosure () -> String) throws {
    if !condition { throw Broken(sentence: sentence()) }
}
