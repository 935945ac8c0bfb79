import Foundation
import Testing

extension LongTests {
    /// Does something for each number, on all cores; an error is an issue that names the number.
    ///
    /// If `X86SIM_BLOBS` is set, says on standard error which number comes next, so that one that brings the process
    /// down can be named.
    public static func forEach(
        in numbers: ClosedRange<Int>, name: String, _ body: @escaping @Sendable (Int) throws -> Void
    ) async {
        await withTaskGroup(of: Void.self) { group in
            for number in numbers {
                group.addTask {
                    if blobs != nil { FileHandle.standardError.write(Data("\(name) \(number)\n".utf8)) }
                    do { try body(number) } catch { Issue.record(error, "\(name) \(number)") }
                }
            }
        }
    }
}
