import X86Interp

/// A command of the command register: one row.
struct ATACommand: Sendable {
    /// What a command does on a channel with the device of a number.
    typealias Body = @Sendable (ATAChannel, Int, DiskDrive) -> Void

    /// Its codes.
    let codes: [UInt8]
    /// What the standard calls it.
    let name: String
    /// What a disk does; nil if it aborts the command.
    let disk: Body?
    /// What a CD drive does; nil if it aborts the command.
    let disc: Body?

    /// Reaches both devices.
    static let diagnostic: UInt8 = 0x90
    /// Taken by CD drives at any time.
    static let deviceReset: UInt8 = 0x08

    private init(_ codes: UInt8..., name: String, disk: Body? = nil, disc: Body? = nil) {
        self.codes = codes
        self.name = name
        self.disk = disk
        self.disc = disc
    }

    private init(_ codes: ClosedRange<UInt8>, name: String, disk: Body?) {
        self.codes = Array(codes)
        self.name = name
        self.disk = disk
        disc = nil
    }

    /// All that a device does anything at; the others abort.
    ///
    /// NOP aborts too: that is what it is for.
    static let all: [ATACommand] = transfers + multiples + places + powers + settings + identities

    /// Rows by code; 255 for none.
    static let rowOfCode: [UInt8] = {
        var rows = [UInt8](repeating: 255, count: 256)
        for (row, command) in all.enumerated() {
            for code in command.codes { rows[Int(code)] = UInt8(truncatingIfNeeded: row) }
        }
        return rows
    }()

    // MARK: Sectors

    /// What a command does that names sectors: it takes their address and count, then begins with them.
    private static func transfer(isExtended: Bool, _ begin: @escaping Body) -> Body {
        { channel, number, drive in
            guard channel.startTransfer(number, drive, isExtended: isExtended) else { return }
            begin(channel, number, drive)
        }
    }

    /// The same by blocks of as many sectors as SET MULTIPLE MODE has said.
    private static func transferByBlocks(isExtended: Bool, _ begin: @escaping Body) -> Body {
        { channel, number, drive in
            let size = channel.state[number].multiple
            guard size > 0 else { return channel.abort(number) }
            guard channel.startTransfer(number, drive, isExtended: isExtended, blockSize: size) else { return }
            begin(channel, number, drive)
        }
    }

    private static let read: Body = { $0.fetch($1, $2) }
    private static let write: Body = { $0.startWriting($1, $2) }
    private static let verify: Body = { $0.verify($1, $2) }

    private static let transfers: [ATACommand] = [
        .init(0x20, 0x21, name: "READ SECTORS", disk: transfer(isExtended: false, read)),
        .init(0x24, name: "READ SECTORS EXT", disk: transfer(isExtended: true, read)),
        .init(0x30, 0x31, 0x3C, name: "WRITE SECTORS, WRITE VERIFY", disk: transfer(isExtended: false, write)),
        .init(0x34, name: "WRITE SECTORS EXT", disk: transfer(isExtended: true, write)),
        .init(0x40, 0x41, name: "READ VERIFY SECTORS", disk: transfer(isExtended: false, verify)),
        .init(0x42, name: "READ VERIFY SECTORS EXT", disk: transfer(isExtended: true, verify)),
    ]

    /// The most sectors of a block of READ and WRITE MULTIPLE.
    static let largestMultiple: UInt8 = 16

    private static let multiples: [ATACommand] = [
        .init(0xC4, name: "READ MULTIPLE", disk: transferByBlocks(isExtended: false, read)),
        .init(0x29, name: "READ MULTIPLE EXT", disk: transferByBlocks(isExtended: true, read)),
        .init(0xC5, name: "WRITE MULTIPLE", disk: transferByBlocks(isExtended: false, write)),
        .init(0x39, name: "WRITE MULTIPLE EXT", disk: transferByBlocks(isExtended: true, write)),
        .init(
            0xC6, name: "SET MULTIPLE MODE",
            disk: { channel, number, _ in
                let size = channel.state[number].count.now
                let isPower = size & (size &- 1) == 0
                guard size <= largestMultiple, isPower else {
                    channel.state[number].multiple = 0
                    return channel.abort(number)
                }
                channel.state[number].multiple = size
                channel.finish(number)
            }),
    ]

    // MARK: Places

    private static func nativeMaximum(isExtended: Bool) -> Body {
        { channel, number, drive in
            let isByNumber = channel.state.device & 0x40 != 0
            guard isByNumber, drive.sectorCount > 0 else { return channel.abort(number) }
            let limit: UInt64 = isExtended ? 1 << 48 : 1 << 28
            channel.setAddress(min(limit, drive.sectorCount) - 1, number, drive, isExtended: isExtended)
            channel.finish(number)
        }
    }

    private static let places: [ATACommand] = [
        .init(0x10...0x1F, name: "RECALIBRATE", disk: { channel, number, _ in channel.finish(number) }),
        .init(
            0x70...0x7F, name: "SEEK",
            disk: { channel, number, drive in
                let sector = channel.namedSector(number, drive, isExtended: false)
                guard let sector, sector < drive.sectorCount else { return channel.fail(number, ATAError.notFound) }
                channel.finish(number)
            }),
        .init(
            0x91, name: "INITIALIZE DEVICE PARAMETERS",
            disk: { channel, number, _ in
                let sectors = channel.state[number].count.now
                guard sectors > 0 else { return channel.abort(number) }
                channel.state[number].sectors = sectors
                channel.state[number].heads = channel.state.device & 0x0F + 1
                channel.finish(number)
            }),
        .init(0xF8, name: "READ NATIVE MAX ADDRESS", disk: nativeMaximum(isExtended: false)),
        .init(0x27, name: "READ NATIVE MAX ADDRESS EXT", disk: nativeMaximum(isExtended: true)),
    ]

    // MARK: Power

    private static func power(_ mode: UInt8, isAsleep: Bool = false) -> Body {
        { channel, number, _ in
            channel.state[number].power = mode
            channel.state[number].isAsleep = isAsleep
            channel.finish(number)
        }
    }

    private static let checkPower: Body = { channel, number, _ in
        channel.state[number].count.now = channel.state[number].power
        channel.finish(number)
    }

    private static let powers: [ATACommand] = [
        .init(0xE0, 0x94, name: "STANDBY IMMEDIATE", disk: power(0), disc: power(0)),
        .init(0xE1, 0x95, name: "IDLE IMMEDIATE", disk: power(0x80), disc: power(0x80)),
        .init(0xE2, 0x96, name: "STANDBY", disk: power(0)),
        .init(0xE3, 0x97, name: "IDLE", disk: power(0x80)),
        .init(0xE5, 0x98, name: "CHECK POWER MODE", disk: checkPower, disc: checkPower),
        .init(0xE6, 0x99, name: "SLEEP", disk: power(0, isAsleep: true), disc: power(0, isAsleep: true)),
        .init(0xE7, name: "FLUSH CACHE", disk: { channel, number, _ in channel.finish(number) }),
        .init(0xEA, name: "FLUSH CACHE EXT", disk: { channel, number, _ in channel.finish(number) }),
    ]

    // MARK: Features

    /// Modes of SET FEATURES 03 that are there: PIO by default, with and without IORDY, and by flow control up to 4.
    private static func hasTransferMode(_ mode: UInt8) -> Bool { mode <= 1 || 0x08...0x0C ~= mode }

    private static let setFeatures: Body = { channel, number, _ in
        switch channel.state[number].features.now {
        case 0x02: channel.state[number].hasWriteCache = true
        case 0x82: channel.state[number].hasWriteCache = false
        case 0xAA: channel.state[number].looksAhead = true
        case 0x55: channel.state[number].looksAhead = false
        case 0x03:
            guard hasTransferMode(channel.state[number].count.now) else { return channel.abort(number) }
        // Whether a software reset puts back what was set here: it never does.
        case 0x66: break
        default: return channel.abort(number)
        }
        channel.finish(number)
    }

    /// A CD drive has transfer modes only.
    private static let setDiscFeatures: Body = { channel, number, _ in
        let isMode = channel.state[number].features.now == 0x03
        guard isMode, hasTransferMode(channel.state[number].count.now) else { return channel.abort(number) }
        channel.finish(number)
    }

    private static let diagnose: Body = { channel, number, _ in
        channel.finish(number)
        channel.setSignature(&channel.state[number], number)
        // Device 0 speaks for both.
        channel.state[number].interrupts = number == 0 || channel.drives[0] == nil
    }

    private static let settings: [ATACommand] = [
        .init(0xEF, name: "SET FEATURES", disk: setFeatures, disc: setDiscFeatures),
        .init(diagnostic, name: "EXECUTE DEVICE DIAGNOSTIC", disk: diagnose, disc: diagnose),
    ]

    // MARK: Packets and identity

    private static let identities: [ATACommand] = [
        .init(
            0xEC, name: "IDENTIFY DEVICE",
            disk: { channel, number, drive in
                channel.state[number].left = 0
                channel.present(ATAIdentity.disk(drive, channel.state[number]), number)
            }),
        .init(
            0xA1, name: "IDENTIFY PACKET DEVICE",
            disc: { channel, number, drive in
                channel.state[number].left = 0
                channel.present(ATAIdentity.disc(drive), number)
            }),
        .init(0xA0, name: "PACKET", disc: { channel, number, _ in channel.requestPacket(number) }),
    ]
}

extension ATAChannel {
    /// Does the command that was written.
    func perform(_ number: Int, _ drive: DiskDrive) {
        let row = Int(ATACommand.rowOfCode[Int(state[number].command)])
        guard row < ATACommand.all.count else { return abort(number) }
        let command = ATACommand.all[row]
        // By these two a host learns that it is a CD drive.
        if drive.kind == .cd, [0x20, 0xEC].contains(state[number].command) { setSignature(&state[number], number) }
        guard let body = drive.kind == .cd ? command.disc : command.disk else { return abort(number) }
        body(self, number, drive)
    }
}
