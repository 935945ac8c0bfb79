import Foundation

/// The long form of tests that are cut short by default, chosen by the environment.
public enum LongTests {
    /// Whether `X86SIM_LONG_TESTS=1` asks for the long form; run it in a release build.
    public static let areWanted = ProcessInfo.processInfo.environment["X86SIM_LONG_TESTS"] == "1"

    /// The numbers that `X86SIM_BLOBS=FIRST-LAST` asks for, to find the one of a failure; nil unless it is set.
    public static let blobs: ClosedRange<Int>? = {
        let text = ProcessInfo.processInfo.environment["X86SIM_BLOBS"] ?? ""
        let numbers = text.split(separator: "-").compactMap { Int($0) }
        guard let first = numbers.first, let last = numbers.last, first <= last else { return nil }
        return first...last
    }()
}
