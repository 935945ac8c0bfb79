import X86Interp

/// Values of AH behind INT 13h.
enum DiskStatus {
    static let success: UInt8 = 0x00
    static let badCommand: UInt8 = 0x01
    static let writeProtected: UInt8 = 0x03
    static let sectorNotFound: UInt8 = 0x04
    static let readError: UInt8 = 0x10
    static let writeFault: UInt8 = 0xCC
}

extension BIOSService {
    /// INT 13h.
    ///
    /// Sources: IBM PC AT technical reference; Phoenix, Enhanced Disk Drive Specification 3.0.
    static let disk = BIOSService(
        0x13, "disks",
        [
            .init(0x00, "reset") { $0.finishDisk(.checked, $1) },
            .init(0x01, "last status") { $0.lastDiskStatus($1) },
            .init(0x02, "read sectors") { $0.transfer(.read, $1) },
            .init(0x03, "write sectors") { $0.transfer(.write, $1) },
            .init(0x04, "verify sectors") { $0.transfer(.verify, $1) },
            .init(0x05, "format a track") { $0.formatTrack($1) },
            .init(0x08, "parameters") { $0.driveParameters($1) },
            .init(0x09, "set parameters") { $0.finishDisk(.hardDisk, $1) },
            .init(0x0C, "seek") { $0.finishDisk(.hardDisk, $1) },
            .init(0x0D, "reset hard disks") { $0.finishDisk(.hardDisk, $1) },
            .init(0x10, "test for ready") { $0.finishDisk(.hardDisk, $1) },
            .init(0x11, "recalibrate") { $0.finishDisk(.hardDisk, $1) },
            .init(0x14, "controller diagnostic") { $0.finishDisk(.hardDisk, $1) },
            .init(0x15, "kind of drive") { $0.driveKind($1) },
            .init(0x16, "disk changed") { $0.finishDisk(.floppy, $1) },
            .init(0x17, "set disk type") { $0.finishDisk(.floppy, $1) },
            .init(0x18, "set media type") { $0.setMedia($1) },
            .init(0x41, "extensions there", needs: .at) { $0.extensionsThere($1) },
            .init(0x42, "extended read", needs: .at) { $0.extendedTransfer(.read, $1) },
            .init(0x43, "extended write", needs: .at) { $0.extendedTransfer(.write, $1) },
            .init(0x44, "extended verify", needs: .at) { $0.extendedTransfer(.verify, $1) },
            .init(0x47, "extended seek", needs: .at) { $0.extendedTransfer(.seek, $1) },
            .init(0x48, "extended parameters", needs: .at) { $0.extendedParameters($1) },
            .init(0x4B, "CD emulation") { $0.emulationStatus($1) },
        ], other: { $0.setDiskStatus(DiskStatus.badCommand, $1) })
}

extension BIOS {
    /// What is done to sectors.
    enum Transfer {
        case read, write, verify, seek
    }

    /// Which drives a function that does nothing is for.
    enum DriveKind {
        case checked, floppy, hardDisk
    }

    // MARK: Sectors

    /// The drives that INT 13h has, by its numbers: a gap between hard disks is closed, CDs are left out.
    public static func numbered(_ drives: [UInt8: DiskDrive]) -> [UInt8: DiskDrive] {
        var numbered = drives.filter { $0.key < 0x80 && $0.value.kind == .floppy }
        let hardDisks = drives.filter { $0.key >= 0x80 && $0.value.kind == .hardDisk }.sorted { $0.key < $1.key }
        for (number, drive) in zip(0x80...UInt8.max, hardDisks) { numbered[number] = drive.value }
        return numbered
    }

    /// How many floppies or hard disks there are; CDs are neither.
    func driveCount(isFloppy: Bool) -> Int {
        drives.keys.filter { (isFloppy ? $0 < 0x80 : 0x80..<ElTorito.drive ~= $0) && drive($0) != nil }.count
    }

    /// Moves up to `count` sectors; returns how many were moved and the status.
    func move(
        _ transfer: Transfer, _ drive: UInt8, _ first: UInt64, _ count: Int, _ address: UInt32, _ call: BIOSCall
    ) -> (count: Int, status: UInt8) {
        guard let disk = self.drive(drive) else { return (0, DiskStatus.badCommand) }
        for index in 0..<count {
            let (number, overflow) = first.addingReportingOverflow(UInt64(index))
            guard !overflow, number < disk.unitCount else { return (index, DiskStatus.sectorNotFound) }
            let place = address &+ UInt32(index * disk.unitSize)
            switch transfer {
            case .read:
                guard let bytes = disk.read(unit: number) else { return (index, DiskStatus.readError) }
                call.setBytes(place, bytes)
            case .write:
                guard !disk.isReadOnly else { return (index, DiskStatus.writeProtected) }
                guard disk.write(sector: number, call.memory.peek(place, count: 512)) else {
                    return (index, DiskStatus.writeFault)
                }
            case .verify, .seek: break
            }
        }
        return (count, DiskStatus.success)
    }

    // MARK: Results

    /// AH, CF and the status byte of the data area.
    func setDiskStatus(_ status: UInt8, _ call: BIOSCall) {
        call.ah = status
        call.carry = status != 0
        call.setByte(call.dl < 0x80 ? BDA.disketteStatus : BDA.diskStatus, status)
    }

    /// Functions that have nothing to do here.
    func finishDisk(_ kind: DriveKind, _ call: BIOSCall) {
        let isThere = drive(call.dl) != nil
        let isFloppy = call.dl < 0x80
        switch kind {
        case .checked: setDiskStatus(isThere || call.dl == 0 ? 0 : DiskStatus.badCommand, call)
        case .floppy: setDiskStatus(isThere && isFloppy ? 0 : DiskStatus.badCommand, call)
        case .hardDisk: setDiskStatus(isThere && !isFloppy ? 0 : DiskStatus.badCommand, call)
        }
    }

    func lastDiskStatus(_ call: BIOSCall) {
        let status = call.byte(call.dl < 0x80 ? BDA.disketteStatus : BDA.diskStatus)
        call.ah = status
        call.carry = status != 0
    }

    // MARK: Cylinder, head and sector

    /// The number of the sector that CX and DH name, or nil if the disk has no such one.
    private func named(_ geometry: DiskGeometry, _ call: BIOSCall) -> UInt64? {
        let cylinder = Int(call.ch) | Int(call.cl & 0xC0) << 2
        let (head, sector) = (Int(call.dh), Int(call.cl & 0x3F))
        guard cylinder < geometry.cylinders, head < geometry.heads, (1...geometry.sectors).contains(sector) else {
            return nil
        }
        return UInt64((cylinder * geometry.heads + head) * geometry.sectors + sector - 1)
    }

    /// Functions 02 to 04: AL sectors from CX and DH on, to or from ES:BX.
    func transfer(_ transfer: Transfer, _ call: BIOSCall) {
        let count = Int(call.al)
        call.al = 0
        guard let drive = self.drive(call.dl), (1...128).contains(count), drive.kind != .cd,
            let first = named(drive.geometry, call)
        else { return setDiskStatus(DiskStatus.badCommand, call) }
        let moved = move(transfer, call.dl, first, count, call.physical(call.es, call.bx), call)
        call.al = UInt8(truncatingIfNeeded: moved.count)
        setDiskStatus(moved.status, call)
    }

    /// Function 05: a track of a floppy, filled with F6.
    func formatTrack(_ call: BIOSCall) {
        guard let drive = self.drive(call.dl), drive.floppyType != nil, call.dh < drive.geometry.heads,
            call.ch < drive.geometry.cylinders
        else { return setDiskStatus(DiskStatus.badCommand, call) }
        let geometry = drive.geometry
        let first = (Int(call.ch) * geometry.heads + Int(call.dh)) * geometry.sectors
        for number in first..<first + geometry.sectors {
            guard drive.write(sector: UInt64(number), [UInt8](repeating: 0xF6, count: 512)) else {
                return setDiskStatus(drive.isReadOnly ? DiskStatus.writeProtected : DiskStatus.writeFault, call)
            }
        }
        setDiskStatus(0, call)
    }

    /// Function 08: the last cylinder, head and sector, and the number of drives.
    func driveParameters(_ call: BIOSCall) {
        let isFloppy = call.dl < 0x80
        guard let drive = self.drive(call.dl), drive.kind != .cd else {
            call.ax = 0
            return setDiskStatus(DiskStatus.badCommand, call)
        }
        let geometry = drive.geometry
        let last = geometry.cylinders - 1
        call.ax = 0
        if let type = drive.floppyType {
            call.bx = UInt16(type)
            call.es = BIOSROM.segment
            call.di = BIOSROM.disketteTable
        }
        call.ch = UInt8(truncatingIfNeeded: last)
        call.cl = UInt8(truncatingIfNeeded: last >> 2) & 0xC0 | UInt8(geometry.sectors)
        call.dh = UInt8(geometry.heads - 1)
        call.dl = UInt8(clamping: driveCount(isFloppy: isFloppy))
        call.carry = false
        call.setByte(isFloppy ? BDA.disketteStatus : BDA.diskStatus, 0)
    }

    /// Function 15: AH 01 is a floppy drive, 03 a hard disk of CX:DX sectors, 00 none.
    func driveKind(_ call: BIOSCall) {
        guard let drive = self.drive(call.dl), drive.kind != .cd else {
            call.ah = 0
            call.carry = call.dl >= 0x80
            return
        }
        if drive.floppyType != nil {
            call.ah = 1
        } else {
            let count = UInt32(clamping: min(drive.geometry.capacity, drive.sectorCount))
            call.cx = UInt16(truncatingIfNeeded: count >> 16)
            call.dx = UInt16(truncatingIfNeeded: count)
            call.ah = 3
        }
        call.carry = false
    }

    /// Function 18: whether the drive has disks of these tracks and sectors.
    func setMedia(_ call: BIOSCall) {
        guard let drive = self.drive(call.dl), drive.floppyType != nil else {
            return setDiskStatus(DiskStatus.badCommand, call)
        }
        call.es = BIOSROM.segment
        call.di = BIOSROM.disketteTable
        setDiskStatus(0, call)
    }
}
