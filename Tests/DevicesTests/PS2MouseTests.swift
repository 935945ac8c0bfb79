import Testing
import X86Interp

@testable import Devices

@Suite("PS2Mouse") struct PS2MouseTests {
    /// A controller with a mouse that a script moves, and recording interrupt lines.
    private final class Desk: InterruptSink {
        let clock = VirtualClock()
        let bus = ControlBus()
        var edges: [Int] = []
        private(set) lazy var controller = PS2Controller8042(
            clock: clock, bus: bus, irq: .fitting(self, 1), mouseIRQ: .fitting(self, 12), keys: script)
        private let script: KeyScript

        init(_ text: String = "") { script = KeyScript(KeyScript.parse(text).steps ?? []) }

        func lineChanged(_ number: Int, level: Bool) { if level { edges.append(number) } }

        func command(_ byte: UInt32) { controller.write(bank: 4, offset: 0, width: .byte, value: byte) }
        var status: UInt32 { controller.read(bank: 4, offset: 0, width: .byte) }

        /// Sends a byte to the mouse and returns what it answers.
        func tell(_ byte: UInt32) -> [UInt32] {
            command(0xD4)
            controller.setByte(byte)
            return bytes(milliseconds: 6)
        }

        /// All bytes that come within a time, each read a millisecond after the one before.
        func bytes(milliseconds: Int = 1000) -> [UInt32] {
            (0..<milliseconds).compactMap { _ in
                defer { clock.advance(to: clock.now + clock.ticksPerSecond / 1000) }
                return status & 1 != 0 ? controller.byte() : nil
            }
        }
    }

    /// Every command of the reference, and what is none.
    @Test func mouseAnswersItsCommands() {
        let desk = Desk()
        let answers: [(bytes: [UInt32], answer: [UInt32])] = [
            ([0xFF], [0xFA, 0xAA, 0x00]), ([0xF2], [0xFA, 0x00]), ([0xE9], [0xFA, 0x00, 0x02, 100]),
            ([0xE8, 3], [0xFA, 0xFA]), ([0xE8, 4], [0xFA, 0xFE]), ([0xF3, 40], [0xFA, 0xFA]),
            ([0xF3, 41], [0xFA, 0xFE]),
            ([0xE7], [0xFA]), ([0xF4], [0xFA]), ([0xE9], [0xFA, 0x30, 3, 40]), ([0xE6], [0xFA]), ([0xF5], [0xFA]),
            ([0xE9], [0xFA, 0, 3, 40]), ([0xF0], [0xFA]), ([0xE9], [0xFA, 0x40, 3, 40]), ([0xEB], [0xFA, 0x08, 0, 0]),
            ([0xEA], [0xFA]), ([0xEE], [0xFA]), ([0x55], [0x55]), ([0xF2], [0xF2]), ([0xEC], [0xFA]),
            ([0xFE], [0xFA]), ([0xF6], [0xFA]), ([0xE9], [0xFA, 0, 2, 100]), ([0x12], [0xFE]),
            ([0xF3, 200], [0xFA, 0xFA]), ([0xF3, 100], [0xFA, 0xFA]), ([0xF3, 80], [0xFA, 0xFA]),
            ([0xF2], [0xFA, 0x03]),
            ([0xEB], [0xFA, 0x08, 0, 0, 0]), ([0xFF], [0xFA, 0xAA, 0x00]), ([0xF2], [0xFA, 0x00]),
        ]
        for (bytes, answer) in answers {
            #expect(bytes.flatMap { desk.tell($0) } == answer, "\(bytes)")
        }
        #expect(desk.edges.isEmpty, "no interrupt is enabled")
    }

    @Test func controllerHasAnAuxiliaryPort() {
        let desk = Desk()
        desk.command(0x20)
        #expect(desk.bytes(milliseconds: 2) == [0x65], "off at power-on")
        desk.command(0xA8)
        desk.command(0x20)
        #expect(desk.bytes(milliseconds: 2) == [0x45])
        desk.command(0xA7)
        desk.command(0x20)
        #expect(desk.bytes(milliseconds: 2) == [0x65])
        desk.command(0xA9)
        #expect(desk.bytes(milliseconds: 2) == [0x00])
        desk.command(0x60)
        desk.controller.setByte(0x47)
        desk.command(0xD3)
        desk.controller.setByte(0x99)
        #expect(desk.status & 0x21 == 0x21 && desk.edges == [12])
        desk.command(0xD0)
        #expect(desk.controller.byte() == 0x99 && desk.controller.byte() & 0x30 == 0x20)
        desk.command(0xD2)
        desk.controller.setByte(0x1E)
        #expect(desk.status & 0x21 == 0x01 && desk.edges == [12, 1])
    }

    @Test func movesComeAsPacketsWithInterrupts() {
        let desk = Desk("{mouse:5,3}{wait:1s}{mouse:-300,-7}{press:left}{click:right}{release:left}{wheel:2}")
        #expect(desk.tell(0xF4) == [0xFA])
        desk.command(0x60)
        desk.controller.setByte(0x47)
        #expect(desk.bytes(milliseconds: 900) == [0x28, 5, 0xFD])
        #expect(desk.edges == [12, 12, 12])
        #expect(
            desk.bytes() == [
                0x18, 0x00, 7, 0x09, 0, 0, 0x0B, 0, 0, 0x09, 0, 0, 0x08, 0, 0, 0x08, 0, 0,
            ])
        for rate: UInt32 in [200, 100, 80] { _ = desk.tell(0xF3) + desk.tell(rate) }
        #expect(desk.tell(0xF2) == [0xFA, 3])
    }

    @Test func wheelIsAFourthByte() {
        let desk = Desk("{wait:100ms}{wheel:-3}{mouse:1,0}")
        for rate: UInt32 in [200, 100, 80] { _ = desk.tell(0xF3) + desk.tell(rate) }
        _ = desk.tell(0xF4)
        #expect(desk.bytes() == [0x08, 0, 0, 0xFD, 0x08, 1, 0, 0])
    }

    @Test func scaledMovesFollowTheTable() {
        for (distance, counts) in [(1, 1), (2, 1), (3, 3), (4, 6), (5, 9), (6, 12), (100, 200)] as [(Int, UInt32)] {
            let desk = Desk("{wait:100ms}{mouse:\(distance),0}")
            _ = desk.tell(0xE7) + desk.tell(0xF4)
            #expect(desk.bytes() == [0x08, counts, 0], "\(distance)")
        }
    }

    /// Bit 2 is the left button in the status, bit 1 the middle one, bit 0 the right one.
    @Test func statusHasTheButtons() {
        for (button, bits) in [("left", 4), ("middle", 2), ("right", 1)] as [(String, UInt32)] {
            let desk = Desk("{press:\(button)}")
            _ = desk.status
            _ = desk.bytes(milliseconds: 100)
            #expect(desk.tell(0xE9) == [0xFA, bits, 0x02, 100], "\(button)")
        }
    }

    @Test func nothingIsSentWhileTheMouseIsOff() {
        let desk = Desk("{mouse:5,5}a")
        _ = desk.status
        #expect(desk.bytes() == [0x1E, 0x9E], "the key comes all the same")
        desk.command(0xA7)
        #expect(desk.controller.state.mouse.queue.isEmpty)
    }
}
