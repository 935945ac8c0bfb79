import Devices
import TestSupport
import Testing
import X86Interp

/// Calls that no host can mean end the process, and say why: in a release build too, where CI runs these.
@Suite struct SentenceTests {
    private static func check(
        _ result: ExitTest.Result?, _ sentence: String, at place: SourceLocation = #_sourceLocation
    ) {
        let text = result.map { String(decoding: $0.standardErrorContent, as: UTF8.self) } ?? ""
        #expect(text.contains("Fatal error: ") && text.contains(sentence), "\(text)", sourceLocation: place)
    }

    @Test func aClockThatDoesNotTick() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = VirtualClock(ticksPerSecond: 0)
        }
        Self.check(result, "a clock of 0 ticks a second never moves")
    }

    @Test func aLookAtMoreThanThereIs() async {
        let physical = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            print(try PhysicalMemory(ramSize: 4096).peek(0, count: .max).count)
        }
        Self.check(physical, "cannot look at 9223372036854775807 bytes")
        let linear = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            print(try Machine(ramSize: 4096).peek(.linear(0), count: 1 << 32 + 1).count)
        }
        Self.check(linear, "cannot look at 4294967297 bytes")
        let read = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            print(try Machine(ramSize: 4096).read(.physical(0), count: 1 << 40).count)
        }
        Self.check(read, "cannot look at 1099511627776 bytes")
    }

    @Test func anInstructionOfNoBytes() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            print(Disassembler(code32: true).disassemble([], at: 0).text)
        }
        Self.check(result, "there is no instruction in no bytes")
    }

    @Test func aStreamOfLessThanNothing() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            print(BufferStream(limit: -1).text)
        }
        Self.check(result, "a stream cannot keep -1 bytes of output")
    }

    @Test func aDeviceWithoutPorts() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            print(DeviceRow("mute", "a device", []) { PostCode(name: $0.name) }.name)
        }
        Self.check(result, "device 'mute' without ports cannot be reached")
    }

    @Test func moreRegistersThanAChipHas() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            print(RegisterFile(count: .max)[0])
        }
        Self.check(result, "a file of 9223372036854775807 registers")
    }
}
