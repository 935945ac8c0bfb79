import Foundation

/// The long form of tests that are cut short by default, chosen by the environment; run it in a release build.
///
/// `X86SIM_LONG_TESTS=1` asks for all of it; a larger number for that many random guests, states or clients of each
/// kind. `X86SIM_BLOBS=FIRST-LAST` asks for some numbers of the random guests, to find the one of a failure.
public enum LongTests {
    private static let wanted = Int(ProcessInfo.processInfo.environment["X86SIM_LONG_TESTS"] ?? "") ?? 0

    /// Whether the long form is asked for.
    public static let areWanted = wanted > 0

    /// The numbers that `X86SIM_BLOBS` asks for; nil unless it is set.
    public static let blobs: ClosedRange<Int>? = {
        let text = ProcessInfo.processInfo.environment["X86SIM_BLOBS"] ?? ""
        let numbers = text.split(separator: "-").compactMap { Int($0) }
        guard let first = numbers.first, let last = numbers.last, first <= last else { return nil }
        return first...last
    }()

    /// How many instructions `X86SIM_INSTRUCTIONS` asks for where engines are compared; nil unless it is set.
    public static let instructions = UInt64(ProcessInfo.processInfo.environment["X86SIM_INSTRUCTIONS"] ?? "")

    /// How many random things a test takes: 10,000 at most.
    public static func count(short: Int) -> Int {
        guard areWanted else { return short }
        return wanted == 1 ? 10_000 : min(10_000, wanted)
    }

    /// The numbers of the random guests that a test takes, in parts, each for a process of its own: a trap fails one
    /// part.
    public static func parts(short: Int) -> [ClosedRange<Int>] {
        let numbers = blobs ?? 0...count(short: short) - 1
        return stride(from: numbers.lowerBound, through: numbers.upperBound, by: 1000)
            .map { $0...min($0 + 999, numbers.upperBound) }
    }
}
