import Devices
import Testing

@testable import X86Interp

extension PortDevice {
    /// Reads a byte at a register of bank 0.
    func byte(_ offset: UInt16 = 0) -> UInt32 { read(bank: 0, offset: offset, width: .byte) }

    /// Writes a byte to a register of bank 0.
    func setByte(_ value: UInt32, _ offset: UInt16 = 0) { write(bank: 0, offset: offset, width: .byte, value: value) }
}

@Suite struct DebugConsoleTests {
    @Test func textGoesToTheStreamAndReadsSayE9() {
        let stream = BufferStream()
        let console = DebugConsole(to: stream)
        for letter in "Hello".utf8 { console.setByte(UInt32(letter)) }
        Array(", world".utf8).withUnsafeBytes { console.writeBlock(bank: 0, offset: 0, width: .byte, from: $0) }
        #expect(stream.text == "Hello, world")
        #expect(console.state.written == 12)
        #expect(console.byte() == 0xE9)
    }

    @Test func textThatIsWrittenToBothPortsShowsOnce() {
        let stream = BufferStream()
        let console = DebugConsole(to: stream)
        for letter in "Hello, aab".utf8 {
            for bank in UInt8(0)...1 { console.write(bank: bank, offset: 0, width: .byte, value: UInt32(letter)) }
        }
        #expect(stream.text == "Hello, aab")
        #expect(console.state.written == 10)
    }

    @Test func differentTextAtBothPortsShowsWhole() {
        let stream = BufferStream()
        let console = DebugConsole(to: stream)
        for (bank, text) in [(UInt8(0), "one, "), (1, "two, "), (0, "three")] {
            for letter in text.utf8 { console.write(bank: bank, offset: 0, width: .byte, value: UInt32(letter)) }
        }
        #expect(stream.text == "one, two, three")
    }
}

@Suite struct PostCodeTests {
    @Test func lastCodeReadsBackAndHistoryIsBounded() {
        let post = PostCode()
        #expect(post.byte() == 0)
        #expect(post.state.history.isEmpty)
        post.setByte(0x11)
        post.setByte(0x22)
        #expect(post.state.history == [0x11, 0x22])
        for code in UInt32(0)..<100 { post.setByte(code) }
        #expect(post.byte() == 99)
        #expect(post.state.history == Array(68..<100))
        #expect(post.state.count == 102)
    }
}

@Suite struct DebugExitTests {
    @Test(arguments: [(Width.byte, UInt32(0x2A)), (.word, 0x1234), (.dword, 0xDEAD_BEEF)])
    func writeReportsTheCode(width: Width, code: UInt32) {
        let bus = ControlBus()
        let port = DebugExit(bus: bus)
        port.write(bank: 0, offset: 0, width: width, value: code)
        #expect(bus.stopPending == .guestExit(code: code))
        #expect(port.state.code == code)
        #expect(port.read(bank: 0, offset: 0, width: width) == 0)
    }

    @Test func rawMapKeepsSuccessApart() {
        #expect(ExitMap.raw.status(for: 0) == 0)
        #expect(ExitMap.raw.status(for: 1) == 65)
        #expect(ExitMap.raw.status(for: 60) == 124)
        for code: UInt32 in [61, 62, 66, 191, 192, 255, 256, .max] { #expect(ExitMap.raw.status(for: code) == 125) }
    }

    @Test func qemuMapIsTwiceTheCodePlusOne() {
        #expect(ExitMap.qemu.status(for: 1) == 3)
        #expect(ExitMap.qemu.status(for: 0x10) == 33)
        #expect(ExitMap.qemu.status(for: 61) == 123)
        for code: UInt32 in [0, 5, 6, 7, 62, 65, 128, .max] { #expect(ExitMap.qemu.status(for: code) == 125) }
    }
}

@Suite struct ShutdownPortTests {
    private func port(after text: String) -> ShutdownPort {
        let port = ShutdownPort(bus: ControlBus())
        for letter in text.utf8 { port.setByte(UInt32(letter)) }
        return port
    }

    @Test func matchesLetterByLetterAndStartsOver() {
        #expect(port(after: "Shut").state.matched == 4)
        #expect(port(after: "Shux").state.matched == 0)
        #expect(port(after: "ShutS").state.matched == 1)
        #expect(port(after: "SShu").state.matched == 3)
        #expect(port(after: "Shutdown").state.matched == 0)
    }

    @Test func theWholeWordEndsTheRun() {
        let bus = ControlBus()
        let port = ShutdownPort(bus: bus)
        for letter in "Shutdow".utf8 { port.setByte(UInt32(letter)) }
        #expect(bus.stopPending == nil)
        port.setByte(0x6E)
        #expect(bus.stopPending == .guestExit(code: 0))
    }

    @Test func restoredNonsenseIsNoTrap() {
        let port = port(after: "")
        port.state.matched = 200
        port.setByte(0x53)
        #expect(port.state.matched == 1)
    }
}

@Suite struct SystemControlPortTests {
    final class Timer: SpeakerTimer {
        var gate = false
        var speakerOutput = false
        func setSpeakerGate(_ level: Bool) { gate = level }
    }

    @Test func gateAndOutputAreTheTimers() {
        let timer = Timer()
        let port = SystemControlPort(clock: VirtualClock(), timer: timer)
        port.setByte(0xF3)
        #expect(timer.gate)
        #expect(port.byte() == 0x03)
        timer.speakerOutput = true
        #expect(port.byte() == 0x23)
        port.reset()
        #expect(!timer.gate)
        #expect(port.byte() == 0x20)
    }

    @Test func refreshTogglesEveryFifteenMicroseconds() {
        let clock = VirtualClock(ticksPerSecond: 1_000_000)
        let port = SystemControlPort(clock: clock, timer: nil)
        var toggles = 0
        var last = port.byte()
        for tick in UInt64(1)...1000 {
            clock.advance(to: tick)
            if port.byte() != last { toggles += 1 }
            last = port.byte()
        }
        #expect(toggles == 66)
    }
}
