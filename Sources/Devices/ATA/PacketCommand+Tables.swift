import X86Interp

// Packet commands that tell about disc and drive.

extension PacketCommand {
    /// The lead-out's number as a track.
    private static let leadOut: UInt8 = 0xAA
    /// A track of data: ADR 1, control 4.
    private static let dataTrack: UInt8 = 0x14

    /// A block's address, as minute, second and frame if that is asked for.
    private static func address(_ block: UInt64, isTime: Bool) -> [UInt8] {
        let block = UInt32(clamping: block)
        guard isTime else { return bytes(block, count: 4) }
        // The first block is 2 seconds behind the start.
        let frames = block &+ 150
        return [0, UInt8(truncatingIfNeeded: min(99, frames / 75 / 60)), UInt8(frames / 75 % 60), UInt8(frames % 75)]
    }

    /// A table of contents: its length counts what is behind it.
    private static func table(_ contents: [UInt8]) -> [UInt8] {
        bytes(UInt32(contents.count), count: 2) + contents
    }

    static let tables: [PacketCommand] = [
        .init(code: 0x43, name: "READ TOC/PMA/ATIP", needsDisc: true) { work, packet in
            let isTime = packet[1] & 2 != 0
            // Drives before MMC have the format in byte 9.
            let format = packet[2] & 0x0F == 0 ? packet[9] >> 6 : packet[2] & 0x0F
            let contents: [UInt8]
            switch format {
            case 0:
                guard packet[6] <= 1 || packet[6] == leadOut else { return .failed(.badField) }
                let track: [UInt8] = [0, dataTrack, 1, 0] + address(0, isTime: isTime)
                let end: [UInt8] = [0, dataTrack, leadOut, 0] + address(work.drive.blockCount, isTime: isTime)
                let tracks: [UInt8] = packet[6] <= 1 ? track + end : end
                contents = [1, 1] + tracks
            case 1:
                let head: [UInt8] = [1, 1, 0, dataTrack, 1, 0]
                contents = head + address(0, isTime: isTime)
            case 2: contents = rawTable(work.drive.blockCount)
            default: return .failed(.badField)
            }
            return answer(table(contents), room: word(packet, 7))
        },
        .init(code: 0x42, name: "READ SUB-CHANNEL", needsDisc: true) { work, packet in
            let isTime = packet[1] & 2 != 0
            let data: [UInt8]
            switch (packet[2] & 0x40 != 0, packet[3]) {
            case (false, _): data = []
            case (true, 1):
                let head: [UInt8] = [1, dataTrack, 1, 1]
                data = head + address(0, isTime: isTime) + bytes(0, count: 4)
            // No catalogue number, no ISRC.
            case (true, 2), (true, 3): data = [packet[3]] + [UInt8](repeating: 0, count: 19)
            default: return .failed(.badField)
            }
            // 15: no audio status.
            return answer([0, 0x15] + table(data), room: word(packet, 7))
        },
        .init(code: 0x51, name: "READ DISC INFORMATION", needsDisc: true) { _, packet in
            // A complete disc with one session, of one track; of no type and number.
            let start: [UInt8] = [0x0E, 1, 1, 1, 1, 0x20]
            return answer(table(start + [UInt8](repeating: 0, count: 26)), room: word(packet, 7))
        },
    ]

    /// The table as it is on the disc: first and last track, the lead-out's start, the track.
    private static func rawTable(_ end: UInt64) -> [UInt8] {
        let start = [UInt8](address(0, isTime: true).dropFirst())
        let leadOutStart = [UInt8](address(end, isTime: true).dropFirst())
        let points: [(point: UInt8, place: [UInt8])] = [
            (0xA0, [1, 0, 0]), (0xA1, [1, 0, 0]), (0xA2, leadOutStart), (1, start),
        ]
        var table: [UInt8] = [1, 1]
        for (point, place) in points {
            table += [1, dataTrack, 0, point, 0, 0, 0, 0]
            table += place
        }
        return table
    }

    // MARK: Mode pages

    /// How errors are recovered from.
    private static let errorPage: [UInt8] = [0x01, 0x06, 0, 5, 0, 0, 0, 0]

    /// What the drive can do: lock, eject, a tray; four times the speed of audio.
    private static func capabilities(_ work: PacketWork) -> [UInt8] {
        let lock: UInt8 = work.disc.isLocked ? 0x2B : 0x29
        var page: [UInt8] = [0x2A, 0x12, 0, 0, 0, 0, lock, 0]
        page += bytes(706, count: 2)
        page += bytes(0, count: 2)
        page += bytes(64, count: 2)
        page += bytes(706, count: 2)
        return page + bytes(0, count: 4)
    }

    /// The pages that are asked for; changeable values are none.
    private static func pages(_ work: PacketWork, _ packet: [UInt8]) -> [UInt8]? {
        let found: [[UInt8]]
        switch packet[2] & 0x3F {
        case 0x01: found = [errorPage]
        case 0x2A: found = [capabilities(work)]
        case 0x3F: found = [errorPage, capabilities(work)]
        default: return nil
        }
        guard packet[2] >> 6 == 1 else { return found.flatMap { $0 } }
        return found.flatMap { page in Array(page.prefix(2)) + [UInt8](repeating: 0, count: page.count - 2) }
    }

    /// A disc of 120 mm with data, or a closed door without one.
    private static func medium(_ work: PacketWork) -> UInt8 { work.drive.isInserted ? 0x01 : 0x70 }

    static let modes: [PacketCommand] = [
        .init(code: 0x5A, name: "MODE SENSE(10)") { work, packet in
            guard packet[2] >> 6 != 3 else { return .failed(.noSavedPages) }
            guard let pages = pages(work, packet) else { return .failed(.badField) }
            let head: [UInt8] = [medium(work), 0, 0, 0, 0, 0]
            let rest = head + pages
            return answer(table(rest), room: word(packet, 7))
        },
        .init(code: 0x1A, name: "MODE SENSE(6)") { work, packet in
            guard packet[2] >> 6 != 3 else { return .failed(.noSavedPages) }
            guard let pages = pages(work, packet) else { return .failed(.badField) }
            let head: [UInt8] = [UInt8(truncatingIfNeeded: 3 + pages.count), medium(work), 0, 0]
            return answer(head + pages, room: UInt32(packet[4]))
        },
    ]

    // MARK: Configuration and events

    /// The largest CD in blocks: 80 minutes; what has more is a DVD.
    private static let largestCD: UInt64 = 80 * 60 * 75

    private static func profile(_ drive: DiskDrive) -> UInt32 {
        drive.isInserted ? drive.blockCount > largestCD ? 0x0010 : 0x0008 : 0
    }

    /// A feature of GET CONFIGURATION.
    private struct Feature {
        /// Its number.
        var code: UInt32
        /// Whether it is there now.
        var isCurrent: Bool
        /// What is behind the number: version and flags, the length of the rest, the rest.
        var bytes: [UInt8]
    }

    private static func features(_ work: PacketWork) -> [Feature] {
        let (current, isIn) = (profile(work.drive), work.drive.isInserted)
        let (isCD, isDVD) = (current == 0x0008, current == 0x0010)
        // Profiles: DVD-ROM, CD-ROM.
        let profiles: [UInt8] = [0x03, 8, 0x00, 0x10, isDVD ? 1 : 0, 0, 0x00, 0x08, isCD ? 1 : 0, 0]
        // Random readable: 2048 bytes a block, one a read, with the error page.
        let readable: [UInt8] = [isIn ? 0x01 : 0x00, 8, 0, 0, 8, 0, 0, 1, 1, 0]
        return [
            Feature(code: 0x0000, isCurrent: true, bytes: profiles),
            // Core: ATAPI.
            Feature(code: 0x0001, isCurrent: true, bytes: [0x03, 4, 0, 0, 0, 2]),
            // Removable medium: a tray, eject, lock.
            Feature(code: 0x0003, isCurrent: true, bytes: [0x03, 4, 0x29, 0, 0, 0]),
            Feature(code: 0x0010, isCurrent: isIn, bytes: readable),
            Feature(code: 0x001E, isCurrent: isCD, bytes: [isCD ? 0x09 : 0x08, 4, 0, 0, 0, 0]),
            Feature(code: 0x001F, isCurrent: isDVD, bytes: [isDVD ? 0x01 : 0x00, 0]),
        ]
    }

    static let events: [PacketCommand] = [
        .init(code: 0x46, name: "GET CONFIGURATION", ignoresAttention: true) { work, packet in
            let (kind, first) = (packet[1] & 3, word(packet, 2))
            guard kind != 3 else { return .failed(.badField) }
            let all = features(work).filter { feature in
                kind == 2 ? feature.code == first : feature.code >= first && (kind == 0 || feature.isCurrent)
            }
            let rest =
                [0, 0] + bytes(profile(work.drive), count: 2) + all.flatMap { bytes($0.code, count: 2) + $0.bytes }
            return answer(bytes(UInt32(rest.count), count: 4) + rest, room: word(packet, 7))
        },
        .init(code: 0x4A, name: "GET EVENT STATUS NOTIFICATION", ignoresAttention: true) { work, packet in
            // Only the drive's answers, no events of its own accord; of all classes there are those of the medium.
            guard packet[1] & 1 != 0 else { return .failed(.badField) }
            guard packet[4] & 0x10 != 0 else { return answer([0, 2, 0x80, 0x10], room: word(packet, 7)) }
            let status: UInt8 = work.drive.isInserted ? 2 : 1
            let event = work.disc.event & 0x0F
            if word(packet, 7) >= 8 { work.disc.event = 0 }
            return answer([0, 6, 0x04, 0x10, event, status, 0, 0], room: word(packet, 7))
        },
    ]
}
