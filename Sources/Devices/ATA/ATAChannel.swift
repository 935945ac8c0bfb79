import X86Interp

/// A channel of an ATA host adapter with up to two devices, hard disks or CD drives.
///
/// Sources: ATA/ATAPI-4 (T13/1153D), for addresses of 48 bits ATA/ATAPI-6 (T13/1410D), for CD drives SFF-8020i and
/// MMC-3 (T10/1363D), INQUIRY and REQUEST SENSE of SPC-2 (T10/1236D).
///
/// Registers of the command block (number, width; those without a width are bytes):
///
///     0  word, dword  data; a byte moves on by a word and has its low half
///     1  read error, write features
///     2  sector count; interrupt reason of PACKET: bit 0 command packet, bit 1 to the host
///     3  sector number, or LBA 7-0
///     4  cylinder low, LBA 15-8, byte count low of PACKET
///     5  cylinder high, LBA 23-16, byte count high of PACKET
///     6  bit 6 LBA, bit 4 device, bits 3-0 head or LBA 27-24; bits 7 and 5 read 1
///     7  read status: bit 7 BSY, 6 DRDY, 5 DF, 4 DSC, 3 DRQ, 0 ERR or CHK; no interrupt is asked for any more
///        write command
///
/// Register of the control block:
///
///     8  read status, and nothing happens
///        write bit 7 HOB: registers 2-5 read the value before the last, until one of 1-7 is written
///              bit 2 SRST: both devices are reset while it is 1
///              bit 1 nIEN: no interrupts
///
/// Commands: the table `ATACommand`; packets of a CD drive: `PacketCommand`.
///
/// Interrupts: INTRQ is high while the device that is selected asks for an interrupt and nIEN is 0: IRQ 14 in a PC, IRQ
/// 15 for the second channel. A block of data that the host is to read asks for one, so does the end of a command that
/// writes or moves no data; the first block that the host is to write, and the request for a packet, do not.
///
/// Time: a command is looked at 2 us of guest time after it was written, the next block is ready 1 us after the last,
/// a reset takes 20 us. BSY is 1 meanwhile.
///
/// Decided where the standard is silent or leaves a choice: while BSY is 1, all registers read as status and take
/// nothing but SRST and DEVICE RESET; a command that is written while DRQ is 1 is ignored, but for DEVICE RESET. A device
/// 1 that is missing is answered for by device 0: status 00. A device 0 that is missing beside a device 1, and a channel
/// without devices, float: FF. Each sector is checked when its turn comes. A sector that the host cannot read is UNC; a
/// write to a disk that is read-only is aborted; where the host takes no more, DF. READ MULTIPLE ends a block before a
/// sector that cannot be read. The power-on state has no block size for READ MULTIPLE.
///
/// Not modelled: DMA (there is no bus master: the commands abort, IDENTIFY announces no mode), queued and overlapped
/// commands, the timers of IDLE and STANDBY, SMART, security, host protected area, device configuration, CFA, microcode,
/// READ and WRITE LONG, READ and WRITE BUFFER, logs, the drive address register at 3F7; audio, raw sectors, MODE SELECT,
/// DVD structures and everything that writes CDs.
public final class ATAChannel: Device, PortDevice {
    /// Both devices and the registers that they share.
    public struct State: Codable, Equatable, Sendable {
        /// Device control as it was written.
        package var control: UInt8 = 0
        /// The device and head register.
        package var device: UInt8 = 0
        /// Device 0.
        package var first = ATAUnit()
        /// Device 1.
        package var second = ATAUnit()

        /// Power-on, with two disks.
        public init() {}

        subscript(number: Int) -> ATAUnit {
            _read { if number == 0 { yield first } else { yield second } }
            _modify { if number == 0 { yield &first } else { yield &second } }
        }
    }

    /// Numbers of registers; a claim's bank is that of its first.
    enum Register {
        static let data: UInt8 = 0
        static let error: UInt8 = 1
        static let count: UInt8 = 2
        static let low: UInt8 = 3
        static let mid: UInt8 = 4
        static let high: UInt8 = 5
        static let device: UInt8 = 6
        static let status: UInt8 = 7
        static let control: UInt8 = 8
    }

    /// Times in microseconds.
    enum Time {
        static let command: UInt64 = 2
        static let block: UInt64 = 1
        static let reset: UInt64 = 20
    }

    private static let noInterrupts: UInt8 = 0x02
    private static let softReset: UInt8 = 0x04
    private static let highOrder: UInt8 = 0x80

    /// The name in `--tier` and the ledger.
    public let name: String
    /// Both devices; restoring is no edge of INTRQ, and makes the appointment with the clock anew.
    public var state: State {
        _read { yield chip.value }
        _modify { yield &chip.value }
        set {
            chip.value = newValue
            irq.restore(drivesLine)
            alarm.clear()
            appoint()
        }
    }
    private let chip = HotState(State())
    /// Device 0 and 1.
    let drives: [DiskDrive?]
    private let clock: VirtualClock
    private let irq: IRQLine
    private let alarm: ClockAlarm

    /// A channel with drives as device 0 and 1, which drives `irq` with INTRQ.
    public init(
        _ first: DiskDrive?, _ second: DiskDrive?, clock: VirtualClock, irq: IRQLine, name: String = "ata"
    ) {
        drives = [first, second]
        self.clock = clock
        self.irq = irq
        self.name = name
        alarm = ClockAlarm(clock: clock)
        alarm.action = { [unowned self] in goOn() }
        state = powerOn
    }

    deinit { alarm.clear() }

    /// As after power-on.
    public func reset() { state = powerOn }

    private var powerOn: State {
        var state = State()
        for number in 0...1 {
            setSignature(&state[number], number)
            if drives[number]?.kind == .cd { state[number].disc.attention = 0x29 }
        }
        return state
    }

    // MARK: Time and interrupts

    private var drivesLine: Bool {
        state.control & Self.noInterrupts == 0 && drives[selected] != nil && state[selected].interrupts
    }

    private func appoint() {
        let times = [state.first.deadline, state.second.deadline].compactMap { $0 }
        alarm.set(at: times.min())
    }

    /// After each change: INTRQ and the next appointment.
    private func update() {
        irq.set(drivesLine)
        appoint()
    }

    /// A device is busy with something for some time.
    func begin(_ activity: ATAUnit.Activity, _ number: Int, microseconds: UInt64) {
        state[number].activity = activity
        state[number].status = state[number].status & ~ATAStatus.dataRequest | ATAStatus.busy
        state[number].deadline = clock.time(after: max(1, clock.ticks(microseconds: microseconds)))
    }

    /// The clock's call: devices whose time has come go on.
    private func goOn() {
        for number in 0...1 {
            guard let deadline = state[number].deadline, deadline <= clock.now else { continue }
            state[number].deadline = nil
            if let drive = drives[number] { goOn(number, drive) }
        }
        update()
    }

    private func goOn(_ number: Int, _ drive: DiskDrive) {
        state[number].status &= ~ATAStatus.busy
        switch state[number].activity {
        case .command: perform(number, drive)
        case .nextIn: fetch(number, drive)
        case .storing: store(number, drive)
        case .execution: execute(number, drive)
        case .packetNext: fetchPacketData(number, drive)
        case .reset:
            state[number].activity = .idle
            setSignature(&state[number], number)
        case .idle, .dataIn, .dataOut, .packet, .packetIn: break
        }
    }

    // MARK: Registers

    /// The device that is selected.
    var selected: Int { Int(state.device >> 4 & 1) }

    /// What a read returns; nil for the data register.
    private func value(_ register: UInt8) -> UInt8? {
        guard drives[selected] != nil else {
            let isAnswered = selected == 1 && drives[0] != nil
            guard isAnswered else { return 0xFF }
            if register == Register.status || register == Register.control { return 0 }
            return value(register, of: 0)
        }
        return value(register, of: selected)
    }

    private func value(_ register: UInt8, of number: Int) -> UInt8? {
        if state[number].isBusy { return state[number].status }
        func read(_ pair: ATAUnit.Pair) -> UInt8 { state.control & Self.highOrder == 0 ? pair.now : pair.before }
        switch register {
        case Register.data: return nil
        case Register.error: return state[number].error
        case Register.count: return read(state[number].count)
        case Register.low: return read(state[number].low)
        case Register.mid: return read(state[number].mid)
        case Register.high: return read(state[number].high)
        case Register.device: return state.device | 0xA0
        default: return state[number].status
        }
    }

    /// A register, or data.
    public func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 {
        let register = bank &+ UInt8(truncatingIfNeeded: offset)
        if register == Register.data { return readData(width) }
        let result = value(register) ?? 0xFF
        if register == Register.status, drives[selected] != nil, state[selected].interrupts {
            state[selected].interrupts = false
            update()
        }
        return UInt32(result)
    }

    /// What a read would return.
    public func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? {
        let register = bank &+ UInt8(truncatingIfNeeded: offset)
        guard register == Register.data else { return UInt32(value(register) ?? 0xFF) }
        return isReading ? state[selected].data(width.bytes) & width.mask : width.mask
    }

    /// Changes a register, gives a command or data.
    public func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {
        let register = bank &+ UInt8(truncatingIfNeeded: offset)
        let byte = UInt8(truncatingIfNeeded: value)
        switch register {
        case Register.data: return writeData(value, width)
        case Register.control: setControl(byte)
        case Register.device:
            state.control &= ~Self.highOrder
            if drives[selected] == nil || !state[selected].isBusy { state.device = byte }
        case Register.status:
            state.control &= ~Self.highOrder
            take(byte)
        default:
            state.control &= ~Self.highOrder
            for number in 0...1 where drives[number] != nil && !state[number].isBusy {
                set(register, byte, &state[number])
            }
        }
        update()
    }

    private func set(_ register: UInt8, _ byte: UInt8, _ unit: inout ATAUnit) {
        switch register {
        case Register.error: unit.features.write(byte)
        case Register.count: unit.count.write(byte)
        case Register.low: unit.low.write(byte)
        case Register.mid: unit.mid.write(byte)
        default: unit.high.write(byte)
        }
    }

    private func setControl(_ byte: UInt8) {
        let old = state.control
        state.control = byte
        if byte & Self.softReset != 0 {
            for number in 0...1 where drives[number] != nil { beginReset(number, isHeld: true) }
            state.device = 0
        } else if old & Self.softReset != 0 {
            for number in 0...1 where drives[number] != nil { beginReset(number) }
        }
    }

    // MARK: Data

    /// Whether the data register has data to be read.
    private var isReading: Bool {
        guard drives[selected] != nil, state[selected].requestsData else { return false }
        return [.dataIn, .packetIn].contains(state[selected].activity)
    }

    private func readData(_ width: Width) -> UInt32 {
        guard isReading else { return width.mask }
        let number = selected
        let value = state[number].data(width.bytes)
        if state[number].moveOn(max(2, width.bytes)) {
            blockIsRead(number)
            update()
        }
        return value & width.mask
    }

    private func writeData(_ value: UInt32, _ width: Width) {
        let number = selected
        guard drives[number] != nil, state[number].requestsData,
            [.dataOut, .packet].contains(state[number].activity)
        else { return }
        state[number].setData(value, width.bytes)
        if state[number].moveOn(max(2, width.bytes)) {
            blockIsWritten(number)
            update()
        }
    }

    private func blockIsRead(_ number: Int) {
        if state[number].activity == .packetIn { return begin(.packetNext, number, microseconds: Time.block) }
        guard state[number].left > 0 else {
            state[number].status &= ~ATAStatus.dataRequest
            state[number].activity = .idle
            state[number].buffer = []
            return
        }
        begin(.nextIn, number, microseconds: Time.block)
    }

    private func blockIsWritten(_ number: Int) {
        let isPacket = state[number].activity == .packet
        begin(isPacket ? .execution : .storing, number, microseconds: isPacket ? Time.command : Time.block)
    }

    // MARK: Commands and resets

    /// A command comes to the selected device, or to both.
    private func take(_ command: UInt8) {
        if command == ATACommand.diagnostic, drives[0] != nil || drives[1] != nil {
            let isBusy = (0...1).contains { drives[$0] != nil && (state[$0].isBusy || state[$0].requestsData) }
            guard !isBusy else { return }
            for number in 0...1 where drives[number] != nil { accept(command, number) }
            state.device = 0
            return
        }
        guard let drive = drives[selected] else { return }
        let isReset = command == ATACommand.deviceReset && drive.kind == .cd
        if isReset { return beginReset(selected) }
        guard !state[selected].isBusy, !state[selected].requestsData, !state[selected].isAsleep else { return }
        accept(command, selected)
    }

    private func accept(_ command: UInt8, _ number: Int) {
        state[number].command = command
        state[number].interrupts = false
        state[number].error = 0
        state[number].status &= ~(ATAStatus.error | ATAStatus.fault)
        begin(.command, number, microseconds: Time.command)
    }

    /// A device leaves whatever it did; it is ready some time after a reset that is not held is over.
    private func beginReset(_ number: Int, isHeld: Bool = false) {
        state[number].interrupts = false
        state[number].buffer = []
        state[number].disc.response = []
        state[number].isAsleep = false
        state[number].power = 0xFF
        begin(.reset, number, microseconds: Time.reset)
        if isHeld { state[number].deadline = nil }
    }

    /// What a device has in its registers after a reset: which kind it is, and that it has found no fault.
    func setSignature(_ unit: inout ATAUnit, _ number: Int) {
        let isDisc = drives[number]?.kind == .cd
        unit.error = 1
        unit.count = .init(now: 1)
        unit.low = .init(now: 1)
        unit.mid = .init(now: isDisc ? 0x14 : 0)
        unit.high = .init(now: isDisc ? 0xEB : 0)
        unit.status = isDisc ? 0 : ATAStatus.ready
    }
}
