import Devices
import Testing

@Suite struct ByteStreamTests {
    @Test func inputIsReadInOrderAndPeekLeavesIt() {
        let stream = BufferStream(input: [1, 2])
        #expect(stream.peek() == 1)
        #expect(stream.peek() == 1)
        #expect(stream.read() == 1)
        #expect(stream.input == [2])
        #expect(stream.read() == 2)
        #expect(stream.read() == nil)
        #expect(stream.peek() == nil)
        stream.input = [3]
        #expect(stream.read() == 3)
    }

    @Test func outputBeyondTheLimitIsCountedAndDropped() {
        let stream = BufferStream(limit: 4)
        stream.write(0x41)
        [UInt8](repeating: 0x42, count: 6).withUnsafeBytes { stream.write(contentsOf: $0) }
        stream.write(0x43)
        #expect(stream.text == "ABBB")
        #expect(stream.dropped == 4)
    }
}
