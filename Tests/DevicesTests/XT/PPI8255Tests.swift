import Testing
import X86Interp

@testable import Devices

/// The 8255A of an XT: ports, switches, keyboard and speaker.
@Suite("PPI8255") struct PPI8255Tests {
    /// An interface with a recording interrupt line, a timer, and somebody who types.
    private final class Desk: InterruptSink {
        let clock = VirtualClock()
        var edges: [Bool] = []
        private(set) lazy var timer = PIT8254(clock: clock, irq: IRQLine())
        private(set) lazy var chip = PPI8255(
            clock: clock, irq: .fitting(self, 1), timer: timer, switches: switches, keys: KeyList(keys))
        private let keys: [KeyStroke]
        private let switches: XTSwitches

        init(_ text: String = "", switches: XTSwitches = XTSwitches()) {
            keys = KeyStroke.parse(text).strokes ?? []
            self.switches = switches
        }

        func lineChanged(_ number: Int, level: Bool) { edges.append(level) }

        func pass(milliseconds: UInt64) {
            clock.advance(to: clock.now + milliseconds * clock.ticksPerSecond / 1000)
        }

        func acknowledge() {
            let control = chip.byte(1)
            chip.setByte(control | 0x80, 1)
            chip.setByte(control, 1)
        }

        /// All bytes that come within a time, each acknowledged as it is read.
        func bytes(milliseconds: Int = 1000) -> [UInt32] {
            (0..<milliseconds).compactMap { _ in
                defer { pass(milliseconds: 1) }
                guard chip.state.isFull else { return nil }
                defer { acknowledge() }
                return chip.byte()
            }
        }
    }

    // MARK: Ports

    @Test func portsGoByTheControlWord() {
        let desk = Desk(switches: XTSwitches(display: .mda))
        let chip = desk.chip
        #expect(chip.byte(1) == 0x40 && chip.byte(3) == 0xFF)
        chip.setByte(0x4B, 1)
        #expect(chip.byte(1) == 0x4B)
        chip.setByte(0x55, 0)
        #expect(chip.byte(0) == 0, "A is an input")
        // A output, B output, C output: latches are cleared, then hold what is written.
        chip.setByte(0x80, 3)
        #expect(chip.byte(0) == 0 && chip.byte(1) == 0 && chip.byte(2) == 0)
        chip.setByte(0x5A, 0)
        chip.setByte(0xC3, 2)
        #expect(chip.byte(0) == 0x5A && chip.byte(2) == 0xC3)
        // A bit of C set and another one cleared.
        chip.setByte(0x09, 3)
        chip.setByte(0x0E, 3)
        #expect(chip.byte(2) == 0x53)
        // Half of C is an input; B is, and floats.
        chip.setByte(0x83, 3)
        chip.setByte(0xF0, 2)
        #expect(chip.byte(1) == 0xFF && chip.byte(2) & 0xF0 == 0xF0)
        #expect(chip.byte(2) & 0x0F == 0x03, "the upper switches, since bit 3 of B is high")
    }

    @Test func theSpeakersTimerIsAtPortsBAndC() {
        let desk = Desk()
        let (chip, timer) = (desk.chip, desk.timer)
        // Channel 2, mode 3, 1000 clocks.
        timer.setByte(0xB6, 3)
        timer.setByte(0xE8, 2)
        timer.setByte(0x03, 2)
        #expect(!timer.state.counter2.gate)
        chip.setByte(0x43, 1)
        #expect(timer.state.counter2.gate)
        let outputs = (0..<100).map { _ in
            desk.clock.advance(to: desk.clock.now + desk.clock.ticksPerSecond / 10_000)
            return chip.byte(2) & 0x20
        }
        #expect(Set(outputs) == [0, 0x20])
        chip.setByte(0x40, 1)
        #expect(!timer.state.counter2.gate && chip.byte(2) & 0xD0 == 0)
    }

    // MARK: Switches

    @Test(
        arguments: [
            (XTSwitches(), 0x0D), (XTSwitches(floppies: 0, ramSize: 0), 0x01),
            (XTSwitches(floppies: 2, hasCoprocessor: true, ramSize: 128 << 10, display: .cga), 0x67),
            (XTSwitches(floppies: 4, ramSize: 64 << 10, display: .mda), 0xF1),
            (XTSwitches(floppies: 9, ramSize: .max, display: .mda), 0xFD),
        ] as [(XTSwitches, UInt32)])
    func switchesTellWhatIsThere(switches: XTSwitches, value: UInt32) {
        let chip = Desk(switches: switches).chip
        #expect(chip.byte(2) & 0x0F == value & 0x0F)
        chip.setByte(0x48, 1)
        #expect(chip.byte(2) & 0x0F == value >> 4)
        chip.setByte(0xC0, 1)
        #expect(chip.byte(0) == value, "all of them, as a PC has them")
        chip.setByte(0x40, 1)
        #expect(chip.byte(0) == 0)
    }

    // MARK: Keyboard

    @Test func keysComeInSet1AndStayUntilTheyAreCleared() {
        let desk = Desk("a{up}B")
        #expect(desk.chip.byte() == 0 && desk.edges.isEmpty)
        desk.pass(milliseconds: 100)
        #expect(desk.chip.byte() == 0x1E && desk.chip.byte() == 0x1E && desk.edges == [true])
        desk.chip.setByte(0xC0, 1)
        #expect(desk.edges == [true, false] && !desk.chip.state.isFull)
        desk.pass(milliseconds: 100)
        #expect(desk.edges == [true, false], "nothing comes while bit 7 is set")
        desk.chip.setByte(0x40, 1)
        #expect(desk.bytes() == [0x9E, 0x48, 0xC8, 0x2A, 0x30, 0xB0, 0xAA])
        #expect(desk.chip.isExhausted && desk.clock.nextDeadline == nil)
    }

    @Test func nobodyTypesBeforeTheKeyboardIsUsed() {
        let desk = Desk("a")
        _ = (desk.chip.byte(1), desk.chip.byte(2))
        desk.pass(milliseconds: 1000)
        #expect(desk.chip.state.typist.strokesTaken == 0)
        desk.acknowledge()
        desk.pass(milliseconds: 1000)
        #expect(desk.chip.state.typist.strokesTaken == 1 && desk.edges == [true])
    }

    @Test func aClockThatWasLowForLongMakesTheKeyboardTestItself() {
        let desk = Desk()
        desk.chip.setByte(0x00, 1)
        desk.pass(milliseconds: 5)
        desk.chip.setByte(0x40, 1)
        desk.pass(milliseconds: 20)
        #expect(desk.edges.isEmpty, "too short")
        desk.chip.setByte(0x00, 1)
        desk.pass(milliseconds: 20)
        // As firmware does it: cleared once with the clock free, then enabled.
        desk.chip.setByte(0xC0, 1)
        desk.chip.setByte(0x40, 1)
        desk.pass(milliseconds: 20)
        #expect(desk.edges == [true] && desk.chip.byte() == 0xAA)
    }

    @Test func nothingComesWhileTheClockIsHeld() {
        let desk = Desk("a")
        _ = desk.chip.byte()
        desk.chip.setByte(0x00, 1)
        desk.pass(milliseconds: 500)
        #expect(desk.edges.isEmpty)
    }

    @Test func firmwareTakesKeysAtOnce() {
        let desk = Desk("xy")
        var bytes: [UInt8] = []
        while let byte = desk.chip.takeByte(waits: true) { bytes.append(byte) }
        #expect(bytes == [0x2D, 0xAD, 0x15, 0x95] && desk.edges.isEmpty && desk.chip.isExhausted)
        desk.chip.keysHaveCome()
        #expect(!desk.chip.isExhausted && desk.chip.takeByte(waits: false) == nil && desk.chip.isExhausted)
    }

    @Test func firmwareThatHoldsAKeyIsNotGivenAnother() {
        let desk = Desk("ab")
        desk.chip.isWanted = { false }
        #expect(desk.bytes(milliseconds: 200).isEmpty)
        desk.chip.isWanted = { true }
        #expect(desk.bytes().isEmpty, "nobody has used it")
        _ = desk.chip.byte()
        #expect(desk.bytes() == [0x1E, 0x9E, 0x30, 0xB0])
    }
}
