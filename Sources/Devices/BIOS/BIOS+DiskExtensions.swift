import X86Interp

extension BIOS {
    /// Function 41: version 3.0, extended access and parameters; hard disks and CDs only.
    func extensionsThere(_ call: BIOSCall) {
        guard call.bx == 0x55AA, call.dl >= 0x80, drive(call.dl) != nil else {
            return setDiskStatus(DiskStatus.badCommand, call)
        }
        call.bx = 0xAA55
        call.cx = 0x0005
        call.carry = false
        call.ah = 0x30
        call.setByte(BDA.diskStatus, 0)
    }

    /// Functions 42 to 44 and 47: the packet at DS:SI says what and where to.
    func extendedTransfer(_ transfer: Transfer, _ call: BIOSCall) {
        let packet = call.physical(call.ds, call.si)
        let size = call.byte(packet)
        let count = Int(call.word(packet &+ 2))
        guard call.dl >= 0x80, let drive = self.drive(call.dl), size >= 16, count <= 0x7F * 8 else {
            return setDiskStatus(DiskStatus.badCommand, call)
        }
        let (offset, segment) = (call.word(packet &+ 4), call.word(packet &+ 6))
        var address = call.physical(segment, offset)
        if offset == 0xFFFF, segment == 0xFFFF, size >= 24 { address = call.dword(packet &+ 16) }
        let first = UInt64(call.dword(packet &+ 8)) | UInt64(call.dword(packet &+ 12)) << 32
        guard first < drive.unitCount else {
            if transfer != .seek { call.setWord(packet &+ 2, 0) }
            return setDiskStatus(DiskStatus.badCommand, call)
        }
        if transfer == .seek { return setDiskStatus(0, call) }
        let moved = move(transfer, call.dl, first, count, address, call)
        if moved.status != 0 { call.setWord(packet &+ 2, UInt16(moved.count)) }
        setDiskStatus(moved.status, call)
    }

    /// Function 48: 26 bytes at DS:SI.
    func extendedParameters(_ call: BIOSCall) {
        let place = call.physical(call.ds, call.si)
        guard call.dl >= 0x80, let drive = self.drive(call.dl), call.word(place) >= 26 else {
            return setDiskStatus(DiskStatus.badCommand, call)
        }
        let (total, isCD) = (drive.unitCount, drive.kind == .cd)
        call.setWord(place, 26)
        // The geometry is valid; of a CD: removable, changes are told, it can be locked, and it has no geometry.
        call.setWord(place &+ 2, isCD ? 0x0074 : 0x0002)
        let geometry = drive.geometry
        for (index, value) in [geometry.cylinders, geometry.heads, geometry.sectors].enumerated() {
            call.setDword(place &+ 4 &+ UInt32(index * 4), isCD ? .max : UInt32(value))
        }
        call.setDword(place &+ 16, UInt32(truncatingIfNeeded: total))
        call.setDword(place &+ 20, UInt32(truncatingIfNeeded: total >> 32))
        call.setWord(place &+ 24, UInt16(drive.unitSize))
        setDiskStatus(0, call)
    }
}
