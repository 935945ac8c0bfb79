/// The way of a sector: gap, bytes to or from the host in bursts, the sector's end.
extension FDC82077AA {
    /// What the head finds on the track.
    private enum Search {
        /// The sector with this number in the image, or any where none is sought; the disk's format.
        case found(UInt64, FloppyFormat)
        /// It turns without the sector: ST1, ST2, microseconds of a turn.
        case missing(UInt8, UInt8, UInt64)
    }

    /// Looks for the sector that is next.
    private func search(_ transfer: FloppyTransfer) -> Search {
        let mark = Status1.missingAddressMark
        guard let drive, drive.isInserted else { return .missing(mark, 0, FloppyFormat.usualTurn) }
        let format = FloppyFormat(drive.geometry)
        let first = format.number(cylinder: track, head: transfer.side & 1, sector: 1)
        guard transfer.isMFM, format.fits(chip.dataRateSelect), let first else { return .missing(mark, 0, format.turn) }
        switch transfer.kind {
        case .readID, .formatTrack: return .found(first, format)
        case .readTrack:
            let number = format.number(cylinder: track, head: transfer.side & 1, sector: transfer.sector)
            return number.map { .found($0, format) } ?? .missing(mark, 0, format.turn)
        default:
            guard transfer.cylinder == track else {
                return .missing(Status1.noData, Status2.wrongCylinder, format.turn)
            }
            let number = format.number(cylinder: track, head: transfer.side & 1, sector: transfer.sector)
            guard let number, transfer.head == transfer.side & 1, transfer.size == 2 else {
                return .missing(Status1.noData, 0, format.turn)
            }
            return .found(number, format)
        }
    }

    /// Ticks that some of a sector's bytes take.
    private func dataTime(_ bytes: Int) -> UInt64 {
        clock.ticks(
            forPeriods: UInt64(clamping: bytes) * 8, ofFrequency: FloppyFormat.bitRate(chip.dataRateSelect))
    }

    /// Waits for the next sector, or for the end of the turn without it.
    func findSector() {
        guard let transfer = chip.transfer else { return }
        let wait: UInt64
        switch search(transfer) {
        case .found(_, let format):
            let whole = clock.ticks(microseconds: format.sectorTime)
            wait = whole - min(whole, dataTime(512))
        case .missing(_, _, let turn): wait = clock.ticks(microseconds: turn)
        }
        let deadline = later(wait)
        chip.transfer?.stage = .gap
        chip.transfer?.deadline = deadline
    }

    /// What was waited for has come.
    func goOn() {
        guard let transfer = chip.transfer else { return }
        chip.transfer?.deadline = nil
        switch transfer.stage {
        case .gap:
            switch search(transfer) {
            case .found(let number, let format): startSector(transfer, number, format)
            case .missing(let st1, let st2, _): finish(Status0.abnormal, st1: st1, st2: st2)
            }
        case .burst: letHost()
        case .sector: endSector()
        case .seek, .host: break
        }
    }

    // MARK: A sector

    private func startSector(_ transfer: FloppyTransfer, _ number: UInt64, _ format: FloppyFormat) {
        chip.transfer?.position = 0
        chip.transfer?.buffer = []
        if transfer.kind == .readID { return reportID(format, transfer.side) }
        if !transfer.kind.writes {
            guard let bytes = drive?.read(sector: number) else {
                return finish(Status0.abnormal, st1: Status1.dataError, st2: Status2.dataError)
            }
            chip.transfer?.buffer = bytes
        }
        switch transfer.kind {
        case .verify: waitForEnd(512)
        case .readDeletedData where transfer.skips:
            chip.transfer?.st2 |= Status2.controlMark
            waitForEnd(512)
        case .readTrack:
            if !transfer.isSought(cylinder: track) { chip.transfer?.st1 |= Status1.noData }
            waitForBurst()
        case .readData, .readDeletedData: waitForBurst()
        // The FIFO is empty: the host may fill it at once.
        default: letHost()
        }
    }

    /// READ ID: the sector that is under the head now.
    private func reportID(_ format: FloppyFormat, _ side: UInt8) {
        let sector = clock.now / max(clock.ticks(microseconds: format.sectorTime), 1) % UInt64(format.sectors)
        let cylinder = track
        chip.transfer?.cylinder = cylinder
        chip.transfer?.head = side & 1
        chip.transfer?.sector = UInt8(truncatingIfNeeded: sector &+ 1)
        chip.transfer?.size = 2
        finish(0)
    }

    /// The bytes of the next burst.
    private func nextBurst(_ transfer: FloppyTransfer) -> Int {
        max(1, min(chip.burst, transfer.total &- min(max(transfer.position, 0), transfer.total)))
    }

    private func waitForBurst() {
        guard let transfer = chip.transfer else { return }
        let deadline = later(dataTime(nextBurst(transfer)))
        chip.transfer?.stage = .burst
        chip.transfer?.deadline = deadline
    }

    private func letHost() {
        guard let transfer = chip.transfer else { return }
        let count = nextBurst(transfer)
        chip.transfer?.stage = .host
        chip.transfer?.available = count
    }

    private func waitForEnd(_ bytes: Int) {
        let deadline = later(dataTime(bytes))
        chip.transfer?.stage = .sector
        chip.transfer?.deadline = deadline
    }

    // MARK: Bytes

    /// The host takes a byte; TC may come with it.
    func takeByte(isLast: Bool) -> UInt8 {
        let byte = chip.transfer?.take() ?? 0xFF
        countByte(isLast)
        return byte
    }

    /// The host gives a byte; TC may come with it.
    func giveByte(_ byte: UInt8, isLast: Bool) {
        chip.transfer?.give(byte)
        countByte(isLast)
    }

    private func countByte(_ isLast: Bool) {
        if isLast { chip.transfer?.isTerminated = true }
        chip.transfer?.available &-= 1
        guard let transfer = chip.transfer, isLast || transfer.available <= 0 else { return }
        let isWhole = transfer.position >= transfer.total
        if !isWhole, !isLast { return waitForBurst() }
        // What is read was under the head before the host took it; what is written comes behind it.
        if transfer.kind.sends { return endSector() }
        waitForEnd(chip.isProgrammed && transfer.total == 512 ? nextBurst(transfer) : 512)
    }

    // MARK: The sector's end

    private func endSector() {
        guard let transfer = chip.transfer else { return }
        switch transfer.kind {
        case .writeData, .writeDeletedData: writeSector(transfer)
        case .formatTrack: formatSector(transfer)
        case .readTrack:
            chip.transfer?.sector &+= 1
            countSector(transfer)
        case .verify where transfer.countsSectors:
            let isEnd = chip.transfer?.nextSector() ?? true
            if isEnd, transfer.left != 1 { return finish(Status0.abnormal, st1: Status1.endOfCylinder) }
            countSector(transfer)
        case .scanEqual, .scanLowOrEqual, .scanHighOrEqual: endScan(transfer)
        case .readDeletedData where !transfer.skips:
            // A usual sector: it is read, and told of.
            finish(0, st2: Status2.controlMark)
        default: moveOn(transfer)
        }
    }

    /// On to the next sector, unless TC or the cylinder's end is reached: the one ends well, the other does not, but for
    /// VERIFY.
    private func moveOn(_ transfer: FloppyTransfer) {
        let isEnd = chip.transfer?.nextSector() ?? true
        if transfer.isTerminated || isEnd && transfer.kind == .verify { return finish(0) }
        if isEnd { return finish(Status0.abnormal, st1: Status1.endOfCylinder) }
        findSector()
    }

    /// One less of the sectors that a command counts.
    private func countSector(_ transfer: FloppyTransfer) {
        chip.transfer?.left = transfer.left &- 1
        if transfer.isTerminated || transfer.left == 1 { return finish(0) }
        findSector()
    }

    /// Writes what the host has given, with zeros behind it if TC came early.
    private func writeSector(_ transfer: FloppyTransfer) {
        guard case .found(let number, _) = search(transfer) else {
            return finish(Status0.abnormal, st1: Status1.dataError)
        }
        let given = transfer.buffer.prefix(512)
        let bytes = Array(given) + [UInt8](repeating: 0, count: 512 - given.count)
        guard drive?.write(sector: number, bytes) == true else {
            return finish(Status0.abnormal | Status0.equipmentCheck)
        }
        moveOn(transfer)
    }

    /// FORMAT: a sector of the host's identification, filled; only what the image has room for is kept.
    private func formatSector(_ transfer: FloppyTransfer) {
        let id = transfer.buffer + [0, 0, 0, 0]
        if case .found(_, let format) = search(transfer), id[0] == track, id[1] == transfer.side & 1, id[3] == 2,
            let number = format.number(cylinder: track, head: id[1], sector: id[2])
        {
            let bytes = [UInt8](repeating: transfer.extra, count: 512)
            guard drive?.write(sector: number, bytes) == true else {
                return finish(Status0.abnormal | Status0.equipmentCheck)
            }
        }
        chip.transfer?.cylinder = id[0]
        chip.transfer?.head = id[1]
        chip.transfer?.sector = id[2]
        countSector(transfer)
    }

    /// A scan ends where its condition is met, at TC or at the cylinder's last sector.
    private func endScan(_ transfer: FloppyTransfer) {
        let status = transfer.scanResult
        let isMet = status & Status2.scanNotSatisfied == 0
        chip.transfer?.isBelow = false
        chip.transfer?.isAbove = false
        var isEnd = false
        for _ in 0..<(transfer.extra == 2 ? 2 : 1) where !isEnd { isEnd = chip.transfer?.nextSector() ?? true }
        if isMet || transfer.isTerminated || isEnd { return finish(0, st2: status) }
        findSector()
    }
}
