@testable import x86sim

/// A CD image with a boot record, made here: no file system, a boot catalogue, one image.
enum CompactDisc {
    /// The sector of the catalogue, and the first of the boot image.
    static let (catalogue, start) = (18, 20)

    /// A CD whose boot image starts with `code`.
    ///
    /// - Parameters:
    ///   - media: 0 for no emulation, 1 to 3 for a floppy, 4 for a hard disk.
    ///   - segment: where it is loaded; 0 for the usual place.
    ///   - count: sectors of 512 bytes that are loaded.
    static func image(media: Int, segment: UInt16 = 0, count: UInt16 = 4, code: [UInt8]) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 32 * 2048)
        func put(_ part: some Collection<UInt8>, _ place: Int) {
            bytes.replaceSubrange(place..<place + part.count, with: part)
        }
        put([1] + Array("CD001".utf8) + [1], 16 * 2048)
        put([0] + Array("CD001".utf8) + [1] + Array("EL TORITO SPECIFICATION".utf8), 17 * 2048)
        put(UInt32(catalogue).bytes, 17 * 2048 + 0x47)
        // The sum of the words of the first entry is 0.
        put([1, 0], catalogue * 2048)
        put((0 &- UInt16(1) &- UInt16(0xAA55)).bytes + [0x55, 0xAA], catalogue * 2048 + 28)
        put([0x88, UInt8(media)] + segment.bytes + [0, 0] + count.bytes + UInt32(start).bytes, catalogue * 2048 + 32)
        put(code, start * 2048)
        return bytes
    }
}
