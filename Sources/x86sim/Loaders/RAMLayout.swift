import Devices
import X86Interp

/// Which RAM is taken before the first instruction, and where there is room.
struct RAMLayout {
    /// RAM in bytes.
    let size: UInt64
    /// What firmware and display have, then what is loaded.
    private var taken: [Range<UInt64>]

    /// Vectors and data area below 600, the extended data area, video memory and ROMs up to 1 MiB.
    private static let firmware: [Range<UInt64>] = [0..<0x600, 0x9F000..<0x10_0000]

    /// RAM of a machine in which nothing is loaded.
    init(size: Int) {
        self.size = UInt64(max(0, size))
        taken = Self.firmware
    }

    /// Marks a range as taken.
    mutating func take(_ range: Range<UInt64>) { if !range.isEmpty { taken.append(range) } }

    /// The end of what is loaded from 1 MiB on; 1 MiB if that is nothing.
    var end: UInt64 { max(0x10_0000, taken.map(\.upperBound).max() ?? 0) }

    /// Whether a range lies in RAM and nothing else does.
    func isFree(_ range: Range<UInt64>) -> Bool { range.upperBound <= size && !taken.contains { $0.overlaps(range) } }

    /// Whether RAM reaches as far as some pieces do, and is as large as all of them.
    func hasRoom(for pieces: [BootPlan.Piece]) -> Bool {
        let sizes = pieces.map { UInt64($0.bytes.count + $0.zeros) }
        return zip(pieces, sizes).allSatisfy { UInt64($0.address) + $1 <= size } && sizes.reduce(0, +) <= size
    }

    /// Takes the lowest free range of a size within bounds; nil if there is none.
    mutating func allocate(_ count: Int, alignment: UInt64 = 16, in bounds: Range<UInt64>) -> UInt32? {
        let starts = [bounds.lowerBound] + taken.map(\.upperBound).filter { bounds.contains($0) }
        let places = starts.compactMap { Self.aligned($0, alignment) }
        return take(places.filter { fits($0, count, bounds) }.min(), count)
    }

    /// Takes the highest free range of a size within bounds; nil if there is none.
    mutating func allocateHigh(_ count: Int, alignment: UInt64 = 4096, in bounds: Range<UInt64>) -> UInt32? {
        let ends = [min(bounds.upperBound, size)] + taken.map(\.lowerBound).filter { bounds.contains($0) }
        let places = ends.compactMap { end -> UInt64? in
            guard end >= UInt64(count), alignment > 0 else { return nil }
            return (end - UInt64(count)) / alignment * alignment
        }
        return take(places.filter { fits($0, count, bounds) }.max(), count)
    }

    private mutating func take(_ place: UInt64?, _ count: Int) -> UInt32? {
        guard let place, let address = UInt32(exactly: place) else { return nil }
        take(place..<place + UInt64(max(1, count)))
        return address
    }

    private func fits(_ place: UInt64, _ count: Int, _ bounds: Range<UInt64>) -> Bool {
        let (end, overflow) = place.addingReportingOverflow(UInt64(max(1, count)))
        return !overflow && place >= bounds.lowerBound && end <= bounds.upperBound && isFree(place..<end)
    }

    /// The first multiple of an alignment that is not below an address; nil if there is none.
    static func aligned(_ address: UInt64, _ alignment: UInt64) -> UInt64? {
        let step = max(1, alignment)
        let (sum, overflow) = address.addingReportingOverflow(step - 1)
        return overflow ? nil : sum / step * step
    }

    /// Where there is room for tables below 640 KiB.
    static let low: Range<UInt64> = 0x600..<0x9F000
    /// Where there is room for files.
    static let high: Range<UInt64> = 0x10_0000..<0x1_0000_0000
}

/// A range of the memory map that kernels are handed, as INT 15h AX=E820h tells it.
struct MemoryRange: Equatable {
    /// Physical address of its first byte.
    var start: UInt32
    /// How many bytes it has.
    var length: UInt32
    /// 1 for RAM that the kernel may use, 2 for what it may not.
    var type: UInt32
}

extension LoadingContext {
    /// The memory map: that of the built-in BIOS, or without one RAM around the display's memory and ROMs.
    var memoryMap: [MemoryRange] {
        if hasBIOS {
            return BIOS.memoryMap(ramSize).map { MemoryRange(start: $0.start, length: $0.length, type: $0.type) }
        }
        var ranges = [MemoryRange(start: 0, length: UInt32(min(ramSize, 0xA0000)), type: 1)]
        if ramSize > 0x10_0000 {
            ranges.append(MemoryRange(start: 0x10_0000, length: UInt32(ramSize - 0x10_0000), type: 1))
        }
        return ranges
    }

    /// KiB of RAM from 0 on, at most 640.
    var lowerMemory: UInt32 { (memoryMap.first?.length ?? 0) / 1024 }

    /// KiB of RAM from 1 MiB on.
    var upperMemory: UInt32 { (memoryMap.first { $0.start == 0x10_0000 }?.length ?? 0) / 1024 }

    /// The error for RAM that is too small for a file and what belongs to it.
    func tooSmall(for blob: Blob, _ what: String, needed: UInt64? = nil) -> CommandError {
        let size = needed.map { " needs \(($0 + 0xF_FFFF) >> 20) MiB of RAM" } ?? " does not fit into RAM"
        return .load("\(blob.path.quoted): \(what)\(size); give more with -m")
    }
}
