import Testing
import X86Interp

@testable import x86sim

/// What vectors of an Intel show otherwise than those of an AMD: skipped if that explains all, and only then.
@Suite struct ConformVendorTests {
    private static let intel = "Intel(R) Xeon(R) Processor (family 6 model 207 stepping 2)"
    private static let amd = "AMD EPYC (family 25 model 17 stepping 1)"
    /// Beyond all limits.
    private static let nowhere: UInt32 = 0x0100_0000

    private static func bytes(_ x87: X87State) -> [UInt8] {
        let image = FXSaveImage(x87: x87, sse: SSEState())
        return (0..<64).flatMap { number in
            (0..<8).map { UInt8(truncatingIfNeeded: image[number] >> UInt64(8 * $0)) }
        }
    }

    /// A test of `code`, whose memory operand is at EBX.
    private static func file(
        _ code: [UInt8], from processor: String, at address: UInt32 = nowhere, before: X87State, after: X87State,
        faults: Bool
    ) -> MOOFile {
        var file = SiliconExample.file(
            code, [.ebx: address], changes: faults ? [:] : [.eip: 0x1000 + UInt32(code.count)],
            exception: faults ? VectorException(number: 13, flagAddress: .max, errorCode: 0) : nil)
        file.oracle?.flags = 2
        file.oracle?.processor = processor
        file.tests[0].initial.fpu = bytes(before)
        file.tests[0].final.fpu = bytes(after)
        return file
    }

    private enum Outcome: Equatable { case passed, failed, skipped }

    private static func outcome(_ file: MOOFile) throws -> Outcome {
        let score = try #require(conform([file], on: .newest).first).score
        #expect(score.total == 1)
        return score.passed == 1 ? .passed : score.failed == 1 ? .failed : .skipped
    }

    /// FCW 037E, ST is 2^64.
    private static var tooLarge: X87State {
        var state = X87State()
        state.load(control: 0x37E)
        state.inUse = 1
        state[0] = Extended(signExponent: 0x403F, significand: 1 << 63)
        return state
    }

    private static func raising(_ flags: UInt16, in state: X87State) -> X87State {
        var state = state
        state.load(status: state.statusWord | flags)
        return state
    }

    /// FIST, FISTP and FBSTP of all sizes, and one with a prefix of CS, whose segment can never be written.
    @Test(arguments: [[0xDB, 0x13], [0xDB, 0x1B], [0xDF, 0x13], [0xDF, 0x3B], [0xDF, 0x33], [0x2E, 0xDB, 0x13]])
    func aWithheldStoreOfAnIntelLooksAtNoMemory(code: [UInt8]) throws {
        let before = Self.tooLarge
        let raised = Self.raising(1, in: before)
        #expect(raised.statusWord == 0x8081)
        func outcome(_ processor: String, _ after: X87State, faults: Bool) throws -> Outcome {
            try Self.outcome(Self.file(code, from: processor, before: before, after: after, faults: faults))
        }
        #expect(try outcome(Self.intel, raised, faults: false) == .skipped)
        #expect(try outcome(Self.amd, raised, faults: false) == .failed)
        #expect(try outcome(Self.amd, before, faults: true) == .passed)
        #expect(try outcome(Self.intel, before, faults: true) == .passed)
        // What else is wrong stays wrong.
        #expect(try outcome(Self.intel, Self.raising(1 << 5, in: raised), faults: false) == .failed)
        #expect(try outcome(Self.intel, before, faults: false) == .failed)
        #expect(try outcome(Self.intel, X87State(), faults: false) == .failed)
    }

    /// A load, and a store that is not withheld, look at their memory on any processor.
    @Test(arguments: [[0xD9, 0x03], [0xDB, 0x3B]]) func othersMustFault(code: [UInt8]) throws {
        let raised = Self.raising(1, in: Self.tooLarge)
        let file = Self.file(code, from: Self.intel, before: Self.tooLarge, after: raised, faults: false)
        #expect(try Self.outcome(file) == .failed)
    }

    @Test(arguments: [[0x0F, 0x7E, 0x03], [0x0F, 0x7F, 0x03], [0x0F, 0xE7, 0x03]])
    func aFaultingStoreOfMMXOnAnIntelMovesTOP(code: [UInt8]) throws {
        var before = X87State()
        before.top = 5
        before.inUse = 0x60
        before.registers[5] = Extended(signExponent: 0x3FFF, significand: 1 << 63)
        var moved = before
        moved.top = 0
        func outcome(_ processor: String, _ after: X87State, faults: Bool = true) throws -> Outcome {
            try Self.outcome(Self.file(code, from: processor, before: before, after: after, faults: faults))
        }
        #expect(try outcome(Self.intel, moved) == .skipped)
        #expect(try outcome(Self.amd, moved) == .failed)
        #expect(try outcome(Self.amd, before) == .passed)
        #expect(try outcome(Self.intel, moved, faults: false) == .failed)
        moved.inUse = 0xFF
        #expect(try outcome(Self.intel, moved) == .failed)
    }

    /// Rounded towards zero, the sine of the smallest normal number underflows, but on an Intel.
    @Test(arguments: [[0xD9, 0xFE], [0xD9, 0xFB]]) func theSmallestSineOfAnIntelIsTheNumber(code: [UInt8]) throws {
        let smallest = Extended(signExponent: 0x8001, significand: 1 << 63)
        var before = X87State()
        before.load(control: 0xF69)
        before.inUse = 0x01
        before[0] = smallest
        var after = before
        if code[1] == 0xFB {
            after.top = 7
            after.inUse = 0x81
            after[0] = Extended(signExponent: 0x3FFF, significand: 1 << 63)
        }
        func outcome(_ processor: String, _ flags: UInt16) throws -> Outcome {
            let after = Self.raising(flags, in: after)
            var file = Self.file(code, from: processor, before: before, after: after, faults: false)
            file.name = code[1] == 0xFB ? "seg32/D9FB.MOO" : "seg32/D9FE.MOO"
            file.oracle?.flags = 6
            return try Self.outcome(file)
        }
        #expect(try outcome(Self.intel, 0x20) == .skipped)
        #expect(try outcome(Self.amd, 0x20) == .failed)
        #expect(try outcome(Self.intel, 0) == .failed)
        #expect(try outcome(Self.intel, 0x24) == .failed)
    }

    @Test func theReasonsAreCounted() throws {
        let file = Self.file(
            [0xDB, 0x13], from: Self.intel, before: Self.tooLarge, after: Self.raising(1, in: Self.tooLarge),
            faults: false)
        let score = try #require(conform([file], on: .newest).first).score
        #expect(score.skipped == [VendorDifference.withheldStore.reason: 1])
    }
}
