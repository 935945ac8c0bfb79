import Testing
import X86Interp

@testable import x86sim

/// Instructions in which two faults meet, as the silicon set has them: rare enough to be missing in the sample.
struct ConformEdgeTests {
    private func expectPass(_ file: MOOFile) throws {
        let result = try #require(conform([file]).first)
        let texts = result.failures.map { FailureText(failure: $0, file: result.file).lines }
        #expect(result.score.passed == 1, "\(texts.joined())")
    }

    private func exception(_ number: UInt8) -> VectorException {
        VectorException(number: number, flagAddress: .max, errorCode: 0)
    }

    /// BOUND EAX, [BX] at FFFF: the upper bound is at 0003, where it is 1; behind the lower one it is 7F000000.
    @Test func upperBoundWrapsAtTheAddressSize() throws {
        try expectPass(
            SiliconExample.file(
                [0x67, 0x62, 0x07], [.ebx: 0xFFFF],
                memory: [MemoryByte(address: 3, value: 1), MemoryByte(address: 0x10006, value: 0x7F)],
                exception: exception(5)))
    }

    /// BOUND EAX, [EBX] at the end of the segment: the upper bound cannot be read, though the lower is violated.
    @Test func bothBoundsAreRead() throws {
        try expectPass(
            SiliconExample.file(
                [0x62, 0x03], [.ebx: 0xFF_FFFC, .eax: 0], memory: [MemoryByte(address: 0xFF_FFFC, value: 9)],
                exception: exception(13)))
    }

    /// CALL ESP: the stack is as far outside as the target.
    @Test func indirectCallReportsTheStackFirst() throws {
        try expectPass(SiliconExample.file([0xFF, 0xD4], [.esp: 0x8000_0000], exception: exception(12)))
    }

    /// ARPL [EBX], AX in a read-only segment: RPL 3 stays, so nothing is written; RPL 0 would have to become 1.
    @Test(arguments: [3, 0] as [UInt8])
    func privilegeThatStaysNeedsNoWrite(selector: UInt8) throws {
        var file = SiliconExample.file(
            [0x63, 0x03], [.ds: 0x97], memory: [MemoryByte(address: 0x20_0000, value: selector)],
            changes: selector == 3 ? [.eip: 0x1002] : [:], exception: selector == 3 ? nil : exception(13))
        file.oracle?.segments[0x97] = OracleSegment(kind: 0x12, base: 0, limit: 0xFF_FFFF)
        try expectPass(file)
    }

    /// CMPS SS:[ESI], ES:[EDI] with both outside.
    @Test(arguments: [[0x36, 0xA7], [0xF3, 0x36, 0xA6]] as [[UInt8]])
    func comparedStringsReportTheDestinationFirst(bytes: [UInt8]) throws {
        try expectPass(
            SiliconExample.file(bytes, [.esi: 0xFF00_0000, .edi: 0xFF00_0000], exception: exception(13)))
    }

    /// FE /7 with a displacement that lies behind the end of the segment: #GP of the fetch, not #UD.
    @Test(arguments: [(0xFF_FFFD, 13), (0xFF_FFFA, 6)] as [(UInt32, UInt8)])
    func gapInAGroupIsFetchedWhole(eip: UInt32, number: UInt8) throws {
        let bytes: [UInt8] = [0xFE, 0xBE, 0x01, 0x00, 0x00, 0x00]
        var file = SiliconExample.file(bytes, [.eip: eip], exception: exception(number))
        file.tests[0].initial.memory = bytes.prefix(3).enumerated().map { item in
            MemoryByte(address: eip + UInt32(item.offset), value: item.element)
        }
        try expectPass(file)
    }
}
