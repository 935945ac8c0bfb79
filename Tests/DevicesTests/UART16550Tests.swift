import Devices
import Testing
import X86Interp

/// A serial port on a clock of one tick a microsecond; at 115200 8N1 a character takes 87 of them.
final class UARTBoard {
    /// Ticks of a character at 115200 8N1.
    static let character: UInt64 = 87

    /// Guest time.
    let clock = VirtualClock(ticksPerSecond: 1_000_000)
    /// What an interrupt controller would see.
    let recorder = LineRecorder()
    /// The interrupt line.
    let irq: IRQLine
    /// The other end of the cable.
    let stream: BufferStream
    /// The chip.
    let uart: UART16550

    /// A chip as after power-on, with characters that wait at the other end.
    init(input: String = "", pacing: UART16550.Pacing = .lineSpeed) {
        irq = .fitting(recorder, 4)
        stream = BufferStream(input: Array(input.utf8))
        uart = UART16550(clock: clock, irq: irq, stream: stream, pacing: pacing)
    }

    /// Divisor 1, 8N1, DTR, RTS and OUT2 set; interrupts and FIFOs as given.
    static func open(input: String = "", ier: UInt8 = 0, fcr: UInt8 = 0, mcr: UInt8 = 0x0B) -> UARTBoard {
        let board = UARTBoard(input: input)
        board[3] = 0x03
        board[2] = fcr
        board[4] = mcr
        board[1] = ier
        return board
    }

    /// A register.
    subscript(offset: UInt16) -> UInt8 {
        get { UInt8(uart.read(bank: 0, offset: offset, width: .byte)) }
        set { uart.write(bank: 0, offset: offset, width: .byte, value: UInt32(newValue)) }
    }

    /// Lets guest time pass.
    func run(_ ticks: UInt64) { clock.advance(to: clock.now + ticks) }

    /// Sends characters through the loop, each with the time that it takes.
    func loop(_ bytes: UInt8...) {
        for byte in bytes {
            self[0] = byte
            run(Self.character)
        }
    }

    /// IIR without FIFO bits.
    var identification: UInt8 { self[2] & 0x3F }
    /// LSR.
    var lineStatus: UInt8 { self[5] }
}

@Suite("UART16550: registers")
struct UART16550RegisterTests {
    @Test(
        "power-on values",
        arguments: [(1, 0x00), (2, 0x01), (3, 0x00), (4, 0x00), (5, 0x60), (6, 0xB0), (7, 0x00)] as [(UInt16, UInt8)])
    func powerOn(offset: UInt16, value: UInt8) {
        #expect(UARTBoard()[offset] == value)
    }

    @Test(
        "which written bits read back",
        arguments: [(1, 0x0F), (3, 0xFF), (4, 0x1F), (7, 0xFF)] as [(UInt16, UInt8)])
    func writtenBits(offset: UInt16, mask: UInt8) {
        let board = UARTBoard()
        for value: UInt8 in [0xFF, 0xAA, 0x55, 0x00] {
            board[offset] = value
            #expect(board[offset] == value & mask)
        }
    }

    @Test("LCR bit 7 shows the divisor at offsets 0 and 1 and hides nothing for good")
    func divisor() {
        let board = UARTBoard.open(ier: 0x05)
        board[3] = 0x83
        board[0] = 0x0C
        board[1] = 0x01
        #expect(board[0] == 0x0C && board[1] == 0x01)
        board[3] = 0x03
        #expect(board[1] == 0x05)
        #expect(board.uart.state.divisor == 0x010C)
        #expect(board.stream.output.isEmpty)
    }

    @Test("LSR and MSR ignore writes", arguments: [UInt16(5), 6])
    func readOnly(offset: UInt16) {
        let board = UARTBoard()
        let before = board[offset]
        board[offset] = ~before
        #expect(board[offset] == before)
    }

    @Test(
        "a 16550A: IIR bits 7-6 tell whether the FIFOs are on",
        arguments: [(0x01, 0xC1), (0x00, 0x01), (0xE6, 0x01)] as [(UInt8, UInt8)])
    func fifoBits(fcr: UInt8, iir: UInt8) {
        let board = UARTBoard()
        board[2] = fcr
        #expect(board[2] == iir)
    }

    @Test("the DOS probe: divisor latch and scratch keep what they are given")
    func dosProbe() {
        let board = UARTBoard()
        board[3] = 0x1B
        #expect(board[3] == 0x1B)
        board[3] = 0x03
        for value: UInt8 in [0x55, 0xAA] {
            board[7] = value
            #expect(board[7] == value)
        }
        #expect(board[2] & 0x30 == 0, "IIR bits 5-4 are never set")
    }

    @Test("Linux's probe: interrupt enables, loopback modem lines, then a 16550A without extensions")
    func linuxProbe() {
        let board = UARTBoard()
        board[1] = 0x00
        #expect(board[1] & 0x0F == 0)
        board[1] = 0x0F
        #expect(board[1] & 0x0F == 0x0F)
        board[1] = 0x00
        board[4] = 0x1A
        #expect(board[6] & 0xF0 == 0x90)
        board[4] = 0x08
        board[3] = 0xBF
        board[2] = 0x00
        board[3] = 0x00
        board[2] = 0x01
        #expect(board[2] >> 6 == 3)
        board[3] = 0x80
        #expect(board[2] != 0, "no enhanced feature register")
        board[3] = 0x00
        board[2] = 0x21
        #expect(board[2] >> 5 == 6, "no FIFO of 64")
        board[1] = 0x40
        #expect(board[1] == 0, "no XScale bit")
    }

    @Test("Linux's transmitter test: enabling the interrupt of an empty transmitter raises it, each time")
    func transmitterTest() {
        let board = UARTBoard.open()
        for _ in 0..<2 {
            board[1] = 0x02
            #expect(board.irq.level)
            #expect(board.identification == 0x02)
            #expect(!board.irq.level)
            #expect(board.identification == 0x01)
            board[1] = 0x00
        }
    }
}

@Suite("UART16550: transmitter")
struct UART16550TransmitterTests {
    @Test("the host gets each character when it is written, also from a guest that never waits")
    func output() {
        let board = UARTBoard.open()
        for byte in "hello".utf8 { board[0] = byte }
        #expect(board.stream.text == "hello")
    }

    @Test(
        "characters have as many bits as LCR says",
        arguments: [(0, 0x1F), (1, 0x3F), (2, 0x7F), (3, 0xFF)] as [(UInt8, UInt8)])
    func wordLength(lcr: UInt8, byte: UInt8) {
        let board = UARTBoard()
        board[3] = lcr
        board[0] = 0xFF
        #expect(board.stream.output == [byte])
    }

    @Test("without FIFO: one character on its way, one in THR; LSR tells of both")
    func lineStatusWithoutFIFO() {
        let board = UARTBoard.open()
        board[0] = 0x41
        #expect(board.lineStatus == 0x20, "THR is free at once, the shift register is not")
        board[0] = 0x42
        #expect(board.lineStatus == 0x00)
        board.run(UARTBoard.character)
        #expect(board.lineStatus == 0x20)
        board.run(UARTBoard.character)
        #expect(board.lineStatus == 0x60)
    }

    @Test("with FIFO: THR is empty when all 16 have gone to the shift register")
    func lineStatusWithFIFO() {
        let board = UARTBoard.open(fcr: 0x01)
        for byte in UInt8(0)..<17 { board[0] = byte }
        board.run(15 * UARTBoard.character)
        #expect(board.lineStatus == 0x00)
        board.run(UARTBoard.character + 1)
        #expect(board.lineStatus == 0x20)
        board.run(UARTBoard.character)
        #expect(board.lineStatus == 0x60)
    }

    @Test("the transmitter interrupt comes when THR is empty and goes with a write to THR or a read of IIR")
    func interrupt() {
        let board = UARTBoard.open(ier: 0x02)
        #expect(board.identification == 0x02)
        board[0] = 0x41
        #expect(board.irq.level, "an idle transmitter takes the character at once")
        board[0] = 0x42
        #expect(!board.irq.level)
        let rises = board.recorder.rises
        board.run(UARTBoard.character - 1)
        #expect(board.recorder.rises == rises)
        board.run(2)
        #expect(board.recorder.rises == rises + 1)
        #expect(board.identification == 0x02)
        #expect(!board.irq.level)
    }

    @Test(
        "a character takes start, data, parity and stop bits at the programmed divisor",
        arguments: [
            (lcr: 0x03, divisor: 1, microseconds: 87), (lcr: 0x03, divisor: 12, microseconds: 1042),
            (lcr: 0x00, divisor: 96, microseconds: 5834), (lcr: 0x04, divisor: 96, microseconds: 6250),
            (lcr: 0x1F, divisor: 12, microseconds: 1250), (lcr: 0x03, divisor: 0, microseconds: 87),
        ] as [(lcr: UInt8, divisor: UInt16, microseconds: UInt64)])
    func characterTimes(lcr: UInt8, divisor: UInt16, microseconds: UInt64) {
        let board = UARTBoard()
        board[3] = lcr | 0x80
        board[0] = UInt8(divisor & 0xFF)
        board[1] = UInt8(divisor >> 8)
        board[3] = lcr
        board[0] = 0x55
        board.run(microseconds - 1)
        #expect(board.lineStatus & 0x40 == 0)
        board.run(1)
        #expect(board.lineStatus & 0x40 != 0)
    }

    @Test("instant pacing: the transmitter is always empty, its interrupt comes at once, the loop keeps its time")
    func instantPacing() {
        let board = UARTBoard(pacing: .instant)
        board[3] = 0x03
        board[1] = 0x02
        board[4] = 0x08
        for byte in "fast".utf8 {
            #expect(board.identification == 0x02)
            board[0] = byte
            #expect(board.irq.level)
            #expect(board.lineStatus == 0x60)
        }
        #expect(board.stream.text == "fast")
        board[4] = 0x18
        board[0] = 0x11
        #expect(board.lineStatus == 0x20)
    }

    @Test("a guest that polls makes no events")
    func pollingIsFree() {
        let board = UARTBoard.open(input: "x", fcr: 0x01)
        board[0] = 0x41
        _ = board.lineStatus
        #expect(board.clock.nextDeadline == nil)
    }

    @Test("FCR bit 2 empties the FIFO, not the shift register")
    func clearFIFO() {
        let board = UARTBoard.open(fcr: 0x01)
        for _ in 0..<5 { board[0] = 0x41 }
        board[2] = 0x05
        #expect(board.lineStatus == 0x20)
        board.run(UARTBoard.character)
        #expect(board.lineStatus == 0x60)
    }
}
