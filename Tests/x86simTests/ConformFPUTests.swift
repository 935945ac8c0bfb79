import Testing
import X86Interp

@testable import x86sim

/// Test vectors with the state of x87 and SSE: what is compared, and by how much approximations may differ.
@Suite struct ConformFPUTests {
    /// The 512 bytes of a state.
    private func bytes(_ x87: X87State, _ sse: SSEState = SSEState()) -> [UInt8] {
        let image = FXSaveImage(x87: x87, sse: sse)
        return (0..<64).flatMap { number in
            (0..<8).map { UInt8(truncatingIfNeeded: image[number] >> UInt64(8 * $0)) }
        }
    }

    private func number(_ significand: UInt64, _ signExponent: UInt16 = 0x3FFF) -> Extended {
        Extended(signExponent: signExponent, significand: significand)
    }

    /// FLD1, or FSIN of zero, whose result the test says is `want`.
    private func file(
        _ code: [UInt8] = [0xD9, 0xE8], name: String = "D9E8.MOO", flags: UInt32 = 2, before: X87State = X87State(),
        _ change: (inout X87State) -> Void
    ) -> MOOFile {
        var after = before
        change(&after)
        var file = SiliconExample.file(code, changes: [.eip: 0x1002])
        file.name = "seg32/" + name
        file.oracle?.flags = flags
        file.tests[0].initial.fpu = bytes(before)
        file.tests[0].final.fpu = bytes(after)
        return file
    }

    private func load(_ x87: inout X87State, _ significand: UInt64 = 1 << 63) {
        x87.top = 7
        x87.inUse = 0x80
        x87[0] = number(significand)
    }

    @Test func acceptsARightState() throws {
        let result = try #require(conform([file { load(&$0) }], on: .newest).first)
        #expect(result.score.passed == 1 && result.score.exact == 1 && result.score.approximations == 0)
    }

    @Test func findsWhatDiffers() throws {
        let wrong = file {
            load(&$0, 1 << 63 | 1)
            $0.load(control: 0x27F)
            $0.load(status: 0x3841)
            $0.inUse = 0x81
        }
        let result = try #require(conform([wrong], on: .newest).first)
        #expect(
            result.failures.first?.differences.map { $0.text(wide: true) } == [
                "FCW is 037F, should be 027F", "FSW is 3800, should be 3841", "FTW is 80, should be 81",
                "ST0 is 3FFF:8000000000000000, should be 3FFF:8000000000000001",
            ])
    }

    @Test func masksTheStatusWord() throws {
        var file = file {
            load(&$0)
            $0.status |= 0x4000
        }
        file.tests[0].final.statusWordMask = 0xBFFF
        let result = try #require(conform([file], on: .newest).first)
        #expect(result.score.passed == 1 && result.score.exact == 0)
    }

    @Test func approximationsMayDifferByOneUnit() throws {
        // FCOS of zero is 1.
        let zero = {
            var state = X87State()
            state.inUse = 1
            return state
        }()
        let wants: [(Extended, passes: Bool)] = [
            (number(1 << 63), true), (number(1 << 63 | 1), true), (number(.max, 0x3FFE), true),
            (number(1 << 63 | 2), false), (number(1 << 63, 0xBFFF), false), (number(1 << 63, 0x7FFF), false),
        ]
        let files = wants.map { want, _ in
            file([0xD9, 0xFF], name: "D9FF.MOO", flags: 6, before: zero) { $0[0] = want }
        }
        let results = try conform(files, on: .newest)
        #expect(results.map { $0.score.passed == 1 } == wants.map(\.passes))
        #expect(results.prefix(3).map(\.score.exactApproximations) == [1, 0, 0])
        #expect(results.prefix(3).map(\.score.approximations) == [1, 1, 1])
    }

    /// The sine of the smallest normal number, rounded towards zero: the largest denormal and UE, or the number itself.
    @Test func approximationsMayBeOnEitherSideOfTheSmallestNumber() throws {
        var before = X87State()
        before.inUse = 1
        before.load(control: 0xF7F)
        before[0] = number(1 << 63, 1)
        let denormal = number(.max >> 1, 0)
        let wants: [(Extended, status: UInt16, passes: Bool)] = [
            (denormal, 0x30, true), (number(1 << 63, 1), 0x20, true), (denormal, 0x20, false),
            (number(1 << 63, 1), 0, false), (number(1 << 63 | 1, 1), 0x20, false),
            (number(.max >> 1 - 1, 0), 0x30, true),
            (number(.max >> 1 - 2, 0), 0x30, false),
        ]
        let files = wants.map { want in
            file([0xD9, 0xFE], name: "D9FE.MOO", flags: 6, before: before) {
                $0[0] = want.0
                $0.load(status: want.status)
            }
        }
        let results = try conform(files, on: .newest)
        #expect(results.map { $0.score.passed == 1 } == wants.map(\.passes))
    }

    @Test func reciprocalsMayDifferRelatively() {
        var file = SiliconExample.file([0x0F, 0x53, 0xC0])
        file.name = "seg32/0F53.MOO"
        file.oracle?.flags = 6
        let tolerance = Tolerance(file)
        let one = UInt64(Float(1).bitPattern)
        let near = UInt64(Float(1.0003).bitPattern)
        let far = UInt64(Float(1.0005).bitPattern)
        #expect(tolerance.allows(one << 32 | near, one << 32 | one))
        #expect(!tolerance.allows(one << 32 | near, one << 32 | UInt64(Float(-1).bitPattern)))
        #expect(!tolerance.allows(far << 32 | one, one << 32 | one))
        #expect(!tolerance.allows(UInt64(Float.infinity.bitPattern), one))
    }

    @Test func olderModelsAreNotAsked() throws {
        let old = try #require(CPUModel.named("80386"))
        let result = try #require(conform([file { load(&$0) }], on: old).first)
        #expect(result.score.skippedCount == 1)
        let later = try #require(conform([file { load(&$0) }], on: old.with(.i80387)).first)
        #expect(later.score.passed == 1)
    }
}
