/// The bytes of all ROMs at a moment: only the host changes them, so that moments share them.
final class ROMImage {
    private let bytes: [[UInt8]]
    /// The change of ROM that made it so.
    private let change: Int

    /// What the ROMs hold now.
    init(_ memory: PhysicalMemory) {
        bytes = memory.romBytes
        change = memory.romChange
    }

    /// This one, or one of now if a ROM has been changed since.
    func updated(_ memory: PhysicalMemory) -> ROMImage { memory.romChange == change ? self : ROMImage(memory) }

    /// Makes the ROMs what they were.
    func restore(_ memory: PhysicalMemory) { memory.restoreROM(bytes, change: change) }

    /// Bytes that it takes.
    var size: Int { bytes.reduce(0) { $0 + $1.count } }
}
