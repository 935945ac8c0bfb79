import X86Interp

/// The floppy controller of a PC, with up to two drives at its cable.
///
/// Floppy disk controller 82077AA: drives, FIFO and data separator in one chip, wired as in a PC/AT, with the PS/2's
/// status registers A and B. Source: Intel 82077AA datasheet (290166-007).
///
/// Registers (offset, width byte):
///
///     0  read   SRA  7 INT, 6 no second drive, 5 step, 4 not track 0, 3 side, 2 not index, 1 not protected, 0 inward
///     1  read   SRB  7-6 ones, 5 drive 1 selected, 4-2 data and write pulses, 1-0 motors of drives 1 and 0
///     2  R/W    DOR  7-4 motors of drives 3-0, 3 lets INT and DRQ out, 2 = 0 reset, 1-0 drive select
///     3  R/W    TDR  1-0 tape drive
///     4  read   MSR  7 ready for the host, 6 to the host, 5 not by DMA, 4 busy, 3-0 drives that seek
///     4  write  DSR  7 reset, which clears itself, 6 power down, 4-2 precompensation, 1-0 data rate
///     5  R/W         data: commands, results, without DMA also the disk's bytes
///     7  read   DIR  7 disk changed; the other bits belong to the hard disk's adapter and read 0
///     7  write  CCR  1-0 data rate: 500, 300, 250, 1000 kbit/s
///
/// Commands: see FDCCommand; all 82077AA's. A drive answers if DOR selects it and its motor is on; the drive bits of a
/// command only choose among the chip's four notes of cylinders (PCN).
///
/// Interrupts: INT at the end of a command that uses the disk, until its result is read; at the end of a seek and of a
/// reset, until SENSE INTERRUPT STATUS; without DMA while bytes are due. DRQ: while bytes are due with DMA.
///
/// Time, of the guest: steps take what SPECIFY says at the data rate; each sector comes after the gap before it and
/// takes its bytes' time, so that the sectors of a track take one turn; a search that fails takes one turn. The chip is
/// ready, and has polled, 250 us after a reset.
///
/// Decided where the datasheet is silent: the first sector of a command is next under the head, whichever it is; the
/// disk waits for a host that is late, also for a DMA channel that is masked, so nothing is overrun; without a disk in
/// a turning drive, for which the chip would wait for ever, a command ends as if there were no address marks; the bytes
/// of a burst are due together; a sector that the host cannot read has a data error, one that it cannot write an
/// equipment check; a drive stands at track 0 after power-on and stops two tracks behind its disk's last.
///
/// Not modelled: sectors of other sizes than 512 bytes, which are not found (FORMAT takes their bytes and leaves the
/// disk as it is); FM, which finds no address marks; deleted data marks, which images cannot hold: WRITE DELETED writes
/// usual sectors, all sectors are usual to READ DELETED; overrun; head load and unload times; power down, write
/// precompensation, the tape drive and PERPENDICULAR MODE's gap, which are stored only; the pulses in SRA and SRB; the
/// mode pins IDENT and MFM.
public final class FDC82077AA: Device, PortDevice, DMARequester {
    /// Numbers of the registers: the banks of its claims are the first of each.
    enum Register {
        static let statusA: UInt8 = 0
        static let statusB: UInt8 = 1
        static let digitalOutput: UInt8 = 2
        static let tape: UInt8 = 3
        static let status: UInt8 = 4
        static let data: UInt8 = 5
        static let digitalInput: UInt8 = 7
    }

    /// The name in `--tier` and the ledger.
    public let name: String
    /// The chip; restoring is no edge of its lines, and makes the appointment with the clock anew.
    public var state: State {
        get { chip }
        set {
            chip = newValue
            irq.restore(chip.interrupts)
            dma?.restoreRequest(channel, level: chip.requestsDMA)
            alarm.clear()
            alarm.set(at: chip.deadline)
        }
    }
    /// The chip, for its other files.
    var chip = State()
    let clock: VirtualClock
    private let drives: [UInt8: DiskDrive]
    private let irq: IRQLine
    private weak var dma: (any DMAService)?
    private let channel: Int
    private let alarm: ClockAlarm

    /// A controller of drives 0 and 1, wired to an interrupt line and a DMA channel.
    public init(
        clock: VirtualClock, irq: IRQLine, dma: (any DMAService)? = nil, channel: Int = 2,
        drives: [UInt8: DiskDrive] = [:], name: String = "fdc"
    ) {
        self.clock = clock
        self.irq = irq
        self.dma = dma
        self.channel = channel
        self.drives = drives.filter { $0.key < 4 && $0.value.kind == .floppy }
        self.name = name
        alarm = ClockAlarm(clock: clock)
        alarm.action = { [unowned self] in passTime() }
        dma?.connect(self, channel: channel)
    }

    deinit { alarm.clear() }

    /// The chip as after power-on: in reset until DOR says otherwise.
    public func reset() { state = State() }

    // MARK: Lines and time

    /// After each change: the lines, and the next appointment; DMA may change more at once.
    func update() {
        irq.set(chip.interrupts)
        alarm.set(at: chip.deadline)
        dma?.setRequest(channel, level: chip.requestsDMA)
    }

    /// The time some ticks from now, at least one, which the clock can be asked for.
    func later(_ ticks: UInt64) -> UInt64 { clock.time(after: max(ticks, 1)) }

    /// Does what was asked for by now.
    private func passTime() {
        let now = clock.now
        if let end = chip.resetEnd, end <= now { chip.leaveReset() }
        for number in UInt8(0)..<4 {
            if let seek = chip[number].seek, seek.nextStep <= now { step(number, seek) }
        }
        if let end = chip.transfer?.deadline, end <= now { goOn() }
        update()
    }

    // MARK: Drives

    /// The drive that is selected and turns.
    var drive: DiskDrive? { chip.selected.flatMap { drives[$0] } }

    /// Where the head of the selected drive is; 0 without one.
    var track: UInt8 { chip[chip.digitalOutput].track }

    /// Whether the selected drive says that its head is at track 0.
    var isAtTrack0: Bool { drive != nil && track == 0 }

    /// Whether the selected drive says that its disk is protected.
    var isProtected: Bool { drive.map { $0.isInserted && $0.isReadOnly } ?? false }

    /// Whether the disk's index hole is at its sensor: for 2 ms of a turn.
    private var isAtIndex: Bool {
        guard let drive, drive.isInserted else { return false }
        let turn = max(clock.ticks(microseconds: FloppyFormat(drive.geometry).turn), 1)
        return clock.now % turn < clock.ticks(microseconds: 2000)
    }

    // MARK: Registers

    private static func number(_ bank: UInt8, _ offset: UInt16) -> UInt8 {
        bank &+ UInt8(truncatingIfNeeded: offset)
    }

    /// A register; the data register gives the next byte of a result or of the disk.
    public func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 {
        let number = Self.number(bank, offset)
        guard number == Register.data else { return UInt32(register(number)) }
        if chip.phase == .result {
            defer { update() }
            return UInt32(chip.takeResult())
        }
        guard chip.isProgrammed, chip.isHostDue, chip.transfer?.kind.sends == true else { return 0 }
        defer { update() }
        return UInt32(takeByte(isLast: false))
    }

    /// What a read returns, with the data register left.
    public func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? {
        let number = Self.number(bank, offset)
        guard number == Register.data else { return UInt32(register(number)) }
        if chip.phase == .result { return UInt32(chip.results.first ?? 0) }
        guard chip.isProgrammed, chip.isHostDue, var transfer = chip.transfer, transfer.kind.sends else { return 0 }
        return UInt32(transfer.take())
    }

    /// A register that reading does not change.
    private func register(_ number: UInt8) -> UInt8 {
        switch number {
        case Register.statusA:
            let side = chip.transfer?.side ?? 0
            let isInward = chip[chip.digitalOutput].seek?.isInward ?? false
            return (chip.interrupts ? 0x80 : 0) | (drives[1] == nil ? 0x40 : 0) | (isAtTrack0 ? 0 : 0x10)
                | (side & 1) << 3 | (isAtIndex ? 0 : 0x04) | (isProtected ? 0 : 0x02) | (isInward ? 1 : 0)
        case Register.statusB:
            return 0xC0 | (chip.digitalOutput & 1) << 5 | chip.digitalOutput >> 4 & 3
        case Register.digitalOutput: return chip.digitalOutput
        case Register.tape: return chip.tapeSelect & 3
        case Register.status: return chip.mainStatus
        case Register.digitalInput:
            guard let drive else { return 0 }
            return !drive.isInserted || drive.mediaChanged ? 0x80 : 0
        default: return 0xFF
        }
    }

    /// Sets a register, or takes a byte of a command or for the disk.
    public func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {
        let byte = UInt8(truncatingIfNeeded: value)
        switch Self.number(bank, offset) {
        case Register.digitalOutput: setDigitalOutput(byte)
        case Register.tape: chip.tapeSelect = byte & 3
        case Register.status:
            chip.dataRateSelect = byte & 0x7F
            guard byte & 0x80 != 0 else { break }
            chip.enterReset()
            if chip.digitalOutput & 4 != 0 { chip.resetEnd = later(clock.ticks(microseconds: 250)) }
        case Register.data: setData(byte)
        case Register.digitalInput: chip.dataRateSelect = chip.dataRateSelect & 0x7C | byte & 3
        default: break
        }
        update()
    }

    private func setDigitalOutput(_ value: UInt8) {
        let rises = value & ~chip.digitalOutput & 4 != 0
        chip.digitalOutput = value
        if value & 4 == 0 {
            chip.enterReset()
        } else if rises {
            chip.resetEnd = later(clock.ticks(microseconds: 250))
        }
    }

    private func setData(_ byte: UInt8) {
        switch chip.phase {
        case .command:
            chip.command.append(byte)
            let command = FDCCommand(chip.command[0])
            if chip.command.count > command.parameters { execute(command) }
        case .execution:
            guard chip.isProgrammed, chip.isHostDue, chip.transfer?.kind.sends == false else { return }
            giveByte(byte, isLast: false)
        case .reset, .result: break
        }
    }

    // MARK: DMA

    /// The disk's next byte; FF if none is due.
    public func dmaRead(isLast: Bool) -> UInt16 {
        guard chip.requestsDMA else { return 0xFF }
        guard chip.transfer?.kind.sends == true else {
            dmaWrite(0xFF, isLast: isLast)
            return 0xFF
        }
        let byte = takeByte(isLast: isLast)
        if !chip.requestsDMA { update() }
        return UInt16(byte)
    }

    /// A byte for the disk; ignored if none is due.
    public func dmaWrite(_ value: UInt16, isLast: Bool) {
        guard chip.requestsDMA else { return }
        if chip.transfer?.kind.sends == true {
            _ = takeByte(isLast: isLast)
        } else {
            giveByte(UInt8(truncatingIfNeeded: value), isLast: isLast)
        }
        if !chip.requestsDMA { update() }
    }

    /// A byte that nobody sees.
    public func dmaVerify(isLast: Bool) { dmaWrite(0xFF, isLast: isLast) }
}
