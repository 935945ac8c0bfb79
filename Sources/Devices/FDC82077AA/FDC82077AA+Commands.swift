extension FDC82077AA {
    /// Starts the command whose bytes are complete.
    func execute(_ command: FDCCommand) {
        let bytes = chip.command
        func byte(_ number: Int) -> UInt8 { number < bytes.count ? bytes[number] : 0 }
        switch command {
        case .specify:
            chip.stepRate = byte(1)
            chip.headLoad = byte(2)
            chip.command = []
        case .senseDriveStatus: chip.answer(driveStatus(byte(1)))
        case .senseInterruptStatus: chip.senseInterrupt()
        case .recalibrate, .seek, .relativeSeek: startSeek(command, bytes[0], byte(1) & 3, byte(2))
        case .dumpRegisters: chip.dumpRegisters()
        case .version: chip.answer(0x90)
        case .perpendicularMode:
            // Without OW the drives' bits stay.
            let drives = byte(1) & 0x80 != 0 ? byte(1) & 0x3C : chip.perpendicular & 0x3C
            chip.perpendicular = drives | byte(1) & 3
            chip.command = []
        case .configure:
            chip.configuration = byte(2) & 0x7F
            chip.precompensationTrack = byte(3)
            chip.command = []
        case .lock:
            chip.isLocked = bytes[0] & 0x80 != 0
            chip.answer(chip.isLocked ? 0x10 : 0)
        case .invalid: chip.answer(Status0.invalid)
        default: startTransfer(command, bytes)
        }
    }

    /// ST3: 6 protected, 4 track 0, 2 side, 1-0 drive; 5 and 3 are always set.
    private func driveStatus(_ select: UInt8) -> UInt8 {
        0x28 | (isProtected ? 0x40 : 0) | (isAtTrack0 ? 0x10 : 0) | select & 7
    }

    // MARK: Seeks

    /// Ticks from one step to the next.
    private var stepTime: UInt64 {
        let milliseconds = 16 - UInt64(chip.stepRate >> 4)
        return clock.ticks(
            forPeriods: milliseconds * 500, ofFrequency: FloppyFormat.bitRate(chip.dataRateSelect))
    }

    private func startSeek(_ command: FDCCommand, _ code: UInt8, _ number: UInt8, _ cylinder: UInt8) {
        chip.command = []
        chip.phase = .command
        switch command {
        case .recalibrate: startSeek(number, steps: 79, isInward: false, isRecalibration: true)
        case .relativeSeek: startSeek(number, steps: cylinder, isInward: code & 0x40 != 0)
        default: startSeek(number, to: cylinder)
        }
    }

    private func startSeek(_ number: UInt8, to cylinder: UInt8, isImplied: Bool = false) {
        let present = chip[number].presentCylinder
        startSeek(
            number, steps: cylinder > present ? cylinder - present : present - cylinder, isInward: cylinder > present,
            isImplied: isImplied)
    }

    /// A seek without a step takes the time to look at the drive.
    private func startSeek(
        _ number: UInt8, steps: UInt8, isInward: Bool, isRecalibration: Bool = false, isImplied: Bool = false
    ) {
        let isThere = steps == 0 || isRecalibration && isAtTrack0
        chip[number].ended = nil
        chip[number].seek = State.Seek(
            stepsLeft: steps, isInward: isInward, isRecalibration: isRecalibration, isImplied: isImplied,
            nextStep: later(isThere ? clock.ticks(microseconds: 50) : stepTime))
    }

    /// Makes a step of a seek, or ends it.
    func step(_ number: UInt8, _ seek: State.Seek) {
        var seek = seek
        func isOver() -> Bool { seek.stepsLeft == 0 || seek.isRecalibration && isAtTrack0 }
        if !isOver() {
            seek.stepsLeft &-= 1
            chip[number].presentCylinder &+= seek.isInward ? 1 : 0xFF
            moveHead(isInward: seek.isInward)
        }
        guard isOver() else {
            seek.nextStep = later(stepTime)
            chip[number].seek = seek
            return
        }
        chip[number].seek = nil
        if seek.isImplied { return endImpliedSeek() }
        if seek.isRecalibration { chip[number].presentCylinder = 0 }
        let hasFailed = seek.isRecalibration && !isAtTrack0
        chip[number].ended =
            Status0.seekEnd | number & 3 | (hasFailed ? Status0.abnormal | Status0.equipmentCheck : 0)
        chip.hasSeekInterrupt = true
    }

    /// A pulse on the step line: the selected drive's head moves as far as it can, and with a disk in the drive the
    /// change line falls.
    private func moveHead(isInward: Bool) {
        guard let drive else { return }
        let furthest = UInt8(clamping: drive.geometry.cylinders + 1)
        let track = chip[chip.digitalOutput].track
        chip[chip.digitalOutput].track = isInward ? min(track, furthest &- 1) &+ 1 : max(track, 1) &- 1
        if drive.isInserted, drive.mediaChanged { drive.mediaChanged = false }
    }

    // MARK: Commands that use the disk

    private func startTransfer(_ command: FDCCommand, _ bytes: [UInt8]) {
        let transfer = FloppyTransfer(command, bytes)
        chip.command = []
        chip.phase = .execution
        chip.transfer = transfer
        if command != .readID { chip.lastSector = transfer.last }
        if command.writes, isProtected { return finish(Status0.abnormal, st1: Status1.notWritable) }
        let number = transfer.select & 3
        let seeks = chip.configuration & 0x40 != 0 && command.seeksFirst
        guard seeks, chip[number].presentCylinder != transfer.cylinder else { return findSector() }
        chip.transfer?.stage = .seek
        startSeek(number, to: transfer.cylinder, isImplied: true)
    }

    private func endImpliedSeek() {
        guard chip.transfer?.stage == .seek else { return }
        chip.transfer?.hasSought = true
        findSector()
    }

    /// Ends the command: the result and its interrupt.
    func finish(_ status: UInt8, st1: UInt8 = 0, st2: UInt8 = 0) {
        guard let transfer = chip.transfer else { return }
        chip.transfer = nil
        let sought = transfer.hasSought ? Status0.seekEnd : 0
        chip.answer(
            status | sought | (transfer.side & 1) << 2 | transfer.select & 3, transfer.st1 | st1, transfer.st2 | st2,
            transfer.cylinder, transfer.head, transfer.sector, transfer.size)
        chip.hasResultInterrupt = true
    }
}
