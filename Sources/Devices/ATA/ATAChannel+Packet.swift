import X86Interp

// The PACKET command: the packet is asked for, its command is done, what it gives is read in portions.

extension ATAChannel {
    /// The interrupt reason, in the sector count register.
    private enum Reason {
        static let packet: UInt8 = 1
        static let toHost: UInt8 = 2
        static let completion: UInt8 = 3
    }

    /// Asks the host for the packet; there is no DMA and no overlap.
    func requestPacket(_ number: Int) {
        guard state[number].features.now & 3 == 0 else { return fail(number, ATAError.aborted) }
        let limit = UInt16(state[number].high.now) << 8 | UInt16(state[number].mid.now)
        state[number].disc.limit = limit
        state[number].buffer = [UInt8](repeating: 0, count: PacketCommand.length)
        state[number].position = 0
        state[number].count.now = Reason.packet
        state[number].activity = .packet
        state[number].status = ATAStatus.ready | ATAStatus.dataRequest
    }

    /// Does what the packet says.
    func execute(_ number: Int, _ drive: DiskDrive) {
        let written = Array(state[number].buffer.prefix(PacketCommand.length))
        let packet = written + [UInt8](repeating: 0, count: PacketCommand.length - written.count)
        var work = PacketWork(drive: drive, disc: state[number].disc)
        let result = PacketCommand.result(of: packet, &work)
        state[number].disc = work.disc
        state[number].power = 0xFF
        switch result {
        case .done: completePacket(number)
        case .failed(let sense): completePacket(number, sense)
        case .data(let bytes): startPacketData(number, drive, response: bytes, left: UInt64(bytes.count))
        case .blocks(let first, let count):
            state[number].disc.block = first
            startPacketData(number, drive, response: nil, left: UInt64(count) * 2048)
        }
    }

    private func startPacketData(_ number: Int, _ drive: DiskDrive, response: [UInt8]?, left: UInt64) {
        state[number].disc.response = response ?? []
        state[number].disc.readsDisc = response == nil
        state[number].disc.offset = 0
        state[number].disc.left = left
        fetchPacketData(number, drive)
    }

    /// The next portion, at most what the host has said that it takes; the end of the command behind the last.
    func fetchPacketData(_ number: Int, _ drive: DiskDrive) {
        let disc = state[number].disc
        guard disc.left > 0 else { return completePacket(number) }
        // No limit, or FFFF, is the largest even number; an odd limit is of use for the last portion only.
        let limit = disc.limit == 0 ? 0xFFFE : disc.limit
        let even = UInt64(max(2, limit & 0xFFFE))
        let size = disc.left <= UInt64(limit) ? min(disc.left, 0xFFFE) : min(disc.left, even)
        guard let bytes = portion(disc, size, drive) else {
            return completePacket(number, drive.isInserted ? .readError : .noDisc)
        }
        state[number].disc.offset &+= size
        state[number].disc.left = disc.left - size
        state[number].mid.now = UInt8(truncatingIfNeeded: size)
        state[number].high.now = UInt8(truncatingIfNeeded: size >> 8)
        state[number].count.now = Reason.toHost
        state[number].buffer = bytes
        state[number].position = 0
        state[number].activity = .packetIn
        state[number].status = ATAStatus.ready | ATAStatus.dataRequest
        state[number].interrupts = true
    }

    /// Bytes of a response, zeros behind its end, or of the disc; nil if that cannot be read.
    private func portion(_ disc: ATAUnit.Disc, _ size: UInt64, _ drive: DiskDrive) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(size))
        if disc.readsDisc {
            // What a snapshot holds may lie behind any end.
            var place = UInt64(disc.block) &* 2048 &+ disc.offset & 0xFFFF_FFFF_FFFF
            while bytes.count < Int(size) {
                guard let block = drive.read(block: place / 2048) else { return nil }
                let part = block[Int(place % 2048)...].prefix(Int(size) - bytes.count)
                bytes += part
                place += UInt64(part.count)
            }
            return bytes
        }
        let start = Int(clamping: disc.offset)
        if start < disc.response.count { bytes += disc.response[start...].prefix(Int(size)) }
        return bytes + [UInt8](repeating: 0, count: Int(size) - bytes.count)
    }

    /// The end of a PACKET command: well, or with sense to be asked for.
    private func completePacket(_ number: Int, _ sense: ATAUnit.Sense? = nil) {
        if let sense { state[number].disc.sense = sense }
        state[number].disc.response = []
        state[number].disc.left = 0
        if let sense {
            fail(number, sense.key << 4 | ATAError.aborted)
        } else {
            state[number].buffer = []
            finish(number)
        }
        state[number].count.now = Reason.completion
    }
}
