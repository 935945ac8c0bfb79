import X86Interp

/// What IDENTIFY DEVICE and IDENTIFY PACKET DEVICE tell: 256 words.
enum ATAIdentity {
    /// The geometry that a disk itself has: that of its image as far as ATA can have it, else 16 heads of 63 sectors.
    static func geometry(_ drive: DiskDrive) -> (cylinders: UInt64, heads: UInt64, sectors: UInt64) {
        let own = drive.geometry
        let isFitting = 1...16 ~= own.heads && 1...63 ~= own.sectors
        let (heads, sectors) = isFitting ? (UInt64(own.heads), UInt64(own.sectors)) : (16, 63)
        let cylinders = drive.sectorCount / (heads * sectors)
        return (min(16383, max(1, cylinders)), heads, sectors)
    }

    /// The words of a disk, as it is set now.
    static func disk(_ drive: DiskDrive, _ unit: ATAUnit) -> [UInt8] {
        var words = common(drive, model: "x86sim hard disk")
        let own = geometry(drive)
        let isSet = unit.heads > 0 && unit.sectors > 0
        let (heads, sectors) = isSet ? (UInt64(unit.heads), UInt64(unit.sectors)) : (own.heads, own.sectors)
        let cylinders = isSet ? min(65535, drive.sectorCount / (heads * sectors)) : own.cylinders
        // A disk that is not removable.
        words[0] = 0x0040
        words[1] = UInt16(truncatingIfNeeded: own.cylinders)
        words[3] = UInt16(truncatingIfNeeded: own.heads)
        words[6] = UInt16(truncatingIfNeeded: own.sectors)
        words[47] = 0x8000 | UInt16(ATACommand.largestMultiple)
        // The current geometry is valid, and words 64 to 70.
        words[53] = 0x0003
        words[54] = UInt16(truncatingIfNeeded: cylinders)
        words[55] = UInt16(truncatingIfNeeded: heads)
        words[56] = UInt16(truncatingIfNeeded: sectors)
        set(&words, 57, cylinders * heads * sectors, count: 2)
        words[59] = unit.multiple > 0 ? 0x0100 | UInt16(unit.multiple) : 0
        set(&words, 60, min(drive.sectorCount, 0x0FFF_FFFF), count: 2)
        // ATA-1 to ATA/ATAPI-6.
        words[80] = 0x007E
        // NOP, look-ahead, write cache, power management; flush (48 bits too), addresses of 48 bits.
        words[82] = 0x4068
        words[83] = 0x7400
        words[84] = 0x4000
        words[85] = 0x4008 | (unit.hasWriteCache ? 0x20 : 0) | (unit.looksAhead ? 0x40 : 0)
        words[86] = 0x3400
        words[87] = 0x4000
        set(&words, 100, min(drive.sectorCount, 0xFFFF_FFFF_FFFF), count: 4)
        return bytes(words)
    }

    /// The words of a CD drive.
    static func disc(_ drive: DiskDrive) -> [UInt8] {
        var words = common(drive, model: "x86sim CD-ROM")
        // ATAPI, a CD drive, removable, asks for a packet within 50 us, packets of 12 bytes.
        words[0] = 0x85C0
        words[53] = 0x0002
        // ATA/ATAPI-4.
        words[80] = 0x001E
        // NOP, DEVICE RESET, PACKET, power management.
        words[82] = 0x4218
        words[83] = 0x4000
        words[84] = 0x4000
        words[85] = 0x4218
        words[87] = 0x4000
        return bytes(words)
    }

    private static func common(_ drive: DiskDrive, model: String) -> [UInt16] {
        var words = [UInt16](repeating: 0, count: 256)
        setText(&words, 10..<20, "X86SIM-" + drive.name)
        setText(&words, 23..<27, "1.0")
        setText(&words, 27..<47, model)
        // The data register takes dwords.
        words[48] = 0x0001
        // LBA, IORDY, which can be disabled; no DMA.
        words[49] = 0x0E00
        words[50] = 0x4000
        words[51] = 0x0200
        // PIO modes 3 and 4, cycles of 120 ns.
        words[64] = 0x0003
        words[67] = 120
        words[68] = 120
        return words
    }

    /// Characters as ATA has them: the first of a word is its high byte.
    private static func setText(_ words: inout [UInt16], _ range: Range<Int>, _ text: String) {
        let characters = Array(text.utf8.prefix(range.count * 2))
        let padded = characters + [UInt8](repeating: 0x20, count: range.count * 2 - characters.count)
        for (number, place) in range.enumerated() {
            words[place] = UInt16(padded[2 * number]) << 8 | UInt16(padded[2 * number + 1])
        }
    }

    private static func set(_ words: inout [UInt16], _ first: Int, _ value: UInt64, count: Int) {
        for number in 0..<count { words[first + number] = UInt16(truncatingIfNeeded: value >> UInt64(16 * number)) }
    }

    /// Little-endian, the last word a signature with a checksum.
    private static func bytes(_ words: [UInt16]) -> [UInt8] {
        var bytes = words.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
        bytes[510] = 0xA5
        bytes[511] = 0 &- bytes[..<511].reduce(0, &+)
        return bytes
    }
}
