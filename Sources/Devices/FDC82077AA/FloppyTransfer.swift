/// A command that uses the disk, under way.
package struct FloppyTransfer: Codable, Equatable, Sendable {
    /// What is waited for.
    package enum Stage: String, Codable, CaseIterable, Sendable {
        /// The end of an implied seek.
        case seek
        /// The next sector, or the end of a turn without it.
        case gap
        /// Enough bytes in the FIFO.
        case burst
        /// The host, to take or give bytes.
        case host
        /// The end of the sector.
        case sector
    }

    /// The command.
    var kind: FDCCommand
    /// Its first two bytes: MT, MFM, SK; EC, head, drive.
    var code: UInt8
    var select: UInt8
    /// What is waited for, and the time at which it comes; nil while the host is waited for.
    var stage = Stage.gap
    var deadline: UInt64?
    /// The sector's identification, as it is sought and reported: C, H, R, N.
    var cylinder: UInt8
    var head: UInt8
    var sector: UInt8
    var size: UInt8
    /// The side that the head is at.
    var side: UInt8
    /// EOT: the number of a cylinder's last sector.
    var last: UInt8
    /// The last parameter: DTL, SC, STP.
    var extra: UInt8
    /// Sectors that are left, where the command counts them: 0 is 256.
    var left: UInt8
    /// What was read of the sector, or what the host has given for it.
    var buffer: [UInt8] = []
    /// The byte that is next.
    var position = 0
    /// Bytes that the host may take or give now.
    var available = 0
    /// TC has come.
    var isTerminated = false
    /// There was an implied seek.
    var hasSought = false
    /// A scan has met a byte of the disk below the host's, or above.
    var isBelow = false
    var isAbove = false
    /// ST1 and ST2 so far.
    var st1: UInt8 = 0
    var st2: UInt8 = 0

    /// The command as its bytes say; what is missing is 0.
    init(_ kind: FDCCommand, _ bytes: [UInt8]) {
        func byte(_ number: Int) -> UInt8 { number < bytes.count ? bytes[number] : 0 }
        self.kind = kind
        code = byte(0)
        select = byte(1)
        side = byte(1) >> 2 & 1
        let isFormat = kind == .formatTrack
        cylinder = isFormat ? 0 : byte(2)
        head = isFormat ? 0 : byte(3)
        sector = isFormat ? 0 : kind == .readTrack ? 1 : byte(4)
        size = isFormat ? byte(2) : byte(5)
        last = isFormat ? byte(3) : byte(6)
        // FORMAT's last parameter is what the sectors are filled with.
        extra = isFormat ? byte(5) : byte(8)
        left = isFormat ? byte(3) : kind == .readTrack ? byte(6) : byte(8)
        sought = kind == .readTrack ? byte(4) : 0
    }

    /// READ TRACK's R, with which the track's first sector is compared, the next with the next.
    private var sought: UInt8

    var isMultiTrack: Bool { code & 0x80 != 0 }
    var isMFM: Bool { code & 0x40 != 0 }
    var skips: Bool { code & 0x20 != 0 }
    /// VERIFY's EC: sectors are counted.
    var countsSectors: Bool { select & 0x80 != 0 }
    /// The bytes that the host gives or takes for a sector.
    var total: Int { kind == .formatTrack ? 4 : 512 }

    /// Whether READ TRACK's sectors have the identifications that were asked for.
    func isSought(cylinder track: UInt8) -> Bool { cylinder == track && head == side && size == 2 && sought == 1 }

    // MARK: Bytes

    /// A byte for the host.
    mutating func take() -> UInt8 {
        defer { position &+= 1 }
        return buffer.indices.contains(position) ? buffer[position] : 0xFF
    }

    /// A byte of the host: for the disk, or to be compared with it; FF on either side is equal to all.
    mutating func give(_ byte: UInt8) {
        defer { position &+= 1 }
        guard kind.isScan else {
            if buffer.count < total { buffer.append(byte) }
            return
        }
        let own = buffer.indices.contains(position) ? buffer[position] : 0xFF
        guard own != 0xFF, byte != 0xFF else { return }
        if own < byte { isBelow = true }
        if own > byte { isAbove = true }
    }

    /// The bits SH and SN of a scan whose sector is over: 0 if it is met without being equal.
    var scanResult: UInt8 {
        if !isBelow, !isAbove { return FDC82077AA.Status2.scanHit }
        let isMet = kind == .scanLowOrEqual && !isAbove || kind == .scanHighOrEqual && !isBelow
        return isMet ? 0 : FDC82077AA.Status2.scanNotSatisfied
    }

    // MARK: Sectors

    /// Moves on to the next sector of the cylinder; true if there is none.
    mutating func nextSector() -> Bool {
        guard sector == last else {
            sector &+= 1
            return false
        }
        sector = 1
        guard isMultiTrack else {
            cylinder &+= 1
            return true
        }
        head ^= 1
        side ^= 1
        guard side & 1 == 0 else { return false }
        cylinder &+= 1
        return true
    }
}
