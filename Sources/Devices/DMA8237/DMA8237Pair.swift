import X86Interp

/// The DMA controllers of a PC: two chips in cascade and the page registers that make their addresses longer.
///
/// Direct memory access by two 8237A, as in the PC/AT. Sources: Intel 8237A datasheet (231466-005); IBM PC/AT Technical
/// Reference (1502494), system board, "DMA channels".
///
/// Registers (ports of a PC, width byte; see DMA8237 for what they do):
///
///     00-0F         first chip: channels 0-3, bytes
///     80-8F    R/W  page registers: address bits 23-16 of a channel: 87, 83, 81, 82 of 0-3, 8B, 89, 8A of 5-7 (bit 0
///                   does not count); 8F refresh; the others are latches. Port 80 shows POST codes where a board has
///                   a device for them.
///     C0-DF         second chip: channels 4-7, words, at every second port; address line 0 is not looked at
///
/// Channel 4 is the first chip's way to the bus: it gets none unless channel 4 is in cascade mode and unmasked.
///
/// A PC or XT has the first chip alone, always on the bus, and registers 80 to 83, of four bits: 81 is of channel 2, 82 of
/// 3, 83 of 0 and 1. Source: IBM PC/XT Technical Reference (1502237), system board, "DMA page registers".
///
/// Memory: addresses wrap within the page, 64 KiB for bytes and 128 KiB for words, and thus below 16 MiB. What is read
/// where no RAM and no ROM is, is FF; writes there are lost. Writes are those of another master: decoded code goes.
///
/// Time: a request is served at once, up to 1024 cycles; what is left goes on a microsecond a cycle later, and so on.
/// So no program can make an instruction take long.
///
/// Interrupts: none; TC goes to the chip whose cycle it is.
///
/// Decided where the datasheet is silent: registers that are written only read FF; demand, single and block mode differ
/// in nothing but who may have the bus in between, so a block ends when its device has no more; a request by software
/// lasts until TC in any mode; the second chip moves nothing from memory to memory, which its wiring does not allow; on
/// the first each channel has its own page for that.
///
/// Not modelled: the bus is not held from the CPU, which goes on between parts of a long block; command bits 3, 5, 6 and
/// 7 are stored only (compressed timing, extended write, active levels of DREQ and DACK, which are wired); memory of
/// devices is not read.
public final class DMA8237Pair: Device, BlockPortDevice, DMAService {
    /// Both chips and the pages.
    public struct State: Codable, Equatable, Sendable {
        /// Channels 0 to 3.
        package var first = DMA8237()
        /// Channels 4 to 7.
        package var second = DMA8237()
        /// What was written to ports 80 to 8F.
        package var pages = RegisterFile(count: 16)
        /// When a long transfer goes on.
        package var resumeTime: UInt64?

        /// Power-on: all channels masked.
        public init() {}
    }

    /// The banks of its claims: a register's number is bank plus offset.
    enum Bank {
        static let first: UInt8 = 0x00
        static let pages: UInt8 = 0x10
        static let second: UInt8 = 0x20
    }

    /// A chip that is wired to a channel.
    private struct Wire {
        weak var requester: (any DMARequester)?
    }

    /// Cycles that are made without a pause.
    private static let burst = 1024
    /// Places of the page registers of channels 0 to 7; that of channel 4 is for refresh.
    static let pagePlaces: [Int] = [0x7, 0x3, 0x1, 0x2, 0xF, 0xB, 0x9, 0xA]
    /// The same where the first chip is alone.
    static let lonePagePlaces: [Int] = [0x3, 0x3, 0x1, 0x2]

    /// The name in `--tier` and the ledger.
    public let name: String
    /// Both chips; restoring makes no cycle, and the appointment with the clock anew.
    public var state: State {
        get { chips }
        set {
            chips = newValue
            alarm.clear()
            alarm.set(at: chips.resumeTime)
        }
    }
    private var chips = State()
    private let memory: PhysicalMemory?
    private let clock: VirtualClock
    /// There is a second chip.
    let hasSecond: Bool
    private let alarm: ClockAlarm
    private var wires = [Wire](repeating: Wire(), count: 8)
    /// Cycles are being made: a request that comes meanwhile is looked at behind the present one.
    private var isServing = false

    /// Controllers that reach `memory`; without one all that they read is FF.
    ///
    /// Without a second chip it is that of a PC or XT.
    public init(memory: PhysicalMemory?, clock: VirtualClock, hasSecond: Bool = true, name: String = "dma") {
        self.memory = memory
        self.hasSecond = hasSecond
        self.clock = clock
        self.name = name
        alarm = ClockAlarm(clock: clock)
        alarm.action = { [unowned self] in
            chips.resumeTime = nil
            serve()
        }
    }

    deinit { alarm.clear() }

    /// Both chips as after power-on.
    public func reset() { state = State() }

    // MARK: Devices

    /// Wires a chip to a channel.
    public func connect(_ requester: any DMARequester, channel: Int) { wires[channel & 7].requester = requester }

    /// Drives a DREQ input, and serves it.
    public func setRequest(_ channel: Int, level: Bool) {
        restoreRequest(channel, level: level)
        if level { serve() }
    }

    /// Drives a DREQ input, without a cycle.
    public func restoreRequest(_ channel: Int, level: Bool) {
        let number = UInt8(truncatingIfNeeded: channel & 3)
        if channel & 4 == 0 { chips.first.setInput(number, level) } else { chips.second.setInput(number, level) }
    }

    // MARK: Cycles

    /// Makes cycles while a channel asks, as many as fit into a burst.
    private func serve() {
        guard !isServing, chips.resumeTime == nil else { return }
        isServing = true
        defer { isServing = false }
        for _ in 0..<Self.burst {
            // The second chip's other channels come behind those that channel 4 passes on.
            if firstHasBus, let channel = chips.first.next {
                cycle(channel)
            } else if hasSecond, let channel = chips.second.next {
                wordCycle(channel)
            } else {
                return
            }
        }
        let isLeft = firstHasBus && chips.first.next != nil || hasSecond && chips.second.next != nil
        guard isLeft else { return }
        let (time, isPast) = clock.now.addingReportingOverflow(
            max(clock.ticks(microseconds: UInt64(Self.burst)), 1))
        chips.resumeTime = isPast ? nil : time
        alarm.set(at: chips.resumeTime)
    }

    /// Whether the first chip gets the bus when it asks.
    private var firstHasBus: Bool { !hasSecond || chips.second.passesOn(0) }

    /// Address bits 23-16 of a channel.
    func page(_ channel: Int) -> UInt8 {
        guard hasSecond else { return chips.pages[Self.lonePagePlaces[channel & 3]] & 0x0F }
        return chips.pages[Self.pagePlaces[channel & 7]]
    }

    /// A byte of the first chip.
    private func cycle(_ number: UInt8) {
        if number == 0, chips.first.movesMemory { return moveByte() }
        let channel = chips.first[number]
        let isLast = chips.first.isLast(number)
        let requester = wires[Int(number & 3)].requester
        let address = UInt32(page(Int(number))) << 16 | UInt32(channel.address)
        chips.first.finishCycle(number)
        switch channel.transfer {
        case .write: store(UInt8(truncatingIfNeeded: requester?.dmaRead(isLast: isLast) ?? 0xFF), address)
        case .read: requester?.dmaWrite(UInt16(load(address)), isLast: isLast)
        case .verify, .illegal: requester?.dmaVerify(isLast: isLast)
        }
    }

    /// A byte from channel 0's address to channel 1's.
    private func moveByte() {
        let byte = load(UInt32(page(0)) << 16 | UInt32(chips.first[0].address))
        store(byte, UInt32(page(1)) << 16 | UInt32(chips.first[1].address))
        chips.first.finishMove(byte)
    }

    /// A word of the second chip.
    private func wordCycle(_ number: UInt8) {
        let channel = chips.second[number]
        let isLast = chips.second.isLast(number)
        let requester = wires[Int(number & 3) + 4].requester
        let address = UInt32(page(Int(number) + 4) & 0xFE) << 16 | UInt32(channel.address) << 1
        chips.second.finishCycle(number)
        switch channel.transfer {
        case .write:
            let value = requester?.dmaRead(isLast: isLast) ?? 0xFFFF
            store(UInt8(truncatingIfNeeded: value), address)
            store(UInt8(truncatingIfNeeded: value >> 8), address | 1)
        case .read: requester?.dmaWrite(UInt16(load(address)) | UInt16(load(address | 1)) << 8, isLast: isLast)
        case .verify, .illegal: requester?.dmaVerify(isLast: isLast)
        }
    }

    private func load(_ address: UInt32) -> UInt8 { memory?.peek(address) ?? 0xFF }

    private func store(_ byte: UInt8, _ address: UInt32) {
        withUnsafeBytes(of: byte) { memory?.write($0, at: address) }
    }

    // MARK: Registers

    /// A register; address and count move the flip-flop on, the status clears what it tells of TC.
    public func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 { UInt32(Self.read(&chips, bank, offset)) }

    /// What a read returns, with flip-flop and status left.
    public func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? {
        var copy = chips
        return UInt32(Self.read(&copy, bank, offset))
    }

    private static func number(_ bank: UInt8, _ offset: UInt16) -> UInt8 {
        bank &+ UInt8(truncatingIfNeeded: offset)
    }

    private static func read(_ chips: inout State, _ bank: UInt8, _ offset: UInt16) -> UInt8 {
        let number = number(bank, offset)
        switch number >> 4 {
        case 0: return chips.first.read(number) ?? 0xFF
        case 1: return chips.pages[Int(number & 0x0F)]
        default: return chips.second.read(number >> 1) ?? 0xFF
        }
    }

    /// Sets a register, and serves who may transfer now.
    public func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {
        let number = Self.number(bank, offset)
        let byte = UInt8(truncatingIfNeeded: value)
        switch number >> 4 {
        case 0: chips.first.write(number, byte)
        case 1:
            // It asks for nothing.
            chips.pages[Int(number & 0x0F)] = byte
            return
        default: chips.second.write(number >> 1, byte)
        }
        serve()
    }
}

/// Page registers are latches: code that waits by port 80 has one of them beside it.
extension DMA8237Pair {
    /// A claim may begin behind port 80.
    private static func isPages(_ bank: UInt8) -> Bool { bank & 0xF0 == Bank.pages }

    /// Blocks at page registers only.
    public func blockOrder(bank: UInt8) -> BlockOrder { Self.isPages(bank) ? .free : .none }

    /// Of a latch the same byte again and again.
    public func readBlock(bank: UInt8, offset: UInt16, width: Width, into buffer: UnsafeMutableRawBufferPointer) {
        guard Self.isPages(bank) else {
            for place in buffer.indices {
                buffer[place] = UInt8(truncatingIfNeeded: read(bank: bank, offset: offset, width: .byte))
            }
            return
        }
        let byte = UInt8(truncatingIfNeeded: read(bank: bank, offset: offset, width: .byte))
        buffer.initializeMemory(as: UInt8.self, repeating: byte)
    }

    /// Of a latch the last byte is left.
    public func writeBlock(bank: UInt8, offset: UInt16, width: Width, from buffer: UnsafeRawBufferPointer) {
        for byte in Self.isPages(bank) ? buffer.suffix(1) : buffer[...] {
            write(bank: bank, offset: offset, width: .byte, value: UInt32(byte))
        }
    }
}
