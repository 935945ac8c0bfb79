import Testing
import X86Interp

@testable import Devices

@Suite("PS2Controller8042") struct PS2Controller8042Tests {
    /// A controller with a bus, a recording interrupt line and somebody who types.
    private final class Desk: InterruptSink {
        let clock = VirtualClock()
        let bus = ControlBus()
        var edges: [Bool] = []
        private(set) lazy var controller = PS2Controller8042(
            clock: clock, bus: bus, irq: .fitting(self, 1), keys: KeyList(keys))
        private let keys: [KeyStroke]

        init(_ text: String = "") { keys = KeyStroke.parse(text).strokes ?? [] }

        func lineChanged(_ number: Int, level: Bool) { edges.append(level) }

        func command(_ byte: UInt32) { controller.write(bank: 4, offset: 0, width: .byte, value: byte) }
        func data(_ byte: UInt32) { controller.setByte(byte) }
        var status: UInt32 { controller.read(bank: 4, offset: 0, width: .byte) }
        var next: UInt32 { controller.byte() }

        func pass(milliseconds: UInt64) {
            clock.advance(to: clock.now + milliseconds * clock.ticksPerSecond / 1000)
        }

        /// All bytes that come within a time, each read a millisecond after the one before.
        func bytes(milliseconds: Int = 1000) -> [UInt32] {
            (0..<milliseconds).compactMap { _ in
                defer { pass(milliseconds: 1) }
                return status & 1 != 0 ? next : nil
            }
        }
    }

    @Test func controllerAnswersItsCommands() {
        let desk = Desk()
        let answers: [(command: UInt32, answer: UInt32)] = [
            (0xAA, 0x55), (0xAB, 0x00), (0x20, 0x65), (0xD0, 0xC3), (0xE0, 0x03),
        ]
        for (command, answer) in answers {
            desk.command(command)
            #expect(desk.status & 0x09 == 0x09)
            #expect(desk.next == answer && desk.status & 1 == 0, "\(command)")
        }
        desk.command(0x63)
        desk.data(0x77)
        desk.command(0x23)
        #expect(desk.next == 0x77)
        desk.command(0x60)
        desk.data(0x45)
        desk.command(0x20)
        #expect(desk.next == 0x45)
        desk.command(0xD2)
        desk.data(0x1E)
        #expect(desk.edges == [true] && desk.next == 0x1E && desk.edges == [true, false])
    }

    @Test func keyboardAnswersItsCommands() {
        let desk = Desk()
        let answers: [(bytes: [UInt32], answer: [UInt32])] = [
            ([0xEE], [0xEE]), ([0xED, 0x07], [0xFA, 0xFA]), ([0xF2], [0xFA, 0xAB, 0x41]),
            ([0xF3, 0x20], [0xFA, 0xFA]),
            ([0xF5], [0xFA]), ([0xF4], [0xFA]), ([0xF6], [0xFA]), ([0xFF], [0xFA, 0xAA]), ([0x12], [0xFE]),
            ([0xF0, 0x00], [0xFA, 0xFA, 0x41]), ([0xF0, 0x03], [0xFA, 0xFE]), ([0xEE], [0xEE]), ([0xFE], [0xEE]),
        ]
        for (bytes, answer) in answers {
            var found: [UInt32] = []
            for byte in bytes {
                desk.data(byte)
                found += desk.bytes(milliseconds: 5)
            }
            #expect(found == answer, "\(bytes)")
        }
        #expect(desk.controller.state.keyboard.lamps == 0, "the self test has switched them off")
    }

    @Test func keysComeTranslatedWithAnInterruptEach() {
        let desk = Desk("aB{up}{f7}")
        _ = desk.status
        #expect(
            desk.bytes() == [
                0x1E, 0x9E, 0x2A, 0x30, 0xB0, 0xAA, 0xE0, 0x48, 0xE0, 0xC8, 0x41, 0xC1,
            ])
        #expect(desk.edges.count == 24 && desk.controller.state.typist.isAtEnd)
        #expect(desk.clock.nextDeadline == nil, "nothing is due any more")
    }

    @Test func bothSetsComeUntranslated() {
        let desk = Desk("aa{up}")
        desk.command(0x60)
        desk.data(0x25)
        #expect(desk.bytes(milliseconds: 32) == [0x1C, 0xF0, 0x1C])
        desk.data(0xF0)
        desk.data(0x01)
        #expect(desk.bytes(milliseconds: 40) == [0xFA, 0xFA, 0x1E, 0x9E])
        #expect(desk.bytes() == [0xE0, 0x48, 0xE0, 0xC8])
    }

    @Test func nothingIsTypedBeforeSomebodyUsesTheControllerOrWhileItIsOff() {
        let desk = Desk("ab")
        #expect(desk.controller.state.typist.strokesTaken == 0)
        desk.pass(milliseconds: 1000)
        #expect(desk.controller.state.typist.strokesTaken == 0)
        desk.command(0xAD)
        #expect(desk.bytes() == [])
        desk.command(0xAE)
        #expect(desk.bytes(milliseconds: 15) == [0x1E, 0x9E])
        desk.data(0xF5)
        #expect(desk.bytes() == [0xFA])
        desk.data(0xF4)
        #expect(desk.bytes() == [0xFA, 0x30, 0xB0])
    }

    @Test func aKeyThatNobodyReadsStaysDown() {
        let desk = Desk("ab")
        _ = desk.status
        desk.pass(milliseconds: 10_000)
        #expect(desk.status & 1 == 1 && desk.edges == [true])
        #expect(desk.bytes() == [0x1E, 0x9E, 0x30, 0xB0])
    }

    @Test func addressLine20IsTheBusesOwn() {
        let desk = Desk()
        let port = SystemControlPortA(bus: desk.bus)
        desk.command(0xD1)
        desk.data(0xDD)
        #expect(!desk.bus.a20 && port.byte() & 2 == 0)
        desk.command(0xDF)
        #expect(desk.bus.a20 && port.byte() & 2 == 2)
        port.setByte(0)
        desk.command(0xD0)
        #expect(!desk.bus.a20 && desk.next & 2 == 0)
        port.setByte(2)
        desk.command(0xDD)
        #expect(!desk.bus.a20)
    }

    @Test func resetIsPulsedByCommandOutputPortAndPort92() {
        for way in 0..<5 {
            let desk = Desk()
            let port = SystemControlPortA(bus: desk.bus)
            switch way {
            case 0: desk.command(0xFE)
            case 1:
                desk.command(0xD1)
                desk.data(0x02)
            case 2: port.setByte(0x03)
            case 3: desk.command(0xFF)
            default: port.setByte(0x02)
            }
            #expect(desk.bus.lines.resetPending == (way < 3), "way \(way)")
        }
    }

    @Test func aRestoredControllerGoesOnTyping() {
        let desk = Desk("abc")
        _ = desk.status
        let first = desk.bytes(milliseconds: 45)
        let saved = desk.controller.state
        let now = desk.clock.now
        let rest = desk.bytes()
        let other = Desk("abc")
        other.clock.advance(to: now)
        other.controller.state = saved
        #expect(other.edges.isEmpty)
        #expect(other.bytes() == rest && first + rest == [0x1E, 0x9E, 0x30, 0xB0, 0x2E, 0xAE])
    }

    @Test func endlessCommandsTakeNoMemory() {
        let desk = Desk()
        for _ in 0..<10_000 {
            desk.data(0xF2)
            desk.command(0xAA)
        }
        #expect(desk.controller.state.answers.count <= 16 && desk.controller.state.keyboard.queue.count <= 16)
    }
}

@Suite("Scan codes") struct ScanCodeTests {
    @Test func everyKeyOfSet1ComesBackByWayOfSet2() {
        for code in UInt8(1)...0x58 where ![0x55, 0x56].contains(code) {
            #expect(ScanCodes.translate(ScanCodes.set2(code)) == code, "\(code)")
        }
    }

    /// Typed through the keyboard and INT 09h, each stroke is what INT 16h is asked for.
    @Test func everyStrokeThatCanBeNamedArrives() throws {
        let characters = (0x01...0xFF).map { KeyStroke(typing: UInt8($0)) }
        let letters = (UInt8(ascii: "a")...UInt8(ascii: "z")).map { String(UnicodeScalar($0)) }
        // With Shift, Ctrl and Alt.
        let functionKeys = [0x54, 0x5D, 0x5E, 0x67, 0x68, 0x71, 0x87, 0x89, 0x8B].map {
            KeyStroke(scan: $0, character: 0)
        }
        let chords = letters.flatMap { ["{ctrl-\($0)}", "{alt-\($0)}"] }.joined()
        let strokes =
            characters + KeyStroke.named.map(\.stroke) + functionKeys + (KeyStroke.parse(chords).strokes ?? [])
        #expect(strokes.count > 300)
        let guest = try BIOSGuest([], keys: strokes)
        for stroke in strokes {
            let isGrey = stroke.character == 0 && ScanCodes.extended.contains(stroke.scan)
            let found = try BIOSGuest.call(0x16, ax: 0x1000, on: guest).ax
            #expect(found == UInt32(stroke.word | (isGrey ? 0xE0 : 0)), "\(stroke)")
        }
    }
}
