import X86Interp

/// What a packet's command works with.
struct PacketWork {
    /// The drive and the disc that is in it.
    let drive: DiskDrive
    /// What the drive remembers.
    var disc: ATAUnit.Disc
}

/// A packet command of a CD drive: one row.
struct PacketCommand: Sendable {
    /// What a command comes to.
    enum Result {
        /// It is over.
        case done
        /// It is over, and has failed.
        case failed(ATAUnit.Sense)
        /// Bytes for the host.
        case data([UInt8])
        /// So many blocks of the disc for the host, from one on.
        case blocks(UInt32, UInt32)
    }

    /// What a command does.
    typealias Body = @Sendable (inout PacketWork, [UInt8]) -> Result

    /// Bytes of a packet.
    static let length = 12

    /// Its code, the packet's first byte.
    let code: UInt8
    /// What the standard calls it.
    let name: String
    /// Whether it is done although there is a unit attention, which stays.
    var ignoresAttention = false
    /// Whether it needs a disc.
    var needsDisc = false
    /// What it does.
    let body: Body

    /// All commands; the others are refused with 5/20/00.
    static let all: [PacketCommand] = units + reads + tables + modes + events

    /// Does a packet's command.
    static func result(of packet: [UInt8], _ work: inout PacketWork) -> Result {
        noteChange(&work)
        guard let command = all.first(where: { $0.code == packet[0] }) else {
            work.disc.sense = .noCommand
            return .failed(.noCommand)
        }
        if !command.ignoresAttention, work.disc.attention != 0 {
            let sense = ATAUnit.Sense(key: 6, code: work.disc.attention)
            work.disc.attention = 0
            return .failed(sense)
        }
        if command.needsDisc, !work.drive.isInserted { return .failed(.noDisc) }
        if command.code != requestSense { work.disc.sense = .none }
        return command.body(&work, packet)
    }

    /// A disc that has come since is a unit attention, and an event, unless the drive itself has just come.
    private static func noteChange(_ work: inout PacketWork) {
        guard work.drive.mediaChanged else { return }
        work.drive.mediaChanged = false
        guard work.disc.attention == 0 else { return }
        work.disc.attention = 0x28
        work.disc.event = 2
    }

    // MARK: Bytes

    static func word(_ packet: [UInt8], _ offset: Int) -> UInt32 {
        UInt32(packet[offset]) << 8 | UInt32(packet[offset + 1])
    }

    static func dword(_ packet: [UInt8], _ offset: Int) -> UInt32 {
        word(packet, offset) << 16 | word(packet, offset + 2)
    }

    static func bytes(_ value: UInt32, count: Int) -> [UInt8] {
        (0..<count).reversed().map { UInt8(truncatingIfNeeded: value >> UInt32(8 * $0)) }
    }

    /// As many bytes as the host has room for.
    static func answer(_ bytes: [UInt8], room: UInt32) -> Result {
        room == 0 ? .done : .data(Array(bytes.prefix(Int(room))))
    }

    // MARK: The unit

    private static let requestSense: UInt8 = 0x03

    private static let units: [PacketCommand] = [
        .init(code: 0x00, name: "TEST UNIT READY", needsDisc: true) { _, _ in .done },
        .init(code: requestSense, name: "REQUEST SENSE", ignoresAttention: true) { work, packet in
            if work.disc.attention != 0 {
                work.disc.sense = .init(key: 6, code: work.disc.attention)
                work.disc.attention = 0
            }
            let sense = work.disc.sense
            work.disc.sense = .none
            let bytes: [UInt8] = [
                0x70, 0, sense.key, 0, 0, 0, 0, 10, 0, 0, 0, 0, sense.code, sense.qualifier, 0, 0, 0, 0,
            ]
            return answer(bytes, room: UInt32(packet[4]))
        },
        .init(code: 0x12, name: "INQUIRY", ignoresAttention: true) { _, packet in
            // Vital product data are not there.
            guard packet[1] & 1 == 0, packet[2] == 0 else { return .failed(.badField) }
            // A CD drive, removable, ATAPI version 2; 31 more bytes.
            let head: [UInt8] = [0x05, 0x80, 0x00, 0x21, 31, 0, 0, 0]
            return answer(head + Array("X86SIM  CD-ROM          1.0 ".utf8), room: word(packet, 3))
        },
        .init(code: 0x1B, name: "START STOP UNIT") { work, packet in
            switch packet[4] & 3 {
            case 2:
                if work.disc.isLocked { return .failed(.isLocked) }
                if work.drive.isInserted { work.disc.event = 3 }
                work.drive.eject()
            case 3: work.drive.load()
            default: break
            }
            return .done
        },
        .init(code: 0x1E, name: "PREVENT ALLOW MEDIUM REMOVAL") { work, packet in
            work.disc.isLocked = packet[4] & 1 != 0
            return .done
        },
        .init(code: 0xBB, name: "SET CD SPEED") { _, _ in .done },
        .init(code: 0xBD, name: "MECHANISM STATUS") { work, packet in
            // The door's state, where the head is not told, one slot without a table.
            answer([0, work.drive.isInserted ? 0 : 0x10, 0, 0, 0, 1, 0, 0], room: word(packet, 8))
        },
    ]

    // MARK: Blocks

    /// Blocks that a command names, if the disc has them.
    private static func blocks(_ work: PacketWork, _ first: UInt32, _ count: UInt32) -> Result {
        guard UInt64(first) + UInt64(count) <= work.drive.blockCount else { return .failed(.outOfRange) }
        return count == 0 ? .done : .blocks(first, count)
    }

    private static let reads: [PacketCommand] = [
        .init(code: 0x25, name: "READ CAPACITY", needsDisc: true) { work, _ in
            let last = UInt32(clamping: work.drive.blockCount == 0 ? 0 : work.drive.blockCount - 1)
            return .data(bytes(last, count: 4) + bytes(2048, count: 4))
        },
        .init(code: 0x28, name: "READ(10)", needsDisc: true) { work, packet in
            blocks(work, dword(packet, 2), word(packet, 7))
        },
        .init(code: 0xA8, name: "READ(12)", needsDisc: true) { work, packet in
            blocks(work, dword(packet, 2), dword(packet, 6))
        },
        .init(code: 0x2B, name: "SEEK(10)", needsDisc: true) { work, packet in
            UInt64(dword(packet, 2)) < work.drive.blockCount ? .done : .failed(.outOfRange)
        },
        .init(code: 0xBE, name: "READ CD", needsDisc: true) { work, packet in
            let count = UInt32(packet[6]) << 16 | word(packet, 7)
            // User data of mode 1, or nothing; no subchannel.
            guard [0x00, 0x10].contains(packet[9] & 0xFE), packet[10] & 7 == 0, [0, 2].contains(packet[1] >> 2 & 7)
            else { return .failed(.badField) }
            let found = blocks(work, dword(packet, 2), count)
            if case .blocks = found, packet[9] & 0xFE == 0 { return .done }
            return found
        },
    ]
}
