import X86Interp

// How commands end, and how sectors go from and to a disk.

extension ATAChannel {
    /// The command is over.
    func finish(_ number: Int) {
        state[number].activity = .idle
        state[number].status = ATAStatus.ready
        state[number].interrupts = true
    }

    /// The command has failed.
    func fail(_ number: Int, _ error: UInt8, isFault: Bool = false) {
        state[number].activity = .idle
        state[number].buffer = []
        state[number].error = error
        state[number].status = ATAStatus.ready | ATAStatus.error | (isFault ? ATAStatus.fault : 0)
        state[number].interrupts = true
    }

    /// The device does not know the command, or not with these parameters.
    func abort(_ number: Int) { fail(number, ATAError.aborted) }

    /// A block that the host is to read, asking for an interrupt.
    func present(_ bytes: [UInt8], _ number: Int) {
        state[number].buffer = bytes
        state[number].position = 0
        state[number].activity = .dataIn
        state[number].status = ATAStatus.ready | ATAStatus.dataRequest
        state[number].interrupts = true
    }

    /// A block that the host is to write.
    private func request(_ number: Int, interrupts: Bool) {
        let unit = state[number]
        let sectors = min(UInt32(max(1, unit.blockSize)), max(1, unit.left))
        state[number].buffer = [UInt8](repeating: 0, count: Int(sectors) * 512)
        state[number].position = 0
        state[number].activity = .dataOut
        state[number].status = ATAStatus.ready | ATAStatus.dataRequest
        state[number].interrupts = interrupts
    }

    // MARK: Addresses

    /// How a disk is addressed by cylinder, head and sector: its own way, or that of INITIALIZE DEVICE PARAMETERS.
    func translation(_ number: Int, _ drive: DiskDrive) -> (cylinders: UInt64, heads: UInt64, sectors: UInt64) {
        let own = ATAIdentity.geometry(drive)
        guard state[number].heads > 0, state[number].sectors > 0 else { return own }
        let (heads, sectors) = (UInt64(state[number].heads), UInt64(state[number].sectors))
        return (min(65535, drive.sectorCount / (heads * sectors)), heads, sectors)
    }

    /// The first sector that the registers name; nil if there is none of that name.
    func namedSector(_ number: Int, _ drive: DiskDrive, isExtended: Bool) -> UInt64? {
        let unit = state[number]
        let bytes = [unit.low.now, unit.mid.now, unit.high.now]
        let low = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        if isExtended {
            let high = [unit.low.before, unit.mid.before, unit.high.before].reversed()
                .reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            return high << 24 | low
        }
        if state.device & 0x40 != 0 { return low | UInt64(state.device & 0x0F) << 24 }
        let (cylinders, heads, sectors) = translation(number, drive)
        let (cylinder, head, sector) = (low >> 8, UInt64(state.device & 0x0F), low & 0xFF)
        guard cylinder < cylinders, head < heads, 1...sectors ~= sector else { return nil }
        return (cylinder * heads + head) * sectors + sector - 1
    }

    /// How many sectors the registers name.
    private func namedCount(_ number: Int, isExtended: Bool) -> UInt32 {
        let count = state[number].count
        if isExtended {
            let wide = UInt32(count.before) << 8 | UInt32(count.now)
            return wide == 0 ? 65536 : wide
        }
        return count.now == 0 ? 256 : UInt32(count.now)
    }

    /// Puts a sector's address into the registers.
    func setAddress(_ sector: UInt64, _ number: Int, _ drive: DiskDrive, isExtended: Bool) {
        func byte(_ value: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: value) }
        if isExtended || state.device & 0x40 != 0 {
            state[number].low.now = byte(sector)
            state[number].mid.now = byte(sector >> 8)
            state[number].high.now = byte(sector >> 16)
            if isExtended {
                state[number].low.before = byte(sector >> 24)
                state[number].mid.before = byte(sector >> 32)
                state[number].high.before = byte(sector >> 40)
            } else {
                state.device = state.device & 0xF0 | byte(sector >> 24) & 0x0F
            }
            return
        }
        let (_, heads, sectors) = translation(number, drive)
        let track = sector / sectors
        state[number].low.now = byte(sector % sectors) &+ 1
        state[number].mid.now = byte(track / heads)
        state[number].high.now = byte((track / heads) >> 8)
        state.device = state.device & 0xF0 | byte(track % heads) & 0x0F
    }

    private func setLeft(_ number: Int) {
        state[number].count.now = UInt8(truncatingIfNeeded: state[number].left)
        if state[number].isExtended { state[number].count.before = UInt8(truncatingIfNeeded: state[number].left >> 8) }
    }

    /// Takes address and count from the registers; false, and the command has failed, if there is no such sector.
    func startTransfer(_ number: Int, _ drive: DiskDrive, isExtended: Bool, blockSize: UInt8 = 1) -> Bool {
        guard let sector = namedSector(number, drive, isExtended: isExtended), sector < drive.sectorCount else {
            fail(number, ATAError.notFound)
            return false
        }
        state[number].power = 0xFF
        state[number].sector = sector
        state[number].left = namedCount(number, isExtended: isExtended)
        state[number].blockSize = blockSize
        state[number].isExtended = isExtended
        return true
    }

    // MARK: Sectors

    /// The transfer stops at the next sector.
    private func stop(_ number: Int, _ drive: DiskDrive, _ error: UInt8, isFault: Bool = false) {
        setAddress(state[number].sector, number, drive, isExtended: state[number].isExtended)
        setLeft(number)
        fail(number, error, isFault: isFault)
    }

    /// One more sector is done.
    private func advance(_ number: Int, _ drive: DiskDrive) {
        setAddress(state[number].sector, number, drive, isExtended: state[number].isExtended)
        state[number].sector &+= 1
        state[number].left = state[number].left == 0 ? 0 : state[number].left - 1
        setLeft(number)
    }

    /// Fetches the next block from the disk, to be read.
    func fetch(_ number: Int, _ drive: DiskDrive) {
        var bytes: [UInt8] = []
        for _ in 0..<min(UInt32(max(1, state[number].blockSize)), max(1, state[number].left)) {
            let sector = state[number].sector
            let isThere = sector < drive.sectorCount
            guard isThere, let contents = drive.read(sector: sector) else {
                if bytes.isEmpty { stop(number, drive, isThere ? ATAError.uncorrectable : ATAError.notFound) }
                break
            }
            bytes += contents
            advance(number, drive)
        }
        if !bytes.isEmpty { present(bytes, number) }
    }

    /// Puts the block that the host has written onto the disk, and asks for the next.
    func store(_ number: Int, _ drive: DiskDrive) {
        let bytes = state[number].buffer
        for start in stride(from: 0, to: bytes.count - 511, by: 512) {
            let sector = state[number].sector
            guard sector < drive.sectorCount else { return stop(number, drive, ATAError.notFound) }
            guard drive.write(sector: sector, Array(bytes[start..<start + 512])) else {
                return stop(number, drive, ATAError.aborted, isFault: !drive.isReadOnly)
            }
            advance(number, drive)
        }
        state[number].buffer = []
        if state[number].left > 0 { request(number, interrupts: true) } else { finish(number) }
    }

    /// Asks for the first block that is to be written.
    func startWriting(_ number: Int, _ drive: DiskDrive) {
        guard !drive.isReadOnly else { return fail(number, ATAError.aborted) }
        request(number, interrupts: false)
    }

    /// Reads all sectors without giving them to the host.
    func verify(_ number: Int, _ drive: DiskDrive) {
        while state[number].left > 0 {
            let sector = state[number].sector
            guard sector < drive.sectorCount else { return stop(number, drive, ATAError.notFound) }
            guard drive.read(sector: sector) != nil else { return stop(number, drive, ATAError.uncorrectable) }
            advance(number, drive)
        }
        finish(number)
    }
}
