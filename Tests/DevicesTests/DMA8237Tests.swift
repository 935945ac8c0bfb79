import Devices
import TestSupport
import Testing
import X86Interp

/// A chip with a DRQ pin that counts: it gives the numbers from 0 on, and keeps what it gets.
private final class Counter: DMARequester {
    var next: UInt16 = 0
    var received: [UInt16] = []
    var verified = 0
    var lasts: [Int] = []
    /// Cycles until it lowers its request.
    var wanted = 0
    private var cycles = 0
    weak var service: (any DMAService)?
    let channel: Int

    init(_ service: any DMAService, channel: Int) {
        self.service = service
        self.channel = channel
        service.connect(self, channel: channel)
    }

    func ask(_ count: Int) {
        wanted = count
        service?.setRequest(channel, level: true)
    }

    private func count(_ isLast: Bool) {
        cycles += 1
        if isLast { lasts.append(cycles) }
        wanted -= 1
        if wanted <= 0 { service?.setRequest(channel, level: false) }
    }

    func dmaRead(isLast: Bool) -> UInt16 {
        defer { next &+= 1 }
        count(isLast)
        return next
    }

    func dmaWrite(_ value: UInt16, isLast: Bool) {
        received.append(value)
        count(isLast)
    }

    func dmaVerify(isLast: Bool) {
        verified += 1
        count(isLast)
    }
}

@Suite struct DMA8237Tests {
    let board: FloppyBoard

    init() throws { board = try FloppyBoard([]) }

    private func program(
        _ channel: UInt16, mode: UInt8, address: UInt16, page: UInt8 = 0, count: Int, unmasks: Bool = true
    ) {
        let pages: [UInt16] = [7, 3, 1, 2]
        board.dmaWrite(first: 0x0C, 0)
        board.dmaWrite(first: 0x0B, mode | UInt8(channel))
        for byte in [address & 0xFF, address >> 8] { board.dmaWrite(first: channel * 2, UInt8(byte)) }
        for byte in [(count - 1) & 0xFF, (count - 1) >> 8] { board.dmaWrite(first: channel * 2 + 1, UInt8(byte)) }
        board.page(pages[Int(channel)], page)
        if unmasks { board.dmaWrite(first: 0x0A, UInt8(channel)) }
    }

    // MARK: Every register

    @Test(arguments: UInt16(0)..<8) func addressesAndCountsGoByTheFlipFlop(register: UInt16) {
        board.dmaWrite(first: 0x0C, 0)
        board.dmaWrite(first: register, 0x34)
        board.dmaWrite(first: register, 0x12)
        #expect(board.dmaRead(first: register) == 0x34 && board.dmaRead(first: register) == 0x12)
        // The flip-flop is one for all; clearing it makes the low byte next.
        #expect(board.dmaRead(first: register) == 0x34)
        board.dmaWrite(first: 0x0C, 0)
        #expect(board.dmaRead(first: register) == 0x34)
        board.dmaWrite(second: 0x0C, 0)
        board.dmaWrite(second: register, 0x78)
        board.dmaWrite(second: register, 0x56)
        #expect(board.dmaRead(second: register) == 0x78 && board.dmaRead(second: register) == 0x56)
    }

    /// The registers that a write reaches, and what shows of it; reads of those that are only written are FF.
    @Test func theTableOfTheOtherRegisters() {
        struct Row {
            var register: UInt16
            var value: UInt8
            var name: String
            var reads: UInt8
            var shows: (DMA8237Pair.State) -> Bool
        }
        let rows: [Row] = [
            .init(register: 0x08, value: 0x04, name: "command", reads: 0x00) { $0.first.command == 0x04 },
            .init(register: 0x09, value: 0x07, name: "request", reads: 0xFF) { $0.first.requests == 0x08 },
            .init(register: 0x09, value: 0x03, name: "no request", reads: 0xFF) { $0.first.requests == 0 },
            .init(register: 0x0F, value: 0x0A, name: "all masks", reads: 0xFF) { $0.first.mask == 0x0A },
            .init(register: 0x0A, value: 0x06, name: "set a mask", reads: 0xFF) { $0.first.mask == 0x0E },
            .init(register: 0x0A, value: 0x01, name: "clear a mask", reads: 0xFF) { $0.first.mask == 0x0C },
            .init(register: 0x0B, value: 0x5A, name: "mode", reads: 0xFF) { $0.first[2].mode == 0x58 },
            .init(register: 0x0E, value: 0x00, name: "clear masks", reads: 0xFF) { $0.first.mask == 0 },
            .init(register: 0x0C, value: 0x00, name: "clear flip-flop", reads: 0xFF) { !$0.first.isHighNext },
            .init(register: 0x0D, value: 0x00, name: "master clear", reads: 0x00) {
                $0.first.mask == 0x0F && $0.first.command == 0 && $0.first.requests == 0 && $0.first[2].mode == 0x58
            },
        ]
        // Off, so that requests move nothing.
        board.dmaWrite(first: 0x08, 0x04)
        for row in rows {
            board.dmaWrite(first: row.register, row.value)
            #expect(row.shows(board.dma.state), "\(row.name)")
            #expect(board.dmaRead(first: row.register) == row.reads, "\(row.name)")
        }
    }

    @Test(arguments: UInt16(0)..<16) func pagesAreLatches(register: UInt16) {
        board.page(register, 0xA0 + UInt8(register))
        #expect(board.dma.read(bank: 0x10, offset: register, width: .byte) == 0xA0 + UInt32(register))
    }

    @Test func theSecondControllersOddPortsAreItsEvenOnes() {
        board.dma.write(bank: 0x20, offset: 0x0B * 2 + 1, width: .byte, value: 0x49)
        #expect(board.dma.state.second[1].mode == 0x48)
    }

    // MARK: Transfers

    @Test(arguments: [0x40, 0x00, 0x80] as [UInt8]) func aDevicesBytesComeToMemory(kind: UInt8) {
        let counter = Counter(board.dma, channel: 1)
        program(1, mode: kind | 0x04, address: 0x2000, page: 0x01, count: 16)
        counter.ask(16)
        #expect(board.memory.peek(0x1_2000, count: 17) == Array(0..<16) + [0])
        #expect(counter.lasts == [16])
        #expect(board.dmaRead(first: 8) == 0x02 && board.dmaRead(first: 8) == 0)
        #expect(board.dma.state.first.mask & 2 != 0, "TC masks the channel")
        #expect(board.dmaWord(2) == 0x2010 && board.dmaWord(3) == 0xFFFF)
    }

    @Test func memoryComesToTheDevice() {
        let counter = Counter(board.dma, channel: 3)
        board.memory.load([7, 6, 5, 4], at: 0x3_0100)
        program(3, mode: 0x48, address: 0x0100, page: 0x03, count: 4)
        counter.ask(2)
        #expect(counter.received == [7, 6] && counter.lasts.isEmpty)
        counter.ask(2)
        #expect(counter.received == [7, 6, 5, 4] && counter.lasts == [4])
    }

    @Test func verifyTouchesNoMemory() {
        let counter = Counter(board.dma, channel: 0)
        program(0, mode: 0x40, address: 0x4000, count: 8)
        counter.ask(8)
        #expect(counter.verified == 8 && board.memory.peek(0x4000, count: 8).allSatisfy { $0 == 0 })
        #expect(board.dmaWord(0) == 0x4008)
    }

    @Test func addressesGoDownToo() {
        let counter = Counter(board.dma, channel: 1)
        program(1, mode: 0x64, address: 0x5003, count: 4)
        counter.ask(4)
        #expect(board.memory.peek(0x5000, count: 4) == [3, 2, 1, 0])
    }

    @Test func addressesWrapInTheirPage() {
        let counter = Counter(board.dma, channel: 1)
        program(1, mode: 0x44, address: 0xFFFE, page: 0x02, count: 4)
        counter.ask(4)
        #expect(board.memory.peek(0x2_FFFE, count: 2) == [0, 1] && board.memory.peek(0x2_0000, count: 2) == [2, 3])
        #expect(board.memory.peek(0x3_0000) == 0)
    }

    @Test func wordsWrapInTheirPageOf128KiB() {
        let counter = Counter(board.dma, channel: 5)
        board.dmaWrite(second: 0x0C, 0)
        board.dmaWrite(second: 0x0B, 0x45)
        for byte in [0xFF, 0xFF] as [UInt8] { board.dmaWrite(second: 2, byte) }
        for byte in [0x01, 0x00] as [UInt8] { board.dmaWrite(second: 3, byte) }
        board.page(0xB, 0x05)
        board.dmaWrite(second: 0x0A, 1)
        counter.next = 0x1234
        counter.ask(2)
        #expect(board.memory.peekWord(0x5_FFFE) == 0x1234 && board.memory.peekWord(0x4_0000) == 0x1235)
        #expect(board.dmaRead(second: 8) == 0x02)
    }

    @Test func autoInitialisationBeginsAnew() {
        let counter = Counter(board.dma, channel: 1)
        program(1, mode: 0x54, address: 0x6000, count: 4)
        counter.ask(10)
        #expect(counter.lasts == [4, 8])
        #expect(board.memory.peek(0x6000, count: 4) == [8, 9, 6, 7])
        #expect(board.dmaWord(2) == 0x6002 && board.dma.state.first.mask & 2 == 0)
    }

    @Test func aMaskedChannelWaits() {
        let counter = Counter(board.dma, channel: 1)
        program(1, mode: 0x44, address: 0x7000, count: 4, unmasks: false)
        counter.ask(4)
        #expect(counter.next == 0 && board.dmaRead(first: 8) == 0x20)
        board.dmaWrite(first: 0x0A, 1)
        #expect(counter.next == 4 && board.dmaRead(first: 8) == 0x02)
    }

    @Test func aControllerThatIsOffWaits() {
        let counter = Counter(board.dma, channel: 1)
        program(1, mode: 0x44, address: 0x7000, count: 4)
        board.dmaWrite(first: 0x08, 0x04)
        counter.ask(4)
        #expect(counter.next == 0)
        board.dmaWrite(first: 0x08, 0x00)
        #expect(counter.next == 4)
    }

    @Test func withoutChannel4TheFirstControllerHasNoBus() {
        let counter = Counter(board.dma, channel: 1)
        program(1, mode: 0x44, address: 0x7000, count: 4)
        board.dmaWrite(second: 0x0A, 0x04)
        counter.ask(4)
        #expect(counter.next == 0)
        board.dmaWrite(second: 0x0A, 0x00)
        #expect(counter.next == 4)
    }

    @Test func aChannelInCascadeTransfersNothing() {
        let counter = Counter(board.dma, channel: 1)
        program(1, mode: 0xC4, address: 0x7000, count: 4)
        counter.ask(4)
        #expect(counter.next == 0 && board.dmaWord(2) == 0x7000)
    }

    @Test func priorityIsFixedOrRotates() throws {
        func served(_ command: UInt8) throws -> [UInt16] {
            let board = try FloppyBoard([])
            board.dmaWrite(first: 0x08, command | 4)
            board.dmaWrite(first: 0x0E, 0)
            let counters = (0..<4).map { Counter(board.dma, channel: $0) }
            for (number, counter) in counters.enumerated() {
                board.dmaWrite(first: 0x0B, 0x54 | UInt8(number))
                counter.ask(number == 0 ? 3 : 1)
            }
            for register in [1, 3, 5, 7] as [UInt16] {
                for _ in 0..<2 { board.dmaWrite(first: register, 0xFF) }
            }
            // All write to address 0 and on of their page; 0 is served three times.
            board.dmaWrite(first: 0x08, command)
            return counters.map(\.next)
        }
        #expect(try served(0x00) == [3, 1, 1, 1])
        #expect(try served(0x10) == [3, 1, 1, 1])
        var chip = DMA8237()
        chip.write(0x0E, 0)
        for number in [1, 3] as [UInt8] {
            // With auto-initialisation, so that TC masks nobody.
            chip.write(0x0B, 0x50 | number)
            chip.setInput(number, true)
        }
        #expect(chip.next == 1)
        chip.finishCycle(1)
        #expect(chip.next == 1, "fixed")
        chip.write(0x08, 0x10)
        chip.finishCycle(1)
        #expect(chip.next == 3, "rotated")
        chip.finishCycle(3)
        #expect(chip.next == 1)
    }

    // MARK: Requests by software

    @Test func softwareRequestsLastUntilTC() {
        board.memory.load([UInt8](repeating: 0, count: 16), at: 0x8000)
        program(1, mode: 0x84, address: 0x8000, count: 8, unmasks: false)
        board.dmaWrite(first: 0x09, 0x05)
        #expect(board.memory.peek(0x8000, count: 9) == [UInt8](repeating: 0xFF, count: 8) + [0])
        #expect(board.dmaRead(first: 8) == 0x02 && board.dma.state.first.requests == 0)
    }

    @Test(arguments: [false, true]) func memoryGoesToMemory(holds: Bool) {
        board.memory.load(Array(1...8), at: 0x9000)
        program(0, mode: 0x88, address: 0x9000, count: 8, unmasks: false)
        program(1, mode: 0x84, address: 0xA000, page: 0x01, count: 8, unmasks: false)
        board.dmaWrite(first: 0x08, holds ? 0x03 : 0x01)
        board.dmaWrite(first: 0x09, 0x04)
        #expect(board.memory.peek(0x1_A000, count: 8) == (holds ? [UInt8](repeating: 1, count: 8) : Array(1...8)))
        #expect(board.dmaRead(first: 0x0D) == (holds ? 1 : 8))
        #expect(board.dmaRead(first: 8) & 0x02 != 0 && board.dma.state.first.requests == 0)
    }

    @Test func aLongBlockGoesOnInGuestTime() {
        program(1, mode: 0x84, address: 0, page: 0x04, count: 0x10000, unmasks: false)
        board.dmaWrite(first: 0x09, 0x05)
        #expect(board.dmaWord(2) == 1024 && board.clock.nextDeadline == 102_400)
        board.wait(microseconds: 65_536)
        #expect(board.dmaRead(first: 8) == 0x02 && board.clock.nextDeadline == nil)
        #expect(board.memory.peek(0x4_0000, count: 0x10001) == [UInt8](repeating: 0xFF, count: 0x10000) + [0])
    }

    @Test func aRequestThatNeverEndsDoesNotHang() {
        let counter = Counter(board.dma, channel: 1)
        program(1, mode: 0x54, address: 0, count: 16)
        counter.ask(.max)
        #expect(counter.next == 1024)
        board.wait(microseconds: 2048)
        #expect(counter.next == 3 * 1024)
    }

    // MARK: Beyond RAM

    @Test func beyondRAMNothingAnswers() throws {
        let board = try FloppyBoard([], ramSize: 1 << 16)
        let counter = Counter(board.dma, channel: 3)
        let before = Array(board.memory.ramBytes)
        board.page(2, 0x01)
        board.dmaWrite(first: 0x0B, 0x5B)
        for register in [6, 6, 7, 7] as [UInt16] { board.dmaWrite(first: register, 0) }
        board.dmaWrite(first: 0x0A, 3)
        counter.ask(1)
        #expect(counter.received == [0xFF])
        board.dmaWrite(first: 0x0B, 0x57)
        counter.ask(1)
        #expect(firstDifference(before, board.memory.ramBytes) == nil)
    }

    /// Random programs on all channels: no trap, no hang, and nothing outside of RAM is reached.
    @Test func randomProgramsStayWithinRAM() async {
        await LongTests.forEach(in: 0...LongTests.count(short: 12) - 1, name: "DMA program") { seed in
            var random = SeededGenerator(seed: UInt64(seed))
            let board = try FloppyBoard([], ramSize: 1 << 16)
            let counters = (0..<8).map { Counter(board.dma, channel: $0) }
            for _ in 0..<400 {
                switch UInt8.random(in: 0..<8, using: &random) {
                case 0:
                    let counter = counters[Int.random(in: 0..<8, using: &random)]
                    counter.ask(Int.random(in: 1...5000, using: &random))
                case 1: board.wait(microseconds: UInt64.random(in: 0...3000, using: &random))
                default:
                    let bank = ([0, 0x10, 0x20] as [UInt8]).randomElement(using: &random) ?? 0
                    board.dma.write(
                        bank: bank, offset: UInt16.random(in: 0..<(bank == 0x20 ? 32 : 16), using: &random),
                        width: .byte, value: UInt32.random(in: 0...255, using: &random))
                }
            }
            #expect(board.memory.ramBytes.count == 1 << 16)
            let saved = board.dma.state
            board.dma.state = saved
            #expect(board.dma.state == saved)
        }
    }
}
