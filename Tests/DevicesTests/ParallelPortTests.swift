import Devices
import Testing
import X86Interp

@Suite("ParallelPort: a printer and its cable") struct ParallelPortTests {
    /// A port on a clock of 1 MHz: a byte takes ten ticks, ACK# the last five.
    private final class Printer {
        let clock = VirtualClock(ticksPerSecond: 1_000_000)
        let recorder = LineRecorder()
        let paper = BufferStream()
        let irq: IRQLine
        let port: ParallelPort

        init(isConnected: Bool = true) {
            irq = .fitting(recorder, 7)
            port = ParallelPort(clock: clock, irq: irq, printer: isConnected ? paper : nil)
        }

        subscript(_ offset: UInt16) -> UInt8 {
            get { UInt8(port.read(bank: 0, offset: offset, width: .byte)) }
            set { port.write(bank: 0, offset: offset, width: .byte, value: UInt32(newValue)) }
        }

        func run(_ ticks: UInt64) { clock.advance(to: clock.now + ticks) }

        /// Data, then a pulse of strobe.
        func send(_ byte: UInt8, control: UInt8 = 0x0C) {
            self[0] = byte
            self[2] = control | 1
            self[2] = control
        }
    }

    /// Every register: offset, what is written, what is read then with a printer and without.
    @Test(
        arguments: [
            (0, 0xAA, 0xAA, 0xAA), (0, 0x55, 0x55, 0x55), (1, 0x00, 0x5F, 0x7F), (1, 0xFF, 0x5F, 0x7F),
            (2, 0x00, 0xE0, 0xE0), (2, 0x1F, 0xFF, 0xFF), (2, 0x2C, 0xEC, 0xEC), (2, 0xE0, 0xE0, 0xE0),
        ] as [(UInt16, UInt8, UInt8, UInt8)])
    func registersReadBack(offset: UInt16, written: UInt8, connected: UInt8, open: UInt8) {
        for (isConnected, value) in [(true, connected), (false, open)] {
            let printer = Printer(isConnected: isConnected)
            printer[offset] = written
            #expect(printer[offset] == value)
        }
    }

    @Test func bytesArePrintedWhenStrobeRises() {
        let printer = Printer()
        printer[2] = 0x0C
        #expect(printer[1] == 0xDF, "ready, ACK# high, paper, selected, no error")
        printer[0] = 0x41
        #expect(printer.paper.output.isEmpty)
        printer[2] = 0x0D
        #expect(printer.paper.text == "A")
        printer[2] = 0x0D
        printer[2] = 0x0C
        #expect(printer.paper.text == "A", "only the edge counts")
    }

    @Test func aPrinterIsBusyAndAcknowledges() {
        let printer = Printer()
        printer.send(0x41)
        var seen: [UInt8] = []
        for _ in 0..<11 {
            seen.append(printer[1])
            printer.run(1)
        }
        #expect(seen == [0x5F, 0x5F, 0x5F, 0x5F, 0x5F, 0x1F, 0x1F, 0x1F, 0x1F, 0x1F, 0xDF])
        printer.send(0x42)
        printer.send(0x43)
        #expect(printer.paper.text == "AB", "the printer was busy")
        #expect(printer.clock.nextDeadline == nil && printer.recorder.rises == 0)
    }

    @Test func theEndOfTheAcknowledgeInterrupts() {
        let printer = Printer()
        printer[2] = 0x1C
        #expect(printer.recorder.levels.isEmpty, "enabling is no edge")
        printer.send(0x41, control: 0x1C)
        #expect(printer.clock.nextDeadline == 10)
        printer.run(9)
        #expect(printer.recorder.rises == 0)
        printer.run(1)
        #expect(printer.recorder.rises == 1 && printer.irq.level)
        printer.send(0x42, control: 0x1C)
        #expect(!printer.irq.level)
        printer.run(10)
        #expect(printer.recorder.rises == 2)
        printer[2] = 0x0C
        #expect(!printer.irq.level)
    }

    @Test func enablingLateIsInTimeUntilTheEnd() {
        let printer = Printer()
        printer.send(0x41)
        printer.run(8)
        printer[2] = 0x1C
        printer.run(2)
        #expect(printer.recorder.rises == 1)
        printer.send(0x42)
        printer.run(12)
        printer[2] = 0x1C
        printer.run(100)
        #expect(printer.recorder.rises == 1, "that end was over")
    }

    @Test func initialisationStopsThePrinter() {
        let printer = Printer()
        printer.send(0x41, control: 0x1C)
        printer[2] = 0x18
        printer.run(20)
        #expect(printer[1] == 0x5F && printer.recorder.rises == 0)
        printer.send(0x42, control: 0x08)
        #expect(printer.paper.text == "A")
        printer[2] = 0x0C
        #expect(printer[1] == 0xDF)
    }

    @Test func nothingConnectedNeverInterrupts() {
        let printer = Printer(isConnected: false)
        printer.send(0x41, control: 0x1C)
        printer.run(100)
        #expect(printer[1] == 0x7F && printer.recorder.levels.isEmpty && printer.clock.nextDeadline == nil)
    }

    @Test func hostileStatesAreTaken() {
        let printer = Printer()
        printer.run(1000)
        for time in [0, 999, 1001, UInt64.max] {
            var state = ParallelPort.State()
            (state.isPrinting, state.ready, state.control, state.isRequested) = (true, time, 0xFF, true)
            printer.port.state = state
            _ = printer[1]
            printer[2] = 0x1D
            printer.run(5)
        }
    }
}
