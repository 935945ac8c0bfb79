import Devices
import Testing
import X86Interp

@Suite("UART16550: receiver")
struct UART16550ReceiverTests {
    @Test("a guest that polls LSR gets all characters, none faster than the line, none lost while it is slow")
    func polling() {
        let board = UARTBoard.open(input: "abc")
        var received: [UInt8] = []
        for _ in 0..<10 where board.lineStatus & 1 != 0 {
            received.append(board[0])
            #expect(board.lineStatus & 1 == 0, "the next one takes its time")
            board.run(UARTBoard.character * 10)
        }
        #expect(received == Array("abc".utf8))
    }

    @Test("the stream is asked at receive times only")
    func receiveTimes() {
        let board = UARTBoard.open()
        #expect(board.lineStatus & 1 == 0)
        board.stream.input = [0x41]
        board.run(UARTBoard.character - 1)
        #expect(board.lineStatus & 1 == 0)
        board.run(1)
        #expect(board.lineStatus & 1 != 0)
    }

    @Test("an empty RBR reads the last character")
    func emptyBuffer() {
        let board = UARTBoard.open(input: "a")
        _ = board.lineStatus
        #expect([board[0], board[0]] == [0x61, 0x61])
    }

    @Test("the data interrupt without FIFO: a character, its read, the next character")
    func dataInterrupt() {
        let board = UARTBoard.open(input: "ab", ier: 0x01)
        for (byte, rises) in [(0x61, 1), (0x62, 2)] as [(UInt8, Int)] {
            board.run(2 * UARTBoard.character)
            #expect(board.recorder.rises == rises)
            #expect(board.identification == 0x04)
            #expect(board[0] == byte)
            #expect(!board.irq.level)
        }
    }

    @Test(
        "the data interrupt with FIFO waits for the trigger level, and goes below it",
        arguments: [(0x01, 1), (0x41, 4), (0x81, 8), (0xC1, 14)] as [(UInt8, Int)])
    func triggerLevels(fcr: UInt8, level: Int) {
        let board = UARTBoard.open(input: "0123456789abcdef", ier: 0x01, fcr: fcr)
        board.run(1)
        for count in 1..<level {
            #expect(!board.irq.level, "at \(count)")
            board.run(UARTBoard.character)
        }
        #expect(board.irq.level)
        #expect(board[2] == 0xC4)
        _ = board[0]
        #expect(!board.irq.level)
    }

    @Test("a full FIFO holds the host back: nothing is lost")
    func flowControl() {
        let board = UARTBoard.open(input: "0123456789abcdefgh", ier: 0x01, fcr: 0x01)
        board.run(100 * UARTBoard.character)
        #expect(board.stream.input == Array("gh".utf8))
        #expect(board.lineStatus & 2 == 0)
        #expect((0..<16).map { _ in board[0] } == Array("0123456789abcdef".utf8))
    }

    @Test("character time-out: four character times after the last arrival, ended and restarted by a read of RBR")
    func timeOut() {
        let board = UARTBoard.open(input: "ab", ier: 0x01, fcr: 0xC1)
        board.run(1 + UARTBoard.character)
        #expect(board.uart.state.received.count == 2)
        board.run(4 * UARTBoard.character - 1)
        #expect(!board.irq.level)
        board.run(1)
        #expect(board.irq.level)
        #expect(board[2] == 0xCC)
        #expect(board[0] == 0x61)
        #expect(!board.irq.level)
        board.run(4 * UARTBoard.character)
        #expect(board[2] == 0xCC)
        #expect(board[0] == 0x62)
        board.run(4 * UARTBoard.character)
        #expect(board[2] == 0xC1)
    }

    @Test("a new arrival starts the time-out anew")
    func timeOutRestarts() {
        let board = UARTBoard.open(input: "a", ier: 0x01, fcr: 0xC1)
        board.run(1 + 2 * UARTBoard.character)
        board.stream.input = [0x62]
        board.run(4 * UARTBoard.character)
        #expect(board.uart.state.received.count == 2)
        #expect(!board.irq.level)
        board.run(2 * UARTBoard.character)
        #expect(board[2] == 0xCC)
    }

    @Test("FCR bit 1 and switching the FIFOs empty the receiver", arguments: [UInt8(0x03), 0x00])
    func clearing(fcr: UInt8) {
        let board = UARTBoard.open(input: "abc", ier: 0x01, fcr: 0xC1)
        board.run(3 * UARTBoard.character)
        board[2] = fcr
        #expect(board.uart.state.received.isEmpty)
        board.run(10 * UARTBoard.character)
        #expect(board.identification == 0x01)
    }

    @Test("a break from the peer: a zero, marked, with the line status interrupt until LSR is read")
    func breakReceived() {
        let board = UARTBoard.open(ier: 0x04, fcr: 0x01)
        board.uart.receiveBreak()
        #expect(board.irq.level)
        #expect(board.identification == 0x06)
        #expect(board.lineStatus == 0xF9)
        #expect(!board.irq.level)
        #expect(board.lineStatus == 0x61)
        #expect(board[0] == 0)
    }

    @Test("errors in the FIFO show when their character is next; bit 7 tells of them before")
    func errorsInFIFO() {
        let board = UARTBoard.open(input: "a", fcr: 0x01)
        _ = board.lineStatus
        board.uart.receiveBreak()
        #expect(board.lineStatus == 0xE1)
        _ = board[0]
        #expect(board.lineStatus == 0xF9)
        #expect(board.lineStatus == 0x61)
    }
}

@Suite("UART16550: loopback")
struct UART16550LoopbackTests {
    @Test("what is sent comes back after its time and does not reach the host")
    func loop() {
        let board = UARTBoard.open(input: "host", mcr: 0x10)
        board[0] = 0x5A
        #expect(board.lineStatus & 1 == 0)
        board.run(UARTBoard.character)
        #expect(board.lineStatus == 0x61)
        #expect(board[0] == 0x5A)
        board.run(UARTBoard.character)
        #expect(board.lineStatus == 0x60, "the host is not heard either")
        #expect(board.stream.output.isEmpty)
    }

    @Test("the loop interrupts on time, with OUT2 set")
    func loopInterrupts() {
        let board = UARTBoard.open(ier: 0x01, mcr: 0x18)
        board[0] = 0x5A
        board.run(UARTBoard.character - 1)
        #expect(!board.irq.level)
        board.run(1)
        #expect(board.irq.level)
        #expect(board.identification == 0x04)
    }

    @Test(
        "MCR outputs come back as MSR inputs",
        arguments: [(0x10, 0x00), (0x11, 0x20), (0x12, 0x10), (0x14, 0x40), (0x18, 0x80), (0x1F, 0xF0), (0x0F, 0xB0)]
            as [(UInt8, UInt8)])
    func modemLines(mcr: UInt8, msr: UInt8) {
        let board = UARTBoard()
        board[4] = mcr
        #expect(board[6] & 0xF0 == msr)
    }

    @Test("overrun without FIFO: the new character replaces the old one, and LSR says so once")
    func overrun() {
        let board = UARTBoard.open(ier: 0x04, mcr: 0x18)
        board.loop(0x11, 0x22)
        #expect(board.identification == 0x06)
        #expect(board.lineStatus == 0x63)
        #expect(board.lineStatus == 0x61)
        #expect(board[0] == 0x22)
    }

    @Test("overrun with FIFO: the 17th character is lost")
    func overrunFIFO() {
        let board = UARTBoard.open(fcr: 0x01, mcr: 0x10)
        for byte in UInt8(1)...17 { board.loop(byte) }
        #expect(board.lineStatus == 0x63)
        #expect((0..<16).map { _ in board[0] } == Array(1...16))
        #expect(board.lineStatus == 0x60)
    }

    @Test("setting break in loopback is received as one")
    func breakLoop() {
        let board = UARTBoard.open(mcr: 0x10)
        board[3] = 0x43
        #expect(board.lineStatus == 0x79)
        #expect(board[0] == 0)
        board[3] = 0x43
        #expect(board.lineStatus == 0x60, "one break, one character")
    }
}

@Suite("UART16550: interrupts and state")
struct UART16550InterruptTests {
    @Test("priorities: line status, data, transmitter, modem; each ends with its own register")
    func priorities() {
        let board = UARTBoard.open(mcr: 0x18)
        board.loop(0x11, 0x22)
        board[4] = 0x19
        board[1] = 0x0F
        #expect(board.identification == 0x06)
        _ = board.lineStatus
        #expect(board.identification == 0x04)
        _ = board[0]
        #expect(board.identification == 0x02)
        #expect(board.identification == 0x00)
        #expect(board.irq.level)
        _ = board[6]
        #expect(board.identification == 0x01)
        #expect(!board.irq.level)
    }

    @Test("reading IIR ends the transmitter's interrupt only when IIR names it")
    func identificationSideEffect() {
        let board = UARTBoard.open(ier: 0x02, mcr: 0x18)
        board.loop(0x11)
        board[1] = 0x03
        #expect(board.identification == 0x04)
        _ = board[0]
        #expect(board.identification == 0x02)
    }

    @Test("each interrupt needs its enable and OUT2", arguments: [UInt8(0x00), 0x01, 0x02, 0x04, 0x08])
    func enables(ier: UInt8) {
        let board = UARTBoard.open(mcr: 0x10)
        board.loop(0x11, 0x22)
        board[4] = 0x11
        board[1] = ier
        #expect((board.identification != 0x01) == (ier != 0))
        #expect(!board.irq.level, "OUT2 is off")
        board[1] = 0
        board[4] = 0x19
        board[1] = ier
        #expect(board.irq.level == (ier != 0))
    }

    @Test(
        "modem status: changes since the last read; RI counts when it ends",
        arguments: [
            (from: 0xB0, to: 0xA0, msr: 0xA1), (from: 0xB0, to: 0x90, msr: 0x92), (from: 0xB0, to: 0xF0, msr: 0xF0),
            (from: 0xF0, to: 0xB0, msr: 0xB4), (from: 0xB0, to: 0x30, msr: 0x38), (from: 0x00, to: 0xF0, msr: 0xFB),
        ] as [(from: UInt8, to: UInt8, msr: UInt8)])
    func modemStatus(from: UInt8, to: UInt8, msr: UInt8) {
        let board = UARTBoard.open(ier: 0x08)
        board.uart.setModemInputs(ModemInputs(rawValue: from))
        _ = board[6]
        #expect(!board.irq.level)
        board.uart.setModemInputs(ModemInputs(rawValue: to))
        #expect(board.irq.level == (msr & 0x0F != 0))
        #expect(board[6] == msr)
        #expect(board[6] == msr & 0xF0)
        #expect(!board.irq.level)
    }

    @Test("peek shows what a read would, also of a character that still waits outside, and takes nothing")
    func peek() {
        let board = UARTBoard.open(input: "a", ier: 0x06, fcr: 0x01)
        let before = board.uart.state
        #expect(board.uart.peek(bank: 0, offset: 5, width: .byte) == 0x61)
        #expect(board.uart.peek(bank: 0, offset: 2, width: .byte) == 0xC2)
        #expect(board.uart.state == before && board.irq.level)
        #expect(board.stream.input == [0x61])
    }

    @Test("a restored chip makes no edge, and its characters and interrupts come at the same times")
    func restore() {
        let board = UARTBoard.open(input: "abcdef", ier: 0x03, fcr: 0x41)
        for byte in UInt8(0)..<5 { board[0] = byte }
        board.run(2 * UARTBoard.character)
        let copy = UARTBoard(input: String(decoding: board.stream.input, as: UTF8.self))
        copy.clock.restore(now: board.clock.now)
        copy.uart.state = board.uart.state
        #expect(copy.recorder.levels.isEmpty)
        #expect(copy.irq.level == board.irq.level)
        for _ in 0..<30 {
            #expect(copy.clock.nextDeadline == board.clock.nextDeadline)
            board.run(50)
            copy.run(50)
            #expect(copy.irq.level == board.irq.level)
            #expect(copy[2] == board[2])
        }
        #expect(copy.uart.state == board.uart.state)
    }

    @Test("reset ends everything and is the power-on state")
    func reset() {
        let board = UARTBoard.open(input: "abc", ier: 0x0F, fcr: 0x01)
        board[0] = 0x41
        board.run(200)
        board.uart.reset()
        #expect(board.uart.state == UART16550.State())
        #expect(board.clock.nextDeadline == nil)
    }
}
